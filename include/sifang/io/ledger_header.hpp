// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_HEADER_HPP
#define SIFANG_IO_LEDGER_HEADER_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/ledger_map.hpp"
#include "sifang/io/ledger_reading.hpp"
#include "sifang/io/ledger_words.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/personal_data.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Which line of a ledger is its header, below a title perhaps, and which column holds what.

namespace sifang::detail {

/// The column of each field; `missing` for one that the ledger lacks.
struct ledger_columns_found {
  std::array<csv_column, ledger_map::fields> at{};

  [[nodiscard]] csv_column of(ledger_field f) const { return at[static_cast<std::size_t>(f)]; }
};

/// The name of a column as a message may show it: a file without a header has somebody's data there.
[[nodiscard]] inline std::string shown_header(const std::string& name) {
  constexpr std::size_t longest = 60;
  if (field_called(name) || private_column_called(name)) return one_line(plain_cell(name));
  const bool is_shown = personal_data_in(name) == personal_data::none && name.size() <= longest;
  return is_shown ? one_line(plain_cell(name)) : std::string(not_shown);
}

/// How many fields the names of a header stand for: those that the map names, or those that the dictionary knows.
[[nodiscard]] inline std::size_t known_columns(std::span<const std::string> header, const ledger_map& map) {
  std::array<bool, ledger_map::fields> seen{};
  for (const std::string& name : header) {
    for (std::size_t f = 0; f < seen.size(); ++f) {
      const std::string& named = map.columns[f];
      if (!named.empty() && plain_header(named) == plain_header(name)) seen[f] = true;
    }
    if (map.names_columns) continue;
    if (const auto field = field_called(name)) seen[static_cast<std::size_t>(*field)] = true;
  }
  return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
}

/// The text with what stands above the header as empty lines: of the first lines the header is the one that names the most
/// columns that are known. Empty where the first line is it, as in most files.
[[nodiscard]] inline std::string without_title(std::string_view text, const ledger_map& map) {
  constexpr std::size_t most_lines = 20, longest_line = 20'000;
  std::size_t best_known = 0, best_begin = 0, feeds = 0, best_feeds = 0;
  std::size_t begin = 0;
  for (std::size_t line = 0; line < most_lines && begin < text.size(); ++line) {
    bool quoted = false;
    std::size_t end = begin, inside = 0;
    for (; end < text.size() && end - begin < longest_line && (quoted || text[end] != '\n'); ++end) {
      if (text[end] == '"') quoted = !quoted;
      if (text[end] == '\n') ++inside;
    }
    if (end - begin >= longest_line) break;
    std::vector<fault> ignored;
    const csv_table one = csv_table::parse(text.substr(begin, end - begin), {}, ignored);
    const std::size_t known = known_columns(one.header(), map);
    if (known > best_known) {
      best_known = known;
      best_begin = begin;
      best_feeds = feeds;
    }
    feeds += inside + 1;
    begin = end + 1;
  }
  if (best_known < 2 || best_begin == 0) return {};
  return std::string(best_feeds, '\n') + std::string(text.substr(best_begin));
}

/// Finds the columns of a ledger by its map and the dictionary, and says what every column was taken for.
/// Faults: `missing_column`, and `unknown_key` for a name that is nearly one of the documented file's.
class ledger_header {
 public:
  ledger_header(const csv_table& table, const ledger_map& map, ledger_reading& out, std::vector<fault>& faults)
      : table_(&table), map_(&map), out_(&out), faults_(&faults) {
    for (const std::string& name : table.header())
      out.columns.push_back({shown_header(name), std::nullopt, private_column_called(name), 0});
  }

  ledger_columns_found find() {
    for (std::size_t f = 0; f < ledger_map::fields; ++f) find_one(static_cast<ledger_field>(f));
    const bool place_by_village = !found(ledger_field::place) && found(ledger_field::village).has_value();
    for (std::size_t f = 0; f < ledger_map::fields; ++f) {
      const auto field = static_cast<ledger_field>(f);
      const bool there = columns_.of(field) || !map_->constant(field).empty() || (field == ledger_field::place && place_by_village);
      if (is_needed(field) && !there) missing(field);
    }
    if (!map_->names_columns) tell_misspelt();
    return columns_;
  }

 private:
  [[nodiscard]] std::optional<std::size_t> found(ledger_field f) const {
    const csv_column c = columns_.of(f);
    return c ? std::optional(c.position) : std::nullopt;
  }
  void find_one(ledger_field f) {
    csv_column& column = columns_.at[static_cast<std::size_t>(f)];
    column.name = name_of(f);
    const auto header = table_->header();
    if (map_->names_columns) {
      const std::string& named = map_->column(f);
      if (named.empty()) return;
      for (std::size_t c = 0; c < header.size(); ++c) {
        if (header[c] == named || plain_header(header[c]) == plain_header(named)) return take(f, column, c);
      }
      faults_->push_back({fault_kind::missing_column, {table_->file(), table_->header_line()}, {shortened(named), all_names()}});
      return;
    }
    for (const auto& known : column_words) {
      if (known.means != f) continue;
      for (std::size_t c = 0; c < header.size(); ++c) {
        if (!out_->columns[c].holds && plain_header(header[c]) == known.word) return take(f, column, c);
      }
    }
  }
  void take(ledger_field f, csv_column& column, std::size_t position) {
    column.position = position;
    out_->columns[position].holds = f;
    column.name = out_->columns[position].name;
    out_->columns[position].is_private.reset();
  }
  [[nodiscard]] std::string all_names() const {
    constexpr std::size_t enough = 400;  // of a message
    std::string all;
    for (const ledger_column& c : out_->columns) {
      if (all.size() < enough) all += (all.empty() ? "" : ", ") + c.name;
    }
    return all;
  }
  void missing(ledger_field f) {
    if (map_->names_columns && !map_->column(f).empty()) return;  // it was said
    const bool chinese = std::any_of(out_->columns.begin(), out_->columns.end(),
                                     [](const ledger_column& c) { return is_han(characters_of(c.name + ' ').front()); });
    const std::string called =
        chinese ? std::string(text_of(f, language::zh)) + " (" + std::string(name_of(f)) + ")" : std::string(name_of(f));
    faults_->push_back({fault_kind::missing_column, {table_->file(), table_->header_line()}, {called, all_names()}});
  }
  /// A column that is nearly called as one that is not there would be passed over in silence.
  void tell_misspelt() {
    std::vector<std::string> absent;
    for (std::size_t f = 0; f < ledger_map::fields; ++f) {
      if (!columns_.at[f]) absent.emplace_back(names_of<ledger_field>[f]);
    }
    nearest_words near;
    for (std::size_t c = 0; c < out_->columns.size(); ++c) {
      if (out_->columns[c].holds || out_->columns[c].is_private) continue;
      if (table_->header()[c] == "repeats") continue;  // how many there were, in the ledger that the program writes
      if (const std::string meant = near(table_->header()[c], absent); !meant.empty())
        faults_->push_back({fault_kind::unknown_key, table_->where_header(c), {out_->columns[c].name, meant}});
    }
  }

  const csv_table* table_;
  const ledger_map* map_;
  ledger_reading* out_;
  std::vector<fault>* faults_;
  ledger_columns_found columns_;
};

}  // namespace sifang::detail

#endif
