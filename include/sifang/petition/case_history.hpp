// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_CASE_HISTORY_HPP
#define SIFANG_PETITION_CASE_HISTORY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/petition/case_record.hpp"
#include "sifang/petition/case_step.hpp"
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
/// A matter with all that happened to it (事事有回音), and the guards that keep the story true.

namespace sifang {

/// The record of a matter with its whole history. Only lawful steps get in, so for any history:
/// the steps are a path in `life_cycle`, times never go back, a received case has one owner who changes
/// only by a recorded handover, a round is extended at most once, and a missed duty stays missed.
class case_history {
 public:
  /// \pre `facts.state` is `none`: the story begins with `arrive`; asserted
  template <class = when_called>
  explicit case_history(case_record facts) : record_(std::move(facts)) {
    SIFANG_ASSERT(record_.state == case_state::none);
  }

  /// The matter as it stands after the last step.
  [[nodiscard]] const case_record& record() const noexcept { return record_; }
  /// All steps, oldest first. Valid until the history changes, as are the lists below.
  [[nodiscard]] std::span<const case_step> steps() const noexcept { return {steps_.data(), steps_.size()}; }
  /// Every run of every clock in the order of their starts, stopped ones too.
  [[nodiscard]] std::span<const clock_run> clocks() const noexcept { return {clocks_.data(), clocks_.size()}; }
  /// The owners one after another (R13); the last is the owner now.
  [[nodiscard]] std::span<const handover> handovers() const noexcept { return {handovers_.data(), handovers_.size()}; }
  /// Later registrations of the same key that were attached here; rebounds are steps, not here.
  [[nodiscard]] std::span<const instant> repeats() const noexcept { return {repeats_.data(), repeats_.size()}; }
  /// What the petitioner said of each body, at most once of one.
  [[nodiscard]] std::span<const rating> ratings() const noexcept { return {ratings_.data(), ratings_.size()}; }

  /// The run of a clock that is running now, or null.
  [[nodiscard]] const clock_run* running(case_clock which) const noexcept {
    return find_running(clocks_, which);
  }

  /// Takes one step of the life cycle, or refuses it and changes nothing. A deadline never stops a case:
  /// late steps are taken and marked in `record().missed`. Linear in the clock runs so far.
  template <class = when_called>
  step_result<case_step> apply(case_event event, instant at, const case_rules& rules, const step_facts& facts = {}) {
    const transition* row = find_transition(record_.state, event);
    if (row == nullptr) return refuse(broken_rule::not_in_table, event, at);
    if (auto refused = refuse_time(event, at)) return *refused;
    if (auto refused = guard(*row, at, rules, facts)) return *refused;
    turn_clocks(*row, at.date(), rules, facts);
    act(*row, at, facts);
    record_.state = row->to;
    last_ = at;
    steps_.push_back({at, event, row->from, row->to, facts.who, facts.where, facts.note});
    return steps_.back();
  }

  /// Gives the case to another owner, or to its first; the only way beside row 7 in which an owner comes about (R13).
  template <class = when_called>
  step_result<handover> hand_over(instant at, official_id to, std::string reason) {
    if (!is_with_us()) return refuse(broken_rule::not_under_way, {}, at);
    if (auto refused = refuse_time({}, at)) return *refused;
    if (!to.valid()) return refuse(broken_rule::handover_to_nobody, {}, at);
    if (to == record_.owner) return refuse(broken_rule::handover_to_owner, {}, at);
    if (reason.empty()) return refuse(broken_rule::handover_unexplained, {}, at);
    own(at, to, std::move(reason));
    last_ = at;
    return handovers_.back();
  }

  /// Attaches a later registration of the same key that was not accepted on its own (row 3).
  template <class = when_called>
  step_result<instant> note_repeat(instant at) {
    if (!is_with_us()) return refuse(broken_rule::not_under_way, {}, at);
    if (auto refused = refuse_time({}, at)) return *refused;
    ++record_.repeats;
    last_ = at;
    repeats_.push_back(at);
    return at;
  }

  /// A hearing of so many days during a recheck: they are not counted (L16).
  /// \returns the clock run with its new last day
  template <class = when_called>
  step_result<clock_run> hold_hearing(instant at, calendar_days length, const case_rules& rules) {
    clock_run* run = find_running(clocks_, case_clock::recheck);
    if (run == nullptr) return refuse(broken_rule::hearing_misplaced, {}, at);
    if (auto refused = refuse_time({}, at)) return *refused;
    if (length < calendar_days(1)) return refuse(broken_rule::hearing_length, {}, at);
    run->nominal = run->nominal + length;
    run->due = rules.clocks.last_day(run->nominal, rules.calendar);
    last_ = at;
    return *run;
  }

  /// What the petitioner says of one body, once there is a reply or an agreement (L20).
  template <class = when_called>
  step_result<rating> rate(instant at, body whom, grade given) {
    if (!rating_opened()) return refuse(broken_rule::rating_not_open, {}, at);
    if (auto refused = refuse_time({}, at)) return *refused;
    for (const rating& r : ratings_) {
      if (r.whom == whom) return refuse(broken_rule::rated_before, {}, at);
    }
    last_ = at;
    ratings_.push_back({at, whom, given});
    return ratings_.back();
  }

  /// When rating opened: the first reply or mediation agreement, or nothing.
  [[nodiscard]] std::optional<instant> rating_opened() const noexcept {
    for (const case_step& s : steps_) {
      if (s.event == case_event::reply || s.event == case_event::mediate) return s.at;
    }
    return std::nullopt;
  }

  /// Names who answers for each of the three guarantees (R14).
  void assign_guarantees(const three_guarantees& duties) noexcept { record_.guarantees = duties; }

 private:
  [[nodiscard]] refused_step refuse(broken_rule rule, std::optional<case_event> event, instant at,
                                    std::optional<day> limit = {}) const noexcept {
    return {rule, record_.state, event, at, limit};
  }

  [[nodiscard]] std::optional<refused_step> refuse_time(std::optional<case_event> event, instant at) const noexcept {
    if (last_ && at < *last_) return refuse(broken_rule::out_of_order, event, at, last_->date());
    return std::nullopt;
  }

  [[nodiscard]] bool is_with_us() const noexcept {
    return record_.state != case_state::none && record_.state != case_state::diverted &&
           record_.state != case_state::not_accepted;
  }

  template <class Runs>
  [[nodiscard]] static auto find_running(Runs& runs, case_clock which) noexcept -> decltype(runs.data()) {
    for (auto& run : runs) {
      if (run.which == which && run.running()) return &run;
    }
    return nullptr;
  }

  /// A duty that ran out before `today` without a recorded expiry.
  [[nodiscard]] static bool newly_expired(const clock_run& run, day today) noexcept {
    return run.running() && !is_right(run.which) && !run.expiry_noted && run.due < today;
  }

  template <class = when_called>
  [[nodiscard]] std::optional<refused_step> guard(const transition& row, instant at, const case_rules& rules,
                                                  const step_facts& facts) const;
  template <class = when_called>
  void turn_clocks(const transition& row, day today, const case_rules& rules, const step_facts& facts);
  template <class = when_called>
  void act(const transition& row, instant at, const step_facts& facts);

  template <class = when_called>
  void own(instant at, official_id to, std::string reason) {
    handovers_.push_back({at, record_.owner, to, std::move(reason)});
    record_.owner = to;
  }

  case_record record_;
  std::vector<case_step> steps_;
  std::vector<clock_run> clocks_;
  std::vector<handover> handovers_;
  std::vector<instant> repeats_;
  std::vector<rating> ratings_;
  std::optional<instant> last_;  ///< of anything recorded
};

template <class When>
inline std::optional<refused_step> case_history::guard(const transition& row, instant at, const case_rules& rules,
                                                       const step_facts& facts) const {
  using b = broken_rule;
  const day today = at.date();
  const auto no = [&](b rule, std::optional<day> limit = {}) {
    return std::optional<refused_step>(refuse(rule, row.event, at, limit));
  };
  const auto past = [&](case_clock which) -> std::optional<day> {
    const clock_run* run = running(which);
    SIFANG_ASSERT(run != nullptr);
    return is_in_time(today, run->due) ? std::nullopt : std::optional<day>(run->due);
  };
  switch (row.event) {
    case case_event::divert:
      if (!facts.other) return no(b::no_other_route);
      break;
    case case_event::refuse:
      if (!facts.ground) return no(b::no_refusal_ground);
      break;
    case case_event::object:
      if (const auto limit = past(case_clock::object)) return no(b::objection_too_late, limit);
      if (!facts.agreed) return no(b::objection_not_agreed);
      break;
    case case_event::inform:
      if (!facts.unit.valid() && !record_.routed_to.valid()) return no(b::no_handling_unit);
      break;
    case case_event::receive_in_person:
      if (!facts.who.valid()) return no(b::no_receiver);
      break;
    case case_event::extend: {
      const clock_run* run = running(case_clock::handle);
      SIFANG_ASSERT(run != nullptr);
      if (run->extended) return no(b::extended_before);
      if (today >= run->due) return no(b::extension_too_late, run->due);
      if (facts.extension < calendar_days(1) || facts.extension > rules.clocks.extension) return no(b::extension_length);
      if (!facts.petitioner_told) return no(b::extension_untold);
      break;
    }
    case case_event::content:
      if (row.number == 12 && !facts.commitment_kept) return no(b::commitment_open);
      break;
    case case_event::ask_review:
      if (record_.type != petition_type::claim) return no(b::no_review_for_type);
      if (const auto limit = past(case_clock::review_window); limit && !facts.good_cause) return no(b::review_too_late, limit);
      if (!facts.right_body) return no(b::wrong_review_body);
      break;
    case case_event::ask_recheck:
      if (const auto limit = past(case_clock::recheck_window); limit && !facts.good_cause) return no(b::recheck_too_late, limit);
      break;
    case case_event::window_ends: {
      const auto window = row.from == case_state::replied ? case_clock::review_window : case_clock::recheck_window;
      if (!past(window)) return no(b::window_open, running(window)->due);
      break;
    }
    case case_event::return_settled:
    case case_event::return_unsettled:
    case case_event::return_reopened:
      if (!record_.owner.valid()) return no(b::no_owner);
      if (!facts.owner_there || (record_.place_unit.valid() && !facts.place_unit_there) ||
          (record_.matter_unit.valid() && !facts.matter_unit_there)) {
        return no(b::party_incomplete);
      }
      break;
    case case_event::cutoff:
      if (record_.long_pending) return no(b::long_pending_before);
      if (!rules.cutoff.reached(today - record_.registered, record_.repeats)) {
        return no(b::cutoff_not_reached, record_.registered + rules.cutoff.age);
      }
      break;
    case case_event::expire:
      if (std::none_of(clocks_.begin(), clocks_.end(), [&](const clock_run& run) { return newly_expired(run, today); })) {
        return no(b::nothing_expired);
      }
      break;
    case case_event::arrive:
    case case_event::route:
    case case_event::investigate:
    case case_event::mediate:
    case case_event::reply:
    case case_event::uphold:
    case case_event::send_back:
    case case_event::close_recheck:
    case case_event::schedule_return:
    case case_event::rebound: break;
  }
  return std::nullopt;
}

template <class When>
inline void case_history::turn_clocks(const transition& row, day today, const case_rules& rules,
                                      const step_facts& facts) {
  for (clock_run& run : clocks_) {
    if (!run.running()) continue;
    if (row.event == case_event::expire && newly_expired(run, today)) {
      run.expiry_noted = true;
      record_.missed.add(run.which);
    }
    const bool stops = row.clocks.stops.has(run.which);
    const bool cancels = row.clocks.cancels.has(run.which);
    if (stops || cancels) {
      run.stopped = today;
      run.cancelled = cancels;
      if (!is_right(run.which) && !is_in_time(today, run.due)) record_.missed.add(run.which);
    }
    if (row.clocks.extends.has(run.which)) {
      run.extended = true;
      run.nominal = run.nominal + facts.extension;
      run.due = rules.clocks.last_day(run.nominal, rules.calendar);
    }
  }
  // What a review sends back, or new facts open again, is simple no more: such a round has the ordinary limit.
  const bool new_round = row.event == case_event::send_back || row.event == case_event::return_reopened;
  const clock_circumstances how{record_.from_above, record_.simplified && !new_round};
  for (std::size_t i = 0; i < case_clock_count; ++i) {
    const auto which = static_cast<case_clock>(i);
    if (!row.clocks.starts.has(which)) continue;
    const day nominal = nominal_due(rules.clocks, which, today, rules.calendar, how);
    clocks_.push_back({which, today, nominal, rules.clocks.last_day(nominal, rules.calendar), std::nullopt});
  }
}

template <class When>
inline void case_history::act(const transition& row, instant at, const step_facts& facts) {
  switch (row.event) {
    case case_event::arrive: record_.registered = at.date(); break;
    case case_event::divert: record_.diverted_to = facts.other; break;
    case case_event::refuse:
      record_.refused_for = facts.ground;
      record_.attached_to = facts.earlier;
      break;
    case case_event::route: record_.routed_to = facts.unit; break;
    case case_event::object:
      ++record_.bounces;
      record_.routed_to = {};
      break;
    case case_event::inform: record_.handling_unit = facts.unit.valid() ? facts.unit : record_.routed_to; break;
    case case_event::receive_in_person:
      record_.routed_to = facts.unit;
      // First receiver is responsible: hearing a case that came back does not take it from its owner (R13).
      if (!record_.owner.valid()) own(at, facts.who, "received in person (R12)");
      break;
    case case_event::reply:
    case case_event::uphold:
      if (facts.opinion) record_.opinion = facts.opinion;
      break;
    case case_event::close_recheck: record_.law = legal_end::recheck; break;
    case case_event::window_ends: record_.law = legal_end::window_missed; break;
    case case_event::return_reopened: record_.law = legal_end::open; break;  // new facts are a new matter in law
    case case_event::rebound:
      ++record_.rebounds;
      ++record_.repeats;
      break;
    case case_event::cutoff: record_.long_pending = true; break;
    default: break;
  }
}

/// The state at the end of a day: that of the last step up to then. \complexity linear in the steps
template <class = when_called>
[[nodiscard]] inline case_state state_on(const case_history& h, day d) noexcept {
  case_state s = case_state::none;
  for (const case_step& step : h.steps()) {
    if (step.at.date() > d) break;
    s = step.to;
  }
  return s;
}

/// Whether a duty is late now, recorded or not: deadlines are compared when read (row 24 only records them).
template <class = when_called>
[[nodiscard]] inline bool is_late_on(const case_history& h, day today) noexcept {
  const auto runs = h.clocks();
  return std::any_of(runs.begin(), runs.end(), [&](const clock_run& run) {
    return run.running() && !is_right(run.which) && !is_in_time(today, run.due);
  });
}

}  // namespace sifang

#endif
