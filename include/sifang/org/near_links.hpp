// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_NEAR_LINKS_HPP
#define SIFANG_ORG_NEAR_LINKS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/even_links.hpp"
#include "sifang/org/link_dealing.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/org/unit.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Leaders of the county and the townships that they are linked to (挂钩), dealt anew by the way from the county seat.

namespace sifang {

namespace detail {

/// Rows of townships for leaders: each takes the one that has most of what is the leader's today.
template <class = when_called>
[[nodiscard]] std::vector<std::vector<std::size_t>> rows_for(std::vector<std::vector<std::size_t>> rows,
                                                             const std::vector<std::vector<std::size_t>>& present) {
  SIFANG_ASSERT(rows.size() == present.size(), "a row for each leader");
  const auto shared = [&](std::size_t leader, std::size_t row) {
    return std::count_if(rows[row].begin(), rows[row].end(), [&](std::size_t t) {
      return std::find(present[leader].begin(), present[leader].end(), t) != present[leader].end();
    });
  };
  std::vector<std::size_t> leaders(rows.size()), free(rows.size());
  std::iota(leaders.begin(), leaders.end(), std::size_t{0});
  std::iota(free.begin(), free.end(), std::size_t{0});
  std::vector<std::vector<std::size_t>> out(rows.size());
  while (!leaders.empty()) {
    std::size_t leader = 0, row = 0;
    for (std::size_t k = 0; k < leaders.size(); ++k) {
      for (std::size_t r = 0; r < free.size(); ++r) {
        if (shared(leaders[k], free[r]) > shared(leaders[leader], free[row])) leader = k, row = r;
      }
    }
    out[leaders[leader]] = rows[free[row]];
    leaders.erase(leaders.begin() + static_cast<std::ptrdiff_t>(leader));
    free.erase(free.begin() + static_cast<std::ptrdiff_t>(row));
  }
  return out;
}
/// Townships of each leader by their ways. \param km  of each township
template <class = when_called>
[[nodiscard]] std::vector<std::vector<std::size_t>> deal_near(std::span<const double> km,
                                                              const std::vector<std::vector<std::size_t>>& present) {
  const std::size_t leaders = present.size(), places = km.size();
  if (leaders < places) return rows_for(deal_links(link_rule::nearest, km, leaders, false), present);
  std::vector<std::size_t> order(places), seats(places, leaders / places);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return km[a] < km[b]; });
  for (std::size_t k = 0; k < leaders % places; ++k) ++seats[order[k]];
  return link_dealer::seated(std::move(seats), present);
}

}  // namespace detail

/// The same county with its leaders' links to townships and streets dealt by the way.
///
/// Those are dealt whom `with_even_links` deals. With fewer of them than townships, the townships in the order of their distances from the
/// county seat are shared out in rows (`link_rule::nearest`), so that those of a leader lie next to each other on the way, and each leader
/// has the row with most of what is theirs today. With as many or more, each has one; townships have as many leaders as can be, and one
/// more those that are nearest; whoever can stay stays. All other links stay as they are. Townships of one distance keep their order.
/// Nothing changes where no leader is linked to a township.
/// \complexity leaders⁴ × townships of a leader at most, and that of building an organisation
template <std::same_as<organisation> Organisation>
[[nodiscard]] Organisation with_near_links(const Organisation& org) {
  const detail::linked_leaders leaders = detail::linked_leaders_of(org);
  if (leaders.who.empty()) return org;
  std::vector<double> km;
  for (const unit_id u : leaders.townships) km.push_back(org.units()[u].distance_km);
  return detail::relinked(org, leaders, detail::deal_near(detail::span_of(km), leaders.present));
}

}  // namespace sifang

#endif
