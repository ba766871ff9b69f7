import type { Interval, Result, Series } from "./data";
import { behind } from "./behind";
import { chart, colours, legend, tooltip } from "./charts";
import { dashOf, policyChoice } from "./choice";
import { h, section, select } from "./dom";
import { percent, unitName, withBounds } from "./format";
import { has, pick, t, title } from "./i18n";

type Line = { s: Series; name: string; colour: string; dash: number[] };
const oneDay = 86400000;

/** Weeks that have seven days in the period: a last one that is cut short counts less of everything, and looks like a fall. */
export function wholeWeeks(r: Result): number {
  const n = r.week_starts.length;
  if (n < 2) return n;
  const days = Math.round((Date.parse(r.end) - Date.parse(r.week_starts[n - 1])) / oneDay) + 1;
  return days < 7 ? n - 1 : n;
}

/** The next round number, so that an axis ends on one. */
export function roundUp(x: number): number {
  if (!(x > 0)) return 1;
  const size = 10 ** Math.floor(Math.log10(x));
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((k) => k * size).find((y) => y >= x) ?? 10 * size;
}

/** Bands of more lines than this lie over each other until none can be seen; the table has their bounds. */
const mostBands = 4;
/**
 * Up to where an axis goes: what the lines need, and the bands as far as they do not press the lines flat. The interval of a week by
 * itself is not drawn.
 * \param bands  whether bands are drawn at all
 */
export function axisEnd(all: Interval[][], bands: boolean): number {
  const values = all.flatMap((weeks) => weeks.map((v) => v?.[0] ?? 0));
  const ends = all.flatMap((weeks) => weeks.map((v, k) => (v && (weeks[k - 1] || weeks[k + 1]) ? v[2] : 0)));
  const highest = Math.max(0, ...values);
  return roundUp(Math.max(highest, bands ? Math.min(Math.max(0, ...ends), 2 * highest) : 0));
}

function lines(r: Result, weeks: number, series: Line[], unit: string, high: number, label: string): HTMLElement {
  const value = (v: Interval, k: 0 | 1 | 2) => (v ? v[k] : null);
  const of = (x: Line) => x.s.weeks.slice(0, weeks);
  return chart(270, {
    grid: { left: 46, right: 14, top: 32, bottom: 26 },
    tooltip: tooltip({ trigger: "axis" }, (points: { dataIndex: number }[]) => {
      const i = points[0].dataIndex;
      return { heading: r.week_starts[i], lines: series.map((x) => `${x.name}${t("colon")}${withBounds(x.s.weeks[i], unit)}`) };
    }),
    xAxis: { type: "category", data: r.week_starts.slice(0, weeks), boundaryGap: false, axisLabel: { formatter: (d: string) => d.slice(5), hideOverlap: true } },
    yAxis: { type: "value", name: unitName(unit), nameTextStyle: { align: "left" }, min: 0, max: high },
    series: series.flatMap((x, n) => [
      { type: "line", name: x.name, data: of(x).map((v) => value(v, 0)), showSymbol: weeks === 1, connectNulls: true, lineStyle: { width: 1.8, color: x.colour, type: x.dash.length ? x.dash : "solid" }, itemStyle: { color: x.colour } },
      ...(series.length > mostBands ? [] : [{ type: "line", stack: `band${n}`, data: of(x).map((v) => value(v, 1)), showSymbol: false, lineStyle: { opacity: 0 }, silent: true },
      { type: "line", stack: `band${n}`, data: of(x).map((v) => (v ? v[2] - v[1] : null)), showSymbol: false, lineStyle: { opacity: 0 }, areaStyle: { color: x.colour, opacity: series.length > 2 ? 0.08 : 0.14 }, silent: true }]),
    ]),
  }, label);
}

/** One chart: lines by policy where there are one or two series, else a drawing for each policy on one scale, or one series of all. */
function charted(r: Result, name: string, weeks: number): HTMLElement {
  const key = `chart_${name}`;
  const heading = has(key) ? t(key) : name;
  const of = (p: number) => r.policies[p].series.filter((s) => s.chart === name);
  const unit = of(0)[0].unit, several = of(0).length > 2;
  let picked = "all";
  const place = h("div", { class: "grid" });
  const figure = (caption: string, drawn: Line[], high?: number) => h("figure", {}, h("figcaption", {}, caption), legend(drawn), lines(r, weeks, drawn, unit, high ?? axisEnd(drawn.map((x) => x.s.weeks.slice(0, weeks)), drawn.length <= mostBands), caption));
  const line = (s: Series, text: string, colour: number, dash: number): Line => ({ s, name: text, colour: colours[colour % colours.length], dash: dashOf(dash) });
  const draw = () => {
    const shown = choice.chosen();
    const single = r.policies.length === 1;
    let figures: HTMLElement[];
    if (several && picked !== "all") {
      figures = [figure(`${heading}${t("dot")}${pick(of(0).find((s) => s.id === picked)!)}`, shown.flatMap((p) => of(p).filter((s) => s.id === picked).map((s) => line(s, title(r.policies[p]), p, p))))];
    } else if (several && !single) {
      const most = axisEnd(shown.flatMap((p) => of(p).map((s) => s.weeks.slice(0, weeks))), of(0).length <= mostBands);
      figures = shown.map((p) => figure(`${heading}${t("dot")}${title(r.policies[p])}`, of(p).map((s, i) => line(s, pick(s), i, i)), most));
    } else if (single) {
      figures = [figure(heading, of(0).map((s, i) => line(s, pick(s), i, i)))];
    } else { // each series by itself: colour and dash tell the policies apart
      figures = of(0).map((first) => figure(of(0).length > 1 ? `${heading}${t("dot")}${pick(first)}` : heading, shown.flatMap((p) => of(p).filter((s) => s.id === first.id).map((s) => line(s, title(r.policies[p]), p, p)))));
    }
    place.replaceChildren(...figures);
  };
  const choice = policyChoice(r, several ? 4 : 6, draw);
  draw();
  const control = several && r.policies.length > 1
    ? h("label", {}, `${t("line")} `, select([["all", t("all_lines")], ...of(0).map((s): [string, string] => [s.id, pick(s)])], picked, (v) => { picked = v; draw(); })) : null;
  return h("div", { class: "over-year" }, control || choice.control ? h("div", { class: "controls" }, h("b", {}, heading), control, choice.control) : null, place,
    behind(() => ({
      caption: heading,
      columns: [{ head: t("policy") }, { head: t("line") }, { head: t("week_from") }, { head: t("estimate"), numeric: true }, { head: t("lower"), numeric: true }, { head: t("upper"), numeric: true }],
      rows: r.policies.flatMap((p, k) => of(k).flatMap((s) => s.weeks.map((v, i) => [title(p), pick(s), i < weeks ? r.week_starts[i] : `${r.week_starts[i]} ${t("cut_short")}`, v ? v[0] : null, v ? v[1] : null, v ? v[2] : null]))),
    })));
}

export function overYear(r: Result): HTMLElement {
  const weeks = wholeWeeks(r);
  const note = weeks < r.week_starts.length ? ` ${t("week_left_out", { d: r.week_starts[weeks] })}` : "";
  return section("over-year", t("over_year"), `${t("over_year_note", { c: percent(r.confidence) })}${note}`, [...new Set(r.policies[0].series.map((s) => s.chart))].map((name) => charted(r, name, weeks)));
}
