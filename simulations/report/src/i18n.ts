import type { Lang } from "./data";

const texts = {
  title_run: ["Petition work under the present rules", "信访工作模拟报告"],
  title_compare: ["What would change", "方案比较报告"],
  switch: ["中文", "English"],
  unfinished: ["Unfinished", "未完成"],
  unfinished_text: ["The run was stopped after {n} of {m} replications. Every figure below rests on these alone: intervals are wider than asked for. Do not decide on it.",
    "运行已中止：应做 {m} 次模拟，只完成 {n} 次。以下各数仅据已完成的部分，区间比所要求的宽，不宜据此决策。"],
  changed: ["What was changed", "调整内容"],
  nothing_changed: ["No parameter differs from the base scenario.", "与基准方案相比没有参数变化。"],
  versus: ["compared with", "对比"],
  from_to: ["from", "原为"],
  headline: ["What came out", "结果要点"],
  base: ["Base", "基准"],
  figures: ["Key figures", "主要指标"],
  figures_note: ["Each figure is the mean over simulated years; the bar shows its {c} confidence interval on the scale of its row. Small print: numerator and denominator of a share or mean in an average year.", "各数为多个模拟年的平均；横条为 {c} 置信区间（按本行刻度）。小字为比例或均值的年均分子 / 分母。"],
  split_by: ["Split by", "分组"],
  group_waiting: ["Waiting", "等候"], group_deadlines: ["Deadlines", "期限"], group_outcome: ["Outcome", "化解"], group_load: ["Load", "负荷"], group_cost: ["Cost", "投入"],
  over_year: ["Over the year", "全年走势"],
  over_year_note: ["Weekly values; the band is the {c} confidence interval of the mean.", "每周数值；色带为均值的 {c} 置信区间。"],
  chart_waiting: ["Petitioners waiting for a session, by door", "各接访渠道等候人数（批）"], chart_wait: ["Days from setting out to being heard", "来访等候天数"],
  chart_open: ["Open cases by stage", "在办件（按环节）"], chart_overdue: ["Open cases past their reply date", "在办超期件"], chart_registrations: ["Registrations a week", "每周登记件次"],
  curves: ["Deadlines", "期限曲线"], curves_note: ["Share of steps done within so many days. The dashed line is the legal limit.", "各环节在若干天内完成的比例；虚线为法定期限。"],
  days: ["days", "天"], limit: ["limit", "期限"],
  load: ["Load of each leader", "每位领导的负荷"], load_note: ["Posts, not persons. Whiskers are confidence intervals.", "以职务表示，不含姓名；须线为置信区间。"],
  rank_principal_leader: ["principal leaders", "主要领导"], rank_county_leader: ["county-level leaders", "县处级领导"], rank_unit_head: ["unit heads", "单位主要负责同志"], rank_team_member: ["team members", "班子成员"],
  hours: ["hours", "小时"], sessions: ["sessions", "接访场次"], heard: ["groups heard", "接待批次"], owned_mean: ["cases owned, mean", "包案数（平均）"], owned_max: ["cases owned, most", "包案数（最多）"],
  show: ["Show", "显示"], of: ["of", "对象"], first_n: ["The {n} highest of {m}", "最高的 {n} 位（共 {m} 位）"],
  map: ["Townships and streets", "乡镇与街道"], map_note: ["A schematic drawing, not a survey: circles are townships and streets, their size the population.", "示意图，非测绘：圆为乡镇（街道），大小表示人口。"],
  coloured_by: ["Coloured by", "着色指标"], population: ["population", "人口"],
  venues: ["Places of reception", "接访场次情况"], idle: ["idle sessions", "空场比例"], wait: ["minutes queued", "排队分钟"], longest: ["longest queue", "最长队伍"], overtime: ["overtime, minutes", "加班分钟"], utilisation: ["time in use", "时间利用率"], left: ["left unheard", "未等到离开"],
  place: ["place", "地点"],
  rules: ["Rules not kept", "未落实的制度要求"], rules_note: ["Events in the counted period that break a rule of the mechanism.", "统计期内违反机制规则的次数。"], rule: ["rule", "规则"], meaning: ["meaning", "含义"], times: ["times a period", "次数"],
  assumptions: ["Assumptions", "参数与依据"], assumptions_note: ["Every parameter of the model, its value and where the value comes from: the default's source, or what the scenario says of a value of its own; without it such a value is the planner's choice [C]. Rules R1-R31, laws L1-L22 and sections are those of docs/domain.md, published figures stand in docs/facts.md, what was fitted in docs/calibration.md. Calibrate before believing.", "模型全部参数、取值和取值的来源：默认值的来源，或方案为自定取值写明的来源；未写明的自定取值即规划者的选择[C]。规则 R1-R31、法条 L1-L22 和各节见 docs/domain.md，公开数字见 docs/facts.md，拟合见 docs/calibration.md。请先校准再采信。"],
  mark_A: ["the article", "报道"], mark_S: ["public source", "公开资料"], mark_K: ["general knowledge, unverified", "常识，未核实"], mark_I: ["our inference", "推断"], mark_C: ["the planner's choice", "规划者选择"],
  all: ["all", "全部"], filter: ["Filter", "筛选"], parameter: ["parameter", "参数"], value: ["value", "取值"], origin: ["origin", "来源"], policy: ["policy", "方案"],
  method: ["How to read this", "如何阅读"],
  method_text: [
    "Each policy was played through {n} simulated years on the same grievances and the same luck (common random numbers). An interval says how far the computation may be from the expected value; more simulated years narrow it. “One year” says what a single year may bring, and no number of years narrows it. Neither covers wrong assumptions. “≥” and “≤” stand where nothing was missed or never seen: one bound is all that can be said. Below 16 years there is no interval. The intervals of the headline differences hold all together at the {c} level. “Better” and “worse” mean that such an interval lies on one side of nothing, “no difference that matters” that all of it is smaller than what matters.",
    "每个方案都在相同的诉求和相同的随机因素下模拟了 {n} 年（公共随机数）。区间表示模拟计算与期望值可能相差多少，模拟年数越多越窄；“单年”表示某一年可能出现的差值，不随模拟年数变窄。两者均不含假设之误。“≥”“≤”用于无一遗漏或从未出现的情形：只能给出一侧界限。少于 16 年不给区间。主要指标差值的各区间在 {c} 水平上同时成立。“改善”“变差”指该区间全在零的一侧，“无实质差异”指整个区间都小于实质差异的界限。"],
  period: ["Period", "统计期"], version: ["Version", "版本"], seed: ["Seed", "种子"], replications: ["Replications", "模拟次数"], fingerprint: ["Fingerprint", "指纹"],
  verdict_better: ["better", "改善"], verdict_worse: ["worse", "变差"], verdict_changed: ["changed", "有变化"],
  too_few_years: ["too few years for an interval", "年数太少不给区间"], few_years: ["too few years", "年数太少"], constant: ["the same in every year", "各年相同"],
  verdict_no_difference_that_matters: ["no difference that matters", "无实质差异"], verdict_cant_tell: ["can't tell yet", "尚不能判断"], verdict_no_difference: ["no difference can be shown", "未见差异"], verdict_too_little_data: ["too few replications to tell", "模拟次数太少，无法判断"],
  unit_posts: ["posts", "个"], unit_items: ["items", "件"], unit_yuan: ["yuan", "元"], unit_days: ["days", "天"], unit_minutes: ["min", "分钟"], unit_hours: ["h", "小时"], unit_km: ["km", "公里"], unit_share: ["", ""], unit_cases: ["cases", "件"], unit_registrations: ["registrations", "件次"], unit_visits: ["visits", "批次"], unit_times: ["times", "次"],
  unit_meetings: ["meetings", "次"], unit_matters: ["matters", "件"], unit_petitioners: ["groups", "批"], unit_persons: ["persons", "人次"], unit_petitions: ["petitions", "件次"], unit_index: ["", ""], "unit_per case": ["per case", "次/件"],
  smallest: ["What matters, unless it was set otherwise: half a percentage point, half a day, a minute in a queue, one per cent of hours and numbers. “Can't tell yet”: more years would tell.", "实质差异的界限（未另行设定时）：半个百分点、半天、排队一分钟、小时数和件数的百分之一。“尚不能判断”：增加模拟年数即可判断。"],
  points: [" pp", "个百分点"], jointly: [" jointly", "（联合）"], one_year: ["One year ({c}):", "单年（{c}）："],
  marks: ["Marks of origin", "来源标记"],
} as const;

export type Key = keyof typeof texts;
let lang: Lang = "zh";
export const setLang = (l: Lang) => { lang = l; };
export const getLang = () => lang;
export function t(key: Key, fill: Record<string, string | number> = {}): string {
  let text: string = texts[key][lang === "zh" ? 1 : 0];
  for (const [name, value] of Object.entries(fill)) text = text.replaceAll(`{${name}}`, String(value));
  return text;
}
export const has = (key: string): key is Key => Object.prototype.hasOwnProperty.call(texts, key);
export const pick = (label: { en: string; zh: string }) => (lang === "zh" ? label.zh || label.en : label.en || label.zh);
export const title = (p: { title_en: string; title_zh: string; id: string }) => (lang === "zh" ? p.title_zh : p.title_en) || p.id;
