/** One worker: the module, a study that is open in it, and its share of the pieces. The first also takes all pieces, in order. */
import type { Opened, Order, Refused, Report, Summary } from "./types";

interface Module {
  HEAPU8: Uint8Array; HEAPF64: Float64Array; UTF8ToString(at: number): string;
  _sifang_memory(bytes: number): number; _sifang_free(at: number): void;
  _sifang_put(name: number, nameLength: number, text: number, length: number): void;
  _sifang_open(request: number, length: number): number;
  _sifang_play(piece: number): number; _sifang_room(): number; _sifang_take(): number;
  _sifang_summary(): number; _sifang_results(): number; _sifang_toml(policy: number): number;
  _sifang_roster(policy: number, lang: number): number; _sifang_roster_csv(policy: number, lang: number): number;
}
declare const sifangLab: (options: object) => Promise<Module>;

const tell = (report: Report, transfer: Transferable[] = []) => (self as unknown as Worker).postMessage(report, transfer);
let lab: Module;
let turn = 0, index = 0, of = 1, next = 0, taken = 0, due = 0, dueProgress = 0, shown = 0;
let opened: Opened | null = null;
const waiting = new Map<number, Float64Array>();

function memory(bytes: Uint8Array): number {
  const at = lab._sifang_memory(bytes.length || 1);
  lab.HEAPU8.set(bytes, at);
  return at;
}
function put(name: string, text: string | ArrayBuffer): void {
  const encoder = new TextEncoder();
  const n = encoder.encode(name), t = typeof text === "string" ? encoder.encode(text) : new Uint8Array(text);
  const a = memory(n), b = memory(t);
  lab._sifang_put(a, n.length, b, t.length);
  lab._sifang_free(a);
  lab._sifang_free(b);
}

function open(request: string): void {
  const began = performance.now();
  const bytes = new TextEncoder().encode(index === 0 ? request : `unseen\n${request}`);
  const at = memory(bytes);
  const answer = JSON.parse(lab.UTF8ToString(lab._sifang_open(at, bytes.length))) as Opened | Refused;
  lab._sifang_free(at);
  opened = answer.ok ? answer : null;
  waiting.clear();
  next = of - 1 - index;  // where the pieces are odd in number, the one more is not for the first, which takes them all
  taken = due = dueProgress = shown = 0;
  if (index === 0 || !answer.ok) tell({ what: "opened", turn, answer, milliseconds: performance.now() - began });
  if (opened) soon();
}

/** Takes whatever is next, and tells of it: at once when there are enough years for intervals, then ever less often. */
function take(): void {
  if (!opened) return;
  for (let values = waiting.get(taken); values; values = waiting.get(taken)) {
    waiting.delete(taken);
    const room = lab._sifang_room();
    lab.HEAPF64.set(values, room / 8);
    const replications = lab._sifang_take();
    ++taken;
    if (taken > opened.pieces) {
      if (taken === opened.pieces + opened.draws) tell({ what: "drawn", turn, answer: JSON.parse(lab.UTF8ToString(lab._sifang_summary())) as Summary });
      continue;
    }
    const last = taken === opened.pieces, now = performance.now();
    if (last || now >= dueProgress) {
      tell({ what: "progress", turn, replications });
      dueProgress = now + 250;  // to draw it takes time from playing
    }
    const first = shown === 0 && replications >= opened.least;
    if (!(last || first || (shown > 0 && now >= due))) continue;
    shown = replications;
    const answer = JSON.parse(lab.UTF8ToString(lab._sifang_summary())) as Summary;
    tell({ what: "summary", turn, answer, last });
    due = performance.now() + Math.max(900, 15 * (performance.now() - now));  // telling may not take the time of playing
  }
}

/** Plays a piece of its share, then looks whether there is something else to do. */
const bell = new MessageChannel();
let ringing = false;
const soon = () => { if (!ringing) { ringing = true; bell.port2.postMessage(0); } };
bell.port1.onmessage = () => guarded(() => {
  ringing = false;
  if (!opened || next >= opened.pieces + opened.draws) return;
  const at = lab._sifang_play(next) / 8;
  const values = lab.HEAPF64.slice(at, at + (next < opened.pieces ? opened.numbers : opened.draw_numbers));
  if (index === 0) {
    waiting.set(next, values);
    take();
  } else {
    tell({ what: "piece", turn, piece: next, values: values.buffer as ArrayBuffer }, [values.buffer as ArrayBuffer]);
  }
  next += of;
  if (next < opened.pieces + opened.draws) soon();
});

function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    opened = null;
    tell({ what: "failed", turn, text: String(error instanceof Error ? error.message : error) });
  }
}

self.onmessage = (event: MessageEvent<Order>) => {
  const order = event.data;
  if (order.what === "begin") {
    const start = (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) => {
      void WebAssembly.instantiate(order.module, imports).then((instance) => done(instance, order.module));
      return {};
    };
    sifangLab({ instantiateWasm: start }).then((made) => {
      lab = made;
      for (const [name, text] of order.texts) put(name, text);
      tell({ what: "ready" });
    }, (error) => tell({ what: "failed", turn, text: String(error) }));
    return;
  }
  guarded(() => {
    if (order.what === "put") put(order.name, order.text);
    if (order.what === "open") {
      turn = order.turn;
      index = order.index;
      of = order.of;
      open(order.request);
    }
    if (order.what === "stop") opened = null;
    if (order.what === "take" && order.turn === turn) {
      waiting.set(order.piece, new Float64Array(order.values));
      take();
    }
    if (order.what === "ask") {
      const { name, policy, lang } = order;
      const at = name === "roster" ? lab._sifang_roster(policy, lang) : name === "roster_csv" ? lab._sifang_roster_csv(policy, lang)
        : name === "toml" ? lab._sifang_toml(policy) : lab._sifang_results();
      tell({ what: "answer", id: order.id, text: lab.UTF8ToString(at) });
    }
  });
};
