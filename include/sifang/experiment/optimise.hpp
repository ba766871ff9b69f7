// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_OPTIMISE_HPP
#define SIFANG_EXPERIMENT_OPTIMISE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/calibrate.hpp"
#include "sifang/experiment/decision_start.hpp"
#include "sifang/experiment/decision_task.hpp"
#include "sifang/experiment/lattice_problem.hpp"
#include "sifang/experiment/lattice_search.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/team.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

/// \file
/// What a county can decide, at the least cost that meets targets: `search_lattice` with a county.

namespace sifang {

/// What a county was asked to bring before anything was decided, and what was found.
struct optimisation_result {
  lattice_answer answer;               ///< levels of the decisions; figures are those of `judged`, in their order
  std::vector<decision_start> starts;  ///< where the search began, and why
  std::vector<std::size_t> judged;     ///< positions of the targets that were judged
  std::vector<std::size_t> left_out;   ///< of those of each part of the county: of which nothing is counted there
  lattice_sums today{0};               ///< the scenario as it is, by the same figures, on the years of the search
  std::vector<fault> faults{};         ///< why the county cannot be at a point that was tried
};

namespace detail {

/// Replications of one world that are wanted.
struct wanted_years {
  std::shared_ptr<const world> where;
  std::size_t first = 0, count = 0;
};

/// A row of one replication: figures, and the cost.
class decision_row {
 public:
  decision_row(const std::vector<measured_figure>& figures, const std::vector<decision_cost>& costs) : figures_(&figures), costs_(&costs) {}
  [[nodiscard]] std::size_t size() const noexcept { return figures_->size() + (costs_->empty() ? 0 : 1); }
  template <class = when_called>
  void write(const world& w, const replication_outcome& r, double* y, double* n) const {
    for (const measured_figure& f : *figures_) std::tie(*y++, *n++) = parts_of(f, w.layout(), r);
    if (costs_->empty()) return;
    double cost = 0;
    for (const decision_cost& c : *costs_) cost += c.weight * r.sums.numerator(c.what, w.layout().at(dimension::all, 0));
    *y = cost;
    *n = 1;
  }

 private:
  const std::vector<measured_figure>* figures_;
  const std::vector<decision_cost>* costs_;
};

/// Plays blocks of several worlds, one after another.
template <class = when_called>
class decision_worker {
 public:
  decision_worker(const decision_row& row, const std::vector<wanted_years>& wanted) : row_(row), wanted_(&wanted) {}

  void operator()(std::size_t piece, std::vector<double>& out) {
    std::size_t at = 0;
    for (std::size_t blocks = 0; piece >= (blocks = blocks_of((*wanted_)[at].count)); ++at) piece -= blocks;
    const wanted_years& years = (*wanted_)[at];
    if (!player_ || at_ != at) {
      player_.reset();
      player_.emplace(*years.where);
      at_ = at;
    }
    const std::size_t count = block_size(piece, years.count), figures = row_.size();
    out.resize(2 * count * figures);
    for (std::size_t i = 0; i < count; ++i) {
      const replication_outcome& r = player_->run(static_cast<std::uint32_t>(years.first + piece * block_replications + i));
      row_.write(*years.where, r, out.data() + i * figures, out.data() + (count + i) * figures);
    }
  }

 private:
  decision_row row_;
  const std::vector<wanted_years>* wanted_;
  std::size_t at_ = 0;
  std::optional<replication<>> player_;
};

/// Plays years of several worlds; fewer answers than were wanted where the team was stopped.
template <class Team>
[[nodiscard]] std::vector<lattice_rows> play_years(const Team& team, const decision_row& row, const std::vector<wanted_years>& wanted) {
  std::size_t pieces = 0;
  for (const wanted_years& w : wanted) pieces += w.where ? blocks_of(w.count) : 0;
  std::vector<wanted_years> there;
  std::vector<std::size_t> answer;  // of each that can be played
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i].where) continue;
    there.push_back(wanted[i]);
    answer.push_back(i);
  }
  std::vector<lattice_rows> out(wanted.size());
  std::size_t at = 0, left = there.empty() ? 0 : blocks_of(there[0].count);
  const std::size_t taken = team.run(
      pieces, [&] { return decision_worker<>(row, there); },
      [&](std::size_t, std::span<const double> values) {
        if (left == 0) left = blocks_of(there[++at].count);
        --left;
        lattice_rows& into = out[answer[at]];
        const std::span<const double> y = values.first(values.size() / 2), n = values.subspan(values.size() / 2);
        into.numerators.insert(into.numerators.end(), y.begin(), y.end());
        into.denominators.insert(into.denominators.end(), n.begin(), n.end());
      });
  if (taken < pieces) out.clear();
  return out;
}

/// The worlds of points, some of the last ones kept.
template <class MakeWorld>
class decision_worlds {
 public:
  explicit decision_worlds(MakeWorld& make) : make_(&make) {}
  [[nodiscard]] std::shared_ptr<const world> operator()(const lattice_point& at) {
    if (const auto found = kept_.find(at); found != kept_.end()) return found->second;
    checked<world> made = (*make_)(at);
    if (kept_.size() >= most_kept) kept_.clear();
    std::shared_ptr<const world> out;
    if (made)
      out = std::make_shared<const world>(*std::move(made));
    else if (faults_.empty())
      faults_ = std::move(made).faults();
    return kept_.emplace(at, std::move(out)).first->second;
  }
  /// Of the first point that cannot be.
  [[nodiscard]] std::vector<fault>& faults() noexcept { return faults_; }

 private:
  static constexpr std::size_t most_kept = 64;
  MakeWorld* make_;
  std::map<lattice_point, std::shared_ptr<const world>> kept_;
  std::vector<fault> faults_;
};

/// Of what the scenario shows as it is: which targets can be judged, and what is seen of them. \returns the figures of these
template <class = when_called>
[[nodiscard]] inline std::vector<measured_figure> keep_judged(const decision_task& task, const lattice_rows& seen, std::size_t years,
                                                              optimisation_result& out) {
  const std::size_t columns = task.targets.size() + (task.costs.empty() ? 0 : 1);
  std::vector<measured_figure> kept;
  std::vector<std::size_t> columns_kept;
  for (std::size_t k = 0; k < task.targets.size(); ++k) {
    double counted = 0;
    for (std::size_t at = k; at < seen.denominators.size(); at += columns) counted += seen.denominators[at];
    // A part of the county in which hardly anything happens can be shown to be neither good nor bad.
    if (task.targets[k].is_part && !(counted > 0 && counted >= task.targets[k].fewest * static_cast<double>(years))) {
      out.left_out.push_back(k);
      continue;
    }
    out.judged.push_back(k);
    kept.push_back(task.targets[k].measure);
    columns_kept.push_back(k);
  }
  if (!task.costs.empty()) columns_kept.push_back(task.targets.size());
  lattice_rows own;
  for (std::size_t row = 0; row < seen.numerators.size(); row += columns) {
    for (const std::size_t k : columns_kept) {
      own.numerators.push_back(seen.numerators[row + k]);
      own.denominators.push_back(seen.denominators[row + k]);
    }
  }
  out.today = lattice_sums(columns_kept.size());
  out.today.add(own, !task.costs.empty());
  return kept;
}

}  // namespace detail

/// The least cost at which decisions of a county meet targets (`search_lattice`), begun where theory says (`starts_of_decisions`).
///
/// Points are played on replications 0 … of the scenario's seed, the proof on those behind them. The scenario as it is comes first: it says
/// what its offered loads are, and of which parts of the county nothing is counted.
/// \param today       the scenario as it is \param make_world  from levels of the decisions to `checked<world>`; called on this thread
/// \param team        of threads; one whose pieces arrive here
/// \param finished    called on this thread after every call of the team, with the replications so far
/// \pre at least one decision and one target, each with its items in every world; asserted
/// \complexity memory: the worlds of some sixty points, and 150 bytes a figure and point
template <class Team, class MakeWorld, class Finished>
requires work_team<Team> && std::invocable<MakeWorld&, const lattice_point&>
[[nodiscard]] optimisation_result optimise(const Team& team, const decision_task& task, std::shared_ptr<const world> today,
                                           MakeWorld&& make_world, const lattice_options& options, Finished&& finished) {
  SIFANG_ASSERT(!task.decisions.empty() && !task.targets.empty(), "something to decide, and something to meet");
  optimisation_result out;
  std::size_t played = 0;
  std::vector<measured_figure> figures;
  for (const decision_target& t : task.targets) figures.push_back(t.measure);
  const auto play = [&](const std::vector<detail::wanted_years>& wanted) {
    auto rows = detail::play_years(team, detail::decision_row(figures, task.costs), wanted);
    for (const detail::wanted_years& w : wanted) played += w.where && !rows.empty() ? w.count : 0;
    finished(played);
    return rows;
  };
  const auto begun = play({{today, 0, options.search}});
  if (begun.empty()) {
    out.answer.end = lattice_end::stopped;
    return out;
  }
  figures = detail::keep_judged(task, begun[0], options.search, out);
  if (out.judged.empty()) return out;  // impossible: there is nothing to be met or missed

  detail::decision_worlds worlds(make_world);
  const auto seen = see_loads(team, *today, options.first_look);
  if (!seen) {
    out.answer.end = lattice_end::stopped;
    return out;
  }
  played += options.first_look;
  out.starts = starts_of_decisions(task, *seen, *today, [&](const lattice_point& p) { return worlds(p); });

  lattice_problem problem;
  for (std::size_t j = 0; j < task.decisions.size(); ++j) {
    problem.axes.push_back({static_cast<int>(task.decisions[j].values.size()), out.starts[j].level, task.decisions[j].prices});
  }
  for (const std::size_t k : out.judged) problem.targets.push_back(task.targets[k].wanted);
  problem.samples_cost = !task.costs.empty();
  if (task.sessions_a_week) {
    problem.limits.push_back(*task.sessions_a_week);
    problem.known = [&](const lattice_point& p) {
      const auto w = worlds(p);
      return w ? std::vector<double>{static_cast<double>(most_sessions_a_week(*w).sessions)} : std::vector<double>();
    };
  }
  problem.sample = [&](const std::vector<lattice_request>& requests) {
    std::vector<detail::wanted_years> wanted;
    for (const lattice_request& r : requests) wanted.push_back({worlds(r.at), r.first, r.count});
    return play(wanted);
  };
  out.answer = search_lattice(problem, options);
  out.answer.replications = played;
  out.faults = std::move(worlds.faults());
  return out;
}

}  // namespace sifang

#endif
