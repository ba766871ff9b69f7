// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_NUMBER_LIST_HPP
#define SIFANG_IO_NUMBER_LIST_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/io/message_text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sifang {

/// Numbers from 0 as people list them, `0,3-5`: single ones and ranges with both ends, by commas.
///
/// Faults: `wrong_type` (another form), `out_of_range` (one that is not below `count`, or a range that ends before it begins).
/// \param name   what messages call the list \param count  numbers that there are, at least 1
/// \returns each number once, ascending
[[nodiscard]] inline checked<std::vector<std::uint32_t>> parse_number_list(std::string_view text, const std::string& name,
                                                                           std::size_t count) {
  std::vector<std::uint32_t> out;
  std::vector<fault> faults;
  const auto number_of = [](std::string_view digits) -> std::optional<std::uint64_t> {
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    return parse_number<std::uint64_t>(digits);
  };
  for (std::size_t at = 0; at <= text.size();) {
    const std::string_view item = text.substr(at, text.find(',', at) - at);
    at += item.size() + 1;
    const std::size_t dash = item.find('-');
    const auto first = number_of(item.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : number_of(item.substr(dash + 1));
    if (!first || !last) {
      faults.push_back({fault_kind::wrong_type, {}, {name, "replications from 0 on, such as 0,3-5", "'" + shortened(item) + "'"}});
    } else if (*last >= count || *first > *last) {
      const std::size_t least = *last >= count ? 0 : static_cast<std::size_t>(*first);
      faults.push_back({fault_kind::out_of_range,
                        {},
                        {name, range_text(static_cast<double>(least), static_cast<double>(count - 1)), std::to_string(*last)}});
    } else {
      for (std::uint64_t n = *first; n <= *last; ++n) out.push_back(static_cast<std::uint32_t>(n));
    }
  }
  if (!faults.empty()) return faults;
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace sifang

#endif
