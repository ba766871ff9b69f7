// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_CHOICE_WORDS_HPP
#define SIFANG_COUNTY_CHOICE_WORDS_HPP

#include "sifang/assign/ownership.hpp"
#include "sifang/calendar/convention.hpp"
#include "sifang/core/names.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/unit.hpp"
#include "sifang/petition/case_load.hpp"
#include "sifang/petition/text.hpp"
#include "sifang/reception/campaign.hpp"
#include "sifang/reception/session_kind.hpp"
#include "sifang/reception/setting.hpp"

#include <cstddef>

/// \file
/// What people read for each word that a parameter can have: `left out` for `skip`. One source for report, brief and terminal.

namespace sifang {

/// Words for the enumerators of a parameter, in their order, where `texts_of` has none.
template <class Enum>
inline constexpr bilingual choice_words_of[] = {{"", ""}};

// clang-format off: tables
/// Days that are no workday. They say what is done, so that they stand by themselves.
template <>
inline constexpr bilingual choice_words_of<day_convention>[] = {
    {"held on rest days too", "遇休息日照常举行"},
    {"moved to the next workday where that is a rest day", "遇休息日顺延至下一个工作日"},
    {"moved to the next workday of the month, else to the one before, where that is a rest day", "遇休息日顺延（跨月则提前）"},
    {"moved to the workday before where that is a rest day", "遇休息日提前至上一个工作日"},
    {"left out on rest days", "遇休息日不举行"},
};
/// Rules of reception (DOMAIN 1.1).
template <>
inline constexpr bilingual choice_words_of<reception_rule>[] = {
    {"none", "无"}, {"R3", "R3"}, {"R4", "R4"}, {"R5", "R5"}, {"R6", "R6"}, {"R8", "R8"}, {"R9", "R9"},
};
/// Whose matters are heard.
template <>
inline constexpr bilingual choice_words_of<catchment_rule>[] = {{"those of the place", "本地及本单位主管事项"},
                                                                {"those of the whole county", "全县事项"}};
/// How petitioners are let in.
template <>
inline constexpr bilingual choice_words_of<session_admission>[] = {
    {"as everywhere", "同总体"}, {"all as they come", "随到随接"}, {"all by appointment", "全部预约"}};
/// What happens at closing time of one kind of session.
template <>
inline constexpr bilingual choice_words_of<session_closing>[] = {{"as everywhere", "同总体"},
                                                                 {"everyone is still heard", "延时接完"},
                                                                 {"the rest come back", "改日再来"},
                                                                 {"the rest go to a higher level", "转向上级"}};
/// The same as a rule for all.
template <>
inline constexpr bilingual choice_words_of<closing_policy>[] = {
    {"everyone is still heard", "延时接完"}, {"the rest come back", "改日再来"}, {"the rest go to a higher level", "转向上级"}};
/// Two days of reception that fall together.
template <>
inline constexpr bilingual choice_words_of<collision_policy>[] = {
    {"both are held on that day", "同日合并举行"},
    {"the bureau's, units' and villages' moves to the next workday", "信访局、单位和村级接访顺延至下一个工作日"}};
/// Where an irregular visit goes.
template <>
inline constexpr bilingual choice_words_of<hot_spot_rule>[] = {
    {"the township with most open cases", "在办件最多的乡镇"}, {"any township", "随机选取乡镇"}, {"each township in turn", "各乡镇轮流"}};
/// Who sits for whoever is away.
template <>
inline constexpr bilingual choice_words_of<substitution_rule>[] = {{"the next in the rota", "轮值表中的下一位"}, {"nobody", "无人替补"}};
/// Who sits where people go round.
template <>
inline constexpr bilingual choice_words_of<roster_rule>[] = {
    {"those whose turn it is", "依次轮值"}, {"all of them", "全体"}, {"those who have sat least", "接访次数最少者"}};
/// Who is called next.
template <>
inline constexpr bilingual choice_words_of<queue_rule>[] = {{"whoever came first", "先到先接"},
                                                            {"whoever has booked", "预约优先"},
                                                            {"whose case is the oldest", "案龄最长者优先"},
                                                            {"groups after all others", "集体访在后"}};
/// When an item leaves the wall chart (R26).
template <>
inline constexpr bilingual choice_words_of<strike_off_rule>[] = {{"when it is settled", "化解后销号"},
                                                                 {"when its timetable runs out", "到期即销号"}};
/// How a door is chosen.
template <>
inline constexpr bilingual choice_words_of<choice_model>[] = {{"by pull, delay and distance", "按吸引力、等候和路程选择"},
                                                              {"by fixed shares", "按固定比例"}};
/// Which unit gets a matter.
template <>
inline constexpr bilingual choice_words_of<routing_rule>[] = {{"the competent unit", "按职权"},
                                                              {"the unit of the place", "按属地"},
                                                              {"the department in charge", "按属事"},
                                                              {"whichever has fewer cases", "在办较少者"}};
/// Which case a handler takes up next.
template <>
inline constexpr bilingual choice_words_of<handling_rule>[] = {{"whichever came first", "先到先办"},
                                                               {"whichever is due first", "先到期先办"}};
/// When an extension is asked for (L11).
template <>
inline constexpr bilingual choice_words_of<extension_rule>[] = {
    {"never", "从不延期"}, {"for complex matters only", "仅复杂事项延期"}, {"always", "一律延期"}};
/// Who owns a case.
template <>
inline constexpr bilingual choice_words_of<ownership_rule>[] = {
    {"whoever heard it first", "首接领导包案"},
    {"whoever heard it first, up to a limit", "首接领导包案（有上限）"},
    {"the leader linked to the place", "挂钩领导包案"},
    {"the leader in charge of the matter", "分管领导包案"},
    {"the leader with fewest cases", "包案最少的领导包案"},
    {"whoever heard it first together with the leader in charge", "首接领导与分管领导共同包案"},
    {"whoever heard it first, handed over above a limit", "首接领导包案（超限移交）"}};
/// What an official is.
template <>
inline constexpr bilingual choice_words_of<role>[] = {{"principal leaders", "主要领导"},
                                                      {"county-level leaders", "县处级领导"},
                                                      {"unit heads", "主要负责同志"},
                                                      {"team members", "班子成员"},
                                                      {"cadres", "机关干部"},
                                                      {"clerks of the petition bureau", "信访局工作人员"}};
/// How an official stands to a unit.
template <>
inline constexpr bilingual choice_words_of<relation>[] = {{"heads it", "主要负责"},
                                                          {"team member", "班子成员"},
                                                          {"linked to it", "挂钩"},
                                                          {"in charge of it", "分管"},
                                                          {"liaises with it", "联系"}};
/// Kinds of unit.
template <>
inline constexpr bilingual choice_words_of<unit_kind>[] = {{"the county", "县"},
                                                           {"the Party committee", "县委"},
                                                           {"the county government", "县政府"},
                                                           {"the Party school", "党校"},
                                                           {"the petition bureau", "信访局"},
                                                           {"departments", "县直单位"},
                                                           {"industrial parks", "工业园区"},
                                                           {"townships", "乡镇"},
                                                           {"streets", "街道"},
                                                           {"villages", "村"},
                                                           {"communities", "社区"}};
// clang-format on

/// What people read for a word of a parameter: of an enumeration that has words, as the compiler checks.
template <named_enum Enum>
[[nodiscard]] constexpr bilingual choice_words(Enum value) noexcept {
  const auto at = static_cast<std::size_t>(value);
  if constexpr (worded_enum<Enum>) {
    return texts_of<Enum>[at];
  } else {
    static_assert(std::size(choice_words_of<Enum>) == std::size(names_of<Enum>), "words for each enumerator of a parameter");
    return choice_words_of<Enum>[at];
  }
}

}  // namespace sifang

#endif
