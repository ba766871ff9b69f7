// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_ASSUMPTIONS_HPP
#define SIFANG_EXPERIMENT_ASSUMPTIONS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/sort_stably.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/set_numbers.hpp"
#include "sifang/experiment/design_draws.hpp"
#include "sifang/experiment/policy_points.hpp"
#include "sifang/experiment/sensitivity.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/stats/break_even.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What single assumptions do to a figure, each over its range with the others as the scenario has them (a tornado); and at which value
/// the verdict on a policy would be another (its break-even).

namespace sifang {

/// What a difference would be called if enough years were played.
enum class expected_verdict : std::int8_t {
  falls = -1,  ///< lower, by more than the smallest difference that matters
  none = 0,    ///< no difference that matters
  rises = 1,   ///< higher, by more than that
};
/// Its word in results: "better", "worse", "no_difference_that_matters"; "lower" and "higher" where no direction is good.
[[nodiscard]] constexpr std::string_view name_of_verdict(expected_verdict v, std::string_view better) noexcept {
  if (v == expected_verdict::none) return "no_difference_that_matters";
  if (better == "none") return v == expected_verdict::falls ? "lower" : "higher";
  return (v == expected_verdict::falls) == (better == "lower") ? "better" : "worse";
}

/// A value of an assumption at which the expected verdict becomes another.
struct verdict_change {
  break_even_point place;   ///< the value, its interval, and the nearest values on both sides that were played
  expected_verdict from{},  ///< nearer to the scenario's value
      to{};                 ///< beyond
  bool upward = true;       ///< the value is above the scenario's
};

/// What was found of a figure at one value of an assumption.
struct assumption_point {
  double at = 0;         ///< the value
  point_figure found{};  ///< with all others as the scenario has them
};

/// What one assumption does by itself.
struct assumption_result {
  std::size_t parameter = 0;               ///< position in the task
  std::vector<assumption_point> points{};  ///< by value: the ends of the range, the scenario's value, and what was looked at between
  std::vector<verdict_change> changes{};   ///< of a difference: the nearest on each side, with those that coincide; nearest first

  /// What was found at a value; null if nothing was looked for there.
  template <class = when_called>
  [[nodiscard]] const point_figure* at(double value) const noexcept {
    for (const assumption_point& p : points) {
      if (p.at == value) return &p.found;
    }
    return nullptr;
  }
  /// By how much the figure moves over all that was looked at; 0 where less than two are known.
  template <class = when_called>
  [[nodiscard]] double swing() const noexcept {
    double least = 0, most = 0;
    bool any = false;
    for (const assumption_point& p : points) {
      if (!p.found.known()) continue;
      least = any ? (std::min)(least, p.found.value()) : p.found.value();
      most = any ? (std::max)(most, p.found.value()) : p.found.value();
      any = true;
    }
    return most - least;
  }
  /// Whether a point has no figure.
  template <class = when_called>
  [[nodiscard]] bool has_gaps() const noexcept {
    return std::any_of(points.begin(), points.end(), [](const assumption_point& p) { return !p.found.known(); });
  }
};

/// What single assumptions do.
struct assumptions_result {
  std::size_t replications = 0,                  ///< years at each point
      points = 0;                                ///< that were played
  point_figure usual{};                          ///< with all as the scenario has them
  std::vector<assumption_result> assumptions{};  ///< the widest first
  expected_verdict verdict{};                    ///< at the scenario's values, of a difference
  double matters = 0;                            ///< smallest difference that matters there
  bool is_told = false;                          ///< the interval there lies wholly where the verdict says
};

/// How closely assumptions are looked at.
struct assumptions_effort {
  std::size_t places = 7;  ///< of each range, evenly by its law, before a change of the verdict is narrowed down; at least 2
  int steps = 5;           ///< further places for each change
};

/// Most points that `try_assumptions` plays.
[[nodiscard]] inline std::size_t most_points_of(std::size_t assumptions, bool is_difference, const assumptions_effort& effort) noexcept {
  const auto steps = static_cast<std::size_t>((std::max)(effort.steps, 0));
  return 1 + assumptions * (effort.places + (is_difference ? 4 * steps : 0));
}

namespace detail {

/// Looks at one assumption after another, on the same years.
template <class Play>
class assumption_search {
 public:
  /// \param play  from a list of numbers for each point to their figures, or nothing where the team was stopped
  assumption_search(const sensitivity_task& task, const assumptions_effort& effort, std::size_t replications, Play& play)
      : task_(task), effort_(effort), factor_(t_factor(replications, task.confidence)), play_(play) {}

  /// The smallest difference that matters at a point.
  template <class = when_called>
  [[nodiscard]] double matters(const point_figure& p) const noexcept {
    const metric_info& about = info(task_.figure.what);
    return smallest_that_matters(task_.matters, about.name, about.unit, p.base, p.other);
  }
  template <class = when_called>
  [[nodiscard]] expected_verdict verdict(const point_figure& p) const noexcept {
    const double d = p.figure.estimate, smallest = matters(p);
    return d > smallest ? expected_verdict::rises : d < -smallest ? expected_verdict::falls : expected_verdict::none;
  }
  /// Whether the interval lies on the verdict's side of every limit.
  template <class = when_called>
  [[nodiscard]] bool is_told(const point_figure& p) const noexcept {
    const double smallest = matters(p);
    if (!p.figure.bounded() && p.figure.kind != interval_kind::constant) return false;
    switch (verdict(p)) {
      case expected_verdict::rises:
        return p.figure.lower > smallest;
      case expected_verdict::falls:
        return p.figure.upper < -smallest;
      default:
        return p.figure.lower >= -smallest && p.figure.upper <= smallest;
    }
  }

  /// Values of one parameter at which it is looked at first.
  template <class = when_called>
  [[nodiscard]] std::vector<double> places(const plausible_range& range) const {
    std::vector<double> out;
    for (std::size_t k = 0; k < effort_.places; ++k)
      out.push_back(design_value(range, static_cast<double>(k) / static_cast<double>(effort_.places - 1)));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    out.erase(std::remove(out.begin(), out.end(), range.mode), out.end());
    return out;
  }

  /// Finds the nearest changes of the verdict on both sides. \returns whether the team was not stopped
  template <class = when_called>
  [[nodiscard]] bool find_changes(assumption_result& a) {
    const varied_parameter& p = task_.parameters[a.parameter];
    for (const bool upward : {false, true}) {
      std::vector<std::size_t> way;  // positions of points from the scenario's value outwards
      for (std::size_t k = 0; k < a.points.size(); ++k) {
        if (upward ? a.points[k].at >= p.range.mode : a.points[k].at <= p.range.mode) way.push_back(k);
      }
      if (!upward) std::reverse(way.begin(), way.end());
      for (std::size_t k = 0; k + 1 < way.size(); ++k) {
        const assumption_point near = a.points[way[k]], far = a.points[way[k + 1]];
        if (!near.found.known() || !far.found.known()) break;
        const expected_verdict from = verdict(near.found), to = verdict(far.found);
        if (from == to) continue;
        const int step = to > from ? 1 : -1;
        for (int at = static_cast<int>(from); at != static_cast<int>(to); at += step) {
          const double side = step > 0 ? (at < 0 ? -1 : 1) : (at > 0 ? 1 : -1);  // which limit lies between at and at + step
          const auto place = cross(a, near.at, far.at, side);
          if (!place) return false;
          a.changes.push_back({*place, static_cast<expected_verdict>(at), static_cast<expected_verdict>(at + step), upward});
        }
        break;
      }
    }
    const double width = p.range.high - p.range.low;
    detail::sort_stably(a.changes, [&](const verdict_change& x, const verdict_change& y) {
      return std::abs(x.place.at - p.range.mode) / width < std::abs(y.place.at - p.range.mode) / width;
    });
    return true;
  }

 private:
  /// Where the difference crosses the limit `side` × the smallest that matters, between two neighbours.
  template <class = when_called>
  [[nodiscard]] std::optional<break_even_point> cross(assumption_result& a, double near, double far, double side) {
    const varied_parameter& p = task_.parameters[a.parameter];
    const auto from_limit = [&](const assumption_point& at) {
      return noisy_value{at.at, at.found.figure.estimate - side * matters(at.found), at.found.error};
    };
    std::vector<noisy_value> seen;
    for (const assumption_point& at : a.points) {
      if (at.found.known()) seen.push_back(from_limit(at));
    }
    // The pair next to `near` between whose values the limit lies; what another limit was looked for with may stand between the two.
    const auto is_between = [&](std::size_t k) {
      const bool within = (std::min)(near, far) <= seen[k].at && seen[k + 1].at <= (std::max)(near, far);
      return within && !(seen[k].value * seen[k + 1].value > 0);
    };
    std::size_t below = seen.size();
    for (std::size_t k = 0; k + 1 < seen.size(); ++k) {
      if (is_between(k) && (near < far ? below == seen.size() : true)) below = k;
    }
    SIFANG_ASSERT(below < seen.size(), "a limit that is crossed");
    bool stopped = false;
    const auto answer = [&](double x) -> noisy_value {
      auto found = play_(std::vector<std::vector<numbered_value>>{{{p.key, x}}});
      if (!found) {
        stopped = true;
        return {x, std::numeric_limits<double>::quiet_NaN(), 0};
      }
      const assumption_point here{x, std::move(found->front())};
      const auto behind = std::find_if(a.points.begin(), a.points.end(), [&](const assumption_point& q) { return q.at > x; });
      const noisy_value out = here.found.known() ? from_limit(here) : noisy_value{x, std::numeric_limits<double>::quiet_NaN(), 0};
      a.points.insert(behind, here);
      return out;
    };
    break_even_search how;
    how.most_steps = effort_.steps;
    how.tolerance = 0.002 * (p.range.high - p.range.low);
    how.whole = p.range.whole ? 1 : 0;
    const break_even_point out = break_even(seen, below, answer, factor_, how);
    if (stopped) return std::nullopt;
    return out;
  }

  const sensitivity_task& task_;
  const assumptions_effort& effort_;
  double factor_;
  Play& play_;
};

}  // namespace detail

/// Tries some of the task's parameters one by one over their ranges, the others as the scenario has them. For a difference: finds the
/// value nearest to the scenario's, on each side, at which the expected verdict becomes another, with an interval for that value
/// (`break_even`). All on the same years.
///
/// The expected verdict is what `verdict_of` would say with enough years: better or worse where the difference is larger than the
/// smallest that matters (`smallest_that_matters`), else no difference that matters. A change and its return within a
/// `places`-th of the range can be missed.
/// \param which     positions of parameters in the task
/// \param finished  called on this thread with the points that were played so far; at most `most_points_of`
/// \returns nothing if the team was stopped \pre at least two places, one replication; asserted
template <class Team, class MakeWorld, class Finished>
requires work_team<Team> && point_worlds<MakeWorld>
[[nodiscard]] std::optional<assumptions_result> try_assumptions(const Team& team, const sensitivity_task& task,
                                                                std::span<const std::size_t> which, std::size_t replications,
                                                                const MakeWorld& make_world, const assumptions_effort& effort,
                                                                Finished&& finished) {
  SIFANG_ASSERT(effort.places >= 2, "the ends of a range, at least");
  assumptions_result out;
  out.replications = replications;
  auto play = [&](const std::vector<std::vector<numbered_value>>& points) -> std::optional<std::vector<point_figure>> {
    const auto world_at = [&](std::size_t point, std::size_t policy) { return make_world(detail::span_of(points[point]), policy); };
    auto found = play_policy_points(team, points.size(), task.figure, replications, task.confidence, world_at,
                                    [&](std::size_t more) { finished(out.points + more); });
    if (found.size() < points.size()) return std::nullopt;
    out.points += points.size();
    return found;
  };
  detail::assumption_search search(task, effort, replications, play);

  std::vector<std::vector<numbered_value>> points(1);  // the scenario as it is, then the first places of all
  for (const std::size_t j : which) {
    for (const double x : search.places(task.parameters[j].range)) points.push_back({{task.parameters[j].key, x}});
  }
  const auto found = play(points);
  if (!found) return std::nullopt;
  out.usual = found->front();
  std::size_t next = 1;
  for (const std::size_t j : which) {
    assumption_result a{j, {}, {}};
    for (const double x : search.places(task.parameters[j].range)) a.points.push_back({x, (*found)[next++]});
    const double mode = task.parameters[j].range.mode;
    const auto behind = std::find_if(a.points.begin(), a.points.end(), [&](const assumption_point& p) { return p.at > mode; });
    a.points.insert(behind, {mode, out.usual});
    out.assumptions.push_back(std::move(a));
  }
  if (task.figure.is_difference && out.usual.known()) {
    out.verdict = search.verdict(out.usual);
    out.matters = search.matters(out.usual);
    out.is_told = search.is_told(out.usual);
    for (assumption_result& a : out.assumptions) {
      if (!search.find_changes(a)) return std::nullopt;
    }
  }
  detail::sort_stably(out.assumptions, [](const assumption_result& a, const assumption_result& b) { return a.swing() > b.swing(); });
  return out;
}

}  // namespace sifang

#endif
