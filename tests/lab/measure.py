#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The table of docs/lab.md: how soon the what-if page answers, and its rate beside the program's on one thread, measured in turns. Not a
test: what it prints depends on the machine and on what else runs there. So the work is told too, in the processor's own time, which
others' work does not change much. usage: measure.py PAGE PROGRAM SOURCE [REPLICATIONS [ROUNDS]]"""
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from chromium import Browser  # noqa: E402

page, program, source = map(os.path.abspath, sys.argv[1:4])
count, rounds = (int(word) for word in (sys.argv[4:] + ["400", "3"][len(sys.argv) - 4:])[:2])
ticks = os.sysconf("SC_CLK_TCK")


def native(folder):
    """Seconds on the clock, and of the processor, for so many years of the program on one thread."""
    began, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "compare", "xiapu-2022", "wednesday", "--replications", str(count // 2), "--threads", "1", "--quiet", "--force", "--out", folder + "/out"],
                   check=True, env={**os.environ, "SIFANG_SCENARIOS": source + "/simulations/scenarios"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - began, after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime


def work_of(profile):
    """Seconds of the processor that the processes of a browser have used, known by their profile's folder."""
    parents, used = {}, {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents[int(name)], used[int(name)] = int(fields[1]), (int(fields[11]) + int(fields[12])) / ticks
    within = {profile}
    while True:
        more = {p for p, parent in parents.items() if parent in within} - within
        if not more:
            return sum(used.get(p, 0) for p in within)
        within |= more


def opened(workers):
    """Seconds to the first interval; and for so many years when all is warm, on the clock and of the processor."""
    with Browser() as b:
        b.call("Emulation.setHardwareConcurrencyOverride", hardwareConcurrency=workers)
        b.open("file://" + page)
        first = int(b.wait("document.documentElement.dataset.firstInterval"))
        for _ in range(3):  # the last time everything is compiled
            used, began = work_of(b.process.pid), time.monotonic()
            b.value(f"(() => {{ const e = document.getElementById('replications'), o = document.createElement('option'); o.value = {count // 2}; e.append(o); "
                    f"e.value = {count // 2}; document.documentElement.dataset.replications = ''; e.dispatchEvent(new Event('change')); }})()")
            b.wait(f"document.documentElement.dataset.replications == '{count // 2}'", 600)
        return first / 1000, time.monotonic() - began, work_of(b.process.pid) - used


first, clock, work = {1: [], 2: []}, {0: [], 1: [], 2: []}, {0: [], 1: [], 2: []}
with tempfile.TemporaryDirectory() as folder:
    for _ in range(rounds):
        for workers in (1, 2):
            on_clock, used = native(folder)
            clock[0].append(on_clock)
            work[0].append(used)
            soon, on_clock, used = opened(workers)
            first[workers].append(soon)
            clock[workers].append(on_clock)
            work[workers].append(used)
middle = statistics.median
print(f"| size of the page | {os.path.getsize(page) / 1e6:.2f} MB |")
for workers in (1, 2):
    name = "one worker" if workers == 1 else "two workers"
    print(f"| {name}: from opening to the first interval, fastest, median and slowest of {rounds} | {min(first[workers]):.1f}, {middle(first[workers]):.1f}, {max(first[workers]):.1f} s |")
    print(f"| {name}, warm: rate on the clock beside the program's on one thread | {middle(clock[0]) / middle(clock[workers]):.2f} |")
    print(f"| {name}, warm: rate for the processor's time beside the program's, times {workers} | {workers * middle(work[0]) / middle(work[workers]):.2f} |")
print(f"| of a second of the clock, the program had the processor for | {middle(work[0]) / middle(clock[0]):.2f} s |")
