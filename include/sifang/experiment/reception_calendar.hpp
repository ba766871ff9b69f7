// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_RECEPTION_CALENDAR_HPP
#define SIFANG_EXPERIMENT_RECEPTION_CALENDAR_HPP

#include "sifang/calendar/convention.hpp"
#include "sifang/calendar/schedule.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/sort_stably.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/session_days.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/reception/plan.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// \file
/// Reception days of a policy for a calendar: what is held, how long people queue, and where sessions get into each other's way.

namespace sifang {

namespace detail {

/// To a thousandth: what a calendar draws needs no more digits.
[[nodiscard]] inline double thousandths(double x) noexcept { return std::round(x * 1000) / 1000; }

/// Sessions of a kind on each of its days; also those for which nobody is left to sit, since people may come to them.
template <class = when_called>
[[nodiscard]] inline std::vector<double> planned_sessions(const reception_plan& plan, venue v, std::span<const day> dates) {
  std::vector<double> out(dates.size());
  for (std::uint32_t i : plan.series_of(v)) {
    const reception_series& s = plan.series()[i];
    for (std::size_t k = 0; k < dates.size(); ++k) out[k] += s.period <= 1 || plan.turn_on(v, dates[k]) % s.period == s.phase;
  }
  return out;
}

/// Days that a kind's rules name and on which it is not held: where it goes, or that it is left out. A rule of every day means workdays,
/// so that its weekends are nothing to note.
template <class = when_called>
inline void note_days_of_rest(const world& w, venue v, std::vector<result_day_note>& out) {
  const reception_plan& plan = w.plan();
  const session_kind& k = plan.kind(v);
  schedule nominal{k.recur, {}, {}, {}, day_convention::keep};
  std::erase_if(nominal.include, [](const recurrence& r) { return r.parts().every == frequency::daily; });
  const day turns = (std::min)(plan.first(), day(w.start().year(), 1, 1));
  for (recurrence& r : nominal.include) { r = r.counted_from(plan.first(), (std::max)(turns - calendar_days(40), first_day_allowed)); }
  for (const occurrence& o : expand(nominal, w.start(), w.end(), w.calendar())) {
    if (plan.is_held(v, o.nominal)) continue;
    const bool taken_out = std::find(k.remove.begin(), k.remove.end(), o.nominal) != k.remove.end();
    auto actual = taken_out ? std::nullopt : adjust(o.nominal, k.on_rest_day, w.calendar());
    if (actual == o.nominal) actual = w.calendar().next_workday(o.nominal + calendar_days(1));  // it makes room for another kind
    const bool moved = actual && *actual <= plan.last() && plan.is_held(v, *actual);
    out.push_back({to_string(o.nominal), moved ? "moved" : "left_out", k.id, moved ? to_string(*actual) : std::string(), {}});
  }
}

/// Kinds that move for another and are held together with it; posts that are needed in two places.
template <class = when_called>
inline void note_collisions(const world& w, std::vector<result_day_note>& out) {
  const reception_plan& plan = w.plan();
  for (std::size_t i = 0; i < plan.kinds().size(); ++i) {
    const session_kind& k = plan.kinds()[i];
    const auto other = k.moves_for.empty() ? std::nullopt : plan.setting().find(k.moves_for);
    if (!k.open || !other || !plan.kind(*other).open) continue;
    for (day d : w.session_days().dates(plan, venue(i))) {
      if (plan.is_held(*other, d)) out.push_back({to_string(d), "together", k.id, plan.kind(*other).id, {}});
    }
  }
  for (const double_booking& b : plan.double_bookings()) {
    if (!w.counts(b.date)) continue;
    const std::string date = to_string(b.date), &missed = plan.kind(b.missed).id, &kept = plan.kind(b.kept).id;
    const official& who = w.org()[b.who];
    const auto same = std::find_if(out.begin(), out.end(), [&](const result_day_note& n) {
      return n.what == "missed" && n.date == date && n.venue == missed && n.other == kept;
    });
    auto& note = same != out.end() ? *same : out.emplace_back(result_day_note{date, "missed", missed, kept, {}});
    note.people.push_back(who.title.empty() ? who.post : who.title);
  }
}

}  // namespace detail

/// The calendar of a policy, from the sums of its reception days.
/// \param sums          Σ over replications, as `study_result::days` has them
/// \param replications  behind the sums; at least 1
/// \pre as many sums as the world has reception days and figures; asserted
template <class = when_called>
[[nodiscard]] inline result_calendar reception_calendar(const world& w, std::span<const double> sums, std::size_t replications) {
  const session_day_layout& days = w.session_days();
  SIFANG_ASSERT(replications > 0 && sums.size() == session_day::figures * days.size(), "sums of the days of this world");
  const auto years = static_cast<double>(replications);
  result_calendar out;
  for (day d = w.start(); d <= w.end(); ++d) {
    if (!w.calendar().is_workday(d)) out.rest_days.push_back(to_string(d));
  }
  const reception_plan& plan = w.plan();
  for (std::size_t i = 0; i < plan.kinds().size(); ++i) {
    const venue v(i);
    if (plan.kind(v).open && !plan.kind(v).irregular) detail::note_days_of_rest(w, v, out.notes);
    const auto dates = days.dates(plan, v);
    if (dates.empty()) continue;
    result_session_days& kind = out.kinds.emplace_back();
    kind.venue = plan.kind(v).id;
    kind.planned = detail::planned_sessions(plan, v, dates);
    for (std::size_t k = 0; k < dates.size(); ++k) {
      const double* of_day = sums.data() + session_day::figures * (days.first(v) + k);
      const double heard = of_day[1];
      kind.dates.push_back(to_string(dates[k]));
      kind.visited.push_back(detail::thousandths(of_day[0] / years));
      kind.heard.push_back(detail::thousandths(heard / years));
      kind.unheard.push_back(detail::thousandths(of_day[2] / years));
      kind.wait_minutes.push_back(heard > 0 ? detail::thousandths(of_day[3] / heard) : 0);
      kind.queue.push_back(detail::thousandths(of_day[4] / years));
      kind.empty_seats.push_back(detail::thousandths(of_day[5] / years));
    }
  }
  detail::note_collisions(w, out.notes);
  detail::sort_stably(out.notes, [](const result_day_note& a, const result_day_note& b) { return a.date < b.date; });
  return out;
}

}  // namespace sifang

#endif
