// How to repeat a result: the command, version, dates, seeds and fingerprints.
import type { Result } from "./data";
import { button, details, h, section } from "./dom";
import { copy } from "./files";
import { percent } from "./format";
import { getLang, t, title } from "./i18n";
import { dataTable } from "./table";

/** A word as a shell takes it. */
const quoted = (word: string) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
export const commandLine = (r: Result) => ["sifang", ...(r.command ?? [])].map(quoted).join(" ");

/** When this file was written, as the computer that holds it says: the results themselves have no date, so that they can be compared. */
export function fileDate(): string {
  const date = new Date(document.lastModified);
  return Number.isNaN(date.getTime()) ? "–" : date.toLocaleDateString(getLang() === "zh" ? "zh-CN" : "en-GB", { year: "numeric", month: "long", day: "numeric" });
}

export function repeat(r: Result): HTMLElement {
  const said = h("span", { role: "status", class: "count" });
  const known = (r.command?.length ?? 0) > 0;
  return section("repeat", t("repeat"), t("repeat_note"),
    known ? h("div", { class: "command" }, h("pre", { tabindex: "0", "aria-label": t("repeat_command") }, h("code", {}, commandLine(r))),
      button(t("copy"), () => { void copy(commandLine(r)).then((done) => { said.textContent = done ? t("copied") : t("not_copied"); }); }), said) : h("p", {}, t("no_command")),
    h("p", {}, [`${t("version")} sifang ${r.program_version}`, `${t("period")} ${r.start} – ${r.end}`, `${t("file_date")} ${fileDate()}`].join(" · ")),
    details(t("technical"), () => dataTable({ name: "sifang-technical", caption: t("technical"), filter: false,
      columns: [{ head: t("policy") }, { head: t("seed"), numeric: true }, { head: t("replications"), numeric: true }, { head: t("fingerprint") }],
      rows: r.policies.map((p) => ({ cells: [{ text: title(p) }, { text: String(p.seed) }, { text: String(p.replications), sort: p.replications, out: [p.replications] }, { text: p.fingerprint, class: "key" }] })) })));
}

export const method = (r: Result) => section("method", t("method"), "", h("p", {}, t("method_text", { n: r.policies[0].replications, c: percent(r.confidence) })));
