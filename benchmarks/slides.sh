#!/usr/bin/env bash
# Kept tiles per second, from a slide's file to stored .npy sequences: this program, openslide-python with OpenCV on every core, and the floor of decoding alone.
# All three on the same slide of 28,000 x 30,000 pixels, which is made first, with default filters and every sequence stored. Each tiles the slide four times; the best after the
# first counts. Twice over: as converters write slides (256-pixel tiles, 4:2:0) and as Aperio scanners do (240-pixel tiles, RGB 4:4:4).
# Needs Debian's python3-openslide and python3-opencv. usage: benchmarks/slides.sh [FOLDER]   FOLDER: where slide and tiles go; default /dev/shm, so that no disk is measured
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-/dev/shm}/mhdnet-slides-benchmark
mkdir -p "$folder"
trap 'rm -rf "$folder/out"' EXIT
dotnet build -c Release benchmarks/Slides --nologo -v quiet >&2
program=benchmarks/Slides/bin/Release/net10.0/linux-x64/slides-benchmark
peer="/usr/bin/python3 benchmarks/peers/tile_slide.py"
best() { printf '%s\n' "$@" | sort -n | head -1; }

measure() { # KIND FILE
  local slide="$folder/$2" floors=() mine kept theirs peerkept floor native rest
  [ -f "$slide" ] || $program make "$1" "$slide"
  for _ in 1 2 3; do floors+=("$($program floor "$slide")"); done
  mine="$($program tile "$slide" "$folder/out")"; rm -rf "$folder/out"
  theirs="$($peer "$slide" "$folder/out")"; rm -rf "$folder/out"
  echo "$1: floor ${floors[*]} | mhdnet $mine | python $theirs" >&2
  read -r floor native rest <<<"$(best "${floors[@]}")"
  read -r mine kept rest <<<"$mine"
  read -r theirs peerkept <<<"$theirs"
  awk -v kind="$1" -v floor="$floor" -v native="$native" -v mine="$mine" -v kept="$kept" -v theirs="$theirs" -v peerkept="$peerkept" 'BEGIN {
    printf "| %s | seconds | tiles kept | kept tiles a second |\n|---|---:|---:|---:|\n", kind
    printf "| mhdnet | %.2f | %d | %.0f |\n", mine, kept, kept / mine
    printf "| openslide-python, OpenCV | %.2f | %d | %.0f |\n", theirs, peerkept, peerkept / theirs
    printf "| decoding alone, %d native tiles | %.2f | | %.0f |\n\n", native, floor, kept / floor
    printf "%.1f times the Python way; %.2f of the floor.\n\n", (kept / mine) / (peerkept / theirs), floor / mine
  }'
}

measure generic slide.tif
measure aperio slide.svs
read -r seconds plans <<<"$($program plan "$folder/slide.tif" "$folder/out")"
read -r peerseconds masks <<<"$($peer --masks "$folder/slide.tif" 24)"
awk -v plan="$plans $seconds" -v mask="$masks $peerseconds" 'BEGIN {
  split(plan, p); split(mask, m)
  printf "Dry runs (tissue, plan, picture, table): %.1f slides a second; tissue alone with openslide-python: %.1f.\n", p[1] / p[2], m[1] / m[2]
}'
