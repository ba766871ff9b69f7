// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_FINGERPRINT_HPP
#define SIFANG_ENGINE_FINGERPRINT_HPP

#include "sifang/core/when_called.hpp"

#include <cstdint>
#include <string>

namespace sifang {

/// A 64-bit hash of a sequence of values, in order. It shows change, not correctness (METHODS 11).
class fingerprint {
 public:
  /// Takes in one more value.
  constexpr void add(std::uint64_t value) noexcept {
    hash_ ^= value;
    hash_ *= 0x9e3779b97f4a7c15ULL;
    hash_ ^= hash_ >> 32;
  }
  /// The hash of all values so far.
  [[nodiscard]] constexpr std::uint64_t value() const noexcept { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

/// Sixteen hexadecimal digits.
template <class = when_called>
[[nodiscard]] inline std::string hexadecimal(std::uint64_t value) {
  std::string out(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) out[i] = "0123456789abcdef"[value & 15];
  return out;
}

}  // namespace sifang

#endif
