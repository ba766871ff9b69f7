/** A minute for those who see the page for the first time. */
import { h } from "./dom";
import { say } from "./words";

const steps = (): [string, string, string][] => [
  ["data", say("1. A county", "一、选县"), say("Choose a county that ships with the page, or drop your own ledger of cases as CSV or Excel. It is read on this computer and goes nowhere.", "选择随页提供的县，或把本县信访台账（CSV 或 Excel 文件）拖进来。台账只在本机读取，不会上传。")],
  ["policies", say("2. Two policies", "二、设方案"), say("A is how things are, B is your “and what if…”. Choose a rule of days, or click days on the calendar; change who sits, hours, handlers, doors.", "方案甲为现行做法，方案乙为“如果……会怎样”。可选接访日规则，也可直接点按日历上的日期；接访人员、时间、承办人员、四门均可调整。")],
  ["results", say("3. What comes out", "三、看结果"), say("Both policies are played on the same cases and the same luck, year after year. Widths shrink as years come; the verdict is the program's.", "两个方案面对同样的诉求、同样的随机因素，逐年推演。模拟年数越多，区间越窄；结论用语与程序一致。")],
  ["keep", say("4. Take it along", "四、存与用"), say("A link holds the whole question. A policy can be saved for the program, its roster as a calendar (.ics) or a workbook (.xlsx).", "链接即可保存并转发整个问题。方案可存为程序可读的文件，接访安排可存为日历（.ics）或表格（.xlsx）。")],
];

export function tour(): void {
  let at = 0;
  const dialog = h("dialog", { class: "tour", "aria-label": say("A tour of one minute", "一分钟导览") });
  const close = () => { document.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit")); dialog.remove(); };
  const show = () => {
    const all = steps(), [id, title, text] = all[at];
    document.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
    const place = document.getElementById(id);
    place?.classList.add("lit");
    place?.scrollIntoView({ block: "start" });
    const last = at + 1 === all.length;
    dialog.replaceChildren(h("h2", {}, title), h("p", {}, text), h("div", { class: "controls" },
      at > 0 && h("button", { type: "button", onclick: () => { --at; show(); } }, say("Back", "上一步")),
      h("button", { type: "button", class: "main", onclick: () => { if (last) dialog.close(); else { ++at; show(); } } }, last ? say("Begin", "开始使用") : say("Next", "下一步")),
      h("button", { type: "button", onclick: () => dialog.close() }, say("Close", "关闭")), h("small", {}, `${at + 1} / ${all.length}`)));
    (dialog.querySelector("button.main") as HTMLElement).focus();
  };
  dialog.addEventListener("close", close);
  document.body.append(dialog);
  dialog.show();
  show();
}
