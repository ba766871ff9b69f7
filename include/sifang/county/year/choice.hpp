// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_CHOICE_HPP
#define SIFANG_COUNTY_YEAR_CHOICE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/behaviour.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/year/bureau.hpp"
#include "sifang/county/year/event.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/county/year/reception.hpp"
#include "sifang/county/year/settlement.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace sifang {

/// Where a petitioner goes, for the first time and again (DESIGN 4(2)). No state of its own.
template <class State>
class year_choice {
 public:
  /// \param s, settlement, bureau, reception  outlive the part
  year_choice(State& s, year_settlement<State>& settlement, year_bureau<State>& bureau, year_reception<State>& reception) noexcept
      : s_(&s), settlement_(&settlement), bureau_(&bureau), reception_(&reception) {}

  /// The petitioner chooses where to be heard: the earliest session of each kind that can be reached from the day after the
  /// decision on. \param decided_now  false for one who was not heard elsewhere and has waited since
  /// \returns false if no session is left in the plan
  bool set_out(std::uint32_t who, bool decided_now = true) {
    const matter& m = s_->matters[who];
    const std::array<session_offer, chosen_venue_count> offers = offers_to(m);
    const std::size_t chosen =
        chosen_session(*s_->county, s_->tables, offers, s_->today, m.attempts, s_->template uniform<draw::venue_choice>(m, m.attempts));
    if (chosen == chosen_venue_count) return false;
    const session_offer& o = offers[chosen];
    reception_->expect(who, static_cast<venue>(chosen), o.series, o.turn, o.date, decided_now);
    return true;
  }

  /// Not heard this time: comes again, climbs, or writes instead.
  void go_home(std::uint32_t who, bool climbs) {
    matter& m = s_->matters[who];
    const world& w = *s_->county;
    m.visiting = false;
    if (!climbs && m.visit_series >= 0 && s_->template uniform<draw::come_back>(m, m.attempts) < w.setting().choice.come_back_share) {
      const reception_series& s = w.plan().series()[static_cast<std::size_t>(m.visit_series)];
      if (const auto turn = w.plan().next_turn(s, s_->today + calendar_days(1))) {
        return reception_->expect(who, m.visit_venue, m.visit_series, *turn, w.plan().date(s, *turn), false);
      }
    }
    if (climbs && set_out(who, false)) return;
    if (m.state == case_state::none) m.channel = channel::online;
    m.will_write = true;
    s_->schedule(instant(s_->today, fixed::writes_instead_at), happening::write_instead, who);
  }
  /// Whoever was not heard writes instead, unless peace came first.
  void write(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    if (!m.will_write) return;
    m.will_write = false;
    if (m.state == case_state::none)
      bureau_->register_first(who, at);
    else
      bureau_->register_again(who, at);
  }

  /// Once more: in person where the petitioner came in person or patience is at an end, else in writing.
  void petition_again(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    const auto& repeats = s_->setting().repeats;
    if (m.visiting) return settlement_->turn_again(who, at, repeats.open_days);  // already on the way to a session
    const double u = s_->template uniform<draw::repeat_channel>(m, m.repeats);
    if (m.repeats >= repeats.skip_level_from && u < repeats.skip_level_share) {
      // Goes over the county's head (越级走访, L8); the matter comes back down as a repeat.
      s_->tell.skips_level(at, m);
      if (is_open(m.state)) s_->tell.refused(at, m, refusal_ground::in_progress);
      return bureau_->register_again(who, at);
    }
    if (u < share_in_person(s_->setting(), m.channel == channel::visit) && set_out(who)) return;
    bureau_->register_again(who, at);
  }

 private:
  [[nodiscard]] std::array<session_offer, chosen_venue_count> offers_to(const matter& m) const {
    const world& w = *s_->county;
    const reception_plan& plan = w.plan();
    const village_site& home = w.villages()[m.village];
    const township_site& township = w.townships()[m.township];
    const std::uint32_t subject = w.matter_office(m.category);
    std::array<session_offer, chosen_venue_count> offers;
    const day from = s_->today + calendar_days(1);
    const auto offer = [&](venue v, std::int32_t series, double nearness) {
      if (series < 0) return;
      const reception_series& s = plan.series()[static_cast<std::size_t>(series)];
      const auto turn = plan.next_turn(s, from);
      if (!turn) return;
      session_offer& o = offers[static_cast<std::size_t>(v)];
      const day date = plan.date(s, *turn);
      if (o.series < 0 || date < o.date) o = {series, *turn, date, nearness};
    };
    const double near = s_->tables.near(m.village), far = s_->tables.far(m.village);
    offer(venue::village, home.series, 1);
    offer(venue::township, township.series, near);
    offer(venue::linked_leader, township.linked_series, near);
    if (subject != no_index) {
      offer(venue::section, w.offices()[subject].section_series, far);
      offer(venue::department, w.offices()[subject].series, far);
      offer(venue::linked_leader, w.offices()[subject].linked_series, far);
    }
    offer(venue::window, w.window_series(), far);
    offer(venue::bureau_leader, w.bureau_series(), far);
    offer(venue::principal, w.principal_series(), far);
    return offers;
  }

  State* s_;
  year_settlement<State>* settlement_;
  year_bureau<State>* bureau_;
  year_reception<State>* reception_;
};

}  // namespace sifang

#endif
