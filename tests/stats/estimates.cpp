// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/sim/random.hpp"
#include "sifang/sim/variates.hpp"
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

TEST_CASE("mean and its interval by hand") {
  const std::vector<double> v{1, 2, 3, 4, 5};
  const interval i = mean_interval(v);
  CHECK(i.estimate == 3);
  CHECK(i.half_width() == Approx(2.7764451051977987 * 1.5811388300841898 / 2.23606797749979));  // t(4) s / √5
  const interval one = mean_interval(std::vector<double>{7});
  CHECK(one.has_value);
  CHECK_FALSE(one.bounded);
  CHECK_FALSE(mean_interval({}).has_value);
}

TEST_CASE("a ratio is ΣY/ΣN, not the mean of ratios, and has no value when there was nothing") {
  const std::vector<double> y{1, 9}, n{1, 3};
  const interval i = ratio_interval(y, n);
  CHECK(i.estimate == 2.5);
  // e = ∓1.5, ±1.5: s² = 4.5, half-width = t(1) √4.5 / (2 √2)
  CHECK(i.half_width() == Approx(12.706204736174694 * std::sqrt(4.5) / (2 * std::sqrt(2.0))));
  CHECK_FALSE(ratio_interval(std::vector<double>{0, 0}, std::vector<double>{0, 0}).has_value);
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

TEST_CASE("intervals cover: mean, ratio and paired difference, 2000 times, within binomial error") {
  // Nominal 95 %: 2000 trials have a standard error of 0.49 points; four of them either way, and skew costs a
  // ratio of exponentials at n = 30 up to one point more.
  int mean_hits = 0, ratio_hits = 0, difference_hits = 0;
  const int trials = 2000, n = 30;
  for (int k = 0; k < trials; ++k) {
    const random_source r(11, static_cast<std::uint32_t>(k));
    std::vector<double> x, y, d, other, other_d;
    for (int i = 0; i < n; ++i) {
      const auto e = static_cast<std::uint64_t>(i);
      x.push_back(normal(r.uniform(e, 0u)));
      const double size = 20 + 10 * r.uniform(e, 1u);
      d.push_back(size);
      y.push_back(size * 0.4 + normal(r.uniform(e, 2u)));
      other_d.push_back(size);
      other.push_back(size * 0.5 + normal(r.uniform(e, 2u)) + 0.3 * normal(r.uniform(e, 3u)));
    }
    mean_hits += mean_interval(x).contains(0);
    ratio_hits += ratio_interval(y, d).contains(0.4);
    difference_hits += compare_ratios(y, d, other, other_d).difference.contains(0.1);
  }
  for (int hits : {mean_hits, ratio_hits, difference_hits}) {
    CHECK(hits > 0.92 * trials);
    CHECK(hits < 0.97 * trials);
  }
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
  CHECK_FALSE(wilson_interval(0, 0).has_value);
}

TEST_CASE("Holm steps down until the first that does not stand") {
  const std::vector<double> p{0.04, 0.001, 0.02, 0.5};
  CHECK(holm(p, 0.05) == std::vector<bool>{false, true, false, false});  // 0.02 > 0.05 / 3
  CHECK(holm(std::vector<double>{0.01, 0.02, 0.03}, 0.05) == std::vector<bool>{true, true, true});
}
