// Differences and estimates as bars on one scale: plain boxes that print, and say what they show.
import type { Interval } from "./data";
import { h } from "./dom";

/** Ends of a scale that holds all of `values`, with a little room; 0 is always within where `zero`. */
export type Scale = { low: number; high: number };
export function scaleOf(values: (number | null | undefined)[], zero: boolean): Scale | null {
  const known = values.filter((x): x is number => typeof x === "number" && Number.isFinite(x));
  if (known.length === 0) return null;
  let low = Infinity, high = -Infinity;
  for (const x of known) { low = Math.min(low, x); high = Math.max(high, x); }
  if (zero) { low = Math.min(low, 0); high = Math.max(high, 0); }
  const room = 0.04 * (high - low || Math.abs(high) || 1);
  return { low: low - room, high: high + room };
}
const at = (x: number, s: Scale) => Math.max(0, Math.min(100, (100 * (x - s.low)) / (s.high - s.low)));
const span = (low: number, high: number, s: Scale) => `left:${at(low, s).toFixed(2)}%;width:${Math.max(at(high, s) - at(low, s), 0.4).toFixed(2)}%`;

export interface Widths { computing: Interval | undefined; year?: Interval; unknown?: Interval; matters?: number }
const bounded = (v: Interval | undefined): v is NonNullable<Interval> => Boolean(v) && v![3] !== "too_few_years";

/** All numbers that a scale of such differences must hold. */
export const ends = (w: Widths): number[] => [w.computing, w.year, w.unknown].flatMap((v) => (v ? (v[3] === "too_few_years" ? [v[0]] : [v[0], v[1], v[2]]) : []));

export function differenceBar(w: Widths, scale: Scale | null, label: string, verdict = ""): HTMLElement {
  const box = h("div", { class: `bars ${verdict}`, role: "img", "aria-label": label });
  if (!w.computing || !scale) return box;
  if (w.matters !== undefined && w.matters > 0) box.append(h("i", { class: "matters", style: span(-w.matters, w.matters, scale) }));
  box.append(h("i", { class: "zero", style: `left:${at(0, scale).toFixed(2)}%` }));
  if (bounded(w.unknown)) box.append(h("i", { class: "unknown", style: span(w.unknown[1], w.unknown[2], scale) }));
  if (bounded(w.year)) box.append(h("i", { class: "year", style: span(w.year[1], w.year[2], scale) }));
  if (bounded(w.computing)) box.append(h("i", { class: "computing", style: span(w.computing[1], w.computing[2], scale) }));
  box.append(h("b", { style: `left:${at(w.computing[0], scale).toFixed(2)}%` }));
  return box;
}
/** A bar from the lower to the upper bound on the scale of its row. */
export function whisker(v: Interval, scale: Scale | null, colour: string): HTMLElement {
  const box = h("div", { class: "whisker", "aria-hidden": "true" });
  if (!v || !scale) return box;
  if (bounded(v)) box.append(h("i", { style: `${span(v[1], v[2], scale)};background:${colour}` }));
  box.append(h("b", { style: `left:${at(v[0], scale).toFixed(2)}%;background:${colour}` }));
  return box;
}
