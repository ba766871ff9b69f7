// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_GUARDS_HPP
#define SIFANG_PETITION_GUARDS_HPP

#include "sifang/core/time.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/clocks.hpp"

/// \file
/// What must hold for steps of the life cycle, each in one place: `case_history` judges recorded cases by it, and a simulated
/// year moves its cases by it.

namespace sifang {

/// Row 5: a unit may object up to and including the last day (L5).
[[nodiscard]] constexpr bool may_object(day today, day due) noexcept { return is_in_time(today, due); }
/// Row 9: an extension is approved before the last day, not on it (L11).
[[nodiscard]] constexpr bool may_extend(day today, day due) noexcept { return today < due; }
/// Row 9: it lasts at least a day, and at most what the law grants (L11).
[[nodiscard]] constexpr bool is_extension(calendar_days length, calendar_days most) noexcept {
  return length >= calendar_days(1) && length <= most;
}
/// Row 13: only an appeal or claim goes to review (DOMAIN 2.3).
[[nodiscard]] constexpr bool may_be_reviewed(petition_type type) noexcept { return type == petition_type::claim; }
/// Row 19: a window has ended when its last day is over.
[[nodiscard]] constexpr bool has_ended(day today, day last) noexcept { return !is_in_time(today, last); }
/// Row 24: a duty is late when its last day is over.
[[nodiscard]] constexpr bool is_late(day today, day due) noexcept { return !is_in_time(today, due); }

/// Who must be there for a return visit to count (R29): the owning leader, and someone of the place unit and of the matter
/// unit where the case has them.
struct return_party {
  bool owner = false,       ///< the leader who owns the case
      place_unit = false,   ///< someone of the place unit
      matter_unit = false;  ///< someone of the matter unit
};
/// Row 22: whether a visit with those present counts (R29).
[[nodiscard]] constexpr bool is_complete(return_party present, bool has_place_unit, bool has_matter_unit) noexcept {
  return present.owner && (present.place_unit || !has_place_unit) && (present.matter_unit || !has_matter_unit);
}

}  // namespace sifang

#endif
