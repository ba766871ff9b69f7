/** The workers of the page: as many as it may have, each with a module of its own. Nothing here knows what is being studied. */
import type { Opened, Order, Refused, Report, Summary } from "./types";

declare const WORKER_SOURCE: string;

export interface Listener {
  opened(answer: Opened | Refused, milliseconds: number): void;
  progress(replications: number): void;
  summary(answer: Summary, last: boolean): void;
  /** The same years, and the draws of what is not known. */
  drawn(answer: Summary): void;
  failed(text: string): void;
}

export class Engine {
  private workers: Worker[] = [];
  private turn = 0;
  private asked = new Map<number, (text: string) => void>();
  private nextAsked = 0;
  private waiting: Order[] | null = [];

  constructor(private readonly listener: Listener, readonly size: number) {}

  /** Compiles the module once, and gives it to every worker. */
  async begin(bytes: Uint8Array, texts: [string, string][]): Promise<void> {
    const module = await WebAssembly.compile(bytes as BufferSource);
    const source = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: "text/javascript" }));
    const ready: Promise<void>[] = [];
    for (let k = 0; k < this.size; ++k) {
      const worker = new Worker(source);
      this.workers.push(worker);
      ready.push(new Promise((done) => {
        worker.onmessage = (event: MessageEvent<Report>) => {
          if (event.data.what === "ready") done();
          this.hear(event.data);
        };
      }));
      worker.onerror = (event) => this.listener.failed(event.message);
      worker.postMessage({ what: "begin", module, texts } satisfies Order);
    }
    await Promise.all(ready);
    const orders = this.waiting ?? [];
    this.waiting = null;
    for (const order of orders) this.tellAll(order);
  }

  /** Begins a study anew; whatever was being played is left. */
  open(request: string): void {
    ++this.turn;
    this.tellAll({ what: "open", turn: this.turn, request, index: 0, of: this.size });
  }
  /** Plays no further piece. What is known stays, and can still be asked for. */
  stop(): void {
    ++this.turn;
    this.tellAll({ what: "stop", turn: this.turn });
  }
  put(name: string, text: ArrayBuffer): void { this.tellAll({ what: "put", name, text }); }
  ask(name: "roster" | "roster_csv" | "toml" | "results", policy: number, lang: number): Promise<string> {
    const id = this.nextAsked++;
    return new Promise((done) => {
      this.asked.set(id, done);
      this.workers[0]?.postMessage({ what: "ask", id, name, policy, lang } satisfies Order);
    });
  }

  private tellAll(order: Order): void {
    if (this.waiting) {
      if (order.what === "open") this.waiting = this.waiting.filter((o) => o.what !== "open");
      this.waiting.push(order);
      return;
    }
    this.workers.forEach((worker, index) => worker.postMessage(order.what === "open" ? { ...order, index } : order));
  }
  private hear(report: Report): void {
    if (report.what === "answer") {
      this.asked.get(report.id)?.(report.text);
      this.asked.delete(report.id);
      return;
    }
    if (report.what === "ready" || report.turn !== this.turn) return;
    if (report.what === "opened") this.listener.opened(report.answer, report.milliseconds);
    if (report.what === "progress") this.listener.progress(report.replications);
    if (report.what === "summary") this.listener.summary(report.answer, report.last);
    if (report.what === "drawn") this.listener.drawn(report.answer);
    if (report.what === "failed") this.listener.failed(report.text);
    if (report.what === "piece") {
      this.workers[0].postMessage({ what: "take", turn: report.turn, piece: report.piece, values: report.values } satisfies Order, [report.values]);
    }
  }
}
