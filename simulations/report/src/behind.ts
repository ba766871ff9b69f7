// The numbers behind a drawing, for readers who cannot see it, or want them.
import { h } from "./dom";
import { w } from "./words";

export type Field = string | number | null;
/** `null` stands for what is not known. */
export interface Numbers { caption: string; columns: { head: string; numeric?: boolean }[]; rows: Field[][] }

const plain = (x: Field) => (x === null ? "–" : typeof x === "number" ? String(Math.round(x * 1000) / 1000) : x);

/** A closed table; it is made when it is opened, since a year of days is long. */
export function behind(make: () => Numbers): HTMLElement {
  const place = h("details", { class: "behind" }, h("summary", {}, w("data_table"))) as HTMLDetailsElement;
  place.addEventListener("toggle", () => {
    if (!place.open || place.childElementCount > 1) return;
    const { caption, columns, rows } = make();
    place.append(h("div", { class: "scroll tall", tabindex: "0", role: "group", "aria-label": caption }, h("table", {}, h("caption", {}, caption),
      h("thead", {}, h("tr", {}, columns.map((c) => h("th", c.numeric ? { scope: "col", class: "num" } : { scope: "col" }, c.head)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((x, k) => (k === 0 ? h("th", { scope: "row" }, plain(x)) : h("td", columns[k].numeric ? { class: "num" } : {}, plain(x))))))))));
  });
  return place;
}
