// SPDX-License-Identifier: BSL-1.0
// Estimates made sharper by what is known beforehand.
#include "catch.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/control_variates.hpp"

#include <array>
#include <cmath>
#include <vector>

using namespace sifang;

namespace {

/// Values 5 + 2 (c₁ − 3) − (c₂ − 1) + noise, with controls of known means 3 and 1, and one that has nothing to do with them.
struct sample {
  std::vector<double> values;
  std::array<control_variate, 3> controls{control_variate{{}, 3}, control_variate{{}, 1}, control_variate{{}, 0}};

  sample(std::size_t n, std::uint32_t seed, double noise) {
    const random_source luck(11, seed);
    for (std::size_t i = 0; i < n; ++i) {
      const auto draw = [&](std::uint32_t purpose) { return normal(luck.uniform(i, purpose)); };
      controls[0].values.push_back(3 + draw(0));
      controls[1].values.push_back(1 + draw(1) + 0.5 * (controls[0].values.back() - 3));
      controls[2].values.push_back(draw(2));
      values.push_back(5 + 2 * (controls[0].values.back() - 3) - (controls[1].values.back() - 1) + noise * draw(3));
    }
  }
};

}  // namespace

TEST_CASE("one control moves the mean by the textbook's coefficient, with the textbook's error") {
  const sample s(30, 4, 1);
  const std::span<const control_variate> one(s.controls.data(), 1);
  const controlled_mean found = control_mean(s.values, one);
  double my = 0, mc = 0, cc = 0, cy = 0;
  for (std::size_t i = 0; i < 30; ++i) {
    my += s.values[i] / 30;
    mc += s.controls[0].values[i] / 30;
  }
  for (std::size_t i = 0; i < 30; ++i) {
    const double c = s.controls[0].values[i] - mc;
    cc += c * c;
    cy += c * (s.values[i] - my);
  }
  const double beta = cy / cc, moved = my - beta * (mc - 3);
  double rest = 0;
  for (std::size_t i = 0; i < 30; ++i) rest += std::pow(s.values[i] - my - beta * (s.controls[0].values[i] - mc), 2);
  const double error = std::sqrt(rest / 28 * (1.0 / 30 + (mc - 3) * (mc - 3) / cc)), t = student_t_quantile(0.975, 28);
  CHECK(found.used == 1);
  CHECK(found.coefficients[0] == Approx(beta));
  CHECK(found.controlled.estimate == Approx(moved));
  // The wider of Student's bound and the skew-adjusted one, on either side.
  CHECK(found.controlled.upper - moved >= t * error * (1 - 1e-9));
  CHECK(moved - found.controlled.lower >= t * error * (1 - 1e-9));
  CHECK(found.controlled.half_width() < 1.3 * t * error);
  CHECK(found.plain.estimate == Approx(my));
}

TEST_CASE("controls that say all leave no width, and those that say nothing cost little") {
  const sample exact(25, 1, 0);
  const controlled_mean all = control_mean(exact.values, std::span(exact.controls.data(), 2));
  CHECK(all.controlled.estimate == Approx(5).epsilon(1e-12));
  CHECK(all.controlled.half_width() < 1e-9);
  CHECK(all.coefficients[0] == Approx(2));
  CHECK(all.coefficients[1] == Approx(-1));
  CHECK(all.variance_saved > 0.999999);
  const sample noisy(100, 2, 1);
  const controlled_mean none = control_mean(noisy.values, std::span(noisy.controls.data() + 2, 1));
  CHECK(none.used == 1);
  CHECK(none.variance_saved > -0.1);
  CHECK(none.variance_saved < 0.1);
}

TEST_CASE("too many controls are refused, and those without a say of their own are left out") {
  const sample s(16, 3, 1);
  CHECK(most_controls(16) == 3);
  CHECK(most_controls(14) == 2);
  const controlled_mean three = control_mean(s.values, s.controls);
  CHECK_FALSE(three.refused);
  CHECK(three.used == 0);  // 13 degrees of freedom and fewer are too few for an interval
  CHECK(three.controlled.lower == three.plain.lower);
  std::vector<control_variate> four(s.controls.begin(), s.controls.end());
  four.push_back(s.controls[0]);
  CHECK(control_mean(s.values, four).refused);
  CHECK(control_mean(s.values, four).controlled.upper == control_mean(s.values, four).plain.upper);
  CHECK(control_mean(s.values, four).variance_saved == 0);

  const sample more(40, 3, 1);
  std::vector<control_variate> odd(more.controls.begin(), more.controls.begin() + 1);
  odd.push_back({std::vector<double>(40, 7.1), 7.1});  // never varies
  odd.push_back(odd[0]);                               // follows from the first
  for (double& v : odd[2].values) v = 4 - 3 * v;
  odd[2].mean = 4 - 3 * odd[2].mean;
  const controlled_mean found = control_mean(more.values, odd);
  const controlled_mean first = control_mean(more.values, std::span(odd.data(), 1));
  CHECK(found.used == 1);
  CHECK(found.controlled.lower == first.controlled.lower);
  CHECK(found.coefficients[1] == 0);
  CHECK(found.coefficients[2] == 0);
}

TEST_CASE("without variation, with few values, or without controls the estimate is the plain one") {
  const sample s(40, 5, 1);
  CHECK(control_mean(s.values, {}).controlled.lower == control_mean(s.values, {}).plain.lower);
  const controlled_mean constant = control_mean(std::vector<double>(40, 2.5), s.controls);
  CHECK(constant.controlled.kind == interval_kind::constant);
  CHECK(constant.used == 0);
  const sample few(10, 5, 1);
  CHECK(control_mean(few.values, std::span(few.controls.data(), 1)).controlled.kind == interval_kind::too_little_data);
  CHECK_FALSE(control_mean({}, {}).controlled.has_value());
}

TEST_CASE("adjusted intervals hold the truth as often as they say, and are as much narrower as theory says") {
  constexpr int trials = 3000;
  int held = 0;
  double saved = 0;
  for (std::uint32_t k = 0; k < trials; ++k) {
    const sample s(40, k, 1);
    const controlled_mean found = control_mean(s.values, std::span(s.controls.data(), 2));
    held += found.controlled.contains(5);
    saved += found.variance_saved / trials;
  }
  CAPTURE(held, saved);
  CHECK(held > 0.94 * trials);
  CHECK(held < 0.98 * trials);
  // Var = 1 with controls; without 1 + Var(2a − (b + a/2)) = 1 + 1.5² + 1 = 4.25. Skew-adjusted bounds are a little wider on both.
  CHECK(saved > 0.72);
  CHECK(saved < 0.79);
}
