// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_SINGULAR_VALUES_HPP
#define SIFANG_STATS_SINGULAR_VALUES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

/// \file
/// Singular values of small matrices, and the directions that belong to them.

namespace sifang {

/// A matrix of some tens of rows and columns, row by row.
struct small_matrix {
  std::size_t rows = 0,          ///< of them
      columns = 0;               ///< of each row
  std::vector<double> values{};  ///< `rows * columns` of them

  small_matrix() = default;
  /// Zeros.
  small_matrix(std::size_t row_count, std::size_t column_count)
      : rows(row_count), columns(column_count), values(row_count * column_count, 0.0) {}
  /// An entry. \pre row < rows and column < columns; asserted @{
  [[nodiscard]] double& at(std::size_t row, std::size_t column) noexcept {
    SIFANG_ASSERT(row < rows && column < columns, "an entry of the matrix");
    return values[row * columns + column];
  }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const noexcept {
    SIFANG_ASSERT(row < rows && column < columns, "an entry of the matrix");
    return values[row * columns + column];
  }
  /// @}
};

/// How strongly a linear map answers to steps of length 1, from the direction that it answers to most to that it answers to least.
struct singular_system {
  std::vector<double> values;  ///< as many as the matrix has columns, falling, not below 0
  small_matrix directions;     ///< row k: the direction of value k, of length 1; its largest part is positive
};

/// Singular values of a matrix and the directions of its columns (right singular vectors).
///
/// Jacobi's method on the columns (Hestenes 1958): pairs of them are turned until all are at right angles. Small values keep
/// their digits, which they would lose in the squares of JᵀJ. Only additions, multiplications and roots, so that bytes are the same
/// everywhere. \complexity some ten times rows × columns²
template <class = when_called>
[[nodiscard]] inline singular_system singular_values(small_matrix a) {
  constexpr int most_sweeps = 60;
  constexpr double right_angle = 1e-15;
  const std::size_t n = a.columns;
  small_matrix v(n, n);
  for (std::size_t j = 0; j < n; ++j) v.at(j, j) = 1;
  const auto turn = [](small_matrix& m, std::size_t p, std::size_t q, double c, double s) {
    for (std::size_t i = 0; i < m.rows; ++i) {
      const double x = m.at(i, p), y = m.at(i, q);
      m.at(i, p) = c * x - s * y;
      m.at(i, q) = s * x + c * y;
    }
  };
  bool turned = n > 1;
  for (int sweep = 0; turned && sweep < most_sweeps; ++sweep) {
    turned = false;
    for (std::size_t p = 0; p + 1 < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        double pp = 0, qq = 0, pq = 0;
        for (std::size_t i = 0; i < a.rows; ++i) {
          pp += a.at(i, p) * a.at(i, p);
          qq += a.at(i, q) * a.at(i, q);
          pq += a.at(i, p) * a.at(i, q);
        }
        if (std::abs(pq) <= right_angle * std::sqrt(pp) * std::sqrt(qq)) continue;
        const double zeta = (qq - pp) / (2 * pq);
        const double t = (zeta < 0 ? -1 : 1) / (std::abs(zeta) + std::sqrt(1 + zeta * zeta));
        const double c = 1 / std::sqrt(1 + t * t), s = c * t;
        turn(a, p, q, c, s);
        turn(v, p, q, c, s);
        turned = true;
      }
    }
  }
  std::vector<double> length(n, 0.0);
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < a.rows; ++i) length[j] += a.at(i, j) * a.at(i, j);
    length[j] = std::sqrt(length[j]);
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) { return std::pair(-length[x], x) < std::pair(-length[y], y); });
  singular_system out{{}, small_matrix(n, n)};
  for (std::size_t k = 0; k < n; ++k) {
    out.values.push_back(length[order[k]]);
    std::size_t largest = 0;
    for (std::size_t j = 1; j < n; ++j) {
      if (std::abs(v.at(j, order[k])) > std::abs(v.at(largest, order[k]))) largest = j;
    }
    const double sign = v.at(largest, order[k]) < 0 ? -1 : 1;
    for (std::size_t j = 0; j < n; ++j) out.directions.at(k, j) = sign * v.at(j, order[k]);
  }
  return out;
}

}  // namespace sifang

#endif
