// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_SOBOL_SEQUENCE_HPP
#define SIFANG_STATS_SOBOL_SEQUENCE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/random.hpp"
#include "sifang/stats/latin_hypercube.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

/// \file
/// Sobol' sequences (1967): points that fill a box of many dimensions more evenly than chance does, and scrambled so that each
/// point by itself is uniform.

namespace sifang {

namespace detail {

/// A dimension of the sequence: its primitive polynomial with all coefficients as bits, and the first direction numbers.
struct sobol_dimension {
  std::uint32_t polynomial;
  std::array<std::uint32_t, 9> first;
};

// clang-format off: a table
/// Dimensions 2 to 64 of `new-joe-kuo-6` (Joe & Kuo 2008, SIAM Journal on Scientific Computing 30: 2635-2654).
inline constexpr sobol_dimension sobol_dimensions[] = {
    {3, {1}},
    {7, {1, 3}},
    {11, {1, 3, 1}},
    {13, {1, 1, 1}},
    {19, {1, 1, 3, 3}},
    {25, {1, 3, 5, 13}},
    {37, {1, 1, 5, 5, 17}},
    {41, {1, 1, 5, 5, 5}},
    {47, {1, 1, 7, 11, 19}},
    {55, {1, 1, 5, 1, 1}},
    {59, {1, 1, 1, 3, 11}},
    {61, {1, 3, 5, 5, 31}},
    {67, {1, 3, 3, 9, 7, 49}},
    {91, {1, 1, 1, 15, 21, 21}},
    {97, {1, 3, 1, 13, 27, 49}},
    {103, {1, 1, 1, 15, 7, 5}},
    {109, {1, 3, 1, 15, 13, 25}},
    {115, {1, 1, 5, 5, 19, 61}},
    {131, {1, 3, 7, 11, 23, 15, 103}},
    {137, {1, 3, 7, 13, 13, 15, 69}},
    {143, {1, 1, 3, 13, 7, 35, 63}},
    {145, {1, 3, 5, 9, 1, 25, 53}},
    {157, {1, 3, 1, 13, 9, 35, 107}},
    {167, {1, 3, 1, 5, 27, 61, 31}},
    {171, {1, 1, 5, 11, 19, 41, 61}},
    {185, {1, 3, 5, 3, 3, 13, 69}},
    {191, {1, 1, 7, 13, 1, 19, 1}},
    {193, {1, 3, 7, 5, 13, 19, 59}},
    {203, {1, 1, 3, 9, 25, 29, 41}},
    {211, {1, 3, 5, 13, 23, 1, 55}},
    {213, {1, 3, 7, 3, 13, 59, 17}},
    {229, {1, 3, 1, 3, 5, 53, 69}},
    {239, {1, 1, 5, 5, 23, 33, 13}},
    {241, {1, 1, 7, 7, 1, 61, 123}},
    {247, {1, 1, 7, 9, 13, 61, 49}},
    {253, {1, 3, 3, 5, 3, 55, 33}},
    {285, {1, 3, 1, 15, 31, 13, 49, 245}},
    {299, {1, 3, 5, 15, 31, 59, 63, 97}},
    {301, {1, 3, 1, 11, 11, 11, 77, 249}},
    {333, {1, 3, 1, 11, 27, 43, 71, 9}},
    {351, {1, 1, 7, 15, 21, 11, 81, 45}},
    {355, {1, 3, 7, 3, 25, 31, 65, 79}},
    {357, {1, 3, 1, 1, 19, 11, 3, 205}},
    {361, {1, 1, 5, 9, 19, 21, 29, 157}},
    {369, {1, 3, 7, 11, 1, 33, 89, 185}},
    {391, {1, 3, 3, 3, 15, 9, 79, 71}},
    {397, {1, 3, 7, 11, 15, 39, 119, 27}},
    {425, {1, 1, 3, 1, 11, 31, 97, 225}},
    {451, {1, 1, 1, 3, 23, 43, 57, 177}},
    {463, {1, 3, 7, 7, 17, 17, 37, 71}},
    {487, {1, 3, 1, 5, 27, 63, 123, 213}},
    {501, {1, 1, 3, 5, 11, 43, 53, 133}},
    {529, {1, 3, 5, 5, 29, 17, 47, 173, 479}},
    {539, {1, 3, 3, 11, 3, 1, 109, 9, 69}},
    {545, {1, 1, 1, 5, 17, 39, 23, 5, 343}},
    {557, {1, 3, 1, 5, 25, 15, 31, 103, 499}},
    {563, {1, 1, 1, 11, 11, 17, 63, 105, 183}},
    {601, {1, 1, 5, 11, 9, 29, 97, 231, 363}},
    {607, {1, 1, 5, 15, 19, 45, 41, 7, 383}},
    {617, {1, 3, 7, 7, 31, 19, 83, 137, 221}},
    {623, {1, 1, 1, 3, 23, 15, 111, 223, 83}},
    {631, {1, 1, 5, 13, 31, 15, 55, 25, 161}},
    {637, {1, 1, 3, 13, 25, 47, 39, 87, 257}},
};
// clang-format on

/// The direction numbers of a dimension from 0 on, each with its first bit on top.
template <class = when_called>
[[nodiscard]] constexpr std::array<std::uint32_t, 32> sobol_directions(std::size_t dimension) noexcept {
  std::array<std::uint32_t, 32> v{};
  if (dimension == 0) {  // van der Corput's sequence
    for (std::uint32_t i = 0; i < 32; ++i) v[i] = std::uint32_t{1} << (31 - i);
    return v;
  }
  const sobol_dimension& d = sobol_dimensions[dimension - 1];
  const auto degree = static_cast<std::uint32_t>(std::bit_width(d.polynomial)) - 1;
  for (std::uint32_t i = 0; i < 32; ++i) {
    if (i < degree) {
      v[i] = d.first[i] << (31 - i);
      continue;
    }
    v[i] = v[i - degree] ^ (v[i - degree] >> degree);
    for (std::uint32_t k = 1; k < degree; ++k) {
      if ((d.polynomial >> (degree - k) & 1u) != 0) v[i] ^= v[i - k];
    }
  }
  return v;
}

/// The binary digits of a point's coordinate, the first on top.
[[nodiscard]] constexpr std::uint32_t sobol_digits(std::uint32_t number, const std::array<std::uint32_t, 32>& directions) noexcept {
  std::uint32_t out = 0;
  for (std::size_t bit = 0; number != 0; ++bit, number >>= 1) {
    if ((number & 1u) != 0) out ^= directions[bit];
  }
  return out;
}

}  // namespace detail

/// Most dimensions of a Sobol' sequence here.
inline constexpr std::size_t most_sobol_dimensions = std::size(detail::sobol_dimensions) + 1;

/// Coordinate `dimension` of point `number` of the sequence itself, as a multiple of 2⁻³²: point 0 is 0 in all.
///
/// Points in the order of their numbers, not of Gray's code: the first 2ᵐ are the same either way.
/// \pre dimension < `most_sobol_dimensions`; asserted \complexity the bits of `number`
template <class = when_called>
[[nodiscard]] inline std::uint32_t sobol_coordinate(std::uint32_t number, std::size_t dimension) noexcept {
  SIFANG_ASSERT(dimension < most_sobol_dimensions, "a dimension of the table");
  return detail::sobol_digits(number, detail::sobol_directions(dimension));
}

/// The first `points` points of the sequence in (0, 1)^`dimensions`, scrambled as Owen does (1995): a digit is turned round or not by
/// a draw whose name is the digits before it. Each point is uniform, so a mean over them is unbiased; a smooth function's mean
/// has an error of about points^-1.5 where points are a power of two, and never one much greater than by chance (Owen 1997).
///
/// Drawn by name: a further point or dimension leaves the others where they are, as long as the power of two above `points`
/// is the same.
/// \param source   of which replication
/// \param purpose  which nothing else of this replication may draw for
/// \pre points ≤ 2^20, dimensions ≤ `most_sobol_dimensions`; asserted \complexity points × dimensions × log points
template <draw_purpose Purpose>
[[nodiscard]] unit_points scrambled_sobol(std::size_t points, std::size_t dimensions, const random_source& source, Purpose purpose) {
  SIFANG_ASSERT(points <= std::size_t{1} << 20, "at most 2^20 points");
  SIFANG_ASSERT(dimensions <= most_sobol_dimensions, "dimensions of the table");
  // So many digits tell all points apart in every dimension; those behind them are a point's own, and one draw gives them all.
  const int digits = points < 2 ? 0 : static_cast<int>(std::bit_width(points - 1));
  unit_points out(points, std::vector<double>(dimensions));
  for (std::size_t j = 0; j < dimensions; ++j) {
    const std::array<std::uint32_t, 32> directions = detail::sobol_directions(j);
    const auto name = [j](std::uint64_t before, int count) {  // a leading 1 says how many digits there are before
      return static_cast<std::uint64_t>(j) << 32 | std::uint64_t{1} << count | before;
    };
    for (std::size_t i = 0; i < points; ++i) {
      const std::uint32_t plain = detail::sobol_digits(static_cast<std::uint32_t>(i), directions);
      std::uint64_t before = 0, scrambled = 0;
      for (int k = 0; k < digits; ++k) {
        const std::uint32_t digit = plain >> (31 - k) & 1u;
        scrambled = scrambled << 1 | (digit ^ (source.block(name(before, k), purpose)[0] & 1u));
        before = before << 1 | digit;
      }
      // 33 bits behind at most 20: exact, so that no rounding carries a point out of its part.
      const double within = (static_cast<double>(source.block(name(before, digits), purpose)[1]) + 0.5) * 0x1p-32;
      out[i][j] = (static_cast<double>(scrambled) + within) / static_cast<double>(std::uint64_t{1} << digits);
    }
  }
  return out;
}

}  // namespace sifang

#endif
