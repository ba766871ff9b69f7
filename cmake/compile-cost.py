#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Measures what it costs to include each public header, beside <boost/graph/adjacency_list.hpp> in the same run.

The time is the processor time of the compiler for a file with that one include, best of several rounds. A round goes
through all headers and takes the yardstick before every few of them, so that a busy machine slows both alike. Lines
are those that are left after the preprocessor, without blank ones.

    compile-cost.py --write docs/compile-cost.md            measure all headers and write the table
    compile-cost.py --only sifang/sifang.hpp --limit 2.3    fail if a header costs more than that many yardsticks
    compile-cost.py --inclusive sifang/sifang.hpp           what each external header costs alone
    compile-cost.py --check 1.55                            fail if sifang/sifang.hpp takes more memory than that many yardsticks

Times are never twice the same. What GCC allocates is, to the kilobyte, and goes with the time: r times the memory of
the yardstick is about 1 + 2.2 (r - 1) times its time (GCC 12, r from 1.2 to 2.1). So `--check` looks at the memory, and
is a test. It ends with 77 where the compiler is not GCC.
"""
import argparse
import os
import pathlib
import re
import resource
import shlex
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent
yardstick = "boost/graph/adjacency_list.hpp"
umbrella_rounds = 5


def processor_time(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{shlex.join(command)}\n{done.stderr}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class compiler:
    def __init__(self, options, folder):
        self.command = [options.compiler, f"-std=c++{options.standard}", "-I", str(root / "include"), *options.flag]
        self.source = pathlib.Path(folder) / "one.cpp"

    def name(self):
        first = subprocess.run([self.command[0], "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
        number = re.search(r"\d+(\.\d+)+", first).group()
        return ("Clang " if "clang" in first else "GCC ") + number

    def include(self, header):
        self.source.write_text(f"#include <{header}>\n" if header else "\n")

    def seconds(self, header):
        self.include(header)
        return processor_time([*self.command, "-c", str(self.source), "-o", os.devnull])

    def megabytes(self, header):
        """What GCC allocates for its trees, the collected ones too."""
        self.include(header)
        done = subprocess.run([*self.command, "-ftime-report", "-c", str(self.source), "-o", os.devnull], capture_output=True, text=True,
                              check=True, env={**os.environ, "LC_ALL": "C"})
        amount, unit = re.search(r"^ *TOTAL .* (\d+)([kMG])", done.stderr, re.M).groups()
        return int(amount) * {"k": 1 / 1024, "M": 1, "G": 1024}[unit]

    def lines(self, header):
        self.include(header)
        text = subprocess.run([*self.command, "-E", "-P", str(self.source)], capture_output=True, text=True, check=True).stdout
        return sum(1 for line in text.splitlines() if line.strip())


def public_headers():
    house = root / "include"
    found = (p.relative_to(house).as_posix() for p in house.rglob("*.hpp"))
    # What needs MPI costs what that MPI's header costs, where there is one.
    return sorted((h for h in found if "experiment/mpi" not in h), key=lambda h: (h.count("/"), h))


def external_includes(headers):
    """Every <header> that the given ones name themselves, with how many of them name it."""
    found = {}
    for header in headers:
        for name in re.findall(r"^#include <([^>]+)>", (root / "include" / header).read_text(), re.M):
            found[name] = found.get(name, 0) + 1
    return found


def closure(header, seen=None):
    """The header and all of ours that it includes."""
    seen = {} if seen is None else seen
    if header not in seen:
        seen[header] = None
        for name in re.findall(r'^#include "(sifang/[^"]+)"', (root / "include" / header).read_text(), re.M):
            closure(name, seen)
    return list(seen)


def measure(tool, headers, rounds):
    best = {}
    for _ in range(rounds):
        for at, header in enumerate(headers):
            if at % 8 == 0:
                best[yardstick] = min(best.get(yardstick, 1e9), tool.seconds(yardstick))
            best[header] = min(best.get(header, 1e9), tool.seconds(header))
    best[yardstick] = min(best[yardstick], tool.seconds(yardstick))
    return best


def rows(tool, headers, best):
    return [f"| `{h}` | {best[h] / best[yardstick]:.2f} | {tool.lines(h)} |" for h in headers]


def page(tool, headers, best, rounds, std):
    floors = [h for h in headers if h.count("/") == 1]
    of_floors = measure(tool, floors, umbrella_rounds)
    memory = {h: tool.megabytes(h) for h in [yardstick, *floors]} if tool.name().startswith("GCC") else {}
    rooms = [h for h in headers if h.count("/") > 1]
    outside = external_includes(h for h in closure("sifang/sifang.hpp"))
    alone = measure(tool, sorted(outside), rounds)
    dear = [h for h in sorted(outside, key=lambda h: -alone[h]) if alone[h] / alone[yardstick] >= 0.25]
    return "\n".join([
        "# What it costs to include a header",
        "",
        "Processor time of the compiler for a file that holds one include, and lines after the preprocessor. 1.00 is",
        f"`#include <{yardstick}>` measured in the same run ({tool.lines(yardstick)} lines); an empty file costs",
        f"{best[''] / best[yardstick]:.2f}. Best of {umbrella_rounds} for the umbrellas and of {rounds} for the rooms,",
        f"{tool.name()}, C++{std}, no optimisation. `cmake/compile-cost.py --write` makes this page. The goals are 2.3 for",
        f"`sifang/sifang.hpp`, here at {of_floors['sifang/sifang.hpp'] / of_floors[yardstick]:.2f}, and 1.0 for `sifang/engine.hpp`, at "
        f"{of_floors['sifang/engine.hpp'] / of_floors[yardstick]:.2f}. Times depend on what else the machine does; what the compiler",
        "allocates does not, and a test holds `sifang.hpp` to it. Include the floors you use.",
        "",
        "Two habits keep the headers cheap. A function whose body makes lists grow, sorts or writes text is a template that only",
        "programs compile which call it (`template <class = when_called>`, `core/when_called.hpp`). And a list becomes a span by",
        "`detail::span_of` (`core/span_of.hpp`): the conversion that `std::span` has of its own costs GCC 25 ms for every kind of",
        "item, even in a template that nobody calls. Of what `sifang.hpp` costs now, two fifths are headers of the standard library",
        "and of range-v3, which no change of ours makes cheaper; the rest is spread over some 170 headers, and goes above all to",
        "members that are lists or optional values of some 180 types.",
        "",
        "## Umbrellas",
        "",
        "| header | × adjacency_list, time | memory | lines |",
        "|---|---:|---:|---:|",
        *[f"| `{h}` | {of_floors[h] / of_floors[yardstick]:.2f} | "
          f"{format(memory[h] / memory[yardstick], '.2f') if memory else '–'} | {tool.lines(h)} |" for h in floors],
        "",
        "## Where it goes",
        "",
        "External headers that `sifang/sifang.hpp` takes in, each measured alone; they share much of what they take in",
        "themselves, so the figures do not add up. \"In\" counts our headers that name it.",
        "",
        "| header | × adjacency_list | lines | in |",
        "|---|---:|---:|---:|",
        *[f"| `<{h}>` | {alone[h] / alone[yardstick]:.2f} | {tool.lines(h)} | {outside[h]} |" for h in dear],
        "",
        "## Rooms",
        "",
        "| header | × adjacency_list | lines |",
        "|---|---:|---:|",
        *rows(tool, rooms, best),
        "",
    ])


def check(tool, limit):
    if not tool.name().startswith("GCC"):
        print(f"{tool.name()} does not say what it allocates")
        sys.exit(77)
    ratio = tool.megabytes("sifang/sifang.hpp") / tool.megabytes(yardstick)
    print(f"sifang/sifang.hpp takes {ratio:.2f} times the memory of <{yardstick}>; the limit is {limit}")
    sys.exit(ratio > limit)


def main():
    parser = argparse.ArgumentParser(description="cost of including each header")
    parser.add_argument("--compiler", default=os.environ.get("CXX", "c++"))
    parser.add_argument("--standard", default="20")
    parser.add_argument("--flag", action="append", default=[], help="one more flag of the compiler (repeatable)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", default=[], help="measure this header only (repeatable)")
    parser.add_argument("--limit", type=float, help="fail if a header costs more than this many yardsticks")
    parser.add_argument("--inclusive", help="what each external header under this one costs alone")
    parser.add_argument("--check", type=float, metavar="LIMIT", help="memory of sifang/sifang.hpp in yardsticks: fail above this")
    parser.add_argument("--write", type=pathlib.Path, help="write the table there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tool = compiler(options, folder)
        if options.check:
            check(tool, options.check)
        headers = options.only or public_headers()
        if options.inclusive:
            headers = sorted(external_includes(closure(options.inclusive)))
        best = measure(tool, ["", *headers], options.rounds)
        if options.write:
            options.write.write_text(page(tool, headers, best, options.rounds, options.standard))
            return
        over = False
        for header in sorted(headers, key=lambda h: -best[h]):
            ratio = best[header] / best[yardstick]
            print(f"{ratio:6.2f} {tool.lines(header):8d}  {header}")
            over = over or (options.limit is not None and ratio > options.limit)
        if over:
            sys.exit(f"more than {options.limit} times <{yardstick}>")


if __name__ == "__main__":
    main()
