// The brief as a document of WPS and Word (ISO/IEC 29500): A4, with the faces that Chinese offices have.
import type { Block, Brief } from "./brief";
import type { Lang } from "./data";
import { zip } from "./zip";

/** Text inside an element; what XML has no place for is left out. */
export function xml(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
const run = (text: string, bold = false) => `<w:r>${bold ? "<w:rPr><w:b/></w:rPr>" : ""}<w:t xml:space="preserve">${xml(text)}</w:t></w:r>`;
const paragraph = (style: string, text: string) => `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${run(text)}</w:p>`;

function table(rows: string[][]): string {
  const columns = Math.max(...rows.map((row) => row.length)), wide = 9638, first = columns > 1 ? Math.round(wide * 0.34) : wide;
  const width = (k: number) => (k === 0 ? first : Math.floor((wide - first) / (columns - 1)));
  const cell = (text: string, k: number, head: boolean) => `<w:tc><w:tcPr><w:tcW w:w="${width(k)}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr>${run(text, head)}</w:p></w:tc>`;
  const border = ["top", "left", "bottom", "right", "insideH", "insideV"].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>`).join("");
  return `<w:tbl><w:tblPr><w:tblW w:w="${wide}" w:type="dxa"/><w:tblBorders>${border}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${Array.from({ length: columns }, (_, k) => `<w:gridCol w:w="${width(k)}"/>`).join("")}</w:tblGrid>`
    + rows.map((row, n) => `<w:tr><w:trPr><w:cantSplit/>${n === 0 ? "<w:tblHeader/>" : ""}</w:trPr>${Array.from({ length: columns }, (_, k) => cell(row[k] ?? "", k, n === 0)).join("")}</w:tr>`).join("") + "</w:tbl>";
}
const block = (b: Block): string => ("text" in b ? paragraph("Body", b.text) : "list" in b ? b.list.map((line) => paragraph("Item", line)).join("") : table(b.table));

const spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

function style(id: string, name: string, paragraphs: string, runs: string): string {
  return `<w:style w:type="paragraph" w:styleId="${id}" w:customStyle="1"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:pPr>${paragraphs}</w:pPr><w:rPr>${runs}</w:rPr></w:style>`;
}
const face = (name: string) => `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="${name}" w:cs="Times New Roman"/>`;
const size = (halfPoints: number) => `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`;
function styles(lang: Lang): string {
  const close = (before: number, after: number, line = lang === "en" ? 260 : 300) => `<w:spacing w:before="${before}" w:after="${after}" w:line="${line}" w:lineRule="exact"/>`;
  return `${head}<w:styles ${spaces}><w:docDefaults><w:rPrDefault><w:rPr>${face("仿宋")}${size(lang === "en" ? 19 : 21)}<w:lang w:val="en-GB" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>`
    + '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + style("Heading", "Brief title", `${close(0, 100, 460)}<w:jc w:val="center"/>`, `${face("宋体")}<w:b/>${size(36)}`)
    + style("Part", "Brief heading", `<w:keepNext/>${close(100, 40)}<w:outlineLvl w:val="0"/>`, `${face("黑体")}${lang === "en" ? "<w:b/>" : ""}${size(24)}`)
    + style("Body", "Brief text", close(0, 40), "")
    + style("Item", "Brief item", `${close(0, 30)}<w:ind w:left="360" w:hanging="240"/>`, "")
    + style("Cell", "Brief cell", '<w:spacing w:before="10" w:after="10" w:line="250" w:lineRule="exact"/>', size(lang === "en" ? 17 : 18))
    + style("Small", "Brief note", `${close(60, 0, 260)}`, `${size(17)}<w:color w:val="595959"/>`) + "</w:styles>";
}

export function docx(b: Brief, lang: Lang): Uint8Array {
  // A list's items begin with a sign of their own, so that no numbering part is needed.
  const signed = (x: Block): Block => ("list" in x ? { list: x.list.map((line) => `• ${line}`) } : x);
  const body = paragraph("Heading", b.title) + paragraph("Small", b.about) + b.parts.map((part) => paragraph("Part", part.heading) + part.blocks.map(signed).map(block).join("")).join("") + paragraph("Small", b.foot);
  const page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1020" w:right="1134" w:bottom="1020" w:left="1134" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>';
  return zip([
    { name: "[Content_Types].xml", text: `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>` },
    { name: "_rels/.rels", text: `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>` },
    { name: "word/_rels/document.xml.rels", text: `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>` },
    { name: "word/styles.xml", text: styles(lang) },
    { name: "word/document.xml", text: `${head}<w:document ${spaces}><w:body>${body}${page}</w:body></w:document>` },
  ]);
}
