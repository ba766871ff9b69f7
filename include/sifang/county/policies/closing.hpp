// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_CLOSING_HPP
#define SIFANG_COUNTY_POLICIES_CLOSING_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/reception/plan.hpp"

#include <cstddef>

namespace sifang {

/// A session is about to be held: what happens to those who still wait when it should end?
struct closing_request {
  const reception_series& series;  ///< kind of session and place
  day date;                        ///< day of the session
  std::size_t visitors = 0;        ///< who came
};

/// `closing_policy at_closing(const closing_request&) const`: what the scenario says (`reception.closing`).
struct named_closing {
  closing_policy rule = closing_policy::stay;  ///< the same at every session
  /// The scenario's.
  [[nodiscard]] static named_closing of(const world& w) noexcept { return {w.setting().reception.closing}; }
  /// The rule.
  [[nodiscard]] closing_policy at_closing(const closing_request&) const noexcept { return rule; }
};

}  // namespace sifang

#endif
