// SPDX-License-Identifier: BSL-1.0
// Selections of the best over values that somebody else drew (bench/peers/selection.py):
//   selection_values FILE TRIALS SYSTEMS REPLICATIONS DELTA FIRST BUDGET
// FILE holds doubles, trial after trial, system after system, replication after replication; larger is better. Prints a line a trial:
// of KN, KN++, OCBA and OCBA on common numbers the selected system (-1: not decided) and how many replications it took.
#include "sifang/stats/budget_allocation.hpp"
#include "sifang/stats/selection.hpp"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

int main(int count, char** words) {
  using namespace sifang;
  if (count != 8) {
    std::fprintf(stderr, "usage: selection_values FILE TRIALS SYSTEMS REPLICATIONS DELTA FIRST BUDGET\n");
    return 2;
  }
  const std::size_t trials = std::strtoul(words[2], nullptr, 10), systems = std::strtoul(words[3], nullptr, 10);
  const std::size_t replications = std::strtoul(words[4], nullptr, 10), first = std::strtoul(words[6], nullptr, 10);
  const std::size_t budget = std::strtoul(words[7], nullptr, 10);
  const double delta = std::atof(words[5]);
  std::ifstream file(words[1], std::ios::binary);
  std::vector<double> values(systems * replications);
  for (std::size_t trial = 0; trial < trials; ++trial) {
    if (!file.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(double)))) {
      std::fprintf(stderr, "%s: expected more values\n", words[1]);
      return 2;
    }
    const auto sample = sample_each([&](std::size_t system, std::size_t r) { return values[system * replications + r]; });
    for (const selection_variance variance : {selection_variance::of_first_stage, selection_variance::updated}) {
      selection_options o;
      o.delta = delta;
      o.first_stage = first;
      o.most = replications;
      o.variance = variance;
      selection_record record(systems);
      const selection_result found = select_best(sample, record, o);
      std::printf("%d %zu ", found.end == selection_end::decided ? static_cast<int>(found.best) : -1, found.replications);
    }
    for (const bool common : {false, true}) {
      selection_record record(systems);
      const budget_options o{selection_goal::larger, delta, budget, first, 10, 1, common};
      const selection_result found = select_within_budget(sample, record, o);
      std::printf("%zu %zu%c", found.best, found.replications, common ? '\n' : ' ');
    }
  }
}
