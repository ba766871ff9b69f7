// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"
#include "placing.hpp"
#include "policies.hpp"
#include "ranks.hpp"
#include "usage.hpp"
#include "verbs.hpp"

#include "sifang/experiment/sweep.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/sweep_grid.hpp"
#include "sifang/io/sweep_results.hpp"
#include "sifang/county/scenario_warnings.hpp"

#include <algorithm>
#include <iostream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

namespace {

/// A hash of all that the replications of a cell depend on.
[[nodiscard]] std::uint64_t input_of(const options& o, const world& w) {
  fingerprint out;
  add_input(out, o, w.setting());
  return out.value();
}

/// The worlds of the cells, made when they are first wanted and dropped when nobody needs them any more.
class cell_worlds {
 public:
  cell_worlds(const options& o, const sweep_grid& grid) : options_(&o), grid_(&grid), cells_(std::make_unique<cell[]>(grid.size())) {}

  [[nodiscard]] std::vector<std::string> settings(std::size_t at) const {
    std::vector<std::string> out = options_->settings;
    for (std::string& one : grid_->settings(at)) out.push_back(std::move(one));
    return out;
  }
  [[nodiscard]] checked<world> make(std::size_t at) const { return make_world(*options_, options_->scenarios.front(), settings(at)); }

  [[nodiscard]] std::shared_ptr<const world> operator()(std::size_t at) const {
    const std::lock_guard lock(cells_[at].making);
    if (auto there = cells_[at].made.lock()) return there;
    auto made = make(at);
    if (!made) throw std::runtime_error(to_string(made.faults().front(), options_->told));  // it was checked: a file has changed since
    if (!inputs_.empty() && input_of(*options_, *made) != inputs_[at]) {
      throw std::runtime_error(std::string(vary_option) + " #" + std::to_string(at + 1) + " (" + grid_->name(at) + ")" +
                               std::string(pick(*options_, ": expected the files that were checked when the sweep began; they have changed, or a rank has others",
                                                ":应为开始时检查过的文件;文件已改动,或某进程的文件不同")));
    }
    auto out = std::make_shared<const world>(*std::move(made));
    cells_[at].made = out;
    return out;
  }
  /// From now on, a world that is made of other input is an error: a cell's files are read again where it is simulated.
  void expect(std::vector<std::uint64_t> inputs) { inputs_ = std::move(inputs); }

 private:
  struct cell {
    std::mutex making;
    std::weak_ptr<const world> made;
  };
  const options* options_;
  const sweep_grid* grid_;
  std::unique_ptr<cell[]> cells_;
  std::vector<std::uint64_t> inputs_;  ///< what each cell had when it was checked; none before
};

/// What must be known of all cells before any is simulated.
struct preparation {
  std::vector<fault> faults;
  std::vector<warning> warnings;
  std::vector<std::size_t> other_period;  ///< cells whose counted period is not that of the first
  std::vector<std::uint64_t> inputs;      ///< hashes of what each cell is made from
  std::string name;                       ///< of the scenario
  scenario first;                         ///< the first cell's
  std::uint64_t seed = 0, key = 0;
  std::size_t replications = 0;
  double confidence = 0.95;
  bool stopped = false;  ///< by the user, before all were seen
};

[[nodiscard]] preparation prepare(const options& o, const sweep_grid& grid, const cell_worlds& worlds) {
  preparation out;
  std::vector<std::vector<fault>> by_cell(grid.size());
  std::optional<std::pair<day, day>> period;
  fingerprint key;
  add_text(key, "sweep");
  key.add(block_replications);
  key.add(grid.size());
  for (std::size_t at = 0; at < grid.size(); ++at) {
    if (stop_requested.load()) {
      out.stopped = true;
      return out;
    }
    const auto made = worlds.make(at);
    if (!made) {
      by_cell[at] = made.faults();
      continue;
    }
    const world& w = *made;
    if (!period) {
      period = {w.start(), w.last()};
      out.name = w.setting().name;
      out.first = w.setting();
      out.seed = w.setting().seed;
      out.replications = static_cast<std::size_t>(w.setting().replications);
      out.confidence = w.setting().confidence;
    }
    if (w.start() != period->first || w.last() != period->second) out.other_period.push_back(at);
    for (warning& one : warnings_of(w)) {
      const auto same = [&](const warning& other) { return other.kind == one.kind && other.details == one.details; };
      if (std::none_of(out.warnings.begin(), out.warnings.end(), same)) out.warnings.push_back(std::move(one));
    }
    out.inputs.push_back(input_of(o, w));
    key.add(out.inputs.back());
  }
  key.add(out.replications);
  out.key = key.value();
  out.faults = faults_of_cells(grid, by_cell);
  return out;
}

void print_cells(const options& o, const sweep_grid& grid, const sweep_result& r) {
  constexpr std::size_t most_rows = 40;
  const std::size_t shown = std::min(r.cells.size(), most_rows);
  for (std::size_t m = 0; m < sweep_metrics.size(); ++m) {
    const metric_info& about = info(sweep_metrics[m]);
    std::cout << pick(o, about.en, about.zh) << '\n';
    std::vector<std::vector<std::string>> rows(1, {"#"});
    for (const auto& axis : grid.axes()) rows[0].push_back(axis.key);
    for (const std::string_view head : {pick(o, "estimate", "估计值"), pick(o, "minus #1", "减 #1"), pick(o, "verdict", "结论")}) rows[0].emplace_back(head);
    for (std::size_t cell = 0; cell < shown; ++cell) {
      std::vector<std::string> row{std::to_string(cell + 1)};
      for (std::string& value : grid.values(cell)) row.push_back(std::move(value));
      row.push_back(with_interval(o, r.cells[cell].values[m], about.unit));
      if (cell == 0) {
        row.insert(row.end(), {"", ""});
      } else {
        const result_difference& d = r.cells[cell].differences[m];
        row.push_back(difference_text(o, d.difference, about.unit));
        row.emplace_back(d.difference.has_value() ? verdict_text(o, d.verdict) : "");
      }
      rows.push_back(std::move(row));
    }
    std::cout << table_of(rows) << '\n';
  }
  std::cout << note_of_years(o, r.replications);
  if (shown < r.cells.size()) std::cout << pick(o, "All cells are in sweep.csv; shown: ", "全部组合见 sweep.csv;以上仅列出前 ") << shown << pick(o, "\n", " 个\n");
}

int sweep_cells(const options& o, const sweep_grid& grid) {
  const usage took(o);
  cell_worlds worlds(o, grid);
  // The first rank alone looks at every cell; a cell's files are read again where it is simulated.
  preparation about;
  std::optional<output_directory> directory;
  std::optional<journal> kept;
  int code = done;
  if (first_rank()) {
    about = prepare(o, grid, worlds);
    if (about.stopped) {
      std::cerr << pick(o, "stopped before the first replication; nothing was written\n", "第一次重复开始前已中止,未写出任何内容\n");
      code = failed;
    } else if (!about.faults.empty()) {
      code = tell(about.faults, o);
    } else if (!about.other_period.empty()) {
      for (const std::size_t at : about.other_period) {
        std::cerr << vary_option << " #" << at + 1 << " (" << grid.name(at) << ")" << pick(o, ": expected the same period as the first cell\n", ":统计期应与第一个组合相同\n");
      }
      code = bad_input;
    } else {
      code = open_results(o, about.name + "-sweep", directory);
      if (code == done) {
        code = open_journal(o, directory->target(), about.key,
                            "sweep " + o.scenarios.front() + ", " + std::to_string(grid.size()) + " cells, " + std::to_string(about.replications) + " replications", kept);
      }
    }
  }
  code = agree(o, code);
  if (code != done) return code;
  tell_warnings(o, about.warnings);
  about.replications = shared_by_first(about.replications);
  share_of_first(about.inputs);
  worlds.expect(std::move(about.inputs));

  echo_settings(o, "", o.settings, about.first);
  std::cout.flush();
  const std::size_t blocks = blocks_of(about.replications);
  progress bar(o, grid.size() * blocks);
  const sweep_result found = with_team(o, kept ? &*kept : nullptr, [&](const auto& team) {
    return run_sweep(team, grid.size(), about.replications, about.confidence, worlds, [&](std::size_t finished) { bar.show(finished); });
  });
  if (!first_rank()) return done;
  if (found.cells.size() < grid.size()) {
    tell(kept->faults(), o);  // what could not be kept must be done again
    tell_stopped(o, *kept);
    return failed;
  }
  const sweep_origin origin{SIFANG_VERSION, o.scenarios.front(), o.settings, about.seed, about.confidence, o.cases};
  std::vector<fault> faults = write_sweep(grid, found, origin, *directory);
  if (const int placed = place_results(o, std::move(faults), *directory); placed != done) return placed;
  tell(kept->faults(), o);  // a journal that could not be kept has no influence on the results
  kept->remove();
  if (!o.quiet) {
    print_cells(o, grid, found);
    std::cout << grid.size() << pick(o, " cells, ", " 个组合,各 ") << found.replications << pick(o, " replications each: ", " 次重复:")
              << (directory->target() / "sweep.csv").string() << '\n';
  }
  if (o.stats) took.tell(grid.size() * found.replications, *worlds(0));
  return done;
}

}  // namespace

int sweep(const options& o) {
  const auto grid = sweep_grid::parse(o.vary, o.settings);
  if (!grid) return agree(o, tell(grid.faults(), o));
  return sweep_cells(o, *grid);
}

}  // namespace sifang_program
