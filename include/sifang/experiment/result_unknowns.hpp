// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_RESULT_UNKNOWNS_HPP
#define SIFANG_EXPERIMENT_RESULT_UNKNOWNS_HPP

#include "sifang/stats/interval.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// \file
/// What a comparison becomes when numbers that nobody knows are drawn anew, as plain values.

namespace sifang {

/// A parameter that was drawn.
struct result_unknown {
  std::string key;   ///< whole key
  double value = 0,  ///< that of the base scenario
      low = 0,       ///< least that was drawn
      high = 0;      ///< greatest
};

/// How much a difference depends on one parameter, among those that stand out of chance together (Holm 1979, at 5 % over
/// all figures of the comparison).
struct result_unknowns_weight {
  std::string key;         ///< whole key
  double correlation = 0,  ///< Spearman's, of the parameter and the difference
      part = 0;            ///< of the variance of the expected difference that goes with it alone, by ranks; 0 to 1
};

/// A difference of two policies over all draws.
struct result_unknowns_figure {
  std::string metric;      ///< id of the metric, of the county as a whole
  std::size_t other = 0;   ///< position of the policy in `result::policies`; the base is the first
  std::int32_t draws = 0;  ///< that have both figures
  /// Mean of the expected difference over the draws, and the range that holds 90 % of them, chance taken out; `too_little_data` if the
  /// draws are fewer than `least_draws`.
  interval range;
  double common_error = 0,  ///< standard error of where the whole range lies: luck that all draws share
      input_variance = 0,   ///< of the expected difference over draws: what we do not know
      chance_variance = 0,  ///< that chance adds to the difference of one draw, beside what it adds to all
      unknown_part = 0;     ///< of the variance of the difference as the comparison gives it: from what we do not know; the rest is chance
  bool chance_hides = false;  ///< nothing is seen beyond chance: the estimate of `input_variance` came out below 0
  std::string verdict;        ///< of the comparison at the scenario's values
  interval holds,             ///< share of draws in which this verdict holds for the expected difference; no value without a verdict
      lower,                  ///< share in which the other policy has less, by more than what matters
      same,                   ///< share in which they differ by no more than what matters
      higher;                 ///< share in which the other has more
  std::vector<result_unknowns_weight> depends;  ///< greatest first; none if no parameter stands out
};

/// A comparison over draws of what is not known.
struct result_unknowns {
  std::string source;                           ///< a file of draws; empty: the table of plausible ranges
  std::int32_t draws = 0,                       ///< that were played
      refused = 0,                              ///< that broke a rule, and were not
      replications = 0;                         ///< years of each draw and policy, on the same random numbers
  bool others_drawn = false;                    ///< what the file has not was drawn too, from the table of plausible ranges
  std::vector<result_unknown> parameters;       ///< in the order of the file format
  std::vector<result_unknowns_figure> figures;  ///< comparison by comparison, in the order of the headline metrics
};

/// Draws from which on a range is given: of fewer, 5 % is less than one.
inline constexpr std::size_t least_draws = 20;
/// Draws, and years of each, of a comparison of which nobody said how many: a first look, enough for signs and for ranges.
/// @{
inline constexpr std::size_t first_draws = 30;
inline constexpr std::size_t first_draw_years = 2;
/// @}

}  // namespace sifang

#endif
