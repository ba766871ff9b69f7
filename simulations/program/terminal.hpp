// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_TERMINAL_HPP
#define SIFANG_PROGRAM_TERMINAL_HPP

#include "sifang/core/fault.hpp"

#include <memory>
#include <string>

/// \file
/// What the environment says of language and characters, and output that a terminal can show.
///
/// Files and pipes always get UTF-8. A terminal gets the characters of its locale and no control characters: what it
/// cannot show becomes a plain likeness (– is -) or question marks.

namespace sifang_program {

/// Language of messages: from LC_ALL, LC_MESSAGES or LANG, the first that is set and not empty.
[[nodiscard]] sifang::language language_of_environment();

/// Character set of the terminal, by its usual name: from LC_ALL, LC_CTYPE or LANG, the first that is set and not empty.
/// The part after the dot counts even if the locale is not installed here; "ASCII" if nothing says more.
[[nodiscard]] std::string charset_of_environment();

/// Standard output and error as they are from here to the end of this object's life.
class terminal {
 public:
  terminal();
  ~terminal();  ///< puts the streams back, and says once if not all could be shown
  terminal(const terminal&) = delete;
  terminal& operator=(const terminal&) = delete;

  /// The language that standard output (or error) can be read in: English where the terminal cannot show Chinese.
  [[nodiscard]] sifang::language readable_out(sifang::language wanted);
  [[nodiscard]] sifang::language readable_error(sifang::language wanted);
  /// Whether standard output is a terminal that can show the bars of sparklines.
  [[nodiscard]] bool shows_bars() const;
  /// The language of what is said at the end.
  void speak(sifang::language lang) noexcept { language_ = lang; }

 private:
  class filter;
  [[nodiscard]] sifang::language readable(filter* stream, sifang::language wanted);

  std::unique_ptr<filter> out_, error_;  // null where the stream is no terminal
  bool english_instead_ = false;         // of Chinese
  std::string charset_;
  sifang::language language_ = sifang::language::en;
};

}  // namespace sifang_program

#endif
