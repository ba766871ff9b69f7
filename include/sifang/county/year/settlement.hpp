// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_SETTLEMENT_HPP
#define SIFANG_COUNTY_YEAR_SETTLEMENT_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/year/event.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/county/year/ownership.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/guards.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/reception/return_visits.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace sifang {

/// What the petitioner makes of a reply: decision, rating, review, recheck, closure, peace, rebound, and when they turn to
/// the system again. Keeps the book of return visits that are owed.
template <class State>
class year_settlement {
 public:
  /// \param s, ownership  outlive the part
  year_settlement(State& s, year_ownership<State>& ownership) noexcept : s_(&s), ownership_(&ownership) {}

  /// Nothing is owed yet.
  void start() { book_.reset(s_->county->org().officials().size(), s_->setting().return_visits.visits_per_week); }

  /// Log odds of settlement. \param opinion  luck that decides whether the reply supports the petition (L12)
  [[nodiscard]] double odds(const matter& m, double opinion) const noexcept {
    const auto& s = s_->setting().settlement;
    double z = s.intercept + s.complexity * m.complexity + s.persistence * m.persistence +
               s.repeat * (std::min<int>)(m.repeats, fixed::most_repeats_felt) + m.odds;
    z += s.delay_per_30_days * (s_->date() - m.registered) / 30.0;
    z += m.cross_department * s.departments;
    z += m.misrouted * s.misrouted;
    z += m.extended * s.extended;
    const official_id owner = s_->in_office(m.owner);
    z += s_->county->is_county_leader(owner) * s.leader_owner;
    z += owner.valid() * s.owner_load * s_->owned[s_->place_of(owner)];
    const std::array<double, 3> of_opinion{s.supported, 0.0, s.not_supported};
    return z + of_opinion[static_cast<std::size_t>(verdict_of(opinion))];
  }
  /// What the written opinion says (L12). \param opinion  luck that decides it
  [[nodiscard]] verdict verdict_of(double opinion) const noexcept {
    const auto& s = s_->setting().settlement;
    return static_cast<verdict>(static_cast<int>(opinion >= s.supported_share) +
                                static_cast<int>(opinion >= s.supported_share + s.explained_share));
  }

  /// Rows 12, 13 or, when the window ends, 19.
  void decide(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    // Meetings since the reply can still turn the petitioner: the same luck against better odds.
    const recorded_arrival* const record = s_->record_of(m);
    if (!m.content && !(record != nullptr && record->settled)) {
      const auto [luck, mediation, opinion, decision] = s_->template four<draw::settle>(m, m.rounds);
      m.content = luck < logistic(odds(m, opinion));
    }
    rate(m, at);
    if (m.content) return settle(who, case_event::content, at);
    ++m.generation();
    const auto& r = s_->setting().review;
    if (record == nullptr && may_be_reviewed(m.claim ? petition_type::claim : petition_type::opinion) &&
        s_->template uniform<draw::ask_review>(m, m.rounds) < r.ask_share) {
      s_->step(who, case_event::ask_review, at);
      await_opinion(m, case_clock::review, calendar_days(0));
      const double days = s_->laws->review_days(s_->template uniform<draw::review_days>(m, m.rounds), r.review_days_mean);
      s_->schedule(at + as_minutes(days), happening::reviewed, who);
      return;
    }
    await_end(who, case_clock::review_window, at);
  }

  /// The petitioner may rate both authorities; only some do (参评率).
  void rate(const matter& m, instant at) {
    const auto& r = s_->setting().rating;
    const auto [taking_part, authority, bureau, again] = s_->template four<draw::participation>(m);
    const double late = m.overdue ? r.late_penalty : 0;
    told_rating said;
    said.given = taking_part < (m.content ? r.participation : r.unsettled_participation);
    said.authority = authority < (m.content ? r.authority_settled : r.authority_unsettled) - late;
    if (const recorded_arrival* const record = s_->record_of(m); record != nullptr && record->rated) {
      said.given = record->satisfaction.has_value();
      said.authority = said.given && *record->satisfaction != grade::unsatisfied;
    }
    said.bureau = bureau < (m.content ? r.bureau_settled : r.bureau_unsettled) - late * r.bureau_late_share;
    s_->tell.rating(at, m, said);
  }

  /// Rows 14 and 15. \returns whether the matter was sent back and must be handled anew
  [[nodiscard]] bool review(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    give_opinion(who, case_clock::review, at);
    if (m.rounds < fixed::most_rounds && s_->template uniform<draw::upheld>(m, m.rounds) >= s_->setting().review.upheld_share) {
      s_->step(who, case_event::send_back, at);
      return true;
    }
    s_->step(who, case_event::uphold, at);
    m.replied = s_->date();
    const double days =
        (std::min)(exponential(s_->template uniform<draw::decide_days>(m, 100u + m.rounds), s_->setting().settlement.decide_days),
                   static_cast<double>(s_->setting().clocks.recheck_window.count));
    ++m.generation();
    s_->schedule(at + minutes(static_cast<std::int32_t>(days * minutes_per_day)), happening::review_decide, who);
    return false;
  }

  /// Rows 16, 17 or, when the window ends, 19.
  void review_decide(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    const auto& r = s_->setting().review;
    const auto [luck, ask, recheck_luck, hearing] = s_->template four<draw::review_settle>(m, m.rounds);
    if (luck < logistic(odds(m, s_->template uniform<draw::opinion>(m, m.rounds)) + r.settle_effect))
      return settle(who, case_event::content, at);
    ++m.generation();
    if (ask < r.recheck_share) {
      s_->step(who, case_event::ask_recheck, at);
      double days = s_->laws->recheck_days(recheck_luck, r.recheck_days_mean);
      const calendar_days heard(hearing < r.hearing_share ? static_cast<std::int32_t>(std::ceil(r.hearing_days)) : 0);
      if (heard > calendar_days(0)) s_->tell.recheck_hearing(at, m, heard.count);
      days += heard.count;  // L16: not counted by the clock
      await_opinion(m, case_clock::recheck, heard);
      s_->schedule(at + as_minutes(days), happening::rechecked, who);
      return;
    }
    await_end(who, case_clock::recheck_window, at);
  }

  /// Row 18.
  void recheck(std::uint32_t who, instant at) {
    give_opinion(who, case_clock::recheck, at);
    s_->matters[who].rechecked = true;
    s_->step(who, case_event::close_recheck, at);
    close_unsettled(who, at);
  }
  /// Row 19.
  void end_window(std::uint32_t who, instant at) {
    s_->matters[who].rechecked = false;
    s_->step(who, case_event::window_ends, at);
    close_unsettled(who, at);
  }

  /// Closed on paper only: the petitioner may come again, and a return visit is due (row 20, R27).
  void close_unsettled(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    m.closed_on = s_->date();
    m.closed_once = true;
    if (s_->record_of(m) != nullptr) return;  // what comes of it is recorded by itself
    if (s_->template uniform<draw::repeat_again>(m, m.rounds) < s_->setting().repeats.after_close_share) {
      turn_again(who, at, s_->setting().repeats.after_close_days);
    } else {
      ++m.repeat_generation();
    }
    if (s_->setting().return_visits.open && !m.return_tried) owe_return(who, at, {});
  }

  /// Peace: whatever the petitioner or a leader had planned is called off, though some rebound (R28).
  void settle(std::uint32_t who, case_event how, instant at) {
    matter& m = s_->matters[who];
    m.settled_door = m.door;
    m.last_settled = s_->date();
    s_->step(who, how, at);
    m.settled = true;
    note_peace(m, true);
    call_off(m);
    m.closed_on = s_->date();
    m.closed_once = true;
    if (m.settled_on == never) m.settled_on = s_->date();
    const auto& r = s_->setting().repeats;
    if (m.rebounds >= fixed::most_rebounds || s_->record_of(m) != nullptr) return;
    const auto [rebounds, after, u2, u3] = s_->template four<draw::rebound>(m, m.rebounds);
    const auto& visits = s_->setting().return_visits;
    double share = r.rebound_share;
    if (m.returns > 0) share *= visits.rebound_factor * (m.helped ? visits.help_rebound_factor : 1.0);  // R31
    if (rebounds < share) s_->schedule(at + whole_days(1 + exponential(after, r.rebound_days)), happening::petition_again, who);
  }

  /// A petition after peace or after closure (rows 20, 21, 25): whoever settled has rebounded, and a return visit is due,
  /// unless the county makes none or the petitioner would not wait for it.
  /// \param receiver  who heard it in person, if anybody: the owner of a case that has none (R12)
  /// \returns whether the matter is in a new round and must be handled anew
  [[nodiscard]] bool come_again(std::uint32_t who, instant at, official_id receiver) {
    matter& m = s_->matters[who];
    const bool visits = s_->setting().return_visits.open;
    if (m.state == case_state::settled) {
      ++m.rebounds;
      if (m.rebound_on == never) m.rebound_on = s_->date();
      m.settled = false;
      m.trigger = return_trigger::rebounded;
      note_peace(m, false);
      s_->step(who, visits ? case_event::rebound : case_event::rebound_reopened, at);
      m.last_settled = never;
      if (visits) book_return(who, at, receiver);
      return !visits;
    }
    if (m.state == case_state::procedurally_closed && visits)
      owe_return(who, at, receiver);
    else if (m.state == case_state::return_visit_due) {
      s_->step(who, case_event::petition_again, at);
      return true;
    }
    return false;
  }

  /// Row 26: nobody came in time; what the file said before, it says again. The petitioner may still come.
  void lapse(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    ++m.generation();
    s_->step(who, m.trigger == return_trigger::rebounded ? case_event::return_lapsed_settled : case_event::return_lapsed_unsettled, at);
  }

  /// A case has the owner that is recorded, if one is.
  void own_recorded(std::uint32_t who, official_id owner, instant at) {
    if (owner.valid()) ownership_->give_recorded(who, owner, at);
  }
  /// A leader reads a letter and owns the matter from then on (L21).
  void read_letter(std::uint32_t who, instant at) { ownership_->give(who, s_->linked_leader(s_->matters[who]), at); }
  /// Some matters end by themselves (row 28), if they are open so long.
  void may_withdraw(std::uint32_t who, instant at) {
    const matter& m = s_->matters[who];
    const auto& s = s_->setting().settlement;
    if (s_->template uniform<draw::withdraws>(m) >= s.withdrawn_share) return;
    const double days = 1 + exponential(s_->template uniform<draw::withdraw_after>(m), s.withdrawn_days);
    s_->schedule(at + whole_days(days), happening::withdrawn, who);
  }
  /// Row 28.
  void withdraw(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    s_->step(who, case_event::withdraw, at);
    call_off(m);
    m.closed_on = s_->date();
    m.closed_once = true;
  }

  /// When the petitioner turns to the system next, if nothing settles the matter before; persistence hurries.
  void turn_again(std::uint32_t who, instant at, double mean_days) {
    matter& m = s_->matters[who];
    ++m.repeat_generation();
    const double mean = mean_days * elementary::exp(-s_->setting().repeats.persistence *
                                                    std::clamp(m.persistence, -fixed::most_persistence, fixed::most_persistence));
    const double days = 1 + exponential(s_->template uniform<draw::repeat_after>(m, m.repeat_draws++), mean);
    s_->schedule(at + whole_days(days), happening::petition_again, who);
  }

  /// The reason for all that was planned is gone: no reply, visit, letter, meeting or return visit comes of it any more.
  void call_off(matter& m) noexcept {
    ++m.generation();
    ++m.repeat_generation();
    m.visiting = m.will_write = m.listed = false;
  }

 private:
  /// The clock of a review or recheck starts (L14, L16). \param not_counted  days of a hearing
  void await_opinion(matter& m, case_clock which, calendar_days not_counted) const noexcept {
    m.asked_on = s_->date();
    m.late_now = false;
    const day nominal = nominal_due(s_->setting().clocks, which, s_->today, s_->county->calendar(), {}) + not_counted;
    m.opinion_due = s_->setting().clocks.last_day(nominal, s_->county->calendar()).since_1970();
  }
  /// Its opinion is given, in time or late (row 24).
  void give_opinion(std::uint32_t who, case_clock which, instant at) {
    matter& m = s_->matters[who];
    s_->tell.duty(at, m, which, day(m.asked_on), day(m.opinion_due));
    if (is_late(s_->today, day(m.opinion_due)) && !m.late_now) s_->miss(who, at);
    m.late_now = false;
  }
  /// Peace, or its end, where figures look at it.
  void note_peace(matter& m, bool peace) const noexcept {
    if (s_->date() <= m.first_routed + s_->setting().resolution_horizon.count) m.resolved = peace;
    if (s_->today <= s_->county->end()) m.settled_at_end = peace;
  }
  /// Row 20.
  void owe_return(std::uint32_t who, instant at, official_id receiver) {
    s_->matters[who].trigger = return_trigger::closed_unsettled;
    s_->step(who, case_event::schedule_return, at);
    book_return(who, at, receiver);
  }
  /// The owner's next free visit from the day that the policy names (R27, R28); where there is none in time, it lapses. What nobody
  /// owns is from now on whose who heard them come again (R12), or the leader's who is linked to the township.
  void book_return(std::uint32_t who, instant at, official_id receiver) {
    matter& m = s_->matters[who];
    ++m.generation();
    const day last = s_->setting().clocks.return_lapses(day(s_->due(case_clock::return_visit, s_->date())));
    s_->schedule(instant(last + calendar_days(1), minutes(0)), happening::return_lapsed, who);
    if (!m.owner.valid()) ownership_->give(who, receiver.valid() ? receiver : s_->linked_leader(m), at);
    if (!m.owner.valid()) return;
    const return_request request{s_->today, m.trigger, m.repeats, static_cast<int>(m.returns), s_->today - day(m.registered)};
    const day due = s_->policies.template ask<detail::slots::return_timing>(m.entity, m.returns, request);
    SIFANG_ASSERT(due >= s_->today, "a return visit is not due before today");
    const auto on = book_.book(m.owner, due < s_->today ? s_->today : due, last);
    if (!on) return;
    s_->schedule(later(instant(s_->county->calendar().next_workday(*on), fixed::return_visit_at), at), happening::return_visit, who);
  }
  void await_end(std::uint32_t who, case_clock window, instant at) {
    const day end = day(s_->due(window, s_->matters[who].replied)) + calendar_days(1);
    s_->schedule(later(instant(end, minutes(0)), at), happening::window_ended, who);
  }

  State* s_;
  year_ownership<State>* ownership_;
  return_visit_book book_;
};

}  // namespace sifang

#endif
