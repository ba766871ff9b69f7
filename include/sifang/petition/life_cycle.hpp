// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_LIFE_CYCLE_HPP
#define SIFANG_PETITION_LIFE_CYCLE_HPP

#include "sifang/petition/broken_rule.hpp"
#include "sifang/petition/case_state.hpp"
#include "sifang/petition/life_cycle_table.hpp"

#include <array>
#include <cstddef>
#include <optional>

/// \file
/// The life of a petition matter as one table (DOMAIN 2.4), from which the transition function, the
/// diagram and the tests are made. How the guards are judged, and the dates, are `case_history`'s.

namespace sifang {

/// The life of a petition matter, as what its table is made of.
struct petition_cycle {
  using state = case_state;  ///< where it stands
  using event = case_event;  ///< what can happen to it
  using clock = case_clock;  ///< its limits
  using rule = broken_rule;  ///< what its steps must keep to
  /// Something is owed to the petitioner, or by them a decision.
  [[nodiscard]] static constexpr bool is_open(case_state s) noexcept { return sifang::is_open(s); }
  /// The clock bounds a right.
  [[nodiscard]] static constexpr bool is_right(case_clock c) noexcept { return sifang::is_right(c); }
  /// Row 24.
  [[nodiscard]] static constexpr bool is_expiry(case_event e) noexcept { return e == case_event::expire; }
};

using clock_set = basic_clock_set<case_clock>;        ///< clocks of a matter
using clock_effect = basic_clock_effect<case_clock>;  ///< what a transition does to them
/// One entry of the table. Rows of DOMAIN 2.4 that name several states or events are several entries with the same number.
using transition = basic_transition<petition_cycle>;

namespace detail {
inline constexpr std::size_t open_state_count = 9;
inline constexpr std::size_t transition_count = 32 + 3 * open_state_count;

/// The clocks that run in an open state, whichever way the case came there.
[[nodiscard]] constexpr clock_set clocks_of(case_state state) noexcept {
  using c = case_clock;
  switch (state) {
    case case_state::registered:
      return {c::route};
    case case_state::routed:
      return {c::object, c::accept};
    case case_state::accepted:
    case case_state::handling:
      return {c::handle};
    case case_state::replied:
      return {c::review_window};
    case case_state::under_review:
      return {c::review};
    case case_state::reviewed:
      return {c::recheck_window};
    case case_state::under_recheck:
      return {c::recheck};
    case case_state::return_visit_due:
      return {c::return_visit};
    default:
      return {};
  }
}

[[nodiscard]] constexpr std::array<transition, transition_count> make_life_cycle() {  // NOLINT(readability-function-size): a table
  using s = case_state;
  using e = case_event;
  using c = case_clock;
  using r = broken_rule;
  // clang-format off: a table
  std::array<transition, transition_count> table{{
      {0,
       s::none,
       e::answer,
       s::answered_on_spot,
       {},
       {},
       {"Heard in person and answered at once: received, not registered; the petitioner may come again.",
        "当场答复，不登记；信访人可再次提出。"}},
      {1,
       s::none,
       e::arrive,
       s::registered,
       {},
       {{c::route}, {}, {}, {}},
       {"The petition is registered, as initial or repeat.", "登记信访事项，标明初次或重复。"}},
      {1,
       s::answered_on_spot,
       e::arrive,
       s::registered,
       {},
       {{c::route}, {}, {}, {}},
       {"Whoever was answered on the spot petitions after all.", "当场答复后信访人仍提出信访事项。"}},
      {2,
       s::registered,
       e::divert,
       s::diverted,
       {r::no_other_route},
       {{}, {c::route}, {}, {}},
       {"It belongs to another legal route; the petitioner is told where to go.", "导入其他法定途径，并告知信访人。"}},
      {3,
       s::registered,
       e::refuse,
       s::not_accepted,
       {r::no_refusal_ground},
       {{}, {c::route}, {}, {}},
       {"The same matter is under way or ended; it is attached to the earlier case.", "同一事项在办或已终结，并入原件。"}},
      {4,
       s::registered,
       e::route,
       s::routed,
       {},
       {{c::object, c::accept}, {c::route}, {}, {}},
       {"The bureau transfers or assigns it.", "信访部门转送、交办。"}},
      {5,
       s::routed,
       e::object,
       s::registered,
       {r::objection_too_late, r::objection_not_agreed},
       {{c::route}, {c::object}, {c::accept}, {}},
       {"The unit objects in time and the bureau agrees; it bounces back.", "单位在期限内提出异议并获同意，退回。"}},
      {6,
       s::routed,
       e::inform,
       s::accepted,
       {r::no_handling_unit},
       {{c::handle}, {c::object, c::accept}, {}, {}},
       {"The unit tells the petitioner in writing that it accepts.", "单位书面告知受理。"}},
      // T_route ends and T_object begins here too: the matter reaches its unit on the reception day.
      {7,
       s::registered,
       e::receive_in_person,
       s::routed,
       {r::no_receiver},
       {{c::object, c::accept}, {c::route}, {}, {}},
       {"A leader receives in person and owns the case.", "领导接访并包案。"}},
      {8, s::accepted, e::investigate, s::handling, {}, {{}, {}, {}, {}}, {"The unit starts to investigate.", "单位开展调查。"}},
      {9,
       s::handling,
       e::extend,
       s::handling,
       {r::extended_before, r::extension_too_late, r::extension_length, r::extension_untold},
       {{}, {}, {}, {c::handle}},
       {"The head approves the one extension and the petitioner is told.", "负责人批准延期一次，并告知信访人。"}},
      {10, s::handling, e::mediate, s::settled, {}, {{}, {c::handle}, {}, {}}, {"Mediation ends in an agreement.", "调解达成协议。"}},
      {11,
       s::handling,
       e::reply,
       s::replied,
       {},
       {{c::review_window}, {c::handle}, {}, {}},
       {"The written opinion is delivered; rating opens.", "送达处理意见书，开放评价。"}},
      {12,
       s::replied,
       e::content,
       s::settled,
       {r::commitment_open},
       {{}, {c::review_window}, {}, {}},
       {"The petitioner is content and what was promised is done.", "信访人认可，承诺已落实。"}},
      {13,
       s::replied,
       e::ask_review,
       s::under_review,
       {r::no_review_for_type, r::review_too_late, r::wrong_review_body},
       {{c::review}, {c::review_window}, {}, {}},
       {"The petitioner asks the superior for review in time.", "信访人在期限内申请复查。"}},
      {14,
       s::under_review,
       e::uphold,
       s::reviewed,
       {},
       {{c::recheck_window}, {c::review}, {}, {}},
       {"The review upholds or changes the opinion.", "复查维持或变更处理意见。"}},
      {15,
       s::under_review,
       e::send_back,
       s::handling,
       {},
       {{c::handle}, {c::review}, {}, {}},
       {"The review sends the matter back; a new handling round begins.", "复查退回，重新办理。"}},
      {16,
       s::reviewed,
       e::ask_recheck,
       s::under_recheck,
       {r::recheck_too_late},
       {{c::recheck}, {c::recheck_window}, {}, {}},
       {"The petitioner asks the next superior for recheck in time.", "信访人在期限内申请复核。"}},
      {17,
       s::reviewed,
       e::content,
       s::settled,
       {},
       {{}, {c::recheck_window}, {}, {}},
       {"The petitioner is content with the review.", "信访人认可复查意见。"}},
      {18,
       s::under_recheck,
       e::close_recheck,
       s::procedurally_closed,
       {},
       {{}, {c::recheck}, {}, {}},
       {"The recheck opinion ends the process.", "出具复核意见，程序终结。"}},
      {19,
       s::replied,
       e::window_ends,
       s::procedurally_closed,
       {r::window_open},
       {{}, {c::review_window}, {}, {}},
       {"No review is asked in time.", "期限内未申请复查。"}},
      {19,
       s::reviewed,
       e::window_ends,
       s::procedurally_closed,
       {r::window_open},
       {{}, {c::recheck_window}, {}, {}},
       {"No recheck is asked in time.", "期限内未申请复核。"}},
      {20,
       s::procedurally_closed,
       e::schedule_return,
       s::return_visit_due,
       {},
       {{c::return_visit}, {}, {}, {}},
       {"Closed but not settled: a return visit is scheduled.", "程序性办结而未息诉，安排回访。"}},
      {21,
       s::settled,
       e::rebound,
       s::return_visit_due,
       {},
       {{c::return_visit}, {}, {}, {}},
       {"The petitioner settled and petitions again.", "息诉后又反弹。"}},
      {21,
       s::settled,
       e::rebound_reopened,
       s::handling,
       {r::return_visit_first},
       {{c::handle}, {}, {}, {}},
       {"The petitioner settled and petitions again where no return visits are made; handling begins anew.",
        "息诉后又反弹，未设回访的重新办理。"}},
      {22,
       s::return_visit_due,
       e::return_settled,
       s::settled,
       {r::no_owner, r::party_incomplete},
       {{}, {c::return_visit}, {}, {}},
       {"The return visit brings peace.", "回访后息诉息访。"}},
      {22,
       s::return_visit_due,
       e::return_unsettled,
       s::procedurally_closed,
       {r::no_owner, r::party_incomplete},
       {{}, {c::return_visit}, {}, {}},
       {"The return visit leaves the grievance.", "回访后仍未息诉。"}},
      {22,
       s::return_visit_due,
       e::return_reopened,
       s::handling,
       {r::no_owner, r::party_incomplete},
       {{c::handle}, {c::return_visit}, {}, {}},
       {"The return visit finds new facts; handling begins anew.", "回访发现新情况，重新办理。"}},
      {25,
       s::return_visit_due,
       e::petition_again,
       s::handling,
       {},
       {{c::handle}, {}, {c::return_visit}, {}},
       {"The petitioner comes again before the visit; handling begins anew.", "回访前再次信访，重新办理。"}},
      {26,
       s::return_visit_due,
       e::return_lapsed_settled,
       s::settled,
       {r::return_still_due},
       {{}, {c::return_visit}, {}, {}},
       {"Nobody came; the file says settled, as before.", "逾期未回访，仍记息诉息访。"}},
      {26,
       s::return_visit_due,
       e::return_lapsed_unsettled,
       s::procedurally_closed,
       {r::return_still_due},
       {{}, {c::return_visit}, {}, {}},
       {"Nobody came; the case is closed in procedure, as before.", "逾期未回访，仍为程序性办结。"}},
      {27,
       s::procedurally_closed,
       e::put_on_list,
       s::handling,
       {r::no_receiver},
       {{c::handle}, {}, {}, {}},
       {"It comes onto the issue list; its leader owns it and handling begins anew.", "列入问题清单，由领导包案重新办理。"}},
  }};
  // clang-format on
  std::size_t at = 32;
  for (std::size_t i = 0; i < case_state_count; ++i) {
    const auto state = static_cast<s>(i);
    if (!is_open(state)) continue;
    table[at++] = {23,
                   state,
                   e::cutoff,
                   state,
                   {r::long_pending_before, r::cutoff_not_reached},
                   {},
                   {"Age or repeats pass the cutoff of a long-pending case.", "超过时限或重复信访次数，列为积案。"}};
    table[at++] = {24,
                   state,
                   e::expire,
                   state,
                   {r::nothing_expired},
                   {},
                   {"A limit runs out: supervision, no change of state.", "期限届满，督办，状态不变。"}};
    table[at++] = {28,
                   state,
                   e::withdraw,
                   s::withdrawn,
                   {},
                   {{}, {}, clocks_of(state), {}},
                   {"The petitioner withdraws, has died or cannot be found.", "信访人撤回，或已故、无法联系。"}};
  }
  return table;
}
}  // namespace detail

/// The whole table: rows 0 to 28 of DOMAIN 2.4, 58 entries; those that every open state has stand at the end.
inline constexpr std::array<transition, detail::transition_count> life_cycle = detail::make_life_cycle();
/// The same table, as any life cycle has it.
template <>
inline constexpr const auto& life_cycle_of<petition_cycle> = life_cycle;

/// The entry for an event in a state, or null. Constant time.
[[nodiscard]] constexpr const transition* find_transition(case_state s, case_event e) noexcept {
  return find_transition<petition_cycle>(s, e);
}

/// The state after an event, or nothing if the table has no such step. Constant time.
[[nodiscard]] constexpr std::optional<case_state> next(case_state s, case_event e) noexcept { return next<petition_cycle>(s, e); }

}  // namespace sifang

#endif
