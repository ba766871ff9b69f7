// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_STUDENT_T_HPP
#define SIFANG_STATS_STUDENT_T_HPP

#include "sifang/core/assert.hpp"
#include "sifang/random/elementary.hpp"

#include <cmath>
#include <cstddef>

namespace sifang {

namespace detail {
/// Continued fraction of the incomplete beta function (Lentz; Press et al.).
[[nodiscard]] inline double beta_fraction(double a, double b, double x) noexcept {
  constexpr double tiny = 1e-300;
  double c = 1, d = 1 - (a + b) * x / (a + 1);
  if (std::abs(d) < tiny) d = tiny;
  d = 1 / d;
  double h = d;
  for (int m = 1; m <= 500; ++m) {
    const double m2 = 2.0 * m;
    double term = m * (b - m) * x / ((a + m2 - 1) * (a + m2));
    d = 1 + term * d;
    if (std::abs(d) < tiny) d = tiny;
    c = 1 + term / c;
    if (std::abs(c) < tiny) c = tiny;
    d = 1 / d;
    h *= d * c;
    term = -(a + m) * (a + b + m) * x / ((a + m2) * (a + m2 + 1));
    d = 1 + term * d;
    if (std::abs(d) < tiny) d = tiny;
    c = 1 + term / c;
    if (std::abs(c) < tiny) c = tiny;
    d = 1 / d;
    const double change = d * c;
    h *= change;
    if (std::abs(change - 1) < 1e-15) break;
  }
  return h;
}

/// log Γ(x) for x > 0 (Lanczos, g = 7, n = 9); absolute error about 1e-14.
[[nodiscard]] inline double log_gamma(double x) noexcept {
  constexpr double g[] = {0.99999999999980993, 676.5203681218851,    -1259.1392167224028,   771.32342877765313,   -176.61502916214059,
                          12.507343278686905,  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7};
  const double z = x - 1;
  double sum = g[0];
  for (int i = 1; i < 9; ++i) sum += g[i] / (z + i);
  const double t = z + 7.5;
  return 0.91893853320467274178 + (z + 0.5) * elementary::log(t) - t + elementary::log(sum);
}
}  // namespace detail

namespace detail {
/// −log B(a, b); a, b > 0.
[[nodiscard]] inline double log_over_beta(double a, double b) noexcept { return log_gamma(a + b) - log_gamma(a) - log_gamma(b); }
/// I_x(a, b) and the density at x times x(1−x), for many x of the same shapes.
struct beta_tail {
  double lower = 0, scaled_density = 0;
};
/// \pre 0 < x < 1; asserted
[[nodiscard]] inline beta_tail beta_tail_at(double a, double b, double log_over_beta_ab, double x) noexcept {
  SIFANG_ASSERT(x > 0 && x < 1);
  const double front = elementary::exp(log_over_beta_ab + a * elementary::log(x) + b * elementary::log(1 - x));
  const bool left = x < (a + 1) / (a + b + 2);
  return {left ? front * beta_fraction(a, b, x) / a : 1 - front * beta_fraction(b, a, 1 - x) / b, front};
}
}  // namespace detail

/// Regularised incomplete beta function I_x(a, b); 0 <= x <= 1, a, b > 0.
[[nodiscard]] inline double incomplete_beta(double a, double b, double x) noexcept {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return detail::beta_tail_at(a, b, detail::log_over_beta(a, b), x).lower;
}

/// Distribution function of Student's t with `df` > 0 degrees of freedom.
[[nodiscard]] inline double student_t_cdf(double t, double df) noexcept {
  const double tail = 0.5 * incomplete_beta(df / 2, 0.5, df / (df + t * t));
  return t > 0 ? 1 - tail : tail;
}

/// Quantile of Student's t, 0 < p < 1. Bisection on the tail to full precision; a few microseconds.
[[nodiscard]] inline double student_t_quantile(double p, double df) noexcept {
  SIFANG_ASSERT(p > 0 && p < 1 && df > 0);
  if (p == 0.5) return 0;
  const double tail = p < 0.5 ? p : 1 - p;
  double low = 0, high = 1;
  while (0.5 * incomplete_beta(df / 2, 0.5, df / (df + high * high)) > tail && high < 1e150) {
    low = high;
    high *= 2;
  }
  for (int i = 0; i < 200 && high - low > 1e-15 * high; ++i) {
    const double mid = 0.5 * (low + high);
    (0.5 * incomplete_beta(df / 2, 0.5, df / (df + mid * mid)) > tail ? low : high) = mid;
  }
  const double t = 0.5 * (low + high);
  return p < 0.5 ? -t : t;
}

}  // namespace sifang

#endif
