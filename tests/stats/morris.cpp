// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sensitivity_functions.hpp"

#include "sifang/stats/morris.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

using namespace sifang;
using sifang_tests::answers;
using sifang_tests::known_function;
using sifang_tests::known_functions;

namespace {

enum class draws : std::uint32_t { design, other };

morris_design design_of(std::size_t factors, std::size_t trajectories, std::uint32_t number = 0) {
  return morris_trajectories(factors, trajectories, 4, random_source(2022, number), draws::design);
}

}  // namespace

TEST_CASE("a trajectory moves each factor once, by one step of the grid", "[morris]") {
  for (const std::size_t levels : {2u, 4u, 10u}) {
    const morris_design d = morris_trajectories(5, 40, levels, random_source(3, 0), draws::design);
    REQUIRE(d.points.size() == 40 * 6);
    REQUIRE(d.moved.size() == 40 * 5);
    CHECK(d.step == Approx(static_cast<double>(levels) / 2 / static_cast<double>(levels - 1)));
    std::vector<std::size_t> seen(levels, 0);  // of the factor that moves, before and after
    int rising = 0;
    for (std::size_t at = 0; at < d.moved.size(); ++at) {
      const auto [before, after] = d.ends_of(at);
      CHECK(before / 6 == after / 6);  // of one trajectory
      for (std::size_t j = 0; j < 5; ++j) {
        const double moved = d.points[after][j] - d.points[before][j];
        if (j == d.moved[at])
          CHECK(std::abs(moved) == Approx(d.step));
        else
          CHECK(moved == 0);
        if (j == d.moved[at] && moved > 0) ++rising;
        for (const std::size_t end : {before, after}) {
          const double level = d.points[end][j] * static_cast<double>(levels - 1);
          CHECK(level == Approx(std::round(level)));
          if (j == d.moved[at]) ++seen[static_cast<std::size_t>(std::lround(level))];
        }
      }
    }
    CHECK((rising > 60 && rising < 140));                              // of 200
    for (const std::size_t count : seen) CHECK(count > 240 / levels);  // of 400: each level as often
    for (std::size_t r = 0; r < 40; ++r) {
      std::vector<std::size_t> moved(d.moved.begin() + static_cast<std::ptrdiff_t>(5 * r),
                                     d.moved.begin() + static_cast<std::ptrdiff_t>(5 * r + 5));
      std::sort(moved.begin(), moved.end());
      CHECK(moved == std::vector<std::size_t>{0, 1, 2, 3, 4});
    }
  }
  CHECK(design_of(3, 5).points == design_of(3, 5).points);
  CHECK(design_of(3, 5).points != design_of(3, 5, 1).points);
}

TEST_CASE("Morris: effects of a function whose effects are known", "[morris]") {
  const known_function f = known_functions()[2];  // 4 a + 2 b + c + 12 (a - 1/2)(c - 1/2), and d
  const morris_design d = design_of(4, 400);
  const auto found = morris_effects(d, answers(f, d.points), 0.95);
  REQUIRE(found.size() == 4);
  // The effect of a is -2, 2, 6 or 10, as c stands; that of c -5, -1, 3 or 7.
  CHECK(found[0].mean.contains(4));
  CHECK(found[0].size.contains(5));
  CHECK(found[0].spread == Approx(std::sqrt(20.0)).epsilon(0.05));
  CHECK(found[2].mean.contains(1));
  CHECK(found[2].size.contains(4));
  CHECK(found[0].size.half_width() < 0.4);
  CHECK(found[1].mean.estimate == Approx(2));
  CHECK(found[1].spread == Approx(0).margin(1e-12));
  CHECK(found[3].is_inert);
  CHECK(found[3].size.kind == interval_kind::constant);
  CHECK(found[3].size.estimate == 0);
  CHECK_FALSE(found[1].is_inert);
  CHECK(found[0].noise == 0);
  CHECK(order_of_effects(found) == std::vector<std::size_t>{0, 2, 1, 3});
}

TEST_CASE("Morris puts the factors of the g-function in their order", "[morris]") {
  const known_function f = known_functions()[1];
  const morris_design d = design_of(8, 30);
  const auto found = morris_effects(d, answers(f, d.points), 0.95);
  const auto order = order_of_effects(found);
  CHECK(std::vector<std::size_t>(order.begin(), order.begin() + 4) == std::vector<std::size_t>{0, 1, 2, 3});
  for (std::size_t j = 4; j < 8; ++j) CHECK(found[j].size.estimate < 0.1 * found[1].size.estimate);
}

TEST_CASE("Morris: a factor that does nothing has the size that noise gives it, and no more", "[morris]") {
  const morris_design d = design_of(3, 2000);
  std::mt19937_64 engine(17);
  std::normal_distribution<double> normal(0, 0.2);
  std::vector<double> noisy, errors(d.moved.size(), 0.2 * std::sqrt(2.0));
  for (const auto& u : d.points) noisy.push_back(5 * u[0] + normal(engine));
  const auto found = morris_effects(d, noisy, 0.95, errors);
  const double expected = std::sqrt(2 / sifang_tests::pi) * 0.2 * std::sqrt(2.0) / d.step;
  for (std::size_t j = 0; j < 3; ++j) CHECK(found[j].noise == Approx(expected));
  CHECK(found[0].size.estimate == Approx(5).epsilon(0.02));
  for (std::size_t j = 1; j < 3; ++j) {
    CHECK(found[j].size.estimate == Approx(found[j].noise).epsilon(0.05));
    CHECK(found[j].mean.contains(0));
    CHECK_FALSE(found[j].is_inert);
  }
}

TEST_CASE("Morris: an answer that never varies, one trajectory, and points where there is no answer", "[morris]") {
  const morris_design d = design_of(2, 6);
  for (const morris_effect& e : morris_effects(d, std::vector<double>(d.points.size(), 1e300), 0.95)) {
    CHECK(e.is_inert);
    CHECK(e.size.estimate == 0);
    CHECK(e.spread == 0);
    CHECK(e.steps == 6);
  }
  const morris_design one = design_of(2, 1);
  std::vector<double> sums;
  for (const auto& u : one.points) sums.push_back(3 * u[0]);
  const auto alone = morris_effects(one, sums, 0.95);
  CHECK(alone[0].size.kind == interval_kind::too_little_data);
  CHECK(alone[0].size.estimate == Approx(3));
  std::vector<double> gaps;
  for (const auto& u : d.points) gaps.push_back(u[0] > 0.9 ? std::numeric_limits<double>::quiet_NaN() : u[0] + u[1]);
  const auto some = morris_effects(d, gaps, 0.95);
  CHECK(some[0].steps < 6);
  CHECK((some[0].steps == 0 || some[0].size.estimate == Approx(1)));
  CHECK(some[1].steps < 6);
  const auto none = morris_effects(d, std::vector<double>(d.points.size(), std::numeric_limits<double>::infinity()), 0.95);
  CHECK(none[0].steps == 0);
  CHECK_FALSE(none[0].size.has_value());
  CHECK(morris_effects(design_of(2, 0), {}, 0.95)[0].steps == 0);
}
