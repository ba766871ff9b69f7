// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/engine/process_resource.hpp"
#include "sifang/engine/station.hpp"
#include "sifang/random/random.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/random/variates.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace {

using namespace sifang;

struct call {
  int who;
  double at;
  bool operator==(const call&) const = default;
};

process visitor(simulation<>& sim, resource<>& desk, std::vector<call>& calls, int who, double service, std::int32_t priority = 0) {
  const auto seat = co_await desk.request(priority);
  calls.push_back({who, sim.now()});
  co_await sim.delay(service);
}

TEST_CASE("Units go to those who wait in the order in which they came, lower priorities first") {
  simulation sim;
  resource desk(sim, 1);
  std::vector<call> calls;
  visitor(sim, desk, calls, 0, 2);
  visitor(sim, desk, calls, 1, 2, 1);
  visitor(sim, desk, calls, 2, 2);
  visitor(sim, desk, calls, 3, 2, 1);
  visitor(sim, desk, calls, 4, 2, -1);
  visitor(sim, desk, calls, 5, 2);
  sim.run();
  CHECK(calls == std::vector<call>{{0, 0}, {4, 2}, {2, 4}, {5, 6}, {1, 8}, {3, 10}});
  CHECK(desk.in_use() == 0);
  CHECK(desk.waiting() == 0);
  CHECK(desk.record().served == 6);
  CHECK(desk.record().delayed == 5);
  CHECK(desk.record().wait_sum == 30);
  CHECK(desk.waiting_area() == 30);
  CHECK(desk.in_use_area() == 12);
  CHECK(desk.waiting_mean() == 2.5);
  CHECK(desk.in_use_mean() == 1);
}

process patient(simulation<>& sim, resource<>& desk, std::vector<call>& calls, int who, double patience) {
  if (const auto seat = co_await desk.request_until(sim.now() + patience)) {
    calls.push_back({who, sim.now()});
    co_await sim.delay(4);
  } else {
    calls.push_back({-who, sim.now()});
  }
}

TEST_CASE("Who waits with a time limit leaves the line at it") {
  simulation sim;
  resource desk(sim, 1);
  std::vector<call> calls;
  patient(sim, desk, calls, 1, 0);  // finds it free
  patient(sim, desk, calls, 2, 0);  // does not wait at all
  patient(sim, desk, calls, 3, 3);
  patient(sim, desk, calls, 4, 100);
  patient(sim, desk, calls, 5, 5);
  sim.run();
  CHECK(calls == std::vector<call>{{1, 0}, {-2, 0}, {-3, 3}, {4, 4}, {-5, 5}});
  CHECK(desk.record().reneged == 3);
  CHECK(desk.record().served == 2);
  CHECK(desk.waiting_area() == 3 + 4 + 5);
  CHECK(sim.now() == 8);  // nothing happens at 100
}

TEST_CASE("A unit that comes at the very time limit goes to whose event was first") {
  for (const bool limit_first : {true, false}) {
    simulation sim;
    resource desk(sim, 1);
    std::vector<call> calls;
    visitor(sim, desk, calls, 1, limit_first ? 3 : 4);
    patient(sim, desk, calls, 2, 4);
    if (limit_first) visitor(sim, desk, calls, 3, 1, -1);
    sim.run();
    CHECK(calls.back() == (limit_first ? call{-2, 4} : call{2, 4}));
  }
}

process holder(simulation<>& sim, resource<>& desk) {
  auto seat = co_await desk.request();
  co_await sim.delay(1);
  CHECK(seat);
  seat.release();
  CHECK_FALSE(seat);
  co_await sim.delay(1);
  CHECK(desk.in_use() == 1);  // the other's
  auto second = desk.try_request();
  CHECK_FALSE(second);
}

TEST_CASE("A permit can be given back early, moved, and not taken where nothing is free") {
  simulation sim;
  resource desk(sim, 1);
  std::vector<call> calls;
  holder(sim, desk);
  visitor(sim, desk, calls, 1, 5);
  sim.run_until(1.5);
  CHECK(calls == std::vector<call>{{1, 1}});
  sim.run();
  auto a = desk.try_request();
  CHECK(a);
  auto b = std::move(a);
  CHECK(desk.in_use() == 1);
  b = {};
  CHECK(desk.in_use() == 0);
}

process shift(simulation<>& sim, resource<>& desk, double when, std::uint32_t capacity) {
  co_await sim.until(when);
  desk.set_capacity(capacity);
}

TEST_CASE("Units that come on duty serve those who wait; units that go off duty finish first") {
  simulation sim;
  resource desk(sim, 0);
  std::vector<call> calls;
  for (int i = 0; i < 6; ++i) visitor(sim, desk, calls, i, 3);
  shift(sim, desk, 10, 3);
  shift(sim, desk, 11, 1);
  sim.run_until(12);
  CHECK(desk.in_use() == 3);
  sim.run();
  CHECK(calls == std::vector<call>{{0, 10}, {1, 10}, {2, 10}, {3, 13}, {4, 16}, {5, 19}});
}

/// The customers of `station` as processes: the same numbers drawn in the same order.
template <class Time, class Source>
process customer_of(simulation<Time>& sim, resource<Time>& desk, Time service, std::int32_t rank, std::uint64_t& left) {
  const auto seat = co_await desk.request(rank);
  co_await sim.delay(service);
  ++left;
}
template <class Time, class Source>
process customers_of(simulation<Time>& sim, resource<Time>& desk, Source source, std::uint64_t& left) {
  for (;;) {
    const arrival<Time> next = source();
    co_await sim.delay(next.gap, 1);  // departures come first at equal times
    customer_of<Time, Source>(sim, desk, next.service, static_cast<std::int32_t>(next.rank), left);
  }
}

struct exponential_source {
  random_stream random;
  double between;
  arrival<double> operator()() {
    const double gap = exponential(random(), between);
    return {gap, exponential(random(), 1.0), 0};
  }
};

/// Whole minutes, short ones, so that ties are many; three ranks.
struct minutes_source {
  random_stream random;
  std::int64_t between;
  arrival<std::int64_t> operator()() {
    const auto gap = static_cast<std::int64_t>(random() * 2 * static_cast<double>(between));
    const auto service = static_cast<std::int64_t>(random() * 9);
    return {gap, service, static_cast<std::uint32_t>(random() * 3)};
  }
};

template <class Time, class Source>
void same_as_station(std::uint32_t servers, std::uint32_t ranks, Source source, std::uint64_t customers) {
  station model(station_shape{servers, queue_order::first_come, ranks}, source);
  model.run(customers);
  simulation<Time> sim;
  resource<Time> desk(sim, servers);
  std::uint64_t left = 0;
  customers_of<Time, Source>(sim, desk, source, left);
  sim.run_until(model.now());
  while (left < customers) sim.step();
  const auto& expected = model.record();
  CHECK(left == customers);
  CHECK(sim.now() == model.now());
  CHECK(desk.record().served == expected.started);
  CHECK(desk.record().delayed == expected.delayed);
  CHECK(desk.record().wait_sum == expected.wait_sum);
  CHECK(desk.record().wait_square_sum == expected.wait_square_sum);
  CHECK(desk.waiting() == model.waiting());
  CHECK(desk.in_use() == model.serving());
}

TEST_CASE("M/M/1 and M/M/c by processes have the waits of the station, to the last bit") {
  for (const std::uint32_t servers : {1u, 2u, 5u, 40u}) {
    same_as_station<double>(servers, 1, exponential_source{random_stream(11, servers, 0u), 1 / (0.9 * servers)}, 100000);
  }
}

TEST_CASE("With ties and ranks as well, processes have the waits of the station") {
  for (const std::uint32_t servers : {1u, 3u}) {
    same_as_station<std::int64_t>(servers, 3, minutes_source{random_stream(12, servers, 0u), 5 / static_cast<std::int64_t>(servers)},
                                  50000);
  }
}

process leaves_when_bored(simulation<>& sim, resource<>& desk, random_stream& random, int& inside) {
  ++inside;
  if (const auto seat = co_await desk.request_until(sim.now() + exponential(random(), 2.0))) {
    co_await sim.delay(exponential(random(), 1.0));
  }
  --inside;
}
process bored(simulation<>& sim, resource<>& desk, random_stream& random, int& inside, int customers) {
  for (int i = 0; i < customers; ++i) {
    co_await sim.delay(exponential(random(), 1 / 4.5));
    leaves_when_bored(sim, desk, random, inside);
  }
}

TEST_CASE("Erlang A by processes: nobody is lost, and the share that leaves is the exact one") {
  simulation sim;
  resource desk(sim, 4);
  random_stream random(13, 0, 0u);
  int inside = 0;
  const int customers = 400000;
  bored(sim, desk, random, inside, customers);
  sim.run();
  CHECK(inside == 0);
  CHECK(desk.record().served + desk.record().reneged == customers);
  const auto exact = theory::erlang_a(4.5, 1, 4, 0.5);
  // Six standard errors of a share as if customers were independent, twice as wide since neighbours are not.
  CHECK(desk.record().reneged_share() == Approx(exact.abandoned).margin(0.006));
  CHECK(desk.waiting_mean() == Approx(exact.waiting).epsilon(0.03));
}

TEST_CASE("Little's identity holds for the line to the last unit") {
  simulation<std::int64_t> sim;
  resource desk(sim, 2);
  std::uint64_t left = 0;
  customers_of<std::int64_t>(sim, desk, minutes_source{random_stream(14, 0, 0u), 3}, left);
  sim.run_until(100000);
  desk.set_capacity(1000000);  // all who wait are served now
  CHECK(desk.waiting() == 0);
  CHECK(desk.waiting_area() == desk.record().wait_sum);
  CHECK(left > 10000);
}

}  // namespace
