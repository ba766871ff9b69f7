// SPDX-License-Identifier: BSL-1.0
// Textbook model 1, the single-server queue: a bank teller, a customer every 5 minutes, 4 minutes each, both
// exponential. Three times: as plain events, as processes and with the ready-made station, which agree to the
// last bit since they use the same random numbers, beside the exact wait.
#include "sifang/engine/event_queue.hpp"
#include "sifang/engine/process.hpp"
#include "sifang/engine/process_resource.hpp"
#include "sifang/engine/station.hpp"
#include "sifang/random/random.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/estimate.hpp"

#include <deque>
#include <iomanip>
#include <iostream>
#include <vector>

namespace {

using namespace sifang;

constexpr double warm_up = 5000, closing = 105000;  // minutes

/// Gives the gap before the next customer and the length of the service.
auto customers(std::uint32_t replication) {
  const auto minutes = [](double mean) { return [mean](double u) { return exponential(u, mean); }; };
  return renewal_source{random_stream(2026, replication, 0u), minutes(5), minutes(4)};
}

/// Mean wait of those whose service begins between warm-up and closing, as plain events.
double by_events(std::uint32_t replication) {
  enum kind : std::uint32_t { leaves, comes };  // at equal times who leaves is first
  auto source = customers(replication);
  heap_queue<event<double>> events;
  std::deque<arrival<double>> line;  // with the time of arrival as `gap`
  arrival<double> next = source();
  bool busy = false;
  wait_record<double> waits;
  events.push({next.gap, comes, 0});
  const auto begin = [&](double now, const arrival<double>& who) {
    busy = true;
    if (now >= warm_up) waits.add(now - who.gap);
    events.push({now + who.service, leaves, 0});
  };
  while (events.top().at < closing) {
    const event<double> e = events.pop();
    if (e.what == comes) {
      const arrival<double> who{e.at, next.service};
      next = source();
      events.push({e.at + next.gap, comes, 0});
      busy ? line.push_back(who) : begin(e.at, who);
    } else if (line.empty()) {
      busy = false;
    } else {
      begin(e.at, line.front());
      line.pop_front();
    }
  }
  return waits.wait_mean();
}

// The same as processes: what a customer does, and how customers come.
process customer(simulation<>& sim, resource<>& teller, double service) {
  const auto counter = co_await teller.request();
  co_await sim.delay(service);
}
process customers_come(simulation<>& sim, resource<>& teller, std::uint32_t replication) {
  auto source = customers(replication);
  for (;;) {
    const arrival<double> next = source();
    co_await sim.delay(next.gap);
    customer(sim, teller, next.service);
  }
}
double by_processes(std::uint32_t replication) {
  simulation sim;
  resource teller(sim, 1);
  customers_come(sim, teller, replication);
  sim.run_until(warm_up);
  teller.open();
  sim.run_until(closing);
  return teller.record().wait_mean();
}

double by_station(std::uint32_t replication) {
  station bank(station_shape{}, customers(replication));
  bank.run_until(warm_up);
  bank.open();
  bank.run_until(closing);
  return bank.close().wait_mean();
}

}  // namespace

int main() {
  std::vector<double> waits;
  bool agree = true;
  for (std::uint32_t r = 0; r < 20; ++r) {
    waits.push_back(by_events(r));
    agree &= by_processes(r) == waits.back() && by_station(r) == waits.back();
  }
  const interval wait = mean_interval(waits);
  std::cout << std::fixed << std::setprecision(2) << "wait " << wait.estimate << " minutes (95 %: " << wait.lower << " to " << wait.upper
            << "), exactly " << theory::mm1(1.0 / 5, 1.0 / 4).wait << "\n"
            << "events, processes and station " << (agree ? "agree to the last bit" : "differ") << "\n";
}
