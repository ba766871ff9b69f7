// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_READING_HPP
#define SIFANG_IO_LEDGER_READING_HPP

#include "sifang/core/names.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/ledger_words.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/petition/case_load.hpp"
#include "sifang/petition/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What a ledger was read as: its cases, what its columns and words were taken for, and which rows cannot be used.

namespace sifang {

/// What a case load is checked against.
struct case_load_frame {
  const county_tree* units = nullptr;       ///< places have to be among them; null: any place is taken as it is written
  std::span<const std::string> categories;  ///< ids that are allowed
  day first,                                ///< dates lie from here…
      last;                                 ///< …to here, both included
  std::span<const named_category> names{};  ///< what categories are called, in the order of `categories`; empty: by their ids alone
  const organisation* posts = nullptr;      ///< where owners are looked up; null: nowhere
};

/// Why a cell cannot be used.
enum class rejection : std::uint8_t {
  empty,
  not_a_date,
  outside_period,
  unknown_place,
  several_places,
  unknown_category,
  unknown_word,
  not_a_number,
  out_of_range,
  not_a_time,
  before_earlier,
  contradicts,
  id_again,
  field_count,
};
template <>
inline constexpr std::string_view names_of<rejection>[] = {
    "empty",        "not_a_date",   "outside_period", "unknown_place",  "several_places", "unknown_category", "unknown_word",
    "not_a_number", "out_of_range", "not_a_time",     "before_earlier", "contradicts",    "id_again",         "field_count"};
template <>
inline constexpr bilingual texts_of<rejection>[] = {
    {"nothing is written", "未填写"},
    {"expected a date", "应为日期"},
    {"expected a date within the simulated period", "日期应在模拟期内"},
    {"expected a place of the county, by code or name", "应为本县的地点代码或名称"},
    {"expected one place; several have this name", "应为唯一的地点；有数处同名"},
    {"expected a category of the scenario", "应为方案中的类别"},
    {"expected a known word", "应为已知的词"},
    {"expected a whole number", "应为整数"},
    {"expected a number within its range", "数字应在范围之内"},
    {"expected a clock time", "应为时刻"},
    {"expected not before the date that comes first", "不应早于在先的日期"},
    {"expected what another column of the row says", "应与同一行的其他列一致"},
    {"expected each number of a case once", "案件编号应只出现一次"},
    {"expected as many fields as the header has", "字段数应与表头一致"},
};

/// A cell for which its row cannot be used: where, and why; never what stands in it.
struct rejected_cell {
  std::uint32_t line = 0;    ///< of the file, from 1
  std::uint32_t column = 0;  ///< position in the columns, from 0; `no_column` for the row as a whole
  rejection why{};           ///< the reason

  static constexpr std::uint32_t no_column = 0xFFFFFFFF;  ///< of a row
};

/// A column of a ledger and what it was taken for.
struct ledger_column {
  std::string name;                          ///< as the file has it; `not_shown` where it may be somebody's
  std::optional<ledger_field> holds;         ///< nothing: it is not read
  std::optional<private_column> is_private;  ///< it tells who somebody is, and is not read for that
  std::size_t filled = 0;                    ///< rows that have something there
};

/// A word that stands in a column of words, and what it was taken for.
struct ledger_word {
  ledger_field field{};           ///< the column's
  std::string word;               ///< as the file has it; `not_shown` where it may be somebody's
  std::string means;              ///< the documented word; empty: unknown
  std::vector<std::string> near;  ///< the nearest known words, for one that is unknown
  std::size_t times = 0;          ///< rows
  std::uint32_t line = 0;         ///< of the first
};

/// A ledger as it was read. The cases are those of the rows that can be used.
struct ledger_reading {
  std::string file;                     ///< as messages name it
  case_load load;                       ///< in the order of the rows
  std::size_t rows = 0;                 ///< rows below the header, without sums
  std::size_t rows_rejected = 0;        ///< those that cannot be used
  std::vector<rejected_cell> rejected;  ///< every cell that is to blame, in the order of the rows
  std::vector<fault> told;              ///< the same as far as somebody reads it, with what was expected; empty if every row is good
  std::vector<ledger_column> columns;   ///< every column of the file
  std::vector<ledger_word> words;       ///< of the columns of words, in the order in which they were found
  std::size_t sums = 0;                 ///< rows of totals, which were passed over
  std::size_t private_ids = 0;          ///< case numbers that may be somebody's, in place of which the line stands
  std::size_t unknown_units = 0;        ///< rows whose responsible unit is none of the county's; it is left out
  std::size_t unknown_owners = 0;       ///< rows whose owner is no post that is known; it is left out
  std::size_t repeats = 0;              ///< rows that say that they are repeats

  /// Whether the columns are called as in the documented file, so that nothing had to be recognised.
  [[nodiscard]] bool is_documented() const {
    return std::all_of(columns.begin(), columns.end(), [](const ledger_column& c) { return !c.holds || c.name == name_of(*c.holds); });
  }
};

/// The rejected cells as a table: line, column, reason, and no values.
[[nodiscard]] inline std::string rejected_csv(const ledger_reading& read, language lang = language::en) {
  csv_writer csv{"row", "column", "reason"};
  for (const rejected_cell& r : read.rejected) {
    csv.field(std::int64_t{r.line});
    csv.field(r.column < read.columns.size() ? std::string_view(read.columns[r.column].name) : std::string_view());
    csv.field(text_of(r.why, lang)).end_row();
  }
  return csv.text();
}

}  // namespace sifang

#endif
