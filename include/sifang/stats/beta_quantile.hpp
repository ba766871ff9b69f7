// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_BETA_QUANTILE_HPP
#define SIFANG_STATS_BETA_QUANTILE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/student_t.hpp"

#include <algorithm>
#include <cmath>

namespace sifang {

namespace detail {
/// Where the quantile of a beta law lies, within some thousandths of its spread if both shapes are above 5
/// (Abramowitz & Stegun 26.5.22). \param z  normal quantile of the same probability \pre a, b > 0.5
[[nodiscard]] inline double beta_quantile_near(double a, double b, double z) noexcept {
  SIFANG_ASSERT(a > 0.5 && b > 0.5);
  const double of_a = 1 / (2 * a - 1), of_b = 1 / (2 * b - 1);
  const double h = 2 / (of_a + of_b), lambda = (z * z - 3) / 6;
  const double w = -z * std::sqrt(h + lambda) / h - (of_b - of_a) * (lambda + 5.0 / 6 - 2 / (3 * h));
  return a / (a + b * elementary::exp(2 * w));
}
}  // namespace detail

/// Quantile of the beta law of shapes a, b > 0, 0 < p < 1. Where both shapes are 20 or more it is an approximation,
/// wrong by less than a hundredth of the law's spread; elsewhere ten digits or more are right (the last step of Newton's method doubles
/// nine). \complexity constant; some microseconds for small shapes
[[nodiscard]] inline double beta_quantile(double a, double b, double p) noexcept {
  SIFANG_ASSERT(a > 0 && b > 0 && p > 0 && p < 1);
  const double smaller = (std::min)(a, b);
  const double near = smaller > 2 ? detail::beta_quantile_near(a, b, elementary::normal_quantile(p)) : 0;
  if (smaller >= 20) return near;
  const double log_over_beta = detail::log_over_beta(a, b);
  double low = 0, high = 1, x = near;
  if (!(x > 0 && x < 1)) {  // the leading term of the smaller tail
    const double power = elementary::exp((elementary::log(p) + elementary::log(a) - log_over_beta) / a);
    x = power < 0.5 ? power : a / (a + b);
  }
  for (int i = 0; i < 100; ++i) {
    const detail::beta_tail at = detail::beta_tail_at(a, b, log_over_beta, x);
    const double error = at.lower - p;
    (error < 0 ? low : high) = x;
    double next = at.scaled_density > 0 ? x - error * x * (1 - x) / at.scaled_density : 0;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (std::abs(next - x) <= 1e-9 * x) return next;
    x = next;
  }
  return x;
}

}  // namespace sifang

#endif
