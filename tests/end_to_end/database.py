#!/usr/bin/env python3
"""Results as a database, and results beside results. Usage: database.py PROGRAM SOURCE_FOLDER

What needs SQLite is skipped where the program was built without.
"""
import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
YEARS = "16"  # the fewest that have intervals


def call(*arguments, lang="en"):
    return subprocess.run([PROGRAM, "--lang", lang, *arguments], capture_output=True, text=True, timeout=600)


WITHOUT = "a program that was built with SQLite" in call("run", "xiapu-2022", "-n", "1", "--database", "--out", os.devnull + "/x").stderr


class Database(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        more = [] if WITHOUT else ["--database"]
        cls.done("compare", "xiapu-2022", "wednesday", "-n", YEARS, "--unknowns", "0", "-j", "1", "--out", cls.path("old"), *more)
        cls.done("run", "xiapu-2022", "-n", YEARS, "--set", "load.multiplier=1.2", "--out", cls.path("new"), *more)
        cls.done("run", "xiapu-2022", "-n", YEARS, "--set", "load.multiplier=1.2", "--out", cls.path("plain"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    @classmethod
    def done(cls, *arguments, code=0, lang="en"):
        done = call(*arguments, lang=lang)
        if done.returncode != code:
            raise AssertionError(f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def rows(self, name, query):
        base = sqlite3.connect(f"file:{self.path(name)}?mode=ro", uri=True)
        try:
            return base.execute(query).fetchall()
        finally:
            base.close()

    def test_the_database_has_the_figures_of_the_other_files_and_changes_none(self):
        if WITHOUT:
            self.skipTest("built without SQLite")
        self.assertEqual(sorted(os.listdir(self.path("new"))), ["cost.csv", "kpi.csv", "manifest.json", "report.html", "results.json", "results.sqlite"])
        for file in ("results.json", "kpi.csv", "manifest.json", "report.html"):
            self.assertEqual(self.read(f"new/{file}"), self.read(f"plain/{file}"), file)
        with open(self.path("old/kpi.csv"), encoding="utf-8-sig") as file:
            of_csv = {(r["policy"], r["metric"], r["dimension"], r["item"]): float(r["estimate"]) for r in csv.DictReader(file) if r["estimate"]}
        of_base = {row[:4]: row[4] for row in self.rows("old/results.sqlite", "SELECT policy, metric, dimension, slice, estimate FROM named_figures")}
        self.assertEqual(of_base, of_csv)
        self.assertEqual(self.rows("old/results.sqlite", "PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(self.rows("old/results.sqlite", "PRAGMA foreign_key_check"), [])
        verdicts = self.rows("old/results.sqlite", "SELECT metric, dimension, slice, verdict FROM verdicts")
        with open(self.path("old/differences.csv"), encoding="utf-8-sig") as file:
            self.assertEqual(set(verdicts), {(r["metric"], r["dimension"], r["item"], r["verdict"]) for r in csv.DictReader(file) if r["difference"]})
        # Each replication's figures add up to what the estimates are made of.
        sums = self.rows("old/results.sqlite", """SELECT f.numerator, f.denominator, sum(r.numerator), sum(r.denominator), count(*) FROM figures f
            JOIN replications r ON r.policy = f.policy AND r.metric = f.metric WHERE f.dimension = 0 AND f.numerator IS NOT NULL GROUP BY f.policy, f.metric""")
        self.assertGreater(len(sums), 20)
        for numerator, denominator, of_years, of_years_below, years in sums:
            self.assertEqual(years, int(YEARS))
            self.assertAlmostEqual(numerator, of_years, delta=1e-9 * (1 + abs(numerator)))
            self.assertAlmostEqual(denominator, of_years_below, delta=1e-9 * (1 + abs(denominator)))

    def test_the_same_bytes_for_any_number_of_threads(self):
        if WITHOUT:
            self.skipTest("built without SQLite")
        self.done("compare", "xiapu-2022", "wednesday", "-n", YEARS, "--unknowns", "0", "-j", "3", "--database", "--out", self.path("again"))
        self.assertEqual(self.read("again/results.sqlite"), self.read("old/results.sqlite"))
        self.assertNotIn(self.folder.name.encode(), self.read("again/results.sqlite"))  # nor where it was made

    def test_a_sweep_has_its_cells(self):
        if WITHOUT:
            self.skipTest("built without SQLite")
        self.done("sweep", "xiapu-2022", "--vary", "load.multiplier=1|1.5", "-n", "2", "--database", "--out", self.path("sweep"))
        with open(self.path("sweep/sweep.csv"), encoding="utf-8-sig") as file:
            of_csv = {(int(r["cell"]), r["metric"]): float(r["estimate"]) for r in csv.DictReader(file) if r["estimate"]}
        rows = self.rows("sweep/results.sqlite", "SELECT cell, metric, estimate FROM named_cells WHERE estimate IS NOT NULL")
        self.assertEqual({row[:2]: row[2] for row in rows}, of_csv)
        self.assertIn("those of a sweep", self.done("diff", self.path("sweep/results.sqlite"), self.path("new"), code=2).stderr)
        self.assertIn("results.json", self.done("diff", self.path("sweep"), self.path("new"), code=2).stderr)

    def test_the_same_results_are_the_same(self):
        for other in ["plain", "plain/results.json"] + ([] if WITHOUT else ["new/results.sqlite"]):
            done = self.done("diff", self.path("new"), self.path(other), "--exit-code")
            self.assertEqual(done.stdout, "The results are the same, to the last digit.\n")
        self.assertEqual(self.done("diff", self.path("new"), self.path("plain"), lang="zh").stdout, "两次结果完全相同。\n")

    def test_what_differs_is_told_and_written(self):
        self.done("diff", self.path("old"), self.path("new"), "--exit-code", "--quiet", code=1)
        done = self.done("diff", self.path("old"), self.path("new"), "--out", self.path("diff.csv"))
        self.assertRegex(done.stdout, r"xiapu-2022 +load\.multiplier +1 +1\.2\n")
        self.assertRegex(done.stdout, r"– +policy +wednesday +–\n")
        self.assertIn("kind of results", done.stdout)
        with open(self.path("diff.csv"), encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        whole = [r for r in rows if r["dimension"] == "all" and r["verdict"]]
        sizes = [float(r["times_what_matters"]) for r in rows if r["verdict"]]
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        self.assertTrue(any(r["metric"] == "registrations" and r["verdict"] == "changed" for r in whole), whole[:3])
        before = {(r["metric"], r["dimension"], r["item"]): r for r in rows}
        with open(self.path("new/kpi.csv"), encoding="utf-8-sig") as file:
            for r in csv.DictReader(file):
                if r["estimate"]:
                    self.assertEqual(before[r["metric"], r["dimension"], r["item"]]["after"], r["estimate"])
        self.assertEqual({r["basis"] for r in whole}, {"independent"} if WITHOUT else {"paired"})
        if not WITHOUT:  # pairs are those of a comparison, and without single replications intervals are wider
            self.assertIn("paired replication by replication", done.stdout)
            self.done("compare", "xiapu-2022", "--set", "load.multiplier=1.2", "-n", YEARS, "--unknowns", "0", "--out", self.path("pair"))
            with open(self.path("pair/differences.csv"), encoding="utf-8-sig") as file:
                pair = {r["metric"]: r for r in csv.DictReader(file) if r["dimension"] == "all" and r["difference"]}
            for r in whole:
                same = pair[r["metric"]]
                for here, there in (("difference", "difference"), ("lower", "lower"), ("upper", "upper")):
                    if same[there]:
                        self.assertAlmostEqual(float(r[here]), float(same[there]), delta=1e-6 * (1 + abs(float(same[there]))), msg=r["metric"])
        self.done("diff", self.path("old"), self.path("plain"), "--out", self.path("apart.csv"))
        with open(self.path("apart.csv"), encoding="utf-8-sig") as file:
            apart = [r for r in csv.DictReader(file) if r["dimension"] == "all" and r["verdict"]]
        self.assertEqual({r["basis"] for r in apart}, {"independent"})
        parts = self.done("diff", self.path("old"), self.path("new"), "--metric", "registrations").stdout
        self.assertGreater(len(re.findall("^xiapu-2022 +", parts, re.M)), 20)
        self.assertRegex(self.done("diff", self.path("old"), self.path("new"), lang="zh").stdout, "有变化")

    def test_wrong_input_is_told_and_nothing_is_written(self):
        wrong = self.done("diff", self.path("none"), self.path("new"), "--out", self.path("x.csv"), code=2)
        self.assertEqual(wrong.stderr.count("\n"), 1)
        self.assertIn("none", wrong.stderr)
        self.assertIn("did you mean 'registrations'", self.done("diff", self.path("old"), self.path("new"), "--metric", "registration", code=2).stderr)
        self.done("diff", self.path("old"), self.path("new"), "--metric", "none", "--out", self.path("x.csv"), code=2)
        self.assertFalse(os.path.exists(self.path("x.csv")))
        self.done("diff", self.path("old"), self.path("new"), "--out", self.path("kept.csv"))
        kept = self.read("kept.csv")
        self.done("diff", self.path("new"), self.path("old"), "--out", self.path("kept.csv"), code=2)
        self.assertEqual(self.read("kept.csv"), kept)
        self.assertIn("expected OLD NEW", self.done("diff", self.path("old"), code=2).stderr)
        if WITHOUT:
            return
        for name, text in (("empty.sqlite", b""), ("cut.sqlite", self.read("old/results.sqlite")[:10000]), ("other.sqlite", b"SQLite format 3\0" + bytes(84))):
            with open(self.path(name), "wb") as file:
                file.write(text)
            for lang in ("en", "zh"):
                done = self.done("diff", self.path(name), self.path("new"), code=2, lang=lang)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        # A database in a folder that is not of its results is not believed.
        shutil.copytree(self.path("plain"), self.path("mixed"))
        shutil.copy(self.path("old/results.sqlite"), self.path("mixed/results.sqlite"))
        self.assertIn("found that of other results", self.done("diff", self.path("mixed"), self.path("new"), code=2).stderr)

    def test_what_was_stopped_or_resumed_is_the_same_database(self):
        if WITHOUT:
            self.skipTest("built without SQLite")
        self.done("run", "xiapu-2022", "-n", YEARS, "--set", "load.multiplier=1.2", "--resume", "--database", "--out", self.path("resumed"))
        self.assertEqual(self.read("resumed/results.sqlite"), self.read("new/results.sqlite"))
        self.assertEqual(json.loads(self.read("resumed/results.json")), json.loads(self.read("new/results.json")))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
