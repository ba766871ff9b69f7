// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/scenario_laws.hpp"
#include "story.hpp"
#include "tables.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

using namespace sifang;
using sifang_tests::played;
using sifang_tests::telling;
using sifang_tests::told;
using sifang_tests::told_session;

/// Every metric, counted anew from what a replication told, by the words of the table of metrics, in the plainest way:
/// days are counted one by one, nothing is kept in advance, and no code of the replication is used.
namespace {

constexpr std::size_t kinds = 9;  // of session: those of the article

using places = std::vector<std::pair<dimension, std::size_t>>;
struct ratio {
  double numerator = 0, denominator = 0;
};

class recount {
 public:
  recount(const world& w, const sifang_tests::told_replication& r, const sifang_tests::story& s, std::uint32_t number)
      : w_(w),
        setting_(w.setting()),
        out_(r.outcome()),
        matters_(r.matters()),
        story_(s),
        luck_(setting_.seed, number),
        laws_(setting_),
        office_after_(sifang_tests::offices_after(s, matters_)) {
    officials_.resize(out_.officials.size());
    owners_.resize(out_.officials.size());
    for (int year = w_.first().year(); setting_.campaign.open && year <= w_.last().year(); ++year) {
      day d(year, setting_.campaign.first.month(), setting_.campaign.first.day_of_month());
      for (int left = setting_.campaign.days; left > 0; ++d) {
        if (!w_.calendar().is_workday(d)) continue;
        if (d >= w_.first() && d <= w_.last()) days_of_campaign_.push_back(d);
        --left;
      }
    }
  }

  void run() {
    std::size_t week = 0;
    day week_end = end_of_week(week);
    for (std::size_t i = 0; i < story_.all.size(); ++i) {
      while (story_.all[i].at.date() > week_end && week < w_.weeks()) {
        look(week, week_end);
        week_end = end_of_week(++week);
      }
      take(story_.all[i], office_after_[i]);
    }
    for (; week < w_.weeks(); ++week) look(week, end_of_week(week));
    count_sessions();
    count_hours();
    count_successors();
    end();
  }

  /// \param approximate  sums of numbers that are not whole
  void compare(metric m, bool approximate = false, bool whole_only = false) const {
    for (std::size_t d = 0; d < (whole_only ? 1 : dimension_count); ++d) {
      for (std::size_t item = 0; item < w_.layout().items(static_cast<dimension>(d)); ++item) {
        const auto cell = w_.layout().at(static_cast<dimension>(d), item);
        const auto found = sums_.find({m, static_cast<dimension>(d), item});
        const ratio mine = found == sums_.end() ? ratio{} : found->second;
        same(out_.sums.numerator(m, cell), mine.numerator, approximate, info(m).name, d, item);
        same(out_.sums.denominator(m, cell), mine.denominator, approximate, info(m).name, d, item);
      }
    }
  }

  void compare_all() const {
    // Sums of another order agree but for rounding; what no dimension splits is compared as a whole.
    const std::set<metric> rounded{metric::wait_minutes,        metric::open_cases,         metric::owned_mean,
                                   metric::owned_max,           metric::owned_gini,         metric::clerk_utilisation,
                                   metric::handler_utilisation, metric::household_coverage, metric::village_coverage,
                                   metric::leader_hours,        metric::head_hours,         metric::handler_hours,
                                   metric::overtime_hours,      metric::travel_km,          metric::leader_hours_per_settled,
                                   metric::travel_hours,        metric::cadre_days,         metric::clerk_hours,
                                   metric::window_hours,        metric::preparation_hours,  metric::head_km,
                                   metric::queue_hours,         metric::petitioner_km,      metric::total_cost};
    const std::set<metric> of_whole{metric::open_age_days,    metric::petitioner_days,    metric::cadre_days,
                                    metric::open_cases,       metric::owned_mean,         metric::owned_max,
                                    metric::owned_gini,       metric::clerk_utilisation,  metric::household_coverage,
                                    metric::village_coverage, metric::leader_hours,       metric::head_hours,
                                    metric::overtime_hours,   metric::travel_km,          metric::leader_hours_per_settled,
                                    metric::travel_hours,     metric::duties_moved,       metric::duties_cancelled,
                                    metric::cadre_days_kept,  metric::opinions_collected, metric::campaign_items,
                                    metric::items_on_time,    metric::items_resolved,     metric::items_struck_off,
                                    metric::owned_over_cap,   metric::posts_changed,      metric::help_cost,
                                    metric::clerk_hours,      metric::window_hours,       metric::preparation_hours,
                                    metric::head_km,          metric::queue_hours,        metric::petitioner_km,
                                    metric::total_cost};
    for (const metric_info& m : metric_table) compare(m.id, rounded.contains(m.id), of_whole.contains(m.id));
    for (std::size_t s = 0; s < series_count; ++s) {
      for (std::size_t week = 0; week < w_.weeks(); ++week) {
        const auto found = series_.find({s, week});
        const ratio mine = found == series_.end() ? ratio{} : found->second;
        same(out_.series_sum[s][week], mine.numerator, false, series_table[s].id, week, 0);
        same(out_.series_weight[s][week], mine.denominator, false, series_table[s].id, week, 1);
      }
    }
    for (std::size_t c = 0; c < curve_count; ++c) {
      const auto found = curves_.find(static_cast<curve_id>(c));
      const std::vector<double> mine = found == curves_.end() ? std::vector<double>{} : found->second;
      std::vector<double> counts(curve_days[c] + 2);
      for (double days : mine) counts[std::min(static_cast<std::size_t>(days), curve_days[c] + 1)] += 1;
      for (std::size_t d = 0; d <= curve_days[c] + 1; ++d) same(out_.curves[c].counts()[d], counts[d], false, "curve", c, d);
      same(out_.curve_total[c], static_cast<double>(mine.size()) + missed_in_curve_[c], false, "curve total", c, 0);
    }
    for (std::size_t v = 0; v < violation_count; ++v) same(out_.violations[v], violations_[v], false, violation_table[v].rule, v, 0);
    for (std::size_t v = 0; v < kinds; ++v) {
      const venue_outcome &theirs = out_.venues[v], &mine = venues_[v];
      same(theirs.used_sessions, mine.used_sessions, false, "used sessions", v, 0);
      same(theirs.heard, mine.heard, false, "heard", v, 0);
      same(theirs.left, mine.left, false, "left", v, 0);
      same(theirs.not_heard, mine.not_heard, false, "not heard", v, 0);
      same(theirs.wait_minutes, mine.wait_minutes, true, "minutes waited", v, 0);
      same(theirs.busy_minutes, mine.busy_minutes, true, "minutes of interviews", v, 0);
      same(theirs.overtime_minutes, mine.overtime_minutes, true, "minutes of overtime", v, 0);
      same(theirs.absent_seats, mine.absent_seats, false, "absent seats", v, 0);
      same(theirs.longest_queue, mine.longest_queue, false, "longest queue", v, 0);
    }
    for (std::size_t o = 0; o < officials_.size(); ++o) {
      same(out_.officials[o].minutes, officials_[o].minutes, true, "minutes of an official", o, 0);
      same(out_.officials[o].sessions, officials_[o].sessions, false, "sessions of an official", o, 0);
      same(out_.officials[o].heard, officials_[o].heard, false, "interviews of an official", o, 0);
      same(out_.officials[o].owned_days, officials_[o].owned_days, false, "owned days", o, 0);
      same(out_.officials[o].owned_max, officials_[o].owned_max, false, "most owned", o, 0);
    }
    same(static_cast<double>(out_.born), static_cast<double>(matters_.size()), false, "born", 0, 0);
    same(static_cast<double>(out_.silent), silent_, false, "silent", 0, 0);
    same(static_cast<double>(out_.on_the_way), on_the_way_, false, "on the way", 0, 0);
    same(static_cast<double>(out_.open), open_, false, "open", 0, 0);
    same(static_cast<double>(out_.closed), closed_, false, "closed", 0, 0);
  }

  [[nodiscard]] double numerator(metric m) const {
    const auto found = sums_.find({m, dimension::all, 0});
    return found == sums_.end() ? 0 : found->second.numerator;
  }

 private:
  /// What is known of a matter so far.
  struct known {
    case_state state = case_state::none;
    std::int32_t registered = never, route_from = never, routed = never, accept_due = never, accepted = never, reply_due = never;
    std::int32_t first_reply = never, repeat_after_reply = never, first_routed = never, opinion_due = never, listed = never, found = never;
    std::int32_t answered = never;
    bool by_bureau = true, simplified = false, late_once = false, long_pending = false, gone_from_chart = false, asked_to_rate = false;
    struct turn {
      std::int32_t on;
      bool peace;
      std::int32_t decided;
      sifang::door door;
    };
    std::vector<turn> peace;  ///< settlements and rebounds, in order
    sifang::door settled_door{};
    std::vector<instant> settled_at;
    struct hearing {
      instant at;
      bool by_leader;
    };
    std::vector<hearing> hearings;    ///< by anybody but the window
    std::set<std::int32_t> at_peace;  ///< first days of being settled or diverted, and last (negative)
    official_id owner, partner;
  };

  static void same(double theirs, double mine, bool approximate, std::string_view what, std::size_t a, std::size_t b) {
    const bool equal = approximate ? std::abs(theirs - mine) <= 1e-9 * std::max(1.0, std::abs(mine)) : theirs == mine;
    if (!equal) FAIL_CHECK(what << " (" << a << ", " << b << "): reported " << theirs << ", counted " << mine);
  }

  // The calendar, day by day.
  [[nodiscard]] bool counts(std::int32_t d) const { return d != never && day(d) >= w_.start() && day(d) <= w_.end(); }
  /// Whether a day is simulated: a cohort that is looked at later is left out.
  [[nodiscard]] bool is_seen(std::int32_t d) const { return day(d) <= w_.last(); }
  [[nodiscard]] std::int32_t plus_days(std::int32_t from, std::int32_t n) const {
    day due = day(from) + calendar_days(n);
    if (setting_.clocks.extend_to_workday) {
      while (!w_.calendar().is_workday(due)) ++due;
    }
    return due.since_1970();
  }
  [[nodiscard]] std::int32_t plus_workdays(std::int32_t from, std::int32_t n) const {
    day due(from);
    while (n > 0) n -= w_.calendar().is_workday(++due);
    return due.since_1970();
  }
  [[nodiscard]] day end_of_week(std::size_t week) const {
    return std::min(w_.start() + calendar_days(static_cast<std::int32_t>(7 * week + 6)), w_.end());
  }
  [[nodiscard]] std::size_t week_of(std::int32_t d) const { return static_cast<std::size_t>((day(d) - w_.start()).count / 7); }

  [[nodiscard]] std::uint32_t competent_unit(const matter& m) const {
    return m.local || m.subject == no_index ? w_.townships()[m.township].office : m.subject;
  }
  /// From how far, and how many.
  void add_who(places& out, const matter& m) const {
    const double km = w_.org().units()[w_.villages()[m.village].where].distance_km;
    out.emplace_back(dimension::distance, km < 10 ? 0 : km < 20 ? 1 : km < 40 ? 2 : 3);
    out.emplace_back(dimension::people, m.persons == 1 ? 0 : m.persons < 5 ? 1 : 2);
  }
  [[nodiscard]] places at(const matter& m, std::uint32_t office, sifang::door door, std::int32_t on) const {
    places out{{dimension::all, 0},
               {dimension::township, m.township},
               {dimension::category, m.category},
               {dimension::door, static_cast<std::size_t>(door)},
               {dimension::channel, static_cast<std::size_t>(m.channel)}};
    if (office != no_index) out.emplace_back(dimension::level, w_.offices()[office].township == no_index ? 0 : 1);
    if (office != no_index) out.emplace_back(dimension::unit, office);
    out.emplace_back(dimension::month, day(on).month() - 1);
    if (m.heard_first) out.emplace_back(dimension::venue, m.first_venue.index());
    add_who(out, m);
    return out;
  }
  [[nodiscard]] places at(const matter& m, std::uint32_t office, sifang::door door) const { return at(m, office, door, today_); }
  [[nodiscard]] places at(const matter& m) const { return at(m, m.office, m.door); }
  [[nodiscard]] places on(const matter& m, std::int32_t d) const { return at(m, m.office, m.door, d); }
  /// Minutes of somebody's work that lie in the period, on the axis of so many minutes a workday.
  [[nodiscard]] double in_period(double begins, double length, double per_day) const {
    double from = 0, to = 0;
    for (day d = w_.first(); d <= w_.end(); ++d) {
      if (!w_.calendar().is_workday(d)) continue;
      to += per_day;
      if (d < w_.start()) from += per_day;
    }
    return std::max(0.0, std::min(begins + length, to) - std::max(begins, from));
  }
  void add(metric m, const places& where, double numerator, double denominator) {
    for (const auto& [d, item] : where) {
      ratio& r = sums_[{m, d, item}];
      r.numerator += numerator;
      r.denominator += denominator;
    }
  }
  void add_series(series_id s, std::int32_t on, double sum, double weight) {
    ratio& r = series_[{static_cast<std::size_t>(s), week_of(on)}];
    r.numerator += sum;
    r.denominator += weight;
  }

  /// Somebody is somewhere for so many minutes.
  void is_there(official_id who, day on, int from, int minutes, unit_id where) {
    if (who.valid()) days_of_[{who.index(), on.since_1970()}].push_back({from, from + minutes, where});
  }
  /// By road: along a township's road, else by way of the county's seat.
  [[nodiscard]] double km(unit_id a, unit_id b) const {
    const auto& units = w_.org().units();
    const auto township = [&](unit_id u) {
      const bool below = level_of(units[u].kind) == level::village;
      return below ? *units.parent(u) : level_of(units[u].kind) == level::township ? u : units.root();
    };
    const double from = units[a].distance_km, to = units[b].distance_km;
    return township(a) == township(b) ? std::abs(from - to) : from + to;
  }
  /// Nobody is in two places, with the way from one to the next; hours are attendance, preparation and travel.
  void count_hours() {
    for (auto& [who_and_day, stays] : days_of_) {
      std::sort(stays.begin(), stays.end(), [](const stay& a, const stay& b) { return a.from < b.from; });
      const official_id who(who_and_day.first);
      const unit_id home = w_.org()[who].unit;
      double minutes = 0, prepared = 0, road = 0, travel = 0;
      unit_id at = home;
      int until = 0;
      const auto go_to = [&](unit_id where) {
        const double way = std::ceil(km(at, where) * 60 / setting_.county.travel_speed);
        road += km(at, where);
        travel += way;
        at = where;
        return way;
      };
      for (const stay& s : stays) {
        const bool first = until == 0;
        const double way = go_to(s.where);
        if (!first && s.from < until + way)
          FAIL_CHECK("in two places: official " << who.index() << " on " << to_string(day(who_and_day.second)));
        until = s.to;
        minutes += s.to - s.from + setting_.county.preparation.count;
        prepared += setting_.county.preparation.count;
      }
      (void)go_to(home);
      if (!counts(who_and_day.second)) continue;
      officials_[who.index()].minutes += minutes + travel;
      travel_hours_ += travel / 60;
      preparation_hours_ += prepared / 60;
      (is_leader(who) ? travel_km_ : head_km_) += road;
    }
  }
  [[nodiscard]] bool is_leader(official_id who) const {
    return who.valid() && (w_.org()[who].rank == role::principal_leader || w_.org()[who].rank == role::county_leader);
  }
  [[nodiscard]] official_id head_of(std::uint32_t office) const { return office == no_index ? official_id{} : w_.offices()[office].head; }

  void own(official_id who, int change, std::int32_t today) {
    if (!who.valid()) return;
    auto& [open, since, days, most] = owners_[who.index()];
    const std::int32_t from = std::max(since, w_.start().since_1970()), to = std::min(today, w_.end().since_1970() + 1);
    days += open * std::max(to - from, 0);
    since = today;
    open += change;
    const ownership_rule rule = setting_.ownership.rule;
    const bool has_cap = rule == ownership_rule::capped || rule == ownership_rule::handover;
    if (change > 0 && has_cap && open > setting_.ownership.cap && counts(today)) add(metric::owned_over_cap, {{dimension::all, 0}}, 1, 0);
    if (counts(today)) most = std::max(most, open);
  }

  void take(const telling& t, std::uint32_t office_after) {
    const std::int32_t today = today_ = t.at.date().since_1970();
    const bool counted = counts(today);
    known& k = known_[t.m.entity];
    switch (t.what) {
      case told::step:
        take_step(t, k, today, counted, office_after);
        break;
      case told::owned:
        k.owner = t.m.owner;
        k.partner = t.m.partner;
        if (t.leader.valid() && t.leader != t.m.owner && counted) violations_[static_cast<std::size_t>(violation::r13)] += 1;
        if (is_open(k.state)) {
          own(k.owner, +1, today);
          own(k.partner, +1, today);
        }
        break;
      case told::repeat:
        register_once(t.m, today, counted, true);
        if (k.first_reply != never && k.repeat_after_reply == never) k.repeat_after_reply = today;
        break;
      case told::skips_level: {
        const bool of_township = t.m.office != no_index && w_.offices()[t.m.office].township != no_index;
        const int to = t.m.persistence > 0.5 ? 4 : 3;  // city, or the province
        if (counted) add(to == 4 ? metric::to_province : metric::to_city, at(t.m), 1, 0);
        if (counted && to - (of_township ? 1 : 2) >= 2) add(metric::skip_level_visits, at(t.m), 1, 0);
        break;
      }
      case told::sets_out:
        on_way_[t.m.entity] = t.m.visit_venue;
        break;
      case told::visit:
        take_visit(t, k, today, counted);
        break;
      case told::work:
        handler_minutes_[t.m.office] += in_period(t.begins, t.minutes, setting_.handling.handler_minutes_per_day);
        break;
      case told::hearing:
        k.opinion_due = plus_days(today, setting_.clocks.recheck.count + static_cast<std::int32_t>(t.minutes) / (24 * 60));
        break;
      case told::refused:
        if (counted) add(metric::not_accepted, at(t.m), 1, 0);
        break;
      case told::rating: {
        k.asked_to_rate = true;
        if (!counted || t.m.rounds != 0) break;
        const auto& r = setting_.rating;
        const bool takes_part = luck_(t.m.entity, draw::participation) < (t.m.content ? r.participation : r.unsettled_participation);
        add(metric::participation_rate, at(t.m), takes_part, 1);
        if (!takes_part) break;
        const double late = k.late_once ? r.late_penalty : 0;
        add(metric::satisfaction_rate, at(t.m),
            luck_(t.m.entity, draw::authority_rating) < (t.m.content ? r.authority_settled : r.authority_unsettled) - late, 1);
        add(metric::bureau_satisfaction_rate, at(t.m),
            luck_(t.m.entity, draw::bureau_rating) < (t.m.content ? r.bureau_settled : r.bureau_unsettled) - late / 2, 1);
        break;
      }
      case told::listed:
        if (k.listed == never) k.listed = today;
        break;
      case told::meeting:
        take_meeting(t, k, counted);
        break;
      case told::put_off:
        if (counted) put_off(t.for_good);
        break;
      case told::taken_over:
        CHECK(is_open(k.state));
        CHECK(k.owner == t.m.owner);
        if (counted) add(metric::cases_taken_over, at(t.m), 1, 0);
        break;
    }
  }

  /// In each span of 365 days, which begin on a day of its own, a post of a leader, head or member has a successor or none.
  void count_successors() {
    for (std::size_t i = 0; i < officials_.size(); ++i) {
      const role rank = w_.org()[official_id(i)].rank;
      if (rank == role::cadre || rank == role::bureau_staff) continue;
      for (day d = w_.start(); d <= w_.end(); ++d) {
        const int since = d.since_1970() + static_cast<int>(i) * 7 % 365, in_span = since % 365;
        const auto number = static_cast<std::uint32_t>(since / 365);
        const double u = luck_(i, draw::post_changes_on, number);
        const int vacant = setting_.posts.vacant_days.count, comes = static_cast<int>(u * (365 - vacant)) + vacant;
        if (luck_(i, draw::post_changes, number) < setting_.posts.turnover_per_year && in_span == comes)
          add(metric::posts_changed, {{dimension::all, 0}}, 1, 0);
      }
    }
  }
  void put_off(bool for_good) { add(for_good ? metric::duties_cancelled : metric::duties_moved, {{dimension::all, 0}}, 1, 0); }
  void take_meeting(const telling& t, known& k, bool counted) {
    k.hearings.push_back({t.at, is_leader(t.leader)});
    if (counted) add(metric::appointments, at(t.m, t.m.office, door::appointment), 1, 0);
    const bool returns = k.state == case_state::return_visit_due && setting_.return_visits.open;
    std::vector<official_id> people{t.leader, head_of(t.m.office)};
    if (returns) {
      people.insert(people.end(), {t.m.owner, head_of(w_.townships()[t.m.township].office), head_of(t.m.subject)});
      returned_at_[t.m.entity] = t.at;
    }
    std::set<official_id> once;
    std::erase_if(people, [&](official_id who) { return !who.valid() || !once.insert(who).second; });
    CHECK(t.people == people);
    const category_setting& of = setting_.categories[t.m.category];
    const double u = luck_(t.m.entity, draw::field_place);
    const metric there = returns                                      ? metric::visited_villages
                         : t.kind == meeting_kind::coordination       ? metric::visited_townships
                         : u < of.enterprise_share                    ? metric::visited_enterprises
                         : u < of.enterprise_share + of.project_share ? metric::visited_projects
                                                                      : metric::visited_villages;
    if (counted) add(there, at(t.m, t.m.office, door::appointment), 1, 0);
    const unit_id where =
        t.kind == meeting_kind::coordination && !returns ? w_.townships()[t.m.township].where : w_.villages()[t.m.village].where;
    const int length = static_cast<int>(t.minutes) + (returns ? setting_.return_visits.length.count : 0);
    for (official_id who : people) is_there(who, t.at.date(), t.at.minute_of_day().count, length, where);
  }

  [[nodiscard]] std::int32_t route_due(const matter& m, const known& k) const {
    return plus_days(k.route_from, (m.from_above ? setting_.clocks.route_from_above : setting_.clocks.route).count);
  }
  /// 0 the county, 1 the city, 2 the province, 3 the nation.
  [[nodiscard]] int level_of_birth(const matter& m) const {
    const auto& load = setting_.load;
    const double u = luck_(m.entity, draw::above);
    if (u >= load.above_share) return 0;
    return u < load.above_share * load.above_city ? 1 : u < load.above_share * (load.above_city + load.above_province) ? 2 : 3;
  }
  /// In simplified handling (L19): of what is not complex when it comes, as many as the scenario says.
  [[nodiscard]] bool is_simple(const matter& m) const {
    return m.complexity < setting_.handling.complex_threshold && luck_(m.entity, draw::simplified) < setting_.routing.simplified_share;
  }
  void register_once(const matter& m, std::int32_t today, bool counted, bool repeat) {
    if (!counted || (m.backlog && !repeat)) return;  // those were registered long ago
    add(metric::registrations, at(m), 1, 0);
    add(metric::first_registrations, at(m), !repeat, 0);
    if (!repeat) add(metric::simplified_share, at(m), is_simple(m), 1);
    const int level = level_of_birth(m);
    if (!repeat && level != 0 && m.channel != channel::campaign) {
      add(level == 1 ? metric::to_city : level == 2 ? metric::to_province : metric::to_nation, at(m), 1, 0);
      if (level > 1 && m.channel == channel::visit) add(metric::skip_level_visits, at(m), 1, 0);
    }
    add(metric::repeat_rate, at(m), repeat, 1);
    add_series(repeat ? series_id::repeat_registrations : series_id::first_registrations, today, 1, 0);
  }

  void take_step(const telling& t, known& k, std::int32_t today, bool counted, std::uint32_t office_after) {
    const matter& m = t.m;
    const auto& clocks = setting_.clocks;
    const auto start_round = [&](bool simplified) {
      k.accepted = today;
      k.reply_due = simplified ? plus_workdays(today, clocks.simplified_handle.count) : plus_days(today, clocks.handle.count);
    };
    const auto to_unit = [&] {
      k.routed = today;
      k.accept_due = k.simplified ? plus_workdays(today, clocks.simplified_accept.count) : plus_days(today, clocks.accept.count);
      if (counted) add(metric::bounces, at(m, office_after, m.door), 0, 1);
    };
    if (is_open(t.to) != is_open(t.from)) {
      for (official_id who : {m.owner, m.partner}) own(who, is_open(t.to) ? +1 : -1, today);
    }
    switch (t.event) {
      case case_event::answer:
        k.answered = today;
        if (counted) add(metric::answered_on_spot, at(m), 1, 0);
        break;
      case case_event::put_on_list:
        start_round(false);
        break;
      case case_event::arrive:
        k.registered = k.route_from = today;
        k.simplified = m.simplified;
        register_once(m, today, counted, false);
        if (m.channel == channel::campaign) {
          k.found = today;
          if (counted) {
            add(metric::found_by_campaign, at(m), 1, 0);
            if (!w_.villages()[m.village].member.valid()) violations_[static_cast<std::size_t>(violation::r25)] += 1;
          }
        }
        break;
      case case_event::route: {
        if (m.direct && m.bounces == 0) k.by_bureau = false;
        const std::int32_t due = route_due(m, k);
        if (!m.direct && counts(due)) {
          add(metric::bureau_timely, on(m, due), today <= due, 1);
          curves_[curve_id::routed].push_back(today - k.route_from);
        }
        to_unit();
        break;
      }
      case case_event::receive_in_person:
        k.by_bureau = false;
        to_unit();
        break;
      case case_event::object:
        k.route_from = today;
        if (counted) add(metric::bounces, at(m), 1, 0);
        if (counted && m.office == competent_unit(m)) add(metric::disputes, at(m), 1, 0);  // L6: the right one returned it
        break;
      case case_event::inform:
        if (counts(k.accept_due)) {
          add(metric::timely_acceptance_rate, on(m, k.accept_due), today <= k.accept_due, 1);
          curves_[curve_id::accepted].push_back(today - k.routed);
        }
        if (counted) add(metric::accept_days, at(m), today - k.registered, 1);
        start_round(k.simplified);
        break;
      case case_event::ask_review:
        k.opinion_due = plus_days(today, clocks.review.count);
        CHECK(k.asked_to_rate);
        break;
      case case_event::ask_recheck:
        k.opinion_due = plus_days(today, clocks.recheck.count);
        break;
      case case_event::uphold:
      case case_event::send_back:
      case case_event::close_recheck:
        if (counts(k.opinion_due)) add(metric::review_on_time_rate, on(m, k.opinion_due), today <= k.opinion_due, 1);
        if (t.event == case_event::send_back) start_round(false);
        break;
      case case_event::return_reopened:
      case case_event::petition_again:
      case case_event::rebound_reopened:
        start_round(false);
        break;
      case case_event::withdraw:
        on_way_.erase(m.entity);
        if (counted) add(metric::withdrawals, at(m), 1, 0);
        break;
      case case_event::return_lapsed_settled:
      case case_event::return_lapsed_unsettled:
        if (!counted) break;
        violations_[static_cast<std::size_t>(violation::r27)] += 1;
        add(metric::return_visits_missed, at(m), 1, 0);
        break;
      case case_event::extend:
        if (counted) add(metric::extensions, at(m), 1, 0);
        k.reply_due = plus_days(k.accepted, clocks.handle.count + clocks.extension.count);
        break;
      case case_event::mediate:
      case case_event::reply:
        if (counts(k.reply_due)) {
          add(metric::on_time_reply_rate, on(m, k.reply_due), today <= k.reply_due, 1);
          if (k.by_bureau) add(metric::bureau_on_time_reply_rate, on(m, k.reply_due), today <= k.reply_due, 1);
          curves_[curve_id::replied].push_back(today - k.accepted);
        }
        if (counted) add(metric::reply_days, at(m), today - k.accepted, 1);
        if (k.first_reply == never) k.first_reply = today;
        k.asked_to_rate = false;
        break;
      case case_event::content:
      case case_event::window_ends:
        // whoever has a reply is asked before anything comes of it
        if (t.from == case_state::replied) CHECK(k.asked_to_rate);
        break;
      case case_event::expire:
        k.late_once = true;
        if (counted && (t.from == case_state::accepted || t.from == case_state::handling)) add(metric::overdue, at(m), 1, 0);
        break;
      case case_event::cutoff:
        k.long_pending = true;
        break;
      default:
        break;
    }
    const bool lapsed = t.event == case_event::return_lapsed_settled || t.event == case_event::return_lapsed_unsettled;
    if (k.first_routed == never && t.to == case_state::routed) k.first_routed = today;
    if (t.event == case_event::rebound || t.event == case_event::rebound_reopened) {
      k.peace.push_back({today, false, today_decided(t), k.settled_door});
    }
    if (t.to == case_state::settled && t.from != t.to && !lapsed) {
      k.settled_door = m.door;
      k.peace.push_back({today, true, today, m.door});
      k.settled_at.push_back(t.at);
      on_way_.erase(m.entity);
    }
    const bool closes = (t.to == case_state::settled || t.to == case_state::procedurally_closed) && t.from != case_state::return_visit_due;
    if (closes && counted) add(metric::procedural_only_share, at(m), t.to == case_state::procedurally_closed, 1);
    if (t.event == case_event::return_settled || t.event == case_event::return_unsettled || t.event == case_event::return_reopened)
      return_visit(t, k, counted);
    if (t.to == case_state::settled && !lapsed) {
      if (counted) {
        add(metric::settle_days, at(m), today - k.registered, 1);
        settlements_ += 1;
      }
    }
    if (((t.to == case_state::settled && !lapsed) || t.to == case_state::diverted || t.to == case_state::withdrawn) && k.found != never)
      k.at_peace.insert(today);
    k.state = t.to;
  }

  /// When the petition that breaks the peace was decided on: before the visit, if it was one.
  [[nodiscard]] static std::int32_t today_decided(const telling& t) {
    const std::int32_t today = t.at.date().since_1970();
    return t.m.visit_on == today ? t.m.visit_decided : today;
  }
  void return_visit(const telling& t, known& k, bool counted) {
    const matter& m = t.m;
    if (m.owner.valid()) k.hearings.push_back({t.at, is_leader(m.owner)});
    const bool with_meeting = returned_at_.contains(m.entity) && returned_at_[m.entity] == t.at;
    if (!with_meeting) {
      for (official_id who : std::set<official_id>{m.owner, head_of(w_.townships()[m.township].office), head_of(m.subject)})
        is_there(who, t.at.date(), t.at.minute_of_day().count, setting_.return_visits.length.count, w_.villages()[m.village].where);
    }
    if (!counted) return;
    const places where = at(m, m.office, door::return_visit);
    add(metric::return_visits, where, 1, 0);
    const official_id place = head_of(w_.townships()[m.township].office), of_matter = head_of(m.subject);
    const bool missing = !m.owner.valid() || !place.valid() || (m.subject != no_index && !of_matter.valid());
    if (missing) violations_[static_cast<std::size_t>(violation::r29)] += 1;
    // The visit has been counted by now: its luck has the number before.
    const auto& door = setting_.return_visits;
    const auto visit = static_cast<std::uint32_t>(m.returns) - 1;
    const bool found = luck_(m.entity, draw::reason_found, visit) < (missing ? door.found_incomplete_share : door.found_share);
    add(metric::reason_found, where, found, 1);
    const auto round = static_cast<std::uint32_t>(m.rounds);
    const double why = luck_(m.entity, draw::unsettled_reason, round) - door.promise_share;
    const bool in_hardship = why >= 0 && why < door.hardship_share;
    if (!found || !in_hardship || luck_(m.entity, draw::help_given, visit) >= door.help_share) return;
    add(metric::hardship_helped, where, 1, 0);
    add(metric::help_cost, {{dimension::all, 0}}, door.help_cost, 0);
  }

  void take_visit(const telling& t, known& k, std::int32_t today, bool counted) {
    const matter& m = t.m;
    const told_session& s = story_.sessions[t.session];
    on_way_.erase(m.entity);
    if (t.outcome && t.outcome->end == visit_end::heard && s.series.where != article::window) {
      const minutes start = s.series.where == article::irregular ? minutes(9 * 60) : w_.plan().start(s.series.where);
      const instant heard(s.date, start + minutes(static_cast<std::int32_t>(std::min(t.outcome->finish, 900.0))));
      k.hearings.push_back({heard, is_leader(s.people[static_cast<std::size_t>(t.outcome->receiver)])});
    }
    if (!counted) return;
    const auto v = s.series.where.index();
    if (t.outcome) queue_hours_ += t.outcome->wait / 60 * m.persons;
    if (s.series.where != article::irregular)  // the leaders come to them
      petitioner_km_ +=
          m.persons * (km(w_.villages()[m.village].where, s.series.place) + km(s.series.place, w_.villages()[m.village].where));
    places where{{dimension::all, 0},
                 {dimension::township, m.township},
                 {dimension::category, m.category},
                 {dimension::door, static_cast<std::size_t>(door::open_reception)},
                 {dimension::channel, static_cast<std::size_t>(channel::visit)},
                 {dimension::venue, v},
                 {dimension::month, s.date.month() - 1}};
    if (m.office != no_index) where.emplace_back(dimension::unit, m.office);
    const bool in_village = s.series.where == article::village, in_township = s.series.where == article::township;
    where.emplace_back(dimension::level, in_village ? 2 : in_township ? 1 : 0);
    add_who(where, m);
    add(metric::visits, where, 1, 0);
    add(metric::visitors, where, m.persons, 0);
    add(metric::heard_same_session, where, t.outcome && t.outcome->end == visit_end::heard, 1);
    if (m.persons >= 5) add(metric::group_visits, where, 1, 0);
    if (!t.outcome) {
      violations_[static_cast<std::size_t>(violation::r10)] += 1;
      return;
    }
    const bool heard = t.outcome->end == visit_end::heard;
    add(metric::walk_away_rate, where, t.outcome->end == visit_end::left, 1);
    venues_[v].heard += heard;
    venues_[v].left += t.outcome->end == visit_end::left;
    venues_[v].not_heard += t.outcome->end == visit_end::not_heard;
    if (!heard) {
      violations_[static_cast<std::size_t>(violation::r11)] += 1;
      return;
    }
    add(metric::received, where, 1, 0);
    add(metric::received_persons, where, m.persons, 0);
    add(metric::wait_minutes, where, t.outcome->wait, 1);
    venues_[v].wait_minutes += t.outcome->wait;
    if (k.state == case_state::none) {
      const bool high = w_.plan().traits(s.series.where).seniority >= 2;
      add(metric::heard_high_share, where, high, 1);
    }
    if (s.series.where != article::window) officials_[s.people[static_cast<std::size_t>(t.outcome->receiver)].index()].heard += 1;
    for (std::size_t in : {v, w_.plan().kinds().size()}) minutes_waited_[in].push_back(std::min(std::floor(t.outcome->wait), 1440.0));
    if (s.series.where == article::irregular) return;
    const double waited = today - m.visit_decided;
    add(metric::wait_days, where, waited, 1);
    for (std::size_t in : {v, w_.plan().kinds().size()}) { days_waited_[in].push_back(std::min(waited, 120.0)); }
    curves_[curve_id::heard].push_back(waited);
    add_series(series_id::wait_all, today, waited, 1);
    if (s.series.where == article::principal) add_series(series_id::wait_principal, today, waited, 1);
    if (s.series.where == article::bureau_leader) add_series(series_id::wait_bureau, today, waited, 1);
  }

  /// What stands open at the end of a week.
  void look(std::size_t week, day on) {
    const std::int32_t today = on.since_1970();
    std::vector<double> waiting(kinds);
    for (const auto& [entity, v] : on_way_) waiting[v.index()] += 1;
    const auto at_venues = [&](series_id s, std::initializer_list<venue> venues) {
      double sum = 0;
      for (venue v : venues) sum += waiting[v.index()];
      series_[{static_cast<std::size_t>(s), week}] = {sum, 1};
    };
    at_venues(series_id::waiting_local, {article::village, article::section});
    at_venues(series_id::waiting_units, {article::township, article::department});
    at_venues(series_id::waiting_linked, {article::linked_leader});
    at_venues(series_id::waiting_bureau, {article::bureau_leader});
    at_venues(series_id::waiting_principal, {article::principal});
    at_venues(series_id::waiting_window, {article::window});
    at_venues(series_id::waiting_other, {});
    std::map<series_id, double> open;
    for (const auto& [entity, k] : known_) {
      if (!is_open(k.state)) continue;
      const bool in_hand = k.state == case_state::accepted || k.state == case_state::handling;
      const bool before = k.state == case_state::registered || k.state == case_state::routed;
      const series_id s = before                                    ? series_id::open_routing
                          : in_hand                                 ? series_id::open_handling
                          : k.state == case_state::return_visit_due ? series_id::open_return
                                                                    : series_id::open_review;
      open[s] += 1;
      if (in_hand && today > k.reply_due) open[series_id::overdue_open] += 1;
      add(metric::open_age_days, {{dimension::all, 0}}, today - k.registered, 1);
    }
    for (series_id s :
         {series_id::open_routing, series_id::open_handling, series_id::open_review, series_id::open_return, series_id::overdue_open}) {
      series_[{static_cast<std::size_t>(s), week}] = {open[s], 1};
    }
  }

  void count_sessions() {
    for (const told_session& s : story_.sessions) {
      const auto v = s.series.where.index();
      sit(s);
      if (!w_.counts(s.date)) continue;
      if (!s.totals) continue;
      venues_[v].used_sessions += 1;
      venues_[v].busy_minutes += s.totals->busy;
      venues_[v].overtime_minutes += s.totals->overtime;
      venues_[v].longest_queue = std::max(venues_[v].longest_queue, s.totals->longest_queue);
      const double window_clerks = setting_.reception[article::window].receivers;  // never away
      overtime_ += s.totals->overtime * (s.series.where == article::window ? window_clerks : static_cast<double>(s.people.size()));
      if (s.series.where == article::window) window_overtime_ += s.totals->overtime * window_clerks;
    }
    for (const told_session& s : story_.in_vain) sit(s);
    // R5: whom the plan has elsewhere, and who stands in elsewhere for somebody who is away.
    for (const double_booking& b : w_.plan().double_bookings()) {
      if (w_.counts(b.date)) violations_[static_cast<std::size_t>(violation::r5)] += 1;
    }
    for (const told_session& s : story_.sessions) {
      if (s.series.where != article::linked_leader || !w_.counts(s.date)) continue;
      std::vector<official_id> planned;
      w_.plan().roster(s.series, *w_.plan().next_turn(s.series, s.date), planned);
      for (official_id who : planned) {
        const bool elsewhere = std::any_of(story_.sessions.begin(), story_.sessions.end(), [&](const told_session& other) {
          const bool of_leaders = other.series.where == article::principal || other.series.where == article::bureau_leader;
          return of_leaders && other.date == s.date && std::find(other.people.begin(), other.people.end(), who) != other.people.end();
        });
        violations_[static_cast<std::size_t>(violation::r5)] += elsewhere;
      }
    }
    for (const auto& [on, for_good] : story_.irregular_put_off) {
      if (w_.counts(on)) put_off(for_good);
    }
  }
  /// Who sits, whether anybody comes or not.
  void sit(const told_session& s) {
    if (s.series.where == article::window) return;
    const int start = s.series.where == article::irregular ? 9 * 60 : w_.plan().start(s.series.where).count;
    const int length = static_cast<int>(sifang_tests::planned_length(w_, s) + (s.totals ? std::ceil(s.totals->overtime) : 0));
    for (official_id who : s.people) is_there(who, s.date, start, length, s.series.place);
    if (!w_.counts(s.date)) return;
    for (official_id who : s.people) officials_[who.index()].sessions += 1;
    venues_[s.series.where.index()].absent_seats += static_cast<double>(s.seats - s.people.size());
    if (!s.people.empty() || s.series.where == article::irregular) return;
    const std::map<venue, violation> broken{{article::principal, violation::r3},    {article::bureau_leader, violation::r6},
                                            {article::township, violation::r8},     {article::department, violation::r8},
                                            {article::village, violation::r9},      {article::section, violation::r9},
                                            {article::linked_leader, violation::r5}};
    if (s.series.where != article::linked_leader || s.seats != 0) violations_[static_cast<std::size_t>(broken.at(s.series.where))] += 1;
  }

  /// Whether an item is off the wall chart at the end of the period, and with the grievance still there.
  [[nodiscard]] std::pair<bool, std::int32_t> struck_off(const known& k, bool& in_vain) const {
    std::int32_t settled_on = k.at_peace.empty() ? std::numeric_limits<std::int32_t>::max() : *k.at_peace.begin();
    const std::int32_t target = k.found + setting_.campaign.timetable.count;
    const bool by_date = setting_.campaign.strike_off == strike_off_rule::date;
    in_vain = by_date && settled_on > target + 1;
    const std::int32_t on = in_vain ? target + 1 : settled_on;
    return {on <= w_.last().since_1970(), on};
  }

  /// Of the first so many of a list, how many go to the households.
  [[nodiscard]] double sent_of(double n) const { return setting_.campaign.open ? std::floor(n * setting_.campaign.cadre_share) : 0; }

  /// The campaign: those who sit at a session do not go; what is found, done, and struck off.
  void recount_campaign() {
    const places whole{{dimension::all, 0}};
    const double sent = setting_.county.cadres * setting_.campaign.cadre_share;
    const double households = w_.org().units()[w_.org().units().root()].population / setting_.county.household_size;
    REQUIRE(story_.days_of_campaign.size() == days_of_campaign_.size());
    for (const auto& [date, told] : story_.days_of_campaign) {
      std::set<std::size_t> sitting;
      for (const auto* all : {&story_.sessions, &story_.in_vain}) {
        for (const told_session& one : *all) {
          if (one.date != date || one.series.where == article::window) continue;
          for (official_id who : one.people) {
            if (!is_leader(who) && sent_of(static_cast<double>(who.index() + 1)) > sent_of(static_cast<double>(who.index())))
              sitting.insert(who.index());
          }
        }
      }
      const double kept = std::min(static_cast<double>(sitting.size()), sent);
      if (!w_.counts(date)) continue;
      add(metric::cadre_days, whole, sent - kept, 0);
      add(metric::cadre_days_kept, whole, kept, 0);
      CHECK(told.households <= (sent - kept) * setting_.campaign.households_per_day + 1e-9);
      add(metric::household_coverage, whole, told.households / households, told.first);
      add(metric::village_coverage, whole, told.villages / static_cast<double>(w_.villages().size()), told.first);
      add(metric::opinions_collected, whole, told.opinions, 0);
    }
    for (metric m : {metric::cadre_days, metric::cadre_days_kept, metric::opinions_collected, metric::campaign_items}) add(m, whole, 0, 1);
    for (metric m : {metric::household_coverage, metric::village_coverage}) {
      if (sums_[{m, dimension::all, 0}].denominator == 0) add(m, whole, 0, 1);
    }
    for (const sifang_tests::told_item& one : story_.items) {
      const day found = one.item.found, horizon = found + setting_.resolution_horizon;
      if (one.struck_off && !one.done_then && w_.counts(*one.struck_off)) violations_[static_cast<std::size_t>(violation::r26)] += 1;
      if (!w_.counts(found)) continue;
      violations_[static_cast<std::size_t>(violation::r25)] += !w_.villages()[one.item.village].member.valid();
      add(metric::campaign_items, whole, 1, 0);
      if (one.item.target <= w_.last()) add(metric::items_on_time, whole, one.done && *one.done <= one.item.target, 1);
      if (horizon > w_.last()) continue;
      add(metric::items_resolved, whole, one.done && *one.done <= horizon, 1);
      add(metric::items_struck_off, whole, one.struck_off && *one.struck_off <= horizon, 1);
    }
  }

  [[nodiscard]] static bool at_peace(const known& k, std::int32_t on) {
    bool peace = false;
    for (const known::turn& t : k.peace) {
      if (t.on <= on) peace = t.peace;
    }
    return peace;
  }
  void count_rebounds(const matter& m, const known& k) {
    for (std::size_t i = 0; i < k.peace.size(); ++i) {
      const known::turn& settled = k.peace[i];
      const std::int32_t horizon = settled.on + setting_.rebound_horizon.count;
      if (!settled.peace || !counts(settled.on) || !is_seen(horizon)) continue;
      const bool back = i + 1 < k.peace.size() && !k.peace[i + 1].peace && k.peace[i + 1].decided <= horizon;
      add(metric::rebound_rate, at(m, m.office, settled.door, settled.on), back, 1);
    }
  }
  void count_access(const matter& m, const known& k) {
    std::int32_t heard = never, high = never;
    for (const known::hearing& h : k.hearings) {
      const bool peace_first =
          std::any_of(k.settled_at.begin(), k.settled_at.end(), [&](instant at) { return at.date() == h.at.date() && at < h.at; });
      if (peace_first) continue;
      const std::int32_t heard_on = h.at.date().since_1970();
      if (heard == never || heard_on < heard) heard = heard_on;
      if (h.by_leader && (high == never || heard_on < high)) high = heard_on;
    }
    const bool speaks = !m.backlog && level_of_birth(m) == 0 && luck_(m.entity, draw::channel) < setting_.load.visit_share &&
                        luck_(m.entity, draw::silent) >= setting_.load.silent_share;
    const auto within = [&](std::int32_t then, int days) { return then != never && then - m.born <= days; };
    if (speaks && counts(m.born)) {
      for (const auto& [which, days] : {std::pair{metric::heard_7d, 7}, {metric::heard_15d, 15}, {metric::heard_30d, 30}}) {
        if (is_seen(m.born + days)) add(which, on(m, m.born), within(heard, days), 1);
      }
      if (is_seen(m.born + 30)) add(metric::heard_county_30d, on(m, m.born), within(high, 30), 1);
      if (is_seen(m.born + 60)) {
        add(metric::heard_days, on(m, m.born), within(heard, 60) ? heard - m.born : 60, 1);
        petitioner_days_ += m.persons * (within(heard, 60) ? heard - m.born : 60);
      }
    }
    if (counts(m.born) && is_seen(m.born + 365) && !m.backlog)
      add(metric::unmet_need, on(m, m.born), !within(k.registered, 365) && !within(heard, 365) && !within(k.answered, 365), 1);
  }

  void end() {
    const std::int32_t last = w_.last().since_1970();
    for (const matter& m : matters_) {
      const auto found = known_.find(m.entity);
      const known k = found == known_.end() ? known{} : found->second;
      count_access(m, k);
      if (k.state == case_state::none) {
        (m.silent ? silent_ : on_the_way_) += 1;
        continue;
      }
      (is_open(k.state) ? open_ : closed_) += 1;
      if ((k.state == case_state::under_review || k.state == case_state::under_recheck) && counts(k.opinion_due))
        add(metric::review_on_time_rate, on(m, k.opinion_due), 0, 1);
      const std::int32_t last_of_route = route_due(m, k);
      if (k.state == case_state::registered && counts(last_of_route)) {
        add(metric::bureau_timely, on(m, last_of_route), 0, 1);
        missed_in_curve_[static_cast<std::size_t>(curve_id::routed)] += 1;
      }
      if (k.state == case_state::routed && counts(k.accept_due)) {
        add(metric::timely_acceptance_rate, on(m, k.accept_due), 0, 1);
        missed_in_curve_[static_cast<std::size_t>(curve_id::accepted)] += 1;
      }
      if ((k.state == case_state::accepted || k.state == case_state::handling) && counts(k.reply_due)) {
        add(metric::on_time_reply_rate, on(m, k.reply_due), 0, 1);
        if (k.by_bureau) add(metric::bureau_on_time_reply_rate, on(m, k.reply_due), 0, 1);
        missed_in_curve_[static_cast<std::size_t>(curve_id::replied)] += 1;
      }
      if (m.backlog) add(metric::backlog_resolution, on(m, m.born), at_peace(k, w_.end().since_1970()), 1);
      if (counts(k.first_reply) && is_seen(k.first_reply + setting_.one_time_horizon.count) && !m.backlog) {
        const bool came_again = k.repeat_after_reply != never && k.repeat_after_reply - k.first_reply <= setting_.one_time_horizon.count;
        add(metric::one_time_resolution_rate, on(m, k.first_reply), !came_again, 1);
      }
      const std::int32_t later = k.first_routed + setting_.resolution_horizon.count;
      if (counts(k.first_routed) && is_seen(later) && !m.backlog)
        add(metric::resolution_rate, on(m, k.first_routed), at_peace(k, later), 1);
      count_rebounds(m, k);
      if ((k.long_pending || m.backlog) && counts(k.listed))
        add(metric::long_pending_resolution, on(m, k.listed), at_peace(k, w_.end().since_1970()), 1);
      if (k.found != never) {
        bool in_vain = false;
        const auto [off, off_on] = struck_off(k, in_vain);
        if (counts(k.found)) {
          if (is_seen(k.found + setting_.resolution_horizon.count + setting_.clocks.route.count))
            add(metric::true_resolution_found, on(m, k.found), k.first_routed != never && at_peace(k, later), 1);
          add(metric::apparent_resolution_found, on(m, k.found), off, 1);
        }
        if (off && in_vain && counts(off_on)) violations_[static_cast<std::size_t>(violation::r26)] += 1;
      }
      // Whoever owns a case that is still open owns it to the end of the last day.
      if (is_open(k.state)) {
        own(m.owner, 0, last + 1);
        own(m.partner, 0, last + 1);
      }
    }
    const places whole{{dimension::all, 0}};
    double leaders = 0, heads = 0;
    std::vector<double> owned;
    double most = 0;
    const double period = (w_.end() - w_.start()).count + 1;
    for (std::size_t i = 0; i < officials_.size(); ++i) {
      const official_id who(i);
      own(who, 0, last + 1);
      officials_[i].owned_days = owners_[i].days;
      officials_[i].owned_max = owners_[i].most;
      if (is_leader(who)) {
        leaders += officials_[i].minutes;
        owned.push_back(owners_[i].days / period);
        most = std::max<double>(most, owners_[i].most);
      } else if (w_.org()[who].rank == role::unit_head || w_.org()[who].rank == role::team_member) {
        heads += officials_[i].minutes;
      }
    }
    double sum = 0, differences = 0;
    for (double a : owned) {
      sum += a;
      for (double b : owned) differences += std::abs(a - b);
    }
    const auto n = static_cast<double>(owned.size());
    add(metric::owned_mean, whole, sum / n, 1);
    add(metric::owned_max, whole, most, 1);
    if (sum > 0) add(metric::owned_gini, whole, differences / (2 * n * sum), 1);
    add(metric::leader_hours, whole, leaders / 60, 1);
    add(metric::head_hours, whole, heads / 60, 1);
    add(metric::leader_hours_per_settled, whole, leaders / 60, settlements_);
    add(metric::travel_km, whole, travel_km_, 1);
    add(metric::travel_hours, whole, travel_hours_, 1);
    for (metric m : {metric::duties_moved, metric::duties_cancelled, metric::owned_over_cap, metric::posts_changed, metric::help_cost})
      add(m, whole, 0, 1);
    add(metric::overtime_hours, whole, overtime_ / 60, 1);
    add(metric::petitioner_days, whole, petitioner_days_, 1);
    for (const auto& [unit, work] : story_.work_on_items)
      handler_minutes_[unit] += in_period(work.begins, work.length, setting_.handling.handler_minutes_per_day);
    double days_of_campaign = 0, handlers_before = 0;
    for (day d : days_of_campaign_) days_of_campaign += w_.counts(d);
    double workdays = 0;
    for (day d = w_.start(); d <= w_.end(); ++d) workdays += w_.calendar().is_workday(d);
    double clerk_minutes = 0;
    for (const told_work& one : story_.clerk_work)
      clerk_minutes += in_period(one.begins, one.length, setting_.routing.clerk_minutes_per_day);
    const double day_of_handler = setting_.handling.handler_minutes_per_day;
    for (std::size_t o = 0; o < w_.offices().size(); ++o) {
      for (const places& where : {whole, places{{dimension::unit, o}}}) {
        add(metric::handler_hours, where, handler_minutes_[o] / 60, 0);
        add(metric::handler_utilisation, where, handler_minutes_[o], 0);
      }
      // All but those who are at the households.
      const unit_kind kind = w_.org().units()[w_.offices()[o].where].kind;
      const int handlers = level_of(kind) == level::township ? setting_.handling.township_handlers
                           : kind == unit_kind::department   ? setting_.handling.department_handlers
                                                             : setting_.handling.park_handlers;
      double days_there = 0;
      for (int h = 0; h < handlers; ++h, ++handlers_before)
        days_there += workdays - (sent_of(handlers_before + 1) > sent_of(handlers_before) ? days_of_campaign : 0);
      for (const places& where : {whole, places{{dimension::unit, o}}})
        add(metric::handler_utilisation, where, 0, days_there * day_of_handler);
    }
    add(metric::clerk_utilisation, whole, clerk_minutes, workdays * setting_.routing.clerk_minutes_per_day * setting_.routing.clerks);
    recount_campaign();
    recount_costs(whole, leaders / 60, heads / 60, clerk_minutes / 60, workdays);
    add(metric::open_cases, whole, sums_[{metric::open_age_days, dimension::all, 0}].denominator / static_cast<double>(w_.weeks()), 1);
    for (std::size_t v = 0; v <= kinds; ++v) {
      if (days_waited_[v].empty()) continue;
      const places where{v == kinds ? std::pair{dimension::all, std::size_t{0}} : std::pair{dimension::venue, v}};
      const auto quantile = [](std::vector<double> of, double p) {
        std::sort(of.begin(), of.end());
        return of[static_cast<std::size_t>(std::ceil(p * static_cast<double>(of.size()))) - 1];
      };
      add(metric::wait_days_p50, where, quantile(days_waited_[v], 0.5), 1);
      add(metric::wait_days_p90, where, quantile(days_waited_[v], 0.9), 1);
      add(metric::wait_minutes_p50, where, quantile(minutes_waited_[v], 0.5), 1);
      add(metric::wait_minutes_p90, where, quantile(minutes_waited_[v], 0.9), 1);
      add(metric::wait_minutes_max, where, quantile(minutes_waited_[v], 1), 1);
    }
    // Numbers of a period have 1 as their denominator, in every cell.
    for (metric m : {metric::received,
                     metric::received_persons,
                     metric::answered_on_spot,
                     metric::to_city,
                     metric::to_province,
                     metric::to_nation,
                     metric::registrations,
                     metric::first_registrations,
                     metric::visitors,
                     metric::not_accepted,
                     metric::disputes,
                     metric::withdrawals,
                     metric::return_visits_missed,
                     metric::handler_hours,
                     metric::visits,
                     metric::group_visits,
                     metric::skip_level_visits,
                     metric::overdue,
                     metric::found_by_campaign,
                     metric::appointments,
                     metric::cases_taken_over,
                     metric::return_visits,
                     metric::hardship_helped,
                     metric::extensions,
                     metric::visited_townships,
                     metric::visited_villages,
                     metric::visited_enterprises,
                     metric::visited_projects}) {
      for (std::size_t d = 0; d < dimension_count; ++d) {
        for (std::size_t item = 0; item < w_.layout().items(static_cast<dimension>(d)); ++item)
          add(m, {{static_cast<dimension>(d), item}}, 0, 1);
      }
    }
  }

  /// What all of it costs, price by price.
  void recount_costs(const places& whole, double leaders, double heads, double clerks, double workdays) {
    const auto at_window = setting_.reception[article::window];
    const double window = at_window.open ? (workdays * at_window.length.count * at_window.receivers + window_overtime_) / 60 : 0;
    double handlers = 0;
    for (const auto& [office, minutes] : handler_minutes_) handlers += minutes / 60;
    const double cadres = sums_[{metric::cadre_days, dimension::all, 0}].numerator;
    const double help = sums_[{metric::help_cost, dimension::all, 0}].numerator;
    const auto& price = setting_.cost;
    const double cost = leaders * price.leader_hour + heads * price.head_hour + (clerks + window) * price.clerk_hour +
                        handlers * price.handler_hour + cadres * price.cadre_day + overtime_ / 60 * price.overtime_hour +
                        preparation_hours_ * price.preparation_hour + (travel_km_ + head_km_) * price.vehicle_km + help * price.help +
                        queue_hours_ * price.petitioner_hour + petitioner_km_ * price.petitioner_km +
                        petitioner_days_ * price.petitioner_day;
    const std::vector<std::pair<metric, double>> counted{
        {metric::clerk_hours, clerks}, {metric::window_hours, window},      {metric::preparation_hours, preparation_hours_},
        {metric::head_km, head_km_},   {metric::queue_hours, queue_hours_}, {metric::petitioner_km, petitioner_km_},
        {metric::total_cost, cost}};
    for (const auto& [m, amount] : counted) add(m, whole, amount, 1);
  }

  const world& w_;
  const scenario& setting_;
  const replication_outcome& out_;
  std::span<const matter> matters_;
  const sifang_tests::story& story_;
  named_draws luck_;
  scenario_laws laws_;
  std::vector<std::uint32_t> office_after_;
  std::map<std::uint64_t, known> known_;
  std::map<std::uint64_t, venue> on_way_;
  std::map<std::tuple<metric, dimension, std::size_t>, ratio> sums_;
  std::map<std::pair<std::size_t, std::size_t>, ratio> series_;
  std::map<curve_id, std::vector<double>> curves_;
  std::array<double, curve_count> missed_in_curve_{};
  std::array<double, violation_count> violations_{};
  std::vector<venue_outcome> venues_ = std::vector<venue_outcome>(kinds);
  std::vector<std::vector<double>> days_waited_{kinds + 1}, minutes_waited_{kinds + 1};
  std::vector<official_outcome> officials_;
  struct owner {
    std::int32_t open = 0, since = 0;
    double days = 0;
    std::int32_t most = 0;
  };
  std::vector<owner> owners_;
  std::vector<day> days_of_campaign_;
  std::map<std::size_t, double> handler_minutes_;  ///< by office
  struct stay {
    int from, to;
    unit_id where;
  };
  std::map<std::pair<std::size_t, std::int32_t>, std::vector<stay>> days_of_;  ///< by official and day
  std::map<std::uint64_t, instant> returned_at_;                               ///< meetings that were return visits too
  std::int32_t today_ = 0;
  double travel_hours_ = 0, travel_km_ = 0, overtime_ = 0, petitioner_days_ = 0, settlements_ = 0;
  double preparation_hours_ = 0, head_km_ = 0, window_overtime_ = 0, queue_hours_ = 0, petitioner_km_ = 0;
  double silent_ = 0, on_the_way_ = 0, open_ = 0, closed_ = 0;
};

recount counted_anew(const world& w, std::uint32_t number) {
  auto r = played(w, number);
  recount again(w, r, r.observer(), number);
  again.run();
  again.compare_all();
  return again;
}

}  // namespace

TEST_CASE("Every metric, series, curve and count of a year is what its words say, counted anew from the histories") {
  SECTION("the article's county") {
    const world w = sifang_tests::xiapu({"scenario.warm_up=200"});
    for (std::uint32_t number = 0; number < 2; ++number) CHECK(counted_anew(w, number).numerator(metric::registrations) > 500);
  }
  SECTION("under load, late, with absences, screening, booking, closing and moved last days") {
    const world w = sifang_tests::xiapu({"scenario.warm_up=100",
                                         "load.multiplier=3",
                                         "clocks.extend_to_workday=true",
                                         "routing.minutes_per_matter=150",
                                         "routing.accept_days_mean=12",
                                         "handling.wait_days_mean=20",
                                         "routing.misroute_probability=0.4",
                                         "settlement.intercept=0.5",
                                         "reception.absence_rate=0.3",
                                         "reception.screened_share=0.1",
                                         "reception.booked_share=0.3",
                                         "reception.closing=\"escalate\"",
                                         "reception.interview_minutes=60",
                                         "choice.patience_minutes=90",
                                         "load.silent_share=0.4",
                                         "campaign.strike_off=\"date\"",
                                         "repeats.rebound_share=0.4",
                                         "ownership.rule=\"by_territory\"",
                                         "reception.substitution=\"none\"",
                                         "repeats.skip_level_share=0.5",
                                         "cost.preparation_hour=40",
                                         "cost.petitioner_day=7"});
    const recount r = counted_anew(w, 7);
    for (metric m : {metric::skip_level_visits, metric::overdue, metric::found_by_campaign, metric::rebound_rate,
                     metric::long_pending_resolution, metric::walk_away_rate}) {
      CAPTURE(info(m).name);
      CHECK(r.numerator(m) > 0);
    }
  }
  SECTION("posts that change hands every year, and a cap that is too low for the load") {
    const world w =
        sifang_tests::xiapu({"scenario.warm_up=100", "load.multiplier=2", "posts.turnover_per_year=1", "posts.vacant_days=40",
                             "ownership.rule=\"capped\"", "ownership.cap=1", "handling.wait_days_mean=15", "repeats.rebound_share=0.3"});
    const recount r = counted_anew(w, 1);
    for (metric m : {metric::posts_changed, metric::cases_taken_over, metric::owned_over_cap}) {
      CAPTURE(info(m).name);
      CHECK(r.numerator(m) > 20);
    }
  }
  SECTION("two owners of a case, a short period that is no whole number of weeks, short horizons") {
    const world w =
        sifang_tests::xiapu({"scenario.start=2022-03-02", "scenario.end=2022-05-19", "scenario.warm_up=300", "ownership.rule=\"joint\"",
                             "clocks.one_time_horizon=40", "clocks.rebound_horizon=20", "session.bureau_leader.receivers=3",
                             "repeats.rebound_share=0.3", "repeats.rebound_days=10", "handling.wait_days_mean=15",
                             "reception.closing=\"come_back\"", "session.principal.length=30", "return_visits.delay=5"});
    (void)counted_anew(w, 3);
  }
  SECTION("long lists, and leaders who come without notice on the same mornings") {
    const world w = sifang_tests::xiapu({"scenario.warm_up=100", "reception.irregular_per_month=31", "reception.irregular_turnout=1",
                                         "appointments.threshold=0.05", "appointments.list_length=200",
                                         "appointments.field_days_per_month=9", "handling.wait_days_mean=25", "settlement.intercept=0"});
    CHECK(counted_anew(w, 5).numerator(metric::appointments) > 300);
  }
  SECTION("no reception and no other door") {
    const world w = sifang_tests::xiapu(
        {"scenario.warm_up=30", "session.window.open=false", "appointments.open=false", "campaign.open=false", "return_visits.open=false"},
        "xiapu-without-reception");
    (void)counted_anew(w, 0);
  }
}
