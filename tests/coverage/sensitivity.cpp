// SPDX-License-Identifier: BSL-1.0
// The tables of docs/validation.md on sensitivity: how far Morris' sizes and Sobol' indices lie from exact ones, and how often their
// intervals hold these. Some seconds; the same figures everywhere.
//   sensitivity_table [TRIALS]                              100 scramblings or designs in each row unless told
//   sensitivity_table export FUNCTION METHOD RUNS SEED      0, 1 or 2; sobol or morris: points, answers and what is made of them (CSV),
//                                                           which bench/peers/sensitivity gives to another tool
#include "../stats/sensitivity_functions.hpp"

#include "sifang/stats/morris.hpp"
#include "sifang/stats/sobol_indices.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::answers;
using sifang_tests::known_function;
using sifang_tests::known_functions;

namespace {

enum class draws : std::uint32_t { design, bootstrap };
constexpr std::size_t resamples = 199;

sobol_design sobol_of(const known_function& f, std::size_t samples, std::uint32_t seed) {
  return sobol_points(f.factors, samples, random_source(2022, seed), draws::design);
}
sobol_estimate indices_of(const sobol_design& d, const std::vector<double>& y, std::uint32_t seed) {
  return sobol_indices(d, y, 0.95, random_source(2022, seed), draws::bootstrap, {}, resamples);
}
morris_design morris_of(const known_function& f, std::size_t trajectories, std::uint32_t seed) {
  return morris_trajectories(f.factors, trajectories, 4, random_source(2022, seed), draws::design);
}

/// The size that a factor has over all steps of the grid of four levels: its mean over very many trajectories.
std::vector<double> sizes_of(const known_function& f) {
  const morris_design d = morris_of(f, 20000, 999);
  std::vector<double> out;
  for (const morris_effect& e : morris_effects(d, answers(f, d.points), 0.95)) out.push_back(e.size.estimate);
  return out;
}

void sobol_rows(const known_function& f, int trials) {
  for (const std::size_t samples : {std::size_t{16}, std::size_t{64}, std::size_t{256}, std::size_t{1024}}) {
    double first = 0, total = 0;
    int held_first = 0, held_total = 0, shown = 0;
    for (int trial = 0; trial < trials; ++trial) {
      const sobol_design d = sobol_of(f, samples, static_cast<std::uint32_t>(trial));
      const sobol_estimate found = indices_of(d, answers(f, d.points), static_cast<std::uint32_t>(trial));
      double worst_first = 0, worst_total = 0;
      for (std::size_t j = 0; j < f.factors; ++j) {
        const sobol_index& s = found.indices[j];
        worst_first = std::max(worst_first, std::abs(s.first.estimate - f.first[j]));
        worst_total = std::max(worst_total, std::abs(s.total.estimate - f.total[j]));
        constexpr double rounding = 1e-12;
        held_first += s.first.lower - rounding <= f.first[j] && f.first[j] <= s.first.upper + rounding ? 1 : 0;
        held_total += s.total.lower - rounding <= f.total[j] && f.total[j] <= s.total.upper + rounding ? 1 : 0;
        ++shown;
      }
      first += worst_first / trials;
      total += worst_total / trials;
    }
    std::printf("| %s | %zu | %zu | %.3f | %.3f | %.1f %% | %.1f %% |\n", f.name.c_str(), samples, samples * (f.factors + 2), first, total,
                100.0 * held_first / shown, 100.0 * held_total / shown);
  }
}

void morris_rows(const known_function& f, int trials) {
  const std::vector<double> exact = sizes_of(f);
  const double largest = *std::max_element(exact.begin(), exact.end());
  for (const std::size_t trajectories : {std::size_t{5}, std::size_t{10}, std::size_t{20}, std::size_t{50}}) {
    double error = 0;
    int held = 0, shown = 0, first = 0;
    for (int trial = 0; trial < trials; ++trial) {
      const morris_design d = morris_of(f, trajectories, static_cast<std::uint32_t>(trial));
      const std::vector<morris_effect> found = morris_effects(d, answers(f, d.points), 0.95);
      double worst = 0;
      for (std::size_t j = 0; j < f.factors; ++j) {
        const interval& size = found[j].size;
        worst = std::max(worst, std::abs(size.estimate - exact[j]));
        if (exact[j] == 0) continue;
        const double rounding = 1e-9 * largest;
        held += size.lower - rounding <= exact[j] && exact[j] <= size.upper + rounding ? 1 : 0;
        ++shown;
      }
      error += worst / largest / trials;
      first += exact[order_of_effects(found).front()] == largest ? 1 : 0;
    }
    std::printf("| %s | %zu | %zu | %.2f | %.1f %% | %.0f %% |\n", f.name.c_str(), trajectories, trajectories * (f.factors + 1), error,
                100.0 * held / shown, 100.0 * first / trials);
  }
}

void print_points(const std::vector<std::vector<double>>& points, const std::vector<double>& y) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::printf("point");
    for (const double u : points[i]) std::printf(",%.17g", u);
    std::printf(",%.17g\n", y[i]);
  }
}

int export_one(const known_function& f, const std::string& method, std::size_t runs, std::uint32_t seed) {
  if (method == "sobol") {
    const sobol_design d = sobol_of(f, runs, seed);
    const std::vector<double> y = answers(f, d.points);
    print_points(d.points, y);
    const sobol_estimate found = indices_of(d, y, seed);
    for (std::size_t j = 0; j < f.factors; ++j)
      std::printf("found,%.17g,%.17g\n", found.indices[j].first.estimate, found.indices[j].total.estimate);
  } else {
    const morris_design d = morris_of(f, runs, seed);
    const std::vector<double> y = answers(f, d.points);
    print_points(d.points, y);
    for (const morris_effect& e : morris_effects(d, y, 0.95))
      std::printf("found,%.17g,%.17g,%.17g\n", e.mean.estimate, e.size.estimate, e.spread);
  }
  for (std::size_t j = 0; j < f.factors; ++j) std::printf("exact,%.17g,%.17g\n", f.first[j], f.total[j]);
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const std::vector<known_function> functions = known_functions();
  if (count == 6 && std::string(words[1]) == "export") {
    const int function = std::atoi(words[2]), runs = std::atoi(words[4]);
    const std::string method = words[3];
    if (function >= 0 && function < 3 && runs > 0 && (method == "sobol" || method == "morris"))
      return export_one(functions[static_cast<std::size_t>(function)], method, static_cast<std::size_t>(runs),
                        static_cast<std::uint32_t>(std::atoi(words[5])));
  }
  const int trials = count == 2 ? std::atoi(words[1]) : 100;
  if (count > 2 || trials < 1) {
    std::fprintf(stderr, "usage: sensitivity_table [TRIALS from 1], or export FUNCTION sobol|morris RUNS SEED\n");
    return 2;
  }
  std::printf(
      "| function | samples | runs | largest error, first | total | intervals that hold it, first | total "
      "|\n|---|---:|---:|---:|---:|---:|---:|\n");
  for (const known_function& f : functions) sobol_rows(f, trials);
  std::printf(
      "\n| function | trajectories | runs | largest error, of the largest size | intervals that hold it | the largest is first |\n");
  std::printf("|---|---:|---:|---:|---:|---:|\n");
  for (const known_function& f : functions) morris_rows(f, trials);
  return 0;
}
