// Policies that were made from another by settings have its title; people tell them apart by what they change.
import type { Policy, Result } from "./data";

/** A title for each policy that none before it has: one that is taken gives way to what the policy changes, or to its name. */
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
