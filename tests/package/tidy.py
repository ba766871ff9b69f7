#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What clang-tidy says of the headers, with the checks of .clang-tidy; nothing is right. Ends with 77 where clang-tidy is not
there."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
tool = shutil.which("clang-tidy")
if tool is None:
    print("clang-tidy is not found")
    sys.exit(77)
with tempfile.TemporaryDirectory() as folder:
    source = pathlib.Path(folder) / "all.cpp"
    umbrellas = ("sifang", "graph", "io", "county/policies/dated_roster")
    source.write_text("".join(f'#include "sifang/{name}.hpp"\n' for name in umbrellas), encoding="utf-8")
    done = subprocess.run([tool, f"--config-file={root / '.clang-tidy'}", "--quiet", str(source), "--", "-std=c++20", f"-I{root / 'include'}"],
                          capture_output=True, text=True)
said = [line.replace(f"{root}/", "") for line in done.stdout.splitlines() if "warning:" in line or "error:" in line]
print("\n".join(said) if said else "clang-tidy says nothing")
sys.exit(1 if said or done.returncode != 0 else 0)
