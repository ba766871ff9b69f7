// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_SORT_STABLY_HPP
#define SIFANG_CORE_SORT_STABLY_HPP

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace sifang::detail {

/// Sorts, and keeps the order of those that are alike, as `std::stable_sort` does. That one is not used because Clang 19
/// warns of what GCC 12's library does inside it, in the code of whoever includes it.
/// \complexity n log n comparisons, memory for n positions and n values
template <class T, class Less>
void sort_stably(std::vector<T>& values, Less less) {
  std::vector<std::size_t> order(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (less(values[a], values[b])) return true;
    return a < b && !less(values[b], values[a]);
  });
  std::vector<T> sorted;
  sorted.reserve(values.size());
  for (const std::size_t i : order) sorted.push_back(std::move(values[i]));
  values = std::move(sorted);
}

}  // namespace sifang::detail

#endif
