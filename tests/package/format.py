#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Whether the code is as .clang-format has it. Ends with 77 where clang-format is
not there."""
import pathlib
import shutil
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
tool = shutil.which("clang-format")
if tool is None:
    print("clang-format is not found")
    sys.exit(77)
files = [str(p) for folder in ("include", "simulations", "examples", "tests", "bench") for suffix in ("*.hpp", "*.cpp")
         for p in sorted((root / folder).rglob(suffix)) if "node_modules" not in p.parts and p.parts[len(root.parts):][:2] != ("bench", "peers")]
done = subprocess.run([tool, "--dry-run", "-Werror", "--style=file", *files], capture_output=True, text=True, cwd=root)
wrong = sorted({line.split(":")[0] for line in done.stderr.splitlines() if "error:" in line})
for name in wrong:
    print(f"{pathlib.Path(name).relative_to(root)}: clang-format -i would change it")
print(f"{len(files)} files, {len(wrong)} not as .clang-format has them")
sys.exit(1 if wrong or done.returncode != 0 else 0)
