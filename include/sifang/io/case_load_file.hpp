// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_CASE_LOAD_FILE_HPP
#define SIFANG_IO_CASE_LOAD_FILE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/petition/case_load.hpp"
#include "sifang/petition/category.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Recorded case loads as CSV: id, date, place, category, channel, group_size, and where the record has
/// them time, acceptance_days, handling_days, settled.

namespace sifang {

/// What a case load is checked against.
struct case_load_frame {
  const county_tree* units = nullptr;       ///< places have to be among them
  std::span<const std::string> categories;  ///< names that are allowed
  day first,                                ///< dates lie from here…
      last;                                 ///< …to here, both included
};

namespace detail {

inline std::optional<calendar_days> days_in(const csv_table& table, std::size_t row, csv_column column, std::vector<fault>& faults) {
  if (table.at(row, column).text.empty()) return std::nullopt;
  const auto n = whole_number_in(table, row, column, faults, 0, 36500);
  return n ? std::optional(calendar_days(*n)) : std::nullopt;
}

/// Yes or no, in the words of programs and of people, in any case.
[[nodiscard]] inline std::optional<bool> parse_yes_no(std::string_view text) {
  std::string word(text);
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (word == "true" || word == "yes" || word == "1" || word == "是") return true;
  if (word == "false" || word == "no" || word == "0" || word == "否") return false;
  return std::nullopt;
}

/// The code of the unit that a place means: its own, or one that differs in how many zeros of lower levels stand behind it,
/// as the statistics bureau writes 350921001000 for the township 350921001. Empty if there is no such unit.
[[nodiscard]] inline std::string unit_code_of(const county_tree& units, const std::string& place) {
  if (units.find(place)) return place;
  constexpr std::size_t village = 12, township = 9, county = 6;  // digits of the codes of each level
  if (place.empty() || place.find_first_not_of("0123456789") != std::string::npos || place.size() > village) return {};
  for (const std::size_t digits : {village, township, county}) {
    const bool only_zeros = place.size() <= digits || place.find_first_not_of('0', digits) == std::string::npos;
    if (!only_zeros || (place.size() != village && place.size() != township && place.size() != county)) continue;
    std::string code = place;
    code.resize(digits, '0');
    if (units.find(code)) return code;
  }
  return {};
}

inline case_load case_load_of(const csv_table& table, const case_load_frame& frame, std::vector<fault>& faults) {
  case_load out;
  const std::size_t before = faults.size();
  const auto columns = table.columns({"id", "date", "place", "category", "channel", "group_size"},
                                     {"time", "acceptance_days", "handling_days", "settled"}, faults);
  if (faults.size() != before) return out;
  nearest_words nearest_unit, nearest_category;
  std::vector<std::string> codes;  // gathered when the first unknown one asks for its nearest
  std::map<std::string, std::uint32_t, std::less<>> ids;
  out.cases.reserve(table.size());
  for (std::size_t row = 0; row < table.size(); ++row) {
    recorded_case c;
    c.id = text_in(table, row, columns[0], faults);
    const auto [first, fresh] = ids.emplace(c.id, table.at(row, columns[0]).line);
    if (!fresh && !c.id.empty())
      faults.push_back({fault_kind::duplicate_code, table.where(row, columns[0]), {shortened(c.id), std::to_string(first->second)}});
    if (const auto date = date_in(table, row, columns[1], faults)) {
      c.date = *date;
      if (*date < frame.first || *date > frame.last) {
        faults.push_back({fault_kind::out_of_period,
                          table.where(row, columns[1]),
                          {"date", to_string(frame.first) + " to " + to_string(frame.last), to_string(*date)}});
      }
    }
    c.place_code = text_in(table, row, columns[2], faults);
    if (!c.place_code.empty() && frame.units != nullptr) {
      const std::string code = unit_code_of(*frame.units, c.place_code);
      if (code.empty() && codes.empty()) {
        for (const unit_id u : frame.units->all()) codes.push_back(frame.units->code(u));
      }
      if (code.empty())
        faults.push_back(
            {fault_kind::unknown_unit, table.where(row, columns[2]), {shortened(c.place_code), nearest_unit(c.place_code, codes)}});
      else
        c.place_code = code;
    }
    c.category = text_in(table, row, columns[3], faults);
    if (!c.category.empty() && std::find(frame.categories.begin(), frame.categories.end(), c.category) == frame.categories.end()) {
      faults.push_back({fault_kind::unknown_category,
                        table.where(row, columns[3]),
                        {shortened(c.category), nearest_category(c.category, frame.categories)}});
    }
    c.channel = name_in<channel>(table, row, columns[4], faults, [](std::string_view text) {
                  return parse_text<channel>(text);
                }).value_or(channel{});
    c.group_size = whole_number_in(table, row, columns[5], faults, 1, 100000).value_or(1);
    if (const csv_field time = table.at(row, columns[6]); !time.text.empty()) {
      c.time = parse_clock(time.text);
      if (!c.time)
        faults.push_back({fault_kind::wrong_type, table.where(time), {"time", "a clock time HH:MM", "'" + shortened(time.text) + "'"}});
    }
    c.acceptance = days_in(table, row, columns[7], faults);
    c.handling = days_in(table, row, columns[8], faults);
    if (const csv_field settled = table.at(row, columns[9]); !settled.text.empty()) {
      c.settled = parse_yes_no(settled.text);
      if (!c.settled)
        faults.push_back({fault_kind::bad_value, table.where(settled), {"settled", "true, false", shortened(settled.text), ""}});
    }
    out.cases.push_back(std::move(c));
  }
  if (table.size() == 0) faults.push_back({fault_kind::empty_file, {table.file()}, {"a row for each matter below the header"}});
  return out;
}

}  // namespace detail

/// Reads a recorded case load from text in UTF-8, which messages call `file`.
///
/// `settled` may be true or false, yes or no, 1 or 0, 是 or 否, in any case. A place may be written with the zeros that the
/// statistics bureau puts behind the code of a township; the case load has the code of the table of units.
///
/// Faults: `missing_column`, `wrong_field_count`, `bad_date`, `out_of_period`, `unknown_unit`,
/// `unknown_category`, `bad_value`, `bad_number`, `out_of_range`, `duplicate_code` (an id twice), `empty_file`.
[[nodiscard]] inline checked<case_load> parse_case_load(std::string_view text, const std::string& file, const case_load_frame& frame) {
  std::vector<fault> faults;
  const csv_table table = csv_table::parse(text, file, faults);
  case_load out = detail::case_load_of(table, frame, faults);
  tidy(faults);
  if (!faults.empty()) return faults;
  return out;
}

/// The same from a file or another source of texts, where it may also be `cannot_read` or `not_text`.
[[nodiscard]] inline checked<case_load> load_case_load(const std::filesystem::path& path, const case_load_frame& frame,
                                                       const text_source& from = text_files()) {
  const checked<std::string> text = from.text(path, {text_encoding::utf8_or_gb18030, "a case load"});
  if (!text) return text.faults();
  return parse_case_load(*text, path.string(), frame);
}

/// The case load as text that reads back as the same.
[[nodiscard]] inline std::string case_load_csv(const case_load& load) {
  csv_writer csv{"id", "date", "time", "place", "category", "channel", "group_size", "acceptance_days", "handling_days", "settled"};
  for (const recorded_case& c : load.cases) {
    csv.field(c.id).field(to_string(c.date)).field(c.time ? clock_text(*c.time) : std::string()).field(c.place_code).field(c.category);
    csv.field(name_of(c.channel)).field(c.group_size);
    csv.field(c.acceptance ? std::to_string(c.acceptance->count) : std::string());
    csv.field(c.handling ? std::to_string(c.handling->count) : std::string());
    csv.field(c.settled ? (*c.settled ? "true" : "false") : "").end_row();
  }
  return csv.text();
}

}  // namespace sifang

#endif
