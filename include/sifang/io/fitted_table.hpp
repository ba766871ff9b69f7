// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_FITTED_TABLE_HPP
#define SIFANG_IO_FITTED_TABLE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/io/text_table.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Tables and sentences that fit the width of a terminal, in Latin and Chinese script.

namespace sifang {

/// Columns of a terminal that tables and sentences of `run` and `compare` keep to.
inline constexpr std::size_t terminal_columns = 100;

namespace detail {

/// The character that a text begins with. Bytes that begin none are one each.
[[nodiscard]] constexpr std::string_view first_character(std::string_view text) noexcept {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) ++length;
  return text.substr(0, length);
}

/// Whether a character may not stand at the beginning of a line, or may not stand at its end (GB/T 15834: marks of a clause stay with it).
/// @{
[[nodiscard]] constexpr bool ends_only(std::string_view character) noexcept {
  constexpr std::string_view marks[] = {"，", "。", "；", "：", "、", "？", "！", "）", "”", "’", "》", "】"};
  for (const std::string_view mark : marks)
    if (mark == character) return true;
  return false;
}
[[nodiscard]] constexpr bool begins_only(std::string_view character) noexcept {
  constexpr std::string_view marks[] = {"（", "“", "‘", "《", "【"};
  for (const std::string_view mark : marks)
    if (mark == character) return true;
  return false;
}
/// @}

}  // namespace detail

/// The beginning of a text that takes at most so many columns, and the rest: broken at the last blank, which goes, or between two
/// characters of which one is Chinese, but not before a comma or after an opening bracket; within a word only where nothing else is left.
/// The whole text where it fits.
/// \complexity linear
template <class = when_called>
[[nodiscard]] std::pair<std::string_view, std::string_view> broken_at(std::string_view text, std::size_t columns) {
  std::size_t used = 0, inside = 0;                // width so far; end of the last character that still fits
  std::pair<std::size_t, std::size_t> best{0, 0};  // where the line ends, and where the next begins
  std::string_view before;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view character = detail::first_character(text.substr(at));
    const bool is_wide = display_width(character) == 2 || display_width(before) == 2;
    if (at > 0 && character == " ") best = {at, at + 1};
    if (at > 0 && is_wide && character != " " && before != " " && !detail::ends_only(character) && !detail::begins_only(before))
      best = {at, at};
    used += display_width(character);
    if (used > columns) break;
    at += character.size();
    inside = at;
    before = character;
  }
  if (inside == text.size()) return {text, {}};
  if (best.first > 0) return {text.substr(0, best.first), text.substr(best.second)};
  if (inside == 0) inside = detail::first_character(text).size();  // columns for not even one
  return {text.substr(0, inside), text.substr(inside)};
}

/// Lines that are longer than so many columns go on in further ones, two columns to the right of where they begin.
/// \pre more than eight columns; asserted
template <class = when_called>
[[nodiscard]] std::string wrapped_lines(std::string_view text, std::size_t columns = terminal_columns) {
  SIFANG_ASSERT(columns > 8, "more than eight columns");
  std::string out;
  while (!text.empty()) {
    const std::size_t end = (std::min)(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    const std::size_t indent = (std::min)(line.find_first_not_of(' '), line.size());
    const std::size_t further = indent + 2 < columns / 2 ? indent + 2 : 2;
    bool is_first = true;
    do {
      // The indent belongs to the line, so that no break falls into it.
      const auto [now, rest] =
          broken_at(is_first ? line.substr(indent) : line, columns - (is_first ? (std::min)(indent, columns / 2) : further));
      out.append(is_first ? indent : further, ' ').append(now);
      out += '\n';
      line = rest;
      is_first = false;
    } while (!line.empty());
    if (end == text.size()) {
      out.pop_back();
      break;
    }
    text.remove_prefix(end + 1);
  }
  return out;
}

namespace detail {

/// Rows of cells, laid out.
class table_fitter {
 public:
  table_fitter(const std::vector<std::vector<std::string>>& rows, std::size_t columns) : columns_(columns) {
    for (const auto& row : rows) {
      SIFANG_ASSERT(row.size() == rows.front().size(), "as many cells as the header has");
      rows_.emplace_back();
      for (const std::string& cell : row) rows_.back().push_back(one_line(cell));
    }
    widths_.assign(rows_.front().size(), 0);
    for (const auto& row : rows_) {
      for (std::size_t c = 0; c < row.size(); ++c) widths_[c] = (std::max)(widths_[c], display_width(row[c]));
    }
  }

  [[nodiscard]] std::string text() const {
    std::size_t whole = 0;
    for (const std::size_t width : widths_) whole += width + gap;
    if (whole <= columns_ + gap || widths_.size() == 1) return block(1, widths_.size());
    std::string out;
    for (const auto& [begin, end] : blocks()) out += (out.empty() ? "" : "\n") + block(begin, end);
    return out;
  }

 private:
  static constexpr std::size_t gap = 2, least_first = 25;

  /// Columns that a value takes at most, beside the first column.
  [[nodiscard]] std::size_t of_value(std::size_t c) const { return (std::min)(widths_[c], columns_ - first_at_least() - gap); }
  [[nodiscard]] std::size_t first_at_least() const { return (std::min)({widths_[0], least_first, columns_ / 2}); }

  /// How many blocks it takes, and then which columns each has: about as many each.
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> blocks() const {
    const std::size_t values = widths_.size() - 1;
    for (std::size_t count = 1; count < values; ++count) {
      std::vector<std::pair<std::size_t, std::size_t>> out;
      bool fits = true;
      for (std::size_t b = 0; b < count; ++b) {
        out.emplace_back(1 + b * values / count, 1 + (b + 1) * values / count);
        std::size_t used = first_at_least();
        for (std::size_t c = out.back().first; c < out.back().second; ++c) used += of_value(c) + gap;
        fits = fits && used <= columns_;
      }
      if (fits) return out;
    }
    std::vector<std::pair<std::size_t, std::size_t>> each;
    for (std::size_t c = 1; c <= values; ++c) each.emplace_back(c, c + 1);
    return each;
  }

  /// The first column and these, cells that are too long going on in further lines.
  [[nodiscard]] std::string block(std::size_t begin, std::size_t end) const {
    std::vector<std::size_t> shown{0}, width{0};
    std::size_t used = 0;
    for (std::size_t c = begin; c < end; ++c) {
      shown.push_back(c);
      width.push_back(of_value(c));
      used += width.back() + gap;
    }
    width[0] = (std::min)(widths_[0], columns_ > used + 1 ? columns_ - used : 1);
    std::string out;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      row_of(rows_[r], shown, width, out);
      if (r > 0) continue;
      std::vector<std::string> rule;
      for (const std::size_t w : width) rule.emplace_back(w, '-');
      line_of(rule, width, out);
    }
    return out;
  }

  static void row_of(const std::vector<std::string>& row, const std::vector<std::size_t>& shown, const std::vector<std::size_t>& width,
                     std::string& out) {
    std::vector<std::string_view> left;
    for (const std::size_t c : shown) left.emplace_back(row[c]);
    for (bool is_first = true, more = true; more; is_first = false) {
      std::vector<std::string> line;
      more = false;
      for (std::size_t k = 0; k < left.size(); ++k) {
        const std::size_t indent = !is_first && k == 0 && !left[k].empty() && width[k] > 4 ? 2 : 0;
        const auto [now, rest] = broken_at(left[k], width[k] - indent);
        line.push_back(std::string(indent, ' ').append(now));
        left[k] = rest;
        more = more || !rest.empty();
      }
      line_of(line, width, out);
    }
  }
  /// One line, without blanks at its end.
  static void line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& width, std::string& out) {
    std::string line;
    for (std::size_t k = 0; k < cells.size(); ++k) {
      line += cells[k];
      if (k + 1 < cells.size()) line.append((std::max)(width[k], display_width(cells[k])) - display_width(cells[k]) + gap, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }

  std::size_t columns_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> widths_;
};

}  // namespace detail

/// Rows as an aligned table no wider than so many columns; the first row is the header, the first column says what a row is about. Where
/// it would be wider, first the cells of the first column go on in further lines; if that is not enough, columns come in blocks, one below
/// the other, each with the first column. Control characters are shown as blanks.
/// \pre at least one row with a cell, each with as many, and 20 columns; asserted
/// \complexity linear in the text
template <class = when_called>
[[nodiscard]] std::string fitted_table(const std::vector<std::vector<std::string>>& rows, std::size_t columns = terminal_columns) {
  SIFANG_ASSERT(!rows.empty() && !rows.front().empty(), "at least one row with a cell");
  SIFANG_ASSERT(columns >= 20, "20 columns or more");
  return detail::table_fitter(rows, columns).text();
}

}  // namespace sifang

#endif
