#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The table of floors in docs/architecture.md is true: floors_table.py [--write]

Headers, lines in hundreds, and which floors below each includes.
"""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[2]
house = root / "include" / "sifang"
page = root / "docs" / "architecture.md"
begin, end = "| floor | headers | lines, in hundreds | includes |\n|---|---:|---:|---|\n", "\n\n"
floors = ["core", "random", "engine", "stats", "calendar", "org", "petition", "assign", "reception", "county", "experiment", "io", "office"]

rows = []
for floor in floors:
    texts = [p.read_text(encoding="utf-8") for p in sorted((house / floor).rglob("*.hpp"))]
    below = {m for text in texts for m in re.findall(r'#include "sifang/([a-z]+)/', text)} - {floor}
    hundreds = round(sum(text.count("\n") for text in texts) / 100)
    rows.append(f"| {floor} | {len(texts)} | {hundreds} | {', '.join(f for f in floors if f in below) or '–'} |")
table = "\n".join(rows)

text = page.read_text(encoding="utf-8")
at = text.index(begin) + len(begin)
until = text.index(end, at)
if "--write" in sys.argv:
    page.write_text(text[:at] + table + text[until:], encoding="utf-8")
elif text[at:until] != table:
    print(f"{page.relative_to(root)} has\n{text[at:until]}\nbut found (floors_table.py --write)\n{table}")
    sys.exit(1)
