// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/core/sort_stably.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

TEST_CASE("A stable sort keeps the order of those that are alike, and moves what cannot be copied") {
  CHECK(rc::check("as std::stable_sort", [](const std::vector<std::uint8_t>& keys) {
    std::vector<std::pair<int, std::unique_ptr<std::size_t>>> values;
    std::vector<std::pair<int, std::size_t>> expected;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      values.emplace_back(keys[i] % 5, std::make_unique<std::size_t>(i));
      expected.emplace_back(keys[i] % 5, i);
    }
    sifang::detail::sort_stably(values, [](const auto& a, const auto& b) { return a.first < b.first; });
    std::sort(expected.begin(), expected.end());
    RC_ASSERT(values.size() == expected.size());
    for (std::size_t i = 0; i < values.size(); ++i) RC_ASSERT(*values[i].second == expected[i].second);
  }));
}
