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
#include "sifang/county/year/event.hpp"
#include "sifang/county/year/fixed_numbers.hpp"
#include "sifang/county/year/offices.hpp"
#include "sifang/county/year/ownership.hpp"
#include "sifang/county/year/settlement.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/reception/plan.hpp"
#include "sifang/reception/session_queue.hpp"
#include "sifang/reception/setting.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

/// Door one: the sessions of the day with their people and queues, irregular visits (R4), and what comes of a hearing.
/// Knows who is on the way to which session.
template <class State>
class year_reception {
 public:
  /// \param s, ownership, settlement, offices, bureau  outlive the part
  year_reception(State& s, year_ownership<State>& ownership, year_settlement<State>& settlement, year_offices<State>& offices,
                 year_bureau<State>& bureau) noexcept
      : s_(&s), ownership_(&ownership), settlement_(&settlement), offices_(&offices), bureau_(&bureau) {}

  /// Nobody is on the way; the year's irregular visits are drawn.
  void start() {
    expected_.resize(static_cast<std::size_t>((s_->county->plan().last() - s_->county->first()).count) + 1);
    for (auto& of_day : expected_) of_day.clear();
    sat_.assign(s_->county->org().officials().size(), 0);
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

  /// A day begins. Duties are counted anew where counting begins and in each calendar year, from that day's first on: the warm-up does
  /// not decide who has sat least.
  void begin() {
    if (s_->today == s_->county->start() || is_new_year(s_->today)) sat_.assign(sat_.size(), 0);
  }

  /// Today's sessions. \param unheard  called with a matter that was not heard and whether it goes to the next level
  template <class Unheard>
  void hold(Unheard&& unheard) {
    const auto series = s_->county->plan().series();
    auto& coming = expected_[position(s_->today)];
    keep_who_comes(position(s_->today));
    call_county_rosters();
    // County-level sessions are held whether anybody comes or not; the others cost nothing while empty.
    std::size_t at = 0;
    for (const auto& [i, turn] : s_->tables.county_sessions(s_->today)) {
      while (at < coming.size() && series_of(coming[at]) < i) ++at;
      if (at == coming.size() || series_of(coming[at]) != i) seat(series[i], i, turn);
    }
    for (std::size_t i = 0; i < coming.size();) {
      group_.clear();
      const std::uint32_t of = series_of(coming[i]);
      for (; i < coming.size() && series_of(coming[i]) == of; ++i) group_.push_back(who_of(coming[i]));
      const reception_series& s = series[of];
      seat(s, of, s_->matters[group_.front()].visit_turn);
      hear_all(s, s_->county->plan().start(s.where), s_->county->plan().length(s.where), unheard);
    }
    if (clashes_ != 0) s_->tell.clash(s_->today, clashes_);
    if constexpr (State::tells_of_unvisited) tell_unvisited(coming);
  }

  /// R4: the principal leaders go to a hot spot, unannounced, and hear whoever comes.
  template <class Unheard>
  void visit_hot_spots(Unheard&& unheard) {
    for (; next_irregular_ < irregular_.size() && irregular_[next_irregular_].on == s_->today; ++next_irregular_) {
      visit_hot_spot(irregular_[next_irregular_].month, irregular_[next_irregular_].index, unheard);
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
    if (m.state != case_state::none) {
      if (!irregular) bureau_->register_again(who, at);
      m.door = door::open_reception;
      if (!receiver.valid() || !is_open(m.state)) return;
      ownership_->give(who, receiver, at);  // R12: the first leader who hears it in person
      if (irregular) offices_->help(who, at, s_->setting().appointments.on_site);
      return;
    }
    m.heard_first = true;
    m.first_venue = m.visit_venue;
    m.venue_sums = s_->county->layout().first_sum(dimension::venue, m.first_venue.index());
    m.door = door::open_reception;
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
  [[nodiscard]] static bool is_new_year(day d) noexcept { return d.month() == 1 && d.day_of_month() == 1; }
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
  };
  struct engagement {
    official_id who;
    venue where;
  };
  struct called {
    std::uint32_t series;
    std::vector<official_id> people;
  };

  /// Whether the plan says who sits, and who cannot since they sit elsewhere.
  [[nodiscard]] bool as_planned() const noexcept {
    if constexpr (State::rosters_by_own)
      return false;
    else
      return s_->policies.template policy<detail::slots::roster>().as_planned();
  }
  void ask_roster(const reception_series& s, std::uint32_t turn, std::vector<official_id>& people) {
    people.clear();
    const sitting_request request{
        s_->county->plan(), s, turn, s_->today, static_cast<std::size_t>(s_->county->plan().receivers(s.where)), sat_};
    s_->policies.template ask<detail::slots::roster>(static_cast<std::uint64_t>(s_->date()), static_cast<std::uint32_t>(s.place.index()),
                                                     request, people);
    const auto is_nobody = [&](official_id who) { return who.index() >= sat_.size(); };
    SIFANG_ASSERT(std::none_of(people.begin(), people.end(), is_nobody), "the roster named somebody whom the county does not have");
    std::erase_if(people, is_nobody);
    for (std::size_t k = 0; k < people.size();) {
      const bool twice = std::find(people.begin(), people.begin() + static_cast<std::ptrdiff_t>(k), people[k]) !=
                         people.begin() + static_cast<std::ptrdiff_t>(k);
      SIFANG_ASSERT(!twice, "the roster named somebody twice");
      if (twice)
        people.erase(people.begin() + static_cast<std::ptrdiff_t>(k));
      else
        ++k;
    }
  }
  /// A roster that the plan does not know is called for all sessions of county leaders together, so that nobody sits in
  /// two places: the bureau's is kept, then that of the principal leaders; whoever is missed elsewhere is counted (R5).
  void call_county_rosters() {
    clashes_ = s_->tables.double_bookings(s_->today);
    if (as_planned()) return;
    clashes_ = 0;
    called_.clear();
    engaged_.clear();
    const reception_plan& plan = s_->county->plan();
    const auto series = plan.series();
    for (venue where : plan.of_county_leaders()) {
      for (const auto& [i, turn] : s_->tables.county_sessions(s_->today)) {
        if (series[i].where != where) continue;
        called& one = called_.emplace_back(called{i, {}});
        ask_roster(series[i], turn, one.people);
        const auto is_engaged = [&](official_id o) {
          return std::any_of(engaged_.begin(), engaged_.end(),
                             [&](const engagement& e) { return e.who == o && overlap(plan.kind(e.where), plan.kind(where)); });
        };
        std::erase_if(one.people, is_engaged);
        if (plan.kind(where).counts_for == reception_rule::r5) {
          const auto linked = plan.people(series[i]);
          clashes_ += static_cast<std::uint32_t>(std::count_if(linked.begin(), linked.end(), is_engaged));
        }
        for (official_id who : one.people) engaged_.push_back({who, where});
      }
    }
  }
  void find_people(const reception_series& s, std::uint32_t i, std::uint32_t turn) {
    if (!as_planned()) {
      const auto found = std::find_if(called_.begin(), called_.end(), [&](const called& c) { return c.series == i; });
      if (found != called_.end())
        people_ = found->people;
      else
        ask_roster(s, turn, people_);
    } else if (s_->county->plan().same_people(s.where)) {
      people_.clear();
      for (official_id who : s_->county->plan().people(s)) people_.push_back(who);  // as the roster has them: nobody is needed elsewhere
    } else {
      s_->county->plan().roster(s, turn, people_);
    }
  }

  /// Who really sits: the roster less those away, with substitutes where the rule has them.
  void seat(const reception_series& s, std::uint32_t i, std::uint32_t turn) {
    find_people(s, i, turn);
    if (s_->county->plan().traits(s.where).by_clerks) return;
    const std::size_t seats = people_.size();
    take_out_absent(s, turn);
    tell_seated(s, seats);
  }
  void take_out_absent(const reception_series& s, std::uint32_t turn) {
    const auto& setting = s_->setting().reception;
    const auto is_away = [&](official_id who) {
      return s_->draws(who.value(), draw::absence, static_cast<std::uint32_t>(s_->date())) < setting.absence_rate;
    };
    for (std::size_t k = 0; k < people_.size();) {
      if (!is_away(people_[k])) {
        ++k;
        continue;
      }
      const official_id stand_in =
          setting.substitution == substitution_rule::next_in_rota ? s_->county->plan().substitute(s, turn) : official_id{};
      if (stand_in.valid() && !is_away(stand_in) && std::find(people_.begin(), people_.end(), stand_in) == people_.end()) {
        people_[k++] = stand_in;
      } else {
        people_.erase(people_.begin() + static_cast<std::ptrdiff_t>(k));
      }
    }
  }
  /// Sessions of today below the county's leaders to which nobody came. \param coming  today's visits, session by session
  void tell_unvisited(std::span<const planned_visit> coming) {
    const reception_plan& plan = s_->county->plan();
    const auto series = plan.series();
    std::size_t at = 0;
    for (std::uint32_t i = 0; i < series.size(); ++i) {
      while (at < coming.size() && series_of(coming[at]) < i) ++at;
      const bool visited = at < coming.size() && series_of(coming[at]) == i;
      if (visited || plan.traits(series[i].where).of_county_leaders || plan.traits(series[i].where).by_clerks) continue;
      const auto turn = plan.next_turn(series[i], s_->today);
      if (!turn || plan.date(series[i], *turn) != s_->today) continue;
      plan.roster(series[i], *turn, people_);
      const std::size_t seats = people_.size();
      take_out_absent(series[i], *turn);
      s_->tell.unvisited(series[i], s_->today, people_, seats);
    }
  }
  void tell_seated(const reception_series& s, std::size_t seats) {
    s_->tell.seated(s, s_->today, people_, seats);
    if (!s_->county->plan().traits(s.where).of_county_leaders) return;
    for (official_id who : people_) ++sat_[who.index()];
  }

  [[nodiscard]] visit_request request_of(const reception_series& s, const matter& m) const noexcept {
    const bool known = m.state != case_state::none;
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
    free_at_.resize(window && seats != 0 ? seats : people_.size());
    const closing_policy closing = s_->policies.template ask<detail::slots::closing>(
        static_cast<std::uint64_t>(s_->date()), static_cast<std::uint32_t>(s.place.index()), closing_request{s, s_->today, group_.size()});
    const std::span<visitor> queue = std::span(visitors_).first(admitted);
    const session_totals totals = orders_queue() ? run_ordered_session(queue, detail::span_to(free_at_), length.count, closing, outcomes_)
                                                 : run_session(queue, detail::span_to(free_at_), length.count, closing, outcomes_);
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
    std::sort(irregular_.begin(), irregular_.end(),
              [](const irregular_visit& a, const irregular_visit& b) { return a.on != b.on ? a.on < b.on : a.index < b.index; });
  }

  template <class Unheard>
  void visit_hot_spot(std::uint64_t month, std::uint32_t index, Unheard&& unheard) {
    const world& w = *s_->county;
    const auto& setting = w.setting().reception;
    const auto principals = w.org().officials_with(role::principal_leader);
    const std::size_t target = hot_spot(month, index);
    group_.clear();
    const auto comes = [&](const matter& m) {
      return m.township == target &&
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
    people_.assign(1, principals[(month + index) % principals.size()]);
    const reception_series series{irregular_kind_, w.townships()[target].where, 1, 0, 0, 1};
    tell_seated(series, 1);
    for (std::uint32_t who : group_) s_->matters[who].visit_series = w.townships()[target].series;
    hear_all(series, fixed::irregular_at, setting.irregular_length, unheard);
  }
  /// Where the policy sends them, as a position among the townships.
  [[nodiscard]] std::size_t hot_spot(std::uint64_t month, std::uint32_t index) {
    const world& w = *s_->county;
    const std::size_t townships = w.townships().size();
    const auto whole = static_cast<std::uint64_t>(w.setting().reception.irregular_per_month);
    field_visit_request request{s_->today, month, index, whole + 1, {}, townships, 0};
    if constexpr (!State::field_visits_by_own) request.luck = s_->draws(month, draw::irregular_place, index);
    if (looks()) {
      troubles_.assign(townships, 0);
      for (std::uint32_t who : s_->open) troubles_[s_->matters[who].township] += 1 + fixed::trouble_of_repeat * s_->matters[who].repeats;
      request.trouble = detail::span_of(troubles_);
    }
    const std::size_t target = s_->policies.template ask<detail::slots::field_visits>(month, index, request);
    SIFANG_ASSERT(target < townships, "the policy of irregular visits named a township that the county does not have");
    return target < townships ? target : 0;
  }
  [[nodiscard]] bool looks() const noexcept {
    if constexpr (State::field_visits_by_own)
      return true;
    else
      return s_->policies.template policy<detail::slots::field_visits>().looks();
  }

  State* s_;
  year_ownership<State>* ownership_;
  year_settlement<State>* settlement_;
  year_offices<State>* offices_;
  year_bureau<State>* bureau_;
  std::vector<std::vector<planned_visit>> expected_;  ///< by day of the session
  std::vector<std::int32_t> waiting_;                 ///< by kind of session
  std::vector<irregular_visit> irregular_;            ///< by day
  std::size_t next_irregular_ = 0;
  venue irregular_kind_{};
  std::vector<std::uint32_t> sat_;  ///< by official: sessions of county leaders sat at since counting began, in this calendar year
  std::uint32_t clashes_ = 0;       ///< of today
  // Working memory.
  std::vector<called> called_;
  std::vector<engagement> engaged_;
  std::vector<official_id> people_;
  std::vector<visitor> visitors_;
  std::vector<visit_outcome> outcomes_;
  std::vector<double> free_at_;
  std::vector<std::uint32_t> group_;
  std::vector<int> troubles_;
};

}  // namespace sifang

#endif
