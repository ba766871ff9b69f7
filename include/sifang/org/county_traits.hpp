// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_COUNTY_TRAITS_HPP
#define SIFANG_ORG_COUNTY_TRAITS_HPP

#include "sifang/org/official.hpp"
#include "sifang/org/organisation_traits.hpp"
#include "sifang/org/unit.hpp"

namespace sifang {

/// The Chinese county as an organisation (DOMAIN 4): who sits where by R5, R8 and R9. That it has a Party school and a
/// bureau at all, and a use for each leader, is asked by `audit`.
struct county_traits {
  using unit_type = unit;          ///< with place and population
  using official_type = official;  ///< from the principal leader to the cadre
  using relation_type = relation;  ///< 主要负责, 挂钩, 分管, …

  /// Villages below townships, all else below the county.
  [[nodiscard]] static constexpr bool may_stand_below(unit_kind child, unit_kind parent) noexcept {
    return sifang::may_stand_below(child, parent);
  }

  /// Leaders at a township they are linked to, or at what is in their charge (R5); whoever heads a unit, there (R8); team
  /// members at a village they are linked to (R9).
  [[nodiscard]] static constexpr bool may_sit(role rank, relation how, unit_kind where) noexcept {
    switch (how) {
      case relation::heads:
        return true;
      case relation::in_charge_of:
        return rank == role::county_leader;
      case relation::linked_to:
        return (rank == role::county_leader && level_of(where) == level::township) ||
               (rank == role::team_member && level_of(where) == level::village);
      case relation::member_of:
      case relation::liaises_with:
        return false;
    }
    return false;
  }

  /// At least one leader for a township (R5), one head for a township, department or park (R8), one team member for a
  /// village (R9). Two heads are usual: the Party's and the government's.
  [[nodiscard]] static constexpr holder_range holders(relation how, unit_kind where) noexcept {
    const bool headed = level_of(where) == level::township || where == unit_kind::department || where == unit_kind::industrial_park;
    if (how == relation::heads && headed) return {.least = 1};
    if (how == relation::linked_to && level_of(where) != level::county) return {.least = 1};
    return {};
  }

  /// Leaders of the county stand in for one another, others for those of their own unit.
  [[nodiscard]] static constexpr peer_scope peers(role rank, unit_kind) noexcept {
    return rank == role::principal_leader || rank == role::county_leader ? peer_scope::everybody : peer_scope::unit;
  }
};
static_assert(organisation_traits<county_traits>);

}  // namespace sifang

#endif
