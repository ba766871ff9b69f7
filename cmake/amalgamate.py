#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Makes one header of an umbrella header: amalgamate.py sifang/sifang.hpp OUT

Headers of the library are put in the place of their first include; includes of anything else are gathered at the top.
"""
import pathlib
import re
import sys

include_folder = pathlib.Path(__file__).resolve().parent.parent / "include"
seen, outside, body = set(), set(), []


def put(name):
    if name in seen:
        return
    seen.add(name)
    lines = (include_folder / name).read_text(encoding="utf-8").splitlines()
    guard = next((m.group(1) for line in lines if (m := re.match(r"#ifndef (SIFANG_\w+_HPP)$", line))), None)
    if guard is None:
        sys.exit(f"{name}: no include guard")
    end = max(i for i, line in enumerate(lines) if line == "#endif")
    for i, line in enumerate(lines):
        if line in (f"#ifndef {guard}", f"#define {guard}", "// SPDX-License-Identifier: BSL-1.0") or i == end:
            continue
        if own := re.match(r'\s*#include "(sifang/[^"]+)"', line):
            put(own.group(1))
        elif other := re.match(r"\s*#include <([^>]+)>", line):
            outside.add(other.group(1))
        else:
            body.append(line)


def main():
    umbrella, out = sys.argv[1], pathlib.Path(sys.argv[2])
    put(umbrella)
    licence = (include_folder.parent / "LICENSE").read_text(encoding="utf-8").strip()
    guard = "SIFANG_ONE_FILE_HPP"
    text = [*(f"// {line}".rstrip() for line in licence.splitlines()), "//", f"// {umbrella} and all that it includes, in one file. Made by the build; do not edit.",
            f"#ifndef {guard}", f"#define {guard}", "", *(f"#include <{name}>" for name in sorted(outside)), *body, "#endif"]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(re.sub(r"\n{3,}", "\n\n", "\n".join(text)) + "\n", encoding="utf-8")


main()
