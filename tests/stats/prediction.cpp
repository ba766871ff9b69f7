// SPDX-License-Identifier: BSL-1.0
// What one further year may bring.
#include "catch.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/prediction.hpp"

#include <cmath>
#include <numeric>
#include <vector>

using namespace sifang;

namespace {
std::vector<double> numbers(std::size_t n) {
  std::vector<double> out(n);
  std::iota(out.rbegin(), out.rend(), 1.0);
  return out;
}
}  // namespace

TEST_CASE("a prediction interval is bounded by the values that leave so many outside on either side") {
  CHECK(prediction_rank(18, 0.9) == 0);
  for (const auto& [n, rank] : {std::pair(19, 1), {38, 1}, {39, 2}, {99, 5}, {199, 10}, {200, 10}, {1999, 100}}) {
    CAPTURE(n);
    CHECK(prediction_rank(static_cast<std::size_t>(n), 0.9) == static_cast<std::size_t>(rank));
    const interval found = prediction_interval(numbers(static_cast<std::size_t>(n)), 0.9);
    CHECK(found.kind == interval_kind::two_sided);
    CHECK(found.lower == rank);
    CHECK(found.upper == n + 1 - rank);
    CHECK(found.estimate == (n + 1) / 2.0);
    CHECK(1 - 2.0 * rank / (n + 1) >= 0.9 - 1e-12);
    CHECK(1 - 2.0 * (rank + 1) / (n + 1) < 0.9);
  }
}

TEST_CASE("what is too little for a prediction, or never varies, is said") {
  CHECK_FALSE(prediction_interval({}, 0.9).has_value());
  const interval few = prediction_interval(numbers(18), 0.9);
  CHECK(few.kind == interval_kind::too_little_data);
  CHECK(few.estimate == 9.5);
  CHECK(prediction_interval({7}, 0.9).kind == interval_kind::too_little_data);
  const interval same = prediction_interval(std::vector<double>(30, 0.1), 0.9);
  CHECK(same.kind == interval_kind::constant);
  CHECK(same.lower == 0.1);
  CHECK(same.upper == 0.1);
  std::vector<double> seldom(100, 0.0);
  seldom[17] = 5;  // one year of a hundred: less than what is left outside
  CHECK(prediction_interval(seldom, 0.9).upper == 0);
  CHECK(prediction_interval(seldom, 0.9).kind == interval_kind::two_sided);
  const interval huge = prediction_interval({-1e308, 1e308, -1e308, 1e308, -1e308, 1e308, -1e308, 1e308, -1e308, 1e308,
                                             -1e308, 1e308, -1e308, 1e308, -1e308, 1e308, -1e308, 1e308, -1e308, 1e308},
                                            0.9);
  CHECK(huge.estimate == 0);
}

TEST_CASE("the next value lies in its prediction interval as often as is said, whatever the law, and more values do not narrow it") {
  constexpr int trials = 4000;
  const auto skewed = [](double u) { return lognormal(u, 1, 2); };
  const auto normally = [](double u) { return normal(u); };
  double widths[2] = {};
  for (const std::size_t n : {std::size_t{19}, std::size_t{60}}) {
    const double said = 1 - 2.0 * static_cast<double>(prediction_rank(n, 0.9)) / static_cast<double>(n + 1);
    int held[2] = {};
    for (int k = 0; k < trials; ++k) {
      const random_source source(7, static_cast<std::uint32_t>(k));
      std::vector<double> a, b;
      for (std::size_t i = 0; i < n; ++i) {
        a.push_back(skewed(source.uniform(i, 0)));
        b.push_back(normally(source.uniform(i, 0)));
      }
      held[0] += prediction_interval(a, 0.9).contains(skewed(source.uniform(n, 0)));
      const interval found = prediction_interval(b, 0.9);
      held[1] += found.contains(normally(source.uniform(n, 0)));
      widths[n == 60] += found.half_width() / trials;
    }
    // Four standard errors on either side: a rank too many or too few is 6 to 10 of them at n = 19.
    const double error = 4 * std::sqrt(said * (1 - said) / trials);
    CAPTURE(n, held[0], held[1], said);
    for (const int h : held) CHECK(std::abs(static_cast<double>(h) / trials - said) < error);
  }
  CHECK(widths[1] > 0.8 * widths[0]);
  CHECK(widths[1] > 1.5);
}
