// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/engine/station.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace {

using namespace sifang;

/// Customers in whole minutes, so that identities hold to the last one.
struct whole_minutes {
  random_stream random;
  double load = 0.9;
  std::uint32_t ranks = 1;
  arrival<std::int64_t> operator()() {
    const double gap = random(), service = random(), rank = random();
    return {static_cast<std::int64_t>(exponential(gap, 10 / load)), static_cast<std::int64_t>(exponential(service, 10)),
            static_cast<std::uint32_t>(rank * ranks)};
  }
};

/// What a station tells, written down.
struct diary {
  struct call {
    customer<std::int64_t> who;
    std::int64_t at;
  };
  std::vector<call> calls;
  int refused = 0;
  std::int64_t closed = 0;
  void on_open(std::int64_t) {}
  void on_event(std::int64_t, std::size_t, std::size_t) {}
  void on_start(const customer<std::int64_t>& c, std::int64_t now) { calls.push_back({c, now}); }
  void on_leave(const customer<std::int64_t>&, std::int64_t) {}
  void on_refuse(const customer<std::int64_t>&) { ++refused; }
  void on_close(const customer<std::int64_t>&, std::int64_t) {}
};

TEST_CASE("Little: the time integral of the number present is the sum of the stays, exactly, in any window") {
  for (auto order : {queue_order::first_come, queue_order::last_come}) {
    for (std::uint32_t servers : {1u, 4u}) {
      station model(station_shape{servers, order, 2}, whole_minutes{random_stream(1, servers, 0u), 0.95 * servers, 2});
      model.run(1000);
      for (int window = 0; window < 5; ++window) {
        model.open();
        model.run(700);
        const auto& r = model.close();
        CHECK(r.present_area == r.stay_sum);
        CHECK(r.left == 700);
        CHECK(r.closed == model.now());
      }
      model.open();
      model.run_until(model.now() + 12345);
      CHECK(model.close().present_area == model.record().stay_sum);
    }
  }
}

TEST_CASE("One server, first come first served, is Lindley's recursion") {
  whole_minutes customers{random_stream(9, 0, 0u), 0.9, 1};
  station model(station_shape{}, customers, diary{});
  model.run(5000);
  std::int64_t arrived = 0, free_at = 0;
  for (const auto& call : model.record().calls) {
    const auto c = customers();
    arrived += c.gap;
    REQUIRE(call.who.arrived == arrived);
    REQUIRE(call.at == std::max(arrived, free_at));
    free_at = call.at + c.service;
  }
}

TEST_CASE("Several servers, first come first served, are Kiefer and Wolfowitz's recursion") {
  constexpr std::size_t servers = 5;
  whole_minutes customers{random_stream(10, 0, 0u), 0.9 * servers, 1};
  station model(station_shape{servers}, customers, diary{});
  model.run(5000);
  std::array<std::int64_t, servers> free_at{};
  std::int64_t arrived = 0;
  for (const auto& call : model.record().calls) {
    const auto c = customers();
    arrived += c.gap;
    const auto first = std::min_element(free_at.begin(), free_at.end());
    REQUIRE(call.at == std::max(arrived, *first));
    *first = call.at + c.service;
  }
}

TEST_CASE("Nobody overtakes in a first-come queue; the newest is called in a last-come queue; ranks go first") {
  for (auto order : {queue_order::first_come, queue_order::last_come}) {
    station model(station_shape{2, order, 3}, whole_minutes{random_stream(11, 0, 0u), 1.9, 3}, diary{});
    model.run(3000);
    auto calls = model.record().calls;
    const std::int64_t end = model.now();
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const auto& c = calls[i];
      if (c.at == c.who.arrived || c.at == end) continue;
      for (std::size_t j = i + 1; j < calls.size() && calls[j].who.arrived < c.at + 200; ++j) {
        const auto& later = calls[j];
        if (later.who.arrived >= c.at) continue;  // had not come yet
        CHECK(c.who.rank <= later.who.rank);
        if (c.who.rank != later.who.rank) continue;
        if (order == queue_order::first_come) CHECK(c.who.arrived <= later.who.arrived);
        if (order == queue_order::last_come) CHECK(c.who.arrived >= later.who.arrived);
      }
    }
  }
}

TEST_CASE("The order of service does not change when a station falls idle, nor how many it has served") {
  const auto idle = [](queue_order order) {
    station model(station_shape{1, order}, whole_minutes{random_stream(12, 0, 0u), 0.9, 1});
    // Work is conserved, so busy periods end at the same times in every order.
    model.run(20000);
    while (model.serving() != 0) model.run(1);
    return std::pair(model.now(), model.close().left);
  };
  CHECK(idle(queue_order::first_come) == idle(queue_order::last_come));
}

TEST_CASE("A full station turns customers away and holds no more than its room") {
  station model(station_shape{2, queue_order::first_come, 1, 5}, whole_minutes{random_stream(13, 0, 0u), 4, 1});
  model.run(1000);
  CHECK(model.waiting() + model.serving() <= 5);
  const auto& r = model.close();
  CHECK(r.refused > 500);
  CHECK(r.present_mean() < 5);
  CHECK(r.present_area == r.stay_sum);
}

TEST_CASE("Counting time in halves changes nothing but the unit") {
  struct halves {
    whole_minutes inner;
    arrival<std::int64_t> operator()() {
      auto c = inner();
      return {2 * c.gap, 2 * c.service, c.rank};
    }
  };
  const whole_minutes minutes{random_stream(14, 0, 0u), 2.7, 1};
  station a(station_shape{3}, minutes);
  station b(station_shape{3}, halves{minutes});
  a.run(5000);
  b.run(5000);
  CHECK(2 * a.close().wait_sum == b.close().wait_sum);
  CHECK(2 * a.record().present_area == b.record().present_area);
  CHECK(a.record().delayed == b.record().delayed);
}

TEST_CASE("One more server lengthens nobody's wait in a first-come queue") {
  CHECK(rc::check([](std::uint64_t seed) {
    const auto calls = [&](std::uint32_t servers) {
      station model(station_shape{servers}, whole_minutes{random_stream(seed, 0, 0u), 1.8, 1}, diary{});
      model.run(300);
      return model.record().calls;
    };
    const auto few = calls(2), more = calls(3);
    for (std::size_t i = 0; i < std::min(few.size(), more.size()); ++i) RC_ASSERT(more[i].at <= few[i].at);
  }));
}

TEST_CASE("A reset station repeats its run") {
  const whole_minutes source{random_stream(15, 0, 0u), 0.9, 1};
  station model(station_shape{}, source);
  model.run(1000);
  const auto first = model.close().wait_sum;
  model.reset(source);
  CHECK(model.now() == 0);
  model.run(1000);
  CHECK(model.close().wait_sum == first);
}

TEST_CASE("A station of samplers that captured something begins again as any other") {
  const auto source = [](double mean) {
    const auto times = [mean](double uniform) { return exponential(uniform, mean); };
    return renewal_source{random_stream(3, 0, 0u), times, times};
  };
  station model(station_shape{2}, source(1.0));
  model.run(100);
  model.reset(source(2.0));
  model.run(100);
  const double slow = model.close().wait_sum;
  station fresh(station_shape{2}, source(2.0));
  fresh.run(100);
  CHECK(slow == fresh.close().wait_sum);
}

TEST_CASE("Without customers for a while the clock still moves and nobody is present") {
  struct rare {
    arrival<std::int64_t> operator()() { return {1000, 10, 0}; }
  };
  station model(station_shape{}, rare{});
  model.run_until(900);
  CHECK(model.now() == 900);
  CHECK(model.close().present_area == 0);
  model.run_until(1001);
  CHECK(model.serving() == 1);
}

}  // namespace
