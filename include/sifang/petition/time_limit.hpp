// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_TIME_LIMIT_HPP
#define SIFANG_PETITION_TIME_LIMIT_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

/// \file
/// How long something may take, and how long the clocks of a life cycle of one's own run, as a table.

namespace sifang {

/// The last day is inclusive (DOMAIN 2.2).
[[nodiscard]] constexpr bool is_in_time(day done, day due) noexcept { return done <= due; }

/// A limit in calendar days or in working days, whichever it was made from; counting begins the day after.
class time_limit {
 public:
  constexpr time_limit() noexcept = default;  ///< no days at all: the day itself
  /// Days of one kind. \pre not negative; asserted @{
  constexpr time_limit(calendar_days n) noexcept : count_(n.count) { SIFANG_ASSERT(count_ >= 0); }  // NOLINT(google-explicit-constructor)
  constexpr time_limit(working_days n) noexcept : count_(n.count), working_(true) {
    SIFANG_ASSERT(count_ >= 0);
  }  // NOLINT(google-explicit-constructor)
  /// @}
  /// The last day, inclusive, of what starts on `started`, which is day 0.
  template <class = when_called>
  [[nodiscard]] day from(day started, const working_calendar& calendar) const noexcept {
    return working_ ? calendar.add(started, working_days(count_)) : started + calendar_days(count_);
  }
  friend constexpr bool operator==(time_limit, time_limit) noexcept = default;

 private:
  std::int32_t count_ = 0;
  bool working_ = false;
};

/// A limit for each clock, and the calendar by which they are counted: rules for a model that needs no more.
template <named_enum Clock>
struct clock_limits {
  std::array<time_limit, enumerator_count<Clock>> limits{};  ///< in the order of the clocks
  working_calendar calendar{};                               ///< of the country
  bool extend_to_workday = false;                            ///< a last day that is a rest day moves to the next workday

  /// The limit of one clock.
  [[nodiscard]] const time_limit& of(Clock which) const noexcept {
    SIFANG_ASSERT(is_named(which), "a clock that has a name");
    return limits[static_cast<std::size_t>(which)];
  }
  /// Last day before any move to a workday.
  [[nodiscard]] day nominal_due(Clock which, day started) const noexcept { return of(which).from(started, calendar); }
  /// The day that counts in practice.
  [[nodiscard]] day last_day(day nominal) const noexcept { return extend_to_workday ? calendar.next_workday(nominal) : nominal; }
};

}  // namespace sifang

#endif
