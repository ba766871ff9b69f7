// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_POLICIES_ADMISSION_HPP
#define SIFANG_COUNTY_POLICIES_ADMISSION_HPP

#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/reception/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace sifang {

/// A petitioner stands at the door of a session: what can be seen there.
struct visit_request {
  const reception_series& series;  ///< kind of session and place
  day date;                        ///< day of the session
  std::uint32_t category = 0,      ///< position among the scenario's categories
      township = 0;                ///< position among `world::townships`
  int persons = 1,                 ///< who came together
      visits = 1,                  ///< times that they set out, this one included
      repeats = 0;                 ///< later registrations of a case that there is
  bool known = false;              ///< whether there is a case
  calendar_days age{};             ///< of the case, since registration
  /// Chance of each kind for the built-in rule: the scenario's own draws, so that shares can be compared. @{
  double booking_luck = 1, screening_luck = 1;
  /// @}
};

/// How a petitioner is let in.
enum class admission : std::uint8_t {
  walk_in,      ///< stands in the queue (R10, R11)
  booked,       ///< has a time of their own
  turned_away,  ///< is not let in: a violation of R10
};

/// `admission admit(const visit_request&) const`: by the shares of the scenario (`reception.screened_share`, `booked_share`, and
/// `admission` of each kind of session).
struct named_admission {
  double screened_share = 0,              ///< turned away
      booked_share = 0;                   ///< has a time
  std::span<const session_kind> kinds{};  ///< may have their own way
  /// The scenario's.
  template <class = when_called>
  [[nodiscard]] static named_admission of(const world& w) noexcept {
    return {w.setting().reception.screened_share, w.setting().reception.booked_share, w.plan().kinds()};
  }
  /// As the kind has it, or by luck in these shares.
  [[nodiscard]] admission admit(const visit_request& r) const noexcept {
    const std::size_t kind = r.series.where.index();
    const session_admission own = kind < kinds.size() ? kinds[kind].admission : session_admission::as_reception;
    if (own != session_admission::as_reception) return own == session_admission::booked ? admission::booked : admission::walk_in;
    if (screened_share > 0 && r.screening_luck < screened_share) return admission::turned_away;
    return r.booking_luck < booked_share ? admission::booked : admission::walk_in;
  }
};

}  // namespace sifang

#endif
