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
/// that of the sources or, of a program built with SIFANG_EMBED_SCENARIOS, what is linked into it.
[[nodiscard]] std::vector<std::filesystem::path> scenario_folders();
/// What the user gives (`given_texts`), and behind it what is linked into a program built with SIFANG_EMBED_SCENARIOS.
class shipped_texts {
 public:
  explicit shipped_texts(sifang::given_texts given);

  /// As `given_texts` has them. @{
  [[nodiscard]] sifang::checked<std::string> text(const std::filesystem::path& name, const sifang::text_wanted& wanted) const;
  [[nodiscard]] bool has(const std::filesystem::path& name) const;
  [[nodiscard]] std::string identity(const std::filesystem::path& name) const;
  [[nodiscard]] std::vector<std::string> scenarios(const std::filesystem::path& folder) const;
  [[nodiscard]] std::vector<std::filesystem::path> folders() const;
  /// @}

 private:
  [[nodiscard]] bool is_inside(const std::filesystem::path& name) const;

  sifang::given_texts given_;
  sifang::named_texts inside_;
};

/// Files, standard input as `-`, and spreadsheets; with folders for what a scenario extends by its name.
[[nodiscard]] const shipped_texts& scenario_texts();
/// Names of the scenarios that ship, in the order of the alphabet.
[[nodiscard]] std::vector<std::string> shipped_names();

/// The scenario file meant: a path, or the name of one that ships.
/// Faults: `unknown_scenario`, with the nearest that ships or stands in the same folder.
[[nodiscard]] sifang::checked<std::filesystem::path> scenario_meant(const std::string& name);

/// The file of figures and parameters meant: a path, or the name of one that ships beside the scenarios (`calibration/NAME.toml`).
[[nodiscard]] std::filesystem::path targets_meant(const std::string& name);

/// The file of draws meant: a path, or the name of those that a calibration left of a scenario that ships (`calibration/NAME.csv`).
[[nodiscard]] std::filesystem::path draws_meant(const std::string& name);

/// The file of decisions and targets meant, likewise (`optimisation/NAME.toml`).
[[nodiscard]] std::filesystem::path optimisation_meant(const std::string& name);

/// Reads the scenario meant and its county, with settings.
[[nodiscard]] sifang::checked<sifang::planning_input> read_input(const std::string& name, std::span<const std::string> settings);

}  // namespace sifang_program

#endif
