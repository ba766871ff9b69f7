// Cost against service as a picture of all policies, with its table.
import type { Interval, Result } from "./data";
import { chart, colours, tooltip } from "./charts";
import { details, h, select } from "./dom";
import { fields, number, percent, withBounds } from "./format";
import { pick, t, title } from "./i18n";
import { names, type Point, type Segment } from "./labels";
import { placeWords } from "./answer";
import { dataTable, type Row } from "./table";

type Axis = "total" | "leader_hours";

/** Marks that differ by form too. */
const forms = ["circle", "rect", "triangle", "diamond", "pin", "arrow"];
/** A name over two lines at most, of so many letters each; the table has it whole. */
function twoLines(name: string, most: number): string[] {
  const letters = [...name];
  if (letters.length <= most) return [name];
  const space = Math.max(letters.lastIndexOf(" ", most), letters.lastIndexOf("（", most));
  const end = space > most / 3 ? space : Math.min(most, Math.ceil(letters.length / 2));
  const rest = letters.slice(end).join("").trim(), shown = [...rest].slice(0, most - 1).join("");
  return [letters.slice(0, end).join(""), `${shown}${shown.length < rest.length ? "…" : ""}`];
}
const bounded = (v: Interval): v is NonNullable<Interval> => v !== null && v[3] !== "too_few_years";

export function tradeoff(r: Result): HTMLElement | null {
  const costs = r.costs;
  if (!costs || costs.policies.length < 2 || costs.services.length === 0) return null;
  let service = 0;
  let axis: Axis = "total";
  const picture = h("div", {});
  const draw = () => {
    const s = costs.services[service];
    const value = (p: number): Interval => costs.policies[p].services[service]?.amount ?? null;
    const cost = (p: number): Interval => costs.policies[p][axis];
    const points = r.policies.map((_, p) => p).filter((p) => value(p) && cost(p));
    const front = points.filter((p) => axis === "total" && costs.policies[p].services[service].place === "front").sort((a, b) => cost(a)![0] - cost(b)![0]);
    const unit = pick({ en: s.unit_en, zh: s.unit_zh });
    const across = t(axis === "total" ? "total_cost" : "leader_hours");
    const axisOf = (name: string, extra: object) => ({ type: "value", scale: true, name, axisLabel: { hideOverlap: true }, splitLine: { lineStyle: { color: "#e6eaee" } }, ...extra });
    const whisker = (x: 0 | 1) => (_: unknown, api: { value: (i: number) => number; coord: (p: [number, number]) => [number, number] }) => {
      const at = (k: number): [number, number] => (x ? [api.value(0), api.value(k)] : [api.value(k), api.value(1)]);
      const [x1, y1] = api.coord(at(2)), [x2, y2] = api.coord(at(3));
      return { type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: "#5b6673", lineWidth: 1.2 } };
    };
    const table = () => dataTable({
      name: `sifang-tradeoff-${s.id}`, caption: `${t("tradeoff")}${t("colon")}${pick(s)}`,
      columns: [{ head: t("policy") }, { head: `${pick(s)}${t("in_brackets", { x: unit })}`, numeric: true, heads: [pick(s), t("lower"), t("upper")] },
        { head: t("total_cost"), numeric: true, heads: [t("total_cost"), t("lower"), t("upper")] },
        { head: t("leader_hours"), numeric: true, heads: [t("leader_hours"), t("lower"), t("upper")] }, { head: t("standing") }],
      rows: r.policies.map((p, k): Row => ({ cells: [{ text: title(p) }, ...[value(k), costs.policies[k].total, costs.policies[k].leader_hours].map((v) => ({ text: withBounds(v, ""), sort: v ? v[0] : null, out: fields(v) })),
        { text: costs.policies[k].services[service] ? placeWords(r, costs.policies[k].services[service].place, costs.policies[k].services[service].by, costs.policies[k].services[service].sure) : "" }] })),
    });
    // Of many policies those are named that no other beats, and the base; the table names all.
    const many = points.length > 12;
    const named = new Set(many ? [0, ...front] : points);
    // Names keep off marks, off their intervals, and off the line between those that no other beats.
    const size = 13, middle = (p: number): Point => [cost(p)![0], value(p)![0]];
    const lettered = (p: number, width: number) => {
      const name = title(r.policies[p]);
      return named.has(p) ? twoLines(name, Math.min(36, Math.max(8, Math.floor(width / (/[\u2e80-\u9fff]/.test(name) ? 26 : 15))))) : [];
    };
    const beside = (coord: (p: Point) => Point, width: number) => {
      const lines: Segment[] = [];
      for (const p of named) {
        const [x, y] = middle(p), wide = cost(p), high = value(p);
        if (bounded(wide)) lines.push({ from: coord([wide[1], y]), to: coord([wide[2], y]) });
        if (bounded(high)) lines.push({ from: coord([x, high[1]]), to: coord([x, high[2]]) });
      }
      front.slice(1).forEach((p, k) => lines.push({ from: coord(middle(front[k])), to: coord(middle(p)) }));
      return { marks: points.map((p) => ({ at: coord(middle(p)), size, lines: lettered(p, width) })), lines };
    };
    // Taller on a phone, where names have two lines.
    const drawing = chart(window.innerWidth < 760 ? 470 : 400, {
      grid: { left: 62, right: 30, top: 22, bottom: 52 },
      tooltip: tooltip({ trigger: "item" }, (x: { data: { policy: number } }) => ({ heading: title(r.policies[x.data.policy]), lines: [`${pick(s)}: ${withBounds(value(x.data.policy), "")} ${unit}`, `${across}: ${withBounds(cost(x.data.policy), "")}`] })),
      xAxis: axisOf(across, { nameLocation: "middle", nameGap: 32, axisLabel: { hideOverlap: true, formatter: (x: number) => number(x, "") } }),
      yAxis: axisOf("", {}),
      series: [
        { type: "line", data: front.map((p) => [cost(p)![0], value(p)![0]]), silent: true, symbol: "none", lineStyle: { color: "#1d2530", width: 1.2, type: "dashed" }, z: 1 },
        { type: "custom", silent: true, z: 2, data: points.filter((p) => bounded(cost(p)) && named.has(p)).map((p) => [cost(p)![0], value(p)![0], cost(p)![1], cost(p)![2]]), renderItem: whisker(0), encode: { x: [0, 2, 3], y: 1 } },
        { type: "custom", silent: true, z: 2, data: points.filter((p) => bounded(value(p)) && named.has(p)).map((p) => [cost(p)![0], value(p)![0], value(p)![1], value(p)![2]]), renderItem: whisker(1), encode: { x: 0, y: [1, 2, 3] } },
        { type: "scatter", z: 3, data: points.map((p) => ({ value: middle(p), policy: p, symbol: forms[p % forms.length], symbolSize: size, itemStyle: { color: colours[p % colours.length], borderColor: "#1d2530", borderWidth: p === 0 ? 2 : 0.8 } })) },
        ...(points.length > 0 ? [names(middle(points[0]), beside)] : []),
      ],
    }, `${t("tradeoff")}${t("colon")}${pick(s)}${t("semicolon")}${points.map((p) => `${title(r.policies[p])} ${number(value(p)![0], "")} / ${number(cost(p)![0], "")}`).join(t("semicolon"))}`);
    picture.replaceChildren(h("p", { class: "axis-name" }, `↑ ${pick(s)}${t("in_brackets", { x: unit })}`), drawing, details(t("tradeoff_table"), table));
  };
  draw();
  return h("div", { class: "tradeoff" }, h("h3", {}, t("tradeoff")), h("p", { class: "note" }, t("tradeoff_note", { c: percent(r.confidence) })),
    h("p", { class: "controls" }, h("label", {}, `${t("service")} `, select(costs.services.map((s, k) => [String(k), pick(s)]), "0", (v) => { service = Number(v); draw(); })),
      h("label", {}, `${t("against")} `, select([["total", t("total_cost")], ["leader_hours", t("leader_hours")]], axis, (v) => { axis = v as Axis; draw(); }))), picture);
}
