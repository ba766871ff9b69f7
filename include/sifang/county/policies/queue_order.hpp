// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_QUEUE_ORDER_HPP
#define SIFANG_COUNTY_POLICIES_QUEUE_ORDER_HPP

#include "sifang/county/policies/admission.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/petition/kinds.hpp"

namespace sifang {

/// `double place(const visit_request&, admission how) const`: of those who wait, the one with the least place is called next;
/// of equal ones whoever came first. The built-in orders that a scenario names (`reception.queue_order`).
struct named_queue_order {
  queue_rule rule = queue_rule::first_come;  ///< one of the built-in rules
  /// The scenario's.
  [[nodiscard]] static named_queue_order of(const world& w) noexcept { return {w.setting().reception.queue_order}; }
  /// Whether all have the same place.
  [[nodiscard]] bool first_come() const noexcept { return rule == queue_rule::first_come; }
  /// As the rule says.
  [[nodiscard]] double place(const visit_request& r, admission how) const noexcept {
    switch (rule) {
      case queue_rule::by_appointment:
        return how == admission::booked ? 0 : 1;
      case queue_rule::longest_case:
        return r.known ? -static_cast<double>(r.age.count) - 1 : 0;
      case queue_rule::groups_last:
        return is_group_size(r.persons) ? 1 : 0;
      case queue_rule::first_come:
        break;
    }
    return 0;
  }
};

}  // namespace sifang

#endif
