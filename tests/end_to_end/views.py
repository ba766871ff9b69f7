#!/usr/bin/env python3
"""The views of the report: their numbers are those of results.json, they open and switch without a complaint, and the brief is a document.

Usage: views.py PROGRAM
"""
import base64
import html
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile

import browser

program = os.path.abspath(sys.argv[1])
VIEWS = ("brief", "calendar", "over-year", "curves", "load", "failing", "map", "structure", "stories", "rules", "assumptions")
# Opens all that is closed, presses all buttons but the switch of languages and printing, tries every choice of every list, and notes what
# stands there when a list has its last choice. The report's own script draws.
WALK = """<script>
window.addEventListener("error", (e) => { document.documentElement.dataset.failed = e.message; });
window.print = () => { document.documentElement.dataset.printed = document.body.className; window.dispatchEvent(new Event("afterprint")); };
window.addEventListener("load", async () => {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  await pause(300);
  const open = () => document.querySelectorAll("details").forEach((d) => { d.open = true; });
  const said = [];
  for (const select of [...document.querySelectorAll("main section select")]) {
    for (let k = 0; k < Math.min(select.options.length, 12); ++k) {
      if (!select.isConnected) break;
      select.selectedIndex = k;
      select.dispatchEvent(new Event("change"));
      await pause(5);
    }
  }
  open();
  await pause(100);
  open();
  for (const button of document.querySelectorAll("main section button")) { button.click(); await pause(5); }
  await pause(300);
  document.documentElement.dataset.walked = "yes";
});
</script>"""
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def text_of(part):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part)))


def plain(text):
    """Without the difference between punctuation of a keyboard and of Chinese texts."""
    return re.sub(r"\s", "", text.translate(str.maketrans("，：；（）？！", ",:;()?!")))


def section(dom, name):
    found = re.search(rf'<section id="{name}".*?</section>', dom, flags=re.S)
    assert found, (name, "is not there")
    return found.group(0)


def look(page, language):
    dom, console = browser.look(page, language, 10000)
    assert not console, (language, console[:5])
    body = text_of(dom[dom.index("<main"):dom.index("</main>")])
    for bad in ("NaN", "undefined", "Infinity", "[object", "null"):
        assert bad not in body, (language, bad, body[max(0, body.index(bad) - 80):body.index(bad) + 40])
    return dom


def check_calendar(dom, result):
    """A square for each day, and what the first policy's fullest day has is what results.json says."""
    part = section(dom, "calendar")
    drawings = re.findall(r'<svg[^>]*class="heat".*?</svg>', part, flags=re.S)
    assert len(drawings) == len(result["policies"]), len(drawings)
    for policy, drawing in zip(result["policies"], drawings):
        titles = {text[:10]: html.unescape(text) for text in re.findall(r"<title>(.*?)</title>", drawing, flags=re.S)}
        assert len(titles) == 365, len(titles)
        calendar, heard = policy["calendar"], {}
        for kind in calendar["kinds"]:
            for date, n in zip(kind["dates"], kind["heard"]):
                heard[date] = heard.get(date, 0) + n
        most = max(heard, key=lambda d: heard[d])
        shown = float(re.search(r"[：:]\s?([\d.,]+)", titles[most].split("\n")[1]).group(1).replace(",", ""))
        assert abs(shown - heard[most]) < 0.06, (most, titles[most], heard[most])
        for note in calendar["notes"]:
            assert len(titles[note["date"]].split("\n")) > 2, (note, titles[note["date"]])
        assert len(set(re.findall(r'fill="(#[0-9a-f]{6})"', drawing))) >= 5, "no shades"
    assert any(note["what"] == "missed" for note in result["policies"][0]["calendar"]["notes"]), "the 15th of August 2022 is a Monday"


def check_brief(dom, language, result):
    link = re.search(r'<a[^>]*download="([^"]+)\.docx"[^>]*href="data:application/vnd\.openxmlformats-officedocument\.wordprocessingml\.document;base64,([^"]+)"',
                     section(dom, "brief"))
    assert link, "no document"
    archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(link.group(2))))
    assert archive.testzip() is None
    parts = {name: xml.fromstring(archive.read(name)) for name in archive.namelist()}  # each is whole XML
    types = archive.read("[Content_Types].xml").decode()
    assert all(f'PartName="/{name}"' in types for name in ("word/document.xml", "word/styles.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    styles = {s.get(w + "styleId") for s in parts["word/styles.xml"].iter(w + "style")}
    used = {s.get(w + "val") for s in parts["word/document.xml"].iter(w + "pStyle")}
    assert used <= styles, used - styles
    lines = ["".join(t.text or "" for t in p.iter(w + "t")) for p in parts["word/document.xml"].iter(w + "p")]
    headings = ("一、结论", "二、依据", "三、代价", "四、不确定性") if language == "zh" else ("1. Conclusion", "2. Grounds", "3. Price", "4. How sure")
    assert [line for line in lines if line in headings] == list(headings), lines
    assert result["policies"][0]["fingerprint"] in lines[-1]
    assert len(list(parts["word/document.xml"].iter(w + "tr"))) >= 5
    return lines


with tempfile.TemporaryDirectory() as folder:
    subprocess.run([program, "compare", "xiapu-2022", "wednesday", "--replications", "2", "--quiet", "--out", folder], check=True, stdout=subprocess.DEVNULL)
    page = os.path.join(folder, "report.html")
    with open(os.path.join(folder, "results.json"), encoding="utf-8") as file:
        result = json.load(file)
    assert len(result["rules"]) == 31 and len(result["stories"]) >= 2 and all(p["links"] for p in result["policies"])

    dom = look(page, "zh")
    for view in VIEWS:
        section(dom, view)
    check_calendar(dom, result)
    zh = check_brief(dom, "zh", result)
    assert "2022-12-31" in text_of(section(dom, "over-year"))[:300], "the last day is no whole week, and nobody says so"
    rules = text_of(section(dom, "rules"))
    assert "首接负责、一盯到底" in rules and "接访事项不做筛选" in rules, rules[:300]
    stories = plain(text_of(section(dom, "stories")))
    posts = {official["post"] for policy in result["policies"] for official in policy["officials"]}
    for story in result["stories"]:  # without the codes of posts behind their titles
        told = re.sub(r" ?[(（]([\w.-]+)[)）]", lambda found: "" if found[1] in posts else found[0], story["of_base"][1]["zh"])
        assert story["name"] in stories and plain(told) in stories, (story["name"], told)
    assert "≠" in stories
    marks = re.findall(r'<tr class="group"[^>]*><th[^>]*>\[([ASKIC])\] ', section(dom, "assumptions"))
    assert marks and marks[0] == "I" and marks == sorted(marks, key="IKCSA".index), marks[:80]

    # Every view walked through, in English. The page's policy lets no other script in, so that it is taken away for the walk.
    with open(page, encoding="utf-8") as file:
        walked = POLICY.sub("", file.read()).replace("</body>", WALK + "</body>")
    with open(os.path.join(folder, "walked.html"), "w", encoding="utf-8") as file:
        file.write(walked)
    dom = look(os.path.join(folder, "walked.html"), "en")
    root = dom[:dom.index(">", dom.index("<html"))]
    assert 'data-walked="yes"' in root and "data-failed" not in root, root
    assert 'data-printed="brief-only"' in root, "the brief was not printed by itself"
    en = check_brief(dom, "en", result)
    assert len(en) == len(zh)
    tables = re.findall(r'<details class="behind" open="">.*?</details>', dom, flags=re.S)
    assert len(tables) >= 9 and all("<tbody><tr" in table for table in tables), len(tables)
    assert "difference: " in text_of(section(dom, "map")) or "−" in text_of(section(dom, "map"))
    village = next(u["name_en"] for u in result["units"] if u["kind"] == "village")
    assert village in section(dom, "structure"), "the tree ends above the villages"

    # A file of before these parts were told has a report without them. A policy that was made by settings has the title of its base, and
    # is told by what it changes.
    base, other = result["policies"][:2]
    other["title_en"], other["title_zh"] = base["title_en"], base["title_zh"]
    for policy in result["policies"]:
        del policy["calendar"], policy["links"]
    del result["rules"], result["stories"]
    with open(os.path.join(folder, "results.json"), "w", encoding="utf-8") as file:
        json.dump(result, file, ensure_ascii=False)
    subprocess.run([program, "report", folder, "--out", folder + "/older.html"], check=True, stdout=subprocess.DEVNULL)
    dom = look(folder + "/older.html", "zh")
    assert 'id="calendar"' not in dom and 'id="stories"' not in dom and 'id="load"' in dom
    change = other["changes"][0]
    assert plain(f"“{change['subject_zh']}：{change['zh']}") in plain(text_of(section(dom, "answer"))), text_of(section(dom, "answer"))[:300]
print("every view opens in both languages, has the numbers of results.json, and the brief is a document")
