// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_SKEWED_T_HPP
#define SIFANG_STATS_SKEWED_T_HPP

#include "sifang/core/assert.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/student_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

/// \file
/// Student's t for data that lean to one side: Johnson's correction (1978) in the monotone form of Hall (1992).
///
/// With T = (mean − truth) √n / S and skewness γ, P(T ≤ x) is Φ(x) + γ(2x²+1)φ(x)/(6√n) to first order, so
/// T + γ(2T²+1)/(6√n) is nearer to Student's t. Hall adds the cubic term that makes it rise everywhere:
/// g(T) = T + hT² + h²T³/3 + h/2 with h = γ/(3√n), which can be turned round in closed form.

namespace sifang {

/// Replications below which no interval is given: at 15 and more all cases of docs/intervals.md are covered in 93 of
/// 100 times at least, and 16 are two blocks of a study.
inline constexpr std::size_t least_replications = 16;

/// By how much the skewness of a sample is raised: that of a small sample from a skewed law is too small by about as
/// much. 1.5 is what brings lognormal data of cv 2 to their coverage from 15 values on (docs/intervals.md).
inline constexpr double skewness_raised = 1.5;

/// Half-width factor: t with n-1 degrees of freedom for a two-sided interval; 0 with fewer than two.
[[nodiscard]] inline double t_factor(std::size_t n, double confidence) noexcept {
  return n < 2 ? 0 : student_t_quantile(0.5 + confidence / 2, static_cast<double>(n - 1));
}

/// The factors of many intervals over the same replications, worked out once: a quantile of t costs some
/// microseconds, an interval a fraction of one.
class t_scale {
 public:
  /// The confidence lies between 0 and 1, 0.95 usually.
  t_scale(std::size_t replications, double confidence) noexcept
      : replications_(replications),
        confidence_(confidence),
        factor_(t_factor(replications, confidence)),
        normal_(elementary::normal_quantile(0.5 + confidence / 2)) {}
  /// Replications that it was made for.
  [[nodiscard]] std::size_t replications() const noexcept { return replications_; }
  /// Whether they are too few for an interval.
  [[nodiscard]] bool too_few() const noexcept { return replications_ < least_replications; }
  /// Of two-sided intervals, and of one-sided bounds.
  [[nodiscard]] double confidence() const noexcept { return confidence_; }
  /// Student's factor. 0 with fewer than two replications.
  [[nodiscard]] double factor() const noexcept { return factor_; }
  /// The normal factor, which Student's tends to.
  [[nodiscard]] double normal() const noexcept { return normal_; }

 private:
  std::size_t replications_;
  double confidence_, factor_, normal_;
};

namespace detail {

/// Skewness of a sample from its central sums of squares and cubes, with the usual correction for its size.
/// \pre at least three values, and squares > 0
[[nodiscard]] inline double skewness_of(double squares, double cubes, std::size_t replications) noexcept {
  SIFANG_ASSERT(replications >= 3 && squares > 0, "a sample of three values that differ");
  const double n = static_cast<double>(replications), variance = squares / n;
  return (cubes / n) / (variance * std::sqrt(variance)) * std::sqrt(n * (n - 1)) / (n - 2);
}

/// Hall's transformation at one skewness: `of` makes T like Student's t, `inverse` goes back.
class hall_transform {
 public:
  hall_transform(double skewness, std::size_t replications) noexcept : h_(skewness / (3 * std::sqrt(static_cast<double>(replications)))) {}

  [[nodiscard]] double of(double t) const noexcept { return t + h_ * t * t + h_ * h_ * t * t * t / 3 + h_ / 2; }
  [[nodiscard]] double inverse(double x) const noexcept {
    const double u = x - h_ / 2, bend = h_ * u;
    if (std::abs(bend) < 1e-5) return u * (1 - bend);  // the next term is below the last digits
    return (cube_root(1 + 3 * bend) - 1) / h_;
  }

 private:
  /// By our own logarithm, so that its bytes are the same everywhere.
  [[nodiscard]] static double cube_root(double x) noexcept {
    if (x == 0) return 0;
    const double root = elementary::exp(elementary::log(std::abs(x)) / 3);
    return x > 0 ? root : -root;
  }

  double h_;
};

/// How many standard errors the bounds lie below and above the estimate.
struct bound_factors {
  double below = 0, above = 0;
};
/// The skew-adjusted factors.
[[nodiscard]] inline bound_factors skewed_factors(double skewness, const t_scale& scale) noexcept {
  const hall_transform hall(skewness, scale.replications());
  return {hall.inverse(scale.factor()), -hall.inverse(-scale.factor())};
}
/// The same, neither smaller than Student's. Seldom differences to both sides look skewed in a small sample, and must
/// not draw a bound near.
[[nodiscard]] inline bound_factors widened_factors(double skewness, const t_scale& scale) noexcept {
  const bound_factors skewed = skewed_factors(skewness, scale);
  return {(std::max)(skewed.below, scale.factor()), (std::max)(skewed.above, scale.factor())};
}
/// The statistic that a t test has beside an interval of widened factors.
[[nodiscard]] inline double widened_statistic(double t, double skewness, std::size_t replications) noexcept {
  const double skewed = hall_transform(skewness, replications).of(t);
  if ((skewed > 0) != (t > 0)) return 0;
  return (std::min)(std::abs(t), std::abs(skewed));
}

}  // namespace detail
}  // namespace sifang

#endif
