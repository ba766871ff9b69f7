// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/engine/first_least.hpp"
#include "sifang/random/random.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

using namespace sifang;

TEST_CASE("the least of values that change, of equal ones the first, as if all were looked through") {
  random_stream draw(5, 0, 0u);
  for (const std::size_t n : {std::size_t{1}, std::size_t{2}, std::size_t{16}, std::size_t{17}, std::size_t{31}, std::size_t{64},
                              std::size_t{100}, std::size_t{1000}}) {
    CAPTURE(n);
    std::vector<int> values(n, 7);
    first_least least;
    least.reset(n);
    CHECK(least.of<int>(values) == 0);
    std::size_t differ = 0;
    for (int step = 0; step < 3000; ++step) {
      const auto at = static_cast<std::size_t>(draw() * static_cast<double>(n));
      values[at] = static_cast<int>(draw() * 12);  // few numbers, so that many are equal
      least.changed<int>(values, at);
      differ += least.of<int>(values) != static_cast<std::size_t>(std::min_element(values.begin(), values.end()) - values.begin());
    }
    CHECK(differ == 0);
  }
}

TEST_CASE("the least of more values, then of fewer") {
  first_least least;
  std::vector<double> values(40, 1.0);
  least.reset(values.size());
  values[39] = 0.5;
  least.changed<double>(values, 39);
  CHECK(least.of<double>(values) == 39);
  CHECK(least.bytes() > 0);
  values.assign(20, 1.0);
  least.reset(values.size());
  CHECK(least.of<double>(values) == 0);
  values.assign(3, 1.0);
  least.reset(values.size());
  values[1] = 0;
  least.changed<double>(values, 1);
  CHECK(least.of<double>(values) == 1);
  CHECK(least.bytes() == 0);
}
