// Figure by figure: every policy beside the base, with bars on one scale for each figure.
import type { Comparison, Metric, Result } from "./data";
import { cohortWarning, headlineMetrics, ofCounty, unknownsOf, verdictOf, widthsOf } from "./answer";
import { differenceBar, ends, scaleOf, whisker, type Scale } from "./bars";
import { colours } from "./charts";
import { h, section, select } from "./dom";
import { bounds, chance, differenceBounds, estimate, fields, number, percent, signed, signedRange, unitName } from "./format";
import { pick, t, title } from "./i18n";
import { dataTable, type Cell, type Row } from "./table";
import { verdictBadge, verdictClass, verdictWord } from "./verdicts";

/** More policies than this are shown for one figure at a time. */
const manyPolicies = 8;

const named = (m: Metric) => (unitName(m.unit) ? `${pick(m)}（${unitName(m.unit)}）` : pick(m)).replace(/（(.*)）$/, (_, unit) => t("in_brackets", { x: unit }));

function row(r: Result, m: Metric, i: number, c: Comparison, scale: Scale | null): Row {
  const base = r.policies[c.base].values[i][0][0], other = r.policies[c.other].values[i][0][0];
  const d = ofCounty(c, i), verdict = verdictOf(c, i), w = widthsOf(r, c, i);
  const year = c.one_year?.[i], unknown = unknownsOf(r, c, m);
  const range = (v: typeof year) => (!v || v[3] === "too_few_years" ? "–" : v[3] === "constant" ? t("constant") : signedRange(v[1], v[2], m.unit));
  const best = r.chances?.find((x) => x.metric === m.id)?.best[c.other];
  const difference = d ? signed(d[0], m.unit) : "–";
  const around = d ? differenceBounds(d, m.unit) : "";
  const name = title(r.policies[c.other]), others = cohortWarning(r, c, m);
  const cells: Cell[] = [
    { text: name, class: "policy", show: () => [name, others ? h("small", { class: "below cohort", title: pick(others) }, h("span", { "aria-hidden": "true" }, "⚠ "), t("others_counted")) : null] },
    { text: `${estimate(base, m.unit)} → ${estimate(other, m.unit)}`, sort: other ? other[0] : null, out: [base ? base[0] : null, other ? other[0] : null],
      show: () => [`${estimate(base, m.unit)} `, h("span", { class: "arrow", "aria-hidden": "true" }, "→"), h("span", { class: "offscreen" }, " → "), " ", h("b", {}, estimate(other, m.unit))] },
    { text: `${difference}${around ? t("in_brackets", { x: around }) : ""}`, sort: d ? d[0] : null, out: [...fields(w.computing)], show: () => [h("b", {}, difference), around ? h("small", { class: "below" }, around) : null] },
    { text: "", show: () => differenceBar(w, scale, `${name}: ${difference} ${around}`, verdictClass(verdict)) },
    { text: verdictWord(verdict), sort: ["better", "changed", "no_difference_that_matters", "cant_tell", "too_little_data", "worse"].indexOf(verdict), show: () => verdictBadge(verdict) },
    { text: range(year), sort: year ? year[0] : null, out: [...fields(year), ...(r.unknowns ? fields(unknown?.range) : [])],
      show: () => [h("div", {}, h("small", {}, `${t("one_year_range")} `), range(year)), r.unknowns ? h("div", {}, h("small", {}, `${t("unknown_short")} `), range(unknown?.range)) : null] },
  ];
  if (r.chances && r.policies.length > 2) cells.push({ text: best === undefined ? "–" : chance(best), sort: best ?? null, out: [best ?? null] });
  return { cells, group: named(m), class: verdictClass(verdict) };
}

function comparing(r: Result, chosen: [Metric, number][]): HTMLElement {
  const rows = chosen.flatMap(([m, i]) => {
    const scale = scaleOf(r.comparisons.flatMap((c) => ends(widthsOf(r, c, i))), true);
    return r.comparisons.map((c) => row(r, m, i, c, scale));
  });
  const level = `${percent(r.confidence)}${r.comparisons[0].joint_confidence ? t("jointly") : ""}`;
  const columns = [
    { head: t("policy") }, { head: `${t("base")} → ${t("policy")}`, numeric: true, heads: [t("base"), t("policy")] },
    { head: `${t("difference")}${t("in_brackets", { x: level })}`, numeric: true, heads: [t("difference"), t("lower"), t("upper")] }, { head: t("bar"), plain: true, class: "bar" }, { head: t("verdict") },
    { head: `${t("beyond_chance")}${t("in_brackets", { x: percent(r.comparisons[0].one_year_level || 0.9) })}`, numeric: true, heads: [`${t("one_year_range")} ${t("estimate")}`, t("lower"), t("upper"),
      ...(r.unknowns ? [`${t("unknown_range")} ${t("estimate")}`, t("lower"), t("upper")] : [])] },
    ...(r.chances && r.policies.length > 2 ? [{ head: t("best_chance"), numeric: true }] : []),
  ];
  return dataTable({ name: "sifang-comparison", caption: t("headline"), columns, rows, class: "compare stack" });
}

function estimates(r: Result): HTMLElement {
  const p = r.policies[0];
  return dataTable({
    name: "sifang-key-figures", caption: t("headline"), class: "stack",
    columns: [{ head: t("figure") }, { head: t("estimate"), numeric: true, heads: [t("estimate"), t("lower"), t("upper")] }, { head: percent(r.confidence), numeric: true, plain: true }, { head: t("bar_alone"), plain: true, class: "bar" }],
    rows: headlineMetrics(r).map(([m, i]): Row => {
      const v = p.values[i][0][0];
      const share = m.unit === "share";
      return { cells: [{ text: named(m) }, { text: estimate(v, m.unit), sort: v ? v[0] : null, out: fields(v), show: () => h("b", {}, estimate(v, m.unit)) },
        { text: bounds(v, m.unit) }, { text: "", show: () => whisker(v, share ? { low: 0, high: 1 } : scaleOf(v ? [0, v[1], v[2]] : [], true), colours[0]) }] };
    }),
  });
}

/** What a difference must be to matter, figure by figure. */
function smallest(r: Result): string {
  const matters = r.comparisons[0]?.matters;
  if (!matters || matters.length === 0) return t("smallest");
  const told = headlineMetrics(r).map(([m, i]) => `${pick(m)} ${m.unit === "share" ? number(matters[i], "share").replace("%", t("points")) : `${number(matters[i], m.unit)} ${unitName(m.unit)}`}`);
  return `${t("matters_are")}${told.join(t("semicolon"))}${t("full_stop")}`;
}

export function headline(r: Result): HTMLElement {
  const all = headlineMetrics(r);
  if (r.comparisons.length === 0) return section("headline", t("headline"), "", estimates(r));
  const place = h("div", {});
  // On a phone all of them would be a very long page.
  let chosen = r.comparisons.length > manyPolicies || window.matchMedia("(max-width: 760px)").matches ? 0 : -1;
  const draw = () => place.replaceChildren(comparing(r, chosen < 0 ? all : [all[chosen]]));
  draw();
  const key = h("p", { class: "legend bars-key" }, ...(["computing", "year", ...(r.unknowns ? ["unknown" as const] : []), "matters"] as const).map((kind) => h("span", {}, h("i", { class: `sample ${kind}` }), t(`bar_${kind}`))));
  return section("headline", t("headline"), t("compare_note", { b: title(r.policies[r.comparisons[0].base]) }), key,
    h("p", { class: "controls" }, h("label", {}, `${t("figure")} `, select([...(r.comparisons.length > 4 * manyPolicies ? [] : [["-1", t("all_headline")] as [string, string]]), ...all.map(([m], k): [string, string] => [String(k), pick(m)])], String(chosen), (v) => { chosen = Number(v); draw(); }))),
    place, h("p", { class: "legend" }, smallest(r)));
}
