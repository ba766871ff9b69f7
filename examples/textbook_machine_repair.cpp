// SPDX-License-Identifier: BSL-1.0
// Textbook model 3, machine repair: ten machines run 8 hours on average until they break down, a repair takes
// 2 hours, and there are one, two or three repairers. As processes and as plain events, which agree to the
// last bit, beside the exact number of machines that run.
#include "sifang/engine/event_queue.hpp"
#include "sifang/engine/process.hpp"
#include "sifang/engine/process_average.hpp"
#include "sifang/engine/process_resource.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/estimate.hpp"

#include <algorithm>
#include <deque>
#include <iomanip>
#include <iostream>
#include <vector>

namespace {

using namespace sifang;

constexpr std::uint32_t machines = 10;
constexpr double runs = 8, repair = 2, hours = 20000;  // means; length of the run

/// Luck of a machine: each has its own numbers, so that they do not depend on the order of events.
random_stream luck(std::uint32_t replication, std::uint32_t machine) { return random_stream(3, replication, machine); }

process machine(simulation<>& sim, resource<>& repairers, random_stream random) {
  for (;;) {
    co_await sim.delay(exponential(random(), runs));
    const auto repairer = co_await repairers.request();
    co_await sim.delay(exponential(random(), repair));
  }
}
/// Mean number of machines that run.
double by_processes(std::uint32_t staff, std::uint32_t replication) {
  simulation sim;
  resource repairers(sim, staff);
  for (std::uint32_t m = 0; m < machines; ++m) machine(sim, repairers, luck(replication, m));
  sim.run_until(hours);
  return machines - repairers.in_use_mean() - repairers.waiting_mean();
}

double by_events(std::uint32_t staff, std::uint32_t replication) {
  enum kind : std::uint32_t { mended, breaks };
  heap_queue<event<double>> events;
  std::vector<random_stream> random;
  std::deque<std::uint32_t> line;
  std::uint32_t busy = 0;
  time_average<double> in_use, waiting;
  for (std::uint32_t m = 0; m < machines; ++m) {
    random.push_back(luck(replication, m));
    events.push({exponential(random[m](), runs), breaks, m});
  }
  while (events.top().at < hours) {
    const event<double> e = events.pop();
    const auto mend = [&](std::uint32_t m) { events.push({e.at + exponential(random[m](), repair), mended, m}); };
    if (e.what == breaks) {
      if (busy < staff) {
        in_use.held(busy++, e.at);
        mend(e.who);
      } else {
        waiting.held(line.size(), e.at);
        line.push_back(e.who);
      }
      continue;
    }
    events.push({e.at + exponential(random[e.who](), runs), breaks, e.who});
    if (line.empty()) {
      in_use.held(busy--, e.at);
    } else {
      waiting.held(line.size(), e.at);
      mend(line.front());
      line.pop_front();
    }
  }
  return machines - in_use.mean(busy, hours) - waiting.mean(line.size(), hours);
}

/// Steady state of the chain of machines that are down.
double exactly(std::uint32_t staff) {
  double weight = 1, sum = 1, running = machines;
  for (std::uint32_t down = 1; down <= machines; ++down) {
    weight *= (machines - down + 1) / runs * repair / std::min(down, staff);
    sum += weight;
    running += weight * (machines - down);
  }
  return running / sum;
}

}  // namespace

int main() {
  std::cout << "repairers   machines running (95 %)   exactly\n" << std::fixed << std::setprecision(3);
  bool agree = true;
  for (const std::uint32_t staff : {1u, 2u, 3u}) {
    std::vector<double> running;
    for (std::uint32_t r = 0; r < 20; ++r) {
      running.push_back(by_processes(staff, r));
      agree &= by_events(staff, r) == running.back();
    }
    const interval i = mean_interval(running);
    std::cout << std::setw(9) << staff << std::setw(10) << i.estimate << " (" << i.lower << " to " << i.upper << ")" << std::setw(8)
              << exactly(staff) << "\n";
  }
  std::cout << "processes and events " << (agree ? "agree to the last bit" : "differ") << "\n";
}
