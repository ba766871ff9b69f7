// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_CASE_HISTORY_HPP
#define SIFANG_PETITION_CASE_HISTORY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/petition/basic_case_history.hpp"
#include "sifang/petition/case_record.hpp"
#include "sifang/petition/case_step.hpp"
#include "sifang/petition/guards.hpp"
#include "sifang/petition/clocks.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/petition/refused_step.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// \file
/// A matter of a Chinese county with all that happened to it (事事有回音), and the guards that keep the story true.

namespace sifang {

/// The petition of a Chinese county as a model of cases: the guards of its table, its dates, and what its steps change.
struct petition_model {
  using cycle = petition_cycle;                 ///< DOMAIN 2.4
  using record_type = case_record;              ///< what is known of a matter
  using facts_type = step_facts;                ///< what is known of a step
  using rules_type = case_rules;                ///< limits, cutoff, calendar
  using step = attempted_step<petition_model>;  ///< what is judged

  /// Whether a rule of the step's row holds.
  template <class = when_called>
  [[nodiscard]] static guard_answer holds(broken_rule rule, const step& now);

  /// Last day of a clock that the step starts, before any move to a workday.
  ///
  /// What a review sends back, or a later petition or new facts open again, is simple no more: such a round has the ordinary limit.
  template <class = when_called>
  [[nodiscard]] static day nominal_due(case_clock which, const step& now) {
    const case_event event = now.row.event;
    const bool new_round = event == case_event::send_back || event == case_event::return_reopened ||
                           event == case_event::rebound_reopened || event == case_event::petition_again || event == case_event::put_on_list;
    const case_record& record = now.story.record();
    return sifang::nominal_due(now.rules.clocks, which, now.at.date(), now.rules.calendar,
                               {record.from_above, record.simplified && !new_round});
  }

  /// Last day of a handling that is extended (L11).
  template <class = when_called>
  [[nodiscard]] static day extended(const clock_run& run, const step& now) {
    return run.nominal + now.facts.extension;
  }

  /// What the step changes in the record.
  template <class = when_called>
  static void act(case_record& record, const step& now);
};

/// The record of a matter with its whole history. Only lawful steps get in, so for any history:
/// the steps are a path in `life_cycle`, times never go back, a received case has one owner who changes
/// only by a recorded handover, a round is extended at most once, and a missed duty stays missed.
class case_history {
  using story_type = basic_case_history<petition_model>;

 public:
  using cycle_type = petition_cycle;  ///< states, events, clocks and rules

  /// \pre `facts.state` is `none`: the story begins with `arrive`; asserted
  template <class = when_called>
  explicit case_history(case_record facts) : story_(std::move(facts)) {
    SIFANG_ASSERT(record().state == case_state::none);
  }

  /// The matter as it stands after the last step.
  [[nodiscard]] const case_record& record() const noexcept { return story_.record(); }
  /// All steps, oldest first. Valid until the history changes, as are the lists below.
  template <class = when_called>
  [[nodiscard]] std::span<const case_step> steps() const noexcept {
    return story_.steps();
  }
  /// Every run of every clock in the order of their starts, stopped ones too.
  template <class = when_called>
  [[nodiscard]] std::span<const clock_run> clocks() const noexcept {
    return story_.clocks();
  }
  /// The owners one after another (R13); the last is the owner now.
  template <class = when_called>
  [[nodiscard]] std::span<const handover> handovers() const noexcept {
    return detail::span_of(handovers_);
  }
  /// Later registrations of the same key that were attached here; rebounds are steps, not here.
  template <class = when_called>
  [[nodiscard]] std::span<const instant> repeats() const noexcept {
    return detail::span_of(repeats_);
  }
  /// What the petitioner said of each body, at most once of one.
  template <class = when_called>
  [[nodiscard]] std::span<const rating> ratings() const noexcept {
    return detail::span_of(ratings_);
  }

  /// The run of a clock that is running now, or null.
  template <class = when_called>
  [[nodiscard]] const clock_run* running(case_clock which) const noexcept {
    return story_.running(which);
  }

  /// Takes one step of the life cycle, or refuses it and changes nothing. A deadline never stops a case:
  /// late steps are taken and marked in `record().missed`. Linear in the clock runs so far.
  template <class = when_called>
  step_result<case_step> apply(case_event event, instant at, const case_rules& rules, const step_facts& facts = {}) {
    const official_id before = record().owner;
    auto taken = story_.apply(event, at, rules, facts);
    if (record().owner != before) {
      handovers_.push_back(
          {at, before, record().owner, event == case_event::put_on_list ? "issue list (R17)" : "received in person (R12)"});
    }
    return taken;
  }

  /// Gives the case to another owner, or to its first; the only way beside row 7 in which an owner comes about (R13).
  template <class = when_called>
  step_result<handover> hand_over(instant at, official_id to, std::string reason) {
    if (!is_with_us()) return story_.refused(broken_rule::not_under_way, at);
    if (auto early = story_.out_of_order(at)) return *early;
    if (!to.valid()) return story_.refused(broken_rule::handover_to_nobody, at);
    if (to == record().owner) return story_.refused(broken_rule::handover_to_owner, at);
    if (reason.empty()) return story_.refused(broken_rule::handover_unexplained, at);
    handovers_.push_back({at, record().owner, to, std::move(reason)});
    story_.amend(at, [&](case_record& record) { record.owner = to; });
    return handovers_.back();
  }

  /// The owner's post has changed hands: the successor has the case from now on (R13), and the post owns it as before.
  template <class = when_called>
  step_result<handover> succeed(instant at, std::string reason) {
    if (!is_with_us()) return story_.refused(broken_rule::not_under_way, at);
    if (auto early = story_.out_of_order(at)) return *early;
    if (!record().owner.valid()) return story_.refused(broken_rule::no_owner, at);
    if (reason.empty()) return story_.refused(broken_rule::handover_unexplained, at);
    handovers_.push_back({at, record().owner, record().owner, std::move(reason)});
    story_.amend(at, [](case_record&) {});
    return handovers_.back();
  }

  /// Attaches a later registration of the same key that was not accepted on its own (row 3).
  template <class = when_called>
  step_result<instant> note_repeat(instant at) {
    if (!is_with_us()) return story_.refused(broken_rule::not_under_way, at);
    if (auto early = story_.out_of_order(at)) return *early;
    story_.amend(at, [](case_record& record) { ++record.repeats; });
    repeats_.push_back(at);
    return at;
  }

  /// A hearing of so many days during a recheck: they are not counted (L16).
  /// \returns the clock run with its new last day
  template <class = when_called>
  step_result<clock_run> hold_hearing(instant at, calendar_days length, const case_rules& rules) {
    if (running(case_clock::recheck) == nullptr) return story_.refused(broken_rule::hearing_misplaced, at);
    if (auto early = story_.out_of_order(at)) return *early;
    if (length < calendar_days(1)) return story_.refused(broken_rule::hearing_length, at);
    return story_.postpone(case_clock::recheck, at, length, rules);
  }

  /// What the petitioner says of one body, once there is a reply or an agreement (L20).
  template <class = when_called>
  step_result<rating> rate(instant at, body whom, grade given) {
    if (!rating_opened()) return story_.refused(broken_rule::rating_not_open, at);
    if (auto early = story_.out_of_order(at)) return *early;
    for (const rating& r : ratings_) {
      if (r.whom == whom) return story_.refused(broken_rule::rated_before, at);
    }
    story_.amend(at, [](case_record&) {});
    ratings_.push_back({at, whom, given});
    return ratings_.back();
  }

  /// When rating opened: the first reply or mediation agreement, or nothing.
  template <class = when_called>
  [[nodiscard]] std::optional<instant> rating_opened() const noexcept {
    for (const case_step& s : steps()) {
      if (s.event == case_event::reply || s.event == case_event::mediate) return s.at;
    }
    return std::nullopt;
  }

  /// Names who answers for each of the three guarantees (R14).
  void assign_guarantees(const three_guarantees& duties) noexcept {
    story_.amend([&](case_record& record) { record.guarantees = duties; });
  }

 private:
  [[nodiscard]] bool is_with_us() const noexcept {
    switch (record().state) {
      case case_state::none:
      case case_state::diverted:
      case case_state::not_accepted:
      case case_state::answered_on_spot:
      case case_state::withdrawn:
        return false;
      default:
        return true;
    }
  }

  story_type story_;
  std::vector<handover> handovers_;
  std::vector<instant> repeats_;
  std::vector<rating> ratings_;
};

template <class When>
inline guard_answer petition_model::holds(broken_rule rule, const step& now) {  // NOLINT(readability-function-size): a table
  using b = broken_rule;
  const day today = now.at.date();
  const case_record& record = now.story.record();
  const step_facts& facts = now.facts;
  const auto run_of = [&](case_clock which) -> const clock_run& {
    const clock_run* run = now.story.running(which);
    SIFANG_ASSERT(run != nullptr);
    return *run;
  };
  const auto in_time = [&](case_clock which, bool excused = false) {
    const day due = run_of(which).due;
    return guard_answer(excused || is_in_time(today, due), due);
  };
  switch (rule) {
    case b::no_other_route:
      return facts.other.has_value();
    case b::no_refusal_ground:
      return facts.ground.has_value();
    case b::objection_too_late: {
      const day due = run_of(case_clock::object).due;
      return {may_object(today, due), due};
    }
    case b::objection_not_agreed:
      return facts.agreed;
    case b::no_handling_unit:
      return facts.unit.valid() || record.routed_to.valid();
    case b::no_receiver:
      return facts.who.valid();
    case b::extended_before:
      return !run_of(case_clock::handle).extended;
    case b::extension_too_late:
      return {may_extend(today, run_of(case_clock::handle).due), run_of(case_clock::handle).due};
    case b::extension_length:
      return is_extension(facts.extension, now.rules.clocks.extension);
    case b::extension_untold:
      return facts.petitioner_told;
    case b::commitment_open:
      return facts.commitment_kept;
    case b::no_review_for_type:
      return may_be_reviewed(record.type);
    case b::review_too_late:
      return in_time(case_clock::review_window, facts.good_cause);
    case b::wrong_review_body:
      return facts.right_body;
    case b::recheck_too_late:
      return in_time(case_clock::recheck_window, facts.good_cause);
    case b::window_open: {
      const day due = run_of(now.row.from == case_state::replied ? case_clock::review_window : case_clock::recheck_window).due;
      return {has_ended(today, due), due};
    }
    case b::no_owner:
      return record.owner.valid();
    case b::party_incomplete:
      return is_complete({facts.owner_there, facts.place_unit_there, facts.matter_unit_there}, record.place_unit.valid(),
                         record.matter_unit.valid());
    case b::long_pending_before:
      return !record.long_pending;
    case b::cutoff_not_reached:
      return {now.rules.cutoff.reached(today - record.registered, record.repeats), record.registered + now.rules.cutoff.age};
    case b::nothing_expired:
      return now.story.has_expired_unnoted(today);
    case b::return_visit_first:
      return !now.rules.return_visits;
    case b::return_still_due: {
      const day last = now.rules.clocks.return_lapses(run_of(case_clock::return_visit).due);
      return {has_ended(today, last), last};
    }
    case b::not_in_table:
    case b::out_of_order:
    case b::handover_to_nobody:
    case b::handover_to_owner:
    case b::handover_unexplained:
    case b::not_under_way:
    case b::hearing_misplaced:
    case b::hearing_length:
    case b::rating_not_open:
    case b::rated_before:
      break;
  }
  SIFANG_ASSERT(false, "a rule that guards a row of the table");
  return true;
}

template <class When>
inline void petition_model::act(case_record& record, const step& now) {
  const step_facts& facts = now.facts;
  switch (now.row.event) {
    case case_event::arrive:
      record.registered = now.at.date();
      break;
    case case_event::divert:
      record.diverted_to = facts.other;
      break;
    case case_event::refuse:
      record.refused_for = facts.ground;
      record.attached_to = facts.earlier;
      break;
    case case_event::route:
      record.routed_to = facts.unit;
      break;
    case case_event::object:
      ++record.bounces;
      record.routed_to = {};
      break;
    case case_event::inform:
      record.handling_unit = facts.unit.valid() ? facts.unit : record.routed_to;
      break;
    case case_event::receive_in_person:
      record.routed_to = facts.unit;
      // First receiver is responsible: hearing a case that came back does not take it from its owner (R13).
      if (!record.owner.valid()) record.owner = facts.who;
      break;
    case case_event::reply:
    case case_event::uphold:
      if (facts.opinion) record.opinion = facts.opinion;
      break;
    case case_event::close_recheck:
      record.law = legal_end::recheck;
      break;
    case case_event::window_ends:
      record.law = legal_end::window_missed;
      break;
    case case_event::return_reopened:
      record.law = legal_end::open;
      break;  // new facts are a new matter in law
    case case_event::rebound_reopened:
      record.law = legal_end::open;
      [[fallthrough]];
    case case_event::rebound:
      ++record.rebounds;
      ++record.repeats;
      break;
    case case_event::petition_again:
      record.law = legal_end::open;
      ++record.repeats;
      break;
    case case_event::put_on_list:
      record.law = legal_end::open;
      record.owner = now.facts.who;
      break;
    case case_event::return_lapsed_settled:
      record.peace_broken = true;
      break;
    case case_event::mediate:
    case case_event::content:
    case case_event::return_settled:
      record.peace_broken = false;
      break;
    case case_event::cutoff:
      record.long_pending = true;
      break;
    default:
      break;
  }
}

}  // namespace sifang

#endif
