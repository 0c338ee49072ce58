#!/usr/bin/env bash
# Runs every test project and closes with the totals: "N passed, N failed". A project that reports nothing counts as one failure.
set -uo pipefail
export DOTNET_CLI_UI_LANGUAGE=en # the totals are read from the words below
log=$(mktemp)
trap 'rm -f "$log"' EXIT

dotnet test -c Release --no-build --nologo MhdNet.Pipeline.sln 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

skipped=$(grep -cE '^ *Skipped ' "$log")
read -r passed failed projects < <(awk '
  /(Passed|Failed)! +- Failed:/ { gsub(",", ""); for (i = 1; i < NF; i++) { if ($i == "Failed:") f += $(i+1); if ($i == "Passed:") p += $(i+1) } n++ }
  END { print p+0, f+0, n+0 }' "$log")
expected=$(ls -d tests/*.Tests | wc -l)
if [ "$projects" -lt "$expected" ]; then
  echo "$((expected - projects)) of $expected test projects ended without a result."
  failed=$((failed + expected - projects))
fi
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
  failed=1
fi
[ "$skipped" -eq 0 ] || echo "$skipped skipped, named above: what they need is not on this machine."
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
