// SPDX-License-Identifier: BSL-1.0
#include "misuse.hpp"

#include "catch.hpp"
#include "sifang/calendar/schedule.hpp"
#include "sifang/calendar/sensitive_period.hpp"

using namespace sifang;

namespace {
// September 2022: Mid-Autumn on Monday the 12th; Saturday the 17th is worked. National Day and its eve lie apart.
const working_calendar& calendar() {
  static const working_calendar c({{{day(2022, 9, 12), day_kind::statutory_holiday, ""},
                                    {day(2022, 9, 17), day_kind::makeup_workday, ""},
                                    {day(2022, 9, 30), day_kind::statutory_holiday, ""}}});
  return c;
}
std::vector<day> days(const schedule& s, day first, day last) {
  std::vector<day> out;
  for (const occurrence& o : expand(s, first, last, calendar())) out.push_back(o.actual);
  return out;
}
}  // namespace

TEST_CASE("both ends of a span are in, and a day moves in from beyond them") {
  const schedule mondays{{recurrence::weekly(weekday::monday)}, {}, {}, {}, day_convention::next_workday};
  CHECK(days(mondays, day(2022, 9, 5), day(2022, 9, 19)) == std::vector{day(2022, 9, 5), day(2022, 9, 13), day(2022, 9, 19)});
  CHECK(days(mondays, day(2022, 9, 13), day(2022, 9, 13)) == std::vector{day(2022, 9, 13)});  // from the 12th, outside
  CHECK(days(mondays, day(2022, 9, 6), day(2022, 9, 12)).empty());
  CHECK(days(mondays, day(2022, 9, 13), day(2022, 9, 12)).empty());
  const schedule before{{recurrence::weekly(weekday::monday)}, {}, {}, {}, day_convention::previous_workday};
  CHECK(days(before, day(2022, 9, 6), day(2022, 9, 9)) == std::vector{day(2022, 9, 9)});
}

TEST_CASE("each day takes place once, for the earliest nominal day that comes to it") {
  const schedule s{{recurrence::weekly(weekday::monday), recurrence::weekly(weekday::tuesday)}, {}, {}, {}, day_convention::next_workday};
  const auto out = expand(s, day(2022, 9, 12), day(2022, 9, 14), calendar());
  REQUIRE(out.size() == 1);
  CHECK(out[0] == occurrence{day(2022, 9, 12), day(2022, 9, 13)});
}

TEST_CASE("a removed day falls away by its nominal and by its actual date, whether it was ruled or added") {
  schedule s{{recurrence::weekly(weekday::monday)}, {}, {}, {}, day_convention::next_workday};
  s.remove = {day(2022, 9, 12)};
  CHECK(days(s, day(2022, 9, 5), day(2022, 9, 19)) == std::vector{day(2022, 9, 5), day(2022, 9, 19)});
  s.remove = {day(2022, 9, 13)};
  CHECK(days(s, day(2022, 9, 5), day(2022, 9, 19)) == std::vector{day(2022, 9, 5), day(2022, 9, 19)});
  s.add = {day(2022, 9, 13), day(2022, 9, 10), day(2022, 10, 1)};
  CHECK(days(s, day(2022, 9, 5), day(2022, 9, 19)) == std::vector{day(2022, 9, 5), day(2022, 9, 10), day(2022, 9, 19)});
}

TEST_CASE("days are in order of when they take place, whatever their nominal day and whoever asked for them") {
  const schedule s{{recurrence::weekly(weekday::monday)}, {}, {day(2022, 9, 12)}, {}, day_convention::next_workday};
  CHECK(days(s, day(2022, 9, 5), day(2022, 9, 19)) == std::vector{day(2022, 9, 5), day(2022, 9, 12), day(2022, 9, 13), day(2022, 9, 19)});
}

TEST_CASE("an excluded nominal day is out, also where it would have moved") {
  schedule s{{recurrence::weekly(weekday::monday)}, {recurrence::day_of_month(12)}, {}, {}, day_convention::next_workday};
  CHECK(days(s, day(2022, 9, 5), day(2022, 9, 19)) == std::vector{day(2022, 9, 5), day(2022, 9, 19)});
  s.exclude = {recurrence::day_of_month(13)};
  CHECK(days(s, day(2022, 9, 5), day(2022, 9, 19)) == std::vector{day(2022, 9, 5), day(2022, 9, 13), day(2022, 9, 19)});
}

TEST_CASE("the modified convention goes back only where the month would be left") {
  CHECK(adjust(day(2022, 9, 30), day_convention::modified_next_workday, calendar()) == day(2022, 9, 29));
  CHECK(adjust(day(2022, 9, 30), day_convention::next_workday, calendar()) == day(2022, 10, 3));
  CHECK(adjust(day(2022, 9, 12), day_convention::modified_next_workday, calendar()) == day(2022, 9, 13));
  CHECK(adjust(day(2022, 9, 18), day_convention::previous_workday, calendar()) == day(2022, 9, 17));
  CHECK(adjust(day(2022, 9, 17), day_convention::skip, calendar()) == day(2022, 9, 17));
}

TEST_CASE("a sensitive period begins its lead days early and ends on its last day") {
  const sensitive_period p{"", day(2022, 10, 16), day(2022, 10, 22), calendar_days(7)};
  CHECK_FALSE(p.covers(day(2022, 10, 8)));
  CHECK(p.covers(day(2022, 10, 9)));
  CHECK(p.covers(day(2022, 10, 22)));
  CHECK_FALSE(p.covers(day(2022, 10, 23)));
}

TEST_CASE("what the notices name is told: their first and last day, and the years with any") {
  CHECK(calendar().first_notice() == day(2022, 9, 12));
  CHECK(calendar().last_notice() == day(2022, 9, 30));
  CHECK_FALSE(working_calendar().first_notice());
  CHECK_FALSE(working_calendar().last_notice());
  const working_calendar gap({{{day(2021, 10, 1), day_kind::statutory_holiday, ""}, {day(2023, 1, 1), day_kind::statutory_holiday, ""}}});
  CHECK(gap.has_notice(2021));
  CHECK_FALSE(gap.has_notice(2022));
  CHECK(gap.has_notice(2023));
  CHECK_FALSE(gap.has_notice(2024));
  const working_calendar of_new_year({{{day(2021, 12, 31), day_kind::statutory_holiday, ""}}});
  CHECK_FALSE(of_new_year.has_notice(2021));  // the notice of 2022 tells of it
  const working_calendar made_up({{{day(2022, 9, 17), day_kind::makeup_workday, ""}}});
  CHECK(made_up.has_notice(2022));
}

TEST_CASE("of two notices for one date the later in the list holds, and each kind is told") {
  const working_calendar c({{{day(2022, 9, 12), day_kind::makeup_workday, ""}, {day(2022, 9, 12), day_kind::statutory_holiday, ""}}});
  CHECK(c.kind(day(2022, 9, 12)) == day_kind::statutory_holiday);
  CHECK(calendar().kind(day(2022, 9, 17)) == day_kind::makeup_workday);
  CHECK(calendar().kind(day(2022, 9, 18)) == day_kind::rest_day);
  CHECK(calendar().kind(day(2022, 9, 16)) == day_kind::workday);
  CHECK(calendar().kind(day(2022, 9, 11)) == day_kind::rest_day);
  CHECK(calendar().kind(day(2022, 10, 3)) == day_kind::workday);
}

TEST_CASE("workdays are met walking day by day, also where the notices begin with a worked Saturday, and before 1970") {
  const working_calendar odd({{{day(2022, 9, 21), day_kind::statutory_holiday, ""},
                               {day(2022, 9, 17), day_kind::makeup_workday, ""},
                               {day(2022, 9, 19), day_kind::statutory_holiday, ""}}});
  const auto check = [](const working_calendar& c, day first, day last) {
    const auto walk = [&](day d, int step) {
      while (!c.is_workday(d)) d = d + calendar_days(step);
      return d;
    };
    for (day d = first; d <= last; ++d) {
      REQUIRE(c.next_workday(d) == walk(d, 1));
      REQUIRE(c.previous_workday(d) == walk(d, -1));
      REQUIRE(c.add(d, working_days(0)) == d);
      day after = d, before = d;
      for (int n = 1; n <= 15; ++n) {
        after = walk(after + calendar_days(1), 1);
        before = walk(before - calendar_days(1), -1);
        REQUIRE(c.add(d, working_days(n)) == after);
        REQUIRE(c.add(d, working_days(-n)) == before);
        REQUIRE(c.between(d, after) == working_days(n));
      }
      int counted = 0;
      for (day b = d + calendar_days(1); b <= last; ++b) REQUIRE(c.between(d, b) == working_days(counted += c.is_workday(b)));
    }
  };
  check(odd, day(2022, 9, 1), day(2022, 10, 5));
  check(calendar(), day(2022, 9, 1), day(2022, 10, 12));
  check({}, day(1969, 12, 10), day(1970, 1, 20));
}

TEST_CASE("workdays between two days are counted one by one, on both sides of the notices and across them") {
  for (day a = day(2022, 8, 25); a <= day(2022, 10, 12); ++a) {
    int counted = 0;
    for (day b = a; b <= day(2022, 10, 12); ++b) {
      if (b != a) counted += calendar().is_workday(b);
      REQUIRE(calendar().between(a, b) == working_days(counted));
      REQUIRE(calendar().between(b, a) == working_days(-counted));
    }
  }
}
