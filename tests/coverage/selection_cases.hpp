// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COVERAGE_SELECTION_CASES_HPP
#define SIFANG_TESTS_COVERAGE_SELECTION_CASES_HPP

#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/best_comparison.hpp"
#include "sifang/stats/budget_allocation.hpp"
#include "sifang/stats/chance_of_best.hpp"
#include "sifang/stats/feasibility.hpp"
#include "sifang/stats/good_selection.hpp"
#include "sifang/stats/selection.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// How often selections are right: systems whose truth is known, and the counting. For the table of docs/validation.md
/// (selection.cpp) and for the short version among the tests (tests/stats/selection.cpp).
namespace selecting {

using namespace sifang;

/// Random numbers of one replication: `own` differ from system to system, `common` are the same for all.
struct luck {
  random_source source;
  std::uint64_t replication;
  [[nodiscard]] double common(std::uint32_t purpose) const { return source.uniform(replication, purpose); }
  [[nodiscard]] double own(std::size_t system, std::uint32_t purpose) const {
    return source.uniform(replication, 100 + purpose, 1 + static_cast<std::uint32_t>(system));
  }
};

/// Systems with their truth.
struct problem {
  std::string name;
  std::vector<double> truth;
  double delta = 0;
  std::function<selection_value(std::size_t system, const luck&)> of;
  selection_goal goal = selection_goal::larger;

  [[nodiscard]] double shortfall(std::size_t system) const {
    const double sign = goal == selection_goal::larger ? 1 : -1;
    double best = sign * truth.front();
    for (const double t : truth) best = (std::max)(best, sign * t);
    return best - sign * truth[system];
  }
  /// Whether a selection is right: by the choice of δ, what is nearer to the best than δ is as good.
  [[nodiscard]] bool is_right(std::size_t system) const { return shortfall(system) < delta * (1 - 1e-9); }
};

[[nodiscard]] inline auto sampler_of(const problem& p, std::uint64_t seed, std::uint32_t trial) {
  const random_source source(seed, trial);
  return sample_each([&p, source](std::size_t system, std::size_t r) { return p.of(system, luck{source, r}); });
}

/// The first of `size` systems is the best, by `gap`; the best need not stand first in a real list, but no procedure looks at that
/// except to break ties.
[[nodiscard]] inline std::vector<double> slippage(std::size_t size, double base, double gap) {
  std::vector<double> out(size, base);
  out.back() += gap;
  return out;
}

[[nodiscard]] inline std::vector<problem> problems() {
  std::vector<problem> out;
  const auto normals = [&](std::string name, std::vector<double> truth, double delta, std::vector<double> deviations, double alike) {
    out.push_back({std::move(name), truth, delta, [=](std::size_t k, const luck& u) {
                     const double z = std::sqrt(alike) * normal(u.common(0)) + std::sqrt(1 - alike) * normal(u.own(k, 0));
                     return selection_value{truth[k] + deviations[k] * z, 1};
                   }});
  };
  const std::vector<double> ones(10, 1.0);
  std::vector<double> steps(10), near(10), rising(10), falling(10);
  for (std::size_t k = 0; k < 10; ++k) {
    steps[k] = 0.3 * static_cast<double>(k);
    near[k] = 0.1 * static_cast<double>(k);
    rising[k] = 0.5 + 0.15 * static_cast<double>(k);
    falling[k] = 0.5 + 0.15 * static_cast<double>(9 - k);
  }
  normals("2 systems δ apart", slippage(2, 0, 0.3), 0.3, {1, 1}, 0);
  normals("10, slippage: the best by δ, all others alike", slippage(10, 0, 0.3), 0.3, ones, 0);
  normals("10, means δ apart", steps, 0.3, ones, 0);
  normals("10, means δ/3 apart: three are good", near, 0.3, ones, 0);
  normals("10, slippage, the best varies most", slippage(10, 0, 0.3), 0.3, rising, 0);
  normals("10, slippage, the best varies least", slippage(10, 0, 0.3), 0.3, falling, 0);
  normals("10, slippage, common numbers (correlation 0.8)", slippage(10, 0, 0.3), 0.3, ones, 0.8);
  normals("10, means δ apart, common numbers", steps, 0.3, ones, 0.8);
  normals("50, slippage", slippage(50, 0, 0.3), 0.3, std::vector<double>(50, 1.0), 0);
  out.push_back({"5, exponential values, the least by δ",
                 {1, 1, 1, 1, 0.8},
                 0.2,
                 [](std::size_t k, const luck& u) {
                   return selection_value{exponential(u.own(k, 0), k == 4 ? 0.8 : 1.0), 1};
                 },
                 selection_goal::smaller});
  out.push_back(
      {"5, a share: 0.90 of 40 or so, one 0.92, common numbers", {0.9, 0.9, 0.9, 0.9, 0.92}, 0.02, [](std::size_t k, const luck& u) {
         const int trials = poisson(u.common(0), 40);
         double met = 0;
         for (int i = 0; i < trials; ++i) {
           // Half of the trials have the same luck under all systems.
           const auto purpose = static_cast<std::uint32_t>(i + 1);
           const double x = i % 2 == 0 ? u.common(purpose) : u.own(k, purpose);
           met += x < (k == 4 ? 0.92 : 0.9);
         }
         return selection_value{met, static_cast<double>(trials)};
       }});
  out.push_back({"5, a ratio, denominators vary by half, the least by δ",
                 {2, 2, 2, 2, 1.8},
                 0.2,
                 [](std::size_t k, const luck& u) {
                   const double n = 20 * gamma(u.common(0), 1, 0.5), mean = k == 4 ? 1.8 : 2.0;
                   return selection_value{mean * n + 10 * normal(u.own(k, 0)), n};
                 },
                 selection_goal::smaller});
  return out;
}

/// What became of many trials of one procedure.
struct score {
  int trials = 0,
      right = 0,            ///< selections that were right
      covered = 0;          ///< trials whose comparisons with the best all held
  double replications = 0;  ///< of all systems, all trials

  [[nodiscard]] double share() const { return static_cast<double>(right) / trials; }
  [[nodiscard]] double held() const { return static_cast<double>(covered) / trials; }
  [[nodiscard]] double mean() const { return replications / trials; }
};

/// Whether all comparisons with the best hold the truth.
[[nodiscard]] inline bool holds(const problem& p, const best_comparison& found) {
  const double sign = p.goal == selection_goal::larger ? 1 : -1;
  for (std::size_t i = 0; i < p.truth.size(); ++i) {
    double of_others = -1e300;
    for (std::size_t j = 0; j < p.truth.size(); ++j) {
      if (j != i) of_others = (std::max)(of_others, sign * p.truth[j]);
    }
    const double advantage = sign * p.truth[i] - of_others;
    // A bound at 0 says "not worse"; rounding of the truth must not decide.
    if (advantage < found.advantage[i].lower - 1e-12 || advantage > found.advantage[i].upper + 1e-12) return false;
  }
  return true;
}

[[nodiscard]] inline selection_options asked(const problem& p, selection_variance variance) {
  selection_options o;
  o.goal = p.goal;
  o.delta = p.delta;
  o.variance = variance;
  return o;
}

/// A guaranteed selection, looked at as the program does: after every eight replications, and later an eighth apart.
[[nodiscard]] inline score guaranteed(const problem& p, selection_options o, int trials, std::uint64_t seed) {
  score out;
  for (int k = 0; k < trials; ++k) {
    selection_record record(p.truth.size());
    const selection_result found = select_best(sampler_of(p, seed, static_cast<std::uint32_t>(k)), record, o);
    ++out.trials;
    out.right += found.end == selection_end::decided && p.is_right(found.best);
    out.covered += holds(p, compare_with_best(record, p.goal, o.confidence));
    out.replications += static_cast<double>(found.replications);
  }
  return out;
}

/// A good selection in stages, as the program asks for it: in blocks of eight.
[[nodiscard]] inline score good(const problem& p, int trials, std::uint64_t seed) {
  score out;
  good_selection_options o;
  o.goal = p.goal;
  o.delta = p.delta;
  o.grain = 8;
  for (int k = 0; k < trials; ++k) {
    selection_record record(p.truth.size());
    const selection_result found = select_good(sampler_of(p, seed, static_cast<std::uint32_t>(k)), record, o);
    ++out.trials;
    out.right += found.end == selection_end::decided && p.is_right(found.best);
    out.replications += static_cast<double>(found.replications);
  }
  return out;
}

/// A selection for a budget, by OCBA.
[[nodiscard]] inline score by_allocation(const problem& p, std::size_t budget, std::size_t first_stage, bool common, int trials,
                                         std::uint64_t seed) {
  score out;
  for (int k = 0; k < trials; ++k) {
    selection_record record(p.truth.size());
    const budget_options o{p.goal, p.delta, budget, first_stage, 10, 1, common};
    const selection_result found = select_within_budget(sampler_of(p, seed, static_cast<std::uint32_t>(k)), record, o);
    ++out.trials;
    out.right += p.is_right(found.best);
    out.replications += static_cast<double>(found.replications);
  }
  return out;
}

/// The best ratio of as many replications of each system.
[[nodiscard]] inline score dealt_equally(const problem& p, std::size_t each, int trials, std::uint64_t seed) {
  score out;
  for (int k = 0; k < trials; ++k) {
    selection_record record(p.truth.size());
    auto sample = sampler_of(p, seed, static_cast<std::uint32_t>(k));
    std::vector<selection_request> wanted;
    for (std::size_t s = 0; s < p.truth.size(); ++s) wanted.push_back({s, 0, each});
    if (!extend(record, sample, detail::span_of(wanted))) continue;
    std::size_t best = 0;
    const double sign = p.goal == selection_goal::larger ? 1 : -1;
    for (std::size_t s = 1; s < p.truth.size(); ++s) {
      if (sign * *record.ratio(s) > sign * *record.ratio(best)) best = s;
    }
    ++out.trials;
    out.right += p.is_right(best);
    out.covered += each >= least_replications && holds(p, compare_with_best(record, p.goal, 0.95));
    out.replications += static_cast<double>(record.total());
  }
  return out;
}

/// How often all systems are judged rightly whose truth lies `tolerance` beside a bound or further; with one or two targets.
[[nodiscard]] inline score judged(double tolerance, bool of_shares, int trials, std::uint64_t seed) {
  const std::vector<double> shares{0.94, 0.92, 0.92, 0.90, 0.88}, costs{10, 12, 8, 8, 8};  // bounds 0.91 and 11
  const std::vector<feasibility> truth{feasibility::feasible, feasibility::infeasible, feasibility::feasible, feasibility::infeasible,
                                       feasibility::infeasible};
  score out;
  for (int k = 0; k < trials; ++k) {
    const random_source source(seed, static_cast<std::uint32_t>(k));
    std::vector<selection_record> measures(2, selection_record(shares.size()));
    const auto sample = [&](std::span<const selection_request> wanted, std::span<selection_value> places) {
      std::size_t at = 0;
      for (const selection_request& w : wanted) {
        for (std::size_t r = w.first; r < w.first + w.count; ++r) {
          const luck u{source, r};
          const double z = normal(u.common(1)), n = of_shares ? poisson(u.common(0), 200) : 200;
          const double met = of_shares ? binomial(u.own(w.system, 0), static_cast<int>(n), shares[w.system])
                                       : n * shares[w.system] + 5 * (normal(u.own(w.system, 0)) + z);
          places[at++] = {met, n};
          places[at++] = {costs[w.system] + 2 * z + normal(u.own(w.system, 1)), 1};
        }
      }
      return true;
    };
    const std::vector<feasibility_target> targets{{0.91, true, tolerance}, {11, false, 1}};
    const feasibility_result found = decide_feasibility(sample, measures, targets, feasibility_options{0.95, 16, 8, 100000, true});
    ++out.trials;
    out.right += found.systems == truth;
    for (const std::size_t n : found.replications) out.replications += static_cast<double>(n);
  }
  return out;
}

}  // namespace selecting

#endif
