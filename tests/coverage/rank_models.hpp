// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_RANK_MODELS_HPP
#define SIFANG_TESTS_RANK_MODELS_HPP

// Simulation-based calibration (Talts et al. 2018) on models that are a formula: parameters are drawn from their law, a year is played with
// them, and the parameters are looked for from its figures alone. If draws are of the law that they should be of, the true value's rank
// among them is any number with the same probability.
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/abc_smc.hpp"
#include "sifang/stats/dispersion.hpp"
#include "sifang/stats/history_matching.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ranks {

using namespace sifang;

/// What a model is: figures from parameters, and how far a year and a source are off.
struct toy {
  std::string name;
  std::size_t dimensions;
  std::vector<double> (*figures)(const std::vector<double>&);
  std::vector<double> year, spread;  ///< standard deviations
};

inline std::vector<toy> toys() {
  const auto line = [](const std::vector<double>& u) { return std::vector<double>{u[0]}; };
  const auto bent = [](const std::vector<double>& u) {
    const double a = 2 * u[0] - 1, b = 3 * u[1];
    return std::vector<double>{a * a + b, std::exp(a), b * a};
  };
  const auto product = [](const std::vector<double>& u) { return std::vector<double>{u[0] * u[1], u[2] - 0.2 * u[0]}; };
  return {{"a line", 1, +line, {0.1}, {0.05}},
          {"bent, two parameters of three figures", 2, +bent, {0.05, 0.03, 0.1}, {0.03, 0.03, 0.06}},
          {"a product, three parameters of two figures", 3, +product, {0.03, 0.03}, {0.03, 0.05}}};
}

enum class method { matching, abc };
enum class luck : std::uint32_t { truth, seen, played };

/// A year's figures: what the formula says, and chance by name.
inline std::vector<double> played(const toy& t, const std::vector<double>& u, const std::vector<double>& deviation,
                                  const random_source& source, luck what, std::uint64_t name) {
  std::vector<double> out = t.figures(u);
  for (std::size_t k = 0; k < out.size(); ++k) out[k] += deviation[k] * normal(source.uniform(name, what, static_cast<std::uint32_t>(k)));
  return out;
}

/// Equally weighted draws from the figures of a year; empty if there is none. \param calls  plays of a year are added to it
/// \param most_calls  of ABC
inline unit_points draws_of(const toy& t, method how, const std::vector<double>& seen, std::size_t draws, std::uint64_t seed,
                            std::size_t& calls, std::size_t most_calls = 12000) {
  const random_source source(seed, 0);
  std::uint64_t name = 0;
  std::vector<double> both;  // the error of a year and of the source
  for (std::size_t k = 0; k < t.year.size(); ++k) both.push_back(std::sqrt(t.year[k] * t.year[k] + t.spread[k] * t.spread[k]));
  if (how == method::abc) {
    const auto play = [&](const unit_points& points) {
      std::vector<std::vector<double>> out;
      for (const auto& u : points) out.push_back(played(t, u, both, source, luck::played, name++));
      return out;
    };
    abc_options o;
    o.seed = seed;
    o.particles = 300;
    o.most_calls = most_calls;
    o.batch = 100;
    const abc_result r = abc_smc(t.dimensions, std::span<const double>(seen.data(), seen.size()), play, o);
    calls += r.calls;
    return r.points.empty() ? unit_points{} : equally_weighted(r, draws, seed);
  }
  constexpr double years = 20;
  std::vector<double> of_mean, error, one_year;
  for (const double s : t.year) {
    of_mean.push_back(s / std::sqrt(years));
    error.push_back(s * s / years);
    one_year.push_back(s * s);
  }
  const auto play = [&](const unit_points& points) {
    std::vector<simulated_point> out;
    for (const auto& u : points) out.push_back({played(t, u, of_mean, source, luck::played, name++), error, one_year});
    return out;
  };
  std::vector<seen_figure> figures;
  for (std::size_t k = 0; k < seen.size(); ++k) figures.push_back({seen[k], t.spread[k] * t.spread[k]});
  matching_options o;
  o.seed = seed;
  o.population = 300;
  matching_result r = match_history(t.dimensions, figures, play, draws, o);
  calls += static_cast<std::size_t>(name * static_cast<std::uint64_t>(years));
  return std::move(r.draws);
}

/// What came of many trials.
struct rank_table {
  std::size_t trials = 0, without = 0, calls = 0;  ///< trials, those without draws, and plays of a year in all
  std::vector<std::vector<double>> counts;         ///< of each parameter, how often its rank fell into each tenth
  std::vector<double> p;                           ///< chance of counts as uneven if ranks are uniform
  std::vector<double> covered;                     ///< part of the trials in which the middle nine tenths of the draws hold the truth
};

/// \param turned  a factor on the distance of draws from their mean, to see that the test sees a law that is too narrow or too wide
inline rank_table measure(const toy& t, method how, std::size_t trials, std::uint64_t seed, double turned = 1) {
  constexpr std::size_t draws = 99, parts = 10;
  rank_table out{trials, 0, 0, std::vector<std::vector<double>>(t.dimensions, std::vector<double>(parts, 0.0)), {}, {}};
  std::vector<double> inside(t.dimensions, 0.0);
  for (std::size_t trial = 0; trial < trials; ++trial) {
    const random_source source(seed, static_cast<std::uint32_t>(trial));
    std::vector<double> truth, both;
    for (std::size_t j = 0; j < t.dimensions; ++j) truth.push_back(source.uniform(j, luck::truth));
    for (std::size_t k = 0; k < t.year.size(); ++k) both.push_back(std::sqrt(t.year[k] * t.year[k] + t.spread[k] * t.spread[k]));
    unit_points found = draws_of(t, how, played(t, truth, both, source, luck::seen, 0), draws, seed * 1000003 + trial, out.calls);
    if (found.empty()) {
      ++out.without;
      continue;
    }
    for (std::size_t j = 0; j < t.dimensions; ++j) {
      double mean = 0;
      for (const auto& u : found) mean += u[j] / draws;
      std::size_t rank = 0;
      for (const auto& u : found) rank += mean + turned * (u[j] - mean) < truth[j] ? 1 : 0;
      ++out.counts[j][rank * parts / (draws + 1)];
      inside[j] += rank >= 5 && rank <= 94 ? 1 : 0;
    }
  }
  for (std::size_t j = 0; j < t.dimensions; ++j) {
    const double n = static_cast<double>(trials - out.without), expected = n / parts;
    double statistic = 0;
    for (const double c : out.counts[j]) statistic += (c - expected) * (c - expected) / expected;
    out.p.push_back(chi_square_tail(statistic, parts - 1));
    out.covered.push_back(inside[j] / n);
  }
  return out;
}

}  // namespace ranks

#endif
