// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_INTERVAL_HPP
#define SIFANG_STATS_INTERVAL_HPP

namespace sifang {

/// An estimate with its confidence interval. Never NaN: what cannot be estimated has no value, and an
/// estimate from one replication has a value whose bounds are the estimate and `bounded` false.
struct interval {
  double estimate = 0,     ///< in the unit of what is estimated; 0 without a value
      lower = 0,           ///< lower bound, never above the estimate
      upper = 0;           ///< upper bound, never below the estimate
  bool has_value = false;  ///< there were data to estimate from
  bool bounded = false;    ///< lower and upper are a confidence interval

  /// What stands behind "±"; 0 if there are no bounds.
  [[nodiscard]] constexpr double half_width() const noexcept { return (upper - lower) / 2; }
  /// Whether `x` lies between the bounds, both included.
  [[nodiscard]] constexpr bool contains(double x) const noexcept { return has_value && lower <= x && x <= upper; }
};

}  // namespace sifang

#endif
