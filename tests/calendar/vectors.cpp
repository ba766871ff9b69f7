// SPDX-License-Identifier: BSL-1.0
#include "misuse.hpp"

#include "catch.hpp"
#include "sifang/calendar.hpp"
#include "tables.hpp"

#include <rapidcheck.h>

#include <map>

using namespace sifang;
using sifang_tests::china;

namespace {
const working_calendar& cn() {
  static const working_calendar calendar = china();
  return calendar;
}
std::vector<day> expanded(const char* rule, day_convention convention, day first, day last) {
  std::vector<day> out;
  for (const occurrence& o : expand({{*recurrence::parse(rule)}, {}, {}, {}, convention}, first, last, cn())) out.push_back(o.actual);
  return out;
}
std::vector<day> listed(const recurrence& r, day first, day last) {
  std::vector<day> out;
  for (day d : r.days(first, last)) out.push_back(d);
  return out;
}
}  // namespace

TEST_CASE("DOMAIN 6.1: workdays of 2022 to 2025 are 249, 249, 251 and 248") {
  const std::map<int, int> workdays{{2022, 249}, {2023, 249}, {2024, 251}, {2025, 248}};
  for (const auto& [year, n] : workdays) {
    CHECK(cn().between(day(year - 1, 12, 31), day(year, 12, 31)) == working_days(n));
    int counted = 0;
    for (day d(year, 1, 1); d <= day(year, 12, 31); ++d) counted += cn().is_workday(d);
    CHECK(counted == n);
  }
}

TEST_CASE("DOMAIN 6.1: make-up workdays work, whatever their weekday, and are no Mondays") {
  for (day d :
       {day(2022, 1, 29),  day(2022, 1, 30), day(2022, 4, 2),  day(2022, 4, 24), day(2022, 5, 7),  day(2022, 10, 8), day(2022, 10, 9),
        day(2023, 1, 28),  day(2023, 1, 29), day(2023, 4, 23), day(2023, 5, 6),  day(2023, 6, 25), day(2023, 10, 7), day(2023, 10, 8),
        day(2024, 2, 4),   day(2024, 2, 18), day(2024, 4, 7),  day(2024, 4, 28), day(2024, 5, 11), day(2024, 9, 14), day(2024, 9, 29),
        day(2024, 10, 12), day(2025, 1, 26), day(2025, 2, 8),  day(2025, 4, 27), day(2025, 9, 28), day(2025, 10, 11)}) {
    INFO(to_string(d));
    CHECK(cn().kind(d) == day_kind::makeup_workday);
    CHECK(d.weekday() >= weekday::saturday);
    CHECK_FALSE(recurrence::weekly(weekday::monday).includes(d));
  }
}

TEST_CASE("DOMAIN 6.2: a 15th on a rest day is postponed to the next workday") {
  const std::map<day, day> moved{
      {day(2022, 1, 15), day(2022, 1, 17)},   {day(2022, 5, 15), day(2022, 5, 16)},   {day(2022, 10, 15), day(2022, 10, 17)},
      {day(2023, 1, 15), day(2023, 1, 16)},   {day(2023, 4, 15), day(2023, 4, 17)},   {day(2023, 7, 15), day(2023, 7, 17)},
      {day(2023, 10, 15), day(2023, 10, 16)}, {day(2024, 2, 15), day(2024, 2, 18)},   {day(2024, 6, 15), day(2024, 6, 17)},
      {day(2024, 9, 15), day(2024, 9, 18)},   {day(2024, 12, 15), day(2024, 12, 16)}, {day(2025, 2, 15), day(2025, 2, 17)},
      {day(2025, 3, 15), day(2025, 3, 17)},   {day(2025, 6, 15), day(2025, 6, 16)},   {day(2025, 11, 15), day(2025, 11, 17)}};
  for (day d : listed(recurrence::day_of_month(15), day(2022, 1, 1), day(2025, 12, 31))) {
    INFO(to_string(d));
    const auto at = moved.find(d);
    CHECK(adjust(d, day_convention::next_workday, cn()) == (at == moved.end() ? d : at->second));
  }
}

TEST_CASE("DOMAIN 6.2: the 15th that is itself a working Monday") {
  std::vector<day> working;
  for (day d : listed(recurrence::day_of_month(15), day(2022, 1, 1), day(2025, 12, 31))) {
    if (d.weekday() == weekday::monday && cn().is_workday(d)) working.push_back(d);
  }
  CHECK(working == std::vector{day(2022, 8, 15), day(2023, 5, 15), day(2024, 1, 15), day(2024, 4, 15), day(2024, 7, 15), day(2025, 9, 15),
                               day(2025, 12, 15)});
  CHECK(day(2022, 9, 15).weekday() == weekday::thursday);
  CHECK(cn().is_workday(day(2022, 9, 15)));
}

TEST_CASE("DOMAIN 6.2: Mondays that are rest days") {
  std::vector<day> rest;
  for (day d : listed(recurrence::weekly(weekday::monday), day(2022, 1, 1), day(2025, 12, 31))) {
    if (!cn().is_workday(d)) rest.push_back(d);
  }
  CHECK(rest == std::vector{day(2022, 1, 3), day(2022, 1, 31), day(2022, 4, 4), day(2022, 5, 2), day(2022, 9, 12), day(2022, 10, 3),
                            day(2023, 1, 2), day(2023, 1, 23), day(2023, 5, 1), day(2023, 10, 2), day(2024, 1, 1), day(2024, 2, 12),
                            day(2024, 6, 10), day(2024, 9, 16), day(2024, 10, 7), day(2025, 2, 3), day(2025, 5, 5), day(2025, 6, 2),
                            day(2025, 10, 6)});
}

TEST_CASE("DOMAIN 6.2: with postponement 20 of 48 months put both reception days on one Monday") {
  const auto fifteenth = expanded("FREQ=MONTHLY;BYMONTHDAY=15", day_convention::next_workday, day(2022, 1, 1), day(2025, 12, 31));
  CHECK(fifteenth.size() == 48);
  CHECK(std::count_if(fifteenth.begin(), fifteenth.end(), [](day d) { return d.weekday() == weekday::monday; }) == 20);
}

TEST_CASE("the conventions differ on 15 September 2024, a holiday") {
  const day d(2024, 9, 15);
  CHECK(adjust(d, day_convention::keep, cn()) == d);
  CHECK(adjust(d, day_convention::next_workday, cn()) == day(2024, 9, 18));
  CHECK(adjust(d, day_convention::previous_workday, cn()) == day(2024, 9, 14));  // a make-up Saturday
  CHECK_FALSE(adjust(d, day_convention::skip, cn()));
  CHECK(adjust(day(2022, 4, 30), day_convention::modified_next_workday, cn()) == day(2022, 4, 29));
  CHECK(adjust(day(2022, 4, 30), day_convention::next_workday, cn()) == day(2022, 5, 5));
}

TEST_CASE("recurrence rules name the days of RFC 5545") {
  const auto days = [](const char* rule, day first, day last) {
    const auto r = recurrence::parse(rule);
    REQUIRE(r);
    return listed(*r, first, last);
  };
  CHECK(days("FREQ=MONTHLY;BYMONTHDAY=31", day(2022, 1, 1), day(2022, 5, 31)) ==
        std::vector{day(2022, 1, 31), day(2022, 3, 31), day(2022, 5, 31)});
  CHECK(days("FREQ=MONTHLY;BYMONTHDAY=-1", day(2024, 1, 1), day(2024, 3, 31)) ==
        std::vector{day(2024, 1, 31), day(2024, 2, 29), day(2024, 3, 31)});
  CHECK(days("FREQ=MONTHLY;BYDAY=5MO", day(2022, 1, 1), day(2022, 6, 30)) == std::vector{day(2022, 1, 31), day(2022, 5, 30)});
  CHECK(days("FREQ=MONTHLY;BYDAY=-1FR", day(2022, 1, 1), day(2022, 2, 28)) == std::vector{day(2022, 1, 28), day(2022, 2, 25)});
  CHECK(days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", day(2022, 4, 1), day(2022, 5, 31)) ==
        std::vector{day(2022, 4, 29), day(2022, 5, 31)});
  CHECK(days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", day(2020, 1, 1), day(2028, 12, 31)) ==
        std::vector{day(2020, 2, 29), day(2024, 2, 29), day(2028, 2, 29)});
  CHECK(days("FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20220316", day(2022, 1, 1), day(2022, 12, 31)).size() == 3);
  CHECK(listed(recurrence::parse("FREQ=WEEKLY;BYDAY=MO;COUNT=3")->starting(day(2022, 1, 10)), day(2022, 1, 1), day(2022, 12, 31)) ==
        std::vector{day(2022, 1, 10), day(2022, 1, 17), day(2022, 1, 24)});
  CHECK(listed(recurrence::parse("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")->starting(day(2022, 1, 3)), day(2022, 1, 1), day(2022, 2, 1)) ==
        std::vector{day(2022, 1, 3), day(2022, 1, 17), day(2022, 1, 31)});
}

TEST_CASE("a rule that is none says what was expected") {
  for (const char* rule : {"", "FREQ=HOURLY", "BYDAY=MO", "FREQ=WEEKLY;BYDAY=XX", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0",
                           "FREQ=WEEKLY;BYDAY=1MO", "FREQ=DAILY;COUNT=2;UNTIL=20220101", "FREQ=DAILY;UNTIL=20220230",
                           "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;BYHOUR=3", "every mondey or so"}) {
    INFO(rule);
    const auto r = recurrence::parse(rule);
    REQUIRE_FALSE(r);
    CHECK(r.faults().front().kind == fault_kind::bad_recurrence);
    CHECK(sentence(r.faults().front()).find("expected") != std::string::npos);
  }
}

TEST_CASE("a rule is written as it was read") {
  for (const char* rule : {"FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=1,15", "FREQ=MONTHLY;BYDAY=-1FR",
                           "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
                           "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=5", "FREQ=DAILY;UNTIL=20221231"}) {
    CHECK(recurrence::parse(rule)->to_string() == rule);
  }
}

TEST_CASE("adding working days and counting them are inverse") {
  CHECK(rc::check([](std::uint16_t start, std::uint8_t n) {
    const day from = day(2018, 1, 1) + calendar_days(start % 4000);
    const day to = cn().add(from, working_days(n));
    RC_ASSERT(cn().between(from, to) == working_days(n));
    RC_ASSERT(n == 0 || cn().is_workday(to));
    RC_ASSERT(cn().between(to, from) == working_days(-n));
  }));
}

TEST_CASE("workdays before, after and between are those that one meets walking day by day") {
  // Inside the years of the notices and on both sides of them, where Monday to Friday is all that is known.
  const working_calendar few({{{day(2022, 9, 12), day_kind::statutory_holiday, ""}, {day(2022, 9, 17), day_kind::makeup_workday, ""}}});
  const working_calendar none;
  const auto walk = [](const working_calendar& c, day d, int step) {
    while (!c.is_workday(d)) d = d + calendar_days(step);
    return d;
  };
  const auto check = [&](const working_calendar& c, day first, day last) {
    for (day d = first; d <= last; ++d) {
      REQUIRE(c.next_workday(d) == walk(c, d, 1));
      REQUIRE(c.previous_workday(d) == walk(c, d, -1));
      day after = d, before = d;
      REQUIRE(c.add(d, working_days(0)) == d);
      for (int n = 1; n <= 12; ++n) {
        after = walk(c, after + calendar_days(1), 1);
        before = walk(c, before - calendar_days(1), -1);
        REQUIRE(c.add(d, working_days(n)) == after);
        REQUIRE(c.add(d, working_days(-n)) == before);
      }
    }
  };
  check(cn(), day(2017, 11, 1), day(2018, 2, 1));
  check(cn(), day(2022, 1, 1), day(2022, 12, 31));
  check(cn(), day(2025, 12, 1), day(2027, 2, 1));
  check(few, day(2022, 8, 20), day(2022, 10, 10));
  check(none, day(2022, 8, 20), day(2022, 10, 10));
}

TEST_CASE("an expanded schedule is sorted, without doubles, and within its span") {
  CHECK(rc::check([](std::uint16_t start, std::uint8_t length, bool monthly) {
    const day first = day(2021, 1, 1) + calendar_days(start % 1500), last = first + calendar_days(length);
    for (day_convention c : {day_convention::keep, day_convention::next_workday, day_convention::modified_next_workday,
                             day_convention::previous_workday, day_convention::skip}) {
      const schedule s{{monthly ? recurrence::day_of_month(15) : recurrence::weekly(weekday::monday), recurrence::day_of_month(-1)},
                       {recurrence::day_of_month(3)},
                       {},
                       {},
                       c};
      const auto out = expand(s, first, last, cn());
      for (std::size_t i = 0; i < out.size(); ++i) {
        RC_ASSERT(out[i].actual >= first && out[i].actual <= last);
        RC_ASSERT((i == 0 || out[i - 1].actual < out[i].actual));  // the macro's || evaluates both sides
        RC_ASSERT(out[i].nominal.day_of_month() != 3);
        RC_ASSERT(c == day_convention::keep || cn().is_workday(out[i].actual));
      }
    }
  }));
}

TEST_CASE("listed dates join a schedule and leave it") {
  const schedule s{{recurrence::weekly(weekday::monday)}, {}, {day(2022, 9, 11)}, {day(2022, 9, 5)}, day_convention::skip};
  std::vector<day> days;
  for (const auto& o : expand(s, day(2022, 9, 1), day(2022, 9, 20), cn())) days.push_back(o.actual);
  CHECK(days == std::vector{day(2022, 9, 11), day(2022, 9, 19)});  // the 12th is Mid-Autumn
}

TEST_CASE("a sensitive period covers its lead days") {
  const sensitive_period p{"two sessions", day(2022, 3, 4), day(2022, 3, 11), calendar_days(3)};
  CHECK(p.covers(day(2022, 3, 1)));
  CHECK_FALSE(p.covers(day(2022, 2, 28)));
  CHECK(p.covers(day(2022, 3, 11)));
  CHECK_FALSE(p.covers(day(2022, 3, 12)));
}

TEST_CASE("a rule with COUNT over all the years there are is expanded in time") {
  const schedule daily{{recurrence::parse("FREQ=DAILY;COUNT=80000")->starting(first_day_allowed)}, {}, {}, {}, day_convention::keep};
  const auto days = expand(daily, first_day_allowed, last_day_allowed, working_calendar());
  CHECK(days.size() == 80000);
  CHECK(days.back().actual == first_day_allowed + calendar_days(79999));
}
