// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/random/random.hpp"
#include "sifang/stats/linear_effects.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

using namespace sifang;

namespace {

enum class draw : std::uint32_t { of_a_point = 1 };
using columns = std::vector<std::vector<double>>;

linear_effects fit(const columns& x, const std::vector<double>& y, double confidence = 0.95) {
  return linear_effects_of(detail::span_of(x), detail::span_of(y), confidence);
}

}  // namespace

TEST_CASE("the effects of a straight line are its slopes times the ranges, whatever the units") {
  columns x(2);
  std::vector<double> y;
  for (int i = 0; i < 12; ++i) {
    x[0].push_back(1000 + 10 * i);
    x[1].push_back(1e-6 * ((5 * i) % 12));
    y.push_back(7 + 0.5 * x[0].back() - 2e6 * x[1].back());
  }
  const linear_effects e = fit(x, y);
  REQUIRE(e.of.size() == 2);
  CHECK(e.points == 12);
  CHECK(e.explained == Approx(1));
  CHECK(e.of[0].over.estimate == Approx(0.5 * 110));
  CHECK(e.of[1].over.estimate == Approx(-2e6 * 11e-6));
  CHECK(e.of[0].over.half_width() < 1e-6);
  CHECK(e.of[0].over.kind == interval_kind::two_sided);
  // Both columns have the same deviation in steps, so standardised slopes are as the effects.
  CHECK(e.of[0].standard.estimate / e.of[1].standard.estimate == Approx(55.0 / -22.0));
}

TEST_CASE("intervals are Student's, as a textbook has them") {
  const columns x{{1, 2, 3, 4, 5, 6}};
  const std::vector<double> y{2, 4, 5, 4, 5, 8};
  const linear_effects e = fit(x, y);
  REQUIRE(e.of.size() == 1);
  // By hand: x̄ 3.5, ȳ 14/3, Sxx 17.5, Sxy 16, slope 32/35; residual 19.3333 − 16²/17.5 over 4.
  const double slope = 16 / 17.5, variance = (58.0 / 3 - 256 / 17.5) / 4, half = 2.7764451 * std::sqrt(variance / 17.5);
  CHECK(e.of[0].over.estimate == Approx(5 * slope));
  CHECK(e.of[0].over.lower == Approx(5 * (slope - half)));
  CHECK(e.of[0].over.upper == Approx(5 * (slope + half)));
  CHECK(e.of[0].standard.estimate == Approx(16 / std::sqrt(17.5 * 58.0 / 3)));
  CHECK(e.explained == Approx(1 - variance / (58.0 / 3 / 5)));
  CHECK(fit(x, y, 0.5).of[0].over.half_width() < e.of[0].over.half_width());
}

TEST_CASE("nothing is said of too few points, of what never varies, and of what varies with another only") {
  const columns one{{1, 2, 3, 4, 5}};
  CHECK(fit(one, {1, 2, 3, 4, 6}).of.empty());
  CHECK(fit({}, {1, 2, 3}).of.empty());
  CHECK(fit({{}}, {}).of.empty());
  const columns x{{1, 2, 3, 4, 5, 6, 7, 8}, {5, 5, 5, 5, 5, 5, 5, 5}, {2, 4, 6, 8, 10, 12, 14, 16}};
  const linear_effects e = fit(x, {1, 3, 2, 5, 4, 6, 8, 7});
  REQUIRE(e.of.size() == 3);
  CHECK(e.of[0].over.estimate > 5);
  CHECK_FALSE(e.of[1].over.has_value());
  CHECK_FALSE(e.of[2].over.has_value());
  CHECK_FALSE(e.of[2].standard.has_value());
  const linear_effects flat = fit(x, std::vector<double>(8, 0.25));
  CHECK(flat.of[0].over.kind == interval_kind::constant);
  CHECK(flat.of[0].over.estimate == 0);
  CHECK(flat.explained == 0);
}

TEST_CASE("intervals over random points hold the truth as often as they say") {
  const random_source from(2022, 0);
  int held = 0, tried = 0;
  for (std::uint64_t trial = 0; trial < 400; ++trial) {
    std::uint32_t at = 0;
    const auto next = [&] { return from.uniform(trial, draw::of_a_point, at++); };
    columns x(3);
    std::vector<double> y;
    for (int i = 0; i < 20; ++i) {
      double sum = 0;
      for (std::size_t j = 0; j < 3; ++j) {
        x[j].push_back(next());
        sum += static_cast<double>(j) * x[j].back();
      }
      y.push_back(sum + next() + next() - next());
    }
    const linear_effects e = fit(x, y, 0.9);
    for (std::size_t j = 0; j < 3; ++j) {
      const double range = *std::max_element(x[j].begin(), x[j].end()) - *std::min_element(x[j].begin(), x[j].end());
      held += e.of[j].over.contains(static_cast<double>(j) * range) ? 1 : 0;
      ++tried;
    }
  }
  // 1,200 nearly independent statements of 90 %: a standard error of 0.87 points, and room for more than three.
  CHECK(held > 0.87 * tried);
  CHECK(held < 0.93 * tried);
}
