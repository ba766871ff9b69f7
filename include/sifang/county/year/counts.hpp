// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_COUNTS_HPP
#define SIFANG_COUNTY_YEAR_COUNTS_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/policies/ownership.hpp"
#include "sifang/county/world.hpp"
#include "sifang/county/year/campaign_counts.hpp"
#include "sifang/county/year/counted_time.hpp"
#include "sifang/county/year/door_counts.hpp"
#include "sifang/county/year/owned_cases.hpp"
#include "sifang/county/year/year_totals.hpp"
#include "sifang/petition/clocks.hpp"
#include "sifang/petition/kinds.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

/// The observer that every year has: it counts all metrics, series and curves of `replication_outcome`. What is to be
/// counted is the period of the scenario; a duty counts on the day on which it was due.
class year_counts {
 public:
  /// What it is told.
  static constexpr auto hooks =
      sifang::hooks<hook::started, hook::new_day, hook::step, hook::registration, hook::owned, hook::taken_over, hook::post, hook::load,
                    hook::clerk, hook::sent, hook::duty, hook::work, hook::rating, hook::skips_level, hook::refused, hook::seated,
                    hook::unvisited, hook::visit, hook::session, hook::clash, hook::meeting, hook::campaign, hook::item_found,
                    hook::item_work, hook::item_done, hook::item_struck_off, hook::found, hook::struck_off, hook::return_visit,
                    hook::put_off, hook::worked, hook::seen, hook::week, hook::finished>;

  /// What was counted.
  [[nodiscard]] const replication_outcome& outcome() const noexcept { return out_; }
  /// The same, for what the year itself has to add.
  [[nodiscard]] replication_outcome& outcome() noexcept { return out_; }
  /// Whether metrics are counted by township, category, … too, or for the county as a whole alone.
  void split(bool yes) noexcept { split_ = yes; }
  /// Bytes that the counts take.
  template <class = when_called>
  [[nodiscard]] std::size_t bytes() const noexcept {
    return out_.bytes() + owners_.size() * sizeof(owned_cases) + distance_sums_.size() * sizeof(std::uint32_t);
  }

  /// The hooks, as `observer_list` tells them. @{
  template <class = when_called>
  void started(const world& w, std::uint32_t) {
    world_ = &w;
    layout_ = &w.layout();
    whole_ = layout_->at(dimension::all, 0);
    first_counted_ = static_cast<std::uint32_t>(w.start().since_1970());
    days_counted_ = static_cast<std::uint32_t>((w.end() - w.start()).count) + 1;
    out_.reset(w.layout(), w.weeks(), w.org().officials().size(), split_);
    out_.days.assign(w.session_days().size(), {});
    owners_.assign(w.org().officials().size() + 1, {0, w.start().since_1970(), 0, 0});
    cap_ = case_cap(w);
    clerk_period_ = counted_time::of(w, w.clerk_time());
    handler_period_ = counted_time::of(w, w.handler_time());
    month_sum_ = layout_->no_sum();
    distance_sums_.clear();
    for (const village_site& v : w.villages())
      distance_sums_.push_back(layout_->first_sum(dimension::distance, distance_item(v.to_county)));
    begin_week();
  }
  void new_day(day d) noexcept {
    today_ = d;
    counting_ = world_->counts(d);
    week_ = counting_ ? static_cast<std::size_t>((d - world_->start()).count) / 7 : 0;
    month_sum_ = month_sum(d);
  }
  template <class = when_called>
  void step(instant, const matter& m, case_event event, case_state from, case_state to) noexcept {
    if (event == case_event::rebound || event == case_event::rebound_reopened) count_rebound(m);
    if (!counting_) return;
    if (event == case_event::answer) out_.sums.add(metric::answered_on_spot, cells_of(m), 1, 0);
    if (event == case_event::object) out_.sums.add(metric::bounces, cells_of(m), 1, 0);
    if (event == case_event::object && m.disputed) out_.sums.add(metric::disputes, cells_of(m), 1, 0);
    if (event == case_event::return_lapsed_settled || event == case_event::return_lapsed_unsettled) {
      violate(violation::r27);
      out_.sums.add(metric::return_visits_missed, cells_of(m), 1, 0);
      return;  // the file says what it said before: nothing was closed
    }
    if (event == case_event::extend) out_.sums.add(metric::extensions, cells_of(m), 1, 0);
    if (event == case_event::withdraw) out_.sums.add(metric::withdrawals, cells_of(m), 1, 0);
    if (event == case_event::expire && is_in_hand(from)) out_.sums.add(metric::overdue, cells_of(m), 1, 0);
    if (to == case_state::settled && from != to) {
      out_.sums.add(metric::settle_days, cells_of(m), today_.since_1970() - m.registered, 1);
      out_.sums.add(metric::leader_hours_per_settled, whole_, 0, 1);
      if (ends_in_time(today_.since_1970() + world_->setting().rebound_horizon.count)) {
        out_.sums.add(metric::rebound_rate, cells_of(m, m.settled_door, month_sum_), 0, 1);
      }
    }
    const bool closes = from != to && from != case_state::return_visit_due;
    if (closes && (to == case_state::settled || to == case_state::procedurally_closed)) {
      out_.sums.add(metric::procedural_only_share, cells_of(m), to == case_state::procedurally_closed, 1);
    }
  }
  template <class = when_called>
  void registration(instant, const matter& m, bool again) noexcept {
    if (m.backlog && !again) return;  // registered long ago
    again = again || m.recorded_repeat;
    add_series(again ? series_id::repeat_registrations : series_id::first_registrations, 1, 0);
    if (!counting_) return;
    const cell_set cells = cells_of(m);
    out_.sums.add(metric::registrations, cells, 1, 0);
    out_.sums.add(metric::repeat_rate, cells, again, 1);
    out_.sums.add(metric::first_registrations, cells, !again, 0);
    if (!again) out_.sums.add(metric::simplified_share, cells, m.simplified, 1);
    if (again || !m.from_above) return;
    add_above(m.level, cells);
    if (m.channel == channel::visit && is_skipping(county_rank, county_rank + m.level))
      out_.sums.add(metric::skip_level_visits, cells, 1, 0);
  }
  void owned(instant, const matter& m, official_id receiver) noexcept {
    if (receiver.valid() && m.owner != receiver) violate(violation::r13);
  }
  void taken_over(day, const matter& m) noexcept {
    if (counting_) out_.sums.add(metric::cases_taken_over, cells_of(m), 1, 0);
  }
  void post(day, official_id, bool vacant) noexcept {
    if (counting_ && !vacant) out_.sums.add(metric::posts_changed, whole_, 1, 0);
  }
  /// The last place stands for nobody, so that nothing depends on there being an owner.
  void load(day d, official_id owner, std::int32_t open) noexcept {
    owned_cases& o = owners_[owner.index() < owners_.size() ? owner.index() : owners_.size() - 1];
    o.hold(d.since_1970(), after_counting());
    if (open > cap_ && open > o.open && counting_ && owner.valid()) out_.sums.add(metric::owned_over_cap, whole_, 1, 0);
    o.has(open, counting_);
  }
  void clerk(instant, const told_work& w) noexcept { out_.sums.add(metric::clerk_utilisation, whole_, clerk_period_.part_of(w), 0); }
  template <class = when_called>
  void sent(instant, const matter& m) noexcept {
    if (counting_) out_.sums.add(metric::bounces, cells_of(m), 0, 1);
  }
  template <class = when_called>
  void duty(instant, const matter& m, case_clock which, day began, day due) noexcept {
    const std::int32_t today = today_.since_1970();
    const auto of_due = [&](metric rate, curve_id curve) {
      if (!counts(due.since_1970())) return;
      const cell_set cells = cells_of(m, m.door, month_sum(due));
      out_.sums.add(rate, cells, today <= due.since_1970(), 1);
      if (which == case_clock::handle && m.by_bureau) out_.sums.add(metric::bureau_on_time_reply_rate, cells, today <= due.since_1970(), 1);
      out_.curves[static_cast<std::size_t>(curve)].add(today - began.since_1970());
      out_.curve_total[static_cast<std::size_t>(curve)] += 1;
    };
    if (which == case_clock::route) return of_due(metric::bureau_timely, curve_id::routed);
    if (which == case_clock::accept) {
      of_due(metric::timely_acceptance_rate, curve_id::accepted);
      if (counting_) out_.sums.add(metric::accept_days, cells_of(m), today - m.registered, 1);
      return;
    }
    if (which == case_clock::review || which == case_clock::recheck) {
      if (!counts(due.since_1970())) return;
      return out_.sums.add(metric::review_on_time_rate, cells_on(m, due.since_1970()), today <= due.since_1970(), 1);
    }
    of_due(metric::on_time_reply_rate, curve_id::replied);
    if (counting_) out_.sums.add(metric::reply_days, cells_of(m), today - m.accepted, 1);
  }
  void work(instant, const matter& m, const told_work& w) noexcept { add_work(m.office, w); }
  template <class = when_called>
  void rating(instant, const matter& m, const told_rating& r) noexcept {
    if (!counting_ || m.rounds != 0) return;
    const cell_set cells = cells_of(m);
    out_.sums.add(metric::participation_rate, cells, r.given, 1);
    if (!r.given) return;
    out_.sums.add(metric::satisfaction_rate, cells, r.authority, 1);
    out_.sums.add(metric::bureau_satisfaction_rate, cells, r.bureau, 1);
  }
  template <class = when_called>
  void skips_level(instant, const matter& m) noexcept {
    if (!counting_) return;
    const int competent = m.office != no_index && !world_->offices()[m.office].at_county() ? county_rank - 1 : county_rank;
    const int level = 1 + (m.persistence > 0.5);
    add_above(level, cells_of(m));
    if (is_skipping(competent, county_rank + level)) out_.sums.add(metric::skip_level_visits, cells_of(m), 1, 0);
  }
  template <class = when_called>
  void refused(instant, const matter& m, refusal_ground) noexcept {
    if (counting_) out_.sums.add(metric::not_accepted, cells_of(m), 1, 0);
  }
  /// A session, visited or not, by who should sit and who does.
  template <class = when_called>
  void seated(const reception_series& s, day, std::span<const official_id> people, std::size_t seats) noexcept {
    if (!counting_) return;
    out_.venues[s.where.index()].absent_seats += static_cast<double>(seats - people.size());
    if (session_day* one = day_of(s)) one->empty_seats += static_cast<double>(seats - people.size());
    for (official_id who : people) out_.officials[who.index()].sessions += 1;
    if (!people.empty()) return;
    switch (world_->plan().traits(s.where).counts_for) {
      case reception_rule::r3:
        return violate(violation::r3);
      case reception_rule::r5:
        return violate(violation::r5, seats != 0);  // who sits elsewhere is told as a clash
      case reception_rule::r6:
        return violate(violation::r6);
      case reception_rule::r8:
        return violate(violation::r8);
      case reception_rule::r9:
        return violate(violation::r9);
      case reception_rule::none:
      case reception_rule::r4:
        return;
    }
  }
  template <class = when_called>
  void unvisited(const reception_series& s, day d, std::span<const official_id> people, std::size_t seats) noexcept {
    seated(s, d, people, seats);
  }
  template <class = when_called>
  void visit(const reception_series& s, day, const matter& m, const visit_outcome* v, official_id receiver) noexcept {
    if (!counting_) return;
    detail::count_way(out_, *world_, s, m, whole_);
    if (v != nullptr) out_.sums.add(metric::queue_hours, whole_, m.persons * v->wait / 60, 0);
    const cell_set at_place = cells_at(s.where, m);
    out_.sums.add(metric::visits, at_place, 1, 0);
    out_.sums.add(metric::visitors, at_place, m.persons, 0);
    if (is_group_size(m.persons)) out_.sums.add(metric::group_visits, at_place, 1, 0);
    const bool was_heard = v != nullptr && v->end == visit_end::heard;
    out_.sums.add(metric::heard_same_session, at_place, was_heard, 1);
    if (session_day* one = day_of(s)) (was_heard ? one->heard : one->unheard) += 1;
    if (v == nullptr) return violate(violation::r10);
    out_.sums.add(metric::walk_away_rate, at_place, v->end == visit_end::left, 1);
    if (!was_heard) return violate(violation::r11);
    out_.sums.add(metric::received, at_place, 1, 0);
    out_.sums.add(metric::received_persons, at_place, m.persons, 0);
    out_.sums.add(metric::wait_minutes, at_place, v->wait, 1);
    if (m.state == case_state::none) out_.sums.add(metric::heard_high_share, at_place, world_->plan().traits(s.where).seniority >= 2, 1);
    const std::size_t where = s.where.index();
    out_.wait_minutes[where].add(v->wait);
    out_.all_wait_minutes.add(v->wait);
    out_.venues[where].wait_minutes += v->wait;
    if (session_day* one = day_of(s)) one->wait_minutes += v->wait;
    if (receiver.valid()) out_.officials[receiver.index()].heard += 1;
    if (world_->plan().traits(s.where).irregular) return;  // nobody set out for it
    const double waited = today_.since_1970() - m.visit_decided;
    out_.sums.add(metric::wait_days, at_place, waited, 1);
    out_.wait_days[where].add(waited);
    out_.all_wait_days.add(waited);
    out_.curves[static_cast<std::size_t>(curve_id::heard)].add(waited);
    out_.curve_total[static_cast<std::size_t>(curve_id::heard)] += 1;
    add_series(series_id::wait_all, waited, 1);
    const reception_rule rule = world_->plan().traits(s.where).counts_for;
    if (rule == reception_rule::r3) add_series(series_id::wait_principal, waited, 1);
    if (rule == reception_rule::r6) add_series(series_id::wait_bureau, waited, 1);
  }
  template <class = when_called>
  void session(const reception_series& s, day, std::span<const official_id> people, const session_totals& t) noexcept {
    if (!counting_) return;
    venue_outcome& out = out_.venues[s.where.index()];
    out.used_sessions += 1;
    out.heard += t.heard;
    out.left += t.left;
    out.not_heard += t.not_heard;
    out.busy_minutes += t.busy;
    out.overtime_minutes += t.overtime;
    out.longest_queue = (std::max)(out.longest_queue, t.longest_queue);
    if (session_day* one = day_of(s)) {
      one->visited += 1;
      one->longest_queue = (std::max)(one->longest_queue, static_cast<double>(t.longest_queue));
    }
    out_.sums.add(metric::overtime_hours, whole_, t.overtime * static_cast<double>(people.size()) / 60, 0);
    if (world_->plan().traits(s.where).by_clerks)
      out_.sums.add(metric::window_hours, whole_, t.overtime * static_cast<double>(people.size()) / 60, 0);
  }
  void clash(day, std::uint32_t leaders) noexcept { violate(violation::r5, leaders); }
  template <class = when_called>
  void meeting(instant, const matter& m, std::span<const official_id>, meeting_kind, const meeting_setting&) noexcept {
    if (counting_) detail::count_meeting(out_, m, cells_of(m));
  }
  void campaign(day, const campaign_day& c) noexcept {
    if (counting_) of_campaign().add(c);
  }
  void item_found(day, const sentiment_item& i, std::size_t faults) noexcept {
    if (!counting_) return;
    violate(violation::r25, static_cast<double>(faults));
    of_campaign().found(i);
  }
  void item_work(day, std::uint32_t unit, const told_work& w) noexcept { add_work(unit, w); }
  void item_done(day d, const sentiment_item& i) noexcept { of_campaign().done(d, i); }
  void item_struck_off(day d, const sentiment_item& i, bool done) noexcept {
    of_campaign().struck_off(d, i);
    violate(violation::r26, !done);
  }
  template <class = when_called>
  void found(instant, const matter& m, std::size_t faults) noexcept {
    if (!counting_) return;
    violate(violation::r25, static_cast<double>(faults));
    out_.sums.add(metric::found_by_campaign, cells_of(m), 1, 0);
  }
  void struck_off(day, const matter&, bool settled) noexcept {
    if (!settled) violate(violation::r26);
  }
  template <class = when_called>
  void return_visit(instant, const matter& m, const told_return_visit& v) noexcept {
    if (counting_) detail::count_return_visit(out_, v, cells_of(m), whole_, world_->setting().return_visits.help_cost);
  }
  template <class = when_called>
  void put_off(day, const matter*, field_duty, bool for_good) noexcept {
    if (counting_) out_.sums.add(for_good ? metric::duties_cancelled : metric::duties_moved, whole_, 1, 0);
  }
  template <class = when_called>
  void worked(day, official_id who, const told_hours& h) noexcept {
    if (!counting_) return;
    out_.officials[who.index()].minutes += h.attendance + h.preparation + h.travel;
    out_.sums.add(metric::travel_hours, whole_, h.travel / 60.0, 0);
    out_.sums.add(metric::preparation_hours, whole_, h.preparation / 60.0, 0);
    out_.sums.add(world_->is_county_leader(who) ? metric::travel_km : metric::head_km, whole_, h.km, 0);
  }
  template <class = when_called>
  void seen(day, const matter& m) noexcept {
    // By table, since what state a case is in is chance to the processor.
    static constexpr auto stage_of = [] {
      std::array<stage, case_state_count> of{};
      of.fill(deciding);
      of[static_cast<std::size_t>(case_state::registered)] = routing;
      of[static_cast<std::size_t>(case_state::routed)] = accepting;
      of[static_cast<std::size_t>(case_state::accepted)] = of[static_cast<std::size_t>(case_state::handling)] = handling;
      of[static_cast<std::size_t>(case_state::return_visit_due)] = returning;
      return of;
    }();
    const stage at = stage_of[static_cast<std::size_t>(m.state)];
    by_stage_[at] += 1;
    late_ += (at == handling) & (today_.since_1970() > m.reply_due);
    out_.sums.add(metric::open_age_days, cells_of(m), today_.since_1970() - m.registered, 1);
  }
  template <class = when_called>
  void week(day, std::span<const std::int32_t> waiting) noexcept {
    const auto of_waiting = [](const session_kind& k) {
      switch (k.counts_for) {
        case reception_rule::r9:
          return series_id::waiting_local;
        case reception_rule::r8:
          return series_id::waiting_units;
        case reception_rule::r5:
          return series_id::waiting_linked;
        case reception_rule::r6:
          return series_id::waiting_bureau;
        case reception_rule::r3:
          return series_id::waiting_principal;
        default:
          return k.by_clerks() ? series_id::waiting_window : series_id::waiting_other;
      }
    };
    static constexpr std::array all{series_id::waiting_local,  series_id::waiting_units,     series_id::waiting_linked,
                                    series_id::waiting_bureau, series_id::waiting_principal, series_id::waiting_window,
                                    series_id::waiting_other};
    for (series_id s : all) add_series(s, 0, 1);
    for (std::size_t v = 0; v < waiting.size(); ++v) {
      const session_kind& kind = world_->plan().kinds()[v];
      if (!kind.irregular) add_series(of_waiting(kind), waiting[v], 0);
    }
    add_series(series_id::open_routing, by_stage_[routing] + by_stage_[accepting], 1);
    add_series(series_id::open_handling, by_stage_[handling], 1);
    add_series(series_id::open_review, by_stage_[deciding], 1);
    add_series(series_id::open_return, by_stage_[returning], 1);
    add_series(series_id::overdue_open, late_, 1);
    begin_week();
  }
  /// Cohorts by due date, so that late and unfinished steps count as missed; then totals and quantiles.
  template <class = when_called>
  void finished(day after, std::span<const matter> all) {
    new_day(after);
    for (const matter& m : all) count_end_of(m);
    for (owned_cases& o : owners_) o.hold(after.since_1970(), after_counting());
    detail::year_totals(*world_, out_).count(owners_, owned_, split_);
  }
  /// @}

 private:
  /// Today at a kind of session; null for irregular visits, which have no days of their own.
  [[nodiscard]] session_day* day_of(const reception_series& s) noexcept {
    const reception_plan& plan = world_->plan();
    return plan.traits(s.where).irregular ? nullptr : &out_.days[world_->session_days().at(plan, s.where, today_)];
  }
  [[nodiscard]] campaign_counts of_campaign() noexcept { return campaign_counts(*world_, out_.sums); }
  /// A handler of an office gets work.
  void add_work(std::uint32_t office, const told_work& w) noexcept {
    const double length = handler_period_.part_of(w);
    const std::uint32_t unit = layout_->at(dimension::unit, office);
    out_.sums.add(metric::handler_hours, whole_, length / 60, 0);
    out_.sums.add(metric::handler_utilisation, whole_, length, 0);
    if (!split_) return;
    out_.sums.add(metric::handler_hours, unit, length / 60, 0);
    out_.sums.add(metric::handler_utilisation, unit, length, 0);
  }
  static constexpr int county_rank = 2;  ///< 0 village, 1 township, 2 county, 3 city, 4 province, 5 nation
  template <class = when_called>
  void add_above(int level, const cell_set& cells) noexcept {
    constexpr std::array<metric, 3> of_level{metric::to_city, metric::to_province, metric::to_nation};
    out_.sums.add(of_level[static_cast<std::size_t>(level - 1)], cells, 1, 0);
  }
  enum stage : std::uint8_t { routing, accepting, handling, deciding, returning, stages };
  void begin_week() noexcept {
    by_stage_ = {};
    late_ = 0;
  }
  [[nodiscard]] static constexpr bool is_in_hand(case_state s) noexcept { return s == case_state::accepted || s == case_state::handling; }
  [[nodiscard]] std::int32_t after_counting() const noexcept { return static_cast<std::int32_t>(first_counted_ + days_counted_); }
  /// Whether a day counts; `never` does not.
  [[nodiscard]] bool counts(std::int32_t d) const noexcept {
    return static_cast<std::uint32_t>(d) - first_counted_ < days_counted_;  // one comparison, of which most know the outcome
  }
  [[nodiscard]] cell_set cells_of(const matter& m) const noexcept { return cells_of(m, m.door, month_sum_); }
  [[nodiscard]] cell_set cells_of(const matter& m, door through, std::uint32_t month) const noexcept {
    const cell_layout& at = *layout_;
    return {{at.first_sum(dimension::all, 0), m.level_sums, at.first_sum(dimension::township, m.township),
             at.first_sum(dimension::category, m.category), at.first_sum(dimension::door, static_cast<std::size_t>(through)),
             at.first_sum(dimension::channel, static_cast<std::size_t>(m.channel)), m.venue_sums, m.unit_sums, month,
             distance_sums_[m.village], sum_of(m.persons)}};
  }
  [[nodiscard]] std::uint32_t sum_of(int people) const noexcept { return layout_->first_sum(dimension::people, people_item(people)); }
  [[nodiscard]] std::uint32_t month_sum(day d) const noexcept { return layout_->first_sum(dimension::month, d.month() - 1); }
  /// By the month of a cohort's day.
  [[nodiscard]] cell_set cells_on(const matter& m, std::int32_t d) const noexcept { return cells_of(m, m.door, month_sum(day(d))); }
  /// Whether what is seen on a day was simulated: the window of its cohort is complete.
  [[nodiscard]] bool ends_in_time(std::int32_t d) const noexcept { return d <= world_->last().since_1970(); }
  /// A settlement of the period that broke within the horizon.
  template <class = when_called>
  void count_rebound(const matter& m) noexcept {
    const std::int32_t decided = m.visiting || m.visit_on == today_.since_1970() ? m.visit_decided : today_.since_1970();
    const std::int32_t horizon = m.last_settled + world_->setting().rebound_horizon.count;
    if (m.last_settled == never || !counts(m.last_settled) || !ends_in_time(horizon) || decided > horizon) return;
    out_.sums.add(metric::rebound_rate, cells_of(m, m.settled_door, month_sum(day(m.last_settled))), 1, 0);
  }
  /// Of a visit: by where it was made.
  template <class = when_called>
  [[nodiscard]] cell_set cells_at(venue where, const matter& m) const noexcept {
    const cell_layout& at = *layout_;
    return {{at.first_sum(dimension::all, 0), at.first_sum(dimension::level, static_cast<std::size_t>(world_->plan().traits(where).level)),
             at.first_sum(dimension::township, m.township), at.first_sum(dimension::category, m.category),
             at.first_sum(dimension::door, static_cast<std::size_t>(door::open_reception)),
             at.first_sum(dimension::channel, static_cast<std::size_t>(channel::visit)), at.first_sum(dimension::venue, where.index()),
             m.unit_sums, month_sum_, distance_sums_[m.village], sum_of(m.persons)}};
  }
  void violate(violation v, double times = 1) noexcept {
    if (counting_) out_.violations[static_cast<std::size_t>(v)] += times;
  }
  void add_series(series_id s, double sum, double weight) noexcept {
    if (!counting_) return;
    out_.series_sum[static_cast<std::size_t>(s)][week_] += sum;
    out_.series_weight[static_cast<std::size_t>(s)][week_] += weight;
  }
  template <class = when_called>
  void count_end_of(const matter& m);
  template <class = when_called>
  void count_missed(const matter& m);
  template <class = when_called>
  void count_access(const matter& m);

  const world* world_ = nullptr;
  const cell_layout* layout_ = nullptr;
  std::uint32_t whole_ = 0;
  day today_;
  bool counting_ = false, split_ = true;
  std::uint32_t first_counted_ = 0, days_counted_ = 0;
  std::size_t week_ = 0;
  replication_outcome out_;
  std::vector<owned_cases> owners_;  ///< by official; the last stands for nobody
  std::int32_t cap_ = 0;             ///< open cases that an owner may hold, if there is a limit
  counted_time clerk_period_, handler_period_;
  std::uint32_t month_sum_ = 0;               ///< where results split by month count what happens today
  std::vector<std::uint32_t> distance_sums_;  ///< where results split by distance count the matters of a village
  std::array<double, stages> by_stage_{};
  double late_ = 0;
  std::vector<double> owned_;
};

/// Duties whose last day lies in the period and that nobody has done yet.
template <class When>
inline void year_counts::count_missed(const matter& m) {
  const bool reviewing = m.state == case_state::under_review || m.state == case_state::under_recheck;
  if (reviewing && counts(m.opinion_due)) out_.sums.add(metric::review_on_time_rate, cells_on(m, m.opinion_due), 0, 1);
  const auto missed = [&](metric rate, curve_id curve, std::int32_t due) {
    out_.sums.add(rate, cells_on(m, due), 0, 1);
    out_.curve_total[static_cast<std::size_t>(curve)] += 1;
  };
  if (m.state == case_state::registered) {
    const day due = due_day(world_->setting().clocks, case_clock::route, day(m.route_from), world_->calendar(), {m.from_above, false});
    if (counts(due.since_1970())) missed(metric::bureau_timely, curve_id::routed, due.since_1970());
  }
  if (m.state == case_state::routed && counts(m.accept_due)) missed(metric::timely_acceptance_rate, curve_id::accepted, m.accept_due);
  if (is_in_hand(m.state) && counts(m.reply_due)) {
    missed(metric::on_time_reply_rate, curve_id::replied, m.reply_due);
    if (m.by_bureau) out_.sums.add(metric::bureau_on_time_reply_rate, cells_on(m, m.reply_due), 0, 1);
  }
}

/// Who meant to speak in person, and when a leader heard them; and of whom nobody heard. Cohorts are complete, or left out.
template <class When>
inline void year_counts::count_access(const matter& m) {
  const auto within = [](std::int32_t then, std::int32_t from, std::int32_t days) { return then != never && then - from <= days; };
  constexpr std::int32_t limit = 60, year = 365;
  if (counts(m.intent_on)) {
    const cell_set cells = cells_on(m, m.intent_on);
    const auto share = [&](metric which, std::int32_t heard, std::int32_t days) {
      if (ends_in_time(m.intent_on + days)) out_.sums.add(which, cells, within(heard, m.intent_on, days), 1);
    };
    share(metric::heard_7d, m.leader_heard_on, 7);
    share(metric::heard_15d, m.leader_heard_on, 15);
    share(metric::heard_30d, m.leader_heard_on, 30);
    share(metric::heard_county_30d, m.county_heard_on, 30);
    if (ends_in_time(m.intent_on + limit)) {
      const double days = within(m.leader_heard_on, m.intent_on, limit) ? m.leader_heard_on - m.intent_on : limit;
      out_.sums.add(metric::heard_days, cells, days, 1);
      out_.sums.add(metric::petitioner_days, whole_, days * m.persons, 0);
    }
  }
  if (counts(m.born) && ends_in_time(m.born + year) && !m.backlog) {
    const bool known = within(m.registered, m.born, year) || within(m.leader_heard_on, m.born, year) || within(m.answered_on, m.born, year);
    out_.sums.add(metric::unmet_need, cells_on(m, m.born), !known, 1);
  }
}

template <class When>
inline void year_counts::count_end_of(const matter& m) {
  ++out_.born;
  count_access(m);
  if (m.state == case_state::none) {
    ++(m.silent ? out_.silent : out_.on_the_way);
    return;
  }
  ++(is_open(m.state) ? out_.open : out_.closed);
  const auto& setting = world_->setting();
  count_missed(m);
  if (m.backlog) out_.sums.add(metric::backlog_resolution, cells_on(m, m.born), m.settled_at_end, 1);
  const std::int32_t one_time = m.first_replied == never ? never : m.first_replied + setting.one_time_horizon.count;
  if (counts(m.first_replied) && ends_in_time(one_time) && !m.backlog) {
    const bool again = m.first_repeat_after_reply != never && m.first_repeat_after_reply <= one_time;
    out_.sums.add(metric::one_time_resolution_rate, cells_on(m, m.first_replied), !again, 1);
  }
  if (counts(m.first_routed) && ends_in_time(m.first_routed + setting.resolution_horizon.count) && !m.backlog) {
    out_.sums.add(metric::resolution_rate, cells_on(m, m.first_routed), m.resolved, 1);
  }
  if (m.long_pending && counts(m.listed_on)) {
    out_.sums.add(metric::long_pending_resolution, cells_on(m, m.listed_on), m.settled_at_end, 1);
  }
  if (m.found_by_campaign && counts(m.registered)) of_campaign().end_of(m, cells_on(m, m.registered));
}

}  // namespace sifang

#endif
