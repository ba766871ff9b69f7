// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "org/small_county.hpp"

#include "sifang/assign/county_assignment.hpp"
#include "sifang/assign/optimal_assignment.hpp"

#include <array>
#include <vector>

using namespace sifang;

namespace {

/// The small county with roads: the town 20 km out, its village 26, the street 2.
organisation county_with_roads() {
  auto tables = sifang_tests::small_county();
  for (unit& u : tables.units) {
    if (u.code == "town") u.distance_km = 20;
    if (u.code == "old-village") u.distance_km = 26;
    if (u.code == "street") u.distance_km = 2;
  }
  return *tables.build();
}

}  // namespace

TEST_CASE("roads: along the branch, else by the county seat") {
  const organisation org = county_with_roads();
  const auto at = [&](const char* code) { return *org.units().find(code); };
  CHECK(road_km(org.units(), at("town"), at("old-village")) == 6);
  CHECK(road_km(org.units(), at("street"), at("old-village")) == 28);
  CHECK(road_km(org.units(), at("county"), at("town")) == 20);
  CHECK(road_km(org.units(), at("town"), at("town")) == 0);
}

TEST_CASE("points against an owner: a stranger, half a stranger, a hand-over, the road, all told apart") {
  const organisation org = county_with_roads();
  const auto post = [&](const char* code) { return *org.find_post(code); };
  const assignment_weights w{1000, 100, 10, 1, 0, 9999};
  const case_to_assign c{*org.units().find("old-village"), *org.units().find("land"), post("leader-1")};
  CHECK(owner_cost(org, c, post("leader-1"), w) == 100 + 26);       // linked to the town, heard it
  CHECK(owner_cost(org, c, post("leader-2"), w) == 100 + 10 + 26);  // in charge of the land office
  CHECK(owner_cost(org, c, post("street-1"), w) == 1000 + 10 + 28);
  CHECK(owner_cost(org, c, post("town-1"), w) == 100 + 10 + 6);
  CHECK(owner_cost(org, {{}, {}, {}}, post("town-1"), w) == 1000);  // nothing known: a stranger, no road, nobody to take it from
}

TEST_CASE("points that are not named are the usual ones, and nobody is left without an owner for want of a near one") {
  const organisation org = county_with_roads();
  const assignment_weights usual;
  CHECK(usual.stranger == 60);
  CHECK(usual.one_of_two == 10);
  CHECK(usual.handed_over == 30);
  CHECK(usual.each_km == 1);
  CHECK(usual.each_in_hand == 2);
  CHECK(usual.unassigned == 2000);
  // The street's member is a stranger 28 km away to whom it must be handed over, with a hundred cases in hand.
  const std::vector<case_to_assign> one{{*org.units().find("old-village"), *org.units().find("land"), *org.find_post("leader-1")}};
  const std::vector<official_id> far{*org.find_post("street-1")};
  const std::vector<int> capacity{1}, none{0}, held{100};
  CHECK(optimal_assignment<>(county_assignment(org, one, far, capacity, held)).owner(case_id(0)) == official_id(0));
  CHECK(optimal_assignment<>(county_assignment(org, one, far, none)).total() == 2000);
}

TEST_CASE("the cheapest owners cost no more than any rule that looks at one case at a time") {
  const organisation org = county_with_roads();
  const std::vector<official_id> leaders{*org.find_post("leader-1"), *org.find_post("leader-2"), *org.find_post("town-head")};
  const std::vector<int> capacity{3, 3, 2}, held{1, 0, 0};
  std::vector<case_to_assign> cases;
  const std::array<const char*, 3> places{"old-village", "new-community", "town"};
  for (std::size_t i = 0; i < 9; ++i) {
    cases.push_back({*org.units().find(places[i % 3]), i % 2 == 0 ? *org.units().find("land") : unit_id{}, leaders[(i / 2) % 3]});
  }
  const auto problem = county_assignment(org, cases, leaders, capacity, held);
  const optimal_assignment<> solved(problem);
  CHECK(lower_bound<case_id>(problem, solved.prices()) == solved.total());
  const auto judge = [&](const auto& policy) {
    const auto owner = owners_by_rule(org, cases, leaders, capacity, policy);
    const assignment_cost points = cost_of<case_id>(problem, owner);
    CHECK(points < not_allowed);
    CHECK(points >= solved.total());
    return owner;
  };
  CHECK(judge(first_receiver{}).front() == official_id(0));  // places in the list, not posts
  judge(by_territory{});
  judge(by_subject{});
  judge(least_loaded{});
  judge(capped_first_receiver{2});
  // A rule that names whom the list does not have leaves the case to nobody.
  struct elsewhere {
    official_id owner(const ownership_request&, const caseload_view&) const { return official_id(99); }
  };
  for (official_id who : judge(elsewhere{})) CHECK_FALSE(who.valid());
  // Eight seats for nine cases: a rule cannot find more.
  int nobody = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) nobody += solved.owner(case_id(i)).valid() ? 0 : 1;
  CHECK(nobody == 1);
}
