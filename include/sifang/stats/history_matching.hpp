// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_HISTORY_MATCHING_HPP
#define SIFANG_STATS_HISTORY_MATCHING_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/random/random.hpp"
#include "sifang/stats/latin_hypercube.hpp"
#include "sifang/stats/population.hpp"
#include "sifang/stats/response_surface.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

/// \file
/// History matching (Craig, Goldstein, Seheult & Smith 1997; Vernon, Goldstein & Bower 2010): which parameters of a model are not ruled out
/// by what is known of its figures, and draws of them in proportion to their likelihood. What the model is does not matter here.

namespace sifang {

/// A figure that was seen.
struct seen_figure {
  double value = 0,         ///< as it was seen
      variance = 0;         ///< of what the truth may lie beside it: the spread of the source, and what the model lacks (discrepancy)
  bool is_evidence = true,  ///< false: held out
      of_one_year = true;   ///< it is of one replication (a year), whose chance belongs to it
};

/// How far a history matching may go.
struct matching_options {
  std::size_t waves = 5,  ///< at most; at least 1
      points = 0,         ///< of each wave; 0: `points_of_wave`
      population = 1000;  ///< points that stand for what is left
  double cutoff =
      3;  ///< greatest implausibility of what is not ruled out: of any law with one hill at most 5 % lie beyond (Pukelsheim 1994)
  double enough = 0.1;     ///< a wave is the last if the surfaces' variance is so small a part of the whole in every figure
  std::uint64_t seed = 1;  ///< of all that is drawn
};

/// Points of a wave: two and a half for each term of a quadratic surface, and at least 24.
[[nodiscard]] inline std::size_t points_of_wave(std::size_t dimensions) noexcept {
  return (std::max<std::size_t>)(24, 5 * (dimensions + 1) * (dimensions + 2) / 4);
}

/// How a matching ended.
enum class matching_end : std::uint8_t {
  matched,     ///< there are points that no figure rules out
  none_left,   ///< every point is ruled out
  impossible,  ///< the model has figures at too few points
  stopped,     ///< by the caller
};

/// What one wave did.
struct matching_wave {
  std::size_t points = 0,  ///< at which the model was played
      impossible = 0;      ///< of these, at which it cannot be, or has a figure without a value
  double share_left = 1;   ///< of the unit cube, of what is not ruled out after it
  std::vector<double>
      surface_part;  ///< of each figure, the part of the variance in its implausibility that is the surface's, over what is left
};

/// Why nothing is left, or what came nearest.
struct nearest_match {
  std::size_t figure = 0,  ///< one that is not reached
      other = 0;           ///< the same: it is never reached. Else another one: the two are not reached together
  double value = 0,        ///< what the model shows of the first where the worse of the two is best
      other_value = 0,     ///< of the other there
      implausibility = 0;  ///< the worse of the two there
};

/// What a matching found.
struct matching_result {
  matching_end end = matching_end::impossible;  ///< how it ended
  std::vector<matching_wave> waves;             ///< in their order
  unit_points draws;                  ///< equally weighted, in proportion to the likelihood, none of them ruled out; as many as asked for
  std::vector<double> year_variance;  ///< of each figure, of one replication; as the judged implausibility has it
  std::vector<response_surface> surfaces;  ///< one a wave
  /// Nothing is left: each figure that is never reached by itself; or, if all are, each two that are not reached together.
  std::vector<nearest_match> why;
  std::vector<double> best;              ///< the point of the least implausibility, and
  std::vector<emulated_figure> at_best;  ///< what figures are expected to be there
  std::vector<double> least;             ///< of each figure, the least that the model showed at any point that was played
  std::vector<double> most;              ///< and the greatest
};

namespace detail {

// Purposes that models leave alone: a county's are below 1,024, and its seed may be the same.
enum class matching_draws : std::uint32_t { design = 3072, walk, subset, walk_of_subset };

/// How far figures are off at a point, by the surfaces of the waves so far.
class implausibility {
 public:
  implausibility(const std::vector<seen_figure>& seen, const std::vector<response_surface>& surfaces, const std::vector<double>& year,
                 double cutoff)
      : seen_(&seen), surfaces_(&surfaces), year_(&year), cutoff_(cutoff) {
    for (std::size_t k = 0; k < seen.size(); ++k) {
      if (seen[k].is_evidence) some_.push_back(k);
    }
  }
  /// Of these figures alone, by the first so many waves.
  void only(std::vector<std::size_t> some, std::size_t waves) {
    some_ = std::move(some);
    waves_ = waves;
  }
  /// The last wave's greatest implausibility; infinite if an earlier one ruled the point out.
  [[nodiscard]] point_standing operator()(const std::vector<double>& point) {
    point_standing out;
    for (std::size_t w = 0; w < waves_; ++w) {
      if (out.badness > cutoff_) return {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
      out = {};
      found_.resize(seen_->size());
      (*surfaces_)[w].predict(point, span_to(found_), scratch_);
      for (const std::size_t k : some_) {
        const double variance = (*seen_)[k].variance + (*year_)[k] + found_[k].variance, off = found_[k].mean - (*seen_)[k].value;
        out.badness = (std::max)(out.badness, std::abs(off) / std::sqrt(variance));
        out.log_likelihood -= 0.5 * (off * off / variance + elementary::log(variance));
      }
    }
    return out;
  }
  [[nodiscard]] const std::vector<emulated_figure>& found() const noexcept { return found_; }  ///< at the last point

 private:
  const std::vector<seen_figure>* seen_;
  const std::vector<response_surface>* surfaces_;
  const std::vector<double>* year_;
  double cutoff_;
  std::size_t waves_ = surfaces_->size();
  std::vector<std::size_t> some_;
  std::vector<emulated_figure> found_;
  std::vector<double> scratch_;
};

/// Some of many points, each the farthest from those before it: they fill what the many fill.
template <class = when_called>
[[nodiscard]] inline unit_points spread_out(const unit_points& many, std::size_t count) {
  unit_points out{many[0]};
  std::vector<double> distance(many.size(), std::numeric_limits<double>::infinity());
  while (out.size() < count) {
    std::size_t farthest = 0;
    for (std::size_t i = 0; i < many.size(); ++i) {
      double sum = 0;
      for (std::size_t j = 0; j < many[i].size(); ++j) {
        const double off = many[i][j] - out.back()[j];
        sum += off * off;
      }
      distance[i] = (std::min)(distance[i], sum);
      if (distance[i] > distance[farthest]) farthest = i;
    }
    out.push_back(many[farthest]);
  }
  return out;
}

/// One matching.
template <class Evaluate>
class history_matcher {
 public:
  history_matcher(std::size_t dimensions, const std::vector<seen_figure>& seen, Evaluate& evaluate, const matching_options& options)
      : dimensions_(dimensions), seen_(seen), evaluate_(evaluate), options_(options) {}

  [[nodiscard]] matching_result run(std::size_t draws) {
    const std::size_t size = (std::max<std::size_t>)({options_.population, 2 * draws, 16});
    unit_points left;
    for (std::size_t wave = 0; wave < options_.waves; ++wave) {
      if (!play(wave, left)) return ended(matching_end::stopped);
      if (!fit()) return ended(matching_end::impossible);
      const random_source source(options_.seed, static_cast<std::uint32_t>(wave));
      if (wave == 0) left = latin_hypercube(size, dimensions_, source, matching_draws::walk);
      population walkers(std::move(left), judge(), source, matching_draws::walk);
      if (!walkers.cut_to(options_.cutoff)) {
        out_.waves.back().share_left = 0;
        tell_nearest(walkers.points()[walkers.best()]);
        explain();
        return ended(matching_end::none_left);
      }
      share_ *= walkers.share_left();
      out_.waves.back().share_left = share_;
      measure(walkers.points());
      const bool last = wave + 1 == options_.waves || is_enough();
      if (last) {
        tell_nearest(walkers.points()[walkers.best()]);
        walkers.weigh();
        left = walkers.points();
        break;
      }
      left = walkers.points();
    }
    left.resize(draws);
    out_.draws = std::move(left);
    return ended(matching_end::matched);
  }

 private:
  [[nodiscard]] matching_result ended(matching_end end) {
    out_.end = end;
    return std::move(out_);
  }
  [[nodiscard]] implausibility judge() const { return {seen_, out_.surfaces, out_.year_variance, options_.cutoff}; }

  /// Plays the points of a wave. \returns false if the caller stopped
  [[nodiscard]] bool play(std::size_t wave, const unit_points& left) {
    const std::size_t count = options_.points > 0 ? options_.points : points_of_wave(dimensions_);
    unit_points design;
    if (wave == 0) {
      constexpr std::uint32_t tries = 20;
      design = latin_hypercube(count, dimensions_, random_source(options_.seed, 0), matching_draws::design, tries);
    } else {
      design = spread_out(left, count);
    }
    std::vector<simulated_point> found = evaluate_(design);
    if (found.size() < design.size()) return false;
    out_.waves.push_back({design.size(), 0, share_, {}});
    for (std::size_t i = 0; i < design.size(); ++i) {
      if (!is_possible(found[i])) {
        ++out_.waves.back().impossible;
        continue;
      }
      points_.push_back(std::move(design[i]));
      shown_.push_back(std::move(found[i]));
    }
    return true;
  }
  [[nodiscard]] bool is_possible(const simulated_point& at) const noexcept {
    if (at.figures.size() != seen_.size()) return false;
    for (std::size_t k = 0; k < seen_.size(); ++k) {
      if (!std::isfinite(at.figures[k])) return false;
    }
    return true;
  }

  /// Surfaces through what was played where nothing is ruled out yet. \returns false if that is too little
  [[nodiscard]] bool fit() {
    constexpr std::size_t fewest = 6;
    unit_points inside;
    std::vector<const simulated_point*> shown;
    if (!out_.surfaces.empty()) {
      implausibility so_far = judge();
      for (std::size_t i = 0; i < points_.size(); ++i) {
        if (!(so_far(points_[i]).badness <= options_.cutoff)) continue;
        inside.push_back(points_[i]);
        shown.push_back(&shown_[i]);
      }
    } else {
      inside = points_;
      for (const simulated_point& s : shown_) shown.push_back(&s);
    }
    if (inside.size() < fewest) return false;
    out_.year_variance.assign(seen_.size(), 0.0);
    for (std::size_t k = 0; k < seen_.size(); ++k) {
      if (!seen_[k].of_one_year) continue;
      for (const simulated_point* s : shown)
        out_.year_variance[k] += s->one_year.empty() ? 0.0 : s->one_year[k] / static_cast<double>(shown.size());
    }
    out_.surfaces.emplace_back(inside, shown);
    return true;
  }

  /// What part of the variance the surface has, on average over what is left.
  void measure(const unit_points& left) {
    implausibility here = judge();
    std::vector<double>& part = out_.waves.back().surface_part;
    part.assign(seen_.size(), 0.0);
    for (const std::vector<double>& p : left) {
      (void)here(p);
      for (std::size_t k = 0; k < seen_.size(); ++k) {
        const double own = here.found()[k].variance, all = own + seen_[k].variance + out_.year_variance[k];
        part[k] += (all > 0 ? own / all : 0) / static_cast<double>(left.size());
      }
    }
  }
  [[nodiscard]] bool is_enough() const noexcept {
    for (std::size_t k = 0; k < seen_.size(); ++k) {
      if (seen_[k].is_evidence && out_.waves.back().surface_part[k] > options_.enough) return false;
    }
    return true;
  }
  void tell_nearest(const std::vector<double>& best) {
    implausibility here = judge();
    here.only({}, out_.surfaces.size());
    (void)here(best);
    out_.best = best;
    out_.at_best = here.found();
    out_.least = out_.most = shown_[0].figures;
    for (const simulated_point& s : shown_) {
      for (std::size_t k = 0; k < seen_.size(); ++k) {
        out_.least[k] = (std::min)(out_.least[k], s.figures[k]);
        out_.most[k] = (std::max)(out_.most[k], s.figures[k]);
      }
    }
  }

  /// How near some figures come together, all others left aside: the waves so far as if nothing else were known.
  [[nodiscard]] nearest_match nearest_of(std::size_t a, std::size_t b, std::uint32_t number) const {
    constexpr std::size_t few = 200;
    const auto waves = static_cast<std::uint32_t>(out_.surfaces.size());
    unit_points points = latin_hypercube(few, dimensions_, random_source(options_.seed, number * waves), matching_draws::subset);
    for (std::uint32_t wave = 0;; ++wave) {
      implausibility some = judge();
      some.only(a == b ? std::vector<std::size_t>{a} : std::vector<std::size_t>{a, b}, wave + 1);
      population walkers(std::move(points), some, random_source(options_.seed, number * waves + wave), matching_draws::walk_of_subset);
      if (walkers.cut_to(options_.cutoff) && wave + 1 < waves) {
        points = walkers.points();
        continue;
      }
      const std::size_t best = walkers.best();
      (void)some(walkers.points()[best]);
      return {a, b, some.found()[a].mean, some.found()[b].mean, walkers.standing()[best].badness};
    }
  }
  /// Which figures are never reached; if each is, which two not together.
  void explain() {
    std::vector<std::size_t> evidence;
    for (std::size_t k = 0; k < seen_.size(); ++k) {
      if (seen_[k].is_evidence) evidence.push_back(k);
    }
    std::uint32_t number = 0;
    const auto note = [&](std::size_t a, std::size_t b) {
      const nearest_match found = nearest_of(a, b, number++);
      // As many as there are: that nothing is left is known by then.
      const bool all = evidence.size() == (a == b ? 1U : 2U);
      if (found.implausibility > options_.cutoff || all) out_.why.push_back(found);
    };
    for (const std::size_t k : evidence) note(k, k);
    if (!out_.why.empty()) return;
    for (std::size_t a = 0; a < evidence.size(); ++a) {
      for (std::size_t b = a + 1; b < evidence.size(); ++b) note(evidence[a], evidence[b]);
    }
  }

  std::size_t dimensions_;
  const std::vector<seen_figure>& seen_;
  Evaluate& evaluate_;
  matching_options options_;
  unit_points points_;                  ///< all that were played and can be
  std::vector<simulated_point> shown_;  ///< there
  double share_ = 1;
  matching_result out_;
};

}  // namespace detail

/// Rules out, in waves, what cannot have shown the figures that were seen, and draws from what is left.
///
/// Parameters are points of the unit cube, of which all are taken for equally likely beforehand; what they mean is the model's. In each
/// wave the model is played at points that fill what is left; a quadratic surface for each figure (`response_surface`) says what it is
/// elsewhere, and how far it may be off. A point is ruled out if any figure has an implausibility, |seen − expected| ÷ √(variance of what
/// was seen + of one year + of the surface), above the cutoff in this wave or one before. Waves end when the surfaces are sharp enough.
/// Draws are then in proportion to the likelihood of normal errors with that same variance, within what is left: the surface's error widens
/// them. The same bytes for any number of threads of the model. \param evaluate  from points, `unit_points`, to a `simulated_point` for
/// each, whose chance is independent of that of other points;
///                  fewer than asked for: stop
/// \param draws     how many  \pre a dimension and a draw at least; a figure that is evidence; variances above 0; asserted
/// \complexity model: waves × points × what a point is; itself: about 10⁵ predictions a wave
template <class Evaluate>
[[nodiscard]] matching_result match_history(std::size_t dimensions, const std::vector<seen_figure>& seen, Evaluate&& evaluate,
                                            std::size_t draws, const matching_options& options = {}) {
  SIFANG_ASSERT(dimensions > 0 && draws > 0 && options.waves > 0, "a dimension, a draw and a wave at least");
  for ([[maybe_unused]] const seen_figure& f : seen)
    SIFANG_ASSERT(f.variance > 0 && std::isfinite(f.variance) && std::isfinite(f.value), "a figure that was seen, and a variance above 0");
  return detail::history_matcher<std::remove_reference_t<Evaluate>>(dimensions, seen, evaluate, options).run(draws);
}

}  // namespace sifang

#endif
