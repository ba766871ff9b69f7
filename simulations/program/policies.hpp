// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_POLICIES_HPP
#define SIFANG_PROGRAM_POLICIES_HPP

#include "verbs.hpp"

#include "sifang/core/fault.hpp"
#include "sifang/core/warning.hpp"
#include "sifang/io/journal.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/engine/fingerprint.hpp"
#include "sifang/county/scenario.hpp"

#include <cstdint>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// From the command line to worlds, and what identifies them.

namespace sifang_program {

/// What the options say of a world, with settings.
[[nodiscard]] sifang::world_wanted wanted_of(const options& o, std::vector<std::string> settings);

/// Reads, checks and builds the policy of a scenario with settings.
/// \param base  what the policy is laid on; empty: what it extends
/// \param sessions  kinds that it is to have, those that it lacks closed; empty: its own
[[nodiscard]] sifang::checked<sifang::planned_world> make_world(const options& o, const std::string& name,
                                                                std::vector<std::string> settings, const std::filesystem::path& base = {},
                                                                const std::vector<sifang::session_kind>& sessions = {});

/// Writes one line a warning to standard error, each once; nothing with `--quiet`.
void tell_warnings(const options& o, const std::vector<sifang::warning>& warnings);

/// Takes in all that the replications of a scenario depend on: the sources of the program and the input (`add_input`).
void add_run(sifang::fingerprint& into, const options& o, const sifang::scenario& s);

/// Prints what settings of the command line have made of a scenario, one line each, so that a shell that cut one short, or
/// a rule that says something else than was meant, is seen. Nothing with `--quiet`.
/// \param of  whose settings they are; empty if those of the only policy
/// \param to  standard output; the error stream where the former is a table for other programs
void echo_settings(const options& o, std::string_view of, const std::vector<std::string>& settings, const sifang::scenario& s,
                   std::ostream& to = std::cout);

/// Opens the journal beside the results: of this very run, to go on with it or begin it. Tells what is wrong.
/// \returns `done` or `bad_input`
int open_journal(const options& o, const std::filesystem::path& results, std::uint64_t key, const std::string& about,
                 std::optional<sifang::journal>& into);

/// Says that a run was stopped and how to go on.
void tell_stopped(const options& o, const sifang::journal& kept);

}  // namespace sifang_program

#endif
