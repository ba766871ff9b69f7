/** A ledger as the user has it: text as it is, or the first sheet of a workbook as text. */
import { say } from "./words";

const most = 64 * 1024 * 1024;

export async function readLedger(file: File): Promise<ArrayBuffer> {
  if (file.size > most) throw new Error(say("This file is larger than 64 MB.", "文件超过 64 MB。"));
  const bytes = await file.arrayBuffer();
  const is_zip = bytes.byteLength > 4 && new DataView(bytes).getUint32(0, true) === 0x04034b50;
  if (!is_zip) return bytes;
  return new TextEncoder().encode(await sheetAsCsv(bytes)).buffer as ArrayBuffer;
}

/** A file of an archive, by its name; nothing if there is none. */
async function unzipped(bytes: ArrayBuffer, name: string): Promise<string | null> {
  const view = new DataView(bytes), wrong = () => new Error(say("This is no workbook that can be read; save it as CSV.", "无法读取此工作簿，请另存为 CSV。"));
  let end = bytes.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) --end;
  if (end < 0) throw wrong();
  let at = view.getUint32(end + 16, true);
  for (let n = view.getUint16(end + 10, true); n > 0; --n) {
    if (at + 46 > bytes.byteLength || view.getUint32(at, true) !== 0x02014b50) throw wrong();
    const method = view.getUint16(at + 10, true), packed = view.getUint32(at + 20, true), size = view.getUint32(at + 24, true);
    const length = view.getUint16(at + 28, true), extra = view.getUint16(at + 30, true), comment = view.getUint16(at + 32, true), local = view.getUint32(at + 42, true);
    if (new TextDecoder().decode(new Uint8Array(bytes, at + 46, length)) === name) {
      if (size > 16 * most) throw wrong();
      const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const data = new Uint8Array(bytes, from, packed);
      if (method === 0) return new TextDecoder().decode(data);
      if (method !== 8) throw wrong();
      let stream;
      try {
        stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw" as CompressionFormat));
      } catch {
        throw new Error(say("This browser cannot read workbooks (Chromium 103 or newer can); save the sheet as CSV.", "本浏览器不能读取工作簿（需 Chromium 103 及以上），请另存为 CSV。"));
      }
      return new TextDecoder().decode(await new Response(stream).arrayBuffer());
    }
    at += 46 + length + extra + comment;
  }
  return null;
}

const dateFormats = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const day = (serial: number, early: boolean) => new Date(Date.UTC(1899, 11, 30) + Math.round((serial + (early ? 1462 : 0)) * 86400000)).toISOString();

async function sheetAsCsv(bytes: ArrayBuffer): Promise<string> {
  const parse = async (name: string) => {
    const text = await unzipped(bytes, name);
    return text === null ? null : new DOMParser().parseFromString(text, "application/xml");
  };
  const book = await parse("xl/workbook.xml"), relations = await parse("xl/_rels/workbook.xml.rels"), styles = await parse("xl/styles.xml"), strings = await parse("xl/sharedStrings.xml");
  const named = (root: Document | Element | null, tag: string) => [...(root?.getElementsByTagNameNS("*", tag) ?? [])];
  const sheet = named(book, "sheet").find((s) => !s.getAttribute("state")) ?? named(book, "sheet")[0];
  const id = sheet?.getAttributeNS("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "id");
  const target = named(relations, "Relationship").find((r) => r.getAttribute("Id") === id)?.getAttribute("Target") ?? "worksheets/sheet1.xml";
  const content = await parse(target.startsWith("/") ? target.slice(1) : `xl/${target}`);
  if (!content) throw new Error(say("This workbook has no sheet that can be read.", "此工作簿没有可读取的工作表。"));
  const early = ["1", "true"].includes(named(book, "workbookPr")[0]?.getAttribute("date1904") ?? "");
  const text = (e: Element) => named(e, "t").filter((t) => t.parentElement?.localName !== "rPh").map((t) => t.textContent ?? "").join("");
  const shared = named(strings, "si").map(text);
  const own = new Map(named(styles, "numFmt").map((f) => [Number(f.getAttribute("numFmtId")), (f.getAttribute("formatCode") ?? "").replace(/"[^"]*"|\[[^\]]*\]|\\./g, "")]));
  const isDate = named(named(styles, "cellXfs")[0] ?? null, "xf").map((x) => {
    const n = Number(x.getAttribute("numFmtId"));
    return dateFormats.has(n) || /[ymd年月日]/i.test(own.get(n) ?? "");
  });
  const value = (c: Element): string => {
    const kind = c.getAttribute("t"), v = named(c, "v")[0]?.textContent ?? "";
    if (kind === "s") return shared[Number(v)] ?? "";
    if (kind === "inlineStr") return text(c);
    if (kind || v === "" || !isDate[Number(c.getAttribute("s") ?? 0)] || !Number.isFinite(Number(v))) return v;
    const written = day(Number(v), early);
    return Number(v) % 1 === 0 ? written.slice(0, 10) : `${written.slice(0, 10)} ${written.slice(11, 16)}`;
  };
  const lines: string[] = [];
  for (const row of named(content, "row")) {
    const cells: string[] = [];
    for (const c of named(row, "c")) {
      const letters = /^[A-Z]+/.exec(c.getAttribute("r") ?? "")?.[0];
      const at = letters ? [...letters].reduce((n, l) => 26 * n + l.charCodeAt(0) - 64, 0) - 1 : cells.length;
      if (at > 16383) continue;
      while (cells.length < at) cells.push("");
      cells[at] = value(c);
    }
    lines.push(cells.map((c) => (/[",\r\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(","));
  }
  return lines.join("\n");
}
