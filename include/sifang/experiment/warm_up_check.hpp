// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_WARM_UP_CHECK_HPP
#define SIFANG_EXPERIMENT_WARM_UP_CHECK_HPP

#include "sifang/core/assert.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/compare.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/team.hpp"

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

/// \file
/// Whether a county has forgotten its empty start by the first counted day.

namespace sifang {

/// A figure under a longer warm-up, minus that under the scenario's.
struct warm_up_figure {
  metric id{};               ///< a headline metric, or one of what is open
  result_difference change;  ///< in the unit of the metric
};

/// What a longer warm-up changes.
struct warm_up_finding {
  std::size_t replications = 0;         ///< of both
  std::vector<warm_up_figure> figures;  ///< in the order of `metric_table`
  bool too_short = false;    ///< at least one figure differs by more than matters: it depends on how long the county had run before
  bool long_enough = false;  ///< no figure makes a difference that matters; neither: more replications would tell
};

/// Plays whole years after the scenario's warm-up and after a longer one, on common random numbers, and compares what is counted.
///
/// A county's year has seasons, so no rule that cuts a single series fits it (`mser`): the same counted period is looked at instead, by the
/// headline metrics and what is open in it. What a longer past changes by less than the smallest difference that matters is no longer seen.
/// \param longer  the same county with a longer warm-up; asserted
/// \param finished  as for `run_study`
template <class Team, class Finished = detail::tell_nobody>
requires work_team<Team>
[[nodiscard]] warm_up_finding check_warm_up(Team&& team, const world& place, const world& longer, std::size_t replications,
                                            Finished&& finished = {}) {
  SIFANG_ASSERT(longer.setting().warm_up > place.setting().warm_up, "a longer warm-up");
  const std::array<const world*, 2> both{&place, &longer};
  const study_result study = run_study(team, both, replications, std::forward<Finished>(finished));
  warm_up_finding out;
  out.replications = study.replications;
  if (study.replications == 0) return out;
  const result_comparison found = compare(place, 0, study.policies[0], 1, study.policies[1], study.pairs[0]);
  out.long_enough = true;
  for (const metric_info& m : metric_table) {
    if (!m.headline && m.id != metric::open_cases && m.id != metric::open_age_days) continue;
    const result_difference& change = found.values[static_cast<std::size_t>(m.id)][0][0];
    const double matters = found.matters[static_cast<std::size_t>(m.id)];
    const bool same = change.verdict == "no_difference_that_matters" || !change.difference.has_value();
    out.long_enough = out.long_enough && same;
    const bool told = change.difference.bounded() || change.difference.kind == interval_kind::constant;
    out.too_short = out.too_short || (told && (change.difference.lower > matters || change.difference.upper < -matters));
    out.figures.push_back({m.id, change});
  }
  return out;
}

}  // namespace sifang

#endif
