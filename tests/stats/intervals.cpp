// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

using namespace sifang;

namespace {

double t_of(std::size_t n, double confidence = 0.95) {
  return boost::math::quantile(boost::math::students_t(static_cast<double>(n - 1)), 0.5 + confidence / 2);
}
/// Hall's polynomial, as METHODS 4 and the paper have it, of a skewness.
double hall(double t, double skewness, double n) {
  const double root = std::sqrt(n);
  return t + skewness * t * t / (3 * root) + skewness * skewness * t * t * t / (27 * n) + skewness / (6 * root);
}
double mean_of(const std::vector<double>& v) { return std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size()); }
/// Sample skewness with the correction for its size (G1).
double skewness_of(const std::vector<double>& v) {
  const double n = static_cast<double>(v.size()), mean = mean_of(v);
  double squares = 0, cubes = 0;
  for (double x : v) squares += std::pow(x - mean, 2), cubes += std::pow(x - mean, 3);
  return cubes / n / std::pow(squares / n, 1.5) * std::sqrt(n * (n - 1)) / (n - 2);
}
double error_of(const std::vector<double>& v) {
  accumulator a;
  for (double x : v) a.add(x);
  return a.deviation() / std::sqrt(static_cast<double>(v.size()));
}
std::vector<double> exponentials(std::size_t n, std::uint32_t which) {
  std::vector<double> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(exponential(random_source(8, which).uniform(i, 0u), 1));
  return out;
}

}  // namespace

TEST_CASE("the mean of skewed amounts has bounds at which Hall's statistic is Student's") {
  for (const std::size_t n : {16UL, 40UL}) {
    const std::vector<double> v = exponentials(n, static_cast<std::uint32_t>(n));
    const interval i = mean_interval(v, 0.95, quantity::amount);
    const double skewness = 1.5 * skewness_of(v), count = static_cast<double>(n);
    CHECK(i.kind == interval_kind::two_sided);
    CHECK(i.estimate == Approx(mean_of(v)));
    CHECK(hall((i.estimate - i.lower) / error_of(v), skewness, count) == Approx(t_of(n)));
    CHECK(hall((i.estimate - i.upper) / error_of(v), skewness, count) == Approx(-t_of(n)));
    CHECK(i.upper - i.estimate > i.estimate - i.lower);
  }
}

TEST_CASE("a mean that may be anywhere has no bound nearer than Student's") {
  const std::vector<double> v = exponentials(20, 3);
  const interval amount = mean_interval(v, 0.95, quantity::amount), number = mean_interval(v);
  CHECK(number.upper == Approx(amount.upper));
  CHECK(number.estimate - number.lower == Approx(t_of(20) * error_of(v)));
}

TEST_CASE("symmetrical data have Student's interval") {
  std::vector<double> v;
  for (int i = 1; i <= 20; ++i) v.push_back(i);
  for (const quantity what : {quantity::number, quantity::amount}) {
    const interval i = mean_interval(v, 0.9, what);
    CHECK(i.lower == Approx(10.5 - t_of(20, 0.9) * std::sqrt(35.0 / 20)));  // the variance of 1 to 20 is 35
    CHECK(i.upper == Approx(10.5 + t_of(20, 0.9) * std::sqrt(35.0 / 20)));
  }
}

TEST_CASE("a ratio is ΣY/ΣN, not the mean of ratios, and its bounds are Fieller's") {
  std::vector<double> y, n;
  for (int i = 0; i < 20; ++i) n.push_back(i % 2 == 0 ? 1 : 3), y.push_back(2.5 * n.back() + (i % 4 < 2 ? 1.5 : -1.5));
  const interval i = ratio_interval(y, n);
  CHECK(i.estimate == 2.5);
  // Without skewness a bound r is where |Σ(Y−rN)| is t standard errors of Y − rN.
  for (const double bound : {i.lower, i.upper}) {
    std::vector<double> e;
    for (std::size_t k = 0; k < y.size(); ++k) e.push_back(y[k] - bound * n[k]);
    CHECK(std::abs(mean_of(e)) == Approx(t_of(20) * error_of(e)));
  }
}

TEST_CASE("fewer than 16 years give an estimate and no interval, of whatever kind") {
  for (const quantity what : {quantity::number, quantity::amount, quantity::count, quantity::share, quantity::yearly_share}) {
    for (const std::size_t n : {1UL, 2UL, 15UL}) {
      const interval i = ratio_interval(std::vector<double>(n, 3), std::vector<double>(n, 3), 0.95, what);
      CHECK(i.kind == interval_kind::too_little_data);
      CHECK(i.has_value());
      CHECK_FALSE(i.bounded());
      CHECK(i.estimate == 1);
      CHECK(i.half_width() == 0);
    }
  }
  CHECK_FALSE(mean_interval({}).has_value());
  CHECK_FALSE(ratio_interval(std::vector<double>(20, 0.0), std::vector<double>(20, 0.0)).has_value());
}

TEST_CASE("where nothing was missed there is a lower bound, and an upper one where nothing was seen") {
  const std::vector<double> trials(20, 50), none(20, 0);
  const interval missed = ratio_interval(trials, trials, 0.95, quantity::share), seen = ratio_interval(none, trials, 0.95, quantity::share);
  // The rule of three for clumps of five: (1−p)^(1000/5) = 0.05.
  CHECK(missed.kind == interval_kind::at_least);
  CHECK(missed.lower == Approx(std::pow(0.05, 1 / 200.0)));
  CHECK(missed.upper == 1);
  CHECK(seen.kind == interval_kind::at_most);
  CHECK(seen.upper == Approx(1 - std::pow(0.05, 1 / 200.0)));
  CHECK(seen.lower == 0);
  const interval events = mean_interval(none, 0.95, quantity::count);
  CHECK(events.kind == interval_kind::at_most);
  CHECK(events.upper == Approx(-std::log(0.05) * 5 / 20));
  CHECK(ratio_interval(none, std::vector<double>(20, 0.1), 0.95, quantity::share).upper ==
        Approx(0.95));  // two trials: next to nothing is known
}

TEST_CASE("one event more never makes the upper bound of a count smaller") {
  double before = mean_interval(std::vector<double>(20, 0.0), 0.95, quantity::count).upper;
  std::vector<double> v(20, 0.0);
  for (std::size_t k = 0; k < 20; ++k) {
    v[k] = 1;
    const interval i = mean_interval(v, 0.95, quantity::count);
    if (i.kind == interval_kind::constant) break;  // once in every year
    CHECK(i.kind == interval_kind::two_sided);
    CHECK(i.upper > before);
    CHECK(i.lower > 0);
    before = i.upper;
  }
}

TEST_CASE("a share has the interval of as many independent trials as vary as much") {
  std::vector<double> y, n;
  for (int i = 0; i < 20; ++i) n.push_back(50), y.push_back(25 + (i % 4 < 2 ? 3 : -3));  // share 0.5, no skewness
  const interval i = ratio_interval(y, n, 0.95, quantity::share);
  const double variance = 180.0 / 19 / 20 / 2500, effective = 0.25 / variance * std::pow(1.959963984540054 / t_of(20), 2);
  const double k = effective / 2;
  CHECK(i.estimate == 0.5);
  // Both shapes are above 20: an approximation, a thousandth of the spread at most.
  CHECK(i.lower == Approx(boost::math::quantile(boost::math::beta_distribution<>(k, k + 1), 0.025)).margin(1e-3 * i.half_width()));
  CHECK(i.upper == Approx(boost::math::quantile(boost::math::beta_distribution<>(k + 1, k), 0.975)).margin(1e-3 * i.half_width()));
}

TEST_CASE("few misses are taken for clumps of five on the side where it matters") {
  std::vector<double> y(20, 0), n(20, 50);
  y[3] = y[11] = 1;
  const interval i = ratio_interval(y, n, 0.95, quantity::share);
  const double share = 0.002, factor = std::pow(1.959963984540054 / t_of(20), 2), clumps = 1000 / 5.0 * factor;
  CHECK(i.upper ==
        Approx(boost::math::quantile(boost::math::beta_distribution<>(share * clumps + 1, (1 - share) * clumps), 0.975)).epsilon(0.2));
  CHECK(i.upper >= boost::math::quantile(boost::math::beta_distribution<>(share * clumps + 1, (1 - share) * clumps), 0.975) * 0.999);
  CHECK(i.lower > 0);
  std::vector<double> hits;
  for (double misses : y) hits.push_back(50 - misses);
  const interval mirrored = ratio_interval(hits, n, 0.95, quantity::share);
  CHECK(mirrored.lower == Approx(1 - i.upper).epsilon(1e-9));
  CHECK(mirrored.upper == Approx(1 - i.lower).epsilon(1e-9));
}

TEST_CASE("what is the same in every year is constant, which is no interval") {
  for (const quantity what : {quantity::number, quantity::amount, quantity::count, quantity::yearly_share}) {
    const interval i = mean_interval(std::vector<double>(30, 0.7), 0.95, what);
    CHECK(i.kind == interval_kind::constant);
    CHECK(i.estimate == Approx(0.7));
    CHECK_FALSE(i.bounded());
  }
}

TEST_CASE("denominators that may be nearly nothing give no bounds") {
  std::vector<double> y(20, 0), n(20, 0);
  y[0] = 4, n[0] = 2, y[1] = 1, n[1] = 1;
  CHECK(ratio_interval(y, n, 0.95, quantity::amount).kind == interval_kind::too_little_data);
}

TEST_CASE("no interval leaves where its quantity can be") {
  CHECK(rc::check([] {
    const auto n = *rc::gen::inRange<std::size_t>(16, 60);
    const int trials = *rc::gen::inRange(1, 200);
    const double p = *rc::gen::inRange(0, 1001) / 1000.0;
    const random_source u(*rc::gen::inRange<std::uint64_t>(1, 1000000), 0);
    std::vector<double> y, d, amounts, many(n, 1);
    for (std::size_t i = 0; i < n; ++i) {
      d.push_back(trials);
      y.push_back(binomial(u.uniform(i, 0u), trials, p));
      amounts.push_back(lognormal(u.uniform(i, 1u), 1, 4));
    }
    for (const double confidence : {0.5, 0.95, 0.999}) {
      for (const quantity what : {quantity::share, quantity::count, quantity::amount}) {
        const interval i = ratio_interval(y, d, confidence, what);
        RC_ASSERT(0 <= i.lower && i.lower <= i.estimate && i.estimate <= i.upper);
        if (what == quantity::share) RC_ASSERT(i.upper <= 1);
        if (what == quantity::share) RC_ASSERT(i.kind != interval_kind::two_sided || i.lower < i.upper);
      }
      RC_ASSERT(mean_interval(amounts, confidence, quantity::amount).lower >= 0);
      std::vector<double> other = y;
      std::reverse(other.begin(), other.end());
      other.front() = trials;
      const interval change = compare_ratios(y, d, other, d, confidence, quantity::share).difference;
      RC_ASSERT(-1 <= change.lower && change.lower <= change.estimate && change.estimate <= change.upper && change.upper <= 1);
    }
  }));
}

TEST_CASE("a wider confidence gives a wider interval of every kind") {
  std::vector<double> v = exponentials(20, 9);
  for (double& x : v) x /= 10;
  std::vector<double> y, n(20, 30);
  for (int i = 0; i < 20; ++i) y.push_back(i % 5);
  for (const quantity what : {quantity::number, quantity::amount, quantity::count, quantity::yearly_share, quantity::share}) {
    interval before{0, 0, 0, interval_kind::none};
    for (const double confidence : {0.5, 0.8, 0.95, 0.99}) {
      const interval i = what == quantity::share ? ratio_interval(y, n, confidence, what) : mean_interval(v, confidence, what);
      if (before.has_value()) CHECK(i.upper > before.upper);
      if (before.has_value()) CHECK(i.lower < before.lower);
      before = i;
    }
  }
}

TEST_CASE("the p-value of a difference is below the level exactly if the interval excludes nothing at all") {
  int real = 0;
  for (std::uint32_t k = 0; k < 400; ++k) {
    std::vector<double> a = exponentials(18, 100 + k), b = exponentials(18, 600 + k);
    for (std::size_t i = 0; i < a.size(); ++i) b[i] = a[i] + 0.3 * (b[i] - 0.6);
    for (const double confidence : {0.8, 0.95}) {
      const paired_difference p = compare_means(a, b, confidence);
      CHECK((p.p_value < 1 - confidence) == !p.difference.contains(0));
      real += p.p_value < 1 - confidence;
    }
  }
  CHECK(real > 100);
  CHECK(real < 700);
}

TEST_CASE("a difference over too few years says nothing, and one that never varies is exact") {
  const std::vector<double> few{1, 2, 3}, more{2, 3, 5};
  const paired_difference p = compare_means(few, more);
  CHECK(p.difference.kind == interval_kind::too_little_data);
  CHECK(p.p_value == 1);
  std::vector<double> a = exponentials(20, 4), b = a;
  CHECK(compare_means(a, b).difference.kind == interval_kind::constant);
  CHECK(compare_means(a, b).difference.estimate == 0);
  CHECK(compare_means(a, b).p_value == 1);
}

TEST_CASE("one year that differs is no difference, and three of a kind are none either") {
  // Three of twenty on one side: one chance in four if both sides are alike.
  std::vector<double> a(20, 5), b = a;
  for (int k = 0; k < 3; ++k) {
    b[static_cast<std::size_t>(k)] += 1;
    CHECK(compare_means(a, b).difference.contains(0));
  }
}

TEST_CASE("the quantile of a beta law agrees with an independent implementation") {
  for (double a : {0.3, 1.0, 2.5, 7.0, 19.0, 25.0, 400.0}) {
    for (double b : {0.5, 1.0, 3.0, 18.0, 30.0, 1e4}) {
      for (double p : {0.0005, 0.025, 0.25, 0.975, 0.9995}) {
        INFO(a << ' ' << b << ' ' << p);
        const boost::math::beta_distribution<> law(a, b);
        const double exact = boost::math::quantile(law, p);
        if (std::min(a, b) < 20)
          CHECK(beta_quantile(a, b, p) == Approx(exact).epsilon(1e-8));
        else
          CHECK(beta_quantile(a, b, p) == Approx(exact).margin(1e-2 * boost::math::standard_deviation(law)));
      }
    }
  }
}

TEST_CASE("the words of every kind of interval are read back") {
  for (std::size_t k = 0; k < interval_kind_texts.size(); ++k) {
    CHECK(interval_kind_of(interval_kind_texts[k].id) == static_cast<interval_kind>(k));
    CHECK_FALSE(interval_kind_texts[k].zh.empty());
  }
  CHECK_FALSE(interval_kind_of("about").has_value());
}
