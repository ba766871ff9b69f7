// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_DOOR_COUNTS_HPP
#define SIFANG_COUNTY_YEAR_DOOR_COUNTS_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/world.hpp"
#include "sifang/reception/plan.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace sifang::detail {

/// Counts an appointment visit of the period, and where it went (R19).
template <class = when_called>
inline void count_meeting(replication_outcome& out, const matter& m, const cell_set& cells) noexcept {
  constexpr std::array<metric, 4> by_place{metric::visited_townships, metric::visited_villages, metric::visited_enterprises,
                                           metric::visited_projects};
  out.sums.add(metric::appointments, cells, 1, 0);
  out.sums.add(by_place[static_cast<std::size_t>(m.meeting_place)], cells, 1, 0);
}

/// Counts a return visit of the period: who was there, what was found and given (R29, R30).
/// \param cells, whole  where results count its matter, and the county \param cost  of help, yuan
template <class = when_called>
inline void count_return_visit(replication_outcome& out, const told_return_visit& v, const cell_set& cells, std::uint32_t whole,
                               double cost) noexcept {
  out.sums.add(metric::return_visits, cells, 1, 0);
  out.sums.add(metric::reason_found, cells, v.reason.has_value(), 1);
  if (!v.complete) out.violations[static_cast<std::size_t>(violation::r29)] += 1;
  if (!v.helped) return;
  out.sums.add(metric::hardship_helped, cells, 1, 0);
  out.sums.add(metric::help_cost, whole, cost, 0);
}

/// Counts the way of those who come to a session and back. To one by video nobody travels farther than to the own township, and to
/// irregular visits nobody travels: the leaders come.
template <class = when_called>
inline void count_way(replication_outcome& out, const world& w, const reception_series& s, const matter& m, std::uint32_t whole) noexcept {
  const session_kind& kind = w.plan().kind(s.where);
  if (kind.irregular) return;
  const village_site& home = w.villages()[m.village];
  const double to_township = s.place == home.where ? 0 : home.to_township;
  const double km = kind.video ? to_township : w.km_between(home.where, s.place);
  out.sums.add(metric::petitioner_km, whole, 2 * km * m.persons, 0);
}

}  // namespace sifang::detail

#endif
