#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""A scenario, its ledger, a fit, and the scenario again, as a person types it. Usage: fit.py PROGRAM SOURCE_FOLDER"""
import csv
import os
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv[1])
COUNTED = ["--from", "2022-01-01", "--to", "2022-12-31"]


class Fit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.call_in(cls.folder.name, "run", "xiapu-2022", "-n", "1", "--quiet", "--cases-out", "ledger.csv")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @staticmethod
    def call_in(folder, *arguments, lang="en"):
        done = subprocess.run([PROGRAM, "--lang", lang, *arguments], capture_output=True, cwd=folder, timeout=600)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def call(self, *arguments, code=0, lang="en"):
        found, out, err = self.call_in(self.folder.name, *arguments, lang=lang)
        self.assertEqual(found, code, out + err)
        return out, err

    def rows(self, *name):
        with open(os.path.join(self.folder.name, *name), encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def test_fitted_scenario_is_one(self):
        out, _ = self.call("fit", "ledger.csv", "xiapu-2022", "--samples", "19", "--hold-out", "3", *COUNTED, "-o", "f")
        self.assertIn("load.matters_per_year", out)
        self.assertIn("Not fitted:", out)
        found = {r["parameter"]: r for r in self.rows("f", "parameters.csv")}
        load = found["load.matters_per_year"]
        self.assertTrue(float(load["lower"]) < 1340 < float(load["upper"]), load)
        self.assertEqual(found["handling.*"]["interval"], "not_fitted")
        checked, _ = self.call("check", "f/fitted.toml")
        self.assertIn("sifang fit: ledger.csv", checked)
        compared, _ = self.call("compare", "xiapu-2022", "f/fitted.toml", "-n", "2", "--common", "scenario.warm_up=0", "-o", "c")
        self.assertIn("xiapu-2022-fitted", compared)
        held = self.rows("f", "held-out.csv")
        self.assertEqual([r["which"] for r in held if r["what"] == "registrations"], ["2022-10", "2022-11", "2022-12"])
        for r in held:
            self.assertAlmostEqual(float(r["error"]), float(r["predicted"]) - float(r["found"]), places=6)
        for r in self.rows("f", "durations.csv"):
            self.assertTrue(0 < float(r["p_anderson_darling"]) <= 1)
        self.assertTrue(self.rows("f", "quantiles.csv") and self.rows("f", "arrivals.csv"))

    def test_same_bytes_again_and_chinese(self):
        self.call("fit", "ledger.csv", "xiapu-2022", "--samples", "19", *COUNTED, "-o", "a", "--quiet")
        out, _ = self.call("fit", "ledger.csv", "xiapu-2022", "--samples", "19", *COUNTED, "-o", "b", lang="zh")
        self.assertRegex(out, "[\u4e00-\u9fff]")
        for name in ("fitted.toml", "parameters.csv", "arrivals.csv", "durations.csv"):
            with open(os.path.join(self.folder.name, "a", name), "rb") as a, open(os.path.join(self.folder.name, "b", name), "rb") as b:
                self.assertEqual(a.read(), b.read(), name)

    def test_bad_input_leaves_nothing(self):
        for words, expected in ((["--from", "2022-13-01"], r"--from"),
                                (["--from", "2022-02-01", "--to", "2022-01-01"], r"--to"),
                                (["--from", "2022-01-01", "--to", "2022-01-02"], r"at least 30"),
                                (["--hold-out", "100"], r"--hold-out"),
                                (["--samples", "3"], r"--samples")):
            _, err = self.call("fit", "ledger.csv", "xiapu-2022", *words, "-o", "bad", code=2)
            self.assertTrue(re.search(expected, err), err)
            self.assertEqual(len(err.splitlines()), 1, err)
            self.assertFalse(os.path.exists(os.path.join(self.folder.name, "bad")))
        self.call("fit", "missing.csv", "xiapu-2022", code=2)
        self.call("fit", "ledger.csv", code=2)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
