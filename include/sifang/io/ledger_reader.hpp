// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_READER_HPP
#define SIFANG_IO_LEDGER_READER_HPP

#include "sifang/core/date_fault.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/cell_text.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/ledger_header.hpp"
#include "sifang/io/ledger_map.hpp"
#include "sifang/io/ledger_reading.hpp"
#include "sifang/io/ledger_words.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/personal_data.hpp"
#include "sifang/io/place_names.hpp"
#include "sifang/petition/case_load.hpp"
#include "sifang/petition/category.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// Rows of a ledger become recorded cases, or are rejected with the cell that is to blame.

namespace sifang::detail {

/// Reads the rows of one ledger.
class ledger_reader {
 public:
  ledger_reader(const csv_table& table, const case_load_frame& frame, const ledger_map& map, ledger_columns_found columns,
                ledger_reading& out)
      : table_(&table), frame_(&frame), map_(&map), columns_(std::move(columns)), out_(&out) {
    if (frame.units != nullptr) places_.emplace(*frame.units);
    for (std::size_t c = 0; c < frame.categories.size(); ++c) {
      if (frame.names.size() == frame.categories.size())
        categories_.push_back(frame.names[c]);
      else
        categories_.push_back({frame.categories[c], {}, {}});
      known_categories_.push_back(frame.categories[c]);
      if (!categories_.back().zh.empty()) known_categories_.push_back(categories_.back().zh);
    }
    for (const channel one : all_channels()) known_channels_.emplace_back(name_of(one));
    for (const auto& one : channel_words) known_channels_.emplace_back(one.word);
  }

  void read() {
    out_->load.cases.reserve(table_->size());
    for (row_ = 0; row_ < table_->size(); ++row_) {
      if (is_sum()) {
        ++out_->sums;
        continue;
      }
      ++out_->rows;
      rejected_ = false;
      count_filled();
      recorded_case c = read_case();
      if (rejected_)
        ++out_->rows_rejected;
      else
        out_->load.cases.push_back(std::move(c));
    }
    finish();
  }

 private:
  struct meaning {
    std::string word;  // the documented one; empty: unknown
    std::string near;  // the nearest known one
  };

  [[nodiscard]] static std::array<channel, channel_count> all_channels() {
    return {channel::visit, channel::letter, channel::online, channel::phone, channel::campaign};
  }
  template <named_enum Enum>
  [[nodiscard]] static std::string all_names() {
    std::string all;
    for (const std::string_view name : names_of<Enum>) all.append(all.empty() ? "" : ", ").append(name);
    return all;
  }
  [[nodiscard]] csv_column column(ledger_field f) const { return columns_.of(f); }
  /// The text of a cell, or what the map says for every row.
  [[nodiscard]] std::string cell(ledger_field f) const {
    if (!map_->constant(f).empty() && !column(f)) return plain_cell(map_->constant(f));
    return plain_cell(table_->at(row_, column(f)).text);
  }
  [[nodiscard]] std::string label(ledger_field f) const { return std::string(column(f).name); }
  [[nodiscard]] place where(ledger_field f) const { return table_->where(row_, column(f)); }

  /// A row of totals: its first filled cell says so.
  [[nodiscard]] bool is_sum() const {
    for (std::size_t c = 0; c < table_->header().size(); ++c) {
      const std::string_view text = table_->at(row_, {c, {}}).text;
      if (text.empty()) continue;
      const std::string word = plain_header(text);
      for (const std::string_view sum : {"合计", "总计", "小计", "累计", "total", "sum"}) {
        if (word == sum) return true;
      }
      for (const std::string_view footer : {"填表人", "制表人", "审核人", "制表单位", "填报单位"}) {
        if (word.starts_with(footer)) return true;
      }
      return false;
    }
    return false;
  }
  void count_filled() {
    for (std::size_t c = 0; c < out_->columns.size(); ++c) out_->columns[c].filled += table_->at(row_, {c, {}}).text.empty() ? 0 : 1;
  }

  void reject(rejection why, ledger_field f, fault (*make)(ledger_reader&, ledger_field, const std::string&),
              const std::string& found = {}) {
    const csv_column at = column(f);
    reject_at(why, table_->at(row_, at).line, at ? static_cast<std::uint32_t>(at.position) : rejected_cell::no_column,
              [&] { return make(*this, f, found); });
  }
  template <class Make>
  void reject_at(rejection why, std::uint32_t line, std::uint32_t position, Make&& make) {
    rejected_ = true;
    out_->rejected.push_back({line, position, why});
    std::size_t& told = told_[static_cast<std::size_t>(why)];
    if (told++ < most_faults_of_a_kind) out_->told.push_back(make());
  }

  [[nodiscard]] recorded_case read_case() {
    recorded_case c;
    if (table_->fields(row_) != table_->header().size()) {
      const csv_field first = table_->at(row_, {0, {}});
      reject_at(rejection::field_count, first.line, rejected_cell::no_column, [&] {
        return fault{fault_kind::wrong_field_count,
                     {table_->file(), first.line, first.column},
                     {std::to_string(table_->header().size()), std::to_string(table_->fields(row_))}};
      });
    }
    read_id(c);
    read_date(c);
    read_place(c);
    read_words(c);
    read_group(c);
    read_durations(c);
    read_offices(c);
    return c;
  }

  /// Whether something stands in the cell; rejects the row if nothing does.
  [[nodiscard]] bool is_filled(ledger_field f, const std::string& text) {
    if (!text.empty()) return true;
    if (!column(f) || !table_->has(row_, column(f))) return false;  // the row is too short, which was said
    reject(rejection::empty, f, [](ledger_reader& r, ledger_field which, const std::string&) {
      return fault{fault_kind::syntax, r.where(which), {"'" + r.label(which) + "' filled in", "an empty field"}};
    });
    return false;
  }

  void read_id(recorded_case& c) {
    const std::string id = cell(ledger_field::id);
    const std::uint32_t line = table_->at(row_, column(ledger_field::id)).line;
    if (!is_filled(ledger_field::id, id)) return;
    if (personal_data_in(id) != personal_data::none) {
      ++out_->private_ids;
      c.id = 'r' + std::to_string(line);
    } else {
      c.id = one_line(id);
    }
    const auto [first, fresh] = ids_.emplace(id, line);
    if (fresh) return;
    reject(
        rejection::id_again, ledger_field::id,
        [](ledger_reader& r, ledger_field f, const std::string& found) {
          const bool number = found.find_first_of("0123456789") != std::string::npos && found.size() < 40;
          const std::string shown = personal_data_in(found) == personal_data::none && number ? one_line(found) : shown_cell(found);
          return fault{fault_kind::duplicate_code, r.where(f), {shown, std::to_string(r.ids_.at(found))}};
        },
        id);
  }

  /// A day, or nothing after the row was rejected for it.
  [[nodiscard]] std::optional<cell_moment> moment(ledger_field f, const std::string& text) {
    const auto found = cell_moment_of(text);
    if (found && is_allowed(found->date)) return found;
    reject(
        rejection::not_a_date, f,
        [](ledger_reader& r, ledger_field which, const std::string& cell_text) {
          const auto date = cell_moment_of(cell_text);
          if (date) return date_fault(r.where(which), r.label(which), date->date);
          return make_fault(fault_kind::bad_date, r.where(which), r.label(which), shown_cell(cell_text));
        },
        text);
    return std::nullopt;
  }

  void read_date(recorded_case& c) {
    has_date_ = false;
    const std::string text = cell(ledger_field::date);
    if (is_filled(ledger_field::date, text)) {
      if (const auto found = moment(ledger_field::date, text)) {
        c.date = found->date;
        has_date_ = true;
        if (found->time && found->time->count > 0 && found->time->count < minutes_per_day)
          c.time = found->time;  // 0:00 is a date without a time
        if (c.date < frame_->first || c.date > frame_->last) {
          reject(
              rejection::outside_period, ledger_field::date,
              [](ledger_reader& r, ledger_field f, const std::string& date) {
                return fault{fault_kind::out_of_period,
                             r.where(f),
                             {r.label(f), to_string(r.frame_->first) + " to " + to_string(r.frame_->last), date}};
              },
              to_string(c.date));
        }
      }
    }
    const std::string time = cell(ledger_field::time);
    if (time.empty()) return;
    auto clock = cell_clock_of(time);
    if (!clock) {
      if (const auto both = cell_moment_of(time)) clock = both->time.value_or(minutes(0));  // a column of dates with times
    }
    if (clock) {
      c.time = clock;
      return;
    }
    reject(
        rejection::not_a_time, ledger_field::time,
        [](ledger_reader& r, ledger_field f, const std::string& found) {
          return fault{fault_kind::wrong_type, r.where(f), {r.label(f), "a clock time HH:MM", "'" + shown_cell(found) + "'"}};
        },
        time);
  }

  /// A place as the map has it, if it has it: by its word, or by the table of merges.
  [[nodiscard]] std::string mapped_place(const std::string& text) const {
    const std::string word = plain_word(text);
    if (const std::string* mapped = map_->word(ledger_field::place, word)) return *mapped;
    if (const auto merged = map_->merged.find(word); merged != map_->merged.end()) return merged->second;
    return text;
  }
  [[nodiscard]] const place_found& found_place(const std::string& text) {
    constexpr std::size_t most_kept = 100'000;
    if (places_seen_.size() > most_kept) places_seen_.clear();
    const auto [entry, fresh] = places_seen_.try_emplace(text);
    if (fresh) {
      const bool propose = searches_ < most_searches;
      entry->second = places_->territory(mapped_place(text), propose);
      searches_ += entry->second.where || !propose ? 0 : 1;
    }
    return entry->second;
  }

  void read_place(recorded_case& c) {
    const std::string place = cell(ledger_field::place), village = cell(ledger_field::village);
    if (village.empty() && !is_filled(ledger_field::place, place)) return;
    const ledger_field f = village.empty() ? ledger_field::place : ledger_field::village;
    if (!places_) {
      c.place_code = one_line(place + village);
      return;
    }
    std::string text = village.empty() ? place : place + village;
    if (!village.empty()) {  // a code says all by itself; a name is one of its township's
      if (const place_found& alone = found_place(village); alone.where && (place.empty() || is_number(village))) text = village;
    }
    const place_found& found = found_place(text);
    if (found.where) {
      c.place_code = frame_->units->code(*found.where);
      return;
    }
    note_word(ledger_field::place, text, {}, found.proposals);
    reject(
        found.several ? rejection::several_places : rejection::unknown_place, f,
        [](ledger_reader& r, ledger_field which, const std::string& name) {
          const place_found& known = r.found_place(name);
          const std::string near = listed(known.proposals);
          if (known.several) return fault{fault_kind::several_places, r.where(which), {shown_cell(name, near), near}};
          return fault{fault_kind::unknown_place, r.where(which), {shown_cell(name, near), near}};
        },
        text);
  }
  [[nodiscard]] static bool is_number(const std::string& text) { return text.find_first_not_of("0123456789") == std::string::npos; }
  [[nodiscard]] static std::string listed(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "'" : ", '") + word + "'";
    return out;
  }

  void note_word(ledger_field f, const std::string& text, const std::string& means, const std::vector<std::string>& near) {
    const auto [entry, fresh] = words_.try_emplace({f, plain_word(text)}, out_->words.size());
    constexpr std::size_t most_words = 500;  // of all columns: more is no list of words
    if (fresh && out_->words.size() >= most_words) {
      words_.erase(entry);
      return;
    }
    if (fresh) {
      const bool known = !means.empty();
      const bool shown = known || personal_data_in(text) == personal_data::none;
      constexpr std::size_t longest = 60;
      out_->words.push_back(
          {f, shown && text.size() <= longest ? one_line(text) : std::string(not_shown), means, near, 0, table_->at(row_, column(f)).line});
    }
    ++out_->words[entry->second].times;
  }

  [[nodiscard]] std::vector<std::string> near_words(const std::string& text, const std::vector<std::string>& known) {
    if (searches_ >= most_searches) return {};
    ++searches_;
    std::vector<std::string> out = nearest_by_characters(plain_word(text), known);
    if (out.empty()) {
      if (std::string one = nearest(text, known); !one.empty()) out.push_back(std::move(one));
    }
    return out;
  }
  /// The documented word that the map has for a cell, or the cell itself.
  [[nodiscard]] std::string mapped(ledger_field f, const std::string& text) const {
    const std::string* word = map_->word(f, plain_word(text));
    return word == nullptr ? text : *word;
  }

  void read_words(recorded_case& c) {
    read_category(c);
    read_channel(c);
    if (const std::string text = cell(ledger_field::settled); !text.empty()) {
      const std::string word = mapped(ledger_field::settled, text);
      c.settled = cell_yes_no_of(word);
      if (!c.settled && cell_moment_of(word)) c.settled = true;  // the day on which it was
      if (c.settled)
        note_word(ledger_field::settled, cell_moment_of(word) ? "YYYY-MM-DD" : text, *c.settled ? "true" : "false", {});
      else
        reject_word(ledger_field::settled, text, "true, false");
    }
    if (const std::string text = cell(ledger_field::repeat); !text.empty()) {
      c.repeat = repeat_called(mapped(ledger_field::repeat, text));
      if (c.repeat)
        note_word(ledger_field::repeat, text, *c.repeat ? "true" : "false", {});
      else
        reject_word(ledger_field::repeat, text, "true, false");
      out_->repeats += c.repeat.value_or(false) ? 1 : 0;
    }
    if (const std::string text = cell(ledger_field::satisfaction); !text.empty()) {
      const auto found = grade_called(mapped(ledger_field::satisfaction, text));
      if (found) {
        c.satisfaction = *found;
        note_word(ledger_field::satisfaction, text, *found ? std::string(name_of(**found)) : "none", {});
      } else {
        reject_word(ledger_field::satisfaction, text, all_names<grade>() + ", none");
      }
    }
  }
  void reject_word(ledger_field f, const std::string& text, std::string_view allowed) {
    note_word(f, text, {}, {});
    const csv_column at = column(f);
    reject_at(rejection::unknown_word, table_->at(row_, at).line, static_cast<std::uint32_t>(at.position), [&] {
      return fault{fault_kind::bad_value, where(f), {label(f), std::string(allowed), shown_cell(text), ""}};
    });
  }
  void read_category(recorded_case& c) {
    const std::string text = cell(ledger_field::category);
    if (!is_filled(ledger_field::category, text)) return;
    const auto [entry, fresh] = categories_seen_.try_emplace(text);
    if (fresh) {
      if (const auto found = category_called(mapped(ledger_field::category, text), categories_))
        entry->second.word = categories_[*found].id;
    }
    if (!entry->second.word.empty()) {
      c.category = entry->second.word;
      note_word(ledger_field::category, text, c.category, {});
    } else {
      const auto near = fresh ? near_words(text, known_categories_) : std::vector<std::string>();
      if (fresh && !near.empty()) entry->second.near = near.front();
      note_word(ledger_field::category, text, {}, near);
      reject(
          rejection::unknown_category, ledger_field::category,
          [](ledger_reader& r, ledger_field f, const std::string& found) {
            const std::string& known = r.categories_seen_.at(found).near;
            return fault{fault_kind::unknown_category, r.where(f), {shown_cell(found, known), known}};
          },
          text);
    }
    constexpr std::size_t most_kept = 10'000;
    if (categories_seen_.size() > most_kept) categories_seen_.clear();
  }
  void read_channel(recorded_case& c) {
    const std::string text = cell(ledger_field::channel);
    if (!is_filled(ledger_field::channel, text)) return;
    if (const auto found = channel_called(mapped(ledger_field::channel, text))) {
      c.channel = *found;
      note_word(ledger_field::channel, text, std::string(name_of(*found)), {});
      return;
    }
    const auto near = near_words(text, known_channels_);
    note_word(ledger_field::channel, text, {}, near);
    reject(
        rejection::unknown_word, ledger_field::channel,
        [](ledger_reader& r, ledger_field f, const std::string& found) {
          std::string all = all_names<channel>();
          const auto known = r.near_words(found, r.known_channels_);
          const std::string best = known.empty() ? std::string() : known.front();
          return fault{fault_kind::bad_value, r.where(f), {r.label(f), std::move(all), shown_cell(found, best), best}};
        },
        text);
  }

  /// A whole number within a range, or nothing after the row was rejected for it.
  [[nodiscard]] std::optional<std::int32_t> count(ledger_field f, const std::string& text, std::int32_t least, std::int32_t most) {
    const auto number = cell_count_of(text);
    if (number && *number >= least && *number <= most) return static_cast<std::int32_t>(*number);
    const csv_column at = column(f);
    reject_at(number ? rejection::out_of_range : rejection::not_a_number, table_->at(row_, at).line,
              at ? static_cast<std::uint32_t>(at.position) : rejected_cell::no_column, [&] {
                if (number) return fault{fault_kind::out_of_range, where(f), {label(f), range_text(least, most), shown_cell(text)}};
                return fault{fault_kind::bad_number, where(f), {label(f), shown_cell(text)}};
              });
    return std::nullopt;
  }
  void read_group(recorded_case& c) {
    const std::string text = cell(ledger_field::group_size);
    constexpr std::int32_t most = 100'000;
    if (is_filled(ledger_field::group_size, text)) c.group_size = count(ledger_field::group_size, text, 1, most).value_or(1);
  }

  /// Days from one date to another, checked against a column of days.
  void read_days(ledger_field date, ledger_field days, std::optional<day> from, std::optional<calendar_days>& into) {
    constexpr std::int32_t most = 36'500;
    if (const std::string text = cell(days); !text.empty()) {
      if (const auto n = count(days, text, 0, most)) into = calendar_days(*n);
    }
    const std::string text = cell(date);
    if (text.empty()) return;
    const auto found = moment(date, text);
    if (!found || !from) return;
    if (found->date < *from) {
      const std::string earlier = to_string(*from), at = to_string(found->date);
      const csv_column c = column(date);
      reject_at(rejection::before_earlier, table_->at(row_, c).line, static_cast<std::uint32_t>(c.position), [&] {
        return fault{fault_kind::not_chronological, where(date), {label(date), at, earlier}};
      });
    } else if (into && found->date - *from != *into) {
      const std::string expected = to_string(*from + *into), at = to_string(found->date);
      const csv_column c = column(date);
      reject_at(rejection::contradicts, table_->at(row_, c).line, static_cast<std::uint32_t>(c.position), [&] {
        return fault{fault_kind::contradiction, where(date), {label(date), at, expected}};
      });
    } else {
      into = found->date - *from;
    }
  }
  void read_durations(recorded_case& c) {
    const auto registered = has_date_ ? std::optional(c.date) : std::nullopt;
    read_days(ledger_field::accepted, ledger_field::acceptance_days, registered, c.acceptance);
    const auto accepted = registered && c.acceptance ? std::optional(*registered + *c.acceptance) : std::nullopt;
    read_days(ledger_field::replied, ledger_field::handling_days, accepted, c.handling);
  }

  void read_offices(recorded_case& c) {
    if (const std::string text = cell(ledger_field::unit); !text.empty() && places_) {
      const auto [entry, fresh] = offices_seen_.try_emplace(text);
      if (fresh) entry->second = places_->office(text);
      if (entry->second.where)
        c.unit_code = frame_->units->code(*entry->second.where);
      else
        ++out_->unknown_units;
      constexpr std::size_t most_kept = 10'000;
      if (offices_seen_.size() > most_kept) offices_seen_.clear();
    }
    if (const std::string text = cell(ledger_field::owner); !text.empty()) {
      c.owner_post = post_called(text);
      out_->unknown_owners += c.owner_post.empty() ? 1 : 0;
    }
  }
  /// The post that is called so: by its code, or by a title that one post alone has. A name of a person is none.
  [[nodiscard]] std::string post_called(const std::string& text) {
    if (frame_->posts == nullptr) return {};
    if (frame_->posts->find_post(text)) return text;
    if (titles_.empty()) {
      for (const auto& o : frame_->posts->officials()) {
        auto& post = titles_[plain_word(o.title)];
        post = post.empty() ? o.post : std::string(not_shown);  // several have it
      }
    }
    const auto found = titles_.find(plain_word(text));
    return found == titles_.end() || found->second == not_shown ? std::string() : found->second;
  }

  /// Counts, behind the faults that are told, those that are not.
  void finish() {
    for (std::size_t why = 0; why < told_.size(); ++why) {
      if (told_[why] <= most_faults_of_a_kind) continue;
      out_->told.push_back({fault_kind::more_faults,
                            {table_->file(), last_line()},
                            {std::to_string(told_[why] - most_faults_of_a_kind), "faults of this kind"}});
    }
    tidy(out_->told);
  }
  [[nodiscard]] std::uint32_t last_line() const { return out_->rejected.empty() ? 0 : out_->rejected.back().line; }

  static constexpr std::size_t most_searches = 200;
  const csv_table* table_;
  const case_load_frame* frame_;
  const ledger_map* map_;
  ledger_columns_found columns_;
  ledger_reading* out_;
  std::size_t row_ = 0, searches_ = 0;
  bool rejected_ = false, has_date_ = false;
  std::array<std::size_t, enumerator_count<rejection>> told_{};
  std::optional<place_names> places_;
  std::vector<named_category> categories_;
  std::vector<std::string> known_categories_, known_channels_;
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::unordered_map<std::string, place_found> places_seen_, offices_seen_;
  std::unordered_map<std::string, meaning> categories_seen_;
  std::map<std::pair<ledger_field, std::string>, std::size_t> words_;
  std::unordered_map<std::string, std::string> titles_;
};

}  // namespace sifang::detail

#endif
