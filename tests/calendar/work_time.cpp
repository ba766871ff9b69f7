// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/calendar/work_time.hpp"

using namespace sifang;

TEST_CASE("Working time passes from nine o'clock on workdays alone, and the end of a day belongs to that day") {
  const work_time five_hours(working_calendar(), day(2022, 1, 3), day(2022, 1, 31), 300, minutes(9 * 60));  // from a Monday on
  const auto at = [](int day_of_month, int hour, int minute) {
    return instant(day(2022, 1, static_cast<unsigned>(day_of_month)), minutes(60 * hour + minute));
  };
  CHECK(five_hours.date_of(0) == at(3, 9, 0));
  CHECK(five_hours.date_of(1) == at(3, 9, 1));
  CHECK(five_hours.date_of(300) == at(3, 14, 0));
  CHECK(five_hours.date_of(301) == at(4, 9, 1));
  CHECK(five_hours.date_of(1500) == at(7, 14, 0));
  CHECK(five_hours.date_of(1501) == at(10, 9, 1));  // over the weekend
  CHECK(five_hours.date_of(300 * 21) == at(31, 14, 0));
  CHECK(five_hours.date_of(300 * 21 + 1).date() > day(2100, 1, 1));  // beyond the span

  CHECK(five_hours.at(instant(day(2021, 12, 31), minutes(12 * 60))) == 0);
  CHECK(five_hours.at(at(3, 8, 59)) == 0);
  CHECK(five_hours.at(at(3, 9, 1)) == 1);
  CHECK(five_hours.at(at(3, 14, 0)) == 300);
  CHECK(five_hours.at(at(3, 23, 0)) == 300);
  CHECK(five_hours.at(at(8, 12, 0)) == 1500);
  CHECK(five_hours.at(at(10, 10, 0)) == 1560);
  CHECK(five_hours.at(instant(day(2022, 3, 1), minutes(0))) == 300 * 21);

  CHECK(five_hours.between(day(2022, 1, 3), day(2022, 1, 3)) == 300);
  CHECK(five_hours.between(day(2022, 1, 7), day(2022, 1, 10)) == 600);
  CHECK(five_hours.between(day(2022, 1, 8), day(2022, 1, 9)) == 0);
}
