// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_MORRIS_HPP
#define SIFANG_STATS_MORRIS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/random.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/latin_hypercube.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Which of many factors matter at all: elementary effects (Morris 1991, Technometrics 33: 161-174; Campolongo, Cariboni & Saltelli
/// 2007, Environmental Modelling & Software 22: 1509-1518). A run for each factor and trajectory, where indices need hundreds.

namespace sifang {

/// Points at which a model is asked: trajectories through the unit cube, in each of which one factor moves at a step.
struct morris_design {
  std::size_t trajectories = 0,      ///< walks
      factors = 0;                   ///< dimensions of the cube
  unit_points points{};              ///< `factors` + 1 of each trajectory, one trajectory after another
  std::vector<std::size_t> moved{};  ///< the factor of each step, `factors` of each trajectory
  double step = 0;                   ///< by which a factor moves, up or down, as a part of its range

  /// The points before and after a step. \pre at < trajectories × factors; asserted
  [[nodiscard]] std::pair<std::size_t, std::size_t> ends_of(std::size_t at) const noexcept {
    SIFANG_ASSERT(at < trajectories * factors, "a step of the design");
    const std::size_t first = at / factors * (factors + 1) + at % factors;
    return {first, first + 1};
  }
};

/// Trajectories on a grid of `levels` levels, 0, 1/(levels−1) … 1; a step is levels / (2 (levels − 1)) of the range, so that each
/// level is as likely before a step as after it (Morris 1991).
///
/// \param purpose  which nothing else of this replication may draw for
/// \pre 1 ≤ factors, trajectories < 2^20; levels even and at least 2; asserted \complexity trajectories × factors × (factors + 1)
template <draw_purpose Purpose>
[[nodiscard]] morris_design morris_trajectories(std::size_t factors, std::size_t trajectories, std::size_t levels,
                                                const random_source& source, Purpose purpose) {
  SIFANG_ASSERT(factors >= 1 && std::uint64_t{factors} < std::uint64_t{1} << 32, "at least one factor");
  SIFANG_ASSERT(trajectories < std::size_t{1} << 20, "so few trajectories");
  SIFANG_ASSERT(levels >= 2 && levels % 2 == 0, "an even number of levels");
  morris_design out;
  out.trajectories = trajectories;
  out.factors = factors;
  const double grid = static_cast<double>(levels - 1);
  const std::size_t jump = levels / 2;
  out.step = static_cast<double>(jump) / grid;
  for (std::size_t r = 0; r < trajectories; ++r) {
    std::vector<std::size_t> level(factors), order(factors);
    std::vector<bool> rises(factors);
    std::vector<std::uint64_t> lot(factors);
    for (std::size_t j = 0; j < factors; ++j) {
      const auto b = source.block(j, purpose, static_cast<std::uint32_t>(r));
      lot[j] = static_cast<std::uint64_t>(b[1]) << 32 | b[0];
      rises[j] = (b[3] & 1u) != 0;
      const std::size_t low = static_cast<std::size_t>(static_cast<std::uint64_t>(b[2]) * jump >> 32);  // one of the lower half
      level[j] = rises[j] ? low : low + jump;
    }
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return std::pair(lot[a], a) < std::pair(lot[b], b); });
    const auto put = [&] {
      std::vector<double> at(factors);
      for (std::size_t j = 0; j < factors; ++j) at[j] = static_cast<double>(level[j]) / grid;
      out.points.push_back(std::move(at));
    };
    put();
    for (const std::size_t j : order) {
      level[j] = rises[j] ? level[j] + jump : level[j] - jump;
      out.moved.push_back(j);
      put();
    }
  }
  return out;
}

/// What a factor does to the model, in the unit of the answer for the whole range of the factor.
struct morris_effect {
  interval mean{},        ///< μ: which way, on average; near 0 also where ups and downs cancel
      size{};             ///< μ*: how much, on average, whichever way (Campolongo 2007); by it factors are ordered
  double spread = 0;      ///< σ: how much it depends on where the other factors, and this one, stand
  double noise = 0;       ///< the μ* that the noise of the answers alone would show, if the factor did nothing
  std::size_t steps = 0;  ///< at which the model answered before and after
  bool is_inert = true;   ///< no step changed the answer at all
};

namespace detail {

/// Mean of some values with Student's interval; `none` of no values.
template <class = when_called>
[[nodiscard]] inline interval t_interval(std::span<const double> values, double confidence) noexcept {
  if (values.empty()) return {};
  const double n = static_cast<double>(values.size());
  double mean = 0, squares = 0;
  for (const double v : values) mean += v / n;
  for (const double v : values) squares += (v - mean) * (v - mean);
  if (values.size() < 2) return {mean, mean, mean, interval_kind::too_little_data};
  if (!(squares > 0)) return {mean, mean, mean, interval_kind::constant};
  const double half = t_factor(values.size(), confidence) * std::sqrt(squares / (n - 1) / n);
  return {mean, mean - half, mean + half, interval_kind::two_sided};
}

}  // namespace detail

/// The effects of all factors from the answers at the points of a design, with Student's intervals over the trajectories.
///
/// An answer that is not finite (a point where the model cannot be) is left out with the steps that it ends.
///
/// Noise: an answer that is itself an estimate has a standard error, and even an inert factor shows an effect; its size μ* is then
/// √(2/π) times the error of an effect, which no more trajectories make smaller, but more years at each point, or common random
/// numbers, do. `errors` says how large it is; a factor whose μ* is not well above its `noise` is not told from one that does nothing.
/// \param answers  one for each point
/// \param errors   of each step: the standard error of the difference of its two answers; empty: the answers are exact
/// \pre as many answers as points, and errors as steps or none; asserted
template <class = when_called>
[[nodiscard]] inline std::vector<morris_effect> morris_effects(const morris_design& design, std::span<const double> answers,
                                                               double confidence, std::span<const double> errors = {}) {
  SIFANG_ASSERT(answers.size() == design.points.size(), "an answer for each point");
  SIFANG_ASSERT(errors.empty() || errors.size() == design.moved.size(), "an error for each step, or none");
  constexpr double mean_of_half_normal = 0.79788456080286535588;  // √(2/π)
  std::vector<std::vector<double>> effects(design.factors), sizes(design.factors), squares(design.factors);
  for (std::size_t at = 0; at < design.moved.size(); ++at) {
    const auto [before, after] = design.ends_of(at);
    const std::size_t j = design.moved[at];
    const double moved = design.points[after][j] - design.points[before][j];
    const double effect = (answers[after] - answers[before]) / moved;
    if (!std::isfinite(effect)) continue;
    effects[j].push_back(effect);
    sizes[j].push_back(std::abs(effect));
    if (!errors.empty()) squares[j].push_back(errors[at] * errors[at] / (moved * moved));
  }
  std::vector<morris_effect> out(design.factors);
  for (std::size_t j = 0; j < design.factors; ++j) {
    morris_effect& e = out[j];
    e.steps = effects[j].size();
    e.mean = detail::t_interval(detail::span_of(effects[j]), confidence);
    e.size = detail::t_interval(detail::span_of(sizes[j]), confidence);
    e.size.lower = (std::max)(0.0, e.size.lower);
    e.is_inert = std::all_of(sizes[j].begin(), sizes[j].end(), [](double s) { return s == 0; });
    if (e.steps > 1) {
      double sum = 0;
      for (const double v : effects[j]) sum += (v - e.mean.estimate) * (v - e.mean.estimate);
      e.spread = std::sqrt(sum / static_cast<double>(e.steps - 1));
    }
    if (!squares[j].empty()) {
      const double mean = std::accumulate(squares[j].begin(), squares[j].end(), 0.0) / static_cast<double>(squares[j].size());
      e.noise = mean_of_half_normal * std::sqrt(mean);
    }
  }
  return out;
}

/// Factors by μ*, the largest first; equal ones in their own order.
template <class = when_called>
[[nodiscard]] inline std::vector<std::size_t> order_of_effects(std::span<const morris_effect> effects) {
  std::vector<std::size_t> order(effects.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(-effects[a].size.estimate, a) < std::pair(-effects[b].size.estimate, b);
  });
  return order;
}

}  // namespace sifang

#endif
