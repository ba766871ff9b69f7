// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_PLANNED_WORLD_HPP
#define SIFANG_IO_PLANNED_WORLD_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/ledger_frame.hpp"
#include "sifang/io/ledger_map.hpp"
#include "sifang/io/ledger_reading.hpp"
#include "sifang/io/planning_input.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/petition/case_load.hpp"
#include "sifang/reception/session_kind.hpp"
#include "sifang/reception/setting.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sifang {

/// What a world is to be made of, beside the scenario.
struct world_wanted {
  std::vector<std::string> settings{};   ///< each `key=value`, over those of the scenario
  std::optional<int> replications{};     ///< in place of the scenario's
  std::filesystem::path cases{};         ///< a recorded case load to be replayed; empty: grievances arise as the scenario says
  std::filesystem::path base{};          ///< what a policy is laid on (`read_policy`); empty: what it extends
  std::vector<session_kind> sessions{};  ///< kinds of all scenarios that it is compared with (`sessions_among`); empty: its own
  std::filesystem::path map{};           ///< how the ledger of `cases` is read (`ledger.map.toml`); empty: by the dictionary alone
  bool skip_bad = false;                 ///< use the rows of the ledger that can be used where others cannot
  bool keep_cases = false;               ///< leave the recorded cases beside the world, for other worlds of them
};

/// A world and how it came about.
struct planned_world {
  world place;                             ///< ready to be played
  std::string laid_on{};                   ///< as in `scenario_reading`
  std::optional<ledger_reading> ledger{};  ///< how the recorded cases were read, without the cases; nothing: none were
  std::optional<case_load> cases{};        ///< the recorded cases, if they were to be kept
};

namespace detail {

/// Reads a ledger as a scenario and its county have it.
[[nodiscard]] inline checked<ledger_reading> ledger_of(const planning_input& input, const std::filesystem::path& cases,
                                                       const std::filesystem::path& map, const text_source& from) {
  ledger_map how;
  if (!map.empty()) {
    auto read = load_ledger_map(map, from);
    if (!read) return std::move(read).faults();
    how = *std::move(read);
  }
  const ledger_frame frame(input.settings, input.place.org);
  return load_ledger(cases, frame, how, from);
}

/// The faults of the rows, and how many there are of how many.
[[nodiscard]] inline std::vector<fault> unusable(const ledger_reading& read) {
  std::vector<fault> faults = read.told;
  faults.push_back({fault_kind::rows_unusable, {read.file}, {std::to_string(read.rows_rejected), std::to_string(read.rows)}});
  return faults;
}

}  // namespace detail

/// Reads a scenario, its county and perhaps a case load, and makes the world that they describe: everything that is wrong
/// with any of them, or the world. What is wrong with a policy on its base is told where the policy sets it.
[[nodiscard]] inline checked<planned_world> load_world(const std::filesystem::path& scenario_name, const world_wanted& wanted = {},
                                                       const text_source& from = text_files()) {
  auto input = load_policy_input(scenario_name, wanted.base, wanted.settings, from);
  if (!input) return std::move(input).faults();
  scenario& s = input->settings;
  if (!wanted.sessions.empty()) s.reception.sessions = sessions_among(s.reception.sessions, wanted.sessions);
  if (wanted.replications) s.replications = *wanted.replications;
  std::optional<ledger_reading> ledger;
  if (!wanted.cases.empty()) {
    auto read = detail::ledger_of(*input, wanted.cases, wanted.map, from);
    if (!read) return std::move(read).faults();
    if (read->rows_rejected > 0 && (!wanted.skip_bad || read->load.cases.empty())) return detail::unusable(*read);
    ledger = *std::move(read);
  }
  case_load recorded = ledger ? std::exchange(ledger->load, {}) : case_load{};
  const parameter_places places = std::move(input->places);
  auto made = world::make(std::move(s), std::move(input->place.org), std::move(input->place.calendar), ledger ? &recorded : nullptr);
  if (made) {
    planned_world out{*std::move(made), std::move(input->laid_on), std::move(ledger)};
    if (wanted.keep_cases && out.ledger) out.cases = std::move(recorded);
    return out;
  }
  std::vector<fault> faults = std::move(made).faults();
  for (fault& f : faults) {
    if (!wanted.base.empty() && f.where.file.empty()) f.where = places.of(f.details.empty() ? std::string() : f.details.front());
  }
  return faults;
}

}  // namespace sifang

#endif
