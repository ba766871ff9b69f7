// SPDX-License-Identifier: BSL-1.0
// The tables of docs/validation.md on selection: how often it is right, and of how many replications. Some minutes; the same figures
// everywhere.
//   selection [TRIALS]     2,000 trials of each cell unless told
// Exits with 1 if a guaranteed selection is right less often than promised, beyond the error of counting.
#include "selection_cases.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

using namespace selecting;

bool is_kept(const score& s) { return s.share() >= 0.95 - 3 * std::sqrt(0.95 * 0.05 / s.trials); }

bool selections(int trials) {
  std::printf(
      "| 95 %% asked | KN++ right | of how many | KN right | of how many | GSP right | of how many | a third of KN++'s: OCBA right | "
      "OCBA beside the best | dealt equally |\n");
  std::printf("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
  bool kept = true;
  std::uint64_t seed = 100;
  for (const problem& p : problems()) {
    ++seed;
    selection_options o = asked(p, selection_variance::updated);
    o.step = 8;
    o.growth = 0.125;
    const score updated = guaranteed(p, o, trials, seed);
    o.variance = selection_variance::of_first_stage;
    const score first = guaranteed(p, o, trials, seed);
    const score staged = good(p, trials, seed);
    const std::size_t each = (std::max<std::size_t>)(8, static_cast<std::size_t>(updated.mean() / 3) / p.truth.size());
    const score ocba = by_allocation(p, each * p.truth.size(), (std::min<std::size_t>)(8, each), false, trials, seed);
    const score paired = by_allocation(p, each * p.truth.size(), (std::min<std::size_t>)(8, each), true, trials, seed);
    const score equal = dealt_equally(p, each, trials, seed);
    kept = kept && is_kept(updated) && is_kept(first) && is_kept(staged);
    std::printf("| %s | %.1f | %.0f | %.1f | %.0f | %.1f | %.0f | %.1f | %.1f | %.1f |\n", p.name.c_str(), 100 * updated.share(),
                updated.mean(), 100 * first.share(), first.mean(), 100 * staged.share(), staged.mean(), 100 * ocba.share(),
                100 * paired.share(), 100 * equal.share());
    std::fflush(stdout);
  }
  return kept;
}

bool comparisons(int trials) {
  std::printf(
      "\n| comparisons with the best, 95 %% asked: all hold | 16 each | 30 each | 100 each | after KN++ |\n|---|---:|---:|---:|---:|\n");
  bool kept = true;
  std::uint64_t seed = 200;
  for (const problem& p : problems()) {
    ++seed;
    std::printf("| %s |", p.name.c_str());
    for (const std::size_t each : {16, 30, 100}) {
      const score s = dealt_equally(p, each, trials, seed);
      kept = kept && s.held() >= 0.93 - 3 * std::sqrt(0.93 * 0.07 / s.trials);
      std::printf(" %.1f |", 100 * s.held());
    }
    selection_options o = asked(p, selection_variance::updated);
    o.step = 8;
    o.growth = 0.125;
    std::printf(" %.1f |\n", 100 * guaranteed(p, o, trials, seed).held());
    std::fflush(stdout);
  }
  return kept;
}

bool targets(int trials) {
  std::printf("\n| targets, 95 %% asked: five systems all judged rightly | right | of how many |\n|---|---:|---:|\n");
  const score means = judged(0.01, false, trials, 300), shares = judged(0.01, true, trials, 301);
  std::printf("| two means, one common cause | %.1f | %.0f |\n", 100 * means.share(), means.mean());
  std::printf("| a share and a mean | %.1f | %.0f |\n", 100 * shares.share(), shares.mean());
  return is_kept(means) && is_kept(shares);
}

}  // namespace

int main(int count, char** words) {
  const int trials = count > 1 ? std::atoi(words[1]) : 2000;
  if (trials < 1) {
    std::fprintf(stderr, "usage: selection [TRIALS from 1]\n");
    return 2;
  }
  const bool kept_selections = selections(trials), kept_comparisons = comparisons(trials), kept_targets = targets(trials);
  const bool kept = kept_selections && kept_comparisons && kept_targets;
  std::printf("\n%s\n", kept ? "Every promise is kept." : "A PROMISE IS NOT KEPT.");
  return kept ? 0 : 1;
}
