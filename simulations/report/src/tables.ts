import type { Interval, Result } from "./data";
import { h, section } from "./dom";
import { bounds, estimate } from "./format";
import { pick, t, title } from "./i18n";

const cell = (v: Interval, unit: string) => h("td", { class: "num", title: bounds(v, unit) }, estimate(v, unit), v && v[3] !== "constant" ? h("small", {}, v[3] === "too_few_years" ? ` (${t("few_years")})` : ` (${bounds(v, unit)})`) : null);

export function venueTable(r: Result): HTMLElement {
  const columns = [["sessions", "sessions", ""], ["idle_share", "idle", "share"], ["heard", "heard", ""], ["wait_minutes", "wait", ""], ["queue_max", "longest", ""], ["overtime_minutes", "overtime", ""], ["utilisation", "utilisation", "share"], ["left", "left", ""]] as const;
  return section("venues", t("venues"), "", h("div", { class: "scroll" }, h("table", {}, h("thead", {}, h("tr", {}, h("th", {}, t("place")), r.policies.length > 1 ? h("th", {}, t("policy")) : null, columns.map(([, key]) => h("th", {}, t(key))))),
    h("tbody", {}, r.policies[0].venues.flatMap((v, k) => r.policies.map((p, n) => h("tr", n === 0 ? { class: "first" } : {}, h("th", {}, n === 0 ? pick(v) : ""), r.policies.length > 1 ? h("td", {}, title(p)) : null, columns.map(([field, , unit]) => cell(p.venues[k][field], unit)))))))));
}
