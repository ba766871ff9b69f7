// SPDX-License-Identifier: BSL-1.0
// Enumerators without a name, steps beside the table, limits that are none: misuse of an organisation or a life cycle of
// one's own, and what the hook says of it.
#include "misuse.hpp"

#include "catch.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/petition/basic_case_history.hpp"
#include "sifang/petition/case_history.hpp"
#include "sifang/petition/time_limit.hpp"

namespace {

using namespace sifang;

bool fits(const auto& act) { return misuse::of(act).empty(); }
using petition_story = basic_case_history<petition_model>;
const instant today(day(2024, 3, 1), minutes(0));

petition_story begun() {
  petition_story h(case_record{});
  (void)h.apply(case_event::arrive, today, case_rules{});
  return h;
}

TEST_CASE("An enumerator that has no name is misuse wherever one is counted by") {
  hierarchy_builder<unit> tree;
  tree.add("county", "", unit{"county", "", unit_kind::county});
  const county_tree units = *std::move(tree).build();
  CHECK(misuse::of([&] { organisation_builder(units).add("a", "", static_cast<role>(99), "county"); }) == "a role that has a name");
  CHECK_FALSE(fits([&] { organisation_builder(units).add("a", "", static_cast<role>(99), unit_id(0)); }));
  CHECK(misuse::of([&] { organisation_builder(units).add_link("a", static_cast<relation>(99), "county"); }) ==
        "a relation that has a name");
  CHECK_FALSE(fits([&] {
    organisation_builder posts(units);
    posts.add_link(posts.add("a", "", role::cadre, unit_id(0)), static_cast<relation>(99), unit_id(0));
  }));
  hierarchy_builder<unit> odd;
  odd.add("x", "", unit{"x", "", static_cast<unit_kind>(99)});
  CHECK(misuse::of([&] { (void)organisation_builder(*std::move(odd).build()).build(); }) == "a kind of unit that has a name");
  CHECK(misuse::of([] { (void)next(case_state::none, static_cast<case_event>(99)); }) == "a state and an event that have names");
  CHECK(misuse::of([] { (void)find_transition(static_cast<case_state>(99), case_event::arrive); }) ==
        "a state and an event that have names");
  CHECK(misuse::of([] { (void)clock_limits<case_clock>{}.of(static_cast<case_clock>(99)); }) == "a clock that has a name");
  CHECK(misuse::of([] { (void)sentence(refused_step{static_cast<broken_rule>(99), {}, {}, {}, {}}); }) == "a rule that has a text");
}

TEST_CASE("A history begins with the table, and what is recorded beside it neither goes back nor touches the state") {
  case_record on_the_way;
  on_the_way.state = case_state::routed;
  CHECK_FALSE(fits([&] { (void)petition_story(on_the_way); }));
  petition_story h = begun();
  CHECK(fits([&] { h.amend(today, [](case_record& r) { r.repeats = 1; }); }));
  CHECK(misuse::of([&] { h.amend(today - minutes(1), [](case_record&) {}); }) == "not before what is already recorded");
  CHECK(misuse::of([&] { h.amend([](case_record& r) { r.state = case_state::settled; }); }) ==
        "state and missed clocks are the life cycle's to change");
  CHECK(misuse::of([&] { h.amend([](case_record& r) { r.missed.add(case_clock::route); }); }) ==
        "state and missed clocks are the life cycle's to change");
  CHECK(misuse::of([&] { (void)h.postpone(case_clock::recheck, today, calendar_days(1), case_rules{}); }) == "a clock that is running");
  CHECK(fits([&] { (void)h.postpone(case_clock::route, today, calendar_days(1), case_rules{}); }));
}

TEST_CASE("A limit is not negative, a row asks for four rules at most, a week has a workday") {
  CHECK_FALSE(fits([] { (void)time_limit(calendar_days(-1)); }));
  CHECK_FALSE(fits([] { (void)time_limit(working_days(-1)); }));
  CHECK(fits([] { (void)time_limit(working_days(0)); }));
  using b = broken_rule;
  CHECK(misuse::of([] { (void)rule_list<b>{b::no_owner, b::no_owner, b::no_owner, b::no_owner, b::no_owner}; }) == "four rules at most");
  using enum weekday;
  CHECK(misuse::of([] { (void)weekly_rest{monday, tuesday, wednesday, thursday, friday, saturday, sunday}; }) == "a week with a workday");
}

}  // namespace
