// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/random/discrete_table.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <rapidcheck.h>

#include <cmath>
#include <functional>
#include <vector>

namespace {

using namespace sifang;

/// k is the u-quantile when P(X < k) <= u <= P(X <= k), up to the errors of both distribution functions.
template <class Distribution>
bool inverts(const Distribution& d, double u, int k) {
  constexpr double error = 1e-13;
  const double below = k == 0 ? 0 : boost::math::cdf(d, k - 1);
  return below <= u * (1 + error) + error && u <= boost::math::cdf(d, k) * (1 + error) + error;
}

std::vector<double> uniforms() {
  std::vector<double> out;
  for (double tail = 0.5; tail > 1e-12; tail *= 0.2) {
    out.push_back(tail);
    out.push_back(1 - tail);
  }
  random_stream random(4, 0, 0u);
  for (int i = 0; i < 300; ++i) out.push_back(random());
  return out;
}

TEST_CASE("Poisson counts are exact quantiles from means of 0.001 to 10,000") {
  for (double mean : {0.001, 0.3, 1.0, 2.5, 10.0, 37.2, 600.0, 1e4}) {
    for (double u : uniforms()) CHECK(inverts(boost::math::poisson(mean), u, poisson(u, mean)));
  }
  CHECK(poisson(0.5, 0) == 0);
}

TEST_CASE("Negative binomial counts are exact quantiles, with few and with many phases") {
  for (double mean : {0.05, 1.0, 20.0, 400.0}) {
    for (double ratio : {1.1, 2.0, 10.0, 100.0}) {
      const boost::math::negative_binomial d(mean / (ratio - 1), 1 / ratio);
      for (double u : uniforms()) CHECK(inverts(d, u, negative_binomial(u, mean, ratio)));
    }
  }
  for (double u : uniforms()) CHECK(negative_binomial(u, 8, 1) == poisson(u, 8));
  CHECK(negative_binomial(0.5, 0, 2) == 0);
}

TEST_CASE("Binomial counts are exact quantiles") {
  for (int n : {1, 15, 331, 20000}) {
    for (double p : {0.001, 0.3, 0.5, 0.98}) {
      for (double u : uniforms()) CHECK(inverts(boost::math::binomial(n, p), u, binomial(u, n, p)));
    }
  }
  CHECK(binomial(0.7, 9, 0) == 0);
  CHECK(binomial(0.7, 9, 1) == 9);
  CHECK(binomial(0.7, 0, 0.5) == 0);
}

TEST_CASE("Geometric counts invert their distribution function") {
  for (double mean : {0.2, 1.0, 9.0, 1e4}) {
    const double log_fail = std::log(mean / (1 + mean));
    for (double u : uniforms()) {
      const int k = geometric(u, mean);
      // P(X >= k) = fail^k, compared with a margin for the rounding of logarithms.
      CHECK(std::exp(log_fail * k) >= (1 - u) * (1 - 1e-9));
      CHECK(std::exp(log_fail * (k + 1)) <= (1 - u) * (1 + 1e-9));
    }
  }
}

TEST_CASE("Every variate is non-decreasing in its uniform number") {
  const std::vector<std::function<double(double)>> variates{
      [](double u) { return exponential(u, 2); },
      [](double u) { return normal(u); },
      [](double u) { return lognormal(u, 5, 1.5); },
      [](double u) { return gamma(u, 5, 0.3); },
      [](double u) { return gamma(u, 5, 2.5); },
      [](double u) { return geometric(u, 3); },
      [](double u) { return poisson(u, 4.5); },
      [](double u) { return poisson(u, 900); },
      [](double u) { return negative_binomial(u, 6, 4); },
      [](double u) { return binomial(u, 40, 0.4); },
      [](double u) {
        return static_cast<double>(cumulative_table(std::vector<double>{1, 0, 3, 2})(u));
      }};
  CHECK(rc::check([&](std::uint64_t a, std::uint64_t b) {
    double u = unit_interval(a), v = unit_interval(b);
    if (v < u) std::swap(u, v);
    for (const auto& x : variates) RC_ASSERT(x(u) <= x(v));
  }));
}

TEST_CASE("Variates have the mean and the spread that they are asked for") {
  struct moments {
    double mean, variance;
    std::function<double(double)> draw;
  };
  const std::vector<moments> cases{
      {3, 9, [](double u) { return exponential(u, 3); }},        {0, 1, [](double u) { return normal(u); }},
      {30, 225, [](double u) { return lognormal(u, 30, 0.5); }}, {4, 4, [](double u) { return gamma(u, 4, 0.5); }},
      {2, 6, [](double u) { return geometric(u, 2); }},          {12, 36, [](double u) { return negative_binomial(u, 12, 3); }},
      {12, 8.4, [](double u) { return binomial(u, 40, 0.3); }}};
  for (const auto& c : cases) {
    // Equally spaced uniforms integrate: the error is that of the two end cells, small beside 0.3 %.
    constexpr int n = 100000;
    double sum = 0, square = 0;
    for (int i = 0; i < n; ++i) {
      const double x = c.draw((i + 0.5) / n);
      sum += x;
      square += (x - c.mean) * (x - c.mean);
    }
    CHECK(std::abs(sum / n - c.mean) < 0.003 * std::sqrt(c.variance));
    CHECK(std::abs(square / n - c.variance) < 0.003 * c.variance);
  }
}

TEST_CASE("Degenerate variates are their means") {
  CHECK(lognormal(0.3, 5, 0) == 5);
  CHECK(lognormal(0.3, 0, 1) == 0);
  CHECK(gamma(0.3, 5, 0) == 5);
  CHECK(geometric(0.3, 0) == 0);
  CHECK(bernoulli(0.3, 1));
  CHECK_FALSE(bernoulli(0.3, 0));
}

TEST_CASE("Both tables draw each index in proportion to its weight") {
  CHECK(rc::check([] {
    const auto whole = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5)));
    const std::vector<double> weights(whole.begin(), whole.end());
    double total = 0;
    for (double w : weights) total += w;
    RC_PRE(total > 0);
    const alias_table alias(weights);
    const cumulative_table cumulative(weights);
    // Cells of both tables end at multiples of 1/(n·total), so these midpoints fall n·w times on index i.
    const auto points = static_cast<std::size_t>(total) * weights.size();
    std::vector<std::size_t> by_alias(weights.size()), by_sum(weights.size());
    for (std::size_t i = 0; i < points; ++i) {
      const double u = (static_cast<double>(i) + 0.5) / static_cast<double>(points);
      ++by_alias[alias(u)];
      ++by_sum[cumulative(u)];
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
      RC_ASSERT(by_alias[i] == static_cast<std::size_t>(whole[i]) * weights.size());
      RC_ASSERT(by_sum[i] == static_cast<std::size_t>(whole[i]) * weights.size());
    }
  }));
}

TEST_CASE("A table never draws an index without weight, at either end of the uniform numbers") {
  const std::vector<double> weights{0, 0.1, 0, 0.7, 0};
  for (double u : {0x1p-53, 0.125, 0.5, 1 - 0x1p-53}) {
    CHECK(weights[cumulative_table(weights)(u)] > 0);
    CHECK(weights[alias_table(weights)(u)] > 0);
  }
}

}  // namespace
