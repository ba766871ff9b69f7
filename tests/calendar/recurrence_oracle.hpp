// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_CALENDAR_RECURRENCE_ORACLE_HPP
#define SIFANG_TESTS_CALENDAR_RECURRENCE_ORACLE_HPP

#include "sifang/calendar/recurrence.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <vector>

/// RFC 5545 once more, the other way round: periods are laid out one after another from DTSTART, each yields its set of
/// days as the table of 3.3.10 builds it, BYSETPOS picks from the sorted set, then DTSTART, COUNT and UNTIL cut.
namespace sifang_tests {

namespace oracle {

using namespace std::chrono;

/// The days of one period that BYMONTH, BYMONTHDAY and BYDAY leave, or that DTSTART names where they say nothing.
inline std::vector<sys_days> days_of_period(const sifang::recurrence_parts& p, sys_days first, sys_days last, sys_days start) {
  const auto is_month = [&](year_month_day d) {
    return p.months.empty() || std::count(p.months.begin(), p.months.end(), static_cast<int>(static_cast<unsigned>(d.month()))) > 0;
  };
  std::set<sys_days> of_month_days, of_weekdays;
  for (sys_days d = first; d <= last; d += days(1)) {
    const year_month_day ymd(d);
    for (const int n : p.month_days) {
      const sys_days named = n > 0 ? sys_days(ymd.year() / ymd.month() / 1) + days(n - 1)
                                   : sys_days(ymd.year() / ymd.month() / std::chrono::last) + days(n + 1);
      if (named == d) of_month_days.insert(d);
    }
  }
  // Ordinals count within the month, or within the year for YEARLY without BYMONTH: walk the span and number its weekdays.
  const bool of_year = p.every == sifang::frequency::yearly && p.months.empty();
  for (const sifang::recurring_weekday& b : p.days) {
    const weekday on(static_cast<unsigned>(b.on) + 1);
    if (b.ordinal == 0) {
      for (sys_days d = first; d <= last; d += days(1)) {
        if (weekday(d) == on) of_weekdays.insert(d);
      }
      continue;
    }
    const year_month_day begin(first), end(last);
    for (year_month m = begin.year() / begin.month(); m <= end.year() / end.month(); m += months(of_year ? 12 : 1)) {
      const sys_days from = m / 1;
      const sys_days to = of_year ? sys_days(m.year() / 12 / 31) : sys_days(m / std::chrono::last);
      std::vector<sys_days> same;
      for (sys_days d = from; d <= to; d += days(1)) {
        if (weekday(d) == on) same.push_back(d);
      }
      const int at = b.ordinal > 0 ? b.ordinal - 1 : static_cast<int>(same.size()) + b.ordinal;
      if (at >= 0 && at < static_cast<int>(same.size())) of_weekdays.insert(same[static_cast<std::size_t>(at)]);
    }
  }
  std::vector<sys_days> out;
  const year_month_day s(start);
  for (sys_days d = first; d <= last; d += days(1)) {
    const year_month_day ymd(d);
    if (!is_month(ymd)) continue;
    bool in = true;
    if (!p.month_days.empty()) in = of_month_days.contains(d);
    if (!p.days.empty()) in = in && of_weekdays.contains(d);
    if (p.month_days.empty() && p.days.empty()) {
      if (p.every == sifang::frequency::weekly) in = weekday(d) == weekday(start);
      if (p.every == sifang::frequency::monthly) in = ymd.day() == s.day();
      if (p.every == sifang::frequency::yearly) in = ymd.day() == s.day() && (!p.months.empty() || ymd.month() == s.month());
    }
    if (in) out.push_back(d);
  }
  return out;
}

}  // namespace oracle

/// The days of a rule from its first day to `end`.
inline std::vector<sifang::day> expanded_by_periods(const sifang::recurrence_parts& p, sifang::day end) {
  using namespace std::chrono;
  const sys_days start{days(p.from->since_1970())}, stop{days(end.since_1970())};
  const year_month_day s(start);
  std::vector<sifang::day> out;
  for (int k = 0;; ++k) {
    const int n = k * p.interval;
    sys_days first, last;
    switch (p.every) {
      case sifang::frequency::daily:
        first = last = start + days(n);
        break;
      case sifang::frequency::weekly:
        first = start - (weekday(start) - weekday(static_cast<unsigned>(p.week_start) + 1)) + days(7 * n);
        last = first + days(6);
        break;
      case sifang::frequency::monthly: {
        const year_month m = s.year() / s.month() + months(n);
        first = m / 1;
        last = m / std::chrono::last;
        break;
      }
      case sifang::frequency::yearly:
        first = (s.year() + years(n)) / 1 / 1;
        last = (s.year() + years(n)) / 12 / 31;
        break;
    }
    if (first > stop) return out;
    const std::vector<sys_days> set = oracle::days_of_period(p, first, last, start);
    for (std::size_t i = 0; i < set.size(); ++i) {
      const int from_front = static_cast<int>(i) + 1, from_back = static_cast<int>(i) - static_cast<int>(set.size());
      const bool picked = p.positions.empty() || std::count(p.positions.begin(), p.positions.end(), from_front) > 0 ||
                          std::count(p.positions.begin(), p.positions.end(), from_back) > 0;
      if (!picked || set[i] < start || set[i] > stop) continue;
      const sifang::day d(set[i]);
      if (p.until && d > *p.until) return out;
      if (p.count && static_cast<int>(out.size()) == *p.count) return out;
      out.push_back(d);
    }
  }
}

/// A random rule of every part, often a strange one; its lists are in order.
inline rc::Gen<std::optional<sifang::recurrence>> random_rule() {
  return rc::gen::suchThat(rc::gen::exec([]() -> std::optional<sifang::recurrence> {
                             const auto one_of = [](int least, int most) {
                               return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1));
                             };
                             const auto chance = [&](int in) { return one_of(1, in) == 1; };
                             sifang::recurrence_parts p;
                             p.every = static_cast<sifang::frequency>(one_of(0, 3));
                             p.interval = chance(2) ? 1 : one_of(2, 5);
                             const int most = p.every < sifang::frequency::monthly ? 0 : 5;
                             if (chance(2)) {
                               for (int n = one_of(1, 4); n > 0; --n) {
                                 const int ordinal = most > 0 && chance(2) ? one_of(-most, most) : 0;
                                 p.days.push_back({static_cast<sifang::weekday>(one_of(0, 6)), ordinal});
                               }
                               if (p.every == sifang::frequency::yearly && chance(3)) p.days.front().ordinal = one_of(-53, 53);
                             }
                             if (p.every != sifang::frequency::weekly && chance(3)) {
                               for (int n = one_of(1, 3); n > 0; --n) p.month_days.push_back((chance(2) ? 1 : -1) * one_of(1, 31));
                             }
                             if (chance(4)) {
                               for (int n = one_of(1, 4); n > 0; --n) p.months.push_back(one_of(1, 12));
                             }
                             if (chance(3)) {
                               for (int n = one_of(1, 2); n > 0; --n)
                                 p.positions.push_back((chance(2) ? 1 : -1) * one_of(1, chance(2) ? 3 : 60));
                             }
                             if (chance(3)) p.week_start = static_cast<sifang::weekday>(one_of(0, 6));
                             p.from = sifang::day(2015, 1, 1) + sifang::calendar_days(one_of(0, 4000));
                             if (chance(3))
                               p.count = one_of(1, 30);
                             else if (chance(3))
                               p.until = *p.from + sifang::calendar_days(one_of(0, 900));
                             auto rule = sifang::recurrence::make(p);
                             if (!rule) return std::nullopt;
                             return *rule;
                           }),
                           [](const std::optional<sifang::recurrence>& r) { return r.has_value(); })
      .as("a recurrence rule");
}

}  // namespace sifang_tests

#endif
