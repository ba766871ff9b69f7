// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_BASIC_CASE_HISTORY_HPP
#define SIFANG_PETITION_BASIC_CASE_HISTORY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/petition/life_cycle_table.hpp"
#include "sifang/petition/step.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// \file
/// A case over a life cycle of one's own, with all that happened to it, and what is late on a day.
///
///     struct complaint_model {
///       using cycle = complaint_cycle;        // "sifang/petition/life_cycle_table.hpp"
///       using record_type = complaint;        // has `state` and `missed`, and whatever else is known of a case
///       using facts_type = complaint_facts;   // has `who`, `where`, `note`, and what guards want to know of a step
///       using rules_type = sifang::clock_limits<complaint_clock>;  // or anything that has `last_day(nominal)`
///       using step = sifang::attempted_step<complaint_model>;
///       static sifang::guard_answer holds(complaint_rule, const step&);
///       static sifang::day nominal_due(complaint_clock, const step&);
///       static sifang::day extended(const sifang::basic_clock_run<complaint_clock>&, const step&);
///       static void act(complaint&, const step&);
///     };

namespace sifang {

template <class Model>
class basic_case_history;

/// Whether a rule holds, and the day that decided, if one did.
struct guard_answer {
  bool holds;                ///< the step keeps to the rule
  std::optional<day> limit;  ///< for the sentence of the refusal

  /// A plain yes or no will do.
  constexpr guard_answer(bool yes, std::optional<day> decided_by = {}) noexcept  // NOLINT(google-explicit-constructor)
      : holds(yes), limit(decided_by) {}
};

/// A step that is being judged or taken: the case as it was before, and all that is said of the step.
template <class Model>
struct attempted_step {
  const basic_case_history<Model>& story;              ///< as it stands before the step
  const basic_transition<typename Model::cycle>& row;  ///< the row of the table
  instant at;                                          ///< when
  const typename Model::rules_type& rules;             ///< what it is judged by
  const typename Model::facts_type& facts;             ///< what is known of the step
};

/// What makes a history over a life cycle: its cycle, three types, and four static functions.
///
/// - `holds(rule, step)`: whether a guard of the step's row holds
/// - `nominal_due(clock, step)`: last day, before any move to a workday, of a clock that the step starts
/// - `extended(run, step)`: the same of a running clock that the step extends
/// - `act(record, step)`: writes into the record what the step changes there; state and missed clocks are the history's
template <class Model>
concept case_model = life_cycle_kinds<typename Model::cycle> &&
    requires(typename Model::record_type record, const typename Model::facts_type& facts, const typename Model::rules_type& rules,
             const attempted_step<Model>& step, typename Model::cycle::rule rule, typename Model::cycle::clock clock,
             const basic_clock_run<typename Model::cycle::clock>& run, day nominal) {
  { record.state } -> std::same_as<typename Model::cycle::state&>;
  { record.missed } -> std::same_as<basic_clock_set<typename Model::cycle::clock>&>;
  { facts.who } -> std::convertible_to<official_id>;
  { facts.where } -> std::convertible_to<unit_id>;
  { facts.note } -> std::convertible_to<std::string>;
  { rules.last_day(nominal) } -> std::same_as<day>;
  { Model::holds(rule, step) } -> std::convertible_to<guard_answer>;
  { Model::nominal_due(clock, step) } -> std::same_as<day>;
  { Model::extended(run, step) } -> std::same_as<day>;
  Model::act(record, step);
};

/// The record of a case with its whole history. Only lawful steps get in, so for any history: the steps are a path in the
/// table, times never go back, and a missed duty stays missed. A deadline never stops a case.
template <class Model>
class basic_case_history {
  static_assert(case_model<Model>, "a model of cases says what case_model asks for");

 public:
  using model_type = Model;                                      ///< what is the country's, and the office's
  using cycle_type = typename Model::cycle;                      ///< states, events, clocks and rules
  using state_type = typename cycle_type::state;                 ///< where a case stands
  using event_type = typename cycle_type::event;                 ///< what can happen to it
  using clock_type = typename cycle_type::clock;                 ///< its limits
  using rule_type = typename cycle_type::rule;                   ///< what its steps must keep to
  using record_type = typename Model::record_type;               ///< what is known of a case now
  using facts_type = typename Model::facts_type;                 ///< what is known of a step
  using rules_type = typename Model::rules_type;                 ///< what a step is judged by
  using row_type = basic_transition<cycle_type>;                 ///< of the table
  using step_type = basic_case_step<cycle_type>;                 ///< one step of the story
  using run_type = basic_clock_run<clock_type>;                  ///< one run of one clock
  using refused_type = basic_refused_step<cycle_type>;           ///< a step not taken
  using result_type = basic_step_result<step_type, cycle_type>;  ///< of `apply`

  /// \pre `facts.state` is the first state: the story begins with the table; asserted
  explicit basic_case_history(record_type facts) : record_(std::move(facts)) { SIFANG_ASSERT(record_.state == state_type{}); }

  /// The case as it stands after the last step.
  [[nodiscard]] const record_type& record() const noexcept { return record_; }
  /// All steps, oldest first. Valid until the history changes, as is the list below.
  [[nodiscard]] std::span<const step_type> steps() const noexcept { return detail::span_of(steps_); }
  /// Every run of every clock in the order of their starts, stopped ones too.
  [[nodiscard]] std::span<const run_type> clocks() const noexcept { return {clocks_.data(), clocks_.size()}; }
  /// When anything was recorded last; nothing in the beginning.
  [[nodiscard]] std::optional<instant> last() const noexcept { return last_; }

  /// The run of a clock that is running now, or null.
  [[nodiscard]] const run_type* running(clock_type which) const noexcept { return find_running(clocks_, which); }

  /// Whether a duty ran out before `today` that is not recorded as run out yet.
  [[nodiscard]] bool has_expired_unnoted(day today) const noexcept {
    return std::any_of(clocks_.begin(), clocks_.end(), [&](const run_type& run) { return is_newly_expired(run, today); });
  }

  /// Takes one step of the life cycle, or refuses it and changes nothing. Late steps are taken and marked in
  /// `record().missed`. Linear in the clock runs so far.
  result_type apply(event_type event, instant at, const rules_type& rules, const facts_type& facts = {}) {
    const row_type* row = find_transition<cycle_type>(record_.state, event);
    if (row == nullptr) return refused(rule_type::not_in_table, at, event);
    if (auto early = out_of_order(at, event)) return *early;
    const attempted_step<Model> step{*this, *row, at, rules, facts};
    for (rule_type rule : row->guards) {
      if (const guard_answer answer = Model::holds(rule, step); !answer.holds) return refused(rule, at, event, answer.limit);
    }
    turn_clocks(step);
    Model::act(record_, step);
    record_.state = row->to;
    last_ = at;
    steps_.push_back({at, event, row->from, row->to, facts.who, facts.where, facts.note});
    return steps_.back();
  }

  /// For what is recorded beside the table: a handover, a hearing.
  ///
  /// A refusal in the present state; the refusal of what comes before something already recorded, or nothing. @{
  [[nodiscard]] refused_type refused(rule_type rule, instant at, std::optional<event_type> event = {},
                                     std::optional<day> limit = {}) const noexcept {
    return {rule, record_.state, event, at, limit};
  }
  [[nodiscard]] std::optional<refused_type> out_of_order(instant at, std::optional<event_type> event = {}) const noexcept {
    if (last_ && at < *last_) return refused(rule_type::out_of_order, at, event, last_->date());
    return std::nullopt;
  }
  /// @}
  /// Something beside the table is known, or happened at an instant: `change(record)` writes down what. State and missed
  /// clocks are not its to change.
  /// \pre not before what is already recorded; state and missed clocks stay; both asserted @{
  template <class Change>
  void amend(Change change) {
    [[maybe_unused]] const auto state = record_.state;
    [[maybe_unused]] const auto missed = record_.missed;
    change(record_);
    SIFANG_ASSERT(record_.state == state && record_.missed == missed, "state and missed clocks are the life cycle's to change");
  }
  template <class Change>
  void amend(instant at, Change change) {
    SIFANG_ASSERT(!last_ || at >= *last_, "not before what is already recorded");
    amend(std::move(change));
    last_ = at;
  }
  /// @}
  /// Moves the last day of a running clock by so many calendar days, as a hearing does that is not counted.
  /// \returns the run with its new last day \pre the clock is running; it is in order; asserted
  const run_type& postpone(clock_type which, instant at, calendar_days by, const rules_type& rules) {
    run_type* run = find_running(clocks_, which);
    SIFANG_ASSERT(run != nullptr, "a clock that is running");
    SIFANG_ASSERT(!last_ || at >= *last_, "not before what is already recorded");
    move_due(*run, run->nominal + by, rules);
    last_ = at;
    return *run;
  }

 private:
  template <class Runs>
  [[nodiscard]] static auto find_running(Runs& runs, clock_type which) noexcept -> decltype(runs.data()) {
    for (auto& run : runs) {
      if (run.which == which && run.running()) return &run;
    }
    return nullptr;
  }
  [[nodiscard]] static bool is_newly_expired(const run_type& run, day today) noexcept {
    return run.running() && !cycle_type::is_right(run.which) && !run.expiry_noted && run.due < today;
  }
  static void move_due(run_type& run, day nominal, const rules_type& rules) {
    run.nominal = nominal;
    run.due = rules.last_day(nominal);
  }

  void turn_clocks(const attempted_step<Model>& step) {
    const day today = step.at.date();
    const auto& effect = step.row.clocks;
    for (run_type& run : clocks_) {
      if (!run.running()) continue;
      if (cycle_type::is_expiry(step.row.event) && is_newly_expired(run, today)) {
        run.expiry_noted = true;
        record_.missed.add(run.which);
      }
      const bool stops = effect.stops.has(run.which);
      const bool cancels = effect.cancels.has(run.which);
      if (stops || cancels) {
        run.stopped = today;
        run.cancelled = cancels;
        if (!cycle_type::is_right(run.which) && !is_in_time(today, run.due)) record_.missed.add(run.which);
      }
      if (effect.extends.has(run.which)) {
        run.extended = true;
        move_due(run, Model::extended(run, step), step.rules);
      }
    }
    for (std::size_t i = 0; i < enumerator_count<clock_type>; ++i) {
      const auto which = static_cast<clock_type>(i);
      if (!effect.starts.has(which)) continue;
      const day nominal = Model::nominal_due(which, step);
      clocks_.push_back({which, today, nominal, step.rules.last_day(nominal), std::nullopt});
    }
  }

  record_type record_;
  std::vector<step_type> steps_;
  std::vector<run_type> clocks_;
  std::optional<instant> last_;  ///< of anything recorded
};

/// Anything that tells a story over a life cycle: `basic_case_history`, or what holds one.
template <class Story>
concept case_story = requires(const Story& story) {
  typename Story::cycle_type;
  story.record().state;
  story.steps();
  story.clocks();
};

/// The state at the end of a day: that of the last step up to then. \complexity linear in the steps
template <case_story Story>
[[nodiscard]] typename Story::cycle_type::state state_on(const Story& h, day d) noexcept {
  typename Story::cycle_type::state s{};
  for (const auto& step : h.steps()) {
    if (step.at.date() > d) break;
    s = step.to;
  }
  return s;
}

/// Whether a duty is late now, recorded or not: deadlines are compared when read, an expiry only records them.
template <case_story Story>
[[nodiscard]] bool is_late_on(const Story& h, day today) noexcept {
  const auto runs = h.clocks();
  return std::any_of(runs.begin(), runs.end(), [&](const auto& run) {
    return run.running() && !Story::cycle_type::is_right(run.which) && !is_in_time(today, run.due);
  });
}

/// A duty that is not done yet: of the case at a place in a list, with its last day.
template <class Clock>
struct pending_duty {
  std::size_t at = 0;  ///< place of the case in the list that was asked
  Clock which{};       ///< the clock that bounds it
  day due;             ///< last day, inclusive
  friend constexpr bool operator==(const pending_duty&, const pending_duty&) noexcept = default;
};

/// Duties under way at the end of a day whose last day lies from `first` to `last`, both inclusive; the earliest due first,
/// equal ones by case. The last days are those known now: a later extension counts. Rights are no duties.
/// \complexity linear in the runs of clocks, n log n in the answer
template <case_story Story>
[[nodiscard]] auto due_between(std::span<const Story> cases, day on, day first, day last) {
  using clock = typename Story::cycle_type::clock;
  std::vector<pending_duty<clock>> out;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    for (const auto& run : cases[i].clocks()) {
      if (!Story::cycle_type::is_right(run.which) && run.running_on(on) && first <= run.due && run.due <= last) {
        out.push_back({i, run.which, run.due});
      }
    }
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a.due != b.due ? a.due < b.due : a.at != b.at ? a.at < b.at : a.which < b.which;
  });
  return out;
}

/// Duties that are late at the end of a day, the longest overdue first (逾期).
template <case_story Story>
[[nodiscard]] auto overdue_on(std::span<const Story> cases, day on) {
  return due_between(cases, on, day(0, 1, 1), on - calendar_days(1));
}

}  // namespace sifang

#endif
