// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_SITES_HPP
#define SIFANG_COUNTY_SITES_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/recorded_arrival.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/org/organisation.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// \file
/// The units of a county as places where grievances arise and as offices that handle them, by position.

namespace sifang {

/// A village or community as a place where grievances arise.
struct village_site {
  unit_id where;               ///< the unit
  std::uint32_t township = 0;  ///< position among the townships
  official_id member;          ///< team member linked to it (R9)
  double to_township = 0,      ///< km by road
      to_county = 0,           ///< km by road
      households = 0;          ///< by its population
};

/// A township or street as a place (属地) and as an office that handles.
struct township_site {
  unit_id where;             ///< the unit
  std::uint32_t office = 0;  ///< position among the offices
  double to_county = 0;      ///< km by road
  /// County-level leaders linked to it (挂钩), in the order of the organisation.
  std::vector<official_id> leaders;
};

/// A unit that handles matters: department, industrial park or township.
struct office {
  unit_id where;                      ///< the unit
  std::uint32_t township = no_index;  ///< set if the office is a township
  std::uint32_t first_handler = 0,    ///< position of its first handler
      handlers = 0,                   ///< how many it has
      further = 0;                    ///< how many of these are further ones, the last
  std::int32_t series = -1;           ///< position of its head's sessions (R8), -1 for none
  official_id head,                   ///< head of the unit
      leader;                         ///< county-level leader in charge (分管) or linked
  /// Whether it is a department or park of the county.
  [[nodiscard]] bool at_county() const noexcept { return township == no_index; }
};

/// Who of a county is where, indexed for a simulation.
struct county_sites {
  std::vector<village_site> villages;                      ///< villages and communities, in the order of the units
  std::vector<township_site> townships;                    ///< likewise
  std::vector<office> offices;                             ///< likewise
  std::size_t handlers = 0;                                ///< of all offices
  unit_id bureau;                                          ///< the petition bureau
  std::vector<std::vector<std::uint32_t>> matter_offices;  ///< by category: those of its departments, the one in charge first
  std::vector<double> village_cumulative;                  ///< inhabitants of a village and those before it
  std::vector<std::uint32_t> area;                         ///< by unit: the township that it is or lies in, `no_index` for the county's own
  std::vector<std::uint8_t> county_leader;                 ///< by post: whether it is a county-level leader's; the last stands for no post
  std::vector<std::uint32_t> peers;                        ///< by post: group within which one can stand in for another
  double households = 0;                                   ///< of the county
};

namespace detail {

/// Finds the sites of a county, unit by unit: a township before its villages.
template <class = when_called>
class site_finder {
 public:
  site_finder(const organisation& org, const scenario& s) : org_(org), units_(org.units()), scenario_(s) {}

  [[nodiscard]] county_sites found() && {
    find_leaders();
    township_at_.assign(units_.size(), no_index);
    office_at_.assign(units_.size(), no_index);
    for (std::size_t i = 0; i < units_.size(); ++i) {
      const unit_id id(i);
      const unit_kind kind = units_[id].kind;
      if (kind == unit_kind::petition_bureau && !out_.bureau.valid()) out_.bureau = id;
      if (level_of(kind) == level::township || kind == unit_kind::department || kind == unit_kind::industrial_park) add_office(id);
      if (kind == unit_kind::village || kind == unit_kind::community) add_village(id);
    }
    for (const category_setting& c : scenario_.categories) {
      std::vector<std::uint32_t>& of_category = out_.matter_offices.emplace_back();
      if (!c.matter_unit.empty()) of_category.push_back(office_called(c.matter_unit));
      for (const std::string& code : c.further_units) of_category.push_back(office_called(code));
    }
    out_.area.reserve(units_.size());
    for (std::size_t i = 0; i < units_.size(); ++i) {
      const auto above = units_.parent(unit_id(i));
      out_.area.push_back(township_at_[i] != no_index || !above ? township_at_[i] : township_at_[above->index()]);
    }
    out_.households = units_[units_.root()].population / scenario_.county.household_size;
    return std::move(out_);
  }

 private:
  void find_leaders() {
    out_.county_leader.assign(org_.officials().size() + 1, 0);
    for (const role r : {role::principal_leader, role::county_leader}) {
      for (const official_id o : org_.officials_with(r)) out_.county_leader[o.index()] = 1;
    }
    for (const official& o : org_.officials()) {
      const auto rank = static_cast<std::uint32_t>(o.rank);
      const bool county = o.rank == role::principal_leader || o.rank == role::county_leader;
      out_.peers.push_back(county ? rank : (o.unit.value() + 1) * 8 + rank);
    }
  }

  [[nodiscard]] bool is_leader(official_id who) const { return out_.county_leader[who.index()] != 0; }

  /// The first county-level leader who has to do with a unit: in charge, else linked to it, else its contact.
  [[nodiscard]] official_id leader_of(unit_id where) const {
    for (const relation how : {relation::in_charge_of, relation::linked_to, relation::liaises_with}) {
      for (const official_id o : org_.officials_of(where, how)) {
        if (is_leader(o)) return o;
      }
    }
    return {};
  }

  [[nodiscard]] int handlers_of(unit_kind kind) const {
    if (level_of(kind) == level::township) return scenario_.handling.township_handlers;
    return kind == unit_kind::department ? scenario_.handling.department_handlers : scenario_.handling.park_handlers;
  }

  void add_office(unit_id id) {
    const unit& u = units_[id];
    const auto& further = scenario_.handling.further_handlers;
    office o;
    o.where = id;
    o.first_handler = static_cast<std::uint32_t>(out_.handlers);
    o.further = static_cast<std::uint32_t>(std::count(further.begin(), further.end(), u.code));
    o.handlers = static_cast<std::uint32_t>(handlers_of(u.kind)) + o.further;
    out_.handlers += o.handlers;
    const auto heads = org_.officials_of(id, relation::heads);
    if (!heads.empty()) o.head = heads.front();
    o.leader = leader_of(id);
    office_at_[id.index()] = static_cast<std::uint32_t>(out_.offices.size());
    if (level_of(u.kind) == level::township) {
      o.township = static_cast<std::uint32_t>(out_.townships.size());
      township_at_[id.index()] = o.township;
      township_site& site = out_.townships.emplace_back(township_site{id, office_at_[id.index()], u.distance_km, {}});
      for (const official_id linked : org_.officials_of(id, relation::linked_to)) {
        if (is_leader(linked)) site.leaders.push_back(linked);
      }
    }
    out_.offices.push_back(o);
  }

  void add_village(unit_id id) {
    const unit& u = units_[id];
    const unit_id above = *units_.parent(id);
    village_site v;
    v.where = id;
    v.township = township_at_[above.index()];
    v.to_county = u.distance_km;
    v.to_township = std::abs(u.distance_km - units_[above].distance_km);
    const auto members = org_.officials_of(id, relation::linked_to);
    if (!members.empty()) v.member = members.front();
    v.households = u.population / scenario_.county.household_size;
    out_.village_cumulative.push_back((out_.villages.empty() ? 0.0 : out_.village_cumulative.back()) + u.population);
    out_.villages.push_back(v);
  }

  [[nodiscard]] std::uint32_t office_called(const std::string& code) const { return office_at_[units_.find(code)->index()]; }

  const organisation& org_;
  const county_tree& units_;
  const scenario& scenario_;
  std::vector<std::uint32_t> township_at_, office_at_;  // by unit
  county_sites out_;
};

/// The sites of a county, of which the scenario was checked (`check(scenario, organisation)`). \complexity linear in the units
template <class = when_called>
[[nodiscard]] inline county_sites sites_of(const organisation& org, const scenario& s) {
  return site_finder(org, s).found();
}

}  // namespace detail

}  // namespace sifang

#endif
