// Rules of the mechanism that were not kept: the rule's own text, what counts as a breach, and how often.
import type { Interval, Result } from "./data";
import { behind } from "./behind";
import { h, section } from "./dom";
import { bounds, estimate } from "./format";
import { pick, t, title } from "./i18n";
import { w } from "./words";

/** Up to four policies stand in columns of their own; of more each stands on a line of the last column. */
const mostColumns = 4;

export function ruleTable(r: Result): HTMLElement {
  const text = new Map((r.rules ?? []).map((rule) => [rule.id, pick(rule)]));
  const count = (v: Interval) => [estimate(v, ""), v && v[3] !== "constant" ? h("small", {}, ` (${v[3] === "too_few_years" ? t("few_years") : bounds(v, "")})`) : null];
  const columns = r.policies.length <= mostColumns;
  const cells = (k: number) => (columns ? r.policies.map((p) => h("td", { class: "num" }, count(p.violations[k].count)))
    : h("td", {}, r.policies.map((p) => h("div", {}, `${title(p)}${w("colon")}`, count(p.violations[k].count)))));
  const heads = columns ? r.policies.map((p) => h("th", { scope: "col", class: "num" }, r.policies.length > 1 ? title(p) : t("times"))) : h("th", { scope: "col" }, t("times"));
  return section("rules", t("rules"), t("rules_note"), h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("rules") }, h("table", { class: "rules" }, h("caption", {}, t("rules")),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("rule")), h("th", { scope: "col" }, w("rule_text")), h("th", { scope: "col" }, w("breach")), heads)),
    h("tbody", {}, r.policies[0].violations.map((v, k) => h("tr", {}, h("th", { scope: "row" }, v.rule), h("td", {}, text.get(v.rule) ?? "–"), h("td", {}, pick(v)), cells(k)))))),
    behind(() => ({
      caption: t("rules"), columns: [{ head: t("rule") }, { head: w("rule_text") }, { head: w("breach") }, ...r.policies.flatMap((p) => [title(p), w("lower"), w("upper")].map((head) => ({ head, numeric: true })))],
      rows: r.policies[0].violations.map((v, k) => [v.rule, text.get(v.rule) ?? "–", pick(v), ...r.policies.flatMap((p) => { const c = p.violations[k].count; return c ? [c[0], c[1], c[2]] : [null, null, null]; })]),
    })));
}
