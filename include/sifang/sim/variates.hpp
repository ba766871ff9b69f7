// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIM_VARIATES_HPP
#define SIFANG_SIM_VARIATES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/sim/elementary.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

/// \file
/// Variates by inversion: one uniform u in (0, 1) each, non-decreasing in u, so that common random
/// numbers stay synchronised and a longer queue under one policy is longer for the same people (METHODS 2).

namespace sifang {

/// Mean `mean` >= 0.
[[nodiscard]] inline double exponential(double u, double mean) noexcept { return -mean * elementary::log(1.0 - u); }

/// Standard normal.
[[nodiscard]] inline double normal(double u) noexcept { return elementary::normal_quantile(u); }

/// Lognormal by its mean and coefficient of variation; the mean itself if either is 0.
[[nodiscard]] inline double lognormal(double u, double mean, double cv) noexcept {
  if (mean <= 0 || cv <= 0) return mean;
  const double variance = elementary::log(1.0 + cv * cv);
  return mean * elementary::exp(std::sqrt(variance) * normal(u) - 0.5 * variance);
}

/// Number of failures before a success, with the given mean >= 0.
[[nodiscard]] inline int geometric(double u, double mean) noexcept {
  if (mean <= 0) return 0;
  const double p_fail = mean / (1.0 + mean);
  return static_cast<int>(elementary::log(1.0 - u) / elementary::log(p_fail));
}

namespace detail {
/// Inverts a distribution on 0, 1, … given P(0) and P(k+1)/P(k). Linear in the result.
template <class Ratio>
[[nodiscard]] int invert_upward(double u, double p0, Ratio ratio) noexcept {
  double p = p0, sum = p0;
  int k = 0;
  while (u > sum && p > 1e-300 && k < 1000000) {
    p *= ratio(k);
    ++k;
    sum += p;
  }
  return k;
}
}  // namespace detail

/// Poisson, mean 0 to about 700 exactly by inversion; larger means as a normal with continuity correction.
[[nodiscard]] inline int poisson(double u, double mean) noexcept {
  SIFANG_ASSERT(mean >= 0);
  if (mean <= 0) return 0;
  if (mean > 600) return static_cast<int>(std::max(0.0, std::floor(mean + std::sqrt(mean) * normal(u) + 0.5)));
  return detail::invert_upward(u, elementary::exp(-mean), [mean](int k) { return mean / (k + 1); });
}

/// Negative binomial by its mean and its ratio of variance to mean; Poisson at a ratio of 1.
[[nodiscard]] inline int negative_binomial(double u, double mean, double variance_ratio) noexcept {
  if (mean <= 0) return 0;
  if (variance_ratio <= 1.0 + 1e-9) return poisson(u, mean);
  const double size = mean / (variance_ratio - 1.0);
  const double q = 1.0 - 1.0 / variance_ratio;  // failure probability
  const double log_p0 = -size * elementary::log(variance_ratio);
  if (log_p0 < -600) {
    return static_cast<int>(std::max(0.0, std::floor(mean + std::sqrt(mean * variance_ratio) * normal(u) + 0.5)));
  }
  return detail::invert_upward(u, elementary::exp(log_p0), [size, q](int k) { return q * (size + k) / (k + 1); });
}

/// 1 / (1 + e^{-x}).
[[nodiscard]] inline double logistic(double x) noexcept { return 1.0 / (1.0 + elementary::exp(-x)); }

}  // namespace sifang

#endif
