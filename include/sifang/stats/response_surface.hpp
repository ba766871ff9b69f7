// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_RESPONSE_SURFACE_HPP
#define SIFANG_STATS_RESPONSE_SURFACE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/cholesky.hpp"
#include "sifang/stats/latin_hypercube.hpp"
#include "sifang/stats/singular_values.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

/// \file
/// A model's figures between the points at which it was played, by regression: an emulator that says how far it may be off.

namespace sifang {

/// What a model showed at one point of the unit cube: the mean of some replications.
struct simulated_point {
  std::vector<double> figures;     ///< one for each that is looked at; empty: the model cannot be at this point
  std::vector<double> error{};     ///< of each, the variance of this mean by chance
  std::vector<double> one_year{};  ///< of each, the variance of one replication
};

/// What a figure is expected to be at a point where the model was not played.
struct emulated_figure {
  double mean = 0,   ///< expected value
      variance = 0;  ///< of what is not known of it: what the surface's form misses, and the chance in its coefficients
};

/// Quadratic surfaces, one for each figure, by least squares (Box & Wilson 1951; as emulators: Craig et al. 1997).
///
/// Coordinates are turned and stretched to those of the cloud of points, so that a thin and slanted cloud is as good as a cube. With fewer
/// points than one and a half times the terms of the whole quadratic, products of different coordinates are left out, then squares, then
/// all but the mean. What the form misses is told from the residuals: their variance less that of the chance in the simulated means. So
/// points must be of independent chance: common random numbers would hide it.
class response_surface {
 public:
  response_surface() = default;

  /// \param points  in any coordinates  \param shown  what the model showed there, of each point the same figures, all finite
  /// \pre at least one point, and one shown for each; asserted \complexity points × terms², terms ≤ (d + 1)(d + 2)/2
  template <class = when_called>
  response_surface(const unit_points& points, const std::vector<const simulated_point*>& shown) {
    SIFANG_ASSERT(!points.empty() && points.size() == shown.size(), "what the model showed at each point");
    const point_cloud cloud = cloud_of(points);
    centre_ = cloud.centre;
    axes_ = cholesky(cloud.covariance);
    choose_form(points.size());
    const std::size_t n = points.size(), figures = shown[0]->figures.size();
    small_matrix x(n, terms_), squares(terms_, terms_);
    for (std::size_t i = 0; i < n; ++i) {
      fill_terms(points[i], {x.values.data() + i * terms_, terms_});
      for (std::size_t a = 0; a < terms_; ++a) {
        for (std::size_t b = 0; b <= a; ++b) squares.at(a, b) += x.at(i, a) * x.at(i, b);
      }
    }
    factor_ = cholesky(squares);
    std::size_t used = 0;
    for (std::size_t a = 0; a < terms_; ++a) used += factor_.at(a, a) > 0 ? 1 : 0;
    coefficients_ = small_matrix(figures, terms_);
    for (std::size_t k = 0; k < figures; ++k) fit_figure(k, x, shown, used);
  }

  /// What each figure is expected to be at a point. \param out  one for each figure \param scratch  memory, of any size
  /// \complexity terms² + figures × terms
  template <class = when_called>
  void predict(const std::vector<double>& point, std::span<emulated_figure> out, std::vector<double>& scratch) const {
    SIFANG_ASSERT(out.size() == coefficients_.rows, "room for each figure");
    scratch.resize(terms_);
    fill_terms(point, detail::span_to(scratch));
    for (std::size_t k = 0; k < out.size(); ++k) {
      double mean = 0;
      for (std::size_t a = 0; a < terms_; ++a) mean += coefficients_.at(k, a) * scratch[a];
      out[k].mean = mean;
    }
    solve_lower(factor_, detail::span_to(scratch));
    double leverage = 0;
    for (const double v : scratch) leverage += v * v;
    for (std::size_t k = 0; k < out.size(); ++k) out[k].variance = missed_[k] + residual_[k] * leverage;
  }
  /// Figures that it predicts.
  [[nodiscard]] std::size_t figures() const noexcept { return coefficients_.rows; }
  /// Terms of the form that was taken: 1 for a mean alone.
  [[nodiscard]] std::size_t terms() const noexcept { return terms_; }
  /// Of one figure, the variance of what the form misses. \pre k < figures; asserted
  [[nodiscard]] double missed(std::size_t k) const noexcept {
    SIFANG_ASSERT(k < missed_.size(), "a figure of the surface");
    return missed_[k];
  }

 private:
  void choose_form(std::size_t points) {
    const std::size_t d = centre_.size(), whole = (d + 1) * (d + 2) / 2;
    products_ = 2 * points >= 3 * whole;
    squares_ = products_ || 2 * points >= 3 * (1 + 2 * d);
    slopes_ = squares_ || 2 * points >= 3 * (1 + d);
    terms_ = products_ ? whole : squares_ ? 1 + 2 * d : slopes_ ? 1 + d : 1;
  }
  void fill_terms(const std::vector<double>& point, std::span<double> out) const {
    SIFANG_ASSERT(point.size() == centre_.size(), "as many coordinates as the points have");
    const std::size_t d = centre_.size();
    std::size_t at = 0;
    out[at++] = 1;
    if (!slopes_) return;
    double* t = out.data() + 1;  // turned coordinates are the slopes' terms
    for (std::size_t j = 0; j < d; ++j) t[j] = point[j] - centre_[j];
    solve_lower(axes_, {t, d});
    at += d;
    if (!squares_) return;
    for (std::size_t j = 0; j < d; ++j) out[at++] = t[j] * t[j] - 1;
    if (!products_) return;
    for (std::size_t j = 0; j < d; ++j) {
      for (std::size_t k = 0; k < j; ++k) out[at++] = t[j] * t[k];
    }
  }
  void fit_figure(std::size_t k, const small_matrix& x, const std::vector<const simulated_point*>& shown, std::size_t used) {
    const std::size_t n = x.rows;
    std::vector<double> b(terms_, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t a = 0; a < terms_; ++a) b[a] += x.at(i, a) * shown[i]->figures[k];
    }
    solve_lower(factor_, detail::span_to(b));
    solve_upper(factor_, detail::span_to(b));
    for (std::size_t a = 0; a < terms_; ++a) coefficients_.at(k, a) = b[a];
    double squares = 0, chance = 0;
    for (std::size_t i = 0; i < n; ++i) {
      double off = shown[i]->figures[k];
      for (std::size_t a = 0; a < terms_; ++a) off -= x.at(i, a) * b[a];
      squares += off * off;
      if (!shown[i]->error.empty()) chance += shown[i]->error[k];
    }
    const double residual = n > used ? squares / static_cast<double>(n - used) : squares;
    residual_.push_back(residual);
    missed_.push_back((std::max)(0.0, residual - chance / static_cast<double>(n)));
  }

  std::vector<double> centre_;
  small_matrix axes_, factor_, coefficients_;
  std::vector<double> residual_, missed_;
  std::size_t terms_ = 0;
  bool slopes_ = false, squares_ = false, products_ = false;
};

}  // namespace sifang

#endif
