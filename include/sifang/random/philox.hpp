// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RANDOM_PHILOX_HPP
#define SIFANG_RANDOM_PHILOX_HPP

#include <array>
#include <bit>
#include <cstdint>
#include <type_traits>

namespace sifang {

namespace detail {

[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox_by_words(std::array<std::uint32_t, 4> counter,
                                                                     std::array<std::uint32_t, 2> key) noexcept {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0], b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

#if defined(__x86_64__) && defined(__GNUC__)
// All four words in one register, which every such processor has: both products of a round are one instruction.
// Vectors of the compiler's own, since the processor's header is a large one.
typedef std::uint32_t words_in_register __attribute__((vector_size(16)));
typedef std::uint64_t pairs_in_register __attribute__((vector_size(16)));
typedef double reals_in_register __attribute__((vector_size(16)));

[[nodiscard]] inline words_in_register philox_in_register(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) noexcept {
  words_in_register c{counter[0], counter[1], counter[2], counter[3]}, k{key[0], 0, key[1], 0};
  const words_in_register step{0x9E3779B9, 0, 0xBB67AE85, 0};
  const pairs_in_register factors{0xD2511F53, 0xCD9E8D57};
  for (int round = 0; round < 10; ++round) {
    const auto pairs = reinterpret_cast<pairs_in_register>(c);
    pairs_in_register product;  // of words 0 and 2
#if defined(__clang__)
    product = (pairs & 0xffffffff) * factors;
#else
    product = pairs;
    asm("pmuludq\t{%1, %0|%0, %1}" : "+x"(product) : "x"(factors));
#endif
    const auto words = reinterpret_cast<words_in_register>(product);
    c = __builtin_shufflevector(words, words, 3, 2, 1, 0) ^ (reinterpret_cast<words_in_register>(pairs >> 32) ^ k);
    k += step;
  }
  return c;
}
#endif

}  // namespace detail

/// Four words of 32 random bits from a counter and a key: Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011).
///
/// Equal to Random123's (whose name for it is a macro), whose header would bring the intrinsics of the processor into every program that
/// includes it; the tests compare the two. Constant time, no state.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox_4x32(std::array<std::uint32_t, 4> counter,
                                                                 std::array<std::uint32_t, 2> key) noexcept {
#if defined(__x86_64__) && defined(__GNUC__)
  if (!std::is_constant_evaluated()) return std::bit_cast<std::array<std::uint32_t, 4>>(detail::philox_in_register(counter, key));
#endif
  return detail::philox_by_words(counter, key);
}

/// The same four words as numbers in (0, 1): (w + ½) / 2^32 of each, so that 1 − u is exact.
[[nodiscard]] constexpr std::array<double, 4> philox_units(std::array<std::uint32_t, 4> counter,
                                                           std::array<std::uint32_t, 2> key) noexcept {
#if defined(__x86_64__) && defined(__GNUC__)
  if (!std::is_constant_evaluated()) {
    const detail::words_in_register words = detail::philox_in_register(counter, key), above{0x43300000, 0x43300000, 0x43300000, 0x43300000};
    const auto unit = [](detail::words_in_register pair) {  // the words below the leading bit of 2^52
      return (reinterpret_cast<detail::reals_in_register>(pair) - (0x1p52 - 0.5)) * 0x1p-32;
    };
    const std::array<detail::reals_in_register, 2> out{unit(__builtin_shufflevector(words, above, 0, 4, 1, 5)),
                                                       unit(__builtin_shufflevector(words, above, 2, 6, 3, 7))};
    return std::bit_cast<std::array<double, 4>>(out);
  }
#endif
  const auto words = detail::philox_by_words(counter, key);
  return {(words[0] + 0.5) * 0x1p-32, (words[1] + 0.5) * 0x1p-32, (words[2] + 0.5) * 0x1p-32, (words[3] + 0.5) * 0x1p-32};
}

}  // namespace sifang

#endif
