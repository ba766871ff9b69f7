// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/dispersion.hpp"
#include "sifang/stats/rate_fit.hpp"

#include <array>
#include <cmath>
#include <initializer_list>
#include <vector>

using namespace sifang;

namespace {

std::vector<double> spelt_out(std::initializer_list<int> how_often) {
  std::vector<double> out;
  double value = 0;
  for (const int times : how_often) out.insert(out.end(), static_cast<std::size_t>(times), value++);
  return out;
}

constexpr std::array<double, 7> weekdays{1.5, 1.25, 1.1, 1.05, 1.1, 0.6, 0.4};
constexpr std::array<double, 12> months{1.4, 0.8, 1, 1, 1.1, 0.9, 1, 1, 0.7, 1.1, 1, 1};

/// Two years of days with these weights.
std::vector<cell_count> two_years(double base, double overdispersion, std::uint32_t number) {
  random_stream luck(11, number, 3u);
  std::vector<cell_count> out;
  for (int d = 0; d < 728; ++d) {
    const auto month = static_cast<std::uint16_t>(d % 364 * 12 / 364), weekday = static_cast<std::uint16_t>(d % 7);
    out.push_back({{month, weekday}, double(negative_binomial(luck(), base * months[month] * weekdays[weekday], overdispersion))});
  }
  return out;
}

}  // namespace

TEST_CASE("The chi-square tail is scipy's") {
  CHECK(chi_square_tail(300, 250) == Approx(0.016518273157868715).epsilon(1e-10));
  CHECK(chi_square_tail(3.84, 1) == Approx(0.05004352124870519).epsilon(1e-10));
  CHECK(chi_square_tail(1e-3, 4) == Approx(0.9999998750416589).epsilon(1e-12));
}

TEST_CASE("Counts of the literature: horse kicks and alpha particles are Poisson's, accidents are not") {
  // Bortkiewicz 1898, 200 corps-years; Rutherford & Geiger 1910, 2608 intervals; Greenwood & Yule 1920, 647 women. X² and p: scipy 1.17.1.
  const auto kicks = test_dispersion(spelt_out({109, 65, 22, 3, 1}));
  CHECK(kicks.statistic == Approx(199.31147540983608));
  CHECK(kicks.df == 199);
  CHECK(kicks.p == Approx(0.48044953149214153).epsilon(1e-9));
  const auto particles = test_dispersion(spelt_out({57, 203, 383, 525, 532, 408, 273, 139, 45, 27, 10, 4, 0, 1, 1}));
  CHECK(particles.statistic == Approx(2488.9181935228285));
  CHECK(particles.p == Approx(0.95067107835891).epsilon(1e-9));
  const auto accidents = test_dispersion(spelt_out({447, 132, 42, 21, 3, 2}));
  CHECK(accidents.statistic == Approx(960.7574750830564));
  CHECK(accidents.p == Approx(9.567222627760962e-15).epsilon(1e-6));
  CHECK(accidents.index == Approx(960.7574750830564 / 646));
}

TEST_CASE("Nothing counted, and one count, are no evidence") {
  CHECK(test_dispersion(std::vector<double>(20, 0.0)).p == 1);
  CHECK(test_dispersion(std::vector<double>{5}).p == 1);
  CHECK(test_dispersion(std::vector<double>{}).index == 1);
}

TEST_CASE("Rates that multiply give back the sums of every level, as the most likely ones do") {
  const auto cells = two_years(3, 1.5, 0);
  const std::array<std::size_t, 2> levels{12, 7};
  const rate_fit fit = fit_rates(cells, levels);
  for (std::size_t f = 0; f < 2; ++f) {
    double weights = 0;
    for (std::size_t l = 0; l < levels[f]; ++l) {
      double expected = 0;
      for (std::size_t i = 0; i < cells.size(); ++i) expected += cells[i].levels[f] == l ? fit.means[i] : 0;
      CHECK(expected == Approx(fit.factors[f][l].count).epsilon(1e-9));
      weights += fit.factors[f][l].weight.estimate;
    }
    CHECK(weights == Approx(static_cast<double>(levels[f])));
  }
  CHECK(fit.estimated == 18);
  CHECK(fit.dispersion.df == 728 - 18);
}

TEST_CASE("Weights and overdispersion that were put in are found, within intervals that say how well") {
  const std::array<std::size_t, 2> levels{12, 7};
  constexpr int samples = 200;
  for (const double overdispersion : {1.0, 2.5}) {
    int monday = 0, sunday = 0, january = 0, ratio = 0, rejected = 0;
    for (int s = 0; s < samples; ++s) {
      const rate_fit fit = fit_rates(two_years(2, overdispersion, static_cast<std::uint32_t>(s)), levels);
      monday += fit.factors[1][0].weight.contains(weekdays[0]);
      sunday += fit.factors[1][6].weight.contains(weekdays[6]);
      january += fit.factors[0][0].weight.contains(months[0]);
      ratio += fit.overdispersion.contains(overdispersion);
      rejected += fit.dispersion.p <= 0.05;
    }
    INFO("overdispersion " << overdispersion << ": " << monday << ' ' << sunday << ' ' << january << ' ' << ratio << ' ' << rejected);
    // 190 of 200 are expected, with a standard error of 3.
    for (const int covered : {monday, sunday, january, ratio}) CHECK(covered >= 180);
    if (overdispersion == 1)
      CHECK(rejected <= 20);  // 10 are expected of Poisson counts; once in 600 more than 20
    else
      CHECK(rejected == samples);
  }
}

TEST_CASE("Without taking season and weekday out, Poisson counts look as if they varied too much") {
  const std::array<std::size_t, 2> levels{12, 7};
  const rate_fit fit = fit_rates(two_years(6, 1, 1), levels);
  CHECK(fit.as_one.p < 1e-6);
  CHECK(fit.dispersion.p > 0.01);
}

TEST_CASE("A level without a cell has no weight, one whose cells are empty has an upper bound") {
  std::vector<cell_count> cells;
  for (int i = 0; i < 90; ++i) cells.push_back({{static_cast<std::uint16_t>(i % 3)}, i % 3 == 2 ? 0.0 : double(2 + i % 2)});
  const rate_fit fit = fit_rates(cells, std::array<std::size_t, 1>{4});
  CHECK_FALSE(fit.factors[0][3].weight.has_value());
  CHECK(fit.factors[0][2].weight.kind == interval_kind::at_most);
  CHECK(fit.factors[0][2].weight.estimate == 0);
  CHECK(fit.factors[0][2].weight.upper > 0);
  CHECK(fit.factors[0][0].weight.estimate + fit.factors[0][1].weight.estimate == Approx(3));
}
