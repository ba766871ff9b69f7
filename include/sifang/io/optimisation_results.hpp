// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_OPTIMISATION_RESULTS_HPP
#define SIFANG_IO_OPTIMISATION_RESULTS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/county/further_handlers.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/experiment/decision_task.hpp"
#include "sifang/experiment/lattice_problem.hpp"
#include "sifang/experiment/optimise.hpp"
#include "sifang/io/calibration_results.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/decided_roster.hpp"
#include "sifang/io/extended_scenario.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/optimisation_study.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/results.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/scenario_reference.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The directory that an optimisation leaves: optimisation.json, optimise.csv, below.csv, answer.toml, roster.csv, duties.csv,
/// manifest.json, and links.csv where leaders' links were decided.

namespace sifang {

/// How an optimisation came about: enough to do it again.
struct optimisation_origin {
  std::string version,                ///< of the program
      scenario,                       ///< file or name
      targets;                        ///< file of decisions and targets
  std::vector<std::string> settings;  ///< of the command line
  std::uint64_t seed = 0;             ///< of the scenario
  std::string cases{};                ///< file of recorded cases; empty without
};

/// What files call the steps of a search, the states of a proof, its end, and where a search begins; in the order of the enumerators. @{
inline constexpr std::array<std::string_view, 8> lattice_step_names{"start",      "widest",   "diagonal", "bisection",
                                                                    "difference", "exchange", "repair",   "neighbour"};
inline constexpr std::array<std::string_view, 5> lattice_state_names{"not_seen", "holds", "fails", "undecided", "no_data"};
inline constexpr std::array<std::string_view, 5> lattice_end_names{"proven", "not_proven", "cannot_be_met", "impossible", "stopped"};
inline constexpr std::array<std::string_view, 4> start_basis_names{"given", "middle", "offered_load", "reception_day"};
template <class Names, class Enumerator>
[[nodiscard]] constexpr std::string_view name_in(const Names& names, Enumerator e) noexcept {
  return names[static_cast<std::size_t>(e)];
}
/// @}

namespace detail {

/// The value of a decision at a point.
[[nodiscard]] inline const std::string& value_at(const decision_task& task, const lattice_point& at, std::size_t j) {
  return task.decisions[j].values[static_cast<std::size_t>(at[j])];
}
/// The target of a figure that was judged.
[[nodiscard]] inline const decision_target& judged(const decision_task& task, const optimisation_result& r, std::size_t k) {
  return task.targets[r.judged[k]];
}
inline void point_fields(csv_writer& csv, const decision_task& task, const lattice_point& at) {
  for (std::size_t j = 0; j < task.decisions.size(); ++j) csv.field(value_at(task, at, j));
}

}  // namespace detail

/// optimise.csv: every point that was looked at, in order, with what the search saw of it.
[[nodiscard]] inline std::string optimisation_points_csv(const decision_task& task, const optimisation_result& r) {
  csv_writer csv{};
  csv.field(std::string_view("point")).field(std::string_view("why"));
  for (const decision& d : task.decisions) csv.field(d.key);
  csv.field(std::string_view("replications")).field(std::string_view("left_early")).field(std::string_view("cost"));
  if (task.sessions_a_week) csv.field(std::string_view("sessions_a_week"));
  for (const std::size_t k : r.judged) csv.field(task.targets[k].name);
  csv.end_row();
  for (std::size_t i = 0; i < r.answer.trials.size(); ++i) {
    const lattice_trial& t = r.answer.trials[i];
    csv.field(static_cast<std::int64_t>(i + 1)).field(name_in(lattice_step_names, t.why));
    detail::point_fields(csv, task, t.at);
    csv.field(static_cast<std::int64_t>(t.sums.replications()));
    csv.field(std::string_view(t.screened ? "yes" : "no"));
    if (t.sums.replications() > 0)
      csv.field(t.cost);
    else
      csv.empty();
    if (task.sessions_a_week) {
      if (t.known.empty())
        csv.empty();
      else
        csv.field(t.known.front());
    }
    for (std::size_t k = 0; k < r.judged.size(); ++k) {
      const double seen = t.sums.replications() > 0 ? t.sums.ratio(k) : std::nan("");
      if (std::isfinite(seen))
        csv.field(seen);
      else
        csv.empty();
    }
    csv.end_row();
  }
  return csv.text();
}

/// below.csv: the answer and each point one level below it, on fresh numbers: a row for each target.
[[nodiscard]] inline std::string optimisation_below_csv(const decision_task& task, const optimisation_result& r) {
  csv_writer csv{"lowered",  "value", "answer", "replications", "state", "target",      "wanted",     "bound",
                 "estimate", "lower", "upper",  "target_state", "saved", "saved_lower", "saved_upper"};
  const auto rows_of = [&](const lattice_proof& p) {
    for (std::size_t k = 0; k < (std::max<std::size_t>)(p.figures.size(), 1); ++k) {
      if (p.axis < 0) {
        csv.empty().empty().empty();
      } else {
        const auto j = static_cast<std::size_t>(p.axis);
        csv.field(task.decisions[j].key).field(detail::value_at(task, p.at, j)).field(detail::value_at(task, r.answer.at, j));
      }
      csv.field(static_cast<std::int64_t>(p.replications)).field(name_in(lattice_state_names, p.state));
      if (k < p.figures.size()) {
        const decision_target& t = detail::judged(task, r, k);
        csv.field(t.name).field(std::string_view(t.wanted.at_least ? "at_least" : "at_most")).field(t.wanted.bound);
        detail::interval_fields(csv, p.figures[k]);
        csv.field(name_in(lattice_state_names, p.slacks[k].state));
      } else {
        csv.empty().empty().empty().empty().empty().empty().empty();
      }
      if (p.saved.has_value())
        csv.field(p.saved.estimate).field(p.saved.lower).field(p.saved.upper);
      else
        csv.empty().empty().empty();
      csv.end_row();
    }
  };
  rows_of(r.answer.proof);
  for (const lattice_proof& p : r.answer.below) rows_of(p);
  return csv.text();
}

namespace detail {

inline void write_point(json_writer& json, const decision_task& task, const lattice_point& at) {
  json.begin_object();
  for (std::size_t j = 0; j < task.decisions.size(); ++j) json.member(task.decisions[j].key, std::string_view(value_at(task, at, j)));
  json.end_object();
}
inline void write_proof(json_writer& json, const decision_task& task, const optimisation_result& r, const lattice_proof& p) {
  json.begin_object();
  if (p.axis >= 0) json.member("lowered", std::string_view(task.decisions[static_cast<std::size_t>(p.axis)].key));
  json.key("decisions");
  write_point(json, task, p.at);
  json.member("replications", p.replications).member("state", name_in(lattice_state_names, p.state)).key("cost");
  write_value(json, p.cost);
  if (p.axis >= 0) {
    json.key("saved");
    write_value(json, p.saved);
  }
  if (!p.known.empty()) json.member("sessions_a_week", p.known.front());
  json.key("targets").begin_array();
  for (std::size_t k = 0; k < p.figures.size(); ++k) {
    json.begin_object().member("target", std::string_view(judged(task, r, k).name)).key("value");
    write_value(json, p.figures[k]);
    json.member("state", name_in(lattice_state_names, p.slacks[k].state)).end_object();
  }
  json.end_array().end_object();
}

}  // namespace detail

/// optimisation.json: everything.
[[nodiscard]] inline std::string optimisation_json(const decision_task& task, const optimisation_result& r, const lattice_options& search,
                                                   const optimisation_origin& origin) {
  json_writer json(2);
  json.begin_object()
      .member("format", "sifang-optimisation")
      .member("version", 1)
      .member("program_version", std::string_view(origin.version));
  json.member("scenario", std::string_view(origin.scenario)).member("targets_file", std::string_view(origin.targets));
  json.member("seed", origin.seed).member("end", name_in(lattice_end_names, r.answer.end)).member("confidence", search.confidence);
  json.member("replications", r.answer.replications).member("points", r.answer.trials.size()).member("rounds", r.answer.rounds);
  json.member("looked_below", r.answer.has_looked_below).member("out_of_budget", r.answer.out_of_budget);
  json.member("seen_all", r.answer.seen_all).key("decisions").begin_array();
  for (std::size_t j = 0; j < task.decisions.size(); ++j) {
    const decision& d = task.decisions[j];
    const decision_start& s = r.starts[j];
    json.begin_object().member("key", std::string_view(d.key)).key("values").begin_array();
    for (const std::string& v : d.values) json.value(std::string_view(v));
    json.end_array().key("prices").begin_array();
    for (const double p : d.prices) json.value(p);
    json.end_array().member("start", std::string_view(d.values[static_cast<std::size_t>(s.level)]));
    json.member("start_basis", name_in(start_basis_names, s.basis));
    if (s.basis == start_basis::offered_load || s.basis == start_basis::reception_day)
      json.member("load", s.load).member("served_by_theory", s.served);
    json.member("answer", std::string_view(detail::value_at(task, r.answer.at, j))).end_object();
  }
  json.end_array().key("targets").begin_array();
  for (const std::size_t k : r.judged) {
    const decision_target& t = task.targets[k];
    json.begin_object().member("target", std::string_view(t.name)).member("metric", info(t.measure.what).name);
    json.member("unit", t.measure.unit()).member("wanted", t.wanted.at_least ? "at_least" : "at_most").member("bound", t.wanted.bound);
    json.end_object();
  }
  json.end_array().key("left_out").begin_array();
  for (const std::size_t k : r.left_out) json.value(std::string_view(task.targets[k].name));
  json.end_array().key("cost").begin_array();
  for (const decision_cost& c : task.costs) {
    json.begin_object().member("metric", info(c.what).name).member("weight", c.weight).end_object();
  }
  json.end_array().key("path").begin_array();
  for (const std::size_t at : r.answer.path) json.value(at + 1);
  json.end_array().key("answer");
  detail::write_proof(json, task, r, r.answer.proof);
  json.key("below").begin_array();
  for (const lattice_proof& p : r.answer.below) detail::write_proof(json, task, r, p);
  json.end_array().end_object();
  return std::move(json).finish();
}

/// answer.toml: a scenario that extends the one that was optimised and has what was decided, and the settings of the command line.
/// \param extends   what the other scenario is called from there
/// \param decided   the scenario with what was decided
/// \param settings  of the command line, each `key=value`
/// \param deals_links  whether leaders' links were dealt anew: then they are those of links.csv beside it
[[nodiscard]] inline std::string answer_scenario(const decision_task& task, const optimisation_result& r, const lattice_options& search,
                                                 const std::string& extends, const scenario& decided,
                                                 const std::vector<std::string>& settings, bool deals_links) {
  std::vector<std::string> keys;
  for (const std::string& setting : settings) {
    if (std::string key = detail::key_of_setting(setting); !deals_links || key != links_key) keys.push_back(std::move(key));
  }
  for (const decision& d : task.decisions) {
    if (d.key != links_key) keys.emplace_back(parameter_of(d.key));
  }
  const bool proven = r.answer.end == lattice_end::proven;
  std::string out = extended_scenario(extends, decided, keys,
                                      {"Made by `sifang optimise`. What was decided stands below, in [provenance].", "-answer",
                                       proven ? " (least cost that meets the targets)" : " (nearest to the targets)",
                                       proven ? "（达到目标的最小成本）" : "（最接近目标）"});
  if (deals_links) {
    const std::string line = std::string(links_key) + " = \"links.csv\"\n";  // a key of the top, before the first table
    out.insert(out.find("scenario.format"), line);
  }
  std::string wanted;
  for (std::size_t k = 0; k < r.judged.size(); ++k) {
    const decision_target& t = detail::judged(task, r, k);
    if (t.is_part && k > 0 && detail::judged(task, r, k - 1).measure.what == t.measure.what) continue;  // the same for each part
    wanted += (wanted.empty() ? "" : ", ") + (t.is_part ? t.name.substr(0, t.name.find('[')) : t.name) +
              (t.wanted.at_least ? " >= " : " <= ") + number_text(t.wanted.bound);
  }
  const std::string source = std::string("sifang optimise: ") + (proven ? "least cost found that meets " : "nearest to ") + wanted +
                             ", at " + number_text(search.confidence) + " confidence";
  const std::vector<described_parameter> values = describe(decided);
  std::vector<std::string_view> told;
  for (const decision& d : task.decisions) {
    const std::string_view key = parameter_of(d.key);
    const auto found = std::find_if(values.begin(), values.end(), [&](const described_parameter& v) { return v.about.key == key; });
    if (found == values.end() || found->is_default) continue;  // a default has its source
    if (key == links_key && !deals_links) continue;
    if (std::find(told.begin(), told.end(), key) != told.end()) continue;  // of another unit's handlers
    told.push_back(key);
    out += detail::toml_quoted(std::string(key)) + " = { mark = \"C\", source = " + detail::toml_quoted(source) + " }\n";
  }
  return out;
}

/// What was run.
[[nodiscard]] inline std::string optimisation_manifest(const optimisation_result& r, const optimisation_origin& origin) {
  json_writer json(2);
  json.begin_object().member("format", "sifang-manifest").member("version", 1).member("program_version", std::string_view(origin.version));
  json.member("command", "optimise").member("finished", !r.answer.is_stopped).key("scenarios").begin_array();
  json.value(std::string_view(origin.scenario))
      .end_array()
      .member("targets", std::string_view(origin.targets))
      .key("settings")
      .begin_array();
  for (const std::string& text : origin.settings) json.value(std::string_view(text));
  json.end_array();
  if (!origin.cases.empty()) json.member("cases", std::string_view(origin.cases));
  json.member("seed", origin.seed).member("replications", r.answer.replications).end_object();
  return std::move(json).finish();
}

/// Puts the files of an optimisation into a directory that is being filled; the caller commits.
/// \param answer  text of answer.toml (`answer_scenario`)  \param links  text of links.csv; empty: those of the scenario
/// \param roster  of the answer
[[nodiscard]] inline std::vector<fault> write_optimisation(const decision_task& task, const optimisation_result& r,
                                                           const lattice_options& search, const optimisation_origin& origin,
                                                           const std::string& answer, const std::string& links,
                                                           const decided_roster& roster, const output_directory& into) {
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, const std::string& text) {
    for (fault& f : into.write(name, text)) faults.push_back(std::move(f));
  };
  write("optimisation.json", optimisation_json(task, r, search, origin));
  write("optimise.csv", optimisation_points_csv(task, r));
  write("below.csv", optimisation_below_csv(task, r));
  write("answer.toml", answer);
  if (!links.empty()) write("links.csv", links);
  write("roster.csv", roster_csv(detail::span_of(roster.rows)));
  write("duties.csv", duties_csv(roster));
  write(output_directory::marker, optimisation_manifest(r, origin));
  return faults;
}

}  // namespace sifang

#endif
