// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_DATED_ROSTER_HPP
#define SIFANG_COUNTY_POLICIES_DATED_ROSTER_HPP

#include "sifang/assign/assignment.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/policies/roster.hpp"
#include "sifang/county/world.hpp"
#include "sifang/reception/duty_roster.hpp"
#include "sifang/reception/plan.hpp"

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

/// \file
/// Rosters that are made before a year is played: a table that is given, and one that spreads duties evenly.

namespace sifang {

/// A roster policy that looks people up: who sits at which dated session. What it does not have is as planned.
class dated_roster {
 public:
  /// Somebody sits at a session of a kind, at a place, on a day. \complexity log n
  template <class = when_called>
  void add(venue where, unit_id place, day date, official_id who) {
    (*people_)[key{where, place, date}].push_back(who);
  }
  /// Sessions that the table has.
  [[nodiscard]] std::size_t sessions() const noexcept { return people_->size(); }

  /// Those whom the table names. \complexity log n
  template <class = when_called>
  void sit(const sitting_request& r, std::vector<official_id>& people) const {
    const auto found = people_->find(key{r.series.where, r.series.place, r.date});
    if (found == people_->end()) return sit_in_turn{}.sit(r, people);
    people = found->second;
  }

 private:
  struct key {
    venue where;
    unit_id place;
    day date;
    friend auto operator<=>(const key&, const key&) = default;
  };
  std::shared_ptr<std::map<key, std::vector<official_id>>> people_ =
      std::make_shared<std::map<key, std::vector<official_id>>>();  // shared by threads
};

/// A table for the bureau's duty (R6) and the principal leaders' day (R3), and how good it is known to be.
struct spread_roster {
  dated_roster table;     ///< a roster policy
  duty_roster found;      ///< with its cost and bound, in points
  std::size_t seats = 0;  ///< that it fills, or leaves empty
};

/// What a point is: an empty seat at the bureau or on the principal leaders' day, and a leader who is missed at the linked
/// township (R5), against a further duty for each that a leader has already.
struct roster_costs {
  assignment_cost empty = 1'000'000,  ///< nobody sits
      missed = 1'000,                 ///< somebody sits elsewhere than at the linked township
      step = 1;                       ///< of each duty in hand
};

/// The cheapest roster of county leaders that is found in so many steps (`make_duty_roster`), with a bound below which none can
/// be: no seat empty if it can be helped, few leaders missed at linked townships, and duties spread evenly.
/// \param costs  what weighs how much
/// \param steps  assignments to look at, at most
/// \complexity that of `make_duty_roster` over all sessions of the simulated days
template <std::same_as<world> World>
[[nodiscard]] spread_roster make_spread_roster(const World& w, const roster_costs& costs = {}, std::size_t steps = 200) {
  const reception_plan& plan = w.plan();
  duty_problem problem(std::vector<assignee>(w.org().officials().size(), assignee{1'000'000, 0, costs.step}));
  struct seat_of {
    venue where;
    unit_id place;
    day date;
  };
  std::vector<seat_of> seats;
  std::vector<assignment_choice> choices;
  for (const reception_series& s : plan.series()) {
    const bool rotates = plan.traits(s.where).takes_turns;
    if (!plan.traits(s.where).of_county_leaders) continue;
    const auto dates = plan.dates(s.where);
    for (std::uint32_t turn = s.phase; turn < dates.size(); turn += s.period) {
      const session_id at =
          problem.add_session(instant(dates[turn], plan.start(s.where)), instant(dates[turn], plan.start(s.where) + plan.length(s.where)));
      const auto people = plan.people(s);
      const auto add_seat = [&](assignment_cost if_empty) {
        (void)problem.add_seat(at, choices, if_empty);
        seats.push_back({s.where, s.place, dates[turn]});
      };
      if (rotates) {
        choices.clear();
        for (official_id who : people) choices.push_back({who, 0});
        const auto wanted = (std::min)(static_cast<std::size_t>(plan.receivers(s.where)), people.size());
        for (std::size_t k = 0; k < wanted; ++k) add_seat(costs.empty);
      } else {
        for (official_id who : people) {
          choices.assign(1, {who, 0});
          add_seat(costs.missed);
        }
      }
    }
  }
  spread_roster out{{}, make_duty_roster(problem, steps), seats.size()};
  for (std::size_t k = 0; k < seats.size(); ++k) {
    if (plan.traits(seats[k].where).takes_turns && out.found.seats[k].valid())
      out.table.add(seats[k].where, seats[k].place, seats[k].date, out.found.seats[k]);
  }
  return out;
}

}  // namespace sifang

#endif
