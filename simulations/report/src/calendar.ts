// A calendar of reception days: what is held, how many come, how long they queue, and where sessions get into each other's way.
import type { Calendar, DayNote, Policy, Result, SessionDays } from "./data";
import { behind } from "./behind";
import { policyChoice } from "./choice";
import { h, section, select } from "./dom";
import { number } from "./format";
import { getLang, type Key, pick, t, title } from "./i18n";
import { postCalled } from "./names";
import { s, told } from "./svg";

type Quantity = "heard" | "unheard" | "queue" | "wait_minutes" | "empty_seats" | "planned";
const quantities: Quantity[] = ["heard", "queue", "wait_minutes", "unheard", "empty_seats", "planned"];
/** Blue from light to dark: brightness alone tells the steps. */
const shades = ["#d7e6f4", "#a6c8e4", "#6ba3d0", "#2f79b5", "#0b4a86"];
const marks: [string, string][] = [["missed", "!"], ["together", "+"], ["moved", "→"], ["left_out", "×"]];

const oneDay = 86400000;
const dayOf = (iso: string) => Math.round(Date.parse(`${iso}T00:00:00Z`) / oneDay);
const isoOf = (day: number) => new Date(day * oneDay).toISOString().slice(0, 10);
/** 0 is Monday. */
const weekday = (day: number) => (day + 3) % 7;

export interface DayFigures { planned: number; visited: number; heard: number; unheard: number; queue: number; wait_minutes: number; empty_seats: number }
/** What happens on each day at one kind of session, or at all: numbers add up, of queues the longest, of waits the mean of those heard. */
export function daysOf(calendar: Calendar, kind: string): Map<string, DayFigures> {
  const out = new Map<string, DayFigures>();
  const add = (of: SessionDays) => of.dates.forEach((date, k) => {
    const d = out.get(date) ?? { planned: 0, visited: 0, heard: 0, unheard: 0, queue: 0, wait_minutes: 0, empty_seats: 0 };
    const heard = d.heard + of.heard[k];
    d.wait_minutes = heard > 0 ? (d.wait_minutes * d.heard + of.wait_minutes[k] * of.heard[k]) / heard : 0;
    d.heard = heard;
    d.planned += of.planned[k];
    d.visited += of.visited[k];
    d.unheard += of.unheard[k];
    d.queue = Math.max(d.queue, of.queue[k]);
    d.empty_seats += of.empty_seats[k];
    out.set(date, d);
  });
  calendar.kinds.filter((k) => kind === "all" || k.venue === kind).forEach(add);
  return out;
}
/** Four bounds between five shades, so that about as many days have each. */
export function stepsOf(values: number[]): number[] {
  const sorted = values.filter((x) => x > 0).sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const all = [0.2, 0.4, 0.6, 0.8].map((q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]);
  return [...new Set(all)].filter((x) => x < sorted[sorted.length - 1]);
}
const shadeOf = (x: number, steps: number[]) => {
  const at = steps.filter((bound) => x > bound).length;
  return shades[steps.length === 0 ? 2 : Math.round((at * (shades.length - 1)) / steps.length)];
};

function venueName(r: Result, id: string): string {
  const venue = r.policies[0].venues.find((v) => v.id === id);
  return venue ? pick(venue) : id;
}
/** What a note says, without its date. */
export function noteWords(r: Result, n: DayNote): string {
  const venue = venueName(r, n.venue);
  if (n.what === "moved") return t("note_moved", { v: venue, o: n.other });
  const key = `note_${n.what}` as Key;
  return t(key, { v: venue, o: n.other ? venueName(r, n.other) : "", n: n.people.length, p: n.people.map((one) => postCalled(r, one)).join(t("comma")) });
}

const cell = 17, gap = 2, left = 34, top = 18;
let patterns = 0; // each drawing has a pattern of its own name
function drawing(r: Result, p: Policy, kind: string, quantity: Quantity, steps: number[]): SVGElement {
  const calendar = p.calendar!, days = daysOf(calendar, kind), rest = new Set(calendar.rest_days);
  const first = dayOf(r.start), last = dayOf(r.end), monday = first - weekday(first);
  const weeks = Math.floor((last - monday) / 7) + 1;
  const notes = new Map<string, DayNote[]>();
  for (const n of calendar.notes) if (kind === "all" || n.venue === kind || n.other === kind) notes.set(n.date, [...(notes.get(n.date) ?? []), n]);
  const shapes: SVGElement[] = [], restPattern = `rest-${++patterns}`;
  const names = t("weekdays").split(" ");
  names.forEach((name, k) => { if (k % 2 === 0 || getLang() === "zh") shapes.push(s("text", { x: left - 6, y: top + k * (cell + gap) + 13, class: "axis", "text-anchor": "end" }, name)); });
  for (let day = first; day <= last; ++day) {
    const iso = isoOf(day), x = left + Math.floor((day - monday) / 7) * (cell + gap), y = top + weekday(day) * (cell + gap);
    if (iso.endsWith("-01") || day === first) shapes.push(s("text", { x, y: 11, class: "axis" }, getLang() === "zh" ? `${Number(iso.slice(5, 7))}月` : new Date(day * oneDay).toLocaleDateString("en-GB", { month: "short", timeZone: "UTC" })));
    const d = days.get(iso), value = d ? d[quantity] : 0, own = notes.get(iso) ?? [];
    const mark = marks.find(([what]) => own.some((n) => n.what === what));
    const fill = !d ? (rest.has(iso) ? `url(#${restPattern})` : "#f2f4f6") : value > 0 ? shadeOf(value, steps) : "#fff";
    const lines = [iso, d ? `${t(`day_${quantity}` as Key)}${t("colon")}${number(value, "")}` : t(rest.has(iso) ? "rest_day" : "no_session"), ...own.map((n) => noteWords(r, n))];
    const dark = d !== undefined && value > 0 && shades.indexOf(fill) >= 3;
    shapes.push(s("g", {}, told(lines.join("\n")), s("rect", { x, y, width: cell, height: cell, rx: 2, fill, stroke: d ? "#5b7f9f" : "none" }),
      mark ? s("text", { x: x + cell / 2, y: y + 13, "text-anchor": "middle", class: "mark", fill: dark ? "#fff" : "#8a2d00" }, mark[1]) : null));
  }
  const width = left + weeks * (cell + gap), height = top + 7 * (cell + gap);
  return s("svg", { viewBox: `0 0 ${width} ${height}`, class: "heat", style: `min-width:${Math.round(width * 0.85)}px`, role: "img", "aria-label": `${title(p)}${t("colon")}${t("calendar")}` },
    s("defs", {}, s("pattern", { id: restPattern, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect", { width: 5, height: 5, fill: "#f2f4f6" }), s("rect", { width: 1.5, height: 5, fill: "#cfd6dd" }))), shapes);
}

function scale(steps: number[]): HTMLElement {
  const sample = (fill: string, text: string) => h("span", {}, h("i", { class: "swatch", style: `background:${fill}` }), text);
  const bounds = steps.map((x) => number(x, ""));
  const said = steps.length === 0 ? [`> 0`] : [`≤ ${bounds[0]}`, ...bounds.slice(1).map((b, k) => `${bounds[k]} – ${b}`), `> ${bounds[bounds.length - 1]}`];
  return h("p", { class: "scale-key" }, sample("#fff", t("nobody_came")), said.map((text, k) => sample(shades[steps.length === 0 ? 2 : Math.round((k * (shades.length - 1)) / steps.length)], text)),
    marks.map(([what, sign]) => h("span", {}, h("b", { class: "sign" }, sign), t(`mark_${what}` as Key))));
}

function noteList(r: Result, p: Policy): HTMLElement | null {
  const notes = p.calendar!.notes;
  if (notes.length === 0) return h("p", { class: "note" }, t("no_notes"));
  const count = (what: string) => new Set(notes.filter((n) => n.what === what).map((n) => n.date)).size;
  const summary = marks.map(([what]): [string, number] => [what, count(what)]).filter(([, n]) => n > 0).map(([what, n]) => t("note_days", { what: t(`mark_${what}` as Key), n })).join(t("semicolon"));
  return h("details", {}, h("summary", {}, `${title(p)}${t("colon")}${summary}`),
    h("ul", { class: "notes", tabindex: "0", "aria-label": `${title(p)}${t("colon")}${summary}` }, notes.map((n) => h("li", {}, h("b", {}, n.date), ` ${marks.find(([what]) => what === n.what)?.[1] ?? ""} `, noteWords(r, n)))));
}

export function receptionCalendar(r: Result): HTMLElement | null {
  const having = r.policies.map((p, k) => k).filter((k) => r.policies[k].calendar);
  if (having.length === 0 || !(dayOf(r.start) <= dayOf(r.end))) return null; // days that are none cannot be drawn
  let kind = "all", quantity: Quantity = "heard";
  const place = h("div", {});
  const draw = () => {
    const shown = choice.chosen().filter((k) => r.policies[k].calendar);
    const steps = stepsOf(having.flatMap((k) => [...daysOf(r.policies[k].calendar!, kind).values()].map((d) => d[quantity])));
    place.replaceChildren(scale(steps), ...shown.map((k) => {
      const p = r.policies[k];
      return h("figure", {}, h("figcaption", {}, title(p)), h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": `${title(p)}${t("colon")}${t("calendar")}` }, drawing(r, p, kind, quantity, steps) as unknown as HTMLElement), noteList(r, p));
    }), behind(() => ({
      caption: t("calendar"),
      columns: [{ head: t("policy") }, { head: t("date") }, { head: t("kind_of_session") }, ...(["planned", "visited", "heard", "unheard", "queue", "wait_minutes", "empty_seats"] as const).map((q) => ({ head: t(`day_${q}`), numeric: true }))],
      rows: shown.flatMap((k) => r.policies[k].calendar!.kinds.filter((one) => kind === "all" || one.venue === kind).flatMap((one) => one.dates.map((date, d) =>
        [title(r.policies[k]), date, venueName(r, one.venue), one.planned[d], one.visited[d], one.heard[d], one.unheard[d], one.queue[d], one.wait_minutes[d], one.empty_seats[d]]))),
    })));
  };
  const choice = policyChoice(r, 4, draw);
  draw();
  const kinds = [...new Set(having.flatMap((k) => r.policies[k].calendar!.kinds.map((one) => one.venue)))];
  return section("calendar", t("calendar"), t("calendar_note"), h("div", { class: "controls" },
    h("label", {}, `${t("kind_of_session")} `, select([["all", t("all_sessions")], ...kinds.map((id): [string, string] => [id, venueName(r, id)])], kind, (v) => { kind = v; draw(); })),
    h("label", {}, `${t("shaded_by")} `, select(quantities.map((q) => [q, t(`day_${q}` as Key)]), quantity, (v) => { quantity = v as Quantity; draw(); })), choice.control), place);
}
