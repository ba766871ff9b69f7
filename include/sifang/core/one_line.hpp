// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_ONE_LINE_HPP
#define SIFANG_CORE_ONE_LINE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

/// \file
/// Text of somebody else, as one line that a terminal can show.

namespace sifang {

namespace detail {

/// A character of UTF-8: its number and how many bytes it takes; no bytes if what stands there is none.
struct utf8_character {
  std::uint32_t number = 0;
  std::size_t bytes = 0;
};

/// The character that begins at a byte. \pre at < text.size()
[[nodiscard]] constexpr utf8_character character_at(std::string_view text, std::size_t at) noexcept {
  SIFANG_ASSERT(at < text.size(), "a byte of the text");
  const auto byte = [&](std::size_t i) -> std::uint32_t { return static_cast<unsigned char>(text[i]); };
  const std::uint32_t lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
  if (bytes == 0 || at + bytes > text.size()) return {};
  std::uint32_t number = lead & (0x7Fu >> bytes);
  for (std::size_t k = 1; k < bytes; ++k) {
    if ((byte(at + k) & 0xC0) != 0x80) return {};
    number = (number << 6) | (byte(at + k) & 0x3F);
  }
  const bool overlong = (bytes == 3 && number < 0x800) || (bytes == 4 && number < 0x10000);
  const bool surrogate = number >= 0xD800 && number <= 0xDFFF;
  if (overlong || surrogate || number > 0x10FFFF) return {};
  return {number, bytes};
}

/// Whether a character tells a terminal what to do, instead of being shown: controls, ends of lines and paragraphs, and
/// what turns the direction of writing around.
[[nodiscard]] constexpr bool is_control(std::uint32_t c) noexcept {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

}  // namespace detail

/// Text with control characters as blanks and bytes that are no UTF-8 as question marks, cut with an ellipsis after
/// `most` bytes, never within a character. \complexity linear in what is kept
template <class = when_called>
[[nodiscard]] inline std::string one_line(std::string_view text, std::size_t most = (std::numeric_limits<std::size_t>::max)()) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (out.size() >= most) return out + "…";
    const detail::utf8_character c = detail::character_at(text, at);
    if (c.bytes == 0) {
      out += '?';
    } else if (detail::is_control(c.number)) {
      out += ' ';
    } else {
      out.append(text, at, c.bytes);
    }
    at += c.bytes == 0 ? 1 : c.bytes;
  }
  return out;
}

}  // namespace sifang

#endif
