// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_THEORY_PATIENCE_HPP
#define SIFANG_ENGINE_THEORY_PATIENCE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/engine/theory_poisson.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

/// \file
/// Erlang A: servers whose customers lose patience, exactly at any load and any patience.

namespace sifang::theory {

/// Erlang A: M/M/c whose customers leave after an exponential patience.
struct impatient_state {
  double delayed = 0;    ///< probability of having to wait
  double abandoned = 0;  ///< share who leave unserved
  double wait = 0;       ///< mean wait of all, served or not
  double waiting = 0;    ///< mean number waiting
  double present = 0;    ///< mean number waiting or in service
};

namespace detail {

/// The states in which somebody waits or would: w_q = Π λ/(cμ + jθ), j = 1 … q. Their sum may be beyond the numbers
/// of the machine in overload, but then only what it is to the empty line counts.
struct impatient_line {
  double empty = 1;    ///< w₀ = 1 as a share of the sum
  double leaving = 0;  ///< rate at which people leave in these states
};

/// Sums state by state, outward from the greatest.
template <class = when_called>
[[nodiscard]] inline impatient_line summed_line(double arrivals, double served, double patience) noexcept {
  const double mode = (std::max)(std::floor((arrivals - served) / patience), 0.0);
  double sum = 1, moment = 0, w = 1;  // the moment is asked below capacity only, where the mode is the empty line
  for (double q = mode; q > 0 && w > 0; --q) {
    w *= (served + q * patience) / arrivals;
    sum += w;
  }
  const double first = w;
  w = 1;
  for (double q = mode + 1; w > 1e-18; ++q) {
    w *= arrivals / (served + q * patience);
    sum += w;
    moment += q * w;
  }
  return {first / sum, patience * (moment / sum)};
}

/// The same where states are too many to be summed: Σ w_q = y ∫₀¹ e^{xt}(1 − t)^{y−1} dt with x = λ/θ, y = cμ/θ, whose
/// mean of t times x is that of q. Near capacity it is a bell, or the side of one, of width y^{-1/2}.
template <class = when_called>
[[nodiscard]] inline impatient_line integrated_line(double arrivals, double served, double patience) noexcept {
  const double y = served / patience;
  const double width = 1 / std::sqrt(y), slope = ((arrivals - served) / patience + 1) * width;
  const auto exponent = [&](double s) {
    // −log(1 − t) − t = t²/2 + t³/3 + …, times y − 1; t = s y^{-1/2} is small
    const double t = s * width;
    double series = 0;
    for (int k = 9; k >= 2; --k) series = series * t + 1.0 / k;
    return slope * s - s * s * (1 - 1 / y) * series;
  };
  const double least = (std::max)(slope - 10, 0.0);
  const double last = slope > 0 ? slope + 10 : 90 / (std::sqrt(slope * slope + 90) - slope);
  const double greatest = exponent((std::max)(slope, 0.0));
  constexpr std::array<double, 5> node{-0.9061798459386640, -0.5384693101056831, 0, 0.5384693101056831, 0.9061798459386640};
  constexpr std::array<double, 5> weight{0.2369268850561891, 0.4786286704993665, 0.5688888888888889, 0.4786286704993665,
                                         0.2369268850561891};
  constexpr int panels = 400;
  const double half = (last - least) / (2 * panels);
  double sum = 0, moment = 0;
  for (int i = 0; i < panels; ++i) {
    for (std::size_t k = 0; k < node.size(); ++k) {
      const double s = least + half * (2 * i + 1 + node[k]);
      const double here = half * weight[k] * std::exp(exponent(s) - greatest);
      sum += here;
      moment += s * here;
    }
  }
  return {std::exp(-greatest) / (y * width * sum), arrivals * width * (moment / sum)};
}

template <class = when_called>
[[nodiscard]] inline impatient_line line_of(double arrivals, double served, double patience) noexcept {
  constexpr double many = 1e8;  // beyond, the square root of this is the number of states to sum
  const double x = arrivals / patience, y = served / patience;
  if (arrivals < served) {
    const bool soon_over = 40 / std::log(served / arrivals) < 1e5;
    return y < many || soon_over ? summed_line(arrivals, served, patience) : integrated_line(arrivals, served, patience);
  }
  impatient_line line{0, 0};
  // Σ w_q is above e^{(x − y)²/2x}: the empty line is nothing to it.
  const bool flooded = (arrivals - served) / patience > 40 * std::sqrt(x);
  if (!flooded) line = x < many ? summed_line(arrivals, served, patience) : integrated_line(arrivals, served, patience);
  // What comes and is not served leaves: here nothing cancels.
  line.leaving = arrivals - served + served * line.empty;
  return line;
}

}  // namespace detail

/// The steady state of Erlang A; any load is stable.
/// \param patience rate of leaving of one who waits, > 0 and above 1e-290 of the other rates
/// \pre arrivals not negative, services and patience above 0, all finite, at least one server; asserted, and with
///      assertions off every answer is NaN
/// \complexity linear in the servers; of the line, at most some ten thousand states are summed, or an integral is
template <class = when_called>
[[nodiscard]] inline impatient_state erlang_a(double arrivals, double services, int servers, double patience) noexcept {
  const bool model = detail::is_amount(arrivals) && detail::is_positive(services) && servers > 0 && detail::is_positive(patience) &&
                     (std::max)(arrivals, servers * services) / patience < 1e290;
  SIFANG_ASSERT(model, "rates that are finite and above 0, a patience not 1e290 times as long, and at least one server");
  if (!model) return {detail::no_number, detail::no_number, detail::no_number, detail::no_number, detail::no_number};
  if (arrivals == 0) return {};

  // Weights of the states without a line, relative to the greatest.
  const double served = servers * services;
  const int mode = arrivals < served ? static_cast<int>((std::min)(arrivals / services, servers * 1.0)) : servers;
  double busy = 0, busy_present = 0, full = 1, w = 1;
  for (int n = mode; n > 0 && w > 0; --n) {
    w *= n * services / arrivals;
    busy += w;
    busy_present += w * (n - 1);
  }
  if (mode < servers) {
    busy += 1;
    busy_present += mode;
    for (int n = mode + 1; n <= servers && full > 0; ++n) {
      full *= arrivals / (n * services);
      if (n == servers) break;
      busy += full;
      busy_present += full * n;
    }
  }
  const detail::impatient_line line = detail::line_of(arrivals, served, patience);
  const double sum = busy * line.empty + full;  // of all states, as a share of the line's sum
  impatient_state s;
  s.delayed = full / sum;
  s.abandoned = s.delayed * (line.leaving / arrivals);
  s.waiting = s.delayed * (line.leaving / patience);
  s.wait = s.waiting / arrivals;
  s.present = busy_present * line.empty / sum + s.delayed * servers + s.waiting;
  return s;
}

}  // namespace sifang::theory

#endif
