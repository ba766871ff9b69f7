// What the results rest on: every parameter, those first that are our own inference, with its origin and what it decides.
import type { Assumption, Result } from "./data";
import { h, section, select } from "./dom";
import { percent } from "./format";
import { getLang, has, type Key, pick, t, title } from "./i18n";
import { dataTable, type Row } from "./table";

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
    return m && p ? t("moves", { m: pick(m), p: title(p), c: percent(Math.max(0, Math.min(1, d.part))) }) : "";
  })).filter((x) => x);
  if (found.length > 0) return { text: found.join(t("semicolon")), measured: true };
  const word = `decides_${key.split(".")[0]}`;
  return { text: has(word) ? t(word as Key) : "", measured: false };
}

const valueOf = (a: Assumption) => (a.words ? pick(a.words) : a.value) || "–";

/** Where a value is from, in Chinese where the results have it. */
export const sourceOf = (a: Assumption) => (getLang() === "zh" && a.source_zh) || a.source;

export function assumptionTable(r: Result): HTMLElement {
  const place = h("div", {});
  let mark = "all", policy = r.policies.length - 1;
  const drawn = new Map((r.unknowns?.parameters ?? []).map((p) => [p.key, t("drawn_from", { a: Number(p.low.toPrecision(3)), b: Number(p.high.toPrecision(3)) })]));
  const draw = () => {
    const rows = inOrder(r.policies[policy].assumptions.filter((a) => mark === "all" || a.mark === mark)).map((a): Row => {
      const what = decides(r, a.key), range = drawn.get(a.key);
      return {
        group: `[${a.mark}] ${meaning(a.mark)}`, class: a.changed ? "differs" : "",
        cells: [{ text: `${pick(a)} ${a.key}`, out: [pick(a), a.key], show: () => [pick(a), h("div", { class: "key" }, a.key)] },
          { text: valueOf(a), out: [valueOf(a), a.value, a.unit], class: "value",
            show: () => [a.changed ? h("b", {}, "≠ ") : null, valueOf(a), a.words || a.unit === "" || getLang() === "zh" ? null : h("small", {}, ` ${a.unit}`), range ? h("div", {}, h("small", {}, range)) : null] },
          { text: sourceOf(a), class: "source" }, { text: what.text, show: () => (what.measured ? h("b", {}, what.text) : what.text) }],
      };
    });
    place.replaceChildren(dataTable({ name: `sifang-parameters-${r.policies[policy].id}`, caption: t("assumptions"), tall: true, rows, class: "parameters", atOnce: 150,
      columns: [{ head: t("parameter"), heads: [t("parameter"), t("key")], class: "long" }, { head: t("value"), heads: [t("value"), t("as_written"), t("unit")] }, { head: t("origin") }, { head: t("decides") }] }));
  };
  draw();
  return section("assumptions", t("assumptions"), t("assumptions_note"),
    h("p", { class: "legend" }, `${t("marks")}${t("colon")}`, marks.map((m) => h("span", {}, `[${m}] ${meaning(m)}`))), h("p", { class: "note" }, t(r.unknowns ? "decides_measured" : "decides_part")),
    h("p", { class: "controls" }, r.policies.length > 1 ? h("label", {}, `${t("policy")} `, select(r.policies.map((p, i) => [String(i), title(p)]), String(policy), (v) => { policy = Number(v); draw(); })) : null, " ",
      h("label", {}, `${t("origin")} `, select([["all", t("all")], ...marks.map((m): [string, string] => [m, `[${m}] ${meaning(m)}`])], mark, (v) => { mark = v; draw(); }))), place);
}
