// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/engine/process_store.hpp"
#include "sifang/engine/station.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace sifang;

process makes(simulation<>& sim, store<int>& belt, int first, int count, double every, std::size_t& most) {
  for (int i = first; i < first + count; ++i) {
    co_await sim.delay(every);
    co_await belt.put(i);
    most = std::max(most, belt.size());
  }
}

process uses(simulation<>& sim, store<int>& belt, std::vector<std::pair<int, double>>& got, double every) {
  for (;;) {
    const int item = co_await belt.get();
    got.emplace_back(item, sim.now());
    co_await sim.delay(every);
  }
}

TEST_CASE("A bounded store never holds more than its room, and who finds it full waits") {
  simulation sim;
  store<int> belt(sim, 2);
  std::vector<std::pair<int, double>> got;
  std::size_t most = 0;
  makes(sim, belt, 0, 7, 1, most);
  uses(sim, belt, got, 3);
  sim.run();
  CHECK(most == 2);
  CHECK(got == std::vector<std::pair<int, double>>{{0, 1}, {1, 4}, {2, 7}, {3, 10}, {4, 13}, {5, 16}, {6, 19}});
  CHECK(belt.getting() == 1);
  CHECK(belt.putting() == 0);
}

TEST_CASE("Of several who wait for items, the first comes first") {
  simulation sim;
  store<int> belt(sim);
  std::vector<std::pair<int, double>> a, b;
  uses(sim, belt, a, 0.5);
  uses(sim, belt, b, 0.5);
  std::size_t most = 0;
  makes(sim, belt, 0, 4, 1, most);
  sim.run();
  CHECK(a == std::vector<std::pair<int, double>>{{0, 1}, {2, 3}});
  CHECK(b == std::vector<std::pair<int, double>>{{1, 2}, {3, 4}});
}

process tries(simulation<>& sim, store<std::unique_ptr<int>>& box, std::vector<double>& gave_up, int& got) {
  for (;;) {
    if (const auto item = co_await box.get_until(sim.now() + 2)) {
      got += **item;
    } else {
      gave_up.push_back(sim.now());
    }
    if (sim.now() > 9) co_return;
  }
}

process sends(simulation<>& sim, store<std::unique_ptr<int>>& box) {
  co_await sim.delay(3);
  co_await box.put(std::make_unique<int>(1));
  co_await box.put(std::make_unique<int>(10));
  co_await sim.delay(6);
  co_await box.put(std::make_unique<int>(100));
}

TEST_CASE("Items that can only be moved go through a store; who waits with a limit gives up at it") {
  simulation sim;
  store<std::unique_ptr<int>> box(sim, 1);
  std::vector<double> gave_up;
  int got = 0;
  tries(sim, box, gave_up, got);
  sends(sim, box);
  sim.run();
  CHECK(gave_up == std::vector<double>{2, 5, 7, 11});
  CHECK(got == 111);
}

process sends_all(simulation<>&, store<std::unique_ptr<int>>& box, int count) {
  for (int i = 0; i < count; ++i) co_await box.put(std::make_unique<int>(i));
}
process takes_all(simulation<>& sim, store<std::unique_ptr<int>>& box, std::vector<int>& got) {
  for (;;) {
    co_await sim.delay(1);
    const auto item = co_await box.get();
    got.push_back(item == nullptr ? -1 : *item);
  }
}

TEST_CASE("An item that waits for room is not lost, and one that finds none stays with its owner") {
  simulation sim;
  store<std::unique_ptr<int>> box(sim, 1);
  std::vector<int> got;
  sends_all(sim, box, 4);
  takes_all(sim, box, got);
  sim.run_until(1);
  auto mine = std::make_unique<int>(7);
  CHECK_FALSE(box.try_put(std::move(mine)));
  REQUIRE(mine != nullptr);
  CHECK(*mine == 7);
  sim.run();
  CHECK(got == std::vector<int>{0, 1, 2, 3});
}

TEST_CASE("Items are put and taken without waiting where that is possible") {
  simulation sim;
  store<std::string> box(sim, 2);
  CHECK_FALSE(box.try_get());
  CHECK(box.try_put("a"));
  CHECK(box.try_put("b"));
  CHECK_FALSE(box.try_put("c"));
  CHECK(box.try_get() == "a");
  CHECK(box.try_put("d"));
  CHECK(box.try_get() == "b");
  CHECK(box.try_get() == "d");
  CHECK(box.empty());
}

/// Everything put is taken in its order, whatever the times and the room.
TEST_CASE("A store loses, doubles and reorders nothing") {
  CHECK(rc::check([] {
    const auto room = *rc::gen::inRange<std::size_t>(1, 5);
    const auto seed = *rc::gen::arbitrary<std::uint32_t>();
    simulation sim;
    store<int> belt(sim, room);
    std::vector<int> got;
    random_stream random(seed, 0, 0u);
    const auto maker = [](simulation<>& s, store<int>& to, random_stream& draw) -> process {
      for (int i = 0; i < 200; ++i) {
        co_await s.delay(static_cast<double>(static_cast<int>(draw() * 3)));
        co_await to.put(i);
      }
    };
    const auto user = [](simulation<>& s, store<int>& from, random_stream& draw, std::vector<int>& into) -> process {
      while (into.size() < 200) {
        if (const auto item = co_await from.get_until(s.now() + 1)) into.push_back(*item);
        co_await s.delay(static_cast<double>(static_cast<int>(draw() * 3)));
      }
    };
    maker(sim, belt, random);
    user(sim, belt, random, got);
    sim.run();
    RC_ASSERT(got.size() == 200u);
    for (int i = 0; i < 200; ++i) RC_ASSERT(got[static_cast<std::size_t>(i)] == i);
  }));
}

struct someone {
  double arrived = 0, service = 0;
};

process arrivals(simulation<>& sim, store<someone>& line, random_stream random, double between, int customers) {
  for (int i = 0; i < customers; ++i) {
    const double gap = exponential(random(), between), service = exponential(random(), 1.0);
    co_await sim.delay(gap);
    line.try_put({sim.now(), service});
  }
}

process server(simulation<>& sim, store<someone>& line, wait_record<double>& record) {
  for (;;) {
    const someone c = co_await line.get();
    record.add(sim.now() - c.arrived);
    co_await sim.delay(c.service);
  }
}

TEST_CASE("Servers as processes and customers as items have the waits of the station, to the last bit") {
  for (const std::uint32_t servers : {1u, 3u}) {
    const int customers = 50000;
    const double between = 1 / (0.9 * servers);
    const auto every = [](double mean) { return [mean](double u) { return exponential(u, mean); }; };
    station model(station_shape{servers}, renewal_source{random_stream(21, servers, 0u), every(between), every(1.0)});
    while (model.record().started < customers) model.run(1);
    simulation sim;
    store<someone> line(sim);
    wait_record<double> record;
    arrivals(sim, line, random_stream(21, servers, 0u), between, static_cast<int>(model.record().started));
    for (std::uint32_t i = 0; i < servers; ++i) server(sim, line, record);
    sim.run();
    CHECK(record.served == model.record().started);
    CHECK(record.wait_sum == model.record().wait_sum);
    CHECK(record.wait_square_sum == model.record().wait_square_sum);
  }
}

TEST_CASE("The mean number of items is the wait of all over the time") {
  simulation sim;
  store<int> box(sim);
  std::size_t most = 0;
  std::vector<std::pair<int, double>> got;
  makes(sim, box, 0, 4, 0, most);
  sim.run_until(3);
  uses(sim, box, got, 1);
  sim.run();
  CHECK(got.back() == std::pair<int, double>{3, 6});
  CHECK(box.size_area() == 3 + 4 + 5 + 6);
  CHECK(box.size_mean() == Approx(18.0 / 7));
}

}  // namespace
