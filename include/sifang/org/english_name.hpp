// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_ENGLISH_NAME_HPP
#define SIFANG_ORG_ENGLISH_NAME_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/division_names.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/org/pinyin.hpp"
#include "sifang/org/unit.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What units and posts are called in English: as the tables have it, else pinyin with what the unit is in English.

namespace sifang {

namespace detail {

/// The end of a name, and what stands for it in English.
struct english_ending {
  std::string_view chinese, english;
};

// Longer ones stand before those that they end with.
inline constexpr english_ending county_endings[] = {{"自治县", "Autonomous County"},
                                                    {"自治旗", "Autonomous Banner"},
                                                    {"林区", "Forestry District"},
                                                    {"特区", "Special District"},
                                                    {"县", "County"},
                                                    {"区", "District"},
                                                    {"市", "City"},
                                                    {"旗", "Banner"}};
inline constexpr english_ending township_endings[] = {{"街道办事处", "Subdistrict"}, {"街道", "Subdistrict"}, {"镇", "Town"},
                                                      {"民族乡", "Ethnic Township"}, {"乡", "Township"},      {"苏木", "Sumu"}};
inline constexpr english_ending village_endings[] = {{"社区居民委员会", "Community"},
                                                     {"社区居委会", "Community"},
                                                     {"居民委员会", "Community"},
                                                     {"居委会", "Community"},
                                                     {"社区", "Community"},
                                                     {"村民委员会", "Village"},
                                                     {"村委会", "Village"},
                                                     {"行政村", "Village"},
                                                     {"村", "Village"},
                                                     {"嘎查", "Gacha"},
                                                     {"林场", "Forest Farm"},
                                                     {"农场", "Farm"}};
inline constexpr english_ending park_endings[] = {{"经济开发区", "Economic Development Zone"},
                                                  {"开发区", "Development Zone"},
                                                  {"工业园区", "Industrial Park"},
                                                  {"工业园", "Industrial Park"},
                                                  {"园区", "Park"}};
inline constexpr english_ending department_endings[] = {{"局", "Bureau"},        {"委员会", "Committee"}, {"委", "Committee"},
                                                        {"办公室", "Office"},    {"部", "Department"},    {"中心", "Center"},
                                                        {"联合会", "Federation"}};
/// Peoples in names of divisions, by GB/T 3304; longer forms first.
inline constexpr english_ending peoples_in_english[] = {
    {"各族", "Multi-Ethnic"}, {"维吾尔", "Uygur"},     {"蒙古族", "Mongol"},  {"蒙古", "Mongol"},   {"回族", "Hui"},
    {"藏族", "Zang"},         {"苗族", "Miao"},        {"彝族", "Yi"},        {"壮族", "Zhuang"},   {"布依族", "Buyei"},
    {"朝鲜族", "Chosen"},     {"满族", "Man"},         {"侗族", "Dong"},      {"瑶族", "Yao"},      {"白族", "Bai"},
    {"土家族", "Tujia"},      {"哈尼族", "Hani"},      {"哈萨克族", "Kazak"}, {"哈萨克", "Kazak"},  {"傣族", "Dai"},
    {"黎族", "Li"},           {"傈僳族", "Lisu"},      {"佤族", "Va"},        {"畲族", "She"},      {"拉祜族", "Lahu"},
    {"水族", "Sui"},          {"东乡族", "Dongxiang"}, {"纳西族", "Naxi"},    {"达斡尔族", "Daur"}, {"仫佬族", "Mulao"},
    {"羌族", "Qiang"},        {"布朗族", "Blang"},     {"撒拉族", "Salar"},   {"毛南族", "Maonan"}, {"仡佬族", "Gelao"},
    {"锡伯族", "Xibe"},       {"锡伯", "Xibe"},        {"塔吉克", "Tajik"},   {"普米族", "Pumi"},   {"怒族", "Nu"},
    {"独龙族", "Derung"},     {"裕固族", "Yugur"},     {"保安族", "Bonan"},   {"土族", "Tu"},       {"鄂温克族", "Ewenki"},
    {"鄂伦春", "Oroqen"},     {"赫哲族", "Hezhen"},    {"门巴族", "Monba"},   {"珞巴族", "Lhoba"},  {"景颇族", "Jingpo"},
    {"阿昌族", "Achang"},     {"京族", "Gin"},         {"俄罗斯族", "Russ"},  {"基诺族", "Jino"},   {"柯尔克孜", "Kirgiz"},
    {"塔塔尔", "Tatar"},      {"乌孜别克", "Uzbek"},   {"达斡尔", "Daur"},    {"鄂温克", "Ewenki"}, {"德昂族", "Deang"}};

/// The ending of a name, before which something stands; nothing if it has none of these.
[[nodiscard]] constexpr std::optional<english_ending> ending_of(std::string_view name, std::span<const english_ending> all) noexcept {
  for (const english_ending& e : all) {
    if (name.size() > e.chinese.size() && name.ends_with(e.chinese)) return e;
  }
  return std::nullopt;
}

/// The peoples with which a name ends, in its order, taken off it: `Lahu, Va and Dai `.
template <class = when_called>
[[nodiscard]] std::string take_peoples(std::string_view& name) {
  std::vector<std::string_view> found;
  for (bool more = true; more;) {
    more = false;
    for (const english_ending& people : peoples_in_english) {
      if (!take_ending(name, people.chinese)) continue;
      found.push_back(people.english);
      more = true;
      break;
    }
  }
  std::string out;
  for (std::size_t left = found.size(); left-- > 0;) out.append(found[left]).append(left > 1 ? ", " : left == 1 ? " and " : " ");
  return out;
}

/// A place or park by its name: pinyin, and what it is. \param otherwise  what it is if the name does not say so
/// \returns the name itself where it can't be read
template <class = when_called>
[[nodiscard]] std::string english_place(std::string_view name, std::span<const english_ending> all, std::string_view otherwise) {
  const auto ending = ending_of(name, all);
  std::string_view own = name;
  std::string peoples;
  if (ending) {
    own.remove_suffix(ending->chinese.size());
    if (ending->chinese == "自治县" || ending->chinese == "自治旗" || ending->chinese == "乡") peoples = take_peoples(own);
    // A name of one syllable keeps what it is: 单县 is Shanxian County.
    if (own.size() == chinese_bytes && ending->chinese.size() == chinese_bytes) own = name;
  }
  std::string out = place_pinyin(name, own.size());
  if (out.empty()) return std::string(name);
  if (ending && ending->chinese == "乡" && !peoples.empty()) peoples += "Ethnic ";
  const std::string_view word = ending ? ending->english : otherwise;
  return word.empty() ? out : out + ' ' + peoples + std::string(word);
}

/// The county that a body's name begins with, `Xiapu County ` of 霞浦县 and `County ` of 县 alone; empty of anything else.
template <class = when_called>
[[nodiscard]] std::string english_county_of(std::string_view county) {
  const auto is = ending_of("  " + std::string(county), county_endings);  // 县 alone is an ending too
  if (!is) return {};
  if (county == is->chinese) return std::string(is->english) + ' ';
  const std::string out = english_place(county, county_endings, "");
  return has_han(out) ? std::string() : out + ' ';
}

/// A Party committee, government, Party school or petition bureau. \returns empty if its name is built otherwise
template <class = when_called>
[[nodiscard]] std::string english_body(std::string_view name, unit_kind kind) {
  for (const std::string_view party : {"中国共产党", "中共"}) {
    if (name.starts_with(party)) name.remove_prefix(party.size());
  }
  const auto without = [&](std::initializer_list<std::string_view> endings) {
    for (const std::string_view e : endings) {
      if (!name.ends_with(e)) continue;
      name.remove_suffix(e.size());
      return;
    }
  };
  if (kind == unit_kind::party_school) without({"党校"});
  if (kind == unit_kind::county_government) without({"人民政府", "政府"});
  if (kind == unit_kind::petition_bureau) without({"信访局", "信访办公室", "信访办"});
  if (kind != unit_kind::county_government) without({"委员会", "委"});
  const std::string county = english_county_of(name);
  if (county.empty()) return {};
  if (kind == unit_kind::party_committee) return "CPC " + county + "Committee";
  if (kind == unit_kind::county_government) return county + "People's Government";
  if (kind == unit_kind::party_school) return "Party School of the CPC " + county + "Committee";
  return county + "Petition Bureau";
}

/// A department: 县 or 县委 before its name are `County` and nothing more.
template <class = when_called>
[[nodiscard]] std::string english_department(std::string_view name) {
  std::string of;
  for (const english_ending& e : county_endings) {
    if (e.chinese.size() != chinese_bytes || !name.starts_with(e.chinese) || name.size() < 3 * chinese_bytes) continue;
    if (name.starts_with("市场") || name.starts_with("市政")) break;  // markets, and what a city builds
    name.remove_prefix(e.chinese.size());
    if (name.starts_with("委") && name.size() > 3 * chinese_bytes) name.remove_prefix(chinese_bytes);
    of = std::string(e.english) + ' ';
    break;
  }
  const std::string own = english_place(name, department_endings, "");
  return has_han(own) ? std::string() : of + own;
}

/// What a role is called before `of` and a unit.
[[nodiscard]] constexpr std::string_view english_role(role rank) noexcept {
  constexpr std::string_view words[] = {"Principal leader", "County leader", "Head", "Team member", "Cadre", "Staff member"};
  return words[static_cast<std::size_t>(rank)];
}

}  // namespace detail

/// What a unit is called in English: what its table says, else a name that is not Chinese as it is, else its name in pinyin with what it
/// is in English (Songcheng Subdistrict of 松城街道), else its Chinese name, where a character is not known.
///
/// A name of one syllable keeps what it is (单县: Shanxian County); peoples are written by GB/T 3304 (盐田畲族乡: Yantian She Ethnic
/// Township). \complexity linear in the name
template <class = when_called>
[[nodiscard]] std::string english_name(const unit& u) {
  if (!u.name_en.empty()) return std::string(u.name_en.view());
  if (!has_han(u.name)) return u.name;
  std::string out;
  switch (u.kind) {
    case unit_kind::county:
      return detail::english_place(u.name, detail::county_endings, "County");
    case unit_kind::township:
      return detail::english_place(u.name, detail::township_endings, "Township");
    case unit_kind::subdistrict:
      return detail::english_place(u.name, detail::township_endings, "Subdistrict");
    case unit_kind::village:
      return detail::english_place(u.name, detail::village_endings, "Village");
    case unit_kind::community:
      return detail::english_place(u.name, detail::village_endings, "Community");
    case unit_kind::industrial_park:
      return detail::english_place(u.name, detail::park_endings, "Park");
    case unit_kind::department:
      out = detail::english_department(u.name);
      break;
    case unit_kind::party_committee:
    case unit_kind::county_government:
    case unit_kind::party_school:
    case unit_kind::petition_bureau:
      out = detail::english_body(u.name, u.kind);
      if (out.empty()) out = detail::english_place(u.name, {}, "");
      break;
  }
  return out.empty() ? u.name : out;
}

/// The name of a unit for readers of one language. \complexity linear in the name
template <class = when_called>
[[nodiscard]] std::string text_of(const unit& u, language lang) {
  return lang == language::zh ? u.name : english_name(u);
}

/// What a post is called in English: what its table says, else a title that is not Chinese as it is, else what its role is and where, with
/// the post (`Head of Songcheng Subdistrict (t001-head)`). A post without a title has its own name. \complexity linear in the names
template <class = when_called>
[[nodiscard]] std::string english_title(const organisation& org, official_id who) {
  const official& o = org[who];
  if (!o.title_en.empty()) return std::string(o.title_en.view());
  if (o.title.empty()) return o.post;
  if (!has_han(o.title)) return o.title;
  return std::string(detail::english_role(o.rank)) + " of " + english_name(org.units()[o.unit]) + " (" + o.post + ')';
}

/// The title of a post for readers of one language; the post where it has none. \complexity linear in the names
template <class = when_called>
[[nodiscard]] std::string text_of(const organisation& org, official_id who, language lang) {
  const official& o = org[who];
  if (lang == language::en) return english_title(org, who);
  return o.title.empty() ? o.post : o.title;
}

}  // namespace sifang

#endif
