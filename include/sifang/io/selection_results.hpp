// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SELECTION_RESULTS_HPP
#define SIFANG_IO_SELECTION_RESULTS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/select_policy.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/results.hpp"
#include "sifang/io/results_json.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The directory that a selection among policies leaves: selection.json, selection.csv, manifest.json.

namespace sifang {

/// How a selection came about: enough to do it again.
struct selection_origin {
  std::string version;                 ///< of the program
  std::vector<std::string> scenarios,  ///< files or names
      settings,                        ///< variants of the first, of the command line
      common;                          ///< settings for every policy
  std::string delta;                   ///< as it was written; empty: the default
  std::uint64_t seed = 0;              ///< of the first scenario
  std::string cases{};                 ///< file of recorded cases; empty without
};

namespace detail {
/// How a selection ended, as files have it.
[[nodiscard]] inline std::string_view end_text(const policy_selection& s) noexcept {
  if (s.budget > 0) return "budget";
  return s.found.end == selection_end::decided ? "decided" : "gave_up";
}
}  // namespace detail

/// selection.csv: a row of each policy.
/// \param names  of the policies, in their order \pre the selection found estimates of all policies; asserted
[[nodiscard]] inline std::string selection_csv(const policy_selection& s, std::span<const std::string> names) {
  SIFANG_ASSERT(s.estimates.size() == names.size() && s.chances.size() == names.size(), "a selection of these policies");
  csv_writer csv{"policy",    "metric",    "unit",        "selected",    "years",       "estimate",
                 "lower",     "upper",     "interval",    "interval_en", "interval_zh", "advantage",
                 "adv_lower", "adv_upper", "may_be_best", "probability", "left_behind", "alike"};
  const auto yes_or_no = [](bool yes) { return std::string_view(yes ? "yes" : "no"); };
  for (std::size_t k = 0; k < names.size(); ++k) {
    const selection_fate& f = s.found.fates[k];
    csv.field(names[k]).field(info(s.what).name).field(info(s.what).unit).field(yes_or_no(k == s.found.best));
    csv.field(static_cast<std::int64_t>(f.replications));
    detail::interval_fields(csv, s.estimates[k]);
    detail::interval_words(csv, s.estimates[k]);
    detail::interval_fields(csv, s.beside.advantage[k]);
    csv.field(yes_or_no(s.beside.may_be_best[k])).field(s.chances[k]);
    if (f.left)
      csv.field(names[f.by]);
    else
      csv.empty();
    csv.field(yes_or_no(f.alike)).end_row();
  }
  return csv.text();
}

/// All of it as JSON.
[[nodiscard]] inline std::string selection_json(const policy_selection& s, std::span<const std::string> names,
                                                const selection_origin& origin) {
  SIFANG_ASSERT(s.estimates.size() == names.size() && s.chances.size() == names.size(), "a selection of these policies");
  json_writer json(3);
  json.begin_object().member("format", "sifang-selection").member("version", 1);
  json.member("program_version", std::string_view(origin.version)).member("seed", origin.seed);
  json.member("metric", info(s.what).name).member("unit", info(s.what).unit).member("better", info(s.what).better);
  json.member("delta", s.delta).member("confidence", s.confidence).member("budget", s.budget);
  if (s.budget == 0) json.member("method", name_of(s.method));
  json.member("end", detail::end_text(s)).member("guaranteed", s.is_guaranteed()).member("selected", std::string_view(names[s.found.best]));
  json.member("years", s.found.replications).member("looks", s.found.looks).key("policies").begin_array();
  for (std::size_t k = 0; k < names.size(); ++k) {
    const selection_fate& f = s.found.fates[k];
    json.begin_object().member("name", std::string_view(names[k])).member("years", f.replications).key("estimate");
    detail::write_value(json, s.estimates[k]);
    json.key("advantage");
    detail::write_value(json, s.beside.advantage[k]);
    json.member("may_be_best", static_cast<bool>(s.beside.may_be_best[k])).member("probability", s.chances[k]).key("left_behind");
    if (f.left)
      json.value(std::string_view(names[f.by]));
    else
      json.null();
    json.member("alike", f.alike).end_object();
  }
  json.end_array().end_object();
  return std::move(json).finish();
}

/// What was run.
[[nodiscard]] inline std::string selection_manifest(const policy_selection& s, const selection_origin& origin) {
  json_writer json(2);
  json.begin_object().member("format", "sifang-manifest").member("version", 1).member("program_version", std::string_view(origin.version));
  json.member("command", "select").member("finished", true);
  for (const auto& [key, texts] :
       {std::pair("scenarios", &origin.scenarios), std::pair("settings", &origin.settings), std::pair("common", &origin.common)}) {
    json.key(key).begin_array();
    for (const std::string& text : *texts) json.value(std::string_view(text));
    json.end_array();
  }
  if (!origin.cases.empty()) json.member("cases", std::string_view(origin.cases));
  json.member("metric", info(s.what).name).member("delta", std::string_view(origin.delta)).member("budget", s.budget);
  if (s.budget == 0) json.member("method", name_of(s.method));
  json.member("seed", origin.seed).end_object();
  return std::move(json).finish();
}

/// Puts the files of a selection into a directory that is being filled; the caller commits.
[[nodiscard]] inline std::vector<fault> write_selection(const policy_selection& s, std::span<const std::string> names,
                                                        const selection_origin& origin, const output_directory& into) {
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, const std::string& text) {
    for (fault& f : into.write(name, text)) faults.push_back(std::move(f));
  };
  write("selection.json", selection_json(s, names, origin));
  write("selection.csv", selection_csv(s, names));
  write(output_directory::marker, selection_manifest(s, origin));
  return faults;
}

}  // namespace sifang

#endif
