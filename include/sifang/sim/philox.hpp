// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIM_PHILOX_HPP
#define SIFANG_SIM_PHILOX_HPP

#include <array>
#include <cstdint>

namespace sifang {

/// Four words of 32 random bits from a counter and a key: Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011).
///
/// Equal to Random123's (whose name for it is a macro), whose header would bring the intrinsics of the processor into every program that
/// includes it; the tests compare the two. Constant time, no state.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox_4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) noexcept {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0], b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

}  // namespace sifang

#endif
