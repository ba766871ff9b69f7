// SPDX-License-Identifier: BSL-1.0
#include "sifang/experiment/replay_study.hpp"

#include "catch.hpp"
#include "sifang/experiment/team.hpp"
#include "tables.hpp"

#include <cmath>
#include <string>
#include <vector>

using namespace sifang;

namespace {

const std::vector<std::string> small{"load.matters_per_year=500", "load.backlog=0",     "scenario.warm_up=0",
                                     "scenario.run_out=120",      "load.above_share=0", "load.silent_share=0"};

planning_input county(std::vector<std::string> settings) {
  settings.insert(settings.begin(), small.begin(), small.end());
  return sifang_tests::input("xiapu-2022", settings);
}

/// What a year of the model would leave as a ledger: of the first rounds, without the repeats, which are the model's own.
case_load ledger_of_a_year() {
  const auto in = county({});
  const auto w = world::make(in.settings, in.place.org, in.place.calendar);
  REQUIRE(w);
  replication<> r(*w);
  (void)r.run(11);
  case_load out;
  for (const matter& m : r.matters()) {
    if (m.registered == never || day(m.registered) > w->end() || m.litigation) continue;
    if (m.rounds > 0 || m.state == case_state::withdrawn) continue;  // a ledger has one acceptance
    recorded_case c;
    c.id = std::to_string(out.cases.size());
    c.date = day(m.registered);
    c.place_code = w->org().units().code(w->villages()[m.village].where);
    c.category = w->setting().categories[m.category].id;
    c.channel = m.channel;
    c.group_size = m.persons;
    if (m.first_replied != never) {
      c.acceptance = calendar_days(m.accepted - m.registered);
      c.handling = calendar_days(m.first_replied - m.accepted);
      c.settled = m.settled;
    }
    out.cases.push_back(c);
  }
  return out;
}

world under(const case_load& load, const std::vector<std::string>& settings) {
  const auto in = county(settings);
  auto w = world::make(in.settings, in.place.org, in.place.calendar, &load);
  for (const fault& f : w.faults()) FAIL(to_string(f));
  return *std::move(w);
}

}  // namespace

TEST_CASE("A ledger that the model made is predicted by the model, case by case better where luck is chosen by the record") {
  const case_load load = ledger_of_a_year();
  REQUIRE(load.cases.size() > 300);
  const world recorded = under(load, {"replay.mode=as_recorded"}), base = under(load, {}), same = under(load, {}),
              slower = under(load, {"handling.wait_days_mean=30"});
  const replay_study_result r = replay_study(thread_team{2}, recorded, base, &slower, 8, 12);
  CHECK(r.replications == 12);
  std::size_t within = 0;
  for (const replayed_figure& f : r.figures) {
    INFO(metric_table[static_cast<std::size_t>(f.which)].name << ": " << f.recorded_value() << ", " << f.predicted.estimate << " ("
                                                              << f.least << " to " << f.most << ")");
    CHECK(f.least <= f.most);
    CHECK(f.recorded.known());
    if (metric_table[static_cast<std::size_t>(f.which)].unit == "share") CHECK(std::abs(f.error()) < 0.05);
    within += f.is_within();
  }
  CHECK(r.figures.size() == 5);  // the ledger tells of acceptance, reply and settlement
  CHECK(within > 0);
  const counterfactual& c = *r.elsewhere;
  CHECK(c.conditioned.settled_right > c.drawn.settled_right + 0.1);
  CHECK(c.conditioned.reply_days_off < 0.6 * c.drawn.reply_days_off);
  CHECK(c.cases.size() == base.recorded().size());
  for (const counterfactual::change& one : c.changes) {
    if (one.which == metric::reply_days) CHECK(one.difference.lower > 2);  // slower handling
  }

  // The same policy changes nothing, whoever does the work, and not a bit.
  const replay_study_result one = replay_study(thread_team{1}, recorded, base, &same, 3, 5);
  const replay_study_result three = replay_study(thread_team{3}, recorded, base, &same, 3, 5);
  for (std::size_t k = 0; k < one.elsewhere->changes.size(); ++k) {
    const counterfactual::change &a = one.elsewhere->changes[k], &b = three.elsewhere->changes[k];
    CHECK(a.difference.estimate == 0);
    CHECK(a.base.estimate == b.base.estimate);
  }
  for (std::size_t i = 0; i < one.elsewhere->cases.size(); ++i) {
    const case_elsewhere &a = one.elsewhere->cases[i], &b = three.elsewhere->cases[i];
    CHECK(a.days_base == a.days_other);
    CHECK(a.settled_base == b.settled_other);
  }
}
