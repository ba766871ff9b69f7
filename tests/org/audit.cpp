// SPDX-License-Identifier: BSL-1.0
#include "sifang/org/audit.hpp"

#include "catch.hpp"
#include "small_county.hpp"

using namespace sifang;
using namespace sifang_tests;
using texts = std::vector<std::string>;

namespace {

texts gaps_of(const county_tables& tables) {
  const auto org = tables.build();
  REQUIRE(org);
  return gaps(*org);
}

}  // namespace

TEST_CASE("a county in which every rule can be satisfied has no gaps") { CHECK(gaps_of(small_county()).empty()); }

TEST_CASE("R5: every township has a county-level leader linked to it") {
  auto c = small_county();
  std::erase_if(c.links, [](const link_row& l) { return l.post == "leader-1" && l.unit == "town"; });
  CHECK(gaps_of(c) == texts{"R5: the town (town) has no county-level leader linked to it"});
  SECTION("and another official's link does not serve") {
    c.links.push_back({"town-head", relation::linked_to, "town"});
    CHECK(gaps_of(c).size() == 1);
  }
}

TEST_CASE("R5: every county-level leader has a township or something in their charge") {
  auto c = small_county();
  c.drop_links("leader-2", relation::in_charge_of);
  const texts idle{"R5: leader-2 is linked to no township and in charge of no department"};
  CHECK(gaps_of(c) == idle);
  SECTION("a village is no township") {
    c.links.push_back({"leader-2", relation::linked_to, "old-village"});
    CHECK(gaps_of(c) == idle);
  }
  SECTION("to liaise is not to be in charge") {
    c.links.push_back({"leader-2", relation::liaises_with, "land"});
    CHECK(gaps_of(c) == idle);
  }
  SECTION("a township is enough") {
    c.links.push_back({"leader-2", relation::linked_to, "town"});
    CHECK(gaps_of(c).empty());
  }
}

TEST_CASE("R8: every township, street, department and park is headed") {
  const std::vector<std::pair<std::string, std::string>> heads = {{"town-head", "R8: the town (town) has no head"},
                                                                  {"street-head", "R8: the street (street) has no head"},
                                                                  {"land-head", "R8: the land (land) has no head"},
                                                                  {"park-head", "R8: the park (park) has no head"}};
  for (const auto& [post, gap] : heads) {
    auto c = small_county();
    c.drop_links(post, relation::heads);
    CHECK(gaps_of(c) == texts{gap});
  }
}

TEST_CASE("R9: every village and community has a team member linked to it") {
  auto c = small_county();
  c.drop_links("town-1", relation::linked_to);
  c.drop_links("street-1", relation::linked_to);
  CHECK(gaps_of(c) == texts{"R9: the new-community (new-community) has no team member linked to it",
                            "R9: the old-village (old-village) has no team member linked to it"});
  SECTION("a head sits at the township on that day and does not serve") {
    c.links.push_back({"town-head", relation::linked_to, "old-village"});
    CHECK(gaps_of(c).size() == 2);
  }
}

TEST_CASE("R3 and R6: there are a Party school, a petition bureau and leaders to sit there") {
  auto c = small_county();
  for (auto& u : c.units) {
    if (u.kind == unit_kind::party_school || u.kind == unit_kind::petition_bureau) u.kind = unit_kind::party_committee;
  }
  for (auto& p : c.posts) {
    if (p.rank == role::principal_leader || p.rank == role::county_leader) p.rank = role::cadre;
  }
  CHECK(gaps_of(c) == texts{
                          "R3: there is no Party school",
                          "R3: there is no principal leader",
                          "R5: the street (street) has no county-level leader linked to it",
                          "R5: the town (town) has no county-level leader linked to it",
                          "R6: there is no county-level leader",
                          "R6: there is no petition bureau",
                      });
}

TEST_CASE("gaps are told in both languages") {
  auto c = small_county();
  c.drop_links("town-head", relation::heads);
  c.drop_links("town-1", relation::linked_to);
  c.drop_links("leader-1", relation::linked_to);
  c.drop_links("leader-2", relation::in_charge_of);
  const auto org = c.build();
  REQUIRE(org);
  texts zh;
  for (const fault& f : audit(*org)) {
    CHECK(f.kind == fault_kind::rule_unsatisfied);
    zh.push_back(to_string(f, language::zh));
  }
  std::sort(zh.begin(), zh.end());
  CHECK(zh == texts{
                  "规则 R5 无法满足:leader-1 既未挂钩乡镇也未分管县直单位",
                  "规则 R5 无法满足:leader-2 既未挂钩乡镇也未分管县直单位",
                  "规则 R5 无法满足:the street (street) 没有县处级领导挂钩",
                  "规则 R5 无法满足:the town (town) 没有县处级领导挂钩",
                  "规则 R8 无法满足:the town (town) 没有主要负责人",
                  "规则 R9 无法满足:the old-village (old-village) 没有班子成员挂钩",
              });
}
