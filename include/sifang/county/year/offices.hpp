// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_OFFICES_HPP
#define SIFANG_COUNTY_YEAR_OFFICES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/year/event.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/county/year/ownership.hpp"
#include "sifang/county/year/settlement.hpp"
#include "sifang/engine/first_least.hpp"
#include "sifang/petition/guards.hpp"
#include "sifang/random/variates.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

/// Units and their handlers: acceptance, rounds of work and waiting, extension, reply. A handler's queue is one number, the
/// working time at which the handler is free; a unit's line holds the cases for which no handler has room.
template <class State>
class year_offices {
 public:
  /// \param s, ownership, settlement  outlive the part
  year_offices(State& s, year_ownership<State>& ownership, year_settlement<State>& settlement) noexcept
      : s_(&s), ownership_(&ownership), settlement_(&settlement) {}

  /// All handlers are idle.
  void start() {
    free_at_.assign(s_->county->handlers(), 0.0);
    in_hand_.assign(s_->county->handlers(), 0);
    is_sent_.resize(s_->county->handlers());
    for (std::size_t h = 0; h < is_sent_.size(); ++h) is_sent_[h] = s_->county->is_handler_sent(h);
    lines_.assign(s_->county->offices().size(), {});
    fewest_.resize(lines_.size());
    earliest_.resize(lines_.size());
    for (std::size_t o = 0; o < fewest_.size(); ++o) {
      fewest_[o].reset(s_->county->offices()[o].handlers);
      earliest_[o].reset(s_->county->offices()[o].handlers);
    }
  }
  /// Today's working time.
  void begin() noexcept { hours_ = s_->county->handler_time().of(s_->today); }
  /// Open cases that each handler has in hand.
  [[nodiscard]] std::span<const std::int32_t> in_hand() const noexcept { return detail::span_of(in_hand_); }
  /// Cases that stand in the units' lines. \complexity linear in the units and the cases
  [[nodiscard]] std::size_t in_line() const noexcept {
    std::size_t n = 0;
    for (const line& l : lines_) {
      for (std::uint32_t at = l.first; at != no_index; at = s_->matters[at].next_waiting) ++n;
    }
    return n;
  }
  /// Bytes that the part takes.
  [[nodiscard]] std::size_t bytes() const noexcept {
    std::size_t out = free_at_.size() * (sizeof(double) + sizeof(std::uint8_t)) + in_hand_.size() * sizeof(std::int32_t);
    out += lines_.size() * sizeof(line) + 2 * fewest_.size() * sizeof(first_least);
    for (const first_least& f : fewest_) out += 2 * f.bytes();
    return out;
  }

  /// The unit reads what it was sent before it accepts or objects (L4): work of whichever handler is free first.
  /// \returns when it is done
  [[nodiscard]] instant read(const matter& m, instant at) {
    const world& w = *s_->county;
    const office& unit_office = w.offices()[m.office];
    const double work = w.setting().handling.accept_minutes * (m.simplified ? w.setting().handling.simplified_work : 1.0);
    const std::uint32_t handler = free_first(m.office, unit_office);
    take_on(m.office, handler, work, at, [&](const told_work& part) { s_->tell.work(at, m, part); });
    return w.handler_time().date_of(free_at_[handler]);
  }
  /// Work that belongs to no matter, for whichever handler of a unit is free first.
  /// \param tell  called with each of its parts
  /// \returns when it is done
  template <class Tell>
  [[nodiscard]] instant errand(std::uint32_t unit, double work, instant at, Tell&& tell) {
    const std::uint32_t handler = free_first(unit, s_->county->offices()[unit]);
    take_on(unit, handler, work, at, tell);
    return s_->county->handler_time().date_of(free_at_[handler]);
  }
  /// Row 6: the petitioner is told in writing; the 60 days run (L10).
  void accept(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    const std::int32_t today = s_->date();
    s_->tell.duty(at, m, case_clock::accept, day(m.routed), day(m.accept_due));
    if (is_late(s_->today, day(m.accept_due)) && !m.late_now) s_->miss(who, at);
    s_->step(who, case_event::inform, at);
    m.accepted = today;
    m.extended = m.late_now = false;
    m.reply_due = s_->due(case_clock::handle, today, m.simplified);
    ++m.generation();
    m.stage = 0;
    const recorded_arrival* const record = s_->record_of(m);
    if (record != nullptr && (record->handling || record->not_replied)) {  // what is recorded stands for the work
      s_->step(who, case_event::investigate, at);
      m.stages = 0;
      if (record->handling)
        s_->schedule(later(instant(s_->today + *record->handling, fixed::recorded_reply_at), at), happening::work_done, who);
      return;
    }
    if (m.simplified) m.stages = 1;  // otherwise as drawn at birth
    plan_extension(who, at);
    join_line(who, at);
  }

  /// A round of work in the handler's line: on the axis of working time the line is one number.
  void begin_stage(std::uint32_t who, instant at) {
    const world& w = *s_->county;
    matter& m = s_->matters[who];
    m.waits_until = at;
    const std::uint32_t index = static_cast<std::uint32_t>(m.rounds) * 64 + m.stage;
    const double hours = w.setting().categories[m.category].work_hours * (m.simplified ? w.setting().handling.simplified_work : 1.0);
    const auto [work_luck, wait_luck, u2, u3] = s_->template four<draw::stage_work>(m, index);
    m.wait_luck = wait_luck;
    const double work = s_->laws->stage_work(
        work_luck, hours * 60 / (std::max<int>)(m.stages, 1) * (1 + w.setting().handling.complexity_work * (std::max)(m.complexity, 0.0)));
    take_on(m.office, m.handler, work, at, [&](const told_work& part) { s_->tell.work(at, m, part); });
    ++m.generation();
    s_->schedule(later(w.handler_time().date_of(free_at_[m.handler]), at), happening::work_done, who);
  }
  /// A round is done: others are waited for, or the reply is ready.
  void work_done(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    if (++m.stage >= m.stages) return reply(who, at);
    const auto& handling = s_->setting().handling;
    double days = s_->laws->stage_wait(m.wait_luck, handling.wait_days_mean);
    days += m.cross_department * handling.cross_department_days;
    days *= m.misrouted ? handling.misrouted_wait : 1.0;
    days *= ownership_->left_of_waiting(m);
    ++m.generation();
    m.waits_until = at + as_minutes(days);
    s_->schedule(m.waits_until, happening::wait_over, who);
  }
  /// Row 9: once, before the due date (L11).
  void extend(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    if (m.state != case_state::handling || m.extended || !may_extend(s_->today, day(m.reply_due))) return;
    if (s_->date() < m.reply_due - fixed::last_call.count) return;  // an earlier round's last call
    if (!wants_extension(m)) return;
    const legal_clocks& clocks = s_->setting().clocks;
    apply_for_extension(m, at);
    m.extended = true;
    m.reply_due = clocks.last_day(clocks.reply_due(day(m.accepted), clocks.extension), s_->county->calendar()).since_1970();
    s_->step(who, case_event::extend, at);
  }
  /// A new round of handling (rows 15, 22): a new clock, the old owner, the old unit.
  void reopen(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    ++m.rounds;
    ++m.generation();
    m.accepted = s_->date();
    m.reply_due = s_->due(case_clock::handle, m.accepted);
    m.extended = m.late_now = m.simplified = false;
    if (m.comes_back) std::erase(s_->come_back, who);  // what they came again for is handled
    m.comes_back = false;
    m.stage = 0;
    m.stages = static_cast<std::uint8_t>(1 + s_->laws->further_stages(s_->template uniform<draw::stages>(m, m.rounds)));
    plan_extension(who, at);
    join_line(who, at);
  }
  /// Row 28: whoever has the case in hand is free for another.
  void withdraw(std::uint32_t who, instant at) {
    leave_line(who);
    settlement_->withdraw(who, at);
    release_handler(who, at);
  }
  /// A meeting shortens what the handler waits for and raises the odds of a real settlement.
  void help(std::uint32_t who, instant at, const meeting_setting& how) {
    matter& m = s_->matters[who];
    ++m.meetings;
    m.odds += how.odds_effect;
    if (m.waits_until <= at) return;
    const std::int32_t left = (m.waits_until - at).count;
    m.waits_until = at + minutes(static_cast<std::int32_t>(left * (1 - how.wait_cut)));
    ++m.generation();
    s_->schedule(m.waits_until, happening::wait_over, who);
  }

 private:
  struct line {
    std::uint32_t first = no_index, last = no_index;
  };

  /// The last call for an extension of this round, if the head would grant one.
  void plan_extension(std::uint32_t who, instant at) {
    const matter& m = s_->matters[who];
    if (m.simplified || !wants_extension(m)) return;
    s_->schedule(later(instant(day(m.reply_due) - fixed::last_call, fixed::extension_at), at), happening::extension, who);
  }
  /// Work of whoever has the case in hand, or, while it stands in line, of whoever is free first.
  void apply_for_extension(const matter& m, instant at) {
    const std::uint32_t handler = m.handler != no_index ? m.handler : free_first(m.office, s_->county->offices()[m.office]);
    take_on(m.office, handler, s_->setting().handling.extension_minutes, at, [&](const told_work& part) { s_->tell.work(at, m, part); });
  }
  [[nodiscard]] bool wants_extension(const matter& m) {
    const calendar_days granted = s_->setting().clocks.extension;
    if (!is_extension(granted, granted)) return false;  // no law grants one
    const extension_request request{m.complexity >= s_->setting().handling.complex_threshold, day(m.accepted), m.cross_department};
    return s_->policies.template ask<detail::slots::extension>(m.entity, m.rounds, request);
  }
  /// Takes a handler, or stands in the unit's line until one has room (METHODS 7: case managers with limits).
  void join_line(std::uint32_t who, instant at) {
    line& l = lines_[s_->matters[who].office];
    s_->matters[who].next_waiting = no_index;
    if (l.first == no_index) {
      take_up(who, at);
      if (s_->matters[who].handler != no_index) return;
      l.first = l.last = who;
    } else {
      s_->matters[l.last].next_waiting = who;
      l.last = who;
    }
  }
  /// Takes a matter out of the unit's line, if it stands there.
  void leave_line(std::uint32_t who) {
    const matter& m = s_->matters[who];
    if (m.office == no_index) return;
    line& l = lines_[m.office];
    std::uint32_t before = no_index;
    for (std::uint32_t at = l.first; at != no_index; before = at, at = s_->matters[at].next_waiting) {
      if (at == who) return take_out(l, before, at);
    }
  }
  void take_out(line& l, std::uint32_t before, std::uint32_t chosen) {
    (before == no_index ? l.first : s_->matters[before].next_waiting) = s_->matters[chosen].next_waiting;
    if (l.last == chosen) l.last = before;
    s_->matters[chosen].next_waiting = no_index;
  }
  [[nodiscard]] std::span<const std::int32_t> in_hand_of(const office& o) const noexcept {
    return std::span(in_hand_).subspan(o.first_handler, o.handlers);
  }
  [[nodiscard]] std::span<const double> free_at_of(const office& o) const noexcept {
    return std::span(free_at_).subspan(o.first_handler, o.handlers);
  }
  [[nodiscard]] std::uint32_t free_first(std::uint32_t unit, const office& o) {
    return o.first_handler + static_cast<std::uint32_t>(earliest_[unit].template of<double>(free_at_of(o)));
  }
  /// A handler has work more, as soon as that before is done, and not while at the households in a campaign (R21).
  template <class Tell>
  void take_on(std::uint32_t unit, std::uint32_t handler, double work, instant at, Tell&& tell) {
    double begins = larger(free_at_[handler], hours_.at(s_->minute_of(at)));
    if (is_sent_[handler] != 0) {
      for (const auto& [from, to] : s_->county->campaign_times()) {
        if (to <= begins) continue;
        if (begins + work <= from) break;
        if (begins < from) {
          tell(told_work{begins, from - begins});
          work -= from - begins;
        }
        begins = to;
      }
    }
    tell(told_work{begins, work});
    work_until(unit, handler, begins + work);
  }
  /// A handler has work until then.
  void work_until(std::uint32_t office, std::uint32_t handler, double until) noexcept {
    const auto& unit_office = s_->county->offices()[office];
    free_at_[handler] = until;
    earliest_[office].template changed<double>(free_at_of(unit_office), handler - unit_office.first_handler);
  }
  /// A handler has a case more, or one less.
  void hold(std::uint32_t office, std::uint32_t handler, std::int32_t change) noexcept {
    const auto& unit_office = s_->county->offices()[office];
    in_hand_[handler] += change;
    fewest_[office].changed(in_hand_of(unit_office), handler - unit_office.first_handler);
  }
  /// Row 8, if a handler of the unit has room: the one with the fewest open cases.
  void take_up(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    const office& unit_office = s_->county->offices()[m.office];
    const std::uint32_t best = unit_office.first_handler + static_cast<std::uint32_t>(fewest_[m.office].of(in_hand_of(unit_office)));
    if (in_hand_[best] >= s_->setting().handling.case_limit) return;
    hold(m.office, best, 1);
    m.handler = best;
    if (m.state == case_state::accepted) s_->step(who, case_event::investigate, at);
    begin_stage(who, at);
  }
  void release_handler(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    if (m.handler == no_index) return;
    hold(m.office, m.handler, -1);
    m.handler = no_index;
    line& l = lines_[m.office];
    if (l.first == no_index) return;
    take_up(next_of(l), at);
  }
  /// Takes out of a line whoever is next. \pre the line is not empty; asserted
  [[nodiscard]] std::uint32_t next_of(line& l) {
    SIFANG_ASSERT(l.first != no_index, "a line that is not empty");
    std::vector<matter>& all = s_->matters;
    std::uint32_t before = no_index, chosen = l.first;
    if (State::lines_by_own || !first_come()) {
      double least = place(chosen);
      for (std::uint32_t at = chosen; all[at].next_waiting != no_index; at = all[at].next_waiting) {
        const double one = place(all[at].next_waiting);
        if (one >= least) continue;
        least = one;
        before = at;
        chosen = all[at].next_waiting;
      }
    }
    take_out(l, before, chosen);
    return chosen;
  }
  [[nodiscard]] bool first_come() const noexcept {
    if constexpr (State::lines_by_own)
      return false;
    else
      return s_->policies.template policy<detail::slots::handling_order>().first_come();
  }
  [[nodiscard]] double place(std::uint32_t who) {
    const matter& m = s_->matters[who];
    const handling_request request{day(m.accepted), day(m.reply_due), m.repeats, m.long_pending, m.owner.valid()};
    return s_->policies.template ask<detail::slots::handling_order>(m.entity, m.rounds, request);
  }

  /// Rows 10 and 11: mediation, or the written opinion.
  void reply(std::uint32_t who, instant at) {
    const world& w = *s_->county;
    matter& m = s_->matters[who];
    const std::int32_t today = s_->date();
    s_->tell.duty(at, m, case_clock::handle, day(m.accepted), day(m.reply_due));
    if (is_late(s_->today, day(m.reply_due)) && !m.late_now) s_->miss(who, at);
    m.replied = today;
    if (m.first_replied == never) m.first_replied = today;
    const auto [luck, mediation, opinion, decision] = s_->template four<draw::settle>(m, m.rounds);
    m.content = luck < logistic(settlement_->odds(m, opinion));
    const recorded_arrival* const record = s_->record_of(m);
    if (record != nullptr && record->settled) m.content = *record->settled;
    if (mediation < w.setting().handling.mediation_share && m.content) {
      settlement_->settle(who, case_event::mediate, at);
      settlement_->rate(m, at);
      return release_handler(who, at);
    }
    s_->tell.opinion(at, m, settlement_->verdict_of(opinion));
    s_->step(who, case_event::reply, at);
    double days =
        (std::min)(exponential(decision, w.setting().settlement.decide_days), static_cast<double>(w.setting().clocks.review_window.count));
    if (record != nullptr) days = 0;  // it is recorded with the reply
    ++m.generation();
    s_->schedule(at + minutes(static_cast<std::int32_t>(days * minutes_per_day)), happening::decide, who);
    release_handler(who, at);
  }

  State* s_;
  year_ownership<State>* ownership_;
  year_settlement<State>* settlement_;
  work_time::part_of_day hours_{};     ///< today's working time
  std::vector<double> free_at_;        ///< by handler: working time at which each is free
  std::vector<std::int32_t> in_hand_;  ///< by handler: open cases
  std::vector<std::uint8_t> is_sent_;  ///< by handler: goes to the households in a campaign
  std::vector<first_least> fewest_,    ///< by office: of its handlers, who has the fewest cases
      earliest_;                       ///< and who is free first
  std::vector<line> lines_;            ///< by office
};

}  // namespace sifang

#endif
