// SPDX-License-Identifier: BSL-1.0
// The assertion hook throws here, so that broken preconditions can be seen. The type of time is this file's
// own: no other part of the program shares these instances of the templates.
#include <stdexcept>
namespace {
constexpr void expect(bool holds, const char* condition) {
  if (!holds) throw std::logic_error(condition);
}
}  // namespace
#define SIFANG_ASSERT(condition, ...) expect(condition, #condition)
#include "catch.hpp"
#include "sifang/engine/process.hpp"
#include "sifang/engine/process_condition.hpp"
#include "sifang/engine/process_resource.hpp"
#include "sifang/engine/process_store.hpp"

#include <limits>

namespace {

using namespace sifang;

using hours = float;

process delays(simulation<hours>& sim, hours first, hours second) {
  co_await sim.delay(first);
  co_await sim.delay(second);
}
process until(simulation<hours>& sim, hours when) {
  co_await sim.delay(5);
  co_await sim.until(when);
}

TEST_CASE("A delay below zero, or of no number, is misuse") {
  simulation<hours> sim;
  delays(sim, 1, -1);
  CHECK_THROWS_AS(sim.run(), std::logic_error);
  delays(sim, std::numeric_limits<hours>::quiet_NaN(), 1);
  CHECK_THROWS_AS(sim.run(), std::logic_error);
  delays(sim, 0, 1);
  CHECK_NOTHROW(sim.run());
}

TEST_CASE("Waiting for a time that is past is misuse") {
  simulation<hours> sim;
  until(sim, 5);
  CHECK_NOTHROW(sim.run());
  until(sim, 9);
  CHECK_THROWS_AS(sim.run(), std::logic_error);
  CHECK_THROWS_AS(sim.run_until(4), std::logic_error);
}

process gives_back_twice(simulation<hours>&, resource<hours>& desk) {
  auto seat = co_await desk.request();
  seat.release();
  seat.release();
}

TEST_CASE("Giving back a unit that is not held is misuse") {
  simulation<hours> sim;
  resource<hours> desk(sim, 1);
  gives_back_twice(sim, desk);
  CHECK_THROWS_AS(sim.run(), std::logic_error);
  CHECK(desk.in_use() == 0);
  CHECK_THROWS_AS(resource<hours>::permit().release(), std::logic_error);
}

process late(simulation<hours>& sim, resource<hours>& desk, store<int, hours>& box, condition<hours>& bell, int which) {
  co_await sim.delay(3);
  if (which == 0) (void)co_await desk.request_until(2);
  if (which == 1) (void)co_await box.get_until(2);
  if (which == 2) (void)co_await bell.wait_until(2);
}

TEST_CASE("A time limit that is past is misuse, and so is a store without room") {
  simulation<hours> sim;
  resource<hours> desk(sim, 1);
  store<int, hours> box(sim);
  condition<hours> bell(sim);
  for (int which = 0; which < 3; ++which) {
    late(sim, desk, box, bell, which);
    CHECK_THROWS_AS(sim.run(), std::logic_error);
  }
  CHECK_THROWS_AS((store<int, hours>(sim, 0)), std::logic_error);
}

}  // namespace
