// Rules of the mechanism that were not kept: the rule's own text, what counts as a breach, and how often.
import type { Result } from "./data";
import { section } from "./dom";
import { pick, t, title } from "./i18n";
import { dataTable, type Row } from "./table";
import { counted, figureCell } from "./tables";

export function ruleTable(r: Result): HTMLElement {
  const text = new Map((r.rules ?? []).map((rule) => [rule.id, pick(rule)]));
  const several = r.policies.length > 1, known = text.size > 0;
  return section("rules", t("rules"), t("rules_note"), dataTable({ name: "sifang-rules", caption: t("rules"), class: "rules",
    columns: [{ head: t("rule") }, ...(known ? [{ head: t("rule_text"), class: "long" }] : []), { head: t("breach"), class: "long" }, ...r.policies.map((p) => counted(several ? title(p) : t("times")))],
    rows: r.policies[0].violations.map((v, k): Row => ({
      cells: [{ text: v.rule }, ...(known ? [{ text: text.get(v.rule) ?? "–" }] : []), { text: pick(v) }, ...r.policies.map((p) => figureCell(p.violations[k]?.count ?? null, ""))],
    })) }));
}
