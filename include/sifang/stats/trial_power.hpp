// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_TRIAL_POWER_HPP
#define SIFANG_STATS_TRIAL_POWER_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <optional>

/// \file
/// The chance that a trial shows a difference, or that there is none that matters, from the error that its estimate will have.

namespace sifang {

/// Distribution function of the standard normal law.
[[nodiscard]] inline double normal_below(double z) noexcept { return 0.5 * std::erfc(-z * 0.70710678118654752440); }

/// Chance that a two-sided test of a normal estimate finds a difference.
///
/// Φ(|d|/s − z) + Φ(−|d|/s − z), where z is the quantile of 1 − level/2; at d = 0 this is the level itself.
/// \param effect  d, what the estimate has as its mean
/// \param error   s, its standard deviation, taken as known; without any, every difference but 0 is found
/// \param level   chance of finding one where there is none
/// \pre error ≥ 0 and 0 < level < 1; asserted
template <class = when_called>
[[nodiscard]] inline double power_of_difference(double effect, double error, double level = 0.05) noexcept {
  SIFANG_ASSERT(error >= 0 && level > 0 && level < 1, "an error that is not negative, and a level between 0 and 1");
  if (error == 0) return effect == 0 ? 0 : 1;
  const double z = elementary::normal_quantile(1 - level / 2), at = std::abs(effect) / error;
  return normal_below(at - z) + normal_below(-at - z);
}

/// Chance that two one-sided tests find a difference smaller than the smallest that matters (Schuirmann 1987): that the
/// 1 − 2 level interval lies within ± margin.
///
/// Φ((m − d)/s − z) + Φ((m + d)/s − z) − 1, or 0 if that is negative; z is the quantile of 1 − level. At |d| = m it is at most the level.
/// \param margin  m, the smallest difference that matters
/// \pre error ≥ 0, margin ≥ 0 and 0 < level < 1; asserted
template <class = when_called>
[[nodiscard]] inline double power_of_absence(double effect, double margin, double error, double level = 0.05) noexcept {
  SIFANG_ASSERT(error >= 0 && margin >= 0 && level > 0 && level < 1, "an error and a margin that are not negative");
  if (error == 0) return std::abs(effect) < margin ? 1 : 0;
  const double z = elementary::normal_quantile(1 - level);
  const double chance = normal_below((margin - effect) / error - z) + normal_below((margin + effect) / error - z) - 1;
  return (std::max)(chance, 0.0);
}

/// The least number from 1 to `most` from which on every power up to `most` reaches what is wanted; nothing if that of `most` does not.
///
/// From which on: effects of single months differ, so that a trial may have the power in its third month and lose it in its fourth.
/// \param power_at  gives the power after so many months  \complexity `most` calls
template <class PowerAt>
requires std::invocable<PowerAt&, std::size_t>
[[nodiscard]] std::optional<std::size_t> least_with_power(std::size_t most, double wanted, PowerAt&& power_at) {
  std::optional<std::size_t> least;
  for (std::size_t n = most; n > 0 && power_at(n) >= wanted; --n) least = n;
  return least;
}

}  // namespace sifang

#endif
