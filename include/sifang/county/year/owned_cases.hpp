// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_OWNED_CASES_HPP
#define SIFANG_COUNTY_YEAR_OWNED_CASES_HPP

#include <cstdint>
#include <span>

namespace sifang {

/// Cases that one official owns (R13): how many are open, for how many days together, and the most at a time.
struct owned_cases {
  std::int32_t open = 0;   ///< cases now
  std::int32_t since = 0;  ///< day of the last change, since 1970
  double days = 0;         ///< days owned, summed over cases, until then
  std::int32_t most = 0;   ///< the most open cases at a time, of what was seen

  /// Adds the days that the open cases have been owned since the last change. Constant time.
  /// \param today  since 1970
  /// \param after  the day, since 1970, from which nothing counts any more
  void hold(std::int32_t today, std::int32_t after) noexcept {
    const std::int32_t ends = today < after ? today : after;
    const std::int32_t now = ends < since ? since : ends;
    days += static_cast<double>(open) * (now - since);
    since = now;
  }
  /// As many cases are open from now on; `counted`: and count for the most. Constant time.
  void has(std::int32_t cases, bool counted) noexcept {
    open = cases;
    const std::int32_t seen = counted ? cases : 0;
    most = most < seen ? seen : most;
  }
};

/// Gini coefficient of what some own: 0 if all own as much, towards 1 if one owns all. \complexity O(n)
/// \param ascending  what each owns, in ascending order
/// \param sum  of these; above 0
[[nodiscard]] inline double gini(std::span<const double> ascending, double sum) noexcept {
  const auto owners = static_cast<double>(ascending.size());
  double weighted = 0, rank = 0;
  for (const double x : ascending) weighted += (2.0 * ++rank - owners - 1) * x;
  return weighted / (owners * sum);
}

}  // namespace sifang

#endif
