# SPDX-License-Identifier: BSL-1.0
"""The installed program: it works from another place, and `./simulations/run` builds what `cmake --install` can install.

Usage: program.py PREFIX SOURCE_FOLDER CMAKE
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

prefix, source, cmake = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), sys.argv[3]
environment = {k: v for k, v in os.environ.items() if k != "SIFANG_SCENARIOS"}


def call(words, folder):
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name).resolve()
    shutil.copytree(prefix, folder / "elsewhere", symlinks=True)
    program, scenarios = folder / "elsewhere/bin/sifang", folder / "elsewhere/share/sifang/scenarios"
    listed = call([program, "--lang", "en", "list"], folder)
    assert listed.split("They stand in ")[1].split("\n")[0] == str(scenarios), listed
    for shipped in (source / "simulations/scenarios").glob("*.toml"):
        assert re.search(rf"(?m)^{re.escape(shipped.stem)} ", listed), f"{shipped.stem} is not installed"
    units = re.search(r"county\.units = (\S+)", call([program, "--lang", "en", "check", "wednesday", "--all"], folder)).group(1)
    assert pathlib.Path(units).is_relative_to(scenarios), units
    call([program, "run", "wednesday", "-n", "1", "-o", "here"], folder)
    assert (folder / "here/report.html").stat().st_size > 100000

    # What the main job configures must have rules that install the program.
    script = (source / "simulations/run").read_text().replace("\\\n", " ")
    flags = [w for w in shlex.split(re.search(r"(?m)^cmake -S .*$", script).group()) if w.startswith("-D")]
    assert flags, script
    call([cmake, "-S", source, "-B", folder / "build", "-G", "Ninja", *flags], folder)
    rules = (folder / "build/cmake_install.cmake").read_text()
    assert "/bin/sifang" in rules, "./simulations/run configures without rules to install the program"
print("the installed program works from another place")
