// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_PARAMETERS_HPP
#define SIFANG_COUNTY_PARAMETERS_HPP

#include "sifang/core/names.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/campaign_parameters.hpp"
#include "sifang/county/cost_parameters.hpp"
#include "sifang/county/list_parameters.hpp"
#include "sifang/county/parameter.hpp"
#include "sifang/county/parameter_visitor.hpp"
#include "sifang/county/post_parameters.hpp"
#include "sifang/county/replay_parameters.hpp"
#include "sifang/county/return_visit_parameters.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/session_parameters.hpp"

#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

/// \file
/// One row for each parameter of a scenario: its key, unit, range, the origin of its default and its meaning in both languages.
/// Reading a file, `--set`, `check`, the documentation and the report's list of assumptions all walk
/// this table, so a parameter that is not here does not exist.

namespace sifang {

template <>
inline constexpr std::string_view names_of<choice_model>[] = {"logit", "shares"};
template <>
inline constexpr std::string_view names_of<routing_rule>[] = {"by_competence", "by_territory", "by_subject", "least_burdened"};
template <>
inline constexpr std::string_view names_of<handling_rule>[] = {"first_come", "by_due_date"};
template <>
inline constexpr std::string_view names_of<extension_rule>[] = {"never", "complex_only", "always"};

namespace detail {

// clang-format off: a table
/// Calls `v(parameter, field)` for every parameter.
template <class = when_called>
inline void list_parameters(scenario& s, const parameter_visitor& v) {  // NOLINT(readability-function-size): a table
  using enum origin;
  using p = parameter_line;

  v(p{"scenario.name", "text", choice, "planner", 0, 0, "Short name, used for folders", "简称（用作目录名）"}, s.name);
  v(p{"scenario.title_en", "text", choice, "planner", 0, 0, "Title in English", "英文标题"}, s.title_en);
  v(p{"scenario.title_zh", "text", choice, "planner", 0, 0, "Title in Chinese", "中文标题"}, s.title_zh);
  v(p{"scenario.about_en", "text", choice, "planner", 0, 0, "What the scenario asks, in English", "说明（英文）"}, s.about_en);
  v(p{"scenario.about_zh", "text", choice, "planner", 0, 0, "What the scenario asks, in Chinese", "说明（中文）"}, s.about_zh);
  v(p{"scenario.start", "date", choice, "planner", 0, 0, "First day that counts", "统计起始日"}, s.start);
  v(p{"scenario.end", "date", choice, "planner", 0, 0, "Last day that counts", "统计截止日"}, s.end);
  v(p{"scenario.warm_up", "days", inference, "docs/domain.md 9.6: an empty start is almost never right", 0, 3660,
      "Days simulated before the first day that counts", "预热天数（统计开始前先模拟）"},
    s.warm_up);
  v(p{"scenario.run_out", "days", inference, "docs/metrics.md: unmet need is seen after 365 days", 0, 3660,
      "Days simulated after the last day that counts; new matters keep coming, uncounted",
      "延续天数（统计截止后继续模拟，新增事项不计入）"},
    s.run_out);
  v(p{"scenario.replications", "years", choice, "planner", 1, 1000000, "Independent years simulated", "模拟次数（相互独立的年数）"},
    s.replications);
  v(p{"scenario.seed", "number", choice, "planner", 0, 9.0e15, "Seed of all chance", "随机种子"}, s.seed);
  v(p{"scenario.confidence", "share", choice, "convention", 0.5, 0.999, "Confidence of every interval", "置信水平"}, s.confidence);

  v(p{"county.units", "file", choice, "planner", 0, 0, "Table of units", "单位表"}, s.county.units);
  v(p{"county.officials", "file", choice, "planner", 0, 0, "Table of posts", "职务表"}, s.county.officials);
  v(p{"county.links", "file", choice, "planner", 0, 0, "Table of links: heads, member_of, linked_to, in_charge_of, liaises_with",
      "关系表（主要负责、班子成员、挂钩、分管、联系）"},
    s.county.links);
  v(p{"county.holidays", "file", choice, "planner", 0, 0, "Table of holidays and make-up workdays", "节假日与调休表"}, s.county.holidays);
  v(p{"county.household_size", "persons", inference, "docs/domain.md 5.1: about 3 per household", 1, 10, "Persons in a household",
      "户均人口"},
    s.county.household_size);
  v(p{"county.cadres", "persons", article, "R21: a slogan, not a count", 0, 100000, "Organ cadres who can be sent to households",
      "可参加走访的机关干部人数"},
    s.county.cadres);
  v(p{"county.travel_speed", "km/h", knowledge, "modelling choice", 5, 120, "Speed by road of officials on duty", "干部下访行车速度"},
    s.county.travel_speed);
  v(p{"county.preparation", "minutes", inference, "modelling choice", 0, 480,
      "Preparation of each official for a session, an appointment or a return visit", "每次接访、约访、回访每人准备时间"},
    s.county.preparation);

  v(p{"load.matters_per_year", "matters/year", inference, "docs/domain.md 5.2: 1 500 registrations a year, 30 % of them repeats", 0, 1.0e6,
      "New matters that arise in each calendar year, whatever part of it is simulated", "每个日历年新增信访事项（与统计期无关）"},
    s.load.matters_per_year);
  v(p{"load.multiplier", "factor", choice, "planner", 0, 1000, "Load relative to the scenario", "负荷倍数"}, s.load.multiplier);
  v(p{"load.overdispersion", "ratio", inference, "docs/domain.md 9.5: daily counts vary more than Poisson", 1, 100,
      "Variance over mean of a day's new matters", "日来量方差与均值之比"},
    s.load.overdispersion);
  v(p{"load.weekdays", "weights", inference,
      "docs/domain.md 9.5: Monday heavy, as in a public log of elected members' casework (8 819 on Mondays to 6 484 on Fridays)", 0, 1000,
      "Weight of each weekday, Monday first", "各星期权重（周一起）"},
    s.load.weekdays);
  v(p{"load.months", "weights", inference, "docs/domain.md 6.3: wage claims peak December to February", 0, 1000, "Weight of each month",
      "各月权重"},
    s.load.months);
  v(p{"load.sensitive_factor", "factor", inference, "docs/domain.md 9.5: rate multipliers by calendar", 0, 100,
      "Arrivals on a day of a sensitive period relative to other days of the year", "敏感时期日来量相对同年其他日的倍数"},
    s.load.sensitive_factor);
  v(p{"load.visit_share", "share", inference, "docs/calibration.md: 35, 10, 40, 15 % of registrations", 0, 1, "Share that comes in person",
      "来访占比"},
    s.load.visit_share);
  v(p{"load.letter_share", "share", inference, "docs/calibration.md: 35, 10, 40, 15 % of registrations", 0, 1, "Share that writes",
      "来信占比"},
    s.load.letter_share);
  v(p{"load.online_share", "share", inference, "docs/calibration.md: 35, 10, 40, 15 % of registrations", 0, 1, "Share that goes online",
      "网上占比"},
    s.load.online_share);
  v(p{"load.phone_share", "share", inference, "docs/calibration.md: 35, 10, 40, 15 % of registrations", 0, 1, "Share that calls",
      "来电占比"},
    s.load.phone_share);
  v(p{"load.group_share", "share", inference, "docs/calibration.md: 15 % of batches (10-30)", 0, 1, "Share of visits that are group visits",
      "集体访占来访批次比例"},
    s.load.group_share);
  v(p{"load.group_extra_mean", "persons", inference, "docs/domain.md 5.2 default: 5 + geometric", 0, 1000,
      "Mean persons beyond five in a group", "集体访超出五人的平均人数"},
    s.load.group_extra_mean);
  v(p{"load.individual_extra_mean", "persons", inference, "docs/domain.md 5.2 default: 1 + Poisson", 0, 3,
      "Mean companions of an individual petitioner", "个人访平均同行人数"},
    s.load.individual_extra_mean);
  v(p{"load.silent_share", "share", inference, "docs/domain.md 9.1: some do not come at all", 0, 1,
      "Share of grievances that stay silent at first", "起初不反映的比例"},
    s.load.silent_share);
  v(p{"load.silent_days", "days", inference, "docs/domain.md 9.1", 1, 3650, "Mean days until a silent grievance comes forward by itself",
      "沉默诉求自行浮现的平均天数"},
    s.load.silent_days);
  v(p{"load.silent_penalty", "sd", inference, "docs/domain.md 9.1: later and angrier", 0, 5,
      "Complexity and persistence added by a year of silence", "沉默一年增加的复杂度与执着度"},
    s.load.silent_penalty);
  v(p{"load.claim_share", "share", inference, "docs/domain.md 2.3", 0, 1, "Share of matters that are claims (申诉求决)", "申诉求决类占比"},
    s.load.claim_share);
  v(p{"load.above_share", "share", inference, "L2, L8; docs/domain.md 5.2: 56 of 138 came from above", 0, 1,
      "Share of matters that are brought to a higher level first, in person or in writing", "首次即向上级反映的比例"},
    s.load.above_share);
  v(p{"load.above_city", "share", inference, "L2; modelling choice", 0, 1, "Of these, to the city", "其中到市级的比例"}, s.load.above_city);
  v(p{"load.above_province", "share", inference, "L2; modelling choice", 0, 1, "Of these, to the province; the rest to the nation",
      "其中到省级的比例（其余到国家级）"},
    s.load.above_province);
  v(p{"load.direct_share", "share", inference, "L3; modelling choice", 0, 1,
      "Share of letters and calls that go straight to the unit concerned", "来信来电中直接向责任单位提出的比例"},
    s.load.direct_share);
  v(p{"load.leader_letter_share", "share", inference, "L21; modelling choice", 0, 1,
      "Share of letters to the bureau that a county-level leader reads and owns", "来信中由县处级领导阅批包案的比例"},
    s.load.leader_letter_share);
  v(p{"load.backlog", "cases", inference, "docs/domain.md 1.5: 109 in Xiapu", 0, 5000,
      "Long-pending cases that are assigned on the first counted day", "首个统计日交办的积案件数"},
    s.load.backlog);
  v(p{"load.backlog_hardness", "sd", inference, "modelling choice", 0, 5, "How much more complex and persistent these are",
      "积案复杂度与执着度的附加值"},
    s.load.backlog_hardness);

  v(p{"choice.model", "choice", inference, "docs/domain.md 9.1", 0, 0,
      "How a visitor picks a door: logit on delay, distance and authority, or fixed shares", "来访者如何选择接访地点"},
    s.choice.model);
  v(p{"choice.delay_weight", "1/day", inference, "docs/calibration.md: calibrated to groups per session, docs/domain.md 5.2", 0, 10,
      "Utility lost for each day until the session", "每等候一天的效用损失"},
    s.choice.delay_weight);
  v(p{"choice.distance_weight", "1/km", inference, "modelling choice", 0, 10, "Utility lost for each kilometre", "每公里路程的效用损失"},
    s.choice.distance_weight);
  v(p{"choice.climb", "1/attempt", inference, "docs/domain.md 9.4: a repeat petition tends to climb", 0, 10,
      "Added pull of authority for each earlier attempt", "重复信访向上走的倾向"},
    s.choice.climb);
  v(p{"choice.patience_minutes", "minutes", inference, "modelling choice", 1, 100000, "Mean minutes a visitor waits before leaving",
      "来访者平均耐心（分钟）"},
    s.choice.patience_minutes);
  v(p{"choice.come_back_share", "share", inference, "docs/domain.md 1.6(7)", 0, 1,
      "Share of those who left or were not heard who come to the next session; the rest write", "未获接待后再来的比例"},
    s.choice.come_back_share);

  for (auto& kind : s.reception.sessions) {
    if (!kind.irregular) visit_session(kind, "session." + kind.id, v);
  }
  v(p{"reception.collision", "choice", inference, "docs/domain.md 1.6(2)", 0, 0,
      "When the 15th falls on the bureau's day: merge both, or split (the bureau's day and the Mondays of R8, R9 move to the next workday)",
      "15日与周一相遇：合并或拆分"},
    s.reception.collision);
  v(p{"reception.roster", "choice", article, "R3, R6: in turn", 0, 0,
      "Who sits where people go round: in turn, all of them, or those who have sat least this year",
      "轮值人选：按轮次、全体或本年接访最少者"},
    s.reception.roster);
  v(p{"reception.queue_order", "choice", article, "R11: heard as they come", 0, 0,
      "Who is called next: first come, booked ones first, the oldest case first, or groups last",
      "叫号顺序：先来先接、预约优先、最久未结优先或集体访在后"},
    s.reception.queue_order);
  v(p{"reception.closing", "choice", article, "R10, R11: everyone is heard", 0, 0,
      "At closing time: stay until the last is heard, ask to come back, or send to the next level",
      "到点未接完：留到接完、下次再来或转上级"},
    s.reception.closing);
  v(p{"reception.screened_share", "share", article, "R10: none", 0, 1, "Share of visitors turned away before being heard", "事先筛除比例"},
    s.reception.screened_share);
  v(p{"reception.booked_share", "share", article, "R11: none needs an appointment", 0, 1, "Share of visitors who book a slot", "预约比例"},
    s.reception.booked_share);
  v(p{"reception.absence_rate", "share", inference, "docs/domain.md 7(24)", 0, 1,
      "Share of days on which an official is away (leave, training), missed at every door", "领导干部不在岗天数比例（休假、学习）"},
    s.reception.absence_rate);
  v(p{"reception.absence_days", "days", inference, "modelling choice", 1, 60, "Days that an official is away at a time",
      "领导干部一次不在岗天数"},
    s.reception.absence_days);
  v(p{"reception.substitution", "choice", source, "docs/domain.md 1.6(5): 2008 notice, swap with the next", 0, 0,
      "Who sits when the rostered leader is away", "缺席时的顶替办法"},
    s.reception.substitution);
  v(p{"reception.interview_minutes", "minutes", source, "docs/domain.md 5.2: 26 min at a Party secretary's session; default 25 [I]", 1, 600,
      "Mean length of an interview", "每批平均接谈时间"},
    s.reception.interview_minutes);
  v(p{"reception.on_spot_share", "share", source, "docs/domain.md 2.4 row 0: a fifth to two thirds of those who come", 0, 1,
      "Share of first hearings that end with an answer on the spot: received, not registered", "首次接谈中当场答复（不登记）的比例"},
    s.reception.on_spot_share);
  v(p{"reception.on_spot_again_share", "share", inference, "modelling choice", 0, 1, "Share of these who petition later after all",
      "当场答复后仍再次提出的比例"},
    s.reception.on_spot_again_share);
  v(p{"reception.interview_cv", "ratio", inference, "docs/domain.md 5.2: lognormal, cv 0.6", 0, 5,
      "Coefficient of variation of an interview", "接谈时间变异系数"},
    s.reception.interview_cv);
  v(p{"reception.group_factor", "1/person", inference, "L9: at most five speak", 0, 1,
      "Interview lengthened by each speaker beyond the first", "每多一人发言延长接谈的比例"},
    s.reception.group_factor);
  v(p{"reception.representatives", "bool", source, "L9: at most five", 0, 1, "A group chooses at most five who speak; else all of it does",
      "集体访推选不超过五名代表发言，否则全体发言"},
    s.reception.representatives);
  v(p{"reception.early_share", "share", inference, "modelling choice", 0, 1,
      "Share of visitors who stand at the door when it opens; the rest come later", "开门前已到的比例"},
    s.reception.early_share);
  v(p{"reception.arrival_span", "share", inference, "modelling choice", 0, 1, "Share of the session during which the others come",
      "其余来访者陆续到达的时段占接访时长的比例"},
    s.reception.arrival_span);
  v(p{"reception.irregular_per_month", "visits/month", inference, "R4 gives no number", 0, 31,
      "Irregular visits of the principal leaders to hot spots", "主要领导每月不定期下访次数"},
    s.reception.irregular_per_month);
  v(p{"reception.irregular_target", "choice", article, "R4: problem-heavy places", 0, 0, "How the hot spot is chosen",
      "不定期接访地点选择规则"},
    s.reception.irregular_target);
  v(p{"reception.irregular_turnout", "share", inference, "modelling choice", 0, 1,
      "Share of the place's open petitioners who come to an irregular visit", "不定期接访时当地在办信访人到场比例"},
    s.reception.irregular_turnout);
  v(p{"reception.irregular_length", "minutes", inference, "as a session", 15, 720, "Length of an irregular visit", "不定期接访时长"},
    s.reception.irregular_length);

  v(p{"ownership.rule", "choice", article, "R12, R13: first receiver", 0, 0, "Who owns a case that a leader or head heard", "包案规则"},
    s.ownership.rule);
  v(p{"ownership.cap", "cases", choice, "docs/domain.md 7(9)", 1, 100000,
      "Open cases an owner may hold with rule = capped, or keeps with rule = handover", "包案上限（规则为 capped 或 handover 时）"},
    s.ownership.cap);
  v(p{"ownership.load_half", "cases", inference, "docs/domain.md 9.2: an overloaded owner supervises less", 0.1, 100000,
      "Open owned cases at which supervision works half as well", "督办效果减半时的包案数"},
    s.ownership.load_half);
  v(p{"ownership.supervision_effect", "share", inference, "docs/domain.md 9.2", 0, 0.95,
      "Share of waiting that an unburdened owner's supervision removes", "督办可缩短等候的比例"},
    s.ownership.supervision_effect);

  visit_posts(s.posts, v);
  visit_replay(s.replay, v);

  v(p{"routing.rule", "choice", source, "L4; competence by place and by subject", 0, 0,
      "Which unit gets a matter: as competence is seen, the place's, the department's, or the less burdened of both",
      "转办规则：按职权、属地、属事或负担较轻者"},
    s.routing.rule);
  v(p{"routing.clerks", "persons", source, "docs/domain.md 5.2: 18 posts at one county bureau; those who route [I]", 1, 1000,
      "Clerks who register and route at the bureau", "登记转办人员数"},
    s.routing.clerks);
  v(p{"routing.minutes_per_matter", "minutes", inference, "modelling choice", 1, 10000,
      "Clerk minutes to register and route one registration", "每件登记转办用时"},
    s.routing.minutes_per_matter);
  v(p{"routing.clerk_minutes_per_day", "minutes/day", inference, "modelling choice", 1, 1440, "Minutes a clerk has for this on a workday",
      "每人每日可用分钟"},
    s.routing.clerk_minutes_per_day);
  v(p{"routing.misroute_probability", "share", inference, "docs/domain.md 9.8: sent to the wrong authority", 0, 1,
      "Chance that a matter is routed to a unit that is not competent", "转错单位的概率"},
    s.routing.misroute_probability);
  v(p{"routing.misroute_found", "share", inference, "L5", 0, 1,
      "Chance that a wrong unit objects in time; else it handles the matter slowly", "错转单位及时提出异议的概率"},
    s.routing.misroute_found);
  v(p{"routing.objection_agreed", "share", inference, "L5", 0, 1, "Chance that the bureau agrees to an objection", "异议获同意的概率"},
    s.routing.objection_agreed);
  v(p{"routing.dispute_share", "share", inference, "L6", 0, 1,
      "Share of the matters of several departments, routed by the bureau, whose units dispute who accepts",
      "涉及多个部门的转办事项中对受理责任有争议的比例"},
    s.routing.dispute_share);
  v(p{"routing.dispute_days", "days", inference, "L6", 0, 60, "Working days until the units' common superior has decided who accepts",
      "共同上级决定受理单位所需工作日"},
    s.routing.dispute_days);
  v(p{"routing.accept_days_mean", "days", inference, "docs/calibration.md: calibrated to the article's 100 % timely acceptance within L4",
      0, 365, "Mean days until the unit informs the petitioner", "受理告知平均天数"},
    s.routing.accept_days_mean);
  v(p{"routing.accept_days_cv", "ratio", inference, "modelling choice", 0, 5, "Coefficient of variation of the same",
      "受理告知天数变异系数"},
    s.routing.accept_days_cv);
  v(p{"routing.simplified_share", "share", inference, "L19; docs/domain.md 7(23): 0 to 40 %", 0, 1,
      "Share of simple matters (below `handling.complex_threshold`) in simplified handling", "简单事项中简易办理的比例"},
    s.routing.simplified_share);
  v(p{"routing.simplified_minutes", "factor", inference, "L19; modelling choice", 0, 1,
      "Work of a clerk on such a matter, relative to others", "简易办理登记转办工时系数"},
    s.routing.simplified_minutes);
  v(p{"routing.minutes_cv", "ratio", inference, "modelling choice", 0, 5, "Coefficient of variation of a clerk's time", "登记用时变异系数"},
    s.routing.minutes_cv);

  v(p{"handling.department_handlers", "persons", knowledge, "modelling choice", 1, 10000, "Handlers in a county department",
      "县直单位承办人数"},
    s.handling.department_handlers);
  v(p{"handling.township_handlers", "persons", knowledge, "modelling choice", 1, 10000, "Handlers in a township or street",
      "乡镇（街道）承办人数"},
    s.handling.township_handlers);
  v(p{"handling.park_handlers", "persons", knowledge, "modelling choice", 1, 10000, "Handlers in an industrial park", "园区承办人数"},
    s.handling.park_handlers);
  v(p{"handling.further_handlers", "codes", choice, "planner", 0, 0,
      "Codes of units that have one handler more than others of their kind; two more if named twice. --set and optimise also take the "
      "number "
      "of one unit, as handling.further_handlers.CODE",
      "多一名承办人员的单位代码（重复列出则多两名）；--set 和 optimise 也可写某一单位的人数：handling.further_handlers.代码"},
    s.handling.further_handlers);
  v(p{"handling.handler_minutes_per_day", "minutes/day", inference, "modelling choice", 1, 1440,
      "Minutes a handler has for petitions on a workday", "每名承办人每日可用分钟"},
    s.handling.handler_minutes_per_day);
  v(p{"handling.order", "choice", inference, "modelling choice", 0, 0,
      "Which waiting case a free handler takes up: first come, or by due date", "承办顺序：先来先办或按到期日"},
    s.handling.order);
  v(p{"handling.case_limit", "cases", inference, "docs/domain.md 9.7: case managers with limits", 1, 100000,
      "Open cases a handler takes at most", "每名承办人在办上限"},
    s.handling.case_limit);
  v(p{"handling.work_cv", "ratio", inference, "modelling choice", 0, 5, "Coefficient of variation of the work of a case", "工作量变异系数"},
    s.handling.work_cv);
  v(p{"handling.stages_mean", "stages", inference, "docs/calibration.md: calibrated with the waits to on-time reply", 1, 20,
      "Mean rounds of work and waiting in a case", "平均办理轮次"},
    s.handling.stages_mean);
  v(p{"handling.wait_days_mean", "days", inference,
      "docs/calibration.md: calibrated to on-time reply near 100 %; docs/domain.md 5.2: 11 to 28 days in a template", 0, 365,
      "Mean wait for others in each round", "每轮平均等候天数"},
    s.handling.wait_days_mean);
  v(p{"handling.wait_days_cv", "ratio", inference, "modelling choice", 0, 5, "Coefficient of variation of that wait", "等候天数变异系数"},
    s.handling.wait_days_cv);
  v(p{"handling.cross_department_share", "share", inference, "modelling choice", 0, 1, "Share of matters that need a second department",
      "跨部门比例"},
    s.handling.cross_department_share);
  v(p{"handling.cross_department_days", "days", inference, "docs/calibration.md: calibrated to on-time reply", 0, 365,
      "Days that a second department adds to each wait", "跨部门每轮增加的等候天数"},
    s.handling.cross_department_days);
  v(p{"handling.extension", "choice", source, "L11: complex, once, at most 30 days", 0, 0, "When the head approves an extension",
      "延期规则"},
    s.handling.extension);
  v(p{"handling.complex_threshold", "sd", inference, "modelling choice", -5, 5, "Complexity from which a case counts as complex",
      "视为复杂的复杂度"},
    s.handling.complex_threshold);
  v(p{"handling.extension_minutes", "minutes", inference, "L11; modelling choice", 0, 2400,
      "Work of a handler on an extension: applying for it with reasons, the head's approval, telling the petitioner",
      "办理延期手续的工作时间（说明理由、报批、告知信访人）"},
    s.handling.extension_minutes);
  v(p{"handling.mediation_share", "share", inference, "docs/domain.md 2.4 row 10", 0, 1, "Share of cases in which mediation is tried",
      "尝试调解的比例"},
    s.handling.mediation_share);
  v(p{"handling.complexity_work", "share", inference, "modelling choice", 0, 10, "Work added by each sd of complexity above 0",
      "复杂度每高一个标准差增加的工作量"},
    s.handling.complexity_work);
  v(p{"handling.simplified_work", "share", inference, "L19; modelling choice", 0, 1,
      "Work of a matter in simplified handling, of that of others", "简易办理事项的工作量比例"},
    s.handling.simplified_work);
  v(p{"handling.misrouted_wait", "factor", inference, "docs/domain.md 9.8; modelling choice", 1, 100,
      "How much longer the waits are at a wrong unit that keeps the matter", "错转单位办理时等候的倍数"},
    s.handling.misrouted_wait);
  v(p{"handling.accept_minutes", "minutes", knowledge, "modelling choice", 0, 2400,
      "Work of a handler before the unit accepts: reading, asking back, the written notice (L4)",
      "单位受理一件的工作时间（阅卷、核实、书面告知）"},
    s.handling.accept_minutes);

  v(p{"settlement.intercept", "log odds", inference, "docs/calibration.md: calibrated to the article's figures", -20, 20,
      "Settlement of a plain case without any help", "基准息诉对数几率"},
    s.settlement.intercept);
  v(p{"settlement.complexity", "log odds", inference, "docs/domain.md 9.3", -20, 20, "Effect of one standard deviation of complexity",
      "复杂度影响"},
    s.settlement.complexity);
  v(p{"settlement.delay_per_30_days", "log odds", inference, "docs/domain.md 9.3", -20, 20,
      "Effect of each 30 days from registration to reply", "每30天时长影响"},
    s.settlement.delay_per_30_days);
  v(p{"settlement.departments", "log odds", inference, "docs/domain.md 9.3", -20, 20, "Effect of a second department", "跨部门影响"},
    s.settlement.departments);
  v(p{"settlement.leader_owner", "log odds", inference, "R12; docs/domain.md 9.3", -20, 20, "Effect of an owning leader of the county",
      "县处级领导包案影响"},
    s.settlement.leader_owner);
  v(p{"settlement.owner_load", "log odds", inference, "docs/domain.md 9.3", -20, 20, "Effect of each open case that the owner holds",
      "包案人每件在手案件影响"},
    s.settlement.owner_load);
  v(p{"settlement.persistence", "log odds", inference, "docs/domain.md 9.3", -20, 20, "Effect of one standard deviation of persistence",
      "执着度影响"},
    s.settlement.persistence);
  v(p{"settlement.repeat", "log odds", inference, "docs/domain.md 9.4", -20, 20, "Effect of each repeat petition", "每次重复信访影响"},
    s.settlement.repeat);
  v(p{"settlement.supported_share", "share", inference, "L12", 0, 1, "Share of opinions that support the claim", "支持请求的比例"},
    s.settlement.supported_share);
  v(p{"settlement.explained_share", "share", inference, "L12", 0, 1, "Share that explains (reasonable, no legal basis)", "解释说明的比例"},
    s.settlement.explained_share);
  v(p{"settlement.supported", "log odds", inference, "L12", -20, 20, "Effect of a supporting opinion", "支持意见影响"},
    s.settlement.supported);
  v(p{"settlement.not_supported", "log odds", inference, "L12", -20, 20, "Effect of an opinion that does not support", "不支持意见影响"},
    s.settlement.not_supported);
  v(p{"settlement.misrouted", "log odds", inference, "modelling choice", -20, 20, "Effect of a reply by a unit that is not competent",
      "由无权机关答复的影响"},
    s.settlement.misrouted);
  v(p{"settlement.extended", "log odds", inference, "L11; modelling choice", -20, 20,
      "Effect of an extension of the round, beside that of its length", "本轮延期的影响（时长影响另计）"},
    s.settlement.extended);
  v(p{"settlement.decide_days", "days", inference, "L13: within the window of 30 d", 0, 30,
      "Mean days from reply to the petitioner's decision", "收到答复后作决定的平均天数"},
    s.settlement.decide_days);
  v(p{"settlement.withdrawn_share", "share", inference, "docs/domain.md 2.4 row 28: modelling choice", 0, 1,
      "Share of matters that the petitioner would withdraw, or whose petitioner dies or cannot be found, if they stay open long enough",
      "若久拖未结，信访人会撤回（或已故、无法联系）的比例"},
    s.settlement.withdrawn_share);
  v(p{"settlement.withdrawn_days", "days", inference, "docs/domain.md 2.4 row 28: modelling choice", 1, 36500,
      "Mean days from registration until that happens", "自登记至此的平均天数"},
    s.settlement.withdrawn_days);

  v(p{"rating.participation", "share", inference, "docs/domain.md 7(21): 10 to 90 %", 0, 1, "Share of settled petitioners who rate",
      "息诉者参评率"},
    s.rating.participation);
  v(p{"rating.unsettled_participation", "share", inference, "docs/domain.md 7(21)", 0, 1, "Share of unsettled petitioners who rate",
      "未息诉者参评率"},
    s.rating.unsettled_participation);
  v(p{"rating.authority_settled", "share", inference, "docs/calibration.md: calibrated to 93.8 %", 0, 1,
      "Satisfied with the authority when settled", "息诉者对责任单位满意概率"},
    s.rating.authority_settled);
  v(p{"rating.authority_unsettled", "share", inference, "docs/calibration.md: calibrated to 93.8 %", 0, 1,
      "Satisfied with the authority when not settled", "未息诉者对责任单位满意概率"},
    s.rating.authority_unsettled);
  v(p{"rating.bureau_settled", "share", inference, "docs/calibration.md: calibrated to 95.1 %", 0, 1,
      "Satisfied with the bureau when settled", "息诉者对信访部门满意概率"},
    s.rating.bureau_settled);
  v(p{"rating.bureau_unsettled", "share", inference, "docs/calibration.md: calibrated to 95.1 %", 0, 1,
      "Satisfied with the bureau when not settled", "未息诉者对信访部门满意概率"},
    s.rating.bureau_unsettled);
  v(p{"rating.late_penalty", "share", inference, "modelling choice", 0, 1, "Satisfaction lost by a late step", "逾期使满意概率下降"},
    s.rating.late_penalty);
  v(p{"rating.bureau_late_share", "share", inference, "modelling choice", 0, 1, "Share of that penalty that the bureau has too",
      "其中同样计入信访部门的比例"},
    s.rating.bureau_late_share);

  v(p{"review.ask_share", "share", inference, "L13", 0, 1, "Share of discontented petitioners of a claim who ask for review",
      "不服者申请复查比例"},
    s.review.ask_share);
  v(p{"review.upheld_share", "share", inference, "docs/domain.md 2.4 row 14", 0, 1, "Share of reviews that do not send the matter back",
      "复查不退回的比例"},
    s.review.upheld_share);
  v(p{"review.review_days_mean", "days", inference, "L14: limit 30 d", 0, 365, "Mean days of a review", "复查平均天数"},
    s.review.review_days_mean);
  v(p{"review.review_days_cv", "ratio", inference, "modelling choice", 0, 5, "Coefficient of variation of the same", "复查天数变异系数"},
    s.review.review_days_cv);
  v(p{"review.recheck_share", "share", inference, "L15", 0, 1, "Share of those still discontented who ask for recheck", "申请复核比例"},
    s.review.recheck_share);
  v(p{"review.recheck_days_mean", "days", inference, "L16: limit 30 d", 0, 365, "Mean days of a recheck without hearing", "复核平均天数"},
    s.review.recheck_days_mean);
  v(p{"review.recheck_days_cv", "ratio", inference, "modelling choice", 0, 5, "Coefficient of variation of the same", "复核天数变异系数"},
    s.review.recheck_days_cv);
  v(p{"review.hearing_share", "share", inference, "L16", 0, 1, "Share of rechecks with a hearing", "复核听证比例"}, s.review.hearing_share);
  v(p{"review.hearing_days", "days", inference, "L16: not counted", 0, 365, "Days a hearing takes", "听证天数"}, s.review.hearing_days);
  v(p{"review.settle_effect", "log odds", inference, "docs/domain.md 9.3; modelling choice", -20, 20,
      "Settlement after a review opinion against that after the first reply", "复查意见对息诉的影响"},
    s.review.settle_effect);

  v(p{"repeats.open_days", "days", inference, "docs/calibration.md: calibrated to a repeat share of 30 %", 1, 36500,
      "Mean days between petitions while the case is open", "在办期间重复信访平均间隔"},
    s.repeats.open_days);
  v(p{"repeats.after_close_days", "days", inference, "docs/calibration.md: calibrated to a repeat share of 30 %", 1, 36500,
      "Mean days from closure without settlement to the next petition", "程序性办结未息诉后再访平均天数"},
    s.repeats.after_close_days);
  v(p{"repeats.after_close_share", "share", inference, "modelling choice", 0, 1, "Share of unsettled petitioners who petition again",
      "未息诉者再访比例"},
    s.repeats.after_close_share);
  v(p{"repeats.rebound_share", "share", inference, "R28", 0, 1, "Share of settled petitioners who rebound", "息诉后反弹比例"},
    s.repeats.rebound_share);
  v(p{"repeats.rebound_days", "days", inference, "R28", 1, 36500, "Mean days until a rebound", "反弹平均天数"}, s.repeats.rebound_days);

  v(p{"repeats.skip_level_share", "share", inference, "L8; modelling choice", 0, 1, "Share of later repeats that go over the county's head",
      "多次重复信访后越级走访的比例"},
    s.repeats.skip_level_share);
  v(p{"repeats.skip_level_from", "repeats", inference, "modelling choice", 0, 1000,
      "Repeats from which a petition may go over the county's head", "可能越级走访的重复信访次数"},
    s.repeats.skip_level_from);
  v(p{"repeats.persistence", "log rate", inference, "docs/domain.md 9.4; modelling choice", 0, 5,
      "How much sooner each standard deviation of persistence brings the next petition", "执着度每高一个标准差使再访提前的程度"},
    s.repeats.persistence);
  v(p{"repeats.in_person_share", "share", inference, "modelling choice", 0, 1,
      "Share of later petitions of those who came in person that are in person in any case; the rest as others",
      "曾来访者再次来访的比例（其余同一般来源）"},
    s.repeats.in_person_share);

  v(p{"appointments.open", "bool", article, "R15-R20", 0, 1, "Door two: by-appointment visits", "第二扇门：进门约访"}, s.appointments.open);
  v(p{"appointments.recur", "recurrence", article, "R16: monthly", 0, 0, "Days of the analysis", "分析研判日期规则"}, s.appointments.recur);
  v(p{"appointments.on_rest_day", "convention", inference, "as reception", 0, 0, "What happens when that day is no workday",
      "遇非工作日如何处理"},
    s.appointments.on_rest_day);
  v(p{"appointments.list_length", "cases", inference, "docs/domain.md 7(11)", 0, 100000, "Cases on the issue list", "问题清单长度"},
    s.appointments.list_length);
  v(p{"appointments.long_pending_age", "days", inference, "docs/domain.md 2.3: default 180 d", 1, 36500,
      "Days after the last day on which a first reply can be due, from which a case is long-pending", "答复期满后列为积案的天数"},
    s.appointments.long_pending_age);
  v(p{"appointments.long_pending_repeats", "repeats", inference, "docs/domain.md 2.3: default 3", 1, 1000,
      "Repeats from which a case is long-pending", "积案的重复信访次数界限"},
    s.appointments.long_pending_repeats);
  v(p{"appointments.threshold", "weight", inference, "R15, R17; modelling choice", 0, 100,
      "How much a case must press to come onto the issue list; a long-pending case presses 1", "列入问题清单的最低分值（积案为 1）"},
    s.appointments.threshold);
  v(p{"appointments.group_weight", "weight", inference, "R15; modelling choice", 0, 100,
      "How much more a group visit presses; a long-pending case presses 1", "集体访列入清单的加权（积案为 1）"},
    s.appointments.group_weight);
  v(p{"appointments.lesser_weight", "weight", inference, "R15; modelling choice", 0, 1,
      "Of age and repeats, both against their cutoffs, how much the lesser adds to the greater", "天数与次数中较小者的加权"},
    s.appointments.lesser_weight);
  v(p{"appointments.field_days_per_month", "days/month", inference, "docs/domain.md 5.2: 1 864 visits by 210 leaders a year", 0, 31,
      "Field days of each county-level leader", "每名县处级领导每月下访日数"},
    s.appointments.field_days_per_month);
  v(p{"appointments.appointments_per_day", "cases/day", inference, "modelling choice", 0, 100, "Appointments on a field day",
      "每个下访日约访件数"},
    s.appointments.appointments_per_day);
  v(p{"appointments.near_together", "bool", inference, "R19; modelling choice", 0, 1,
      "A leader's appointments that lie near each other fall on one field day, in the order of the road; else the most pressing come first",
      "相近的约访安排在同一下访日、沿途依次进行（否则按紧迫程度）"},
    s.appointments.near_together);
  v(p{"appointments.coordination_share", "share", inference, "R20: two instruments", 0, 1,
      "Share held as coordination meetings; the rest on site", "专题协调会占比（其余为现场办公会）"},
    s.appointments.coordination_share);
  v(p{"appointments.coordination.length", "minutes", inference, "modelling choice", 1, 1440, "Length of a coordination meeting",
      "专题协调会时长"},
    s.appointments.coordination.length);
  v(p{"appointments.coordination.wait_cut", "share", inference, "docs/domain.md 9.2", 0, 1, "Share of remaining waiting that it removes",
      "专题协调会缩短剩余等候的比例"},
    s.appointments.coordination.wait_cut);
  v(p{"appointments.coordination.odds_effect", "log odds", inference, "docs/domain.md 9.2", -20, 20, "Effect on settlement",
      "专题协调会对息诉的影响"},
    s.appointments.coordination.odds_effect);
  v(p{"appointments.on_site.length", "minutes", inference, "modelling choice", 1, 1440, "Length of an on-site office meeting",
      "现场办公会时长"},
    s.appointments.on_site.length);
  v(p{"appointments.on_site.wait_cut", "share", inference, "docs/domain.md 9.2", 0, 1, "Share of remaining waiting that it removes",
      "现场办公会缩短剩余等候的比例"},
    s.appointments.on_site.wait_cut);
  v(p{"appointments.on_site.odds_effect", "log odds", inference, "docs/domain.md 9.2", -20, 20, "Effect on settlement",
      "现场办公会对息诉的影响"},
    s.appointments.on_site.odds_effect);

  visit_campaign_parameters(s.campaign, v);

  visit_return_visits(s, v);

  visit_cost(s.cost, v);

  v(p{"clocks.route", "days", source, "L1", 1, 3650, "Bureau registers and routes", "登记转办期限"}, s.clocks.route);
  v(p{"clocks.route_from_above", "days", source, "L2", 1, 3650, "Bureau routes what came from above", "上级转送事项的转办期限"},
    s.clocks.route_from_above);
  v(p{"clocks.accept", "days", source, "L4", 1, 3650, "Unit informs the petitioner in writing", "受理告知期限"}, s.clocks.accept);
  v(p{"clocks.objection", "working days", source, "L5", 1, 3650, "Unit objects", "异议期限"}, s.clocks.objection);
  v(p{"clocks.handle", "days", source, "L10", 1, 3650, "Unit replies", "办理期限"}, s.clocks.handle);
  v(p{"clocks.extension", "days", source, "L11", 0, 3650, "Extension, once", "延长期限"}, s.clocks.extension);
  v(p{"clocks.review_window", "days", source, "L13", 1, 3650, "Petitioner asks for review", "申请复查期限"}, s.clocks.review_window);
  v(p{"clocks.review", "days", source, "L14", 1, 3650, "Review opinion", "复查期限"}, s.clocks.review);
  v(p{"clocks.recheck_window", "days", source, "L15", 1, 3650, "Petitioner asks for recheck", "申请复核期限"}, s.clocks.recheck_window);
  v(p{"clocks.recheck", "days", source, "L16", 1, 3650, "Recheck opinion", "复核期限"}, s.clocks.recheck);
  v(p{"clocks.simplified_accept", "working days", knowledge, "L19", 1, 3650, "Simplified handling: acceptance", "简易办理受理期限"},
    s.clocks.simplified_accept);
  v(p{"clocks.simplified_handle", "working days", knowledge, "L19", 1, 3650, "Simplified handling: reply", "简易办理办结期限"},
    s.clocks.simplified_handle);
  v(p{"clocks.extend_to_workday", "bool", inference, "docs/domain.md 2.2: default off", 0, 1,
      "A last day that is no workday moves to the next workday", "末日遇休息日顺延"},
    s.clocks.extend_to_workday);
  v(p{"clocks.one_time_horizon", "days", inference, "docs/domain.md 3: h, default 180", 1, 3650,
      "No repeat within this many days makes a resolution one-time", "一次性化解观察期"},
    s.one_time_horizon);
  v(p{"clocks.resolution_horizon", "days", inference, "docs/domain.md 3: as the horizon of rebounds", 1, 3650,
      "A matter is resolved if it has settled, and not rebounded, this long after its routing", "化解观察期（自转交之日起）"},
    s.resolution_horizon);
  v(p{"clocks.rebound_horizon", "days", inference, "docs/domain.md 3: h", 1, 3650, "Rebounds counted within this many days", "反弹观察期"},
    s.rebound_horizon);
}
// clang-format on

}  // namespace detail

/// Calls `v(parameter, field)` for every parameter, in the order of the file format; fields of a scenario that is const are.
/// Lists of tables (categories, sensitive periods) have visitors of their own (`county/list_parameters.hpp`).
template <class Scenario, class Visitor>
requires std::same_as<std::remove_const_t<Scenario>, scenario>
void visit_parameters(Scenario& s, Visitor&& v) {
  constexpr bool is_const = std::is_const_v<Scenario>;
  detail::list_parameters(const_cast<scenario&>(s), detail::parameter_visitor::of<is_const>(v));  // a visitor of const fields changes none
}

}  // namespace sifang

#endif
