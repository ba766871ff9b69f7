// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_CAMPAIGN_HPP
#define SIFANG_COUNTY_YEAR_CAMPAIGN_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/year/bureau.hpp"
#include "sifang/county/year/diary.hpp"
#include "sifang/county/year/event.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/county/year/offices.hpp"
#include "sifang/county/year/ownership.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/reception/campaign.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sifang {

/// Door three: cadres go to the households (R21-R26). They bring back what people say: items of public sentiment, of which some need
/// handling, and silent grievances of petition grade. What needs handling stands on the wall chart until it is struck off.
template <class State>
class year_campaign {
 public:
  /// \param s, diary, ownership, offices, bureau  outlive the part
  year_campaign(State& s, year_diary<State>& diary, year_ownership<State>& ownership, year_offices<State>& offices,
                year_bureau<State>& bureau) noexcept
      : s_(&s), diary_(&diary), ownership_(&ownership), offices_(&offices), bureau_(&bureau) {}

  /// The chart is empty.
  void start() {
    chart_.clear();
    items_.clear();
    found_today_.clear();
    seen_.assign(s_->county->villages().size(), 0.0);
    numbered_ = 0;
    nth_ = 0;
  }

  /// R21-R25: on its days, cadres go to the households. Whoever sits at a session is not among them.
  void visit() {
    if (!s_->tables.campaign(s_->today)) return;
    const world& w = *s_->county;
    const campaign_setting& c = w.setting().campaign;
    campaign_day told;
    told.first = !s_->tables.campaign_goes_on(s_->today);
    nth_ = told.first ? 0 : nth_ + 1;
    if (told.first) std::fill(seen_.begin(), seen_.end(), 0.0);
    const double sent = w.setting().county.cadres * c.cadre_share;
    told.kept = (std::min)(static_cast<double>(diary_->kept_back()), sent);
    told.cadres = sent - told.kept;
    diary_->send_out();
    see_households(told, sent > 0 ? told.cadres / sent : 0);
    find_silent();
    collect_opinions(told);
    s_->tell.campaign(s_->today, told);
    for (const new_item& one : found_today_) s_->tell.item_found(s_->today, one.item, faults_of(one.item).size());
  }

  /// A grievance of petition grade, with its own timetable and responsible person (R25), goes on the wall chart.
  void found(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    if (!m.silent) return;
    ++m.generation();
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

  /// The evening: the townships' hands get what was found today, and items leave the chart, against the target, or, where the scenario
  /// says so, by date (R26). What is struck off undone, nobody pursues further.
  void close() {
    strike_off_grievances();
    hand_out();
    strike_off_items();
  }

 private:
  /// An item found today, with the luck that decides how long it takes.
  struct new_item {
    sentiment_item item;
    double luck;
  };
  /// An item on the chart.
  struct open_item {
    sentiment_item item;
    day done;  ///< the day on which it will be, if it stays on the chart
  };

  /// Households that are seen today for the first time, by village, and those of the campaign so far.
  void see_households(campaign_day& told, double present) {
    const world& w = *s_->county;
    const campaign_setting& c = w.setting().campaign;
    weights_.clear();
    for (std::size_t v = 0; v < w.villages().size(); ++v) weights_.push_back(w.villages()[v].households * weight_of(v));
    there_.resize(weights_.size());
    send_cadres(weights_, static_cast<std::int64_t>(w.setting().county.cadres * c.cadre_share), nth_, there_);
    today_.resize(weights_.size());
    for (std::size_t v = 0; v < weights_.size(); ++v) {
      const double visits = there_[v] * c.households_per_day * present;
      today_[v] = (std::min)(visits, w.villages()[v].households - seen_[v]);
      told.villages += seen_[v] == 0 && today_[v] > 0;
      told.households += today_[v];
      seen_[v] += today_[v];
    }
  }
  [[nodiscard]] double weight_of(std::size_t village) {
    if constexpr (State::campaigns_by_own) {
      const auto index = static_cast<std::uint32_t>(village);
      const double weight = s_->policies.template ask<detail::slots::campaign_plan>(
          static_cast<std::uint64_t>(s_->date()), index, household_request{s_->today, index, s_->county->villages()[village].township});
      SIFANG_ASSERT(weight >= 0, "a weight of households that is not negative");
      return weight >= 0 ? weight : 0;
    } else {
      return 1;
    }
  }
  /// A household with a grievance has its place in the order of visits, before others by `campaign.targeting`.
  void find_silent() {
    const world& w = *s_->county;
    const campaign_setting& c = w.setting().campaign;
    const auto index = static_cast<std::uint32_t>(s_->today.year());
    std::erase_if(s_->silent, [&](std::uint32_t who) { return !s_->matters[who].silent; });
    for (std::uint32_t who : s_->silent) {
      matter& m = s_->matters[who];
      if (m.born >= s_->date() || today_[m.village] == 0) continue;
      const double all = w.villages()[m.village].households;
      const auto [place, brings, minute, none] = s_->template four<draw::campaign_household>(m, index);
      const double until = c.targeting * seen_[m.village], from = c.targeting * (seen_[m.village] - today_[m.village]);
      if (place * all < from || place * all >= until || brings >= c.find_probability) continue;
      // Who comes forward earlier today was not found.
      s_->schedule(instant(s_->today, fixed::rounds_begin + minutes(static_cast<std::int32_t>(fixed::rounds_last.count * minute))),
                   happening::found, who);
    }
  }
  /// What people say, township by township.
  void collect_opinions(campaign_day& told) {
    const world& w = *s_->county;
    const campaign_setting& c = w.setting().campaign;
    const auto index = static_cast<std::uint32_t>(s_->date());
    found_today_.clear();
    for (std::size_t from = 0, to = 0; from < w.villages().size(); from = to) {
      const std::uint32_t township = w.villages()[from].township;
      double households = 0;
      while (to < w.villages().size() && w.villages()[to].township == township) households += today_[to++];
      if (households == 0) continue;
      const auto luck = s_->draws.four(township, draw::campaign_opinions, index);
      const double mean = households * c.opinions_per_household;
      const int items = poisson(luck[1], mean * c.handling_share);
      told.opinions += poisson(luck[0], mean * (1 - c.handling_share)) + items;
      for (int i = 0; i < items; ++i) found_today_.push_back(item_of(township, static_cast<std::uint32_t>(i), from, to, households));
      told.items += static_cast<std::uint32_t>(items);
    }
  }
  /// \param from, to  villages of the township, of which so many households were seen today
  [[nodiscard]] new_item item_of(std::uint32_t township, std::uint32_t number, std::size_t from, std::size_t to, double households) {
    const campaign_setting& c = s_->setting().campaign;
    const auto luck = s_->draws.four(item_entity(township), draw::item_village, number);
    double left = luck[0] * households;
    std::size_t village = from;
    for (std::size_t v = from; v < to; ++v) {
      if (today_[v] == 0) continue;
      village = v;
      if (left < today_[v]) break;
      left -= today_[v];
    }
    const sentiment_kind kind = c.kind_of(luck[1]);
    return {{numbered_++, static_cast<std::uint32_t>(village), kind, s_->today, s_->today + c.of(kind).timetable,
             s_->county->villages()[village].member},
            luck[2]};
  }
  [[nodiscard]] std::uint64_t item_entity(std::uint32_t township) const noexcept {
    return static_cast<std::uint64_t>(s_->date()) << 16 | township;
  }

  void hand_out() {
    const world& w = *s_->county;
    const campaign_setting& c = w.setting().campaign;
    for (const auto& [item, luck] : found_today_) {
      const std::uint32_t unit = w.townships()[w.villages()[item.village].township].office;
      const auto tell = [&](const told_work& part) { s_->tell.item_work(s_->today, unit, part); };
      const instant worked = offices_->errand(unit, c.item_work.count, instant(s_->today, fixed::visits_end), tell);
      const bool in_time = worked.date() <= w.last();  // else it is far beyond any day that is played
      items_.push_back({item, in_time ? (worked + as_minutes(exponential(luck, c.of(item.kind).days))).date() : worked.date()});
    }
    found_today_.clear();
  }
  void strike_off_grievances() {
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
      if (!gone) m.odds -= s_->setting().campaign.early_effect;
      s_->tell.struck_off(s_->today, m, gone);
      item = chart_.back();
      chart_.pop_back();
    }
  }
  /// An item is looked at on the day on which it is done, and when its timetable has run out.
  void strike_off_items() {
    for (std::size_t i = 0; i < items_.size();) {
      const open_item& one = items_[i];
      const bool done = one.done <= s_->today;
      if (!done && s_->today <= one.item.target) {
        ++i;
        continue;
      }
      if (one.done == s_->today) s_->tell.item_done(s_->today, one.item);
      const strike_off_request request{s_->today, one.item.found, one.item.target, done};
      const bool strike = s_->policies.template ask<detail::slots::strike_off>(
          static_cast<std::uint64_t>(one.item.found.since_1970()) << 32 | one.item.number, static_cast<std::uint32_t>(s_->date()), request);
      if (!strike) {
        ++i;
        continue;
      }
      s_->tell.item_struck_off(s_->today, one.item, done);
      items_[i] = items_.back();
      items_.pop_back();
    }
  }

  State* s_;
  year_diary<State>* diary_;
  year_ownership<State>* ownership_;
  year_offices<State>* offices_;
  year_bureau<State>* bureau_;
  std::vector<chart_item> chart_;      ///< grievances of petition grade
  std::vector<open_item> items_;       ///< items of public sentiment that need handling
  std::vector<new_item> found_today_;  ///< and are not in anybody's hands yet
  std::uint32_t numbered_ = 0;
  int nth_ = 0;                  ///< day of the campaign, from 0
  std::vector<double> seen_,     ///< by village: households seen in this campaign,
      today_;                    ///< of these, today
  std::vector<double> weights_;  // working memory
  std::vector<std::int32_t> there_;
};

}  // namespace sifang

#endif
