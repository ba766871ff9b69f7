// The shape of results.json, as the library writes it.
/** What stands behind the bounds if they are not an interval of two sides. */
export type Kind = "too_few_years" | "constant" | "at_least" | "at_most";
export type Interval = [number, number, number, Kind?] | null;
export type Difference = [number, number, number, number, string, Kind?] | null;
/** Numerator and denominator of a ratio, summed over all replications; null where the figure is no ratio. */
export type Parts = [number, number] | null;
export type Lang = "zh" | "en";
export interface Label { id: string; en: string; zh: string }
export interface Unit { code: string; name: string; kind: string; parent: number; population: number; distance_km: number; x: number; y: number; name_en?: string }
export interface Metric extends Label { unit: string; better: string; group: string; headline: boolean }
export interface Dimension extends Label { items: Label[] }
export interface Series extends Label { unit: string; chart: string; weeks: Interval[] }
export interface Curve extends Label { limit_days: number; by_day: Interval[] }
export interface Official { post: string; title: string; rank: string; unit: string; hours: Interval; sessions: Interval; heard: Interval; owned_mean: Interval; owned_max: Interval; utilisation?: Interval; title_en?: string }
export interface Venue extends Label { sessions: Interval; idle_share: Interval; heard: Interval; wait_minutes: Interval; queue_max: Interval; overtime_minutes: Interval; utilisation: Interval; left: Interval }
export interface Violation { rule: string; en: string; zh: string; count: Interval }
/** Days of one kind of session: lists of one length, means of a year. */
export interface SessionDays { venue: string; dates: string[]; planned: number[]; visited: number[]; heard: number[]; unheard: number[]; wait_minutes: number[]; queue: number[]; empty_seats: number[] }
export interface DayNote { date: string; what: string; venue: string; other: string; people: string[] }
export interface Calendar { rest_days: string[]; kinds: SessionDays[]; notes: DayNote[] }
export interface Link { post: string; unit: string; relation: string; own: number }
export interface StoryEvent { when: string; en: string; zh: string }
export interface Story {
  base: number; other: number; replication: number; name: string; why_en: string; why_zh: string; about_en: string; about_zh: string; same: number;
  of_base: StoryEvent[]; of_other: StoryEvent[]; waits: { en: string; zh: string; base: number; other: number }[];
}
/** `words`: the value as people read it, where that is another text; `source_zh`: its source in Chinese; older results lack them. */
export interface Assumption { key: string; value: string; unit: string; mark: string; source: string; en: string; zh: string; changed: boolean; words?: { en: string; zh: string }; source_zh?: string }
/** What a policy changes of the base, as a sentence. */
export interface Change { subject_en: string; subject_zh: string; en: string; zh: string; keys: string[] }
export interface Policy {
  id: string; title_en: string; title_zh: string; about_en: string; about_zh: string; seed: number; replications: number; fingerprint: string;
  values: Interval[][][]; parts: Parts[][][]; series: Series[]; curves: Curve[]; officials: Official[]; venues: Venue[]; violations: Violation[]; assumptions: Assumption[];
  changes?: Change[]; calendar?: Calendar; links?: Link[];
}
/** `one_year`: what the county-wide difference of each metric may be in a single year; older results lack it, and what stands beside it. */
export interface Comparison { base: number; other: number; values: Difference[][][]; joint_confidence?: number; matters?: number[]; one_year_level?: number; one_year?: Interval[] }
export interface Warning { en: string; zh: string }
export interface CostText { id: string; en: string; zh: string; unit_en: string; unit_zh: string }
export interface Gain { amount: Interval; gain: Interval; verdict: string; price: Interval; leader_hours: Interval; place: string; sure: boolean; by: number[] }
export interface PolicyCost { total: Interval; difference: Interval; leader_hours: Interval; leader_hours_difference: Interval; parts: Interval[]; part_differences: Interval[]; services: Gain[] }
export interface Costs { parts: CostText[]; services: CostText[]; policies: PolicyCost[] }
export interface Weight { key: string; correlation: number; part: number }
export interface UnknownsFigure { metric: string; other: number; draws: number; range: Interval; unknown_part: number; chance_hides: boolean; verdict: string; holds: Interval; depends: Weight[] }
export interface Unknowns { source: string; draws: number; refused: number; replications: number; parameters: { key: string; value: number; low: number; high: number }[]; figures: UnknownsFigure[] }
export interface Chances { metric: string; best: number[] }
export interface Result {
  kind: string; program_version: string; county: string; start: string; end: string; confidence: number; unfinished_replications: number; week_starts: string[];
  units: Unit[]; metrics: Metric[]; dimensions: Dimension[]; policies: Policy[]; comparisons: Comparison[]; warnings: Warning[];
  costs?: Costs; unknowns?: Unknowns; chances?: Chances[]; command?: string[]; rules?: Label[]; stories?: Story[];
}
export interface Page { lang: Lang; result: Result }

/** Puts the estimate in place of bounds that a file leaves out, so that drawings have numbers. */
export function fillBounds(x: unknown): void {
  if (Array.isArray(x) && typeof x[0] === "number") {
    if (x.length > 2 && x[1] === null && x[2] === null) x[1] = x[2] = x[0];
  } else if (x !== null && typeof x === "object") {
    for (const member of Object.values(x)) fillBounds(member);
  }
}
