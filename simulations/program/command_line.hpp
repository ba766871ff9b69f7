// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_COMMAND_LINE_HPP
#define SIFANG_PROGRAM_COMMAND_LINE_HPP

#include "verbs.hpp"

#include "sifang/core/fault.hpp"

#include <string>
#include <string_view>
#include <vector>

/// \file
/// What the words of a command line mean, in both languages. The table of verbs and options is `command_table.cpp`.
///
/// An option takes exactly one value: `--out FOLDER`, `--out=FOLDER`, `-o FOLDER`, `-oFOLDER`. Options stand anywhere,
/// also before the verb; `--` ends them. A value that looks like an option is written with `=`.

namespace sifang_program {

struct verb_row;

/// What is wrong with a command line, as a sentence in each language.
struct complaint {
  std::string en, zh;
};

/// A command line as it was understood.
struct command {
  options chosen;
  const verb_row* verb = nullptr;      ///< null if none was named, or one that is none
  bool help = false, version = false;  ///< asked for instead of work
  std::vector<complaint> wrong;        ///< one for each wrong word; with any, nothing is done
};

/// Language that the command line names, else that of the environment: it holds for the complaints too.
[[nodiscard]] sifang::language language_of(const std::vector<std::string>& words, sifang::language environment);

/// Understands the words after the program's name.
[[nodiscard]] command understand(const std::vector<std::string>& words, sifang::language lang);

/// Help for a verb, or for the program if there is none.
[[nodiscard]] std::string help_text(const verb_row* verb, sifang::language lang);

/// The candidate that was meant: the shortest that begins with the word, else the nearest; empty if neither is near.
/// Neither case nor the kind of dash counts.
[[nodiscard]] std::string meant_by(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace sifang_program

#endif
