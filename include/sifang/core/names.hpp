// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_NAMES_HPP
#define SIFANG_CORE_NAMES_HPP

#include "sifang/core/assert.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace sifang {

/// The written names of an enumeration, in the order of its enumerators from 0. Specialise to give an
/// enumeration a textual form: `template <> inline constexpr std::string_view names_of<e>[] = {"a", "b"};`
template <class Enum>
inline constexpr std::string_view names_of[] = {""};

/// Enumerations whose `names_of` has been given.
template <class Enum>
concept named_enum = std::size(names_of<Enum>)
> 0 && !names_of<Enum>[0].empty();

/// How many enumerators have a name: the enumerators from 0 on, one for each name.
template <named_enum Enum>
inline constexpr std::size_t enumerator_count = std::size(names_of<Enum>);

/// Whether the enumerator is one of those that have a name.
template <named_enum Enum>
[[nodiscard]] constexpr bool is_named(Enum value) noexcept {
  return static_cast<std::size_t>(value) < enumerator_count<Enum>;
}

/// What a file holds for the enumerator; empty for a number that none of those declared has.
template <named_enum Enum>
[[nodiscard]] constexpr std::string_view name_of(Enum value) noexcept {
  const auto i = static_cast<std::size_t>(value);
  return i < std::size(names_of<Enum>) ? names_of<Enum>[i] : std::string_view();
}

/// The enumerator written `name`, or nothing.
template <named_enum Enum>
[[nodiscard]] constexpr std::optional<Enum> parse_name(std::string_view name) noexcept {
  for (std::size_t i = 0; i < std::size(names_of<Enum>); ++i) {
    if (names_of<Enum>[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace sifang

#endif
