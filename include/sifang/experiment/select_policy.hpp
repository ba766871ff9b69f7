// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_SELECT_POLICY_HPP
#define SIFANG_EXPERIMENT_SELECT_POLICY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/experiment/policy_sampler.hpp"
#include "sifang/experiment/study_arm.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/stats/best_comparison.hpp"
#include "sifang/stats/budget_allocation.hpp"
#include "sifang/stats/chance_of_best.hpp"
#include "sifang/stats/estimate.hpp"
#include "sifang/stats/good_selection.hpp"
#include "sifang/stats/selection.hpp"
#include "sifang/stats/selection_record.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Which of several policies is best in one metric: with a guaranteed probability, or as well as a budget of years can say.

namespace sifang {

/// How a selection without a budget is guaranteed.
enum class selection_method : std::uint8_t {
  sequential,  ///< KN++ (`select_best`): looks often and needs fewest years
  staged,      ///< GSP (`select_good`): few looks, and a promise also where several policies are near to the best
};
template <>
inline constexpr std::string_view names_of<selection_method>[] = {"knpp", "gsp"};

/// What is asked of a selection among policies.
struct policy_selection_options {
  metric what{};                       ///< the metric; one of which a direction is good
  std::optional<figure_size> delta{};  ///< smallest difference that matters; nothing: that of `smallest_that_matters`
  double confidence = 0.95;            ///< of the selection and of the comparisons with the best, between 0 and 1
  std::size_t budget = 0,              ///< years of all policies together, dealt out by OCBA without a guarantee; 0: as many as it takes
      first_stage = 32,                ///< years of every policy before any can leave; with a budget half as many
      most = 100000;                   ///< years of a policy after which a selection without a budget is given up
  std::uint64_t seed = 1;              ///< of the probabilities of being best
  selection_method method = selection_method::sequential;  ///< without a budget
};

/// What a selection among policies found.
struct policy_selection {
  metric what{};           ///< the metric
  double delta = 0,        ///< smallest difference that matters, in its unit; 0 where none was given and nothing suggests one
      confidence = 0.95;   ///< that was asked for
  std::size_t budget = 0;  ///< 0: guaranteed
  selection_method method = selection_method::sequential;  ///< by which it is
  selection_result found;                                  ///< which is best, when the others left
  std::vector<interval> estimates;                         ///< of each policy by itself, over the years that it was played
  best_comparison beside;       ///< each policy and the best of the others; nothing in it where there is nothing to compare
  std::vector<double> chances;  ///< that each policy is the best; none where nothing was found
  /// Whether the selection is guaranteed with the confidence asked for.
  [[nodiscard]] bool is_guaranteed() const noexcept { return budget == 0 && found.end == selection_end::decided; }
};

/// The years that a budget must hold: the first stage of every policy.
[[nodiscard]] constexpr std::size_t least_budget(std::size_t policies, const policy_selection_options& o) noexcept {
  return policies * ((o.first_stage + 1) / 2);
}

/// Which way is good of a metric; nothing if none is.
template <class = when_called>
[[nodiscard]] constexpr std::optional<selection_goal> goal_of(metric m) noexcept {
  const std::string_view better = info(m).better;
  if (better == "higher") return selection_goal::larger;
  if (better == "lower") return selection_goal::smaller;
  return std::nullopt;
}

namespace detail {

/// The smallest difference that matters between what the policies showed in their first years.
template <class = when_called>
[[nodiscard]] inline double delta_of(const policy_selection_options& o, const selection_record& record) noexcept {
  double least = 0, most = 0;
  for (std::size_t k = 0; k < record.size(); ++k) {
    const double x = record.ratio(k).value_or(0);
    least = k == 0 ? x : (std::min)(least, x);
    most = k == 0 ? x : (std::max)(most, x);
  }
  return o.delta ? o.delta->of(least, most) : smallest_that_matters(info(o.what).unit, least, most);
}

/// What stands beside the selection: estimates, comparisons with the best, probabilities.
template <class = when_called>
inline void describe_selection(policy_selection& out, const selection_record& record, selection_goal goal, std::uint64_t seed) {
  std::vector<double> y, n;
  for (std::size_t k = 0; k < record.size(); ++k) {
    y.clear();
    n.clear();
    for (const selection_value& v : record.values(k)) {
      y.push_back(v.y);
      n.push_back(v.n);
    }
    out.estimates.push_back(ratio_interval(span_of(y), span_of(n), t_scale(y.size(), out.confidence), quantity_of(out.what)));
  }
  if (record.size() >= 2) out.beside = compare_with_best(record, goal, out.confidence);
  out.chances = chance_of_best(record, goal, chance_samples, seed);
}

}  // namespace detail

/// Selects the best of several policies in a metric of the whole county, on common random numbers.
///
/// Without a budget by KN++ (`select_best`): if the best is better than each other policy by δ at least, it is selected with the
/// confidence asked for; or by GSP (`select_good`): what is selected is nearer to the best than δ, with that confidence. A metric that is a
/// ratio over the years is compared as one, so that the guarantee is that of the limit of small δ. Years are looked at eight by eight,
/// later an eighth apart. With a budget by OCBA (`select_within_budget`), without a guarantee. The same bytes for any number of threads.
/// \param team  one whose pieces arrive here
/// \param told  `told(const selection_result& so_far, std::size_t left)` after every look, on this thread; with a budget all are left
/// \pre two arms at least, which split metrics alike; a direction of the metric is good; 0 < confidence < 1; a budget holds the first
///   stage (`least_budget`), or is 0; asserted
template <class Team, class Told = detail::tell_no_look>
requires work_team<Team>
[[nodiscard]] policy_selection select_policy(const Team& team, std::span<const study_arm> arms, const policy_selection_options& o,
                                             Told&& told = {}) {
  SIFANG_ASSERT(arms.size() >= 2, "two policies at least");
  SIFANG_ASSERT(goal_of(o.what).has_value(), "a metric of which a direction is good");
  SIFANG_ASSERT(o.budget == 0 || o.budget >= least_budget(arms.size(), o), "a budget that holds the first stage of all policies");
  const selection_goal goal = goal_of(o.what).value_or(selection_goal::larger);
  const std::size_t first_stage = o.budget == 0 ? o.first_stage : (o.first_stage + 1) / 2;
  policy_selection out;
  out.what = o.what;
  out.confidence = o.confidence;
  out.budget = o.budget;
  out.method = o.method;
  out.found.fates.resize(arms.size());
  const metric what[] = {o.what};
  policy_sampler sample(team, arms, what);
  selection_record record(arms.size());
  std::vector<selection_request> wanted;
  for (std::size_t k = 0; k < arms.size(); ++k) wanted.push_back({k, 0, first_stage});
  if (!extend(record, sample, detail::span_of(wanted))) {
    out.found.end = selection_end::stopped;
    return out;
  }
  if (!detail::all_have_values(record, out.found)) return out;
  out.delta = detail::delta_of(o, record);
  if (!(out.delta > 0)) {
    out.found.end = selection_end::gave_up;
    out.found.replications = record.total();
    return out;
  }
  if (o.budget > 0) {
    const budget_options asked{goal, out.delta, o.budget, first_stage, block_replications * arms.size(), block_replications, true};
    out.found = select_within_budget(sample, record, asked, [&](std::size_t replications) {
      selection_result so_far;
      so_far.replications = replications;
      told(static_cast<const selection_result&>(so_far), arms.size());
    });
  } else if (o.method == selection_method::staged) {
    good_selection_options asked;
    asked.goal = goal;
    asked.delta = out.delta;
    asked.confidence = o.confidence;
    asked.first_stage = first_stage;
    asked.grain = block_replications;
    asked.most = o.most;
    out.found = select_good(sample, record, asked, told);
  } else {
    selection_options asked{goal, out.delta, o.confidence, first_stage, block_replications, 0.125, o.most, selection_variance::updated};
    out.found = select_best(sample, record, asked, told);
  }
  if (out.found.end != selection_end::stopped) detail::describe_selection(out, record, goal, o.seed);
  return out;
}

}  // namespace sifang

#endif
