// Rules of the mechanism that were not kept: the rule's own text, what counts as a breach, and how often.
import type { Interval, Result } from "./data";
import { behind } from "./behind";
import { policyChoice } from "./choice";
import { h, section } from "./dom";
import { bounds, estimate } from "./format";
import { pick, t, title } from "./i18n";
import { w } from "./words";

export function ruleTable(r: Result): HTMLElement {
  const text = new Map((r.rules ?? []).map((rule) => [rule.id, pick(rule)]));
  const count = (v: Interval) => h("td", { class: "num" }, estimate(v, ""), v && v[3] !== "constant" ? h("small", {}, ` (${v[3] === "too_few_years" ? t("few_years") : bounds(v, "")})`) : null);
  const place = h("div", {});
  const draw = () => {
    const shown = choice.chosen().map((k) => r.policies[k]);
    place.replaceChildren(h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("rules") }, h("table", { class: "rules" }, h("caption", {}, t("rules")),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("rule")), h("th", { scope: "col" }, w("rule_text")), h("th", { scope: "col" }, w("breach")), shown.map((p) => h("th", { scope: "col", class: "num" }, r.policies.length > 1 ? title(p) : t("times"))))),
      h("tbody", {}, r.policies[0].violations.map((v, k) => h("tr", {}, h("th", { scope: "row" }, v.rule), h("td", {}, text.get(v.rule) ?? "–"), h("td", {}, pick(v)), shown.map((p) => count(p.violations[k].count))))))));
  };
  const choice = policyChoice(r, 4, draw);
  draw();
  return section("rules", t("rules"), t("rules_note"), choice.control ? h("div", { class: "controls" }, choice.control) : null, place,
    behind(() => ({
      caption: t("rules"), columns: [{ head: t("rule") }, { head: w("rule_text") }, { head: w("breach") }, ...r.policies.flatMap((p) => [title(p), w("lower"), w("upper")].map((head) => ({ head, numeric: true })))],
      rows: r.policies[0].violations.map((v, k) => [v.rule, text.get(v.rule) ?? "–", pick(v), ...r.policies.flatMap((p) => { const c = p.violations[k].count; return c ? [c[0], c[1], c[2]] : [null, null, null]; })]),
    })));
}
