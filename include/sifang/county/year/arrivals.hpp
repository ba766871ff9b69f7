// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_ARRIVALS_HPP
#define SIFANG_COUNTY_YEAR_ARRIVALS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/birth_draws.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/scenario_laws.hpp"
#include "sifang/county/year/bureau.hpp"
#include "sifang/county/year/choice.hpp"
#include "sifang/county/year/event.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/petition/case_load.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/random/variates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

/// Grievances arise, recorded ones come, silent ones come forward by themselves.
template <class State>
class year_arrivals {
 public:
  /// \param s, bureau, choice  outlive the part
  year_arrivals(State& s, year_bureau<State>& bureau, year_choice<State>& choice) noexcept
      : s_(&s), bureau_(&bureau), choice_(&choice), fill_births_(detail::widest_birth_fill()) {}

  /// Today's matters: recorded ones, drawn ones, or both.
  void arise() {
    setting_out_.clear();
    if (s_->today == s_->county->start() && !s_->county->as_recorded()) take_over_backlog();
    const std::size_t recorded = s_->county->replays() ? replay() : 0;
    if (s_->county->generates()) draw_today(recorded);
  }
  /// Petitioners of today who visit choose a door. At what minute makes no difference, so it needs no place among the
  /// events of the day; but it is after the day's unannounced visits. Whoever finds no door open writes, at that minute.
  void set_out() {
    for (const setting_out& one : setting_out_) {
      s_->matters[one.who].intent_on = s_->date();
      if (choice_->set_out(one.who))
        ++s_->events;
      else
        s_->schedule(one.at, happening::arrive, one.who);
    }
  }
  /// A petitioner turns to the system; one who was silent is later and angrier.
  void come_forward(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    m.from_above = m.level != 0;
    if (s_->record_of(m) != nullptr) return bureau_->register_recorded(who, at);
    if (m.channel == channel::visit && !m.silent && !m.from_above && m.intent_on == never) m.intent_on = s_->date();
    if (m.silent) {
      const double years = (s_->date() - m.born) / 365.25;
      m.complexity += s_->setting().load.silent_penalty * years;
      m.persistence += s_->setting().load.silent_penalty * years;
      m.simplified = m.simplified && m.complexity < s_->setting().handling.complex_threshold;  // simple no more
      m.silent = false;
    }
    if (m.from_above) return bureau_->register_first(who, at);
    if (m.channel == channel::visit && choice_->set_out(who)) return;
    if (m.channel == channel::visit) m.channel = channel::online;  // no door is open
    bureau_->register_first(who, at);
  }

 private:
  /// Days in which the levels above pass a matter down (L2): city 3, province 3 more, the nation 5 more.
  static constexpr std::array<double, 4> days_down{0, 3, 6, 11};
  struct birth_luck {
    double minute, silent_days;
  };
  struct setting_out {
    std::uint32_t who;
    instant at;
  };

  /// The county takes over its long-pending cases: they are assigned by a level above, and come first thing in the morning.
  void take_over_backlog() {
    const auto& load = s_->setting().load;
    const auto n = static_cast<std::uint32_t>(load.backlog);
    const std::uint32_t first = 0x10000 - n;  // after all that arise today
    draw_births(first, n);
    for (std::uint32_t i = 0; i < n; ++i) {
      const auto who = static_cast<std::uint32_t>(s_->matters.size());
      matter& m = s_->matters.emplace_back();
      give_birth(m, i, first + i);
      m.backlog = m.long_pending = true;
      m.silent = m.litigation = m.simplified = false;
      m.channel = channel::letter;
      m.level = 1;
      m.complexity += load.backlog_hardness;
      m.persistence += load.backlog_hardness;
      s_->schedule(instant(s_->today, fixed::day_begins), happening::arrive, who);
    }
  }
  /// The record's cases of today, or of the days that stand for today. \returns places that they took among today's
  std::size_t replay() {
    const auto& setting = s_->setting().replay;
    const double scale = s_->county->as_recorded() ? 1.0 : setting.scale;
    const auto copies = static_cast<int>(std::ceil(scale));
    std::uint32_t place = 0;
    for (int copy = 0; copy < copies; ++copy) {
      const day from = source_of(earlier(s_->today, 7 * copy));
      const auto& all = s_->county->recorded();
      auto i = static_cast<std::size_t>(
          std::lower_bound(all.begin(), all.end(), from, [](const recorded_arrival& r, day d) { return r.date < d; }) - all.begin());
      for (; i < all.size() && all[i].date == from; ++i, ++place) {
        if (scale - copy < 1 && s_->draws(entity_of(place), draw::thinned) >= scale - copy) continue;
        come(all[i], i, place);
      }
    }
    return place;
  }
  /// A recorded case comes.
  void come(const recorded_arrival& r, std::size_t i, std::uint32_t place) {
    const auto who = static_cast<std::uint32_t>(s_->matters.size());
    const auto luck = i < s_->luck_of_recorded.size() ? static_cast<std::uint64_t>(s_->luck_of_recorded[i]) : 0;
    draw_births(place | luck << 40, 1);
    matter& m = s_->matters.emplace_back();
    give_birth(m, 0, place | luck << 40, &r);
    m.recorded = static_cast<std::uint32_t>(i);
    m.channel = r.channel;
    m.persons = static_cast<std::uint16_t>(std::clamp(r.persons, 1, 65535));
    m.silent = false;
    m.level = 0;
    if (s_->county->as_recorded()) m.litigation = m.simplified = false;
    s_->schedule(instant(s_->today, r.minute), happening::arrive, who);
  }
  /// So many days before a day of the simulated ones; what would be before the first, so many whole weeks later.
  [[nodiscard]] day earlier(day d, int days) const noexcept {
    const day first = s_->county->first();
    const int weeks = ((s_->county->last() - first).count + 1) / 7 * 7;
    d = d - calendar_days(days);
    while (d < first && weeks > 0) d = d + calendar_days(weeks);
    return d;
  }
  /// The day of the record that stands for a day: itself, or one of the same weekday, drawn by itself or with its whole week. Weeks
  /// are counted from the first recorded day (METHODS 1: blocks keep the weekday).
  [[nodiscard]] day source_of(day d) const noexcept {
    const resampling by = s_->setting().replay.resample;
    if (by == resampling::none || s_->county->as_recorded()) return d;
    const auto& all = s_->county->recorded();
    const int weeks = ((all.back().date - all.front().date).count + 1) / 7;
    const int since = (d - all.front().date).count;
    const int of_week = (since % 7 + 7) % 7, week = (since - of_week) / 7;
    const auto entity = static_cast<std::uint64_t>(static_cast<std::int64_t>(by == resampling::week ? week : d.since_1970()));
    const double luck = s_->draws(entity, draw::resampled, by == resampling::week ? 0 : 1);
    return all.front().date + calendar_days(7 * static_cast<int>(luck * weeks) + of_week);
  }
  /// \param place  of the first of them among today's matters
  void draw_today(std::size_t place) {
    const std::size_t room = 0x10000 - static_cast<std::size_t>(s_->setting().load.backlog) - place;
    const std::size_t n =
        (std::min)(room, s_->tables.arrivals(s_->today)(s_->draws(static_cast<std::uint64_t>(s_->date()), draw::arrivals)));
    draw_births(place, n);
    for (std::size_t i = 0; i < n; ++i) {
      const auto who = static_cast<std::uint32_t>(s_->matters.size());
      const birth_luck luck = give_birth(s_->matters.emplace_back(), i, place + i);
      const matter& m = s_->matters[who];
      const instant at(s_->today, fixed::day_begins + minutes(static_cast<std::int32_t>(fixed::day_lasts.count * luck.minute)));
      if (!m.silent) {
        if (m.level != 0)
          s_->schedule(at + whole_days(days_down[m.level]), happening::arrive, who);
        else if (m.channel == channel::visit)
          setting_out_.push_back({who, at});
        else
          s_->schedule(at, happening::arrive, who);
        continue;
      }
      s_->silent.push_back(who);
      s_->schedule(at + whole_days(1.0 + exponential(luck.silent_days, s_->setting().load.silent_days)), happening::emerge, who);
    }
  }
  /// Names the draws of the matter at a position among today's; above it may stand the number of its luck.
  [[nodiscard]] std::uint64_t entity_of(std::uint64_t position) const noexcept {
    return static_cast<std::uint64_t>(s_->date()) << 16 | position;
  }
  /// Draws what the next `n` matters, all of today, need at birth and most of them need later. \param first  position of the first
  void draw_births(std::uint64_t first, std::size_t n) {
    SIFANG_ASSERT(n <= 0x10000);
    auto& kept = s_->kept;
    const std::size_t matters = s_->matters.size();
    if (births_.size() < n) births_.resize(n);
    if (kept.size() < matters + n) kept.resize((std::max)(matters + n, 2 * kept.size()));
    fill_births_(s_->setting().seed, s_->number, entity_of(first), std::span(births_).first(n), kept.data() + matters);
  }
  /// Everything about a grievance that no policy can change. \param recorded  what is known of it: the rest is drawn, given that
  /// \param drawn  its place among the births that were drawn
  birth_luck give_birth(matter& m, std::size_t drawn, std::uint64_t position, const recorded_arrival* recorded = nullptr) {
    const world& w = *s_->county;
    const auto& load = w.setting().load;
    const scenario_laws& laws = *s_->laws;
    m.entity = entity_of(position);
    m.born = s_->date();
    m.level_sums = m.unit_sums = m.venue_sums = w.layout().no_sum();
    const eight_blocks& luck = births_[drawn];
    const auto [village, category, complexity, persistence] = luck.four(birth_place<draw::village>);
    const auto [silent, claim, litigation, cross_department] = luck.four(birth_place<draw::silent>);
    const auto [simplified, local, channel_luck, group] = luck.four(birth_place<draw::simplified>);
    const auto [size, minute, silent_days, above] = luck.four(birth_place<draw::size>);
    m.stages = static_cast<std::uint8_t>(1 + laws.further_stages(luck.unit(birth_place<draw::stages>, 0)));
    m.village = recorded ? recorded->village : static_cast<std::uint32_t>(s_->tables.village(village));
    m.township = w.villages()[m.village].township;
    m.category = static_cast<std::uint16_t>(recorded ? recorded->category : w.category_of(category, s_->today.month()));
    const category_setting& c = w.setting().categories[m.category];
    m.complexity = laws.normal(complexity) + c.complexity;
    m.persistence = laws.normal(persistence);
    m.silent = silent < load.silent_share;
    m.claim = claim < load.claim_share;
    m.litigation = litigation < c.litigation_share;
    m.cross_department = cross_department < w.setting().handling.cross_department_share;
    m.simplified = simplified < w.setting().routing.simplified_share && m.complexity < w.setting().handling.complex_threshold;
    m.subject = w.subject_of(m.category, c.further_units.empty() ? 1.0 : s_->template uniform<draw::subject>(m));
    m.local = m.subject == no_index || local < c.local_share;
    static constexpr std::array<sifang::channel, 4> channels{channel::visit, channel::letter, channel::online, channel::phone};
    m.channel = channels[static_cast<std::size_t>(channel_luck >= load.visit_share) +
                         static_cast<std::size_t>(channel_luck >= load.visit_share + load.letter_share) +
                         static_cast<std::size_t>(channel_luck >= load.visit_share + load.letter_share + load.online_share)];
    const double to_city = load.above_share * load.above_city, to_province = to_city + load.above_share * load.above_province;
    m.level = static_cast<std::uint8_t>(above >= load.above_share ? 0 : 1 + (above >= to_city) + (above >= to_province));
    const bool as_group = (m.channel == channel::visit) & (group < load.group_share);
    m.persons = static_cast<std::uint16_t>(as_group ? group_threshold + static_cast<int>(laws.group_persons(size))
                                                    : 1 + static_cast<int>(laws.further_persons(size)));
    return {minute, silent_days};
  }

  State* s_;
  year_bureau<State>* bureau_;
  year_choice<State>* choice_;
  detail::birth_fill fill_births_;
  std::vector<eight_blocks> births_;      ///< of today
  std::vector<setting_out> setting_out_;  ///< of today
};

}  // namespace sifang

#endif
