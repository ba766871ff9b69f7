// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_COST_PARAMETERS_HPP
#define SIFANG_COUNTY_COST_PARAMETERS_HPP

#include "sifang/county/parameter.hpp"

/// \file
/// One row for each price at which the cost of a policy is reckoned, as `county/parameters.hpp` has them for all else.

namespace sifang::detail {

// clang-format off: a table
/// Calls `v(parameter, field)` for each of them.
template <class Cost, class Visitor>
void visit_cost(Cost& cost, Visitor&& v) {
  using enum origin;
  using p = parameter_line;
  v(p{"cost.leader_hour", "yuan/hour", inference, "modelling choice: twice a clerk's", 0, 1.0e6,
      "Price of an hour of a county-level leader: sessions, visits, their preparation and the road",
      "县处级领导每小时成本（含准备和路途）"},
    cost.leader_hour);
  v(p{"cost.head_hour", "yuan/hour", inference, "modelling choice: one and a half times a clerk's", 0, 1.0e6,
      "Price of the same of a unit head or team member", "单位主要负责同志和班子成员每小时成本"},
    cost.head_hour);
  v(p{"cost.clerk_hour", "yuan/hour", inference,
      "modelling choice: 117 440 yuan, the mean pay of 2022 in public administration (National Bureau of Statistics), over 2 000 hours", 0,
      1.0e6, "Price of an hour of the bureau's clerks, at their desks and at windows", "登记转办和窗口人员每小时成本"},
    cost.clerk_hour);
  v(p{"cost.handler_hour", "yuan/hour", inference, "modelling choice: as a clerk's", 0, 1.0e6, "Price of an hour of a handler",
      "承办人员每小时成本"},
    cost.handler_hour);
  v(p{"cost.cadre_day", "yuan/day", inference, "modelling choice: eight hours of a clerk", 0, 1.0e7,
      "Price of a cadre's day at the households", "走访干部每人日成本"},
    cost.cadre_day);
  v(p{"cost.overtime_hour", "yuan/hour", inference, "modelling choice: half of a clerk's hour", 0, 1.0e6,
      "What an hour of overtime of a session costs beyond the hour itself", "接访加班每小时另加成本"},
    cost.overtime_hour);
  v(p{"cost.preparation_hour", "yuan/hour", inference, "modelling choice: the official's own hour is in the hours already", 0, 1.0e6,
      "What others work for an hour of an official's preparation", "领导准备每小时另需他人工作的成本"},
    cost.preparation_hour);
  v(p{"cost.vehicle_km", "yuan/km", inference, "modelling choice: fuel, wear and the driver", 0, 10000,
      "Price of a kilometre by car of leaders, heads and team members", "下访用车每公里成本"},
    cost.vehicle_km);
  v(p{"cost.help", "factor", inference, "R30; modelling choice: as it is paid", 0, 100,
      "How much of the help in hardship given at return visits counts as cost", "困难帮扶金额计入成本的比例"},
    cost.help);
  v(p{"cost.petitioner_hour", "yuan/hour", inference, "modelling choice: less than half of a clerk's", 0, 1.0e6,
      "Price of an hour that a petitioner waits on the day", "来访人当日排队每小时成本"},
    cost.petitioner_hour);
  v(p{"cost.petitioner_km", "yuan/km", inference, "modelling choice: the fare, and a minute and a half of time", 0, 10000,
      "Price of a kilometre that a petitioner travels to a place of reception and back", "来访人往返路途每公里成本"},
    cost.petitioner_km);
  v(p{"cost.petitioner_day", "yuan/day", inference, "modelling choice: days until a leader hears them are the service, not its cost", 0,
      1.0e7, "Price of a day until a leader hears a petitioner", "信访人等候领导接谈每人日成本"},
    cost.petitioner_day);
}
// clang-format on

}  // namespace sifang::detail

#endif
