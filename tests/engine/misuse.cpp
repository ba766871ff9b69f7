// SPDX-License-Identifier: BSL-1.0
// The assertion hook throws here, so that broken preconditions can be seen. The event type is this file's
// own: no other part of the program shares these instances of the templates.
#include <stdexcept>
namespace {
constexpr void expect(bool holds, const char* condition) {
  if (!holds) throw std::logic_error(condition);
}
}  // namespace
#define SIFANG_ASSERT(condition, ...) expect(condition, #condition)
#include "catch.hpp"
#include "sifang/engine/day_queue.hpp"
#include "sifang/engine/event_queue.hpp"

namespace {

using namespace sifang;

struct mine {
  instant at;
  int what = 0, who = 0;
};

mine at(int d, int minute) { return {instant(day(d), minutes(minute))}; }

TEST_CASE("Scheduling in the past is misuse") {
  day_queue<mine> queue;
  queue.reset(day(0), 8);
  queue.push(day(3), at(3, 600));
  mine e;
  REQUIRE(queue.pop(day(3), e));
  CHECK_NOTHROW(queue.push(day(3), at(3, 600)));
  CHECK_THROWS_AS(queue.push(day(3), at(3, 599)), std::logic_error);
  CHECK_THROWS_AS(queue.push(day(2), at(2, 1000)), std::logic_error);
}

TEST_CASE("Scheduling beyond the ring of days is misuse") {
  day_queue<mine> queue;
  queue.reset(day(0), 8);
  CHECK_NOTHROW(queue.push(day(7), at(7, 0)));
  CHECK_THROWS_AS(queue.push(day(8), at(8, 0)), std::logic_error);
}

TEST_CASE("Days of a queue only go forward") {
  day_queue<mine> queue;
  queue.reset(day(0), 8);
  mine e;
  REQUIRE_FALSE(queue.pop(day(5), e));
  CHECK_THROWS_AS(queue.pop(day(4), e), std::logic_error);
}

}  // namespace
