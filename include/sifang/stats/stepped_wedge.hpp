// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_STEPPED_WEDGE_HPP
#define SIFANG_STATS_STEPPED_WEDGE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

/// \file
/// A trial that is stepped over places (阶梯推广试点): all begin without, and group after group goes over to the policy.

namespace sifang {

/// Places, and groups of them that begin one after another. There is a period before the first group, and one after each: `groups` + 1.
struct stepped_design {
  std::size_t places = 2,  ///< K; dealt to the groups as evenly as can be, the first groups get those that are left over
      groups = 1;          ///< that begin one after another, each of one place at least

  /// T, periods of the trial.
  [[nodiscard]] constexpr std::size_t periods() const noexcept { return groups + 1; }
  /// Places of a group, from 0 on.
  [[nodiscard]] constexpr std::size_t size_of(std::size_t group) const noexcept {
    return places / groups + (group < places % groups ? 1 : 0);
  }
};

/// Variance of the effect of a stepped-wedge trial by weighted least squares, period by period taken out (Hussey & Hughes 2007, eq. 8).
///
/// K σ²(σ² + T τ²) / {(K U − W) σ² + (U² + K T U − T W − K V) τ²}, U = Σᵢⱼ Xᵢⱼ, W = Σⱼ(Σᵢ Xᵢⱼ)², V = Σᵢ(Σⱼ Xᵢⱼ)², where Xᵢⱼ = 1
/// once place i has begun in period j. What strikes all places alike, as the season, drops out.
/// \param within   σ², variance of a place's figure of one period about its own mean and the period's
/// \param between  τ², variance of the places' means
/// \returns infinity where nothing tells the effect from the season: one place, or one group whose places do not differ in time
/// \pre 1 ≤ groups ≤ places and variances that are not negative; asserted  \complexity linear in the groups
template <class = when_called>
[[nodiscard]] inline double stepped_variance(const stepped_design& d, double within, double between) noexcept {
  SIFANG_ASSERT(d.groups > 0 && d.groups <= d.places, "a place at least in each group");
  SIFANG_ASSERT(within >= 0 && between >= 0, "variances that are not negative");
  const auto k = static_cast<double>(d.places), t = static_cast<double>(d.periods());
  double u = 0, w = 0, v = 0, begun = 0;
  for (std::size_t g = 0; g < d.groups; ++g) {
    const auto here = static_cast<double>(d.size_of(g)), exposed = static_cast<double>(d.groups - g);
    begun += here;
    u += here * exposed;
    w += begun * begun;
    v += here * exposed * exposed;
  }
  const double information = (k * u - w) * within + (u * u + k * t * u - t * w - k * v) * between;
  if (within == 0) return k > 1 && d.groups > 1 ? 0 : (std::numeric_limits<double>::infinity)();
  if (!(information > 1e-12 * k * u * t * (within + between))) return (std::numeric_limits<double>::infinity)();
  return k * within * (within + t * between) / information;
}

/// The stepped trial of at most so many months whose effect has the least variance: periods of whole months of equal length.
struct stepped_trial {
  stepped_design design;                                        ///< groups that begin one after another
  std::size_t months_each = 0;                                  ///< months of a period; 0: there is no such trial
  double variance = (std::numeric_limits<double>::infinity)();  ///< of the effect
};
/// Of all lengths of a period that leave two groups at least.
/// \param month_within  σ² of one month; a period of L months has σ²/L  \complexity linear in the months, times the groups
template <class = when_called>
[[nodiscard]] inline stepped_trial best_stepped(std::size_t places, std::size_t months, double month_within, double between) noexcept {
  stepped_trial best;
  for (std::size_t each = 1; each <= months; ++each) {
    const std::size_t groups = (std::min)(months / each - 1, places);
    if (groups < 2) continue;
    const stepped_design design{places, groups};
    const double variance = stepped_variance(design, month_within / static_cast<double>(each), between);
    if (best.months_each == 0 || variance < best.variance) best = {design, each, variance};
  }
  return best;
}

}  // namespace sifang

#endif
