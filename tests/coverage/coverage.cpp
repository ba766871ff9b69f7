// SPDX-License-Identifier: BSL-1.0
// The table of docs/intervals.md: how often the intervals hold the truth. Some minutes; the same figures everywhere.
//   coverage [TRIALS [CONFIDENCE]]     10,000 samples in each cell and 0.95 unless told
// Exits with 1 if a law that a promise is made for is held less often than the promise says.
#include "cases.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

int main(int count, char** words) {
  using namespace coverage;
  const int trials = count > 1 ? std::atoi(words[1]) : 10000;
  const double confidence = count > 2 ? std::atof(words[2]) : 0.95, promise = confidence - 0.02;
  if (trials < 1 || !(confidence > 0 && confidence < 1)) {
    std::fprintf(stderr, "usage: coverage [TRIALS from 1 [CONFIDENCE between 0 and 1]]\n");
    return 2;
  }
  const std::size_t sizes[] = {16, 20, 30, 50, 100, 200};
  std::printf("| what is estimated | plain t, 20 |");
  for (const std::size_t n : sizes) std::printf(" %zu |", n);
  std::printf("\n|---|---|");
  for ([[maybe_unused]] const std::size_t n : sizes) std::printf("---|");
  std::printf("\n");
  bool kept = true;
  std::uint64_t seed = 0;
  for (const law& one : laws()) {
    ++seed;
    std::string cells;
    double plain = 0;
    for (const std::size_t n : sizes) {
      const tally t = measure(one, n, trials, confidence, seed);
      if (n == 20) plain = 100.0 * t.plain / trials;
      const double held = static_cast<double>(t.held) / std::max(1, t.shown);
      kept = kept && (!one.promised || held >= promise || t.shown == 0);
      char cell[64];
      std::snprintf(cell, sizeof cell, t.shown == trials ? " %.1f |" : " %.1f (of %.1f) |", 100 * held, 100.0 * t.shown / trials);
      cells += cell;
    }
    if (one.paired)
      std::printf("| %s | |%s\n", one.name.c_str(), cells.c_str());
    else
      std::printf("| %s%s | %.1f |%s\n", one.name.c_str(), one.promised ? "" : " (no promise)", plain, cells.c_str());
    std::fflush(stdout);
  }
  // Statements of their own levels; those of sequential stopping begin to look at so many replications.
  std::printf("\n| what is said | how often |");
  for (const std::size_t n : sizes) std::printf(" %zu |", n);
  std::printf("\n|---|---|");
  for ([[maybe_unused]] const std::size_t n : sizes) std::printf("---|");
  std::printf("\n");
  for (const statement& one : statements()) {
    ++seed;
    std::string cells;
    for (const std::size_t n : sizes) {
      const tally t = measure(one, n, std::max(1, trials / 5), seed);
      const double held = static_cast<double>(t.held) / std::max(1, t.shown);
      kept = kept && (n < one.from || held >= one.said - 0.02 || t.shown == 0);
      char cell[64];
      std::snprintf(cell, sizeof cell, t.shown == 0 ? " – |" : " %.1f |", 100 * held);
      cells += cell;
    }
    const std::string from = one.from > sizes[0] ? " (promised from " + std::to_string(one.from) + ")" : "";
    std::printf("| %s%s | %.0f |%s\n", one.name.c_str(), from.c_str(), 100 * one.said, cells.c_str());
    std::fflush(stdout);
  }
  std::printf("\n%s\n", kept ? "Every law that a promise is made for is held." : "A PROMISE IS NOT KEPT.");
  return kept ? 0 : 1;
}
