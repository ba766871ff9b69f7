// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_SENSITIVITY_HPP
#define SIFANG_EXPERIMENT_SENSITIVITY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/plausible_law.hpp"
#include "sifang/county/set_numbers.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/design_draws.hpp"
#include "sifang/experiment/policy_points.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/random/random.hpp"
#include "sifang/stats/latin_hypercube.hpp"
#include "sifang/stats/morris.hpp"
#include "sifang/stats/sobol_indices.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// \file
/// Which unknown numbers of a scenario matter to a metric, or to the difference that a policy makes to it: Morris' screening over many
/// of them, Sobol' indices over a few. What single ones do is in `experiment/assumptions.hpp`.

namespace sifang {

/// A number that varies.
struct varied_parameter {
  std::string key;        ///< whole key
  plausible_range range;  ///< what it may be, and how likely
};

/// What is asked: which of these numbers matter to this figure.
struct sensitivity_task {
  std::vector<varied_parameter> parameters;  ///< at least one
  studied_figure figure;                     ///< of one policy, or of two
  std::uint64_t seed = 0;                    ///< of the designs; years have that of their scenario
  double confidence = 0.95;                  ///< of the intervals
  matters_list matters{};                    ///< smallest differences that matter, where a planner has said so
};

/// Makes the world of a point for one policy, or none where none can be: from any thread, several at once.
template <class MakeWorld>
concept point_worlds = requires(const MakeWorld& make, std::span<const numbered_value> values, std::size_t policy) {
  { make(values, policy) } -> std::same_as<std::optional<world>>;
};

namespace detail {

/// The numbers of a point of the unit cube.
template <class = when_called>
[[nodiscard]] inline std::vector<numbered_value> numbers_at(std::span<const varied_parameter> parameters, std::span<const double> u) {
  std::vector<numbered_value> out;
  out.reserve(parameters.size());
  for (std::size_t j = 0; j < parameters.size(); ++j) out.push_back({parameters[j].key, design_value(parameters[j].range, u[j])});
  return out;
}

/// Plays all points of a design; none if the team was stopped.
template <class Team, class MakeWorld, class Finished>
[[nodiscard]] std::optional<std::vector<point_figure>> play_design(const Team& team, const sensitivity_task& task,
                                                                   const unit_points& points, std::size_t replications,
                                                                   const MakeWorld& make_world, Finished&& finished) {
  const auto world_at = [&](std::size_t point, std::size_t policy) {
    const std::vector<numbered_value> values = numbers_at(span_of(task.parameters), span_of(points[point]));
    return make_world(span_of(values), policy);
  };
  auto out = play_policy_points(team, points.size(), task.figure, replications, task.confidence, world_at, finished);
  if (out.size() < points.size()) return std::nullopt;
  return out;
}

template <class = when_called>
[[nodiscard]] inline std::vector<double> values_of_points(std::span<const point_figure> points) {
  std::vector<double> out;
  for (const point_figure& p : points) out.push_back(p.value());
  return out;
}

/// Whether an answer of all is another than the first.
template <class = when_called>
[[nodiscard]] inline bool any_differs(std::span<const double> answers) noexcept {
  const double* first = nullptr;
  for (const double& y : answers) {
    if (!std::isfinite(y)) continue;
    if (first != nullptr && y != *first) return true;
    if (first == nullptr) first = &y;
  }
  return false;
}

}  // namespace detail

/// What a screening found.
struct screening_result {
  std::size_t replications = 0,          ///< years at each point
      trajectories = 0,                  ///< through the ranges
      points = 0,                        ///< that were played
      unanswered = 0;                    ///< of these: no world could be made, or nothing was counted
  std::vector<morris_effect> effects{};  ///< of each parameter, in their order: in the figure's unit, for the whole range
  std::vector<std::size_t> order{};      ///< of the parameters, by size
  bool varies = false;                   ///< not all points have the same figure
};

/// Morris' screening: `trajectories` × (parameters + 1) points on common random numbers.
///
/// Trajectories go over a grid of four places of each range's law: its ends, and its thirds in probability.
/// \param replications  years at each point; their noise in an effect is in `morris_effect::noise`
/// \returns nothing if the team was stopped \pre at least one parameter and replication; asserted
template <class Team, class MakeWorld, class Finished>
requires work_team<Team> && point_worlds<MakeWorld>
[[nodiscard]] std::optional<screening_result> screen(const Team& team, const sensitivity_task& task, std::size_t trajectories,
                                                     std::size_t replications, const MakeWorld& make_world, Finished&& finished) {
  SIFANG_ASSERT(!task.parameters.empty(), "at least one parameter");
  constexpr std::size_t levels = 4;
  const morris_design design = morris_trajectories(task.parameters.size(), trajectories, levels,
                                                   random_source(task.seed, design_replication), design_draw::trajectories);
  const auto found = detail::play_design(team, task, design.points, replications, make_world, finished);
  if (!found) return std::nullopt;
  std::vector<double> errors;
  for (std::size_t at = 0; at < design.moved.size(); ++at) {
    const auto [before, after] = design.ends_of(at);
    errors.push_back(error_between((*found)[before], (*found)[after]));
  }
  const std::vector<double> answers = detail::values_of_points(detail::span_of(*found));
  screening_result out;
  out.replications = replications;
  out.trajectories = trajectories;
  out.points = found->size();
  for (const double y : answers) out.unanswered += std::isfinite(y) ? 0 : 1;
  out.effects = morris_effects(design, detail::span_of(answers), task.confidence, detail::span_of(errors));
  out.order = order_of_effects(detail::span_of(out.effects));
  out.varies = detail::any_differs(detail::span_of(answers));
  return out;
}

/// What Sobol' indices were found.
struct indices_result {
  std::size_t replications = 0,  ///< years at each point
      points = 0,                ///< that were played
      unanswered = 0;            ///< of these: no world could be made, or nothing was counted
  sobol_estimate found{};        ///< of the parameters, in their order
};

/// Sobol' indices: `samples` × (parameters + 2) points on common random numbers, drawn by the laws of the ranges.
/// \returns nothing if the team was stopped \pre 1 ≤ parameters ≤ `most_sobol_factors`, at least one replication; asserted
template <class Team, class MakeWorld, class Finished>
requires work_team<Team> && point_worlds<MakeWorld>
[[nodiscard]] std::optional<indices_result> find_indices(const Team& team, const sensitivity_task& task, std::size_t samples,
                                                         std::size_t replications, const MakeWorld& make_world, Finished&& finished) {
  SIFANG_ASSERT(!task.parameters.empty() && task.parameters.size() <= most_sobol_factors, "so few parameters");
  const random_source source(task.seed, design_replication);
  const sobol_design design = sobol_points(task.parameters.size(), samples, source, design_draw::samples);
  const auto found = detail::play_design(team, task, design.points, replications, make_world, finished);
  if (!found) return std::nullopt;
  std::vector<double> errors;
  for (std::size_t i = 0; i < samples; ++i) {
    for (std::size_t j = 0; j < design.factors; ++j) {
      const double error = error_between((*found)[i * design.block()], (*found)[i * design.block() + 1 + j]);
      errors.push_back(error * error);
    }
  }
  const std::vector<double> answers = detail::values_of_points(detail::span_of(*found));
  indices_result out;
  out.replications = replications;
  out.points = found->size();
  for (const double y : answers) out.unanswered += std::isfinite(y) ? 0 : 1;
  out.found = sobol_indices(design, detail::span_of(answers), task.confidence, source, design_draw::bootstrap, detail::span_of(errors));
  return out;
}

}  // namespace sifang

#endif
