import type { Curve, Interval, Result } from "./data";
import { behind } from "./behind";
import { chart, colours, legend, tooltip } from "./charts";
import { dashOf, policyChoice } from "./choice";
import { h, section } from "./dom";
import { number } from "./format";
import { pick, t, title } from "./i18n";

const share = (v: Interval | undefined) => (v ? v[0] : null);

/** Policies whose curves nobody could tell apart are drawn once, under all their names. */
export function groupsOf(curves: Curve[], days: number): number[][] {
  const out: number[][] = [];
  curves.forEach((c, k) => {
    const same = out.find(([first]) => c.by_day.slice(0, days + 1).every((v, d) => Math.abs((share(v) ?? 0) - (share(curves[first].by_day[d]) ?? 0)) < 0.002));
    if (same) same.push(k);
    else out.push([k]);
  });
  return out;
}
/** The day on which curves lie farthest apart: there each is named. */
export function farthest(curves: Curve[], days: number): number {
  let best = 0, most = -1;
  for (let d = 0; d <= days; ++d) {
    const all = curves.map((c) => share(c.by_day[d]) ?? 0);
    const apart = Math.max(...all) - Math.min(...all);
    if (apart > most) [best, most] = [d, apart];
  }
  return best;
}
/** How far labels are moved down so that none covers another; `at` in points from the top. */
export function spread(at: number[], room: number): number[] {
  const order = at.map((y, k) => ({ y, k })).sort((a, b) => a.y - b.y);
  const out = at.map(() => 0);
  let free = -Infinity;
  for (const { y, k } of order) {
    const to = Math.max(y, free);
    out[k] = to - y;
    free = to + room;
  }
  return out;
}

function drawn(r: Result, k: number, shown: number[]): HTMLElement {
  const curves = shown.map((p) => r.policies[p].curves[k]), curve = curves[0];
  // The rest of a curve that no longer rises is left out.
  const longest = Math.max(...curves.map((c) => c.by_day.findIndex((v) => v !== null && v[0] > 0.999)));
  const days = Math.min(curve.by_day.length - 1, Math.max(longest > 0 ? longest + 2 : curve.by_day.length - 1, curve.limit_days + 5));
  const groups = groupsOf(curves, days), firsts = groups.map(([first]) => curves[first]);
  const names = groups.map((g) => g.map((n) => title(r.policies[shown[n]])).join(t("same_as")));
  const firstNames = groups.map(([first, ...more]) => `${title(r.policies[shown[first]])}${more.length > 0 ? t("and_others", { n: more.length, m: more.length + 1 }) : ""}`);
  const d = farthest(firsts, days), height = 280, inner = height - 24 - 44;
  const shift = spread(firsts.map((c) => inner * (1 - (share(c.by_day[d]) ?? 0))), 17);
  const policy = (n: number) => shown[groups[n][0]], colour = (n: number) => colours[policy(n) % colours.length], dash = (n: number) => dashOf(policy(n)), type = (n: number) => (dash(n).length ? dash(n) : "solid");
  return h("figure", {}, h("figcaption", {}, pick(curve)), legend(names.map((name, n) => ({ name, colour: colour(n), dash: dash(n) }))), chart(height, {
    grid: { left: 52, right: 24, top: 24, bottom: 44 },
    tooltip: tooltip({ trigger: "axis" }, (points: { dataIndex: number }[]) => {
      const on = points[0].dataIndex;
      return { heading: `≤ ${on} ${t("days")}`, lines: firsts.map((c, n) => `${names[n]}${t("colon")}${c.by_day[on] ? number(c.by_day[on]![0], "share") : "–"}`) };
    }),
    xAxis: { type: "category", data: Array.from({ length: days + 1 }, (_, x) => x), boundaryGap: false, name: t("days"), nameLocation: "middle", nameGap: 24, axisLabel: { hideOverlap: true } },
    yAxis: { type: "value", min: 0, max: 1, axisLabel: { formatter: (x: number) => `${Math.round(100 * x)}%` } },
    series: firsts.map((c, n) => ({
      type: "line", step: "end", name: names[n], showSymbol: false, data: c.by_day.slice(0, days + 1).map((v) => share(v)),
      lineStyle: { width: 2, color: colour(n), type: type(n) }, itemStyle: { color: colour(n) },
      markPoint: firsts.length < 2 ? undefined : {
        silent: true, symbol: "circle", symbolSize: 6, itemStyle: { color: colour(n) },
        data: [{ coord: [String(d), share(c.by_day[d]) ?? 0] }],
        label: { show: true, position: d > days / 2 ? "left" : "right", offset: [d > days / 2 ? -4 : 4, shift[n]], formatter: `${shortened(firstNames[n])} ${number(share(c.by_day[d]) ?? 0, "share")}`, color: "#1d2530", backgroundColor: "rgba(255,255,255,0.85)", padding: [1, 3], fontSize: 11 },
      },
      markLine: n === 0 && curve.limit_days > 0 ? { silent: true, symbol: "none", data: [{ xAxis: String(curve.limit_days) }], label: { formatter: `${t("limit")} ${curve.limit_days} ${t("days")}`, position: "end", distance: 4 }, lineStyle: { type: "dashed", color: "#444" } } : undefined,
    })),
  }, pick(curve)));
}
/** Beside a line there is room for some twenty characters of Chinese, twenty-six of others; the whole name stands in the key. */
const shortened = (name: string) => { const all = [...name], most = /[\u2e80-\u9fff]/.test(name) ? 20 : 26; return all.length > most ? `${all.slice(0, most - 1).join("")}…` : name; };

export function deadlineCurves(r: Result): HTMLElement {
  const place = h("div", { class: "grid" });
  const draw = () => place.replaceChildren(...r.policies[0].curves.map((_, k) => drawn(r, k, choice.chosen())));
  const choice = policyChoice(r, 6, draw);
  draw();
  return section("curves", t("curves"), `${t("curves_note")} ${r.policies.length > 1 ? t("curves_named") : ""}`, choice.control ? h("div", { class: "controls" }, choice.control) : null, place, behind(() => ({
    caption: t("curves"),
    columns: [{ head: t("policy") }, { head: t("step") }, { head: t("days"), numeric: true }, { head: t("share_done"), numeric: true }, { head: t("lower"), numeric: true }, { head: t("upper"), numeric: true }],
    rows: r.policies.flatMap((p) => p.curves.flatMap((c) => c.by_day.map((v, d) => [title(p), pick(c), d, v ? v[0] : null, v ? v[1] : null, v ? v[2] : null]))),
  })));
}
