#!/usr/bin/env bash
# Seconds from the files of one CT series to stored .npy sequences: this program and pydicom with OpenCV, on the same series of 400 slices of 512 x 512, which is made first.
# Three rounds, the best of each counts. Needs Debian's python3-pydicom, python3-opencv and python3-numpy. usage: benchmarks/series.sh [FOLDER]   FOLDER: default /dev/shm
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-/dev/shm}/mhdnet-series-benchmark
mkdir -p "$folder"
trap 'rm -rf "$folder/out"' EXIT
dotnet build -c Release benchmarks/Series --nologo -v quiet >&2
program=benchmarks/Series/bin/Release/net10.0/linux-x64/series-benchmark
[ -d "$folder/series" ] || $program make "$folder/series"

ours=() peers=()
for _ in 1 2 3; do
  rm -rf "$folder/out"; mkdir "$folder/out"; ours+=("$($program read "$folder/series" "$folder/out")")
  rm -rf "$folder/out"; peers+=("$(/usr/bin/python3 benchmarks/peers/read_series.py "$folder/series" "$folder/out")")
done
echo "rounds: mhdnet ${ours[*]} | python ${peers[*]}" >&2
best() { printf '%s\n' "$@" | sort -n | head -1; }
read -r mine sequences _ <<<"$(best "${ours[@]}")"
read -r theirs theirsequences <<<"$(best "${peers[@]}")"
awk -v a="$mine" -v b="$theirs" -v n="$sequences" -v m="$theirsequences" 'BEGIN {
  print "| | seconds | sequences |\n|---|---:|---:|"
  printf "| mhdnet | %.2f | %d |\n| pydicom, OpenCV | %.2f | %d |\n\n%.1f times the Python way.\n", a, n, b, m, b / a
}'
