// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_FURTHER_HANDLERS_HPP
#define SIFANG_COUNTY_FURTHER_HANDLERS_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/scenario.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// How many handlers a single unit has beyond those of its kind: a number for each unit, though scenarios list codes.

namespace sifang {

/// The parameter that lists a unit's code once for each further handler.
inline constexpr std::string_view further_handlers_key = "handling.further_handlers";

/// The unit of `handling.further_handlers.CODE`; empty for any other key.
[[nodiscard]] constexpr std::string_view unit_of_handlers(std::string_view key) noexcept {
  if (!key.starts_with(further_handlers_key)) return {};
  key.remove_prefix(further_handlers_key.size());
  return key.starts_with('.') ? key.substr(1) : std::string_view();
}
/// The parameter that a key sets a part of, or the whole of.
[[nodiscard]] constexpr std::string_view parameter_of(std::string_view key) noexcept {
  return unit_of_handlers(key).empty() ? key : further_handlers_key;
}

/// Most further handlers of a unit.
inline constexpr std::size_t most_further_handlers = 10000;

/// How many a unit has. \complexity linear in all further handlers
template <class = when_called>
[[nodiscard]] inline std::size_t further_handlers_of(const scenario& s, std::string_view code) noexcept {
  return static_cast<std::size_t>(std::count(s.handling.further_handlers.begin(), s.handling.further_handlers.end(), code));
}
/// Gives it so many; those of other units stay as they are listed.
template <class = when_called>
inline void set_further_handlers(scenario& s, std::string_view code, std::size_t count) {
  std::vector<std::string>& all = s.handling.further_handlers;
  std::erase(all, code);
  all.insert(all.end(), count, std::string(code));
}

}  // namespace sifang

#endif
