// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "sifang/core/span_of.hpp"
#include "sifang/stats/before_after.hpp"
#include "sifang/stats/stepped_wedge.hpp"
#include "sifang/stats/trial_power.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

using namespace sifang;

namespace {

/// Variance of the effect by generalised least squares, with matrices: Σ Zᵢ' V⁻¹ Zᵢ, inverted.
double by_matrices(const stepped_design& d, double within, double between) {
  const std::size_t t = d.periods(), n = t + 1;
  const double shared = between / (within * (within + static_cast<double>(t) * between));  // V⁻¹ = I/σ² − shared J
  std::vector<std::vector<double>> a(n, std::vector<double>(n + 1, 0.0));
  for (std::size_t g = 0; g < d.groups; ++g) {
    for (std::size_t place = 0; place < d.size_of(g); ++place) {
      std::vector<std::vector<double>> z(t, std::vector<double>(n, 0.0));
      for (std::size_t j = 0; j < t; ++j) {
        z[j][j] = 1;
        z[j][t] = j > g ? 1 : 0;
      }
      for (std::size_t r = 0; r < n; ++r) {
        for (std::size_t c = 0; c < n; ++c) {
          for (std::size_t j = 0; j < t; ++j) {
            for (std::size_t k = 0; k < t; ++k) a[r][c] += z[j][r] * ((j == k ? 1 / within : 0) - shared) * z[k][c];
          }
        }
      }
    }
  }
  a[t][n] = 1;  // the last column of the inverse
  for (std::size_t p = 0; p < n; ++p) {
    for (std::size_t r = 0; r < n; ++r) {
      if (r == p) continue;
      const double f = a[r][p] / a[p][p];
      for (std::size_t c = p; c <= n; ++c) a[r][c] -= f * a[p][c];
    }
  }
  return a[t][n] / a[t][t];
}

/// A toy county: a season, chance of the whole year, chance of the month that hangs on in the next.
class toy {
 public:
  toy(double year, double month, double hangs_on, unsigned seed) : year_(year), month_(month), hangs_on_(hangs_on), source_(seed) {}
  std::vector<year_of_months> years(std::size_t n, double effect = 0) {
    std::vector<year_of_months> out(n);
    std::normal_distribution<double> normal;
    for (year_of_months& y : out) {
      const double shift = year_ * normal(source_);
      double e = month_ * normal(source_);
      for (std::size_t m = 0; m < year_months; ++m) {
        y[m] = {100 + 40 * std::sin(static_cast<double>(m)) + effect + shift + e, 1};
        e = hangs_on_ * e + std::sqrt(1 - hangs_on_ * hangs_on_) * month_ * normal(source_);
      }
    }
    return out;
  }
  /// Standard deviation of the mean of so many months of one year.
  double error(std::size_t months) const {
    double sum = 0;
    for (std::size_t a = 0; a < months; ++a) {
      for (std::size_t b = 0; b < months; ++b) {
        sum += year_ * year_ + month_ * month_ * std::pow(hangs_on_, a > b ? static_cast<double>(a - b) : static_cast<double>(b - a));
      }
    }
    return std::sqrt(sum) / static_cast<double>(months);
  }

 private:
  double year_, month_, hangs_on_;
  std::mt19937 source_;
};

/// Counts in 2000 trials must lie within this of a share p: four standard deviations.
double slack(double p, std::size_t n = 2000) { return 4 * std::sqrt(p * (1 - p) / static_cast<double>(n)); }

}  // namespace

TEST_CASE("the power of a difference is the textbook's", "[trial_power]") {
  CHECK(power_of_difference(0, 1) == Approx(0.05));
  CHECK(power_of_difference(0, 1, 0.1) == Approx(0.1));
  CHECK(power_of_difference(1.959963985 + 0.841621234, 1) == Approx(0.8).margin(1e-5));  // z of 97.5 % and of 80 %
  CHECK(power_of_difference(-2.801585219, 1) == Approx(power_of_difference(2.801585219, 1)));
  CHECK(power_of_difference(5.6, 2) == Approx(power_of_difference(2.8, 1)));
  CHECK(power_of_difference(1e300, 1e-300) == 1);
  CHECK(power_of_difference(0.1, 0) == 1);
  CHECK(power_of_difference(0, 0) == 0);
}

TEST_CASE("two one-sided tests show an absence by the closed form, and at the margin at most the level", "[trial_power]") {
  const double z = 1.6448536269514722;
  CHECK(power_of_absence(0, 3, 1) == Approx(2 * normal_below(3 - z) - 1));
  CHECK(power_of_absence(0, z + 1.2815515655446004, 1) == Approx(0.8).margin(1e-9));
  CHECK(power_of_absence(3, 3, 0.5) == Approx(0.05).margin(1e-9));
  CHECK(power_of_absence(-3, 3, 0.5) == Approx(power_of_absence(3, 3, 0.5)));
  CHECK(power_of_absence(0, 1, 1) == 0);  // the interval is wider than the margins: it never fits in
  CHECK(power_of_absence(0, 0, 1) == 0);
  CHECK(power_of_absence(0.5, 1, 0) == 1);
  CHECK(power_of_absence(1, 1, 0) == 0);
}

TEST_CASE("the least trial has the power from there on", "[trial_power]") {
  const std::vector<double> powers{0.5, 0.9, 0.7, 0.8, 0.85};
  const auto at = [&](std::size_t n) { return powers[n - 1]; };
  CHECK(least_with_power(5, 0.8, at) == std::optional<std::size_t>(4));
  CHECK(least_with_power(2, 0.8, at) == std::optional<std::size_t>(2));
  CHECK(least_with_power(5, 0.5, at) == std::optional<std::size_t>(1));
  CHECK_FALSE(least_with_power(5, 0.86, at));
  CHECK_FALSE(least_with_power(3, 0.8, at));
}

TEST_CASE("the variance of a stepped trial is that of generalised least squares", "[stepped_wedge]") {
  for (const auto& [places, groups] : {std::pair<std::size_t, std::size_t>{2, 2}, {4, 3}, {14, 5}, {14, 14}, {24, 4}}) {
    for (const auto& [within, between] : {std::pair(1.0, 0.0), {1.0, 0.5}, {0.3, 7.0}, {1e-4, 3e-5}}) {
      const stepped_design d{places, groups};
      CHECK(stepped_variance(d, within, between) == Approx(by_matrices(d, within, between)).epsilon(1e-8));
    }
  }
  // Two places, two groups, three periods, no variance between: K σ²/(K U − W) = 2/(2·3 − 5).
  CHECK(stepped_variance({2, 2}, 1, 0) == Approx(2));
}

TEST_CASE("nothing is told from the season where all begin at once", "[stepped_wedge]") {
  CHECK(std::isinf(stepped_variance({14, 1}, 1, 0.5)));
  CHECK(std::isinf(stepped_variance({1, 1}, 1, 0.5)));
  CHECK(std::isinf(stepped_variance({1, 1}, 0, 0)));
  CHECK(stepped_variance({14, 3}, 0, 1) == 0);
  const stepped_design d{14, 4};
  CHECK(d.size_of(0) + d.size_of(1) + d.size_of(2) + d.size_of(3) == 14);
  CHECK(d.size_of(0) == 4);
  CHECK(d.size_of(3) == 3);
}

TEST_CASE("a longer stepped trial is never worse, and the shortest has three months", "[stepped_wedge]") {
  CHECK(best_stepped(14, 2, 1, 0.5).months_each == 0);
  CHECK(best_stepped(1, 36, 1, 0.5).months_each == 0);
  const stepped_trial shortest = best_stepped(14, 3, 1, 0.5);
  CHECK(shortest.months_each == 1);
  CHECK(shortest.design.groups == 2);
  double last = shortest.variance;
  for (std::size_t months = 4; months <= 36; ++months) {
    const stepped_trial t = best_stepped(14, months, 1, 0.5);
    CHECK(t.variance <= last);
    CHECK(t.months_each * t.design.periods() <= months);
    CHECK(t.design.groups <= 14);
    last = t.variance;
  }
}

TEST_CASE("the error of a trial is that of its months and years, and the season drops out", "[before_after]") {
  toy county(3, 5, 0.6, 1);
  const auto before = county.years(20000), after = county.years(20000, -7);
  for (const std::size_t months : {1u, 3u, 12u}) {
    const before_after t = trial_of(detail::span_of(before), detail::span_of(after), months);
    CHECK(t.difference() == Approx(-7).margin(5 * county.error(months) / 100));
    CHECK(t.error == Approx(std::sqrt(2.0) * county.error(months)).epsilon(0.02));
  }
  // Two years against one: half the variance of a year on one side.
  const before_after two = trial_of(detail::span_of(before), detail::span_of(after), 24);
  CHECK(two.error == Approx(std::sqrt(1.5) * county.error(12)).epsilon(0.02));
  CHECK(two.difference() == Approx(-7).margin(0.2));
  const month_noise noise = noise_of(detail::span_of(before));
  CHECK(noise.month == Approx(std::sqrt(34.0)).epsilon(0.02));
  CHECK(noise.year == Approx(county.error(12)).epsilon(0.02));
  CHECK(noise.correlation == Approx((9 + 15) / 34.0).epsilon(0.03));
  CHECK(noise.varies);
}

TEST_CASE("variances of ratios are those of the ratio of the sums", "[before_after]") {
  std::mt19937 source(5);
  std::vector<year_of_months> years(20000);
  for (year_of_months& y : years) {
    for (month_sums& m : y) {
      m.denominator = std::poisson_distribution<int>(50)(source);
      m.numerator = std::binomial_distribution<int>(static_cast<int>(m.denominator), 0.9)(source);
    }
  }
  const before_after t = trial_of(detail::span_of(years), detail::span_of(years), 6);
  CHECK(t.before == Approx(0.9).margin(0.001));
  CHECK(t.error == Approx(std::sqrt(2 * 0.9 * 0.1 / 300)).epsilon(0.02));
  const month_noise noise = noise_of(detail::span_of(years));
  CHECK(noise.correlation == Approx(0).margin(0.02));
  CHECK(noise.dispersion == Approx(1).epsilon(0.02));
}

TEST_CASE("years that never vary and years with nothing to count give no NaN", "[before_after]") {
  year_of_months same{}, none{};
  same.fill({3, 1});
  const std::vector<year_of_months> alike(4, same), empty(4, none);
  const before_after t = trial_of(detail::span_of(alike), detail::span_of(alike), 5);
  CHECK(t.has_value);
  CHECK(t.error == 0);
  CHECK(t.difference() == 0);
  CHECK_FALSE(noise_of(detail::span_of(alike)).varies);
  CHECK(noise_of(detail::span_of(alike)).correlation == 0);
  year_of_months season{};
  for (std::size_t m = 0; m < year_months; ++m) season[m] = {1000.1 + 0.3 * static_cast<double>(m), 1};
  const std::vector<year_of_months> seasons(7, season);
  CHECK(trial_of(detail::span_of(seasons), detail::span_of(seasons), 17).error == 0);
  CHECK_FALSE(noise_of(detail::span_of(seasons)).varies);
  CHECK_FALSE(trial_of(detail::span_of(empty), detail::span_of(alike), 5).has_value);
  CHECK_FALSE(noise_of(detail::span_of(empty)).varies);
}

TEST_CASE("planned power comes true, and without an effect the level", "[before_after]") {
  toy county(3, 5, 0.4, 7);
  const std::size_t months = 6;
  const auto before = county.years(2000), after = county.years(2000);
  const double error = trial_of(detail::span_of(before), detail::span_of(after), months).error;
  for (const double effect : {0.0, 1.5 * error, 2.8 * error}) {
    const auto b = county.years(2000), a = county.years(2000, effect);
    double found = 0;
    for (std::size_t i = 0; i < b.size(); ++i) {
      double d = 0;
      for (std::size_t m = 0; m < months; ++m) d += (a[i][m].numerator - b[i][m].numerator) / static_cast<double>(months);
      found += std::abs(d) > 1.959964 * error;
    }
    const double planned = power_of_difference(effect, error);
    CHECK(found / 2000 == Approx(planned).margin(slack(planned) + 0.01));
  }
}

TEST_CASE("an evaluated trial has the difference in its interval as often as it says", "[before_after]") {
  // Known noise of years: 95 %, and more, since the t law is wider and the greater error is taken.
  toy county(4, 3, 0, 11);
  const std::size_t months = 12;
  const double known = std::sqrt(2.0) * county.error(months);
  double inside = 0, inside_alone = 0;
  for (std::size_t i = 0; i < 2000; ++i) {
    const auto b = county.years(1), a = county.years(1, 10);
    const trial_outcome t = evaluate_trial(b[0], a[0], known);
    inside += t.difference.contains(10);
    inside_alone += evaluate_trial(b[0], a[0], 0).difference.contains(10);
    CHECK(t.error >= known);
  }
  CHECK(inside / 2000 >= 0.95);
  CHECK(inside / 2000 <= 0.98);
  CHECK(inside_alone / 2000 < 0.6);  // what months alone cannot see
  // Months that are independent, and no chance of the year: the months are enough.
  toy quiet(0, 3, 0, 12);
  double covered = 0;
  for (std::size_t i = 0; i < 2000; ++i) covered += evaluate_trial(quiet.years(1)[0], quiet.years(1, 2)[0], 0).difference.contains(2);
  CHECK(covered / 2000 == Approx(0.96).margin(slack(0.95) + 0.01));
}

TEST_CASE("an evaluation of few, equal or empty months says so", "[before_after]") {
  const std::vector<month_sums> three{{10, 1}, {20, 1}, {30, 1}}, more{{12, 1}, {22, 1}, {32, 1}}, none(3);
  const std::vector<month_sums> two{{1, 1}, {2, 1}};
  CHECK(evaluate_trial(two, two, 1).difference.kind == interval_kind::too_little_data);
  CHECK_FALSE(evaluate_trial(none, three, 1).difference.has_value());
  CHECK_FALSE(evaluate_trial({}, {}, 1).difference.has_value());
  const trial_outcome same = evaluate_trial(three, more, 0);  // two more in each month: a season that is taken out
  CHECK(same.difference.estimate == Approx(2));
  CHECK(same.difference.kind == interval_kind::constant);
  const trial_outcome wide = evaluate_trial(three, more, 1);
  CHECK(wide.difference.kind == interval_kind::two_sided);
  CHECK(wide.difference.upper == Approx(2 + 4.302652729911275));
}
