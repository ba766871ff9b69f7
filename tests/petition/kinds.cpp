// SPDX-License-Identifier: BSL-1.0
#include "story.hpp"

using namespace sifang;

TEST_CASE("a petition is initial once and repeat ever after, for one petitioner and one matter") {
  petition_register all;
  const petition_key first{petitioner_id(1), matter_id(1)};
  CHECK(all.count(first) == 0);
  CHECK(all.add(first));
  CHECK_FALSE(all.add(first));
  CHECK_FALSE(all.add(first));
  CHECK(all.count(first) == 3);
  CHECK(all.add({petitioner_id(1), matter_id(2)}));  // same person, another matter
  CHECK(all.add({petitioner_id(2), matter_id(1)}));  // same matter, another person
}

TEST_CASE("five persons make a group visit") {
  case_record c;
  c.group_size = 4;
  CHECK_FALSE(is_group(c));
  c.group_size = 5;
  CHECK(is_group(c));
}

TEST_CASE("L9: at most five of a group speak, and its size stays the statistic") {
  CHECK(representatives(1) == 1);
  CHECK(representatives(5) == 5);
  CHECK(representatives(200) == 5);
  CHECK(representatives(0) == 0);
}

TEST_CASE("L8: one level above the competent unit is no skip, two are") {
  constexpr int village = 0, township = 1, county = 2, city = 3;
  CHECK_FALSE(is_skipping(township, village));
  CHECK_FALSE(is_skipping(township, township));
  CHECK_FALSE(is_skipping(township, county));
  CHECK(is_skipping(township, city));
  CHECK(is_skipping(village, county));
  CHECK_FALSE(is_skipping(county, city));
}

TEST_CASE("a case is long-pending from 180 days or three repeats on") {
  constexpr long_pending_cutoff usual;
  static_assert(!usual.reached(calendar_days(179), 2));
  static_assert(usual.reached(calendar_days(180), 0));
  static_assert(usual.reached(calendar_days(1), 3));
  static_assert(long_pending_cutoff{calendar_days(90), 3}.reached(calendar_days(90), 0));
  SUCCEED();
}

TEST_CASE("what a record says of its kind") {
  case_record c;
  CHECK(is_initial(c));
  c.repeat = true;
  CHECK(is_repeat(c));
  CHECK_FALSE(is_initial(c));
  c.skip_level = true;
  CHECK(is_skip_level(c));
  CHECK_FALSE(is_overdue(c));
  c.missed.add(case_clock::accept);
  CHECK(is_overdue(c));
}

TEST_CASE("L7, L17, L18: on what ground the same matter is not accepted again") {
  using story::brought_to;
  CHECK(refusal_after(brought_to(case_state::handling).record()) == refusal_ground::in_progress);
  CHECK(refusal_after(brought_to(case_state::procedurally_closed).record()) == refusal_ground::recheck_ended);
  auto lapsed = brought_to(case_state::replied);
  REQUIRE(lapsed.apply(case_event::window_ends, story::at(day(2022, 12, 31)), {}));
  CHECK(refusal_after(lapsed.record()) == refusal_ground::window_missed);
  CHECK_FALSE(refusal_after(brought_to(case_state::settled).record()));   // that is a rebound, row 21
  CHECK_FALSE(refusal_after(brought_to(case_state::diverted).record()));  // it never began
}
