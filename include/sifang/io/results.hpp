// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_RESULTS_HPP
#define SIFANG_IO_RESULTS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/io/cost_results.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/pareto_picture.hpp"
#include "sifang/io/results_json.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The directory that an experiment leaves: results.json, kpi.csv, differences.csv, cost.csv, pareto.svg, manifest.json.

namespace sifang {

/// How a run came about, for its manifest: enough to do it again. No clock, no machine: the same run
/// leaves the same bytes.
struct run_origin {
  std::string command;                 ///< verb, such as "run" or "compare"
  std::vector<std::string> scenarios;  ///< files
  std::vector<std::string> settings;   ///< each `key=value` of the command line
  std::vector<std::string> common{};   ///< those for every policy
  std::string cases{};                 ///< file of recorded cases; empty without
  std::string map{};                   ///< file of how that was read; empty without
  std::size_t cases_left_out = 0;      ///< its rows that could not be used
  std::string draws{};                 ///< file of draws of what is not known; empty without
};

namespace detail {
inline void interval_fields(csv_writer& csv, const interval& v) {
  const bool bounds = v.bounded() || v.kind == interval_kind::constant;
  for (const auto& [number, known] : {std::pair(v.estimate, v.has_value()), std::pair(v.lower, bounds), std::pair(v.upper, bounds)}) {
    if (known && std::isfinite(number))
      csv.field(number);
    else
      csv.empty();
  }
}
/// What the bounds are: a word for programs, words for people in two languages.
inline void interval_words(csv_writer& csv, const interval& v) {
  const interval_kind_text& text = text_of(v.kind);
  csv.field(text.id).field(text.en).field(text.zh);
}
/// Level of the interval of a difference; of one of the county as a whole what matters, and what a single year may bring.
inline void width_fields(csv_writer& csv, const result& r, const result_comparison& c, std::size_t m, bool of_county) {
  csv.field(of_county && r.metrics[m].headline && c.joint_confidence > 0 ? c.joint_confidence : r.confidence);
  if (of_county && m < c.matters.size())
    csv.field(c.matters[m]);
  else
    csv.empty();
  interval_fields(csv, of_county && m < c.one_year.size() ? c.one_year[m] : interval{});
}
/// Numerator and denominator of a ratio in a year on average.
inline void parts_fields(csv_writer& csv, const ratio_parts& all, std::size_t replications) {
  if (!all.known()) return static_cast<void>(csv.empty().empty());
  const ratio_parts year = all.of_a_year(replications);
  csv.field(year.numerator).field(year.denominator);
}
}  // namespace detail

/// Every estimate, one a row: policy, metric, dimension, item, estimate, lower, upper, what the bounds are, and of a ratio its
/// numerator and denominator in a year on average. What cannot be told has empty fields.
[[nodiscard]] inline std::string kpi_csv(const result& r) {
  csv_writer csv{"policy", "metric",   "dimension",   "item",        "estimate",  "lower",
                 "upper",  "interval", "interval_en", "interval_zh", "numerator", "denominator"};
  for (const result_policy& policy : r.policies) {
    for (std::size_t m = 0; m < policy.values.size(); ++m) {
      for (std::size_t d = 0; d < policy.values[m].size(); ++d) {
        for (std::size_t i = 0; i < policy.values[m][d].size(); ++i) {
          const interval& v = policy.values[m][d][i];
          csv.field(policy.id).field(r.metrics[m].id).field(r.dimensions[d].id).field(r.dimensions[d].items[i].id);
          detail::interval_fields(csv, v);
          detail::interval_words(csv, v);
          detail::parts_fields(csv, policy.parts.empty() ? ratio_parts{} : policy.parts[m][d][i],
                               static_cast<std::size_t>(policy.replications));
          csv.end_row();
        }
      }
    }
  }
  return csv.text();
}

/// Every difference between two policies on common random numbers, one a row. At the end its level; of the county as a whole how large it
/// must be to matter, and what it may be in one single year.
[[nodiscard]] inline std::string differences_csv(const result& r) {
  csv_writer csv{"base",        "other",      "metric",         "dimension",   "item",       "difference",
                 "lower",       "upper",      "variance_ratio", "verdict",     "interval",   "interval_en",
                 "interval_zh", "confidence", "matters",        "year_median", "year_lower", "year_upper"};
  for (const result_comparison& comparison : r.comparisons) {
    for (std::size_t m = 0; m < comparison.values.size(); ++m) {
      for (std::size_t d = 0; d < comparison.values[m].size(); ++d) {
        for (std::size_t i = 0; i < comparison.values[m][d].size(); ++i) {
          const result_difference& v = comparison.values[m][d][i];
          csv.field(r.policies[comparison.base].id).field(r.policies[comparison.other].id);
          csv.field(r.metrics[m].id).field(r.dimensions[d].id).field(r.dimensions[d].items[i].id);
          detail::interval_fields(csv, v.difference);
          if (v.difference.has_value()) {
            csv.field(v.variance_ratio).field(v.verdict);
          } else {
            csv.empty().empty();
          }
          detail::interval_words(csv, v.difference);
          detail::width_fields(csv, r, comparison, m, d == 0);
          csv.end_row();
        }
      }
    }
  }
  return csv.text();
}

/// What its policies are called, in their order.
[[nodiscard]] inline std::vector<std::string> names_of_policies(const result& r) {
  std::vector<std::string> out;
  for (const result_policy& p : r.policies) out.push_back(p.id);
  return out;
}

/// What was run: version, command, and for each policy its seed, fingerprint and every parameter as text.
[[nodiscard]] inline std::string manifest_json(const result& r, const run_origin& origin) {
  json_writer json(3);
  json.begin_object().member("format", "sifang-manifest").member("version", 1).member("program_version", std::string_view(r.version));
  json.member("command", std::string_view(origin.command)).member("finished", r.unfinished_replications == 0);
  const auto list = [&](std::string_view name, const std::vector<std::string>& texts) {
    json.key(name).begin_array();
    for (const std::string& text : texts) json.value(std::string_view(text));
    json.end_array();
  };
  list("scenarios", origin.scenarios);
  list("settings", origin.settings);
  if (!origin.common.empty()) list("common", origin.common);
  if (!origin.cases.empty()) json.member("cases", std::string_view(origin.cases));
  if (!origin.map.empty()) json.member("map", std::string_view(origin.map));
  if (origin.cases_left_out > 0) json.member("cases_left_out", static_cast<std::int64_t>(origin.cases_left_out));
  if (r.unknowns) {  // those that were refused were asked for too
    json.key("unknowns").begin_object().member("draws", r.unknowns->draws + r.unknowns->refused);
    json.member("replications", r.unknowns->replications);
    if (!origin.draws.empty()) json.member("file", std::string_view(origin.draws));
    if (r.unknowns->others_drawn) json.member("others", true);
    json.end_object();
  }
  json.key("policies").begin_array();
  for (const result_policy& policy : r.policies) {
    json.begin_object().member("id", std::string_view(policy.id)).member("seed", policy.seed);
    json.member("replications", policy.replications).member("fingerprint", std::string_view(policy.fingerprint));
    json.key("parameters").begin_object();
    for (const result_assumption& a : policy.assumptions) json.member(a.key, std::string_view(a.value));
    json.end_object().end_object();
  }
  json.end_array().end_object();
  return std::move(json).finish();
}

/// Puts the files of a result into a directory that is being filled; the caller adds others and commits.
[[nodiscard]] inline std::vector<fault> write_results(const result& r, const run_origin& origin, const output_directory& into) {
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, const std::string& text) {
    for (fault& f : into.write(name, text)) faults.push_back(std::move(f));
  };
  write("results.json", results_json(r));
  write("kpi.csv", kpi_csv(r));
  if (!r.comparisons.empty()) write("differences.csv", differences_csv(r));
  const std::vector<std::string> names = names_of_policies(r);
  if (!r.costs.policies.empty()) write("cost.csv", cost_csv(r.costs, names));
  if (r.costs.policies.size() > 1) write("pareto.svg", pareto_svg(r.costs, names));
  write(output_directory::marker, manifest_json(r, origin));
  return faults;
}

}  // namespace sifang

#endif
