// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_COMPARED_HPP
#define SIFANG_PROGRAM_COMPARED_HPP

#include "verbs.hpp"

#include "sifang/petition/case_load.hpp"
#include "sifang/county/world.hpp"
#include "sifang/io/ledger_reading.hpp"
#include "sifang/reception/session_kind.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// \file
/// Policies that stand side by side: how a command line names them, the same for every verb that has several.

namespace sifang_program {

/// A policy to be simulated: a checked world and where it came from.
struct policy {
  std::string id;
  std::unique_ptr<sifang::world> place;
  std::vector<std::string> settings;               ///< of the command line, for it alone
  bool laid_elsewhere = false;                     ///< on the base, and not on the scenario that its file extends
  std::optional<sifang::ledger_reading> ledger{};  ///< how the recorded cases were read
  std::optional<sifang::case_load> cases{};        ///< the recorded cases, where worlds are made of them again
  /// What it was made from, to make it again: file, all its settings, base, and kinds of session. @{
  std::string file{};
  std::vector<std::string> made_with{};
  std::filesystem::path base{};
  std::vector<sifang::session_kind> sessions{};
  /// @}
};

/// The policies that the command line names, two at least that can be compared, with the kinds of session of each. Tells what is wrong.
/// \returns `done` or `bad_input`
int compared_policies(const options& o, std::string_view verb, std::vector<policy>& policies);

/// Says what settings have made of the policies, and on what each was laid; nothing with `--quiet`.
void echo_policies(const options& o, const std::vector<policy>& policies);

}  // namespace sifang_program

#endif
