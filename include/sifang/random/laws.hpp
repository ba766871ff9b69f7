// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RANDOM_LAWS_HPP
#define SIFANG_RANDOM_LAWS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/random/quantile_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <limits>
#include <vector>

/// \file
/// Distributions that are drawn from many times, with what can be worked out once worked out once. One
/// uniform number each, by inversion, like the functions of variates.hpp.

namespace sifang {

/// Standard normal variates by inversion, from a table but for the outermost 2^-15 of them, where the exact
/// function is called. Within 1e-7 of `normal(u)`, and a third of its time: a replication draws some ten thousand.
class normal_law {
 public:
  /// \complexity about a thousand evaluations of the quantile; 31 KiB
  template <class = when_called>
  normal_law()
      : table_([](double u) { return elementary::normal_quantile(u); }, [](double u) { return slope(elementary::normal_quantile(u)); }) {}
  /// The value at `u` in (0, 1).
  template <class = when_called>
  [[nodiscard]] double operator()(double u) const noexcept {
    if (!table_.covers(u)) [[unlikely]]
      return elementary::normal_quantile(u);
    return table_(u);
  }
  /// Derivative of the quantile function where its value is z.
  [[nodiscard]] static double slope(double z) noexcept { return 2.5066282746310002 * elementary::exp(0.5 * z * z); }

 private:
  quantile_table<5> table_;
};

/// Lognormal of a fixed coefficient of variation and any mean: `lognormal(u, mean, cv)` from a table, with a
/// relative error below 1e-6.
class lognormal_law {
 public:
  lognormal_law() = default;
  /// \param cv  coefficient of variation; the mean itself if not positive
  template <class = when_called>
  explicit lognormal_law(double cv) : fixed_(cv <= 0) {
    if (fixed_) return;
    const double variance = elementary::log(1.0 + cv * cv);
    deviation_ = std::sqrt(variance);
    shift_ = 0.5 * variance;
    table_ = quantile_table<4>([this](double u) { return of_mean_1(elementary::normal_quantile(u)); },
                               [this](double u) {
                                 const double z = elementary::normal_quantile(u);
                                 return deviation_ * of_mean_1(z) * normal_law::slope(z);
                               });
  }
  /// The value at `u` in (0, 1). \param mean  the mean itself if not positive
  template <class = when_called>
  [[nodiscard]] double operator()(double u, double mean) const noexcept {
    if (fixed_ || mean <= 0) return mean;
    if (!table_.covers(u)) [[unlikely]]
      return mean * of_mean_1(elementary::normal_quantile(u));
    return mean * table_(u);
  }

 private:
  [[nodiscard]] double of_mean_1(double z) const noexcept { return elementary::exp(deviation_ * z - shift_); }
  double deviation_ = 0, shift_ = 0;
  bool fixed_ = true;
  quantile_table<4> table_;
};

/// A count from 0 to a largest one, by its distribution function: a few comparisons where `poisson`,
/// `geometric` and `negative_binomial` sum weights or take logarithms.
class count_law {
 public:
  /// No count is above it, whatever the width of `std::size_t`.
  static constexpr std::size_t no_last = (std::numeric_limits<std::size_t>::max)() / 2;

  count_law() = default;
  /// \param mode   a most likely count
  /// \param last   the largest count; what lies above falls on it
  /// \param ratio  ratio(k) = P(k + 1) / P(k), at least 1 below the mode and at most 1 from there on
  /// \complexity linear in the standard deviation
  template <class Ratio>
  count_law(std::size_t mode, std::size_t last, Ratio ratio) {
    constexpr double negligible = 0x1p-60;
    std::vector<double> below, above{1.0};
    double w = 1;
    for (std::size_t k = mode; k > 0 && w > negligible; --k) below.push_back(w /= ratio(k - 1));
    w = 1;
    for (std::size_t k = mode; w > negligible && k < mode + 100'000'000; ++k) above.push_back(w *= ratio(k));
    first_ = mode - below.size();
    double sum = 0, all = 0;
    up_to_.clear();
    up_to_.reserve(below.size() + above.size());
    for (std::size_t i = below.size(); i-- > 0;) all += below[i];
    for (double x : above) all += x;
    for (std::size_t i = below.size(); i-- > 0;) up_to_.push_back((sum += below[i]) / all);
    for (double x : above) up_to_.push_back((sum += x) / all);
    if (first_ > last) first_ = last;
    up_to_.resize((std::min)(up_to_.size(), last - first_ + 1));
    up_to_.back() = 1;
  }
  /// Poisson. \pre 0 <= mean < 1e8; asserted
  template <class = when_called>
  [[nodiscard]] static count_law poisson(double mean, std::size_t last = no_last) {
    SIFANG_ASSERT(mean >= 0 && mean < 1e8, "a mean from 0 to 1e8");
    return count_law(static_cast<std::size_t>(mean), last, [mean](std::size_t k) { return mean / static_cast<double>(k + 1); });
  }
  /// Failures before a success. \pre 0 <= mean < 1e6; asserted
  template <class = when_called>
  [[nodiscard]] static count_law geometric(double mean, std::size_t last = no_last) {
    SIFANG_ASSERT(mean >= 0 && mean < 1e6, "a mean from 0 to 1e6");
    return count_law(0, last, [q = mean / (1 + mean)](std::size_t) { return q; });
  }
  /// By mean and ratio of variance to mean; Poisson at a ratio of 1 or less.
  template <class = when_called>
  [[nodiscard]] static count_law negative_binomial(double mean, double variance_ratio) {
    if (mean <= 0 || variance_ratio <= 1.0 + 1e-9) return poisson((std::max)(mean, 0.0));
    SIFANG_ASSERT(mean * variance_ratio < 1e8);
    const double size = mean / (variance_ratio - 1.0), q = 1.0 - 1.0 / variance_ratio;
    const double mode = (std::max)(0.0, (size - 1.0) * (variance_ratio - 1.0));
    return count_law(static_cast<std::size_t>(mode), no_last,
                     [=](std::size_t k) { return q * (size + static_cast<double>(k)) / static_cast<double>(k + 1); });
  }

  /// The least count whose distribution function is above `u`. \complexity O(log n)
  [[nodiscard]] std::size_t operator()(double u) const noexcept {
    std::size_t low = 0, n = up_to_.size();
    while (n > 1) {  // without branches that depend on chance
      const std::size_t half = n / 2;
      low += up_to_[low + half - 1] <= u ? half : 0;
      n -= half;
    }
    return first_ + low;
  }

 private:
  std::size_t first_ = 0;
  std::vector<double> up_to_{1.0};  // P(X <= first_ + i)
};

}  // namespace sifang

#endif
