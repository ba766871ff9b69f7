// SPDX-License-Identifier: BSL-1.0
#include "misuse.hpp"

#include "catch.hpp"
#include "recurrence_oracle.hpp"
#include "sifang/calendar/recurrence.hpp"
#include "sifang/calendar/schedule.hpp"

using namespace sifang;
using sifang_tests::expanded_by_periods;
using sifang_tests::random_rule;

namespace {
std::vector<day> listed(const recurrence& r, day first, day last) {
  std::vector<day> out;
  for (day d = first; d <= last; ++d) {
    if (r.includes(d)) out.push_back(d);
  }
  return out;
}
}  // namespace

TEST_CASE("a rule names the days that a period-by-period expansion of RFC 5545 names") {
  const auto same = [] {
    const recurrence rule = **random_rule();
    const day first = *rule.parts().from - calendar_days(40), last = *rule.parts().from + calendar_days(1200);
    const std::vector<day> expected = expanded_by_periods(rule.parts(), last);
    RC_LOG() << rule.to_string();
    RC_ASSERT(listed(rule, first, last) == expected);
  };
  for (int k = 0; k < 30; ++k) REQUIRE(rc::check(same));
}

TEST_CASE("a rule in words, or as text, is read back as the same rule in both languages") {
  const auto same = [] {
    const recurrence rule = **random_rule();
    for (const std::string& text : {rule.to_string(), in_words(rule, language::en), in_words(rule, language::zh)}) {
      RC_LOG() << rule.to_string() << '\n' << text;
      const auto again = recurrence::parse(text);
      RC_ASSERT(again.has_value());
      RC_ASSERT(*again == rule);
    }
  };
  for (int k = 0; k < 10; ++k) REQUIRE(rc::check(same));
}

TEST_CASE("every part of a rule decides on days, as small lists show") {
  const auto days = [](const char* rule, day first, day last) {
    const auto r = recurrence::parse(rule);
    REQUIRE(r);
    return listed(*r, first, last);
  };
  const day jan1(2022, 1, 1), dec31(2022, 12, 31);
  // INTERVAL of each period counts from the first day.
  CHECK(days("DTSTART=20220131;FREQ=MONTHLY;INTERVAL=2", jan1, day(2022, 8, 31)) ==
        std::vector{day(2022, 1, 31), day(2022, 3, 31), day(2022, 5, 31), day(2022, 7, 31)});
  CHECK(days("DTSTART=20220110;FREQ=DAILY;INTERVAL=10", jan1, day(2022, 2, 5)) ==
        std::vector{day(2022, 1, 10), day(2022, 1, 20), day(2022, 1, 30)});
  CHECK(days("DTSTART=20200229;FREQ=YEARLY", day(2019, 1, 1), day(2025, 1, 1)) == std::vector{day(2020, 2, 29), day(2024, 2, 29)});
  CHECK(days("DTSTART=20200101;FREQ=YEARLY;INTERVAL=2;BYMONTH=3", day(2020, 1, 1), day(2023, 12, 31)) ==
        std::vector{day(2020, 3, 1), day(2022, 3, 1)});
  // The day of UNTIL is in, the day of DTSTART too.
  CHECK(days("DTSTART=20220302;FREQ=DAILY;UNTIL=20220304", jan1, dec31) == std::vector{day(2022, 3, 2), day(2022, 3, 3), day(2022, 3, 4)});
  CHECK(days("DTSTART=20220302;FREQ=DAILY;COUNT=1", jan1, dec31) == std::vector{day(2022, 3, 2)});
  // BYSETPOS from the front and from the back.
  CHECK(days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1", day(2022, 10, 1), day(2022, 10, 31)) ==
        std::vector{day(2022, 10, 3), day(2022, 10, 31)});
  CHECK(days("FREQ=MONTHLY;BYDAY=TU,TH;BYSETPOS=2", day(2022, 9, 1), day(2022, 9, 30)) == std::vector{day(2022, 9, 6)});
  CHECK(days("FREQ=WEEKLY;BYDAY=TU,TH;BYSETPOS=2", day(2022, 9, 5), day(2022, 9, 11)) == std::vector{day(2022, 9, 8)});
  CHECK(days("FREQ=YEARLY;BYDAY=MO;BYSETPOS=-1", jan1, dec31) == std::vector{day(2022, 12, 26)});
  // WKST: with weeks from Sunday, a Sunday belongs to the days after it (the example of RFC 5545).
  CHECK(days("DTSTART=19970805;FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", day(1997, 8, 1), day(1997, 12, 31)) ==
        std::vector{day(1997, 8, 5), day(1997, 8, 10), day(1997, 8, 19), day(1997, 8, 24)});
  CHECK(days("DTSTART=19970805;FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", day(1997, 8, 1), day(1997, 12, 31)) ==
        std::vector{day(1997, 8, 5), day(1997, 8, 17), day(1997, 8, 19), day(1997, 8, 31)});
}

TEST_CASE("a rule is read as calendars write it") {
  const auto rule = recurrence::parse(
      "DTSTART;TZID=Asia/Shanghai:20220103T083000\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU;UNTIL=20220630T155959Z");
  REQUIRE(rule);
  CHECK(rule->to_string() == "DTSTART=20220103;FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU;UNTIL=20220630");
  CHECK(recurrence::parse("DTSTART:20220103\nRRULE:freq=daily")->parts().from == day(2022, 1, 3));
  // Universal time is eight hours behind: 16:00 there is the next day here.
  CHECK(recurrence::parse("FREQ=DAILY;UNTIL=20220630T155959Z")->parts().until == day(2022, 6, 30));
  CHECK(recurrence::parse("FREQ=DAILY;UNTIL=20220630T160000Z")->parts().until == day(2022, 7, 1));
  CHECK(recurrence::parse("FREQ=DAILY;UNTIL=20220630T235959")->parts().until == day(2022, 6, 30));
  CHECK(*recurrence::parse("RRULE:FREQ=MONTHLY;BYMONTHDAY=+15") == *recurrence::parse("FREQ=MONTHLY;BYMONTHDAY=15"));
  for (const char* bad :
       {"FREQ=DAILY;UNTIL=20220630Z", "FREQ=DAILY;UNTIL=20220630T24", "FREQ=DAILY;UNTIL=20220630T240000", "FREQ=DAILY;UNTIL=2022063",
        "FREQ=DAILY;UNTIL=20220630T236000", "FREQ=DAILY;UNTIL=20220630X235959", "FREQ=DAILY;DTSTART=20220230",
        "DTSTART:20220103\nDTSTART:20220104\nRRULE:FREQ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=+-5", "FREQ=DAILY;WKST=XX", "FREQ=DAILY;WKST"}) {
    INFO(bad);
    CHECK_FALSE(recurrence::parse(bad));
  }
}

TEST_CASE("a rule out of its ranges, or of parts that do not go together, is refused with the part named") {
  const auto told = [](const char* rule) {
    const auto r = recurrence::parse(rule);
    return r ? std::string("sound") : r.faults().front().details[1];
  };
  CHECK(told("FREQ=DAILY;INTERVAL=0") == "INTERVAL=1 to 1000");
  CHECK(told("FREQ=DAILY;INTERVAL=1") == "sound");
  CHECK(told("FREQ=DAILY;INTERVAL=1000") == "sound");
  CHECK(told("FREQ=DAILY;INTERVAL=1001") == "INTERVAL=1 to 1000");
  CHECK(told("FREQ=DAILY;INTERVAL=-2") == "INTERVAL=1 to 1000");
  CHECK(told("FREQ=DAILY;COUNT=0") == "COUNT=1 to 100000");
  CHECK(told("FREQ=DAILY;COUNT=-3") == "COUNT=1 to 100000");
  CHECK(told("FREQ=DAILY;COUNT=100000") == "sound");
  CHECK(told("FREQ=DAILY;COUNT=100001") == "COUNT=1 to 100000");
  CHECK(told("FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1") == "BYMONTH of whole numbers 1 to 12 without 0");
  CHECK(told("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1") == "sound");
  CHECK(told("FREQ=YEARLY;BYMONTH=-1;BYMONTHDAY=1") == "BYMONTH of whole numbers 1 to 12 without 0");
  CHECK(told("FREQ=MONTHLY;BYMONTHDAY=-31") == "sound");
  CHECK(told("FREQ=MONTHLY;BYMONTHDAY=-32") == "BYMONTHDAY of whole numbers -31 to 31 without 0");
  CHECK(told("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367") == "BYSETPOS of whole numbers -366 to 366 without 0");
  CHECK(told("FREQ=MONTHLY;BYDAY=9MO") == "ordinals of BYDAY from -5 to 5");
  CHECK(told("FREQ=MONTHLY;BYDAY=5MO,-5MO") == "sound");
  CHECK(told("FREQ=MONTHLY;BYDAY=-6MO") == "ordinals of BYDAY from -5 to 5");
  CHECK(told("FREQ=YEARLY;BYMONTH=3;BYDAY=6MO") == "ordinals of BYDAY from -5 to 5");
  CHECK(told("FREQ=YEARLY;BYDAY=53MO") == "sound");
  CHECK(told("FREQ=YEARLY;BYDAY=54MO") == "BYDAY of MO, TU, WE, TH, FR, SA, SU with an optional ordinal");
  CHECK(told("FREQ=WEEKLY;BYDAY=1MO") == "ordinals of BYDAY only with FREQ=MONTHLY or YEARLY");
  CHECK(told("FREQ=WEEKLY;BYMONTHDAY=1") == "no BYMONTHDAY with FREQ=WEEKLY");
  CHECK(told("FREQ=DAILY;COUNT=2;UNTIL=20220101") == "COUNT or UNTIL, not both");
  CHECK(told("DTSTART=20220102;FREQ=DAILY;UNTIL=20220101") == "UNTIL not before DTSTART");
  CHECK(told("DTSTART=20220102;FREQ=DAILY;UNTIL=20220102") == "sound");
  CHECK(told("FREQ=DAILY;BYSETPOS=1") == "BYSETPOS only with BYDAY, BYMONTHDAY or BYMONTH");
  CHECK(told("DTSTART=19700101;FREQ=DAILY") == "sound");
  CHECK(told("DTSTART=22001231;FREQ=DAILY") == "sound");
  CHECK(told("DTSTART=19691231;FREQ=DAILY") == "DTSTART=YYYYMMDD of the years 1970 to 2200");
  CHECK(told("FREQ=DAILY;UNTIL=22010101") == "UNTIL=YYYYMMDD of the years 1970 to 2200");
  CHECK(told(("FREQ=MONTHLY;BYMONTHDAY=1" + std::string(3000, ' ')).c_str()) == "a rule of at most 2000 characters");
  recurrence_parts both;
  both.workdays = true;
  CHECK(recurrence::make(both));
  both.count = 3;
  CHECK_FALSE(recurrence::make(both));
}

TEST_CASE("a rule that a shell cut at its first semicolon is refused, unless a first day says which day is meant") {
  for (const char* cut :
       {"FREQ=MONTHLY", "FREQ=WEEKLY", "FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=2", "FREQ=YEARLY;BYMONTH=3", "every month", "每周"}) {
    INFO(cut);
    const auto rule = recurrence::parse(cut);
    REQUIRE_FALSE(rule);
    CHECK(sentence(rule.faults().front()).find("(a rule with ';' stands in quotes)") != std::string::npos);
  }
  CHECK(recurrence::parse("FREQ=DAILY"));
  CHECK(listed(*recurrence::parse("DTSTART=20220115;FREQ=MONTHLY"), day(2022, 1, 1), day(2022, 3, 31)) ==
        std::vector{day(2022, 1, 15), day(2022, 2, 15), day(2022, 3, 15)});
  CHECK(listed(*recurrence::parse("DTSTART=20220112;FREQ=WEEKLY"), day(2022, 1, 1), day(2022, 1, 31)) ==
        std::vector{day(2022, 1, 12), day(2022, 1, 19), day(2022, 1, 26)});
}

TEST_CASE("COUNT and INTERVAL count from a day; an INTERVAL alone goes on backwards in step") {
  const day from(2022, 1, 1), first(2021, 1, 1);
  const auto of = [&](const char* rule) { return recurrence::parse(rule)->counted_from(from, first); };
  CHECK(of("FREQ=WEEKLY;BYDAY=MO") == *recurrence::parse("FREQ=WEEKLY;BYDAY=MO"));
  CHECK(of("DTSTART=20210601;FREQ=DAILY;COUNT=3") == *recurrence::parse("DTSTART=20210601;FREQ=DAILY;COUNT=3"));
  const recurrence twelve = of("FREQ=MONTHLY;BYMONTHDAY=15;COUNT=12");
  CHECK(listed(twelve, first, day(2024, 1, 1)).size() == 12);
  CHECK(listed(twelve, first, day(2024, 1, 1)).front() == day(2022, 1, 15));
  CHECK(listed(twelve, first, day(2024, 1, 1)).back() == day(2022, 12, 15));
  for (const char* text : {"FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU", "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=1,31",
                           "FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=3", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU;WKST=SU"}) {
    INFO(text);
    const recurrence whole = of(text), later = recurrence::parse(text)->starting(from);
    CHECK_FALSE(whole.needs_start());
    CHECK(whole.parts().from <= first);
    CHECK(*whole.parts().from >= day(1970, 1, 1));
    CHECK(listed(whole, from, day(2030, 1, 1)) == listed(later, from, day(2030, 1, 1)));  // in step with the first counted day
    CHECK(*recurrence::parse(whole.to_string()) == whole);
  }
  CHECK(listed(of("FREQ=DAILY;INTERVAL=3"), day(2021, 1, 1), day(2021, 1, 8)) == std::vector{day(2021, 1, 3), day(2021, 1, 6)});
  CHECK(listed(of("FREQ=YEARLY;INTERVAL=60;BYMONTH=5;BYMONTHDAY=3"), day(1970, 1, 1), day(2100, 1, 1)) ==
        std::vector{day(2022, 5, 3), day(2082, 5, 3)});
  CHECK(recurrence::parse("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")->needs_start());
  CHECK(recurrence::daily(2).needs_start());
  CHECK_FALSE(recurrence::daily().needs_start());
  CHECK(of("FREQ=DAILY;COUNT=5").names_a_day(day(2022, 1, 5), day(2022, 2, 1)));
  CHECK_FALSE(of("FREQ=DAILY;COUNT=5").names_a_day(day(2022, 1, 6), day(2022, 2, 1)));
}

TEST_CASE("weekdays and rules may be written in words of either language, in the ways that people do") {
  const auto same = [](const char* rule, std::initializer_list<const char*> words) {
    for (const char* text : words) {
      INFO(text);
      const auto read = recurrence::parse(text);
      REQUIRE(read);
      CHECK(read->to_string() == rule);
    }
  };
  same("FREQ=DAILY", {"every day", "daily", "Every Day", "每天", "每日"});
  same("every workday", {"every workday", "each working day", "每个工作日", "每工作日"});
  same("FREQ=WEEKLY;BYDAY=WE",
       {"every Wednesday", "each wednesday", "every Wednesdays", "每周三", "每星期三", "每礼拜三", "每个周三", "每逢周三"});
  same("FREQ=WEEKLY;BYDAY=SU", {"every Sunday", "每周日", "每周天", "每星期天"});
  same("FREQ=WEEKLY;BYDAY=MO,TH",
       {"every Monday and Thursday", "every Thursday, Monday", "每周一、周四", "每周一、四", "每周一和周四", "每周一四", "每周一，周四"});
  same("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", {"every Monday to Friday", "every weekday", "每周一至周五", "每周一到五"});
  same("FREQ=MONTHLY;BYMONTHDAY=15",
       {"the 15th of each month", "the 15th of every month", "every month on the 15th", "每月15日", "每个月15号", "每月十五日"});
  same("FREQ=MONTHLY;BYMONTHDAY=1,21",
       {"the 1st and the 21st of each month", "the 1st and 21st of each month", "每月1日、21日", "每月一日和二十一日"});
  same("FREQ=MONTHLY;BYMONTHDAY=-1", {"the last day of each month", "每月最后一天"});
  same("FREQ=MONTHLY;BYMONTHDAY=-31", {"the 31st last day of each month", "每月倒数第31天"});
  same("FREQ=MONTHLY;BYDAY=1MO", {"the 1st Monday of each month", "the first Monday of each month", "每月第1个周一", "每月第一个星期一"});
  same("FREQ=MONTHLY;BYDAY=-2FR", {"the 2nd last Friday of each month", "the second last Friday of each month", "每月倒数第二个周五"});
  same("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", {"every year in March, on the 15th", "每年3月15日", "每年,限3月,逢15日"});
  same("FREQ=YEARLY;BYDAY=20MO", {"the 20th Monday of each year", "每年第20个周一"});
  same("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", {"every 2 weeks on Monday", "every other week on Monday", "每2周周一", "每两周周一"});
  same("DTSTART=20220103;FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=3;COUNT=4",
       {"every 3 months on the 3rd, from 2022-01-03, 4 times", "每3个月3日，自2022年1月3日起，共4次", "每三个月3日,从2022-01-03起,共四次"});
  same("FREQ=DAILY;BYMONTH=3,9;UNTIL=20221231", {"every day in March and September, until 2022-12-31", "每天,限3月、9月,至2022-12-31止"});
}

TEST_CASE("words that could mean two things, or nothing, are refused, and the nearest known form is named") {
  for (const char* text : {"",
                           " ",
                           ",",
                           "every",
                           "每",
                           "the",
                           "every second Monday",
                           "the 15th",
                           "the 15th and the last Friday of each month",
                           "every month on the 15th and Monday",
                           "每月15日、周一",
                           "every Monday, the 15th of each month",
                           "每周15日",
                           "每隔一周周一",
                           "每周一、15日",
                           "the 32nd of each month",
                           "每月32日",
                           "the 0th of each month",
                           "every 0 days",
                           "every 1001 days",
                           "每0天",
                           "每1001天",
                           "every Monday to holiday",
                           "每周一至八",
                           "every Friday to Monday",
                           "每周五至周一",
                           "every day, from 2022-02-30",
                           "every day, from 2022-01-01, from 2022-01-02",
                           "every day, 0 times",
                           "每天,共0次",
                           "in March",
                           "every day in Marchh",
                           "每月第0个周一",
                           "the 1th of each month x",
                           "每周八",
                           "Monday",
                           "one",
                           "every Monday extra",
                           "每年3月15日、20日",
                           "weeks begin on Monday",
                           "every day, weeks begin on Fooday",
                           "每天,一周自始"}) {
    INFO(text);
    const auto rule = recurrence::parse(text);
    REQUIRE_FALSE(rule);
    CHECK(rule.faults().front().kind == fault_kind::bad_recurrence);
  }
  CHECK(sentence(recurrence::parse("every wendesday").faults().front()) ==
        "recurrence 'every wendesday': expected a known form, perhaps 'every Wednesday'; found 'every wendesday'");
  CHECK(sentence(recurrence::parse("每周八").faults().front(), language::zh).find("是否应为“每周") != std::string::npos);
  CHECK(sentence(recurrence::parse("hello").faults().front()).find("words such as 'every Wednesday'") != std::string::npos);
  const auto lines = recurrence::parse("every\nMonday\nof " + std::string(300, 'x'));
  REQUIRE_FALSE(lines);
  CHECK(sentence(lines.faults().front()).find('\n') == std::string::npos);
  CHECK(sentence(lines.faults().front()).size() < 400);
}

TEST_CASE("every workday is what the calendar of a schedule says, make-up Saturdays too") {
  const working_calendar few({{{day(2022, 9, 12), day_kind::statutory_holiday, ""}, {day(2022, 9, 17), day_kind::makeup_workday, ""}}});
  for (const day_convention c : {day_convention::keep, day_convention::skip, day_convention::next_workday}) {
    std::vector<day> days;
    for (const occurrence& o : expand({{recurrence::every_workday()}, {}, {}, {}, c}, day(2022, 9, 9), day(2022, 9, 19), few))
      days.push_back(o.actual);
    CHECK(days == std::vector{day(2022, 9, 9), day(2022, 9, 13), day(2022, 9, 14), day(2022, 9, 15), day(2022, 9, 16), day(2022, 9, 17),
                              day(2022, 9, 19)});
  }
}

TEST_CASE("rules that make no sense cannot be made in code") {
  CHECK_THROWS(recurrence::daily(0));
  CHECK_THROWS(recurrence::daily(-1));
  CHECK_THROWS(recurrence::daily(1001));
  CHECK_THROWS(recurrence::weekly(weekday::monday, 0));
  CHECK_THROWS(recurrence::weekly(weekday::monday, 1001));
  CHECK_THROWS(recurrence::weekly(static_cast<weekday>(7)));
  CHECK_THROWS(recurrence::day_of_month(0));
  CHECK_THROWS(recurrence::day_of_month(32));
  CHECK_THROWS(recurrence::day_of_month(-32));
  CHECK_THROWS(recurrence::nth_weekday(0, weekday::monday));
  CHECK_THROWS(recurrence::nth_weekday(9, weekday::monday));
  CHECK_THROWS(recurrence::nth_weekday(-6, weekday::monday));
  CHECK_THROWS(recurrence::nth_weekday(1, static_cast<weekday>(7)));
  CHECK_THROWS(recurrence::daily(2).includes(day(2022, 1, 1)));  // counted from when?
  CHECK_NOTHROW(recurrence::daily(2).starting(day(2022, 1, 1)).includes(day(2022, 1, 1)));
  CHECK_NOTHROW(recurrence::day_of_month(-31));
  CHECK_NOTHROW(recurrence::nth_weekday(-5, weekday::sunday));
  CHECK_NOTHROW(recurrence::weekly(weekday::sunday, 1000));
}

TEST_CASE("a rule in words is said as people say it") {
  const auto words = [](const char* rule, const char* en, const char* zh) {
    const auto r = recurrence::parse(rule);
    REQUIRE(r);
    CHECK(in_words(*r) == en);
    CHECK(in_words(*r, language::zh) == zh);
  };
  words("FREQ=DAILY", "every day", "每天");
  words("FREQ=WEEKLY;BYDAY=WE", "every Wednesday", "每周三");
  words("FREQ=WEEKLY;BYDAY=TU,SU", "every Tuesday and Sunday", "每周二、周日");
  words("FREQ=WEEKLY;BYDAY=MO,TU", "every Monday and Tuesday", "每周一、周二");
  words("FREQ=WEEKLY;BYDAY=MO,TU,WE", "every Monday to Wednesday", "每周一至周三");
  words("FREQ=WEEKLY;BYDAY=MO,TU,TH,SA", "every Monday, Tuesday, Thursday and Saturday", "每周一、周二、周四、周六");
  words("FREQ=MONTHLY;BYMONTHDAY=1,2,3,4", "the 1st, the 2nd, the 3rd and the 4th of each month", "每月1日、2日、3日、4日");
  words("FREQ=MONTHLY;BYMONTHDAY=11,12,13,20", "the 11th, the 12th, the 13th and the 20th of each month", "每月11日、12日、13日、20日");
  words("FREQ=MONTHLY;BYMONTHDAY=21,22,23,31", "the 21st, the 22nd, the 23rd and the 31st of each month", "每月21日、22日、23日、31日");
  words("FREQ=MONTHLY;BYMONTHDAY=1,-1,-2", "the 1st, the 2nd last day and the last day of each month", "每月1日、倒数第2天、最后一天");
  words("FREQ=MONTHLY;BYDAY=-1FR,1MO", "the 1st Monday and the last Friday of each month", "每月第1个周一、最后一个周五");
  words("FREQ=MONTHLY;BYDAY=MO", "every month, on Monday", "每月，逢周一");
  words("FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=2,-2", "every month, on Monday to Wednesday, of these the 2nd last and the 2nd",
        "每月，逢周一至周三，取倒数第2个、第2个");
  words("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=5", "every 2 months, on the 5th", "每2个月，逢5日");
  words("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU", "every 2 weeks, on Monday, weeks begin on Sunday", "每2周，逢周一，一周自周日始");
  words("FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=3", "every year, in January and December, on the 3rd", "每年，限1月、12月，逢3日");
  words("DTSTART=20220103;FREQ=DAILY;INTERVAL=3;COUNT=1", "every 3 days, from 2022-01-03, 1 time", "每3天，自2022-01-03起，共1次");
  words("FREQ=DAILY;UNTIL=20220630", "every day, until 2022-06-30", "每天，至2022-06-30止");
  words("every workday", "every workday", "每个工作日");
}

TEST_CASE("rules made in code are those that are read, and lists of the same parts are the same rule") {
  CHECK(recurrence() == *recurrence::parse("FREQ=DAILY"));
  CHECK(recurrence::daily(7) == *recurrence::parse("FREQ=DAILY;INTERVAL=7"));
  CHECK(recurrence::weekly(weekday::tuesday) == *recurrence::parse("FREQ=WEEKLY;BYDAY=TU"));
  CHECK(recurrence::weekly(weekday::sunday, 3) == *recurrence::parse("FREQ=WEEKLY;INTERVAL=3;BYDAY=SU"));
  CHECK(recurrence::day_of_month(-3) == *recurrence::parse("FREQ=MONTHLY;BYMONTHDAY=-3"));
  CHECK(recurrence::nth_weekday(-1, weekday::friday) == *recurrence::parse("FREQ=MONTHLY;BYDAY=-1FR"));
  CHECK(recurrence::daily(2).starting(day(2022, 1, 1)) == *recurrence::parse("DTSTART=20220101;FREQ=DAILY;INTERVAL=2"));
  CHECK(*recurrence::parse("FREQ=MONTHLY;BYDAY=FR,-1MO,1TU,FR,1MO;BYMONTH=3,1,3;BYSETPOS=2,1,2") ==
        *recurrence::parse("FREQ=MONTHLY;BYDAY=FR,1MO,1TU,-1MO;BYMONTH=1,3;BYSETPOS=1,2"));
  recurrence_parts p;
  p.every = frequency::monthly;
  for (const int bad : {0, 32, -32}) {
    p.month_days = {bad};
    CHECK_FALSE(recurrence::make(p));
  }
  p.month_days = {1};
  for (const int bad : {0, 13, -1}) {
    p.months = {bad};
    CHECK_FALSE(recurrence::make(p));
  }
  p.months = {};
  for (const int bad : {0, 367, -367}) {
    p.positions = {bad};
    CHECK_FALSE(recurrence::make(p));
  }
  p.positions = {366, -366};
  CHECK(recurrence::make(p));
  for (const int bad : {0, -1, 100001}) {
    p.count = bad;
    CHECK_FALSE(recurrence::make(p));
  }
  p.count = 1;
  CHECK(recurrence::make(p));
  for (const int bad : {0, -1, 1001}) {
    p.interval = bad;
    CHECK_FALSE(recurrence::make(p));
  }
  const recurrence mondays = recurrence::weekly(weekday::monday);
  std::vector<day> seen;
  for (const day d : mondays.days(day(2022, 9, 5), day(2022, 9, 19))) seen.push_back(d);
  CHECK(seen == std::vector{day(2022, 9, 5), day(2022, 9, 12), day(2022, 9, 19)});
  for (const day d : mondays.days(day(2022, 9, 12), day(2022, 9, 4)))
    FAIL_CHECK("a day in a span that ends before it begins: " << to_string(d));
}
