#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The best of several policies. Usage: selection.py PROGRAM SOURCE_FOLDER"""
import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
QUARTER = [word for s in ("scenario.start=2022-03-01", "scenario.end=2022-05-31", "scenario.warm_up=60", "scenario.run_out=0") for word in ("--common", s)]
ABSENT = ["--set", "reception.absence_rate=0", "--set", "reception.absence_rate=0.6"]


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def call(self, *arguments, code=0, lang="en"):
        done = subprocess.run([PROGRAM, "--lang", lang, *arguments], capture_output=True, cwd=self.folder.name, timeout=300)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, out + err)
        return out, err

    def read(self, *parts):
        with open(os.path.join(self.folder.name, *parts), encoding="utf-8-sig") as file:
            return file.read()

    def test_the_best_is_selected_with_a_guarantee(self):
        asked = ["select", "xiapu-2022", *ABSENT, *QUARTER, "--metric", "heard_30d", "--delta", "1pp"]
        out, _ = self.call(*asked, "--out", "one", "--threads", "1")
        self.assertIn("Best in 'Heard by a leader within 30 days of deciding to come': reception.absence_rate=0.", out)
        self.assertIn("better than each other by 1 pp", out)
        self.assertIn("* reception.absence_rate=0 ", out)
        found = json.loads(self.read("one", "selection.json"))
        self.assertEqual((found["selected"], found["end"], found["guaranteed"], found["delta"]), ("reception.absence_rate=0", "decided", True, 0.01))
        self.assertEqual([p["name"] for p in found["policies"]], ["xiapu-2022", "reception.absence_rate=0", "reception.absence_rate=0.6"])
        self.assertAlmostEqual(sum(p["probability"] for p in found["policies"]), 1)
        self.assertEqual(sum(p["years"] for p in found["policies"]), found["years"])
        rows = list(csv.DictReader(self.read("one", "selection.csv").splitlines()))
        self.assertEqual([r["selected"] for r in rows], ["no", "yes", "no"])
        self.call(*asked, "--out", "two", "--threads", "2")
        for name in ("selection.json", "selection.csv", "manifest.json"):
            self.assertEqual(self.read("one", name), self.read("two", name))
        _, err = self.call(*asked, "--out", "one", code=2)
        self.assertIn("one", err)
        zh, _ = self.call(*asked, "--out", "one", "--force", lang="zh")
        self.assertIn("最优", zh)

    def test_a_selection_in_stages(self):
        asked = ["select", "xiapu-2022", *ABSENT, *QUARTER, "--metric", "heard_30d", "--delta", "2pp", "--method", "gsp"]
        out, _ = self.call(*asked, "--out", "staged")
        self.assertIn("With a probability of 95 % at least it is the best, or nearer to the best than 2 pp.", out)
        found = json.loads(self.read("staged", "selection.json"))
        self.assertEqual((found["selected"], found["method"], found["guaranteed"]), ("reception.absence_rate=0", "gsp", True))

    def test_a_budget_promises_nothing(self):
        out, _ = self.call("select", "xiapu-2022", *ABSENT, *QUARTER, "--metric", "heard_days", "--budget", "70")
        self.assertIn("Nothing is guaranteed", out)
        found = json.loads(self.read("out", "xiapu-2022-selected", "selection.json"))
        self.assertEqual((found["years"], found["budget"], found["guaranteed"], found["end"]), (70, 70, False, "budget"))

    def test_a_selection_that_is_stopped_leaves_nothing(self):
        begun = subprocess.Popen([PROGRAM, "--lang", "en", "select", "xiapu-2022", *ABSENT, *QUARTER, "--metric", "wait_days_p90", "--delta", "0.000001days",
                                  "--out", "never"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder.name)
        begun.stdout.readline()  # what was set is said before the first year
        begun.send_signal(signal.SIGINT)
        _, err = begun.communicate(timeout=300)
        self.assertEqual(begun.returncode, 3, err)
        self.assertIn("nothing was written", err.decode())
        self.assertEqual(os.listdir(self.folder.name), [])

    def test_equal_policies_are_as_good_as_each_other(self):
        out, _ = self.call("select", "xiapu-2022", "xiapu-2022", *QUARTER, "--metric", "heard_15d")
        self.assertIn("any of them is as good", out)

    def test_what_cannot_be_selected_is_told_in_one_line(self):
        for words, said in (
            (["--metric", "heard_15d"], "expected two scenarios"),
            ([*ABSENT, "--metric", "heard_15"], "heard_15d"),
            ([*ABSENT, "--metric", "received"], "of this one neither is"),
            ([*ABSENT, "--metric", "heard_15d", "--delta", "0pp"], "a number above 0"),
            ([*ABSENT, "--metric", "heard_15d", "--delta=-1pp"], "a number above 0"),
            ([*ABSENT, "--metric", "heard_15d", "--delta", "3days"], "pp"),
            ([*ABSENT, "--metric", "heard_15d", "--budget", "47"], "at least 48"),
            ([*ABSENT, "--metric", "heard_15d", "--budget", "90", "--method", "gsp"], "without --budget"),
            ([*ABSENT, "--metric", "heard_15d", "--method", "kn"], "knpp"),
            ([*ABSENT, *QUARTER, "--common", "load.matters_per_year=0", "--common", "load.backlog=0", "--metric", "heard_15d"], "has no value"),
        ):
            with self.subTest(words=words):
                _, err = self.call("select", "xiapu-2022", *words, code=2)
                self.assertIn(said, err)
                faults = [line for line in err.splitlines() if not line.startswith("warning")]
                self.assertEqual(len([line for line in faults if said in line]), 1, err)
        self.call("select", "xiapu-2022", *ABSENT, code=2)
        self.assertFalse(os.path.exists(os.path.join(self.folder.name, "out", "xiapu-2022-selected")))

    def test_a_comparison_of_three_says_how_probable_each_is_best(self):
        out, _ = self.call("compare", "xiapu-2022", *ABSENT, *QUARTER, "--replications", "16", "--out", "three")
        self.assertIn("best of all, probability", out)
        results = json.loads(self.read("three", "results.json"))
        heard = next(c for c in results["chances"] if c["metric"] == "heard_30d")
        self.assertEqual(len(heard["best"]), 3)
        self.assertAlmostEqual(sum(heard["best"]), 1)
        del results["chances"]  # as older files are
        with open(os.path.join(self.folder.name, "three", "results.json"), "w", encoding="utf-8") as file:
            json.dump(results, file)
        self.call("report", "three", "--out", "again.html")
        out, _ = self.call("compare", "xiapu-2022", "--set", "reception.absence_rate=0", *QUARTER, "--replications", "2", "--out", "pair")
        self.assertNotIn("best of all", out)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
