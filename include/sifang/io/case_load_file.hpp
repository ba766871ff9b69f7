// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_CASE_LOAD_FILE_HPP
#define SIFANG_IO_CASE_LOAD_FILE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/ledger_header.hpp"
#include "sifang/io/ledger_map.hpp"
#include "sifang/io/ledger_reader.hpp"
#include "sifang/io/ledger_reading.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/petition/case_load.hpp"
#include "sifang/petition/category.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Ledgers of recorded cases as CSV: the documented file (id, date, place, category, channel, group_size, and where the record
/// has them time, acceptance_days, handling_days, settled …), or a bureau's own with other columns, words and dates.

namespace sifang {

namespace detail {

/// Whether a column of this name is one that a ledger is read by.
[[nodiscard]] inline bool is_read(const std::string& name, const ledger_map& map) {
  if (!map.names_columns) return field_called(name).has_value();
  return std::any_of(map.columns.begin(), map.columns.end(),
                     [&](const std::string& c) { return !c.empty() && plain_header(c) == plain_header(name); });
}

/// The table of a ledger, below its title; rows of another length than the header's are no fault of it. No fault shows what
/// stands in a cell. A table of too many columns is empty, with that one fault.
[[nodiscard]] inline csv_table ledger_table(std::string_view text, const std::string& file, const ledger_map& map,
                                            std::vector<fault>& faults) {
  const std::string with_feeds = with_line_feeds(text);
  if (!with_feeds.empty()) text = with_feeds;
  const std::string below_title = without_title(text, map);
  csv_table table = csv_table::parse(below_title.empty() ? text : std::string_view(below_title), file, faults);
  constexpr std::size_t most_columns = 1024;  // as many as are read of a spreadsheet
  if (table.header().size() > most_columns) {
    faults = {{fault_kind::syntax, {file, table.header_line()}, {"at most " + std::to_string(most_columns) + " columns", "more"}}};
    return csv_table::parse({}, file, faults);
  }
  std::erase_if(faults, [&](const fault& f) {
    const bool unread_twice = f.kind == fault_kind::duplicate_code && !f.details.empty() && !is_read(f.details.front(), map);
    return f.kind == fault_kind::wrong_field_count || unread_twice;
  });
  for (fault& f : faults) {
    if (f.kind == fault_kind::duplicate_code && !f.details.empty()) f.details.front() = shown_header(f.details.front());
    if (f.kind == fault_kind::syntax && f.details.size() == 2 && f.details[0].starts_with("a comma after")) f.details[1] = "something else";
  }
  return table;
}

/// Whether a name is that of a spreadsheet, or of a sheet of one.
[[nodiscard]] inline bool is_sheet(const std::string& name) {
  const std::string file = plain_word(name.substr(0, name.rfind('#')));
  return file.ends_with(".xlsx") || file.ends_with(".xlsm");
}

}  // namespace detail

/// Reads a ledger from text in UTF-8, which messages call `file`: by its map where that says something, by the dictionary
/// (io/ledger_words.hpp) where not.
///
/// Rows that cannot be used are no fault: `told` and `rejected` of the reading have them. No message shows a cell that may be
/// somebody's name, number or story.
///
/// Faults, where nothing can be read at all: `missing_column`, `unknown_key` (a column that is nearly called as one that is
/// missing), `duplicate_code` (two columns of one name), `syntax` (quotes), `empty_file`.
/// \complexity linear in the text, and in the units for each of the first two hundred places that are unknown
[[nodiscard]] inline checked<ledger_reading> parse_ledger(std::string_view text, const std::string& file, const case_load_frame& frame,
                                                          const ledger_map& map = {}) {
  std::vector<fault> faults;
  if (text.size() >= (std::numeric_limits<std::uint32_t>::max)())
    return fault{fault_kind::cannot_read, {file}, {file, detail::reason_of(EFBIG)}};
  const csv_table table = detail::ledger_table(text, file, map, faults);
  if (table.header().empty() && !faults.empty()) return faults;
  ledger_reading out;
  out.file = file;
  detail::ledger_header header(table, map, out, faults);
  const detail::ledger_columns_found columns = header.find();
  if (table.size() == 0) faults.push_back({fault_kind::empty_file, {file}, {"a row for each matter below the header"}});
  tidy(faults);
  if (!faults.empty()) return faults;
  detail::ledger_reader(table, frame, map, columns, out).read();
  return out;
}

/// The same from a file or another source of texts, where it may also be `cannot_read`, `not_text` or `is_spreadsheet`.
/// The map's sheet of a spreadsheet is asked for as `FILE#SHEET`.
[[nodiscard]] inline checked<ledger_reading> load_ledger(const std::filesystem::path& path, const case_load_frame& frame,
                                                         const ledger_map& map = {}, const text_source& from = text_files()) {
  const std::string name = map.sheet.empty() ? path.string() : path.string() + '#' + map.sheet;
  const checked<std::string> text = from.text(name, {text_encoding::utf8_or_gb18030, "a case load"});
  if (!text) return text.faults();
  auto read = parse_ledger(*text, path.string(), frame, map);
  if (!detail::is_sheet(name)) return read;
  // The table was made of the sheet, line by row; where in the line a cell stands says nothing, and the column is named.
  const auto by_row = [](std::vector<fault>& faults) {
    for (fault& f : faults) f.where.column = 0;
  };
  if (read) {
    by_row(read->told);
    return read;
  }
  std::vector<fault> faults = std::move(read).faults();
  by_row(faults);
  return faults;
}

/// Reads a recorded case load of which every row is to be good; the faults of its rows are those of the reading.
///
/// Faults: those of `parse_ledger`, and of rows `wrong_field_count`, `bad_date`, `out_of_period`, `unknown_place`,
/// `several_places`, `unknown_category`, `bad_value`, `bad_number`, `out_of_range`, `wrong_type` (a clock time),
/// `not_chronological`, `contradiction`, `duplicate_code` (an id twice), `syntax` (an empty field).
[[nodiscard]] inline checked<case_load> parse_case_load(std::string_view text, const std::string& file, const case_load_frame& frame) {
  auto read = parse_ledger(text, file, frame);
  if (!read) return std::move(read).faults();
  if (!read->told.empty()) return std::move(read->told);
  return std::move(read->load);
}

/// The same from a file or another source of texts, where it may also be `cannot_read`, `not_text` or `is_spreadsheet`.
[[nodiscard]] inline checked<case_load> load_case_load(const std::filesystem::path& path, const case_load_frame& frame,
                                                       const text_source& from = text_files()) {
  const checked<std::string> text = from.text(path, {text_encoding::utf8_or_gb18030, "a case load"});
  if (!text) return text.faults();
  return parse_case_load(*text, path.string(), frame);
}

/// The case load as text that reads back as the same; units, owners, repeats and ratings have columns if any case has them.
[[nodiscard]] inline std::string case_load_csv(const case_load& load) {
  const auto any = [&](auto has) { return std::any_of(load.cases.begin(), load.cases.end(), has); };
  const bool more = any([](const recorded_case& c) { return c.repeat || c.satisfaction || !c.unit_code.empty() || !c.owner_post.empty(); });
  csv_writer csv({});
  for (const std::string_view name :
       {"id", "date", "time", "place", "category", "channel", "group_size", "acceptance_days", "handling_days", "settled"})
    csv.field(name);
  if (more) csv.field("unit").field("owner").field("repeat").field("satisfaction");
  csv.end_row();
  const auto yes = [](std::optional<bool> is) { return std::string_view(is ? (*is ? "true" : "false") : ""); };
  for (const recorded_case& c : load.cases) {
    csv.field(c.id).field(to_string(c.date)).field(c.time ? clock_text(*c.time) : std::string()).field(c.place_code).field(c.category);
    csv.field(name_of(c.channel)).field(c.group_size);
    csv.field(c.acceptance ? std::to_string(c.acceptance->count) : std::string());
    csv.field(c.handling ? std::to_string(c.handling->count) : std::string());
    csv.field(yes(c.settled));
    if (more)
      csv.field(c.unit_code).field(c.owner_post).field(yes(c.repeat)).field(c.satisfaction ? name_of(*c.satisfaction) : std::string_view());
    csv.end_row();
  }
  return csv.text();
}

}  // namespace sifang

#endif
