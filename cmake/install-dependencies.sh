#!/usr/bin/env bash
# Installs the Debian or Ubuntu packages that are missing. Usage: install-dependencies.sh PACKAGE...
# What the project can do without is tried too, unless SIFANG_OPTIONAL_PACKAGES=none: an MPI library, for several machines;
# libzip, pugixml, libxlsxwriter, libical and SQLite, for files of office programs.
set -euo pipefail
installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }
optional=()
if [ "${SIFANG_OPTIONAL_PACKAGES:-}" != none ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  for package in libopenmpi-dev openmpi-bin libzip-dev libpugixml-dev \
    libxlsxwriter-dev libical-dev libsqlite3-dev; do
    installed "$package" || optional+=("$package")
  done
fi
if [ ${#optional[@]} -ne 0 ]; then
  echo "Installing, if they can be had: ${optional[*]}"
  { apt-get update -q && env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${optional[@]}"; } ||
    echo "Going on without: ${optional[*]}"
fi
missing=()
for package in "$@"; do
  installed "$package" || missing+=("$package")
done
# Node and npm may have come another way than from packages.
if command -v node >/dev/null && command -v npm >/dev/null; then
  kept=()
  for package in "${missing[@]}"; do
    [ "$package" = nodejs ] || [ "$package" = npm ] || kept+=("$package")
  done
  missing=("${kept[@]}")
fi
[ ${#missing[@]} -eq 0 ] && exit 0
if ! command -v apt-get >/dev/null; then
  echo "This system has no apt-get. Please install what these Debian packages hold, then run the command again:" >&2
  printf '  %s\n' "${missing[@]}" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Please run as root, or install sudo: ${missing[*]} must be installed." >&2; exit 1; }
  as_root=(sudo)
fi
echo "Installing: ${missing[*]}"
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
