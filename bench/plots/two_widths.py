#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Draws what policies change, with both widths: chance, and what nobody has counted.

    sifang compare BASE POLICY … --unknowns N --out FOLDER
    two_widths.py FOLDER TARGET.svg --names 'ENGLISH|中文' … -- METRIC …

A row a policy, in the order of the command, named by --names; a column a headline metric. A dark dot and line: the difference and
its interval by chance (jointly 95 %). A pale bar: where the expected difference lies in nine of ten draws of the unknown numbers, where
there were draws enough. Nothing is drawn that does not stand in differences.csv and unknowns.csv; the number beside a row is the
difference.
"""
import argparse
import csv
import math
import os
from xml.sax.saxutils import escape

METRICS = {  # headline metric: English, Chinese, factor, unit
    "heard_15d": ("Heard within 15 days", "15天内获领导接谈", 100, "pp"),
    "heard_days": ("Days until heard", "获接谈前天数", 1, "days 天"),
    "leader_hours": ("Leaders' hours a year", "县处级领导小时/年", 1, "h"),
    "resolution_rate": ("Resolved", "化解", 100, "pp"),
    "repeat_rate": ("Repeats", "重复信访", 100, "pp"),
    "unmet_need": ("Never heard of", "无人知晓的诉求", 100, "pp"),
    "on_time_reply_rate": ("Replied in time", "按期答复", 100, "pp"),
}
NAMES, PANEL, GAP, ROW, TOP = 196, 218, 16, 44, 58
DARK, PALE, MUTED = "#1b4f8a", "#f0b27a", "#666666"


def rows(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def tick(span):
    """About four steps over a span, of 1, 2 or 5 times a power of ten."""
    rough = span / 4
    power = 10 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough)


def number(value):
    text = f"{value:+,.0f}" if abs(value) >= 100 else f"{value:+.1f}" if abs(value) >= 10 else f"{value:+.2f}"
    return text.replace(",", " ").replace("-", "−")


def panel(metric, policies, chance, unknown):
    english, chinese, factor, unit = METRICS[metric]
    of_row = [[factor * float(x) for x in (*chance[p, metric], *unknown.get((p, metric), chance[p, metric][1:]))] for p in policies]
    low, high = min(0, *map(min, of_row)), max(0, *map(max, of_row))
    margin = 0.06 * ((high - low) or 1)
    low, high = low - margin, high + margin
    plot = PANEL - 52  # the rest is for the number
    across = lambda x: plot * (x - low) / (high - low)
    bottom = TOP + ROW * len(policies)
    out = [f'<text y="18" font-size="13" font-weight="bold">{english} ({unit})</text><text y="36">{chinese}</text>']
    step = tick(high - low)
    for k in range(math.ceil(low / step), math.floor(high / step) + 1):
        x, stroke = across(k * step), "#333333" if k == 0 else "#dddddd"
        text = f"{k * step:+g}" if k else "0"
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 10}" y2="{bottom}" stroke="{stroke}"/>'
                   f'<text x="{x:.1f}" y="{bottom + 15}" text-anchor="middle" fill="{MUTED}">{text.replace("-", "−")}</text>')
    for k, (value, lower, upper, least, most) in enumerate(of_row):
        y = TOP + ROW * k + ROW / 2 - 5
        if (policies[k], metric) in unknown:
            wide = max(1.5, across(most) - across(least))
            out.append(f'<rect x="{across(least):.1f}" y="{y - 7}" width="{wide:.1f}" height="14" fill="{PALE}"/>')
        out.append(f'<line x1="{across(lower):.1f}" x2="{across(upper):.1f}" y1="{y}" y2="{y}" stroke="{DARK}" stroke-width="3"/>'
                   f'<circle cx="{across(value):.1f}" cy="{y}" r="3.6" fill="{DARK}"/>'
                   f'<text x="{PANEL - 4}" y="{y + 4}" text-anchor="end" fill="{DARK}">{number(value)}</text>')
    return "\n".join(out)


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("folder")
parser.add_argument("target")
parser.add_argument("--names", nargs="+", required=True)
parser.add_argument("metrics", nargs="+", choices=METRICS)
asked = parser.parse_args()

wanted = [r for r in rows(asked.folder, "differences.csv") if r["dimension"] == "all"]
policies = list(dict.fromkeys(r["other"] for r in wanted))
if len(asked.names) != len(policies):
    parser.error(f"{len(policies)} names needed, in this order: {'; '.join(policies)}")
chance = {(r["other"], r["metric"]): (r["difference"], r["lower"] or r["difference"], r["upper"] or r["difference"]) for r in wanted}
of_draws = rows(asked.folder, "unknowns.csv") if os.path.exists(os.path.join(asked.folder, "unknowns.csv")) else []
unknown = {(r["other"], r["metric"]): (r["lower"], r["upper"]) for r in of_draws if r["lower"]}
draws = max((int(r["draws"]) for r in of_draws), default=0)

width, height = NAMES + len(asked.metrics) * (PANEL + GAP), TOP + ROW * len(policies) + 70
with open(asked.target, "w", encoding="utf-8") as file:
    file.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11.5">\n'
               '<title>What each policy changes, with both widths</title>\n<rect width="100%" height="100%" fill="white"/>\n')
    for k, name in enumerate(asked.names):
        english, chinese = name.split("|")
        y = TOP + ROW * k + ROW / 2 - 5
        if k % 2 == 0:
            file.write(f'<rect x="0" y="{TOP + ROW * k - 5}" width="{width}" height="{ROW}" fill="#f7f7f7"/>\n')
        file.write(f'<text x="10" y="{y - 2}">{escape(english)}</text><text x="10" y="{y + 13}" fill="{MUTED}">{escape(chinese)}</text>\n')
    for k, metric in enumerate(asked.metrics):
        file.write(f'<g transform="translate({NAMES + k * (PANEL + GAP)} 0)">\n{panel(metric, policies, chance, unknown)}\n</g>\n')
    y = height - 30
    file.write(f'<circle cx="18" cy="{y - 4}" r="3.6" fill="{DARK}"/>'
               f'<line x1="8" x2="28" y1="{y - 4}" y2="{y - 4}" stroke="{DARK}" stroke-width="3"/>'
               f'<text x="36" y="{y}">difference to the present rules, its error by chance (jointly 95 %) 与现行做法之差及偶然误差</text>')
    if unknown:
        file.write(f'<rect x="7" y="{y + 8}" width="22" height="14" fill="{PALE}"/>'
                   f'<text x="36" y="{y + 19}">where it lies in 90 % of {draws} draws of all '
               'numbers that nobody has counted 未知数值下的90 %范围</text>')
    file.write("\n</svg>\n")
