#!/usr/bin/env bash
# Kept tiles per second, from a slide's file to stored .npy sequences: this program, openslide-python with OpenCV on every core, and the floor of decoding alone.
# All three on the same slide of 28,000 x 30,000 pixels, which is made first, with default filters and every sequence stored; three rounds, the best of each counts.
# Needs Debian's python3-openslide and python3-opencv. usage: benchmarks/slides.sh [FOLDER]   FOLDER: where slide and tiles go; default /dev/shm, so that no disk is measured
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-/dev/shm}/mhdnet-slides-benchmark
mkdir -p "$folder"
trap 'rm -rf "$folder/out"' EXIT
dotnet build -c Release benchmarks/Slides --nologo -v quiet >&2
program=benchmarks/Slides/bin/Release/net10.0/linux-x64/slides-benchmark
[ -f "$folder/slide.tif" ] || $program make "$folder/slide.tif"

ours=() peers=() floors=()
for _ in 1 2 3; do
  rm -rf "$folder/out"; floors+=("$($program floor "$folder/slide.tif")")
  rm -rf "$folder/out"; ours+=("$($program tile "$folder/slide.tif" "$folder/out")")
  rm -rf "$folder/out"; peers+=("$(/usr/bin/python3 benchmarks/peers/tile_slide.py "$folder/slide.tif" "$folder/out")")
done
rm -rf "$folder/out"; plans="$($program plan "$folder/slide.tif" "$folder/out")"
masks="$(/usr/bin/python3 benchmarks/peers/tile_slide.py --masks "$folder/slide.tif" 24)"
echo "rounds: floor ${floors[*]} | mhdnet ${ours[*]} | python ${peers[*]}" >&2
best() { printf '%s\n' "$@" | sort -n | head -1; }
read -r floor native _ <<<"$(best "${floors[@]}")"
read -r mine kept _ <<<"$(best "${ours[@]}")"
read -r theirs peerkept <<<"$(best "${peers[@]}")"
read -r planseconds plans <<<"$plans"
read -r maskseconds masks <<<"$masks"
awk -v plan="$(awk "BEGIN { print $plans / $planseconds }")" -v mask="$(awk "BEGIN { print $masks / $maskseconds }")" -v floor="$floor" -v native="$native" -v mine="$mine" -v kept="$kept" -v theirs="$theirs" -v peerkept="$peerkept" 'BEGIN {
  print "| | seconds | tiles kept | kept tiles a second |"
  print "|---|---:|---:|---:|"
  printf "| mhdnet | %.2f | %d | %.0f |\n", mine, kept, kept / mine
  printf "| openslide-python, OpenCV | %.2f | %d | %.0f |\n", theirs, peerkept, peerkept / theirs
  printf "| decoding alone, %d native tiles | %.2f | | %.0f |\n\n", native, floor, kept / floor
  printf "Dry runs (tissue, plan, picture, table): %.1f slides a second; tissue alone with openslide-python: %.1f.\n", plan, mask
  printf "%.1f times the Python way; %.2f of the floor.\n", (kept / mine) / (peerkept / theirs), floor / mine
}'
