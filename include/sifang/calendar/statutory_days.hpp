// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CALENDAR_STATUTORY_DAYS_HPP
#define SIFANG_CALENDAR_STATUTORY_DAYS_HPP

#include "sifang/calendar/lunar_festivals.hpp"
#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Holidays of a year that no notice of the State Council tells of yet (全国年节及纪念日放假办法): the statutory days are law,
/// the make-up workdays are not known.

namespace sifang {

/// One statutory holiday of a year.
struct statutory_holiday {
  std::string_view name;  ///< 元旦, 春节, 清明节, 劳动节, 端午节, 中秋节 or 国庆节
  day first;              ///< of the days that the law gives
  calendar_days length;   ///< 1 to 4
};

/// The statutory holidays of a year in the order of their days, by the law in force in it: the order of 23 December 1949 and its
/// revisions of 18 September 1999, 14 December 2007 (from 2008), 11 December 2013 (from 2014) and 10 November 2024 (from 2025).
/// Of the year 2025 and later: New Year 1 day, Spring Festival 4 (its eve to the third day), Qingming 1, Labour Day 2, Dragon Boat 1,
/// Mid-Autumn 1, National Day 3.
/// \pre the year is one of dates that are read (1970 to 2200); asserted
template <class = when_called>
[[nodiscard]] inline std::vector<statutory_holiday> statutory_holidays(int year) {
  SIFANG_ASSERT(year >= first_day_allowed.year() && year <= last_day_allowed.year(), "a year from 1970 to 2200");
  const lunar_festivals moon = lunar_festivals_of(year);
  const bool of_1999 = year >= 1999, of_2007 = year >= 2008, of_2013 = year >= 2014, of_2024 = year >= 2025;
  const bool with_eve = of_2024 || (of_2007 && !of_2013);
  const auto days = [](int n) { return calendar_days(n); };
  std::vector<statutory_holiday> out;
  out.push_back({"元旦", day(year, 1, 1), days(1)});
  out.push_back({"春节", moon.spring_festival - days(with_eve ? 1 : 0), days(of_2024 ? 4 : 3)});
  if (of_2007) out.push_back({"清明节", moon.qingming, days(1)});
  out.push_back({"劳动节", day(year, 5, 1), days(of_2024 ? 2 : of_2007 || year < 2000 ? 1 : 3)});  // of 1999 from the next May on
  if (of_2007) {
    out.push_back({"端午节", moon.dragon_boat, days(1)});
    out.push_back({"中秋节", moon.mid_autumn, days(1)});
  }
  out.push_back({"国庆节", day(year, 10, 1), days(of_1999 ? 3 : 2)});
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return out;
}

/// Days off of a year without a notice: its statutory days, and for each of them that falls on a day of the weekly rest, or on one of
/// another holiday, the next workday after its holiday (the law: 适逢周六、周日,应当在工作日补假).
///
/// A notice joins the days to longer holidays by make-up workdays, which are not known before it; the number of workdays of a year is
/// the same, but for what a notice moves over New Year (0 to 1 a year; 2 in 2007 and, for the epidemic, 2020).
/// \pre the year is one of dates that are read (1970 to 2200); asserted
template <class = when_called>
[[nodiscard]] inline std::vector<calendar_exception> statutory_days(int year, weekly_rest rest = {}) {
  SIFANG_ASSERT(year >= first_day_allowed.year() && year <= last_day_allowed.year(), "a year from 1970 to 2200");
  const std::vector<statutory_holiday> holidays = statutory_holidays(year);
  std::vector<calendar_exception> out;
  const auto is_off = [&](day d) { return std::any_of(out.begin(), out.end(), [&](const calendar_exception& e) { return e.date == d; }); };
  std::vector<std::int32_t> owed(holidays.size(), 0);  // days that fall on a day of rest or of another holiday
  for (std::size_t i = 0; i < holidays.size(); ++i) {
    const statutory_holiday& h = holidays[i];
    for (day d = h.first; d < h.first + h.length; ++d) {
      const bool shared = is_off(d);
      if (shared || rest.has(d.weekday())) ++owed[i];
      if (!shared) out.push_back({d, day_kind::statutory_holiday, std::string(h.name)});
    }
  }
  for (std::size_t i = 0; i < holidays.size(); ++i) {
    for (day d = holidays[i].first + holidays[i].length; owed[i] > 0; ++d) {
      if (rest.has(d.weekday()) || is_off(d)) continue;
      out.push_back({d, day_kind::statutory_holiday, std::string(holidays[i].name)});
      --owed[i];
    }
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.date < b.date; });
  return out;
}

/// The calendar with the statutory days of those years from `first` to `last` of which it has no notice. A calendar without any notice
/// stays as it is: whoever names no table of holidays has none.
/// \complexity days of the years
template <class = when_called>
[[nodiscard]] inline working_calendar with_statutory_days(working_calendar calendar, int first, int last) {
  if (!calendar.first_notice()) return calendar;
  std::vector<int> years;
  std::vector<calendar_exception> days;
  for (int year = (std::max)(first, first_day_allowed.year()); year <= (std::min)(last, last_day_allowed.year()); ++year) {
    if (calendar.has_notice(year)) continue;
    years.push_back(year);
    for (calendar_exception& e : statutory_days(year, calendar.rest())) days.push_back(std::move(e));
  }
  return years.empty() ? calendar : calendar.assuming(days, years);
}

}  // namespace sifang

#endif
