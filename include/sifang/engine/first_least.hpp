// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_FIRST_LEAST_HPP
#define SIFANG_ENGINE_FIRST_LEAST_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

/// Which of several values is the least, of equal ones the first: the server that is free first, the handler with the fewest cases.
///
/// The values stand elsewhere and change one at a time; this keeps who wins between each two of them, as in a knockout tournament
/// (Knuth, The Art of Computer Programming 3, 5.4.1). Few values are looked through as they stand, which is quicker.
class first_least {
 public:
  /// For so many values that are all equal. \pre 0 < values < 2^31; asserted \complexity linear; no allocation if there were as many
  template <class = when_called>
  void reset(std::size_t values) {
    SIFANG_ASSERT(values > 0 && values < (std::size_t{1} << 31), "some values");
    count_ = static_cast<std::uint32_t>(values);
    winners_.clear();
    if (count_ <= few) return;
    leaves_ = std::bit_ceil(count_);
    winners_.assign(leaves_, none);
    for (std::uint32_t node = leaves_ - 1; node > 0; --node) winners_[node] = winner_of(2 * node);  // the leftmost leaf there is
  }
  /// Position of the least value, of equal ones the first.
  /// \pre `values` are as many as `reset` was told, and `changed` was told of each change; the number is asserted
  /// \complexity constant above sixteen values, linear up to there
  template <class T>
  [[nodiscard]] std::size_t of(std::span<const T> values) const noexcept {
    SIFANG_ASSERT(values.size() == count_, "as many values as there are");
    if (count_ > few) return winners_[1];
    std::size_t best = 0;
    for (std::size_t i = 1; i < values.size(); ++i) best = values[i] < values[best] ? i : best;
    return best;
  }
  /// A value is another than before. \pre as above, and at < values.size(); asserted \complexity logarithmic
  template <class T>
  void changed(std::span<const T> values, std::size_t at) noexcept {
    SIFANG_ASSERT(values.size() == count_ && at < values.size(), "one of the values");
    if (count_ <= few) return;
    for (std::uint32_t node = (leaves_ + static_cast<std::uint32_t>(at)) / 2; node > 0; node /= 2) {
      const std::uint32_t left = winner_of(2 * node), right = winner_of(2 * node + 1);
      winners_[node] = right != none && values[right] < values[left] ? right : left;
    }
  }
  /// Bytes that it takes.
  [[nodiscard]] std::size_t bytes() const noexcept { return winners_.size() * sizeof(std::uint32_t); }

 private:
  static constexpr std::uint32_t few = 16, none = ~std::uint32_t{0};
  /// A node from `leaves_` on is a value.
  [[nodiscard]] std::uint32_t winner_of(std::uint32_t node) const noexcept {
    if (node < leaves_) return winners_[node];
    return node - leaves_ < count_ ? node - leaves_ : none;
  }

  std::uint32_t count_ = 0, leaves_ = 0;
  std::vector<std::uint32_t> winners_;  ///< by node, the root at 1
};

}  // namespace sifang

#endif
