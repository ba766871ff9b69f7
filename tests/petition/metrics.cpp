// SPDX-License-Identifier: BSL-1.0
#include "story.hpp"

using namespace sifang;
using story::at;
using story::e;
using story::on;
using story::tell;

namespace {
using histories = std::vector<case_history>;
const case_rules rules;
const metric_period september{day(2022, 9, 1), day(2022, 9, 30)};
const metric_period year{day(2022, 1, 1), day(2022, 12, 31)};

/// Received, routed, accepted and replied on these days; the investigation starts with acceptance.
case_history replied(day received, day routed, day accepted, day replied, case_record facts = {}) {
  return tell({{received, e::arrive}, {routed, e::route}, {accepted, e::inform}, {accepted, e::investigate}, {replied, e::reply}}, rules,
              std::move(facts));
}

case_history rated(grade given, case_record facts = {}) {
  auto h = replied(on(2022, 9, 1), on(2022, 9, 2), on(2022, 9, 3), on(2022, 9, 20), std::move(facts));
  REQUIRE(h.rate(at(on(2022, 9, 25)), body::authority, given));
  return h;
}
}  // namespace

TEST_CASE("a share keeps its denominator; nothing of nothing has no value") {
  CHECK((share{15, 16}.value() == 0.9375));
  CHECK_FALSE(share{}.value());
  share sum{1, 2};
  sum += share{14, 14};
  CHECK(sum == share{15, 16});
}

TEST_CASE("timely acceptance of the bureau: routed in 15 days, of those whose limit fell in the period") {
  const histories cases{
      tell({{on(2022, 9, 1), e::arrive}, {on(2022, 9, 16), e::route}}),   // due 16 September, on the last day
      tell({{on(2022, 9, 1), e::arrive}, {on(2022, 9, 17), e::route}}),   // a day late
      tell({{on(2022, 9, 5), e::arrive}}),                                // due 20 September, never routed
      tell({{on(2022, 8, 10), e::arrive}, {on(2022, 9, 20), e::route}}),  // due in August: not of this period
      tell({{on(2022, 9, 20), e::arrive}, {on(2022, 9, 21), e::route}}),  // due in October: not of this period
      tell({{on(2022, 9, 2), e::arrive}, {on(2022, 9, 3), e::divert}}),   // diverted in time is done in time
  };
  CHECK(timely_acceptance(cases, september, body::bureau) == share{2, 4});
}

TEST_CASE("timely acceptance of the authority: told in 15 days from when the unit got it") {
  const histories cases{
      tell({{on(2022, 9, 1), e::arrive}, {on(2022, 9, 2), e::route}, {on(2022, 9, 17), e::inform}}),
      tell({{on(2022, 9, 1), e::arrive}, {on(2022, 9, 2), e::route}, {on(2022, 9, 18), e::inform}}),
      tell({{on(2022, 9, 1), e::arrive}, {on(2022, 9, 2), e::receive_in_person}, {on(2022, 9, 3), e::inform}}),
      // The unit that objected had nothing to accept; the next one is late.
      tell({{on(2022, 8, 30), e::arrive},
            {on(2022, 8, 31), e::route},
            {on(2022, 9, 1), e::object},
            {on(2022, 9, 5), e::route},
            {on(2022, 9, 30), e::inform}}),
      // Only objected to so far: in no acceptance cohort.
      tell({{on(2022, 9, 1), e::arrive}, {on(2022, 9, 2), e::route}, {on(2022, 9, 3), e::object}}),
  };
  CHECK(timely_acceptance(cases, september, body::authority) == share{2, 4});
}

TEST_CASE("a matter with two rounds counts once, in time only if both were") {
  const histories cases{
      tell({{on(2022, 9, 1), e::arrive}, {on(2022, 9, 3), e::route}, {on(2022, 9, 5), e::object}, {on(2022, 9, 6), e::route}}),
      tell({{on(2022, 9, 1), e::arrive}, {on(2022, 9, 3), e::route}, {on(2022, 9, 5), e::object}}),  // second due 20 September, open
      tell({{on(2022, 8, 25), e::arrive},
            {on(2022, 9, 10), e::route},
            {on(2022, 9, 11), e::object},
            {on(2022, 9, 12), e::route}}),  // first late
  };
  CHECK(timely_acceptance(cases, september, body::bureau) == share{1, 3});
}

TEST_CASE("on-time reply goes by the due date, which arrivals of the same period would flatter") {
  const metric_period q3{on(2022, 7, 1), on(2022, 9, 30)};
  const histories cases{
      // Due in the quarter (accepted in May to July), arrived before it or at its start.
      replied(on(2022, 5, 1), on(2022, 5, 2), on(2022, 5, 10), on(2022, 7, 9)),    // due 9 July, on the last day
      replied(on(2022, 5, 1), on(2022, 5, 2), on(2022, 5, 12), on(2022, 7, 20)),   // due 11 July, late
      replied(on(2022, 6, 1), on(2022, 6, 2), on(2022, 6, 10), on(2022, 10, 20)),  // due 9 August, replied after the quarter
      replied(on(2022, 7, 1), on(2022, 7, 2), on(2022, 7, 10), on(2022, 8, 1)),    // due 8 September
      // Arrived in the quarter, due after it: its quick reply belongs to the next one.
      replied(on(2022, 9, 1), on(2022, 9, 2), on(2022, 9, 10), on(2022, 9, 12)),
  };
  CHECK(on_time_reply(cases, q3) == share{2, 4});

  share by_arrival;  // the tempting measure: replied in time, of those that arrived and were answered
  for (const case_history& h : cases) {
    if (!q3.covers(h.record().registered) || !q3.covers(h.steps().back().at.date())) continue;
    by_arrival.count(!h.record().missed.has(case_clock::handle));
  }
  CHECK(by_arrival == share{2, 2});
}

TEST_CASE("a valid extension moves the due date, and with it the cohort") {
  auto h = tell({{on(2022, 7, 1), e::arrive},
                 {on(2022, 7, 2), e::route},
                 {on(2022, 7, 3), e::inform},
                 {on(2022, 7, 4), e::investigate},
                 {on(2022, 8, 20), e::extend},
                 {on(2022, 9, 20), e::reply}});
  const histories cases{h};  // due 1 September, extended to 1 October
  CHECK(on_time_reply(cases, september) == share{0, 0});
  CHECK(on_time_reply(cases, {on(2022, 10, 1), on(2022, 10, 31)}) == share{1, 1});
}

TEST_CASE("a mediation agreement within the limit is a reply on time") {
  const histories cases{tell({{on(2022, 7, 1), e::arrive},
                              {on(2022, 7, 2), e::route},
                              {on(2022, 7, 10), e::inform},
                              {on(2022, 7, 11), e::investigate},
                              {on(2022, 8, 1), e::mediate}})};
  CHECK(on_time_reply(cases, september) == share{1, 1});
}

TEST_CASE("one-time resolution: initial petitions replied to without a repeat within the horizon") {
  const auto answered = [](case_record facts = {}) {
    return replied(on(2022, 9, 1), on(2022, 9, 2), on(2022, 9, 3), on(2022, 9, 20), std::move(facts));
  };
  auto quiet = answered();
  auto came_back = answered();
  REQUIRE(came_back.note_repeat(at(on(2022, 10, 20))));
  auto much_later = answered();
  REQUIRE(much_later.note_repeat(at(on(2022, 9, 20) + calendar_days(181))));
  auto before_reply =
      tell({{on(2022, 9, 1), e::arrive}, {on(2022, 9, 2), e::route}, {on(2022, 9, 3), e::inform}, {on(2022, 9, 4), e::investigate}});
  REQUIRE(before_reply.note_repeat(at(on(2022, 9, 10))));
  REQUIRE(before_reply.apply(e::reply, at(on(2022, 9, 20)), rules));
  auto broke = answered();
  REQUIRE(broke.apply(e::content, at(on(2022, 9, 21)), rules));
  REQUIRE(broke.apply(e::rebound, at(on(2022, 12, 1)), rules));
  case_record second;
  second.repeat = true;
  const histories cases{quiet, came_back, much_later, before_reply, broke, answered(second)};
  CHECK(one_time_resolution(cases, september) == share{3, 5});
  CHECK(one_time_resolution(cases, september, calendar_days(30)) == share{4, 5});  // 20 October is day 30
  CHECK(one_time_resolution(cases, september, calendar_days(29)) == share{5, 5});
  CHECK(one_time_resolution(cases, september, calendar_days(181)) == share{2, 5});
}

TEST_CASE("resolution follows a fixed cohort of assigned matters") {
  auto settled = replied(on(2022, 9, 1), on(2022, 9, 2), on(2022, 9, 3), on(2022, 9, 20));
  REQUIRE(settled.apply(e::content, at(on(2023, 3, 1)), rules));
  const histories cases{
      settled, replied(on(2022, 9, 1), on(2022, 9, 2), on(2022, 9, 3), on(2022, 9, 20)),
      tell({{on(2022, 9, 1), e::arrive}, {on(2022, 10, 2), e::route}}),  // assigned in October
      tell({{on(2022, 9, 1), e::arrive}}),                               // never assigned
  };
  CHECK(resolution(cases, september) == share{1, 2});
  CHECK(resolution(histories(109, settled), year) == share{109, 109});  // the article's programme
}

TEST_CASE("satisfaction counts the rated, participation the eligible: 15 of 16 is 93.75 %") {
  histories cases(12, rated(grade::satisfied));
  for (int i = 0; i < 3; ++i) cases.push_back(rated(grade::basically_satisfied));
  cases.push_back(rated(grade::unsatisfied));
  for (int i = 0; i < 4; ++i) cases.push_back(replied(on(2022, 9, 1), on(2022, 9, 2), on(2022, 9, 3), on(2022, 9, 20)));
  case_record second;
  second.repeat = true;
  cases.push_back(rated(grade::unsatisfied, second));                                          // repeats are out of scope
  cases.push_back(tell({{on(2022, 9, 1), e::arrive}, {on(2022, 9, 2), e::divert}}));           // due elsewhere by law
  cases.push_back(replied(on(2022, 9, 1), on(2022, 9, 2), on(2022, 9, 3), on(2022, 10, 20)));  // eligible in October

  const share satisfied = satisfaction(cases, september, body::authority);
  CHECK(satisfied == share{15, 16});
  CHECK(*satisfied.value() * 100 == 93.75);
  CHECK(participation(cases, september, body::authority) == share{16, 20});
  CHECK(participation(cases, september, body::authority).numerator == satisfied.denominator);
  CHECK(satisfaction(cases, september, body::bureau) == share{0, 0});
  CHECK(participation(cases, september, body::bureau) == share{0, 20});
}

TEST_CASE("repeat rate: repeats over registrations, each counted once") {
  auto first = tell({{on(2022, 9, 1), e::arrive}, {on(2022, 9, 2), e::route}});
  REQUIRE(first.note_repeat(at(on(2022, 9, 10))));
  REQUIRE(first.note_repeat(at(on(2022, 10, 10))));  // October's
  case_record again;
  again.repeat = true;
  case_history refused(again);
  step_facts ground;
  ground.ground = refusal_ground::in_progress;
  ground.earlier = case_id(1);
  REQUIRE(refused.apply(e::arrive, at(on(2022, 9, 10)), rules));
  REQUIRE(refused.apply(e::refuse, at(on(2022, 9, 10)), rules, ground));
  auto broke = story::brought_to(case_state::settled);  // arrives on 1 September
  REQUIRE(broke.apply(e::rebound, at(on(2022, 9, 28)), rules));
  const histories cases{first, refused, broke, tell({{on(2022, 9, 3), e::arrive}}, rules, again)};
  // Registered: first, its repeat, broke, its rebound, and a repeat with a case of its own.
  CHECK(repeat_rate(cases, september) == share{3, 5});
}

TEST_CASE("long-pending resolution: settled at the end, of those on the list in the period") {
  const auto listed = [] {
    auto h = tell({{on(2022, 1, 1), e::arrive},
                   {on(2022, 1, 2), e::receive_in_person},
                   {on(2022, 1, 3), e::inform},
                   {on(2022, 1, 4), e::investigate}});
    REQUIRE(h.apply(e::cutoff, at(on(2022, 6, 30)), rules));  // day 180
    return h;
  };
  const auto then = [](case_history h, std::initializer_list<story::told> more) {
    for (const auto& step : more) REQUIRE(h.apply(step.event, at(step.when), rules, story::facts_for(step.event)));
    return h;
  };
  const histories cases{
      listed(),
      then(listed(), {{on(2022, 9, 15), e::mediate}}),
      then(listed(), {{on(2022, 8, 15), e::mediate}}),                                // off the list before September
      then(listed(), {{on(2022, 8, 15), e::mediate}, {on(2022, 9, 5), e::rebound}}),  // back on it
      then(listed(), {{on(2022, 10, 15), e::mediate}}),                               // settled too late for September
      tell({{on(2022, 1, 1), e::arrive}}),                                            // old, never listed
  };
  CHECK(long_pending_resolution(cases, september) == share{1, 4});
  CHECK(long_pending_resolution(cases, {on(2022, 1, 1), on(2022, 5, 31)}) == share{0, 0});
}

TEST_CASE("rebound rate: settlements that broke within the horizon") {
  auto kept = story::brought_to(case_state::settled);  // settled on 6 September
  auto broke = kept, broke_late = kept;
  REQUIRE(broke.apply(e::rebound, at(on(2022, 9, 6) + calendar_days(180)), rules));
  REQUIRE(broke_late.apply(e::rebound, at(on(2022, 9, 6) + calendar_days(181)), rules));
  const histories cases{kept, broke, broke_late, story::brought_to(case_state::procedurally_closed)};
  CHECK(rebound_rate(cases, september) == share{1, 3});
  CHECK(rebound_rate(cases, {on(2022, 10, 1), on(2022, 10, 31)}) == share{0, 0});
}

TEST_CASE("procedural-only: closed on paper while the grievance stays, of all closed") {
  auto paper = story::brought_to(case_state::procedurally_closed);
  auto waiting = paper;  // a return visit is due: still unsettled
  REQUIRE(waiting.apply(e::schedule_return, at(on(2022, 9, 20)), rules));
  auto mended = waiting;
  REQUIRE(mended.apply(e::return_settled, at(on(2022, 9, 25)), rules, story::facts_for(e::return_settled)));
  auto reopened = waiting;
  REQUIRE(reopened.apply(e::return_reopened, at(on(2022, 9, 25)), rules, story::facts_for(e::return_reopened)));
  const histories cases{paper,
                        waiting,
                        mended,
                        reopened,
                        story::brought_to(case_state::settled),
                        story::brought_to(case_state::diverted),
                        story::brought_to(case_state::handling)};
  CHECK(procedural_only(cases, september) == share{2, 4});
  CHECK(procedural_only(cases, {on(2022, 10, 1), on(2022, 10, 31)}) == share{0, 0});
}

TEST_CASE("the first and the last day of a period belong to it, for every measure") {
  const auto only = [](day d) { return metric_period{d, d}; };
  const auto of_day = [&](const histories& cases, day d, const auto& measure) {
    CHECK(measure(cases, only(d)).denominator == 1);
    CHECK(measure(cases, metric_period{d - calendar_days(9), d}).denominator == 1);
    CHECK(measure(cases, metric_period{d, d + calendar_days(9)}).denominator == 1);
    CHECK(measure(cases, metric_period{d - calendar_days(9), d - calendar_days(1)}).denominator == 0);
    CHECK(measure(cases, metric_period{d + calendar_days(1), d + calendar_days(9)}).denominator == 0);
  };
  const histories answered{rated(grade::satisfied)};  // received on 1, routed on 2, accepted on 3, replied to on 20 September
  of_day(answered, on(2022, 9, 16), [](const auto& c, metric_period p) { return timely_acceptance(c, p, body::bureau); });
  of_day(answered, on(2022, 9, 17), [](const auto& c, metric_period p) { return timely_acceptance(c, p, body::authority); });
  of_day(answered, on(2022, 11, 2), [](const auto& c, metric_period p) { return on_time_reply(c, p); });
  of_day(answered, on(2022, 9, 20), [](const auto& c, metric_period p) { return one_time_resolution(c, p); });
  of_day(answered, on(2022, 9, 2), [](const auto& c, metric_period p) { return resolution(c, p); });
  of_day(answered, on(2022, 9, 20), [](const auto& c, metric_period p) { return satisfaction(c, p, body::authority); });
  of_day(answered, on(2022, 9, 20), [](const auto& c, metric_period p) { return participation(c, p, body::authority); });
  of_day(answered, on(2022, 9, 1), [](const auto& c, metric_period p) { return repeat_rate(c, p); });
  const histories settled{story::brought_to(case_state::settled)};  // on 6 September
  of_day(settled, on(2022, 9, 6), [](const auto& c, metric_period p) { return rebound_rate(c, p); });
  of_day(settled, on(2022, 9, 6), [](const auto& c, metric_period p) { return procedural_only(c, p); });
  // What was listed on the last day of a period counts in it and in later ones, not in one that ended the day before.
  const day listed = on(2022, 9, 1) + calendar_days(180);
  auto old = story::brought_to(case_state::handling);
  REQUIRE(old.apply(e::cutoff, at(listed), rules));
  CHECK(long_pending_resolution(histories{old}, only(listed)) == share{0, 1});
  CHECK(long_pending_resolution(histories{old}, only(listed - calendar_days(1))) == share{0, 0});
  CHECK(long_pending_resolution(histories{old}, only(listed + calendar_days(1))) == share{0, 1});
}

TEST_CASE("a scope narrows a measure to its own records") {
  case_record by_letter;
  by_letter.channel = channel::letter;
  const histories cases{replied(on(2022, 9, 1), on(2022, 9, 2), on(2022, 9, 3), on(2022, 9, 20), by_letter),
                        tell({{on(2022, 9, 1), e::arrive}})};
  const auto letters = [](const case_record& c) { return c.channel == channel::letter; };
  CHECK(timely_acceptance(cases, september, body::bureau) == share{1, 2});
  CHECK(timely_acceptance(cases, september, body::bureau, letters) == share{1, 1});
}

TEST_CASE("the state on a day is that of the last step up to its end") {
  const auto h = story::brought_to(case_state::accepted);
  CHECK(state_on(h, on(2022, 8, 31)) == case_state::none);
  CHECK(state_on(h, on(2022, 9, 2)) == case_state::routed);
  CHECK(state_on(h, on(2023, 1, 1)) == case_state::accepted);
}
