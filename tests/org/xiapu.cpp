// SPDX-License-Identifier: BSL-1.0
#include "sifang/org/structure.hpp"

#include "catch.hpp"
#include "small_county.hpp"
#include "table.hpp"

#include <filesystem>
#include <fstream>
#include <set>

using namespace sifang;
using namespace sifang_tests;

namespace {

const std::string folder = std::string(SIFANG_SOURCE_DIR) + "/simulations/scenarios/data/xiapu/";

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

county_tables xiapu() {
  county_tables c;
  for (const auto& row : table(text_of(folder + "units.csv"))) {
    const auto kind = parse_name<unit_kind>(row.at("kind"));
    REQUIRE(kind);
    c.units.push_back({row.at("code"), row.at("name"), *kind, std::stod(row.at("population")), std::stod(row.at("distance_km")),
                       std::stod(row.at("x")), std::stod(row.at("y"))});
    c.parents.push_back(row.at("parent"));
  }
  for (const auto& row : table(text_of(folder + "officials.csv"))) {
    const auto rank = parse_name<role>(row.at("rank"));
    REQUIRE(rank);
    c.posts.push_back({row.at("post"), *rank, row.at("unit")});
  }
  for (const auto& row : table(text_of(folder + "links.csv"))) {
    const auto how = parse_name<relation>(row.at("relation"));
    REQUIRE(how);
    c.links.push_back({row.at("post"), *how, row.at("unit")});
  }
  return c;
}

organisation built(const county_tables& tables) {
  auto org = tables.build();
  for (const fault& f : org.faults()) FAIL_CHECK(to_string(f));
  REQUIRE(org);
  return *std::move(org);
}

}  // namespace

TEST_CASE("the tables of Xiapu make a county of 15 townships and streets and 331 villages and communities") {
  const auto org = built(xiapu());
  CHECK(org.units_of_kind(unit_kind::township).size() == 12);
  CHECK(org.units_of_kind(unit_kind::subdistrict).size() == 3);
  CHECK(org.units_of_kind(unit_kind::village).size() + org.units_of_kind(unit_kind::community).size() == 331);
  CHECK(org.units_of_kind(unit_kind::department).size() == 45);
  CHECK(org.units_of_kind(unit_kind::industrial_park).size() == 3);
  for (unit_kind one :
       {unit_kind::county, unit_kind::party_committee, unit_kind::county_government, unit_kind::party_school, unit_kind::petition_bureau}) {
    CHECK(org.units_of_kind(one).size() == 1);
  }
  CHECK(org.units().code(org.units().root()) == "350921");
  CHECK(org.units()[org.units().root()].name == "霞浦县");
  for (unit_id u : org.units().all()) {
    if (const auto above = org.units().parent(u)) CHECK(may_stand_below(org.units()[u].kind, org.units()[*above].kind));
  }
}

TEST_CASE("the tables of Xiapu leave no rule unsatisfiable") { CHECK(gaps(built(xiapu())).empty()); }

TEST_CASE("the people of Xiapu are those of its townships, and theirs are those of their villages") {
  const auto org = built(xiapu());
  const county_tree& units = org.units();
  CHECK(units[units.root()].population == 475'936);
  for (unit_id u : units.all()) {
    double below = 0;
    for (unit_id child : units.children(u)) below += units[child].population;
    if (below > 0) CHECK(below == units[u].population);  // whole numbers, so exact
    if (level_of(units[u].kind) == level::village) CHECK(units[u].population > 0);
  }
  CHECK(units[*units.find("350921200")].distance_km == 13.5);  // 盐田, the one that is sourced
  for (unit_id u : units.all()) {
    CHECK(units[u].x >= 0);
    CHECK(units[u].x <= 100);
    CHECK(units[u].y >= 0);
    CHECK(units[u].y <= 100);
    if (level_of(units[u].kind) == level::village) CHECK(units[u].distance_km > units[*units.parent(u)].distance_km);
  }
}

TEST_CASE("the officials of Xiapu are as many as the mechanism needs") {
  const auto org = built(xiapu());
  CHECK(org.officials_with(role::principal_leader).size() == 2);
  CHECK(org.officials_with(role::county_leader).size() == 33);
  CHECK(org.officials_with(role::bureau_staff).size() == 12);
  CHECK(org.officials_with(role::cadre).empty());
  const auto team = [&](unit_id u) { return org.officials_of(u, relation::member_of).size(); };
  for (unit_kind kind : {unit_kind::township, unit_kind::subdistrict}) {
    for (unit_id u : org.units_of_kind(kind)) {
      CHECK(org.officials_of(u, relation::heads).size() == 2);
      CHECK((team(u) == 9 || team(u) == 11));
      CHECK(org.officials_of(u, relation::linked_to).size() >= 2);
    }
  }
  for (unit_id u : org.units_of_kind(unit_kind::department)) {
    CHECK(org.officials_of(u, relation::heads).size() == 1);
    CHECK(team(u) == 4);
    CHECK_FALSE(org.officials_of(u, relation::in_charge_of).empty());
    CHECK_FALSE(org.officials_of(u, relation::liaises_with).empty());
    for (official_id o : org.officials_of(u, relation::liaises_with)) {
      const auto charge = org.officials_of(u, relation::in_charge_of);
      CHECK(std::find(charge.begin(), charge.end(), o) == charge.end());
    }
  }
  for (unit_id u : org.units_of_kind(unit_kind::industrial_park)) {
    CHECK(team(u) == 3);
    CHECK_FALSE(org.officials_of(u, relation::in_charge_of).empty());
  }
  for (unit_kind kind : {unit_kind::village, unit_kind::community}) {
    for (unit_id u : org.units_of_kind(kind)) {
      const auto linked = org.officials_of(u, relation::linked_to);
      CHECK((linked.size() == 1 || linked.size() == 2));
      for (official_id o : linked) CHECK(org[o].unit == *org.units().parent(u));
    }
  }
}

TEST_CASE("in Xiapu each rule fails when the links that satisfy it are taken away") {
  const auto whole = xiapu();
  const auto org = built(whole);
  const auto without = [&](auto&& gone) {
    auto tables = whole;
    std::erase_if(tables.links, gone);
    return gaps(built(tables));
  };
  std::set<std::string> rules;
  for (unit_kind kind : {unit_kind::township, unit_kind::subdistrict, unit_kind::village, unit_kind::community, unit_kind::department,
                         unit_kind::industrial_park}) {
    const unit_id u = org.units_of_kind(kind).front();
    const bool village = level_of(kind) == level::village;
    const std::string& code = org.units().code(u);
    if (level_of(kind) != level::county) {
      const auto found = without([&](const link_row& l) { return l.unit == code && l.how == relation::linked_to; });
      REQUIRE(found.size() >= 1);
      CHECK(found[0].starts_with(village ? "R9: " : "R5: "));
      rules.insert(found[0].substr(0, 2));
    }
    if (!village) {
      const auto found = without([&](const link_row& l) { return l.unit == code && l.how == relation::heads; });
      REQUIRE(found.size() == 1);
      CHECK(found[0].starts_with("R8: "));
      rules.insert(found[0].substr(0, 2));
    }
  }
  const auto idle = without([](const link_row& l) { return l.post == "leader-01"; });
  CHECK(std::find(idle.begin(), idle.end(), "R5: leader-01 is linked to no township and in charge of no department") != idle.end());
  CHECK(rules == std::set<std::string>{"R5", "R8", "R9"});
}

TEST_CASE("the tables of Xiapu are what their script makes") {
  const std::string divisions = SIFANG_SHARED_DATA "/divisions";
  if (!std::filesystem::exists(divisions) || output_of("python3 --version 2>&1").empty()) {
    WARN("skipped: needs python3 and the folder of division codes");
    return;
  }
  const auto made = std::filesystem::temp_directory_path() / "sifang-xiapu-tables";
  std::filesystem::create_directories(made);
  REQUIRE_FALSE(output_of("python3 '" + folder + "make_tables.py' '" + divisions + "' '" + made.string() + "'").empty());
  for (const char* name : {"units.csv", "officials.csv", "links.csv"}) { CHECK(text_of((made / name).string()) == text_of(folder + name)); }
  std::filesystem::remove_all(made);
}

TEST_CASE("the tables of Xiapu keep to the county's traits") {
  for (const fault& f : audit_structure(built(xiapu()))) FAIL_CHECK(to_string(f));
}
