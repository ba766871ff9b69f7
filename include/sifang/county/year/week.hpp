// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_WEEK_HPP
#define SIFANG_COUNTY_YEAR_WEEK_HPP

// Part of sifang/county/replication.hpp: what is seen at the end of a week.
#include "sifang/county/replication.hpp"

namespace sifang {

/// Looks at the state at the end of a week; clocks are compared here, not scheduled (rows 23, 24).
template <ownership_policy O, class B>
void replication<O, B>::sample_week() {
  const auto waiting = [&](series_id s, std::initializer_list<venue> venues) {
    double sum = 0;
    for (venue v : venues) sum += waiting_[static_cast<std::size_t>(v)];
    add_series(s, sum, 1);
  };
  waiting(series_id::waiting_local, {venue::village, venue::section});
  waiting(series_id::waiting_units, {venue::township, venue::department});
  waiting(series_id::waiting_linked, {venue::linked_leader});
  waiting(series_id::waiting_bureau, {venue::bureau_leader});
  waiting(series_id::waiting_principal, {venue::principal});
  waiting(series_id::waiting_window, {venue::window});

  const instant now(today_, minutes(minutes_per_day - 1));
  const auto& setting = world_->setting();
  const long_pending_cutoff cutoff{setting.appointments.long_pending_age, setting.appointments.long_pending_repeats};
  enum stage : std::uint8_t { routing, accepting, handling, deciding, returning, stages };
  static constexpr auto stage_of = [] {
    std::array<stage, case_state_count> of{};
    of.fill(deciding);
    of[static_cast<std::size_t>(case_state::registered)] = routing;
    of[static_cast<std::size_t>(case_state::routed)] = accepting;
    of[static_cast<std::size_t>(case_state::accepted)] = of[static_cast<std::size_t>(case_state::handling)] = handling;
    of[static_cast<std::size_t>(case_state::return_visit_due)] = returning;
    return of;
  }();
  std::array<double, stages> by_stage{};
  double late = 0;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const std::uint32_t who = open_[i];
    if (i + 6 < open_.size()) fetch(open_[i + 6]);
    matter& m = matters_[who];
    const std::int32_t age = today_.since_1970() - m.registered;
    if (!m.long_pending && cutoff.reached(calendar_days(age), m.repeats)) {
      m.long_pending = true;
      step(who, case_event::cutoff, now);
    }
    // By table, since what state a case is in is chance to the processor.
    const stage at_stage = stage_of[static_cast<std::size_t>(m.state)];
    const bool in_hand = at_stage == handling;
    const std::int32_t no_due = (std::numeric_limits<std::int32_t>::max)();
    const std::int32_t route_due = due_day(case_clock::route, m.route_from);
    const std::array<std::int32_t, stages> dues{route_due, m.accept_due, m.reply_due, no_due, no_due};
    const std::int32_t due = dues[at_stage];
    if (today_.since_1970() > due) {
      late += in_hand;
      if (!m.late_now) {
        if (in_hand) out_.sums.add(metric::overdue, cells_of(m), 1, 0);
        miss(who, now);
      }
    }
    by_stage[at_stage] += 1;
    out_.sums.add(metric::open_age_days, cells_of(m), age, 1);
  }
  add_series(series_id::open_routing, by_stage[routing] + by_stage[accepting], 1);
  add_series(series_id::open_handling, by_stage[handling], 1);
  add_series(series_id::open_review, by_stage[deciding], 1);
  add_series(series_id::open_return, by_stage[returning], 1);
  add_series(series_id::overdue_open, late, 1);
}

}  // namespace sifang

#endif
