// SPDX-License-Identifier: BSL-1.0
// Each part of a year by itself, on a small county on which nothing else happens.
#include "catch.hpp"
#include "sifang/county/year/appointments.hpp"
#include "sifang/county/year/arrivals.hpp"
#include "sifang/county/year/audit.hpp"
#include "sifang/county/year/bureau.hpp"
#include "sifang/county/year/campaign.hpp"
#include "sifang/county/year/choice.hpp"
#include "sifang/county/year/deadlines.hpp"
#include "sifang/county/year/offices.hpp"
#include "sifang/county/year/ownership.hpp"
#include "sifang/county/year/reception.hpp"
#include "sifang/county/year/return_visits.hpp"
#include "sifang/county/year/settlement.hpp"
#include "sifang/county/year/state.hpp"
#include "small_world.hpp"

#include <optional>
#include <span>
#include <set>
#include <string_view>
#include <vector>

using namespace sifang;
using sifang_tests::small_scenario;
using sifang_tests::small_world;

namespace {

using state = year_state<policies<>>;

/// A county on one of its days, before anything has happened, with the parts of its year.
struct bench {
  world county;
  state s;
  year_ownership<state> ownership{s};
  year_settlement<state> settlement{s, ownership};
  year_offices<state> offices{s, ownership, settlement};
  year_bureau<state> bureau{s, settlement, offices};
  year_reception<state> reception{s, ownership, settlement, offices, bureau};
  year_choice<state> choice{s, settlement, bureau, reception};
  year_return_visits<state> return_visits{s, settlement, offices};
  year_appointments<state> appointments{s, ownership, offices, return_visits};
  year_campaign<state> campaign{s, ownership, bureau};
  year_arrivals<state> arrivals{s, bureau, choice};
  year_deadlines<state> deadlines{s, ownership};
  instant morning;

  explicit bench(scenario setting = small_scenario())
      : county(*small_world(std::move(setting))), s(county, {}, observer_list<year_counts>(year_counts{}), nullptr) {
    s.start(0);
    day d = county.start();
    while (!county.calendar().is_workday(d)) ++d;
    settlement.start();
    offices.start();
    bureau.start();
    reception.start();
    campaign.start();
    arrivals.start();
    begin(d);
    morning = instant(d, minutes(9 * 60));
  }
  void begin(day d) {
    s.begin(d);
    offices.begin();
    bureau.begin();
  }
  /// A matter of the first village and category, registered or not.
  std::uint32_t matter_in(case_state at) {
    const auto who = static_cast<std::uint32_t>(s.matters.size());
    s.kept.resize(s.matters.size() + 1);
    matter& m = s.matters.emplace_back();
    m.entity = 1000 + who;
    eight_blocks used_at_birth;
    detail::fill_births(county.setting().seed, 0, m.entity, std::span(&used_at_birth, 1), &s.kept[who]);
    m.born = m.registered = m.route_from = m.routed = m.accepted = s.date();
    m.reply_due = m.accept_due = s.date() + 15;
    m.level_sums = m.unit_sums = m.venue_sums = county.layout().no_sum();
    m.claim = m.local = true;
    m.stages = 1;
    const std::vector<case_event> way{case_event::arrive, case_event::route, case_event::inform, case_event::investigate,
                                      case_event::reply};
    for (std::size_t k = 0; m.state != at; ++k) s.step(who, way.at(k), morning);
    m.office = at == case_state::none || at == case_state::registered ? no_index : county.townships()[0].office;
    return who;
  }
  /// The next event of the days from today on that no later one has made void, of the case or of the petitioner's next move.
  /// It stays in the queue.
  std::optional<sim_event> next_event(bool of_petitioner = false) {
    auto queue = s.queue;
    sim_event e;
    for (day d = s.today; d <= county.last(); ++d) {
      while (queue.pop(d, e)) {
        if ((e.what == happening::petition_again) != of_petitioner) continue;
        if (e.generation == s.matters[e.who].generations[e.what == happening::petition_again]) return e;
      }
    }
    return std::nullopt;
  }
};

}  // namespace

TEST_CASE("ownership: the first receiver owns it, and nobody takes it away") {
  bench b;
  const std::uint32_t who = b.matter_in(case_state::registered);
  const official_id first(0), second(1);
  b.ownership.give(who, first, b.morning);
  CHECK(b.s.matters[who].owner == first);
  CHECK(b.s.owned[first.index()] == 1);
  b.ownership.give(who, second, b.morning);
  CHECK(b.s.matters[who].owner == first);
  CHECK(b.s.owned[second.index()] == 0);
  // Supervision: the whole effect for an idle owner, half of it at load_half.
  const double effect = b.county.setting().ownership.supervision_effect, half = b.county.setting().ownership.load_half;
  CHECK(b.ownership.left_of_waiting(b.s.matters[who]) == Approx(1 - effect / (1 + 1 / half)));
  CHECK(b.ownership.left_of_waiting(b.s.matters[b.matter_in(case_state::registered)]) == 1);
}

TEST_CASE("settlement: peace calls off the next move; closing without it may owe a return visit") {
  scenario setting = small_scenario();
  setting.repeats.rebound_share = 0;
  setting.repeats.after_close_share = 0;
  setting.clocks.return_visit = calendar_days(3);
  bench b(setting);
  const std::uint32_t content = b.matter_in(case_state::replied);
  b.settlement.turn_again(content, b.morning, 1);
  const auto move = b.next_event(true);
  REQUIRE(move);
  CHECK(move->what == happening::petition_again);
  b.settlement.settle(content, case_event::content, b.morning);
  CHECK(b.s.matters[content].settled);
  CHECK(move->generation != b.s.matters[content].repeat_generation());
  CHECK_FALSE(b.next_event(true));

  const std::uint32_t bitter = b.matter_in(case_state::replied);
  b.ownership.give(bitter, official_id(0), b.morning);
  b.settlement.end_window(bitter, b.morning);
  CHECK(b.s.matters[bitter].state == case_state::return_visit_due);
  const auto visit = b.next_event();
  REQUIRE(visit);
  CHECK(visit->what == happening::return_visit);
  CHECK(visit->at.date() >= b.s.today + calendar_days(3));
}

TEST_CASE("offices: a handler with room takes up a case, the rest wait, and whoever waits longest is next") {
  scenario setting = small_scenario();
  setting.handling.township_handlers = 1;
  setting.handling.case_limit = 1;
  setting.handling.mediation_share = 0;
  bench b(setting);
  std::vector<std::uint32_t> cases;
  for (int i = 0; i < 3; ++i) cases.push_back(b.matter_in(case_state::routed));
  for (std::uint32_t who : cases) b.offices.accept(who, b.morning);
  CHECK(b.s.matters[cases[0]].state == case_state::handling);
  CHECK(b.s.matters[cases[1]].state == case_state::accepted);
  CHECK(b.offices.in_hand()[b.s.matters[cases[0]].handler] == 1);
  b.s.matters[cases[0]].stages = 1;
  b.offices.work_done(cases[0], b.morning);  // the reply frees the handler
  CHECK(b.s.matters[cases[0]].state == case_state::replied);
  CHECK(b.s.matters[cases[1]].state == case_state::handling);
  CHECK(b.s.matters[cases[2]].handler == no_index);
  // A meeting cuts what is left of a wait.
  matter& m = b.s.matters[cases[1]];
  m.waits_until = b.morning + minutes(1000);
  b.offices.help(cases[1], b.morning, {minutes(60), 0.25, 0.5});
  CHECK(m.waits_until == b.morning + minutes(750));
  CHECK(m.odds == 0.5);
}

TEST_CASE("offices: by due date, the case that is due first is taken up first") {
  scenario setting = small_scenario();
  setting.handling.township_handlers = 1;
  setting.handling.case_limit = 1;
  setting.handling.mediation_share = 0;
  setting.handling.order = handling_rule::by_due_date;
  bench b(setting);
  std::vector<std::uint32_t> cases;
  for (int i = 0; i < 4; ++i) cases.push_back(b.matter_in(case_state::routed));
  for (std::uint32_t who : cases) b.offices.accept(who, b.morning);
  b.s.matters[cases[1]].reply_due += 5;
  b.s.matters[cases[3]].reply_due -= 5;
  std::vector<std::uint32_t> order;
  for (std::uint32_t now = cases[0], done = 0; done < 3; ++done) {
    b.offices.work_done(now, b.morning);
    for (std::uint32_t who : cases) {
      if (b.s.matters[who].handler != no_index) order.push_back(now = who);
    }
  }
  CHECK(order == std::vector<std::uint32_t>{cases[3], cases[2], cases[1]});
}

TEST_CASE("bureau: a letter is registered, waits for a clerk, is routed, and its unit must accept or object") {
  bench b;
  const std::uint32_t who = b.matter_in(case_state::none);
  b.bureau.register_first(who, b.morning);
  CHECK(b.s.matters[who].state == case_state::registered);
  CHECK(b.s.matters[who].by_bureau);
  const auto routed = b.next_event();
  REQUIRE(routed);
  CHECK(routed->what == happening::routed);
  b.begin(routed->at.date());
  b.bureau.route(who, routed->at);
  CHECK(b.s.matters[who].state == case_state::routed);
  CHECK(b.s.matters[who].office < b.county.offices().size());
  const auto answer = b.next_event();
  REQUIRE(answer);
  CHECK((answer->what == happening::accepted || answer->what == happening::objected));
  // The same matter again is attached.
  b.bureau.register_again(who, routed->at);
  CHECK(b.s.matters[who].repeats == 1);
}

TEST_CASE("reception: whoever is expected is heard, and owned by who heard them; the others are named") {
  scenario setting = small_scenario();
  setting.reception.absence_rate = 0;
  setting.choice.patience_minutes = 100000;
  for (const closing_policy closing : {closing_policy::stay, closing_policy::escalate}) {
    setting.reception.closing = closing;
    setting.reception[article::township].length = minutes(15);
    bench b(setting);
    const std::int32_t at = b.county.townships()[0].series;
    REQUIRE(at >= 0);
    const reception_series& series = b.county.plan().series()[static_cast<std::size_t>(at)];
    const auto turn = b.county.plan().next_turn(series, b.s.today + calendar_days(1));
    REQUIRE(turn);
    const day on = b.county.plan().date(series, *turn);
    for (int i = 0; i < 5; ++i) b.reception.expect(b.matter_in(case_state::none), series.where, at, *turn, on, true);
    CHECK(b.reception.waiting()[series.where.index()] == 5);
    b.begin(on);
    std::vector<std::uint32_t> unheard;
    bool climbs = true;
    b.reception.hold([&](std::uint32_t who, bool up) { unheard.push_back(who), climbs = climbs && up; });
    CHECK(b.reception.waiting()[series.where.index()] == 0);
    std::vector<sim_event> hearings;
    for (sim_event e; b.s.queue.pop(on, e);) hearings.push_back(e);
    CHECK(hearings.size() + unheard.size() == 5);
    CHECK(unheard.empty() == (closing == closing_policy::stay));
    CHECK((unheard.empty() || climbs));
    REQUIRE_FALSE(hearings.empty());
    b.reception.heard(hearings[0].who, hearings[0].at);
    const matter& m = b.s.matters[hearings[0].who];
    CHECK(m.owner == b.county.plan().people(series)[0]);
    CHECK(m.state == case_state::routed);
  }
}

TEST_CASE("choice: a petitioner sets out for a session that there is, and writes when there is none") {
  for (const bool open : {true, false}) {
    scenario setting = small_scenario();
    setting.choice.come_back_share = 0;
    for (session_kind& s : setting.reception.sessions) s.open = open;
    bench b(setting);
    const std::uint32_t who = b.matter_in(case_state::none);
    CHECK(b.choice.set_out(who) == open);
    CHECK(b.s.matters[who].visiting == open);
    b.choice.go_home(who, false);
    CHECK_FALSE(b.s.matters[who].visiting);
    const auto e = b.next_event();
    REQUIRE(e);
    CHECK(e->what == happening::write_instead);
    b.choice.write(who, e->at);
    CHECK(b.s.matters[who].state != case_state::none);
  }
}

TEST_CASE("return visits: the owner goes with both units; it settles, reopens or closes") {
  for (const double luck : {20.0, -20.0}) {
    scenario setting = small_scenario();
    setting.return_visits.intercept = luck;
    setting.return_visits.reopened_share = 0;
    bench b(setting);
    const std::uint32_t who = b.matter_in(case_state::replied);
    b.ownership.give(who, official_id(0), b.morning);
    b.settlement.end_window(who, b.morning);
    REQUIRE(b.s.matters[who].state == case_state::return_visit_due);
    b.return_visits.visit(who, b.morning);
    CHECK(b.s.matters[who].state == (luck > 0 ? case_state::settled : case_state::procedurally_closed));
    CHECK(b.s.matters[who].returns == 1);
    CHECK(b.s.matters[who].door == door::return_visit);
  }
}

TEST_CASE("appointments: the analysis lists what presses, and each item is met") {
  scenario setting = small_scenario();
  setting.appointments.list_length = 2;
  bench b(setting);
  std::vector<std::uint32_t> cases;
  for (int i = 0; i < 4; ++i) cases.push_back(b.matter_in(case_state::handling));
  b.s.matters[cases[2]].repeats = 4;
  b.s.matters[cases[3]].repeats = 1;
  day d = b.s.today;
  while (!b.s.tables.analysis(d)) ++d;
  b.begin(d);
  b.appointments.analyse();
  CHECK_FALSE(b.s.matters[cases[0]].listed);
  CHECK(b.s.matters[cases[2]].listed);
  CHECK(b.s.matters[cases[3]].listed);
  CHECK(b.s.matters[cases[2]].long_pending);
  const auto e = b.next_event();
  REQUIRE(e);
  CHECK(e->what == happening::meeting);
  b.begin(e->at.date());
  b.appointments.meet(e->who, e->at);
  CHECK(b.s.matters[e->who].meetings == 1);
  CHECK(b.s.matters[e->who].owner == b.s.leader_of(b.s.matters[e->who]));
}

TEST_CASE("campaign: what is silent is found, stands on the chart, and is struck off when it is settled") {
  scenario setting = small_scenario();
  setting.campaign.first = day(2022, 3, 14);
  setting.campaign.find_probability = 1;
  setting.campaign.targeting = 1000;
  bench b(setting);
  const std::uint32_t who = b.matter_in(case_state::none);
  b.s.matters[who].silent = true;
  b.s.silent.push_back(who);
  b.begin(day(2022, 3, 14));
  b.campaign.visit();
  sim_event e;
  REQUIRE(b.s.queue.pop(b.s.today, e));
  CHECK(e.what == happening::found);
  b.campaign.found(who, e.at);
  CHECK_FALSE(b.s.matters[who].silent);
  CHECK(b.s.matters[who].found_by_campaign);
  CHECK(b.s.matters[who].state == case_state::registered);
  b.campaign.strike_off_items();
  CHECK_FALSE(b.s.matters[who].struck_off);
  b.s.matters[who].settled = true;
  b.campaign.strike_off_items();
  CHECK(b.s.matters[who].struck_off);
}

TEST_CASE("arrivals: today's matters are named by the day, and those who visit set out") {
  scenario setting = small_scenario();
  setting.load.matters_per_year = 20000;
  setting.load.silent_share = 0.5;
  bench b(setting);
  b.arrivals.arise();
  REQUIRE(b.s.matters.size() > 5);
  std::size_t silent = 0, visitors = 0;
  for (std::size_t i = 0; i < b.s.matters.size(); ++i) {
    const matter& m = b.s.matters[i];
    CHECK(m.entity == (static_cast<std::uint64_t>(b.s.date()) << 16 | i));
    silent += m.silent;
    visitors += !m.silent && m.channel == channel::visit && m.level == 0;
    CHECK_FALSE(m.visiting);
  }
  CHECK(b.s.silent.size() == silent);
  b.arrivals.set_out();
  std::size_t on_the_way = 0;
  for (const matter& m : b.s.matters) on_the_way += m.visiting;
  CHECK(on_the_way == visitors);
}

TEST_CASE("deadlines: what is past its last day is missed once, what is old is long-pending") {
  bench b;
  const std::uint32_t late = b.matter_in(case_state::handling), old = b.matter_in(case_state::handling);
  b.s.matters[late].reply_due = b.s.date() - 1;
  b.s.matters[old].registered = b.s.date() - 200;
  b.deadlines.look();
  b.deadlines.look();
  CHECK(b.s.matters[late].overdue);
  CHECK(b.s.matters[late].late_now);
  CHECK_FALSE(b.s.matters[old].overdue);
  CHECK(b.s.matters[old].long_pending);
  CHECK(b.s.counts().outcome().sums.numerator(metric::overdue, 0) == 1);
  CHECK(b.s.counts().outcome().sums.denominator(metric::open_age_days, 0) == 4);
}

TEST_CASE("audit: a case that stands still is seen, and what is counted wrong; one that goes on is not") {
  bench b;
  const std::uint32_t still = b.matter_in(case_state::replied), line = b.matter_in(case_state::accepted);
  const auto found = [&] {
    std::vector<audit_fault> faults;
    year_audit(b.s, b.offices).look(faults);
    std::set<std::string_view> out;
    for (const audit_fault& f : faults) out.insert(f.what);
    return out;
  };
  CHECK(found() == std::set<std::string_view>{"an open case without a next event", "the lines of the units"});
  b.s.schedule(b.morning, happening::decide, still);
  CHECK(found() == std::set<std::string_view>{"the lines of the units"});  // accepted, in no handler's hands, and in no line
  b.s.schedule(b.morning, happening::work_done, line);
  CHECK(found().empty());                                        // its next event is known
  b.offices.accept(b.matter_in(case_state::routed), b.morning);  // one that a handler takes up
  b.s.matters[line].handler = 0;
  CHECK(found() == std::set<std::string_view>{"the cases in a handler's hands"});
  ++b.s.matters[still].generation();
  CHECK(found().contains("an open case without a next event"));
}
