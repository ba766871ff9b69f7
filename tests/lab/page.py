#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The what-if page as a planner uses it, in Chromium from file://: its figures are the program's, it asks for nothing from outside, and
nothing that is typed, dropped or linked is taken for more than text. usage: page.py PAGE PROGRAM SOURCE"""
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from chromium import Browser  # noqa: E402

page, program, source = map(os.path.abspath, sys.argv[1:4])
wrong = []


def check(right, what):
    if not right:
        wrong.append(what)
        print("wrong:", what)


def sifang(*words):
    done = subprocess.run([program, *words], capture_output=True, text=True, timeout=900, env={**os.environ, "SIFANG_SCENARIOS": source + "/simulations/scenarios"})
    return done.stdout


def done(browser, count, seconds=600):
    browser.wait(f"document.getElementById('count')?.textContent.includes('{count}／{count}') || document.getElementById('count')?.textContent.startsWith('{count} of {count} ')", seconds)
    browser.wait(f"document.documentElement.dataset.replications == '{count}'", seconds)


def put(browser, name, value):
    """Types into a field, or chooses in a list."""
    browser.value(f"(() => {{ const e = document.getElementById({json.dumps(name)}); e.value = {json.dumps(value)}; e.dispatchEvent(new Event('change')); }})()")


def prints(browser):
    return re.findall(r"[0-9a-f]{16}", browser.value("document.getElementById('tables').textContent"))


def choose_file(browser, path):
    root = browser.call("DOM.getDocument")["root"]["nodeId"]
    browser.call("DOM.setFileInputFiles", files=[path], nodeId=browser.call("DOM.querySelector", nodeId=root, selector="#ledger")["nodeId"])


check(os.path.getsize(page) < 4 * 1000 * 1000, f"a page of less than 4 MB: {os.path.getsize(page)}")
with open(page, encoding="utf-8") as file:
    text = file.read()
policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text).group(1)
check(re.fullmatch(r"default-src 'none'; script-src 'sha256-[^']+' 'wasm-unsafe-eval'; style-src 'sha256-[^']+'; worker-src blob:; img-src data:; "
                   r"base-uri 'none'; form-action 'none'", policy), f"the policy of the page: {policy}")
with tempfile.TemporaryDirectory() as folder, Browser() as b:
    os.chdir(folder)
    b.open("file://" + page)
    b.wait("document.documentElement.dataset.firstInterval")
    put(b, "replications", "16")
    done(b, 16)
    out = sifang("compare", "xiapu-2022", "wednesday", "--replications", "16", "--lang", "en", "--out", "one")
    check(prints(b) == re.findall(r"fingerprint ([0-9a-f]{16})", out) and len(prints(b)) == 2, f"the fingerprints of the program: {prints(b)}")
    count = len(re.findall(r" better\n", out))
    check(f"改善 {count} 项" in b.value("document.querySelector('.answer').textContent"), "as many verdicts as the program has")

    # Both languages; the focus stays where it was.
    b.value("document.getElementById('language').focus(), document.getElementById('language').click()")
    check(b.value("document.documentElement.lang + document.activeElement.id") == "enlanguage", "English, with the focus on its button")
    check("What comes out" in b.value("document.body.innerText"), "headings in English")
    b.value("document.getElementById('language').click()")
    half = b.value("document.getElementById('lab').innerText.match(/[\\u3400-\\u9fff][,;:?!][\\u3400-\\u9fff]/g)")
    check(not half, f"Chinese punctuation: {half}")

    # A click on a day; a rule; a number; taking back.
    day = "document.querySelector('[data-focus=\"2022-03-01\"]')"
    check(b.value(day + ".getAttribute('aria-pressed')") == "false", "no session on 1 March")
    b.value(day + ".click()")
    b.wait(day + ".getAttribute('aria-pressed') == 'true'")
    put(b, "session.principal.recur", "FREQ=MONTHLY;BYMONTHDAY=5")
    b.wait("document.querySelector('[data-focus=\"2022-01-05\"]').getAttribute('aria-pressed') == 'true'")
    put(b, "handling.township_handlers", "3")
    done(b, 16)
    put(b, "handling.township_handlers", "-3")
    check(b.value("document.getElementById('handling.township_handlers').value") in ("3", "-3"), "a number out of range")
    check("3人" in b.value("document.querySelector('.changes').innerText"), "what was changed, in words")
    kept = b.value("location.hash")
    before = prints(b)
    b.value("document.querySelector('[data-focus=\"undo-handling.township_handlers\"]').click()")
    done(b, 16)
    b.wait(f"!document.getElementById('tables').textContent.includes('{before[1]}')")

    # The link is the question; the saved policy is the program's.
    b.open("about:blank")
    b.open("file://" + page + kept)
    done(b, 16)
    check(prints(b) == before, "the link gives the same figures")
    b.value("[...document.querySelectorAll('#keep button')].filter((e) => e.textContent.includes('.toml'))[1].click()")
    with open("saved.toml", "wb") as file:
        file.write(b.downloaded("B.toml"))
    check(before[1] in sifang("run", "saved.toml", "--replications", "16", "--lang", "en", "--out", "two"), "the saved policy gives the page's figures")

    # Rosters.
    for ending in (".ics", ".xlsx", ".csv"):
        b.value(f"[...document.querySelectorAll('#keep button')].filter((e) => e.textContent.includes('{ending}'))[1].click()")
    csv = b.downloaded("xiapu-2022-B-roster.csv").decode("utf-8-sig").replace("\r\n", "\n")
    check(csv == sifang("roster", "saved.toml", "--format", "csv", "--lang", "zh").lstrip("\ufeff"), "the roster is the program's")
    rows = csv.strip().count("\n")
    ics = b.downloaded("xiapu-2022-B-roster.ics").decode()
    check(ics.count("BEGIN:VEVENT") == rows > 0 and ics.endswith("END:VCALENDAR\r\n"), "an event for each session")
    check(all(len(line.encode()) <= 75 for line in ics.split("\r\n")) and "\n" not in ics.replace("\r\n", ""), "lines as RFC 5545 has them")
    uids = re.findall(r"\r\nUID:(.*?)\r\n", ics.replace("\r\n ", ""))
    check(len(set(uids)) == rows, "events with names of their own")
    book = zipfile.ZipFile(io.BytesIO(b.downloaded("xiapu-2022-B-roster.xlsx")))
    check(book.testzip() is None, "a sound archive")
    sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    check(len(sheet.findall(".//{*}row")) == rows + 1 and all(ElementTree.fromstring(book.read(n)) is not None for n in book.namelist()), "a row for each session")

    # A ledger: as text, as a workbook, and one that cannot be read.
    choose_file(b, source + "/simulations/scenarios/data/example-cases.csv")
    b.wait("!!document.querySelector('.ledger')")
    done(b, 16)
    with_ledger = prints(b)
    out = sifang("run", "xiapu-2022", "--cases", source + "/simulations/scenarios/data/example-cases.csv", "--replications", "16", "--lang", "en", "--out", "three")
    check(with_ledger[0] in out, "the cases of a ledger")
    with open(source + "/simulations/scenarios/data/example-cases.csv", encoding="utf-8") as file:
        lines = [line.rstrip("\n").split(",") for line in file]
    cell = lambda t: f'<c t="inlineStr"><is><t>{t}</t></is></c>' if t else "<c/>"  # noqa: E731
    with zipfile.ZipFile("ledger.xlsx", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="x"/></sheets></workbook>')
        made.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" Target="worksheets/sheet1.xml"/></Relationships>')
        made.writestr("xl/worksheets/sheet1.xml", '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + "".join("<row>" + "".join(map(cell, line)) + "</row>" for line in lines) + "</sheetData></worksheet>")
    b.value("document.documentElement.dataset.replications = ''")
    choose_file(b, folder + "/ledger.xlsx")
    done(b, 16)
    check(prints(b) == with_ledger, "the same ledger as a workbook")
    with open("bad.csv", "w", encoding="utf-8") as file:
        file.write('a,b\n<img src=x onerror="document.title=1">,2\n')
    choose_file(b, folder + "/bad.csv")
    b.wait("!!document.querySelector('#policies .fault')")
    check(b.value("document.querySelectorAll('img').length") == 0, "what stands in a file is text")
    b.value("[...document.querySelectorAll('#drop button')].at(-1)?.click()")
    b.wait("!document.querySelector('#policies .fault')")

    # Texts of a hostile link are texts; a link that is none of ours is passed over.
    done(b, 16)
    put(b, "title", '<img src=x onerror=alert(1)>"\'&\u202e\U0001F600')
    done(b, 16)
    check(b.value("document.querySelectorAll('img').length") == 0 and b.value("document.querySelector('#results table').innerText.includes('<img')"), "a title is text")
    for bad in ("#%%%", "#e30", "#WyJhIl0", "#" + "A" * 100000):
        b.open("about:blank")
        b.open("file://" + page + bad)
        b.wait("document.documentElement.dataset.firstInterval")
        check(b.value("document.getElementById('scenario').value") == "xiapu-2022", f"a link that is none of ours: {bad[:20]}")

    # Stopping, and a phone.
    put(b, "replications", "5000")
    b.wait("document.getElementById('run').textContent == '停止'")
    b.wait("Number(document.documentElement.dataset.replications) >= 16")
    b.value("document.getElementById('run').click()")
    check(b.value("document.getElementById('run').textContent") == "重新推演", "it stops when told")
    for width, height in ((1440, 900), (1280, 800), (390, 844)):
        b.resize(width, height, width < 500)
        check(b.value("document.documentElement.scrollWidth") <= width, f"nothing is cut at {width}")
    b.value("document.getElementById('tour').click()")
    for _ in range(4):
        b.value("document.querySelector('dialog.tour button.main').click()")
    b.wait("document.querySelectorAll('dialog, .lit').length == 0")
    check(b.said == [], f"no error, and nothing asked of a network: {b.said}")
sys.exit(1 if wrong else 0)
