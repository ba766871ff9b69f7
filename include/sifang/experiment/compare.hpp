// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_COMPARE_HPP
#define SIFANG_EXPERIMENT_COMPARE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/own_metric.hpp"
#include "sifang/county/world.hpp"
#include "sifang/stats/comparison.hpp"
#include "sifang/stats/ratio_pair_sums.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sifang {

/// Paired differences of every metric in every cell, on common random numbers, from sums over the same
/// replications. \pre the worlds split metrics alike (same townships and categories)
/// \param own   metrics of observers that the sums hold
/// \param base  position of the base in the experiment, as `other` of the other; both only named in the result
template <class = when_called>
[[nodiscard]] inline result_comparison compare(const world& w, std::size_t base, const policy_sums& base_sums, std::size_t other,
                                               const policy_sums& other_sums, const ratio_pair_sums& pair,
                                               std::span<const own_metric> own = {}) {
  SIFANG_ASSERT(base_sums.replications == other_sums.replications);
  const std::size_t n = base_sums.replications;
  const double confidence = w.setting().confidence;
  const t_scale scale(n, confidence);
  const cell_layout& layout = w.layout();
  const outcome_row row(w, own.size());
  SIFANG_ASSERT(pair.size() == row.metrics() && base_sums.sums.size() >= row.metrics() && other_sums.sums.size() >= row.metrics(),
                "worlds that split metrics alike");
  result_comparison out{base, other, {}};
  const auto smallest = [&](std::string_view unit, std::size_t at) {
    return smallest_that_matters(unit, base_sums.sums.ratio(at), other_sums.sums.ratio(at));
  };
  std::vector<double> headline_p;
  for (const metric_info& m : metric_table) {
    std::vector<std::vector<result_difference>> by_dimension;
    for (std::size_t d = 0; d < dimension_count; ++d) {
      std::vector<result_difference> items;
      for (std::size_t i = 0; i < layout.items(static_cast<dimension>(d)); ++i) {
        const std::size_t at = row.at(m.id, layout.at(static_cast<dimension>(d), i));
        const paired_difference p = pair.difference(at, base_sums.sums, other_sums.sums, quantity_of(m.id), scale);
        result_difference found{p.difference, p.variance_ratio, {}};
        if (d == 0 && m.headline) headline_p.push_back(p.p_value);
        const bool real = p.difference.has_value() && !p.difference.contains(0);
        found.verdict = verdict_of(m.better, p.difference, real, smallest(m.unit, at), n);
        items.push_back(std::move(found));
      }
      by_dimension.push_back(std::move(items));
    }
    out.values.push_back(std::move(by_dimension));
  }
  for (std::size_t k = 0; k < own.size(); ++k) {
    std::vector<std::vector<result_difference>> by_dimension;
    for (std::size_t d = 0; d < dimension_count; ++d) {
      by_dimension.emplace_back(layout.items(static_cast<dimension>(d)),
                                result_difference{interval{}, 0, verdict_of("none", {}, false, 0, n)});
    }
    const paired_difference p = pair.difference(row.at_own(k), base_sums.sums, other_sums.sums, own[k].what, scale);
    const bool real = p.difference.has_value() && !p.difference.contains(0);
    by_dimension[0][0] = {p.difference, p.variance_ratio,
                          verdict_of(own[k].better, p.difference, real, smallest(own[k].unit, row.at_own(k)), n)};
    out.values.push_back(std::move(by_dimension));
  }
  // The county-wide headline figures are judged together (Holm 1979).
  const std::vector<bool> stands = holm(detail::span_of(headline_p), 1 - confidence);
  std::size_t k = 0;
  for (std::size_t m = 0; m < metric_count; ++m) {
    if (!metric_table[m].headline) continue;
    result_difference& found = out.values[m][0][0];
    const double matters = smallest(metric_table[m].unit, row.at(metric_table[m].id, layout.at(dimension::all, 0)));
    found.verdict = verdict_of(metric_table[m].better, found.difference, stands[k++], matters, n);
  }
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
