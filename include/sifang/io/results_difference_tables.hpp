// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_RESULTS_DIFFERENCE_TABLES_HPP
#define SIFANG_IO_RESULTS_DIFFERENCE_TABLES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/results_difference.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/results.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What differs between two results as a table (CSV), and as people read it on a terminal.

namespace sifang {

/// Most figures that a terminal is shown.
inline constexpr std::size_t most_differences_shown = 100;

/// The word of a basis in files.
[[nodiscard]] constexpr std::string_view word_of(difference_basis basis) noexcept {
  return basis == difference_basis::same_years ? "same_years" : basis == difference_basis::paired ? "paired" : "independent";
}

/// Every figure beside itself, one a row, in the order of `results_difference::figures`: policy of the first results and of the second,
/// metric, unit, dimension, item, the estimate before with its bounds, that after with its bounds, after minus before with its bounds, how
/// many times the smallest difference that matters it is, verdict, what the interval is made from, and what each of the three has as
/// bounds. What cannot be told has empty fields. \pre both are what `d` was made from
[[nodiscard]] inline std::string results_difference_csv(const result& before, const result& after, const results_difference& d) {
  csv_writer csv{"policy",       "policy_after",       "metric",  "unit",        "dimension",       "item",           "before",
                 "before_lower", "before_upper",       "after",   "after_lower", "after_upper",     "difference",     "lower",
                 "upper",        "times_what_matters", "verdict", "basis",       "before_interval", "after_interval", "interval"};
  for (const figure_difference& f : d.figures) {
    SIFANG_ASSERT(f.policy < d.policies.size(), "a difference of these results");
    csv.field(before.policies[d.policies[f.policy].before].id).field(after.policies[d.policies[f.policy].after].id);
    csv.field(f.metric.id).field(f.metric.unit).field(f.dimension).field(f.slice.id);
    for (const interval* v : {&f.before, &f.after, &f.difference}) detail::interval_fields(csv, *v);
    if (f.difference.has_value())
      csv.field(f.size).field(f.verdict).field(word_of(f.basis));
    else
      csv.empty().empty().empty();
    for (const interval* v : {&f.before, &f.after, &f.difference}) csv.field(text_of(v->kind).id);
    csv.end_row();
  }
  return csv.text();
}

namespace detail {

/// What was asked otherwise, as a table; empty if nothing was.
[[nodiscard]] inline std::string asked_table(const results_difference& d, language lang) {
  if (d.asked.empty()) return {};
  struct name {
    std::string_view what, en, zh;
  };
  static constexpr name names[] = {{"kind", "kind of results", "结果种类"},
                                   {"program_version", "version of the program", "程序版本"},
                                   {"county", "county", "县"},
                                   {"start", "first day", "首日"},
                                   {"end", "last day", "末日"},
                                   {"confidence", "level of the intervals", "置信水平"},
                                   {"unfinished_replications", "replications that are missing", "未完成的模拟次数"},
                                   {"policy", "policy", "方案"},
                                   {"seed", "seed", "随机种子"},
                                   {"replications", "replications", "模拟次数"}};
  const auto shown = [](const std::string& text) { return text.empty() ? std::string("\"\"") : shortened(one_line(text)); };
  std::vector<std::vector<std::string>> rows{{std::string(spoken(lang, "policy", "方案")), std::string(spoken(lang, "asked", "条件")),
                                              std::string(spoken(lang, "before", "先前")), std::string(spoken(lang, "after", "其后"))}};
  for (const asked_difference& a : d.asked) {
    const auto* const known =
        std::find_if(std::begin(names), std::end(names), [&](const name& n) { return !a.is_parameter && n.what == a.what; });
    std::string what = known == std::end(names) ? one_line(a.what) : std::string(spoken(lang, known->en, known->zh));
    rows.push_back({a.policy.empty() ? "–" : one_line(a.policy), std::move(what), a.in_before ? shown(a.before) : "–",
                    a.in_after ? shown(a.after) : "–"});
  }
  return std::string(spoken(lang, "What was asked differs:\n", "所设条件不同：\n")) + table_of(rows) + '\n';
}

/// How the intervals of the differences came about, in one line for each way there was.
[[nodiscard]] inline std::string basis_lines(const result& before, const result& after, const results_difference& d, language lang) {
  bool exact = false, paired = false, same_seed = false, other_seed = false;
  for (const matched_policies& m : d.policies) {
    exact = exact || m.same_years;
    paired = paired || m.paired;
    const bool alike = before.policies[m.before].seed == after.policies[m.after].seed;
    same_seed = same_seed || (!m.same_years && !m.paired && alike);
    other_seed = other_seed || (!m.same_years && !alike);
  }
  std::string out;
  if (exact)
    out += spoken(lang, "Same histories (seed, replications, fingerprint): these differences are exact, in how they were counted.\n",
                  "历史相同（种子、模拟次数、指纹）：其差值是确定的，出自统计口径。\n");
  if (paired)
    out += spoken(lang,
                  "Same seed: county-wide figures are paired replication by replication; those of parts have the intervals of independent "
                  "results.\n",
                  "种子相同：全县指标按各次模拟配对；分项指标的区间按两次独立的结果计算。\n");
  if (other_seed)
    out += spoken(lang, "Other seeds: intervals are those of independent results.\n", "种子不同：区间按两次独立的结果计算。\n");
  if (same_seed)
    out += spoken(
        lang,
        "Same seed, but not both hold single replications to pair (databases do; sifang compare pairs too): intervals are those of "
        "independent results, wider than they need be.\n",
        "种子相同，但两者并非都含各次模拟的数据，无法配对（数据库含有；“sifang compare”亦可配对）：区间按两次独立的结果计算，偏宽。\n");
  return out;
}

/// The figures that differ, largest first.
[[nodiscard]] inline std::string figures_table(const result& before, const results_difference& d, std::span<const std::string> metrics,
                                               language lang) {
  std::size_t same = 0, more = 0;
  const bool with_items = !metrics.empty();
  std::vector<std::vector<std::string>> rows{{std::string(spoken(lang, "policy", "方案")), std::string(spoken(lang, "metric", "指标"))}};
  if (with_items) rows[0].emplace_back(spoken(lang, "item", "分项"));
  for (const std::string_view head :
       {spoken(lang, "before", "先前"), spoken(lang, "after", "其后"), spoken(lang, "difference", "差值"), spoken(lang, "verdict", "结论")})
    rows[0].emplace_back(head);
  for (const figure_difference& f : d.figures) {
    if (metrics.empty() && f.dimension != "all") continue;
    if (!metrics.empty() && std::find(metrics.begin(), metrics.end(), f.metric.id) == metrics.end()) continue;
    if (!f.differs()) {
      ++same;
    } else if (rows.size() > most_differences_shown) {
      ++more;
    } else {
      std::vector<std::string> row{one_line(before.policies[d.policies[f.policy].before].id),
                                   one_line(spoken(lang, f.metric.en, f.metric.zh))};
      if (with_items) row.push_back(one_line(spoken(lang, f.slice.en, f.slice.zh)));
      row.push_back(interval_text(f.before, f.metric.unit, lang));
      row.push_back(interval_text(f.after, f.metric.unit, lang));
      row.push_back(difference_text(f.difference, f.metric.unit, lang));
      row.push_back(f.verdict.empty() ? "–" : std::string(verdict_text(f.verdict, lang)));
      rows.push_back(std::move(row));
    }
  }
  std::string out;
  if (rows.size() > 1) out = table_of(rows);
  if (more > 0) out.append(spoken(lang, "and smaller ones: ", "更小的另有：")).append(std::to_string(more)).append("\n");
  return out.append(spoken(lang, "figures that are the same: ", "相同的指标：")).append(std::to_string(same)).append("\n");
}

/// Whether values of parameters are told in words.
[[nodiscard]] inline bool has_words(const result& r) {
  return std::any_of(r.policies.begin(), r.policies.end(), [](const result_policy& p) {
    return std::any_of(p.assumptions.begin(), p.assumptions.end(), [](const result_assumption& a) { return a.words.has_value(); });
  });
}
inline void forget_words(result& r) {
  for (result_policy& p : r.policies) {
    p.changes.clear();
    for (result_assumption& a : p.assumptions) a.words.reset();
  }
}

}  // namespace detail

/// Whether both say the same, to the last digit and word. What only one of them has, as a database has no costs, is not compared, nor how
/// they were asked for.
[[nodiscard]] inline bool are_same_results(result before, result after) {
  if (before.costs.policies.empty() || after.costs.policies.empty()) before.costs = after.costs = {};
  if (before.chances.empty() || after.chances.empty()) before.chances = after.chances = {};
  if (!before.unknowns || !after.unknowns) before.unknowns = after.unknowns = std::nullopt;
  if (before.rules.empty() || after.rules.empty()) before.rules = after.rules = {};
  if (before.stories.empty() || after.stories.empty()) before.stories = after.stories = {};
  for (std::size_t k = 0; k < (std::min)(before.policies.size(), after.policies.size()); ++k) {
    result_policy &a = before.policies[k], &b = after.policies[k];
    if (a.calendar.kinds.empty() || b.calendar.kinds.empty()) a.calendar = b.calendar = {};
    if (a.links.empty() || b.links.empty()) a.links = b.links = {};
  }
  before.command = after.command = {};
  if (!detail::has_words(before) || !detail::has_words(after)) {
    detail::forget_words(before);
    detail::forget_words(after);
  }
  return results_json(before) == results_json(after);
}

/// What differs, as `sifang diff` prints it: whether anything does; what was asked otherwise; the county-wide figures that differ, or all
/// of the metrics that are named, beside each other, largest first by how many times the smallest difference that matters they are.
/// \pre `d` is the difference of these two: its policies are theirs; asserted
[[nodiscard]] inline std::string results_difference_tables(const result& before, const result& after, const results_difference& d,
                                                           std::span<const std::string> metrics, language lang) {
  for ([[maybe_unused]] const matched_policies& m : d.policies)
    SIFANG_ASSERT(m.before < before.policies.size() && m.after < after.policies.size(), "the difference of these results");
  if (are_same_results(before, after))
    return std::string(spoken(lang, "The results are the same, to the last digit.\n", "两次结果完全相同。\n"));
  const bool years =
      !d.policies.empty() && std::all_of(d.policies.begin(), d.policies.end(), [](const matched_policies& m) { return m.same_years; });
  std::string out(years ? spoken(lang, "The results differ; the histories behind them are the same (fingerprint).\n",
                                 "两次结果不同，所依据的历史相同（指纹一致）。\n")
                        : spoken(lang, "The results differ, and so do the histories behind them.\n", "两次结果及所依据的历史均不同。\n"));
  out += '\n' + detail::asked_table(d, lang);
  if (d.policies.empty())
    return out.append(
        spoken(lang, "No policy is in both: there are no figures to put beside each other.\n", "没有共同的方案，无指标可比。\n"));
  out += detail::figures_table(before, d, metrics, lang) + '\n' + detail::basis_lines(before, after, d, lang);
  for (const result* r : {&before, &after}) {
    const bool few = std::any_of(r->policies.begin(), r->policies.end(), [](const result_policy& p) {
      return p.replications >= 0 && static_cast<std::size_t>(p.replications) < least_replications;
    });
    if (few) return out + note_of_years(0, lang);
  }
  return out + note_of_matters(lang);
}

}  // namespace sifang

#endif
