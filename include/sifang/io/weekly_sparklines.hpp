// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_WEEKLY_SPARKLINES_HPP
#define SIFANG_IO_WEEKLY_SPARKLINES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/fitted_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The weeks of a year as a line of small bars, for terminals that can show them.

namespace sifang {

/// The bars of a sparkline, the lowest first: a sample of what a terminal must be able to show.
inline constexpr std::array<std::string_view, 8> spark_bars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

/// Values as a line of bars (Tufte 2006, *Beautiful Evidence*), the lowest bar for `least` and the highest for `most`; a blank for what is
/// not a number. Values beyond the two have the outermost bars, and all have the lowest where the two are equal.
/// \pre least is not above most, and both are finite; asserted
/// \complexity linear
template <class = when_called>
[[nodiscard]] std::string sparkline(std::span<const double> values, double least, double most) {
  SIFANG_ASSERT(std::isfinite(least) && std::isfinite(most) && least <= most, "a finite range");
  std::string out;
  for (const double x : values) {
    if (std::isnan(x)) {
      out += ' ';
      continue;
    }
    const double part = most > least ? (std::clamp(x, least, most) - least) / (most - least) : 0;
    const auto bar = static_cast<std::size_t>(part * static_cast<double>(spark_bars.size()));
    out += spark_bars[(std::min)(bar, spark_bars.size() - 1)];
  }
  return out;
}

namespace detail {

/// One line of the table of weeks: the sum of some series of a chart.
struct spark_row {
  std::string_view chart, series, unit, en, zh;  ///< without a series all of the chart
};
inline constexpr spark_row spark_rows[] = {
    {"registrations", "", "registrations", "Registrations", "登记件次"},
    {"waiting", "", "petitioners", "Waiting for a session", "等候接访批次"},
    {"wait", "wait_all", "days", "Days to being heard", "来访等候天数"},
    {"open", "", "cases", "Open cases", "在办件"},
    {"overdue", "overdue_open", "cases", "Open and overdue", "在办超期件"},
};

/// Weeks of seven days in the period: a last one of a day or two would look like a fall.
[[nodiscard]] inline std::size_t whole_weeks(const result& r) {
  const auto begins = parse_day(r.week_starts.back()), ends = parse_day(r.end);
  const bool is_short = begins && ends && (*ends - *begins).count < 6;
  return r.week_starts.size() - (is_short ? 1 : 0);
}

/// The estimates of a row, week by week; no number where a part of them has none.
[[nodiscard]] inline std::vector<double> weeks_of(const result_policy& p, const spark_row& row, std::size_t weeks) {
  std::vector<double> out;
  for (const result_series& s : p.series) {
    if (s.chart != row.chart || (!row.series.empty() && s.id != row.series)) continue;
    if (out.empty()) out.assign((std::min)(weeks, s.weeks.size()), 0.0);
    for (std::size_t w = 0; w < (std::min)(out.size(), s.weeks.size()); ++w)
      out[w] += s.weeks[w].has_value() ? s.weeks[w].estimate : std::numeric_limits<double>::quiet_NaN();
  }
  return out;
}

/// The means of as many neighbours each as it takes to leave at most so many values; no number where none of them is one.
[[nodiscard]] inline std::vector<double> thinned(const std::vector<double>& values, std::size_t most) {
  const std::size_t each = (values.size() + most - 1) / most;
  std::vector<double> out;
  for (std::size_t begin = 0; begin < values.size(); begin += each) {
    double sum = 0, count = 0;
    for (std::size_t k = begin; k < (std::min)(begin + each, values.size()); ++k) {
      if (std::isnan(values[k])) continue;
      sum += values[k];
      ++count;
    }
    out.push_back(count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN());
  }
  return out;
}

/// The least and the greatest number; none where there is no number.
[[nodiscard]] inline std::pair<double, double> span_of_values(const std::vector<std::vector<double>>& lines) {
  std::pair<double, double> out{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (const auto& line : lines) {
    for (const double x : line) {
      if (std::isnan(x)) continue;
      out = {(std::min)(out.first, x), (std::max)(out.second, x)};
    }
  }
  return out;
}

}  // namespace detail

/// Policies that the weeks are shown of; of more, a terminal would not be the place.
inline constexpr std::size_t most_spark_policies = 4;

/// How registrations, queues and open cases go over the whole weeks of the counted period, as a table of sparklines no wider than so many
/// columns: a line for each policy, all policies of a figure on one scale, whose ends stand beside. Empty for more than
/// `most_spark_policies`, and without weeks. \pre at least one policy; asserted \complexity linear in the weeks
template <class = when_called>
[[nodiscard]] std::string weekly_sparklines(const result& r, language lang, std::size_t columns = terminal_columns) {
  SIFANG_ASSERT(!r.policies.empty(), "at least one policy");
  if (r.policies.size() > most_spark_policies || r.week_starts.size() < 2) return {};
  const bool several = r.policies.size() > 1;
  const std::size_t weeks = detail::whole_weeks(r);
  std::vector<std::vector<std::string>> rows{{std::string(spoken(lang, "week by week", "逐周"))}};
  if (several) rows[0].emplace_back(spoken(lang, "policy", "方案"));
  for (const std::string_view head : {spoken(lang, "least", "最低"), spoken(lang, "most", "最高")}) rows[0].emplace_back(head);
  rows[0].push_back(one_line(r.week_starts.front() + " – " + r.end));
  for (const detail::spark_row& row : detail::spark_rows) {
    std::vector<std::vector<double>> lines;
    for (const result_policy& p : r.policies) lines.push_back(detail::thinned(detail::weeks_of(p, row, weeks), columns * 3 / 10));
    const auto [least, most] = detail::span_of_values(lines);
    if (!(least <= most)) continue;
    for (std::size_t k = 0; k < lines.size(); ++k) {
      std::vector<std::string> cells{k == 0 ? std::string(spoken(lang, row.en, row.zh)) : std::string()};
      if (several) cells.push_back(one_line(r.policies[k].id, 24));
      cells.push_back(k == 0 ? figure_text(least, row.unit) : std::string());
      cells.push_back(k == 0 ? figure_text(most, row.unit) : std::string());
      cells.push_back(sparkline(lines[k], least, most));
      rows.push_back(std::move(cells));
    }
  }
  return rows.size() == 1 ? std::string() : fitted_table(rows, columns) + '\n';
}

}  // namespace sifang

#endif
