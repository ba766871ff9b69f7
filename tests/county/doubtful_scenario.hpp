// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COUNTY_DOUBTFUL_SCENARIO_HPP
#define SIFANG_TESTS_COUNTY_DOUBTFUL_SCENARIO_HPP

#include "sifang/county/scenario.hpp"

#include <string>
#include <utility>

namespace sifang::test {

/// A scenario with every kind of table, whose categories are as much in doubt as its defaults. No county, no file.
inline scenario doubtful_scenario() {
  scenario s;
  category_setting land, labour;
  land.id = "land";
  land.share = 0.6;
  land.work_hours = 14;
  land.project_share = 0.35;
  labour.id = "labour";
  labour.share = 0.4;
  labour.work_hours = 8;
  labour.enterprise_share = 0.55;
  labour.project_share = 0.4;
  s.categories = {land, labour};
  s.sensitive_periods.push_back({"congress", {2022, 10, 16}, {2022, 10, 22}, calendar_days(7)});
  s.load.backlog = 109;
  const auto inferred = [&](const std::string& key, std::string value) {
    s.provenance.insert_or_assign(key, value_provenance{origin::inference, "ours", std::move(value)});
  };
  inferred("category.land.work_hours", "14");
  inferred("category.land.project_share", "0.35");
  inferred("category.labour.work_hours", "8");
  inferred("category.labour.enterprise_share", "0.55");
  inferred("category.labour.project_share", "0.4");
  inferred("sensitive_period.congress.lead", "7");
  s.provenance.insert_or_assign("load.backlog", value_provenance{origin::article, "109 matters", "109"});
  return s;
}

}  // namespace sifang::test

#endif
