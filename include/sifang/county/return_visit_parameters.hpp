// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_RETURN_VISIT_PARAMETERS_HPP
#define SIFANG_COUNTY_RETURN_VISIT_PARAMETERS_HPP

#include "sifang/county/parameter.hpp"

/// \file
/// One row for each parameter of door four, return visits, as `county/parameters.hpp` has them for all else.

namespace sifang::detail {

// clang-format off: a table
/// Calls `v(parameter, field)` for every parameter of return visits (R27-R31), in the order of the file format.
template <class Scenario, class Visitor>
void visit_return_visits(Scenario& s, Visitor&& v) {  // NOLINT(readability-function-size): a table
  using enum origin;
  using p = parameter_line;
  v(p{"return_visits.open", "bool", article, "R27-R31", 0, 1, "Door four: return visits", "第四扇门：上门回访"}, s.return_visits.open);
  v(p{"return_visits.delay", "days", inference, "docs/domain.md 7(15): T_return", 0, 3650, "Days from closure or rebound to the visit",
      "回访间隔"},
    s.clocks.return_visit);
  v(p{"return_visits.lapse", "days", inference, "docs/domain.md 2.4 row 26: modelling choice", 0, 3650,
      "Days after that until a visit not made is given up and counts as missed", "逾期未回访视为未履行的天数"},
    s.clocks.return_lapse);
  v(p{"return_visits.visits_per_week", "visits/week", inference, "docs/domain.md 7(15)", 0, 1000,
      "Return visits each owner makes in a week", "每名包案领导每周回访次数"},
    s.return_visits.visits_per_week);
  v(p{"return_visits.length", "minutes", inference, "modelling choice", 1, 1440, "Length of a return visit", "回访时长"},
    s.return_visits.length);
  v(p{"return_visits.promise_share", "share", inference, "R30; modelling choice", 0, 1,
      "Share of those who do not settle, or rebound, because a promise was not carried out", "未息诉或反弹因承诺未兑现的比例"},
    s.return_visits.promise_share);
  v(p{"return_visits.hardship_share", "share", inference, "R30; modelling choice", 0, 1, "Share because of hardship in life",
      "因生活困难的比例"},
    s.return_visits.hardship_share);
  v(p{"return_visits.new_facts_share", "share", inference, "R30; docs/domain.md 2.4 row 22", 0, 1, "Share because of new facts",
      "因出现新情况的比例"},
    s.return_visits.new_facts_share);
  v(p{"return_visits.attitude_share", "share", inference, "R30; modelling choice", 0, 1,
      "Share because of how they were treated; the rest because of the outcome", "因工作作风和服务的比例（其余因处理结果）"},
    s.return_visits.attitude_share);
  v(p{"return_visits.found_share", "share", inference, "R29, R30; modelling choice", 0, 1,
      "Chance that a visit finds the reason, with all there whom R29 asks for", "应到人员到齐时查明原因的概率"},
    s.return_visits.found_share);
  v(p{"return_visits.found_incomplete_share", "share", inference, "R29, R30; modelling choice", 0, 1, "The same when somebody is missing",
      "应到人员未到齐时查明原因的概率"},
    s.return_visits.found_incomplete_share);
  v(p{"return_visits.intercept", "log odds", inference, "modelling choice", -20, 20,
      "Settlement by a return visit to a plain case, before anything is done about the reason", "回访促成息诉的基准（未针对原因采取措施）"},
    s.return_visits.intercept);
  v(p{"return_visits.complexity", "log odds", inference, "modelling choice", -20, 20, "Effect of complexity on it", "复杂度影响"},
    s.return_visits.complexity);
  v(p{"return_visits.persistence", "log odds", inference, "modelling choice", -20, 20, "Effect of persistence on it", "执着度影响"},
    s.return_visits.persistence);
  v(p{"return_visits.carried_odds", "share", inference, "modelling choice", 0, 1,
      "Share of what meetings and an early find did for settlement that counts at a return visit", "会议与早发现的作用在回访时保留的比例"},
    s.return_visits.carried_odds);
  v(p{"return_visits.talk_effect", "log odds", inference, "R30; modelling choice", -20, 20,
      "Effect on it of explaining the outcome, where the visit found that the outcome is the reason", "查明对结果不满后释法明理的影响"},
    s.return_visits.talk_effect);
  v(p{"return_visits.apology_effect", "log odds", inference, "R30; modelling choice", -20, 20,
      "Effect on it of an apology, where the visit found that it is how they were treated", "查明对作风和服务不满后致歉改进的影响"},
    s.return_visits.apology_effect);
  v(p{"return_visits.reopened_share", "share", inference, "docs/domain.md 2.4 row 22", 0, 1,
      "Share of failed visits that found a broken promise or new facts, after which the unit handles the case anew",
      "查明承诺未兑现或新情况而未息诉时重新办理的比例"},
    s.return_visits.reopened_share);
  v(p{"return_visits.help_share", "share", inference, "R30: hardship help; modelling choice", 0, 1,
      "Share of visits that found hardship at which help is given", "查明生活困难后给予帮扶的比例"},
    s.return_visits.help_share);
  v(p{"return_visits.help_cost", "yuan", inference, "modelling choice", 0, 1.0e6, "What such help costs", "每次帮扶金额"},
    s.return_visits.help_cost);
  v(p{"return_visits.help_effect", "log odds", inference, "R30; modelling choice", -20, 20, "Effect of help on settlement by the visit",
      "帮扶对回访息诉的影响"},
    s.return_visits.help_effect);
  v(p{"return_visits.rebound_factor", "factor", inference, "R28, R31; modelling choice", 0, 10,
      "Chance of a rebound after a settlement by or after a return visit, of that of others", "经回访后息诉者的反弹概率系数"},
    s.return_visits.rebound_factor);
  v(p{"return_visits.help_rebound_factor", "factor", inference, "R30, R31; modelling choice", 0, 10,
      "The same for those who were helped, on top of it", "获帮扶者另乘的反弹概率系数"},
    s.return_visits.help_rebound_factor);
}
// clang-format on

}  // namespace sifang::detail

#endif
