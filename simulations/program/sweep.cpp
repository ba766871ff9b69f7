// SPDX-License-Identifier: BSL-1.0
#include "build_identity.hpp"
#include "databases.hpp"
#include "figures.hpp"
#include "ledgers.hpp"
#include "placing.hpp"
#include "policies.hpp"
#include "ranks.hpp"
#include "report_template.hpp"
#include "shipped.hpp"
#include "usage.hpp"
#include "verbs.hpp"

#include "sifang/experiment/sweep.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/report.hpp"
#include "sifang/io/sweep_grid.hpp"
#include "sifang/io/sweep_report.hpp"
#include "sifang/io/sweep_results.hpp"
#include "sifang/io/sweep_samples.hpp"
#include "sifang/io/sweep_study.hpp"
#include "sifang/io/sweep_tables.hpp"
#include "sifang/io/vary_ranges.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

namespace {

/// The command that gives the sweep again: without what only says where it goes, how fast, and what else is done.
std::vector<std::string> sweep_command_of(const options& o) {
  std::vector<std::string> out{"sweep", o.scenarios.front()};
  const auto add = [&](std::string_view option, const std::string& value) {
    if (value.empty()) return;
    out.emplace_back(option);
    out.push_back(value);
  };
  for (const std::string& one : o.settings) add("--set", one);
  for (const std::string& one : o.vary) add("--vary", one);
  if (o.points > 0) add("--samples", std::to_string(o.points));
  if (o.replications) add("--replications", std::to_string(*o.replications));
  add("--cases", o.cases);
  add("--map", o.map);
  if (o.skip_bad) out.emplace_back("--skip-bad");
  return out;
}

sweep_report_about about_report(const options& o, sweep_plan plan) {
  sweep_report_about out{std::move(plan.words), std::move(plan.county), to_string(plan.first.start), to_string(plan.first.end), {}, {}, {}};
  out.title = {plan.first.title_en, plan.first.title_zh};
  for (const warning& one : plan.warnings) out.warnings.push_back({sentence(one, language::en), sentence(one, language::zh)});
  out.command = sweep_command_of(o);
  return out;
}

int sweep_cells(const options& o, const std::filesystem::path& scenario_file, const sweep_grid& grid) {
  const usage took(o);
  sweep_worlds worlds(scenario_file, wanted_of(o, o.settings), grid, scenario_texts(), o.told);
  // The first rank alone looks at every cell; a cell's files are read again where it is simulated.
  sweep_plan about;
  std::optional<output_directory> directory;
  std::optional<journal> kept;
  int code = done;
  if (first_rank()) {
    about = plan_sweep(grid, worlds, &stop_requested, build_identity());
    if (about.stopped) {
      std::cerr << pick(o, "stopped before the first replication; nothing was written\n", "第一次模拟开始前已中止，未写出任何内容\n");
      code = failed;
    } else if (!about.faults.empty()) {
      code = tell(about.faults, o);
    } else if (!about.other_period.empty()) {
      for (const std::size_t at : about.other_period) {
        std::cerr << vary_option << " #" << at + 1 << " (" << grid.name(at) << ")"
                  << pick(o, ": expected the same period as the first cell\n", "：统计期应与第一个组合相同\n");
      }
      code = bad_input;
    } else {
      code = open_results(o, about.first.name + "-sweep", directory);
      if (code == done) {
        code = open_journal(o, directory->target(), about.key,
                            "sweep " + o.scenarios.front() + ", " + std::to_string(grid.size()) + " cells, " +
                                std::to_string(about.replications) + " replications",
                            kept);
      }
    }
  }
  code = agree(o, code);
  if (code != done) return code;
  tell_warnings(o, about.warnings);
  if (!o.cases.empty() && first_rank()) {  // how the ledger was read is the same in all cells
    if (const auto one = load_world(scenario_file, wanted_of(o, o.settings), scenario_texts()); one && one->ledger)
      tell_ledger(o, *one->ledger);
  }
  about.replications = shared_by_first(about.replications);
  share_of_first(about.inputs);
  worlds.expect(std::move(about.inputs));

  echo_settings(o, "", o.settings, about.first);
  std::cout.flush();
  const std::size_t blocks = blocks_of(about.replications);
  progress bar(o, grid.size() * blocks);
  const sweep_result found = with_team(o, kept ? &*kept : nullptr, [&](const auto& team) {
    return run_sweep(team, grid.size(), about.replications, about.first.confidence, worlds,
                     [&](std::size_t finished) { bar.show(finished); });
  });
  if (!first_rank()) return done;
  if (found.cells.size() < grid.size()) {
    tell(kept->faults(), o);  // what could not be kept must be done again
    tell_stopped(o, *kept);
    return failed;
  }
  const sweep_origin origin{SIFANG_VERSION, o.scenarios.front(), o.settings, about.first.seed, about.first.confidence, o.cases};
  std::vector<fault> faults = write_sweep(grid, found, origin, *directory);
  for (fault& f : add_database(o, grid, found, origin, *directory)) faults.push_back(std::move(f));
  const std::string page = sweep_report_json(grid, found, origin, about_report(o, std::move(about)));
  for (fault& f : directory->write("report.html", render_report(report_template(), page, o.lang))) faults.push_back(std::move(f));
  if (const int placed = place_results(o, std::move(faults), *directory); placed != done) return placed;
  tell(kept->faults(), o);  // a journal that could not be kept has no influence on the results
  kept->remove();
  if (!o.quiet) {
    std::cout << sweep_tables(grid, found, o.spoken) << grid.size() << pick(o, " cells, ", " 个组合，各 ") << found.replications
              << pick(o, " replications each: ", " 次模拟：") << (directory->target() / "sweep.csv").string() << '\n';
  }
  if (o.stats) took.tell(grid.size() * found.replications, *worlds(0));
  return done;
}

}  // namespace

namespace {

/// All combinations of lists, or samples of ranges.
checked<sweep_grid> grid_of(const options& o) {
  if (o.points == 0) return sweep_grid::parse(o.vary, o.settings);
  const auto input = read_input(o.scenarios.front(), o.settings);
  if (!input) return input.faults();
  return sample_grid(o.vary, o.settings, input->settings, static_cast<std::size_t>(o.points));
}

}  // namespace

int sweep(const options& o) {
  if (const int code = agree(o, check_database(o)); code != done) return code;
  const auto file = scenario_meant(o.scenarios.front());
  if (!file) return agree(o, tell(file.faults(), o));
  if (o.points == 0 && std::any_of(o.vary.begin(), o.vary.end(), is_vary_range)) {
    std::cerr << pick(o, "--vary KEY=LOW..HIGH is a range: expected --samples N too, or a list of values, KEY=VALUE|VALUE\n",
                      "--vary 键=低..高 是范围：应同时给出 --samples 数目，或改为一组值：键=值|值\n");
    return agree(o, bad_input);
  }
  const auto grid = grid_of(o);
  if (!grid) return agree(o, tell(grid.faults(), o));
  return sweep_cells(o, *file, *grid);
}

}  // namespace sifang_program
