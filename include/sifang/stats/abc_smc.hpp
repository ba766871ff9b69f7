// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_ABC_SMC_HPP
#define SIFANG_STATS_ABC_SMC_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/cholesky.hpp"
#include "sifang/stats/latin_hypercube.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Approximate Bayesian computation by a population that comes nearer in generations (population Monte Carlo: Beaumont, Cornuet, Marin &
/// Robert 2009; Toni et al. 2009): parameters of a model whose likelihood nobody can write down, from figures that it should show.

namespace sifang {

/// How far a population may go.
struct abc_options {
  std::size_t particles = 500,  ///< of each generation; at least 8
      most_calls = 20000,       ///< of the model; the generation that would go beyond is not finished
      batch = 256;              ///< points that the model is asked for at once
  double quantile = 0.5,        ///< of the distances of a generation: the tolerance of the next
      least_accepted = 0.01;    ///< of the points of a generation: below it the next is not begun
  bool adjust = true;           ///< by local-linear regression at the end (Beaumont, Zhang & Balding 2002)
  std::uint64_t seed = 1;       ///< of all that is drawn
};

/// How a population ended.
enum class abc_end : std::uint8_t {
  out_of_calls,     ///< the next generation would have gone beyond what was allowed
  seldom_accepted,  ///< hardly any point is near enough any more
  exact,            ///< nearer is not possible: the tolerance is 0, or no longer falls
  stopped,          ///< by the caller: the last generation that was finished
  impossible,       ///< the model has figures at too few points
};

/// What a population came to.
struct abc_result {
  abc_end end = abc_end::impossible;  ///< how it ended
  unit_points points;                 ///< of the last generation
  std::vector<double> weights;        ///< of each; 1 together
  std::vector<double> distances;      ///< of each, from what was seen
  std::vector<double> tolerances;     ///< of each generation; that of the first is its greatest distance
  std::vector<double>
      scale;  ///< of each figure: the median absolute deviation of it under the uniform law; 0: it never varies, and is left out
  std::size_t calls = 0;  ///< points at which the model was asked
  double effective = 0;   ///< particles that would say as much if all weights were the same (Kish 1965)
};

namespace detail {

// Purposes that models leave alone, which may draw under the same seed.
enum class abc_draws : std::uint32_t { first = 3080, choose, step, resample };

/// Half of the numbers are nearer to their median. \pre at least one number; asserted
template <class = when_called>
[[nodiscard]] inline double median_absolute_deviation(std::vector<double> values) {
  SIFANG_ASSERT(!values.empty(), "numbers");
  const auto middle = [](std::vector<double>& v) {
    const auto at = v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2);
    std::nth_element(v.begin(), at, v.end());
    return *at;
  };
  const double median = middle(values);
  for (double& v : values) v = std::abs(v - median);
  return middle(values);
}

/// One population.
template <class Evaluate>
class abc_population {
 public:
  abc_population(std::size_t dimensions, std::span<const double> seen, Evaluate& evaluate, const abc_options& options)
      : dimensions_(dimensions), seen_(seen), evaluate_(evaluate), options_(options) {}

  [[nodiscard]] abc_result run() {
    if (!begin()) return std::move(out_);
    for (std::uint32_t generation = 1;; ++generation) {
      std::vector<double> sorted = out_.distances;
      std::sort(sorted.begin(), sorted.end());
      const double tolerance = sorted[static_cast<std::size_t>(options_.quantile * static_cast<double>(sorted.size() - 1))];
      if (!(tolerance < out_.tolerances.back()) || out_.tolerances.back() <= 0) {
        out_.end = abc_end::exact;
        break;
      }
      if (const std::optional<abc_end> why = next(generation, tolerance)) {
        out_.end = *why;
        break;
      }
    }
    if (options_.adjust) adjust();
    double squares = 0;
    for (const double w : out_.weights) squares += w * w;
    out_.effective = squares > 0 ? 1 / squares : 0;
    return std::move(out_);
  }

 private:
  /// The first generation: as many points of the uniform law as can be played. \returns false if there is none
  [[nodiscard]] bool begin() {
    const unit_points design = latin_hypercube(2 * options_.particles, dimensions_, random_source(options_.seed, 0), abc_draws::first);
    std::vector<std::vector<double>> shown;
    for (std::size_t first = 0; first < design.size(); first += options_.batch) {
      if (shown.size() >= options_.particles) break;
      const std::size_t count = (std::min)(options_.batch, design.size() - first);
      const unit_points some(design.begin() + static_cast<std::ptrdiff_t>(first),
                             design.begin() + static_cast<std::ptrdiff_t>(first + count));
      std::vector<std::vector<double>> found = evaluate_(some);
      if (found.size() < count) {
        out_.end = abc_end::stopped;
        return false;
      }
      out_.calls += count;
      for (std::size_t i = 0; i < count; ++i) {
        if (!is_possible(found[i]) || shown.size() == options_.particles) continue;
        out_.points.push_back(some[i]);
        shown.push_back(std::move(found[i]));
      }
    }
    if (shown.size() < options_.particles) {
      out_.points.clear();
      return false;
    }
    for (std::size_t k = 0; k < seen_.size(); ++k) {
      std::vector<double> values;
      for (const std::vector<double>& s : shown) values.push_back(s[k]);
      out_.scale.push_back(median_absolute_deviation(std::move(values)));
    }
    for (const std::vector<double>& s : shown) out_.distances.push_back(distance(s));
    shown_ = std::move(shown);
    out_.weights.assign(options_.particles, 1 / static_cast<double>(options_.particles));
    out_.tolerances.push_back(*std::max_element(out_.distances.begin(), out_.distances.end()));
    return true;
  }
  [[nodiscard]] bool is_possible(const std::vector<double>& figures) const noexcept {
    return figures.size() == seen_.size() && std::all_of(figures.begin(), figures.end(), [](double f) { return std::isfinite(f); });
  }
  [[nodiscard]] double distance(const std::vector<double>& figures) const noexcept {
    double sum = 0;
    for (std::size_t k = 0; k < figures.size(); ++k) {
      if (!(out_.scale[k] > 0)) continue;
      const double off = (figures[k] - seen_[k]) / out_.scale[k];
      sum += off * off;
    }
    return std::sqrt(sum);
  }

  /// A generation of points no farther than the tolerance. \returns nothing if it was finished, else why not
  [[nodiscard]] std::optional<abc_end> next(std::uint32_t generation, double tolerance) {
    point_cloud cloud = cloud_of(out_.points, span_of(out_.weights));
    for (double& v : cloud.covariance.values) v *= 2;  // twice the weighted covariance: nearest to the law among such kernels
    const small_matrix kernel = cholesky(cloud.covariance);
    std::vector<double> up_to;
    double sum = 0;
    for (const double w : out_.weights) up_to.push_back(sum += w);
    const random_source source(options_.seed, generation);
    unit_points points;
    std::vector<std::vector<double>> shown;
    std::vector<double> distances;
    std::size_t tried = 0;
    for (std::uint64_t name = 0; points.size() < options_.particles;) {
      if (out_.calls + options_.batch > options_.most_calls) return abc_end::out_of_calls;
      if (tried > 0 && static_cast<double>(points.size()) < options_.least_accepted * static_cast<double>(tried) &&
          tried >= options_.particles)
        return abc_end::seldom_accepted;
      unit_points batch;
      while (batch.size() < options_.batch) {
        std::vector<double> p = proposed(source, name++, span_of(up_to), kernel);
        if (!p.empty()) batch.push_back(std::move(p));
      }
      std::vector<std::vector<double>> found = evaluate_(batch);
      if (found.size() < batch.size()) return abc_end::stopped;
      out_.calls += batch.size();
      tried += batch.size();
      for (std::size_t i = 0; i < batch.size() && points.size() < options_.particles; ++i) {
        if (!is_possible(found[i])) continue;
        const double off = distance(found[i]);
        if (off > tolerance) continue;
        points.push_back(std::move(batch[i]));
        shown.push_back(std::move(found[i]));
        distances.push_back(off);
      }
    }
    weigh(points, kernel);
    out_.points = std::move(points);
    out_.distances = std::move(distances);
    shown_ = std::move(shown);
    out_.tolerances.push_back(tolerance);
    return std::nullopt;
  }
  /// A particle by its weight, and a normal step from it; nothing if it leads out of the cube.
  [[nodiscard]] std::vector<double> proposed(const random_source& source, std::uint64_t name, std::span<const double> up_to,
                                             const small_matrix& kernel) const {
    const double u = source.uniform(name, abc_draws::choose) * up_to.back();
    const auto chosen = static_cast<std::size_t>(std::lower_bound(up_to.begin(), up_to.end(), u) - up_to.begin());
    std::vector<double> z(dimensions_), out = out_.points[(std::min)(chosen, up_to.size() - 1)];
    for (std::size_t j = 0; j < dimensions_; ++j) z[j] = normal(source.uniform(name, abc_draws::step, static_cast<std::uint32_t>(j)));
    for (std::size_t j = 0; j < dimensions_; ++j) {
      for (std::size_t k = 0; k <= j; ++k) out[j] += kernel.at(j, k) * z[k];
      if (!(out[j] > 0 && out[j] < 1)) return {};
    }
    return out;
  }
  /// Weights of a new generation: the uniform law over the mixture that it was drawn from.
  void weigh(const unit_points& points, const small_matrix& kernel) {
    std::vector<double> weights, off(dimensions_);
    double all = 0;
    for (const std::vector<double>& p : points) {
      double mixture = 0;
      for (std::size_t i = 0; i < out_.points.size(); ++i) {
        for (std::size_t j = 0; j < dimensions_; ++j) off[j] = p[j] - out_.points[i][j];
        solve_lower(kernel, span_to(off));
        double squares = 0;
        for (const double x : off) squares += x * x;
        mixture += out_.weights[i] * elementary::exp((std::max)(-0.5 * squares, -700.0));
      }
      weights.push_back(1 / mixture);
      all += weights.back();
    }
    for (double& w : weights) w /= all;
    out_.weights = std::move(weights);
  }

  /// Each particle is moved to where it would be if its figures were those that were seen, as far as a line says; on the scale of
  /// log(u/(1−u)), so that none leaves the cube. Nearer ones count more (Epanechnikov's weights).
  void adjust() {
    const double farthest = *std::max_element(out_.distances.begin(), out_.distances.end());
    if (!(farthest > 0)) return;
    std::vector<std::size_t> some;
    for (std::size_t k = 0; k < seen_.size(); ++k) {
      if (out_.scale[k] > 0) some.push_back(k);
    }
    const std::size_t n = out_.points.size(), terms = 1 + some.size();
    if (n < 2 * terms) return;
    small_matrix x(n, terms), squares(terms, terms);
    std::vector<double> weights(n);
    for (std::size_t i = 0; i < n; ++i) {
      const double part = out_.distances[i] / farthest;
      weights[i] = out_.weights[i] * (1 - part * part);
      x.at(i, 0) = 1;
      for (std::size_t a = 0; a < some.size(); ++a) x.at(i, 1 + a) = (shown_[i][some[a]] - seen_[some[a]]) / out_.scale[some[a]];
      for (std::size_t a = 0; a < terms; ++a) {
        for (std::size_t b = 0; b <= a; ++b) squares.at(a, b) += weights[i] * x.at(i, a) * x.at(i, b);
      }
    }
    const small_matrix factor = cholesky(squares);
    std::vector<double> slopes(terms);
    for (std::size_t j = 0; j < dimensions_; ++j) {
      const auto logit = [&](std::size_t i) { return elementary::log(out_.points[i][j] / (1 - out_.points[i][j])); };
      std::fill(slopes.begin(), slopes.end(), 0.0);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t a = 0; a < terms; ++a) slopes[a] += weights[i] * x.at(i, a) * logit(i);
      }
      solve_lower(factor, span_to(slopes));
      solve_upper(factor, span_to(slopes));
      for (std::size_t i = 0; i < n; ++i) {
        double moved = logit(i);
        for (std::size_t a = 1; a < terms; ++a) moved -= slopes[a] * x.at(i, a);
        out_.points[i][j] = logistic(std::clamp(moved, -30.0, 30.0));
      }
    }
    double all = 0;
    for (const double w : weights) all += w;
    for (std::size_t i = 0; i < n; ++i) out_.weights[i] = weights[i] / all;
  }

  std::size_t dimensions_;
  std::span<const double> seen_;
  Evaluate& evaluate_;
  abc_options options_;
  std::vector<std::vector<double>> shown_;
  abc_result out_;
};

}  // namespace detail

/// Particles whose figures are near those that were seen: the law of the parameters given that.
///
/// Parameters are points of the unit cube, all equally likely beforehand; what they mean is the model's. The model must show figures with
/// all the chance that they had when they were seen (one year; the error of the source): otherwise the law is too narrow. Distances are
/// Euclid's, each figure in median absolute deviations of the first generation. The tolerance falls to a quantile of the last distances;
/// new points come from old ones by normal steps of twice their weighted covariance, and have weights for it. The law is that of
/// "near enough", wider than that of "the same"; the adjustment at the end takes out what a line can say of the difference. A particle
/// that is accepted counts in the order of the points: the same bytes for any number of threads of the model.
/// \param seen      figures that the model should show
/// \param evaluate  from points, `unit_points`, to the figures of each, with chance of its own each time; an empty list: the model cannot
/// be
///                  there; fewer lists than points: stop
/// \pre a dimension, a figure, eight particles and a point in each batch at least; asserted
/// \complexity model: at most `most_calls`; itself: particles² a generation
template <class Evaluate>
[[nodiscard]] abc_result abc_smc(std::size_t dimensions, std::span<const double> seen, Evaluate&& evaluate,
                                 const abc_options& options = {}) {
  SIFANG_ASSERT(dimensions > 0 && !seen.empty() && options.particles >= 8 && options.batch > 0, "a dimension, a figure, and particles");
  SIFANG_ASSERT(options.quantile > 0 && options.quantile < 1, "a quantile between 0 and 1");
  return detail::abc_population<std::remove_reference_t<Evaluate>>(dimensions, seen, evaluate, options).run();
}

/// `count` particles of equal weight: each as often as its weight says (systematic resampling, Kitagawa 1996).
/// \pre the result has particles; asserted
template <class = when_called>
[[nodiscard]] inline unit_points equally_weighted(const abc_result& r, std::size_t count, std::uint64_t seed = 1) {
  SIFANG_ASSERT(!r.points.empty(), "particles");
  const double u = random_source(seed, 0).uniform(0, detail::abc_draws::resample);
  unit_points out;
  double up_to = 0;
  for (std::size_t i = 0; i < r.points.size(); ++i) {
    up_to += r.weights[i] * static_cast<double>(count);
    while (out.size() < count && static_cast<double>(out.size()) + u < up_to) out.push_back(r.points[i]);
  }
  while (out.size() < count) out.push_back(r.points.back());  // rounding
  return out;
}

}  // namespace sifang

#endif
