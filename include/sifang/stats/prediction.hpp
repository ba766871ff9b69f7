// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_PREDICTION_HPP
#define SIFANG_STATS_PREDICTION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/interval.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

/// \file
/// Where one further value may lie: what a single year brings, which does not narrow with more of them.

namespace sifang {

/// How many of the smallest and of the largest of `n` values lie outside a prediction interval, which is given by the next ones: the
/// largest r with 1 − 2r/(n+1) ≥ level. 0: too few values for this level.
/// \pre 0 < level < 1; asserted
[[nodiscard]] inline std::size_t prediction_rank(std::size_t n, double level) noexcept {
  SIFANG_ASSERT(level > 0 && level < 1, "a level between 0 and 1");
  constexpr double rounding = 1e-9;  // 20 × (1 − 0.9)/2 is one, which doubles miss by the last digit
  return static_cast<std::size_t>(static_cast<double>(n + 1) * (1 - level) / 2 + rounding);
}

/// Two-sided prediction interval for one further value of the same law, from independent ones: the r-th smallest and the r-th largest
/// (Wilks 1941). It holds the next value with a probability of 1 − 2r/(n+1), the level or a little more, whatever the law is; with more
/// where values are tied. The estimate is the median.
///
/// Unlike a confidence interval it does not vanish with more values. Nothing varies: `constant`. Too few values for the level (fewer than
/// 19 for 0.9): no bounds, `too_little_data`. No values: no interval.
/// \param values  finite, asserted; taken by value, since they are sorted
/// \pre 0 < level < 1; asserted \complexity n log n
template <class = when_called>
[[nodiscard]] inline interval prediction_interval(std::vector<double> values, double level) {
  for ([[maybe_unused]] const double v : values) SIFANG_ASSERT(std::isfinite(v), "numbers that are finite");
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size(), rank = prediction_rank(n, level);
  const double middle = values[(n - 1) / 2] / 2 + values[n / 2] / 2;
  if (rank == 0) return {middle, middle, middle, interval_kind::too_little_data};
  if (values.front() == values.back()) return {values.front(), values.front(), values.front(), interval_kind::constant};
  return {middle, values[rank - 1], values[n - rank], interval_kind::two_sided};
}

}  // namespace sifang

#endif
