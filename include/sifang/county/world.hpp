// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_WORLD_HPP
#define SIFANG_COUNTY_WORLD_HPP

#include "sifang/calendar/statutory_days.hpp"
#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/sort_stably.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/petition/case_load.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/reception/campaign.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/county/county_rules.hpp"
#include "sifang/county/load_limits.hpp"
#include "sifang/county/recorded_arrival.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/scenario_rules.hpp"
#include "sifang/county/scenario_recurrences.hpp"
#include "sifang/county/session_days.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/calendar/work_time.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace sifang {

/// A village or community as a place where grievances arise.
struct village_site {
  unit_id where;               ///< the unit
  std::uint32_t township = 0;  ///< position among `world::townships`
  official_id member;          ///< team member linked to it (R9)
  double to_township = 0,      ///< km by road
      to_county = 0,           ///< km by road
      households = 0;          ///< by its population
};

/// A township or street as a place (属地) and as an office that handles.
struct township_site {
  unit_id where;             ///< the unit
  std::uint32_t office = 0;  ///< position among `world::offices`
  double to_county = 0;      ///< km by road
  /// County-level leaders linked to it (挂钩), in the order of the organisation.
  std::vector<official_id> leaders;
};

/// A unit that handles matters: department, industrial park or township.
struct office {
  unit_id where;                      ///< the unit
  std::uint32_t township = no_index;  ///< set if the office is a township
  std::uint32_t first_handler = 0,    ///< position of its first handler
      handlers = 0,                   ///< how many it has
      further = 0;                    ///< how many of these are further ones, the last
  std::int32_t series = -1;           ///< position of its head's sessions (R8), -1 for none
  official_id head,                   ///< head of the unit
      leader;                         ///< county-level leader in charge (分管) or linked
  /// Whether it is a department or park of the county.
  [[nodiscard]] bool at_county() const noexcept { return township == no_index; }
};

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
  [[nodiscard]] const std::vector<village_site>& villages() const noexcept { return villages_; }
  [[nodiscard]] const std::vector<township_site>& townships() const noexcept { return townships_; }
  [[nodiscard]] const std::vector<office>& offices() const noexcept { return offices_; }
  /// @}
  /// Handlers of all offices together.
  [[nodiscard]] std::size_t handlers() const noexcept { return handlers_; }
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
  [[nodiscard]] unit_id bureau() const noexcept { return bureau_; }
  /// Offices of a category's departments, the one in charge first; none when the township of the place handles all of it.
  /// \pre category is a position among the categories; asserted
  template <class = when_called>
  [[nodiscard]] std::span<const std::uint32_t> matter_offices(std::size_t category) const noexcept {
    SIFANG_ASSERT(category < matter_offices_.size());
    return detail::span_of(matter_offices_[category]);
  }
  /// The one that a uniform number picks, or `no_index`. Constant time.
  /// \pre category is a position among the categories; asserted
  template <class = when_called>
  [[nodiscard]] std::uint32_t subject_of(std::size_t category, double u) const noexcept {
    SIFANG_ASSERT(category < matter_offices_.size());
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
    return pick(village_cumulative_, u);
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
    return area_[a.index()] == area_[b.index()] ? std::abs(from - to) : from + to;
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
  [[nodiscard]] double households() const noexcept { return households_; }
  /// Group of each official within which one can stand in for another: same rank, and below the county the same unit.
  [[nodiscard]] const std::vector<std::uint32_t>& peers() const noexcept { return peers_; }
  /// Whether the post is a county-level leader's, principal or not; an invalid one is not.
  [[nodiscard]] bool is_county_leader(official_id who) const noexcept {
    return county_leader_[who.index() < county_leader_.size() ? who.index() : county_leader_.size() - 1] != 0;
  }

 private:
  world() = default;
  template <class = when_called>
  void index_units();
  template <class = when_called>
  void index_handlers();
  /// Handlers that a unit has beyond those of its kind.
  template <class = when_called>
  [[nodiscard]] std::uint32_t further_handlers(const std::string& code) const {
    const auto& further = scenario_.handling.further_handlers;
    return static_cast<std::uint32_t>(std::count(further.begin(), further.end(), code));
  }
  template <class = when_called>
  void index_load();
  template <class = when_called>
  void index_recorded(const case_load& recorded, std::vector<fault>& faults);
  /// What a record tells of, of this case or another.
  struct told_by_record {
    bool acceptance, reply, rating;
  };
  template <class = when_called>
  void note_course(const recorded_case& c, told_by_record tells, recorded_arrival& r) const;
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
  std::vector<village_site> villages_;
  std::vector<township_site> townships_;
  std::vector<office> offices_;
  std::size_t handlers_ = 0;
  std::vector<std::uint8_t> sent_handlers_;  ///< by handler
  unit_id bureau_;
  std::vector<std::vector<std::uint32_t>> matter_offices_;  ///< by category
  std::vector<double> rate_;
  std::vector<double> village_cumulative_;
  std::array<std::vector<double>, 12> category_cumulative_;
  bool replays_ = false;
  std::vector<recorded_arrival> recorded_;
  std::optional<work_time> clerk_time_, handler_time_;
  std::vector<day> campaign_;
  std::vector<std::pair<double, double>> campaign_times_;
  std::vector<double> venue_sessions_, venue_seat_minutes_;
  session_day_layout session_days_;
  double households_ = 0;
  std::vector<std::uint32_t> area_;  ///< by unit: position of the township that it is or lies in, `no_index` for the county's own
  std::vector<std::uint8_t> county_leader_;
  std::vector<std::uint32_t> peers_;
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
  w.index_units();
  w.index_handlers();
  if (recorded != nullptr) w.index_recorded(*recorded, faults);
  if (!faults.empty()) return faults;
  w.index_load();
  w.index_plan();
  w.layout_ = cell_layout(w.townships_.size(), w.scenario_.categories.size(), w.scenario_.reception.sessions.size(), w.offices_.size());
  return w;
}

template <class When>
inline void world::index_units() {
  const county_tree& units = org_.units();
  county_leader_.assign(org_.officials().size() + 1, 0);  // the last stands for no post
  for (role r : {role::principal_leader, role::county_leader}) {
    for (official_id o : org_.officials_with(r)) county_leader_[o.index()] = 1;
  }
  for (const official& o : org_.officials()) {
    const auto rank = static_cast<std::uint32_t>(o.rank);
    const bool county = o.rank == role::principal_leader || o.rank == role::county_leader;
    peers_.push_back(county ? rank : (o.unit.value() + 1) * 8 + rank);
  }
  const auto first_leader = [&](unit_id where, relation how) {
    for (official_id o : org_.officials_of(where, how)) {
      if (is_county_leader(o)) return o;
    }
    return official_id{};
  };
  std::vector<std::uint32_t> township_at(units.size(), no_index), office_at(units.size(), no_index);
  for (std::size_t i = 0; i < units.size(); ++i) {
    const unit_id id(i);
    const unit& u = units[id];
    const bool township = level_of(u.kind) == level::township;
    const bool department = u.kind == unit_kind::department;
    const bool park = u.kind == unit_kind::industrial_park;
    if (u.kind == unit_kind::petition_bureau && !bureau_.valid()) bureau_ = id;
    if (township || department || park) {
      office o;
      o.where = id;
      o.first_handler = static_cast<std::uint32_t>(handlers_);
      o.handlers = static_cast<std::uint32_t>(township     ? scenario_.handling.township_handlers
                                              : department ? scenario_.handling.department_handlers
                                                           : scenario_.handling.park_handlers);
      o.further = further_handlers(u.code);
      o.handlers += o.further;
      handlers_ += o.handlers;
      const auto heads = org_.officials_of(id, relation::heads);
      if (!heads.empty()) o.head = heads.front();
      o.leader = first_leader(id, relation::in_charge_of);
      if (!o.leader.valid()) o.leader = first_leader(id, relation::linked_to);
      if (!o.leader.valid()) o.leader = first_leader(id, relation::liaises_with);
      office_at[i] = static_cast<std::uint32_t>(offices_.size());
      if (township) {
        o.township = static_cast<std::uint32_t>(townships_.size());
        township_at[i] = o.township;
        township_site& site = townships_.emplace_back(township_site{id, office_at[i], u.distance_km, {}});
        for (official_id linked : org_.officials_of(id, relation::linked_to)) {
          if (is_county_leader(linked)) site.leaders.push_back(linked);
        }
      }
      offices_.push_back(o);
    }
    if (u.kind == unit_kind::village || u.kind == unit_kind::community) {
      village_site v;
      v.where = id;
      v.township = township_at[units.parent(id)->index()];
      v.to_county = u.distance_km;
      v.to_township = std::abs(u.distance_km - units[*units.parent(id)].distance_km);
      const auto members = org_.officials_of(id, relation::linked_to);
      if (!members.empty()) v.member = members.front();
      v.households = u.population / scenario_.county.household_size;
      village_cumulative_.push_back((villages_.empty() ? 0.0 : village_cumulative_.back()) + u.population);
      villages_.push_back(v);
    }
  }
  for (const category_setting& c : scenario_.categories) {
    std::vector<std::uint32_t>& of_category = matter_offices_.emplace_back();
    if (!c.matter_unit.empty()) of_category.push_back(office_at[units.find(c.matter_unit)->index()]);
    for (const std::string& code : c.further_units) of_category.push_back(office_at[units.find(code)->index()]);
  }
  area_.reserve(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    const unit_id id(i);
    const auto above = units.parent(id);
    area_.push_back(township_at[i] != no_index || !above ? township_at[i] : township_at[above->index()]);
  }
  households_ = units[units.root()].population / scenario_.county.household_size;
}

/// Which handlers go to the households.
template <class When>
inline void world::index_handlers() {
  std::size_t numbered = 0, further = handlers_;
  for (const office& o : offices_) further -= o.further;
  for (const office& o : offices_) {
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

/// What a record says of a case after its arrival; a unit or post that the county does not have is none.
template <class When>
inline void world::note_course(const recorded_case& c, told_by_record tells, recorded_arrival& r) const {
  if (const auto unit = org_.units().find(c.unit_code); unit && !c.unit_code.empty()) {
    const auto at = std::find_if(offices_.begin(), offices_.end(), [&](const office& o) { return o.where == *unit; });
    if (at != offices_.end()) r.unit = static_cast<std::uint32_t>(at - offices_.begin());
  }
  if (!c.owner_post.empty()) {
    const auto& all = org_.officials();
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const official& o) { return o.title == c.owner_post || o.post == c.owner_post; });
    if (at != all.end()) r.owner = official_id(static_cast<std::size_t>(at - all.begin()));
  }
  r.satisfaction = c.satisfaction;
  r.repeat = c.repeat.value_or(false);
  const bool ended = c.handling || c.settled.value_or(false);
  r.not_accepted = tells.acceptance && !c.acceptance && !ended;
  r.not_replied = tells.reply && !ended;
  r.rated = tells.rating;
}

template <class When>
inline void world::index_recorded(const case_load& recorded, std::vector<fault>& faults) {
  replays_ = true;
  const county_tree& units = org_.units();
  const auto tells_of = [&](auto member) {
    return std::any_of(recorded.cases.begin(), recorded.cases.end(), [&](const recorded_case& c) { return (c.*member).has_value(); });
  };
  const told_by_record tells{tells_of(&recorded_case::acceptance), tells_of(&recorded_case::handling),
                             tells_of(&recorded_case::satisfaction)};
  std::vector<std::string> categories;
  for (const category_setting& c : scenario_.categories) categories.push_back(c.id);
  for (std::size_t i = 0; i < recorded.cases.size(); ++i) {
    const recorded_case& c = recorded.cases[i];
    const auto fail = [&](fault_kind kind, const auto&... details) {
      faults.push_back(make_fault(kind, place{"case " + c.id, 0, 0}, details...));
    };
    recorded_arrival r{c.date, c.time.value_or(fixed::office_opens), 0, 0, c.channel, c.group_size, c.acceptance, c.handling, c.settled,
                       c.id};
    note_course(c, tells, r);
    const auto place = units.find(c.place_code);
    std::vector<std::uint32_t> inside;
    if (place) {
      for (std::size_t v = 0; v < villages_.size(); ++v) {
        if (units.contains(*place, villages_[v].where)) inside.push_back(static_cast<std::uint32_t>(v));
      }
    }
    if (inside.empty()) {
      fail(fault_kind::unknown_unit, c.place_code, "");
      continue;
    }
    r.village = inside[recorded_.size() % inside.size()];  // a township's cases spread over its villages in turn
    const auto at = std::find(categories.begin(), categories.end(), c.category);
    if (at == categories.end()) {
      fail(fault_kind::unknown_category, c.category, nearest(c.category, detail::span_of(categories)));
      continue;
    }
    r.category = static_cast<std::uint32_t>(at - categories.begin());
    if (c.date < first_ || c.date > last()) {
      fail(fault_kind::out_of_period, "date", to_string(first_) + ".." + to_string(last()), to_string(c.date));
      continue;
    }
    const std::size_t before = faults.size();
    const auto in_range = [&](std::string_view column, std::int64_t value, std::int64_t most) {
      if (value >= 0 && value <= most) return;
      fail(fault_kind::out_of_range, column, range_text(0, static_cast<double>(most)), std::to_string(value));
    };
    in_range("time", r.minute.count, minutes_per_day);
    in_range("acceptance_days", c.acceptance.value_or(calendar_days(0)).count, longest_recorded_step.count);
    in_range("handling_days", c.handling.value_or(calendar_days(0)).count, longest_recorded_step.count);
    in_range("channel", static_cast<std::int64_t>(c.channel), static_cast<std::int64_t>(std::size(names_of<channel>)) - 1);
    const bool left_out = scenario_.replay.mode == replay_mode::predicted && r.repeat;  // the county has repeats of its own
    if (faults.size() == before && !left_out) recorded_.push_back(std::move(r));
  }
  detail::sort_stably(recorded_, [](const auto& a, const auto& b) { return a.date != b.date ? a.date < b.date : a.minute < b.minute; });
  const auto too_many = [&](std::string most, std::string found) {
    faults.push_back(make_fault(fault_kind::out_of_range, place{}, "cases", std::move(most), std::move(found)));
  };
  if (static_cast<double>(recorded_.size()) > most_matters) {
    too_many("at most " + number_text(most_matters) + " matters in the simulated days", std::to_string(recorded_.size()));
  }
  for (std::size_t from = 0, to = 0; from < recorded_.size(); from = to) {
    const day on = recorded_[from].date;
    while (to < recorded_.size() && recorded_[to].date == on) ++to;
    const std::size_t taken_over = on == start() ? static_cast<std::size_t>(scenario_.load.backlog) : 0;
    const std::size_t most = most_matters_a_day - taken_over;
    if (static_cast<double>(to - from) * std::ceil((std::max)(scenario_.replay.scale, 1.0)) <= static_cast<double>(most)) continue;
    too_many("at most " + std::to_string(most) + " matters on any day", std::to_string(to - from) + " on " + to_string(on));
  }
  const bool too_short = recorded_.empty() || (recorded_.back().date - recorded_.front().date).count < 6;
  if (scenario_.replay.resample != resampling::none && too_short)
    faults.push_back(make_fault(fault_kind::out_of_range, place{}, "replay.resample", "a record of a week or more", "a shorter one"));
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
  for (office& o : offices_) {
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
