// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_WORLD_HPP
#define SIFANG_COUNTY_WORLD_HPP

#include "sifang/calendar/statutory_days.hpp"
#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/petition/case_load.hpp"
#include "sifang/reception/campaign.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/county/county_rules.hpp"
#include "sifang/county/load_limits.hpp"
#include "sifang/county/record_lookup.hpp"
#include "sifang/county/recorded_arrival.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/scenario_rules.hpp"
#include "sifang/county/scenario_recurrences.hpp"
#include "sifang/county/session_days.hpp"
#include "sifang/county/sites.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/calendar/work_time.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace sifang {

/// A scenario on a county, checked and indexed: immutable, shared by every replication and thread.
class world {
 public:
  /// Checks that the scenario can be played on the organisation, wherever both come from: what a world is made of
  /// can be played to the end.
  ///
  /// Faults: those of `check(scenario)`, whatever the scenario was made by, and of `check(scenario, organisation)`; if
  /// there are none, recorded cases at unknown places or of unknown categories, outside the simulated days, with
  /// times and lengths that are none, and more of them than a day or a replication can take.
  /// \complexity linear in the units and days
  template <class = when_called>
  [[nodiscard]] static checked<world> make(scenario s, organisation org, working_calendar calendar, const case_load* recorded = nullptr);

  /// What the world was made from, the plan of sessions, and the layout of results. @{
  [[nodiscard]] const sifang::scenario& setting() const noexcept { return scenario_; }
  [[nodiscard]] const organisation& org() const noexcept { return org_; }
  /// Of the calendar given, with the statutory days of the years that are reached and of which it has no notice, if it has any.
  [[nodiscard]] const working_calendar& calendar() const noexcept { return calendar_; }
  template <class = when_called>
  [[nodiscard]] const reception_plan& plan() const noexcept {
    return *plan_;
  }
  [[nodiscard]] const cell_layout& layout() const noexcept { return layout_; }
  /// @}

  [[nodiscard]] day first() const noexcept { return first_; }           ///< first simulated day
  [[nodiscard]] day start() const noexcept { return scenario_.start; }  ///< first day that counts
  [[nodiscard]] day end() const noexcept { return scenario_.end; }      ///< last day that counts
  [[nodiscard]] day last() const noexcept { return scenario_.last(); }  ///< last simulated day
  /// Days from the first of the warm-up to the last of the run-out.
  [[nodiscard]] std::size_t days() const noexcept { return static_cast<std::size_t>((last() - first_).count) + 1; }
  /// Weeks that count, begun ones included.
  [[nodiscard]] std::size_t weeks() const noexcept { return static_cast<std::size_t>((end() - start()).count) / 7 + 1; }
  /// Whether the day counts.
  [[nodiscard]] bool counts(day d) const noexcept { return d >= start() && d <= end(); }

  /// Places and offices, by position. @{
  [[nodiscard]] const std::vector<village_site>& villages() const noexcept { return sites_.villages; }
  [[nodiscard]] const std::vector<township_site>& townships() const noexcept { return sites_.townships; }
  [[nodiscard]] const std::vector<office>& offices() const noexcept { return sites_.offices; }
  /// @}
  /// Handlers of all offices together.
  [[nodiscard]] std::size_t handlers() const noexcept { return sites_.handlers; }
  /// Whether somebody, by number, is one of the share of the cadres who go to the households in a campaign (R21): every second, say, of
  /// a half.
  [[nodiscard]] bool is_sent(std::size_t number) const noexcept {
    const double share = scenario_.campaign.open ? scenario_.campaign.cadre_share : 0;
    return std::floor(static_cast<double>(number + 1) * share) > std::floor(static_cast<double>(number) * share);
  }
  /// The same of a handler, by position among all: further ones (`handling.further_handlers`) are numbered behind the others, so that
  /// one more at a unit sends nobody else. Constant time.
  [[nodiscard]] bool is_handler_sent(std::size_t handler) const noexcept { return sent_handlers_[handler] != 0; }
  /// Workdays of all campaigns that touch the simulated days, in order; and, as parts of the handlers' working time that end, when
  /// those who are sent are not in their offices. @{
  [[nodiscard]] const std::vector<day>& campaign() const noexcept { return campaign_; }
  [[nodiscard]] std::span<const std::pair<double, double>> campaign_times() const noexcept { return detail::span_of(campaign_times_); }
  /// @}
  /// The petition bureau.
  [[nodiscard]] unit_id bureau() const noexcept { return sites_.bureau; }
  /// Offices of a category's departments, the one in charge first; none when the township of the place handles all of it.
  /// \pre category is a position among the categories; asserted
  template <class = when_called>
  [[nodiscard]] std::span<const std::uint32_t> matter_offices(std::size_t category) const noexcept {
    SIFANG_ASSERT(category < sites_.matter_offices.size());
    return detail::span_of(sites_.matter_offices[category]);
  }
  /// The one that a uniform number picks, or `no_index`. Constant time.
  /// \pre category is a position among the categories; asserted
  template <class = when_called>
  [[nodiscard]] std::uint32_t subject_of(std::size_t category, double u) const noexcept {
    SIFANG_ASSERT(category < sites_.matter_offices.size());
    const auto all = matter_offices(category);
    const double further = scenario_.categories[category].further_share;
    if (all.empty()) return no_index;
    if (u >= further || all.size() == 1) return all[0];
    const auto others = all.size() - 1;
    return all[1 + (std::min)(static_cast<std::size_t>(u / further * static_cast<double>(others)), others - 1)];
  }

  /// Mean of new matters on a day.
  /// \pre within the simulated days; asserted
  [[nodiscard]] double rate(day d) const noexcept {
    SIFANG_ASSERT(d >= first_ && d <= last());
    return rate_[static_cast<std::size_t>((d - first_).count)];
  }
  /// Position that a uniform number picks: a village by population, a category by its weight in the month, 1 to 12. \complexity O(log n),
  /// O(n) @{
  template <class = when_called>
  [[nodiscard]] std::size_t village_of(double u) const noexcept {
    return pick(sites_.village_cumulative, u);
  }
  template <class = when_called>
  [[nodiscard]] std::size_t category_of(double u, unsigned month) const noexcept {
    return pick_of_few(category_cumulative_[month - 1], u);
  }
  /// @}
  /// Whether a recorded case load takes the place of generated matters.
  [[nodiscard]] bool replays() const noexcept { return replays_; }
  /// Whether what is recorded is played as it was, and not its arrivals alone.
  [[nodiscard]] bool as_recorded() const noexcept { return replays_ && scenario_.replay.mode == replay_mode::as_recorded; }
  /// Whether matters are generated: without a recorded case load, or beside it.
  [[nodiscard]] bool generates() const noexcept { return !replays_ || (scenario_.replay.generated && !as_recorded()); }
  /// The recorded matters by day; empty unless `replays()`. Without the repeats, unless `as_recorded()`.
  [[nodiscard]] const std::vector<recorded_arrival>& recorded() const noexcept { return recorded_; }

  /// Working time of the bureau's clerks, and of the offices' handlers. @{
  template <class = when_called>
  [[nodiscard]] const work_time& clerk_time() const noexcept {
    return *clerk_time_;
  }
  template <class = when_called>
  [[nodiscard]] const work_time& handler_time() const noexcept {
    return *handler_time_;
  }
  /// @}

  /// Planned sessions of each kind in the counted period, and minutes of their seats. @{
  [[nodiscard]] const std::vector<double>& venue_sessions() const noexcept { return venue_sessions_; }
  [[nodiscard]] const std::vector<double>& venue_seat_minutes() const noexcept { return venue_seat_minutes_; }
  /// @}
  /// Where each counted day of each kind of session stands in `replication_outcome::days`.
  [[nodiscard]] const session_day_layout& session_days() const noexcept { return session_days_; }
  /// Km by road from one unit to another: within a township along its road, else by way of the county's seat. Minutes of that way at
  /// `county.travel_speed`, begun ones whole. Constant time. @{
  template <class = when_called>
  [[nodiscard]] [[gnu::always_inline]] double km_between(unit_id a, unit_id b) const noexcept {
    const double from = org_.units()[a].distance_km, to = org_.units()[b].distance_km;
    return sites_.area[a.index()] == sites_.area[b.index()] ? std::abs(from - to) : from + to;
  }
  template <class = when_called>
  [[nodiscard]] [[gnu::always_inline]] minutes way(unit_id a, unit_id b) const noexcept {
    const double exact = km_between(a, b) * 60 / scenario_.county.travel_speed;
    const auto whole = static_cast<std::int32_t>(exact);
    return minutes(whole + (whole < exact));
  }
  /// @}
  /// From when an open case is long-pending (DOMAIN 2.3): so long after the last day on which its first reply can be due, or after so
  /// many repeats.
  [[nodiscard]] long_pending_cutoff cutoff() const noexcept {
    const legal_clocks& k = scenario_.clocks;
    return {k.route + k.accept + k.handle + scenario_.appointments.long_pending_age, scenario_.appointments.long_pending_repeats};
  }
  /// Households of the county.
  [[nodiscard]] double households() const noexcept { return sites_.households; }
  /// Group of each official within which one can stand in for another: same rank, and below the county the same unit.
  [[nodiscard]] const std::vector<std::uint32_t>& peers() const noexcept { return sites_.peers; }
  /// Whether the post is a county-level leader's, principal or not; an invalid one is not.
  [[nodiscard]] bool is_county_leader(official_id who) const noexcept {
    const auto& all = sites_.county_leader;
    return all[who.index() < all.size() ? who.index() : all.size() - 1] != 0;
  }

 private:
  world() = default;
  template <class = when_called>
  void index_handlers();
  template <class = when_called>
  void index_load();
  template <class = when_called>
  void index_plan();
  template <class = when_called>
  void index_campaign(day beyond);
  template <class = when_called>
  [[nodiscard]] static std::size_t pick(const std::vector<double>& cumulative, double u) noexcept {
    const auto at = std::upper_bound(cumulative.begin(), cumulative.end() - 1, u * cumulative.back());
    return static_cast<std::size_t>(at - cumulative.begin());
  }

  /// The same without a branch that depends on u. \complexity O(n)
  template <class = when_called>
  [[nodiscard]] static std::size_t pick_of_few(const std::vector<double>& cumulative, double u) noexcept {
    const double at = u * cumulative.back();
    std::size_t passed = 0;
    for (std::size_t i = 0; i + 1 < cumulative.size(); ++i) passed += cumulative[i] <= at;
    return passed;
  }

  sifang::scenario scenario_;
  organisation org_;
  working_calendar calendar_;
  std::optional<reception_plan> plan_;
  cell_layout layout_;
  day first_;
  county_sites sites_;
  std::vector<std::uint8_t> sent_handlers_;  ///< by handler
  std::vector<double> rate_;
  std::array<std::vector<double>, 12> category_cumulative_;
  bool replays_ = false;
  std::vector<recorded_arrival> recorded_;
  std::optional<work_time> clerk_time_, handler_time_;
  std::vector<day> campaign_;
  std::vector<std::pair<double, double>> campaign_times_;
  std::vector<double> venue_sessions_, venue_seat_minutes_;
  session_day_layout session_days_;
};

template <class When>
inline checked<world> world::make(sifang::scenario s, organisation org, working_calendar calendar, const case_load* recorded) {
  std::vector<fault> faults = check(s);
  for (fault& f : check(s, org)) faults.push_back(std::move(f));
  if (!faults.empty()) return faults;
  world w;
  w.scenario_ = std::move(s);
  w.org_ = std::move(org);
  w.first_ = w.scenario_.first();
  // Before the State Council's notice the statutory days of a year are known; work goes on after the end (`index_plan`).
  w.calendar_ = with_statutory_days(std::move(calendar), w.first_.year(), w.last().year() + 2);
  start_recurrences(w.scenario_);
  w.sites_ = detail::sites_of(w.org_, w.scenario_);
  w.index_handlers();
  w.replays_ = recorded != nullptr;
  if (recorded != nullptr) w.recorded_ = detail::look_up_record(*recorded, w.scenario_, w.org_, w.sites_, faults);
  if (!faults.empty()) return faults;
  w.index_load();
  w.index_plan();
  w.layout_ = cell_layout(w.townships().size(), w.scenario_.categories.size(), w.scenario_.reception.sessions.size(), w.offices().size());
  return w;
}

/// Which handlers go to the households.
template <class When>
inline void world::index_handlers() {
  std::size_t numbered = 0, further = handlers();
  for (const office& o : sites_.offices) further -= o.further;
  for (const office& o : sites_.offices) {
    for (std::uint32_t h = 0; h < o.handlers; ++h) sent_handlers_.push_back(is_sent(h + o.further < o.handlers ? numbered++ : further++));
  }
}

template <class When>
inline void world::index_load() {
  for (std::size_t m = 0; m < 12; ++m) {
    double sum = 0;
    for (const category_setting& c : scenario_.categories) category_cumulative_[m].push_back(sum += c.share * c.months[m]);
  }
  if (generates())
    rate_ = daily_rates(scenario_);
  else
    rate_.assign(days(), 0.0);
}

template <class When>
inline void world::index_campaign(day beyond) {
  for (int year = first_.year() - 1; year <= (std::min)(beyond, last_day_allowed).year();
       ++year) {  // the last days of one may fall into the next
    for (day d : campaign_days(scenario_.campaign, year, calendar_)) {
      if (d >= first_ && d <= beyond && (campaign_.empty() || d > campaign_.back())) campaign_.push_back(d);
    }
  }
  for (day d : campaign_) {
    const work_time::part_of_day part = handler_time_->of(d);
    if (!campaign_times_.empty() && campaign_times_.back().second == part.whole)
      campaign_times_.back().second += part.length;
    else
      campaign_times_.emplace_back(part.whole, part.whole + part.length);
  }
}

template <class When>
inline void world::index_plan() {
  // Work that begins before the end may end long after it; a year and a half of slack covers the axis.
  const day beyond = last() + calendar_days(550);
  // Petitioners of the last weeks choose among sessions of the weeks after, as all others do.
  // (Assigned, not emplaced: `emplace` is constexpr, and so would be compiled where nobody makes a world.)
  const day last_session = last() + calendar_days(static_cast<std::int32_t>(fixed::days_ahead));
  // Turns are counted from New Year's Day of the year in which counting begins: neither the warm-up nor a period that is split
  // within a year changes who sits.
  plan_ = reception_plan(scenario_.reception, org_, calendar_, detail::span_of(scenario_.sensitive_periods), first_, last_session,
                         day(start().year(), 1, 1));
  clerk_time_ = work_time(calendar_, first_, beyond, scenario_.routing.clerk_minutes_per_day, fixed::office_opens);
  handler_time_ = work_time(calendar_, first_, beyond, scenario_.handling.handler_minutes_per_day, fixed::office_opens);
  index_campaign(beyond);
  for (office& o : sites_.offices) {
    for (std::size_t v = plan_->kinds().size(); v-- > 0;) {  // the first of them, where several have sessions of the head
      const std::int32_t found = plan_->series_at(venue(v), o.where);
      if (found >= 0 && plan_->kind(venue(v)).counts_for == reception_rule::r8) o.series = found;
    }
  }
  session_days_ = session_day_layout(*plan_, start(), end());
  venue_sessions_.assign(plan_->kinds().size(), 0);
  venue_seat_minutes_.assign(plan_->kinds().size(), 0);
  std::vector<official_id> people;
  for (const reception_series& one : plan_->series()) {
    const std::size_t v = one.where.index();
    const double length = plan_->length(one.where).count;
    const auto dates = plan_->dates(one.where);
    const auto add = [&](std::span<const official_id> sitting, double sessions) {
      if (sitting.empty()) return;
      venue_sessions_[v] += sessions;
      venue_seat_minutes_[v] += sessions * length * static_cast<double>(sitting.size());
    };
    const bool same_people = plan_->same_people(one.where);
    double sessions = 0;
    for (std::uint32_t turn = one.phase; turn < dates.size(); turn += one.period) {
      if (!counts(dates[turn])) continue;
      if (same_people) {
        ++sessions;
        continue;
      }
      plan_->roster(one, turn, people);
      add(people, 1);
    }
    if (sessions > 0) add(plan_->people(one), sessions);
  }
}

}  // namespace sifang

#endif
