// SPDX-License-Identifier: BSL-1.0
#include "story.hpp"

#include <set>

using namespace sifang;
using story::at;
using story::brought_to;
using story::due;
using story::e;
using story::facts_for;
using story::on;
using story::refused;
using story::s;
using story::tomorrow;
using broken = broken_rule;

namespace {
const case_rules rules;

case_rules in_autumn() {
  case_rules r;
  r.calendar = story::autumn_2022();
  return r;
}
}  // namespace

TEST_CASE("history is not written backwards") {
  auto h = brought_to(s::accepted);
  const auto result = h.apply(e::investigate, at(on(2022, 9, 2)), rules);
  CHECK(refused(result) == broken::out_of_order);
  CHECK(refused(h.hand_over(at(on(2022, 9, 2)), story::head, "moved")) == broken::out_of_order);
  CHECK(refused(h.note_repeat(at(on(2022, 9, 2)))) == broken::out_of_order);
  CHECK(h.apply(e::investigate, at(on(2022, 9, 3)), rules));  // the same minute is in order
}

TEST_CASE("a handover and a repeat are part of the order of time") {
  auto h = brought_to(s::accepted);
  REQUIRE(h.note_repeat(at(on(2022, 9, 20))));
  CHECK(refused(h.apply(e::investigate, at(on(2022, 9, 19)), rules)) == broken::out_of_order);
}

TEST_CASE("diverting names the route and refusing names the ground") {
  auto h = brought_to(s::registered);
  CHECK(refused(h.apply(e::divert, at(tomorrow(h)), rules)) == broken::no_other_route);
  CHECK(refused(h.apply(e::refuse, at(tomorrow(h)), rules)) == broken::no_refusal_ground);
}

TEST_CASE("a unit objects only within five working days, and only with the bureau's consent") {
  const auto autumn = in_autumn();
  const auto routed = [&] { return story::tell({{on(2022, 9, 29), e::arrive}, {on(2022, 9, 30), e::route}}, autumn); };
  auto in_time = routed();
  CHECK(in_time.apply(e::object, at(on(2022, 10, 12)), autumn));  // the fifth working day
  auto late = routed();
  const auto result = late.apply(e::object, at(on(2022, 10, 13)), autumn);
  CHECK(refused(result) == broken::objection_too_late);
  CHECK(result.refusal().limit == on(2022, 10, 12));
  auto alone = routed();
  step_facts facts;
  facts.agreed = false;
  CHECK(refused(alone.apply(e::object, at(on(2022, 10, 8)), autumn, facts)) == broken::objection_not_agreed);
  CHECK(alone.record().bounces == 0);
}

TEST_CASE("acceptance names the unit; the one routed to is the default") {
  auto h = story::brought_to(s::registered);
  REQUIRE(h.apply(e::route, at(tomorrow(h)), rules));
  CHECK(refused(h.apply(e::inform, at(tomorrow(h)), rules)) == broken::no_handling_unit);
  step_facts facts;
  facts.unit = story::township;
  REQUIRE(h.apply(e::inform, at(tomorrow(h)), rules, facts));
  CHECK(h.record().handling_unit == story::township);
}

TEST_CASE("R12: a reception without a leader is none") {
  auto h = brought_to(s::registered);
  CHECK(refused(h.apply(e::receive_in_person, at(tomorrow(h)), rules)) == broken::no_receiver);
}

TEST_CASE("L11: an extension comes once in a round, before the due date, at most 30 days, and the petitioner is told") {
  const auto extend = [](case_history& h, day d, calendar_days length = calendar_days(30), bool told = true) {
    step_facts facts;
    facts.extension = length;
    facts.petitioner_told = told;
    return refused(h.apply(e::extend, at(d), rules, facts));
  };
  auto h = brought_to(s::handling);
  const day last = *due(h, case_clock::handle);
  CHECK(extend(h, last) == broken::extension_too_late);
  CHECK(extend(h, last - calendar_days(1), calendar_days(31)) == broken::extension_length);
  CHECK(extend(h, last - calendar_days(1), calendar_days(0)) == broken::extension_length);
  CHECK(extend(h, last - calendar_days(1), calendar_days(30), false) == broken::extension_untold);
  CHECK(due(h, case_clock::handle) == last);
  CHECK_FALSE(extend(h, last - calendar_days(1)));
  CHECK(extend(h, last - calendar_days(1)) == broken::extended_before);
}

TEST_CASE("settling waits for the promise to be kept") {
  auto h = brought_to(s::replied);
  step_facts facts;
  facts.commitment_kept = false;
  CHECK(refused(h.apply(e::content, at(tomorrow(h)), rules, facts)) == broken::commitment_open);
  auto reviewed = brought_to(s::reviewed);  // row 17 has no such guard
  CHECK(reviewed.apply(e::content, at(tomorrow(reviewed)), rules, facts));
}

TEST_CASE("L13: review is asked within 30 days, of the superior, for a claim") {
  const auto ask = [](case_history h, day d, step_facts facts = {}) { return refused(h.apply(e::ask_review, at(d), rules, facts)); };
  const auto h = brought_to(s::replied);  // replied on 5 September
  CHECK_FALSE(ask(h, on(2022, 10, 5)));
  CHECK(ask(h, on(2022, 10, 6)) == broken::review_too_late);
  step_facts excused;
  excused.good_cause = true;
  CHECK_FALSE(ask(h, on(2022, 10, 6), excused));  // L18
  step_facts elsewhere;
  elsewhere.right_body = false;
  CHECK(ask(h, on(2022, 9, 20), elsewhere) == broken::wrong_review_body);
  for (const auto type : {petition_type::opinion, petition_type::accusation}) {
    case_record facts;
    facts.type = type;
    CHECK(ask(brought_to(s::replied, rules, facts), on(2022, 9, 20)) == broken::no_review_for_type);
  }
}

TEST_CASE("L15: recheck is asked within 30 days, after a review") {
  const auto h = brought_to(s::reviewed);  // on 7 September
  auto in_time = h, late = h, excused = h;
  CHECK(in_time.apply(e::ask_recheck, at(on(2022, 10, 7)), rules));
  CHECK(refused(late.apply(e::ask_recheck, at(on(2022, 10, 8)), rules)) == broken::recheck_too_late);
  step_facts facts;
  facts.good_cause = true;
  CHECK(excused.apply(e::ask_recheck, at(on(2022, 10, 8)), rules, facts));
  auto without_review = brought_to(s::replied);
  CHECK(refused(without_review.apply(e::ask_recheck, at(tomorrow(without_review)), rules)) == broken::not_in_table);
}

TEST_CASE("a window is not ended while the petitioner may still ask, its last day included") {
  auto h = brought_to(s::replied);
  const auto early = h.apply(e::window_ends, at(on(2022, 10, 5)), rules);
  CHECK(refused(early) == broken::window_open);
  CHECK(early.refusal().limit == on(2022, 10, 5));
  CHECK(h.apply(e::window_ends, at(on(2022, 10, 6)), rules));
}

TEST_CASE("R29: a return visit needs the owner and whoever answers for place and matter") {
  case_record facts;
  facts.place_unit = story::township;
  facts.matter_unit = story::department;
  const auto visit = [](case_history h, bool owner, bool place, bool matter) {
    step_facts f;
    f.owner_there = owner;
    f.place_unit_there = place;
    f.matter_unit_there = matter;
    return refused(h.apply(e::return_settled, at(tomorrow(h)), rules, f));
  };
  const auto both = brought_to(s::return_visit_due, rules, facts);
  CHECK_FALSE(visit(both, true, true, true));
  CHECK(visit(both, false, true, true) == broken::party_incomplete);
  CHECK(visit(both, true, false, true) == broken::party_incomplete);
  CHECK(visit(both, true, true, false) == broken::party_incomplete);
  facts.matter_unit = {};
  CHECK_FALSE(visit(brought_to(s::return_visit_due, rules, facts), true, true, false));
  const auto nobodys = story::tell({{on(2022, 9, 1), e::arrive},
                                    {on(2022, 9, 2), e::route},
                                    {on(2022, 9, 3), e::inform},
                                    {on(2022, 9, 4), e::investigate},
                                    {on(2022, 9, 5), e::mediate},
                                    {on(2022, 9, 6), e::rebound}});
  CHECK(visit(nobodys, true, true, true) == broken::no_owner);
}

TEST_CASE("a case is listed as long-pending on the day it reaches the cutoff, once") {
  auto h = brought_to(s::handling);
  const auto early = h.apply(e::cutoff, at(on(2022, 9, 1) + calendar_days(179)), rules);
  CHECK(refused(early) == broken::cutoff_not_reached);
  CHECK(early.refusal().limit == on(2023, 2, 28));
  CHECK(h.apply(e::cutoff, at(on(2023, 2, 28)), rules));
  CHECK(refused(h.apply(e::cutoff, at(on(2023, 3, 1)), rules)) == broken::long_pending_before);
}

TEST_CASE("a limit has run out the day after its last day, and is recorded once") {
  auto h = brought_to(s::handling);  // reply due on 2 November
  CHECK(refused(h.apply(e::expire, at(on(2022, 11, 2)), rules)) == broken::nothing_expired);
  CHECK_FALSE(is_late_on(h, on(2022, 11, 2)));
  CHECK(is_late_on(h, on(2022, 11, 3)));
  REQUIRE(h.apply(e::expire, at(on(2022, 11, 3)), rules));
  CHECK(h.record().missed == clock_set{case_clock::handle});
  CHECK(refused(h.apply(e::expire, at(on(2022, 11, 4)), rules)) == broken::nothing_expired);
}

TEST_CASE("a deadline never stops a case, and late completion does not wash the flag off") {
  auto h = brought_to(s::handling);
  REQUIRE(h.apply(e::reply, at(on(2023, 1, 10)), rules));  // nobody recorded the expiry
  CHECK(h.record().missed.has(case_clock::handle));
  REQUIRE(h.apply(e::content, at(on(2023, 1, 11)), rules));
  CHECK(is_overdue(h.record()));
}

TEST_CASE("R13: an owner changes only by a recorded handover with its reason") {
  auto h = brought_to(s::routed);
  REQUIRE(h.record().owner == story::secretary);
  CHECK(refused(h.hand_over(at(tomorrow(h)), official_id(), "left office")) == broken::handover_to_nobody);
  CHECK(refused(h.hand_over(at(tomorrow(h)), story::secretary, "left office")) == broken::handover_to_owner);
  CHECK(refused(h.hand_over(at(tomorrow(h)), story::head, "")) == broken::handover_unexplained);
  CHECK(h.record().owner == story::secretary);
  REQUIRE(h.hand_over(at(tomorrow(h)), story::head, "left office"));
  CHECK(h.record().owner == story::head);
  REQUIRE(h.handovers().size() == 2);
  CHECK(h.handovers()[1].from == story::secretary);
  CHECK(h.handovers()[1].to == story::head);
}

TEST_CASE("R13: whoever follows in the owner's post has the case from then on, and that is recorded with its reason") {
  auto h = brought_to(s::handling);
  REQUIRE(h.record().owner == story::secretary);
  CHECK(refused(h.succeed(at(tomorrow(h)), "")) == broken::handover_unexplained);
  CHECK(h.handovers().size() == 1);
  const auto day_after = at(tomorrow(h) + calendar_days(1));
  REQUIRE(h.succeed(day_after, "the post changed hands"));
  REQUIRE(h.handovers().size() == 2);
  CHECK(h.handovers()[1].from == story::secretary);
  CHECK(h.handovers()[1].to == story::secretary);
  CHECK(h.record().owner == story::secretary);
  CHECK(refused(h.succeed(at(tomorrow(h)), "again")) == broken::out_of_order);
  CHECK(refused(h.apply(e::reply, at(tomorrow(h)), rules)) == broken::out_of_order);
  auto unowned = brought_to(s::registered);
  CHECK(refused(unowned.succeed(at(tomorrow(unowned)), "the post changed hands")) == broken::no_owner);
}

TEST_CASE("nothing is recorded before a handover, a repeat, a hearing or a rating that is recorded already") {
  const auto in_days = [](const case_history& h, int n) { return at(h.steps().back().at.date() + calendar_days(n)); };
  auto handed = brought_to(s::handling);
  REQUIRE(handed.hand_over(in_days(handed, 5), story::head, "left office"));
  CHECK(refused(handed.apply(e::reply, in_days(handed, 4), rules)) == broken::out_of_order);
  CHECK(refused(handed.hand_over(in_days(handed, 4), story::secretary, "came back")) == broken::out_of_order);
  auto repeated = brought_to(s::handling);
  REQUIRE(repeated.note_repeat(in_days(repeated, 5)));
  CHECK(refused(repeated.apply(e::reply, in_days(repeated, 4), rules)) == broken::out_of_order);
  auto heard = brought_to(s::under_recheck);
  REQUIRE(heard.hold_hearing(in_days(heard, 5), calendar_days(2), rules));
  CHECK(refused(heard.apply(e::close_recheck, in_days(heard, 4), rules)) == broken::out_of_order);
  auto judged = brought_to(s::replied);
  REQUIRE(judged.rate(in_days(judged, 5), body::authority, grade::satisfied));
  CHECK(refused(judged.apply(e::content, in_days(judged, 4), rules)) == broken::out_of_order);
}

TEST_CASE("L5: a unit that lets its time to object go by has missed nothing") {
  const auto h = story::tell({{on(2022, 9, 1), e::arrive}, {on(2022, 9, 2), e::route}, {on(2022, 9, 15), e::inform}});
  CHECK_FALSE(is_overdue(h.record()));
  for (const case_clock right : {case_clock::object, case_clock::review_window, case_clock::recheck_window}) CHECK(is_right(right));
}

TEST_CASE("R13: a case that bounced and is heard by another leader stays with the first") {
  auto h = brought_to(s::routed);
  REQUIRE(h.apply(e::object, at(on(2022, 9, 5)), rules));
  step_facts facts;
  facts.who = story::head;
  REQUIRE(h.apply(e::receive_in_person, at(on(2022, 9, 6)), rules, facts));
  CHECK(h.record().owner == story::secretary);
  CHECK(h.handovers().size() == 1);
}

TEST_CASE("a matter that is not there, or was sent away, has no owner and no repeats") {
  for (const case_state state : {s::none, s::diverted, s::not_accepted, s::answered_on_spot, s::withdrawn}) {
    auto h = brought_to(state);
    CHECK(refused(h.hand_over(at(tomorrow(h)), story::head, "first owner")) == broken::not_under_way);
    CHECK(refused(h.note_repeat(at(tomorrow(h)))) == broken::not_under_way);
  }
  auto letter = brought_to(s::registered);  // a letter gets its first owner this way
  CHECK(letter.hand_over(at(tomorrow(letter)), story::head, "by subject"));
}

TEST_CASE("L16: a hearing belongs to a recheck and takes time") {
  auto h = brought_to(s::under_review);
  CHECK(refused(h.hold_hearing(at(tomorrow(h)), calendar_days(3), rules)) == broken::hearing_misplaced);
  auto recheck = brought_to(s::under_recheck);
  CHECK(refused(recheck.hold_hearing(at(tomorrow(recheck)), calendar_days(0), rules)) == broken::hearing_length);
}

TEST_CASE("each body is rated once, after the reply") {
  auto early = brought_to(s::handling);
  CHECK(refused(early.rate(at(tomorrow(early)), body::authority, grade::satisfied)) == broken::rating_not_open);
  auto h = brought_to(s::replied);
  CHECK(h.rate(at(tomorrow(h)), body::authority, grade::satisfied));
  CHECK(refused(h.rate(at(tomorrow(h)), body::authority, grade::unsatisfied)) == broken::rated_before);
  CHECK(h.rate(at(tomorrow(h)), body::bureau, grade::basically_satisfied));
  CHECK(h.ratings().size() == 2);
}

TEST_CASE("a refused step changes nothing") {
  auto h = brought_to(s::handling);
  const auto clocks = h.clocks().size();
  const auto steps = h.steps().size();
  CHECK_FALSE(h.apply(e::extend, at(on(2022, 12, 31)), rules));
  CHECK_FALSE(h.apply(e::arrive, at(on(2022, 12, 31)), rules));
  CHECK(h.clocks().size() == clocks);
  CHECK(h.steps().size() == steps);
  CHECK_FALSE(is_overdue(h.record()));
  CHECK(h.apply(e::reply, at(on(2022, 9, 5)), rules));  // the refused times left no trace either
}

TEST_CASE("a refusal tells a person what is wrong and what can be done") {
  auto h = brought_to(s::replied);
  const auto wrong = h.apply(e::close_recheck, at(tomorrow(h)), rules);
  REQUIRE_FALSE(wrong);
  CHECK(sentence(wrong.refusal()) ==
        "A matter that is replied to cannot take the step \"give the recheck opinion\"; what can follow is: "
        "petitioner is content; ask for review; time to ask runs out; withdraw.");
  CHECK(sentence(wrong.refusal(), language::zh) ==
        "事项处于“已答复”状态，不能“出具复核意见”；此时可以：信访人认可、申请复查、申请期限届满、撤回。");
  const auto late = h.apply(e::ask_review, at(on(2022, 10, 6)), rules);
  REQUIRE_FALSE(late);
  CHECK(sentence(late.refusal()) == "Review was asked on 2022-10-06; the time to ask ended on 2022-10-05 (L13).");
  auto gone = brought_to(s::diverted);
  const auto after = gone.apply(e::route, at(tomorrow(gone)), rules);
  REQUIRE_FALSE(after);
  CHECK(sentence(after.refusal()).find("what can follow is: nothing.") != std::string::npos);
}

TEST_CASE("every broken rule has its sentence in both languages, with nothing left to fill in") {
  std::set<std::string> seen;
  for (int i = 0; i <= static_cast<int>(broken::rated_before); ++i) {
    refused_step r;
    r.rule = static_cast<broken>(i);
    r.state = s::handling;
    r.event = e::route;
    r.at = at(on(2022, 9, 1));
    r.limit = on(2022, 8, 31);
    for (const auto lang : {language::en, language::zh}) {
      const std::string text = sentence(r, lang);
      INFO(text);
      CHECK(text.size() > 10);
      CHECK(text.find('{') == std::string::npos);
      CHECK(text.find('}') == std::string::npos);
      CHECK(seen.insert(text).second);
    }
  }
}

TEST_CASE("the facts of a step are, where nothing is said, those of an ordinary step that nothing has been shown for") {
  CHECK_FALSE(is_complete({}, false, false));
  return_party owner_alone;
  owner_alone.owner = true;
  CHECK(is_complete(owner_alone, false, false));
  CHECK_FALSE(is_complete(owner_alone, true, false));
  CHECK_FALSE(is_complete(owner_alone, false, true));
  const step_facts none;
  CHECK((none.agreed && none.petitioner_told && none.commitment_kept && none.right_body));
  CHECK_FALSE((none.good_cause || none.owner_there || none.place_unit_there || none.matter_unit_there));
  CHECK_FALSE((none.other || none.ground || none.earlier || none.opinion));
  CHECK(none.extension == calendar_days(30));
}
