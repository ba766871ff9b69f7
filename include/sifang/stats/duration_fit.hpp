// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_DURATION_FIT_HPP
#define SIFANG_STATS_DURATION_FIT_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/duration_law.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/survival.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

/// \file
/// Durations of which some were seen exactly, some within bounds and some had not ended, and the laws that fit them by maximum likelihood.

namespace sifang {

/// What is known of one duration: it lies in (lower, upper].
///
/// Exactly known where both are the same, which is then positive; known to a day where they are a day apart; still running where `upper` is
/// infinite (right-censored): a case that is open on the last day of a ledger has lasted at least so long.
struct seen_duration {
  double lower = 0,                                     ///< at least so long
      upper = 0,                                        ///< at most so long
      limit = std::numeric_limits<double>::infinity();  ///< it would not have been seen to end later than this

  /// It has ended.
  [[nodiscard]] constexpr bool has_ended() const noexcept { return upper < std::numeric_limits<double>::infinity(); }
  /// A duration that is known exactly.
  [[nodiscard]] static constexpr seen_duration exactly(double value) noexcept {
    return {value, value, std::numeric_limits<double>::infinity()};
  }
  /// A duration that has not ended.
  [[nodiscard]] static constexpr seen_duration running(double so_far) noexcept {
    return {so_far, std::numeric_limits<double>::infinity(), so_far};
  }
};

/// As a survival curve takes them: a duration that is known within bounds counts at the upper one, by which it had ended for certain; one
/// that runs counts as there at its own time.
template <class = when_called>
[[nodiscard]] inline std::vector<lifetime> lifetimes_of(std::span<const seen_duration> seen) {
  std::vector<lifetime> out;
  out.reserve(seen.size());
  for (const seen_duration& s : seen) out.push_back({s.has_ended() ? s.upper : s.lower, s.has_ended()});
  return out;
}

/// A law fitted to durations by maximum likelihood.
struct duration_fit {
  duration_law law;                ///< the most likely one of its family
  double log_likelihood = 0,       ///< at it
      aic = 0;                     ///< 2 × parameters − 2 log-likelihood; the least is the best
  std::array<double, 3> spread{};  ///< variance of log scale, their covariance, variance of log shape (inverse of the information)
  std::size_t seen = 0,            ///< durations
      ended = 0;                   ///< of them those that have ended

  /// Mean and coefficient of variation with an interval, by the delta method on their logarithms. \param z  normal quantile of the
  /// confidence
  /// @{
  [[nodiscard]] interval mean(double z = 1.959963984540054) const noexcept {
    return by_delta([](const duration_law& l) { return l.mean(); }, z);
  }
  [[nodiscard]] interval cv(double z = 1.959963984540054) const noexcept {
    if (law.family == duration_family::exponential) return {1, 1, 1, interval_kind::constant};
    return by_delta([](const duration_law& l) { return l.cv(); }, z);
  }
  /// @}
  /// Scale and shape with an interval on their logarithms. @{
  [[nodiscard]] interval scale(double z = 1.959963984540054) const noexcept {
    return by_delta([](const duration_law& l) { return l.scale; }, z);
  }
  [[nodiscard]] interval shape(double z = 1.959963984540054) const noexcept {
    if (law.family == duration_family::exponential) return {1, 1, 1, interval_kind::constant};
    return by_delta([](const duration_law& l) { return l.shape; }, z);
  }
  /// @}

 private:
  template <class Of>
  [[nodiscard]] interval by_delta(Of&& of, double z) const noexcept {
    constexpr double h = 1e-4;
    const auto at = [&](double a, double b) {
      return elementary::log(of(duration_law{law.family, law.scale * elementary::exp(a), law.shape * elementary::exp(b)}));
    };
    const double by_scale = (at(h, 0) - at(-h, 0)) / (2 * h);
    const double by_shape = law.family == duration_family::exponential ? 0 : (at(0, h) - at(0, -h)) / (2 * h);
    const double variance = by_scale * by_scale * spread[0] + 2 * by_scale * by_shape * spread[1] + by_shape * by_shape * spread[2];
    const double value = of(law), factor = elementary::exp(z * std::sqrt((std::max)(variance, 0.0)));
    return {value, value / factor, value * factor, interval_kind::two_sided};
  }
};

namespace detail {

/// Durations that are known alike, together; their log-likelihood under a law.
class duration_likelihood {
 public:
  template <class = when_called>
  explicit duration_likelihood(std::span<const seen_duration> seen) {
    std::vector<seen_duration> sorted(seen.begin(), seen.end());
    std::sort(sorted.begin(), sorted.end(),
              [](const seen_duration& a, const seen_duration& b) { return a.lower != b.lower ? a.lower < b.lower : a.upper < b.upper; });
    for (const seen_duration& s : sorted) {
      total_ += 1;
      ended_ += s.has_ended();
      if (s.lower == s.upper) add_exact(s.lower);
      if (!cells_.empty() && cells_.back().lower == s.lower && cells_.back().upper == s.upper)
        cells_.back().times += 1;
      else
        cells_.push_back({s.lower, s.upper, 1});
    }
  }
  [[nodiscard]] std::size_t total() const noexcept { return total_; }
  [[nodiscard]] std::size_t ended() const noexcept { return ended_; }
  /// A value within each of the durations, with how often, for a first guess.
  template <class Take>
  void guesses(Take&& take) const {
    for (const cell& c : cells_) {
      const bool is_open = c.upper == std::numeric_limits<double>::infinity();
      take(is_open ? c.lower : 0.5 * (c.lower + c.upper), c.times);
    }
  }
  [[nodiscard]] double operator()(const duration_law& law) const noexcept {
    double sum = 0, last = 0;
    duration_tails of_last;  // one cell often begins where that before it ended
    const auto tails = [&](double x) {
      if (x != last) {
        last = x;
        of_last = law.tails(x);
      }
      return of_last;
    };
    for (const cell& c : cells_) {
      if (c.lower == c.upper) {
        if (law.family == duration_family::weibull) sum += c.times * law.log_density(c.lower);
        continue;
      }
      const bool is_open = c.upper == std::numeric_limits<double>::infinity();
      const duration_tails from = tails(c.lower);
      double p = from.upper;
      if (!is_open) {
        const duration_tails to = tails(c.upper);
        p = from.lower > 0.5 ? from.upper - to.upper : to.lower - from.lower;
      }
      if (!(p > 1e-300)) return -std::numeric_limits<double>::infinity();
      sum += c.times * elementary::log(p);
    }
    return sum + of_exact(law);
  }

 private:
  struct cell {
    double lower, upper, times;
  };
  void add_exact(double x) noexcept {
    const double l = elementary::log(x);
    exact_ += 1;
    sum_ += x;
    log_sum_ += l;
    log_squares_ += l * l;
  }
  /// All durations that are known exactly, by their sums; those of a Weibull law have none.
  [[nodiscard]] double of_exact(const duration_law& law) const noexcept {
    if (exact_ == 0 || law.family == duration_family::weibull) return 0;
    const double log_scale = elementary::log(law.scale);
    if (law.family == duration_family::lognormal) {
      constexpr double half_log_two_pi = 0.91893853320467274178;
      const double squares = log_squares_ - 2 * log_scale * log_sum_ + exact_ * log_scale * log_scale;
      return -0.5 * squares / (law.shape * law.shape) - exact_ * (half_log_two_pi + elementary::log(law.shape)) - log_sum_;
    }
    return (law.shape - 1) * log_sum_ - sum_ / law.scale - exact_ * (law.shape * log_scale + elementary::log_gamma(law.shape));
  }

  std::vector<cell> cells_;
  std::size_t total_ = 0, ended_ = 0;
  double exact_ = 0, sum_ = 0, log_sum_ = 0, log_squares_ = 0;
};

/// A point of the search: logarithms of scale and shape, with value, slope and curvature of the log-likelihood there.
struct likelihood_point {
  double scale, shape, value;
  double by_scale, by_shape, scale_scale, scale_shape, shape_shape;
};

template <class = when_called>
[[nodiscard]] inline duration_law law_at(duration_family f, double log_scale, double log_shape) noexcept {
  return {f, elementary::exp(log_scale), f == duration_family::exponential ? 1.0 : elementary::exp(log_shape)};
}

template <class = when_called>
[[nodiscard]] inline likelihood_point look_around(const duration_likelihood& l, duration_family f, double a, double b) {
  constexpr double h = 1e-3;
  const auto at = [&](double x, double y) { return l(law_at(f, x, y)); };
  likelihood_point p{a, b, at(a, b), 0, 0, 0, 0, -1};
  const double up = at(a + h, b), down = at(a - h, b);
  p.by_scale = (up - down) / (2 * h);
  p.scale_scale = (up - 2 * p.value + down) / (h * h);
  if (f == duration_family::exponential) return p;
  const double right = at(a, b + h), left = at(a, b - h);
  p.by_shape = (right - left) / (2 * h);
  p.shape_shape = (right - 2 * p.value + left) / (h * h);
  p.scale_shape = (at(a + h, b + h) - at(a + h, b - h) - at(a - h, b + h) + at(a - h, b - h)) / (4 * h * h);
  return p;
}

}  // namespace detail

/// Fewest durations that must have ended for a law to be fitted.
inline constexpr std::size_t fewest_durations = 5;

/// The most likely law of a family for durations, some of which may be known within bounds or not have ended.
///
/// Newton's method on the logarithms of scale and shape, held back where it leads astray; intervals from the curvature at the top.
/// Nothing, where fewer than `fewest_durations` have ended, or where the likelihood has no top: all are alike, or a law's spread would grow
/// or shrink without end.
/// \pre exactly known durations are positive and finite, bounds are ordered and not negative
/// \complexity O(n log n) to bring them in order, then some hundred evaluations of the law at each value that differs
template <class = when_called>
[[nodiscard]] inline std::optional<duration_fit> fit_durations(std::span<const seen_duration> seen, duration_family family) {
  const detail::duration_likelihood likelihood(seen);
  if (likelihood.ended() < fewest_durations) return std::nullopt;
  double n = 0, sum = 0, squares = 0, log_sum = 0, log_squares = 0;
  likelihood.guesses([&](double x, double times) {
    const double l = elementary::log((std::max)(x, 1e-9));
    n += times;
    sum += times * x;
    squares += times * x * x;
    log_sum += times * l;
    log_squares += times * l * l;
  });
  const double mean = sum / n, variance = squares / n - mean * mean, log_mean = log_sum / n;
  const double log_variance = log_squares / n - log_mean * log_mean;
  if (!(mean > 0) || !(variance > 1e-18 * mean * mean)) return std::nullopt;
  const double cv2 = variance / (mean * mean);
  double a = elementary::log(mean), b = 0;
  if (family == duration_family::lognormal) {
    a = log_mean;
    b = 0.5 * elementary::log((std::max)(log_variance, 1e-6));
  } else if (family == duration_family::gamma) {
    b = -elementary::log(cv2);
    a -= b;
  } else if (family == duration_family::weibull) {
    b = -0.45 * elementary::log(cv2);
  }
  b = std::clamp(b, -3.0, 6.0);

  detail::likelihood_point at = detail::look_around(likelihood, family, a, b);
  double damping = 0;
  bool is_found = false;
  for (int turn = 0; turn < 200; ++turn) {
    // (−H + damping·I) step = slope
    const double p = -at.scale_scale + damping, q = -at.scale_shape, r = -at.shape_shape + damping;
    const double det = p * r - q * q;
    const bool is_top_like = p > 0 && det > 0;
    double step_a = 0, step_b = 0;
    if (is_top_like) {
      step_a = (r * at.by_scale - q * at.by_shape) / det;
      step_b = (p * at.by_shape - q * at.by_scale) / det;
      const double longest = (std::max)(std::abs(step_a), std::abs(step_b));
      if (longest > 1) step_a /= longest, step_b /= longest;
      if (longest < 1e-4 && damping < 1) {  // the next step would be its square
        at.scale += step_a;
        at.shape += step_b;
        at.value = likelihood(detail::law_at(family, at.scale, at.shape));
        is_found = true;
        break;
      }
    }
    const double value = is_top_like ? likelihood(detail::law_at(family, at.scale + step_a, at.shape + step_b)) : at.value - 1;
    if (value >= at.value) {
      at = detail::look_around(likelihood, family, at.scale + step_a, at.shape + step_b);
      damping = damping < 1e-3 ? 0 : damping / 10;
    } else {
      damping = damping == 0 ? 1e-3 * (1 + static_cast<double>(likelihood.total())) : damping * 10;
      if (damping > 1e6 * (1 + static_cast<double>(likelihood.total()))) break;
    }
    if (std::abs(at.shape) > 12) return std::nullopt;
  }
  const double det = at.scale_scale * at.shape_shape - at.scale_shape * at.scale_shape;
  const bool is_top = is_found && at.scale_scale < 0 && det > 0 && std::abs(at.shape) <= 12;
  if (!is_top || !std::isfinite(at.value)) return std::nullopt;

  duration_fit out;
  out.law = detail::law_at(family, at.scale, at.shape);
  out.log_likelihood = at.value;
  out.aic = 2 * static_cast<double>(parameters_of(family)) - 2 * at.value;
  out.seen = likelihood.total();
  out.ended = likelihood.ended();
  if (family == duration_family::exponential)
    out.spread = {-1 / at.scale_scale, 0, 0};
  else
    out.spread = {-at.shape_shape / det, at.scale_shape / det, -at.scale_scale / det};
  return out;
}

/// The laws of every family that can be fitted, the best by AIC first.
template <class = when_called>
[[nodiscard]] inline std::vector<duration_fit> fit_all_durations(std::span<const seen_duration> seen) {
  std::vector<duration_fit> out;
  for (std::size_t f = 0; f < duration_family_count; ++f) {
    if (const auto one = fit_durations(seen, static_cast<duration_family>(f))) out.push_back(*one);
  }
  std::stable_sort(out.begin(), out.end(), [](const duration_fit& a, const duration_fit& b) { return a.aic < b.aic; });
  return out;
}

}  // namespace sifang

#endif
