// SPDX-License-Identifier: BSL-1.0
#include "misuse.hpp"

#include "catch.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"

#include <cstdint>
#include <limits>

using namespace sifang;
using misuse::noticed;

namespace {

/// Set before any test of this program: where a precondition is broken it goes on, and counts.
[[maybe_unused]] const bool goes_on = misuse::goes_on = true;

/// How many broken preconditions making something from this number meets.
template <class Index>
int noticed_of_id(Index index) {
  const int before = noticed;
  const unit_id made(index);
  CHECK(made.valid() == (noticed == before));  // what cannot be an index makes no id
  return noticed - before;
}
int noticed_of_day(int year, unsigned month, unsigned dom) {
  const int before = noticed;
  static_cast<void>(day(year, month, dom));
  return noticed - before;
}

}  // namespace

TEST_CASE("an index that no id has is misuse, and makes no id") {
  CHECK(noticed_of_id(0) == 0);
  CHECK(noticed_of_id(std::uint32_t{4294967294}) == 0);
  CHECK(noticed_of_id(std::uint32_t{4294967295}) == 1);
  CHECK(noticed_of_id(std::uint64_t{4294967296}) == 1);  // once the id 0
  CHECK(noticed_of_id(std::numeric_limits<std::uint64_t>::max()) == 1);
  CHECK(noticed_of_id(-1) == 1);
  CHECK(noticed_of_id(std::int64_t{1} << 40) == 1);
  CHECK(unit_id(7).index() == 7);
  CHECK(unit_id(std::uint8_t{7}) == unit_id(7));
}

TEST_CASE("a day that the calendar does not have is misuse") {
  CHECK(noticed_of_day(2024, 2, 29) == 0);
  CHECK(noticed_of_day(2022, 2, 30) == 1);
  CHECK(noticed_of_day(2023, 2, 29) == 1);
  CHECK(noticed_of_day(15, 1, 2022) == 1);  // day, month, year
  CHECK(noticed_of_day(2022, 0, 1) == 1);
  CHECK(noticed_of_day(2022, 257, 1) == 1);  // once January
  CHECK(noticed_of_day(2022, 1, 257) == 1);  // once the first
  CHECK(noticed_of_day(12022, 1, 1) == 1);
  CHECK(noticed_of_day(-1, 1, 1) == 1);
  CHECK(noticed_of_day(70000, 1, 1) == 1);
}

TEST_CASE("an instant beyond the minutes that 32 bits count is misuse") {
  const int before = noticed;
  static_cast<void>(instant(day(6052, 12, 31), minutes(0)));
  static_cast<void>(instant(last_day_allowed, minutes(2 * minutes_per_day)));
  CHECK(noticed == before);
  static_cast<void>(instant(day(6054, 1, 1), minutes(0)));
  CHECK(noticed == before + 1);
}
