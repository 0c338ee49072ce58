#!/usr/bin/env bash
# Worker processes on cores: one worker on one core against two workers on two, host and workers held to as many cores as there are workers; and two programs that know nothing of each other, each with one
# worker on a core of its own and all of the jobs, which is what the machine gives at all. A cohort of synthetic patients is made first, and each scan copied so that there is enough to do: what a process
# compiles once should be little of it. Once the CT series go through `mhdnet run --once`, once the slides through `mhdnet tile`. Counted is the time from the first job given out to the last one stored, as
# the ledgers have it; three rounds, the best counts.
# usage: benchmarks/workers.sh [FOLDER [PATIENTS [ROUNDS [SERIES [SLIDES]]]]]
#   FOLDER: default /dev/shm, so that no disk is measured; PATIENTS: default 40; ROUNDS: default 3; SERIES, SLIDES: copies of each series and each slide, default 16 and 4
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-/dev/shm}/mhdnet-workers-benchmark
patients=${2:-40}
rounds=${3:-3}
series=${4:-16}
slides=${5:-4}
if [ -z "${MHDNET:-}" ]; then # MHDNET: a copy of the program, where others build meanwhile
  dotnet build -c Release src/Pipeline.Host --nologo -v quiet >&2
  MHDNET=src/Pipeline.Host/bin/Release/net10.0/linux-x64/mhdnet
fi
mkdir -p "$folder"
trap 'rm -rf "$folder"' EXIT
$MHDNET cohort --out "$folder/all" --patients "$patients" --types A,B1,TC --seed 7 >&2
mkdir -p "$folder/wsi"
for patient in "$folder"/all/P*; do
  for copy in $(seq "$series"); do
    mkdir -p "$folder/ct/${patient##*/}-$copy"
    cp -rl "$patient/CT" "$folder/ct/${patient##*/}-$copy/"
  done
  for copy in $(seq "$slides"); do
    [ ! -d "$patient/WSI" ] || for slide in "$patient"/WSI/*; do
      to="$folder/wsi/$copy-${slide##*/}"
      cp "$slide" "$to"
      echo "$copy" >>"$to" # behind the image: the same slide to a reader, another to who looks for copies
    done
  done
done

seconds() { # WORK…: from the first item that was begun to the last that ended
  /usr/bin/env python3 - "$@" <<'PY'
import sqlite3, sys
from datetime import datetime
rows = [sqlite3.connect(work + "/ledger.db").execute("SELECT min(CASE WHEN to_state = 'running' THEN at END), max(CASE WHEN to_state = 'done' THEN at END), sum(to_state = 'done') FROM transitions").fetchone() for work in sys.argv[1:]]
at = lambda text: datetime.fromisoformat(text.replace('Z', '+00:00'))
print(f"{(max(at(row[1]) for row in rows) - min(at(row[0]) for row in rows)).total_seconds():.2f} {sum(row[2] for row in rows)}", end="")
PY
}

run() { # WORKERS KIND CORES WORK
  rm -rf "$4"
  if [ "$2" = ct ]; then
    taskset -c "$3" "$MHDNET" run --drop "$folder/ct" --work "$4" --once --workers "$1" >/dev/null
  else
    taskset -c "$3" "$MHDNET" tile "$folder/wsi" --out "$4" --workers "$1" --max-sequences 0 >/dev/null
  fi
}

measure() { # KIND HOW -> seconds, jobs, processor seconds of all processes
  local TIMEFORMAT="%U %S" used
  used=$({ time case $2 in
    one) run 1 "$1" 0 "$folder/work" ;;
    two) run 2 "$1" 0-1 "$folder/work" ;;
    pair)
      run 1 "$1" 0 "$folder/work" &
      run 1 "$1" 1 "$folder/other"
      wait
      ;;
  esac 2>/dev/null; } 2>&1)
  if [ "$2" = pair ]; then seconds "$folder/work" "$folder/other"; else seconds "$folder/work"; fi
  awk '{ printf " %.1f\n", $1 + $2 }' <<<"$used"
}

echo "load before: $(cut -d' ' -f1-3 /proc/loadavg)"
echo "| jobs | 1 worker, 1 core | 2 workers, 2 cores | times | two programs, twice the jobs | times that the machine gives | processor seconds, 1 and 2 workers |"
echo "|---|---:|---:|---:|---:|---:|---:|"
for kind in ct slides; do
  for how in one two pair; do
    for _ in $(seq "$rounds"); do measure $kind $how; done | sort -n >"$folder/$kind-$how"
    echo "$kind, $how: $(tr '\n' ';' <"$folder/$kind-$how")" >&2
  done
  read -r one jobs one_used <<<"$(head -1 "$folder/$kind-one")"
  read -r two _ two_used <<<"$(head -1 "$folder/$kind-two")"
  read -r pair _ _ <<<"$(head -1 "$folder/$kind-pair")"
  awk -v kind="$kind" -v jobs="$jobs" -v one="$one" -v two="$two" -v pair="$pair" -v used="$one_used and $two_used" \
    'BEGIN { printf "| %d %s | %.1f s | %.1f s | %.2f | %.1f s | %.2f | %s |\n", jobs, kind == "ct" ? "CT series" : "slides", one, two, one / two, pair, 2 * one / pair, used }'
done
echo "load after: $(cut -d' ' -f1-3 /proc/loadavg)"
