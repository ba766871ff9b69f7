// The shape of a sweep's data, as the library writes it for this page, and what its parts are called.
import type { Costs, Difference, Interval, Label, Result, Warning } from "./data";
import { getLang, pick, t } from "./i18n";

export interface AxisValue { text: string; en: string; zh: string; number: number | null }
/** `decided`: the county decides it; `other_matters`: it changes which grievances there are. */
export interface Axis { key: string; unit: string; asked: string; en: string; zh: string; decided: boolean; other_matters: boolean; values: AxisValue[] }
/** `at`: of each axis the place of the cell's value. */
export interface SweepCell { at: number[]; fingerprint: string; values: Interval[]; differences: Difference[] }
/** A number that varies, or whether an axis has this value and not its first; of each the effect over its range and its standardised slope. */
export interface Effects { terms: { axis: number; value: number | null }[]; by_metric: { explained: number; points: number; of: [Interval, Interval][] }[] }
export interface SweepMetric extends Label { unit: string; better: string }
export interface Sweep {
  kind: "sweep"; program_version: string; county: string; start: string; end: string; scenario: string; title_en: string; title_zh: string;
  confidence: number; seed: number; replications: number; sampled: boolean; cells_in_all: number;
  metrics: SweepMetric[]; warnings: Warning[]; command: string[]; axes: Axis[]; cells: SweepCell[]; effects: Effects; costs?: Costs;
}

export const isNumeric = (axis: Axis) => axis.values.every((v) => v.number !== null);
/** What an axis is called; how its value is written for the program, in brackets or behind a semicolon, is left out. */
export const axisName = (axis: Axis): string => pick(axis).replace(/\s?[(（][^()（）]*[)）]$/, "").replace(/(, in turn [^;]*)?[;；].*$/, "");
/** Axes with more than one value. */
export const varying = (s: Sweep): number[] => s.axes.map((_, a) => a).filter((a) => s.axes[a].values.length > 1);

/** A drawn value has more digits than anybody reads: three of them in words. */
const rounded = (text: string) => text.replace(/-?\d[\d.]*(e-?\d+)?/, (digits) => String(Number(Number(digits).toPrecision(3))));
export const valueWords = (s: Sweep, axis: number, value: number): string => {
  const text = pick(s.axes[axis].values[value]);
  return s.sampled && isNumeric(s.axes[axis]) ? rounded(text) : text;
};
export const settingWords = (s: Sweep, axis: number, value: number): string => `${axisName(s.axes[axis])}${t("colon")}${valueWords(s, axis, value)}`;
/** What a cell is called where there is room for its settings: those of some axes. */
export const settingsOf = (s: Sweep, cell: number, axes = varying(s)): string => axes.map((a) => settingWords(s, a, s.cells[cell].at[a])).join(t("semicolon"));
/** The values of a cell alone. */
export const valuesOf = (s: Sweep, cell: number, axes = varying(s)): string => axes.map((a) => valueWords(s, a, s.cells[cell].at[a])).join(t("list_comma"));
/** Whether cells differ in nothing but what the county decides. */
export const allDecided = (s: Sweep): boolean => varying(s).every((a) => s.axes[a].decided);
/** What a cell is called in a drawing: its number and, of a grid, its values. */
export const cellName = (s: Sweep, cell: number): string => {
  const number = t("cell_n", { n: cell + 1 });
  return s.sampled ? number : `${number}${t("colon")}${valuesOf(s, cell)}`;
};

/** A sweep as what views of studies read: its cells as policies. */
export function asResult(s: Sweep): Result {
  return {
    kind: s.kind, program_version: s.program_version, county: s.county, start: s.start, end: s.end, confidence: s.confidence, unfinished_replications: 0, week_starts: [],
    units: [], metrics: s.metrics.map((m) => ({ ...m, group: "", headline: true })), dimensions: [], comparisons: [], warnings: s.warnings, costs: s.costs, command: s.command,
    policies: s.cells.map((c, k) => {
      const name = cellName(s, k);
      return { id: String(k + 1), title_en: name, title_zh: name, about_en: "", about_zh: "", seed: s.seed, replications: s.replications, fingerprint: c.fingerprint, values: [], parts: [], series: [], curves: [], officials: [], venues: [], violations: [], assumptions: [] };
    }),
  };
}
/** Of which figure a page speaks first. */
export const firstMetric = (s: Sweep): number => {
  const known = (m: number) => s.cells.some((c) => c.values[m] !== null);
  const usual = s.metrics.findIndex((m, k) => m.id === "heard_15d" && known(k));
  return usual >= 0 ? usual : Math.max(0, s.metrics.findIndex((_, k) => known(k)));
};
export const unitNumber = (axis: Axis, x: number): string => (axis.unit === "share" ? `${Number((100 * x).toPrecision(4))}%` : x.toLocaleString(getLang() === "zh" ? "zh-CN" : "en-GB", { maximumSignificantDigits: 4 }));
