import type { Assumption, Interval, Result } from "./data";
import { h, section, select } from "./dom";
import { bounds, estimate, fields } from "./format";
import { getLang, has, pick, t, title } from "./i18n";
import { dataTable, type Cell, type Column, type Row } from "./table";

const cell = (v: Interval, unit: string): Cell => {
  const around = !v || v[3] === "constant" ? "" : v[3] === "too_few_years" ? t("few_years") : bounds(v, unit);
  return { text: v ? `${estimate(v, unit)}${around ? ` (${around})` : ""}` : "–", sort: v ? v[0] : null, out: fields(v), show: () => [estimate(v, unit), around ? h("small", { class: "below" }, around) : null] };
};
const counted = (head: string, name = head): Column => ({ head, numeric: true, heads: [name, t("lower"), t("upper")] });

export function venueTable(r: Result): HTMLElement {
  const columns = [["sessions", "sessions", ""], ["idle_share", "idle", "share"], ["heard", "heard", ""], ["wait_minutes", "wait", ""], ["queue_max", "longest", ""], ["overtime_minutes", "overtime", ""], ["utilisation", "utilisation", "share"], ["left", "left", ""]] as const;
  const several = r.policies.length > 1;
  const rows = r.policies[0].venues.flatMap((v, k) => r.policies.map((p): Row => ({ group: several ? pick(v) : undefined,
    cells: [{ text: several ? title(p) : pick(v) }, ...columns.map(([field, , unit]) => cell(p.venues[k]?.[field] ?? null, unit))] })));
  return section("venues", t("venues"), "", dataTable({ name: "sifang-reception", caption: t("venues"), columns: [{ head: several ? t("policy") : t("place") }, ...columns.map(([, key]) => counted(t(key)))], rows, class: "stack", tall: rows.length > 24 }));
}

export function ruleTable(r: Result): HTMLElement {
  const several = r.policies.length > 1;
  return section("rules", t("rules"), t("rules_note"), dataTable({ name: "sifang-rules", caption: t("rules"),
    columns: [{ head: t("rule") }, { head: t("meaning"), class: "long" }, ...r.policies.map((p) => counted(several ? title(p) : t("times")))],
    rows: r.policies[0].violations.map((v, k): Row => ({ cells: [{ text: v.rule }, { text: pick(v) }, ...r.policies.map((p) => cell(p.violations[k]?.count ?? null, ""))] })) }));
}

/** Ours first, since they are the ones to doubt. */
const marks = ["I", "K", "C", "S", "A"];
const valueOf = (a: Assumption) => (a.words ? pick(a.words) : a.value) || "–";

export function assumptionTable(r: Result): HTMLElement {
  const place = h("div", {});
  let mark = "all", policy = r.policies.length - 1;
  const meaning = (m: string) => { const key = `mark_${m}`; return has(key) ? t(key) : m; };
  const rank = (m: string) => (marks.indexOf(m) + marks.length + 1) % (marks.length + 1);
  const draw = () => {
    const all = r.policies[policy].assumptions.filter((a) => mark === "all" || a.mark === mark);
    const rows = all.map((a, k) => ({ a, k })).sort((x, y) => rank(x.a.mark) - rank(y.a.mark) || x.k - y.k).map(({ a }): Row => ({
      group: `[${a.mark}] ${meaning(a.mark)}`, class: a.changed ? "changed" : "",
      cells: [{ text: `${pick(a)} ${a.key}`, out: [pick(a), a.key], show: () => [pick(a), h("div", { class: "key" }, a.key)] },
        { text: valueOf(a), out: [valueOf(a), a.value, a.unit], show: () => [valueOf(a), a.words || a.unit === "" || getLang() === "zh" ? null : h("small", {}, ` ${a.unit}`)], class: "value" },
        { text: a.source, class: "source" }] }));
    place.replaceChildren(dataTable({ name: `sifang-parameters-${r.policies[policy].id}`, caption: t("assumptions"), tall: true, rows, class: "parameters", atOnce: 150,
      columns: [{ head: t("parameter"), heads: [t("parameter"), t("key")], class: "long" }, { head: t("value"), heads: [t("value"), t("as_written"), t("unit")] }, { head: t("origin") }] }));
  };
  draw();
  return section("assumptions", t("assumptions"), t("assumptions_note"),
    h("p", { class: "legend" }, `${t("marks")}${t("colon")}`, marks.map((m) => h("span", {}, `[${m}] ${meaning(m)}`))),
    h("p", { class: "controls" }, r.policies.length > 1 ? h("label", {}, `${t("policy")} `, select(r.policies.map((p, i) => [String(i), title(p)]), String(policy), (v) => { policy = Number(v); draw(); })) : null, " ",
      h("label", {}, `${t("origin")} `, select([["all", t("all")], ...marks.map((m): [string, string] => [m, `[${m}] ${meaning(m)}`])], mark, (v) => { mark = v; draw(); }))), place);
}
