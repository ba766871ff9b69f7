/** Figures of both policies, and what is between them: as they come, with their widths. */
import { h, svg } from "./dom";
import type { Interval, Metric, Summary } from "./types";
import type { Result } from "report/data";
import { signed } from "report/format";
import { figure, of, say, sign, theirs, valueWords } from "./words";

const colour: Record<string, string> = { better: "var(--good)", worse: "var(--bad)", changed: "var(--accent)" };

/** A difference as a bar: the grey band is what does not matter, the line in the middle no difference. */
function bar(m: Metric): SVGElement | null {
  const d = m.difference;
  if (!d || typeof d[1] !== "number" || typeof d[2] !== "number") return null;
  const matters = m.matters ?? 0;
  const reach = 1.15 * Math.max(Math.abs(d[1]), Math.abs(d[2]), 2 * matters) || 1;
  const x = (v: number) => 100 + (100 * v) / reach;
  const ink = colour[m.verdict ?? ""] ?? "var(--flat)";
  return svg("svg", { viewBox: "0 0 200 26", class: "bar", role: "img", "aria-label": figure(of(m.difference_text), m.unit).main },
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
  const parts = [["better", "改善"], ["worse", "变差"], ["changed", "有变化"], ["no_difference_that_matters", "无实质差异"], ["cant_tell", "尚不能判断"], ["too_little_data", "模拟次数太少"]]
    .map(([v, zh]) => [say(v.replaceAll("_", " ").replace("no difference", "without a difference").replace("cant tell", "can't be told yet"), zh), count(v)] as const).filter(([, n]) => n > 0);
  return say(`B against A: ${parts.map(([v, n]) => `${n} ${v}`).join(", ")}.`, `方案乙比方案甲：${parts.map(([v, n]) => `${v} ${n} 项`).join("，")}。`);
}

const metric = (s: Summary, id: string) => s.metrics.find((m) => m.id === id);
const valueOf = (m: Metric, k: number) => figure(of(m.texts[k]), m.unit).main;
/** What the difference of a figure in days may be, for all that nobody has measured. \param drawing  whether that is being looked at */
function unknownSaid(m: Metric | undefined, r: Result | null, drawing: boolean): string {
  const of = r?.unknowns, f = of?.figures.find((x) => x.metric === m?.id && x.other === 1);
  if (!m || !of || !f?.range) {
    return drawing && !of ? say("what nobody has measured is being looked at …", "正在考察未知因素……") : say("nothing is drawn of what nobody has measured", "未知因素未考察");
  }
  const [low, high] = [f.range[1], f.range[2]].map((x) => signed(x, "days"));
  const range = low === high ? low : say(`${low} to ${high}`, `${low} ～ ${high}`), title = theirs(m.title).replace(/（.*?）/, "").replace(/, 60 for .*/, "");
  const held = f.holds ? say(`; '${theirs(m.verdict_text)}' holds in ${Math.round(f.holds[0] * f.draws)} of them`, `，其中 ${Math.round(f.holds[0] * f.draws)} 次“${theirs(m.verdict_text)}”成立`) : "";
  return say(`what nobody has measured was drawn ${f.draws} times within what is plausible: nine of ten differences of '${title}' are ${range} days${held}`,
    `未知因素在可能范围内抽取 ${f.draws} 次：${title}之差九成在 ${range} 天之间${held}`);
}
/** What people ask, in sentences: how long until somebody is heard, at what price, how sure. \param r  all figures, once there are */
export function sentences(s: Summary, r: Result | null, drawing: boolean): [string, string][] {
  const days = metric(s, "heard_days"), soon = metric(s, "heard_15d"), hours = metric(s, "leader_hours");
  const list = [days, soon].filter((m): m is Metric => !!m);
  if (s.policies.length < 2) return [[say("How long until a leader hears people", "群众多久见到领导"), list.map((m) => `${theirs(m.title)}${say(": ", "：")}${valueOf(m, 0)}`).join(say("; ", "；"))]];
  const change = (m: Metric) => {
    const d = figure(of(m.difference_text), m.unit), [a, b] = [valueOf(m, 0), valueOf(m, 1)];
    return a === b ? say(`${theirs(m.title)} ${a} under both`, `${theirs(m.title)}均为 ${a}`)
      : say(`${theirs(m.title)} ${b} instead of ${a} (${d.main}, ${theirs(m.verdict_text)})`, `${theirs(m.title)}由 ${a} 变为 ${b}（${d.main}，${theirs(m.verdict_text)}）`);
  };
  const hundreds = (x: number) => { const n = 100 * Math.round(x / 100); return `${n > 0 ? "+" : n < 0 ? "−" : ""}${Math.abs(n).toLocaleString("en-GB")}`; };
  const total = r?.costs?.policies[1]?.difference;
  const price = [hours && change(hours), total ? say(`total cost ${hundreds(total[0])} yuan a year`, `总成本每年 ${hundreds(total[0])} 元`) + (total[1] === total[2] ? "" : say(` (${hundreds(total[1])} to ${hundreds(total[2])})`, `（${hundreds(total[1])} 至 ${hundreds(total[2])}）`)) + say(", of hours, roads and help, without the pay of people who are taken on", "，按工时、路途和帮扶计，不含新增人员经费") : say("cost in yuan when all years are played", "推演完成后给出成本（元）")];
  const year = days?.one_year && days.one_year !== "–" ? figure(days.one_year.replace(/^\[(.*)\]$/, "0 [$1]"), days.unit).range : "";
  return [
    [say("How long until a leader hears people", "群众多久见到领导"), list.map(change).join(say("; ", "；"))],
    [say("At what price", "代价多少"), price.filter((x) => x).join(say("; ", "；"))],
    [say("How sure", "把握多大"), (year ? say(`what a single year may bring differs: days until heard change by ${year} (90 %); `, `单独一年的来访等候天数之差可能在 ${year} 天之间（90%）；`) : "")
      + unknownSaid(days, r, drawing)],
  ];
}

export function table(s: Summary, names: string[]): HTMLElement {
  const two = s.policies.length > 1;
  const head = h("tr", {}, h("th", { scope: "col" }, say("Figure", "指标")), names.map((n) => h("th", { scope: "col" }, n)),
    two ? [h("th", { scope: "col" }, say("Difference (B − A)", "差值（乙 − 甲）")), h("th", { scope: "col", class: "wide" }, say("on its scale", "图示")), h("th", { scope: "col" }, say("Verdict", "结论"))] : null);
  const shown = (text: string, unit: string) => { const f = figure(text, unit); return [f.main, f.range ? h("small", {}, f.range) : null]; };
  const rows = s.metrics.map((m) => h("tr", { class: m.verdict ?? "", "data-metric": m.id },
    h("th", { scope: "row" }, theirs(m.title)),
    m.texts.map((text, k) => h("td", { class: known(m.values[k]) ? "" : "early", "data-label": names[k] }, shown(of(text), m.unit))),
    two ? [h("td", { "data-label": say("difference", "差值") }, shown(of(m.difference_text), m.unit), m.one_year && /^\[/.test(m.one_year) ? h("small", {}, say("one year: ", "单年："), figure(m.one_year.replace(/^\[(.*)\]$/, "0 [$1]"), "share").range) : null), h("td", { class: "wide" }, bar(m) as unknown as Node),
      h("td", { class: "verdict", "data-label": say("verdict", "结论") }, h("span", { "aria-hidden": "true" }, sign(m.verdict ?? "")), " ", theirs(m.verdict_text))] : null));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("Figures", "指标") }, h("table", { "data-table": "headline" }, h("thead", {}, head), h("tbody", {}, rows)));
}

/** What to know before believing it, said of the page's policies; what is said of several figures in the same words is said once.
 * \param name  what a parameter is called */
export function remarks(s: Summary, name: (key: string) => string): string[] {
  const out = new Map<string, string[]>();
  for (const w of s.warnings) {
    const text = theirs(w).replace(/在 --cases 时，“load\.multiplier”不起作用/, "使用台账时，来量倍数不起作用")
      .replace(/(?:“|')?\b([a-z_]+(?:\.\w+)+)(?:”|')?(?: = (\w+))?/g, (whole, key: string, value?: string) => (name(key) === key ? whole : say(`'${name(key)}'`, `“${name(key)}”`) + (value ? say(` = ${valueWords(value, "")}`, `为“${valueWords(value, "")}”`) : "")))
      .replace(/^A：/, "方案甲：").replace(/^B：/, "方案乙：").replace(/对照方案 A /, "方案甲");
    const counted = /^(.*?)“(.*?)”每年统计 (\d+)，方案甲为 (\d+)(：统计对象不同.*)$/.exec(text);
    if (counted) out.set(`${counted[1]}#${counted[5]}`, [...(out.get(`${counted[1]}#${counted[5]}`) ?? []), `${counted[2]}（${Number(counted[3]).toLocaleString("en-GB")}，方案甲 ${Number(counted[4]).toLocaleString("en-GB")}）`]);
    else out.set(text, []);
  }
  return [...out].map(([text, of_these]) => (of_these.length === 0 ? text : `${text.split("#")[0]}两方案每年统计的件数不同（如${of_these[0]}等 ${of_these.length} 项指标）${text.split("#")[1]}`));
}
