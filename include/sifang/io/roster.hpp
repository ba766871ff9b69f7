// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_ROSTER_HPP
#define SIFANG_IO_ROSTER_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_table.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Who sits when and where (值班表), as a table for people and as one for programs.

namespace sifang {

/// One session of a roster: time, place and people (三固定, R1).
struct roster_row {
  day date;                         ///< day on which it takes place, after any move to a workday
  minutes start,                    ///< of the day
      end;                          ///< of the day; past 24:00 if it ends after midnight
  std::string venue;                ///< kind of session, as the reader is to see it
  std::string unit_code,            ///< code of the place
      unit_name;                    ///< what the place is called
  std::vector<std::string> posts;   ///< "leader-07"
  std::vector<std::string> titles;  ///< beside the posts, in the same order
  std::string rule;                 ///< the rule that asks for it, "R6"
  std::string note;                 ///< for people: where else one of them is needed that day (R5); may be empty
};

/// Name of a weekday, "Mon" or "周一".
[[nodiscard]] constexpr std::string_view weekday_text(weekday d, language lang) noexcept {
  constexpr std::array<std::string_view, 7> en{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr std::array<std::string_view, 7> zh{"周一", "周二", "周三", "周四", "周五", "周六", "周日"};
  return (lang == language::zh ? zh : en)[static_cast<std::size_t>(d)];
}

/// The roster as CSV, with the same column names in every language.
[[nodiscard]] inline std::string roster_csv(std::span<const roster_row> rows) {
  csv_writer csv{"date", "weekday", "start", "end", "venue", "unit", "unit_name", "posts", "titles", "rule", "note"};
  for (const roster_row& r : rows) {
    csv.field(to_string(r.date)).field(weekday_text(r.date.weekday(), language::en));
    csv.field(clock_text(r.start)).field(clock_text(r.end)).field(r.venue).field(r.unit_code).field(r.unit_name);
    csv.field(detail::joined(r.posts, ";")).field(detail::joined(r.titles, ";")).field(r.rule).field(r.note).end_row();
  }
  return csv.text();
}

/// The roster as an aligned table for a terminal.
[[nodiscard]] inline std::string roster_table(std::span<const roster_row> rows, language lang = language::en) {
  const bool zh = lang == language::zh;
  text_table table(zh ? std::vector<std::string>{"日期", "星期", "时间", "接访", "地点", "人员", "依据", "备注"}
                      : std::vector<std::string>{"date", "day", "time", "session", "place", "who", "rule", "note"});
  for (const roster_row& r : rows) {
    std::string who;
    for (std::size_t i = 0; i < r.posts.size(); ++i) {
      who += (i == 0 ? "" : zh ? "、" : ", ") + r.posts[i];
      if (i < r.titles.size() && !r.titles[i].empty()) who += ' ' + r.titles[i];
    }
    table.add({to_string(r.date), std::string(weekday_text(r.date.weekday(), lang)), clock_text(r.start) + '-' + clock_text(r.end), r.venue,
               r.unit_name.empty() ? r.unit_code : r.unit_code + ' ' + r.unit_name, who, r.rule, r.note});
  }
  return table.text();
}

}  // namespace sifang

#endif
