// SPDX-License-Identifier: BSL-1.0
#include "misuse.hpp"

#include "catch.hpp"
#include "sifang/reception/appointments.hpp"
#include "sifang/reception/campaign.hpp"
#include "sifang/reception/return_visits.hpp"
#include "sifang/reception/setting.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <vector>

using namespace sifang;

TEST_CASE("R15: a case presses by its age or its repeats, whichever is nearer a cutoff, and a group of five presses more") {
  const issue_weights w;
  const auto pressing = [&](int age, int repeats, int persons) { return salience({0, calendar_days(age), repeats, persons, {}}, w); };
  CHECK(pressing(180, 0, 1) == 1);
  CHECK(pressing(0, 3, 1) == 1);
  CHECK(pressing(90, 0, 1) == 0.5);
  CHECK(pressing(180, 3, 1) == 1.25);
  CHECK(pressing(360, 3, 1) == 2.25);
  CHECK(pressing(90, 3, 1) == 1.125);
  CHECK(pressing(0, 0, 4) == 0);
  CHECK(pressing(0, 0, 5) == 0.5);
  CHECK(pressing(180, 0, 9) == 1.5);
  const issue_weights none{calendar_days(0), 0, 0.5};  // a cutoff of 0 counts as 1
  CHECK(salience({0, calendar_days(2), 3, 1, {}}, none) == 3.5);
}

TEST_CASE("R16, R17, R18: the issue list is the most pressing, in order, as far as list and field days go") {
  const auto same = [] {
    const auto one_of = [](int least, int most) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1)); };
    const int length = one_of(0, 8), field_days = one_of(0, 3), per_day = one_of(0, 3);
    std::vector<issue_candidate> cases;
    const int n = one_of(0, 15);
    for (int i = 0; i < n; ++i) {
      issue_candidate c{static_cast<std::uint32_t>((5 * i) % 17), calendar_days(45 * one_of(0, 4)), one_of(0, 2), one_of(4, 5), {}};
      if (one_of(0, 4) > 0) c.leader = official_id(static_cast<std::size_t>(one_of(0, 2)));
      cases.push_back(c);
    }
    std::vector<issue_candidate> sorted = cases;
    std::sort(sorted.begin(), sorted.end(), [](const issue_candidate& a, const issue_candidate& b) {
      const double x = salience(a, {}), y = salience(b, {});
      return x != y ? x > y : a.who < b.who;
    });
    std::vector<appointment> expected;
    std::vector<std::int32_t> has(3, 0);
    for (const issue_candidate& c : sorted) {
      if (static_cast<int>(expected.size()) == length) break;
      if (!c.leader.valid() || has[c.leader.index()] == field_days * per_day) continue;
      expected.push_back({c.who, c.leader, has[c.leader.index()]++ / per_day});
    }
    std::vector<std::int32_t> taken(3, 0);
    std::vector<appointment> list(2);
    make_issue_list(cases, {}, length, field_days, per_day, taken, list);
    RC_ASSERT(taken == has);
    RC_ASSERT(list.size() == expected.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
      RC_ASSERT(list[i].who == expected[i].who);
      RC_ASSERT(list[i].leader == expected[i].leader);
      RC_ASSERT(list[i].field_day == expected[i].field_day);
    }
  };
  for (int k = 0; k < 5; ++k) REQUIRE(rc::check(same));
}

TEST_CASE("R15, R17: what presses less than the least that is asked for is not listed, and the list is short") {
  std::vector<issue_candidate> cases;
  for (std::uint32_t i = 0; i < 6; ++i) cases.push_back({i, calendar_days(30 * static_cast<int>(i)), 0, 1, official_id(0)});
  const auto listed = [&](double least) {
    issue_weights weights;
    weights.least = least;
    std::vector<issue_candidate> candidates = cases;
    std::vector<std::int32_t> taken(1, 0);
    std::vector<appointment> list;
    make_issue_list(candidates, weights, 4, 10, 1, taken, list);
    CHECK(taken[0] == static_cast<std::int32_t>(list.size()));
    std::vector<std::uint32_t> out;
    for (const appointment& a : list) out.push_back(a.who);
    return out;
  };
  CHECK(listed(0) == std::vector<std::uint32_t>{5, 4, 3, 2});  // as long as it may be
  CHECK(listed(0.5) == std::vector<std::uint32_t>{5, 4, 3});   // 90 of 180 days are just enough
  CHECK(listed(0.51) == std::vector<std::uint32_t>{5, 4});
  CHECK(listed(1).empty());
}

TEST_CASE("R22: the campaign begins on the first workday on or after its date, each year, also where that is 29 February") {
  const working_calendar plain;
  campaign_setting c;
  c.first = day(2022, 4, 9);  // a Saturday
  c.days = 2;
  CHECK(campaign_days(c, 2022, plain) == std::vector{day(2022, 4, 11), day(2022, 4, 12)});
  c.first = day(2022, 4, 8);
  CHECK(campaign_days(c, 2022, plain) == std::vector{day(2022, 4, 8), day(2022, 4, 11)});
  CHECK(campaign_days(c, 2024, plain) == std::vector{day(2024, 4, 8), day(2024, 4, 9)});
  c.first = day(2024, 2, 29);
  c.days = 1;
  CHECK(campaign_days(c, 2022, plain) == std::vector{day(2022, 2, 28)});
  c.first = day(2024, 3, 29);
  CHECK(campaign_days(c, 2022, plain) == std::vector{day(2022, 3, 29)});
  c.days = 0;
  CHECK(campaign_days(c, 2022, plain).empty());
}

TEST_CASE("R21-R26: the campaign as the article has it, by default") {
  const campaign_setting c;
  CHECK(c.open);
  CHECK(c.first == day(2022, 4, 19));  // Tuesday to Friday, and no 15th
  CHECK(c.days == 4);
  CHECK(c.targeting == 12);
  CHECK(c.timetable == calendar_days(30));
  CHECK(c.strike_off == strike_off_rule::target);
  CHECK(c.cadre_share == 1);
}

TEST_CASE("R25: an item ends after it begins and names somebody; each fault says which item") {
  const auto faults = faults_of(chart_item{7, day(2022, 4, 11), day(2022, 4, 10), {}, false});
  REQUIRE(faults.size() == 2);
  CHECK(sentence(faults[0]) == "rule R25 cannot be satisfied: item 7 has no responsible person");
  CHECK(sentence(faults[1]) == "rule R25 cannot be satisfied: item 7 has no timetable");
  CHECK(faults_of(chart_item{7, day(2022, 4, 11), day(2022, 4, 12), official_id(0), false}).empty());
}

TEST_CASE("R26: by date an item is struck off the day after its timetable, by target when it is settled") {
  const auto struck = [](strike_off_rule rule, day today, bool settled) {
    chart_item item{0, day(2022, 4, 11), day(2022, 5, 11), official_id(3), false};
    strike_off(item, rule, today, settled);
    return item.struck_off;
  };
  CHECK_FALSE(struck(strike_off_rule::date, day(2022, 5, 11), false));
  CHECK(struck(strike_off_rule::date, day(2022, 5, 12), false));
  CHECK(struck(strike_off_rule::date, day(2022, 4, 12), true));
  CHECK_FALSE(struck(strike_off_rule::target, day(2022, 5, 12), false));
  CHECK(struck(strike_off_rule::target, day(2022, 4, 12), true));
}

TEST_CASE("R27, R28: no owner has more visits in a week than the budget, none comes before it is due, and none is later than needed") {
  const auto holds = [] {
    const auto one_of = [](int least, int most) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1)); };
    const int budget = one_of(1, 3);
    return_visit_book book;
    book.reset(2, budget);
    std::vector<std::vector<int>> weeks(2, std::vector<int>(200, 0));              // visits by owner and week
    const auto week_of = [](day d) { return ((d - day(2022, 1, 3)).count) / 7; };  // a Monday
    day due(2022, 1, 3);
    for (int k = 0; k < 40; ++k) {
      due = due + calendar_days(one_of(0, 4));
      const auto owner = static_cast<std::size_t>(one_of(0, 1));
      const auto on = book.book(official_id(owner), due);
      RC_ASSERT(on.has_value());
      RC_ASSERT(*on >= due);
      RC_ASSERT(on->weekday() == due.weekday());
      for (int w = week_of(due); w < week_of(*on); ++w) RC_ASSERT(weeks[owner][static_cast<std::size_t>(w)] == budget);
      RC_ASSERT(++weeks[owner][static_cast<std::size_t>(week_of(*on))] <= budget);
    }
  };
  for (int k = 0; k < 3; ++k) REQUIRE(rc::check(holds));
}

TEST_CASE("a book that is reset has forgotten all, and without a budget or below it there are no visits") {
  return_visit_book book;
  const day monday(2022, 9, 5), sunday(2022, 9, 11);
  book.reset(1, 1);
  CHECK(book.book(official_id(0), sunday) == sunday);
  CHECK(book.book(official_id(0), sunday) == sunday + calendar_days(7));  // the week ends on Sunday
  CHECK(book.book(official_id(0), sunday + calendar_days(1)) == sunday + calendar_days(1 + 7));
  book.reset(1, 1);
  CHECK(book.book(official_id(0), monday) == monday);
  book.reset(1, -1);
  CHECK_FALSE(book.book(official_id(0), monday));
}

TEST_CASE("R29: everybody concerned has to be there, and nobody else") {
  for (const bool owner : {false, true}) {
    for (const bool place : {false, true}) {
      for (const bool matter : {false, true}) {
        CHECK(is_complete({owner, place, matter}, true, true) == (owner && place && matter));
        CHECK(is_complete({owner, place, matter}, true, false) == (owner && place));
        CHECK(is_complete({owner, place, matter}, false, true) == (owner && matter));
        CHECK(is_complete({owner, place, matter}, false, false) == owner);
      }
    }
  }
}

TEST_CASE("R2-R11: the article's days, places and hours by default") {
  const reception_setting s;
  CHECK(s[article::principal].recur == std::vector{recurrence::day_of_month(15)});
  CHECK(s[article::linked_leader].recur == s[article::principal].recur);
  CHECK(s[article::bureau_leader].recur == std::vector{recurrence::weekly(weekday::monday)});
  CHECK(s[article::township].recur == s[article::bureau_leader].recur);
  CHECK(s[article::village].recur == s[article::bureau_leader].recur);
  CHECK(s[article::window].recur == std::vector{recurrence::daily()});
  CHECK(s[article::principal].on_rest_day == day_convention::keep);
  CHECK(s[article::linked_leader].on_rest_day == day_convention::keep);
  CHECK(s[article::bureau_leader].on_rest_day == day_convention::skip);
  CHECK(s[article::principal].start == minutes(510));
  CHECK(s[article::principal].length == minutes(180));
  CHECK(s[article::principal].receivers == 2);
  CHECK(s[article::window].length == minutes(360));
  CHECK(s[article::window].receivers == 3);
  CHECK(s.screened_share == 0);                     // R10
  CHECK(s.booked_share == 0);                       // R11
  CHECK(s[article::bureau_leader].sensitive_duty);  // R7
}
