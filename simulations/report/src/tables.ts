import type { Interval, Result } from "./data";
import { h, section } from "./dom";
import { bounds, estimate, fields } from "./format";
import { pick, t, title } from "./i18n";
import { dataTable, type Cell, type Column, type Row } from "./table";

/** A figure with what is known of its width. */
export const figureCell = (v: Interval, unit: string): Cell => {
  const around = !v || v[3] === "constant" ? "" : v[3] === "too_few_years" ? t("few_years") : bounds(v, unit);
  return { text: v ? `${estimate(v, unit)}${around ? t("in_brackets", { x: around }) : ""}` : "–", sort: v ? v[0] : null, out: fields(v), show: () => [estimate(v, unit), around ? h("small", { class: "below" }, around) : null] };
};
/** A column of figures; in files their bounds stand beside them. */
export const counted = (head: string, name = head): Column => ({ head, numeric: true, heads: [name, t("lower"), t("upper")] });

export function venueTable(r: Result): HTMLElement {
  const columns = [["sessions", "sessions", ""], ["idle_share", "idle", "share"], ["heard", "heard", ""], ["wait_minutes", "wait", ""], ["queue_max", "longest", ""], ["overtime_minutes", "overtime", ""], ["utilisation", "utilisation", "share"], ["left", "left", ""]] as const;
  const several = r.policies.length > 1;
  const rows = r.policies[0].venues.flatMap((v, k) => r.policies.map((p): Row => ({ group: several ? pick(v) : undefined,
    cells: [{ text: several ? title(p) : pick(v) }, ...columns.map(([field, , unit]) => figureCell(p.venues[k]?.[field] ?? null, unit))] })));
  return section("venues", t("venues"), "", dataTable({ name: "sifang-reception", caption: t("venues"), columns: [{ head: several ? t("policy") : t("place") }, ...columns.map(([, key]) => counted(t(key)))], rows, class: "stack", tall: rows.length > 24 }));
}
