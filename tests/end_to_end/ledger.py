#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Ledgers as a bureau gives them to the program. Usage: ledger.py PROGRAM SOURCE_FOLDER"""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
LEDGERS = os.path.join(SOURCE, "tests", "io", "ledgers")
SHORT = ["--set", "scenario.warm_up=0", "--replications", "1"]
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(rows, head='', sheets='<sheet name="台账" sheetId="1" r:id="rId1"/>', part=None):
    """The parts of a workbook of inline strings. head: what stands before the rows; part: another text for the sheet."""
    def letters(c):
        return chr(ord("A") + c)
    data = head + "".join(
        f'<row r="{r}">' + "".join(f'<c r="{letters(c)}{r}" t="inlineStr"><is><t>{text}</t></is></c>' for c, text in enumerate(row) if text) + "</row>"
        for r, row in enumerate(rows, 1))
    relation = f'<Relationship Id="%s" Type="{OFFICE}/%s" Target="%s"/>'
    package = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
    return {"_rels/.rels": package % (relation % ("rId1", "officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": package % (relation % ("rId1", "worksheet", "worksheets/sheet1.xml")),
            "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
            "xl/worksheets/sheet1.xml": part or f"<worksheet {MAIN}><sheetData>{data}</sheetData></worksheet>"}


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, text):
        with open(self.path(name), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return self.path(name)

    def zipped(self, name, parts):
        with zipfile.ZipFile(self.path(name), "w", zipfile.ZIP_DEFLATED) as file:
            for part, text in parts.items():
                file.writestr(part, text)
        return self.path(name)

    def call(self, *arguments, code=0, stdin=None, lang="en"):
        done = subprocess.run([PROGRAM, "--lang", lang, *arguments], capture_output=True, cwd=self.folder.name, timeout=300, input=stdin)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, out + err)
        self.assertNotIn("\n\n\n", err)
        return out, err

    def fingerprint(self, *arguments, stdin=None):
        out, _ = self.call("run", "xiapu-2022", *SHORT, "--force", "--out", self.path("out"), *arguments, stdin=stdin)
        return json.load(open(self.path("out/manifest.json"), encoding="utf-8"))["policies"][0]["fingerprint"], out

    def has_office(self):
        return "libzip" not in self.call("ledger", self.zipped("probe.xlsx", workbook([["a"]])), "xiapu-2022", code=2)[1]

    def rows(self):
        text = open(os.path.join(LEDGERS, "ledger-zh.gb18030.csv"), encoding="gb18030").read()
        return list(csv.reader(text.splitlines()))


class Reading(Case):
    def test_what_excel_saves_is_the_documented_file(self):
        documented, out = self.fingerprint("--cases", os.path.join(LEDGERS, "on-the-limit.csv"))
        self.assertIn("Recorded cases: 60/60 rows", out)
        self.assertNotIn("columns read as", out)
        excel, _ = self.fingerprint("--cases", os.path.join(LEDGERS, "as-excel-saves.csv"))
        self.assertEqual(documented, excel)

    def test_a_bureaus_ledger_is_the_same_in_every_encoding_on_standard_input_and_as_a_spreadsheet(self):
        name = os.path.join(LEDGERS, "ledger-zh.gb18030.csv")
        first, out = self.fingerprint("--cases", name)
        self.assertIn("登记时间 = date", out)
        text = open(name, "rb").read().decode("gb18030")
        given = {"utf-8.csv": text.encode(), "mark.csv": text.encode("utf-8-sig"), "utf-16.csv": text.encode("utf-16"), "tab.csv": text.replace(",", "\t").encode(),
                 "cr.csv": text.replace("\r\n", "\n").replace("\n", "\r").encode()}
        for file, data in given.items():
            with self.subTest(file):
                self.assertEqual(self.fingerprint("--cases", self.write(file, data))[0], first)
        self.assertEqual(self.fingerprint("--cases", "-", stdin=text.encode("gb18030"))[0], first)
        if self.has_office():
            sheet = self.zipped("l.xlsx", workbook([["霞浦县信访台账,2022"], *self.rows()]))
            self.assertEqual(self.fingerprint("--cases", sheet)[0], first)
            self.assertEqual(self.fingerprint("--cases", sheet + "#台账")[0], first)
            with open(sheet, "rb") as file:
                self.assertEqual(self.fingerprint("--cases", "-", stdin=file.read())[0], first)

    def test_three_ledgers_are_the_same_in_every_encoding_and_as_spreadsheets(self):
        places, kinds = ("三沙镇", "溪南镇", "盐田畲族乡"), ("土地", "劳动社保", "城乡建设")
        own = [["编号", "登记时间", "问题属地", "问题类别", "信访形式", "人数"]] + [
            [str(i), f"2022/{1 + i % 12}/{1 + i % 28}", places[i % 3], kinds[i % 3], ("来访", "来信")[i % 2], str(1 + i % 4)] for i in range(1, 31)]
        limit = list(csv.reader(open(os.path.join(LEDGERS, "on-the-limit.csv"), encoding="utf-8-sig").read().splitlines()))
        office = self.has_office()
        for name, rows in {"bureau": self.rows(), "documented": limit, "own": own}.items():
            text = "".join(",".join(row) + "\r\n" for row in rows)
            self.assertNotIn('"', text)
            forms = [self.write(f"{name}-{form}.csv", text.encode(form)) for form in ("utf-8", "utf-8-sig", "utf-16", "gb18030")]
            if office:
                forms.append(self.zipped(f"{name}.xlsx", workbook(rows)))
            found = {os.path.basename(form): self.fingerprint("--cases", form)[0] for form in forms}
            with self.subTest(name):
                self.assertEqual(len(set(found.values())), 1, found)

    def test_the_proposal_is_shown_and_kept_and_can_be_edited(self):
        ledger = self.write("l.csv", "编号,登记时间,问题属地,类,信访形式,人数\n1,2022/3/1,三沙真,甲类,来访,1\n2,2022/3/1,三沙镇,甲类,来访,1\n")
        _, err = self.call("ledger", ledger, "xiapu-2022", code=2)
        self.assertIn("问题类别 (category)", err)
        map_file = self.write("m.toml", 'format = 1\n[columns]\nid = "编号"\ndate = "登记时间"\nplace = "问题属地"\ncategory = "类"\nchannel = "信访形式"\ngroup_size = "人数"\n[category]\n"甲类" = "land"\n')
        out, err = self.call("ledger", ledger, "xiapu-2022", "--map", map_file, "--out", "ledger.map.toml", "--rejected", "rejected.csv", code=1)
        self.assertIn("2 rows, 1 can be used", out)
        self.assertIn("l.csv:2:12: expected a place of the county, by code or name; '三沙真' is none; did you mean '三沙镇'?", err)
        self.assertEqual(open(self.path("rejected.csv"), encoding="utf-8-sig").read().splitlines(), ["row,column,reason", '2,问题属地,"expected a place of the county, by code or name"'])
        written = open(self.path("ledger.map.toml"), encoding="utf-8").read()
        self.assertIn('# "三沙真" = ""', written)
        self.call("ledger", ledger, "xiapu-2022", "--map", map_file, "--out", "ledger.map.toml", code=2)  # it is there already
        edited = self.write("ledger.map.toml", re.sub('# ("三沙真") = "".*', r'\1 = "三沙镇"', written))
        out, _ = self.call("ledger", ledger, "xiapu-2022", "--map", edited)
        self.assertIn("2 rows, 2 can be used", out)
        out, _ = self.call("run", "xiapu-2022", *SHORT, "--cases", ledger, "--map", edited, "--out", self.path("out"))
        manifest = json.load(open(self.path("out/manifest.json"), encoding="utf-8"))
        self.assertEqual(manifest["map"], edited)
        out, _ = self.call("ledger", ledger, "xiapu-2022", "--map", edited, lang="zh")
        self.assertIn("2 行，其中 2 行可以使用", out)

    def test_the_ledger_that_the_program_writes_is_read_back(self):
        self.call("run", "xiapu-2022", *SHORT, "--cases-out", "own.csv", "--out", self.path("out"), "--quiet")
        rows = len(open(self.path("own.csv"), encoding="utf-8").read().splitlines()) - 1
        out, err = self.call("ledger", "own.csv", "xiapu-2022")
        self.assertIn(f"{rows} rows, {rows} can be used", out)
        self.assertNotIn("numbers look like somebody's", err)

    def test_rows_that_cannot_be_used_are_left_out_only_when_told(self):
        ledger = self.write("l.csv", "id,date,place,category,channel,group_size\n1,2022-03-01,350921001,land,visit,1\n2,2022-13-01,350921001,land,visit,1\n")
        _, err = self.call("run", "xiapu-2022", *SHORT, "--cases", ledger, "--out", self.path("out"), code=2)
        self.assertEqual(err.splitlines(), [f"{ledger}: 1 of 2 rows cannot be used (--skip-bad uses the others)",
                                            f"{ledger}:3:3: 'date' expected a date YYYY-MM-DD of the calendar; found '2022-13-01'"])
        self.assertFalse(os.path.exists(self.path("out")))
        out, err = self.call("run", "xiapu-2022", *SHORT, "--cases", ledger, "--skip-bad", "--out", self.path("out"))
        self.assertIn("1/2 rows", out)
        self.assertIn("1 rows cannot be used", err)
        self.assertEqual(json.load(open(self.path("out/manifest.json"), encoding="utf-8"))["cases_left_out"], 1)
        self.assertEqual(open(self.path("out/rejected.csv"), encoding="utf-8-sig").read().splitlines(), ["row,column,reason", "3,date,expected a date"])
        self.call("run", "xiapu-2022", *SHORT, "--cases", ledger, "--skip-bad", "--out", self.path("out"), "--force")  # rejected.csv is of the results


class Forecast(Case):
    def test_open_cases_of_a_year_are_listed_with_what_they_rest_on(self):
        self.call("run", "xiapu-2022", *SHORT, "--cases-out", "own.csv", "--out", self.path("out"), "--quiet")
        out, err = self.call("forecast", "own.csv", "xiapu-2022", "--on", "2022-09-05", "--out", "cases.csv", "--units-out", "units.csv", "--past")
        self.assertEqual(err, "")
        said = int(re.search(r"^Open: (\d+);", out, re.M).group(1))
        data = open(self.path("cases.csv"), "rb").read()
        self.assertTrue(data.startswith(b"\xef\xbb\xbfcase,"))
        rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
        self.assertEqual(len(rows), said)
        self.assertGreater(said, 50)
        for row in rows:
            late = row["probability of being late"]
            if late:
                self.assertLessEqual(float(row["lower bound"]), float(late))
                self.assertLessEqual(float(late), float(row["upper bound"]))
            if row["probability with one more handler"]:
                self.assertLessEqual(float(row["probability with one more handler"]), float(late))
            if int(row["days left"]) < 0:
                self.assertEqual(late, "1")
        given = [float(r["probability of being late"]) for r in rows if r["probability of being late"]]
        self.assertEqual(given, sorted(given, reverse=True))
        units = list(csv.DictReader(open(self.path("units.csv"), encoding="utf-8-sig")))
        self.assertEqual(sum(int(u["open"]) for u in units), said)
        not_late = sum(float(r["probability of being late"] or 0) for r in rows if int(r["days left"]) >= 0)
        self.assertAlmostEqual(sum(float(u["to come late"]) for u in units), not_late, places=1)
        self.assertIn("Brier score", out)
        self.assertIn("One more session: a ledger does not say who waits to be heard", out)
        self.call("forecast", "own.csv", "xiapu-2022", "--on", "2022-09-05", "--out", "cases.csv", code=2)  # it is there already
        self.assertEqual(open(self.path("cases.csv"), "rb").read(), data)
        out, _ = self.call("forecast", "own.csv", "xiapu-2022", "--on", "2022-09-05", lang="zh")
        self.assertIn("最可能逾期", out)

    def test_days_that_a_ledger_is_not_of_and_rows_that_cannot_be_used(self):
        header = "id,date,place,category,channel,group_size,acceptance_days,handling_days\n"
        ledger = self.write("l.csv", header + "1,2019-03-01,350921001,land,visit,1,3,20\n2,2019-03-20,350921001,land,visit,1,,\n")
        _, err = self.call("forecast", ledger, "xiapu-2022", "--on", "2019-02-28", code=2)
        self.assertEqual(err, "'--on' expected within 2019-03-01 to 2019-04-24; found 2019-02-28\n")
        _, err = self.call("forecast", ledger, "xiapu-2022", "--on", "2019-04-25", code=2)
        self.assertIn("2019-04-25", err)
        out, _ = self.call("forecast", ledger, "xiapu-2022", "--on", "2019-03-21")  # years before the scenario's
        self.assertIn("without a probability: 2 (too few cases in the ledger lasted as long)", out)
        out, _ = self.call("forecast", self.write("done.csv", header + "1,2019-03-01,350921001,land,visit,1,3,20\n"), "xiapu-2022", "--on", "2019-03-30")
        self.assertIn("No case is open on that day.", out)
        none = self.write("none.csv", header + "1,2019-03-01,350921001,land,visit,1,,\n")
        self.assertIn("there is no history to judge by", self.call("forecast", none, "xiapu-2022", "--on", "2019-03-05")[0])
        bad = self.write("bad.csv", header + "1,2019-03-01,350921001,land,visit,1,,\n2,2019-13-01,350921001,land,visit,1,,\n")
        _, err = self.call("forecast", bad, "xiapu-2022", "--on", "2019-03-05", "--out", "x.csv", code=2)
        self.assertIn("1 of 2 rows cannot be used", err)
        self.assertFalse(os.path.exists(self.path("x.csv")))
        self.call("forecast", bad, "xiapu-2022", "--on", "2019-03-05", "--out", "x.csv", "--skip-bad")


class Privacy(Case):
    # Made up.
    SECRETS = ["张建国", "13800138000", "352225197001011234", "欧阳小明", "zhangxiaoming"]

    def test_nobody_of_a_ledger_is_in_any_output(self):
        header = "编号,登记时间,问题属地,问题类别,信访形式,人数,包案领导,信访人,电话,反映内容\n"
        good = "1,2022/3/1,三沙镇,土地,来访,1,县委书记,张建国,13800138000,张建国352225197001011234\n"
        bad = "".join(f"{s},{s},{s},{s},{s},{s},{s},{s},{s},{s}\n" for s in self.SECRETS)
        ledger = self.write("l.csv", header + good + bad)
        told = []
        for lang in ("en", "zh"):
            told += self.call("ledger", ledger, "xiapu-2022", "--out", "m.toml", "--rejected", "r.csv", "--force", code=1, lang=lang)
            told += self.call("run", "xiapu-2022", *SHORT, "--cases", ledger, "--out", self.path("none"), code=2, lang=lang)
        told += self.call("run", "xiapu-2022", *SHORT, "--cases", ledger, "--skip-bad", "--cases-out", self.path("c.csv"), "--events-out", self.path("e.csv"), "--out", self.path("out"))
        told += self.call("forecast", ledger, "xiapu-2022", "--on", "2022-03-05", "--skip-bad", "--out", self.path("f.csv"), "--units-out", self.path("u.csv"))
        told += self.call("forecast", ledger, "xiapu-2022", "--on", "2022-03-05", code=2)
        told += self.call("anonymise", ledger, "--out", self.path("shared.csv"))
        told += self.call("anonymise", ledger, "xiapu-2022", "--out", self.path("coded.csv"))
        for folder, _, files in os.walk(self.folder.name):
            told += [open(os.path.join(folder, f), encoding="utf-8").read() for f in files if f != "l.csv"]
        for text in told:
            for secret in self.SECRETS:
                self.assertNotIn(secret, text)

    def test_a_copy_that_is_shared_is_replayed(self):
        ledger = os.path.join(LEDGERS, "ledger-zh.gb18030.csv")
        key = self.write("key", "0123456789abcdef")
        out, _ = self.call("anonymise", ledger, "xiapu-2022", "--key", key, "--out", "shared.csv")
        self.assertIn("Rows: 60", out)
        out, err = self.call("ledger", "shared.csv", "xiapu-2022")
        self.assertIn("60 rows, 60 can be used", out)
        self.call("anonymise", ledger, "xiapu-2022", "--key", key, "--out", "again.csv")
        self.assertEqual(open(self.path("shared.csv"), "rb").read(), open(self.path("again.csv"), "rb").read())
        self.call("anonymise", ledger, "--key", self.write("short", "abc"), "--out", "x.csv", code=2)
        self.call("anonymise", ledger, "--out", "shared.csv", code=2)  # it is there
        self.call("anonymise", ledger, code=2)  # no file to write


class Damaged(Case):
    def one_line(self, path, *also):
        """A file that cannot be read at all is one line, in both languages, and nothing else."""
        for lang in ("en", "zh"):
            out, err = self.call("ledger", path, "xiapu-2022", *also, code=2, lang=lang)
            self.assertEqual(out, "")
            self.assertEqual(len(err.splitlines()), 1, err)
        return err

    def test_broken_tables(self):
        text = open(os.path.join(LEDGERS, "on-the-limit.csv"), "rb").read()
        zh = open(os.path.join(LEDGERS, "ledger-zh.gb18030.csv"), "rb").read()
        for name, data in {"empty.csv": b"", "blank.csv": b" \r\n\r\n", "nul.csv": text.replace(b"land", b"la\0nd"), "half.csv": zh[:1001], "utf16-odd.csv": "编号,日期".encode("utf-16")[:-1],
                           "bytes.csv": bytes(range(128, 256)) * 20, "old.xls": b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(500), "header.csv": text.splitlines()[0] + b"\r\n",
                           "quote.csv": text.replace(b"labour", b'"labour', 1), "other.csv": b"a,b,c\n1,2,3\n", "twice.csv": b"id,date,date,place,category,channel,group_size\n1,2,3,4,5,6,7\n"}.items():
            with self.subTest(name):
                done = subprocess.run([PROGRAM, "--lang", "en", "ledger", self.write(name, data), "xiapu-2022"], capture_output=True, timeout=60)
                self.assertEqual(done.returncode, 2, done)
                self.assertGreaterEqual(len(done.stderr.splitlines()), 1)
                self.assertLessEqual(len(done.stderr.splitlines()), 8)
                self.assertEqual(done.stdout, b"")
        self.assertIn("No such file", self.call("ledger", "none.csv", "xiapu-2022", code=2)[1])
        self.call("ledger", os.path.join(LEDGERS, "on-the-limit.csv"), code=2)  # no scenario

    def test_a_flood_of_bad_rows_is_a_few_lines(self):
        rows = "id,date,place,category,channel,group_size\n" + "".join(f"{i},x,y,z,w,v\n" for i in range(20000))
        _, err = self.call("run", "xiapu-2022", "--cases", self.write("l.csv", rows), "--out", self.path("out"), code=2)
        self.assertLessEqual(len(err.splitlines()), 27)
        self.assertIn("20000 of 20000 rows", err)

    def test_a_row_of_a_hundred_thousand_columns(self):
        err = self.one_line(self.write("wide.csv", "id" + ",x" * 100000 + "\n"))
        self.assertLess(len(err), 2000)

    def test_broken_spreadsheets(self):
        good = workbook([["id", "date"], ["1", "2022-03-01"]])
        whole = open(self.zipped("good.xlsx", good), "rb").read()
        if not self.has_office():
            self.assertIn("libzip", self.one_line(self.path("good.xlsx")))
            self.skipTest("built without libzip and pugixml")
        sheet = "xl/worksheets/sheet1.xml"
        entities = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "' + "&b;" * 10 + '">]>'
        broken = {
            "cut": whole[:len(whole) // 2], "head": whole[:30], "no-workbook": {"a.txt": "a"}, "no-sheet": {k: v for k, v in good.items() if k != sheet},
            "bomb": dict(good, **{sheet: " " * (300 << 20)}), "strings-bomb": dict(good, **{"xl/workbook.xml": "x" * (8 << 20)}),
            "entities": workbook([], part=entities + "<worksheet><sheetData><row><c><v>&c;</v></c></row></sheetData></worksheet>"),
            "traversal": dict(good, **{"xl/_rels/workbook.xml.rels": good["xl/_rels/workbook.xml.rels"].replace("worksheets/", "../../../../")}),
            "columns": workbook([], part="<worksheet><sheetData><row r=\"1\"><c r=\"AAAAA1\"><v>1</v></c></row></sheetData></worksheet>"),
            "million-columns": workbook([], part="<worksheet><sheetData><row r=\"1\">" + "<c><v>1</v></c>" * 200000 + "</row></sheetData></worksheet>"),
            "rows": workbook([], part="<worksheet><sheetData><row r=\"9999999\"/></sheetData></worksheet>"),
            "hidden": workbook([["id"]], sheets='<sheet name="a" sheetId="1" state="hidden" r:id="rId1"/>'),
            "unclosed": workbook([], part="<worksheet><sheetData><row><c>"), "no-xml": workbook([], part="text"), "empty": workbook([]),
            "deep": workbook([], part="<worksheet><sheetData><row>" + "<c>" * 300000 + "</row></sheetData></worksheet>")}
        for name, parts in broken.items():
            with self.subTest(name):
                path = self.write(name + ".xlsx", parts) if isinstance(parts, bytes) else self.zipped(name + ".xlsx", parts)
                self.one_line(path)
        self.assertIn("Sheet9", self.call("ledger", self.path("good.xlsx") + "#Sheet9", "xiapu-2022", code=2)[1])
        for at in range(60, len(whole), 41):  # bytes turned over
            data = bytearray(whole)
            data[at] ^= 0xFF
            done = subprocess.run([PROGRAM, "ledger", self.write("turned.xlsx", bytes(data)), "xiapu-2022"], capture_output=True, timeout=60)
            self.assertEqual(done.returncode, 2, done)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1, warnings="ignore")
