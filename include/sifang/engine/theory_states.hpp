// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_THEORY_STATES_HPP
#define SIFANG_ENGINE_THEORY_STATES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/engine/theory_chain.hpp"
#include "sifang/engine/theory_poisson.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

/// \file
/// More of single stations: the states of M/D/1, preemption, Garnett's limit of Erlang A, and reception days whose arrivals vary more than
/// a Poisson count.

namespace sifang::theory {

/// P(0, 1, … present) in M/D/1, the first `states` of them; all 0 at full load. By sums in which nothing cancels.
/// \pre arrivals and service finite and not negative; asserted, and with assertions off all are NaN  \complexity quadratic in the states
template <class = when_called>
[[nodiscard]] inline std::vector<double> md1_states(double arrivals, double service, std::size_t states) {
  const bool model = detail::is_amount(arrivals) && detail::is_amount(service);
  SIFANG_ASSERT(model, "arrivals and a service that are finite and not negative");
  if (!model) return std::vector<double>(states, detail::no_number);
  const double load = arrivals * service;
  std::vector<double> p(states, 0.0);
  if (load >= 1 || states == 0) return p;
  // More than n arrivals during a service, summed from the far end.
  std::vector<double> more(states + 60, 0.0), count(states + 60, 0.0);
  count[0] = std::exp(-load);
  for (std::size_t n = 1; n < count.size(); ++n) count[n] = count[n - 1] * load / static_cast<double>(n);
  for (std::size_t n = count.size() - 1; n > 0; --n) more[n - 1] = more[n] + count[n];
  p[0] = 1 - load;
  for (std::size_t j = 1; j < states; ++j) {
    double sum = more[j - 1] * p[0];
    for (std::size_t k = 1; k < j; ++k) sum += more[j - k] * p[k];
    p[j] = sum * std::exp(load);
  }
  return p;
}

/// Mean time from arrival to the end of service of each class in M/G/1 where a customer of a higher class interrupts the service of a lower
/// one, which goes on later where it stopped: E S_k/(1 − σ_{k−1}) + Σ_{i ≤ k} λ_i E S_i²/2 / ((1 − σ_{k−1})(1 − σ_k)). The first class that
/// overloads the server, and all below it, stay without end; those above it do not notice.
/// \pre arrivals finite and not negative, moments that are possible; asserted, and with assertions off all are NaN
template <class = when_called>
[[nodiscard]] inline std::vector<double> preemptive_stays(std::span<const priority_class> classes) {
  const bool model = std::all_of(classes.begin(), classes.end(),
                                 [](const priority_class& c) { return detail::is_amount(c.arrivals) && c.service.possible(); });
  SIFANG_ASSERT(model, "arrivals that are finite and not negative, and moments that a length can have");
  if (!model) return std::vector<double>(classes.size(), detail::no_number);
  std::vector<double> stays;
  double above = 0, residual = 0;
  for (const priority_class& c : classes) {
    const double with = above + c.arrivals * c.service.first;
    residual += detail::residual_of(c.arrivals, c.service);
    stays.push_back(with < 1 ? c.service.first / (1 - above) + residual / ((1 - above) * (1 - with)) : detail::endless);
    above = with;
  }
  return stays;
}

namespace detail {
/// φ(x)/(1 − Φ(x)), to all digits far out as well.
[[nodiscard]] inline double normal_hazard(double x) noexcept {
  if (x > 25) return x + 1 / (x + 2 / (x + 3 / (x + 4 / x)));  // Laplace's continued fraction
  return std::exp(-0.5 * x * x) / std::sqrt(2 * std::numbers::pi) / (0.5 * std::erfc(x / std::numbers::sqrt2));
}
}  // namespace detail

/// Garnett's function: the limit of the probability of waiting in Erlang A with R + β√R servers as the load R grows (Garnett, Mandelbaum &
/// Reiman 2002): 1/(1 + √(θ/μ) h(β√(μ/θ))/h(−β)), h the hazard of the normal law. β may be negative: who waits too long goes. As the
/// patience grows it is Halfin and Whitt's.
/// \param patience_ratio  θ/μ, rate of leaving over rate of service
/// \pre beta finite, patience_ratio finite and above 0; asserted, and with assertions off NaN
[[nodiscard]] inline double garnett(double beta, double patience_ratio) noexcept {
  const bool model = std::isfinite(beta) && detail::is_positive(patience_ratio);
  SIFANG_ASSERT(model, "a number, and a ratio that is finite and above 0");
  if (!model) return detail::no_number;
  const double root = std::sqrt(patience_ratio), empty = detail::normal_hazard(-beta);
  return empty > 0 ? 1 / (1 + root * detail::normal_hazard(beta / root) / empty) : 0;
}

/// Fewest servers of square-root staffing for which Garnett's limit of the probability of waiting is at most `delayed`.
/// \pre 0 <= load <= 2e9, 0 < delayed < 1, patience_ratio finite and above 0; asserted, and with assertions off the answer is 0
[[nodiscard]] inline int garnett_staffing(double load, double delayed, double patience_ratio) noexcept {
  const bool model = load >= 0 && load <= detail::most_load && delayed > 0 && delayed < 1 && detail::is_positive(patience_ratio);
  SIFANG_ASSERT(model, "a load from 0 to 2e9, a probability between 0 and 1, and a ratio above 0");
  if (!model) return 0;
  double low = -30, high = 30;
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    (garnett(middle, patience_ratio) > delayed ? low : high) = middle;
  }
  return static_cast<int>((std::max)(std::ceil(load + high * std::sqrt(load)), 1.0));
}

/// P(A = 0), P(A = 1), … of a count that varies more than Poisson's, negative binomial as of a Poisson count whose mean is of a gamma law,
/// until what is left is below 1e-18.
/// \param variance_ratio  variance over mean; 1 is Poisson's
/// \pre 0 <= mean <= 1e5, 1 <= variance_ratio <= 1e3; asserted, and with assertions off the one answer is NaN
/// \complexity linear in what is likely
template <class = when_called>
[[nodiscard]] inline std::vector<double> overdispersed_probabilities(double mean, double variance_ratio) {
  const bool model = mean >= 0 && mean <= 1e5 && variance_ratio >= 1 && variance_ratio <= 1e3;
  SIFANG_ASSERT(model, "a mean from 0 to 1e5, and a ratio from 1 to 1000");
  if (!model) return {detail::no_number};
  if (variance_ratio - 1 < 1e-9) return poisson_probabilities(mean);
  if (mean == 0) return {1.0};
  // p_{k+1}/p_k = (r + k)/(k + 1) (1 − 1/D), from log p_0 = −r log D, r = mean/(D − 1).
  const double size = mean / (variance_ratio - 1), fall = 1 - 1 / variance_ratio;
  double log_p = -size * std::log(variance_ratio);
  std::vector<double> out;
  for (double k = 0;; ++k) {
    out.push_back(std::exp(log_p));
    if (k > mean && out.back() < 1e-18 * (1 - fall)) break;
    log_p += std::log((size + k) / (k + 1) * fall);
  }
  double sum = 0;
  for (const double x : out) sum += x;
  for (double& x : out) x /= sum;
  return out;
}

/// The queue of a reception day whose arrivals have any law: X' = (X + A − c)⁺ (Bailey 1954), as a chain whose steady state is found by
/// elimination. For Poisson arrivals `reception_day_queue` is quicker.
class bulk_queue {
 public:
  /// \param arrivals  P(A = 0), P(A = 1), …; what is beyond is never
  /// \param capacity  cases that a session hears
  /// \pre probabilities that add up to 1, capacity not negative, and not so near the mean of the arrivals that more than 20,000 states
  /// would
  ///      have to be kept; asserted, and with assertions off every answer is NaN. Where the mean of the arrivals is at or above the
  ///      capacity nothing is steady: numbers and waits are without end
  /// \complexity states × capacity × arrivals
  template <class = when_called>
  bulk_queue(std::span<const double> arrivals, int capacity) : capacity_(capacity) {
    double sum = 0;
    bool model = capacity >= 0 && !arrivals.empty();
    for (std::size_t a = 0; a < arrivals.size(); ++a) {
      model = model && arrivals[a] >= 0 && arrivals[a] <= 1;
      sum += arrivals[a];
      mean_ += static_cast<double>(a) * arrivals[a];
    }
    model = model && std::abs(sum - 1) < 1e-9;
    SIFANG_ASSERT(model, "probabilities that add up to 1, and a capacity that is not negative");
    if (!model) return;
    arrivals_.assign(arrivals.begin(), arrivals.end());
    if (mean_ >= capacity * (1 - 1e-12) && mean_ > 0) {  // but for rounding in the sum
      overloaded_ = true;
      return;
    }
    const double states = mean_ == 0 || arrivals.size() <= static_cast<std::size_t>(capacity) + 1
                              ? 1
                              : 40 / log_decay() + static_cast<double>(arrivals.size());
    const bool fits = states < 20000;
    SIFANG_ASSERT(fits, "arrivals whose mean is not so near the capacity: too many states would be needed");
    if (!fits) return;
    solve(static_cast<std::size_t>(states));
  }

  /// P(X = 0), P(X = 1), … after a session; empty without a steady state.
  [[nodiscard]] const std::vector<double>& left() const noexcept { return left_; }
  /// Mean number left after a session.
  template <class = when_called>
  [[nodiscard]] double left_mean() const noexcept {
    if (left_.empty()) return without_state();
    double out = 0;
    for (std::size_t i = 1; i < left_.size(); ++i) out += static_cast<double>(i) * left_[i];
    return out;
  }
  /// Variance of the number left after a session.
  template <class = when_called>
  [[nodiscard]] double left_variance() const noexcept {
    if (left_.empty()) return without_state();
    double square = 0;
    for (std::size_t i = 1; i < left_.size(); ++i) square += static_cast<double>(i) * static_cast<double>(i) * left_[i];
    return square - left_mean() * left_mean();
  }
  /// P(nobody is left after a session).
  [[nodiscard]] double none_left() const noexcept { return !left_.empty() ? left_[0] : overloaded_ ? 0 : detail::no_number; }
  /// Mean number of sessions that a case misses, by Little's law; 0 where nobody comes.
  template <class = when_called>
  [[nodiscard]] double wait_mean() const noexcept {
    return mean_ > 0 ? left_mean() / mean_ : left_.empty() ? detail::no_number : 0;
  }
  /// P(a case misses more than k sessions) = P(X + J ≥ (k + 1)c) with P(J = j) = P(A > j)/E A; 1 for k below 0.
  template <class = when_called>
  [[nodiscard]] double missed_more_than(int k) const {
    if (left_.empty()) return overloaded_ ? 1 : detail::no_number;
    if (k < 0) return 1;
    if (mean_ == 0) return capacity_ > 0 ? 0 : 1;
    const double needed = (static_cast<double>(k) + 1) * capacity_;
    std::vector<double> tail(left_.size() + 1, 0.0);  // P(X ≥ i)
    for (std::size_t i = left_.size(); i-- > 0;) tail[i] = tail[i + 1] + left_[i];
    double more = 1, out = 0;
    for (std::size_t j = 0; j < arrivals_.size(); ++j) {
      more -= arrivals_[j];
      const double least = (std::max)(needed - static_cast<double>(j), 0.0);
      if (least < static_cast<double>(tail.size())) out += (std::max)(more, 0.0) / mean_ * tail[static_cast<std::size_t>(least)];
    }
    return (std::min)(out, 1.0);
  }

 private:
  [[nodiscard]] double without_state() const noexcept { return overloaded_ ? detail::endless : detail::no_number; }
  /// log of the root above 1 of E z^A = z^c: P(X > n) falls like its −n-th power.
  template <class = when_called>
  [[nodiscard]] double log_decay() const noexcept {
    const auto excess = [&](double s) {  // of log E e^{s(A − c)}
      double sum = 0;
      for (std::size_t a = 0; a < arrivals_.size(); ++a) sum += arrivals_[a] * std::exp(s * (static_cast<double>(a) - capacity_));
      return sum - 1;
    };
    double low = 0, high = 1e-6;
    while (excess(high) < 0 && high < 100) {
      low = high;
      high *= 2;
    }
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (low + high);
      (excess(middle) < 0 ? low : high) = middle;
    }
    return high;
  }
  template <class = when_called>
  void solve(std::size_t states) {
    finite_chain chain(states);
    const auto c = static_cast<std::size_t>(capacity_);
    for (std::size_t i = 0; i < states; ++i) {
      for (std::size_t a = 0; a < arrivals_.size(); ++a) {
        const std::size_t to = i + a > c ? i + a - c : 0;
        chain.add(i, (std::min)(to, states - 1), arrivals_[a]);
      }
    }
    left_ = chain.steady();
  }

  std::vector<double> arrivals_, left_;
  double mean_ = 0;
  int capacity_ = 0;
  bool overloaded_ = false;
};

}  // namespace sifang::theory

#endif
