// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_RETURN_VISITS_HPP
#define SIFANG_COUNTY_YEAR_RETURN_VISITS_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/county/year/offices.hpp"
#include "sifang/county/year/settlement.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/reception/return_visits.hpp"

#include <cstdint>

namespace sifang {

/// Door four: what comes of return visits (R27-R31). They were booked when they came to be owed. No state of its own.
template <class State>
class year_return_visits {
 public:
  /// \param s, settlement, offices  outlive the part
  year_return_visits(State& s, year_settlement<State>& settlement, year_offices<State>& offices) noexcept
      : s_(&s), settlement_(&settlement), offices_(&offices) {}

  /// Row 22: the owner with the place and matter units (R29) learns why, helps, and settles it, or not.
  void visit(std::uint32_t who, instant at) {
    const world& w = *s_->county;
    matter& m = s_->matters[who];
    const auto& door = w.setting().return_visits;
    m.door = door::return_visit;
    s_->note_hearing(m, m.owner);
    ++m.generation();  // a visit made at an appointment replaces the planned one
    m.return_tried = true;
    s_->tell.return_visit(at, m, party_of(m));
    const double z = door.intercept + door.complexity * m.complexity + door.persistence * m.persistence + door.carried_odds * m.odds;
    const std::uint32_t visit = m.returns++;
    const auto [luck, again, u2, u3] = s_->template four<draw::return_settle>(m, visit);
    if (luck < logistic(z)) {
      m.content = true;
      settlement_->settle(who, case_event::return_settled, at);
    } else if (m.rounds < fixed::most_rounds && m.office != no_index && again < door.reopened_share) {
      s_->step(who, case_event::return_reopened, at);
      offices_->reopen(who, at);
    } else {
      s_->step(who, case_event::return_unsettled, at);
      settlement_->close_unsettled(who, at);
    }
  }

 private:
  [[nodiscard]] told_return_visit party_of(const matter& m) const noexcept {
    const world& w = *s_->county;
    const std::uint32_t subject = w.matter_office(m.category);
    told_return_visit party;
    party.place_head = w.offices()[w.townships()[m.township].office].head;
    if (subject != no_index) party.matter_head = w.offices()[subject].head;
    party.complete = is_complete({m.owner.valid(), party.place_head.valid(), party.matter_head.valid()}, true, subject != no_index);
    return party;
  }

  State* s_;
  year_settlement<State>* settlement_;
  year_offices<State>* offices_;
};

}  // namespace sifang

#endif
