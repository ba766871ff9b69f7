import type { Interval, Result } from "./data";
import { h, section } from "./dom";
import { chart, colours, legend, tooltip } from "./charts";
import { number } from "./format";
import { pick, t, title } from "./i18n";

export function deadlineCurves(r: Result): HTMLElement {
  return section("curves", t("curves"), t("curves_note"), h("div", { class: "grid" }, r.policies[0].curves.map((curve, k) => {
    // The rest of a curve that no longer rises is left out.
    const longest = Math.max(...r.policies.map((p) => p.curves[k].by_day.findIndex((v) => v !== null && v[0] > 0.999))) ;
    const days = Math.min(curve.by_day.length - 1, Math.max(longest > 0 ? longest + 2 : curve.by_day.length - 1, curve.limit_days + 5));
    return h("figure", {}, h("figcaption", {}, pick(curve)), legend(r.policies.map((p, n) => ({ name: title(p), colour: colours[n % colours.length], dash: n === 0 ? "solid" : "dashed" }))), chart(280, {
      grid: { left: 52, right: 24, top: 24, bottom: 44 },
      tooltip: tooltip({ trigger: "axis" }, (points: { dataIndex: number }[]) => {
        const d = points[0].dataIndex;
        const share = (v: Interval | undefined) => (v ? number(v[0], "share") : "–");
        return { heading: `≤ ${d} ${t("days")}`, lines: r.policies.map((p) => `${title(p)}: ${share(p.curves[k].by_day[d])}`) };
      }),
      xAxis: { type: "category", data: Array.from({ length: days + 1 }, (_, d) => d), boundaryGap: false, name: t("days"), nameLocation: "middle", nameGap: 24, axisLabel: { hideOverlap: true } },
      yAxis: { type: "value", min: 0, max: 1, axisLabel: { formatter: (x: number) => `${Math.round(100 * x)}%` } },
      series: r.policies.map((p, n) => ({
        type: "line", step: "end", name: title(p), showSymbol: false, data: p.curves[k].by_day.slice(0, days + 1).map((v) => (v ? v[0] : null)),
        lineStyle: { width: 2, color: colours[n % colours.length], type: n === 0 ? "solid" : "dashed" }, itemStyle: { color: colours[n % colours.length] },
        markLine: n === 0 && curve.limit_days > 0 ? { silent: true, symbol: "none", data: [{ xAxis: String(curve.limit_days) }], label: { formatter: `${t("limit")} ${curve.limit_days} ${t("days")}`, position: "insideEndTop" }, lineStyle: { type: "dashed", color: "#444" } } : undefined,
      })),
    }, pick(curve)));
  })));
}
