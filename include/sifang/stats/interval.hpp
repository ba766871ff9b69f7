// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_INTERVAL_HPP
#define SIFANG_STATS_INTERVAL_HPP

namespace sifang {

/// An estimate with its confidence interval. Never NaN: what cannot be estimated has no value, and an
/// estimate from one replication has a value whose bounds are the estimate and `bounded` false.
struct interval {
  double estimate = 0, lower = 0, upper = 0;
  bool has_value = false;
  bool bounded = false;  ///< lower and upper are a confidence interval

  [[nodiscard]] constexpr double half_width() const noexcept { return (upper - lower) / 2; }
  [[nodiscard]] constexpr bool contains(double x) const noexcept { return has_value && lower <= x && x <= upper; }
};

}  // namespace sifang

#endif
