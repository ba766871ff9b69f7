#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The least cost that meets targets, as a person types it. Usage: optimise.py PROGRAM SOURCE_FOLDER"""
import csv
import json
import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv[1])
QUARTER = [word for setting in ("scenario.start=2022-03-01", "scenario.end=2022-05-31", "scenario.warm_up=60", "scenario.run_out=60")
           for word in ("--set", setting)]
TARGETS = """[decision."session.principal.recur"]
values = ["the 15th of each month", "the 1st and 15th of each month", "every Wednesday"]
[decision."return_visits.visits_per_week"]
from = 0
to = 3
[target.heard_15d]
at_least = {bound}
[search]
replications = 16
proof = 48
budget = 2000
"""


class Optimise(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def call(self, *arguments, code=0, lang="en"):
        done = subprocess.run([PROGRAM, "--lang", lang, *arguments], capture_output=True, cwd=self.folder.name, timeout=600)
        self.assertEqual(done.returncode, code, done.stdout.decode() + done.stderr.decode())
        return done.stdout.decode(), done.stderr.decode()

    def write(self, name, text):
        with open(os.path.join(self.folder.name, name), "w", encoding="utf-8") as file:
            file.write(text)

    def text(self, *name):
        with open(os.path.join(self.folder.name, *name), encoding="utf-8-sig", newline="") as file:
            return file.read()

    def test_answer_is_proven_and_runs(self):
        self.write("t.toml", TARGETS.format(bound=0.75))
        out, _ = self.call("optimise", "xiapu-2022", "--targets", "t.toml", *QUARTER, "--out", "o", "--threads", "1")
        self.assertIn("Least cost found that meets every target", out)
        found = json.loads(self.text("o", "optimisation.json"))
        self.assertEqual(found["end"], "proven")
        self.assertGreaterEqual(found["answer"]["targets"][0]["value"][1], 0.75)
        answer = found["answer"]["decisions"]
        for below in found["below"]:
            lowered = below["lowered"]
            self.assertEqual({k: v for k, v in below["decisions"].items() if k != lowered}, {k: v for k, v in answer.items() if k != lowered})
        rows = list(csv.DictReader(self.text("o", "optimise.csv").splitlines()))
        self.assertEqual(len(rows), found["points"])
        self.assertEqual(len({(r["session.principal.recur"], r["return_visits.visits_per_week"]) for r in rows}), len(rows))
        self.call("optimise", "xiapu-2022", "--targets", "t.toml", *QUARTER, "--out", "p", "--threads", "2", "--quiet")
        for name in ("optimisation.json", "optimise.csv", "below.csv", "answer.toml", "roster.csv", "duties.csv"):
            self.assertEqual(self.text("o", name), self.text("p", name), name)
        checked, _ = self.call("check", "o/answer.toml")
        self.assertIn("least cost found that meets heard_15d >= 0.75", checked)
        self.call("run", "o/answer.toml", "-n", "1", "--out", "r", "--quiet")
        run = json.loads(self.text("r", "results.json"))
        self.assertIn("xiapu-2022-answer", json.dumps(run))
        roster = list(csv.DictReader(self.text("o", "roster.csv").splitlines()))
        self.assertGreater(len(roster), 50)
        duties = list(csv.DictReader(self.text("o", "duties.csv").splitlines()))
        self.assertTrue(all(int(d["sessions"]) >= int(d["most_in_a_week"]) > 0 for d in duties))

    def test_targets_out_of_reach_are_told(self):
        self.write("far.toml", TARGETS.format(bound=1.0))
        for lang, words in (("en", "can't be met"), ("zh", "均达不到目标")):
            out, _ = self.call("optimise", "xiapu-2022", "--targets", "far.toml", *QUARTER, "--out", "far-" + lang, code=1, lang=lang)
            self.assertIn(words, out)
        self.assertIn("nearest to the targets", self.text("far-en", "answer.toml"))

    def test_single_units_and_links_are_decided(self):
        self.write("u.toml", """[decision."handling.further_handlers.housing"]
from = 0
to = 1
[decision."county.links"]
values = ["load"]
[target.heard_15d]
at_least = 0.5
[search]
replications = 16
proof = 32
budget = 400
""")
        out, _ = self.call("optimise", "xiapu-2022", "--targets", "u.toml", *QUARTER, "--out", "u", "--threads", "1")
        self.assertIn(" yuan a period", out)
        self.assertIn('county.links = "links.csv"', self.text("u", "answer.toml"))
        leaders = [r["post"] for r in csv.DictReader(self.text("u", "links.csv").splitlines())
                   if r["relation"] == "linked_to" and r["post"].startswith("leader-")]
        self.assertEqual(len(leaders), 33)
        self.assertEqual(len(set(leaders)), 33)
        self.call("check", "u/answer.toml")

    def test_wrong_files_are_told_with_line_and_column(self):
        self.write("w.toml", TARGETS.format(bound=0.5).replace("return_visits.visits_per_week", "choice.delay_weight"))
        _, err = self.call("optimise", "xiapu-2022", "--targets", "w.toml", code=2)
        self.assertIn("w.toml:3:1: expected a parameter that a county can decide; found choice.delay_weight, which is how petitioners behave", err)
        _, err = self.call("optimise", "xiapu-2022", "--targets", "w.toml", code=2, lang="zh")
        self.assertIn("可由县里决定的参数", err)
        self.write("both.toml", TARGETS.format(bound=0.5).replace("return_visits.visits_per_week", "choice.delay_weight") + "[target.heard_15]\nat_least = 1\n")
        _, err = self.call("optimise", "xiapu-2022", "--targets", "both.toml", code=2)
        self.assertEqual(len(err.splitlines()), 2, err)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
