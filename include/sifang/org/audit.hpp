// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_AUDIT_HPP
#define SIFANG_ORG_AUDIT_HPP

#include "sifang/core/fault.hpp"
#include "sifang/org/organisation.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sifang {

/// Everything that keeps rules R3 to R9 from being satisfied by this organisation (DOMAIN 4).
///
/// R3 a Party school and a principal leader; R5 every county-level leader is linked to a township or in charge
/// of a unit and every township has a county-level leader; R6 a petition bureau and a county-level leader;
/// R8 every township, street, department and park is headed; R9 every village and community has a team member
/// (heads sit at their own unit on that day, so a link of theirs does not serve).
/// \return `rule_unsatisfied` faults without a place; empty when all can be satisfied
/// \complexity linear in units, officials and links
[[nodiscard]] inline std::vector<fault> audit(const organisation& org) {
  std::vector<fault> out;
  const auto missing = [&](std::string_view rule, std::string what) {
    out.push_back({fault_kind::rule_unsatisfied, {}, {std::string(rule), std::move(what)}});
  };
  const auto name = [&](unit_id u) { return org.units()[u].name + " (" + org.units().code(u) + ")"; };

  if (org.units_of_kind(unit_kind::party_school).empty()) missing("R3", "there is no Party school");
  if (org.officials_with(role::principal_leader).empty()) missing("R3", "there is no principal leader");
  if (org.units_of_kind(unit_kind::petition_bureau).empty()) missing("R6", "there is no petition bureau");
  if (org.officials_with(role::county_leader).empty()) missing("R6", "there is no county-level leader");
  const auto has_rank = [&](std::span<const official_id> who, role rank) {
    return std::any_of(who.begin(), who.end(), [&](official_id o) { return org[o].rank == rank; });
  };
  const auto is_township = [&](unit_id u) { return level_of(org.units()[u].kind) == level::township; };
  for (official_id who : org.officials_with(role::county_leader)) {
    const auto linked = org.units_of(who, relation::linked_to);
    if (std::none_of(linked.begin(), linked.end(), is_township) && org.units_of(who, relation::in_charge_of).empty()) {
      missing("R5", org[who].post + " is linked to no township and in charge of no department");
    }
  }
  for (unit_id u : org.units().all()) {
    const unit_kind kind = org.units()[u].kind;
    const bool township = is_township(u);
    if (township && !has_rank(org.officials_of(u, relation::linked_to), role::county_leader)) {
      missing("R5", name(u) + " has no county-level leader linked to it");
    }
    if ((township || kind == unit_kind::department || kind == unit_kind::industrial_park) &&
        org.officials_of(u, relation::heads).empty()) {
      missing("R8", name(u) + " has no head");
    }
    if (level_of(kind) == level::village && !has_rank(org.officials_of(u, relation::linked_to), role::team_member)) {
      missing("R9", name(u) + " has no team member linked to it");
    }
  }
  return out;
}

}  // namespace sifang

#endif
