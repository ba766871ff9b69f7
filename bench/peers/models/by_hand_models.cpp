// SPDX-License-Identifier: BSL-1.0
// The least that one can write for each model alone, with the library's random numbers: the bound for an
// engine. `recursion` leaves out the events too (Lindley 1952, Kiefer and Wolfowitz 1955).
// Usage: by_hand_models MODEL SIZE SEED. See README.md for models and output.
#include "sifang/random/exponential_stream.hpp"

#include "protocol.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <queue>
#include <vector>

namespace {

using sifang::exponential_stream;

void play_station(std::uint32_t servers, std::uint64_t customers, std::uint64_t seed) {
  struct item {
    double at;
    std::uint32_t arrives;
    bool operator>(const item& o) const noexcept { return at != o.at ? at > o.at : arrives > o.arrives; }
  };
  exponential_stream draw(seed, 0, 0u);
  wait_batches waits = wait_batches_of(customers);
  std::priority_queue<item, std::vector<item>, std::greater<>> events;
  std::deque<double> line;
  std::uint32_t serving = 0;
  const double between = 1 / (LOAD * servers);
  events.push({between * draw(), 1});
  for (std::uint64_t left = 0; left < customers;) {
    const item e = events.top();
    events.pop();
    if (e.arrives) {
      events.push({e.at + between * draw(), 1});
      if (serving < servers) {
        ++serving;
        wait_batches_add(&waits, 0);
        events.push({e.at + draw(), 0});
      } else {
        line.push_back(e.at);
      }
    } else {
      ++left;
      if (line.empty()) {
        --serving;
      } else {
        wait_batches_add(&waits, e.at - line.front());
        line.pop_front();
        events.push({e.at + draw(), 0});
      }
    }
  }
  const double seconds = protocol_seconds();
  wait_batches_print(&waits, customers, seconds);
}

void play_hold(std::uint32_t pending, std::uint64_t events, std::uint64_t seed) {
  struct item {
    double at;
    std::uint64_t who;
    bool operator>(const item& o) const noexcept { return at > o.at; }
  };
  exponential_stream draw(seed, 0, 0u);
  std::priority_queue<item, std::vector<item>, std::greater<>> queue;
  for (std::uint32_t i = 0; i < pending; ++i) queue.push({draw(), i});
  pace held = pace_of(pending, events);
  protocol_start();
  for (;;) {
    item e = queue.top();
    queue.pop();
    if (!pace_tick(&held, e.at)) break;
    e.at += draw();
    queue.push(e);
  }
  pace_print(&held, protocol_seconds());
}

/// Waits alone, from the times at which the servers become free.
void play_recursion(std::uint32_t servers, std::uint64_t customers, std::uint64_t seed) {
  exponential_stream draw(seed, 0, 0u);
  wait_batches waits = wait_batches_of(customers);
  std::vector<double> free(servers, 0.0);  // in order
  const double between = 1 / (LOAD * servers);
  double now = 0;
  for (std::uint64_t i = 0; i < customers; ++i) {
    now += between * draw();
    const double begins = std::max(now, free.front());
    wait_batches_add(&waits, begins - now);
    const double leaves = begins + draw();
    std::size_t k = 0;
    for (; k + 1 < free.size() && free[k + 1] < leaves; ++k) free[k] = free[k + 1];
    free[k] = leaves;
  }
  const double seconds = protocol_seconds();
  wait_batches_print(&waits, customers, seconds);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2) {
    puts("mm1\nmm10\nhold-10\nhold-1000\nhold-100000\nmm1-recursion\nmm10-recursion");
    return 0;
  }
  if (argc != 4) return 2;
  const std::uint64_t size = std::strtoull(argv[2], nullptr, 10), seed = std::strtoull(argv[3], nullptr, 10);
  protocol_start();
  const auto servers = protocol_number(argv[1], "mm"), pending = protocol_number(argv[1], "hold-");
  if (servers && strstr(argv[1], "recursion")) {
    play_recursion(servers, size, seed);
  } else if (servers) {
    play_station(servers, size, seed);
  }
  if (pending) play_hold(pending, size, seed);
  return servers + pending ? 0 : 2;
}
