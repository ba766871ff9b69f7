// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_FIT_RESULT_HPP
#define SIFANG_IO_LEDGER_FIT_RESULT_HPP

#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/petition/text.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/dispersion.hpp"
#include "sifang/stats/duration_fit.hpp"
#include "sifang/stats/goodness_of_fit.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/rate_fit.hpp"
#include "sifang/stats/survival.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What a ledger says of a scenario: parameters with intervals, laws of durations, and what it does not say.

namespace sifang {

/// How a ledger is to be fitted.
struct ledger_fit_options {
  std::optional<day> first{},  ///< earlier registrations are left out; nothing: from the first there is
      last{};                  ///< later ones are; nothing: to the last there is
  double confidence = 0.95;    ///< of every interval
  std::size_t samples = 199;   ///< of the bootstrap of each p-value of a law
  std::uint64_t seed = 2022;   ///< of the bootstrap
};

/// A parameter of a scenario that a ledger fixes.
struct fitted_parameter {
  std::string key;               ///< as scenarios have it
  std::vector<interval> values;  ///< one; or of a list one for each place
  std::size_t rows = 0;          ///< of the ledger that it rests on
  std::string_view how;          ///< in a few words, in English, for its source
};

/// A parameter that a ledger could fix and this one does not.
struct unfitted_parameter {
  std::string key;       ///< as scenarios have it
  bilingual why;         ///< in a sentence
  std::size_t rows = 0;  ///< that there were
};

/// Whether the counts of some of the cases vary as Poisson's do, day by day, after month and weekday were taken out.
struct group_of_arrivals {
  std::string what,        ///< all, remote, channel, category, township
      id;                  ///< which of them
  std::size_t rows = 0;    ///< in the period
  interval share;          ///< of all arrivals
  bool is_tested = false;  ///< there were enough
  dispersion_test as_one,  ///< all days under one mean
      dispersion;          ///< after month and weekday
};

/// Which time of a case.
enum class case_duration : std::uint8_t { registration_to_acceptance, routing_to_acceptance, acceptance_to_reply, registration_to_reply };
/// Enumerators of `case_duration`.
inline constexpr std::size_t case_duration_count = 4;
template <>
inline constexpr std::string_view names_of<case_duration>[] = {"registration_to_acceptance", "routing_to_acceptance", "acceptance_to_reply",
                                                               "registration_to_reply"};
template <>
inline constexpr bilingual texts_of<case_duration>[] = {{"registration to acceptance", "登记至受理"},
                                                        {"routing to acceptance", "转送至受理"},
                                                        {"acceptance to reply", "受理至答复"},
                                                        {"registration to reply", "登记至答复"}};

/// Durations of one kind and the laws that were fitted to them.
struct fitted_duration {
  case_duration which{};              ///< kind
  std::vector<seen_duration> seen;    ///< in days, with those that run
  std::size_t ended = 0,              ///< of them
      set_aside = 0;                  ///< that run for longer than any that ended: taken as never to end
  survival_curve curve;               ///< without a law
  std::vector<duration_fit> fits;     ///< by AIC, the best first; empty where none can be fitted
  std::vector<fit_verdict> verdicts;  ///< of the same
};

/// What a ledger says of a scenario.
struct ledger_fit {
  day first,                                 ///< of the days that were fitted
      last;                                  ///< of them, included
  std::size_t rows = 0,                      ///< arrivals in them
      visits = 0,                            ///< of them by visit
      found_by_campaign = 0,                 ///< others, that a household campaign found
      backlog = 0,                           ///< others, that were taken over from before
      repeats = 0;                           ///< others, that are repeats of another row
  double confidence = 0.95;                  ///< of intervals
  bool by_remote = false;                    ///< season, weekday and dispersion are those of letters, online petitions and calls
  rate_fit rates;                            ///< of those days, by month, weekday and sensitive period
  std::vector<day> days;                     ///< the cells of `rates`
  interval overdispersion;                   ///< ratio of variance to mean of all arrivals of a day
  double on_spot_share = 0;                  ///< of the visits, by the scenario: answered on the spot and not in the ledger
  double registered_share = 1;               ///< of the matters that arise, under the scenario's silence and warm-up
  std::vector<group_of_arrivals> groups;     ///< all, channels, categories, townships
  std::vector<fitted_parameter> parameters;  ///< that are fixed
  std::vector<unfitted_parameter> unfitted;  ///< that are not
  std::vector<fitted_duration> durations;    ///< those that there are
  interval repeat_share,                     ///< rows that are repeats, of all; nothing where no column says so
      repeats_per_case,                      ///< nothing where no column has them
      rebounds_per_case;                     ///< the same
};

/// Fewest rows for what is fitted, below which it is said that there are too few. @{
inline constexpr std::size_t fewest_for_load = 30, fewest_for_weekdays = 100, fewest_for_months = 240, fewest_for_shares = 30,
                             fewest_for_dispersion = 60, fewest_for_groups = 10, fewest_for_durations = 20;
/// @}

/// Of the matters that arise under a scenario in its counted days, and before, how many are registered in them relative to those that arise
/// in them: some stay silent at first and come forward later. 1 where none do, or after a long warm-up. What the campaign finds is left
/// out. \complexity linear in the days of warm-up and period
[[nodiscard]] inline double registered_share(const scenario& s) noexcept {
  const double silent = s.load.silent_share, mean = s.load.silent_days;
  const double length = (s.end - s.start).count + 1, warm_up = s.warm_up.count;
  const auto come_within = [&](double days) { return days <= 1 ? 0 : 1 - elementary::exp(-(days - 1) / mean); };
  double sum = 0;
  for (double born = 0; born < warm_up + length; born += 1) {
    sum += come_within(warm_up + length - born) - come_within((std::max)(warm_up - born, 0.0));
  }
  return 1 - silent + silent * sum / length;
}

}  // namespace sifang

#endif
