// Drawings of a sweep: a curve or a heat map of a grid, scattered points of samples; cost against service; the table of all cells.
import type { Interval } from "./data";
import { scaleOf, whisker } from "./bars";
import { behind, type Numbers } from "./behind";
import { chart, colours, tooltip } from "./charts";
import { button, h, scroller, section, select } from "./dom";
import { bounds, differenceBounds, estimate, fields, number, percent, signed, unitName, withBounds } from "./format";
import { pick, t } from "./i18n";
import { smooth } from "./smooth";
import { bestCell, bestOf, Chosen, effectsOf, isBounded } from "./sweep_answer";
import { allDecided, asResult, axisName, cellName, isNumeric, settingsOf, unitNumber, valueWords, varying, type Axis, type Sweep } from "./sweep_data";
import { dataTable, type Cell, type Row } from "./table";
import { counted } from "./tables";
import { tradeoff } from "./tradeoff";
import { verdictClass, verdictSign, verdictWord } from "./verdicts";

const named = (s: Sweep, m: number) => { const metric = s.metrics[m], unit = unitName(metric.unit); return unit ? `${pick(metric)}${t("open_bracket")}${unit}${t("close_bracket")}` : pick(metric); };
const tick = (unit: string) => (x: number) => (unit === "share" ? `${Number((100 * x).toFixed(1))}%` : Number(x.toPrecision(6)).toLocaleString());
/** A scale that does not begin at 0 where values lie far from it; of one value alone it has a little room, and a share is none beyond its ends. */
const valueAxis = (unit: string) => ({
  type: "value", scale: true,
  min: ({ min, max }: { min: number; max: number }) => (unit === "share" && min === max ? Math.max(0, min - 0.05) : null),
  max: ({ min, max }: { min: number; max: number }) => (unit === "share" && min === max ? Math.min(1, max + 0.05) : null),
  axisLabel: { hideOverlap: true, formatter: tick(unit) }, splitLine: { lineStyle: { color: "#e6eaee" } },
});
const numberAxis = (axis: Axis) => ({ type: "value", scale: true, nameLocation: "middle", nameGap: 28, axisLabel: { hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: (x: number) => unitNumber(axis, x) }, splitLine: { show: false } });
const figureCellOf = (v: Interval, unit: string) => withBounds(v, unit);

/** Vertical lines of intervals: data are [x, estimate, lower, upper]. */
const intervals = (data: number[][]) => ({
  type: "custom", silent: true, z: 2, data, encode: { x: 0, y: [2, 3] },
  renderItem: (_: unknown, api: { value: (i: number) => number; coord: (p: [number, number]) => [number, number] }) => {
    const [x1, y1] = api.coord([api.value(0), api.value(2)]), [, y2] = api.coord([api.value(0), api.value(3)]);
    return { type: "path", shape: { pathData: `M${x1 - 4},${y1}h8M${x1 - 4},${y2}h8M${x1},${y1}V${y2}` }, style: { stroke: "#5b6673", lineWidth: 1.3, fill: "none" } };
  },
});

/** Figures of cells along one axis that is a number. */
function curve(s: Sweep, m: number, a: number, cells: number[]): HTMLElement {
  const axis = s.axes[a], unit = s.metrics[m].unit;
  const points = cells.map((k) => ({ k, x: axis.values[s.cells[k].at[a]].number!, v: s.cells[k].values[m] })).filter((p) => p.v !== null).sort((p, q) => p.x - q.x);
  return h("figure", {}, h("figcaption", {}, named(s, m)), chart(340, {
    grid: { left: 64, right: 30, top: 20, bottom: 54 },
    tooltip: tooltip({ trigger: "item" }, (p: { data: { cell: number } }) => ({ heading: settingsOf(s, p.data.cell), lines: [`${pick(s.metrics[m])}${t("colon")}${withBounds(s.cells[p.data.cell].values[m], unit)}`] })),
    xAxis: { ...numberAxis(axis), name: axisName(axis), nameGap: 32, axisLabel: { hideOverlap: true, formatter: (x: number) => unitNumber(axis, x) } }, yAxis: valueAxis(unit),
    series: [
      { type: "line", data: points.map((p) => ({ value: [p.x, p.v![0]], cell: p.k })), symbol: "circle", symbolSize: 8, lineStyle: { width: 2, color: colours[0] }, itemStyle: { color: colours[0] },
        label: { show: points.length <= 12, position: "right", distance: 8, color: "#1d2530", textBorderColor: "#fff", textBorderWidth: 2, formatter: (p: { value: number[] }) => number(p.value[1], unit) } },
      intervals(points.filter((p) => isBounded(p.v)).map((p) => [p.x, p.v![0], p.v![1], p.v![2]])),
    ],
  }, `${named(s, m)}${t("colon")}${points.map((p) => `${valueWords(s, a, s.cells[p.k].at[a])} ${estimate(p.v, unit)}`).join(t("semicolon"))}`));
}
/** Figures of cells along one axis that is no number: a row for each value. */
function list(s: Sweep, m: number, a: number, cells: number[]): HTMLElement {
  const unit = s.metrics[m].unit, scale = scaleOf(cells.flatMap((k) => { const v = s.cells[k].values[m]; return v ? [v[1], v[2]] : []; }), false);
  return scroller(named(s, m), {}, h("table", { class: "load" }, h("caption", {}, named(s, m)), h("thead", {}, h("tr", {}, [axisName(s.axes[a]), named(s, m)].map((x) => h("th", { scope: "col" }, x)))),
    h("tbody", {}, cells.map((k) => h("tr", {}, h("th", { scope: "row" }, valueWords(s, a, s.cells[k].at[a])), h("td", { class: "load-cell" }, figureCellOf(s.cells[k].values[m], unit), whisker(s.cells[k].values[m], scale, colours[0])))))));
}
/** Two axes: a table whose cells are shaded by their figures. */
function heat(s: Sweep, m: number, rows: number, columns: number, cells: number[]): HTMLElement {
  const metric = s.metrics[m], known = cells.flatMap((k) => (s.cells[k].values[m] ? [s.cells[k].values[m]![0]] : []));
  const low = Math.min(...known), high = Math.max(...known);
  const best = [rows, columns].some((a) => s.axes[a].decided) ? bestOf(s, m, cells) : null;
  // From white to a blue on which dark text is read well.
  const shade = (x: number) => { const part = high > low ? (x - low) / (high - low) : 0; return `rgb(${[158, 202, 225].map((end) => Math.round(255 + (end - 255) * part)).join(",")})`; };
  const at = (r: number, c: number) => cells.find((k) => s.cells[k].at[rows] === r && s.cells[k].at[columns] === c);
  const one = (k: number | undefined) => {
    const v = k === undefined ? null : s.cells[k].values[m];
    if (k === undefined || !v) return h("td", { class: "num" }, "–");
    return h("td", { class: `num shaded${k === 0 ? " base" : ""}`, style: `background:${shade(v[0])}` },
      k === best ? h("span", {}, h("span", { "aria-hidden": "true" }, "★ "), h("span", { class: "offscreen" }, `${t("best_mark")} `)) : null, h("b", {}, estimate(v, metric.unit)), k === 0 ? h("span", { class: "offscreen" }, ` ${t("base_mark")}`) : null, h("small", { class: "below" }, bounds(v, metric.unit)));
  };
  return scroller(named(s, m), {}, h("table", { class: "shades" }, h("caption", {}, named(s, m)),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, `${axisName(s.axes[rows])} ↓`, h("br"), `${axisName(s.axes[columns])} →`), s.axes[columns].values.map((_, c) => h("th", { scope: "col", class: "num" }, valueWords(s, columns, c))))),
    h("tbody", {}, s.axes[rows].values.map((_, r) => h("tr", {}, h("th", { scope: "row" }, valueWords(s, rows, r)), s.axes[columns].values.map((__, c) => one(at(r, c))))))));
}

const numbers = (s: Sweep, m: number, cells: number[]): Numbers => ({
  caption: named(s, m), columns: [{ head: t("cell"), numeric: true }, ...s.axes.map((a) => ({ head: axisName(a) })), ...[named(s, m), t("lower"), t("upper")].map((head) => ({ head, numeric: true }))],
  rows: cells.map((k) => [k + 1, ...s.axes.map((_, a) => valueWords(s, a, s.cells[k].at[a])), ...fields(s.cells[k].values[m])]),
});

/** A grid: what one or two of its axes do, where the others stand. */
function ofGrid(s: Sweep, chosen: Chosen): HTMLElement {
  const axes = varying(s), place = h("div", {}), controls = h("p", { class: "controls" });
  let shown = axes.slice(0, 2), at = s.cells[0]?.at.slice() ?? [];
  const draw = () => {
    const m = chosen.metric;
    const cells = s.cells.map((_, k) => k).filter((k) => axes.every((a) => shown.includes(a) || s.cells[k].at[a] === at[a]));
    const [rows, columns] = shown;
    const drawing = columns !== undefined ? heat(s, m, rows, columns, cells) : isNumeric(s.axes[rows]) ? curve(s, m, rows, cells) : list(s, m, rows, cells);
    place.replaceChildren(drawing, columns === undefined ? "" : h("p", { class: "note" }, t("heat_note")), behind(() => numbers(s, m, cells)));
  };
  const choose = () => {
    const best = bestCell(s, chosen.metric);
    at = at.length > 0 ? at : (s.cells[best ?? 0]?.at ?? []);
    const axisBox = (name: string, which: number) => h("label", {}, `${name} `, select(axes.map((a) => [String(a), axisName(s.axes[a])]), String(shown[which]), (v) => {
      const other = shown[1 - which], now = Number(v);
      if (other === now) shown[1 - which] = shown[which];
      shown[which] = now;
      shown = [...shown];
      choose();
      draw();
    }));
    const valueBox = (a: number) => h("label", {}, `${t("others_at")} ${axisName(s.axes[a])} `, select(s.axes[a].values.map((_, v) => [String(v), valueWords(s, a, v)]), String(at[a]), (v) => { at[a] = Number(v); draw(); }));
    controls.replaceChildren(chosen.control(s), ...(axes.length > 2 ? [axisBox(t("rows_are"), 0), axisBox(t("columns_are"), 1), ...axes.filter((a) => !shown.includes(a)).map(valueBox)] : []));
  };
  choose();
  chosen.watch(draw);
  draw();
  return h("div", {}, controls, place);
}

/** Points of all samples against one axis, with a line of their means. */
function scatter(s: Sweep, m: number, a: number): HTMLElement {
  // A few values stand side by side; many are numbers on a line.
  const axis = s.axes[a], unit = s.metrics[m].unit, isNumber = isNumeric(axis) && axis.values.length > 8;
  const order = axis.values.map((_, v) => v).sort((p, q) => (isNumeric(axis) ? axis.values[p].number! - axis.values[q].number! : p - q));
  const x = (k: number) => (isNumber ? axis.values[s.cells[k].at[a]].number!   : order.indexOf(s.cells[k].at[a]));
  const cells = s.cells.map((_, k) => k).filter((k) => s.cells[k].values[m] !== null), drawn = cells.filter((k) => k > 0);
  const points = drawn.map((k): [number, number] => [x(k), s.cells[k].values[m]![0]]);
  const low = Math.min(...points.map(([v]) => v)), high = Math.max(...points.map(([v]) => v));
  const few = !isNumber;
  const places = few ? [...new Set(points.map(([v]) => v))].sort((p, q) => p - q) : Array.from({ length: 41 }, (_, k) => low + ((high - low) * k) / 40);
  const means = few ? places.map((p) => { const at = points.filter(([v]) => v === p); return at.reduce((sum, [, y]) => sum + y, 0) / at.length; }) : smooth(points, places);
  return h("figure", {}, h("figcaption", {}, axisName(axis)), chart(260, {
    grid: { left: 60, right: 20, top: 14, bottom: 34 },
    tooltip: tooltip({ trigger: "item" }, (p: { data: { cell?: number } }) => (p.data.cell === undefined ? { heading: t("smooth_line"), lines: [] } : { heading: cellName(s, p.data.cell), lines: [settingsOf(s, p.data.cell), `${pick(s.metrics[m])}${t("colon")}${withBounds(s.cells[p.data.cell].values[m], unit)}`] })),
    xAxis: isNumber ? { ...numberAxis(axis), min: low, max: high } : { type: "category", data: order.map((v) => valueWords(s, a, v)), axisLabel: { hideOverlap: true } }, yAxis: valueAxis(unit),
    series: [
      { type: "scatter", symbolSize: 7, itemStyle: { color: colours[0], opacity: 0.65 }, data: drawn.map((k) => ({ value: [x(k), s.cells[k].values[m]![0]], cell: k })) },
      { type: "line", silent: true, symbol: few ? "rect" : "none", symbolSize: 9, z: 3, lineStyle: { color: colours[1], width: 2.5 }, itemStyle: { color: colours[1] }, data: places.map((p, k) => [p, means[k]]).filter(([, y]) => Number.isFinite(y)) },
      { type: "scatter", symbol: "diamond", symbolSize: 14, z: 4, itemStyle: { color: "#1d2530" }, data: cells.includes(0) && (!isNumber || (x(0) >= low && x(0) <= high)) ? [{ value: [x(0), s.cells[0].values[m]![0]], cell: 0 }] : [] },
    ],
  }, `${named(s, m)}${t("semicolon")}${axisName(axis)}`));
}
/** Samples: every axis, the one that matters most first. */
function ofSamples(s: Sweep, chosen: Chosen): HTMLElement {
  const most = 6, place = h("div", {});
  let all = false;
  const draw = () => {
    const m = chosen.metric, strong = [...new Set(effectsOf(s.effects, m).map((e) => e.axis))];
    const axes = [...strong, ...varying(s).filter((a) => !strong.includes(a))], shown = all ? axes : axes.slice(0, most);
    const more = shown.length < axes.length ? button(t("show_drawings", { n: axes.length }), () => { all = true; draw(); }, { class: "more" }) : null;
    place.replaceChildren(h("h3", {}, named(s, m)), h("div", { class: "grid" }, shown.map((a) => scatter(s, m, a))), ...(more ? [more] : []), behind(() => numbers(s, m, s.cells.map((_, k) => k))));
  };
  chosen.watch(draw);
  draw();
  return h("div", {}, h("p", { class: "controls" }, chosen.control(s)), place);
}

export function sweepEffects(s: Sweep, chosen: Chosen): HTMLElement | null {
  if (varying(s).length === 0) return null;
  return section("effects", t("effects"), s.sampled ? t("scatter_note") : t("effects_note", { c: percent(s.confidence) }), s.sampled ? ofSamples(s, chosen) : ofGrid(s, chosen));
}
export function sweepTradeoff(s: Sweep): HTMLElement | null {
  const picture = varying(s).some((a) => s.axes[a].decided) ? tradeoff(asResult(s)) : null;
  if (!picture) return null;
  picture.querySelector("h3")?.remove(); // the section's own heading says it
  return section("tradeoff", t("tradeoff"), "", allDecided(s) ? null : h("p", { class: "cohort" }, h("span", { "aria-hidden": "true" }, "⚠ "), t(s.axes.some((a) => a.other_matters && a.values.length > 1) ? "other_work" : "other_circumstances")), picture);
}

export function sweepCells(s: Sweep): HTMLElement {
  const money = (v: Interval): Cell => ({ text: v ? number(v[0], "") : "–", sort: v ? v[0] : null, out: fields(v) });
  const figure = (k: number, m: number): Cell => {
    const v = s.cells[k].values[m], d = s.cells[k].differences[m] ?? null, unit = s.metrics[m].unit;
    return { text: withBounds(v, unit), sort: v ? v[0] : null, out: [...fields(v), ...fields(d ? [d[0], d[1], d[2], d[5]] : null), d ? verdictWord(d[4]) : null],
      show: () => [h("b", {}, estimate(v, unit)), v ? h("small", { class: "below" }, bounds(v, unit)) : null,
        d ? h("small", { class: `below verdict ${verdictClass(d[4])}`, title: verdictWord(d[4]) }, h("span", { "aria-hidden": "true" }, `${verdictSign(d[4])} `), h("span", { class: "offscreen" }, `${verdictWord(d[4])} `), signed(d[0], unit) || "0", d[5] ? "" : `${t("open_bracket")}${differenceBounds(d, unit)}${t("close_bracket")}`) : null] };
  };
  const rows = s.cells.map((c, k): Row => ({ cells: [{ text: String(k + 1), sort: k + 1, out: [k + 1] },
    ...s.axes.map((axis, a): Cell => { const v = axis.values[c.at[a]]; return { text: valueWords(s, a, c.at[a]), sort: v.number ?? valueWords(s, a, c.at[a]), out: [v.number ?? valueWords(s, a, c.at[a])] }; }),
    ...(s.costs ? [money(s.costs.policies[k].total)] : []), ...s.metrics.map((_, m) => figure(k, m))] }));
  const columns = [{ head: t("cell") }, ...s.axes.map((a) => ({ head: axisName(a), numeric: isNumeric(a), class: "axis" })), ...(s.costs ? [counted(t("cell_costs"))] : []),
    ...s.metrics.map((_, m) => ({ head: named(s, m), numeric: true, class: "estimate", heads: [named(s, m), t("lower"), t("upper"), t("difference_first"), t("lower"), t("upper"), t("verdict")] }))];
  return section("cells", t("cells"), t("effects_note", { c: percent(s.confidence) }), dataTable({ name: "sifang-cells", caption: t("cells"), columns, rows, class: "cells", tall: s.cells.length > 12 }));
}
