// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_RESULT_TABLES_HPP
#define SIFANG_IO_RESULT_TABLES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/io/figure_text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

/// \file
/// The headline figures of a result as tables for a terminal.

namespace sifang {

/// The mark of unfinished results, as a line; empty if they are finished. \pre at least one policy; asserted
[[nodiscard]] inline std::string unfinished_mark(const result& r, language lang) {
  SIFANG_ASSERT(!r.policies.empty(), "at least one policy");
  if (r.unfinished_replications == 0) return {};
  const auto there = r.policies.front().replications;
  std::string out(spoken(lang, "UNFINISHED: the run was stopped after ", "未完成:运行已中止,完成 "));
  out.append(std::to_string(there)).append(spoken(lang, " of ", " 次,应为 "));
  return out.append(std::to_string(there + r.unfinished_replications)).append(spoken(lang, " replications\n", " 次重复\n"));
}

/// The headline metrics of every policy side by side; of one alone with what each ratio is made of. \pre at least one policy; asserted
[[nodiscard]] inline std::string metrics_table(const result& r, language lang) {
  SIFANG_ASSERT(!r.policies.empty(), "at least one policy");
  std::vector<std::vector<std::string>> rows{{std::string(spoken(lang, "metric", "指标"))}};
  for (const result_policy& p : r.policies) rows[0].push_back(p.id);
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
  return table_of(rows);
}

/// What a policy changes in the headline metrics: difference, verdict, and what the common random numbers were worth.
/// \pre `c` is one of the result's, with all its metrics; asserted
[[nodiscard]] inline std::string comparison_table(const result& r, const result_comparison& c, language lang) {
  SIFANG_ASSERT(c.values.size() == r.metrics.size(), "a comparison of this result");
  std::vector<std::vector<std::string>> rows{{std::string(spoken(lang, "metric", "指标")), std::string(spoken(lang, "difference", "差值")),
                                              std::string(spoken(lang, "verdict", "结论")),
                                              std::string(spoken(lang, "variance ratio", "方差比"))}};
  for (std::size_t m = 0; m < r.metrics.size(); ++m) {
    if (!r.metrics[m].headline) continue;
    const result_difference& d = c.values[m][0][0];
    rows.push_back({std::string(spoken(lang, r.metrics[m].en, r.metrics[m].zh)), difference_text(d.difference, r.metrics[m].unit, lang),
                    std::string(verdict_text(d.verdict, lang)), d.variance_ratio > 0 ? figure_text(d.variance_ratio, "") : "–"});
  }
  return table_of(rows);
}

/// How probable it is that each policy is the best, metric by metric; empty where that is not known.
[[nodiscard]] inline std::string chances_table(const result& r, language lang) {
  if (r.chances.empty()) return {};
  std::vector<std::vector<std::string>> rows{{std::string(spoken(lang, "best of all, probability", "最优的概率"))}};
  for (const result_policy& p : r.policies) rows[0].push_back(p.id);
  for (const result_chances& c : r.chances) {
    const auto is_it = [&](const result_metric& m) { return m.id == c.metric; };
    const auto about = std::find_if(r.metrics.begin(), r.metrics.end(), is_it);
    std::vector<std::string> row{about == r.metrics.end() ? c.metric : std::string(spoken(lang, about->en, about->zh))};
    for (const double chance : c.best) row.push_back(chance_text(chance));
    row.resize(rows[0].size());
    rows.push_back(std::move(row));
  }
  return table_of(rows) + '\n';
}

/// All of these, as `run` and `compare` print them. \pre at least one policy; asserted
[[nodiscard]] inline std::string headline_tables(const result& r, language lang) {
  SIFANG_ASSERT(!r.policies.empty(), "at least one policy");
  std::string out = unfinished_mark(r, lang) + metrics_table(r, lang) +
                    note_of_years(static_cast<std::size_t>(r.policies.front().replications), lang) + '\n';
  for (const result_comparison& c : r.comparisons) {
    out.append(one_line(r.policies[c.other].id))
        .append(spoken(lang, " minus ", " 减 "))
        .append(one_line(r.policies[c.base].id))
        .append("\n");
    out.append(comparison_table(r, c, lang)).append("\n");
  }
  out += chances_table(r, lang);
  if (!r.comparisons.empty() && static_cast<std::size_t>(r.policies.front().replications) >= least_replications)
    out.append(note_of_matters(lang)).append("\n");
  return out;
}

/// A line for each policy: its replications and what identifies its histories.
[[nodiscard]] inline std::string fingerprint_lines(const result& r, language lang) {
  std::string out;
  for (const result_policy& p : r.policies) {
    out.append(one_line(p.id)).append(": ").append(std::to_string(p.replications));
    out.append(spoken(lang, " replications, fingerprint ", " 次重复,指纹 ")).append(p.fingerprint).append("\n");
  }
  return out;
}

}  // namespace sifang

#endif
