// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_HANDLING_ORDER_HPP
#define SIFANG_COUNTY_POLICIES_HANDLING_ORDER_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"

namespace sifang {

/// A case waits for a handler of its unit.
struct handling_request {
  day accepted,               ///< day of acceptance
      due;                    ///< last day of the reply
  int repeats = 0;            ///< later registrations
  bool long_pending = false,  ///< on the list of long-pending cases
      owned = false;          ///< whether a leader owns it
};

/// `double place_in_line(const handling_request&) const`: of those that wait, the handler who is free takes the one with the least
/// place; of equal ones the one that came first. The built-in orders that a scenario names (`handling.order`).
struct named_handling_order {
  handling_rule rule = handling_rule::first_come;  ///< one of the built-in rules
  /// The scenario's.
  [[nodiscard]] static named_handling_order of(const world& w) noexcept { return {w.setting().handling.order}; }
  /// Whether all have the same place.
  [[nodiscard]] bool first_come() const noexcept { return rule == handling_rule::first_come; }
  /// As the rule says.
  [[nodiscard]] double place_in_line(const handling_request& r) const noexcept {
    return rule == handling_rule::by_due_date ? r.due.since_1970() : 0;
  }
};

}  // namespace sifang

#endif
