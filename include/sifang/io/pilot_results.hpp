// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_PILOT_RESULTS_HPP
#define SIFANG_IO_PILOT_RESULTS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/pilot.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/pilot_ledger.hpp"
#include "sifang/io/pilot_tables.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/stats/before_after.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The directory that `pilot` leaves: pilot.json, pilot.csv with a row for each length of a trial or each month of one that was made,
/// manifest.json.

namespace sifang {

/// How it came about: enough to do it again.
struct pilot_origin {
  std::string version;                 ///< of the program
  std::vector<std::string> scenarios,  ///< files or names
      settings,                        ///< of the command line, of the second policy
      common;                          ///< of both
  std::string policy_names[2];         ///< as they are shown
  std::uint64_t seed = 0;              ///< of the base
  std::size_t replications = 0;        ///< years of each policy
  std::string delta{},                 ///< of the command line; empty without
      ledger{},                        ///< likewise
      from{};                          ///< likewise
};

namespace detail {

[[nodiscard]] inline std::string pilot_manifest(const pilot_origin& origin, metric what) {
  json_writer json(2);
  json.begin_object().member("format", "sifang-manifest").member("version", 1).member("program_version", std::string_view(origin.version));
  json.member("command", "pilot").member("finished", true);
  const auto texts = [&](std::string_view name, const std::vector<std::string>& all) {
    json.key(name).begin_array();
    for (const std::string& one : all) json.value(std::string_view(one));
    json.end_array();
  };
  texts("scenarios", origin.scenarios);
  texts("settings", origin.settings);
  texts("common", origin.common);
  if (!origin.delta.empty()) json.member("delta", std::string_view(origin.delta));
  if (!origin.ledger.empty()) json.member("ledger", std::string_view(origin.ledger)).member("from", std::string_view(origin.from));
  json.member("seed", origin.seed).member("replications", origin.replications).member("metric", info(what).name).end_object();
  return std::move(json).finish();
}

inline void optional_months(json_writer& json, std::string_view name, const std::optional<std::size_t>& months) {
  json.key(name);
  if (months)
    json.value(*months);
  else
    json.null();
}

}  // namespace detail

/// pilot.csv of a plan: a row for each number of months.
[[nodiscard]] inline std::string pilot_csv(const pilot_plan& plan) {
  csv_writer csv{"months", "sessions",      "changed_sessions", "before",       "after",         "difference",   "error",
                 "power",  "counted_power", "stepped_groups",   "stepped_each", "stepped_error", "stepped_power"};
  for (const pilot_trial& t : plan.trials) {
    csv.field(static_cast<std::int64_t>(t.months)).field(t.sessions).field(t.changed_sessions);
    if (t.figures.has_value)
      csv.field(t.figures.before).field(t.figures.after).field(t.figures.difference()).field(t.figures.error);
    else
      for (int k = 0; k < 4; ++k) csv.empty();
    csv.field(t.power);
    if (t.counted)
      csv.field(*t.counted);
    else
      csv.empty();
    if (t.stepped.months_each > 0) {
      csv.field(static_cast<std::int64_t>(t.stepped.design.groups)).field(static_cast<std::int64_t>(t.stepped.months_each));
      csv.field(std::sqrt(t.stepped.variance)).field(t.stepped_power);
    } else {
      for (int k = 0; k < 4; ++k) csv.empty();
    }
    csv.end_row();
  }
  return csv.text();
}

/// pilot.json of a plan, with its sentences in both languages.
[[nodiscard]] inline std::string pilot_json(const pilot_plan& plan, const pilot_origin& origin) {
  json_writer json(3);
  json.begin_object().member("format", "sifang-pilot").member("version", 1).member("program_version", std::string_view(origin.version));
  json.member("metric", info(plan.asked.what).name).member("base", std::string_view(origin.policy_names[0]));
  json.member("policy", std::string_view(origin.policy_names[1])).member("seed", origin.seed).member("replications", plan.replications);
  json.member("power", plan.asked.power).member("level", plan.asked.level).member("most_months", plan.asked.most_months);
  const std::string en = pilot_sentence(plan, origin.policy_names[0], origin.policy_names[1], language::en);
  const std::string zh = pilot_sentence(plan, origin.policy_names[0], origin.policy_names[1], language::zh);
  json.member("en", std::string_view(en)).member("zh", std::string_view(zh));
  json.member("before", plan.before).member("after", plan.after).key("expected");
  detail::write_value(json, plan.expected);
  json.member("smallest_that_matters", plan.smallest).member("shows", plan.shows_absence ? "absence" : "difference");
  json.member("first_month", static_cast<std::size_t>(plan.first_month));
  json.key("noise").begin_object().member("month", plan.noise.month).member("year", plan.noise.year);
  json.member("correlation", plan.noise.correlation).member("dispersion", plan.noise.dispersion).end_object();
  detail::optional_months(json, "least_months", plan.least);
  detail::optional_months(json, "least_months_stepped", plan.least_stepped);
  json.key("stepped").begin_object().member("how", name_of(plan.how_stepped)).member("places", plan.places);
  json.member("difference", plan.stepped_difference).member("month_within", plan.place_within).member("between", plan.place_between);
  json.end_object();
  if (const ledger_need* need = need_of(plan.asked.what)) {
    json.key("record").begin_object().member("how", name_of(need->sight)).member("columns", need->columns);
    json.member("en", need->en).member("zh", need->zh).end_object();
  }
  json.end_object();
  return std::move(json).finish();
}

/// Puts the files of a plan into a directory that is being filled; the caller commits. \pre planned; asserted
[[nodiscard]] inline std::vector<fault> write_pilot(const pilot_plan& plan, const pilot_origin& origin, const output_directory& into) {
  SIFANG_ASSERT(plan.state == pilot_state::planned, "a plan");
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, const std::string& text) {
    for (fault& f : into.write(name, text)) faults.push_back(std::move(f));
  };
  write("pilot.json", pilot_json(plan, origin));
  write("pilot.csv", pilot_csv(plan));
  write(output_directory::marker, detail::pilot_manifest(origin, plan.asked.what));
  return faults;
}

/// Puts the files of an evaluation into a directory that is being filled; the caller commits. \pre months were read; asserted
[[nodiscard]] inline std::vector<fault> write_evaluation(const ledger_months& months, const trial_outcome& found, metric what, day from,
                                                         const pilot_origin& origin, const output_directory& into) {
  SIFANG_ASSERT(months.state == ledger_months_state::read, "months of a ledger");
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, const std::string& text) {
    for (fault& f : into.write(name, text)) faults.push_back(std::move(f));
  };
  json_writer json(3);
  json.begin_object().member("format", "sifang-pilot-evaluation").member("version", 1);
  json.member("program_version", std::string_view(origin.version)).member("metric", info(what).name);
  json.member("ledger", std::string_view(origin.ledger)).member("from", std::string_view(origin.from));
  json.member("months", months.after.size()).member("before", found.before).member("after", found.after).key("difference");
  detail::write_value(json, found.difference);
  json.member("error_of_months", found.from_months).member("error", found.error).member("degrees_of_freedom", found.degrees).end_object();
  write("pilot.json", std::move(json).finish());
  csv_writer csv{"month", "before_numerator", "before_denominator", "after_numerator", "after_denominator"};
  for (std::size_t m = 0; m < months.after.size(); ++m) {
    csv.field(to_string(detail::month_from(from, static_cast<int>(m))).substr(0, 7));
    csv.field(months.before[m].numerator).field(months.before[m].denominator);
    csv.field(months.after[m].numerator).field(months.after[m].denominator).end_row();
  }
  write("pilot.csv", csv.text());
  write(output_directory::marker, detail::pilot_manifest(origin, what));
  return faults;
}

}  // namespace sifang

#endif
