// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_SPAN_OF_HPP
#define SIFANG_CORE_SPAN_OF_HPP

#include <span>
#include <vector>

namespace sifang::detail {

/// A list as a span of its items, which must outlive it.
///
/// It is what `std::span` makes of the list by itself. To find that out, a compiler asks whether the list is a contiguous
/// range, which costs it as much as ten classes for every kind of item. Here it asks only where the body is compiled, so
/// that a function that is compiled only when called (`when_called`) asks nothing before.
template <class T>
[[nodiscard]] inline std::span<const T> span_of(const std::vector<T>& list) noexcept {
  return {list.data(), list.size()};
}
/// The same, to be written to.
template <class T>
[[nodiscard]] inline std::span<T> span_to(std::vector<T>& list) noexcept {
  return {list.data(), list.size()};
}

}  // namespace sifang::detail

#endif
