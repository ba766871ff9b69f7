// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_CAMPAIGN_HPP
#define SIFANG_COUNTY_YEAR_CAMPAIGN_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/year/bureau.hpp"
#include "sifang/county/year/event.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/county/year/ownership.hpp"
#include "sifang/reception/campaign.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sifang {

/// Door three: cadres go to the households (R21-R26); what they find stands on the wall chart until it is struck off.
template <class State>
class year_campaign {
 public:
  /// \param s, ownership, bureau  outlive the part
  year_campaign(State& s, year_ownership<State>& ownership, year_bureau<State>& bureau) noexcept
      : s_(&s), ownership_(&ownership), bureau_(&bureau) {}

  /// The chart is empty.
  void start() { chart_.clear(); }

  /// R21-R25: on its days, cadres go to the households and find some of what is silent.
  void visit() {
    if (!s_->tables.campaign(s_->today)) return;
    const world& w = *s_->county;
    const campaign_setting& c = w.setting().campaign;
    const campaign_reach whole = reach(c, w.setting().county.cadres, w.households(), static_cast<double>(w.villages().size()));
    s_->tell.campaign(s_->today, whole, !s_->tables.campaign_goes_on(s_->today));
    const double a_day = whole.household_coverage / (std::max)(c.days, 1);
    const double even = (std::min)(1.0, a_day * c.targeting) * c.find_probability;
    const auto index = static_cast<std::uint32_t>(s_->date() & 0xfffff);
    std::erase_if(s_->silent, [&](std::uint32_t who) { return !s_->matters[who].silent; });
    for (std::uint32_t who : s_->silent) {
      matter& m = s_->matters[who];
      if (m.born >= s_->date()) continue;
      double chance = even;
      if constexpr (State::campaigns_by_own) {
        const double weight = s_->policies.template ask<detail::slots::campaign_plan>(m.entity, index & 255,
                                                                                      household_request{s_->today, m.village, m.township});
        SIFANG_ASSERT(weight >= 0, "a weight of households that is not negative");
        chance = (std::min)(1.0, a_day * (weight >= 0 ? weight : 0) * c.targeting) * c.find_probability;
      }
      const auto [found, minute, turnout, none] = s_->template four<draw::campaign_found>(m, index);
      if (found >= chance) continue;
      ++m.generation();
      s_->schedule(instant(s_->today, fixed::rounds_begin + minutes(static_cast<std::int32_t>(fixed::rounds_last.count * minute))),
                   happening::found, who);
    }
  }

  /// A finding with its own timetable and responsible person (R25) goes on the wall chart.
  void found(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    if (!m.silent) return;
    m.silent = false;
    m.channel = channel::campaign;
    m.door = door::door_to_door;
    m.found_by_campaign = true;
    m.responsible = s_->county->villages()[m.village].member;
    m.chart_target = (s_->today + s_->setting().campaign.timetable).since_1970();
    m.odds += s_->setting().campaign.early_effect;
    const chart_item item{who, s_->today, day(m.chart_target), m.responsible, false};
    s_->tell.found(at, m, faults_of(item).size());
    chart_.push_back(item);
    bureau_->register_first(who, at);
    if (is_open(m.state)) ownership_->give(who, m.responsible, at);
  }

  /// R26: items are struck off against the target, or, where the scenario says so, by date.
  void strike_off_items() {
    for (std::size_t i = 0; i < chart_.size();) {
      chart_item& item = chart_[i];
      matter& m = s_->matters[item.who];
      const bool gone = m.settled || m.state == case_state::diverted || m.state == case_state::withdrawn;
      const strike_off_request request{s_->today, item.found, item.target, gone};
      if (!s_->policies.template ask<detail::slots::strike_off>(m.entity, static_cast<std::uint32_t>(s_->date()), request)) {
        ++i;
        continue;
      }
      m.struck_off = true;
      s_->tell.struck_off(s_->today, m, gone);
      item = chart_.back();
      chart_.pop_back();
    }
  }

 private:
  State* s_;
  year_ownership<State>* ownership_;
  year_bureau<State>* bureau_;
  std::vector<chart_item> chart_;
};

}  // namespace sifang

#endif
