// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_HPP
#define SIFANG_STATS_HPP

/// \file
/// Accumulators, intervals, comparison; sums of many ratios that merge (methods: docs/intervals.md). Included by name are laws fitted to
/// durations and counts (docs/fit.md, docs/forecast.md): `stats/duration_fit.hpp`, `goodness_of_fit.hpp`, `survival.hpp`,
/// `wasserstein.hpp`, `dispersion.hpp`, `rate_fit.hpp`; parts of a variance (docs/unknowns.md): `variance_split.hpp`,
/// `rank_correlation.hpp`; selections of the best (docs/selection.md): `selection.hpp`, `budget_allocation.hpp`,
/// `best_comparison.hpp`, `chance_of_best.hpp`, `feasibility.hpp`, `good_selection.hpp`, over `selection_record.hpp`; points that fill a
/// box: `latin_hypercube.hpp`; and draws of parameters that are not ruled out (docs/calibration.md): `history_matching.hpp`, `abc_smc.hpp`,
/// `response_surface.hpp`, `population.hpp`, `cholesky.hpp`. So is what an answer depends on (docs/sensitivity.md): `sobol_sequence.hpp`,
/// `morris.hpp`, `sobol_indices.hpp`, `break_even.hpp`, `linear_effects.hpp`; and what a trial shows (docs/pilot.md): `trial_power.hpp`,
/// `before_after.hpp`, `stepped_wedge.hpp`.

#include "sifang/stats/accumulator.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/student_t.hpp"
#include "sifang/stats/beta_quantile.hpp"
#include "sifang/stats/skewed_t.hpp"
#include "sifang/stats/interval_of_moments.hpp"
#include "sifang/stats/estimate.hpp"
#include "sifang/stats/comparison.hpp"
#include "sifang/stats/ratio_sums.hpp"
#include "sifang/stats/ratio_pair_sums.hpp"
#include "sifang/stats/prediction.hpp"
#include "sifang/stats/warm_up.hpp"
#include "sifang/stats/control_variates.hpp"

#endif
