#!/bin/sh
# deliver.sh STUDY DROP: moves a study that storescp has received into the drop folder, under its patient's id. STUDY and DROP lie on one file system.
# Without an id that can be read, under the study's own UID: what has no id must not become one patient.
set -eu
export LC_ALL=C # bytes are bytes

# What dcmdump's options ask of the study's first file; empty where there is nothing.
value() { dcmdump -q +L "$@" "$first" 2>/dev/null | sed -n 's/^[^[]*\[\(.*\)\].*/\1/p' | head -n 1 | tr '/' '_' | sed 's/^[ .]*//; s/ *$//'; }

first=$(find "$1" -type f | head -n 1)
patient=$(value +P 0010,0020 +U8)
# Where something in the header cannot be converted to UTF-8 (undeclared or exotic characters), an id of plain characters still counts.
[ -n "$patient" ] || patient=$(value +P 0010,0020 | grep -x '[ -~]*' || true)
[ -n "$patient" ] || patient=$(value +P 0020,000d)
[ -n "$patient" ] || patient=$(basename "$1")
mkdir -p "$2/$patient"
touch "$1/.done"
mv "$1" "$2/$patient/$(basename "$1")-$(date +%Y%m%d-%H%M%S-%N)"
