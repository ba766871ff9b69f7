// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_BUDGET_ALLOCATION_HPP
#define SIFANG_STATS_BUDGET_ALLOCATION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/selection.hpp"
#include "sifang/stats/selection_record.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

/// \file
/// The best of several systems for a budget of replications, where they tell most: optimal computing budget allocation (Chen, Lin,
/// Yücesan & Chick 2000). It promises nothing, and selects rightly more often than as many replications dealt out equally.
///
/// OCBA is derived for independent systems. On common random numbers its unequal numbers of replications would throw the common luck
/// away, and it does worse than dealing out equally (docs/validation.md). So there the ratio of a system is corrected by what the best
/// one showed in replications that this one was not given: R_i + β_i (R_b(all of b's) − R_b(those of i)), as with a control variate. What
/// is left of its deviation, σ_i √(1−ρ²), and the part (1−β_i) σ_b of the best's take the places of both in Chen's rule. Without
/// correlation that is OCBA itself. [This extension is ours.]

namespace sifang {

/// What OCBA has to know of one system.
struct allocation_input {
  double mean = 0,      ///< larger is better
      deviation = 0,    ///< standard deviation of one replication, not negative; on common random numbers what is left beside the best
      best_counts = 1;  ///< how much of the best's deviation stands beside it: 1 for independent systems, |1−β| on common random numbers
};

/// The parts of a budget that each system should have, by OCBA: N_i/N_j = ((σ_i/d_i)/(σ_j/d_j))² for those behind by d, and N_b = σ_b
/// √(Σ N_i²/σ_i²) for the best. Their sum is 1; equal parts where nothing varies. With `best_counts` below 1 the sum has its square as
/// a factor, and the best gets as much as the greatest of the others at least, since these are corrected by its replications.
/// \param least_gap   smaller distances from the best count as this: ties would swallow the budget
/// \pre one system at least; least_gap > 0; asserted \complexity linear
template <class = when_called>
[[nodiscard]] inline std::vector<double> allocation_shares(std::span<const allocation_input> systems, double least_gap) {
  SIFANG_ASSERT(!systems.empty(), "one system at least");
  SIFANG_ASSERT(least_gap > 0, "a least gap above 0");
  std::size_t best = 0;
  for (std::size_t i = 1; i < systems.size(); ++i) {
    if (systems[i].mean > systems[best].mean) best = i;
  }
  std::vector<double> out(systems.size(), 0.0);
  double squares = 0, sum = 0, greatest = 0;
  for (std::size_t i = 0; i < systems.size(); ++i) {
    if (i == best) continue;
    const allocation_input& of = systems[i];
    const double ratio = of.deviation / (std::max)(least_gap, systems[best].mean - of.mean);
    out[i] = ratio * ratio;
    if (of.deviation > 0) squares += of.best_counts * of.best_counts * out[i] * out[i] / (of.deviation * of.deviation);
    if (of.best_counts < 1) greatest = (std::max)(greatest, out[i]);
    sum += out[i];
  }
  // Where the best varies and no other does, the sum of squares is empty, and all that can be learnt is of the best.
  const double of_best = systems[best].deviation;
  out[best] = sum > 0 ? (std::max)(greatest, of_best * std::sqrt(squares)) : of_best > 0 ? 1 : 0;
  sum += out[best];
  for (double& part : out) part = sum > 0 ? part / sum : 1 / static_cast<double>(out.size());
  return out;
}

/// What is asked of a selection for a budget.
struct budget_options {
  selection_goal goal = selection_goal::larger;  ///< which way is good
  double least_gap = 0;                          ///< smallest difference that matters, in the unit of the ratio; above 0
  std::size_t budget = 0,                        ///< replications of all systems together
      first_stage = 16,                          ///< replications of every system at the beginning; 2 at least
      step = 16,                                 ///< replications dealt out between two looks, a whole number of grains
      grain = 1;                                 ///< replications that a system gets at a time, 1 at least
  bool common_numbers = true;  ///< systems have the same luck in replications of the same number; else OCBA as it was published
};

namespace detail {

/// A line through the influences of two systems over the replications that both have: what of the first goes with the second.
struct influence_line {
  double slope = 0,   ///< of the first on the second; 0 where the second does not vary
      deviation = 0;  ///< of what is left of the first in one replication
};
template <class = when_called>
[[nodiscard]] inline influence_line line_of(const selection_record& record, std::size_t first, std::size_t second) {
  const std::size_t both = (std::min)(record.count(first), record.count(second));
  const std::vector<double> mine = record.influences(first, both), its = record.influences(second, both);
  double squares = 0, of_both = 0, left = 0;
  for (std::size_t r = 0; r < both; ++r) {
    squares += its[r] * its[r];
    of_both += mine[r] * its[r];
  }
  const double slope = squares > 0 ? of_both / squares : 0;
  for (std::size_t r = 0; r < both; ++r) left += (mine[r] - slope * its[r]) * (mine[r] - slope * its[r]);
  return {slope, std::sqrt(left / static_cast<double>(both - 1))};
}

/// What the replications so far say of every system. On common random numbers the mean of each is corrected by the system with most
/// replications, and its deviation is what is left beside the best.
template <class = when_called>
[[nodiscard]] inline std::vector<allocation_input> allocation_inputs(const selection_record& record, const budget_options& o) {
  std::vector<allocation_input> out(record.size());
  std::size_t longest = 0, best = 0;
  const double sign = o.goal == selection_goal::larger ? 1 : -1;
  for (std::size_t k = 0; k < record.size(); ++k) {
    double squares = 0;
    for (const double u : record.influences(k, record.count(k))) squares += u * u;
    out[k] = {sign * record.ratio(k).value_or(0), std::sqrt(squares / static_cast<double>(record.count(k) - 1)), 1};
    const bool longer = record.count(k) > record.count(longest);
    if (longer || (record.count(k) == record.count(longest) && out[k].mean > out[longest].mean)) longest = k;
  }
  if (!o.common_numbers) return out;
  const double whole = out[longest].mean;
  for (std::size_t k = 0; k < record.size(); ++k) {
    if (record.count(k) == record.count(longest)) continue;
    const double of_both = sign * record.ratio(longest, record.count(k)).value_or(sign * whole);
    out[k].mean += line_of(record, k, longest).slope * (whole - of_both);
  }
  for (std::size_t k = 1; k < record.size(); ++k) best = out[k].mean > out[best].mean ? k : best;
  for (std::size_t k = 0; k < record.size(); ++k) {
    if (k == best) continue;
    const influence_line line = line_of(record, k, best);
    out[k].deviation = line.deviation;
    out[k].best_counts = std::abs(1 - line.slope);
  }
  return out;
}

/// Whether further replications would tell nothing: nothing varies, or all that does is what is the same in every system.
[[nodiscard]] inline bool nothing_to_learn(const std::vector<allocation_input>& known) noexcept {
  std::size_t varying = 0, beside = 0;
  for (const allocation_input& a : known) {
    if (a.deviation != 0) ++varying;
    if (a.deviation == 0 && a.best_counts == 0) ++beside;
  }
  return varying == 0 || (varying == 1 && beside + 1 == known.size());
}

/// How many replications each system gets of the next few: grain by grain to whoever lacks most of its part.
template <class = when_called>
[[nodiscard]] inline std::vector<std::size_t> dealt_out(const selection_record& record, std::span<const double> shares, std::size_t few,
                                                        std::size_t grain) {
  const double whole = static_cast<double>(record.total() + few);
  std::vector<double> lacking(record.size());
  for (std::size_t k = 0; k < record.size(); ++k) lacking[k] = shares[k] * whole - static_cast<double>(record.count(k));
  std::vector<std::size_t> out(record.size(), 0);
  while (few > 0) {
    const auto next = static_cast<std::size_t>(std::max_element(lacking.begin(), lacking.end()) - lacking.begin());
    const std::size_t now = (std::min)(grain, few);
    out[next] += now;
    lacking[next] -= static_cast<double>(now);
    few -= now;
  }
  return out;
}

}  // namespace detail

/// Selects for a budget: a first stage of all systems, then looks after every few replications, which go where OCBA has them.
///
/// The best is the one that has the best ratio at the end (`gave_up` is the end, as nothing is guaranteed; `decided` where there is one
/// system alone, or nothing varies in any). How sure it is: `chance_of_best`.
/// \param record  takes what is played; what is there already counts as part of the budget
/// \param told    `told(std::size_t replications_so_far)` after every look
/// \pre one system at least; the budget holds the first stage of all; first stage 2, step and grain 1 at least; least gap above 0;
///   asserted
template <selection_sampler Sampler, class Told>
[[nodiscard]] selection_result select_within_budget(Sampler&& sample, selection_record& record, const budget_options& o, Told&& told) {
  SIFANG_ASSERT(record.size() > 0 && o.first_stage >= 2 && o.step >= 1 && o.grain >= 1, "a system, a first stage of two, steps of one");
  SIFANG_ASSERT(o.budget >= record.size() * o.first_stage, "a budget that holds the first stage of all systems");
  SIFANG_ASSERT(o.least_gap > 0, "a smallest difference that matters above 0");
  selection_result out;
  out.fates.resize(record.size());
  if (record.size() == 1) return out;
  out.end = selection_end::gave_up;
  std::vector<selection_request> wanted;
  for (std::size_t k = 0; k < record.size(); ++k) wanted.push_back({k, 0, o.first_stage});
  for (;;) {
    const bool played = extend(record, sample, detail::span_of(wanted));
    out.replications = record.total();
    for (std::size_t k = 0; k < record.size(); ++k) out.fates[k] = {record.count(k), record.ratio(k).value_or(0), false, false, 0};
    if (!played) out.end = selection_end::stopped;
    if (!played && out.looks == 0) return out;  // nothing to look at
    if (out.looks == 0 && !detail::all_have_values(record, out)) return out;
    const std::vector<allocation_input> known = detail::allocation_inputs(record, o);
    const auto worse = [](const allocation_input& a, const allocation_input& b) { return a.mean < b.mean; };
    out.best = static_cast<std::size_t>(std::max_element(known.begin(), known.end(), worse) - known.begin());
    ++out.looks;
    if (!played) return out;
    told(out.replications);
    if (detail::nothing_to_learn(known)) {
      out.end = selection_end::decided;
      for (std::size_t k = 0; k < record.size(); ++k) {
        out.fates[k].alike = k != out.best && out.fates[k].estimate == out.fates[out.best].estimate;
        out.fates[k].by = out.best;
      }
      return out;
    }
    if (out.replications >= o.budget) return out;
    const std::size_t few = (std::min)(o.step, o.budget - out.replications);
    const std::vector<double> shares = allocation_shares(detail::span_of(known), o.least_gap);
    const std::vector<std::size_t> more = detail::dealt_out(record, detail::span_of(shares), few, o.grain);
    wanted.clear();
    for (std::size_t k = 0; k < record.size(); ++k) {
      if (more[k] > 0) wanted.push_back({k, record.count(k), more[k]});
    }
  }
}
/// The same, told to nobody.
template <selection_sampler Sampler>
[[nodiscard]] selection_result select_within_budget(Sampler&& sample, selection_record& record, const budget_options& o) {
  return select_within_budget(sample, record, o, [](std::size_t) {});
}

}  // namespace sifang

#endif
