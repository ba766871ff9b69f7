// What the results rest on: every parameter, those first that are our own inference, with its origin and what it decides.
import type { Assumption, Result } from "./data";
import { h, section, select } from "./dom";
import { percent } from "./format";
import { has, pick, t, title } from "./i18n";
import { hasWord, w, type Word } from "./words";

/** Ours first, then what nobody has verified, the planner's own, public sources, and the article. */
export const marks = ["I", "K", "C", "S", "A"];
export function inOrder(all: Assumption[]): Assumption[] {
  const rank = (a: Assumption) => { const at = marks.indexOf(a.mark); return at < 0 ? marks.length : at; };
  return all.map((a, k) => ({ a, k })).sort((x, y) => rank(x.a) - rank(y.a) || x.k - y.k).map(({ a }) => a);
}
const meaning = (m: string) => { const key = `mark_${m}`; return has(key) ? t(key) : m; };

/** What hangs on a parameter: the figures that moved with it where it was drawn, else the part of the model that it belongs to. */
export function decides(r: Result, key: string): { text: string; measured: boolean } {
  const found = (r.unknowns?.figures ?? []).flatMap((f) => f.depends.filter((d) => d.key === key).map((d) => {
    const m = r.metrics.find((x) => x.id === f.metric), p = r.policies[f.other];
    return m && p ? w("moves", { m: pick(m), p: title(p), c: percent(Math.max(0, Math.min(1, d.part))) }) : "";
  })).filter((x) => x);
  if (found.length > 0) return { text: found.join(w("semicolon")), measured: true };
  const word = `decides_${key.split(".")[0]}`;
  return { text: hasWord(word) ? w(word as Word) : "", measured: false };
}

export function assumptionTable(r: Result): HTMLElement {
  let mark = "all", policy = r.policies.length - 1, wanted = "", all = false;
  const atOnce = 60;
  const place = h("div", {}), body = h("tbody", {});
  const drawn = new Map((r.unknowns?.parameters ?? []).map((p) => [p.key, p]));
  const draw = () => {
    const rows = inOrder(r.policies[policy].assumptions).filter((a) => (mark === "all" || a.mark === mark) && (wanted === "" || `${a.key} ${a.en} ${a.zh} ${a.source}`.toLowerCase().includes(wanted)));
    const shown = all ? rows : rows.slice(0, atOnce);
    body.replaceChildren(...shown.map((a) => {
      const range = drawn.get(a.key), what = decides(r, a.key);
      return h("tr", a.changed ? { class: "changed" } : {}, h("th", { scope: "row" }, pick(a), h("div", { class: "key" }, a.key)), h("td", { class: "value" }, a.changed ? h("b", {}, "≠ ") : null, a.value || "–", h("small", {}, ` ${a.unit}`), range ? h("div", {}, h("small", {}, w("drawn_from", { a: range.low, b: range.high }))) : null),
        h("td", { class: "mark" }, `[${a.mark}] `, h("small", {}, meaning(a.mark))), h("td", {}, a.source), h("td", {}, what.measured ? h("b", {}, what.text) : what.text));
    }));
    const more = h("button", { type: "button" }, w("show_all_rows", { n: rows.length }));
    more.addEventListener("click", () => { all = true; draw(); });
    place.replaceChildren(...(shown.length < rows.length ? [h("p", { class: "note" }, w("first_rows", { n: shown.length, m: rows.length }), " ", more)] : []));
  };
  draw();
  const count = (m: string) => r.policies[0].assumptions.filter((a) => a.mark === m).length;
  const search = h("input", { type: "search", placeholder: t("filter"), "aria-label": `${t("filter")}${w("colon")}${t("assumptions")}` }) as HTMLInputElement;
  search.addEventListener("input", () => { wanted = search.value.trim().toLowerCase(); draw(); });
  return section("assumptions", t("assumptions"), t("assumptions_note"),
    r.warnings.length > 0 ? h("ul", { class: "warnings" }, r.warnings.map((x) => h("li", {}, pick(x)))) : null,
    h("p", { class: "legend" }, `${t("marks")}${w("colon")}`, marks.map((m) => h("span", {}, `[${m}] ${meaning(m)} ${count(m)}`))), h("p", { class: "note" }, w(r.unknowns ? "decides_measured" : "decides_part")),
    h("div", { class: "controls" }, r.policies.length > 1 ? h("label", {}, `${w("policy")} `, select(r.policies.map((p, i) => [String(i), title(p)]), String(policy), (v) => { policy = Number(v); draw(); })) : null,
      h("label", {}, `${t("origin")} `, select([["all", t("all")], ...marks.map((m): [string, string] => [m, `[${m}] ${meaning(m)}`])], mark, (v) => { mark = v; draw(); })), search),
    h("div", { class: "scroll tall", tabindex: "0", role: "group", "aria-label": t("assumptions") }, h("table", {}, h("caption", {}, t("assumptions")), h("thead", {}, h("tr", {}, [t("parameter"), t("value"), t("origin"), w("source"), w("decides")].map((x) => h("th", { scope: "col" }, x)))), body)), place);
}
