// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_SCENARIO_WARNINGS_HPP
#define SIFANG_COUNTY_SCENARIO_WARNINGS_HPP

#include "sifang/calendar/schedule.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/warning.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/scenario_recurrences.hpp"
#include "sifang/county/world.hpp"

#include <algorithm>
#include <string>
#include <vector>

/// \file
/// What a scenario leaves out, so that something is assumed in silence unless it is told here.

namespace sifang {

namespace detail {

template <class = when_called>
inline void warn_of_holidays(const world& w, std::vector<warning>& out) {
  const working_calendar& calendar = w.calendar();
  const place where{w.setting().county.holidays};
  const auto begins = calendar.first_notice(), ends = calendar.last_notice();
  if (!begins || !ends) {
    out.push_back(make_warning(warning_kind::no_holiday_table, where));
    return;
  }
  const int first_year = begins->year(), last_year = ends->year();
  if (w.first().year() < first_year) {
    const day assumed = (std::min)(day(first_year - 1, 12, 31), w.last());
    out.push_back(make_warning(warning_kind::holiday_table_begins, where, to_string(*begins), to_string(assumed)));
  }
  for (int year = (std::max)(first_year, w.first().year()); year <= (std::min)(last_year, w.last().year()); ++year) {
    if (!calendar.has_notice(year)) out.push_back(make_warning(warning_kind::holiday_year_missing, where, std::to_string(year)));
  }
  if (w.last().year() > last_year) {
    const day assumed = (std::max)(day(last_year + 1, 1, 1), w.first());
    out.push_back(make_warning(warning_kind::holiday_table_ends, where, to_string(*ends), to_string(assumed)));
  }
}

template <class = when_called>
inline void warn_of_sensitive_periods(const world& w, std::vector<warning>& out) {
  const scenario& s = w.setting();
  const auto on_duty = [](const session_kind& k) { return k.open && k.sensitive_duty; };
  if (std::none_of(s.reception.sessions.begin(), s.reception.sessions.end(), on_duty)) return;
  for (int year = w.start().year(); year <= w.last().year(); ++year) {
    const day begin(year, 1, 1), end(year, 12, 31);
    const bool given = std::any_of(s.sensitive_periods.begin(), s.sensitive_periods.end(),
                                   [&](const sensitive_period& p) { return p.first - p.lead <= end && p.last >= begin; });
    if (!given) out.push_back(make_warning(warning_kind::no_sensitive_period, place{}, std::to_string(year)));
  }
}

template <class = when_called>
inline void warn_of_sessions(const world& w, std::vector<warning>& out) {
  visit_sessions(w.setting(), [&](const std::string& name, const session_kind& one) {
    if (!one.open) return;
    const auto dates = w.plan().dates(*w.setting().reception.find(one.id));
    if (std::none_of(dates.begin(), dates.end(), [&](day d) { return w.counts(d); }))
      out.push_back(make_warning(warning_kind::no_session, place{}, name, to_string(w.start()), to_string(w.last())));
    const auto is_simulated = [&](const std::string& list, day d) {
      const bool simulated = d >= w.first() && d <= w.last();
      if (!simulated)
        out.push_back(
            make_warning(warning_kind::date_of_no_effect, place{}, list, to_string(d), to_string(w.first()), to_string(w.last())));
      return simulated;
    };
    for (const day d : one.add) static_cast<void>(is_simulated(name + ".add", d));
    if (one.remove.empty()) return;
    const auto planned = expand({one.recur, {}, one.add, {}, one.on_rest_day}, w.first(), w.last(), w.calendar());
    for (const day d : one.remove) {
      const bool held = std::any_of(planned.begin(), planned.end(), [&](const occurrence& o) { return o.nominal == d || o.actual == d; });
      if (is_simulated(name + ".remove", d) && !held)
        out.push_back(make_warning(warning_kind::nothing_to_remove, place{}, name + ".remove", to_string(d)));
    }
  });
}

}  // namespace detail

/// What a planner should know before believing what a scenario yields: years without holidays or sensitive periods,
/// open reception without a session, dates that change nothing. None of it keeps the scenario from being played.
/// \complexity linear in the days
template <class = when_called>
[[nodiscard]] inline std::vector<warning> warnings_of(const world& w) {
  std::vector<warning> out;
  detail::warn_of_holidays(w, out);
  detail::warn_of_sensitive_periods(w, out);
  detail::warn_of_sessions(w, out);
  return out;
}

}  // namespace sifang

#endif
