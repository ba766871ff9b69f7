// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_LINK_DEALING_HPP
#define SIFANG_ORG_LINK_DEALING_HPP

#include "sifang/core/names.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

namespace sifang {

/// How places are dealt among officials as their links (挂钩; DOMAIN 7, question 8).
enum class link_rule : std::uint8_t {
  balanced,  ///< in turn: as many places for each official, and officials for each place, as can be
  nearest,   ///< as many, and those of an official next to each other on the way from the county seat
  by_load,   ///< so that each official answers for as much load as can be
};
template <>
inline constexpr std::string_view names_of<link_rule>[] = {"balanced", "nearest", "load"};

namespace detail {
/// Which of so many rows the k-th place stands in: rows differ by one in length at most, and the longer ones are the first.
[[nodiscard]] constexpr std::size_t row_of(std::size_t k, std::size_t places, std::size_t rows) noexcept {
  const std::size_t length = places / rows, longer = places % rows, in_longer = longer * (length + 1);
  return k < in_longer ? k / (length + 1) : longer + (k - in_longer) / length;
}
}  // namespace detail

/// Deals places among officials: each place gets one, by the rule.
///
/// The nearest: places in the order of their distances, and where these are the same in their own, are shared out in rows, the longer rows
/// first. By load, the heaviest place goes first, to whoever has least so far. Officials who are left over go, if `everyone` is to
/// have a place, to a second one in turn, or by load to the place with most load for each official that it has.
/// \param weights   load of each place, not negative; km of its way where the nearest are dealt
/// \param takers    officials
/// \param everyone  whether officials beyond the places are linked too, so that a place may have several
/// \return for each official the positions of the places, ascending; all empty without places
/// \complexity places × takers at most, or places × log places
template <class = when_called>
[[nodiscard]] inline std::vector<std::vector<std::size_t>> deal_links(link_rule rule, std::span<const double> weights, std::size_t takers,
                                                                      bool everyone) {
  std::vector<std::vector<std::size_t>> out(takers);
  const std::size_t places = weights.size();
  if (takers == 0 || places == 0) return out;
  std::vector<std::size_t> order(places);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<double> load(takers, 0);
  const bool heavy_first = rule == link_rule::by_load;
  if (heavy_first) std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
  const bool near_first = rule == link_rule::nearest;
  if (near_first) std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return weights[a] < weights[b]; });
  for (std::size_t k = 0; k < places; ++k) {
    std::size_t who = near_first && places > takers ? detail::row_of(k, places, takers) : k % takers;
    if (heavy_first && k >= takers) who = static_cast<std::size_t>(std::min_element(load.begin(), load.end()) - load.begin());
    out[who].push_back(order[k]);
    load[who] += weights[order[k]];
  }
  std::vector<std::size_t> holders(places, 1);
  for (std::size_t who = places; everyone && who < takers; ++who) {
    std::size_t where = who % places;
    for (std::size_t p = 0; heavy_first && p < places; ++p) {
      if (weights[p] / static_cast<double>(holders[p]) > weights[where] / static_cast<double>(holders[where])) where = p;
    }
    out[who].push_back(where);
    ++holders[where];
  }
  for (std::vector<std::size_t>& own : out) std::sort(own.begin(), own.end());
  return out;
}

}  // namespace sifang

#endif
