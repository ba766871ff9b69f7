// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_SETTING_HPP
#define SIFANG_RECEPTION_SETTING_HPP

#include "sifang/calendar/convention.hpp"
#include "sifang/calendar/recurrence.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

/// \file
/// What a planner decides about open-door reception (开门接访): which days, where, how long, who and how many.

namespace sifang {

/// Where a petitioner who comes in person may be heard. Each is one kind of session, or the window.
enum class venue : std::uint8_t {
  village,        ///< team member at the linked village (R9)
  section,        ///< team member at the section in their charge (R9)
  township,       ///< head of the township or street (R8)
  department,     ///< head of the county department or park (R8)
  window,         ///< clerks at the petition bureau, every workday
  linked_leader,  ///< county-level leader at the linked township or department in charge (R5)
  bureau_leader,  ///< county-level leader at the petition bureau (R6, R7)
  principal,      ///< principal leaders at the Party school (R3)
  irregular,      ///< principal leaders at a hot spot (R4); nobody can plan for it
};
/// Enumerators of `venue`.
inline constexpr std::size_t venue_count = 9;
inline constexpr std::size_t chosen_venue_count = 8;  ///< venues that a petitioner can choose
template <>
inline constexpr std::string_view names_of<venue>[] = {"village",       "section",       "township",  "department", "window",
                                                       "linked_leader", "bureau_leader", "principal", "irregular"};

/// 0 village, 1 township, 2 county: the level at which a venue hears.
[[nodiscard]] constexpr int level_rank(venue v) noexcept {
  constexpr std::array<int, venue_count> rank{0, 2, 1, 2, 2, 2, 2, 2, 2};
  return rank[static_cast<std::size_t>(v)];
}

/// How senior the ear is, 0 (team member or clerk) to 3 (principal leader).
[[nodiscard]] constexpr int seniority(venue v) noexcept {
  constexpr std::array<int, venue_count> rank{0, 0, 1, 1, 0, 2, 2, 3, 3};
  return rank[static_cast<std::size_t>(v)];
}

/// What happens when the day of the principal leaders falls on the bureau's day (DOMAIN 1.6(2)).
enum class collision_policy : std::uint8_t {
  merge,  ///< both are held; a leader needed twice stays on the bureau roster and is missed elsewhere
  split,  ///< the bureau's, the units' and the villages' reception moves to the next workday
};
template <>
inline constexpr std::string_view names_of<collision_policy>[] = {"merge", "split"};

/// What happens to those not heard at closing time (DOMAIN 1.6(7)).
enum class closing_policy : std::uint8_t { stay, come_back, escalate };
template <>
inline constexpr std::string_view names_of<closing_policy>[] = {"stay", "come_back", "escalate"};

/// Where an irregular visit goes: to the township with most open cases, to any, or to each in turn.
enum class hot_spot_rule : std::uint8_t { worst, random, rotation };
template <>
inline constexpr std::string_view names_of<hot_spot_rule>[] = {"worst", "random", "rotation"};

/// Who sits for a leader who is away: the next in the rota, or nobody.
enum class substitution_rule : std::uint8_t { next_in_rota, none };
template <>
inline constexpr std::string_view names_of<substitution_rule>[] = {"next_in_rota", "none"};

/// Who sits at sessions whose people go round: those whose turn it is, all of them, or those who have sat least.
enum class roster_rule : std::uint8_t { in_turn, all, least_burdened };
template <>
inline constexpr std::string_view names_of<roster_rule>[] = {"in_turn", "all", "least_burdened"};

/// Who is called next: whoever came first, whoever has booked, whose case is the oldest, or groups after all others.
enum class queue_rule : std::uint8_t { first_come, by_appointment, longest_case, groups_last };
template <>
inline constexpr std::string_view names_of<queue_rule>[] = {"first_come", "by_appointment", "longest_case", "groups_last"};

/// When, how long and by how many one kind of session is held.
struct session_setting {
  /// What each means, with its unit, range and source: `reception.*` in `county/parameters.hpp`. @{
  bool open = true;
  std::vector<recurrence> recur;
  day_convention on_rest_day = day_convention::skip;
  std::vector<day> add, remove;
  minutes start{8 * 60 + 30};
  minutes length{180};
  int receivers = 1;
  /// @}
};

/// All of open-door reception. The defaults are the article's rules R2-R11.
struct reception_setting {
  /// What each means, with its unit, range and source: `reception.*` in `county/parameters.hpp`. @{
  session_setting principal, linked, bureau, unit, village, window;
  collision_policy collision = collision_policy::merge;
  roster_rule roster = roster_rule::in_turn;
  queue_rule queue_order = queue_rule::first_come;
  closing_policy closing = closing_policy::stay;
  double screened_share = 0;
  double booked_share = 0;
  double absence_rate = 0.05;
  substitution_rule substitution = substitution_rule::next_in_rota;
  double interview_minutes = 25;
  double interview_cv = 0.6;
  double group_factor = 0.03;
  bool representatives = true;
  double early_share = 0.5;
  double arrival_span = 0.6666666666666666;
  bool sensitive_duty = true;
  double irregular_per_month = 2;
  hot_spot_rule irregular_target = hot_spot_rule::worst;
  double irregular_turnout = 0.3;
  minutes irregular_length{180};
  /// @}

  reception_setting() {
    principal.recur = linked.recur = {recurrence::day_of_month(15)};
    principal.on_rest_day = linked.on_rest_day = day_convention::next_workday;
    bureau.recur = unit.recur = village.recur = {recurrence::weekly(weekday::monday)};
    window.recur = {recurrence::daily()};
    window.length = minutes(360);
    window.receivers = 3;
  }
};

}  // namespace sifang

#endif
