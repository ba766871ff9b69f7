// The first screen of a sweep: which cells are best and what they cost, or what matters most; and what was varied.
import type { Difference, Interval } from "./data";
import { differenceBar, scaleOf } from "./bars";
import { warnings } from "./answer";
import { behind } from "./behind";
import { h, section, select } from "./dom";
import { bounds, differenceBounds, estimate, number, percent, signed, signedPlain, signedRange, unitName } from "./format";
import { pick, t } from "./i18n";
import { allDecided, asResult, axisName, cellName, isNumeric, settingsOf, settingWords, valuesOf, valueWords, varying, type Effects, type Sweep, type SweepMetric } from "./sweep_data";
import { verdictWord } from "./verdicts";

/** The figure that is looked at, in all views at once. */
export class Chosen {
  private readonly watchers: (() => void)[] = [];
  constructor(public metric: number) {}
  watch(draw: () => void): void { this.watchers.push(draw); }
  control(s: Sweep): HTMLElement {
    const box = select(s.metrics.map((m, k) => [String(k), pick(m)]), String(this.metric), (v) => {
      this.metric = Number(v);
      this.watchers.forEach((draw) => draw());
    });
    this.watch(() => { box.value = String(this.metric); });
    return h("label", {}, `${t("figure")} `, box);
  }
}

const unit = (m: SweepMetric) => (m.unit === "share" || !unitName(m.unit) ? "" : ` ${unitName(m.unit)}`);
const said = (v: Interval, m: SweepMetric) => `${estimate(v, m.unit)}${unit(m)}${v && v[3] !== "constant" ? `${t("open_bracket")}${bounds(v, m.unit)}${t("close_bracket")}` : ""}`;
const moved = (x: number, m: SweepMetric) => `${signed(x, m.unit) || "0"}${unit(m)}`;
export const isBounded = (v: Interval): v is NonNullable<Interval> => v !== null && v[3] !== "too_few_years" && v[3] !== "constant";

/** Cells that differ only in what the county decides: circumstances as in the first. */
const comparable = (s: Sweep): number[] => s.cells.map((_, k) => k).filter((k) => s.axes.every((a, i) => a.decided || s.cells[k].at[i] === s.cells[0].at[i]));
/** The best of some cells; nothing where no way is better, or nothing is known. */
export function bestOf(s: Sweep, m: number, cells: number[]): number | null {
  const way = s.metrics[m].better === "higher" ? 1 : s.metrics[m].better === "lower" ? -1 : 0;
  const known = cells.filter((k) => s.cells[k].values[m] !== null);
  if (way === 0 || known.length === 0) return null;
  return known.reduce((best, k) => (way * s.cells[k].values[m]![0] > way * s.cells[best].values[m]![0] ? k : best));
}
export const bestCell = (s: Sweep, m: number): number | null => (varying(s).some((a) => s.axes[a].decided) ? bestOf(s, m, s.sampled ? [] : comparable(s)) : null);

function span(s: Sweep, m: number): string[] {
  const metric = s.metrics[m], known = s.cells.map((_, k) => k).filter((k) => s.cells[k].values[m] !== null);
  if (known.length === 0) return [t("no_figure", { m: pick(metric) })];
  const value = (k: number) => s.cells[k].values[m]![0];
  const low = known.reduce((a, b) => (value(b) < value(a) ? b : a)), high = known.reduce((a, b) => (value(b) > value(a) ? b : a));
  if (value(low) === value(high)) return [t(s.cells.length === 1 ? "one_cell" : "never_moves", { m: pick(metric), x: said(s.cells[low].values[m], metric) })];
  const lead = t("spans", { n: s.cells.length, m: pick(metric), x: said(s.cells[low].values[m], metric), a: settingsOf(s, low), y: said(s.cells[high].values[m], metric), b: settingsOf(s, high) });
  return varying(s).some((a) => s.axes[a].decided) ? [lead] : [lead, t("no_best")];
}
function ofBest(s: Sweep, m: number, best: number): string[] {
  const metric = s.metrics[m], cells = comparable(s), mine = s.cells[best].values[m]!;
  const fixed = varying(s).filter((a) => !s.axes[a].decided), free = varying(s).filter((a) => s.axes[a].decided);
  const where = fixed.length > 0 ? t("where", { c: fixed.map((a) => settingWords(s, a, s.cells[0].at[a])).join(t("semicolon")) }) : "";
  const d: Difference = s.cells[best].differences[m] ?? null;
  const names = { n: cells.length, m: pick(metric), c: settingsOf(s, best, free), y: said(mine, metric) };
  const told = (best === 0 ? t("best_is_first", names)
    : t(d?.[4] === "better" ? "best_cell" : "best_unsure", { ...names, b: valuesOf(s, 0, free), x: estimate(s.cells[0].values[m], metric.unit) + unit(metric), d: d ? moved(d[0], metric) : "–", v: d ? `${d[5] ? "" : `${differenceBounds(d, metric.unit)}${t("comma")}`}${verdictWord(d[4])}` : t("verdict_too_little_data") }));
  const lead = where ? where + told[0].toLowerCase() + told.slice(1) : told, rest: string[] = [];
  if (isBounded(mine)) {
    const meets = cells.filter((k) => { const v = s.cells[k].values[m]; return k !== best && isBounded(v) && v[1] <= mine[2] && mine[1] <= v[2]; });
    rest.push(meets.length > 0 ? t("as_good", { k: meets.length }) : t("alone_best"));
  }
  if (cells.length > 8) rest.push(t("many_looked"));
  return [lead, rest.join(" ")];
}
/** The service that is nearest to a figure. */
export const serviceOf = (s: Sweep, m: number): number => Math.max(0, s.costs?.services.findIndex((x) => x.id === s.metrics[m].id) ?? 0);

function ofCosts(s: Sweep, m: number, best: number | null): string[] {
  if (!s.costs) return [];
  const out: string[] = [], money = (x: number) => number(x, ""), range = (v: NonNullable<Interval>) => (v[3] ? bounds(v, "") : `${money(v[1])} – ${money(v[2])}`);
  if (best !== null) {
    const { total, difference } = s.costs.policies[best];
    if (total) out.push(best === 0 || !difference ? t("costs_first", { x: money(total[0]), r: range(total) }) : t("costs_cell", { c: cellName(s, best), x: money(total[0]), r: range(total), d: signedPlain(difference[0]) || "0" }));
  }
  if (s.axes.some((a) => a.other_matters && a.values.length > 1)) return [...out, t("other_work")];
  const service = serviceOf(s, m), front = s.cells.map((_, k) => k).filter((k) => s.costs!.policies[k].services[service]?.place === "front");
  if (front.length > 0 && varying(s).length > 0 && allDecided(s)) {
    const shown = front.slice(0, 4).map((k) => cellName(s, k)).join(t("semicolon"));
    out.push(t("front", { s: pick(s.costs.services[service]), k: front.length, n: s.cells.length, c: front.length > 4 ? t("and_more", { c: shown, n: front.length - 4 }) : shown }));
  }
  return out;
}

type Effect = { axis: number; value: number | null; over: Interval; standard: Interval };
/** Effects of a figure, the strongest first. */
export function effectsOf(effects: Effects, m: number): Effect[] {
  const of = effects.by_metric[m]?.of ?? [];
  const size = (e: Effect) => (e.standard ? Math.abs(e.standard[0]) : -1);
  return effects.terms.map((term, k): Effect => ({ ...term, over: of[k]?.[0] ?? null, standard: of[k]?.[1] ?? null })).filter((e) => e.over !== null).sort((a, b) => size(b) - size(a));
}
const extreme = (s: Sweep, axis: number, way: 1 | -1): number => s.axes[axis].values.reduce((best, v, k) => (way * v.number! > way * s.axes[axis].values[best].number! ? k : best), 0);
const effectName = (s: Sweep, e: Effect) => (e.value === null ? axisName(s.axes[e.axis]) : t("instead_of", { a: axisName(s.axes[e.axis]), h: valueWords(s, e.axis, e.value), l: valueWords(s, e.axis, 0) }));
const effectRange = (e: Effect, m: SweepMetric) => (isBounded(e.over) ? signedRange(e.over[1], e.over[2], m.unit) + (m.unit === "share" ? t("points") : unit(m)) : t("constant"));

function ofEffects(s: Sweep, m: number): string[] {
  const metric = s.metrics[m], found = effectsOf(s.effects, m), about = s.effects.by_metric[m];
  if (found.length === 0) return [t("too_few_cells", { n: about?.points ?? s.cells.length, m: pick(metric), k: s.effects.terms.length + 5 })];
  const sure = found.filter((e) => isBounded(e.over) && (e.over[1] > 0 || e.over[2] < 0));
  if (sure.length === 0) return [t("none_matters", { n: about.points, m: pick(metric) })];
  const first = sure[0], low = first.value === null ? extreme(s, first.axis, -1) : 0, high = first.value ?? extreme(s, first.axis, 1);
  const lead = t(first.value === null ? "most_matters" : "most_value", { m: pick(metric), a: axisName(s.axes[first.axis]), l: valueWords(s, first.axis, low), h: valueWords(s, first.axis, high), d: moved(first.over![0], metric), r: effectRange(first, metric) });
  const next = sure.slice(1, 3).map((e) => `“${effectName(s, e)}”${t("open_bracket")}${moved(e.over![0], metric)}${t("close_bracket")}`).join(t("list_comma"));
  return [lead, next ? t("then_matters", { c: next }) : "", t("explained", { c: percent(about.explained) })];
}
/** A bar for each effect, with its interval. */
function effectBars(s: Sweep, m: number): HTMLElement | null {
  const found = effectsOf(s.effects, m), metric = s.metrics[m];
  if (found.length === 0) return null;
  const scale = scaleOf(found.flatMap((e) => (e.over ? [e.over[1], e.over[2]] : [])), true);
  return h("div", {}, h("h3", {}, t("effect_over", { c: percent(s.confidence) })), h("div", { class: "widths" }, found.map((e) => {
    const range = `${moved(e.over![0], metric)}${isBounded(e.over) ? `${t("open_bracket")}${effectRange(e, metric)}${t("close_bracket")}` : ""}`;
    const name = e.value === null ? t("from_until", { a: valueWords(s, e.axis, extreme(s, e.axis, -1)), b: valueWords(s, e.axis, extreme(s, e.axis, 1)) }) : t("instead_of", { a: "", h: valueWords(s, e.axis, e.value), l: valueWords(s, e.axis, 0) }).replace(/^[:：]\s*/, "");
    return h("div", { class: "width" }, h("div", { class: "width-name" }, h("b", {}, axisName(s.axes[e.axis])), h("small", {}, name)),
      h("div", { class: "width-bar" }, differenceBar({ computing: e.over ?? undefined }, scale, `${effectName(s, e)}${t("colon")}${range}`, isBounded(e.over) && (e.over[1] > 0 || e.over[2] < 0) ? "changed" : "")), h("div", { class: "width-range" }, range));
  })), behind(() => ({
    caption: t("effects"), columns: [{ head: t("effects") }, ...[t("effect_over", { c: percent(s.confidence) }), t("lower"), t("upper"), t("effect_standard"), t("lower"), t("upper")].map((head) => ({ head, numeric: true }))],
    rows: found.map((e) => [effectName(s, e), ...[e.over, e.standard].flatMap((v) => (v ? [v[0], v[1], v[2]] : [null, null, null]))]),
  })));
}

export function sweepAnswer(s: Sweep, chosen: Chosen): HTMLElement {
  const lead = h("div", { "aria-live": "polite" }), body = h("div", {});
  const draw = () => {
    const m = chosen.metric, best = bestCell(s, m);
    const [first, ...rest] = s.sampled ? ofEffects(s, m) : best === null ? span(s, m) : ofBest(s, m, best);
    lead.replaceChildren(h("p", { class: "lead" }, first));
    body.replaceChildren(...[...rest, ...(s.sampled ? [] : ofCosts(s, m, best))].filter((x) => x !== "").map((x) => h("p", { class: "sure" }, x)), ...[s.sampled ? effectBars(s, m) : null].filter((x) => x !== null));
  };
  chosen.watch(draw);
  draw();
  return section("answer", t("answer"), "", warnings(asResult(s)), lead, body, h("p", { class: "controls" }, chosen.control(s)));
}

/** What varies, in words: values of lists, ends of ranges. */
export function variedList(s: Sweep): HTMLElement {
  const values = (a: number) => {
    const all = s.axes[a].values;
    if (all.length === 1) return `${valueWords(s, a, 0)}${t("open_bracket")}${t("never_varies")}${t("close_bracket")}`;
    if (s.sampled && isNumeric(s.axes[a]) && all.length > 12) return t("from_until", { a: valueWords(s, a, extreme(s, a, -1)), b: valueWords(s, a, extreme(s, a, 1)) });
    return all.length > 30 ? t("and_more", { c: all.slice(0, 30).map((_, v) => valueWords(s, a, v)).join(t("semicolon")), n: all.length - 30 }) : all.map((_, v) => valueWords(s, a, v)).join(t("semicolon"));
  };
  const scenario = pick({ en: s.title_en || s.scenario, zh: s.title_zh || s.scenario });
  return section("changes", t("varied"), t("per_cell_years", { n: s.cells.length, m: s.replications, s: scenario }),
    s.cells_in_all > s.cells.length ? h("p", { class: "cohort" }, t("only_first", { n: s.cells.length, m: s.cells_in_all })) : null,
    h("div", { class: "change" }, h("ul", {}, s.axes.map((axis, a) => h("li", {}, h("b", {}, axisName(axis)), t("colon"), values(a), " ", h("small", {}, `${t("open_bracket")}${t(axis.decided ? "of_county" : "not_of_county")}${t("close_bracket")} `), h("span", { class: "key" }, axis.key))))),
    s.cells.length > 1 ? h("p", { class: "note" }, s.sampled ? t("first_is") : t("first_is_base", { c: settingsOf(s, 0) })) : null);
}
