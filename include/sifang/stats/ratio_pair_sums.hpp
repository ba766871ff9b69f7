// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_RATIO_PAIR_SUMS_HPP
#define SIFANG_STATS_RATIO_PAIR_SUMS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/comparison.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/ratio_sums.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <vector>

/// \file
/// Differences of many ratios of two policies, from sums that merge: what `compare_ratios` finds from all values.
///
/// Beside the sums of each policy (`ratio_sums`) products of both are kept, up to the third degree: a = Y−sN of the
/// base and its denominator m, b and w of the other. When the ratios s change, a becomes a+αm and b becomes b+βw.

namespace sifang {

namespace detail {

/// Sums of the products of degree two and three in which both policies have a part.
struct pair_products {
  std::array<double, 16> at{};
  /// Places in the array.
  enum place : std::size_t { ab, aw, mb, mw, aab, amb, mmb, aaw, amw, mmw, abb, abw, aww, mbb, mbw, mww };

  /// After a became a+αm and b became b+βw.
  [[nodiscard]] constexpr pair_products by(double alpha, double beta) const noexcept {
    pair_products out = *this;
    auto& v = out.at;
    const auto turn = [&v](place of, place with, double times) { v[of] += times * v[with]; };
    // One factor after another: in each line what stands right is still, or already, what the line needs.
    turn(ab, mb, alpha), turn(aw, mw, alpha), turn(ab, aw, beta), turn(mb, mw, beta);
    // aa·b = (a+αm)²b: twice, since each of two factors changes.
    turn(aab, amb, alpha), turn(amb, mmb, alpha), turn(aab, amb, alpha);
    turn(aaw, amw, alpha), turn(amw, mmw, alpha), turn(aaw, amw, alpha);
    turn(aab, aaw, beta), turn(amb, amw, beta), turn(mmb, mmw, beta);
    turn(abb, mbb, alpha), turn(abw, mbw, alpha), turn(aww, mww, alpha);
    turn(abb, abw, beta), turn(abw, aww, beta), turn(abb, abw, beta);
    turn(mbb, mbw, beta), turn(mbw, mww, beta), turn(mbb, mbw, beta);
    return out;
  }
};

}  // namespace detail

/// What must be known of two policies together, on the same replications, beside the sums of each.
class ratio_pair_sums {
 public:
  /// Numbers kept for each ratio: the sums of `detail::pair_products`, a column each.
  static constexpr std::size_t columns = std::tuple_size_v<decltype(detail::pair_products::at)>;

  /// So many ratios, of which nothing was seen. Each policy may have more; the first so many are paired.
  explicit ratio_pair_sums(std::size_t ratios = 0) : size_(ratios), all_(columns * ratios, 0.0) {}

  /// Number of ratios.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// All columns one after another, as `merge` takes them.
  template <class = when_called>
  [[nodiscard]] std::span<const double> values() const noexcept {
    return detail::span_of(all_);
  }

  /// One policy's side of a few replications: its rows, and their columns as `ratio_sums::of_rows` made them.
  struct side {
    std::size_t ratios = 0;              ///< of a row
    std::span<const double> numerators,  ///< row by row
        denominators,                    ///< row by row
        sums;                            ///< the columns
  };
  /// Columns of a few replications. \pre as many rows on both sides, and `out` has `columns * ratios` places
  template <class = when_called>
  static void of_rows(std::size_t ratios, const side& a, const side& b, std::span<double> out) noexcept {
    SIFANG_ASSERT(a.numerators.size() * b.ratios == b.numerators.size() * a.ratios && out.size() == columns * ratios);
    SIFANG_ASSERT(ratios <= a.ratios && ratios <= b.ratios);
    using detail::ratios_together;
    using p = detail::pair_products;
    for (std::size_t from = 0; from < ratios; from += ratios_together) {
      const std::size_t width = (std::min)(ratios_together, ratios - from);
      double slopes_a[ratios_together], slopes_b[ratios_together];
      const auto slope_of = [from](const side& s, std::size_t i) { return detail::slope(s.sums[from + i], s.sums[s.ratios + from + i]); };
      for (std::size_t i = 0; i < width; ++i) slopes_a[i] = slope_of(a, i);
      for (std::size_t i = 0; i < width; ++i) slopes_b[i] = slope_of(b, i);
      double sums[columns][ratios_together] = {};
      for (std::size_t row_a = from, row_b = from; row_a < a.numerators.size(); row_a += a.ratios, row_b += b.ratios) {
        const double *ya = a.numerators.data() + row_a, *na = a.denominators.data() + row_a;
        const double *yb = b.numerators.data() + row_b, *nb = b.denominators.data() + row_b;
        for (std::size_t i = 0; i < width; ++i) {
          const double m = na[i], w = nb[i], ea = ya[i] - slopes_a[i] * m, eb = yb[i] - slopes_b[i] * w;
          const double of_ab = ea * eb, of_aw = ea * w, of_mb = m * eb, of_mw = m * w;
          sums[p::ab][i] += of_ab;
          sums[p::aw][i] += of_aw;
          sums[p::mb][i] += of_mb;
          sums[p::mw][i] += of_mw;
          sums[p::aab][i] += ea * of_ab;
          sums[p::amb][i] += m * of_ab;
          sums[p::mmb][i] += m * of_mb;
          sums[p::aaw][i] += ea * of_aw;
          sums[p::amw][i] += m * of_aw;
          sums[p::mmw][i] += m * of_mw;
          sums[p::abb][i] += of_ab * eb;
          sums[p::abw][i] += of_ab * w;
          sums[p::aww][i] += of_aw * w;
          sums[p::mbb][i] += of_mb * eb;
          sums[p::mbw][i] += of_mb * w;
          sums[p::mww][i] += of_mw * w;
        }
      }
      for (std::size_t k = 0; k < columns; ++k) std::copy_n(sums[k], width, out.data() + k * ratios + from);
    }
  }

  /// As if the replications behind `more` had been seen too. Before the sums of the sides take theirs: `a` and
  /// `b` are what was known so far, `more_a` and `more_b` the columns that come with `more`.
  template <class = when_called>
  void merge(const ratio_sums& a, const ratio_sums& b, std::span<const double> more_a, std::span<const double> more_b,
             std::span<const double> more) noexcept {
    SIFANG_ASSERT(more.size() == all_.size() && size_ <= a.size() && size_ <= b.size());
    for (std::size_t i = 0; i < size_; ++i) {
      const double ya = a.numerator(i), na = a.denominator(i), ya2 = more_a[i], na2 = more_a[a.size() + i];
      const double yb = b.numerator(i), nb = b.denominator(i), yb2 = more_b[i], nb2 = more_b[b.size() + i];
      const double ra = detail::slope(ya + ya2, na + na2), rb = detail::slope(yb + yb2, nb + nb2);
      const double alpha = detail::slope(ya, na) - ra, beta = detail::slope(yb, nb) - rb;
      const double alpha2 = detail::slope(ya2, na2) - ra, beta2 = detail::slope(yb2, nb2) - rb;
      const detail::pair_products mine = products_at(detail::span_of(all_), i).by(alpha, beta);
      const detail::pair_products others = products_at(more, i).by(alpha2, beta2);
      for (std::size_t k = 0; k < columns; ++k) all_[k * size_ + i] = mine.at[k] + others.at[k];
    }
  }

  /// Ratio of `b` minus ratio of `a`, as `compare_ratios` of all values. Equal values on both sides give
  /// exactly no difference and no variance.
  /// \pre all three saw the same replications, as many as `scale` was made for
  template <class = when_called>
  [[nodiscard]] paired_difference difference(std::size_t i, const ratio_sums& a, const ratio_sums& b, quantity what,
                                             const t_scale& scale) const noexcept {
    const double na = a.denominator(i), nb = b.denominator(i), count = static_cast<double>(scale.replications());
    if (na <= 0 || nb <= 0) return {};
    using p = detail::pair_products;
    const double of_a = count / na, of_b = count / nb;
    const double aa = a.squares(i) * of_a * of_a, bb = b.squares(i) * of_b * of_b;
    const bool both = aa > 0 && bb > 0;
    const double ab = both ? column(p::ab, i) * of_a * of_b : 0;
    const double dd = aa + bb - 2 * ab;
    const double aaa = aa > 0 ? a.cubes(i) * of_a * of_a * of_a : 0;
    const double bbb = bb > 0 ? b.cubes(i) * of_b * of_b * of_b : 0;
    const double aab = both ? column(p::aab, i) * of_a * of_a * of_b : 0;
    const double abb = both ? column(p::abb, i) * of_a * of_b * of_b : 0;
    const double freedom = scale.replications() < 2 ? 1 : count - 1;
    difference_moments m;
    m.difference = b.numerator(i) / nb - a.numerator(i) / na;
    m.base = aa / freedom;
    m.other = bb / freedom;
    m.paired = dd > rounding_of_variance * (aa + bb) ? dd / freedom : 0;
    m.cubes = bbb - 3 * abb + 3 * aab - aaa;
    return paired_of_moments(m, what, scale);
  }

 private:
  [[nodiscard]] double column(std::size_t k, std::size_t i) const noexcept { return all_[k * size_ + i]; }
  [[nodiscard]] detail::pair_products products_at(std::span<const double> from, std::size_t i) const noexcept {
    detail::pair_products out;
    for (std::size_t k = 0; k < columns; ++k) out.at[k] = from[k * size_ + i];
    return out;
  }

  std::size_t size_;
  std::vector<double> all_;
};

}  // namespace sifang

#endif
