// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_FIGURE_SIZE_TEXT_HPP
#define SIFANG_IO_FIGURE_SIZE_TEXT_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/io/message_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

/// \file
/// Sizes of differences and intervals as people write them: `heard_15d=1pp`, `leader_hours=2%`.

namespace sifang {

namespace detail {

/// A unit that sizes may be written in.
struct size_unit {
  std::string_view word,  ///< as it is written behind the number
      of;                 ///< unit of the metric; empty: any
  double times = 1;       ///< to the unit of the metric
};
inline constexpr size_unit size_units[] = {
    {"pp", "share", 0.01}, {"pp", "index", 0.01},     {"个百分点", "share", 0.01}, {"days", "days", 1},   {"day", "days", 1},
    {"天", "days", 1},     {"minutes", "minutes", 1}, {"minute", "minutes", 1},    {"min", "minutes", 1}, {"分钟", "minutes", 1},
    {"hours", "hours", 1}, {"hour", "hours", 1},      {"h", "hours", 1},           {"小时", "hours", 1}};

/// How sizes of a metric of this unit are written, as faults say it.
[[nodiscard]] inline std::string_view size_forms(std::string_view unit) noexcept {
  if (unit == "share") return "a number above 0 with its unit, pp or %, such as 0.5pp";
  if (unit == "index") return "a number above 0 with its unit, pp or %, or without one, such as 0.01";
  if (unit == "days") return "a number above 0 with its unit, days or %, such as 0.5days";
  if (unit == "minutes") return "a number above 0 with its unit, minutes or %, such as 2minutes";
  if (unit == "hours") return "a number above 0 with its unit, hours or %, such as 20hours";
  return "a number above 0, or one with %, such as 10 or 2%";
}

/// The size that a text says for a metric of this unit; nothing in it if it says none.
[[nodiscard]] inline bool read_size(std::string_view text, std::string_view unit, figure_size& into) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !std::isfinite(number) || !(number > 0)) return false;
  std::string_view word(end, static_cast<std::size_t>(text.data() + text.size() - end));
  while (word.starts_with(' ')) word.remove_prefix(1);
  if (word == "%") {
    into.value = number / 100;
    into.of_figure = true;
    return true;
  }
  const bool counts = unit != "share" && unit != "days" && unit != "minutes" && unit != "hours";
  if ((word.empty() || word == unit) && counts) {
    into.value = number;
    return true;
  }
  for (const size_unit& u : size_units) {
    if (u.word != word || u.of != unit) continue;
    into.value = number * u.times;
    return into.value > 0;
  }
  return false;
}

}  // namespace detail

/// Reads sizes of metrics, each written `METRIC=SIZE`: `heard_15d=1pp`, `heard_days=0.5days`, `wait_minutes=2minutes`,
/// `leader_hours=20hours`, `received=10` for numbers of a year, and of any metric a part of the figure, `received=2%`.
///
/// Shares take percentage points, written pp, or a part of the share in %: 1 % of 90 % is 0.9pp. Faults, all of them: `syntax` (no `=`),
/// `unknown_key` with the nearest metric, `wrong_type` (not a number above 0, or the unit of another metric), `duplicate_code` (the metric
/// was named before).
/// \param option  what the user wrote the texts after, such as "--matters"; it names the place of faults
/// \complexity linear in the texts times the metrics
template <class = when_called>
[[nodiscard]] inline checked<std::vector<figure_size>> parse_figure_sizes(std::string_view option, std::span<const std::string> texts) {
  std::vector<figure_size> out;
  std::vector<fault> faults;
  for (const std::string& text : texts) {
    const place here{std::string(option), 0, 0};
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      faults.push_back({fault_kind::syntax, here, {"METRIC=SIZE, such as heard_15d=1pp", shortened(text)}});
      continue;
    }
    figure_size size;
    size.metric = text.substr(0, equals);
    const auto* about = std::find_if(metric_table.begin(), metric_table.end(), [&](const metric_info& m) { return m.name == size.metric; });
    if (about == metric_table.end()) {
      std::vector<std::string> names;
      for (const metric_info& m : metric_table) names.emplace_back(m.name);
      faults.push_back({fault_kind::unknown_key, here, {shortened(size.metric), nearest(size.metric, names)}});
    } else if (!detail::read_size(std::string_view(text).substr(equals + 1), about->unit, size)) {
      faults.push_back(
          {fault_kind::wrong_type, here, {size.metric, std::string(detail::size_forms(about->unit)), shortened(text.substr(equals + 1))}});
    } else if (std::any_of(out.begin(), out.end(), [&](const figure_size& s) { return s.metric == size.metric; })) {
      faults.push_back({fault_kind::syntax, here, {"each metric once", size.metric + " twice"}});
    } else {
      out.push_back(std::move(size));
    }
  }
  if (!faults.empty()) return faults;
  return out;
}

}  // namespace sifang

#endif
