# SPDX-License-Identifier: BSL-1.0
"""Headers hold where somebody has defined min and max as macros, as windows.h does: macros.py COMPILER

What the library includes of others comes first, without the macros; then every header of ours.
"""
import pathlib
import re
import subprocess
import sys

include = pathlib.Path(__file__).resolve().parents[2] / "include"
headers = sorted(p.relative_to(include).as_posix() for p in include.rglob("*.hpp") if not p.name.startswith("mpi") and "office" not in p.relative_to(include).as_posix())
outside = sorted({m for h in headers for m in re.findall(r"^#include <([^>]+)>", (include / h).read_text(encoding="utf-8"), re.M)})
text = [f"#include <{name}>" for name in outside]
text += ["#define min(a, b) (((a) < (b)) ? (a) : (b))", "#define max(a, b) (((a) > (b)) ? (a) : (b))"]
text += [f"#include <{name}>" for name in headers]
done = subprocess.run([sys.argv[1], "-std=c++20", "-fsyntax-only", "-I", str(include), "-x", "c++", "-"], input="\n".join(text) + "\n", text=True)
sys.exit(done.returncode)
