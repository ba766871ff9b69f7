// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RANDOM_DISCRETE_TABLE_HPP
#define SIFANG_RANDOM_DISCRETE_TABLE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

/// Draws an index in proportion to its weight by inversion: non-decreasing in u, so that a small change of
/// the weights changes few draws. Prefer it wherever policies are compared on common random numbers.
class cumulative_table {
 public:
  /// \pre not empty; no weight negative, one positive
  template <class = when_called>
  explicit cumulative_table(std::span<const double> weights) {
    double sum = 0;
    sums_.reserve(weights.size());
    for (double w : weights) {
      SIFANG_ASSERT(w >= 0);
      sums_.push_back(sum += w);
    }
    SIFANG_ASSERT(sum > 0);
    while (sums_.size() > 1 && sums_[sums_.size() - 2] == sum) sums_.pop_back();  // a last weight of 0 is never drawn
  }
  /// \complexity O(log n)
  template <class = when_called>
  [[nodiscard]] std::size_t operator()(double u) const noexcept {
    const auto at = std::upper_bound(sums_.begin(), sums_.end() - 1, u * sums_.back());
    return static_cast<std::size_t>(at - sums_.begin());
  }

 private:
  std::vector<double> sums_;
};

/// Draws an index in proportion to its weight in constant time (alias method, Vose 1991). Not monotone in
/// u: for tables that no policy changes, such as the village of a grievance.
class alias_table {
 public:
  /// \pre not empty, fewer than 2^20 weights (u has 52 bits); no weight negative, one positive
  template <class = when_called>
  explicit alias_table(std::span<const double> weights) : cells_(weights.size()) {
    double sum = 0;
    for (double w : weights) {
      SIFANG_ASSERT(w >= 0);
      sum += w;
    }
    SIFANG_ASSERT(sum > 0 && weights.size() < 1u << 20);
    std::vector<std::uint32_t> small, large;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      cells_[i] = {weights[i] * static_cast<double>(cells_.size()) / sum, static_cast<std::uint32_t>(i)};
      (cells_[i].keep < 1.0 ? small : large).push_back(static_cast<std::uint32_t>(i));
    }
    while (!small.empty() && !large.empty()) {
      const std::uint32_t s = small.back(), l = large.back();
      small.pop_back();
      cells_[s].other = l;
      cells_[l].keep -= 1.0 - cells_[s].keep;
      if (cells_[l].keep < 1.0) {
        large.pop_back();
        small.push_back(l);
      }
    }
    // What is left differs from 1 by rounding only.
    for (std::uint32_t i : small) cells_[i].keep = 1.0;
    for (std::uint32_t i : large) cells_[i].keep = 1.0;
  }
  [[nodiscard]] std::size_t operator()(double u) const noexcept {
    const double scaled = u * static_cast<double>(cells_.size());
    const std::size_t i = (std::min)(static_cast<std::size_t>(scaled), cells_.size() - 1);
    const bool kept = scaled - static_cast<double>(i) < cells_[i].keep;
    return i ^ ((i ^ cells_[i].other) & (std::size_t{kept} - 1));  // without a branch, since it is chance
  }

 private:
  struct cell {
    double keep = 1.0;
    std::uint32_t other = 0;
  };
  std::vector<cell> cells_;
};

}  // namespace sifang

#endif
