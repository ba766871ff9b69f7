import type { Interval, Result, Series } from "./data";
import { h, section } from "./dom";
import { chart, colours, legend, tooltip } from "./charts";
import { percent, unitName, withBounds } from "./format";
import { has, pick, t, title } from "./i18n";

const solid = ["solid", "dashed", "dotted"];

type Line = { s: Series; name: string; colour: string; dash: string };

function lines(r: Result, series: Line[], unit: string, high: number | undefined, label: string): HTMLElement {
  const value = (v: Interval, k: 0 | 1 | 2) => (v ? v[k] : null);
  return chart(270, {
    grid: { left: 46, right: 14, top: 26, bottom: 26 },
    tooltip: tooltip({ trigger: "axis" }, (points: { dataIndex: number }[]) => {
      const i = points[0].dataIndex;
      return { heading: r.week_starts[i], lines: series.map((x) => `${x.name}: ${withBounds(x.s.weeks[i], unit)}`) };
    }),
    xAxis: { type: "category", data: r.week_starts, boundaryGap: false, axisLabel: { formatter: (d: string) => d.slice(5), hideOverlap: true } },
    yAxis: { type: "value", name: unitName(unit), nameTextStyle: { align: "left" }, min: 0, max: high },
    series: series.flatMap((x, n) => [
      { type: "line", name: x.name, data: x.s.weeks.map((v) => value(v, 0)), showSymbol: false, connectNulls: true, lineStyle: { width: 1.8, color: x.colour, type: x.dash }, itemStyle: { color: x.colour } },
      { type: "line", stack: `band${n}`, data: x.s.weeks.map((v) => value(v, 1)), showSymbol: false, lineStyle: { opacity: 0 }, silent: true },
      { type: "line", stack: `band${n}`, data: x.s.weeks.map((v) => (v ? v[2] - v[1] : null)), showSymbol: false, lineStyle: { opacity: 0 }, areaStyle: { color: x.colour, opacity: 0.14 }, silent: true },
    ]),
  }, label);
}

export function overYear(r: Result): HTMLElement {
  const charts = [...new Set(r.policies[0].series.map((s) => s.chart))];
  const policies = r.policies.slice(0, 3);
  const figures = charts.flatMap((name) => {
    const key = `chart_${name}`;
    const heading = has(key) ? t(key) : name;
    const of = (p: number) => r.policies[p].series.filter((s) => s.chart === name);
    const unit = of(0)[0].unit;
    const figure = (caption: string, drawn: Line[], high?: number) => h("figure", {}, h("figcaption", {}, caption), legend(drawn), lines(r, drawn, unit, high, caption));
    if (policies.length === 1 || of(0).length <= 2) {
      return [figure(heading, policies.flatMap((p, k) => of(k).map((s, i) => ({
        s, name: [of(0).length > 1 ? pick(s) : "", policies.length > 1 ? title(p) : pick(s)].filter((x, n, all) => x && all.indexOf(x) === n).join(" · "), colour: colours[(of(0).length > 1 ? i : k) % colours.length], dash: solid[k % solid.length] }))))];
    }
    // Many lines: a drawing for each policy, on one scale.
    const most = Math.max(...policies.flatMap((_, k) => of(k).flatMap((s) => s.weeks.map((v) => (v ? v[2] : 0)))));
    const high = Math.ceil(most * 1.02);
    return policies.map((p, k) => figure(`${heading} · ${title(p)}`, of(k).map((s, i) => ({ s, name: pick(s), colour: colours[i % colours.length], dash: "solid" })), high));
  });
  return section("over-year", t("over_year"), t("over_year_note", { c: percent(r.confidence) }), h("div", { class: "grid" }, figures));
}
