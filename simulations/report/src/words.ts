// Words of the views, in both languages; those of the frame stand in i18n.ts.
import { getLang } from "./i18n";

const texts = {
  // shared
  policy: ["policy", "方案"], policies_shown: ["Policies shown: {n} of {m}", "显示的方案：{n} / {m}"], data_table: ["Table of these numbers", "数据表"],
  colon: [": ", "："], comma: [", ", "，"], list_comma: [", ", "、"], semicolon: ["; ", "；"], dot: [" · ", " · "], open_bracket: [" (", "（"], close_bracket: [")", "）"], space: [" ", " "],
  estimate: ["estimate", "估计值"], lower: ["lower bound", "下限"], upper: ["upper bound", "上限"], date: ["date", "日期"], unit: ["unit", "单位"], township: ["township or street", "乡镇（街道）"],
  show_all_rows: ["Show all {n}", "显示全部 {n} 项"], first_rows: ["{n} of {m} are shown.", "共 {m} 项，显示 {n} 项。"],
  // the calendar
  calendar: ["Reception days, day by day", "接访日历"],
  calendar_note: ["Means over the simulated years. A frame marks a day with sessions; the darker, the more. Signs tell where sessions meet, move or fall away; irregular visits (R4) have no days of their own.", "各数为多个模拟年的平均。加框的为有接访的日期，颜色越深数值越大；符号表示场次相遇、改期或不举行。不定期下访（R4）无固定日期，不在其中。"],
  kind_of_session: ["kind of session", "接访类型"], all_sessions: ["all sessions", "全部接访"], shaded_by: ["Shaded by", "着色指标"], nobody_came: ["sessions, nobody came", "有场次，无人来访"],
  day_planned: ["sessions", "场次"], day_visited: ["sessions with visitors", "有人来访的场次"], day_heard: ["groups heard", "接待批次"], day_unheard: ["groups not heard", "未获接待批次"], day_queue: ["longest queue", "最长队伍"], day_wait_minutes: ["minutes queued, mean", "平均排队分钟"], day_empty_seats: ["seats that nobody took", "空缺席位"],
  mark_missed: ["needed in two places", "一人须在两处"], mark_together: ["two kinds on one day", "两类接访同日"], mark_moved: ["moved", "改期"], mark_left_out: ["not held", "不举行"],
  note_missed: ["{n} needed at “{v}” sit at “{o}”: {p}", "应到“{v}”的 {n} 人在“{o}”接访：{p}"], note_together: ["“{v}” and “{o}” are held on the same day", "“{v}”与“{o}”同日举行"], note_moved: ["“{v}” moves to {o}", "“{v}”改到 {o}"], note_left_out: ["“{v}” is not held", "“{v}”不举行"],
  note_days: ["{what} ({n})", "{what} {n} 天"], no_notes: ["No sessions meet, move or fall away.", "没有相遇、改期或不举行的场次。"],
  rest_day: ["day of rest", "休息日"], no_session: ["no session", "无接访"], weekdays: ["Mon Tue Wed Thu Fri Sat Sun", "一 二 三 四 五 六 日"],
  // over the year
  line: ["Lines", "曲线"], all_lines: ["all, a drawing for each policy", "全部（每个方案一图）"], week_from: ["week from", "周起始日"], cut_short: ["(cut short)", "（不足一周）"],
  week_left_out: ["The last days from {d} are no whole week and are not drawn.", "自 {d} 起的最后几天不足一周，不画出。"],
  // curves
  curves_named: ["Lines differ in dashes, and each is named on the day on which they lie farthest apart; lines that nobody could tell apart are drawn once.", "各方案以线型区分，并在相差最大的一天标名；无法区分的曲线合为一条。"], same_as: [" = ", " ＝ "], step: ["step", "环节"], share_done: ["share done", "完成比例"],
  // load
  load: ["Load of leaders, units and townships", "领导、单位和乡镇的负荷"], load_leaders: ["County-level leaders", "县处级领导（含主要领导）"], load_units: ["Responsible units", "责任单位"], load_townships: ["Townships and streets", "乡镇（街道）"],
  // where it fails
  failing: ["Where it fails", "薄弱环节"], failing_note: ["Duties that fall due and are not done in time: acceptance (L4) and reply (L10, L11). Late are those of a year, on average.", "到期未按时完成的受理告知（L4）和答复（L10、L11），为年均件次。"],
  fails_at: ["Most is late at {u}: {n} of {m} duties a year; its handlers are busy {b} of their time. In the whole county {a} are late.", "逾期最多的是{u}：每年 {m} 件次中逾期 {n} 件次，承办人员利用率 {b}。全县共逾期 {a} 件次。"],
  fails_nowhere: ["No unit misses its deadlines. The busiest is {u}: its handlers are busy {b} of their time.", "各单位均无逾期。最忙的是{u}，承办人员利用率 {b}。"],
  fails_unknown: ["These results do not tell units apart.", "此结果未按单位分列。"], fails_units: ["Units, the most late first", "各单位（逾期多者在前）"], fails_sessions: ["Sessions", "各类接访"],
  late_a_year: ["late / due a year", "年逾期 / 到期件次"], due_a_year: ["due a year", "年到期件次"], share_late: ["share late", "逾期比例"], handlers_busy: ["handlers busy", "承办人员利用率"], days_to_reply: ["days to reply", "答复天数"], left_unheard: ["left unheard", "未等到离开"],
  fails_more: ["What one more handler would bring there can be tried on the what-if page (sifang-lab.html, “Where it fails first”); a session or an hour more too: {c}", "在该处增加一名承办人员会怎样，可在推演页（sifang-lab.html）的“哪里先撑不住”中试算；增加一场接访或一小时，可运行：{c}"],
  // map, tree, graph
  map_values: ["the figure itself", "指标值"], map_difference: ["difference: {a} − {b}", "差值：{a} − {b}"], map_sure: ["Triangles that point up or down: more or less there, and none of chance by itself. Circles: chance may do it.", "三角向上（下）：该处增加（减少），单独看不是偶然；圆：可能只是偶然。"], difference_of: ["difference, {p}", "差值，{p}"],
  structure: ["The county and who answers for it", "县情结构与挂钩分工"], structure_note: ["Units as a tree, and county-level leaders beside the units that they are linked to, in charge of, or own cases at.", "单位层级，以及县处级领导与其挂钩、分管、联系或包案的单位。"],
  tree: ["Units as a tree", "单位层级"], units_below: ["{n} units below", "下设 {n} 个"], km_to_seat: ["{n} km to the county seat", "距县城 {n} 公里"],
  kind_county: ["county", "县"], kind_party_committee: ["county Party committee", "县委"], kind_county_government: ["county government", "县政府"], kind_party_school: ["Party school", "县委党校"], kind_petition_bureau: ["petition bureau", "信访局"], kind_department: ["county department", "县直单位"], kind_industrial_park: ["industrial park", "工业园区"], kind_township: ["township", "乡镇"], kind_subdistrict: ["street", "街道"], kind_village: ["village", "村"], kind_community: ["community", "社区"],
  graph: ["Leaders and the units that they answer for", "挂钩分工与包案关系图"], graph_note: ["Thickness: cases of one simulated year that the leader owns and the unit has had last.", "线条粗细：一个模拟年中该领导包案、最后由该单位承办的件数。"],
  graph_key: ["Solid blue: linked to, in charge of or liaises with. Dashed orange: no such tie, the leader heard the case first and owns it (R13).", "蓝色实线：挂钩、分管或联系。橙色虚线：无上述关系，因首接而包案（R13）。"],
  graph_bound: ["links to townships and departments (挂钩)", "挂钩关系"], graph_owned: ["where cases are owned", "有包案的关系"], no_links: ["There are none.", "没有此类关系。"], leader: ["leader", "领导"], relation: ["tie", "关系"], cases_owned: ["cases owned", "包案件数"], owns_cases: ["owns {n} cases there", "在该处包案 {n} 件"],
  relation_linked_to: ["linked to", "挂钩"], relation_in_charge_of: ["in charge of", "分管"], relation_liaises_with: ["liaises with", "联系"], relation_none: ["no tie", "无分工关系"],
  // stories
  stories: ["Cases' stories", "案件经过"], stories_note: ["Of one simulated year: the cases that are heard, or settle, so much earlier or later than under the base as no other. They are the extremes, not the rule; the figures above are the rule.", "取自一个模拟年：获接待或息诉比基准方案提前或推迟最多的案件。这些是极端情形，一般情形见上文各指标。"],
  stories_note_run: ["Of one simulated year: the case that was heard last after it arose, and the one that took longest to settle.", "取自一个模拟年：从产生到获接待最久的案件和到息诉最久的案件。"],
  case_n: ["case {n}", "案件 {n}"], simulated_year: ["replication {n}", "模拟年编号 {n}"], when: ["when", "时间"], first_difference: ["the first step that differs", "首个不同的环节"], waited_for: ["waited for", "所等候的"], n_days: ["{n} days", "{n} 天"],
  // rules
  rule_text: ["the rule", "制度原文"], breach: ["what counts as not kept", "未落实的情形"],
  // assumptions
  source: ["source", "依据"], decides: ["what it decides", "影响什么"], drawn_from: ["drawn from {a} to {b}", "抽取范围 {a} 至 {b}"], moves: ["{m} of “{p}” ({c} of what we don't know)", "“{p}”的{m}（占未知部分的 {c}）"],
  decides_measured: ["Ours come first. In bold: figures that moved with the parameter when what nobody knows was drawn; else the part of the model that it belongs to.", "推断的在前。粗体为抽取未知因素时随该参数变动的指标；其余为该参数所属的环节。"], decides_part: ["Ours come first. Said is the part of the model that a parameter belongs to; which of them move the differences is found with --unknowns.", "推断的在前。所列为参数所属的环节；哪些参数左右差值，可用 --unknowns 查明。"],
  decides_load: ["how many grievances arise, where and when", "诉求的数量、地点和时间"], decides_category: ["what grievances are about, and how hard they are", "诉求的类别与难易"], decides_choice: ["whether people come, to whom and when", "是否来访、向谁反映、何时来访"], decides_session: ["who sits where and when, and who comes there", "接访的人员、地点、时间与来访人"], decides_reception: ["queues and what happens at closing time", "排队与收场时的安排"], decides_routing: ["how fast the bureau registers and routes", "登记转办的快慢"], decides_handling: ["how fast units accept and reply", "受理与答复的快慢"], decides_settlement: ["whether a reply settles the case", "答复后是否息诉"], decides_review: ["reviews and rechecks", "复查复核"], decides_repeats: ["who comes again, and how high", "重复信访与越级"], decides_return_visits: ["return visits and what they mend", "回访及其作用"], decides_appointments: ["appointments of leaders and what they bring", "约访及其作用"], decides_campaign: ["what household visits find and cost", "登门走访的发现与投入"], decides_clocks: ["which duties are late", "哪些环节算逾期"], decides_rating: ["satisfaction and participation", "满意率与参评率"], decides_ownership: ["who owns cases", "包案归属"], decides_posts: ["changes in posts", "职务变动"], decides_cost: ["what policies cost", "方案成本"], decides_county: ["travel, preparation and hours", "路途、准备与工时"], decides_sensitive_period: ["duty in sensitive periods", "重点敏感时期值守"], decides_scenario: ["what is played, and for how long", "模拟的范围与时长"], decides_replay: ["how recorded cases are replayed", "台账案件的重放"],
  // the brief
  brief: ["Brief for the leaders", "领导简报"], brief_note: ["One page: what to conclude, on what grounds, at what price, and how sure. To be printed, or as a document for WPS and Word.", "一页纸：结论、依据、代价、不确定性。可打印，也可下载为 WPS、Word 文档。"], brief_look: ["Preview", "预览"], brief_print: ["Print the brief", "打印简报"], brief_docx: ["Download .docx (WPS, Word)", "下载 .docx（WPS、Word）"],
  brief_title: ["{c}: brief on the policies compared", "{c}信访接访方案比较简报"], brief_title_run: ["{c}: brief on petition work", "{c}信访工作模拟简报"], brief_about: ["Base: {b}. Compared: {p}. Period: {a} to {z}. Simulated; no real persons.", "基准方案：{b}。比较方案：{p}。统计期：{a} 至 {z}。模拟结果，不涉及真实个人。"],
  brief_1: ["1. Conclusion", "一、结论"], brief_2: ["2. Grounds", "二、依据"], brief_3: ["3. Price", "三、代价"], brief_4: ["4. How sure", "四、不确定性"],
  brief_better: ["“{p}” is better than “{b}”: {m} goes from {x} to {y} ({d}).", "“{p}”优于“{b}”：{m}由 {x} 变为 {y}（{d}）。"], brief_worse: ["“{p}” is worse than “{b}”: {m} goes from {x} to {y} ({d}).", "“{p}”不如“{b}”：{m}由 {x} 变为 {y}（{d}）。"], brief_changed: ["“{p}” changes “{m}” from {x} to {y} ({d}).", "“{p}”使{m}由 {x} 变为 {y}（{d}）。"],
  brief_no_difference_that_matters: ["“{p}” makes no difference that matters against “{b}”: {m} {x} and {y} ({d}).", "“{p}”与“{b}”无实质差异：{m}分别为 {y} 与 {x}（{d}）。"], brief_no_difference: ["No difference can be shown between “{p}” and “{b}”: {m} {y} and {x} ({d}).", "“{p}”与“{b}”未见非偶然差异：{m}分别为 {y} 与 {x}（{d}）。"], brief_cant_tell: ["Whether “{p}” is better than “{b}” can't be told yet: {m} {y} instead of {x} ({d}).", "尚不能判断“{p}”是否优于“{b}”：{m}由 {x} 变为 {y}（{d}）。"], brief_too_little_data: ["Too few simulated years to judge “{p}” against “{b}”: {m} {y} instead of {x} ({d}).", "模拟次数太少，无法判断“{p}”是否优于“{b}”：{m}由 {x} 变为 {y}（{d}）。"],
  brief_counts: [" Of {n} key figures: {c}.", "主要指标 {n} 项中：{c}。"], brief_count: ["{n} {v}", "{v} {n} 项"], brief_rest: ["Others: {p}.", "其余方案：{p}。"], brief_run: ["Under “{p}”: {m} {x}.", "“{p}”：{m} {x}。"],
  brief_grounds: ["{n} simulated years of each policy ({a} to {z}), the same grievances and the same luck under all; beside each value the verdict against the base at the joint {c} level: ▲ better, ▼ worse, ◆ changed, ＝ no difference that matters, ? can't tell yet.", "各方案均模拟 {n} 次，每次一年（{a} 至 {z}），诉求和随机因素相同；数值旁为在 {c} 联合置信水平上与基准相比的判断：▲改善，▼变差，◆有变化，＝无实质差异，？尚不能判断。"], brief_grounds_run: ["{n} simulated years ({a} to {z}); in brackets {c} intervals.", "模拟 {n} 次，每次一年（{a} 至 {z}）；括号内为 {c} 区间。"], figure: ["figure", "指标"],
  brief_cost: ["total cost {d} yuan a year ({l} to {u})", "总成本每年 {d} 元（{l} 至 {u}）"],
  brief_no_cost: ["no difference in hours that matters", "投入时间无实质差异"],
  brief_computing: ["{o}: error of computing ({c}) {x}.", "{o}：计算误差（{c}）{x}。"], brief_no_interval: ["{n} simulated years are too few for an interval.", "模拟 {n} 次太少，不给区间。"], brief_year: ["One single year ({c}): {x}.", "单独一年（{c}）：{x}。"], brief_unknown: ["What nobody knows, {n} draws (90%): {x}; the verdict holds in {k} of them.", "未知因素抽取 {n} 次（90%）：{x}；其中 {k} 次判断不变。"], brief_unknown_absent: ["What nobody has measured was not varied in this run.", "本次未考察未知因素的影响。"],
  brief_assumptions: ["Of {n} parameters {i} are our own inference [I] and {k} unverified [K].", "参数 {n} 项，其中推断 [I] {i} 项、未核实 [K] {k} 项。"], brief_unfinished: ["The run was stopped after {n} of {m} years: do not decide on it.", "运行已中止，{m} 次只完成 {n} 次，不宜据此决策。"], brief_more_warnings: ["{n} more remarks stand in the report.", "另有 {n} 条须知见报告。"],
  brief_foot: ["sifang {v} · seed {s} · fingerprints {f}", "sifang {v} · 种子 {s} · 指纹 {f}"],
} as const;

export type Word = keyof typeof texts;
export const hasWord = (key: string): key is Word => Object.prototype.hasOwnProperty.call(texts, key);
export function w(key: Word, fill: Record<string, string | number> = {}): string {
  const pair = hasWord(key) ? texts[key] : [key, key];
  // What is filled in is taken as it is: a name may hold what looks like a place for another.
  return pair[getLang() === "zh" ? 1 : 0].replace(/\{(\w+)\}/g, (place, name: string) => (name in fill ? String(fill[name]) : place));
}
