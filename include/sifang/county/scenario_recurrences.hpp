// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_SCENARIO_RECURRENCES_HPP
#define SIFANG_COUNTY_SCENARIO_RECURRENCES_HPP

#include "sifang/calendar/recurrence.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/reception/setting.hpp"
#include "sifang/county/scenario.hpp"

#include <algorithm>
#include <string>
#include <vector>

/// \file
/// The recurrence rules of a scenario: from which day they count, and which of them name no day.

namespace sifang {

/// Calls `v(key, session)` for each kind of session that recurs; the key is that of its table in a scenario file.
template <class Scenario, class Visitor>
void visit_sessions(Scenario& s, Visitor&& v) {
  for (auto& kind : s.reception.sessions) {
    if (!kind.irregular) v("session." + kind.id, kind);
  }
}

/// Lets rules that count (COUNT, INTERVAL) from no day of their own count from the first counted day. An INTERVAL
/// alone goes on backwards in step through the warm-up, and to New Year's Day, from which turns are counted; COUNT begins
/// on that day.
template <class = when_called>
inline void start_recurrences(scenario& s) {
  const day warm_up = s.start - (std::max)(s.warm_up, calendar_days(0)), new_year(s.start.year(), 1, 1);
  const day first = (std::max)((std::min)(warm_up, new_year) - calendar_days(40), first_day_allowed);  // what moves in comes from before
  const auto start = [&](std::vector<recurrence>& rules) {
    for (recurrence& r : rules) r = r.counted_from(s.start, first);
  };
  visit_sessions(s, [&](const std::string&, session_kind& one) { start(one.recur); });
  start(s.appointments.recur);
}

/// A rule of a scenario that names no day which is simulated.
struct idle_recurrence {
  std::string key;         ///< of the table in a scenario file that has the rule
  const recurrence* rule;  ///< in the scenario that was asked about
};

/// Rules that name no day from the first simulated day to the last: most likely another year was meant.
/// Those of what is not open are not asked. \complexity rules × days
template <class = when_called>
[[nodiscard]] inline std::vector<idle_recurrence> idle_recurrences(const scenario& s) {
  std::vector<idle_recurrence> out;
  const day first = s.first();
  if (s.end < s.start) return out;
  const auto look = [&](const std::string& key, const std::vector<recurrence>& rules) {
    for (const recurrence& r : rules) {
      if (!r.counted_from(s.start, first).names_a_day(first, s.last())) out.push_back({key, &r});
    }
  };
  visit_sessions(s, [&](const std::string& key, const session_kind& one) {
    if (one.open) look(key, one.recur);
  });
  if (s.appointments.open) look("appointments", s.appointments.recur);
  return out;
}

}  // namespace sifang

#endif
