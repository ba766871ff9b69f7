// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_OUTCOME_HPP
#define SIFANG_COUNTY_OUTCOME_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/session_days.hpp"
#include "sifang/county/tally.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sifang {

/// A weekly series: a sum and a weight a week; the value is their ratio.
enum class series_id : std::uint8_t {
  waiting_local,
  waiting_units,
  waiting_linked,
  waiting_bureau,
  waiting_principal,
  waiting_window,
  wait_all,
  wait_principal,
  wait_bureau,
  open_routing,
  open_handling,
  open_review,
  open_return,
  overdue_open,
  first_registrations,
  repeat_registrations,
  waiting_other,
};
/// Enumerators of `series_id`.
inline constexpr std::size_t series_count = 17;

/// What people read for a weekly series.
struct series_info {
  /// Name in files; chart that it shares; unit; text in English and in Chinese. @{
  std::string_view id, chart, unit, en, zh;
  /// @}
};
/// Every series, in the order of the enumerators.
// clang-format off: a table
inline constexpr std::array<series_info, series_count> series_table{{
    {"waiting_local", "waiting", "petitioners", "Village and section sessions", "村（社区）与分管部门接访"},
    {"waiting_units", "waiting", "petitioners", "Heads of townships and departments", "乡镇和县直单位主要负责同志接访"},
    {"waiting_linked", "waiting", "petitioners", "County leaders at linked townships", "县处级领导挂钩乡镇接访"},
    {"waiting_bureau", "waiting", "petitioners", "County leader at the petition bureau", "县处级领导在信访局接访"},
    {"waiting_principal", "waiting", "petitioners", "Principal leaders at the Party school", "主要领导在党校接访"},
    {"waiting_window", "waiting", "petitioners", "Window of the petition bureau", "信访局接待窗口"},
    {"wait_all", "wait", "days", "All doors", "全部"},
    {"wait_principal", "wait", "days", "Principal leaders at the Party school", "主要领导在党校接访"},
    {"wait_bureau", "wait", "days", "County leader at the petition bureau", "县处级领导在信访局接访"},
    {"open_routing", "open", "cases", "Registered or routed, not yet accepted", "已登记待受理"},
    {"open_handling", "open", "cases", "Being handled", "办理中"},
    {"open_review", "open", "cases", "Replied, review, recheck", "答复与复查复核中"},
    {"open_return", "open", "cases", "Due for a return visit", "待回访"},
    {"overdue_open", "overdue", "cases", "Open and past the reply date", "在办超期"},
    {"first_registrations", "registrations", "registrations", "First petitions", "初次信访"},
    {"repeat_registrations", "registrations", "registrations", "Repeat petitions", "重复信访"},
    {"waiting_other", "waiting", "petitioners", "Other sessions", "其他接访"},
}};
// clang-format on

/// Cumulative curves: how many steps were done within d days.
enum class curve_id : std::uint8_t { heard, routed, accepted, replied };
/// Enumerators of `curve_id`.
inline constexpr std::size_t curve_count = 4;
/// Length of each curve.
inline constexpr std::array<std::size_t, curve_count> curve_days{60, 30, 40, 150};

/// What one official did in the period that counts.
struct official_outcome {
  double minutes = 0,          ///< of sessions with overtime, appointments and visits: attendance, preparation, travel
      sessions = 0,            ///< sessions sat at
      heard = 0,               ///< interviews
      owned_days = 0;          ///< Σ over days of open cases owned
  std::int32_t owned_max = 0;  ///< most open cases owned at one time
};

/// What happened at one kind of session in the period that counts.
struct venue_outcome {
  /// Sessions with visitors; visits heard; Σ of waits; interviews; overtime; visitors who left; those still waiting at the end. @{
  double used_sessions = 0, heard = 0, wait_minutes = 0, busy_minutes = 0, overtime_minutes = 0, left = 0, not_heard = 0;
  /// @}
  double absent_seats = 0;         ///< seats that nobody took
  std::int32_t longest_queue = 0;  ///< most people waiting at one time
};

/// Rules that a run can be seen to break (DOMAIN 1.1-1.4), counted in the period.
enum class violation : std::uint8_t { r3, r5, r6, r8, r9, r10, r11, r13, r25, r26, r27, r29 };
/// Enumerators of `violation`.
inline constexpr std::size_t violation_count = 12;
/// What people read for a broken rule.
struct violation_info {
  /// "R6"; what happened, in English and in Chinese. @{
  std::string_view rule, en, zh;
  /// @}
};
/// Every rule, in the order of `violation`.
// clang-format off: a table
inline constexpr std::array<violation_info, violation_count> violation_table{{
    {"R3", "A principal leaders' day without a principal leader", "主要领导接访日无人接访"},
    {"R5", "A leader was missing at the linked township or department", "县处级领导未到挂钩乡镇或分管单位接访"},
    {"R6", "A bureau day without a county-level leader", "信访局接访日无县处级领导在岗"},
    {"R8", "A unit's session without its head", "单位接访日主要负责同志缺席"},
    {"R9", "A team member's session without anybody", "班子成员接访无人在岗"},
    {"R10", "A visitor was turned away before being heard", "来访人未经接谈即被筛除"},
    {"R11", "A visitor was not heard in the session they came to", "随访未能随接"},
    {"R13", "The owner is not the first receiver", "包案人不是首接领导"},
    {"R25", "A key finding without a responsible person", "走访发现事项未落实责任人"},
    {"R26", "An item struck off although the grievance was not settled", "未达目标即销号"},
    {"R27", "A return visit that was due and not made", "应回访而未回访"},
    {"R29", "A return visit without the owner or a unit concerned", "回访缺少包案领导或属地属事单位"},
}};
// clang-format on

/// Everything that one replication found. Reused: `reset` keeps the memory.
struct replication_outcome {
  tally sums;                                                ///< of every metric
  std::vector<tally::ratio> own;                             ///< of the metrics that observers have, in their order
  std::array<std::vector<double>, series_count> series_sum,  ///< by week
      series_weight;                                         ///< by week
  std::array<count_table, curve_count> curves;               ///< days from the start of a step to its end
  std::array<double, curve_count> curve_total{};             ///< steps whose limit fell in the period, done or not
  std::vector<count_table> wait_days,                        ///< days from setting out to being heard, by venue
      wait_minutes;                                          ///< minutes at the session, by venue
  count_table all_wait_days,                                 ///< of all who were heard
      all_wait_minutes;                                      ///< of all who were heard
  std::vector<official_outcome> officials;                   ///< by `official_id`
  std::vector<venue_outcome> venues;                         ///< by `venue`
  std::vector<session_day> days;                             ///< by `world::session_days`
  std::array<double, violation_count> violations{};          ///< times broken, by `violation`
  std::uint64_t fingerprint = 0;                             ///< of the sequence of events
  std::uint64_t events = 0;                                  ///< played
  // Conservation (METHODS 11.1): born = silent + on the way + open + closed, at the end.
  /// Matters that arose; that never came forward; whose petitioner is on the way; open; closed. @{
  std::uint64_t born = 0, silent = 0, on_the_way = 0, open = 0, closed = 0;
  /// @}

  /// Bytes that it takes. Constant time.
  template <class = when_called>
  [[nodiscard]] std::size_t bytes() const noexcept {
    std::size_t sum = sizeof *this + sums.sums().size_bytes() + officials.size() * sizeof(official_outcome) +
                      days.size() * sizeof(session_day) + venues.size() * (sizeof(venue_outcome) + 2 * sizeof(count_table));
    for (const auto* arrays : {&series_sum, &series_weight}) {
      for (const auto& a : *arrays) sum += a.size() * sizeof(double);
    }
    const auto add = [&](const count_table& t) { sum += t.counts().size_bytes(); };
    for (const count_table& t : curves) add(t);
    for (const count_table& t : wait_days) add(t);
    for (const count_table& t : wait_minutes) add(t);
    add(all_wait_days);
    add(all_wait_minutes);
    return sum;
  }

  /// Empties everything for another replication, and keeps the memory.
  /// \param split  whether metrics are counted in every dimension, or for the county as a whole alone
  template <class = when_called>
  void reset(const cell_layout& layout, std::size_t weeks, std::size_t official_count, bool split = true) {
    sums.reset(layout, split);
    for (auto* arrays : {&series_sum, &series_weight}) {
      for (auto& a : *arrays) a.assign(weeks, 0.0);
    }
    for (std::size_t i = 0; i < curve_count; ++i) curves[i].reset(curve_days[i] + 1);
    curve_total = {};
    const std::size_t kinds = layout.items(dimension::venue);
    wait_days.resize(kinds);
    wait_minutes.resize(kinds);
    for (auto& t : wait_days) t.reset(120);
    for (auto& t : wait_minutes) t.reset(1440);
    all_wait_days.reset(120);
    all_wait_minutes.reset(1440);
    officials.assign(official_count, {});
    venues.assign(kinds, {});
    violations = {};
    fingerprint = events = born = silent = on_the_way = open = closed = 0;
  }
};

}  // namespace sifang

#endif
