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
#include "sifang/county/year/diary.hpp"
#include "sifang/county/year/offices.hpp"
#include "sifang/county/year/ownership.hpp"
#include "sifang/county/year/reception.hpp"
#include "sifang/county/year/return_visits.hpp"
#include "sifang/county/year/settlement.hpp"
#include "sifang/county/year/sitting.hpp"
#include "sifang/county/year/state.hpp"
#include "small_world.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
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
  year_diary<state> diary{s};
  year_sitting<state> sitting{s, diary};
  year_ownership<state> ownership{s};
  year_settlement<state> settlement{s, ownership};
  year_offices<state> offices{s, ownership, settlement};
  year_bureau<state> bureau{s, settlement, offices};
  year_reception<state> reception{s, diary, sitting, ownership, settlement, offices, bureau};
  year_choice<state> choice{s, settlement, bureau, reception};
  year_return_visits<state> return_visits{s, diary, settlement, offices};
  year_appointments<state> appointments{s, diary, ownership, offices, return_visits};
  year_campaign<state> campaign{s, diary, ownership, offices, bureau};
  year_arrivals<state> arrivals{s, bureau, choice};
  year_deadlines<state> deadlines{s, ownership};
  instant morning;

  explicit bench(scenario setting = small_scenario())
      : county(*small_world(std::move(setting))), s(county, {}, observer_list<year_counts>(year_counts{}), nullptr) {
    s.start(0);
    day d = county.start();
    while (!county.calendar().is_workday(d)) ++d;
    diary.start();
    sitting.start();
    settlement.start();
    offices.start();
    bureau.start();
    reception.start();
    appointments.start();
    campaign.start();
    begin(d);
    morning = instant(d, minutes(9 * 60));
  }
  void begin(day d) {
    s.begin(d);
    bureau.begin();
    offices.begin();
    diary.begin();
    sitting.begin();
  }
  [[nodiscard]] official_id post(std::string_view name) const {
    official_id out;
    for (std::size_t i = 0; i < county.org().officials().size(); ++i) {
      if (county.org()[official_id(i)].post == name) out = official_id(i);
    }
    REQUIRE(out.valid());
    return out;
  }
  [[nodiscard]] unit_id unit(std::string_view code) const { return *county.org().units().find(code); }
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
  setting.reception.on_spot_share = 0;
  setting.choice.patience_minutes = 100000;
  for (const closing_policy closing : {closing_policy::stay, closing_policy::escalate}) {
    setting.reception.closing = closing;
    setting.reception[article::township].length = minutes(15);
    bench b(setting);
    const std::int32_t at = b.county.offices()[b.county.townships()[0].office].series;
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

TEST_CASE("reception: whoever is answered on the spot is not registered, and may petition after all") {
  for (const double again : {0.0, 1.0}) {
    scenario setting = small_scenario();
    setting.reception.on_spot_share = 1;
    setting.reception.on_spot_again_share = again;
    bench b(setting);
    const std::uint32_t who = b.matter_in(case_state::none), known = b.matter_in(case_state::handling);
    for (std::uint32_t one : {who, known}) {
      matter& m = b.s.matters[one];
      m.visiting = true;
      m.visit_venue = article::township;
      m.visit_receiver = b.post("town-head");
      b.reception.heard(one, b.morning);
    }
    CHECK(b.s.matters[who].state == case_state::answered_on_spot);
    CHECK_FALSE(b.s.matters[who].is_registered());
    CHECK(b.s.matters[who].answered_on == b.s.date());
    CHECK_FALSE(b.s.matters[who].owner.valid());
    CHECK(b.s.open == std::vector<std::uint32_t>{known});
    CHECK(b.s.matters[known].repeats == 1);  // a case that is known is no matter for an answer on the spot
    std::optional<sim_event> next;
    for (sim_event e; b.s.queue.pop(b.s.today, e);) next = e;
    const auto move = b.next_event(true);
    CHECK((move.has_value() && move->who == who) == (again > 0));
    if (again == 0) continue;
    b.begin(move->at.date());
    b.s.matters[who].channel = channel::letter;  // puts it in writing
    b.bureau.register_first(who, move->at);
    CHECK(b.s.matters[who].state == case_state::registered);
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
  setting.appointments.threshold = 0;
  setting.reception.absence_rate = 0;
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
  b.diary.begin();  // nobody sits today
  b.appointments.meet(e->who, e->at);
  CHECK(b.s.matters[e->who].meetings == 1);
  CHECK(b.s.matters[e->who].owner == b.s.leader_of(b.s.matters[e->who]));
  CHECK_FALSE(b.diary.is_free(b.s.matters[e->who].owner, e->at.minute_of_day(), e->at.minute_of_day() + minutes(1), b.unit("town")));
}

TEST_CASE("appointments: the list is short where little presses, and field days are those of the month") {
  scenario setting = small_scenario();
  setting.appointments.threshold = 0.9;
  bench b(setting);
  std::vector<std::uint32_t> cases;
  for (int i = 0; i < 4; ++i) cases.push_back(b.matter_in(case_state::handling));
  b.s.matters[cases[1]].repeats = 3;
  b.s.matters[cases[2]].repeats = 2;
  b.s.matters[cases[3]].backlog = true;  // pending for longer than its file says
  const std::uint32_t waits = b.matter_in(case_state::replied);
  b.settlement.end_window(waits, b.morning);
  REQUIRE(b.s.matters[waits].state == case_state::return_visit_due);
  b.s.matters[waits].repeats = 9;  // waits for its return visit only
  day d = b.s.today;
  while (!b.s.tables.analysis(d)) ++d;
  b.begin(d);
  b.appointments.analyse();
  CHECK_FALSE(b.s.matters[cases[0]].listed);
  CHECK(b.s.matters[cases[1]].listed);
  CHECK_FALSE(b.s.matters[cases[2]].listed);
  CHECK(b.s.matters[cases[3]].listed);
  CHECK_FALSE(b.s.matters[waits].listed);
  // The same with less than a field day a month: what is less than a day is kept until it is one.
  setting.appointments.field_days_per_month = 0.5;
  setting.end = setting.start + calendar_days(120);
  bench c(setting);
  const std::uint32_t who = c.matter_in(case_state::handling);
  c.s.matters[who].repeats = 3;
  int analyses = 0;
  for (day on = c.s.today; !c.s.matters[who].listed; ++on) {
    if (!c.s.tables.analysis(on)) continue;
    c.begin(on);
    c.appointments.analyse();
    ++analyses;
  }
  CHECK(analyses == 2);
}

TEST_CASE("appointments: where the leader is away all month, it is put off day by day, and given up") {
  scenario setting = small_scenario();
  setting.reception.absence_rate = 1;
  setting.end = setting.start + calendar_days(90);
  bench b(setting);
  const std::uint32_t who = b.matter_in(case_state::handling);
  b.s.matters[who].repeats = 3;
  day d = b.s.today;
  while (!b.s.tables.analysis(d)) ++d;
  b.begin(d);
  b.appointments.analyse();
  REQUIRE(b.s.matters[who].listed);
  int tried = 0;
  for (sim_event e; b.s.matters[who].listed; ++d) {
    b.begin(d);
    while (b.s.queue.pop(d, e)) {
      if (e.what != happening::meeting) continue;
      CHECK(b.county.calendar().is_workday(d));
      b.appointments.meet(e.who, e.at);
      ++tried;
    }
  }
  CHECK(tried == 1 + fixed::most_moves);
  CHECK(b.s.matters[who].meetings == 0);
  CHECK(b.s.counts().outcome().sums.numerator(metric::duties_cancelled, 0) == 1);
  CHECK(b.s.counts().outcome().sums.numerator(metric::duties_moved, 0) == fixed::most_moves);
}

namespace {

constexpr minutes at(int hour, int minute = 0) { return minutes(hour * 60 + minute); }
scenario with_everybody_there() {
  scenario setting = small_scenario();
  setting.reception.absence_rate = 0;
  return setting;
}

}  // namespace

TEST_CASE("diary: nobody is in two places, and the way from one to the other takes its time") {
  bench b(with_everybody_there());
  b.diary.begin();  // a day without sessions
  const official_id leader = b.post("leader-1"), head = b.post("town-head");
  const unit_id town = b.unit("town"), village = b.unit("old-village"), street = b.unit("street"), county = b.unit("county");
  // 10 km from the seat of the county to either, at 40 km/h.
  REQUIRE(b.county.way(county, town) == minutes(15));
  REQUIRE(b.county.way(town, street) == minutes(30));
  REQUIRE(b.county.way(town, village) == minutes(3));
  b.diary.engage(leader, at(9), at(10), town, true);
  CHECK_FALSE(b.diary.is_free(leader, at(9, 30), at(10, 30), town));
  CHECK(b.diary.is_free(leader, at(10), at(11), town));
  CHECK(b.diary.is_free(leader, at(8), at(9), town));
  CHECK_FALSE(b.diary.is_free(leader, at(10, 2), at(11), village));
  CHECK(b.diary.is_free(leader, at(10, 3), at(11), village));
  CHECK_FALSE(b.diary.is_free(leader, at(10, 14), at(11), county));
  CHECK(b.diary.is_free(leader, at(10, 15), at(11), county));
  CHECK_FALSE(b.diary.is_free(leader, at(10, 29), at(11), street));
  CHECK(b.diary.is_free(leader, at(10, 30), at(11), street));
  CHECK_FALSE(b.diary.is_free(leader, at(8), at(8, 46), county));
  CHECK(b.diary.is_free(leader, at(8), at(8, 45), county));
  CHECK(b.diary.is_free(head, at(9), at(10), county));
  CHECK(b.diary.arrival(leader, at(9, 30), county) == at(10, 15));
  CHECK(b.diary.arrival(leader, at(9), county) == at(9));  // what begins together does not come before
  CHECK(b.diary.arrival(leader, at(12), county) == at(12));
  b.diary.begin();
  CHECK(b.diary.is_free(leader, at(9), at(10), county));
}

TEST_CASE("diary: a duty begins when all whom it needs have the time, or not today") {
  bench b(with_everybody_there());
  b.diary.begin();
  const std::vector<official_id> both{b.post("leader-1"), b.post("town-head")};
  const unit_id town = b.unit("town"), county = b.unit("county");
  b.diary.engage(both[0], at(9), at(10), town, true);
  b.diary.engage(both[1], at(10, 20), at(11), county, true);
  CHECK(b.diary.slot(both, at(9), minutes(30), county) == at(11));
  CHECK(b.diary.slot(both, at(9), minutes(5), town) == at(10));  // between the two, with the way to the county's seat
  CHECK(b.diary.slot(both, at(9), minutes(6), town) == at(11, 15));
  CHECK(b.diary.slot(both, at(13), minutes(60), town) == at(13));
  CHECK(b.diary.slot(both, at(13), fixed::visits_end - at(13), town) == at(13));
  CHECK_FALSE(b.diary.slot(both, at(13), fixed::visits_end - at(13) + minutes(1), town));
  CHECK(b.diary.place(both, at(9), minutes(30), county) == at(11));
  CHECK(b.diary.place(both, at(9), minutes(30), county) == at(11, 30));
  scenario setting = with_everybody_there();
  setting.reception.absence_rate = 1;
  bench away(setting);
  away.diary.begin();
  CHECK_FALSE(away.diary.place(both, at(13), minutes(30), county));
  CHECK(away.diary.is_free(both[0], at(13), at(14), county));  // and it was entered nowhere
}

TEST_CASE("diary: the hours of a day are attendance, preparation and the way there, on and back") {
  bench b(with_everybody_there());
  const official_id leader = b.post("leader-1");
  const unit_id town = b.unit("town"), county = b.unit("county");
  const auto worked = [&] {  // of that leader until now
    b.diary.close();
    return b.s.counts().outcome().officials[leader.index()].minutes;
  };
  b.diary.begin();
  b.diary.engage(leader, at(9), at(10), town, true);
  b.diary.engage(leader, at(14), at(15), town, false);  // comes to nothing
  REQUIRE(b.county.setting().county.preparation == minutes(20));
  CHECK(worked() == 60 + 20 + 15 + 15);
  CHECK(b.s.counts().outcome().sums.numerator(metric::travel_hours, 0) == 0.5);
  CHECK(b.s.counts().outcome().sums.numerator(metric::travel_km, 0) == 20);
  const double first = 110;
  b.diary.begin();
  CHECK(worked() == first);  // what was told is forgotten
  // Still on the way when the next begins: comes later.
  b.diary.engage(leader, at(9), at(10), town, true);
  b.diary.engage(leader, at(10, 10), at(11), county, true);
  REQUIRE(b.diary.arrival(leader, at(10, 10), county) == at(10, 15));
  b.diary.come_late(leader, at(10, 10), at(10, 15));
  CHECK(worked() == first + 60 + 45 + 2 * 20 + 30);
  // It lasted so long that the other is over.
  const double second = first + 175;
  b.diary.begin();
  b.diary.engage(leader, at(9), at(10), town, true);
  b.diary.engage(leader, at(10, 10), at(11), county, true);
  b.diary.prolong(leader, at(9), minutes(60));
  REQUIRE(b.diary.arrival(leader, at(10, 10), county) == at(11, 15));
  b.diary.come_late(leader, at(10, 10), at(11, 15));
  CHECK(worked() == second + 120 + 20 + 30);
  // Or not: people have stayed to be heard.
  b.diary.begin();
  b.diary.engage(leader, at(9), at(10), county, true);
  b.diary.come_late(leader, at(9), at(10, 5));
  b.diary.prolong(leader, at(10, 5), minutes(40));
  CHECK(worked() == second + 170 + 35 + 20);
  b.diary.begin();
  b.diary.engage(leader, at(9), at(10), county, true);
  b.diary.come_late(leader, at(9), at(10, 5));
  b.diary.prolong(leader, at(10, 5), minutes(5));
  CHECK(worked() == second + 225);
  // What was only planned is kept when it takes place.
  b.diary.begin();
  REQUIRE(b.diary.place(std::vector{leader}, at(10), minutes(30), county) == at(10));
  b.diary.keep(leader, at(10));
  CHECK(worked() == second + 225 + 30 + 20);
}

TEST_CASE("diary: leave and training are spans of days of a person") {
  scenario setting = small_scenario();
  setting.end = setting.start + calendar_days(2000);
  setting.load.matters_per_year = 1;
  setting.reception.absence_rate = 0.3;
  setting.reception.absence_days = calendar_days(5);
  bench b(setting);
  int away = 0, days = 0;
  std::set<int> turns;
  for (std::size_t i = 0; i < b.county.org().officials().size(); ++i) {
    std::set<int> of_one;  // on which days of five anything changes
    bool before = false;
    for (day d = b.county.start(); d <= b.county.end(); ++d) {
      b.s.today = d;
      const bool now = b.diary.is_away(official_id(i));
      if (d != b.county.start() && now != before) of_one.insert(d.since_1970() % 5);
      before = now;
      away += now;
      ++days;
    }
    CHECK(of_one.size() == 1);
    turns.insert(of_one.begin(), of_one.end());
  }
  CHECK(turns.size() == 5);  // not all begin on the same day
  CHECK(std::abs(away / static_cast<double>(days) - 0.3) < 0.03);
}

TEST_CASE("sitting: whoever is away is stood in for by the next of the rota, if that one is there and has the time") {
  scenario setting = small_scenario();
  setting.start = day(2022, 1, 1);
  setting.end = day(2024, 12, 31);
  setting.warm_up = calendar_days(0);
  setting.load.matters_per_year = 1;
  setting.reception.absence_rate = 0.4;
  setting.reception.absence_days = calendar_days(1);
  // On Mondays one of the two leaders always sits at a session of greater precedence, and can't stand in at the bureau.
  session_kind elsewhere = setting.reception[article::bureau_leader];
  elsewhere.id = "elsewhere";
  elsewhere.at.clear();
  elsewhere.units = {"town"};
  elsewhere.precedence = 9;
  elsewhere.recur.push_back(recurrence::weekly(weekday::wednesday));
  elsewhere.sensitive_duty = false;
  elsewhere.moves_for.clear();
  elsewhere.counts_for = reception_rule::none;
  setting.reception.sessions.push_back(elsewhere);
  bench b(setting);
  const reception_plan& plan = b.county.plan();
  struct duty {
    official_id who;
    minutes from, to;
    unit_id where;
  };
  int stood_in = 0, away_too = 0, sits_elsewhere = 0, nobody = 0;
  for (day d = b.county.start(); d <= b.county.end(); ++d) {
    b.begin(d);
    std::vector<year_sitting<state>::session> order(b.sitting.sessions().begin(), b.sitting.sessions().end());
    const auto kind_of = [&](const auto& one) -> const session_kind& { return plan.kind(plan.series()[one.series].where); };
    const auto of_leaders = [&](const auto& one) { return plan.traits(plan.series()[one.series].where).of_county_leaders; };
    CHECK(std::is_sorted(order.begin(), order.end(), [&](const auto& x, const auto& y) {  // called by precedence
      return of_leaders(x) != of_leaders(y) ? of_leaders(x) : kind_of(x).precedence > kind_of(y).precedence;
    }));
    std::vector<duty> duties;
    for (const auto& one : order) {
      const reception_series& s = plan.series()[one.series];
      if (plan.traits(s.where).by_clerks) continue;
      const minutes from = kind_of(one).start, to = kind_of(one).end();
      const auto is_free = [&](official_id who) {
        return std::none_of(duties.begin(), duties.end(), [&](const duty& x) {
          const minutes way = b.county.way(x.where, s.place);
          return x.who == who && from < x.to + way && x.from < to + way;
        });
      };
      std::vector<official_id> roster, expected;
      const std::uint32_t turn = *plan.next_turn(s, d);
      plan.roster(s, turn, roster);
      std::erase_if(roster, [&](official_id who) { return !is_free(who); });
      CHECK(one.seats == roster.size());
      for (std::size_t k = 0; k < roster.size(); ++k) {
        if (!b.diary.is_away(roster[k])) {
          expected.push_back(roster[k]);
          continue;
        }
        const official_id next = plan.substitute(s, turn);
        if (!next.valid()) continue;
        const bool sits_here = std::find(expected.begin(), expected.end(), next) != expected.end() ||
                               std::find(roster.begin() + static_cast<std::ptrdiff_t>(k), roster.end(), next) != roster.end();
        const bool comes = !sits_here && !b.diary.is_away(next) && is_free(next);
        if (comes) expected.push_back(next);
        stood_in += comes;
        away_too += b.diary.is_away(next);
        sits_elsewhere += !b.diary.is_away(next) && !is_free(next);
      }
      const auto sit = b.sitting.people(one);
      CHECK(std::vector<official_id>(sit.begin(), sit.end()) == expected);
      nobody += expected.empty() && one.seats > 0;
      for (official_id who : expected) duties.push_back({who, from, to, s.place});
    }
  }
  CHECK(stood_in > 20);
  CHECK(away_too > 10);
  CHECK(sits_elsewhere > 0);
  CHECK(nobody > 20);
}

TEST_CASE("sitting: R5: who sits at the bureau is missed at the linked township, and counted") {
  scenario setting = with_everybody_there();
  setting.start = day(2022, 7, 1);
  setting.end = day(2022, 8, 31);
  setting.reception[article::principal].receivers = 1;
  setting.reception[article::bureau_leader].receivers = 3;  // all of them
  bench b(setting);
  const auto linked = [&] {
    std::vector<year_sitting<state>::session> out;
    for (const auto& one : b.sitting.sessions()) {
      if (b.county.plan().series()[one.series].where == article::linked_leader) out.push_back(one);
    }
    return out;
  };
  b.begin(day(2022, 7, 15));  // a Friday
  REQUIRE_FALSE(linked().empty());
  for (const auto& one : linked()) CHECK(one.people == 1);
  CHECK(b.sitting.clashes() == 0);
  b.begin(day(2022, 8, 15));  // a Monday
  REQUIRE_FALSE(linked().empty());
  for (const auto& one : linked()) CHECK(one.people == 0);
  CHECK(b.sitting.clashes() == linked().size());
  b.begin(day(2022, 8, 16));
  CHECK(b.sitting.clashes() == 0);
  CHECK(linked().empty());
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
  b.campaign.close();
  CHECK_FALSE(b.s.matters[who].struck_off);
  b.s.matters[who].settled = true;
  b.campaign.close();
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
  b.s.matters[old].registered = b.s.date() - b.county.cutoff().age.count;
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
