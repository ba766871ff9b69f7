// What units, posts and policies are called.
import type { Official, Policy, Result, Unit } from "./data";
import { getLang } from "./i18n";

/** In English as the results have it; older ones have Chinese names alone. */
export const nameOfUnit = (u: Unit): string => (getLang() === "en" && u.name_en) || u.name;
export const postName = (o: Official): string => (getLang() === "en" && o.title_en) || o.title || o.post;
export function countyName(r: Result): string {
  const root = r.units.find((u) => u.parent < 0);
  return root && root.name === r.county ? nameOfUnit(root) : r.county;
}
/** A post that a text calls by its Chinese title, or by its code. */
export function postCalled(r: Result, text: string): string {
  for (const p of r.policies) {
    const found = p.officials.find((o) => o.title === text || o.post === text);
    if (found) return postName(found);
  }
  return text;
}

/** Policies that were made from another by settings have its title; people tell them apart by what they change.
 * A title for each policy that none before it has: one that is taken gives way to what the policy changes, or to its name. */
export function nameApart(r: Result): void {
  const told = (p: Policy, subject: "subject_en" | "subject_zh", words: "en" | "zh", colon: string, more: string) => {
    const first = p.changes?.[0];
    return first ? `${first[subject]}${colon}${first[words]}${(p.changes?.length ?? 0) > 1 ? more : ""}` : p.id;
  };
  const taken = new Set<string>();
  for (const p of r.policies) {
    if (taken.has(p.title_zh) || taken.has(p.title_en)) {
      p.title_en = told(p, "subject_en", "en", ": ", " …");
      p.title_zh = told(p, "subject_zh", "zh", "：", "等");
      if (taken.has(p.title_zh) || taken.has(p.title_en)) p.title_en = p.title_zh = p.id;
      p.about_en = p.about_zh = "";
    }
    taken.add(p.title_en).add(p.title_zh);
  }
}
