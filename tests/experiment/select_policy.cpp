// SPDX-License-Identifier: BSL-1.0
// The best of several policies, by years that a team plays.
#include "catch.hpp"
#include "sifang/experiment.hpp"
#include "sifang/experiment/select_policy.hpp"
#include "sifang/io/selection_results.hpp"
#include "sifang/io/selection_tables.hpp"
#include "sifang/stats/feasibility.hpp"
#include "tables.hpp"

#include <atomic>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

/// A quarter, so that a year takes a moment.
world quarter(const std::vector<std::string>& more = {}) {
  std::vector<std::string> settings{"scenario.start=2022-03-01", "scenario.end=2022-05-31", "scenario.warm_up=60", "scenario.run_out=0"};
  settings.insert(settings.end(), more.begin(), more.end());
  return xiapu(settings);
}
std::vector<study_arm> arms_of(const std::vector<world>& worlds) {
  std::vector<study_arm> out;
  for (const world& w : worlds) out.emplace_back(w);
  return out;
}
const std::vector<world>& three() {  // absent leaders: the more of them, the longer people wait
  static const std::vector<world> worlds = [] {
    std::vector<world> out;
    for (const char* absence : {"reception.absence_rate=0.3", "reception.absence_rate=0.02", "reception.absence_rate=0.6"})
      out.push_back(quarter({absence}));
    return out;
  }();
  return worlds;
}
policy_selection_options asked(metric what) {
  policy_selection_options o;
  o.what = what;
  return o;
}
const std::vector<std::string> names{"a", "b", "c"};

}  // namespace

TEST_CASE("the policy with fewer absent leaders is selected, the same bytes for any number of threads") {
  const std::vector<study_arm> arms = arms_of(three());
  std::vector<std::string> texts;
  for (const int threads : {1, 2, 3}) {
    std::size_t looks = 0;
    const policy_selection s =
        select_policy(thread_team{threads}, arms, asked(metric::heard_30d), [&](const selection_result&, std::size_t) { ++looks; });
    CHECK(s.is_guaranteed());
    CHECK(s.found.best == 1);
    CHECK(s.delta == 0.005);  // half a point: the default
    CHECK(s.found.looks == looks);
    CHECK(s.found.fates[2].left);
    CHECK(s.chances[1] > 0.95);
    CHECK(s.beside.advantage[1].lower >= 0);
    texts.push_back(selection_json(s, names, {}) + selection_csv(s, names) + selection_tables(s, names, language::en));
  }
  CHECK(texts[0] == texts[1]);
  CHECK(texts[0] == texts[2]);
}

TEST_CASE("years of a selection are those of a study: the same estimates over as many years") {
  const std::vector<study_arm> arms = arms_of(three());
  policy_selection_options o = asked(metric::wait_days_p90);
  o.delta = figure_size{"wait_days_p90", 1e-9, false};
  o.most = 32;
  const policy_selection s = select_policy(thread_team{2}, arms, o);
  CHECK(s.found.end == selection_end::gave_up);
  CHECK_FALSE(s.is_guaranteed());
  std::vector<const world*> places;
  for (const world& w : three()) places.push_back(&w);
  const study_result study = run_study(thread_team{2}, places, 32);
  for (std::size_t k = 0; k < 3; ++k) {
    const interval there = summarise(three()[k], study.policies[k]).values[static_cast<std::size_t>(metric::wait_days_p90)][0][0];
    CHECK(s.estimates[k].estimate == Approx(there.estimate).epsilon(1e-12));
    CHECK(s.estimates[k].lower == Approx(there.lower).epsilon(1e-9));
    CHECK(s.found.fates[k].replications == 32);
  }
  CHECK(selection_tables(s, names, language::en).find("Not decided after 32 years") != std::string::npos);
  CHECK(selection_json(s, names, {}).find("\"end\":\"gave_up\"") != std::string::npos);
}

TEST_CASE("policies that are equal are as good as each other, and are said to be") {
  std::vector<world> equal;
  for (int k = 0; k < 3; ++k) equal.push_back(quarter());
  const policy_selection s = select_policy(thread_team{2}, arms_of(equal), asked(metric::heard_15d));
  CHECK(s.found.best == 0);
  CHECK(s.found.replications == 96);
  CHECK(s.found.fates[2].alike);
  CHECK(s.chances[1] == Approx(1.0 / 3));
  CHECK(selection_tables(s, names, language::en).find("any of them is as good") != std::string::npos);
  CHECK(selection_tables(s, names, language::zh).find("任一方案均可") != std::string::npos);
}

TEST_CASE("in stages the same policy is selected, with a promise of its own") {
  const std::vector<study_arm> arms = arms_of(three());
  policy_selection_options o = asked(metric::heard_30d);
  o.method = selection_method::staged;
  const policy_selection s = select_policy(thread_team{2}, arms, o), again = select_policy(thread_team{1}, arms, o);
  CHECK(s.is_guaranteed());
  CHECK(s.found.best == 1);
  CHECK((s.found.fates[0].left && s.found.fates[2].left));
  for (const selection_fate& f : s.found.fates) CHECK(f.replications % block_replications == 0);
  CHECK(selection_json(s, names, {}) == selection_json(again, names, {}));
  CHECK(selection_json(s, names, {}).find("\"method\":\"gsp\"") != std::string::npos);
  CHECK(selection_tables(s, names, language::en).find("it is the best, or nearer to the best than 0.5 pp.") != std::string::npos);
  CHECK(selection_tables(s, names, language::zh).find("所选方案与最优方案相差不到 0.5个百分点 的概率在 95 % 以上") != std::string::npos);
  std::vector<world> equal;
  for (int k = 0; k < 2; ++k) equal.push_back(quarter());
  o.delta = figure_size{"heard_30d", 0.2, false};
  CHECK(select_policy(thread_team{2}, arms_of(equal), o).found.fates[1].alike);
}

TEST_CASE("a budget is spent where it tells most, and its answer promises nothing") {
  const std::vector<study_arm> arms = arms_of(three());
  policy_selection_options o = asked(metric::heard_days);
  o.budget = 100;
  CHECK(least_budget(3, o) == 48);
  const policy_selection s = select_policy(thread_team{2}, arms, o);
  CHECK(s.found.replications == 100);
  CHECK(s.found.best == 1);
  CHECK(s.delta == 0.5);
  CHECK_FALSE(s.is_guaranteed());
  CHECK(selection_tables(s, names, language::en).find("Nothing is guaranteed") != std::string::npos);
  CHECK(selection_json(s, names, {}).find("\"guaranteed\":false") != std::string::npos);
}

TEST_CASE("a selection that is stopped, has no value or no difference that matters says so") {
  const std::vector<study_arm> arms = arms_of(three());
  const std::atomic<bool> stop = true;
  CHECK(select_policy(thread_team{2, &stop}, arms, asked(metric::heard_15d)).found.end == selection_end::stopped);

  std::vector<world> closed;
  for (int k = 0; k < 2; ++k) closed.push_back(quarter({"load.matters_per_year=0", "load.backlog=0"}));
  const policy_selection none = select_policy(thread_team{1}, arms_of(closed), asked(metric::heard_15d));
  CHECK(none.found.end == selection_end::no_value);
  CHECK(none.found.at == 0);
  const policy_selection nothing = select_policy(thread_team{1}, arms_of(closed), asked(metric::overdue));
  CHECK(nothing.delta == 0);
}

TEST_CASE("a metric without a good direction selects nothing") {
  CHECK(goal_of(metric::heard_15d) == selection_goal::larger);
  CHECK(goal_of(metric::heard_days) == selection_goal::smaller);
  for (const metric_info& m : metric_table) CHECK(goal_of(m.id).has_value() == (m.better != "none"));
}

TEST_CASE("years of several metrics are judged by targets, each policy by all of them") {
  const std::vector<study_arm> arms = arms_of(three());
  const thread_team team{2};
  const metric what[] = {metric::heard_30d, metric::leader_hours};
  policy_sampler sample(team, std::span<const study_arm>(arms), what);
  std::vector<selection_record> measures(2, selection_record(3));
  std::vector<selection_request> wanted{{0, 0, 16}};
  std::vector<selection_value> values(32);
  REQUIRE(sample(wanted, values));
  const double share = 0.5, hours = 1e9;
  const std::vector<feasibility_target> targets{{share, true, 0.02}, {hours, false, 1}};
  const feasibility_result found = decide_feasibility(sample, measures, targets, {0.95, 16, 8, 400, true});
  CHECK(found.targets[0][1] == feasibility::feasible);
  for (std::size_t k = 0; k < 3; ++k) {
    const double seen = *measures[0].ratio(k);
    if (found.targets[k][0] != feasibility::undecided) CHECK((found.targets[k][0] == feasibility::feasible) == (seen > share));
  }
  // Values of one policy are asked for one year after another, all metrics of a year together.
  CHECK(values[0].y == measures[0].values(0)[0].y);
  CHECK(values[1].y == measures[1].values(0)[0].y);
  CHECK(values[31].y == measures[1].values(0)[15].y);
}

TEST_CASE("a comparison of three policies says how probable it is that each is the best") {
  std::vector<studied_policy> policies;
  std::vector<const world*> places;
  for (std::size_t k = 0; k < 3; ++k) {
    policies.push_back({&three()[k], names[k]});
    places.push_back(&three()[k]);
  }
  const study_result study = run_study(thread_team{2}, places, 16, detail::tell_nobody{}, true);
  const result r = assemble("compare", policies, study, 16);
  REQUIRE_FALSE(r.chances.empty());
  for (const result_chances& c : r.chances) {
    REQUIRE(c.best.size() == 3);
    CHECK(c.best[0] + c.best[1] + c.best[2] == Approx(1));
  }
  const auto heard = std::find_if(r.chances.begin(), r.chances.end(), [](const result_chances& c) { return c.metric == "heard_30d"; });
  REQUIRE(heard != r.chances.end());
  CHECK(heard->best[1] > 0.9);
  const study_result without = run_study(thread_team{2}, places, 16);
  CHECK(assemble("compare", policies, without, 16).chances.empty());
}
