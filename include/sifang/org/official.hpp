// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_OFFICIAL_HPP
#define SIFANG_ORG_OFFICIAL_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/rare_text.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace sifang {

/// What an official is in the mechanism (DOMAIN 4).
enum class role : std::uint8_t {
  principal_leader,  ///< 县委、县政府主要领导
  county_leader,     ///< 县处级党政领导
  unit_head,         ///< 主要负责同志
  team_member,       ///< 班子成员
  cadre,             ///< 机关干部
  bureau_staff,      ///< 信访局工作人员
};
template <>
inline constexpr std::string_view names_of<role>[] = {"principal_leader", "county_leader", "unit_head",
                                                      "team_member",      "cadre",         "bureau_staff"};

/// A post; never a person's name.
struct official {
  std::string post;      ///< "leader-07"
  std::string title;     ///< "副县长(分管住建)"
  role rank{};           ///< decides where the official sits
  unit_id unit;          ///< where the post belongs
  rare_text title_en{};  ///< its title in English, where the tables have one; `english_title` has one of any
};

/// How an official stands to a unit.
enum class relation : std::uint8_t {
  heads,         ///< 主要负责
  member_of,     ///< 班子成员
  linked_to,     ///< 挂钩: leader to township, team member to village
  in_charge_of,  ///< 分管: leader to department
  liaises_with,  ///< 联系
};
/// Enumerators of `relation`.
inline constexpr std::size_t relation_count = 5;
template <>
inline constexpr std::string_view names_of<relation>[] = {"heads", "member_of", "linked_to", "in_charge_of", "liaises_with"};

/// An official and a unit they answer for, or work in.
template <class Relation>
struct basic_official_link {
  official_id who;  ///< the official
  Relation how{};   ///< in what way
  unit_id where;    ///< the unit
};
using official_link = basic_official_link<relation>;  ///< a link of the county

}  // namespace sifang

#endif
