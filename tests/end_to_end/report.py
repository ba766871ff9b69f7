#!/usr/bin/env python3
"""Opens the report in headless Chromium and looks at what it draws. Usage: report.py PROGRAM"""
import html
import os
import re
import subprocess
import sys
import tempfile

import browser

program = os.path.abspath(sys.argv[1])


def look(page, language):
    dom, console = browser.look(page, language, 8000)
    assert not console, console
    return dom


def check(folder, kind, titles):
    page = os.path.join(folder, "report.html")
    source = open(page, encoding="utf-8").read()
    without_data = re.sub(r'<script type="application/json".*?</script>', "", source, flags=re.S)
    assert not re.search(r'<(?:script|img|iframe)[^>]+src=|<link[^>]+href="(?!data:)|@import|url\(\s*["\']?http', without_data), "the page refers to something outside"
    for language, title in titles.items():
        dom = look(page, language)
        body = dom[dom.index("<main"):dom.index("</main>")]
        text = html.unescape(re.sub(r"<[^>]+>", " ", body))
        assert title in text, (language, title, text[:400])
        assert "NaN" not in text and "undefined" not in text, language
        svgs = re.findall(r'<div class="chart"[^>]*>.*?</svg>', body, flags=re.S)  # drawings of the views are views.py's
        assert len(svgs) >= 10, (language, len(svgs))
        for svg in svgs:
            assert svg.count("<path") > 3, (language, "an empty drawing")
        for heading in ("changes", "headline", "figures", "over-year", "curves", "load", "map", "venues", "rules", "assumptions", "method"):
            assert f'id="{heading}"' in body or (kind == "run" and heading == "changes"), (language, heading)
        if language == "en":
            assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"(?s)<svg.*?</svg>", "", body[body.index('id="headline"'):body.index('id="brief"')])), "Chinese in the English headline"


with tempfile.TemporaryDirectory() as folder:
    subprocess.run([program, "compare", "xiapu-2022", "wednesday", "--replications", "4", "--quiet", "--out", folder + "/compare"], check=True, stdout=subprocess.DEVNULL)
    check(folder + "/compare", "compare", {"zh": "方案比较报告", "en": "What would change"})
    subprocess.run([program, "run", "xiapu-2022", "--replications", "3", "--quiet", "--out", folder + "/run"], check=True, stdout=subprocess.DEVNULL)
    check(folder + "/run", "run", {"zh": "信访工作模拟报告", "en": "Petition work under the present rules"})
print("the report opens in both languages, draws everything, and asks for nothing from outside")
