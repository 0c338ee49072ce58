#!/usr/bin/env bash
# What handing out a job costs the host: the dispatcher's book-keeping, its actor with all messages, and the ledger with each transition on the disk. Simulated workers that need no time.
# usage: benchmarks/dispatch.sh [FOLDER]   FOLDER: on the disk that the ledger is measured on; default /tmp
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d "${1:-/tmp}/mhdnet-dispatch-XXXXXX")
trap 'rm -rf "$folder"' EXIT
dotnet build -c Release benchmarks/Dispatch --nologo -v quiet >&2
program=benchmarks/Dispatch/bin/Release/net10.0/linux-x64/dispatch-benchmark
for workers in 1 1000 10000; do echo "book, $workers workers: $($program book "$workers" 1000000)"; done
for workers in 2 1000 10000; do echo "dispatcher, $workers workers: $($program actor "$workers" 1000000)"; done
for jobs in 2000 20000; do
  rm -rf "$folder/work"
  echo "ledger: $($program ledger "$jobs" "$folder")"
done
