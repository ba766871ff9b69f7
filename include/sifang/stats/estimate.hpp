// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_ESTIMATE_HPP
#define SIFANG_STATS_ESTIMATE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/interval_of_moments.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace sifang {

namespace detail {
/// The sums behind an interval, from all values; `denominator(i)` is that of the i-th.
template <class Denominator>
[[nodiscard]] ratio_moments moments_of(std::span<const double> numerators, const Denominator& denominator) noexcept {
  ratio_moments m;
  for (std::size_t i = 0; i < numerators.size(); ++i) {
    m.y += numerators[i];
    m.n += denominator(i);
  }
  if (m.n <= 0) return m;
  const double ratio = m.y / m.n;
  for (std::size_t i = 0; i < numerators.size(); ++i) {
    const double n = denominator(i), e = numerators[i] - ratio * n;
    m.ee += e * e;
    m.en += e * n;
    m.nn += n * n;
    m.eee += e * e * e;
  }
  if (m.ee <= 1e-26 * ratio * ratio * m.nn) m.ee = 0;  // rounding alone
  return m;
}
}  // namespace detail

/// Mean over replications, by the skew-adjusted t (`interval_of`). Values are independent replications, never cases
/// of one run. No interval below `least_replications`; no value if there are none.
/// \pre `scale` was made for as many replications
template <class = when_called>
[[nodiscard]] inline interval mean_interval(std::span<const double> values, const t_scale& scale,
                                            quantity what = quantity::number) noexcept {
  SIFANG_ASSERT(scale.replications() == values.size());
  return interval_of(detail::moments_of(values, [](std::size_t) { return 1.0; }), what, scale);
}
/// The same, for one interval alone.
template <class = when_called>
[[nodiscard]] inline interval mean_interval(std::span<const double> values, double confidence = 0.95,
                                            quantity what = quantity::number) noexcept {
  return mean_interval(values, t_scale(values.size(), confidence), what);
}

/// Ratio of two means over replications, ΣY/ΣN, by `interval_of`. Has no value if ΣN = 0. Replications with N = 0
/// count: they say that there was none.
/// \pre as many denominators, and `scale` was made for as many replications
template <class = when_called>
[[nodiscard]] inline interval ratio_interval(std::span<const double> numerators, std::span<const double> denominators, const t_scale& scale,
                                             quantity what = quantity::number) noexcept {
  SIFANG_ASSERT(numerators.size() == denominators.size() && scale.replications() == numerators.size());
  return interval_of(detail::moments_of(numerators, [&](std::size_t i) { return denominators[i]; }), what, scale);
}
/// The same, for one interval alone.
template <class = when_called>
[[nodiscard]] inline interval ratio_interval(std::span<const double> numerators, std::span<const double> denominators,
                                             double confidence = 0.95, quantity what = quantity::number) noexcept {
  return ratio_interval(numerators, denominators, t_scale(numerators.size(), confidence), what);
}

/// Wilson's interval (1927) for a share of independent trials, as the chance that a *year* meets a target. No value
/// without trials.
[[nodiscard]] inline interval wilson_interval(double successes, double trials, double confidence = 0.95) noexcept {
  if (trials <= 0) return {};
  const double z = elementary::normal_quantile(0.5 + confidence / 2);
  const double p = successes / trials;
  const double base = 1 + z * z / trials;
  const double centre = (p + z * z / (2 * trials)) / base;
  const double half = z / base * std::sqrt(p * (1 - p) / trials + z * z / (4 * trials * trials));
  return {p, (std::max)(0.0, centre - half), (std::min)(1.0, centre + half), interval_kind::two_sided};
}

}  // namespace sifang

#endif
