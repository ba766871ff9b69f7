// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_PLANNED_WORLD_HPP
#define SIFANG_IO_PLANNED_WORLD_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/case_load_file.hpp"
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
};

/// A world and how it came about.
struct planned_world {
  world place;            ///< ready to be played
  std::string laid_on{};  ///< as in `scenario_reading`
};

/// Reads a scenario, its county and perhaps a case load, and makes the world that they describe: everything that is wrong
/// with any of them, or the world. What is wrong with a policy on its base is told where the policy sets it.
[[nodiscard]] inline checked<planned_world> load_world(const std::filesystem::path& scenario_name, const world_wanted& wanted = {},
                                                       const text_source& from = text_files()) {
  auto input = load_policy_input(scenario_name, wanted.base, wanted.settings, from);
  if (!input) return std::move(input).faults();
  scenario& s = input->settings;
  if (!wanted.sessions.empty()) s.reception.sessions = sessions_among(s.reception.sessions, wanted.sessions);
  if (wanted.replications) s.replications = *wanted.replications;
  case_load recorded;
  if (!wanted.cases.empty()) {
    std::vector<std::string> categories;
    for (const category_setting& c : s.categories) categories.push_back(c.id);
    auto load = load_case_load(wanted.cases, {&input->place.org.units(), categories, s.first(), s.last()}, from);
    if (!load) return std::move(load).faults();
    recorded = *std::move(load);
  }
  const parameter_places places = std::move(input->places);
  auto made =
      world::make(std::move(s), std::move(input->place.org), std::move(input->place.calendar), wanted.cases.empty() ? nullptr : &recorded);
  if (made) return planned_world{*std::move(made), std::move(input->laid_on)};
  std::vector<fault> faults = std::move(made).faults();
  for (fault& f : faults) {
    if (!wanted.base.empty() && f.where.file.empty()) f.where = places.of(f.details.empty() ? std::string() : f.details.front());
  }
  return faults;
}

}  // namespace sifang

#endif
