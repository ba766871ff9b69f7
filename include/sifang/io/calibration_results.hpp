// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_CALIBRATION_RESULTS_HPP
#define SIFANG_IO_CALIBRATION_RESULTS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/experiment/calibrate.hpp"
#include "sifang/io/calibration_file.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/extended_scenario.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/results.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/scenario_reference.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The directory that a calibration leaves: calibration.json, figures.csv, parameters.csv, sensitivity.csv, fitted.toml, manifest.json.

namespace sifang {

/// How a calibration came about: enough to do it again.
struct calibration_origin {
  std::string version,                ///< of the program
      scenario,                       ///< file or name
      targets;                        ///< file of figures and parameters
  std::vector<std::string> settings;  ///< of the command line
  std::uint64_t seed = 0;             ///< of the scenario
  std::string cases{};                ///< file of recorded cases; empty without
};

/// Spreads by which a fitted figure may lie beside its target and still count as met.
inline constexpr double spreads_allowed = 2;

/// Whether every figure that was fitted is met.
[[nodiscard]] inline bool is_met(const calibration_task& task, const calibration_result& r) noexcept {
  for (std::size_t k = 0; k < r.figures.size(); ++k) {
    if (task.figures[k].target.weight > 0 && !(std::abs(r.figures[k].distance) <= spreads_allowed)) return false;
  }
  return !r.figures.empty();
}

/// The figures that a parameter moves, as positions: those that say most of it first, and none that says less than a fifth of the first.
[[nodiscard]] inline std::vector<std::size_t> figures_that_fix(const calibration_task& task, const moment_fit& fit, std::size_t parameter) {
  constexpr double worth_telling = 0.2;
  std::vector<std::size_t> out;
  const auto says = [&](std::size_t k) { return std::abs(fit.sensitivity.at(k, parameter)) * std::sqrt(task.figures[k].target.weight); };
  const auto by_chance = [&](std::size_t k) { return std::abs(fit.slopes.at(k, parameter)) <= 3 * fit.slope_errors.at(k, parameter); };
  for (std::size_t k = 0; k < task.figures.size(); ++k) {
    if (says(k) >= 1 && !by_chance(k)) out.push_back(k);
  }
  std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return says(a) > says(b); });
  while (!out.empty() && says(out.back()) < worth_telling * says(out.front())) out.pop_back();
  return out;
}

/// Whether a parameter ended at an end of its range.
[[nodiscard]] inline bool is_at_end(const unknown_parameter& p, double value) noexcept {
  return value <= p.range.least || value >= p.range.most;
}

namespace detail {

/// Names in one field.
template <class Positions, class Name>
[[nodiscard]] std::string joined(const Positions& positions, std::string_view between, Name&& name) {
  std::string out;
  for (const std::size_t k : positions) out.append(out.empty() ? "" : between).append(name(k));
  return out;
}

/// Ids of the items of a figure, as its file has them, are the caller's: here are their positions' dimension.
[[nodiscard]] inline std::string_view split_name(const measured_figure& f) noexcept {
  return dimension_names[static_cast<std::size_t>(f.split)];
}

}  // namespace detail

/// figures.csv: of each figure its target, what the model shows before and after, on other years, and how far it is off.
[[nodiscard]] inline std::string calibrated_figures_csv(const calibration_task& task, const calibration_result& r) {
  csv_writer csv{"figure",      "metric",      "dimension",   "unit",     "target", "spread",   "weight",      "start",
                 "start_lower", "start_upper", "model",       "lower",    "upper",  "interval", "interval_en", "interval_zh",
                 "other_years", "other_lower", "other_upper", "distance", "moved",  "source"};
  for (std::size_t k = 0; k < r.figures.size(); ++k) {
    const known_figure& f = task.figures[k];
    csv.field(f.name).field(info(f.measure.what).name).field(detail::split_name(f.measure)).field(f.measure.unit());
    csv.field(f.target.value).field(f.target.spread).field(f.target.weight);
    detail::interval_fields(csv, r.figures[k].at_start);
    detail::interval_fields(csv, r.figures[k].fitted);
    detail::interval_words(csv, r.figures[k].fitted);
    detail::interval_fields(csv, r.figures[k].on_other_years);
    csv.field(r.figures[k].distance).field(std::string_view(r.fit.is_moved[k] != 0 ? "yes" : "no")).field(f.source).end_row();
  }
  return csv.text();
}

/// parameters.csv: of each parameter its range, where the search began and ended, its standard error, and which figures fix it.
[[nodiscard]] inline std::string calibrated_parameters_csv(const calibration_task& task, const calibration_result& r) {
  csv_writer csv{"parameter", "from", "to", "start", "fitted", "standard_error", "fixed", "at_end", "fixed_by"};
  for (std::size_t j = 0; j < task.parameters.size(); ++j) {
    const unknown_parameter& p = task.parameters[j];
    csv.field(p.key).field(p.range.least).field(p.range.most).field(p.range.start).field(r.fit.values[j]);
    csv.field(r.fit.errors[j]);
    csv.field(std::string_view(r.fit.is_fixed[j] != 0 ? "yes" : "no"))
        .field(std::string_view(is_at_end(p, r.fit.values[j]) ? "yes" : "no"));
    csv.field(detail::joined(figures_that_fix(task, r.fit, j), ";", [&](std::size_t k) { return task.figures[k].name; })).end_row();
  }
  return csv.text();
}

/// sensitivity.csv: of each figure and parameter the slope, the chance in it, and by how many spreads the figure moves over the range.
[[nodiscard]] inline std::string calibration_sensitivity_csv(const calibration_task& task, const calibration_result& r) {
  csv_writer csv{"figure", "parameter", "slope", "slope_error", "spreads_over_range"};
  for (std::size_t k = 0; k < task.figures.size(); ++k) {
    for (std::size_t j = 0; j < task.parameters.size(); ++j) {
      csv.field(task.figures[k].name).field(task.parameters[j].key);
      csv.field(r.fit.slopes.at(k, j)).field(r.fit.slope_errors.at(k, j)).field(r.fit.sensitivity.at(k, j)).end_row();
    }
  }
  return csv.text();
}

/// All of it as JSON, with the directions of the parameters and whether the figures fix them.
[[nodiscard]] inline std::string calibration_json(const calibration_task& task, const calibration_result& r,
                                                  const calibration_origin& origin) {
  constexpr std::string_view ends[] = {"settled", "out_of_turns", "stopped", "impossible"};
  json_writer json(3);
  json.begin_object().member("format", "sifang-calibration").member("version", 1);
  json.member("program_version", std::string_view(origin.version)).member("scenario", std::string_view(origin.scenario));
  json.member("targets", std::string_view(origin.targets)).member("seed", origin.seed).member("replications", r.replications);
  json.member("confidence", r.confidence).member("end", ends[static_cast<std::size_t>(r.fit.end)]).member("turns", r.fit.turns);
  json.member("points", r.fit.points).member("misfit_at_start", r.fit.misfit_at_start).member("misfit", r.fit.misfit);
  json.member("condition", r.fit.condition()).key("figures").begin_array();
  for (std::size_t k = 0; k < r.figures.size(); ++k) {
    const known_figure& f = task.figures[k];
    json.begin_object().member("name", std::string_view(f.name)).member("metric", info(f.measure.what).name);
    json.member("dimension", detail::split_name(f.measure)).member("unit", f.measure.unit()).member("target", f.target.value);
    json.member("spread", f.target.spread).member("weight", f.target.weight).member("source", std::string_view(f.source));
    json.key("start");
    detail::write_value(json, r.figures[k].at_start);
    json.key("model");
    detail::write_value(json, r.figures[k].fitted);
    json.key("other_years");
    detail::write_value(json, r.figures[k].on_other_years);
    json.member("distance", r.figures[k].distance).member("moved", r.fit.is_moved[k] != 0).end_object();
  }
  json.end_array().key("parameters").begin_array();
  for (std::size_t j = 0; j < task.parameters.size(); ++j) {
    const unknown_parameter& p = task.parameters[j];
    json.begin_object().member("key", std::string_view(p.key)).member("from", p.range.least).member("to", p.range.most);
    json.member("start", p.range.start).member("fitted", r.fit.values[j]).member("standard_error", r.fit.errors[j]);
    json.member("fixed", r.fit.is_fixed[j] != 0).member("at_end", is_at_end(p, r.fit.values[j])).key("fixed_by").begin_array();
    for (const std::size_t k : figures_that_fix(task, r.fit, j)) json.value(std::string_view(task.figures[k].name));
    json.end_array().key("spreads_over_range").begin_array();
    for (std::size_t k = 0; k < task.figures.size(); ++k) json.value(r.fit.sensitivity.at(k, j));
    json.end_array().end_object();
  }
  json.end_array().key("directions").begin_array();
  for (const fit_direction& d : r.fit.directions) {
    json.begin_object().member("strength", d.strength).member("noise", d.noise).member("fixed", d.is_fixed).key("parts").begin_array();
    for (const double part : d.parts) json.value(part);
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return std::move(json).finish();
}

/// fitted.toml: a scenario that extends the one that was calibrated and has what was found, and the settings of the command line. Each
/// fitted value has its mark, an inference, and says to which figures it was fitted.
/// \param extends   what the other scenario is called from there
/// \param fitted    the scenario with the values that were found
/// \param settings  of the command line, each `key=value`
[[nodiscard]] inline std::string fitted_scenario(const calibration_task& task, const calibration_result& r, const std::string& extends,
                                                 const scenario& fitted, const std::vector<std::string>& settings) {
  std::vector<std::string> keys;
  for (const std::string& setting : settings) keys.push_back(detail::key_of_setting(setting));
  for (const unknown_parameter& p : task.parameters) keys.push_back(p.key);
  const std::vector<described_parameter> values = describe(fitted);
  std::string out = extended_scenario(extends, fitted, keys,
                                      {"Made by `sifang calibrate`. What was fitted to which figures stands below, in [provenance].",
                                       "-fitted", " (fitted)", "（已校准）"});
  for (std::size_t j = 0; j < task.parameters.size(); ++j) {
    const std::string& key = task.parameters[j].key;
    const auto found = std::find_if(values.begin(), values.end(), [&](const described_parameter& d) { return d.about.key == key; });
    if (found == values.end() || found->is_default) continue;  // a default has its source
    const auto figure = [&](std::size_t k) { return task.figures[k].name + " (" + task.figures[k].source + ')'; };
    const std::string by = detail::joined(figures_that_fix(task, r.fit, j), "; ", figure);
    std::string source = by.empty() ? "sifang calibrate: no figure says anything of it" : "sifang calibrate: fitted to " + by;
    if (!by.empty() && r.fit.is_fixed[j] == 0) source += "; not fixed by them alone";
    out += detail::toml_quoted(key) + " = { mark = \"I\", source = " + detail::toml_quoted(source) + " }\n";
  }
  return out;
}

/// What was run. \param draws  of the parameters; 0: one fit
[[nodiscard]] inline std::string calibration_manifest(std::size_t replications, const calibration_origin& origin, std::size_t draws = 0) {
  json_writer json(2);
  json.begin_object().member("format", "sifang-manifest").member("version", 1).member("program_version", std::string_view(origin.version));
  json.member("command", "calibrate").member("finished", true).key("scenarios").begin_array().value(std::string_view(origin.scenario));
  json.end_array().member("targets", std::string_view(origin.targets)).key("settings").begin_array();
  for (const std::string& text : origin.settings) json.value(std::string_view(text));
  json.end_array();
  if (!origin.cases.empty()) json.member("cases", std::string_view(origin.cases));
  if (draws > 0) json.member("draws", draws);
  json.member("seed", origin.seed).member("replications", replications).end_object();
  return std::move(json).finish();
}

/// Puts the files of a calibration into a directory that is being filled; the caller commits.
/// \param fitted  text of fitted.toml (`fitted_scenario`)
[[nodiscard]] inline std::vector<fault> write_calibration(const calibration_task& task, const calibration_result& r,
                                                          const calibration_origin& origin, const std::string& fitted,
                                                          const output_directory& into) {
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, const std::string& text) {
    for (fault& f : into.write(name, text)) faults.push_back(std::move(f));
  };
  write("calibration.json", calibration_json(task, r, origin));
  write("figures.csv", calibrated_figures_csv(task, r));
  write("parameters.csv", calibrated_parameters_csv(task, r));
  write("sensitivity.csv", calibration_sensitivity_csv(task, r));
  write("fitted.toml", fitted);
  write(output_directory::marker, calibration_manifest(r.replications, origin));
  return faults;
}

}  // namespace sifang

#endif
