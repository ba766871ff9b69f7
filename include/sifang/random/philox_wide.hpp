// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RANDOM_PHILOX_WIDE_HPP
#define SIFANG_RANDOM_PHILOX_WIDE_HPP

#include <cstdint>

/// \file
/// Philox4x32-10 for many counters at a time, one in each lane of a vector register. What is built on it has a form
/// for each width of the processor's registers; every width gives the same bits as `philox_4x32`. Vectors of the
/// compiler's own, since the processor's header is a large one.

// What stands behind these is compiled where vectors of 16 bytes are registers: SIFANG_DETAIL_REGISTERS; and where there may be wider ones,
// which the program asks for when it runs: SIFANG_DETAIL_WIDER_REGISTERS.
#if defined(__x86_64__) && defined(__GNUC__)
#define SIFANG_DETAIL_REGISTERS
#define SIFANG_DETAIL_WIDER_REGISTERS
#elif defined(__wasm_simd128__)
#define SIFANG_DETAIL_REGISTERS
#endif

#if defined(SIFANG_DETAIL_REGISTERS)

// AVX-512 has fused multiply-add, the narrower forms have not: where a compiler may fuse, it must not do so here, or the
// bits would depend on the processor. GCC is told of a function, Clang of a body.
#if defined(__clang__)
#define SIFANG_DETAIL_UNFUSED
#define SIFANG_DETAIL_UNFUSED_BODY _Pragma("clang fp contract(off)")
#else
#define SIFANG_DETAIL_UNFUSED [[gnu::optimize("fp-contract=off")]]
#define SIFANG_DETAIL_UNFUSED_BODY
#endif

namespace sifang::detail {

/// Numbers side by side in one register. (In a class, because GCC loses the attribute in a function template.)
template <int lanes>
struct wide {
  typedef std::uint64_t bits __attribute__((vector_size(8 * lanes)));
  typedef double reals __attribute__((vector_size(8 * lanes)));
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpsabi"  // no vector crosses a call: these are always inlined

/// Products of the low halves. GCC has no expression for that instruction which it does not warn of outside of
/// a function for the wider processor.
template <int lanes>
[[gnu::always_inline]] inline void multiply_low_halves(typename wide<lanes>::bits& product, const typename wide<lanes>::bits& a,
                                                       const typename wide<lanes>::bits& factor) noexcept {
#if defined(__wasm_simd128__)
  static_assert(lanes == 2, "WebAssembly has no wider registers");
  typedef std::uint32_t words __attribute__((vector_size(16)));
  const words x = reinterpret_cast<words>(a), y = reinterpret_cast<words>(factor);
  // One instruction for both products, which the general one of 64 bits is not: a processor makes that of three.
  product = __builtin_convertvector(__builtin_shufflevector(x, x, 0, 2), typename wide<lanes>::bits) *
            __builtin_convertvector(__builtin_shufflevector(y, y, 0, 2), typename wide<lanes>::bits);
#elif defined(__clang__)
  product = (a & std::uint64_t{0xffffffff}) * factor;
#else
  if constexpr (lanes == 2)
    asm("pmuludq\t{%2, %0|%0, %2}" : "=x"(product) : "0"(factor), "x"(a));
  else
    asm("vpmuludq\t{%2, %1, %0|%0, %1, %2}" : "=v"(product) : "v"(factor), "v"(a));
#endif
}

/// Counters of `groups` × `lanes` blocks, and after `philox_rounds` the blocks: word k of a block in the low half of
/// its lane of c[k]. What the high halves hold does not matter. Several groups are independent chains, to fill the
/// time that each operation takes.
template <int lanes, int groups>
struct wide_counters {
  typename wide<lanes>::bits c[4][groups];
};

/// As philox.hpp has them.
template <int lanes, int groups>
[[gnu::always_inline]] inline void philox_rounds(wide_counters<lanes, groups>& w, std::uint64_t seed) noexcept {
  using bits = typename wide<lanes>::bits;
  const bits factor_0 = bits{} + std::uint64_t{0xD2511F53}, factor_1 = bits{} + std::uint64_t{0xCD9E8D57};
  std::uint32_t k0 = static_cast<std::uint32_t>(seed), k1 = static_cast<std::uint32_t>(seed >> 32);
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
#pragma GCC unroll 8
    for (int g = 0; g < groups; ++g) {
      bits a, b;
      multiply_low_halves<lanes>(a, w.c[0][g], factor_0);
      multiply_low_halves<lanes>(b, w.c[2][g], factor_1);
      w.c[0][g] = (b >> 32) ^ w.c[1][g] ^ std::uint64_t{k0};
      w.c[1][g] = b;
      w.c[2][g] = (a >> 32) ^ w.c[3][g] ^ std::uint64_t{k1};
      w.c[3][g] = a;
    }
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
}

/// Counters of the blocks of one purpose and entities `first`, `first` + 1, …, turned into blocks.
template <int lanes, int groups>
[[gnu::always_inline]] inline void wide_blocks(wide_counters<lanes, groups>& w, std::uint64_t seed, std::uint32_t purpose,
                                               std::uint32_t replication, std::uint64_t first) noexcept {
  using bits = typename wide<lanes>::bits;
  bits lane{};
  for (int l = 0; l < lanes; ++l) lane[l] = static_cast<std::uint64_t>(l);
  for (int g = 0; g < groups; ++g) {
    w.c[0][g] = lane + (first + static_cast<std::uint64_t>(g * lanes));
    w.c[1][g] = w.c[0][g] >> 32;
    w.c[2][g] = bits{} + std::uint64_t{purpose};
    w.c[3][g] = bits{} + std::uint64_t{replication};
  }
  philox_rounds(w, seed);
}
/// Both numbers in (0, 1) of the blocks of a group, as `unit_interval` makes them. 2^52 is or'ed in as bits: counts from there.
template <int lanes, int groups>
[[gnu::always_inline]] inline void wide_uniforms(const wide_counters<lanes, groups>& w, int g,
                                                 typename wide<lanes>::reals (&pair)[2]) noexcept {
  SIFANG_DETAIL_UNFUSED_BODY
  using bits = typename wide<lanes>::bits;
  using reals = typename wide<lanes>::reals;
  const bits low_half = bits{} + std::uint64_t{0xffffffff};
  for (int h = 0; h < 2; ++h) {
    const bits random = (w.c[2 * h + 1][g] << 32) | (w.c[2 * h][g] & low_half);
    pair[h] = ((reinterpret_cast<reals>((random >> 12) | std::uint64_t{0x4330000000000000}) - 0x1p52) + 0.5) * 0x1p-52;
  }
}

/// Both numbers of each block, block after block.
template <int lanes>
[[gnu::always_inline]] inline void store_pairs(const typename wide<lanes>::reals (&pair)[2], double* out) noexcept {
  for (int l = 0; l < lanes; ++l) {
    out[2 * l] = pair[0][l];
    out[2 * l + 1] = pair[1][l];
  }
}

#pragma GCC diagnostic pop

#if defined(SIFANG_DETAIL_WIDER_REGISTERS)
/// Widths of the registers of this processor, by what the functions for them are compiled for: lanes of 64 bits. @{
[[nodiscard]] inline bool has_eight_lanes() noexcept { return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"); }
[[nodiscard]] inline bool has_four_lanes() noexcept { return __builtin_cpu_supports("avx2"); }
/// @}
/// The widest of three forms of a function that this processor can take.
template <class Form>
[[nodiscard]] Form widest_of(Form two_lanes, Form four_lanes, Form eight_lanes) noexcept {
  return has_eight_lanes() ? eight_lanes : has_four_lanes() ? four_lanes : two_lanes;
}
#endif

}  // namespace sifang::detail

#endif
#endif
