// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_LOAD_LIMITS_HPP
#define SIFANG_COUNTY_LOAD_LIMITS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/calendar/sensitive_period.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/laws.hpp"
#include "sifang/county/scenario.hpp"

#include <array>
#include <cstddef>
#include <vector>

/// \file
/// How many new matters a scenario has on each of its days, and how many a replication can take.

namespace sifang {

/// Most matters that can arise on one day: 16 bits name a matter among those of its day.
inline constexpr std::size_t most_matters_a_day = 65'536;
/// Most matters that a replication is meant for: it keeps some 600 bytes of each to the end, 6 GB in all.
inline constexpr double most_matters = 10'000'000;
/// Most categories: a matter keeps its own in 16 bits, and every category is a row of results.
inline constexpr std::size_t most_categories = 1'000;

/// Mean of new matters on each day from the first of the warm-up to the last that counts.
/// \pre start <= end, warm_up >= 0 \complexity linear in the days, for each linear in the sensitive periods
template <class = when_called>
[[nodiscard]] inline std::vector<double> daily_rates(const scenario& s) {
  SIFANG_ASSERT(s.start <= s.end && s.warm_up >= calendar_days(0), "a period that does not end before it begins");
  const auto& load = s.load;
  std::array<double, 12> month_weight{};
  for (std::size_t m = 0; m < 12; ++m) {
    double sum = 0;
    for (const category_setting& c : s.categories) sum += c.share * c.months[m];
    month_weight[m] = load.months[m] * sum;
  }
  const auto weight = [&](day d) { return month_weight[d.month() - 1] * load.weekdays[static_cast<std::size_t>(d.weekday())]; };
  double mean = 0;
  for (day d = s.start; d <= s.end; ++d) mean += weight(d);
  mean /= (s.end - s.start).count + 1;
  std::vector<double> rates;
  for (day d = s.start - s.warm_up; d <= s.end; ++d) {
    double rate = mean > 0 ? load.matters_per_year * load.multiplier / 365.25 * weight(d) / mean : 0;
    for (const sensitive_period& p : s.sensitive_periods) {
      if (!p.covers(d)) continue;
      rate *= load.sensitive_factor;
      break;
    }
    rates.push_back(rate);
  }
  return rates;
}

/// Most matters that the draws of a replication can make of a day's mean, which is at most `most_matters_a_day`.
template <class = when_called>
[[nodiscard]] inline std::size_t most_of_a_day(double mean, double overdispersion) {
  constexpr double greatest_draw = 1 - 0x1p-33;  // a multiple of 2^-32 and a half
  return count_law::negative_binomial(mean, overdispersion)(greatest_draw);
}

}  // namespace sifang

#endif
