// SPDX-License-Identifier: BSL-1.0
// The models of bench/peers in sifang's process style. `mm1` and `mm10` as in cimba: a process that makes
// customers and one for each server, a customer is a number in a store; `-customers`: as in simcpp20 and
// SimPy, a process for each customer, a resource for the servers.
// Usage: sifang_process_models MODEL SIZE SEED. See README.md for models and output.
#include "sifang/random/exponential_stream.hpp"
#include "sifang/engine/process.hpp"
#include "sifang/engine/process_resource.hpp"
#include "sifang/engine/process_store.hpp"
#include "sifang/random/random.hpp"

#include "protocol.h"

#include <deque>
#include <vector>

namespace {

using namespace sifang;

struct draws {
  exponential_stream unit;
  random_stream uniform;
  explicit draws(std::uint64_t seed) noexcept : unit(seed, 0, 0u), uniform(seed, 0, 1u) {}
  double exponential(double mean) noexcept { return mean * unit(); }
};

struct hall {
  store<double> line;  // when each customer came
  draws draw;
  wait_batches waits;
};

process arrivals(simulation<>& sim, hall& h, std::uint64_t customers, double between) {
  for (std::uint64_t i = 0; i < customers; ++i) {
    co_await sim.delay(h.draw.exponential(between));
    h.line.try_put(sim.now());
  }
}

process server(simulation<>& sim, hall& h) {
  for (;;) {
    const double came = co_await h.line.get();
    wait_batches_add(&h.waits, sim.now() - came);
    co_await sim.delay(h.draw.exponential(1.0));
  }
}

void play_servers(std::uint32_t servers, std::uint64_t customers, const draws& draw) {
  simulation sim;
  hall h{store<double>(sim), draw, wait_batches_of(customers)};
  arrivals(sim, h, customers, 1.0 / (LOAD * servers));
  for (std::uint32_t i = 0; i < servers; ++i) server(sim, h);
  sim.run();
  const double seconds = protocol_seconds();
  wait_batches_print(&h.waits, customers, seconds);
}

struct counter {
  resource<> desk;
  draws draw;
  wait_batches waits;
};

process customer(simulation<>& sim, counter& c) {
  const double came = sim.now();
  const auto desk = co_await c.desk.request();
  wait_batches_add(&c.waits, sim.now() - came);
  co_await sim.delay(c.draw.exponential(1.0));
}

process customers_come(simulation<>& sim, counter& c, std::uint64_t customers, double between) {
  for (std::uint64_t i = 0; i < customers; ++i) {
    co_await sim.delay(c.draw.exponential(between));
    customer(sim, c);
  }
}

void play_customers(std::uint32_t servers, std::uint64_t customers, const draws& draw) {
  simulation sim;
  counter c{resource<>(sim, servers), draw, wait_batches_of(customers)};
  customers_come(sim, c, customers, 1.0 / (LOAD * servers));
  sim.run();
  const double seconds = protocol_seconds();
  wait_batches_print(&c.waits, customers, seconds);
}

process again(simulation<>& sim, draws& draw, pace& held) {
  do {
    co_await sim.delay(draw.exponential(1.0));
  } while (pace_tick(&held, sim.now()));
  sim.stop();
}

void play_hold(std::uint32_t pending, std::uint64_t events, draws draw) {
  simulation sim;
  pace held = pace_of(pending, events);
  for (std::uint32_t i = 0; i < pending; ++i) again(sim, draw, held);
  sim.run_until(1e-9);  // every process is waiting
  protocol_start();
  sim.run();
  pace_print(&held, protocol_seconds());
}

struct county {
  std::vector<std::deque<std::int64_t>> lines{RECEPTION_UNITS};
  reception_years years;
  draws draw;
  std::uint32_t capacity;
};

process sessions(simulation<>& sim, county& c, std::uint32_t unit) {
  auto& line = c.lines[unit];
  co_await sim.delay(unit % RECEPTION_PERIOD + 1);
  for (;;) {
    const auto today = static_cast<std::int64_t>(sim.now()) - 1;
    for (std::uint32_t i = 0; i < c.capacity && !line.empty(); ++i) {
      const std::int64_t wait = today - line.front();
      line.pop_front();
      reception_years_add(&c.years, today, wait, wait > RECEPTION_DEADLINE);
    }
    co_await sim.delay(RECEPTION_PERIOD);
  }
}

process cases_come(simulation<>& sim, county& c, double between) {
  for (;;) {
    co_await sim.delay(c.draw.exponential(between));
    c.lines[static_cast<std::size_t>(c.draw.uniform() * RECEPTION_UNITS)].push_back(static_cast<std::int64_t>(sim.now()));
  }
}

void play_reception(std::uint32_t cases_a_year, std::uint32_t years, const draws& draw) {
  simulation sim;
  county c{.years = reception_years_of(years), .draw = draw, .capacity = reception_capacity(cases_a_year)};
  for (std::uint32_t u = 0; u < RECEPTION_UNITS; ++u) sessions(sim, c, u);
  cases_come(sim, c, 365.0 / cases_a_year);
  sim.run_until(static_cast<double>(c.years.days) + 0.5);
  const double seconds = protocol_seconds();
  reception_years_print(&c.years, seconds);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2) {
    puts("mm1\nmm10\nmm1-customers\nmm10-customers\nhold-10\nhold-1000\nhold-100000\nreception-3000\nreception-30000");
    return 0;
  }
  if (argc != 4) return 2;
  const std::uint64_t size = std::strtoull(argv[2], nullptr, 10), seed = std::strtoull(argv[3], nullptr, 10);
  const draws draw(seed);
  protocol_start();
  const auto servers = protocol_number(argv[1], "mm"), pending = protocol_number(argv[1], "hold-"), cases = protocol_number(argv[1], "reception-");
  if (servers) (strstr(argv[1], "customers") ? play_customers : play_servers)(servers, size, draw);
  if (pending) play_hold(pending, size, draw);
  if (cases) play_reception(cases, static_cast<std::uint32_t>(size), draw);
  return servers + pending + cases ? 0 : 2;
}
