#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Draws of parameters that known figures do not rule out. Usage: posterior.py PROGRAM SOURCE_FOLDER"""
import csv
import datetime
import json
import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv[1])
SHORT = ["--set", "scenario.start=2022-03-01", "--set", "scenario.end=2022-05-31", "--set", "scenario.run_out=0", "--set", "scenario.warm_up=30"]
FIGURES = """[figure.registrations]
target = 450
spread = 20
discrepancy = 5
source = "a test"

[figure.repeat_rate]
target = 0.2
spread = 0.05
weight = 0
source = "a test"
"""
PARAMETERS = """
[parameter."load.matters_per_year"]
from = 500
to = 3500

[parameter."rating.participation"]
from = 0.8
to = 1
"""


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return name

    def calibrate(self, targets, *more, code=0, lang="en"):
        self.write("t.toml", targets)
        words = [PROGRAM, "--lang", lang, "calibrate", "xiapu-2022", "--targets", "t.toml", *SHORT, "--replications", "3", "--posterior", "20", *more]
        done = subprocess.run(words, capture_output=True, cwd=self.folder.name, timeout=300)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, out + err)
        self.assertNotIn("nan", (out + err).lower())
        return out, err

    def test_draws_show_the_figures_and_go_into_a_comparison(self):
        out, _ = self.calibrate(FIGURES + PARAMETERS, "--out", "out", "--threads", "1")
        self.assertRegex(out, "20 draws: .*draws.csv")
        self.assertIn("0: held out", out)
        files = ["draws.csv", "manifest.json", "posterior.csv", "posterior.json", "predictive.csv", "waves.csv"]
        self.assertEqual(sorted(os.listdir(self.path("out"))), files)
        with open(self.path("out/draws.csv"), encoding="utf-8-sig") as file:
            draws = list(csv.DictReader(file))
        self.assertEqual(list(draws[0]), ["load.matters_per_year", "rating.participation"])
        self.assertEqual(len(draws), 20)
        found = json.load(open(self.path("out/posterior.json"), encoding="utf-8"))
        self.assertEqual([p["said"] for p in found["parameters"]], ["fixed", "left_open"])
        self.assertAlmostEqual(found["figures"][0]["expected"][0], 450, delta=30)
        self.assertEqual(found["figures"][0]["discrepancy"], 5)
        self.assertEqual(found["figures"][1]["discrepancy"], 0.025)
        # The same bytes for any number of threads.
        self.calibrate(FIGURES + PARAMETERS, "--out", "two", "--threads", "2", "--quiet")
        for name in files:
            self.assertEqual(open(self.path("out/" + name), "rb").read(), open(self.path("two/" + name), "rb").read())
        self.write("few.csv", "\n".join(open(self.path("out/draws.csv"), encoding="utf-8-sig").read().splitlines()[:4]) + "\n")
        done = subprocess.run([PROGRAM, "--lang", "en", "compare", "xiapu-2022", "wednesday", "--draws", "few.csv", "--common", SHORT[1], "--common", SHORT[3],
                               "--replications", "2"], capture_output=True, cwd=self.folder.name, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr.decode())

    def test_no_county_within_the_ranges(self):
        out, err = self.calibrate(FIGURES.replace("450", "90000") + PARAMETERS, "--out", "out", code=1)
        self.assertIn("Never reached: registrations, target 90000; nearest, whatever the others are: ", out)
        self.assertIn("nothing was written", err)
        self.assertFalse(os.path.exists(self.path("out")))
        twice = '[figure.other]\nmetric = "registrations"\ntarget = 900\nspread = 20\nsource = "a test"\n'
        out, _ = self.calibrate(FIGURES + twice + PARAMETERS, code=1)
        self.assertIn("Contradict each other: registrations, target 450.0, and other, target 900.0; nearest to both: ", out)
        out, _ = self.calibrate(FIGURES + twice + PARAMETERS, code=1, lang="zh")
        self.assertIn("互相矛盾", out)

    def test_what_cannot_be_begun(self):
        _, err = self.calibrate(FIGURES, code=2)
        self.assertIn("missing key 'parameter'", err)
        _, err = self.calibrate(FIGURES + '[parameter."load.visit_share"]\nfrom = 0.6\nto = 0.9\nstart = 0.7\n', code=2)
        self.assertIn("shares that sum to 1", err)
        _, err = self.calibrate(FIGURES + PARAMETERS, "--replications", "1", code=2)
        self.assertIn("--replications", err)
        _, err = self.calibrate(FIGURES + PARAMETERS, "--posterior", "5", code=2)
        self.assertIn("--posterior", err)

    def test_figures_of_a_ledger(self):
        lines = ["id,date,place,category,channel,group_size,acceptance_days,handling_days,settled,repeat"]
        for i in range(480):
            date = datetime.date(2022, 3, 1) + datetime.timedelta(days=i * 92 // 480)
            lines.append(f"c{i},{date},350921203,land,{'letter' if i % 4 == 0 else 'visit'},1,5,12,true,{'true' if i % 5 == 0 else 'false'}")
        self.write("l.csv", "\n".join(lines) + "\n")
        out, _ = self.calibrate(PARAMETERS, "--ledger", "l.csv", "--out", "out", "--force", code=1)
        found = json.load(open(self.path("out/posterior.json"), encoding="utf-8")) if os.path.exists(self.path("out")) else None
        self.assertIsNone(found)  # no county has three quarters of its first registrations by visit whatever the load is
        self.assertIn("first_by_visit", out)
        only = '[figure.registrations]\ntarget = 450\nspread = 20\nsource = "the yearbook"\n'
        for name in ("repeat_rate", "accept_days", "reply_days"):
            only += f'[figure.{name}]\ntarget = 1\nspread = 1\nweight = 0\nsource = "not believed"\n'
        only += '[figure.first_by_visit]\nmetric = "registrations"\ntarget = 1\nspread = 1\nweight = 0\nsource = "not believed"\n'
        out, _ = self.calibrate(only + PARAMETERS, "--ledger", "l.csv", "--out", "out")
        self.assertIn("450.0", out)  # what the file says goes before
        self.write("short.csv", "\n".join(lines[:20]) + "\n")
        _, err = self.calibrate(PARAMETERS, "--ledger", "short.csv", code=2)
        self.assertIn("short.csv: expected a record of a week or more", err)
        _, err = self.calibrate(PARAMETERS, "--ledger", "nowhere.csv", code=2)
        self.assertIn("nowhere.csv", err)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
