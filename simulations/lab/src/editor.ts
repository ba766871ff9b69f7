/** What can be changed of a policy: every control reads its value from the opened study, and writes a setting of the program. */
import { calendar } from "./calendar";
import { append, field, h, select } from "./dom";
import type { Policy } from "./state";
import type { Kind, Opened, Parameter } from "./types";
import { choices, conventions, meaning, roles, rules, say, theirs, unit, valueWords } from "./words";

export interface Desk {
  opened: Opened;
  which: number;              ///< the policy that is edited
  kind: string;               ///< the kind of session that is shown
  policy: Policy;
  units: [string, string][];  ///< codes and names of the units that have handlers
  posts: [string, string][];  ///< those who may sit in sessions, with their titles
  brought: Set<string>;       ///< what the ready policy sets, of which this one is made
  change(): void;             ///< a setting has another value
  show(kind: string): void;
}

/** The value there is under the policy that is edited: what was just set, or what the study was opened with. */
export function valueOf(desk: Desk, key: string): string {
  return desk.policy.settings.get(key) ?? parameter(desk, key)?.value ?? "";
}
const parameter = (desk: Desk, key: string): Parameter | undefined =>
  (desk.opened.policies[desk.which] ?? desk.opened.policies[0]).parameters.find((p) => p.key === key);

function set(desk: Desk, key: string, value: string): void {
  desk.policy.settings.set(key, value);
  desk.change();
}

function number(desk: Desk, key: string, label: string, step: string): HTMLElement | null {
  const about = parameter(desk, key);
  if (!about) return null;
  const input = h("input", { type: "number", id: key, step, value: valueOf(desk, key), inputmode: "decimal", title: meaning(about.means),
    min: about.least === undefined ? undefined : String(about.least), max: about.most === undefined ? undefined : String(about.most) });
  input.addEventListener("change", () => {
    if (input.value !== "" && input.checkValidity()) set(desk, key, input.value);
    else if (!input.reportValidity() || input.value === "") input.value = valueOf(desk, key);
  });
  return field(label, input, unit(about.unit));
}
function yes(desk: Desk, key: string, label: string): HTMLElement | null {
  if (!parameter(desk, key)) return null;
  const box = h("input", { type: "checkbox", id: key });
  box.checked = valueOf(desk, key) === "true";
  box.addEventListener("change", () => set(desk, key, String(box.checked)));
  return h("label", { class: "check" }, box, h("span", {}, label));
}
/** One of the words that a parameter knows. */
function choice(desk: Desk, key: string, label: string): HTMLElement | null {
  if (!parameter(desk, key)) return null;
  return field(label, select(key, choices(key), valueOf(desk, key), (v) => set(desk, key, v)));
}
/** One more handler at a unit: the list of codes that the program knows, as a list of names. */
const listed = (text: string) => text.match(/[^\s[\]",]+/g) ?? [];
function further(desk: Desk): HTMLElement | null {
  const key = "handling.further_handlers";
  if (!parameter(desk, key) || desk.units.length === 0) return null;
  return field(say("one more handler at", "给一个单位加一名承办人员"), select(key, [["", say("choose a unit", "选择单位")], ...desk.units], "", (code) => {
    if (code) set(desk, key, `[${[...listed(valueOf(desk, key)), code].map((c) => `"${c}"`).join(", ")}]`);
  }));
}
/** Single posts that sit, in place of all of some rank: added by what they are called, taken away one by one. */
function named(desk: Desk, session: string): HTMLElement | null {
  const key = `${session}.posts`, beside = `${session}.receivers`;
  if (desk.posts.length === 0) return null;
  const chosen: string[] = listed(valueOf(desk, key)), titles = new Map(desk.posts), list = (posts: string[]) => `[${posts.map((p) => `"${p}"`).join(", ")}]`;
  const choose = (posts: string[]) => {
    if (posts.length > 0 && Number(valueOf(desk, beside)) > posts.length) desk.policy.settings.set(beside, "0");  // no more than there are: all of them
    set(desk, key, list(posts));
  };
  const input = h("input", { id: key, list: `${key}-all`, autocomplete: "off", spellcheck: "false", placeholder: say("type a part of the title", "输入职务中的字词") });
  input.addEventListener("change", () => {
    const post = desk.posts.find(([id, title]) => title === input.value.trim() && !chosen.includes(id));
    if (post) choose([...chosen, post[0]]);
    else input.value = "";
  });
  return h("div", { class: "named" }, field(say("or these posts alone", "或仅指定以下人员"), h("span", {}, input, h("datalist", { id: `${key}-all` }, desk.posts.filter(([id]) => !chosen.includes(id)).map(([, title]) => h("option", { value: title }))))),
    chosen.map((post) => h("button", { type: "button", class: "small", "data-focus": `post-${post}`, "aria-label": say(`Take away: ${titles.get(post) ?? post}`, `去掉：${titles.get(post) ?? post}`),
      onclick: () => choose(chosen.filter((p) => p !== post)) }, `${titles.get(post) ?? post} ×`)));
}
function clock(desk: Desk, key: string, label: string): HTMLElement {
  const input = h("input", { type: "time", id: key, value: valueOf(desk, key), step: "300" });
  input.addEventListener("change", () => { if (/^\d\d:\d\d$/.test(input.value)) set(desk, key, input.value); });
  return field(label, input);
}

/** Days that were added and taken away by hand. */
const datesIn = (text: string) => new Set(text.match(/\d{4}-\d{2}-\d{2}/g) ?? []);
function click(desk: Desk, kind: Kind, date: string, held: boolean): void {
  const key = (what: string) => `session.${kind.id}.${what}`;
  const add = datesIn(valueOf(desk, key("add"))), remove = datesIn(valueOf(desk, key("remove")));
  if (held && !add.delete(date)) remove.add(date);
  if (!held && !remove.delete(date)) add.add(date);
  const put = (what: string, days: Set<string>) => {
    const text = `[${[...days].sort().join(", ")}]`;
    if (days.size === 0 && !parameter(desk, key(what))?.changed && desk.policy.settings.has(key(what))) desk.policy.settings.delete(key(what));
    else if (text !== valueOf(desk, key(what))) desk.policy.settings.set(key(what), text);
  };
  put("add", add);
  put("remove", remove);
  desk.change();
}

function sessionEditor(desk: Desk): HTMLElement {
  // The most senior first, as planners ask for them.
  const first = ["principal", "bureau_leader", "linked_leader", "township", "department"];
  const rank = (k: Kind) => (first.indexOf(k.id) + first.length + 1) % (first.length + 1);
  const kinds = [...(desk.opened.policies[desk.which] ?? desk.opened.policies[0]).kinds].sort((a, b) => rank(a) - rank(b));
  const kind = kinds.find((k) => k.id === desk.kind) ?? kinds[0];
  const key = (what: string) => `session.${kind.id}.${what}`;
  const tabs = h("div", { class: "tabs", role: "group", "aria-label": say("Kind of session", "接访类型") }, kinds.map((k) => h("button", {
    type: "button", "aria-pressed": String(k === kind), "data-focus": `kind-${k.id}`, onclick: () => desk.show(k.id),
  }, theirs(k.title), h("small", {}, k.open ? say(`${k.days.length} days`, `${k.days.length}天`) : say("closed", "未设")))));

  const rule = valueOf(desk, key("recur")), known = rules();
  const options: [string, string][] = known.some(([id]) => id === rule) ? known : [[rule, theirs(parameter(desk, key("recur"))?.words) || rule || say("no rule", "无规则")], ...known];
  const recur = select(key("recur"), options, rule, (v) => set(desk, key("recur"), v));
  const rest = select(key("on_rest_day"), conventions(), valueOf(desk, key("on_rest_day")), (v) => set(desk, key("on_rest_day"), v));
  const sits = new Set(valueOf(desk, key("roles")).match(/[a-z_]+/g) ?? []);
  const alone = listed(valueOf(desk, key("posts"))).length > 0;
  const who = h("fieldset", { class: "roles" }, h("legend", {}, say("Who sits", "接访人员")), roles().map(([id, label]) => {
    const box = h("input", { type: "checkbox", id: `${kind.id}-${id}` });
    box.checked = sits.has(id) && !alone;
    box.disabled = alone;
    box.addEventListener("change", () => {
      if (box.checked) sits.add(id);
      else sits.delete(id);
      set(desk, key("roles"), `[${[...sits].map((r) => `"${r}"`).join(", ")}]`);
    });
    return h("label", { class: "check" }, box, h("span", {}, label));
  }), named(desk, `session.${kind.id}`));
  const season = valueOf(desk, key("sensitive_duty")) === "true" && valueOf(desk, key("open")) === "true";
  const beside = desk.opened.policies.length > 1 ? desk.opened.policies[1 - desk.which].kinds.find((k) => k.id === kind.id) ?? null : null;
  const chosen = { add: datesIn(valueOf(desk, key("add"))), remove: datesIn(valueOf(desk, key("remove"))) };
  return h("div", {}, tabs,
    h("div", { class: "controls" },
      yes(desk, key("open"), say("held at all", "设此类接访")),
      field(say("Days", "接访日"), recur), field(say("On a day of rest", "遇休息日"), rest),
      clock(desk, key("start"), say("From", "开始时间")), number(desk, key("length"), say("Length", "时长"), "15"),
      number(desk, key("receivers"), say("Receive side by side (0: all)", "同时接访人数（0为全部）"), "1"), who),
    h("p", { class: "note" }, say("Click a day to add a session or to take it away; arrows move between days. Dotted: the other policy's. Grey: days of rest.", "点按日期即可增加或取消当日接访；用键盘时以方向键移动。虚线框为另一方案的接访日，灰色为休息日。"),
      season ? say(" In sensitive periods there is a session on every workday too.", "敏感时期每个工作日也接访，已计入天数。") : ""),
    calendar(desk.opened, kind, beside, chosen, (date, held) => click(desk, kind, date, held)));
}

export function editor(desk: Desk): HTMLElement[] {
  const doors = h("fieldset", {}, h("legend", {}, say("Doors", "四门")), reception(desk),
    yes(desk, "appointments.open", say("by-appointment visits", "进门约访")), yes(desk, "campaign.open", say("household campaign", "登门走访")),
    yes(desk, "return_visits.open", say("return visits", "上门回访")),
    h("small", {}, say("Open-door reception closes all sessions but the bureau's window; each kind has its own switch above.", "取消开门接访即取消各级领导接访，保留信访局窗口；各类接访也可在上方分别开设。")));
  const hands = h("fieldset", {}, h("legend", {}, say("Handlers and clerks", "承办人员")),
    number(desk, "handling.township_handlers", say("in each township or street", "每个乡镇（街道）"), "1"),
    number(desk, "handling.department_handlers", say("in each department", "每个县直单位"), "1"),
    number(desk, "handling.park_handlers", say("in each park", "每个园区"), "1"),
    number(desk, "routing.clerks", say("clerks of the bureau", "信访局登记转办人员"), "1"),
    number(desk, "handling.case_limit", say("open cases a handler takes", "每人在办件上限"), "1"), further(desk));
  const who = h("fieldset", {}, h("legend", {}, say("Who is responsible", "责任归属")),
    choice(desk, "ownership.rule", shortNames()["ownership.rule"]),
    ["capped", "handover"].includes(valueOf(desk, "ownership.rule")) && number(desk, "ownership.cap", say("open cases a leader owns at most", "每名领导包案上限"), "1"),
    choice(desk, "routing.rule", shortNames()["routing.rule"]),
    choice(desk, "reception.collision", shortNames()["reception.collision"]));
  const load = h("fieldset", {}, h("legend", {}, say("Load", "来量")),
    number(desk, "load.multiplier", say("times the present", "为现状的倍数"), "0.05"),
    number(desk, "load.backlog", say("long-pending cases", "积案件数"), "1"),
    number(desk, "campaign.days", say("days of the campaign", "登门走访天数"), "1"),
    number(desk, "appointments.field_days_per_month", say("field days of a leader a month", "每位领导每月约访天数"), "1"));
  return [sessionEditor(desk), h("div", { class: "groups" }, doors, who, hands, load)];
}

/** Door one: sessions of leaders and heads, all or none. The bureau's window is no part of it. */
function reception(desk: Desk): HTMLElement {
  const kinds = (desk.opened.policies[desk.which] ?? desk.opened.policies[0]).kinds.filter((k) => !/bureau_staff/.test(valueOf(desk, `session.${k.id}.roles`)));
  const box = h("input", { type: "checkbox", id: "door-one" });
  box.checked = kinds.some((k) => valueOf(desk, `session.${k.id}.open`) === "true");
  box.addEventListener("change", () => {
    const closed = new Map([["reception.irregular_per_month", "0"]]);
    for (const k of kinds) closed.set(`session.${k.id}.open`, "false");
    for (const [key, value] of closed) {
      if (!box.checked) desk.policy.settings.set(key, value);
      else if (desk.policy.settings.has(key)) desk.policy.settings.delete(key);
      else if (value === "false" && key.endsWith(".open")) desk.policy.settings.set(key, "true");
    }
    desk.change();
  });
  return h("label", { class: "check" }, box, h("span", {}, say("open-door reception", "开门接访")));
}

/** A value of a parameter in words. */
function wordsOf(desk: Desk, key: string, value: string): string {
  const about = parameter(desk, key);
  if (key === "handling.further_handlers") return listed(value).map((code) => desk.units.find(([c]) => c === code)?.[1] ?? code).join(say(", ", "、"));
  if (/^session\..*\.posts$/.test(key)) return listed(value).map((post) => desk.posts.find(([p]) => p === post)?.[1] ?? post).join(say(", ", "、")) || say("by rank", "按类别");
  return about?.value === value && about.words ? theirs(about.words) : valueWords(value, about?.unit ?? "", key);
}
const shortNames = (): Record<string, string> => ({
  "handling.further_handlers": say("One more handler", "加一名承办人员"), "reception.collision": say("The 15th and a Monday on one day", "15日与周一接访同日"),
  "ownership.rule": say("Who owns what a leader heard", "领导接访件由谁包案"), "routing.rule": say("Which unit handles a matter", "转办给哪个单位"),
});
export const nameOf = (desk: Desk, key: string) => { const about = parameter(desk, key); return shortNames()[key] ?? (about ? meaning(about.means) : key); };

export interface Told { key: string; name: string; value: string; own: boolean }
/** What was changed, in words: first what a ready policy brings, then what was set here. */
export function toldChanges(desk: Desk): Told[] {
  const kinds = (desk.opened.policies[desk.which] ?? desk.opened.policies[0]).kinds, out: Told[] = [];
  for (const key of desk.brought) {
    const kind = kinds.find((k) => key.startsWith(`session.${k.id}.`));
    if (kind && desk.brought.has(`session.${kind.id}.title_zh`)) {  // a kind of session of its own
      if (!out.some((t) => t.key === kind.id)) out.push({ key: kind.id, name: say("New sessions", "新增接访"), value: theirs(kind.title), own: false });
    } else if (!desk.policy.settings.has(key) && parameter(desk, key)) {
      out.push({ key, name: nameOf(desk, key), value: wordsOf(desk, key, valueOf(desk, key)), own: false });
    }
  }
  for (const [key, value] of desk.policy.settings) out.push({ key, name: nameOf(desk, key), value: wordsOf(desk, key, value), own: true });
  return out;
}
/** The same as a list; each that was set here can be taken back. */
export function changes(desk: Desk): HTMLElement {
  const list = h("ul", { class: "changes" }, toldChanges(desk).map((t) => h("li", {}, h("span", { title: t.key }, t.name, say(": ", "："), h("b", {}, t.value)), t.own
    ? h("button", { type: "button", class: "small", "data-focus": `undo-${t.key}`, "aria-label": say(`Take back: ${t.name}`, `撤销：${t.name}`), onclick: () => {
      desk.policy.settings.delete(t.key);
      desk.change();
    } }, say("take back", "撤销")) : [" ", h("small", {}, say("of the ready policy", "现成方案"))])));
  if (!list.hasChildNodes()) append(list, h("li", { class: "none" }, say("Nothing: as the county has it now.", "无调整，与现行做法一致。")));
  if (desk.policy.settings.size > 1) append(list, h("li", { class: "none" }, h("button", { type: "button", class: "small", id: "undo-all", onclick: () => {
    desk.policy.settings.clear();
    desk.change();
  } }, say("take all back", "全部撤销"))));
  return list;
}

let sought = "";
const most = 12;
/** Any other parameter, found by words that stand in what it means; what it is now stands beside it. */
export function furtherSettings(desk: Desk): HTMLElement {
  const all = (desk.opened.policies[desk.which] ?? desk.opened.policies[0]).parameters.filter((p) => !p.key.startsWith("scenario.") && p.unit !== "text" && p.unit !== "file");
  const found = h("div", { id: "further-found", class: "controls" }), input = h("input", { id: "further-key", type: "search", value: sought, spellcheck: "false", placeholder: say("for instance: interview", "例如：接谈、延期、回访") });
  const one = (p: Parameter) => {
    const value = valueOf(desk, p.key), known = p.unit === "bool" ? [["true", say("yes", "是")], ["false", say("no", "否")]] as [string, string][] : choices(p.key);
    let control: HTMLElement;
    if (known.length > 0) {
      control = select(`further-${p.key}`, known, value, (v) => set(desk, p.key, v));
    } else {
      const typed = h("input", { id: `further-${p.key}`, value, spellcheck: "false" });
      typed.addEventListener("change", () => {
        const text = typed.value.trim(), n = Number(text), bounded = p.least !== undefined && Number.isFinite(Number(value));
        typed.setCustomValidity(!text || (bounded && !(n >= p.least! && n <= p.most!)) ? say(`from ${p.least} to ${p.most}`, `应为 ${p.least} 至 ${p.most} 之间的数`) : "");
        if (typed.reportValidity()) set(desk, p.key, text);
      });
      control = typed;
    }
    const limits = known.length === 0 && p.least !== undefined ? say(`${p.least} to ${p.most} `, `${p.least}～${p.most}`) : "";
    return h("div", { title: p.key }, field(meaning(p.means), control, limits + (p.unit === "share" && known.length === 0 ? say(" (a share)", "（比例，1 为全部）") : unit(p.unit))));
  };
  const look = () => {
    sought = input.value.trim();
    const words = sought.toLowerCase().split(/\s+/).filter((x) => x);
    const hits = words.length === 0 ? [] : all.filter((p) => words.every((x) => `${p.key}\n${p.means[0]}\n${p.means[1]}`.toLowerCase().includes(x)));
    found.replaceChildren(...hits.slice(0, most).map(one), h("p", { class: "note" }, words.length === 0 ? say(`There are ${all.length}.`, `共 ${all.length} 项。`)
      : hits.length === 0 ? say("None is called so.", "没有这样的参数。") : hits.length > most ? say(`${most} of ${hits.length} are shown; say more.`, `共 ${hits.length} 项，显示 ${most} 项，请再加字词。`) : ""));
  };
  input.addEventListener("input", look);
  look();
  return h("details", { id: "further" }, h("summary", {}, say("Any other parameter", "其他参数")),
    h("div", { class: "controls" }, field(say("Look for", "查找（中文字词即可）"), input)), found);
}
