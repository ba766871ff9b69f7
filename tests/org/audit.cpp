// SPDX-License-Identifier: BSL-1.0
#include "sifang/org/audit.hpp"

#include "catch.hpp"
#include "small_county.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

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
                  "规则 R5 无法满足：leader-1 既未挂钩乡镇也未分管县直单位",
                  "规则 R5 无法满足：leader-2 既未挂钩乡镇也未分管县直单位",
                  "规则 R5 无法满足：the street (street) 没有县处级领导挂钩",
                  "规则 R5 无法满足：the town (town) 没有县处级领导挂钩",
                  "规则 R8 无法满足：the town (town) 没有主要负责同志",
                  "规则 R9 无法满足：the old-village (old-village) 没有班子成员挂钩",
              });
}

namespace {

constexpr official_id leader_one(1), leader_two(2);
constexpr unit_id bureau(2), town(5), street(7);
constexpr instant at(int hour, int minute = 0) { return {day(2022, 8, 15), minutes(hour * 60 + minute)}; }

}  // namespace

TEST_CASE("nobody is in two places: seats of one official that overlap elsewhere are named, with both") {
  const std::vector<dated_seat> seats{{leader_one, bureau, at(9), at(12)},
                                      {leader_two, town, at(9), at(12)},  // someone else
                                      {leader_one, town, at(8, 30), at(11, 30)}};
  CHECK(in_two_places(seats) == std::vector<seat_conflict>{{seats[2], seats[0]}});
}

TEST_CASE("one may go from place to place, and sit twice at one place") {
  CHECK(in_two_places({}).empty());
  CHECK(in_two_places(std::vector<dated_seat>{
                          {leader_one, bureau, at(9), at(12)}, {leader_one, town, at(12), at(13)}, {leader_one, street, at(8), at(9)}})
            .empty());
  CHECK(in_two_places(std::vector<dated_seat>{{leader_one, bureau, at(9), at(12)}, {leader_one, bureau, at(10), at(11)}}).empty());
  CHECK(in_two_places(std::vector<dated_seat>{{leader_one, bureau, at(9), at(12)}, {leader_one, town, at(10), at(10)}})
            .empty());  // no time at all
}

TEST_CASE("a seat hidden behind a longer one at its own place is still seen") {
  // At 10 the bureau is the longest so far, and the town, not the bureau, is what the second bureau seat meets.
  const std::vector<dated_seat> seats{
      {leader_one, bureau, at(8), at(18)}, {leader_one, town, at(9), at(11)}, {leader_one, bureau, at(10), at(12)}};
  CHECK(in_two_places(seats) == std::vector<seat_conflict>{{seats[0], seats[1]}, {seats[1], seats[2]}});
}

TEST_CASE("a double booking is told in both languages with the post, the places and the times") {
  const auto org = small_county().build();
  REQUIRE(org);
  const seat_conflict c{{leader_one, *org->units().find("town"), at(8, 30), at(11, 30)},
                        {leader_one, *org->units().find("bureau"), at(9), instant(day(2022, 8, 16), minutes(60))}};
  CHECK(sentence(c, *org) ==
        "leader-1 is needed in two places at once: at the town (town) from 2022-08-15 08:30 to 11:30, and at the bureau (bureau) from "
        "2022-08-15 09:00 to "
        "2022-08-16 01:00");
  CHECK(sentence(c, *org, language::zh) ==
        "leader-1 同一时间须在两处：the town (town) 2022-08-15 08:30 至 11:30；the bureau (bureau) 2022-08-15 09:00 至 2022-08-16 01:00");
}

TEST_CASE("double bookings are those that comparing all pairs of seats finds") {
  CHECK(rc::check([] {
    std::vector<dated_seat> seats;
    const int n = *rc::gen::inRange(0, 25);
    for (int i = 0; i < n; ++i) {
      const int start = *rc::gen::inRange(0, 40);
      seats.push_back({official_id(*rc::gen::inRange<std::size_t>(0, 2)), unit_id(*rc::gen::inRange<std::size_t>(0, 3)), instant(start),
                       instant(start + *rc::gen::inRange(0, 12))});
    }
    const auto conflict = [](const dated_seat& a, const dated_seat& b) {
      return a.who == b.who && a.where != b.where && a.start < b.end && b.start < a.end && a.start < a.end && b.start < b.end;
    };
    const auto found = in_two_places(seats);
    for (const seat_conflict& c : found) {
      RC_ASSERT(conflict(c.first, c.second));
      RC_ASSERT(c.first.start <= c.second.start);
      // None that it could have been named with ends later.
      for (const dated_seat& s : seats) RC_ASSERT(!(conflict(s, c.second) && s.start < c.second.start && s.end > c.first.end));
    }
    for (const dated_seat& late : seats) {
      const bool expected =
          std::any_of(seats.begin(), seats.end(), [&](const dated_seat& s) { return conflict(s, late) && s.start < late.start; });
      const bool named = std::any_of(found.begin(), found.end(), [&](const seat_conflict& c) { return c.second == late; });
      if (expected) RC_ASSERT(named);
    }
    const bool any = std::any_of(seats.begin(), seats.end(), [&](const dated_seat& a) {
      return std::any_of(seats.begin(), seats.end(), [&](const dated_seat& b) { return conflict(a, b); });
    });
    RC_ASSERT(any == !found.empty());
  }));
}
