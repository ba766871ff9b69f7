// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_TIME_HPP
#define SIFANG_CORE_TIME_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace sifang {

namespace detail {
/// Whether the calendar has such a day, in a year that has four digits.
[[nodiscard]] constexpr bool is_date(int year, unsigned month, unsigned dom) noexcept {
  if (year < 0 || year > 9999 || month < 1 || month > 12 || dom < 1 || dom > 31) return false;  // beyond, <chrono> wraps
  return std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(dom)).ok();
}
/// No constant expression, so that a constant of a date that there is not does not compile.
inline void date_that_there_is_not() noexcept {}
}  // namespace detail

/// A count in one unit; counts in different units do not mix (日 and 工作日 differ, DOMAIN 2.2).
template <class Tag>
struct count_of {
  std::int32_t count = 0;  ///< may be negative

  constexpr count_of() noexcept = default;
  /// Explicit, so that the unit is always named.
  explicit constexpr count_of(std::int32_t n) noexcept : count(n) {}

  friend constexpr auto operator<=>(count_of, count_of) noexcept = default;
  friend constexpr count_of operator+(count_of a, count_of b) noexcept { return count_of(a.count + b.count); }
  friend constexpr count_of operator-(count_of a, count_of b) noexcept { return count_of(a.count - b.count); }
  friend constexpr count_of operator*(count_of a, std::int32_t k) noexcept { return count_of(a.count * k); }
  constexpr count_of& operator+=(count_of b) noexcept {
    count += b.count;
    return *this;
  }
  constexpr count_of& operator-=(count_of b) noexcept {
    count -= b.count;
    return *this;
  }
};

using calendar_days = count_of<struct calendar_days_tag>;  ///< 日, every day counts
using working_days = count_of<struct working_days_tag>;    ///< 工作日, only workdays count
using minutes = count_of<struct minutes_tag>;              ///< of civil time, or of work

/// Day of the week, Monday first as in ISO 8601.
enum class weekday : std::uint8_t { monday, tuesday, wednesday, thursday, friday, saturday, sunday };

/// A civil day, stored as days since 1970-01-01 (proleptic Gregorian).
class day {
 public:
  constexpr day() noexcept = default;
  /// Negative before 1970.
  explicit constexpr day(std::int32_t days_since_1970) noexcept : count_(days_since_1970) {}
  /// The same day as the standard library counts it.
  constexpr day(std::chrono::sys_days d) noexcept  // NOLINT(google-explicit-constructor): same meaning
      : count_(static_cast<std::int32_t>(d.time_since_epoch().count())) {}
  /// \pre the three make a date of the calendar in the years 0 to 9999; asserted. A constant of any other does not compile.
  constexpr day(int year, unsigned month, unsigned dom) noexcept
      : day(std::chrono::sys_days(std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(dom)))) {
    if (std::is_constant_evaluated() && !detail::is_date(year, month, dom)) detail::date_that_there_is_not();
    SIFANG_ASSERT(detail::is_date(year, month, dom));
  }

  /// Days from 1970-01-01, which is 0.
  [[nodiscard]] constexpr std::int32_t since_1970() const noexcept { return count_; }
  /// Year, month and day of the Gregorian calendar.
  [[nodiscard]] constexpr std::chrono::year_month_day ymd() const noexcept {
    return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(count_)));
  }
  /// Civil year, 2022.
  [[nodiscard]] constexpr int year() const noexcept { return static_cast<int>(ymd().year()); }
  /// 1 to 12.
  [[nodiscard]] constexpr unsigned month() const noexcept { return static_cast<unsigned>(ymd().month()); }
  /// 1 to 31.
  [[nodiscard]] constexpr unsigned day_of_month() const noexcept { return static_cast<unsigned>(ymd().day()); }
  /// Without any table; true for days before 1970 as well.
  [[nodiscard]] constexpr sifang::weekday weekday() const noexcept {
    return static_cast<sifang::weekday>(((count_ + 3) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
  }

  friend constexpr auto operator<=>(day, day) noexcept = default;
  constexpr day& operator++() noexcept {
    ++count_;
    return *this;
  }
  constexpr day& operator--() noexcept {
    --count_;
    return *this;
  }
  friend constexpr day operator+(day d, calendar_days n) noexcept { return day(d.count_ + n.count); }
  friend constexpr day operator-(day d, calendar_days n) noexcept { return day(d.count_ - n.count); }
  friend constexpr calendar_days operator-(day a, day b) noexcept { return calendar_days(a.count_ - b.count_); }

 private:
  std::int32_t count_ = 0;
};

/// Every date that is read, and every simulated day, lies from here to there, both included: the days before have
/// negative numbers, and minutes are counted in 32 bits. Days that follow from these (limits, sessions to come) may lie
/// beyond. @{
inline constexpr day first_day_allowed(1970, 1, 1);
inline constexpr day last_day_allowed(2200, 12, 31);
[[nodiscard]] constexpr bool is_allowed(day d) noexcept { return d >= first_day_allowed && d <= last_day_allowed; }
/// @}

inline constexpr std::int32_t minutes_per_day = 24 * 60;  ///< every day has as many: no summer time, no leap seconds

/// A civil minute of the county's one time zone (UTC+8, no summer time), counted from 1970-01-01 00:00.
class instant {
 public:
  constexpr instant() noexcept = default;
  /// Negative before 1970. The range ends in the year 6053, and begins in -2114.
  explicit constexpr instant(std::int32_t minutes_since_1970) noexcept : count_(minutes_since_1970) {}
  /// A minute of a day; one of 24:00 or later falls on a following day. \pre within the range; asserted
  constexpr instant(day d, minutes of_day) noexcept
      : count_(static_cast<std::int32_t>(std::int64_t{d.since_1970()} * minutes_per_day + of_day.count)) {
    SIFANG_ASSERT(std::int64_t{d.since_1970()} * minutes_per_day + of_day.count == count_);
  }

  /// Minutes from 1970-01-01 00:00, which is 0.
  [[nodiscard]] constexpr std::int32_t since_1970() const noexcept { return count_; }
  /// The day it falls on; midnight belongs to the day that it begins.
  [[nodiscard]] constexpr day date() const noexcept {
    // Rounds down without a branch: whole days that make every instant positive are added and taken off.
    constexpr std::int64_t bias = 1'500'000;
    return day(static_cast<std::int32_t>((count_ + bias * minutes_per_day) / minutes_per_day - bias));
  }
  /// 0 to 1439.
  [[nodiscard]] constexpr minutes minute_of_day() const noexcept { return minutes(count_ - date().since_1970() * minutes_per_day); }

  friend constexpr auto operator<=>(instant, instant) noexcept = default;
  friend constexpr instant operator+(instant t, minutes m) noexcept { return instant(t.count_ + m.count); }
  friend constexpr instant operator-(instant t, minutes m) noexcept { return instant(t.count_ - m.count); }
  friend constexpr minutes operator-(instant a, instant b) noexcept { return minutes(a.count_ - b.count_); }

 private:
  std::int32_t count_ = 0;
};

namespace detail {
template <class = when_called>
[[nodiscard]] inline std::string padded(int value, int width) {
  std::string digits = std::to_string(value);
  return digits.size() < static_cast<std::size_t>(width) ? std::string(static_cast<std::size_t>(width) - digits.size(), '0') + digits
                                                         : digits;
}
[[nodiscard]] constexpr std::optional<int> digits(std::string_view text) noexcept {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return text.empty() || text.size() > 9 ? std::nullopt : std::optional<int>(value);
}
}  // namespace detail

/// ISO 8601 date, `2022-09-15`.
template <class = when_called>
[[nodiscard]] inline std::string to_string(day d) {
  return detail::padded(d.year(), 4) + '-' + detail::padded(static_cast<int>(d.month()), 2) + '-' +
         detail::padded(static_cast<int>(d.day_of_month()), 2);
}

/// Clock time, `08:30`; hours may pass 24 for work that ends after midnight.
template <class = when_called>
[[nodiscard]] inline std::string clock_text(minutes of_day) {
  return detail::padded(of_day.count / 60, 2) + ':' + detail::padded(of_day.count % 60, 2);
}

/// ISO 8601 local date and time, `2022-09-15T08:30`.
template <class = when_called>
[[nodiscard]] inline std::string to_string(instant t) {
  return to_string(t.date()) + 'T' + clock_text(t.minute_of_day());
}

namespace detail {
/// Reads `YYYY-MM-DD` of any year.
template <class = when_called>
[[nodiscard]] constexpr std::optional<day> parse_day_of_any_year(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto y = detail::digits(text.substr(0, 4));
  const auto m = detail::digits(text.substr(5, 2));
  const auto d = detail::digits(text.substr(8, 2));
  if (!y || !m || !d || !is_date(*y, static_cast<unsigned>(*m), static_cast<unsigned>(*d))) return std::nullopt;
  return day(*y, static_cast<unsigned>(*m), static_cast<unsigned>(*d));
}
}  // namespace detail

/// Reads `YYYY-MM-DD`; nothing if the text has another shape, or names no date of the calendar or one that is not
/// allowed (`is_allowed`).
template <class = when_called>
[[nodiscard]] constexpr std::optional<day> parse_day(std::string_view text) noexcept {
  const auto date = detail::parse_day_of_any_year(text);
  return date && is_allowed(*date) ? date : std::nullopt;
}

/// Reads `HH:MM` (00:00 to 24:00).
template <class = when_called>
[[nodiscard]] constexpr std::optional<minutes> parse_clock(std::string_view text) noexcept {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto h = detail::digits(text.substr(0, 2));
  const auto m = detail::digits(text.substr(3, 2));
  if (!h || !m || *m > 59 || *h * 60 + *m > minutes_per_day) return std::nullopt;
  return minutes(*h * 60 + *m);
}

}  // namespace sifang

#endif
