// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_SCENARIO_LAWS_HPP
#define SIFANG_COUNTY_SCENARIO_LAWS_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/random/laws.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/year/fixed_numbers.hpp"

#include <algorithm>

namespace sifang {

/// The distributions of a scenario, ready to be drawn from. They depend on nothing else, so that many counties
/// under one scenario can share them. Immutable once made.
struct scenario_laws {
  /// \complexity some thousands of evaluations of a quantile; about 0.1 MiB
  template <class = when_called>
  explicit scenario_laws(const scenario& s)
      : routing_work(s.routing.minutes_cv),
        accept_days(s.routing.accept_days_cv),
        stage_work(s.handling.work_cv),
        stage_wait(s.handling.wait_days_cv),
        interview(s.reception.interview_cv),
        review_days(s.review.review_days_cv),
        recheck_days(s.review.recheck_days_cv),
        further_persons(count_law::poisson(s.load.individual_extra_mean, group_threshold - 2)),
        group_persons(count_law::geometric(s.load.group_extra_mean, fixed::most_persons - group_threshold)),
        further_stages(count_law::geometric((std::max)(s.handling.stages_mean - 1, 0.0), fixed::most_stages - 1)) {}

  normal_law normal;           ///< complexity and persistence
  lognormal_law routing_work,  ///< minutes of a clerk
      accept_days,             ///< from routing to acceptance
      stage_work,              ///< minutes of a handler
      stage_wait,              ///< days between pieces of work
      interview,               ///< minutes of a hearing
      review_days,             ///< to the review opinion
      recheck_days;            ///< to the recheck opinion
  count_law further_persons,   ///< besides the first, of a petition by individuals
      group_persons,           ///< above the least size of a group
      further_stages;          ///< pieces of work besides the first
};

}  // namespace sifang

#endif
