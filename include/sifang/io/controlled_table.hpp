// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_CONTROLLED_TABLE_HPP
#define SIFANG_IO_CONTROLLED_TABLE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/controlled.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/fitted_table.hpp"

#include <cstdio>
#include <string>
#include <vector>

/// \file
/// Figures adjusted for how many grievances arose, as a table for a terminal.

namespace sifang {

/// So much of the variance must be saved that a figure is shown on a terminal.
inline constexpr double saved_worth_showing = 0.05;

/// The adjusted figures that gain by it, each with how much of the variance is saved, and a line on what they were adjusted for. Says so if
/// none gains. \pre the result is of the same study; asserted
[[nodiscard]] inline std::string controlled_table(const arrivals_control& c, const result& r, language lang) {
  std::vector<std::vector<std::string>> rows{{std::string(spoken(lang, "metric", "指标")), std::string(spoken(lang, "policy", "方案")),
                                              std::string(spoken(lang, "adjusted", "调整后")),
                                              std::string(spoken(lang, "variance saved", "方差减少"))}};
  for (const controlled_figure& f : c.figures) {
    SIFANG_ASSERT(f.policy < r.policies.size(), "the result of the same study");
    if (f.found.variance_saved < saved_worth_showing) continue;
    const metric_info& about = info(f.id);
    const interval& v = f.found.controlled;
    std::string policy = one_line(r.policies[f.policy].id);
    if (f.is_difference) policy.append(spoken(lang, " minus ", " 减 ")).append(one_line(r.policies.front().id));
    rows.push_back({std::string(spoken(lang, about.en, about.zh)), policy,
                    f.is_difference ? difference_text(v, about.unit, lang) : interval_text(v, about.unit, lang),
                    detail::percentage(f.found.variance_saved, 0)});
  }
  char numbers[64];
  std::snprintf(numbers, sizeof numbers, "%.1f", c.expected);
  std::string out(spoken(lang, "Adjusted for how many grievances arose: ", "按诉求发生数调整：每年期望 "));
  out.append(numbers).append(spoken(lang, " a year expected, ", " 件，模拟 "));
  std::snprintf(numbers, sizeof numbers, "%.1f", c.seen);
  out.append(numbers).append(spoken(lang, " simulated.", " 件。"));
  if (rows.size() == 1)
    return wrapped_lines(
        out.append(spoken(lang, " No headline figure gains 5 % of its variance by it.\n", "没有主要指标因此减少 5% 的方差。\n")));
  out.append(spoken(lang, " Headline figures that gain at least 5 % of their variance by it:\n", "方差因此减少至少 5% 的主要指标：\n"));
  return wrapped_lines(out) + fitted_table(rows);
}

}  // namespace sifang

#endif
