// SPDX-License-Identifier: BSL-1.0
// The posterior of the bent model of tests/coverage/rank_models.hpp from figures that were seen, by sifang.
//   calibration_model matching|abc CALLS SEED FIGURE FIGURE FIGURE
// Prints how often a year was played, then draws: two parameters of the unit square a line, all of the same weight.
#include "../../../tests/coverage/rank_models.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

int main(int count, char** words) {
  using namespace ranks;
  if (count != 7) return 2;
  const toy bent = toys()[1];
  const std::vector<double> seen{std::atof(words[4]), std::atof(words[5]), std::atof(words[6])};
  std::size_t calls = 0;
  const method how = std::string(words[1]) == "abc" ? method::abc : method::matching;
  const unit_points draws =
      draws_of(bent, how, seen, 1000, std::strtoull(words[3], nullptr, 10), calls, static_cast<std::size_t>(std::atoi(words[2])));
  std::printf("%zu\n", calls);
  for (const auto& u : draws) std::printf("%.17g %.17g\n", u[0], u[1]);
  return draws.empty() ? 1 : 0;
}
