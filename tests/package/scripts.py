#!/usr/bin/env python3
"""The scripts work from a folder with blanks in its name, and from a checkout that Git made for Windows (as WSL may be given).

Usage: scripts.py [SOURCE_FOLDER]

Nothing is built: cmake and the package manager are stand-ins that say how they were called.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2])
SCRIPTS = ["simulations/run", "tests/run", "cmake/install-dependencies.sh", "cmake/release.sh", "cmake/try-alone.sh"]
# What a build would leave: a program that says its folder and its words, one a line.
PROGRAM = '#!/bin/sh\npwd\nfor word; do echo "[$word]"; done\n'
STAND_INS = {
    "cmake": '#!/bin/bash\necho "cmake $*" >> "$CALLS"\nmkdir -p build/program/simulations\n'
             f"cat > build/program/simulations/sifang <<'E'\n{PROGRAM}E\nchmod +x build/program/simulations/sifang\n",
    "dpkg-query": '#!/bin/sh\necho "install ok installed"\n',
}


def call(words, folder, **more):
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, **more)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


def line_ends():
    for name in SCRIPTS:
        path = ROOT / name
        assert path.read_bytes().startswith(b"#!/usr/bin/env bash\n"), name
        assert b"\r" not in path.read_bytes(), name
        assert os.access(path, os.X_OK), f"{name} cannot be run"
        call(["bash", "-n", path], ROOT)


def main_job_in_a_folder_with_blanks(folder):
    home = folder / "My Documents (四访)" / "sifang"
    tools = folder / "tools"
    tools.mkdir()
    for name, text in STAND_INS.items():
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    for name in ("simulations/run", "cmake/install-dependencies.sh"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, home / name)
    calls = folder / "calls"
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "CALLS": str(calls), "SIFANG_OPTIONAL_PACKAGES": "none"}
    told = call([home / "simulations/run", "check", "my county.toml", "--set", "a=1 && b=2", "*"], folder, env=environment).split("\n")
    assert told[-7:] == [str(home), "[check]", "[my county.toml]", "[--set]", "[a=1 && b=2]", "[*]", ""], told
    assert "cmake --build build/program" in calls.read_text(), calls.read_text()
    told = call([home / "simulations/run"], folder, env=environment)
    assert "[compare]\n[xiapu-2022]\n[wednesday]\n[--draws]\n" in told, told


def checkout_for_windows(folder):
    """Git that is told to write line ends of Windows leaves these alone."""
    if shutil.which("git") is None:
        print("no git: a checkout for Windows was not tried")
        return
    home = folder / "checkout"
    home.mkdir()
    kept = [*SCRIPTS, ".gitattributes", "tests/io/ledgers/as-excel-saves.csv", "simulations/scenarios/wednesday.toml"]
    for name in kept:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, home / name)
    git = ["git", "-c", "core.autocrlf=true", "-c", "core.safecrlf=false", "-c", "user.name=t", "-c", "user.email=t@t"]
    call([*git, "init", "-q"], home)
    call([*git, "add", "-A"], home)
    call([*git, "commit", "-qm", "all"], home)
    for name in kept:
        (home / name).unlink()
    call([*git, "checkout", "-q", "--", "."], home)
    for name in kept:
        assert (home / name).read_bytes() == (ROOT / name).read_bytes(), f"{name} has other line ends"
        assert os.access(home / name, os.X_OK) == os.access(ROOT / name, os.X_OK), name


def main():
    line_ends()
    with tempfile.TemporaryDirectory() as name:
        main_job_in_a_folder_with_blanks(pathlib.Path(name).resolve())
    with tempfile.TemporaryDirectory() as name:
        checkout_for_windows(pathlib.Path(name).resolve())
    print(f"{len(SCRIPTS)} scripts work from a folder with blanks and from a checkout for Windows")


if __name__ == "__main__":
    main()
