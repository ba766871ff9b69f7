import type { Interval, Result } from "./data";
import { h, section, select } from "./dom";
import { bounds, estimate } from "./format";
import { has, pick, t, title } from "./i18n";

const cell = (v: Interval, unit: string) => h("td", { class: "num", title: bounds(v, unit) }, estimate(v, unit), v && v[3] !== "constant" ? h("small", {}, v[3] === "too_few_years" ? ` (${t("few_years")})` : ` (${bounds(v, unit)})`) : null);

export function venueTable(r: Result): HTMLElement {
  const columns = [["sessions", "sessions", ""], ["idle_share", "idle", "share"], ["heard", "heard", ""], ["wait_minutes", "wait", ""], ["queue_max", "longest", ""], ["overtime_minutes", "overtime", ""], ["utilisation", "utilisation", "share"], ["left", "left", ""]] as const;
  return section("venues", t("venues"), "", h("div", { class: "scroll" }, h("table", {}, h("thead", {}, h("tr", {}, h("th", {}, t("place")), r.policies.length > 1 ? h("th", {}, t("policy")) : null, columns.map(([, key]) => h("th", {}, t(key))))),
    h("tbody", {}, r.policies[0].venues.flatMap((v, k) => r.policies.map((p, n) => h("tr", n === 0 ? { class: "first" } : {}, h("th", {}, n === 0 ? pick(v) : ""), r.policies.length > 1 ? h("td", {}, title(p)) : null, columns.map(([field, , unit]) => cell(p.venues[k][field], unit)))))))));
}

export function ruleTable(r: Result): HTMLElement {
  return section("rules", t("rules"), t("rules_note"), h("div", { class: "scroll" }, h("table", {}, h("thead", {}, h("tr", {}, h("th", {}, t("rule")), h("th", {}, t("meaning")), r.policies.map((p) => h("th", {}, r.policies.length > 1 ? title(p) : t("times"))))),
    h("tbody", {}, r.policies[0].violations.map((v, k) => h("tr", {}, h("th", {}, v.rule), h("td", {}, pick(v)), r.policies.map((p) => cell(p.violations[k].count, ""))))))));
}

export function assumptionTable(r: Result): HTMLElement {
  const body = h("tbody", {});
  const marks = ["A", "S", "K", "I", "C"];
  let mark = "all", policy = r.policies.length - 1, wanted = "";
  const draw = () => {
    const rows = r.policies[policy].assumptions.filter((a) => (mark === "all" || a.mark === mark) && (wanted === "" || `${a.key} ${a.en} ${a.zh}`.toLowerCase().includes(wanted)));
    body.replaceChildren(...rows.map((a) => h("tr", a.changed ? { class: "changed" } : {}, h("td", {}, pick(a), h("div", { class: "key" }, a.key)), h("td", { class: "value" }, a.value || "–", h("small", {}, ` ${a.unit}`)), h("td", { class: "mark" }, `[${a.mark}]`), h("td", {}, a.source))));
  };
  draw();
  const search = h("input", { type: "search", placeholder: t("filter"), "aria-label": t("filter") }) as HTMLInputElement;
  search.addEventListener("input", () => { wanted = search.value.trim().toLowerCase(); draw(); });
  const meaning = (m: string) => { const key = `mark_${m}`; return has(key) ? t(key) : m; };
  return section("assumptions", t("assumptions"), t("assumptions_note"),
    r.warnings.length > 0 ? h("ul", { class: "warnings" }, r.warnings.map((w) => h("li", {}, pick(w)))) : null,
    h("p", { class: "legend" }, `${t("marks")}: `, marks.map((m) => h("span", {}, `[${m}] ${meaning(m)}`))),
    h("p", { class: "controls" }, r.policies.length > 1 ? h("label", {}, `${t("policy")} `, select(r.policies.map((p, i) => [String(i), title(p)]), String(policy), (v) => { policy = Number(v); draw(); })) : null, " ",
      h("label", {}, `${t("origin")} `, select([["all", t("all")], ...marks.map((m): [string, string] => [m, `[${m}] ${meaning(m)}`])], mark, (v) => { mark = v; draw(); })), " ", search),
    h("div", { class: "scroll tall" }, h("table", {}, h("thead", {}, h("tr", {}, h("th", {}, t("parameter")), h("th", {}, t("value")), h("th", {}, ""), h("th", {}, t("origin")))), body)));
}
