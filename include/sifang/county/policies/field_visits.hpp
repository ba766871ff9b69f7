// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_FIELD_VISITS_HPP
#define SIFANG_COUNTY_POLICIES_FIELD_VISITS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace sifang {

/// Principal leaders go to a hot spot at an irregular time (R4): where?
struct field_visit_request {
  day date;                         ///< of the visit
  std::uint64_t month = 0,          ///< year × 12 + month
      visit = 0,                    ///< of the month, from 0
      per_month = 1;                ///< visits that a month may have
  std::span<const double> trouble;  ///< by office: repeats for each open case of the place or the unit, see below; empty unless asked for
  std::size_t offices = 0;          ///< townships, departments and parks that there are
  double luck = 0;                  ///< of the built-in random rule
};

/// `std::size_t go_to(const field_visit_request&) const`: a position among `world::offices`. The built-in rules that a
/// scenario names (`reception.irregular_target`): where the rate of repeats is worst, anywhere, or everywhere in turn.
///
/// The rate is the repeats of the open cases ÷ (the open cases + `fixed::cases_of_doubt`): of two places that are alike the one with more
/// cases, since few cases say little. A township's are all of its people, a department's or park's those that it has.
struct named_field_visits {
  hot_spot_rule rule = hot_spot_rule::worst;  ///< one of the built-in rules
  /// The scenario's.
  [[nodiscard]] static named_field_visits of(const world& w) noexcept { return {w.setting().reception.irregular_target}; }
  /// Whether the rule looks at where the trouble is.
  [[nodiscard]] bool looks() const noexcept { return rule == hot_spot_rule::worst; }
  /// As the rule says.
  template <class = when_called>
  [[nodiscard]] std::size_t go_to(const field_visit_request& r) const noexcept {
    if (rule == hot_spot_rule::random) return static_cast<std::size_t>(r.luck * static_cast<double>(r.offices));
    if (rule == hot_spot_rule::rotation) return (r.month * r.per_month + r.visit) % r.offices;
    return static_cast<std::size_t>(std::max_element(r.trouble.begin(), r.trouble.end()) - r.trouble.begin());
  }
};

}  // namespace sifang

#endif
