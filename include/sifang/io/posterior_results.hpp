// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_POSTERIOR_RESULTS_HPP
#define SIFANG_IO_POSTERIOR_RESULTS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/posterior.hpp"
#include "sifang/io/calibration_results.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/output_directory.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The directory that a calibration with uncertainty leaves: draws.csv, posterior.csv, predictive.csv, waves.csv, posterior.json,
/// manifest.json.

namespace sifang {

/// How much evidence says of a parameter, in files.
[[nodiscard]] constexpr std::string_view name_of(narrowing said) noexcept {
  return said == narrowing::fixed ? "fixed" : said == narrowing::narrowed ? "narrowed" : "left_open";
}

/// Whether a figure that is fitted lies within the deviations that count as met (`spreads_allowed`) of what the draws show.
[[nodiscard]] inline bool is_met(const calibration_task& task, const posterior_result& r) noexcept {
  for (std::size_t k = 0; k < r.figures.size(); ++k) {
    if (task.figures[k].target.weight > 0 && !(std::abs(r.figures[k].distance) <= spreads_allowed)) return false;
  }
  return !r.figures.empty();
}

namespace detail {

inline void range_fields(csv_writer& csv, const middle_range& m) {
  for (const double x : {m.median, m.lower, m.upper}) std::isfinite(x) ? csv.field(x) : csv.empty();
}
inline void write_range(json_writer& json, std::string_view name, const middle_range& m) {
  json.key(name).begin_array().value(m.median).value(m.lower).value(m.upper).end_array();
}

}  // namespace detail

/// draws.csv: a column for each parameter, called by its key, and a row for each draw; all rows are worth the same. As `--draws` reads it.
[[nodiscard]] inline std::string posterior_draws_csv(const calibration_task& task, const posterior_result& r) {
  csv_writer csv(std::initializer_list<std::string_view>{});
  for (const unknown_parameter& p : task.parameters) csv.field(p.key);
  csv.end_row();
  for (const std::vector<double>& draw : r.draws) {
    for (const double value : draw) csv.field(value);
    csv.end_row();
  }
  return csv.text();
}

/// posterior.csv: of each parameter the middle and the middle nine tenths of the draws and of the law beforehand, and how much narrower.
[[nodiscard]] inline std::string posterior_parameters_csv(const calibration_task& task, const posterior_result& r) {
  csv_writer csv{"parameter", "median", "lower", "upper", "before_median", "before_lower", "before_upper", "width", "said"};
  for (std::size_t j = 0; j < r.parameters.size(); ++j) {
    csv.field(task.parameters[j].key);
    detail::range_fields(csv, r.parameters[j].values);
    detail::range_fields(csv, r.parameters[j].beforehand);
    csv.field(r.parameters[j].width).field(name_of(r.parameters[j].said)).end_row();
  }
  return csv.text();
}

/// predictive.csv: of each figure its target, what the draws show of it on average and in a year, and how far that is off.
[[nodiscard]] inline std::string posterior_figures_csv(const calibration_task& task, const posterior_result& r) {
  csv_writer csv{"figure", "metric", "dimension", "unit",       "target",     "spread",   "discrepancy",   "weight", "median",
                 "lower",  "upper",  "one_year",  "year_lower", "year_upper", "distance", "surface_error", "source"};
  for (std::size_t k = 0; k < r.figures.size(); ++k) {
    const known_figure& f = task.figures[k];
    csv.field(f.name).field(info(f.measure.what).name).field(detail::split_name(f.measure)).field(f.measure.unit());
    csv.field(f.target.value).field(f.target.spread).field(f.lack()).field(f.target.weight);
    detail::range_fields(csv, r.figures[k].expected);
    detail::range_fields(csv, r.figures[k].one_year);
    std::isfinite(r.figures[k].distance) ? csv.field(r.figures[k].distance) : csv.empty();
    f.target.weight > 0 ? csv.field(r.figures[k].surface_error) : csv.empty();
    csv.field(f.source).end_row();
  }
  return csv.text();
}

/// waves.csv: of each wave how many points were played, how many of them cannot be, and what part of the ranges is left after it.
[[nodiscard]] inline std::string posterior_waves_csv(const posterior_result& r) {
  csv_writer csv{"wave", "points", "impossible", "share_left"};
  for (std::size_t w = 0; w < r.matching.waves.size(); ++w) {
    const matching_wave& wave = r.matching.waves[w];
    const auto whole = [&](std::size_t n) { csv.field(static_cast<std::int64_t>(n)); };
    whole(w + 1);
    whole(wave.points);
    whole(wave.impossible);
    csv.field(wave.share_left).end_row();
  }
  return csv.text();
}

/// All of it as JSON but the draws.
[[nodiscard]] inline std::string posterior_json(const calibration_task& task, const posterior_result& r, const calibration_origin& origin) {
  json_writer json(3);
  json.begin_object().member("format", "sifang-posterior").member("version", 1);
  json.member("program_version", std::string_view(origin.version)).member("scenario", std::string_view(origin.scenario));
  json.member("targets", std::string_view(origin.targets)).member("seed", origin.seed).member("replications", r.replications);
  json.member("points", r.points).member("draws", r.draws.size()).key("waves").begin_array();
  for (const matching_wave& wave : r.matching.waves) {
    json.begin_object().member("points", wave.points).member("impossible", wave.impossible).member("share_left", wave.share_left);
    json.end_object();
  }
  json.end_array().key("parameters").begin_array();
  for (std::size_t j = 0; j < r.parameters.size(); ++j) {
    const posterior_parameter& p = r.parameters[j];
    json.begin_object().member("key", std::string_view(task.parameters[j].key));
    detail::write_range(json, "draws", p.values);
    detail::write_range(json, "beforehand", p.beforehand);
    json.member("width", p.width).member("said", name_of(p.said)).end_object();
  }
  json.end_array().key("pairs").begin_array();
  for (const posterior_pair& p : r.pairs) {
    json.begin_object().member("first", std::string_view(task.parameters[p.first].key));
    json.member("second", std::string_view(task.parameters[p.second].key)).member("correlation", p.correlation).end_object();
  }
  json.end_array().key("figures").begin_array();
  for (std::size_t k = 0; k < r.figures.size(); ++k) {
    const known_figure& f = task.figures[k];
    json.begin_object().member("name", std::string_view(f.name)).member("metric", info(f.measure.what).name);
    json.member("dimension", detail::split_name(f.measure)).member("unit", f.measure.unit()).member("target", f.target.value);
    json.member("spread", f.target.spread).member("discrepancy", f.lack()).member("weight", f.target.weight);
    detail::write_range(json, "expected", r.figures[k].expected);
    detail::write_range(json, "one_year", r.figures[k].one_year);
    json.member("distance", r.figures[k].distance);
    if (f.target.weight > 0) json.member("surface_error", r.figures[k].surface_error);
    json.member("source", std::string_view(f.source)).end_object();
  }
  json.end_array().end_object();
  return std::move(json).finish();
}

/// Puts the files of a calibration with uncertainty into a directory that is being filled; the caller commits.
[[nodiscard]] inline std::vector<fault> write_posterior(const calibration_task& task, const posterior_result& r,
                                                        const calibration_origin& origin, const output_directory& into) {
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, const std::string& text) {
    for (fault& f : into.write(name, text)) faults.push_back(std::move(f));
  };
  write("draws.csv", posterior_draws_csv(task, r));
  write("posterior.csv", posterior_parameters_csv(task, r));
  write("predictive.csv", posterior_figures_csv(task, r));
  write("waves.csv", posterior_waves_csv(r));
  write("posterior.json", posterior_json(task, r, origin));
  write(output_directory::marker, calibration_manifest(r.replications, origin, r.draws.size()));
  return faults;
}

}  // namespace sifang

#endif
