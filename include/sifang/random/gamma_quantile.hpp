// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RANDOM_GAMMA_QUANTILE_HPP
#define SIFANG_RANDOM_GAMMA_QUANTILE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/random/elementary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sifang::elementary {

/// log Γ(a), a > 0: Stirling's series from 10 upward, the recurrence below. About 1e-15 of max(1, value).
[[nodiscard]] inline double log_gamma(double a) noexcept {
  double product = 1;
  for (; a < 10; a += 1) product *= a;
  const double r = 1 / a, z = r * r;
  const double series =
      r * (1.0 / 12 + z * (-1.0 / 360 + z * (1.0 / 1260 + z * (-1.0 / 1680 + z * (1.0 / 1188 + z * (-691.0 / 360360 + z / 156))))));
  constexpr double half_log_two_pi = 0.91893853320467274178;
  return (a - 0.5) * log(a) - a + half_log_two_pi + series - log(product);
}

/// Both tails of the standard gamma distribution of shape a at x, and its density there times x.
struct gamma_tails {
  double lower = 0,   ///< P(X ≤ x)
      upper = 1,      ///< P(X > x)
      x_density = 0;  ///< density at x, times x
};

/// Power series left of a + 1, continued fraction right of it (Numerical Recipes 6.2).
/// Relative error about 1e-15 times max(1, a). \complexity O(√a + 1)
[[nodiscard]] inline gamma_tails incomplete_gamma(double a, double log_gamma_a, double x) noexcept {
  gamma_tails out;
  if (x <= 0) return out;
  out.x_density = exp(a * log(x) - x - log_gamma_a);
  if (x < a + 1) {
    double term = 1 / a, sum = term;
    for (double n = a + 1; term > sum * 0x1p-56; n += 1) sum += term *= x / n;
    out.lower = out.x_density * sum;
    out.upper = 1 - out.lower;
    return out;
  }
  constexpr double tiny = 1e-300;
  double b = x + 1 - a, c = 1 / tiny, d = 1 / b, h = d;
  for (double i = 1; i < 1e6; i += 1) {
    const double an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (std::abs(d) < tiny) d = tiny;
    c = b + an / c;
    if (std::abs(c) < tiny) c = tiny;
    d = 1 / d;
    h *= d * c;
    if (std::abs(d * c - 1) < 0x1p-52) break;
  }
  out.upper = out.x_density * h;
  out.lower = 1 - out.upper;
  return out;
}

/// Quantile of the standard gamma distribution of shape a > 0, 0 < p < 1: Newton's method on log x, held
/// in a bracket. Results below 1e-300 are 0.
[[nodiscard]] inline double gamma_quantile(double a, double p) noexcept {
  SIFANG_ASSERT(a > 0 && p > 0 && p < 1);
  const double lg = log_gamma(a);
  // Wilson and Hilferty's cube root where the shape is not small, else the leading term of the series.
  const double root = 1 - 1 / (9 * a) + normal_quantile(p) / (3 * std::sqrt(a));
  double x = a > 1 && root > 0.1 ? a * root * root * root : exp((log(p) + lg + log(a)) / a);
  if (x < 1e-300) return 0;
  double low = 0, high = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 200; ++i) {
    const gamma_tails at = incomplete_gamma(a, lg, x);
    const double error = p < 0.5 ? at.lower - p : (1 - p) - at.upper;
    (error < 0 ? low : high) = x;
    double next = at.x_density > 0 ? x * exp((std::min)(1.0, (std::max)(-1.0, -error / at.x_density))) : x;
    if (!(next > low && next < high)) next = high < 1e300 ? 0.5 * (low + high) : 2 * low;
    if (std::abs(next - x) <= 0x1p-50 * x) return next;
    x = next;
  }
  return x;
}

}  // namespace sifang::elementary

#endif
