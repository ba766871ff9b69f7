// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_BROKEN_RULE_HPP
#define SIFANG_PETITION_BROKEN_RULE_HPP

#include "sifang/petition/text.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>

/// \file
/// What keeps a petition matter from a step, with the sentence for whoever tried it.

namespace sifang {

/// The rule that a step would break.
enum class broken_rule : std::uint8_t {
  not_in_table,          ///< no such step from this state
  out_of_order,          ///< earlier than what is already recorded
  no_other_route,        ///< row 2 without the route
  no_refusal_ground,     ///< row 3 without L7, L17 or L18
  objection_too_late,    ///< row 5 after L5
  objection_not_agreed,  ///< row 5 without the bureau's consent
  no_handling_unit,      ///< row 6 without a unit
  no_receiver,           ///< row 7 without a leader
  extended_before,       ///< row 9 twice in a round
  extension_too_late,    ///< row 9 not before the due date
  extension_length,      ///< row 9 outside 1 .. L11
  extension_untold,      ///< row 9 without telling the petitioner
  commitment_open,       ///< row 12 before the promise is kept
  no_review_for_type,    ///< row 13 for opinions and accusations
  review_too_late,       ///< row 13 after L13
  wrong_review_body,     ///< row 13 at another body than the superior
  recheck_too_late,      ///< row 16 after L15
  window_open,           ///< row 19 while review or recheck can still be asked
  no_owner,              ///< row 22 without an owner
  party_incomplete,      ///< row 22 without owner, place unit or matter unit
  cutoff_not_reached,    ///< row 23 too early
  long_pending_before,   ///< row 23 twice
  nothing_expired,       ///< row 24 while every duty is in time or already marked
  return_visit_first,    ///< row 21 without a visit where the county makes return visits
  return_still_due,      ///< row 26 before T_return and its limit are over
  handover_to_nobody,    ///< R13
  handover_to_owner,     ///< R13
  handover_unexplained,  ///< R13
  not_under_way,         ///< change of owner, or repeat, of a matter that is not there or was sent away
  hearing_misplaced,     ///< L16 outside a recheck
  hearing_length,        ///< L16 with no days
  rating_not_open,       ///< before a reply or agreement
  rated_before,          ///< the same body twice
};

template <>
inline constexpr bilingual texts_of<broken_rule>[] = {
    {"A matter that is {state} cannot take the step \"{event}\"; what can follow is: {next}.",
     "事项处于“{state}”状态，不能“{event}”；此时可以：{next}。"},
    {"The step at {at} lies before {limit}, up to which the history is already written.", "{at} 早于已记录到的 {limit}，历史不能倒写。"},
    {"To divert a matter, name the route: litigation, arbitration, reconsideration or discipline.",
     "导入其他途径须写明去向：诉讼、仲裁、行政复议或纪检监察。"},
    {"A matter can be refused only on a ground: under way already (L7), ended by recheck (L17), or the time to ask missed (L18).",
     "不再受理须有依据：同一事项在办（L7）、复核终结（L17）或逾期未申请（L18）。"},
    {"The objection came on {at}; the time to object ended on {limit} (L5).", "异议提出于 {at}；异议期限已于 {limit} 届满（L5）。"},
    {"The bureau has not agreed to the objection, so the unit keeps the matter.", "信访部门未同意异议，单位应继续办理。"},
    {"Name the unit that accepts the matter.", "须写明受理单位。"},
    {"Name the leader who received the petitioner; that leader owns the case (R12).", "须写明接访领导，由其包案（R12）。"},
    {"The handling has been extended once in this round; a second extension is not possible (L11).",
     "本轮办理已延期一次，不得再次延期（L11）。"},
    {"The extension must be approved before the due date {limit}; {at} is too late (L11).",
     "延期须在到期日 {limit} 之前批准；{at} 已晚（L11）。"},
    {"An extension lasts at least one day and at most what L11 allows.", "延期至少一日，且不得超过 L11 规定的上限。"},
    {"The petitioner must be told of the extension and its reason (L11).", "延期须告知信访人并说明理由（L11）。"},
    {"What was promised to the petitioner is not carried out yet.", "对信访人的承诺尚未落实。"},
    {"Only an appeal or claim can go to review; this is another kind of petition.", "只有申诉求决类事项可以申请复查。"},
    {"Review was asked on {at}; the time to ask ended on {limit} (L13).", "复查申请提出于 {at}；申请期限已于 {limit} 届满（L13）。"},
    {"Review is asked of the superior of the unit that replied; this is another body (L13).", "复查应向答复单位的上一级机关提出（L13）。"},
    {"Recheck was asked on {at}; the time to ask ended on {limit} (L15).", "复核申请提出于 {at}；申请期限已于 {limit} 届满（L15）。"},
    {"The petitioner may still ask up to and including {limit}.", "信访人在 {limit}（含）之前仍可申请。"},
    {"A return visit needs the leader who owns the case, and it has no owner (R29).",
     "回访须由包案领导参加，而该事项尚无包案领导（R29）。"},
    {"A return visit is made by the owner and the responsible people of the place unit and the matter unit together (R29).",
     "回访须由包案领导和属地、属事单位责任人共同进行（R29）。"},
    {"Neither the age nor the repeats of the case reach the cutoff yet; by age it does on {limit}.",
     "时长与重复信访次数均未达到积案标准；按时长于 {limit} 达到。"},
    {"The case is on the list of long-pending cases already.", "该事项已列为积案。"},
    {"No limit has run out that is not recorded already.", "没有新的逾期期限。"},
    {"The county makes return visits; whoever rebounds is visited first (R28).", "本县设有回访，反弹事项应先回访（R28）。"},
    {"The return visit can still be made up to and including {limit}.", "在 {limit}（含）之前仍可回访。"},
    {"Name the official who takes the case over.", "须写明接手的包案领导。"},
    {"The case has this owner already.", "该领导已是包案领导。"},
    {"An owner keeps the case to the end; to hand it over, give the reason (R13).", "包案应一盯到底；移交须写明理由（R13）。"},
    {"The matter is {state}; nobody owns or repeats it.", "事项处于“{state}”状态，不能移交或计为重复。"},
    {"A hearing pauses the clock of a recheck only; the matter is {state} (L16).", "听证只暂停复核期限；事项处于“{state}”状态（L16）。"},
    {"A hearing takes at least one day.", "听证至少一日。"},
    {"The petitioner can rate once there is a reply or an agreement.", "答复或达成协议之后方可评价。"},
    {"The petitioner has rated this body already.", "信访人已评价过该单位。"},
};
static_assert(std::size(texts_of<broken_rule>) == static_cast<std::size_t>(broken_rule::rated_before) + 1);

}  // namespace sifang

#endif
