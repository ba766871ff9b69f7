// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_CAMPAIGN_PLAN_HPP
#define SIFANG_COUNTY_POLICIES_CAMPAIGN_PLAN_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/reception/campaign.hpp"

#include <cstdint>

namespace sifang {

/// Cadres go to the households of a village on a day of the campaign (R21-R23).
struct household_request {
  day date;                   ///< day of the campaign
  std::uint32_t village = 0,  ///< position among `world::villages`
      township = 0;           ///< position among `world::townships`
};

/// `double weight(const household_request&) const`: how many of the cadres go there for each of its households, beside other villages;
/// 0 for none. The built-in one is even.
struct named_campaign_plan {
  /// There is one rule.
  [[nodiscard]] static named_campaign_plan of(const world&) noexcept { return {}; }
  /// Everywhere alike.
  [[nodiscard]] double weight(const household_request&) const noexcept { return 1; }
};

/// An item of the wall chart at the end of a day (R26): a grievance of petition grade, each evening; an item of public sentiment, when it
/// is done or its timetable has run out, each evening from then on.
struct strike_off_request {
  day today,             ///< the day
      found,             ///< day of the visit that found it
      target;            ///< last day of its timetable
  bool settled = false;  ///< the grievance is gone, or is another body's; the item is done
};

/// `bool strike(const strike_off_request&) const`: whether the item leaves the chart. The built-in rules that a scenario
/// names (`campaign.strike_off`).
struct named_strike_off {
  strike_off_rule rule = strike_off_rule::target;  ///< one of the built-in rules
  /// The scenario's.
  [[nodiscard]] static named_strike_off of(const world& w) noexcept { return {w.setting().campaign.strike_off}; }
  /// As the rule says.
  [[nodiscard]] bool strike(const strike_off_request& r) const noexcept {
    chart_item item{0, r.found, r.target, {}, false};
    strike_off(item, rule, r.today, r.settled);
    return item.struck_off;
  }
};

}  // namespace sifang

#endif
