// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RANDOM_QUANTILE_TABLE_HPP
#define SIFANG_RANDOM_QUANTILE_TABLE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/random/elementary.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sifang {

/// A quantile function by a table: a cubic on each of many pieces of (0, 1) that has the function's value and
/// slope at both ends, so that it is continuous and, like the function, increasing.
///
/// Each halving of the tail probability down to 2^-16, on both sides, has 2^PieceBits pieces of equal length:
/// the quantiles of this library bend most in the tails. Plain arithmetic: the same bits from every compiler.
template <unsigned PieceBits>
class quantile_table {
 public:
  static constexpr std::size_t pieces = std::size_t{15} << PieceBits;  ///< of one side
  static constexpr double least_tail = 0x1p-16;                        ///< beyond it the table knows nothing

  quantile_table() = default;
  /// \param quantile, slope  the function and its derivative at a probability
  template <class Quantile, class Slope>
  quantile_table(Quantile quantile, Slope slope) : cubic_(2 * (pieces + 1)) {
    for (const bool upper : {false, true}) {
      const auto at = [&](double tail) { return upper ? 1.0 - tail : tail; };
      double from = least_tail, value = quantile(at(from)), rise = slope(at(from)) * (upper ? -1 : 1);
      for (std::size_t i = 0; i < pieces; ++i) {
        const double to = std::bit_cast<double>((first_piece + i + 1) << fraction_bits);
        const double next_value = quantile(at(to)), next_rise = slope(at(to)) * (upper ? -1 : 1);
        const double d0 = (to - from) * rise, d1 = (to - from) * next_rise, step = next_value - value;
        cubic_[(upper ? pieces + 1 : 0) + i] = {value, d0, 3 * step - 2 * d0 - d1, d0 + d1 - 2 * step};
        from = to;
        value = next_value;
        rise = next_rise;
      }
      cubic_[(upper ? pieces + 1 : 0) + pieces] = {value, 0, 0, 0};
    }
  }

  /// Whether the table knows the quantile at `u`.
  [[nodiscard]] static constexpr bool covers(double u) noexcept { return u >= least_tail && u <= 1 - least_tail; }
  /// The quantile at `u`. \pre covers(u); asserted
  [[nodiscard]] double operator()(double u) const noexcept {
    SIFANG_ASSERT(covers(u), "a probability that the table covers");
    // No branch may depend on u, which is chance. At ½ itself the upper side's last piece ends, so that ½ has
    // one more piece of its own.
    const double tail = (std::min)(u, 1.0 - u);
    const auto bits = std::bit_cast<std::uint64_t>(tail);
    const double t = std::bit_cast<double>((bits << PieceBits & mantissa) | one) - 1.0;
    const auto& c = cubic_[(bits >> fraction_bits) - first_piece + static_cast<std::size_t>(u > 0.5) * (pieces + 1)];
    return (c[0] + t * c[1]) + t * t * (c[2] + t * c[3]);
  }

 private:
  static constexpr unsigned fraction_bits = 52 - PieceBits;
  static constexpr std::uint64_t mantissa = (std::uint64_t{1} << 52) - 1, one = std::uint64_t{1023} << 52;
  static constexpr std::uint64_t first_piece = std::uint64_t{1023 - 16} << PieceBits;
  std::vector<std::array<double, 4>> cubic_;  // of the lower tail, then of the upper
};

}  // namespace sifang

#endif
