/** What can be changed of a policy: every control reads its value from the opened study, and writes a setting of the program. */
import { calendar } from "./calendar";
import { append, field, h, select } from "./dom";
import type { Policy } from "./state";
import type { Kind, Opened, Parameter } from "./types";
import { conventions, of, roles, rules, say, theirs, unit, valueWords } from "./words";

export interface Desk {
  opened: Opened;
  which: number;              ///< the policy that is edited
  kind: string;               ///< the kind of session that is shown
  policy: Policy;
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
  const input = h("input", { type: "number", id: key, step, value: valueOf(desk, key), inputmode: "decimal", title: theirs(about.means),
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
  const who = h("fieldset", { class: "roles" }, h("legend", {}, say("Who sits", "接访人员")), roles().map(([id, label]) => {
    const box = h("input", { type: "checkbox", id: `${kind.id}-${id}` });
    box.checked = sits.has(id);
    box.addEventListener("change", () => {
      if (box.checked) sits.add(id);
      else sits.delete(id);
      set(desk, key("roles"), `[${[...sits].map((r) => `"${r}"`).join(", ")}]`);
    });
    return h("label", { class: "check" }, box, h("span", {}, label));
  }));
  const beside = desk.opened.policies.length > 1 ? desk.opened.policies[1 - desk.which].kinds.find((k) => k.id === kind.id) ?? null : null;
  const chosen = { add: datesIn(valueOf(desk, key("add"))), remove: datesIn(valueOf(desk, key("remove"))) };
  return h("div", {}, tabs,
    h("div", { class: "controls" },
      yes(desk, key("open"), say("held at all", "设此类接访")),
      field(say("Days", "接访日"), recur), field(say("On a day of rest", "遇休息日"), rest),
      clock(desk, key("start"), say("From", "开始时间")), number(desk, key("length"), say("Length", "时长"), "15"),
      number(desk, key("receivers"), say("Receive side by side (0: all)", "同时接访人数（0为全部）"), "1"), who),
    h("p", { class: "note" }, say("Click a day to add a session or to take it away. Dotted: the other policy's. Grey: days of rest.", "点按日期即可增加或取消当日接访。虚线框为另一方案的接访日，灰色为休息日。")),
    calendar(desk.opened, kind, beside, chosen, (date, held) => click(desk, kind, date, held)));
}

export function editor(desk: Desk): HTMLElement[] {
  const doors = h("fieldset", {}, h("legend", {}, say("Doors", "四门")),
    yes(desk, "appointments.open", say("by-appointment visits", "进门约访")), yes(desk, "campaign.open", say("household campaign", "登门走访")),
    yes(desk, "return_visits.open", say("return visits", "上门回访")),
    h("small", {}, say("Open-door reception: each kind of session above has its own switch.", "开门接访：在上方各类接访中分别开设。")));
  const hands = h("fieldset", {}, h("legend", {}, say("Handlers and clerks", "承办人员")),
    number(desk, "handling.township_handlers", say("in each township or street", "每个乡镇（街道）"), "1"),
    number(desk, "handling.department_handlers", say("in each department", "每个县直单位"), "1"),
    number(desk, "handling.park_handlers", say("in each park", "每个园区"), "1"),
    number(desk, "routing.clerks", say("clerks of the bureau", "信访局登记转办人员"), "1"),
    number(desk, "handling.case_limit", say("open cases a handler takes", "每人在办件上限"), "1"));
  const load = h("fieldset", {}, h("legend", {}, say("Load", "来量")),
    number(desk, "load.multiplier", say("times the present", "为现状的倍数"), "0.05"),
    number(desk, "load.backlog", say("long-pending cases", "积案件数"), "1"),
    number(desk, "campaign.days", say("days of the campaign", "登门走访天数"), "1"),
    number(desk, "appointments.field_days_per_month", say("field days of a leader a month", "每位领导每月约访天数"), "1"));
  return [sessionEditor(desk), h("div", { class: "groups" }, doors, hands, load)];
}

/** What was changed, in words; each can be taken back. */
export function changes(desk: Desk): HTMLElement {
  const list = h("ul", { class: "changes" });
  for (const [key, value] of desk.policy.settings) {
    const about = parameter(desk, key);
    const words = about?.value === value && about.words ? theirs(about.words) : valueWords(value, about?.unit ?? "");
    append(list, h("li", {}, h("span", { title: `${key} = ${value}` }, about ? theirs(about.means).replace(/[（(](RRULE[^）)]*|on which days[^)]*)[）)]/, "").trim() : key, say(": ", "："), h("b", {}, words)),
      h("button", { type: "button", class: "small", "data-focus": `undo-${key}`, "aria-label": say(`Take back: ${key}`, `撤销：${about ? of(about.means) : key}`), onclick: () => {
        desk.policy.settings.delete(key);
        desk.change();
      } }, say("take back", "撤销"))));
  }
  if (desk.policy.settings.size === 0) append(list, h("li", { class: "none" }, say("Nothing: as the county has it now.", "无调整，与现行做法一致。")));
  return list;
}

/** Any parameter by its key, for those who know them. */
export function furtherSettings(desk: Desk): HTMLElement {
  const keys = (desk.opened.policies[desk.which] ?? desk.opened.policies[0]).parameters;
  const key = h("input", { id: "further-key", list: "further-keys", placeholder: "handling.wait_days_mean", spellcheck: "false" });
  const value = h("input", { id: "further-value", spellcheck: "false" });
  const about = h("small", { class: "note" }), list = h("datalist", { id: "further-keys" });
  key.addEventListener("focus", () => { if (!list.hasChildNodes()) append(list, keys.map((p) => h("option", { value: p.key }, theirs(p.means)))); });
  key.addEventListener("input", () => {
    const found = parameter(desk, key.value.trim());
    value.placeholder = found?.value ?? "";
    about.textContent = found ? theirs(found.means) : "";
  });
  const put = h("button", { type: "button", onclick: () => { if (key.value.trim() && value.value.trim()) set(desk, key.value.trim(), value.value.trim()); } }, say("Set", "设定"));
  return h("details", { id: "further" }, h("summary", {}, say("Any other parameter", "其他参数（技术参数）")),
    h("div", { class: "controls" }, field(say("Key", "参数名"), key), field(say("Value", "取值"), value), put, about), list);
}
