// SPDX-License-Identifier: BSL-1.0
#include "sifang/calendar/recurrence.hpp"

#include "catch.hpp"

#include <algorithm>
#include <set>
#include <string>

using namespace sifang;

TEST_CASE("each form that may be offered to whoever mistypes one is a rule, is offered once, and says what it says in either language") {
  const auto forms = detail::known_word_forms();
  CHECK(std::set<std::string>(forms.begin(), forms.end()).size() == forms.size());
  // Four by themselves; weekdays, five and the last of each in a month, days of the month and its last, twice.
  REQUIRE(forms.size() == 4 + 2 * (7 + 7 * 6 + 32));
  for (const std::string& form : forms) {
    INFO(form);
    CHECK(recurrence::parse(form));
  }
  for (std::size_t i = 4; i < forms.size(); i += 2) CHECK(*recurrence::parse(forms[i]) == *recurrence::parse(forms[i + 1]));
  for (const char* form : {"every Wednesday", "每周三", "the 15th of each month", "每月15日", "the last Friday of each month"})
    CHECK(std::find(forms.begin(), forms.end(), form) != forms.end());
}

TEST_CASE("a day that no month has is told of in the words in which it was written") {
  for (const char* text : {"the 32nd of each month", "每月32日", "the 32nd last day of each month", "每月倒数第32天"}) {
    INFO(text);
    const auto rule = recurrence::parse(text);
    REQUIRE_FALSE(rule);
    REQUIRE(rule.faults().size() == 1);
    CHECK(to_string(rule.faults()[0]).find("BYMONTHDAY") == std::string::npos);
  }
  CHECK(*recurrence::parse("the 31st last day of each month") == *recurrence::parse("FREQ=MONTHLY;BYMONTHDAY=-31"));
  CHECK(*recurrence::parse("每月倒数第31天") == *recurrence::parse("FREQ=MONTHLY;BYMONTHDAY=-31"));
}

TEST_CASE("a week begins on a day of the week") {
  CHECK(recurrence::parse("每2周,逢周一,一周自周日始")->parts().week_start == weekday::sunday);
  for (const char* text : {"每2周,逢周一,一周自周始", "每2周,逢周一,一周自周八始", "每2周,逢周一,一周自周日一始"})
    CHECK_FALSE(recurrence::parse(text));
}

TEST_CASE("a weekday of a rule made in code is every such day, where no ordinal is said") {
  recurrence_parts parts;
  parts.every = frequency::weekly;
  parts.days = {recurring_weekday{.on = weekday::tuesday}};
  const auto rule = recurrence::make(parts);
  REQUIRE(rule);
  CHECK(*rule == recurrence::weekly(weekday::tuesday));
}
