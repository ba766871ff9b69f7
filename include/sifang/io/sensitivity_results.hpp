// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SENSITIVITY_RESULTS_HPP
#define SIFANG_IO_SENSITIVITY_RESULTS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/assumptions.hpp"
#include "sifang/experiment/sensitivity.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/results.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/vary_ranges.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The directory that a study of sensitivity leaves: sensitivity.json, manifest.json, and of what was done screening.csv, indices.csv,
/// assumptions.csv, break_even.csv.

namespace sifang {

/// What a study of sensitivity found: any of its parts may not have been asked for.
struct sensitivity_result {
  std::optional<screening_result> screening{};      ///< Morris
  std::optional<indices_result> indices{};          ///< Sobol'
  std::optional<assumptions_result> assumptions{};  ///< one by one
};

/// How a study of sensitivity came about: enough to do it again.
struct sensitivity_origin {
  std::string version,                 ///< of the program
      scenario,                        ///< file or name
      other;                           ///< likewise, or empty
  std::vector<std::string> settings,   ///< of the command line, for both
      vary;                            ///< ranges that were asked for
  std::string method;                  ///< "default", "morris", "sobol" or "tornado"
  std::uint64_t seed = 0;              ///< of the scenario
  std::vector<std::string> matters{};  ///< sizes that were asked for
};

namespace detail {

/// Key, unit, range, the scenario's value and where the range comes from.
inline void vary_fields(csv_writer& csv, const varied_value& v) {
  csv.field(v.about.about.key).field(v.about.about.unit).field(v.range.low).field(v.range.mode).field(v.range.high).field(v.source);
}
/// How `vary_fields` are called.
inline csv_writer csv_with_vary(std::initializer_list<std::string_view> more) {
  csv_writer csv({});
  for (const std::string_view name : {"parameter", "unit", "low", "usual", "high", "source"}) csv.field(name);
  for (const std::string_view name : more) csv.field(name);
  csv.end_row();
  return csv;
}
[[nodiscard]] inline std::string_view yes_no_field(bool yes) noexcept { return yes ? "yes" : "no"; }

}  // namespace detail

/// screening.csv: of each parameter, the largest effect first, μ* and μ with their bounds, σ, what noise alone would show as μ*, and the
/// steps behind them. Effects are in the unit of the metric, for the whole range.
[[nodiscard]] inline std::string screening_csv(std::span<const varied_value> values, const screening_result& r) {
  csv_writer csv =
      detail::csv_with_vary({"size", "size_lower", "size_upper", "mean", "mean_lower", "mean_upper", "spread", "noise", "steps", "inert"});
  for (const std::size_t j : r.order) {
    const morris_effect& e = r.effects[j];
    detail::vary_fields(csv, values[j]);
    detail::interval_fields(csv, e.size);
    detail::interval_fields(csv, e.mean);
    csv.field(e.spread).field(e.noise).field(static_cast<std::int64_t>(e.steps)).field(detail::yes_no_field(e.is_inert)).end_row();
  }
  return csv.text();
}

/// indices.csv: of each parameter its first-order and total index with their bounds, and the noise in the total; empty where the
/// figure never varies.
[[nodiscard]] inline std::string indices_csv(std::span<const varied_value> values, const indices_result& r) {
  csv_writer csv = detail::csv_with_vary({"first", "first_lower", "first_upper", "total", "total_lower", "total_upper", "noise"});
  for (std::size_t j = 0; j < values.size(); ++j) {
    const sobol_index& s = r.found.indices[j];
    detail::vary_fields(csv, values[j]);
    detail::interval_fields(csv, s.first);
    detail::interval_fields(csv, s.total);
    csv.field(s.noise).end_row();
  }
  return csv.text();
}

/// assumptions.csv: the figure at every value of a parameter that was looked at, with the others as the scenario has them.
[[nodiscard]] inline std::string assumptions_csv(std::span<const varied_value> values, const assumptions_result& r) {
  csv_writer csv = detail::csv_with_vary({"value", "figure", "lower", "upper", "standard_error"});
  for (const assumption_result& a : r.assumptions) {
    for (const assumption_point& p : a.points) {
      detail::vary_fields(csv, values[a.parameter]);
      csv.field(p.at);
      detail::interval_fields(csv, p.found.figure);
      if (p.found.known())
        csv.field(p.found.error);
      else
        csv.empty();
      csv.end_row();
    }
  }
  return csv.text();
}

/// break_even.csv: at which value of each parameter the expected verdict would become another, with the interval of that value; a row
/// with empty fields where it does not change within the range. `before` and `after` are the nearest values that were played.
[[nodiscard]] inline std::string break_even_csv(std::span<const varied_value> values, const assumptions_result& r,
                                                std::string_view better) {
  csv_writer csv = detail::csv_with_vary(
      {"verdict", "becomes", "side", "value", "lower", "upper", "lower_open", "upper_open", "before", "after", "gaps"});
  for (const assumption_result& a : r.assumptions) {
    for (const verdict_change& c : a.changes) {
      detail::vary_fields(csv, values[a.parameter]);
      csv.field(name_of_verdict(c.from, better)).field(name_of_verdict(c.to, better)).field(std::string_view(c.upward ? "above" : "below"));
      csv.field(c.place.at).field(c.place.lower).field(c.place.upper);
      csv.field(detail::yes_no_field(c.place.open_below)).field(detail::yes_no_field(c.place.open_above));
      csv.field(c.place.before).field(c.place.after).field(detail::yes_no_field(a.has_gaps())).end_row();
    }
    if (!a.changes.empty()) continue;
    detail::vary_fields(csv, values[a.parameter]);
    csv.field(name_of_verdict(r.verdict, better));
    for (int k = 0; k < 9; ++k) csv.empty();
    csv.field(detail::yes_no_field(a.has_gaps())).end_row();
  }
  return csv.text();
}

namespace detail {

/// All of a study as JSON.
class sensitivity_json_writer {
 public:
  sensitivity_json_writer(std::span<const varied_value> values, const sensitivity_task& task, const sensitivity_result& r)
      : values_(values), task_(task), r_(r), about_(info(task.figure.what)) {}

  [[nodiscard]] std::string write(const sensitivity_origin& origin) {
    json_.begin_object().member("format", "sifang-sensitivity").member("version", 1);
    json_.member("program_version", std::string_view(origin.version)).member("scenario", std::string_view(origin.scenario));
    if (!origin.other.empty()) json_.member("other", std::string_view(origin.other));
    json_.member("method", std::string_view(origin.method)).member("seed", origin.seed).member("confidence", task_.confidence);
    json_.member("metric", about_.name).member("unit", about_.unit).member("better", about_.better);
    json_.key("parameters").begin_array();
    for (const varied_value& v : values_) parameter(v);
    json_.end_array();
    if (r_.screening) screening(*r_.screening);
    if (r_.indices) indices(*r_.indices);
    if (r_.assumptions) assumptions(*r_.assumptions);
    json_.end_object();
    return std::move(json_).finish();
  }

 private:
  void parameter(const varied_value& v) {
    json_.begin_object().member("key", std::string_view(v.about.about.key)).member("unit", v.about.about.unit);
    json_.member("low", v.range.low).member("usual", v.range.mode).member("high", v.range.high).member("law", name_of(v.range.kind));
    json_.member("source", std::string_view(v.source)).end_object();
  }
  void part(std::string_view name, std::size_t replications, std::size_t points) {
    json_.key(name).begin_object().member("replications", replications).member("points", points);
  }
  void screening(const screening_result& s) {
    part("screening", s.replications, s.points);
    json_.member("trajectories", s.trajectories).member("unanswered", s.unanswered).key("effects").begin_array();
    for (const morris_effect& e : s.effects) {
      json_.begin_object().key("size");
      write_value(json_, e.size);
      json_.key("mean");
      write_value(json_, e.mean);
      json_.member("spread", e.spread).member("noise", e.noise).member("steps", e.steps).member("inert", e.is_inert).end_object();
    }
    json_.end_array().end_object();
  }
  void indices(const indices_result& s) {
    part("indices", s.replications, s.points);
    json_.member("unanswered", s.unanswered).member("samples", s.found.samples).member("mean", s.found.mean);
    json_.member("variance", s.found.variance).key("of").begin_array();
    for (const sobol_index& i : s.found.indices) {
      json_.begin_object().key("first");
      write_value(json_, i.first);
      json_.key("total");
      write_value(json_, i.total);
      json_.member("noise", i.noise).end_object();
    }
    json_.end_array().end_object();
  }
  void assumptions(const assumptions_result& s) {
    part("assumptions", s.replications, s.points);
    json_.key("usual");
    write_value(json_, s.usual.figure);
    if (task_.figure.is_difference) {
      json_.member("verdict", name_of_verdict(s.verdict, about_.better)).member("told", s.is_told).member("matters", s.matters);
    }
    json_.key("of").begin_array();
    for (const assumption_result& a : s.assumptions) {
      json_.begin_object().member("key", std::string_view(values_[a.parameter].about.about.key)).key("points").begin_array();
      for (const assumption_point& p : a.points) {
        json_.begin_object().member("value", p.at).key("figure");
        write_value(json_, p.found.figure);
        json_.end_object();
      }
      json_.end_array().key("changes").begin_array();
      for (const verdict_change& c : a.changes) {
        json_.begin_object().member("from", name_of_verdict(c.from, about_.better)).member("to", name_of_verdict(c.to, about_.better));
        json_.member("value", c.place.at).member("lower", c.place.lower).member("upper", c.place.upper);
        json_.member("lower_open", c.place.open_below).member("upper_open", c.place.open_above).member("above", c.upward).end_object();
      }
      json_.end_array().end_object();
    }
    json_.end_array().end_object();
  }

  std::span<const varied_value> values_;
  const sensitivity_task& task_;
  const sensitivity_result& r_;
  const metric_info& about_;
  json_writer json_{3};
};

}  // namespace detail

/// What was run.
[[nodiscard]] inline std::string sensitivity_manifest(const sensitivity_origin& origin, std::string_view metric) {
  json_writer json(2);
  json.begin_object().member("format", "sifang-manifest").member("version", 1).member("program_version", std::string_view(origin.version));
  json.member("command", "sensitivity").member("finished", true).key("scenarios").begin_array().value(std::string_view(origin.scenario));
  if (!origin.other.empty()) json.value(std::string_view(origin.other));
  json.end_array().member("metric", metric).member("method", std::string_view(origin.method)).key("settings").begin_array();
  for (const std::string& text : origin.settings) json.value(std::string_view(text));
  json.end_array().key("vary").begin_array();
  for (const std::string& text : origin.vary) json.value(std::string_view(text));
  json.end_array();
  if (!origin.matters.empty()) {
    json.key("matters").begin_array();
    for (const std::string& text : origin.matters) json.value(std::string_view(text));
    json.end_array();
  }
  json.member("seed", origin.seed).end_object();
  return std::move(json).finish();
}

/// Puts the files of a study into a directory that is being filled; the caller commits.
/// \param values  as many as the task's parameters, in their order
[[nodiscard]] inline std::vector<fault> write_sensitivity(std::span<const varied_value> values, const sensitivity_task& task,
                                                          const sensitivity_result& r, const sensitivity_origin& origin,
                                                          const output_directory& into) {
  SIFANG_ASSERT(values.size() == task.parameters.size(), "what is known of each parameter");
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, const std::string& text) {
    for (fault& f : into.write(name, text)) faults.push_back(std::move(f));
  };
  const metric_info& about = info(task.figure.what);
  write("sensitivity.json", detail::sensitivity_json_writer(values, task, r).write(origin));
  if (r.screening) write("screening.csv", screening_csv(values, *r.screening));
  if (r.indices) write("indices.csv", indices_csv(values, *r.indices));
  if (r.assumptions) write("assumptions.csv", assumptions_csv(values, *r.assumptions));
  if (r.assumptions && task.figure.is_difference) write("break_even.csv", break_even_csv(values, *r.assumptions, about.better));
  write(output_directory::marker, sensitivity_manifest(origin, about.name));
  return faults;
}

}  // namespace sifang

#endif
