// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_POLICY_POINTS_HPP
#define SIFANG_EXPERIMENT_POLICY_POINTS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/stats/comparison.hpp"
#include "sifang/stats/estimate.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

/// \file
/// One metric of one policy, or the difference of two, at many points of the unknown, all on the same years.

namespace sifang {

/// What a study of the unknown looks at.
struct studied_figure {
  metric what{};               ///< of the whole county
  bool is_difference = false;  ///< under a second policy minus that under the first
};

/// What was found at one point.
struct point_figure {
  interval figure{};                ///< of the metric or the difference, as `compare` shows it; `none` where there is none
  double base = 0,                  ///< the metric under the first policy
      other = 0;                    ///< under the second
  double error = 0;                 ///< standard error of the figure
  std::vector<double> influence{};  ///< of each year, what it adds to the chance in the figure (delta method)

  /// Whether there is a figure: a world could be made, and something was counted in it.
  [[nodiscard]] bool known() const noexcept { return figure.has_value(); }
  /// The figure; no number where there is none.
  [[nodiscard]] double value() const noexcept { return known() ? figure.estimate : std::numeric_limits<double>::quiet_NaN(); }
};

/// Standard error of the difference of the figures of two points that were played on the same years; 0 where one is not known.
template <class = when_called>
[[nodiscard]] inline double error_between(const point_figure& a, const point_figure& b) noexcept {
  const std::size_t n = a.influence.size();
  if (!a.known() || !b.known() || n < 2 || b.influence.size() != n) return 0;
  double squares = 0;
  for (std::size_t i = 0; i < n; ++i) squares += (b.influence[i] - a.influence[i]) * (b.influence[i] - a.influence[i]);
  return std::sqrt(squares / static_cast<double>(n - 1) / static_cast<double>(n));
}

namespace detail {

/// Plays blocks of one point after another, both policies of it on the same years.
template <class MakeWorld>
class point_worker {
 public:
  point_worker(const MakeWorld& make_world, metric what, std::size_t policies, std::size_t replications)
      : make_world_(&make_world), what_(what), policies_(policies), replications_(replications) {}

  void operator()(std::size_t piece, std::vector<double>& out) {
    const std::size_t blocks = blocks_of(replications_), point = piece / blocks, block = piece % blocks;
    if (!point_ || *point_ != point) prepare(point);
    for (std::size_t p = 0; p < policies_; ++p) {
      if (!players_[p]) return;  // no world here: nothing is told
    }
    const std::size_t count = block_size(block, replications_);
    out.resize(2 * policies_ * count);
    for (std::size_t p = 0; p < policies_; ++p) {
      const std::uint32_t county = worlds_[p]->layout().at(dimension::all, 0);
      for (std::size_t i = 0; i < count; ++i) {
        const replication_outcome& r = players_[p]->run(static_cast<std::uint32_t>(block * block_replications + i));
        out[2 * p * count + i] = r.sums.numerator(what_, county);
        out[(2 * p + 1) * count + i] = r.sums.denominator(what_, county);
      }
    }
  }

 private:
  void prepare(std::size_t point) {
    for (std::size_t p = 0; p < policies_; ++p) {
      players_[p].reset();
      worlds_[p] = (*make_world_)(point, p);
      if (worlds_[p]) players_[p].emplace(*worlds_[p]);
    }
    point_ = point;
  }

  const MakeWorld* make_world_;
  metric what_;
  std::size_t policies_, replications_;
  std::optional<std::size_t> point_;
  std::array<std::optional<world>, 2> worlds_;  // before the players, which refer to them
  std::array<std::optional<replication<>>, 2> players_;
};

/// What was counted at one point, year by year: numerators and denominators of each policy.
struct point_years {
  std::array<std::vector<double>, 4> columns;

  template <class = when_called>
  void take(std::span<const double> values, std::size_t policies) {
    const std::size_t count = values.size() / (2 * policies);
    for (std::size_t k = 0; k < 2 * policies; ++k) {
      const auto part = values.subspan(k * count, count);
      columns[k].insert(columns[k].end(), part.begin(), part.end());
    }
  }
  /// (Y − rN) ÷ mean N of each year, for the ratio of two columns.
  template <class = when_called>
  [[nodiscard]] std::vector<double> influence(std::size_t policy) const {
    const std::vector<double>&y = columns[2 * policy], &n = columns[2 * policy + 1];
    const double sum = std::accumulate(n.begin(), n.end(), 0.0), ratio = std::accumulate(y.begin(), y.end(), 0.0) / sum;
    std::vector<double> out(y.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = (y[i] - ratio * n[i]) * static_cast<double>(y.size()) / sum;
    return out;
  }
  template <class = when_called>
  [[nodiscard]] point_figure figure(const studied_figure& what, const t_scale& scale) const {
    point_figure out;
    const std::size_t policies = what.is_difference ? 2 : 1;
    const auto sum = [&](std::size_t k) { return std::accumulate(columns[k].begin(), columns[k].end(), 0.0); };
    for (std::size_t p = 0; p < policies; ++p) {
      if (columns[2 * p].empty() || !(sum(2 * p + 1) > 0)) return out;
    }
    out.base = sum(0) / sum(1);
    out.influence = influence(0);
    const quantity kind = quantity_of(what.what);
    if (what.is_difference) {
      out.other = sum(2) / sum(3);
      const std::vector<double> other = influence(1);
      for (std::size_t i = 0; i < other.size(); ++i) out.influence[i] = other[i] - out.influence[i];
      out.figure =
          compare_ratios(span_of(columns[0]), span_of(columns[1]), span_of(columns[2]), span_of(columns[3]), scale, kind).difference;
    } else {
      out.figure = ratio_interval(span_of(columns[0]), span_of(columns[1]), scale, kind);
    }
    double squares = 0;
    for (const double e : out.influence) squares += e * e;
    const double n = static_cast<double>(out.influence.size());
    out.error = n > 1 ? std::sqrt(squares / (n - 1) / n) : 0;
    return out;
  }
};

}  // namespace detail

/// Plays replications 0 … n−1 of every point, of both policies where the figure is their difference.
///
/// The team's pieces are blocks of replications of one point; a thread holds the worlds of one point. The same bytes for any number of
/// threads.
/// \param make_world  from the number of a point and 0 or 1 for the policy to `std::optional<world>`, on any thread and several at once;
///                    a point of which no world can be made has no figure
/// \param confidence  of the intervals
/// \param finished    called on this thread after each point, with how many there were
/// \returns a figure for each point; fewer where the team was stopped
/// \pre at least one replication; asserted \complexity memory: some numbers a point and replication
template <class Team, class MakeWorld, class Finished>
requires work_team<Team> && std::invocable<const MakeWorld&, std::size_t, std::size_t>
[[nodiscard]] std::vector<point_figure> play_policy_points(const Team& team, std::size_t points, const studied_figure& what,
                                                           std::size_t replications, double confidence, const MakeWorld& make_world,
                                                           Finished&& finished) {
  SIFANG_ASSERT(replications > 0, "at least one replication");
  const std::size_t blocks = blocks_of(replications), policies = what.is_difference ? 2 : 1;
  const t_scale scale(replications, confidence);
  std::vector<point_figure> out;
  out.reserve(points);
  detail::point_years years;
  team.run(
      points * blocks, [&] { return detail::point_worker<MakeWorld>(make_world, what.what, policies, replications); },
      [&](std::size_t piece, std::span<const double> values) {
        if (piece % blocks == 0) years = {};
        years.take(values, policies);
        if ((piece + 1) % blocks != 0) return;
        out.push_back(years.figure(what, scale));
        finished(out.size());
      });
  return out;
}

}  // namespace sifang

#endif
