// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_PILOT_SESSIONS_HPP
#define SIFANG_EXPERIMENT_PILOT_SESSIONS_HPP

#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/world.hpp"
#include "sifang/org/unit.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/reception/session_kind.hpp"
#include "sifang/stats/before_after.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// \file
/// Which sessions a policy changes, how many lie in a trial of some months, and whether townships could begin one after another.

namespace sifang {

/// Whether a policy can be stepped over townships.
enum class stepping : std::uint8_t {
  by_place,     ///< it changes sessions, all of them at townships and villages
  county_wide,  ///< it changes sessions that the whole county shares
  other,        ///< it changes no session: whoever knows the policy must say
};
template <>
inline constexpr std::string_view names_of<stepping>[] = {"by_place", "county_wide", "other"};

/// Whether a policy holds sessions of a kind otherwise: on other days of the counted period, at other times or places, or by others.
/// Both worlds have the same kinds in the same order, as policies that are compared do; a kind that the base lacks is changed.
/// \complexity linear in the days and places of the kind
template <class = when_called>
[[nodiscard]] inline bool is_changed(const world& base, const world& policy, venue v) noexcept {
  const auto ours = base.plan().kinds(), theirs = policy.plan().kinds();
  if (v.index() >= theirs.size()) return false;
  if (v.index() >= ours.size()) return true;
  const session_kind &a = ours[v.index()], &b = theirs[v.index()];
  if (a.id != b.id) return true;
  if (a.irregular || b.irregular) return false;
  const auto x = base.plan().dates(v), y = policy.plan().dates(v);
  if (!std::equal(x.begin(), x.end(), y.begin(), y.end())) return true;
  if (x.empty()) return false;
  return a.start != b.start || a.length != b.length || a.receivers != b.receivers || a.roles != b.roles || a.posts != b.posts ||
         a.at != b.at || a.units != b.units || a.areas != b.areas || a.admission != b.admission || a.closing != b.closing;
}

/// How a policy can be stepped. \complexity linear in the series of sessions
template <class = when_called>
[[nodiscard]] inline stepping stepping_of(const world& base, const world& policy) noexcept {
  stepping out = stepping::other;
  for (const world* w : {&base, &policy}) {
    for (const reception_series& s : w->plan().series()) {
      if (!is_changed(base, policy, s.where) || w->plan().dates(s.where).empty()) continue;
      if (level_of(w->org().units()[s.place].kind) == level::county) return stepping::county_wide;
      out = stepping::by_place;
    }
  }
  return out;
}

/// Sessions of leaders, heads and team members that are planned in the first months of the counted period; of more than a year its first
/// year comes again. Windows of clerks and irregular visits are left out.
/// \param counts  whether a kind of session is among them  \complexity linear in the series times their dates
template <class Counts>
requires std::predicate<Counts&, venue>
[[nodiscard]] double sessions_in(const world& w, std::size_t months, Counts&& counts) {
  const day first = w.start();
  double year = 0, rest = 0;
  const auto months_since = [&](day d) {
    return static_cast<std::size_t>((d.year() - first.year()) * 12 + static_cast<int>(d.month()) - static_cast<int>(first.month()));
  };
  for (const reception_series& s : w.plan().series()) {
    const session_kind& kind = w.plan().kinds()[s.where.index()];
    if (kind.irregular || kind.by_clerks() || !counts(s.where)) continue;
    const auto dates = w.plan().dates(s.where);
    for (std::size_t turn = s.phase; turn < dates.size(); turn += s.period) {
      if (dates[turn] < first || dates[turn] > w.end()) continue;
      year += 1;
      rest += months_since(dates[turn]) < months % year_months ? 1 : 0;
    }
  }
  return static_cast<double>(months / year_months) * year + rest;
}

}  // namespace sifang

#endif
