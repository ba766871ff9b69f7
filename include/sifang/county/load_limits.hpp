// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_LOAD_LIMITS_HPP
#define SIFANG_COUNTY_LOAD_LIMITS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/calendar/sensitive_period.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/laws.hpp"
#include "sifang/county/scenario.hpp"

#include <algorithm>
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
/// Most items of public sentiment that a campaign can bring: more than a thousand for each of a thousand cadres.
inline constexpr double most_opinions = 2'000'000;
/// Most categories: a matter keeps its own in 16 bits, and every category is a row of results.
inline constexpr std::size_t most_categories = 1'000;

namespace detail {

/// Weight of each month in which the categories come as often as the scenario says.
template <class = when_called>
[[nodiscard]] inline std::array<double, 12> month_weights(const scenario& s) {
  std::array<double, 12> out{};
  for (std::size_t m = 0; m < 12; ++m) {
    double sum = 0;
    for (const category_setting& c : s.categories) sum += c.share * c.months[m];
    out[m] = s.load.months[m] * sum;
  }
  return out;
}

}  // namespace detail

/// Mean of new matters on each day from the first of the warm-up to the last that counts.
///
/// Each calendar year has `load.matters_per_year` × `load.multiplier` of them, spread over its own days by month, weekday and
/// sensitive period; so a day's mean does not depend on the period that counts, and a period that is split has the same.
/// \pre start <= end, warm_up >= 0 \complexity linear in the days of the calendar years touched, for each linear in the
///   sensitive periods
template <class = when_called>
[[nodiscard]] inline std::vector<double> daily_rates(const scenario& s) {
  SIFANG_ASSERT(s.start <= s.end && s.warm_up >= calendar_days(0), "a period that does not end before it begins");
  const auto& load = s.load;
  const std::array<double, 12> month_weight = detail::month_weights(s);
  const auto is_sensitive = [&](day d) {
    return std::any_of(s.sensitive_periods.begin(), s.sensitive_periods.end(), [&](const sensitive_period& p) { return p.covers(d); });
  };
  const day first = s.first();
  std::vector<double> rates, weights;
  for (int year = first.year(); year <= s.last().year(); ++year) {
    const day begin(year, 1, 1), end(year, 12, 31);
    double sum = 0;
    weights.clear();
    for (day d = begin; d <= end; ++d) {
      double weight = month_weight[d.month() - 1] * load.weekdays[static_cast<std::size_t>(d.weekday())];
      if (is_sensitive(d)) weight *= load.sensitive_factor;
      weights.push_back(weight);
      sum += weight;
    }
    const double matters = load.matters_per_year * load.multiplier;
    for (day d = (std::max)(begin, first); d <= (std::min)(end, s.last()); ++d) {
      rates.push_back(sum > 0 ? matters * (weights[static_cast<std::size_t>((d - begin).count)] / sum) : 0);
    }
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
