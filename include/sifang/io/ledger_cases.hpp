// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_CASES_HPP
#define SIFANG_IO_LEDGER_CASES_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/cell_text.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/ledger_header.hpp"
#include "sifang/io/ledger_map.hpp"
#include "sifang/io/ledger_reading.hpp"
#include "sifang/io/personal_data.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/petition/case_load.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// A ledger as whoever fits laws to it needs it: days and positions, and a few columns more than a replay reads.

namespace sifang {

/// A case of a ledger, as days and positions.
struct ledger_case {
  day date;                                                  ///< of registration
  std::size_t category = 0,                                  ///< position among the scenario's
      township = (std::numeric_limits<std::size_t>::max)();  ///< position of a unit at township level; none: the county itself
  sifang::channel channel = sifang::channel::visit;          ///< by which it came in
  int persons = 1;                                           ///< at least 1
  std::optional<bool> repeat{};                              ///< the row says that it is a repeat, or not
  std::optional<day> routed{},                               ///< sent to the responsible unit
      accepted{},                                            ///< acceptance told
      replied{},                                             ///< reply
      reply_due{};                                           ///< last day of the reply as the ledger has it, with its extension (L11)
  std::optional<calendar_days> handling{};                   ///< from acceptance to reply
  std::optional<int> repeats{},                              ///< later registrations
      rebounds{};                                            ///< petitions after peace
  bool is_simplified = false,                                ///< simplified handling (L19)
      is_backlog = false;                                    ///< taken over from before
};

/// A ledger that was read for a fit.
struct ledger_cases {
  ledger_reading read;             ///< its rows, as a replay reads them; without the cases
  std::vector<ledger_case> cases;  ///< of the rows that can be used, in their order
  bool has_accepted = false,       ///< there is a column of the day of acceptance, or of days from registration to it
      has_routed = false,          ///< … of routing
      has_replied = false,         ///< … of the reply
      has_handling_days = false,   ///< … of days from acceptance to reply
      has_repeat = false,          ///< … that says which rows are repeats
      has_repeats = false,         ///< … of how many repeats a case had
      has_rebounds = false;        ///< … of how many rebounds
};

namespace detail {

/// Columns that a replay has no use for.
enum class further_column : std::uint8_t { routed, simplified, backlog, repeats, rebounds, reply_due };
inline constexpr word_for<further_column> further_column_words[] = {
    {"routed", further_column::routed},         {"转送日期", further_column::routed},       {"转送时间", further_column::routed},
    {"交办日期", further_column::routed},       {"交办时间", further_column::routed},       {"转办日期", further_column::routed},
    {"转办时间", further_column::routed},       {"转送交办日期", further_column::routed},   {"转送交办时间", further_column::routed},
    {"simplified", further_column::simplified}, {"简易办理", further_column::simplified},   {"是否简易办理", further_column::simplified},
    {"backlog", further_column::backlog},       {"期初交办积案", further_column::backlog},  {"repeats", further_column::repeats},
    {"重复信访次数", further_column::repeats},  {"rebounds", further_column::rebounds},     {"反弹次数", further_column::rebounds},
    {"reply_due", further_column::reply_due},   {"答复期限", further_column::reply_due},    {"办理期限", further_column::reply_due},
    {"办结期限", further_column::reply_due},    {"答复截止日期", further_column::reply_due}};
inline constexpr std::size_t further_columns = 6;

/// The further columns of a ledger, by the id that its reading gives a row.
class further_facts {
 public:
  further_facts(std::string_view text, const std::string& file, const ledger_map& map) {
    std::vector<fault> ignored;
    const csv_table table = ledger_table(text, file, map, ignored);
    for (std::size_t c = 0; c < table.header().size(); ++c) {
      const std::string name = plain_header(table.header()[c]);
      for (const auto& known : further_column_words) {
        csv_column& column = at_[static_cast<std::size_t>(known.means)];
        if (known.word == name && !column) column = {c, known.word};
      }
    }
    if (std::none_of(std::begin(at_), std::end(at_), [](const csv_column& c) { return static_cast<bool>(c); })) return;
    ledger_reading scratch;
    ledger_header header(table, map, scratch, ignored);
    const csv_column id = header.find().of(ledger_field::id);
    if (!id) return;
    for (std::size_t row = 0; row < table.size(); ++row) {
      const csv_field cell = table.at(row, id);
      const std::string number = plain_cell(cell.text);
      const bool is_private = personal_data_in(number) != personal_data::none;
      row_facts& f = rows_[is_private ? 'r' + std::to_string(cell.line) : one_line(number)];
      const auto text_at = [&](further_column which) {
        const csv_column& column = at_[static_cast<std::size_t>(which)];
        return column ? plain_cell(table.at(row, column).text) : std::string();
      };
      const auto date = [&](further_column which) -> std::optional<day> {
        const auto moment = cell_moment_of(text_at(which));
        return moment && is_allowed(moment->date) ? std::optional(moment->date) : std::nullopt;
      };
      f.routed = date(further_column::routed);
      f.reply_due = date(further_column::reply_due);
      f.is_simplified = cell_yes_no_of(text_at(further_column::simplified)).value_or(false);
      f.is_backlog = cell_yes_no_of(text_at(further_column::backlog)).value_or(false);
      const auto count = [&](further_column which) -> std::optional<int> {
        const auto n = cell_count_of(text_at(which));
        return n && *n >= 0 && *n < 10'000 ? std::optional(static_cast<int>(*n)) : std::nullopt;
      };
      f.repeats = count(further_column::repeats);
      f.rebounds = count(further_column::rebounds);
    }
  }

  struct row_facts {
    std::optional<day> routed, reply_due;
    std::optional<int> repeats, rebounds;
    bool is_simplified = false, is_backlog = false;
  };
  [[nodiscard]] bool has(further_column which) const noexcept { return static_cast<bool>(at_[static_cast<std::size_t>(which)]); }
  [[nodiscard]] const row_facts* of(const std::string& id) const {
    const auto found = rows_.find(id);
    return found == rows_.end() ? nullptr : &found->second;
  }

 private:
  csv_column at_[further_columns]{};
  std::unordered_map<std::string, row_facts> rows_;
};

/// The cases of a reading with the further columns of its text.
[[nodiscard]] inline ledger_cases cases_of(ledger_reading read, const further_facts& facts, const case_load_frame& frame) {
  ledger_cases out;
  for (const ledger_column& c : read.columns) {
    if (!c.holds) continue;
    out.has_accepted |= *c.holds == ledger_field::accepted || *c.holds == ledger_field::acceptance_days;
    out.has_replied |= *c.holds == ledger_field::replied;
    out.has_handling_days |= *c.holds == ledger_field::handling_days;
    out.has_repeat |= *c.holds == ledger_field::repeat;
  }
  out.has_routed = facts.has(further_column::routed);
  out.has_repeats = facts.has(further_column::repeats);
  out.has_rebounds = facts.has(further_column::rebounds);
  for (const recorded_case& r : read.load.cases) {
    ledger_case& c = out.cases.emplace_back();
    c.date = r.date;
    const auto category = std::find(frame.categories.begin(), frame.categories.end(), r.category);
    c.category = static_cast<std::size_t>(category - frame.categories.begin());
    c.channel = r.channel;
    c.persons = r.group_size;
    c.repeat = r.repeat;
    if (frame.units != nullptr) {
      if (const auto found = frame.units->find(r.place_code)) {
        for (std::optional<unit_id> u = *found; u; u = frame.units->parent(*u)) {
          if (level_of((*frame.units)[*u].kind) == level::township) c.township = u->index();
        }
      }
    }
    if (r.acceptance) c.accepted = r.date + *r.acceptance;
    c.handling = r.handling;
    if (c.accepted && r.handling) c.replied = *c.accepted + *r.handling;
    if (const auto* more = facts.of(r.id)) {
      c.routed = more->routed;
      c.reply_due = more->reply_due;
      c.repeats = more->repeats;
      c.rebounds = more->rebounds;
      c.is_simplified = more->is_simplified;
      c.is_backlog = more->is_backlog;
    }
  }
  read.load.cases.clear();
  out.read = std::move(read);
  return out;
}

}  // namespace detail

/// Reads a ledger for a fit: as `load_ledger` does, of any dates, with its columns of routing, the last day of the reply, simplified
/// handling, repeats and rebounds.
///
/// Faults: those of `load_ledger`. Rows that cannot be used are in `read.told`.
[[nodiscard]] inline checked<ledger_cases> load_ledger_cases(const std::filesystem::path& path, case_load_frame frame,
                                                             const ledger_map& map = {}, const text_source& from = text_files()) {
  frame.first = first_day_allowed;
  frame.last = last_day_allowed;
  auto read = load_ledger(path, frame, map, from);
  if (!read) return std::move(read).faults();
  const std::string name = map.sheet.empty() ? path.string() : path.string() + '#' + map.sheet;
  const checked<std::string> text = from.text(name, {text_encoding::utf8_or_gb18030, "a case load"});
  if (!text) return text.faults();
  const detail::further_facts facts(*text, path.string(), map);
  return detail::cases_of(*std::move(read), facts, frame);
}

}  // namespace sifang

#endif
