#!/usr/bin/env bash
# Installs the native libraries that are missing: GDCM's C# binding, OpenSlide, TurboJPEG, and the GTK that OpenCV's build links to.
# usage: build/debian-packages.sh [PACKAGE…]   PACKAGE: what is wanted besides
set -euo pipefail

if ! command -v dotnet >/dev/null; then
  echo "The .NET 10 SDK is missing: 'dotnet' is not on the PATH. Install it (https://dot.net), then run make again." >&2
  exit 1
fi

wanted=(libgdcm-cil libgtk-3-0 libturbojpeg0 "$@")
if ! command -v dpkg-query >/dev/null; then
  echo "This is not a Debian system. Install GDCM with its C# binding, OpenSlide, TurboJPEG and GTK 3, then: make -o obj/packages build" >&2
  exit 1
fi

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
missing=()
for package in "${wanted[@]}"; do installed "$package" || missing+=("$package"); done
# OpenSlide's name carries its ABI: 0 on Debian 12, 1 on newer systems.
installed libopenslide0 || installed libopenslide1 || missing+=(libopenslide0)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
  as_root=(sudo)
else
  echo "These Debian packages are missing: ${missing[*]}. Neither root nor sudo is available here; ask an administrator to run:" >&2
  echo "    apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi

echo "installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
if [[ " ${missing[*]} " == *" libopenslide0 "* ]] && ! apt-cache show libopenslide0 >/dev/null 2>&1; then
  missing=("${missing[@]/libopenslide0/libopenslide1}")
fi
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
