// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_HISTORIES_CASE_NAME_HPP
#define SIFANG_COUNTY_HISTORIES_CASE_NAME_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace sifang {

/// Stands in place of `matter::entity` where an event is of no matter.
inline constexpr std::uint64_t no_matter = (std::numeric_limits<std::uint64_t>::max)();

/// How people write down a matter of a replication: the day on which its grievance arose, and the how manieth of that day it is,
/// `20220315-007`. In the same replication of another policy it is the same grievance of the same petitioner.
/// \param entity  `matter::entity` \pre not `no_matter`; asserted
template <class = when_called>
[[nodiscard]] inline std::string case_name(std::uint64_t entity) {
  SIFANG_ASSERT(entity != no_matter, "a matter");
  const day born(static_cast<std::int32_t>(entity >> 16));
  return detail::padded(born.year(), 4) + detail::padded(static_cast<int>(born.month()), 2) +
         detail::padded(static_cast<int>(born.day_of_month()), 2) + '-' + detail::padded(static_cast<int>(entity & 0xffff) + 1, 3);
}

/// The `matter::entity` that a name means; nothing if it is no name of any matter.
template <class = when_called>
[[nodiscard]] inline std::optional<std::uint64_t> parse_case_name(std::string_view name) {
  constexpr std::size_t date = 8;
  if (name.size() < date + 2 || name.size() > date + 6 || name[date] != '-') return std::nullopt;
  const std::string iso = std::string(name.substr(0, 4)) + '-' + std::string(name.substr(4, 2)) + '-' + std::string(name.substr(6, 2));
  const auto born = parse_day(iso);
  const auto number = detail::digits(name.substr(date + 1));
  if (!born || !number || *number < 1 || *number > 0x10000) return std::nullopt;
  return static_cast<std::uint64_t>(born->since_1970()) << 16 | static_cast<std::uint64_t>(*number - 1);
}

}  // namespace sifang

#endif
