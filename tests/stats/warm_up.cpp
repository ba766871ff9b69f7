// SPDX-License-Identifier: BSL-1.0
// Where a run that begins empty is to be cut.
#include "catch.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/warm_up.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace sifang;

namespace {

/// MSER as White has it, cut by cut.
std::size_t plainly(const std::vector<double>& series, std::size_t batch) {
  std::vector<double> z;
  for (std::size_t i = 0; (i + 1) * batch <= series.size(); ++i) {
    double sum = 0;
    for (std::size_t k = 0; k < batch; ++k) sum += series[i * batch + k];
    z.push_back(sum / static_cast<double>(batch));
  }
  double best = std::numeric_limits<double>::infinity();
  std::size_t at = 0;
  for (std::size_t d = 0; d <= z.size() / 2; ++d) {
    const auto rest = static_cast<double>(z.size() - d);
    double mean = 0, squares = 0;
    for (std::size_t i = d; i < z.size(); ++i) mean += z[i] / rest;
    for (std::size_t i = d; i < z.size(); ++i) squares += (z[i] - mean) * (z[i] - mean);
    const double value = squares / (rest * rest);
    if (value < best) {
      best = value;
      at = d;
    }
  }
  return at * batch;
}

/// A queue's contents, which begin at 0 and come to 10 with noise that remembers.
std::vector<double> beginning_empty(std::uint32_t seed, std::size_t length, double slowness) {
  const random_source luck(seed, 0);
  std::vector<double> out;
  double noise = 0;
  for (std::size_t i = 0; i < length; ++i) {
    noise = 0.5 * noise + 0.5 * normal(luck.uniform(i, 0));
    out.push_back(10 * (1 - std::exp(-static_cast<double>(i) / slowness)) + noise);
  }
  return out;
}

}  // namespace

TEST_CASE("MSER cuts where the formula does, for any batch") {
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    const std::vector<double> series = beginning_empty(seed, 203 + 7 * seed, 3 + seed);
    for (const std::size_t batch : {std::size_t{1}, std::size_t{5}, std::size_t{7}}) {
      CAPTURE(seed, batch);
      const warm_up_cut found = mser(series, batch);
      CHECK(found.leave_out == plainly(series, batch));
      CHECK(found.batches == series.size() / batch);
    }
  }
}

TEST_CASE("a run that begins empty is cut behind its beginning, and its mean is that of the rest") {
  const std::vector<double> series = beginning_empty(1, 1000, 20);
  const warm_up_cut found = mser(series);
  CHECK(found.leave_out >= 40);  // at 40 the mean is 1.4 too low yet
  CHECK(found.leave_out <= 200);
  CHECK_FALSE(found.too_short);
  double rest = 0, whole = 0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    whole += series[i] / 1000;
    if (i >= found.leave_out) rest += series[i] / static_cast<double>(1000 - found.leave_out);
  }
  CHECK(std::abs(rest - 10) < 0.12);
  CHECK(std::abs(whole - 10) > 0.15);
}

TEST_CASE("a run that is still on its way is too short, and so is one of few batches") {
  const std::vector<double> rising = beginning_empty(2, 300, 300);
  const warm_up_cut found = mser(rising);
  CHECK(found.too_short);
  CHECK(found.leave_out == 150);
  CHECK(mser(std::vector<double>(49, 1.0)).too_short);
  CHECK_FALSE(mser(std::vector<double>(50, 1.0)).too_short);
  CHECK(mser({}).too_short);
  CHECK(mser({}).leave_out == 0);
  CHECK(mser(std::vector<double>{3}, 1).leave_out == 0);
}

TEST_CASE("what never varies is cut nowhere, and of equal cuts the earliest counts") {
  CHECK(mser(std::vector<double>(100, 0.1)).leave_out == 0);
  CHECK(mser(std::vector<double>(100, 0.1)).statistic == 0);
  std::vector<double> then_level(100, 0.3);
  for (std::size_t i = 0; i < 10; ++i) then_level[i] = 9;
  CHECK(mser(then_level).leave_out == 10);  // 10 to 50 leave nothing that varies
}

TEST_CASE("batches of whole cycles do not see the cycle") {
  std::vector<double> seasons;
  for (int day = 0; day < 700; ++day) seasons.push_back(5 + (day % 7 < 2 ? -4 : 1.6) + (day < 70 ? -3 : 0));
  CHECK(mser(seasons, 7).leave_out == 70);
}

TEST_CASE("the mean of several series is smoother than each, and Welch's curve is a moving average") {
  const std::vector<std::vector<double>> two{{1, 2, 3, 4}, {3, 4, 5}};
  CHECK(mean_series(two) == std::vector<double>{2, 3, 4});
  CHECK(mean_series({}).empty());
  const std::vector<double> series{1, 2, 6, 4, 5};
  CHECK(welch_curve(series, 1) == std::vector<double>{1, 3, 4, 5});
  CHECK(welch_curve(series, 2) == std::vector<double>{1, 3, 3.6});
  CHECK(welch_curve(series, 0) == series);
  CHECK(welch_curve(series, 5).empty());
  CHECK(welch_curve({}, 0).empty());
}
