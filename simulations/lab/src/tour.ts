/** A minute for those who see the page for the first time. */
import { h } from "./dom";
import { say } from "./words";

const steps = (): [string, string, string][] => [
  ["data", say("1. A county", "一、选县"), say("Choose a county that ships with the page, or drop your own ledger of cases as CSV or Excel. It is read on this computer and goes nowhere.", "选择随页提供的县，或把本县信访台账（CSV 或 Excel 文件）拖进来。台账只在本机读取，不会上传。")],
  ["policies", say("2. Two policies", "二、设方案"), say("A is how things are, B is your “and what if…”. Begin B with a ready policy, or as the county has it now; then choose the kind of session and its days. Doors, responsibility, handlers and load stand below the calendar; what was changed stands above, and can be taken back.", "方案甲为现行做法，方案乙为“如果……会怎样”。先为方案乙选一个现成方案，或从现行做法开始；再点接访类型，改接访日。四门、责任归属、承办人员、来量在日历下方。调整内容列在上方，可随时撤销。")],
  ["results", say("3. What comes out", "三、看结果"), say("Both policies are played on the same cases and the same luck, year after year, as soon as something is changed. Three sentences say how long people wait, the price, and how sure it is; below stand a page for the leaders and where it fails first.", "调整后即自动推演，两个方案面对同样的诉求、同样的随机因素。先看三句话：群众多久见到领导、代价多少、把握多大；其下有领导简报和“哪里先撑不住”。")],
  ["keep", say("4. Take it along", "四、存与用"), say("Who sits when and where can be looked at here, or kept as a calendar (.ics) or a workbook (.xlsx). A link holds the whole question.", "谁哪天在哪里接访，可在此查看，也可存为日历（.ics）或表格（.xlsx）。链接可保存并转发整个问题。")],
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
