// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_LINEAR_EFFECTS_HPP
#define SIFANG_STATS_LINEAR_EFFECTS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/cholesky.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/singular_values.hpp"
#include "sifang/stats/student_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

/// \file
/// What each of several numbers does to a figure, the others held: regression on a design such as a Latin hypercube.

namespace sifang {

/// What one number does.
struct linear_effect {
  interval
      over,  ///< by how much the figure changes from the lowest to the highest value of the number; none where it does not vary by itself
      standard;  ///< the same in standard deviations: slope × sd of the number ÷ sd of the figure, this one taken as known
};
/// What all of them do.
struct linear_effects {
  std::vector<linear_effect> of{};  ///< in the order of the numbers
  double explained = 0;             ///< share of the figure's variance that goes with the line, adjusted for its terms; 0 to 1
  std::size_t points = 0;           ///< that were used
};

/// Fewest points beyond the terms of the line with which intervals are given.
inline constexpr std::size_t spare_points = 4;

namespace detail {

/// A centred column of numbers, scaled to its range; where nothing varies, of zeros.
struct scaled_column {
  std::vector<double> values;
  double range = 0, deviation = 0;  ///< of the numbers; the deviation in units of the range
};
template <class = when_called>
[[nodiscard]] inline scaled_column scaled(std::vector<double> x) {
  scaled_column out;
  const auto ends = std::minmax_element(x.begin(), x.end());
  const double low = *ends.first;
  out.range = *ends.second - low;
  double mean = 0;
  for (double& v : x) {
    v = out.range > 0 && std::isfinite(out.range) ? (v - low) / out.range : 0;
    mean += v / static_cast<double>(x.size());
  }
  for (double& v : x) v -= mean;
  double squares = 0;
  for (const double v : x) squares += v * v;
  out.deviation = x.size() > 1 ? std::sqrt(squares / static_cast<double>(x.size() - 1)) : 0;
  out.values = std::move(x);
  return out;
}

}  // namespace detail

/// The straight line through points by least squares, with Student's intervals of its slopes.
///
/// What bends, or depends on where other numbers stand, is counted as noise: `explained` says how much that is. Of numbers that vary only
/// together the first is given all, and the others have no effect of their own.
/// \param columns     of each number its value at every point
/// \param figure      at every point
/// \param confidence  of each interval, 0 to 1
/// \pre as many values in every column as in the figure, all finite; asserted
/// \complexity points × numbers² \returns no effects with fewer points than the terms and `spare_points`, or nothing that varies
template <class = when_called>
[[nodiscard]] inline linear_effects linear_effects_of(std::span<const std::vector<double>> columns, std::span<const double> figure,
                                                      double confidence) {
  const std::size_t n = figure.size(), p = columns.size();
  linear_effects out;
  out.points = n;
  std::vector<detail::scaled_column> x;
  for (const std::vector<double>& c : columns) {
    SIFANG_ASSERT(c.size() == n, "a value of each number at every point");
    if (n > 0) x.push_back(detail::scaled(c));
  }
  if (n < p + 1 + spare_points || p == 0) return out;
  const detail::scaled_column y = detail::scaled({figure.begin(), figure.end()});
  small_matrix squares(p, p);
  std::vector<double> b(p, 0.0);
  for (std::size_t j = 0; j < p; ++j) {
    for (std::size_t i = 0; i < n; ++i) b[j] += x[j].values[i] * y.values[i];
    for (std::size_t k = 0; k <= j; ++k) {
      for (std::size_t i = 0; i < n; ++i) squares.at(j, k) += x[j].values[i] * x[k].values[i];
    }
  }
  const small_matrix factor = cholesky(squares);
  solve_lower(factor, detail::span_to(b));
  solve_upper(factor, detail::span_to(b));
  std::size_t used = 0;
  for (std::size_t j = 0; j < p; ++j) used += factor.at(j, j) > 0 ? 1 : 0;
  double residual = 0, all = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double off = y.values[i];
    for (std::size_t j = 0; j < p; ++j) off -= x[j].values[i] * b[j];
    residual += off * off;
    all += y.values[i] * y.values[i];
  }
  const double df = static_cast<double>(n - used - 1), variance = residual / df;
  const double t = student_t_quantile(1 - (1 - confidence) / 2, df);
  if (all > 0) out.explained = (std::max)(0.0, 1 - variance / (all / static_cast<double>(n - 1)));
  for (std::size_t j = 0; j < p; ++j) {
    linear_effect one;
    if (!(y.range > 0) && factor.at(j, j) > 0) {
      one.over = one.standard = {0, 0, 0, interval_kind::constant};
    } else if (factor.at(j, j) > 0) {
      std::vector<double> unit(p, 0.0);
      unit[j] = 1;
      solve_lower(factor, detail::span_to(unit));
      double leverage = 0;
      for (const double v : unit) leverage += v * v;
      const double half = t * std::sqrt(variance * leverage);
      const auto times = [&](double scale) {
        return interval{scale * b[j], scale * (b[j] - half), scale * (b[j] + half), interval_kind::two_sided};
      };
      one.over = times(y.range);
      one.standard = times(x[j].deviation / y.deviation);
    }
    out.of.push_back(one);
  }
  return out;
}

}  // namespace sifang

#endif
