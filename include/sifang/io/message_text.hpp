// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_MESSAGE_TEXT_HPP
#define SIFANG_IO_MESSAGE_TEXT_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/sort_stably.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

/// \file
/// What was found in a file, as one line of a message can show it.

namespace sifang {

/// Text with line breaks and other control characters as blanks, cut after `most` bytes, never within a character.
[[nodiscard]] inline std::string shortened(std::string_view text, std::size_t most = 80) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (out.size() >= most && (byte & 0xC0) != 0x80) return out + "…";
    out += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return out;
}

/// Makes each fault fit for one line and puts those of one file in the order of its lines. Files keep the
/// order in which they were first found faulty.
inline void tidy(std::vector<fault>& faults) {
  std::vector<std::string> files;
  for (fault& f : faults) {
    for (std::string& detail : f.details) detail = shortened(detail, 400);
    if (std::find(files.begin(), files.end(), f.where.file) == files.end()) files.push_back(f.where.file);
  }
  const auto rank = [&](const fault& f) {
    return std::tuple(std::find(files.begin(), files.end(), f.where.file) - files.begin(), f.where.line,
                      f.where.column);
  };
  detail::sort_stably(faults, [&](const fault& a, const fault& b) { return rank(a) < rank(b); });
}

}  // namespace sifang

#endif
