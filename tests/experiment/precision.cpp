// SPDX-License-Identifier: BSL-1.0
// Replications until intervals are narrow enough.
#include "catch.hpp"
#include "sifang/experiment.hpp"
#include "../coverage/cases.hpp"
#include "tables.hpp"

#include <atomic>
#include <cstring>
#include <vector>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

const std::vector<std::string> short_run{"scenario.warm_up=0"};

bool same_bytes(const study_result& a, const study_result& b) {
  const auto same = [](std::span<const double> x, std::span<const double> y) {
    return x.size() == y.size() && std::memcmp(x.data(), y.data(), x.size_bytes()) == 0;
  };
  return a.replications == b.replications && same(a.policies[0].sums.values(), b.policies[0].sums.values()) &&
         a.policies[0].print.value() == b.policies[0].print.value();
}

}  // namespace

TEST_CASE("looks at the width come at whole blocks that grow by 10 to 20 per cent or by one block") {
  const stopping_rule rule;
  CHECK(rule.least == coverage::stopping_looks_from);  // what coverage was measured for
  CHECK(rule.least % block_replications == 0);
  for (std::size_t n = rule.least; n < rule.most;) {
    const std::size_t next = rule.after(n);
    CHECK(next % block_replications == 0);
    CHECK(next > n);
    const bool gently = static_cast<double>(next) <= 1.2 * static_cast<double>(n);
    CHECK((next - n == block_replications || gently));
    CHECK(static_cast<double>(next) >= 1.1 * static_cast<double>(n));
    n = next;
  }
}

TEST_CASE("a study goes on until it is told twice in a row that it is enough, with the same bytes for any team") {
  const world county = xiapu(short_run);
  const world* one[] = {&county};
  stopping_rule rule;
  rule.least = 8;
  rule.most = 60;
  const study_result whole = run_study(thread_team{2}, one, 32);
  for (const int threads : {1, 2, 3}) {
    std::atomic<bool> stop = false;
    std::vector<std::size_t> looked;
    // Yes at 8, no at 16, yes at 24 and 32: enough at 32, whatever was begun by then.
    const study_result found = run_study_until(thread_team{threads, &stop}, stop, one, rule, [&](const study_result& so_far) {
      looked.push_back(so_far.replications);
      return so_far.replications != 16;
    });
    CHECK(looked == std::vector<std::size_t>{8, 16, 24, 32});
    CHECK(found.replications == 32);
    CHECK(stop);
    CHECK(same_bytes(found, whole));
  }
  std::atomic<bool> stop = false;
  rule.most = 20;  // no whole number of blocks
  std::size_t told = 0;
  const study_result all = run_study_until(
      thread_team{2, &stop}, stop, one, rule, [](const study_result&) { return false; }, [&](std::size_t n) { told = n; });
  CHECK(all.replications == 20);
  CHECK(told == 20);
  CHECK_FALSE(stop);
  CHECK(same_bytes(all, run_study(thread_team{1}, one, 20)));
  stop = true;  // by somebody else
  CHECK(run_study_until(thread_team{2, &stop}, stop, one, rule, [](const study_result&) { return true; }).replications == 0);
}

TEST_CASE("the width that is looked at is the one that is shown, of a figure or of its difference") {
  const world base = xiapu(short_run), other = xiapu(short_run, "wednesday"), third = xiapu({"scenario.warm_up=0", "load.multiplier=1.2"});
  const world* three[] = {&base, &other, &third};
  const study_result study = run_study(thread_team{2}, three, 24);
  const std::vector<studied_policy> policies{{&base, "a"}, {&other, "b"}, {&third, "c"}};
  const std::vector<figure_size> wanted{
      {"heard_15d", 0.2, false}, {"received", 0.02, true}, {"wait_days", 1e-9, false}, {"posts_changed", 1, false}};
  const result r = assemble("compare", policies, study, 24, {{}, wanted});
  REQUIRE(r.precision.size() == wanted.size());
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    const result_precision& p = r.precision[k];
    CAPTURE(p.metric, p.wanted, p.reached);
    CHECK(p.metric == wanted[k].metric);
    std::size_t m = 0;
    while (r.metrics[m].id != p.metric) ++m;
    bool is_shown = false, all_reach = true;
    for (std::size_t c = 0; c < 2; ++c) {
      const double half = r.comparisons[c].values[m][0][0].difference.half_width();
      const double size = wanted[k].of(r.policies[0].values[m][0][0].estimate, r.policies[c + 1].values[m][0][0].estimate);
      is_shown = is_shown || (p.reached == half && p.wanted == size);
      all_reach = all_reach && half <= size;
    }
    CHECK(is_shown);
    CHECK(p.is_reached == all_reach);
  }
  CHECK(r.precision[0].is_reached != r.precision[2].is_reached);
  // Of one policy it is that of the figure.
  study_result alone = study;
  alone.policies.resize(1);
  alone.pairs.clear();
  const result one = assemble("run", std::span(policies).first(1), alone, 24, {{}, wanted});
  CHECK(one.precision[0].reached == one.policies[0].values[static_cast<std::size_t>(metric::heard_15d)][0][0].half_width());
  CHECK(one.precision[1].wanted == 0.02 * one.policies[0].values[static_cast<std::size_t>(metric::received)][0][0].estimate);
  // Too few years, or nothing of the kind: there is no width, so it is not narrow.
  const study_result few = run_study(thread_team{2}, std::span(three).first(1), 8);
  CHECK(precision_of(base, few, std::span(wanted).first(1))[0].reached == -1);
  CHECK_FALSE(precision_of(base, few, std::span(wanted).first(1))[0].is_reached);
}
