// SPDX-License-Identifier: BSL-1.0
#include "allocation.hpp"
#include "catch.hpp"
#include "sifang/engine/process.hpp"
#include "sifang/engine/process_condition.hpp"
#include "sifang/engine/process_resource.hpp"
#include "sifang/engine/process_store.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

namespace {

using namespace sifang;

struct counted {
  int* alive;
  explicit counted(int& n) : alive(&n) { ++n; }
  counted(const counted& other) : alive(other.alive) { ++*alive; }
  counted& operator=(const counted&) = default;
  ~counted() { --*alive; }
};

process suspended(simulation<>& sim, resource<>& desk, condition<>& never, store<int>& empty, counted token, int where) {
  const counted local = token;
  const auto seat = co_await desk.request();
  if (where == 0) co_await sim.delay(1000);
  if (where == 1) co_await never.wait();
  if (where == 2) (void)co_await empty.get();
  if (where == 3) (void)co_await sim.delay_or_interrupt(1000);
  if (where == 4) (void)co_await empty.get_until(2000);
}

process waits_for(simulation<>&, process other, counted) { co_await other; }

TEST_CASE("Processes are destroyed with their simulation wherever they wait") {
  int alive = 0;
  {
    simulation sim;
    resource desk(sim, 5);
    condition never(sim);
    store<int> empty(sim);
    for (int i = 0; i < 5; ++i) waits_for(sim, suspended(sim, desk, never, empty, counted(alive), i), counted(alive));
    suspended(sim, desk, never, empty, counted(alive), 0);  // waits for a seat
    sim.run_until(10);
    suspended(sim, desk, never, empty, counted(alive), 0);  // has not begun
    // Two tokens in each that has begun, one in each that has not or that waits for another.
    CHECK(alive == 6 * 2 + 1 + 5);
    CHECK(desk.in_use() == 5);
  }
  CHECK(alive == 0);
}

TEST_CASE("Resources, stores and conditions may be gone before the simulation") {
  int alive = 0;
  {
    std::optional<simulation<>> sim(std::in_place);
    {
      resource desk(*sim, 1);
      condition never(*sim);
      store<int> empty(*sim);
      for (int i = 0; i < 3; ++i) suspended(*sim, desk, never, empty, counted(alive), 1);
      sim->run();
    }
    CHECK(alive > 0);
  }
  CHECK(alive == 0);
}

TEST_CASE("A cleared simulation begins again at time 0 with nobody in it") {
  int alive = 0;
  simulation sim;
  resource desk(sim, 1);
  condition never(sim);
  store<int> empty(sim);
  std::array<double, 2> ends{};
  for (double& end : ends) {
    for (int i = 0; i < 3; ++i) suspended(sim, desk, never, empty, counted(alive), 0);
    sim.run_until(1500);
    end = desk.record().wait_sum;
    CHECK(desk.waiting() == 1);
    sim.clear();
    desk.clear();
    CHECK(alive == 0);
    CHECK(sim.now() == 0);
    CHECK(desk.waiting() == 0);
    CHECK(desk.in_use() == 0);
    sim.run();
    CHECK(sim.now() == 0);
  }
  CHECK(ends[0] == ends[1]);
}

template <std::size_t bytes>
process large(simulation<>& sim, int& alive) {
  std::array<char, bytes> room{};
  const counted token(alive);
  co_await sim.delay(1);
  room[bytes / 2] = 1;
}

TEST_CASE("Frames of any size live and end") {
  int alive = 0;
  simulation sim;
  for (int i = 0; i < 3; ++i) {
    large<10>(sim, alive);
    large<1000>(sim, alive);
    large<100000>(sim, alive);
    large<1000000>(sim, alive);
  }
  sim.run_until(0.5);
  CHECK(alive == 12);
  sim.run();
  CHECK(alive == 0);
}

process customer(simulation<>& sim, resource<>& desk, random_stream& random, double& served) {
  if (const auto seat = co_await desk.request_until(sim.now() + exponential(random(), 20.0))) {
    co_await sim.delay(exponential(random(), 1.0));
    ++served;
  }
}
process breaks(simulation<>& sim, process whom, random_stream& random) {
  co_await sim.delay(exponential(random(), 5.0));
  whom.interrupt();
}
process machine(simulation<>& sim, store<double>& parts, random_stream& random) {
  for (;;) {
    (void)co_await sim.delay_or_interrupt(exponential(random(), 5.0));
    co_await parts.put(sim.now());
  }
}
process uses(simulation<>& sim, store<double>& parts, condition<>& used) {
  for (;;) {
    (void)co_await parts.get_until(sim.now() + 3);
    used.notify_all();
  }
}
process hears(simulation<>& sim, condition<>& used) {
  for (;;) (void)co_await used.wait_until(sim.now() + 2);
}
process all(simulation<>& sim, resource<>& desk, store<double>& parts, random_stream& random, double& served) {
  const process m = machine(sim, parts, random);
  for (;;) {
    co_await sim.delay(exponential(random(), 1.05));
    customer(sim, desk, random, served);
    breaks(sim, m, random);
  }
}

TEST_CASE("A model of processes that has seen its busiest moment allocates nothing") {
  simulation sim;
  resource desk(sim, 1);
  store<double> parts(sim, 3);
  condition used(sim);
  random_stream random(31, 0, 0u);
  double served = 0;
  const auto play = [&](double until) {
    all(sim, desk, parts, random, served);
    uses(sim, parts, used);
    hears(sim, used);
    sim.run_until(until);
  };
  play(200000);
  sim.clear();
  desk.clear();
  parts.clear();
  used.clear();
  const double before_served = served;
  const auto before = allocations();
  play(50000);
  CHECK(allocations() == before);
  CHECK(served > before_served + 10000);
}

process sleeps(simulation<>& sim, double how_long) { (void)co_await sim.delay_or_interrupt(how_long); }

TEST_CASE("A name may outlive its simulation: the process has ended, and nothing can interrupt it") {
  process ended, asleep, not_begun, copy;
  {
    simulation sim;
    ended = sleeps(sim, 1);
    asleep = sleeps(sim, 5);
    sim.run_until(2);
    not_begun = sleeps(sim, 5);
    copy = asleep;
    CHECK(ended.ended());
    CHECK_FALSE(asleep.ended());
    CHECK_FALSE(not_begun.ended());
  }
  for (const process& p : {ended, asleep, not_begun, copy}) {
    CHECK(p.ended());
    CHECK_FALSE(p.interrupt());
  }
  const process moved = std::move(copy);
  CHECK(moved.ended());
  asleep = process();
  CHECK(asleep.ended());
}

TEST_CASE("The name of a process that has ended does not become the name of the next one in its place") {
  simulation sim;
  const process first = sleeps(sim, 1);
  sim.run();
  const process second = sleeps(sim, 1);
  sim.run_until(1.5);
  CHECK(first.ended());
  CHECK_FALSE(second.ended());
  CHECK_FALSE(first.interrupt());
  CHECK(second.interrupt());
}

}  // namespace
