// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_STRUCTURE_HPP
#define SIFANG_ORG_STRUCTURE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/org/level_set.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/org/organisation_traits.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// \file
/// What follows from the rules of an organisation's traits: who may sit where, who is whose peer, and what breaks them.

namespace sifang {

namespace detail {
/// Whether anybody at all sits at units of this kind by this relation, be it on the traits' word or because there must be one.
template <class Traits>
[[nodiscard]] constexpr bool is_seat(typename Traits::relation_type how, unit_kind_of<Traits> where) noexcept {
  for (std::size_t r = 0; r < enumerator_count<role_of<Traits>>; ++r) {
    if (Traits::may_sit(static_cast<role_of<Traits>>(r), how, where)) return true;
  }
  return Traits::holders(how, where).least > 0;
}

/// "1", "1–3", "≥ 1": a range of numbers in any language.
[[nodiscard]] inline std::string holder_text(holder_range range) {
  if (range.most == holder_range{}.most) return "≥ " + std::to_string(range.least);
  return range.least == range.most ? std::to_string(range.least) : std::to_string(range.least) + "–" + std::to_string(range.most);
}
}  // namespace detail

/// Who may sit at a unit by what they are and how they stand to it, each once, by id.
/// \complexity n log n in the links of the unit
template <class Traits>
[[nodiscard]] std::vector<official_id> who_may_sit(const basic_organisation<Traits>& org, unit_id where) {
  std::vector<official_id> out;
  for (std::size_t r = 0; r < enumerator_count<typename Traits::relation_type>; ++r) {
    const auto how = static_cast<typename Traits::relation_type>(r);
    for (official_id who : org.officials_of(where, how)) {
      if (Traits::may_sit(org[who].rank, how, org.units()[where].kind)) out.push_back(who);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// A number for each official by id, the same for those who may stand in for one another, as `caseload_view` wants it.
///
/// Peers have the same role; how far they reach is `Traits::peers`. A post without a unit is nobody's peer.
/// \complexity linear in officials
template <class Traits>
[[nodiscard]] std::vector<std::uint32_t> peer_groups(const basic_organisation<Traits>& org) {
  constexpr std::size_t roles = enumerator_count<role_of<Traits>>;
  // First the roles as a whole, then the roles of each unit, then those who stand alone.
  const std::size_t alone = roles * (1 + org.units().size());
  std::vector<std::uint32_t> out;
  out.reserve(org.officials().size());
  for (const auto& o : org.officials()) {
    std::size_t group = alone + out.size();
    const auto rank = static_cast<std::size_t>(o.rank);
    const peer_scope scope = o.unit.valid() ? Traits::peers(o.rank, org.units()[o.unit].kind) : peer_scope::nobody;
    if (scope == peer_scope::everybody) group = rank;
    if (scope == peer_scope::unit) group = roles * (1 + o.unit.index()) + rank;
    out.push_back(static_cast<std::uint32_t>(group));
  }
  return out;
}

/// What in an organisation breaks the rules of its traits, whatever organisation it is.
///
/// Faults, none with a place: `wrong_level`, a unit below one of the wrong kind; `misfit_post`, a link by which others
/// sit at such a unit but an official of this role may not; `wrong_post_count`, a unit with too few or too many of those
/// who may sit there by a relation: no head, two heads.
/// \complexity linear in units and links
template <class Traits>
[[nodiscard]] std::vector<fault> audit_structure(const basic_organisation<Traits>& org) {
  using relation_type = typename Traits::relation_type;
  const auto& units = org.units();
  auto faults = audit_levels(
      units, [](const auto& unit) { return unit.kind; }, [](auto below, auto above) { return Traits::may_stand_below(below, above); });
  for (const auto& link : org.links()) {
    const auto kind = units[link.where].kind;
    const auto rank = org[link.who].rank;
    if (Traits::may_sit(rank, link.how, kind) || !detail::is_seat<Traits>(link.how, kind)) continue;
    faults.push_back({fault_kind::misfit_post,
                      {},
                      {org[link.who].post, std::string(name_of(rank)), std::string(name_of(link.how)), units.code(link.where),
                       std::string(name_of(kind))}});
  }
  for (unit_id u : units.all()) {
    for (std::size_t r = 0; r < enumerator_count<relation_type>; ++r) {
      const auto how = static_cast<relation_type>(r);
      const holder_range range = Traits::holders(how, units[u].kind);
      std::vector<official_id> seated;
      for (official_id who : org.officials_of(u, how)) {
        if (Traits::may_sit(org[who].rank, how, units[u].kind)) seated.push_back(who);
      }
      if (range.covers(seated.size())) continue;
      std::string posts;  // of too many, so that somebody can choose
      for (std::size_t i = 0; seated.size() > range.most && i < seated.size(); ++i) posts += (i == 0 ? "" : ", ") + org[seated[i]].post;
      faults.push_back(
          {fault_kind::wrong_post_count,
           {},
           {units.code(u), std::string(name_of(how)), detail::holder_text(range), std::to_string(seated.size()), std::move(posts)}});
    }
  }
  return faults;
}

}  // namespace sifang

#endif
