// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_PLAN_HPP
#define SIFANG_RECEPTION_PLAN_HPP

#include "sifang/calendar/sensitive_period.hpp"
#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/sort_stably.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/reception/session_dates.hpp"
#include "sifang/reception/session_kind.hpp"
#include "sifang/reception/session_places.hpp"
#include "sifang/reception/session_series.hpp"
#include "sifang/reception/setting.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sifang {

/// The dated plan of open-door reception of one county over a span of days.
///
/// Immutable once made. Sessions are not stored one by one: each kind has its dates and each series
/// its turn, so that 331 villages cost a few bytes each.
class reception_plan {
 public:
  /// A rule that counts (COUNT, INTERVAL) from no day of its own counts from `first`.
  /// \param turns_from  day from which those who go round take turns, `first` if none is given, whether in the span or not: the
  ///   round begins on its first date on or after it, and before it runs backwards. Who sits on a day does not depend on the span
  /// \pre first <= last and turns_from <= last, and at most `most_session_kinds`; asserted
  template <class = when_called>
  reception_plan(const reception_setting& setting, const organisation& org, const working_calendar& calendar,
                 std::span<const sensitive_period> sensitive, day first, day last, std::optional<day> turns_from = {});

  /// The span, both included. @{
  [[nodiscard]] day first() const noexcept { return dates_.first(); }
  [[nodiscard]] day last() const noexcept { return dates_.last(); }
  /// @}
  /// What the plan was made from.
  [[nodiscard]] const reception_setting& setting() const noexcept { return setting_; }

  /// Every kind of session, by `venue`.
  template <class = when_called>
  [[nodiscard]] std::span<const session_kind> kinds() const noexcept {
    return detail::span_of(setting_.sessions);
  }
  /// One kind, and what follows from it here. \pre one of `kinds()`; asserted @{
  [[nodiscard]] const session_kind& kind(venue v) const noexcept {
    SIFANG_ASSERT(v.index() < setting_.sessions.size(), "a kind of session that there is");
    return setting_.sessions[v.index()];
  }
  [[nodiscard]] const session_traits& traits(venue v) const noexcept {
    SIFANG_ASSERT(v.index() < traits_.size(), "a kind of session that there is");
    return traits_[v.index()];
  }
  /// @}
  /// Kinds at which leaders of the county sit, and the others, from the greatest precedence down; without irregular visits. @{
  template <class = when_called>
  [[nodiscard]] std::span<const venue> of_county_leaders() const noexcept {
    return detail::span_of(county_);
  }
  template <class = when_called>
  [[nodiscard]] std::span<const venue> of_units() const noexcept {
    return detail::span_of(units_);
  }
  /// @}

  /// Days on which sessions of this kind are held somewhere, in order.
  template <class = when_called>
  [[nodiscard]] std::span<const day> dates(venue v) const noexcept {
    return detail::span_of(dates_.of(v));
  }
  /// Every series, by position: the order in which the sessions of one day are held.
  template <class = when_called>
  [[nodiscard]] std::span<const reception_series> series() const noexcept {
    return detail::span_of(series_);
  }
  /// Positions of the series of a kind, in order.
  template <class = when_called>
  [[nodiscard]] std::span<const std::uint32_t> series_of(venue v) const noexcept {
    return detail::span_of(of_kind_[v.index()]);
  }
  /// Whether sessions of a kind are held somewhere on a day. O(1). \pre within the span; asserted
  template <class = when_called>
  [[nodiscard]] bool is_held(venue v, day d) const noexcept {
    SIFANG_ASSERT(d >= first() && d <= last());
    const std::uint32_t turn = dates_.turn_on(v, d);
    return turn < dates_.of(v).size() && dates_.of(v)[turn] == d;
  }
  /// The series of a kind at a place, or -1. O(1). \pre a unit of the organisation; asserted
  template <class = when_called>
  [[nodiscard]] std::int32_t series_at(venue v, unit_id place) const noexcept {
    SIFANG_ASSERT(place.valid() && place.index() < at_place_[v.index()].size());
    return at_place_[v.index()][place.index()];
  }
  /// Who sits at a series in turn. Constant time.
  template <class = when_called>
  [[nodiscard]] std::span<const official_id> people(const reception_series& s) const noexcept {
    return detail::span_of(people_).subspan(s.first_person, s.persons);
  }
  /// Planned opening, in minutes after midnight, and length of sessions of this kind. @{
  [[nodiscard]] minutes start(venue v) const noexcept { return kind(v).start; }
  [[nodiscard]] minutes length(venue v) const noexcept { return kind(v).irregular ? setting_.irregular_length : kind(v).length; }
  /// @}
  /// Seats that the scenario plans at sessions of this kind; 0: all of the series sit.
  [[nodiscard]] int receivers(venue v) const noexcept { return kind(v).receivers; }
  /// Whether the people of every session of this kind are all those of its series.
  [[nodiscard]] bool same_people(venue v) const noexcept {
    return !traits_[v.index()].takes_turns && !traits_[v.index()].by_clerks && clashes_[v.index()] == 0;
  }

  /// Turn number of the first session of a series on or after `from`, or nothing within the span. O(1).
  [[nodiscard]] std::optional<std::uint32_t> next_turn(const reception_series& s, day from) const noexcept {
    if (from > last()) return std::nullopt;
    std::uint32_t turn = dates_.turn_on(s.where, from < first() ? first() : from);
    if (s.period > 1) {
      const std::uint32_t rest = turn % s.period;
      turn += rest <= s.phase ? s.phase - rest : s.phase + s.period - rest;
    }
    if (turn >= dates_.of(s.where).size()) return std::nullopt;
    return turn;
  }
  /// Turn number of a day of the span on which it is held, or of the next such day.
  [[nodiscard]] std::uint32_t turn_on(venue v, day d) const noexcept { return dates_.turn_on(v, d); }
  /// Day of a turn. \pre the turn is one of `dates`; asserted
  [[nodiscard]] day date(const reception_series& s, std::uint32_t turn) const noexcept {
    SIFANG_ASSERT(turn < dates_.of(s.where).size());
    return dates_.of(s.where)[turn];
  }

  /// Who sits at a turn, before absences. Whoever is needed elsewhere at the same time, at a session of greater precedence,
  /// is left out.
  template <class = when_called>
  void roster(const reception_series& s, std::uint32_t turn, std::vector<official_id>& out) const;

  /// Who would sit next where people take turns: the substitute for whoever is away.
  template <class = when_called>
  [[nodiscard]] official_id substitute(const reception_series& s, std::uint32_t turn) const noexcept;

  /// Every dated session from `from` to `to` with its people: by day, kind (the last first) and place.
  template <class = when_called>
  [[nodiscard]] std::vector<reception_session> sessions(day from, day to) const;

  /// Leaders who would be needed in two places, by day.
  template <class = when_called>
  [[nodiscard]] std::span<const double_booking> double_bookings() const noexcept {
    return detail::span_of(double_bookings_);
  }
  /// Days on which a kind and the one for which it moves (the bureau's and the principal leaders' day) fell together before
  /// any split.
  template <class = when_called>
  [[nodiscard]] std::span<const day> collisions() const noexcept {
    return detail::span_of(dates_.collisions());
  }

 private:
  struct post {
    unit_id place;
    official_id who;
    std::uint32_t period, phase;
  };
  template <class = when_called>
  void make_series(const organisation& org);
  template <class = when_called>
  void add_shared(venue v, const organisation& org);
  template <class = when_called>
  void add_related(venue v, const organisation& org);
  template <class = when_called>
  void add_series(reception_series s, std::span<const official_id> people) {
    s.first_person = static_cast<std::uint32_t>(people_.size());
    s.persons = static_cast<std::uint32_t>(people.size());
    const auto at = (s.phase + std::int64_t{dates_.turn_zero(s.where)}) % s.period;
    s.phase = static_cast<std::uint32_t>(at < 0 ? at + s.period : at);
    series_.push_back(s);
    people_.insert(people_.end(), people.begin(), people.end());
  }
  template <class = when_called>
  void order_series(const organisation& org);
  template <class = when_called>
  void find_traits(const organisation& org);
  template <class = when_called>
  void find_double_bookings();
  /// Who would sit if nobody were needed elsewhere.
  template <class = when_called>
  void in_turn(const reception_series& s, std::uint32_t turn, std::vector<official_id>& out) const;
  template <class = when_called>
  [[nodiscard]] bool sits_at(venue v, official_id who, day date) const;
  /// Where somebody sits on that day at the hours of a kind, at a session of greater precedence.
  template <class = when_called>
  [[nodiscard]] std::optional<venue> engaged(venue at, official_id who, day date) const;
  /// Which round of its people a turn of a series is: from 0 where turns are counted from, negative before.
  [[nodiscard]] std::int64_t round_of(const reception_series& s, std::uint32_t turn) const noexcept {
    const std::int64_t counted = std::int64_t{turn} - dates_.turn_zero(s.where);
    if (s.lanes == 0) return (counted - (counted % s.period + s.period) % s.period) / s.period;
    return s.period > 1 ? counted : counted * s.lanes + s.lane;
  }
  /// Who has a seat, counted over all rounds.
  [[nodiscard]] static official_id at_seat(std::int64_t seat, std::span<const official_id> all) noexcept {
    const auto size = static_cast<std::int64_t>(all.size());
    return all[static_cast<std::size_t>((seat % size + size) % size)];
  }

  reception_setting setting_;
  session_dates dates_;
  std::vector<session_traits> traits_;
  std::vector<venue> county_, units_;
  std::vector<reception_series> series_;  ///< in the order of holding
  std::vector<official_id> people_;
  std::vector<std::vector<official_id>> further_;    ///< by kind: who fills seats that its first role cannot
  std::vector<std::vector<std::uint32_t>> of_kind_;  ///< by kind: positions of its series
  std::vector<std::vector<std::int32_t>> at_place_;  ///< by kind
  std::vector<double_booking> double_bookings_;
  std::vector<std::uint8_t> clashes_;  ///< by kind: whether it is missed by somebody on some day
};

template <class When>
inline reception_plan::reception_plan(const reception_setting& setting, const organisation& org, const working_calendar& calendar,
                                      std::span<const sensitive_period> sensitive, day first, day last, std::optional<day> turns_from)
    : setting_(setting), dates_(setting, calendar, sensitive, first, last, turns_from.value_or(first)) {
  clashes_.assign(setting_.sessions.size(), 0);
  make_series(org);
  find_traits(org);
  order_series(org);
  find_double_bookings();
}

template <class When>
inline void reception_plan::make_series(const organisation& org) {
  further_.resize(setting_.sessions.size());
  for (std::size_t i = 0; i < setting_.sessions.size(); ++i) {
    const session_kind& k = setting_.sessions[i];
    if (k.irregular) continue;
    if (k.relations.empty())
      add_shared(venue(i), org);
    else
      add_related(venue(i), org);
  }
}

/// People of a role, or of some posts, go round; the places share them.
template <class When>
inline void reception_plan::add_shared(venue v, const organisation& org) {
  const session_kind& k = setting_[v];
  std::vector<official_id> people;
  for (const std::string& one : k.posts) {
    if (const auto found = org.find_post(one)) people.push_back(*found);
  }
  if (k.posts.empty()) {
    for (role r : k.roles) {
      const auto of_role = org.officials_with(r);
      auto& into = people.empty() ? people : further_[v.index()];
      into.insert(into.end(), of_role.begin(), of_role.end());
    }
  }
  const auto places = places_of(k, org);
  const auto lanes = static_cast<std::uint32_t>(places.size());
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    reception_series s{v, places[lane], 1, 0, 0, 0, lane, lanes};
    if (k.places_in_turn) {
      s.period = lanes;
      s.phase = lane;
    }
    add_series(s, detail::span_of(people));
  }
}

/// People sit where they belong, each at one place at a time. Who come on the same days as the most frequent visitor of
/// a place sit together.
template <class When>
inline void reception_plan::add_related(venue v, const organisation& org) {
  const session_kind& k = setting_[v];
  auto places = places_of(k, org);
  std::sort(places.begin(), places.end());
  const bool anywhere = k.units.empty() && k.at.empty();
  std::vector<post> posts;
  for (std::size_t i = 0; i < org.officials().size(); ++i) {
    const official_id who(i);
    const bool sits = k.posts.empty() ? std::find(k.roles.begin(), k.roles.end(), org[who].rank) != k.roles.end()
                                      : std::find(k.posts.begin(), k.posts.end(), org[who].post) != k.posts.end();
    if (!sits) continue;
    std::vector<unit_id> own;
    for (relation how : k.relations) {
      for (unit_id u : org.units_of(who, how)) {
        if (anywhere || std::binary_search(places.begin(), places.end(), u)) own.push_back(u);
      }
      if (!own.empty()) break;
    }
    const auto period = static_cast<std::uint32_t>(own.size());
    for (std::uint32_t phase = 0; phase < period; ++phase) posts.push_back({own[phase], who, period, phase});
  }
  detail::sort_stably(posts, [](const post& a, const post& b) { return a.place != b.place ? a.place < b.place : a.period < b.period; });
  std::vector<official_id> together;
  for (std::size_t i = 0, j = 0; i < posts.size(); i = j) {
    together.clear();
    for (; j < posts.size() && posts[j].place == posts[i].place; ++j) {
      if (posts[j].period == posts[i].period && posts[j].phase == posts[i].phase) together.push_back(posts[j].who);
    }
    add_series({v, posts[i].place, posts[i].period, posts[i].phase}, detail::span_of(together));
  }
}

/// First the sessions to which people come from all sides, then place by place those of its own people, last those of
/// travelling leaders; of equals the kind that stands last first.
template <class When>
inline void reception_plan::order_series(const organisation& org) {
  const auto group = [&](const reception_series& s) {
    return setting_[s.where].relations.empty() ? 0 : !traits_[s.where.index()].of_county_leaders ? 1 : 2;
  };
  detail::sort_stably(series_, [&](const reception_series& a, const reception_series& b) {
    if (group(a) != group(b)) return group(a) < group(b);
    if (group(a) != 0 && a.place != b.place) return a.place < b.place;
    return a.where != b.where ? a.where > b.where : a.place < b.place;
  });
  at_place_.assign(setting_.sessions.size(), std::vector<std::int32_t>(org.units().size(), -1));
  of_kind_.resize(setting_.sessions.size());
  for (std::size_t i = 0; i < series_.size(); ++i) {
    const std::size_t kind = series_[i].where.index();
    at_place_[kind][series_[i].place.index()] = static_cast<std::int32_t>(i);
    of_kind_[kind].push_back(static_cast<std::uint32_t>(i));
  }
}

template <class When>
inline void reception_plan::find_traits(const organisation& org) {
  for (const session_kind& k : setting_.sessions) traits_.push_back(traits_of(k, org));
  for (std::size_t i = 0; i < traits_.size(); ++i) {
    if (!traits_[i].irregular) (traits_[i].of_county_leaders ? county_ : units_).push_back(venue(i));
  }
  for (std::vector<venue>* all : {&county_, &units_})
    detail::sort_stably(*all, [&](venue a, venue b) { return kind(a).precedence > kind(b).precedence; });
}

template <class When>
inline bool reception_plan::sits_at(venue v, official_id who, day date) const {
  const auto& dates = dates_.of(v);
  const auto at = std::lower_bound(dates.begin(), dates.end(), date);
  if (at == dates.end() || *at != date) return false;
  const auto turn = static_cast<std::uint32_t>(at - dates.begin());
  std::vector<official_id> sitting;
  for (std::uint32_t i : of_kind_[v.index()]) {
    const reception_series& s = series_[i];
    if (turn % s.period != s.phase) continue;
    roster(s, turn, sitting);
    if (std::find(sitting.begin(), sitting.end(), who) != sitting.end()) return true;
  }
  return false;
}

template <class When>
inline std::optional<venue> reception_plan::engaged(venue at, official_id who, day date) const {
  for (venue other : county_) {
    if (kind(other).precedence <= kind(at).precedence) break;
    if (overlap(kind(other), kind(at)) && sits_at(other, who, date)) return other;
  }
  return std::nullopt;
}

template <class When>
inline void reception_plan::find_double_bookings() {
  std::vector<official_id> sitting;
  for (venue v : county_) {  // whoever sits at a session of greater precedence is known by then
    std::vector<double_booking> missed;
    for (std::uint32_t i : of_kind_[v.index()]) {
      const reception_series& s = series_[i];
      const auto dates = this->dates(v);
      for (std::uint32_t turn = s.phase; turn < dates.size(); turn += s.period) {
        in_turn(s, turn, sitting);
        for (official_id who : sitting) {
          if (const auto kept = engaged(v, who, dates[turn])) missed.push_back({dates[turn], who, *kept, v, s.place});
        }
      }
    }
    clashes_[v.index()] = !missed.empty();
    double_bookings_.insert(double_bookings_.end(), missed.begin(), missed.end());
  }
  detail::sort_stably(double_bookings_,
                      [](const double_booking& a, const double_booking& b) { return a.date != b.date ? a.date < b.date : a.who < b.who; });
}

template <class When>
inline void reception_plan::in_turn(const reception_series& s, std::uint32_t turn, std::vector<official_id>& out) const {
  const auto all = people(s);
  const auto wanted = static_cast<std::size_t>(receivers(s.where));
  const auto seats = wanted == 0 ? all.size() : (std::min)(wanted, all.size());
  out.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(seats));
  if (!traits_[s.where.index()].takes_turns) return;
  const std::int64_t round = round_of(s, turn);
  const auto seat = [&](std::size_t of, std::size_t k) { return round * static_cast<std::int64_t>(of) + static_cast<std::int64_t>(k); };
  for (std::size_t k = 0; k < seats; ++k) out[k] = at_seat(seat(seats, k), all);
  // More seats than people of the first role: others in turn, but none who is needed elsewhere.
  const std::vector<official_id>& others = further_[s.where.index()];
  const std::size_t further = wanted - seats;
  for (std::size_t k = 0; k < others.size() && out.size() < wanted; ++k) {
    const official_id who = at_seat(seat(further, k), others);
    if (!engaged(s.where, who, date(s, turn))) out.push_back(who);
  }
}

template <class When>
inline void reception_plan::roster(const reception_series& s, std::uint32_t turn, std::vector<official_id>& out) const {
  in_turn(s, turn, out);
  if (clashes_[s.where.index()] == 0) return;
  const day on = date(s, turn);
  std::erase_if(out, [&](official_id who) {
    return std::any_of(double_bookings_.begin(), double_bookings_.end(), [&](const double_booking& b) {
      return b.date == on && b.who == who && b.missed == s.where && b.missed_place == s.place;
    });
  });
}

template <class When>
inline official_id reception_plan::substitute(const reception_series& s, std::uint32_t turn) const noexcept {
  const auto all = people(s);
  const auto seats = (std::min)(static_cast<std::size_t>(receivers(s.where)), all.size());
  if (!traits_[s.where.index()].takes_turns || all.size() <= seats) return {};
  const std::size_t lanes = s.lanes == 0 || s.period > 1 ? 1 : s.lanes, lane = lanes == 1 ? 0 : s.lane;
  return at_seat((round_of(s, turn) + static_cast<std::int64_t>(lanes - lane)) * static_cast<std::int64_t>(seats), all);
}

template <class When>
inline std::vector<reception_session> reception_plan::sessions(day from, day to) const {
  std::vector<reception_session> out;
  for (const reception_series& s : series_) {
    const reception_rule rule = kind(s.where).counts_for;
    const auto& dates = dates_.of(s.where);
    for (std::uint32_t turn = s.phase; turn < dates.size(); turn += s.period) {
      if (dates[turn] < from || dates[turn] > to) continue;
      reception_session one{s.where,
                            s.place,
                            dates[turn],
                            start(s.where),
                            length(s.where),
                            {},
                            rule == reception_rule::none ? std::string_view() : name_of(rule)};
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
