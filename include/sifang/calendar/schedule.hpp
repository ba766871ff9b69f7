// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CALENDAR_SCHEDULE_HPP
#define SIFANG_CALENDAR_SCHEDULE_HPP

#include "sifang/calendar/convention.hpp"
#include "sifang/calendar/recurrence.hpp"
#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <vector>

namespace sifang {

/// A planned day and the day on which it takes place.
struct occurrence {
  day nominal,  ///< by the rule or list
      actual;   ///< after the move to a workday, if any
  friend bool operator==(const occurrence&, const occurrence&) = default;
};

/// A set of days: the union of rules and listed dates, minus others, each adjusted to workdays.
struct schedule {
  std::vector<recurrence> include,                    ///< a day that any of them names is in
      exclude;                                        ///< a nominal day that any of them names is out
  std::vector<day> add;                               ///< kept whatever the calendar says
  std::vector<day> remove;                            ///< nominal or actual days that fall away
  day_convention on_rest_day = day_convention::keep;  ///< what becomes of a nominal day without work
};

/// The days of a schedule that take place from `first` to `last`, in order, each actual day once (the
/// earliest nominal day stands for it). Looks 40 days beyond both ends for days that move in.
/// \pre no rule `needs_start()`; asserted
template <class = when_called>
[[nodiscard]] inline std::vector<occurrence> expand(const schedule& s, day first, day last, const working_calendar& calendar) {
  const auto removed = [&](day d) { return std::find(s.remove.begin(), s.remove.end(), d) != s.remove.end(); };
  const auto names = [&](const recurrence& rule, day d) { return rule.includes(d) && (!rule.parts().workdays || calendar.is_workday(d)); };
  std::vector<occurrence> out;
  const auto keep = [&](day nominal, day actual) {
    if (actual >= first && actual <= last && !removed(actual)) out.push_back({nominal, actual});
  };
  for (const recurrence& rule : s.include) {
    // A plain loop: the view of `days` would be instantiated in every program that includes this header.
    for (day d = first - calendar_days(40); d <= last + calendar_days(40); ++d) {
      if (!names(rule, d) || removed(d)) continue;
      if (std::any_of(s.exclude.begin(), s.exclude.end(), [&](const recurrence& x) { return names(x, d); })) continue;
      if (const auto actual = adjust(d, s.on_rest_day, calendar)) keep(d, *actual);
    }
  }
  for (day d : s.add) keep(d, d);
  std::sort(out.begin(), out.end(),
            [](const occurrence& a, const occurrence& b) { return a.actual != b.actual ? a.actual < b.actual : a.nominal < b.nominal; });
  out.erase(std::unique(out.begin(), out.end(), [](const occurrence& a, const occurrence& b) { return a.actual == b.actual; }), out.end());
  return out;
}

}  // namespace sifang

#endif
