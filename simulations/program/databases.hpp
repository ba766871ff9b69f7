// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_DATABASES_HPP
#define SIFANG_PROGRAM_DATABASES_HPP

#include "verbs.hpp"

#include "sifang/core/fault.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/sweep.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/results.hpp"
#include "sifang/io/sweep_grid.hpp"
#include "sifang/io/sweep_results.hpp"

#include <filesystem>
#include <vector>

/// \file
/// Results as databases, where the program was built with SQLite.

namespace sifang_program {

/// Tells if `--database` asks for what this program cannot write. \returns `done` or `bad_input`
int check_database(const options& o);

/// Adds a database to results that are being written, if `--database` is there. \returns what went wrong @{
std::vector<sifang::fault> add_database(const options& o, const sifang::result& r, const sifang::run_origin& origin,
                                        const sifang::output_directory& into);
std::vector<sifang::fault> add_database(const options& o, const sifang::sweep_grid& grid, const sifang::sweep_result& r,
                                        const sifang::sweep_origin& origin, const sifang::output_directory& into);
/// @}

/// Results of a folder, of results.json or of a database.
sifang::checked<sifang::result> results_meant(const std::filesystem::path& place);

}  // namespace sifang_program

#endif
