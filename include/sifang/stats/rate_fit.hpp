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

/// Whether a cell has a level, in range, of each factor.
template <class = when_called>
[[nodiscard]] inline bool has_levels(const cell_count& c, std::span<const std::size_t> levels) {
  return std::equal(c.levels.begin(), c.levels.end(), levels.begin(), levels.end(),
                    [](std::size_t own, std::size_t all) { return own < all; });
}

/// The steps of `fit_rates`, in their order.
template <class = when_called>
class rate_fitting {
 public:
  rate_fitting(std::span<const cell_count> cells, std::span<const std::size_t> levels) : cells_(cells), levels_(levels) {
    const std::size_t factors = levels.size();
    weights_.resize(factors);
    counts_.resize(factors);
    out_.factors.resize(factors);
    for (std::size_t f = 0; f < factors; ++f) {
      weights_[f].assign(levels[f], 1.0);
      counts_[f].assign(levels[f], 0.0);
      out_.factors[f].resize(levels[f]);
    }
  }

  /// Sums over the cells of each level.
  void count() {
    for (const cell_count& c : cells_) {
      out_.total += c.count;
      for (std::size_t f = 0; f < levels_.size(); ++f) {
        counts_[f][c.levels[f]] += c.count;
        ++out_.factors[f][c.levels[f]].cells;
      }
    }
    out_.base = cells_.empty() ? 0 : out_.total / static_cast<double>(cells_.size());
  }

  /// Weights by turns, each from the sums that it must give.
  void find_weights() {
    std::vector<double> expected;
    for (int turn = 0; turn < 500; ++turn) {
      double change = 0;
      for (std::size_t f = 0; f < levels_.size(); ++f) {
        expected.assign(levels_[f], 0.0);
        for (const cell_count& c : cells_) expected[c.levels[f]] += mean_of(c);
        for (std::size_t l = 0; l < levels_[f]; ++l) {
          if (!(expected[l] > 0)) continue;
          const double by = counts_[f][l] / expected[l];
          weights_[f][l] *= by;
          change = (std::max)(change, std::abs(by - 1));
        }
      }
      if (change < 1e-12 || out_.total == 0) break;
    }
  }

  /// Weights of mean 1 over the levels that there are, and with them the mean of each cell.
  void share_out() {
    for (std::size_t f = 0; f < levels_.size(); ++f) {
      double sum = 0, seen = 0;
      for (std::size_t l = 0; l < levels_[f]; ++l) {
        if (out_.factors[f][l].cells == 0) continue;
        sum += weights_[f][l];
        seen += 1;
      }
      if (!(sum > 0)) continue;
      for (double& w : weights_[f]) w *= seen / sum;
      out_.base *= sum / seen;
    }
    for (const cell_count& c : cells_) out_.means.push_back(mean_of(c));
  }

  /// The inverse of the information of the log rates, over the columns that have a mean.
  void invert_information() {
    find_columns();
    const std::size_t p = out_.estimated;
    std::vector<double> information(p * p, 0.0), row_sum(p, 0.0);
    std::vector<std::size_t> mine;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (!(out_.means[i] > 0)) continue;
      mine.assign(1, 0);
      for (std::size_t f = 0; f < levels_.size(); ++f) {
        const std::size_t column = columns_[f][cells_[i].levels[f]];
        if (column != no_column) mine.push_back(column);
      }
      of_inverse_means_ += 1 / out_.means[i];
      for (const std::size_t a : mine) {
        row_sum[a] += 1;
        for (const std::size_t b : mine) information[a * p + b] += out_.means[i];
      }
    }
    covariance_ = inverse_of(std::move(information), p);
    for (std::size_t a = 0; covariance_ && a < p; ++a) {
      for (std::size_t b = 0; b < p; ++b) explained_ += row_sum[a] * (*covariance_)[a * p + b] * row_sum[b];
    }
  }

  /// By how much the counts vary more than Poisson's. \param z  normal quantile of the confidence
  void find_dispersion(double z) {
    std::vector<double> all;
    for (const cell_count& c : cells_) all.push_back(c.count);
    out_.as_one = test_dispersion(all);
    out_.dispersion = test_dispersion(all, out_.means, out_.estimated, of_inverse_means_ - explained_);
    const double index = out_.dispersion.index, df = out_.dispersion.df;
    if (!(df >= 1 && index > 0)) return;
    const double variance = 2 * index * index * df + index * (6 * index * index - 6 * index + 1) * of_inverse_means_ -
                            index * (2 * index - 1) * (2 * index - 1) * explained_;
    const double error = std::sqrt((std::max)(variance, 0.0)) / df, factor = elementary::exp(z * error / index);
    out_.overdispersion = {index, index / factor, index * factor, interval_kind::two_sided};
  }

  /// The weights with their intervals. \param z  normal quantile of the confidence
  void find_intervals(double z) {
    const double widening = (std::max)(out_.dispersion.index, 1.0);
    for (std::size_t f = 0; f < levels_.size(); ++f) {
      double sum = 0;
      for (std::size_t l = 0; l < levels_[f]; ++l) sum += out_.factors[f][l].cells > 0 ? weights_[f][l] : 0;
      for (std::size_t l = 0; l < levels_[f]; ++l) {
        level_weight& w = out_.factors[f][l];
        w.count = counts_[f][l];
        if (w.cells == 0) continue;
        const double found = weights_[f][l];
        if (!(w.count > 0)) {
          const double one = out_.base * static_cast<double>(w.cells);  // counts at a weight of 1, roughly
          w.weight = {0, 0, one > 0 ? 3 * widening / one : 0, interval_kind::at_most};
        } else if (!covariance_) {
          w.weight = {found, found, found, interval_kind::too_little_data};
        } else {
          const double factor = elementary::exp(z * std::sqrt((std::max)(log_variance(f, l, sum), 0.0) * widening));
          w.weight = {found, found / factor, found * factor, interval_kind::two_sided};
        }
      }
    }
  }

  [[nodiscard]] rate_fit result() && { return std::move(out_); }

 private:
  static constexpr std::size_t no_column = static_cast<std::size_t>(-1);

  [[nodiscard]] double mean_of(const cell_count& c) const {
    double w = 1;
    for (std::size_t f = 0; f < levels_.size(); ++f) w *= weights_[f][c.levels[f]];
    return out_.base * w;
  }

  /// The columns of the model: 0 is the base, each level of a factor but its first has one, unless it has no mean.
  void find_columns() {
    std::size_t count = 1;
    for (std::size_t f = 0; f < levels_.size(); ++f) {
      columns_.emplace_back(levels_[f], no_column);
      bool is_first = true;
      for (std::size_t l = 0; l < levels_[f]; ++l) {
        if (!(counts_[f][l] > 0)) continue;
        if (!is_first) columns_[f][l] = count++;
        is_first = false;
      }
    }
    out_.estimated = count;
  }

  /// Variance of the logarithm of a weight: d log w_l = dβ_l − Σ_j (w_j / Σ) dβ_j.
  [[nodiscard]] double log_variance(std::size_t f, std::size_t l, double sum) const {
    const auto slope = [&](std::size_t j) { return (j == l ? 1.0 : 0.0) - weights_[f][j] / sum; };
    double variance = 0;
    for (std::size_t j = 0; j < levels_[f]; ++j) {
      const std::size_t a = columns_[f][j];
      if (a == no_column) continue;
      for (std::size_t k = 0; k < levels_[f]; ++k) {
        const std::size_t b = columns_[f][k];
        if (b != no_column) variance += slope(j) * slope(k) * (*covariance_)[a * out_.estimated + b];
      }
    }
    return variance;
  }

  std::span<const cell_count> cells_;
  std::span<const std::size_t> levels_;
  std::vector<std::vector<double>> weights_, counts_;  // by factor and level
  std::vector<std::vector<std::size_t>> columns_;      // likewise
  std::optional<std::vector<double>> covariance_;      // of the log rates
  double of_inverse_means_ = 0, explained_ = 0;        // Σ 1/mean; 1ᵀV1
  rate_fit out_;
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
  for ([[maybe_unused]] const cell_count& c : cells) SIFANG_ASSERT(detail::has_levels(c, levels), "a level of each factor");
  detail::rate_fitting fitting(cells, levels);
  fitting.count();
  fitting.find_weights();
  fitting.share_out();
  fitting.invert_information();
  fitting.find_dispersion(z);
  fitting.find_intervals(z);
  return std::move(fitting).result();
}

}  // namespace sifang

#endif
