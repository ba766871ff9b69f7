/** How the module read a ledger, in words of the people whose it is; and words that it does not know, to be given a meaning here. */
import { append, field, h, select } from "./dom";
import type { Both, Opened } from "./types";
import { of, say, theirs } from "./words";

/** What the module says of a file, without what is meant for those who type commands. */
export const plainFault = (both: Both, name: string) => theirs(both).replace(/ledger\.csv[:：](\d+)(?:[:：]\d+)?[:：]\s*/g, (_, line: string) => say(`${name}, line ${line}: `, `${name} 第 ${line} 行：`)).replace(/ledger\.csv[:：]\s*/g, `${name}${say(": ", "：")}`)
  .replace(/([“'][^”'()]*) \(\w+\)([”'])/g, "$1$2").replace(/^--set[:：]\s*/, "").replace(/应有列/, "缺少列").replace(/应为信访类别；“\*\*\*”不存在/, "问题类别未识别").replace(/是否应为 '([^']*)'？/g, "是否应为“$1”？").replace(/[（(]加?“?--skip-bad[^）)]*[）)]/, "")
  .replace(/visit, letter, online, phone, campaign 之一/, "来访、来信、网上、来电、走访发现之一")
  .replace(/缺少列“(\w+)”/, (whole, id: string) => (id in columnNames ? `缺少列“${columnNames[id]}”` : whole));
const columnNames: Record<string, string> = { id: "信访编号", date: "登记日期", place: "问题属地", category: "问题类别", channel: "信访形式", group_size: "人数" };
export const isOfLedger = (both: Both) => both[0].startsWith("ledger.csv");

/** A table of delimited text; quotes as RFC 4180 has them. */
export function cells(text: string): string[][] {
  const first = text.slice(0, 4096), mark = [",", "\t", ";"].sort((a, b) => first.split(b).length - first.split(a).length)[0];
  const rows: string[][] = [[]];
  let cell = "", quoted = false;
  for (let i = 0; i < text.length; ++i) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === mark || c === "\n") {
      rows[rows.length - 1].push(cell.replace(/\r$/, ""));
      cell = "";
      if (c === "\n") rows.push([]);
    } else cell += c;
  }
  if (cell || rows[rows.length - 1].length) rows[rows.length - 1].push(cell.replace(/\r$/, ""));
  return rows;
}
export const delimited = (rows: string[][]) => rows.map((row) => row.map((c) => (/[",\r\n\t;]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(",")).join("\n");
/** Text of a file: UTF-8, or as Chinese offices save it. */
export function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

interface Column { name: string; means: string; field: string; filled: string; note: string }
interface Word { field: string; word: string; means: string; times: string; note: string }
function proposal(text: string): { columns: Column[]; words: Word[] } {
  const [first, second = ""] = text.split("\n\n");
  const split = (table: string) => table.split("\n").slice(2).map((line) => line.split(/ {2,}/)).filter((c) => c.length > 3);
  return {
    columns: split(first).map(([name, means, f, filled, note = ""]) => ({ name, means, field: f, filled, note })),
    words: split(second).map(([f, word, means, times, note = ""]) => ({ field: f, word, means, times, note })),
  };
}
const meanings = (): Record<string, string> => ({
  "channel visit": say("visit", "来访"), "channel letter": say("letter", "来信"), "channel online": say("online", "网上"), "channel phone": say("phone", "来电"), "channel campaign": say("found by visits", "走访发现"),
  "repeat true": say("repeat", "重复"), "repeat false": say("first", "初次"), "settled true": say("yes", "是"), "settled false": say("no", "否"),
  "satisfaction none": say("none", "未评价"), "satisfaction satisfied": say("satisfied", "满意"), "satisfaction basically_satisfied": say("basically satisfied", "基本满意"), "satisfaction unsatisfied": say("not satisfied", "不满意"),
});
/** Subjects of the county, by id. */
const subjects = (opened: Opened): [string, string][] => opened.policies[0].parameters.filter((p) => /^category\.[^.]+\.zh$/.test(p.key)).map((p) => {
  const id = p.key.split(".")[1];
  return [id, say(opened.policies[0].parameters.find((q) => q.key === `category.${id}.en`)?.value ?? id, p.value)] as [string, string];
});

/** \param rows   the ledger as a table \param meant  what was said here of words, by field and word
 *  \param units  codes and names of places \param sayOf  a word has another meaning now */
export function readingOf(opened: Opened, rows: string[][], meant: Map<string, string>, units: [string, string][], sayOf: (field: string, word: string, means: string, at: [number, number]) => void): HTMLElement {
  const { columns, words } = proposal(of(opened.ledger!.proposal)), known = meanings();
  const title = (f: string) => columns.find((c) => c.field === f)?.means ?? f;
  const word = (w: Word) => (w.means === "?" ? say("not known", "未识别") : w.field === "category" ? subjects(opened).find(([id]) => id === w.means)?.[1] ?? w.means : known[`${w.field} ${w.means}`] ?? w.means);
  const own = (w: Word) => { const from = [...meant].filter(([key, means]) => key.startsWith(`${w.field} `) && means === w.word).map(([key]) => key.slice(w.field.length + 1)); return from.length > 0 ? from.join(say(", ", "、")) : w.word === "***" ? say("(not shown)", "（不显示）") : w.word; };
  const out = h("div", {});
  const options: Record<string, [string, string][]> = { category: subjects(opened), place: units.filter(([code]) => /^\d{9}$/.test(code)), channel: ["visit", "letter", "online", "phone", "campaign"].map((c) => [c, known[`channel ${c}`]] as [string, string]) };
  for (const f of ["category", "place", "channel"]) {
    const heading = columns.find((c) => c.field === f)?.name;
    const head = rows.slice(0, 21).find((r) => r.some((c) => c.trim() === heading)), at = head?.findIndex((c) => c.trim() === heading) ?? -1;
    if (at < 0) continue;
    const known_here = new Set(words.filter((w) => w.field === f && w.means !== "?").map((w) => w.word)), missing = words.some((w) => w.field === f && w.means === "?"), count = new Map<string, number>();
    for (const r of rows.slice(rows.indexOf(head!) + 1)) {
      const c = (r[at] ?? "").trim();
      if (c && !known_here.has(c)) count.set(c, (count.get(c) ?? 0) + 1);
    }
    const asked = [...count].filter(([c]) => meant.has(`${f} ${c}`) || (missing && (f !== "place" || words.some((w) => w.field === f && (w.word === c || w.word === "***"))))).slice(0, 12);
    if (asked.length === 0) continue;
    append(out, h("div", { class: "controls" }, h("span", {}, say(`Words of “${heading}” that are not known; what do they mean?`, `“${heading}”中有未识别的词，请选择含义：`)), asked.map(([c, n]) => field(say(`${c} (${n} rows)`, `${c}（${n} 行）`),
      select(`means-${f}-${c}`, [["", say("left out", "不采用")], ...options[f]], meant.get(`${f} ${c}`) ?? "", (v) => sayOf(f, c, v, [rows.indexOf(head!), at]))))));
  }
  const table = (head: string[], body: string[][]) => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": head[0] }, h("table", {}, h("thead", {}, h("tr", {}, head.map((x) => h("th", { scope: "col" }, x)))), h("tbody", {}, body.map((r) => h("tr", {}, r.map((c, k) => h("td", { "data-label": head[k] }, c)))))));
  append(out, h("details", { id: "how-read" }, h("summary", {}, say("How it was read", "读取方式")),
    table([say("Column", "列"), say("Read as", "读作"), say("Filled", "已填"), say("Note", "说明")], columns.map((c) => [c.name, c.means, c.filled, c.note])),
    words.length > 0 && table([say("Column", "列"), say("Word", "词"), say("Means", "含义"), say("Rows", "行数")], words.map((w) => [title(w.field), own(w), word(w), w.times]))));
  return out;
}

/** What a ledger has to have, and a sheet to begin with. */
export const wanted = () => say("Needed columns: number, date, place, subject, channel, persons. Unit, dates of acceptance and reply, first or repeat, settled, satisfaction are read where they are. Places are those of the county chosen. Names and telephone numbers are not read.",
  "须有列：信访编号、登记日期、问题属地、问题类别、信访形式、人数。可有列：责任单位、受理日期、答复日期、初重件、是否息诉、满意度。属地须为所选县的乡镇（街道）、村（社区）。姓名、电话等个人信息不读取；列名可略有不同。");
export function sample(units: [string, string][], subject: [string, string][], year: string): string[][] {
  const town = units.filter(([code]) => /^\d{9}$/.test(code)).map(([, name]) => name), office = (units.find(([code]) => code === "natural-resources") ?? units.find(([code]) => !/^\d/.test(code)))?.[1] ?? "";
  const rows = [["0105", "来访", "3", "初次", "是", "满意"], ["0218", "来信", "1", "初次", "否", "基本满意"], ["0322", "网上", "1", "重复", "否", "未评价"]];
  return [["信访编号", "登记日期", "问题属地", "问题类别", "信访形式", "人数", "责任单位", "受理日期", "答复日期", "初重件", "是否息诉", "满意度"],
    ...rows.map(([day, channel, persons, repeat, settled, grade], k) => [`${year}${day}${k + 1}`, `${year}-${day.slice(0, 2)}-${day.slice(2)}`, town[k % town.length] ?? "", subject[k % subject.length]?.[1] ?? "", channel, persons, office, `${year}-${day.slice(0, 2)}-${String(Number(day.slice(2)) + 6).padStart(2, "0")}`, `${year}-${String(Number(day.slice(0, 2)) + 1).padStart(2, "0")}-20`, repeat, settled, grade])];
}
export { subjects };
