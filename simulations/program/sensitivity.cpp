// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"
#include "placing.hpp"
#include "policies.hpp"
#include "shipped.hpp"
#include "signals.hpp"
#include "usage.hpp"
#include "verbs.hpp"

#include "sifang/county/scenario_warnings.hpp"
#include "sifang/experiment/assumptions.hpp"
#include "sifang/experiment/sensitivity.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/sensitivity_results.hpp"
#include "sifang/io/sensitivity_study.hpp"
#include "sifang/io/sensitivity_tables.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <iostream>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

namespace {

/// What is asked, from the words of the command line.
checked<sensitivity_plan> plan_of(const options& o) {
  const auto base = scenario_meant(o.scenarios.front());
  if (!base) return base.faults();
  sensitivity_wanted wanted{*base, {}, o.metric, o.vary, o.method == "sobol", o.matters};
  if (o.scenarios.size() > 1) {
    const auto other = scenario_meant(o.scenarios[1]);
    if (!other) return other.faults();
    wanted.other = *other;
  }
  world_wanted how = wanted_of(o, o.settings);
  how.replications.reset();  // those of the study
  return plan_sensitivity(wanted, how, scenario_texts());
}

constexpr std::size_t usual_years = 96, least_years = 8, usual_samples = 128;

/// Does what the method says, with a bar for each part. \returns whether it came to its end
bool study(const options& o, const sensitivity_plan& plan, const varied_worlds& worlds, sensitivity_result& found, std::size_t& years) {
  const thread_team team{o.threads, &stop_requested};
  const std::size_t factors = plan.task.parameters.size();
  const std::size_t many = o.replications ? static_cast<std::size_t>(*o.replications) : usual_years;
  const std::size_t few = (std::max)(least_years, many / 8);
  const std::size_t policies = plan.other ? 2 : 1;
  std::vector<std::size_t> which(factors);
  std::iota(which.begin(), which.end(), std::size_t{0});
  if (o.method == "default" || o.method == "morris") {
    const auto trajectories = static_cast<std::size_t>(o.trajectories);
    progress bar(o, trajectories * (factors + 1));
    found.screening = screen(team, plan.task, trajectories, few, worlds, [&](std::size_t points) { bar.show(points); });
    if (!found.screening) return false;
    years += policies * few * found.screening->points;
    which = found.screening->order;
    which.resize((std::min)(which.size(), static_cast<std::size_t>(o.top.value_or(8))));
    std::erase_if(which, [&](std::size_t j) { return found.screening->effects[j].is_inert; });
  }
  if (o.method == "sobol") {
    const std::size_t samples = o.points > 0 ? static_cast<std::size_t>(o.points) : usual_samples;
    progress bar(o, samples * (factors + 2));
    found.indices = find_indices(team, plan.task, samples, few, worlds, [&](std::size_t points) { bar.show(points); });
    if (!found.indices) return false;
    years += policies * few * found.indices->points;
  }
  if (o.method == "default" || o.method == "tornado") {
    const assumptions_effort effort;
    const std::size_t most = most_points_of(which.size(), plan.other.has_value(), effort);
    progress bar(o, most);
    found.assumptions = try_assumptions(team, plan.task, which, many, worlds, effort, [&](std::size_t points) { bar.show(points); });
    if (!found.assumptions) return false;
    bar.show(most);
    years += policies * many * found.assumptions->points;
  }
  return true;
}

}  // namespace

int sensitivity(const options& o) {
  const usage took(o);
  if (!o.matters.empty() && o.scenarios.size() < 2) {
    std::cerr << "--matters: "
              << pick(o, "expected two scenarios: of one there is no difference that could matter\n",
                      "应有两个方案：单个方案没有可比较的差异\n");
    return bad_input;
  }
  const auto plan = plan_of(o);
  if (!plan) return tell(plan.faults(), o);
  const scenario& s = plan->base.setting();
  const std::string other_name = plan->other ? plan->other->setting().name : std::string();
  std::optional<output_directory> directory;
  const std::string name = s.name + (plan->other ? "-" + other_name : std::string()) + "-sensitivity";
  if (const int code = open_results(o, name, directory); code != done) return code;
  tell_warnings(o, warnings_of(plan->base));
  echo_settings(o, "", o.settings, s);
  std::cout.flush();

  stop_on_signals();
  const varied_worlds worlds(plan->base, plan->other ? &*plan->other : nullptr);
  sensitivity_result found;
  std::size_t years = 0;
  if (!study(o, *plan, worlds, found, years)) {
    std::cerr << pick(o, "stopped before the end; nothing was written\n", "未完成即已中止，未写出任何内容\n");
    return failed;
  }
  const sensitivity_origin origin{
      SIFANG_VERSION, o.scenarios.front(), o.scenarios.size() > 1 ? o.scenarios[1] : std::string(), o.settings, o.vary, o.method, s.seed,
      o.matters};
  std::vector<fault> faults = write_sensitivity(plan->values, plan->task, found, origin, *directory);
  if (const int placed = place_results(o, std::move(faults), *directory); placed != done) return placed;
  if (!o.quiet) {
    std::cout << sensitivity_tables(plan->values, plan->task, found, s.name, other_name, static_cast<std::size_t>(o.top.value_or(8)),
                                    o.spoken)
              << pick(o, "Tables: ", "各表：") << directory->where().string() << '\n';
  }
  took.tell(years, plan->base);
  return done;
}

}  // namespace sifang_program
