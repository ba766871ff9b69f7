#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Draws what load breaks first, from a sweep over load.multiplier: docs/load.svg.

    sifang sweep xiapu-2022 --vary "load.multiplier=0.5|1|2|3|5|7|10|14|20" --replications 30 --out load
    load_curves.py load docs/load.svg
"""
import csv
import math
import os
import sys

folder, target = sys.argv[1], sys.argv[2]
WIDTH, HEIGHT, LEFT, TOP = 470, 300, 52, 34
STYLES = [("#1b4f8a", ""), ("#b5471b", "7 4"), ("#2c7a4b", "2 3"), ("#7a3a86", "9 3 2 3"), ("#555555", "1 4")]


def rows(name):
    with open(os.path.join(folder, name), encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


figures, units = {}, {}
for row in rows("sweep.csv"):
    figures.setdefault(row["metric"], []).append((float(row["load.multiplier"]), float(row["estimate"]), row["lower"], row["upper"]))
for row in rows("units.csv"):
    units.setdefault(row["unit"], (row["name_zh"], []))[1].append((float(row["load.multiplier"]), float(row["utilisation"]), row["lower"], row["upper"]))
of_units = {code: points for code, (_, points) in units.items() if code != "clerks"}
busiest = sorted(of_units, key=lambda code: -max(y for x, y, *_ in of_units[code] if x <= 2))[:3]
mean = [(x, sum(points[k][1] for points in of_units.values()) / len(of_units), "", "") for k, (x, *_) in enumerate(next(iter(of_units.values())))]
panels = [
    ("Deadlines kept / 按期", True, [("routed in time 及时转送", figures["bureau_timely"]), ("accepted in time 及时受理", figures["timely_acceptance_rate"]),
                                   ("replied in time 按期答复", figures["on_time_reply_rate"])]),
    ("Petitioners / 群众", True, [("heard within 15 days 15天内接谈", figures["heard_15d"]), ("resolved 化解", figures["resolution_rate"]),
                                 ("repeats 重复信访", figures["repeat_rate"])]),
    ("Minutes in the queue / 排队（分钟）", False, [("mean 平均", figures["wait_minutes"])]),
    ("How busy / 忙碌程度", True, [("clerks 信访局登记转办", units["clerks"][1])] + [(units[c][0], of_units[c]) for c in busiest] + [("all units, mean 各单位平均", mean)]),
]
loads = [x for x, *_ in figures["heard_15d"]]


def panel(title, is_share, lines):
    top = 1.0 if is_share else 20 * math.ceil(max(y for _, points in lines for _, y, *_ in points) / 20)
    across = lambda x: LEFT + (WIDTH - LEFT - 20) * (math.log(x) - math.log(loads[0])) / (math.log(loads[-1]) - math.log(loads[0]))
    up = lambda y: TOP + (HEIGHT - TOP - 92) * (1 - y / top)
    out = [f'<text x="{LEFT}" y="18" font-size="14" font-weight="bold">{title}</text>']
    for k in range(5):
        y = top * k / 4
        text = f"{100 * y:.0f} %" if is_share else f"{y:.0f}"
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{up(y):.1f}" y2="{up(y):.1f}" stroke="#dddddd"/><text x="{LEFT - 6}" y="{up(y) + 4:.1f}" text-anchor="end">{text}</text>')
    for x in loads:
        out.append(f'<text x="{across(x):.1f}" y="{HEIGHT - 74}" text-anchor="middle">{x:g}</text>')
    for k, (name, points) in enumerate(lines):
        color, dash = STYLES[k]
        path = " ".join(f"{across(x):.1f},{up(min(y, top)):.1f}" for x, y, *_ in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2.2" stroke-dasharray="{dash}"/>')
        for x, _, lower, upper in points:
            if lower and upper:
                out.append(f'<line x1="{across(x):.1f}" x2="{across(x):.1f}" y1="{up(float(lower)):.1f}" y2="{up(min(float(upper), top)):.1f}" stroke="{color}"/>')
        at_x, at_y = LEFT + (k % 2) * (WIDTH - LEFT) / 2, HEIGHT - 52 + 18 * (k // 2)
        out.append(f'<line x1="{at_x}" x2="{at_x + 26}" y1="{at_y}" y2="{at_y}" stroke="{color}" stroke-width="2.2" stroke-dasharray="{dash}"/><text x="{at_x + 31}" y="{at_y + 4}">{name}</text>')
    return "\n".join(out)


with open(target, "w", encoding="utf-8") as file:
    file.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {2 * HEIGHT + 10}" font-family="sans-serif" font-size="11">\n'
               '<title>Load, as a multiple of the scenario, against deadlines, petitioners, queue and utilisation</title>\n<rect width="100%" height="100%" fill="white"/>\n')
    for k, one in enumerate(panels):
        file.write(f'<g transform="translate({k % 2 * WIDTH} {k // 2 * HEIGHT + 5})">\n{panel(*one)}\n</g>\n')
    file.write("</svg>\n")
