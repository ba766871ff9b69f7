// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/core/date_fault.hpp"
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
  CHECK_FALSE(parse_day("2022-00-10"));
  CHECK_FALSE(parse_day("2022-01-00"));
  CHECK_FALSE(parse_day("2022/09-15"));
  CHECK_FALSE(parse_day("2022-09/15"));
  CHECK_FALSE(parse_day("2022-0:-15"));
  CHECK_FALSE(parse_day("2022-0/-15"));
  CHECK(parse_day("2022-01-31") == day(2022, 1, 31));
  CHECK_FALSE(parse_day("2022-01-32"));
  CHECK(parse_day("2022-12-01") == day(2022, 12, 1));
  CHECK(parse_clock("08:30") == minutes(510));
  CHECK(parse_clock("00:00") == minutes(0));
  CHECK(parse_clock("09:59") == minutes(599));
  CHECK(parse_clock("24:00") == minutes(1440));
  CHECK_FALSE(parse_clock("24:01"));
  CHECK_FALSE(parse_clock("08:60"));
  CHECK_FALSE(parse_clock("8:30"));
  CHECK_FALSE(parse_clock("08:3"));
  CHECK_FALSE(parse_clock("08:300"));
  CHECK_FALSE(parse_clock("08.30"));
  CHECK_FALSE(parse_clock("-8:30"));
}

TEST_CASE("every date of the calendar is one, at the ends of its ranges too, and clocks are written with two digits") {
  CHECK(detail::is_date(0, 1, 1));
  CHECK(detail::is_date(9999, 12, 31));
  CHECK_FALSE(detail::is_date(-1, 1, 1));
  CHECK_FALSE(detail::is_date(10000, 1, 1));
  CHECK_FALSE(detail::is_date(2022, 0, 1));
  CHECK_FALSE(detail::is_date(2022, 13, 1));
  CHECK_FALSE(detail::is_date(2022, 1, 0));
  CHECK_FALSE(detail::is_date(2022, 1, 32));
  CHECK_FALSE(detail::is_date(2022, 257, 1));  // <chrono> keeps eight bits
  CHECK_FALSE(detail::is_date(2022, 1, 257));
  CHECK(to_string(day(7, 1, 1)) == "0007-01-01");
  CHECK(clock_text(minutes(0)) == "00:00");
  CHECK(clock_text(minutes(9 * 60 + 59)) == "09:59");
  CHECK(clock_text(minutes(25 * 60 + 10)) == "25:10");
  for (int i = 0; i < 7; ++i) {  // 1970-01-05 was a Monday
    CHECK(day(4 + i).weekday() == static_cast<weekday>(i));
    CHECK(day(4 + i - 70).weekday() == static_cast<weekday>(i));
  }
}

TEST_CASE("amounts of time are added, taken off and multiplied") {
  calendar_days d(40);
  d += calendar_days(5);
  CHECK(d == calendar_days(45));
  d -= calendar_days(15);
  CHECK(d == calendar_days(30));
  CHECK(d + calendar_days(2) == calendar_days(32));
  CHECK(d - calendar_days(2) == calendar_days(28));
  CHECK(d * 3 == calendar_days(90));
}

TEST_CASE("an instant splits into its day and minute, before 1970 too") {
  const instant t(day(1969, 12, 31), minutes(60));
  CHECK(t.date() == day(1969, 12, 31));
  CHECK(t.minute_of_day() == minutes(60));
  CHECK(t.since_1970() == -1380);
  CHECK(instant(-1).date() == day(-1));
  CHECK(instant(-1).minute_of_day() == minutes(1439));
  CHECK(instant(0).date() == day(0));
  CHECK(instant(1440).date() == day(1));
  CHECK(instant(1439).minute_of_day() == minutes(1439));
  CHECK(to_string(instant(day(2022, 9, 15), minutes(8 * 60 + 5))) == "2022-09-15T08:05");
}

TEST_CASE("dates that are read lie in the years 1970 to 2200") {
  CHECK(parse_day("1970-01-01") == first_day_allowed);
  CHECK(parse_day("2200-12-31") == last_day_allowed);
  CHECK_FALSE(parse_day("1969-12-31"));
  CHECK_FALSE(parse_day("2201-01-01"));
  CHECK_FALSE(parse_day("0000-01-01"));
  CHECK_FALSE(parse_day("9999-12-31"));
  CHECK(is_allowed(day(2022, 9, 15)));
  CHECK_FALSE(is_allowed(day(1969, 12, 31)));
  CHECK_FALSE(is_allowed(day(2201, 1, 1)));
  // Minutes are counted in 32 bits; what follows from the last day, a limit of ten years, still fits.
  CHECK(instant(last_day_allowed + calendar_days(3660), minutes(0)).date() == last_day_allowed + calendar_days(3660));
}

TEST_CASE("a date that cannot be taken is none, or one of the wrong years, and the message says which") {
  CHECK(to_string(date_fault({"a.csv", 3, 1}, "date", "1969-12-31", "1969-12-31")) ==
        "a.csv:3:1: 'date' expected within 1970-01-01 to 2200-12-31; found 1969-12-31");
  CHECK(to_string(date_fault({}, "date", "1969-12-31", "1969-12-31"), language::zh) ==
        "“date”应在 1970-01-01 至 2200-12-31 之内；实际为 1969-12-31");
  CHECK(to_string(date_fault({}, "date", "2022-02-30", "2022-02-30")) ==
        "'date' expected a date YYYY-MM-DD of the calendar; found '2022-02-30'");
}
