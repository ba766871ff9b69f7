/** Files that office programs open: calendars (RFC 5545) and spreadsheets (ECMA-376), made and read without a library. */
import type { RosterRow } from "./types";

const utf8 = new TextEncoder();

/** A line of at most 75 octets, and the rest on lines that begin with a blank. */
function folded(line: string): string {
  const out: string[] = [];
  let piece = "", size = 0;
  for (const c of line) {
    const bytes = utf8.encode(c).length;
    if (size + bytes > 74) {
      out.push(piece);
      piece = " ";
      size = 1;
    }
    piece += c;
    size += bytes;
  }
  return [...out, piece].join("\r\n");
}
const escaped = (text: string) => text.replace(/[\\;,]/g, (c) => `\\${c}`).replace(/\r?\n/g, "\\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, " ");
const stamp = (date: string, minutes: number) => {
  const d = new Date(Date.parse(`${date}T00:00:00Z`) + minutes * 60000);
  return `${d.toISOString().slice(0, 19).replace(/[-:]/g, "")}`;
};

/** A roster as a calendar: an event for each session, in local time. The same roster gives the same bytes. */
export function calendarOf(rows: RosterRow[], title: string): string {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sifang//what-if page//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", `X-WR-CALNAME:${escaped(title)}`];
  const seen = new Map<string, number>();
  for (const r of rows) {
    const key = `${r.date}-${r.start}-${r.unit}`.replace(/[^A-Za-z0-9-]/g, "_") + `-${[...r.venue].map((c) => c.codePointAt(0)!.toString(16)).join("").slice(0, 40)}`;
    const again = seen.get(key) ?? 0;
    seen.set(key, again + 1);
    lines.push("BEGIN:VEVENT", `UID:${key}${again ? `-${again}` : ""}@sifang-lab`, `DTSTAMP:${stamp(rows[0].date, 0)}Z`, `DTSTART:${stamp(r.date, r.start)}`, `DTEND:${stamp(r.date, r.end)}`,
      `SUMMARY:${escaped(r.venue)}`, `LOCATION:${escaped(r.place || r.unit)}`,
      `DESCRIPTION:${escaped([...r.who.map(([post, name]) => name || post), r.note].filter((x) => x).join("\n"))}`, "END:VEVENT");
  }
  return [...lines, "END:VCALENDAR", ""].map(folded).join("\r\n");
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; ++k) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const b of bytes) c = crcTable[(c ^ b) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
/** Files as an archive, not compressed; of no date, so that the same files give the same bytes. */
export function zipped(files: [string, string][]): Uint8Array {
  const parts: Uint8Array[] = [], directory: Uint8Array[] = [];
  let at = 0;
  const record = (signature: number, fields: [number, number][], tail: Uint8Array[]) => {
    const head = new Uint8Array(4 + fields.reduce((sum, [size]) => sum + size, 0));
    const view = new DataView(head.buffer);
    view.setUint32(0, signature, true);
    let to = 4;
    for (const [size, value] of fields) {
      if (size === 2) view.setUint16(to, value, true);
      else view.setUint32(to, value, true);
      to += size;
    }
    return [head, ...tail];
  };
  for (const [name, text] of files) {
    const n = utf8.encode(name), data = utf8.encode(text), crc = crc32(data), day = 0x21;
    const common: [number, number][] = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, day], [4, crc], [4, data.length], [4, data.length], [2, n.length], [2, 0]];
    directory.push(...record(0x02014b50, [[2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]], [n]));
    for (const part of record(0x04034b50, common, [n, data])) {
      parts.push(part);
      at += part.length;
    }
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  parts.push(...directory, ...record(0x06054b50, [[2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, at], [2, 0]], []));
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    out.set(part, to);
    to += part.length;
  }
  return out;
}

const xml = (text: string) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, " ");
const column = (n: number) => (n < 26 ? "" : String.fromCharCode(64 + Math.floor(n / 26))) + String.fromCharCode(65 + (n % 26));
/** A table as a workbook of one sheet; the first row is its head. All cells are text, none a formula. */
export function workbook(name: string, rows: string[][], widths: number[]): Uint8Array {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packages = "http://schemas.openxmlformats.org/package/2006", kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const cells = rows.map((row, r) => `<row r="${r + 1}">${row.map((cell, c) => `<c r="${column(c)}${r + 1}" s="${r === 0 ? 1 : 0}" t="inlineStr"><is><t xml:space="preserve">${xml(cell)}</t></is></c>`).join("")}</row>`).join("");
  return zipped([
    ["[Content_Types].xml", `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/></Types>`],
    ["_rels/.rels", `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ["xl/workbook.xml", `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${xml(name.replace(/[\\/?*[\]:]/g, " ").slice(0, 31))}" sheetId="1" r:id="r1"/></sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/styles" Target="styles.xml"/></Relationships>`],
    ["xl/styles.xml", `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`],
    ["xl/worksheets/sheet1.xml", `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.map((w, c) => `<col min="${c + 1}" max="${c + 1}" width="${w}" customWidth="1"/>`).join("")}</cols><sheetData>${cells}</sheetData><autoFilter ref="A1:${column(widths.length - 1)}${rows.length}"/></worksheet>`],
  ]);
}
