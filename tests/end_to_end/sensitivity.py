#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What a metric, or a verdict, depends on; and sweeps of samples. Usage: sensitivity.py PROGRAM SOURCE_FOLDER"""
import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SHORT = ["--set", "scenario.warm_up=30", "--set", "scenario.run_out=30", "--set", "scenario.end=2022-04-30"]
FEW = [*SHORT, "--vary", "choice.delay_weight=0.05..0.3", "--vary", "rating.participation", "-n", "16", "--trajectories", "2"]

signal.signal(signal.SIGINT, signal.default_int_handler)


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def call(self, *arguments, code=0, lang="en"):
        done = subprocess.run([PROGRAM, "--lang", lang, *arguments], capture_output=True, cwd=self.folder, timeout=300)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, out + err)
        return out, err

    def read(self, name):
        with open(os.path.join(self.folder, name), "rb") as file:
            return file.read()

    def rows(self, name):
        return list(csv.DictReader(self.read(name).decode("utf-8-sig").splitlines()))

    def test_a_difference_between_policies(self):
        out, _ = self.call("sensitivity", "xiapu-2022", "wednesday", "--metric", "heard_15d", *FEW, "--out", "one", "--threads", "1")
        self.assertIn("wednesday against xiapu-2022: ", out)
        self.assertIn("choice.delay_weight", out)
        names = ["assumptions.csv", "break_even.csv", "manifest.json", "screening.csv", "sensitivity.json"]
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "one"))), names)
        self.call("sensitivity", "xiapu-2022", "wednesday", "--metric", "heard_15d", *FEW, "--out", "two", "--threads", "2")
        for name in names:
            self.assertEqual(self.read(f"one/{name}"), self.read(f"two/{name}"))
        found = json.loads(self.read("one/sensitivity.json"))
        self.assertEqual([p["key"] for p in found["parameters"]], ["choice.delay_weight", "rating.participation"])
        self.assertTrue(found["screening"]["effects"][1]["inert"])
        self.assertFalse(found["screening"]["effects"][0]["inert"])
        self.assertEqual([a["key"] for a in found["assumptions"]["of"]], ["choice.delay_weight"])
        # What is shown at the scenario's own values is what a comparison shows.
        self.call("compare", "xiapu-2022", "wednesday", *[w.replace("--set", "--common") for w in SHORT], "-n", "16", "--out", "compared")
        row = next(r for r in self.rows("compared/differences.csv") if r["metric"] == "heard_15d" and r["dimension"] == "all")
        self.assertAlmostEqual(float(row["difference"]), found["assumptions"]["usual"][0], places=9)
        zh, _ = self.call("sensitivity", "xiapu-2022", "wednesday", "--metric", "heard_15d", *FEW, "--out", "three", lang="zh")
        self.assertIn("wednesday 相对 xiapu-2022：", zh)

    def test_one_policy_by_each_method(self):
        out, _ = self.call("sensitivity", "xiapu-2022", "--metric", "heard_days", "--method", "sobol", "--samples", "4", *FEW, "--out", "sobol")
        self.assertIn("It depends most on choice.delay_weight.", out)
        self.assertEqual(self.rows("sobol/indices.csv")[1]["total"], "0")
        out, _ = self.call("sensitivity", "xiapu-2022", "--metric", "heard_days", "--method", "tornado", *FEW, "--out", "tornado")
        self.assertFalse(os.path.exists(os.path.join(self.folder, "tornado/break_even.csv")))
        self.assertEqual(len({r["parameter"] for r in self.rows("tornado/assumptions.csv")}), 2)
        out, _ = self.call("sensitivity", "xiapu-2022", "--metric", "heard_days", *SHORT, "--vary", "rating.participation", "-n", "16", "--out", "still")
        self.assertIn("It is the same at every point", out)
        self.assertNotIn("nan", out)

    def test_wrong_input_is_told(self):
        for words, told in ((["--metric", "heard_15"], "did you mean 'heard_15d'?"),
                            (["--metric", "heard_15d", "--vary", "choice.delay_wait=0..1"], "did you mean 'choice.delay_weight'?"),
                            (["--metric", "heard_15d", "--vary", "choice.delay_weight=-1..1"], "from 0 to 10"),
                            (["--metric", "heard_15d", "--vary", "choice.delay_weight=1..1"], "more than one value"),
                            (["--metric", "heard_15d", "--vary", "=1..2"], "key=low..high"),
                            (["--metric", "heard_15d", "--method", "sobol"], "32 parameters or fewer"),
                            ([], "--metric")):
            _, err = self.call("sensitivity", "xiapu-2022", *words, code=2)
            self.assertIn(told, err)
        _, err = self.call("sensitivity", "xiapu-2022", "wednesday", "--metric", "heard_15d", "--set", "scenario.end=2022-03-31",
                           "--vary", "choice.delay_weight=1..1", code=2)
        self.assertEqual(err.count("\n"), 1)
        self.assertEqual(os.listdir(self.folder), [])

    def test_samples_of_a_sweep_are_gone_on_with(self):
        sweep = ["sweep", "xiapu-2022", *SHORT, "--vary", "choice.delay_weight=0.05..0.3", "--vary", "county.cadres=100..900", "--samples", "30", "-n", "24"]
        self.call(*sweep, "--out", "whole")
        process = subprocess.Popen([PROGRAM, *sweep, "--out", "part"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder)
        journal = os.path.join(self.folder, "part.journal")
        while process.poll() is None and not (os.path.exists(journal) and os.path.getsize(journal) > 4000):
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        process.communicate()
        self.assertEqual(process.returncode, 3)
        self.call(*sweep, "--out", "part", "--resume")
        for name in ("manifest.json", "sweep.csv", "sweep.json", "units.csv"):
            self.assertEqual(self.read(f"whole/{name}"), self.read(f"part/{name}"))
        cells = {r["cell"]: r["choice.delay_weight"] for r in self.rows("whole/sweep.csv")}
        self.assertEqual(sorted(map(int, cells)), list(range(1, 32)))
        self.assertEqual(cells["1"], "0.12")
        parts = {int((float(x) - 0.05) / 0.25 * 30) for cell, x in cells.items() if cell != "1"}
        self.assertEqual(len(parts), 30)  # one in each part of the range
        self.assertIn("choice.delay_weight=0.05..0.3", json.loads(self.read("whole/manifest.json"))["vary"])
        _, err = self.call("sweep", "xiapu-2022", "--vary", "choice.delay_weight=0.3..0.05", "--samples", "3", code=2)
        self.assertIn("more than one value", err)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
