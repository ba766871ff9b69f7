/** Figures of both policies, and what is between them: as they come, with their widths. */
import { h, svg } from "./dom";
import type { Interval, Metric, Summary } from "./types";
import { difference, of, say, sign, theirs } from "./words";

const colour: Record<string, string> = { better: "var(--good)", worse: "var(--bad)", changed: "var(--accent)" };

/** A difference as a bar: the grey band is what does not matter, the line in the middle no difference. */
function bar(m: Metric): SVGElement | null {
  const d = m.difference;
  if (!d || typeof d[1] !== "number" || typeof d[2] !== "number") return null;
  const matters = m.matters ?? 0;
  const reach = 1.15 * Math.max(Math.abs(d[1]), Math.abs(d[2]), 2 * matters) || 1;
  const x = (v: number) => 100 + (100 * v) / reach;
  const ink = colour[m.verdict ?? ""] ?? "var(--flat)";
  return svg("svg", { viewBox: "0 0 200 26", class: "bar", role: "img", "aria-label": of(m.difference_text) },
    svg("rect", { x: x(-matters), y: 3, width: Math.max(0, x(matters) - x(-matters)), height: 20, fill: "var(--band)" }),
    svg("line", { x1: 100, x2: 100, y1: 0, y2: 26, stroke: "var(--soft)", "stroke-width": 1 }),
    svg("line", { x1: x(d[1]), x2: x(d[2]), y1: 13, y2: 13, stroke: ink, "stroke-width": 5, "stroke-linecap": "round", opacity: 0.45 }),
    svg("circle", { cx: x(d[0]), cy: 13, r: 5, fill: ink }));
}
const known = (v: Interval | undefined) => !!v && typeof v[1] === "number";

/** One sentence: how much is sure by now. */
export function headline(s: Summary, least: number): string {
  if (s.replications < least) return say("Intervals come from {n} simulated years on.", "模拟年数达到 {n} 年后给出区间。").replace("{n}", String(least));
  const count = (v: string) => s.metrics.filter((m) => m.verdict === v).length;
  if (s.policies.length < 2) return say(`${s.metrics.length} figures, each with its 95 % interval.`, `共 ${s.metrics.length} 项指标，均附 95% 置信区间。`);
  const better = count("better"), worse = count("worse"), same = count("no_difference_that_matters"), other = count("changed"), open = count("cant_tell") + count("too_little_data");
  return say(`B against A: ${better} better, ${worse} worse, ${other} changed, ${same} without a difference that matters, ${open} can't be told yet.`,
    `方案乙比方案甲：改善 ${better} 项，变差 ${worse} 项，有变化 ${other} 项，无实质差异 ${same} 项，尚不能判断 ${open} 项。`);
}

export function table(s: Summary, names: string[]): HTMLElement {
  const two = s.policies.length > 1;
  const head = h("tr", {}, h("th", { scope: "col" }, say("Figure", "指标")), names.map((n) => h("th", { scope: "col" }, n)),
    two ? [h("th", { scope: "col" }, say("Difference (B − A)", "差值（乙 − 甲）")), h("th", { scope: "col", class: "wide" }, say("on its scale", "图示")), h("th", { scope: "col" }, say("Verdict", "结论"))] : null);
  const rows = s.metrics.map((m) => h("tr", { class: m.verdict ?? "", "data-metric": m.id },
    h("th", { scope: "row" }, theirs(m.title)),
    m.texts.map((text, k) => h("td", { class: known(m.values[k]) ? "" : "early", "data-label": names[k] }, theirs(text))),
    two ? [h("td", { "data-label": say("difference", "差值") }, difference(m.difference_text), m.one_year && m.one_year !== "–" ? h("small", {}, say("one year: ", "单年："), m.one_year) : null), h("td", { class: "wide" }, bar(m) as unknown as Node),
      h("td", { class: "verdict", "data-label": say("verdict", "结论") }, h("span", { "aria-hidden": "true" }, sign(m.verdict ?? "")), " ", theirs(m.verdict_text))] : null));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("Figures", "指标") }, h("table", {}, h("thead", {}, head), h("tbody", {}, rows)));
}
