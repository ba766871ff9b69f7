// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CALENDAR_CONVENTION_HPP
#define SIFANG_CALENDAR_CONVENTION_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace sifang {

/// What becomes of a date that is no workday (DOMAIN 1.6(1); the business-day conventions of finance).
enum class day_convention : std::uint8_t {
  keep,                   ///< unadjusted: held all the same
  next_workday,           ///< following (顺延)
  modified_next_workday,  ///< following, but preceding if that would leave the month
  previous_workday,       ///< preceding
  skip,                   ///< not held
};
template <>
inline constexpr std::string_view names_of<day_convention>[] = {"keep", "next_workday", "modified_next_workday", "previous_workday",
                                                                "skip"};

/// The day on which something planned for `d` takes place, or nothing if it is skipped.
template <class = when_called>
[[nodiscard]] inline std::optional<day> adjust(day d, day_convention convention, const working_calendar& calendar) {
  if (calendar.is_workday(d)) return d;
  switch (convention) {
    case day_convention::keep:
      return d;
    case day_convention::next_workday:
      return calendar.next_workday(d);
    case day_convention::modified_next_workday: {
      const day next = calendar.next_workday(d);
      return next.month() == d.month() ? next : calendar.previous_workday(d);
    }
    case day_convention::previous_workday:
      return calendar.previous_workday(d);
    case day_convention::skip:
      break;
  }
  return std::nullopt;
}

}  // namespace sifang

#endif
