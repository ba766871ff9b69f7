#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Widths of differences, what matters, years until an interval is narrow, a warm-up that is checked. Usage: widths.py PROGRAM SOURCE_FOLDER"""
import csv
import filecmp
import json
import os
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def call(self, *arguments, code=0, lang="en"):
        done = subprocess.run([PROGRAM, "--lang", lang, *arguments], capture_output=True, cwd=self.folder.name, timeout=300)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, out + err)
        return out, err

    def results(self, folder):
        with open(self.path(f"{folder}/results.json"), encoding="utf-8") as file:
            return json.load(file)

    def test_a_comparison_shows_both_widths_and_the_verdict_follows_from_what_is_shown(self):
        out, _ = self.call("compare", "xiapu-2022", "wednesday", "-n", "20", "--matters", "heard_days=9days", "--matters", "leader_hours=1%", "-o", "out")
        r = self.results("out")
        c = r["comparisons"][0]
        headline = [k for k, m in enumerate(r["metrics"]) if m["headline"]]
        self.assertAlmostEqual(c["joint_confidence"], 1 - (1 - r["confidence"]) / len(headline))
        self.assertEqual(c["one_year_level"], 0.9)
        self.assertEqual(len(c["one_year"]), len(r["metrics"]))
        verdicts = {}
        for k in headline:
            difference, lower, upper, _, verdict, *kind = c["values"][k][0][0]
            metric, matters = r["metrics"][k], c["matters"][k]
            if -matters <= lower and upper <= matters:
                expected = "no_difference_that_matters"
            elif lower <= 0 <= upper:
                expected = "cant_tell"
            elif metric["better"] == "none":
                expected = "changed"
            else:
                expected = "better" if (upper < 0) == (metric["better"] == "lower") else "worse"
            self.assertEqual(verdict, expected, metric["id"])
            verdicts[metric["id"]] = verdict
            year = c["one_year"][k]
            if not kind and len(year) == 3:
                self.assertGreater(year[2] - year[1], upper - lower, metric["id"])  # 20 years are many to one
        self.assertEqual(verdicts["heard_days"], "no_difference_that_matters")
        self.assertEqual(verdicts["leader_hours"], "worse")
        self.assertIn("difference, jointly 95 %", out)
        self.assertIn("one year, 90 %", out)
        self.assertIn("heard_days 9 days, leader_hours 1 %", out)
        table = out[out.index("wednesday minus"):].split("\n\n")[0]
        self.assertLessEqual(max(map(len, table.splitlines())), 120)
        with open(self.path("out/differences.csv"), encoding="utf-8-sig", newline="") as file:
            row = next(row for row in csv.DictReader(file) if row["metric"] == "heard_days" and row["dimension"] == "all")
        self.assertEqual(float(row["matters"]), 9)
        self.assertLess(float(row["year_lower"]), float(row["year_median"]))
        self.assertNotIn(" real ", out)

    def test_years_are_added_until_it_is_narrow_with_the_same_bytes_for_any_number_of_threads(self):
        wanted = ["run", "xiapu-2022", "--set", "scenario.warm_up=60", "--precision", "heard_15d=0.6pp", "--quiet"]
        self.call(*wanted, "-j", "1", "-o", "one")
        self.call(*wanted, "-j", "2", "-o", "two")
        self.assertTrue(filecmp.cmp(self.path("one/results.json"), self.path("two/results.json"), shallow=False))
        r = self.results("one")
        years = r["policies"][0]["replications"]
        self.assertGreaterEqual(years, 48)
        self.assertEqual(years % 8, 0)
        at = next(k for k, m in enumerate(r["metrics"]) if m["id"] == "heard_15d")
        lower, upper = r["policies"][0]["values"][at][0][0][1:3]
        told = r["precision"][0]
        self.assertEqual((told["metric"], told["wanted"], told["is_reached"]), ("heard_15d", 0.006, True))
        self.assertAlmostEqual(told["reached"], (upper - lower) / 2)
        self.assertLessEqual(told["reached"], 0.006)
        # As so many years that were asked for outright; with a journal too.
        self.call("run", "xiapu-2022", "--set", "scenario.warm_up=60", "-n", str(years), "-o", "outright", "--quiet")
        outright = self.results("outright")["policies"][0]
        self.assertEqual(outright["fingerprint"], r["policies"][0]["fingerprint"])
        self.assertEqual(outright["values"], r["policies"][0]["values"])
        self.call(*wanted, "--resume", "-o", "kept")
        self.assertTrue(filecmp.cmp(self.path("one/results.json"), self.path("kept/results.json"), shallow=False))
        self.assertFalse(os.path.exists(self.path("kept.journal")))

    def test_what_is_not_reached_is_said(self):
        out, _ = self.call("compare", "xiapu-2022", "wednesday", "--precision", "heard_15d=0.001pp", "-n", "20", "--common", "scenario.warm_up=0", code=1)
        self.assertIn("heard_15d: ± ", out)
        self.assertIn("NOT reached in 20 years", out)
        self.assertNotIn("UNFINISHED", out)

    def test_sizes_that_cannot_be_meant_are_told_before_anything_is_simulated(self):
        _, err = self.call("run", "xiapu-2022", "--precision", "heard15d=1pp", "--precision", "heard_days=1pp", code=2)
        self.assertEqual(len(err.splitlines()), 2)
        self.assertIn("did you mean 'heard_15d'?", err)
        _, err = self.call("compare", "xiapu-2022", "wednesday", "--matters", "received=0", code=2, lang="zh")
        self.assertIn("received", err)
        self.assertIn("大于 0", err)
        self.assertFalse(os.path.exists(self.path("out")))

    def test_a_warm_up_is_checked_and_figures_are_adjusted_for_arrivals(self):
        out, _ = self.call("run", "xiapu-2022", "--set", "scenario.warm_up=0", "-n", "20", "--warm-up-check", "--controls", code=1)
        self.assertIn("Warm-up of 365 days minus one of 0 days", out)
        self.assertIn("The warm-up is too short", out)
        with open(self.path("out/xiapu-2022/warm-up.svg"), encoding="utf-8") as file:
            picture = xml.etree.ElementTree.fromstring(file.read())
        lines = [one.get("points").split() for one in picture.iter("{http://www.w3.org/2000/svg}polyline")]
        self.assertEqual([len(weeks) - len(smooth) for weeks, smooth in zip(lines[::2], lines[1::2])], [26, 26, 26, 26])
        self.assertIn("2021-01-01", "".join(one.text or "" for one in picture.iter("{http://www.w3.org/2000/svg}text")))
        self.assertIn("1340.0 a year expected", out)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
