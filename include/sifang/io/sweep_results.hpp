// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SWEEP_RESULTS_HPP
#define SIFANG_IO_SWEEP_RESULTS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/sweep.hpp"
#include "sifang/io/cost_results.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/pareto_picture.hpp"
#include "sifang/io/results.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/sweep_grid.hpp"
#include "sifang/io/sweep_tables.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The directory that a sweep leaves: sweep.csv, units.csv, cost.csv, pareto.svg, sweep.json, manifest.json. Its report.html is made of
/// `sweep_report.hpp`.

namespace sifang {

/// How a sweep came about: enough to do it again.
struct sweep_origin {
  std::string version,                ///< of the program
      scenario;                       ///< file or name
  std::vector<std::string> settings;  ///< that hold for every cell
  std::uint64_t seed = 0;             ///< of the first cell
  double confidence = 0.95;           ///< of the intervals
  std::string cases{};                ///< file of recorded cases; empty without
};

/// Every estimate and difference, one a row: cell (from 1), a column for each parameter, metric, unit, estimate, lower,
/// upper, difference to the first cell, its bounds, variance ratio, verdict, what the bounds are, and of a ratio its numerator and
/// denominator in a year on average. What cannot be told has empty fields.
[[nodiscard]] inline std::string sweep_csv(const sweep_grid& grid, const sweep_result& r) {
  csv_writer csv({});
  csv.field(std::string_view("cell"));
  for (const auto& axis : grid.axes()) csv.field(axis.key);
  for (const char* name : {"metric", "unit", "estimate", "lower", "upper", "difference", "difference_lower", "difference_upper",
                           "variance_ratio", "verdict", "interval", "interval_en", "interval_zh", "difference_interval",
                           "difference_interval_en", "difference_interval_zh", "numerator", "denominator"}) {
    csv.field(std::string_view(name));
  }
  csv.end_row();
  for (std::size_t cell = 0; cell < r.cells.size(); ++cell) {
    const std::vector<std::string> values = grid.values(cell);
    for (std::size_t m = 0; m < sweep_metrics.size(); ++m) {
      csv.field(static_cast<std::int64_t>(cell + 1));
      for (const std::string& value : values) csv.field(value);
      csv.field(info(sweep_metrics[m]).name).field(info(sweep_metrics[m]).unit);
      detail::interval_fields(csv, r.cells[cell].values[m]);
      const result_difference d = cell == 0 ? result_difference{} : r.cells[cell].differences[m];
      detail::interval_fields(csv, d.difference);
      if (d.difference.has_value())
        csv.field(d.variance_ratio).field(d.verdict);
      else
        csv.empty().empty();
      detail::interval_words(csv, r.cells[cell].values[m]);
      detail::interval_words(csv, d.difference);
      detail::parts_fields(csv, r.cells[cell].parts[m], r.replications);
      csv.end_row();
    }
  }
  return csv.text();
}

/// How busy each unit is, one a row: cell (from 1), a column for each parameter, code and names of the unit, the share of its handlers'
/// working time (of the bureau's clerks in the first rows), its bounds, and what these are. No rows of a cell that has other units than the
/// first.
[[nodiscard]] inline std::string sweep_units_csv(const sweep_grid& grid, const sweep_result& r) {
  csv_writer csv({});
  csv.field(std::string_view("cell"));
  for (const auto& axis : grid.axes()) csv.field(axis.key);
  for (const char* name : {"unit", "name_en", "name_zh", "utilisation", "lower", "upper", "interval", "interval_en", "interval_zh"}) {
    csv.field(std::string_view(name));
  }
  csv.end_row();
  for (std::size_t cell = 0; cell < r.cells.size(); ++cell) {
    const std::vector<std::string> values = grid.values(cell);
    for (std::size_t u = 0; u < r.cells[cell].busy.size(); ++u) {
      csv.field(static_cast<std::int64_t>(cell + 1));
      for (const std::string& value : values) csv.field(value);
      csv.field(r.units[u].code).field(r.units[u].en).field(r.units[u].zh);
      detail::interval_fields(csv, r.cells[cell].busy[u]);
      detail::interval_words(csv, r.cells[cell].busy[u]);
      csv.end_row();
    }
  }
  return csv.text();
}

/// All of it as JSON: parameters, metrics, units, and of each cell its values, how busy its units are, fingerprint, intervals and
/// differences as in a results file.
[[nodiscard]] inline std::string sweep_json(const sweep_grid& grid, const sweep_result& r, const sweep_origin& origin) {
  json_writer json(3);
  json.begin_object().member("format", "sifang-sweep").member("version", 1).member("program_version", std::string_view(origin.version));
  json.member("scenario", std::string_view(origin.scenario)).member("confidence", origin.confidence).member("seed", origin.seed);
  json.member("replications", r.replications);
  json.key("parameters").begin_array();
  for (const auto& axis : grid.axes()) json.value(std::string_view(axis.key));
  json.end_array().key("metrics").begin_array();
  for (const metric m : sweep_metrics) {
    const metric_info& about = info(m);
    json.begin_object().member("id", about.name).member("en", about.en).member("zh", about.zh);
    json.member("unit", about.unit).member("better", about.better).end_object();
  }
  json.end_array().key("units").begin_array();
  for (const sweep_unit& u : r.units) {
    json.begin_object()
        .member("code", std::string_view(u.code))
        .member("en", std::string_view(u.en))
        .member("zh", std::string_view(u.zh))
        .end_object();
  }
  json.end_array().key("cells").begin_array();
  for (std::size_t cell = 0; cell < r.cells.size(); ++cell) {
    const sweep_cell& c = r.cells[cell];
    json.begin_object().member("cell", cell + 1).member("fingerprint", std::string_view(hexadecimal(c.print.value())));
    json.key("parameters").begin_array();
    for (const std::string& value : grid.values(cell)) json.value(std::string_view(value));
    json.end_array().key("values").begin_array();
    for (const interval& v : c.values) detail::write_value(json, v);
    json.end_array().key("parts").begin_array();
    for (const ratio_parts& v : c.parts) detail::write_value(json, v);
    json.end_array().key("busy").begin_array();
    for (const interval& v : c.busy) detail::write_value(json, v);
    json.end_array().key("differences").begin_array();
    for (const result_difference& d : c.differences) detail::write_value(json, d);
    json.end_array().end_object();
  }
  json.end_array();
  if (!r.costs.policies.empty()) {
    json.key("costs");
    detail::write_value(json, r.costs);
  }
  json.end_object();
  return std::move(json).finish();
}

/// What was run.
[[nodiscard]] inline std::string sweep_manifest(const sweep_grid& grid, const sweep_result& r, const sweep_origin& origin) {
  json_writer json(2);
  json.begin_object().member("format", "sifang-manifest").member("version", 1).member("program_version", std::string_view(origin.version));
  json.member("command", "sweep")
      .member("finished", true)
      .key("scenarios")
      .begin_array()
      .value(std::string_view(origin.scenario))
      .end_array();
  json.key("settings").begin_array();
  for (const std::string& text : origin.settings) json.value(std::string_view(text));
  json.end_array().key("vary").begin_array();
  for (std::size_t k = 0; k < grid.axes().size(); ++k) json.value(std::string_view(grid.asked(k)));
  json.end_array();
  if (grid.is_sampled()) json.member("samples", grid.size() - 1);
  if (!origin.cases.empty()) json.member("cases", std::string_view(origin.cases));
  json.member("seed", origin.seed).member("replications", r.replications).end_object();
  return std::move(json).finish();
}

/// Puts the files of a sweep into a directory that is being filled; the caller commits.
[[nodiscard]] inline std::vector<fault> write_sweep(const sweep_grid& grid, const sweep_result& r, const sweep_origin& origin,
                                                    const output_directory& into) {
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, const std::string& text) {
    for (fault& f : into.write(name, text)) faults.push_back(std::move(f));
  };
  write("sweep.json", sweep_json(grid, r, origin));
  write("sweep.csv", sweep_csv(grid, r));
  write("units.csv", sweep_units_csv(grid, r));
  const std::vector<std::string> names = names_of_cells(grid, r);
  if (!r.costs.policies.empty()) write("cost.csv", cost_csv(r.costs, names));
  if (r.costs.policies.size() > 1) write("pareto.svg", pareto_svg(r.costs, names));
  write(output_directory::marker, sweep_manifest(grid, r, origin));
  return faults;
}

}  // namespace sifang

#endif
