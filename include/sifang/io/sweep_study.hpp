// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SWEEP_STUDY_HPP
#define SIFANG_IO_SWEEP_STUDY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/warning.hpp"
#include "sifang/engine/fingerprint.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/replicate.hpp"
#include "sifang/io/input_print.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/sweep_grid.hpp"
#include "sifang/io/sweep_words.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/scenario_warnings.hpp"
#include "sifang/county/world.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// \file
/// A sweep from texts: the worlds of the cells of a grid, and what must be known of all before any is simulated.

namespace sifang {

/// The worlds of the cells of a grid, made when they are first wanted and dropped when nobody needs them any more. It is
/// what `run_sweep` asks for the world of a cell; several threads may ask.
class sweep_worlds {
 public:
  /// \param wanted  of every cell; the grid's settings come behind its own
  /// \param lang    of the message of an exception
  /// \param grid, from  live as long as this
  sweep_worlds(std::filesystem::path scenario_name, world_wanted wanted, const sweep_grid& grid, const text_source& from,
               language lang = language::en)
      : scenario_(std::move(scenario_name)),
        wanted_(std::move(wanted)),
        grid_(&grid),
        from_(from),
        lang_(lang),
        cells_(std::make_unique<cell[]>(grid.size())) {}

  /// Makes the world of a cell. Faults: those of `load_world`. \pre at < grid.size(); asserted
  [[nodiscard]] checked<world> make(std::size_t at) const {
    SIFANG_ASSERT(at < grid_->size(), "a cell of the grid");
    world_wanted own = wanted_;
    for (std::string& one : grid_->settings(at)) own.settings.push_back(std::move(one));
    auto made = load_world(scenario_, own, from_);
    if (!made) return std::move(made).faults();
    return std::move(made->place);
  }
  /// A hash of all that the replications of a cell depend on.
  [[nodiscard]] std::uint64_t input_of(const world& w) const {
    fingerprint out;
    add_input(out, w.setting(), wanted_.cases, from_, wanted_.map);
    return out.value();
  }

  /// The world of a cell. Throws `std::runtime_error` if it cannot be made or is made of other input than was expected: the
  /// cells were checked, so a text has changed since.
  [[nodiscard]] std::shared_ptr<const world> operator()(std::size_t at) const {
    const std::lock_guard lock(cells_[at].making);
    if (auto there = cells_[at].made.lock()) return there;
    auto made = make(at);
    if (!made) throw std::runtime_error(to_string(made.faults().front(), lang_));
    if (!inputs_.empty() && input_of(*made) != inputs_[at]) throw std::runtime_error(changed(at));
    auto out = std::make_shared<const world>(*std::move(made));
    cells_[at].made = out;
    return out;
  }
  /// From now on, a world that is made of other input is an error.
  void expect(std::vector<std::uint64_t> inputs) { inputs_ = std::move(inputs); }

 private:
  struct cell {
    std::mutex making;
    std::weak_ptr<const world> made;
  };
  [[nodiscard]] std::string changed(std::size_t at) const {
    const std::string cell_name = std::string(vary_option) + " #" + std::to_string(at + 1) + " (" + grid_->name(at) + ")";
    return cell_name + (lang_ == language::zh
                            ? "：应为开始时检查过的文件；文件已变更，或某进程的文件不同"
                            : ": expected the files that were checked when the sweep began; they have changed, or a rank has others");
  }

  std::filesystem::path scenario_;
  world_wanted wanted_;
  const sweep_grid* grid_;
  text_source from_;
  language lang_;
  std::unique_ptr<cell[]> cells_;
  std::vector<std::uint64_t> inputs_;  // what each cell had when it was checked; none before
};

/// What must be known of all cells before any is simulated.
struct sweep_plan {
  std::vector<fault> faults;              ///< of all cells, each once (`faults_of_cells`)
  std::vector<warning> warnings;          ///< of all cells, each once
  std::vector<std::size_t> other_period;  ///< cells whose counted period is not that of the first
  std::vector<std::uint64_t> inputs;      ///< hashes of what each cell is made from
  scenario first{};                       ///< of the first cell
  std::string county{};                   ///< name of the first cell's
  sweep_words words{};                    ///< of what varies
  std::uint64_t key = 0;                  ///< identifies the sweep: its inputs and replications
  std::size_t replications = 0;           ///< of each cell
  bool stopped = false;                   ///< before all cells were seen; nothing else counts then
};

/// Makes every cell's world once and says what is wrong with any. \complexity one world at a time
/// \param stop  set by another thread or a signal: look at no further cell; may be null
/// \param salt  what else the replications depend on, such as the sources of a program
[[nodiscard]] inline sweep_plan plan_sweep(const sweep_grid& grid, const sweep_worlds& worlds, const std::atomic<bool>* stop = nullptr,
                                           std::string_view salt = {}) {
  sweep_plan out;
  std::vector<std::vector<fault>> by_cell(grid.size());
  std::optional<std::pair<day, day>> period;
  fingerprint key;
  add_text(key, "sweep");
  add_text(key, salt);
  key.add(block_replications);
  key.add(grid.size());
  out.words = sweep_words(grid);
  for (std::size_t at = 0; at < grid.size(); ++at) {
    if (stop != nullptr && stop->load()) {
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
      period = {w.start(), w.end()};
      out.first = w.setting();
      out.county = w.org().units()[w.org().units().root()].name;
      out.replications = static_cast<std::size_t>(w.setting().replications);
    }
    if (w.start() != period->first || w.end() != period->second) out.other_period.push_back(at);
    for (warning& one : warnings_of(w)) {
      const auto same = [&](const warning& other) { return other.kind == one.kind && other.details == one.details; };
      if (std::none_of(out.warnings.begin(), out.warnings.end(), same)) out.warnings.push_back(std::move(one));
    }
    out.words.hear(at, w);
    out.inputs.push_back(worlds.input_of(w));
    key.add(out.inputs.back());
  }
  key.add(out.replications);
  out.key = key.value();
  out.faults = faults_of_cells(grid, by_cell);
  return out;
}

}  // namespace sifang

#endif
