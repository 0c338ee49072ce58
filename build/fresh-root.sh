#!/usr/bin/env bash
# Builds and runs the project where nothing is installed yet: makes a fresh Debian root with debootstrap, copies the .NET SDK and a clean
# clone of this checkout's commit there, and runs 'make demo' and 'make test' in it. What the project forgot to install shows there.
# usage (as root): build/fresh-root.sh [OPTION…] [RELEASE [TARGET…]]
#   RELEASE         of Debian: 12, 13, or a code name (default: 12)
#   TARGET          of make, one after the other (default: demo test)
#   --mirror URL    where Debian's packages come from (default: what this machine's apt uses, else deb.debian.org)
#   --folder DIR    makes the root inside DIR (default: /var/tmp); it takes about 6 GB
#   --shared        shows ../shared there too, read-only; without it the tests that want real scans skip, by name
#   --keep          leaves the root, with nothing mounted in it, and says where
# Takes this machine's resolver, hosts, CA bundle, proxies and NuGet configuration along. Ends with the exit code of the target that failed.
set -euo pipefail

mirror=
folder=/var/tmp
shared=
keep=
usage() { sed -n '4,11s/^# \{0,1\}//p' "$0"; }
die() { echo "fresh-root: $*" >&2; exit 1; }
while [ $# -gt 0 ]; do
  case "$1" in
    --mirror | --folder)
      [ $# -gt 1 ] || { usage >&2; exit 2; }
      if [ "$1" = --mirror ]; then mirror=$2; else folder=$2; fi
      shift ;;
    --shared) shared=yes ;;
    --keep) keep=yes ;;
    -h | --help) usage; exit 0 ;;
    -*) echo "fresh-root: there is no option $1" >&2; usage >&2; exit 2 ;;
    *) break ;;
  esac
  shift
done
case "${1:-12}" in
  12) release=bookworm ;;
  13) release=trixie ;;
  *) release=$1 ;;
esac
[ $# -eq 0 ] || shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(demo test)

[ "$(id -u)" -eq 0 ] || die "a root can be made by root only: run it with sudo"
for tool in debootstrap unshare git dotnet; do
  command -v "$tool" >/dev/null || die "$tool is missing: apt-get install debootstrap util-linux git, and the .NET 10 SDK (https://dot.net)"
done
[ -d "$folder" ] || die "there is no folder $folder to make the root in"
repository=$(cd "$(dirname "$0")/.." && pwd)
commit=$(git -C "$repository" rev-parse HEAD)
[ -z "$(git -C "$repository" status --porcelain)" ] || echo "fresh-root: what is not committed in $repository is not taken along"
[ -z "$shared" ] || [ -d "$repository/../shared" ] || die "there is no $repository/../shared to show"
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
if [ -z "$mirror" ]; then
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 2>/dev/null | head -n 1 || true)
  mirror=${mirror:-http://deb.debian.org/debian}
fi

root=$(mktemp -d "$(realpath "$folder")/mhdnet-$release-XXXXXX")
chmod 755 "$root" # apt's own user reads in it
inside=
# Everything mounted in the root is mounted in a namespace of its own, where also all its processes live. Killing the first of them
# ends the others, and with the last one the mounts are gone: the root that is removed here has none. That is looked at all the same.
clean_up() {
  trap '' INT TERM HUP
  rm -f "$root.log"
  if [ -n "$inside" ]; then
    first=$(cat "/proc/$inside/task/$inside/children" 2>/dev/null || true)
    kill -KILL "$inside" $first 2>/dev/null || true
    wait "$inside" 2>/dev/null || true
    while [ -n "$first" ] && grep -q '^State:[^Z]*$' "/proc/$first/status" 2>/dev/null; do sleep 0.1; done
  fi
  awk -v root="$root" 'index($5 "/", root "/") == 1 { print $5 }' /proc/self/mountinfo | sort -r | while read -r mounted; do
    umount "$mounted" || true
  done
  if awk -v root="$root" 'index($5 "/", root "/") == 1 { found = 1 } END { exit !found }' /proc/self/mountinfo; then
    echo "fresh-root: something is still mounted in $root, so it is not removed: see 'findmnt', unmount it, then remove the folder" >&2
  elif [ -n "$keep" ]; then
    echo "fresh-root: kept $root; remove it with: rm -rf --one-file-system $root"
  else
    rm -rf --one-file-system "$root"
  fi
}
trap clean_up EXIT
trap 'echo "fresh-root: stopped" >&2; exit 130' INT TERM HUP

# In the background and waited for: bash hears a signal at once only while it waits.
apart() {
  unshare --mount --pid --fork --kill-child "$@" &
  inside=$!
  local code=0
  wait "$inside" || code=$?
  inside=
  return "$code"
}

took() { echo "fresh-root: $1 took $((SECONDS - $2)) s"; }

began=$SECONDS
echo "fresh-root: $release from $mirror in $root"
apart bash -c 'exec debootstrap "$@" >"$0" 2>&1' "$root.log" \
  --variant=minbase --include=ca-certificates,make,git "$release" "$root" "$mirror" || {
  code=$?
  cat "$root/debootstrap/debootstrap.log" "$root.log" 2>/dev/null | tail -n 10 >&2
  die "debootstrap ended with $code; its last words stand above"
}

# What this machine's network needs.
for file in /etc/resolv.conf /etc/hosts; do
  rm -f "$root$file"
  cp -L "$file" "$root$file"
done
bundle=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
if [ -f "$bundle" ]; then cp -L "$bundle" "$root/etc/ssl/this-machine.crt"; fi
{
  apt-config dump 2>/dev/null | grep -E '^Acquire::(http|https)::Proxy' || true
  echo 'Acquire::https::CaInfo "/etc/ssl/this-machine.crt";'
} >"$root/etc/apt/apt.conf.d/99this-machine"
if [ -f ~/.nuget/NuGet/NuGet.Config ]; then
  mkdir -p "$root/root/.nuget/NuGet"
  cp ~/.nuget/NuGet/NuGet.Config "$root/root/.nuget/NuGet/"
fi

mkdir -p "$root/usr/share/dotnet"
cp -a "$sdk/." "$root/usr/share/dotnet/"
ln -s /usr/share/dotnet/dotnet "$root/usr/bin/dotnet"
git clone -q --no-hardlinks "$repository" "$root/root/project/main"
git -C "$root/root/project/main" checkout -q --detach "$commit"
took "the root" "$began"

# Runs a line of shell in the root.
environment=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "TERM=${TERM:-dumb}"
  DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 SSL_CERT_FILE=/etc/ssl/this-machine.crt)
passed='^(https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY|NUGET_CERT[A-Z_]*)='
while IFS= read -r variable; do environment+=("$variable"); done < <(env | grep -E "$passed")
in_root() {
  apart bash -euc '
    root=$1 shared=$2
    shift 2
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    if [ -n "$shared" ]; then
      mkdir -p "$root/root/project/shared"
      mount --bind "$shared" "$root/root/project/shared"
      mount -o remount,bind,ro "$root/root/project/shared"
    fi
    exec env -i "$@"' bash "$root" "${shared:+$(realpath "$repository/../shared")}" "${environment[@]}" chroot "$root" bash -c "$1"
}

# The SDK itself needs ICU, whose package carries its version in its name.
in_root 'apt-get update -qq
  icu=$(apt-cache pkgnames libicu | grep -E "^libicu[0-9]+$" | sort -V | tail -n 1)
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$icu" >/dev/null' ||
  die "apt-get could not install ICU, which the SDK needs, in $release: what it said stands above"

for target in "${targets[@]}"; do
  began=$SECONDS
  code=0
  in_root "cd /root/project/main && make $target" || code=$?
  took "make $target" "$began"
  if [ "$code" -ne 0 ]; then
    echo "fresh-root: make $target ended with $code in a fresh $release" >&2
    exit "$code"
  fi
done
echo "fresh-root: ${targets[*]} ended well in a fresh $release, commit ${commit:0:7}"
