// SPDX-License-Identifier: BSL-1.0
// Textbook model 2, the call centre: 2 calls a minute, 4 minutes each, who waits hangs up after 3 minutes on
// average (Erlang A). How many agents? Simulated beside the exact shares.
#include "sifang/engine/process.hpp"
#include "sifang/engine/process_resource.hpp"
#include "sifang/random/random.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/estimate.hpp"

#include <iomanip>
#include <iostream>
#include <vector>

namespace {

using namespace sifang;

constexpr double between = 0.5, talk = 4, patience = 3;  // minutes, means

process call(simulation<>& sim, resource<>& agents, double length, double waits_at_most) {
  if (const auto agent = co_await agents.request_until(sim.now() + waits_at_most)) co_await sim.delay(length);
}
process calls_come(simulation<>& sim, resource<>& agents, random_stream random) {
  for (;;) {
    co_await sim.delay(exponential(random(), between));
    const double length = exponential(random(), talk);
    call(sim, agents, length, exponential(random(), patience));
  }
}

}  // namespace

int main() {
  std::cout << "agents   hang up (95 %)            exactly   waiting (95 %)         exactly\n" << std::fixed;
  for (const std::uint32_t staff : {6u, 8u, 10u, 12u}) {
    std::vector<double> abandoned, waiting;
    simulation sim;
    for (std::uint32_t r = 0; r < 20; ++r) {
      sim.clear();
      resource agents(sim, staff);
      calls_come(sim, agents, random_stream(7, r, 0u));
      sim.run_until(500);  // minutes to fill
      agents.open();
      sim.run_until(20500);
      abandoned.push_back(100 * agents.record().reneged_share());
      waiting.push_back(agents.waiting_mean());
    }
    const auto exact = theory::erlang_a(1 / between, 1 / talk, static_cast<int>(staff), 1 / patience);
    const interval a = mean_interval(abandoned), w = mean_interval(waiting);
    std::cout << std::setw(6) << staff << std::setprecision(2) << std::setw(9) << a.estimate << " % (" << std::setw(5) << a.lower << " to "
              << std::setw(5) << a.upper << ")" << std::setw(9) << 100 * exact.abandoned << std::setprecision(3) << std::setw(9)
              << w.estimate << " (" << w.lower << " to " << w.upper << ")" << std::setw(8) << exact.waiting << "\n";
  }
}
