// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_RATE_FIT_HPP
#define SIFANG_STATS_RATE_FIT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/dispersion.hpp"
#include "sifang/stats/interval.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Counts by several factors, such as month and weekday: rates that multiply, by maximum likelihood, and by how much the counts vary more
/// than Poisson's.

namespace sifang {

/// Counts of a day (or any cell) with the level that it has of each factor.
struct cell_count {
  std::vector<std::uint16_t> levels;  ///< one for each factor
  double count = 0;                   ///< what was counted
};

/// A level of a factor: its weight, of mean 1 over the levels that were seen.
struct level_weight {
  interval weight;        ///< nothing where no cell has the level
  std::size_t cells = 0;  ///< that have it
  double count = 0;       ///< in them
};

/// Rates that are products of weights, one for each factor.
struct rate_fit {
  double base = 0;                                 ///< mean of a cell all of whose weights are 1
  std::vector<std::vector<level_weight>> factors;  ///< by factor and level
  std::vector<double> means;                       ///< fitted, of each cell
  double total = 0;                                ///< of all counts
  dispersion_test as_one,                          ///< all cells under one mean
      dispersion;                                  ///< after the factors were taken out
  interval overdispersion;                         ///< ratio of variance to mean after that, at least 0
  std::size_t estimated = 0;                       ///< numbers that were
};

namespace detail {

/// Inverse of a symmetric positive definite matrix, row by row; nothing where it is none.
template <class = when_called>
[[nodiscard]] inline std::optional<std::vector<double>> inverse_of(std::vector<double> a, std::size_t n) {
  std::vector<double> out(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) out[i * n + i] = 1;
  for (std::size_t k = 0; k < n; ++k) {
    const double pivot = a[k * n + k];
    if (!(pivot > 1e-12)) return std::nullopt;
    for (std::size_t j = 0; j < n; ++j) {
      a[k * n + j] /= pivot;
      out[k * n + j] /= pivot;
    }
    for (std::size_t i = 0; i < n; ++i) {
      const double f = a[i * n + k];
      if (i == k || f == 0) continue;
      for (std::size_t j = 0; j < n; ++j) {
        a[i * n + j] -= f * a[k * n + j];
        out[i * n + j] -= f * out[k * n + j];
      }
    }
  }
  return out;
}

/// The columns of the model: 0 is the base, each level of a factor but its first has one.
struct rate_columns {
  std::vector<std::vector<std::size_t>> of;  ///< by factor and level; `none` for the first and for levels without a mean
  std::size_t count = 1;
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

}  // namespace detail

/// Fits rates that multiply to counts: Poisson's maximum likelihood, by turns over the factors (iterative proportional fitting).
///
/// Intervals of the weights are those of quasi-likelihood: the curvature of the likelihood, widened by the overdispersion (McCullagh &
/// Nelder 1989, ch. 9). The interval of the overdispersion has the variance of X² of negative binomial counts given the fitted sums. A
/// level whose cells are all empty has weight 0 and an upper bound only.
///
/// \param cells   at least one
/// \param levels  how many levels each factor has
/// \param z       normal quantile of the confidence
/// \pre each cell has a level, in range, of each factor; asserted
/// \complexity linear in the cells for each turn, of which there are few; cubic in the number of levels
template <class = when_called>
[[nodiscard]] inline rate_fit fit_rates(std::span<const cell_count> cells, std::span<const std::size_t> levels,
                                        double z = 1.959963984540054) {
  rate_fit out;
  const std::size_t factors = levels.size();
  std::vector<std::vector<double>> weights(factors), counts(factors);
  out.factors.resize(factors);
  for (std::size_t f = 0; f < factors; ++f) {
    weights[f].assign(levels[f], 1.0);
    counts[f].assign(levels[f], 0.0);
    out.factors[f].resize(levels[f]);
  }
  for (const cell_count& c : cells) {
    SIFANG_ASSERT(c.levels.size() == factors);
    out.total += c.count;
    for (std::size_t f = 0; f < factors; ++f) {
      SIFANG_ASSERT(c.levels[f] < levels[f]);
      counts[f][c.levels[f]] += c.count;
      ++out.factors[f][c.levels[f]].cells;
    }
  }
  // Base and weights by turns, each from the sums that it must give.
  const auto product = [&](const cell_count& c) {
    double w = 1;
    for (std::size_t f = 0; f < factors; ++f) w *= weights[f][c.levels[f]];
    return w;
  };
  double base = cells.empty() ? 0 : out.total / static_cast<double>(cells.size());
  std::vector<double> expected;
  for (int turn = 0; turn < 500; ++turn) {
    double change = 0;
    for (std::size_t f = 0; f < factors; ++f) {
      expected.assign(levels[f], 0.0);
      for (const cell_count& c : cells) expected[c.levels[f]] += base * product(c);
      for (std::size_t l = 0; l < levels[f]; ++l) {
        if (!(expected[l] > 0)) continue;
        const double by = counts[f][l] / expected[l];
        weights[f][l] *= by;
        change = (std::max)(change, std::abs(by - 1));
      }
    }
    if (change < 1e-12 || out.total == 0) break;
  }
  for (std::size_t f = 0; f < factors; ++f) {  // mean 1 over the levels that there are
    double sum = 0, seen = 0;
    for (std::size_t l = 0; l < levels[f]; ++l) {
      if (out.factors[f][l].cells == 0) continue;
      sum += weights[f][l];
      seen += 1;
    }
    if (!(sum > 0)) continue;
    for (double& w : weights[f]) w *= seen / sum;
    base *= sum / seen;
  }
  out.base = base;
  std::vector<double> all;
  for (const cell_count& c : cells) {
    out.means.push_back(base * product(c));
    all.push_back(c.count);
  }

  // The information of the log rates, over the columns that have a mean.
  detail::rate_columns columns;
  for (std::size_t f = 0; f < factors; ++f) {
    columns.of.emplace_back(levels[f], detail::rate_columns::none);
    bool is_first = true;
    for (std::size_t l = 0; l < levels[f]; ++l) {
      if (!(counts[f][l] > 0)) continue;
      if (!is_first) columns.of[f][l] = columns.count++;
      is_first = false;
    }
  }
  const std::size_t p = columns.count;
  std::vector<double> information(p * p, 0.0), row_sum(p, 0.0);
  double of_inverse_means = 0, cells_with_mean = 0;
  std::vector<std::size_t> mine;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!(out.means[i] > 0)) continue;
    mine.assign(1, 0);
    for (std::size_t f = 0; f < factors; ++f) {
      const std::size_t column = columns.of[f][cells[i].levels[f]];
      if (column != detail::rate_columns::none) mine.push_back(column);
    }
    of_inverse_means += 1 / out.means[i];
    cells_with_mean += 1;
    for (const std::size_t a : mine) {
      row_sum[a] += 1;
      for (const std::size_t b : mine) information[a * p + b] += out.means[i];
    }
  }
  out.estimated = p;
  out.as_one = test_dispersion(all);
  const auto covariance = detail::inverse_of(std::move(information), p);
  double explained = 0;  // 1ᵀV1
  if (covariance) {
    for (std::size_t a = 0; a < p; ++a) {
      for (std::size_t b = 0; b < p; ++b) explained += row_sum[a] * (*covariance)[a * p + b] * row_sum[b];
    }
  }
  out.dispersion = test_dispersion(all, out.means, p, of_inverse_means - explained);
  const double index = out.dispersion.index, df = out.dispersion.df;
  if (df >= 1 && index > 0) {
    const double variance = 2 * index * index * df + index * (6 * index * index - 6 * index + 1) * of_inverse_means -
                            index * (2 * index - 1) * (2 * index - 1) * explained;
    const double error = std::sqrt((std::max)(variance, 0.0)) / df, factor = elementary::exp(z * error / index);
    out.overdispersion = {index, index / factor, index * factor, interval_kind::two_sided};
  }

  const double widening = (std::max)(index, 1.0);
  for (std::size_t f = 0; f < factors; ++f) {
    double sum = 0;
    for (std::size_t l = 0; l < levels[f]; ++l) sum += out.factors[f][l].cells > 0 ? weights[f][l] : 0;
    for (std::size_t l = 0; l < levels[f]; ++l) {
      level_weight& w = out.factors[f][l];
      w.count = counts[f][l];
      if (w.cells == 0) continue;
      if (!(w.count > 0)) {
        const double one = base * static_cast<double>(w.cells);  // counts at a weight of 1, roughly
        w.weight = {0, 0, one > 0 ? 3 * widening / one : 0, interval_kind::at_most};
        continue;
      }
      if (!covariance) {
        w.weight = {weights[f][l], weights[f][l], weights[f][l], interval_kind::too_little_data};
        continue;
      }
      // d log w_l = dβ_l − Σ_j (w_j / Σ) dβ_j
      double variance = 0;
      const auto slope = [&](std::size_t j) { return (j == l ? 1.0 : 0.0) - weights[f][j] / sum; };
      for (std::size_t j = 0; j < levels[f]; ++j) {
        const std::size_t a = columns.of[f][j];
        if (a == detail::rate_columns::none) continue;
        for (std::size_t k = 0; k < levels[f]; ++k) {
          const std::size_t b = columns.of[f][k];
          if (b != detail::rate_columns::none) variance += slope(j) * slope(k) * (*covariance)[a * p + b];
        }
      }
      const double factor = elementary::exp(z * std::sqrt((std::max)(variance, 0.0) * widening));
      w.weight = {weights[f][l], weights[f][l] / factor, weights[f][l] * factor, interval_kind::two_sided};
    }
  }
  return out;
}

}  // namespace sifang

#endif
