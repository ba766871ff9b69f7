// SPDX-License-Identifier: BSL-1.0
// Textbook model 4, the (s, S) inventory: 5 customers a day want one piece each, who finds none is lost; as
// soon as the stock falls to s, so many are ordered as fill it to S, and come after 2 days on average,
// exponential. A buyer is a process that waits for a condition. Which s? Simulated beside the exact values.
#include "sifang/engine/process.hpp"
#include "sifang/engine/process_average.hpp"
#include "sifang/engine/process_condition.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/estimate.hpp"

#include <iomanip>
#include <iostream>
#include <vector>

namespace {

using namespace sifang;

constexpr double between = 0.2, lead = 2;  // days, means
constexpr std::size_t most = 40;           // S

struct shop {
  simulation<>& sim;
  std::size_t reorder_at, stock = most;  // s
  condition<> sold{sim};
  time_average<double> average{};
  std::uint64_t customers = 0, lost = 0;

  void change(std::size_t to) {
    average.held(stock, sim.now());
    stock = to;
  }
};

process customers_come(simulation<>& sim, shop& s, random_stream random) {
  for (;;) {
    co_await sim.delay(exponential(random(), between));
    ++s.customers;
    if (s.stock == 0) {
      ++s.lost;
      continue;
    }
    s.change(s.stock - 1);
    s.sold.notify_all();
  }
}
process buyer(simulation<>& sim, shop& s, random_stream random) {
  for (;;) {
    while (s.stock > s.reorder_at) co_await s.sold.wait();
    const std::size_t pieces = most - s.reorder_at;
    co_await sim.delay(exponential(random(), lead));
    s.change(s.stock + pieces);
  }
}

struct result {
  double lost = 0, stock = 0;
};
result simulated(std::size_t reorder_at, std::uint32_t replication) {
  simulation sim;
  shop s{.sim = sim, .reorder_at = reorder_at};
  customers_come(sim, s, random_stream(5, replication, 0u));
  buyer(sim, s, random_stream(5, replication, 1u));
  sim.run_until(200);  // days to forget the full shop
  s.customers = s.lost = 0;
  s.average.open(sim.now());
  sim.run_until(5200);
  return {100 * static_cast<double>(s.lost) / static_cast<double>(s.customers), s.average.mean(s.stock, sim.now())};
}

/// Steady state of the stock. What flows down from i to i − 1, a sale, flows up across it by a delivery from
/// one of min(i, s + 1) states: p(i) = (delivery / sale) Σ p(j), j from max(0, i − Q) to min(i − 1, s).
result exactly(std::size_t s) {
  const std::size_t pieces = most - s;
  std::vector<double> p(most + 1);
  p[0] = 1;
  double sum = 1, stock = 0;
  for (std::size_t i = 1; i <= most; ++i) {
    for (std::size_t j = i > pieces ? i - pieces : 0; j < i && j <= s; ++j) p[i] += between / lead * p[j];
    sum += p[i];
    stock += static_cast<double>(i) * p[i];
  }
  return {100 / sum, stock / sum};
}

}  // namespace

int main() {
  std::cout << " s   lost customers (95 %)      exactly   stock (95 %)            exactly\n" << std::fixed << std::setprecision(2);
  for (const std::size_t s : {5u, 10u, 15u, 19u}) {
    std::vector<double> lost, stock;
    for (std::uint32_t r = 0; r < 100; ++r) {
      const result one = simulated(s, r);
      lost.push_back(one.lost);
      stock.push_back(one.stock);
    }
    const interval l = mean_interval(lost), k = mean_interval(stock);
    const result exact = exactly(s);
    std::cout << std::setw(2) << s << std::setw(8) << l.estimate << " % (" << std::setw(5) << l.lower << " to " << std::setw(5) << l.upper
              << ")" << std::setw(9) << exact.lost << std::setw(9) << k.estimate << " (" << k.lower << " to " << k.upper << ")"
              << std::setw(8) << exact.stock << "\n";
  }
}
