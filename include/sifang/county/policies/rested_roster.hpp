// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_RESTED_ROSTER_HPP
#define SIFANG_COUNTY_POLICIES_RESTED_ROSTER_HPP

#include "sifang/assign/assignment.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/policies/dated_roster.hpp"
#include "sifang/county/world.hpp"
#include "sifang/org/official.hpp"
#include "sifang/reception/duty_roster.hpp"
#include "sifang/reception/plan.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// A roster for people: duties of the county's leaders spread evenly over the counted period, with rest between them.

namespace sifang {

/// A seat of a roster.
struct rested_seat {
  venue where{};         ///< kind of session
  unit_id place;         ///< unit at which it is held
  day date;              ///< on which
  minutes start,         ///< of the session, from midnight
      length;            ///< of the session
  official_id who;       ///< who has it; none if it stays empty
  bool in_turn = false;  ///< several could have it
};

/// What a roster is for one official.
struct rested_duties {
  official_id who;         ///< the official
  int sessions = 0,        ///< all together
      most_in_a_week = 0;  ///< from Monday to Sunday
  minutes least_rest{-1};  ///< from the end of a session to the start of the next; below 0 with less than two
};

/// A roster, and what it is for people.
struct rested_roster {
  std::vector<rested_seat> seats;     ///< by session
  std::vector<rested_duties> duties;  ///< of those who have any, by id
  minutes rest;                       ///< that everybody has between duties that are taken in turn
  double gini = 0;                    ///< of the number of duties, among all who could have one in turn
  bool is_optimal = false;            ///< none that rests as much costs less
};

namespace detail {

template <std::same_as<world> World>
[[nodiscard]] std::vector<rested_seat> leaders_seats(const World& w, std::vector<std::vector<official_id>>& choices) {
  std::vector<rested_seat> out;
  const reception_plan& plan = w.plan();
  for (const reception_series& s : plan.series()) {
    if (!plan.traits(s.where).of_county_leaders) continue;
    const bool in_turn = plan.traits(s.where).takes_turns;
    const auto dates = plan.dates(s.where);
    const auto people = plan.people(s);
    for (std::uint32_t turn = s.phase; turn < dates.size(); turn += s.period) {
      if (!w.counts(dates[turn])) continue;
      const std::size_t wanted = in_turn ? (std::min)(static_cast<std::size_t>(plan.receivers(s.where)), people.size()) : people.size();
      for (std::size_t k = 0; k < wanted; ++k) {
        out.push_back({s.where, s.place, dates[turn], plan.start(s.where), plan.length(s.where), {}, in_turn});
        choices.emplace_back();
        if (in_turn)
          choices.back().assign(people.begin(), people.end());
        else
          choices.back().push_back(people[k]);
      }
    }
  }
  return out;
}

/// What everybody has of a roster, by id.
[[nodiscard]] inline std::vector<rested_duties> duties_of(std::vector<rested_seat> seats, day monday) {
  std::erase_if(seats, [](const rested_seat& s) { return !s.who.valid(); });
  std::sort(seats.begin(), seats.end(), [](const rested_seat& a, const rested_seat& b) {
    return std::pair(a.who, instant(a.date, a.start)) < std::pair(b.who, instant(b.date, b.start));
  });
  std::vector<rested_duties> out;
  int in_week = 0;
  for (std::size_t i = 0; i < seats.size(); ++i) {
    const rested_seat& s = seats[i];
    const auto week = [&](const rested_seat& one) { return (one.date - monday).count / 7; };
    const bool first = i == 0 || seats[i - 1].who != s.who;
    if (first) out.push_back({s.who});
    in_week = first || week(seats[i - 1]) != week(s) ? 1 : in_week + 1;
    rested_duties& d = out.back();
    ++d.sessions;
    d.most_in_a_week = (std::max)(d.most_in_a_week, in_week);
    if (first) continue;
    const rested_seat& before = seats[i - 1];
    const minutes rest = instant(s.date, s.start) - instant(before.date, before.start + before.length);
    if (d.least_rest.count < 0 || rest < d.least_rest) d.least_rest = (std::max)(rest, minutes(0));
  }
  return out;
}

/// Gini's index of numbers that are not negative; 0 for none, and where all are 0.
[[nodiscard]] inline double gini_of(std::vector<int> numbers) {
  std::sort(numbers.begin(), numbers.end());
  double sum = 0, weighted = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    sum += numbers[i];
    weighted += static_cast<double>(i + 1) * numbers[i];
  }
  const auto n = static_cast<double>(numbers.size());
  return sum > 0 ? (2 * weighted - (n + 1) * sum) / (n * sum) : 0;
}

}  // namespace detail

/// Deals the sessions of the counted period among the county's leaders: no seat empty if it can be helped, few missed at linked townships,
/// duties spread evenly, and as much rest between two duties as costs no further seat: a day and a night, a night, or none.
/// \param costs  what weighs how much \param steps  assignments to look at for each rest, at most
/// \complexity that of `make_duty_roster` over the sessions of the counted period, three times at most
template <std::same_as<world> World>
[[nodiscard]] rested_roster make_rested_roster(const World& w, const roster_costs& costs = {}, std::size_t steps = 200) {
  std::vector<std::vector<official_id>> choices;
  rested_roster out;
  out.seats = detail::leaders_seats(w, choices);
  const auto solve = [&](minutes rest) {
    duty_problem problem(std::vector<assignee>(w.org().officials().size(), assignee{1'000'000, 0, costs.step}), rest);
    std::vector<assignment_choice> row;
    for (std::size_t i = 0; i < out.seats.size(); ++i) {
      const rested_seat& s = out.seats[i];
      row.clear();
      for (const official_id who : choices[i]) row.push_back({who, 0});
      // Seats of one session are sessions of their own at the same time: nobody takes two of them.
      const session_id at = problem.add_session(instant(s.date, s.start), instant(s.date, s.start + s.length));
      (void)problem.add_seat(at, row, s.in_turn ? costs.empty : costs.missed);
    }
    return make_duty_roster(problem, steps);
  };
  const auto empty_in = [](const duty_roster& r) {
    return std::count_if(r.seats.begin(), r.seats.end(), [](official_id who) { return !who.valid(); });
  };
  duty_roster best = solve(out.rest = minutes(0));
  for (const int hours : {32, 12}) {
    duty_roster rested = solve(minutes(60 * hours));
    if (empty_in(rested) > empty_in(best)) continue;
    best = std::move(rested);
    out.rest = minutes(60 * hours);
    break;
  }
  out.is_optimal = best.optimal();
  std::vector<int> taken(w.org().officials().size(), -1);
  for (std::size_t i = 0; i < out.seats.size(); ++i) {
    out.seats[i].who = best.seats[i];
    if (!out.seats[i].in_turn) continue;
    for (const official_id who : choices[i]) taken[who.index()] = 0;
  }
  for (const rested_seat& s : out.seats) {
    if (s.who.valid() && taken[s.who.index()] >= 0) ++taken[s.who.index()];
  }
  std::erase(taken, -1);
  out.gini = detail::gini_of(std::move(taken));
  out.duties = detail::duties_of(out.seats, w.start() - calendar_days(static_cast<std::int32_t>(w.start().weekday())));
  return out;
}

}  // namespace sifang

#endif
