// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_COST_ROW_HPP
#define SIFANG_EXPERIMENT_COST_ROW_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/cost.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/world.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// \file
/// What one year cost and what it brought, as a row of numbers: what policies are ranked by.

namespace sifang {

/// What a policy is to bring: numbers of a period, each so that more is better.
enum class service : std::uint8_t { heard_15d, heard_30d, days_saved, unmet_need, late_replies, resolved, repeats };
/// Enumerators of `service`.
inline constexpr std::size_t service_count = 7;

/// From which sum of its metric a service is read.
enum class service_sum : std::uint8_t {
  numerator,         ///< as many as there are
  minus_numerator,   ///< the fewer the better
  minus_the_others,  ///< the fewer of the cohort that are not counted above the line, the better
};

/// What people read for a service, and where it is read.
struct service_info {
  /// Name in files; what one more is, in English and in Chinese; the unit, in both. @{
  std::string_view name, en, zh, unit_en, unit_zh;
  /// @}
  metric of;       ///< the metric that it is read from
  service_sum as;  ///< which of its sums
};
/// Every service, in the order of `service`.
// clang-format off: a table
inline constexpr std::array<service_info, service_count> service_table{{
    {"heard_15d", "Matters heard by a leader within 15 days", "15天内由领导接谈的事项", "matter", "件", metric::heard_15d,
     service_sum::numerator},
    {"heard_30d", "Matters heard by a leader within 30 days", "30天内由领导接谈的事项", "matter", "件", metric::heard_30d,
     service_sum::numerator},
    {"days_saved", "Petitioner-days saved until a leader hears them", "减少的信访人等候人日", "day", "人日", metric::petitioner_days,
     service_sum::minus_numerator},
    {"unmet_need", "Grievances fewer of which nobody hears", "减少的无人知晓诉求", "grievance", "件", metric::unmet_need,
     service_sum::minus_numerator},
    {"late_replies", "Late replies fewer", "减少的逾期答复", "reply", "件", metric::on_time_reply_rate, service_sum::minus_the_others},
    {"resolved", "Matters resolved", "化解的事项", "matter", "件", metric::resolution_rate, service_sum::numerator},
    {"repeats", "Repeat registrations fewer", "减少的重复登记", "registration", "件次", metric::repeat_rate, service_sum::minus_numerator},
}};
// clang-format on
/// The row of a service. Constant time.
[[nodiscard]] constexpr const service_info& info(service s) noexcept { return service_table[static_cast<std::size_t>(s)]; }

/// Where each number stands in the row of one replication.
struct cost_row {
  static constexpr std::size_t total = 0,  ///< cost, in yuan
      leader_hours = 1,                    ///< hours of county-level leaders
      services = 2,                        ///< the first of them
      ranked = services + service_count,   ///< so many are what policies are ranked by
      parts = ranked,                      ///< of the cost, the first of them
      size = parts + cost_part_count;      ///< of the whole row
  /// Place of a service, of a part of the cost. @{
  [[nodiscard]] static constexpr std::size_t at(service s) noexcept { return services + static_cast<std::size_t>(s); }
  [[nodiscard]] static constexpr std::size_t at(cost_part p) noexcept { return parts + static_cast<std::size_t>(p); }
  /// @}

  /// Writes the row of a year, or the part that policies are ranked by. \pre `row` has `size` or `ranked` places; asserted
  template <class = when_called>
  static void write(const world& w, const replication_outcome& year, std::span<double> row) {
    SIFANG_ASSERT(row.size() == size || row.size() == ranked, "a row of costs");
    constexpr std::size_t county = 0;  // the only cell of the first dimension
    const auto amount = [&](metric m) { return year.sums.numerator(m, county); };
    row[total] = amount(metric::total_cost);
    row[leader_hours] = amount(metric::leader_hours);
    for (std::size_t s = 0; s < service_count; ++s) {
      const service_info& about = service_table[s];
      const double counted = amount(about.of), others = year.sums.denominator(about.of, county) - counted;
      row[services + s] = about.as == service_sum::numerator ? counted : about.as == service_sum::minus_numerator ? -counted : -others;
    }
    if (row.size() == ranked) return;
    for (std::size_t p = 0; p < cost_part_count; ++p) row[parts + p] = cost_of(static_cast<cost_part>(p), w.setting(), amount);
  }
};

}  // namespace sifang

#endif
