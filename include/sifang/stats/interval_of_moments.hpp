// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_INTERVAL_OF_MOMENTS_HPP
#define SIFANG_STATS_INTERVAL_OF_MOMENTS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/beta_quantile.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

/// \file
/// The interval of a ratio ΣY/ΣN over replications from its sums, by the kind of quantity (docs/intervals.md).

namespace sifang {

/// Sums over replications of a ratio ΣY/ΣN and of the distances e = Y − (ΣY/ΣN)·N from it. A mean has N = 1.
struct ratio_moments {
  double y = 0,  ///< ΣY
      n = 0,     ///< ΣN
      ee = 0,    ///< Σe²; exactly 0 if nothing varies
      en = 0,    ///< ΣeN
      nn = 0,    ///< ΣN²
      eee = 0;   ///< Σe³
};

/// Misses and events that come at once at most, where so few were seen that it cannot be told from them: no misses in
/// 3,000 trials are taken for none in 600 clumps of five.
inline constexpr double largest_clump = 5;
/// So many misses or events are too few to tell how they clump; the more there are, the more their own variance counts.
inline constexpr double few_events = 10;

namespace detail {

/// Nothing was seen in so many trials, or missed: what the rule of three says of clumps. \returns the largest share
/// that would show nothing with probability 1 − confidence
[[nodiscard]] inline double share_after_none(double trials, const t_scale& scale) noexcept {
  return 1 - elementary::exp(elementary::log(1 - scale.confidence()) * (std::min)(1.0, largest_clump / trials));
}
/// By how much the variance of so many events is taken for that of independent ones, at least.
[[nodiscard]] inline double least_clump(double events) noexcept {
  // The power of 3/4 is about the highest at which one event more never makes an upper bound smaller.
  const double root = std::sqrt((std::min)(1.0, few_events / events));
  const double clump = largest_clump * root * std::sqrt(root);
  return clump < 1 ? 0 : clump;
}

/// Clopper and Pearson's interval (1934) of a share with the number of independent trials that would vary as much
/// (Kish 1965; Korn & Graubard 1998), for each bound: Student's factor in place of the normal one, and more where the
/// replications are more skewed than such trials are.
/// \param variance   of the share, from the replications
/// \param least      of the variance, for the bound that lies away from the nearer end of the scale
/// \param skewness   of the replications, not raised
[[nodiscard]] inline interval share_interval(double share, double variance, double least, double skewness, const t_scale& scale) noexcept {
  const double spread = share * (1 - share);
  const double of_trials = (1 - 2 * share) * std::sqrt(static_cast<double>(scale.replications()) * variance) / spread;
  const bound_factors factors = widened_factors(skewness_raised * (skewness - of_trials), scale);
  const double tail = (1 - scale.confidence()) / 2;
  const auto trials = [&](double factor, bool far) {
    const double nearer_normal = scale.normal() / factor;
    return spread / (far ? (std::max)(variance, least) : variance) * nearer_normal * nearer_normal;
  };
  const double below = trials(factors.below, share > 0.5), above = trials(factors.above, share <= 0.5);
  const double lower = beta_quantile(share * below, (1 - share) * below + 1, tail);
  const double upper = beta_quantile(share * above + 1, (1 - share) * above, 1 - tail);
  return {share, (std::min)(lower, share), (std::max)(upper, share), interval_kind::two_sided};
}

/// The same of a mean number of events, as a share of trials so many that they are a Poisson stream.
[[nodiscard]] inline interval count_interval(double mean, double variance, double least, double skewness, const t_scale& scale) noexcept {
  const double trials = 1e4 * (1 + mean), squared = trials * trials;
  interval out = share_interval(mean / trials, variance / squared, least / squared, skewness, scale);
  out.estimate = mean;
  out.lower = (std::min)(mean, out.lower * trials);
  out.upper = (std::max)(mean, out.upper * trials);
  return out;
}

/// Fieller's interval (1954), which takes the denominator for as uncertain as it is, with skew-adjusted factors: all r
/// that Σ(Y−rN), measured by its own standard error at r, does not speak against.
[[nodiscard]] inline interval fieller_interval(const ratio_moments& m, bound_factors factors, const t_scale& scale) noexcept {
  const double count = static_cast<double>(scale.replications()), freedom = count - 1;
  const double ratio = m.y / m.n, squared_sum = m.n * m.n / count;
  const double variance = m.ee / freedom, together = m.en / freedom;
  const double of_n = (std::max)(0.0, (m.nn - squared_sum) / freedom);
  const auto distance = [&](double factor) {  // of the bound from the ratio: a root of a quadratic
    const double t2 = factor * factor, lead = squared_sum - t2 * of_n, middle = t2 * together;
    const double root = std::sqrt((std::max)(0.0, middle * middle + lead * t2 * variance));
    if (lead <= 1e-3 * squared_sum) return std::numeric_limits<double>::infinity();  // denominators may be nearly 0
    return (middle + (factor > 0 ? root : -root)) / lead;
  };
  const double lower = ratio - distance(factors.below), upper = ratio - distance(-factors.above);
  if (!std::isfinite(lower) || !std::isfinite(upper)) return {ratio, ratio, ratio, interval_kind::too_little_data};
  return {ratio, (std::min)(ratio, lower), (std::max)(ratio, upper), interval_kind::two_sided};
}

}  // namespace detail

/// The interval of a ratio over replications. Where a quantity cannot be, its interval is not: shares by a method that
/// keeps their range, amounts by one that ends at 0 only where the data do not exclude it.
///
/// No value if ΣN = 0. Below `least_replications` there is an estimate and no interval; likewise where denominators
/// vary so much that no bound can be given.
/// \pre the sums are of as many replications as `scale` was made for
[[nodiscard]] inline interval interval_of(const ratio_moments& m, quantity what, const t_scale& scale) noexcept {
  if (m.n <= 0) return {};
  const double ratio = m.y / m.n;
  if (scale.too_few()) return {ratio, ratio, ratio, interval_kind::too_little_data};
  const double count = static_cast<double>(scale.replications());
  if (what == quantity::share && m.y >= 0 && (m.y == 0 || m.y == m.n)) {
    const double missed = detail::share_after_none(m.n, scale);
    if (m.y == 0) return {0, 0, missed, interval_kind::at_most};
    return {1, 1 - missed, 1, interval_kind::at_least};
  }
  if (what == quantity::count && m.y == 0) {
    return {0, 0, -elementary::log(1 - scale.confidence()) * largest_clump / m.n, interval_kind::at_most};
  }
  if (m.ee <= 0) return {ratio, ratio, ratio, interval_kind::constant};
  const double skewness = detail::skewness_of(m.ee, m.eee, scale.replications());
  const double variance = m.ee / (count - 1) * count / (m.n * m.n);
  if ((what == quantity::share || what == quantity::yearly_share) && ratio > 0 && ratio < 1) {
    const double of_one = ratio * (1 - ratio) / m.n;
    const double least = what == quantity::share ? detail::least_clump((std::min)(m.y, m.n - m.y)) * of_one : 0;
    return detail::share_interval(ratio, variance, least, skewness, scale);
  }
  if (what == quantity::count && ratio > 0) {
    return detail::count_interval(ratio, variance, detail::least_clump(m.y) * ratio / m.n, skewness, scale);
  }
  const double raised = skewness_raised * skewness;
  if (what == quantity::number) return detail::fieller_interval(m, detail::widened_factors(raised, scale), scale);
  interval out = detail::fieller_interval(m, detail::skewed_factors(raised, scale), scale);
  if (ratio >= 0) out.lower = (std::max)(0.0, out.lower);
  return out;
}

}  // namespace sifang

#endif
