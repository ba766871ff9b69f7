// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIM_RANDOM_HPP
#define SIFANG_SIM_RANDOM_HPP

#include <Random123/philox.h>

#include <array>
#include <cstdint>

namespace sifang {

/// A number in (0, 1), open at both ends, from 64 random bits: 52 of them, half a step off zero.
[[nodiscard]] constexpr double unit_interval(std::uint64_t bits) noexcept {
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

/// Random numbers by name: Philox4x32-10 (Salmon et al. 2011).
///
/// A draw is a pure function of (seed, replication, entity, purpose, index): no order, no thread and no
/// policy enters it. The key is the 64-bit seed; the 128-bit counter is four fixed fields: the entity's
/// low and high word, purpose and index packed into one word, and the replication, so that two names
/// never share a counter. Constant time, no state.
class random_source {
 public:
  static constexpr std::uint32_t purpose_bits = 12;  ///< purposes 0 … 4095, indices 0 … 2^20 − 1

  constexpr random_source(std::uint64_t seed, std::uint32_t replication) noexcept : seed_(seed), replication_(replication) {}

  /// 128 random bits. \pre purpose < 2^12, index < 2^20
  [[nodiscard]] std::array<std::uint32_t, 4> block(std::uint64_t entity, std::uint32_t purpose, std::uint32_t index = 0) const noexcept {
    const r123::Philox4x32::ctr_type counter{{static_cast<std::uint32_t>(entity), static_cast<std::uint32_t>(entity >> 32),
                                              purpose | index << purpose_bits, replication_}};
    const r123::Philox4x32::key_type key{{static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
    const auto out = r123::Philox4x32()(counter, key);
    return {out[0], out[1], out[2], out[3]};
  }
  /// A number in (0, 1).
  [[nodiscard]] double uniform(std::uint64_t entity, std::uint32_t purpose, std::uint32_t index = 0) const noexcept {
    const auto b = block(entity, purpose, index);
    return unit_interval(static_cast<std::uint64_t>(b[1]) << 32 | b[0]);
  }
  /// Two independent numbers in (0, 1) for the price of one; the first is `uniform`'s.
  [[nodiscard]] std::array<double, 2> uniforms(std::uint64_t entity, std::uint32_t purpose, std::uint32_t index = 0) const noexcept {
    const auto b = block(entity, purpose, index);
    return {unit_interval(static_cast<std::uint64_t>(b[1]) << 32 | b[0]), unit_interval(static_cast<std::uint64_t>(b[3]) << 32 | b[2])};
  }

 private:
  std::uint64_t seed_;
  std::uint32_t replication_;
};

/// The same numbers as a plain sequence, for models whose customers have no names.
class random_stream {
 public:
  constexpr random_stream(std::uint64_t seed, std::uint32_t replication, std::uint32_t purpose) noexcept
      : source_(seed, replication), purpose_(purpose) {}
  [[nodiscard]] double operator()() noexcept {
    if (left_ == 0) {
      pair_ = source_.uniforms(next_++, purpose_);
      left_ = 2;
    }
    return pair_[2 - left_--];
  }

 private:
  random_source source_;
  std::uint32_t purpose_;
  std::uint64_t next_ = 0;
  std::array<double, 2> pair_{};
  std::uint32_t left_ = 0;
};

}  // namespace sifang

#endif
