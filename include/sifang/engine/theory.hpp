// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_THEORY_HPP
#define SIFANG_ENGINE_THEORY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/engine/theory_patience.hpp"
#include "sifang/engine/theory_poisson.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

/// \file
/// Exact values of queueing models, for tests, for first answers without simulating, and as controls.
/// Rates are per unit of time, waits in that unit; `wait` is until service begins, `stay` until it ends.
///
/// Outside their domain they all answer alike:
/// - An offered load at or above the capacity is no misuse. The answer is the limit: a wait, a stay and numbers without end
///   (infinity), a delay that is certain, servers that always work. `std::isfinite(wait)` says whether a steady state is meant.
/// - What is no model at all (a rate that is negative, infinite or no number, a time between that is none, no server, a
///   probability outside 0 to 1) is misuse and asserted. With assertions off the answer is no number either (NaN; 0 servers
///   where a number of servers is asked), never a plausible one. Whoever takes rates from outside asks before, or looks after.

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

namespace detail {
inline constexpr steady_state no_model{no_number, no_number, no_number, no_number, no_number, no_number, no_number, no_number};
inline constexpr steady_state overload{1, 1, endless, endless, endless, endless, endless, 0};

[[nodiscard]] constexpr bool is_station(double arrivals, double services, int servers) noexcept {
  return is_amount(arrivals) && is_positive(services) && servers > 0;
}
/// Erlang C from Erlang B, so that nothing cancels near capacity.
[[nodiscard]] constexpr double delayed_of(double refused, double servers, double load) noexcept {
  return refused / ((servers - load) / servers + load / servers * refused);
}
}  // namespace detail

/// Erlang's loss formula, by the stable recursion B_k = aB/(k + aB). \param load offered load a = λ/μ
/// \pre servers and load not negative, load finite; asserted  \complexity linear in the servers
[[nodiscard]] inline double erlang_b(int servers, double load) noexcept {
  const bool model = servers >= 0 && detail::is_amount(load);
  SIFANG_ASSERT(model, "a load that is finite and not negative, and servers that are not");
  if (!model) return detail::no_number;
  double b = 1;
  for (int k = 1; k <= servers; ++k) b = load * b / (k + load * b);
  return b;
}

/// Erlang's delay formula: probability of waiting in M/M/c, 1 at load >= servers.
/// \pre at least one server, load finite and not negative; asserted  \complexity linear in the servers
[[nodiscard]] inline double erlang_c(int servers, double load) noexcept {
  const bool model = servers > 0 && detail::is_amount(load);
  SIFANG_ASSERT(model, "a load that is finite and not negative, and at least one server");
  if (!model) return detail::no_number;
  return load < servers ? detail::delayed_of(erlang_b(servers, load), servers, load) : 1;
}

/// M/M/c. \pre arrivals not negative, services above 0, both finite, at least one server; asserted
[[nodiscard]] inline steady_state mmc(double arrivals, double services, int servers) noexcept {
  const bool model = detail::is_station(arrivals, services, servers);
  SIFANG_ASSERT(model, "rates that are finite and not negative, services above 0, and at least one server");
  if (!model) return detail::no_model;
  const double load = arrivals / services, spare = servers * services - arrivals;
  if (load >= servers || spare <= 0) return detail::overload;
  steady_state s;
  s.utilisation = load / servers;
  s.delayed = erlang_c(servers, load);
  s.wait = s.delayed / spare;
  s.wait_square = 2 * s.wait / spare;
  s.stay = s.wait + 1 / services;
  s.waiting = arrivals * s.wait;
  s.present = s.waiting + load;
  return s;
}

/// P(wait > t) in M/M/c, first come first served. \pre as `mmc`, and t is a number; asserted
[[nodiscard]] inline double mmc_wait_tail(double arrivals, double services, int servers, double t) noexcept {
  const bool model = detail::is_station(arrivals, services, servers) && !std::isnan(t);
  SIFANG_ASSERT(model, "rates that are finite and not negative, services above 0, at least one server, and a time");
  if (!model) return detail::no_number;
  const double load = arrivals / services, spare = servers * services - arrivals;
  if (t < 0 || load >= servers || spare <= 0) return 1;
  return erlang_c(servers, load) * std::exp(-spare * t);
}

/// M/M/1. \pre as `mmc`
[[nodiscard]] inline steady_state mm1(double arrivals, double services) noexcept { return mmc(arrivals, services, 1); }

/// M/M/c/K: room for K customers, waiting or in service; any load has a steady state. Waits are of those who enter.
/// \pre as `mmc`, and room >= servers; asserted  \complexity linear in the room
template <class = when_called>
[[nodiscard]] inline steady_state mmck(double arrivals, double services, int servers, int room) {
  const bool model = detail::is_station(arrivals, services, servers) && room >= servers;
  SIFANG_ASSERT(model, "rates that are finite and not negative, services above 0, at least one server, and room for all servers");
  if (!model) return detail::no_model;
  // Weights of the states outward from the greatest, so that no factorial or power overflows.
  const auto states = static_cast<std::size_t>(room) + 1;
  const double load = arrivals / services;
  const auto growth = [&](std::size_t n) { return load / (std::min)(static_cast<double>(n), static_cast<double>(servers)); };
  const std::size_t mode = load < servers ? static_cast<std::size_t>(load) : states - 1;
  std::vector<double> p(states, 0.0);
  p[mode] = 1;
  for (std::size_t n = mode + 1; n < states; ++n) p[n] = p[n - 1] * growth(n);
  for (std::size_t n = mode; n > 0; --n) p[n - 1] = p[n] / growth(n);

  steady_state s;
  double sum = 0, accepted = 0, delayed = 0, serving = 0, square = 0;
  for (std::size_t n = 0; n < states; ++n) {
    const double x = p[n], line = (std::max)(static_cast<double>(n) - servers, 0.0);
    sum += x;
    s.present += static_cast<double>(n) * x;
    s.waiting += line * x;
    serving += (std::min)(static_cast<double>(n), static_cast<double>(servers)) * x;
    if (n + 1 == states) continue;
    accepted += x;
    if (n < static_cast<std::size_t>(servers)) continue;
    delayed += x;
    square += x * (line + 1) * (line + 2);  // the wait is Erlang, of line + 1 stages
  }
  const double stage = 1 / (services * servers);
  s.refused = p.back() / sum;
  s.utilisation = (std::min)(serving / sum / servers, 1.0);
  s.delayed = accepted > 0 ? delayed / accepted : 1;
  s.wait_square = accepted > 0 ? square / accepted * stage * stage : detail::endless;
  s.wait = serving > 0 ? s.waiting / (services * serving) : 0;  // what is served has entered
  s.stay = s.wait + 1 / services;
  s.waiting /= sum;
  s.present /= sum;
  return s;
}

/// Raw moments of a length of service.
struct service_moments {
  double first = 1,  ///< E S
      second = 1,    ///< E S²
      third = 1;     ///< E S³

  /// Always as long as the mean. \pre finite and not negative; asserted
  [[nodiscard]] static service_moments constant(double mean) noexcept {
    SIFANG_ASSERT(detail::is_amount(mean), "a length that is finite and not negative");
    return {mean, mean * mean, mean * mean * mean};
  }
  /// Exponential, by mean. \pre finite and not negative; asserted
  [[nodiscard]] static service_moments exponential(double mean) noexcept {
    SIFANG_ASSERT(detail::is_amount(mean), "a length that is finite and not negative");
    return {mean, 2 * mean * mean, 6 * mean * mean * mean};
  }
  /// Gamma by mean and coefficient of variation (Erlang of k phases at cv 1/√k).
  /// \pre both finite and not negative; asserted
  [[nodiscard]] static service_moments gamma(double mean, double cv) noexcept {
    SIFANG_ASSERT(detail::is_amount(mean) && detail::is_amount(cv), "a length and its variation, finite and not negative");
    const double v = cv * cv;
    return {mean, mean * mean * (1 + v), mean * mean * mean * (1 + v) * (1 + 2 * v)};
  }
  /// Lognormal, by mean and coefficient of variation. \pre both finite and not negative; asserted
  [[nodiscard]] static service_moments lognormal(double mean, double cv) noexcept {
    SIFANG_ASSERT(detail::is_amount(mean) && detail::is_amount(cv), "a length and its variation, finite and not negative");
    const double v = 1 + cv * cv;
    return {mean, mean * mean * v, mean * mean * mean * v * v * v};
  }

  /// Whether there is such a length: not negative, E S² at least (E S)² and E S E S³ at least (E S²)², but for rounding.
  /// The second and the third may be infinite.
  [[nodiscard]] constexpr bool possible() const noexcept {
    constexpr double rounding = 1e-9;
    return detail::is_amount(first) && second * (1 + rounding) >= first * first && third >= 0 &&
           (first == 0 || third == detail::endless || first * third * (1 + rounding) >= second * second);
  }
};

namespace detail {
/// Work that is left in service when one of a class comes, per unit of time: λ E S²/2.
[[nodiscard]] constexpr double residual_of(double arrivals, const service_moments& service) noexcept {
  return arrivals > 0 ? arrivals * service.second / 2 : 0;
}
}  // namespace detail

/// M/G/1: Pollaczek and Khinchine's mean, Takács's second moment of the wait; both are infinite where E S² or E S³ is.
/// \pre arrivals finite and not negative, moments that are possible; asserted
[[nodiscard]] inline steady_state mg1(double arrivals, service_moments service) noexcept {
  const bool model = detail::is_amount(arrivals) && service.possible();
  SIFANG_ASSERT(model, "arrivals that are finite and not negative, and moments that a length can have");
  if (!model) return detail::no_model;
  const double load = arrivals * service.first;
  if (load >= 1) return detail::overload;
  steady_state s;
  s.utilisation = s.delayed = load;
  s.stay = service.first;
  if (arrivals == 0) return s;
  s.wait = detail::residual_of(arrivals, service) / (1 - load);
  s.wait_square = 2 * s.wait * s.wait + arrivals * service.third / (3 * (1 - load));
  s.stay = s.wait + service.first;
  s.waiting = arrivals * s.wait;
  s.present = s.waiting + load;
  return s;
}

/// Mean squared wait in M/G/1 when the last to come is called first: its mean is that of first come, its
/// second moment 1/(1 − ρ) times as large (Takács 1963). It tells the two orders apart. \pre as `mg1`
[[nodiscard]] inline double mg1_last_come_wait_square(double arrivals, service_moments service) noexcept {
  const steady_state s = mg1(arrivals, service);
  return s.utilisation < 1 ? s.wait_square / (1 - arrivals * service.first) : s.wait_square;
}

/// M/D/1. \pre arrivals and service finite and not negative; asserted
[[nodiscard]] inline steady_state md1(double arrivals, double service) noexcept {
  return mg1(arrivals, service_moments::constant(service));
}

/// P(wait ≤ t) in M/D/1, by sums in which nothing cancels (Franx 2001), for any load and time; 0 for t < 0.
/// \pre arrivals and service finite and not negative, t is a number; asserted
/// \complexity constant: beyond some services' time the tail falls by one rate, the `tail_root`
template <class = when_called>
[[nodiscard]] inline double md1_wait_within(double arrivals, double service, double t) noexcept {
  const bool model = detail::is_amount(arrivals) && detail::is_amount(service) && !std::isnan(t);
  SIFANG_ASSERT(model, "arrivals and a service that are finite and not negative, and a time");
  if (!model) return detail::no_number;
  const double load = arrivals * service;
  if (t < 0 || load >= 1) return 0;
  if (load == 0 || t == detail::endless) return 1;

  // Time in services. Past `deep` the other roots of the tail are nothing to the first.
  constexpr int deep = 60;
  const double time = t / service, shallow = (std::min)(time, double{deep});
  // More than n arrivals during a service, summed from the far end.
  std::array<double, deep + 2> count{std::exp(-load)}, more{};
  for (std::size_t n = 1; n < count.size(); ++n) count[n] = count[n - 1] * load / static_cast<double>(n);
  for (std::size_t n = deep + 1; n > 0; --n) more[n - 1] = more[n] + count[n];
  // Number present, state by state: e^{−ρ} p_j = P(A > j − 1) p₀ + Σ P(A > j − k) p_k, 0 < k < j; then the sums of p.
  std::array<double, deep + 2> p{}, within{};
  p[0] = within[0] = 1 - load;
  for (std::size_t j = 1; j <= deep + 1; ++j) {
    double sum = more[j - 1] * p[0];
    for (std::size_t k = 1; k < j; ++k) sum += more[j - k] * p[k];
    p[j] = sum * std::exp(load);
    within[j] = within[j - 1] + p[j];
  }
  const int whole = static_cast<int>(shallow);
  const double part = load * (whole + 1 - shallow);
  double weight = std::exp(-part), sum = 0;
  for (int j = 0; j <= whole; ++j) {
    sum += weight * within[static_cast<std::size_t>(whole - j) + 1];
    weight *= part / (j + 1);
  }
  const double there = (std::min)(sum, 1.0);
  return time <= deep ? there : 1 - (1 - there) * std::exp(-detail::log_tail_root(load, 1) * (time - deep));
}

/// G/M/1, the gap between arrivals given by its Laplace transform E e^{-sA}.
///
/// σ is found to 16 digits, which is what `transform` can give: within 1e-8 of full load few digits of the wait are left.
/// \param arrivals rate, 1/E A
/// \pre arrivals not negative, services above 0, both finite, the transform from 0 to 1; asserted
template <std::invocable<double> Transform>
[[nodiscard]] steady_state gm1(double arrivals, double services, Transform transform) {
  const bool rates = detail::is_station(arrivals, services, 1);
  const double at_services = rates ? static_cast<double>(transform(services)) : detail::no_number;
  const bool model = at_services >= 0 && at_services <= 1;
  SIFANG_ASSERT(model, "rates that are finite and not negative, services above 0, and a transform from 0 to 1");
  if (!model) return detail::no_model;
  if (arrivals >= services) return detail::overload;
  // σ = A*(μ(1−σ)) has one root in (0, 1); A* is convex, so that bisection on 1 − σ cannot miss it.
  double low = 0, high = 1;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    if (middle == low || middle == high) break;
    const double excess = transform(services * middle) - (1 - middle);
    (excess < 0 ? low : high) = middle;
  }
  const double free = high, sigma = 1 - free;
  steady_state s;
  s.utilisation = arrivals / services;
  s.delayed = sigma;
  s.wait = sigma / (services * free);
  s.wait_square = 2 * s.wait / (services * free);
  s.stay = s.wait + 1 / services;
  s.waiting = arrivals * s.wait;
  s.present = arrivals * s.stay;
  return s;
}

/// Bernoulli feedback: each customer served comes back at once with probability `again`. The station sees
/// arrivals/(1 − again); the state is that of M/M/c at this rate (Jackson), waits are of one visit.
/// \pre as `mmc`, and 0 <= again < 1; asserted
[[nodiscard]] inline steady_state feedback(double arrivals, double services, int servers, double again) noexcept {
  const bool model = again >= 0 && again < 1;
  SIFANG_ASSERT(model, "a probability below 1");
  if (!model) return detail::no_model;
  return mmc(arrivals / (1 - again), services, servers);
}

/// A class of customers, in order of priority.
struct priority_class {
  double arrivals = 0;      ///< rate
  service_moments service;  ///< its lengths of service
};

/// Mean wait of each class in M/G/1 with priorities and no preemption (Cobham 1954):
/// W_k = W₀/((1 − σ_{k−1})(1 − σ_k)). The first class that overloads the server, and all below it, wait without end; it
/// then takes all the time that those above it leave, and they wait for what is left of it too.
/// \pre arrivals finite and not negative, moments that are possible; asserted, and with assertions off all are NaN
template <class = when_called>
[[nodiscard]] inline std::vector<double> priority_waits(std::span<const priority_class> classes) {
  const bool model = std::all_of(classes.begin(), classes.end(),
                                 [](const priority_class& c) { return detail::is_amount(c.arrivals) && c.service.possible(); });
  SIFANG_ASSERT(model, "arrivals that are finite and not negative, and moments that a length can have");
  if (!model) return std::vector<double>(classes.size(), detail::no_number);
  double residual = 0, load = 0;
  for (const priority_class& c : classes) {
    const double room = 1 - load;
    load += c.arrivals * c.service.first;
    residual += detail::residual_of(load < 1 ? c.arrivals : room / c.service.first, c.service);
    if (load >= 1) break;  // nobody below is ever served
  }
  std::vector<double> waits;
  double above = 0;
  for (const priority_class& c : classes) {
    const double with = above + c.arrivals * c.service.first;
    waits.push_back(with < 1 ? residual / ((1 - above) * (1 - with)) : detail::endless);
    above = with;
  }
  return waits;
}

/// The same for M/M/c, all classes served at one rate. \pre as `mmc`; asserted, and with assertions off all are NaN
template <class = when_called>
[[nodiscard]] inline std::vector<double> priority_waits(std::span<const double> arrivals, double services, int servers) {
  const bool model = detail::is_station(0, services, servers) && std::all_of(arrivals.begin(), arrivals.end(), detail::is_amount);
  SIFANG_ASSERT(model, "rates that are finite and not negative, services above 0, and at least one server");
  if (!model) return std::vector<double>(arrivals.size(), detail::no_number);
  double load = 0;
  for (double a : arrivals) load += a / services;
  const double residual = (load < servers ? erlang_c(servers, load) : 1) / (servers * services);
  std::vector<double> waits;
  double above = 0;
  for (double a : arrivals) {
    const double with = above + a / (services * servers);
    waits.push_back(with < 1 ? residual / ((1 - above) * (1 - with)) : detail::endless);
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
/// \pre t finite, longest finite and not negative, steps even and above 0; asserted
template <std::invocable<double> Rate, std::invocable<double> Survival>
[[nodiscard]] double infinite_servers(double t, Rate rate, Survival survival, double longest, int steps = 2000) {
  const bool model = std::isfinite(t) && detail::is_amount(longest) && steps > 0 && steps % 2 == 0;
  SIFANG_ASSERT(model, "times that are finite, and an even number of steps");
  if (!model) return detail::no_number;
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

/// Loads of Erlang-R. \pre 0 <= again < 1, arrivals not negative, services and back above 0, all finite; asserted
/// \param again  probability p of coming back after a service
/// \param back   rate δ at which one who is away comes back
[[nodiscard]] inline reentrant_load erlang_r(double arrivals, double services, double again, double back) noexcept {
  const bool model = again >= 0 && again < 1 && detail::is_station(arrivals, services, 1) && detail::is_positive(back);
  SIFANG_ASSERT(model, "a probability below 1, and rates that are finite and above 0");
  if (!model) return {detail::no_number, detail::no_number};
  const double total = arrivals / (1 - again);
  return {total / services, again * total / back};
}

/// Halfin and Whitt's (1981) limit of the probability of waiting with R + β√R servers; 1 at β <= 0.
/// \pre beta is a number; asserted
[[nodiscard]] inline double halfin_whitt(double beta) noexcept {
  SIFANG_ASSERT(!std::isnan(beta), "a number");
  if (beta <= 0) return 1;
  const double cumulative = 0.5 * std::erfc(-beta / std::numbers::sqrt2);
  const double density = std::exp(-0.5 * beta * beta) / std::sqrt(2 * std::numbers::pi);
  return density > 0 ? 1 / (1 + beta * cumulative / density) : density;
}

namespace detail {
inline constexpr double most_load = 2e9;  // beyond, an int may not hold the servers
}  // namespace detail

/// Square-root staffing: about as many servers as keep the probability of waiting at `delayed`.
/// \param load offered load R
/// \pre 0 <= load <= 2e9 and 0 < delayed < 1; asserted, and with assertions off the answer is 0
[[nodiscard]] inline int square_root_staffing(double load, double delayed) noexcept {
  const bool model = load >= 0 && load <= detail::most_load && delayed > 0 && delayed < 1;
  SIFANG_ASSERT(model, "a load from 0 to 2e9, and a probability between 0 and 1");
  if (!model) return 0;
  double low = 0, high = 40;
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    (halfin_whitt(middle) > delayed ? low : high) = middle;
  }
  return static_cast<int>(std::ceil(load + high * std::sqrt(load)));
}

/// Fewest servers for which P(wait) in M/M/c is at most `delayed`, exactly; at least one, and more than the load.
/// \pre 0 <= load <= 2e9 and delayed > 0; asserted, and with assertions off the answer is 0
/// \complexity linear in the answer
[[nodiscard]] inline int least_servers(double load, double delayed) noexcept {
  const bool model = load >= 0 && load <= detail::most_load && delayed > 0;
  SIFANG_ASSERT(model, "a load from 0 to 2e9, and a probability above 0");
  if (!model) return 0;
  double b = 1;
  for (int k = 1;; ++k) {
    b = load * b / (k + load * b);
    if (k > load && detail::delayed_of(b, k, load) <= delayed) return k;
  }
}

}  // namespace sifang::theory

#endif
