import type { Interval, Official, Result } from "./data";
import { h, section, select } from "./dom";
import { chart, colours, legend, tooltip } from "./charts";
import { withBounds } from "./format";
import { has, t, title, type Key } from "./i18n";

type Quantity = "hours" | "sessions" | "heard" | "owned_mean" | "owned_max" | "utilisation";
const quantities: Quantity[] = ["hours", "sessions", "heard", "owned_mean", "owned_max", "utilisation"];
const shown = 40;

/** A line from the lower to the upper bound, on the bar of its policy. */
function whiskerOf(k: number, policies: number) {
  return (_: unknown, api: { value: (i: number) => number; coord: (p: [number, number]) => [number, number]; size: (p: [number, number]) => [number, number] }) => {
    const band = api.size([0, 1])[1];
    const offset = (k - (policies - 1) / 2) * (band * 0.8 / (policies + 0.1 * (policies - 1))) * 1.1;
    const [x1, y] = api.coord([api.value(0), api.value(2)]);
    const [x2] = api.coord([api.value(1), api.value(2)]);
    return { type: "line", shape: { x1, y1: y + offset, x2, y2: y + offset }, style: { stroke: "#1d2530", lineWidth: 1.5 } };
  };
}

export function leaderLoad(r: Result): HTMLElement {
  const place = h("div", {});
  let quantity: Quantity = "hours";
  let rank = "county";
  const inRank = (o: Official) => (rank === "county" ? o.rank === "county_leader" || o.rank === "principal_leader" : o.rank === rank);
  const draw = () => {
    const base = r.policies[0].officials.map((o, i): [Official, number] => [o, i]).filter(([o]) => inRank(o));
    const of = (p: number, i: number): Interval => r.policies[p].officials[i]?.[quantity] ?? null;
    base.sort((a, b) => (of(0, b[1])?.[0] ?? 0) - (of(0, a[1])?.[0] ?? 0));
    const rows = base.slice(0, shown).reverse();
    const policies = r.policies.slice(0, 3);
    place.replaceChildren(h("p", { class: "note" }, t("first_n", { n: rows.length, m: base.length })), legend(policies.map((p, k) => ({ name: title(p), colour: colours[k % colours.length] }))), chart(60 + rows.length * (14 + 8 * policies.length), {
      grid: { left: 8, right: 32, top: 8, bottom: 30, containLabel: true },
      tooltip: tooltip({ trigger: "axis", axisPointer: { type: "shadow" } }, (points: { dataIndex: number }[]) => {
        const [o, i] = rows[points[0].dataIndex];
        return { heading: o.title, lines: policies.map((p, k) => `${title(p)}: ${withBounds(of(k, i), quantity === "utilisation" ? "share" : "")}`) };
      }),
      xAxis: { type: "value", name: t(quantity), nameLocation: "middle", nameGap: 22 },
      yAxis: { type: "category", data: rows.map(([o]) => o.title), axisLabel: { width: 190, overflow: "truncate" } },
      series: policies.flatMap((p, k) => [
        { type: "bar", name: title(p), data: rows.map(([, i]) => of(k, i)?.[0] ?? 0), itemStyle: { color: colours[k % colours.length] }, barGap: "10%" },
        { type: "custom", name: title(p), silent: true, z: 5, data: rows.map(([, i], n) => { const v = of(k, i); return [v ? v[1] : 0, v ? v[2] : 0, n]; }),
          encode: { x: [0, 1], y: 2 }, renderItem: whiskerOf(k, policies.length) },
      ]),
    }, t("load")));
  };
  draw();
  const ranks: [string, string][] = [["county", `${t("rank_principal_leader")} + ${t("rank_county_leader")}`], ["unit_head", t("rank_unit_head")], ["team_member", t("rank_team_member")]];
  return section("load", t("load"), t("load_note"), h("p", { class: "controls" },
    h("label", {}, `${t("show")} `, select(quantities.map((q) => [q, has(q) ? t(q as Key) : q]), quantity, (v) => { quantity = v as Quantity; draw(); })), " ",
    h("label", {}, `${t("of")} `, select(ranks, rank, (v) => { rank = v; draw(); }))), place);
}
