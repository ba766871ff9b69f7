// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_CLOSING_HPP
#define SIFANG_COUNTY_POLICIES_CLOSING_HPP

#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/reception/plan.hpp"

#include <cstddef>
#include <span>

namespace sifang {

/// A session is about to be held: what happens to those who still wait when it should end?
struct closing_request {
  const reception_series& series;  ///< kind of session and place
  day date;                        ///< day of the session
  std::size_t visitors = 0;        ///< who came
};

/// `closing_policy at_closing(const closing_request&) const`: what the scenario says (`reception.closing`, `session.*.closing`).
struct named_closing {
  closing_policy rule = closing_policy::stay;  ///< at sessions that have none of their own
  std::span<const session_kind> kinds{};       ///< may have their own
  /// The scenario's.
  template <class = when_called>
  [[nodiscard]] static named_closing of(const world& w) noexcept {
    return {w.setting().reception.closing, w.plan().kinds()};
  }
  /// The kind's own rule, or the one of all.
  [[nodiscard]] closing_policy at_closing(const closing_request& r) const noexcept {
    const std::size_t kind = r.series.where.index();
    const session_closing own = kind < kinds.size() ? kinds[kind].closing : session_closing::as_reception;
    return own == session_closing::as_reception ? rule : static_cast<closing_policy>(static_cast<int>(own) - 1);
  }
};

}  // namespace sifang

#endif
