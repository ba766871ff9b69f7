// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIM_THEORY_HPP
#define SIFANG_SIM_THEORY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

/// \file
/// Exact values of queueing models, for tests, for first answers without simulating, and as controls.
/// Rates are per unit of time, waits in that unit; `wait` is until service begins, `stay` until it ends.
/// Where a steady state is meant, an offered load at or above the capacity is misuse and asserted.

/// \namespace sifang::theory Exact values of queueing models and of reception days.
namespace sifang::theory {

/// Steady state of one station.
struct steady_state {
  double utilisation = 0;  ///< share of time that a server works
  double delayed = 0;      ///< probability that a customer who enters waits at all
  double wait = 0;         ///< mean wait of those who enter
  double wait_square = 0;  ///< mean squared wait, first come first served
  double stay = 0;         ///< mean time from arrival to the end of service
  double waiting = 0;      ///< mean number waiting
  double present = 0;      ///< mean number waiting or in service
  double refused = 0;      ///< probability of being turned away
};

/// Erlang's loss formula, by the stable recursion B_k = aB/(k + aB). \param load offered load a = λ/μ
[[nodiscard]] inline double erlang_b(int servers, double load) noexcept {
  SIFANG_ASSERT(servers >= 0 && load >= 0);
  double b = 1;
  for (int k = 1; k <= servers; ++k) b = load * b / (k + load * b);
  return b;
}

/// Erlang's delay formula: probability of waiting in M/M/c. \pre load < servers
[[nodiscard]] inline double erlang_c(int servers, double load) noexcept {
  SIFANG_ASSERT(servers > 0 && load >= 0 && load < servers);
  const double b = erlang_b(servers, load);
  return b / (1 - load / servers * (1 - b));
}

/// M/M/c.
[[nodiscard]] inline steady_state mmc(double arrivals, double services, int servers) noexcept {
  const double load = arrivals / services, spare = servers * services - arrivals;
  steady_state s;
  s.utilisation = load / servers;
  s.delayed = erlang_c(servers, load);
  s.wait = s.delayed / spare;
  s.wait_square = 2 * s.delayed / (spare * spare);
  s.stay = s.wait + 1 / services;
  s.waiting = arrivals * s.wait;
  s.present = s.waiting + load;
  return s;
}

/// P(wait > t) in M/M/c, first come first served.
[[nodiscard]] inline double mmc_wait_tail(double arrivals, double services, int servers, double t) noexcept {
  return erlang_c(servers, arrivals / services) * std::exp(-(servers * services - arrivals) * t);
}

/// M/M/1.
[[nodiscard]] inline steady_state mm1(double arrivals, double services) noexcept { return mmc(arrivals, services, 1); }

/// M/M/c/K: room for K customers, waiting or in service; any load. Waits are of those who enter.
/// \pre room >= servers
template <class = when_called>
[[nodiscard]] inline steady_state mmck(double arrivals, double services, int servers, int room) {
  SIFANG_ASSERT(servers > 0 && room >= servers && arrivals > 0);
  // Weights of the states relative to the greatest, so that no factorial or power overflows.
  std::vector<double> p(static_cast<std::size_t>(room) + 1);
  double log_weight = 0, greatest = 0;
  for (int n = 0; n <= room; ++n) {
    if (n > 0) log_weight += std::log(arrivals / (services * std::min(n, servers)));
    p[static_cast<std::size_t>(n)] = log_weight;
    greatest = std::max(greatest, log_weight);
  }
  double sum = 0;
  for (double& x : p) sum += x = std::exp(x - greatest);
  for (double& x : p) x /= sum;

  steady_state s;
  s.refused = p.back();
  double serving = 0;
  for (int n = 0; n <= room; ++n) {
    const double x = p[static_cast<std::size_t>(n)];
    s.present += n * x;
    s.waiting += std::max(n - servers, 0) * x;
    serving += std::min(n, servers) * x;
    if (n >= servers && n < room) {
      s.delayed += x / (1 - s.refused);
      const double stages = n - servers + 1, stage = 1 / (services * servers);  // the wait is Erlang
      s.wait_square += x / (1 - s.refused) * stages * (stages + 1) * stage * stage;
    }
  }
  s.utilisation = serving / servers;
  s.wait = s.waiting / (arrivals * (1 - s.refused));
  s.stay = s.wait + 1 / services;
  return s;
}

/// Raw moments of a length of service.
struct service_moments {
  double first = 1,   ///< E S
         second = 1,  ///< E S²
         third = 1;   ///< E S³

  /// Always as long as the mean.
  [[nodiscard]] static service_moments constant(double mean) noexcept { return {mean, mean * mean, mean * mean * mean}; }
  /// Exponential, by mean.
  [[nodiscard]] static service_moments exponential(double mean) noexcept { return {mean, 2 * mean * mean, 6 * mean * mean * mean}; }
  /// Gamma by mean and coefficient of variation (Erlang of k phases at cv 1/√k).
  [[nodiscard]] static service_moments gamma(double mean, double cv) noexcept {
    const double v = cv * cv;
    return {mean, mean * mean * (1 + v), mean * mean * mean * (1 + v) * (1 + 2 * v)};
  }
  /// Lognormal, by mean and coefficient of variation.
  [[nodiscard]] static service_moments lognormal(double mean, double cv) noexcept {
    const double v = 1 + cv * cv;
    return {mean, mean * mean * v, mean * mean * mean * v * v * v};
  }
};

/// M/G/1: Pollaczek and Khinchine's mean, Takács's second moment of the wait.
[[nodiscard]] inline steady_state mg1(double arrivals, service_moments service) noexcept {
  const double load = arrivals * service.first;
  SIFANG_ASSERT(load < 1);
  steady_state s;
  s.utilisation = s.delayed = load;
  s.wait = arrivals * service.second / (2 * (1 - load));
  s.wait_square = 2 * s.wait * s.wait + arrivals * service.third / (3 * (1 - load));
  s.stay = s.wait + service.first;
  s.waiting = arrivals * s.wait;
  s.present = s.waiting + load;
  return s;
}

/// Mean squared wait in M/G/1 when the last to come is called first: its mean is that of first come, its
/// second moment 1/(1 − ρ) times as large (Takács 1963). It tells the two orders apart.
[[nodiscard]] inline double mg1_last_come_wait_square(double arrivals, service_moments service) noexcept {
  return mg1(arrivals, service).wait_square / (1 - arrivals * service.first);
}

/// M/D/1.
[[nodiscard]] inline steady_state md1(double arrivals, double service) noexcept {
  return mg1(arrivals, service_moments::constant(service));
}

/// P(wait ≤ t) in M/D/1 (Erlang 1909). The terms alternate: \pre arrivals × t is below about 20.
[[nodiscard]] inline double md1_wait_within(double arrivals, double service, double t) noexcept {
  SIFANG_ASSERT(arrivals * service < 1 && arrivals * t < 20);
  double sum = 0;
  for (int k = 0; k * service <= t; ++k) {
    const double x = arrivals * (k * service - t);
    double term = std::exp(-x);
    for (int j = 1; j <= k; ++j) term *= x / j;
    sum += term;
  }
  return (1 - arrivals * service) * sum;
}

/// G/M/1, the gap between arrivals given by its Laplace transform E e^{-sA}.
/// \param arrivals rate, 1/E A
template <std::invocable<double> Transform>
[[nodiscard]] steady_state gm1(double arrivals, double services, Transform transform) {
  SIFANG_ASSERT(arrivals < services);
  // σ = A*(μ(1−σ)) has one root in (0, 1); A* is convex, so that bisection on σ − A* cannot miss it.
  double low = 0, high = 1;
  for (int i = 0; i < 200 && high - low > 0; ++i) {
    const double middle = 0.5 * (low + high);
    if (middle == low || middle == high) break;
    const double excess = transform(services * (1 - middle)) - middle;
    (excess > 0 ? low : high) = middle;
  }
  const double sigma = low;
  steady_state s;
  s.utilisation = arrivals / services;
  s.delayed = sigma;
  s.wait = sigma / (services * (1 - sigma));
  s.wait_square = 2 * sigma / ((services * (1 - sigma)) * (services * (1 - sigma)));
  s.stay = s.wait + 1 / services;
  s.waiting = arrivals * s.wait;
  s.present = arrivals * s.stay;
  return s;
}

/// Bernoulli feedback: each customer served comes back at once with probability `again`. The station sees
/// arrivals/(1 − again); the state is that of M/M/c at this rate (Jackson), waits are of one visit.
[[nodiscard]] inline steady_state feedback(double arrivals, double services, int servers, double again) noexcept {
  SIFANG_ASSERT(again >= 0 && again < 1);
  return mmc(arrivals / (1 - again), services, servers);
}

/// Erlang A: M/M/c whose customers leave after an exponential patience.
struct impatient_state {
  double delayed = 0;    ///< probability of having to wait
  double abandoned = 0;  ///< share who leave unserved
  double wait = 0;       ///< mean wait of all, served or not
  double waiting = 0;    ///< mean number waiting
  double present = 0;    ///< mean number waiting or in service
};

/// The steady state of Erlang A.
/// \param patience rate of leaving of one who waits, > 0; any load is stable
[[nodiscard]] inline impatient_state erlang_a(double arrivals, double services, int servers, double patience) noexcept {
  SIFANG_ASSERT(arrivals > 0 && services > 0 && servers > 0 && patience > 0);
  // Weights relative to the state in which all servers work and nobody waits, scaled down when they grow
  // beyond the numbers of the machine.
  double busy = 0, busy_present = 0, full = 1, waiting = 0, w = 1;
  const auto tame = [&] {
    if (w < 1e200) return;
    for (double* x : {&busy, &busy_present, &full, &waiting, &w}) *x *= 1e-200;
  };
  for (int n = servers - 1; n >= 0; --n) {
    w *= (n + 1) * services / arrivals;
    busy += w;
    busy_present += w * n;
    tame();
  }
  w = full;
  for (int q = 1; w > 1e-18 * full || arrivals > servers * services + q * patience; ++q) {
    w *= arrivals / (servers * services + q * patience);
    full += w;
    waiting += q * w;
    tame();
  }
  const double sum = busy + full;
  impatient_state s;
  s.delayed = full / sum;
  s.waiting = waiting / sum;
  s.abandoned = patience * s.waiting / arrivals;
  s.wait = s.waiting / arrivals;
  s.present = (busy_present + servers * full + waiting) / sum;
  return s;
}

/// A class of customers, in order of priority.
struct priority_class {
  double arrivals = 0;      ///< rate
  service_moments service;  ///< its lengths of service
};

/// Mean wait of each class in M/G/1 with priorities and no preemption (Cobham 1954):
/// W_k = W₀/((1 − σ_{k−1})(1 − σ_k)).
template <class = when_called>
[[nodiscard]] inline std::vector<double> priority_waits(std::span<const priority_class> classes) {
  double residual = 0;
  for (const priority_class& c : classes) residual += c.arrivals * c.service.second / 2;
  std::vector<double> waits;
  double above = 0;
  for (const priority_class& c : classes) {
    const double with = above + c.arrivals * c.service.first;
    SIFANG_ASSERT(with < 1);
    waits.push_back(residual / ((1 - above) * (1 - with)));
    above = with;
  }
  return waits;
}

/// The same for M/M/c, all classes served at one rate.
template <class = when_called>
[[nodiscard]] inline std::vector<double> priority_waits(std::span<const double> arrivals, double services, int servers) {
  double load = 0;
  for (double a : arrivals) load += a / services;
  const double residual = erlang_c(servers, load) / (servers * services);
  std::vector<double> waits;
  double above = 0;
  for (double a : arrivals) {
    const double with = above + a / (services * servers);
    waits.push_back(residual / ((1 - above) * (1 - with)));
    above = with;
  }
  return waits;
}

/// Mean number present at `t` in M(t)/G/∞: ∫₀^∞ λ(t − u) P(S > u) du (Eick, Massey & Whitt 1993), by
/// Simpson's rule. Also the offered load for staffing a station whose arrivals vary (MOL).
/// \param rate      λ at a time
/// \param survival  P(S > u), u ≥ 0
/// \param longest   services longer than this are neglected
/// \param steps     intervals, even; the error falls as steps⁻⁴ for smooth functions
template <std::invocable<double> Rate, std::invocable<double> Survival>
[[nodiscard]] double infinite_servers(double t, Rate rate, Survival survival, double longest, int steps = 2000) {
  SIFANG_ASSERT(steps > 0 && steps % 2 == 0);
  const double h = longest / steps;
  double sum = 0;
  for (int i = 0; i <= steps; ++i) sum += (i == 0 || i == steps ? 1 : i % 2 ? 4 : 2) * rate(t - i * h) * survival(i * h);
  return sum * h / 3;
}

/// Offered loads of Erlang-R (Yom-Tov & Mandelbaum 2014) in steady state: customers who come back to the
/// same servers after a time away. Staffing by new cases alone misses the factor 1/(1 − again).
struct reentrant_load {
  double needy = 0;  ///< mean number that servers would work on, λ/((1 − p)μ)
  double away = 0;   ///< mean number who will come back, pλ/((1 − p)δ)
};

/// Loads of Erlang-R. \pre again < 1
/// \param again  probability p of coming back after a service
/// \param back   rate δ at which one who is away comes back
[[nodiscard]] inline reentrant_load erlang_r(double arrivals, double services, double again, double back) noexcept {
  SIFANG_ASSERT(again >= 0 && again < 1 && services > 0 && back > 0);
  const double total = arrivals / (1 - again);
  return {total / services, again * total / back};
}

/// Halfin and Whitt's (1981) limit of the probability of waiting with R + β√R servers, β > 0.
[[nodiscard]] inline double halfin_whitt(double beta) noexcept {
  const double cumulative = 0.5 * std::erfc(-beta / std::numbers::sqrt2);
  const double density = std::exp(-0.5 * beta * beta) / std::sqrt(2 * std::numbers::pi);
  return 1 / (1 + beta * cumulative / density);
}

/// Square-root staffing: about as many servers as keep the probability of waiting at `delayed`.
/// \param load offered load R; \pre 0 < delayed < 1
[[nodiscard]] inline int square_root_staffing(double load, double delayed) noexcept {
  SIFANG_ASSERT(load >= 0 && delayed > 0 && delayed < 1);
  double low = 0, high = 40;
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    (halfin_whitt(middle) > delayed ? low : high) = middle;
  }
  return static_cast<int>(std::ceil(load + high * std::sqrt(load)));
}

/// Fewest servers for which P(wait) in M/M/c is at most `delayed`, exactly.
[[nodiscard]] inline int least_servers(double load, double delayed) noexcept {
  SIFANG_ASSERT(load >= 0 && delayed > 0);
  double b = 1;
  for (int k = 1;; ++k) {
    b = load * b / (k + load * b);
    if (k > load && b / (1 - load / k * (1 - b)) <= delayed) return k;
  }
}

}  // namespace sifang::theory

#endif
