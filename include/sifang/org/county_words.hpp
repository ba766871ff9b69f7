// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_COUNTY_WORDS_HPP
#define SIFANG_ORG_COUNTY_WORDS_HPP

#include "sifang/core/names.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/unit.hpp"

#include <optional>
#include <string_view>

namespace sifang {

/// A Chinese word for an enumerator, as a table has it.
template <named_enum Enum>
struct chinese_word {
  std::string_view word;  ///< whole field
  Enum means{};           ///< what it says
};

/// Chinese words for enumerators that may stand in tables in place of their names: of kinds of unit, roles and relations.
template <named_enum Enum>
inline constexpr chinese_word<Enum> chinese_words_of[1] = {};
/// Kinds of unit.
template <>
inline constexpr chinese_word<unit_kind> chinese_words_of<unit_kind>[] = {
    {"县", unit_kind::county},
    {"区", unit_kind::county},
    {"市", unit_kind::county},
    {"旗", unit_kind::county},
    {"县委", unit_kind::party_committee},
    {"区委", unit_kind::party_committee},
    {"市委", unit_kind::party_committee},
    {"旗委", unit_kind::party_committee},
    {"县政府", unit_kind::county_government},
    {"区政府", unit_kind::county_government},
    {"市政府", unit_kind::county_government},
    {"旗政府", unit_kind::county_government},
    {"党校", unit_kind::party_school},
    {"县委党校", unit_kind::party_school},
    {"信访局", unit_kind::petition_bureau},
    {"县直单位", unit_kind::department},
    {"区直单位", unit_kind::department},
    {"市直单位", unit_kind::department},
    {"部门", unit_kind::department},
    {"工业园区", unit_kind::industrial_park},
    {"园区", unit_kind::industrial_park},
    {"乡镇", unit_kind::township},
    {"乡", unit_kind::township},
    {"镇", unit_kind::township},
    {"街道", unit_kind::subdistrict},
    {"村", unit_kind::village},
    {"行政村", unit_kind::village},
    {"社区", unit_kind::community},
};
/// Roles.
template <>
inline constexpr chinese_word<role> chinese_words_of<role>[] = {
    {"主要领导", role::principal_leader},   {"县处级领导", role::county_leader}, {"县级领导", role::county_leader},
    {"县领导", role::county_leader},        {"主要负责同志", role::unit_head},   {"主要负责人", role::unit_head},
    {"班子成员", role::team_member},        {"机关干部", role::cadre},           {"干部", role::cadre},
    {"信访局工作人员", role::bureau_staff}, {"信访干部", role::bureau_staff},
};
/// Relations.
template <>
inline constexpr chinese_word<relation> chinese_words_of<relation>[] = {
    {"主要负责", relation::heads}, {"负责", relation::heads},        {"班子成员", relation::member_of}, {"成员", relation::member_of},
    {"挂钩", relation::linked_to}, {"分管", relation::in_charge_of}, {"联系", relation::liaises_with},
};

/// The enumerator that a field names, in English as `names_of` has it or in Chinese; nothing if it names none.
template <named_enum Enum>
[[nodiscard]] constexpr std::optional<Enum> parse_word(std::string_view text) noexcept {
  if (const std::optional<Enum> found = parse_name<Enum>(text)) return found;
  for (const chinese_word<Enum>& one : chinese_words_of<Enum>) {
    if (!text.empty() && one.word == text) return one.means;
  }
  return std::nullopt;
}

}  // namespace sifang

#endif
