// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_UNKNOWNS_TABLES_HPP
#define SIFANG_IO_UNKNOWNS_TABLES_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/county/plausible_draw.hpp"
#include "sifang/experiment/drawn_study.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/result_unknowns.hpp"
#include "sifang/experiment/unknowns.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/fitted_table.hpp"
#include "sifang/io/results.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What a comparison becomes over draws of what is not known: as tables for a terminal and as CSV.

namespace sifang {

namespace detail {

[[nodiscard]] inline std::string percent_of(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.0f %%", 100 * share);
  return text;
}
/// `97 % [92, 99]`.
[[nodiscard]] inline std::string share_of_draws(const interval& v) {
  if (!v.has_value()) return "–";
  char text[48];
  std::snprintf(text, sizeof text, "%.0f %% [%.0f, %.0f]", 100 * v.estimate, 100 * v.lower, 100 * v.upper);
  return text;
}
/// A difference in its unit; of shares in percentage points.
[[nodiscard]] inline std::string signed_figure(double x, std::string_view unit, language lang) {
  return difference_text({x, x, x, interval_kind::constant}, unit, lang);
}
/// `−4.1 … −0.5 days` without the unit; `too few draws` where there are fewer than `least_draws`.
[[nodiscard]] inline std::string unknown_range_text(const interval& range, std::string_view unit, language lang) {
  if (!range.has_value()) return "–";
  if (range.kind == interval_kind::too_little_data)
    return signed_figure(range.estimate, unit, lang) + std::string(spoken(lang, " (too few draws)", "（抽取次数太少）"));
  if (range.kind == interval_kind::constant) return signed_figure(range.estimate, unit, lang);
  std::string low = signed_figure(range.lower, unit, lang);
  const std::string high = signed_figure(range.upper, unit, lang);
  if (low != high) low.replace((std::min)(low.find(' '), low.size()), std::string::npos, " … " + high);  // the unit once
  return low;
}
/// The share of draws in which the verdict holds; without a verdict, the shares of either direction.
[[nodiscard]] inline std::string holds_text(const result_unknowns_figure& f, language lang) {
  if (f.holds.has_value() || !f.same.has_value()) return share_of_draws(f.holds);
  std::string out(spoken(lang, "less ", "减少 "));
  out.append(percent_of(f.lower.estimate)).append(spoken(lang, ", same ", "，相同 ")).append(percent_of(f.same.estimate));
  return out.append(spoken(lang, ", more ", "，增加 ")).append(percent_of(f.higher.estimate));
}
[[nodiscard]] inline std::string unknown_part_text(const result_unknowns_figure& f, language lang) {
  if (f.range.kind == interval_kind::too_little_data || !f.range.has_value()) return "–";
  if (f.chance_hides) return std::string(spoken(lang, "hidden by chance", "被随机性掩盖"));
  return percent_of(f.unknown_part);
}

[[nodiscard]] inline const result_metric* metric_called(const result& r, std::string_view id) {
  const auto found = std::find_if(r.metrics.begin(), r.metrics.end(), [&](const result_metric& m) { return m.id == id; });
  return found == r.metrics.end() ? nullptr : &*found;
}

/// How many numbers were drawn, from where, how often, and how many draws were refused.
[[nodiscard]] inline std::string unknowns_heading(const result_unknowns& u, language lang) {
  std::string out(spoken(lang, "What we do not know: ", "未知因素："));
  const bool one = u.parameters.size() == 1;
  out.append(std::to_string(u.parameters.size()))
      .append(spoken(lang, one ? " number drawn " : " numbers drawn together ", one ? " 个数值抽取 " : " 个数值联合抽取 "));
  out.append(std::to_string(u.draws)).append(spoken(lang, " times", " 次"));
  if (u.source.empty()) {
    out.append(spoken(lang, " from their plausible ranges", "（取自可能取值表）"));
  } else {
    out.append(spoken(lang, " from ", "，取自 ")).append(one_line(u.source));
    out.append(u.others_drawn ? spoken(lang, " (all others from their plausible ranges)", "（其余取自可能取值表）")
                              : spoken(lang, " (all others are kept)", "（其余不变）"));
  }
  out.append(spoken(lang, ", ", "，每次 ")).append(std::to_string(u.replications));
  out.append(spoken(lang, " years each on the same luck\n", " 年，随机数相同\n"));
  if (u.refused > 0) {
    out.append(std::to_string(u.refused));
    out.append(spoken(lang, u.refused == 1 ? " draw broke a rule and was left out\n" : " draws broke a rule and were left out\n",
                      " 次抽取不符合方案规则，未计入\n"));
  }
  return out;
}

/// Both widths of one figure in a sentence, and on what it depends.
[[nodiscard]] inline std::string unknowns_sentence(const result& r, const result_unknowns_figure& f, const interval& computed,
                                                   language lang) {
  const result_metric* m = metric_called(r, f.metric);
  if (m == nullptr || f.range.kind != interval_kind::two_sided) return {};
  std::string out(spoken(lang, m->en, m->zh));
  if (computed.bounded()) {
    const std::string half = signed_figure(computed.half_width(), m->unit, lang);
    out.append(spoken(lang, ": ± ", "：±")).append(half.substr(1));  // without its sign
    out.append(spoken(lang, " from chance, ", " 来自随机性，"));
  } else {
    out.append(spoken(lang, ": ", "："));
  }
  out.append(unknown_range_text(f.range, m->unit, lang)).append(spoken(lang, " from what we do not know", " 来自未知因素"));
  constexpr std::size_t few = 4;
  for (std::size_t k = 0; k < (std::min)(few, f.depends.size()); ++k) {
    char text[48];
    std::snprintf(text, sizeof text, " (%+.2f, %.0f %%)", f.depends[k].correlation, 100 * f.depends[k].part);
    out.append(k == 0 ? spoken(lang, "; depends most on ", "；主要取决于 ") : spoken(lang, ", ", "、"));
    out.append(one_line(f.depends[k].key)).append(text);
  }
  return out + '\n';
}

}  // namespace detail

/// What each comparison becomes over the draws, with the verdict's share of them and what the difference depends on; empty for a result
/// without draws.
[[nodiscard]] inline std::string unknowns_tables(const result& r, language lang) {
  if (!r.unknowns) return {};
  std::string out = wrapped_lines(detail::unknowns_heading(*r.unknowns, lang));
  for (const result_comparison& c : r.comparisons) {
    std::vector<std::vector<std::string>> rows{
        {std::string(spoken(lang, "metric", "指标")), std::string(spoken(lang, "difference", "差值")),
         std::string(spoken(lang, "90 % of what may be", "90 % 可能范围")), std::string(spoken(lang, "not knowing", "未知占比")),
         std::string(spoken(lang, "verdict", "结论")), std::string(spoken(lang, "holds in, of draws", "成立比例（抽取）"))}};
    std::string sentences, settled;
    for (const result_unknowns_figure& f : r.unknowns->figures) {
      const result_metric* m = detail::metric_called(r, f.metric);
      if (f.other != c.other || m == nullptr) continue;
      const interval& computed = c.values[static_cast<std::size_t>(m - r.metrics.data())][0][0].difference;
      // Of what makes no difference that matters in nearly every draw there is nothing to be read but that.
      if (f.verdict == "no_difference_that_matters" && f.holds.estimate >= 0.95) {
        settled.append(settled.empty()
                           ? spoken(lang, "No difference that matters in at least 95 % of draws: ", "至少 95 % 的抽取中无实质差异：")
                           : spoken(lang, "; ", "；"));
        settled.append(spoken(lang, m->en, m->zh));
        continue;
      }
      rows.push_back({std::string(spoken(lang, m->en, m->zh)),
                      computed.has_value() ? detail::signed_figure(computed.estimate, m->unit, lang) : std::string("–"),
                      detail::unknown_range_text(f.range, m->unit, lang), detail::unknown_part_text(f, lang),
                      std::string(verdict_text(f.verdict, lang)), detail::holds_text(f, lang)});
      if (!f.depends.empty()) sentences += detail::unknowns_sentence(r, f, computed, lang);
    }
    if (rows.size() == 1 && settled.empty()) continue;
    out.append("\n").append(one_line(r.policies[c.other].id)).append(spoken(lang, " minus ", " 减 "));
    out.append(one_line(r.policies[c.base].id)).append("\n");
    if (rows.size() > 1) out.append(fitted_table(rows));
    if (!settled.empty()) settled.append(spoken(lang, ".\n", "。\n"));
    out.append(wrapped_lines(settled + sentences));
  }
  out.append(wrapped_lines(
      spoken(lang,
             "Not knowing: of the variance of the difference, what more years cannot remove. Behind a parameter: its rank correlation, "
             "and its part of that.\n",
             "未知占比：差值方差中增加模拟年数不能消除的部分。参数后为秩相关系数及其所占部分。\n")));
  return out;
}

/// Every difference over the draws, one a row. What cannot be told has empty fields.
[[nodiscard]] inline std::string unknowns_csv(const result& r) {
  csv_writer csv{
      "base",           "other",           "metric",       "unit",    "draws", "mean",        "lower",       "upper", "common_error",
      "input_variance", "chance_variance", "unknown_part", "verdict", "holds", "holds_lower", "holds_upper", "less",  "same",
      "more",           "depends_on",      "correlation",  "part"};
  if (!r.unknowns) return csv.text();
  const auto share = [&](const interval& v) { v.has_value() ? csv.field(v.estimate) : csv.empty(); };
  for (const result_unknowns_figure& f : r.unknowns->figures) {
    const result_metric* m = detail::metric_called(r, f.metric);
    csv.field(r.policies.front().id).field(r.policies[f.other].id).field(f.metric).field(m != nullptr ? m->unit : std::string());
    csv.field(static_cast<std::int64_t>(f.draws));
    detail::interval_fields(csv, f.range);
    const bool told = f.range.kind == interval_kind::two_sided || f.range.kind == interval_kind::constant;
    for (const double x : {f.common_error, f.input_variance, f.chance_variance, f.unknown_part}) told ? csv.field(x) : csv.empty();
    csv.field(f.verdict);
    share(f.holds);
    for (const double x : {f.holds.lower, f.holds.upper}) f.holds.has_value() ? csv.field(x) : csv.empty();
    share(f.lower);
    share(f.same);
    share(f.higher);
    if (f.depends.empty())
      csv.empty().empty().empty();
    else
      csv.field(f.depends.front().key).field(f.depends.front().correlation).field(f.depends.front().part);
    csv.end_row();
  }
  return csv.text();
}

/// Every draw with its mean differences from the base, chance and all: a row for each draw and policy, the differences first, then the
/// numbers that were drawn. A draw that was refused has no differences.
/// \param metrics  ids of what was kept of the draws, in their order
[[nodiscard]] inline std::string unknown_draws_csv(const result& r, const drawn_outcomes& all, const parameter_draws& drawn,
                                                   std::span<const std::string> metrics) {
  csv_writer csv({});
  csv.field("draw").field("other");
  for (const std::string& m : metrics) csv.field(m);
  for (const std::string& key : drawn.keys) csv.field(key);
  csv.end_row();
  for (std::size_t d = 0; d < all.finished(); ++d) {
    for (std::size_t p = 1; p < all.shape().policies; ++p) {
      csv.field(static_cast<std::int64_t>(d)).field(r.policies[p].id);
      for (std::size_t k = 0; k < metrics.size(); ++k) {
        const double x = drawn_difference(all, d, p, k);
        std::isfinite(x) ? csv.field(x) : csv.empty();
      }
      for (const double x : drawn.rows[d]) csv.field(x);
      csv.end_row();
    }
  }
  return csv.text();
}

}  // namespace sifang

#endif
