// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_SESSION_PLACES_HPP
#define SIFANG_RECEPTION_SESSION_PLACES_HPP

#include "sifang/core/names.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/reception/session_kind.hpp"
#include "sifang/reception/session_series.hpp"

#include <algorithm>
#include <string>
#include <vector>

/// \file
/// Where sessions of a kind are held in a county, and what follows from that and from who sits.

namespace sifang {

/// Units at which sessions of a kind are held: those that it names, in that order and each once, or all of its kinds of unit.
/// \complexity n log n in the units that are found
template <class = when_called>
[[nodiscard]] inline std::vector<unit_id> places_of(const session_kind& k, const organisation& org) {
  std::vector<unit_id> out;
  for (const std::string& code : k.units) {
    const auto found = org.units().find(code);
    if (found && std::find(out.begin(), out.end(), *found) == out.end()) out.push_back(*found);
  }
  if (!k.units.empty()) return out;
  for (const unit_kind kind : k.at) {
    const auto found = org.units_of_kind(kind);
    out.insert(out.end(), found.begin(), found.end());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// What follows from a kind of session in a county. \complexity that of `places_of`
template <class = when_called>
[[nodiscard]] inline session_traits traits_of(const session_kind& k, const organisation& org) {
  session_traits t;
  t.irregular = k.irregular;
  t.counts_for = k.counts_for;
  for (const char c : k.id) t.luck = (t.luck * 31 + static_cast<unsigned char>(c)) & 0xffff;
  t.takes_turns = k.takes_turns();
  t.by_clerks = k.by_clerks();
  if (k.posts.empty() && !k.roles.empty()) t.seniority = seniority(k.roles.front());
  for (const std::string& one : k.posts) {
    if (const auto found = org.find_post(one)) t.seniority = (std::max)(t.seniority, seniority(org[*found].rank));
  }
  t.of_county_leaders = t.seniority >= 2;
  const std::vector<unit_id> places = places_of(k, org);
  const auto level_at = [&](unit_id u) { return level_of(org.units()[u].kind); };
  t.level = t.of_county_leaders ? level::county : level::village;
  for (const unit_id u : places) t.level = (std::min)(t.level, level_at(u));
  if (places.empty()) {
    for (const unit_kind kind : k.at) t.level = (std::min)(t.level, level_of(kind));
    if (k.at.empty()) t.level = level::county;
  }
  const auto below_county = [&](unit_id u) { return level_at(u) != level::county; };
  const bool leaves_seat = !k.relations.empty() || k.irregular || std::any_of(places.begin(), places.end(), below_county);
  t.travels = t.of_county_leaders && !k.video && leaves_seat;
  return t;
}

}  // namespace sifang

#endif
