#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What policies cost for what they bring, and where a county fails. Usage: cost.py PROGRAM SOURCE_FOLDER"""
import csv
import json
import os
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SHORT = ("scenario.warm_up=60", "scenario.run_out=60")
EVERY = [word for one in SHORT for word in ("--common", one)]
SET = [word for one in SHORT for word in ("--set", one)]


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def call(self, *arguments, code=0, lang="en"):
        done = subprocess.run([PROGRAM, "--lang", lang, *arguments], capture_output=True, cwd=self.folder.name, timeout=300)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, out + err)
        return out, err

    def path(self, *parts):
        return os.path.join(self.folder.name, *parts)

    def rows(self, *parts):
        with open(self.path(*parts), encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))

    def test_compare_says_what_one_more_costs(self):
        years = ["--replications", "16", "--threads", "2"]
        out, _ = self.call("compare", "xiapu-2022", "wednesday", "two-days-a-month", *EVERY, *years, "--out", "c")
        self.assertIn("What it costs, at the prices of [cost]", out)
        self.assertIn("worth the cost, cheapest first: xiapu-2022", out)
        cost = {(r["policy"], r["what"], r["id"]): r for r in self.rows("c", "cost.csv")}
        kpi = {(r["policy"], r["metric"]): r for r in self.rows("c", "kpi.csv") if r["dimension"] == "all"}
        for policy in ("xiapu-2022", "wednesday"):
            total = cost[policy, "cost", "total"]
            self.assertAlmostEqual(float(total["estimate"]), float(kpi[policy, "total_cost"]["estimate"]), places=3)
            parts = sum(float(r["estimate"]) for (p, what, _), r in cost.items() if p == policy and what == "part")
            self.assertAlmostEqual(parts, float(total["estimate"]), places=3)
        days = cost["wednesday", "service", "days_saved"]
        self.assertEqual(days["verdict"], "buys")
        further = float(cost["wednesday", "cost", "total"]["difference"])
        self.assertAlmostEqual(float(days["price"]), further / float(days["difference"]), places=6)
        self.assertLess(float(days["price_lower"]), float(days["price"]))
        saved = float(kpi["xiapu-2022", "petitioner_days"]["estimate"]) - float(kpi["wednesday", "petitioner_days"]["estimate"])
        self.assertAlmostEqual(float(days["difference"]), saved, places=6)
        picture = xml.parse(self.path("c", "pareto.svg")).getroot()
        texts = "".join(picture.itertext())
        for name in ("xiapu-2022", "wednesday", "two-days-a-month", "减少的信访人等候人日"):
            self.assertIn(name, texts)
        with open(self.path("c", "results.json"), encoding="utf-8") as file:
            results = json.load(file)
        self.assertEqual(len(results["costs"]["policies"]), 3)
        self.assertEqual(len(results["costs"]["policies"][1]["services"]), len(results["costs"]["services"]))
        self.call("report", "c", "--out", "again.html")  # the results are read back
        del results["costs"]
        os.mkdir(self.path("old"))
        with open(self.path("old", "results.json"), "w", encoding="utf-8") as file:
            json.dump(results, file)
        self.call("report", "old", "--out", "old.html")  # and those of before there were costs
        results["costs"] = {"parts": [], "services": [], "policies": []}
        results["costs"]["policies"] = [{"total": None}]
        with open(self.path("old", "results.json"), "w", encoding="utf-8") as file:
            json.dump(results, file)
        _, err = self.call("report", "old", "--out", "bad.html", code=2)
        self.assertIn("costs.policies[0].difference", err)

    def test_a_sweep_ranks_its_cells(self):
        out, _ = self.call("sweep", "xiapu-2022", "--vary", "return_visits.visits_per_week=0|2|4", *SET, "--replications", "16", "--out", "s")
        self.assertIn("return_visits.visits_per_week=4", out)
        self.assertIn("#3", out)
        rows = self.rows("s", "cost.csv")
        self.assertEqual(len({r["policy"] for r in rows}), 3)
        self.assertEqual({r["place"] for r in rows if r["what"] == "service"} - {"front", "dominated", "extendedly_dominated", "same"}, set())
        xml.parse(self.path("s", "pareto.svg"))

    def test_the_failing_office_is_named(self):
        load = ["--set", "load.multiplier=5", *SET, "--replications", "16"]
        out, _ = self.call("bottlenecks", "xiapu-2022", *load, "--top", "1", "--threads", "2", "--out", "b")
        with open(self.path("b", "bottlenecks.json"), encoding="utf-8") as file:
            found = json.load(file)
        places = {p["place"]: p for p in found["places"]}
        worst = max((p for p in places.values() if p["kind"] != "session"), key=lambda p: p["late"][0])
        self.assertEqual(found["bottleneck"], worst["place"])
        self.assertGreater(worst["busy"][0], 2 * found["handlers_busy"])
        self.assertTrue(out.startswith("Set") or worst["en"] in out)
        self.assertIn("The bottleneck is " + worst["en"], out)
        self.assertEqual(found["en"], next(line for line in out.splitlines() if line.startswith("The bottleneck is")))
        self.assertIn("瓶颈在 ", found["zh"])
        more = self.rows("b", "one-more.csv")
        self.assertEqual([r["added"] for r in more], ["handler"])
        months = [r for r in self.rows("b", "months.csv") if r["place"] == worst["place"]]
        self.assertEqual(len(months), 12)
        posts = {r["post"]: r for r in self.rows("b", "posts.csv")}
        self.assertEqual(float(posts[found["post"]]["late"]), max(float(r["late"]) for r in posts.values()))
        self.assertIn("Of the posts, most is late with " + posts[found["post"]]["title_en"], out)
        self.assertTrue(self.rows("b", "doors.csv"))
        out, _ = self.call("bottlenecks", "xiapu-2022", *SET, "--replications", "2", "--metric", "heard_15d", "--top", "1", "--out", "w", lang="zh")
        self.assertIn("年数太少", out)
        _, err = self.call("bottlenecks", "xiapu-2022", "--out", "b", code=2)
        self.assertIn("b", err)
        _, err = self.call("bottlenecks", "xiapu-2022", "--set", "handling.further_handlers=[\"housng\"]", "--out", "x", code=2)
        self.assertIn("housing", err)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
