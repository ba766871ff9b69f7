// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_WELCH_FIGURES_HPP
#define SIFANG_EXPERIMENT_WELCH_FIGURES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/stats/warm_up.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Weekly figures of a county from its first day on, with moving averages (Welch 1983): what a warm-up is chosen by eye from.

namespace sifang {

/// One figure, week by week from the first simulated day.
struct welch_figure {
  std::string_view unit,       ///< as in `series_info::unit`
      en,                      ///< text for readers in English
      zh;                      ///< text for readers in Chinese
  std::vector<double> weekly,  ///< mean over the replications; of a week without a value that of the week before
      smooth;                  ///< moving average over `welch_window` weeks to either side (`welch_curve`); shorter by as many at its end
};
/// Weeks to either side: a whole year, so that seasons are averaged out.
inline constexpr std::size_t welch_window = 26;

/// Several figures of one county.
struct welch_finding {
  std::size_t replications = 0;       ///< fewer than asked if the team was stopped
  day first;                          ///< first simulated day
  std::vector<welch_figure> figures;  ///< what is open; what is overdue; how long visitors have waited; what comes again
};

namespace detail {
/// The sum of some weekly series as one figure.
template <class = when_called>
[[nodiscard]] inline welch_figure welch_of(const study_result& study, const world& w, std::span<const series_id> parts,
                                           welch_figure named) {
  const outcome_row row(w, study.own_metrics.size());
  const ratio_sums& sums = study.policies[0].sums;
  for (std::size_t week = 0; week < w.weeks(); ++week) {
    double sum = 0;
    bool known = true;
    for (const series_id s : parts) {
      known = known && sums.denominator(row.at(s, week)) > 0;
      if (known) sum += sums.ratio(row.at(s, week));
    }
    named.weekly.push_back(known ? sum : named.weekly.empty() ? 0 : named.weekly.back());
  }
  named.smooth = welch_curve(span_of(named.weekly), welch_window);
  return named;
}
}  // namespace detail

/// Plays a county that is counted from its first day on.
/// \param whole     the county, its counted period begun as early as the longest warm-up that is looked at, without any of its own
/// \param finished  as for `run_study`
/// \pre no warm-up; at least one replication; asserted
template <class Team, class Finished = detail::tell_nobody>
requires work_team<Team>
[[nodiscard]] welch_finding see_warm_up(Team&& team, const world& whole, std::size_t replications, Finished&& finished = {}) {
  SIFANG_ASSERT(whole.setting().warm_up.count == 0, "a county that is counted from its first day on");
  SIFANG_ASSERT(replications > 0, "at least one replication");
  const std::array<const world*, 1> one{&whole};
  const study_result study = run_study(team, one, replications, std::forward<Finished>(finished));
  welch_finding out;
  out.replications = study.replications;
  out.first = whole.start();
  if (study.replications == 0) return out;
  constexpr std::array open{series_id::open_routing, series_id::open_handling, series_id::open_review, series_id::open_return};
  constexpr std::array overdue{series_id::overdue_open}, waited{series_id::wait_all}, again{series_id::repeat_registrations};
  const auto add = [&](std::span<const series_id> parts, std::string_view unit, std::string_view en, std::string_view zh) {
    out.figures.push_back(detail::welch_of(study, whole, parts, {unit, en, zh, {}, {}}));
  };
  add(open, "cases", "Open cases", "在办件数");
  add(overdue, "cases", "Open and past the reply date", "在办超期");
  add(waited, "days", "Days waited for a session, all doors", "来访等候天数（全部）");
  add(again, "cases", "Repeat registrations a week", "每周重复登记");
  return out;
}

}  // namespace sifang

#endif
