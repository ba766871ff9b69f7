// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats.hpp"

#include <rapidcheck.h>

#include <cmath>
#include <utility>
#include <vector>

using namespace sifang;

namespace {

/// Values of several ratios over replications, row by row.
struct table {
  std::size_t ratios = 0;
  std::vector<double> y, n;
  [[nodiscard]] std::size_t rows() const { return y.size() / ratios; }
  [[nodiscard]] std::vector<double> column(const std::vector<double>& of, std::size_t i) const {
    std::vector<double> out;
    for (std::size_t row = 0; row < rows(); ++row) out.push_back(of[row * ratios + i]);
    return out;
  }
};

/// Sums of the rows, a group at a time, merged in order.
ratio_sums sums_of(const table& t, const std::vector<std::size_t>& groups) {
  ratio_sums out(t.ratios);
  std::vector<double> some(ratio_sums::columns * t.ratios);
  std::size_t from = 0;
  for (std::size_t rows : groups) {
    ratio_sums::of_rows(t.ratios, std::span(t.y).subspan(from, rows * t.ratios), std::span(t.n).subspan(from, rows * t.ratios), some);
    out.merge(some);
    from += rows * t.ratios;
  }
  return out;
}

struct paired {
  ratio_sums a, b;
  ratio_pair_sums both;
};
paired sums_of(const table& a, const table& b, const std::vector<std::size_t>& groups) {
  paired out{ratio_sums(a.ratios), ratio_sums(b.ratios), ratio_pair_sums(a.ratios)};
  std::vector<double> some_a(ratio_sums::columns * a.ratios), some_b(ratio_sums::columns * b.ratios),
      some(ratio_pair_sums::columns * a.ratios);
  std::size_t row = 0;
  for (std::size_t rows : groups) {
    const auto part = [&](const table& t, const std::vector<double>& of) { return std::span(of).subspan(row * t.ratios, rows * t.ratios); };
    ratio_sums::of_rows(a.ratios, part(a, a.y), part(a, a.n), some_a);
    ratio_sums::of_rows(b.ratios, part(b, b.y), part(b, b.n), some_b);
    ratio_pair_sums::of_rows(a.ratios, {a.ratios, part(a, a.y), part(a, a.n), some_a}, {b.ratios, part(b, b.y), part(b, b.n), some_b},
                             some);
    out.both.merge(out.a, out.b, some_a, some_b, some);
    out.a.merge(some_a);
    out.b.merge(some_b);
    row += rows;
  }
  return out;
}

/// Shares, counts of 1e9 with a spread of 1, seldom cells, and what was never seen; `shift` makes another policy.
table some_table(std::size_t rows, std::uint32_t seed, double shift) {
  table out{300, {}, {}};  // more than one group of ratios that are worked on together
  const random_source r(seed, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < out.ratios; ++i) {
      const auto e = static_cast<std::uint64_t>(row * out.ratios + i);
      const double size = 20 + 10 * r.uniform(e, 0u), noise = normal(r.uniform(e, 1u));
      switch (i % 4) {
        case 0:
          out.n.push_back(size), out.y.push_back(size * (0.4 + shift) + noise);
          break;
        case 1:
          out.n.push_back(1), out.y.push_back(1e9 + shift + noise);
          break;
        case 2: {
          const bool seen = r.uniform(e, 2u) < 0.1;
          out.n.push_back(seen ? 3 : 0), out.y.push_back(r.uniform(e, 2u) < 0.3 ? 7 + shift + noise : 0);
          break;
        }
        default:
          out.n.push_back(0), out.y.push_back(0);
      }
    }
  }
  return out;
}

std::vector<std::size_t> any_groups(std::size_t rows) {
  std::vector<std::size_t> out;
  while (rows > 0) {
    out.push_back(*rc::gen::inRange<std::size_t>(1, rows + 1));
    rows -= out.back();
  }
  return out;
}

}  // namespace

TEST_CASE("sums merged in any grouping give the interval of all values") {
  CHECK(rc::check([] {
    const std::size_t rows = *rc::gen::inRange<std::size_t>(1, 40);
    const table t = some_table(rows, *rc::gen::inRange<std::uint32_t>(1, 100), 0);
    const t_scale scale(rows, 0.95);
    const ratio_sums sums = sums_of(t, any_groups(rows));
    for (std::size_t i = 0; i < t.ratios; ++i) {
      for (const quantity what : {quantity::number, quantity::amount, quantity::count, quantity::share, quantity::yearly_share}) {
        const interval found = sums.estimate(i, what, scale), all = ratio_interval(t.column(t.y, i), t.column(t.n, i), scale, what);
        RC_ASSERT(found.kind == all.kind);
        // A few units in the last place of the estimate, that is 2e-16 of it; of a distance, forty merges of rounding, and
        // where a cube is small beside its terms some more.
        RC_ASSERT(std::abs(found.estimate - all.estimate) <= 1e-14 * std::abs(all.estimate));
        // Of lower and upper, when they lie near 1e9: e is rounded to 1e-7 there, and where skewness is large a bound moves
        // some thousand times as far.
        const double of_estimate = 1e-12 * std::abs(all.estimate);
        const double lost = 1e-8 * (all.upper - all.lower) + of_estimate;
        RC_ASSERT(std::abs(found.lower - all.lower) <= lost);
        RC_ASSERT(std::abs(found.upper - all.upper) <= lost);
      }
    }
  }));
}

TEST_CASE("pairs merged in any grouping give the paired difference of all values") {
  CHECK(rc::check([] {
    const std::size_t rows = *rc::gen::inRange<std::size_t>(2, 40);
    const std::uint32_t seed = *rc::gen::inRange<std::uint32_t>(1, 100);
    const table a = some_table(rows, seed, 0), b = some_table(rows, seed + (*rc::gen::inRange(0, 2) == 1 ? 1000 : 0), 0.1);
    const t_scale scale(rows, 0.95);
    const paired sums = sums_of(a, b, any_groups(rows));
    for (std::size_t i = 0; i < a.ratios; ++i) {
      const paired_difference found = sums.both.difference(i, sums.a, sums.b, quantity::number, scale);
      const paired_difference all = compare_ratios(a.column(a.y, i), a.column(a.n, i), b.column(b.y, i), b.column(b.n, i), scale);
      RC_ASSERT(found.difference.has_value() == all.difference.has_value());
      if (!all.difference.has_value() || i % 4 == 1) continue;  // a difference of values near 1e9 is the next test's
      RC_ASSERT(found.difference.kind == all.difference.kind);
      RC_ASSERT(std::abs(found.difference.estimate - all.difference.estimate) <= 1e-12);
      // The variance of the difference is Saa+Sbb−2Sab here: its rounding is that of the larger terms.
      const double lost = 1e-13 * (1 + all.variance_ratio);
      const double of_width = 1e3 * lost * all.difference.half_width() + 1e-13;  // cubes lose more digits than squares
      RC_ASSERT(std::abs(found.difference.lower - all.difference.lower) <= of_width);
      RC_ASSERT(std::abs(found.difference.upper - all.difference.upper) <= of_width);
      if (all.difference.half_width() > 1e-9) {  // below, what varies is rounding alone
        RC_ASSERT(std::abs(found.variance_ratio - all.variance_ratio) <= 2 * lost * all.variance_ratio);
      }
    }
  }));
}

TEST_CASE("a small spread on a large mean is not lost") {
  table t{1, {}, {}};
  for (int i = 0; i < 64; ++i) t.y.push_back(1e9 + (i % 2 == 0 ? 1 : -1)), t.n.push_back(1);
  const ratio_sums sums = sums_of(t, {8, 8, 16, 1, 31});
  CHECK(sums.estimate(0, quantity::number, t_scale(64, 0.95)).estimate == 1e9);
  CHECK(sums.squares(0) == Approx(64).epsilon(1e-12));  // e is ±1 but for the means of the groups of odd size, which merging undoes
}

TEST_CASE("what never changes is said to be constant, whatever its binary digits") {
  for (double value : {0.1, 1.0 / 3, 12.7, 1e-9, 7e11}) {
    table t{2, {}, {}};
    for (int i = 0; i < 1000; ++i) t.y.insert(t.y.end(), {value, value * 365}), t.n.insert(t.n.end(), {1, 365});
    const ratio_sums sums = sums_of(t, std::vector<std::size_t>(125, 8));
    for (std::size_t i = 0; i < 2; ++i) {
      const interval v = sums.estimate(i, quantity::amount, t_scale(1000, 0.95));
      CHECK(v.kind == interval_kind::constant);
      CHECK(v.half_width() == 0);
      CHECK(v.estimate == Approx(value).epsilon(1e-14));
    }
  }
}

TEST_CASE("a policy compared with itself differs by exactly nothing") {
  const table t = some_table(100, 5, 0);
  const paired sums = sums_of(t, t, {8, 8, 8, 8, 33, 35});
  for (std::size_t i = 0; i < t.ratios; ++i) {
    const paired_difference d =
        sums.both.difference(i, sums.a, sums.b, i % 4 == 0 ? quantity::share : quantity::amount, t_scale(100, 0.95));
    CHECK(d.difference.estimate == 0);
    CHECK(d.difference.half_width() == 0);
    CHECK((d.difference.kind == interval_kind::constant || !d.difference.has_value()));
    CHECK(d.p_value == 1);
  }
}

TEST_CASE("a numerator without a denominator counts as soon as there is one") {
  table t{1, {5, 0, 3, 4}, {0, 0, 0, 2}};
  for (int i = 0; i < 20; ++i) t.y.push_back(3 + i % 3), t.n.push_back(2);
  const t_scale scale(24, 0.95);
  const interval all = ratio_interval(t.y, t.n, scale);
  CHECK(all.kind == interval_kind::two_sided);
  CHECK_FALSE(sums_of(t, {3}).estimate(0, quantity::number, t_scale(3, 0.95)).has_value());
  for (const auto& groups : {std::vector<std::size_t>{24}, {1, 1, 1, 1, 20}, {3, 21}, {2, 2, 20}}) {
    const interval found = sums_of(t, groups).estimate(0, quantity::number, scale);
    CHECK(found.estimate == Approx(all.estimate).epsilon(1e-15));
    CHECK(found.lower == Approx(all.lower).epsilon(1e-13));
    CHECK(found.upper == Approx(all.upper).epsilon(1e-13));
  }
}

TEST_CASE("a spread of a ten-million-millionth is rounding, and twice as much is a spread") {
  // The root mean square is as much of Y as `part`: 1e-13 is where rounding ends.
  for (const auto& [part, varies] :
       {std::pair(2e-13, true), std::pair(1.3e-13, true), std::pair(0.7e-13, false), std::pair(0.5e-13, false)}) {
    for (const double size : {1.0, 40.0}) {
      INFO(part << ' ' << size);
      table t{1, {}, {}};
      for (int i = 0; i < 64; ++i) t.y.push_back(3 * size * (1 + (i % 2 == 0 ? part : -part))), t.n.push_back(size);
      const interval_kind kind = varies ? interval_kind::two_sided : interval_kind::constant;
      const t_scale scale(64, 0.95);
      CHECK(ratio_interval(t.y, t.n, scale).kind == kind);
      CHECK(sums_of(t, {64}).estimate(0, quantity::number, scale).kind == kind);
      CHECK((sums_of(t, {64}).squares(0) > 0) == varies);
      const std::vector<double> same(64, 2 * size);
      CHECK(compare_ratios(t.y, t.n, same, t.n, scale).difference.kind == kind);
      CHECK(compare_ratios(same, t.n, t.y, t.n, scale).difference.kind == kind);
    }
  }
}
