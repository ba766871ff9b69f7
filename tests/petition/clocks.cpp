// SPDX-License-Identifier: BSL-1.0
#include "story.hpp"

using namespace sifang;
using story::on;

namespace {
constexpr legal_clocks law;

template <class A, class B>
concept adds = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept compares = requires(A a, B b) {
  a < b;
};
}  // namespace

// Calendar days and working days cannot be mistaken for one another, nor for bare numbers.
static_assert(!adds<calendar_days, working_days>);
static_assert(!adds<day, working_days>);
static_assert(!adds<day, int>);
static_assert(!compares<calendar_days, working_days>);
static_assert(!std::is_convertible_v<int, calendar_days>);
static_assert(!std::is_convertible_v<working_days, calendar_days>);

TEST_CASE("L1: the bureau routes within 15 days, day 0 being the day of receipt") {
  static_assert(law.route_due(day(2022, 9, 1)) == day(2022, 9, 16));
  CHECK(law.route_due(on(2024, 2, 20)) == on(2024, 3, 6));  // over a leap day
}

TEST_CASE("L2: the county has 4 of the 15 days of a matter from the top") {
  static_assert(law.route_due(day(2022, 9, 1), true) == day(2022, 9, 5));
  SUCCEED();
}

TEST_CASE("L3: a unit that got the matter directly tells the petitioner within 15 days") {
  static_assert(law.direct_due(day(2022, 12, 20)) == day(2023, 1, 4));
  SUCCEED();
}

TEST_CASE("L4: the unit tells the petitioner in writing within 15 days") {
  static_assert(law.accept_due(day(2022, 9, 15)) == day(2022, 9, 30));
  SUCCEED();
}

TEST_CASE("L5: the unit objects within five working days") {
  const auto calendar = story::autumn_2022();
  CHECK(law.objection_due(on(2022, 9, 1), calendar) == on(2022, 9, 8));     // Thursday to Thursday
  CHECK(law.objection_due(on(2022, 9, 30), calendar) == on(2022, 10, 12));  // 8, 9 (make-up), 10, 11, 12 October
  CHECK(law.objection_due(on(2022, 9, 30), working_calendar()) == on(2022, 10, 7));
}

TEST_CASE("L10: the reply is due 60 days after acceptance") {
  static_assert(law.reply_due(day(2022, 9, 15)) == day(2022, 11, 14));
  SUCCEED();
}

TEST_CASE("L11: one extension adds at most 30 days") {
  static_assert(law.reply_due(day(2022, 9, 15), calendar_days(30)) == day(2022, 12, 14));
  static_assert(law.reply_due(day(2022, 9, 15), calendar_days(10)) == day(2022, 11, 24));
  SUCCEED();
}

TEST_CASE("L13 and L14: 30 days to ask for review, 30 days for its opinion") {
  static_assert(law.review_request_due(day(2022, 11, 14)) == day(2022, 12, 14));
  static_assert(law.review_due(day(2022, 12, 1)) == day(2022, 12, 31));
  SUCCEED();
}

TEST_CASE("L15 and L16: 30 days to ask for recheck, 30 days for its opinion, hearing time apart") {
  static_assert(law.recheck_request_due(day(2022, 12, 31)) == day(2023, 1, 30));
  static_assert(law.recheck_due(day(2023, 1, 15)) == day(2023, 2, 14));
  static_assert(law.recheck_due(day(2023, 1, 15), calendar_days(12)) == day(2023, 2, 26));
  SUCCEED();
}

TEST_CASE("L16: a hearing during the recheck moves its last day by as many days") {
  auto h = story::brought_to(case_state::under_recheck);  // asked on 8 September
  REQUIRE(story::due(h, case_clock::recheck) == on(2022, 10, 8));
  const auto run = h.hold_hearing(story::at(on(2022, 9, 20)), calendar_days(7), {});
  REQUIRE(run);
  CHECK(run->due == on(2022, 10, 15));
  REQUIRE(h.apply(case_event::close_recheck, story::at(on(2022, 10, 15)), {}));
  CHECK_FALSE(is_overdue(h.record()));
}

TEST_CASE("L19: simplified handling accepts in 3 and finishes in 10 working days") {
  const auto calendar = story::autumn_2022();
  CHECK(law.simplified_accept_due(on(2022, 9, 30), calendar) == on(2022, 10, 10));
  CHECK(law.simplified_reply_due(on(2022, 9, 1), calendar) == on(2022, 9, 16));  // 12 September is off
}

TEST_CASE("L17 and L18 have no span: they decide whether a matter is accepted again") {
  CHECK(story::brought_to(case_state::procedurally_closed).record().law == legal_end::recheck);
}

TEST_CASE("the last day is inclusive") {
  static_assert(is_in_time(day(2022, 9, 16), law.route_due(day(2022, 9, 1))));
  static_assert(!is_in_time(day(2022, 9, 17), law.route_due(day(2022, 9, 1))));
  SUCCEED();
}

TEST_CASE("a last day on a rest day stays, unless the option moves it to the next workday") {
  const auto calendar = story::autumn_2022();
  legal_clocks moving;
  moving.extend_to_workday = true;
  const day due = law.accept_due(on(2022, 9, 16));
  REQUIRE(due == on(2022, 10, 1));
  CHECK(law.last_day(due, calendar) == on(2022, 10, 1));
  CHECK(moving.last_day(due, calendar) == on(2022, 10, 8));  // a make-up Saturday
  CHECK(moving.last_day(on(2022, 9, 15), calendar) == on(2022, 9, 15));
}

TEST_CASE("the option reaches the clocks of a case, and extensions count from the bare last day") {
  case_rules rules;
  rules.clocks.extend_to_workday = true;
  rules.calendar = story::autumn_2022();
  rules.clocks.handle = calendar_days(28);
  // Accepted on 3 September + 28 = 1 October, a holiday: 8 October. One more week: 8 October, not 15.
  auto h = story::brought_to(case_state::handling, rules);
  REQUIRE(story::due(h, case_clock::handle) == on(2022, 10, 8));
  auto facts = story::facts_for(case_event::extend);
  facts.extension = calendar_days(7);
  REQUIRE(h.apply(case_event::extend, story::at(on(2022, 9, 20)), rules, facts));
  CHECK(story::due(h, case_clock::handle) == on(2022, 10, 8));
}

TEST_CASE("the option reaches what an extension and a hearing add, too") {
  case_rules rules;
  rules.clocks.extend_to_workday = true;
  rules.calendar = story::autumn_2022();
  rules.clocks.handle = calendar_days(20);
  // Accepted on 3 September + 20 + 10 = 3 October, a holiday: 8 October, a make-up workday.
  auto h = story::brought_to(case_state::handling, rules);
  auto facts = story::facts_for(case_event::extend);
  facts.extension = calendar_days(10);
  REQUIRE(h.apply(case_event::extend, story::at(on(2022, 9, 20)), rules, facts));
  CHECK(story::due(h, case_clock::handle) == on(2022, 10, 8));
  // Recheck asked on 8 September + 20 = 28 September; a hearing of five days ends on 3 October.
  rules.clocks.recheck = calendar_days(20);
  auto recheck = story::brought_to(case_state::under_recheck, rules);
  REQUIRE(story::due(recheck, case_clock::recheck) == on(2022, 9, 28));
  REQUIRE(recheck.hold_hearing(story::at(on(2022, 9, 20)), calendar_days(5), rules));
  CHECK(story::due(recheck, case_clock::recheck) == on(2022, 10, 8));
}

TEST_CASE("review and recheck, and the times to ask for them, each have a limit of their own") {
  legal_clocks own;
  own.review_window = calendar_days(11);
  own.review = calendar_days(12);
  own.recheck_window = calendar_days(13);
  own.recheck = calendar_days(14);
  own.return_visit = calendar_days(15);
  const day start = on(2022, 9, 1);
  const auto of = [&](case_clock c) { return nominal_due(own, c, start, working_calendar()); };
  CHECK(of(case_clock::review_window) == on(2022, 9, 12));
  CHECK(of(case_clock::review) == on(2022, 9, 13));
  CHECK(of(case_clock::recheck_window) == on(2022, 9, 14));
  CHECK(of(case_clock::recheck) == on(2022, 9, 15));
  CHECK(of(case_clock::return_visit) == on(2022, 9, 16));
}

TEST_CASE("every clock of the life cycle has the last day that its own rule gives") {
  const auto calendar = story::autumn_2022();
  const day start = on(2022, 9, 1);
  const auto of = [&](case_clock c, clock_circumstances how = {}) { return nominal_due(law, c, start, calendar, how); };
  CHECK(of(case_clock::route) == on(2022, 9, 16));
  CHECK(of(case_clock::route, {true, false}) == on(2022, 9, 5));
  CHECK(of(case_clock::object) == on(2022, 9, 8));
  CHECK(of(case_clock::accept) == on(2022, 9, 16));
  CHECK(of(case_clock::accept, {false, true}) == on(2022, 9, 6));
  CHECK(of(case_clock::handle) == on(2022, 10, 31));
  CHECK(of(case_clock::handle, {false, true}) == on(2022, 9, 16));
  for (const auto c :
       {case_clock::review_window, case_clock::review, case_clock::recheck_window, case_clock::recheck, case_clock::return_visit}) {
    CHECK(of(c) == on(2022, 10, 1));
  }
}

TEST_CASE("a case sent down from the top, or handled simply, runs on its own limits") {
  case_record facts;
  facts.from_above = facts.simplified = true;
  case_rules rules;
  rules.calendar = story::autumn_2022();
  const auto registered = story::brought_to(case_state::registered, rules, facts);
  CHECK(story::due(registered, case_clock::route) == on(2022, 9, 5));
  const auto routed = story::brought_to(case_state::routed, rules, facts);
  CHECK(story::due(routed, case_clock::accept) == on(2022, 9, 7));  // 2 September + 3 working days
  const auto handling = story::brought_to(case_state::handling, rules, facts);
  CHECK(story::due(handling, case_clock::handle) == on(2022, 9, 19));  // 3 September (Saturday) + 10 working days
}

TEST_CASE("L19: a simple matter that a review sends back is simple no more: the new round has the 60 days of any other") {
  case_record facts;
  facts.simplified = true;
  case_rules rules;
  rules.calendar = story::autumn_2022();
  auto reviewed = story::brought_to(case_state::under_review, rules, facts);
  const instant sent_back(on(2022, 10, 10), minutes(9 * 60));
  REQUIRE(reviewed.apply(case_event::send_back, sent_back, rules));
  CHECK(story::due(reviewed, case_clock::handle) == on(2022, 12, 9));

  // 10 December 2022 is a Saturday.
  CHECK(due_day(rules.clocks, case_clock::handle, on(2022, 10, 11), rules.calendar) == on(2022, 12, 10));
  rules.clocks.extend_to_workday = true;
  CHECK(due_day(rules.clocks, case_clock::handle, on(2022, 10, 11), rules.calendar) == on(2022, 12, 12));
}
