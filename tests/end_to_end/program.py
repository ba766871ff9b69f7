#!/usr/bin/env python3
"""Runs the program as a planner does. Usage: program.py PROGRAM SOURCE_FOLDER"""
import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SCENARIOS = os.path.join(SOURCE, "simulations", "scenarios")
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test in the background may be started with it ignored


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, text):
        data = text if isinstance(text, bytes) else text.encode()
        with open(self.path(name), "wb") as file:
            file.write(data)
        return self.path(name)

    def call(self, *arguments, code=0, cwd=None):
        done = subprocess.run([PROGRAM, "--lang", "en", *arguments], capture_output=True, text=True, cwd=cwd or self.folder.name, timeout=300)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def divisions(self):
        """A small country: two provinces, three counties, one of them without a village."""
        folder = self.path("divisions")
        os.mkdir(folder)
        tables = {"provinces": "code,name\n11,North\n12,South\n", "areas": "code,name,provinceCode\n110101,Upper,11\n110102,Empty,11\n120101,Lower,12\n",
                  "streets": "code,name,areaCode\n110101001,T1,110101\n110101002,T2,110101\n120101001,T3,120101\n",
                  "villages": "code,name,streetCode\n" + "".join(f"{code}{k:03},V{k},{code}\n" for code, many in ((110101001, 3), (110101002, 5), (120101001, 4)) for k in range(many))}
        for name, text in tables.items():
            self.write(f"divisions/{name}.csv", text)
        return folder

    def scenario(self, body):
        return self.write("mine.toml", f'extends = "{SCENARIOS}/xiapu-2022.toml"\n{body}\n')

    def faults(self, *arguments):
        done = self.call(*arguments, code=2)
        self.assertEqual(done.stdout, "")
        self.assertFalse(os.path.exists(self.path("out")))
        return done.stderr.strip().splitlines()


class Work(Case):
    def test_run_writes_everything_and_names_the_report(self):
        done = self.call("run", "xiapu-2022", "--replications", "3", "--out", self.path("out"))
        self.assertIn("report.html", done.stdout)
        self.assertEqual(sorted(os.listdir(self.path("out"))), ["cost.csv", "kpi.csv", "manifest.json", "report.html", "results.json"])
        result = json.load(open(self.path("out/results.json"), encoding="utf-8"))
        self.assertEqual(result["policies"][0]["replications"], 3)
        metrics = [m["id"] for m in result["metrics"]]
        for wanted in ("timely_acceptance_rate", "on_time_reply_rate", "one_time_resolution_rate", "resolution_rate", "satisfaction_rate", "participation_rate",
                       "repeat_rate", "long_pending_resolution", "rebound_rate", "procedural_only_share"):
            value = result["policies"][0]["values"][metrics.index(wanted)][0][0]
            self.assertEqual(value[1:], [None, None, "too_few_years"], wanted)
        rows = list(csv.DictReader(open(self.path("out/kpi.csv"), encoding="utf-8-sig")))
        self.assertTrue(any(r["dimension"] == "township" and r["metric"] == "registrations" for r in rows))

    def test_the_same_bytes_for_any_number_of_threads(self):
        for threads in ("1", "2", "4"):
            self.call("run", "xiapu-2022", "--replications", "6", "--threads", threads, "--out", self.path(threads))
        first = open(self.path("1/results.json"), "rb").read()
        self.assertEqual(first, open(self.path("2/results.json"), "rb").read())
        self.assertEqual(first, open(self.path("4/results.json"), "rb").read())

    def test_compare_scenarios_and_variants(self):
        self.call("compare", "xiapu-2022", "wednesday", "--set", "session.principal.receivers=3 && session.principal.length=240",
                  "--replications", "4", "--out", self.path("out"))
        result = json.load(open(self.path("out/results.json"), encoding="utf-8"))
        self.assertEqual(len(result["policies"]), 3)
        self.assertEqual(len(result["comparisons"]), 2)
        changed = [a["key"] for a in result["policies"][2]["assumptions"] if a["changed"]]
        self.assertEqual(changed, ["session.principal.length", "session.principal.receivers"])
        self.assertTrue(os.path.exists(self.path("out/differences.csv")))

    def test_sweep_a_grid(self):
        vary = ["--vary", "session.principal.receivers=2|3", "--vary", "session.principal.recur=FREQ=MONTHLY;BYMONTHDAY=15|FREQ=WEEKLY;BYDAY=MO,WE"]
        done = self.call("sweep", "xiapu-2022", *vary, "--replications", "4", "--out", self.path("out"))
        self.assertIn("minus #1", done.stdout)
        self.assertEqual(sorted(os.listdir(self.path("out"))), ["cost.csv", "manifest.json", "pareto.svg", "report.html", "sweep.csv", "sweep.json", "units.csv"])
        self.assertFalse(os.path.exists(self.path("out.journal")))
        result = json.load(open(self.path("out/sweep.json"), encoding="utf-8"))
        self.assertEqual([c["parameters"][1] for c in result["cells"]], ["FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=WEEKLY;BYDAY=MO,WE"] * 2)
        rows = list(csv.DictReader(open(self.path("out/sweep.csv"), encoding="utf-8-sig")))
        self.assertEqual(len(rows), 4 * len(result["metrics"]))
        units = list(csv.DictReader(open(self.path("out/units.csv"), encoding="utf-8-sig")))
        self.assertEqual(len(units), 4 * len(result["units"]))
        self.assertEqual(units[0]["unit"], "clerks")
        self.assertIn("Busiest: share of the working time of a unit's handlers", done.stdout)
        # The same numbers as a comparison of the first and last cell.
        self.call("compare", "xiapu-2022", "--set", "session.principal.receivers=3 && session.principal.recur=FREQ=WEEKLY;BYDAY=MO,WE",
                  "--common", "load.multiplier=1", "--replications", "4", "--out", self.path("pair"))
        pair = json.load(open(self.path("pair/results.json"), encoding="utf-8"))
        ids = [m["id"] for m in pair["metrics"]]
        for k, metric in enumerate(result["metrics"]):
            at = ids.index(metric["id"])
            self.assertEqual(result["cells"][3]["values"][k], pair["policies"][1]["values"][at][0][0])
            self.assertEqual(result["cells"][3]["differences"][k], pair["comparisons"][0]["values"][at][0][0])

    def test_calibrate_finds_the_parameters_of_figures(self):
        """Figures of a county with other parameters; the scenario that comes out shows them."""
        short = ["--set", "scenario.start=2022-03-01", "--set", "scenario.end=2022-05-31", "--set", "scenario.run_out=0", "--set", "scenario.warm_up=30"]
        truth = ["--set", "load.matters_per_year=1800", "--set", "repeats.open_days=60"]
        self.call("run", "xiapu-2022", *short, *truth, "--replications", "16", "--out", self.path("truth"))
        result = json.load(open(self.path("truth/results.json"), encoding="utf-8"))
        all_ids = [m["id"] for m in result["metrics"]]
        values = {name: result["policies"][0]["values"][all_ids.index(name)][0][0][0] for name in ("registrations", "repeat_rate")}
        figures = "".join(f"[figure.{name}]\ntarget = {values[name]!r}\nspread = {spread}\nsource = \"a test\"\n"
                          for name, spread in (("registrations", 3), ("repeat_rate", 0.004)))
        self.write("t.toml", figures + '[parameter."load.matters_per_year"]\nfrom = 600\nto = 3000\n[parameter."repeats.open_days"]\nfrom = 20\nto = 300\n')
        calibrate = ["calibrate", "xiapu-2022", "--targets", self.path("t.toml"), *short, "--replications", "16"]
        done = self.call(*calibrate, "--threads", "1", "--out", self.path("out"))
        self.assertIn("The figures fix 2 of 2 combinations", done.stdout)
        files = ["calibration.json", "figures.csv", "fitted.toml", "manifest.json", "parameters.csv", "sensitivity.csv"]
        self.assertEqual(sorted(os.listdir(self.path("out"))), files)
        found = json.load(open(self.path("out/calibration.json"), encoding="utf-8"))
        fitted = {p["key"]: p["fitted"] for p in found["parameters"]}
        self.assertAlmostEqual(fitted["load.matters_per_year"], 1800, delta=60)
        self.assertAlmostEqual(fitted["repeats.open_days"], 60, delta=8)
        # The same bytes for any number of threads, and the scenario runs and shows the figures that were printed.
        self.call(*calibrate, "--threads", "2", "--out", self.path("two"), "--quiet")
        for name in files:
            self.assertEqual(open(self.path("out/" + name), "rb").read(), open(self.path("two/" + name), "rb").read())
        self.call("run", self.path("out/fitted.toml"), "--replications", "16", "--out", self.path("again"))
        again = json.load(open(self.path("again/results.json"), encoding="utf-8"))
        ids = [m["id"] for m in again["metrics"]]
        for figure in found["figures"]:
            self.assertEqual(again["policies"][0]["values"][ids.index(figure["metric"])][0][0], figure["model"])
        # A figure out of reach: told, by the exit code too.
        self.write("far.toml", '[figure.registrations]\ntarget = 90000\nspread = 10\nsource = "a test"\n[parameter."load.matters_per_year"]\nfrom = 600\nto = 3000\n')
        far = self.call("calibrate", "xiapu-2022", "--targets", self.path("far.toml"), *short, "--replications", "2", "--out", self.path("far"), code=1)
        self.assertIn("at the end of its range", far.stdout)

    def test_a_sweep_that_was_stopped_goes_on(self):
        sweep = ["sweep", "xiapu-2022", "--vary", "load.multiplier=1|1.1|1.2", "--replications", "400", "--quiet"]
        self.call(*sweep, "--threads", "2", "--out", self.path("whole"))
        process = subprocess.Popen([PROGRAM, "--lang", "en", *sweep, "--threads", "1", "--out", self.path("out")], stderr=subprocess.PIPE, text=True)
        journal = self.path("out.journal")
        while not os.path.exists(journal) or os.path.getsize(journal) < 10000:
            self.assertIsNone(process.poll(), "ended before it could be stopped")
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        self.assertIn("--resume goes on", process.communicate(timeout=60)[1])
        self.assertEqual(process.returncode, 3)
        self.assertFalse(os.path.exists(self.path("out")))
        self.assertIn("--resume continues it", self.call(*sweep, "--out", self.path("out"), code=2).stderr)
        self.call(*sweep, "--out", self.path("out"), "--resume", "--threads", "2")
        for name in ("sweep.json", "sweep.csv", "units.csv", "report.html"):
            self.assertEqual(open(self.path("out/" + name), "rb").read(), open(self.path("whole/" + name), "rb").read())

    def test_a_nation_by_county_and_province(self):
        folder = self.divisions()
        for threads in ("1", "2", "3"):
            done = self.call("nation", "china", "--divisions", folder, "--replications", "3", "--threads", threads, "--out", self.path(threads))
        for file in ("counties.csv", "provinces.csv"):
            texts = {open(self.path(f"{t}/{file}"), "rb").read() for t in ("1", "2", "3")}
            self.assertEqual(len(texts), 1, file)
        counties = list(csv.DictReader(open(self.path("1/counties.csv"), encoding="utf-8-sig")))
        self.assertEqual([(c["name"], c["province"], c["villages"]) for c in counties], [("Upper", "11", "8"), ("Lower", "12", "4")])
        for c in counties:  # every matter is somewhere
            self.assertAlmostEqual(float(c["born"]), sum(float(c[k]) for k in ("silent", "on_the_way", "open", "closed")), places=6)
        # Matters go by villages: twice as many of them, about twice as many matters.
        self.assertTrue(1.5 < float(counties[0]["born"]) / float(counties[1]["born"]) < 2.7)
        provinces = list(csv.DictReader(open(self.path("1/provinces.csv"), encoding="utf-8-sig")))
        registered = {p["name"]: p for p in provinces if p["metric"] == "registrations"}
        self.assertAlmostEqual(float(registered["Nation"]["estimate"]), float(registered["North"]["estimate"]) + float(registered["South"]["estimate"]), places=6)
        for p in provinces:
            if p["lower"]:
                self.assertTrue(float(p["lower"]) <= float(p["estimate"]) <= float(p["upper"]), p)
        self.assertIn("counties 2", done.stdout)
        self.assertIn("--force", self.call("nation", "china", "--divisions", folder, "--out", self.path("1"), code=2).stderr)
        done = self.call("nation", "china", "--divisions", folder, "--replications", "1", "--out", self.path("1"), "--force", "--stats")
        self.assertRegex(done.stderr, r"peak memory of the process: [1-9][0-9.]* MiB\n.*bytes for each: [1-9]")

    def test_stats_say_what_a_run_took(self):
        for verb in (["run", "xiapu-2022"], ["sweep", "xiapu-2022", "--vary", "load.multiplier=1|2"]):
            found = self.call(*verb, "--replications", "2", "--quiet", "--stats", "--out", self.path(verb[0])).stderr
            self.assertRegex(found, r"county-years a second: [1-9]")
            self.assertRegex(found, r"at one time, at most: [1-9]")

    def test_a_nation_that_was_killed_goes_on(self):
        folder = self.divisions()
        whole = ["nation", "china", "--divisions", folder, "--replications", "400", "--resume", "--threads", "1", "--out", self.path("slow")]
        run = subprocess.Popen([PROGRAM, *whole], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        journal = self.path("slow.journal")
        for _ in range(3000):  # until some counties of it are there
            if os.path.exists(journal) and os.path.getsize(journal) > 10000 or run.poll() is not None:
                break
            time.sleep(0.01)
        self.assertIsNone(run.poll(), "it finished before it could be killed")
        run.kill()
        run.wait()
        self.assertFalse(os.path.exists(self.path("slow")))
        self.call(*whole)
        self.assertFalse(os.path.exists(journal))
        self.call(*whole[:-1], self.path("at-once"))
        for file in ("counties.csv", "provinces.csv", "manifest.json"):
            self.assertEqual(open(self.path(f"slow/{file}"), "rb").read(), open(self.path(f"at-once/{file}"), "rb").read(), file)

    def test_a_nation_of_broken_tables(self):
        folder = self.divisions()
        with open(os.path.join(folder, "villages.csv"), "a", encoding="utf-8") as file:
            file.write("999,Nowhere,42\n")
        found = self.call("nation", "china", "--divisions", folder, "--out", self.path("out"), code=2).stderr
        self.assertIn("villages.csv:14:", found)
        self.assertIn("42", found)
        self.assertFalse(os.path.exists(self.path("out")))
        self.assertIn("villages.csv", self.call("nation", "china", "--divisions", self.path("none"), "--out", self.path("out"), code=2).stderr)
        self.write("divisions/villages.csv", "code,name,streetCode\n")
        self.assertIn("no county has a village", self.call("nation", "china", "--divisions", folder, "--out", self.path("out"), code=2).stderr)

    def test_every_shipped_scenario_is_sound_and_runs(self):
        for name in sorted(os.listdir(SCENARIOS)):
            if name.endswith(".toml"):
                self.call("check", name[:-5])
                self.call("run", name[:-5], "--replications", "2", "--quiet", "--out", self.path(name))

    def test_a_recorded_case_load_is_replayed(self):
        cases = os.path.join(SCENARIOS, "data", "example-cases.csv")
        self.call("compare", "xiapu-2022", "wednesday", "--cases", cases, "--common", "scenario.warm_up=0", "--replications", "2", "--out", self.path("out"))
        result = json.load(open(self.path("out/results.json"), encoding="utf-8"))
        metrics = [m["id"] for m in result["metrics"]]
        registrations = result["policies"][0]["values"][metrics.index("registrations")][0][0][0]
        self.assertGreater(registrations, 55)

    def test_tables_of_a_country_that_are_wrong_or_have_gaps(self):
        tables = {"provinces": 'code,name\n35,"P"\n', "areas": 'code,name,province_code\n350921,"A",35\n350922,"B",35\n',
                  "streets": 'code,name,areaCode\n350921001,"S1",350921\n350921002,"S2 has no village",350921\n',
                  "villages": 'code,name,streetCode\n' + "".join(f'350921001{n:03},"V",350921001\n' for n in range(1, 400))}
        folder = self.path("divisions")
        os.mkdir(folder)
        for name, text in tables.items():
            self.write(f"divisions/{name}.csv", text)
        told = self.call("nation", "china", "--divisions", folder, "--replications", "1", "--out", self.path("out"), code=2).stderr.splitlines()
        self.assertEqual(len(told), 1)
        self.assertIn("expected a column 'provinceCode'", told[0])
        self.write("divisions/areas.csv", tables["areas"].replace("province_code", "provinceCode"))
        done = self.call("nation", "china", "--divisions", folder, "--replications", "1", "--out", self.path("out"))
        self.assertIn("Left out, since no village of the tables is in them: counties 1, townships 1", done.stdout)
        self.assertEqual(json.load(open(self.path("out/manifest.json"), encoding="utf-8"))["left_out"], {"counties": 1, "townships": 1})

    def test_what_is_no_file_is_refused_at_once(self):
        pipe = self.path("pipe")
        os.mkfifo(pipe)
        for name in ("/dev/zero", pipe):
            self.assertIn("not a regular file", self.call("check", name, code=2).stderr)
            self.assertIn("not a regular file", self.call("run", "xiapu-2022", "--cases", name, "--out", self.path("out"), code=2).stderr)
        self.assertIn("Is a directory", self.call("run", "xiapu-2022", "--cases", self.path("."), "--out", self.path("out"), code=2).stderr)

    def test_roster_as_table_and_csv(self):
        done = self.call("roster", "xiapu-2022", "--from", "2022-09-12", "--to", "2022-09-19", "--format", "csv")
        rows = list(csv.DictReader(done.stdout.removeprefix("\ufeff").splitlines()))
        principal = [r for r in rows if r["rule"] == "R3"]
        self.assertEqual([r["date"] for r in principal], ["2022-09-15"])
        self.assertEqual([r["date"] for r in rows if r["rule"] == "R6"], ["2022-09-19"])  # the 12th is Mid-Autumn
        self.assertIn("R3", self.call("roster", "xiapu-2022", "--from", "2022-09-15", "--to", "2022-09-15").stdout)
        merged = self.call("roster", "xiapu-2022", "--from", "2022-08-15", "--to", "2022-08-15").stdout
        self.assertIn("also needed at", merged)

    def test_english_has_units_and_posts_in_english_and_chinese_has_sources_in_chinese(self):
        han = re.compile("[\u3400-\u9fff]")
        day = ("roster", "xiapu-2022", "--from", "2022-09-15", "--to", "2022-09-15")
        told = self.call(*day).stdout
        self.assertIn("Party School of the CPC Xiapu County Committee", told)
        self.assertNotRegex(told, han)
        self.assertIn("县委党校", self.call("--lang", "zh", *day).stdout)
        self.call("run", "xiapu-2022", "--replications", "2", "--quiet", "--out", self.path("names"))
        with open(self.path("names/results.json"), encoding="utf-8") as file:
            results = json.load(file)
        policy = results["policies"][0]
        english = [u["name_en"] for u in results["units"]] + [o["title_en"] for o in policy["officials"]]
        english += [item["en"] for d in results["dimensions"] for item in d["items"]]
        english += [a["words"]["en"] for a in policy["assumptions"] if "words" in a and not a["key"].endswith(("title_zh", ".zh"))]
        english += [e["en"] for s in results.get("stories", []) for e in s["of_base"]] + [s["about_en"] for s in results.get("stories", [])]
        self.assertGreater(len(english), 800)
        self.assertEqual([one for one in english if one == "" or han.search(one)], [])
        self.assertEqual([a["key"] for a in policy["assumptions"] if not a.get("source_zh")], [])
        self.assertEqual({"Songcheng Subdistrict"}, {u["name_en"] for u in results["units"] if u["code"] == "350921001"})

    def test_theory_agrees(self):
        self.assertNotIn("NO", self.call("theory", "--replications", "12").stdout.split())

    def test_report_in_the_other_language(self):
        self.call("run", "xiapu-2022", "--replications", "2", "--out", self.path("out"))
        subprocess.run([PROGRAM, "--lang", "zh", "report", self.path("out")], check=True, capture_output=True)
        self.assertIn('{"lang":"zh"', open(self.path("out/report.html"), encoding="utf-8").read())

    def test_what_is_assumed_in_silence_is_told(self):
        body = '[scenario]\nname = "f02"\nstart = 2027-01-01\nend = 2027-12-31\nwarm_up = 30\n[campaign]\nfirst = 2027-04-12'
        ends = ("the holiday table ends on 2026-10-10; from 2027-01-01, before the State Council's notice, the statutory days of the law "
                "alone are assumed to be off, without make-up workdays")
        done = self.call("check", self.scenario(body))
        self.assertIn(f"warning: {ends}", done.stderr)
        in_chinese = subprocess.run([PROGRAM, "--lang", "zh", "check", self.scenario(body)], capture_output=True, text=True)
        self.assertIn("警告：节假日表止于 2026-10-10；自 2027-01-01 起国务院放假安排尚未列入，仅按法定节假日放假计算，不含调休", in_chinese.stderr)
        self.assertIn("Sound, with 3 warnings", done.stdout)
        done = self.call("compare", self.scenario(body), "--set", "session.principal.recur=every Wednesday", "--replications", "1", "--out", self.path("out"))
        self.assertEqual(done.stderr.count(ends), 1)
        self.assertRegex(done.stdout, r"(?m)^Set .*session\.principal\.recur = FREQ=WEEKLY;BYDAY=WE, every Wednesday  \(")
        warnings = json.load(open(self.path("out/results.json"), encoding="utf-8"))["warnings"]
        self.assertEqual([w["en"] for w in warnings][0], ends)
        self.assertEqual(len(warnings), 3)
        self.assertTrue(all(re.search("[\u4e00-\u9fff]", w["zh"]) for w in warnings))
        report = open(self.path("out/report.html"), encoding="utf-8").read()
        self.assertIn("the statutory days of the law alone are assumed", report)
        self.assertIn("仅按法定节假日放假计算", report)
        self.assertIn(ends, self.call("roster", self.scenario(body), "--from", "2027-10-01", "--to", "2027-10-01").stderr)
        # 2027-10-04 is the Monday after National Day; 3 October, a Sunday, is given on it. 2027-10-11 is no make-up day but a Monday.
        self.assertEqual(self.roster_dates(body, "2027-10-04", "2027-10-11", "R6"), ["2027-10-11"])
        self.assertIn("Sound: rules R3 to R9", self.call("check", "xiapu-2022").stdout)
        self.assertEqual(self.call("check", "xiapu-2022").stderr, "")

    def roster_dates(self, body, first, last, rule):
        rows = self.call("roster", self.scenario(body), "--from", first, "--to", last, "--format", "csv").stdout
        return [row["date"] for row in csv.DictReader(io.StringIO(rows.lstrip("\ufeff"))) if row["rule"] == rule]

    def test_the_notice_drops_in_when_it_comes_also_as_it_is_published(self):
        body = '[scenario]\nname = "next"\nstart = 2027-01-01\nend = 2027-12-31\nwarm_up = 0\nrun_out = 0\n[county]\nholidays = "FILE"\n'
        notice = {"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True},
                                         {"name": "国庆节", "date": "2027-10-04", "isOffDay": True},
                                         {"name": "国庆节", "date": "2027-10-11", "isOffDay": True}]}
        with open(self.path("2027.json"), "w", encoding="utf-8") as f:
            json.dump(notice, f, ensure_ascii=False, indent=2)
        with open(self.path("2027.csv"), "w", encoding="gb18030") as f:
            f.write("date,kind,name\n2027-01-01,放假,元旦\n2027-10-04,放假,国庆节\n2027-10-11,放假,国庆节\n")
        for file in ("2027.json", "2027.csv"):
            with self.subTest(file=file):
                done = self.call("check", self.scenario(body.replace("FILE", self.path(file))))
                self.assertNotIn("holiday table", done.stderr)
                self.assertEqual(self.roster_dates(body.replace("FILE", self.path(file)), "2027-10-04", "2027-10-18", "R6"), ["2027-10-18"])
        notice["days"][1].update(date="2027-02-30")
        del notice["days"][2]["isOffDay"]
        with open(self.path("2027.json"), "w", encoding="utf-8") as f:
            json.dump(notice, f, ensure_ascii=False, indent=2)
        told = self.call("check", self.scenario(body.replace("FILE", self.path("2027.json"))), code=2).stderr
        self.assertRegex(told, r"2027\.json:11:\d+: 'days\[1\]\.date' expected a date YYYY-MM-DD of the calendar; found '2027-02-30'")
        self.assertRegex(told, r"2027\.json:16:\d+: missing key 'days\[2\]\.isOffDay': expected true or false")

    def test_a_rule_that_counts_has_a_start_and_is_said_in_words(self):
        done = self.call("check", self.scenario('[scenario]\nname = "f01"\n[session.principal]\nrecur = "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=12"'))
        self.assertIn("the 15th of each month, from 2022-01-01, 12 times", done.stdout)
        rows = self.call("roster", self.scenario('[session.principal]\nrecur = "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=12"'), "--format", "csv").stdout
        self.assertEqual(rows.count(",R3,"), 12)
        lines = self.call("check", self.scenario('[session.principal]\nrecur = "DTSTART=20300101;FREQ=DAILY"'), code=2).stderr.splitlines()
        self.assertEqual(len(lines), 1)
        self.assertRegex(lines[0], r"mine\.toml:3:9: recurrence .* names no day between 2021-01-01 and 2023-12-31")
        closed = self.scenario('[session.principal]\nrecur = "FREQ=DAILY;UNTIL=20211231"')
        done = self.call("check", closed, code=1)  # only in the warm-up: no R3 in the year that counts
        self.assertIn("'session.principal' is open, but nothing is held", done.stderr)
        self.assertIn("Not every rule can be satisfied", done.stdout)

    def test_the_reference_of_parameters_is_current(self):
        with open(os.path.join(SOURCE, "docs", "scenario.md"), encoding="utf-8") as file:
            self.assertEqual(file.read(), self.call("check", "--reference").stdout, "run: sifang --lang en check --reference > docs/scenario.md")


class Histories(Case):
    SHORT = ("--set", "scenario.warm_up=30", "-n", "4", "--quiet")

    def rows(self, name):
        with open(self.path(name), newline="", encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))

    def test_ledger_and_events_of_chosen_years(self):
        done = self.call("run", "xiapu-2022", *self.SHORT[:-1], "--cases-out", "cases.csv", "--events-out", "events.csv", "--histories", "0,2-3", "-j", "1")
        self.assertTrue(done.stdout.endswith("Cases: cases.csv\nEvents: events.csv\n"), done.stdout)
        cases, events = self.rows("cases.csv"), self.rows("events.csv")
        self.assertEqual(sorted({row["replication"] for row in cases}), ["0", "2", "3"])
        self.assertEqual([row["replication"] for row in events], sorted(row["replication"] for row in events))
        self.assertEqual({row["policy"] for row in cases}, {"xiapu-2022"})
        ids = {(row["replication"], row["case"]) for row in cases}
        self.assertEqual(len(ids), len(cases))
        told = {(row["replication"], row["case"]) for row in events if row["event"] == "arrive"}
        self.assertEqual(told, ids)
        again = sum(row["event"] == "registered_again" for row in events)
        self.assertEqual(sum(int(row["repeats"]) for row in cases), again)
        self.assertEqual(sorted(os.listdir(self.folder.name)), ["cases.csv", "events.csv", "out"])
        # the same bytes for two threads, and the results are what they are without
        self.call("run", "xiapu-2022", *self.SHORT, "--cases-out", "cases2.csv", "--events-out", "events2.csv", "--histories", "0,2-3", "-j", "2", "--force")
        self.call("run", "xiapu-2022", *self.SHORT, "-o", "plain")
        for one, other in (("cases.csv", "cases2.csv"), ("events.csv", "events2.csv"), ("out/xiapu-2022/kpi.csv", "plain/kpi.csv")):
            with open(self.path(one), "rb") as a, open(self.path(other), "rb") as b:
                self.assertEqual(a.read(), b.read(), one)

    def test_policies_stand_in_one_file_with_the_same_grievances(self):
        self.call("compare", "xiapu-2022", "wednesday", *self.SHORT, "--cases-out", "cases.csv")
        cases = self.rows("cases.csv")
        self.assertEqual([row["policy"] for row in cases], sorted((row["policy"] for row in cases), reverse=True))
        arisen = [{row["case"]: (row["village"], row["category"], row["persons"]) for row in cases if row["policy"] == policy} for policy in ("xiapu-2022", "wednesday")]
        both = arisen[0].keys() & arisen[1].keys()
        self.assertGreater(len(both), 300)
        for case in both:
            self.assertEqual(arisen[0][case], arisen[1][case])

    def test_nothing_is_overwritten_and_nothing_is_half_written(self):
        self.write("cases.csv", "mine")
        done = self.call("run", "xiapu-2022", *self.SHORT, "--cases-out", "cases.csv", "--events-out", "events.csv", code=2)
        self.assertIn("cases.csv", done.stderr)
        done = self.call("run", "xiapu-2022", *self.SHORT, "--events-out", "no-folder/events.csv", code=3)
        self.assertIn("no-folder/events.csv", done.stderr)
        self.call("run", "xiapu-2022", *self.SHORT, "--cases-out", "new.csv", "--events-out", self.folder.name, code=3)
        self.assertEqual(os.listdir(self.folder.name), ["cases.csv"])
        self.call("run", "xiapu-2022", *self.SHORT, "--cases-out", "cases.csv", "--force")
        self.assertGreater(len(self.rows("cases.csv")), 300)

    def test_the_tables_of_an_office(self):
        out = self.path("office")
        said = self.call("office", "xiapu-2022", "--set", "scenario.warm_up=60", "--out", out).stdout.splitlines()
        files = [line.split("  ")[0] for line in said]
        self.assertEqual(len(files), 9)
        for file in files:
            with open(file, "rb") as opened:
                self.assertTrue(opened.read().startswith(b"\xef\xbb\xbf"), file)
        self.assertEqual(json.load(open(os.path.join(out, "manifest.json"), encoding="utf-8"))["command"], "office")
        before = {file: open(file, "rb").read() for file in files}
        again = self.call("office", "xiapu-2022", "--set", "scenario.warm_up=60", "--out", out, code=2)
        self.assertIn("--force", again.stderr)
        self.call("office", "xiapu-2022", "--set", "scenario.warm_up=60", "--out", out, "--force", "--quiet")
        self.assertEqual(before, {file: open(file, "rb").read() for file in files})

    def test_the_story_of_a_case_of_the_ledger(self):
        self.call("run", "xiapu-2022", *self.SHORT, "--cases-out", "cases.csv", "--histories", "2")
        case = next(row for row in self.rows("cases.csv") if row["replied"] and row["owner"])
        story = self.call("explain", "xiapu-2022", *self.SHORT[:2], "--case", case["case"], "--replication", "2").stdout
        self.assertIn(f"Case {case['case']} of xiapu-2022, replication 2\n", story)
        self.assertIn(case["owner"], story)
        self.assertIn(case["replied"], story)
        chinese = subprocess.run([PROGRAM, "--lang", "zh", "explain", "xiapu-2022", *self.SHORT[:2], "--case", case["case"], "--replication", "2"],
                                 capture_output=True, text=True, timeout=300).stdout
        self.assertIn(f"案件 {case['case']}", chinese)
        self.assertEqual(len(chinese.splitlines()), len(story.splitlines()))


class NewCounty(Case):
    """A scenario of one's own from division tables alone."""

    def tables(self):
        folder = self.path("divisions")
        os.mkdir(folder)
        counties = (("320106", "鼓楼区"), ("350102", "鼓楼区"), ("350821", "长汀县"), ("350822", "空县"), ("441900", "东莞市"))
        streets = [(f"{c}{n}", name, c) for c, _ in counties for n, name in (("001", "汀州街道"), ("100", "大同镇"), ("200", "红山乡"))]
        rows = {"provinces": "code,name\n32,江苏省\n35,福建省\n44,广东省\n",
                "cities": "code,name,provinceCode\n3201,南京市,32\n3501,福州市,35\n3508,龙岩市,35\n4419,东莞市,44\n",
                "areas": "code,name,provinceCode\n" + "".join(f"{c},{n},{c[:2]}\n" for c, n in counties),
                "streets": "code,name,areaCode\n" + "".join(f"{','.join(s)}\n" for s in streets),
                "villages": "code,name,streetCode\n" + "".join(f"{s}{200 + v},村{v}村委会,{s}\n" for s, _, c in streets if c != "350822" for v in range(4))}
        for name, text in rows.items():
            self.write(f"divisions/{name}.csv", text)
        return folder

    def test_from_a_code_to_an_answer_in_four_commands(self):
        folder = self.tables()
        done = self.call("new", "长汀县", "--divisions", folder, "--population", "390000")
        self.assertIn("福建省龙岩市长汀县: 3 townships and streets, 12 villages and communities, 390000 inhabitants (as given)", done.stdout)
        made = self.path("county-350821")
        self.assertEqual(sorted(os.listdir(made)), ["county-350821.toml", "links.csv", "manifest.json", "officials.csv", "units.csv"])
        plan = os.path.join(made, "county-350821.toml")
        self.assertIn(plan, done.stdout)
        checked = self.call("check", plan)
        self.assertEqual(checked.stderr, self.no_distances(plan, 15))
        self.assertIn("1098", checked.stdout)  # 1 340 matters of 475 936 inhabitants
        self.call("run", plan, "--replications", "2", "--set", "scenario.warm_up=60", "--quiet", "--out", self.path("run"))
        done = self.call("compare", plan, "wednesday", "one-principal", "--replications", "2", "--common", "scenario.warm_up=60", "--out", self.path("compared"))
        self.assertIn("wednesday: laid on county-350821", done.stdout)
        result = json.load(open(self.path("compared/results.json"), encoding="utf-8"))
        self.assertEqual(result["county"], "长汀县")
        self.assertEqual([p["id"] for p in result["policies"]], ["county-350821", "wednesday", "one-principal"])
        marks = {a["key"]: a["origin"] for a in result["policies"][0]["assumptions"] if "origin" in a}
        if marks:
            self.assertEqual(marks["load.matters_per_year"], "I")

    def no_distances(self, plan, units):
        """What is assumed of a county of which no distances are known."""
        return (f"{os.path.join(os.path.dirname(plan), 'units.csv')}: warning: no distance_km of {units} units; 4 km by road from a street to the "
                "county seat, 25 from a township and 4 more from a village are assumed\n")

    def test_from_nothing_to_an_answer_with_a_ledger_in_four_commands(self):
        folder = self.tables()
        with open(self.path("台账.csv"), "wb") as file:
            text = "信访台账,,,,,\r\n编号,登记时间,问题属地,问题类别,信访形式,人数\r\n"
            for i in range(40):
                place = ("汀州街道", "大同镇", "红山乡")[i % 3]
                text += f"{i + 1},2022/{1 + i % 12}/{1 + i % 28},{place},土地,{('来访', '来信', '网上')[i % 3]},{1 + i % 5}\r\n"
            file.write(text.encode("gb18030"))
        self.call("new", "长汀县", "--divisions", folder, "--quiet")
        plan = self.path("county-350821/county-350821.toml")
        self.assertIn("Sound", self.call("check", plan).stdout)
        self.assertIn("40 rows, 40 can be used", self.call("ledger", self.path("台账.csv"), plan).stdout)
        done = self.call("run", plan, "--cases", self.path("台账.csv"), "--set", "scenario.warm_up=0", "--replications", "2", "--out", self.path("out"))
        self.assertIn("Recorded cases: 40/40 rows", done.stdout)
        result = json.load(open(self.path("out/results.json"), encoding="utf-8"))
        self.assertEqual(result["county"], "长汀县")
        self.assertIn("no distance_km", [w["en"][:14] for w in result["warnings"]])
        self.assertTrue(os.path.exists(self.path("out/report.html")))

    def test_distances_that_are_known_are_used_and_others_assumed(self):
        self.call("new", "长汀县", "--divisions", self.tables(), "--quiet")
        units = self.path("county-350821/units.csv")
        text = open(units, encoding="utf-8-sig", newline="").read()
        rows = list(csv.DictReader(io.StringIO(text)))
        self.assertEqual([r["distance_km"] for r in rows if r["kind"] in ("township", "subdistrict", "village")], [""] * 15)
        self.assertTrue(all(r["source"].endswith("distance: not known") for r in rows if r["distance_km"] == ""))
        travel = []
        for km in ("", "25", "80"):  # what is assumed of a township, said; and another
            with open(units, "w", encoding="utf-8", newline="") as file:
                out = csv.DictWriter(file, rows[0].keys())
                out.writeheader()
                out.writerows(dict(r, distance_km=km if r["kind"] == "township" else r["distance_km"]) for r in rows)
            self.call("run", self.path("county-350821/county-350821.toml"), "--set", "scenario.warm_up=0", "--replications", "1", "--quiet", "--force", "--out", self.path("out"))
            travel.append(json.load(open(self.path("out/manifest.json"), encoding="utf-8"))["policies"][0]["fingerprint"])
        self.assertEqual(travel[0], travel[1])
        self.assertNotEqual(travel[0], travel[2])

    def test_any_kind_of_county_and_another_template(self):
        folder = self.tables()
        for asked, code in (("441900", "441900"), ("南京市鼓楼区", "320106"), ("350821000000", "350821")):
            self.call("new", asked, "--divisions", folder, "--links", "load", "--quiet")
            plan = self.path(f"county-{code}/county-{code}.toml")
            self.assertEqual(self.call("check", plan).stderr, self.no_distances(plan, 15))
        # A file of one's own as the template: the draft extends it wherever it is written.
        own = self.scenario('[scenario]\nname = "mine"\nwarm_up = 30')
        self.call("new", "长汀", "--divisions", folder, "--template", own, "--out", self.path("a/b"))
        self.assertIn(f'extends = "{own}"', open(self.path("a/b/county-350821.toml"), encoding="utf-8").read())
        self.call("check", self.path("a/b/county-350821.toml"))

    def test_a_table_of_ones_own_makes_a_county(self):
        own = self.write("mine.csv", "code,name,parent,kind,population\n9,滨海新城,,区,\n91,河东,9,街道,6000\n92,河西,9,镇,9000\n911,前街,91,社区,\n921,张家庄,92,村,\n")
        self.assertIn("2 townships and streets, 2 villages and communities, 15000 inhabitants", self.call("new", "--table", own).stdout)
        plan = self.path("county-9/county-9.toml")
        self.assertEqual(self.call("check", plan).stderr, self.no_distances(plan, 4))

    def test_what_is_wrong_is_told_and_nothing_is_written(self):
        folder = self.tables()
        for asked, said in (("鼓楼区", "320106 江苏省南京市鼓楼区, 350102 福建省福州市鼓楼区"), ("长丁县", "did you mean 350821 福建省龙岩市长汀县?"),
                            ("空县", "空县 (350822) has no village in the tables"), ("999999", "'999999' is none")):
            told = self.call("new", asked, "--divisions", folder, code=2)
            self.assertEqual(told.stdout, "")
            self.assertEqual(len(told.stderr.splitlines()), 1, told.stderr)
            self.assertIn(said, told.stderr)
        self.assertEqual(os.listdir(self.folder.name), ["divisions"])

    def test_a_draft_is_replaced_only_with_force_and_what_lies_beside_it_stays(self):
        folder = self.tables()
        self.call("new", "长汀县", "--divisions", folder, "--quiet")
        units = self.path("county-350821/units.csv")
        first = open(units, "rb").read()
        with open(units, "ab") as file:
            file.write("mine,县某局,350821,department,0,1,\r\n".encode())
        self.write("county-350821/notes.txt", "keep")
        self.assertIn("--force", self.call("new", "长汀县", "--divisions", folder, code=2).stderr)
        self.assertNotEqual(open(units, "rb").read(), first)
        self.call("new", "长汀县", "--divisions", folder, "--quiet", "--force")
        self.assertEqual(open(units, "rb").read(), first)
        self.assertEqual(open(self.path("county-350821/notes.txt"), encoding="utf-8").read(), "keep")
        os.mkdir(self.path("other"))
        self.write("other/letter.txt", "keep")
        self.assertIn("no results", self.call("new", "长汀县", "--divisions", folder, "--out", self.path("other"), "--force", code=2).stderr)
        self.assertEqual(os.listdir(self.path("other")), ["letter.txt"])


class Policies(Case):
    """A policy file is laid on whatever it is compared with."""

    def county(self):
        """A county that is not Xiapu, in a folder of its own, where nothing that ships lies beside it."""
        os.mkdir(self.path("mine"))
        self.write("mine/units.csv", "code,name,parent,kind,population,distance_km\n9,Mine,,county,9000,0\nparty,Committee,9,party_committee,0,0\n"
                   "school,Party school,9,party_school,0,1\nbureau,Petition bureau,9,petition_bureau,0,0\nlands,Land office,9,department,0,0\n"
                   "91,Town,9,township,9000,5\n911,Village,91,village,9000,9\n")
        self.write("mine/posts.csv", "post,title,rank,unit\nfirst,Secretary,principal_leader,party\nhead,Head of county,principal_leader,party\nsecond,Deputy,county_leader,party\n"
                   + "".join(f"clerk-{k},Clerk,bureau_staff,bureau\n" for k in range(3)) +
                   "lands,Head of office,unit_head,lands\ntown,Head of town,unit_head,91\nhelper,Team member,team_member,91\n")
        self.write("mine/links.csv", "post,relation,unit\nsecond,linked_to,91\nlands,heads,lands\ntown,heads,91\nhelper,linked_to,911\n")
        return self.write("mine/my-county.toml", '[scenario]\ntitle_en = "Mine"\nabout_en = "About mine"\nabout_zh = "本县"\nwarm_up = 60\n'
                          '[county]\nunits = "units.csv"\nofficials = "posts.csv"\nlinks = "links.csv"\n[load]\nmatters_per_year = 150\n'
                          '[[category]]\nid = "land"\nshare = 1\nmatter_unit = "lands"\n')

    def results(self, *arguments):
        without_draws = ["--unknowns", "0"] if arguments[0] == "compare" else []
        self.call(*arguments, *without_draws, "--replications", "2", "--quiet", "--force", "--out", self.path("out"))
        return json.load(open(self.path("out/results.json"), encoding="utf-8"))

    def test_every_shipped_policy_is_compared_with_any_county(self):
        county = self.county()
        policies = sorted(name[:-5] for name in os.listdir(SCENARIOS) if name.endswith(".toml") and name[:-5] not in ("xiapu-2022", "china", "market-evenings", "second-hall"))  # the last two name places of Xiapu
        result = self.results("compare", county, *policies)
        self.assertEqual([p["id"] for p in result["policies"]], ["my-county", *policies])
        self.assertEqual(result["county"], "Mine")
        for p in result["policies"][1:]:
            changed = {a["key"].split(".")[0] for a in p["assumptions"] if a["changed"]}
            self.assertTrue(changed and changed <= {"reception", "session", "appointments", "campaign", "return_visits"}, p["id"])
            self.assertTrue(p["title_en"] and p["title_zh"] and p["about_en"] and p["about_zh"], p["id"])
            self.assertNotEqual(p["about_en"], "About mine")
            self.assertEqual({a["key"]: a["value"] for a in p["assumptions"]}["load.matters_per_year"], "150")
        # The same as the policy's settings, set one by one on the county.
        sets = 'session.principal.recur="FREQ=WEEKLY;BYDAY=WE" && session.principal.on_rest_day=skip && session.linked_leader.recur="FREQ=WEEKLY;BYDAY=WE" && session.linked_leader.on_rest_day=skip'
        wednesday = self.results("compare", county, "wednesday")["policies"][1]  # the video session of another policy has cells of its own
        by_hand = self.results("compare", county, "--set", sets)
        self.assertEqual(by_hand["policies"][1]["fingerprint"], wednesday["fingerprint"])

    def test_what_a_policy_is_laid_on_is_told_where_its_file_says_otherwise(self):
        done = self.call("compare", self.county(), "wednesday", "--replications", "2", "--out", self.path("out"))
        self.assertIn("wednesday: laid on my-county, not on what its file extends\n", done.stdout)
        self.assertNotIn("laid on", self.call("compare", "xiapu-2022", "wednesday", "--replications", "1", "--out", self.path("2")).stdout)
        zh = subprocess.run([PROGRAM, "--lang", "zh", "compare", "one-principal", "wednesday", "--replications", "1", "--out", self.path("3")], capture_output=True, text=True, check=True, cwd=self.folder.name)
        self.assertIn("wednesday：叠加于 one-principal，而非其文件所继承的方案\n", zh.stdout)

    def test_a_scenario_of_format_1_is_read_and_written_anew(self):
        old = self.write("old.toml", 'extends = "xiapu-2022"\n# longer\n[reception.principal]\nlength = 240\n[reception]\nsensitive_duty = false\n')
        new = 'extends = "xiapu-2022"\n\n[scenario]\nformat = 2\n\n[reception]\n\n# longer\n[session.principal]\nlength = 240\n\n[session.bureau_leader]\nsensitive_duty = false\n'
        self.assertEqual(self.call("migrate", old).stdout, new)
        self.call("migrate", old, "--out", self.path("new.toml"))
        self.assertIn("new.toml is there already (use --force to replace it)", self.call("migrate", old, "--out", self.path("new.toml"), code=2).stderr)
        self.call("migrate", old, "--out", old, "--force")
        self.assertEqual(self.call("migrate", old).stderr, f"{old} has format 2 already\n")
        runs = [self.results("run", self.path(k + ".toml")) for k in ("old", "new")]
        self.assertEqual(runs[0]["policies"][0]["fingerprint"], runs[1]["policies"][0]["fingerprint"])
        self.assertIn("did you mean 'session.principal.length'?", self.call("run", old, "--set", "reception.principal.length=60", code=2).stderr)

    def test_a_kind_of_session_is_added_by_a_file_and_compared(self):
        result = self.results("compare", "xiapu-2022", "market-evenings", "second-hall")
        names = [item["id"] for d in result["dimensions"] if d["id"] == "venue" for item in d["items"]]
        self.assertEqual(names[-2:], ["market", "second_hall"])
        for k, policy in enumerate(result["policies"]):
            self.assertEqual([v["id"] for v in policy["venues"]], names)
            held = {v["id"]: v["sessions"][0] for v in policy["venues"]}
            self.assertEqual((held["market"] > 0, held["second_hall"] > 0), (k == 1, k == 2))
        self.assertIn("Market-day evening at the township", self.call("roster", "market-evenings", "--from", "2022-09-05", "--to", "2022-09-05").stdout)

    def test_a_shipped_name_is_extended_from_anywhere(self):
        for name in ("wednesday", "wednesday.toml"):
            self.write("mine.toml", f'extends = "{name}"\n[session.principal]\nreceivers = 3\n')
            result = self.results("compare", "xiapu-2022", self.path("mine.toml"))
            changed = [a["key"] for a in result["policies"][1]["assumptions"] if a["changed"]]
            self.assertEqual(changed, ["session.linked_leader.recur", "session.linked_leader.on_rest_day"] + ["session.principal." + k for k in ("recur", "on_rest_day", "receivers")])
        self.write("wednesday.toml", 'extends = "wednesday"\n[session.principal]\nreceivers = 3\n')  # not itself
        self.assertEqual(self.results("run", self.path("wednesday.toml"))["policies"][0]["id"], "wednesday")

        lines = self.call("run", self.write("none.toml", 'extends = "wendesday"\n'), "--out", self.path("out2"), code=2).stderr.splitlines()
        self.assertRegex(lines[0], r"none\.toml:1:11: expected a scenario file, or the name of one that ships .*'wendesday' is neither; did you mean 'wednesday'\?$")

    def test_about_is_not_inherited(self):
        self.write("plain.toml", 'extends = "xiapu-2022"\n[load]\nmultiplier = 2\n')
        for policy in (self.results("run", self.path("plain.toml"))["policies"][0], self.results("compare", "xiapu-2022", self.path("plain.toml"))["policies"][1]):
            self.assertEqual([policy[k] for k in ("id", "title_en", "title_zh", "about_en", "about_zh")], ["plain", "", "", "", ""])

    def test_a_policy_needs_no_base_of_its_own_and_a_county_stays_as_it_is(self):
        county = self.county()
        self.write("bare.toml", "[session.principal]\nlength = 240\n")
        self.assertEqual(self.results("compare", county, self.path("bare.toml"))["policies"][1]["id"], "bare")
        alone = self.call("run", self.path("bare.toml"), code=2).stderr.splitlines()
        self.assertEqual(len(alone), 1)
        self.assertIn("lay it on one (sifang compare BASE bare.toml), or write extends = ", alone[0])
        self.assertIn("the same county", self.call("compare", county, "xiapu-2022", "--out", self.path("x"), code=2).stderr)

    def test_a_key_that_does_not_fit_the_base_is_told_in_the_policy(self):
        county = self.county()
        self.write("own.toml", 'extends = "xiapu-2022"\n[[category]]\nid = "labour"\nshare = 0.2\n')
        done = self.call("compare", county, self.path("own.toml"), "--out", self.path("x"), code=2)
        self.assertRegex(done.stderr, r"^\S*own\.toml:3:6: expected a category; 'labour' is none\n$")
        self.write("own.toml", "[session.principal]\nreceivers = 9\n")
        done = self.call("compare", county, self.path("own.toml"), "--out", self.path("x"), code=2)
        self.assertRegex(done.stderr, r"^\S*own\.toml:2:13: 'session\.principal\.receivers' expected .*from 1 to 3; found 9\n$")


class WrongInput(Case):
    def run_faults(self, body):
        return self.faults("run", self.scenario(body), "--out", self.path("out"))

    def test_every_fault_at_once_with_file_line_and_column(self):
        lines = self.run_faults('[scenario]\nreplicatons = 3\nstart = "2022-02-30"\n[load]\nmatters_per_year = -5\nvisit_share = 0.9\n[reception]\ncollision = "splitt"\n')
        text = "\n".join(lines)
        self.assertGreaterEqual(len(lines), 5)
        for line in lines:
            self.assertRegex(line, r"mine\.toml:\d+:\d+: ")
        self.assertRegex(text, r"mine\.toml:3:1: unknown key 'scenario\.replicatons'; did you mean '(scenario\.)?replications'")
        self.assertIn("2022-02-30", text)
        self.assertIn("-5", text)
        self.assertIn("sum to", text)
        self.assertIn("split", text)

    def test_files_that_are_none(self):
        for name, data in (("empty.toml", b""), ("binary.toml", bytes(range(256)) * 4), ("half.toml", b"[scenario\nname = ")):
            lines = self.faults("run", self.write(name, data), "--out", self.path("out"))
            self.assertIn(name, lines[0])
        self.assertIn("nowhere", self.faults("run", "nowhere", "--out", self.path("out"))[0])

    def test_broken_tables(self):
        data = os.path.join(SCENARIOS, "data", "xiapu")
        units = open(os.path.join(data, "units.csv"), encoding="utf-8").read()
        links = open(os.path.join(data, "links.csv"), encoding="utf-8").read()
        broken_units = re.sub(r"(?m)^350921203,.*\n", "", units) + "350921001001,again,350921001,community,1,1,1,1\n"
        broken_file = self.write("units.csv", broken_units)
        lines = self.run_faults(f'[county]\nunits = "{broken_file}"\n')
        self.assertTrue(any("350921203" in line and "units.csv:" in line for line in lines))
        self.assertTrue(any("'350921001001'" in line and "once" in line for line in lines))
        broken_links = self.write("links.csv", links + "leader-99,linked_to,350921001\n")
        lines = self.run_faults(f'[county]\nlinks = "{broken_links}"\n')
        self.assertTrue(any("leader-99" in line and "did you mean" in line for line in lines))

    def test_a_broken_case_load(self):
        cases = self.write("cases.csv", "id,date,place,category,channel,group_size\n1,2022-13-01,350921001,land,visit,1\n2,2022-03-01,350921999,lnad,fax,x\n")
        lines = self.faults("run", "xiapu-2022", "--cases", cases, "--out", self.path("out"))
        text = "\n".join(lines)
        self.assertIn("cases.csv:2:", text)
        self.assertIn("2022-13-01", text)
        self.assertIn("land", text)
        self.assertGreaterEqual(len(lines), 4)

    def test_set_faults_name_the_command_line(self):
        for setting in ("no.such.key=1", "scenario.replications=many", "session.principal.recur=\"every dey\"", "session.principal.recur=FREQ=MONTHLY", "load.visit_share"):
            self.assertIn("--set", self.faults("run", "xiapu-2022", "--set", setting, "--out", self.path("out"))[0])

    def test_faults_of_every_cell_at_once(self):
        out = ["--out", self.path("out")]
        lines = self.faults("sweep", "xiapu-2022", "--vary", "load.multiplier=1|-1|many", "--vary", "session.principal.receivers=2|99", *out)
        self.assertRegex("\n".join(lines), r"--vary #3 \(load\.multiplier=-1 session\.principal\.receivers=2\): 'load\.multiplier' expected")
        self.assertRegex("\n".join(lines), r"--vary #2 .*from 1 to 35")
        self.assertEqual(len(lines), 3, lines)
        self.assertIn("--vary: unknown key 'load.multiplierr'; did you mean", self.faults("sweep", "xiapu-2022", "--vary", "load.multiplierr=1|2", *out)[0])
        self.assertIn("the same period", self.faults("sweep", "xiapu-2022", "--vary", "scenario.start=2022-01-01|2022-02-01", *out)[0])
        self.assertEqual(len(self.faults("sweep", "xiapu-2022", "--vary", "a=1|1", "--vary", "b", *out)), 2)
        with open(self.path("other.journal"), "w", encoding="utf-8") as file:
            file.write("a shopping list\n")
        done = self.call("sweep", "xiapu-2022", "--vary", "load.multiplier=1|2", "--out", self.path("other"), "--resume", code=2)
        self.assertIn("expected the journal of a run", done.stderr)

    def test_results_are_not_overwritten_without_force(self):
        self.call("run", "xiapu-2022", "--replications", "1", "--out", self.path("kept"))
        before = open(self.path("kept/results.json"), "rb").read()
        self.call("run", "xiapu-2022", "--replications", "2", "--out", self.path("kept"), code=2)
        self.assertEqual(before, open(self.path("kept/results.json"), "rb").read())
        self.call("run", "xiapu-2022", "--replications", "2", "--out", self.path("kept"), "--force")
        self.assertNotEqual(before, open(self.path("kept/results.json"), "rb").read())

    def test_wrong_days_folders_and_seats(self):
        self.call("compare", "xiapu-2022", code=2)
        self.call("roster", "xiapu-2022", "--from", "2022-02-30", code=2)
        self.call("roster", "xiapu-2022", "--from", "2022-09-30", "--to", "2022-09-01", code=2)
        self.call("report", self.path("nothing"), code=2)
        seats = self.call("run", "xiapu-2022", "--set", "session.principal.receivers=99", "--out", self.path("out"), code=2)
        self.assertIn("from 1 to 35", seats.stderr)

    def test_ctrl_c_keeps_what_is_finished(self):
        process = subprocess.Popen([PROGRAM, "run", "xiapu-2022", "--replications", "20000", "--threads", "1", "--out", self.path("out"), "--set", "scenario.warm_up=3000"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder.name)
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
        self.assertEqual(process.returncode, 3)
        result = json.load(open(self.path("out/results.json"), encoding="utf-8"))
        self.assertGreater(result["policies"][0]["replications"], 0)
        self.assertLess(result["policies"][0]["replications"], 20000)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1, warnings="ignore")
