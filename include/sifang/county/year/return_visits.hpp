// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_RETURN_VISITS_HPP
#define SIFANG_COUNTY_YEAR_RETURN_VISITS_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/year/diary.hpp"
#include "sifang/county/year/event.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/county/year/offices.hpp"
#include "sifang/county/year/settlement.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/reception/return_visits.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace sifang {

/// Door four: return visits (R27-R31): who goes, what they find and do. They were booked for a day when they came to be owed.
template <class State>
class year_return_visits {
 public:
  /// \param s, diary, settlement, offices  outlive the part
  year_return_visits(State& s, year_diary<State>& diary, year_settlement<State>& settlement, year_offices<State>& offices) noexcept
      : s_(&s), diary_(&diary), settlement_(&settlement), offices_(&offices) {}

  /// Row 22, when the owner and the heads of the place and matter units (R29) have the time; else on the next workday, as long as it has
  /// not lapsed.
  void go(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    people_.clear();
    add_party(m, people_);
    if (m.visit_placed != at) {
      const unit_id where = s_->county->villages()[m.village].where;
      const auto begins = diary_->place(people_, s_->minute_of(at), s_->setting().return_visits.length, where);
      if (!begins) {
        s_->tell.put_off(s_->today, &m, field_duty::return_visit, false);
        const day on = s_->county->calendar().next_workday(s_->today + calendar_days(1));
        return s_->schedule(instant(on, fixed::return_visit_at), happening::return_visit, who);
      }
      m.visit_placed = instant(s_->today, *begins);
      if (m.visit_placed != at) return s_->schedule(m.visit_placed, happening::return_visit, who);
    }
    for (official_id one : people_) diary_->keep(one, s_->minute_of(at));
    visit(who, at);
  }
  /// What comes of it: they learn why, or not, and do what the reason asks for (R30); who then still has not settled is closed as before,
  /// or handled anew where the unit must act.
  void visit(std::uint32_t who, instant at) {
    const world& w = *s_->county;
    matter& m = s_->matters[who];
    const auto& door = w.setting().return_visits;
    m.door = door::return_visit;
    s_->note_hearing(m, m.owner);
    ++m.generation();  // a visit made at an appointment replaces the planned one
    m.return_tried = true;
    const std::uint32_t visit = m.returns++;
    const auto [luck, again, finds, helps] = s_->template four<draw::return_settle>(m, visit);
    told_return_visit told = party_of(m);
    if (finds < (told.complete ? door.found_share : door.found_incomplete_share)) told.reason = reason_of(m);
    const auto asks_for = [&](remedy which) { return told.reason && remedy_of(*told.reason) == which; };
    told.helped = asks_for(remedy::help) && helps < door.help_share;
    m.helped = m.helped || told.helped;
    s_->tell.return_visit(at, m, told);
    double z = door.intercept + door.complexity * m.complexity + door.persistence * m.persistence + door.carried_odds * m.odds;
    z += told.helped ? door.help_effect : 0.0;
    z += asks_for(remedy::talk) ? door.talk_effect : 0.0;
    z += asks_for(remedy::apology) ? door.apology_effect : 0.0;
    if (luck < logistic(z)) {
      m.content = true;
      settlement_->settle(who, case_event::return_settled, at);
    } else if (asks_for(remedy::action) && m.rounds < fixed::most_rounds && m.office != no_index && again < door.reopened_share) {
      s_->step(who, case_event::return_reopened, at);
      offices_->reopen(who, at);
    } else {
      s_->step(who, case_event::return_unsettled, at);
      settlement_->close_unsettled(who, at);
    }
  }
  /// Adds whom R29 asks for, and there is, each once.
  void add_party(const matter& m, std::vector<official_id>& people) const {
    const told_return_visit party = party_of(m);
    for (official_id one : {m.owner, party.place_head, party.matter_head}) {
      if (one.valid() && std::find(people.begin(), people.end(), one) == people.end()) people.push_back(one);
    }
  }

 private:
  /// Why they have not settled with this round of handling, found or not.
  [[nodiscard]] unsettled_reason reason_of(const matter& m) const noexcept {
    const auto& door = s_->setting().return_visits;
    const double luck = s_->template uniform<draw::unsettled_reason>(m, m.rounds);
    const double hardship = door.promise_share, facts = hardship + door.hardship_share, attitude = facts + door.new_facts_share,
                 outcome = attitude + door.attitude_share;
    return static_cast<unsettled_reason>((luck >= hardship) + (luck >= facts) + (luck >= attitude) + (luck >= outcome));
  }
  [[nodiscard]] told_return_visit party_of(const matter& m) const noexcept {
    const world& w = *s_->county;
    const std::uint32_t subject = m.subject;
    told_return_visit party;
    party.place_head = w.offices()[w.townships()[m.township].office].head;
    if (subject != no_index) party.matter_head = w.offices()[subject].head;
    party.complete = is_complete({m.owner.valid(), party.place_head.valid(), party.matter_head.valid()}, true, subject != no_index);
    return party;
  }

  State* s_;
  year_diary<State>* diary_;
  year_settlement<State>* settlement_;
  year_offices<State>* offices_;
  std::vector<official_id> people_;  ///< working memory
};

}  // namespace sifang

#endif
