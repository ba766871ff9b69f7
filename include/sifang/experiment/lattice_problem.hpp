// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_LATTICE_PROBLEM_HPP
#define SIFANG_EXPERIMENT_LATTICE_PROBLEM_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/ratio_sums.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

/// \file
/// The least cost that meets targets, where a decision is a level of each of several variables and what a decision brings is known by
/// simulation alone: what the problem is, and what was seen of its points. What is simulated does not matter here; `optimise` is this with
/// a county, and "sifang/experiment/lattice_search.hpp" looks for the answer.

namespace sifang {

/// A level of each variable, counted from 0: a point of the lattice.
using lattice_point = std::vector<int>;

/// One variable. Its levels stand in order of effort: a higher one costs no less, and serves no worse as far as one knows.
struct lattice_axis {
  int levels = 1;                ///< at least 1
  int start = 0;                 ///< where the search begins
  std::vector<double> prices{};  ///< what each level costs, beside what sampling finds; none: nothing
};

/// What a decision must bring.
struct lattice_target {
  double bound = 0;                 ///< where it is met
  bool at_least = true;             ///< or at most
  quantity what = quantity::share;  ///< chooses the interval
};

/// Rows of some replications of one point, as a model finds them: a numerator and a denominator of each figure, figure after figure in a
/// row. Figures are those of the targets, in their order, and behind them the cost if the problem samples it. Empty: there is no such
/// point (the model cannot be there).
struct lattice_rows {
  std::vector<double> numerators,  ///< replications × figures
      denominators;                ///< likewise
};

/// Replications that are asked for.
struct lattice_request {
  lattice_point at;        ///< where
  std::size_t first = 0,   ///< number of the first
      count = 0;           ///< how many
  bool first_time = true;  ///< whether nothing of this point was asked before
};

/// What is decided, what it must bring, and who knows what it brings.
struct lattice_problem {
  std::vector<lattice_axis> axes;       ///< at least one
  std::vector<lattice_target> targets;  ///< of figures that are sampled
  std::vector<double> limits{};         ///< that what is known of a point without sampling (`known`) may not be above
  bool samples_cost = false;            ///< the last figure is a cost, added to the prices
  /// Rows of each request, in order; fewer than requests where the caller stops.
  std::function<std::vector<lattice_rows>(const std::vector<lattice_request>&)> sample;
  /// What is known of a point without sampling, in the order of `limits`; empty: there is no such point. Not called without limits.
  std::function<std::vector<double>(const lattice_point&)> known{};

  /// Figures in a row.
  [[nodiscard]] std::size_t figures() const noexcept { return targets.size() + (samples_cost ? 1 : 0); }
  /// Points of the lattice; infinite where a double does not hold so many.
  template <class = when_called>
  [[nodiscard]] double points() const noexcept {
    double out = 1;
    for (const lattice_axis& a : axes) out *= a.levels;
    return out;
  }
  /// What the levels of a point cost.
  template <class = when_called>
  [[nodiscard]] double price(const lattice_point& at) const noexcept {
    double sum = 0;
    for (std::size_t j = 0; j < axes.size(); ++j) {
      if (!axes[j].prices.empty()) sum += axes[j].prices[static_cast<std::size_t>(at[j])];
    }
    return sum;
  }
};

/// What intervals say of a target, or of a point with all its targets.
enum class lattice_state : std::uint8_t {
  not_seen,   ///< nothing was sampled
  holds,      ///< the whole interval meets it
  fails,      ///< the whole interval misses it
  undecided,  ///< it lies in the interval
  no_data,    ///< the figure has no value: nothing of its kind is counted
};

/// By how much a figure meets a target: above 0 it does. Bounds are those of its interval.
struct lattice_slack {
  double estimate = 0,                            ///< of the figure, seen from the target
      least = 0,                                  ///< where the interval is worst
      most = 0;                                   ///< where it is best
  lattice_state state = lattice_state::not_seen;  ///< what the interval says of the target
};
/// Of a figure with its interval. Where replications are too few for an interval, nothing is decided.
[[nodiscard]] inline lattice_slack slack_of(const lattice_target& target, const interval& seen) noexcept {
  constexpr double endless = std::numeric_limits<double>::infinity();
  if (!seen.has_value()) return {-endless, -endless, endless, lattice_state::no_data};
  const double sign = target.at_least ? 1 : -1;
  lattice_slack out;
  out.estimate = sign * (seen.estimate - target.bound);
  out.least = target.at_least ? seen.lower - target.bound : target.bound - seen.upper;
  out.most = target.at_least ? seen.upper - target.bound : target.bound - seen.lower;
  if (seen.kind == interval_kind::too_little_data) {
    out.least = -endless;
    out.most = endless;
  }
  out.state = out.least >= 0 ? lattice_state::holds : out.most < 0 ? lattice_state::fails : lattice_state::undecided;
  return out;
}

/// What was sampled of a point: sums, in blocks that do not depend on who sampled them, and what each replication cost.
class lattice_sums {
 public:
  /// Nothing seen yet of so many figures.
  explicit lattice_sums(std::size_t figures = 0) : sums_(figures), block_(ratio_sums::columns * figures) {}

  /// Replications seen.
  [[nodiscard]] std::size_t replications() const noexcept { return seen_; }
  /// The next replications. \pre rows of these figures; asserted
  template <class = when_called>
  void add(const lattice_rows& rows, bool has_cost) {
    const std::size_t figures = sums_.size(), count = figures == 0 ? 0 : rows.numerators.size() / figures;
    SIFANG_ASSERT(rows.numerators.size() == rows.denominators.size() && rows.numerators.size() == count * figures, "rows of these figures");
    constexpr std::size_t together = 8;
    for (std::size_t from = 0; from < count; from += together) {
      const std::size_t width = (std::min)(together, count - from) * figures;
      ratio_sums::of_rows(figures, detail::span_of(rows.numerators).subspan(from * figures, width),
                          detail::span_of(rows.denominators).subspan(from * figures, width), detail::span_to(block_));
      sums_.merge(detail::span_of(block_));
    }
    for (std::size_t i = 0; has_cost && i < count; ++i) costs_.push_back(rows.numerators[(i + 1) * figures - 1]);
    seen_ += count;
  }
  /// The interval of a figure. \pre `scale` is of as many replications; asserted
  [[nodiscard]] interval estimate(std::size_t figure, quantity what, const t_scale& scale) const noexcept {
    SIFANG_ASSERT(scale.replications() == seen_, "a scale of as many replications");
    return sums_.estimate(figure, what, scale);
  }
  /// A figure as it is estimated; no number where it has no value.
  [[nodiscard]] double ratio(std::size_t figure) const noexcept {
    return sums_.denominator(figure) > 0 ? sums_.ratio(figure) : std::numeric_limits<double>::quiet_NaN();
  }
  /// Standard error of a figure, by the variance of its replications; 0 with fewer than two, or without a value.
  template <class = when_called>
  [[nodiscard]] double standard_error(std::size_t figure) const noexcept {
    if (seen_ < 2 || !(sums_.denominator(figure) > 0)) return 0;
    const auto n = static_cast<double>(seen_);
    return std::sqrt(sums_.squares(figure) * n / (n - 1)) / sums_.denominator(figure);
  }
  /// What each replication cost, if that was sampled.
  [[nodiscard]] const std::vector<double>& costs() const noexcept { return costs_; }

 private:
  std::size_t seen_ = 0;
  ratio_sums sums_;
  std::vector<double> block_, costs_;
};

/// How a point came to be looked at.
enum class lattice_step : std::uint8_t {
  start,       ///< where the search began
  widest,      ///< all variables at their highest level
  diagonal,    ///< between both
  bisection,   ///< one variable lowered as far as targets hold
  difference,  ///< some levels away from the best so far in one variable: what the variable brings
  exchange,    ///< cheaper by what the differences say, and still meeting the targets
  repair,      ///< nearer to the targets, where no point was known that meets them
  neighbour,   ///< a level below the answer
};

/// A point that was looked at.
struct lattice_trial {
  lattice_point at;                     ///< where
  lattice_step why{};                   ///< how it came to be looked at first
  bool possible = true;                 ///< the model can be there
  std::vector<double> known{};          ///< what is known without sampling
  bool within_limits = true;            ///< none of it is above its limit
  lattice_sums early,                   ///< the first look
      sums;                             ///< all replications of the search, the first look among them
  bool screened = false;                ///< the first look was enough to tell that targets are missed
  double cost = 0;                      ///< prices and what sampling found
  std::vector<lattice_slack> slacks{};  ///< of each target, on all replications of the search
};

/// A point on numbers that the search has not seen.
struct lattice_proof {
  lattice_point at;                               ///< where
  int axis = -1;                                  ///< the variable that is a level lower than the answer's; -1: the answer itself
  std::size_t replications = 0;                   ///< fresh ones
  lattice_state state = lattice_state::not_seen;  ///< of all targets together
  std::vector<interval> figures{};                ///< each with its interval, all of a round true together
  std::vector<lattice_slack> slacks{};            ///< what they say of the targets
  std::vector<double> known{};                    ///< without sampling
  interval cost{};                                ///< at the plain confidence
  interval saved{};                               ///< cost of the answer minus its own, on the same replications; none for the answer
};

/// How a search ended.
enum class lattice_end : std::uint8_t {
  proven,         ///< the answer meets every target, at the confidence asked for
  not_proven,     ///< points seem to meet the targets, and none was shown to
  cannot_be_met,  ///< no point that was tried meets them
  impossible,     ///< the model cannot be at any point that was tried, or a target has no value there
  stopped,        ///< by the caller
};

/// How far a search goes.
struct lattice_options {
  double confidence = 0.95;     ///< with which all intervals of all rounds of the proof hold together
  std::size_t first_look = 16,  ///< replications after which a point that misses clearly is left
      search = 64,              ///< replications of a point in the search
      proof_look = 64,          ///< fresh replications of a point after which what is clear is left
      proof = 512,              ///< and the most
      budget = 20000;           ///< replications altogether; the proof of a point that was begun is ended
  int reach = 3,                ///< levels to either side that differences are taken over, and that one step of the search goes
      rounds = 6;               ///< of proof
};

/// What a search found.
struct lattice_answer {
  lattice_end end = lattice_end::impossible;  ///< how it ended
  std::vector<lattice_trial> trials;          ///< every point, in the order in which they were looked at
  std::vector<std::size_t> path;              ///< of these: those that were the best so far, the last one the answer of the search
  lattice_point at;                           ///< the answer, or the point that comes nearest
  lattice_proof proof;                        ///< of it, on fresh numbers
  std::vector<lattice_proof> below;           ///< every point that is one level lower in one variable, on fresh numbers
  std::size_t replications = 0;               ///< simulated altogether
  int rounds = 0;                             ///< of proof
  bool has_looked_below = false;              ///< at all of `below`; else the budget, or the caller, ended it
  bool out_of_budget = false;                 ///< there would have been more to look at
  bool is_stopped = false;                    ///< by the caller
  bool seen_all = false;                      ///< every point of the lattice was looked at
};

}  // namespace sifang

#endif
