// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_CALIBRATE_HPP
#define SIFANG_EXPERIMENT_CALIBRATE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/plausible_law.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/moment_fit.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/ratio_sums.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// \file
/// Unknown parameters of a scenario from known figures of the county, by simulated moments on common random numbers.

namespace sifang {

/// What a figure of the county is: a metric of the whole county, or of some items of a dimension.
struct measured_figure {
  metric what{};                      ///< as `metric_table` has it
  dimension split = dimension::all;   ///< the dimension
  std::vector<std::size_t> items{0};  ///< its items, taken together: counts are added, ratios joined
  bool share = false;                 ///< of a count: the part that these items are of the whole county

  /// Where its estimate can be.
  [[nodiscard]] quantity of() const noexcept { return share ? quantity::share : quantity_of(what); }
  /// The unit of the figure.
  [[nodiscard]] std::string_view unit() const noexcept { return share ? "share" : info(what).unit; }
};

/// A figure that is known, and from where.
struct known_figure {
  std::string name;         ///< in tables and files
  measured_figure measure;  ///< what of the model it is compared with
  fit_target target;        ///< its value, spread and weight
  std::string source{};     ///< where it was published
  /// By how much the model's figure may lie beside the truth although its parameters are right, as a standard deviation; below 0: half the
  /// spread.
  double discrepancy = -1;
  bool of_one_year = true;  ///< for draws: a year's own chance is not in its spread

  /// That deviation. Nobody knows how wrong a model is; a half widens the spread by an eighth.
  [[nodiscard]] double lack() const noexcept { return discrepancy < 0 ? 0.5 * target.spread : discrepancy; }
};

/// A parameter that is looked for.
struct unknown_parameter {
  std::string key;        ///< as `--set` has it
  fit_parameter range;    ///< and where the search begins
  plausible_range law{};  ///< how belief is spread over the range beforehand; not open: evenly

  /// The law, that of the range if there is none.
  [[nodiscard]] plausible_range beforehand() const noexcept {
    return law.is_open() ? law : plausible_range{law_kind::uniform, range.least, range.start, range.most, range.whole};
  }
};

/// What is to be fitted to what.
struct calibration_task {
  std::vector<known_figure> figures;          ///< what is known
  std::vector<unknown_parameter> parameters;  ///< what is looked for
};

/// What a calibration found of one figure.
struct calibrated_figure {
  interval at_start,    ///< with the parameters that the search began with
      fitted,           ///< with those that it found, on the same years
      on_other_years;   ///< with those that it found, on as many years that it has not seen
  double distance = 0;  ///< of the fitted figure from its target, in spreads
};

/// What a calibration found.
struct calibration_result {
  std::size_t replications = 0;            ///< years behind each figure
  double confidence = 0.95;                ///< of the intervals
  moment_fit fit;                          ///< parameters, slopes, and what is fixed
  std::vector<calibrated_figure> figures;  ///< in the order of the task; none if the search was stopped, or could not begin
  std::vector<fault> faults{};             ///< why the county cannot be where the search should begin
};

/// Most points at which a search asks the model.
[[nodiscard]] inline std::size_t most_points_of(const calibration_task& task, const fit_options& options) noexcept {
  const std::size_t differences = 2 * task.parameters.size();
  return 4 + static_cast<std::size_t>((std::max)(options.turns, 0)) * (differences + 8) + differences;
}

namespace detail {

/// Numerator and denominator of a figure in one replication.
[[nodiscard]] inline std::pair<double, double> parts_of(const measured_figure& f, const cell_layout& layout,
                                                        const replication_outcome& r) noexcept {
  double y = 0, n = 0;
  for (const std::size_t item : f.items) {
    const std::uint32_t cell = layout.at(f.split, item);
    y += r.sums.numerator(f.what, cell);
    n += r.sums.denominator(f.what, cell);
  }
  if (f.share) return {y, r.sums.numerator(f.what, layout.at(dimension::all, 0))};
  return {y, info(f.what).kind == metric_kind::ratio ? n : n / static_cast<double>(f.items.size())};
}

/// Plays blocks of one point after another: rows of numerators and denominators.
class calibration_worker {
 public:
  calibration_worker(const std::vector<known_figure>& figures, const std::vector<std::optional<world>>& worlds, std::size_t first,
                     std::size_t replications, std::size_t apart)
      : figures_(&figures), worlds_(&worlds), first_(first), replications_(replications), apart_(apart) {}

  void operator()(std::size_t piece, std::vector<double>& out) {
    const std::size_t point = piece / blocks_of(replications_), block = piece % blocks_of(replications_);
    const std::optional<world>& where = (*worlds_)[point];
    if (!where) return;
    if (!player_ || point_ != point) {
      player_.reset();
      player_.emplace(*where);
      point_ = point;
    }
    const std::size_t count = block_size(block, replications_), figures = figures_->size();
    out.resize(2 * count * figures);
    for (std::size_t i = 0; i < count; ++i) {
      const replication_outcome& r = player_->run(static_cast<std::uint32_t>(first_ + point * apart_ + block * block_replications + i));
      for (std::size_t k = 0; k < figures; ++k) {
        const auto [y, n] = parts_of((*figures_)[k].measure, where->layout(), r);
        out[i * figures + k] = y;
        out[(count + i) * figures + k] = n;
      }
    }
  }

 private:
  const std::vector<known_figure>* figures_;
  const std::vector<std::optional<world>>* worlds_;
  std::size_t first_, replications_, apart_, point_ = 0;
  std::optional<replication<>> player_;
};

/// What was seen at one point, block by block.
class calibration_sums {
 public:
  explicit calibration_sums(std::size_t figures = 0) : figures_(figures), sums_(figures), block_(ratio_sums::columns * figures) {}

  template <class = when_called>
  void take(std::span<const double> values) {
    const std::size_t half = values.size() / 2;
    const std::span<const double> y = values.first(half), n = values.subspan(half);
    ratio_sums::of_rows(figures_, y, n, span_to(block_));
    sums_.merge(span_of(block_));
    numerators_.insert(numerators_.end(), y.begin(), y.end());
    denominators_.insert(denominators_.end(), n.begin(), n.end());
  }
  [[nodiscard]] bool seen() const noexcept { return !numerators_.empty(); }
  [[nodiscard]] interval estimate(std::size_t k, quantity what, const t_scale& scale) const noexcept {
    return sums_.estimate(k, what, scale);
  }
  /// The figures, and what each replication adds to their chance: (Y − rN) ÷ mean N.
  template <class = when_called>
  [[nodiscard]] fit_point point() const {
    fit_point out;
    const double rows = static_cast<double>(numerators_.size()) / static_cast<double>((std::max<std::size_t>)(figures_, 1));
    for (std::size_t k = 0; k < figures_; ++k) {
      const double n = sums_.denominator(k);
      out.figures.push_back(n > 0 ? sums_.numerator(k) / n : std::numeric_limits<double>::quiet_NaN());
    }
    out.influence.resize(numerators_.size(), 0.0);
    for (std::size_t at = 0; at < numerators_.size(); ++at) {
      const std::size_t k = at % figures_;
      const double n = sums_.denominator(k);
      if (n > 0) out.influence[at] = (numerators_[at] - out.figures[k] * denominators_[at]) * rows / n;
    }
    return out;
  }
  /// A figure of each replication by itself; those without a value are left out.
  template <class = when_called>
  [[nodiscard]] std::vector<double> of_each(std::size_t k) const {
    std::vector<double> out;
    for (std::size_t at = k; at < numerators_.size(); at += figures_) {
      if (denominators_[at] > 0) out.push_back(numerators_[at] / denominators_[at]);
    }
    return out;
  }

 private:
  std::size_t figures_;
  ratio_sums sums_;
  std::vector<double> block_, numerators_, denominators_;
};

/// Plays replications `first` … `first + replications − 1` of every world; fewer sums than worlds where the team was stopped.
/// \param apart  by how much each world's first replication is behind that of the world before: 0 is the same luck for all
template <class Team, class Finished>
[[nodiscard]] std::vector<calibration_sums> play_points(const Team& team, const std::vector<known_figure>& figures,
                                                        const std::vector<std::optional<world>>& worlds, std::size_t first,
                                                        std::size_t replications, Finished&& finished, std::size_t apart = 0) {
  const std::size_t blocks = blocks_of(replications);
  std::vector<calibration_sums> out(worlds.size(), calibration_sums(figures.size()));
  const std::size_t taken = team.run(
      worlds.size() * blocks, [&] { return calibration_worker(figures, worlds, first, replications, apart); },
      [&](std::size_t piece, std::span<const double> values) {
        if (!values.empty()) out[piece / blocks].take(values);
        if ((piece + 1) % blocks == 0) finished();
      });
  out.resize(taken / blocks, calibration_sums());
  return out;
}

}  // namespace detail

/// Fits parameters of a county to known figures, by the method of simulated moments (`fit_moments`).
///
/// Every point is played on replications 0 … n−1 of the scenario's seed, so that two points differ by their parameters and not by
/// luck. At the end the point that was found is played on the n replications behind these too: what was fitted to the luck of the
/// first shows as a difference. The same bytes for any number of threads.
/// \param make_world  from the values of the parameters, in their order, to `checked<world>`: a point of which no world can be made is
///                    gone round; called on this thread
/// \param team        of threads; one whose pieces arrive here
/// \param confidence  of the intervals
/// \param finished    called on this thread after every point, with how many there were; at most `most_points_of`
/// \pre at least one replication; every figure has its items in every world; asserted \complexity memory: the worlds of two points a
/// parameter, and 16 bytes a figure, point and replication
template <class Team, class MakeWorld, class Finished>
requires work_team<Team> && std::invocable<MakeWorld&, std::span<const double>>
[[nodiscard]] calibration_result calibrate(const Team& team, const calibration_task& task, std::size_t replications, double confidence,
                                           MakeWorld&& make_world, const fit_options& options, Finished&& finished) {
  SIFANG_ASSERT(replications > 0, "at least one replication");
  calibration_result out;
  out.replications = replications;
  out.confidence = confidence;
  std::vector<fit_parameter> ranges;
  for (const unknown_parameter& p : task.parameters) ranges.push_back(p.range);
  std::vector<fit_target> targets;
  for (const known_figure& f : task.figures) targets.push_back(f.target);

  std::size_t points = 0;
  const auto play = [&](const std::vector<std::vector<double>>& at, std::size_t first) {
    std::vector<std::optional<world>> worlds;
    for (const std::vector<double>& values : at) {
      checked<world> made = make_world(detail::span_of(values));
      if (!made && points == 0) out.faults = made.faults();
      if (made)
        worlds.emplace_back(*std::move(made));
      else
        worlds.emplace_back();
    }
    return detail::play_points(team, task.figures, worlds, first, replications, [&] { finished(++points); });
  };
  const auto evaluate = [&](const std::vector<std::vector<double>>& at) {
    std::vector<fit_point> found;
    for (const detail::calibration_sums& sums : play(at, 0)) found.push_back(sums.seen() ? sums.point() : fit_point{});
    return found;
  };
  out.fit = fit_moments(ranges, targets, evaluate, options);
  if (out.fit.end == fit_end::impossible || out.fit.end == fit_end::stopped) return out;

  std::vector<double> begun;
  for (const fit_parameter& p : ranges) begun.push_back(std::clamp(p.start, p.least, p.most));
  const std::vector<detail::calibration_sums> same = play({begun, out.fit.values}, 0), fresh = play({out.fit.values}, replications);
  if (same.size() < 2 || fresh.empty()) {
    out.fit.end = fit_end::stopped;
    return out;
  }
  const t_scale scale(replications, confidence);
  for (std::size_t k = 0; k < task.figures.size(); ++k) {
    const quantity what = task.figures[k].measure.of();
    calibrated_figure f{same[0].estimate(k, what, scale), same[1].estimate(k, what, scale), fresh[0].estimate(k, what, scale), 0};
    f.distance = (f.fitted.estimate - targets[k].value) / targets[k].spread;
    out.figures.push_back(f);
  }
  return out;
}

}  // namespace sifang

#endif
