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

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sifang {

/// Where a petitioner goes, for the first time and again (DESIGN 4(2)). Nothing of it outlasts a call.
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
    offer_to(m);
    const std::size_t chosen =
        chosen_session(*s_->county, s_->tables, offers_, s_->today, m.attempts, s_->template uniform<draw::venue_choice>(m, m.attempts));
    if (chosen == offers_.size()) return false;
    const session_offer& o = offers_[chosen];
    reception_->expect(who, venue(chosen), o.series, o.turn, o.date, decided_now);
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
        return reception_->expect(who, s.where, m.visit_series, *turn, w.plan().date(s, *turn), false);
      }
    }
    if (climbs && set_out(who, false)) return;
    if (!m.is_registered()) m.channel = channel::online;
    m.will_write = true;
    s_->schedule(instant(s_->today, fixed::writes_instead_at), happening::write_instead, who);
  }
  /// Whoever was not heard writes instead, unless peace came first.
  void write(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    if (!m.will_write) return;
    m.will_write = false;
    if (!m.is_registered())
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
    if (m.is_registered() && m.repeats >= repeats.skip_level_from && u < repeats.skip_level_share) {
      // Goes over the county's head (越级走访, L8); the matter comes back down as a repeat.
      s_->tell.skips_level(at, m);
      if (is_open(m.state)) s_->tell.refused(at, m, refusal_ground::in_progress);
      return bureau_->register_again(who, at);
    }
    if (u < share_in_person(s_->setting(), m.channel == channel::visit) && set_out(who)) return;
    if (m.is_registered()) return bureau_->register_again(who, at);
    m.channel = channel::online;  // was answered on the spot, and puts it in writing now
    bureau_->register_first(who, at);
  }

 private:
  /// Fills `offers_` with what is open to the petitioner.
  void offer_to(const matter& m) {
    const world& w = *s_->county;
    const reception_plan& plan = w.plan();
    offers_.assign(plan.kinds().size(), {});
    const day from = s_->today + calendar_days(1);
    const auto offer = [&](const year_tables::door_to& door) {
      if (door.for_some) {
        const double luck = s_->template uniform<draw::knows_session>(m, plan.traits(door.where).luck);
        if (luck >= plan.kind(door.where).publicity) return;
      }
      const reception_series& s = plan.series()[static_cast<std::size_t>(door.series)];
      const auto turn = plan.next_turn(s, from);
      if (!turn) return;
      session_offer& o = offers_[door.where.index()];
      const day date = plan.date(s, *turn);
      if (o.series < 0 || date < o.date) o = {door.series, *turn, date, s_->tables.nearness(m.village, door)};
    };
    for (const year_tables::door_to& door : s_->tables.doors_of_village(m.village)) offer(door);
    if (m.subject == no_index) return;
    for (const year_tables::door_to& door : s_->tables.doors_of_office(m.subject)) offer(door);
  }

  State* s_;
  year_settlement<State>* settlement_;
  year_bureau<State>* bureau_;
  year_reception<State>* reception_;
  std::vector<session_offer> offers_;  ///< working memory, by kind of session
};

}  // namespace sifang

#endif
