// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_THEORY_RECEPTION_HPP
#define SIFANG_ENGINE_THEORY_RECEPTION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/engine/theory_calendar.hpp"
#include "sifang/engine/theory_poisson.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

/// \file
/// The queue of a reception day, exactly: a session hears at most c cases, who is left comes to the next.
/// X' = (X + A − c)⁺ (Bailey 1954; Janssen & van Leeuwaarden 2005), with Poisson arrivals A. A day's
/// arrivals come before its session and may be heard in it; where they come after, shift the arrivals by
/// one day. Cases are heard first come first served, those of one day in random order.

namespace sifang::theory {

/// One session each period, all alike, by the roots of the generating function. Where nobody comes, or as many as can be
/// heard, it answers as `reception_calendar` does.
class reception_day_queue {
 public:
  /// \param arrivals  mean arrivals λ before each session
  /// \param capacity  cases c that a session hears
  /// \pre arrivals from 0 to 1e8, capacity not negative; asserted, and with assertions off every answer is NaN
  /// \complexity linear in the capacity, times some hundred steps at most
  template <class = when_called>
  reception_day_queue(double arrivals, int capacity) : arrivals_(arrivals), capacity_(capacity) {
    SIFANG_ASSERT(detail::is_date({arrivals, capacity}), "arrivals from 0 to 1e8, and a capacity that is not negative");
    if (!has_roots()) return;
    for (int k = 1; k < capacity; ++k) {
      // z = e^{2πik/c} e^{λ(z−1)/c}: a contraction in the unit disc, since λ < c. Newton's steps end it.
      const std::complex<double> turn = std::polar(1.0, 2 * std::numbers::pi * k / capacity);
      const double share = arrivals / capacity;
      const auto mapped = [&](std::complex<double> z) { return turn * std::exp(share * (z - 1.0)); };
      std::complex<double> z = 0, step = 1;
      for (int i = 0; i < 200 && std::abs(step) > 1e-4; ++i) z += step = mapped(z) - z;
      step = 1;
      for (int i = 0; i < 50 && std::abs(step) > 1e-16; ++i) {
        const std::complex<double> image = mapped(z);
        z += step = (image - z) / (1.0 - share * image);
      }
      roots_.push_back(z);
    }
  }

  /// Mean number left after a session.
  template <class = when_called>
  [[nodiscard]] double left_mean() const {
    if (!has_roots()) return chain().left_mean(0);
    std::complex<double> sum = 0;
    for (const auto& z : roots_) sum += 1.0 / (1.0 - z);
    const double c = capacity_;
    const double mean = sum.real() - (c * (c - 1) - arrivals_ * arrivals_) / (2 * (c - arrivals_));
    return mean > 1e-4 * c ? mean : chain().left_mean(0);  // else what is left of the difference has few digits
  }
  /// P(nobody is left after a session).
  template <class = when_called>
  [[nodiscard]] double none_left() const {
    if (!has_roots()) return capacity_ < 0 || !(arrivals_ >= 0) ? detail::no_number : arrivals_ > 0 ? 0 : 1;
    double log_product = std::log(capacity_ - arrivals_) + arrivals_;
    for (const auto& z : roots_) log_product += std::log(std::abs(z / (z - 1.0)));
    return (std::min)(std::exp(log_product), 1.0);
  }
  /// Mean number of sessions that a case misses, by Little's law.
  template <class = when_called>
  [[nodiscard]] double wait_mean() const {
    return has_roots() ? left_mean() / arrivals_ : chain().wait_mean();
  }

  /// P(X = 0), P(X = 1), …: the generating function on the unit circle, transformed back. Each is right to about 1e-15,
  /// so that small ones have few digits; those of `reception_calendar` have all. Empty without a steady state.
  /// \pre fewer than 100,000 states are needed; asserted, and with assertions off empty
  /// \complexity quadratic in the states
  template <class = when_called>
  [[nodiscard]] std::vector<double> left_distribution() const {
    if (!has_roots()) return arrivals_ == 0 && capacity_ >= 0 ? std::vector<double>{1.0} : std::vector<double>();
    const std::size_t n = states_needed(arrivals_, capacity_);
    const bool fits = n < 100000;
    SIFANG_ASSERT(fits, "arrivals that are not so near the capacity: too many states would be needed");
    if (!fits) return {};
    std::vector<std::complex<double>> turn(n), value(n);
    for (std::size_t m = 0; m < n; ++m) {
      turn[m] = std::polar(1.0, 2 * std::numbers::pi * static_cast<double>(m) / static_cast<double>(n));
      value[m] = m == 0 ? 1.0 : generating(turn[m]);
    }
    std::vector<double> p(n);
    for (std::size_t k = 0; k < n; ++k) {
      double sum = 0;
      for (std::size_t m = 0; m < n; ++m) sum += (value[m] * std::conj(turn[m * k % n])).real();
      p[k] = (std::max)(sum / static_cast<double>(n), 0.0);
    }
    return p;
  }

  /// P(a case misses more than k sessions) = P(X + J ≥ (k + 1)c), by the chain, so that small ones have all their digits.
  /// 1 for k below 0. \complexity that of a `reception_calendar` of one date
  template <class = when_called>
  [[nodiscard]] double missed_more_than(int k) const {
    return chain().wait_more_than(0, k);
  }

 private:
  [[nodiscard]] bool has_roots() const noexcept { return arrivals_ > 0 && arrivals_ < capacity_; }
  template <class = when_called>
  [[nodiscard]] reception_calendar chain() const {
    const std::vector<reception_date> cycle{{arrivals_, capacity_}};
    return reception_calendar(sifang::detail::span_of(cycle));
  }
  /// E z^X = (c−λ)(z−1) Π (z−z_k)/(1−z_k) / (z^c − e^{λ(z−1)}).
  template <class = when_called>
  [[nodiscard]] std::complex<double> generating(std::complex<double> z) const {
    std::complex<double> value = (capacity_ - arrivals_) * (z - 1.0);
    double scale = 0;  // taken out as powers of 2, as the product may pass through numbers beyond those of the machine
    for (const auto& root : roots_) {
      value *= (z - root) / (1.0 - root);
      const double size = std::abs(value);
      if (size > 1e-100 && size < 1e100) continue;
      const int power = std::ilogb(size);
      value *= std::ldexp(1.0, -power);
      scale += power;
    }
    return value * std::exp2(scale) / (std::pow(z, capacity_) - std::exp(arrivals_ * (z - 1.0)));
  }

  double arrivals_;
  int capacity_;
  std::vector<std::complex<double>> roots_;
};

/// Mean time from opening until the last of n present is heard by r receivers, exponential interviews of
/// the given mean: ((n − r)⁺/r + Σ_{j ≤ min(n, r)} 1/j) × mean.
/// \pre present not negative, at least one receiver, interview finite and not negative; asserted, and with assertions off NaN
[[nodiscard]] inline double closing_time(int present, int receivers, double interview) noexcept {
  const bool model = present >= 0 && receivers > 0 && detail::is_amount(interview);
  SIFANG_ASSERT(model, "numbers that are not negative, at least one receiver, and a length that is finite and not negative");
  if (!model) return detail::no_number;
  double sum = static_cast<double>((std::max)(present - receivers, 0)) / receivers;
  for (int j = 1; j <= (std::min)(present, receivers); ++j) sum += 1.0 / j;
  return sum * interview;
}

}  // namespace sifang::theory

#endif
