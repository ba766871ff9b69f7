#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Compiles every public header alone, twice over in one file, with all warnings as errors.

    headers.py --compiler clang++-19 --standard 23 [--include FOLDER …] [--turns N]

With --turns N those of the floors from county up, which take longest, are compiled by turns: one in N of them, which depends on the
commit, so that every one has had its turn after some commits. All are where there is no commit.

Headers that need MPI are left out where the compiler does not find mpi.h, those of files of office programs where it finds no zip.h,
pugixml.hpp, xlsxwriter.h, libical/ical.h or sqlite3.h.
"""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "include"
DEAR = {"county", "experiment", "io", "office"}
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--compiler", default="c++")
options.add_argument("--standard", default="20")
options.add_argument("--include", action="append", default=[], help="folder of other libraries' headers")
options.add_argument("--turns", type=int, default=1, help="of the dear floors, those whose turn it is: one in so many")
options = options.parse_args()

command = [options.compiler, f"-std=c++{options.standard}", "-fsyntax-only", *WARNINGS, "-ffp-contract=off", "-I", str(INCLUDE)]
for folder in options.include:
    command += ["-isystem", folder]


def compile_alone(text, folder, name):
    source = os.path.join(folder, name)
    with open(source, "w", encoding="utf-8") as file:
        file.write(text)
    return subprocess.run([*command, source], capture_output=True, text=True)


with tempfile.TemporaryDirectory() as folder:
    headers = sorted(str(path.relative_to(INCLUDE)) for path in INCLUDE.rglob("*.hpp"))
    if compile_alone("#include <mpi.h>\n", folder, "mpi.cpp").returncode != 0:
        headers = [header for header in headers if "experiment/mpi" not in header]
    if compile_alone("".join(f"#include <{name}>\n" for name in ("zip.h", "pugixml.hpp", "xlsxwriter.h", "libical/ical.h", "sqlite3.h")), folder, "office.cpp").returncode != 0:
        headers = [header for header in headers if "/office" not in header]
    if len(headers) < 100:
        sys.exit(f"only {len(headers)} headers found under {INCLUDE}")
    if options.turns > 1:
        commit = subprocess.run(["git", "-C", str(INCLUDE), "rev-parse", "HEAD"], capture_output=True, text=True)
        if commit.returncode == 0:
            dear = [header for header in headers if header.split("/")[1] in DEAR]
            left_out = {header for place, header in enumerate(dear) if place % options.turns != int(commit.stdout, 16) % options.turns}
            headers = [header for header in headers if header not in left_out]

    def check(header):
        done = compile_alone(f'#include "{header}"\n#include "{header}"\nint main() {{}}\n', folder, header.replace("/", "_") + ".cpp")
        return "" if done.returncode == 0 else f"{header} does not compile alone:\n{done.stderr}"

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [problem for problem in pool.map(check, headers) if problem]
print("\n".join(found))
print(f"{len(headers)} headers, {len(found)} that do not compile alone")
sys.exit(1 if found else 0)
