// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_HPP
#define SIFANG_STATS_HPP

/// \file
/// Accumulators, intervals, comparison; sums of many ratios that merge (methods: docs/intervals.md). Laws fitted to durations and
/// counts (docs/fit.md, docs/forecast.md) are included by name: `stats/duration_fit.hpp`, `goodness_of_fit.hpp`, `survival.hpp`,
/// `wasserstein.hpp`, `dispersion.hpp`, `rate_fit.hpp`; so are points that fill a box, `latin_hypercube.hpp`.
/// What an answer depends on is included by name too (docs/sensitivity.md): `sobol_sequence.hpp`, `morris.hpp`, `sobol_indices.hpp`,
/// `break_even.hpp`.

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

#endif
