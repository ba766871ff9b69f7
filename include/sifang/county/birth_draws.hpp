// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_BIRTH_DRAWS_HPP
#define SIFANG_COUNTY_BIRTH_DRAWS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/random/philox.hpp"
#include "sifang/random/philox_wide.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

/// \file
/// The draws that nearly every grievance needs, made at its birth, many at a time. A draw is a function of its name,
/// so when it is made changes no result.

namespace sifang {

/// Eight blocks of draws of one entity, as random bits; which ones, says whoever holds them.
struct alignas(64) eight_blocks {
  std::array<std::uint64_t, 8> low,  ///< draws 0 and 1 of each block, the first in the lower half
      high;                          ///< draws 2 and 3

  /// Draw `k` of block `b`, 0 to 3. \pre b < 8, k < 4; asserted
  [[nodiscard]] double unit(std::size_t b, std::size_t k) const noexcept {
    SIFANG_ASSERT(b < 8 && k < 4, "one of four draws of one of eight blocks");
    return named_draws::unit(static_cast<std::uint32_t>((k < 2 ? low : high)[b] >> 32 * (k % 2)));
  }
  /// All four draws of block `b`.
  [[nodiscard]] std::array<double, 4> four(std::size_t b) const noexcept { return {unit(b, 0), unit(b, 1), unit(b, 2), unit(b, 3)}; }
};

/// Which block: of what it is the first draw, and the index.
struct draw_block {
  draw first;               ///< the first of a block
  std::uint32_t index = 0;  ///< as in `named_draws`
  /// Number of the block and index as they stand in a counter (`random_source`).
  /// \pre `first` is the first of a block; asserted
  [[nodiscard]] constexpr std::uint32_t word() const noexcept {
    SIFANG_ASSERT(static_cast<std::uint32_t>(first) % 4 == 0, "the first draw of a block");
    return static_cast<std::uint32_t>(first) / 4 | index << random_source::purpose_bits;
  }
};

/// Blocks that are used up at birth; three places are to spare and repeat the first.
inline constexpr std::array<draw_block, 8> birth_blocks{
    {{draw::village}, {draw::silent}, {draw::simplified}, {draw::size}, {draw::stages}, {draw::village}, {draw::village}, {draw::village}}};
/// Blocks that are kept for later: what most matters ask for once, and the interview of the first visit.
inline constexpr std::array<draw_block, 8> kept_blocks{{{draw::routing_work},
                                                        {draw::stage_work},
                                                        {draw::settle},
                                                        {draw::participation},
                                                        {draw::repeat_after},
                                                        {draw::rebound},
                                                        {draw::venue_choice},
                                                        {draw::interview, 1}}};

/// Place of the block that holds `purpose` among eight; 8 if it is not among them.
[[nodiscard]] constexpr std::size_t place_among(const std::array<draw_block, 8>& blocks, draw purpose) noexcept {
  std::size_t b = 0;
  while (b < 8 && static_cast<std::uint32_t>(blocks[b].first) / 4 != static_cast<std::uint32_t>(purpose) / 4) ++b;
  return b;
}
/// The same as a constant: of the blocks used at birth, and of those kept for later. @{
template <draw Purpose>
inline constexpr std::size_t birth_place = place_among(birth_blocks, Purpose);
template <draw Purpose>
inline constexpr std::size_t kept_place = place_among(kept_blocks, Purpose);
/// @}

namespace detail {

/// Fills birth[i] and kept[i] with the blocks of entity `first` + i; `kept` has as many as `birth`.
using birth_fill = void (*)(std::uint64_t seed, std::uint32_t replication, std::uint64_t first, std::span<eight_blocks> birth,
                            eight_blocks* kept);

inline void fill_births(std::uint64_t seed, std::uint32_t replication, std::uint64_t first, std::span<eight_blocks> birth,
                        eight_blocks* kept) noexcept {
  const random_source source(seed, replication);
  for (std::size_t i = 0; i < birth.size(); ++i) {
    for (std::size_t b = 0; b < 8; ++b) {
      const auto fill = [&](eight_blocks& out, const draw_block& name) {
        const auto words = source.block(first + i, static_cast<std::uint32_t>(name.first) / 4, name.index);
        out.low[b] = std::uint64_t{words[1]} << 32 | words[0];
        out.high[b] = std::uint64_t{words[3]} << 32 | words[2];
      };
      fill(birth[i], birth_blocks[b]);
      fill(kept[i], kept_blocks[b]);
    }
  }
}

#if defined(SIFANG_DETAIL_REGISTERS)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpsabi"  // no vector crosses a call: this is always inlined
template <int lanes>
[[gnu::always_inline]] inline void fill_births_wide(std::uint64_t seed, std::uint32_t replication, std::uint64_t first,
                                                    std::span<eight_blocks> birth, eight_blocks* kept) noexcept {
  using bits = typename wide<lanes>::bits;
  constexpr int groups = lanes == 2 ? 4 : 16 / lanes, passes = 16 / (groups * lanes);
  bits names[16 / lanes];
  for (int b = 0; b < 16; ++b) names[b / lanes][b % lanes] = (b < 8 ? birth_blocks : kept_blocks)[static_cast<std::size_t>(b % 8)].word();
  const bits low_half = bits{} + std::uint64_t{0xffffffff};
  for (std::size_t i = 0; i < birth.size(); ++i) {
    for (int pass = 0; pass < passes; ++pass) {
      wide_counters<lanes, groups> words{};  // all of it is set below, which GCC 12 does not see
      for (int g = 0; g < groups; ++g) {
        words.c[0][g] = bits{} + (first + i);
        words.c[1][g] = bits{} + ((first + i) >> 32);
        words.c[2][g] = names[pass * groups + g];
        words.c[3][g] = bits{} + std::uint64_t{replication};
      }
      philox_rounds(words, seed);
      for (int g = 0; g < groups; ++g) {
        const auto at = static_cast<std::size_t>((pass * groups + g) * lanes);
        eight_blocks& out = at < 8 ? birth[i] : kept[i];
        const bits low = (words.c[1][g] << 32) | (words.c[0][g] & low_half), high = (words.c[3][g] << 32) | (words.c[2][g] & low_half);
        __builtin_memcpy(&out.low[at % 8], &low, sizeof low);
        __builtin_memcpy(&out.high[at % 8], &high, sizeof high);
      }
    }
  }
}
#pragma GCC diagnostic pop

inline void fill_births_sse2(std::uint64_t seed, std::uint32_t replication, std::uint64_t first, std::span<eight_blocks> birth,
                             eight_blocks* kept) noexcept {
  fill_births_wide<2>(seed, replication, first, birth, kept);
}
#endif

#if defined(SIFANG_DETAIL_WIDER_REGISTERS)
[[gnu::target("avx2")]] inline void fill_births_avx2(std::uint64_t seed, std::uint32_t replication, std::uint64_t first,
                                                     std::span<eight_blocks> birth, eight_blocks* kept) noexcept {
  fill_births_wide<4>(seed, replication, first, birth, kept);
}
[[gnu::target("avx512f,avx512dq")]] inline void fill_births_avx512(std::uint64_t seed, std::uint32_t replication, std::uint64_t first,
                                                                   std::span<eight_blocks> birth, eight_blocks* kept) noexcept {
  fill_births_wide<8>(seed, replication, first, birth, kept);
}
#endif

/// The widest form that the processor can take.
[[nodiscard]] inline birth_fill widest_birth_fill() noexcept {
#if defined(SIFANG_DETAIL_WIDER_REGISTERS)
  return widest_of<birth_fill>(fill_births_sse2, fill_births_avx2, fill_births_avx512);
#elif defined(SIFANG_DETAIL_REGISTERS)
  return fill_births_sse2;
#else
  return fill_births;
#endif
}

}  // namespace detail

}  // namespace sifang

#endif
