// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_NUMBER_FORMAT_HPP
#define SIFANG_OFFICE_NUMBER_FORMAT_HPP

#include "sifang/core/number_text.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/cell_text.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// \file
/// Numbers of a spreadsheet as text: its dates are numbers too, and only the format of the cell says so (ECMA-376, 18.8.30).

namespace sifang {

/// Whether a number format shows a date or a time: it has y, m, d, h or s outside of quotes, brackets and escapes.
/// \complexity linear
[[nodiscard]] inline bool is_date_format(std::string_view code) {
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"') {
      i = code.find('"', i + 1);
    } else if (c == '[') {
      const std::size_t end = code.find(']', i);
      const std::string_view inside = code.substr(i + 1, end == std::string_view::npos ? end : end - i - 1);
      if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) return true;  // [h]:mm
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (std::string_view("yYmMdDhHsS").find(c) != std::string_view::npos) {
      return true;
    }
    if (i == std::string_view::npos) return false;
  }
  return false;
}

/// Whether a format that every spreadsheet knows by its number shows a date or a time; 27 to 36 and 50 to 58 are those of East Asia.
[[nodiscard]] constexpr bool is_built_in_date(std::int64_t id) noexcept {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/// The number of a cell whose format shows a date: `YYYY-MM-DD`, with ` HH:MM` if it has a part of a day, or that alone below one day.
/// A number that is no day is itself.
/// \param from_1904  the workbook counts from 1904-01-01, which is day 0
[[nodiscard]] inline std::string date_cell_text(double serial, bool from_1904) {
  constexpr double first = 61, end = 2'958'466;  // 1900-03-01; the year 10000
  constexpr std::int32_t days_1904 = 1462;
  if (serial >= 0 && serial < 1) return clock_text(detail::minutes_of_part(serial));
  const double counted = from_1904 ? serial + days_1904 : serial;
  if (!(counted >= first && counted < end)) return number_text(serial);
  const double whole = std::floor(counted);
  std::string out = to_string(day_of_serial(static_cast<std::int32_t>(whole)));
  if (counted > whole) out += ' ' + clock_text(detail::minutes_of_part(counted - whole));
  return out;
}

}  // namespace sifang

#endif
