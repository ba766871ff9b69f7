// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_CAMPAIGN_HPP
#define SIFANG_RECEPTION_CAMPAIGN_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sifang {

/// When an item leaves the wall chart (挂图作战、对标销号, R26).
enum class strike_off_rule : std::uint8_t {
  target,  ///< when the grievance is settled
  date,    ///< when its timetable runs out, settled or not
};
template <>
inline constexpr std::string_view names_of<strike_off_rule>[] = {"target", "date"};

/// The campaign "a thousand cadres visit ten thousand households" (登门走访, R21-R26).
struct campaign_setting {
  /// What each means, with its unit, range and source: `campaign.*` in `county/parameters.hpp`. @{
  bool open = true;
  day first{2022, 4, 11};
  int days = 4;
  double cadre_share = 1.0;
  double households_per_day = 2.5;
  double targeting = 4;
  double find_probability = 0.7;
  calendar_days timetable{30};
  strike_off_rule strike_off = strike_off_rule::target;
  double early_effect = 0.5;
  /// @}
};

/// The workdays of the campaign of one year: concentrated, from the first workday on (R22).
template <class = when_called>
[[nodiscard]] inline std::vector<day> campaign_days(const campaign_setting& setting, int year, const working_calendar& calendar) {
  std::vector<day> out;
  if (!setting.open) return out;
  const bool leap_day = setting.first.month() == 2 && setting.first.day_of_month() == 29;
  day d = calendar.next_workday(day(year, setting.first.month(), leap_day ? 28 : setting.first.day_of_month()));
  for (int i = 0; i < setting.days; ++i) {
    out.push_back(d);
    d = calendar.next_workday(d + calendar_days(1));
  }
  return out;
}

/// What a campaign reaches. The slogan's numbers are no measurements: both coverages are reported.
struct campaign_reach {
  double household_visits = 0;    ///< by all cadres, in the whole campaign
  double household_coverage = 0;  ///< share of all households, at most 1
  double village_coverage = 0;    ///< share of villages that at least one cadre reaches (R23), at most 1
};

/// What the campaign reaches with so many cadres, households and villages. Constant time.
[[nodiscard]] inline campaign_reach reach(const campaign_setting& setting, double cadres, double households, double villages) noexcept {
  campaign_reach out;
  const double sent = cadres * setting.cadre_share;
  out.household_visits = sent * setting.households_per_day * setting.days;
  if (households > 0) out.household_coverage = (std::min)(1.0, out.household_visits / households);
  // Each cadre stays in one village a day.
  if (villages > 0) out.village_coverage = (std::min)(1.0, sent * setting.days / villages);
  return out;
}

/// An item on the wall chart. It is valid only with a timetable and a responsible person (R25).
struct chart_item {
  std::uint32_t who = 0;    ///< the caller's own index of the case
  day found;                ///< day of the visit
  day target;               ///< last day of its timetable
  official_id responsible;  ///< named person; invalid if nobody was found
  bool struck_off = false;  ///< whether it is done
};

/// Faults of an item: no responsible person, or a timetable that ends before it begins (R25).
template <class = when_called>
[[nodiscard]] inline std::vector<fault> faults_of(const chart_item& item) {
  std::vector<fault> out;
  if (!item.responsible.valid()) {
    out.push_back(
        make_fault(fault_kind::rule_unsatisfied, place{}, "R25", "item " + std::to_string(item.who) + " has no responsible person"));
  }
  if (item.target <= item.found) {
    out.push_back(make_fault(fault_kind::rule_unsatisfied, place{}, "R25", "item " + std::to_string(item.who) + " has no timetable"));
  }
  return out;
}

/// Strikes an item off if the rule allows it today; an item never comes back on the chart.
inline void strike_off(chart_item& item, strike_off_rule rule, day today, bool settled) noexcept {
  item.struck_off = item.struck_off || (rule == strike_off_rule::target ? settled : settled || today > item.target);
}

}  // namespace sifang

#endif
