// SPDX-License-Identifier: BSL-1.0
// Problems whose answer is known by looking at every point.
#include "catch.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/experiment/lattice_search.hpp"
#include "sifang/random/random.hpp"
#include "station_lattice.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

using namespace sifang;
using sifang_tests::station_lattice;

TEST_CASE("stations are staffed as enumeration says") {
  const station_lattice toy = station_lattice::shared(4);
  const lattice_answer found = search_lattice(toy.problem());
  const station_lattice::optimum best = toy.enumerate();
  CHECK(found.end == lattice_end::proven);
  CHECK(found.at == best.at);
  INFO(found.replications << " " << found.trials.size() << " " << toy.cost(found.at) << " " << best.cost << " rounds " << found.rounds);
  CHECK(toy.truth(found.at).meets);
  CHECK(false);
}
