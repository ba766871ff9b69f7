// One page for those who decide: what to conclude, on what grounds, at what price, and how sure; printed, or as a document for WPS and Word.
import type { Comparison, Difference, Interval, Metric, Result } from "./data";
import { docx } from "./docx";
import { h, section } from "./dom";
import { bounds, estimate, percent, signed, signedRange, unitName } from "./format";
import { getLang, has, type Key, pick, t, title } from "./i18n";
import { countyName } from "./names";
import { verdictSign, verdictWord } from "./verdicts";

export type Block = { text: string } | { list: string[] } | { table: string[][] };
export interface Brief { title: string; about: string; parts: { heading: string; blocks: Block[] }[]; foot: string }

/** More policies than this leave no room for anything else on a page. */
const mostPolicies = 3, mostRows = 7, mostWarnings = 2;

const headline = (r: Result): [Metric, number][] => r.metrics.map((m, i): [Metric, number] => [m, i]).filter(([m]) => m.headline);
const ofCounty = (c: Comparison, i: number): Difference => c.values[i]?.[0]?.[0] ?? null;
const verdictOf = (c: Comparison, i: number) => ofCounty(c, i)?.[4] ?? "too_little_data";
/** A sign that fits a narrow cell; the line above the table says what it means. */
const signOf = (verdict: string) => verdictSign(verdict) || verdict;
const isDecided = (verdict: string) => verdict === "better" || verdict === "worse";
const withUnit = (v: Interval, unit: string) => `${estimate(v, unit)}${v && unit !== "share" && unitName(unit) ? (getLang() === "zh" ? "" : " ") + unitName(unit) : ""}`;
const differenceText = (d: NonNullable<Difference>, unit: string) => `${signed(d[0], unit)}${unit === "share" || !unitName(unit) ? "" : (getLang() === "zh" ? "" : " ") + unitName(unit)}`;
const points = (unit: string) => (unit === "share" ? t("points") : unitName(unit) ? (getLang() === "zh" ? "" : " ") + unitName(unit) : "");

/** The figure that the conclusion is about: who is heard in time, or else what the policies change. */
export function mainMetric(r: Result): number {
  const candidates = headline(r).filter(([m]) => m.better !== "none").map(([, i]) => i);
  const usual = r.metrics.findIndex((m) => m.id === "heard_15d");
  const order = usual >= 0 ? [usual, ...candidates.filter((i) => i !== usual)] : candidates;
  return order.find((i) => r.comparisons.some((c) => isDecided(verdictOf(c, i)))) ?? order[0] ?? 0;
}
/** Comparisons from the one that does most for a figure to the one that does least. */
function inOrder(r: Result, i: number): Comparison[] {
  const way = r.metrics[i].better === "lower" ? -1 : 1;
  const gain = (c: Comparison) => { const d = ofCounty(c, i); return d ? way * d[0] : -Infinity; };
  return r.comparisons.map((c, k) => ({ c, k })).sort((a, b) => gain(b.c) - gain(a.c) || a.k - b.k).map(({ c }) => c);
}

function conclusion(r: Result, i: number, order: Comparison[]): Block[] {
  const m = r.metrics[i];
  const said = (c: Comparison) => {
    const d = ofCounty(c, i), key = `brief_${verdictOf(c, i)}`;
    const counts = ["better", "worse", "changed", "no_difference_that_matters", "cant_tell"].map((v): [string, number] => [v, headline(r).filter(([, k]) => verdictOf(c, k) === v).length]).filter(([, n]) => n > 0);
    return t((has(`verdict_${verdictOf(c, i)}`) ? key : "brief_cant_tell") as Key, {
      p: title(r.policies[c.other]), b: title(r.policies[c.base]), m: pick(m), x: withUnit(r.policies[c.base].values[i][0][0], m.unit), y: withUnit(r.policies[c.other].values[i][0][0], m.unit), d: d ? differenceText(d, m.unit) : "–",
    }) + (counts.length > 0 ? t("brief_counts", { n: headline(r).length, c: counts.map(([v, n]) => t("brief_count", { v: verdictWord(v), n })).join(t("comma")) }) : "");
  };
  const rest = order.slice(mostPolicies);
  return [{ list: order.slice(0, mostPolicies).map(said) }, ...(rest.length > 0 ? [{ text: t("brief_rest", { p: rest.map((c) => `${title(r.policies[c.other])}${t("open_bracket")}${verdictWord(verdictOf(c, i))}${t("close_bracket")}`).join(t("semicolon")) }) }] : [])];
}

function grounds(r: Result, order: Comparison[]): Block[] {
  const shown = order.slice(0, mostPolicies);
  const decided = (i: number) => shown.some((c) => isDecided(verdictOf(c, i)));
  const rows = [...headline(r).filter(([, i]) => decided(i)), ...headline(r).filter(([, i]) => !decided(i))].slice(0, mostRows);
  const cell = (c: Comparison, i: number, m: Metric) => { const d = ofCounty(c, i); return d ? `${withUnit(r.policies[c.other].values[i][0][0], m.unit)} ${signOf(d[4])}` : "–"; };
  const first = r.policies[0];
  return [
    { text: t(r.comparisons.length > 0 ? "brief_grounds" : "brief_grounds_run", { n: first.replications, a: r.start, z: r.end, c: percent(r.confidence) }) },
    { table: [[t("figure"), title(first), ...shown.map((c) => title(r.policies[c.other]))], ...rows.map(([m, i]) => [pick(m), withUnit(first.values[i][0][0], m.unit) + (shown.length === 0 ? `${t("open_bracket")}${bounds(first.values[i][0][0], m.unit)}${t("close_bracket")}` : ""), ...shown.map((c) => cell(c, i, m))])] },
  ];
}

function price(r: Result, order: Comparison[]): Block[] {
  const whole = (x: number) => { const n = Math.abs(x) >= 10000 ? Math.round(x / 100) * 100 : Math.round(x);  // as the first screen has it
    return `${n > 0 ? "+" : n < 0 ? "−" : ""}${Math.abs(n).toLocaleString(getLang() === "zh" ? "zh-CN" : "en-GB")}`; };
  const metric = (id: string) => r.metrics.findIndex((m) => m.id === id);
  if (order.length === 0) {
    const ids = ["leader_hours", "head_hours", "handler_hours", "petitioner_days"].map(metric).filter((i) => i >= 0);
    return [{ list: ids.map((i) => `${pick(r.metrics[i])}${t("colon")}${withUnit(r.policies[0].values[i][0][0], r.metrics[i].unit)}`) }];
  }
  return [{ list: order.slice(0, mostPolicies).map((c) => {
    const parts: string[] = [];
    const total = r.costs?.policies[c.other]?.difference;
    if (total) parts.push(t("brief_cost", { d: whole(total[0]), l: whole(total[1]), u: whole(total[2]) }));
    for (const id of ["leader_hours", "head_hours", "handler_hours", "petitioner_days"]) {
      const i = metric(id), d = i < 0 ? null : ofCounty(c, i);
      if (d && isDecided(d[4])) parts.push(`${pick(r.metrics[i])}${t("space")}${differenceText(d, r.metrics[i].unit)}`);
    }
    return `${title(r.policies[c.other])}${t("colon")}${parts.join(t("semicolon")) || t("brief_no_cost")}`;
  }) }];
}

function doubts(r: Result, i: number, order: Comparison[]): Block[] {
  const out: string[] = [];
  const m = r.metrics[i], c = order[0], known = (v: Interval | undefined): v is NonNullable<Interval> => Boolean(v) && v![3] !== "too_few_years";
  if (c) {
    const d = ofCounty(c, i), of = `${title(r.policies[c.other])}${t("comma")}${pick(m)}`;
    out.push(d && !d[5] ? t("brief_computing", { o: of, c: percent(r.confidence), x: signedRange(d[1], d[2], m.unit) + points(m.unit) }) : t("brief_no_interval", { n: r.policies[0].replications }));
    const year = c.one_year?.[i];
    if (known(year)) out.push(t("brief_year", { c: percent(c.one_year_level || 0.9), x: signedRange(year[1], year[2], m.unit) + points(m.unit) }));
    const f = r.unknowns?.figures.find((x) => x.metric === m.id && x.other === c.other);
    if (f && known(f.range)) out.push(t("brief_unknown", { n: f.draws, x: signedRange(f.range[1], f.range[2], m.unit) + points(m.unit), k: f.holds ? Math.round(f.holds[0] * f.draws) : "–" }));
    else out.push(t("brief_unknown_absent"));
  }
  const own = r.policies[0].assumptions, count = (mark: string) => own.filter((a) => a.mark === mark).length;
  if (own.length > 0) out.push(t("brief_assumptions", { n: own.length, i: count("I"), k: count("K") }));
  if (r.unfinished_replications > 0) out.push(t("brief_unfinished", { n: r.policies[0].replications, m: r.policies[0].replications + r.unfinished_replications }));
  out.push(...r.warnings.slice(0, mostWarnings).map(pick));
  if (r.warnings.length > mostWarnings) out.push(t("brief_more_warnings", { n: r.warnings.length - mostWarnings }));
  return [{ list: out }];
}

export function briefOf(r: Result): Brief {
  const i = mainMetric(r), order = inOrder(r, i), m = r.metrics[i];
  const first = r.policies[0];
  return {
    title: t(r.comparisons.length > 0 ? "brief_title" : "brief_title_run", { c: countyName(r) }),
    about: t("brief_about", { b: title(first), p: order.slice(0, mostPolicies).map((c) => title(r.policies[c.other])).join(t("list_comma")) || "–", a: r.start, z: r.end }),
    parts: [
      { heading: t("brief_1"), blocks: order.length > 0 ? conclusion(r, i, order) : [{ text: t("brief_run", { p: title(first), m: pick(m), x: `${withUnit(first.values[i][0][0], m.unit)}${t("open_bracket")}${bounds(first.values[i][0][0], m.unit)}${t("close_bracket")}` }) }] },
      { heading: t("brief_2"), blocks: grounds(r, order) },
      { heading: t("brief_3"), blocks: price(r, order) },
      { heading: t("brief_4"), blocks: doubts(r, i, order) },
    ],
    foot: t("brief_foot", { v: r.program_version, s: String(first.seed), f: r.policies.slice(0, mostPolicies + 1).map((p) => p.fingerprint).join(" ") }),
  };
}

export function briefPage(b: Brief): HTMLElement {
  const block = (x: Block) => ("text" in x ? h("p", {}, x.text) : "list" in x ? h("ul", {}, x.list.map((line) => h("li", {}, line)))
    : h("table", {}, h("thead", {}, h("tr", {}, x.table[0].map((c) => h("th", { scope: "col" }, c)))), h("tbody", {}, x.table.slice(1).map((row) => h("tr", {}, row.map((c, k) => (k === 0 ? h("th", { scope: "row" }, c) : h("td", {}, c))))))));
  return h("div", { class: "brief-page" }, h("h3", { class: "brief-title" }, b.title), h("p", { class: "note" }, b.about), b.parts.map((part) => [h("h4", {}, part.heading), ...part.blocks.map(block)]), h("p", { class: "brief-foot" }, b.foot));
}

/** A file as an address that needs no server. */
function address(bytes: Uint8Array, type: string): string {
  let text = "";
  for (const b of bytes) text += String.fromCharCode(b);
  return `data:${type};base64,${btoa(text)}`;
}

export function briefSection(r: Result): HTMLElement {
  const b = briefOf(r), shown = briefPage(b);
  const button = (text: string, press: () => void) => { const x = h("button", { type: "button" }, text); x.addEventListener("click", press); return x; };
  shown.hidden = true;
  const look = button(t("brief_look"), () => {
    shown.hidden = !shown.hidden;
    look.setAttribute("aria-expanded", String(!shown.hidden));
  });
  look.setAttribute("aria-expanded", "false");
  const print = button(t("brief_print"), () => {
    document.body.classList.add("brief-only");
    window.addEventListener("afterprint", () => document.body.classList.remove("brief-only"), { once: true });
    window.print();
  });
  const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  return section("brief", t("brief"), t("brief_note"), h("div", { class: "controls" }, look, print, h("a", { class: "button", download: `${t("brief")}.docx`, href: address(docx(b, getLang()), type) }, t("brief_docx"))), shown);
}
