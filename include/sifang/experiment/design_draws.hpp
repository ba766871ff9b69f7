// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_DESIGN_DRAWS_HPP
#define SIFANG_EXPERIMENT_DESIGN_DRAWS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/county/plausible_law.hpp"

#include <cstdint>

/// \file
/// What the chance of designs is called, and how a place of a design becomes a value.

namespace sifang {

/// What designs draw for.
enum class design_draw : std::uint32_t {
  trajectories,  ///< Morris' (`screen`)
  samples,       ///< Sobol' (`find_indices`)
  bootstrap,     ///< of Sobol' indices
  hypercube,     ///< the cells of a sweep (`sample_grid`)
};
/// The replication whose numbers designs draw: none that is ever played, so that no year shares their luck.
inline constexpr std::uint32_t design_replication = 0xffffffffU;

/// The value of a parameter at a place of its law: the ends at 0 and 1, between them the quantile. \pre 0 ≤ u ≤ 1; asserted
[[nodiscard]] inline double design_value(const plausible_range& range, double u) {
  SIFANG_ASSERT(u >= 0 && u <= 1, "a part of the range");
  if (u == 0) return range.low;
  if (u == 1) return range.high;
  return quantile_of(range, u);
}

}  // namespace sifang

#endif
