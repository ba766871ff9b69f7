// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_MECHANISM_RULES_HPP
#define SIFANG_COUNTY_MECHANISM_RULES_HPP

#include <array>
#include <string_view>

namespace sifang {

/// A rule of the four doors.
struct mechanism_rule {
  std::string_view id,  ///< "R3"
      en,               ///< what it asks for, in English
      zh;               ///< the article's wording
};
/// Every rule of the mechanism (DOMAIN 1.1 to 1.4), in the order of the article. docs/domain.md has the same texts; a test compares.
// clang-format off: a table
inline constexpr std::array<mechanism_rule, 31> mechanism_rules{{
    {"R1", "Reception days have three things fixed: time, place, people. Each session record names all three; none is empty.",
     "按照时间、地点和人员“三固定”要求"},
    {"R2", "Reception days are the 15th of each month and every Monday.", "严格落实每月15日和每周一“接访日”制度"},
    {"R3", "On the 15th the principal leaders of county Party committee and county government receive at the county Party school.",
     "每月15日，霞浦县委、县政府主要领导在县委党校接访群众"},
    {"R4", "They also receive, at irregular times, at problem-heavy townships/streets, county departments and industrial parks.",
     "并不定期到信访问题多发的乡镇（街道）、县直单位、工业园区开展接访活动"},
    {"R5",
     "(The 15th, by context.) Every other county-level leader receives at the township/street they are linked to, or the "
     "department they are in charge of.",
     "其他县处级党政领导到所挂钩的乡镇（街道）或分管的县直单位开展接访"},
    {"R6", "Every Monday one county-level leader receives at the county petition bureau.",
     "每周一和重点敏感时期，安排一名县处级党政领导干部在县信访局接访群众"},
    {"R7",
     "In key sensitive periods R6 also applies. Daily cover in the period is the natural reading [I]; the article only says 安排一名.",
     "同上（重点敏感时期）"},
    {"R8", "Every Monday the principal heads of townships/streets and relevant departments receive at their own unit.",
     "每周一，乡镇（街道）和县直有关单位主要领导在本单位接访群众"},
    {"R9",
     "Every Monday the other team members of those units receive at their linked village/community, or the section or "
     "industry they are in charge of.",
     "其他班子成员到所挂钩的村（社区）或分管的部门、行业接访群众"},
    {"R10", "No screening: no petitioner or topic is turned away before being heard.", "接访事项不做筛选"},
    {"R11", "Walk-ins are received as they come; no appointment needed.", "群众随访随接"},
    {"R12", "The receiving leader takes case ownership of what they receive, supervises it and gets it resolved.",
     "接访领导对接访事项包案督办化解"},
    {"R13", "First receiver is responsible, and follows the case to the end. Ownership does not silently lapse or pass on.",
     "首接负责、一盯到底"},
    {"R14", "The \"three guarantees\" are assigned case by case. The article does not expand them.", "逐案落实“三包”责任"},
    {"R15", "Target: strongly felt problems and long-pending cases.", "群众反映强烈的突出问题和信访积案"},
    {"R16", "The joint-meeting office holds one analysis per month.", "县信访工作联席会议办公室每月组织一次情况分析研判"},
    {"R17", "The analysis yields an issue list.", "排查梳理反映强烈的民生问题和信访突出问题，将问题清单报送"},
    {"R18",
     "The list goes to the county-level leaders linked to the township, or in charge of/liaising with the department; each "
     "item becomes an appointment case.",
     "报送至相应的挂钩乡镇（街道）和分管联系县直单位的县处级领导，作为进门约访的案源"},
    {"R19", "Working from the list, leaders regularly go to townships, villages, enterprises and projects to meet the people concerned.",
     "定期深入乡镇（街道）、村（社区）、企业和项目走访相关群众"},
    {"R20", "Two instruments: special coordination meeting and on-site office meeting.", "通过召开专题协调会、现场办公会等方式，集中解决"},
    {"R21", "Campaign \"a thousand cadres visit ten thousand households\": all county organ cadres.",
     "“千名干部访万户，四下基层促和谐”活动，组织全县机关干部"},
    {"R22", "Window: 3 to 5 concentrated days.", "集中3至5天时间"},
    {"R23", "Coverage: every village/community; \"clear-the-warehouse\" thoroughness.", "深入所有村（社区）开展“清仓见底”式登门入户走访"},
    {"R24", "Output: findings on public interest, stability, development.", "搜集事关群众利益、社会稳定、发展大局的社情民意"},
    {"R25", "Each key finding gets its own timetable and responsible person. An item lacking either is invalid.",
     "逐件制定时间表、落实责任人"},
    {"R26", "Items are on a wall chart, tracked throughout, struck off only against the target.", "挂图作战、全程跟踪、对标销号"},
    {"R27", "Trigger (a): closed in procedure but the petitioner has not settled.", "虽已程序性办结、但信访人仍未息诉息访"},
    {"R28", "Trigger (b): the petitioner settled, then rebounded.", "信访人息诉息访后又反弹"},
    {"R29", "Visitors: the owning leader and responsible persons of the place unit and matter unit.", "包案领导和属地属事单位相关责任人"},
    {"R30", "Purpose: learn living conditions and reason of rebound; diagnose; give care and hardship help.",
     "了解信访人生产生活情况和反弹原因……人文关怀和困难帮扶"},
    {"R31", "End state: case closed and grievance gone. Two separate flags.", "推动案结事了、“心事”双解"},
}};
// clang-format on

}  // namespace sifang

#endif
