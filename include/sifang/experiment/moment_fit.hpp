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
  fit_end end = fit_end::impossible;
  std::vector<double> values;              ///< of the parameters; rounded to four digits where a step was taken
  fit_point at_start, at_end;              ///< what the model shows there
  double misfit_at_start = 0, misfit = 0;  ///< Σ weight × (distance in spreads)²
  int turns = 0;                           ///< steps that were taken
  std::size_t points = 0;                  ///< at which the model was asked
  small_matrix slopes, slope_errors;       ///< of each figure (row) by each parameter (column), and the chance in it
  small_matrix sensitivity;                ///< the slopes in spreads over the range of the parameter
  std::vector<fit_direction> directions;   ///< the strongest first
  /// Of each parameter, if the figures lie about the truth as their spreads say: √ of the diagonal of (JᵀWJ)⁻¹. None where
  /// no figure says anything.
  std::vector<std::optional<double>> errors;
  std::vector<std::uint8_t> is_fixed;  ///< of each parameter: whether the figures fix it by itself (1) or not (0)
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

  /// The step of Levenberg and Marquardt at this damping, back within the ranges.
  [[nodiscard]] std::vector<double> stepped(double damping) const {
    std::vector<std::size_t> free;
    std::vector<double> scale(parameters_.size()), downhill(parameters_.size(), 0.0);
    for (std::size_t j = 0; j < parameters_.size(); ++j) {
      const fit_parameter& p = parameters_[j];
      scale[j] = step_of(p);
      double size = 0;
      for (std::size_t k = 0; k < targets_.size(); ++k) {
        const double a = scaled(k, j) * scale[j];
        size += a * a;
        downhill[j] -= a * std::sqrt(targets_[k].weight) * residual(k);
      }
      const bool held = (out_.values[j] <= p.least && downhill[j] <= 0) || (out_.values[j] >= p.most && downhill[j] >= 0);
      if (size > 0 && !held) free.push_back(j);
    }
    small_matrix normal(free.size(), free.size());
    std::vector<double> right;
    for (std::size_t a = 0; a < free.size(); ++a) {
      right.push_back(downhill[free[a]]);
      for (std::size_t b = 0; b < free.size(); ++b) {
        for (std::size_t k = 0; k < targets_.size(); ++k)
          normal.at(a, b) += scaled(k, free[a]) * scale[free[a]] * scaled(k, free[b]) * scale[free[b]];
      }
      normal.at(a, a) *= 1 + damping;
    }
    const std::vector<double> step = solve_positive(std::move(normal), std::move(right));
    std::vector<double> to = out_.values;
    for (std::size_t a = 0; a < step.size(); ++a) {
      const std::size_t j = free[a];
      to[j] = rounded(to[j] + step[a] * scale[j], parameters_[j]);
    }
    return to;
  }
  [[nodiscard]] double residual(std::size_t k) const noexcept {
    return targets_[k].weight == 0 ? 0 : (out_.at_end.figures[k] - targets_[k].value) / targets_[k].spread;
  }
  /// A slope in spreads, weighted.
  [[nodiscard]] double scaled(std::size_t k, std::size_t j) const noexcept {
    return out_.slopes.at(k, j) / targets_[k].spread * std::sqrt(targets_[k].weight);
  }

  /// Takes the best of steps of several dampings. \returns by which part the misfit fell, 0 if none does better; nothing if the
  /// caller has stopped
  [[nodiscard]] std::optional<double> take_step() {
    constexpr double least_damping = 1e-6, most_damping = 1e6;
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
    small_matrix weighted(figures, count), noise(figures, count);
    out_.is_moved.assign(figures, 0);
    for (std::size_t k = 0; k < figures; ++k) {
      for (std::size_t j = 0; j < count; ++j) {
        const double width = parameters_[j].most - parameters_[j].least;
        const double over_range = out_.slopes.at(k, j) * width / targets_[k].spread;
        const double by_chance = out_.slope_errors.at(k, j) * width / targets_[k].spread;
        out_.sensitivity.at(k, j) = over_range;
        weighted.at(k, j) = over_range * std::sqrt(targets_[k].weight);
        noise.at(k, j) = by_chance * std::sqrt(targets_[k].weight);
        if (std::abs(over_range) >= 1 && std::abs(over_range) > 3 * by_chance) out_.is_moved[k] = 1;
      }
    }
    const singular_system found = singular_values(weighted);
    for (std::size_t i = 0; i < count; ++i) {
      fit_direction d{found.values[i], 0, {}, false};
      for (std::size_t j = 0; j < count; ++j) {
        const double part = found.directions.at(i, j);
        d.parts.push_back(part);
        for (std::size_t k = 0; k < figures; ++k) d.noise += noise.at(k, j) * noise.at(k, j) * part * part;
      }
      d.noise = std::sqrt(d.noise);
      d.is_fixed = d.strength * spread_of_range > 1 && d.strength > 3 * d.noise;
      out_.directions.push_back(std::move(d));
    }
    constexpr double takes_part = 0.2;
    for (std::size_t j = 0; j < count; ++j) {
      double variance = 0;
      bool known = true, fixed = true;
      for (const fit_direction& d : out_.directions) {
        if (d.parts[j] == 0) continue;
        if (d.strength > 0)
          variance += d.parts[j] * d.parts[j] / (d.strength * d.strength);
        else
          known = false;
        if (!d.is_fixed && std::abs(d.parts[j]) >= takes_part) fixed = false;
      }
      const double error = std::sqrt(variance);
      if (known)
        out_.errors.emplace_back(error * (parameters_[j].most - parameters_[j].least));
      else
        out_.errors.emplace_back();
      out_.is_fixed.push_back(static_cast<std::uint8_t>(fixed && known && error < spread_of_range));
    }
  }

  const std::vector<fit_parameter>& parameters_;
  const std::vector<fit_target>& targets_;
  Evaluate& evaluate_;
  moment_fit out_;
  double damping_ = 0.01;
};

}  // namespace detail

/// Looks for the parameters at which Σ weight × ((figure − target) ÷ spread)² is least.
///
/// Levenberg's and Marquardt's method, with slopes from differences to both sides. The model is asked for many points at once; the
/// search is the same however it answers. Parameters stay within their ranges. At the end the singular values of the slopes say which
/// combinations of parameters the figures fix: a direction counts as fixed if its standard deviation, 1 ÷ strength, is below that of
/// its range itself (1/√12), and its strength is above three times what chance alone makes.
/// \param evaluate  from points, `std::vector<std::vector<double>>`, to a `fit_point` for each; fewer than asked for: stop
/// \pre every spread is above 0, and ranges have least ≤ most; asserted
/// \complexity points: 1 + turns × (2 × parameters + 4 to 8)
template <class Evaluate>
[[nodiscard]] moment_fit fit_moments(const std::vector<fit_parameter>& parameters, const std::vector<fit_target>& targets,
                                     Evaluate&& evaluate, const fit_options& options = {}) {
  for ([[maybe_unused]] const fit_parameter& p : parameters) SIFANG_ASSERT(p.least <= p.most, "a range");
  for ([[maybe_unused]] const fit_target& t : targets) SIFANG_ASSERT(t.spread > 0 && t.weight >= 0, "a spread above 0");
  return detail::moment_search<std::remove_reference_t<Evaluate>>(parameters, targets, evaluate).run(options);
}

}  // namespace sifang

#endif
