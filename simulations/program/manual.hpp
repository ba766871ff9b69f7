// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_MANUAL_HPP
#define SIFANG_PROGRAM_MANUAL_HPP

#include "sifang/core/fault.hpp"

#include <string>
#include <string_view>

/// \file
/// What is made of the table of verbs and options for others than the program itself.

namespace sifang_program {

/// The manual page in the macros of man(7), in UTF-8.
[[nodiscard]] std::string manual_page(sifang::language lang);

/// The completion script of a shell; empty for one that is not known.
/// \param shell  bash, zsh or fish
[[nodiscard]] std::string completion_script(std::string_view shell, sifang::language lang);

}  // namespace sifang_program

#endif
