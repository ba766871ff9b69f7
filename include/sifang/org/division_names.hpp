// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_DIVISION_NAMES_HPP
#define SIFANG_ORG_DIVISION_NAMES_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/org/unit.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

/// \file
/// What the names of the country's divisions say: what a county is called for short, and what a committee is one of.

namespace sifang {

namespace detail {

/// Peoples as the names of autonomous counties have them; none ends with another.
inline constexpr std::string_view peoples_in_names[] = {
    "各族",   "蒙古族", "蒙古", "回族",   "藏族",   "苗族",   "彝族",     "壮族",   "布依族", "朝鲜族", "满族",
    "侗族",   "瑶族",   "白族", "土家族", "哈尼族", "哈萨克", "哈萨克族", "傣族",   "黎族",   "傈僳族", "佤族",
    "畲族",   "拉祜族", "水族", "东乡族", "纳西族", "土族",   "达斡尔族", "仫佬族", "羌族",   "布朗族", "撒拉族",
    "毛南族", "仡佬族", "锡伯", "塔吉克", "普米族", "怒族",   "独龙族",   "裕固族", "保安族"};

/// Bytes of a character of the plane in which Chinese names are written.
inline constexpr std::size_t chinese_bytes = 3;

/// Takes an ending off if two characters at least are left. \returns whether it did
constexpr bool take_ending(std::string_view& name, std::string_view ending) noexcept {
  if (!name.ends_with(ending) || name.size() < ending.size() + 2 * chinese_bytes) return false;
  name.remove_suffix(ending.size());
  return true;
}

}  // namespace detail

/// What a county is in one character, as its offices are called: 县, 区, 市 or 旗; 县 for what has none of these endings.
[[nodiscard]] constexpr std::string_view county_word(std::string_view name) noexcept {
  for (const std::string_view word : {std::string_view("县"), std::string_view("区"), std::string_view("市"), std::string_view("旗")}) {
    if (name.ends_with(word)) return word;
  }
  return "县";
}

/// The name of a county without what it is: 霞浦 of 霞浦县, 景宁 of 景宁畲族自治县. Two characters at least are left: 郊区 stays.
[[nodiscard]] constexpr std::string_view short_county_name(std::string_view name) noexcept {
  using detail::take_ending;
  if (take_ending(name, "自治县") || take_ending(name, "自治旗")) {
    for (bool more = true; more;) {
      more = false;
      for (const std::string_view people : detail::peoples_in_names) more = take_ending(name, people) || more;
    }
    return name;
  }
  for (const std::string_view ending : {std::string_view("林区"), std::string_view("特区"), std::string_view("县"), std::string_view("区"),
                                        std::string_view("市"), std::string_view("旗")}) {
    if (take_ending(name, ending)) return name;
  }
  return name;
}

/// The name of a township without what it is: 盐田 of 盐田畲族乡. Two characters at least are left.
[[nodiscard]] constexpr std::string_view short_township_name(std::string_view name) noexcept {
  using detail::take_ending;
  if (!take_ending(name, "街道") && !take_ending(name, "民族乡") && !take_ending(name, "镇") && !take_ending(name, "乡")) return name;
  for (const std::string_view people : detail::peoples_in_names) {
    if (take_ending(name, people)) return name;
  }
  return name;
}

/// Whether the office of a township is one of a street (街道).
[[nodiscard]] constexpr bool is_street(std::string_view name) noexcept { return name.find("街道") != name.npos; }

/// A village or community by the name of its committee.
struct village_name {
  std::string name;                     ///< without the word committee
  unit_kind kind = unit_kind::village;  ///< village or community
};

/// What a committee is one of: 前街村 of 前街村委会, and a community if it is one of residents (居委会).
///
/// Names that are no committee's stay; of these a community is what ends with 区 (社区, 生活区).
template <class = when_called>
[[nodiscard]] inline village_name village_of_committee(std::string_view name) {
  struct ending {
    std::string_view text, kept;
    unit_kind kind;
  };
  static constexpr ending endings[] = {
      {"社区居民委员会", "社区", unit_kind::community}, {"社区居委会", "社区", unit_kind::community},
      {"居民委员会", "社区", unit_kind::community},     {"居委会", "社区", unit_kind::community},
      {"村民委员会", "村", unit_kind::village},         {"村委会", "村", unit_kind::village},
      {"嘎查委员会", "嘎查", unit_kind::village},
  };
  for (const ending& e : endings) {
    if (!name.ends_with(e.text) || name.size() == e.text.size()) continue;
    std::string stem(name.substr(0, name.size() - e.text.size()));
    // A place of two characters has its ending as a part of its own name: 下村村委会 is that of 下村村.
    if (!stem.ends_with(e.kept) || stem.size() <= 2 * detail::chinese_bytes) stem += e.kept;
    return {std::move(stem), e.kind};
  }
  return {std::string(name), name.ends_with("区") ? unit_kind::community : unit_kind::village};
}

}  // namespace sifang

#endif
