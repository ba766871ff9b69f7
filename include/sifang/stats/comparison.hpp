// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_COMPARISON_HPP
#define SIFANG_STATS_COMPARISON_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/sort_stably.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/accumulator.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

namespace sifang {

/// Other minus base on common random numbers.
struct paired_difference {
  interval difference;        ///< in the unit of the values; above 0 the other has more
  double variance_ratio = 0;  ///< (S²_A+S²_B)/S²_D: above 1 the pairing helps; 0 if nothing varies
  double p_value = 1;         ///< two-sided, of no difference; below 1 − confidence exactly if the interval excludes 0
};

/// A variance of differences below this part of the variances they come from is rounding alone.
inline constexpr double rounding_of_variance = 1e-13;

/// What a paired difference is made from, over the replications.
struct difference_moments {
  double difference = 0,  ///< other minus base
      base = 0,           ///< sample variance of the base
      other = 0,          ///< sample variance of the other
      paired = 0,         ///< sample variance of other minus base; exactly 0 if it is the same in every replication
      cubes = 0;          ///< Σ of the cubes of other minus base, from their mean
};

/// Paired difference by Student's t, wider where the differences are skewed (docs/intervals.md). A difference of shares
/// stays between −1 and 1. Below `least_replications` there is no interval, and nothing is shown.
/// \pre the moments are of as many replications as `scale` was made for
template <class = when_called>
[[nodiscard]] inline paired_difference paired_of_moments(const difference_moments& m, quantity what, const t_scale& scale) noexcept {
  paired_difference out;
  out.difference = {m.difference, m.difference, m.difference, interval_kind::too_little_data};
  if (m.paired > 0) out.variance_ratio = (m.base + m.other) / m.paired;
  if (scale.too_few()) return out;
  if (m.paired <= 0) {
    out.difference.kind = interval_kind::constant;
    out.p_value = m.difference == 0 ? 1 : 0;
    return out;
  }
  const double freedom = static_cast<double>(scale.replications() - 1);
  const double error = std::sqrt(m.paired / static_cast<double>(scale.replications()));
  const double skewness = skewness_raised * detail::skewness_of(m.paired * freedom, m.cubes, scale.replications());
  const detail::bound_factors factors = detail::widened_factors(skewness, scale);
  const bool of_shares = what == quantity::share || what == quantity::yearly_share;
  const double end = of_shares && std::abs(m.difference) <= 1 ? 1 : std::numeric_limits<double>::infinity();
  out.difference.kind = interval_kind::two_sided;
  out.difference.lower = (std::max)(-end, m.difference - factors.below * error);
  out.difference.upper = (std::min)(end, m.difference + factors.above * error);
  const double statistic = detail::widened_statistic(m.difference / error, skewness, scale.replications());
  out.p_value = 2 * student_t_cdf(-statistic, freedom);
  return out;
}

namespace detail {
template <class = when_called>
[[nodiscard]] inline paired_difference from_influences(double difference, std::span<const double> base, std::span<const double> other,
                                                       quantity what, const t_scale& scale) {
  accumulator a, b, d;
  for (std::size_t i = 0; i < base.size(); ++i) {
    a.add(base[i]);
    b.add(other[i]);
    d.add(other[i] - base[i]);
  }
  double cubes = 0;
  for (std::size_t i = 0; i < base.size(); ++i) {
    const double from_mean = other[i] - base[i] - d.mean();
    cubes += from_mean * from_mean * from_mean;
  }
  const double paired = d.variance() > rounding_of_variance * (a.variance() + b.variance()) ? d.variance() : 0;
  return paired_of_moments({difference, a.variance(), b.variance(), paired, cubes}, what, scale);
}
}  // namespace detail

/// Paired difference of means over replications with the same numbers (METHODS 5).
template <class = when_called>
[[nodiscard]] inline paired_difference compare_means(std::span<const double> base, std::span<const double> other, double confidence = 0.95,
                                                     quantity what = quantity::number) {
  SIFANG_ASSERT(base.size() == other.size());
  if (base.empty()) return {};
  const auto mean = [](std::span<const double> v) { return std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size()); };
  return detail::from_influences(mean(other) - mean(base), base, other, what, t_scale(base.size(), confidence));
}

/// Paired difference of two ratios ΣY/ΣN, by the delta method on their influence values
/// (Y−rN)/N̄, so that the pairing of the replications is kept. Has no value if a ratio has none.
template <class = when_called>
[[nodiscard]] inline paired_difference compare_ratios(std::span<const double> base_y, std::span<const double> base_n,
                                                      std::span<const double> other_y, std::span<const double> other_n,
                                                      const t_scale& scale, quantity what = quantity::number) {
  SIFANG_ASSERT(base_y.size() == other_y.size());
  const std::size_t n = base_y.size();
  const auto sum = [](std::span<const double> v) { return std::accumulate(v.begin(), v.end(), 0.0); };
  const double na = sum(base_n), nb = sum(other_n);
  if (na <= 0 || nb <= 0) return {};
  const double ra = sum(base_y) / na, rb = sum(other_y) / nb;
  const auto influences = [n](std::span<const double> y, std::span<const double> d, double ratio, double whole) {
    std::vector<double> out(n);
    double squares = 0, scale_of_rounding = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double e = y[i] - ratio * d[i];
      squares += e * e;
      scale_of_rounding += ratio * ratio * d[i] * d[i];
      out[i] = e / (whole / static_cast<double>(n));
    }
    if (squares <= 1e-26 * scale_of_rounding) std::fill(out.begin(), out.end(), 0.0);  // as `ratio_sums::squares`
    return out;
  };
  return detail::from_influences(rb - ra, influences(base_y, base_n, ra, na), influences(other_y, other_n, rb, nb), what, scale);
}
/// The same, for one comparison alone.
template <class = when_called>
[[nodiscard]] inline paired_difference compare_ratios(std::span<const double> base_y, std::span<const double> base_n,
                                                      std::span<const double> other_y, std::span<const double> other_n,
                                                      double confidence = 0.95, quantity what = quantity::number) {
  return compare_ratios(base_y, base_n, other_y, other_n, t_scale(base_y.size(), confidence), what);
}

/// Level of each of several intervals, so that all of them together hold with `confidence` at least (Bonferroni), however they depend on
/// each other. Of one or none it is the confidence itself.
[[nodiscard]] constexpr double each_of_joint(double confidence, std::size_t intervals) noexcept {
  return intervals < 2 ? confidence : 1 - (1 - confidence) / static_cast<double>(intervals);
}

/// Holm's step-down procedure (1979): which of several hypotheses are rejected at a joint level.
template <class = when_called>
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
