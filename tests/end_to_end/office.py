#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What an office hands on: workbook, calendars, notice, map. Usage: office.py PROGRAM SOURCE_FOLDER"""
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
DATA = os.path.join(SOURCE, "simulations", "scenarios", "data")
EVIL = '<img src=x onerror="alert(1)">'


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        # The county of the article with a unit whose name is a formula, one whose name is markup, and two with coordinates.
        with open(os.path.join(DATA, "xiapu", "units.csv"), encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        names = {"office": "=1+1", "350921001": EVIL}
        places = {"350921": ("120.005", "26.885"), "350921001": ("119.998", "26.88")}
        with open(self.path("units.csv"), "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*rows[0], "longitude", "latitude"])
            writer.writeheader()
            for row in rows:
                east, north = places.get(row["code"], ("", ""))
                writer.writerow({**row, "name": names.get(row["code"], row["name"]), "longitude": east, "latitude": north})
        self.own = ["--set", f"county.units={json.dumps(self.path('units.csv'))}", "--set", "scenario.warm_up=0", "--set", "scenario.end=2022-06-30"]

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def call(self, *arguments, code=0, lang="zh"):
        done = subprocess.run([PROGRAM, "--lang", lang, *arguments], capture_output=True, cwd=self.folder.name, timeout=300)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, out + err)
        return out, err

    def has_office(self):
        done = subprocess.run([PROGRAM, "--lang", "en", "roster", "xiapu-2022", "--ics", "probe", "--to", "2022-01-20"], capture_output=True, cwd=self.folder.name)
        if done.returncode == 0:
            return True
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"--ics: expected a program with sifang::office", done.stderr)
        _, err = self.call("run", "xiapu-2022", "--xlsx", "a.xlsx", code=2, lang="en")
        self.assertIn("--xlsx: expected a program with sifang::office", err)
        self.assertFalse(os.path.exists(self.path("out")))
        return False


def sheets_of(data):
    """The texts and numbers of each sheet by name, and all XML."""
    book = zipfile.ZipFile(io.BytesIO(data))
    strings = [re.sub(r"<[^>]*>", "", s) for s in re.findall(r"<si>(.*?)</si>", book.read("xl/sharedStrings.xml").decode(), re.S)]
    out = {}
    for k, name in enumerate(re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode()), 1):
        xml = book.read(f"xl/worksheets/sheet{k}.xml").decode()
        rows = [[strings[int(v)] if 't="s"' in about else float(v) for about, v in re.findall(r"<c ([^>]*)><v>([^<]*)</v>", row)]
                for row in re.findall(r"<row [^>]*>(.*?)</row>", xml, re.S)]
        out[name] = rows, xml
    return out


class Workbooks(Case):
    def test_a_run_leaves_a_workbook_without_formulas_and_of_the_same_bytes(self):
        if not self.has_office():
            return
        run = ["run", "xiapu-2022", *self.own, "--replications", "2", "--force", "--quiet", "--xlsx"]
        self.call(*run, "a.xlsx", "--threads", "1")
        self.call(*run, "b.xlsx", "--threads", "2")
        self.assertEqual(self.read("a.xlsx"), self.read("b.xlsx"))
        sheets = sheets_of(self.read("a.xlsx"))
        self.assertEqual(list(sheets), ["说明", "主要指标", "三率", "超期与临期", "重复信访与积案", "包案台账", "挂图作战", "回访", "案结事了", "初次登记", "约访",
                                        "接访场次", "接访安排", "参数与依据"])
        for name, (rows, xml) in sheets.items():
            self.assertNotIn("<f>", xml, name)
            self.assertIn('state="frozen"', xml, name)
        self.assertIn("=1+1", [row[0] for row in sheets["三率"][0]])
        values = {row[0]: row[2] for row in sheets["参数与依据"][0]}
        self.assertEqual(values["scenario.end"], "2022-06-30")
        self.assertEqual(len(sheets["主要指标"][0][0]), 8)
        roster, _ = self.call("roster", "xiapu-2022", *self.own, "--format", "csv")
        self.assertEqual(len(list(csv.reader(io.StringIO(roster)))), len(sheets["接访安排"][0]))

    def test_policies_share_sheets_and_a_file_that_is_there_stays(self):
        if not self.has_office():
            return
        compare = ["compare", "xiapu-2022", "--set", "session.township.open=false", "--common", "scenario.warm_up=0", "--common", "scenario.end=2022-03-31",
                   "--replications", "2", "--quiet", "--xlsx", "c.xlsx"]
        self.call(*compare, lang="en")
        sheets = sheets_of(self.read("c.xlsx"))
        self.assertIn("Differences", sheets)
        for name in ("Key figures", "Three rates", "Owned cases", "Roster", "Assumptions"):
            self.assertEqual({row[0] for row in sheets[name][0][1:]}, {"xiapu-2022", "session.township.open=false"}, name)
        before = self.read("c.xlsx")
        _, err = self.call(*compare, "--out", "other", code=2, lang="en")
        self.assertIn("c.xlsx: expected a new file", err)
        self.assertEqual(before, self.read("c.xlsx"))
        self.assertFalse(os.path.exists(self.path("other")))
        _, err = self.call(*compare, "--out", "other", "--cases-out", "c.xlsx", "--force", code=2, lang="en")
        self.assertIn("--cases-out and --xlsx expected two files; found one: c.xlsx", err)


class Calendars(Case):
    def test_each_post_has_a_calendar_and_an_earlier_plan_leaves_nothing_behind(self):
        if not self.has_office():
            return
        roster = ["roster", "xiapu-2022", *self.own, "--format", "csv", "--ics", "calendars"]
        out, _ = self.call(*roster)
        rows = list(csv.DictReader(io.StringIO(out.lstrip("\ufeff"))))
        posts = {post for row in rows for post in row["posts"].split(";")}
        files = {f"post-{post}.ics" for post in posts} | {"county.ics", "manifest.json"}
        self.assertEqual(set(os.listdir(self.path("calendars"))), files)
        uids = []
        for name in files - {"manifest.json"}:
            text = self.read("calendars/" + name)
            self.assertTrue(text.startswith(b"BEGIN:VCALENDAR\r\n") and text.endswith(b"END:VCALENDAR\r\n"))
            self.assertLessEqual(max(map(len, text.split(b"\r\n"))), 75)
            uids += re.findall(r"\r\nUID:(.*?)\r\n[^ ]", text.decode().replace("\r\n ", ""))
        self.assertEqual(len(uids), len(set(uids)))
        self.assertIn("xiapu-2022.county.township.350921001.rule", uids)
        first = self.read("calendars/county.ics")
        self.assertIn(b"SEQUENCE:0\r\n", first)
        _, err = self.call(*roster, code=2)
        self.assertIn("calendars", err)
        with open(self.path("calendars/notes.txt"), "w", encoding="utf-8") as file:
            file.write("mine")
        self.call("roster", "xiapu-2022", *self.own, "--to", "2022-01-12", "--ics", "calendars", "--force", "--sequence", "3")
        self.assertIn(b"SEQUENCE:3\r\n", self.read("calendars/county.ics"))
        self.assertIn("notes.txt", os.listdir(self.path("calendars")))
        self.assertLess(len(os.listdir(self.path("calendars"))), len(files))
        os.mkdir(self.path("mine"))
        shutil.copy(self.path("units.csv"), self.path("mine"))
        self.call("roster", "xiapu-2022", "--ics", "mine", "--force", code=2)
        self.assertEqual(os.listdir(self.path("mine")), ["units.csv"])
        _, err = self.call("roster", "xiapu-2022", "--sequence", "3", code=2, lang="en")
        self.assertIn("--sequence is that of the events of calendars; expected --ics too", err)


class Notices(Case):
    def test_the_notice_shows_names_as_text(self):
        self.call("roster", "xiapu-2022", *self.own, "--notice", "n.html")
        page = self.read("n.html").decode()
        for there in ("<h1>接访日程公示</h1>", "<h2>&lt;img src=x onerror=&quot;alert(1)&quot;&gt;</h2>", "<b>暂停</b>1月3日（周一）", "<h2>=1+1</h2>"):
            self.assertTrue(there in page, there)
        for not_there in ("<img", "<script"):
            self.assertFalse(not_there in page, not_there)
        _, err = self.call("roster", "xiapu-2022", *self.own, "--notice", "n.html", code=2)
        self.assertIn("n.html", err)
        self.call("roster", "xiapu-2022", *self.own, "--notice", "n.html", "--force", lang="en")
        self.assertIn("<h1>Notice of reception days</h1>", self.read("n.html").decode())


class Maps(Case):
    def test_units_with_coordinates_are_points_with_figures(self):
        self.call("run", "xiapu-2022", *self.own, "--replications", "2", "--quiet", "--geojson", "u.geojson")
        found = json.loads(self.read("u.geojson"))
        self.assertEqual(found["type"], "FeatureCollection")
        self.assertEqual({f["id"]: f["geometry"] for f in found["features"]},
                         {"350921": {"type": "Point", "coordinates": [120.005, 26.885]}, "350921001": {"type": "Point", "coordinates": [119.998, 26.88]}})
        kpi = list(csv.DictReader(io.StringIO(self.read("out/xiapu-2022/kpi.csv").decode("utf-8-sig"))))
        of = {(row["metric"], row["dimension"], row["item"]): row["estimate"] for row in kpi}
        county, street = (f["properties"] for f in found["features"])
        self.assertEqual(county["heard_15d"], float(of["heard_15d", "all", "all"]))
        self.assertEqual(street["place_heard_15d"], float(of["heard_15d", "township", "350921001"]))
        self.assertEqual(street["name"], EVIL)

    def test_a_county_without_coordinates_and_wrong_ones_are_told(self):
        _, err = self.call("run", "xiapu-2022", "--geojson", "u.geojson", code=2)
        self.assertIn("--geojson：单位表中应有填写 longitude（经度）和 latitude（纬度）的单位", err)
        text = self.read("units.csv").decode().replace("120.005,26.885", "26.885,120.005")
        with open(self.path("units.csv"), "w", encoding="utf-8") as file:
            file.write(text)
        _, err = self.call("check", "xiapu-2022", *self.own[:2], code=2)
        self.assertRegex(err, r"units.csv:2:\d+: “latitude”应在 -90 至 90 之间；实际为 ?120.005")
        self.assertFalse(os.path.exists(self.path("u.geojson")))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
