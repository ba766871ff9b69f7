// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "tables.hpp"

#include "sifang/org/audit.hpp"
#include "sifang/org/organisation.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace sifang;

namespace {

county_tree small_tree() {
  hierarchy_builder<unit> builder;
  const auto add = [&](std::string code, std::string parent, unit_kind kind) {
    unit u;
    u.code = u.name = code;
    u.kind = kind;
    builder.add(std::move(code), std::move(parent), std::move(u));
  };
  add("county", "", unit_kind::county);
  add("school", "county", unit_kind::party_school);
  add("bureau", "county", unit_kind::petition_bureau);
  add("housing", "county", unit_kind::department);
  add("songcheng", "county", unit_kind::subdistrict);
  add("village", "songcheng", unit_kind::village);
  return *std::move(builder).build();
}

/// Every post and link that R3 to R9 want of the small county.
organisation_builder small_builder() {
  organisation_builder builder(small_tree());
  builder.add("chief-01", "县委书记", role::principal_leader, "county");
  builder.add("leader-01", "副县长", role::county_leader, "county");
  builder.add("head-01", "局长", role::unit_head, "housing");
  builder.add("head-02", "街道书记", role::unit_head, "songcheng");
  builder.add("team-01", "街道副主任", role::team_member, "songcheng");
  builder.add_link("leader-01", relation::linked_to, "songcheng");
  builder.add_link("leader-01", relation::in_charge_of, "housing");
  builder.add_link("head-01", relation::heads, "housing");
  builder.add_link("head-02", relation::heads, "songcheng");
  builder.add_link("team-01", relation::member_of, "songcheng");
  builder.add_link("team-01", relation::linked_to, "village");
  return builder;
}

/// The same county with only those links that are kept.
organisation rebuilt(const organisation& from, const std::function<bool(const official_link&)>& keep) {
  organisation_builder builder(from.units());
  for (const official& o : from.officials()) builder.add(o.post, o.title, o.rank, from.units().code(o.unit));
  for (const official_link& l : from.links()) {
    if (keep(l)) builder.add_link(from[l.who].post, l.how, from.units().code(l.where));
  }
  auto built = std::move(builder).build();
  REQUIRE(built);
  return *std::move(built);
}

/// One rule is broken, and the fault names the unit or post concerned.
void check_one_fault(const organisation& org, const std::string& rule, const std::string& named) {
  const auto faults = audit(org);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].kind == fault_kind::rule_unsatisfied);
  CHECK(faults[0].details.at(0) == rule);
  CHECK(faults[0].details.at(1).find(named) != std::string::npos);
}

/// The real tables, read once.
const organisation& xiapu() {
  static const organisation org = std::move(sifang_tests::input("xiapu-2022").place.org);
  return org;
}

}  // namespace

TEST_CASE("links are asked from the official and from the unit") {
  auto builder = small_builder();
  builder.add_link("leader-01", relation::linked_to, "songcheng");  // twice in the table
  const auto built = std::move(builder).build();
  REQUIRE(built);
  const organisation& org = *built;
  const official_id leader = *org.find_post("leader-01");
  const unit_id songcheng = *org.units().find("songcheng"), housing = *org.units().find("housing");
  const auto units = org.units_of(leader, relation::linked_to);
  REQUIRE(units.size() == 1);
  CHECK(units[0] == songcheng);
  CHECK(org.units_of(leader, relation::heads).empty());
  REQUIRE(org.officials_of(housing, relation::in_charge_of).size() == 1);
  CHECK(org.officials_of(housing, relation::in_charge_of)[0] == leader);
  CHECK(org.officials_of(housing, relation::linked_to).empty());
  CHECK(org.links().size() == 7);

  REQUIRE(org.officials_with(role::unit_head).size() == 2);
  CHECK(org[org.officials_with(role::unit_head)[1]].post == "head-02");
  CHECK(org.officials_with(role::cadre).empty());
  REQUIRE(org.units_of_kind(unit_kind::village).size() == 1);
  CHECK(org.units().code(org.units_of_kind(unit_kind::village)[0]) == "village");
  CHECK(org[leader].unit == org.units().root());
  CHECK_FALSE(org.find_post("leader-1"));
}

TEST_CASE("both directions of the real county hold the same links") {
  const organisation& org = xiapu();
  for (std::size_t r = 0; r < relation_count; ++r) {
    const auto how = static_cast<relation>(r);
    std::vector<std::pair<official_id, unit_id>> table, forward, backward;
    for (const official_link& l : org.links())
      if (l.how == how) table.emplace_back(l.who, l.where);
    for (std::size_t i = 0; i < org.officials().size(); ++i) {
      for (unit_id u : org.units_of(official_id(i), how)) forward.emplace_back(official_id(i), u);
    }
    for (unit_id u : org.units().all()) {
      for (official_id o : org.officials_of(u, how)) backward.emplace_back(o, u);
    }
    std::sort(table.begin(), table.end());
    table.erase(std::unique(table.begin(), table.end()), table.end());
    std::sort(backward.begin(), backward.end());
    CHECK(forward == table);  // by id as it comes
    CHECK(backward == table);
  }
  for (std::size_t i = 0; i < org.officials().size(); ++i) CHECK(org.find_post(org[official_id(i)].post) == official_id(i));
}

TEST_CASE("wrong posts and links are all said at once, each with the nearest known name") {
  organisation_builder builder(small_tree());
  builder.add("leader-01", "副县长", role::county_leader, "county", {"officials.csv", 2, 0});
  builder.add("leader-01", "副县长", role::county_leader, "county", {"officials.csv", 3, 0});
  builder.add("head-01", "局长", role::unit_head, "housin", {"officials.csv", 4, 0});
  builder.add_link("leader-02", relation::linked_to, "songcheng", {"links.csv", 2, 0});
  builder.add_link("leader-01", relation::linked_to, "songchen", {"links.csv", 3, 0});
  const auto built = std::move(builder).build();
  REQUIRE_FALSE(built);
  const auto& faults = built.faults();
  REQUIRE(faults.size() == 4);
  using list = std::vector<std::string>;
  CHECK(faults[0].kind == fault_kind::duplicate_code);
  CHECK(faults[0].details == list{"leader-01", "2"});
  CHECK(faults[0].where.line == 3);
  CHECK(faults[1].kind == fault_kind::unknown_unit);
  CHECK(faults[1].details == list{"housin", "housing"});
  CHECK(faults[2].kind == fault_kind::unknown_post);
  CHECK(faults[2].details == list{"leader-02", "leader-01"});
  CHECK(faults[2].where.file == "links.csv");
  CHECK(faults[3].kind == fault_kind::unknown_unit);
  CHECK(faults[3].details == list{"songchen", "songcheng"});
}

TEST_CASE("the tables of Xiapu leave no rule unsatisfied") {
  for (const fault& f : audit(xiapu())) FAIL_CHECK(sentence(f));
}

TEST_CASE("the small county satisfies every rule until one of its links is gone") {
  const auto built = small_builder().build();
  REQUIRE(built);
  CHECK(audit(*built).empty());
  struct loss {
    std::string post;
    relation how;
    std::string unit, rule, named;
  };
  const loss losses[] = {{"leader-01", relation::linked_to, "songcheng", "R5", "songcheng"},
                         {"head-01", relation::heads, "housing", "R8", "housing"},
                         {"head-02", relation::heads, "songcheng", "R8", "songcheng"},
                         {"team-01", relation::linked_to, "village", "R9", "village"}};
  for (const loss& lost : losses) {
    CAPTURE(lost.post, lost.unit);
    const organisation org = rebuilt(*built, [&](const official_link& l) {
      return !((*built)[l.who].post == lost.post && l.how == lost.how && built->units().code(l.where) == lost.unit);
    });
    CHECK(org.links().size() + 1 == built->links().size());
    check_one_fault(org, lost.rule, lost.named);
  }
}

TEST_CASE("a leader without a township or a charge breaks R5") {
  auto builder = small_builder();
  builder.add("leader-02", "副县长", role::county_leader, "county");
  auto built = std::move(builder).build();
  REQUIRE(built);
  check_one_fault(*built, "R5", "leader-02");
}

TEST_CASE("in Xiapu a rule breaks when a unit loses the last official who keeps it, and not before") {
  const organisation& org = xiapu();
  const auto first_unit = [&](level wanted) {
    for (unit_id u : org.units().all())
      if (level_of(org.units()[u].kind) == wanted) return u;
    FAIL("the tables hold no such unit");
    return unit_id{};
  };
  struct need {
    std::string rule;
    unit_id unit;
    relation how;
    role rank;
    bool redundant;  // whether the tables give the unit more than one
  };
  const unit_id township = first_unit(level::township), village = first_unit(level::village);
  const need needs[] = {{"R5", township, relation::linked_to, role::county_leader, true},
                        {"R8", township, relation::heads, role::unit_head, true},
                        {"R8", org.units_of_kind(unit_kind::department)[0], relation::heads, role::unit_head, false},
                        {"R9", village, relation::linked_to, role::team_member, false}};
  for (const need& n : needs) {
    std::vector<official_id> keepers;
    for (official_id o : org.officials_of(n.unit, n.how))
      if (org[o].rank == n.rank) keepers.push_back(o);
    CAPTURE(n.rule, org.units().code(n.unit), keepers.size());
    REQUIRE_FALSE(keepers.empty());
    CHECK((keepers.size() > 1) == n.redundant);
    for (std::size_t lost = 1; lost <= keepers.size(); ++lost) {
      const auto last = keepers.begin() + static_cast<std::ptrdiff_t>(lost);
      const organisation left = rebuilt(org, [&](const official_link& l) {
        return l.where != n.unit || l.how != n.how || std::find(keepers.begin(), last, l.who) == last;
      });
      CHECK(left.links().size() + lost == org.links().size());
      if (lost < keepers.size())
        CHECK(audit(left).empty());
      else
        check_one_fault(left, n.rule, org.units().code(n.unit));
    }
  }
}
