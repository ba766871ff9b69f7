// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/random/random.hpp"
#include "sifang/county/tally.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

using namespace sifang;

TEST_CASE("An observation is added once in each dimension that applies, and nowhere else") {
  const cell_layout layout(15, 9, 9, 63);
  tally sums;
  sums.reset(layout);
  const cell_set cells{{layout.first_sum(dimension::all, 0), layout.no_sum(), layout.first_sum(dimension::township, 14),
                        layout.first_sum(dimension::category, 0), layout.first_sum(dimension::door, 1),
                        layout.first_sum(dimension::channel, 2), layout.first_sum(dimension::venue, 8),
                        layout.first_sum(dimension::unit, 62), layout.first_sum(dimension::month, 11),
                        layout.first_sum(dimension::distance, 3), layout.first_sum(dimension::people, 2)}};
  sums.add(metric::wait_days, cells, 3, 1);
  sums.add(metric::wait_days, cells, 4, 1);
  sums.add(metric::wait_days, layout.at(dimension::township, 3), 1, 2);
  double everywhere = 0;
  for (const tally::ratio& r : sums.sums()) everywhere += r.numerator + r.denominator;
  CHECK(everywhere == 10 * (7 + 2) + 3);
  for (const auto& [d, item] : std::vector<std::pair<dimension, std::size_t>>{{dimension::all, 0},
                                                                              {dimension::township, 14},
                                                                              {dimension::category, 0},
                                                                              {dimension::door, 1},
                                                                              {dimension::channel, 2},
                                                                              {dimension::venue, 8},
                                                                              {dimension::distance, 3},
                                                                              {dimension::people, 2}}) {
    CHECK(sums.numerator(metric::wait_days, layout.at(d, item)) == 7);
    CHECK(sums.denominator(metric::wait_days, layout.at(d, item)) == 2);
  }
  CHECK(sums.numerator(metric::wait_days, layout.at(dimension::township, 3)) == 1);
}

TEST_CASE("Distance and number of people fall into their bands") {
  CHECK(distance_item(0) == 0);
  CHECK(distance_item(9.99) == 0);
  CHECK(distance_item(10) == 1);
  CHECK(distance_item(20) == 2);
  CHECK(distance_item(39.9) == 2);
  CHECK(distance_item(40) == 3);
  CHECK(people_item(1) == 0);
  CHECK(people_item(2) == 1);
  CHECK(people_item(4) == 1);
  CHECK(people_item(5) == 2);  // L9: a group
  CHECK(people_item(200) == 2);
}

TEST_CASE("Counts give the same quantiles as the sorted values, also after they were emptied") {
  count_table counts;
  random_stream draw(8, 0, 0u);
  for (const std::size_t limit : {std::size_t{50}, std::size_t{200}, std::size_t{20}}) {
    counts.reset(limit);
    CHECK(counts.counts().size() == limit + 1);
    CHECK(std::all_of(counts.counts().begin(), counts.counts().end(), [](std::uint32_t n) { return n == 0; }));
    CHECK(counts.largest() == 0);
    CHECK(counts.quantile(0.5) == 0);
    std::vector<double> values;
    for (int i = 0; i < 100; ++i) {
      const double value = std::floor(draw() * 1.2 * static_cast<double>(limit)) - 1;
      counts.add(value);
      values.push_back(std::clamp(value, 0.0, static_cast<double>(limit)));
    }
    std::sort(values.begin(), values.end());
    CHECK(counts.total() == 100);
    CHECK(counts.largest() == values.back());
    for (const double p : {0.01, 0.5, 0.9, 1.0}) CHECK(counts.quantile(p) == values[static_cast<std::size_t>(std::ceil(p * 100)) - 1]);
  }
}
