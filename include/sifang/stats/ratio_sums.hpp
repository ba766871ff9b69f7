// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_RATIO_SUMS_HPP
#define SIFANG_STATS_RATIO_SUMS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/stats/comparison.hpp"
#include "sifang/stats/estimate.hpp"
#include "sifang/stats/interval.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

/// \file
/// Many ratios ΣY/ΣN at once, from sums that merge: what `ratio_interval` and `compare_ratios` find from all
/// values, found without keeping them. A mean is a ratio whose denominators are 1.
///
/// The delta method needs Σ(Y−rN)², and r is known at the end only. So sums are kept about the ratio s of what
/// was seen so far: Σe², ΣeN, ΣN² with e = Y−sN. For another ratio r, e becomes e+(s−r)N, and the sums follow
/// without a return to the values. This is Chan, Golub & LeVeque's merging (1983) for a line through the
/// origin in place of a mean, and as safe against cancellation.

namespace sifang {

namespace detail {

/// The ratio that sums are kept about. Any would serve where there is no denominator: N is 0 in every value.
[[nodiscard]] inline double slope(double y, double n) noexcept { return y / (n > 0 ? n : 1); }

/// Σ(a+αN)(b+βM) from Σab, ΣaM, ΣNb, ΣNM.
[[nodiscard]] inline double moved(double ab, double am, double nb, double nm, double alpha, double beta) noexcept {
  return ab + beta * am + alpha * nb + alpha * beta * nm;
}

/// Ratios worked on together: what they need stays in the nearest cache.
inline constexpr std::size_t ratios_together = 256;

}  // namespace detail

/// Sums of many ratios over replications. Bytes depend on the grouping, rounding alone: merge in a fixed order.
class ratio_sums {
 public:
  /// Numbers kept for each ratio: ΣY, ΣN, Σe², ΣeN, ΣN², a column each.
  static constexpr std::size_t columns = 5;

  /// So many ratios, of which nothing was seen.
  explicit ratio_sums(std::size_t ratios = 0) : size_(ratios), all_(columns * ratios, 0.0) {}

  /// Number of ratios.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// ΣY and ΣN of a ratio. @{
  [[nodiscard]] double numerator(std::size_t i) const noexcept { return all_[i]; }
  [[nodiscard]] double denominator(std::size_t i) const noexcept { return all_[size_ + i]; }
  /// @}
  /// All columns one after another, as `merge` takes them.
  [[nodiscard]] std::span<const double> values() const noexcept { return all_; }

  /// Columns of a few replications, each a row of `ratios` numerators and one of denominators.
  /// \pre `out` has `columns * ratios` places
  static void of_rows(std::size_t ratios, std::span<const double> numerators, std::span<const double> denominators, std::span<double> out) noexcept {
    SIFANG_ASSERT(numerators.size() == denominators.size() && out.size() == columns * ratios);
    using detail::ratios_together;
    for (std::size_t from = 0; from < ratios; from += ratios_together) {
      const std::size_t width = std::min(ratios_together, ratios - from);
      // Sums of their own, which no other memory can be: the loops below become vector code.
      double y[ratios_together] = {}, n[ratios_together] = {}, ee[ratios_together] = {}, en[ratios_together] = {}, nn[ratios_together] = {};
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
          const double e = row_y[i] - slopes[i] * row_n[i];
          ee[i] += e * e;
          en[i] += e * row_n[i];
          nn[i] += row_n[i] * row_n[i];
        }
      }
      double* to = out.data() + from;
      for (const double* column : {y, n, ee, en, nn}) {
        std::copy_n(column, width, to);
        to += ratios;
      }
    }
  }

  /// As if the replications behind `more` had been seen too. \pre as many ratios
  void merge(std::span<const double> more) noexcept {
    SIFANG_ASSERT(more.size() == all_.size());
    double *y = all_.data(), *n = y + size_, *ee = n + size_, *en = ee + size_, *nn = en + size_;
    const double *y2 = more.data(), *n2 = y2 + size_, *ee2 = n2 + size_, *en2 = ee2 + size_, *nn2 = en2 + size_;
    for (std::size_t i = 0; i < size_; ++i) {
      const double sum_y = y[i] + y2[i], sum_n = n[i] + n2[i];
      const double r = detail::slope(sum_y, sum_n);
      const double a = detail::slope(y[i], n[i]) - r, b = detail::slope(y2[i], n2[i]) - r;
      ee[i] = detail::moved(ee[i], en[i], en[i], nn[i], a, a) + detail::moved(ee2[i], en2[i], en2[i], nn2[i], b, b);
      en[i] = (en[i] + a * nn[i]) + (en2[i] + b * nn2[i]);
      nn[i] += nn2[i];
      y[i] = sum_y;
      n[i] = sum_n;
    }
  }

  /// Σ(Y−rN)² of a ratio; 0 if all there is, is rounding: below 1e-13 of Y in the root mean square.
  [[nodiscard]] double squares(std::size_t i) const noexcept {
    const double ee = all_[2 * size_ + i], nn = all_[4 * size_ + i], r = detail::slope(all_[i], all_[size_ + i]);
    return ee > 1e-26 * r * r * nn ? ee : 0;
  }
  /// The ratio with its interval, as `ratio_interval` of all values.
  /// \pre `replications` were seen, and `scale` was made for them
  [[nodiscard]] interval estimate(std::size_t i, std::size_t replications, const t_scale& scale) const noexcept {
    const double y = numerator(i), n = denominator(i), count = static_cast<double>(replications);
    interval out;
    if (n <= 0) return out;
    out.has_value = true;
    out.bounded = replications >= 2;
    const double half = replications < 2 ? 0 : scale.factor() * std::sqrt(squares(i) / (count - 1)) / (n / count * std::sqrt(count));
    out.estimate = y / n;
    out.lower = out.estimate - half;
    out.upper = out.estimate + half;
    return out;
  }

 private:
  std::size_t size_;
  std::vector<double> all_;
};

/// What must be known of two policies together, on the same replications, beside the sums of each.
class ratio_pair_sums {
 public:
  /// Numbers kept for each ratio: Σe_A e_B, Σe_A N_B, ΣN_A e_B, ΣN_A N_B, a column each.
  static constexpr std::size_t columns = 4;

  /// So many ratios, of which nothing was seen. Each policy may have more; the first so many are paired.
  explicit ratio_pair_sums(std::size_t ratios = 0) : size_(ratios), all_(columns * ratios, 0.0) {}

  /// Number of ratios.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// All columns one after another, as `merge` takes them.
  [[nodiscard]] std::span<const double> values() const noexcept { return all_; }

  /// One policy's side of a few replications: its rows, and their columns as `ratio_sums::of_rows` made them.
  struct side {
    std::size_t ratios = 0;                ///< of a row
    std::span<const double> numerators,    ///< row by row
                            denominators,  ///< row by row
                            sums;          ///< the columns
  };
  /// Columns of a few replications. \pre as many rows on both sides, and `out` has `columns * ratios` places
  static void of_rows(std::size_t ratios, const side& a, const side& b, std::span<double> out) noexcept {
    SIFANG_ASSERT(a.numerators.size() * b.ratios == b.numerators.size() * a.ratios && out.size() == columns * ratios);
    SIFANG_ASSERT(ratios <= a.ratios && ratios <= b.ratios);
    using detail::ratios_together;
    for (std::size_t from = 0; from < ratios; from += ratios_together) {
      const std::size_t width = std::min(ratios_together, ratios - from);
      double slopes_a[ratios_together], slopes_b[ratios_together];
      for (std::size_t i = 0; i < width; ++i) slopes_a[i] = detail::slope(a.sums[from + i], a.sums[a.ratios + from + i]);
      for (std::size_t i = 0; i < width; ++i) slopes_b[i] = detail::slope(b.sums[from + i], b.sums[b.ratios + from + i]);
      double ee[ratios_together] = {}, en[ratios_together] = {}, ne[ratios_together] = {}, nn[ratios_together] = {};
      for (std::size_t row_a = from, row_b = from; row_a < a.numerators.size(); row_a += a.ratios, row_b += b.ratios) {
        const double *ya = a.numerators.data() + row_a, *na = a.denominators.data() + row_a;
        const double *yb = b.numerators.data() + row_b, *nb = b.denominators.data() + row_b;
        for (std::size_t i = 0; i < width; ++i) {
          const double ea = ya[i] - slopes_a[i] * na[i], eb = yb[i] - slopes_b[i] * nb[i];
          ee[i] += ea * eb;
          en[i] += ea * nb[i];
          ne[i] += na[i] * eb;
          nn[i] += na[i] * nb[i];
        }
      }
      double* to = out.data() + from;
      for (const double* column : {ee, en, ne, nn}) {
        std::copy_n(column, width, to);
        to += ratios;
      }
    }
  }

  /// As if the replications behind `more` had been seen too. Before the sums of the sides take theirs: `a` and
  /// `b` are what was known so far, `more_a` and `more_b` the columns that come with `more`.
  void merge(const ratio_sums& a, const ratio_sums& b, std::span<const double> more_a, std::span<const double> more_b,
             std::span<const double> more) noexcept {
    SIFANG_ASSERT(more.size() == all_.size() && size_ <= a.size() && size_ <= b.size());
    const double *ya = a.values().data(), *na = ya + a.size(), *ya2 = more_a.data(), *na2 = ya2 + a.size();
    const double *yb = b.values().data(), *nb = yb + b.size(), *yb2 = more_b.data(), *nb2 = yb2 + b.size();
    double *ee = all_.data(), *en = ee + size_, *ne = en + size_, *nn = ne + size_;
    const double *ee2 = more.data(), *en2 = ee2 + size_, *ne2 = en2 + size_, *nn2 = ne2 + size_;
    for (std::size_t i = 0; i < size_; ++i) {
      const double ra = detail::slope(ya[i] + ya2[i], na[i] + na2[i]), rb = detail::slope(yb[i] + yb2[i], nb[i] + nb2[i]);
      const double a1 = detail::slope(ya[i], na[i]) - ra, b1 = detail::slope(yb[i], nb[i]) - rb;
      const double a2 = detail::slope(ya2[i], na2[i]) - ra, b2 = detail::slope(yb2[i], nb2[i]) - rb;
      ee[i] = detail::moved(ee[i], en[i], ne[i], nn[i], a1, b1) + detail::moved(ee2[i], en2[i], ne2[i], nn2[i], a2, b2);
      en[i] = (en[i] + a1 * nn[i]) + (en2[i] + a2 * nn2[i]);
      ne[i] = (ne[i] + b1 * nn[i]) + (ne2[i] + b2 * nn2[i]);
      nn[i] += nn2[i];
    }
  }

  /// Ratio of `b` minus ratio of `a`, as `compare_ratios` of all values. Equal values on both sides give
  /// exactly no difference and no variance.
  /// \pre all three saw the same `replications`, and `scale` was made for them
  [[nodiscard]] paired_difference difference(std::size_t i, const ratio_sums& a, const ratio_sums& b, std::size_t replications,
                                             const t_scale& scale) const noexcept {
    const double na = a.denominator(i), nb = b.denominator(i), count = static_cast<double>(replications);
    if (na <= 0 || nb <= 0) return {};
    const double mean_a = na / count, mean_b = nb / count;
    const double aa = a.squares(i) / (mean_a * mean_a), bb = b.squares(i) / (mean_b * mean_b);
    const double ab = aa > 0 && bb > 0 ? all_[i] / (mean_a * mean_b) : 0;
    const double dd = aa + bb - 2 * ab;
    const double freedom = replications < 2 ? 1 : count - 1;
    return paired_of_variances(b.numerator(i) / nb - a.numerator(i) / na, aa / freedom, bb / freedom,
                               dd > 1e-14 * (aa + bb) ? dd / freedom : 0, replications, scale);
  }

 private:
  std::size_t size_;
  std::vector<double> all_;
};

}  // namespace sifang

#endif
