// Load of leaders, units and townships: a table whose cells are bars, so that names stand in full and nothing is drawn that cannot be read.
import type { Interval, Policy, Result } from "./data";
import { behind } from "./behind";
import { colours } from "./charts";
import { policyChoice } from "./choice";
import { h, section, select } from "./dom";
import { bounds, estimate } from "./format";
import { has, type Key, pick, t, title } from "./i18n";
import { postName } from "./names";

interface Measure { id: string; name: string; unit: string; of: (p: Policy, item: number) => Interval }
interface Item { name: string; at: number }
interface Whom { id: string; name: string; items: Item[]; measures: Measure[] }

const ofOfficials = ["hours", "utilisation", "sessions", "heard", "owned_mean", "owned_max"] as const;
const atOnce = 15;

function officials(r: Result, id: string, name: string, ranks: string[]): Whom {
  const items = r.policies[0].officials.map((o, at) => ({ o, at })).filter(({ o }) => ranks.includes(o.rank)).map(({ o, at }) => ({ name: postName(o), at }));
  return { id, name, items, measures: ofOfficials.map((q) => ({ id: q, name: has(q) ? t(q as Key) : q, unit: q === "utilisation" ? "share" : "", of: (p, k) => p.officials[k]?.[q] ?? null })) };
}
/** Items of a dimension with every metric that it splits. */
function splitBy(r: Result, dimension: string, name: string, wanted: string[]): Whom {
  const d = r.dimensions.findIndex((x) => x.id === dimension);
  const measures = d < 0 ? [] : r.metrics.map((m, i) => ({ m, i })).filter(({ i }) => r.policies.some((p) => p.values[i][d].some((v) => v !== null)))
    .map(({ m, i }): Measure => ({ id: m.id, name: pick(m), unit: m.unit, of: (p, k) => p.values[i][d][k] }));
  const rank = (m: Measure) => { const at = wanted.indexOf(m.id); return at < 0 ? wanted.length : at; };
  measures.sort((a, b) => rank(a) - rank(b));
  return { id: dimension, name, items: d < 0 ? [] : r.dimensions[d].items.map((item, at) => ({ name: pick(item), at })), measures };
}

export function leaderLoad(r: Result): HTMLElement {
  const groups = [
    officials(r, "county", t("load_leaders"), ["principal_leader", "county_leader"]),
    officials(r, "unit_head", t("rank_unit_head"), ["unit_head"]), officials(r, "team_member", t("rank_team_member"), ["team_member"]),
    splitBy(r, "unit", t("load_units"), ["handler_utilisation", "handler_hours", "registrations", "open_cases", "overdue", "on_time_reply_rate"]),
    splitBy(r, "township", t("load_townships"), ["registrations", "visits", "open_cases", "overdue", "heard_15d"]),
  ].filter((g) => g.items.length > 0 && g.measures.length > 0);
  if (groups.length === 0) return section("load", t("load"), t("load_note"));
  let whom = groups[0], measure = whom.measures[0], all = false;
  const place = h("div", {}), measures = h("span", {});
  const draw = () => {
    const shown = choice.chosen();
    const rows = whom.items.filter((item) => r.policies.some((p) => measure.of(p, item.at) !== null));
    rows.sort((a, b) => (measure.of(r.policies[shown[0]], b.at)?.[0] ?? -1) - (measure.of(r.policies[shown[0]], a.at)?.[0] ?? -1) || a.at - b.at);
    const listed = all ? rows : rows.slice(0, atOnce);
    const most = Math.max(...rows.flatMap((item) => shown.map((k) => { const v = measure.of(r.policies[k], item.at); return v ? Math.max(v[0], v[2]) : 0; })), 1e-9);
    const part = (x: number) => `${Math.max(0, Math.min(100, (100 * x) / most)).toFixed(2)}%`;
    const bar = (v: Interval, k: number) => h("td", { class: "load-cell" }, v ? [h("div", { class: "load-number" }, estimate(v, measure.unit), h("small", {}, ` ${bounds(v, measure.unit)}`)),
      h("div", { class: "load-bar", "aria-hidden": "true" }, h("i", { style: `width:${part(v[0])};background:${colours[k % colours.length]}` }), h("b", { style: `left:${part(v[1])};width:${part(v[2] - v[1])}` }))] : "–");
    const more = h("button", { type: "button" }, t("show_all_rows", { n: rows.length }));
    more.addEventListener("click", () => { all = true; draw(); });
    place.replaceChildren(h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": measure.name }, h("table", { class: "load" }, h("caption", {}, `${whom.name}${t("dot")}${measure.name}`),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, whom.name), shown.map((k) => h("th", { scope: "col" }, h("span", { class: "dot", style: `background:${colours[k % colours.length]}` }), title(r.policies[k]))))),
      h("tbody", {}, listed.map((item) => h("tr", {}, h("th", { scope: "row" }, item.name), shown.map((k) => bar(measure.of(r.policies[k], item.at), k))))))),
      ...(listed.length < rows.length ? [h("p", { class: "note" }, t("first_rows", { n: listed.length, m: rows.length }), " ", more)] : []),
      behind(() => ({
        caption: `${whom.name}${t("dot")}${measure.name}`,
        columns: [{ head: whom.name }, ...r.policies.flatMap((p) => [title(p), t("lower"), t("upper")].map((head) => ({ head, numeric: true })))],
        rows: rows.map((item) => [item.name, ...r.policies.flatMap((p) => { const v = measure.of(p, item.at); return v ? [v[0], v[1], v[2]] : [null, null, null]; })]),
      })));
  };
  const choice = policyChoice(r, 4, draw);
  const listMeasures = () => measures.replaceChildren(h("label", {}, `${t("show")} `, select(whom.measures.map((m) => [m.id, m.name]), measure.id, (v) => { measure = whom.measures.find((m) => m.id === v)!; all = false; draw(); })));
  listMeasures();
  draw();
  return section("load", t("load"), t("load_note"), h("div", { class: "controls" },
    h("label", {}, `${t("of")} `, select(groups.map((g) => [g.id, g.name]), whom.id, (v) => { whom = groups.find((g) => g.id === v)!; measure = whom.measures[0]; all = false; listMeasures(); draw(); })), measures, choice.control), place);
}
