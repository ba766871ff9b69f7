// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_THEORY_TABLE_HPP
#define SIFANG_IO_THEORY_TABLE_HPP

#include "sifang/core/names.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/theory_check.hpp"
#include "sifang/io/figure_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <vector>

/// \file
/// The table of simulated values beside exact ones.

namespace sifang {

/// A row for each value with its z score and the error that it sees, and what all together say.
/// \param replications  of each model
template <class = when_called>
[[nodiscard]] inline std::string theory_table(std::span<const theory_row> rows, std::size_t replications, language lang) {
  const auto say = [&](const char* form, double x) {
    char buffer[48];
    std::snprintf(buffer, sizeof buffer, form, x);
    return std::string(buffer);
  };
  std::vector<std::vector<std::string>> cells{
      {std::string(spoken(lang, "model", "模型")), std::string(spoken(lang, "value", "量")), std::string(spoken(lang, "exact", "精确值")),
       std::string(spoken(lang, "simulated", "模拟值")), "z", std::string(spoken(lang, "sees, %", "可见误差 %")),
       std::string(spoken(lang, "agrees", "相符"))}};
  std::string_view model;
  double worst = 0, greatest = 0;
  std::size_t absurd = 0;
  for (const theory_row& row : rows) {
    const bool judged = std::isfinite(row.critical);
    cells.push_back({std::string(row.model == model ? std::string_view() : row.model), std::string(spoken(lang, row.en, row.zh)),
                     say("%.5f", row.exact), say("%.5f", row.simulated), say("%.2f", row.z),
                     judged ? say("%.1f", 100 * row.visible()) : "–",
                     std::string(!judged        ? spoken(lang, "too few", "次数太少")
                                 : row.agrees() ? spoken(lang, "yes", "是")
                                                : spoken(lang, "NO", "否"))});
    model = row.model;
    greatest = (std::max)(greatest, std::abs(row.z));
    if (judged) worst = (std::max)(worst, row.visible());
    absurd += !row.agrees();
  }
  std::string out = table_of(cells) + '\n';
  const std::string n = std::to_string(replications), values = std::to_string(rows.size());
  if (rows.empty() || !std::isfinite(rows.front().critical))
    return out + std::string(spoken(lang, "Replications are too few for a verdict: at least ", "模拟次数太少，不作判断：至少 ")) +
           std::to_string(least_theory_replications) + std::string(spoken(lang, ".\n", " 次。\n"));
  const std::string critical = say("%.2f", rows.front().critical), most = say("%.2f", greatest);
  const std::string enough = say("%.0f", std::ceil(static_cast<double>(replications) * worst * worst * 1e4 / 100) * 100);
  if (lang == language::zh)
    out +=
        "每个模型模拟 " + n + " 次，共 " + values + " 个量；|z| 最大 " + most + "，超过 " + critical +
        " 即为荒谬（引擎正确时，全表误判的概率至多 0.1 %）。\n“可见误差”：相对误差达到此数时有 90 % 的概率被发现；要使每一行都能发现 1 % "
        "的误差，约需 --replications " +
        enough + "。\n";
  else
    out += n + " replications of each model, " + values + " values; the greatest |z| is " + most + ", and beyond " + critical +
           " it is absurd (a correct engine\nfails the whole table with a probability of 0.1 % at most). \"Sees\": a relative error that "
           "is found "
           "with a probability\nof 90 %; for each row to see an error of 1 %, about --replications " +
           enough + " are needed.\n";
  if (absurd > 0) out += std::to_string(absurd) + std::string(spoken(lang, " values do NOT agree.\n", " 个量不相符。\n"));
  return out;
}

}  // namespace sifang

#endif
