// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COUNTY_TWIN_BUREAU_HPP
#define SIFANG_TESTS_COUNTY_TWIN_BUREAU_HPP

#include "twin.hpp"

/// The twin's petition bureau: registration, the line before its clerks, routing, objections (L1-L5).
namespace sifang_tests::twin {

/// Row 1, and row 2 where another body is in charge. Some letters and calls go straight to the unit (L3); some letters a leader reads
/// (L21).
inline void year::registers(std::size_t who, instant at) {
  grievance& c = cases_[who];
  step(who, case_event::arrive, at);
  c.registered = c.route_from = today_;
  c.by_bureau = true;
  tell(at, "registration", who, {0});
  if (c.litigation) return step(who, case_event::divert, at);
  const bool letter = c.channel == channel::letter && !c.from_above, call = c.channel == channel::phone && !c.from_above;
  if (c.backlog || ((letter || call) && luck(c, draw::direct) < s_.load.direct_share)) {
    c.direct = true;
    c.by_bureau = false;
    step(who, case_event::route, at);  // row 4, without the bureau
    sends(who, at);
  } else {
    waits_for_clerk(who, at);
    if (letter && luck(c, draw::leader_letter) < s_.load.leader_letter_share) gives_owner(who, linked_leader(c), at);
  }
  may_withdraw(who, at);
  plans_next_move(who, at, s_.repeats.open_days);
}

/// As it stands in the record: on its day, with its owner, at its unit at once.
inline void year::registers_as_recorded(std::size_t who, instant at) {
  grievance& c = cases_[who];
  step(who, case_event::arrive, at);
  c.registered = c.route_from = today_;
  c.by_bureau = true;
  tell(at, "registration", who, {0});
  if (c.recorded->owner.valid()) {
    c.owner = c.recorded->owner;
    tell(at, "owned", who, {id(c.owner)});
  }
  step(who, case_event::route, at);
  sends(who, at);
}

/// Row 1 before an official (rows 2, 7 follow). \returns whether it is the county's
inline bool year::registers_heard(std::size_t who, instant at) {
  grievance& c = cases_[who];
  step(who, case_event::arrive, at);
  c.registered = c.route_from = today_;
  tell(at, "registration", who, {0});
  if (c.litigation)
    step(who, case_event::divert, at);
  else
    may_withdraw(who, at);
  return !c.litigation;
}

/// The same matter again: a clerk's work, attached to the case there is; after the end of the process refused (row 3; L17, L18).
inline void year::registers_again(std::size_t who, instant at, official_id receiver) {
  grievance& c = cases_[who];
  tell(at, "registration", who, {1});
  ++c.repeats;
  clerk_work(at, s_.routing.minutes_per_matter);
  if (c.state == case_state::procedurally_closed)
    tell(at, "refused", who, {number(c.rechecked ? refusal_ground::recheck_ended : refusal_ground::window_missed)});
  if (comes_again(who, at, receiver)) handles_anew(who, at);
  const bool listed_already = std::find(come_back_.begin(), come_back_.end(), who) != come_back_.end();
  if (c.state == case_state::procedurally_closed && !listed_already) come_back_.push_back(who);
  const bool at_work = is_open(c.state) && c.state != case_state::return_visit_due;
  plans_next_move(who, at, at_work ? s_.repeats.open_days : s_.repeats.after_close_days);
}

/// Goes to the clerk who is free first, of several the first. \returns when it is done, in working time
inline double year::clerk_work(instant at, double length) {
  std::vector<double> free_at(static_cast<std::size_t>(s_.routing.clerks), 0.0);
  for (const piece_of_work& p : clerk_pieces_) free_at[p.by] = p.begins + p.length;
  const auto by = static_cast<std::size_t>(std::min_element(free_at.begin(), free_at.end()) - free_at.begin());
  const piece_of_work piece{by, std::max(free_at[by], clerk_hours_.passed(at)), length};
  clerk_pieces_.push_back(piece);
  tell_of_day(at, "clerk", {piece.begins, piece.length});
  return piece.begins + piece.length;
}

/// Registered: a clerk will route it (L1).
inline void year::waits_for_clerk(std::size_t who, instant at) {
  grievance& c = cases_[who];
  c.route_from = today_;
  c.late_now = false;
  const double length = routing_work_(luck(c, draw::routing_work, c.bounces),
                                      s_.routing.minutes_per_matter * (c.simplified ? s_.routing.simplified_minutes : 1.0));
  plan_file(std::max(clerk_hours_.when(clerk_work(at, length)), at), errand::is_routed, who);
}

/// Row 4.
inline void year::routes(std::size_t who, instant at) {
  fulfil(who, case_clock::route, *cases_[who].route_from, at);
  step(who, case_event::route, at);
  sends(who, at);
}

/// The unit has it: it objects (L5), or tells the petitioner in writing that it accepts (L4).
inline void year::sends(std::size_t who, instant at) {
  grievance& c = cases_[who];
  c.routed = today_;
  const bool first_and_direct = c.direct && c.bounces == 0;
  const bool decided_above = c.disputed;
  const recorded_arrival* const told = told_of(c);
  chooses_unit(
      who, told == nullptr && !first_and_direct && !decided_above && luck(c, draw::misroute, c.bounces) < s_.routing.misroute_probability);
  if (told != nullptr && told->unit != no_index) {
    c.unit = told->unit;
    c.misrouted = false;
  }
  c.disputed = c.by_bureau && c.cross_department && c.bounces == 0 && told == nullptr && !c.misrouted &&
               luck(c, draw::disputes) < s_.routing.dispute_share;
  c.late_now = false;
  tell(at, "sent", who);
  if (c.disputed || (c.misrouted && luck(c, draw::misroute_found, c.bounces) < s_.routing.misroute_found)) {
    const int within = s_.clocks.objection.count;
    int days = std::min(1 + static_cast<int>(luck(c, draw::objection_days, c.bounces) * within), within);
    day on = today_;
    while (days > 0) days -= w_.calendar().is_workday(++on);
    return plan_file(instant(on, minutes(15 * 60)), errand::unit_objects, who);
  }
  if (told != nullptr && told->not_accepted) return;
  if (told != nullptr && told->acceptance)
    return plan_file(std::max(instant(today_ + *told->acceptance, minutes(16 * 60)), at), errand::unit_accepts, who);
  at = std::max(at, is_read(who, at));
  double days = accept_days_(luck(c, draw::accept_days, c.bounces), s_.routing.accept_days_mean);
  if (c.simplified) days = std::min(days, number(s_.clocks.simplified_accept.count));
  accepts_after(who, at, days);
}

/// The competent unit is the place's or the department's; a mistaken clerk takes the other for it, or any. What came back goes where it
/// seems to belong; else the county's rule of routing decides.
inline void year::chooses_unit(std::size_t who, bool mistaken) {
  grievance& c = cases_[who];
  const std::size_t subject = c.subject, place = w_.townships()[c.township].office;
  const std::size_t competent = c.local || subject == none ? place : subject;
  std::size_t seen_as = competent;
  if (mistaken) {
    const std::size_t other = c.local ? subject : place;
    const bool other_guess = other != none && other != competent;
    seen_as =
        other_guess ? other : static_cast<std::size_t>(luck(c, draw::misroute_unit, c.bounces) * static_cast<double>(w_.offices().size()));
  }
  const auto burden = [&](std::size_t unit) {
    const office& o = w_.offices()[unit];
    double sum = 0;
    for (std::uint32_t h = 0; h < o.handlers; ++h) sum += in_hand(o.first_handler + h);
    return sum / o.handlers;
  };
  c.unit = seen_as;
  if (c.bounces == 0) {
    if (s_.routing.rule == routing_rule::by_territory) c.unit = place;
    if (s_.routing.rule == routing_rule::by_subject) c.unit = subject != none ? subject : place;
    if (s_.routing.rule == routing_rule::least_burdened) c.unit = subject != none && burden(subject) < burden(place) ? subject : place;
  }
  c.misrouted = c.unit != competent;
}

/// So many days from today, and when it has been read, on a workday, in the afternoon.
inline void year::accepts_after(std::size_t who, instant read, double days) {
  if (read.date() > w_.last()) return plan_file(read, errand::unit_accepts, who);
  const day on = workday_from(std::max(today_ + calendar_days(static_cast<std::int32_t>(std::min(days, 2000.0))), read.date()));
  plan_file(std::max(instant(on, minutes(16 * 60)), read), errand::unit_accepts, who);
}

/// Row 5, if it is in time and the bureau agrees, twenty times at most; else the unit must accept. In a dispute the common superior
/// says who accepts, some workdays later (L6).
inline void year::objects(std::size_t who, instant at) {
  grievance& c = cases_[who];
  if (c.disputed) {
    const bool late = today_ > *due_of(c) && !c.late_now;
    ++c.bounces;
    if (late) miss(who, at);
    step(who, case_event::object, at);
    tell(at, "objection", who, {1});
    c.route_from = today_;
    c.late_now = false;
    day on = today_;
    for (int left = s_.routing.dispute_days; left > 0;) left -= w_.calendar().is_workday(++on);
    return plan_file(std::max(instant(on, minutes(15 * 60)), at), errand::is_routed, who);
  }
  const day last = s_.clocks.last_day(s_.clocks.objection_due(*c.routed, w_.calendar()), w_.calendar());
  if (today_ > last || c.bounces >= 20 || luck(c, draw::objection_agreed, c.bounces) >= s_.routing.objection_agreed) {
    tell(at, "objection", who, {0});
    const double days = accept_days_(luck(c, draw::accept_days, c.bounces), s_.routing.accept_days_mean);
    return accepts_after(who, at, days);
  }
  const bool late = today_ > *due_of(c) && !c.late_now;
  ++c.bounces;
  if (late) miss(who, at);
  step(who, case_event::object, at);
  tell(at, "objection", who, {1});
  waits_for_clerk(who, at);
}

}  // namespace sifang_tests::twin

#endif
