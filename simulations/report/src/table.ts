// Tables that sort, filter, copy and download, and that screen readers read as tables.
import { button, h, scroller, type Child } from "./dom";
import { copy, csv, save, tabbed, xlsx, type Field } from "./files";
import { getLang, t } from "./i18n";

/** What stands in a cell: its text, what it is sorted by, what else is drawn there, and its fields in files. */
export interface Cell { text: string; sort?: number | string | null; show?: () => Child; out?: Field[]; title?: string; class?: string }
/** A column; in files it may be several (an estimate and its bounds). */
export interface Column { head: string; numeric?: boolean; heads?: string[]; class?: string; plain?: boolean }
/** A row, perhaps under a heading of its own that rows with the same one share. */
export interface Row { cells: Cell[]; group?: string; class?: string }
export interface Table { name: string; caption: string; columns: Column[]; rows: Row[]; filter?: boolean; class?: string; tall?: boolean; atOnce?: number }

const text = (s: string): Cell => ({ text: s });
export { text as textCell };

const fields = (column: Column, cell: Cell): Field[] => cell.out ?? Array.from({ length: column.heads?.length ?? 1 }, (_, k) => (k === 0 ? cell.text : null));

/** Rows of a file: a heading and all rows that are given. */
export function fileRows(of: Table, rows: Row[]): Field[][] {
  const grouped = of.rows.some((row) => row.group !== undefined);
  const head: Field[] = [...(grouped ? [t("group")] : []), ...of.columns.filter((c) => !c.plain).flatMap((c) => c.heads ?? [c.head])];
  return [head, ...rows.map((row): Field[] => [...(grouped ? [row.group ?? ""] : []),
    ...of.columns.flatMap((c, k) => (c.plain ? [] : fields(c, row.cells[k])))])];
}

export function dataTable(of: Table): HTMLElement {
  let sorted = -1, down = false, wanted = "", all = false;
  const most = of.atOnce ?? 250;
  const order = new Intl.Collator(getLang() === "zh" ? "zh-CN" : "en", { numeric: true });
  const body = h("tbody", {});
  const status = h("span", { role: "status", class: "count" });
  const searched = of.rows.map((row) => [row.group ?? "", ...row.cells.map((c) => c.text)].join("\u0001").toLowerCase());
  const current = (): Row[] => {
    const rows = of.rows.filter((_, k) => wanted === "" || searched[k].includes(wanted));
    if (sorted < 0) return rows;
    const key = (row: Row) => row.cells[sorted].sort ?? (of.columns[sorted].numeric ? null : row.cells[sorted].text);
    const empty = (x: unknown) => x === null || x === undefined || x === "" || (typeof x === "number" && Number.isNaN(x));
    return rows.map((row, k) => ({ row, k, x: key(row) })).sort((a, b) => {
      if (empty(a.x) || empty(b.x)) return empty(a.x) && empty(b.x) ? a.k - b.k : empty(a.x) ? 1 : -1; // what is not known stays below
      const way = typeof a.x === "number" && typeof b.x === "number" ? a.x - b.x : order.compare(String(a.x), String(b.x));
      return (down ? -way : way) || a.k - b.k;
    }).map(({ row }) => row);
  };
  const more = button("", () => { all = true; draw(); }, { class: "more" });
  const heads = of.columns.map((c, k) => {
    if (c.plain) return h("th", { scope: "col", role: "columnheader", class: c.class ?? "" }, h("span", { class: "plain" }, c.head));
    const press = button(c.head, () => {
      down = sorted === k ? !down : Boolean(c.numeric);
      sorted = k;
      draw();
    }, { class: "sort" });
    return h("th", { scope: "col", role: "columnheader", class: `${c.numeric ? "num" : ""} ${c.class ?? ""}`.trim() }, press, h("span", { class: "on-paper", "aria-hidden": "true" }, c.head));
  });
  const draw = () => {
    const rows = current();
    const shown = all ? rows : rows.slice(0, most);
    const elements: HTMLElement[] = [];
    let group: string | undefined;
    for (const row of shown) {
      if (sorted < 0 && row.group !== undefined && row.group !== group) {
        elements.push(h("tr", { class: "group", role: "row" }, h("th", { scope: "rowgroup", role: "rowheader", colspan: String(of.columns.length) }, row.group)));
      }
      group = row.group;
      elements.push(h("tr", { class: row.class ?? "", role: "row" }, row.cells.map((cell, k) => {
        const column = of.columns[k];
        const inside = h("div", { class: "cell" }, cell.show ? cell.show() : cell.text);
        const name = `${column.numeric ? "num" : ""} ${column.class ?? ""} ${cell.class ?? ""}`.trim();
        const attributes: Record<string, string> = { class: name, "data-head": column.head, role: k === 0 ? "rowheader" : "cell" };
        if (cell.title) attributes.title = cell.title;
        const over = k === 0 && sorted >= 0 && row.group !== undefined ? h("small", { class: "of-group" }, row.group) : null;
        return k === 0 ? h("th", { ...attributes, scope: "row" }, over, inside) : h("td", attributes, inside);
      })));
    }
    if (rows.length === 0) elements.push(h("tr", { role: "row" }, h("td", { role: "cell", colspan: String(of.columns.length) }, t("nothing_found"))));
    body.replaceChildren(...elements);
    heads.forEach((head, k) => {
      if (of.columns[k].plain) return;
      if (k === sorted) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    status.textContent = wanted === "" ? "" : t("rows_found", { n: rows.length, m: of.rows.length });
    more.hidden = shown.length === rows.length;
    more.textContent = t("show_all", { n: rows.length });
  };
  const search = h("input", { type: "search", placeholder: t("filter"), "aria-label": `${t("filter")}: ${of.caption}` }) as HTMLInputElement;
  search.addEventListener("input", () => { wanted = search.value.trim().toLowerCase(); draw(); });
  const said = h("span", { role: "status", class: "count" });
  const tools = h("div", { class: "tools", role: "group", "aria-label": `${t("table_tools")}: ${of.caption}` },
    of.filter === false || of.rows.length < 8 ? null : search, status,
    button(t("copy"), () => { void copy(tabbed(fileRows(of, current()))).then((done) => { said.textContent = done ? t("copied") : t("not_copied"); }); }),
    button("CSV", () => save(`${of.name}.csv`, csv(fileRows(of, current())), "text/csv;charset=utf-8")),
    button("Excel", () => save(`${of.name}.xlsx`, xlsx(of.caption, fileRows(of, current())), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")), said);
  draw();
  return h("div", { class: "table" }, tools, scroller(of.caption, { class: of.tall ? "tall" : "" },
    h("table", { class: `data ${of.class ?? ""}`.trim(), role: "table" }, h("caption", {}, of.caption), h("thead", {}, h("tr", { role: "row" }, heads)), body)), more);
}
