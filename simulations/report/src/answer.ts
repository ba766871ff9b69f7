// The first screen: the answer in one sentence with its three widths, what it costs, and what it depends on.
import type { Assumption, Comparison, Interval, Metric, Result, UnknownsFigure } from "./data";
import { differenceBar, ends, scaleOf, type Widths } from "./bars";
import { h, section, select } from "./dom";
import { bounds, chanceSaid, differenceBounds, estimate, number, percent, signed, signedPlain, signedRange, unitName } from "./format";
import { has, pick, t, title } from "./i18n";
import { tradeoff } from "./tradeoff";
import { verdictBadge, verdictClass } from "./verdicts";

export const headlineMetrics = (r: Result): [Metric, number][] => r.metrics.map((m, i): [Metric, number] => [m, i]).filter(([m]) => m.headline);
export const ofCounty = (c: Comparison, i: number) => c.values[i]?.[0]?.[0] ?? null;
export const verdictOf = (c: Comparison, i: number) => ofCounty(c, i)?.[4] ?? "too_little_data";
export const unknownsOf = (r: Result, c: Comparison, m: Metric): UnknownsFigure | undefined => r.unknowns?.figures.find((f) => f.metric === m.id && f.other === c.other);
/** A range over draws; nothing where draws are too few for one. */
const rangeOf = (f: UnknownsFigure | undefined): Interval | undefined => (f?.range && f.range[3] !== "too_few_years" ? f.range : undefined);

/** The widths of a difference of the county as a whole. */
export function widthsOf(r: Result, c: Comparison, i: number): Widths {
  const d = ofCounty(c, i);
  const computing: Interval = d ? (d[5] ? [d[0], d[1], d[2], d[5]] : [d[0], d[1], d[2]]) : null;
  return { computing, year: c.one_year?.[i] ?? undefined, unknown: rangeOf(unknownsOf(r, c, r.metrics[i])), matters: c.matters?.[i] };
}
/** The warning that a figure counts others under a policy than under the base (`changed_cohorts` of the library). */
export const cohortWarning = (r: Result, c: Comparison, m: Metric) => r.warnings.find((w) => w.en.startsWith(`${r.policies[c.other].id}: '${m.en}' `));
const isDecided = (verdict: string) => verdict === "better" || verdict === "worse";

/** The figure that the answer is about, unless another is picked: who is heard in time, or what else the policies change. */
export function mainMetric(r: Result): number {
  const candidates = headlineMetrics(r).filter(([m]) => m.better !== "none").map(([, i]) => i);
  const usual = r.metrics.findIndex((m) => m.id === "heard_15d");
  const order = usual >= 0 ? [usual, ...candidates.filter((i) => i !== usual)] : candidates;
  return order.find((i) => r.comparisons.some((c) => isDecided(verdictOf(c, i)))) ?? order[0] ?? headlineMetrics(r)[0]?.[1] ?? 0;
}
/** The comparison with the policy that does most for a figure. */
function bestFor(r: Result, i: number): Comparison {
  const way = r.metrics[i].better === "lower" ? -1 : 1;
  const gain = (c: Comparison) => { const d = ofCounty(c, i); return d ? way * d[0] : -Infinity; };
  return r.comparisons.reduce((best, c) => (gain(c) > gain(best) ? c : best));
}
const points = (unit: string) => (unit === "share" ? t("points") : unitName(unit) ? ` ${unitName(unit)}` : "");
const withUnit = (x: Interval, unit: string) => `${estimate(x, unit)}${unit === "share" || !unitName(unit) ? "" : ` ${unitName(unit)}`}`;

const withSign = (x: number, unit: string) => `${signed(x, unit)}${unit === "share" || !unitName(unit) ? "" : ` ${unitName(unit)}`}`;

function sentence(r: Result, c: Comparison, i: number): string {
  const m = r.metrics[i], d = ofCounty(c, i), verdict = verdictOf(c, i);
  const key = `answer_${verdict}`;
  const difference = d ? withSign(d[0], m.unit) : "–";
  return t(has(key) ? key : "answer_cant_tell", {
    p: title(r.policies[c.other]), b: title(r.policies[c.base]), m: pick(m),
    x: withUnit(r.policies[c.base].values[i][0][0], m.unit), y: withUnit(r.policies[c.other].values[i][0][0], m.unit), d: difference,
  });
}

function width(label: string, note: string, bar: HTMLElement | null, said: string): HTMLElement {
  return h("div", { class: "width" }, h("div", { class: "width-name" }, h("b", {}, label), h("small", {}, note)), h("div", { class: "width-bar" }, bar), h("div", { class: "width-range" }, said));
}
function widths(r: Result, c: Comparison, i: number): HTMLElement {
  const m = r.metrics[i], d = ofCounty(c, i), w = widthsOf(r, c, i);
  const scale = scaleOf([...ends(w), ...(w.matters ? [w.matters, -w.matters] : [])], true);
  const known = (v: Interval | undefined): v is NonNullable<Interval> => Boolean(v) && v![3] !== "too_few_years";
  const range = (v: NonNullable<Interval>) => (v[3] === "constant" ? t("constant") : signedRange(v[1], v[2], m.unit) + points(m.unit));
  const part = (v: Interval | undefined, kind: keyof Widths, label: string, note: string, absent: string) => {
    const said = known(v) ? range(v) : absent;
    const only: Widths = { computing: w.computing ? [w.computing[0], w.computing[0], w.computing[0], "too_few_years"] : null, matters: w.matters, [kind]: v };
    return width(label, note, differenceBar(only, scale, `${label}: ${said}`, verdictClass(verdictOf(c, i))), said);
  };
  const level = percent(r.confidence), figure = unknownsOf(r, c, m);
  const absent = r.unknowns ? (figure ? t("unknowns_few") : "–") : t("unknowns_absent");
  return h("div", { class: "widths" },
    part(w.computing ?? undefined, "computing", t("width_computing", { c: level, j: c.joint_confidence && m.headline ? t("jointly") : "" }), t("width_computing_note"), d && d[5] ? differenceBounds(d, m.unit) : "–"),
    part(w.year, "year", t("width_year", { c: percent(c.one_year_level || 0.9) }), t("width_year_note"), t("no_widths")),
    part(w.unknown, "unknown", t("width_unknown", { c: "90%" }), t("width_unknown_note"), absent));
}

/** How sure one can be beyond chance, in sentences. */
function sureness(r: Result, c: Comparison, i: number): HTMLElement[] {
  const out: string[] = [];
  if (verdictOf(c, i) === "too_little_data") return [];
  const chances = r.chances?.find((x) => x.metric === r.metrics[i].id);
  if (chances && r.comparisons.length > 1) {
    const top = chances.best.reduce((best, x, k) => (x > chances.best[best] ? k : best), 0);
    if (chances.best[c.other] >= chances.best[top]) out.push(t("best_of", { n: r.policies.length, c: chanceSaid(chances.best[c.other]) }));
    else out.push(t("best_is_other", { p: title(r.policies[top]), c: chanceSaid(chances.best[top]) }));
  }
  const f = unknownsOf(r, c, r.metrics[i]);
  if (f?.holds) out.push(t("holds", { n: f.draws, k: Math.round(f.holds[0] * f.draws) }));
  const others = cohortWarning(r, c, r.metrics[i]);
  return [others ? h("p", { class: "sure cohort" }, h("span", { "aria-hidden": "true" }, "⚠ "), pick(others)) : null, ...out.map((text) => h("p", { class: "sure" }, text))].filter((x): x is HTMLElement => x !== null);
}

const money = (x: number) => number(Math.abs(x) >= 10000 ? Math.round(x / 100) * 100 : x, "");
const signedMoney = (x: number) => signedPlain(Math.abs(x) >= 10000 ? Math.round(x / 100) * 100 : x);
const names = (r: Result, by: number[]) => by.map((k) => (r.policies[k] ? `“${title(r.policies[k])}”` : "")).filter((x) => x).join(t("and"));

export function placeWords(r: Result, place: string, by: number[], sure: boolean): string {
  const key = `place_${place}`;
  if (!has(key)) return place;
  const text = t(key, { p: names(r, by) });
  return place === "front" || place === "same" || sure ? text : `${text}${t("semicolon")}${t("place_not_sure")}`;
}

function costs(r: Result, c: Comparison): HTMLElement {
  const cost = r.costs?.policies[c.other];
  if (!r.costs || !cost) return h("div", { class: "fact" }, h("h3", {}, t("costs_heading")), h("p", {}, t("cost_none")));
  const b = title(r.policies[c.base]);
  const lines: string[] = [];
  const d = cost.difference, hours = cost.leader_hours_difference;
  const range = (v: NonNullable<Interval>, say: (x: number) => string) => (v[3] ? bounds(v, "") : t("cost_price_range", { l: say(v[1]), u: say(v[2]) }));
  if (d) lines.push(`${t("cost_total", { d: signedMoney(d[0]), b })}${t("in_brackets", { x: range(d, signedMoney) })}`);
  if (hours) lines.push(`${t("cost_leaders", { d: signedPlain(hours[0]) })}${t("in_brackets", { x: range(hours, signedPlain) })}`);
  r.costs.services.forEach((s, k) => {
    const g = cost.services[k];
    if (!g?.price) return;
    const key = g.verdict === "gives_up" ? "cost_price_save" : "cost_price";
    lines.push(`${t(key, { s: pick(s), w: s.unit_zh, p: money(g.price[0]) })}${t("in_brackets", { x: range(g.price, money) })}`);
  });
  const first = cost.services[0];
  if (first && (first.verdict === "dominates" || first.verdict === "dominated")) lines.push(`${pick(r.costs.services[0])}${t("colon")}${t(first.verdict === "dominates" ? "cost_dominates" : "cost_dominated")}`);
  if (first && r.policies.length > 2 && first.place) lines.push(`${pick(r.costs.services[0])}${t("colon")}${placeWords(r, first.place, first.by, first.sure)}`);
  return h("div", { class: "fact" }, h("h3", {}, t("costs_heading")), h("ul", {}, lines.map((line) => h("li", {}, line))));
}

const meaning = (assumptions: Assumption[], key: string) => { const a = assumptions.find((x) => x.key === key); return a ? pick(a) : key; };

function depends(r: Result, c: Comparison, i: number): HTMLElement {
  const f = unknownsOf(r, c, r.metrics[i]);
  const heading = h("h3", {}, t("depends_heading"));
  if (!r.unknowns || !f) return h("div", { class: "fact" }, heading, h("p", {}, t("depends_absent")));
  if (f.depends.length === 0) return h("div", { class: "fact" }, heading, h("p", {}, t("depends_none", { n: f.draws })));
  const own = r.policies[c.base].assumptions;
  return h("div", { class: "fact" }, heading, h("ul", {}, f.depends.map((w) => h("li", {}, h("b", {}, meaning(own, w.key)),
    `${t("colon")}${t(w.correlation > 0 ? "depends_up" : "depends_down")}${t("in_brackets", { x: t("depends_part", { c: percent(Math.max(0, Math.min(1, w.part))) }) })}`))));
}

/** Every key figure by what became of it: nothing that got worse is left out. */
function ledger(r: Result, c: Comparison): HTMLElement {
  const groups: [string, string[]][] = [["worse", ["worse"]], ["better", ["better"]], ["changed", ["changed"]], ["cant_tell", ["cant_tell", "too_little_data"]], ["no_difference_that_matters", ["no_difference_that_matters", "no_difference"]]];
  const rows = groups.map(([shown, of]): [string, string[]] => [shown, headlineMetrics(r).filter(([, i]) => of.includes(verdictOf(c, i))).map(([m, i]) => {
    const d = ofCounty(c, i);
    return `${pick(m)}${d ? ` ${withSign(d[0], m.unit)}` : ""}`;
  })]).filter(([, list]) => list.length > 0);
  return h("div", { class: "fact wide" }, h("h3", {}, t("also")), h("ul", { class: "ledger" }, rows.map(([shown, list]) => h("li", {}, verdictBadge(shown), " ", list.join(t("semicolon"))))));
}

export function warnings(r: Result): HTMLElement | null {
  return r.warnings.length === 0 ? null : h("div", { class: "warnings", role: "note" }, h("h3", {}, h("span", { "aria-hidden": "true" }, "⚠ "), t("warnings")), h("ul", {}, r.warnings.map((w) => h("li", {}, pick(w)))));
}

export function answer(r: Result): HTMLElement {
  const place = h("div", {});
  if (r.comparisons.length === 0) {
    const main = mainMetric(r);
    const chosen = [main, ...headlineMetrics(r).map(([, i]) => i).filter((i) => i !== main)].slice(0, 3);
    const figure = (i: number) => `${pick(r.metrics[i])} ${withUnit(r.policies[0].values[i][0][0], r.metrics[i].unit)}`;
    place.append(h("p", { class: "lead" }, t("answer_run", { p: title(r.policies[0]), m: pick(r.metrics[main]), y: `${withUnit(r.policies[0].values[main][0][0], r.metrics[main].unit)}${t("in_brackets", { x: bounds(r.policies[0].values[main][0][0], r.metrics[main].unit) })}` })),
      h("p", { class: "sure" }, chosen.slice(1).map(figure).join(t("semicolon"))));
    const total = r.costs?.policies[0];
    if (total?.total) place.append(h("p", { class: "sure" }, `${t("total_cost")}${t("colon")}${money(total.total[0])}${total.leader_hours ? `${t("semicolon")}${t("leader_hours")}${t("colon")}${number(total.leader_hours[0], "")}` : ""}`));
    const unwell = warnings(r);
    return section("answer", t("answer"), "", place, unwell);
  }
  let metric = mainMetric(r), comparison = bestFor(r, metric);
  const lead = h("div", { "aria-live": "polite" }), content = h("div", {}), facts = h("div", { class: "facts" }), all = h("div", {});
  const policies = select(r.comparisons.map((c, k) => [String(k), title(r.policies[c.other])]), String(r.comparisons.indexOf(comparison)), (v) => { comparison = r.comparisons[Number(v)]; draw(); });
  const draw = () => {
    lead.replaceChildren(h("p", { class: "lead" }, verdictBadge(verdictOf(comparison, metric)), h("br"), sentence(r, comparison, metric)));
    content.replaceChildren(...sureness(r, comparison, metric), widths(r, comparison, metric));
    facts.replaceChildren(costs(r, comparison), depends(r, comparison, metric));
    all.replaceChildren(ledger(r, comparison));
  };
  draw();
  const controls = h("p", { class: "controls" },
    h("label", {}, `${t("figure")} `, select(headlineMetrics(r).map(([m, i]) => [String(i), pick(m)]), String(metric), (v) => {
      metric = Number(v);
      comparison = bestFor(r, metric);
      policies.value = String(r.comparisons.indexOf(comparison));
      draw();
    })), r.comparisons.length > 1 ? h("label", {}, `${t("policy")} `, policies) : null);
  const picture = tradeoff(r);
  return section("answer", t("answer"), "", warnings(r), lead, h("div", { class: picture ? "two" : "" }, h("div", {}, content, picture ? facts : null, controls), picture), picture ? null : facts, all);
}

/** What was changed, in words. Older results tell parameters, which are said as well as they can be. */
export function changes(r: Result): HTMLElement | null {
  if (r.comparisons.length === 0) return null;
  const base = new Map(r.policies[0].assumptions.map((a) => [a.key, a]));
  const value = (a: Assumption | undefined) => (a?.words ? pick(a.words) : a?.value) || "–";
  const about = (p: { about_en: string; about_zh: string }) => (p.about_en || p.about_zh ? h("p", { class: "about" }, pick({ en: p.about_en, zh: p.about_zh })) : null);
  return section("changes", t("changed"), "", h("div", { class: "change" }, h("h3", {}, `${title(r.policies[0])} `, h("small", {}, t("base"))), about(r.policies[0])), r.comparisons.map((c) => {
    const other = r.policies[c.other];
    const told = other.changes ?? [];
    const rows = other.assumptions.filter((a) => a.changed);
    const list = told.length > 0 ? told.map((x) => h("li", {}, pick({ en: x.subject_en, zh: x.subject_zh }) ? [h("b", {}, pick({ en: x.subject_en, zh: x.subject_zh })), t("colon")] : null, pick(x)))
      : rows.map((a) => h("li", {}, `${pick(a)}${t("colon")}`, h("b", {}, value(a)), h("small", {}, t("in_brackets", { x: `${t("from_to")} ${value(base.get(a.key))}` }))));
    const what = [about(other), list.length === 0 ? h("p", {}, t("nothing_changed")) : h("ul", {}, list)];
    const heading = [`${title(other)} `, h("small", {}, `${t("versus")} ${title(r.policies[c.base])}`)];
    if (r.comparisons.length > 8) return h("details", { class: "change" }, h("summary", {}, heading), what);
    return h("div", { class: "change" }, h("h3", {}, heading), what);
  }));
}
