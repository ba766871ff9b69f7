// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "small_county.hpp"

#include <rapidcheck.h>

#include <set>
#include <tuple>

using namespace sifang;
using namespace sifang_tests;
using texts = std::vector<std::string>;

namespace {

texts told(const county_tables& tables) {
  const auto org = tables.build();
  texts out;
  for (const fault& f : org.faults()) out.push_back(to_string(f));
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

TEST_CASE("every fault of posts and links is told with its row and the nearest known name") {
  auto tables = small_county();
  tables.posts.push_back({"leader-1", role::cadre, "county"});              // row 12: once more
  tables.posts.push_back({"town-2", role::team_member, "twon"});            // 13
  tables.links.push_back({"laeder-1", relation::linked_to, "town"});        // 13
  tables.links.push_back({"leader-1", relation::linked_to, "streat"});      // 14
  tables.links.push_back({"nobody at all", relation::heads, "elsewhere"});  // 15: both are unknown
  CHECK(told(tables) == texts{
                            "links.csv:13: expected a post; 'laeder-1' is none; did you mean 'leader-1'?",
                            "links.csv:14: expected the code of a unit; 'streat' is none; did you mean 'street'?",
                            "links.csv:15: expected a post; 'nobody at all' is none",
                            "links.csv:15: expected the code of a unit; 'elsewhere' is none",
                            "officials.csv:12: code 'leader-1' expected once; it already stands on line 3",
                            "officials.csv:13: expected the code of a unit; 'twon' is none; did you mean 'town'?",
                        });
}

TEST_CASE("both directions of every relation agree with any table of links") {
  CHECK(rc::check([] {
    auto tables = small_county();
    tables.links.clear();
    std::set<std::tuple<std::string, relation, std::string>> expected, forward, backward;
    for (int i = *rc::gen::inRange(0, 40), k = 0; k < i; ++k) {
      const auto& post = tables.posts[*rc::gen::inRange<std::size_t>(0, tables.posts.size())].post;
      const auto how = static_cast<relation>(*rc::gen::inRange<std::size_t>(0, relation_count));
      const auto& unit = tables.units[*rc::gen::inRange<std::size_t>(0, tables.units.size())].code;
      tables.links.push_back({post, how, unit});
      expected.emplace(post, how, unit);
    }
    const auto org = tables.build();
    RC_ASSERT(org.has_value());
    std::size_t told_forward = 0, told_backward = 0;
    for (std::size_t r = 0; r < relation_count; ++r) {
      const auto how = static_cast<relation>(r);
      for (std::size_t i = 0; i < org->officials().size(); ++i) {
        const auto found = org->units_of(official_id(i), how);
        RC_ASSERT(std::is_sorted(found.begin(), found.end()));
        told_forward += found.size();
        for (unit_id u : found) forward.emplace(org->officials()[i].post, how, org->units().code(u));
      }
      for (unit_id u : org->units().all()) {
        const auto found = org->officials_of(u, how);
        RC_ASSERT(std::is_sorted(found.begin(), found.end()));
        told_backward += found.size();
        for (official_id o : found) backward.emplace((*org)[o].post, how, org->units().code(u));
      }
    }
    RC_ASSERT(forward == expected);
    RC_ASSERT(backward == expected);
    RC_ASSERT(told_forward == expected.size());  // a link that stands twice counts once
    RC_ASSERT(told_backward == expected.size());
  }));
}

TEST_CASE("every official has one rank and is found by post, and every unit has one kind") {
  const auto org = small_county().build();
  REQUIRE(org);
  std::size_t ranked = 0, kinds = 0;
  for (std::size_t r = 0; r < std::size(names_of<role>); ++r) ranked += org->officials_with(static_cast<role>(r)).size();
  for (std::size_t k = 0; k < std::size(names_of<unit_kind>); ++k) kinds += org->units_of_kind(static_cast<unit_kind>(k)).size();
  CHECK(ranked == org->officials().size());
  CHECK(kinds == org->units().size());
  for (std::size_t i = 0; i < org->officials().size(); ++i) CHECK(org->find_post(org->officials()[i].post) == official_id(i));
  CHECK_FALSE(org->find_post("leader"));
  CHECK_FALSE(org->find_post("zzz"));
}
