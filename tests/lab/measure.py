#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The table of docs/lab.md: how soon the what-if page answers, and its rate beside the program's on one thread, measured in turns. Not a
test: what it prints depends on the machine and on what else runs there. usage: measure.py PAGE PROGRAM SOURCE [REPLICATIONS [ROUNDS]]"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from chromium import Browser  # noqa: E402

page, program, source = map(os.path.abspath, sys.argv[1:4])
count, rounds = (int(word) for word in (sys.argv[4:] + ["400", "3"][len(sys.argv) - 4:])[:2])


def native(folder):
    """Years a second of the program on one thread, from its start to its last figure."""
    began = time.monotonic()
    subprocess.run([program, "compare", "xiapu-2022", "wednesday", "--replications", str(count // 2), "--threads", "1", "--quiet", "--force", "--out", folder + "/out"],
                   check=True, env={**os.environ, "SIFANG_SCENARIOS": source + "/simulations/scenarios"})
    return count // 2 * 2 / (time.monotonic() - began)


def opened(workers):
    """Milliseconds to the first interval, and years a second when all is warm."""
    with Browser() as b:
        b.call("Emulation.setHardwareConcurrencyOverride", hardwareConcurrency=workers)
        b.open("file://" + page)
        first = int(b.wait("document.documentElement.dataset.firstInterval"))
        for _ in range(2):  # the second time everything is compiled
            b.value(f"(() => {{ const e = document.getElementById('replications'), o = document.createElement('option'); o.value = {count // 2}; e.append(o); "
                    f"e.value = {count // 2}; document.documentElement.dataset.replications = ''; e.dispatchEvent(new Event('change')); }})()")
            b.wait(f"document.documentElement.dataset.replications == '{count // 2}' && document.getElementById('run').className && "
                   f"['Play again', '重新推演'].includes(document.getElementById('run').textContent)", 600)
        return first, float(b.value("document.documentElement.dataset.rate"))


first, rates = {1: [], 2: []}, {"native": [], 1: [], 2: []}
with tempfile.TemporaryDirectory() as folder:
    for _ in range(rounds):
        for workers in (1, 2):
            rates["native"].append(native(folder))
            soon, rate = opened(workers)
            first[workers].append(soon)
            rates[workers].append(rate)
middle = {name: statistics.median(values) for name, values in rates.items()}
print(f"| size of the page, MB | {os.path.getsize(page) / 1e6:.2f} |")
for workers in (1, 2):
    print(f"| {workers} worker{'s' if workers > 1 else ''}: seconds from opening to the first interval, median (all) | {statistics.median(first[workers]) / 1000:.2f} ({', '.join(f'{t / 1000:.2f}' for t in first[workers])}) |")
    print(f"| {workers} worker{'s' if workers > 1 else ''}: years a second beside the program's on one thread | {middle[workers] / middle['native']:.2f} |")
