// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_LIST_PARAMETERS_HPP
#define SIFANG_COUNTY_LIST_PARAMETERS_HPP

#include "sifang/county/parameter.hpp"

/// \file
/// One row for each parameter of the tables that a scenario may have several of (categories, sensitive periods), as
/// `county/parameters.hpp` has them for all else.

namespace sifang {

// clang-format off: a table
/// Calls `v(parameter, field)` for one `[[category]]` table; keys are relative to the table.
template <class Category, class Visitor>
void visit_category(Category& c, Visitor&& v) {
  using enum origin;
  using p = parameter;
  v(p{"id", "text", choice, "planner", 0, 0, "Short name", "简称"}, c.id);
  v(p{"en", "text", choice, "planner", 0, 0, "Name in English", "英文名"}, c.en);
  v(p{"zh", "text", choice, "planner", 0, 0, "Name in Chinese", "中文名"}, c.zh);
  v(p{"share", "share", choice, "planner", 0, 1, "Share of new matters", "占比"}, c.share);
  v(p{"matter_unit", "unit", choice, "planner", 0, 0, "Code of the department in charge", "属事单位代码"}, c.matter_unit);
  v(p{"further_units", "codes", choice, "planner", 0, 0, "Codes of further departments in charge, each for as much",
      "其他属事单位代码（平均分担）"},
    c.further_units);
  v(p{"further_share", "share", choice, "planner", 0, 1, "Share that these have together; the department in charge has the rest",
      "其他属事单位合计所占比例"},
    c.further_share);
  v(p{"local_share", "share", inference, "modelling choice", 0, 1, "Share that the township of the place handles", "由属地办理的比例"},
    c.local_share);
  v(p{"work_hours", "hours", inference, "modelling choice", 0.1, 1000, "Mean handler hours", "平均办理工时"}, c.work_hours);
  v(p{"complexity", "sd", inference, "modelling choice", -5, 5, "Shift of complexity", "复杂度偏移"}, c.complexity);
  v(p{"enterprise_share", "share", inference, "R19; modelling choice", 0, 1,
      "Share that concerns an enterprise in the village; an appointment on site goes there", "涉及企业的比例（现场约访到企业）"},
    c.enterprise_share);
  v(p{"project_share", "share", inference, "R19; modelling choice", 0, 1,
      "Share that concerns a project in the village; an appointment on site goes there", "涉及项目的比例（现场约访到项目）"},
    c.project_share);
  v(p{"litigation_share", "share", inference, "docs/domain.md 2.1: litigation split", 0, 1, "Share that belongs to other legal routes",
      "导入其他途径的比例"},
    c.litigation_share);
  v(p{"months", "weights", inference, "modelling choice: every month alike", 0, 1000, "Weight of each month", "各月权重"}, c.months);
}

/// Calls `v(parameter, field)` for one `[[sensitive_period]]` table.
template <class Period, class Visitor>
void visit_sensitive_period(Period& c, Visitor&& v) {
  using enum origin;
  using p = parameter;
  v(p{"name", "text", choice, "planner", 0, 0, "Name", "名称"}, c.name);
  v(p{"first", "date", choice, "planner", 0, 0, "First day", "首日"}, c.first);
  v(p{"last", "date", choice, "planner", 0, 0, "Last day", "末日"}, c.last);
  v(p{"lead", "days", choice, "planner", 0, 365, "Days before that count too", "提前天数"}, c.lead);
}
// clang-format on

}  // namespace sifang

#endif
