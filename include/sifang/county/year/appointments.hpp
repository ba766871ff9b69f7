// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_APPOINTMENTS_HPP
#define SIFANG_COUNTY_YEAR_APPOINTMENTS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/draws.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/year/diary.hpp"
#include "sifang/county/year/event.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/county/year/offices.hpp"
#include "sifang/county/year/ownership.hpp"
#include "sifang/county/year/return_visits.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/reception/appointments.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

namespace sifang {

/// Door two: the monthly analysis, the issue list, field days and meetings (R15-R20).
template <class State>
class year_appointments {
 public:
  /// \param s, diary, ownership, offices, return_visits  outlive the part
  year_appointments(State& s, year_diary<State>& diary, year_ownership<State>& ownership, year_offices<State>& offices,
                    year_return_visits<State>& return_visits) noexcept
      : s_(&s), diary_(&diary), ownership_(&ownership), offices_(&offices), return_visits_(&return_visits) {}

  /// No analysis has been held.
  void start() noexcept {
    left_over_ = 0;
    month_ = months_ = 0;
  }
  /// R16-R19: on its day, the analysis makes the issue list; each item becomes an appointment of its leader.
  void analyse() {
    if (!s_->tables.analysis(s_->today)) return;
    const auto& door = s_->setting().appointments;
    find_candidates();
    taken_.assign(s_->county->org().officials().size(), 0);
    list_.clear();
    const int field_days = field_days_until_next();
    const long_pending_cutoff cutoff = s_->county->cutoff();
    agenda_request request{s_->today,
                           candidates_,
                           {cutoff.age, cutoff.repeats, door.group_weight, door.lesser_weight, door.threshold},
                           door.list_length,
                           field_days,
                           door.appointments_per_day,
                           taken_};
    s_->policies.template ask<detail::slots::agenda>(static_cast<std::uint64_t>(s_->date()), 0, request, list_);
    plan_trips();
    for (std::size_t i = 0; i < list_.size(); ++i) {
      const appointment& item = list_[i];
      const bool possible = item.who < s_->matters.size() && !s_->matters[item.who].listed && item.field_day >= 0 && item.field_day < 366;
      SIFANG_ASSERT(possible, "the agenda lists cases that were before it, once, on field days of the months to come");
      if (!possible) continue;
      matter& m = s_->matters[item.who];
      if (m.state == case_state::procedurally_closed) {  // row 27: handled anew, and owned by the leader it goes to
        ownership_->give(item.who, item.leader, instant(s_->today, minutes(0)));
        s_->step(item.who, case_event::put_on_list, instant(s_->today, minutes(0)));
        offices_->reopen(item.who, instant(s_->today, minutes(0)));
      }
      m.listed = true;
      m.put_off = 0;
      m.coordination = is_coordination(m);
      m.meeting_place = place_of(m, m.coordination, false);
      if (m.listed_on == never) m.listed_on = s_->date();
      s_->tell.listed(s_->today, m);
      // Field days spread over the four weeks that follow.
      const std::int32_t after =
          fixed::first_field_day + (item.field_day * fixed::field_days_span + fixed::spread_of(item.leader)) / (std::max)(field_days, 1);
      const day on = s_->county->calendar().next_workday(s_->today + calendar_days(after));
      m.meeting_on = on.since_1970();
      s_->tell.appointed(s_->today, m, item.leader, instant(on, begins_[i]));
      s_->schedule(instant(on, begins_[i]), happening::meeting, item.who);
    }
  }

  /// An appointment visit (R19, R20): a coordination meeting at the township or an on-site office meeting in the village, at an
  /// enterprise or a project there, when the
  /// leader, and who heads the unit that has the case, have the time; else on the next workday.
  void meet(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    const auto& door = s_->setting().appointments;
    if (!m.listed || m.meeting_on != s_->date()) return;  // called off, and perhaps listed again
    if (!is_open(m.state)) {
      m.listed = false;
      return;
    }
    const official_id leader = s_->leader_of(m);
    const meeting_setting& how = m.coordination ? door.coordination : door.on_site;
    // The leader is there: it is the return visit too, with those whom R29 asks for.
    const bool returns = m.state == case_state::return_visit_due && s_->setting().return_visits.open;
    if (!leader.valid()) {  // the case has come to a township without one
      m.listed = false;
      return s_->tell.put_off(s_->today, &m, field_duty::appointment, true);
    }
    people_.assign(1, leader);
    if (m.office != no_index) add(s_->county->offices()[m.office].head);
    if (returns) return_visits_->add_party(m, people_);
    // Time was found for the place and the people of then: where the case has come to wait for its return visit since, anew.
    const bool placed = m.meeting_placed == at && m.placed_with_return == returns;
    if (!placed && !find_time(who, at, how, m.coordination && !returns, returns)) return;
    for (official_id one : people_) diary_->keep(one, s_->minute_of(at));
    m.listed = false;
    m.door = door::appointment;
    m.meeting_place = place_of(m, m.coordination, returns);
    s_->note_hearing(m, leader);
    s_->tell.meeting(at, m, people_, m.coordination ? meeting_kind::coordination : meeting_kind::on_site, how);
    ownership_->give(who, leader, at);
    if (returns) return return_visits_->visit(who, at);
    offices_->help(who, at, how);
  }

 private:
  /// Field days of each leader for the items of this analysis: those of its month, and of months without one before, over the month's
  /// analyses. What is less than a day is kept for the next.
  [[nodiscard]] int field_days_until_next() noexcept {
    const int month = s_->today.year() * 12 + static_cast<int>(s_->today.month());
    if (month != month_) months_ = month_ == 0 ? 1 : month - month_;
    month_ = month;
    left_over_ += s_->setting().appointments.field_days_per_month * months_ / s_->tables.analyses_in_month(s_->today);
    const double days = std::floor(left_over_ + 1e-9);
    left_over_ -= days;
    return static_cast<int>(days);
  }
  /// The instrument of the appointment to come (R20).
  [[nodiscard]] bool is_coordination(const matter& m) const noexcept {
    return s_->template uniform<draw::instrument>(m, m.meetings) < s_->setting().appointments.coordination_share;
  }
  /// What the leader goes to see (R19): the seat of the township, the petitioner at home where it is a return visit too, or what the
  /// matter is about.
  [[nodiscard]] field_place place_of(const matter& m, bool coordination, bool returns) const noexcept {
    if (returns) return field_place::village;
    if (coordination) return field_place::township;
    const category_setting& c = s_->setting().categories[m.category];
    const double luck = s_->template uniform<draw::field_place>(m);
    if (luck < c.enterprise_share) return field_place::enterprise;
    return luck < c.enterprise_share + c.project_share ? field_place::project : field_place::village;
  }
  [[nodiscard]] unit_id where_of(const matter& m, bool at_township) const noexcept {
    return at_township ? s_->county->townships()[m.township].where : s_->county->villages()[m.village].where;
  }
  /// Near ones on one trip (R19): as many fall on each field day of a leader as the list says, but along the roads, township by township;
  /// and one is planned for when the one before it is over and the way made. \complexity n log n in the items of the list
  void plan_trips() {
    begins_.assign(list_.size(), fixed::meeting_at);
    if (!s_->setting().appointments.near_together) return;
    stops_.clear();
    days_.clear();
    for (std::uint32_t i = 0; i < list_.size(); ++i) {
      const appointment& item = list_[i];
      if (item.who >= s_->matters.size()) continue;  // of a policy of one's own; told of where it is planned
      const matter& m = s_->matters[item.who];
      const bool coordination = is_coordination(m);
      const unit_id where = where_of(m, coordination);
      const auto& door = s_->setting().appointments;
      stops_.push_back({item.leader, m.township, s_->county->org().units()[where].distance_km, item.who, i, where,
                        coordination ? door.coordination.length : door.on_site.length});
      days_.push_back({item.leader, item.field_day});
    }
    std::sort(stops_.begin(), stops_.end(), [](const stop& a, const stop& b) {
      return std::tie(a.leader, a.township, a.km, a.who) < std::tie(b.leader, b.township, b.km, b.who);
    });
    std::sort(days_.begin(), days_.end());
    for (std::size_t k = 0; k < stops_.size(); ++k) {
      const stop& here = stops_[k];
      list_[here.item].field_day = days_[k].second;
      if (k == 0 || days_[k] != days_[k - 1]) continue;  // the first of the day
      const stop& before = stops_[k - 1];
      const minutes after = begins_[before.item] + before.length + s_->county->way(before.where, here.where);
      begins_[here.item] = (std::min)(after, fixed::visits_end);  // then it will be put off
    }
  }
  void add(official_id who) {
    if (who.valid() && std::find(people_.begin(), people_.end(), who) == people_.end()) people_.push_back(who);
  }
  /// Whether `people_` have the time now; if not, the meeting is planned for later today, or put off, or given up.
  [[nodiscard]] bool find_time(std::uint32_t who, instant at, const meeting_setting& how, bool at_township, bool returns) {
    matter& m = s_->matters[who];
    const world& w = *s_->county;
    const unit_id where = where_of(m, at_township);
    const minutes length = returns ? how.length + s_->setting().return_visits.length : how.length;
    if (const auto begins = diary_->place(people_, s_->minute_of(at), length, where)) {
      m.meeting_placed = instant(s_->today, *begins);
      m.placed_with_return = returns;
      if (m.meeting_placed == at) return true;
      s_->schedule(m.meeting_placed, happening::meeting, who);
      return false;
    }
    const bool for_good = ++m.put_off > fixed::most_moves;
    s_->tell.put_off(s_->today, &m, field_duty::appointment, for_good);
    if (for_good) {
      m.listed = false;
      return false;
    }
    const day on = w.calendar().next_workday(s_->today + calendar_days(1));
    m.meeting_on = on.since_1970();
    s_->schedule(instant(on, fixed::meeting_at), happening::meeting, who);
    return false;
  }
  /// Open cases that a unit has, that do not only wait for their return visit and are not listed yet, and those closed on paper whose
  /// petitioners have come again since; what has become long-pending is marked.
  void find_candidates() {
    const long_pending_cutoff cutoff = s_->county->cutoff();
    candidates_.clear();
    const auto add_candidate = [&](std::uint32_t who, const matter& m) {
      const calendar_days before = m.backlog ? cutoff.age : calendar_days(0);  // it is pending for longer than its file says
      candidates_.push_back({who, s_->today - day(m.registered) + before, m.repeats, m.persons, s_->leader_of(m)});
    };
    for (std::size_t i = 0; i < s_->open.size(); ++i) {
      const std::uint32_t who = s_->open[i];
      matter& m = s_->matters[who];
      if (!m.long_pending && cutoff.reached(s_->today - day(m.registered), m.repeats)) {
        m.long_pending = true;
        s_->step(who, case_event::cutoff, instant(s_->today, minutes(0)));
      }
      const bool with_unit = m.state != case_state::registered && m.state != case_state::routed;
      const bool as_recorded = s_->record_of(m) != nullptr;  // nothing is added to it
      if (with_unit && m.state != case_state::return_visit_due && !m.listed && !as_recorded) add_candidate(who, m);
    }
    std::erase_if(s_->come_back, [&](std::uint32_t who) {
      matter& m = s_->matters[who];
      m.comes_back = m.state == case_state::procedurally_closed;
      return !m.comes_back;
    });
    for (std::uint32_t who : s_->come_back) {
      const matter& m = s_->matters[who];
      if (m.rounds < fixed::most_rounds && !m.listed) add_candidate(who, m);
    }
  }

  State* s_;
  year_diary<State>* diary_;
  year_ownership<State>* ownership_;
  year_offices<State>* offices_;
  year_return_visits<State>* return_visits_;
  double left_over_ = 0;        ///< of a field day
  int month_ = 0, months_ = 0;  ///< of the last analysis, year × 12 + month; for how many its month stands
  // Working memory.
  std::vector<issue_candidate> candidates_;
  struct stop {
    official_id leader;
    std::uint32_t township;
    double km;  ///< along the township's road
    std::uint32_t who, item;
    unit_id where;
    minutes length;
  };
  std::vector<appointment> list_;
  std::vector<minutes> begins_;                    ///< by item of the list: when it is planned for, on its day
  std::vector<stop> stops_;                        ///< by leader along the roads
  std::vector<std::pair<official_id, int>> days_;  ///< a field day of a leader for each
  std::vector<std::int32_t> taken_;
  std::vector<official_id> people_;
};

}  // namespace sifang

#endif
