// SPDX-License-Identifier: BSL-1.0
#include "allocation.hpp"
#include "catch.hpp"
#include "sifang/engine/day_queue.hpp"
#include "sifang/engine/event_queue.hpp"
#include "sifang/engine/station.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"

namespace {

using namespace sifang;

/// Plays a year in which each event schedules another, up to 90 days ahead and often on the same day.
std::uint64_t year(day_queue<event<instant>>& queue, std::uint32_t replication) {
  random_stream random(5, replication, 0u);
  const day first(2022, 1, 1), last(2022, 12, 31);
  queue.reset(first, 366);
  const auto schedule = [&](instant at, std::uint32_t who) {
    if (at.date() <= last) queue.push(at.date(), {at, who % 3, who});
  };
  for (std::uint32_t i = 0; i < 3000; ++i) schedule(instant(first, minutes(static_cast<std::int32_t>(random() * 90 * minutes_per_day))), i);
  std::uint64_t seen = 0;
  for (day today = first; today <= last; ++today) {
    event<instant> e;
    while (queue.pop(today, e)) {
      ++seen;
      const double days = random() < 0.2 ? 0.1 : 90;
      schedule(e.at + minutes(static_cast<std::int32_t>(random() * days * minutes_per_day)), e.who);
    }
  }
  return seen;
}

TEST_CASE("The test itself sees an allocation") {
  const auto before = allocations();
  ::operator delete(::operator new(1));  // a new-expression might be optimised away
  CHECK(allocations() == before + 1);
}

TEST_CASE("A second year with other luck allocates nothing in the day queue") {
  day_queue<event<instant>> queue;
  (void)year(queue, 0);
  // The arena has grown by doubling, so a year that is a little busier than the first fits as well.
  const auto before = allocations();
  const std::uint64_t seen = year(queue, 1);
  CHECK(allocations() == before);
  CHECK(seen > 10000);
}

TEST_CASE("A station allocates nothing once its longest queue has been seen") {
  const auto exponential_gap = [](double u) { return exponential(u, 1 / 0.9); };
  const auto exponential_service = [](double u) { return exponential(u, 1.0); };
  const auto source = [&](std::uint32_t replication) {
    return renewal_source{random_stream(1, replication, 0u), exponential_gap, exponential_service};
  };
  station model(station_shape{}, source(0));
  model.run(100000);
  const auto before = allocations();
  model.reset(source(0));
  model.run(100000);
  CHECK(allocations() == before);
}

TEST_CASE("A station of several servers goes on without allocating, however often one falls idle") {
  const auto exponential_gap = [](double u) { return exponential(u, 1 / 1.5); };
  const auto exponential_service = [](double u) { return exponential(u, 1.0); };
  station model(station_shape{3, queue_order::first_come, 1},
                renewal_source{random_stream(1, 0, 0u), exponential_gap, exponential_service});
  model.run(50000);
  const auto before = allocations();
  model.run(100000);  // at half its load; a queue longer than all before would be 30 or so, for which there is room
  CHECK(allocations() == before);
}

}  // namespace
