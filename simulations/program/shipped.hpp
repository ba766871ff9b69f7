// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_SHIPPED_HPP
#define SIFANG_PROGRAM_SHIPPED_HPP

#include "verbs.hpp"

#include "sifang/core/fault.hpp"
#include "sifang/io/given_texts.hpp"
#include "sifang/io/planning_input.hpp"
#include "sifang/io/text_source.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

/// \file
/// The scenarios that ship with the program, and the one that a word of the command line means.

namespace sifang_program {

/// Folders that scenarios are looked for in, the first first: that of SIFANG_SCENARIOS, that of the installed program,
/// that of the sources.
[[nodiscard]] std::vector<std::filesystem::path> scenario_folders();
/// Files, standard input as `-`, and spreadsheets; with these folders for what a scenario extends by its name.
[[nodiscard]] const sifang::given_texts& scenario_texts();
/// Names of the scenarios that ship, in the order of the alphabet.
[[nodiscard]] std::vector<std::string> shipped_names();

/// The scenario file meant: a path, or the name of one that ships.
/// Faults: `unknown_scenario`, with the nearest that ships or stands in the same folder.
[[nodiscard]] sifang::checked<std::filesystem::path> scenario_meant(const std::string& name);

/// The file of figures and parameters meant: a path, or the name of one that ships beside the scenarios (`calibration/NAME.toml`).
[[nodiscard]] std::filesystem::path targets_meant(const std::string& name);

/// The file of decisions and targets meant, likewise (`optimisation/NAME.toml`).
[[nodiscard]] std::filesystem::path optimisation_meant(const std::string& name);

/// Reads the scenario meant and its county, with settings.
[[nodiscard]] sifang::checked<sifang::planning_input> read_input(const std::string& name, std::span<const std::string> settings);

}  // namespace sifang_program

#endif
