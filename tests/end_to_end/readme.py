#!/usr/bin/env python3
"""What README.md and docs/*.md show is what the program prints.

Usage: readme.py PROGRAM SOURCE_FOLDER [--update]

- A ```sh block directly followed by a ```text block: the second is what the command of the first prints, standard output
  and error together, line for line. A line `…` stands for any lines left out. `# exits with N` after a command tells a code
  other than 0.
- A ```sh block alone: every command is run, with --replications 2 if it does not say how many.
- A ```toml block whose first line is `# PATH` is written to that file before.
- A block after `<!-- not run: REASON -->` is not run; the reason is printed. Any other word than `sifang` is a failure.

--update rewrites the ```text blocks: without `…` whole, with it paragraph by paragraph, found by their first lines.
"""
import glob
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
UPDATE = "--update" in sys.argv[3:]
LEFT_OUT = "…"
SIMULATES = ("run", "compare", "sweep", "nation", "calibrate", "bottlenecks", "theory")
DIVISIONS = {
    "provinces": "code,name\n11,North\n12,South\n",
    "areas": "code,name,provinceCode\n110101,Upper,11\n120101,Lower,12\n",
    "streets": "code,name,areaCode\n110101001,T1,110101\n120101001,T2,120101\n",
    "villages": "code,name,streetCode\n" + "".join(f"{s}{k:03},V{k},{s}\n" for s in (110101001, 120101001) for k in range(3)),
}


def blocks_of(lines):
    """Blocks as (language, first line, line after the last, reason not to run or None); lines from 0, without the fences."""
    out, at = [], 0
    while at < len(lines):
        fence = re.fullmatch(r"```(\w*)", lines[at])
        if not fence:
            at += 1
            continue
        end = lines.index("```", at + 1)
        why = re.fullmatch(r"<!-- not run: (.+) -->", lines[at - 1]) if at > 0 else None
        out.append((fence.group(1), at + 1, end, why.group(1) if why else None))
        at = end + 1
    return out


def matches(wanted, found):
    """Whether lines, with some left out, are these."""
    if LEFT_OUT not in wanted:
        return wanted == found
    runs, run = [], []
    for line in [*wanted, LEFT_OUT]:
        if line == LEFT_OUT:
            runs.append(run)
            run = []
        else:
            run.append(line)
    first, last = runs[0], runs[-1] if wanted[-1] != LEFT_OUT else []
    if found[:len(first)] != first or (last and found[-len(last):] != last):
        return False
    at = len(first)
    for run in runs[1:]:
        while found[at:at + len(run)] != run:
            at += 1
            if at + len(run) > len(found):
                return False
        at += len(run)
    return True


def brought_up_to_date(wanted, found):
    """The lines that should stand there instead."""
    if LEFT_OUT not in wanted:
        return found
    paragraphs = "\n".join(found).split("\n\n")
    out = []
    for paragraph in "\n".join(wanted).split("\n\n"):
        first = paragraph.split("\n")[0]
        same = [p for p in paragraphs if p.split("\n")[0] == first]
        out.append(same[0] if same and first != LEFT_OUT else paragraph)
    return "\n\n".join(out).split("\n")


class Place:
    """A folder as a reader of README has it: the scenarios where the sources have them, the program in the path."""

    def __init__(self, folder):
        self.folder = folder
        shutil.copytree(os.path.join(SOURCE, "simulations", "scenarios"), os.path.join(folder, "simulations", "scenarios"))
        os.mkdir(os.path.join(folder, "FOLDER"))
        for name, text in DIVISIONS.items():
            self.write(f"FOLDER/{name}.csv", text)
        os.mkdir(os.path.join(folder, "bin"))
        os.symlink(PROGRAM, os.path.join(folder, "bin", "sifang"))
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8", "PATH": os.path.join(folder, "bin") + ":" + os.environ["PATH"]}

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def run(self, words):
        shutil.rmtree(os.path.join(self.folder, "out"), ignore_errors=True)
        done = subprocess.run(words, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600)
        return done.returncode, done.stdout.rstrip("\n").split("\n")


def check(path, place, told):
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    name, wrong, replaced = os.path.relpath(path, SOURCE), [], []
    blocks = blocks_of(lines)
    for k, (language, first, end, why) in enumerate(blocks):
        body = lines[first:end]
        if language == "toml" and body and (named := re.fullmatch(r"# (\S+\.toml)", body[0])):
            place.write(named.group(1), "\n".join(body) + "\n")
        if language != "sh":
            continue
        if why:
            told.append(f"{name}:{first}: not run: {why}")
            continue
        shown = blocks[k + 1] if k + 1 < len(blocks) and blocks[k + 1][0] == "text" and not "".join(lines[end + 1:blocks[k + 1][1] - 1]).strip() else None
        output = []
        for at, line in enumerate(body, first + 1):
            words = shlex.split(line, comments=True)
            if not words:
                continue
            if words[0] != "sifang":
                wrong.append(f"{name}:{at}: neither run nor said to be not run: {line}")
                continue
            if not shown and words[1] in SIMULATES and "--replications" not in words:
                words += ["--replications", "2"]
            code, found = place.run(words)
            wanted_code = re.search(r"# exits with (\d)", line)
            if code != int(wanted_code.group(1) if wanted_code else 0):
                wrong.append(f"{name}:{at}: exit {code}: {line}\n" + "\n".join(found))
            output += found
            told.append(f"{name}:{at}: run")
        if not shown:
            continue
        wanted = lines[shown[1]:shown[2]]
        if matches(wanted, output):
            told.append(f"{name}:{shown[1]}: block compared")
        elif UPDATE:
            replaced.append((shown[1], shown[2], brought_up_to_date(wanted, output)))
        else:
            wrong.append(f"{name}:{shown[1]}: this is not what is printed (readme.py --update rewrites it); printed is:\n" + "\n".join(output))
    for begin, end, text in reversed(replaced):
        lines[begin:end] = text
        told.append(f"{name}:{begin}: block rewritten")
    if replaced:
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
    return wrong


def own_rules_hold():
    """The comparison itself can say no."""
    assert matches(["a", "b"], ["a", "b"]) and not matches(["a"], ["a", "b"]) and not matches(["a", "c"], ["a", "b"])
    assert matches(["…", "b", "…"], ["a", "b", "c"]) and matches(["…", "b"], ["b"]) and matches(["a", "…"], ["a", "b"])
    assert not matches(["…", "b"], ["b", "c"]) and not matches(["b", "…"], ["a", "b"]) and not matches(["…", "x", "…"], ["a"])
    assert not matches(["…", "b", "…", "b"], ["a", "b"]), "a line stands for one line"
    assert brought_up_to_date(["…", "", "t", "1", "", "…"], ["z", "", "t", "2", "3", "", "y"]) == ["…", "", "t", "2", "3", "", "…"]


def main():
    own_rules_hold()
    told, wrong = [], []
    with tempfile.TemporaryDirectory() as folder:
        place = Place(folder)
        for path in [os.path.join(SOURCE, "README.md"), *sorted(glob.glob(os.path.join(SOURCE, "docs", "*.md")))]:
            wrong += check(path, place, told)
    print("\n".join(told + wrong))
    if sum(line.startswith("README.md") and line.endswith(": run") for line in told) < 15:
        wrong.append("README.md: fewer commands than it has")
    if sum(line.startswith("README.md") and ": block " in line for line in told) < 3 and not wrong:
        wrong.append("README.md: fewer printed blocks than it has")
    print(f"{len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
