// SPDX-License-Identifier: BSL-1.0
// Door four as it is played: who is there, what is found, what is done about it, and what it changes (R29-R31, row 22).
#include "catch.hpp"
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/histories/event_log.hpp"
#include "sifang/county/histories/replay_history.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/experiment/case_story.hpp"
#include "small_world.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::small_scenario;
using sifang_tests::small_world;

namespace {

struct seen_visit {
  told_return_visit told;
  std::uint64_t entity = 0;
  int number = 0, rounds = 0;  ///< of the visit; of handlings anew before it
  bool with_unit = false;
  std::optional<case_event> outcome;
};
struct seen_peace {
  bool visited = false, helped = false, broken = false;
};

/// An observer of return visits, what comes of them, and how long peace lasts.
class visits_seen {
 public:
  static constexpr auto hooks = sifang::hooks<hook::return_visit, hook::step>;
  std::vector<seen_visit> visits;
  std::vector<seen_peace> peaces;

  void return_visit(instant, const matter& m, const told_return_visit& v) {
    visits.push_back({v, m.entity, m.returns, m.rounds, m.office != no_index, {}});
  }
  void step(instant, const matter& m, case_event e, case_state from, case_state to) {
    if (from == case_state::return_visit_due && !visits.empty() && visits.back().entity == m.entity && !visits.back().outcome)
      visits.back().outcome = e;
    if (to == case_state::settled && e != case_event::return_lapsed_settled && from != to) {
      last_peace_[m.entity] = peaces.size();
      peaces.push_back({m.returns > 0, m.helped, false});
    }
    if (e == case_event::rebound) peaces[last_peace_.at(m.entity)].broken = true;
  }

 private:
  std::map<std::uint64_t, std::size_t> last_peace_;
};

/// Many hard cases that are closed on paper, people enough to visit them all, and no other door.
scenario visiting_county() {
  scenario s = small_scenario();
  s.end = s.start + calendar_days(500);
  s.warm_up = s.run_out = calendar_days(0);
  s.load.matters_per_year = 3000;
  s.load.silent_share = 0;
  for (session_kind& k : s.reception.sessions) k.open = false;
  s.reception.irregular_per_month = 0;
  s.appointments.open = s.campaign.open = false;
  s.county.travel_speed = 120;
  s.handling.department_handlers = s.handling.township_handlers = 50;
  s.settlement.intercept = -1;
  s.repeats.rebound_share = 0.5;
  s.repeats.rebound_days = 20;
  s.clocks.return_visit = calendar_days(3);
  s.clocks.return_lapse = calendar_days(300);
  s.return_visits.visits_per_week = 1000;
  s.return_visits.length = minutes(1);
  return s;
}

using visited_year = replication<policies<>, visits_seen>;
visited_year play(const world& w) {
  visited_year r(w, {}, {});
  (void)r.run(0);
  return r;
}

/// Whether so many of so many agree with a chance, within five standard deviations.
void agrees(std::size_t n, std::size_t of, double chance) {
  CAPTURE(n, of, chance);
  REQUIRE(of > 100);
  const double sd = std::sqrt(static_cast<double>(of) * chance * (1 - chance));
  CHECK(std::abs(static_cast<double>(n) - static_cast<double>(of) * chance) <= 5 * sd + 1e-9);
}

}  // namespace

TEST_CASE("R30: a return visit finds the reason as often as the scenario says, and reasons have the shares that it says") {
  const scenario s = visiting_county();
  const world w = *small_world(s);
  auto r = play(w);
  std::size_t first = 0, found = 0;
  std::array<std::size_t, 5> of_reason{};
  for (const seen_visit& v : r.observer().visits) {
    CHECK(v.told.complete);
    CHECK(v.outcome);
    if (v.number != 1) continue;  // a matter has one reason in each round
    ++first;
    if (!v.told.reason) continue;
    ++found;
    ++of_reason[static_cast<std::size_t>(*v.told.reason)];
  }
  const auto& door = s.return_visits;
  agrees(found, first, door.found_share);
  const std::array shares{door.promise_share, door.hardship_share, door.new_facts_share, door.attitude_share,
                          1 - door.promise_share - door.hardship_share - door.new_facts_share - door.attitude_share};
  for (std::size_t i = 0; i < shares.size(); ++i) agrees(of_reason[i], found, shares[i]);
}

TEST_CASE("R30: what is done is what the reason asks for: help in hardship, work of the unit where a promise is open or facts are new") {
  const scenario s = visiting_county();
  auto r = play(*small_world(s));
  std::size_t hardship = 0, helped = 0, to_act = 0, reopened = 0;
  for (const seen_visit& v : r.observer().visits) {
    const bool found_hardship = v.told.reason == unsettled_reason::hardship;
    const bool unit_must_act = v.told.reason == unsettled_reason::promise || v.told.reason == unsettled_reason::new_facts;
    CHECK((!v.told.helped || found_hardship));
    hardship += found_hardship;
    helped += v.told.helped;
    if (v.outcome == case_event::return_reopened) CHECK(unit_must_act);
    if (!unit_must_act || v.outcome == case_event::return_settled || v.rounds >= 3 || !v.with_unit) continue;
    ++to_act;
    reopened += v.outcome == case_event::return_reopened;
  }
  agrees(helped, hardship, s.return_visits.help_share);
  agrees(reopened, to_act, s.return_visits.reopened_share);
}

TEST_CASE("R30: who finds nothing can do nothing about it, and fewer settle") {
  const auto settled_share = [](double found_share) {
    scenario s = visiting_county();
    s.return_visits.found_share = found_share;
    s.return_visits.talk_effect = s.return_visits.apology_effect = s.return_visits.help_effect = 1.5;
    auto r = play(*small_world(s));
    std::size_t settled = 0;
    for (const seen_visit& v : r.observer().visits) {
      settled += v.outcome == case_event::return_settled;
      if (found_share > 0) continue;
      CHECK_FALSE(v.told.reason);
      CHECK_FALSE(v.told.helped);
      CHECK(v.outcome != case_event::return_reopened);
    }
    return static_cast<double>(settled) / static_cast<double>(r.observer().visits.size());
  };
  CHECK(settled_share(1) > settled_share(0) + 0.1);
}

TEST_CASE("R31: a return visit, and help, change the chance of another rebound by the factors stated") {
  const auto broken = [](double by_visit, double by_help, bool visited, bool helped) {
    scenario s = visiting_county();
    s.return_visits.rebound_factor = by_visit;
    s.return_visits.help_rebound_factor = by_help;
    s.return_visits.help_share = 1;
    s.return_visits.hardship_share = 0.5;
    s.repeats.rebound_days = 1;
    auto r = play(*small_world(s));
    std::array<std::size_t, 2> n{};
    for (const seen_peace& p : r.observer().peaces) {
      if (p.visited != visited || p.helped != helped) continue;
      ++n[0];
      n[1] += p.broken;
    }
    REQUIRE(n[0] > 100);
    return static_cast<double>(n[1]) / static_cast<double>(n[0]);
  };
  // A rebound is seen a little later, so that some at the end are not: all are compared with those whom nobody visited.
  const double others = broken(1, 1, false, false);
  CHECK(others > 0.4);
  CHECK(broken(0, 1, true, false) == 0);
  CHECK(broken(0, 1, false, false) == Approx(others).margin(0.01));
  CHECK(broken(0.5, 1, true, false) == Approx(0.5 * others).margin(0.06));
  CHECK(broken(1, 0, true, true) == 0);
  CHECK(broken(1, 0, true, false) > 0.3);
  CHECK(broken(1, 0.5, true, true) == Approx(0.5 * others).margin(0.08));
}

TEST_CASE("R29: a visit without the head of a unit concerned is a violation, finds the reason less often, and the model does not take it") {
  auto tables = sifang_tests::peopled_county();
  tables.drop_links("land-head", relation::heads);  // nobody heads the department of land
  scenario s = visiting_county();
  s.load.matters_per_year = 1500;
  const auto made = small_world(s, tables);
  REQUIRE(made);
  const world& w = *made;
  replication<policies<>, visits_seen, case_ledger, event_log> r(w, {}, {}, case_ledger{}, event_log{});
  (void)r.run(0);
  std::size_t incomplete = 0, found = 0;
  std::set<std::uint64_t> ill_visited;
  for (const seen_visit& v : r.observer<visits_seen>().visits) {
    if (v.told.matter_head.valid()) CHECK(v.told.complete);
    if (v.told.complete) continue;
    ++incomplete;
    found += v.told.reason.has_value();
    ill_visited.insert(v.entity);
  }
  CHECK(r.outcome().violations[static_cast<std::size_t>(violation::r29)] == static_cast<double>(incomplete));
  agrees(found, incomplete, s.return_visits.found_incomplete_share);
  const case_rules rules = rules_of(w);
  std::size_t refused = 0;
  for (const case_row& c : r.observer<case_ledger>().cases()) {
    const replayed_case replayed = replay_history(w, rules, c, r.observer<event_log>().events());
    CHECK(replayed.refused.empty() != ill_visited.contains(c.matter));
    if (replayed.refused.empty()) continue;
    ++refused;
    CHECK(replayed.refused.front().rule == broken_rule::party_incomplete);
  }
  CHECK(refused > 50);
}

TEST_CASE("R30: help stands in the event log, the ledger and the metrics, and adds up in each; the story tells it") {
  const world w = *small_world(visiting_county());
  replication<policies<>, case_ledger, event_log> r(w, {}, case_ledger{}, event_log{});
  const replication_outcome& out = r.run(0);
  double by_event = 0, by_case = 0;
  std::uint64_t helped = no_matter;
  std::map<std::uint64_t, unsettled_reason> last_found;
  for (const history_event& e : r.observer<event_log>().events()) {
    if (e.reason) last_found[e.matter] = *e.reason;
    CHECK((!e.help || e.what == history_kind::return_visit));
    if (!e.help) continue;
    by_event += *e.help;
    helped = e.matter;
  }
  for (const case_row& c : r.observer<case_ledger>().cases()) {
    by_case += c.help;
    CHECK(c.reason.has_value() == last_found.contains(c.matter));
    if (c.reason) CHECK(*c.reason == last_found[c.matter]);
    if (c.matter != helped) continue;
    const std::string en = story_of(w, c, r.observer<event_log>().events(), language::en);
    CHECK(en.find("reason: hardship in life; help: 3000 yuan") != std::string::npos);
    CHECK(story_of(w, c, r.observer<event_log>().events(), language::zh).find("原因：生活困难；困难帮扶：3000 元") != std::string::npos);
  }
  CHECK(by_event > 0);
  CHECK(by_case == by_event);
  CHECK(out.sums.numerator(metric::help_cost, 0) == by_event);
  CHECK(out.sums.numerator(metric::hardship_helped, 0) * w.setting().return_visits.help_cost == by_event);
}
