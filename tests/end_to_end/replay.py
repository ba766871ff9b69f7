#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""A ledger beside what the model makes of it. Usage: replay.py PROGRAM SOURCE_FOLDER"""
import csv
import datetime
import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
YEARS = ["--replications", "4", "--candidates", "3"]


def ledger(rows, more=""):
    """The documented columns: rows of number, acceptance, handling, settled, repeat."""
    lines = ["id,date,place,category,channel,group_size,acceptance_days,handling_days,settled,repeat"]
    for i, (accepted, handled, settled, repeat) in enumerate(rows):
        date = datetime.date(2022, 1, 10) + datetime.timedelta(days=3 * i)
        lines.append(f"c{i},{date},350921203,land,letter,1,{accepted},{handled},{settled},{repeat}")
    return "\n".join(lines) + "\n" + more


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        with open(os.path.join(self.folder.name, name), "w", encoding="utf-8") as file:
            file.write(text)
        return name

    def call(self, *arguments, code=0, lang="en"):
        done = subprocess.run([PROGRAM, "--lang", lang, *arguments], capture_output=True, cwd=self.folder.name, timeout=300)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, out + err)
        return out, err

    def recorded(self, out, name):
        """The figure of the ledger in a row of the table, and what it is made of."""
        line = next(line for line in out.splitlines() if line.startswith(name))
        return [cell for cell in line[len(name):].split("  ") if cell.strip()][:2]

    def test_a_ledger_gives_its_own_figures_back(self):
        name = self.write("all.csv", ledger([(14, 59, "true", "false")] * 60))
        out, _ = self.call("replay", name, "xiapu-2022", *YEARS)
        self.assertEqual([c.strip() for c in self.recorded(out, "Timely acceptance, responsible authority (L4)")], ["100.0 %", "60.0 / 60.0"])
        self.assertEqual([c.strip() for c in self.recorded(out, "On-time reply, responsible authority (L10, L11)")], ["100.0 %", "60.0 / 60.0"])
        rows = [(16, 10, "true", "false"), (3, 61, "false", "true"), (15, 60, "true", "true"), ("", "", "", "false"), (2, "", "", "false")] * 10
        name = self.write("mixed.csv", ledger(rows))
        out, _ = self.call("replay", name, "xiapu-2022", *YEARS)
        self.assertEqual([c.strip() for c in self.recorded(out, "Timely acceptance, responsible authority (L4)")], ["60.0 %", "30.0 / 50.0"])
        self.assertEqual([c.strip() for c in self.recorded(out, "On-time reply, responsible authority (L10, L11)")], ["50.0 %", "20.0 / 40.0"])
        self.assertEqual([c.strip() for c in self.recorded(out, "Repeat registrations among all")], ["40.0 %", "20.0 / 50.0"])
        self.assertEqual(self.recorded(out, "Registrations")[0].strip(), "50.0")
        zh, _ = self.call("replay", name, "xiapu-2022", *YEARS, lang="zh")
        self.assertIn("台账：照录", zh)

    def test_the_same_cases_elsewhere(self):
        name = self.write("l.csv", ledger([(5, 20, "true", "false"), (5, 80, "false", "false")] * 20))
        out, _ = self.call("replay", name, "xiapu-2022", "wednesday", *YEARS, "--out", "cases.csv")
        self.assertIn("The same cases under wednesday", out)
        with open(os.path.join(self.folder.name, "cases.csv"), encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([r["id"] for r in rows], [f"c{i}" for i in range(40)])
        self.assertEqual({r["recorded_days"] for r in rows}, {"25", "85"})
        self.assertEqual({r["recorded_settled"] for r in rows}, {"true", "false"})
        out1, _ = self.call("replay", name, "xiapu-2022", "wednesday", *YEARS, "--threads", "1")
        self.assertEqual(out.split("\nCases:")[0].strip(), out1.strip())
        _, err = self.call("replay", name, "xiapu-2022", "wednesday", *YEARS, "--out", "cases.csv", code=2)
        self.assertIn("cases.csv", err)

    def test_what_cannot_be_replayed_is_told(self):
        name = self.write("l.csv", ledger([(5, 20, "true", "false")] * 3))
        _, err = self.call("replay", name, "xiapu-2022", "--out", "x.csv", code=2)
        self.assertIn("OTHER", err)
        _, err = self.call("replay", "nowhere.csv", "xiapu-2022", code=2)
        self.assertIn("nowhere.csv", err)
        short = self.write("short.csv", ledger([(5, 20, "true", "false")] * 2))
        _, err = self.call("replay", short, "xiapu-2022", "--set", "replay.resample=week", *YEARS, code=2)
        self.assertIn("replay.resample", err)
        bare = self.write("bare.csv", "id,date,place,category,channel,group_size\na,2022-03-01,350921203,land,letter,1\n")
        out, _ = self.call("replay", bare, "xiapu-2022", *YEARS)
        self.assertIn("nothing to compare with", out)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
