#!/usr/bin/env bash
# Worker processes on cores: one worker on one core against two workers on two, host and workers held to as many cores as there are workers. A cohort of synthetic patients is made first; once its CT
# series go through `mhdnet run --once`, once its slides through `mhdnet tile`. Counted is the time from the first job given out to the last one stored, as the ledger has it; three rounds, the best counts.
# usage: benchmarks/workers.sh [FOLDER [PATIENTS]]   FOLDER: default /dev/shm, so that no disk is measured; PATIENTS: default 40
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-/dev/shm}/mhdnet-workers-benchmark
patients=${2:-40}
dotnet build -c Release src/Pipeline.Host --nologo -v quiet >&2
mhdnet=src/Pipeline.Host/bin/Release/net10.0/linux-x64/mhdnet
mkdir -p "$folder"
trap 'rm -rf "$folder"' EXIT
$mhdnet cohort --out "$folder/all" --patients "$patients" --types A,B1,TC --seed 7 >&2
for patient in "$folder"/all/P*; do
  mkdir -p "$folder/ct/${patient##*/}" "$folder/wsi"
  mv "$patient/CT" "$folder/ct/${patient##*/}/"
  [ ! -d "$patient/WSI" ] || for slide in "$patient"/WSI/*; do mv "$slide" "$folder/wsi/"; done
done

seconds() { # WORK: from the first item that was begun to the last that ended
  /usr/bin/env python3 - "$1/ledger.db" <<'PY'
import sqlite3, sys
from datetime import datetime
rows = sqlite3.connect(sys.argv[1]).execute("SELECT min(CASE WHEN to_state = 'running' THEN at END), max(CASE WHEN to_state = 'done' THEN at END), sum(to_state = 'done') FROM transitions").fetchone()
begun, ended = (datetime.fromisoformat(at.replace('Z', '+00:00')) for at in rows[:2])
print(f"{(ended - begun).total_seconds():.2f} {rows[2]}")
PY
}

measure() { # WORKERS KIND
  local work="$folder/work" cores="taskset -c 0-$(($1 - 1))"
  rm -rf "$work"
  if [ "$2" = ct ]; then
    $cores $mhdnet run --drop "$folder/ct" --work "$work" --once --workers "$1" >/dev/null
  else
    $cores $mhdnet tile "$folder/wsi" --out "$work" --workers "$1" --max-sequences 0 >/dev/null
  fi
  seconds "$work"
}

echo "| jobs | 1 worker, 1 core | 2 workers, 2 cores | times |"
echo "|---|---:|---:|---:|"
for kind in ct slides; do
  for workers in 1 2; do
    for _ in 1 2 3; do measure $workers $kind; done | sort -n >"$folder/$kind-$workers"
    echo "$kind, $workers: $(tr '\n' ';' <"$folder/$kind-$workers")" >&2
  done
  read -r one jobs <<<"$(head -1 "$folder/$kind-1")"
  read -r two _ <<<"$(head -1 "$folder/$kind-2")"
  awk -v kind="$kind" -v jobs="$jobs" -v one="$one" -v two="$two" 'BEGIN { printf "| %d %s | %.1f s | %.1f s | %.2f |\n", jobs, kind == "ct" ? "CT series" : "slides", one, two, one / two }'
done
