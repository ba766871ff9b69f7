// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_DISPERSION_HPP
#define SIFANG_STATS_DISPERSION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/gamma_quantile.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

/// \file
/// Whether counts vary as Poisson's do: Fisher's index of dispersion.

namespace sifang {

/// P(X > x) for the chi-square law. \pre df > 0; asserted \complexity O(√df)
[[nodiscard]] inline double chi_square_tail(double x, double df) noexcept {
  SIFANG_ASSERT(df > 0);
  return x <= 0 ? 1 : elementary::incomplete_gamma(df / 2, elementary::log_gamma(df / 2), x / 2).upper;
}

/// Fisher's test of counts against Poisson laws with the means that were fitted to them.
struct dispersion_test {
  double statistic = 0,  ///< X² = Σ (count − mean)² / mean
      df = 0,            ///< counts less what was estimated
      index = 1,         ///< X² / df: 1 for Poisson, more for counts that vary more
      p = 1;             ///< chance of an X² so large or larger if the counts are Poisson
};

/// Fisher's index of dispersion with its p-value against counts that vary more than Poisson's (Fisher 1925; chi-square).
///
/// Means may differ and be small, as those of Sundays are. X² given the sums that were fitted then varies by 2 df + `excess`, where
/// `excess` = Σ 1/mean − 1ᵀV1 and V is the covariance of the fitted log means (McCullagh 1985); the chi-square law is scaled to that. Where
/// one mean was fitted the excess is 0, and the test is the textbook's.
/// \param counts     what was counted
/// \param means      what was fitted, of the same length; counts of a mean of 0 are left out
/// \param estimated  numbers that were estimated
/// \complexity linear
template <class = when_called>
[[nodiscard]] inline dispersion_test test_dispersion(std::span<const double> counts, std::span<const double> means, std::size_t estimated,
                                                     double excess = 0) {
  SIFANG_ASSERT(counts.size() == means.size());
  dispersion_test out;
  double n = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (!(means[i] > 0)) continue;
    const double off = counts[i] - means[i];
    out.statistic += off * off / means[i];
    n += 1;
  }
  out.df = n - static_cast<double>(estimated);
  if (out.df < 1) return {out.statistic, (std::max)(out.df, 0.0), 1, 1};
  out.index = out.statistic / out.df;
  const double variance = (std::max)(2 * out.df + excess, 0.1 * out.df), scale = variance / (2 * out.df);
  out.p = chi_square_tail(out.statistic / scale, out.df / scale);
  return out;
}

/// The same for counts of one mean, their own. Counts that are all 0 are as Poisson's.
template <class = when_called>
[[nodiscard]] inline dispersion_test test_dispersion(std::span<const double> counts) {
  double sum = 0;
  for (const double c : counts) sum += c;
  std::vector<double> means(counts.size(), counts.empty() ? 0 : sum / static_cast<double>(counts.size()));
  return test_dispersion(counts, means, 1);
}

}  // namespace sifang

#endif
