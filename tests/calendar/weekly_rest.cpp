// SPDX-License-Identifier: BSL-1.0
#include "misuse.hpp"

#include "catch.hpp"
#include "sifang/calendar.hpp"

#include <rapidcheck.h>

#include <vector>

using namespace sifang;

TEST_CASE("a country may rest on Friday and Saturday") {
  std::vector<calendar_exception> feast;
  for (day d(2024, 4, 10); d <= day(2024, 4, 12); ++d) feast.push_back({d, day_kind::statutory_holiday, "feast"});
  const working_calendar calendar(feast, {weekday::friday, weekday::saturday});
  CHECK(calendar.kind(day(2024, 4, 5)) == day_kind::rest_day);            // a Friday
  CHECK(calendar.is_workday(day(2024, 4, 7)));                            // a Sunday
  CHECK(calendar.kind(day(2024, 4, 12)) == day_kind::statutory_holiday);  // beats the Friday
  CHECK(calendar.next_workday(day(2024, 4, 10)) == day(2024, 4, 14));
  CHECK(calendar.previous_workday(day(2024, 4, 13)) == day(2024, 4, 9));
  CHECK(calendar.add(day(2024, 4, 4), working_days(5)) == day(2024, 4, 15));
  CHECK(calendar.between(day(2024, 4, 6), day(2024, 4, 13)) == working_days(3));
  CHECK(calendar.between(day(2024, 1, 6), day(2024, 1, 13)) == working_days(5));
  CHECK(adjust(day(2024, 4, 11), day_convention::next_workday, calendar) == day(2024, 4, 14));
}

TEST_CASE("the week of most countries is the default, in every way of making it") {
  CHECK(weekly_rest() == weekly_rest{weekday::saturday, weekday::sunday});
  CHECK(weekly_rest() == weekly_rest{weekday::sunday, weekday::saturday, weekday::sunday});
  CHECK(weekly_rest() != weekly_rest{weekday::sunday});
  for (day d(2023, 12, 28); d < day(2024, 1, 9); ++d) {
    CHECK(working_calendar().kind(d) == working_calendar(weekly_rest{weekday::saturday, weekday::sunday}).kind(d));
    CHECK(working_calendar().between(day(2023, 6, 1), d) ==
          working_calendar(weekly_rest{weekday::saturday, weekday::sunday}).between(day(2023, 6, 1), d));
  }
}

TEST_CASE("a week without rest counts every day, and one without work is misuse") {
  const working_calendar always(std::vector<calendar_exception>{}, std::initializer_list<weekday>{});
  CHECK(always.between(day(2024, 1, 1), day(2024, 1, 31)) == working_days(30));
  using enum weekday;
  const auto all_week = [] { return weekly_rest{monday, tuesday, wednesday, thursday, friday, saturday, sunday}; };
  CHECK_THROWS_AS(all_week(), std::logic_error);
}

TEST_CASE("whatever the week and the notices are, counting agrees with walking day by day") {
  CHECK(rc::check("weeks and exceptions", [] {
    unsigned bits = *rc::gen::inRange(0u, 127u);
    weekly_rest rest{};
    std::vector<weekday> days;
    for (unsigned d = 0; d < 7; ++d)
      if (bits >> d & 1) days.push_back(static_cast<weekday>(d));
    switch (days.size()) {
      case 0:
        rest = std::initializer_list<weekday>{};
        break;
      case 1:
        rest = {days[0]};
        break;
      case 2:
        rest = {days[0], days[1]};
        break;
      case 3:
        rest = {days[0], days[1], days[2]};
        break;
      default:
        rest = {days[0], days[1], days[2], days[3]};
        break;
    }
    std::vector<calendar_exception> notices;
    const day first(2024, 2, 20);
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
      notices.push_back({first + calendar_days(*rc::gen::inRange(0, 25)),
                         *rc::gen::arbitrary<bool>() ? day_kind::statutory_holiday : day_kind::makeup_workday, ""});
    }
    const working_calendar calendar(notices, rest);
    const day start = first + calendar_days(*rc::gen::inRange(-20, 40));
    int n = 0;
    for (day d = start + calendar_days(1); d <= start + calendar_days(60); ++d) {
      n += calendar.is_workday(d);
      RC_ASSERT(calendar.between(start, d) == working_days(n));
      RC_ASSERT(calendar.between(d, start) == working_days(-n));
      if (calendar.is_workday(d)) RC_ASSERT(calendar.add(start, working_days(n)) == d);
    }
  }));
}
