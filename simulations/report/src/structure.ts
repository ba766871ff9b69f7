// The county as a tree of units, and who answers for which of them: leaders, their links, and whose cases they own.
import type { Link, Result, Unit } from "./data";
import { behind } from "./behind";
import { h, section, select } from "./dom";
import { number } from "./format";
import { called, t, title } from "./i18n";
import { nameOfUnit, postName } from "./names";
import { linesOf, s, told } from "./svg";

/** Units below each, by position. */
export function childrenOf(units: Unit[]): number[][] {
  const out: number[][] = units.map(() => []);
  units.forEach((u, k) => { if (u.parent >= 0) out[u.parent].push(k); });
  return out;
}
const wordOfKind = (kind: string) => called("kind_", kind);

function tree(r: Result): HTMLElement {
  const below = childrenOf(r.units);
  const about = (k: number) => {
    const u = r.units[k];
    return [h("b", {}, nameOfUnit(u)), h("small", {}, ` ${wordOfKind(u.kind)}${u.population > 0 ? `${t("dot")}${t("population")} ${number(Math.round(u.population), "")}` : ""}${u.distance_km > 0 ? `${t("dot")}${t("km_to_seat", { n: number(u.distance_km, "") })}` : ""}`)];
  };
  const node = (k: number, open: boolean): HTMLElement => {
    if (below[k].length === 0) return h("li", {}, about(k));
    const list = h("ul", {}), place = h("details", open ? { open: "" } : {}, h("summary", {}, about(k), h("small", {}, `${t("dot")}${t("units_below", { n: below[k].length })}`)), list) as HTMLDetailsElement;
    const fill = () => { if (list.childElementCount === 0) list.append(...below[k].map((one) => node(one, false))); }; // thousands of villages are made when looked at
    if (open) fill();
    else place.addEventListener("toggle", fill);
    return h("li", {}, place);
  };
  return h("ul", { class: "tree" }, r.units.map((u, k) => (u.parent < 0 ? node(k, true) : null)));
}

const row = 15, wide = 880;
/** Leaders on the left, units on the right; thick lines for many cases, dashed where nothing but a case binds them. */
function graph(r: Result, links: Link[], policy: number): SVGElement {
  const names = new Map(r.policies[policy].officials.map((o) => [o.post, postName(o)]));
  const units = new Map(r.units.map((u, k) => [u.code, { name: nameOfUnit(u), at: k }]));
  const codes = [...new Set(links.map((l) => l.unit))].sort((a, b) => (units.get(a)?.at ?? 0) - (units.get(b)?.at ?? 0));
  // Leaders stand by where their units do on average, so that fewer lines cross.
  const middle = (post: string) => { const at = links.filter((l) => l.post === post).map((l) => codes.indexOf(l.unit)); return at.reduce((sum, x) => sum + x, 0) / at.length; };
  const posts = [...new Set(links.map((l) => l.post))].map((post, k) => ({ post, k, at: middle(post) })).sort((a, b) => a.at - b.at || a.k - b.k).map(({ post }) => post);
  const side = (list: string[], name: (x: string) => string) => {
    let y = 10;
    return new Map(list.map((x) => {
      const lines = linesOf(name(x), 38), at = y + (lines.length * row) / 2;
      y += lines.length * row + 7;
      return [x, { at, lines, end: y }];
    }));
  };
  const left = side(posts, (x) => names.get(x) ?? x), right = side(codes, (x) => units.get(x)?.name ?? x);
  const bottom = (m: Map<string, { end: number }>) => Math.max(...[...m.values()].map((x) => x.end), 20);
  const height = Math.max(bottom(left), bottom(right)) + 6;
  // The shorter side is drawn out over the whole height.
  const stretch = (m: Map<string, { end: number }>, y: number) => (y * (height - 16)) / (bottom(m) - 10 || 1);
  const most = Math.max(...links.map((l) => l.own), 1), x1 = 300, x2 = wide - 220;
  const label = (lines: string[], x: number, y: number, anchor: string) => s("text", { x, y: y - ((lines.length - 1) * row) / 2 + 4, "text-anchor": anchor, class: "node" }, lines.map((line, k) => s("tspan", { x, dy: k === 0 ? 0 : row }, line)));
  const lines = links.map((l) => {
    const y1 = stretch(left, left.get(l.post)!.at), y2 = stretch(right, right.get(l.unit)!.at);
    const bound = l.relation !== "";
    return s("path", { d: `M${x1},${y1} C${x1 + 140},${y1} ${x2 - 140},${y2} ${x2},${y2}`, fill: "none", stroke: bound ? "#0072b2" : "#b34700", "stroke-width": 1 + (5 * l.own) / most, "stroke-opacity": l.own > 0 ? 0.65 : 0.35, ...(bound ? {} : { "stroke-dasharray": "5 3" }) },
      told(`${names.get(l.post) ?? l.post} – ${units.get(l.unit)?.name ?? l.unit}${t("colon")}${called("relation_", l.relation || "none")}${t("semicolon")}${t("owns_cases", { n: l.own })}`));
  });
  return s("svg", { viewBox: `0 0 ${wide} ${height}`, class: "bipartite", role: "img", "aria-label": t("graph") }, lines,
    [...left].map(([, x]) => label(x.lines, x1 - 8, stretch(left, x.at), "end")), [...right].map(([, x]) => label(x.lines, x2 + 8, stretch(right, x.at), "start")));
}

const mostLinks = 120;
function assignment(r: Result): HTMLElement | null {
  const having = r.policies.map((_, k) => k).filter((k) => (r.policies[k].links?.length ?? 0) > 0);
  if (having.length === 0) return null;
  let policy = having[0], leader = "";
  const place = h("div", {}), who = h("span", {});
  const named = (k: number, post: string) => { const found = r.policies[k].officials.find((o) => o.post === post); return found ? postName(found) : post; };
  const nameOf = (post: string) => named(policy, post);
  const unitOf = (code: string) => { const found = r.units.find((u) => u.code === code); return found ? nameOfUnit(found) : code; };
  const posts = () => [...new Set(r.policies[policy].links!.map((l) => l.post))];
  const draw = () => {
    const all = r.policies[policy].links!;
    const links = leader === "bound" ? all.filter((l) => l.relation === "linked_to") : leader === "owned" ? all.filter((l) => l.own > 0) : all.filter((l) => l.post === leader);
    const drawn = [...links].sort((a, b) => b.own - a.own).slice(0, mostLinks); // a drawing of thousands of lines says nothing
    place.replaceChildren(h("p", { class: "legend" }, t("graph_key")), ...(drawn.length < links.length ? [h("p", { class: "note" }, t("first_rows", { n: drawn.length, m: links.length }))] : []),
      drawn.length === 0 ? h("p", { class: "note" }, t("no_links")) : h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("graph") }, graph(r, drawn, policy) as unknown as HTMLElement));
  };
  const choose = () => {
    const list = posts();
    if (leader !== "bound" && leader !== "owned" && !list.includes(leader)) leader = r.policies[policy].links!.some((l) => l.relation === "linked_to") ? "bound" : "owned";
    who.replaceChildren(h("label", {}, `${t("show")} `, select([["bound", t("graph_bound")], ["owned", t("graph_owned")], ...list.map((p): [string, string] => [p, nameOf(p)])], leader, (v) => { leader = v; draw(); })));
  };
  choose();
  draw();
  return h("div", {}, h("h3", {}, t("graph")), h("p", { class: "note" }, t("graph_note")), h("div", { class: "controls" },
    having.length > 1 ? h("label", {}, `${t("policy")} `, select(having.map((k) => [String(k), title(r.policies[k])]), String(policy), (v) => { policy = Number(v); choose(); draw(); })) : null, who), place,
    behind(() => ({
      caption: t("graph"), columns: [{ head: t("policy") }, { head: t("leader") }, { head: t("unit") }, { head: t("relation") }, { head: t("cases_owned"), numeric: true }],
      rows: having.flatMap((k) => r.policies[k].links!.map((l) => [title(r.policies[k]), named(k, l.post), unitOf(l.unit), called("relation_", l.relation || "none"), l.own])),
    })));
}

export function structure(r: Result): HTMLElement | null {
  if (r.units.length === 0) return null;
  return section("structure", t("structure"), t("structure_note"), h("details", {}, h("summary", {}, t("tree")), tree(r)), assignment(r));
}
