// SPDX-License-Identifier: BSL-1.0
// The table of docs/optimise.md: searches for the least cost that meets targets, on a problem whose answer enumeration knows, and on one
// budget. A minute or so; the same figures everywhere.
//   optimisers [RUNS]     30 runs of each cell unless told
// Exits with 1 if an answer that is said to be proven misses a target in truth more often than in one of 20 runs.
#include "sifang/experiment/lattice_search.hpp"
#include "sifang/random/random.hpp"
#include "../experiment/station_lattice.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <vector>

using namespace sifang;
using sifang_tests::station_lattice;

namespace {

/// What a search answered.
struct answered {
  std::optional<lattice_point> at;
  std::size_t replications = 0;
};
struct tally {
  int answers = 0, meet = 0, exact = 0;
  double cost = 0, replications = 0;

  void add(const station_lattice& toy, const station_lattice::optimum& best, const answered& a) {
    replications += static_cast<double>(a.replications);
    if (!a.at) return;
    ++answers;
    if (!toy.truth(*a.at).meets) return;
    ++meet;
    cost += toy.cost(*a.at) / best.cost;
    exact += toy.cost(*a.at) < best.cost + 1e-9 ? 1 : 0;
  }
};

/// Points are judged as one would who knows of no search: 64 replications each, and every target met with the whole of its 95 % interval.
class judge {
 public:
  judge(const station_lattice& toy, std::size_t budget) : toy_(toy), problem_(toy.problem()), budget_(budget) {}
  [[nodiscard]] bool may_go_on() const { return used_ + each <= budget_; }
  [[nodiscard]] bool passes(const lattice_point& p) {
    used_ += each;
    lattice_sums sums(problem_.figures());
    sums.add(problem_.sample({{p, 0, each, true}}).front(), false);
    const t_scale scale(each, 1 - 0.05 / static_cast<double>(problem_.targets.size()));
    for (std::size_t k = 0; k < problem_.targets.size(); ++k) {
      if (slack_of(problem_.targets[k], sums.estimate(k, quantity::share, scale)).state != lattice_state::holds) return false;
    }
    if (!best_ || toy_.cost(p) < toy_.cost(*best_)) best_ = p;
    return true;
  }
  [[nodiscard]] const lattice_problem& problem() const { return problem_; }
  [[nodiscard]] answered answer() const { return {best_, used_}; }

 private:
  static constexpr std::size_t each = 64;
  const station_lattice& toy_;
  lattice_problem problem_;
  std::size_t budget_, used_ = 0;
  std::optional<lattice_point> best_;
};

answered random_search(const station_lattice& toy, std::size_t budget, int run) {
  judge j(toy, budget);
  const random_source luck(99, static_cast<std::uint32_t>(run));
  for (std::uint64_t k = 0; j.may_go_on(); ++k) {
    lattice_point p;
    for (const lattice_axis& a : j.problem().axes) {
      const double u = luck.uniform(k, std::uint32_t{3}, static_cast<std::uint32_t>(p.size()));
      p.push_back(static_cast<int>(u * a.levels));
    }
    (void)j.passes(p);
  }
  return j.answer();
}

/// One variable after another is bisected, from all at their most, until none moves.
answered coordinate_search(const station_lattice& toy, std::size_t budget) {
  judge j(toy, budget);
  lattice_point now;
  for (const lattice_axis& a : j.problem().axes) now.push_back(a.levels - 1);
  for (bool moved = true; moved;) {
    moved = false;
    for (std::size_t k = 0; k < now.size(); ++k) {
      int fails = -1, good = now[k];
      while (good - fails > 1 && j.may_go_on()) {
        lattice_point p = now;
        p[k] = fails + (good - fails) / 2;
        (j.passes(p) ? good : fails) = p[k];
      }
      moved = moved || good < now[k];
      now[k] = good;
    }
  }
  return j.answer();
}

answered ours(const station_lattice& toy, std::size_t budget) {
  lattice_options options;
  options.budget = budget;
  const lattice_answer a = search_lattice(toy.problem(), options);
  return {a.end == lattice_end::proven ? std::optional(a.at) : std::nullopt, a.replications};
}

}  // namespace

int main(int count, char** words) {
  const int runs = count > 1 ? std::atoi(words[1]) : 30;
  if (runs < 1) {
    std::fprintf(stderr, "usage: optimisers [RUNS from 1]\n");
    return 2;
  }
  bool kept = true;
  std::printf("| stations | points | budget | search | answers | meet the targets | cost above the optimum | exact | replications |\n");
  std::printf("|---:|---:|---:|---|---:|---:|---:|---:|---:|\n");
  for (const std::size_t stations : {4u, 6u}) {
    const station_lattice known = station_lattice::shared(stations);
    const station_lattice::optimum best = known.enumerate();
    for (const std::size_t budget : {5000u, 20000u}) {
      tally random, coordinate, own;
      for (int run = 1; run <= runs; ++run) {
        const station_lattice toy = station_lattice::shared(stations, static_cast<std::uint64_t>(run));
        random.add(toy, best, random_search(toy, budget, run));
        coordinate.add(toy, best, coordinate_search(toy, budget));
        own.add(toy, best, ours(toy, budget));
      }
      for (const auto& [name, t] : {std::pair("random", random), std::pair("coordinate", coordinate), std::pair("`search_lattice`", own)}) {
        std::printf("| %zu | %.0f | %zu | %s | %d of %d | %d |", stations, known.problem().points(), budget, name, t.answers, runs, t.meet);
        if (t.meet > 0)
          std::printf(" %.1f %% |", 100 * (t.cost / t.meet - 1));
        else
          std::printf(" – |");
        std::printf(" %d | %.0f |\n", t.exact, t.replications / runs);
        std::fflush(stdout);
      }
      kept = kept && own.answers - own.meet <= runs / 20;
    }
    std::printf("| %zu | | | optimum %.2f | | | | | |\n", stations, best.cost);
  }
  return kept ? 0 : 1;
}
