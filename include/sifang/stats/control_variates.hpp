// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_CONTROL_VARIATES_HPP
#define SIFANG_STATS_CONTROL_VARIATES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/accumulator.hpp"
#include "sifang/stats/estimate.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

/// \file
/// An estimate made sharper by what is known beforehand: quantities of each replication whose mean over all possible ones is known, such as
/// how many come. Where these were above their mean by chance, so was what follows from them, and the estimate is moved back by as much.

namespace sifang {

/// A quantity that each replication gives, of which the true mean is known.
struct control_variate {
  std::vector<double> values;  ///< a replication each
  double mean = 0;             ///< over all possible replications: known, not estimated from these
};

/// A mean with and without control variates.
struct controlled_mean {
  interval plain;                    ///< `mean_interval`
  interval controlled;               ///< with those that were used; equals `plain` if none was
  std::vector<double> coefficients;  ///< of each control, in the unit of the value a unit of the control; 0 of those left out
  std::size_t used = 0;              ///< controls that tell something of their own: not those that never vary, or follow from others
  bool refused = false;              ///< more controls than `most_controls`: none was used
  double variance_saved = 0;  ///< 1 − (half width with ÷ without)²: 0.5 is as good as twice the replications; below 0 they did harm
};

/// So many controls are used at most with n replications: each costs a degree of freedom, and its coefficient is estimated from the same
/// data; more than a fifth hurt (Lavenberg and Welch 1981).
[[nodiscard]] constexpr std::size_t most_controls(std::size_t replications) noexcept { return replications / 5; }

namespace detail {

/// Least squares of values on controls that are taken from their sample means, by Cholesky's factors. A control that those before it
/// explain is left out.
struct control_regression {
  std::vector<std::size_t> used;              ///< positions of controls
  std::vector<std::vector<double>> centred;   ///< of the used ones
  std::vector<std::vector<double>> triangle;  ///< lower factor L of Σ c c'

  template <class = when_called>
  explicit control_regression(std::span<const control_variate> controls) {
    for (std::size_t k = 0; k < controls.size(); ++k) {
      std::vector<double> c = controls[k].values;
      accumulator all;
      for (const double v : c) all.add(v);
      double squares = 0;
      for (double& v : c) {
        v -= all.mean();
        squares += v * v;
      }
      if (!(squares > 1e-20 * all.mean() * all.mean() * static_cast<double>(c.size()))) continue;  // rounding alone
      std::vector<double> row(used.size() + 1);
      double rest = squares;
      for (std::size_t j = 0; j < used.size(); ++j) {
        double product = 0;
        for (std::size_t i = 0; i < c.size(); ++i) product += c[i] * centred[j][i];
        for (std::size_t l = 0; l < j; ++l) product -= row[l] * triangle[j][l];
        row[j] = product / triangle[j][j];
        rest -= row[j] * row[j];
      }
      if (rest <= 1e-9 * squares) continue;
      row.back() = std::sqrt(rest);
      used.push_back(k);
      centred.push_back(std::move(c));
      triangle.push_back(std::move(row));
    }
  }
  /// L⁻¹ v.
  template <class = when_called>
  [[nodiscard]] std::vector<double> forward(std::vector<double> v) const {
    for (std::size_t j = 0; j < v.size(); ++j) {
      for (std::size_t l = 0; l < j; ++l) v[j] -= triangle[j][l] * v[l];
      v[j] /= triangle[j][j];
    }
    return v;
  }
  /// L⁻ᵀ v.
  template <class = when_called>
  [[nodiscard]] std::vector<double> backward(std::vector<double> v) const {
    for (std::size_t j = v.size(); j-- > 0;) {
      for (std::size_t l = j + 1; l < v.size(); ++l) v[j] -= triangle[l][j] * v[l];
      v[j] /= triangle[j][j];
    }
    return v;
  }
};

}  // namespace detail

/// Mean over replications, regression-adjusted for controls of known mean (Lavenberg and Welch 1981): Ȳ − β'(C̄ − E C) with β by least
/// squares, and Student's interval with n − q − 1 degrees of freedom for q controls, wider where the residuals are skewed. It is exact
/// where values and controls are jointly normal.
///
/// A control that varies with the policy has no known mean: use what comes to the system, not what the system does. For a ratio ΣY/ΣN
/// give r + (Y − rN)/N̄ as values, for a difference on common random numbers those of both, subtracted.
/// \pre finite numbers, as many of each control as values; asserted
/// \complexity n q²
template <class = when_called>
[[nodiscard]] inline controlled_mean control_mean(std::span<const double> values, std::span<const control_variate> controls,
                                                  double confidence = 0.95) {
  for ([[maybe_unused]] const double v : values) SIFANG_ASSERT(std::isfinite(v), "numbers that are finite");
  for ([[maybe_unused]] const control_variate& c : controls) {
    SIFANG_ASSERT(c.values.size() == values.size() && std::isfinite(c.mean), "a control for each value, with its mean");
  }
  controlled_mean out;
  out.plain = mean_interval(values, confidence);
  out.controlled = out.plain;
  out.coefficients.resize(controls.size());
  out.refused = controls.size() > most_controls(values.size());
  if (out.refused || out.plain.kind != interval_kind::two_sided) return out;
  const detail::control_regression of(controls);
  const std::size_t n = values.size(), q = of.used.size();
  const t_scale scale(n - q, confidence);
  if (q == 0 || scale.too_few()) return out;
  std::vector<double> with_values(q), away(q);
  for (std::size_t j = 0; j < q; ++j) {
    const control_variate& control = controls[of.used[j]];
    accumulator all;
    for (std::size_t i = 0; i < n; ++i) {
      all.add(control.values[i]);
      with_values[j] += of.centred[j][i] * (values[i] - out.plain.estimate);
    }
    away[j] = all.mean() - control.mean;
  }
  const std::vector<double> beta = of.backward(of.forward(std::move(with_values)));
  double moved = 0, stretched = 1 / static_cast<double>(n);
  for (std::size_t j = 0; j < q; ++j) {
    out.coefficients[of.used[j]] = beta[j];
    moved += beta[j] * away[j];
  }
  for (const double z : of.forward(away)) stretched += z * z;
  double squares = 0, cubes = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double rest = values[i] - out.plain.estimate;
    for (std::size_t j = 0; j < q; ++j) rest -= beta[j] * of.centred[j][i];
    squares += rest * rest;
    cubes += rest * rest * rest;
  }
  const double freedom = static_cast<double>(n - q - 1), error = std::sqrt(squares / freedom * stretched);
  const double estimate = out.plain.estimate - moved;
  out.used = q;
  out.variance_saved = 1;
  out.controlled = {estimate, estimate, estimate, interval_kind::two_sided};
  if (!(error > 1e-12 * out.plain.half_width())) return out;  // the controls say all
  const detail::bound_factors factors = detail::widened_factors(skewness_raised * detail::skewness_of(squares, cubes, n), scale);
  out.controlled.lower = estimate - factors.below * error;
  out.controlled.upper = estimate + factors.above * error;
  const double narrower = out.controlled.half_width() / out.plain.half_width();
  out.variance_saved = 1 - narrower * narrower;
  return out;
}

}  // namespace sifang

#endif
