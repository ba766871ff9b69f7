// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_CASE_STATE_HPP
#define SIFANG_PETITION_CASE_STATE_HPP

#include "sifang/core/names.hpp"
#include "sifang/petition/text.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

/// \file
/// Where a petition matter can stand, what can happen to it and which clocks run (DOMAIN 2.4), with their names.

namespace sifang {

/// Where a matter stands. `settled` (息诉息访) is peace, `procedurally_closed` (程序性办结) is the end in law:
/// different facts.
enum class case_state : std::uint8_t {
  none,
  registered,
  routed,
  accepted,
  handling,
  replied,
  under_review,
  reviewed,
  under_recheck,
  settled,
  procedurally_closed,
  return_visit_due,
  diverted,
  not_accepted,
  answered_on_spot,
  withdrawn,
};
inline constexpr std::size_t case_state_count = 16;  ///< `none` included
template <>
inline constexpr std::string_view names_of<case_state>[] = {"none",
                                                            "registered",
                                                            "routed",
                                                            "accepted",
                                                            "handling",
                                                            "replied",
                                                            "under_review",
                                                            "reviewed",
                                                            "under_recheck",
                                                            "settled",
                                                            "procedurally_closed",
                                                            "return_visit_due",
                                                            "diverted",
                                                            "not_accepted",
                                                            "answered_on_spot",
                                                            "withdrawn"};
template <>
inline constexpr bilingual texts_of<case_state>[] = {{"not yet registered", "尚未登记"},
                                                     {"registered", "已登记"},
                                                     {"routed", "已转送交办"},
                                                     {"accepted", "已受理"},
                                                     {"being handled", "办理中"},
                                                     {"replied to", "已答复"},
                                                     {"under review", "复查中"},
                                                     {"reviewed", "已复查"},
                                                     {"under recheck", "复核中"},
                                                     {"settled", "息诉息访"},
                                                     {"closed in procedure", "程序性办结"},
                                                     {"due for a return visit", "待回访"},
                                                     {"diverted to another route", "导入其他途径"},
                                                     {"not accepted", "不再受理"},
                                                     {"answered on the spot", "当场答复"},
                                                     {"withdrawn", "撤回"}};

/// What can happen to a matter.
enum class case_event : std::uint8_t {
  arrive,
  divert,
  refuse,
  route,
  object,
  inform,
  receive_in_person,
  investigate,
  extend,
  mediate,
  reply,
  content,
  ask_review,
  uphold,
  send_back,
  ask_recheck,
  close_recheck,
  window_ends,
  schedule_return,
  rebound,
  return_settled,
  return_unsettled,
  return_reopened,
  cutoff,
  expire,
  answer,
  rebound_reopened,
  petition_again,
  return_lapsed_settled,
  return_lapsed_unsettled,
  put_on_list,
  withdraw,
};
inline constexpr std::size_t case_event_count = 32;  ///< the columns of the table of transitions
template <>
inline constexpr std::string_view names_of<case_event>[] = {"arrive",
                                                            "divert",
                                                            "refuse",
                                                            "route",
                                                            "object",
                                                            "inform",
                                                            "receive_in_person",
                                                            "investigate",
                                                            "extend",
                                                            "mediate",
                                                            "reply",
                                                            "content",
                                                            "ask_review",
                                                            "uphold",
                                                            "send_back",
                                                            "ask_recheck",
                                                            "close_recheck",
                                                            "window_ends",
                                                            "schedule_return",
                                                            "rebound",
                                                            "return_settled",
                                                            "return_unsettled",
                                                            "return_reopened",
                                                            "cutoff",
                                                            "expire",
                                                            "answer",
                                                            "rebound_reopened",
                                                            "petition_again",
                                                            "return_lapsed_settled",
                                                            "return_lapsed_unsettled",
                                                            "put_on_list",
                                                            "withdraw"};
template <>
inline constexpr bilingual texts_of<case_event>[] = {{"petition arrives", "信访人提出事项"},
                                                     {"divert to another legal route", "导入其他途径"},
                                                     {"refuse: no longer accepted", "不再受理"},
                                                     {"transfer or assign", "转送、交办"},
                                                     {"unit objects", "提出异议"},
                                                     {"inform of acceptance", "告知受理"},
                                                     {"leader receives in person", "领导接访"},
                                                     {"start the investigation", "开展调查"},
                                                     {"extend the handling", "延期"},
                                                     {"mediation agreement", "调解达成协议"},
                                                     {"deliver the written opinion", "送达处理意见"},
                                                     {"petitioner is content", "信访人认可"},
                                                     {"ask for review", "申请复查"},
                                                     {"review upholds or changes", "复查维持或变更"},
                                                     {"review sends back", "复查退回重办"},
                                                     {"ask for recheck", "申请复核"},
                                                     {"give the recheck opinion", "出具复核意见"},
                                                     {"time to ask runs out", "申请期限届满"},
                                                     {"schedule a return visit", "安排回访"},
                                                     {"rebound: petitions again", "反弹"},
                                                     {"return visit: settled", "回访：息诉息访"},
                                                     {"return visit: still unsettled", "回访：仍未息诉"},
                                                     {"return visit: new facts", "回访：有新情况，重新办理"},
                                                     {"becomes long-pending", "列为积案"},
                                                     {"limit runs out", "逾期"},
                                                     {"answer on the spot", "当场答复"},
                                                     {"rebound: handled anew", "反弹，重新办理"},
                                                     {"petition again before the return visit", "回访前再次信访"},
                                                     {"no return visit: as settled as before", "未回访，仍记息诉息访"},
                                                     {"no return visit: closed as before", "未回访，仍为程序性办结"},
                                                     {"put on the issue list", "列入问题清单"},
                                                     {"withdraw", "撤回"}};

/// The clocks of a matter. Three are rights that lapse (`is_right`), the others duties that can be missed.
enum class case_clock : std::uint8_t {
  route,           ///< T_route, L1
  object,          ///< T_object, L5: the unit's right
  accept,          ///< T_accept, L4
  handle,          ///< T_handle, L10 and L11
  review_window,   ///< W_review, L13: the petitioner's right
  review,          ///< T_review, L14
  recheck_window,  ///< W_recheck, L15: the petitioner's right
  recheck,         ///< T_recheck, L16
  return_visit,    ///< T_return, policy
};
inline constexpr std::size_t case_clock_count = 9;  ///< fits the 16 bits of a `clock_set`
template <>
inline constexpr std::string_view names_of<case_clock>[] = {"route",  "object",         "accept",  "handle",      "review_window",
                                                            "review", "recheck_window", "recheck", "return_visit"};
template <>
inline constexpr bilingual texts_of<case_clock>[] = {
    {"routing", "转送交办期限"},           {"objection", "异议期限"}, {"acceptance", "受理告知期限"},         {"handling", "办理期限"},
    {"asking for review", "申请复查期限"}, {"review", "复查期限"},    {"asking for recheck", "申请复核期限"}, {"recheck", "复核期限"},
    {"return visit", "回访期限"}};

/// Whether the clock bounds a right: when it runs out a right lapses, nobody is late.
[[nodiscard]] constexpr bool is_right(case_clock c) noexcept {
  return c == case_clock::object || c == case_clock::review_window || c == case_clock::recheck_window;
}

/// Something is still owed to the petitioner, or by them a decision; a due return visit is open.
[[nodiscard]] constexpr bool is_open(case_state s) noexcept {
  constexpr auto bit = [](case_state state) { return 1u << static_cast<unsigned>(state); };
  constexpr unsigned open = bit(case_state::registered) | bit(case_state::routed) | bit(case_state::accepted) | bit(case_state::handling) |
                            bit(case_state::replied) | bit(case_state::under_review) | bit(case_state::reviewed) |
                            bit(case_state::under_recheck) | bit(case_state::return_visit_due);
  return (open >> static_cast<unsigned>(s) & 1) != 0;
}

/// Registered once and nothing owed now, by whichever way.
[[nodiscard]] constexpr bool is_closed(case_state s) noexcept { return s != case_state::none && !is_open(s); }

/// The legal process is at its end. `settled` is not: peace may come before, and may break.
[[nodiscard]] constexpr bool is_terminal_in_law(case_state s) noexcept {
  return s == case_state::procedurally_closed || s == case_state::diverted || s == case_state::not_accepted || s == case_state::withdrawn;
}

}  // namespace sifang

#endif
