// SPDX-License-Identifier: BSL-1.0
#include "misuse.hpp"

#include "catch.hpp"
#include "sifang/calendar/statutory_days.hpp"
#include "tables.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::china;

namespace {
int workdays_of(const working_calendar& calendar, int year) { return calendar.between(day(year - 1, 12, 31), day(year, 12, 31)).count; }
working_calendar without_a_notice(int year) { return working_calendar(statutory_days(year)); }
std::vector<std::string> days_off(int year, std::string_view name) {
  std::vector<std::string> out;
  for (const calendar_exception& e : statutory_days(year)) {
    if (e.name == name) out.push_back(to_string(e.date).substr(5));
  }
  return out;
}
using texts = std::vector<std::string>;
}  // namespace

TEST_CASE("the festivals of moon and sun are those that are published") {
  // Spring Festival, Qingming, Dragon Boat, Mid-Autumn, as the Purple Mountain Observatory's calendar and the notices have them.
  const std::map<int, std::vector<day>> published{
      {1978, {day(1978, 2, 7), day(1978, 4, 5), day(1978, 6, 10), day(1978, 9, 17)}},  // not the 16th, as at Hong Kong's 116th meridian
      {2012, {day(2012, 1, 23), day(2012, 4, 4), day(2012, 6, 23), day(2012, 9, 30)}},
      {2020, {day(2020, 1, 25), day(2020, 4, 4), day(2020, 6, 25), day(2020, 10, 1)}},
      {2027, {day(2027, 2, 6), day(2027, 4, 5), day(2027, 6, 9), day(2027, 9, 15)}},
      {2028, {day(2028, 1, 26), day(2028, 4, 4), day(2028, 5, 28), day(2028, 10, 3)}},
      {2033, {day(2033, 1, 31), day(2033, 4, 4), day(2033, 6, 1), day(2033, 9, 8)}},  // the year whose leap month is disputed
      {2100, {day(2100, 2, 9), day(2100, 4, 5), day(2100, 6, 12), day(2100, 9, 18)}},
  };
  for (const auto& [year, dates] : published) {
    const lunar_festivals f = lunar_festivals_of(year);
    CHECK(std::vector<day>{f.spring_festival, f.qingming, f.dragon_boat, f.mid_autumn} == dates);
  }
}

TEST_CASE("lunar years have 12 or 13 months of 29 or 30 days, and the festivals keep their distances") {
  for (int year = 1970; year <= 2200; ++year) {
    INFO(year);
    const lunar_festivals f = lunar_festivals_of(year);
    CHECK(f.spring_festival >= day(year, 1, 21));
    CHECK(f.spring_festival <= day(year, 2, 21));
    const int to_dragon_boat = (f.dragon_boat - f.spring_festival).count, on = (f.mid_autumn - f.dragon_boat).count;
    // Four months and four days, or a leap month more; then three months and ten days, or a leap month more.
    CHECK(((to_dragon_boat >= 121 && to_dragon_boat <= 124) || (to_dragon_boat >= 150 && to_dragon_boat <= 154)));
    CHECK(((on >= 97 && on <= 100) || (on >= 126 && on <= 130)));
    if (year == 2200) break;
    const int length = (lunar_festivals_of(year + 1).spring_festival - f.spring_festival).count;
    CHECK(((length >= 353 && length <= 355) || (length >= 383 && length <= 385)));
  }
}

TEST_CASE("every statutory day is a day off in every notice, and a year has as many workdays with it as without") {
  const working_calendar notices = china();
  int years = 0;
  for (int year = notices.first_notice()->year(); year <= notices.last_notice()->year(); ++year, ++years) {
    INFO(year);
    REQUIRE(notices.has_notice(year));
    for (const statutory_holiday& h : statutory_holidays(year)) {
      INFO(h.name);
      for (day d = h.first; d < h.first + h.length; ++d) CHECK(notices.kind(d) == day_kind::statutory_holiday);
    }
    // 2020: the holiday of Spring Festival was made longer by a workday and a make-up workday for the epidemic.
    CHECK(workdays_of(without_a_notice(year), year) == workdays_of(notices, year) + (year == 2020 ? 2 : 0));
  }
  CHECK(years >= 9);
}

TEST_CASE("the law in force in a year decides how many days its holidays have") {
  const auto lengths = [](int year) {
    std::map<std::string, int> out;
    for (const statutory_holiday& h : statutory_holidays(year)) out.emplace(h.name, h.length.count);
    return out;
  };
  using counts = std::map<std::string, int>;
  CHECK(lengths(1998) == counts{{"元旦", 1}, {"春节", 3}, {"劳动节", 1}, {"国庆节", 2}});
  CHECK(lengths(1999) == counts{{"元旦", 1}, {"春节", 3}, {"劳动节", 1}, {"国庆节", 3}});
  CHECK(lengths(2007) == counts{{"元旦", 1}, {"春节", 3}, {"劳动节", 3}, {"国庆节", 3}});
  const counts of_2008{{"元旦", 1}, {"春节", 3}, {"清明节", 1}, {"劳动节", 1}, {"端午节", 1}, {"中秋节", 1}, {"国庆节", 3}};
  CHECK(lengths(2008) == of_2008);
  CHECK(lengths(2024) == of_2008);
  const counts of_2025{{"元旦", 1}, {"春节", 4}, {"清明节", 1}, {"劳动节", 2}, {"端午节", 1}, {"中秋节", 1}, {"国庆节", 3}};
  CHECK(lengths(2025) == of_2025);
  CHECK(days_off(2013, "春节") == texts{"02-09", "02-10", "02-11", "02-12", "02-13"});  // its eve, a Saturday, to the second day
  CHECK(days_off(2014, "春节") == texts{"01-31", "02-01", "02-02", "02-03", "02-04"});  // the first to the third day
}

TEST_CASE("a statutory day on a weekend or on another holiday is given on the next workday after it") {
  CHECK(days_off(2027, "元旦") == texts{"01-01"});
  CHECK(days_off(2027, "春节") == texts{"02-05", "02-06", "02-07", "02-08", "02-09", "02-10"});  // Friday to Monday, then two
  CHECK(days_off(2027, "劳动节") == texts{"05-01", "05-02", "05-03", "05-04"});
  CHECK(days_off(2027, "国庆节") == texts{"10-01", "10-02", "10-03", "10-04", "10-05"});
  CHECK(days_off(2028, "元旦") == texts{"01-01", "01-03"});
  // Mid-Autumn of 2028 is 3 October, a Tuesday: a day of both, so that one more is given.
  CHECK(days_off(2028, "国庆节") == texts{"10-01", "10-02", "10-03", "10-04"});
  CHECK(days_off(2028, "中秋节") == texts{"10-05"});
  for (int year = 2008; year <= 2200; ++year) {
    INFO(year);
    int weekdays = 0;
    for (const calendar_exception& e : statutory_days(year)) weekdays += e.date.weekday() < weekday::saturday;
    CHECK(weekdays == (year < 2025 ? 11 : 13));
  }
}

TEST_CASE("years between and beyond the notices have their statutory days, and no notice for it") {
  const std::vector<calendar_exception> notices{{day(2024, 10, 7), day_kind::statutory_holiday, "国庆节"},
                                                {day(2026, 2, 14), day_kind::makeup_workday, "春节"},
                                                {day(2026, 12, 31), day_kind::statutory_holiday, "元旦"}};
  const working_calendar plain(notices), calendar = with_statutory_days(plain, 2024, 2027);
  CHECK(calendar.first_notice() == day(2024, 10, 7));
  CHECK(calendar.last_notice() == day(2026, 12, 31));
  CHECK(calendar.has_notice(2024));
  CHECK(calendar.has_notice(2026));
  for (int year : {2025, 2027}) {
    CHECK_FALSE(calendar.has_notice(year));
    CHECK(calendar.is_assumed(year));
    CHECK(workdays_of(calendar, year) == workdays_of(without_a_notice(year), year));
  }
  CHECK_FALSE(calendar.is_assumed(2028));
  CHECK(calendar.is_workday(day(2028, 5, 1)));  // beyond what was asked for
  for (day d(2024, 1, 1); d <= day(2028, 12, 31); ++d) {
    if (d.year() != 2025 && d.year() != 2027) CHECK(calendar.kind(d) == plain.kind(d));
  }
  // A day of New Year that the next year's notice names makes no notice of the year that it lies in.
  CHECK_FALSE(working_calendar(std::vector<calendar_exception>{{day(2026, 12, 31), day_kind::statutory_holiday, ""}}).has_notice(2026));
  // Without any table nothing is assumed.
  CHECK_FALSE(with_statutory_days(working_calendar(), 2024, 2027).first_notice());
  CHECK(with_statutory_days(working_calendar(), 2024, 2027).is_workday(day(2025, 10, 1)));
}

TEST_CASE("a calendar with statutory days counts as its days say") {
  CHECK(rc::check("add and between agree with the days one by one", [] {
    const int year = *rc::gen::inRange(2019, 2030);
    const working_calendar calendar = with_statutory_days(china(), 2018, 2031);
    const day from = day(year, 1, 1) + calendar_days(*rc::gen::inRange(0, 365));
    const working_days n(*rc::gen::inRange(1, 40));
    day d = from;
    for (int left = n.count; left > 0;) left -= calendar.is_workday(++d);
    RC_ASSERT(calendar.add(from, n) == d);
    RC_ASSERT(calendar.between(from, d) == n);
  }));
}

TEST_CASE("festivals of a year that is not read are misuse") {
  CHECK(misuse::of([] { (void)lunar_festivals_of(1969); }) == "a year from 1970 to 2200");
  CHECK(misuse::of([] { (void)statutory_days(2201); }) == "a year from 1970 to 2200");
  CHECK(misuse::of([] { (void)working_calendar().assuming({}, {}); }) == "a calendar with notices");
}
