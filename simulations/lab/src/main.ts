import { append, download, field, h, replace, select } from "./dom";
import { changes, editor, furtherSettings, nameOf, toldChanges, type Desk } from "./editor";
import { Engine } from "./engine";
import { calendarOf, workbook } from "./files";
import { onePage, readResults, weakest, type Result } from "./onepage";
import { headline, remarks, sentences, table } from "./results";
import { readLedger } from "./ledger";
import { cells, decoded, delimited, isOfLedger, plainFault, readingOf, sample, subjects, wanted } from "./reading";
import { Shelf } from "./presets";
import { baseOf, command, everyWednesday, fresh, fromFragment, request, toFragment, type State } from "./state";
import { tour } from "./tour";
import type { Both, Opened, Refused, RosterRow, Summary } from "./types";
import { language, of, say, setLanguage, theirs } from "./words";

const began = performance.now();
const texts = JSON.parse(document.getElementById("sifang-texts")!.textContent!) as [string, string][];
const shelf = new Shelf(texts), shipped = new Set(texts.map(([name]) => name));
/** A question as the page keeps it: a county, and what each policy is made of, of those that ship. Older links name a ready policy in place of a county. */
function settled(s: State): State {
  if (!shelf.of(s.scenario)) s.scenario = shelf.counties()[0].id;
  for (const p of s.policies) if (!shelf.of(p.base)?.extends) p.base = "";
  if (!shelf.of(s.scenario)?.extends) return s;
  for (const p of s.policies) p.base ||= s.scenario;
  return { ...s, scenario: shelf.county(s.scenario) };
}
let state: State = settled(fromFragment(location.hash.slice(1)) ?? fresh());
setLanguage(state.lang);
let which = state.compared ? 1 : 0, kind = "principal", ledger = "", ledgerName = "";
let rows: string[][] = [], unusable: Both[] = [], asking = false;  // the ledger as a table; what is wrong with its rows, as the module says when it is asked to take all
const meant = new Map<string, string>(), columns = new Map<string, [number, number]>();  // what was said here of words of the ledger, and where they stand
let opened: Opened | null = null, refused: Both[] = [], summary: Summary | null = null;
let full: Result | null = null;  // all figures, once everything is played
let replications = 0, running = false, startedAt = 0, took = 0, firstInterval = 0, failure = "", note = "";

const workers = Math.max(1, Math.min(2, navigator.hardwareConcurrency || 1));
const engine = new Engine({
  opened(answer: Opened | Refused) {
    if (answer.ok) {
      opened = answer;
      rosterRows = null;
      refused = [];
      asking = false;
    } else if (asking && answer.faults.every(isOfLedger) && answer.faults.some((f) => f[0].includes("--skip-bad"))) {
      unusable = answer.faults.filter((f) => !f[0].includes("--skip-bad"));
      asking = false;
      return go(0);
    } else {
      refused = answer.faults;
      asking = false;
      running = false;
      failure = say("what is wrong stands above; the figures are of what was played before", "方案或台账有误，见上方说明；以下为此前的结果");
    }
    drawAll();
  },
  progress(count) {
    replications = count;
    took = performance.now() - startedAt;
    drawProgress();
  },
  summary(answer, last) {
    summary = answer;
    full = null;
    took = performance.now() - startedAt;
    if (last) {
      running = false;
      void takeAll();
    }
    if (!firstInterval && opened && answer.replications >= opened.least) {
      firstInterval = performance.now();
      document.documentElement.dataset.firstInterval = String(Math.round(firstInterval));
    }
    document.documentElement.dataset.replications = String(answer.replications);
    document.documentElement.dataset.rate = String((answer.replications * answer.policies.length * 1000) / took);
    drawResults();
  },
  drawn(answer) {
    summary = answer;
    void takeAll();
  },
  failed(text) {
    failure = text;
    running = false;
    drawProgress();
  },
}, workers);

/** Asks for all figures: for costs, units, and the page for the leaders. */
async function takeAll(): Promise<void> {
  const of = summary, text = await engine.ask("results", 0, 0);
  if (running || summary !== of || !text) return;
  full = readResults(text);
  drawResults();
}
let soon = 0;
/** Opens what is chosen now, a moment after the last change. */
function go(wait = 120): void {
  history.replaceState(null, "", `#${toFragment(state)}`);
  clearTimeout(soon);
  engine.stop();  // what is still being played answers another question
  document.documentElement.dataset.replications = "";
  document.getElementById("figures")?.classList.add("stale");
  soon = window.setTimeout(() => {
    startedAt = performance.now();
    replications = took = 0;
    running = true;
    failure = note = "";
    full = null;
    engine.open(request(state, ledger, !asking));
    drawProgress();
  }, wait);
}

/** What a policy is called: as it was named, or after what it is made of. */
const names = () => state.policies.map((p, k) => {
  const which = k === 0 ? say("A", "方案甲") : say("B", "方案乙"), ready = shelf.of(p.base);
  if (p.title) return p.title;
  if (ready?.extends) return `${which}${say(": ", "：")}${theirs(ready.title)}${p.settings.size ? say(", changed", "，另有调整") : ""}`;
  return k === 0 ? (p.settings.size ? say("A: changed", "方案甲（已调整）") : say("A: as it is", "方案甲（现行）")) : say("B: what if", "方案乙（推演）");
});
/** What a scenario says of itself, without the numbers of rules, which stand in the documents alone. */
const aboutOf = (both: Both) => theirs(both).replace(/（R\d+(?:[、至]R?\d+)*）| \(R\d+(?:(?:, | to )R\d+)*\)/g, "");
const place = (id: string) => document.getElementById(id)!;

// ---------------------------------------------------------------- county and ledger
async function take(file: File): Promise<void> {
  note = "";
  try {
    const bytes = await readLedger(file);
    rows = cells(decoded(bytes));
    meant.clear();
    columns.clear();
    ledgerName = file.name;
    handIn(bytes);
  } catch (error) {
    note = error instanceof Error ? error.message : String(error);
  }
  drawData();
}
/** Gives the ledger to the module, and asks first what is wrong with its rows. */
function handIn(bytes: ArrayBuffer): void {
  engine.put("ledger.csv", bytes);
  ledger = "ledger.csv";
  unusable = [];
  asking = true;
  go(0);
}
/** A word of the ledger has a meaning that its owner chose: its cells are read as that. \param at  row of the heads, and column */
function explain(field: string, word: string, means: string, at: [number, number]): void {
  if (means) meant.set(`${field} ${word}`, means);
  else meant.delete(`${field} ${word}`);
  columns.set(field, at);
  const told = rows.map((r, k) => r.map((c, n) => {
    const f = [...columns].find(([, [first, where]]) => n === where && k > first)?.[0];
    return (f && meant.get(`${f} ${c.trim()}`)) || c;
  }));
  handIn(new TextEncoder().encode(delimited(told)).buffer as ArrayBuffer);
}
/** A county of one's own, as `sifang new` writes it: a scenario and its tables. They stay on this computer, and out of links. */
async function bring(files: File[]): Promise<void> {
  const given = await Promise.all(files.map(async (f): Promise<[string, string]> => [f.name, decoded(await f.arrayBuffer())]));
  const scenarios = given.filter(([name]) => name.endsWith(".toml")), taken = given.find(([name]) => shipped.has(name));
  note = scenarios.length !== 1 ? say("Choose the county's scenario (.toml) together with its tables (.csv).", "请同时选择本县的方案文件（.toml，一个）和各表（.csv）。")
    : taken ? say(`${taken[0]} is the name of a file that the page has; call yours otherwise.`, `“${taken[0]}”与本页自带文件同名，请改名。`) : "";
  if (!note) {
    for (const [name, text] of given) {
      engine.put(name, new TextEncoder().encode(text).buffer as ArrayBuffer);
      const at = texts.findIndex(([known]) => known === name);
      texts.splice(at < 0 ? texts.length : at, at < 0 ? 0 : 1, [name, text]);
    }
    const [name, text] = scenarios[0];
    shelf.bring(name, text);
    state = { ...fresh(), lang: state.lang, replications: state.replications, scenario: name.replace(/\.toml$/, "") };
    Object.assign(state.policies[1], { base: "", settings: everyWednesday() });
    ledger = "";
    opened = null;
    which = 1;
    go(0);
  }
  drawAll();
}
const fewRows = 200;
function drawData(): void {
  const scenario = select("scenario", shelf.counties().map((c) => [c.id, theirs(c.title)]), state.scenario, (v) => {
    state.scenario = v;
    for (const p of state.policies) { p.base = ""; p.settings.clear(); }
    go(0);
    drawAll();
  });
  const count = select("replications", [16, 48, 104, 200, 496, 1000, 5000].map((n) => [String(n), String(n)]), String(state.replications), (v) => { state.replications = Number(v); go(0); });
  if (count.value !== String(state.replications)) count.prepend(h("option", { value: String(state.replications), selected: "" }, String(state.replications)));
  const seed = h("input", { id: "seed", inputmode: "numeric", value: state.seed, placeholder: say("the scenario's", "同方案"), pattern: "[0-9]{0,15}" });
  seed.addEventListener("change", () => { if (seed.checkValidity()) { state.seed = seed.value; go(0); } else seed.reportValidity(); });
  const date = (id: "start" | "end", label: string) => {
    const input = h("input", { id, type: "date", value: state[id] || opened?.[id] || "" });
    input.addEventListener("change", () => { state[id] = input.value; go(); });
    return field(label, input);
  };
  const choose = h("input", { id: "ledger", type: "file", accept: ".csv,.xlsx,.txt" });
  choose.addEventListener("change", () => { if (choose.files?.[0]) void take(choose.files[0]); });
  const own = h("input", { id: "own-county", type: "file", accept: ".toml,.csv", multiple: "" });
  own.addEventListener("change", () => { if (own.files?.length) void bring([...own.files]); });
  const about = shelf.of(state.scenario)?.about;
  replace(place("data"), h("h2", {}, say("1. A county", "一、选县")),
    h("div", { class: "controls" }, field(say("County and its present practice", "县及现行做法"), scenario), field(say("Replications (simulated years)", "模拟次数（年）"), count),
      date("start", say("Counted from", "统计期自")), date("end", say("to", "至")), field(say("Seed", "随机种子"), seed)),
    about && h("p", { class: "note" }, aboutOf(about)),
    h("details", { id: "own" }, h("summary", {}, say("Your own county", "用本县的县情")), h("div", { class: "controls" }, field(say("Its scenario and tables, as `sifang new` writes them (.toml and .csv, all together)", "方案和各表（程序 sifang new 生成的 .toml 和 .csv，一并选择）"), own)),
      h("small", {}, say("Read on this computer alone. Links do not hold them: choose the files again.", "仅在本机读取，不随链接保存；换一次页面须重新选择。"))),
    h("div", { class: "drop", id: "drop" }, h("label", { for: "ledger" }, say("Your own ledger: drop a CSV or .xlsx file here, or ", "用本县台账：将 CSV 或 .xlsx 文件拖到此处，或")), choose,
      h("small", {}, say("Read on this computer alone; it goes nowhere.", "仅在本机读取，不会上传。")),
      ledger && h("button", { type: "button", id: "no-ledger", onclick: () => { ledger = ""; asking = false; refused = []; go(0); drawAll(); } }, say("without the ledger again", "不用台账")),
      h("button", { type: "button", id: "sample", onclick: () => opened && download(say("Ledger.xlsx", "台账样表.xlsx"), workbook(say("Ledger", "台账"), sample(unitsOf(state.scenario), subjects(opened), opened.start.slice(0, 4)), [14, 12, 14, 14, 10, 6, 22, 12, 12, 8, 10, 10]) as BlobPart, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") }, say("A sheet to begin with (.xlsx)", "下载样表（.xlsx）")),
      h("small", {}, wanted())),
    note && h("p", { class: "fault", role: "alert" }, note),
    refused.some(isOfLedger) && h("div", { class: "fault", role: "alert" }, h("b", {}, say("This ledger cannot be read:", "台账无法读取：")), h("ul", {}, [...new Set(refused.filter(isOfLedger).map((f) => plainFault(f, ledgerName)))].map((text) => h("li", {}, text)))),
    opened?.ledger && ledger && h("div", { class: "ledger" }, h("p", {}, h("b", {}, `${ledgerName}${say(": ", "：")}`, say(`${opened.ledger.rows - opened.ledger.rejected} of ${opened.ledger.rows} rows are used.`, `台账共 ${opened.ledger.rows} 行，采用 ${opened.ledger.rows - opened.ledger.rejected} 行`) + (opened.ledger.rejected > 0 ? say("", `，未采用 ${opened.ledger.rejected} 行`) : "") + say("", "。")),
        opened.ledger.rows - opened.ledger.rejected < fewRows ? say(" So few cases tell little of a county's year.", "件数较少，结果仅供参考；人员和接访安排仍为所选县的。") : say(" People and reception days are still those of the county chosen.", "人员和接访安排仍为所选县的。")),
      unusable.length > 0 && h("details", { id: "unusable" }, h("summary", {}, say("Why rows are left out", "未采用的原因")), h("ul", {}, [...new Set(unusable.map((f) => plainFault(f, "")))].slice(0, 40).map((text) => h("li", {}, text.trim())))),
      readingOf(opened, rows, meant, unitsOf(state.scenario), explain)),
  );
  const drop = place("drop");
  for (const event of ["dragenter", "dragover"]) drop.addEventListener(event, (e) => { e.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (e) => {
    e.preventDefault();
    drop.classList.remove("over");
    const file = (e as DragEvent).dataTransfer?.files[0];
    if (file) void take(file);
  });
}

// ---------------------------------------------------------------- policies
/** Pairs of a county's table, of the rows whose kind or rank is one of these. */
function rowsOfTable(county: string, table: string, heads: [string, string, string], kinds: string[]): [string, string][] {
  const path = new RegExp(`^${table} = "(.*)"`, "m").exec(texts.find(([name]) => name === `${county}.toml`)?.[1] ?? "")?.[1];
  const rows = cells(texts.find(([name]) => name === path)?.[1] ?? "");
  const [code, name, kind] = heads.map((head) => rows[0]?.indexOf(head) ?? -1), english = language() === 0 ? rows[0]?.indexOf(`${heads[1]}_en`) ?? -1 : -1;
  return rows.slice(1).filter((r) => kinds.includes(r[kind])).map((r) => [r[code], (english >= 0 && r[english]) || r[name]]);
}
/** Codes and names of the units that handle matters: departments, parks, townships and streets. */
const unitsOf = (county: string) => rowsOfTable(county, "units", ["code", "name", "kind"], ["department", "industrial_park", "township", "subdistrict"]);
/** Posts whose holders may sit in sessions, with their titles. */
const postsOf = (county: string) => rowsOfTable(county, "officials", ["post", "title", "rank"], ["principal_leader", "county_leader", "unit_head", "team_member"]);
const deskOf = (study: Opened, policy: number): Desk => ({
  opened: study, which: policy, kind, policy: state.policies[policy], units: unitsOf(state.scenario), posts: postsOf(state.scenario), brought: new Set(shelf.keys(baseOf(state, state.policies[policy]))),
  change: () => { go(); drawPolicies(); },
  show: (id) => { kind = id; drawPolicies(); },
});
function drawPolicies(): void {
  const body = place("policies");
  const heading = h("h2", {}, say("2. Two policies", "二、设方案"));
  const wrong = [...new Set(refused.filter((f) => !isOfLedger(f)).map((f) => plainFault(f, ledgerName)))];
  const faults = wrong.length > 0 && h("div", { class: "fault", role: "alert" }, h("b", {}, say("This cannot be played:", "方案有误，无法推演：")), h("ul", {}, wrong.map((text) => h("li", {}, text))));
  if (!opened) return replace(body, heading, faults || h("p", { class: "note" }, say("The county is being made …", "正在生成县情……")));
  const desk = deskOf(opened, which);
  const compared = h("input", { type: "checkbox", id: "compared" });
  compared.checked = state.compared;
  compared.addEventListener("change", () => {
    state.compared = compared.checked;
    which = state.compared ? 1 : 0;
    opened = null;
    go(0);
    drawAll();
  });
  const ready = [["", say("as the county has it now", "现行做法")], ...shelf.ready(state.scenario).map((r) => [r.id, theirs(r.title)])] as [string, string][];
  const base = select("base", ready, state.policies[which].base, (v) => {
    Object.assign(state.policies[which], { base: v, title: "" });
    state.policies[which].settings.clear();
    go(0);
    drawPolicies();
  });
  const told = shelf.of(state.policies[which].base)?.about;
  const title = h("input", { id: "title", value: state.policies[which].title, placeholder: names()[which], maxlength: "60" });
  title.addEventListener("change", () => { state.policies[which].title = title.value.trim(); go(); drawPolicies(); });
  replace(body, heading,
    h("div", { class: "controls" }, h("div", { class: "tabs big", role: "group", "aria-label": say("Policy to change", "要调整的方案") }, names().slice(0, state.compared ? 2 : 1).map((name, k) => h("button", {
      type: "button", "aria-pressed": String(which === k), "data-focus": `policy-${k}`, onclick: () => { which = k; drawPolicies(); },
    }, name, h("small", {}, state.policies[k].base && !state.policies[k].settings.size ? say("ready policy", "现成方案") : say(`${state.policies[k].settings.size} changes`, `调整 ${state.policies[k].settings.size} 项`))))),
      field(say("Begin with", "从现成方案开始"), base), field(say("Name", "方案名称"), title), h("label", { class: "check" }, compared, h("span", {}, say("compare two", "两个方案比较")))),
    faults, told && h("p", { class: "note" }, aboutOf(told)), h("h3", {}, say("What is changed", "调整内容")), changes(desk), editor(desk), furtherSettings(desk));
}

// ---------------------------------------------------------------- results
function drawProgress(): void {
  const bar = document.getElementById("progress") as HTMLProgressElement | null;
  if (!bar) return;
  bar.max = state.replications;
  bar.value = replications;
  place("count").textContent = failure ? say("Stopped: ", "已中止：") + failure
    : say(`${replications} of ${state.replications} replications`, `模拟次数 ${replications}／${state.replications}`) + (took > 0 ? say(`, ${(took / 1000).toFixed(1)} s`, `，用时 ${(took / 1000).toFixed(1)} 秒`) : "");
  drawBar();
  const button = place("run") as HTMLButtonElement;
  button.textContent = running ? say("Stop", "停止") : say("Play again", "重新推演");
}
/** What stands below everything else: what is known by now, or that it is of another question. */
function drawBar(): void {
  const s = summary, old = running && replications < (opened?.least ?? 16);
  replace(place("brief"), s && opened && [h("span", {}, refused.length > 0 ? say("This cannot be played; what is wrong stands above.", "方案或台账有误，未推演，见上方说明。")
    : old ? say(`Being played: ${replications} of ${state.replications} years …`, `正在推演：${replications}／${state.replications} 年……`) : headline(s, opened.least)),
    h("button", { type: "button", "data-focus": "see", onclick: () => place("results").scrollIntoView() }, say("see the figures", "看结果"))]);
}
function drawResults(): void {
  const s = summary;
  const told = s && opened ? remarks(s, (key) => nameOf(deskOf(opened!, 0), key)) : [];
  full?.policies.forEach((p, k) => { p.title_en = p.title_zh = names()[k]; });
  place("figures").classList.toggle("stale", running && replications < (opened?.least ?? 0));
  replace(place("figures"), s && opened ? [
    h("p", { class: "answer" }, headline(s, opened.least)),
    s.replications >= opened.least && h("dl", { class: "spoken" }, sentences(s, full, opened.draws > 0).map(([what, text]) => [h("dt", {}, what), h("dd", {}, text)])),
    s.warnings.length > 0 && h("details", { class: "warnings", id: "warnings" }, h("summary", {}, say(`${told.length} things to know before believing it`, `采信前须知（${told.length} 条）`)), h("ul", {}, told.map((text) => h("li", {}, text)))),
    full && onePage(full, told, (state.compared ? [0, 1] : [0]).map((k): [string, string[]] => [names()[k], toldChanges(deskOf(opened!, k)).map((t) => `${t.name}${say(": ", "：")}${t.value}`)])),
    full && weakest(full, (code) => {
      const p = state.policies[state.compared ? 1 : 0], key = "handling.further_handlers", now = p.settings.get(key)?.match(/[^\s[\]",]+/g) ?? [];
      p.settings.set(key, `[${[...now, code].map((c) => `"${c}"`).join(", ")}]`);
      go(0);
      drawPolicies();
    }),
    table(s, names().slice(0, s.policies.length)),
    h("p", { class: "note" }, say("An interval says how far the computation may be from the expected value, at 95 %; those of the differences hold together. The grey band is what does not matter: half a percentage point, half a day, a minute in a queue, 1 % of hours and numbers. Neither covers wrong assumptions. The program's report of the same question differs by chance, where it has another number of years.",
      "区间为 95% 置信区间，表示计算结果与期望值可能相差多少；各差值区间同时成立。灰带为无实质差异的范围：半个百分点、半天、排队一分钟、小时数和件数的 1%。区间不含假设之误。报告与本页模拟次数不同时，数值略有出入，判断以次数多者为准。")),
    h("details", { id: "technical" }, h("summary", {}, say("Technical: the program's own words, fingerprints", "技术参数：程序原文、指纹")), h("pre", { id: "tables" }, of(s.tables)),
      h("p", { class: "note" }, say("The same question for the program: ", "用程序提出同一问题："), h("code", {}, command(state))),
      h("p", { class: "note" }, say(`${workers} workers; first interval ${Math.round(firstInterval)} ms after the page was opened.`, `并行 ${workers} 路；打开页面后 ${Math.round(firstInterval)} 毫秒得到首个区间。`))),
  ] : h("p", { class: "note" }, say("Figures come in a moment.", "结果即将显示。")));
  drawProgress();
}

// ---------------------------------------------------------------- keep and share
let rostered = "leaders", rosterRows: RosterRow[] | null = null, rosterOf = -1;
/** Sessions of which a roster is wanted: those of county-level leaders, all, or one kind. */
const chosenRows = (all: RosterRow[]) => all.filter((r) => rostered === "all" || (rostered === "leaders" ? ["R3", "R5", "R6"].includes(r.rule) : r.venue === rostered));
const clock = (m: number) => `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`;
const head = () => say("Date|Day|From|To|Session|Place|Who|Note", "日期|星期|开始|结束|接访|地点|接访人员|备注").split("|");
const line = (r: RosterRow) => [r.date, r.weekday, clock(r.start), clock(r.end), r.venue, r.place || r.unit, r.who.map(([post, title]) => title || post).join(say(", ", "、")), r.note];
const fileName = (policy: number, what: string, ending: string) => `${names()[policy]} ${what}`.replace(/[\\/:*?"<>|\u0000-\u001f]/g, " ").replace(/[：]/g, " ").trim() + ending;
async function rowsOf(policy: number): Promise<RosterRow[]> {
  const given = await engine.ask("roster", policy, language());
  return given ? (JSON.parse(given) as { rows: RosterRow[] }).rows : [];  // nothing is open: what is wrong stands above
}
async function roster(policy: number, what: "ics" | "xlsx" | "csv"): Promise<void> {
  if (what === "csv") {
    const given = await engine.ask("roster_csv", policy, language());
    return given ? download(`${state.scenario}-${policy === 0 ? "A" : "B"}-roster.csv`, "\ufeff" + given, "text/csv") : undefined;
  }
  const rows = chosenRows(await rowsOf(policy)), name = say("roster", "接访安排");
  if (rows.length === 0) return;
  if (what === "ics") return download(fileName(policy, name, ".ics"), calendarOf(rows, names()[policy]), "text/calendar");
  download(fileName(policy, name, ".xlsx"), workbook(say("Roster", "接访安排"), [head(), ...rows.map(line)], [12, 7, 8, 8, 26, 22, 50, 26]) as BlobPart, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}
/** Who sits when and where, on the page itself. */
function rosterTable(): HTMLElement | null {
  if (!rosterRows || !state.policies[rosterOf]) return null;
  const most = 60, rows = chosenRows(rosterRows), first = rows.slice(0, most);
  return h("div", { id: "roster" }, h("h3", {}, names()[rosterOf]), h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("Roster", "接访安排") }, h("table", {},
    h("thead", {}, h("tr", {}, head().map((x) => h("th", { scope: "col" }, x)))), h("tbody", {}, first.map((r) => h("tr", {}, line(r).map((x, k) => h("td", { "data-label": head()[k] }, x))))))),
    rows.length > most && h("p", { class: "note" }, say(`${most} of ${rows.length} sessions are shown; the workbook has all.`, `共 ${rows.length} 场，显示前 ${most} 场；全部见表格文件。`)));
}
function drawKeep(): void {
  const said = h("small", { role: "status", id: "copied" });
  const copy = async () => {
    const link = h("input", { value: location.href, readonly: "", "aria-label": say("Link", "链接") });
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = say("copied", "已复制");
    } catch {
      said.replaceChildren(link);
      link.select();
    }
  };
  const paste = h("input", { id: "paste", placeholder: say("a link of a colleague", "粘贴同事发来的链接"), spellcheck: "false" });
  paste.addEventListener("change", () => {
    const other = fromFragment(paste.value.trim().replace(/^.*#/, ""));
    said.textContent = other ? "" : say("this is no link of the page", "这不是本页的链接");
    if (other) location.hash = toFragment(other);
  });
  const kinds = opened?.policies[opened.policies.length - 1].kinds ?? [];
  const which_rows = select("rostered", [["leaders", say("sessions of county-level leaders", "县处级领导接访")], ["all", say("all sessions", "全部接访")], ...kinds.map((k) => [theirs(k.title), theirs(k.title)] as [string, string])], rostered, (v) => { rostered = v; drawKeep(); });
  const of_policy = (policy: number) => h("div", { class: "row" }, h("b", {}, names()[policy]),
    h("button", { type: "button", "data-focus": `look-${policy}`, onclick: () => void rowsOf(policy).then((rows) => { rosterRows = rows; rosterOf = policy; drawKeep(); }) }, say("look at the roster", "查看接访安排")),
    h("button", { type: "button", onclick: () => void roster(policy, "ics") }, say("roster as calendar (.ics)", "接访安排日历（.ics）")),
    h("button", { type: "button", onclick: () => void roster(policy, "xlsx") }, say("roster as workbook (.xlsx)", "接访安排表（.xlsx）")));
  const for_program = (policy: number) => h("div", { class: "row" }, h("b", {}, names()[policy]),
    h("button", { type: "button", onclick: () => void engine.ask("toml", policy, language()).then((text) => text && download(`${policy === 0 ? "A" : "B"}.toml`, text, "application/toml")) }, say("policy for the program (.toml)", "方案文件（.toml）")),
    h("button", { type: "button", onclick: () => void roster(policy, "csv") }, say("roster as CSV", "接访安排（.csv）")));
  replace(place("keep"), h("h2", {}, say("4. Take it along", "四、存与用")),
    h("div", { class: "controls" }, field(say("Roster of", "接访安排的范围"), which_rows)), of_policy(0), state.compared && of_policy(1), rosterTable(),
    h("div", { class: "row" }, h("button", { type: "button", class: "main", onclick: () => void copy() }, say("Copy the link to this question", "复制本问题的链接")), paste, said),
    h("p", { class: "note" }, say("The link holds the county's name, the policies and the seed, no ledger. On another computer, where this file lies elsewhere, open the file and paste the link here.", "链接只含县名、方案和种子，不含台账。换一台电脑时，先打开本页文件，再将链接粘贴在此处。")),
    h("details", { id: "for-program" }, h("summary", {}, say("Files for the program", "供程序使用的文件（技术参数）")), for_program(0), state.compared && for_program(1),
      h("div", { class: "row" }, h("button", { type: "button", onclick: () => { if (summary) void engine.ask("results", 0, 0).then((text) => text && download("results.json", text, "application/json")); } }, say("all figures (results.json)", "全部结果（results.json）"))),
      h("p", { class: "note" }, say("`sifang run FILE.toml` plays a saved policy.", "保存的方案可用 sifang run 文件名.toml 推演。"))));
}

// ---------------------------------------------------------------- the page
function drawHead(): void {
  document.documentElement.lang = language() === 1 ? "zh" : "en";
  document.title = say("What-if page of petition work", "四访推演");
  replace(place("head"), h("div", {}, h("h1", {}, say("And what if …", "四访推演")),
    h("p", { class: "note" }, say("Change reception days, people and doors; see at once what would change. All is computed in this page, nothing leaves the computer.", "调整接访日、人员和四门安排，当场看到变化。全部在本页计算，数据不出本机。"))),
    h("div", { class: "row" }, h("button", { type: "button", id: "tour", onclick: tour }, say("Tour of one minute", "一分钟导览")),
      h("button", { type: "button", id: "language", lang: language() === 1 ? "en" : "zh", onclick: () => {
        setLanguage(1 - language());
        state.lang = language();
        history.replaceState(null, "", `#${toFragment(state)}`);
        drawAll();
      } }, language() === 1 ? "English" : "中文")));
}
function drawAll(): void {
  drawHead();
  drawData();
  drawPolicies();
  replace(place("results"), h("h2", {}, say("3. What comes out", "三、看结果")),
    h("div", { class: "row" }, h("button", { type: "button", class: "main", id: "run", onclick: () => {
      if (!running) return go(0);
      running = false;
      engine.stop();
      drawProgress();
      if (summary && replications >= (opened?.least ?? 16)) void takeAll();
    } }), h("progress", { id: "progress", "aria-label": say("Replications", "模拟次数") }), h("span", { id: "count", "aria-live": "off" })),
    h("div", { id: "figures" }));
  drawResults();
  drawKeep();
}

append(place("lab"), [h("header", { id: "head" }), h("section", { id: "data" }), h("section", { id: "policies" }), h("section", { id: "results" }), h("section", { id: "keep" }), h("div", { id: "brief", role: "status" })]);
drawAll();
window.addEventListener("hashchange", () => {
  const other = fromFragment(location.hash.slice(1));
  if (!other || toFragment(other) === toFragment(state)) return;
  state = settled(other);
  setLanguage(state.lang);
  which = state.compared ? 1 : 0;
  opened = null;
  go(0);
  drawAll();
});
window.addEventListener("dragover", (e) => e.preventDefault());  // a file that misses its box does not replace the page
window.addEventListener("drop", (e) => e.preventDefault());

const encoded = document.getElementById("sifang-module")!.textContent!;
const binary = atob(encoded), bytes = new Uint8Array(binary.length);
for (let i = 0; i < binary.length; ++i) bytes[i] = binary.charCodeAt(i);
startedAt = began;
go(0);
engine.begin(bytes, texts).catch((error) => {
  failure = say("this browser cannot run it; Chromium 97, Firefox 102 or Safari 16.4 at least is needed: ", "本浏览器无法运行；需要 Chromium 97、Firefox 102 或 Safari 16.4 及以上版本：") + String(error);
  drawProgress();
});
