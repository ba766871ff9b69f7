// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "../coverage/cases.hpp"

#include <cmath>

TEST_CASE("intervals hold the truth as often as promised, for every law of the table, judged together") {
  // 1,000 samples of a law held in 93 of 100 fall below the limit once in 1,000 runs of all of these together. What is
  // held in 88 falls below it nearly always, as Student's t on exponential data at 16 does.
  const int trials = 1000;
  const std::size_t sizes[] = {16, 30};
  const std::vector<coverage::law> laws = coverage::laws();
  const double limit_of_error = sifang::elementary::normal_quantile(1 - 1e-3 / static_cast<double>(2 * laws.size()));
  std::uint64_t seed = 0;
  for (const coverage::law& one : laws) {
    ++seed;
    if (!one.promised) continue;
    for (const std::size_t n : sizes) {
      const coverage::tally t = coverage::measure(one, n, trials, 0.95, seed);
      INFO(one.name << ", " << n << " years: " << t.held << " of " << t.shown);
      CHECK(t.shown > trials / 2);  // "too little data" is an answer, but not the usual one
      CHECK(t.held >= 0.93 * t.shown - limit_of_error * std::sqrt(0.93 * 0.07 * t.shown));
    }
  }
}

TEST_CASE("what a comparison says of all its figures, of a single year and of widths that were waited for holds as often as promised") {
  // As above, with half as many samples: what held in 85 of 100 falls below the limit nearly always.
  const int trials = 500;
  const std::vector<coverage::statement> statements = coverage::statements();
  const double limit_of_error = sifang::elementary::normal_quantile(1 - 1e-3 / static_cast<double>(statements.size()));
  std::uint64_t seed = 100;
  for (const coverage::statement& one : statements) {
    const coverage::tally t = coverage::measure(one, 50, trials, ++seed);
    const double promised = one.said - 0.02;
    INFO(one.name << ": " << t.held << " of " << t.shown);
    CHECK(one.from <= 50);
    CHECK(t.shown == trials);
    CHECK(t.held >= promised * t.shown - limit_of_error * std::sqrt(promised * (1 - promised) * t.shown));
  }
}
