// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "../coverage/selection_cases.hpp"
#include "sifang/stats.hpp"

#include <cmath>
#include <limits>
#include <vector>

using namespace sifang;

namespace {

constexpr auto noise = [](std::size_t system, std::size_t r) {
  return normal(random_source(7, 0).uniform(r, 0u, static_cast<std::uint32_t>(system)));
};

selection_options asked(double delta, std::size_t first_stage = 16) {
  selection_options o;
  o.delta = delta;
  o.first_stage = first_stage;
  return o;
}

/// Kim and Nelson's procedure once more, word for word and without anything that makes it fast.
struct twin {
  std::size_t best = 0;
  std::vector<std::size_t> replications;
};
template <class Of>
twin played_by_hand(std::size_t size, double delta, double confidence, std::size_t first, bool updated, Of of) {
  twin out{0, std::vector<std::size_t>(size, 0)};
  std::vector<std::size_t> alive(size);
  for (std::size_t k = 0; k < size; ++k) alive[k] = k;
  const double alpha = 1 - confidence;
  for (std::size_t r = first;; ++r) {
    const std::size_t seen = updated ? r : first;
    const double nu = static_cast<double>(seen) - 1;
    const double eta = 0.5 * (std::pow(2 * alpha / (static_cast<double>(size) - 1), -2 / nu) - 1), h2 = 2 * eta * nu;
    std::vector<std::size_t> staying;
    for (const std::size_t i : alive) {
      out.replications[i] = r;
      bool stays = true;
      for (const std::size_t l : alive) {
        double sum = 0, mean = 0, squares = 0;
        for (std::size_t j = 0; j < r; ++j) sum += of(l, j) - of(i, j);
        for (std::size_t j = 0; j < seen; ++j) mean += (of(l, j) - of(i, j)) / static_cast<double>(seen);
        for (std::size_t j = 0; j < seen; ++j) squares += std::pow(of(l, j) - of(i, j) - mean, 2) / nu;
        const double n = static_cast<double>(r), width = delta / (2 * n) * (h2 * squares / (delta * delta) - n);
        if (l != i && sum / n > std::max(0.0, width)) stays = false;
      }
      if (stays) staying.push_back(i);
    }
    alive = staying;
    if (alive.size() == 1) break;
  }
  out.best = alive.front();
  return out;
}

}  // namespace

TEST_CASE("a guaranteed selection is right as often as promised on known systems, judged together") {
  // With 200 trials of each a selection that is right in 95 of 100 falls below the limit once in 1,000 runs of all of these; one that
  // is right in 85 falls below it nearly always.
  const int trials = 200;
  const std::vector<selecting::problem> problems = selecting::problems();
  const double far = elementary::normal_quantile(1 - 1e-3 / static_cast<double>(problems.size()));
  std::uint64_t seed = 900;
  for (const selecting::problem& p : problems) {
    ++seed;
    if (p.truth.size() > 10) continue;  // long; the table has it
    selection_options o = selecting::asked(p, selection_variance::updated);
    o.step = 8;
    o.growth = 0.125;
    o.first_stage = 16;
    const selecting::score s = selecting::guaranteed(p, o, trials, seed);
    INFO(p.name << ": right " << s.right << ", comparisons with the best held " << s.covered << " of " << trials);
    CHECK(s.share() >= 0.95 - far * std::sqrt(0.95 * 0.05 / trials));
    CHECK(s.held() >= 0.93 - far * std::sqrt(0.93 * 0.07 / trials));
    // It is worth its name only if it does not play everyone to the end: by far fewer than the ten thousands that δ = 0.01 needs.
    CHECK(s.mean() < 400.0 * static_cast<double>(p.truth.size()));
  }
}

TEST_CASE("systems are judged by several targets rightly as often as promised") {
  const selecting::score means = selecting::judged(0.01, false, 200, 50), shares = selecting::judged(0.01, true, 200, 51);
  CHECK(means.right >= 178);  // of 200; 190 are promised, 178 or fewer come once in 1,000 runs
  CHECK(shares.right >= 178);
}

TEST_CASE("a selection is Kim and Nelson's: as many replications of each system as their procedure played by hand") {
  const auto of = [](std::size_t k, std::size_t r) { return 0.25 * static_cast<double>(k % 3) + noise(k, r) + noise(90, r); };
  for (const bool updated : {false, true}) {
    for (const std::size_t size : {2u, 5u}) {
      const twin by_hand = played_by_hand(size, 0.4, 0.9, 12, updated, of);
      selection_record record(size);
      selection_options o = asked(0.4, 12);
      o.confidence = 0.9;
      o.variance = updated ? selection_variance::updated : selection_variance::of_first_stage;
      const selection_result found = select_best(sample_each(of), record, o);
      CHECK(found.end == selection_end::decided);
      CHECK(found.best == by_hand.best);
      std::vector<std::size_t> replications;
      for (const selection_fate& f : found.fates) replications.push_back(f.replications);
      CHECK(replications == by_hand.replications);
      CHECK(found.replications == record.total());
    }
  }
}

TEST_CASE("the margin's constant is Kim and Nelson's, and is never below that of KN++") {
  // 10 systems, 95 %, 20 replications: η = ½((2·0.05/9)^(−2/19) − 1) = 0.302934…, h² = 2·η·19.
  CHECK(detail::margin_constant(0.05 / 9, 19) == Approx(11.511484538672446).epsilon(1e-12));
  CHECK(detail::margin_constant(0.05 / 9, 1e7) == Approx(-2 * std::log(2 * 0.05 / 9)).epsilon(1e-5));
  for (double freedom = 1; freedom < 1e5; freedom *= 2) CHECK(detail::margin_constant(0.05 / 9, freedom) > -2 * std::log(2 * 0.05 / 9));
}

TEST_CASE("smaller is better is larger is better of the opposite") {
  const auto of = [](std::size_t k, std::size_t r) { return 0.5 * static_cast<double>(k) + noise(k, r); };
  selection_record larger(4), smaller(4);
  selection_options o = asked(0.4);
  const selection_result a = select_best(sample_each(of), larger, o);
  o.goal = selection_goal::smaller;
  const selection_result b = select_best(sample_each([&](std::size_t k, std::size_t r) { return -of(k, r); }), smaller, o);
  CHECK(a.best == 3);
  CHECK(b.best == 3);
  CHECK(a.replications == b.replications);
  CHECK(b.fates[3].estimate == -a.fates[3].estimate);
  const best_comparison up = compare_with_best(larger, selection_goal::larger), down = compare_with_best(smaller, selection_goal::smaller);
  for (std::size_t k = 0; k < 4; ++k) CHECK(up.advantage[k].lower == down.advantage[k].lower);
  CHECK(chance_of_best(larger, selection_goal::larger) == chance_of_best(smaller, selection_goal::smaller));
}

TEST_CASE("what was played before is used, and changes nothing in what is selected") {
  const auto of = [](std::size_t k, std::size_t r) { return 0.3 * static_cast<double>(k) + noise(k, r); };
  selection_record fresh(3), begun(3);
  auto sample = sample_each(of);
  const std::vector<selection_request> before{{0, 0, 5}, {2, 0, 400}};
  REQUIRE(extend(begun, sample, detail::span_of(before)));
  const selection_result a = select_best(sample, fresh, asked(0.3)), b = select_best(sample, begun, asked(0.3));
  CHECK(a.best == b.best);
  CHECK(a.replications == b.replications);
  for (std::size_t k = 0; k < 3; ++k) CHECK(a.fates[k].estimate == b.fates[k].estimate);
}

TEST_CASE("systems that are the same in every replication cannot be told apart: the first is selected, the others are alike") {
  const auto of = [](std::size_t k, std::size_t r) { return selection_value{k == 3 ? -50.0 : noise(0, r), 1}; };
  selection_record record(4);
  const selection_result found = select_best(sample_each(of), record, asked(0.01));
  CHECK(found.end == selection_end::decided);
  CHECK(found.best == 0);
  CHECK(found.fates[1].alike);
  CHECK(found.fates[1].by == 0);
  CHECK(found.fates[2].alike);
  CHECK_FALSE(found.fates[3].alike);
  CHECK(found.fates[3].left);
  CHECK(found.fates[1].replications == 16);
  CHECK(found.fates[0].replications > 16);  // until it is told from the last one
  const std::vector<double> chance = chance_of_best(record, selection_goal::larger);
  CHECK(chance[0] == Approx(1.0 / 3));
  CHECK(chance[0] == chance[2]);
  CHECK(chance[3] == 0);
  const best_comparison beside = compare_with_best(record, selection_goal::larger);
  CHECK(beside.advantage[1].lower == 0);
  CHECK(beside.advantage[1].upper == 0);
  CHECK(beside.may_be_best[1]);
  CHECK_FALSE(beside.may_be_best[3]);
}

TEST_CASE("what never varies is decided after the first stage, a share of varying numbers too") {
  const auto of = [](std::size_t k, std::size_t r) {
    const double n = 20 + static_cast<double>(r % 7);
    return selection_value{(k == 1 ? 0.9 : 0.7) * n, n};
  };
  selection_record record(2);
  const selection_result found = select_best(sample_each(of), record, asked(1e-6));
  CHECK(found.best == 1);
  CHECK(found.replications == 32);
  for (const double u : record.influences(1, 16)) CHECK(u == 0);  // exactly, not but for rounding
  const best_comparison beside = compare_with_best(record, selection_goal::larger);
  CHECK(beside.advantage[1].lower == 0);
  CHECK(beside.advantage[1].upper == Approx(0.2));
  CHECK(beside.advantage[0].lower == Approx(-0.2));
}

TEST_CASE("a selection gives up, stops, or names the system that has no value") {
  const auto of = [](std::size_t k, std::size_t r) { return selection_value{noise(k, r), k == 1 && r < 100 ? 0.0 : 1.0}; };
  selection_record none(3), stopped(2), long_one(2);
  const selection_result a = select_best(sample_each(of), none, asked(0.1));
  CHECK(a.end == selection_end::no_value);
  CHECK(a.at == 1);

  int calls = 0;
  const auto stops = [&](std::span<const selection_request> wanted, std::span<selection_value> places) {
    return ++calls < 3 && sample_each(noise)(wanted, places);
  };
  const selection_result b = select_best(stops, stopped, asked(1e-3));
  CHECK(b.end == selection_end::stopped);
  CHECK(b.looks == 2);
  CHECK(b.fates[0].replications == 17);

  selection_options o = asked(1e-9);
  o.most = 40;
  const selection_result c = select_best(sample_each(noise), long_one, o);
  CHECK(c.end == selection_end::gave_up);
  CHECK(c.fates[0].replications == 40);
  CHECK(c.needed > 1000000);
  selection_record alone(1);
  CHECK(select_best(sample_each(noise), alone, o).best == 0);
  CHECK(alone.total() == 0);
}

TEST_CASE("a budget is dealt out as Chen and others have it") {
  // Behind by 2 and 1 with deviations 1 and 2: (1/2)² and (2/1)²; the best of deviation 3: 3·√(0.25²/1 + 4²/4).
  const std::vector<allocation_input> systems{{1, 1}, {2, 2}, {3, 3}};
  const std::vector<double> shares = allocation_shares(detail::span_of(systems), 0.1);
  const double of_best = 3 * std::sqrt(0.0625 + 4), sum = 0.25 + 4 + of_best;
  CHECK(shares[0] == Approx(0.25 / sum));
  CHECK(shares[1] == Approx(4 / sum));
  CHECK(shares[2] == Approx(of_best / sum));
  const std::vector<allocation_input> tied{{3, 1}, {3, 1}}, still{{1, 0}, {2, 0}}, one_varies{{1, 0}, {2, 5}};
  CHECK(allocation_shares(detail::span_of(tied), 0.1)[0] == Approx(0.5));
  CHECK(allocation_shares(detail::span_of(still), 0.1)[1] == 0.5);
  CHECK(allocation_shares(detail::span_of(one_varies), 0.1)[1] == 1);
  // On common numbers others are corrected by the best's replications: it has as many as they at least.
  const std::vector<allocation_input> common{{1, 1, 0}, {2, 1, 0}, {3, 1, 0}};
  CHECK(allocation_shares(detail::span_of(common), 0.1)[2] == allocation_shares(detail::span_of(common), 0.1)[1]);
}

TEST_CASE("a budget is spent to the last replication, in grains, and more of it where it tells more") {
  const auto of = [](std::size_t k, std::size_t r) { return (k == 3 ? 1.2 : k == 2 ? 1.0 : 0.0) + noise(k, r); };
  selection_record record(4);
  budget_options o{selection_goal::larger, 0.05, 403, 16, 24, 8, true};
  std::size_t looks = 0;
  const selection_result found = select_within_budget(sample_each(of), record, o, [&](std::size_t) { ++looks; });
  CHECK(found.end == selection_end::gave_up);
  CHECK(found.replications == 403);
  CHECK(record.total() == 403);
  CHECK(looks == found.looks);
  CHECK(record.count(2) + record.count(3) > 2 * (record.count(0) + record.count(1)));
  CHECK(record.count(3) >= record.count(2));  // the best corrects the others: it has as many at least
  std::size_t odd = 0;
  for (std::size_t k = 0; k < 4; ++k) odd += record.count(k) % 8 != 0;
  CHECK(odd == 1);  // the last grain was short

  selection_record still(2), same(2);
  CHECK(select_within_budget(sample_each([](std::size_t k, std::size_t) { return double(k); }), still, o).end == selection_end::decided);
  CHECK(still.total() == 32);
  CHECK(select_within_budget(sample_each([](std::size_t, std::size_t r) { return noise(0, r); }), same, o).fates[1].alike);
  CHECK(same.total() == 32);
}

TEST_CASE("on common numbers a budget selects as often as dealt out equally, where OCBA as published does not") {
  const std::vector<selecting::problem> problems = selecting::problems();
  const selecting::problem& slippage = problems[6];
  REQUIRE(slippage.name.find("common numbers") != std::string::npos);
  const int trials = 400;
  const auto beside = selecting::by_allocation(slippage, 110, 8, true, trials, 5);
  const auto published = selecting::by_allocation(slippage, 110, 8, false, trials, 5);
  CHECK(beside.right > published.right + 20);  // some 72 and 57 of 100
}

TEST_CASE("comparisons with the best are Hsu's, by Student's t of the pairs") {
  // Differences without skewness, so that bounds are Student's own: ±1 in turn, n = 20, S² = 20/19.
  const auto of = [](std::size_t k, std::size_t r) {
    const double means[] = {5, 4.6, 1};
    return means[k] + (k == 0 ? 0 : (r % 2 == 0 ? 1 : -1) * (k == 1 ? 1 : 2));
  };
  selection_record record(3);
  auto sample = sample_each(of);
  REQUIRE(extend(record, sample, std::vector<selection_request>{{0, 0, 20}, {1, 0, 20}, {2, 0, 20}}));
  const best_comparison found = compare_with_best(record, selection_goal::larger, 0.95);
  const double t = student_t_quantile(1 - 0.05 / 2, 19), error = std::sqrt(20.0 / 19 / 20);
  CHECK(found.advantage[0].estimate == Approx(0.4));
  CHECK(found.advantage[0].lower == Approx(0.4 - t * error));
  CHECK(found.advantage[0].upper == Approx(0.4 + t * error));
  CHECK(found.advantage[1].lower == Approx(-0.4 - t * error));
  CHECK(found.advantage[1].upper == Approx(-0.4 + t * error));
  CHECK(found.advantage[2].lower == Approx(std::min(-4 - 2 * t * error, -3.6 - t * error)));
  CHECK(found.advantage[2].upper == 0);
  CHECK(found.may_be_best == std::vector<bool>{true, true, false});

  selection_record few(2), none(2);
  REQUIRE(extend(few, sample, std::vector<selection_request>{{0, 0, 15}, {1, 0, 20}}));
  CHECK(compare_with_best(few, selection_goal::larger).advantage[1].kind == interval_kind::too_little_data);
  CHECK_FALSE(compare_with_best(none, selection_goal::larger).advantage[0].has_value());
}

TEST_CASE("the probability of being best is that of the normal law where values are normal") {
  const auto of = [](std::size_t k, std::size_t r) { return (k == 1 ? 0.2 : 0.0) + noise(k, r); };
  selection_record record(3);
  auto sample = sample_each(of);
  REQUIRE(extend(record, sample, std::vector<selection_request>{{0, 0, 100}, {1, 0, 100}}));
  const std::vector<double> chance = chance_of_best(record, selection_goal::larger, 4000);
  const difference_moments m = detail::difference_of(detail::sample_of(record, 1, 100, selection_goal::larger),
                                                     detail::sample_of(record, 0, 100, selection_goal::larger));
  // Within the error of 4,000 samples and what a bootstrap is off at 100 replications.
  CHECK(chance[1] == Approx(student_t_cdf(m.difference / std::sqrt(m.paired / 100), 99)).margin(0.025));
  CHECK(chance[1] > 0.6);
  CHECK(chance[1] < 0.995);
  CHECK(chance[0] + chance[1] == Approx(1));
  CHECK(chance[2] == 0);  // no replications: no ratio
  CHECK(chance == chance_of_best(record, selection_goal::larger, 4000));
}

TEST_CASE("one look at targets decides what is far from its bound, and leaves open what is near") {
  const auto of = [](std::size_t k, std::size_t r) {
    const double n = 100 + static_cast<double>(r % 11), shares[] = {0.95, 0.905, 0.7, 0.9};
    return selection_value{shares[k] * n + (k == 3 ? 0 : noise(k, r)), n};
  };
  std::vector<selection_record> measures(1, selection_record(4));
  auto sample = sample_each(of);
  REQUIRE(extend(measures[0], sample, std::vector<selection_request>{{0, 0, 30}, {1, 0, 30}, {2, 0, 30}, {3, 0, 30}}));
  const std::vector<feasibility_target> at_least{{0.9, true, 0}}, at_most{{0.9, false, 0}}, nearer{{0.905, true, 0}};
  const feasibility_result found = screen_feasibility(measures, at_least);
  using enum feasibility;
  CHECK(found.systems == std::vector<feasibility>{feasible, feasible, infeasible, feasible});
  CHECK(screen_feasibility(measures, at_most).systems == std::vector<feasibility>{infeasible, infeasible, feasible, feasible});
  CHECK(screen_feasibility(measures, nearer).systems[1] == undecided);
  CHECK(screen_feasibility(measures, nearer).end == selection_end::gave_up);
  // Two targets: what misses one is infeasible, what is open in one is open.
  std::vector<selection_record> twice{measures[0], measures[0]};
  const std::vector<feasibility_target> both{{0.9, true, 0}, {0.905, true, 0}};
  CHECK(screen_feasibility(twice, both).systems == std::vector<feasibility>{feasible, undecided, infeasible, infeasible});
  std::vector<selection_record> empty(1, selection_record(2));
  CHECK(screen_feasibility(empty, at_least).systems == std::vector<feasibility>{undecided, undecided});
}

TEST_CASE("targets are judged sequentially: far ones soon, those on the bound by the tolerance, and no further than allowed") {
  const auto of = [](std::size_t k, std::size_t r) { return 3 * static_cast<double>(k) + noise(k, r); };
  std::vector<selection_record> measures(1, selection_record(3));
  const std::vector<feasibility_target> target{{3, true, 0.05}}, fine{{3, true, 1e-6}};
  const feasibility_result found = decide_feasibility(sample_each(of), measures, target, {0.95, 16, 1, 100000, true});
  CHECK(found.end == selection_end::decided);
  CHECK(found.systems[0] == feasibility::infeasible);
  CHECK(found.systems[2] == feasibility::feasible);
  CHECK(found.systems[1] != feasibility::undecided);  // either is right
  CHECK(found.replications[1] > 2 * found.replications[0]);
  const feasibility_result open = decide_feasibility(sample_each(of), measures, fine, {0.95, 16, 1, 300, true});
  CHECK(open.end == selection_end::gave_up);
  CHECK(open.systems[1] == feasibility::undecided);
  CHECK(open.replications[1] == 300);
  const auto stops = [](std::span<const selection_request>, std::span<selection_value>) { return false; };
  std::vector<selection_record> none(1, selection_record(1));
  CHECK(decide_feasibility(stops, none, target, {}).end == selection_end::stopped);
}
