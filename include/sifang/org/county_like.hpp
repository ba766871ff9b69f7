// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_COUNTY_LIKE_HPP
#define SIFANG_ORG_COUNTY_LIKE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/id.hpp"
#include "sifang/org/organisation.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// A village or community by its entry in a table of divisions.
struct division_place {
  std::string_view code,  ///< division code
      name;               ///< as people read it
};
/// A township or street with its villages and communities.
struct division_township {
  std::string_view code,                     ///< division code
      name;                                  ///< as people read it
  std::span<const division_place> villages;  ///< in their order
};
/// What a county that is known by its divisions alone is given.
struct county_like_setting {
  double persons_per_village = 2272;         ///< inhabitants; 1.41 thousand million by 620,574 villages and communities
  double township_km = assumed_township_km,  ///< road from a township to the county seat
      village_km = assumed_village_km;       ///< road from a village to its township
  int members = 9;                           ///< team members of a township, among whom its villages are dealt (R9)
};

/// A county with the offices of another and the townships and villages of a table of divisions, for national
/// runs where only the divisions are known: bodies, departments, parks and their posts as in `model`; its leaders
/// linked to the townships in turn until each township and each leader has a link (R5), a head in each township
/// (R8), and a team member for each village (R9).
///
/// Faults: those of `hierarchy_builder` and `organisation_builder` (codes of the divisions that occur twice, or
/// that the model's departments use). \complexity n log n in units, posts and links
template <std::same_as<organisation> Organisation>
[[nodiscard]] checked<organisation> county_like(const Organisation& model, std::string_view code, std::string_view name,
                                                std::span<const division_township> townships, const county_like_setting& how = {}) {
  const county_tree& old = model.units();
  const std::string county(code);
  const auto code_of = [&](unit_id u) { return u == old.root() ? county : old[u].code; };
  const auto stays = [&](unit_id u) { return level_of(old[u].kind) == level::county; };

  std::size_t villages = 0;
  for (const division_township& t : townships) villages += t.villages.size();
  hierarchy_builder<unit> tree;
  unit root = old[old.root()];
  root.code = county;
  root.name = std::string(name);
  root.population = how.persons_per_village * static_cast<double>(villages);
  tree.add(county, "", std::move(root));
  for (unit_id u : old.all()) {
    if (u != old.root() && stays(u)) tree.add(old[u].code, code_of(*old.parent(u)), old[u]);
  }
  for (const division_township& t : townships) {
    const bool street = t.name.ends_with("街道");
    tree.add(std::string(t.code), county,
             {std::string(t.code), std::string(t.name), street ? unit_kind::subdistrict : unit_kind::township,
              how.persons_per_village * static_cast<double>(t.villages.size()), street ? how.village_km : how.township_km, 50, 50});
    for (const division_place& v : t.villages) {
      const bool community = v.name.find("居") != v.name.npos || v.name.find("社区") != v.name.npos;
      tree.add(std::string(v.code), std::string(t.code),
               {std::string(v.code), std::string(v.name), community ? unit_kind::community : unit_kind::village, how.persons_per_village,
                (street ? how.village_km : how.township_km) + how.village_km, 50, 50});
    }
  }
  auto units = std::move(tree).build();
  if (!units) return units.faults();

  organisation_builder posts(*std::move(units));
  const auto id_of = [&](unit_id u) { return *posts.units().find(code_of(u)); };
  std::vector<official_id> leaders, now(model.officials().size());
  for (std::size_t i = 0; i < now.size(); ++i) {
    const official& o = model[official_id(i)];
    if (!stays(o.unit)) continue;
    now[i] = posts.add(o.post, o.title, o.rank, id_of(o.unit));
    if (o.rank == role::county_leader) leaders.push_back(now[i]);
  }
  for (const official_link& l : model.links()) {
    if (stays(l.where) && now[l.who.index()].valid()) posts.add_link(now[l.who.index()], l.how, id_of(l.where));
  }
  // The units of the divisions are known by where they stand, and their posts by being new.
  std::vector<unit_id> township_ids;
  for (const division_township& t : townships) township_ids.push_back(*posts.units().find(t.code));
  for (std::size_t i = 0; !leaders.empty() && !townships.empty() && i < (std::max)(leaders.size(), townships.size()); ++i) {
    posts.add_link(leaders[i % leaders.size()], relation::linked_to, township_ids[i % townships.size()]);
  }
  std::vector<official_id> members;
  for (std::size_t i = 0; i < townships.size(); ++i) {
    const division_township& t = townships[i];
    const std::string own(t.code), name_of(t.name);
    const official_id head = posts.add("head-" + own, name_of + "主要负责同志", role::unit_head, township_ids[i]);
    posts.add_link(head, relation::heads, township_ids[i]);
    members.clear();
    for (int k = 0; k < how.members; ++k) {
      members.push_back(posts.add("member-" + own + "-" + std::to_string(k), name_of + "班子成员", role::team_member, township_ids[i]));
      posts.add_link(members.back(), relation::member_of, township_ids[i]);
    }
    for (std::size_t v = 0; v < t.villages.size() && !members.empty(); ++v) {
      posts.add_link(members[v % members.size()], relation::linked_to, *posts.units().find(t.villages[v].code));
    }
  }
  return std::move(posts).build();
}

}  // namespace sifang

#endif
