#!/usr/bin/env bash
# How the drop folder is watched: many small CT files in deep folders with odd names, on a RAM disk; how long until all are known, what memory the host has by then, and what host and worker cost while nothing moves.
# usage: benchmarks/intake.sh [FILES [PER-SERIES [IDLE-SECONDS]]]   default 10000 3 120. Builds nothing: 'make build' first. MHDNET: another program than the one that was built; TMPDIR: another folder than /dev/shm.
set -euo pipefail
cd "$(dirname "$0")/.."
files=${1:-10000} per_series=${2:-3} seconds=${3:-120}
program=${MHDNET:-src/Pipeline.Host/bin/Release/net10.0/linux-x64/mhdnet}
folder=$(mktemp -d "${TMPDIR:-/dev/shm}/mhdnet-intake-XXXXXX")
host=
trap '[ -z "$host" ] || { kill "$host" && wait "$host" || tail -5 "$folder/log" >&2; }; rm -rf "$folder"' EXIT

python3 benchmarks/peers/small_series.py "$folder/drop" "$files" "$per_series"
folders=$(find "$folder/drop" -type d | wc -l)
touch "$folder/log"
began=$(date +%s.%N)
"$program" run --drop "$folder/drop" --work "$folder/work" > "$folder/log" 2>&1 &
host=$!

# Everything is read: the host says so.
until grep -q 'everything in the drop folder was read' "$folder/log"; do
  kill -0 "$host" || { tail -5 "$folder/log" >&2; exit 1; }
  sleep 0.2
done
read_in=$(echo "$(date +%s.%N) $began" | awk '{ printf "%.0f", $1 - $2 }')
memory() { awk '/VmHWM/ { hwm = $2 } /VmRSS/ { rss = $2 } END { printf "%d MB at most, %d MB then", hwm / 1024, rss / 1024 }' "/proc/$1/status"; }
worker=$(pgrep -P "$host" | head -1)
used() { sed 's/.*) //' "/proc/$1/stat" | awk -v tick="$(getconf CLK_TCK)" '{ print ($12 + $13) / tick }'; }

sleep 75 # the last looks and what the compiler still does in the background
host_memory=$(memory "$host")
before_host=$(used "$host") before_worker=$(used "$worker")
sleep "$seconds"
after_host=$(used "$host") after_worker=$(used "$worker")
share() { echo "$1 $2 $seconds" | awk '{ printf "%.2f", 100 * ($2 - $1) / $3 }'; }
echo "| $files files in $folders folders | known after $read_in s | host: $host_memory | idle: host $(share "$before_host" "$after_host") %, worker $(share "$before_worker" "$after_worker") % of a core over $seconds s |"
