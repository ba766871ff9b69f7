// SPDX-License-Identifier: BSL-1.0
#include "allocation.hpp"
#include "catch.hpp"

#include "sifang/random/exponential_stream.hpp"
#include "sifang/engine/ladder_queue.hpp"

#include <rapidcheck.h>

#include <cmath>
#include <vector>

using namespace sifang;

namespace {

struct marked {
  double at;
  std::uint32_t what, who, mark;
};

/// Plays the same on both queues and compares every event that is taken.
struct pair_of_queues {
  ladder_queue<marked> ladder;
  heap_queue<marked> heap;
  std::uint32_t marks = 0;
  bool alike = true;

  void push(double at, std::uint32_t what = 0) {
    const marked e{at, what, 0, marks++};
    ladder.push(e);
    heap.push(e);
  }
  double pop() {
    const marked a = ladder.pop(), b = heap.pop();
    alike = alike && a.mark == b.mark && ladder.size() == heap.size();
    return a.at;
  }
  void replace(double at) {
    alike = alike && ladder.top().mark == heap.top().mark;
    const marked e{at, 0, 0, marks++};
    ladder.replace_top(e);
    heap.replace_top(e);
  }
};

}  // namespace

TEST_CASE("The ladder gives events in the heap's order, whatever the times are like") {
  const auto shape = GENERATE(range(0, 7));
  const std::size_t pending = GENERATE(std::size_t{3}, std::size_t{1500}, std::size_t{2500}, std::size_t{30'000});
  random_stream draw(11, static_cast<std::uint32_t>(shape), 0u);
  const auto later = [&](double now) {
    const double u = draw();
    switch (shape) {
      case 0:
        return now + exponential(u, 1.0);
      case 1:
        return now + std::floor(4 * u);  // many at one time
      case 2:
        return now + (u < 0.9 ? 0.001 * u : 1000 * u);  // soon or much later
      case 3:
        return now;  // all at once
      case 4:
        return now + 1 / (u * u * u);  // a heavy tail
      case 5:
        return std::floor(now) + 1;  // steps
      default:
        return now + 1e-300 * u;  // below what times can resolve
    }
  };
  pair_of_queues q;
  for (std::size_t i = 0; i < pending; ++i) q.push(later(0));
  for (std::size_t i = 0; i < 3 * pending + 2000; ++i) q.replace(later(q.heap.top().at));
  for (std::size_t i = 0; i < 3 * pending + 2000; ++i) q.push(later(q.pop()), static_cast<std::uint32_t>(2 * draw()));
  std::size_t seen = 0;
  q.ladder.for_each([&](const marked&) { ++seen; });
  CHECK(seen == pending);
  while (!q.heap.empty()) q.pop();
  CHECK(q.alike);
  CHECK(q.ladder.empty());
}

TEST_CASE("Any mixture of pushes and pops gives the heap's order, and a cleared ladder starts afresh") {
  CHECK((rc::check("ladder and heap agree", [](const std::vector<std::pair<std::uint16_t, std::uint8_t>>& steps) {
    pair_of_queues q;
    for (int round = 0; round < 2; ++round) {
      for (const auto& [time, how] : steps) {
        if (how % 4 == 0) {
          for (int i = 0; i < 700; ++i) q.push(time + i % 13);
        } else if (how % 4 == 1) {
          for (int i = 0; i < 500 && !q.heap.empty(); ++i) q.pop();
        } else {
          q.push(time * 0.25, how);
        }
      }
      while (round == 1 && !q.heap.empty()) q.pop();
      q.ladder.clear();
      q.heap.clear();
    }
    RC_ASSERT(q.alike);
  })));
}

TEST_CASE("A ladder emptied to the last event takes new ones, far ahead and near") {
  pair_of_queues q;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 3000; ++i) q.push(i % 701);
    while (!q.heap.empty()) q.pop();
    q.push(650);  // into what was a late bucket, while no other event waits
    CHECK(q.ladder.top().at == 650);
    q.push(3);
    while (!q.heap.empty()) q.pop();
    q.push(1e9);  // beyond all buckets
    q.replace(2e9);
    q.pop();
  }
  CHECK(q.alike);
  CHECK(q.ladder.empty());
}

TEST_CASE("A ladder that has seen as much allocates nothing") {
  ladder_queue<event<double>> q;
  const auto play = [&] {
    exponential_stream draw(3, 0, 0u);
    q.clear();
    for (std::uint32_t i = 0; i < 20'000; ++i) q.push({draw(), 0, i});
    for (int i = 0; i < 200'000; ++i) {
      event<double> e = q.top();
      e.at += draw();
      q.replace_top(e);
    }
  };
  play();
  const auto before = allocations();
  play();
  CHECK(allocations() == before);
}
