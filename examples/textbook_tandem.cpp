// SPDX-License-Identifier: BSL-1.0
// Textbook model 5, the tandem line: a saw that never lacks wood and a drill, 10 minutes a piece each,
// exponential, and a few places between them; a saw that finds no place stands still with its piece. How many
// places are worth their room? Stores with a bound do the blocking; the exact rate is that of M/M/1/K.
#include "sifang/engine/process.hpp"
#include "sifang/engine/process_store.hpp"
#include "sifang/random/random.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/estimate.hpp"

#include <iomanip>
#include <iostream>
#include <vector>

namespace {

using namespace sifang;

constexpr double minutes_a_piece = 10, warm_up = 1000, closing = 101000;

process saw(simulation<>& sim, store<int>& places, random_stream random) {
  for (int piece = 0;; ++piece) {
    co_await sim.delay(exponential(random(), minutes_a_piece));
    co_await places.put(piece);
  }
}
process drill(simulation<>& sim, store<int>& places, random_stream random, int& done) {
  for (;;) {
    (void)co_await places.get();
    co_await sim.delay(exponential(random(), minutes_a_piece));
    ++done;
  }
}

}  // namespace

int main() {
  std::cout << "places   pieces an hour (95 %)    exactly\n" << std::fixed << std::setprecision(3);
  for (const int places : {1, 2, 4, 8}) {
    std::vector<double> rate;
    for (std::uint32_t r = 0; r < 20; ++r) {
      simulation sim;
      store<int> between(sim, static_cast<std::size_t>(places));
      int done = 0;
      saw(sim, between, random_stream(6, r, 0u));
      drill(sim, between, random_stream(6, r, 1u), done);
      sim.run_until(warm_up);
      done = 0;
      sim.run_until(closing);
      rate.push_back(60 * done / (closing - warm_up));
    }
    const interval i = mean_interval(rate);
    // Pieces sawn and not yet drilled: at most the places, one at the drill and one that blocks the saw.
    const double exact = 60 / minutes_a_piece * theory::mmck(1 / minutes_a_piece, 1 / minutes_a_piece, 1, places + 2).utilisation;
    std::cout << std::setw(6) << places << std::setw(9) << i.estimate << " (" << i.lower << " to " << i.upper << ")" << std::setw(9)
              << exact << "\n";
  }
}
