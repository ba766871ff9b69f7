// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_DECIDED_ROSTER_HPP
#define SIFANG_IO_DECIDED_ROSTER_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/policies/rested_roster.hpp"
#include "sifang/county/world.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/planned_roster.hpp"
#include "sifang/io/roster.hpp"
#include "sifang/org/official.hpp"
#include "sifang/reception/plan.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

/// \file
/// A roster that realises what was decided: who sits where and when, and what that is for each of them.

namespace sifang {

/// The duties of one official in a roster.
struct roster_duties {
  official_id who;            ///< the post
  std::string post,           ///< its code
      title;                  ///< what it is called
  int sessions = 0,           ///< in the counted period
      most_in_a_week = 0;     ///< in any week from Monday to Sunday
  int least_rest_hours = -1;  ///< from the end of a session to the start of the next; -1 with less than two
};

/// A roster and how it treats people.
struct decided_roster {
  std::vector<roster_row> rows;       ///< the sessions of the counted period, in order; those of everyone are left out
  std::vector<roster_duties> duties;  ///< of the county's leaders who sit at any, by post
  int rest_hours = 0;                 ///< between two sessions of a leader, kept throughout where people take turns
  std::size_t seats = 0,              ///< for leaders of the county
      empty = 0;                      ///< of these, that nobody can take
  bool is_optimal = false;            ///< no roster of this rest is better; else none was found in the steps allowed
  double gini = 0;                    ///< of the sessions of those who could take turns; 0 where all have as many
};

/// The roster of a world over its counted period: leaders of the county who take turns are dealt by `make_rested_roster`; all others sit as
/// planned.
[[nodiscard]] inline decided_roster make_decided_roster(const world& w, language lang) {
  const rested_roster found = make_rested_roster(w);
  decided_roster out;
  out.rest_hours = found.rest.count / 60;
  out.seats = found.seats.size();
  out.is_optimal = found.is_optimal;
  std::map<std::tuple<day, std::uint32_t, std::uint32_t>, std::vector<official_id>> sitting;
  for (const rested_seat& s : found.seats) {
    auto& people = sitting[{s.date, static_cast<std::uint32_t>(s.where.index()), static_cast<std::uint32_t>(s.place.index())}];
    if (s.who.valid())
      people.push_back(s.who);
    else
      ++out.empty;
  }
  const county_tree& units = w.org().units();
  out.rows = roster_of(w, {w.start(), w.end()}, false, lang);
  for (roster_row& row : out.rows) {
    const auto unit = units.find(row.unit_code);
    for (std::size_t v = 0; unit && v < w.plan().kinds().size(); ++v) {
      const venue_text text = text_of(w.plan().kinds()[v]);
      if (row.venue != (lang == language::zh ? text.zh : text.en)) continue;
      const auto at = sitting.find({row.date, static_cast<std::uint32_t>(v), static_cast<std::uint32_t>(unit->index())});
      if (at == sitting.end()) continue;
      row.posts.clear();
      row.titles.clear();
      row.note.clear();
      for (const official_id who : at->second) {
        row.posts.push_back(w.org()[who].post);
        row.titles.push_back(detail::title_told(w.org(), who, lang));
      }
    }
  }
  for (const rested_duties& d : found.duties) {
    const official& o = w.org()[d.who];
    out.duties.push_back({d.who, o.post, detail::title_told(w.org(), d.who, lang), d.sessions, d.most_in_a_week,
                          d.least_rest.count < 0 ? -1 : d.least_rest.count / 60});
  }
  out.gini = found.gini;
  return out;
}

/// duties.csv: what the roster is for each leader of the county.
[[nodiscard]] inline std::string duties_csv(const decided_roster& roster) {
  csv_writer csv{"post", "title", "sessions", "most_in_a_week", "least_rest_hours"};
  for (const roster_duties& d : roster.duties) {
    csv.field(d.post).field(d.title).field(d.sessions).field(d.most_in_a_week);
    if (d.least_rest_hours < 0)
      csv.empty();
    else
      csv.field(d.least_rest_hours);
    csv.end_row();
  }
  return csv.text();
}

}  // namespace sifang

#endif
