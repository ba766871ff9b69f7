// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_RETURN_TIMING_HPP
#define SIFANG_COUNTY_POLICIES_RETURN_TIMING_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/reception/return_visits.hpp"

namespace sifang {

/// A return visit is owed (R27, R28). The owner has so many a week (`return_visits.visits_per_week`): when should it be?
struct return_request {
  day today;             ///< day of closing, or of the petition after it
  return_trigger why{};  ///< closed without peace, or peace that did not hold
  int repeats = 0,       ///< later registrations
      visits = 0;        ///< return visits made before
  calendar_days age{};   ///< since registration
};

/// `day due(const return_request&) const`: the first day on which it may be made; the owner's next free visit from then on is
/// taken. The built-in rule waits as long for all (`return_visits.delay`). It is not before today.
struct named_return_timing {
  calendar_days delay{30};  ///< from closing to the visit
  /// The scenario's.
  [[nodiscard]] static named_return_timing of(const world& w) noexcept { return {w.setting().clocks.return_visit}; }
  /// After the delay.
  [[nodiscard]] day due(const return_request& r) const noexcept { return r.today + delay; }
};

}  // namespace sifang

#endif
