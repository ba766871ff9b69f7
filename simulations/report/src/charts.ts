import * as echarts from "echarts/core";
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import { h } from "./dom";
import { s } from "./svg";

echarts.use([BarChart, CustomChart, LineChart, ScatterChart, GridComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

/** Okabe and Ito's colours, which colour-blind readers can tell apart. */
export const colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#6b6b6b", "#000000"];
export const font = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif';

const alive: echarts.ECharts[] = [];
export function disposeAll(): void {
  while (alive.length) alive.pop()!.dispose();
}
export function chart(height: number, option: echarts.EChartsCoreOption, label: string): HTMLElement {
  const holder = h("div", { class: "chart", role: "img", "aria-label": label, style: `height:${height}px` });
  queueMicrotask(() => {
    const c = echarts.init(holder, undefined, { renderer: "svg" });
    c.setOption({ animation: false, textStyle: { fontFamily: font }, color: colours, ...option });
    alive.push(c);
  });
  return holder;
}
window.addEventListener("resize", () => alive.forEach((c) => c.resize()));
window.addEventListener("beforeprint", () => alive.forEach((c) => c.resize()));

/**
 * What is told of the point under the pointer: a heading, and lines below it.
 *
 * Tooltips are made here and nowhere else, of nodes and not of HTML: names and titles come from tables that anybody may
 * have written.
 */
export function tooltip<Point>(options: object, tell: (point: Point) => { heading: string; lines: string[] }): object {
  const formatter = (point: Point) => {
    const { heading, lines } = tell(point);
    return h("div", {}, h("b", {}, heading), lines.map((line) => h("div", {}, line)));
  };
  return { confine: true, ...options, formatter };
}

/** What the lines of a chart mean, as text that wraps instead of covering the drawing; each with a piece of its line. */
export function legend(items: { name: string; colour: string; dash?: number[] }[]): HTMLElement {
  return h("p", { class: "key-lines" }, items.map((x) => h("span", {}, s("svg", { viewBox: "0 0 34 8", width: 34, height: 8, "aria-hidden": "true" },
    s("line", { x1: 0, y1: 4, x2: 34, y2: 4, stroke: x.colour, "stroke-width": 2.5, "stroke-dasharray": (x.dash ?? []).join(" ") })) as unknown as HTMLElement, x.name)));
}
