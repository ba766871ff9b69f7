// A stranger's program that needs the engine alone: a queue at a counter, simulated and exact.
#include <sifang/engine.hpp>

#include <cmath>
#include <iostream>

int main() {
  using namespace sifang;
  random_stream arrivals(2022, 0, 0u), work(2022, 0, 1u);
  double now = 0, free_at = 0, waited = 0;
  constexpr int customers = 400'000;
  for (int i = 0; i < customers; ++i) {
    now += exponential(arrivals(), 1.0 / 0.7);
    waited += free_at > now ? free_at - now : 0.0;
    free_at = (free_at > now ? free_at : now) + exponential(work(), 1.0);
  }
  const double exact = theory::mm1(0.7, 1.0).wait;
  std::cout << (std::abs(waited / customers / exact - 1) < 0.05 ? "queue: as theory has it\n" : "queue: not as theory has it\n");
}
