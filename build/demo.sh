#!/usr/bin/env bash
# The main job, end to end: a host watches a drop folder while a cohort of raw DICOM series and raw slides is written into it,
# trains teacher, memory and student, evaluates the test patients, types the unlabelled ones from CT alone, and writes a report.
# MHDNET_DEMO=short: fewer patients and epochs. MHDNET_DEMO_DIR: where to (default: demo). MHDNET_DEMO_SECONDS: how long it may take
# (default: 1800). Ends with 0, or says in its last line why it failed and which file tells more: 4 where the machine lacks something,
# 2 where the folder holds something else, 130 where it was stopped, else 1.
set -Eeuo pipefail
folder=${MHDNET_DEMO_DIR:-demo}
limit=${MHDNET_DEMO_SECONDS:-1800}
patients=24
settings=()
if [ "${MHDNET_DEMO:-}" = short ]; then
  patients=12
  settings=(--set teacher_epochs=3 --set student_epochs=3)
fi

started=$SECONDS
sentence=
host=
cohort=
errors=
fail() { # CODE SENTENCE
  sentence=$2
  exit "$1"
}
stop() {
  [ -z "$cohort" ] || kill "$cohort" 2>/dev/null || true
  [ -n "$host" ] || return 0
  kill -TERM "$host" 2>/dev/null || true
  for _ in $(seq 120); do kill -0 "$host" 2>/dev/null || break; sleep 0.5; done
  if kill -KILL "$host" 2>/dev/null; then echo "the host did not stop within a minute and was killed" >&2; fi
  wait "$host" 2>/dev/null || true
  wait "$errors" 2>/dev/null || true # all that the host said stands above the last line
}
trap 'sentence=${sentence:-"line $LINENO of build/demo.sh ended with code $?: what it said stands above"}' ERR
trap 'code=$?; trap "" INT TERM; stop; [ "$code" -eq 0 ] || echo "The demo failed: $sentence." >&2' EXIT
trap 'fail 130 "it was stopped; $folder holds what it made so far"' INT TERM

[ -x ./mhdnet ] || fail 1 "there is no ./mhdnet here: run 'make build' first"
if [ -e "$folder" ] && [ -n "$(ls -A "$folder")" ] && [ ! -e "$folder/.mhdnet-demo" ]; then
  fail 2 "$folder holds something else than a demo, and would be removed: give another folder in MHDNET_DEMO_DIR"
fi
rm -rf "$folder"
mkdir -p "$folder/drop"
touch "$folder/.mhdnet-demo"

# What a command said last, as one line: from its last message on, or else its last line.
last_words() {
  awk '
    /^mhdnet: / { said = ""; whole = 1; sub(/^mhdnet: /, "") }
    NF { said = whole && said != "" ? said " " $0 : $0 }
    END { print said }' "$1"
}
newest_log() { ls -t "$folder"/work/logs/* 2>/dev/null | head -n 1 || true; }
# A value of the status in JSON, the last of its name.
status_value() {
  ./mhdnet status --work "$folder/work" --json 2>"$folder/status.log" |
    sed -n 's/^ *"'"$1"'": "\(.*\)",*$/\1/p' | tail -n 1 | sed 's/\\n/ /g; s/\\\(["\\]\)/\1/g' || true
}
# Fails as a command did that ended before its time.
ended() { # NAME CODE WORDS FILE
  local words=${3:+: ${3%.}}
  case "$2" in
    4) fail 4 "this machine lacks something$words; see $4" ;;
    0) fail 1 "$1 ended before the work was done$words; see $4" ;;
    137) fail 1 "$1 was killed, as a system does that runs out of memory$words; see $4" ;;
    *) fail 1 "$1 ended with code $2$words; see $4" ;;
  esac
}
host_ended() {
  local code=0 words file=$folder/host.log
  wait "$host" || code=$?
  host=
  wait "$errors" 2>/dev/null || true
  words=$(last_words "$file")
  if [ -z "$words" ] && [ -n "$(newest_log)" ]; then
    file=$(newest_log)
    words=$(sed -n 's/^.*\[\(ERR\|FTL\)\] //p' "$file" | tail -n 1 | sed 's/^.*mhdnet: //')
  fi
  ended "the host" "$code" "$words" "$file"
}
cohort_ended() {
  local code=0
  wait "$cohort" || code=$?
  cohort=
  [ "$code" -eq 0 ] || ended "the cohort's writer" "$code" "$(last_words "$folder/cohort.log")" "$folder/cohort.log"
}
too_late() {
  local doing log
  [ $((SECONDS - started)) -lt "$limit" ] && return
  doing=$(status_value doing)
  doing=${doing:-$(last_words "$folder/status.log")}
  log=$(newest_log)
  fail 1 "it was not finished after $limit seconds${doing:+ (${doing%.})}; see ${log:-$folder/host.log}"
}
watch() {
  kill -0 "$host" 2>/dev/null || host_ended
  too_late || true
}

# What the host says on standard error is kept, too. Ctrl-C does not end who keeps it before the host has said its last.
exec 3> >(exec tee -i "$folder/host.log" >&2)
errors=$!
# In a process group of its own: Ctrl-C reaches this script, which passes it on once, as SIGTERM: a shell's background process
# ignores SIGINT.
setsid ./mhdnet run --drop "$folder/drop" --work "$folder/work" --preset tiny "${settings[@]}" 2>&3 3>&- &
host=$!
exec 3>&-
./mhdnet cohort --out "$folder/drop" --patients "$patients" --types A,B1,TC --seed 7 >"$folder/cohort.log" 2>&1 &
cohort=$!

# What hospitals also deliver: a series whose copy broke off, and a file that only claims to be a slide.
until [ -d "$folder/drop/P002" ]; do
  kill -0 "$cohort" 2>/dev/null || { cohort_ended; break; }
  watch
  sleep 0.2
done
mkdir -p "$folder/drop/X-cut-short" "$folder/drop/X-not-a-slide"
cp -r "$folder/drop/P001/CT" "$folder/drop/X-cut-short/CT"
find "$folder/drop/X-cut-short" -name '*.dcm' | sort | tail -n 60 | xargs -d '\n' truncate -s '<60000'
printf 'This is a text, whatever its name says.\n' >"$folder/drop/X-not-a-slide/slide.svs"

while kill -0 "$cohort" 2>/dev/null; do
  watch
  sleep 0.5
done
[ -z "$cohort" ] || cohort_ended

while :; do
  watch
  case "$(status_value activity)" in
    finished) break ;;
    failed)
      words=$(status_value message)
      fail 1 "the run was given up${words:+: ${words%.}}; see $(newest_log)" ;;
  esac
  sleep 2
done

stop
host=
echo
./mhdnet status --work "$folder/work"
echo
echo "The demo took $((SECONDS - started)) seconds. To look at:"
echo "  $(ls -d "$folder"/work/runs/*/report.html | tail -n 1)   the result, every figure, every item with its reason"
echo "  $folder/work/quality/   what was kept of each slide and CT    $folder/work/predictions/   the patients without a label"
