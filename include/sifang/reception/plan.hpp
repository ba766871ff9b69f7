// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_PLAN_HPP
#define SIFANG_RECEPTION_PLAN_HPP

#include "sifang/calendar/schedule.hpp"
#include "sifang/calendar/sensitive_period.hpp"
#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/sort_stably.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/reception/setting.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sifang {

/// One place at which one kind of session is held again and again by the same people.
///
/// A person with several places goes round: the session takes place on every `period`-th date of the
/// kind, beginning with the one at position `phase`.
struct reception_series {
  venue where{};                   ///< kind of session
  unit_id place;                   ///< unit at which it is held
  std::uint32_t period = 1,        ///< in dates of the kind
      phase = 0;                   ///< position of its first date among those of the kind, less than `period`
  std::uint32_t first_person = 0,  ///< start of its slice of the plan's table of people
      persons = 0;                 ///< length of the slice
};

/// One dated session: time, place and people are fixed (三固定, R1).
struct reception_session {
  venue where{};                    ///< kind of session
  unit_id place;                    ///< unit at which it is held
  day date;                         ///< day on which it is held
  minutes start,                    ///< minutes after midnight
      length;                       ///< planned; overtime comes on top
  std::vector<official_id> people;  ///< who sit, absences apart
  std::string_view rule;            ///< the rule that asks for it
};

/// A leader who is needed in two places at the same time (DOMAIN 1.6(2)).
struct double_booking {
  day date;              ///< the day
  official_id who;       ///< the leader
  venue kept{},          ///< session at which the leader sits
      missed{};          ///< session at which the leader is missed
  unit_id missed_place;  ///< place of the one missed
};

/// The dated plan of open-door reception of one county over a span of days.
///
/// Immutable once made. Sessions are not stored one by one: each kind has its dates and each series
/// its turn, so that 331 villages cost a few bytes each.
class reception_plan {
 public:
  /// A rule that counts (COUNT, INTERVAL) from no day of its own counts from `first`.
  /// \param turns_from  day from which those who go round take turns, `first` if none is given, whether in the span or not: the
  ///   round begins on its first date on or after it, and before it runs backwards. Who sits on a day does not depend on the span
  /// \pre first <= last and turns_from <= last; asserted
  template <class = when_called>
  reception_plan(const reception_setting& setting, const organisation& org, const working_calendar& calendar,
                 std::span<const sensitive_period> sensitive, day first, day last, std::optional<day> turns_from = {});

  /// The span, both included. @{
  [[nodiscard]] day first() const noexcept { return first_; }
  [[nodiscard]] day last() const noexcept { return last_; }
  /// @}
  /// What the plan was made from.
  [[nodiscard]] const reception_setting& setting() const noexcept { return setting_; }

  /// Days on which sessions of this kind are held somewhere, in order.
  [[nodiscard]] std::span<const day> dates(venue v) const noexcept { return {dates_[index(v)].data(), dates_[index(v)].size()}; }
  /// Every series, by position.
  [[nodiscard]] std::span<const reception_series> series() const noexcept { return {series_.data(), series_.size()}; }
  /// The series of a venue at a place, or -1. O(1). \pre a unit of the organisation; asserted
  [[nodiscard]] std::int32_t series_at(venue v, unit_id place) const noexcept {
    SIFANG_ASSERT(place.valid() && place.index() < at_place_[index(v)].size());
    return at_place_[index(v)][place.index()];
  }
  /// Who sits at a series in turn. Constant time.
  [[nodiscard]] std::span<const official_id> people(const reception_series& s) const noexcept {
    return {people_.data() + s.first_person, s.persons};
  }
  /// Planned opening, in minutes after midnight, and length of sessions of this kind. @{
  [[nodiscard]] minutes start(venue v) const noexcept { return of(v).start; }
  [[nodiscard]] minutes length(venue v) const noexcept { return of(v).length; }
  /// @}
  /// Seats that the scenario plans at sessions of this kind that go round; elsewhere all of the series sit.
  [[nodiscard]] int receivers(venue v) const noexcept { return of(v).receivers; }

  /// Turn number of the first session of a series on or after `from`, or nothing within the span. O(1).
  [[nodiscard]] std::optional<std::uint32_t> next_turn(const reception_series& s, day from) const noexcept {
    const auto& next = next_date_[index(s.where)];
    if (from > last_) return std::nullopt;
    const day on = from < first_ ? first_ : from;
    std::uint32_t turn = next[static_cast<std::size_t>((on - first_).count)];
    if (s.period > 1) {
      const std::uint32_t rest = turn % s.period;
      turn += rest <= s.phase ? s.phase - rest : s.phase + s.period - rest;
    }
    if (turn >= dates_[index(s.where)].size()) return std::nullopt;
    return turn;
  }
  /// Day of a turn. \pre the turn is one of `dates`; asserted
  [[nodiscard]] day date(const reception_series& s, std::uint32_t turn) const noexcept {
    SIFANG_ASSERT(turn < dates_[index(s.where)].size());
    return dates_[index(s.where)][turn];
  }

  /// Who sits at a turn, before absences. Leaders who were needed elsewhere are left out.
  template <class = when_called>
  void roster(const reception_series& s, std::uint32_t turn, std::vector<official_id>& out) const;

  /// Who would sit next at a rotating venue (bureau, principal): the substitute for `away`.
  template <class = when_called>
  [[nodiscard]] official_id substitute(const reception_series& s, std::uint32_t turn) const noexcept;

  /// Every dated session from `from` to `to`, by day, venue and place, with its people.
  template <class = when_called>
  [[nodiscard]] std::vector<reception_session> sessions(day from, day to) const;

  /// Leaders who would be needed in two places, by day.
  [[nodiscard]] std::span<const double_booking> double_bookings() const noexcept {
    return {double_bookings_.data(), double_bookings_.size()};
  }
  /// Days on which the principal leaders' day and the bureau's fell together before any split.
  [[nodiscard]] std::span<const day> collisions() const noexcept { return {collisions_.data(), collisions_.size()}; }

 private:
  [[nodiscard]] static constexpr std::size_t index(venue v) noexcept { return static_cast<std::size_t>(v); }
  [[nodiscard]] const session_setting& of(venue v) const noexcept {
    switch (v) {
      case venue::village:
      case venue::section:
        return setting_.village;
      case venue::township:
      case venue::department:
        return setting_.unit;
      case venue::window:
        return setting_.window;
      case venue::linked_leader:
        return setting_.linked;
      case venue::bureau_leader:
        return setting_.bureau;
      case venue::principal:
      case venue::irregular:
        break;
    }
    return setting_.principal;
  }
  [[nodiscard]] bool rotates(venue v) const noexcept { return v == venue::bureau_leader || v == venue::principal; }
  /// Who of `all` has the k-th seat at a turn, when `seats` change places at each turn.
  [[nodiscard]] official_id in_turn(venue v, std::uint32_t turn, std::size_t seats, std::size_t k,
                                    std::span<const official_id> all) const noexcept {
    const auto size = static_cast<std::int64_t>(all.size());
    const std::int64_t round = std::int64_t{turn} - turn_zero_[index(v)];
    const std::int64_t at = (round * static_cast<std::int64_t>(seats) + static_cast<std::int64_t>(k)) % size;
    return all[static_cast<std::size_t>(at < 0 ? at + size : at)];
  }
  template <class = when_called>
  void add_series(venue v, unit_id place, std::span<const official_id> people, std::uint32_t period = 1, std::uint32_t phase = 0);
  template <class = when_called>
  void index_dates();
  template <class = when_called>
  void make_series(const organisation& org);
  template <class = when_called>
  void find_double_bookings();
  template <class = when_called>
  [[nodiscard]] bool sits_at(venue v, official_id who, day date) const;

  reception_setting setting_;
  day first_, last_;
  std::array<std::vector<day>, venue_count> dates_;
  std::array<std::vector<std::uint32_t>, venue_count> next_date_;
  std::array<std::int32_t, venue_count> turn_zero_{};  ///< position among the dates from which turns are counted, maybe before all
  std::vector<reception_series> series_;
  std::vector<official_id> people_;
  std::vector<official_id> leaders_;  ///< county-level leaders, who fill further seats on the principal leaders' day
  std::array<std::vector<std::int32_t>, venue_count> at_place_;
  std::vector<double_booking> double_bookings_;
  std::vector<day> collisions_;
};

/// The rule that asks for a session of this kind on this day.
[[nodiscard]] constexpr std::string_view rule_of(venue v) noexcept {
  constexpr std::array<std::string_view, venue_count> rule{"R9", "R9", "R8", "R8", "", "R5", "R6", "R3", "R4"};
  return rule[static_cast<std::size_t>(v)];
}

template <class When>
inline reception_plan::reception_plan(const reception_setting& setting, const organisation& org, const working_calendar& calendar,
                                      std::span<const sensitive_period> sensitive, day first, day last, std::optional<day> turns_from)
    : setting_(setting), first_(first), last_(last) {
  SIFANG_ASSERT(first <= last && turns_from.value_or(first) <= last);
  // From here on, since what is moved off a day before the span may fall into it, and turns may be counted from before it.
  const day early = (std::max)((std::min)(first_, turns_from.value_or(first_)) - calendar_days(40), first_day_allowed);
  const auto dates_of = [&](const session_setting& s) {
    std::vector<day> out;
    if (!s.open || s.receivers == 0) return out;
    schedule rule{s.recur, {}, s.add, s.remove, s.on_rest_day};
    for (recurrence& r : rule.include) r = r.counted_from(first_, early);
    for (const occurrence& o : expand(rule, early, last_, calendar)) out.push_back(o.actual);
    return out;
  };
  const auto add_to = [](std::vector<day>& dates, day d) {
    const auto at = std::lower_bound(dates.begin(), dates.end(), d);
    if (at == dates.end() || *at != d) dates.insert(at, d);
  };

  auto& principal = dates_[index(venue::principal)];
  auto& bureau = dates_[index(venue::bureau_leader)];
  principal = dates_of(setting_.principal);
  dates_[index(venue::linked_leader)] = dates_of(setting_.linked);
  bureau = dates_of(setting_.bureau);
  auto unit = dates_of(setting_.unit);
  auto village = dates_of(setting_.village);
  dates_[index(venue::window)] = dates_of(setting_.window);
  std::erase_if(dates_[index(venue::window)], [&](day d) { return !calendar.is_workday(d); });

  std::set_intersection(principal.begin(), principal.end(), bureau.begin(), bureau.end(), std::back_inserter(collisions_));
  if (setting_.collision == collision_policy::split) {
    for (day merged : collisions_) {
      const day moved = calendar.next_workday(merged + calendar_days(1));
      for (auto* dates : {&bureau, &unit, &village}) {
        const auto at = std::lower_bound(dates->begin(), dates->end(), merged);
        if (at == dates->end() || *at != merged) continue;
        dates->erase(at);
        if (moved <= last_) add_to(*dates, moved);
      }
    }
  }
  if (setting_.sensitive_duty && setting_.bureau.open) {
    for (const sensitive_period& p : sensitive) {
      for (day d = (std::max)(early, p.first - p.lead); d <= (std::min)(last_, p.last); ++d) {
        if (calendar.is_workday(d)) add_to(bureau, d);
      }
    }
  }
  dates_[index(venue::township)] = unit;
  dates_[index(venue::department)] = std::move(unit);
  dates_[index(venue::village)] = village;
  dates_[index(venue::section)] = std::move(village);
  for (std::size_t v = 0; v < venue_count; ++v) {
    const auto before = [&](day d) { return std::lower_bound(dates_[v].begin(), dates_[v].end(), d) - dates_[v].begin(); };
    turn_zero_[v] = static_cast<std::int32_t>(before(turns_from.value_or(first_)) - before(first_));
    dates_[v].erase(dates_[v].begin(), dates_[v].begin() + before(first_));
  }
  std::erase_if(collisions_, [&](day d) { return d < first_; });
  index_dates();
  make_series(org);
  find_double_bookings();
}

template <class When>
inline void reception_plan::index_dates() {
  const auto days = static_cast<std::size_t>((last_ - first_).count) + 1;
  for (std::size_t v = 0; v < venue_count; ++v) {
    next_date_[v].resize(days);
    std::uint32_t turn = 0;
    for (std::size_t d = 0; d < days; ++d) {
      while (turn < dates_[v].size() && dates_[v][turn] < first_ + calendar_days(static_cast<std::int32_t>(d))) ++turn;
      next_date_[v][d] = turn;
    }
  }
}

template <class When>
inline void reception_plan::add_series(venue v, unit_id place, std::span<const official_id> people, std::uint32_t period,
                                       std::uint32_t phase) {
  at_place_[index(v)][place.index()] = static_cast<std::int32_t>(series_.size());
  const auto round = static_cast<std::int64_t>(period), at = (phase + std::int64_t{turn_zero_[index(v)]}) % round;
  series_.push_back({v, place, period, static_cast<std::uint32_t>(at < 0 ? at + round : at), static_cast<std::uint32_t>(people_.size()),
                     static_cast<std::uint32_t>(people.size())});
  people_.insert(people_.end(), people.begin(), people.end());
}

template <class When>
inline void reception_plan::make_series(const organisation& org) {
  for (auto& places : at_place_) places.assign(org.units().size(), -1);
  const auto of_rank = [&](std::span<const official_id> all, role r) {
    std::vector<official_id> out;
    for (official_id o : all) {
      if (org[o].rank == r) out.push_back(o);
    }
    return out;
  };
  const auto principals = org.officials_with(role::principal_leader);
  const auto leaders = org.officials_with(role::county_leader);
  leaders_.assign(leaders.begin(), leaders.end());

  for (unit_id place : org.units_of_kind(unit_kind::party_school)) {
    add_series(venue::principal, place, principals);
    break;
  }
  for (unit_id place : org.units_of_kind(unit_kind::petition_bureau)) {
    add_series(venue::bureau_leader, place, leaders.empty() ? principals : leaders);
    add_series(venue::window, place, org.officials_with(role::bureau_staff));
    break;
  }
  for (std::size_t i = 0; i < org.units().size(); ++i) {
    const unit_id place(i);
    const unit_kind kind = org.units()[place].kind;
    const bool township = level_of(kind) == level::township;
    const bool office = kind == unit_kind::department || kind == unit_kind::industrial_park;
    if (township || office) {
      const auto heads = org.officials_of(place, relation::heads);
      if (!heads.empty()) add_series(township ? venue::township : venue::department, place, heads);
    }
    if (office) {
      const auto members = of_rank(org.officials_of(place, relation::member_of), role::team_member);
      if (!members.empty()) add_series(venue::section, place, members);
    }
    if (kind == unit_kind::village || kind == unit_kind::community) {
      // The member with the fewest villages, so that the village is served as often as can be.
      const auto members = org.officials_of(place, relation::linked_to);
      const auto best = std::min_element(members.begin(), members.end(), [&](official_id a, official_id b) {
        return org.units_of(a, relation::linked_to).size() < org.units_of(b, relation::linked_to).size();
      });
      if (best == members.end()) continue;
      const auto places = org.units_of(*best, relation::linked_to);
      const auto turn = std::find(places.begin(), places.end(), place) - places.begin();
      add_series(venue::village, place, {&*best, 1}, static_cast<std::uint32_t>(places.size()), static_cast<std::uint32_t>(turn));
    }
  }
  // R5: each leader goes to one linked township at a time, in turn; without one, to a department in charge.
  struct post {
    unit_id place;
    official_id who;
    std::uint32_t period, phase;
  };
  std::vector<post> posts;
  for (official_id who : leaders) {
    auto places = org.units_of(who, relation::linked_to);
    if (places.empty()) places = org.units_of(who, relation::in_charge_of);
    for (std::size_t k = 0; k < places.size(); ++k) {
      posts.push_back({places[k], who, static_cast<std::uint32_t>(places.size()), static_cast<std::uint32_t>(k)});
    }
  }
  detail::sort_stably(posts, [](const post& a, const post& b) { return a.place != b.place ? a.place < b.place : a.period < b.period; });
  for (std::size_t i = 0; i < posts.size();) {
    std::size_t j = i;
    std::vector<official_id> together;
    // Those who come on the same days as the most frequent visitor sit together.
    for (; j < posts.size() && posts[j].place == posts[i].place; ++j) {
      if (posts[j].period == posts[i].period && posts[j].phase == posts[i].phase) together.push_back(posts[j].who);
    }
    add_series(venue::linked_leader, posts[i].place, together, posts[i].period, posts[i].phase);
    i = j;
  }
}

template <class When>
inline bool reception_plan::sits_at(venue v, official_id who, day date) const {
  const auto& dates = dates_[index(v)];
  const auto at = std::lower_bound(dates.begin(), dates.end(), date);
  if (at == dates.end() || *at != date) return false;
  for (const reception_series& s : series_) {
    if (s.where != v) continue;
    std::vector<official_id> sitting;
    roster(s, static_cast<std::uint32_t>(at - dates.begin()), sitting);
    return std::find(sitting.begin(), sitting.end(), who) != sitting.end();
  }
  return false;
}

template <class When>
inline void reception_plan::find_double_bookings() {
  for (const reception_series& s : series_) {
    if (s.where != venue::linked_leader) continue;
    const auto& dates = dates_[index(s.where)];
    for (std::uint32_t turn = s.phase; turn < dates.size(); turn += s.period) {
      for (official_id who : people(s)) {
        for (venue kept : {venue::bureau_leader, venue::principal}) {
          if (!sits_at(kept, who, dates[turn])) continue;
          double_bookings_.push_back({dates[turn], who, kept, venue::linked_leader, s.place});
          break;
        }
      }
    }
  }
  std::sort(double_bookings_.begin(), double_bookings_.end(),
            [](const double_booking& a, const double_booking& b) { return a.date != b.date ? a.date < b.date : a.who < b.who; });
}

template <class When>
inline void reception_plan::roster(const reception_series& s, std::uint32_t turn, std::vector<official_id>& out) const {
  out.clear();
  const auto all = people(s);
  if (rotates(s.where)) {
    const auto seats = (std::min<std::size_t>)(static_cast<std::size_t>(of(s.where).receivers), all.size());
    for (std::size_t k = 0; k < seats; ++k) out.push_back(in_turn(s.where, turn, seats, k, all));
    if (s.where != venue::principal) return;
    // More seats than principal leaders: other leaders in turn, but not those on the bureau's roster that day.
    const std::size_t further = static_cast<std::size_t>(setting_.principal.receivers) - seats;
    for (std::size_t k = 0; k < leaders_.size() && out.size() < seats + further; ++k) {
      const official_id who = in_turn(s.where, turn, further, k, leaders_);
      if (!sits_at(venue::bureau_leader, who, date(s, turn))) out.push_back(who);
    }
    return;
  }
  if (s.where == venue::window) {
    const auto seats = (std::min<std::size_t>)(static_cast<std::size_t>(setting_.window.receivers), all.size());
    out.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(seats));
    return;
  }
  out.assign(all.begin(), all.end());
  if (s.where == venue::linked_leader && !double_bookings_.empty()) {
    const day on = date(s, turn);
    std::erase_if(out, [&](official_id who) {
      return std::any_of(double_bookings_.begin(), double_bookings_.end(),
                         [&](const double_booking& b) { return b.date == on && b.who == who && b.missed_place == s.place; });
    });
  }
}

template <class When>
inline official_id reception_plan::substitute(const reception_series& s, std::uint32_t turn) const noexcept {
  const auto all = people(s);
  const auto seats = (std::min<std::size_t>)(static_cast<std::size_t>(of(s.where).receivers), all.size());
  if (!rotates(s.where) || all.size() <= seats) return {};
  return in_turn(s.where, turn, seats, seats, all);
}

template <class When>
inline std::vector<reception_session> reception_plan::sessions(day from, day to) const {
  std::vector<reception_session> out;
  for (const reception_series& s : series_) {
    const auto& dates = dates_[index(s.where)];
    for (std::uint32_t turn = s.phase; turn < dates.size(); turn += s.period) {
      if (dates[turn] < from || dates[turn] > to) continue;
      reception_session one{s.where, s.place, dates[turn], start(s.where), length(s.where), {}, rule_of(s.where)};
      roster(s, turn, one.people);
      if (!one.people.empty()) out.push_back(std::move(one));
    }
  }
  detail::sort_stably(out, [](const reception_session& a, const reception_session& b) {
    if (a.date != b.date) return a.date < b.date;
    if (a.where != b.where) return a.where > b.where;
    return a.place < b.place;
  });
  return out;
}

}  // namespace sifang

#endif
