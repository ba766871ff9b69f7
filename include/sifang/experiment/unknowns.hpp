// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_UNKNOWNS_HPP
#define SIFANG_EXPERIMENT_UNKNOWNS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/plausible_draw.hpp"
#include "sifang/experiment/drawn_study.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/result_unknowns.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/stats/comparison.hpp"
#include "sifang/stats/estimate.hpp"
#include "sifang/stats/rank_correlation.hpp"
#include "sifang/stats/variance_split.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What a comparison of policies is worth while numbers of the county are not known: the range of the expected difference over draws of
/// them, how much of its variance is theirs and how much is chance, in how many draws the verdict holds, and on which it depends.

namespace sifang {

/// What is asked of a figure.
struct unknowns_question {
  std::string metric;               ///< id
  std::string unit,                 ///< as in `result_metric`
      better;                       ///< as in `result_metric`
  std::string verdict;              ///< of the comparison at the scenario's values; see `verdict_of`
  std::size_t replications;         ///< years behind that verdict
  std::size_t among = 1;            ///< figures that are judged together: of none of them a parameter is named by chance, at 5 %
  std::optional<double> matters{};  ///< smallest difference that matters; nothing: `smallest_that_matters` of each draw's figures
};

namespace detail {

/// Influences of one ratio: values of the years whose mean is the ratio, and that vary as it does. Nothing if there is no denominator.
template <class = when_called>
[[nodiscard]] inline std::optional<std::vector<double>> influences_of(const drawn_outcomes& all, std::size_t draw, std::size_t policy,
                                                                      std::size_t figure) {
  const std::size_t n = all.shape().replications;
  double y = 0, d = 0;
  for (std::size_t i = 0; i < n; ++i) {
    y += all.numerator(draw, policy, i, figure);
    d += all.denominator(draw, policy, i, figure);
  }
  if (!(d > 0) || !std::isfinite(y) || !std::isfinite(d)) return std::nullopt;
  const double ratio = y / d, mean = d / static_cast<double>(n);
  std::vector<double> out(n);
  for (std::size_t i = 0; i < n; ++i)
    out[i] = ratio + (all.numerator(draw, policy, i, figure) - ratio * all.denominator(draw, policy, i, figure)) / mean;
  return out;
}

/// Differences of one figure between two policies, on every draw that has both.
struct drawn_differences {
  std::vector<std::size_t> draws;  ///< those
  std::vector<double> years,       ///< influences of the difference, draw by draw
      means,                       ///< of each draw
      smallest;                    ///< difference that matters there
};

template <class = when_called>
[[nodiscard]] inline drawn_differences differences_of(const drawn_outcomes& all, std::size_t other, std::size_t figure,
                                                      const unknowns_question& asked) {
  const std::size_t n = all.shape().replications;
  drawn_differences out;
  for (std::size_t d = 0; d < all.finished(); ++d) {
    if (!all.was_played(d)) continue;
    const auto a = influences_of(all, d, 0, figure), b = influences_of(all, d, other, figure);
    if (!a || !b) continue;
    double mean_a = 0, mean_b = 0;
    for (std::size_t i = 0; i < n; ++i) {
      out.years.push_back((*b)[i] - (*a)[i]);
      mean_a += (*a)[i] / static_cast<double>(n);
      mean_b += (*b)[i] / static_cast<double>(n);
    }
    out.draws.push_back(d);
    out.means.push_back(mean_b - mean_a);
    out.smallest.push_back(asked.matters ? *asked.matters : smallest_that_matters(asked.unit, mean_a, mean_b));
  }
  return out;
}

/// Parameters that the means of draws go with, those that stand out of chance together.
template <class = when_called>
[[nodiscard]] inline std::vector<result_unknowns_weight> weights_of(const drawn_differences& found, const variance_split& split,
                                                                    const parameter_draws& drawn, std::size_t among) {
  std::vector<rank_correlation> all;
  std::vector<double> p_values;
  for (std::size_t k = 0; k < drawn.keys.size(); ++k) {
    std::vector<double> values;
    for (const std::size_t d : found.draws) values.push_back(drawn.rows[d][k]);
    all.push_back(rank_correlation_of(span_of(values), span_of(found.means)));
    p_values.push_back(all.back().p_value);
  }
  const std::vector<bool> stands = holm(span_of(p_values), 0.05 / static_cast<double>((std::max<std::size_t>)(among, 1)));
  std::vector<result_unknowns_weight> out;
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (!stands[k]) continue;
    const double part = split.reliability() > 0 ? (std::min)(all[k].explained() / split.reliability(), 1.0) : 0;
    out.push_back({drawn.keys[k], all[k].value, part});
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return std::abs(a.correlation) > std::abs(b.correlation); });
  return out;
}

/// In how many draws the expected difference is of each kind, and of that of the verdict.
template <class = when_called>
inline void count_kinds(result_unknowns_figure& out, std::span<const double> expected, std::span<const double> smallest,
                        const unknowns_question& asked, double confidence) {
  std::size_t lower = 0, higher = 0;
  for (std::size_t d = 0; d < expected.size(); ++d) {
    lower += expected[d] < -smallest[d];
    higher += expected[d] > smallest[d];
  }
  const std::size_t same = expected.size() - lower - higher;
  const auto share = [&](std::size_t n) {
    return wilson_interval(static_cast<double>(n), static_cast<double>(expected.size()), confidence);
  };
  out.lower = share(lower);
  out.same = share(same);
  out.higher = share(higher);
  if (asked.verdict == "no_difference_that_matters") out.holds = out.same;
  if (asked.verdict == "better") out.holds = asked.better == "lower" ? out.lower : out.higher;
  if (asked.verdict == "worse") out.holds = asked.better == "lower" ? out.higher : out.lower;
  if (asked.verdict == "changed") out.holds = share(lower + higher);
}

}  // namespace detail

/// One difference over all draws.
///
/// The expected difference of a draw is not seen, only its mean over a few years: what chance adds to the spread of the means is
/// estimated and taken out (`split_variance`, `without_chance`). Shares of draws have Wilson's intervals, which hold for independent draws.
/// \param drawn      the parameters of the draws, by which it is asked what the difference depends on; as many rows as draws finished
/// \param other      position of the policy; the base is 0 \param figure  position among the figures that were kept
/// \pre the years are at least two; asserted \complexity draws × (years + parameters × log draws)
template <class = when_called>
[[nodiscard]] inline result_unknowns_figure judge_unknowns(const drawn_outcomes& all, const parameter_draws& drawn, std::size_t other,
                                                           std::size_t figure, const unknowns_question& asked, double confidence = 0.95) {
  SIFANG_ASSERT(all.shape().replications >= 2, "years, to tell chance from draws");
  SIFANG_ASSERT(drawn.rows.size() >= all.finished(), "a row for each draw");
  const detail::drawn_differences found = detail::differences_of(all, other, figure, asked);
  result_unknowns_figure out;
  out.metric = asked.metric;
  out.other = other;
  out.verdict = asked.verdict;
  out.draws = static_cast<std::int32_t>(found.draws.size());
  if (found.draws.empty()) return out;
  double mean = 0;
  for (const double x : found.means) mean += x / static_cast<double>(found.means.size());
  out.range = {mean, mean, mean, interval_kind::too_little_data};
  if (found.draws.size() < least_draws) return out;

  const std::size_t n = all.shape().replications;
  const variance_split split = split_variance(detail::span_of(found.years), found.draws.size(), n);
  out.input_variance = split.input;
  out.chance_variance = split.simulation;
  out.common_error = std::sqrt(split.common);
  out.chance_hides = split.is_negative;
  const double chance = (split.simulation + split.common) * static_cast<double>(n) /
                        static_cast<double>((std::max<std::size_t>)(asked.replications, 1));  // in as many years as the verdict rests on
  out.unknown_part = split.input > 0 ? split.input / (split.input + chance) : 0;
  const std::vector<double> expected = without_chance(detail::span_of(found.means), split);
  out.range = {mean, (std::min)(mean, interpolated_quantile(expected, 0.05)), (std::max)(mean, interpolated_quantile(expected, 0.95)),
               interval_kind::two_sided};
  if (split.input == 0 && split.simulation == 0) out.range.kind = interval_kind::constant;
  detail::count_kinds(out, detail::span_of(expected), detail::span_of(found.smallest), asked, confidence);
  if (split.input > 0) out.depends = detail::weights_of(found, split, drawn, asked.among);
  return out;
}

namespace detail {

/// Whether a planner said from which size on a difference of this metric matters.
[[nodiscard]] inline bool is_own_size(const result& r, const result_comparison& c, std::size_t metric) noexcept {
  const double a = r.policies[c.base].values[metric][0][0].estimate, b = r.policies[c.other].values[metric][0][0].estimate;
  const double usual = smallest_that_matters(r.metrics[metric].unit, a, b);
  return std::abs(c.matters[metric] - usual) > 1e-9 * usual;
}

}  // namespace detail

/// All comparisons of a result with its first policy, over all draws of `drawn`: of each metric that was kept of the draws, in their order.
/// \param metrics   those, by id, as the draws have them; one that the result has not is passed over
/// \param base      numbers of the base scenario, for the list of what was drawn
/// \param source    as in `result_unknowns`
template <class = when_called>
[[nodiscard]] inline result_unknowns unknowns_of(const result& r, const drawn_outcomes& all, const parameter_draws& drawn,
                                                 std::span<const std::string> metrics, const parameter_numbers& base,
                                                 std::string source = {}) {
  result_unknowns out;
  out.source = std::move(source);
  out.replications = static_cast<std::int32_t>(all.shape().replications);
  for (std::size_t d = 0; d < all.finished(); ++d) ++(all.was_played(d) ? out.draws : out.refused);
  for (std::size_t k = 0; k < drawn.keys.size(); ++k) {
    const auto usual = base.find(drawn.keys[k]);
    const double value = usual == base.end() ? 0 : usual->second;
    result_unknown one{drawn.keys[k], value, std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    for (std::size_t d = 0; d < all.finished(); ++d) {
      one.low = (std::min)(one.low, drawn.rows[d][k]);
      one.high = (std::max)(one.high, drawn.rows[d][k]);
    }
    if (all.finished() == 0) one.low = one.high = value;
    out.parameters.push_back(std::move(one));
  }
  for (const result_comparison& c : r.comparisons) {
    if (c.base != 0) continue;
    for (std::size_t k = 0; k < metrics.size(); ++k) {
      const auto m = std::find_if(r.metrics.begin(), r.metrics.end(), [&](const result_metric& one) { return one.id == metrics[k]; });
      if (m == r.metrics.end()) continue;
      const auto at = static_cast<std::size_t>(m - r.metrics.begin());
      const auto years = static_cast<std::size_t>(r.policies[c.other].replications);
      unknowns_question asked{m->id, m->unit, m->better, c.values[at][0][0].verdict, years, metrics.size(), {}};
      if (at < c.matters.size() && detail::is_own_size(r, c, at)) asked.matters = c.matters[at];
      out.figures.push_back(judge_unknowns(all, drawn, c.other, k, asked, r.confidence));
    }
  }
  return out;
}

/// The mean difference of a draw over its years, with the chance in it; not a number if the draw was refused or has not both figures.
/// \pre draw < all.finished(); asserted
template <class = when_called>
[[nodiscard]] inline double drawn_difference(const drawn_outcomes& all, std::size_t draw, std::size_t other, std::size_t figure) {
  SIFANG_ASSERT(draw < all.finished(), "a draw that was finished");
  if (!all.was_played(draw)) return std::numeric_limits<double>::quiet_NaN();
  double sums[4] = {};
  for (std::size_t i = 0; i < all.shape().replications; ++i) {
    sums[0] += all.numerator(draw, 0, i, figure);
    sums[1] += all.denominator(draw, 0, i, figure);
    sums[2] += all.numerator(draw, other, i, figure);
    sums[3] += all.denominator(draw, other, i, figure);
  }
  if (!(sums[1] > 0 && sums[3] > 0)) return std::numeric_limits<double>::quiet_NaN();
  return sums[2] / sums[3] - sums[0] / sums[1];
}

}  // namespace sifang

#endif
