// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RANDOM_RANDOM_HPP
#define SIFANG_RANDOM_RANDOM_HPP

#include "sifang/core/assert.hpp"
#include "sifang/random/philox.hpp"
#include "sifang/random/philox_wide.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace sifang {

/// A number in (0, 1), open at both ends, from 64 random bits: the upper 52 of them, half a step off zero.
/// 1 − u is exact for every such u, so a variate and its antithetic partner lose nothing.
[[nodiscard]] constexpr double unit_interval(std::uint64_t bits) noexcept { return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52; }

/// What a draw is for: an enumeration of the user's, or its number.
template <class Purpose>
concept draw_purpose = std::is_enum_v<Purpose> || std::integral<Purpose>;

/// Random numbers by name: Philox4x32-10 (Salmon et al. 2011).
///
/// A draw is a pure function of (seed, replication, entity, purpose, index): no order, no thread and no
/// policy enters it. The 64-bit key is the seed; the 128-bit counter is made of fixed fields, so that two
/// names never share one:
///
///     word 0     word 1      word 2, bits 0-11   word 2, bits 12-31   word 3
///     entity     entity      purpose             index                replication
///     low 32     high 32
///
/// The replication stands in the counter, not in the key: folding it into the seed would let
/// (seed, replication) pairs meet. Constant time, no state.
class random_source {
 public:
  static constexpr std::uint32_t purpose_bits = 12;  ///< purposes 0 … 4095, indices 0 … 2^20 − 1

  /// The numbers of one replication.
  constexpr random_source(std::uint64_t seed, std::uint32_t replication) noexcept : seed_(seed), replication_(replication) {}

  /// 128 random bits. \pre purpose < 2^12, index < 2^20; asserted
  template <draw_purpose Purpose>
  [[nodiscard]] std::array<std::uint32_t, 4> block(std::uint64_t entity, Purpose purpose, std::uint32_t index = 0) const noexcept {
    return philox_4x32(counter(entity, static_cast<std::uint32_t>(purpose), index), key());
  }
  /// The words of the block as four numbers in (0, 1), multiples of 2^-32 and a half. \pre as `block`
  template <draw_purpose Purpose>
  [[nodiscard]] std::array<double, 4> units(std::uint64_t entity, Purpose purpose, std::uint32_t index = 0) const noexcept {
    return philox_units(counter(entity, static_cast<std::uint32_t>(purpose), index), key());
  }
  /// A number in (0, 1).
  template <draw_purpose Purpose>
  [[nodiscard]] double uniform(std::uint64_t entity, Purpose purpose, std::uint32_t index = 0) const noexcept {
    const auto b = block(entity, purpose, index);
    return unit_interval(static_cast<std::uint64_t>(b[1]) << 32 | b[0]);
  }
  /// Two independent numbers in (0, 1) for the price of one; the first is `uniform`'s.
  template <draw_purpose Purpose>
  [[nodiscard]] std::array<double, 2> uniforms(std::uint64_t entity, Purpose purpose, std::uint32_t index = 0) const noexcept {
    const auto b = block(entity, purpose, index);
    return {unit_interval(static_cast<std::uint64_t>(b[1]) << 32 | b[0]), unit_interval(static_cast<std::uint64_t>(b[3]) << 32 | b[2])};
  }

 private:
  [[nodiscard]] std::array<std::uint32_t, 4> counter(std::uint64_t entity, std::uint32_t purpose, std::uint32_t index) const noexcept {
    SIFANG_ASSERT(purpose < 1u << purpose_bits);
    SIFANG_ASSERT(index < 1u << (32 - purpose_bits));
    return {static_cast<std::uint32_t>(entity), static_cast<std::uint32_t>(entity >> 32), purpose | index << purpose_bits, replication_};
  }
  [[nodiscard]] std::array<std::uint32_t, 2> key() const noexcept {
    return {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)};
  }

  std::uint64_t seed_;
  std::uint32_t replication_;
};

namespace detail {

/// Fills `out` with the numbers of the blocks of entity `first`, `first` + 1, …, two a block. `count` is a multiple of 64.
using uniform_fill = void (*)(std::uint64_t seed, std::uint32_t purpose, std::uint32_t replication, std::uint64_t first, double* out,
                              std::size_t count);

inline void fill_uniforms(std::uint64_t seed, std::uint32_t purpose, std::uint32_t replication, std::uint64_t first, double* out,
                          std::size_t count) noexcept {
  const random_source source(seed, replication);
  for (std::size_t i = 0; i < count; i += 2) {
    const auto two = source.uniforms(first++, purpose);
    out[i] = two[0];
    out[i + 1] = two[1];
  }
}

#if defined(SIFANG_DETAIL_REGISTERS)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpsabi"  // no vector crosses a call: this is always inlined
template <int lanes>
[[gnu::always_inline]] inline void fill_uniforms_wide(std::uint64_t seed, std::uint32_t purpose, std::uint32_t replication,
                                                      std::uint64_t first, double* out, std::size_t count) noexcept {
  constexpr int groups = 4;
  for (std::size_t at = 0; at < count; at += 2 * groups * lanes, first += groups * lanes) {
    wide_counters<lanes, groups> words{};  // all of it is set below, which GCC 12 does not see
    wide_blocks(words, seed, purpose, replication, first);
    for (int g = 0; g < groups; ++g) {
      typename wide<lanes>::reals pair[2];
      wide_uniforms(words, g, pair);
      store_pairs<lanes>(pair, out + at + static_cast<std::size_t>(2 * g * lanes));
    }
  }
}
#pragma GCC diagnostic pop

SIFANG_DETAIL_UNFUSED inline void fill_uniforms_sse2(std::uint64_t seed, std::uint32_t purpose, std::uint32_t replication,
                                                     std::uint64_t first, double* out, std::size_t count) noexcept {
  fill_uniforms_wide<2>(seed, purpose, replication, first, out, count);
}
#endif

#if defined(SIFANG_DETAIL_WIDER_REGISTERS)
[[gnu::target("avx2")]] SIFANG_DETAIL_UNFUSED inline void fill_uniforms_avx2(std::uint64_t seed, std::uint32_t purpose,
                                                                             std::uint32_t replication, std::uint64_t first, double* out,
                                                                             std::size_t count) noexcept {
  fill_uniforms_wide<4>(seed, purpose, replication, first, out, count);
}
[[gnu::target("avx512f,avx512dq")]] SIFANG_DETAIL_UNFUSED inline void fill_uniforms_avx512(std::uint64_t seed, std::uint32_t purpose,
                                                                                           std::uint32_t replication, std::uint64_t first,
                                                                                           double* out, std::size_t count) noexcept {
  fill_uniforms_wide<8>(seed, purpose, replication, first, out, count);
}
#endif

/// The widest form that the processor can take.
[[nodiscard]] inline uniform_fill widest_uniform_fill() noexcept {
#if defined(SIFANG_DETAIL_WIDER_REGISTERS)
  return widest_of<uniform_fill>(fill_uniforms_sse2, fill_uniforms_avx2, fill_uniforms_avx512);
#elif defined(SIFANG_DETAIL_REGISTERS)
  return fill_uniforms_sse2;
#else
  return fill_uniforms;
#endif
}

}  // namespace detail

/// The same numbers as a plain sequence, for models whose customers have no names: entity 0, 1, 2, … of
/// one purpose, two numbers each. Made many at a time in the widest vector registers that the processor has; every
/// width gives the same bits. Memory: 1 KiB. Not thread-safe; two streams are.
class random_stream {
 public:
  /// The numbers of one purpose in one replication.
  template <draw_purpose Purpose>
  random_stream(std::uint64_t seed, std::uint32_t replication, Purpose purpose) noexcept
      : fill_(detail::widest_uniform_fill()), seed_(seed), replication_(replication), purpose_(static_cast<std::uint32_t>(purpose)) {}

  /// The next number in (0, 1).
  [[nodiscard]] double operator()() noexcept {
    if (used_ == buffer_.size()) [[unlikely]]
      refill();
    return buffer_[used_++];
  }

 private:
#if defined(__GNUC__)
  [[gnu::noinline]]
#endif
  void
  refill() noexcept {
    fill_(seed_, purpose_, replication_, next_, buffer_.data(), buffer_.size());
    next_ += buffer_.size() / 2;
    used_ = 0;
  }

  detail::uniform_fill fill_;
  std::uint64_t seed_, next_ = 0;
  std::uint32_t replication_, purpose_;
  std::size_t used_ = 128;  // all: the first call fills the buffer
  std::array<double, 128> buffer_;
};

}  // namespace sifang

#endif
