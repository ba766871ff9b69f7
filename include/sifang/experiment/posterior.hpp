// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_POSTERIOR_HPP
#define SIFANG_EXPERIMENT_POSTERIOR_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/plausible_law.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/calibrate.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/stats/history_matching.hpp"
#include "sifang/stats/rank_correlation.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

/// \file
/// What known figures leave possible of a county's unknown parameters: draws, and what follows for each parameter and figure.

namespace sifang {

/// The middle nine tenths of some numbers, and their middle.
struct middle_range {
  double lower = 0,  ///< 5 % lie below
      median = 0,    ///< half
      upper = 0;     ///< 95 %
};

/// How much evidence says of a parameter.
enum class narrowing : std::uint8_t {
  fixed,      ///< its middle nine tenths are at most half as wide as beforehand
  narrowed,   ///< at most four fifths
  left_open,  ///< wider
};

/// What evidence says of a parameter.
struct posterior_parameter {
  middle_range values,  ///< of the draws
      beforehand;       ///< of the law before the evidence
  double width = 1;     ///< of the middle nine tenths, as a part of those beforehand, where belief is even
  narrowing said{};     ///< in a word
};

/// Two parameters that make up for each other, or move together, over the draws.
struct posterior_pair {
  std::size_t first = 0,   ///< position of a parameter
      second = 0;          ///< of the other one
  double correlation = 0;  ///< of ranks (Spearman 1904)
};

/// What the model shows of a figure over the draws.
struct posterior_figure {
  middle_range expected,  ///< mean of the years of a draw: what is not known of it
      one_year;           ///< a single year: that and the year's own chance
  double distance = 0;    ///< of the target from the median of what is expected, in deviations of spread, discrepancy, year and draws
  double surface_error =
      0;  ///< of a figure that is fitted: how far the surface was off at the draws, in deviations that it said itself (root mean square)
};

/// What a calibration with uncertainty found.
struct posterior_result {
  std::size_t replications = 0,                 ///< years behind each point
      points = 0;                               ///< that were played, draws too
  matching_result matching;                     ///< of figures that are fitted, in their order; its draws are moved from
  std::vector<std::vector<double>> draws;       ///< values of the parameters, equally weighted
  std::vector<posterior_parameter> parameters;  ///< in the order of the task
  std::vector<posterior_pair> pairs;            ///< the closest first; those with a correlation of at least `least_told`
  std::vector<posterior_figure> figures;        ///< in the order of the task
  std::vector<fault> faults{};                  ///< why no county could be made at the first point where none could
};

/// How far a calibration with uncertainty may go.
struct posterior_options {
  std::size_t draws = 200;    ///< how many
  matching_options matching;  ///< its seed is that of the draws; years are those of the scenario's seed
};

/// Least correlation of two parameters that is worth telling.
inline constexpr double least_told = 0.4;

/// Most points that a calibration with uncertainty plays, where every county can be.
[[nodiscard]] inline std::size_t most_points_of(const calibration_task& task, const posterior_options& options) noexcept {
  const std::size_t of_wave = options.matching.points > 0 ? options.matching.points : points_of_wave(task.parameters.size());
  return options.matching.waves * of_wave + options.draws;
}

/// What the truth may lie beside a figure, as a variance: its spread, by its weight, and the model's lack. Kept where squares are numbers.
/// \pre a weight above 0; asserted
[[nodiscard]] inline double variance_of(const known_figure& f) noexcept {
  SIFANG_ASSERT(f.target.weight > 0, "a figure that is fitted");
  return std::clamp(f.target.spread * f.target.spread / f.target.weight + f.lack() * f.lack(), 1e-300, 1e300);
}

namespace detail {

/// The middle nine tenths (definition 7 of Hyndman & Fan 1996). \pre numbers; asserted
template <class = when_called>
[[nodiscard]] inline middle_range middle_of(std::vector<double> values) {
  SIFANG_ASSERT(!values.empty(), "numbers");
  std::sort(values.begin(), values.end());
  const auto at = [&](double p) {
    const double place = p * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = (std::min)(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
  };
  return {at(0.05), at(0.5), at(0.95)};
}

/// The number of six digits that is nearest, within a range: what files and tables show is what was played.
[[nodiscard]] inline double six_digits(double value, const plausible_range& within) noexcept {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, 5);
  std::from_chars(text, end.ptr, value);
  return std::clamp(value, within.low, within.high);
}

/// Plays points of the unit cube as counties.
template <class Team, class MakeWorld, class Finished>
class posterior_player {
 public:
  posterior_player(const Team& team, const calibration_task& task, std::size_t replications, MakeWorld& make_world, Finished& finished)
      : team_(team), task_(task), replications_(replications), make_world_(make_world), finished_(finished) {
    for (const unknown_parameter& p : task.parameters) laws_.push_back(p.beforehand());
    for (std::size_t k = 0; k < task.figures.size(); ++k) {
      if (task.figures[k].target.weight > 0) fitted_.push_back(k);
    }
  }
  [[nodiscard]] const std::vector<std::size_t>& fitted() const noexcept { return fitted_; }
  [[nodiscard]] const std::vector<plausible_range>& laws() const noexcept { return laws_; }
  [[nodiscard]] std::size_t points() const noexcept { return points_; }
  [[nodiscard]] std::vector<fault>& faults() noexcept { return faults_; }

  /// Values of the parameters at a point.
  [[nodiscard]] std::vector<double> values_at(const std::vector<double>& u) const {
    std::vector<double> out;
    for (std::size_t j = 0; j < laws_.size(); ++j) out.push_back(six_digits(quantile_of(laws_[j], u[j]), laws_[j]));
    return out;
  }
  /// Sums of some points, each on years of its own: a surface must not learn the luck of some years. Fewer if the team was stopped.
  [[nodiscard]] std::vector<calibration_sums> play(std::span<const std::vector<double>> at) {
    constexpr std::size_t at_once = 16;  // worlds in memory
    std::vector<calibration_sums> out;
    for (std::size_t first = 0; first < at.size(); first += at_once) {
      const auto some = at.subspan(first, (std::min)(at_once, at.size() - first));
      std::vector<std::optional<world>> worlds;
      for (const std::vector<double>& values : some) {
        checked<world> made = make_world_(span_of(values));
        if (!made && faults_.empty()) faults_ = made.faults();
        if (made)
          worlds.emplace_back(*std::move(made));
        else
          worlds.emplace_back();
      }
      const std::size_t behind = points_ * replications_;
      std::vector<calibration_sums> sums = play_points(
          team_, task_.figures, worlds, behind, replications_, [&] { finished_(++points_); }, replications_);
      const bool stopped = sums.size() < some.size();
      for (calibration_sums& s : sums) out.push_back(std::move(s));
      if (stopped) break;
    }
    return out;
  }
  /// Of figures that are fitted, their means and chance. \pre two replications or more; asserted
  [[nodiscard]] simulated_point shown(const calibration_sums& sums) const {
    SIFANG_ASSERT(replications_ > 1, "two replications, of which a variance is made");
    simulated_point out;
    if (!sums.seen()) return out;
    const fit_point p = sums.point();
    const auto n = static_cast<double>(replications_);
    for (const std::size_t k : fitted_) {
      double squares = 0;
      for (std::size_t at = k; at < p.influence.size(); at += p.figures.size()) squares += p.influence[at] * p.influence[at];
      out.figures.push_back(p.figures[k]);
      out.one_year.push_back(squares / (n - 1));
      out.error.push_back(squares / (n - 1) / n);
    }
    return out;
  }

 private:
  const Team& team_;
  const calibration_task& task_;
  std::size_t replications_;
  MakeWorld& make_world_;
  Finished& finished_;
  std::vector<plausible_range> laws_;
  std::vector<std::size_t> fitted_;
  std::size_t points_ = 0;
  std::vector<fault> faults_;
};

/// What the draws say of each parameter, and of two together.
template <class = when_called>
inline void judge_parameters(const std::vector<plausible_range>& laws, const unit_points& units, posterior_result& out) {
  std::vector<std::vector<double>> columns(laws.size());
  for (std::size_t j = 0; j < laws.size(); ++j) {
    std::vector<double> u;
    for (std::size_t i = 0; i < out.draws.size(); ++i) {
      u.push_back(units[i][j]);
      columns[j].push_back(out.draws[i][j]);
    }
    const middle_range of_unit = middle_of(u);
    posterior_parameter p{middle_of(columns[j]), {}, (of_unit.upper - of_unit.lower) / 0.9, {}};
    p.beforehand = {quantile_of(laws[j], 0.05), quantile_of(laws[j], 0.5), quantile_of(laws[j], 0.95)};
    p.said = p.width <= 0.5 ? narrowing::fixed : p.width <= 0.8 ? narrowing::narrowed : narrowing::left_open;
    out.parameters.push_back(p);
  }
  for (std::size_t a = 0; a < columns.size(); ++a) {
    for (std::size_t b = a + 1; b < columns.size(); ++b) {
      const double r = rank_correlation_of(span_of(columns[a]), span_of(columns[b])).value;
      if (std::abs(r) >= least_told) out.pairs.push_back({a, b, r});
    }
  }
  std::stable_sort(out.pairs.begin(), out.pairs.end(),
                   [](const posterior_pair& a, const posterior_pair& b) { return std::abs(a.correlation) > std::abs(b.correlation); });
}

/// What the draws say of each figure; one without a value at any draw has NaN.
template <class = when_called>
inline void judge_figures(const calibration_task& task, const std::vector<std::size_t>& fitted, const unit_points& units,
                          const std::vector<calibration_sums>& sums, const std::vector<simulated_point>& shown, posterior_result& out) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  std::vector<emulated_figure> said(fitted.size());
  std::vector<double> scratch, surface(task.figures.size(), 0.0);
  for (std::size_t i = 0; i < units.size(); ++i) {
    out.matching.surfaces.back().predict(units[i], span_to(said), scratch);
    for (std::size_t a = 0; a < fitted.size(); ++a) {
      const double off = shown[i].figures[a] - said[a].mean, variance = said[a].variance + shown[i].error[a];
      if (variance > 0) surface[fitted[a]] += off * off / variance / static_cast<double>(units.size());
    }
  }
  for (std::size_t k = 0; k < task.figures.size(); ++k) {
    std::vector<double> means, years;
    for (const calibration_sums& s : sums) {
      if (const double mean = s.point().figures[k]; std::isfinite(mean)) means.push_back(mean);
      const std::vector<double> each = s.of_each(k);
      years.insert(years.end(), each.begin(), each.end());
    }
    posterior_figure f{{none, none, none}, {none, none, none}, none, std::sqrt(surface[k])};
    if (!means.empty() && !years.empty()) {
      f.expected = middle_of(means);
      f.one_year = middle_of(years);
      const known_figure& known = task.figures[k];
      const std::vector<double>& values = known.of_one_year ? years : means;
      double mean = 0, variance = 0;
      for (const double y : values) mean += y / static_cast<double>(values.size());
      for (const double y : values) variance += (y - mean) * (y - mean) / static_cast<double>(values.size());
      known_figure whole = known;  // one that is held out has no weight, and is judged as if it had
      whole.target.weight = 1;
      f.distance = (f.expected.median - known.target.value) / std::sqrt(variance_of(whole) + variance);
    }
    out.figures.push_back(f);
  }
}

}  // namespace detail

/// Draws of a county's unknown parameters that known figures do not rule out, in proportion to their likelihood (`match_history`).
///
/// A figure's variance is that of its spread (divided by its weight), of the model's lack (`known_figure::lack`) and, since it is of one
/// year, of a year. Each point and each draw is played on years of its own, numbered from 0 of the scenario's seed. At the end the draws
/// are played: what figures they show, those that are held out too, and how far off the surfaces were. The same bytes for any number of
/// threads. \param make_world  from the values of the parameters, in their order, to `checked<world>`: a point of which no world can be
/// made is
///                    left out; called on this thread
/// \param finished    called on this thread after every point, with how many there were; at most `most_points_of` where every county can be
/// \pre two replications at least, a parameter, and a figure of a weight above 0; asserted
/// \complexity points: `most_points_of` × replications; memory: the worlds of sixteen points
template <class Team, class MakeWorld, class Finished>
requires work_team<Team> && std::invocable<MakeWorld&, std::span<const double>>
[[nodiscard]] posterior_result calibrate_posterior(const Team& team, const calibration_task& task, std::size_t replications,
                                                   MakeWorld&& make_world, const posterior_options& options, Finished&& finished) {
  SIFANG_ASSERT(replications > 1, "two replications, of which a variance is made");
  posterior_result out;
  out.replications = replications;
  detail::posterior_player<Team, std::remove_reference_t<MakeWorld>, std::remove_reference_t<Finished>> player(team, task, replications,
                                                                                                               make_world, finished);
  std::vector<seen_figure> seen;
  for (const std::size_t k : player.fitted()) {
    const known_figure& f = task.figures[k];
    seen.push_back({f.target.value, variance_of(f), true, f.of_one_year});
  }
  const auto evaluate = [&](const unit_points& points) {
    std::vector<std::vector<double>> at;
    for (const std::vector<double>& u : points) at.push_back(player.values_at(u));
    std::vector<simulated_point> found;
    for (const detail::calibration_sums& sums : player.play(detail::span_of(at))) found.push_back(player.shown(sums));
    return found;
  };
  // Twice as many as are wanted: some may be counties that cannot be.
  out.matching = match_history(task.parameters.size(), seen, evaluate, 2 * options.draws, options.matching);
  const unit_points candidates = std::move(out.matching.draws);
  std::vector<detail::calibration_sums> sums;
  std::vector<simulated_point> shown;
  unit_points units;
  for (std::size_t next = 0; out.matching.end == matching_end::matched && units.size() < options.draws && next < candidates.size();) {
    std::vector<std::vector<double>> at;
    const std::size_t first = next;
    while (next < candidates.size() && at.size() < options.draws - units.size()) at.push_back(player.values_at(candidates[next++]));
    std::vector<detail::calibration_sums> found = player.play(detail::span_of(at));
    if (found.size() < at.size()) out.matching.end = matching_end::stopped;
    for (std::size_t i = 0; i < found.size(); ++i) {
      simulated_point here = player.shown(found[i]);
      const bool whole = std::all_of(here.figures.begin(), here.figures.end(), [](double f) { return std::isfinite(f); });
      if (here.figures.empty() || !whole) continue;
      units.push_back(candidates[first + i]);
      out.draws.push_back(std::move(at[i]));
      sums.push_back(std::move(found[i]));
      shown.push_back(std::move(here));
    }
  }
  out.points = player.points();
  out.faults = std::move(player.faults());
  if (out.matching.end == matching_end::matched && units.empty()) out.matching.end = matching_end::impossible;
  if (out.matching.end != matching_end::matched) {
    out.draws.clear();
    return out;
  }
  detail::judge_parameters(player.laws(), units, out);
  detail::judge_figures(task, player.fitted(), units, sums, shown, out);
  return out;
}

}  // namespace sifang

#endif
