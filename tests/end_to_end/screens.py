#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Views of the report in Chromium are those that somebody has looked at: pictures at three widths, in both languages, within a tolerance.

Usage: screens.py PROGRAM SOURCE_DIR [--update | --data FOLDER]

The results are always the same (screens/results.json.xz), so that only what is drawn can differ. --update puts today's pictures in place
of the references: look at each before it is kept. --data makes the results anew of those in FOLDER, with what the views need.
"""
import json
import lzma
import os
import shutil
import subprocess
import sys
import tempfile

import browser

program, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
here = os.path.join(source, "tests", "end_to_end")
references = os.path.join(here, "screens")
data = os.path.join(references, "results.json.xz")


def pruned(results):
    """Key figures and what the views show, by township and unit alone, and the leaders of the county and its units."""
    more = {"open_cases", "overdue", "visits", "registrations", "handler_hours", "handler_utilisation", "reply_days"}
    by_unit = {"handler_utilisation", "reply_days", "timely_acceptance_rate", "on_time_reply_rate"}
    metrics = [k for k, metric in enumerate(results["metrics"]) if metric["headline"] or metric["id"] in more]
    dimensions = [k for k, dimension in enumerate(results["dimensions"]) if dimension["id"] in ("all", "township", "unit")]

    def of(values):
        def items(k, d):
            empty = results["dimensions"][d]["id"] == "unit" and results["metrics"][k]["id"] not in by_unit
            return [None] * len(values[k][d]) if empty else values[k][d]
        return [[items(k, d) for d in dimensions] for k in metrics]

    for policy in results["policies"]:
        policy["values"], policy["parts"] = of(policy["values"]), of(policy["parts"])
        policy["officials"] = [official for official in policy["officials"] if official["rank"] != "team_member"]
        policy["assumptions"] = [each for each in policy["assumptions"] if each["changed"] or each["mark"] == "I"][:40]
    for comparison in results["comparisons"]:
        comparison["values"] = of(comparison["values"])
        for part in ("matters", "one_year"):
            comparison[part] = [comparison[part][k] for k in metrics]
    results["metrics"] = [results["metrics"][k] for k in metrics]
    results["dimensions"] = [results["dimensions"][k] for k in dimensions]
    results["stories"] = results["stories"][:1]
    return results


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, list):
        return [rounded(each) for each in value]
    return {name: rounded(each) for name, each in value.items()} if isinstance(value, dict) else value


if "--data" in sys.argv:
    with open(os.path.join(sys.argv[sys.argv.index("--data") + 1], "results.json"), encoding="utf-8") as file:
        text = json.dumps(rounded(pruned(json.load(file))), ensure_ascii=False, separators=(",", ":"))
    with open(data, "wb") as file:
        file.write(lzma.compress(text.encode(), preset=9))
    sys.exit(0)

node = shutil.which("node") or shutil.which("nodejs")
modules = os.path.join(os.path.dirname(program), "report", "bundle", "node_modules")
if node is None or not os.path.isdir(os.path.join(modules, "pixelmatch")):
    print("skipped: no Node.js, or not the packages that the report is tested with")
    sys.exit(77)
update = "--update" in sys.argv
left = os.path.join(os.path.dirname(program), "screens")  # beside the program, for those who want to see what differs
shutil.rmtree(left, ignore_errors=True)
with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "results.json"), "wb") as file, open(data, "rb") as packed:
        file.write(lzma.decompress(packed.read()))
    subprocess.run([program, "report", folder], check=True, stdout=subprocess.DEVNULL)
    done = subprocess.run([node, os.path.join(here, "screens.mjs"), modules, browser.PROGRAM, os.path.join(folder, "report.html"), references, left,
                           "update" if update else "compare"], capture_output=True, text=True, timeout=240, env={**os.environ, "TZ": "Asia/Shanghai"})
assert done.returncode == 0, done.stdout + done.stderr
found = json.loads(done.stdout)
if "letters" in found:
    print("skipped: this browser does not draw letters as that of the pictures kept, Debian 12's with WenQuanYi Micro Hei and DejaVu Sans "
          f"({found['letters']})")
    sys.exit(77)
assert not found["wrong"], "\n".join([f"pictures differ; those of today are in {left}:", *found["wrong"]])
print(f"{found['made']} pictures {'were kept' if update else 'are those that were looked at'}")
