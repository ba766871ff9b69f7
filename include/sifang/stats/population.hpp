// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_POPULATION_HPP
#define SIFANG_STATS_POPULATION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/latin_hypercube.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

/// \file
/// Draws from a law on the unit cube that is known by a formula: a population that is moved in small steps from the uniform law to it.

namespace sifang {

/// What is known of a point.
struct point_standing {
  double badness = 0,      ///< 0 is best; infinite: it cannot be
      log_likelihood = 0;  ///< up to a constant
};

/// Points that wander through the unit cube, all of the same weight.
///
/// Sequential Monte Carlo (Del Moral, Doucet & Jasra 2006): the law becomes narrower in steps, each so small that a good part of the
/// points survives (by badness: subset simulation, Au & Beck 2001; by likelihood: tempering). Survivors are copied, and copies move by
/// Metropolis' rule along differences of other points (ter Braak 2006), one half of the population by those of the other, which fits
/// any slant and scale without being told. A step out of the cube is not taken. Draws by name: the same for any number of threads.
template <class Judge>
class population {
 public:
  /// \param judge  from a point to its `point_standing`; always the same for the same point
  /// \param source, purpose  of whose draws all are  \pre at least eight points, all of one length; asserted
  template <draw_purpose Purpose>
  population(unit_points points, Judge judge, const random_source& source, Purpose purpose)
      : points_(std::move(points)), judge_(std::move(judge)), source_(source), purpose_(static_cast<std::uint32_t>(purpose)) {
    SIFANG_ASSERT(points_.size() >= 8, "eight points or more");
    for (const std::vector<double>& p : points_) standing_.push_back(judge_(p));
  }

  /// Those who live, in the unit cube.
  [[nodiscard]] const unit_points& points() const noexcept { return points_; }
  /// What was judged of each.
  [[nodiscard]] const std::vector<point_standing>& standing() const noexcept { return standing_; }
  /// The part of the uniform law that is left: of the share of badness that was cut off, estimated from those who survived.
  [[nodiscard]] double share_left() const noexcept { return share_; }
  /// The least badness that was met, and where.
  [[nodiscard]] std::size_t best() const noexcept {
    std::size_t out = 0;
    for (std::size_t i = 1; i < standing_.size(); ++i) {
      if (standing_[i].badness < standing_[out].badness) out = i;
    }
    return out;
  }

  /// Goes to the uniform law over all points that are no worse. \returns whether there are any: without, the population stays as near as
  /// it came
  bool cut_to(double worst) {
    constexpr double survivors = 0.3;
    double limit = std::numeric_limits<double>::infinity();
    for (int stuck = 0; limit > worst;) {
      std::vector<double> sorted;
      for (const point_standing& s : standing_) sorted.push_back(s.badness);
      std::sort(sorted.begin(), sorted.end());
      while (!sorted.empty() && std::isinf(sorted.back())) sorted.pop_back();  // what cannot be goes first, however much it is
      if (sorted.empty()) return false;
      const auto rank = static_cast<std::size_t>(survivors * static_cast<double>(points_.size()));
      const double next = (std::max)(worst, sorted[(std::min)(rank, sorted.size() - 1)]);
      stuck = next < limit * (1 - 1e-3) || std::isinf(limit) ? 0 : stuck + 1;
      if (stuck >= most_stuck) return false;
      limit = (std::min)(limit, next);
      std::vector<std::size_t> left;
      for (std::size_t i = 0; i < points_.size(); ++i) {
        if (standing_[i].badness <= limit) left.push_back(i);
      }
      share_ *= static_cast<double>(left.size()) / static_cast<double>(points_.size());
      take(left);
      limit_ = limit;
      for (int turn = 0; turn < turns_each; ++turn) move();
    }
    return true;
  }

  /// Goes from the uniform law over what is left to one in proportion to the likelihood there. \pre `cut_to` found points; asserted
  void weigh() {
    SIFANG_ASSERT(!std::isinf(standing_[best()].badness), "points that can be");
    while (heat_ < 1) {
      double low = heat_, high = 1;
      if (effective_share(1) < survivors_by_weight) {
        for (int i = 0; i < 40; ++i) {
          const double middle = 0.5 * (low + high);
          (effective_share(middle) < survivors_by_weight ? high : low) = middle;
        }
      }
      high = (std::max)(high, heat_ + 1e-6);
      take(by_weight(high));
      heat_ = (std::min)(high, 1.0);
      for (int turn = 0; turn < turns_each; ++turn) move();
    }
    for (int turn = 0; turn < turns_at_end; ++turn) move();
  }

  /// Lets every point try one step. The law stays.
  void move() {
    const std::size_t half = points_.size() / 2;
    const std::size_t taken = step(0, half, half, points_.size()) + step(half, points_.size(), 0, half);
    const double part = static_cast<double>(taken) / static_cast<double>(points_.size());
    if (part < 0.15) stretch_ = (std::max)(0.7 * stretch_, 0.01);
    if (part > 0.35) stretch_ = (std::min)(1.3 * stretch_, 2.0);
    ++turn_;
  }

 private:
  static constexpr int turns_each = 8, turns_at_end = 30, most_stuck = 4;
  static constexpr double survivors_by_weight = 0.5;

  /// The part of the population that a likelihood of this heat would leave, as if all weights were the same (Kish 1965).
  [[nodiscard]] double effective_share(double heat) const {
    double sum = 0, squares = 0;
    for (const double w : weights(heat)) {
      sum += w;
      squares += w * w;
    }
    return sum * sum / (squares * static_cast<double>(points_.size()));
  }
  [[nodiscard]] std::vector<double> weights(double heat) const {
    double most = -std::numeric_limits<double>::infinity();
    for (const point_standing& s : standing_) most = (std::max)(most, s.log_likelihood);
    std::vector<double> out;
    for (const point_standing& s : standing_) out.push_back(elementary::exp((heat - heat_) * (s.log_likelihood - most)));
    return out;
  }
  /// As many points as there are, in proportion to their weights: systematic resampling (Kitagawa 1996).
  [[nodiscard]] std::vector<std::size_t> by_weight(double heat) {
    const std::vector<double> w = weights(heat);
    double all = 0;
    for (const double one : w) all += one;
    const double u = source_.uniform(chosen_++, purpose_, 1);
    std::vector<std::size_t> out;
    double up_to = 0;
    for (std::size_t i = 0; i < w.size(); ++i) {
      up_to += w[i] / all * static_cast<double>(w.size());
      while (out.size() < w.size() && static_cast<double>(out.size()) + u < up_to) out.push_back(i);
    }
    while (out.size() < w.size()) out.push_back(w.size() - 1);  // rounding
    return out;
  }
  /// The population becomes copies of these, in an order that chance decides: halves must not be what was near each other.
  void take(const std::vector<std::size_t>& chosen) {
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < points_.size(); ++i)
      order.emplace_back(source_.uniform(chosen_ << 32 | i, purpose_, 2), chosen[i % chosen.size()]);
    ++chosen_;
    std::sort(order.begin(), order.end());
    unit_points points;
    std::vector<point_standing> standing;
    for (const auto& [lot, i] : order) {
      points.push_back(points_[i]);
      standing.push_back(standing_[i]);
    }
    points_ = std::move(points);
    standing_ = std::move(standing);
  }

  /// Moves the points from `first` to `last` by differences of those from `others` to `end`. \returns how many moved
  [[nodiscard]] std::size_t step(std::size_t first, std::size_t last, std::size_t others, std::size_t end) {
    const std::size_t d = points_[0].size(), count = end - others;
    const double usual = stretch_ * 2.38 / std::sqrt(2.0 * static_cast<double>((std::max<std::size_t>)(d, 1)));
    std::size_t taken = 0;
    std::vector<double> to(d);
    for (std::size_t i = first; i < last; ++i) {
      const std::uint64_t name = static_cast<std::uint64_t>(turn_) << 32 | i;
      const auto pair = source_.uniforms(name, purpose_, 3), luck = source_.uniforms(name, purpose_, 4);
      const auto a = static_cast<std::size_t>(pair[0] * static_cast<double>(count));
      const auto b = (a + 1 + static_cast<std::size_t>(pair[1] * static_cast<double>(count - 1))) % count;
      // Now and then a whole difference, which leads from one hill to another; always a grain, so that every place can be reached.
      const double length = luck[0] < 0.1 ? 1 : usual;
      bool inside = true;
      for (std::size_t j = 0; j < d; ++j) {
        const double grain = 1e-3 * stretch_ * normal(source_.uniform(name, purpose_, static_cast<std::uint32_t>(5 + j)));
        to[j] = points_[i][j] + length * (points_[others + a][j] - points_[others + b][j]) + grain;
        inside = inside && to[j] > 0 && to[j] < 1;
      }
      // A wall that reflects one coordinate would make steps that have no step back: differences are slanted.
      if (!inside) continue;
      const point_standing found = judge_(to);
      if (!(found.badness <= limit_)) continue;
      const double gain = heat_ * (found.log_likelihood - standing_[i].log_likelihood);
      if (gain < 0 && !(elementary::log(luck[1]) < gain)) continue;
      points_[i] = to;
      standing_[i] = found;
      ++taken;
    }
    return taken;
  }

  unit_points points_;
  Judge judge_;
  std::vector<point_standing> standing_;
  random_source source_;
  std::uint32_t purpose_, turn_ = 0;
  std::uint64_t chosen_ = 0;
  double share_ = 1, limit_ = (std::numeric_limits<double>::max)(), heat_ = 0, stretch_ = 1;
};

}  // namespace sifang

#endif
