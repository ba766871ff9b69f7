// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/engine/fingerprint.hpp"
#include "sifang/random/gamma_quantile.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <bit>
#include <cmath>
#include <limits>

namespace {

using namespace sifang;

/// Units in the last place between a value and the exact one, given to more digits.
double ulps(double value, long double exact) {
  int exponent = 0;
  (void)std::frexp(static_cast<double>(exact), &exponent);
  return static_cast<double>(std::abs((static_cast<long double>(value) - exact) / std::ldexp(1.0L, exponent - 53)));
}

TEST_CASE("Logarithm and exponential are within 2 ulp of the exact values") {
  double log_worst = 0, exp_worst = 0;
  random_stream random(1, 0, 0u);
  for (int i = 0; i < 200000; ++i) {
    const double u = random();
    const double wide = std::ldexp(0.5 + u, i % 2000 - 1000), near_one = 1 + (u - 0.5) * 1e-3;
    for (double x : {u, wide, near_one}) log_worst = std::max(log_worst, ulps(elementary::log(x), std::log(static_cast<long double>(x))));
    for (double x : {1400 * (u - 0.5), 2 * (u - 0.5), 1e-9 * (u - 0.5)}) {
      exp_worst = std::max(exp_worst, ulps(elementary::exp(x), std::exp(static_cast<long double>(x))));
    }
  }
  CHECK(log_worst < 2);
  CHECK(exp_worst < 2);
}

TEST_CASE("Logarithm and exponential at the ends of their ranges") {
  CHECK(elementary::log(1.0) == 0.0);
  CHECK(elementary::exp(0.0) == 1.0);
  CHECK(elementary::exp(-1e9) == 0.0);
  CHECK(elementary::exp(1e9) == std::numeric_limits<double>::infinity());
  CHECK(elementary::exp(std::nextafter(709.0, 710.0)) == std::numeric_limits<double>::infinity());
  CHECK(elementary::exp(std::nextafter(-708.0, -709.0)) == 0.0);
  CHECK(elementary::exp(709.0) < std::numeric_limits<double>::max());
  CHECK(elementary::exp(-708.0) > 0);
  CHECK(ulps(elementary::log(0x1p-53), std::log(0x1p-53L)) < 2);  // the least uniform number
  CHECK(elementary::log(1 - 0x1p-53) < 0);
}

TEST_CASE("The normal quantile agrees with an independent one and is odd") {
  const boost::math::normal standard;
  random_stream random(2, 0, 0u);
  for (int i = 0; i < 20000; ++i) {
    const double u = i < 50 ? std::pow(10.0, -0.3 * (i + 1)) : random();
    const double expected = boost::math::quantile(standard, u);
    // AS 241 claims 1e-16 relative; a few roundings of each side come on top.
    CHECK(std::abs(elementary::normal_quantile(u) - expected) <= 4e-15 * std::abs(expected) + 1e-18);
    const double back = 1 - u;
    if (1 - back == u) CHECK(elementary::normal_quantile(back) == -elementary::normal_quantile(u));
  }
}

TEST_CASE("The gamma quantile inverts the gamma distribution") {
  random_stream random(3, 0, 0u);
  for (int i = 0; i < 3000; ++i) {
    const double shape = elementary::exp((random() - 0.5) * 18), u = random();
    const double x = elementary::gamma_quantile(shape, u);
    if (x == 0) continue;  // below 1e-300
    // Rounding of x alone moves the distribution function by density × x × ulp, of log Γ by about shape × ulp.
    const double tolerance = 1e-14 * (1 + shape);
    CHECK(std::abs(boost::math::gamma_p(shape, x) - u) <= tolerance);
  }
}

TEST_CASE("Both tails of the gamma distribution are its, on either side of where the series ends and the fraction begins") {
  // Of whole shapes the upper tail is a Poisson sum: e^-x (1 + x + ... + x^(a-1)/(a-1)!).
  for (const int shape : {1, 2, 5}) {
    const double log_gamma = std::lgamma(static_cast<double>(shape));
    for (const double x : {0.1, 0.9, 1.9, 2.1, 3.5, 5.9, 6.1, 20.0}) {
      double term = 1, sum = 1;
      for (int k = 1; k < shape; ++k) sum += term *= x / k;
      const auto tails = elementary::incomplete_gamma(shape, log_gamma, x);
      CHECK(tails.upper == Approx(std::exp(-x) * sum).epsilon(1e-13));
      CHECK(tails.lower == Approx(1 - std::exp(-x) * sum).epsilon(1e-12).margin(1e-15));
    }
  }
  CHECK(elementary::incomplete_gamma(2, 0, 0).lower == 0);
  CHECK(elementary::incomplete_gamma(2, 0, 0).upper == 1);
}

TEST_CASE("The same bits come from every compiler") {
  // Pinned from GCC 12 and equal with Clang 14; a change here changes the results of every scenario.
  fingerprint print;
  const auto add = [&print](double x) { print.add(std::bit_cast<std::uint64_t>(x)); };
  random_stream random(20220915, 0, 0u);
  for (int i = 0; i < 2000; ++i) {
    const double u = random();
    add(u);
    add(exponential(u, 3.0));
    add(normal(u));
    add(lognormal(u, 30.0, 1.2));
    add(gamma(u, 2.0, 0.7));
    add(gamma(u, 2.0, 3.0));
    add(elementary::exp(50 * (u - 0.5)));
    print.add(static_cast<std::uint64_t>(poisson(u, 7.5)));
    print.add(static_cast<std::uint64_t>(poisson(u, 2500)));
    print.add(static_cast<std::uint64_t>(negative_binomial(u, 12.0, 3.0)));
    print.add(static_cast<std::uint64_t>(binomial(u, 331, 0.3)));
    print.add(static_cast<std::uint64_t>(geometric(u, 4.0)));
  }
  CHECK(hexadecimal(print.value()) == "ca4018beb346c0b1");
}

}  // namespace
