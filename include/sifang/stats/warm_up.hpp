// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_WARM_UP_HPP
#define SIFANG_STATS_WARM_UP_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

/// \file
/// How much of a run that begins in an untypical state is to be left out of its mean, from the data alone.

namespace sifang {

/// Where a series is to be cut.
struct warm_up_cut {
  std::size_t leave_out = 0;  ///< values at the beginning that are not like the rest, in whole batches
  std::size_t batches = 0;    ///< whole ones in the series
  bool too_short = false;     ///< the best cut is the latest that is allowed, or there are fewer than 10 batches: run longer
  double statistic = 0;       ///< MSER of the rest: about the squared standard error of its mean, if batches were independent
};

/// MSER (White 1997), of batches of five (MSER-5; White, Cobb and Spratt 2000): the cut d for which Σ(Z_i − Z̄_d)²/(k−d)² over the k − d
/// batch means Z behind it is smallest, with d ≤ k/2; of equal ones the earliest. The denominator is squared: with more left out the mean
/// of the rest is known less well.
///
/// Of several replications take the series of their means (`mean_series`), which is smoother. Values that follow a cycle (a week, a year of
/// seasons) need batches of whole cycles, else the rule cuts at a phase of the cycle. Values behind the last whole batch are not looked at.
/// \param series  in order of time, finite; asserted
/// \param batch   values in each batch, at least 1; asserted
/// \complexity linear
template <class = when_called>
[[nodiscard]] inline warm_up_cut mser(std::span<const double> series, std::size_t batch = 5) {
  SIFANG_ASSERT(batch > 0, "batches of one value at least");
  constexpr std::size_t least_batches = 10;
  warm_up_cut out;
  out.batches = series.size() / batch;
  std::vector<double> means(out.batches);
  for (std::size_t i = 0; i < means.size(); ++i) {
    for (const double v : series.subspan(i * batch, batch)) {
      SIFANG_ASSERT(std::isfinite(v), "numbers that are finite");
      means[i] += v / static_cast<double>(batch);
    }
  }
  // From the end to the beginning, so that each cut needs one step (Welford 1962); a series that never varies gives exactly 0.
  const std::size_t latest = out.batches / 2;
  double mean = 0, squares = 0, count = 0;
  std::size_t best = latest;
  for (std::size_t d = out.batches; d-- > 0;) {
    count += 1;
    const double delta = means[d] - mean;
    mean += delta / count;
    squares += delta * (means[d] - mean);
    const double statistic = squares / (count * count);
    if (d > latest || (d < latest && statistic > out.statistic)) continue;
    out.statistic = statistic;
    best = d;
  }
  out.leave_out = best * batch;
  out.too_short = out.batches < least_batches || (best == latest && best > 0);
  return out;
}

/// Mean of several series, place by place; as long as the shortest. None: empty. \complexity linear
template <class = when_called>
[[nodiscard]] inline std::vector<double> mean_series(std::span<const std::vector<double>> replications) {
  if (replications.empty()) return {};
  std::size_t length = replications.front().size();
  for (const std::vector<double>& one : replications) length = (std::min)(length, one.size());
  std::vector<double> out(length);
  for (const std::vector<double>& one : replications) {
    for (std::size_t i = 0; i < length; ++i) out[i] += one[i];
  }
  for (double& v : out) v /= static_cast<double>(replications.size());
  return out;
}

/// A moving average to look at (Welch 1983): of 2w + 1 values around each, of fewer near the beginning; the last w have none. Choose a
/// window so wide that the curve is smooth, and see where it has become level.
/// \complexity linear in length times window
template <class = when_called>
[[nodiscard]] inline std::vector<double> welch_curve(std::span<const double> series, std::size_t window) {
  if (series.size() <= window) return {};
  std::vector<double> out(series.size() - window);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t reach = (std::min)(i, window);
    for (const double v : series.subspan(i - reach, 2 * reach + 1)) out[i] += v;
    out[i] /= static_cast<double>(2 * reach + 1);
  }
  return out;
}

}  // namespace sifang

#endif
