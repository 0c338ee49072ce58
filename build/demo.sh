#!/usr/bin/env bash
# The main job, end to end: a host watches a drop folder while a cohort of raw DICOM series and raw slides is written into it,
# trains teacher, memory and student, evaluates the test patients, types the unlabelled ones from CT alone, and writes a report.
# MHDNET_DEMO=short: fewer patients and epochs. MHDNET_DEMO_DIR: where to (default: demo).
set -euo pipefail
folder=${MHDNET_DEMO_DIR:-demo}
patients=24
settings=()
if [ "${MHDNET_DEMO:-}" = short ]; then
  patients=12
  settings=(--set teacher_epochs=3 --set student_epochs=3)
fi

started=$SECONDS
if [ -e "$folder" ] && [ -n "$(ls -A "$folder")" ] && [ ! -e "$folder/.mhdnet-demo" ]; then
  echo "$folder holds something else than a demo, and would be removed. Give another folder in MHDNET_DEMO_DIR." >&2
  exit 2
fi
rm -rf "$folder"
mkdir -p "$folder/drop"
touch "$folder/.mhdnet-demo"
# In a process group of its own: Ctrl-C reaches this script, which passes it on once, as SIGTERM: a shell's background process ignores SIGINT.
setsid ./mhdnet run --drop "$folder/drop" --work "$folder/work" --preset tiny "${settings[@]}" &
host=$!
cohort=
stop() {
  [ -z "$cohort" ] || kill "$cohort" 2>/dev/null || true
  kill -TERM "$host" 2>/dev/null || true
  for _ in $(seq 120); do kill -0 "$host" 2>/dev/null || break; sleep 0.5; done
  if kill -KILL "$host" 2>/dev/null; then echo "the host did not stop within a minute and was killed" >&2; fi
  wait "$host" 2>/dev/null || true
}
trap stop EXIT
trap 'exit 130' INT TERM

./mhdnet cohort --out "$folder/drop" --patients "$patients" --types A,B1,TC --seed 7 >"$folder/cohort.log" 2>&1 &
cohort=$!

# What hospitals also deliver: a series whose copy broke off, and a file that only claims to be a slide.
until [ -d "$folder/drop/P002" ]; do
  kill -0 "$cohort" 2>/dev/null || { cat "$folder/cohort.log" >&2; exit 1; }
  sleep 0.2
done
mkdir -p "$folder/drop/X-cut-short" "$folder/drop/X-not-a-slide"
cp -r "$folder/drop/P001/CT" "$folder/drop/X-cut-short/CT"
find "$folder/drop/X-cut-short" -name '*.dcm' | sort | tail -n 60 | xargs -d '\n' truncate -s '<60000'
printf 'This is a text, whatever its name says.\n' >"$folder/drop/X-not-a-slide/slide.svs"

wait "$cohort" || { cat "$folder/cohort.log" >&2; exit 1; }
cohort=

deadline=$((SECONDS + 1800))
while :; do
  kill -0 "$host" 2>/dev/null || { echo "the host ended before it was done; see $folder/work/logs" >&2; exit 1; }
  case "$(./mhdnet status --work "$folder/work" --json | sed -n 's/^ *"activity": "\(.*\)",*$/\1/p')" in
    finished) break ;;
    failed) ./mhdnet status --work "$folder/work"; exit 1 ;;
  esac
  [ "$SECONDS" -lt "$deadline" ] || { echo "not finished after half an hour:" >&2; ./mhdnet status --work "$folder/work"; exit 1; }
  sleep 2
done

stop
trap - EXIT
echo
./mhdnet status --work "$folder/work"
echo
echo "The demo took $((SECONDS - started)) seconds. To look at:"
echo "  $(ls -d "$folder"/work/runs/*/report.html | tail -n 1)   the result, every figure, every item with its reason"
echo "  $folder/work/quality/   what was kept of each slide and CT    $folder/work/predictions/   the patients without a label"
