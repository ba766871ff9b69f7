// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_WARM_UP_TABLE_HPP
#define SIFANG_IO_WARM_UP_TABLE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/warm_up_check.hpp"
#include "sifang/io/figure_text.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sifang {

/// What a longer warm-up changes, as a table for a terminal and a sentence.
/// \param days  of the scenario's warm-up \param longer  days of the other
[[nodiscard]] inline std::string warm_up_table(const warm_up_finding& found, std::int32_t days, std::int32_t longer, language lang) {
  const std::string from = std::to_string(days), to = std::to_string(longer);
  std::vector<std::vector<std::string>> rows{{std::string(spoken(lang, "metric", "指标")), std::string(spoken(lang, "change", "变化")),
                                              std::string(spoken(lang, "verdict", "结论"))}};
  for (const warm_up_figure& f : found.figures) {
    const metric_info& about = info(f.id);
    rows.push_back({std::string(spoken(lang, about.en, about.zh)), difference_text(f.change.difference, about.unit, lang),
                    std::string(f.change.difference.has_value() ? verdict_text(f.change.verdict, lang) : std::string_view("–"))});
  }
  std::string out(spoken(lang, "Warm-up of ", "预热 "));
  out.append(to).append(spoken(lang, " days minus one of ", " 天减预热 ")).append(from).append(spoken(lang, " days\n", " 天\n"));
  out += table_of(rows);
  if (found.too_short)
    return out
        .append(spoken(lang, "The warm-up is too short: what is counted depends on it. Try scenario.warm_up=",
                       "预热不足：统计结果随预热长短而变。可试 scenario.warm_up="))
        .append(to)
        .append("\n");
  if (found.long_enough)
    return out.append(
        spoken(lang, "The warm-up is long enough: a longer one makes no difference that matters.\n", "预热充分：再长也无实质差异。\n"));
  return out.append(spoken(lang, "Whether the warm-up is long enough can't be told yet: simulate more years.\n",
                           "预热是否充分尚不能判断：请增加模拟年数。\n"));
}

}  // namespace sifang

#endif
