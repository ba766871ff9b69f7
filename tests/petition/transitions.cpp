// SPDX-License-Identifier: BSL-1.0
#include "story.hpp"

using namespace sifang;
using story::at;
using story::brought_to;
using story::due;
using story::e;
using story::facts_for;
using story::on;
using story::s;
using story::tomorrow;

namespace {
const case_rules rules;

/// Takes the step on the day after the last one and checks where it leads, by which row.
case_history step(case_state from, case_event event, int number, case_state to, step_facts facts) {
  REQUIRE(find_transition(from, event) != nullptr);
  CHECK(find_transition(from, event)->number == number);
  auto h = brought_to(from);
  const auto done = h.apply(event, at(tomorrow(h)), rules, facts);
  REQUIRE(done);
  CHECK(done->from == from);
  CHECK(done->to == to);
  CHECK(h.record().state == to);
  CHECK(h.steps().back().event == event);
  return h;
}
case_history step(case_state from, case_event event, int number, case_state to) { return step(from, event, number, to, facts_for(event)); }
}  // namespace

TEST_CASE("transition 1: a petition arrives, is registered and has 15 days to be routed") {
  const auto h = step(s::none, e::arrive, 1, s::registered);
  CHECK(h.record().registered == on(2022, 9, 1));
  CHECK(due(h, case_clock::route) == on(2022, 9, 16));
  CHECK(h.clocks().size() == 1);
}

TEST_CASE("transition 2: a matter for the courts is diverted, which is its end here") {
  const auto h = step(s::registered, e::divert, 2, s::diverted);
  CHECK(h.record().diverted_to == other_route::litigation);
  CHECK_FALSE(h.running(case_clock::route));
  CHECK(is_terminal_in_law(h.record().state));
}

TEST_CASE("transition 3: the same matter under way is not accepted again and is attached to the earlier case") {
  auto facts = facts_for(e::refuse);
  facts.earlier = case_id(41);
  const auto h = step(s::registered, e::refuse, 3, s::not_accepted, facts);
  CHECK(h.record().refused_for == refusal_ground::in_progress);
  CHECK(h.record().attached_to == case_id(41));
  auto earlier = brought_to(s::handling);
  REQUIRE(earlier.note_repeat(at(on(2022, 9, 10))));
  CHECK(earlier.record().repeats == 1);
  CHECK(earlier.repeats().size() == 1);
}

TEST_CASE("transition 4: the bureau assigns, and the unit's clocks to object and to accept begin") {
  const auto h = step(s::registered, e::route, 4, s::routed);  // on 2 September
  CHECK_FALSE(h.running(case_clock::route));
  CHECK(due(h, case_clock::object) == on(2022, 9, 9));
  CHECK(due(h, case_clock::accept) == on(2022, 9, 17));
  CHECK(h.record().routed_to == story::department);
  CHECK_FALSE(h.record().owner.valid());
}

TEST_CASE("transition 5: a unit that objects in time bounces the matter, and routing starts anew") {
  const auto h = step(s::routed, e::object, 5, s::registered);  // on 3 September
  CHECK(h.record().bounces == 1);
  CHECK(due(h, case_clock::route) == on(2022, 9, 18));
  CHECK_FALSE(h.running(case_clock::accept));
  CHECK(h.clocks()[2].cancelled);  // the acceptance clock: neither met nor missed
  CHECK_FALSE(h.clocks()[2].met());
  CHECK_FALSE(h.record().routed_to.valid());
}

TEST_CASE("transition 6: the unit tells the petitioner in writing and has 60 days to reply") {
  const auto h = step(s::routed, e::inform, 6, s::accepted);  // on 3 September
  CHECK(due(h, case_clock::handle) == on(2022, 11, 2));
  CHECK_FALSE(h.running(case_clock::accept));
  CHECK_FALSE(h.running(case_clock::object));
  CHECK(h.record().handling_unit == story::department);
}

TEST_CASE("transition 7: a leader who receives in person owns the case, and the unit's clock starts that day") {
  const auto h = step(s::registered, e::receive_in_person, 7, s::routed);  // on 2 September
  CHECK(h.record().owner == story::secretary);
  CHECK(due(h, case_clock::accept) == on(2022, 9, 17));
  REQUIRE(h.handovers().size() == 1);
  CHECK_FALSE(h.handovers()[0].from.valid());
  CHECK(h.record().handling_unit.valid() == false);  // who owns and who handles are different facts
}

TEST_CASE("transition 8: the investigation starts; the clock of the reply has run since acceptance") {
  const auto h = step(s::accepted, e::investigate, 8, s::handling);
  CHECK(due(h, case_clock::handle) == on(2022, 11, 2));
}

TEST_CASE("transition 9: one extension adds up to 30 days") {
  const auto h = step(s::handling, e::extend, 9, s::handling);
  CHECK(due(h, case_clock::handle) == on(2022, 12, 2));
  CHECK(*due(h, case_clock::handle) == rules.clocks.reply_due(on(2022, 9, 3), calendar_days(30)));
  auto facts = facts_for(e::extend);
  facts.extension = calendar_days(10);
  CHECK(due(step(s::handling, e::extend, 9, s::handling, facts), case_clock::handle) == on(2022, 11, 12));
}

TEST_CASE("transition 10: a mediation agreement settles the matter") {
  const auto h = step(s::handling, e::mediate, 10, s::settled);
  CHECK(h.clocks().back().met());
  CHECK(h.rating_opened());
  CHECK(end_of(h.record()).closed);
  CHECK(end_of(h.record()).grievance_gone);
}

TEST_CASE("transition 11: the written opinion stops the clock, opens rating and the time to ask for review") {
  auto facts = facts_for(e::reply);
  facts.opinion = verdict::explain;
  auto h = step(s::handling, e::reply, 11, s::replied, facts);  // on 5 September
  CHECK_FALSE(h.running(case_clock::handle));
  CHECK(due(h, case_clock::review_window) == on(2022, 10, 5));
  CHECK(h.record().opinion == verdict::explain);
  CHECK(h.rate(at(on(2022, 9, 6)), body::bureau, grade::satisfied));
}

TEST_CASE("transition 12: a content petitioner settles") {
  const auto h = step(s::replied, e::content, 12, s::settled);
  CHECK_FALSE(h.running(case_clock::review_window));
}

TEST_CASE("transition 13: review is asked in time and due in 30 days") {
  const auto h = step(s::replied, e::ask_review, 13, s::under_review);  // on 6 September
  CHECK(due(h, case_clock::review) == on(2022, 10, 6));
  CHECK_FALSE(h.running(case_clock::review_window));
}

TEST_CASE("transition 14: a review that upholds or changes opens the time to ask for recheck") {
  auto facts = facts_for(e::uphold);
  facts.opinion = verdict::support;
  const auto h = step(s::under_review, e::uphold, 14, s::reviewed, facts);  // on 7 September
  CHECK(due(h, case_clock::recheck_window) == on(2022, 10, 7));
  CHECK(h.record().opinion == verdict::support);
}

TEST_CASE("transition 15: a review that sends back begins a new handling round, which may be extended again") {
  auto h = step(s::under_review, e::send_back, 15, s::handling);  // on 7 September
  CHECK(due(h, case_clock::handle) == on(2022, 11, 6));
  CHECK(h.apply(e::extend, at(on(2022, 9, 8)), rules));
}

TEST_CASE("transition 16: recheck is asked in time and due in 30 days") {
  const auto h = step(s::reviewed, e::ask_recheck, 16, s::under_recheck);  // on 8 September
  CHECK(due(h, case_clock::recheck) == on(2022, 10, 8));
}

TEST_CASE("transition 17: a petitioner content with the review settles") {
  const auto h = step(s::reviewed, e::content, 17, s::settled);
  CHECK_FALSE(h.running(case_clock::recheck_window));
}

TEST_CASE("transition 18: the recheck opinion ends the process in law, not the grievance") {
  const auto h = step(s::under_recheck, e::close_recheck, 18, s::procedurally_closed);
  CHECK(h.record().law == legal_end::recheck);
  CHECK(end_of(h.record()).closed);
  CHECK_FALSE(end_of(h.record()).grievance_gone);
}

TEST_CASE("transition 19: a window that ends without a request closes the matter in procedure") {
  for (const case_state from : {s::replied, s::reviewed}) {
    REQUIRE(find_transition(from, e::window_ends)->number == 19);
    auto h = brought_to(from);
    const auto window = from == s::replied ? case_clock::review_window : case_clock::recheck_window;
    REQUIRE(h.apply(e::window_ends, at(*due(h, window) + calendar_days(1)), rules));
    CHECK(h.record().state == s::procedurally_closed);
    CHECK(h.record().law == legal_end::window_missed);
    CHECK_FALSE(is_overdue(h.record()));  // a lapsed right is nobody's delay
  }
}

TEST_CASE("transition 20: what is closed but not settled gets a return visit") {
  const auto h = step(s::procedurally_closed, e::schedule_return, 20, s::return_visit_due);  // on 10 September
  CHECK(due(h, case_clock::return_visit) == on(2022, 10, 10));
}

TEST_CASE("transition 21: who settled and petitions again has rebounded, which is a repeat") {
  const auto h = step(s::settled, e::rebound, 21, s::return_visit_due);
  CHECK(h.record().rebounds == 1);
  CHECK(h.record().repeats == 1);
}

TEST_CASE("transition 22: a return visit ends in peace, in no peace, or in new handling") {
  CHECK(end_of(step(s::return_visit_due, e::return_settled, 22, s::settled).record()).grievance_gone);
  CHECK_FALSE(end_of(step(s::return_visit_due, e::return_unsettled, 22, s::procedurally_closed).record()).grievance_gone);
  const auto h = step(s::return_visit_due, e::return_reopened, 22, s::handling);  // on 8 September
  CHECK(due(h, case_clock::handle) == on(2022, 11, 7));
}

TEST_CASE("transition 22: new facts are a new matter in law, even after a recheck") {
  auto h = brought_to(s::procedurally_closed);
  REQUIRE(h.record().law == legal_end::recheck);
  REQUIRE(h.apply(e::schedule_return, at(tomorrow(h)), rules));
  CHECK(refusal_after(h.record()) == refusal_ground::recheck_ended);
  REQUIRE(h.apply(e::return_reopened, at(tomorrow(h)), rules, facts_for(e::return_reopened)));
  CHECK(h.record().law == legal_end::open);
  CHECK(refusal_after(h.record()) == refusal_ground::in_progress);
}

TEST_CASE("transition 23: any open case whose age or repeats pass the cutoff becomes long-pending and stays where it is") {
  for (std::size_t i = 0; i < case_state_count; ++i) {
    const auto state = static_cast<case_state>(i);
    if (!is_open(state)) continue;
    REQUIRE(find_transition(state, e::cutoff)->number == 23);
    auto by_age = brought_to(state);
    REQUIRE(by_age.apply(e::cutoff, at(on(2022, 9, 1) + calendar_days(180)), rules));
    CHECK(by_age.record().state == state);
    CHECK(is_long_pending(by_age.record()));
    auto by_repeats = brought_to(state);
    for (int k = 0; k < 3; ++k) REQUIRE(by_repeats.note_repeat(at(tomorrow(by_repeats))));
    CHECK(by_repeats.apply(e::cutoff, at(tomorrow(by_repeats)), rules));
  }
}

TEST_CASE("transition 24: any open case whose duty runs out becomes overdue and stays where it is") {
  for (std::size_t i = 0; i < case_state_count; ++i) {
    const auto state = static_cast<case_state>(i);
    if (!is_open(state)) continue;
    REQUIRE(find_transition(state, e::expire)->number == 24);
    auto h = brought_to(state);
    const auto late = h.apply(e::expire, at(on(2023, 3, 1)), rules);
    CHECK(h.record().state == state);
    if (state == s::replied || state == s::reviewed) {
      // Only the petitioner's right runs here: nothing can be late.
      REQUIRE_FALSE(late);
      CHECK(late.refusal().rule == broken_rule::nothing_expired);
    } else {
      REQUIRE(late);
      CHECK(is_overdue(h.record()));
    }
  }
}

TEST_CASE("transition 0: what is answered on the spot is received, not registered") {
  const auto h = step(s::none, e::answer, 0, s::answered_on_spot);
  CHECK(h.clocks().empty());
  CHECK(is_closed(h.record().state));
  CHECK_FALSE(is_terminal_in_law(h.record().state));
}

TEST_CASE("transition 21 without return visits: a rebound is handled anew, and only there") {
  auto h = brought_to(s::settled);
  const day next_day = tomorrow(h);
  CHECK(story::refused(h.apply(e::rebound_reopened, at(next_day), rules)) == broken_rule::return_visit_first);
  case_rules without;
  without.return_visits = false;
  REQUIRE(h.apply(e::rebound_reopened, at(next_day), without));
  CHECK(h.record().state == s::handling);
  CHECK(h.record().rebounds == 1);
  CHECK(due(h, case_clock::handle) == next_day + calendar_days(60));
}

TEST_CASE("transition 25: whoever comes again before the return visit is handled anew, and that is a repeat") {
  const int before = brought_to(s::return_visit_due).record().repeats;
  const auto h = step(s::return_visit_due, e::petition_again, 25, s::handling);
  CHECK(h.record().repeats == before + 1);
  CHECK_FALSE(h.running(case_clock::return_visit));
  CHECK_FALSE(is_overdue(h.record()));  // the visit is nobody's any more
}

TEST_CASE("transition 26: a return visit that nobody made lapses after T_return and its limit, and is a missed duty") {
  for (const auto& [event, to] :
       {std::pair{e::return_lapsed_settled, s::settled}, std::pair{e::return_lapsed_unsettled, s::procedurally_closed}}) {
    auto h = brought_to(s::return_visit_due);
    const day due = *story::due(h, case_clock::return_visit);
    CHECK(story::refused(h.apply(event, at(due + calendar_days(60)), rules)) == broken_rule::return_still_due);
    REQUIRE(h.apply(event, at(due + calendar_days(61)), rules));
    CHECK(h.record().state == to);
    CHECK(h.record().missed.has(case_clock::return_visit));
  }
}

TEST_CASE("transition 27: a closed case that comes onto the issue list is handled anew by its leader") {
  auto h = brought_to(s::procedurally_closed);
  step_facts facts;
  CHECK(story::refused(h.apply(e::put_on_list, at(tomorrow(h)), rules, facts)) == broken_rule::no_receiver);
  facts.who = story::head;
  REQUIRE(h.apply(e::put_on_list, at(tomorrow(h)), rules, facts));
  CHECK(h.record().owner == story::head);
  CHECK(h.handovers().back().reason == "issue list (R17)");
  CHECK(h.record().law == legal_end::open);
  CHECK(h.running(case_clock::handle) != nullptr);
}

TEST_CASE("transition 28: whoever withdraws ends every clock, and none of them is missed") {
  for (std::size_t i = 0; i < case_state_count; ++i) {
    const auto from = static_cast<s>(i);
    if (!is_open(from)) continue;
    const auto h = step(from, e::withdraw, 28, s::withdrawn);
    for (std::size_t c = 0; c < case_clock_count; ++c) CHECK_FALSE(h.running(static_cast<case_clock>(c)));
    CHECK_FALSE(is_overdue(h.record()));
    CHECK(is_terminal_in_law(h.record().state));
  }
}
