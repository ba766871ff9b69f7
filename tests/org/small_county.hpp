// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_ORG_SMALL_COUNTY_HPP
#define SIFANG_TESTS_ORG_SMALL_COUNTY_HPP

#include "sifang/org/audit.hpp"
#include "sifang/org/organisation.hpp"

#include <algorithm>
#include <string>
#include <vector>

/// A county small enough to be read at once; every rule can be satisfied in it.
namespace sifang_tests {

struct post_row {
  std::string post;
  sifang::role rank;
  std::string unit;
};
struct link_row {
  std::string post;
  sifang::relation how;
  std::string unit;
};

struct county_tables {
  std::vector<sifang::unit> units;
  std::vector<std::string> parents;  ///< code of the unit above, for each unit
  std::vector<post_row> posts;
  std::vector<link_row> links;

  [[nodiscard]] sifang::checked<sifang::organisation> build() const {
    sifang::hierarchy_builder<sifang::unit> tree;
    for (std::size_t i = 0; i < units.size(); ++i) tree.add(units[i].code, parents[i], units[i]);
    auto county = std::move(tree).build();
    if (!county) return county.faults();
    sifang::organisation_builder builder(*std::move(county));
    std::uint32_t line = 1;
    for (const post_row& p : posts) builder.add(p.post, "", p.rank, p.unit, {"officials.csv", ++line});
    line = 1;
    for (const link_row& l : links) builder.add_link(l.post, l.how, l.unit, {"links.csv", ++line});
    return std::move(builder).build();
  }

  void drop_links(const std::string& post, sifang::relation how) {
    std::erase_if(links, [&](const link_row& l) { return l.post == post && l.how == how; });
  }
};

inline county_tables small_county() {
  using enum sifang::unit_kind;
  using enum sifang::role;
  using enum sifang::relation;
  county_tables c;
  const auto unit = [&](const char* code, const char* parent, sifang::unit_kind kind) {
    c.units.push_back({code, std::string("the ") + code, kind});
    c.parents.emplace_back(parent);
  };
  unit("county", "", county);
  unit("school", "county", party_school);
  unit("bureau", "county", petition_bureau);
  unit("land", "county", department);
  unit("park", "county", industrial_park);
  unit("town", "county", township);
  unit("old-village", "town", village);
  unit("street", "county", subdistrict);
  unit("new-community", "street", community);
  c.posts = {{"secretary", principal_leader, "county"}, {"leader-1", county_leader, "county"}, {"leader-2", county_leader, "county"},
             {"land-head", unit_head, "land"},          {"park-head", unit_head, "park"},      {"town-head", unit_head, "town"},
             {"town-1", team_member, "town"},           {"street-head", unit_head, "street"},  {"street-1", team_member, "street"},
             {"clerk-1", bureau_staff, "bureau"}};
  c.links = {{"leader-1", linked_to, "town"},      {"leader-1", linked_to, "street"},
             {"leader-2", in_charge_of, "land"},   {"land-head", heads, "land"},
             {"park-head", heads, "park"},         {"town-head", heads, "town"},
             {"street-head", heads, "street"},     {"town-1", member_of, "town"},
             {"town-1", linked_to, "old-village"}, {"street-1", linked_to, "new-community"},
             {"leader-2", liaises_with, "park"}};
  return c;
}

/// Each gap as `rule: what`, in order.
inline std::vector<std::string> gaps(const sifang::organisation& org) {
  std::vector<std::string> out;
  for (const sifang::fault& f : audit(org)) out.push_back(f.details.at(0) + ": " + f.details.at(1));
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace sifang_tests

#endif
