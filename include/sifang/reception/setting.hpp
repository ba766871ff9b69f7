// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_SETTING_HPP
#define SIFANG_RECEPTION_SETTING_HPP

#include "sifang/calendar/convention.hpp"
#include "sifang/calendar/recurrence.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/unit.hpp"
#include "sifang/reception/session_kind.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What a planner decides about open-door reception (开门接访): which days, where, how long, who and how many.

namespace sifang {

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

/// Adds the kinds that a list lacks, in their order. \complexity the product of both
template <class = when_called>
inline void add_sessions(std::vector<session_kind>& to, const std::vector<session_kind>& more) {
  for (const session_kind& k : more) {
    const auto is_same = [&](const session_kind& other) { return other.id == k.id; };
    if (std::none_of(to.begin(), to.end(), is_same)) to.push_back(k);
  }
}
/// The kinds of a list in the order of another that has them all, with the others of that one closed: so that scenarios with
/// different sessions can be compared. \complexity the product of both
template <class = when_called>
[[nodiscard]] inline std::vector<session_kind> sessions_among(const std::vector<session_kind>& own, const std::vector<session_kind>& all) {
  std::vector<session_kind> out;
  for (const session_kind& k : all) {
    const auto found = std::find_if(own.begin(), own.end(), [&](const session_kind& other) { return other.id == k.id; });
    out.push_back(found != own.end() ? *found : k);
    if (found == own.end()) out.back().open = false;
  }
  return out;
}

namespace detail {
/// The kinds of the article (R2-R9; both principal leaders sit on the 15th, and on rest days too, DOMAIN 1.6(1)), the window and irregular
/// visits (R4), in the order of `article`.
template <class = when_called>
[[nodiscard]] inline std::vector<session_kind> article_sessions() {
  std::vector<session_kind> out(9);
  const auto name = [&](venue v, std::string_view id, std::string_view en, std::string_view zh, double appeal,
                        double share) -> session_kind& {
    session_kind& s = out[v.index()];
    s.id = id;
    s.title_en = en;
    s.title_zh = zh;
    s.appeal = appeal;
    s.share = share;
    return s;
  };
  const std::vector<recurrence> mondays{recurrence::weekly(weekday::monday)}, fifteenth{recurrence::day_of_month(15)};
  const auto belong = [&](session_kind& s, role who, std::vector<relation> how, std::vector<unit_kind> at, reception_rule rule) {
    s.roles = {who};
    s.relations = std::move(how);
    s.at = std::move(at);
    s.receivers = 0;
    s.recur = mondays;
    s.moves_for = "principal";
    s.counts_for = rule;
  };
  using enum unit_kind;
  belong(name(article::village, "village", "Team member at the linked village", "班子成员在挂钩村（社区）", 2.1, 0.10), role::team_member,
         {relation::linked_to}, {unit_kind::village, community}, reception_rule::r9);
  belong(name(article::section, "section", "Team member at the section in their charge", "班子成员在分管部门", 1.2, 0.05),
         role::team_member, {relation::member_of}, {unit_kind::department, industrial_park}, reception_rule::r9);
  belong(name(article::township, "township", "Head of the township or street", "乡镇（街道）主要负责同志", 2.8, 0.22), role::unit_head,
         {relation::heads}, {unit_kind::township, subdistrict}, reception_rule::r8);
  belong(name(article::department, "department", "Head of the county department", "县直单位主要负责同志", 2.2, 0.08), role::unit_head,
         {relation::heads}, {unit_kind::department, industrial_park}, reception_rule::r8);
  session_kind& window = name(article::window, "window", "Window of the petition bureau", "县信访局窗口", 1.2, 0.25);
  window.roles = {role::bureau_staff};
  window.at = {petition_bureau};
  window.recur = {recurrence::daily()};
  window.length = minutes(360);
  window.receivers = 3;
  window.catchment = catchment_rule::county;
  session_kind& linked =
      name(article::linked_leader, "linked_leader", "County leader at the linked township", "县处级领导在挂钩乡镇", 1.7, 0.08);
  belong(linked, role::county_leader, {relation::linked_to, relation::in_charge_of}, {}, reception_rule::r5);
  linked.recur = fifteenth;
  linked.on_rest_day = day_convention::keep;
  linked.moves_for.clear();
  linked.precedence = 1;
  session_kind& bureau =
      name(article::bureau_leader, "bureau_leader", "County leader at the petition bureau", "县处级领导在信访局", 1.4, 0.14);
  bureau.roles = {role::county_leader, role::principal_leader};
  bureau.at = {petition_bureau};
  bureau.recur = mondays;
  bureau.sensitive_duty = true;
  bureau.moves_for = "principal";
  bureau.precedence = 3;
  bureau.counts_for = reception_rule::r6;
  bureau.catchment = catchment_rule::county;
  session_kind& principal = name(article::principal, "principal", "Principal leaders at the Party school", "主要领导在县委党校", 2.1, 0.08);
  principal.roles = {role::principal_leader, role::county_leader};
  principal.at = {party_school};
  principal.recur = fifteenth;
  principal.on_rest_day = day_convention::keep;
  principal.receivers = 2;
  principal.precedence = 2;
  principal.counts_for = reception_rule::r3;
  principal.catchment = catchment_rule::county;
  session_kind& irregular = name(article::irregular, "irregular", "Principal leaders at a hot spot", "主要领导不定期下访", 0, 0);
  irregular.roles = {role::principal_leader};
  irregular.irregular = true;
  irregular.counts_for = reception_rule::r4;
  return out;
}
}  // namespace detail

/// All of open-door reception. The defaults are the article's rules R2-R11.
struct reception_setting {
  /// What each means, with its unit, range and source: `session.*` and `reception.*` in `county/parameters.hpp`. @{
  std::vector<session_kind> sessions = detail::article_sessions();
  collision_policy collision = collision_policy::merge;
  roster_rule roster = roster_rule::in_turn;
  queue_rule queue_order = queue_rule::first_come;
  closing_policy closing = closing_policy::stay;
  double screened_share = 0;
  double booked_share = 0;
  double absence_rate = 0.05;
  calendar_days absence_days{5};
  substitution_rule substitution = substitution_rule::next_in_rota;
  double interview_minutes = 25;
  double interview_cv = 0.6;
  double on_spot_share = 0.5;
  double on_spot_again_share = 0.1;
  double group_factor = 0.03;
  bool representatives = true;
  double early_share = 0.5;
  double arrival_span = 0.6666666666666666;
  double irregular_per_month = 2;
  hot_spot_rule irregular_target = hot_spot_rule::worst;
  double irregular_turnout = 0.2;
  minutes irregular_length{180};
  /// @}

  /// One kind of session. \pre a position among `sessions`; asserted @{
  [[nodiscard]] session_kind& operator[](venue v) noexcept {
    SIFANG_ASSERT(v.index() < sessions.size(), "a kind of session that there is");
    return sessions[v.index()];
  }
  [[nodiscard]] const session_kind& operator[](venue v) const noexcept {
    SIFANG_ASSERT(v.index() < sessions.size(), "a kind of session that there is");
    return sessions[v.index()];
  }
  /// @}
  /// The kind of this name, if there is one. \complexity linear in the kinds
  template <class = when_called>
  [[nodiscard]] std::optional<venue> find(std::string_view id) const noexcept {
    for (std::size_t v = 0; v < sessions.size() && v < most_session_kinds; ++v) {
      if (sessions[v].id == id) return venue(v);
    }
    return std::nullopt;
  }
};

}  // namespace sifang

#endif
