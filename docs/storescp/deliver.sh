#!/bin/sh
# deliver.sh STUDY DROP: moves a study that storescp has received into the drop folder, under its patient's id. STUDY and DROP lie on one file system.
set -eu
first=$(find "$1" -type f | head -n 1)
patient=$(dcmdump -q +P 0010,0020 "$first" | sed -n 's/^[^[]*\[\(.*\)\].*/\1/p' | head -n 1 | tr '/' '_' | sed 's/^ *//; s/ *$//; s/^\.*//')
[ -n "$patient" ] || patient=unknown
mkdir -p "$2/$patient"
touch "$1/.done"
mv "$1" "$2/$patient/$(basename "$1")-$(date +%Y%m%d-%H%M%S-%N)"
