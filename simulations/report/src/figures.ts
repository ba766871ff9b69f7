import type { Interval, Parts, Result } from "./data";
import { h, section, select } from "./dom";
import { bounds, estimate, parts, percent, unitName } from "./format";
import { has, pick, t, title } from "./i18n";
import { colours } from "./charts";

/** A bar from the lower to the upper bound on the scale of its row. */
function whisker(v: Interval, low: number, high: number, colour: string): HTMLElement {
  const box = h("div", { class: "whisker" });
  if (!v || !(high > low)) return box;
  const at = (x: number) => (100 * (x - low)) / (high - low);
  const left = at(v[1]);
  box.append(h("i", { style: `left:${left}%;width:${Math.max(at(v[2]) - left, 0.8)}%;background:${colour}` }), h("b", { style: `left:${at(v[0])}%;background:${colour}` }));
  return box;
}

/** What a ratio is made of in a year on average, in small print under it. */
function partsLine(all: Parts, replications: number): HTMLElement | null {
  return all ? h("div", {}, h("small", {}, parts(all, replications))) : null;
}

export function figures(r: Result): HTMLElement {
  const body = h("div", { class: "scroll" });
  const draw = (dimension: number) => {
    const d = r.dimensions[dimension];
    const groups = [...new Set(r.metrics.map((m) => m.group))];
    body.replaceChildren(h("table", { class: "figures" }, groups.map((group) => {
      const key = `group_${group}`;
      const rows: HTMLElement[] = [];
      r.metrics.forEach((m, i) => {
        if (m.group !== group) return;
        const cells = r.policies.map((p) => p.values[i][dimension]);
        const known = cells.flat().filter((v): v is NonNullable<Interval> => v !== null);
        if (known.length === 0) return;
        let low = Math.min(...known.map((v) => v[1]));
        let high = Math.max(...known.map((v) => v[2]));
        const room = 0.05 * (high - low || 1);
        low -= room;
        high += room;
        d.items.forEach((item, k) => {
          if (cells.every((c) => c[k] === null)) return;
          const first = rows.length === 0 || rows[rows.length - 1].dataset.metric !== m.id;
          const row = h("tr", {}, h("th", {}, first ? pick(m) : "", first ? h("small", {}, ` ${unitName(m.unit)}`) : ""), d.items.length > 1 ? h("td", {}, pick(item)) : null,
            r.policies.map((p, n) => [h("td", { class: "num", title: `${title(p)}: ${bounds(cells[n][k], m.unit)}` }, estimate(cells[n][k], m.unit), partsLine(p.parts?.[i]?.[dimension]?.[k] ?? null, p.replications)),
              h("td", { class: "bar" }, whisker(cells[n][k], low, high, colours[n % colours.length]))]));
          row.dataset.metric = m.id;
          rows.push(row);
        });
      });
      if (rows.length === 0) return null;
      return [h("thead", {}, h("tr", {}, h("th", {}, has(key) ? t(key) : group), d.items.length > 1 ? h("th", {}, pick(d)) : null,
        r.policies.map((p, n) => h("th", { colspan: "2" }, h("span", { class: "dot", style: `background:${colours[n % colours.length]}` }), title(p))))), h("tbody", {}, rows)];
    })));
  };
  draw(0);
  return section("figures", t("figures"), t("figures_note", { c: percent(r.confidence) }),
    h("p", { class: "controls" }, h("label", {}, `${t("split_by")} `, select(r.dimensions.map((d, i) => [String(i), pick(d)]), "0", (v) => draw(Number(v))))), body);
}
