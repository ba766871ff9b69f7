// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <vector>

using namespace sifang;

TEST_CASE("Student's t agrees with an independent implementation") {
  for (double df : {1.0, 2.0, 5.0, 9.0, 29.0, 99.0, 999.0}) {
    for (double p : {0.6, 0.9, 0.975, 0.995, 0.9999}) {
      const double expected = boost::math::quantile(boost::math::students_t(df), p);
      CHECK(student_t_quantile(p, df) == Approx(expected).epsilon(1e-10));  // both claim about 1e-13
      CHECK(student_t_cdf(expected, df) == Approx(p).epsilon(1e-12));
      CHECK(student_t_quantile(1 - p, df) == Approx(-expected).epsilon(1e-9));
    }
  }
}

TEST_CASE("merged accumulators are as if all values had come to one") {
  accumulator all, a, b;
  for (int i = 0; i < 100; ++i) {
    const double x = std::sin(i) * 1e3 + 1e6;
    all.add(x);
    (i < 37 ? a : b).add(x);
  }
  a.merge(b);
  CHECK(a.count() == 100);
  CHECK(a.mean() == Approx(all.mean()).epsilon(1e-14));
  CHECK(a.variance() == Approx(all.variance()).epsilon(1e-10));
}

TEST_CASE("pairing on common random numbers shows in the variance ratio") {
  std::vector<double> a, b;
  const random_source r(3, 0);
  for (std::uint64_t i = 0; i < 200; ++i) {
    const double common = normal(r.uniform(i, 0u));
    a.push_back(common);
    b.push_back(common + 0.5 + 0.1 * normal(r.uniform(i, 1u)));
  }
  const auto p = compare_means(a, b);
  CHECK(p.variance_ratio > 50);
  CHECK(p.difference.contains(0.5));
  CHECK(p.p_value < 1e-6);
  CHECK(compare_means(a, a).p_value == 1);
}

TEST_CASE("Wilson's interval: the figures of 1 in 10, by hand") {
  const interval i = wilson_interval(1, 10);
  CHECK(i.lower == Approx(0.01787621));
  CHECK(i.upper == Approx(0.40415003));
  CHECK(wilson_interval(0, 10).lower == Approx(0).margin(1e-15));  // rounding of one subtraction
  CHECK_FALSE(wilson_interval(0, 0).has_value());
}

TEST_CASE("Holm steps down until the first that does not stand") {
  const std::vector<double> p{0.04, 0.001, 0.02, 0.5};
  CHECK(holm(p, 0.05) == std::vector<bool>{false, true, false, false});  // 0.02 > 0.05 / 3
  CHECK(holm(std::vector<double>{0.01, 0.02, 0.03}, 0.05) == std::vector<bool>{true, true, true});
}

TEST_CASE("a difference of shares ends at one, a difference of amounts does not") {
  std::vector<double> low, high, trials(16, 1);
  for (int i = 0; i < 16; ++i) low.push_back(i % 4 == 0 ? 0.4 : 0), high.push_back(i % 4 == 1 ? 0.4 : 1);
  for (const quantity what : {quantity::share, quantity::yearly_share}) {
    const interval up = compare_ratios(low, trials, high, trials, 0.999, what).difference;
    CHECK(up.estimate == Approx(0.75));
    CHECK(up.upper == 1);
    CHECK(up.lower > -1);
    const interval down = compare_ratios(high, trials, low, trials, 0.999, what).difference;
    CHECK(down.lower == -1);
    CHECK(down.upper < 1);
  }
  CHECK(compare_ratios(low, trials, high, trials, 0.999, quantity::amount).difference.upper > 1);
  CHECK(compare_ratios(high, trials, low, trials, 0.999, quantity::amount).difference.lower < -1);
}
