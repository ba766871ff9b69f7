// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_LEVEL_SET_HPP
#define SIFANG_ORG_LEVEL_SET_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/org/hierarchy.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// \file
/// Levels of government, and whether a hierarchy keeps to them.
///
/// A level set is an enumeration with names, from the highest level down. One's own takes two statements:
///
///     enum class league_level { league, banner, sumu, gacha };
///     template <> inline constexpr std::string_view sifang::names_of<league_level>[] = {"league", "banner", "sumu", "gacha"};
///
/// `level` of "sifang/org/unit.hpp" is the set of one county; `division_level` that of the whole country.

namespace sifang {

/// Levels of the country's divisions (行政区划).
enum class division_level : std::uint8_t { country, province, prefecture, county, township, village };
template <>
inline constexpr std::string_view names_of<division_level>[] = {"country", "province", "prefecture", "county", "township", "village"};

/// The level of a division by its statistical code without trailing zeros: 2, 4, 6, 9 or 12 digits for province to
/// village (GB/T 2260 and GB/T 10114); one digit stands for the country. Nothing for other lengths.
[[nodiscard]] constexpr std::optional<division_level> level_of_code(std::string_view code) noexcept {
  switch (code.size()) {
    case 1:
      return division_level::country;
    case 2:
      return division_level::province;
    case 4:
      return division_level::prefecture;
    case 6:
      return division_level::county;
    case 9:
      return division_level::township;
    case 12:
      return division_level::village;
    default:
      return std::nullopt;
  }
}

/// An enumeration whose enumerators, from 0, are levels from the highest down, and which has names.
template <class Level>
concept level_set = named_enum<Level> && std::totally_ordered<Level>;

/// Rule for `audit_levels`: a unit stands on a lower level than the one above it. Levels may be left out.
struct lower_level {
  template <level_set Level>
  constexpr bool operator()(Level below, Level above) const noexcept {
    return below > above;
  }
};

/// Rule for `audit_levels`: a unit stands exactly one level lower than the one above it.
struct next_level {
  template <level_set Level>
  constexpr bool operator()(Level below, Level above) const noexcept {
    return static_cast<long long>(below) == static_cast<long long>(above) + 1;
  }
};

/// A fault `wrong_level` for each unit that may not stand directly below the one above it.
///
/// \param level_of  from the payload to its level, or kind: a member or a function
/// \param rule  of (level of the unit, level of the one above), such as `lower_level` or
///        `sifang::may_stand_below` for kinds of units
/// \complexity linear
template <class Payload, class LevelOf, class Rule = lower_level>
requires named_enum<std::remove_cvref_t<std::invoke_result_t<LevelOf&, const Payload&>>>
[[nodiscard]] std::vector<fault> audit_levels(const hierarchy<Payload>& tree, LevelOf level_of, Rule rule = {}) {
  std::vector<fault> faults;
  for (unit_id u : tree.all()) {
    const auto above = tree.parent(u);
    if (!above) continue;
    const auto here = std::invoke(level_of, tree[u]), there = std::invoke(level_of, tree[*above]);
    if (std::invoke(rule, here, there)) continue;
    faults.push_back(make_fault(fault_kind::wrong_level, place{}, tree.code(u), std::string(name_of(here)), std::string(name_of(there))));
  }
  return faults;
}

}  // namespace sifang

#endif
