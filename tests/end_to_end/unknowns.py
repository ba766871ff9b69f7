#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""A comparison over draws of what is not known. Usage: unknowns.py PROGRAM SOURCE_FOLDER"""
import csv
import json
import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SHORT = ["--common", "scenario.warm_up=0", "--common", "scenario.run_out=0", "--replications", "2"]


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        with open(os.path.join(self.folder.name, name), "w", encoding="utf-8") as file:
            file.write(text)
        return name

    def read(self, *names):
        with open(os.path.join(self.folder.name, *names), encoding="utf-8-sig") as file:
            return file.read()

    def compare(self, *more, code=0, lang="en"):
        done = subprocess.run([PROGRAM, "--lang", lang, "compare", "xiapu-2022", "wednesday", *SHORT, *more], capture_output=True,
                              cwd=self.folder.name, timeout=300)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, out + err)
        return out, err

    def test_draws_from_plausible_ranges_are_the_same_for_any_number_of_threads(self):
        out, _ = self.compare("--unknowns", "3", "--inner", "2", "--threads", "1", "--out", "one")
        self.assertIn("What we do not know: ", out)
        self.assertIn("drawn together 3 times from their plausible ranges, 2 years each on the same luck", " ".join(out.split()))
        self.assertIn("(too few draws)", out)
        self.compare("--unknowns", "3", "--inner", "2", "--threads", "2", "--out", "two")
        for name in ("results.json", "unknowns.csv", "unknown_draws.csv"):
            self.assertEqual(self.read("one", name), self.read("two", name))
        found = json.loads(self.read("one", "results.json"))["unknowns"]
        self.assertEqual((found["draws"], found["refused"], found["replications"]), (3, 0, 2))
        self.assertGreater(len(found["parameters"]), 150)
        self.assertEqual({f["metric"] for f in found["figures"]}, {r["metric"] for r in csv.DictReader(self.read("one", "unknowns.csv").splitlines())})
        rows = list(csv.DictReader(self.read("one", "unknown_draws.csv").splitlines()))
        self.assertEqual([(r["draw"], r["other"]) for r in rows], [("0", "wednesday"), ("1", "wednesday"), ("2", "wednesday")])
        self.assertEqual(json.loads(self.read("one", "manifest.json"))["unknowns"], {"draws": 3, "replications": 2})

    def test_a_comparison_that_says_nothing_of_draws_looks_at_a_few(self):
        out, _ = self.compare("--out", "first")
        self.assertIn("drawn together 30 times from their plausible ranges, 2 years each on the same luck", " ".join(out.split()))
        self.assertNotIn("--unknowns", json.loads(self.read("first", "results.json"))["command"])
        out, _ = self.compare("--inner", "3", "--quiet", "--out", "longer")
        found = json.loads(self.read("longer", "results.json"))["unknowns"]
        self.assertEqual((found["draws"], found["replications"]), (30, 3))
        out, _ = self.compare("--unknowns", "0", "--out", "without")
        self.assertNotIn("know", out)
        self.assertNotIn("unknowns.csv", os.listdir(os.path.join(self.folder.name, "without")))

    def test_draws_of_a_file_are_played_and_the_rest_is_kept(self):
        name = self.write("draws.csv", "choice.delay_weight,load.visit_share\n" + "".join(f"{0.03 + 0.012 * i:.3f},0.52\n" for i in range(22)))
        out, _ = self.compare("--draws", name, "--inner", "2", "--out", "filed")
        self.assertIn("2 numbers drawn together 22 times from draws.csv (all others are kept), 2 years each", " ".join(out.split()))
        self.assertIn("choice.delay_weight", out)  # what the wait for a leader depends on
        self.assertNotIn("too few draws", out)
        figures = json.loads(self.read("filed", "results.json"))["unknowns"]["figures"]
        waits = next(f for f in figures if f["metric"] == "heard_days")
        self.assertEqual(waits["draws"], 22)
        self.assertLess(waits["range"][1], waits["range"][2])
        self.assertAlmostEqual(sum(waits[word][0] for word in ("lower", "same", "higher")), 1)
        # Both results can be compared, and the older kind read.
        self.compare("--unknowns", "0", "--out", "plain")
        self.assertNotIn("unknowns", json.loads(self.read("plain", "results.json")))
        done = subprocess.run([PROGRAM, "diff", "plain", "filed"], capture_output=True, cwd=self.folder.name, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout.decode() + done.stderr.decode())

    def test_what_a_file_of_draws_leaves_out_can_be_drawn_as_well(self):
        name = self.write("draws.csv", "choice.delay_weight,repeats.open_days\n" + "".join(f"{0.05 + 0.001 * i:.3f},{60 + i}\n" for i in range(20)))
        out, _ = self.compare("--draws", name, "--others", "--inner", "2", "--out", "all")
        self.assertIn("drawn together 20 times from draws.csv (all others from their plausible ranges), 2 years each", " ".join(out.split()))
        result = json.loads(self.read("all", "results.json"))
        drawn = {p["key"]: (p["low"], p["high"]) for p in result["unknowns"]["parameters"]}
        self.assertEqual((drawn["choice.delay_weight"], drawn["repeats.open_days"]), ((0.05, 0.069), (60, 79)))
        self.assertGreater(len(drawn), 200)
        self.assertTrue(result["unknowns"]["others_drawn"] and "--others" in result["command"])
        self.assertTrue(json.loads(self.read("all", "manifest.json"))["unknowns"]["others"])
        # What is not in the file is what a comparison without it draws.
        self.compare("--unknowns", "20", "--inner", "2", "--out", "ranges")
        other = {p["key"]: (p["low"], p["high"]) for p in json.loads(self.read("ranges", "results.json"))["unknowns"]["parameters"]}
        self.assertEqual({k: v for k, v in drawn.items() if k not in ("choice.delay_weight", "repeats.open_days")},
                         {k: v for k, v in other.items() if k not in ("choice.delay_weight", "repeats.open_days")})
        # The draws that a calibration left of the county that ships, by name.
        out, _ = self.compare("--draws", "xiapu-2022", "--others", "--unknowns", "3", "--inner", "2", "--out", "left")
        self.assertIn("3 times from xiapu-2022 (all others", " ".join(out.split()))
        _, err = self.compare("--others", code=2)
        self.assertIn("--draws", err)

    def test_recorded_cases_are_played_on_every_draw(self):
        rows = "".join(f"c{i},2022-{1 + i % 12:02}-11,350921203,land,visit,1\n" for i in range(60))
        ledger = self.write("cases.csv", "id,date,place,category,channel,group_size\n" + rows)
        name = self.write("draws.csv", "load.matters_per_year\n" + "".join(f"{1000 + 50 * i}\n" for i in range(20)))
        out, _ = self.compare("--cases", ledger, "--draws", name, "--inner", "2", "--out", "replayed")
        # What arises is recorded: how many matters would arise otherwise moves nothing.
        found = {f["metric"]: f for f in json.loads(self.read("replayed", "results.json"))["unknowns"]["figures"]}
        self.assertEqual(found["heard_days"]["input_variance"], 0)
        self.assertEqual(found["heard_days"]["depends"], [])
        self.assertNotIn("load.matters_per_year (", out)

    def test_draws_that_break_a_rule_are_left_out_and_told(self):
        name = self.write("draws.csv", "campaign.households_per_day,campaign.opinions_per_household\n2,0.3\n100,10\n3,0.4\n")
        out, err = self.compare("--draws", name, "--inner", "2", "--out", "some")
        self.assertIn("drawn together 2 times", out)
        self.assertIn("1 draw broke a rule and was left out", out)
        self.assertIn("draw 1 was left out: ", err)

    def test_more_draws_than_a_table_has_are_refused(self):
        name = self.write("draws.csv", "choice.delay_weight\n0.05\n0.06\n")
        _, err = self.compare("--draws", name, "--unknowns", "3", code=2)
        self.assertEqual(err, "--unknowns: expected at most 2, the rows of the draws, found 3\n")

    def test_draws_of_another_county_are_noticed(self):
        rows = "".join(f"{200 + 3 * i},{0.05 + 0.01 * i:.2f}\n" for i in range(21))
        name = self.write("draws.csv", "load.matters_per_year,choice.delay_weight\n" + rows)
        _, err = self.compare("--draws", name, "--inner", "2", "--out", "foreign")
        self.assertEqual(err, "--draws: load.matters_per_year is 1340 in the base, and 200 to 260 in the draws; are they another county's?\n")
        _, err = self.compare("--draws", name, "--inner", "2", "--out", "foreign-zh", lang="zh")
        self.assertIn("load.matters_per_year 在基准方案中为 1340，而各次抽取为 200 至 260", err)
        _, err = self.compare("--draws", name, "--inner", "2", "--common", "choice.delay_weight=0.6", "--out", "two-foreign")
        self.assertIn("to 260 in the draws (and so for 1 other); are they", err)
        few = self.write("few.csv", "load.matters_per_year\n200\n260\n")  # of which nothing can be said
        _, err = self.compare("--draws", few, "--inner", "2", "--out", "few")
        self.assertEqual(err, "")
        # What a calibration of this county left holds its own numbers.
        _, err = self.compare("--draws", "xiapu-2022", "--unknowns", "200", "--inner", "2", "--out", "own")
        self.assertEqual(err, "")

    def test_wrong_draws_are_told_before_anything_is_played(self):
        name = self.write("wrong.csv", "choice.delay_wieght,load.backlog,choice.model\n0.1,10.5,logit\n")
        _, err = self.compare("--draws", name, code=2)
        self.assertIn("wrong.csv:1:1: ", err)
        self.assertIn("choice.delay_weight", err)
        self.assertIn("wrong.csv:2:5: ", err)
        _, err = self.compare("--draws", name, code=2, lang="zh")
        self.assertNotIn("expected", err)
        self.compare("--draws", "not-there.csv", code=2)
        self.compare("--draws", self.write("empty.csv", "choice.climb\n"), code=2)
        _, err = self.compare("--unknowns", "0", "--inner", "4", code=2)
        self.assertIn("--inner", err)
        _, err = self.compare("--unknowns", "0", "--draws", name, code=2)
        self.assertIn("--unknowns", err)
        self.compare("--unknowns", "3", "--inner", "1", code=2)
        self.assertEqual(os.listdir(self.folder.name).count("out"), 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
