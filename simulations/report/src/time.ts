import type { Interval, Result, Series } from "./data";
import { h, section } from "./dom";
import { chart, colours } from "./charts";
import { number, percent, unitName } from "./format";
import { has, pick, t, title } from "./i18n";

const solid = ["solid", "dashed", "dotted"];

function lines(r: Result, series: { s: Series; name: string; colour: string; dash: string }[], unit: string, height: number, label: string): HTMLElement {
  const value = (v: Interval, k: 0 | 1 | 2) => (v ? v[k] : null);
  const option = {
    grid: { left: 52, right: 16, top: 16, bottom: 28 + 22 * Math.ceil(series.length / 2) },
    legend: { bottom: 0, type: "plain", data: series.map((x) => x.name), itemWidth: 22 },
    tooltip: { trigger: "axis", confine: true, formatter: (points: { dataIndex: number }[]) => {
      const i = points[0].dataIndex;
      return [r.week_starts[i], ...series.map((x) => { const v = x.s.weeks[i]; return `${x.name}: ${v ? `${number(v[0], unit)} (${number(v[1], unit)} – ${number(v[2], unit)})` : "–"}`; })].join("<br>");
    } },
    xAxis: { type: "category", data: r.week_starts, boundaryGap: false, axisLabel: { formatter: (d: string) => d.slice(5), hideOverlap: true } },
    yAxis: { type: "value", name: unitName(unit), nameTextStyle: { align: "left" }, min: 0 },
    series: series.flatMap((x, n) => [
      { type: "line", name: x.name, data: x.s.weeks.map((v) => value(v, 0)), showSymbol: false, lineStyle: { width: 2, color: x.colour, type: x.dash }, itemStyle: { color: x.colour } },
      { type: "line", stack: `band${n}`, data: x.s.weeks.map((v) => value(v, 1)), showSymbol: false, lineStyle: { opacity: 0 }, silent: true, tooltip: { show: false } },
      { type: "line", stack: `band${n}`, data: x.s.weeks.map((v) => (v ? v[2] - v[1] : null)), showSymbol: false, lineStyle: { opacity: 0 }, areaStyle: { color: x.colour, opacity: 0.15 }, silent: true, tooltip: { show: false } },
    ]),
  };
  return chart(height, option, label);
}

export function overYear(r: Result): HTMLElement {
  const charts = [...new Set(r.policies[0].series.map((s) => s.chart))];
  return section("over-year", t("over_year"), t("over_year_note", { c: percent(r.confidence) }), h("div", { class: "grid" }, charts.map((name) => {
    const key = `chart_${name}`;
    const heading = has(key) ? t(key) : name;
    const of = (p: number) => r.policies[p].series.filter((s) => s.chart === name);
    const unit = of(0)[0].unit;
    const drawn = r.policies.slice(0, 3).flatMap((p, k) => of(k).map((s, i) => ({
      s, name: r.policies.length > 1 ? `${pick(s)} · ${title(p)}` : pick(s), colour: colours[i % colours.length], dash: solid[k % solid.length] })));
    return h("figure", {}, h("figcaption", {}, heading), lines(r, drawn, unit, 300 + 12 * drawn.length, heading));
  })));
}
