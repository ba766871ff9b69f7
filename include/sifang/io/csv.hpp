// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_CSV_HPP
#define SIFANG_IO_CSV_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/date_fault.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_file.hpp"
#include "sifang/io/text_source.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// Tables as comma-separated values (RFC 4180) with a header row, as office programs save them and take them.
///
/// Reading: the separator is the comma, or what separates the names of the header instead: a semicolon, a tab or a Chinese comma; a
/// line `sep=;` before the header says so too. Lines end as those of any system. Empty columns at the right, columns without a name and
/// rows of empty fields are passed over. Writing: a byte-order mark, so that office programs read UTF-8; and an apostrophe before a text
/// that they would take for a formula, which reading takes away again.

namespace sifang {

namespace detail {

/// Whether an office program takes a text that begins so for a formula, or drops what it begins with.
[[nodiscard]] constexpr bool begins_like_formula(std::string_view text) noexcept {
  constexpr std::string_view wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};  // = + - @ of double width
  for (const std::string_view sign : wide) {
    if (text.starts_with(sign)) return true;
  }
  return !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
}
/// Whether what follows the apostrophes that a text begins with is like a formula: one more keeps it from being one.
[[nodiscard]] constexpr bool is_formula_in_apostrophes(std::string_view text) noexcept {
  return begins_like_formula(text.substr((std::min)(text.find_first_not_of('\''), text.size())));
}

/// The text with the ends of its lines as those of this system where it has those of another that writes a carriage return alone;
/// empty if there is nothing to change.
[[nodiscard]] inline std::string with_line_feeds(std::string_view text) {
  if (text.find('\r') == std::string_view::npos || text.find('\n') != std::string_view::npos) return {};
  std::string out(text);
  std::replace(out.begin(), out.end(), '\r', '\n');
  return out;
}

/// What separates the fields of a table, and where its header begins.
struct csv_dialect {
  std::string_view separator = ",";
  std::size_t begin = 0;  ///< offset of the header
};

/// Looks at the first line that is not blank. \complexity linear in it
[[nodiscard]] inline csv_dialect dialect_of(std::string_view text) {
  constexpr std::string_view separators[] = {",",           ";", "\t", "\xEF\xBC\x8C", "\xE3\x80\x81",
                                             "\xEF\xBC\x9B"};  // the last: , 、 ; of Chinese
  csv_dialect out;
  if (text.starts_with("\xEF\xBB\xBF")) out.begin = 3;
  const std::string_view first = text.substr(out.begin, text.find_first_of("\r\n", out.begin) - out.begin);
  if (first.starts_with("sep=") && first.size() > 4) {
    for (const std::string_view s : separators) {
      if (first.substr(4) != s) continue;
      out.separator = s;
      out.begin += first.size();
      return out;
    }
  }
  std::size_t from = out.begin;
  while (from < text.size() && (text[from] == '\r' || text[from] == '\n')) ++from;
  std::array<std::size_t, std::size(separators)> count{};
  bool quoted = false;
  for (std::size_t i = from; i < text.size() && (quoted || text[i] != '\n'); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted || std::string_view(",;\t\xEF\xE3").find(text[i]) == std::string_view::npos) continue;  // begins none of them
    for (std::size_t s = 0; s < count.size(); ++s) count[s] += text.substr(i).starts_with(separators[s]);
  }
  const auto most = std::max_element(count.begin(), count.end());  // the comma, of those that are as many
  if (*most > 0) out.separator = separators[most - count.begin()];
  return out;
}

}  // namespace detail

/// One field as it stands in a file; line and column are those of its first character.
struct csv_field {
  std::string_view text;   ///< without quotes; lives as long as its table
  std::uint32_t line = 0,  ///< from 1
      column = 0;          ///< from 1, in characters; 0 where the row has no such field
};

/// A column of a table that was looked up by name; `missing` stands for one that is not there.
struct csv_column {
  static constexpr std::size_t missing = (std::numeric_limits<std::size_t>::max)();  ///< position of a column that is not there
  std::size_t position = missing;                                                    ///< from 0, or `missing`
  std::string_view name;                                                             ///< as it was asked for, there or not; for messages

  explicit constexpr operator bool() const noexcept { return position != missing; }
};

/// A table read from text: a header and rows, each field with its place.
///
/// A row with too few or too many fields is a fault, yet stays in the table (short of fields it reads as
/// if they were empty), so that what refers to it is not reported as well; see `has`.
class csv_table {
 public:
  /// As messages name it.
  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  /// Rows without the header; blank lines are none.
  [[nodiscard]] std::size_t size() const noexcept { return rows_.empty() ? 0 : rows_.size() - 1; }
  /// Names of the columns as they stand in the file, without empty ones at the end; empty for an empty file.
  [[nodiscard]] std::span<const std::string> header() const noexcept { return header_; }
  /// Where the name of a column stands. \pre position < header().size()
  [[nodiscard]] place where_header(std::size_t position) const {
    SIFANG_ASSERT(position < header_.size());
    return {file_, header_line_, header_columns_[position]};
  }
  /// Line of the header, from 1.
  [[nodiscard]] std::uint32_t header_line() const noexcept { return header_line_; }

  /// Whether the row has a field in this column; what it lacks has been reported already.
  [[nodiscard]] bool has(std::size_t row, csv_column column) const noexcept {
    return column && column.position < rows_[row + 1] - rows_[row];
  }

  /// How many fields the row has, which may be more or fewer than the header has. \pre row < size()
  [[nodiscard]] std::size_t fields(std::size_t row) const noexcept {
    SIFANG_ASSERT(row < size());
    return rows_[row + 1] - rows_[row];
  }

  /// The field of a row; empty if the column is missing. \pre row < size()
  [[nodiscard]] csv_field at(std::size_t row, csv_column column) const noexcept {
    SIFANG_ASSERT(row < size());
    const std::size_t first = rows_[row];
    if (!has(row, column)) return {{}, cells_[first].line, 0};
    const cell& c = cells_[first + column.position];
    return {std::string_view(text_).substr(c.begin, c.size), c.line, c.column};
  }

  /// Where a field stands, for a fault.
  [[nodiscard]] place where(const csv_field& field) const { return {file_, field.line, field.column}; }
  /// The line alone if the row has no such field. \pre row < size()
  [[nodiscard]] place where(std::size_t row, csv_column column) const { return where(at(row, column)); }

  /// The columns of these names, first those that have to be there, then those that may be missing.
  ///
  /// Other columns are allowed, yet one that is nearly the name of an absent optional one is a fault
  /// (`unknown_key`): it would be passed over in silence. An absent required one is `missing_column`.
  [[nodiscard]] std::vector<csv_column> columns(std::initializer_list<std::string_view> required,
                                                std::initializer_list<std::string_view> optional, std::vector<fault>& faults) const {
    std::vector<csv_column> out;
    std::vector<std::string> absent;
    const auto look_up = [&](std::string_view name) {
      const auto found = std::find(header_.begin(), header_.end(), name);
      const bool there = found != header_.end();
      out.push_back({there ? static_cast<std::size_t>(found - header_.begin()) : csv_column::missing, name});
      return there;
    };
    for (const std::string_view name : required) {
      if (look_up(name)) continue;
      constexpr std::size_t enough = 400;  // of a message
      std::string all;
      for (std::size_t i = 0; i < header_.size() && all.size() < enough; ++i) all += (i == 0 ? "" : ", ") + header_[i];
      faults.push_back({fault_kind::missing_column, {file_, header_line_}, {std::string(name), all}});
    }
    for (const std::string_view name : optional) {
      if (!look_up(name)) absent.emplace_back(name);
    }
    nearest_words near;
    for (std::size_t i = 0; i < header_.size() && !absent.empty(); ++i) {
      const bool known = std::any_of(out.begin(), out.end(), [&](const csv_column& c) { return c.name == header_[i]; });
      const std::string meant = known ? std::string() : near(header_[i], absent);
      if (!meant.empty()) faults.push_back({fault_kind::unknown_key, {file_, header_line_, header_columns_[i]}, {header_[i], meant}});
    }
    return out;
  }

  /// Reads `text` in UTF-8, adding to `faults`: `syntax` (quotes), `wrong_field_count`, `duplicate_code` (two
  /// columns of one name). \complexity linear
  [[nodiscard]] static csv_table parse(std::string_view text, std::string file, std::vector<fault>& faults);

 private:
  struct cell {
    std::uint32_t begin, size, line, column;
  };

  std::string file_;
  std::string text_;  // of all fields, without quotes
  std::vector<std::string> header_;
  std::vector<std::uint32_t> header_columns_;
  std::uint32_t header_line_ = 1;
  std::vector<cell> cells_;
  std::vector<std::size_t> rows_;  // first cell of each row, and the end
};

// NOLINTNEXTLINE(readability-function-size): one state machine
inline csv_table csv_table::parse(std::string_view text, std::string file, std::vector<fault>& faults) {
  csv_table table;
  table.file_ = std::move(file);
  const std::string with_feeds = detail::with_line_feeds(text);
  if (!with_feeds.empty()) text = with_feeds;
  table.text_.reserve(text.size());
  std::vector<cell> row;
  bool in_header = true;
  std::uint32_t line = 1, column = 1;
  const detail::csv_dialect dialect = detail::dialect_of(text);
  const std::string_view separator = dialect.separator;
  std::size_t i = dialect.begin;
  const auto step = [&] {  // over one byte; columns count characters, not the bytes of UTF-8
    if (text[i] == '\n') {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      ++column;
    }
    ++i;
  };
  const auto at_line_end = [&] {
    return i >= text.size() || text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] == '\n'));
  };
  const auto at_separator = [&] { return text[i] == separator.front() && text.substr(i, separator.size()) == separator; };
  const auto end_row = [&] {
    const auto is_empty = [](const cell& c) { return c.size == 0; };
    if (std::all_of(row.begin(), row.end(), is_empty)) return row.clear();  // a blank line, or a row of a sheet below the table
    const std::size_t columns = in_header ? 0 : table.header_.size();
    while (row.size() > columns && is_empty(row.back())) row.pop_back();  // columns of a sheet beside the table
    if (in_header) {
      table.header_line_ = row[0].line;
      std::unordered_map<std::string, bool> names;
      for (const cell& c : row) {
        std::string name(std::string_view(table.text_).substr(c.begin, c.size));
        if (!name.empty() && !names.emplace(name, true).second) {
          faults.push_back({fault_kind::duplicate_code, {table.file_, c.line, c.column}, {shortened(name), std::to_string(row[0].line)}});
        }
        table.header_.push_back(std::move(name));
        table.header_columns_.push_back(c.column);
      }
      in_header = false;
      const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
      table.rows_.reserve(lines + 1);
      table.cells_.reserve((std::min)(lines * table.header_.size(), text.size()));  // a cell is a separator or an end of line at least
    } else {
      if (row.size() != table.header_.size()) {
        faults.push_back({fault_kind::wrong_field_count,
                          {table.file_, row[0].line, row[0].column},
                          {std::to_string(table.header_.size()), std::to_string(row.size())}});
      }
      table.rows_.push_back(table.cells_.size());
      table.cells_.insert(table.cells_.end(), row.begin(), row.end());
    }
    row.clear();
  };

  while (i < text.size()) {
    cell c{static_cast<std::uint32_t>(table.text_.size()), 0, line, column};
    if (text[i] == '"') {
      bool closed = false;
      for (step(); i < text.size(); step()) {
        if (text[i] == '"') {
          if (i + 1 == text.size() || text[i + 1] != '"') {
            closed = true;
            step();
            break;
          }
          step();
        }
        table.text_ += text[i];
      }
      if (!closed) faults.push_back({fault_kind::syntax, {table.file_, c.line, c.column}, {"a closing quote", "the end of the file"}});
      if (closed && !at_line_end() && !at_separator()) {
        const std::size_t from = i;
        const place after{table.file_, line, column};
        while (!at_line_end() && !at_separator()) step();
        faults.push_back(
            {fault_kind::syntax, after, {"a comma after the closing quote", "'" + shortened(text.substr(from, i - from)) + "'"}});
      }
    } else {
      const std::size_t from = i;
      for (; !at_line_end() && !at_separator(); ++i) column += (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
      table.text_.append(text, from, i - from);
    }
    c.size = static_cast<std::uint32_t>(table.text_.size() - c.begin);
    if (const auto whole = std::string_view(table.text_).substr(c.begin);
        whole.starts_with('\'') && detail::is_formula_in_apostrophes(whole)) {
      ++c.begin;
      --c.size;
    }
    row.push_back(c);
    if (i < text.size() && at_separator()) {
      for (std::size_t k = 0; k < separator.size(); ++k) step();
      if (at_line_end()) row.push_back({static_cast<std::uint32_t>(table.text_.size()), 0, line, column});  // "a," has two fields
    }
    if (at_line_end()) {
      if (i < text.size() && text[i] == '\r') step();
      if (i < text.size()) step();
      end_row();
    }
  }
  table.rows_.push_back(table.cells_.size());
  return table;
}

/// Reads a table (UTF-8 with or without byte-order mark, UTF-16, or GB18030), adding every fault.
/// \returns a table even when there are faults, so that its rows can be checked too; none if there is no text that can be
/// read at all
[[nodiscard]] inline std::optional<csv_table> read_csv(const std::filesystem::path& path, std::vector<fault>& faults,
                                                       const std::string& expected = "a table with a header row",
                                                       const text_source& from = text_files()) {
  checked<std::string> text = from.text(path, {text_encoding::utf8_or_gb18030, expected});
  if (!text) {
    faults.insert(faults.end(), text.faults().begin(), text.faults().end());
    return std::nullopt;
  }
  if (text->size() >= (std::numeric_limits<std::uint32_t>::max)()) {
    faults.push_back({fault_kind::cannot_read, {path.string()}, {path.string(), detail::reason_of(EFBIG)}});
    return std::nullopt;
  }
  return csv_table::parse(*text, path.string(), faults);
}

/// Reads a table; no value if anything is wrong with it.
[[nodiscard]] inline checked<csv_table> read_csv(const std::filesystem::path& path, const text_source& from = text_files()) {
  std::vector<fault> faults;
  std::optional<csv_table> table = read_csv(path, faults, "a table with a header row", from);
  if (!faults.empty()) return faults;
  return *std::move(table);
}

// The readers of one field below say nothing of a field that its row or the whole table lacks.

/// A number in a field, adding `bad_number` or `out_of_range` if it is none between `least` and `most`.
[[nodiscard]] inline std::optional<double> number_in(const csv_table& table, std::size_t row, csv_column column, std::vector<fault>& faults,
                                                     double least = std::numeric_limits<double>::lowest(),
                                                     double most = (std::numeric_limits<double>::max)()) {
  const csv_field field = table.at(row, column);
  if (!table.has(row, column)) return std::nullopt;
  const auto number = parse_number<double>(field.text);
  if (!number) {
    faults.push_back({fault_kind::bad_number, table.where(field), {std::string(column.name), shortened(field.text)}});
  } else if (*number < least || *number > most) {
    faults.push_back(
        {fault_kind::out_of_range, table.where(field), {std::string(column.name), range_text(least, most), shortened(field.text)}});
    return std::nullopt;
  }
  return number;
}

/// A whole number in a field, adding `bad_number` or `out_of_range`.
[[nodiscard]] inline std::optional<std::int32_t> whole_number_in(const csv_table& table, std::size_t row, csv_column column,
                                                                 std::vector<fault>& faults, std::int32_t least, std::int32_t most) {
  const csv_field field = table.at(row, column);
  if (!table.has(row, column)) return std::nullopt;
  const auto number = parse_number<std::int64_t>(field.text);
  if (!number) {
    faults.push_back({fault_kind::bad_number, table.where(field), {std::string(column.name), shortened(field.text)}});
    return std::nullopt;
  }
  if (*number < least || *number > most) {
    faults.push_back(
        {fault_kind::out_of_range, table.where(field), {std::string(column.name), range_text(least, most), shortened(field.text)}});
    return std::nullopt;
  }
  return static_cast<std::int32_t>(*number);
}

/// A date in a field, adding `bad_date`, or `out_of_period` if it is not one that is allowed.
[[nodiscard]] inline std::optional<day> date_in(const csv_table& table, std::size_t row, csv_column column, std::vector<fault>& faults) {
  const csv_field field = table.at(row, column);
  if (!table.has(row, column)) return std::nullopt;
  const auto date = parse_day(field.text);
  if (!date) faults.push_back(date_fault(table.where(field), std::string(column.name), field.text, shortened(field.text)));
  return date;
}

/// A field that must not be empty, adding `syntax` if it is.
[[nodiscard]] inline std::string text_in(const csv_table& table, std::size_t row, csv_column column, std::vector<fault>& faults) {
  const csv_field field = table.at(row, column);
  if (field.text.empty() && table.has(row, column)) {
    faults.push_back({fault_kind::syntax, table.where(field), {"'" + std::string(column.name) + "' filled in", "an empty field"}});
  }
  return std::string(field.text);
}

/// One of the written names of an enumeration, adding `bad_value`. \param parse from text to the enumerator
template <named_enum Enum, class Parse>
[[nodiscard]] std::optional<Enum> name_in(const csv_table& table, std::size_t row, csv_column column, std::vector<fault>& faults,
                                          Parse&& parse) {
  const csv_field field = table.at(row, column);
  if (!table.has(row, column)) return std::nullopt;
  const std::optional<Enum> value = parse(field.text);
  if (!value) {
    std::vector<std::string> names;
    std::string all;
    for (const std::string_view name : names_of<Enum>) {
      names.emplace_back(name);
      all.append(all.empty() ? "" : ", ").append(name);
    }
    faults.push_back(
        {fault_kind::bad_value, table.where(field), {std::string(column.name), all, shortened(field.text), nearest(field.text, names)}});
  }
  return value;
}
/// The same for an enumeration whose names stand in the file as `names_of` has them.
template <named_enum Enum>
[[nodiscard]] std::optional<Enum> name_in(const csv_table& table, std::size_t row, csv_column column, std::vector<fault>& faults) {
  return name_in<Enum>(table, row, column, faults, [](std::string_view text) { return parse_name<Enum>(text); });
}

/// Builds a table as text, fit for office programs: a byte-order mark, CRLF after each row, quotes only where a field needs
/// them, and an apostrophe before a text that would be taken for a formula (`=`, `+`, `-`, `@`, their wide forms, a tab or
/// the end of a line at the beginning) and is no number. `csv_table` reads the same fields back.
class csv_writer {
 public:
  /// Starts with the header row; without names the first row that is written is the header.
  explicit csv_writer(std::initializer_list<std::string_view> header) {
    if (header.size() == 0) return;
    for (const std::string_view name : header) field(name);
    end_row();
  }

  /// The next field of the row. A row should get as many as the header has; nothing counts them.
  csv_writer& field(std::string_view text) {
    if (!first_) out_ += ',';
    first_ = false;
    const bool formula = detail::is_formula_in_apostrophes(text) && !parse_number<double>(text);
    const std::string_view apostrophe = formula ? "'" : "";
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
      out_.append(apostrophe).append(text);
    } else {
      out_.append("\"").append(apostrophe);
      for (const char c : text) {
        if (c == '"') out_ += '"';
        out_ += c;
      }
      out_ += '"';
    }
    return *this;
  }
  /// The shortest text that reads back as the same number.
  csv_writer& field(double value) { return field(std::string_view(number_text(value))); }
  /// Decimal digits, no separators.
  csv_writer& field(std::int64_t value) { return field(std::string_view(std::to_string(value))); }
  /// Decimal digits, no separators.
  csv_writer& field(std::int32_t value) { return field(std::int64_t{value}); }
  /// A field that says nothing: not known, or does not apply.
  csv_writer& empty() { return field(std::string_view()); }

  /// Ends the line; the next field begins another row.
  csv_writer& end_row() {
    out_ += "\r\n";
    first_ = true;
    return *this;
  }

  /// The table so far, in UTF-8 with a byte-order mark.
  [[nodiscard]] const std::string& text() const noexcept { return out_; }
  /// What was written since the last time, for a table that is not to be held as a whole.
  [[nodiscard]] std::string take() { return std::exchange(out_, std::string()); }

 private:
  std::string out_ = "\xEF\xBB\xBF";
  bool first_ = true;
};

}  // namespace sifang

#endif
