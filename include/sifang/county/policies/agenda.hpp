// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_AGENDA_HPP
#define SIFANG_COUNTY_POLICIES_AGENDA_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/reception/appointments.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

/// The monthly analysis (R16) has the open cases before it. What comes onto the issue list, and to whom does each go?
struct agenda_request {
  day date;                         ///< of the analysis
  std::span<issue_candidate> open;  ///< open cases that are not listed yet; may be reordered, and `salience` set
  issue_weights weights;            ///< what makes a case long-pending in this county
  int list_length = 0,              ///< items that the list may have
      field_days = 0,               ///< of each leader until the next analysis
      per_day = 0;                  ///< appointments on a field day
  std::span<std::int32_t> taken;    ///< one entry an official, zero: for the rule to count with
};

/// `void list(agenda_request&, std::vector<appointment>& items) const` fills the empty list. The built-in one takes what
/// presses most by age and repeats, for the leader linked or in charge (`make_issue_list`).
struct named_agenda {
  /// There is one rule.
  [[nodiscard]] static named_agenda of(const world&) noexcept { return {}; }
  /// The most pressing first.
  template <class = when_called>
  void list(agenda_request& r, std::vector<appointment>& items) const {
    make_issue_list(r.open, r.weights, r.list_length, r.field_days, r.per_day, r.taken, items);
  }
};

}  // namespace sifang

#endif
