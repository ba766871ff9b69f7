// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_FORECAST_CHECK_HPP
#define SIFANG_PETITION_FORECAST_CHECK_HPP

#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/petition/case_load.hpp"
#include "sifang/petition/forecast.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

/// \file
/// Whether forecasts came true: made from past days of a ledger, and compared with what it says came after.

namespace sifang {

/// Forecasts whose probability lies between two bounds, and what came of them.
struct forecast_bin {
  double from = 0,            ///< probabilities from here
      to = 1;                 ///< to below there; the last bin has 1 too
  std::size_t forecasts = 0,  ///< of a case on a day
      late = 0;               ///< of these, how many came late
  double predicted = 0;       ///< the sum of the probabilities

  /// The mean probability, and the share that came late; 0 without forecasts. @{
  [[nodiscard]] double mean() const noexcept { return forecasts == 0 ? 0 : predicted / static_cast<double>(forecasts); }
  [[nodiscard]] double observed() const noexcept { return forecasts == 0 ? 0 : static_cast<double>(late) / static_cast<double>(forecasts); }
  /// @}
};

/// How forecasts of one duty came true.
struct forecast_check {
  /// By probability, the smallest first.
  std::array<forecast_bin, 6> bins{{{0, 0.1}, {0.1, 0.3}, {0.3, 0.5}, {0.5, 0.7}, {0.7, 0.9}, {0.9, 1}}};
  std::size_t forecasts = 0,  ///< of a case on a day, all bins
      without_number = 0,     ///< open cases that were not late and got none
      undecided = 0;          ///< that got one, but are due after the ledger ends: left out, whether done or not
  double brier = 0,           ///< mean of (probability - outcome)^2 (Brier 1950, Monthly Weather Review 78: 1-3); less is better
      brier_of_base = 0;      ///< the same where every forecast is the share of the cases known by then that came late
};

/// Plays forecasts from past days and compares them with what came. Cases that are late already are no forecast and not counted.
///
/// The base rate beside it is the share of late ones among the cases of which that was known on the day, whatever their age.
/// \param until  the ledger is complete up to this day \complexity that of a forecast for each day
template <class = when_called>
[[nodiscard]] forecast_check check_forecast(const case_load& load, std::span<const day> days, day until, case_clock duty,
                                            const forecast_rules& rules = {}) {
  forecast_check out;
  for (const day on : days) {
    const auto due_of = [&](day since) {
      const day due = duty == case_clock::accept ? rules.clocks.accept_due(since) : rules.clocks.reply_due(since);
      return rules.calendar == nullptr ? due : rules.clocks.last_day(due, *rules.calendar);
    };
    double known = 0, known_late = 0;
    for (const recorded_case& c : load.cases) {
      const auto p = detail::progress_of(c, on);
      if (!p.is_registered || (duty == case_clock::handle && !p.acceptance)) continue;
      const day since = duty == case_clock::accept ? c.date : c.date + *p.acceptance;
      const auto took = duty == case_clock::accept ? p.acceptance : p.handling;
      if (!took && (p.is_undated || due_of(since) > on)) continue;
      known += 1;
      known_late += !took || since + *took > due_of(since);
    }
    for (const forecast_case& f : forecast_ledger(load, on, rules).cases) {
      if (f.duty != duty || f.is_late()) continue;
      const recorded_case& c = load.cases[f.row];
      const auto took = duty == case_clock::accept ? c.acceptance : c.handling;
      const bool done = took && f.since + *took <= until;
      if (!f.late.has_value()) {
        out.without_number += 1;
      } else if (f.due > until) {
        out.undecided += 1;
      } else {
        const bool late = !done || f.since + *took > f.due;
        std::size_t b = 0;
        while (b + 1 < out.bins.size() && f.late.estimate >= out.bins[b].to) ++b;
        out.bins[b].forecasts += 1;
        out.bins[b].late += late;
        out.bins[b].predicted += f.late.estimate;
        const double error = f.late.estimate - (late ? 1 : 0), base = (known > 0 ? known_late / known : 0.5) - (late ? 1 : 0);
        out.forecasts += 1;
        out.brier += error * error;
        out.brier_of_base += base * base;
      }
    }
  }
  if (out.forecasts > 0) {
    out.brier /= static_cast<double>(out.forecasts);
    out.brier_of_base /= static_cast<double>(out.forecasts);
  }
  return out;
}

/// The Mondays of the second half of some days, both ends included.
template <class = when_called>
[[nodiscard]] std::vector<day> mondays_of_second_half(day first, day last) {
  std::vector<day> out;
  for (day d = first + calendar_days((last - first).count / 2); d <= last; ++d) {
    if (d.weekday() == weekday::monday) out.push_back(d);
  }
  return out;
}

}  // namespace sifang

#endif
