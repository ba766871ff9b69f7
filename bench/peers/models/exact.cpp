// SPDX-License-Identifier: BSL-1.0
// The exact value of everything that a model of bench/peers measures, from the library's theory.
#include "sifang/engine/theory.hpp"
#include "sifang/engine/theory_reception.hpp"

#include "protocol.h"

#include <vector>

int main() {
  using namespace sifang;
  std::printf("{\n");
  for (const int servers : {1, 10}) {
    const theory::steady_state s = theory::mmc(LOAD * servers, 1.0, servers);
    std::printf("  \"mm%d\": {\"wait\": %.12g, \"delayed\": %.12g},\n", servers, s.wait, s.delayed);
  }
  for (const int pending : {10, 1000, 100000}) std::printf("  \"hold-%d\": {\"pace\": 1},\n", pending);
  for (const std::uint32_t cases : {3000u, 30000u}) {
    std::vector<theory::reception_date> cycle(RECEPTION_PERIOD, {cases / 365.0 / RECEPTION_UNITS, 0});
    cycle.back().capacity = static_cast<int>(reception_capacity(cases));
    const theory::reception_calendar exact(cycle);
    std::printf("  \"reception-%u\": {\"wait\": %.12g, \"late\": %.12g}%s\n", cases, exact.wait_mean(), exact.wait_more_than(RECEPTION_DEADLINE),
                cases == 30000 ? "" : ",");
  }
  std::printf("}\n");
}
