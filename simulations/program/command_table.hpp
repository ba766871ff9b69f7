// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_COMMAND_TABLE_HPP
#define SIFANG_PROGRAM_COMMAND_TABLE_HPP

#include "verbs.hpp"

#include "sifang/core/fault.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// \file
/// The verbs and options of the program, what they hold and what help says of them.

namespace sifang_program {

/// A text in each language.
struct both_languages {
  std::string_view en, zh;

  [[nodiscard]] constexpr std::string_view in(sifang::language lang) const noexcept { return lang == sifang::language::zh ? zh : en; }
};

/// An option that is there or not.
struct flag {
  bool options::*into;
};
/// An option with one text; given twice it is a fault.
struct one_text {
  std::string options::*into;
};
/// An option that may be repeated.
struct texts {
  std::vector<std::string> options::*into;
};
/// A whole number within bounds; given twice it is a fault.
struct whole_number {
  void (*put)(options&, int);
  int least, most;
};
/// One of a few words; given twice it is a fault.
struct one_of {
  std::string options::*into;
  std::span<const std::string_view> words;
};

struct option_row {
  std::string_view name;  ///< with its dashes
  char letter;            ///< its short form; 0 if it has none
  both_languages value;   ///< what stands for its value in help; empty for a flag
  both_languages about;
  std::variant<flag, one_text, texts, whole_number, one_of> holds;
  bool needed = false;
};

struct verb_row {
  std::string_view name;
  int (*call)(const options&);
  bool shared;  ///< the ranks of mpirun share its work; otherwise the first alone does it
  both_languages about;
  both_languages word;  ///< what its words are, in help; empty if it takes none
  both_languages word_about;
  std::size_t least, most;  ///< words that it takes
  std::span<const option_row> options_of;
};

/// A command to begin with, and what it does.
struct example {
  both_languages words, about;
};

[[nodiscard]] std::span<const verb_row> verbs() noexcept;
[[nodiscard]] std::span<const example> examples() noexcept;
/// Whether an option takes a value.
[[nodiscard]] constexpr bool takes_value(const option_row& row) noexcept { return !std::holds_alternative<flag>(row.holds); }
/// `--lang`, which every verb has.
[[nodiscard]] const option_row& language_option() noexcept;

}  // namespace sifang_program

#endif
