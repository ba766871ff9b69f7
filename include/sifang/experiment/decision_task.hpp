// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_DECISION_TASK_HPP
#define SIFANG_EXPERIMENT_DECISION_TASK_HPP

#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/calibrate.hpp"
#include "sifang/experiment/lattice_problem.hpp"
#include "sifang/org/official.hpp"
#include "sifang/reception/plan.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// \file
/// What a county decides, what that must bring, and what it costs.

namespace sifang {

/// A parameter that is decided.
struct decision {
  std::string key;                  ///< as `--set` has it
  std::vector<std::string> values;  ///< as `--set` has them, in order of effort
  std::vector<double> prices{};     ///< of each value a period, beside what is counted; none: nothing
  std::optional<int> start{};       ///< value at which the search begins; none: where theory says, or in the middle
};

/// What decisions must bring.
struct decision_target {
  std::string name;         ///< in tables and files
  measured_figure measure;  ///< what of the model
  lattice_target wanted;    ///< where it is met
  std::string part_en{},    ///< of which part of the county, for readers; empty: as the name says
      part_zh{};            ///< likewise
  bool is_part = false;     ///< one of the same target for each part
  double fewest = 0;        ///< of a part: left out where fewer cases a year are counted
};

/// What is counted costs so much each.
struct decision_cost {
  metric what{};      ///< a count
  double weight = 1;  ///< of one
};

/// A whole task.
struct decision_task {
  std::vector<decision> decisions;          ///< what is decided
  std::vector<decision_target> targets;     ///< what it must bring
  std::vector<decision_cost> costs{};       ///< what it costs, beside the prices of decisions
  std::optional<double> sessions_a_week{};  ///< that nobody may be planned for more of, in any week from Monday to Sunday
};

/// Most sessions that anybody is planned for in a week.
struct week_of_sessions {
  int sessions = 0;  ///< 0 where there are none
  official_id who;   ///< the first who has so many
  day monday;        ///< of the first such week
};
/// Over the weeks that touch the counted period, as the plan of sessions has it. Irregular visits, which have no plan, and windows, at
/// which the bureau's clerks do their daily work, are not counted.
/// \complexity linear in sessions and their people, times a logarithm
template <class = when_called>
[[nodiscard]] inline week_of_sessions most_sessions_a_week(const world& w) {
  std::vector<std::pair<std::int32_t, std::uint32_t>> all;  // week and post
  const auto week_of = [&](day d) { return (d - w.start()).count + static_cast<std::int32_t>(w.start().weekday()); };
  for (const reception_session& s : w.plan().sessions(w.start(), w.end())) {
    if (w.plan().kind(s.where).by_clerks()) continue;
    for (const official_id who : s.people) all.emplace_back(week_of(s.date) / 7, static_cast<std::uint32_t>(who.index()));
  }
  std::sort(all.begin(), all.end());
  week_of_sessions out;
  for (std::size_t i = 0, run = 0; i < all.size(); ++i) {
    run = i > 0 && all[i] == all[i - 1] ? run + 1 : 1;
    if (static_cast<int>(run) <= out.sessions) continue;
    out.sessions = static_cast<int>(run);
    out.who = official_id(all[i].second);
    out.monday = w.start() + calendar_days(7 * all[i].first - static_cast<std::int32_t>(w.start().weekday()));
  }
  return out;
}

}  // namespace sifang

#endif
