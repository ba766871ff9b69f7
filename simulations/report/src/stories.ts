// Cases' stories: what happened to those whose fate a policy changes most, side by side with what would have happened.
import type { Result, Story, StoryEvent } from "./data";
import { colours } from "./charts";
import { h, section, select } from "./dom";
import { number } from "./format";
import { pick, title } from "./i18n";
import { w } from "./words";

interface Line { when: string; base: StoryEvent | null; other: StoryEvent | null; same: boolean }

/** Both stories in the order of time; what is the same up to the first step that differs stands once. */
export function linesOf(story: Story): Line[] {
  const out: Line[] = story.of_base.slice(0, story.same).map((e) => ({ when: e.when, base: e, other: e, same: true }));
  let i = story.same, j = story.same;
  while (i < story.of_base.length || j < story.of_other.length) {
    const a = story.of_base[i], b = story.of_other[j];
    const ofBase = a !== undefined && (b === undefined || a.when <= b.when), ofOther = b !== undefined && (a === undefined || b.when <= a.when);
    out.push({ when: (ofBase ? a : b).when, base: ofBase ? a : null, other: ofOther ? b : null, same: false });
    if (ofBase) ++i;
    if (ofOther) ++j;
  }
  return out;
}

function waits(r: Result, story: Story): HTMLElement | null {
  if (story.waits.length === 0) return null;
  const beside = story.of_other.length > 0, most = Math.max(...story.waits.flatMap((x) => [x.base, x.other]), 1e-9);
  const bar = (x: number, colour: string) => h("td", { class: "load-cell" }, h("div", { class: "load-number" }, w("n_days", { n: number(x, "days") })), h("div", { class: "load-bar", "aria-hidden": "true" }, h("i", { style: `width:${((100 * x) / most).toFixed(2)}%;background:${colour}` })));
  return h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": w("waited_for") }, h("table", { class: "load" }, h("caption", {}, w("waited_for")), h("thead", {}, h("tr", {}, h("th", { scope: "col" }, w("waited_for")), h("th", { scope: "col" }, title(r.policies[story.base])), beside ? h("th", { scope: "col" }, title(r.policies[story.other])) : null)),
    h("tbody", {}, story.waits.map((x) => h("tr", {}, h("th", { scope: "row" }, pick(x)), bar(x.base, colours[0]), beside ? bar(x.other, colours[1]) : null)))));
}

/** What happened, without the codes of posts beside their names. */
function happened(r: Result, e: StoryEvent): string {
  const posts = new Set(r.policies.flatMap((p) => p.officials.map((o) => o.post)));
  return pick(e).replace(/（([\w-]+)）| \(([\w-]+)\)/g, (whole, a?: string, b?: string) => (posts.has(a ?? b ?? "") ? "" : whole));
}

function told(r: Result, story: Story, open: boolean): HTMLElement {
  const beside = story.of_other.length > 0;
  const why = pick({ en: story.why_en, zh: story.why_zh }), about = pick({ en: story.about_en, zh: story.about_zh });
  const lines = linesOf(story), first = lines.findIndex((x) => !x.same);
  const cell = (e: StoryEvent | null) => h("td", {}, e ? happened(r, e) : "");
  const rows = lines.map((x, k) => h("tr", x.same ? { class: "same" } : {}, h("th", { scope: "row", class: "when" }, k === first && beside ? h("b", { title: w("first_difference") }, "≠ ") : null, x.when),
    x.same && beside ? h("td", { colspan: "2" }, happened(r, x.base!)) : [cell(x.base), beside ? cell(x.other) : null]));
  return h("details", open ? { open: "", class: "story" } : { class: "story" }, h("summary", {}, h("b", {}, why), `${w("colon")}${w("case_n", { n: story.name })}`, about ? h("small", {}, ` ${about}`) : null),
    h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": w("case_n", { n: story.name }) }, h("table", { class: "told" }, h("caption", {}, `${w("case_n", { n: story.name })}${w("dot")}${w("simulated_year", { n: story.replication })}`),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, w("when")), h("th", { scope: "col" }, title(r.policies[story.base])), beside ? h("th", { scope: "col" }, title(r.policies[story.other])) : null)), h("tbody", {}, rows))), waits(r, story));
}

export function stories(r: Result): HTMLElement | null {
  const all = r.stories ?? [];
  if (all.length === 0) return null;
  const others = [...new Set(all.map((s) => s.other))];
  const place = h("div", {});
  const draw = (other: number) => place.replaceChildren(...all.filter((s) => s.other === other).map((s, k) => told(r, s, k === 0)));
  draw(others[0]);
  return section("stories", w("stories"), w(r.comparisons.length > 0 ? "stories_note" : "stories_note_run"),
    others.length > 1 ? h("div", { class: "controls" }, h("label", {}, `${w("policy")} `, select(others.map((k) => [String(k), title(r.policies[k])]), String(others[0]), (v) => draw(Number(v))))) : null, place);
}
