// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/core/time.hpp"

using namespace sifang;

TEST_CASE("a civil day knows its date and weekday") {
  CHECK(day(2022, 9, 15).weekday() == weekday::thursday);  // DOMAIN 6.2: a working Thursday
  CHECK(day(2024, 2, 29).day_of_month() == 29);
  CHECK(day(1970, 1, 1).since_1970() == 0);
  CHECK(day(1969, 12, 31).weekday() == weekday::wednesday);
  CHECK(to_string(day(2022, 1, 5)) == "2022-01-05");
}

TEST_CASE("dates are read strictly") {
  CHECK(parse_day("2022-09-15") == day(2022, 9, 15));
  CHECK_FALSE(parse_day("2022-02-29"));
  CHECK_FALSE(parse_day("2022-9-15"));
  CHECK_FALSE(parse_day("2022-09-15 "));
  CHECK_FALSE(parse_day("2022-13-01"));
  CHECK(parse_clock("08:30") == minutes(510));
  CHECK_FALSE(parse_clock("24:01"));
}

TEST_CASE("an instant splits into its day and minute, before 1970 too") {
  const instant t(day(1969, 12, 31), minutes(60));
  CHECK(t.date() == day(1969, 12, 31));
  CHECK(t.minute_of_day() == minutes(60));
  CHECK(to_string(instant(day(2022, 9, 15), minutes(8 * 60 + 5))) == "2022-09-15T08:05");
}
