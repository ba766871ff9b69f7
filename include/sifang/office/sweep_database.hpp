// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_SWEEP_DATABASE_HPP
#define SIFANG_OFFICE_SWEEP_DATABASE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/engine/fingerprint.hpp"
#include "sifang/experiment/sweep.hpp"
#include "sifang/io/sweep_grid.hpp"
#include "sifang/io/sweep_results.hpp"
#include "sifang/office/results_database.hpp"
#include "sifang/stats/interval.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// A sweep as a database: every number of sweep.json, in the tables whose names begin with `cell`.

namespace sifang {

namespace detail {

/// Adds what a sweep found, and how it came about.
inline void add_sweep(results_database_writer& to, const sweep_grid& grid, const sweep_result& r, const sweep_origin& origin) {
  using bounds = results_database_writer::bounds;
  using parts = results_database_writer::parts;
  const std::optional<std::string_view> not_known;
  to.into("study", 10, 1, std::string_view("sweep"), origin.version, not_known, not_known, not_known, origin.confidence,
          std::to_string(origin.seed), r.replications, 0);
  const auto asked = to.into("asked", 3);
  to.run(asked, std::string_view("command"), 0, std::string_view("sweep"));
  to.run(asked, std::string_view("scenario"), 0, origin.scenario);
  to.list(asked, "setting", origin.settings);
  std::vector<std::string> axes;
  for (std::size_t k = 0; k < grid.axes().size(); ++k) axes.push_back(grid.asked(k));
  to.list(asked, "vary", axes);
  if (!origin.cases.empty()) to.run(asked, std::string_view("cases"), 0, origin.cases);
  const auto metric_row = to.into("metrics", 8);
  to.each(sweep_metrics, [&](std::size_t at, metric m) {
    const metric_info& about = info(m);
    to.run(metric_row, at, about.name, about.en, about.zh, about.unit, about.better, about.group, about.headline);
  });
  const auto unit = to.into("cell_units", 4);
  to.each(r.units, [&](std::size_t at, const sweep_unit& u) { to.run(unit, at, u.code, u.en, u.zh); });
  const auto cell = to.into("cells", 2), value = to.into("cell_values", 4), figure = to.into("cell_figures", 8),
             difference = to.into("cell_differences", 8), busy = to.into("cell_busy", 6);
  to.each(r.cells, [&](std::size_t at, const sweep_cell& c) {
    const std::size_t number = at + 1;
    to.run(cell, number, hexadecimal(c.print.value()));
    to.each(grid.values(at), [&](std::size_t k, const std::string& text) { to.run(value, number, k, grid.axes()[k].key, text); });
    to.each(c.values, [&](std::size_t m, const interval& v) {
      const bounds b(v);
      const parts p(c.parts[m]);
      to.run(figure, number, m, b.estimate, b.lower, b.upper, b.kind, p.numerator, p.denominator);
    });
    to.each(c.differences, [&](std::size_t m, const result_difference& v) {
      const bounds b(v.difference);
      if (b.estimate) to.run(difference, number, m, b.estimate, b.lower, b.upper, b.kind, v.variance_ratio, v.verdict);
    });
    to.each(c.busy, [&](std::size_t u, const interval& v) {
      const bounds b(v);
      to.run(busy, number, u, b.estimate, b.lower, b.upper, b.kind);
    });
  });
}

}  // namespace detail

/// The bytes of a database of what a sweep found, made in memory. \param file  what a fault would name
/// Faults: `syntax` (a text too long), `cannot_write` (memory). \complexity linear
[[nodiscard]] inline checked<std::string> results_database(const sweep_grid& grid, const sweep_result& r, const sweep_origin& origin,
                                                           const std::string& file = {}) {
  detail::results_database_writer out(file.empty() ? std::string(results_database_file) : file);
  detail::add_sweep(out, grid, r, origin);
  return out.finish();
}

}  // namespace sifang

#endif
