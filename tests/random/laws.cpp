// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "sifang/county/draws.hpp"
#include "sifang/random/laws.hpp"
#include "sifang/random/variates.hpp"

#include <algorithm>
#include <cmath>
#include <set>

using namespace sifang;

namespace {
/// Numbers in (0, 1), evenly, and the extremes that a draw can be.
std::vector<double> numbers() {
  std::vector<double> out{0x1p-33, 1 - 0x1p-33};
  for (int i = 0; i < 20000; ++i) out.push_back((i + 0.5) / 20000);
  return out;
}
}  // namespace

TEST_CASE("Normal and lognormal variates from tables are theirs but for the error that is stated, and increase") {
  std::vector<double> all = numbers();
  for (double tail = 0.5; tail > 0x1p-52; tail *= 0.99) all.insert(all.end(), {tail, 1 - tail});
  for (int halving = 1; halving < 20; ++halving) {  // where pieces meet
    const double tail = std::ldexp(1.0, -halving);
    all.insert(all.end(), {tail, std::nextafter(tail, 0.0), 1 - tail, std::nextafter(1 - tail, 0.0)});
  }
  std::sort(all.begin(), all.end());
  const normal_law z;
  const double cv = GENERATE(0.3, 0.7, 2.0);
  const lognormal_law law(cv);
  for (std::size_t i = 0; i < all.size(); ++i) {
    REQUIRE(std::abs(z(all[i]) - normal(all[i])) < 1e-7);
    REQUIRE(law(all[i], 3.3) == Approx(lognormal(all[i], 3.3, cv)).epsilon(1e-6));
    // Where two tables or a table and the function meet, rounding is all that may go down.
    if (i > 0 && all[i] > all[i - 1]) REQUIRE(z(all[i]) > z(all[i - 1]) - 1e-15);
  }
}

TEST_CASE("A law without spread is its mean") {
  const lognormal_law law(0);
  CHECK(law(0.3, 3.3) == 3.3);
  CHECK(law(0.3, 0.0) == 0.0);
}

TEST_CASE("A count by table is the count by summing weights") {
  // The sums are rounded differently; a number would have to lie within 1e-14 of a step to show it.
  const double mean = GENERATE(0.0, 0.2, 2.9, 40.0, 3000.0);
  const double ratio = GENERATE(1.0, 1.5, 4.0);
  const auto law = count_law::negative_binomial(mean, ratio);
  for (double u : numbers()) REQUIRE(static_cast<int>(law(u)) == negative_binomial(u, mean, ratio));
}

TEST_CASE("What lies above the largest count falls on it") {
  const auto few = count_law::poisson(1.3, 3), none = count_law::poisson(5, 0);
  const auto stages = count_law::geometric(2.5, 19);
  for (double u : numbers()) {
    REQUIRE(static_cast<int>(few(u)) == std::min(poisson(u, 1.3), 3));
    REQUIRE(none(u) == 0);
    REQUIRE(static_cast<int>(stages(u)) == std::min(geometric(u, 2.5), 19));
  }
}

TEST_CASE("Four draws of a block are the four draws by name, and differ from those of any other block") {
  const named_draws draws(7, 3);
  std::set<double> seen;
  for (std::uint64_t entity : {0ull, 1ull, 1ull << 40}) {
    for (std::uint32_t block = 0; block < 21; ++block) {
      for (std::uint32_t index : {0u, 1u, 1000u}) {
        const auto four = draws.four(entity, static_cast<draw>(4 * block), index);
        for (std::uint32_t k = 0; k < 4; ++k) {
          CHECK(four[k] == draws(entity, static_cast<draw>(4 * block + k), index));
          CHECK((four[k] > 0 && four[k] < 1 && 1 - (1 - four[k]) == four[k]));
          seen.insert(four[k]);
        }
      }
    }
  }
  CHECK(seen.size() == 3 * 21 * 3 * 4);  // 756 numbers of 2^32: a pair alike has a chance of 7e-5, and the seed is fixed
}

TEST_CASE("A count that has no last one is drawn as one whose last is beyond reach, whatever the width of a size") {
  // The number of a place holds what lies beyond: nothing wraps around, also where a size has 32 bits.
  STATIC_REQUIRE(count_law::no_last + 1 > count_law::no_last);
  STATIC_REQUIRE(count_law::no_last >= 0x7FFFFFFF);
  const count_law free = count_law::poisson(3), far = count_law::poisson(3, 1000), near = count_law::poisson(3, 4);
  const count_law tries = count_law::geometric(3), few = count_law::geometric(3, 2);
  for (double u : {0.001, 0.3, 0.6, 0.9, 0.999999}) {
    CHECK(free(u) == far(u));
    CHECK(near(u) == (std::min)(free(u), std::size_t{4}));
    CHECK(few(u) == (std::min)(tries(u), std::size_t{2}));
  }
  CHECK(free(0.5) == 3);
}
