// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_SURVIVAL_CURVE_HPP
#define SIFANG_STATS_SURVIVAL_CURVE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/duration_fit.hpp"
#include "sifang/stats/interval.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

/// \file
/// The share of durations that last longer than a time, without a law: Kaplan and Meier's curve, and how far two curves are apart.

namespace sifang {

/// A step of a survival curve.
struct survival_step {
  double at = 0,            ///< time
      share = 1,            ///< that lasts longer (Kaplan–Meier)
      error = 0;            ///< its standard error (Greenwood)
  std::size_t at_risk = 0,  ///< durations that lasted until then
      ended = 0;            ///< that ended there
};

/// Kaplan and Meier's curve of durations that may not have ended (1958): steps at the times at which some ended.
///
/// A duration that is known within bounds counts at the upper one, by which it had ended for certain; one that runs counts as there at its
/// own time. With nothing running it is one less the empirical distribution function.
/// \complexity O(n log n)
template <class = when_called>
[[nodiscard]] inline std::vector<survival_step> survival_curve(std::span<const seen_duration> seen) {
  struct moment {
    double at;
    bool ends;
  };
  std::vector<moment> all;
  all.reserve(seen.size());
  for (const seen_duration& s : seen) all.push_back({s.has_ended() ? s.upper : s.lower, s.has_ended()});
  std::sort(all.begin(), all.end(), [](const moment& a, const moment& b) { return a.at != b.at ? a.at < b.at : a.ends > b.ends; });
  std::vector<survival_step> out;
  double share = 1, greenwood = 0;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t j = i, ended = 0;
    for (; j < all.size() && all[j].at == all[i].at; ++j) ended += all[j].ends;
    if (ended > 0) {
      const auto risk = static_cast<double>(all.size() - i), e = static_cast<double>(ended);
      share *= 1 - e / risk;
      if (risk > e) greenwood += e / (risk * (risk - e));
      out.push_back({all[i].at, share, share * std::sqrt(greenwood), all.size() - i, ended});
    }
    i = j;
  }
  return out;
}

/// The time by which the share p has ended; nothing where the curve does not come so far. \pre 0 < p < 1; asserted
template <class = when_called>
[[nodiscard]] inline std::optional<double> quantile_of(std::span<const survival_step> curve, double p) {
  SIFANG_ASSERT(p > 0 && p < 1);
  for (const survival_step& s : curve) {
    if (s.share <= 1 - p + 1e-12) return s.at;
  }
  return std::nullopt;
}

/// Mean of the durations up to a time (restricted mean): the area under the curve. \pre to >= 0; asserted
template <class = when_called>
[[nodiscard]] inline double restricted_mean(std::span<const survival_step> curve, double to) {
  SIFANG_ASSERT(to >= 0);
  double area = 0, from = 0, share = 1;
  for (const survival_step& s : curve) {
    if (s.at >= to) break;
    area += share * (s.at - from);
    from = s.at;
    share = s.share;
  }
  return area + share * (to - from);
}

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
