// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_TEXT_TABLE_HPP
#define SIFANG_IO_TEXT_TABLE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/one_line.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// Columns of a terminal that a text in UTF-8 takes: two for the wide characters of East Asia (UAX #11),
/// none for combining marks, one for any other.
[[nodiscard]] constexpr std::size_t display_width(std::string_view text) noexcept {
  struct span {
    std::uint32_t first, last;
  };
  constexpr span wide[] = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
                           {0xA000, 0xA4CF}, {0xA960, 0xA97F}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                           {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
  constexpr span narrowless[] = {{0x0300, 0x036F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
  const auto in = [](std::uint32_t c, const auto& spans) {
    for (const span& s : spans) {
      if (c >= s.first && c <= s.last) return true;
    }
    return false;
  };
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t c = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k) c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
    i += length;
    width += in(c, wide) ? 2 : in(c, narrowless) ? 0 : 1;
  }
  return width;
}

/// A table for a terminal: columns aligned by what the eye sees, not by bytes.
class text_table {
 public:
  /// The header sets the number of columns.
  explicit text_table(std::vector<std::string> header) : columns_(header.size()) { add(std::move(header)); }

  /// Control characters are shown as blanks. \pre as many cells as the header has
  void add(std::vector<std::string> row) {
    SIFANG_ASSERT(row.size() == columns_, "as many cells as the header has");
    row.resize(columns_);
    for (std::string& cell : row) cell = one_line(cell);
    rows_.push_back(std::move(row));
  }

  /// Columns two blanks apart, a rule under the header, no blanks at the ends of lines.
  [[nodiscard]] std::string text() const {
    std::vector<std::size_t> width(columns_);
    for (const auto& row : rows_) {
      for (std::size_t c = 0; c < columns_; ++c) width[c] = (std::max)(width[c], display_width(row[c]));
    }
    std::string out;
    const auto line = [&](const auto& cell) {
      std::string whole;
      for (std::size_t c = 0; c < columns_; ++c) {
        const std::string text = cell(c);
        whole += text;
        if (c + 1 < columns_) whole.append(width[c] - display_width(text) + 2, ' ');
      }
      whole.erase(whole.find_last_not_of(' ') + 1);
      out += whole + '\n';
    };
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      line([&](std::size_t c) { return rows_[r][c]; });
      if (r == 0) line([&](std::size_t c) { return std::string(width[c], '-'); });
    }
    return out;
  }

 private:
  std::size_t columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace sifang

#endif
