// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_CONTROLLED_HPP
#define SIFANG_EXPERIMENT_CONTROLLED_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/stats/control_variates.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Headline figures adjusted for how many grievances arose: a number whose mean the load of the scenario fixes, and which is the same under
/// every policy.

namespace sifang {

/// A headline figure, or its difference to the base, with and without the control.
struct controlled_figure {
  metric id{};                 ///< of the county as a whole
  std::size_t policy = 0;      ///< position in the study; of a difference that of the other
  bool is_difference = false;  ///< to policy 0
  controlled_mean found;       ///< in the unit of the metric
};

/// What is known beforehand, and what chance made of it.
struct arrivals_control {
  double expected = 0;                     ///< grievances that arise in the counted period, mean of all possible years
  double seen = 0;                         ///< mean of those that were simulated
  std::size_t years = 0;                   ///< that were looked at
  std::vector<controlled_figure> figures;  ///< of the first policy, then differences of each other one, in the order of `metric_table`
};

/// Mean number of grievances that arise in the counted days and are followed for a year, over all possible years: those that `unmet_need`
/// counts. 0 if cases are replayed, whose number is no chance.
template <class = when_called>
[[nodiscard]] inline double expected_arrivals(const world& w) noexcept {
  constexpr calendar_days followed(365);
  double out = 0;
  for (day d = w.start(); d <= w.end() && d + followed <= w.setting().last(); ++d) out += w.replays() ? 0 : w.rate(d);
  return out;
}

/// The headline figures of the first policy and the differences of the others, adjusted for the number of grievances that arose
/// (`control_mean`). A ratio is adjusted by its linear form r + (Y − rN)/N̄.
///
/// What a policy does to a grievance is not touched by how many there are, so differences gain little but where they grow with it. No
/// figures if the study kept no years, the cases are replayed, or no grievance is followed for a year.
/// \param w  world of the first policy; policies under which another number of grievances arose are left out
/// \complexity linear in the years that were kept
template <class = when_called>
[[nodiscard]] inline arrivals_control control_for_arrivals(const world& w, const study_result& study) {
  arrivals_control out;
  out.expected = expected_arrivals(w);
  if (study.years.empty() || study.years.front().empty() || !(out.expected > 0)) return out;
  out.years = study.years.front().size() / metric_count;
  const auto column = [&](std::size_t policy, metric m, double tally::ratio::*part) {
    std::vector<double> values;
    for (std::size_t k = 0; k < out.years; ++k) values.push_back(study.years[policy][k * metric_count + static_cast<std::size_t>(m)].*part);
    return values;
  };
  const std::array arrivals{control_variate{column(0, metric::unmet_need, &tally::ratio::denominator), out.expected}};
  for (const double n : arrivals[0].values) out.seen += n / static_cast<double>(out.years);
  const auto linear = [&](std::size_t policy, metric m) {
    std::vector<double> values = column(policy, m, &tally::ratio::numerator);
    const std::vector<double> by = column(policy, m, &tally::ratio::denominator);
    double sum = 0, whole = 0;
    for (std::size_t k = 0; k < out.years; ++k) {
      sum += values[k];
      whole += by[k];
    }
    if (!(whole > 0)) return std::vector<double>();
    const double ratio = sum / whole, mean = whole / static_cast<double>(out.years);
    for (std::size_t k = 0; k < out.years; ++k) values[k] = ratio + (values[k] - ratio * by[k]) / mean;
    return values;
  };
  for (std::size_t p = 0; p < study.policies.size(); ++p) {
    const bool same_load = column(p, metric::unmet_need, &tally::ratio::denominator) == arrivals[0].values;
    if (!same_load) continue;  // another load: its mean is another
    for (const metric_info& m : metric_table) {
      if (!m.headline) continue;
      std::vector<double> values = linear(p, m.id);
      if (p > 0) {
        const std::vector<double> base = linear(0, m.id);
        if (base.size() != values.size()) continue;
        for (std::size_t k = 0; k < values.size(); ++k) values[k] -= base[k];
      }
      if (values.empty()) continue;
      out.figures.push_back({m.id, p, p > 0, control_mean(values, arrivals, w.setting().confidence)});
    }
  }
  return out;
}

}  // namespace sifang

#endif
