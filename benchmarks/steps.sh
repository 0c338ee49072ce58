#!/usr/bin/env bash
# What filling up the channels of convolutions costs a training step, on the registers that oneDNN uses by itself and on narrower ones.
# usage: benchmarks/steps.sh [ROUNDS [INSTRUCTION_SET…]]   default: 10 rounds; default AVX2 SSE41
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-10}
shift || true
[ $# -gt 0 ] || set -- default AVX2 SSE41
dotnet build -c Release benchmarks/Steps --nologo -v quiet >&2
for set in "$@"; do
  for preset in tiny small; do
    echo "== $set"
    ONEDNN_MAX_CPU_ISA=${set/default/DEFAULT} benchmarks/Steps/bin/Release/net10.0/linux-x64/steps-benchmark "config/$preset.json" "$rounds"
  done
done
