#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Opens the report of a sweep in headless Chromium: a grid, samples, circumstances alone, in both languages, with strange names.

Usage: sweep_report.py PROGRAM SOURCE_DIR. sweep_report.mjs moves the browser; here stand the sweeps that it looks at, and what it has left.
"""
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import browser

program, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
node = shutil.which("node") or shutil.which("nodejs")
modules = os.path.join(os.path.dirname(program), "report", "bundle", "node_modules")
if node is None or not os.path.isdir(os.path.join(modules, "playwright-core")):
    print("skipped: no Node.js, or not the packages that the report is tested with")
    sys.exit(77)

SHORT = ["--set", "scenario.warm_up=60", "--set", "scenario.run_out=90", "--quiet"]
STRANGE = ["--set", "scenario.title_en=<img src=x onerror=alert(1)>", "--set", "scenario.title_zh=<img src=x onerror=alert(1)>",
           "--set", "session.principal.title_zh=</script><b>{x} $& \u202e"]


def data_of(page):
    text = open(page, encoding="utf-8").read()
    return json.loads(re.search(r'<script type="application/json" id="sifang-data">(.*?)</script>', text, re.S)[1])["result"]


with tempfile.TemporaryDirectory() as folder:
    def swept(name, *arguments):
        into = os.path.join(folder, name)
        subprocess.run([program, "sweep", "xiapu-2022", *SHORT, *arguments, "--out", into], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return os.path.join(into, "report.html")

    days = "session.principal.recur=FREQ=MONTHLY;BYMONTHDAY=15|FREQ=WEEKLY;BYDAY=WE"
    grid = swept("grid", "--vary", days, "--vary", "return_visits.visits_per_week=0|2", "--vary", "choice.delay_weight=0.12|0.2", "--replications", "16")
    samples = swept("samples", "--vary", "choice.delay_weight", "--vary", "choice.distance_weight=0.005..0.08", "--vary", "ownership.rule=first_receiver|least_loaded",
                    "--samples", "24", "--replications", "8", *STRANGE)
    load = swept("load", "--vary", "load.multiplier=0.5|1|3", "--replications", "8")

    # What the page has are the numbers of sweep.json, and words for every value.
    told, written = data_of(grid), json.load(open(os.path.join(folder, "grid", "sweep.json"), encoding="utf-8"))
    assert [cell["values"] for cell in told["cells"]] == [cell["values"] for cell in written["cells"]]
    assert [cell["differences"] for cell in told["cells"]] == [cell["differences"] for cell in written["cells"]]
    assert [cell["fingerprint"] for cell in told["cells"]] == [cell["fingerprint"] for cell in written["cells"]]
    assert [[axis["values"][at]["text"] for axis, at in zip(told["axes"], cell["at"])] for cell in told["cells"]] == [cell["parameters"] for cell in written["cells"]]
    assert told["axes"][0]["values"][1]["zh"] == "每周三" and [axis["decided"] for axis in told["axes"]] == [True, True, False]
    assert told["command"][:2] == ["sweep", "xiapu-2022"] and "--out" not in told["command"] and told["command"][-2:] == ["--replications", "16"]

    done = subprocess.run([node, os.path.join(source, "tests", "end_to_end", "sweep_report.mjs"), modules, browser.PROGRAM, folder, grid, samples, load],
                          capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    table = list(csv.reader(io.StringIO(open(os.path.join(folder, "cells.csv"), encoding="utf-8-sig").read())))
    assert len(table) == 1 + 8 and all(len(row) == len(table[0]) for row in table)
    heard = next(k for k, head in enumerate(table[0]) if "15" in head)
    assert sorted(float(row[heard]) for row in table[1:]) == sorted(cell["values"][0][0] for cell in written["cells"])
print(f"the report of a sweep opens in both languages without a word on the console, {found['axe']} views without a complaint of axe")
