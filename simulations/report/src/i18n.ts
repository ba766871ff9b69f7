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
  headline: ["Figure by figure", "逐项比较"],
  base: ["Base", "基准"],
  figures: ["All figures", "全部指标"],
  figures_note: ["Each figure is the mean over simulated years; the bar shows its {c} confidence interval on the scale of its row. Below it the difference from the base with its interval and verdict; intervals of the county's key figures hold all together, all others one by one, so that among many items a few stand out by chance. Small print: numerator and denominator of a share or mean in an average year.", "各数为多个模拟年的平均；横条为 {c} 置信区间（按本行刻度）。其下为与基准之差、区间和判断：全县主要指标的区间同时成立，其余逐项成立，因此分项很多时会有少数因偶然而显著。小字为比例或均值的年均分子 / 分母。"],
  split_by: ["Split by", "分组"],
  group_waiting: ["Waiting", "等候"], group_deadlines: ["Deadlines", "期限"], group_outcome: ["Outcome", "化解"], group_load: ["Load", "负荷"], group_cost: ["Cost", "投入"],
  over_year: ["Over the year", "全年走势"],
  over_year_note: ["Weekly values; the band is the {c} confidence interval of the mean, drawn for up to four lines and as far as the axis goes.", "每周数值；色带为均值的 {c} 置信区间，曲线超过四条时不画，超出坐标轴的部分不显示。"],
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
  rules: ["Rules not kept", "未落实的制度要求"], rules_note: ["Events in the counted period that break a rule of the mechanism.", "统计期内未按制度要求做到的次数。"], rule: ["rule", "制度要求"], meaning: ["meaning", "含义"], times: ["times a period", "次数"],
  assumptions: ["Assumptions", "参数与依据"], assumptions_note: ["Every parameter of the model, its value and where the value comes from: the default's source, or what the scenario says of a value of its own; without it such a value is the planner's choice [C]. Rules R1-R31, laws L1-L22 and sections are those of docs/domain.md, published figures stand in docs/facts.md, what was fitted in docs/calibration.md. Calibrate before believing.", "模型全部参数、取值和取值的来源：默认值的来源，或方案为自定取值写明的来源；未写明的自定取值即规划者的选择[C]。规则 R1-R31、法条 L1-L22 和各节见 docs/domain.md，公开数字见 docs/facts.md，拟合见 docs/calibration.md。请先校准再采信。"],
  mark_A: ["the article", "报道"], mark_S: ["public source", "公开资料"], mark_K: ["general knowledge, unverified", "常识，未核实"], mark_I: ["our inference", "推断"], mark_C: ["the planner's choice", "规划者选择"],
  all: ["all", "全部"], filter: ["Filter", "筛选"], parameter: ["parameter", "参数"], value: ["value", "取值"], origin: ["origin", "来源"], policy: ["policy", "方案"],
  method: ["How to read this", "如何阅读"],
  method_text: [
    "Each policy was played through {n} simulated years on the same grievances and the same luck (common random numbers). An interval says how far the computation may be from the expected value; more simulated years narrow it. “One year” says what a single year may bring, and no number of years narrows it. Neither covers wrong assumptions. “≥” and “≤” stand where nothing was missed or never seen: one bound is all that can be said. Below 16 years there is no interval. The intervals of the headline differences hold all together at the {c} level. “Better” and “worse” mean that such an interval lies on one side of nothing, “no difference that matters” that all of it is smaller than what matters.",
    "每个方案都在相同的诉求和相同的随机因素下模拟了 {n} 次，每次一年（公共随机数）。区间表示模拟计算与期望值可能相差多少，模拟次数越多越窄；“单年”表示某一年可能出现的差值，不随模拟次数变窄。两者均不含假设之误。“≥”“≤”用于无一遗漏或从未出现的情形：只能给出一侧界限。少于 16 次不给区间。主要指标差值的各区间在 {c} 水平上同时成立。“改善”“变差”指该区间全在零的一侧，“无实质差异”指整个区间都小于实质差异的界限。"],
  period: ["Counted period", "统计期"], version: ["Version", "版本"], seed: ["Seed", "种子"], replications: ["Simulated years", "模拟次数"], fingerprint: ["Fingerprint", "指纹"],
  verdict_better: ["better", "改善"], verdict_worse: ["worse", "变差"], verdict_changed: ["changed", "有变化"],
  too_few_years: ["too few years for an interval", "模拟次数太少，不给区间"], few_years: ["too few years", "模拟次数太少"], constant: ["the same in every year", "各年相同"],
  verdict_no_difference_that_matters: ["no difference that matters", "无实质差异"], verdict_cant_tell: ["can't tell yet", "尚不能判断"], verdict_no_difference: ["no difference can be shown", "未见非偶然差异"], verdict_too_little_data: ["too few replications to tell", "模拟次数太少，无法判断"],
  unit_posts: ["posts", "个"], unit_items: ["items", "件"], unit_yuan: ["yuan", "元"], unit_days: ["days", "天"], unit_minutes: ["min", "分钟"], unit_hours: ["h", "小时"], unit_km: ["km", "公里"], unit_share: ["", ""], unit_cases: ["cases", "件"], unit_registrations: ["registrations", "件次"], unit_visits: ["visits", "批次"], unit_times: ["times", "次"],
  unit_meetings: ["meetings", "次"], unit_matters: ["matters", "件"], unit_petitioners: ["groups", "批"], unit_persons: ["persons", "人次"], unit_petitions: ["petitions", "件次"], unit_index: ["", ""], "unit_per case": ["per case", "次/件"],
  smallest: ["What matters, unless it was set otherwise: half a percentage point, half a day, a minute in a queue, one per cent of hours and numbers. “Can't tell yet”: more years would tell.", "实质差异的界限（未另行设定时）：半个百分点、半天、排队一分钟、小时数和件数的百分之一。“尚不能判断”：增加模拟次数即可判断。"],
  points: [" pp", "个百分点"], jointly: [", jointly", "，联合"], one_year: ["One year ({c}):", "单年（{c}）："],
  marks: ["Marks of origin", "来源标记"],
  // the first screen
  answer: ["The answer", "结论"],
  figure: ["figure", "指标"],
  answer_better: ["“{p}” is better than “{b}”: {m} goes from {x} to {y} ({d}).", "“{p}”优于“{b}”：{m}由{x}变为{y}({d})。"],
  answer_worse: ["“{p}” is worse than “{b}”: {m} goes from {x} to {y} ({d}).", "“{p}”不如“{b}”：{m}由{x}变为{y}({d})。"],
  answer_changed: ["“{p}” changes “{m}” from {x} to {y} ({d}).", "“{p}”使{m}由{x}变为{y}({d})。"],
  answer_no_difference_that_matters: ["“{p}” makes no difference that matters to “{m}”: {y} instead of {x} ({d}).", "“{p}”与“{b}”相比，{m}无实质差异：{x}与{y}({d})。"],
  answer_cant_tell: ["Whether “{p}” is better than “{b}” can't be told yet: {m} {y} instead of {x} ({d}).", "尚不能判断“{p}”是否优于“{b}”：{m}由{x}变为{y}({d})。"],
  answer_too_little_data: ["Too few simulated years to tell whether “{p}” is better than “{b}”: {m} {y} instead of {x} ({d}).", "模拟次数太少，无法判断“{p}”是否优于“{b}”：{m}由{x}变为{y}({d})。"],
  answer_run: ["Under “{p}”: {m} {y}.", "“{p}”：{m}为{y}。"],
  best_of: ["Best of all {n} policies in this figure with probability {c}.", "在全部{n}个方案中，此项最优的概率{c}。"],
  best_is_other: ["Here “{p}” is best with probability {c}.", "此项最优的是“{p}”，概率{c}。"],
  chance_above: ["above 99%", "超过99%"], chance_below: ["below 1%", "不到1%"], chance_is: ["{c}", "为{c}"],
  width_computing: ["Error of computing ({c}{j})", "计算误差（{c}{j}）"],
  width_computing_note: ["how far more simulated years could still move it", "增加模拟次数还可能变动的范围"],
  width_year: ["One single year ({c})", "单独一年（{c}）"],
  width_year_note: ["what one real year may bring", "实际某一年可能出现的差值"],
  width_unknown: ["What we don't know ({c} of draws)", "未知因素（抽取的{c}）"],
  width_unknown_note: ["other values that are as plausible for what nobody has measured", "无人测量过的数值换成其他同样可能的取值"],
  unknowns_absent: ["not examined in this run: add --unknowns 200 to the command below", "本次未考察：在下方命令后加 --unknowns 200"],
  unknowns_few: ["fewer than 20 draws: no range", "抽取不足 20 次，不给范围"],
  holds: ["The verdict holds in {k} of {n} draws of what nobody knows.", "未知因素抽取{n}次，其中{k}次判断不变。"],
  costs_heading: ["What it costs", "代价"],
  cost_total: ["{d} yuan a year against “{b}”", "与“{b}”相比，每年{d}元"],
  cost_leaders: ["{d} hours of county-level leaders a year", "县处级领导每年{d}小时"],
  in_brackets: [" ({x})", "（{x}）"], colon: [": ", "："], semicolon: ["; ", "；"], and: [" and ", "和"],
  cost_price: ["{s}: one more for {p} yuan", "{s}：每增加1{w}需{p}元"],
  cost_price_save: ["{s}: one fewer saves {p} yuan", "{s}：每减少1{w}省{p}元"],
  cost_price_range: ["{l} to {u}", "{l}至{u}"],
  cost_none: ["Costs were not reckoned in this file.", "此结果未计算成本。"],
  cost_dominates: ["It serves more and costs no more.", "服务更多而成本不增。"],
  cost_dominated: ["It serves less and costs no less.", "服务更少而成本不减。"],
  place_front: ["on the front: no other policy brings more for less", "处于最优前沿：没有其他方案花费更少而成效更好"],
  place_dominated: ["not worth it: {p} brings at least as much for less", "不划算：{p}花费更少而成效不差"],
  place_extendedly_dominated: ["not worth it: a mix of {p} brings more for less", "不划算：{p}搭配使用花费更少而成效更好"],
  place_same: ["the same as {p}", "与{p}相同"],
  place_not_sure: ["by the estimates; chance is not ruled out", "仅据估计值，不排除偶然"],
  depends_heading: ["What it depends on", "取决于什么"],
  depends_up: ["larger values make the difference greater", "取值越大，差值越大"],
  depends_down: ["larger values make the difference smaller", "取值越大，差值越小"],
  depends_part: ["{c} of what we don't know", "占未知部分的{c}"],
  depends_none: ["Over {n} draws no single assumption stands out of chance.", "抽取{n}次，没有单项假设的影响超出偶然。"],
  depends_absent: ["Not examined: which assumption matters most is found with --unknowns (or the verb sensitivity).", "本次未考察：用 --unknowns（或 sensitivity 命令）可查明哪项假设影响最大。"],
  also: ["All key figures", "各主要指标"],
  warnings: ["Before you compare", "比较前须知"],
  no_widths: ["Too few years: no width can be given.", "模拟次数太少，无法给出范围。"],
  tradeoff: ["Cost against service", "成本与成效"],
  tradeoff_note: ["Each mark is a policy, the lines its {c} intervals. Up serves more, left costs less; the line joins those that no other beats.", "每个标记是一个方案，线段为 {c} 置信区间。越高成效越好，越靠左成本越低；折线连接没有被超过的方案。"],
  tradeoff_table: ["Table of this picture", "本图数据表"],
  service: ["service", "成效"], against: ["against", "横轴"], total_cost: ["cost, yuan a year", "成本（元/年）"], leader_hours: ["hours of county-level leaders a year", "县处级领导小时数（年）"],
  standing: ["standing", "位置"],
  // comparing
  difference: ["difference", "差值"], verdict: ["verdict", "判断"], best_chance: ["chance of being best", "最优概率"], one_year_range: ["one year", "单年"], unknown_range: ["what we don't know", "未知因素范围"], unknown_short: ["unknown", "未知"], beyond_chance: ["beyond the error of computing", "计算误差以外"],
  compare_note: ["Every bar is a difference from “{b}”, on one scale for each figure: thick, the error of computing; thin, one single year; hatched, what we don't know. The grey band is too small to matter.", "每条为与“{b}”之差，同一指标同一刻度：粗条为计算误差，细线为单独一年，斜纹为未知因素；灰带内的差值小到无关紧要。"],
  others_counted: ["others are counted", "统计对象不同"],
  bar: ["on one scale", "同一刻度"], bar_alone: ["on its scale", "图示"], bar_computing: ["error of computing", "计算误差"], bar_year: ["one single year", "单独一年"], bar_unknown: ["what we don't know", "未知因素"], bar_matters: ["too small to matter", "无实质意义的差值"],
  matters_are: ["What matters, at least: ", "实质差异的界限："], full_stop: [".", "。"],
  numerator: ["numerator a year", "年均分子"], denominator: ["denominator a year", "年均分母"], key: ["key", "键"], as_written: ["as written", "原值"], unit: ["unit", "单位"],
  all_headline: ["all key figures", "全部主要指标"],
  lower: ["lower bound", "下界"], upper: ["upper bound", "上界"], estimate: ["estimate", "估计值"],
  // figures
  one_figure: ["Figure", "指标"], all_figures: ["all figures, county as a whole", "全部指标（全县）"], pick_figure_note: ["Pick one figure to split it.", "选定一项指标后可按单位、乡镇等分组。"],
  policies_shown: ["Policies shown", "显示的方案"], none_chosen: ["Choose at least one policy.", "请至少选择一个方案。"],
  item: ["item", "分项"],
  // tables
  group: ["group", "类别"], nothing_found: ["Nothing found.", "没有找到。"], rows_found: ["{n} of {m} rows", "{m} 行中的 {n} 行"], show_all: ["Show all {n} rows", "显示全部 {n} 行"],
  table_tools: ["Table", "表格"], copy: ["Copy", "复制"], copied: ["copied", "已复制"], not_copied: ["could not be copied", "未能复制"],
  share_note: ["shares: 1 is 100%", "比例：1 即 100%"],
  // the page
  contents: ["Contents", "目录"], skip: ["Skip to the answer", "跳到结论"], print: ["Print", "打印"], appendix: ["with tables and assumptions as an appendix", "附全部指标和参数"],
  repeat: ["How to repeat it", "如何重现"], repeat_command: ["The command", "命令"], repeat_note: ["With the same version, tables and seed this command gives the same numbers, whatever the machine and its number of threads.", "版本、数据表和种子相同时，此命令在任何机器、任何线程数下给出相同的数字。"],
  file_date: ["Date of this file", "本文件日期"], technical: ["Technical parameters", "技术参数"], no_command: ["The results were written by an older version, which did not keep its command; see manifest.json beside them.", "此结果由较早版本写出，未保存命令；见同一文件夹中的 manifest.json。"],
  to_top: ["To the top", "回到页首"],
} as const;

const han = "\\u2e80-\\u9fff\\uf900-\\ufaff\\u3001-\\u301f\\uff00-\\uff60“”‘’";
const beside = new RegExp(`(?<=[${han}0-9A-Za-z%])([,:;?!])\\s?(?=[${han}])|(?<=[${han}])([,:;?!])\\s?`, "g");
const inBrackets = new RegExp(`\\s?\\(([^()]*)\\)`, "g");
const anyHan = new RegExp(`[${han}]`);
const wide: Record<string, string> = { ",": "，", ":": "：", ";": "；", "?": "？", "!": "！" };
/** Chinese punctuation in a Chinese text (GB/T 15834): commas, colons, semicolons and brackets of full width beside Chinese characters. */
export function fullWidth(text: string): string {
  if (!anyHan.test(text)) return text;
  const stops = text.replace(beside, (_, a?: string, b?: string) => wide[(a ?? b)!]);
  return stops.replace(inBrackets, (whole, inside: string, at: number) => {
    const around = stops[at - 1] ?? "", after = stops[at + whole.length] ?? "";
    return anyHan.test(inside) || anyHan.test(around) || anyHan.test(after) ? `（${inside}）` : whole;
  });
}

export type Key = keyof typeof texts;
let lang: Lang = "zh";
export const setLang = (l: Lang) => { lang = l; };
export const getLang = () => lang;
export function t(key: Key, fill: Record<string, string | number> = {}): string {
  const text: string = texts[key][lang === "zh" ? 1 : 0];
  // What is filled in is taken as it is: a name may hold what looks like a place for another.
  const filled = text.replace(/\{(\w+)\}/g, (place, name: string) => (name in fill ? String(fill[name]) : place));
  return lang === "zh" ? fullWidth(filled) : filled;
}
export const has = (key: string): key is Key => Object.prototype.hasOwnProperty.call(texts, key);
export const pick = (label: { en: string; zh: string }) => (lang === "zh" ? fullWidth(label.zh || label.en) : label.en || label.zh);
export const title = (p: { title_en: string; title_zh: string; id: string }) => {
  const text = (lang === "zh" ? p.title_zh : p.title_en) || p.id;
  return lang === "zh" ? fullWidth(text) : text;
};
