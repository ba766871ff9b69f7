// SPDX-License-Identifier: BSL-1.0
// The models of bench/peers in simcpp20, in its usual style: a coroutine for each customer.
// Usage: simcpp20_models MODEL SIZE SEED. See README.md for models and output.
#include <fschuetz04/simcpp20.hpp>

#include "protocol.h"

#include <deque>
#include <random>
#include <vector>

namespace {

using simulation = simcpp20::simulation<>;
using process = simcpp20::process<>;

struct draws {
  std::mt19937_64 bits;
  std::exponential_distribution<> unit{1.0};
  double exponential(double mean) { return mean * unit(bits); }
};

struct station {
  simulation& sim;
  draws& draw;
  simcpp20::resource<> desk;
  wait_batches waits;
};

process customer(simulation& sim, station& s) {
  const double arrived = sim.now();
  co_await s.desk.request();
  wait_batches_add(&s.waits, sim.now() - arrived);
  co_await sim.timeout(s.draw.exponential(1.0));
  s.desk.release();
}

process source(simulation& sim, station& s, std::uint64_t customers, double between) {
  for (std::uint64_t i = 0; i < customers; ++i) {
    co_await sim.timeout(s.draw.exponential(between));
    customer(sim, s);
  }
}

void play_station(std::uint32_t servers, std::uint64_t customers, draws& draw) {
  simulation sim;
  station s{sim, draw, simcpp20::resource<>(sim, servers), wait_batches_of(customers)};
  source(sim, s, customers, 1.0 / (LOAD * servers));
  sim.run();
  const double seconds = protocol_seconds();
  wait_batches_print(&s.waits, customers, seconds);
}

process again(simulation& sim, draws& draw, pace& held, bool& more) {
  for (;;) {
    co_await sim.timeout(draw.exponential(1.0));
    more = pace_tick(&held, sim.now());
  }
}

void play_hold(std::uint32_t pending, std::uint64_t events, draws& draw) {
  simulation sim;
  pace held = pace_of(pending, events);
  bool more = true;
  for (std::uint32_t i = 0; i < pending; ++i) again(sim, draw, held, more);
  sim.run_until(1e-9);  // every process is waiting
  protocol_start();
  while (more) sim.step();
  pace_print(&held, protocol_seconds());
}

struct county {
  std::vector<std::deque<std::int64_t>> lines{RECEPTION_UNITS};
  reception_years years;
};

process sessions(simulation& sim, county& c, std::uint32_t unit, std::uint32_t capacity) {
  auto& line = c.lines[unit];
  co_await sim.timeout(unit % RECEPTION_PERIOD + 1);
  for (;;) {
    const auto today = static_cast<std::int64_t>(sim.now()) - 1;
    for (std::uint32_t i = 0; i < capacity && !line.empty(); ++i) {
      const std::int64_t wait = today - line.front();
      line.pop_front();
      reception_years_add(&c.years, today, wait, wait > RECEPTION_DEADLINE);
    }
    co_await sim.timeout(RECEPTION_PERIOD);
  }
}

process arrivals(simulation& sim, county& c, draws& draw, double between) {
  std::uniform_int_distribution<std::uint32_t> unit(0, RECEPTION_UNITS - 1);
  for (;;) {
    co_await sim.timeout(draw.exponential(between));
    c.lines[unit(draw.bits)].push_back(static_cast<std::int64_t>(sim.now()));
  }
}

void play_reception(std::uint32_t cases_a_year, std::uint32_t years, draws& draw) {
  simulation sim;
  county c;
  c.years = reception_years_of(years);
  for (std::uint32_t u = 0; u < RECEPTION_UNITS; ++u) sessions(sim, c, u, reception_capacity(cases_a_year));
  arrivals(sim, c, draw, 365.0 / cases_a_year);
  sim.run_until(static_cast<double>(c.years.days) + 0.5);
  const double seconds = protocol_seconds();
  reception_years_print(&c.years, seconds);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2) {
    puts("mm1\nmm10\nhold-10\nhold-1000\nhold-100000\nreception-3000\nreception-30000");
    return 0;
  }
  if (argc != 4) return 2;
  const auto size = std::strtoull(argv[2], nullptr, 10);
  draws draw{std::mt19937_64(std::strtoull(argv[3], nullptr, 10))};
  protocol_start();
  const auto servers = protocol_number(argv[1], "mm"), pending = protocol_number(argv[1], "hold-"), cases = protocol_number(argv[1], "reception-");
  if (servers) play_station(servers, size, draw);
  if (pending) play_hold(pending, size, draw);
  if (cases) play_reception(cases, static_cast<std::uint32_t>(size), draw);
  return servers + pending + cases ? 0 : 2;
}
