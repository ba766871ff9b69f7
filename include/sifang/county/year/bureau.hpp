// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_BUREAU_HPP
#define SIFANG_COUNTY_YEAR_BUREAU_HPP

#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/year/event.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/county/year/offices.hpp"
#include "sifang/county/year/settlement.hpp"
#include "sifang/engine/first_least.hpp"
#include "sifang/petition/guards.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

/// The petition bureau: registration, its clerks and their line, routing, objections.
template <class State>
class year_bureau {
 public:
  /// \param s, settlement, offices  outlive the part
  year_bureau(State& s, year_settlement<State>& settlement, year_offices<State>& offices) noexcept
      : s_(&s), settlement_(&settlement), offices_(&offices) {}

  /// All clerks are idle.
  void start() {
    clerks_.assign(static_cast<std::size_t>(s_->setting().routing.clerks), 0.0);
    first_free_.reset(clerks_.size());
  }
  /// Today's working time.
  void begin() noexcept { hours_ = s_->county->clerk_time().of(s_->today); }
  /// Bytes that the part takes.
  [[nodiscard]] std::size_t bytes() const noexcept { return clerks_.size() * sizeof(double) + first_free_.bytes(); }

  /// Row 0: answered at once, and not registered; few petition after all.
  void answer(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    s_->step(who, case_event::answer, at);
    m.answered_on = s_->date();
    if (s_->template uniform<draw::on_spot_again>(m) < s_->setting().reception.on_spot_again_share)
      settlement_->turn_again(who, at, s_->setting().repeats.after_close_days);
  }
  /// Row 1 by letter, online, phone, at the window or through the campaign; a clerk routes it (L1).
  void register_first(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    s_->step(who, case_event::arrive, at);
    m.registered = s_->date();
    m.by_bureau = true;
    s_->tell.registration(at, m, false);
    if (m.litigation) return s_->step(who, case_event::divert, at);
    const auto& load = s_->setting().load;
    const bool letter = m.channel == channel::letter && !m.from_above;
    const bool call = m.channel == channel::phone && !m.from_above;
    const bool assigned = m.backlog;  // by the programme, to the unit itself
    if (assigned || ((letter || call) && s_->template uniform<draw::direct>(m) < load.direct_share)) {
      straight_to_unit(who, at);
    } else {
      queue_for_clerk(who, at);
      if (letter && s_->template uniform<draw::leader_letter>(m) < load.leader_letter_share) settlement_->read_letter(who, at);
    }
    settlement_->may_withdraw(who, at);
    settlement_->turn_again(who, at, s_->setting().repeats.open_days);
  }
  /// Row 1 as it is recorded: at once with the unit that has it, and with its owner.
  void register_recorded(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    const recorded_arrival& record = *s_->record_of(m);
    s_->step(who, case_event::arrive, at);
    m.registered = m.route_from = s_->date();
    m.by_bureau = true;
    m.recorded_repeat = record.repeat;
    s_->tell.registration(at, m, false);
    settlement_->own_recorded(who, record.owner, at);
    s_->step(who, case_event::route, at);
    send(who, at);
  }
  /// Rows 1 and 7: an official heard it and receives it (R12); no clerk routes it.
  /// \returns false if it belongs to another body
  [[nodiscard]] bool register_heard(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    s_->step(who, case_event::arrive, at);
    m.registered = m.route_from = s_->date();
    s_->tell.registration(at, m, false);
    if (m.litigation)
      s_->step(who, case_event::divert, at);
    else
      settlement_->may_withdraw(who, at);
    return !m.litigation;
  }
  /// The same matter again (rows 3, 20, 21, 25): attached to the case there is; whoever settled has rebounded.
  /// \param receiver  who heard it in person, if anybody
  void register_again(std::uint32_t who, instant at, official_id receiver = {}) {
    matter& m = s_->matters[who];
    s_->tell.registration(at, m, true);
    ++m.repeats;
    clerk_work(at, s_->setting().routing.minutes_per_matter);
    if (m.first_replied != never && m.first_repeat_after_reply == never) m.first_repeat_after_reply = s_->date();
    if (m.state == case_state::procedurally_closed)
      s_->tell.refused(at, m, m.rechecked ? refusal_ground::recheck_ended : refusal_ground::window_missed);
    if (settlement_->come_again(who, at, receiver)) offices_->reopen(who, at);
    if (m.state == case_state::procedurally_closed && !m.comes_back) {  // a candidate of the issue list (row 27)
      m.comes_back = true;
      s_->come_back.push_back(who);
    }
    const bool open = is_open(m.state) && m.state != case_state::return_visit_due;
    settlement_->turn_again(who, at, open ? s_->setting().repeats.open_days : s_->setting().repeats.after_close_days);
  }

  /// Row 4.
  void route(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    const std::int32_t due = s_->due(case_clock::route, m.route_from, false, m.from_above);
    s_->tell.duty(at, m, case_clock::route, day(m.route_from), day(due));
    if (is_late(s_->today, day(due)) && !m.late_now) s_->miss(who, at);
    s_->step(who, case_event::route, at);
    send(who, at);
  }

  /// The matter reaches a unit, competent or not: the clocks of objection and acceptance start.
  void send(std::uint32_t who, instant at) {
    const world& w = *s_->county;
    const auto& routing = w.setting().routing;
    matter& m = s_->matters[who];
    m.routed = s_->date();
    if (m.first_routed == never) m.first_routed = m.routed;
    m.accept_due = s_->due(case_clock::accept, m.routed, m.simplified);
    const auto [routing_work, accept_luck, misroute, misroute_found] = s_->template four<draw::routing_work>(m, m.bounces);
    const bool designated = m.disputed;  // the common superior has decided: neither wrong nor disputed again (L6)
    const recorded_arrival* const record = s_->record_of(m);
    choose_office(m, record == nullptr && !(m.direct && m.bounces == 0) && !designated && misroute < routing.misroute_probability);
    if (record != nullptr && record->unit != no_index) {
      m.office = record->unit;
      m.misrouted = false;
    }
    m.disputed = !m.misrouted && m.cross_department && m.by_bureau && m.bounces == 0 && record == nullptr &&
                 s_->template uniform<draw::disputes>(m) < routing.dispute_share;
    m.late_now = false;
    m.level_sums = w.layout().first_sum(dimension::level, w.offices()[m.office].at_county() ? 0 : 1);
    m.unit_sums = w.layout().first_sum(dimension::unit, m.office);
    s_->tell.sent(at, m);
    ++m.generation();
    if (m.disputed || (m.misrouted && misroute_found < routing.misroute_found)) {
      const auto limit = w.setting().clocks.objection;
      const int days = 1 + static_cast<int>(s_->template uniform<draw::objection_days>(m, m.bounces) * limit.count);
      const day on = w.calendar().add(s_->today, working_days((std::min)(days, limit.count)));
      return s_->schedule(instant(on, fixed::objection_at), happening::objected, who);
    }
    if (record != nullptr && record->not_accepted) return;
    if (record != nullptr && record->acceptance)
      return s_->schedule(later(instant(s_->today + *record->acceptance, fixed::acceptance_at), at), happening::accepted, who);
    at = later(at, offices_->read(m, at));
    double days = s_->laws->accept_days(accept_luck, routing.accept_days_mean);
    if (m.simplified) days = (std::min)(days, static_cast<double>(w.setting().clocks.simplified_accept.count));
    accept_after(who, at, days);
  }

  /// Row 5: the bureau agrees, and the matter is routed anew; or it does not, and the unit must accept. Where units dispute who
  /// accepts, the superior that they have in common decides (L6); in a county there always is one, so that it never takes the
  /// joint meeting.
  void object(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    const auto& routing = s_->setting().routing;
    if (m.disputed) {
      return_to_bureau(who, at);
      m.route_from = s_->date();
      m.late_now = false;
      ++m.generation();
      const day on = s_->county->calendar().add(s_->today, working_days(routing.dispute_days));
      return s_->schedule(later(instant(on, fixed::objection_at), at), happening::routed, who);
    }
    const bool in_time = may_object(s_->today, day(s_->due(case_clock::object, m.routed)));
    if (!in_time || m.bounces >= fixed::most_objections ||
        s_->template uniform<draw::objection_agreed>(m, m.bounces) >= routing.objection_agreed) {
      const double days = s_->laws->accept_days(s_->template uniform<draw::accept_days>(m, m.bounces), routing.accept_days_mean);
      ++m.generation();
      s_->tell.objection(at, m, false);
      return accept_after(who, at, days);
    }
    return_to_bureau(who, at);
    queue_for_clerk(who, at);
  }

 private:
  /// Row 5: the unit need not accept.
  void return_to_bureau(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    ++m.bounces;
    if (is_late(s_->today, day(m.accept_due)) && !m.late_now) s_->miss(who, at);
    s_->step(who, case_event::object, at);
    s_->tell.objection(at, m, true);
  }
  /// Row 4 without the bureau: the unit that is competent got the matter itself (L3).
  void straight_to_unit(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    m.direct = true;
    m.by_bureau = false;
    m.route_from = s_->date();
    s_->step(who, case_event::route, at);
    send(who, at);
  }
  /// Adds work to the clerks' common line, first come first served; returns when it is done, on their axis.
  double clerk_work(instant at, double work) {
    const std::size_t clerk = first_free_.of<double>(detail::span_of(clerks_));
    const double begins = larger(clerks_[clerk], hours_.at(s_->minute_of(at)));
    clerks_[clerk] = begins + work;
    first_free_.changed<double>(detail::span_of(clerks_), clerk);
    s_->tell.clerk(at, {begins, work});
    return clerks_[clerk];
  }
  void queue_for_clerk(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    m.route_from = s_->date();
    m.late_now = false;
    const auto& routing = s_->setting().routing;
    const double work = s_->laws->routing_work(s_->template uniform<draw::routing_work>(m, m.bounces),
                                               routing.minutes_per_matter * (m.simplified ? routing.simplified_minutes : 1.0));
    const instant done = s_->county->clerk_time().date_of(clerk_work(at, work));
    ++m.generation();
    s_->schedule(later(done, at), happening::routed, who);
  }
  /// The competent office as the clerk sees it, and what the policy makes of it.
  void choose_office(matter& m, bool wrong) {
    const world& w = *s_->county;
    const std::uint32_t subject = m.subject, place = w.townships()[m.township].office;
    const std::uint32_t competent = m.local || subject == no_index ? place : subject;
    std::uint32_t seen_as = competent;
    if (wrong) {
      // The other natural guess: the township instead of the department, or the reverse; else any department.
      const std::uint32_t other = m.local ? subject : place;
      seen_as = other != no_index && other != competent
                    ? other
                    : static_cast<std::uint32_t>(s_->template uniform<draw::misroute_unit>(m, m.bounces) *
                                                 static_cast<double>(w.offices().size()));
    }
    const routing_request request{m.category, m.township, seen_as, subject, place, m.bounces, offices_->in_hand(), w.offices()};
    m.office = s_->policies.template ask<detail::slots::routing>(m.entity, m.bounces, request);
    const bool exists = m.office < w.offices().size();
    SIFANG_ASSERT(exists, "the routing policy named an office that the county does not have");
    if (!exists) m.office = seen_as;
    m.misrouted = m.office != competent;
  }
  /// Informs the petitioner after so many days, not before it has been read.
  void accept_after(std::uint32_t who, instant ready, double days) {
    const day on = s_->county->calendar().next_workday(
        s_->today + calendar_days(static_cast<std::int32_t>((std::min)(days, fixed::longest_acceptance))));
    if (ready.date() > s_->county->last()) return s_->schedule(ready, happening::accepted, who);  // some day
    const day read = s_->county->calendar().next_workday(ready.date());
    s_->schedule(later(instant(on < read ? read : on, fixed::acceptance_at), ready), happening::accepted, who);
  }

  State* s_;
  year_settlement<State>* settlement_;
  year_offices<State>* offices_;
  work_time::part_of_day hours_{};  ///< today's working time
  std::vector<double> clerks_;      ///< working time at which each is free
  first_least first_free_;          ///< of the clerks
};

}  // namespace sifang

#endif
