#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Draws where a county fails as load grows, by unit, and what one more handler brings there.

    sifang sweep xiapu-2022 --vary 'load.multiplier=0.5|1|2|3|5' --replications 60 --out load
    sifang bottlenecks xiapu-2022 --set load.multiplier=5 --replications 40 --out load-5      (and so for each load)
    staffing.py load 1=load-1 2=load-2 3=load-3 5=load-5 TARGET.svg

Left: how busy the handlers are (units.csv of the sweep). Middle: which part of the acceptances and replies that fall due is late
(places.csv). Right: what one more handler at a unit changes on-time reply by, with 95 % intervals (one-more.csv). The units are those
with most that is late at the greatest load.
"""
import csv
import math
import os
import sys

sweep, target = sys.argv[1], sys.argv[-1]
tried = {float(load): folder for load, folder in (one.split("=", 1) for one in sys.argv[2:-1])}
WIDTH, HEIGHT, LEFT, TOP, LINES = 330, 300, 44, 46, 5
STYLES = [("#1b4f8a", ""), ("#b5471b", "7 4"), ("#2c7a4b", "2 3"), ("#7a3a86", "9 3 2 3"), ("#a08000", "4 2"), ("#777777", "1 4")]


def rows(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


places = {load: {r["place"]: r for r in rows(folder, "places.csv") if r["kind"] == "unit" and r["due"]} for load, folder in tried.items()}
worst = sorted(places[max(places)].values(), key=lambda r: -float(r["late"]))[:LINES]
shown = [r["place"] for r in worst]
title = {r["place"]: r["name_zh"] if r["place"].isdigit() else f'{r["name_zh"]} {r["place"].replace("-", " ")}' for r in worst}
busy = {}
for row in rows(sweep, "units.csv"):
    busy.setdefault(row["unit"], []).append((float(row["load.multiplier"]), float(row["utilisation"])))
of_units = [points for code, points in busy.items() if code != "clerks"]
mean = [(x, sum(points[k][1] for points in of_units) / len(of_units)) for k, (x, _) in enumerate(of_units[0])]
late = {code: [(load, float(at[code]["late_share"])) for load, at in sorted(places.items())] for code in shown}
loads = sorted({x for x, _ in mean} | set(places))
across = lambda x: LEFT + (WIDTH - LEFT - 24) * (math.log(x) - math.log(loads[0])) / (math.log(loads[-1]) - math.log(loads[0]))


def frame(english, chinese, top, text, up):
    out = [f'<text x="6" y="18" font-size="13" font-weight="bold">{english}</text><text x="6" y="35">{chinese}</text>']
    for k in range(5):
        y = up(top * k / 4)
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - 18}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>'
                   f'<text x="{LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{text(top * k / 4)}</text>')
    out += [f'<text x="{across(x):.1f}" y="{HEIGHT - 16}" text-anchor="middle">× {x:g}</text>' for x in loads]
    return out


def curves(english, chinese, lines):
    up = lambda y: TOP + (HEIGHT - TOP - 36) * (1 - y)
    out = frame(english, chinese, 1, lambda y: f"{100 * y:.0f} %", up)
    for (color, dash), points in zip(STYLES, lines):
        path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2.2" stroke-dasharray="{dash}"/>')
        out += [f'<circle cx="{across(x):.1f}" cy="{up(y):.1f}" r="2.6" fill="{color}"/>' for x, y in points]
    return "\n".join(out)


def one_more():
    bars = [(load, r) for load, folder in sorted(tried.items()) for r in rows(folder, "one-more.csv")
            if r["added"] == "handler" and r["place"] in shown]
    value = lambda r, key: 100 * float(r[key] or r["difference"])
    top = max(0.5, math.ceil(2 * max(value(r, "upper") for _, r in bars)) / 2)
    up = lambda y: TOP + (HEIGHT - TOP - 36) * (1 - y / top)
    out = frame("One more handler: on-time reply, pp", "增加一名承办人员：按期答复率变化", top, lambda y: f"{y:g}", up)
    for load, r in bars:
        k = shown.index(r["place"])
        x, color = across(load) + 7 * (k - LINES / 2 + 0.5), STYLES[k][0]
        low, high = up(value(r, "lower")), up(value(r, "upper"))
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{high:.1f}" stroke="{color}" stroke-width="2"/>'
                   f'<circle cx="{x:.1f}" cy="{up(value(r, "difference")):.1f}" r="3.4" fill="{color}"/>')
    return "\n".join(out)


panels = [curves("Busy handlers", "承办人员忙碌程度", [*(busy[c] for c in shown), mean]),
          curves("Late acceptances and replies", "逾期的受理和答复所占比例", [late[c] for c in shown]), one_more()]
with open(target, "w", encoding="utf-8") as file:
    file.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {3 * WIDTH} {HEIGHT + 52}" '
               'font-family="sans-serif" font-size="11.5">\n'
               '<title>Load against how busy units are, what is late there, and what one more handler brings</title>\n'
               '<rect width="100%" height="100%" fill="white"/>\n')
    for k, one in enumerate(panels):
        file.write(f'<g transform="translate({k * WIDTH} 0)">\n{one}\n</g>\n')
    for k, name in enumerate([*(title[c] for c in shown), "all units, mean 各单位平均"]):
        x, y, (color, dash) = 10 + k % 3 * WIDTH, HEIGHT + 14 + 20 * (k // 3), STYLES[k]
        file.write(f'<line x1="{x}" x2="{x + 28}" y1="{y}" y2="{y}" stroke="{color}" stroke-width="2.4" stroke-dasharray="{dash}"/>'
                   f'<text x="{x + 34}" y="{y + 4}">{name}</text>\n')
    file.write("</svg>\n")
