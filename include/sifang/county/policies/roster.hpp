// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_ROSTER_HPP
#define SIFANG_COUNTY_POLICIES_ROSTER_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/reception/plan.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

/// A dated session needs people. `sit` names them: `void sit(const sitting_request&, std::vector<official_id>& people) const`
/// fills the empty list. Absence comes on top: whoever is away is replaced as the scenario says (`reception.substitution`).
struct sitting_request {
  const reception_plan& plan;             ///< the plan, with the people and dates of every series
  const reception_series& series;         ///< kind of session and place
  std::uint32_t turn = 0;                 ///< of the series
  day date;                               ///< day of the session
  std::size_t seats = 1;                  ///< receivers that the scenario plans
  std::span<const std::uint32_t> served;  ///< by official: county sessions sat at until now, since 1 January or `scenario.start`
};

/// Those whose turn it is, as the plan has them.
struct sit_in_turn {
  /// As the plan has it.
  template <class = when_called>
  void sit(const sitting_request& r, std::vector<official_id>& people) const {
    r.plan.roster(r.series, r.turn, people);
  }
};

/// Everybody of the rota at once.
struct all_sit {
  /// The whole rota.
  template <class = when_called>
  void sit(const sitting_request& r, std::vector<official_id>& people) const {
    const auto all = r.plan.people(r.series);
    people.assign(all.begin(), all.end());
  }
};

/// Of the rota, those who have sat least often in this year, ties to the lower id.
struct least_burdened_sit {
  /// The least burdened.
  template <class = when_called>
  void sit(const sitting_request& r, std::vector<official_id>& people) const {
    const auto all = r.plan.people(r.series);
    people.assign(all.begin(), all.end());
    const auto rested = [&](official_id a, official_id b) {
      const std::uint32_t x = r.served[a.index()], y = r.served[b.index()];
      return x != y ? x < y : a < b;
    };
    std::sort(people.begin(), people.end(), rested);
    if (people.size() > r.seats) people.resize(r.seats);
  }
};

/// The rule that the scenario names (`reception.roster`), for sessions whose people go round; others have their own.
struct named_roster {
  roster_rule rule = roster_rule::in_turn;  ///< one of the built-in rules
  /// The scenario's.
  [[nodiscard]] static named_roster of(const world& w) noexcept { return {w.setting().reception.roster}; }
  /// Whether the plan says all, clashes too.
  [[nodiscard]] bool as_planned() const noexcept { return rule == roster_rule::in_turn; }
  /// As the rule says.
  template <class = when_called>
  void sit(const sitting_request& r, std::vector<official_id>& people) const {
    const bool rotates = r.plan.traits(r.series.where).takes_turns;
    if (rotates && rule == roster_rule::all) return all_sit{}.sit(r, people);
    if (rotates && rule == roster_rule::least_burdened) return least_burdened_sit{}.sit(r, people);
    sit_in_turn{}.sit(r, people);
  }
};

}  // namespace sifang

#endif
