// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_HISTORIES_EVENT_LOG_HPP
#define SIFANG_COUNTY_HISTORIES_EVENT_LOG_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/sort_stably.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/histories/history_event.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/world.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/petition/clocks.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sifang {

/// An observer that keeps every event of every matter, and every session held, as plain rows in order of time; events of the same
/// minute in the order in which they happened.
///
///     event_log log;
///     const auto years = replicate(county, 10, {}, policies{}, log);   // or replication<policies<>, event_log>
///     for (const history_event& e : log.events()) …
///
/// Some 20 to 30 events a matter, of about 250 bytes: for many replications take them one by one (`watch_replications`).
class event_log {
 public:
  /// What it is told.
  static constexpr auto hooks =
      sifang::hooks<hook::started, hook::step, hook::registration, hook::owned, hook::taken_over, hook::sent, hook::duty, hook::objection,
                    hook::opinion, hook::rating, hook::recheck_hearing, hook::skips_level, hook::sets_out, hook::seated, hook::unvisited,
                    hook::visit, hook::session, hook::heard, hook::listed, hook::appointed, hook::meeting, hook::found, hook::struck_off,
                    hook::return_visit, hook::finished>;

  /// The events, by replication and time. Complete when the replication is over.
  template <class = when_called>
  [[nodiscard]] std::span<const history_event> events() const noexcept {
    return detail::span_of(events_);
  }
  /// Adds the events of a later replication.
  template <class = when_called>
  void merge(event_log&& other) {
    for (history_event& e : other.events_) events_.push_back(std::move(e));
  }

  /// The hooks, as `observer_list` tells them. @{
  template <class = when_called>
  void started(const world& w, std::uint32_t number) {
    world_ = &w;
    number_ = number;
    events_.clear();
    owners_.clear();
    duties_.clear();
    queues_.clear();
    opinion_.reset();
    open_session_.reset();
  }
  template <class = when_called>
  void step(instant at, const matter& m, case_event event, case_state from, case_state to);
  template <class = when_called>
  void registration(instant at, const matter& m, bool again) {
    if (!again) return;  // the step has told it
    add(history_kind::again, at, m).door = in_person_ == m.entity ? door::open_reception : door::remote;
    in_person_ = no_matter;
  }
  template <class = when_called>
  void owned(instant at, const matter& m, official_id) {
    if (!m.owner.valid()) return;
    official_id& known = owners_[m.entity];
    history_event& e = add(known.valid() ? history_kind::handover : history_kind::owner, at, m);
    e.before = std::exchange(known, m.owner);
    e.people.push_back(m.owner);
    if (m.partner.valid()) e.people.push_back(m.partner);
  }
  template <class = when_called>
  void taken_over(day d, const matter& m) {
    history_event& e = add_untimed(history_kind::taken_over, d, false, m);
    e.before = m.owner;
    e.people.push_back(m.owner);
    if (m.partner.valid()) e.people.push_back(m.partner);
  }
  /// The step that was told last has brought the matter to a unit.
  template <class = when_called>
  void sent(instant, const matter& m) {
    SIFANG_ASSERT(!events_.empty() && events_.back().matter == m.entity, "a step brings a matter to a unit");
    events_.back().where = unit_of(m);
    events_.back().begun = dated_duty{case_clock::accept, day(m.accept_due)};
  }
  /// The next step does it.
  template <class = when_called>
  void duty(instant, const matter& m, case_clock which, day, day due) {
    duties_[m.entity] = {which, due};
  }
  template <class = when_called>
  void objection(instant at, const matter& m, bool agreed) {
    if (!agreed) add(history_kind::objection_refused, at, m).where = unit_of(m);
  }
  void opinion(instant, const matter&, verdict says) noexcept { opinion_ = says; }
  template <class = when_called>
  void rating(instant at, const matter& m, const told_rating& r) {
    if (m.rounds == 0) add(history_kind::rating, at, m).rated = r;  // each body is rated once (L20)
  }
  template <class = when_called>
  void recheck_hearing(instant at, const matter& m, double length) {
    const int days = static_cast<int>(length);
    add(history_kind::recheck_hearing, at, m).days = days;
    if (const auto found = duties_.find(m.entity); found != duties_.end()) found->second.due = found->second.due + calendar_days(days);
  }
  template <class = when_called>
  void skips_level(instant at, const matter& m) {
    add(history_kind::skips_level, at, m);
  }
  template <class = when_called>
  void sets_out(day d, const matter& m) {
    history_event& e = add_untimed(history_kind::sets_out, d, true, m);
    const reception_series& s = world_->plan().series()[static_cast<std::size_t>(m.visit_series)];
    e.session = m.visit_venue;
    e.where = s.place;
    e.planned = world_->plan().date(s, m.visit_turn);
  }
  template <class = when_called>
  void seated(const reception_series& s, day d, std::span<const official_id> people, std::size_t) {
    begin_session(s, d, people);
  }
  template <class = when_called>
  void unvisited(const reception_series& s, day d, std::span<const official_id> people, std::size_t) {
    begin_session(s, d, people);
    open_session_.reset();
  }
  template <class = when_called>
  void session(const reception_series& s, day d, std::span<const official_id> people, const session_totals& t) {
    if (!open_session_) begin_session(s, d, people);  // the window
    history_event& e = events_[*open_session_];
    open_session_.reset();
    e.heard = t.heard;
    e.left = t.left;
    e.not_heard = t.not_heard;
    e.minutes = t.overtime;
  }
  template <class = when_called>
  void visit(const reception_series& s, day d, const matter& m, const visit_outcome* v, official_id) {
    if (v != nullptr && v->end == visit_end::heard) {
      queues_[m.entity] = {s.place, v->wait};
      return;
    }
    const auto what = v == nullptr ? history_kind::turned_away : v->end == visit_end::left ? history_kind::left : history_kind::not_heard;
    const double after = v == nullptr ? 0 : v->finish;
    history_event& e = add(what, instant(d, opening(s) + minutes(static_cast<std::int32_t>((std::min)(after, longest_session)))), m);
    e.session = s.where;
    e.where = s.place;
    e.days = d.since_1970() - m.visit_decided;
    if (v != nullptr) e.minutes = v->wait;
  }
  template <class = when_called>
  void heard(instant at, const matter& m) {
    history_event& e = add(history_kind::heard, at, m);
    const queue_seen q = queues_[m.entity];
    e.session = m.visit_venue;
    e.where = q.where;
    e.days = at.date().since_1970() - m.visit_decided;
    e.minutes = q.wait;
    if (m.visit_receiver.valid()) e.people.push_back(m.visit_receiver);
    // Whoever meets a leader at a hot spot with a case that is known does not register again.
    in_person_ = !m.is_registered() || !world_->plan().traits(m.visit_venue).irregular ? m.entity : no_matter;
  }
  template <class = when_called>
  void listed(day d, const matter& m) {
    add_untimed(history_kind::listed, d, false, m);
  }
  template <class = when_called>
  void appointed(day d, const matter& m, official_id leader, instant when) {
    history_event& e = add_untimed(history_kind::appointed, d, false, m);
    e.planned = when.date();
    e.goes_to = m.meeting_place;
    if (leader.valid()) e.people.push_back(leader);
  }
  template <class = when_called>
  void meeting(instant at, const matter& m, std::span<const official_id> people, meeting_kind kind, const meeting_setting& how) {
    history_event& e = add(history_kind::meeting, at, m);
    e.instrument = kind;
    e.goes_to = m.meeting_place;
    e.minutes = how.length.count;
    const bool at_township = m.meeting_place == field_place::township;
    e.where = at_township ? world_->townships()[m.township].where : world_->villages()[m.village].where;
    e.people.assign(people.begin(), people.end());
  }
  template <class = when_called>
  void found(instant at, const matter& m, std::size_t) {
    history_event& e = add(history_kind::found, at, m);
    e.where = world_->villages()[m.village].where;
    e.planned = day(m.chart_target);
    if (m.responsible.valid()) e.people.push_back(m.responsible);
  }
  template <class = when_called>
  void struck_off(day d, const matter& m, bool settled) {
    add_untimed(history_kind::struck_off, d, true, m).met = settled;
  }
  template <class = when_called>
  void return_visit(instant at, const matter& m, const told_return_visit& v) {
    history_event& e = add(history_kind::return_visit, at, m);
    e.people = {m.owner, v.place_head, v.matter_head};
    e.where = world_->villages()[m.village].where;
    e.met = v.complete;
    e.trigger = m.trigger;
    e.reason = v.reason;
    if (v.helped) e.help = world_->setting().return_visits.help_cost;
    e.done = take_duty(m);
  }
  template <class = when_called>
  void finished(day, std::span<const matter>) {
    detail::sort_stably(events_, [](const history_event& a, const history_event& b) { return a.at < b.at; });
  }
  /// @}

 private:
  struct queue_seen {
    unit_id where;
    double wait = 0;
  };
  static constexpr double longest_session = 900;  // minutes; as the year has it

  template <class = when_called>
  history_event& add(history_kind what, instant at, const matter& m) {
    history_event& e = events_.emplace_back();
    e.replication = number_;
    e.matter = m.entity;
    e.at = at;
    e.what = what;
    return e;
  }
  /// \param at_end  of the day, or before anything else
  template <class = when_called>
  history_event& add_untimed(history_kind what, day d, bool at_end, const matter& m) {
    history_event& e = add(what, instant(d, minutes(at_end ? minutes_per_day - 1 : 0)), m);
    e.timed = false;
    return e;
  }
  template <class = when_called>
  void begin_session(const reception_series& s, day d, std::span<const official_id> people) {
    open_session_ = events_.size();
    history_event& e = events_.emplace_back();
    e.replication = number_;
    e.at = instant(d, opening(s));
    e.what = history_kind::session;
    e.session = s.where;
    e.where = s.place;
    e.people.assign(people.begin(), people.end());
  }
  template <class = when_called>
  [[nodiscard]] minutes opening(const reception_series& s) const noexcept {
    return world_->plan().traits(s.where).irregular ? fixed::irregular_at : world_->plan().start(s.where);
  }
  [[nodiscard]] unit_id unit_of(const matter& m) const noexcept {
    return m.office == no_index ? unit_id{} : world_->offices()[m.office].where;
  }
  [[nodiscard]] dated_duty duty_from(case_clock which, day from, bool simplified = false, bool from_above = false) const noexcept {
    return {which, due_day(world_->setting().clocks, which, from, world_->calendar(), {from_above, simplified})};
  }
  /// The duty that was told of, or begun and remembered.
  template <class = when_called>
  [[nodiscard]] std::optional<dated_duty> take_duty(const matter& m) {
    const auto found = duties_.find(m.entity);
    if (found == duties_.end()) return std::nullopt;
    const dated_duty out = found->second;
    duties_.erase(found);
    return out;
  }
  /// A duty of which the year says nothing when it is done.
  template <class = when_called>
  void begin_remembered(history_event& e, const matter& m, case_clock which) {
    e.begun = duty_from(which, e.at.date());
    duties_[m.entity] = *e.begun;
  }

  const world* world_ = nullptr;
  std::uint32_t number_ = 0;
  std::vector<history_event> events_;
  std::unordered_map<std::uint64_t, official_id> owners_;
  std::unordered_map<std::uint64_t, dated_duty> duties_;  ///< done by a later step
  std::unordered_map<std::uint64_t, queue_seen> queues_;  ///< of interviews under way
  std::optional<verdict> opinion_;                        ///< of the next reply
  std::optional<std::size_t> open_session_;               ///< position
  std::uint64_t in_person_ = no_matter;                   ///< registers next in person
};

template <class When>
// NOLINTNEXTLINE(readability-function-size): a table
inline void event_log::step(instant at, const matter& m, case_event event, case_state from, case_state to) {
  using enum case_event;
  history_event& e = add(history_kind::step, at, m);
  e.event = event;
  e.from = from;
  e.to = to;
  switch (event) {
    case answer:
      if (m.visit_receiver.valid()) e.people.push_back(m.visit_receiver);
      in_person_ = no_matter;
      break;
    case arrive:
      e.channel = m.channel;
      e.door = m.door;
      if (std::exchange(in_person_, no_matter) != m.entity || !m.visit_receiver.valid())
        e.begun = duty_from(case_clock::route, at.date(), false, m.from_above);
      break;
    case receive_in_person:
      e.people.push_back(m.visit_receiver);
      break;
    case object:
      e.where = unit_of(m);
      e.begun = duty_from(case_clock::route, at.date(), false, m.from_above);
      break;
    case route:
      e.done = take_duty(m);
      break;
    case inform:
      e.where = unit_of(m);
      e.done = take_duty(m);
      e.begun = duty_from(case_clock::handle, at.date(), m.simplified);
      break;
    case extend:
      e.where = unit_of(m);
      e.begun = dated_duty{case_clock::handle, day(m.reply_due)};
      e.days = world_->setting().clocks.extension.count;
      break;
    case reply:
    case mediate:
      e.where = unit_of(m);
      e.done = take_duty(m);
      if (event == reply) e.opinion = std::exchange(opinion_, std::nullopt);
      break;
    case ask_review:
      begin_remembered(e, m, case_clock::review);
      break;
    case ask_recheck:
      begin_remembered(e, m, case_clock::recheck);
      break;
    case uphold:
    case close_recheck:
      e.done = take_duty(m);
      break;
    case send_back:
      e.done = take_duty(m);
      e.begun = duty_from(case_clock::handle, at.date());
      break;
    case return_lapsed_settled:
    case return_lapsed_unsettled:
      e.done = take_duty(m);
      break;
    case withdraw:
      duties_.erase(m.entity);
      break;
    case petition_again:
      duties_.erase(m.entity);  // the visit is nobody's any more
      [[fallthrough]];
    case rebound_reopened:
    case return_reopened:
    case put_on_list:
      if (event == put_on_list) e.people.push_back(m.owner);
      e.begun = duty_from(case_clock::handle, at.date());
      break;
    case schedule_return:
    case rebound:
      e.trigger = m.trigger;
      if (to == case_state::return_visit_due) begin_remembered(e, m, case_clock::return_visit);
      break;
    case expire:
      if (from == case_state::registered) e.done = duty_from(case_clock::route, day(m.route_from));
      if (from == case_state::routed) e.done = dated_duty{case_clock::accept, day(m.accept_due)};
      if (from == case_state::accepted || from == case_state::handling) e.done = dated_duty{case_clock::handle, day(m.reply_due)};
      break;
    default:
      break;
  }
}

}  // namespace sifang

#endif
