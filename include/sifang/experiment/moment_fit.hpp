// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_MOMENT_FIT_HPP
#define SIFANG_EXPERIMENT_MOMENT_FIT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/singular_values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

/// \file
/// The method of simulated moments (McFadden 1989): parameters at which the figures of a model come nearest to known ones, and
/// what these figures do not say of them. What the model is does not matter here; `calibrate` is this with a county.

namespace sifang {

/// A parameter that is looked for.
struct fit_parameter {
  double least = 0,    ///< it may not be below
      most = 1;        ///< nor above; the width between is what the figures are measured against
  double start = 0.5;  ///< where the search begins
  double step = 0;     ///< half the width of the differences that slopes are made from; 0: as `step_of` says
  bool whole = false;  ///< whole numbers alone
};

/// A figure that is known.
struct fit_target {
  double value = 0;   ///< what the model should show
  double spread = 1;  ///< by how much the truth may lie beside it, as a standard deviation; above 0
  double weight = 1;  ///< of its squared distance; 0: looked at, not fitted
};

/// What the model shows at one point.
struct fit_point {
  std::vector<double> figures;  ///< one for each target; empty: the model cannot be at this point
  /// How much each replication adds to the chance in each figure, row by row: what a figure is off by is the mean of its column.
  /// Empty: no chance. The same row of two points stands for the same luck.
  std::vector<double> influence{};
};

/// A combination of parameters, each as a part of its own range, and how strongly the figures answer to it.
struct fit_direction {
  double strength = 0;        ///< spreads by which the figures change together over a whole range in this direction
  double noise = 0;           ///< what the strength would be by chance alone
  std::vector<double> parts;  ///< of each parameter; of length 1 together
  bool is_fixed = false;      ///< the figures say more of it than that it lies in its range
};

/// How a search ended.
enum class fit_end : std::uint8_t {
  settled,       ///< no step makes the misfit smaller by as much as a thousandth
  out_of_turns,  ///< after as many turns as were allowed
  stopped,       ///< by the caller: the best so far
  impossible,    ///< the model cannot be where the search should begin
};

/// How far a search may go.
struct fit_options {
  int turns = 12;  ///< each is two points a parameter, and four or eight more
};

/// What a search found.
struct moment_fit {
  fit_end end = fit_end::impossible;      ///< how the search ended
  std::vector<double> values;             ///< of the parameters; rounded to four digits where a step was taken
  fit_point at_start,                     ///< what the model shows where the search began
      at_end;                             ///< and where it ended
  double misfit_at_start = 0,             ///< Σ weight × (distance in spreads)² where it began
      misfit = 0;                         ///< and where it ended
  int turns = 0;                          ///< steps that were taken
  std::size_t points = 0;                 ///< at which the model was asked
  small_matrix slopes,                    ///< of each figure (row) by each parameter (column)
      slope_errors;                       ///< the chance in them
  small_matrix sensitivity;               ///< the slopes in spreads over the range of the parameter
  std::vector<fit_direction> directions;  ///< the strongest first
  /// Of each parameter, if the figures lie about the truth as their spreads say: √ of the diagonal of (JᵀWJ + 12/range²)⁻¹. The range
  /// counts as knowledge too, of a standard deviation of 1/√12 of its width: no error is above that.
  std::vector<double> errors;
  std::vector<std::uint8_t> is_fixed;  ///< of each parameter: whether the figures fix it by itself (1) or leave more than a tenth open (0)
  std::vector<std::uint8_t> is_moved;  ///< of each figure: whether a parameter moves it (1) or none (0)
  /// Strongest over weakest direction; infinite where a direction moves nothing.
  [[nodiscard]] double condition() const noexcept {
    if (directions.empty() || directions.back().strength <= 0) return std::numeric_limits<double>::infinity();
    return directions.front().strength / directions.back().strength;
  }
};

/// A standard deviation below which a range says as much by itself: that of a uniform law over it, 1/√12 of its width.
inline constexpr double spread_of_range = 0.28867513459481287;

/// Half the width of the differences for a parameter that does not say: a twentieth of where the search begins, of the range if
/// that is 0, at most a quarter of the range, and at least 1 for whole numbers.
[[nodiscard]] inline double step_of(const fit_parameter& p) noexcept {
  const double width = p.most - p.least;
  double out = p.step > 0 ? p.step : 0.05 * (p.start != 0 ? std::abs(p.start) : width);
  out = (std::min)(out, width / 4);
  return p.whole ? (std::max)(1.0, std::round(out)) : out;
}

namespace detail {

/// The number of four digits that is nearest, or the nearest whole number, within the range.
[[nodiscard]] inline double rounded(double value, const fit_parameter& p) noexcept {
  if (p.whole) {
    value = std::round(value);
  } else {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, 3);
    std::from_chars(text, end.ptr, value);
  }
  return std::clamp(value, p.least, p.most);
}

/// Σ weight × (distance in spreads)². \pre the point is possible: it has a figure for each target; asserted
[[nodiscard]] inline double misfit_of(const std::vector<fit_target>& targets, const std::vector<double>& figures) noexcept {
  SIFANG_ASSERT(figures.size() == targets.size(), "a figure for each target");
  double out = 0;
  for (std::size_t k = 0; k < targets.size(); ++k) {
    if (targets[k].weight == 0) continue;
    const double distance = (figures[k] - targets[k].value) / targets[k].spread;
    out += targets[k].weight * distance * distance;
  }
  return out;
}

/// Standard error of figure `k` at a point minus that at another, on the same luck.
[[nodiscard]] inline double paired_error(const fit_point& a, const fit_point& b, std::size_t figures, std::size_t k) noexcept {
  if (a.influence.size() != b.influence.size() || a.influence.size() < 2 * figures) return 0;
  const std::size_t n = a.influence.size() / figures;
  double squares = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double d = a.influence[i * figures + k] - b.influence[i * figures + k];
    squares += d * d;
  }
  return std::sqrt(squares / (static_cast<double>(n) * static_cast<double>(n - 1)));
}

/// One search.
template <class Evaluate>
class moment_search {
 public:
  moment_search(const std::vector<fit_parameter>& parameters, const std::vector<fit_target>& targets, Evaluate& evaluate)
      : parameters_(parameters), targets_(targets), evaluate_(evaluate) {}

  [[nodiscard]] moment_fit run(const fit_options& options) {
    for (const fit_parameter& p : parameters_) out_.values.push_back(std::clamp(p.start, p.least, p.most));
    std::vector<fit_point> first = ask({out_.values});
    if (first.empty()) return ended(fit_end::stopped);
    if (!is_possible(first[0])) return ended(fit_end::impossible);
    out_.at_start = out_.at_end = std::move(first[0]);
    out_.misfit_at_start = out_.misfit = misfit_of(targets_, out_.at_end.figures);
    fit_end end = fit_end::out_of_turns;
    for (bool last = false;;) {
      if (!find_slopes()) return ended(fit_end::stopped);
      if (last || out_.turns == options.turns) break;
      const std::optional<double> better = take_step();
      if (!better) return ended(fit_end::stopped);
      last = *better < 1e-3;
      if (last) end = fit_end::settled;
      if (*better == 0) break;  // the slopes are those of where it stays
    }
    say_what_is_fixed();
    return ended(end);
  }

 private:
  [[nodiscard]] moment_fit ended(fit_end end) {
    out_.end = end;
    return std::move(out_);
  }
  /// As many points as were asked for, or none if the caller has stopped.
  [[nodiscard]] std::vector<fit_point> ask(const std::vector<std::vector<double>>& points) {
    std::vector<fit_point> found = evaluate_(points);
    if (found.size() < points.size()) return {};
    out_.points += points.size();
    return found;
  }
  /// Whether all figures that are fitted have a value there.
  [[nodiscard]] bool is_possible(const fit_point& at) const noexcept {
    if (at.figures.size() != targets_.size()) return false;
    for (std::size_t k = 0; k < targets_.size(); ++k) {
      if (targets_[k].weight > 0 && !std::isfinite(at.figures[k])) return false;
    }
    return true;
  }

  /// Differences to both sides on the same luck; to one side at the end of a range, and where the other is impossible.
  [[nodiscard]] bool find_slopes() {
    const std::size_t figures = targets_.size(), count = parameters_.size();
    std::vector<std::vector<double>> points;
    std::vector<double> places;  // of the parameter that moves, two a parameter
    for (std::size_t j = 0; j < count; ++j) {
      const fit_parameter& p = parameters_[j];
      const double here = out_.values[j], step = step_of(p);
      for (const double to : {(std::max)(here - step, p.least), (std::min)(here + step, p.most)}) {
        points.push_back(out_.values);
        points.back()[j] = p.whole ? std::round(to) : to;
        places.push_back(points.back()[j]);
      }
    }
    const std::vector<fit_point> found = ask(points);
    if (found.empty() && count > 0) return false;
    out_.slopes = out_.slope_errors = small_matrix(figures, count);
    for (std::size_t j = 0; j < count; ++j) {
      const auto side = [&](std::size_t at) {
        return is_possible(found[at]) ? std::pair(&found[at], places[at]) : std::pair(&std::as_const(out_.at_end), out_.values[j]);
      };
      const auto [below, low] = side(2 * j);
      const auto [above, high] = side(2 * j + 1);
      if (!(high > low)) continue;
      for (std::size_t k = 0; k < figures; ++k) {
        const double slope = (above->figures[k] - below->figures[k]) / (high - low);
        if (!std::isfinite(slope)) continue;  // of a figure that is not fitted and has no value here
        out_.slopes.at(k, j) = slope;
        out_.slope_errors.at(k, j) = paired_error(*above, *below, figures, k) / (high - low);
      }
    }
    return true;
  }

  /// A slope in weighted spreads over the range of its parameter, and the chance in it.
  [[nodiscard]] double over_range(std::size_t k, std::size_t j, const small_matrix& of) const noexcept {
    return of.at(k, j) * (parameters_[j].most - parameters_[j].least) / targets_[k].spread * std::sqrt(targets_[k].weight);
  }
  /// Combinations of some parameters, the strongest first, each as long as all parameters together.
  [[nodiscard]] std::vector<fit_direction> directions_of(const std::vector<std::size_t>& some) const {
    const std::size_t figures = targets_.size();
    small_matrix weighted(figures, some.size());
    for (std::size_t a = 0; a < some.size(); ++a) {
      for (std::size_t k = 0; k < figures; ++k) weighted.at(k, a) = over_range(k, some[a], out_.slopes);
    }
    const singular_system found = singular_values(std::move(weighted));
    std::vector<fit_direction> out;
    for (std::size_t i = 0; i < some.size(); ++i) {
      constexpr double rounding = 1e-12;
      fit_direction d{found.values[i] > rounding * found.values[0] ? found.values[i] : 0, 0, std::vector<double>(parameters_.size(), 0.0),
                      false};
      for (std::size_t a = 0; a < some.size(); ++a) {
        const double part = found.directions.at(i, a);
        d.parts[some[a]] = part;
        for (std::size_t k = 0; k < figures; ++k) {
          const double chance = over_range(k, some[a], out_.slope_errors) * part;
          d.noise += chance * chance;
        }
      }
      d.noise = std::sqrt(d.noise);
      d.is_fixed = d.strength * spread_of_range > 1 && d.strength > 3 * d.noise;
      out.push_back(std::move(d));
    }
    return out;
  }
  /// Whether some figure that is fitted answers to a parameter, by a spread at least over its range and more than by chance.
  [[nodiscard]] bool is_heard(std::size_t j) const noexcept {
    for (std::size_t k = 0; k < targets_.size(); ++k) {
      const double slope = std::abs(over_range(k, j, out_.slopes));
      if (slope >= 1 && slope > 3 * over_range(k, j, out_.slope_errors)) return true;
    }
    return false;
  }

  /// The step of Levenberg and Marquardt at this damping, along the combinations that the figures answer to, back within the ranges.
  [[nodiscard]] std::vector<double> stepped(double damping) const {
    std::vector<std::size_t> free;
    for (std::size_t j = 0; j < parameters_.size(); ++j) {
      const fit_parameter& p = parameters_[j];
      double downhill = 0;
      for (std::size_t k = 0; k < targets_.size(); ++k) downhill -= over_range(k, j, out_.slopes) * residual(k);
      const bool held = (out_.values[j] <= p.least && downhill <= 0) || (out_.values[j] >= p.most && downhill >= 0);
      if (!held && is_heard(j)) free.push_back(j);
    }
    std::vector<double> to = out_.values;
    std::vector<double> step(parameters_.size(), 0.0);
    double strongest = 0;
    for (const fit_direction& d : directions_of(free)) {
      strongest = (std::max)(strongest, d.strength);
      if (d.strength < 1 || d.strength <= 3 * d.noise) continue;
      double along = 0;
      for (std::size_t k = 0; k < targets_.size(); ++k) {
        double slope = 0;
        for (const std::size_t j : free) slope += over_range(k, j, out_.slopes) * d.parts[j];
        along -= slope * residual(k);
      }
      const double length = along / (d.strength * d.strength + damping * strongest * strongest);
      for (const std::size_t j : free) step[j] += length * d.parts[j];
    }
    for (const std::size_t j : free) to[j] = rounded(to[j] + step[j] * (parameters_[j].most - parameters_[j].least), parameters_[j]);
    return to;
  }
  /// How far a figure is off, in weighted spreads.
  [[nodiscard]] double residual(std::size_t k) const noexcept {
    const fit_target& t = targets_[k];
    return t.weight == 0 ? 0 : (out_.at_end.figures[k] - t.value) / t.spread * std::sqrt(t.weight);
  }

  /// Takes the best of steps of several dampings. \returns by which part the misfit fell, 0 if none does better; nothing if the
  /// caller has stopped
  [[nodiscard]] std::optional<double> take_step() {
    constexpr double least_damping = 1e-8, most_damping = 1e6;
    for (int again = 0; again < 2; ++again) {
      std::vector<std::vector<double>> points;
      std::vector<double> dampings;
      for (const double factor : {0.1, 1.0, 10.0, 100.0}) {
        const double damping = std::clamp(damping_ * factor, least_damping, most_damping);
        std::vector<double> to = stepped(damping);
        if (to == out_.values || std::find(points.begin(), points.end(), to) != points.end()) continue;
        points.push_back(std::move(to));
        dampings.push_back(damping);
      }
      if (points.empty()) return 0;
      std::vector<fit_point> found = ask(points);
      if (found.empty()) return std::nullopt;
      std::size_t best = points.size();
      double least = out_.misfit;
      for (std::size_t i = 0; i < points.size(); ++i) {
        if (!is_possible(found[i])) continue;
        if (const double misfit = misfit_of(targets_, found[i].figures); misfit < least) {
          least = misfit;
          best = i;
        }
      }
      if (best < points.size()) {
        const double part = (out_.misfit - least) / out_.misfit;
        out_.values = std::move(points[best]);
        out_.at_end = std::move(found[best]);
        out_.misfit = least;
        damping_ = dampings[best];
        ++out_.turns;
        return part;
      }
      damping_ = (std::min)(damping_ * 1e4, most_damping);
    }
    return 0;
  }

  /// From the slopes where the search ended: what each direction of the ranges is worth, and what follows for each parameter.
  void say_what_is_fixed() {
    const std::size_t figures = targets_.size(), count = parameters_.size();
    out_.sensitivity = small_matrix(figures, count);
    out_.is_moved.assign(figures, 0);
    for (std::size_t k = 0; k < figures; ++k) {
      for (std::size_t j = 0; j < count; ++j) {
        const double width = (parameters_[j].most - parameters_[j].least) / targets_[k].spread;
        out_.sensitivity.at(k, j) = out_.slopes.at(k, j) * width;
        const double moved = std::abs(out_.sensitivity.at(k, j));
        if (moved >= 1 && moved > 3 * out_.slope_errors.at(k, j) * width) out_.is_moved[k] = 1;
      }
    }
    // A parameter that nothing answers to is a direction of its own: mixed with others it would only blur them.
    std::vector<std::size_t> heard;
    for (std::size_t j = 0; j < count; ++j) {
      if (is_heard(j)) heard.push_back(j);
    }
    out_.directions = directions_of(heard);
    for (std::size_t j = 0; j < count; ++j) {
      if (is_heard(j)) continue;
      out_.directions.push_back(directions_of({j}).front());
      out_.directions.back().is_fixed = false;
    }
    std::stable_sort(out_.directions.begin(), out_.directions.end(),
                     [](const fit_direction& a, const fit_direction& b) { return a.strength > b.strength; });
    constexpr double most_in_the_open = 0.1;
    for (std::size_t j = 0; j < count; ++j) {
      double variance = 0, in_the_open = 0;
      for (const fit_direction& d : out_.directions) {
        const double square = d.parts[j] * d.parts[j];
        variance += square / (d.strength * d.strength + 1 / (spread_of_range * spread_of_range));
        if (!d.is_fixed) in_the_open += square;
      }
      out_.errors.push_back(std::sqrt(variance) * (parameters_[j].most - parameters_[j].least));
      out_.is_fixed.push_back(static_cast<std::uint8_t>(in_the_open < most_in_the_open));
    }
  }

  const std::vector<fit_parameter>& parameters_;
  const std::vector<fit_target>& targets_;
  Evaluate& evaluate_;
  moment_fit out_;
  double damping_ = 0.001;
};

}  // namespace detail

/// Looks for the parameters at which Σ weight × ((figure − target) ÷ spread)² is least.
///
/// Levenberg's and Marquardt's method, with slopes from differences to both sides. The model is asked for many points at once. Parameters
/// stay within their ranges, and move only in combinations that the figures answer to, by a spread at least over the ranges and more than
/// by chance: what the figures do not say stays where it was. At the end the singular values of the slopes say which combinations of
/// parameters the figures fix: a direction counts as fixed if its standard deviation, 1 ÷ strength, is below that of its range itself
/// (1/√12), and its strength is above three times what chance alone makes. \param evaluate  from points,
/// `std::vector<std::vector<double>>`, to a `fit_point` for each; fewer than asked for: stop \pre every spread is above 0, and ranges have
/// least ≤ most; asserted \complexity points: 1 + turns × (2 × parameters + 4 to 8)
template <class Evaluate>
[[nodiscard]] moment_fit fit_moments(const std::vector<fit_parameter>& parameters, const std::vector<fit_target>& targets,
                                     Evaluate&& evaluate, const fit_options& options = {}) {
  for ([[maybe_unused]] const fit_parameter& p : parameters) SIFANG_ASSERT(p.least <= p.most, "a range");
  for ([[maybe_unused]] const fit_target& t : targets) SIFANG_ASSERT(t.spread > 0 && t.weight >= 0, "a spread above 0");
  return detail::moment_search<std::remove_reference_t<Evaluate>>(parameters, targets, evaluate).run(options);
}

}  // namespace sifang

#endif
