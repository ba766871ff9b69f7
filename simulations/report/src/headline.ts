import type { Comparison, Metric, Result } from "./data";
import { h, section } from "./dom";
import { bounds, differenceBounds, estimate, percent, signed, signedRange, unitName } from "./format";
import { has, pick, t, title } from "./i18n";

const headlineMetrics = (r: Result): [Metric, number][] => r.metrics.map((m, i): [Metric, number] => [m, i]).filter(([m]) => m.headline);

export function changes(r: Result): HTMLElement | null {
  if (r.comparisons.length === 0) return null;
  const base = new Map(r.policies[0].assumptions.map((a) => [a.key, a.value]));
  return section("changes", t("changed"), "", r.comparisons.map((c) => {
    const other = r.policies[c.other];
    const rows = other.assumptions.filter((a) => a.changed);
    return h("div", { class: "change" }, h("h3", {}, `${title(other)} `, h("small", {}, `${t("versus")} ${title(r.policies[c.base])}`)),
      rows.length === 0 ? h("p", {}, t("nothing_changed")) : h("ul", {}, rows.map((a) =>
        h("li", {}, `${pick(a)}: `, h("b", {}, a.value || "–"), h("small", {}, ` (${t("from_to")} ${base.get(a.key) || "–"})`)))));
  }));
}

/** What a single year may bring, in small print; nothing where it is not known. */
function oneYear(c: Comparison, i: number, unit: string): HTMLElement | null {
  const year = c.one_year?.[i];
  if (!year || year[3] === "too_few_years") return null;
  return h("p", { class: "difference" }, h("small", {}, `${t("one_year", { c: percent(c.one_year_level ?? 0) })} ${signedRange(year[1], year[2], unit)}${unit === "share" ? t("points") : ""}`));
}

function card(r: Result, m: Metric, i: number, c: Comparison): HTMLElement {
  const base = r.policies[c.base].values[i][0][0];
  const other = r.policies[c.other].values[i][0][0];
  const d = c.values[i][0][0];
  const verdict = d ? d[4] : "too_little_data";
  const key = `verdict_${verdict}`;
  return h("article", { class: `card ${verdict}` }, h("h3", {}, pick(m)),
    h("p", { class: "figure" }, estimate(base, m.unit), h("span", { class: "arrow" }, " → "), h("b", {}, estimate(other, m.unit)), h("small", {}, ` ${unitName(m.unit)}`)),
    d ? h("p", { class: "difference" }, signed(d[0], m.unit), h("small", {}, ` (${differenceBounds(d, m.unit, `${percent(r.confidence)}${c.joint_confidence ? t("jointly") : ""}: `)})`)) : null,
    oneYear(c, i, m.unit),
    h("p", { class: "verdict" }, has(key) ? t(key) : verdict));
}

export function headline(r: Result): HTMLElement {
  if (r.comparisons.length === 0) {
    return section("headline", t("headline"), "", h("div", { class: "cards" }, headlineMetrics(r).map(([m, i]) => {
      const v = r.policies[0].values[i][0][0];
      return h("article", { class: "card" }, h("h3", {}, pick(m)), h("p", { class: "figure" }, h("b", {}, estimate(v, m.unit)), h("small", {}, ` ${unitName(m.unit)}`)),
        h("p", { class: "difference" }, h("small", {}, v && v[3] ? bounds(v, m.unit) : `${percent(r.confidence)}: ${bounds(v, m.unit)}`)));
    })));
  }
  if (r.comparisons.length === 1) {
    return section("headline", t("headline"), "", h("div", { class: "cards" }, headlineMetrics(r).map(([m, i]) => card(r, m, i, r.comparisons[0]))), h("p", { class: "legend" }, t("smallest")));
  }
  const table = h("table", {}, h("thead", {}, h("tr", {}, h("th", {}, ""), r.policies.map((p) => h("th", {}, title(p))))),
    h("tbody", {}, headlineMetrics(r).map(([m, i]) => h("tr", {}, h("th", {}, pick(m), " ", h("small", {}, unitName(m.unit))), r.policies.map((p, k) => {
      const c = r.comparisons.find((x) => x.other === k);
      const d = c?.values[i][0][0];
      return h("td", d ? { class: d[4] } : {}, estimate(p.values[i][0][0], m.unit),
        d ? h("div", { class: "difference" }, `${signed(d[0], m.unit)} `, h("small", {}, `(${differenceBounds(d, m.unit)})`)) : h("div", { class: "difference" }, h("small", {}, bounds(p.values[i][0][0], m.unit))));
    })))));
  return section("headline", t("headline"), "", h("div", { class: "scroll" }, table),
    h("p", { class: "legend" }, h("span", { class: "better" }, t("verdict_better")), h("span", { class: "worse" }, t("verdict_worse")), h("span", { class: "changed" }, t("verdict_changed")), h("span", {}, t("verdict_no_difference_that_matters")), h("span", {}, t("verdict_cant_tell"))), h("p", { class: "legend" }, t("smallest")));
}
