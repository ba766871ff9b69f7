// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_ACCUMULATOR_HPP
#define SIFANG_STATS_ACCUMULATOR_HPP

#include "sifang/core/assert.hpp"

#include <cmath>
#include <cstddef>

namespace sifang {

/// Count, mean and variance in one pass (Welford 1962); merging follows Chan, Golub & LeVeque (1983).
class accumulator {
 public:
  /// One more value. \pre x is finite
  void add(double x) noexcept {
    SIFANG_ASSERT(std::isfinite(x), "a number that is finite");
    ++n_;
    const double delta = x - mean_;
    mean_ += delta / static_cast<double>(n_);
    squares_ += delta * (x - mean_);
  }
  /// As if `other`'s values had been added. Merge in a fixed order where bytes matter.
  void merge(const accumulator& other) noexcept {
    if (other.n_ == 0) return;
    const double a = static_cast<double>(n_), b = static_cast<double>(other.n_);
    const double delta = other.mean_ - mean_;
    n_ += other.n_;
    mean_ += delta * b / (a + b);
    squares_ += other.squares_ + delta * delta * a * b / (a + b);
  }
  /// How many values there were, those merged in included.
  [[nodiscard]] std::size_t count() const noexcept { return n_; }
  /// Arithmetic mean; 0 without values.
  [[nodiscard]] double mean() const noexcept { return mean_; }
  /// Sample variance; 0 with fewer than two values.
  [[nodiscard]] double variance() const noexcept { return n_ < 2 ? 0 : squares_ / static_cast<double>(n_ - 1); }
  /// Sample standard deviation, in the unit of the values; 0 with fewer than two.
  [[nodiscard]] double deviation() const noexcept { return std::sqrt(variance()); }

 private:
  std::size_t n_ = 0;
  double mean_ = 0, squares_ = 0;
};

}  // namespace sifang

#endif
