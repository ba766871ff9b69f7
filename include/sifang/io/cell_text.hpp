// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_CELL_TEXT_HPP
#define SIFANG_IO_CELL_TEXT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/core/time.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// \file
/// What people write into the cells of a table: dates, clock times, counts, yes and no, in the forms of office programs and
/// of Chinese bureaus, with the digits and signs of double width.

namespace sifang {

/// The text with digits, letters and signs of double width as those of ASCII, every kind of blank as one, without blanks at
/// either end and without what is not seen (zero width, byte-order marks). \complexity linear
[[nodiscard]] inline std::string plain_cell(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const detail::utf8_character c = detail::character_at(text, at);
    const std::size_t bytes = c.bytes == 0 ? 1 : c.bytes;
    const bool unseen = (c.number >= 0x200B && c.number <= 0x200D) || c.number == 0xFEFF || c.number == 0x2060;
    const bool blank = c.number == ' ' || (c.number >= '\t' && c.number <= '\r') || c.number == 0xA0 || c.number == 0x3000;
    if (c.bytes != 0 && blank) {
      out += ' ';
    } else if (c.number >= 0xFF01 && c.number <= 0xFF5E) {
      out += static_cast<char>(c.number - 0xFF01 + '!');
    } else if (!unseen || c.bytes == 0) {
      out.append(text, at, bytes);
    }
    at += bytes;
  }
  const std::size_t first = out.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  out.erase(out.find_last_not_of(' ') + 1);
  out.erase(0, first);
  return out;
}

/// `plain_cell` in small letters and without any blank: what words are compared by.
[[nodiscard]] inline std::string plain_word(std::string_view text) {
  std::string out;
  for (const char c : plain_cell(text)) {
    if (c != ' ') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

/// A day and perhaps the minute of it.
struct cell_moment {
  day date;                     ///< of any year
  std::optional<minutes> time;  ///< 00:00 to 24:00; seconds are left out
};

namespace detail {

/// Goes through the text of one cell.
class cell_reader {
 public:
  explicit cell_reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  /// A number of at most so many digits; nothing is taken where there is none.
  std::optional<int> number(std::size_t most_digits) {
    std::size_t count = 0;
    while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') ++count;
    if (count == 0 || count > most_digits) return std::nullopt;
    const auto value = digits(rest_.substr(0, count));
    rest_.remove_prefix(count);
    return value;
  }
  bool word(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  template <std::size_t N>
  bool any(const std::array<std::string_view, N>& words) {
    for (const std::string_view one : words) {
      if (word(one)) return true;
    }
    return false;
  }
  void blanks() {
    while (word(" ")) {}
  }

 private:
  std::string_view rest_;
};

/// A clock time with the rest of its cell: 8:15, 08:15:30, 8时15分, 上午8:15, 3:15 PM.
[[nodiscard]] inline std::optional<minutes> clock_in(cell_reader& in) {
  const bool after = in.any(std::array<std::string_view, 3>{"下午", "晚上", "晚"}),
             before = !after && in.any(std::array<std::string_view, 2>{"上午", "早上"});
  in.blanks();
  const auto hour = in.number(2);
  if (!hour) return std::nullopt;
  int minute = 0;
  const bool words = in.any(std::array<std::string_view, 2>{"时", "点"});
  if (words || in.word(":")) {
    const auto m = in.number(2);
    if (!m && !words) return std::nullopt;
    minute = m.value_or(0);
    const bool seconds_follow = in.word(":") || (in.word("分") && !in.at_end());
    if (seconds_follow) {
      const auto second = in.number(2);
      if (!second || *second > 59) return std::nullopt;
      if (in.word(".")) (void)in.number(9);
      (void)in.word("秒");
    }
  } else if (!after && !before) {
    return std::nullopt;
  }
  in.blanks();
  const bool pm = in.any(std::array<std::string_view, 2>{"PM", "pm"}), am = !pm && in.any(std::array<std::string_view, 2>{"AM", "am"});
  const bool twelve = after || before || pm || am;
  int h = *hour;
  if (twelve && (pm || am) && (h < 1 || h > 12)) return std::nullopt;
  if ((after || pm) && h < 12) h += 12;
  if ((before || am) && h == 12) h = 0;
  if (minute > 59 || h * 60 + minute > minutes_per_day) return std::nullopt;
  return minutes(h * 60 + minute);
}

/// A part of a day as a spreadsheet counts it, from 0 to below 1.
[[nodiscard]] inline minutes minutes_of_part(double part) noexcept {
  const auto whole = static_cast<std::int32_t>(std::floor(part * minutes_per_day + 0.5));
  return minutes(whole >= minutes_per_day ? minutes_per_day - 1 : whole);
}

}  // namespace detail

/// The day of a spreadsheet's serial number; 25569 is 1970-01-01. \pre 61 <= serial < 2958466, which is the year 10000; asserted
/// (before, the spreadsheet has a day that there was not)
[[nodiscard]] inline day day_of_serial(std::int32_t serial) noexcept {
  SIFANG_ASSERT(serial >= 61 && serial < 2958466, "a serial number of a day that there was");
  return day(serial - 25569);
}

/// The day, and the minute if there is one, that a cell writes: `2022-09-15`, `2022/9/15 9:30`, `2022.9.15`, `2022年9月15日`,
/// `20220915`, with `T` or a blank before a clock time of 24 or 12 hours; or the serial number of a spreadsheet from 1954 to 2200.
/// Which of 1/2/2022 is the month cannot be known: nothing.
[[nodiscard]] inline std::optional<cell_moment> cell_moment_of(std::string_view text) {
  const std::string cell = plain_cell(text);
  if (const auto serial = parse_number<double>(cell); serial && cell.find_first_not_of("0123456789.") == std::string::npos) {
    constexpr double first_serial = 20000, last_serial = 109939;  // 1954-10-03, 2200-12-31
    if (*serial >= first_serial && *serial < last_serial + 1) {
      const double whole = std::floor(*serial);
      cell_moment out{day_of_serial(static_cast<std::int32_t>(whole)), std::nullopt};
      if (*serial > whole) out.time = detail::minutes_of_part(*serial - whole);
      return out;
    }
    if (cell.size() != 8 || cell.find('.') != std::string::npos) return std::nullopt;
    const int all = *detail::digits(cell);
    const int y = all / 10000, m = all / 100 % 100, d = all % 100;
    if (!detail::is_date(y, static_cast<unsigned>(m), static_cast<unsigned>(d))) return std::nullopt;
    return cell_moment{day(y, static_cast<unsigned>(m), static_cast<unsigned>(d)), std::nullopt};
  }
  detail::cell_reader in(cell);
  constexpr std::array<std::string_view, 4> after_year{"-", "/", ".", "年"}, after_month{"-", "/", ".", "月"};
  const auto y = in.number(4);
  in.blanks();
  if (!y || *y < 1000 || !in.any(after_year)) return std::nullopt;
  in.blanks();
  const auto m = in.number(2);
  in.blanks();
  if (!m || !in.any(after_month)) return std::nullopt;
  in.blanks();
  const auto d = in.number(2);
  if (!d || !detail::is_date(*y, static_cast<unsigned>(*m), static_cast<unsigned>(*d))) return std::nullopt;
  if (!in.any(std::array<std::string_view, 2>{"日", "号"})) {
    in.blanks();
    (void)in.any(std::array<std::string_view, 2>{"日", "号"});
  }
  cell_moment out{day(*y, static_cast<unsigned>(*m), static_cast<unsigned>(*d)), std::nullopt};
  if (in.at_end()) return out;
  in.blanks();
  (void)in.word("T");
  out.time = detail::clock_in(in);
  (void)in.word("+08:00");
  if (!out.time || !in.at_end()) return std::nullopt;
  return out;
}

/// The clock time that a cell writes: `8:15`, `08:15:30`, `8时15分`, `下午3:15`, or a part of a day from 0 to below 1.
[[nodiscard]] inline std::optional<minutes> cell_clock_of(std::string_view text) {
  const std::string cell = plain_cell(text);
  if (const auto part = parse_number<double>(cell); part && cell.find('.') != std::string::npos) {
    return *part >= 0 && *part < 1 ? std::optional(detail::minutes_of_part(*part)) : std::nullopt;
  }
  detail::cell_reader in(cell);
  const auto out = detail::clock_in(in);
  return in.at_end() ? out : std::nullopt;
}

/// The whole number that a cell writes, as `3`, `3.0`, `３`, `3人` or `14 天`.
[[nodiscard]] inline std::optional<std::int64_t> cell_count_of(std::string_view text) {
  std::string cell = plain_cell(text);
  for (const std::string_view unit : {"人次", "人", "名", "天", "日", "件", "个"}) {
    if (!cell.ends_with(unit)) continue;
    cell.erase(cell.size() - unit.size());
    cell.erase(cell.find_last_not_of(' ') + 1);
    break;
  }
  const auto number = parse_number<double>(cell);
  constexpr double most = 1e15;
  if (!number || *number != std::floor(*number) || std::abs(*number) > most) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

/// Yes or no in the words of programs and of people, in any case.
[[nodiscard]] inline std::optional<bool> cell_yes_no_of(std::string_view text) {
  const std::string word = plain_word(text);
  for (const std::string_view yes :
       {"true", "yes", "y", "1", "是", "已", "有", "√", "✓", "✔", "已息诉", "已息诉息访", "息诉", "息诉息访", "已化解"}) {
    if (word == yes) return true;
  }
  for (const std::string_view no :
       {"false", "no", "n", "0", "否", "未", "无", "不", "×", "✗", "未息诉", "未息诉息访", "不息诉", "未化解"}) {
    if (word == no) return false;
  }
  return std::nullopt;
}

}  // namespace sifang

#endif
