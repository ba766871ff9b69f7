// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_BEST_COMPARISON_HPP
#define SIFANG_STATS_BEST_COMPARISON_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/comparison.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/selection_record.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

/// \file
/// Multiple comparisons with the best (Hsu 1984; under common random numbers Nelson & Matejcik 1995): of each system, by how much it is
/// better than the best of the others, jointly for all.

namespace sifang {

/// What is known of each system beside the best of the others.
struct best_comparison {
  /// θ_i − max_{j≠i} θ_j where larger is better, min_{j≠i} θ_j − θ_i where smaller is: above 0 for the best alone. All intervals hold
  /// together with the confidence asked for. Bounds are held to 0: the lower one is 0 where the system is the best for sure, the upper
  /// one where it is surely not. No value where the system, or every other, has none.
  std::vector<interval> advantage;
  std::vector<bool> may_be_best;  ///< whether the data leave it open that it is the best; of one at least, with the confidence asked for
};

namespace detail {

/// Bounds of the difference of two systems, first minus second.
struct pair_bounds {
  double difference = 0, lower = 0, upper = 0;
};
/// One-sided bounds, each with the confidence that `scale` was made for on two sides.
[[nodiscard]] inline pair_bounds bounds_of(const difference_moments& m, const t_scale& scale) noexcept {
  if (m.paired <= 0 || scale.too_few()) return {m.difference, m.difference, m.difference};
  const double replications = static_cast<double>(scale.replications());
  const double error = std::sqrt(m.paired / replications);
  const double skewness = skewness_raised * skewness_of(m.paired * (replications - 1), m.cubes, scale.replications());
  const bound_factors factors = widened_factors(skewness, scale);
  return {m.difference, m.difference - factors.below * error, m.difference + factors.above * error};
}

/// The bounds of every pair, over the replications that both have.
class all_pair_bounds {
 public:
  template <class = when_called>
  all_pair_bounds(const selection_record& record, selection_goal goal, double confidence)
      : size_(record.size()), bounds_(size_ * size_), valued_(size_, 1) {
    // One side of every pair with the best: by Bonferroni these are all that have to hold (Hsu 1984).
    const double each = (std::max)(0.0, 1 - 2 * (1 - confidence) / static_cast<double>(size_ - 1));
    std::optional<t_scale> scale;
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const std::size_t both = (std::min)(record.count(i), record.count(j));
        if (both < 2 || !record.ratio(i, both) || !record.ratio(j, both)) {
          all_bounded_ = false;
          valued_[i] = valued_[j] = 0;
          continue;
        }
        if (both < least_replications) all_bounded_ = false;
        if (!scale || scale->replications() != both) scale.emplace(both, each);  // most pairs have as many as the pair before
        const pair_bounds b = bounds_of(difference_of(sample_of(record, i, both, goal), sample_of(record, j, both, goal)), *scale);
        bounds_[i * size_ + j] = b;
        bounds_[j * size_ + i] = {0 - b.difference, 0 - b.upper, 0 - b.lower};  // 0, not −0
      }
    }
  }
  /// Whether every pair has bounds: all have `least_replications` and a ratio.
  [[nodiscard]] bool all_bounded() const noexcept { return all_bounded_; }
  /// Whether there is a difference from every other.
  [[nodiscard]] bool has_value(std::size_t i) const noexcept { return valued_[i] != 0; }
  /// First minus second.
  [[nodiscard]] const pair_bounds& operator()(std::size_t i, std::size_t j) const noexcept { return bounds_[i * size_ + j]; }

 private:
  std::size_t size_;
  std::vector<pair_bounds> bounds_;
  std::vector<char> valued_;
  bool all_bounded_ = true;
};

}  // namespace detail

/// Compares each system with the best of the others, pair by pair over the replications that both have, in the general form for
/// unequal variances (Edwards & Hsu 1983; Hsu 1996): under any dependence of the systems, and so on common random numbers without
/// assuming that all pairs are equally alike. Bounds are Student's t on influence values, wider where differences are skewed.
///
/// The confidence is that of systems whose numbers of replications do not depend on what was seen; after a selection that stops by what
/// it sees it is approximate (docs/validation.md measures it).
/// \pre two systems at least; 0 < confidence < 1; asserted
/// \complexity replications × the square of the systems
template <class = when_called>
[[nodiscard]] inline best_comparison compare_with_best(const selection_record& record, selection_goal goal, double confidence = 0.95) {
  SIFANG_ASSERT(record.size() >= 2, "two systems at least");
  SIFANG_ASSERT(confidence > 0 && confidence < 1, "a confidence between 0 and 1");
  const std::size_t size = record.size();
  const detail::all_pair_bounds pairs(record, goal, confidence);
  best_comparison out{std::vector<interval>(size), std::vector<bool>(size, true)};
  const auto others = [&](std::size_t i, auto&& each) {
    for (std::size_t j = 0; j < size; ++j) {
      if (j != i) each(pairs(i, j));
    }
  };
  for (std::size_t i = 0; i < size && pairs.all_bounded(); ++i) {
    others(i, [&](const detail::pair_bounds& b) { out.may_be_best[i] = out.may_be_best[i] && b.upper >= 0; });
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (!pairs.has_value(i)) continue;
    constexpr double far = std::numeric_limits<double>::infinity();
    double estimate = far, upper = far, lower = 0;
    others(i, [&](const detail::pair_bounds& b) {
      estimate = (std::min)(estimate, b.difference);
      upper = (std::min)(upper, b.upper);
    });
    out.advantage[i] = {estimate, estimate, estimate, interval_kind::too_little_data};
    if (!pairs.all_bounded()) continue;
    for (std::size_t j = 0; j < size; ++j) {
      if (j != i && out.may_be_best[j]) lower = (std::min)(lower, pairs(i, j).lower);
    }
    out.advantage[i] = {estimate, (std::min)(lower, estimate), (std::max)({0.0, upper, estimate}), interval_kind::two_sided};
  }
  return out;
}

}  // namespace sifang

#endif
