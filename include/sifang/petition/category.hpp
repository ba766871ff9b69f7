// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_CATEGORY_HPP
#define SIFANG_PETITION_CATEGORY_HPP

#include "sifang/core/names.hpp"
#include "sifang/petition/text.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

/// \file
/// How a petition comes in, through which door, and what it is in law.

namespace sifang {

/// How a petition reached the system (来访、来信、网上、来电), or that a household visit found it.
enum class channel : std::uint8_t { visit, letter, online, phone, campaign };
/// Enumerators of `channel`.
inline constexpr std::size_t channel_count = 5;
template <>
inline constexpr std::string_view names_of<channel>[] = {"visit", "letter", "online", "phone", "campaign"};
template <>
inline constexpr bilingual texts_of<channel>[] = {
    {"visit", "来访"}, {"letter", "来信"}, {"online", "网上"}, {"phone", "来电"}, {"household campaign", "走访发现"}};

/// The level to which a matter is brought first; from those above it comes down to the county (L2).
enum class petition_level : std::uint8_t { county, city, province, nation };
template <>
inline constexpr std::string_view names_of<petition_level>[] = {"county", "city", "province", "nation"};
template <>
inline constexpr bilingual texts_of<petition_level>[] = {{"county", "县级"}, {"city", "市级"}, {"province", "省级"}, {"nation", "国家级"}};

/// The four doors (四门四访): 开门接访、进门约访、登门走访、上门回访; and who comes by none of them, writes or calls.
enum class door : std::uint8_t { remote, open_reception, appointment, door_to_door, return_visit };
/// Enumerators of `door`.
inline constexpr std::size_t door_count = 5;
template <>
inline constexpr std::string_view names_of<door>[] = {"remote", "open_reception", "appointment", "door_to_door", "return_visit"};
template <>
inline constexpr bilingual texts_of<door>[] = {{"written, online, phone", "信、网、电"},
                                               {"open-door reception", "开门接访"},
                                               {"by-appointment visit", "进门约访"},
                                               {"door-to-door visit", "登门走访"},
                                               {"return visit", "上门回访"}};

/// What a petition is in law (意见建议、检举控告、申诉求决). Review and recheck exist for claims only (DOMAIN 2.3).
enum class petition_type : std::uint8_t { opinion, accusation, claim };
template <>
inline constexpr std::string_view names_of<petition_type>[] = {"opinion", "accusation", "claim"};
template <>
inline constexpr bilingual texts_of<petition_type>[] = {
    {"opinion or suggestion", "意见建议"}, {"accusation or report", "检举控告"}, {"appeal or claim", "申诉求决"}};

/// What a written opinion (信访处理意见书) says to the request (L12).
enum class verdict : std::uint8_t { support, explain, not_support };
template <>
inline constexpr std::string_view names_of<verdict>[] = {"support", "explain", "not_support"};
template <>
inline constexpr bilingual texts_of<verdict>[] = {
    {"supported", "予以支持"}, {"explained: reasonable, no legal basis", "合理但缺乏依据，解释说明"}, {"not supported", "不予支持"}};

/// Where a matter goes that is not for petition work (诉访分离): row 2 of the life cycle.
enum class other_route : std::uint8_t { litigation, arbitration, reconsideration, discipline };
template <>
inline constexpr std::string_view names_of<other_route>[] = {"litigation", "arbitration", "reconsideration", "discipline"};
template <>
inline constexpr bilingual texts_of<other_route>[] = {
    {"litigation", "诉讼"}, {"arbitration", "仲裁"}, {"administrative reconsideration", "行政复议"}, {"discipline inspection", "纪检监察"}};

/// Why a matter is not accepted (不再受理): row 3 of the life cycle.
enum class refusal_ground : std::uint8_t {
  in_progress,    ///< the same matter is already accepted or under way (L7)
  recheck_ended,  ///< ended by a recheck, same facts and reasons (L17)
  window_missed,  ///< no review or recheck asked in time without good cause (L18)
};
template <>
inline constexpr std::string_view names_of<refusal_ground>[] = {"in_progress", "recheck_ended", "window_missed"};
template <>
inline constexpr bilingual texts_of<refusal_ground>[] = {{"the same matter is already under way", "同一事项正在办理"},
                                                         {"the same matter ended with a recheck", "同一事项已复核终结"},
                                                         {"review or recheck was not asked in time", "逾期未申请复查、复核"}};

/// What a petitioner says of those who served them, on the three-grade scale.
enum class grade : std::uint8_t { satisfied, basically_satisfied, unsatisfied };
template <>
inline constexpr std::string_view names_of<grade>[] = {"satisfied", "basically_satisfied", "unsatisfied"};
template <>
inline constexpr bilingual texts_of<grade>[] = {{"satisfied", "满意"}, {"basically satisfied", "基本满意"}, {"not satisfied", "不满意"}};

/// Who is measured or rated: the petition bureau (信访部门) or the responsible authority (有权处理机关).
enum class body : std::uint8_t { bureau, authority };
template <>
inline constexpr std::string_view names_of<body>[] = {"bureau", "authority"};
template <>
inline constexpr bilingual texts_of<body>[] = {{"petition bureau", "信访部门"}, {"responsible authority", "责任单位"}};

}  // namespace sifang

#endif
