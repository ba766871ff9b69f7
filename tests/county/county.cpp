// SPDX-License-Identifier: BSL-1.0
#include "allocation.hpp"
#include "catch.hpp"
#include "sifang/experiment/replicate.hpp"
#include "sifang/experiment/summary.hpp"
#include "tables.hpp"

#include <rapidcheck.h>

#include <map>
#include <set>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

/// What the rules need to be checked on a whole simulated county.
struct witness {
  struct seen {
    case_state from, to;
    case_event event;
    instant at;
    std::uint64_t entity;
    official_id owner, receiver;
    std::int32_t registered;
    bool settled, disputed, misrouted;
  };
  static constexpr auto hooks = sifang::hooks<hook::step, hook::session, hook::put_off>;
  std::vector<seen> steps;
  std::vector<std::pair<venue, session_totals>> sessions;
  std::vector<std::pair<day, venue>> session_days;
  int hot_spots_moved = 0, hot_spots_given_up = 0;
  void step(instant at, const matter& m, case_event e, case_state from, case_state to) {
    steps.push_back({from, to, e, at, m.entity, m.owner, m.visit_receiver, m.registered, m.settled, m.disputed, m.misrouted});
  }
  void session(const reception_series& s, day d, std::span<const official_id>, const session_totals& t) {
    sessions.emplace_back(s.where, t);
    session_days.emplace_back(d, s.where);
  }
  void put_off(day, const matter* m, field_duty, bool for_good) {
    if (m == nullptr) ++(for_good ? hot_spots_given_up : hot_spots_moved);
  }
};
using watched = replication<policies<>, witness>;

watched play(const world& w, std::uint32_t number = 0) {
  watched r(w, {}, {});
  (void)r.run(number);
  return r;
}
double total(const world&, const replication_outcome& r, metric m) { return r.sums.numerator(m, 0); }
int count(const witness& w, case_event e) {
  return static_cast<int>(std::count_if(w.steps.begin(), w.steps.end(), [&](const auto& s) { return s.event == e; }));
}

}  // namespace

TEST_CASE("every transition of the life cycle happens in a simulated county, and no other") {
  const std::vector<std::string> busy{"load.multiplier=3", "routing.accept_days_mean=9", "handling.wait_days_mean=25",
                                      "return_visits.visits_per_week=1", "return_visits.lapse=10"};
  std::vector<std::string> without_visits = busy;  // who was closed on paper and comes again waits for the issue list (row 27)
  without_visits.insert(without_visits.end(),
                        {"return_visits.open=false", "appointments.list_length=100", "appointments.field_days_per_month=10"});
  std::set<int> rows;
  for (const auto& settings : {busy, without_visits}) {
    const world w = xiapu(settings);
    for (std::uint32_t i = 0; i < 4; ++i) {
      auto r = play(w, i);
      for (const auto& s : r.observer().steps) {
        const transition* t = find_transition(s.from, s.event);
        REQUIRE(t != nullptr);
        REQUIRE(t->to == s.to);
        rows.insert(t->number);
      }
      // Row 3 is the attaching of a repeat to its case (L7, L17): counted, the case itself does not move.
      if (total(w, r.outcome(), metric::not_accepted) > 0) rows.insert(3);
    }
  }
  for (int n = 0; n <= 28; ++n) {
    INFO("row " << n);
    CHECK(rows.contains(n));
  }
}

TEST_CASE("R4: irregular visits are made as often as the scenario says, some on a later day, on workdays") {
  const world w = xiapu({"reception.irregular_per_month=3"});
  REQUIRE(w.first() == day(w.first().year(), 1, 1));
  const int months = (w.last().year() - w.first().year()) * 12 + static_cast<int>(w.last().month());
  auto r = play(w);
  int visits = 0;
  for (const auto& [d, v] : r.observer().session_days) {
    if (v != article::irregular) continue;
    ++visits;
    CHECK(w.calendar().is_workday(d));
  }
  CHECK(r.observer().hot_spots_moved > 0);  // both principal leaders sit on the 15th, and have leave
  CHECK(visits + r.observer().hot_spots_given_up == 3 * months);
  CHECK(visits > 3 * months - 6);
  const world none = xiapu({"reception.irregular_per_month=0"});
  auto q = play(none);
  for (const auto& [d, v] : q.observer().session_days) CHECK(v != article::irregular);
}

TEST_CASE("R10: nobody is turned away, unless the scenario screens, and then it is counted as a violation") {
  const world open = xiapu();
  CHECK(play(open).outcome().violations[static_cast<std::size_t>(violation::r10)] == 0);
  const world screened = xiapu({"reception.screened_share=0.3"});
  CHECK(play(screened).outcome().violations[static_cast<std::size_t>(violation::r10)] > 50);
}

TEST_CASE("R12: the leader who receives a case in person owns it") {
  const world w = xiapu();
  auto r = play(w);
  int received = 0;
  for (const auto& s : r.observer().steps) {
    if (s.event != case_event::receive_in_person) continue;
    ++received;
    CHECK(s.owner.valid());
    CHECK(s.owner == s.receiver);
    CHECK(s.at.date().since_1970() == s.registered);  // row 7: the clock of acceptance starts on the reception day
  }
  CHECK(received > 100);
}

TEST_CASE("R13: ownership does not lapse or pass on; other rules are counted as violations") {
  const world w = xiapu();
  auto r = play(w);
  std::map<std::uint64_t, official_id> owner;
  for (const auto& s : r.observer().steps) {
    if (!s.owner.valid()) {
      CHECK_FALSE(owner.contains(s.entity));
      continue;
    }
    const auto [at, first] = owner.emplace(s.entity, s.owner);
    CHECK(at->second == s.owner);
  }
  CHECK(r.outcome().violations[static_cast<std::size_t>(violation::r13)] == 0);
  const world other = xiapu({"ownership.rule=\"by_territory\""});
  CHECK(play(other).outcome().violations[static_cast<std::size_t>(violation::r13)] > 50);
}

TEST_CASE("joint ownership: both leaders hold the case, the first receiver still answers for it") {
  const auto owned_days = [](const world& w) {
    auto r = play(w);
    CHECK(r.outcome().violations[static_cast<std::size_t>(violation::r13)] == 0);
    double days = 0;
    for (const auto& o : r.outcome().officials) days += o.owned_days;
    return days;
  };
  const double alone = owned_days(xiapu()), together = owned_days(xiapu({"ownership.rule=\"joint\""}));
  CHECK(together > 1.2 * alone);  // not every case has a second leader, and shared cases close sooner
  CHECK(together < 2 * alone);
}

TEST_CASE("R16, R19, R20: appointments follow the monthly analysis, and none are held when door two is closed") {
  const world w = xiapu();
  const auto r = play(w);
  const double held = total(w, r.outcome(), metric::appointments);
  CHECK(held > 50);
  CHECK(held <= 12 * w.setting().appointments.list_length + 20);
  const world closed = xiapu({}, "xiapu-without-appointments");
  CHECK(total(closed, play(closed).outcome(), metric::appointments) == 0);
}

TEST_CASE("R24, R25: the campaign finds silent grievances, each with a responsible person and a date") {
  const world w = xiapu({"load.silent_share=0.4"});
  auto r = play(w);
  int found = 0;
  for (const matter& m : r.matters()) {
    if (!m.found_by_campaign) continue;
    ++found;
    CHECK(m.responsible.valid());
    CHECK(m.chart_target > m.registered);
    CHECK(m.channel == channel::campaign);
  }
  CHECK(found > 10);
  CHECK(r.outcome().violations[static_cast<std::size_t>(violation::r25)] == 0);
  const world closed = xiapu({}, "xiapu-without-campaign");
  CHECK(total(closed, play(closed).outcome(), metric::found_by_campaign) == 0);
}

TEST_CASE("R26: struck off against the target no unsettled item leaves the chart but what is withdrawn; by date some do") {
  const std::vector<std::string> load{"load.silent_share=0.4", "settlement.intercept=0"};
  const world target = xiapu(load);
  auto r = play(target);
  for (const matter& m : r.matters()) {
    if (m.struck_off) CHECK((m.settled_on != never || m.state == case_state::diverted || m.state == case_state::withdrawn));
  }
  CHECK(r.outcome().violations[static_cast<std::size_t>(violation::r26)] == 0);
  auto by_date = load;
  by_date.push_back("campaign.strike_off=\"date\"");
  const world date = xiapu(by_date);
  CHECK(play(date).outcome().violations[static_cast<std::size_t>(violation::r26)] > 0);
}

TEST_CASE("L6: where units dispute who accepts, their common superior decides, and the competent unit gets the case") {
  const std::vector<std::string> all{"handling.cross_department_share=1", "routing.dispute_share=1"};
  const world w = xiapu(all);
  auto r = play(w);
  std::map<std::uint64_t, day> decided;  // when it must be routed again
  int disputes = 0;
  for (const auto& s : r.observer().steps) {
    if (s.event == case_event::object && s.disputed) {
      ++disputes;
      CHECK_FALSE(s.misrouted);
      decided[s.entity] = w.calendar().add(s.at.date(), working_days(w.setting().routing.dispute_days));
    } else if (s.event == case_event::route && decided.contains(s.entity)) {
      CHECK(s.at.date() == decided[s.entity]);
      decided.erase(s.entity);
    }
  }
  CHECK(disputes > 500);
  CHECK(total(w, r.outcome(), metric::disputes) > 300);
  const world none = xiapu({"handling.cross_department_share=1", "routing.dispute_share=0"});
  CHECK(total(none, play(none).outcome(), metric::disputes) == 0);
}

TEST_CASE("R27: a case closed on paper only is due for a return visit") {
  const world w = xiapu();
  auto r = play(w);
  CHECK(count(r.observer(), case_event::schedule_return) > 20);
  const world closed = xiapu({}, "xiapu-without-return-visits");
  auto q = play(closed);
  CHECK(count(q.observer(), case_event::schedule_return) == 0);
  CHECK(total(closed, q.outcome(), metric::return_visits) == 0);
}

TEST_CASE("R28: a settled petitioner who comes again is due for a return visit and counts as a repeat") {
  const world w = xiapu({"repeats.rebound_share=0.5", "repeats.rebound_days=30"});
  auto r = play(w);
  const int rebounds = count(r.observer(), case_event::rebound);
  CHECK(rebounds > 100);
  for (const matter& m : r.matters()) CHECK(m.rebounds <= m.repeats);
}

TEST_CASE("R30, R31: a return visit ends in peace, in paper closure or in new facts; closed and gone are two flags") {
  const world w = xiapu({"settlement.intercept=0"});
  auto r = play(w);
  CHECK(count(r.observer(), case_event::return_settled) > 0);
  CHECK(count(r.observer(), case_event::return_unsettled) > 0);
  CHECK(count(r.observer(), case_event::return_reopened) > 0);
  for (const matter& m : r.matters()) {
    CHECK(m.settled == (m.state == case_state::settled));  // the grievance is gone only when the petitioner has settled
  }
}

TEST_CASE("conservation: no matter is lost or counted twice, on random scenarios") {
  CHECK(rc::check([] {
    const auto multiplier = *rc::gen::inRange(0, 40);
    const auto recur =
        *rc::gen::element<std::string>("FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=WEEKLY;BYDAY=WE", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=DAILY");
    const auto closing = *rc::gen::element<std::string>("stay", "come_back", "escalate");
    const world w = xiapu({"load.multiplier=" + std::to_string(multiplier / 10.0), "session.principal.recur=\"" + recur + "\"",
                           "reception.closing=\"" + closing + "\"", "reception.absence_rate=0.2",
                           "handling.case_limit=" + std::to_string(*rc::gen::inRange(1, 30)), "scenario.warm_up=60"});
    auto r = play(w, *rc::gen::inRange<std::uint32_t>(0, 1000));
    const auto& out = r.outcome();
    RC_ASSERT(out.born == r.matters().size());
    RC_ASSERT(out.born == out.silent + out.on_the_way + out.open + out.closed);
    // Clocks are monotone and every history is a path of the table.
    std::map<std::uint64_t, std::pair<case_state, instant>> last;
    for (const auto& s : r.observer().steps) {
      const auto at = last.find(s.entity);
      if (at == last.end()) {
        RC_ASSERT(s.from == case_state::none);
      } else {
        RC_ASSERT(at->second.first == s.from);
        RC_ASSERT(at->second.second <= s.at);
      }
      last[s.entity] = {s.to, s.at};
    }
    // Work: nobody is interviewed longer than the session and its overtime allow.
    for (const auto& [v, t] : r.observer().sessions) RC_ASSERT(t.busy <= 100 * (w.plan().length(v).count + t.overtime) + 1e-6);
  }));
}

TEST_CASE("Little's law: open cases integrated over days equal the days that cases were open") {
  const world w = xiapu();
  auto r = play(w);
  // ∫N dt from the steps, and Σ of each case's open time within the same window.
  std::map<std::uint64_t, instant> since;
  std::int64_t area = 0, times = 0, open = 0;
  instant last(w.first(), minutes(0));
  const instant end(w.last() + calendar_days(1), minutes(0));
  for (const auto& s : r.observer().steps) {
    area += open * (s.at - last).count;
    last = s.at;
    if (is_open(s.to) && !is_open(s.from)) {
      ++open;
      since[s.entity] = s.at;
    } else if (!is_open(s.to) && is_open(s.from)) {
      --open;
      times += (s.at - since[s.entity]).count;
      since.erase(s.entity);
    }
  }
  area += open * (end - last).count;
  for (const auto& [entity, from] : since) times += (end - from).count;
  CHECK(area == times);
  CHECK(open == static_cast<std::int64_t>(r.outcome().open));
}

TEST_CASE("the bytes are the same for 1, 2 and 4 threads, and a replication can be run again alone") {
  const world w = xiapu();
  const auto prints = [&](int threads) {
    std::vector<std::uint64_t> out;
    for (const auto& r : replicate(w, 8, run_options{threads, {}, nullptr})) out.push_back(r.fingerprint);
    return out;
  };
  const auto one = prints(1);
  CHECK(one == prints(2));
  CHECK(one == prints(4));
  CHECK(std::set<std::uint64_t>(one.begin(), one.end()).size() == 8);
  CHECK(play(w, 5).outcome().fingerprint == one[5]);
}

TEST_CASE("a replication allocates nothing once it has seen as much, and knows what it holds") {
  const world w = xiapu();
  replication<> r(w);
  for (std::uint32_t number = 0; number < 4; ++number) r.run(number);
  const auto before = allocations();
  const std::size_t held = r.bytes();
  for (std::uint32_t number = 0; number < 4; ++number) r.run(number);
  CHECK(allocations() == before);
  CHECK(r.bytes() == held);
  CHECK(held > r.matters().size_bytes());
  CHECK(r.most_open() > 0);
  CHECK(r.most_open() <= r.matters().size());
}

TEST_CASE("who finds no door open writes, at the minute of setting out, and nothing happens before what came earlier") {
  const world w = xiapu({"session.window.open=false"}, "xiapu-without-reception");
  auto r = play(w);
  std::set<std::int32_t> minutes_of_day;
  instant before;
  for (const auto& s : r.observer().steps) {
    REQUIRE(s.at >= before);
    before = s.at;
    if (s.event == case_event::arrive) minutes_of_day.insert(s.at.minute_of_day().count);
  }
  CHECK(std::all_of(r.matters().begin(), r.matters().end(),
                    [](const matter& m) { return m.channel != channel::visit || m.from_above || m.state == case_state::none; }));
  CHECK(minutes_of_day.size() > 400);
}

TEST_CASE("metrics of the whole county are the same whether or not they are split") {
  const world w = xiapu();
  replication<> split(w), whole(w);
  whole.split_metrics(false);
  const replication_outcome &a = split.run(3), &b = whole.run(3);
  for (std::size_t m = 0; m < metric_count; ++m) {
    CAPTURE(m);
    CHECK(a.sums.numerator(static_cast<metric>(m), 0) == b.sums.numerator(static_cast<metric>(m), 0));
    CHECK(a.sums.denominator(static_cast<metric>(m), 0) == b.sums.denominator(static_cast<metric>(m), 0));
  }
  CHECK(a.events == b.events);
  CHECK(std::equal(
      a.officials.begin(), a.officials.end(), b.officials.begin(), b.officials.end(),
      [](const official_outcome& x, const official_outcome& y) { return x.minutes == y.minutes && x.owned_days == y.owned_days; }));
  CHECK(a.sums.numerator(metric::visits, w.layout().at(dimension::channel, static_cast<std::size_t>(channel::visit))) > 0);
  CHECK(b.sums.numerator(metric::visits, w.layout().at(dimension::channel, static_cast<std::size_t>(channel::visit))) == 0);
}

TEST_CASE("a replication that moves to another county plays it as one made for it does") {
  const world a = xiapu(), b = xiapu({}, "wednesday");
  replication<> mover(a), stayer(b);
  mover.run(1);
  mover.move_to(b);
  CHECK(mover.run(2).fingerprint == stayer.run(2).fingerprint);
  CHECK(mover.bytes() == stayer.bytes());
  mover.move_to(a);
  CHECK(mover.run(2).fingerprint == play(a, 2).outcome().fingerprint);
}

TEST_CASE("common random numbers: a grievance is the same under every policy") {
  const world a = xiapu(), b = xiapu({}, "wednesday");
  auto ra = play(a), rb = play(b);
  REQUIRE(ra.matters().size() == rb.matters().size());
  for (std::size_t i = 0; i < ra.matters().size(); ++i) {
    const matter &x = ra.matters()[i], &y = rb.matters()[i];
    CHECK(x.entity == y.entity);
    CHECK(x.village == y.village);
    CHECK(x.category == y.category);
    CHECK(x.persons == y.persons);
    CHECK(x.claim == y.claim);
  }
  CHECK(ra.outcome().fingerprint != rb.outcome().fingerprint);
}

TEST_CASE("more load adds grievances and changes none of the others") {
  const world a = xiapu({"load.overdispersion=1"}), b = xiapu({"load.overdispersion=1", "load.multiplier=2"});
  auto ra = play(a), rb = play(b);
  std::set<std::uint64_t> more;
  for (const matter& m : rb.matters()) more.insert(m.entity);
  for (const matter& m : ra.matters()) CHECK(more.contains(m.entity));
  CHECK(static_cast<double>(rb.matters().size()) > 1.8 * static_cast<double>(ra.matters().size()));
}

TEST_CASE("no arrivals: nothing happens, and shares are unknown rather than zero") {
  const world w = xiapu({"load.multiplier=0", "load.backlog=0"});
  const auto runs = replicate(w, 3);
  const result_policy p = summarise(w, runs);
  CHECK(runs[0].born == 0);
  CHECK_FALSE(p.values[static_cast<std::size_t>(metric::on_time_reply_rate)][0][0].has_value());
  CHECK(p.values[static_cast<std::size_t>(metric::registrations)][0][0].estimate == 0);
}

TEST_CASE("recorded cases arrive exactly when and where they did") {
  auto in = sifang_tests::input("xiapu-2022", {"scenario.warm_up=0", "load.backlog=0"});
  case_load load;
  load.cases.push_back(
      {"a", day(2022, 2, 1), minutes(600), "350921203", "land", channel::letter, 1, calendar_days(5), calendar_days(20), true});
  load.cases.push_back({"b", day(2022, 3, 1), {}, "350921001001", "labour", channel::visit, 12, {}, {}, {}});
  const auto w = world::make(in.settings, in.place.org, in.place.calendar, &load);
  REQUIRE(w);
  auto r = play(*w);
  REQUIRE(r.matters().size() == 2);
  const matter& a = r.matters()[0];
  CHECK(day(a.registered) == day(2022, 2, 1));
  CHECK(w->org().units()[w->townships()[a.township].where].code == "350921203");
  const matter& b = r.matters()[1];
  CHECK(b.persons == 12);
  CHECK(day(b.born) == day(2022, 3, 1));
  CHECK(b.registered > b.born);  // comes to a session on a later day
  load.cases[0].place_code = "999";
  CHECK_FALSE(world::make(in.settings, in.place.org, in.place.calendar, &load));
}

TEST_CASE("extreme sessions: a setting of zero capacity or no session at all still accounts for everybody") {
  for (const auto& settings : {std::vector<std::string>{"session.window.open=false"},
                               {"reception.absence_rate=1"},
                               {"session.principal.length=15", "reception.closing=\"come_back\""},
                               {"handling.case_limit=1", "handling.department_handlers=1", "load.multiplier=5"}}) {
    const world w = xiapu(settings, "xiapu-without-reception");
    auto r = play(w);
    const auto& out = r.outcome();
    CHECK(out.born == out.silent + out.on_the_way + out.open + out.closed);
  }
}
