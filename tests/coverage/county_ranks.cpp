// SPDX-License-Identifier: BSL-1.0
// Simulation-based calibration (Talts et al. 2018) on the county itself, for the table of docs/validation.md: three numbers of a county are
// drawn from their ranges, a quarter is played with them, and they are looked for from its figures alone, as `sifang calibrate --posterior`
// does. If the draws are of the law that they should be of, the true value's rank among them is any number with the same probability.
//   county_ranks [TRIALS [THREADS]]     100 trials on two threads unless told; a second or two each
// Exits with 1 if ranks are not uniform (at a joint error of 1 in 1,000).
#include "sifang/experiment/posterior.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/io/calibration_study.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/dispersion.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace sifang;

enum class luck : std::uint32_t { truth, spread };

/// What is looked for, and from what: each figure with the standard deviation by which its source is off.
calibration_task task_of() {
  calibration_task out;
  const auto number = [&](const char* key, double least, double most, bool whole) {
    out.parameters.push_back({key, {least, most, (least + most) / 2, 0, whole}});
  };
  number("load.matters_per_year", 700, 2500, true);
  number("repeats.open_days", 30, 240, false);
  number("rating.participation", 0.8, 1.0, false);
  const auto figure = [&](const char* name, metric what, double spread) {
    known_figure f{name, {what}, {0, spread, 1}, "a quarter that was played"};
    f.discrepancy = 0;  // the model is right
    out.figures.push_back(std::move(f));
  };
  figure("registrations", metric::registrations, 15);
  figure("repeat_rate", metric::repeat_rate, 0.01);
  figure("participation_rate", metric::participation_rate, 0.01);
  return out;
}

/// What the source of a county with these numbers would say.
std::optional<std::vector<double>> said_of(const calibration_worlds& make, const calibration_task& task, const std::vector<double>& values,
                                           std::uint32_t trial, const random_source& source) {
  auto made = make(detail::span_of(values));
  if (!made) return std::nullopt;
  std::vector<std::optional<world>> one;
  one.emplace_back(*std::move(made));
  constexpr std::size_t beyond = 1000000;  // no point of a search has these years
  const auto sums = detail::play_points(thread_team{1}, task.figures, one, beyond + trial, 1, [] {});
  std::vector<double> out = sums.front().point().figures;
  for (std::size_t k = 0; k < out.size(); ++k) out[k] += task.figures[k].target.spread * normal(source.uniform(k, luck::spread));
  return out;
}

struct tally_of_ranks {
  std::vector<std::vector<double>> counts;  ///< of each parameter, in each tenth
  std::vector<double> inside;               ///< trials whose middle nine tenths of draws hold the truth
  int without = 0;                          ///< trials in which every county was ruled out
};

tally_of_ranks measure(int trials, int threads, const world& place) {
  constexpr std::size_t draws = 99, parts = 10, years = 4;
  calibration_task task = task_of();
  std::vector<std::string> keys;
  for (const unknown_parameter& p : task.parameters) keys.push_back(p.key);
  const calibration_worlds make(place, keys);
  tally_of_ranks out{std::vector<std::vector<double>>(keys.size(), std::vector<double>(parts, 0.0)), std::vector<double>(keys.size(), 0.0)};
  for (int trial = 0; trial < trials; ++trial) {
    const random_source source(2022, static_cast<std::uint32_t>(trial));
    std::vector<double> truth;
    for (std::size_t j = 0; j < keys.size(); ++j) {
      const plausible_range law = task.parameters[j].beforehand();
      truth.push_back(detail::six_digits(quantile_of(law, source.uniform(j, luck::truth)), law));
    }
    const auto said = said_of(make, task, truth, static_cast<std::uint32_t>(trial), source);
    if (!said) continue;
    for (std::size_t k = 0; k < said->size(); ++k) task.figures[k].target.value = (*said)[k];
    posterior_options o;
    o.draws = draws;
    o.matching.seed = 100003 + static_cast<std::uint64_t>(trial);
    const posterior_result found = calibrate_posterior(thread_team{threads}, task, years, make, o, [](std::size_t) {});
    if (found.draws.size() < draws) {
      ++out.without;
      continue;
    }
    for (std::size_t j = 0; j < keys.size(); ++j) {
      std::size_t rank = 0;
      for (const std::vector<double>& d : found.draws) rank += d[j] < truth[j] ? 1 : 0;
      ++out.counts[j][rank * parts / (draws + 1)];
      out.inside[j] += rank >= 5 && rank <= 94 ? 1 : 0;
    }
    std::fprintf(stderr, "\r%d of %d", trial + 1, trials);
  }
  std::fprintf(stderr, "\n");
  return out;
}

}  // namespace

int main(int count, char** words) {
  const int trials = count > 1 ? std::atoi(words[1]) : 100, threads = count > 2 ? std::atoi(words[2]) : 2;
  if (trials < 20 || threads < 1) {
    std::fprintf(stderr, "usage: county_ranks [TRIALS from 20 [THREADS]]\n");
    return 2;
  }
  world_wanted quarter;
  quarter.settings = {"scenario.start=2022-03-01", "scenario.end=2022-05-31", "scenario.warm_up=120", "scenario.run_out=0"};
  const auto planned = load_world(std::filesystem::path(SIFANG_SOURCE_DIR) / "simulations/scenarios/xiapu-2022.toml", quarter);
  if (!planned) {
    for (const fault& f : planned.faults()) std::fprintf(stderr, "%s\n", to_string(f).c_str());
    return 2;
  }
  const tally_of_ranks found = measure(trials, threads, planned->place);
  const calibration_task task = task_of();
  const double n = trials - found.without;
  std::printf("| parameter | trials in each tenth of ranks | p | 90 %% hold |\n|---|---|---:|---:|\n");
  bool uniform = true;
  for (std::size_t j = 0; j < task.parameters.size(); ++j) {
    std::printf("| `%s` |", task.parameters[j].key.c_str());
    double statistic = 0;
    for (const double c : found.counts[j]) {
      std::printf(" %.0f", c);
      statistic += (c - n / 10) * (c - n / 10) / (n / 10);
    }
    const double p = chi_square_tail(statistic, 9);
    std::printf(" | %.3f | %.1f %% |\n", p, 100 * found.inside[j] / n);
    uniform = uniform && p > 1e-3 / static_cast<double>(task.parameters.size());
  }
  if (found.without > 0) std::printf("\n%d trials in which every county was ruled out\n", found.without);
  std::printf("\n%s\n", uniform ? "Ranks are uniform." : "RANKS ARE NOT UNIFORM.");
  return uniform ? 0 : 1;
}
