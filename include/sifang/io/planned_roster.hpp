// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_PLANNED_ROSTER_HPP
#define SIFANG_IO_PLANNED_ROSTER_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/date_fault.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/io/roster.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/county/world.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

/// \file
/// The roster of a scenario: who sits where and when, as its plan of sessions has it.

namespace sifang {

/// Days of a roster, both included.
struct roster_period {
  day from,  ///< first
      to;    ///< last
};

/// The days from one written date to another. Faults: `bad_date`, `out_of_period` (not simulated), `not_chronological`,
/// with the options' names in place of a file's.
/// \param from  empty: the first counted day \param to  empty: the last
[[nodiscard]] inline checked<roster_period> roster_period_of(const world& w, const std::string& from, const std::string& to) {
  roster_period out{w.start(), w.end()};
  std::vector<fault> faults;
  const auto read = [&](const std::string& text, const char* key, day& into) {
    if (text.empty()) return;
    const auto d = parse_day(text);
    if (!d)
      faults.push_back(date_fault({}, key, text, text));
    else if (*d < w.first() || *d > w.last())
      faults.push_back({fault_kind::out_of_period, {}, {key, to_string(w.first()) + ".." + to_string(w.last()), text}});
    else
      into = *d;
  };
  read(from, "--from", out.from);
  read(to, "--to", out.to);
  if (faults.empty() && out.to < out.from)
    faults.push_back({fault_kind::not_chronological, {}, {"--to", to_string(out.to), to_string(out.from)}});
  if (!faults.empty()) return faults;
  return out;
}

/// Whether a kind of session is left out of a roster unless everyone is asked for: the village, section and window, which are many and
/// the same every week.
[[nodiscard]] inline bool is_of_everyone(const session_kind& kind) noexcept {
  return kind.counts_for == reception_rule::r9 || kind.by_clerks();
}

namespace detail {
/// The title of a post beside the post itself; empty where it has none.
[[nodiscard]] inline std::string title_told(const organisation& org, official_id who, language lang) {
  return org[who].title.empty() && org[who].title_en.empty() ? std::string() : text_of(org, who, lang);
}
}  // namespace detail

/// The sessions of some days, in order; a note says where else somebody is needed that day (R5).
/// \param everyone  also those of `is_of_everyone`
/// \pre the days are simulated; asserted
[[nodiscard]] inline std::vector<roster_row> roster_of(const world& w, roster_period days, bool everyone, language lang) {
  SIFANG_ASSERT(days.from >= w.first() && days.to <= w.last(), "days that are simulated");
  std::vector<roster_row> out;
  const county_tree& units = w.org().units();
  for (const reception_session& s : w.plan().sessions(days.from, days.to)) {
    const session_kind& kind = w.plan().kind(s.where);
    if (!everyone && is_of_everyone(kind)) continue;
    const venue_text text = text_of(kind);
    roster_row row{s.date,
                   s.start,
                   s.start + s.length,
                   std::string(lang == language::zh ? text.zh : text.en),
                   units.code(s.place),
                   text_of(units[s.place], lang),
                   {},
                   {},
                   std::string(s.rule),
                   ""};
    for (official_id who : s.people) {
      row.posts.push_back(w.org()[who].post);
      row.titles.push_back(detail::title_told(w.org(), who, lang));
    }
    for (const double_booking& b : w.plan().double_bookings()) {
      if (b.date == s.date && b.kept == s.where && std::find(s.people.begin(), s.people.end(), b.who) != s.people.end()) {
        row.note = (lang == language::zh ? "同日还需到" : "also needed at ") + text_of(units[b.missed_place], lang);
        if (w.plan().kind(b.missed).counts_for == reception_rule::r5) row.note += " (R5)";
      }
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace sifang

#endif
