// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_EMBEDDED_HPP
#define SIFANG_PROGRAM_EMBEDDED_HPP

#include <span>
#include <string_view>

/// \file
/// The scenarios and tables that ship, linked into a program that is to be one file (SIFANG_EMBED_SCENARIOS).

namespace sifang_program {

struct embedded_text {
  std::string_view name,  ///< from the folder `simulations`: `scenarios/xiapu-2022.toml`
      text;               ///< as it is in the file
};

/// Made by `embedded.cmake`.
[[nodiscard]] std::span<const embedded_text> embedded_texts() noexcept;

}  // namespace sifang_program

#endif
