// SPDX-License-Identifier: BSL-1.0
#include "sifang/stats/variance_split.hpp"

#include "catch.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/rank_correlation.hpp"

#include <cmath>
#include <vector>

using namespace sifang;

namespace {

enum class lot : std::uint32_t { input, common, own };

double normal(const random_source& source, std::uint64_t entity, lot purpose, std::uint32_t index = 0) {
  return elementary::normal_quantile(source.uniform(entity, purpose, index));
}

/// Draws with a spread of their own, luck that all of them share, and luck of each.
std::vector<double> table_of(std::size_t draws, std::size_t replications, double input, double common, double own, std::uint64_t seed = 1) {
  const random_source source(seed, 0);
  std::vector<double> out;
  for (std::size_t d = 0; d < draws; ++d) {
    for (std::size_t i = 0; i < replications; ++i) {
      out.push_back(7 + input * normal(source, d, lot::input) + common * normal(source, i, lot::common) +
                    own * normal(source, d, lot::own, static_cast<std::uint32_t>(i)));
    }
  }
  return out;
}

double mean_over_tables(double input, double common, double own, double variance_split::*part) {
  double sum = 0;
  constexpr std::size_t tables = 2000, draws = 12, replications = 4;
  for (std::size_t t = 0; t < tables; ++t) {
    variance_split found = split_variance(table_of(draws, replications, input, common, own, t), draws, replications);
    sum += found.*part;
  }
  return sum / tables;
}

}  // namespace

TEST_CASE("a table by hand is split exactly") {
  // Two draws, two replications: effects ±1 of the draw, ±2 of the replication, ±0.5 of both together.
  const std::vector<double> values{10 + 1 + 2 + 0.5, 10 + 1 - 2 - 0.5, 10 - 1 + 2 - 0.5, 10 - 1 - 2 + 0.5};
  const variance_split found = split_variance(values, 2, 2);
  CHECK(found.mean == 10);
  CHECK(found.simulation == 0.5);  // the squares of the rest are 4 × 0.25 = 1, for one degree of freedom; half of it for two years
  CHECK(found.input == 2 - 0.5);   // means of draws are 11 and 9
  CHECK(found.common == 4);        // means of replications are 12 and 8, variance 8
  CHECK_FALSE(found.is_negative);
  CHECK(found.reliability() == 0.75);
}

TEST_CASE("the split is unbiased, and luck that all draws share is no part of it") {
  // 2 000 tables of 12 draws: the standard error of the mean of `input` is below 0.05 of it.
  CHECK(mean_over_tables(1, 3, 1, &variance_split::input) == Approx(1).margin(0.05));
  CHECK(mean_over_tables(1, 3, 1, &variance_split::simulation) == Approx(0.25).margin(0.01));
  CHECK(mean_over_tables(1, 0, 2, &variance_split::input) == Approx(1).margin(0.1));
  CHECK(mean_over_tables(1, 3, 1, &variance_split::common) == Approx(9.0 / 4 + 1.0 / 48).margin(0.15));
}

TEST_CASE("where draws do not matter the split says nothing but chance, and says so when it comes out negative") {
  std::size_t negative = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const variance_split found = split_variance(table_of(20, 5, 0, 1, 1, seed), 20, 5);
    CHECK(found.input >= 0);
    if (found.is_negative) CHECK(found.input == 0);
    negative += found.is_negative;
  }
  CHECK(negative > 80);  // about half of them
  CHECK(negative < 140);
}

TEST_CASE("figures that never vary have no variance to split") {
  const std::vector<double> same(20, 0.1);
  const variance_split found = split_variance(same, 5, 4);
  CHECK(found.mean == Approx(0.1));
  CHECK(found.input == 0);
  CHECK_FALSE(found.is_negative);
  CHECK(found.reliability() == 0);
  const std::vector<double> means(5, 0.1);
  for (const double x : without_chance(means, found)) CHECK(x == Approx(0.1));
}

TEST_CASE("means without the chance in them have the variance of expected values, and their order") {
  constexpr std::size_t draws = 400, replications = 3;
  const std::vector<double> values = table_of(draws, replications, 1, 2, 2);
  const variance_split split = split_variance(values, draws, replications);
  std::vector<double> means;
  for (std::size_t d = 0; d < draws; ++d) means.push_back((values[3 * d] + values[3 * d + 1] + values[3 * d + 2]) / 3);
  const std::vector<double> found = without_chance(means, split);
  double squares = 0;
  for (std::size_t d = 0; d < draws; ++d) {
    squares += (found[d] - split.mean) * (found[d] - split.mean);
    if (d > 0) CHECK((found[d] < found[d - 1]) == (means[d] < means[d - 1]));
  }
  CHECK(squares / (draws - 1) == Approx(split.input));
  CHECK(split.input == Approx(1).margin(0.35));  // of 400 draws; raw means vary by 1 + 4/3
  CHECK(interpolated_quantile(found, 0.95) - split.mean == Approx(1.645).margin(0.35));
  CHECK(interpolated_quantile(means, 0.95) - split.mean > 2.1);
}

TEST_CASE("quantiles are interpolated between order statistics") {
  CHECK(interpolated_quantile({3}, 0.05) == 3);
  CHECK(interpolated_quantile({4, 1, 3, 2}, 0) == 1);
  CHECK(interpolated_quantile({4, 1, 3, 2}, 1) == 4);
  CHECK(interpolated_quantile({4, 1, 3, 2}, 0.5) == 2.5);
  CHECK(interpolated_quantile({0, 10}, 0.05) == Approx(0.5));
}

TEST_CASE("rank correlations see any rising connection, and ties share their ranks") {
  const std::vector<double> x{1, 2, 3, 4, 5}, cubes{1, 8, 27, 64, 125}, falling{9, 7, 5, 3, 1}, same{2, 2, 2, 2, 2};
  CHECK(rank_correlation_of(x, cubes).value == 1);
  CHECK(rank_correlation_of(x, cubes).p_value == 0);
  CHECK(rank_correlation_of(x, falling).value == -1);
  CHECK(rank_correlation_of(x, same).value == 0);
  CHECK(rank_correlation_of(x, same).p_value == 1);
  CHECK(ranks_of(std::vector<double>{5, 1, 5, 3}) == std::vector<double>{3.5, 1, 3.5, 2});
  // Kendall's example of two judges (Rank Correlation Methods, 1.13): ρ = 1 − 6 Σd² ÷ n(n²−1) with Σd² = 24 of ten.
  const std::vector<double> judge{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, other{3, 1, 2, 5, 4, 8, 9, 6, 7, 10};
  double squares = 0;
  for (std::size_t i = 0; i < 10; ++i) squares += (judge[i] - other[i]) * (judge[i] - other[i]);
  const rank_correlation found = rank_correlation_of(judge, other);
  CHECK(found.value == Approx(1 - 6 * squares / 990));
  CHECK(found.p_value < 0.01);
  CHECK(found.explained() < found.value * found.value);
}

TEST_CASE("rank correlations of a few pairs say nothing") {
  const std::vector<double> none, two{1, 2};
  CHECK(rank_correlation_of(none, none).value == 0);
  CHECK(rank_correlation_of(two, two).p_value == 1);
  CHECK(rank_correlation_of(two, two).explained() == 0);
}
