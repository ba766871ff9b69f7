// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_HISTORIES_HPP
#define SIFANG_PROGRAM_HISTORIES_HPP

#include "verbs.hpp"

#include "sifang/experiment/assemble.hpp"
#include "sifang/io/file_in_the_making.hpp"
#include "sifang/io/log_format.hpp"
#include "sifang/io/office_tables.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// \file
/// The files of histories that `--cases-out` and `--events-out` ask for.

namespace sifang_program {

/// The format that `--events-out` asks for by its ending. Tells what is wrong; nothing then.
[[nodiscard]] std::optional<sifang::log_format> events_format(const options& o);

/// Ledger and event log of chosen replications, begun before anything that takes long and put in place when all is written.
class history_files {
 public:
  /// Begins what the options ask for: nothing, one file or both. Tells what is wrong.
  /// \param replications  of each policy
  /// \returns `done`; `bad_input` for options that are wrong or a file that is there; `failed` for a place that cannot be written
  [[nodiscard]] int begin(const options& o, std::size_t replications);
  /// Plays the chosen replications of every policy once more, watched, and puts the files in place.
  /// \returns `done`, or `failed`: then no file is there that was not before
  [[nodiscard]] int write(const options& o, std::span<const sifang::studied_policy> policies);

 private:
  std::vector<std::uint32_t> numbers_;
  sifang::log_format format_ = sifang::log_format::csv;  ///< of the events
  std::optional<sifang::file_in_the_making> cases_, events_;
};

/// The tables of an office of one possible year, as it stands on the last simulated day.
[[nodiscard]] std::vector<sifang::office_table> tables_of_year(const sifang::world& w, std::uint32_t number, sifang::language lang);

}  // namespace sifang_program

#endif
