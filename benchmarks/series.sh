#!/usr/bin/env bash
# Slices a second from the files of one CT series to stored .npy sequences: this program, and pydicom with python3-gdcm and OpenCV, on the
# same series of 400 slices of 512 x 512, which is made first, uncompressed and compressed, on one core and on two. Three rounds, the best of
# each counts, both warm; the sequences of both must be the same. And what our decoders take alone, from memory to memory.
# Needs Debian's libgdcm-tools, python3-pydicom, python3-gdcm, python3-opencv and python3-numpy.
# usage: benchmarks/series.sh [FOLDER [SYNTAX…]]   FOLDER: default /dev/shm; SYNTAX: default all
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-/dev/shm}/mhdnet-series-benchmark
syntaxes=("${@:2}")
[ ${#syntaxes[@]} -gt 0 ] || syntaxes=(uncompressed rle jpeg-lossless jpeg-ls jpeg-2000)
mkdir -p "$folder"
trap 'rm -rf "$folder/out" "$folder/peer"' EXIT
dotnet build -c Release benchmarks/Series --nologo -v quiet >&2
program=benchmarks/Series/bin/Release/net10.0/linux-x64/series-benchmark
[ -d "$folder/uncompressed" ] || $program make "$folder/uncompressed" 400

compress() { # of the uncompressed series, without loss
  declare -A options=([rle]=--rle [jpeg-lossless]=--jpeg [jpeg-ls]=--jpegls [jpeg-2000]=--j2k)
  mkdir "$folder/$1"
  ls "$folder/uncompressed" | xargs -P 2 -I {} gdcmconv "${options[$1]}" "$folder/uncompressed/{}" "$folder/$1/{}"
}
best() { printf '%s\n' "$@" | sort -n | head -1 | cut -d' ' -f1; }
echo "| pixels | threads | mhdnet, slices/s | pydicom, GDCM, OpenCV, slices/s | times | our decoder alone, slices/s |"
echo "|---|---:|---:|---:|---:|---:|"
for syntax in "${syntaxes[@]}"; do
  [ -d "$folder/$syntax" ] || compress "$syntax"
  for threads in 1 2; do
    cores="taskset -c 0-$((threads - 1))"
    ours=() peers=()
    for _ in 1 2 3; do
      rm -rf "$folder/out" "$folder/peer"; mkdir "$folder/out"
      ours+=("$($cores $program read "$folder/$syntax" "$folder/out" $threads)")
      peers+=("$($cores /usr/bin/python3 benchmarks/peers/read_series.py "$folder/$syntax" "$folder/peer" $threads)")
    done
    decoding="$($cores $program decode "$folder/$syntax" $threads)"
    /usr/bin/python3 benchmarks/peers/same_sequences.py "$folder/out/sequences/read" "$folder/peer"
    echo "rounds: mhdnet ${ours[*]} | python ${peers[*]} | decoding alone $decoding" >&2
    awk -v a="$(best "${ours[@]}")" -v b="$(best "${peers[@]}")" -v s="$syntax" -v t="$threads" -v d="${decoding%% *}" 'BEGIN { printf "| %s | %d | %d | %d | %.1f | %d |\n", s, t, 400 / a, 400 / b, b / a, 400 / d }'
  done
done
