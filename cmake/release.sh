#!/usr/bin/env bash
# The files of a release, for people without a compiler, into dist/ (or the folder named): the program as one static file for Linux
# on x86-64 with the scenarios in it, the page of the report, the manual page, what shells complete with, the what-if page (but with
# SIFANG_RELEASE_LAB=OFF), and SHA256SUMS. The program is tried in a folder that has nothing but it.
#
# Usage: cmake/release.sh [FOLDER]
# Spreadsheets need libraries that Debian has no static form of: this program reads and writes CSV alone.
set -euo pipefail
cd "$(dirname "$0")/.."
dist=$(realpath -m "${1:-dist}")
build=build/release
lab=()
if [ "${SIFANG_RELEASE_LAB:-ON}" = ON ]; then
  cmake/install-dependencies.sh emscripten
  lab=(-DSIFANG_BUILD_LAB=ON)
fi
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DSIFANG_JOIN_SOURCES=ON -DSIFANG_EMBED_SCENARIOS=ON -DSIFANG_TOML_HEADER_ONLY=ON \
  -DSIFANG_WITH_MPI=OFF -DSIFANG_WITH_OFFICE=OFF -DSIFANG_BUILD_TESTS=OFF -DSIFANG_BUILD_BENCH=OFF -DSIFANG_BUILD_EXAMPLES=OFF \
  -DCMAKE_EXE_LINKER_FLAGS=-static -DCMAKE_CXX_FLAGS="-ffile-prefix-map=$PWD=sifang ${SIFANG_RELEASE_FLAGS:-}" "${lab[@]}"
cmake --build "$build" ${SIFANG_RELEASE_JOBS:+-j "$SIFANG_RELEASE_JOBS"}

new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
strip -o "$new/sifang-linux-x86_64" "$build/simulations/sifang"
cp "$build/simulations/report/bundle/template.html" "$new/sifang-report-template.html"
cp "$build/simulations/manual/man1/sifang.1" "$new/sifang.1"
cp "$build/simulations/manual/zh_CN/man1/sifang.1" "$new/sifang.zh_CN.1"
cp "$build/simulations/manual/bash/sifang" "$new/sifang.bash"
cp "$build/simulations/manual/zsh/_sifang" "$new/sifang.zsh"
cp "$build/simulations/manual/fish/sifang.fish" "$new/sifang.fish"
if page=$(find "$build" -name sifang-lab.html -print -quit) && [ -n "$page" ]; then cp "$page" "$new/"; fi
cp LICENSE "$new/"
cmake/try-alone.sh "$new/sifang-linux-x86_64"
(cd "$new" && sha256sum -- * > SHA256SUMS)
chmod 755 "$new"
mkdir -p "$dist"
cp "$new"/* "$dist/"
echo "Release files:"
ls -l "$dist"
