// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_CHOLESKY_HPP
#define SIFANG_STATS_CHOLESKY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/singular_values.hpp"

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

/// \file
/// Cholesky's factor of small matrices, and the covariance of weighted points.

namespace sifang {

/// The lower triangle L with LLᵀ = A, where A is symmetric; only its lower triangle is read.
///
/// A direction in which A has nothing left but rounding gets a 0 on the diagonal and zeros below: L still has LLᵀ = A, and
/// `solve_lower` leaves such a direction out. So points that lie in a plane need no case of their own.
/// \pre as many rows as columns; asserted \complexity rows³ / 6
template <class = when_called>
[[nodiscard]] inline small_matrix cholesky(const small_matrix& a) {
  SIFANG_ASSERT(a.rows == a.columns, "a square matrix");
  constexpr double rounding = 1e-13;
  small_matrix lower(a.rows, a.rows);
  for (std::size_t j = 0; j < a.rows; ++j) {
    double left = a.at(j, j);
    for (std::size_t k = 0; k < j; ++k) left -= lower.at(j, k) * lower.at(j, k);
    if (!(left > rounding * a.at(j, j))) continue;
    const double pivot = std::sqrt(left);
    lower.at(j, j) = pivot;
    for (std::size_t i = j + 1; i < a.rows; ++i) {
      double sum = a.at(i, j);
      for (std::size_t k = 0; k < j; ++k) sum -= lower.at(i, k) * lower.at(j, k);
      lower.at(i, j) = sum / pivot;
    }
  }
  return lower;
}

/// y with Ly = b, in place; 0 where the diagonal is. \pre b is as long as L has rows; asserted \complexity rows² / 2
inline void solve_lower(const small_matrix& lower, std::span<double> b) noexcept {
  SIFANG_ASSERT(b.size() == lower.rows, "as many numbers as rows");
  for (std::size_t i = 0; i < lower.rows; ++i) {
    const double* row = lower.values.data() + i * lower.columns;
    double sum = b[i];
    for (std::size_t k = 0; k < i; ++k) sum -= row[k] * b[k];
    b[i] = row[i] > 0 ? sum / row[i] : 0;
  }
}

/// x with Lᵀx = y, in place; 0 where the diagonal is. \pre as for `solve_lower`
inline void solve_upper(const small_matrix& lower, std::span<double> y) noexcept {
  SIFANG_ASSERT(y.size() == lower.rows, "as many numbers as rows");
  for (std::size_t i = lower.rows; i-- > 0;) {
    double sum = y[i];
    for (std::size_t k = i + 1; k < lower.rows; ++k) sum -= lower.at(k, i) * y[k];
    y[i] = lower.at(i, i) > 0 ? sum / lower.at(i, i) : 0;
  }
}

/// The centre of points and how they vary together.
struct point_cloud {
  std::vector<double> centre;  ///< mean of each coordinate
  small_matrix covariance;     ///< divided by the sum of weights
};

/// Mean and covariance of points by weight. \param weights  not below 0, one for each point; empty: all the same
/// \pre at least one point, and not all weights are 0; asserted \complexity points × dimensions²
template <class = when_called>
[[nodiscard]] inline point_cloud cloud_of(const std::vector<std::vector<double>>& points, std::span<const double> weights = {}) {
  SIFANG_ASSERT(!points.empty() && (weights.empty() || weights.size() == points.size()), "points, and a weight for each");
  const std::size_t d = points[0].size();
  point_cloud out{std::vector<double>(d, 0.0), small_matrix(d, d)};
  const auto weight = [&](std::size_t i) { return weights.empty() ? 1.0 : weights[i]; };
  double all = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    all += weight(i);
    for (std::size_t j = 0; j < d; ++j) out.centre[j] += weight(i) * points[i][j];
  }
  SIFANG_ASSERT(all > 0, "a weight above 0");
  for (double& c : out.centre) c /= all;
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t j = 0; j < d; ++j) {
      const double off = weight(i) * (points[i][j] - out.centre[j]);
      for (std::size_t k = 0; k <= j; ++k) out.covariance.at(j, k) += off * (points[i][k] - out.centre[k]);
    }
  }
  for (std::size_t j = 0; j < d; ++j) {
    for (std::size_t k = 0; k <= j; ++k) {
      out.covariance.at(j, k) /= all;
      out.covariance.at(k, j) = out.covariance.at(j, k);
    }
  }
  return out;
}

}  // namespace sifang

#endif
