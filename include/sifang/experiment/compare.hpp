// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_COMPARE_HPP
#define SIFANG_EXPERIMENT_COMPARE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/own_metric.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/county/world.hpp"
#include "sifang/stats/comparison.hpp"
#include "sifang/stats/prediction.hpp"
#include "sifang/stats/ratio_pair_sums.hpp"
#include "sifang/stats/ratio_sums.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// What a comparison may be told beside its sums.
struct comparison_wishes {
  matters_list matters{};  ///< smallest differences that matter, where they are not those of `smallest_that_matters`
  /// What each county-wide metric was made of in single replications, `metric_count` after `metric_count`, of both policies in the same
  /// replications (`study_result::years`). Empty: nothing is said of a single year. @{
  std::span<const tally::ratio> base_years{}, other_years{};
  /// @}
};

/// How sure one can be that a single year brings a difference within `result_comparison::one_year`.
inline constexpr double one_year_level = 0.9;

namespace detail {
/// How many figures of the county as a whole are judged together.
[[nodiscard]] constexpr std::size_t headline_count() noexcept {
  std::size_t out = 0;
  for (const metric_info& m : metric_table) out += m.headline ? 1 : 0;
  return out;
}
/// Where the difference of a metric may lie in a single year: from the differences of the years that were simulated. A year in which
/// either has no such figure (nobody was heard, say) tells nothing of it.
template <class = when_called>
[[nodiscard]] inline interval difference_of_a_year(std::size_t m, const comparison_wishes& wishes) {
  std::vector<double> differences;
  for (std::size_t at = m; at < wishes.base_years.size(); at += metric_count) {
    const tally::ratio &a = wishes.base_years[at], &b = wishes.other_years[at];
    if (a.denominator > 0 && b.denominator > 0) differences.push_back(b.numerator / b.denominator - a.numerator / a.denominator);
  }
  return prediction_interval(std::move(differences), one_year_level);
}
/// Verdicts and, where years are known, what a single one may bring.
template <class = when_called>
inline void judge(result_comparison& out, const outcome_row& row, const cell_layout& layout, const ratio_sums& a, const ratio_sums& b,
                  std::span<const own_metric> own, const comparison_wishes& wishes, std::size_t replications) {
  const auto judge_one = [&](result_difference& d, std::string_view name, std::string_view unit, std::string_view better, std::size_t at) {
    const double smallest = smallest_that_matters(wishes.matters, name, unit, a.ratio(at), b.ratio(at));
    d.verdict = verdict_of(better, d.difference, smallest, replications);
    return smallest;
  };
  for (std::size_t m = 0; m < metric_count; ++m) {
    const metric_info& about = metric_table[m];
    for (std::size_t d = 0; d < dimension_count; ++d) {
      for (std::size_t i = 0; i < out.values[m][d].size(); ++i) {
        const std::size_t at = row.at(about.id, layout.at(static_cast<dimension>(d), i));
        const double smallest = judge_one(out.values[m][d][i], about.name, about.unit, about.better, at);
        if (d == 0) out.matters.push_back(smallest);
      }
    }
    if (!wishes.base_years.empty()) out.one_year.push_back(difference_of_a_year(m, wishes));
  }
  for (std::size_t k = 0; k < own.size(); ++k) {
    for (auto& items : out.values[metric_count + k]) {
      for (result_difference& d : items) d.verdict = verdict_of("none", d.difference, 0, replications);
    }
    out.matters.push_back(judge_one(out.values[metric_count + k][0][0], own[k].name, own[k].unit, own[k].better, row.at_own(k)));
    if (!wishes.base_years.empty()) out.one_year.emplace_back();
  }
}
}  // namespace detail

/// Paired differences of every metric in every cell, on common random numbers, from sums over the same replications.
///
/// Three widths are kept apart. The interval of a difference says how far the computation may be from the expected difference; it vanishes
/// with replications. Of the county-wide headline metrics these intervals are simultaneous (Bonferroni): all of them hold together at the
/// confidence of the scenario, and verdicts follow from them. What a single year may bring (`one_year`) does not vanish. Neither says
/// anything of what is not known of the county.
/// \pre the worlds split metrics alike (same townships and categories); as many years of both, if any; asserted
/// \param own   metrics of observers that the sums hold
/// \param base  position of the base in the experiment, as `other` of the other; both only named in the result
template <class = when_called>
[[nodiscard]] inline result_comparison compare(const world& w, std::size_t base, const policy_sums& base_sums, std::size_t other,
                                               const policy_sums& other_sums, const ratio_pair_sums& pair,
                                               std::span<const own_metric> own = {}, const comparison_wishes& wishes = {}) {
  SIFANG_ASSERT(base_sums.replications == other_sums.replications);
  SIFANG_ASSERT(wishes.base_years.size() == wishes.other_years.size() && wishes.base_years.size() % metric_count == 0,
                "whole years, as many of both");
  const std::size_t n = base_sums.replications;
  const double confidence = w.setting().confidence;
  const cell_layout& layout = w.layout();
  const outcome_row row(w, own.size());
  SIFANG_ASSERT(pair.size() == row.metrics() && base_sums.sums.size() >= row.metrics() && other_sums.sums.size() >= row.metrics(),
                "worlds that split metrics alike");
  result_comparison out{base, other, {}};
  out.joint_confidence = each_of_joint(confidence, detail::headline_count());
  if (!wishes.base_years.empty()) out.one_year_level = one_year_level;
  const t_scale alone(n, confidence), jointly(n, out.joint_confidence);
  const auto difference_at = [&](std::size_t at, quantity what, const t_scale& scale) {
    const paired_difference p = pair.difference(at, base_sums.sums, other_sums.sums, what, scale);
    return result_difference{p.difference, p.variance_ratio, {}};
  };
  for (const metric_info& m : metric_table) {
    std::vector<std::vector<result_difference>> by_dimension;
    for (std::size_t d = 0; d < dimension_count; ++d) {
      const t_scale& scale = d == 0 && m.headline ? jointly : alone;
      std::vector<result_difference> items;
      for (std::size_t i = 0; i < layout.items(static_cast<dimension>(d)); ++i)
        items.push_back(difference_at(row.at(m.id, layout.at(static_cast<dimension>(d), i)), quantity_of(m.id), scale));
      by_dimension.push_back(std::move(items));
    }
    out.values.push_back(std::move(by_dimension));
  }
  for (std::size_t k = 0; k < own.size(); ++k) {  // of the county as a whole: no dimension splits them
    std::vector<std::vector<result_difference>> by_dimension;
    for (std::size_t d = 0; d < dimension_count; ++d) by_dimension.emplace_back(layout.items(static_cast<dimension>(d)));
    by_dimension[0][0] = difference_at(row.at_own(k), own[k].what, alone);
    out.values.push_back(std::move(by_dimension));
  }
  detail::judge(out, row, layout, base_sums.sums, other_sums.sums, own, wishes, n);
  return out;
}

/// The same from outcomes that were kept; replications beyond the shorter run are left out.
template <class = when_called>
[[nodiscard]] inline result_comparison compare(const world& w, std::size_t base, std::span<const replication_outcome> base_runs,
                                               std::size_t other, std::span<const replication_outcome> other_runs) {
  const policy_pair_sums sums = paired_sums_of(w, base_runs, other_runs);
  return compare(w, base, sums.base, other, sums.other, sums.pair);
}

}  // namespace sifang

#endif
