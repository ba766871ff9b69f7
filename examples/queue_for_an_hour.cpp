// SPDX-License-Identifier: BSL-1.0
// The bare engine as a queueing model: one receiver, simulated beside the exact value of M/M/1.
#include "sifang/engine/station.hpp"
#include "sifang/random/random.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/random/variates.hpp"

#include <iostream>

int main() {
  using namespace sifang;
  const auto every = [](double minutes) { return [minutes](double u) { return exponential(u, minutes); }; };
  station receiver(station_shape{1, queue_order::first_come, 1}, renewal_source{random_stream(7, 0, 1u), every(30), every(25)});
  receiver.run(20000);
  receiver.open();
  receiver.run(1000000);
  std::cout << "M/M/1, a group every 30 minutes, 25 minutes each: wait " << receiver.close().wait_mean() << ", exactly "
            << theory::mm1(1.0 / 30, 1.0 / 25).wait << " minutes\n";
}
