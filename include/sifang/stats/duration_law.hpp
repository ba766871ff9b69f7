// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_DURATION_LAW_HPP
#define SIFANG_STATS_DURATION_LAW_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/names.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/random/gamma_quantile.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <string_view>

/// \file
/// Laws of durations: exponential, Weibull, gamma and lognormal, by scale and shape.

namespace sifang {

/// A family of laws of a positive duration.
enum class duration_family : std::uint8_t { exponential, weibull, gamma, lognormal };
/// Enumerators of `duration_family`.
inline constexpr std::size_t duration_family_count = 4;
template <>
inline constexpr std::string_view names_of<duration_family>[] = {"exponential", "weibull", "gamma", "lognormal"};

/// Numbers that are estimated of a family: 1 or 2.
[[nodiscard]] constexpr std::size_t parameters_of(duration_family f) noexcept { return f == duration_family::exponential ? 1 : 2; }

/// Both tails of a law at one point.
struct duration_tails {
  double lower = 0,  ///< P(X ≤ x)
      upper = 1;     ///< P(X > x), right also where it is tiny
};

/// A law of a positive duration.
///
/// scale and shape: exponential, mean and 1; Weibull, P(X > x) = exp(−(x/scale)^shape); gamma, scale θ and shape k (mean kθ);
/// lognormal, the median and the standard deviation of the logarithm.
struct duration_law {
  duration_family family = duration_family::exponential;  ///< which
  double scale = 1,                                       ///< in the unit of the duration, positive
      shape = 1;                                          ///< without unit, positive

  /// P(X ≤ x) and P(X > x). Relative error about 1e-13. \complexity constant, for gamma O(√shape)
  [[nodiscard]] duration_tails tails(double x) const noexcept {
    if (!(x > 0)) return {};
    if (x == std::numeric_limits<double>::infinity()) return {1, 0};
    switch (family) {
      case duration_family::exponential:
        return of_hazard(x / scale);
      case duration_family::weibull:
        return of_hazard(elementary::exp(shape * elementary::log(x / scale)));
      case duration_family::gamma: {
        const elementary::gamma_tails at = elementary::incomplete_gamma(shape, elementary::log_gamma(shape), x / scale);
        return {at.lower, at.upper};
      }
      case duration_family::lognormal: {
        const double z = elementary::log(x / scale) / shape;
        return {0.5 * std::erfc(-z / std::numbers::sqrt2), 0.5 * std::erfc(z / std::numbers::sqrt2)};
      }
    }
    return {};
  }
  /// Probability of (from, to]. \pre 0 <= from <= to; asserted
  [[nodiscard]] double between(double from, double to) const noexcept {
    SIFANG_ASSERT(0 <= from && from <= to);
    const duration_tails a = tails(from), b = tails(to);
    return a.lower > 0.5 ? a.upper - b.upper : b.lower - a.lower;
  }
  /// Logarithm of the density at x > 0.
  [[nodiscard]] double log_density(double x) const noexcept {
    const double r = x / scale, log_r = elementary::log(r);
    switch (family) {
      case duration_family::exponential:
        return -r - elementary::log(scale);
      case duration_family::weibull:
        return elementary::log(shape / scale) + (shape - 1) * log_r - elementary::exp(shape * log_r);
      case duration_family::gamma:
        return (shape - 1) * log_r - r - elementary::log_gamma(shape) - elementary::log(scale);
      case duration_family::lognormal: {
        constexpr double half_log_two_pi = 0.91893853320467274178;
        const double z = log_r / shape;
        return -0.5 * z * z - half_log_two_pi - elementary::log(shape * x);
      }
    }
    return 0;
  }
  /// The value below which the share p lies. \pre 0 < p < 1; asserted
  [[nodiscard]] double quantile(double p) const noexcept {
    SIFANG_ASSERT(p > 0 && p < 1);
    switch (family) {
      case duration_family::exponential:
        return -scale * elementary::log(1 - p);
      case duration_family::weibull:
        return scale * elementary::exp(elementary::log(-elementary::log(1 - p)) / shape);
      case duration_family::gamma:
        return scale * elementary::gamma_quantile(shape, p);
      case duration_family::lognormal:
        return scale * elementary::exp(shape * elementary::normal_quantile(p));
    }
    return 0;
  }
  /// Mean, in the unit of the duration.
  [[nodiscard]] double mean() const noexcept {
    switch (family) {
      case duration_family::exponential:
        return scale;
      case duration_family::weibull:
        return scale * elementary::exp(elementary::log_gamma(1 + 1 / shape));
      case duration_family::gamma:
        return scale * shape;
      case duration_family::lognormal:
        return scale * elementary::exp(0.5 * shape * shape);
    }
    return 0;
  }
  /// Coefficient of variation: standard deviation over mean.
  [[nodiscard]] double cv() const noexcept {
    switch (family) {
      case duration_family::exponential:
        return 1;
      case duration_family::weibull: {
        const double first = elementary::log_gamma(1 + 1 / shape), second = elementary::log_gamma(1 + 2 / shape);
        return std::sqrt(elementary::exp(second - 2 * first) - 1);
      }
      case duration_family::gamma:
        return 1 / std::sqrt(shape);
      case duration_family::lognormal:
        return std::sqrt(elementary::exp(shape * shape) - 1);
    }
    return 0;
  }

 private:
  /// Tails where P(X > x) = e^{−h}; the lower one by its series where it is small, as 1 − e^{−h} would lose digits.
  [[nodiscard]] static duration_tails of_hazard(double h) noexcept {
    const double upper = elementary::exp(-h);
    if (h > 0.01) return {1 - upper, upper};
    return {h * (1 - h / 2 * (1 - h / 3 * (1 - h / 4 * (1 - h / 5 * (1 - h / 6))))), upper};
  }
};

}  // namespace sifang

#endif
