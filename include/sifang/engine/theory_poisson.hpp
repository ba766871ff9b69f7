// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_THEORY_POISSON_HPP
#define SIFANG_ENGINE_THEORY_POISSON_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

/// \file
/// Poisson counts, and the walk that grows by such a count and falls by a capacity: what the exact values of
/// "sifang/engine/theory.hpp" and "sifang/engine/theory_reception.hpp" stand on.

namespace sifang::theory {

namespace detail {
inline constexpr double endless = std::numeric_limits<double>::infinity();
inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr double most_counted = 1e8;  // mean of a count whose probabilities are listed

/// Finite and not negative; false for what is no number.
[[nodiscard]] constexpr bool is_amount(double x) noexcept { return x >= 0 && x < endless; }
/// Finite and above 0.
[[nodiscard]] constexpr bool is_positive(double x) noexcept { return x > 0 && x < endless; }

/// Weights of a Poisson count, until they would be negligible even if each were worth `tilt` times the one before.
template <class = when_called>
[[nodiscard]] inline std::vector<double> poisson_weights(double mean, double tilt) {
  if (mean == 0) return {1.0};
  const auto mode = static_cast<std::size_t>(mean);
  std::vector<double> below, p;
  double w = 1;
  for (std::size_t k = mode; k > 0 && w > 0; --k) below.push_back(w *= static_cast<double>(k) / mean);
  p.assign(mode - below.size(), 0.0);
  p.insert(p.end(), below.rbegin(), below.rend());
  w = 1;
  double worth = 1, greatest = 1;
  for (std::size_t k = mode; worth > 1e-18 * greatest && w > 0; ++k) {
    p.push_back(w);
    w *= mean / static_cast<double>(k + 1);
    worth *= mean * tilt / static_cast<double>(k + 1);
    greatest = (std::max)(greatest, worth);
    if (greatest < 1e200) continue;
    worth *= 1e-200;
    greatest *= 1e-200;
  }
  double sum = 0;
  for (double x : p) sum += x;
  for (double& x : p) x /= sum;
  return p;
}

/// P(J = j) = P(A > j)/λ = Σ_{k ≥ j} P(A = k)/(k + 1), where nothing is lost by division as λ goes to 0.
template <class = when_called>
[[nodiscard]] inline std::vector<double> earlier_of(std::vector<double> counts) {
  double more = 0;
  for (std::size_t i = counts.size(); i-- > 0;) counts[i] = more += counts[i] / static_cast<double>(i + 1);
  return counts;
}

/// (e^s − 1 − s)/s, to the last digits for small s too.
[[nodiscard]] inline double excess_of(double s) noexcept {
  if (s > 0.5) return (std::expm1(s) - s) / s;
  double term = s / 2, sum = 0;
  for (int k = 3; term > 1e-18 * sum; ++k) {
    sum += term;
    term *= s / k;
  }
  return sum;
}
/// The s > 0 with Λ(e^s − 1) = C s, for 0 < Λ < C.
[[nodiscard]] inline double log_tail_root(double arrivals, double capacity) noexcept {
  // In this form nothing cancels when Λ is near C.
  const double excess = (capacity - arrivals) / arrivals;
  double low = 0, high = (std::min)(2 * excess, 720.0);
  for (;;) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) return high;
    (excess_of(middle) < excess ? low : high) = middle;
  }
}
}  // namespace detail

/// P(A = 0), P(A = 1), … of a Poisson count, until what is left is below 1e-18 of the greatest.
/// \pre 0 <= mean <= 1e8; asserted, and with assertions off the one answer is NaN
/// \complexity linear in the mean
template <class = when_called>
[[nodiscard]] inline std::vector<double> poisson_probabilities(double mean) {
  const bool counted = mean >= 0 && mean <= detail::most_counted;
  SIFANG_ASSERT(counted, "the mean of a count, from 0 to 1e8");
  if (!counted) return {detail::no_number};
  return detail::poisson_weights(mean, 1);
}

/// P(J = j) = P(A > j)/λ: how many of the same day's arrivals come before one of them. With a mean of 0 it is for
/// one who comes although nobody is expected.
/// \pre 0 <= mean <= 1e8; asserted, and with assertions off the one answer is NaN
template <class = when_called>
[[nodiscard]] inline std::vector<double> earlier_arrivals(double mean) {
  return detail::earlier_of(poisson_probabilities(mean));
}

/// The real root above 1 of e^{Λ(z−1)} = z^C, Λ < C: P(X > n) falls like its −n-th power. It is infinite where nobody
/// comes, and 1 at Λ ≥ C, where nothing falls.
/// \pre 0 <= arrivals, 0 <= capacity, both finite; asserted, and with assertions off the answer is NaN
[[nodiscard]] inline double tail_root(double arrivals, double capacity) noexcept {
  const bool amounts = detail::is_amount(arrivals) && detail::is_amount(capacity);
  SIFANG_ASSERT(amounts, "arrivals and a capacity that are finite and not negative");
  if (!amounts) return detail::no_number;
  if (arrivals >= capacity) return 1;
  return arrivals > 0 ? std::exp(detail::log_tail_root(arrivals, capacity)) : detail::endless;
}

/// States beyond which the stationary probability is below e⁻⁴⁰; the greatest number there is where there is no
/// steady state. \pre as `tail_root`; with assertions off 0
[[nodiscard]] inline std::size_t states_needed(double arrivals, double capacity) noexcept {
  const bool amounts = detail::is_amount(arrivals) && detail::is_amount(capacity);
  SIFANG_ASSERT(amounts, "arrivals and a capacity that are finite and not negative");
  if (!amounts) return 0;
  if (arrivals == 0) return 1;
  constexpr auto most = (std::numeric_limits<std::size_t>::max)();
  if (arrivals >= capacity) return most;
  const double states = 40 / detail::log_tail_root(arrivals, capacity) + capacity + arrivals + 12 * std::sqrt(arrivals);
  return states < 1e18 && states < static_cast<double>(most) - 2 ? static_cast<std::size_t>(states) + 2 : most;
}

}  // namespace sifang::theory

#endif
