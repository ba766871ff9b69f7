// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "sifang/stats/sobol_sequence.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

using namespace sifang;

namespace {

enum class draws : std::uint32_t { design, other };

double coordinate(std::uint32_t number, std::size_t dimension) { return sobol_coordinate(number, dimension) * 0x1p-32; }

}  // namespace

TEST_CASE("Sobol' points are those of Joe and Kuo's direction numbers", "[sobol]") {
  // Points 1 to 9 of dimensions 1 to 10, as SciPy gives them from the published file, in the order of Gray's code.
  const double published[9][10] = {
      {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5},
      {0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75, 0.75, 0.75},
      {0.25, 0.75, 0.75, 0.75, 0.25, 0.25, 0.75, 0.25, 0.25, 0.25},
      {0.375, 0.375, 0.625, 0.875, 0.375, 0.125, 0.375, 0.875, 0.875, 0.625},
      {0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375, 0.375, 0.125},
      {0.625, 0.125, 0.875, 0.625, 0.625, 0.875, 0.125, 0.125, 0.125, 0.375},
      {0.125, 0.625, 0.375, 0.125, 0.125, 0.375, 0.625, 0.625, 0.625, 0.875},
      {0.1875, 0.3125, 0.9375, 0.4375, 0.5625, 0.3125, 0.4375, 0.9375, 0.9375, 0.3125},
      {0.6875, 0.8125, 0.4375, 0.9375, 0.0625, 0.8125, 0.9375, 0.4375, 0.4375, 0.8125},
  };
  for (std::uint32_t n = 1; n < 10; ++n) {
    for (std::size_t j = 0; j < 10; ++j) CHECK(coordinate(n ^ (n >> 1), j) == published[n - 1][j]);
  }
  const double far[8] = {0.4541015625, 0.0791015625, 0.8837890625, 0.5712890625,
                         0.4462890625, 0.6025390625, 0.2587890625, 0.4462890625};  // point 1000 in dimensions 57 to 64
  for (std::size_t j = 0; j < 8; ++j) CHECK(coordinate(1000 ^ (1000 >> 1), 56 + j) == far[j]);
}

TEST_CASE("each part of every side holds one Sobol' point, and each box of the first two dimensions, scrambled or not", "[sobol]") {
  for (const std::size_t points : {1u, 2u, 16u, 256u, 1024u}) {
    const unit_points found = scrambled_sobol(points, most_sobol_dimensions, random_source(2022, 1), draws::design);
    REQUIRE(found.size() == points);
    for (std::size_t j = 0; j < most_sobol_dimensions; ++j) {
      std::set<std::size_t> parts;
      for (const auto& p : found) {
        CHECK((p[j] > 0 && p[j] < 1));
        parts.insert(static_cast<std::size_t>(std::floor(p[j] * static_cast<double>(points))));
      }
      CHECK(parts.size() == points);
    }
  }
  const unit_points found = scrambled_sobol(256, 2, random_source(5, 0), draws::design);
  for (std::size_t across = 1; across <= 256; across *= 2) {
    std::set<std::size_t> boxes;
    for (const auto& p : found) {
      const auto x = static_cast<std::size_t>(p[0] * static_cast<double>(across));
      const auto y = static_cast<std::size_t>(p[1] * static_cast<double>(256 / across));
      boxes.insert(x * 1000 + y);
    }
    CHECK(boxes.size() == 256);
  }
}

TEST_CASE("scrambled points are drawn by name, and each is uniform", "[sobol]") {
  const unit_points five = scrambled_sobol(60, 5, random_source(7, 0), draws::design);
  const unit_points more = scrambled_sobol(64, 6, random_source(7, 0), draws::design);
  for (std::size_t i = 0; i < five.size(); ++i) CHECK(std::vector<double>(more[i].begin(), more[i].begin() + 5) == five[i]);
  CHECK(five != scrambled_sobol(60, 5, random_source(7, 1), draws::design));
  CHECK(five != scrambled_sobol(60, 5, random_source(7, 0), draws::other));
  // Digits are turned round by those before them, not all alike (which would be a digital shift).
  const unit_points eight = scrambled_sobol(8, 12, random_source(7, 0), draws::design);
  std::size_t turned = 0;
  for (std::size_t j = 0; j < 12; ++j) {
    std::set<std::uint32_t> turns;
    for (std::uint32_t i = 0; i < 8; ++i) turns.insert(static_cast<std::uint32_t>(eight[i][j] * 8) ^ sobol_coordinate(i, j) >> 29);
    turned += turns.size() > 1 ? 1 : 0;
  }
  CHECK(turned > 6);
  CHECK(scrambled_sobol(0, 3, random_source(1, 0), draws::design).empty());
  CHECK(scrambled_sobol(2, 0, random_source(1, 0), draws::design) == unit_points(2));
  // Over 2,000 scramblings one point's mean is 1/2 ± 0.0065, its second moment 1/3 ± 0.0067, and a product of two dimensions 1/4 ± 0.005
  // (one standard error each); four are allowed.
  double mean = 0, squares = 0, product = 0, variance = 0;
  constexpr std::uint32_t times = 2000;
  for (std::uint32_t r = 0; r < times; ++r) {
    const unit_points p = scrambled_sobol(8, 3, random_source(11, r), draws::design);
    mean += p[5][2] / times;
    squares += p[5][2] * p[5][2] / times;
    product += p[5][2] * p[5][1] / times;
    double of_eight = 0;
    for (const auto& q : p) of_eight += q[0] * q[1] / 8;
    variance += (of_eight - 0.25) * (of_eight - 0.25) / times;
  }
  CHECK(std::abs(mean - 0.5) < 0.026);
  CHECK(std::abs(squares - 1.0 / 3) < 0.027);
  CHECK(std::abs(product - 0.25) < 0.02);
  CHECK(variance < 0.5 * (7.0 / 144) / 8);  // of eight independent points: the variance of a product over eight
}
