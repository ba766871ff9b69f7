// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/experiment.hpp"
#include "sifang/experiment/sweep.hpp"
#include "tables.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

std::vector<std::shared_ptr<const world>> cells_of(const std::vector<double>& multipliers) {
  std::vector<std::shared_ptr<const world>> out;
  for (const double factor : multipliers) {
    out.push_back(std::make_shared<const world>(xiapu({"load.multiplier=" + std::to_string(factor), "scenario.warm_up=90"})));
  }
  return out;
}
template <class Team>
sweep_result sweep_of(const Team& team, const std::vector<std::shared_ptr<const world>>& cells, std::size_t replications) {
  return run_sweep(
      team, cells.size(), replications, 0.95, [&](std::size_t cell) { return cells[cell]; }, [](std::size_t) {});
}
bool same(const interval& a, const interval& b) {
  return a.kind == b.kind && a.estimate == b.estimate && a.lower == b.lower && a.upper == b.upper;
}

}  // namespace

TEST_CASE("a sweep finds to the last bit what a comparison of its cells finds") {
  const auto cells = cells_of({1, 0.5, 1});
  for (const std::size_t replications : {std::size_t{1}, 2 * block_replications + 3}) {
    const sweep_result found = sweep_of(thread_team{2}, cells, replications);
    std::vector<const world*> worlds;
    for (const auto& w : cells) worlds.push_back(w.get());
    const study_result study = run_study(thread_team{1}, worlds, replications);
    REQUIRE(found.cells.size() == 3);
    CHECK(found.replications == replications);
    for (std::size_t k = 0; k < 3; ++k) {
      const result_policy policy = summarise(*cells[k], study.policies[k]);
      CHECK(found.cells[k].print.value() == study.policies[k].print.value());
      REQUIRE(found.cells[k].differences.size() == (k == 0 ? 0 : sweep_metrics.size()));
      for (std::size_t m = 0; m < sweep_metrics.size(); ++m) {
        const auto at = static_cast<std::size_t>(sweep_metrics[m]);
        CHECK(same(found.cells[k].values[m], policy.values[at][0][0]));
        if (k == 0) continue;
        const result_difference expected =
            compare(*cells[0], 0, study.policies[0], k, study.policies[k], study.pairs[k - 1]).values[at][0][0];
        CHECK(same(found.cells[k].differences[m].difference, expected.difference));
        CHECK(found.cells[k].differences[m].variance_ratio == expected.variance_ratio);
        CHECK(found.cells[k].differences[m].verdict == expected.verdict);
      }
    }
    for (const result_difference& d : found.cells[2].differences)
      CHECK((!d.difference.has_value() || d.difference.estimate == 0));  // the same as the first
  }
}

TEST_CASE("a sweep tells how busy the clerks and each unit are, as a comparison does") {
  auto cells = cells_of({1, 4});
  cells.push_back(std::make_shared<const world>(xiapu({"handling.department_handlers=1", "scenario.warm_up=90"})));
  const std::size_t n = 2 * block_replications + 1;
  const sweep_result found = sweep_of(thread_team{2}, cells, n);
  std::vector<const world*> worlds;
  for (const auto& w : cells) worlds.push_back(w.get());
  const study_result study = run_study(thread_team{1}, worlds, n);
  const world& first = *cells[0];
  REQUIRE(found.units.size() == 1 + first.offices().size());
  CHECK(found.units[0].code == "clerks");
  const std::vector<result_dimension> dimensions = result_dimensions(first);
  const auto& units = dimensions[static_cast<std::size_t>(dimension::unit)].items;
  bool busier = true;
  for (std::size_t k = 0; k < 3; ++k) {
    const result_policy policy = summarise(*cells[k], study.policies[k]);
    REQUIRE(found.cells[k].busy.size() == found.units.size());
    CHECK(same(found.cells[k].busy[0], policy.values[static_cast<std::size_t>(metric::clerk_utilisation)][0][0]));
    const auto& of_units = policy.values[static_cast<std::size_t>(metric::handler_utilisation)][static_cast<std::size_t>(dimension::unit)];
    for (std::size_t u = 0; u < units.size(); ++u) {
      CHECK(found.units[1 + u].code == units[u].id);
      CHECK(same(found.cells[k].busy[1 + u], of_units[u]));
      busier = busier && found.cells[1].busy[1 + u].estimate >= found.cells[0].busy[1 + u].estimate;
    }
  }
  CHECK(busier);
}

TEST_CASE("a sweep has intervals and verdicts of the confidence that is asked for") {
  std::vector<std::shared_ptr<const world>> cells;
  for (const char* factor : {"1", "1.1"}) {
    cells.push_back(
        std::make_shared<const world>(xiapu({std::string("load.multiplier=") + factor, "scenario.warm_up=90", "scenario.confidence=0.5"})));
  }
  const std::size_t n = 2 * block_replications;
  const world* worlds[] = {cells[0].get(), cells[1].get()};
  const study_result study = run_study(thread_team{1}, worlds, n);
  const result_policy policy = summarise(*cells[1], study.policies[1]);
  const result_comparison change = compare(*cells[0], 0, study.policies[0], 1, study.policies[1], study.pairs[0]);
  const auto of = [&](double confidence) {
    return run_sweep(
        thread_team{1}, 2, n, confidence, [&](std::size_t cell) { return cells[cell]; }, [](std::size_t) {});
  };
  const sweep_result found = of(0.5), strict = of(0.999);
  bool other_verdict = false;
  for (std::size_t m = 0; m < sweep_metrics.size(); ++m) {
    const auto at = static_cast<std::size_t>(sweep_metrics[m]);
    CHECK(same(found.cells[1].values[m], policy.values[at][0][0]));
    CHECK(same(found.cells[1].differences[m].difference, change.values[at][0][0].difference));
    CHECK(found.cells[1].differences[m].verdict == change.values[at][0][0].verdict);
    other_verdict = other_verdict || strict.cells[1].differences[m].verdict != found.cells[1].differences[m].verdict;
  }
  CHECK(other_verdict);
}

TEST_CASE("a sweep that is stopped has the cells that were finished, from the first on") {
  const auto cells = cells_of({1, 0.5, 0.7, 0.9});
  std::atomic<bool> stop{false};
  const sweep_result found = run_sweep(
      thread_team{1, &stop}, cells.size(), 2 * block_replications, 0.95, [&](std::size_t cell) { return cells[cell]; },
      [&](std::size_t blocks) { stop = blocks == 5; });
  REQUIRE(found.cells.size() == 2);
  const sweep_result whole = sweep_of(thread_team{1}, cells, 2 * block_replications);
  for (std::size_t m = 0; m < sweep_metrics.size(); ++m)
    CHECK(same(found.cells[1].differences[m].difference, whole.cells[1].differences[m].difference));
}
