// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/policies/dated_roster.hpp"
#include "sifang/experiment/compare.hpp"
#include "sifang/experiment/replicate.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/summary.hpp"
#include "small_world.hpp"
#include "tables.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace sifang;
using sifang_tests::small_scenario;
using sifang_tests::small_world;
using sifang_tests::xiapu;

namespace {

template <class Set = policies<>>
std::uint64_t fingerprint_of(const world& w, const Set& set = {}) {
  replication<policies_of<Set>> r(w, as_policies(set));
  return r.run(3).fingerprint;
}

/// Who sits where on which day, of county leaders' sessions, and how many are missed.
struct seats {
  static constexpr auto hooks = sifang::hooks<hook::seated, hook::clash>;
  std::map<std::int32_t, std::vector<official_id>> by_day;
  std::map<std::uint64_t, int> at_bureau;
  std::uint32_t clashes = 0;
  void seated(const reception_series& s, day d, std::span<const official_id> people, std::size_t) {
    if (s.where != article::bureau_leader && s.where != article::principal && s.where != article::linked_leader) return;
    for (official_id who : people) {
      by_day[d.since_1970()].push_back(who);
      if (s.where == article::bureau_leader) ++at_bureau[who.value()];
    }
  }
  void clash(day, std::uint32_t leaders) { clashes += leaders; }
  [[nodiscard]] bool nobody_twice() const {
    return std::all_of(by_day.begin(), by_day.end(), [](const auto& one) {
      return std::set<official_id>(one.second.begin(), one.second.end()).size() == one.second.size();
    });
  }
};

template <class Set>
double r5_of(const world& w, const Set& set) {
  return replicate(w, 1, {}, set)[0].violations[static_cast<std::size_t>(violation::r5)];
}

/// Remembers how often it was asked, and answers by luck.
struct forgetful {
  struct state {
    int asked = 0;
  };
  static inline std::vector<std::pair<int, double>> seen;
  closing_policy at_closing(const closing_request&, state& s, policy_luck& luck) const {
    seen.emplace_back(++s.asked, luck());
    return closing_policy::stay;
  }
};

struct counts_visits {
  static constexpr auto hooks = sifang::hooks<hook::started, hook::visit>;
  static constexpr std::array metrics{own_metric{"my_visits", "visits", "none", "load", "Visits", "来访", quantity::count}};
  const world* w = nullptr;
  double visits = 0, all = 0;
  void started(const world& at, std::uint32_t) { w = &at, visits = 0; }
  void visit(const reception_series&, day d, const matter&, const visit_outcome*, official_id) {
    visits += w->counts(d);
    ++all;
  }
  void measure(std::span<tally::ratio> out) const { out[0] = {visits, 1}; }
  void merge(counts_visits&& one) { all = all * 3 + one.all; }  // depends on the order
};

struct counts_steps {
  static constexpr auto hooks = sifang::hooks<hook::step>;
  std::uint64_t steps = 0;
  void step(instant, const matter&, case_event, case_state, case_state) { ++steps; }
};

}  // namespace

TEST_CASE("a scenario's rules put in as policies of one's own play the same year") {
  const world w = xiapu({"load.multiplier=6"});
  const std::uint64_t base = fingerprint_of(w);
  const auto same = [&](const auto& policy) { CHECK(fingerprint_of(w, policy) == base); };
  same(named_roster::of(w));
  same(named_queue_order::of(w));
  same(named_closing::of(w));
  same(named_routing::of(w));
  same(ownership_of(w));
  same(named_handover::of(w));
  same(named_supervision::of(w));
  same(named_handling_order::of(w));
  same(named_extension::of(w));
  same(named_agenda::of(w));
  same(named_field_visits::of(w));
  same(named_campaign_plan::of(w));
  same(named_strike_off::of(w));
  same(named_return_timing::of(w));
  same(named_admission::of(w));
  CHECK(fingerprint_of(w, policies{}.with(named_routing::of(w)).with(named_roster::of(w)).with(named_queue_order::of(w))) == base);
}

TEST_CASE("every rule that a scenario can name changes the year, and only where it is named") {
  const std::uint64_t base = fingerprint_of(xiapu({"load.multiplier=20"}));
  for (const char* setting : {"reception.roster=all", "reception.roster=least_burdened", "reception.queue_order=longest_case",
                              "reception.queue_order=groups_last", "routing.rule=by_territory", "routing.rule=by_subject",
                              "routing.rule=least_burdened", "handling.order=by_due_date", "ownership.rule=handover"}) {
    INFO(setting);
    CHECK(fingerprint_of(xiapu({"load.multiplier=20", setting})) != base);
  }
  CHECK(fingerprint_of(xiapu({"reception.booked_share=0.4", "reception.queue_order=by_appointment"})) !=
        fingerprint_of(xiapu({"reception.booked_share=0.4"})));
  CHECK(fingerprint_of(xiapu({"load.multiplier=20", "reception.queue_order=first_come", "routing.rule=by_competence",
                              "handling.order=first_come"})) == base);
}

TEST_CASE("whatever the roster, nobody sits in two places, and the least burdened share the bureau's days") {
  for (const char* rule : {"in_turn", "all", "least_burdened"}) {
    INFO(rule);
    const world w = xiapu({std::string("reception.roster=") + rule, "reception.absence_rate=0", "posts.turnover_per_year=0",
                           "reception.irregular_per_month=0"});
    replication<policies<>, seats> r(w, {}, {});
    (void)r.run(0);
    const seats& told = r.observer();
    CHECK(told.nobody_twice());
    CHECK(told.clashes > 0);  // the 15th falls on a Monday at some time
    int least = 1000, most = 0;
    for (const auto& [who, times] : told.at_bureau) least = std::min(least, times), most = std::max(most, times);
    if (std::string(rule) == "least_burdened") CHECK(most <= least + 12);  // those who sit elsewhere too sit here less
    if (std::string(rule) == "all") CHECK(least == most);
  }
}

TEST_CASE("a table says who sits, and what it does not have is as planned") {
  const world w = xiapu({"reception.absence_rate=0", "posts.turnover_per_year=0"});
  const official_id always = w.org().officials_with(role::county_leader)[3];
  dated_roster table;
  const auto mondays = w.plan().dates(article::bureau_leader);
  for (day d : mondays.first(mondays.size() / 2)) table.add(article::bureau_leader, w.bureau(), d, always);
  CHECK(table.sessions() == mondays.size() / 2);
  replication<policies<dated_roster>, seats> r(w, as_policies(table), {});
  (void)r.run(0);
  const seats& told = r.observer();
  CHECK(told.nobody_twice());
  CHECK(told.at_bureau.at(always.value()) >= static_cast<int>(mondays.size() / 2));
  CHECK(told.at_bureau.size() > 5);
}

TEST_CASE("a roster made to spread duties fills every seat, and spreads them better than turns do") {
  // Where the 15th is postponed onto Mondays, turns leave some with more to do than others.
  const world w = xiapu({"reception.absence_rate=0", "posts.turnover_per_year=0", "reception.irregular_per_month=0"}, "postponed-15th");
  const spread_roster made = make_spread_roster(w);
  CHECK(made.found.total >= made.found.bound);
  CHECK(made.table.sessions() ==
        w.plan().dates(article::bureau_leader).size() + w.plan().dates(article::principal).size());  // no seat is empty
  const auto gap = [&](const auto& set) {
    replication<policies_of<std::remove_cvref_t<decltype(set)>>, seats> r(w, as_policies(set), {});
    (void)r.run(0);
    CHECK(r.observer().nobody_twice());
    std::map<official_id, int> duties;
    for (official_id who : w.org().officials_with(role::county_leader)) duties[who] = 0;
    for (const auto& [d, people] : r.observer().by_day) {
      for (official_id who : people) {
        if (duties.count(who) != 0) ++duties[who];
      }
    }
    const auto [least, most] =
        std::minmax_element(duties.begin(), duties.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most->second - least->second;
  };
  CHECK(gap(made.table) <= gap(policies{}));
  CHECK(r5_of(w, made.table) <= r5_of(w, policies{}));
}

TEST_CASE("a rule of handover keeps owners near the limit, breaks R13 and says so") {
  const std::vector<std::string> load{"load.multiplier=4", "ownership.cap=6"};
  auto with = load;
  with.emplace_back("ownership.rule=handover");
  const world kept = xiapu(load), handed = xiapu(with);
  replication<> a(kept), b(handed);
  const replication_outcome &x = a.run(0), &y = b.run(0);
  // In the mean of the year, principal leaders too: what is over the limit goes to leaders linked to the townships.
  const auto most = [](const replication_outcome& r, const world& w) {
    double out = 0;
    for (std::size_t i = 0; i < r.officials.size(); ++i)
      out = std::max(out, w.is_county_leader(official_id(i)) ? r.officials[i].owned_days : 0);
    return out;
  };
  CHECK(4 * most(x, kept) > 5 * most(y, handed));
  CHECK(most(y, handed) < 1.2 * 6 * 365);
  CHECK(x.violations[static_cast<std::size_t>(violation::r13)] == 0);
  CHECK(y.violations[static_cast<std::size_t>(violation::r13)] > 50);
}

TEST_CASE("a policy's state is made anew, and its luck depends on the question alone") {
  const world w = xiapu();
  replication<policies<forgetful>> r(w, as_policies(forgetful{}));
  forgetful::seen.clear();
  (void)r.run(5);
  const auto first = std::exchange(forgetful::seen, {});
  (void)r.run(6);
  const auto other = std::exchange(forgetful::seen, {});
  (void)r.run(5);
  CHECK(forgetful::seen == first);
  CHECK(other != first);
  REQUIRE(first.size() > 100);
  CHECK(first.front().first == 1);
  CHECK(first.back().first == static_cast<int>(first.size()));
  std::set<double> different;
  for (const auto& [asked, luck] : first) different.insert(luck);
  CHECK(different.size() > first.size() * 9 / 10);  // of one place and day there is one luck
}

TEST_CASE("several observers are told the same, and what they see changes nothing") {
  const world w = *small_world();
  replication<> plain(w);
  replication<policies<>, counts_steps, counts_visits> watched(w, {}, {}, {});
  CHECK(plain.run(1).fingerprint == watched.run(1).fingerprint);
  CHECK(watched.observer<0>().steps > 100);
  CHECK(watched.observer<counts_visits>().all > 0);
  CHECK(watched.observer<1>().visits == watched.outcome().sums.numerator(metric::visits, w.layout().at(dimension::all, 0)));
}

TEST_CASE("observers of replications are merged in order, for any number of threads") {
  const world w = *small_world();
  counts_visits one, two, by_hand;
  run_options alone, both;
  alone.threads = 1;
  both.threads = 2;
  const auto a = replicate(w, 9, alone, policies{}, one);
  const auto b = replicate(w, 9, both, policies{}, two);
  for (std::uint32_t i = 0; i < 9; ++i) {
    replication<policies<>, counts_visits> r(w, {}, {});
    CHECK(r.run(i).fingerprint == a[i].fingerprint);
    CHECK(a[i].fingerprint == b[i].fingerprint);
    by_hand.merge(std::move(r.observer()));
  }
  CHECK(one.all == by_hand.all);
  CHECK(two.all == by_hand.all);
  CHECK(one.all > 0);
}

TEST_CASE("a metric of one's own is estimated and compared as the built-in one that measures the same") {
  const world base = *small_world(), other = [] {
    scenario s = small_scenario();
    s.load.online_share -= 0.2;
    s.load.visit_share += 0.2;
    return *small_world(s);
  }();
  const std::array arms{study_arm(base, policies{}, counts_visits{}), study_arm(other, policies{}, counts_visits{})};
  const study_result found = run_study(thread_team{2}, arms, 40);
  REQUIRE(found.own_metrics.size() == 1);
  CHECK(found.own_metrics[0].name == "my_visits");
  const auto visits = static_cast<std::size_t>(metric::visits);
  const auto equal = [](const interval& a, const interval& b) {
    return a.estimate == b.estimate && a.lower == b.lower && a.upper == b.upper;
  };
  for (std::size_t k = 0; k < 2; ++k) {
    const result_policy p = summarise(arms[k].place(), found.policies[k], 0.95, found.own_metrics);
    REQUIRE(p.values.size() == metric_count + 1);
    CHECK(equal(p.values.back()[0][0], p.values[visits][0][0]));
    CHECK(p.values.back()[0][0].estimate > 1);
  }
  const result_comparison change = compare(base, 0, found.policies[0], 1, found.policies[1], found.pairs[0], found.own_metrics);
  REQUIRE(change.values.size() == metric_count + 1);
  CHECK(equal(change.values.back()[0][0].difference, change.values[visits][0][0].difference));
  CHECK(change.values.back()[0][0].difference.estimate > 0);
  CHECK(change.values.back()[0][0].verdict == change.values[visits][0][0].verdict);
  CHECK(result_metrics(found.own_metrics).size() == metric_count + 1);
  CHECK(result_metrics(found.own_metrics).back().id == "my_visits");

  // Without it, the same sums of all else.
  const std::array<const world*, 2> worlds{&base, &other};
  const study_result plain = run_study(thread_team{1}, worlds, 40);
  CHECK(plain.policies[1].print.value() == found.policies[1].print.value());
}
