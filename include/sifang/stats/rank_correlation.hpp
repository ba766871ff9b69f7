// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_RANK_CORRELATION_HPP
#define SIFANG_STATS_RANK_CORRELATION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/student_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

namespace sifang {

/// Ranks from 1 on; equal values share the mean of theirs. \complexity n log n
template <class = when_called>
[[nodiscard]] inline std::vector<double> ranks_of(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> out(values.size());
  for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
    while (to < order.size() && values[order[to]] == values[order[from]]) ++to;
    for (std::size_t i = from; i < to; ++i) out[order[i]] = (static_cast<double>(from + to) + 1) / 2;
  }
  return out;
}

/// How two figures go together.
struct rank_correlation {
  double value = 0,    ///< Spearman's, −1 to 1; 0 where one of the two never varies
      p_value = 1;     ///< of no connection, by Student's t with n − 2 degrees of freedom; 1 where there is nothing to judge
  std::size_t of = 0;  ///< pairs

  /// Squared, less what as many pairs without a connection have on average (Olkin & Pratt's first term): the part of the variance of the
  /// ranks that goes with the other; not below 0.
  [[nodiscard]] double explained() const noexcept {
    if (of < 3) return 0;
    const double squared = value * value;
    return (std::max)(squared - (1 - squared) / static_cast<double>(of - 2), 0.0);
  }
};

/// Spearman's rank correlation of two lists (Spearman 1904). \pre as many in both; asserted \complexity n log n
template <class = when_called>
[[nodiscard]] inline rank_correlation rank_correlation_of(std::span<const double> a, std::span<const double> b) {
  SIFANG_ASSERT(a.size() == b.size(), "pairs");
  const std::vector<double> x = ranks_of(a), y = ranks_of(b);
  const std::size_t n = a.size();
  const double middle = (static_cast<double>(n) + 1) / 2;
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < n; ++i) {
    xx += (x[i] - middle) * (x[i] - middle);
    yy += (y[i] - middle) * (y[i] - middle);
    xy += (x[i] - middle) * (y[i] - middle);
  }
  rank_correlation out{0, 1, n};
  if (!(xx > 0 && yy > 0)) return out;
  out.value = (std::clamp)(xy / std::sqrt(xx * yy), -1.0, 1.0);
  if (n < 4) return out;
  const double df = static_cast<double>(n) - 2, rest = 1 - out.value * out.value;
  out.p_value = rest > 0 ? 2 * student_t_cdf(-std::abs(out.value) * std::sqrt(df / rest), df) : 0;
  return out;
}

}  // namespace sifang

#endif
