// SPDX-License-Identifier: BSL-1.0
// The search for parameters on models that are a formula, where the answer is known.
#include "catch.hpp"
#include "sifang/experiment/moment_fit.hpp"

#include <cmath>
#include <limits>
#include <vector>

using namespace sifang;

namespace {

/// Asks a formula, which gives no figures where it cannot be.
template <class Formula>
auto model(Formula formula) {
  return [formula](const std::vector<std::vector<double>>& points) {
    std::vector<fit_point> out;
    for (const std::vector<double>& p : points) out.push_back({formula(p)});
    return out;
  };
}
fit_parameter range(double least, double most, double start) { return {least, most, start, 0, false}; }
fit_target target(double value, double spread, double weight = 1) { return {value, spread, weight}; }

}  // namespace

TEST_CASE("singular values: those of a matrix that is known, of one that is singular, and of fewer rows than columns") {
  small_matrix a(2, 2);
  a.values = {3, 0, 4, 5};
  const singular_system s = singular_values(a);
  CHECK(s.values[0] == Approx(std::sqrt(45.0)));
  CHECK(s.values[1] == Approx(std::sqrt(5.0)));
  CHECK(s.directions.at(0, 0) == Approx(std::sqrt(0.5)));
  CHECK(s.directions.at(0, 1) == Approx(std::sqrt(0.5)));

  small_matrix twins(3, 2);
  twins.values = {1, 2, 2, 4, 3, 6};
  const singular_system t = singular_values(twins);
  CHECK(t.values[0] == Approx(std::sqrt(70.0)));
  CHECK(t.values[1] < 1e-14);
  CHECK(t.directions.at(1, 0) / t.directions.at(1, 1) == Approx(-2));

  small_matrix wide(1, 3);
  wide.values = {0, -2, 0};
  const singular_system w = singular_values(wide);
  CHECK(w.values == std::vector<double>{2, 0, 0});
  CHECK(w.directions.at(0, 1) == 1);
  CHECK(singular_values(small_matrix(3, 0)).values.empty());
}

TEST_CASE("a bent model is fitted to its own figures, and errors are those of the straight model there") {
  const auto formula = [](const std::vector<double>& p) { return std::vector<double>{std::exp(p[0]), p[0] * p[1], p[1] * p[1]}; };
  const std::vector<double> truth{0.7, 3};
  const std::vector<double> figures = formula(truth);
  const moment_fit found = fit_moments({range(-2, 2, -1), range(0, 10, 8)},
                                       {target(figures[0], 0.1), target(figures[1], 0.2), target(figures[2], 0.5)}, model(formula));
  CHECK(found.end == fit_end::settled);
  CHECK(found.values[0] == Approx(0.7).epsilon(1e-3));
  CHECK(found.values[1] == Approx(3).epsilon(1e-3));
  CHECK(found.misfit < 1e-4);
  CHECK(found.misfit_at_start > 100);
  // J at the truth by hand: (e^0.7, 0), (3, 0.7), (0, 6), in spreads
  const double a = std::exp(0.7) / 0.1, b = 3 / 0.2, c = 0.7 / 0.2, d = 6 / 0.5;
  const double xx = a * a + b * b, xy = b * c, yy = c * c + d * d, det = xx * yy - xy * xy;
  CHECK(found.errors[0] == Approx(std::sqrt(yy / det)).epsilon(0.01));
  CHECK(found.errors[1] == Approx(std::sqrt(xx / det)).epsilon(0.01));
  CHECK(found.is_fixed == std::vector<std::uint8_t>{1, 1});
  CHECK(found.is_moved == std::vector<std::uint8_t>{1, 1, 1});
  CHECK(found.condition() > 1);
  CHECK(found.condition() < 100);
  CHECK(found.slopes.at(1, 0) == Approx(3).epsilon(0.01));
  CHECK(found.sensitivity.at(2, 1) == Approx(6 * 10 / 0.5).epsilon(0.01));
}

TEST_CASE("two parameters that only move together are not fixed separately, and their mix is") {
  const auto formula = [](const std::vector<double>& p) { return std::vector<double>{p[0] + p[1], p[2]}; };
  const moment_fit found =
      fit_moments({range(0, 10, 2), range(0, 10, 3), range(0, 1, 0.5)}, {target(7, 0.1), target(0.25, 0.01)}, model(formula));
  CHECK(found.values[0] + found.values[1] == Approx(7).epsilon(2e-3));
  CHECK(found.values[1] - found.values[0] == Approx(1).epsilon(1e-2));  // what the figures do not say stays as it was
  CHECK(found.values[2] == Approx(0.25).epsilon(1e-2));
  CHECK(found.errors[0] == Approx(10 / std::sqrt(24.0)).epsilon(0.01));  // half of it is known, of the other half the range
  CHECK(found.errors[2] == Approx(0.01).epsilon(0.01));
  CHECK(found.is_fixed == std::vector<std::uint8_t>{0, 0, 1});
  REQUIRE(found.directions.size() == 3);
  CHECK(found.directions[1].is_fixed);
  CHECK_FALSE(found.directions[2].is_fixed);
  CHECK(std::abs(found.directions[2].parts[0]) == Approx(std::sqrt(0.5)));
  CHECK(found.directions[2].parts[0] == Approx(-found.directions[2].parts[1]));
  CHECK(found.condition() > 1e6);
}

TEST_CASE("a figure that nothing moves and a parameter that moves nothing are told; a figure of weight 0 pulls at nothing") {
  const auto formula = [](const std::vector<double>& p) { return std::vector<double>{p[0], 5, 3 * p[0]}; };
  const moment_fit found =
      fit_moments({range(0, 10, 4), range(0, 1, 0.5)}, {target(6, 0.5), target(9, 1), target(100, 1, 0)}, model(formula));
  CHECK(found.values[0] == Approx(6).epsilon(1e-3));
  CHECK(found.values[1] == 0.5);  // stays where it was
  CHECK(found.is_moved == std::vector<std::uint8_t>{1, 0, 1});
  CHECK(found.is_fixed == std::vector<std::uint8_t>{1, 0});
  CHECK(found.errors[1] == Approx(1 / std::sqrt(12.0)));  // no more than the range
  CHECK(std::isinf(found.condition()));
  CHECK(found.misfit == Approx(16).epsilon(1e-6));
}

TEST_CASE("parameters stay within their ranges, and whole ones are whole") {
  const auto formula = [](const std::vector<double>& p) { return std::vector<double>{p[0], p[1]}; };
  bool inside = true, whole = true;
  const auto watched = [&](const std::vector<std::vector<double>>& points) {
    for (const auto& p : points) {
      inside = inside && p[0] >= 0 && p[0] <= 3 && p[1] >= 1 && p[1] <= 50;
      whole = whole && p[1] == std::round(p[1]);
    }
    return model(formula)(points);
  };
  fit_parameter days = range(1, 50, 10);
  days.whole = true;
  const moment_fit found = fit_moments({range(0, 3, 1), days}, {target(8, 0.5), target(22.4, 1)}, watched);
  CHECK(inside);
  CHECK(whole);
  CHECK(found.values == std::vector<double>{3, 22});
  CHECK(found.is_fixed == std::vector<std::uint8_t>{1, 1});
}

TEST_CASE("a search goes round what cannot be, and says when it cannot begin or was stopped") {
  const auto formula = [](const std::vector<double>& p) { return p[0] > 4 ? std::vector<double>{} : std::vector<double>{p[0] * p[0]}; };
  const moment_fit found = fit_moments({range(0, 10, 1)}, {target(15, 0.1)}, model(formula));
  CHECK(found.values[0] == Approx(std::sqrt(15.0)).epsilon(1e-3));
  CHECK(fit_moments({range(0, 10, 5)}, {target(15, 0.1)}, model(formula)).end == fit_end::impossible);
  const auto none = [](const std::vector<double>&) { return std::vector<double>{std::numeric_limits<double>::quiet_NaN()}; };
  CHECK(fit_moments({range(0, 10, 5)}, {target(15, 0.1)}, model(none)).end == fit_end::impossible);
  int asked = 0;
  const auto stopping = [&](const std::vector<std::vector<double>>& points) {
    return ++asked > 2 ? std::vector<fit_point>() : model(formula)(points);
  };
  const moment_fit stopped = fit_moments({range(0, 10, 1)}, {target(15, 0.1)}, stopping);
  CHECK(stopped.end == fit_end::stopped);
  CHECK(stopped.values.size() == 1);
  fit_options no_turns;
  no_turns.turns = 0;
  const moment_fit looked = fit_moments({range(0, 10, 1)}, {target(15, 0.1)}, model(formula), no_turns);
  CHECK(looked.end == fit_end::out_of_turns);
  CHECK(looked.values[0] == 1);
  CHECK(looked.slopes.at(0, 0) == Approx(2));
}

TEST_CASE("a slope that is no more than chance fixes nothing") {
  // Two replications of each point: the figure is 0 plus luck that has nothing to do with the parameter.
  int turn = 0;
  const auto noisy = [&](const std::vector<std::vector<double>>& points) {
    std::vector<fit_point> out;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const double luck = (++turn % 2 == 0 ? 1 : -1) * 0.5;
      out.push_back({{luck}, {luck * 3, -luck * 3, luck * 5, -luck * 5}});
    }
    return out;
  };
  const moment_fit found = fit_moments({range(0, 1, 0.5)}, {target(0.4, 0.01)}, noisy);
  REQUIRE(found.directions.size() == 1);
  CHECK(found.directions[0].strength > 100);  // of what is luck alone
  CHECK(found.directions[0].noise > found.directions[0].strength / 3);
  CHECK_FALSE(found.directions[0].is_fixed);
  CHECK(found.is_fixed == std::vector<std::uint8_t>{0});
  CHECK(found.is_moved == std::vector<std::uint8_t>{0});
}
