// The numbers behind a drawing, for readers who cannot see it, or want them.
import { h } from "./dom";
import { dataTable, type Cell } from "./table";
import { t } from "./i18n";

export type Field = string | number | null;
/** `null` stands for what is not known. */
export interface Numbers { caption: string; columns: { head: string; numeric?: boolean }[]; rows: Field[][] }

const cell = (x: Field): Cell => ({ text: x === null ? "–" : typeof x === "number" ? String(Math.round(x * 1000) / 1000) : x, sort: x, out: [x] });

/** A closed table; it is made when it is opened, since a year of days is long. */
export function behind(make: () => Numbers): HTMLElement {
  const place = h("details", { class: "behind" }, h("summary", {}, t("data_table"))) as HTMLDetailsElement;
  place.addEventListener("toggle", () => {
    if (!place.open || place.childElementCount > 1) return;
    const { caption, columns, rows } = make();
    place.append(dataTable({ name: "sifang-figures", caption, columns, tall: true, rows: rows.map((row) => ({ cells: row.map(cell) })) }));
  });
  return place;
}
