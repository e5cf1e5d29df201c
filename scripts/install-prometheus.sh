#!/usr/bin/env bash
# Unpacks Debian's Prometheus and promtool into .cache/prometheus, without a service, a user or a
# change of the system. Prints the folder of the binaries.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD/.cache/prometheus
if [ ! -x "$root/usr/bin/promtool" ]; then
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  chmod 755 "$scratch"
  (cd "$scratch" && apt-get download -qq prometheus >&2)
  mkdir -p "$root"
  dpkg -x "$scratch"/prometheus_*.deb "$root"
fi
echo "$root/usr/bin"
