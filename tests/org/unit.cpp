// SPDX-License-Identifier: BSL-1.0
#include "sifang/org/unit.hpp"

#include "catch.hpp"
#include "sifang/org/official.hpp"

using namespace sifang;

namespace {

template <class Enum>
void both_ways(Enum last) {
  const auto n = static_cast<std::size_t>(last) + 1;
  REQUIRE(std::size(names_of<Enum>) == n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto value = static_cast<Enum>(i);
    CHECK(parse_name<Enum>(name_of(value)) == value);
  }
  CHECK_FALSE(parse_name<Enum>(""));
  CHECK_FALSE(parse_name<Enum>("County"));
}

}  // namespace

TEST_CASE("kinds, levels, ranks and relations are written and read by name") {
  both_ways(unit_kind::community);
  both_ways(level::village);
  both_ways(role::bureau_staff);
  both_ways(relation::liaises_with);
  CHECK(name_of(unit_kind::petition_bureau) == "petition_bureau");
  CHECK(name_of(unit_kind::community) == "community");
  CHECK(name_of(level::township) == "township");
  CHECK(name_of(role::team_member) == "team_member");
  CHECK(name_of(relation::liaises_with) == "liaises_with");
}

TEST_CASE("streets are of the level of townships and communities of that of villages") {
  CHECK(level_of(unit_kind::subdistrict) == level::township);
  CHECK(level_of(unit_kind::township) == level::township);
  CHECK(level_of(unit_kind::community) == level::village);
  CHECK(level_of(unit_kind::village) == level::village);
  for (unit_kind k : {unit_kind::county, unit_kind::party_committee, unit_kind::county_government, unit_kind::party_school,
                      unit_kind::petition_bureau, unit_kind::department, unit_kind::industrial_park}) {
    CHECK(level_of(k) == level::county);
  }
}

TEST_CASE("villages stand below townships and townships below the county") {
  CHECK(may_stand_below(unit_kind::village, unit_kind::township));
  CHECK(may_stand_below(unit_kind::community, unit_kind::subdistrict));
  CHECK(may_stand_below(unit_kind::township, unit_kind::county));
  CHECK(may_stand_below(unit_kind::department, unit_kind::county_government));
  CHECK_FALSE(may_stand_below(unit_kind::village, unit_kind::county));
  CHECK_FALSE(may_stand_below(unit_kind::village, unit_kind::village));
  CHECK_FALSE(may_stand_below(unit_kind::township, unit_kind::township));
  CHECK_FALSE(may_stand_below(unit_kind::department, unit_kind::township));
  CHECK_FALSE(may_stand_below(unit_kind::county, unit_kind::county));
}
