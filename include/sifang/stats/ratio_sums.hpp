// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_RATIO_SUMS_HPP
#define SIFANG_STATS_RATIO_SUMS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/interval_of_moments.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

/// \file
/// Many ratios ΣY/ΣN at once, from sums that merge: what `ratio_interval` finds from all values, found without
/// keeping them. A mean is a ratio whose denominators are 1.
///
/// An interval needs Σ(Y−rN)² and Σ(Y−rN)³, and r is known at the end only. So sums are kept about the ratio s of
/// what was seen so far: Σe², ΣeN, ΣN², Σe³, Σe²N, ΣeN², ΣN³ with e = Y−sN. For another ratio r, e becomes e+(s−r)N,
/// and the sums follow without a return to the values. This is Chan, Golub & LeVeque's merging (1983) for a line
/// through the origin in place of a mean, and as safe against cancellation.

namespace sifang {

namespace detail {

/// The ratio that sums are kept about. Any would serve where there is no denominator: N is 0 in every value.
[[nodiscard]] inline double slope(double y, double n) noexcept { return y / (n > 0 ? n : 1); }

/// Sums of squares and cubes of e and N, which stay such sums when e becomes e+αN.
struct moved_sums {
  double ee, en, nn, eee, een, enn, nnn;
  [[nodiscard]] constexpr moved_sums by(double alpha) const noexcept {
    const double enn_to = enn + alpha * nnn, en_to = en + alpha * nn;
    const double een_half = een + alpha * enn, een_to = een_half + alpha * enn_to;
    return {ee + alpha * (en + en_to), en_to, nn, eee + alpha * (een + een_half + een_to), een_to, enn_to, nnn};
  }
};

/// Ratios worked on together: what they need stays in the nearest cache.
inline constexpr std::size_t ratios_together = 256;

}  // namespace detail

/// Sums of many ratios over replications. Bytes depend on the grouping, rounding alone: merge in a fixed order.
class ratio_sums {
 public:
  /// Numbers kept for each ratio: ΣY, ΣN, Σe², ΣeN, ΣN², Σe³, Σe²N, ΣeN², ΣN³, a column each.
  static constexpr std::size_t columns = 9;

  /// So many ratios, of which nothing was seen.
  explicit ratio_sums(std::size_t ratios = 0) : size_(ratios), all_(columns * ratios, 0.0) {}

  /// Number of ratios.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// ΣY and ΣN of a ratio. @{
  [[nodiscard]] double numerator(std::size_t i) const noexcept { return all_[i]; }
  [[nodiscard]] double denominator(std::size_t i) const noexcept { return all_[size_ + i]; }
  /// The ratio; 0 where there is no denominator.
  [[nodiscard]] double ratio(std::size_t i) const noexcept { return denominator(i) > 0 ? numerator(i) / denominator(i) : 0; }
  /// @}
  /// All columns one after another, as `merge` takes them.
  template <class = when_called>
  [[nodiscard]] std::span<const double> values() const noexcept {
    return detail::span_of(all_);
  }

  /// Columns of a few replications, each a row of `ratios` numerators and one of denominators.
  /// \pre `out` has `columns * ratios` places
  template <class = when_called>
  static void of_rows(std::size_t ratios, std::span<const double> numerators, std::span<const double> denominators,
                      std::span<double> out) noexcept {
    SIFANG_ASSERT(numerators.size() == denominators.size() && out.size() == columns * ratios);
    using detail::ratios_together;
    for (std::size_t from = 0; from < ratios; from += ratios_together) {
      const std::size_t width = (std::min)(ratios_together, ratios - from);
      // Sums of their own, which no other memory can be: the loops below become vector code.
      double y[ratios_together] = {}, n[ratios_together] = {};
      double ee[ratios_together] = {}, en[ratios_together] = {}, nn[ratios_together] = {};
      double eee[ratios_together] = {}, een[ratios_together] = {}, enn[ratios_together] = {}, nnn[ratios_together] = {};
      double slopes[ratios_together];
      for (std::size_t row = from; row < numerators.size(); row += ratios) {
        const double *row_y = numerators.data() + row, *row_n = denominators.data() + row;
        for (std::size_t i = 0; i < width; ++i) y[i] += row_y[i];
        for (std::size_t i = 0; i < width; ++i) n[i] += row_n[i];
      }
      for (std::size_t i = 0; i < width; ++i) slopes[i] = detail::slope(y[i], n[i]);
      for (std::size_t row = from; row < numerators.size(); row += ratios) {
        const double *row_y = numerators.data() + row, *row_n = denominators.data() + row;
        for (std::size_t i = 0; i < width; ++i) {
          const double weight = row_n[i], e = row_y[i] - slopes[i] * weight;
          const double of_ee = e * e, of_en = e * weight, of_nn = weight * weight;
          ee[i] += of_ee;
          en[i] += of_en;
          nn[i] += of_nn;
          eee[i] += of_ee * e;
          een[i] += of_ee * weight;
          enn[i] += of_en * weight;
          nnn[i] += of_nn * weight;
        }
      }
      double* to = out.data() + from;
      for (const double* column : {y, n, ee, en, nn, eee, een, enn, nnn}) {
        std::copy_n(column, width, to);
        to += ratios;
      }
    }
  }

  /// As if the replications behind `more` had been seen too. \pre as many ratios
  template <class = when_called>
  void merge(std::span<const double> more) noexcept {
    SIFANG_ASSERT(more.size() == all_.size());
    for (std::size_t i = 0; i < size_; ++i) {
      const detail::moved_sums mine = sums_at(detail::span_of(all_), i), others = sums_at(more, i);
      const double y = all_[i], n = all_[size_ + i], y2 = more[i], n2 = more[size_ + i];
      const double r = detail::slope(y + y2, n + n2);
      const detail::moved_sums a = mine.by(detail::slope(y, n) - r), b = others.by(detail::slope(y2, n2) - r);
      const double sums[columns] = {y + y2,        n + n2,        a.ee + b.ee,   a.en + b.en,  a.nn + b.nn,
                                    a.eee + b.eee, a.een + b.een, a.enn + b.enn, a.nnn + b.nnn};
      for (std::size_t k = 0; k < columns; ++k) all_[k * size_ + i] = sums[k];
    }
  }

  /// Σ(Y−rN)² of a ratio; 0 if all there is, is rounding: below 1e-13 of Y in the root mean square.
  [[nodiscard]] double squares(std::size_t i) const noexcept {
    const double ee = all_[2 * size_ + i], nn = all_[4 * size_ + i], r = detail::slope(all_[i], all_[size_ + i]);
    return ee > 1e-26 * r * r * nn ? ee : 0;
  }
  /// Σ(Y−rN)³ of a ratio.
  [[nodiscard]] double cubes(std::size_t i) const noexcept { return all_[5 * size_ + i]; }
  /// The ratio with its interval, as `ratio_interval` of all values.
  /// \pre as many replications were seen as `scale` was made for
  [[nodiscard]] interval estimate(std::size_t i, quantity what, const t_scale& scale) const noexcept {
    const double en = all_[3 * size_ + i], nn = all_[4 * size_ + i];
    return interval_of({numerator(i), denominator(i), squares(i), en, nn, cubes(i)}, what, scale);
  }

 private:
  [[nodiscard]] detail::moved_sums sums_at(std::span<const double> from, std::size_t i) const noexcept {
    const auto column = [&](std::size_t k) { return from[k * size_ + i]; };
    return {column(2), column(3), column(4), column(5), column(6), column(7), column(8)};
  }

  std::size_t size_;
  std::vector<double> all_;
};

}  // namespace sifang

#endif
