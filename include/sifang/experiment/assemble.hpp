// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_ASSEMBLE_HPP
#define SIFANG_EXPERIMENT_ASSEMBLE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/warning.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/warning_words.hpp"
#include "sifang/experiment/best_chances.hpp"
#include "sifang/experiment/compare.hpp"
#include "sifang/experiment/cost_service.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/precision.hpp"
#include "sifang/experiment/reception_calendar.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/county/mechanism_rules.hpp"
#include "sifang/county/scenario_warnings.hpp"
#include "sifang/county/world.hpp"
#include "sifang/version.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// From the sums of a study to the one shape that files, tables and the report are made from.

namespace sifang {

/// A policy of a study: the world that it was played in, and what results call it.
struct studied_policy {
  const world* place = nullptr;  ///< lives as long as the study does
  std::string id{};              ///< empty: the name of its scenario
  /// Empty: those of its scenario. One that has a policy of its own wants a name and titles of its own. @{
  std::string title_en{}, title_zh{};
  /// @}
};

/// The worlds of policies, as `run_study` takes them.
template <class = when_called>
[[nodiscard]] inline std::vector<const world*> worlds_of(std::span<const studied_policy> policies) {
  std::vector<const world*> out;
  for (const studied_policy& p : policies) out.push_back(p.place);
  return out;
}

/// Replications that a study of these policies has: as many as the one that asks for most, since policies are paired
/// replication by replication. \pre at least one; asserted
template <class = when_called>
[[nodiscard]] inline std::size_t replications_of(std::span<const studied_policy> policies) {
  SIFANG_ASSERT(!policies.empty(), "at least one policy");
  std::size_t most = 0;
  for (const studied_policy& p : policies) most = (std::max)(most, static_cast<std::size_t>(p.place->setting().replications));
  return most;
}

/// Whether two worlds can be compared: the same townships, categories and counted period, so that each figure of one has
/// its like in the other.
template <class = when_called>
[[nodiscard]] inline bool are_comparable(const world& a, const world& b) {
  if (a.start() != b.start() || a.end() != b.end()) return false;
  const auto of_a = result_dimensions(a), of_b = result_dimensions(b);
  const auto same_items = [](const result_dimension& x, const result_dimension& y) {
    return std::equal(x.items.begin(), x.items.end(), y.items.begin(), y.items.end(),
                      [](const label& i, const label& j) { return i.id == j.id; });
  };
  return std::equal(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), same_items);
}

/// What should be known of all policies before they are believed (`warnings_of`), in their order.
template <class = when_called>
[[nodiscard]] inline std::vector<warning> warnings_of_all(std::span<const studied_policy> policies) {
  std::vector<warning> out;
  for (const studied_policy& p : policies) {
    for (warning& one : warnings_of(*p.place)) out.push_back(std::move(one));
  }
  return out;
}

/// Figures of the headline that count others under a policy than under the base: who comes, is registered or settles depends on
/// the policy, so that the two are not of the same people. Told where their numbers differ by more than a fiftieth.
template <class = when_called>
[[nodiscard]] inline std::vector<result_warning> changed_cohorts(const outcome_row& row, const result_policy& base,
                                                                 const policy_sums& of_base, const result_policy& other,
                                                                 const policy_sums& of_other) {
  std::vector<result_warning> out;
  const auto years = static_cast<double>(of_base.replications);
  for (const metric_info& m : metric_table) {
    if (!m.headline || m.kind != metric_kind::ratio) continue;
    const double here = of_other.sums.denominator(row.at(m.id, 0)) / years, there = of_base.sums.denominator(row.at(m.id, 0)) / years;
    if (std::abs(here - there) * 50 <= (std::max)(here, there)) continue;
    const std::string a = number_text(std::round(here)), b = number_text(std::round(there));
    result_warning told{other.id, other.id};
    told.en.append(": '").append(m.en).append("' is of ").append(a).append(" a year, under ").append(base.id).append(" of ").append(b);
    told.en += ": others are counted, so the difference is not that of the same people";
    told.zh.append(":“").append(m.zh).append("”每年统计 ").append(a).append("，对照方案 ").append(base.id).append(" 为 ").append(b);
    told.zh += "：统计对象不同，差异并非同一批人的变化";
    out.push_back(std::move(told));
  }
  return out;
}

/// What is wanted of a result beside the study.
struct result_wishes {
  matters_list matters{};                ///< smallest differences that matter, where the planner says so
  std::vector<figure_size> precision{};  ///< half widths that intervals were to have (`run_study_until`); the result says which have
};

/// The result of a study of one policy ("run") or of several ("compare"), the first of which is the base of all
/// differences. Metrics of the study's observers stand behind the built-in ones. Assumptions are left empty:
/// io/study_results.hpp has `make_result`, which tells them too.
/// \param asked  replications that were asked for; those that the study lacks are told as unfinished
/// \param wishes  names of metrics are of `metric_table`, those of precision asserted
/// \pre the study is of these policies, in this order, with at least one replication; all are comparable with the first
template <class = when_called>
[[nodiscard]] inline result assemble(std::string_view kind, std::span<const studied_policy> policies, const study_result& study,
                                     std::size_t asked, const result_wishes& wishes = {}) {
  SIFANG_ASSERT(!policies.empty() && study.policies.size() == policies.size() && study.replications > 0, "a study of these policies");
  const world& first = *policies.front().place;
  result r;
  r.kind = kind;
  r.version = SIFANG_VERSION_TEXT;
  r.county = first.org().units()[first.org().units().root()].name;
  r.start = to_string(first.start());
  r.end = to_string(first.end());
  r.confidence = first.setting().confidence;
  r.unfinished_replications = static_cast<std::int32_t>((std::max)(asked, study.replications) - study.replications);
  for (std::size_t k = 0; k < first.weeks(); ++k) {
    r.week_starts.push_back(to_string(first.start() + calendar_days(static_cast<std::int32_t>(7 * k))));
  }
  r.units = result_units(first);
  r.metrics = result_metrics(detail::span_of(study.own_metrics));
  r.dimensions = result_dimensions(first);
  for (std::size_t k = 0; k < policies.size(); ++k) {
    result_policy p = summarise(*policies[k].place, study.policies[k], r.confidence, detail::span_of(study.own_metrics));
    if (!policies[k].id.empty()) p.id = policies[k].id;
    if (!policies[k].title_en.empty()) p.title_en = policies[k].title_en;
    if (!policies[k].title_zh.empty()) p.title_zh = policies[k].title_zh;
    const bool has_all_years = !study.years.empty() && study.years[k].size() == metric_count * study.replications;
    for (std::size_t at = 0; has_all_years && at < study.years[k].size(); ++at) {
      if (at % metric_count == 0) p.years.emplace_back();
      p.years.back().push_back({study.years[k][at].numerator, study.years[k][at].denominator});
    }
    if (!study.days.empty()) p.calendar = reception_calendar(*policies[k].place, detail::span_of(study.days[k]), study.replications);
    r.policies.push_back(std::move(p));
  }
  for (std::size_t k = 1; k < policies.size(); ++k) {
    comparison_wishes of{wishes.matters, {}, {}};
    if (!study.years.empty()) {
      of.base_years = detail::span_of(study.years[0]);
      of.other_years = detail::span_of(study.years[k]);
    }
    r.comparisons.push_back(
        compare(first, 0, study.policies[0], k, study.policies[k], study.pairs[k - 1], detail::span_of(study.own_metrics), of));
  }
  r.precision = precision_of(first, study, detail::span_of(wishes.precision));
  r.costs = reckon_costs(detail::span_of(study.costs), cost_row::size, r.confidence);
  if (policies.size() > 2 && !study.years.empty()) r.chances = best_chances(study);
  for (const mechanism_rule& one : mechanism_rules) r.rules.push_back({std::string(one.id), std::string(one.en), std::string(one.zh)});
  for (const warning& one : warnings_of_all(policies)) {
    result_warning text{sentence(one, language::en), sentence_in_words(first.setting(), one)};
    if (std::find(r.warnings.begin(), r.warnings.end(), text) == r.warnings.end()) r.warnings.push_back(std::move(text));
  }
  for (std::size_t k = 1; k < policies.size(); ++k) {
    const outcome_row row(first, study.own_metrics.size());
    for (result_warning& one : changed_cohorts(row, r.policies[0], study.policies[0], r.policies[k], study.policies[k])) {
      r.warnings.push_back(std::move(one));
    }
  }
  return r;
}

}  // namespace sifang

#endif
