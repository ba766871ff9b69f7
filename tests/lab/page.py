#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The what-if page as a planner uses it, in Chromium from file://: its figures are the program's, it asks for nothing from outside, and
nothing that is typed, dropped or linked is taken for more than text. usage: page.py PAGE PROGRAM SOURCE"""
import base64
import csv as csv_module
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


def choose_file(browser, *paths, of="#ledger"):
    root = browser.call("DOM.getDocument")["root"]["nodeId"]
    browser.call("DOM.setFileInputFiles", files=list(paths), nodeId=browser.call("DOM.querySelector", nodeId=root, selector=of)["nodeId"])


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

    # What people ask, in sentences, with the price of the program; one page for the leaders; where it fails first.
    b.wait("!!document.querySelector('#brief-page')")
    said = b.value("document.querySelector('.spoken').innerText")
    cost = [round(float(x.replace(" ", "")), -2) for x in re.findall(r"\nwednesday +[\d ]+\[[^]]*\] +([+-][\d ]+) \[", out)]
    check(cost and f"总成本每年 +{cost[0]:,.0f} 元" in said, f"the price, {cost}: {said}")
    check("群众多久见到领导" in said and re.search(r"由 [\d.]+天 变为 [\d.]+天（−[\d.]+天，改善）", said), f"how long people wait: {said}")
    b.wait("document.querySelector('.spoken').innerText.includes('抽取 30 次')")
    said = b.value("document.querySelector('.spoken').innerText")
    with open("one/results.json", encoding="utf-8") as file:
        waits = next(f for f in json.load(file)["unknowns"]["figures"] if f["metric"] == "heard_days")
    ends = " ～ ".join(f"{x:+.2f}".replace("-", "−") for x in waits["range"][1:3])
    check(f"之差九成在 {ends} 天之间，其中 {round(waits['holds'][0] * 30)} 次“改善”成立" in said, f"what nobody has measured, {ends}: {said}")
    shown = b.value("document.getElementById('results').querySelector('table[data-table=\"headline\"]').innerText")
    check(not re.search(r"[+−-]0\.0+(?![\d.])|-\d", shown), "what rounds to nothing has no sign, and a minus is one")
    b.value("document.getElementById('brief-page').open = true, document.querySelector('#brief-page button').click()")
    book = zipfile.ZipFile(io.BytesIO(b.downloaded("领导简报.docx")))
    brief = "".join(ElementTree.fromstring(book.read("word/document.xml")).itertext())
    check(book.testzip() is None and all(x in brief for x in ("一、结论", "二、依据", "三、代价", "四、不确定性", "每周三接访")) and "--" not in brief, f"the page for the leaders: {brief[:300]}")
    check(b.value("document.querySelectorAll('#weakest tbody tr').length") == 8, "units by what is late")

    # A ready policy for each side; what cannot be told apart by a county is no county; responsibility by words.
    check(b.value("[...document.getElementById('scenario').options].map((o) => o.value).join()") == "xiapu-2022", "counties alone")
    b.value("document.querySelector('[data-focus=\"policy-0\"]').click()")
    put(b, "base", "postponed-15th")
    b.value("document.querySelector('[data-focus=\"policy-1\"]').click()")
    put(b, "base", "postponed-15th-split")
    done(b, 16)
    out = sifang("compare", "postponed-15th", "postponed-15th-split", "--replications", "16", "--lang", "en", "--out", "ready")
    check(prints(b) == re.findall(r"fingerprint ([0-9a-f]{16})", out), "two ready policies")
    check("分开：周一的接访顺延至下一个工作日" in b.value("document.querySelector('.changes').innerText"), "what a ready policy brings, in words")
    b.value("document.querySelector('[data-focus=\"policy-0\"]').click()")
    put(b, "base", "")
    b.value("document.querySelector('[data-focus=\"policy-1\"]').click()")
    put(b, "base", "")
    put(b, "ownership.rule", "by_territory")
    done(b, 16)
    out = sifang("compare", "xiapu-2022", "--set", "ownership.rule=by_territory", "--replications", "16", "--lang", "en", "--out", "owner")
    check(prints(b) == re.findall(r"fingerprint ([0-9a-f]{16})", out), "who owns a case, chosen by words")
    b.value("document.getElementById('door-one').click()")
    b.wait("document.querySelectorAll('.changes li').length > 5")
    b.value("document.getElementById('undo-all').click()")
    b.wait("document.querySelector('.changes').innerText.includes('无调整')")
    b.value("document.getElementById('door-one').click()")
    done(b, 16)
    out = sifang("compare", "xiapu-2022", "xiapu-without-reception", "--replications", "16", "--lang", "en", "--out", "door")
    check(prints(b) == re.findall(r"fingerprint ([0-9a-f]{16})", out), "door one, all at once")
    b.wait("!!document.querySelector('#brief-page')")
    said = b.value("document.querySelector('.spoken').innerText + (document.getElementById('warnings')?.textContent ?? '') + document.getElementById('onepage').textContent")
    check(not re.search(r"\b[a-z_]+\.[a-z_]+|--[a-z]|\b[AB]：|\[[IKC]\]", re.sub(r"sifang [\d.]+", "", said)), f"no key, option or letter in what people read: {said[:400]}")
    check("开门接访" in said or "是否举行：否" in said, "the page for the leaders says what is changed")
    b.value("document.getElementById('undo-all').click()")
    # Single posts in place of a rank, by a part of the title.
    b.value("document.querySelector('[data-focus=\"kind-principal\"]').click()")
    put(b, "session.principal.posts", "县长")
    b.wait("document.querySelector('.named button')?.textContent.startsWith('县长')")
    check(b.value("document.querySelector('fieldset.roles input[type=checkbox]').disabled") and "仅指定人员接访：县长" in b.value("document.querySelector('.changes').innerText"), "one post sits")
    done(b, 16)
    out = sifang("compare", "xiapu-2022", "--set", 'session.principal.receivers=0 && session.principal.posts=["county-head"]', "--replications", "16", "--lang", "en", "--out", "head", "--unknowns", "0")
    check(prints(b) == re.findall(r"fingerprint ([0-9a-f]{16})", out), "one post, as the program plays it")
    put(b, "session.principal.posts", "没有这个职务")
    check(b.value("document.getElementById('session.principal.posts').value") == "", "a title that nobody has")
    b.value("document.querySelector('.named button').click()")
    b.wait("!document.querySelector('.named button')")
    b.value("document.getElementById('undo-all')?.click()")
    # Any other parameter, by Chinese words; what is out of its range is refused there.
    b.value("document.getElementById('further').open = true, document.getElementById('further-key').value = '接谈时间', document.getElementById('further-key').dispatchEvent(new Event('input'))")
    check(b.value("!!document.getElementById('further-reception.interview_minutes')"), "a parameter found by what it means")
    put(b, "further-reception.interview_minutes", "999999")
    check("999999" not in b.value("document.querySelector('.changes').innerText"), "out of its range")
    put(b, "further-reception.interview_minutes", "30")
    b.wait("document.querySelector('.changes').innerText.includes('30分钟')")
    b.value("document.querySelector('.changes button').click()")
    done(b, 16)
    # The keyboard: one stop for the year, arrows within it.
    check(b.value("[...document.querySelectorAll('.day')].filter((d) => d.tabIndex === 0).length") == 1, "one stop for all days")
    b.value("document.querySelector('.day[tabindex=\"0\"]').focus(), document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}))")
    check(b.value("document.activeElement.dataset.focus") == "2022-01-16", "arrows move between days")
    put(b, "base", "wednesday")
    done(b, 16)

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

    b.value("[...document.querySelectorAll('#keep button')].find((e) => e.textContent.includes('results.json')).click()")
    results = json.loads(b.downloaded("results.json"))
    told = [(p["id"], p["fingerprint"]) for p in results["policies"]]
    check(told == list(zip(["A", "B"], before)), f"all figures, under the policies' own letters: {told} for {before}")

    # Rosters: those of county-level leaders, looked at on the page; then all, kept.
    b.value("document.querySelector('[data-focus=\"look-1\"]').click()")
    b.wait("!!document.getElementById('roster')")
    seen = b.value("[...document.querySelectorAll('#roster tbody tr')].map((r) => r.innerText)")
    check(seen and all(re.search(r"县委书记|县长|县处级领导", row) for row in seen), f"who sits when: {seen[:2]}")
    put(b, "rostered", "all")
    for ending in (".ics", ".xlsx", ".csv"):
        b.value(f"[...document.querySelectorAll('#keep button')].filter((e) => e.textContent.includes('{ending}'))[1].click()")
    csv = b.downloaded("xiapu-2022-B-roster.csv").decode("utf-8-sig").replace("\r\n", "\n")
    check(csv == sifang("roster", "saved.toml", "--format", "csv", "--lang", "zh").lstrip("\ufeff"), "the roster is the program's")
    rows = csv.strip().count("\n")
    name = "方案乙 每周三接访（代替每月15日），另有调整 接访安排"
    ics = b.downloaded(name + ".ics").decode()
    check(ics.count("BEGIN:VEVENT") == rows > 0 and ics.endswith("END:VCALENDAR\r\n"), "an event for each session")
    check(all(len(line.encode()) <= 75 for line in ics.split("\r\n")) and "\n" not in ics.replace("\r\n", ""), "lines as RFC 5545 has them")
    uids = re.findall(r"\r\nUID:(.*?)\r\n", ics.replace("\r\n ", ""))
    check(len(set(uids)) == rows, "events with names of their own")
    check(not re.search(r"DESCRIPTION:[^\r]*\((secretary|county-head|leader-\d+)\)", ics.replace("\r\n ", "")), "people are not told by their codes")
    when = sorted(re.findall(r"\r\nDTSTART:(\d{8}T\d{4})00\r\nDTEND:(\d{8}T\d{4})00\r\n", ics))
    told = sorted((f"{day}T{start}", f"{day}T{end}") for day, start, end in
                  ([cell.replace("-", "").replace(":", "") for cell in (row["date"], row["start"], row["end"])] for row in csv_module.DictReader(io.StringIO(csv))))
    check(when == told, f"the times of the events: {when[:2]} for {told[:2]}")
    book = zipfile.ZipFile(io.BytesIO(b.downloaded(name + ".xlsx")))
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
    with open("台账.csv", "w", encoding="gb18030") as file:
        file.write("信访编号,登记日期,问题属地,问题类别,信访形式,人数\n1,2022-01-05,三沙镇,坟地纠纷,来访,2\n2,2022-02-05,三沙镇,民政,来访,1\n3,2022-02-07,三沙镇,民政,来访,一些\n")
    choose_file(b, folder + "/台账.csv")
    b.wait("document.querySelector('.ledger')?.innerText.includes('采用 1 行，未采用 2 行')")
    check("第 2 行：问题类别未识别" in b.value("document.getElementById('unusable').textContent") and "第 4 行：“人数”应为数字" in b.value("document.getElementById('unusable').textContent"), "why rows are left out")
    put(b, "means-category-坟地纠纷", "land")
    b.wait("document.querySelector('.ledger')?.innerText.includes('采用 2 行，未采用 1 行')")
    b.value("document.getElementById('sample').click()")
    with open("sample.xlsx", "wb") as file:
        file.write(b.downloaded("台账样表.xlsx"))
    choose_file(b, folder + "/sample.xlsx")
    b.wait("document.querySelector('.ledger')?.innerText.includes('台账共 3 行，采用 3 行。')")
    with open("bad.csv", "w", encoding="utf-8") as file:
        file.write('a,b\n<img src=x onerror="document.title=1">,2\n')
    choose_file(b, folder + "/bad.csv")
    b.wait("!!document.querySelector('#data .fault')")
    check(b.value("document.querySelectorAll('img').length") == 0, "what stands in a file is text")
    check("bad.csv 第 1 行：缺少列“信访编号”" in b.value("document.querySelector('#data .fault').innerText"), "what a ledger lacks, by the name of its file")
    check("方案或台账有误" in b.value("document.getElementById('brief').innerText"), "what stands below says that nothing was played")
    b.value("document.getElementById('no-ledger').click()")
    b.wait("!document.querySelector('.fault')")

    # A county of one's own, as the program drafts it; files that are none are told.
    with open("units.csv", "w", encoding="utf-8") as file:
        file.write("code,name,parent,kind\n330483,桐乡市,,county\n" + "".join(f"33048310{t},第{t}镇,330483,township\n" + "".join(
            f"33048310{t}20{v},第{t}镇第{v}村,33048310{t},village\n" for v in range(3)) for t in range(4)))
    sifang("new", "--table", "units.csv", "--out", "mine", "--lang", "zh")
    mine = [os.path.join(folder, "mine", name) for name in sorted(os.listdir("mine")) if name.endswith((".toml", ".csv"))]
    choose_file(b, *[name for name in mine if name.endswith(".csv")], of="#own-county")
    b.wait("document.querySelector('#data .fault')?.innerText.includes('.toml')")
    choose_file(b, source + "/simulations/scenarios/wednesday.toml", of="#own-county")
    b.wait("document.querySelector('#data .fault')?.innerText.includes('同名')")
    choose_file(b, *mine, of="#own-county")
    b.wait("document.querySelector('#scenario').selectedOptions[0].text.includes('桐乡市')")
    put(b, "replications", "16")
    done(b, 16)
    scenario = next(name for name in mine if name.endswith(".toml"))
    out = sifang("compare", scenario, "--set", "session.principal.recur=FREQ=WEEKLY;BYDAY=WE && session.principal.on_rest_day=skip && "
                 "session.linked_leader.recur=FREQ=WEEKLY;BYDAY=WE && session.linked_leader.on_rest_day=skip", "--replications", "16", "--lang", "en", "--out", "four")
    check(prints(b) == re.findall(r"fingerprint ([0-9a-f]{16})", out) and len(prints(b)) == 2, f"a county of one's own: {prints(b)}")
    put(b, "scenario", "xiapu-2022")
    done(b, 16)

    # Texts of a hostile link are texts; a link that is none of ours is passed over.
    done(b, 16)
    put(b, "title", '<img src=x onerror=alert(1)>"\'&\u202e\U0001F600')
    done(b, 16)
    check(b.value("document.querySelectorAll('img').length") == 0 and b.value("document.querySelector('#results table').innerText.includes('<img')"), "a title is text")
    nowhere = base64.urlsafe_b64encode(json.dumps(["nowhere", 16, "", "", "", 1, 1, [[""], [""]], ["<img src=x>", "none"]]).encode()).decode().rstrip("=")
    for bad in ("#%%%", "#e30", "#WyJhIl0", "#" + "A" * 100000, "#" + nowhere):
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
