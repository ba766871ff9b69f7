// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COUNTY_TWIN_OFFICES_HPP
#define SIFANG_TESTS_COUNTY_TWIN_OFFICES_HPP

#include "twin.hpp"

/// The twin's units and their handlers: acceptance, rounds of work and waiting, extension, reply (L4, L10-L12, L19).
namespace sifang_tests::twin {

/// Work at a desk, of the handler who has the case or, if nobody has, of the one of its unit who is free first, of several the first.
inline double year::works_at_desk(std::size_t who, instant at, double length) {
  const grievance& c = cases_[who];
  const std::size_t by = c.handler != none ? c.handler : free_first(c.unit);
  return gets_work(by, length, at, [&](const piece_of_work& p) { tell(at, "work", who, {p.begins, p.length}); });
}
/// It is read, which takes a part of the time where it is simple (L4).
inline instant year::is_read(std::size_t who, instant at) {
  return handler_hours_.when(
      works_at_desk(who, at, s_.handling.accept_minutes * (cases_[who].simplified ? s_.handling.simplified_work : 1.0)));
}

/// Row 6: the 60 days run (L10), or the ten working days of a simple matter, which is one piece of work (L19).
inline void year::accepts(std::size_t who, instant at) {
  grievance& c = cases_[who];
  fulfil(who, case_clock::accept, *c.routed, at);
  step(who, case_event::inform, at);
  c.accepted = today_;
  c.extended = c.late_now = false;
  c.pieces_done = 0;
  const recorded_arrival* const told = told_of(c);
  if (told != nullptr && (told->handling || told->not_replied)) {  // what is recorded stands for the work
    step(who, case_event::investigate, at);
    c.pieces = 0;
    if (told->handling) plan_file(std::max(instant(today_ + *told->handling, minutes(17 * 60)), at), errand::work_is_done, who);
    return;
  }
  if (c.simplified) c.pieces = 1;
  calls_for_extension(who, at);
  joins_line(who, at);
}
inline void year::calls_for_extension(std::size_t who, instant at) {
  const grievance& c = cases_[who];
  if (!wants_extension(c) || c.simplified) return;
  const instant last_call(*due_of(c) - calendar_days(2), minutes(10 * 60));  // two days before the reply is due
  plan(std::max(last_call, at), errand::last_call, who);
}

/// Whether the county's rule asks for an extension, where the law grants one.
inline bool year::wants_extension(const grievance& c) const {
  if (s_.clocks.extension < calendar_days(1)) return false;
  if (s_.handling.extension == extension_rule::complex_only) return c.complexity >= s_.handling.complex_threshold;
  return s_.handling.extension == extension_rule::always;
}

/// Row 9: once, in the two days before the reply is due, not on the last (L11).
inline void year::extends(std::size_t who, instant at) {
  grievance& c = cases_[who];
  if (c.state != case_state::handling || c.extended || !wants_extension(c)) return;
  if (today_ >= *due_of(c) || today_ < *due_of(c) - calendar_days(2)) return;
  (void)works_at_desk(who, at, s_.handling.extension_minutes);
  c.extended = true;
  step(who, case_event::extend, at);
}

inline int year::in_hand(std::size_t handler) const {
  int n = 0;
  for (const grievance& c : cases_) n += c.handler == handler;
  return n;
}

/// A handler of the unit takes it up, or it stands in the unit's line until one has room.
inline void year::joins_line(std::size_t who, instant at) {
  const bool somebody_waits =
      std::any_of(line_.begin(), line_.end(), [&](std::size_t other) { return cases_[other].unit == cases_[who].unit; });
  if (!somebody_waits) takes_up(who, at);
  if (cases_[who].handler == none) line_.push_back(who);
}

/// Row 8: the handler with the fewest cases, of several the first, if that is fewer than the limit.
inline void year::takes_up(std::size_t who, instant at) {
  grievance& c = cases_[who];
  const office& o = w_.offices()[c.unit];
  std::size_t best = o.first_handler;
  for (std::size_t h = best; h < o.first_handler + o.handlers; ++h) {
    if (in_hand(h) < in_hand(best)) best = h;
  }
  if (in_hand(best) >= s_.handling.case_limit) return;
  c.handler = best;
  if (c.state == case_state::accepted) step(who, case_event::investigate, at);
  begins_piece(who, at);
}

/// A piece of work, after whatever else the handler has begun.
inline void year::begins_piece(std::size_t who, instant at) {
  grievance& c = cases_[who];
  const int index = c.rounds * 64 + c.pieces_done;
  const double hours = s_.categories[c.category].work_hours * (c.simplified ? s_.handling.simplified_work : 1.0);
  const double mean = hours * 60 / std::max(c.pieces, 1) * (1 + s_.handling.complexity_work * std::max(c.complexity, 0.0));
  c.wait_luck = luck(c, draw::stage_wait, index);
  const double length = piece_minutes_(luck(c, draw::stage_work, index), mean);
  const double ends = gets_work(c.handler, length, at, [&](const piece_of_work& p) { tell(at, "work", who, {p.begins, p.length}); });
  plan_file(std::max(handler_hours_.when(ends), at), errand::work_is_done, who);
}

/// Others are waited for, longer across departments and at the wrong unit, shorter under an owner's eye; or the reply is ready.
inline void year::ends_piece(std::size_t who, instant at) {
  grievance& c = cases_[who];
  if (++c.pieces_done >= c.pieces) return replies(who, at);
  double days = wait_days_(c.wait_luck, s_.handling.wait_days_mean);
  if (c.cross_department) days += s_.handling.cross_department_days;
  if (c.misrouted) days *= s_.handling.misrouted_wait;
  days *= left_of_waiting(c);
  plan_file(in_days(at, days), errand::wait_is_over, who);
}

/// A meeting cuts what is left of the waiting, and raises the odds of peace (R20).
inline void year::helps(std::size_t who, instant at, const meeting_setting& how) {
  grievance& c = cases_[who];
  ++c.meetings;
  c.odds += how.odds_effect;
  for (const pending& p : due_) {
    if (p.who != who || p.what != errand::wait_is_over || p.at <= at) continue;
    const int left = (p.at - at).count;
    return plan_file(at + minutes(static_cast<std::int32_t>(left * (1 - how.wait_cut))), errand::wait_is_over, who);
  }
}

/// Rows 15, 21, 22 and 25: a new round with a new clock, at the old unit; simple no more.
inline void year::handles_anew(std::size_t who, instant at) {
  grievance& c = cases_[who];
  forget_file(who);
  std::erase(come_back_, who);  // what they came again for is handled
  ++c.rounds;
  c.accepted = today_;
  c.extended = c.late_now = c.simplified = false;
  c.pieces_done = 0;
  c.pieces = 1 + static_cast<int>(count_law::geometric(std::max(s_.handling.stages_mean - 1, 0.0), 19)(luck(c, draw::stages, c.rounds)));
  calls_for_extension(who, at);
  joins_line(who, at);
}

/// The handler of a case has room for another of the unit's line: who came first, or whose reply is due first.
inline void year::handler_is_free(std::size_t who, instant at) {
  if (cases_[who].handler == none) return;
  cases_[who].handler = none;
  std::size_t next = none;
  for (std::size_t other : line_) {
    if (cases_[other].unit != cases_[who].unit) continue;
    const bool sooner = next != none && s_.handling.order == handling_rule::by_due_date && *due_of(cases_[other]) < *due_of(cases_[next]);
    if (next == none || sooner) next = other;
  }
  if (next == none) return;
  std::erase(line_, next);
  takes_up(next, at);
}

/// Row 10, mediation, or row 11, the written opinion (L12).
inline void year::replies(std::size_t who, instant at) {
  grievance& c = cases_[who];
  fulfil(who, case_clock::handle, *c.accepted, at);
  c.replied = today_;
  const double opinion = luck(c, draw::opinion, c.rounds);
  c.content = luck(c, draw::settle, c.rounds) < logistic(odds_of_peace(c, opinion));
  const recorded_arrival* const told = told_of(c);
  if (told != nullptr && told->settled) c.content = *told->settled;
  if (c.content && luck(c, draw::mediation, c.rounds) < s_.handling.mediation_share) {
    makes_peace(who, case_event::mediate, at);
    rates(who, at);
    return handler_is_free(who, at);
  }
  tell(at, "opinion", who, {number(verdict_of(opinion))});
  step(who, case_event::reply, at);
  double days =
      std::min(exponential(luck(c, draw::decide_days, c.rounds), s_.settlement.decide_days), number(s_.clocks.review_window.count));
  if (told != nullptr) days = 0;
  plan_file(at + minutes(static_cast<std::int32_t>(days * 24 * 60)), errand::petitioner_decides, who);
  handler_is_free(who, at);
}

}  // namespace sifang_tests::twin

#endif
