// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_RANK_KEYS_HPP
#define SIFANG_ENGINE_RANK_KEYS_HPP

#include "sifang/random/philox_wide.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

/// \file
/// The order of a few keys by counting: the place of each is how many are less. No branch depends on the keys, which a
/// sort by comparisons mispredicts about once for each, and many keys are compared at a time.

namespace sifang::detail {

inline constexpr std::size_t most_ranked = 48;  ///< keys at a time

/// places[i] = how many of the first `n` keys are less than keys[i], for i < n. Keys from n on are not less than any; what
/// their places become does not matter.
using key_ranking = void (*)(const std::array<std::int32_t, most_ranked>& keys, std::size_t n,
                             std::array<std::int32_t, most_ranked>& places);

inline void rank_keys(const std::array<std::int32_t, most_ranked>& keys, std::size_t n,
                      std::array<std::int32_t, most_ranked>& places) noexcept {
  for (std::size_t i = 0; i < n; ++i) {
    std::int32_t less = 0;
    for (std::size_t k = 0; k < n; ++k) less += keys[k] < keys[i];
    places[i] = less;
  }
}

#if defined(SIFANG_DETAIL_REGISTERS)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpsabi"  // no vector crosses a call: this is always inlined
template <int lanes>
struct wide_integers {
  typedef std::int32_t type __attribute__((vector_size(4 * lanes)));
};

/// `at_once` registers of `lanes` keys each are counted side by side.
template <int lanes, int at_once>
[[gnu::always_inline]] inline void rank_keys_wide(const std::array<std::int32_t, most_ranked>& keys, std::size_t n,
                                                  std::array<std::int32_t, most_ranked>& places) noexcept {
  using integers = typename wide_integers<lanes>::type;
  static_assert(most_ranked % (lanes * at_once) == 0);
  for (std::size_t first = 0; first < n; first += lanes * at_once) {
    integers mine[at_once], less[at_once];
    for (int v = 0; v < at_once; ++v) {
      __builtin_memcpy(&mine[v], &keys[first + static_cast<std::size_t>(v * lanes)], sizeof mine[v]);
      less[v] = integers{};
    }
    for (std::size_t k = 0; k < n; ++k) {
      const integers other = integers{} + keys[k];
      for (int v = 0; v < at_once; ++v) less[v] -= mine[v] > other;  // a true comparison is -1
    }
    for (int v = 0; v < at_once; ++v) __builtin_memcpy(&places[first + static_cast<std::size_t>(v * lanes)], &less[v], sizeof less[v]);
  }
}
#pragma GCC diagnostic pop

inline void rank_keys_sse2(const std::array<std::int32_t, most_ranked>& keys, std::size_t n,
                           std::array<std::int32_t, most_ranked>& places) noexcept {
  rank_keys_wide<4, 4>(keys, n, places);
}
#endif

#if defined(SIFANG_DETAIL_WIDER_REGISTERS)
[[gnu::target("avx2")]] inline void rank_keys_avx2(const std::array<std::int32_t, most_ranked>& keys, std::size_t n,
                                                   std::array<std::int32_t, most_ranked>& places) noexcept {
  rank_keys_wide<8, 6>(keys, n, places);
}
[[gnu::target("avx512f,avx512dq")]] inline void rank_keys_avx512(const std::array<std::int32_t, most_ranked>& keys, std::size_t n,
                                                                 std::array<std::int32_t, most_ranked>& places) noexcept {
  rank_keys_wide<16, 3>(keys, n, places);
}
#endif

/// The widest form that the processor can take.
[[nodiscard]] inline key_ranking widest_key_ranking() noexcept {
#if defined(SIFANG_DETAIL_WIDER_REGISTERS)
  return widest_of<key_ranking>(rank_keys_sse2, rank_keys_avx2, rank_keys_avx512);
#elif defined(SIFANG_DETAIL_REGISTERS)
  return rank_keys_sse2;
#else
  return rank_keys;
#endif
}

}  // namespace sifang::detail

#endif
