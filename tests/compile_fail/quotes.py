# SPDX-License-Identifier: BSL-1.0
"""Every quoted line of docs/errors.md is one that the examples print, or, of the compiler it names, that it says."""
import pathlib
import re
import subprocess
import sys

root, compiler = pathlib.Path(sys.argv[1]), sys.argv[2]
printed = "".join(p.read_text() for p in (root / "examples/expected").glob("*.txt"))
version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout
gcc = "Free Software Foundation" in version
wrong = 0
for name, quote in re.findall(r"<!-- (\S+) -->\n```text\n(.*?)```", (root / "docs/errors.md").read_text(), re.S):
    if name.endswith(".txt"):
        said = printed
    elif gcc:
        said = subprocess.run([compiler, "-std=c++20", "-fsyntax-only", "-Iinclude", f"tests/compile_fail/{name}"], cwd=root,
                              capture_output=True, text=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}).stderr
        said = re.sub(r":\d+:\d+:", ":", said)
    else:
        continue  # the quotes are GCC's
    for line in quote.strip().splitlines():
        if line.strip() not in said:
            print(f"docs/errors.md quotes of {name}: {line}\nbut found\n{said}")
            wrong += 1
sys.exit(1 if wrong else 0)
