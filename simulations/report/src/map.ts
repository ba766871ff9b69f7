// Townships on a schematic map: a figure of each policy, or the difference that a policy makes.
import type { Difference, Interval, Result } from "./data";
import { behind } from "./behind";
import { chart, tooltip } from "./charts";
import { policyChoice } from "./choice";
import { h, section, select } from "./dom";
import { differenceBounds, number, signed, unitName, withBounds } from "./format";
import { pick, t, title } from "./i18n";
import { names, type Point as Place } from "./labels";

const sequential = ["#fde8c9", "#f3a25f", "#a63603"], diverging = ["#0b4a86", "#a6c8e4", "#f4f4f4", "#f3b27a", "#a63603"];
interface Point { name: string; value: [number, number, number | null]; people: number; symbolSize: number; symbol: string; symbolRotate: number; text: string }
/** Up to this many names can stand on a map without covering each other. */
const mostNames = 60;

/** Whether a difference is none of chance: its interval lies on one side of nothing. */
export const isSure = (d: NonNullable<Difference>) => !d[5] && (d[1] > 0 || d[2] < 0);

export function townshipMap(r: Result): HTMLElement | null {
  const dimension = r.dimensions.findIndex((d) => d.id === "township");
  const usable = r.metrics.map((m, i) => ({ m, i })).filter(({ i }) => dimension >= 0 && r.policies[0].values[i][dimension].some((v) => v !== null));
  if (usable.length === 0) return null;
  const place = h("div", {});
  let metric = (usable.find(({ m }) => m.id === "registrations") ?? usable[0]).i, shows = "values";
  const items = r.dimensions[dimension].items;
  const units = new Map(r.units.map((u) => [u.code, u]));
  const most = Math.max(...items.map((item) => units.get(item.id)?.population ?? 0), 1);
  const drawing = (caption: string, low: number, high: number, shades: string[], sign: boolean, of: (k: number) => { v: number | null; text: string; symbol: string }) => {
    const at = items.map((item): Place => [units.get(item.id)?.x ?? 0, units.get(item.id)?.y ?? 0]);
    const sizes = items.map((item) => (14 + 34 * Math.sqrt((units.get(item.id)?.population ?? 0) / most)) * (items.length > mostNames ? 0.4 : 1));
    const beside = (coord: (p: Place) => Place) => ({ lines: [], marks: items.map((item, k) => ({ at: coord(at[k]), size: sizes[k], lines: [pick(item)] })) });
    const unit = r.metrics[metric].unit, end = (x: number) => (sign ? signed(x, unit) : number(x, unit));
    return h("figure", {}, h("figcaption", {}, caption), chart(430, {
      grid: { left: 10, right: 10, top: 24, bottom: 56 },
      tooltip: tooltip({}, (x: { data: Point }) => ({ heading: x.data.name, lines: [`${pick(r.metrics[metric])}${t("colon")}${x.data.text}`, `${t("population")}${t("colon")}${number(x.data.people, "")}`] })),
      visualMap: { type: "continuous", min: low, max: high > low ? high : low + 1, dimension: 2, seriesIndex: 0, orient: "horizontal", left: "center", bottom: 0, itemHeight: 160, text: [end(high), end(low)], inRange: { color: shades } },
      xAxis: { type: "value", min: 15, max: 105, show: false }, yAxis: { type: "value", min: 0, max: 105, inverse: true, show: false },
      series: [{ type: "scatter", data: items.map((item, k): Point => {
        const u = units.get(item.id), { v, text, symbol } = of(k);
        return { name: pick(item), value: [...at[k], v], people: u?.population ?? 0, symbolSize: sizes[k], symbol, symbolRotate: sign && v !== null && v < 0 ? 180 : 0, text };
      }), itemStyle: { borderColor: "#7a4a1e", borderWidth: 1 } }, ...(items.length <= mostNames ? [names(at[0], beside)] : [])],
    }, caption));
  };
  const draw = () => {
    const m = r.metrics[metric];
    let figures: HTMLElement[];
    if (shows === "values") {
      const all = r.policies.flatMap((p) => p.values[metric][dimension]).filter((v): v is NonNullable<Interval> => v !== null).map((v) => v[0]);
      const low = Math.min(...all), high = Math.max(...all);
      figures = choice.chosen().map((p) => drawing(title(r.policies[p]), low, high, sequential, false, (k) => {
        const v = r.policies[p].values[metric][dimension][k];
        return { v: v ? v[0] : null, text: v ? `${withBounds(v, m.unit)} ${unitName(m.unit)}` : "–", symbol: "circle" };
      }));
    } else {
      const c = r.comparisons[Number(shows)], of = (k: number): Difference => c.values[metric][dimension][k];
      const far = Math.max(...items.map((_, k) => Math.abs(of(k)?.[0] ?? 0)), 1e-9);
      figures = [drawing(t("map_difference", { a: title(r.policies[c.other]), b: title(r.policies[c.base]) }), -far, far, diverging, true, (k) => {
        const d = of(k);
        if (!d) return { v: null, text: "–", symbol: "circle" };
        return { v: d[0], text: `${signed(d[0], m.unit)}${t("in_brackets", { x: differenceBounds(d, m.unit) })}`, symbol: isSure(d) ? "triangle" : "circle" };
      })];
    }
    place.replaceChildren(...(shows === "values" ? [] : [h("p", { class: "note" }, t("map_sure"))]), h("div", { class: "grid" }, figures), behind(() => ({
      caption: pick(m),
      columns: [{ head: t("township") }, ...r.policies.map((p) => ({ head: title(p), numeric: true })), ...r.comparisons.flatMap((c) => [t("difference_of", { p: title(r.policies[c.other]) }), t("lower"), t("upper")].map((head) => ({ head, numeric: true })))],
      rows: items.map((item, k) => [pick(item), ...r.policies.map((p) => p.values[metric][dimension][k]?.[0] ?? null), ...r.comparisons.flatMap((c) => { const d = c.values[metric][dimension][k]; return d ? [d[0], d[1], d[2]] : [null, null, null]; })]),
    })));
  };
  const choice = policyChoice(r, 4, draw);
  draw();
  const modes: [string, string][] = [["values", t("map_values")], ...r.comparisons.map((c, k): [string, string] => [String(k), t("map_difference", { a: title(r.policies[c.other]), b: title(r.policies[c.base]) })])];
  return section("map", t("map"), t("map_note"), h("div", { class: "controls" },
    h("label", {}, `${t("coloured_by")} `, select(usable.map(({ m, i }) => [String(i), pick(m)]), String(metric), (v) => { metric = Number(v); draw(); })),
    r.comparisons.length > 0 ? h("label", {}, `${t("show")} `, select(modes, shows, (v) => { shows = v; draw(); })) : null, choice.control), place);
}
