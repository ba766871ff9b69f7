/** What the results file holds beside the headline: where it fails, and one page for those who decide; both as the report has them. */
import { briefOf, briefPage } from "report/brief";
import { fillBounds, type Result } from "report/data";
import { docx } from "report/docx";
import { placesOf, type Place } from "report/failing";
import { number } from "report/format";
import { setLang } from "report/i18n";
import { download, h } from "./dom";
import { language, say } from "./words";

export function readResults(text: string): Result {
  const r = JSON.parse(text) as Result;
  fillBounds(r);
  return r;
}

/** Units by what is late there, under both policies. \param help  one handler more at a unit */
export function weakest(r: Result, help: (code: string) => void): HTMLElement {
  setLang(language() === 1 ? "zh" : "en");
  const most = 8, two = r.policies.length > 1, all = r.policies.map((p) => placesOf(r, p)), last = all[all.length - 1];
  const shown = last.slice(0, most), in_first = (name: string) => all[0].find((p) => p.name === name);
  const late = (p: Place | undefined) => (p ? `${number(p.late, "")}／${number(p.due, "")}` : "–"), busy = (p: Place | undefined) => (p && p.busy !== null ? number(p.busy, "share") : "–");
  const code = (name: string) => r.dimensions.find((d) => d.id === "unit")?.items.find((i) => i.zh === name || i.en === name)?.id ?? "";
  const names = r.policies.map((_, k) => (two ? [say("A", "甲"), say("B", "乙")][k] : ""));
  const sum = (list: Place[]) => number(list.reduce((n, p) => n + p.late, 0), "");
  const worst = shown[0];
  const said = !worst ? "" : last.reduce((n, p) => n + p.late, 0) < 0.05 ? say("No unit misses its deadlines.", "各单位均无逾期。")
    : worst.late < 0.05 * worst.due ? say(`Every unit still copes. Most is late at ${worst.name}: ${late(worst)} a year, its handlers are busy ${busy(worst)} of their time. In the county ${all.map(sum).join(" → ")} are late.`,
      `各单位均可承受。逾期最多的是${worst.name}：每年 ${late(worst)} 件次，承办人员利用率 ${busy(worst)}。全县逾期 ${all.map(sum).join(" → ")} 件次。`)
    : say(`It fails first at ${worst.name}: ${late(worst)} are late in a year, its handlers are busy ${busy(worst)} of their time. In the county ${all.map(sum).join(" → ")} are late.`,
      `最先撑不住的是${worst.name}：每年逾期 ${late(worst)} 件次，承办人员利用率 ${busy(worst)}。全县逾期 ${all.map(sum).join(" → ")} 件次。`);
  const head = [say("Unit", "单位"), ...names.map((n) => say("late of due a year", "年逾期／到期件次") + (n && say(`, ${n}`, `（${n}）`))), ...names.map((n) => say("handlers busy", "承办人员利用率") + (n && say(`, ${n}`, `（${n}）`))), ""];
  return h("details", { id: "weakest" }, h("summary", {}, say("Where it fails first", "哪里先撑不住")), h("p", {}, said),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("Units", "单位") }, h("table", {}, h("thead", {}, h("tr", {}, head.map((x) => h("th", { scope: "col" }, x)))),
      h("tbody", {}, shown.map((p) => h("tr", {}, h("th", { scope: "row" }, p.name), [...(two ? [in_first(p.name)] : []), p].map((x, k) => h("td", { "data-label": head[1 + k] }, late(x))), [...(two ? [in_first(p.name)] : []), p].map((x, k) => h("td", { "data-label": head[1 + names.length + k] }, busy(x))),
        h("td", {}, code(p.name) ? h("button", { type: "button", class: "small", "data-focus": `help-${code(p.name)}`, onclick: () => help(code(p.name)) }, two ? say("one more handler in B", "乙加一名承办人员") : say("one more handler", "加一名承办人员")) : null)))))),
    h("p", { class: "note" }, say("Late are acceptance told (L4) and replies (L10, L11), on average of a year.", "逾期指到期未按时完成的受理告知和答复，为年均件次。")));
}

/** One page: conclusion, grounds, price, how sure. \param changed  what each policy changes of the county */
export function onePage(r: Result, warnings: string[], changed: [string, string[]][]): HTMLElement {
  setLang(language() === 1 ? "zh" : "en");
  const told: Result = { ...r, warnings: warnings.map((text) => ({ en: text, zh: text })) };
  const b = briefOf(told), most = 8, more = (n: number) => (n > most ? say(`, and ${n - most} more`, `等 ${n} 项`) : "");
  for (const [name, list] of changed) {
    if (list.length > 0) b.about += say(` ${name} changes: ${list.slice(0, most).join("; ")}${more(list.length)}.`, `${name}的调整：${list.slice(0, most).join("；")}${more(list.length)}。`);
  }
  const shown = briefPage(b);
  shown.id = "onepage";
  const print = () => {
    document.body.classList.add("brief-only");
    window.addEventListener("afterprint", () => document.body.classList.remove("brief-only"), { once: true });
    window.print();
  };
  return h("details", { id: "brief-page" }, h("summary", {}, say("One page for the leaders", "领导简报（一页纸）")),
    h("div", { class: "row" }, h("button", { type: "button", onclick: () => download(say("Brief.docx", "领导简报.docx"), docx(b, language() === 1 ? "zh" : "en") as BlobPart, "application/vnd.openxmlformats-officedocument.wordprocessingml.document") }, say("Download .docx (WPS, Word)", "下载 .docx（WPS、Word）")),
      h("button", { type: "button", onclick: print }, say("Print", "打印"))), shown);
}
export type { Result };
