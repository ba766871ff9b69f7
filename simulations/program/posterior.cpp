// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"
#include "placing.hpp"
#include "policies.hpp"
#include "shipped.hpp"
#include "usage.hpp"
#include "verbs.hpp"

#include "sifang/county/scenario_warnings.hpp"
#include "sifang/experiment/posterior.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/io/calibration_study.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/posterior_results.hpp"
#include "sifang/io/posterior_tables.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

namespace {

/// Why there are no draws, and the exit code of that.
int tell_no_draws(const options& o, const calibration_task& task, const posterior_result& found) {
  switch (found.matching.end) {
    case matching_end::none_left:
      std::cout << nothing_left_text(task, found, o.spoken);
      std::cerr << pick(o, "no draws: every county within the ranges is ruled out; nothing was written\n",
                        "没有可用的抽样：范围内的设定全部被排除，未写出任何内容\n");
      return not_met;
    case matching_end::impossible:
      if (!found.faults.empty()) return tell(found.faults, o);
      std::cerr << one_line(o.targets)
                << pick(o, ": at nearly every point of the ranges a figure that is fitted has no value: nothing of its kind is counted\n",
                        "：范围内几乎各处都有待拟合指标无取值：没有可统计的对象\n");
      return bad_input;
    case matching_end::matched:
    case matching_end::stopped:
      break;
  }
  std::cerr << pick(o, "stopped before the end of the search; nothing was written\n", "搜索未完成即已中止，未写出任何内容\n");
  return failed;
}

}  // namespace

int calibrate_with_uncertainty(const options& o) {
  const usage took(o);
  const auto file = scenario_meant(o.scenarios.front());
  if (!file) return tell(file.faults(), o);
  const auto plan =
      plan_calibration(*file, wanted_of(o, o.settings), targets_meant(o.targets), scenario_texts(), {o.ledger, o.map, o.skip_bad});
  if (!plan) return tell(plan.faults(), o);
  const scenario& s = plan->place.setting();
  const auto replications = static_cast<std::size_t>(s.replications);
  if (replications < 2) return tell({make_fault(fault_kind::out_of_range, {}, "--replications", range_text(2, 1000000), "1")}, o);
  std::optional<output_directory> directory;
  if (const int code = open_results(o, s.name + "-posterior", directory); code != done) return code;
  tell_warnings(o, warnings_of(plan->place));
  echo_settings(o, "", o.settings, s);
  std::cout.flush();

  posterior_options search;
  search.draws = static_cast<std::size_t>(*o.posterior);
  search.matching.seed = s.seed;
  const std::size_t most = most_points_of(plan->task, search);
  progress bar(o, most);
  const posterior_result found = calibrate_posterior(thread_team{o.threads, &stop_requested}, plan->task, replications, plan->make_world,
                                                     search, [&](std::size_t points) { bar.show((std::min)(points, most)); });
  bar.show(most);
  if (found.draws.empty()) return tell_no_draws(o, plan->task, found);
  const calibration_origin origin{SIFANG_VERSION, o.scenarios.front(), o.targets, o.settings, s.seed, o.cases};
  if (const int placed = place_results(o, write_posterior(plan->task, found, origin, *directory), *directory); placed != done)
    return placed;
  if (!o.quiet) {
    std::cout << posterior_tables(plan->task, found, o.spoken)
              << std::to_string(found.draws.size()) + std::string(pick(o, " draws: ", " 组抽样："))
              << (directory->where() / "draws.csv").string() << '\n';
  }
  took.tell(found.points * replications, plan->place);
  return is_met(plan->task, found) ? done : not_met;
}

}  // namespace sifang_program
