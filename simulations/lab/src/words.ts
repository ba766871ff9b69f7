/** Both languages of the page, and what the module's words are called there. */
import type { Both } from "./types";

let lang = 1;
export const language = () => lang;
export const setLanguage = (l: number) => { lang = l; };
/** The text of the language. */
export const say = (en: string, zh: string) => (lang === 1 ? zh : en);
export const of = (both: Both | undefined) => (both ? both[lang] || both[1 - lang] : "");
/** Half-width punctuation beside Chinese, as some texts of the module have it, in full width. */
export const wide = (text: string) => {
  if (lang !== 1) return text;
  const full: Record<string, string> = { ",": "，", ":": "：", ";": "；", "?": "？", "!": "！" };
  return text.replace(/([\u3400-\u9fff）》”])\s*([,:;?!])\s*/g, (_, before: string, mark: string) => before + full[mark])
    .replace(/\s*([,:;?!])\s*(?=[\u3400-\u9fff（《“])/g, (_, mark: string) => full[mark])
    .replace(/\(([^()]*[\u3400-\u9fff][^()]*)\)/g, "（$1）");
};
export const theirs = (both: Both | undefined) => wide(of(both));
/** Numbers of the program as people write them: the digits are the program's; what rounds to nothing has no sign. */
const plainNumbers = (text: string) => text.replace(/[+-](0(?:\.0+)?)(?![\d.])/g, "$1").replace(/(^|[^\w.])-(?=\d)/g, "$1−")
  .replace(/(?<![\d.])\d{4,}(?![\d])/g, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ","));
export interface Figure { main: string; range: string }
/** A figure of the program with its unit, and its interval beside it: `85.9 % [85.7 %, 86.1 %]`, `+4.60 [+4.24, +4.97] pp`. */
export function figure(text: string, name: string): Figure {
  const points = / pp$/.test(text), bare = plainNumbers(text.replace(/ pp$/, "")).replace(/ %/g, say(" %", "%"));
  const [, value, low, high, side] = /^(\S+(?: %)?)(?: \[(.*), (.*)\])?(?: \(([≤≥].*)\))?$/.exec(bare) ?? [];
  const words = points ? say(" pp", "个百分点") : name !== "share" && unit(name) ? say(" ", "") + unit(name) : "";
  if (!value) return { main: bare + words, range: "" };
  return { main: value + words, range: side ?? (low === undefined ? "" : say(`${low} to ${high}`, `${low} ～ ${high}`)) };
}

export const weekdays = () => say("Mon Tue Wed Thu Fri Sat Sun", "一 二 三 四 五 六 日").split(" ");
export const months = () => say("January February March April May June July August September October November December", "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月").split(" ");

/** Rules of days to choose from. */
export const rules = (): [string, string][] => [
  ["FREQ=MONTHLY;BYMONTHDAY=15", say("the 15th of each month", "每月15日")],
  ["FREQ=MONTHLY;BYMONTHDAY=5", say("the 5th of each month", "每月5日")],
  ["FREQ=MONTHLY;BYMONTHDAY=10", say("the 10th of each month", "每月10日")],
  ["FREQ=MONTHLY;BYMONTHDAY=20", say("the 20th of each month", "每月20日")],
  ["FREQ=MONTHLY;BYMONTHDAY=1,15", say("the 1st and 15th of each month", "每月1日和15日")],
  ["FREQ=MONTHLY;BYMONTHDAY=5,15,25", say("the 5th, 15th and 25th of each month", "每月5日、15日和25日")],
  ["FREQ=WEEKLY;BYDAY=MO", say("every Monday", "每周一")],
  ["FREQ=WEEKLY;BYDAY=TU", say("every Tuesday", "每周二")],
  ["FREQ=WEEKLY;BYDAY=WE", say("every Wednesday", "每周三")],
  ["FREQ=WEEKLY;BYDAY=TH", say("every Thursday", "每周四")],
  ["FREQ=WEEKLY;BYDAY=FR", say("every Friday", "每周五")],
  ["FREQ=WEEKLY;BYDAY=MO,TH", say("every Monday and Thursday", "每周一和周四")],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", say("every other Wednesday", "隔周周三")],
  ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", say("Monday to Friday", "周一至周五")],
  ["FREQ=MONTHLY;BYDAY=1WE", say("the first Wednesday of each month", "每月第一个周三")],
  ["FREQ=DAILY", say("every day", "每天")],
];
export const conventions = (): [string, string][] => [
  ["skip", say("left out", "不举行")],
  ["keep", say("held all the same", "照常举行")],
  ["next_workday", say("the next workday", "顺延至下一个工作日")],
  ["modified_next_workday", say("the next workday of the month, else the one before", "顺延，不跨月")],
  ["previous_workday", say("the workday before", "提前至上一个工作日")],
];
export const roles = (): [string, string][] => [
  ["principal_leader", say("principal leaders", "县委、县政府主要领导")],
  ["county_leader", say("county-level leaders", "县处级领导")],
  ["unit_head", say("heads of units", "单位主要负责同志")],
  ["team_member", say("team members", "班子成员")],
  ["bureau_staff", say("clerks of the bureau", "信访局工作人员")],
];
/** What may be chosen where a parameter is a choice of words of the program. */
const worded = (values: string, en: string, zh: string): [string, string][] => values.split(" ").map((v, k) => [v, say(en.split("|")[k], zh.split("|")[k])]);
export function choices(key: string): [string, string][] {
  if (key.endsWith(".on_rest_day")) return conventions();
  switch (key) {
    case "reception.collision": return worded("merge split", "both are held on that day|Mondays' sessions move to the next workday", "同日合并举行|分开：周一的接访顺延至下一个工作日");
    case "ownership.rule": return worded("first_receiver capped by_territory by_subject least_loaded joint handover",
      "whoever heard it first|whoever heard it first, up to a limit|the leader linked to the place|the leader in charge of the matter|the leader with fewest cases|whoever heard it first with the leader in charge|whoever heard it first, handed over above a limit",
      "首接领导包案|首接领导包案（有上限）|挂钩领导包案（属地）|分管领导包案（属事）|包案最少的领导包案|首接领导与分管领导共同包案|首接领导包案（超限移交）");
    case "routing.rule": return worded("by_competence by_territory by_subject least_burdened", "the competent unit|the unit of the place|the department in charge|whichever has fewer cases", "按职权|按属地|按属事|在办较少者");
    case "reception.roster": return worded("in_turn all least_burdened", "those whose turn it is|all of them|those who have sat least", "依次轮值|全体|接访次数最少者");
    case "reception.queue_order": return worded("first_come by_appointment longest_case groups_last", "whoever came first|whoever has booked|whose case is the oldest|groups after all others", "先到先接|预约优先|案龄最长者优先|集体访在后");
    case "reception.closing": return worded("stay come_back escalate", "everyone is still heard|the rest come back|the rest go to a higher level", "延时接完|改日再来|转向上级");
    case "reception.substitution": return worded("next_in_rota none", "the next in the rota|nobody", "轮值表中的下一位|无人替补");
    case "reception.irregular_target": return worded("worst random rotation", "the township with most open cases|any township|each township in turn", "在办件最多的乡镇|随机选取乡镇|各乡镇轮流");
    case "campaign.strike_off": return worded("target date", "when it is settled|when its timetable runs out", "化解后销号|到期即销号");
    case "handling.order": return worded("first_come by_due_date", "whichever came first|whichever is due first", "先到先办|先到期先办");
    case "handling.extension": return worded("never complex_only always", "never|for complex matters only|always", "从不延期|仅复杂事项延期|一律延期");
    default: return [];
  }
}
/** What a parameter means, without what is meant for whoever writes a scenario file. */
export const meaning = (both: Both) => theirs(both)
  .replace(/[（(](RRULE[^）)]*|on which days[^)]*)[）)]/, "").replace(/按职务代码指定接访人员（代替类别）|who sits, by post, in place of roles/, say("these posts alone", "仅指定人员接访")).replace(/ with rule = capped, or keeps with rule = handover|（规则为 capped 或 handover 时）| where reception\.collision is split|（拆分时）/, "").trim();

const unit_names: Record<string, Both> = {
  days: ["days", "天"], minutes: ["minutes", "分钟"], hours: ["hours", "小时"], persons: ["persons", "人"], cases: ["cases", "件"],
  visits: ["groups", "批次"], factor: ["times", "倍"], "working days": ["working days", "个工作日"], "minutes/day": ["minutes a day", "分钟／天"],
};
export const unit = (name: string) => { const found = unit_names[name]; return found ? of(found) : ""; };

/** A value as people say it. */
export function valueWords(value: string, name: string, key = ""): string {
  const chosen = choices(key).find(([id]) => id === value);
  if (chosen) return chosen[1];
  if (value === "true") return say("yes", "是");
  if (value === "false") return say("no", "否");
  const named = [...conventions(), ...rules()].find(([id]) => id === value);
  if (named) return named[1];
  if (value.startsWith("[") && name === "roles") {
    const all = roles();
    return (value.match(/[a-z_]+/g) ?? []).map((id) => all.find(([r]) => r === id)?.[1] ?? id).join(say(", ", "、"));
  }
  if (name === "dates") {
    const days = value.match(/\d{4}-\d{2}-\d{2}/g) ?? [];
    const shown = days.slice(0, 6).map((d) => say(d.slice(5), `${Number(d.slice(5, 7))}月${Number(d.slice(8))}日`)).join(say(", ", "、"));
    return days.length > 6 ? `${shown}${say(` and ${days.length - 6} more`, `等${days.length}天`)}` : shown || say("none", "无");
  }
  if (name === "share" && Number.isFinite(Number(value))) return say(`${Number(value) * 100} %`, `${Number(value) * 100}%`);
  const measured = unit(name);
  return measured ? `${value}${say(" ", "")}${measured}` : value;
}

export const mark: Record<string, () => string> = {
  better: () => say("better", "改善"), worse: () => say("worse", "变差"), changed: () => say("changed", "有变化"),
};
export const sign = (verdict: string) => ({ better: "▲", worse: "▼", changed: "◆", no_difference_that_matters: "＝", cant_tell: "？" }[verdict] ?? "…");
