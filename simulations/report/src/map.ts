import type { Result } from "./data";
import { h, section, select } from "./dom";
import { chart, tooltip } from "./charts";
import { number, unitName, withBounds } from "./format";
import { pick, t, title } from "./i18n";

export function townshipMap(r: Result): HTMLElement {
  const dimension = r.dimensions.findIndex((d) => d.id === "township");
  const place = h("div", { class: "grid" });
  const usable = r.metrics.map((m, i) => ({ m, i })).filter(({ i }) => r.policies[0].values[i][dimension].some((v) => v !== null));
  let metric = (usable.find(({ m }) => m.id === "registrations") ?? usable[0]).i;
  const draw = () => {
    const m = r.metrics[metric];
    const items = r.dimensions[dimension].items;
    const all = r.policies.flatMap((p) => p.values[metric][dimension]).filter((v) => v !== null).map((v) => v![0]);
    const low = Math.min(...all), high = Math.max(...all);
    const most = Math.max(...r.units.filter((u) => u.kind === "township" || u.kind === "subdistrict").map((u) => u.population), 1);
    place.replaceChildren(...r.policies.slice(0, 4).map((p) => h("figure", {}, h("figcaption", {}, title(p)), chart(430, {
      grid: { left: 10, right: 10, top: 24, bottom: 56 },
      tooltip: tooltip({}, (x: { data: { name: string; text: string; people: number } }) => ({
        heading: x.data.name, lines: [`${pick(m)}: ${x.data.text}`, `${t("population")}: ${number(x.data.people, "")}`],
      })),
      visualMap: { type: "continuous", min: low, max: high > low ? high : low + 1, dimension: 2, orient: "horizontal", left: "center", bottom: 0, itemHeight: 160, text: [number(high, m.unit), number(low, m.unit)], inRange: { color: ["#fde8c9", "#f3a25f", "#a63603"] } },
      xAxis: { type: "value", min: 15, max: 105, show: false }, yAxis: { type: "value", min: 0, max: 105, inverse: true, show: false },
      series: [{ type: "scatter", data: items.map((item, k) => {
        const u = r.units.find((x) => x.code === item.id);
        const v = p.values[metric][dimension][k];
        return { name: pick(item), value: [u?.x ?? 0, u?.y ?? 0, v ? v[0] : null], people: u?.population ?? 0, symbolSize: 14 + 34 * Math.sqrt((u?.population ?? 0) / most),
          text: v ? `${withBounds(v, m.unit)} ${unitName(m.unit)}` : "–" };
      }), label: { show: true, formatter: "{b}", position: "bottom", fontSize: 11, color: "#333" }, labelLayout: { hideOverlap: true, moveOverlap: "shiftY" }, itemStyle: { borderColor: "#7a4a1e", borderWidth: 1 } }],
    }, t("map")))));
  };
  draw();
  return section("map", t("map"), t("map_note"), h("p", { class: "controls" },
    h("label", {}, `${t("coloured_by")} `, select(usable.map(({ m, i }) => [String(i), pick(m)]), String(metric), (v) => { metric = Number(v); draw(); }))), place);
}
