// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "sifang/stats/latin_hypercube.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <vector>

using namespace sifang;

namespace {

enum class draws : std::uint32_t { design, other };

std::set<std::size_t> parts_of(const unit_points& points, std::size_t dimension) {
  std::set<std::size_t> out;
  for (const auto& p : points) out.insert(static_cast<std::size_t>(std::floor(p[dimension] * static_cast<double>(points.size()))));
  return out;
}

}  // namespace

TEST_CASE("each part of every side of a Latin hypercube holds one point", "[latin_hypercube]") {
  for (const std::size_t points : {1u, 2u, 7u, 100u, 1000u}) {
    for (const std::uint32_t tries : {1u, 5u}) {
      if (points == 1000 && tries > 1) continue;
      const unit_points found = latin_hypercube(points, 5, random_source(2022, 3), draws::design, tries);
      REQUIRE(found.size() == points);
      for (std::size_t j = 0; j < 5; ++j) {
        const std::set<std::size_t> parts = parts_of(found, j);
        CHECK(parts.size() == points);
        CHECK(*parts.rbegin() == points - 1);
        for (const auto& p : found) CHECK((p[j] > 0 && p[j] < 1));
      }
    }
  }
  CHECK(latin_hypercube(0, 3, random_source(1, 0), draws::design).empty());
  CHECK(latin_hypercube(2, 0, random_source(1, 0), draws::design) == unit_points(2));
}

TEST_CASE("a Latin hypercube is drawn by name", "[latin_hypercube]") {
  const unit_points five = latin_hypercube(40, 5, random_source(7, 0), draws::design);
  const unit_points six = latin_hypercube(40, 6, random_source(7, 0), draws::design);
  for (std::size_t i = 0; i < five.size(); ++i) CHECK(std::vector<double>(six[i].begin(), six[i].begin() + 5) == five[i]);
  CHECK(five == latin_hypercube(40, 5, random_source(7, 0), draws::design));
  CHECK(five != latin_hypercube(40, 5, random_source(7, 1), draws::design));
  CHECK(five != latin_hypercube(40, 5, random_source(8, 0), draws::design));
  CHECK(five != latin_hypercube(40, 5, random_source(7, 0), draws::other));
}

TEST_CASE("dimensions of Latin hypercubes are not correlated, and a point is anywhere within its part", "[latin_hypercube]") {
  // Over many hypercubes: the mean of a product is 1/4 with a standard error of about 0.08/√(400 × 10); places within parts are uniform.
  constexpr std::size_t points = 10, times = 400;
  double product = 0, first = 0, within = 0, within_squared = 0;
  for (std::uint32_t r = 0; r < times; ++r) {
    const unit_points found = latin_hypercube(points, 2, random_source(11, r), draws::design);
    first += found[0][0];
    for (const auto& p : found) {
      product += p[0] * p[1];
      const double place = p[1] * points - std::floor(p[1] * points);
      within += place;
      within_squared += place * place;
    }
  }
  constexpr double n = points * times;
  CHECK(product / n == Approx(0.25).margin(0.006));
  CHECK(first / times == Approx(0.5).margin(0.06));
  CHECK(within / n == Approx(0.5).margin(0.02));
  CHECK(within_squared / n == Approx(1.0 / 3).margin(0.02));
}

TEST_CASE("a mean over a Latin hypercube owes nothing to single parameters", "[latin_hypercube]") {
  // Σ x_j² over the points: independent points err by √(3 × 4/45 ÷ 100) = 0.05, the hypercube by some 1/100 of it.
  double worst = 0;
  for (std::uint32_t r = 0; r < 50; ++r) {
    double sum = 0;
    for (const auto& p : latin_hypercube(100, 3, random_source(5, r), draws::design)) {
      for (const double x : p) sum += x * x;
    }
    worst = (std::max)(worst, std::abs(sum / 100 - 1));
  }
  CHECK(worst < 0.005);
}

TEST_CASE("the best of many hypercubes keeps its points farther apart", "[latin_hypercube]") {
  const random_source source(3, 0);
  const double plain = least_squared_distance(latin_hypercube(30, 4, source, draws::design));
  const double best = least_squared_distance(latin_hypercube(30, 4, source, draws::design, 100));
  CHECK(best > 1.5 * plain);
  CHECK(std::isinf(least_squared_distance({})));
  CHECK(least_squared_distance({{0, 0}, {3, 4}, {0, 1}}) == 1);
}
