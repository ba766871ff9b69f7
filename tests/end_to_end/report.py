#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Opens reports in headless Chromium as people use them: both languages, sorted, filtered, downloaded, printed, on a phone, with strange names.

Usage: report.py PROGRAM SOURCE_DIR. report.mjs moves the browser; here stand the files it works on, and what it has left.
"""
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

import browser

program, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
node = shutil.which("node") or shutil.which("nodejs")
# The page's packages lie where it was bundled, beside the program.
modules = os.path.join(os.path.dirname(program), "report", "bundle", "node_modules")
if node is None or not os.path.isdir(os.path.join(modules, "playwright-core")):
    print("skipped: no Node.js, or not the packages that the report is tested with")
    sys.exit(77)


def check_sealed(page):
    """Nothing outside is referred to, and the policy allows the page's own script and style alone."""
    text = open(page, encoding="utf-8").read()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-") and "unsafe-eval" not in policy and "http" not in policy, policy
    without_data = re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.S)
    assert not re.search(r'<(?:script|img|iframe)[^>]+src=|<link[^>]+href="(?!data:)|@import|url\(\s*["\']?http', without_data), "the page refers to something outside"


def make_strange(folder, into):
    """The same comparison with names of every kind."""
    with open(os.path.join(folder, "results.json"), encoding="utf-8") as file:
        results = json.load(file)
    results["county"] = "<img src=x onerror=alert(1)>"
    results["policies"][1]["title_zh"] = "=cmd|'/c calc'!A0"
    results["policies"][2]["title_zh"] = "\u202eright to left\u202c 😀🀄 quotes \" ' `"
    results["policies"][1]["changes"][0]["zh"] = "<b>bold</b> & {x} {p} $& %d"
    heard = next(metric["en"] for metric in results["metrics"] if metric["id"] == "heard_15d")
    results["warnings"] = [{"en": "W", "zh": "<script>alert(2)</script>"}, {"en": f"wednesday: '{heard}' is of 7 a year", "zh": "统计对象不同,每年统计 7"}]
    for part in ("unknowns", "costs", "chances", "command"):  # as older results lack them
        del results[part]
    os.mkdir(into)
    with open(os.path.join(into, "results.json"), "w", encoding="utf-8") as file:
        json.dump(results, file)
    subprocess.run([program, "report", into], check=True, stdout=subprocess.DEVNULL)


def check_csv(path, rows):
    raw = open(path, "rb").read()
    assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw, "Excel would take it for another encoding"
    table = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(table) == rows + 1 and all(len(row) == len(table[0]) for row in table), len(table)
    column = table[0].index("Every Wednesday instead of the 15th")
    assert table[0][column + 1:column + 3] == ["lower bound", "upper bound"], table[0]
    heard = next(row for row in table if "within 15 days" in row[1])
    low, high = float(heard[column + 1]), float(heard[column + 2])
    assert 0.5 < low < float(heard[column]) < high < 1, heard
    return table


def check_xlsx(path, table):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
        space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        rows = sheet.findall(".//m:row", space)
        assert len(rows) == len(table), (len(rows), len(table))
        assert not sheet.findall(".//m:f", space), "a formula"
        texts = [cell.findtext(".//m:t", namespaces=space) for cell in rows[0].findall("m:c", space)]
        assert texts == table[0], texts
        numbers = [float(cell.findtext("m:v", namespaces=space)) for cell in rows[1].findall("m:c", space) if cell.get("t") is None]
        assert numbers == [float(field) for field in table[1] if re.fullmatch(r"-?[0-9.]+(e-?[0-9]+)?", field)], numbers


def pages(path):
    return len(re.findall(rb"/Type\s*/Page[^s]", open(path, "rb").read()))


with tempfile.TemporaryDirectory() as folder:
    def made(*arguments):
        subprocess.run([program, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    compared, alone, strange = (os.path.join(folder, name) for name in ("compared", "alone", "strange"))
    made("compare", "xiapu-2022", "wednesday", "second-hall", "--replications", "16", "--unknowns", "20", "--inner", "2", "--quiet", "--out", compared)
    made("run", "xiapu-2022", "--replications", "16", "--quiet", "--out", alone)
    make_strange(compared, strange)
    with open(os.path.join(compared, "results.json"), encoding="utf-8") as file:
        assert json.load(file)["command"] == ["compare", "xiapu-2022", "wednesday", "second-hall", "--replications", "16", "--unknowns", "20", "--inner", "2"]
    reports = [os.path.join(each, "report.html") for each in (compared, alone, strange)]
    for report in reports:
        check_sealed(report)
    done = subprocess.run([node, os.path.join(source, "tests", "end_to_end", "report.mjs"), modules, browser.PROGRAM, folder, *reports],
                          capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    table = check_csv(found["downloads"][0], found["rows"])
    check_xlsx(found["downloads"][1], table)
    hostile = open(os.path.join(folder, "strange.csv"), encoding="utf-8-sig").read()
    assert "'=cmd|" in hostile and ",=cmd|" not in hostile, "a formula in a file for Excel"
    short, long = pages(os.path.join(folder, "report.pdf")), pages(os.path.join(folder, "appendix.pdf"))
    assert 2 <= short <= 8 < long, (short, long)
print(f"the report opens in both languages without a word on the console, {found['axe']} views without a complaint of axe; {short} pages on paper, {long} with the appendix")
