// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SWEEP_SAMPLES_HPP
#define SIFANG_IO_SWEEP_SAMPLES_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/experiment/design_draws.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/sweep_grid.hpp"
#include "sifang/io/vary_ranges.hpp"
#include "sifang/random/random.hpp"
#include "sifang/stats/latin_hypercube.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// \file
/// The cells of a sweep by a Latin hypercube over ranges, in place of all combinations of lists.

namespace sifang {

namespace detail {

/// A drawn value with six digits, which say enough and are no longer than people read; not beyond the ends of its range.
[[nodiscard]] inline std::string sampled_text(const plausible_range& range, double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  const double read = parse_number<double>(text).value_or(value);
  return number_text((std::clamp)(read, range.low, range.high));
}

}  // namespace detail

/// Cells of which the first is the scenario as it stands, and the others are the points of a Latin hypercube (McKay, Beckman & Conover
/// 1979): each of so many equal parts of every range has one cell. Ranges are `key=low..high`, or `key` for the plausible one
/// (`county/plausible_ranges.hpp`), by whose law its parts are equal. Lists `key=value|value|…` may stand among them: each value has as
/// many cells as the others, or one more, and the first cell has its first.
///
/// Drawn by the seed of the scenario: the same cells in every run, and each keeps its number when it is gone on with.
/// \param fixed  settings of every cell, which `s` has
/// Faults: those of `bind_ranges` and of `sweep_grid::parse`, `syntax` (no range at all), `out_of_range` (too many cells).
/// \pre samples ≥ 1; asserted
[[nodiscard]] inline checked<sweep_grid> sample_grid(std::span<const std::string> texts, std::span<const std::string> fixed,
                                                     const scenario& s, std::size_t samples) {
  SIFANG_ASSERT(samples >= 1, "at least one sample");
  const place where{std::string(vary_option)};
  std::vector<std::string> ranges, lists;
  for (const std::string& text : texts) {
    const bool is_list = text.find('=') != std::string::npos && !is_vary_range(text) && text.find("..") == std::string::npos;
    (is_list || text.find('|') != std::string::npos ? lists : ranges).push_back(text);
  }
  std::vector<fault> faults;
  const auto bound = bind_ranges(ranges, s, fixed);
  if (!bound) faults = bound.faults();
  if (ranges.empty()) faults.push_back({fault_kind::syntax, where, {"key=low..high", "''"}});
  std::optional<sweep_grid> listed;
  if (!lists.empty()) {
    auto parsed = sweep_grid::parse(lists, fixed);
    if (!parsed)
      faults.insert(faults.end(), parsed.faults().begin(), parsed.faults().end());
    else
      listed = *std::move(parsed);
  }
  if (samples + 1 > sweep_grid::most_cells)
    faults.push_back({fault_kind::out_of_range, where, {"cells", "at most " + std::to_string(sweep_grid::most_cells), "more"}});
  if (listed && bound) {
    for (const sweep_grid::axis& a : listed->axes()) {
      const auto is_same = [&](const varied_value& v) { return v.about.about.key == a.key; };
      if (std::any_of(bound->begin(), bound->end(), is_same)) faults.push_back({fault_kind::syntax, where, {"each parameter once", a.key}});
    }
  }
  tidy(faults);
  if (!faults.empty()) return faults;

  const std::size_t of_lists = listed ? listed->axes().size() : 0;
  const unit_points points =
      latin_hypercube(samples, bound->size() + of_lists, random_source(s.seed, design_replication), design_draw::hypercube);
  std::vector<sweep_grid::axis> axes;
  for (const varied_value& v : *bound) {
    sweep_grid::axis one{v.about.about.key, {v.about.value}, number_text(v.range.low) + ".." + number_text(v.range.high)};
    for (const std::vector<double>& u : points) one.values.push_back(detail::sampled_text(v.range, design_value(v.range, u[axes.size()])));
    axes.push_back(std::move(one));
  }
  for (std::size_t k = 0; k < of_lists; ++k) {
    const std::vector<std::string>& values = listed->axes()[k].values;
    sweep_grid::axis one{listed->axes()[k].key, {values.front()}, {}};
    for (std::size_t at = 0; at < values.size(); ++at) one.range += (at == 0 ? "" : "|") + values[at];
    for (const std::vector<double>& u : points)
      one.values.push_back(values[static_cast<std::size_t>(u[axes.size()] * static_cast<double>(values.size()))]);
    axes.push_back(std::move(one));
  }
  return sweep_grid::sampled(std::move(axes));
}

}  // namespace sifang

#endif
