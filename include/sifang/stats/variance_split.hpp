// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_VARIANCE_SPLIT_HPP
#define SIFANG_STATS_VARIANCE_SPLIT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

/// \file
/// A model whose inputs are not known is drawn several times, and each draw is played several times: how much of the variance of what
/// comes out is due to the draw, and how much to chance (Cheng & Holland 1997; Barton, Nelson & Xie 2014).
///
/// The estimator is that of the analysis of variance (Song & Nelson 2015), here of two ways: all draws are played on the same random
/// numbers, so what the luck of a replication adds to every draw alike is no part of their differences. A single way would take too much
/// off. It is unbiased whatever the variances and correlations of chance: both means of squares below hold the same contrast of them.

namespace sifang {

/// The variance of a figure over draws, in two parts.
struct variance_split {
  std::size_t draws = 0,     ///< of the inputs
      replications = 0;      ///< of each draw, on the same random numbers
  double mean = 0,           ///< over draws
      input = 0,             ///< variance of the expected value over draws: what we do not know; not below 0
      simulation = 0,        ///< variance that chance adds to the mean of a draw, beside what it adds to all alike
      common = 0;            ///< variance that chance adds to all draws alike: how far all of them together may be off
  bool is_negative = false;  ///< the estimate of `input` came out below 0, and 0 stands for it

  /// Part of the variance of a draw's mean that the draw explains, 0 to 1; 0 where nothing varies.
  [[nodiscard]] double reliability() const noexcept { return input > 0 ? input / (input + simulation) : 0; }
};

/// Splits a table of figures, draw by draw, each with its replications in their order. \pre `values.size() == draws * replications`, at
/// least two of either, all finite; asserted but for finiteness \complexity linear
template <class = when_called>
[[nodiscard]] inline variance_split split_variance(std::span<const double> values, std::size_t draws, std::size_t replications) {
  SIFANG_ASSERT(draws >= 2 && replications >= 2 && values.size() == draws * replications, "a full table of two ways");
  const auto m = static_cast<double>(draws), n = static_cast<double>(replications);
  std::vector<double> by_draw(draws, 0.0), by_replication(replications, 0.0);
  double all = 0;
  for (std::size_t d = 0; d < draws; ++d) {
    for (std::size_t i = 0; i < replications; ++i) {
      const double x = values[d * replications + i];
      by_draw[d] += x / n;
      by_replication[i] += x / m;
    }
    all += by_draw[d] / m;
  }
  double between = 0, lucks = 0, rest = 0;
  for (const double x : by_draw) between += (x - all) * (x - all);
  for (const double x : by_replication) lucks += (x - all) * (x - all);
  for (std::size_t d = 0; d < draws; ++d) {
    for (std::size_t i = 0; i < replications; ++i) {
      const double e = values[d * replications + i] - by_draw[d] - by_replication[i] + all;
      rest += e * e;
    }
  }
  between /= m - 1;
  lucks /= n - 1;
  rest /= (m - 1) * (n - 1);
  // All there is, is rounding: nothing varies.
  const double nothing = 1e-24 * all * all;
  variance_split out{draws, replications, all, between - rest / n, rest / n, (std::max)(lucks / n, 0.0), false};
  if (between <= nothing) out.input = 0;
  out.is_negative = out.input < 0;
  out.input = (std::max)(out.input, 0.0);
  return out;
}

/// Means of draws with the chance in them taken out: drawn together about their mean until their variance is that of the expected values
/// (Louis 1984). Their order stays. \pre `means` are those of `split`, at least two; asserted
template <class = when_called>
[[nodiscard]] inline std::vector<double> without_chance(std::span<const double> means, const variance_split& split) {
  SIFANG_ASSERT(means.size() == split.draws && means.size() >= 2, "the means of the draws");
  double between = 0;
  for (const double x : means) between += (x - split.mean) * (x - split.mean);
  between /= static_cast<double>(means.size() - 1);
  const double shrink = between > 0 ? std::sqrt((std::min)(split.input / between, 1.0)) : 0;
  std::vector<double> out;
  for (const double x : means) out.push_back(split.mean + shrink * (x - split.mean));
  return out;
}

/// The quantile of values by linear interpolation of order statistics (type 7 of Hyndman & Fan 1996). \pre 0 <= p <= 1, a value at least;
/// asserted \complexity sorts
template <class = when_called>
[[nodiscard]] inline double interpolated_quantile(std::vector<double> values, double p) {
  SIFANG_ASSERT(!values.empty() && p >= 0 && p <= 1, "values, and a probability");
  std::sort(values.begin(), values.end());
  const double at = p * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = (std::min)(low + 1, values.size() - 1);
  return values[low] + (at - static_cast<double>(low)) * (values[high] - values[low]);
}

}  // namespace sifang

#endif
