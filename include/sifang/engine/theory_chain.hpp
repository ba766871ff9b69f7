// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_THEORY_CHAIN_HPP
#define SIFANG_ENGINE_THEORY_CHAIN_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/engine/theory_poisson.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Finite Markov chains in continuous time: where they are in the long run, and where after some time. The models that have no
/// formula are solved as such.

namespace sifang::theory {

/// A chain of states 0, 1, … with rates from state to state. The nearer to each other the numbers of states between which there are rates,
/// the faster the steady state is found.
class finite_chain {
 public:
  /// \pre at least one state; asserted, and with assertions off one is taken
  template <class = when_called>
  explicit finite_chain(std::size_t states) : states_(states > 0 ? states : 1), out_(states_, 0.0) {
    SIFANG_ASSERT(states > 0, "at least one state");
  }

  /// Adds a rate; one from a state to itself changes nothing.
  /// \pre both are states, and the rate is finite and not negative; asserted, and with assertions off such a rate is left out
  template <class = when_called>
  void add(std::size_t from, std::size_t to, double rate) {
    const bool sensible = from < states_ && to < states_ && detail::is_amount(rate);
    SIFANG_ASSERT(sensible, "states of the chain, and a rate that is finite and not negative");
    if (!sensible || from == to || rate == 0) return;
    steps_.push_back({from, to, rate});
    out_[from] += rate;
    if (to > from) up_ = (std::max)(up_, to - from);
    if (to < from) down_ = (std::max)(down_, from - to);
  }
  /// How many there are.
  [[nodiscard]] std::size_t states() const noexcept { return states_; }

  /// The steady state, by elimination without subtractions (Grassmann, Taksar & Heyman 1985), so that small probabilities keep their
  /// digits. Every state must lead to state 0 in some steps; what does not has no steady state of its own, and NaN comes out.
  /// \complexity states × (longest step up) × (longest step down)
  template <class = when_called>
  [[nodiscard]] std::vector<double> steady() const {
    const std::size_t width = down_ + up_ + 1;
    std::vector<double> band(states_ * width, 0.0);
    const auto at = [&](std::size_t i, std::size_t j) -> double& { return band[i * width + (j + down_ - i)]; };
    for (const step& s : steps_) at(s.from, s.to) += s.rate;
    for (std::size_t k = states_; k-- > 1;) {
      const std::size_t lowest = k > down_ ? k - down_ : 0;
      double sum = 0;
      for (std::size_t j = lowest; j < k; ++j) sum += at(k, j);
      for (std::size_t i = k > up_ ? k - up_ : 0; i < k; ++i) {
        if (at(i, k) == 0) continue;
        const double share = at(i, k) /= sum;
        for (std::size_t j = lowest; j < k; ++j) at(i, j) += share * at(k, j);
      }
    }
    std::vector<double> p(states_, 0.0);
    double sum = p[0] = 1;
    for (std::size_t k = 1; k < states_; ++k) {
      for (std::size_t i = k > up_ ? k - up_ : 0; i < k; ++i) p[k] += p[i] * at(i, k);
      sum += p[k];
    }
    for (double& x : p) x /= sum;
    return p;
  }

  /// Where the chain is after some time, by uniformisation (Jensen 1953).
  /// \param now  probabilities of the states at the beginning
  /// \pre as many probabilities as states, the time finite and not negative, and at most 1e8 steps in it; asserted, and with assertions
  ///      off the one answer is NaN
  /// \complexity (rates + states) × (time × greatest rate out of a state)
  template <class = when_called>
  [[nodiscard]] std::vector<double> after(std::vector<double> now, double time) const {
    const double fastest = *std::max_element(out_.begin(), out_.end());
    const bool sensible = now.size() == states_ && detail::is_amount(time) && time * fastest <= detail::most_counted;
    SIFANG_ASSERT(sensible, "as many probabilities as states, and a time that is finite and not too long");
    if (!sensible) return {detail::no_number};
    if (fastest == 0 || time == 0) return now;
    const std::vector<double> weights = detail::poisson_weights(fastest * time, 1);
    std::vector<double> out(states_, 0.0), next(states_);
    for (std::size_t k = 0; k < weights.size(); ++k) {
      for (std::size_t i = 0; i < states_; ++i) out[i] += weights[k] * now[i];
      if (k + 1 == weights.size()) break;
      for (std::size_t i = 0; i < states_; ++i) next[i] = now[i] * (1 - out_[i] / fastest);
      for (const step& s : steps_) next[s.to] += now[s.from] * (s.rate / fastest);
      now.swap(next);
    }
    return out;
  }

  /// Rates at which probabilities change now: Kolmogorov's forward equations.
  /// \param change  receives them \pre both as long as there are states; asserted
  template <class = when_called>
  void changes(std::span<const double> now, std::span<double> change) const {
    SIFANG_ASSERT(now.size() == states_ && change.size() == states_, "as many numbers as states");
    for (std::size_t i = 0; i < states_; ++i) change[i] = -now[i] * out_[i];
    for (const step& s : steps_) change[s.to] += now[s.from] * s.rate;
  }

 private:
  struct step {
    std::size_t from, to;
    double rate;
  };
  std::size_t states_, up_ = 0, down_ = 0;
  std::vector<step> steps_;
  std::vector<double> out_;
};

namespace detail {
/// Runge and Kutta's fourth order for y' = f(t, y). \param f  called with time, values and where their changes go
template <class Changes>
inline void integrate(std::vector<double>& y, double from, double to, int steps, Changes&& f) {
  const std::size_t n = y.size();
  const double h = (to - from) / steps;
  std::vector<double> k1(n), k2(n), k3(n), k4(n), at(n);
  const auto moved = [&](const std::vector<double>& k, double by) {
    for (std::size_t i = 0; i < n; ++i) at[i] = y[i] + by * k[i];
  };
  for (int s = 0; s < steps; ++s) {
    const double t = from + s * h;
    f(t, y, k1);
    moved(k1, h / 2);
    f(t + h / 2, at, k2);
    moved(k2, h / 2);
    f(t + h / 2, at, k3);
    moved(k3, h);
    f(t + h, at, k4);
    for (std::size_t i = 0; i < n; ++i) y[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
  }
}
}  // namespace detail

/// A station at one moment.
struct moment_state {
  double present = 0,  ///< mean number waiting or in service
      empty = 0,       ///< P(nobody is there)
      delayed = 0;     ///< P(all servers work): whoever comes now waits
};

/// M/M/c some time after a known beginning, by uniformisation.
/// \param present  customers at the beginning \param time  since then
/// \pre as `mmc`, present not negative, time finite and not negative; asserted, and with assertions off all is NaN
/// \complexity states × time × rates, where as many states are kept as can be reached but for 1e-16
template <class = when_called>
[[nodiscard]] inline moment_state mmc_after(double arrivals, double services, int servers, int present, double time) {
  const bool model = detail::is_amount(arrivals) && detail::is_positive(services) && servers > 0 && present >= 0 && detail::is_amount(time);
  SIFANG_ASSERT(model, "rates that are finite and not negative, services above 0, at least one server, and a time");
  if (!model) return {detail::no_number, detail::no_number, detail::no_number};
  const double come = arrivals * time;
  const auto most = static_cast<std::size_t>(present + come + 10 * std::sqrt(come) + 30);
  finite_chain chain(most + 1);
  for (std::size_t n = 0; n < most; ++n) {
    chain.add(n, n + 1, arrivals);
    chain.add(n + 1, n, services * (std::min)(static_cast<double>(n + 1), static_cast<double>(servers)));
  }
  std::vector<double> p(most + 1, 0.0);
  p[static_cast<std::size_t>(present)] = 1;
  p = chain.after(std::move(p), time);
  moment_state out;
  out.empty = p[0];
  for (std::size_t n = 0; n <= most; ++n) {
    out.present += static_cast<double>(n) * p[n];
    if (n >= static_cast<std::size_t>(servers)) out.delayed += p[n];
  }
  return out;
}

}  // namespace sifang::theory

#endif
