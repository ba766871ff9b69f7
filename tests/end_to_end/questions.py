#!/usr/bin/env python3
"""The tables of docs/questions.md are what the program answers.

Usage: questions.py PROGRAM SOURCE_FOLDER [--update]

A line of four blanks that begins with `sifang compare` is run as it stands; the table after it names a metric in each column, the county as
it is in its first row, and a policy in each further one: its name in results.json, or what was set. Without --update a table that
differs is told, and the exit code is 1. It takes minutes, so `tests/run --all` runs it.
"""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
UPDATE = "--update" in sys.argv[3:]
PAGE = os.path.join(SOURCE, "docs/questions.md")


def number(x, share, sign):
    x = 100 * x if share else x
    digits = f"{abs(x):.2f}" if abs(x) < 100 else f"{abs(x):,.0f}".replace(",", " ")
    return ("-" if x < 0 else "+" if sign else "") + digits


def cell(value, share, sign):
    if value is None:
        return "–"
    estimate, low, high = value[:3]
    text = number(estimate, share, sign)
    if low is None and high is None:
        return text
    return f"{text} [{'…' if low is None else number(low, share, sign)}, {'…' if high is None else number(high, share, sign)}]"


def answers(line):
    """results.json of a command."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([PROGRAM, "--lang", "en", *shlex.split(line)[1:], "--json", "--out", os.path.join(folder, "out")],
                              cwd=SOURCE, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{line}\n{done.stderr}")
        return json.loads(done.stdout)


def table(r, head, labels):
    metrics = [re.match(r"`(\w+)`", column.strip())[1] for column in head.strip("|").split("|")[1:]]
    places = [next(k for k, m in enumerate(r["metrics"]) if m["id"] == wanted) for wanted in metrics]
    shares = [r["metrics"][k]["unit"] == "share" for k in places]
    out = ["| as it is | " + " | ".join(cell(r["policies"][0]["values"][k][0][0], share, False) for k, share in zip(places, shares)) + " |"]
    for label, comparison in zip(labels, r["comparisons"], strict=True):
        out.append(f"| {label} | " + " | ".join(cell(comparison["values"][k][0][0], share, True) for k, share in zip(places, shares)) + " |")
    return out


def main():
    with open(PAGE, encoding="utf-8") as file:
        lines = file.read().split("\n")
    wrong, at = 0, 0
    while at < len(lines):
        if not (lines[at].startswith("    sifang compare ") and at + 2 < len(lines) and lines[at + 2].startswith("| | ")):
            at += 1
            continue
        first = at + 4  # of the rows below the head and its line
        last = next(k for k in range(first, len(lines) + 1) if k == len(lines) or not lines[k].startswith("|"))
        labels = [row.split("|")[1].strip() for row in lines[first + 1:last]]
        made = table(answers(lines[at].strip()), lines[at + 2], labels)
        if made != lines[first:last]:
            wrong += 1
            if not UPDATE:
                print(f"docs/questions.md:{first + 1}: this is not what is answered:\n" + "\n".join(made))
        lines[first:last] = made
        at = last
    if UPDATE:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
    print(f"{wrong} tables {'rewritten' if UPDATE else 'differ'}")
    return 0 if UPDATE else min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
