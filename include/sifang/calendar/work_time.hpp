// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CALENDAR_WORK_TIME_HPP
#define SIFANG_CALENDAR_WORK_TIME_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace sifang {

/// Time that only runs while people work: so many minutes from a fixed hour on each workday.
///
/// On this axis a handler's queue in order of arrival is one number, the time at which the handler is
/// free; the calendar enters only where a completion becomes a date.
class work_time {
 public:
  /// \param per_day  working minutes of a day
  /// \param from     clock time at which they begin
  template <class = when_called>
  work_time(const working_calendar& calendar, day first, day last, double per_day, minutes from)
      : first_(first), per_day_(per_day), from_(from) {
    for (day d = first; d <= last; ++d) {
      before_.push_back(static_cast<std::int32_t>(workdays_.size()));
      if (calendar.is_workday(d)) workdays_.push_back(d);
    }
    before_.push_back(static_cast<std::int32_t>(workdays_.size()));
  }

  /// What of a day the working minutes of its instants follow from.
  struct part_of_day {
    double whole = 0;   ///< working minutes of all days before
    double length = 0;  ///< of the day itself; 0 if nobody works
    minutes from{};     ///< clock time at which they begin
    /// Working minutes passed since the first day. \param of_day  minute of the day
    [[nodiscard]] double at(minutes of_day) const noexcept {
      return whole + std::clamp(static_cast<double>((of_day - from).count), 0.0, length);
    }
  };
  /// \complexity constant
  template <class = when_called>
  [[nodiscard]] part_of_day of(day d) const noexcept {
    if (d < first_) return {0, 0, from_};
    const auto i = static_cast<std::size_t>((d - first_).count);
    if (i + 1 >= before_.size()) return {before_.back() * per_day_, 0, from_};  // all of the span has passed
    return {before_[i] * per_day_, before_[i + 1] == before_[i] ? 0 : per_day_, from_};
  }
  /// Working minutes passed at `t` since the first day.
  template <class = when_called>
  [[nodiscard]] double at(instant t) const noexcept {
    return of(t.date()).at(t.minute_of_day());
  }

  /// The instant at which so many working minutes have passed; far in the future beyond the span.
  [[nodiscard]] instant date_of(double work) const noexcept {
    auto i = static_cast<std::size_t>(work / per_day_);
    double rest = work - static_cast<double>(i) * per_day_;
    if (rest <= 0 && i > 0) {  // the end of a day belongs to that day
      --i;
      rest = per_day_;
    }
    if (i >= workdays_.size()) return instant((std::numeric_limits<std::int32_t>::max)());
    return instant(workdays_[i], from_ + minutes(static_cast<std::int32_t>(rest)));
  }

  /// Working minutes in the days `from` to `to`, both included.
  template <class = when_called>
  [[nodiscard]] double between(day from, day to) const noexcept {
    return at(instant(to + calendar_days(1), minutes(0))) - at(instant(from, minutes(0)));
  }

 private:
  day first_;
  double per_day_;
  minutes from_;
  std::vector<std::int32_t> before_;
  std::vector<day> workdays_;
};

}  // namespace sifang

#endif
