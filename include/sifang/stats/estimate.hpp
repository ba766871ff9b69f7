// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_ESTIMATE_HPP
#define SIFANG_STATS_ESTIMATE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/sim/elementary.hpp"
#include "sifang/stats/accumulator.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/student_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace sifang {

/// Half-width factor: t with n-1 degrees of freedom for a two-sided interval.
[[nodiscard]] inline double t_factor(std::size_t n, double confidence) noexcept {
  return n < 2 ? 0 : student_t_quantile(0.5 + confidence / 2, static_cast<double>(n - 1));
}

/// The same factor, worked out once for many intervals over the same replications: a quantile of t costs
/// some microseconds, an interval nanoseconds.
class t_scale {
 public:
  /// The confidence lies between 0 and 1, 0.95 usually.
  t_scale(std::size_t replications, double confidence) noexcept : factor_(t_factor(replications, confidence)) {}
  /// 0 with fewer than two replications: no interval can be given.
  [[nodiscard]] double factor() const noexcept { return factor_; }

 private:
  double factor_;
};

/// Mean over replications: Ȳ ± t S/√n. Values are independent replications, never cases of one run.
/// \pre `scale` was made for as many replications
[[nodiscard]] inline interval mean_interval(std::span<const double> values, const t_scale& scale) noexcept {
  interval out;
  if (values.empty()) return out;
  accumulator a;
  for (double x : values) a.add(x);
  out.has_value = true;
  out.bounded = values.size() >= 2;
  const double half = scale.factor() * a.deviation() / std::sqrt(static_cast<double>(values.size()));
  out.estimate = a.mean();
  out.lower = a.mean() - half;
  out.upper = a.mean() + half;
  return out;
}
/// The same, for one interval alone.
[[nodiscard]] inline interval mean_interval(std::span<const double> values, double confidence = 0.95) noexcept {
  return mean_interval(values, t_scale(values.size(), confidence));
}

/// Ratio of two means over replications, ΣY/ΣN, by the delta method: s² = Σ(Y−rN)²/(n−1), half-width
/// t s/(N̄√n) (METHODS 4). Has no value if ΣN = 0. Replications with N = 0 count: they say that there was none.
/// \pre `scale` was made for as many replications
[[nodiscard]] inline interval ratio_interval(std::span<const double> numerators, std::span<const double> denominators,
                                             const t_scale& scale) noexcept {
  SIFANG_ASSERT(numerators.size() == denominators.size());
  interval out;
  double y = 0, n = 0;
  for (std::size_t i = 0; i < numerators.size(); ++i) {
    y += numerators[i];
    n += denominators[i];
  }
  if (n <= 0) return out;
  const std::size_t count = numerators.size();
  const double r = y / n;
  double squares = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double e = numerators[i] - r * denominators[i];
    squares += e * e;
  }
  out.has_value = true;
  out.bounded = count >= 2;
  const double size = static_cast<double>(count);
  const double half = count < 2 ? 0 : scale.factor() * std::sqrt(squares / (size - 1)) / (n / size * std::sqrt(size));
  out.estimate = r;
  out.lower = r - half;
  out.upper = r + half;
  return out;
}
/// The same, for one interval alone.
[[nodiscard]] inline interval ratio_interval(std::span<const double> numerators, std::span<const double> denominators,
                                             double confidence = 0.95) noexcept {
  return ratio_interval(numerators, denominators, t_scale(numerators.size(), confidence));
}

/// Wilson's interval for a share of independent trials, as the chance that a *year* meets a target.
[[nodiscard]] inline interval wilson_interval(double successes, double trials, double confidence = 0.95) noexcept {
  interval out;
  if (trials <= 0) return out;
  const double z = elementary::normal_quantile(0.5 + confidence / 2);
  const double p = successes / trials;
  const double base = 1 + z * z / trials;
  const double centre = (p + z * z / (2 * trials)) / base;
  const double half = z / base * std::sqrt(p * (1 - p) / trials + z * z / (4 * trials * trials));
  return {p, std::max(0.0, centre - half), std::min(1.0, centre + half), true, true};
}

}  // namespace sifang

#endif
