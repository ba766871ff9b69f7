// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "../coverage/selection_cases.hpp"
#include "sifang/stats/good_selection.hpp"
#include "sifang/stats/selection_constants.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

using namespace sifang;

namespace {

constexpr auto noise = [](std::size_t system, std::size_t r) {
  return normal(random_source(11, 0).uniform(r, 0u, static_cast<std::uint32_t>(system)));
};

good_selection_options asked(double delta, std::size_t first_stage = 16) {
  good_selection_options o;
  o.delta = delta;
  o.first_stage = first_stage;
  return o;
}

/// Ni, Ciocan, Henderson and Hunter's procedure once more, from their formulas.
struct staged_twin {
  std::size_t best = 0;
  std::vector<std::size_t> replications;
};
template <class Of>
staged_twin played_by_hand(std::size_t size, const good_selection_options& o, Of of) {
  const double nu = static_cast<double>(o.first_stage - 1), alpha = (1 - o.confidence) / 2, pairs = static_cast<double>(size - 1);
  const double eta = screening_constant(alpha / pairs, nu), h = rinott_constant(1 - alpha / pairs, nu, 2);
  const auto mean = [&](std::size_t k, std::size_t n) {
    double sum = 0;
    for (std::size_t r = 0; r < n; ++r) sum += of(k, r);
    return sum / static_cast<double>(n);
  };
  std::vector<double> s2(size, 0.0);
  std::vector<std::size_t> rinott(size), batch(size);
  double further = 0, deviations = 0;
  for (std::size_t k = 0; k < size; ++k) {
    const double m = mean(k, o.first_stage);
    for (std::size_t r = 0; r < o.first_stage; ++r) s2[k] += std::pow(of(k, r) - m, 2) / nu;
    rinott[k] = std::max(o.first_stage, static_cast<std::size_t>(std::ceil(std::pow(h / o.delta, 2) * s2[k])));
    further += static_cast<double>(rinott[k] - o.first_stage);
    deviations += std::sqrt(s2[k]);
  }
  for (std::size_t k = 0; k < size; ++k)
    batch[k] = static_cast<std::size_t>(std::ceil(further / 2 / static_cast<double>(o.rounds) * std::sqrt(s2[k]) / deviations));
  const auto n = [&](std::size_t k, std::size_t round) { return std::min(o.first_stage + round * batch[k], rinott[k]); };
  const auto tau = [&](std::size_t i, std::size_t j, std::size_t round) {
    return 1 / (s2[i] / static_cast<double>(n(i, round)) + s2[j] / static_cast<double>(n(j, round)));
  };
  staged_twin out{0, std::vector<std::size_t>(size, 0)};
  std::vector<std::size_t> alive(size);
  for (std::size_t k = 0; k < size; ++k) alive[k] = k;
  for (std::size_t round = 0; round <= o.rounds && alive.size() > 1; ++round) {
    std::vector<std::size_t> staying;
    for (const std::size_t i : alive) {
      out.replications[i] = n(i, round);
      const bool stays = std::all_of(alive.begin(), alive.end(), [&](std::size_t j) {
        const double y = tau(i, j, round) * (mean(i, n(i, round)) - mean(j, n(j, round)));
        return j == i || y >= -eta * std::sqrt(nu * tau(i, j, o.rounds));
      });
      if (stays) staying.push_back(i);
    }
    alive = staying;
  }
  if (alive.size() > 1) {
    for (const std::size_t i : alive) out.replications[i] = rinott[i];
  }
  out.best = *std::max_element(alive.begin(), alive.end(),
                               [&](std::size_t a, std::size_t b) { return mean(a, out.replications[a]) < mean(b, out.replications[b]); });
  return out;
}

}  // namespace

TEST_CASE("Rinott's constant is that of a sum of two t variables, and of normal ones in the limit") {
  // With one degree of freedom t is Cauchy's law, and the sum of two has twice its scale.
  CHECK(rinott_constant(0.95, 1, 2) == Approx(2 * std::tan(0.45 * std::numbers::pi)).epsilon(1e-5));
  CHECK(rinott_constant(0.75, 1, 2) == Approx(2.0).epsilon(1e-5));
  for (const std::size_t systems : {2u, 5u, 40u}) {
    const double power = std::pow(0.95, 1 / static_cast<double>(systems - 1));
    const double limit = std::numbers::sqrt2 * elementary::normal_quantile(power);
    CHECK(rinott_constant(0.95, 1e8, systems) > limit * (1 - 1e-9));
    // More systems are not independent of one another: their differences share the best one.
    CHECK(rinott_constant(0.95, 1e8, systems) == Approx(limit).epsilon(1e-3));
    CHECK(rinott_constant(0.95, 9, systems) > rinott_constant(0.95, 31, systems));
  }
  CHECK(rinott_constant(0.95, 31, 10) < rinott_constant(0.99, 31, 10));
}

TEST_CASE("the screening constant is exact where the lesser of two is an exponential variable") {
  // With two degrees of freedom it has mean 1, and E[2(1 − Φ(η√R))] = 1 − η/√(η² + 2).
  for (const double error : {0.5, 0.05, 0.001}) {
    const double part = 1 - error;
    CHECK(screening_constant(error, 2) == Approx(std::numbers::sqrt2 * part / std::sqrt(1 - part * part)).epsilon(1e-5));
  }
  // In the limit R is ν itself.
  CHECK(screening_constant(0.05, 1e8) * 1e4 == Approx(elementary::normal_quantile(0.975)).epsilon(1e-3));
  CHECK(screening_constant(0.05, 9) > screening_constant(0.05, 99));
}

TEST_CASE("a good selection is found as often as promised on known systems, judged together") {
  const int trials = 100;
  const std::vector<selecting::problem> problems = selecting::problems();
  const double far = elementary::normal_quantile(1 - 1e-3 / static_cast<double>(problems.size()));
  std::uint64_t seed = 1900;
  for (const selecting::problem& p : problems) {
    ++seed;
    if (p.truth.size() > 10) continue;  // long; the table has it
    const selecting::score s = selecting::good(p, trials, seed);
    INFO(p.name << ": right " << s.right << " of " << trials);
    CHECK(s.share() >= 0.95 - far * std::sqrt(0.95 * 0.05 / trials));
    CHECK(s.mean() < 800.0 * static_cast<double>(p.truth.size()));
  }
}

TEST_CASE("a good selection has as many replications of each system as the procedure played by hand") {
  const auto of = [](std::size_t k, std::size_t r) {
    return 0.2 * static_cast<double>(k % 3) + (1 + 0.3 * static_cast<double>(k)) * noise(k, r);
  };
  for (const std::size_t size : {2u, 6u}) {
    for (const double delta : {0.3, 0.8}) {
      const good_selection_options o = asked(delta, 12);
      const staged_twin by_hand = played_by_hand(size, o, of);
      selection_record record(size);
      std::vector<std::size_t> lefts;
      const selection_result found =
          select_good(sample_each(of), record, o, [&](const selection_result&, std::size_t left) { lefts.push_back(left); });
      CHECK(found.end == selection_end::decided);
      CHECK(found.best == by_hand.best);
      std::vector<std::size_t> replications;
      for (const selection_fate& f : found.fates) replications.push_back(f.replications);
      CHECK(replications == by_hand.replications);
      CHECK(found.replications == record.total());
      CHECK(lefts.size() == found.looks);
      CHECK((std::is_sorted(lefts.rbegin(), lefts.rend()) && lefts.back() == 1));
      CHECK(std::count_if(found.fates.begin(), found.fates.end(), [](const selection_fate& f) { return f.left; }) ==
            static_cast<std::ptrdiff_t>(size - 1));
    }
  }
}

TEST_CASE("a good selection: smaller may be better, grains are whole, and what is there is used") {
  const auto of = [](std::size_t k, std::size_t r) { return 0.5 * static_cast<double>(k) + noise(k, r); };
  const auto opposite = [&](std::size_t k, std::size_t r) { return -of(k, r); };
  selection_record up(4), down(4);
  good_selection_options o = asked(0.5);
  o.grain = 8;
  const selection_result larger = select_good(sample_each(of), up, o);
  o.goal = selection_goal::smaller;
  const selection_result smaller = select_good(sample_each(opposite), down, o);
  CHECK((larger.best == 3 && smaller.best == 3));
  for (std::size_t k = 0; k < 4; ++k) {
    CHECK(larger.fates[k].replications == smaller.fates[k].replications);
    CHECK(larger.fates[k].replications % 8 == 0);
    CHECK(larger.fates[k].estimate == -smaller.fates[k].estimate);
  }
  std::size_t asked_for = 0;
  const auto nothing_more = [&](std::span<const selection_request> wanted, std::span<selection_value>) {
    asked_for += wanted.size();
    return true;
  };
  CHECK(select_good(nothing_more, down, o).best == 3);
  CHECK(asked_for == 0);
}

TEST_CASE("a good selection of what never varies, of one, of none that has a value, and of too much") {
  const auto constant = [](std::size_t k, std::size_t) { return k == 2 ? 3.0 : 1.0; };
  selection_record still(4);
  const selection_result found = select_good(sample_each(constant), still, asked(0.1));
  CHECK((found.end == selection_end::decided && found.best == 2 && found.replications == 4 * 16));
  selection_record same(3);
  const selection_result alike = select_good(sample_each([](std::size_t, std::size_t) { return 0.0; }), same, asked(0.1));
  CHECK((alike.end == selection_end::decided && alike.best == 0));
  CHECK((alike.fates[1].alike && alike.fates[2].alike && !alike.fates[0].left));
  // The same luck, the same values: told apart by nothing, and never for good; the last stage ends it.
  selection_record twins(2);
  const selection_result either = select_good(sample_each([](std::size_t, std::size_t r) { return noise(0, r); }), twins, asked(0.5));
  CHECK((either.end == selection_end::decided && either.best == 0 && either.fates[1].alike));
  selection_record one(1);
  CHECK(select_good(sample_each(noise), one, asked(0.1)).replications == 0);
  selection_record empty(2);
  const auto none = sample_each([](std::size_t k, std::size_t) { return selection_value{1, k == 1 ? 0.0 : 1.0}; });
  const selection_result no_value = select_good(none, empty, asked(0.1));
  CHECK((no_value.end == selection_end::no_value && no_value.at == 1));
  good_selection_options little = asked(0.01);
  little.most = 1000;
  selection_record few(3);
  const selection_result gave_up = select_good(sample_each(noise), few, little);
  CHECK(gave_up.end == selection_end::gave_up);
  CHECK(gave_up.needed > 1000);
  CHECK(few.total() == 3 * 16);
  selection_record stopped(3);
  const auto stop = [](std::span<const selection_request>, std::span<selection_value>) { return false; };
  CHECK(select_good(stop, stopped, asked(0.1)).end == selection_end::stopped);
}
