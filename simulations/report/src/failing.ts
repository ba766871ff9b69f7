// Where it fails: duties that are late at each unit beside how busy its people are, and sessions at which people are not heard.
import type { Parts, Policy, Result } from "./data";
import { behind } from "./behind";
import { h, section, select } from "./dom";
import { number, percent } from "./format";
import { pick, t, title } from "./i18n";

export interface Place { name: string; busy: number | null; due: number; late: number; waits: number | null }

const duties = ["timely_acceptance_rate", "on_time_reply_rate"];

/** Units by what is late there in a year: late are those of the due that were not done in time. */
export function placesOf(r: Result, p: Policy): Place[] {
  const d = r.dimensions.findIndex((x) => x.id === "unit");
  if (d < 0) return [];
  const metric = (id: string) => r.metrics.findIndex((m) => m.id === id);
  const parts = (id: string, k: number): Parts => p.parts?.[metric(id)]?.[d]?.[k] ?? null;
  return r.dimensions[d].items.map((item, k): Place => {
    const all = duties.map((id) => parts(id, k)).filter((x): x is NonNullable<Parts> => x !== null);
    const due = all.reduce((sum, x) => sum + x[1], 0) / p.replications, done = all.reduce((sum, x) => sum + x[0], 0) / p.replications;
    return { name: pick(item), busy: p.values[metric("handler_utilisation")]?.[d]?.[k]?.[0] ?? null, due, late: due - done, waits: p.values[metric("reply_days")]?.[d]?.[k]?.[0] ?? null };
  }).filter((x) => x.due > 0 || (x.busy ?? 0) > 0).sort((a, b) => b.late - a.late || (b.busy ?? 0) - (a.busy ?? 0));
}

function sentence(places: Place[]): string {
  const worst = places[0];
  if (!worst) return t("fails_unknown");
  const busy = worst.busy === null ? "–" : number(worst.busy, "share");
  const all = places.reduce((sum, x) => sum + x.late, 0);
  if (all < 0.05) {
    const busiest = [...places].sort((a, b) => (b.busy ?? 0) - (a.busy ?? 0))[0];
    return t("fails_nowhere", { u: busiest.name, b: busiest.busy === null ? "–" : number(busiest.busy, "share") });
  }
  return t("fails_at", { u: worst.name, n: number(worst.late, ""), m: number(worst.due, ""), b: busy, a: number(all, "") });
}

export function whereItFails(r: Result): HTMLElement | null {
  if (!r.policies.some((p) => placesOf(r, p).length > 0)) return null;
  let chosen = 0;
  const place = h("div", {});
  const draw = () => {
    const p = r.policies[chosen], places = placesOf(r, p), shown = places.slice(0, 12);
    const most = Math.max(...places.map((x) => x.late), 1e-9);
    const bar = (x: number, all: number, shade: string) => h("div", { class: "load-bar", "aria-hidden": "true" }, h("i", { style: `width:${Math.min(100, (100 * x) / all).toFixed(2)}%;background:${shade}` }));
    const sessions = p.venues.filter((v) => v.sessions && v.sessions[0] > 0);
    place.replaceChildren(h("p", { class: "finding" }, sentence(places)),
      h("h3", {}, t("fails_units")), h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("fails_units") }, h("table", { class: "load" }, h("caption", {}, t("fails_units")),
        h("thead", {}, h("tr", {}, [t("unit"), t("late_a_year"), t("share_late"), t("handlers_busy"), t("days_to_reply")].map((x, k) => h("th", { scope: "col", class: k === 2 || k === 4 ? "num" : "" }, x)))),
        h("tbody", {}, shown.map((x) => h("tr", {}, h("th", { scope: "row" }, x.name), h("td", { class: "load-cell" }, `${number(x.late, "")} / ${number(x.due, "")}`, bar(x.late, most, "#b34700")), h("td", { class: "num" }, x.due > 0 ? number(x.late / x.due, "share") : "–"),
          h("td", { class: "load-cell" }, x.busy === null ? "–" : number(x.busy, "share"), x.busy === null ? null : bar(x.busy, 1, "#0072b2")), h("td", { class: "num" }, x.waits === null ? "–" : number(x.waits, "days"))))))),
      h("h3", {}, t("fails_sessions")), h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("fails_sessions") }, h("table", { class: "load" }, h("caption", {}, t("fails_sessions")),
        h("thead", {}, h("tr", {}, [t("kind_of_session"), t("day_heard"), t("left_unheard"), t("longest"), t("wait"), t("utilisation"), t("idle")].map((x, k) => h("th", { scope: "col", class: k > 0 ? "num" : "" }, x)))),
        h("tbody", {}, sessions.map((v) => h("tr", {}, h("th", { scope: "row" }, pick(v)), ([[v.heard, ""], [v.left, ""], [v.queue_max, ""], [v.wait_minutes, ""], [v.utilisation, "share"], [v.idle_share, "share"]] as const).map(([x, unit]) => h("td", { class: "num" }, x ? number(x[0], unit) : "–"))))))),
      h("p", { class: "note" }, t("fails_more", { c: `sifang bottlenecks ${r.policies[chosen].id}` })),
      behind(() => ({
        caption: t("fails_units"), columns: [{ head: t("policy") }, { head: t("unit") }, ...[t("late_a_year"), t("due_a_year"), t("handlers_busy"), t("days_to_reply")].map((head) => ({ head, numeric: true }))],
        rows: r.policies.flatMap((one) => placesOf(r, one).map((x) => [title(one), x.name, x.late, x.due, x.busy, x.waits])),
      })));
  };
  draw();
  return section("failing", t("failing"), t("failing_note", { c: percent(r.confidence) }), r.policies.length > 1 ? h("div", { class: "controls" }, h("label", {}, `${t("policy")} `, select(r.policies.map((p, k) => [String(k), title(p)]), "0", (v) => { chosen = Number(v); draw(); }))) : null, place);
}
