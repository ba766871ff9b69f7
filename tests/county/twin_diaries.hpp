// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COUNTY_TWIN_DIARIES_HPP
#define SIFANG_TESTS_COUNTY_TWIN_DIARIES_HPP

#include "twin.hpp"

/// The twin's diaries: who is where today, minute by minute, and who is away. Nobody is in two places.
namespace sifang_tests::twin {

/// By road: within a township along its road, else by way of the county's seat.
inline double year::km(unit_id a, unit_id b) const {
  const auto& units = w_.org().units();
  const auto township_of = [&](unit_id u) {
    std::optional<unit_id> at = u;
    while (at && level_of(units[*at].kind) != level::township) at = units.parent(*at);
    return at;
  };
  const double from = units[a].distance_km, to = units[b].distance_km;
  return township_of(a) == township_of(b) ? std::abs(from - to) : from + to;
}
/// In begun minutes.
inline int year::way(unit_id a, unit_id b) const { return static_cast<int>(std::ceil(km(a, b) * 60 / s_.county.travel_speed)); }

/// A post of a leader, head or team member changes hands once at the most in each span of 365 days of its own, and is not vacant beyond it.
inline std::optional<year::change_of_hands> year::change_of(official_id who) const {
  const role rank = w_.org()[who].rank;
  if (rank == role::cadre || rank == role::bureau_staff) return std::nullopt;
  const int shift = static_cast<int>(who.value()) * 7 % 365, number_of_span = (today_.since_1970() + shift) / 365;
  if (luck_(who.value(), draw::post_changes, static_cast<std::uint32_t>(number_of_span)) >= s_.posts.turnover_per_year) return std::nullopt;
  const double u = luck_(who.value(), draw::post_changes_on, static_cast<std::uint32_t>(number_of_span));
  const day left(number_of_span * 365 - shift + static_cast<int>(u * (365 - s_.posts.vacant_days.count)));
  return change_of_hands{left, left + s_.posts.vacant_days};
}
/// Nobody while the post is vacant.
inline official_id year::in_office(official_id who) const {
  if (!who.valid()) return {};
  const auto change = change_of(who);
  return change && change->left <= today_ && today_ < change->comes ? official_id{} : who;
}
/// Whoever follows takes over every open case that the post owns (R13), and does not know what was said before.
inline void year::posts_change_hands() {
  std::vector<official_id> came;
  for (std::size_t i = 0; i < w_.org().officials().size(); ++i) {
    const official_id who(i);
    const auto change = change_of(who);
    if (!change) continue;
    const bool found_vacant = today_ == w_.first() && !in_office(who).valid();
    if (found_vacant || (change->left == today_ && change->left < change->comes)) tell_of_day(today_at(minutes(0)), "post", {id(who), 1});
    if (change->comes != today_) continue;
    tell_of_day(today_at(minutes(0)), "post", {id(who), 0});
    came.push_back(who);
  }
  for (std::size_t who : table_) {
    if (std::find(came.begin(), came.end(), cases_[who].owner) == came.end()) continue;
    cases_[who].odds += s_.posts.handover_effect;
    tell(today_at(minutes(0)), "taken over", who);
  }
}

/// On leave or at a training: spans of days that begin on a day of one's own.
inline bool year::is_away(official_id who) const {
  if (!in_office(who).valid()) return true;
  const auto is_theirs = [&](const engagement& e) { return e.who == who; };
  if (at_households_ && !w_.is_county_leader(who) && is_sent(who.index()) &&
      std::none_of(engagements_.begin(), engagements_.end(), is_theirs))
    return true;  // with the campaign
  const int span = s_.reception.absence_days.count;
  const int number_of_span = (today_.since_1970() + static_cast<int>(who.value()) * 7 % span) / span;
  // Four spans to a block of luck.
  const auto name = static_cast<draw>(static_cast<int>(draw::absence) + number_of_span % 4);
  return luck_(who.value(), name, static_cast<std::uint32_t>(number_of_span / 4)) < s_.reception.absence_rate;
}

inline bool year::is_free(official_id who, int from, int to, unit_id where) const {
  return std::none_of(engagements_.begin(), engagements_.end(), [&](const engagement& e) {
    const bool before = e.to + way(e.where, where) <= from, after = to + way(e.where, where) <= e.from;
    return e.who == who && !before && !after;
  });
}
/// When somebody can be there who has begun something else before.
inline int year::arrives_at(official_id who, int start, unit_id where) const {
  int at = start;
  for (const engagement& e : engagements_) {
    if (e.who == who && e.from < start) at = std::max(at, e.to + way(e.where, where));
  }
  return at;
}

/// The first minute at which all are free for so long before six in the evening; their time is kept.
inline std::optional<int> year::find_time(const std::vector<official_id>& people, int from, int length, unit_id where) {
  for (official_id who : people) {
    if (is_away(who)) return std::nullopt;
  }
  for (int at = from; at + length <= 18 * 60; ++at) {
    if (!std::all_of(people.begin(), people.end(), [&](official_id who) { return is_free(who, at, at + length, where); })) continue;
    for (official_id who : people) engagements_.push_back({who, at, at + length, where, false});
    return at;
  }
  return std::nullopt;
}
inline void year::keeps_time(const std::vector<official_id>& people, instant at) {
  for (engagement& e : engagements_) {
    if (std::find(people.begin(), people.end(), e.who) != people.end() && e.from == at.minute_of_day().count) e.kept = true;
  }
}

/// In the evening: attendance, preparation and travel of everybody, from the own unit to one place after the other and back.
inline void year::tell_hours() {
  for (std::size_t i = 0; i < w_.org().officials().size(); ++i) {
    const official_id who(i);
    std::vector<engagement> own;
    for (const engagement& e : engagements_) {
      if (e.who == who && e.kept) own.push_back(e);
    }
    if (own.empty()) continue;
    std::sort(own.begin(), own.end(), [](const engagement& a, const engagement& b) { return a.from < b.from; });
    int attendance = 0, travel = 0;
    double road = 0;
    unit_id at = w_.org()[who].unit;
    for (const engagement& e : own) {
      attendance += e.to - e.from;
      travel += way(at, e.where);
      road += km(at, e.where);
      at = e.where;
    }
    travel += way(at, w_.org()[who].unit);
    road += km(at, w_.org()[who].unit);
    tell_of_day(today_at(minutes(0)), "worked",
                {id(who), number(attendance), number(own.size()) * s_.county.preparation.count, number(travel), road});
  }
}

}  // namespace sifang_tests::twin

#endif
