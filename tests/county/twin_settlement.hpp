// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COUNTY_TWIN_SETTLEMENT_HPP
#define SIFANG_TESTS_COUNTY_TWIN_SETTLEMENT_HPP

#include "twin.hpp"

/// The twin's petitioner after the reply: decision, rating, review, recheck, closure, peace, rebound (L13-L18, L20; rows 12-21, 25, 28).
namespace sifang_tests::twin {

/// Log odds of peace (DOMAIN 9.3). Ten repeats are felt at most.
inline double year::odds_of_peace(const grievance& c, double opinion) const {
  const auto& s = s_.settlement;
  double z = s.intercept + s.complexity * c.complexity + s.persistence * c.persistence + s.repeat * std::min(c.repeats, 10) + c.odds;
  z += s.delay_per_30_days * (today_ - *c.registered).count / 30.0;
  if (c.cross_department) z += s.departments;
  if (c.misrouted) z += s.misrouted;
  if (c.extended) z += s.extended;
  const official_id owner = in_office(c.owner);
  if (w_.is_county_leader(owner)) z += s.leader_owner;
  if (owner.valid()) z += s.owner_load * owned_by(owner);
  const verdict v = verdict_of(opinion);
  return z + (v == verdict::support ? s.supported : v == verdict::explain ? 0.0 : s.not_supported);
}
/// L12.
inline verdict year::verdict_of(double opinion) const {
  if (opinion < s_.settlement.supported_share) return verdict::support;
  return opinion < s_.settlement.supported_share + s_.settlement.explained_share ? verdict::explain : verdict::not_support;
}

/// Row 12; else row 13 for a claim, or row 19 when the window has ended. Meetings since the reply can still turn the petitioner.
inline void year::decides(std::size_t who, instant at) {
  grievance& c = cases_[who];
  const recorded_arrival* const told = told_of(c);
  if (!c.content && (told == nullptr || !told->settled))
    c.content = luck(c, draw::settle, c.rounds) < logistic(odds_of_peace(c, luck(c, draw::opinion, c.rounds)));
  rates(who, at);
  if (c.content) return makes_peace(who, case_event::content, at);
  if (!c.claim || told != nullptr || luck(c, draw::ask_review, c.rounds) >= s_.review.ask_share)
    return waits_for_end(who, case_clock::review_window, at);
  step(who, case_event::ask_review, at);
  c.asked = today_;
  c.late_now = false;
  plan_file(in_days(at, review_days_(luck(c, draw::review_days, c.rounds), s_.review.review_days_mean)), errand::review_is_given, who);
}

/// Some rate both bodies (L20).
inline void year::rates(std::size_t who, instant at) {
  const grievance& c = cases_[who];
  const auto& r = s_.rating;
  const double late = c.overdue ? r.late_penalty : 0;
  bool given = luck(c, draw::participation) < (c.content ? r.participation : r.unsettled_participation);
  bool satisfied = luck(c, draw::authority_rating) < (c.content ? r.authority_settled : r.authority_unsettled) - late;
  if (const recorded_arrival* const told = told_of(c); told != nullptr && told->rated) {
    given = told->satisfaction.has_value();
    satisfied = given && told->satisfaction != grade::unsatisfied;
  }
  tell(at, "rating", who,
       {number(given), number(satisfied),
        number(luck(c, draw::bureau_rating) < (c.content ? r.bureau_settled : r.bureau_unsettled) - late * r.bureau_late_share)});
}

/// The opinion of a review or recheck is given, in time or late (row 24).
inline void year::opinion_is_due(std::size_t who, case_clock which, instant at) {
  fulfil(who, which, *cases_[who].asked, at);
  cases_[who].late_now = false;
}

/// Row 15, three times at most, or row 14.
inline void year::review_is_given(std::size_t who, instant at) {
  grievance& c = cases_[who];
  opinion_is_due(who, case_clock::review, at);
  if (c.rounds < 3 && luck(c, draw::upheld, c.rounds) >= s_.review.upheld_share) {
    step(who, case_event::send_back, at);
    return handles_anew(who, at);
  }
  step(who, case_event::uphold, at);
  c.replied = today_;
  const double days =
      std::min(exponential(luck(c, draw::decide_days, 100 + c.rounds), s_.settlement.decide_days), number(s_.clocks.recheck_window.count));
  plan_file(at + minutes(static_cast<std::int32_t>(days * 24 * 60)), errand::decides_on_review, who);
}

/// Row 17, row 16, or row 19 when the window has ended. Days of a hearing are not counted (L16).
inline void year::decides_on_review(std::size_t who, instant at) {
  grievance& c = cases_[who];
  const double z = odds_of_peace(c, luck(c, draw::opinion, c.rounds)) + s_.review.settle_effect;
  if (luck(c, draw::review_settle, c.rounds) < logistic(z)) return makes_peace(who, case_event::content, at);
  if (luck(c, draw::ask_recheck, c.rounds) >= s_.review.recheck_share) return waits_for_end(who, case_clock::recheck_window, at);
  step(who, case_event::ask_recheck, at);
  const bool hearing = luck(c, draw::hearing, c.rounds) < s_.review.hearing_share;
  c.hearing = calendar_days(hearing ? static_cast<std::int32_t>(std::ceil(s_.review.hearing_days)) : 0);
  if (c.hearing.count > 0) tell_without_due(at, "recheck hearing", who, {number(c.hearing.count)});
  c.asked = today_;
  c.late_now = false;
  const double days = recheck_days_(luck(c, draw::recheck_days, c.rounds), s_.review.recheck_days_mean) + c.hearing.count;
  plan_file(in_days(at, days), errand::recheck_is_given, who);
}

/// Row 18.
inline void year::recheck_is_given(std::size_t who, instant at) {
  opinion_is_due(who, case_clock::recheck, at);
  cases_[who].rechecked = true;
  step(who, case_event::close_recheck, at);
  closed_unsettled(who, at);
}
/// The window to ask for more is open up to and including its last day.
inline void year::waits_for_end(std::size_t who, case_clock window, instant at) {
  const day last = due_day(s_.clocks, window, *cases_[who].replied, w_.calendar());
  plan_file(std::max(instant(last + calendar_days(1), minutes(0)), at), errand::window_ends, who);
}

/// Closed on paper only: the petitioner may come again, and is owed a return visit, once (row 20, R27).
inline void year::closed_unsettled(std::size_t who, instant at) {
  const grievance& c = cases_[who];
  if (told_of(c) != nullptr) return;
  forget_move(who);
  if (luck(c, draw::repeat_again, c.rounds) < s_.repeats.after_close_share) plans_next_move(who, at, s_.repeats.after_close_days);
  if (s_.return_visits.open && !c.return_tried) owes_return_visit(who, at, {});
}

/// Rows 10, 12, 17, 22: all that was planned is called off. Some rebound, at most five times (R28); fewer of those who were visited, and of
/// those who were helped (R31).
inline void year::makes_peace(std::size_t who, case_event how, instant at) {
  grievance& c = cases_[who];
  step(who, how, at);
  c.at_peace = true;
  calls_off(who);
  double chance = s_.repeats.rebound_share;
  if (c.returns > 0) {
    const double factor = s_.return_visits.rebound_factor * (c.helped ? s_.return_visits.help_rebound_factor : 1.0);
    chance *= factor;
  }
  if (c.rebounds >= 5 || told_of(c) != nullptr || luck(c, draw::rebound, c.rebounds) >= chance) return;
  plan(in_whole_days(at, 1 + exponential(luck(c, draw::rebound_after, c.rebounds), s_.repeats.rebound_days)), errand::petitions_again, who);
}
/// The reason for all that was planned is gone (M1).
inline void year::calls_off(std::size_t who) {
  forget_file(who);
  forget_move(who);
  cases_[who].visiting = cases_[who].will_write = cases_[who].listed = false;
}

/// A later petition after peace (row 21), after closure (row 20) or before the return visit (row 25).
/// \returns whether it is handled anew
inline bool year::comes_again(std::size_t who, instant at, official_id receiver) {
  grievance& c = cases_[who];
  const bool visits = s_.return_visits.open;
  if (c.state == case_state::settled) {
    ++c.rebounds;
    c.at_peace = false;
    c.trigger = return_trigger::rebounded;
    step(who, visits ? case_event::rebound : case_event::rebound_reopened, at);
    if (visits) books_return_visit(who, at, receiver);
    return !visits;
  }
  if (c.state == case_state::procedurally_closed && visits) {
    owes_return_visit(who, at, receiver);
  } else if (c.state == case_state::return_visit_due) {
    step(who, case_event::petition_again, at);
    return true;
  }
  return false;
}

/// Row 28: some matters would end by themselves, if they are open so long.
inline void year::may_withdraw(std::size_t who, instant at) {
  const grievance& c = cases_[who];
  if (luck(c, draw::withdraws) >= s_.settlement.withdrawn_share) return;
  plan(in_whole_days(at, 1 + exponential(luck(c, draw::withdraw_after), s_.settlement.withdrawn_days)), errand::is_withdrawn, who);
}
inline void year::withdraws(std::size_t who, instant at) {
  if (!is_open(cases_[who].state)) return;
  note_late(who, at);
  std::erase(line_, who);
  step(who, case_event::withdraw, at);
  calls_off(who);
  handler_is_free(who, at);
}

}  // namespace sifang_tests::twin

#endif
