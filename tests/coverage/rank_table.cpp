// SPDX-License-Identifier: BSL-1.0
// The table of docs/validation.md on draws of parameters: whether the true value's rank among them is uniform (Talts et al. 2018).
//   rank_table [TRIALS]     1,000 unless told; some minutes
// Exits with 1 if ranks are not uniform (at a joint error of 1 in 1,000).
#include "rank_models.hpp"

#include <cstdio>
#include <cstdlib>

int main(int count, char** words) {
  using namespace ranks;
  const int trials = count > 1 ? std::atoi(words[1]) : 1000;
  if (trials < 50) {
    std::fprintf(stderr, "usage: rank_table [TRIALS from 50]\n");
    return 2;
  }
  std::printf("| model | method | years played a trial | parameter | trials in each tenth of ranks | p | 90 %% hold |\n");
  std::printf("|---|---|---:|---|---|---:|---:|\n");
  bool uniform = true;
  const std::vector<toy> all = toys();
  for (const toy& t : all) {
    for (const method how : {method::matching, method::abc}) {
      const rank_table r = measure(t, how, static_cast<std::size_t>(trials), 2022);
      for (std::size_t j = 0; j < t.dimensions; ++j) {
        std::printf("| %s | %s | %.0f | %zu |", t.name.c_str(), how == method::abc ? "ABC" : "matching",
                    static_cast<double>(r.calls) / static_cast<double>(trials), j + 1);
        for (const double c : r.counts[j]) std::printf(" %.0f", c);
        std::printf(" | %.3f | %.1f %% |\n", r.p[j], 100 * r.covered[j]);
        uniform = uniform && r.p[j] > 1e-3 / 12;
      }
      if (r.without > 0) std::printf("| | | | | %zu trials in which every county was ruled out | | |\n", r.without);
      std::fflush(stdout);
    }
  }
  std::printf("\n%s\n", uniform ? "Ranks are uniform." : "RANKS ARE NOT UNIFORM.");
  return uniform ? 0 : 1;
}
