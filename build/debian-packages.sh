#!/usr/bin/env bash
# Installs the Debian packages that are missing of those which the native libraries need. build/debian-packages.txt names them.
# usage: build/debian-packages.sh [PACKAGE…]   PACKAGE: what is wanted besides
#        build/debian-packages.sh --list   prints the names, as the table gives them, and installs nothing
set -euo pipefail

table=$(dirname "$0")/debian-packages.txt
mapfile -t needed < <(awk '!/^#/ && NF { print $2 }' "$table" | sort -u)
if [ "${1:-}" = --list ]; then
  printf '%s\n' "${needed[@]}"
  exit 0
fi

if ! command -v dotnet >/dev/null; then
  echo "The .NET 10 SDK is missing: 'dotnet' is not on the PATH. Install it (https://dot.net), then run make again." >&2
  exit 1
fi

if ! command -v dpkg-query >/dev/null; then
  echo "This is not a Debian system. Install what brings the libraries that $table names, then: make -o obj/packages build" >&2
  exit 1
fi

installed() {
  local name
  for name in ${1//|/ }; do
    for name in "$name" "${name}t64"; do
      [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" != installed ] || return 0
    done
  done
  return 1
}
missing=()
for package in "${needed[@]}" "$@"; do installed "$package" || missing+=("$package"); done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
  as_root=(sudo)
else
  echo "These Debian packages are missing: ${missing[*]%%|*}. Neither root nor sudo is available here; ask an administrator to run:" >&2
  echo "    apt-get install --no-install-recommends ${missing[*]%%|*}" >&2
  exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() { # what it says is worth reading only where it fails
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -qq --no-install-recommends "$@" >"$log" 2>&1 && return
  cat "$log" >&2
  return 1
}
apt update
# Of a package's names the first that this system knows.
names=()
unknown=()
for package in "${missing[@]}"; do
  name=
  for candidate in ${package//|/ }; do
    if apt-get install -qq --simulate "$candidate" >/dev/null 2>&1; then name=$candidate; break; fi
  done
  if [ -n "$name" ]; then names+=("$name"); else unknown+=("${package%%|*}"); fi
done
if [ ${#names[@]} -gt 0 ]; then
  echo "installing ${names[*]}"
  apt install "${names[@]}"
fi
if [ ${#unknown[@]} -gt 0 ]; then
  echo "These Debian packages are missing, and apt-get cannot install them here: ${unknown[*]}. 'apt-get install' says why of each." >&2
  exit 1
fi
