// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_RECEPTION_HPP
#define SIFANG_COUNTY_YEAR_RECEPTION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/span_of.hpp"
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
#include "sifang/county/year/settlement.hpp"
#include "sifang/county/year/sitting.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/reception/session_queue.hpp"
#include "sifang/reception/setting.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

/// Door one: the sessions of the day with their queues, irregular visits (R4), and what comes of a hearing.
/// Knows who is on the way to which session.
template <class State>
class year_reception {
 public:
  /// \param s, diary, sitting, ownership, settlement, offices, bureau  outlive the part
  year_reception(State& s, year_diary<State>& diary, year_sitting<State>& sitting, year_ownership<State>& ownership,
                 year_settlement<State>& settlement, year_offices<State>& offices, year_bureau<State>& bureau) noexcept
      : s_(&s),
        diary_(&diary),
        sitting_(&sitting),
        ownership_(&ownership),
        settlement_(&settlement),
        offices_(&offices),
        bureau_(&bureau) {}

  /// Nobody is on the way; the year's irregular visits are drawn.
  void start() {
    expected_.resize(static_cast<std::size_t>((s_->county->plan().last() - s_->county->first()).count) + 1);
    for (auto& of_day : expected_) of_day.clear();
    plan_irregular_visits();
  }
  /// Petitioners who wait for a session of a later day, by venue. \complexity linear in them and in the days to come
  [[nodiscard]] std::span<const std::int32_t> waiting() {
    waiting_.assign(s_->county->plan().kinds().size(), 0);
    for (std::size_t d = position(s_->today) + 1; d < expected_.size(); ++d) {
      keep_who_comes(d);
      for (planned_visit v : expected_[d]) ++waiting_[s_->matters[who_of(v)].visit_venue.index()];
    }
    return detail::span_of(waiting_);
  }
  /// Bytes that the part takes.
  [[nodiscard]] std::size_t bytes() const noexcept { return expected_.size() * sizeof(expected_[0]); }

  /// A petitioner sets out for a session. \param decided_now  false for one who comes to the next of the same
  void expect(std::uint32_t who, venue where, std::int32_t series, std::uint32_t turn, day on, bool decided_now) {
    matter& m = s_->matters[who];
    m.visiting = true;
    m.visit_venue = where;
    m.visit_series = series;
    m.visit_turn = turn;
    if (decided_now) m.visit_decided = s_->date();
    ++m.attempts;
    m.visit_on = on.since_1970();
    expected_[position(on)].push_back(visit_of(series, who));
    s_->tell.sets_out(s_->today, m);
  }

  /// Today's sessions. \param unheard  called with a matter that was not heard and whether it goes to the next level
  template <class Unheard>
  void hold(Unheard&& unheard) {
    const reception_plan& plan = s_->county->plan();
    auto& coming = expected_[position(s_->today)];
    keep_who_comes(position(s_->today));
    visited_.clear();
    for (std::size_t i = 0; i < coming.size();) {
      const std::uint32_t of = series_of(coming[i]);
      visited_.push_back({of, i});
      sitting_->of_series(of).visited = true;
      while (i < coming.size() && series_of(coming[i]) == of) ++i;
    }
    // County-level sessions to which nobody comes, then those with visitors, as they open, then who sat in vain at the others.
    for (const auto& one : sitting_->sessions()) {
      const reception_series& s = plan.series()[one.series];
      if (!one.visited && plan.traits(s.where).of_county_leaders) tell_seated(s, sitting_->people(one), one.seats);
    }
    const auto opens = [&](const visited& v) { return plan.start(plan.series()[v.series].where); };
    std::sort(visited_.begin(), visited_.end(),
              [&](const visited& a, const visited& b) { return opens(a) != opens(b) ? opens(a) < opens(b) : a.series < b.series; });
    for (const visited& v : visited_) {
      group_.clear();
      for (std::size_t i = v.first; i < coming.size() && series_of(coming[i]) == v.series; ++i) group_.push_back(who_of(coming[i]));
      const reception_series& s = plan.series()[v.series];
      const auto& one = sitting_->of_series(v.series);
      const auto sit = sitting_->people(one);
      people_.assign(sit.begin(), sit.end());
      if (!plan.traits(s.where).by_clerks) tell_seated(s, people_, one.seats);
      hear_all(s, plan.start(s.where), plan.length(s.where), unheard);
    }
    if (overran_) see_who_comes_late();
    if (sitting_->clashes() != 0) s_->tell.clash(s_->today, sitting_->clashes());
    for (const auto& one : sitting_->sessions()) {
      const reception_series& s = plan.series()[one.series];
      const session_traits& kind = plan.traits(s.where);
      if (!one.visited && !kind.of_county_leaders && !kind.by_clerks) s_->tell.unvisited(s, s_->today, sitting_->people(one), one.seats);
    }
  }

  /// R4: the principal leaders go to a hot spot, unannounced, and hear whoever comes. Where none of them has the time, the visit is put
  /// off to the next workday.
  template <class Unheard>
  void visit_hot_spots(Unheard&& unheard) {
    for (; next_irregular_ < irregular_.size() && irregular_[next_irregular_].on == s_->today; ++next_irregular_) {
      visit_hot_spot(next_irregular_, unheard);
    }
  }

  /// An interview is over: row 1 with row 7, or a hearing of a case that is already known.
  void heard(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    s_->tell.heard(at, m);
    if (!m.visiting) return;  // peace came while they waited for their turn: nothing is left to register
    m.visiting = false;
    const official_id receiver = m.visit_receiver;
    s_->note_hearing(m, receiver);
    const bool irregular = s_->county->plan().traits(m.visit_venue).irregular;
    if (m.is_registered()) {
      if (!irregular) bureau_->register_again(who, at, receiver);
      m.door = door::open_reception;
      if (!receiver.valid() || !is_open(m.state)) return;
      ownership_->give(who, receiver, at);  // R12: the first leader who hears it in person
      if (irregular) offices_->help(who, at, s_->setting().appointments.on_site);
      return;
    }
    const bool answered = m.state == case_state::none && m.recorded == no_index &&
                          s_->template uniform<draw::on_spot>(m) < s_->setting().reception.on_spot_share;
    m.heard_first = true;
    m.first_venue = m.visit_venue;
    m.venue_sums = s_->county->layout().first_sum(dimension::venue, m.first_venue.index());
    m.door = door::open_reception;
    if (answered) return bureau_->answer(who, at);
    if (!receiver.valid()) return bureau_->register_first(who, at);  // the window registers like a letter
    if (!bureau_->register_heard(who, at)) return;
    ownership_->give(who, receiver, at);
    s_->step(who, case_event::receive_in_person, at);
    bureau_->send(who, at);
    settlement_->turn_again(who, at, s_->setting().repeats.open_days);
  }

 private:
  /// A visit to come, as one number by which a day's visits are ordered: session by session, and by birth.
  enum class planned_visit : std::uint64_t {};
  [[nodiscard]] static planned_visit visit_of(std::int32_t series, std::uint32_t who) noexcept {
    return static_cast<planned_visit>(static_cast<std::uint64_t>(series) << 32 | who);
  }
  [[nodiscard]] static std::uint32_t series_of(planned_visit v) noexcept {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(v) >> 32);
  }
  [[nodiscard]] static std::uint32_t who_of(planned_visit v) noexcept { return static_cast<std::uint32_t>(v); }
  /// Whether a visit is still to be made: its reason may be gone, or another visit have taken its place.
  [[nodiscard]] bool still_comes(planned_visit v, std::size_t at) const noexcept {
    const matter& m = s_->matters[who_of(v)];
    return m.visiting && m.visit_series == static_cast<std::int32_t>(series_of(v)) && position(day(m.visit_on)) == at;
  }
  /// Of those expected on a day, keeps whoever still comes, once: a visit can be called off, and decided on again.
  void keep_who_comes(std::size_t at) {
    auto& coming = expected_[at];
    std::erase_if(coming, [&](planned_visit v) { return !still_comes(v, at); });
    std::sort(coming.begin(), coming.end());
    coming.erase(std::unique(coming.begin(), coming.end()), coming.end());
  }
  [[nodiscard]] std::size_t position(day d) const noexcept { return static_cast<std::size_t>((d - s_->county->first()).count); }
  struct irregular_visit {
    day on;
    std::uint64_t month;
    std::uint32_t index;
    int moves = 0;
  };
  struct visited {
    std::uint32_t series;
    std::size_t first;  ///< of its visitors, among today's
  };
  /// The same of sessions to which nobody comes.
  void see_who_comes_late() {
    const reception_plan& plan = s_->county->plan();
    for (const auto& one : sitting_->sessions()) {
      const reception_series& s = plan.series()[one.series];
      if (one.visited || plan.traits(s.where).by_clerks) continue;
      for (official_id who : sitting_->people(one)) (void)comes_at(who, plan.start(s.where), s.place);
    }
    overran_ = false;
  }
  /// When somebody is at a session: whoever still is elsewhere, comes later.
  [[nodiscard]] minutes comes_at(official_id who, minutes start, unit_id place) {
    const minutes at = diary_->arrival(who, start, place);
    if (at > start) diary_->come_late(who, start, at);
    return at;
  }
  void tell_seated(const reception_series& s, std::span<const official_id> people, std::size_t seats) {
    s_->tell.seated(s, s_->today, people, seats);
    if (s_->county->plan().traits(s.where).of_county_leaders) sitting_->count(people);
  }

  [[nodiscard]] visit_request request_of(const reception_series& s, const matter& m) const noexcept {
    const bool known = m.is_registered();
    return {s,          s_->today, m.category,
            m.township, m.persons, m.attempts,
            m.repeats,  known,     known ? calendar_days(s_->date() - m.registered) : calendar_days{}};
  }
  /// Everybody in `group_` comes to the door; those let in become visitors, the others stand after them.
  /// \returns how many are let in
  [[nodiscard]] std::size_t let_in(const reception_series& s, minutes length) {
    const auto& setting = s_->setting().reception;
    visitors_.clear();
    int booked = 0;
    for (std::uint32_t who : group_) {
      const matter& m = s_->matters[who];
      visitor v;
      v.who = who;
      const int speak = setting.representatives ? representatives(m.persons) : (std::min<int>)(m.persons, fixed::most_persons_felt);
      const double mean = setting.interview_minutes * (1 + setting.group_factor * (speak - 1));
      const auto [interview, patience, u, books] = s_->template four<draw::interview>(m, m.attempts);
      v.interview = s_->laws->interview(interview, mean);
      v.patience = exponential(patience, s_->setting().choice.patience_minutes);
      v.arrival = u < setting.early_share ? 0 : (u - setting.early_share) / (1 - setting.early_share) * length.count * setting.arrival_span;
      visit_request request = request_of(s, m);
      request.booking_luck = books;
      if (setting.screened_share > 0) request.screening_luck = s_->template uniform<draw::screened>(m, m.attempts);
      const admission how = s_->policies.template ask<detail::slots::admission>(m.entity, m.attempts, request);
      if (how == admission::booked) v.arrival = setting.interview_minutes * booked++;
      if (how == admission::turned_away) v.interview = -1;
      if (orders_queue()) v.place = s_->policies.template ask<detail::slots::queue_order>(m.entity, m.attempts, request, how);
      visitors_.push_back(v);
    }
    const auto away = std::partition(visitors_.begin(), visitors_.end(), [](const visitor& v) { return v.interview >= 0; });
    return static_cast<std::size_t>(away - visitors_.begin());
  }
  [[nodiscard]] bool orders_queue() const noexcept {
    if constexpr (State::queues_by_own)
      return true;
    else
      return !s_->policies.template policy<detail::slots::queue_order>().first_come();
  }

  /// One session with the visitors in `group_`; `people_` are the receivers.
  template <class Unheard>
  void hear_all(const reception_series& s, minutes start, minutes length, Unheard&& unheard) {
    const std::size_t admitted = let_in(s, length);
    const bool window = s_->county->plan().traits(s.where).by_clerks;
    const auto seats = static_cast<std::size_t>(s_->county->plan().receivers(s.where));
    free_at_.assign(window && seats != 0 ? seats : people_.size(), 0.0);
    late_.clear();
    for (std::size_t k = 0; !window && k < people_.size(); ++k) {
      late_.push_back((comes_at(people_[k], start, s.place) - start).count);
      free_at_[k] = late_[k];
    }
    const closing_policy closing = s_->policies.template ask<detail::slots::closing>(
        static_cast<std::uint64_t>(s_->date()), static_cast<std::uint32_t>(s.place.index()), closing_request{s, s_->today, group_.size()});
    const std::span<visitor> queue = std::span(visitors_).first(admitted);
    const std::span<double> free = detail::span_to(free_at_);
    const session_totals totals = orders_queue() ? run_ordered_session(queue, free, length.count, closing, outcomes_)
                                                 : run_session(queue, free, length.count, closing, outcomes_);
    if (!window && totals.overtime > 0) {
      overran_ = true;
      const minutes over(static_cast<std::int32_t>(std::ceil(totals.overtime)));
      for (std::size_t k = 0; k < people_.size(); ++k) diary_->prolong(people_[k], start + minutes(late_[k]), over);
    }
    s_->tell.session(s, s_->today, people_, totals);
    for (const visit_outcome& o : outcomes_) {
      matter& m = s_->matters[o.who];
      const bool was_heard = o.end == visit_end::heard;
      const official_id receiver = window || !was_heard ? official_id{} : people_[static_cast<std::size_t>(o.receiver)];
      s_->tell.visit(s, s_->today, m, &o, receiver);
      if (!was_heard) {
        unheard(o.who, o.end == visit_end::not_heard && closing == closing_policy::escalate);
        continue;
      }
      m.visit_receiver = receiver;
      m.visit_venue = s.where;
      s_->schedule(instant(s_->today, start + minutes(static_cast<std::int32_t>((std::min)(o.finish, fixed::latest_hearing)))),
                   happening::heard, o.who);
    }
    for (std::size_t v = admitted; v < visitors_.size(); ++v) {
      s_->tell.visit(s, s_->today, s_->matters[visitors_[v].who], nullptr, {});
      unheard(visitors_[v].who, false);
    }
  }

  /// On which days of this replication principal leaders go to a hot spot: any workday of the month alike.
  void plan_irregular_visits() {
    const world& w = *s_->county;
    irregular_.clear();
    next_irregular_ = 0;
    const double per_month = w.setting().reception.irregular_per_month;
    const auto kinds = w.plan().kinds();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [](const session_kind& k) { return k.irregular; });
    if (found == kinds.end()) return;
    irregular_kind_ = venue(static_cast<std::size_t>(found - kinds.begin()));
    if (per_month <= 0 || w.org().officials_with(role::principal_leader).empty()) return;
    const auto whole = static_cast<std::uint32_t>(per_month);
    for (const auto& m : s_->tables.months()) {
      const auto workdays = s_->tables.workdays(m);
      if (workdays.empty()) continue;
      for (std::uint32_t k = 0; k <= whole; ++k) {
        const auto [when, where, held, none] = s_->draws.four(m.month, draw::irregular_day, k);
        if (k == whole && held >= per_month - whole) continue;
        const day on = workdays[static_cast<std::size_t>(when * static_cast<double>(workdays.size()))];
        if (on >= w.first() && on <= w.last()) irregular_.push_back({on, m.month, k});
      }
    }
    std::sort(irregular_.begin(), irregular_.end(), comes_first);
  }
  [[nodiscard]] static bool comes_first(const irregular_visit& a, const irregular_visit& b) noexcept {
    if (a.on != b.on) return a.on < b.on;
    return a.month != b.month ? a.month < b.month : a.index < b.index;
  }
  /// The principal leader whose turn it is, or the next who has the time.
  [[nodiscard]] official_id who_goes(const irregular_visit& visit, unit_id where) const {
    const auto principals = s_->county->org().officials_with(role::principal_leader);
    const minutes until = fixed::irregular_at + s_->setting().reception.irregular_length;
    for (std::size_t k = 0; k < principals.size(); ++k) {
      const official_id who = principals[(visit.month + visit.index + k) % principals.size()];
      if (!diary_->is_away(who) && diary_->is_free(who, fixed::irregular_at, until, where)) return who;
    }
    return {};
  }
  /// To the next workday, at its place among the visits to come; given up after the last simulated day and after a month of trying.
  void put_off(std::size_t at) {
    irregular_visit later = irregular_[at];
    later.on = s_->county->calendar().next_workday(s_->today + calendar_days(1));
    const bool for_good = ++later.moves > fixed::most_moves || later.on > s_->county->last();
    s_->tell.put_off(s_->today, nullptr, field_duty::irregular_visit, for_good);
    if (for_good) return;
    const auto from = irregular_.begin() + static_cast<std::ptrdiff_t>(at) + 1;
    irregular_.insert(std::upper_bound(from, irregular_.end(), later, comes_first), later);
  }

  template <class Unheard>
  void visit_hot_spot(std::size_t at, Unheard&& unheard) {
    const world& w = *s_->county;
    const auto& setting = w.setting().reception;
    const std::uint64_t month = irregular_[at].month;
    const std::uint32_t index = irregular_[at].index;
    const std::size_t target = hot_spot(month, index);
    const unit_id where = w.offices()[target].where;
    const official_id principal = who_goes(irregular_[at], where);
    if (!principal.valid()) return put_off(at);
    diary_->engage(principal, fixed::irregular_at, fixed::irregular_at + setting.irregular_length, where, true);
    group_.clear();
    const auto comes = [&](const matter& m) {
      return belongs_to(m, target) &&
             s_->template uniform<draw::turnout>(m, static_cast<std::uint32_t>((month * 32 + index) & 0xfffff)) < setting.irregular_turnout;
    };
    // Those who had planned to come to a later session, and those whose case is open.
    const std::size_t today = position(s_->today);
    for (std::size_t d = today; d < expected_.size() && d < today + fixed::days_ahead; ++d) {
      keep_who_comes(d);
      std::erase_if(expected_[d], [&](planned_visit v) {
        const std::uint32_t who = who_of(v);
        if (!comes(s_->matters[who])) return false;
        s_->matters[who].visit_on = s_->date();
        group_.push_back(who);
        return true;
      });
    }
    for (std::uint32_t who : s_->open) {
      matter& m = s_->matters[who];
      if (m.visiting || !comes(m)) continue;
      m.visiting = true;
      m.visit_decided = m.visit_on = s_->date();
      m.visit_series = -1;
      group_.push_back(who);
    }
    std::sort(group_.begin(), group_.end());
    people_.assign(1, principal);
    const reception_series series{irregular_kind_, where, 1, 0, 0, 1};
    tell_seated(series, people_, 1);
    for (std::uint32_t who : group_) s_->matters[who].visit_series = w.offices()[target].series;
    hear_all(series, fixed::irregular_at, setting.irregular_length, unheard);
  }
  /// Whether those who go to an office meet the petitioner there: at a township its people, at a department or park those whose
  /// matter it has or is to have.
  [[nodiscard]] bool belongs_to(const matter& m, std::size_t target) const noexcept {
    const office& o = s_->county->offices()[target];
    if (!o.at_county()) return m.township == o.township;
    return m.office != no_index ? m.office == target : m.subject == target && !m.local;
  }
  /// Where the policy sends them, as a position among the offices.
  [[nodiscard]] std::size_t hot_spot(std::uint64_t month, std::uint32_t index) {
    const world& w = *s_->county;
    const std::size_t offices = w.offices().size();
    const auto whole = static_cast<std::uint64_t>(w.setting().reception.irregular_per_month);
    field_visit_request request{s_->today, month, index, whole + 1, {}, offices, 0};
    if constexpr (!State::field_visits_by_own) request.luck = s_->draws(month, draw::irregular_place, index);
    if (looks()) {
      cases_.assign(offices, 0);
      troubles_.assign(offices, 0);
      for (std::uint32_t who : s_->open) {
        const matter& m = s_->matters[who];
        const auto add = [&](std::uint32_t o) {
          cases_[o] += 1;
          troubles_[o] += m.repeats;
        };
        add(w.townships()[m.township].office);
        if (m.office != no_index && w.offices()[m.office].at_county()) add(m.office);
      }
      for (std::size_t o = 0; o < offices; ++o) troubles_[o] /= cases_[o] + fixed::cases_of_doubt;
      request.trouble = detail::span_of(troubles_);
    }
    const std::size_t target = s_->policies.template ask<detail::slots::field_visits>(month, index, request);
    SIFANG_ASSERT(target < offices, "the policy of irregular visits named an office that the county does not have");
    return target < offices ? target : 0;
  }
  [[nodiscard]] bool looks() const noexcept {
    if constexpr (State::field_visits_by_own)
      return true;
    else
      return s_->policies.template policy<detail::slots::field_visits>().looks();
  }

  State* s_;
  year_diary<State>* diary_;
  year_sitting<State>* sitting_;
  year_ownership<State>* ownership_;
  year_settlement<State>* settlement_;
  year_offices<State>* offices_;
  year_bureau<State>* bureau_;
  std::vector<std::vector<planned_visit>> expected_;  ///< by day of the session
  std::vector<std::int32_t> waiting_;                 ///< by kind of session
  std::vector<irregular_visit> irregular_;            ///< by day
  std::size_t next_irregular_ = 0;
  venue irregular_kind_{};
  bool overran_ = false;  ///< a session or irregular visit of today went on after its end
  // Working memory.
  std::vector<visited> visited_;
  std::vector<official_id> people_;
  std::vector<visitor> visitors_;
  std::vector<visit_outcome> outcomes_;
  std::vector<double> free_at_;
  std::vector<std::int32_t> late_;  ///< minutes after the opening at which each receiver comes
  std::vector<std::uint32_t> group_;
  std::vector<double> cases_, troubles_;  ///< by office
};

}  // namespace sifang

#endif
