/** English and Chinese, in this order, as the module gives every text. */
export type Both = [string, string];
export interface Parameter { key: string; value: string; unit: string; least?: number; most?: number; means: Both; words?: Both; mark: string; changed: boolean }
export interface Kind { id: string; open: boolean; rule: string; sessions: number; title: Both; days: number[] }
export interface OpenedPolicy { name: string; title: Both; about: Both; changes: Both; kinds: Kind[]; parameters: Parameter[] }
/** What `sifang_open` answers. */
export interface Opened {
  ok: true; replications: number; pieces: number; numbers: number; draws: number; draw_numbers: number; least: number; piece: number;
  start: string; end: string; county: string; workdays: string; policies: OpenedPolicy[];
  ledger?: { rows: number; rejected: number; proposal: Both };
}
export interface Refused { ok: false; faults: Both[] }
/** `[estimate, lower, upper, word]`, as results files have it. */
export type Interval = [number, number | null, number | null, ...unknown[]] | null;
export interface Metric {
  id: string; unit: string; better: string; title: Both; values: Interval[]; texts: Both[];
  difference?: Interval; verdict?: string; verdict_text?: Both; difference_text?: Both; matters?: number; one_year?: string;
}
/** What `sifang_summary` answers. */
export interface Summary {
  replications: number; policies: { id: string; fingerprint: string; title: Both }[];
  metrics: Metric[]; warnings: Both[]; tables: Both;
}
export interface RosterRow { date: string; weekday: string; start: number; end: number; venue: string; unit: string; place: string; rule: string; note: string; who: [string, string][] }

/** What the page tells a worker. */
export type Order =
  | { what: "begin"; module: WebAssembly.Module; texts: [string, string | ArrayBuffer][] }
  | { what: "put"; name: string; text: ArrayBuffer }
  | { what: "open"; turn: number; request: string; index: number; of: number }
  | { what: "take"; turn: number; piece: number; values: ArrayBuffer }
  | { what: "stop"; turn: number }
  | { what: "ask"; id: number; name: "roster" | "roster_csv" | "toml" | "results"; policy: number; lang: number };
/** What a worker tells the page. */
export type Report =
  | { what: "ready" }
  | { what: "opened"; turn: number; answer: Opened | Refused; milliseconds: number }
  | { what: "piece"; turn: number; piece: number; values: ArrayBuffer }
  | { what: "progress"; turn: number; replications: number }
  | { what: "drawn"; turn: number; answer: Summary }  // what is not known was drawn as well
  | { what: "summary"; turn: number; answer: Summary; last: boolean }
  | { what: "answer"; id: number; text: string }
  | { what: "failed"; turn: number; text: string };
