// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_PLANNING_INPUT_HPP
#define SIFANG_IO_PLANNING_INPUT_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/county.hpp"
#include "sifang/io/scenario_file.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/scenario_rules.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace sifang {

/// A scenario and the county that it plays in.
struct planning_input {
  scenario settings;          ///< every parameter, defaults included
  county place;               ///< read from the tables that the scenario names
  parameter_places places{};  ///< where each parameter was set, for messages
  std::string laid_on{};      ///< as in `scenario_reading`
};

namespace detail {

/// Reads the tables of the county of a scenario that was read, and judges both together.
[[nodiscard]] inline checked<planning_input> with_county(scenario_reading reading, const text_source& from) {
  const auto& files = reading.settings.county;
  if (files.units.empty() || files.officials.empty() || files.links.empty()) return std::move(reading.faults);
  checked<county> place = load_county({files.units, files.officials, files.links, files.holidays}, from);
  if (place) {
    const county_tree& units = place->org.units();
    for (const category_setting& c : reading.settings.categories) {
      if (c.matter_unit.empty() || units.find(c.matter_unit)) continue;
      std::vector<std::string> codes;
      for (const unit_id u : units.all()) codes.push_back(units.code(u));
      reading.faults.push_back({fault_kind::unknown_unit,
                                reading.places.of({"category." + c.id + ".matter_unit"}),
                                {c.matter_unit, nearest(c.matter_unit, codes)}});
    }
  } else {
    reading.faults.insert(reading.faults.end(), place.faults().begin(), place.faults().end());
  }
  if (reading.faults.empty())
    return planning_input{std::move(reading.settings), *std::move(place), std::move(reading.places), std::move(reading.laid_on)};
  tidy(reading.faults);
  return std::move(reading.faults);
}

}  // namespace detail

/// Reads a scenario, applies settings, and reads the tables of its county: one call tells everything that
/// is wrong in all of the files, also where one refers to another (`unknown_unit`: a category's department).
/// \param from  where scenario and tables are: files, or texts in memory
[[nodiscard]] inline checked<planning_input> load_planning_input(const std::filesystem::path& path,
                                                                 std::span<const std::string> settings = {},
                                                                 const text_source& from = text_files()) {
  return detail::with_county(read_scenario(path, settings, from), from);
}

/// The same for a policy that is laid on a base (`read_policy`): its county is the base's.
[[nodiscard]] inline checked<planning_input> load_policy_input(const std::filesystem::path& policy, const std::filesystem::path& base,
                                                               std::span<const std::string> settings = {},
                                                               const text_source& from = text_files()) {
  return detail::with_county(read_policy(policy, base, settings, from), from);
}

}  // namespace sifang

#endif
