// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_THEORY_REENTRANT_HPP
#define SIFANG_ENGINE_THEORY_REENTRANT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/engine/theory_chain.hpp"
#include "sifang/engine/theory_poisson.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Customers who come back: networks of stations, Erlang-R whose arrivals vary over time, and case managers with a caseload of their own.

namespace sifang::theory {

/// A station of an open network.
struct network_station {
  double arrivals = 0,  ///< rate from outside
      services = 1;     ///< rate of a server
  int servers = 1;      ///< who work in parallel
};

/// Total arrivals of each station: λ_j = γ_j + Σ λ_i r_ij.
/// \param outside  rate from outside at each station
/// \param routing  row by row, the share of customers of station i who go to station j next; what is missing to 1 leaves
/// \pre rates and shares finite and not negative, no row of more than 1, as many shares as stations squared; asserted, and with
///      assertions off all are NaN. Where customers never leave the rates are without end
/// \complexity cubic in the stations
template <class = when_called>
[[nodiscard]] inline std::vector<double> network_traffic(std::span<const double> outside, std::span<const double> routing) {
  const std::size_t n = outside.size();
  bool model = routing.size() == n * n && std::all_of(outside.begin(), outside.end(), detail::is_amount) &&
               std::all_of(routing.begin(), routing.end(), detail::is_amount);
  for (std::size_t i = 0; model && i < n; ++i) {
    double row = 0;
    for (std::size_t j = 0; j < n; ++j) row += routing[i * n + j];
    model = row <= 1 + 1e-12;
  }
  SIFANG_ASSERT(model, "rates and shares that are finite and not negative, and rows of at most 1");
  if (!model) return std::vector<double>(n, detail::no_number);
  // (I − Rᵀ) λ = γ, by elimination with the largest pivot.
  std::vector<double> a(n * n), x(outside.begin(), outside.end());
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) a[i * n + j] = (i == j ? 1 : 0) - routing[j * n + i];
  }
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t best = k;
    for (std::size_t i = k + 1; i < n; ++i) best = std::abs(a[i * n + k]) > std::abs(a[best * n + k]) ? i : best;
    if (std::abs(a[best * n + k]) < 1e-14) return std::vector<double>(n, detail::endless);
    for (std::size_t j = 0; best != k && j < n; ++j) std::swap(a[k * n + j], a[best * n + j]);
    std::swap(x[k], x[best]);
    for (std::size_t i = k + 1; i < n; ++i) {
      const double f = a[i * n + k] / a[k * n + k];
      for (std::size_t j = k; j < n; ++j) a[i * n + j] -= f * a[k * n + j];
      x[i] -= f * x[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) x[k] -= a[k * n + j] * x[j];
    x[k] /= a[k * n + k];
  }
  return x;
}

/// An open Jackson network (1957): each station is as M/M/c at its total arrivals, and at one moment independent of the others. Waits are
/// of one visit.
/// \pre as `network_traffic` and, for each station, `mmc`; asserted
template <class = when_called>
[[nodiscard]] inline std::vector<steady_state> jackson_network(std::span<const network_station> stations, std::span<const double> routing) {
  std::vector<double> outside;
  for (const network_station& s : stations) outside.push_back(s.arrivals);
  const std::vector<double> total = network_traffic(sifang::detail::span_of(outside), routing);
  const bool model = std::none_of(total.begin(), total.end(), [](double x) { return std::isnan(x); });
  SIFANG_ASSERT(model, "arrivals and routing of a network");
  std::vector<steady_state> out;
  for (std::size_t i = 0; i < stations.size(); ++i) {
    out.push_back(!model                        ? detail::no_model
                  : total[i] == detail::endless ? detail::overload
                                                : mmc(total[i], stations[i].services, stations[i].servers));
  }
  return out;
}

/// P(nobody is at an M/M/c station); 0 without a steady state. \pre as `mmc`  \complexity linear in the servers
[[nodiscard]] inline double mmc_empty(double arrivals, double services, int servers) noexcept {
  const bool model = detail::is_station(arrivals, services, servers);
  SIFANG_ASSERT(model, "rates that are finite and not negative, services above 0, and at least one server");
  if (!model) return detail::no_number;
  const double load = arrivals / services;
  if (load >= servers) return 0;
  if (load == 0) return 1;
  // Σ a^k/k! below c, and a^c/c! c/(c − a), by logarithms from the greatest, as the terms may be beyond the machine.
  double log_term = 0, log_sum = 0;  // of the term 0
  const auto add = [&](double log_more) {
    const double high = (std::max)(log_sum, log_more);
    log_sum = high + std::log(std::exp(log_sum - high) + std::exp(log_more - high));
  };
  for (int k = 1; k < servers; ++k) add(log_term += std::log(load / k));
  add(log_term + std::log(load / servers) + std::log(servers / (servers - load)));
  return std::exp(-log_sum);
}

/// Mean numbers of Erlang-R with as many servers as are wanted, when arrivals vary: the offered loads by which to staff
/// (Yom-Tov & Mandelbaum 2014). \see erlang_r for constant arrivals
/// \param rate   λ at a time \param from,to  times \param start  mean numbers at `from`
/// \param again  probability of coming back after a service \param back  rate at which one who is away comes back
/// \param steps  of Runge and Kutta's fourth order
/// \pre 0 <= again <= 1, services and back above 0, times finite and in order, steps above 0; asserted, and with assertions off all is NaN
template <std::invocable<double> Rate>
[[nodiscard]] reentrant_load erlang_r_loads(Rate rate, double services, double again, double back, double from, double to,
                                            reentrant_load start = {}, int steps = 4000) {
  const bool model = again >= 0 && again <= 1 && detail::is_positive(services) && detail::is_positive(back) && std::isfinite(from) &&
                     std::isfinite(to) && from <= to && steps > 0;
  SIFANG_ASSERT(model, "a probability, rates above 0, and times that are finite and in order");
  if (!model) return {detail::no_number, detail::no_number};
  std::vector<double> y{start.needy, start.away};
  detail::integrate(y, from, to, steps, [&](double t, const std::vector<double>& now, std::vector<double>& change) {
    change[0] = rate(t) + back * now[1] - services * now[0];
    change[1] = again * services * now[0] - back * now[1];
  });
  return {y[0], y[1]};
}

/// Erlang-R with finitely many servers at one moment.
struct reentrant_moment {
  double needy = 0,  ///< mean number at the station, waiting or in service
      away = 0,      ///< mean number who will come back
      delayed = 0,   ///< P(all servers work)
      lost = 0;      ///< probability outside the states that are kept: how far from exact the others are
};

/// Erlang-R with finitely many servers when arrivals vary, from empty, by Kolmogorov's equations over (needy, away).
/// \param most_needy,most_away  states kept: more than these cannot be told; `lost` says what it costs
/// \param greatest_rate  of arrivals in the time
/// \pre as `erlang_r_loads`, at least one server, most_needy >= servers, most_away > 0; asserted, and with assertions off all is NaN
/// \complexity most_needy × most_away × time × greatest rate out of a state
template <std::invocable<double> Rate>
[[nodiscard]] reentrant_moment erlang_r_after(Rate rate, double greatest_rate, double services, int servers, double again, double back,
                                              double time, int most_needy, int most_away) {
  const bool model = again >= 0 && again <= 1 && detail::is_positive(services) && detail::is_positive(back) && detail::is_amount(time) &&
                     detail::is_amount(greatest_rate) && servers > 0 && most_needy >= servers && most_away > 0;
  SIFANG_ASSERT(model, "a probability, rates above 0, a time, at least one server, and states to keep");
  if (!model) return {detail::no_number, detail::no_number, detail::no_number, detail::no_number};
  const auto rows = static_cast<std::size_t>(most_needy) + 1, columns = static_cast<std::size_t>(most_away) + 1;
  const auto at = [&](std::size_t q, std::size_t a) { return q * columns + a; };
  const std::size_t beyond = rows * columns;  // where whatever leaves the states that are kept is counted
  finite_chain served(beyond + 1), coming(beyond + 1);
  for (std::size_t q = 0; q < rows; ++q) {
    for (std::size_t a = 0; a < columns; ++a) {
      const double done = services * (std::min)(static_cast<double>(q), static_cast<double>(servers));
      if (q > 0) {
        served.add(at(q, a), at(q - 1, a), done * (1 - again));
        served.add(at(q, a), a + 1 < columns ? at(q - 1, a + 1) : beyond, done * again);
      }
      if (a > 0) served.add(at(q, a), q + 1 < rows ? at(q + 1, a - 1) : beyond, back * static_cast<double>(a));
      coming.add(at(q, a), q + 1 < rows ? at(q + 1, a) : beyond, 1);
    }
  }
  const double fastest = greatest_rate + servers * services + most_away * back;
  const int steps = static_cast<int>(time * fastest * 1.5) + 20;  // well inside the region where the method is stable
  std::vector<double> p(beyond + 1, 0.0), more(beyond + 1);
  p[0] = 1;
  detail::integrate(p, 0, time, steps, [&](double t, const std::vector<double>& now, std::vector<double>& change) {
    served.changes(sifang::detail::span_of(now), sifang::detail::span_to(change));
    coming.changes(sifang::detail::span_of(now), sifang::detail::span_to(more));
    const double come = rate(t);
    for (std::size_t i = 0; i < change.size(); ++i) change[i] += come * more[i];
  });
  reentrant_moment out;
  for (std::size_t q = 0; q < rows; ++q) {
    for (std::size_t a = 0; a < columns; ++a) {
      const double x = p[at(q, a)];
      out.needy += static_cast<double>(q) * x;
      out.away += static_cast<double>(a) * x;
      if (q >= static_cast<std::size_t>(servers)) out.delayed += x;
    }
  }
  out.lost = p[beyond];
  return out;
}

/// A case manager with a caseload of their own, in steady state.
struct caseload_state {
  double busy = 0,       ///< share of time that the manager works
      full = 0,          ///< P(a case that comes finds the caseload full, and waits outside)
      outside = 0,       ///< mean number waiting outside
      outside_wait = 0,  ///< mean time that a case waits outside
      open = 0,          ///< mean number of open cases, those outside not counted
      needy = 0;         ///< mean number of these that wait for the manager, or are worked on
};

/// Arrivals that a case manager can take in the long run: (1 − p)μ(1 − B(M, pμ/δ)) with Erlang's B.
/// \pre as `case_manager`; asserted, and with assertions off NaN
[[nodiscard]] inline double case_manager_capacity(double services, double again, double back, int caseload) noexcept {
  const bool model = detail::is_positive(services) && again >= 0 && again < 1 && detail::is_positive(back) && caseload > 0;
  SIFANG_ASSERT(model, "a probability below 1, rates that are finite and above 0, and a caseload");
  if (!model) return detail::no_number;
  return (1 - again) * services * (1 - erlang_b(caseload, again * services / back));
}

/// One case manager who holds at most `caseload` open cases (Campello, Ingolfsson & Shumsky 2017, with one server): a case that is open
/// needs pieces of work of the manager, one at a time, with times away in between; others wait outside, first come first served. Solved as
/// a chain of (cases, needy ones). Managers among whom cases are dealt by chance are as many of these, each with their share of the
/// arrivals. \param services  rate of pieces of work \param again  probability that a piece is not the last \param back      rate at which
/// a case that is away needs the manager again \param caseload  open cases at most \pre arrivals not negative, services and back above 0,
/// all finite, 0 <= again < 1, caseload above 0; asserted, and with assertions off
///      all is NaN. At or above `case_manager_capacity` the answer is the limit
/// \complexity states × caseload²
template <class = when_called>
[[nodiscard]] inline caseload_state case_manager(double arrivals, double services, double again, double back, int caseload) {
  const bool model =
      detail::is_amount(arrivals) && detail::is_positive(services) && again >= 0 && again < 1 && detail::is_positive(back) && caseload > 0;
  SIFANG_ASSERT(model, "a probability below 1, rates that are finite and not negative, and a caseload");
  constexpr double none = detail::no_number, endless = detail::endless;
  if (!model) return {none, none, none, none, none, none};
  const double capacity = case_manager_capacity(services, again, back, caseload);
  const auto most_open = static_cast<std::size_t>(caseload);
  if (arrivals >= capacity) {
    const double idle = erlang_b(caseload, again * services / back);
    return {1 - idle, 1, endless, endless, static_cast<double>(caseload), caseload - again * services * (1 - idle) / back};
  }
  const std::size_t width = most_open + 1;
  for (double outside = 60 / std::log(capacity / (std::max)(arrivals, capacity * 1e-6));; outside *= 2) {
    const std::size_t most = most_open + static_cast<std::size_t>(outside) + 20;
    finite_chain chain((most + 1) * width);  // (cases, needy): more needy than open are never reached, and lead home all the same
    const auto at = [&](std::size_t n, std::size_t q) { return n * width + q; };
    for (std::size_t n = 0; n <= most; ++n) {
      const std::size_t open = (std::min)(n, most_open);
      for (std::size_t q = 0; q <= most_open; ++q) {
        if (q > open) {
          chain.add(at(n, q), at(n, q - 1), 1);
          continue;
        }
        if (n < most) chain.add(at(n, q), n < most_open ? at(n + 1, q + 1) : at(n + 1, q), arrivals);
        if (q > 0) {
          chain.add(at(n, q), at(n, q - 1), services * again);
          chain.add(at(n, q), n > most_open ? at(n - 1, q) : at(n - 1, q - 1), services * (1 - again));
        }
        if (q < open) chain.add(at(n, q), at(n, q + 1), back * static_cast<double>(open - q));
      }
    }
    const std::vector<double> p = chain.steady();
    caseload_state out;
    double last = 0;
    for (std::size_t n = 0; n <= most; ++n) {
      for (std::size_t q = 0; q <= (std::min)(n, most_open); ++q) {
        const double x = p[at(n, q)];
        if (q > 0) out.busy += x;
        if (n >= most_open) out.full += x;
        out.outside += x * static_cast<double>(n - (std::min)(n, most_open));
        out.open += x * static_cast<double>((std::min)(n, most_open));
        out.needy += x * static_cast<double>(q);
        if (n == most) last += x;
      }
    }
    out.outside_wait = arrivals > 0 ? out.outside / arrivals : 0;
    if (last < 1e-13) return out;
  }
}

}  // namespace sifang::theory

#endif
