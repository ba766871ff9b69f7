// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_SELECTION_CONSTANTS_HPP
#define SIFANG_STATS_SELECTION_CONSTANTS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/trial_power.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

/// \file
/// Constants of selection procedures with stages, each the root of an integral over χ² laws.

namespace sifang {

namespace detail {

/// A χ² law as points with weights, even in the logarithm: a sum over them is nearly its expectation.
struct chi_square_points {
  std::vector<double> x,  ///< rising
      weight;             ///< of each; their sum is 1

  /// \param freedom  degrees of freedom, above 0
  template <class = when_called>
  static chi_square_points make(double freedom, std::size_t count) {
    // The density of s = log(x/freedom) is as exp(−freedom/2 (e^s − 1 − s)); beyond these ends it is below 1e-17 of its greatest.
    const auto end = [freedom](double side) {
      double near = 0, far = side;
      while (freedom * (elementary::exp(far) - 1 - far) < 80) far *= 2;
      for (int i = 0; i < 60; ++i) {
        const double middle = (near + far) / 2;
        (freedom * (elementary::exp(middle) - 1 - middle) < 80 ? near : far) = middle;
      }
      return far;
    };
    const double low = end(-1), high = end(1);
    chi_square_points out;
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const double s = low + (high - low) * (static_cast<double>(i) + 0.5) / static_cast<double>(count);
      out.x.push_back(freedom * elementary::exp(s));
      out.weight.push_back(elementary::exp(-freedom / 2 * (elementary::exp(s) - 1 - s)));
      sum += out.weight.back();
    }
    for (double& w : out.weight) w /= sum;
    return out;
  }
};

/// Where a rising function reaches a value, from 0 on: by false position, an end that stays for two steps at half its weight.
template <class Function>
[[nodiscard]] double where_it_reaches(double value, const Function& f) {
  double low = 0, high = 1, below = f(low) - value, above = f(high) - value;
  while (above < 0 && high < 1e9) {
    low = high;
    below = above;
    high *= 2;
    above = f(high) - value;
  }
  double at = high;
  for (int i = 0, stayed = 0; i < 100 && high - low > 1e-13 * high; ++i) {
    const double next = (low * above - high * below) / (above - below);
    if (!(next > low && next < high)) break;
    const double here = f(next) - value;
    const bool is_below = here < 0;
    stayed = is_below ? (std::max)(stayed, 0) + 1 : (std::min)(stayed, 0) - 1;
    (is_below ? low : high) = next;
    (is_below ? below : above) = here;
    if (stayed > 1) above /= 2;
    if (stayed < -1) below /= 2;
    if (std::abs(next - at) <= 1e-13 * next) return next;
    at = next;
  }
  return at;
}

}  // namespace detail

/// Rinott's constant h (1978): of so many systems with normal values, each played (hS/δ)² times with S of its first stage, the one with the
/// largest mean is the best with this probability, if the best is better by δ. The root of E[E[Φ(h/√(ν(1/X + 1/Y))) | Y]^(systems−1)],
/// with X and Y of the χ² law of ν degrees of freedom. With ν without end and two systems it is √2 times the normal quantile.
/// \param freedom  ν, replications of the first stage less one
/// \pre 1/systems < confidence < 1; freedom 1 at least; two systems at least; asserted \complexity two hundred thousand evaluations of Φ.
/// To nine digits, with ν of 1 to five
template <class = when_called>
[[nodiscard]] inline double rinott_constant(double confidence, double freedom, std::size_t systems) {
  SIFANG_ASSERT(systems >= 2 && confidence > 1 / static_cast<double>(systems) && confidence < 1,
                "two systems at least, and a confidence that beats guessing");
  SIFANG_ASSERT(freedom >= 1, "a degree of freedom at least");
  constexpr std::size_t points = 120;
  const auto law = detail::chi_square_points::make(freedom, points);
  std::vector<double> scale;  // of each pair
  for (const double y : law.x) {
    for (const double x : law.x) scale.push_back(1 / std::sqrt(freedom * (1 / x + 1 / y)));
  }
  return detail::where_it_reaches(confidence, [&](double h) {
    double whole = 0;
    for (std::size_t j = 0; j < points; ++j) {
      double one = 0;
      for (std::size_t i = 0; i < points; ++i) one += law.weight[i] * normal_below(h * scale[j * points + i]);
      double all = 1;
      for (std::size_t k = 1; k < systems; ++k) all *= one;
      whole += law.weight[j] * all;
    }
    return whole;
  });
}

/// The constant η of the screening of GSP (Ni, Ciocan, Henderson & Hunter 2017): the better of two systems leaves with at most this
/// probability. The root of E[2(1 − Φ(η√R))], R the lesser of two independent values of the χ² law of ν degrees of freedom.
/// \param freedom  ν, replications of the first stage less one
/// \pre 0 < error < 1; freedom 1 at least; asserted \complexity some thirty thousand evaluations of Φ. To six digits
template <class = when_called>
[[nodiscard]] inline double screening_constant(double error, double freedom) {
  SIFANG_ASSERT(error > 0 && error < 1, "an error between 0 and 1");
  SIFANG_ASSERT(freedom >= 1, "a degree of freedom at least");
  constexpr std::size_t points = 2000;
  const auto law = detail::chi_square_points::make(freedom, points);
  return detail::where_it_reaches(1 - error, [&](double eta) {
    double out = 1, above = 1;
    for (std::size_t i = 0; i < points; ++i) {
      above -= law.weight[i];
      const double lesser = law.weight[i] * (2 * above + law.weight[i]);  // that the lesser one stands here
      out -= lesser * 2 * normal_below(-eta * std::sqrt(law.x[i]));
    }
    return out;
  });
}

}  // namespace sifang

#endif
