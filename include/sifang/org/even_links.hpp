// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_EVEN_LINKS_HPP
#define SIFANG_ORG_EVEN_LINKS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/org/unit.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

/// \file
/// Leaders of the county and the townships that they are linked to (挂钩), dealt anew by how many people live there.

namespace sifang {

namespace detail {

/// Deals leaders to townships, each of which has some already.
class link_dealer {
 public:
  /// \param people  of each township  \param present  townships of each leader, by position
  link_dealer(std::vector<double> people, std::vector<std::vector<std::size_t>> present)
      : people_(std::move(people)), present_(std::move(present)) {}

  /// Townships of each leader. \pre a leader and a township at least; asserted
  [[nodiscard]] std::vector<std::vector<std::size_t>> deal() const {
    SIFANG_ASSERT(!people_.empty() && !present_.empty(), "a leader and a township at least");
    return present_.size() >= people_.size() ? some_for_each() : several_for_each();
  }
  /// One township for each leader, of which so many have a seat in each. Whoever can stay stays: the first of a township's leaders, as the
  /// table has them. \param seats  of each township, as many in all as leaders \param present  townships of each leader today
  [[nodiscard]] static std::vector<std::vector<std::size_t>> seated(std::vector<std::size_t> seats,
                                                                    const std::vector<std::vector<std::size_t>>& present) {
    std::vector<std::vector<std::size_t>> out(present.size());
    for (std::size_t k = 0; k < present.size(); ++k) {
      const auto own = std::find_if(present[k].begin(), present[k].end(), [&](std::size_t t) { return seats[t] > 0; });
      if (own == present[k].end()) continue;
      --seats[*own];
      out[k] = {*own};
    }
    std::size_t open = 0;
    for (std::vector<std::size_t>& own : out) {
      if (!own.empty()) continue;
      while (seats[open] == 0) ++open;
      --seats[open];
      own = {open};
    }
    return out;
  }

 private:
  /// As many leaders as townships or more: a further one goes where most people share one. No other numbers of leaders have fewer people
  /// to a leader in the township where these are most.
  [[nodiscard]] std::vector<std::vector<std::size_t>> some_for_each() const {
    std::vector<std::size_t> seats(people_.size(), 1);
    for (std::size_t left = present_.size() - people_.size(); left > 0; --left) {
      std::size_t most = 0;
      for (std::size_t t = 1; t < people_.size(); ++t) {
        if (people_[t] / static_cast<double>(seats[t]) > people_[most] / static_cast<double>(seats[most])) most = t;
      }
      ++seats[most];
    }
    return seated(std::move(seats), present_);
  }
  /// Fewer leaders: the largest township first, each to the leader who has fewest people so far, of equals to the present one.
  [[nodiscard]] std::vector<std::vector<std::size_t>> several_for_each() const {
    std::vector<std::size_t> order(people_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return people_[a] > people_[b]; });
    std::vector<double> load(present_.size(), 0.0);
    std::vector<std::vector<std::size_t>> out(present_.size());
    const auto is_there = [&](std::size_t k, std::size_t t) {
      return std::find(present_[k].begin(), present_[k].end(), t) != present_[k].end();
    };
    for (const std::size_t t : order) {
      std::size_t to = 0;
      for (std::size_t k = 1; k < present_.size(); ++k) {
        if (load[k] < load[to] || (load[k] == load[to] && is_there(k, t) && !is_there(to, t))) to = k;
      }
      load[to] += people_[t];
      out[to].push_back(t);
    }
    return out;
  }

  std::vector<double> people_;
  std::vector<std::vector<std::size_t>> present_;
};

/// Leaders of the county who are linked to a township, the principal ones apart.
struct linked_leaders {
  std::vector<unit_id> townships{};                 ///< all of the county
  std::vector<official_id> who{};                   ///< as the table of links has them
  std::vector<std::vector<std::size_t>> present{};  ///< of each, positions of townships

  /// Where in `townships` such a link leads.
  [[nodiscard]] std::optional<std::size_t> township_of(const organisation& org, const official_link& l) const {
    if (l.how != relation::linked_to || org[l.who].rank != role::county_leader) return std::nullopt;
    const auto at = std::find(townships.begin(), townships.end(), l.where);
    if (at == townships.end()) return std::nullopt;
    return static_cast<std::size_t>(at - townships.begin());
  }
};
template <std::same_as<organisation> Organisation>
[[nodiscard]] linked_leaders linked_leaders_of(const Organisation& org) {
  linked_leaders out;
  for (const unit_id u : org.units().all()) {
    if (level_of(org.units()[u].kind) == level::township) out.townships.push_back(u);
  }
  for (const official_link& l : org.links()) {
    const auto t = out.township_of(org, l);
    if (!t) continue;
    const auto at = std::find(out.who.begin(), out.who.end(), l.who);
    if (at == out.who.end()) {
      out.who.push_back(l.who);
      out.present.push_back({*t});
    } else {
      out.present[static_cast<std::size_t>(at - out.who.begin())].push_back(*t);
    }
  }
  return out;
}
/// The same county where these leaders have other townships. \param dealt  of each, positions of townships
template <std::same_as<organisation> Organisation>
[[nodiscard]] Organisation relinked(const Organisation& org, const linked_leaders& leaders,
                                    const std::vector<std::vector<std::size_t>>& dealt) {
  organisation_builder builder(org.units());
  for (const official& o : org.officials()) (void)builder.add(o);
  for (const official_link& l : org.links()) {
    if (!leaders.township_of(org, l)) builder.add_link(l.who, l.how, l.where);
  }
  for (std::size_t k = 0; k < leaders.who.size(); ++k) {
    for (const std::size_t t : dealt[k]) builder.add_link(leaders.who[k], relation::linked_to, leaders.townships[t]);
  }
  auto built = std::move(builder).build();
  SIFANG_ASSERT(built.has_value(), "posts and units of an organisation that there is");
  return *std::move(built);
}

}  // namespace detail

/// The same county with its leaders' links to townships and streets dealt by people.
///
/// Those are dealt who are linked to a township today and are leaders of the county (县处级领导), the principal ones apart. With as many
/// of them as townships or more, each has one, and no dealing has fewer people to a leader in the township where they are most (highest
/// averages); whoever can stay stays. With fewer, the largest townships are dealt first, each to whoever has fewest people so far (Graham
/// 1969: at most a third above the least that can be). All other links stay as they are.
/// Nothing changes where no leader is linked to a township.
/// \complexity leaders × townships, and that of building an organisation
template <std::same_as<organisation> Organisation>
[[nodiscard]] Organisation with_even_links(const Organisation& org) {
  const detail::linked_leaders leaders = detail::linked_leaders_of(org);
  if (leaders.who.empty()) return org;
  std::vector<double> people;
  for (const unit_id u : leaders.townships) people.push_back(static_cast<double>(org.units()[u].population));
  return detail::relinked(org, leaders, detail::link_dealer(std::move(people), leaders.present).deal());
}

}  // namespace sifang

#endif
