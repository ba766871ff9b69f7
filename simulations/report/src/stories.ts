// Cases' stories: what happened to those whose fate a policy changes most, side by side with what would have happened.
import type { Result, Story, StoryEvent } from "./data";
import { colours } from "./charts";
import { h, section, select, type Child } from "./dom";
import { number } from "./format";
import { pick, t, title } from "./i18n";

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
  const bar = (x: number, colour: string) => h("td", { class: "load-cell" }, h("div", { class: "load-number" }, t("n_days", { n: number(x, "days") })), h("div", { class: "load-bar", "aria-hidden": "true" }, h("i", { style: `width:${((100 * x) / most).toFixed(2)}%;background:${colour}` })));
  return h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("waited_for") }, h("table", { class: "load" }, h("caption", {}, t("waited_for")), h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("waited_for")), h("th", { scope: "col" }, title(r.policies[story.base])), beside ? h("th", { scope: "col" }, title(r.policies[story.other])) : null)),
    h("tbody", {}, story.waits.map((x) => h("tr", {}, h("th", { scope: "row" }, pick(x)), bar(x.base, colours[0]), beside ? bar(x.other, colours[1]) : null)))));
}

/** An event without the keys of posts behind their titles, and with dates that stay in one line. */
function readable(text: string, posts: Set<string>): Child[] {
  const plain = text.replace(/ ?[(（]([\w.-]+)[)）]/g, (whole, key: string) => (posts.has(key) ? "" : whole));
  return plain.split(/(\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)/).map((part, k) => (k % 2 ? h("span", { class: "whole" }, part) : part));
}

function told(r: Result, story: Story, open: boolean): HTMLElement {
  const beside = story.of_other.length > 0;
  const why = pick({ en: story.why_en, zh: story.why_zh }), about = pick({ en: story.about_en, zh: story.about_zh });
  const lines = linesOf(story), first = lines.findIndex((x) => !x.same);
  const posts = new Set(r.policies[story.base].officials.map((o) => o.post));
  const cell = (e: StoryEvent | null, whose: number) => h("td", e ? { "data-head": title(r.policies[whose]) } : { class: "nothing" }, e ? readable(pick(e), posts) : "");
  const rows = lines.map((x, k) => h("tr", x.same ? { class: "same" } : {}, h("th", { scope: "row", class: "when" }, k === first && beside ? h("b", { title: t("first_difference") }, "≠ ") : null, x.when),
    x.same && beside ? h("td", { colspan: "2" }, readable(pick(x.base!), posts)) : [cell(x.base, story.base), beside ? cell(x.other, story.other) : null]));
  return h("details", open ? { open: "", class: "story" } : { class: "story" }, h("summary", {}, h("b", {}, why), `${t("colon")}${t("case_n", { n: story.name })}`, about ? h("small", {}, ` ${about}`) : null),
    h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("case_n", { n: story.name }) }, h("table", { class: "told" }, h("caption", {}, `${t("case_n", { n: story.name })}${t("dot")}${t("simulated_year", { n: story.replication })}`),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("when")), h("th", { scope: "col" }, title(r.policies[story.base])), beside ? h("th", { scope: "col" }, title(r.policies[story.other])) : null)), h("tbody", {}, rows))), waits(r, story));
}

export function stories(r: Result): HTMLElement | null {
  const all = r.stories ?? [];
  if (all.length === 0) return null;
  const others = [...new Set(all.map((s) => s.other))];
  const place = h("div", {});
  const draw = (other: number) => place.replaceChildren(...all.filter((s) => s.other === other).map((s, k) => told(r, s, k === 0)));
  draw(others[0]);
  return section("stories", t("stories"), t(r.comparisons.length > 0 ? "stories_note" : "stories_note_run"),
    others.length > 1 ? h("div", { class: "controls" }, h("label", {}, `${t("policy")} `, select(others.map((k) => [String(k), title(r.policies[k])]), String(others[0]), (v) => draw(Number(v))))) : null, place);
}
