// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LOG_VALUE_HPP
#define SIFANG_IO_LOG_VALUE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/core/time.hpp"

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// \file
/// Event logs as plain values, whatever file they stand in: cases with their events, each with named values.

namespace sifang {

/// A moment of an event log: milliseconds since 1970-01-01 00:00 UTC.
struct log_time {
  std::int64_t milliseconds = 0;  ///< negative before 1970

  friend constexpr auto operator<=>(const log_time&, const log_time&) noexcept = default;
};

namespace detail {
inline constexpr std::int64_t minute_in_ms = 60'000;
inline constexpr std::int64_t county_is_ahead = 8 * 60 * minute_in_ms;  // China keeps UTC+8 all year

[[nodiscard]] constexpr std::int64_t floored(std::int64_t a, std::int64_t b) noexcept { return a / b - (a % b < 0 ? 1 : 0); }
}  // namespace detail

namespace detail {
/// The beginning of a year by the county's clock.
[[nodiscard]] constexpr log_time midnight(int year) noexcept {
  return {std::int64_t{day(year, 1, 1).since_1970()} * minutes_per_day * minute_in_ms - county_is_ahead};
}
}  // namespace detail

/// The moment of a minute of the county's clock, which is UTC+8. \param later  milliseconds, so that what shares a minute keeps its order
[[nodiscard]] constexpr log_time log_time_of(instant at, int later = 0) noexcept {
  return {at.since_1970() * detail::minute_in_ms - detail::county_is_ahead + later};
}
/// The minute of the county's clock in which a moment lies. \pre a year from 1 to 5999; asserted
[[nodiscard]] constexpr instant county_minute(log_time t) noexcept {
  SIFANG_ASSERT(t >= detail::midnight(1) && t < detail::midnight(6000), "a moment that instant has");
  return instant(static_cast<std::int32_t>(detail::floored(t.milliseconds + detail::county_is_ahead, detail::minute_in_ms)));
}

/// Adds a moment as ISO 8601 has it, by the county's clock: `2022-03-15T09:30:00.000+08:00`. \pre a year from 1 to 9998; asserted
inline void add_text(std::string& out, log_time t) {
  SIFANG_ASSERT(t >= detail::midnight(1) && t < detail::midnight(9999), "a year of four digits");
  constexpr std::int64_t day_in_ms = minutes_per_day * detail::minute_in_ms;
  const std::int64_t local = t.milliseconds + detail::county_is_ahead, days = detail::floored(local, day_in_ms);
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  const auto rest = static_cast<unsigned>(local - days * day_in_ms);
  char text[] = "0000-00-00T00:00:00.000+08:00";
  const auto put = [&](std::size_t at, std::size_t digits, unsigned value) {
    for (std::size_t i = digits; i-- > 0; value /= 10) text[at + i] = static_cast<char>('0' + value % 10);
  };
  put(0, 4, static_cast<unsigned>(static_cast<int>(date.year())));
  put(5, 2, static_cast<unsigned>(date.month()));
  put(8, 2, static_cast<unsigned>(date.day()));
  put(11, 2, rest / 3'600'000);
  put(14, 2, rest / 60'000 % 60);
  put(17, 2, rest / 1000 % 60);
  put(20, 3, rest % 1000);
  out.append(text, sizeof text - 1);
}
/// The same as a text of its own.
[[nodiscard]] inline std::string to_text(log_time t) {
  std::string out;
  add_text(out, t);
  return out;
}

/// Reads `YYYY-MM-DDTHH:MM:SS`, with or without decimals of a second (kept to the millisecond), and `Z`, `+HH:MM` or nothing, which means
/// UTC. \returns nothing for another shape, no date of the calendar, or a year of the county's clock that is not from 1 to 9998
[[nodiscard]] inline std::optional<log_time> parse_log_time(std::string_view text) {
  if (text.size() < 19 || (text[10] != 'T' && text[10] != ' ') || text[16] != ':') return std::nullopt;
  const auto date = detail::parse_day_of_any_year(text.substr(0, 10));
  const auto clock = parse_clock(text.substr(11, 5));
  const auto seconds = detail::digits(text.substr(17, 2));
  if (!date || !clock || !seconds || *seconds > 60) return std::nullopt;
  std::int64_t ms = (std::int64_t{date->since_1970()} * minutes_per_day + clock->count) * detail::minute_in_ms + *seconds * 1000;
  text.remove_prefix(19);
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    std::size_t places = 0;
    int worth = 100;
    for (; places < text.size() && text[places] >= '0' && text[places] <= '9'; ++places, worth /= 10) ms += (text[places] - '0') * worth;
    if (places == 0) return std::nullopt;
    text.remove_prefix(places);
  }
  if (!text.empty() && text != "Z") {
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const auto ahead = parse_clock(text.substr(1));
    if (!ahead || ahead->count > 14 * 60) return std::nullopt;
    ms -= (text[0] == '+' ? 1 : -1) * ahead->count * detail::minute_in_ms;
  }
  constexpr log_time first = detail::midnight(1), after = detail::midnight(9999);
  return ms >= first.milliseconds && ms < after.milliseconds ? std::optional(log_time{ms}) : std::nullopt;
}

/// What an attribute of an event log may hold.
using log_value = std::variant<std::string, log_time, std::int64_t, double, bool>;

/// A named value.
struct log_attribute {
  std::string key;  ///< `concept:name`, `time:timestamp`, …; those of this project begin with `sifang:`
  log_value value;  ///< not empty where it is a text

  friend bool operator==(const log_attribute&, const log_attribute&) = default;
};

/// An event: named values.
struct log_event {
  std::vector<log_attribute> attributes;  ///< each key once

  friend bool operator==(const log_event&, const log_event&) = default;
};

/// The events of a case, in their order.
struct log_trace {
  std::vector<log_attribute> attributes;  ///< of the case; each key once
  std::vector<log_event> events;          ///< the earliest first
  std::uint32_t line = 0;                 ///< where it stands in the file that it was read from; no part of what it says

  friend bool operator==(const log_trace& a, const log_trace& b) { return a.attributes == b.attributes && a.events == b.events; }
};

/// The value under a key, if it is there and of this type; null if not. \complexity linear in the attributes
template <class Value>
[[nodiscard]] const Value* find_value(const std::vector<log_attribute>& among, std::string_view key) noexcept {
  for (const log_attribute& one : among) {
    if (one.key == key) return std::get_if<Value>(&one.value);
  }
  return nullptr;
}

namespace detail {

/// Whether a character may stand in XML and JSON files that others read: no control character but those of white space.
[[nodiscard]] constexpr bool is_file_text(std::uint32_t c) noexcept {
  return (c >= 0x20 && c != 0x7F && c != 0xFFFE && c != 0xFFFF) || c == '\t' || c == '\n' || c == '\r';
}

/// Hands over a text character by character, as bytes; what is no text (control characters, bytes that are no UTF-8) as U+FFFD.
template <class Take>
void each_character(std::string_view text, Take&& take) {
  for (std::size_t at = 0; at < text.size();) {
    const utf8_character c = character_at(text, at);
    if (c.bytes == 0 || !is_file_text(c.number))
      take(std::string_view("\xEF\xBF\xBD"));
    else
      take(text.substr(at, c.bytes));
    at += c.bytes == 0 ? 1 : c.bytes;
  }
}

/// Whether all bytes are such as stand in a file as they are: printable ASCII without marks of XML and JSON.
[[nodiscard]] constexpr bool is_plain(std::string_view text) noexcept {
  for (const char c : text) {
    if (c < 0x20 || c == 0x7F || c == '"' || c == '&' || c == '<' || c == '>' || c == '\\') return false;
  }
  return true;
}

}  // namespace detail

}  // namespace sifang

#endif
