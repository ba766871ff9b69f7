// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SWEEP_TABLES_HPP
#define SIFANG_IO_SWEEP_TABLES_HPP

#include "sifang/core/fault.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/sweep.hpp"
#include "sifang/io/cost_tables.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/sweep_grid.hpp"
#include "sifang/county/metrics.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// Most cells that the tables of a sweep show, the first ones.
inline constexpr std::size_t most_cells_shown = 40;

/// Units that the table of how busy they are names in each row.
inline constexpr std::size_t busiest_units_shown = 3;

/// What the cells of a sweep are called, in their order.
[[nodiscard]] inline std::vector<std::string> names_of_cells(const sweep_grid& grid, const sweep_result& r) {
  std::vector<std::string> out;
  for (std::size_t cell = 0; cell < r.cells.size(); ++cell) out.push_back(grid.name(cell));
  return out;
}

/// The busiest units in each cell of a sweep: whose working time is used up first. All of them are in units.csv.
[[nodiscard]] inline std::string sweep_units_table(const sweep_grid& grid, const sweep_result& r, language lang) {
  std::string out(spoken(lang, "Busiest: share of the working time of a unit's handlers", "最忙的单位：承办人员工作时间利用率"));
  std::vector<std::vector<std::string>> rows(1, {"#"});
  for (const auto& axis : grid.axes()) rows[0].push_back(axis.key);
  if (!r.units.empty()) rows[0].emplace_back(spoken(lang, r.units[0].en, r.units[0].zh));
  for (std::size_t k = 0; k < busiest_units_shown; ++k)
    rows[0].emplace_back(k == 0 ? spoken(lang, "busiest", "最忙") : spoken(lang, "then", "其次"));
  rows[0].emplace_back(spoken(lang, "all units, mean", "各单位平均"));
  for (std::size_t cell = 0; cell < (std::min)(r.cells.size(), most_cells_shown); ++cell) {
    const std::vector<interval>& busy = r.cells[cell].busy;
    if (busy.size() < 2) continue;
    std::vector<std::size_t> order;
    double sum = 0;
    for (std::size_t u = 1; u < busy.size(); ++u) {
      order.push_back(u);
      sum += busy[u].estimate;
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return busy[a].estimate > busy[b].estimate; });
    std::vector<std::string> row{std::to_string(cell + 1)};
    for (std::string& value : grid.values(cell)) row.push_back(std::move(value));
    row.push_back(figure_text(busy[0].estimate, "share"));
    for (std::size_t k = 0; k < busiest_units_shown; ++k) {
      row.push_back(k < order.size() ? std::string(spoken(lang, r.units[order[k]].en, r.units[order[k]].zh)) + ' ' +
                                           figure_text(busy[order[k]].estimate, "share")
                                     : std::string());
    }
    row.push_back(figure_text(sum / static_cast<double>(order.size()), "share"));
    rows.push_back(std::move(row));
  }
  return rows.size() == 1 ? std::string() : out.append("\n").append(table_of(rows)).append("\n");
}

/// A table for each metric of a sweep, a row for each cell: its settings, the estimate, and how it differs from the first;
/// behind them, the busiest units.
[[nodiscard]] inline std::string sweep_tables(const sweep_grid& grid, const sweep_result& r, language lang) {
  std::string out;
  const std::size_t shown = (std::min)(r.cells.size(), most_cells_shown);
  for (std::size_t m = 0; m < sweep_metrics.size(); ++m) {
    const metric_info& about = info(sweep_metrics[m]);
    out.append(spoken(lang, about.en, about.zh)).append("\n");
    std::vector<std::vector<std::string>> rows(1, {"#"});
    for (const auto& axis : grid.axes()) rows[0].push_back(axis.key);
    for (const std::string_view head :
         {spoken(lang, "estimate", "估计值"), parts_head(lang), spoken(lang, "minus #1", "减 #1"), spoken(lang, "verdict", "结论")})
      rows[0].emplace_back(head);
    for (std::size_t cell = 0; cell < shown; ++cell) {
      std::vector<std::string> row{std::to_string(cell + 1)};
      for (std::string& value : grid.values(cell)) row.push_back(std::move(value));
      row.push_back(interval_text(r.cells[cell].values[m], about.unit, lang));
      row.push_back(parts_text(r.cells[cell].parts[m], r.replications));
      if (cell == 0) {
        row.insert(row.end(), {"", ""});
      } else {
        const result_difference& d = r.cells[cell].differences[m];
        row.push_back(difference_text(d.difference, about.unit, lang));
        row.emplace_back(d.difference.has_value() ? verdict_text(d.verdict, lang) : "");
      }
      rows.push_back(std::move(row));
    }
    out.append(table_of(rows)).append("\n");
  }
  out += sweep_units_table(grid, r, lang);
  if (r.costs.policies.size() > 1) out.append("\n").append(cost_tables(r.costs, names_of_cells(grid, r), lang, true)).append("\n");
  out += note_of_years(r.replications, lang);
  if (shown < r.cells.size()) {
    out.append(spoken(lang, "All cells are in sweep.csv; shown: ", "全部组合见 sweep.csv；以上仅列出前 "));
    out.append(std::to_string(shown)).append(spoken(lang, "\n", " 个\n"));
  }
  return out;
}

}  // namespace sifang

#endif
