// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_COST_HPP
#define SIFANG_COUNTY_COST_HPP

#include "sifang/county/metrics.hpp"
#include "sifang/county/scenario.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// \file
/// What a policy costs, in yuan: sums of its hours, days and kilometres at the prices of the scenario (`[cost]`).

namespace sifang {

/// The parts of the cost of a policy. Each hour, kilometre and yuan is in one of them.
enum class cost_part : std::uint8_t {
  leaders,      ///< hours of county-level leaders
  heads,        ///< hours of unit heads and team members
  clerks,       ///< of the bureau, at desks and windows
  handlers,     ///< hours of the units' handlers
  cadres,       ///< days at the households
  overtime,     ///< of sessions, beyond the hours themselves
  preparation,  ///< of others, for the officials' own
  roads,        ///< kilometres of leaders, heads and team members
  help,         ///< in hardship
  petitioners,  ///< their waits and ways
};
/// Enumerators of `cost_part`.
inline constexpr std::size_t cost_part_count = 10;

/// What people read for a part of the cost.
struct cost_part_info {
  /// Name in files; text in English and in Chinese. @{
  std::string_view name, en, zh;
  /// @}
};
/// Every part, in the order of `cost_part`.
// clang-format off: a table
inline constexpr std::array<cost_part_info, cost_part_count> cost_part_table{{
    {"leaders", "County-level leaders", "县处级领导"},
    {"heads", "Unit heads and team members", "单位主要负责同志和班子成员"},
    {"clerks", "Clerks of the bureau", "信访局登记转办和窗口人员"},
    {"handlers", "Handlers", "承办人员"},
    {"cadres", "Cadres of the campaign", "走访干部"},
    {"overtime", "Overtime of sessions", "接访加班"},
    {"preparation", "Preparation by others", "他人准备"},
    {"roads", "Roads of officials", "干部路途"},
    {"help", "Help in hardship", "困难帮扶"},
    {"petitioners", "Petitioners' waits and ways", "来访人排队与路途"},
}};
// clang-format on
/// The row of a part. Constant time.
[[nodiscard]] constexpr const cost_part_info& info(cost_part p) noexcept { return cost_part_table[static_cast<std::size_t>(p)]; }

/// A part of what something costs, in yuan, at the prices of a scenario.
/// \param amount  called with metrics of the group "cost": how many hours, days, kilometres or yuan of each
template <class Amount>
requires std::invocable<const Amount&, metric>
[[nodiscard]] double cost_of(cost_part part, const scenario& s, const Amount& amount) {
  const auto& price = s.cost;
  switch (part) {
    case cost_part::leaders:
      return price.leader_hour * amount(metric::leader_hours);
    case cost_part::heads:
      return price.head_hour * amount(metric::head_hours);
    case cost_part::clerks:
      return price.clerk_hour * (amount(metric::clerk_hours) + amount(metric::window_hours));
    case cost_part::handlers:
      return price.handler_hour * amount(metric::handler_hours);
    case cost_part::cadres:
      return price.cadre_day * amount(metric::cadre_days);
    case cost_part::overtime:
      return price.overtime_hour * amount(metric::overtime_hours);
    case cost_part::preparation:
      return price.preparation_hour * amount(metric::preparation_hours);
    case cost_part::roads:
      return price.vehicle_km * (amount(metric::travel_km) + amount(metric::head_km));
    case cost_part::help:
      return price.help * amount(metric::help_cost);
    case cost_part::petitioners:
      return price.petitioner_hour * amount(metric::queue_hours) + price.petitioner_km * amount(metric::petitioner_km) +
             price.petitioner_day * amount(metric::petitioner_days);
  }
  return 0;
}
/// All of it.
template <class Amount>
requires std::invocable<const Amount&, metric>
[[nodiscard]] double cost_of(const scenario& s, const Amount& amount) {
  double sum = 0;
  for (std::size_t p = 0; p < cost_part_count; ++p) sum += cost_of(static_cast<cost_part>(p), s, amount);
  return sum;
}

}  // namespace sifang

#endif
