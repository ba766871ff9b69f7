// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_RESULT_TABLES_HPP
#define SIFANG_IO_RESULT_TABLES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/io/cost_tables.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/fitted_table.hpp"
#include "sifang/io/text_table.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The headline figures of a result as tables for a terminal of `terminal_columns`.

namespace sifang {

/// The mark of unfinished results, as a line; empty if they are finished. \pre at least one policy; asserted
[[nodiscard]] inline std::string unfinished_mark(const result& r, language lang) {
  SIFANG_ASSERT(!r.policies.empty(), "at least one policy");
  if (r.unfinished_replications == 0) return {};
  const auto there = r.policies.front().replications;
  std::string out(spoken(lang, "UNFINISHED: the run was stopped after ", "未完成：运行已中止，完成 "));
  out.append(std::to_string(there)).append(spoken(lang, " of ", " 次，应为 "));
  return out.append(std::to_string(there + r.unfinished_replications)).append(spoken(lang, " replications\n", " 次模拟\n"));
}

namespace detail {

/// Policies as the columns of tables are called: by their names, or all by numbers where a name is too long to stand above a column.
[[nodiscard]] inline std::vector<std::string> names_of_columns(const result& r) {
  constexpr std::size_t widest_name = 24;
  std::vector<std::string> out;
  bool numbered = false;
  for (const result_policy& p : r.policies) {
    out.push_back(p.id);
    numbered = numbered || display_width(one_line(p.id)) > widest_name;
  }
  for (std::size_t k = 0; numbered && k < out.size(); ++k) out[k] = "#" + std::to_string(k + 1);
  return out;
}
/// What the numbers of policies stand for, a line each; empty where names stand above columns.
[[nodiscard]] inline std::string legend_of_columns(const result& r) {
  std::string out;
  const std::vector<std::string> names = names_of_columns(r);
  for (std::size_t k = 0; k < names.size() && names[0] != r.policies[0].id; ++k)
    out.append(names[k]).append("  ").append(one_line(r.policies[k].id)).append("\n");
  return out.empty() ? out : out + '\n';
}

}  // namespace detail

/// The headline metrics of every policy side by side; of one alone with what each ratio is made of. \pre at least one policy; asserted
[[nodiscard]] inline std::string metrics_table(const result& r, language lang) {
  SIFANG_ASSERT(!r.policies.empty(), "at least one policy");
  std::vector<std::vector<std::string>> rows{{std::string(spoken(lang, "metric", "指标"))}};
  for (std::string& name : detail::names_of_columns(r)) rows[0].push_back(std::move(name));
  const result_policy& first = r.policies.front();
  const bool with_parts = r.policies.size() == 1 && !first.parts.empty();
  if (with_parts) rows[0].emplace_back(parts_head(lang));
  for (std::size_t m = 0; m < r.metrics.size(); ++m) {
    if (!r.metrics[m].headline) continue;
    std::vector<std::string> row{std::string(spoken(lang, r.metrics[m].en, r.metrics[m].zh))};
    for (const result_policy& p : r.policies) row.push_back(interval_text(p.values[m][0][0], r.metrics[m].unit, lang));
    if (with_parts) row.push_back(parts_text(first.parts[m][0][0], static_cast<std::size_t>(first.replications)));
    rows.push_back(std::move(row));
  }
  return fitted_table(rows);
}

/// What a policy changes in the headline metrics: the expected difference with the interval that decides the verdict, what a single year
/// may bring, and the verdict. Those without a difference that matters come last, under a line that says so.
/// \pre `c` is one of the result's, with all its metrics; asserted
[[nodiscard]] inline std::string comparison_table(const result& r, const result_comparison& c, language lang) {
  SIFANG_ASSERT(c.values.size() == r.metrics.size(), "a comparison of this result");
  const bool joint = c.joint_confidence > 0, years = c.one_year.size() == r.metrics.size();
  std::vector<std::string> head{std::string(spoken(lang, "metric", "指标")), std::string(spoken(lang, "difference", "差值"))};
  if (joint) head[1].append(spoken(lang, ", jointly ", "（联合 ")).append(level_text(r.confidence)).append(spoken(lang, "", "）"));
  if (years) {
    head.emplace_back(spoken(lang, "one year, ", "单年（"));
    head.back().append(level_text(c.one_year_level)).append(spoken(lang, "", "）"));
  }
  head.emplace_back(spoken(lang, "verdict", "结论"));
  std::vector<std::vector<std::string>> rows{head}, same;
  for (std::size_t m = 0; m < r.metrics.size(); ++m) {
    if (!r.metrics[m].headline) continue;
    const result_difference& d = c.values[m][0][0];
    const bool matters = d.verdict != "no_difference_that_matters";
    std::vector<std::string> row{std::string(spoken(lang, r.metrics[m].en, r.metrics[m].zh)),
                                 difference_text(d.difference, r.metrics[m].unit, lang)};
    if (years) row.push_back(year_text(c.one_year[m], r.metrics[m].unit));
    row.emplace_back(matters ? verdict_text(d.verdict, lang) : std::string_view());
    (matters ? rows : same).push_back(std::move(row));
  }
  if (!same.empty()) {
    rows.emplace_back(head.size());
    rows.back()[0].append(verdict_text("no_difference_that_matters", lang)).append(spoken(lang, ":", "："));
  }
  rows.insert(rows.end(), std::make_move_iterator(same.begin()), std::make_move_iterator(same.end()));
  return fitted_table(rows);
}

/// The least and the largest variance ratio of the headline metrics, as a line: what the common random numbers were worth. Empty if nothing
/// varies. \pre as for `comparison_table`
[[nodiscard]] inline std::string variance_line(const result& r, const result_comparison& c, language lang) {
  SIFANG_ASSERT(c.values.size() == r.metrics.size(), "a comparison of this result");
  double least = 0, most = 0;
  for (std::size_t m = 0; m < r.metrics.size(); ++m) {
    const double ratio = r.metrics[m].headline ? c.values[m][0][0].variance_ratio : 0;
    if (!(ratio > 0)) continue;
    least = least > 0 ? (std::min)(least, ratio) : ratio;
    most = (std::max)(most, ratio);
  }
  if (!(least > 0)) return {};
  std::string out(spoken(lang, "Common random numbers divide the variance of a difference by ", "公共随机数使差值的方差缩小为原来的 1/"));
  out.append(figure_text(least, "")).append(spoken(lang, " to ", " 至 1/")).append(figure_text(most, ""));
  return out.append(spoken(lang, ".\n", "。\n"));
}

/// What the two widths are, as lines. Empty without a comparison that has them.
[[nodiscard]] inline std::string note_of_widths(const result& r, language lang) {
  if (r.comparisons.empty() || r.comparisons.front().joint_confidence <= 0) return {};
  const result_comparison& c = r.comparisons.front();
  std::string out(spoken(lang, "Difference: the expected one; all intervals of a table hold together at ",
                         "差值：期望差值；同一表中各区间同时成立的置信水平为 "));
  out.append(level_text(r.confidence));
  out.append(spoken(lang, ", narrow with more simulated years, and decide the verdict.", "，随模拟年数增多而变窄，结论由其得出。"));
  if (!c.one_year.empty()) {
    out.append(spoken(lang, "\nOne year: what a single year may bring, with ", "\n单年：某一年可能出现的差值，概率 "));
    out.append(level_text(c.one_year_level)).append(spoken(lang, "; more simulated years do not narrow it.", "；不随模拟年数变窄。"));
  }
  return out.append(spoken(lang, " Neither covers wrong assumptions.\n", "两者均不含假设之误。\n"));
}

/// From which size on a difference matters, where a planner said so, as a line; empty if no one did.
[[nodiscard]] inline std::string note_of_own_matters(const result& r, const matters_list& own, language lang) {
  std::string out;
  for (const figure_size& size : own) {
    const auto m = std::find_if(r.metrics.begin(), r.metrics.end(), [&](const result_metric& one) { return one.id == size.metric; });
    if (m == r.metrics.end()) continue;
    out.append(out.empty() ? "" : spoken(lang, ", ", "、")).append(one_line(size.metric)).append(" ");
    out.append(size.of_figure ? level_text(size.value) : size_text(size.value, m->unit, lang));
  }
  if (out.empty()) return out;
  return std::string(spoken(lang, "As you said, what matters: ", "按所设，实质差异的界限：")).append(out).append("\n");
}

/// How narrow the intervals have become that were to be so, as lines; empty if none was to be.
[[nodiscard]] inline std::string precision_lines(const result& r, language lang) {
  std::string out;
  for (const result_precision& p : r.precision) {
    const auto m = std::find_if(r.metrics.begin(), r.metrics.end(), [&](const result_metric& one) { return one.id == p.metric; });
    const std::string_view unit = m == r.metrics.end() ? std::string_view() : std::string_view(m->unit);
    out.append(one_line(p.metric)).append(spoken(lang, ": ± ", "：±"));
    out.append(p.reached < 0 ? std::string("–") : size_text(p.reached, unit, lang));
    out.append(spoken(lang, ", wanted ± ", "，要求 ±")).append(size_text(p.wanted, unit, lang));
    out.append(p.is_reached ? spoken(lang, ", after ", "，模拟 ") : spoken(lang, ": NOT reached in ", "：未达到，已模拟 "));
    out.append(std::to_string(r.policies.front().replications)).append(spoken(lang, " years\n", " 年\n"));
  }
  return out;
}

/// How probable it is that each policy is the best, metric by metric; empty where that is not known.
[[nodiscard]] inline std::string chances_table(const result& r, language lang) {
  if (r.chances.empty()) return {};
  std::vector<std::vector<std::string>> rows{{std::string(spoken(lang, "best of all, probability", "最优的概率"))}};
  for (std::string& name : detail::names_of_columns(r)) rows[0].push_back(std::move(name));
  for (const result_chances& c : r.chances) {
    const auto is_it = [&](const result_metric& m) { return m.id == c.metric; };
    const auto about = std::find_if(r.metrics.begin(), r.metrics.end(), is_it);
    std::vector<std::string> row{about == r.metrics.end() ? c.metric : std::string(spoken(lang, about->en, about->zh))};
    for (const double chance : c.best) row.push_back(chance_text(chance));
    row.resize(rows[0].size());
    rows.push_back(std::move(row));
  }
  return fitted_table(rows) + '\n';
}

/// All of these, as `run` and `compare` print them. \pre at least one policy; asserted
/// \param own  smallest differences that matter, where the planner said so
[[nodiscard]] inline std::string headline_tables(const result& r, language lang, const matters_list& own = {}) {
  SIFANG_ASSERT(!r.policies.empty(), "at least one policy");
  std::string out = unfinished_mark(r, lang) + detail::legend_of_columns(r) + metrics_table(r, lang) +
                    note_of_years(static_cast<std::size_t>(r.policies.front().replications), lang) + '\n';
  for (const result_comparison& c : r.comparisons) {
    out.append(one_line(r.policies[c.other].id))
        .append(spoken(lang, " minus ", " 减 "))
        .append(one_line(r.policies[c.base].id))
        .append("\n");
    out.append(comparison_table(r, c, lang)).append(variance_line(r, c, lang)).append("\n");
  }
  out += chances_table(r, lang);
  if (!r.comparisons.empty() && static_cast<std::size_t>(r.policies.front().replications) >= least_replications)
    out.append(note_of_widths(r, lang)).append(note_of_own_matters(r, own, lang)).append(note_of_matters(lang)).append("\n");
  std::vector<std::string> names;
  for (const result_policy& p : r.policies) names.push_back(p.id);
  if (r.costs.policies.size() > 1) out.append(cost_tables(r.costs, names, lang)).append("\n");
  return wrapped_lines(out.append(precision_lines(r, lang)));
}

/// A line for each policy: its replications and what identifies its histories.
[[nodiscard]] inline std::string fingerprint_lines(const result& r, language lang) {
  std::string out;
  for (const result_policy& p : r.policies) {
    out.append(one_line(p.id)).append(": ").append(std::to_string(p.replications));
    out.append(spoken(lang, " replications, fingerprint ", " 次模拟，指纹 ")).append(p.fingerprint).append("\n");
  }
  return out;
}

}  // namespace sifang

#endif
