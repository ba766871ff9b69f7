#!/usr/bin/env python3
"""Names, titles and texts that are HTML and script, in every field that reaches the report: nothing of it may run.

Usage: injection.py PROGRAM SOURCE_DIR
"""
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import browser

program, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
# Runs if it is read as HTML anywhere; also if it ends the element, the attribute or the comment that it stands in.
ATTACK = """"'>--></script><img src=x onerror="document.documentElement.dataset.ran='yes'"><svg onload="document.documentElement.dataset.ran='yes'">"""
MARK = "<img src=x onerror="
BACKWARDS = "\u202e"  # turns what follows it round, where it is not kept to its own text

# Moves the pointer over every chart and notes what its tooltips say; the report's own script draws them.
HOVER = """<script>
window.addEventListener("load", async () => {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const told = [];
  for (let round = 0; round < 2; ++round) {
    while (document.querySelector(".later")) await pause(20);  // sections that are drawn when there is time
    for (const select of document.querySelectorAll("select")) {
      select.selectedIndex = select.options.length - 1;
      select.dispatchEvent(new Event("change"));
    }
    await pause(200);
    for (const chart of document.querySelectorAll(".chart")) {
      const root = chart.firstElementChild, box = root.getBoundingClientRect();
      const points = [];
      for (let i = 1; i < 4; ++i) points.push([box.left + (i / 4) * box.width, box.top + box.height / 2]);
      for (const mark of chart.querySelectorAll("path")) {  // the circles of a map
        const r = mark.getBoundingClientRect();
        points.push([r.left + r.width / 2, r.top + r.height / 2]);
      }
      for (const [x, y] of points.slice(0, 16)) {
        const at = { bubbles: true, cancelable: true, view: window, clientX: x, clientY: y };
        for (const type of ["mouseover", "mousemove"]) root.dispatchEvent(new MouseEvent(type, at));
        await pause(1);
      }
      await pause(120);
      const tip = root.nextElementSibling ?? chart.querySelector("div > b")?.parentElement;
      if (tip && tip.textContent) told.push(tip.textContent);
    }
    location.hash = "#en";
    await pause(300);
  }
  const out = document.createElement("pre");
  out.id = "told";
  out.textContent = JSON.stringify(told);
  document.body.append(out);
});
</script>"""
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def look(html, folder):
    page = os.path.join(folder, "page.html")
    with open(page, "w", encoding="utf-8") as out:
        out.write(html)
    return browser.look(page, "zh", 60000)


def ran(dom):
    return "data-ran" in dom[:dom.index(">", dom.index("<html"))]


def check(report, folder, what):
    html = open(report, encoding="utf-8").read()
    assert len(POLICY.findall(html)) == 1, "the page has no policy"
    # As it is: nothing runs, nothing is complained of, and the attack is shown as text.
    dom, console = look(html, folder)
    assert not console, (what, console[:5])
    assert not ran(dom), (what, "a text ran as script")
    assert "&lt;img src=x onerror=" in dom[dom.index("<main"):], (what, "the texts do not reach the page")
    assert BACKWARDS in dom[dom.index("<main"):], (what, "names do not reach the page as they are")
    # Without its policy the page must be as safe: texts are never read as HTML, tooltips included.
    dom, console = look(POLICY.sub("", html).replace("</body>", HOVER + "</body>"), folder)
    assert not ran(dom), (what, "a text ran as script once the policy was taken away")
    told = re.search(r'<pre id="told">(.*?)</pre>', dom, flags=re.S)
    assert told is not None, (what, "the pointer was not moved", console[:5])
    tips = json.loads(told.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert len(tips) >= 20 and sum(MARK in tip for tip in tips) >= 20, (what, len(tips), tips[:3])
    # And with it, even HTML that was let in does not run, nor can it ask for anything from outside.
    hole = ("<p>" + ATTACK + "</p><script>document.documentElement.dataset.ran='yes'</script><script src='https://example.invalid/x.js'></script>"
            "<iframe src='javascript:parent.document.documentElement.dataset.ran=1'></iframe>")
    dom, console = look(html.replace('<div id="report">', hole + '<div id="report">'), folder)
    assert not ran(dom), (what, "the policy lets a script in")
    assert any("Content Security Policy" in line for line in console), (what, "the policy was not asked")
    assert "<section" in dom, (what, "the policy keeps the page's own script from running")
    return len(tips)


def hostile_county(folder):
    """A county whose tables, texts and settings are attacks, wherever a file lets one write text."""
    data = os.path.join(folder, "data", "xiapu")
    shutil.copytree(os.path.join(source, "simulations", "scenarios", "data"), os.path.dirname(data))
    scenario = open(os.path.join(source, "simulations", "scenarios", "xiapu-2022.toml"), encoding="utf-8").read()
    for table, columns in {"units.csv": ["name", "name_en"], "officials.csv": ["title", "title_en"], "../cn_holidays.csv": ["name"]}.items():
        path = os.path.join(data, table)
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for column in columns:
                if row.get(column) is not None:
                    row[column] += ATTACK + BACKWARDS
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    quoted = json.dumps(ATTACK)[1:-1]
    scenario, count = re.subn(r'^((?:title_|about_)?(?:en|zh)|id) = "(.*)"$', lambda m: f'{m[1]} = "{m[2]}{quoted}"', scenario, flags=re.M)
    assert count > 20
    scenario = re.sub(r'^"category\.[^*].*\n', "", scenario, flags=re.M)  # marks of categories that have other names now
    path = os.path.join(folder, "hostile.toml")
    with open(path, "w", encoding="utf-8") as out:
        out.write(scenario)
    return path


def hostile_results(path):
    """Every text of a results file as an attack, but for those that say what kind of thing it is."""
    kept = {"format", "kind", "chart", "unit", "rank", "group", "better"}

    def poison(value, key=""):
        if isinstance(value, dict):
            keep = value.get("id") in ("township", "registrations")  # without them there is no map
            return {k: v if k == "id" and keep else poison(v, k) for k, v in value.items()}
        if isinstance(value, list) and value and isinstance(value[0], (int, float)):
            return value  # an interval, which says of what kind it is
        if isinstance(value, list):
            return [poison(v, key) for v in value]
        if isinstance(value, str) and key not in kept:
            return value + ATTACK
        return value

    with open(path, encoding="utf-8") as file:
        results = json.load(file)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(poison(results), file)


with tempfile.TemporaryDirectory() as folder:
    scenario = hostile_county(folder)
    out = os.path.join(folder, "compare")
    setting = 'scenario.title_en="' + ATTACK.replace('"', "'") + '"'
    subprocess.run([program, "compare", scenario, "--set", setting, "--set", "session.principal.receivers=2", "--replications", "2", "--quiet", "--out", out],
                   check=True, stdout=subprocess.DEVNULL)
    tips = check(os.path.join(out, "report.html"), folder, "tables and scenario")
    hostile_results(os.path.join(out, "results.json"))
    subprocess.run([program, "report", out], check=True, stdout=subprocess.DEVNULL)
    tips += check(os.path.join(out, "report.html"), folder, "results file")
print(f"nothing of what tables, scenarios and results files say runs as script; {tips} tooltips read")
