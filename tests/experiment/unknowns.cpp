// SPDX-License-Identifier: BSL-1.0
// A linear model of which everything is known exactly stands in for the county.
#include "sifang/experiment/unknowns.hpp"

#include "catch.hpp"
#include "sifang/random/random.hpp"

#include <atomic>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

using namespace sifang;

namespace {

enum class lot : std::uint32_t { unknown, year, own };

double normal(std::uint64_t entity, lot purpose, std::uint32_t index = 0) {
  return elementary::normal_quantile(random_source(4, 0).uniform(entity, purpose, index));
}

/// Three unknown numbers, uniform in −1 … 1.
parameter_draws drawn_numbers(std::size_t draws) {
  parameter_draws out{{"strong", "weak", "idle"}, {}};
  for (std::size_t d = 0; d < draws; ++d) {
    std::vector<double>& row = out.rows.emplace_back();
    for (std::uint32_t k = 0; k < 3; ++k) row.push_back(2 * random_source(5, 0).uniform(d, lot::unknown, k) - 1);
  }
  return out;
}

/// The difference is −2 + 3 × strong + weak, with luck of the year (of variance `common`²) and of the year on the draw (`own`²).
struct linear_model {
  const parameter_draws* drawn;
  double common = 0, own = 0, weight = 1;

  bool operator()(std::size_t draw, std::size_t policy, std::span<double> y, std::span<double> n) const {
    if (draw % 50 == 49) return false;  // refused
    for (std::size_t i = 0; i < y.size(); ++i) {
      const auto year = static_cast<std::uint32_t>(i);
      const double level = 10 + 5 * normal(i, lot::year, 7);
      const std::vector<double>& of = drawn->rows[draw];
      const double effect = -2 + 3 * of[0] + of[1] + common * normal(i, lot::year) + own * normal(draw, lot::own, year);
      n[i] = weight;
      y[i] = weight * (level + (policy == 0 ? 0 : effect));
    }
    return true;
  }
};

drawn_outcomes played(const linear_model& model, std::size_t draws, std::size_t years, int threads = 1) {
  return play_draws(
      thread_team{threads}, {draws, 2, years, 1}, [&] { return model; }, [](std::size_t) {});
}
result_unknowns_figure judged(const linear_model& model, std::size_t draws, std::size_t years, const std::string& verdict = "better") {
  return judge_unknowns(played(model, draws, years), *model.drawn, 1, 0, {"heard_days", "days", "lower", verdict, 4 * years});
}

}  // namespace

TEST_CASE("the split of a linear model is what it is known to be") {
  constexpr std::size_t draws = 2000, years = 4;
  const parameter_draws drawn = drawn_numbers(draws);
  const result_unknowns_figure found = judged({&drawn, 0.5, 2}, draws, years);
  CHECK(found.draws == 1960);                                     // without the refused
  CHECK(found.range.estimate == Approx(-2).margin(0.6));          // luck of four years that all draws share
  CHECK(found.input_variance == Approx(10.0 / 3).epsilon(0.08));  // (9 + 1) ÷ 3
  CHECK(found.chance_variance == Approx(1).epsilon(0.06));        // 4 ÷ 4 years
  CHECK(found.common_error == Approx(0.25).margin(0.2));          // 0.5 ÷ √4 of one lot of luck
  const double common = found.common_error * found.common_error;
  CHECK(found.unknown_part == Approx(found.input_variance / (found.input_variance + (found.chance_variance + common) / 4)));
  CHECK_FALSE(found.chance_hides);
}

TEST_CASE("the range is that of the expected difference, however much chance there is") {
  constexpr std::size_t draws = 2000;
  const parameter_draws drawn = drawn_numbers(draws);
  const result_unknowns_figure sure = judged({&drawn, 0, 0}, draws, 2), noisy = judged({&drawn, 0, 4}, draws, 2);
  // The sum of uniform laws on ±3 and ±1 has the distribution function (s + 3) ÷ 6 between −2 and 2, a square beyond:
  // its 5 % quantile is where (4 + s)² ÷ 24 = 0.05.
  const double expected = -4 + std::sqrt(24 * 0.05);
  CHECK(sure.range.lower == Approx(-2 + expected).margin(0.1));
  CHECK(sure.range.upper == Approx(-2 - expected).margin(0.1));
  CHECK(sure.chance_variance == Approx(0).margin(1e-20));
  CHECK(sure.unknown_part == Approx(1));
  // Means of two years vary by 8 more than that; the range does not follow, but for its form.
  CHECK(noisy.range.upper - noisy.range.lower == Approx(sure.range.upper - sure.range.lower).epsilon(0.12));
  CHECK(noisy.chance_variance == Approx(8).epsilon(0.1));
}

TEST_CASE("the share of draws in which the verdict holds has an error of its own") {
  constexpr std::size_t draws = 2000;
  const parameter_draws drawn = drawn_numbers(draws);
  const linear_model model{&drawn, 0, 0};
  const result_unknowns_figure better = judged(model, draws, 2);
  // Less by half a day: −2 + s < −0.5, of which the distribution function is (1.5 + 3) ÷ 6.
  CHECK(better.holds.estimate == Approx(0.75).margin(0.03));
  CHECK(better.holds.lower < 0.75);
  CHECK(better.holds.upper > 0.75);
  CHECK(better.holds.upper - better.holds.lower < 0.05);
  CHECK(better.same.estimate == Approx((2.5 - 1.5) / 6 - 0.5 * 0.5 / 24).margin(0.03));
  CHECK(better.lower.estimate + better.same.estimate + better.higher.estimate == Approx(1));
  CHECK(judged(model, draws, 2, "worse").holds.estimate == better.higher.estimate);
  CHECK(judged(model, draws, 2, "no_difference_that_matters").holds.estimate == better.same.estimate);
  CHECK(judged(model, draws, 2, "changed").holds.estimate == Approx(1 - better.same.estimate));
  CHECK_FALSE(judged(model, draws, 2, "cant_tell").holds.has_value());  // no verdict that could hold
}

TEST_CASE("it is said on which unknown numbers a difference depends, and on which not") {
  const parameter_draws drawn = drawn_numbers(400);
  const result_unknowns_figure found = judged({&drawn, 0.5, 1}, 400, 4);
  REQUIRE(found.depends.size() == 2);
  CHECK(found.depends[0].key == "strong");
  CHECK(found.depends[0].correlation > 0);
  CHECK(found.depends[0].part == Approx(0.9).margin(0.07));
  CHECK(found.depends[1].key == "weak");
  CHECK(found.depends[1].part == Approx(0.1).margin(0.07));
  // Nothing but chance: nothing stands out.
  parameter_draws other = drawn;
  for (auto& row : other.rows) row = {0, 0, row[2]};
  const linear_model chance{&other, 1, 3};
  CHECK(judged(chance, 400, 4).depends.empty());
  // The more figures there are, the more must stand out: "weak" has a p-value of some 1e-9.
  const drawn_outcomes all = played({&drawn, 0.5, 1}, 400, 4);
  const unknowns_question among_many{"heard_days", "days", "lower", "better", 16, 1000000000000};
  CHECK(judge_unknowns(all, drawn, 1, 0, among_many).depends.size() == 1);
}

TEST_CASE("where draws do not matter the range closes and chance is said to hide the rest") {
  parameter_draws drawn = drawn_numbers(100);
  for (auto& row : drawn.rows) row = {0, 0, row[2]};
  std::size_t hidden = 0;
  for (std::size_t years = 2; years < 12; ++years) {  // other luck each time; in about every second chance looks like more than it is
    const result_unknowns_figure found = judged({&drawn, 1, 2}, 100, years);
    hidden += found.chance_hides;
    if (!found.chance_hides) continue;
    CHECK(found.input_variance == 0);
    CHECK(found.unknown_part == 0);
    CHECK(found.range.upper - found.range.lower < 1e-12);
  }
  CHECK((hidden >= 2 && hidden <= 8));
  const result_unknowns_figure constant = judged({&drawn, 0, 0}, 100, 3);
  CHECK(constant.range.kind == interval_kind::constant);
  CHECK(constant.range.estimate == Approx(-2));
  CHECK(constant.holds.estimate == 1);
}

TEST_CASE("of few draws nothing is said, of none not even a mean") {
  const parameter_draws drawn = drawn_numbers(100);
  const result_unknowns_figure few = judged({&drawn, 0, 1}, least_draws - 1, 4);
  CHECK(few.range.kind == interval_kind::too_little_data);
  CHECK(few.range.has_value());
  CHECK_FALSE(few.holds.has_value());
  CHECK(judged({&drawn, 0, 1}, least_draws, 4).range.kind == interval_kind::two_sided);
  const result_unknowns_figure none = judged({&drawn, 0, 1, 0}, 40, 4);  // nothing to divide by
  CHECK(none.draws == 0);
  CHECK_FALSE(none.range.has_value());
  const result_unknowns_figure not_a_number = judged({&drawn, 0, 1, std::nan("")}, 40, 4);
  CHECK_FALSE(not_a_number.range.has_value());
}

TEST_CASE("any number of threads plays the same draws, and a stopped team leaves the first") {
  const parameter_draws drawn = drawn_numbers(101);
  const linear_model model{&drawn, 0.5, 2};
  const drawn_outcomes one = played(model, 101, 3), many = played(model, 101, 3, 5);
  REQUIRE(one.finished() == 101);
  REQUIRE(many.finished() == 101);
  for (std::size_t d = 0; d < 101; ++d) {
    CHECK(one.was_played(d) == (d % 50 != 49));
    CHECK(one.was_played(d) == many.was_played(d));
    const double a = drawn_difference(one, d, 1, 0), b = drawn_difference(many, d, 1, 0);
    CHECK((a == b || (std::isnan(a) && std::isnan(b) && d % 50 == 49)));
  }
  std::atomic<bool> stop{false};
  const drawn_outcomes some = play_draws(
      thread_team{1, &stop}, {101, 2, 3, 1}, [&] { return model; }, [&](std::size_t done) { stop = done == 7; });
  CHECK(some.finished() == 7);
}

TEST_CASE("ratios vary with both of their parts") {
  // The policy's figure is y ÷ n with n that varies from year to year: its mean over years is that of sums.
  const auto player = [](std::size_t draw, std::size_t policy, std::span<double> y, std::span<double> n) {
    for (std::size_t i = 0; i < y.size(); ++i) {
      n[i] = 100.0 * static_cast<double>(i + 1);
      y[i] = (policy == 0 ? 0.5 : 0.4 + 0.001 * static_cast<double>(draw)) * n[i];
    }
    return true;
  };
  const drawn_outcomes all = play_draws(
      thread_team{1}, {30, 2, 3, 1}, [&] { return player; }, [](std::size_t) {});
  parameter_draws drawn{{"x"}, {}};
  for (std::size_t d = 0; d < 30; ++d) drawn.rows.push_back({static_cast<double>(d)});
  const result_unknowns_figure found = judge_unknowns(all, drawn, 1, 0, {"heard_15d", "share", "higher", "worse", 30});
  CHECK(found.chance_variance == Approx(0).margin(1e-12));
  CHECK(drawn_difference(all, 10, 1, 0) == Approx(-0.09));
  CHECK(found.range.lower == Approx(-0.1 + 0.05 * 0.029));
  CHECK(found.holds.estimate == 1);
  REQUIRE(found.depends.size() == 1);
  CHECK(found.depends[0].part == Approx(1));
}
