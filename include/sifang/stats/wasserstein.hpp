// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_WASSERSTEIN_HPP
#define SIFANG_STATS_WASSERSTEIN_HPP

#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

/// \file
/// How far two samples are apart.

namespace sifang {

/// Wasserstein's distance of two samples, the mean way by which one would have to be moved to be the other: ∫|F − G|. In their unit.
///
/// 0 where both are the same, and where either is empty, of which nothing can be said. \complexity O(n log n)
template <class = when_called>
[[nodiscard]] inline double wasserstein_distance(std::span<const double> one, std::span<const double> other) {
  if (one.empty() || other.empty()) return 0;
  std::vector<double> a(one.begin(), one.end()), b(other.begin(), other.end());
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  const double of_a = 1 / static_cast<double>(a.size()), of_b = 1 / static_cast<double>(b.size());
  double distance = 0, at = (std::min)(a.front(), b.front());
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    const double next = j == b.size() || (i < a.size() && a[i] <= b[j]) ? a[i] : b[j];
    distance += std::abs(static_cast<double>(i) * of_a - static_cast<double>(j) * of_b) * (next - at);
    at = next;
    while (i < a.size() && a[i] == next) ++i;
    while (j < b.size() && b[j] == next) ++j;
  }
  return distance;
}

}  // namespace sifang

#endif
