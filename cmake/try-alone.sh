#!/usr/bin/env bash
# Tries a static program in a root folder that has nothing but it and an empty /tmp, where nothing of this system can be found.
# Usage: try-alone.sh PROGRAM; needs root, or user namespaces.
set -euo pipefail
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir "$root/tmp"
install -m 755 "$1" "$root/sifang"
if [ "$(id -u)" -eq 0 ]; then
  inside() { chroot "$root" /sifang "$@"; }
else
  inside() { unshare --user --map-root-user chroot "$root" /sifang "$@"; }
fi
inside --version
inside --lang zh list | grep -q '^xiapu-2022 '
inside --lang en run xiapu-2022 --replications 3 --out /tmp/run | tee "$root/told"
# The histories of three years, as the tests know them.
grep -q '3 replications, fingerprint 9242d8417e17ffbc' "$root/told"
inside --lang zh compare xiapu-2022 wednesday --replications 2 --out /tmp/compare > /dev/null
(inside --lang en optimise xiapu-2022 --targets no-such 2>&1 || true) | grep -q 'no-such'
for file in run/report.html run/results.json compare/report.html; do [ -s "$root/tmp/$file" ]; done
[ "$(ls "$root")" = "$(printf 'sifang\ntmp\ntold')" ]
echo "The program works alone."
