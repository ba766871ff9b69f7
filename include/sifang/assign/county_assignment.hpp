// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ASSIGN_COUNTY_ASSIGNMENT_HPP
#define SIFANG_ASSIGN_COUNTY_ASSIGNMENT_HPP

#include "sifang/assign/assignment.hpp"
#include "sifang/assign/ownership.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/organisation.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// \file
/// What it costs a county to give a case to an official: the rules R12 (who hears it owns it), 属地 (the place is
/// theirs) and 属事 (the matter is theirs), travel, and a load that is shared, put into points.

namespace sifang {

/// A case that needs an owner. Ids may be invalid where something is not known.
struct case_to_assign {
  unit_id place;         ///< where the petitioner lives
  unit_id department;    ///< whose business the matter is
  official_id receiver;  ///< who heard it first
};

/// Points for each thing that speaks against an owner. The defaults put the law's order first: an owner in charge
/// or linked to the place, then whoever heard the case, then distance. They are a choice, not a source.
struct assignment_weights {
  assignment_cost stranger = 60;      ///< neither the place nor the matter is the official's
  assignment_cost one_of_two = 10;    ///< only one of the two is
  assignment_cost handed_over = 30;   ///< another than whoever heard it first (R12)
  assignment_cost each_km = 1;        ///< of road between the official's unit and the place
  assignment_cost each_in_hand = 2;   ///< for each case already in hand, so that load is shared
  assignment_cost unassigned = 2000;  ///< nobody owns it
};

/// Whether a place, or a unit above it, is one that the official heads, is linked to or is in charge of.
template <class = when_called>
[[nodiscard]] inline bool answers_for(const organisation& org, official_id who, unit_id place) {
  for (const relation how : {relation::heads, relation::linked_to, relation::in_charge_of}) {
    const auto units = org.units_of(who, how);
    if (std::any_of(units.begin(), units.end(), [&](unit_id u) { return org.units().contains(u, place); })) return true;
  }
  return false;
}

/// Kilometres of road between two units: along the branch if one stands above the other, else by the county seat,
/// which is never too little. \complexity constant
template <class = when_called>
[[nodiscard]] inline double road_km(const county_tree& units, unit_id a, unit_id b) noexcept {
  const double to_a = units[a].distance_km, to_b = units[b].distance_km;
  return units.contains(a, b) || units.contains(b, a) ? std::abs(to_a - to_b) : to_a + to_b;
}

/// Points that speak against this owner of this case. \complexity linear in the official's links
template <class = when_called>
[[nodiscard]] inline assignment_cost owner_cost(const organisation& org, const case_to_assign& c, official_id who,
                                                const assignment_weights& weights) {
  assignment_cost points = c.receiver.valid() && c.receiver != who ? weights.handed_over : 0;
  const bool place = c.place.valid() && answers_for(org, who, c.place);
  const bool matter = c.department.valid() && answers_for(org, who, c.department);
  if (!place && !matter)
    points += weights.stranger;
  else if (!place || !matter)
    points += weights.one_of_two;
  if (c.place.valid()) {
    points +=
        static_cast<assignment_cost>(std::llround(static_cast<double>(weights.each_km) * road_km(org.units(), org[who].unit, c.place)));
  }
  return points;
}

/// The problem of giving each case to one of `officials`. In it officials are numbered as they stand in that list.
/// \param capacity  cases that may be given to each of them
/// \param held      open cases that each of them owns already; empty if none
/// \pre the lists are as long as `officials`; asserted  \complexity cases × officials
template <class = when_called>
[[nodiscard]] inline assignment_problem<case_id> county_assignment(const organisation& org, std::span<const case_to_assign> cases,
                                                                   std::span<const official_id> officials, std::span<const int> capacity,
                                                                   std::span<const int> held = {}, const assignment_weights& weights = {}) {
  SIFANG_ASSERT(capacity.size() == officials.size() && (held.empty() || held.size() == officials.size()));
  std::vector<assignee> takers;
  for (std::size_t i = 0; i < officials.size(); ++i) takers.push_back({capacity[i], held.empty() ? 0 : held[i], weights.each_in_hand});
  assignment_problem<case_id> problem(std::move(takers));
  std::vector<assignment_choice> choices(officials.size());
  for (const case_to_assign& c : cases) {
    for (std::size_t i = 0; i < officials.size(); ++i) choices[i] = {official_id(i), owner_cost(org, c, officials[i], weights)};
    problem.add(detail::span_of(choices), weights.unassigned);
  }
  return problem;
}

/// The result of asking an ownership policy about the cases one after another, as they come in: what a rule that
/// looks at one case at a time makes of the problem. Cases for which it names nobody, or somebody who is not among
/// `officials` or is full, stay unassigned.
///
/// `matter_leader` is the first of `officials` in charge of the department, `place_leader` the first linked to
/// the place; all officials of a rank are peers.
/// \return position in `officials` of each case's owner, as in the problem
template <ownership_policy Policy>
[[nodiscard]] std::vector<official_id> owners_by_rule(const organisation& org, std::span<const case_to_assign> cases,
                                                      std::span<const official_id> officials, std::span<const int> capacity,
                                                      const Policy& policy) {
  SIFANG_ASSERT(capacity.size() == officials.size(), "a capacity for each official");
  std::vector<std::int32_t> open(officials.size(), 0);
  std::vector<std::uint32_t> group;
  for (official_id who : officials) group.push_back(static_cast<std::uint32_t>(org[who].rank));
  const auto first_with = [&](relation how, unit_id where) {
    const auto at = std::find_if(officials.begin(), officials.end(), [&](official_id who) {
      const auto units = org.units_of(who, how);
      return where.valid() && std::any_of(units.begin(), units.end(), [&](unit_id u) { return org.units().contains(u, where); });
    });
    return at == officials.end() ? official_id{} : official_id(static_cast<std::size_t>(at - officials.begin()));
  };
  std::vector<official_id> owner;
  for (const case_to_assign& c : cases) {
    const auto receiver = std::find(officials.begin(), officials.end(), c.receiver);
    const ownership_request request{
        receiver == officials.end() ? official_id{} : official_id(static_cast<std::size_t>(receiver - officials.begin())),
        first_with(relation::linked_to, c.place), first_with(relation::in_charge_of, c.department)};
    official_id who = policy.owner(request, caseload_view(detail::span_of(open), detail::span_of(group)));
    if (who.valid() && (who.index() >= officials.size() || open[who.index()] >= capacity[who.index()])) who = {};
    if (who.valid()) ++open[who.index()];
    owner.push_back(who);
  }
  return owner;
}

}  // namespace sifang

#endif
