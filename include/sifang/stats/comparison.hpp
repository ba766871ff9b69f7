// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_COMPARISON_HPP
#define SIFANG_STATS_COMPARISON_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/sort_stably.hpp"
#include "sifang/stats/accumulator.hpp"
#include "sifang/stats/estimate.hpp"
#include "sifang/stats/interval.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

namespace sifang {

/// Other minus base on common random numbers.
struct paired_difference {
  interval difference;        ///< in the unit of the values; above 0 the other has more
  double variance_ratio = 0;  ///< (S²_A+S²_B)/S²_D: above 1 the pairing helps; 0 if nothing varies
  double p_value = 1;         ///< two-sided, of no difference
};

/// From a difference and the sample variances of base, other and other minus base over the replications.
/// \pre `scale` was made for as many replications
[[nodiscard]] inline paired_difference paired_of_variances(double difference, double base, double other, double of_difference,
                                                           std::size_t replications, const t_scale& scale) noexcept {
  paired_difference out;
  const double error = std::sqrt(of_difference) / std::sqrt(static_cast<double>(replications));
  const double half = scale.factor() * error;
  out.difference = {difference, difference - half, difference + half, true, replications >= 2};
  if (of_difference > 0) out.variance_ratio = (base + other) / of_difference;
  if (replications >= 2) {
    if (error > 0) out.p_value = 2 * student_t_cdf(-std::abs(difference) / error, static_cast<double>(replications - 1));
    else out.p_value = difference == 0 ? 1 : 0;
  }
  return out;
}

namespace detail {
[[nodiscard]] inline paired_difference from_influences(double difference, std::span<const double> base, std::span<const double> other,
                                                       const t_scale& scale) {
  accumulator a, b, d;
  for (std::size_t i = 0; i < base.size(); ++i) {
    a.add(base[i]);
    b.add(other[i]);
    d.add(other[i] - base[i]);
  }
  return paired_of_variances(difference, a.variance(), b.variance(), d.variance(), base.size(), scale);
}
}  // namespace detail

/// Paired difference of means: D̄ ± t S_D/√n over replications with the same numbers (METHODS 5).
[[nodiscard]] inline paired_difference compare_means(std::span<const double> base, std::span<const double> other, double confidence = 0.95) {
  SIFANG_ASSERT(base.size() == other.size());
  if (base.empty()) return {};
  const auto mean = [](std::span<const double> v) { return std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size()); };
  return detail::from_influences(mean(other) - mean(base), base, other, t_scale(base.size(), confidence));
}

/// Paired difference of two ratios ΣY/ΣN, by the delta method on their influence values
/// (Y−rN)/N̄, so that the pairing of the replications is kept. Has no value if a ratio has none.
[[nodiscard]] inline paired_difference compare_ratios(std::span<const double> base_y, std::span<const double> base_n,
                                                      std::span<const double> other_y, std::span<const double> other_n,
                                                      const t_scale& scale) {
  SIFANG_ASSERT(base_y.size() == other_y.size());
  const std::size_t n = base_y.size();
  const auto sum = [](std::span<const double> v) { return std::accumulate(v.begin(), v.end(), 0.0); };
  const double na = sum(base_n), nb = sum(other_n);
  if (na <= 0 || nb <= 0) return {};
  const double ra = sum(base_y) / na, rb = sum(other_y) / nb;
  std::vector<double> a(n), b(n);
  const double size = static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) {
    a[i] = (base_y[i] - ra * base_n[i]) / (na / size);
    b[i] = (other_y[i] - rb * other_n[i]) / (nb / size);
  }
  return detail::from_influences(rb - ra, a, b, scale);
}
/// The same, for one comparison alone.
[[nodiscard]] inline paired_difference compare_ratios(std::span<const double> base_y, std::span<const double> base_n,
                                                      std::span<const double> other_y, std::span<const double> other_n,
                                                      double confidence = 0.95) {
  return compare_ratios(base_y, base_n, other_y, other_n, t_scale(base_y.size(), confidence));
}

/// Holm's step-down procedure (1979): which of several hypotheses are rejected at a joint level.
[[nodiscard]] inline std::vector<bool> holm(std::span<const double> p_values, double level = 0.05) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  detail::sort_stably(order, [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<bool> rejected(p_values.size(), false);
  for (std::size_t k = 0; k < order.size(); ++k) {
    if (p_values[order[k]] > level / static_cast<double>(order.size() - k)) break;
    rejected[order[k]] = true;
  }
  return rejected;
}

}  // namespace sifang

#endif
