// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"
#include "placing.hpp"
#include "policies.hpp"
#include "shipped.hpp"
#include "usage.hpp"
#include "verbs.hpp"

#include "sifang/county/scenario_warnings.hpp"
#include "sifang/experiment/calibrate.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/io/calibration_results.hpp"
#include "sifang/io/calibration_study.hpp"
#include "sifang/io/calibration_tables.hpp"
#include "sifang/io/output_directory.hpp"

#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;
namespace fs = std::filesystem;

int calibrate(const options& o) {
  if (o.posterior) return calibrate_with_uncertainty(o);
  const usage took(o);
  const auto file = scenario_meant(o.scenarios.front());
  if (!file) return tell(file.faults(), o);
  const auto plan =
      plan_calibration(*file, wanted_of(o, o.settings), targets_meant(o.targets), scenario_texts(), {o.ledger, o.map, o.skip_bad});
  if (!plan) return tell(plan.faults(), o);
  const scenario& s = plan->place.setting();
  std::optional<output_directory> directory;
  if (const int code = open_results(o, s.name + "-calibration", directory); code != done) return code;
  tell_warnings(o, warnings_of(plan->place));
  echo_settings(o, "", o.settings, s);
  std::cout.flush();

  const fit_options search;
  const auto replications = static_cast<std::size_t>(s.replications);
  const std::size_t most = most_points_of(plan->task, search);
  progress bar(o, most);
  const calibration_result found = calibrate(thread_team{o.threads, &stop_requested}, plan->task, replications, s.confidence,
                                             plan->make_world, search, [&](std::size_t points) { bar.show(points); });
  bar.show(most);
  if (!found.faults.empty()) return tell(found.faults, o);
  if (found.fit.end == fit_end::impossible) {
    std::cerr << one_line(o.targets)
              << pick(o, ": a figure that is fitted has no value where the search begins: nothing of its kind is counted\n",
                      "：校准起点处有待拟合指标无取值：没有可统计的对象\n");
    return bad_input;
  }
  if (found.fit.end == fit_end::stopped) {
    std::cerr << pick(o, "stopped before the end of the search; nothing was written\n", "搜索未完成即已中止，未写出任何内容\n");
    return failed;
  }
  const std::string base = called_from(directory->target(), o.scenarios.front());
  const scenario fitted = plan->make_world.setting(found.fit.values);
  const calibration_origin origin{SIFANG_VERSION, o.scenarios.front(), o.targets, o.settings, s.seed, o.cases};
  std::vector<fault> faults =
      write_calibration(plan->task, found, origin, fitted_scenario(plan->task, found, base, fitted, o.settings), *directory);
  if (const int placed = place_results(o, std::move(faults), *directory); placed != done) return placed;
  if (!o.quiet) {
    std::cout << calibration_tables(plan->task, found, o.spoken) << '\n'
              << pick(o, "Scenario with the fitted values: ", "带拟合值的方案：") << (directory->where() / "fitted.toml").string() << '\n';
  }
  took.tell((found.fit.points + 3) * replications, plan->place);
  return is_met(plan->task, found) ? done : not_met;
}

}  // namespace sifang_program
