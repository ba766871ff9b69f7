// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_BEHAVIOUR_HPP
#define SIFANG_COUNTY_BEHAVIOUR_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/county/year/tables.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/reception/setting.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

/// \file
/// What petitioners do. No policy: a county cannot decide it, and nothing that looks for the best may touch it.

namespace sifang {

/// The earliest session of one kind that a petitioner can reach.
struct session_offer {
  std::int32_t series = -1;  ///< position among the plan's series; -1 if there is none
  std::uint32_t turn = 0;    ///< of the series
  day date;                  ///< of the session
  double nearness = 0;       ///< factor of the way there, 1 at home
};

/// Which of the sessions that can be reached a petitioner goes to: a logit choice of delay, distance and rank, or
/// fixed shares (`choice.model`). As many as there are offers if there is none.
/// \param offers    by kind of session; asserted: one for each of the plan's
/// \param attempts  earlier decisions on a visit; those who come again climb (`choice.climb`)
/// \param luck      uniform in (0, 1)
template <class = when_called>
[[nodiscard]] inline std::size_t chosen_session(const world& w, const year_tables& tables, std::span<const session_offer> offers, day today,
                                                int attempts, double luck) noexcept {
  SIFANG_ASSERT(offers.size() == w.plan().kinds().size(), "an offer for each kind of session");
  const auto& choice = w.setting().choice;
  std::array<double, 4> climb{1, 1, 1, 1};  // by seniority
  if (attempts != 0) {
    constexpr double most = 600;  // the other factors are at most e^50: the sum of the weights stays finite
    for (std::size_t senior = 1; senior < climb.size(); ++senior) {
      climb[senior] = elementary::exp((std::min)(choice.climb * attempts * static_cast<double>(senior), most));
    }
  }
  std::array<double, most_session_kinds> weight;  // as many as there are offers
  double sum = 0;
  for (std::size_t v = 0; v < offers.size(); ++v) {
    weight[v] = 0;
    if (offers[v].series < 0) continue;
    if (choice.model == choice_model::shares) {
      weight[v] = w.plan().kind(venue(v)).share;
    } else {
      const auto senior = static_cast<std::size_t>(w.plan().traits(venue(v)).seniority);
      weight[v] = tables.appeal(v) * tables.delay((offers[v].date - today).count) * offers[v].nearness * climb[senior];
    }
    sum += weight[v];
  }
  SIFANG_ASSERT(sum < (std::numeric_limits<double>::infinity)());
  if (sum <= 0) return offers.size();
  // The venue in whose share of the sum the number falls: as many are passed as leave something over.
  double left = luck * sum;
  std::size_t chosen = 0;
  for (std::size_t v = 0; v < offers.size(); ++v) {
    left -= weight[v];
    chosen += left >= 0;
  }
  if (chosen == offers.size()) [[unlikely]] {  // by rounding: the last that can be chosen
    while (weight[--chosen] <= 0) {}
  }
  return chosen;
}

/// Chance that a petitioner who turns to the system once more comes in person.
/// \param visitor  whether they came in person at first
[[nodiscard]] inline double share_in_person(const scenario& s, bool visitor) noexcept {
  const double always = visitor ? s.repeats.in_person_share : 0;
  return always + (1 - always) * s.load.visit_share;
}

}  // namespace sifang

#endif
