// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RANDOM_EXPONENTIAL_STREAM_HPP
#define SIFANG_RANDOM_EXPONENTIAL_STREAM_HPP

#include "sifang/random/philox_wide.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

/// \file
/// Exponential variates many at a time, in the widest vector registers that the processor has. Random bits,
/// their conversion and the logarithm are the same operations in the same order as for one number, so that
/// every width gives the same bits.

namespace sifang {

namespace detail {

/// Fills `out` with exponentials of mean 1 from the blocks of entity `first`, `first` + 1, …, two a block.
using exponential_fill = void (*)(std::uint64_t seed, std::uint32_t purpose, std::uint32_t replication, std::uint64_t first, double* out,
                                  std::size_t count);

inline void fill_exponentials(std::uint64_t seed, std::uint32_t purpose, std::uint32_t replication, std::uint64_t first, double* out,
                              std::size_t count) noexcept {
  const random_source source(seed, replication);
  for (std::size_t i = 0; i < count; i += 2, ++first) {
    const auto u = source.uniforms(first, purpose);
    out[i] = exponential(u[0], 1.0);
    out[i + 1] = exponential(u[1], 1.0);
  }
}

#if defined(SIFANG_DETAIL_REGISTERS)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpsabi"  // no vector crosses a call: this is always inlined
/// The body for `lanes` numbers side by side; `count` is a multiple of 8 × lanes.
template <int lanes>
[[gnu::always_inline]] inline void fill_exponentials_wide(std::uint64_t seed, std::uint32_t purpose, std::uint32_t replication,
                                                          std::uint64_t first, double* out, std::size_t count) noexcept {
  SIFANG_DETAIL_UNFUSED_BODY
  using bits = typename wide<lanes>::bits;
  using reals = typename wide<lanes>::reals;
  constexpr int groups = 4;                               // independent chains, to fill the time that each operation takes
  constexpr std::uint64_t one_over = 0x4330000000000000;  // 2^52 as bits: what is or'ed in counts from there
  for (std::size_t at = 0; at < count; at += 2 * groups * lanes, first += groups * lanes) {
    wide_counters<lanes, groups> words{};  // all of it is set below, which GCC 12 does not see
    wide_blocks(words, seed, purpose, replication, first);
    for (int g = 0; g < groups; ++g) {
      reals pair[2];
      wide_uniforms(words, g, pair);
      for (int h = 0; h < 2; ++h) {
        const bits x = reinterpret_cast<bits>(1.0 - pair[h]);  // as in elementary.hpp
        reals k = reinterpret_cast<reals>((x >> 52) | one_over) - (0x1p52 + 1023.0);
        reals m = reinterpret_cast<reals>((x & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);
        const bits large = reinterpret_cast<bits>(m > 1.4142135623730951);
        m = reinterpret_cast<reals>(reinterpret_cast<bits>(m) - (large & (std::uint64_t{1} << 52)));
        k = k + reinterpret_cast<reals>(large & 0x3ff0000000000000ULL);
        const reals f = m - 1.0, s = f / (2.0 + f), z = s * s, w = z * z;
        const reals t1 = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        const reals t2 =
            z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
        const reals r = t1 + t2, half = 0.5 * f * f;
        pair[h] = -(k * 6.93147180369123816490e-01 - ((half - (s * (half + r) + k * 1.90821492927058770002e-10)) - f));
      }
      store_pairs<lanes>(pair, out + at + static_cast<std::size_t>(2 * g * lanes));
    }
  }
}
#pragma GCC diagnostic pop

SIFANG_DETAIL_UNFUSED inline void fill_exponentials_sse2(std::uint64_t seed, std::uint32_t purpose, std::uint32_t replication,
                                                         std::uint64_t first, double* out, std::size_t count) noexcept {
  fill_exponentials_wide<2>(seed, purpose, replication, first, out, count);
}
#endif

#if defined(SIFANG_DETAIL_WIDER_REGISTERS)
[[gnu::target("avx2")]] SIFANG_DETAIL_UNFUSED inline void fill_exponentials_avx2(std::uint64_t seed, std::uint32_t purpose,
                                                                                 std::uint32_t replication, std::uint64_t first,
                                                                                 double* out, std::size_t count) noexcept {
  fill_exponentials_wide<4>(seed, purpose, replication, first, out, count);
}
[[gnu::target("avx512f,avx512dq")]] SIFANG_DETAIL_UNFUSED inline void fill_exponentials_avx512(std::uint64_t seed, std::uint32_t purpose,
                                                                                               std::uint32_t replication,
                                                                                               std::uint64_t first, double* out,
                                                                                               std::size_t count) noexcept {
  fill_exponentials_wide<8>(seed, purpose, replication, first, out, count);
}
#endif

/// The widest form that the processor can take.
[[nodiscard]] inline exponential_fill widest_exponential_fill() noexcept {
#if defined(SIFANG_DETAIL_WIDER_REGISTERS)
  return widest_of<exponential_fill>(fill_exponentials_sse2, fill_exponentials_avx2, fill_exponentials_avx512);
#elif defined(SIFANG_DETAIL_REGISTERS)
  return fill_exponentials_sse2;
#else
  return fill_exponentials;
#endif
}

}  // namespace detail

/// Exponential variates of mean 1 as a plain sequence, bit for bit `exponential(stream(), 1.0)` of the
/// `random_stream` with the same name, and up to eight times as fast. Memory: 1 KiB. Not thread-safe; two streams are.
class exponential_stream {
 public:
  /// The variates of one purpose in one replication.
  template <draw_purpose Purpose>
  exponential_stream(std::uint64_t seed, std::uint32_t replication, Purpose purpose) noexcept
      : fill_(detail::widest_exponential_fill()), seed_(seed), replication_(replication), purpose_(static_cast<std::uint32_t>(purpose)) {}

  /// The next variate.
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

  detail::exponential_fill fill_;
  std::uint64_t seed_, next_ = 0;
  std::uint32_t replication_, purpose_;
  std::size_t used_ = 128;  // all: the first call fills the buffer
  std::array<double, 128> buffer_;
};

}  // namespace sifang

#endif
