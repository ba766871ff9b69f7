// SPDX-License-Identifier: BSL-1.0
#include "sifang/org/county_like.hpp"

#include "catch.hpp"
#include "small_county.hpp"

#include <array>
#include <string>
#include <vector>

using namespace sifang;
using texts = std::vector<std::string>;

namespace {

constexpr std::array<division_place, 5> villages{
    {{"t1v1", "东村委会"}, {"t1v2", "西村委会"}, {"t1v3", "南村委会"}, {"s1v1", "一居委会"}, {"s1v2", "二社区"}}};

/// A town of three villages and a street of two communities.
std::vector<division_township> town_and_street() {
  const std::span<const division_place> all(villages);
  return {{"t1", "甲镇", all.first(3)}, {"s1", "乙街道", all.last(2)}};
}

/// The model with other leaders than its two.
organisation model_with(int leaders) {
  auto tables = sifang_tests::small_county();
  for (const char* post : {"leader-1", "leader-2"}) {
    std::erase_if(tables.posts, [&](const auto& p) { return p.post == post; });
    std::erase_if(tables.links, [&](const auto& l) { return l.post == post; });
  }
  for (int i = 1; i <= leaders; ++i) tables.posts.push_back({"vice-" + std::to_string(i), role::county_leader, "county"});
  return *tables.build();
}

/// Codes of the units to which the holder of a post has such a link.
texts linked(const organisation& org, const std::string& post, relation how) {
  texts out;
  for (const unit_id u : org.units_of(*org.find_post(post), how)) out.push_back(org.units().code(u));
  return out;
}

organisation county_of(const organisation& model, std::span<const division_township> townships, int members = 2) {
  county_like_setting how;
  how.members = members;
  return *county_like(model, "c9", "九县", townships, how);
}

}  // namespace

TEST_CASE("a county like another keeps its offices and has the units of its own divisions, with their kinds, people and roads") {
  const organisation org = county_of(*sifang_tests::small_county().build(), town_and_street());
  const auto& units = org.units();
  CHECK(units.size() == 5 + 2 + 5);  // the county, its school, bureau, department and park; townships; villages
  CHECK(units[units.root()].name == "九县");
  CHECK(units.code(units.root()) == "c9");
  CHECK(units[units.root()].population == 5 * 2272);
  for (const char* gone : {"county", "town", "street", "old-village", "new-community"}) CHECK_FALSE(units.find(gone));
  const auto at = [&](const char* code) { return units[*units.find(code)]; };
  CHECK(at("land").kind == unit_kind::department);
  CHECK(at("t1").kind == unit_kind::township);
  CHECK(at("s1").kind == unit_kind::subdistrict);
  CHECK(at("t1v3").kind == unit_kind::village);
  CHECK(at("s1v1").kind == unit_kind::community);
  CHECK(at("s1v2").kind == unit_kind::community);
  CHECK(at("t1").population == 3 * 2272);
  CHECK(at("t1").distance_km == 25);
  CHECK(at("t1v1").distance_km == 29);
  CHECK(at("s1").distance_km == 4);
  CHECK(at("s1v1").distance_km == 8);
  CHECK(units.parent(*units.find("s1v2")) == units.find("s1"));
  CHECK(units.parent(*units.find("land")) == units.root());
}

TEST_CASE("R8, R9: a township of a county like another has one head and as many members as asked for, its villages dealt among them") {
  const organisation model = *sifang_tests::small_county().build();
  const organisation org = county_of(model, town_and_street());
  CHECK(sifang_tests::gaps(org).empty());
  CHECK(org.officials().size() == 6 + 2 * (1 + 2));  // of the model's ten posts six are of the county, its offices and parks
  CHECK(linked(org, "head-t1", relation::heads) == texts{"t1"});
  CHECK(linked(org, "member-s1-1", relation::member_of) == texts{"s1"});
  CHECK(linked(org, "member-t1-0", relation::linked_to) == texts{"t1v1", "t1v3"});
  CHECK(linked(org, "member-t1-1", relation::linked_to) == texts{"t1v2"});
  CHECK_FALSE(org.find_post("member-t1-2"));
  CHECK(linked(org, "land-head", relation::heads) == texts{"land"});
  CHECK(linked(org, "leader-2", relation::in_charge_of) == texts{"land"});
  // More members than villages: some have none. No members: no village has one.
  const organisation many = county_of(model, town_and_street(), 4);
  CHECK(linked(many, "member-t1-2", relation::linked_to) == texts{"t1v3"});
  CHECK(linked(many, "member-t1-3", relation::linked_to).empty());
  const organisation none = county_of(model, town_and_street(), 0);
  CHECK(none.officials().size() == 6 + 2);
  CHECK(sifang_tests::gaps(none).size() == 5);
}

TEST_CASE("R5: leaders are linked to the townships in turn, until each township and each leader has a link") {
  const auto few = county_of(model_with(1), town_and_street());
  CHECK(linked(few, "vice-1", relation::linked_to) == texts{"t1", "s1"});
  const auto many = county_of(model_with(3), town_and_street());
  CHECK(linked(many, "vice-1", relation::linked_to) == texts{"t1"});
  CHECK(linked(many, "vice-2", relation::linked_to) == texts{"s1"});
  CHECK(linked(many, "vice-3", relation::linked_to) == texts{"t1"});
}

TEST_CASE("a county without leaders, and one without townships, has no such links") {
  const auto without = county_of(model_with(0), town_and_street());
  CHECK(without.officials_of(*without.units().find("t1"), relation::linked_to).empty());
  const auto bare = county_of(model_with(2), {});
  CHECK(bare.units().size() == 5);
  CHECK(linked(bare, "vice-1", relation::linked_to).empty());
}
