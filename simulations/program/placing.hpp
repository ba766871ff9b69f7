// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_PLACING_HPP
#define SIFANG_PROGRAM_PLACING_HPP

#include "verbs.hpp"

#include "sifang/io/file_in_the_making.hpp"
#include "sifang/io/output_directory.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// \file
/// Where the results of a verb go, from its options.

namespace sifang_program {

/// Opens the folder that `--out` names, else NAME in `within`. Tells what is wrong, and what dead runs had left there.
/// \returns `done` or `bad_input`
int open_results(const options& o, const std::string& name, std::optional<sifang::output_directory>& into,
                 const std::filesystem::path& within = "out");

/// Puts results in place. If they can't be, tells so, and where they are instead.
/// \param faults  of writing them; if there are any, they are told and nothing is placed
/// \returns `done` or `failed`
int place_results(const options& o, std::vector<sifang::fault> faults, sifang::output_directory& results, bool finished = true);

/// Begins a file that an option names, if it names one. Tells what is wrong.
/// \returns `done`, `bad_input` if a file is there, or `failed` if the place cannot be written
int begin_file(const options& o, const std::string& path, std::optional<sifang::file_in_the_making>& into);

/// Says that an option needs what this program was built without (`SIFANG_PROGRAM_WITH_OFFICE`). \returns `bad_input`
int tell_no_office(const options& o, std::string_view option);

/// What a scenario is called from a folder: the name of one that ships, or the way to its file.
[[nodiscard]] std::string called_from(const std::filesystem::path& folder, const std::string& name);

}  // namespace sifang_program

#endif
