#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Trials of a policy: how long they must be, and how one came out. Usage: pilot.py PROGRAM SOURCE_FOLDER"""
import csv
import json
import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
FEW = ["--replications", "10"]
SHORT = [word for s in ("scenario.warm_up=60", "scenario.run_out=0", "campaign.open=false") for word in ("--common", s)]


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def call(self, *arguments, code=0, lang="en"):
        done = subprocess.run([PROGRAM, "--lang", lang, "pilot", *arguments], capture_output=True, cwd=self.folder.name, timeout=300)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, out + err)
        return out, err

    def read(self, *parts):
        with open(os.path.join(self.folder.name, *parts), encoding="utf-8-sig") as file:
            return file.read()

    def write_ledger(self, name, before, trial, end=(2022, 12)):
        """A year before and a trial, so many rows a month; a few more in some months."""
        with open(os.path.join(self.folder.name, name), "w", encoding="utf-8") as file:
            file.write("id,date,place,category,channel,group_size,acceptance_days,handling_days,repeat\n")
            for year in (2021, 2022):
                for month in range(1, 13):
                    if (year, month) > end:
                        break
                    for k in range((before if year == 2021 else trial) + (month * 7 + year) % 3):
                        file.write(f"{year}{month:02}-{k},{year}-{month:02}-{k % 28 + 1:02},350921001,land,visit,1,5,30,{'yes' if k % 5 == 0 else 'no'}\n")
                    file.write(f"{year}{month:02}-last,{year}-{month:02}-28,350921001,land,visit,1,5,30,no\n")

    def test_a_plan_says_for_how_long_and_is_the_same_for_any_threads(self):
        asked = ["xiapu-2022", "--set", "load.multiplier=0.7", "--metric", "registrations", *SHORT, *FEW]
        out, _ = self.call(*asked, "--out", "one", "--threads", "1")
        self.assertIn("Try it for ", out)
        self.assertIn("To be written down, from a year before the trial on: the day of registration", out)
        found = json.loads(self.read("one", "pilot.json"))
        self.assertEqual((found["format"], found["metric"], found["shows"], found["replications"]), ("sifang-pilot", "registrations", "difference", 10))
        rows = list(csv.DictReader(self.read("one", "pilot.csv").splitlines()))
        self.assertEqual([int(r["months"]) for r in rows], list(range(1, 37)))
        least = found["least_months"]
        self.assertGreaterEqual(float(rows[least - 1]["power"]), 0.8)
        self.call(*asked, "--out", "two", "--threads", "2")
        for name in ("pilot.json", "pilot.csv", "manifest.json"):
            self.assertEqual(self.read("one", name), self.read("two", name))
        _, err = self.call(*asked, "--out", "one", code=2)
        self.assertIn("one", err)
        zh, _ = self.call(*asked, "--out", "one", "--force", lang="zh")
        self.assertIn("试点", zh)

    def test_what_no_trial_shows_has_exit_code_1(self):
        out, _ = self.call("xiapu-2022", "--set", "load.multiplier=0.98", "--metric", "heard_15d", "--delta", "0.0001pp", "--months", "1",
                           *SHORT, *FEW, code=1)
        self.assertIn("No trial of up to 1 months", out)
        self.assertIn("Ledgers have no column for it", out)

    def test_a_trial_that_was_made_is_evaluated(self):
        self.write_ledger("ledger.csv", 40, 20)
        out, _ = self.call("xiapu-2022", "--evaluate", "ledger.csv", "--from", "2022-01-01", "--metric", "registrations", *FEW)
        self.assertIn("difference -20.", out)
        self.assertIn("2022-12", out)
        found = json.loads(self.read("out", "xiapu-2022-pilot-evaluation", "pilot.json"))
        self.assertEqual(found["months"], 12)
        self.assertAlmostEqual(found["difference"][0], found["after"] - found["before"])
        self.assertGreaterEqual(found["error"], found["error_of_months"])
        rows = list(csv.DictReader(self.read("out", "xiapu-2022-pilot-evaluation", "pilot.csv").splitlines()))
        self.assertEqual(rows[0]["month"], "2022-01")
        self.call("xiapu-2022", "--evaluate", "ledger.csv", "--from", "2022-03-01", "--metric", "registrations", *FEW, "--out", "later", code=0)

    def test_bad_input_is_told_in_one_line(self):
        self.write_ledger("ledger.csv", 10, 10)
        other = ["--set", "load.multiplier=0.7"]
        evaluate = ["--evaluate", "ledger.csv", "--metric", "registrations"]
        for words, said in (
            (["--metric", "heard_15d"], "expected two scenarios"),
            ([*other, "--metric", "registration"], "registrations"),
            ([*other, "--metric", "unmet_need"], "cannot be seen in a ledger"),
            ([*other, "--metric", "registrations", "--power", "1"], "from 0.5 to 0.999"),
            ([*other, "--metric", "registrations", "--power", "nan"], "from 0.5 to 0.999"),
            ([*other, "--metric", "registrations", "--delta", "0"], "a number above 0"),
            ([*other, "--metric", "registrations", "--from", "2022-01-01"], "expected --evaluate"),
            ([*other, "--set", "load.multiplier=0.8", "--metric", "registrations"], "expected two policies"),
            (["--set", "load.multiplier=1", "--metric", "registrations", *SHORT, *FEW], "the two policies are the same"),
            ([*other, "--metric", "registrations", "--common", "scenario.end=2022-06-30", *FEW], "twelve whole months"),
            ([*evaluate, "--from", "2022-01-02"], "expected the first day of a month"),
            ([*evaluate, "--from", "2022-13-01"], "2022-13-01"),
            ([*evaluate], "--from"),
            ([*evaluate, "--from", "2021-06-01"], "expected registrations from 2020-06-08 on"),
            ([*evaluate, "--from", "2023-01-01"], "expected a whole month of the trial"),
            (["--evaluate", "ledger.csv", "--metric", "heard_15d", "--from", "2022-01-01"], "the day on which they asked"),
            (["--evaluate", "none.csv", "--metric", "registrations", "--from", "2022-01-01"], "none.csv"),
        ):
            with self.subTest(words=words):
                _, err = self.call("xiapu-2022", *words, "--out", "never", code=2)
                self.assertIn(said, err)
                self.assertEqual(os.listdir(self.folder.name), ["ledger.csv"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
