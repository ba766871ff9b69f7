// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CALENDAR_RECURRENCE_PARTS_HPP
#define SIFANG_CALENDAR_RECURRENCE_PARTS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sifang {

/// FREQ: the length of the period that INTERVAL counts.
enum class frequency : std::uint8_t { daily, weekly, monthly, yearly };
template <>
inline constexpr std::string_view names_of<frequency>[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};

/// The two letters of RFC 5545.
template <>
inline constexpr std::string_view names_of<weekday>[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

/// One item of BYDAY, as `2TU` or `-1FR`.
struct recurring_weekday {
  weekday on{};     ///< the day of the week
  int ordinal = 0;  ///< 0 every, 1 first, -1 last of the month (of the year for YEARLY without BYMONTH)
  friend bool operator==(const recurring_weekday&, const recurring_weekday&) = default;
};

/// What a recurrence rule says, part by part: the subset of RFC 5545 that has to do with days.
struct recurrence_parts {
  frequency every = frequency::daily;     ///< FREQ
  int interval = 1;                       ///< INTERVAL, 1 to 1000
  std::vector<recurring_weekday> days{};  ///< BYDAY; ordinals with MONTHLY (1 to 5) and YEARLY (1 to 53) only
  std::vector<int> month_days{};          ///< BYMONTHDAY, 1 to 31 or -31 to -1 from the end
  std::vector<int> months{};              ///< BYMONTH, 1 to 12
  std::vector<int> positions{};           ///< BYSETPOS, 1 to 366 or -366 to -1, among the days of one period
  std::optional<int> count{};             ///< COUNT, 1 to 100000, from the first day on
  std::optional<day> until{};             ///< UNTIL, the last day that can be named
  std::optional<day> from{};              ///< DTSTART, the first day that can be named; COUNT and INTERVAL count from it
  weekday week_start = weekday::monday;   ///< WKST
  bool workdays = false;                  ///< every workday, whatever its weekday; then no other part says anything
  friend bool operator==(const recurrence_parts&, const recurrence_parts&) = default;
};

namespace detail {

inline constexpr std::size_t longest_rule = 2000;  ///< bytes of a rule as text

/// A text as a message can show it: one line, and not much of it.
template <class = when_called>
[[nodiscard]] inline std::string shown(std::string_view text) {
  constexpr std::size_t most = 100;
  std::size_t size = (std::min)(text.size(), most);
  while (size < text.size() && size > 0 && (text[size] & 0xC0) == 0x80) --size;  // no half character
  std::string out(text.substr(0, size));
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  return size < text.size() ? out + "…" : out;
}

/// Lists in order and each item once, so that rules that mean the same are equal.
template <class = when_called>
inline void tidy(recurrence_parts& parts) {
  const auto set = [](std::vector<int>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  };
  set(parts.month_days);
  set(parts.months);
  set(parts.positions);
  std::sort(parts.days.begin(), parts.days.end(), [](const recurring_weekday& a, const recurring_weekday& b) {
    if ((a.ordinal < 0) != (b.ordinal < 0)) return b.ordinal < 0;
    return a.ordinal != b.ordinal ? a.ordinal < b.ordinal : a.on < b.on;
  });
  parts.days.erase(std::unique(parts.days.begin(), parts.days.end()), parts.days.end());
}

/// What keeps parts from being a rule. \param rule as somebody wrote it
template <class = when_called>
[[nodiscard]] inline std::vector<fault> faults_of(const recurrence_parts& p, std::string_view rule) {
  std::vector<fault> faults;
  const auto fail = [&](std::string expected, const std::string& found) {
    faults.push_back(make_fault(fault_kind::bad_recurrence, place{}, shown(rule), std::move(expected), shown(found)));
  };
  const auto bounded = [&](std::string_view key, const std::vector<int>& list, int least, int most) {
    for (const int n : list) {
      if (n != 0 && n >= least && n <= most) continue;
      fail(std::string(key) + " of whole numbers " + std::to_string(least) + " to " + std::to_string(most) + " without 0",
           std::to_string(n));
    }
  };
  const auto in_years = [&](std::string_view key, const std::optional<day>& d) {
    if (!d || is_allowed(*d)) return;
    const std::string first = std::to_string(first_day_allowed.year()), last = std::to_string(last_day_allowed.year());
    fail(std::string(key) + "=YYYYMMDD of the years " + first + " to " + last, std::to_string(d->year()));
  };
  if (p.interval < 1 || p.interval > 1000) fail("INTERVAL=1 to 1000", std::to_string(p.interval));
  if (p.count && (*p.count < 1 || *p.count > 100000)) fail("COUNT=1 to 100000", std::to_string(*p.count));
  bounded("BYMONTHDAY", p.month_days, -31, 31);
  bounded("BYMONTH", p.months, 1, 12);
  bounded("BYSETPOS", p.positions, -366, 366);
  in_years("DTSTART", p.from);
  in_years("UNTIL", p.until);
  const bool of_year = p.every == frequency::yearly && p.months.empty();
  const int most = of_year ? 53 : p.every >= frequency::monthly ? 5 : 0;
  for (const recurring_weekday& d : p.days) {
    if (d.ordinal >= -most && d.ordinal <= most) continue;
    if (most == 0)
      fail("ordinals of BYDAY only with FREQ=MONTHLY or YEARLY", std::to_string(d.ordinal));
    else
      fail("ordinals of BYDAY from -" + std::to_string(most) + " to " + std::to_string(most), std::to_string(d.ordinal));
  }
  if (p.count && p.until) fail("COUNT or UNTIL, not both", std::string(rule));
  if (p.from && p.until && *p.until < *p.from) fail("UNTIL not before DTSTART", std::string(rule));
  if (p.every == frequency::weekly && !p.month_days.empty()) fail("no BYMONTHDAY with FREQ=WEEKLY", std::string(rule));
  const bool by_nothing = p.days.empty() && p.month_days.empty();
  if (!p.positions.empty() && by_nothing && p.months.empty()) fail("BYSETPOS only with BYDAY, BYMONTHDAY or BYMONTH", std::string(rule));
  // Such a rule takes its day from DTSTART. It is also what is left of one that a shell cut at its first `;`.
  if (p.every >= frequency::weekly && by_nothing && !p.from)
    fail("a part BYDAY, BYMONTHDAY or DTSTART that says which day (a rule with ';' stands in quotes)", std::string(rule));
  recurrence_parts alone;
  alone.workdays = p.workdays;
  if (p.workdays && p != alone) fail("no other part with every workday", std::string(rule));
  return faults;
}

}  // namespace detail
}  // namespace sifang

#endif
