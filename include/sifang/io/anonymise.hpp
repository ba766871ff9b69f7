// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_ANONYMISE_HPP
#define SIFANG_IO_ANONYMISE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/cell_text.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/keyed_hash.hpp"
#include "sifang/io/ledger_header.hpp"
#include "sifang/io/ledger_map.hpp"
#include "sifang/io/ledger_reading.hpp"
#include "sifang/io/ledger_words.hpp"
#include "sifang/io/personal_data.hpp"
#include "sifang/io/place_names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// A ledger that can be shared: the columns that a simulation or a fit needs, and nothing that leads back to a person.

namespace sifang {

/// How a ledger is made fit to be shared.
struct anonymise_setting {
  std::string key;           ///< of the hashes; who has it can try which names and numbers give them
  bool shift_dates = false;  ///< move all dates by the same number of whole weeks, up to a year, which the key decides
};

/// Bytes of a key that can be given, at least.
inline constexpr std::size_t shortest_key = 16;

/// A key of 32 bytes that nobody knows.
[[nodiscard]] inline std::string random_key() {
  std::random_device chance;
  std::string out;
  for (int i = 0; i < 8; ++i) {
    std::uint32_t word = chance();
    for (int byte = 0; byte < 4; ++byte, word >>= 8) out += static_cast<char>(word & 0xFF);
  }
  return out;
}

/// A ledger without personal data, and what became of the original's columns.
struct anonymised_ledger {
  std::string text;                    ///< a table in the documented columns, and `petitioner`: the same letters for the same person
  std::size_t rows = 0;                ///< of the ledger, all of them in the table
  std::size_t cells_left_out = 0;      ///< cells of columns that are kept which could not be made out, or may be somebody's
  std::vector<ledger_column> columns;  ///< every column of the original; those that hold nothing are dropped
};

namespace detail {

/// The posts that a cell can be cut down to, the longest first.
inline constexpr std::string_view post_words[] = {
    "人大常委会主任", "常务副县长", "党工委书记", "副检察长", "政协主席", "党委书记", "县委书记", "县委常委", "副县长", "副书记", "副镇长",
    "副乡长",         "副局长",     "副主任",     "检察长",   "纪委书记", "县长",     "镇长",     "乡长",     "局长",   "主任",   "书记",
    "部长",           "主席",       "委员",       "常委",     "站长",     "所长",     "院长",     "科长",     "政委",   "区长",   "市长"};

/// The post alone of a cell that may have a name beside it (副县长张三, 张局长); empty without one.
[[nodiscard]] inline std::string post_of(std::string_view text) {
  const std::string cell = plain_word(text);
  for (const std::string_view post : post_words) {
    if (cell.find(post) != std::string::npos) return std::string(post);
  }
  return {};
}

/// Whether every character is Han, a digit being none.
[[nodiscard]] inline bool is_all_han(std::u32string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_han); }

/// A place or office that says by its end what it is, and has neither house numbers nor a name in it.
[[nodiscard]] inline bool is_safe_place(std::string_view cell) {
  if (personal_data_in(cell) != personal_data::none) return false;
  const bool code =
      cell.find_first_not_of("0123456789") == std::string_view::npos && (cell.size() == 6 || cell.size() == 9 || cell.size() == 12);
  constexpr std::size_t longest = 20;
  const std::u32string characters = characters_of(cell);
  constexpr std::u32string_view ends = U"县市区镇乡道村局委办府处院校";
  return code || (is_all_han(characters) && characters.size() <= longest && ends.find(characters.back()) != std::u32string_view::npos);
}

class anonymiser {
 public:
  anonymiser(const csv_table& table, const case_load_frame* frame, const ledger_map& map, ledger_columns_found columns,
             const anonymise_setting& how, anonymised_ledger& out)
      : table_(&table), frame_(frame), map_(&map), columns_(std::move(columns)), how_(&how), out_(&out) {
    if (frame != nullptr && frame->units != nullptr) places_.emplace(*frame->units);
    if (frame != nullptr && frame->names.size() == frame->categories.size()) categories_.assign(frame->names.begin(), frame->names.end());
    if (how.shift_dates) shift_ = calendar_days(-7 * (1 + keyed_hash(how.key, "shift")[0] % 52));
  }

  void write() {
    csv_writer csv({});
    std::vector<ledger_field> kept;
    for (std::size_t f = 0; f < ledger_map::fields; ++f) {
      const auto field = static_cast<ledger_field>(f);
      if (is_written(field)) kept.push_back(field);
    }
    for (const ledger_field f : kept) csv.field(name_of(f));
    const bool people = std::any_of(out_->columns.begin(), out_->columns.end(), [](const ledger_column& c) { return tells_who(c); });
    if (people) csv.field("petitioner");
    csv.end_row();
    for (row_ = 0; row_ < table_->size(); ++row_) {
      ++out_->rows;
      for (const ledger_field f : kept) csv.field(std::string_view(value(f)));
      if (people) csv.field(std::string_view(petitioner()));
      csv.end_row();
    }
    out_->text = csv.take();
  }

 private:
  [[nodiscard]] static bool tells_who(const ledger_column& c) {
    return c.is_private == private_column::name || c.is_private == private_column::telephone || c.is_private == private_column::identity;
  }
  [[nodiscard]] bool has(ledger_field f) const { return static_cast<bool>(columns_.of(f)) || !map_->constant(f).empty(); }
  /// Dates of acceptance and reply become days, a village a part of its place, a date with a time two columns.
  [[nodiscard]] bool is_written(ledger_field f) const {
    switch (f) {
      case ledger_field::time:
        return has(f) || has(ledger_field::date);
      case ledger_field::place:
        return has(f) || has(ledger_field::village);
      case ledger_field::acceptance_days:
        return has(f) || has(ledger_field::accepted);
      case ledger_field::handling_days:
        return has(f) || has(ledger_field::replied);
      case ledger_field::village:
      case ledger_field::accepted:
      case ledger_field::replied:
        return false;
      default:
        return has(f);
    }
  }
  [[nodiscard]] std::string cell(ledger_field f) const {
    if (!columns_.of(f)) return plain_cell(map_->constant(f));
    return plain_cell(table_->at(row_, columns_.of(f)).text);
  }
  [[nodiscard]] std::string mapped(ledger_field f) const {
    const std::string text = cell(f);
    const std::string* word = map_->word(f, plain_word(text));
    return word == nullptr ? text : *word;
  }
  /// The new text of a cell; what was there and is not now is counted.
  [[nodiscard]] std::string value(ledger_field f) {
    std::string out = made(f);
    const bool derived = f == ledger_field::time || f == ledger_field::acceptance_days || f == ledger_field::handling_days;
    out_->cells_left_out += out.empty() && !cell(f).empty() && !derived ? 1 : 0;
    return out;
  }
  [[nodiscard]] std::string made(ledger_field f) const {
    switch (f) {
      case ledger_field::id:
        return cell(f).empty() ? std::string() : keyed_name(how_->key, "case " + plain_word(cell(f)));
      case ledger_field::date: {
        const auto at = cell_moment_of(cell(f));
        return at && is_allowed(at->date) ? to_string(at->date + shift_) : std::string();
      }
      case ledger_field::time:
        return clock();
      case ledger_field::place:
        return place();
      case ledger_field::category:
        return category();
      case ledger_field::channel: {
        const auto known = channel_called(mapped(f));
        return known ? std::string(name_of(*known)) : std::string();
      }
      case ledger_field::group_size: {
        const auto persons = cell_count_of(cell(f));
        return persons && *persons >= 1 && *persons <= most_persons ? std::to_string(*persons) : std::string();
      }
      case ledger_field::acceptance_days:
        return days(f, ledger_field::date, ledger_field::accepted);
      case ledger_field::handling_days:
        return days(f, ledger_field::accepted, ledger_field::replied);
      case ledger_field::settled: {
        const std::string word = mapped(f);
        const auto is = cell_moment_of(word) ? std::optional(true) : cell_yes_no_of(word);
        return is ? (*is ? "true" : "false") : "";
      }
      case ledger_field::repeat: {
        const auto is = repeat_called(mapped(f));
        return is ? (*is ? "true" : "false") : "";
      }
      case ledger_field::satisfaction: {
        const auto is = grade_called(mapped(f));
        return is && *is ? std::string(name_of(**is)) : std::string();
      }
      case ledger_field::unit:
        return unit();
      case ledger_field::owner:
        return owner();
      default:
        return {};
    }
  }
  [[nodiscard]] std::string clock() const {
    auto at = cell_clock_of(cell(ledger_field::time));
    if (!at) {
      const auto both = cell_moment_of(cell(ledger_field::date));
      if (both && both->time && both->time->count > 0) at = both->time;
    }
    return at ? clock_text(*at) : std::string();
  }
  [[nodiscard]] std::string place() const {
    const std::string above = cell(ledger_field::place), village = cell(ledger_field::village);
    std::string text = above + village;
    if (const std::string* word = map_->word(ledger_field::place, plain_word(text))) text = *word;
    if (const auto merged = map_->merged.find(plain_word(text)); merged != map_->merged.end()) text = merged->second;
    if (places_) {
      place_found found = places_->territory(text, false);
      if (!found.where && !village.empty()) found = places_->territory(village, false);
      return found.where ? frame_->units->code(*found.where) : std::string();
    }
    if (is_safe_place(text)) return text;
    return is_safe_place(above) ? above : std::string();
  }
  [[nodiscard]] std::string category() const {
    const std::string word = mapped(ledger_field::category);
    if (!categories_.empty()) {
      const auto known = category_called(word, categories_);
      return known ? categories_[*known].id : std::string();
    }
    const bool is_mapped = map_->word(ledger_field::category, plain_word(cell(ledger_field::category))) != nullptr;
    for (const std::string_view subject : subject_words) {
      if (is_mapped || (' ' + std::string(subject) + ' ').find(' ' + plain_word(word) + ' ') != std::string::npos) return one_line(word);
    }
    return {};  // any other word may be a story
  }
  [[nodiscard]] std::string days(ledger_field column, ledger_field from, ledger_field to) const {
    if (const auto count = cell_count_of(cell(column)); count && *count >= 0 && *count <= most_days) return std::to_string(*count);
    const auto first = cell_moment_of(cell(from)), last = cell_moment_of(cell(to));
    if (!first || !last || last->date < first->date) return {};
    return std::to_string((last->date - first->date).count);
  }
  [[nodiscard]] std::string unit() const {
    const std::string text = cell(ledger_field::unit);
    if (places_) {
      const place_found found = places_->office(text);
      if (found.where) return frame_->units->code(*found.where);
    }
    return is_safe_place(text) ? text : std::string();
  }
  [[nodiscard]] std::string owner() const {
    std::string text = cell(ledger_field::owner);
    if (frame_ != nullptr && frame_->posts != nullptr && frame_->posts->find_post(text)) return text;
    return post_of(text);
  }
  /// The same letters for the same person: by the identity number, else the telephone's, else the name in its place.
  [[nodiscard]] std::string petitioner() const {
    for (const private_column by : {private_column::identity, private_column::telephone, private_column::name}) {
      for (std::size_t c = 0; c < out_->columns.size(); ++c) {
        if (out_->columns[c].is_private != by) continue;
        std::string text = plain_word(table_->at(row_, {c, {}}).text);
        if (text.empty()) continue;
        if (by == private_column::name) text += ' ' + plain_word(cell(ledger_field::place));
        return keyed_name(how_->key, "person " + std::string(1, static_cast<char>('0' + static_cast<int>(by))) + text);
      }
    }
    return {};
  }

  static constexpr std::int64_t most_persons = 100'000, most_days = 36'500;  // a longer number may be somebody's
  const csv_table* table_;
  const case_load_frame* frame_;
  const ledger_map* map_;
  ledger_columns_found columns_;
  const anonymise_setting* how_;
  anonymised_ledger* out_;
  std::optional<place_names> places_;
  std::vector<named_category> categories_;
  calendar_days shift_{};
  std::size_t row_ = 0;
};

}  // namespace detail

/// Makes a copy of a ledger that can be shared, in the columns of the documented file: numbers of cases and people as keyed
/// hashes, dates as they are or moved, what the dictionary knows of words, posts without names; free text, addresses and all
/// columns that are not known are dropped. It does not promise that a rare case cannot be recognised by its day and place.
///
/// \param frame  the county and its categories, by which places and offices become codes; null: names are kept where they end
///                as places do, and categories where the dictionary or the map knows them
/// Faults: those of `parse_ledger`, but that columns may be missing as long as two are known. \pre the key has at least `shortest_key`
/// bytes; asserted \complexity linear
[[nodiscard]] inline checked<anonymised_ledger> anonymise_ledger(std::string_view text, const std::string& file,
                                                                 const anonymise_setting& how, const case_load_frame* frame = nullptr,
                                                                 const ledger_map& map = {}) {
  SIFANG_ASSERT(how.key.size() >= shortest_key, "a key of some length");
  std::vector<fault> faults;
  const csv_table table = detail::ledger_table(text, file, map, faults);
  if (table.header().empty() && !faults.empty()) return faults;
  ledger_reading about;
  std::vector<fault> of_columns;
  detail::ledger_header header(table, map, about, of_columns);
  const detail::ledger_columns_found columns = header.find();
  if (detail::known_columns(table.header(), map) < 2) faults.insert(faults.end(), of_columns.begin(), of_columns.end());
  if (table.size() == 0) faults.push_back({fault_kind::empty_file, {file}, {"a row for each matter below the header"}});
  tidy(faults);
  if (!faults.empty()) return faults;
  anonymised_ledger out;
  out.columns = std::move(about.columns);
  detail::anonymiser(table, frame, map, columns, how, out).write();
  return out;
}

}  // namespace sifang

#endif
