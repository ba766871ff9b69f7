// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/petition.hpp"

using namespace sifang;

TEST_CASE("R14: the three guarantees are assigned case by case, and their labels are the county's own") {
  case_history story{case_record{}};
  CHECK_FALSE(story.record().guarantees.complete());
  three_guarantees duties;
  duties.duty = {official_id(1), official_id(2), official_id{}};
  story.assign_guarantees(duties);
  CHECK_FALSE(story.record().guarantees.complete());
  duties.duty[2] = official_id(3);
  story.assign_guarantees(duties);
  CHECK(story.record().guarantees.complete());
  case_history other{case_record{}};
  CHECK_FALSE(other.record().guarantees.complete());
  CHECK(guarantee_labels{}.labels[0].zh == "包掌握情况");
  CHECK(guarantee_labels::mediate_resolve_calm().labels[2].zh == "包稳控");
}
