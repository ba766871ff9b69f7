#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Event logs of the program as pm4py reads them. Where pm4py is not installed, the test is skipped (exit code 77).

Usage: process_mining.py PROGRAM SOURCE_FOLDER
"""
import csv
import os
import subprocess
import sys
import tempfile

try:
    import pm4py
except ImportError:
    print("pm4py is not installed: skipped")
    sys.exit(77)

program, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.argv = sys.argv[:1] + [program, source]
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from event_logs import allowed_transitions  # noqa: E402


def written(folder, name):
    path = os.path.join(folder, name)
    subprocess.run([program, "run", "xiapu-2022", "--set", "scenario.warm_up=30", "-n", "2", "--histories", "0-1", "--quiet", "--force", "--events-out", path],
                   check=True, cwd=folder, timeout=600)
    return path


def main():
    table = allowed_transitions()
    may_follow = {(a, b) for (_, a), reached in table.items() for (state, b) in table if state == reached}
    steps = {event for _, event in table}
    with tempfile.TemporaryDirectory() as folder:
        with open(written(folder, "e.csv"), newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        of_cases = [row for row in rows if row["case"]]
        log = pm4py.read_xes(written(folder, "e.xes"))
        cases = {(row["replication"], row["case"]) for row in of_cases}
        print(f"XES: {log['case:concept:name'].nunique()} traces, {len(log)} events")
        assert log["case:concept:name"].nunique() == len(cases)
        assert len(log) == len(of_cases)
        only_steps = log[log["sifang:from"].notna()]
        assert set(only_steps["concept:name"]) <= steps
        follows, begins, ends = pm4py.discover_dfg(only_steps)
        print(f"directly follows: {len(follows)} pairs of {len(may_follow)} that the life cycle allows; begins with {sorted(begins)}")
        assert len(follows) > 30
        assert set(follows) <= may_follow, set(follows) - may_follow
        assert set(begins) <= {event for state, event in table if state == "none"}
        ocel = pm4py.read_ocel2_json(written(folder, "e.json"))
        print(f"OCEL: {len(ocel.events)} events, objects {ocel.objects['ocel:type'].value_counts().to_dict()}")
        assert len(ocel.events) == len(rows)
        flat = pm4py.ocel_flattening(ocel, "case")
        assert len(flat) == len(of_cases)
        follows_flat, _, _ = pm4py.discover_dfg(flat[flat["from"].notna()])
        assert follows_flat == follows, set(follows_flat) ^ set(follows)


main()
