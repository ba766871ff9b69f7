// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_PLANNED_SERIES_HPP
#define SIFANG_IO_PLANNED_SERIES_HPP

#include "sifang/calendar/recurrence.hpp"
#include "sifang/calendar/schedule.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/world.hpp"
#include "sifang/io/planned_roster.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/reception/session_kind.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

/// \file
/// The roster of a scenario series by series: one kind of session at one place, with its dates, and what became of the days that its rule
/// names.

namespace sifang {

/// A day of a series and who sits.
struct planned_sitting {
  day date;                         ///< on which it takes place
  std::vector<official_id> people;  ///< never empty
};

/// One kind of session at one place.
struct planned_series {
  venue kind;                             ///< position among the kinds of the scenario
  unit_id place;                          ///< where
  std::vector<planned_sitting> sittings;  ///< by day, each day once
};

/// The sessions of `roster_of` by series: places in the order of the table of units, at each the kinds from the last to the first.
/// \pre the days are simulated; asserted \complexity n log n in sessions
[[nodiscard]] inline std::vector<planned_series> series_of(const world& w, roster_period days, bool everyone) {
  SIFANG_ASSERT(days.from >= w.first() && days.to <= w.last(), "days that are simulated");
  std::map<std::pair<std::size_t, std::size_t>, planned_series> all;
  for (reception_session& s : w.plan().sessions(days.from, days.to)) {
    if (!everyone && is_of_everyone(w.plan().kind(s.where))) continue;
    planned_series& into = all[{s.place.index(), most_session_kinds - s.where.index()}];
    into.kind = s.where;
    into.place = s.place;
    if (into.sittings.empty() || into.sittings.back().date != s.date) {
      into.sittings.push_back({s.date, std::move(s.people)});
      continue;
    }
    // People who come on other days of the rule too have a series of their own in the plan.
    std::vector<official_id>& people = into.sittings.back().people;
    people.insert(people.end(), s.people.begin(), s.people.end());
  }
  std::vector<planned_series> out;
  for (auto& [key, one] : all) out.push_back(std::move(one));
  return out;
}

/// Where somebody who sits at a kind of session would be needed on the same day too (R5); nothing if nowhere.
[[nodiscard]] inline std::optional<unit_id> also_needed_at(const world& w, official_id who, day date, venue kind) {
  for (const double_booking& b : w.plan().double_bookings()) {
    if (b.date == date && b.who == who && b.kept == kind) return b.missed_place;
  }
  return std::nullopt;
}

/// The rules of a kind of session as its plan counts them.
[[nodiscard]] inline std::vector<recurrence> counted_rules(const world& w, venue kind) {
  std::vector<recurrence> out;
  const day first = w.plan().first(), early = (std::max)(first - calendar_days(40), first_day_allowed);
  for (const recurrence& r : w.plan().kind(kind).recur) out.push_back(r.counted_from(first, early));
  return out;
}

/// What became of the days on which a kind would be held if every day were a workday and no two kinds met.
struct moved_days {
  std::vector<occurrence> moved;  ///< held on another day, by the planned one
  std::vector<day> left_out;      ///< not held at all
};

/// The days of a span that a kind's rules name and on which it is not held. A day that moves for another kind (`moves_for`) is moved to
/// the next workday, as the plan has it.
/// \pre the days are simulated; asserted \complexity linear in the days, times rules
[[nodiscard]] inline moved_days moves_of(const world& w, venue kind, roster_period days) {
  SIFANG_ASSERT(days.from >= w.first() && days.to <= w.last(), "days that are simulated");
  const session_kind& k = w.plan().kind(kind);
  const auto held = w.plan().dates(kind);
  const auto is_held = [&](day d) { return std::binary_search(held.begin(), held.end(), d); };
  const schedule rule{counted_rules(w, kind), {}, {}, k.remove, k.on_rest_day};
  const auto expanded = expand(rule, days.from, (std::min)(days.to + calendar_days(40), last_day_allowed), w.calendar());
  moved_days out;
  for (day d = days.from; d <= days.to; ++d) {
    const bool named = std::any_of(rule.include.begin(), rule.include.end(), [&](const recurrence& r) {
      return r.includes(d) && (!r.parts().workdays || w.calendar().is_workday(d));
    });
    if (!named || is_held(d)) continue;
    const auto at = std::find_if(expanded.begin(), expanded.end(), [&](const occurrence& o) { return o.nominal == d; });
    day actual = at == expanded.end() ? d : at->actual;
    if (at != expanded.end() && !is_held(actual) && !k.moves_for.empty()) actual = w.calendar().next_workday(actual + calendar_days(1));
    if (actual != d && is_held(actual))
      out.moved.push_back({d, actual});
    else
      out.left_out.push_back(d);
  }
  return out;
}

}  // namespace sifang

#endif
