// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_HANDLING_HPP
#define SIFANG_COUNTY_YEAR_HANDLING_HPP

// Part of sifang/county/replication.hpp: from registration to reply, review, recheck and closure.
#include "sifang/county/replication.hpp"

namespace sifang {

template <ownership_policy O, class B>
void replication<O, B>::count_registration(const matter& m, bool repeat) {
  add_series(repeat ? series_id::repeat_registrations : series_id::first_registrations, 1, 0);
  if (!counting_) return;
  const cell_set cells = cells_of(m);
  out_.sums.add(metric::registrations, cells, 1, 0);
  out_.sums.add(metric::repeat_rate, cells, repeat, 1);
}

/// Row 1 by letter, online, phone, at the window or through the campaign; a clerk routes it (L1).
template <ownership_policy O, class B>
void replication<O, B>::register_first(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  step(who, case_event::arrive, at);
  m.registered = today_.since_1970();
  m.by_bureau = true;
  count_registration(m, false);
  if (m.litigation) {
    step(who, case_event::divert, at);
    return;
  }
  queue_for_clerk(who, at);
  schedule_repeat(who, at, world_->setting().repeats.open_days);
}

/// The same matter again (rows 3, 20, 21): attached to the case there is; whoever settled has rebounded.
template <ownership_policy O, class B>
void replication<O, B>::register_repeat(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  const std::int32_t today = today_.since_1970();
  if constexpr (requires { observer_.repeat(at, m); }) observer_.repeat(at, m);
  ++m.repeats;
  count_registration(m, true);
  clerk_work(at, world_->setting().routing.minutes_per_matter);
  if (m.first_replied != never && m.first_repeat_after_reply == never) m.first_repeat_after_reply = today;
  if (m.state == case_state::settled) {
    ++m.rebounds;
    if (m.rebound_on == never) m.rebound_on = today;
    m.settled = false;
    m.trigger = return_trigger::rebounded;
    step(who, case_event::rebound, at);
    schedule_return(who, at);
  } else if (m.state == case_state::procedurally_closed && world_->setting().return_visits.open) {
    m.trigger = return_trigger::closed_unsettled;
    step(who, case_event::schedule_return, at);
    schedule_return(who, at);
  }
  const bool open = is_open(m.state) && m.state != case_state::return_visit_due;
  schedule_repeat(who, at, open ? world_->setting().repeats.open_days : world_->setting().repeats.after_close_days);
}

/// Adds work to the clerks' common line, first come first served; returns when it is done, on their axis.
template <ownership_policy O, class B>
double replication<O, B>::clerk_work(instant at, double work) {
  const auto first_free = std::min_element(clerks_.begin(), clerks_.end());
  *first_free = larger(*first_free, clerks_today_.at(minute_of(at))) + work;
  if (counting_) out_.sums.add(metric::clerk_utilisation, world_->layout().at(dimension::all, 0), work, 0);
  return *first_free;
}

template <ownership_policy O, class B>
void replication<O, B>::queue_for_clerk(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  m.route_from = today_.since_1970();
  m.late_now = false;
  const double work = laws_->routing_work(uniform<draw::routing_work>(m, m.bounces), world_->setting().routing.minutes_per_matter);
  const instant done = world_->clerk_time().date_of(clerk_work(at, work));
  ++m.generation();
  schedule(later(done, at), happening::routed, who);
}

/// Row 4.
template <ownership_policy O, class B>
void replication<O, B>::route(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  const std::int32_t due = due_day(case_clock::route, m.route_from);
  if (counts(due)) {
    out_.sums.add(metric::bureau_timely, cells_of(m), today_.since_1970() <= due, 1);
    add_curve(curve_id::routed, today_.since_1970() - m.route_from);
  }
  if (today_.since_1970() > due && !m.late_now) miss(who, at);
  step(who, case_event::route, at);
  to_office(m, at);
}

/// The matter reaches a unit, competent or not: the clocks of objection and acceptance start.
template <ownership_policy O, class B>
void replication<O, B>::to_office(matter& m, instant at) {
  const world& w = *world_;
  const auto& routing = w.setting().routing;
  const auto who = static_cast<std::uint32_t>(&m - matters_.data());
  const std::uint32_t subject = w.matter_office(m.category);
  const std::uint32_t competent = m.local || subject == no_index ? w.townships()[m.township].office : subject;
  m.routed = today_.since_1970();
  const auto& clocks = w.setting().clocks;
  m.accept_due = due_day(case_clock::accept, m.routed, m.simplified);
  const auto [routing_work, accept_luck, misroute, misroute_found] = four<draw::routing_work>(m, m.bounces);
  m.misrouted = m.recorded == no_index && misroute < routing.misroute_probability;
  m.office = competent;
  m.late_now = false;
  if (m.misrouted) {
    // The other natural guess: the township instead of the department, or the reverse; else any department.
    const std::uint32_t other = m.local ? subject : w.townships()[m.township].office;
    m.office = other != no_index && other != competent
                   ? other
                   : static_cast<std::uint32_t>(uniform<draw::misroute_unit>(m, m.bounces) * static_cast<double>(w.offices().size()));
    m.misrouted = m.office != competent;
  }
  m.level_sums = w.layout().first_sum(dimension::level, w.offices()[m.office].at_county() ? 0 : 1);
  if (counting_) out_.sums.add(metric::bounces, cells_of(m), 0, 1);
  ++m.generation();
  if (m.misrouted && misroute_found < routing.misroute_found) {
    const int days = 1 + static_cast<int>(uniform<draw::objection_days>(m, m.bounces) * clocks.objection.count);
    const day on = w.calendar().add(today_, working_days((std::min)(days, clocks.objection.count)));
    schedule(instant(on, minutes(15 * 60)), happening::objected, who);
    return;
  }
  double days = laws_->accept_days(accept_luck, routing.accept_days_mean);
  if (m.simplified) days = (std::min)(days, 3.0);
  if (m.recorded != no_index && w.recorded()[m.recorded].acceptance) days = w.recorded()[m.recorded].acceptance->count;
  const day on = world_->calendar().next_workday(today_ + calendar_days(static_cast<std::int32_t>((std::min)(days, 2000.0))));
  schedule(later(instant(on, minutes(16 * 60)), at), happening::accepted, who);
}

/// Row 5: the bureau agrees, and the matter is routed anew; or it does not, and the unit must accept.
template <ownership_policy O, class B>
void replication<O, B>::object(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  const auto& routing = world_->setting().routing;
  const bool in_time = today_.since_1970() <= due_day(case_clock::object, m.routed);
  if (!in_time || m.bounces >= 20 || uniform<draw::objection_agreed>(m, m.bounces) >= routing.objection_agreed) {
    const double days = laws_->accept_days(uniform<draw::accept_days>(m, m.bounces), routing.accept_days_mean);
    const day on = world_->calendar().next_workday(today_ + calendar_days(static_cast<std::int32_t>((std::min)(days, 2000.0))));
    ++m.generation();
    schedule(later(instant(on, minutes(16 * 60)), at), happening::accepted, who);
    return;
  }
  if (counting_) out_.sums.add(metric::bounces, cells_of(m), 1, 0);
  ++m.bounces;
  if (today_.since_1970() > m.accept_due && !m.late_now) miss(who, at);
  step(who, case_event::object, at);
  queue_for_clerk(who, at);
}

/// Row 6: the petitioner is told in writing; the 60 days run (L10).
template <ownership_policy O, class B>
void replication<O, B>::accept(std::uint32_t who, instant at) {
  const world& w = *world_;
  matter& m = matters_[who];
  const std::int32_t today = today_.since_1970();
  if (counts(m.accept_due)) {
    out_.sums.add(metric::timely_acceptance_rate, cells_of(m), today <= m.accept_due, 1);
    add_curve(curve_id::accepted, today - m.routed);
  }
  if (counting_) out_.sums.add(metric::accept_days, cells_of(m), today - m.registered, 1);
  if (today > m.accept_due && !m.late_now) miss(who, at);
  step(who, case_event::inform, at);
  m.accepted = today;
  m.extended = false;
  m.late_now = false;
  m.reply_due = due_day(case_clock::handle, today, m.simplified);
  ++m.generation();
  m.stage = 0;
  if (m.recorded != no_index && w.recorded()[m.recorded].handling) {  // a recorded duration stands for the work
    step(who, case_event::investigate, at);
    m.stages = 0;
    schedule(instant(today_ + *w.recorded()[m.recorded].handling, minutes(17 * 60)), happening::work_done, who);
    return;
  }
  if (m.simplified) m.stages = 1;  // otherwise as drawn at birth
  if (may_extend(m) && !m.simplified) {
    const day last_call = day(m.reply_due) - calendar_days(2);
    schedule(later(instant(last_call, minutes(10 * 60)), at), happening::extension, who);
  }
  join_line(who, at);
}

/// Takes a handler, or stands in the unit's line until one has room (METHODS 7: case managers with limits).
template <ownership_policy O, class B>
void replication<O, B>::join_line(std::uint32_t who, instant at) {
  office_line& line = lines_[matters_[who].office];
  matters_[who].next_waiting = no_index;
  if (line.first == no_index) {
    take_up(who, at);
    if (matters_[who].handler != no_index) return;
    line.first = line.last = who;
  } else {
    matters_[line.last].next_waiting = who;
    line.last = who;
  }
}

/// Row 8, if a handler of the unit has room: the one with the fewest open cases.
template <ownership_policy O, class B>
void replication<O, B>::take_up(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  const office& unit_office = world_->offices()[m.office];
  std::uint32_t best = unit_office.first_handler;
  std::int32_t fewest = handler_open_[best];
  for (std::uint32_t h = best + 1; h < unit_office.first_handler + unit_office.handlers; ++h) {
    const std::int32_t open = handler_open_[h];
    best = open < fewest ? h : best;
    fewest = open < fewest ? open : fewest;
  }
  if (fewest >= world_->setting().handling.case_limit) return;
  ++handler_open_[best];
  m.handler = best;
  if (m.state == case_state::accepted) step(who, case_event::investigate, at);
  begin_stage(who, at);
}

template <ownership_policy O, class B>
void replication<O, B>::release_handler(matter& m, instant at) {
  if (m.handler == no_index) return;
  --handler_open_[m.handler];
  m.handler = no_index;
  office_line& line = lines_[m.office];
  if (line.first == no_index) return;
  const std::uint32_t next_one = line.first;
  line.first = matters_[next_one].next_waiting;
  if (line.first == no_index) line.last = no_index;
  matters_[next_one].next_waiting = no_index;
  take_up(next_one, at);
}

/// A round of work in the handler's line: on the axis of working time the line is one number.
template <ownership_policy O, class B>
void replication<O, B>::begin_stage(std::uint32_t who, instant at) {
  const world& w = *world_;
  matter& m = matters_[who];
  m.waits_until = at;
  const std::uint32_t index = static_cast<std::uint32_t>(m.rounds) * 64 + m.stage;
  const double hours = w.setting().categories[m.category].work_hours * (m.simplified ? 0.25 : 1.0);
  const auto [work_luck, wait_luck, u2, u3] = four<draw::stage_work>(m, index);
  m.wait_luck = wait_luck;
  const double work = laws_->stage_work(work_luck, hours * 60 / (std::max<int>)(m.stages, 1) * (1 + 0.25 * (std::max)(m.complexity, 0.0)));
  double& free_at = handler_free_[m.handler];
  free_at = larger(free_at, handlers_today_.at(minute_of(at))) + work;
  if (counting_) {
    out_.sums.add(metric::handler_hours, w.layout().at(dimension::all, 0), work / 60, 0);
    out_.sums.add(metric::handler_utilisation, w.layout().at(dimension::all, 0), work, 0);
  }
  if constexpr (requires { observer_.work(at, m, work); }) observer_.work(at, m, work);
  ++m.generation();
  schedule(later(w.handler_time().date_of(free_at), at), happening::work_done, who);
}

template <ownership_policy O, class B>
void replication<O, B>::work_done(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  if (++m.stage >= m.stages) {
    reply(who, at);
    return;
  }
  const auto& handling = world_->setting().handling;
  double days = laws_->stage_wait(m.wait_luck, handling.wait_days_mean);
  days += m.cross_department * handling.cross_department_days;
  days *= m.misrouted ? 1.5 : 1.0;
  days *= supervised(m);
  ++m.generation();
  m.waits_until = at + minutes(static_cast<std::int32_t>((std::min)(days, 2000.0) * minutes_per_day));
  schedule(m.waits_until, happening::wait_over, who);
}

/// Row 9: once, before the due date, for complex cases or for all (L11).
template <ownership_policy O, class B>
void replication<O, B>::extend(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  const legal_clocks& clocks = world_->setting().clocks;
  if (m.state != case_state::handling || m.extended || today_.since_1970() >= m.reply_due) return;
  if (today_.since_1970() < m.reply_due - 2) return;  // an earlier round's last call
  if (!may_extend(m)) return;
  m.extended = true;
  m.reply_due = clocks.last_day(clocks.reply_due(day(m.accepted), clocks.extension), world_->calendar()).since_1970();
  step(who, case_event::extend, at);
}

template <ownership_policy O, class B>
bool replication<O, B>::may_extend(const matter& m) const noexcept {
  const auto& handling = world_->setting().handling;
  if (world_->setting().clocks.extension < calendar_days(1)) return false;  // no law grants one
  return handling.extension == extension_rule::always || (handling.extension == extension_rule::complex_only && m.complexity >= handling.complex_threshold);
}

/// \param opinion  luck that decides whether the reply supports the petition (L12)
template <ownership_policy O, class B>
double replication<O, B>::settlement_odds(const matter& m, double opinion) const noexcept {
  const auto& s = world_->setting().settlement;
  double z = s.intercept + s.complexity * m.complexity + s.persistence * m.persistence + s.repeat * (std::min<int>)(m.repeats, 10) + m.odds;
  z += s.delay_per_30_days * (today_.since_1970() - m.registered) / 30.0;
  z += m.cross_department * s.departments;
  z += world_->is_county_leader(m.owner) * s.leader_owner;
  z += m.owner.valid() * s.owner_load * owned_open_[place_of(m.owner)];
  const std::array<double, 3> of_opinion{s.supported, 0.0, s.not_supported};
  return z + of_opinion[static_cast<std::size_t>(opinion >= s.supported_share) + static_cast<std::size_t>(opinion >= s.supported_share + s.explained_share)];
}

/// Rows 10 and 11: mediation, or the written opinion.
template <ownership_policy O, class B>
void replication<O, B>::reply(std::uint32_t who, instant at) {
  const world& w = *world_;
  matter& m = matters_[who];
  const std::int32_t today = today_.since_1970();
  const cell_set cells = cells_of(m);
  if (counts(m.reply_due)) {
    out_.sums.add(metric::on_time_reply_rate, cells, today <= m.reply_due, 1);
    if (m.by_bureau) out_.sums.add(metric::bureau_on_time_reply_rate, cells, today <= m.reply_due, 1);
    add_curve(curve_id::replied, today - m.accepted);
  }
  if (counting_) out_.sums.add(metric::reply_days, cells, today - m.accepted, 1);
  if (today > m.reply_due && !m.late_now) {
    if (counting_) out_.sums.add(metric::overdue, cells, 1, 0);
    miss(who, at);
  }
  m.replied = today;
  if (m.first_replied == never) m.first_replied = today;
  const auto [luck, mediation, opinion, decision] = four<draw::settle>(m, m.rounds);
  m.content = luck < logistic(settlement_odds(m, opinion));
  if (m.recorded != no_index && w.recorded()[m.recorded].settled && m.rounds == 0) m.content = *w.recorded()[m.recorded].settled;
  const bool mediated = mediation < w.setting().handling.mediation_share && m.content;
  const auto finish_round = [&] { release_handler(matters_[who], at); };
  if (mediated) {
    settle(who, case_event::mediate, at);
    rate(matters_[who], at);
    finish_round();
    return;
  }
  step(who, case_event::reply, at);
  const double days = (std::min)(exponential(decision, w.setting().settlement.decide_days),
                               static_cast<double>(w.setting().clocks.review_window.count));
  ++m.generation();
  schedule(at + minutes(static_cast<std::int32_t>(days * minutes_per_day)), happening::decide, who);
  finish_round();
}

/// Rows 12, 13 or, when the window ends, 19.
template <ownership_policy O, class B>
void replication<O, B>::decide(std::uint32_t who, instant at) {
  const world& w = *world_;
  matter& m = matters_[who];
  // Meetings since the reply can still turn the petitioner: the same luck against better odds.
  if (!m.content) {
    const auto [luck, mediation, opinion, decision] = four<draw::settle>(m, m.rounds);
    m.content = luck < logistic(settlement_odds(m, opinion));
  }
  rate(m, at);
  if (m.content) {
    settle(who, case_event::content, at);
    return;
  }
  ++m.generation();
  if (m.claim && uniform<draw::ask_review>(m, m.rounds) < w.setting().review.ask_share) {
    step(who, case_event::ask_review, at);
    const auto& r = w.setting().review;
    const double days = laws_->review_days(uniform<draw::review_days>(m, m.rounds), r.review_days_mean);
    schedule(at + minutes(static_cast<std::int32_t>((std::min)(days, 2000.0) * minutes_per_day)), happening::reviewed, who);
    return;
  }
  const day end = day(due_day(case_clock::review_window, m.replied)) + calendar_days(1);
  schedule(later(instant(end, minutes(0)), at), happening::window_ended, who);
}

/// The petitioner may rate both authorities; only some do (参评率).
template <ownership_policy O, class B>
void replication<O, B>::rate(const matter& m, [[maybe_unused]] instant at) {
  if constexpr (requires { observer_.rating(at, m); }) observer_.rating(at, m);
  if (!counting_ || m.rounds != 0) return;
  const auto& r = world_->setting().rating;
  const cell_set cells = cells_of(m);
  const auto [taking_part, authority, bureau, again] = four<draw::participation>(m);
  const bool rated = taking_part < (m.content ? r.participation : r.unsettled_participation);
  out_.sums.add(metric::participation_rate, cells, rated, 1);
  if (!rated) return;
  const double late = m.overdue ? r.late_penalty : 0;
  out_.sums.add(metric::satisfaction_rate, cells, authority < (m.content ? r.authority_settled : r.authority_unsettled) - late, 1);
  out_.sums.add(metric::bureau_satisfaction_rate, cells, bureau < (m.content ? r.bureau_settled : r.bureau_unsettled) - late / 2, 1);
}

/// Rows 14 and 15.
template <ownership_policy O, class B>
void replication<O, B>::review(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  const auto& r = world_->setting().review;
  if (m.rounds < 3 && uniform<draw::upheld>(m, m.rounds) >= r.upheld_share) {
    step(who, case_event::send_back, at);
    reopen(who, at);
    return;
  }
  step(who, case_event::uphold, at);
  m.replied = today_.since_1970();
  const double days = (std::min)(exponential(uniform<draw::decide_days>(m, 100u + m.rounds), world_->setting().settlement.decide_days),
                               static_cast<double>(world_->setting().clocks.recheck_window.count));
  ++m.generation();
  schedule(at + minutes(static_cast<std::int32_t>(days * minutes_per_day)), happening::review_decide, who);
}

/// Rows 16, 17 or, when the window ends, 19.
template <ownership_policy O, class B>
void replication<O, B>::review_decide(std::uint32_t who, instant at) {
  const world& w = *world_;
  matter& m = matters_[who];
  const auto& r = w.setting().review;
  const auto [luck, ask, recheck, hearing] = four<draw::review_settle>(m, m.rounds);
  if (luck < logistic(settlement_odds(m, uniform<draw::opinion>(m, m.rounds)) - 0.5)) {
    settle(who, case_event::content, at);
    return;
  }
  ++m.generation();
  if (ask < r.recheck_share) {
    step(who, case_event::ask_recheck, at);
    double days = laws_->recheck_days(recheck, r.recheck_days_mean);
    if (hearing < r.hearing_share) days += r.hearing_days;  // L16: not counted by the clock
    schedule(at + minutes(static_cast<std::int32_t>((std::min)(days, 2000.0) * minutes_per_day)), happening::rechecked, who);
    return;
  }
  const day end = day(due_day(case_clock::recheck_window, m.replied)) + calendar_days(1);
  schedule(later(instant(end, minutes(0)), at), happening::window_ended, who);
}

/// Row 18.
template <ownership_policy O, class B>
void replication<O, B>::recheck(std::uint32_t who, instant at) {
  step(who, case_event::close_recheck, at);
  close_unsettled(who, at);
}

/// Closed on paper only: the petitioner may come again, and a return visit is due (row 20, R27).
template <ownership_policy O, class B>
void replication<O, B>::close_unsettled(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  m.closed_on = today_.since_1970();
  m.closed_once = true;
  if (uniform<draw::repeat_again>(m, m.rounds) < world_->setting().repeats.after_close_share) {
    schedule_repeat(who, at, world_->setting().repeats.after_close_days);
  } else {
    ++m.repeat_generation();
  }
  if (!world_->setting().return_visits.open || m.return_tried) return;
  m.trigger = return_trigger::closed_unsettled;
  step(who, case_event::schedule_return, at);
  schedule_return(who, at);
}

/// Peace: the petitioner's next move is called off, though some rebound (R28).
template <ownership_policy O, class B>
void replication<O, B>::settle(std::uint32_t who, case_event how, instant at) {
  matter& m = matters_[who];
  step(who, how, at);
  m.settled = true;
  ++m.generation();
  ++m.repeat_generation();
  const std::int32_t today = today_.since_1970();
  m.closed_on = today;
  m.closed_once = true;
  if (m.settled_on == never) m.settled_on = today;
  if (counting_) {
    out_.sums.add(metric::settle_days, cells_of(m), today - m.registered, 1);
    out_.sums.add(metric::leader_hours_per_settled, world_->layout().at(dimension::all, 0), 0, 1);
  }
  const auto& r = world_->setting().repeats;
  if (m.rebounds >= 5) return;
  const auto [rebounds, after, u2, u3] = four<draw::rebound>(m, m.rebounds);
  if (rebounds < r.rebound_share) {
    const double days = 1 + exponential(after, r.rebound_days);
    schedule(at + minutes(static_cast<std::int32_t>((std::min)(days, 20000.0)) * minutes_per_day), happening::petition_again, who);
  }
}

/// A new round of handling (rows 15, 22): a new clock, the old owner, the old unit.
template <ownership_policy O, class B>
void replication<O, B>::reopen(std::uint32_t who, instant at) {
  matter& m = matters_[who];
  ++m.rounds;
  ++m.generation();
  m.accepted = today_.since_1970();
  m.reply_due = due_day(case_clock::handle, m.accepted);
  m.extended = false;
  m.late_now = false;
  m.simplified = false;
  m.stage = 0;
  m.stages = static_cast<std::uint8_t>(1 + laws_->further_stages(uniform<draw::stages>(m, m.rounds)));
  join_line(who, at);
}

}  // namespace sifang

#endif
