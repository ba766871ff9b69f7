// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "sifang/stats/population.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using namespace sifang;

namespace {

enum class draws : std::uint32_t { design, walk };

template <class Judge>
population<Judge> made(std::size_t size, std::size_t dimensions, Judge judge, std::uint32_t replication = 0) {
  const random_source source(5, replication);
  return {latin_hypercube(size, dimensions, source, draws::design), judge, source, draws::walk};
}

}  // namespace

TEST_CASE("a population that is cut is uniform over what is left, and says how much that is", "[population]") {
  // A ring in the plane: area π(0.3² − 0.2²); far from convex.
  const auto ring = [](const std::vector<double>& u) {
    const double r = std::hypot(u[0] - 0.5, u[1] - 0.5);
    return point_standing{std::abs(r - 0.25) / 0.05, 0};
  };
  double share = 0, right = 0, squares = 0, n = 0;
  for (std::uint32_t r = 0; r < 20; ++r) {
    auto some = made(400, 2, ring, r);
    REQUIRE(some.cut_to(1));
    share += some.share_left() / 20;
    for (const auto& u : some.points()) {
      const double off = std::hypot(u[0] - 0.5, u[1] - 0.5);
      CHECK(std::abs(off - 0.25) <= 0.05 * (1 + 1e-12));
      right += u[0] > 0.5 ? 1 : 0;
      squares += off * off;
      n += 1;
    }
  }
  CHECK(share == Approx(3.14159265 * 0.05).epsilon(0.05));
  CHECK(right / n == Approx(0.5).margin(0.03));
  CHECK(squares / n == Approx((std::pow(0.3, 4) - std::pow(0.2, 4)) / (2 * (0.3 * 0.3 - 0.2 * 0.2))).epsilon(0.01));
}

TEST_CASE("a population that is weighed has the mean, the width and the slant of the law", "[population]") {
  // A normal law, slanted and thin, well within the cube.
  const auto slanted = [](const std::vector<double>& u) {
    const double along = (u[0] + u[1] - 1) / std::sqrt(2.0), across = (u[0] - u[1]) / std::sqrt(2.0);
    return point_standing{0, -0.5 * (along * along / 0.01 + across * across / 1e-6)};
  };
  double along = 0, across = 0, mean = 0, n = 0;
  for (std::uint32_t r = 0; r < 10; ++r) {
    auto some = made(400, 2, slanted, r);
    some.weigh();
    for (const auto& u : some.points()) {
      along += std::pow((u[0] + u[1] - 1) / std::sqrt(2.0), 2);
      across += std::pow((u[0] - u[1]) / std::sqrt(2.0), 2);
      mean += u[0];
      n += 1;
    }
  }
  CHECK(along / n == Approx(0.01).epsilon(0.1));
  CHECK(across / n == Approx(1e-6).epsilon(0.1));
  CHECK(mean / n == Approx(0.5).margin(0.005));
}

TEST_CASE("a law that is highest at a wall is not pushed away from it", "[population]") {
  const auto edge = [](const std::vector<double>& u) { return point_standing{0, -u[0] / 0.1}; };
  double mean = 0;
  for (std::uint32_t r = 0; r < 10; ++r) {
    auto some = made(400, 1, edge, r);
    some.weigh();
    for (const auto& u : some.points()) mean += u[0] / 4000;
  }
  CHECK(mean == Approx(0.1).epsilon(0.05));  // exponential, all but cut off at 1
}

TEST_CASE("a bent ridge that runs into two walls is filled as its likelihood says", "[population]") {
  // Two parameters whose product is seen, and a third that depends on the first; the truth by sums over a grid.
  const auto ridge = [](const std::vector<double>& u) {
    const double a = (u[0] * u[1] - 0.1) / 0.04, b = (u[2] - 0.2 * u[0] - 0.3) / 0.06;
    return point_standing{(std::max)(std::abs(a), std::abs(b)), -0.5 * (a * a + b * b)};
  };
  constexpr int grid = 60;
  double all = 0, first = 0, squares = 0;
  for (int i = 0; i < grid * grid * grid; ++i) {
    const std::vector<double> u{(i % grid + 0.5) / grid, (i / grid % grid + 0.5) / grid, (i / grid / grid + 0.5) / grid};
    const point_standing s = ridge(u);
    const double weight = s.badness > 3 ? 0 : std::exp(s.log_likelihood);
    all += weight;
    first += weight * u[0];
    squares += weight * u[0] * u[0];
  }
  const double mean = first / all, deviation = std::sqrt(squares / all - mean * mean);
  double found = 0, found_squares = 0;
  constexpr std::uint32_t times = 12;
  for (std::uint32_t r = 0; r < times; ++r) {
    auto some = made(300, 3, ridge, r);
    REQUIRE(some.cut_to(3));
    some.weigh();
    for (const auto& u : some.points()) {
      found += u[0] / (300.0 * times);
      found_squares += u[0] * u[0] / (300.0 * times);
    }
  }
  CHECK(found == Approx(mean).margin(0.02));
  CHECK(std::sqrt(found_squares - found * found) == Approx(deviation).margin(0.015));
}

TEST_CASE("a population says that nothing is left, and where it came nearest", "[population]") {
  const auto far = [](const std::vector<double>& u) { return point_standing{2 + std::abs(u[0] - 0.3), 0}; };
  auto some = made(100, 1, far);
  CHECK_FALSE(some.cut_to(1));
  CHECK(some.points()[some.best()][0] == Approx(0.3).margin(0.01));
  auto flat = made(100, 1, [](const std::vector<double>&) { return point_standing{4, 0}; });
  CHECK_FALSE(flat.cut_to(3));
  auto never = made(100, 1, [](const std::vector<double>&) { return point_standing{std::numeric_limits<double>::infinity(), 0}; });
  CHECK_FALSE(never.cut_to(3));
  // Nine of ten cannot be: the others go on.
  auto few = made(100, 1, [](const std::vector<double>& u) {
    return point_standing{u[0] > 0.1 ? std::numeric_limits<double>::infinity() : 10 * u[0], 0};
  });
  REQUIRE(few.cut_to(0.5));
  for (const auto& u : few.points()) CHECK(u[0] <= 0.05);
  CHECK(few.share_left() == Approx(0.05).epsilon(0.5));
}
