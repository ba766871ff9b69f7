import type { Difference, Interval, Parts } from "./data";
import { getLang, has, t } from "./i18n";

const locale = () => (getLang() === "zh" ? "zh-CN" : "en-GB");

/** A number in the unit of its metric: shares as per cent, the rest with three figures or so. */
export function number(x: number, unit: string): string {
  if (unit === "share") return `${(100 * x).toLocaleString(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })}%`;
  const size = Math.abs(x);
  const digits = size >= 1000 ? 0 : size >= 10 ? 1 : 2;
  return x.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
/** A difference with its sign, without unit. A difference that rounds to nothing has none. */
function signedNumber(x: number, unit: string): string {
  const text = unit === "share" ? number(Math.abs(x), unit).slice(0, -1) : number(Math.abs(x), unit);
  return (!/[1-9]/.test(text) ? "" : x > 0 ? "+" : "−") + text;
}
/** Differences of shares are percentage points. */
export const signed = (x: number, unit: string) => signedNumber(x, unit) + (unit === "share" ? t("points") : "");
export const signedRange = (low: number, high: number, unit: string) => `${signedNumber(low, unit)} … ${signedNumber(high, unit)}`;
export function unitName(unit: string): string {
  const key = `unit_${unit}`;
  return has(key) ? t(key) : unit;
}
export function estimate(v: Interval, unit: string): string {
  return v ? number(v[0], unit) : "–";
}
/** A bound; that of a share near 0 or 1 has the decimals that tell it from the end of the scale. */
function bound(x: number, unit: string): string {
  const fromEnd = Math.min(x, 1 - x);
  if (unit !== "share" || !(fromEnd > 0 && fromEnd < 0.001)) return number(x, unit);
  const digits = Math.min(4, Math.ceil(-Math.log10(fromEnd)) - 2);
  return `${(100 * x).toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits })}%`;
}
/** The interval in figures, or in words why there is none. */
export function bounds(v: Interval, unit: string): string {
  if (!v) return "";
  if (v[3] === "too_few_years") return t("too_few_years");
  if (v[3] === "constant") return t("constant");
  if (v[3] === "at_least") return `≥ ${bound(v[1], unit)}`;
  if (v[3] === "at_most") return `≤ ${bound(v[2], unit)}`;
  return `${bound(v[1], unit)} – ${bound(v[2], unit)}`;
}
/** A difference's interval, with the confidence before it if there is one. */
export function differenceBounds(d: NonNullable<Difference>, unit: string, before = ""): string {
  if (d[5] === "too_few_years") return t("too_few_years");
  if (d[5] === "constant") return t("constant");
  return before + signedRange(d[1], d[2], unit);
}
/** `estimate (lower – upper)`, or a dash where nothing is known. */
export function withBounds(v: Interval, unit: string): string {
  return v ? `${estimate(v, unit)}${t("in_brackets", { x: bounds(v, unit) })}` : "–";
}
/** `numerator / denominator` in a year on average. */
export function parts(all: NonNullable<Parts>, replications: number): string {
  return all.map((x) => {
    const year = x / replications;
    return year.toLocaleString(locale(), { maximumFractionDigits: Math.abs(year) >= 100 ? 0 : 1 });
  }).join(" / ");
}
/** A probability, never rounded to certainty. */
export function chance(x: number): string {
  return x < 0.005 ? "< 1%" : x >= 0.995 ? "> 99%" : `${Math.round(100 * x)}%`;
}
/** The same within a sentence, after “probability”. */
export const chanceSaid = (x: number): string => (x < 0.005 ? t("chance_below") : x >= 0.995 ? t("chance_above") : t("chance_is", { c: chance(x) }));
/** A difference with its sign in whole numbers where it is large. */
export const signedPlain = (x: number) => signedNumber(x, "");
/** An estimate and its bounds as fields of a file. */
export function fields(v: Interval | undefined): (number | string | null)[] {
  if (!v) return [null, null, null];
  return v[3] === "too_few_years" ? [v[0], null, null] : [v[0], v[1], v[2]];
}
/** A level of confidence: whole per cent, or as many digits as tell it from certainty. */
export const percent = (share: number) => `${Number((100 * share).toFixed(share > 0.99 && share < 1 ? 1 : 0))}%`;
