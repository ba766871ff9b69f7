// Every figure of every policy; one of them split by township, unit, door, month, …
import type { Metric, Result } from "./data";
import { scaleOf, whisker } from "./bars";
import { colours } from "./charts";
import { h, section, select } from "./dom";
import { bounds, differenceBounds, estimate, fields, parts, percent, signed, unitName } from "./format";
import { has, pick, t, title } from "./i18n";
import { dataTable, type Cell, type Column, type Row } from "./table";
import { verdictClass, verdictSign, verdictWord } from "./verdicts";

const groupName = (group: string) => { const key = `group_${group}`; return has(key) ? t(key) : group; };

/** A choice of policies, all of them at first unless they are many. The base stays. */
export function policyChoice(r: Result, most: number, changed: (chosen: number[]) => void): HTMLElement | null {
  if (r.policies.length < 3) return null;
  const chosen = new Set(r.policies.map((_, k) => k).slice(0, most));
  const boxes = r.policies.map((p, k) => {
    const box = h("input", { type: "checkbox", ...(chosen.has(k) ? { checked: "" } : {}) }) as HTMLInputElement;
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(k);
      else chosen.delete(k);
      changed([...chosen].sort((a, b) => a - b));
    });
    return h("label", {}, box, " ", h("span", { class: "dot", style: `background:${colours[k % colours.length]}` }), title(p));
  });
  return h("details", { class: "choice" }, h("summary", {}, t("which_policies")), h("fieldset", {}, h("legend", {}, t("which_policies")), boxes));
}

function columns(r: Result, chosen: number[], first: string, withParts: boolean): Column[] {
  return [{ head: first }, ...chosen.map((k): Column => ({ head: title(r.policies[k]), numeric: true, class: "estimate",
    heads: [title(r.policies[k]), t("lower"), t("upper"), ...(withParts ? [t("numerator"), t("denominator")] : []),
      ...(r.comparisons.some((c) => c.other === k) ? [t("difference"), t("lower"), t("upper"), t("verdict")] : [])] }))];
}
/** An estimate with its interval as text and as a bar on the scale of its row. */
function cell(r: Result, k: number, i: number, dimension: number, item: number, m: Metric, scale: ReturnType<typeof scaleOf>): Cell {
  const p = r.policies[k], v = p.values[i][dimension][item] ?? null;
  const all = p.parts?.[i]?.[dimension]?.[item] ?? null;
  const made = all ? all.map((x) => x / p.replications) : [null, null];
  const c = r.comparisons.find((x) => x.other === k), d = c?.values[i]?.[dimension]?.[item] ?? null;
  const compared = c ? [...fields(d ? [d[0], d[1], d[2], d[5]] : null), d ? verdictWord(d[4]) : null] : [];
  return { text: v ? `${estimate(v, m.unit)}${t("in_brackets", { x: bounds(v, m.unit) })}` : "–", sort: v ? v[0] : null, out: [...fields(v), made[0], made[1], ...compared],
    show: () => [h("b", {}, estimate(v, m.unit)), v ? h("small", { class: "below" }, bounds(v, m.unit)) : null, whisker(v, scale, colours[k % colours.length]),
      d ? h("small", { class: `below verdict ${verdictClass(d[4])}`, title: verdictWord(d[4]) }, h("span", { "aria-hidden": "true" }, `${verdictSign(d[4])} `), h("span", { class: "offscreen" }, `${verdictWord(d[4])} `),
        `${signed(d[0], m.unit)}${d[5] ? "" : t("in_brackets", { x: differenceBounds(d, m.unit) })}`) : null,
      all ? h("small", { class: "below parts" }, parts(all, p.replications)) : null] };
}

function allFigures(r: Result, chosen: number[]): HTMLElement {
  const rows: Row[] = [];
  r.metrics.forEach((m, i) => {
    const values = chosen.map((k) => r.policies[k].values[i][0][0]);
    if (values.every((v) => v === null)) return;
    const scale = scaleOf(values.flatMap((v) => (v ? [v[1], v[2]] : [])), false);
    rows.push({ group: groupName(m.group), cells: [{ text: `${pick(m)}${unitName(m.unit) ? ` ${unitName(m.unit)}` : ""}`, sort: pick(m), show: () => [pick(m), unitName(m.unit) ? h("small", {}, ` ${unitName(m.unit)}`) : null] },
      ...chosen.map((k) => cell(r, k, i, 0, 0, m, scale))] });
  });
  return dataTable({ name: "sifang-figures", caption: t("all_figures"), columns: columns(r, chosen, t("figure"), true), rows, class: "figures", tall: true });
}
function split(r: Result, chosen: number[], i: number, dimension: number): HTMLElement {
  const m = r.metrics[i], d = r.dimensions[dimension];
  const known = chosen.flatMap((k) => r.policies[k].values[i][dimension]).filter((v) => v !== null);
  const scale = scaleOf(known.flatMap((v) => [v![1], v![2]]), false);
  const rows = d.items.map((item, at): Row | null => (chosen.every((k) => r.policies[k].values[i][dimension][at] === null) ? null
    : { cells: [{ text: pick(item) }, ...chosen.map((k) => cell(r, k, i, dimension, at, m, scale))] })).filter((row): row is Row => row !== null);
  const unit = unitName(m.unit);
  return dataTable({ name: `sifang-${m.id}-${d.id}`, caption: `${pick(m)}${unit ? t("in_brackets", { x: unit }) : ""}${t("semicolon")}${t("split_by")}${t("colon")}${pick(d)}`,
    columns: columns(r, chosen, pick(d), true), rows, class: "figures", tall: rows.length > 25 });
}

export function figures(r: Result): HTMLElement {
  const body = h("div", {});
  const shown = r.policies.length > 12 ? 6 : r.policies.length;
  let chosen = r.policies.map((_, k) => k).slice(0, shown), metric = -1, dimension = 0;
  const usable = (i: number) => r.dimensions.map((d, k): [number, string] => [k, pick(d)]).filter(([k]) => r.policies.some((p) => p.values[i][k].some((v) => v !== null)));
  const by = h("label", {});
  const draw = () => {
    if (chosen.length === 0) return body.replaceChildren(h("p", {}, t("none_chosen")));
    body.replaceChildren(metric < 0 ? allFigures(r, chosen) : split(r, chosen, metric, dimension));
  };
  const dimensions = () => {
    by.hidden = metric < 0;
    if (metric < 0) return;
    const ways = usable(metric);
    if (!ways.some(([k]) => k === dimension)) dimension = ways[0]?.[0] ?? 0;
    by.replaceChildren(`${t("split_by")} `, select(ways.map(([k, text]) => [String(k), text]), String(dimension), (v) => { dimension = Number(v); draw(); }));
  };
  dimensions();
  draw();
  const township = r.dimensions.findIndex((d) => d.id === "township");
  const figure = select([["-1", t("all_figures")], ...r.metrics.map((m, i): [string, string] => [String(i), `${groupName(m.group)} · ${pick(m)}`])], "-1", (v) => {
    if (metric < 0 && township >= 0) dimension = township;
    metric = Number(v);
    dimensions();
    draw();
  });
  return section("figures", t("figures"), t("figures_note", { c: percent(r.confidence) }),
    h("p", { class: "note" }, t("pick_figure_note")),
    h("p", { class: "controls" }, h("label", {}, `${t("one_figure")} `, figure), by), policyChoice(r, shown, (now) => { chosen = now; draw(); }), body);
}
