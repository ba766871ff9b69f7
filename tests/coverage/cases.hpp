// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_COVERAGE_CASES_HPP
#define SIFANG_TESTS_COVERAGE_CASES_HPP

#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// How often intervals hold the truth: laws whose truth is known, and the counting. For the table of docs/intervals.md
/// (coverage.cpp) and for the short version among the tests (tests/stats/coverage.cpp).
namespace coverage {

using namespace sifang;

/// Random numbers of one replication of one trial.
struct luck {
  random_source source;
  std::uint64_t replication;
  [[nodiscard]] double operator()(std::uint32_t purpose) const { return source.uniform(replication, purpose); }
};

/// One replication: numerator and denominator, and those of another policy where two are compared.
struct draw {
  double y = 0, n = 1, other_y = 0, other_n = 1;
};

/// A law of replications with its truth.
struct law {
  std::string name;
  quantity what = quantity::number;
  double truth = 0;
  bool promised = true;  ///< 93 % from `least_replications` on; the others show where the promise ends
  std::function<draw(const luck&)> of;
  bool paired = false;  ///< the truth is of the difference of two policies
};

/// Beta law by two gammas; the mean is p, two trials of a replication are correlated by `alike`.
[[nodiscard]] inline double beta(const luck& u, std::uint32_t purpose, double p, double alike) {
  const double size = 1 / alike - 1, of_yes = p * size, of_no = (1 - p) * size;
  const double yes = gamma(u(purpose), of_yes, 1 / std::sqrt(of_yes)), no = gamma(u(purpose + 1), of_no, 1 / std::sqrt(of_no));
  return yes + no > 0 ? yes / (yes + no) : p;
}

[[nodiscard]] inline std::vector<law> laws() {
  const auto mean = [](std::string name, quantity what, double truth, bool promised, auto one) {
    return law{std::move(name), what, truth, promised, [one](const luck& u) { return draw{one(u), 1, 0, 1}; }};
  };
  const auto share = [](double p, int trials) {
    return law{"share " + std::to_string(p).substr(0, 5) + " of " + std::to_string(trials), quantity::share, p, true, [=](const luck& u) {
                 return draw{double(binomial(u(0), trials, p)), double(trials), 0, 1};
               }};
  };
  const auto alike = [](double p, int trials, double rho) {
    return law{
        "share " + std::to_string(p).substr(0, 5) + " of " + std::to_string(trials) + ", correlated " + std::to_string(rho).substr(0, 4),
        quantity::share, p, true, [=](const luck& u) {
          return draw{double(binomial(u(0), trials, beta(u, 1, p, rho))), double(trials), 0, 1};
        }};
  };
  std::vector<law> out;
  out.push_back(mean("mean, normal", quantity::number, 10, true, [](const luck& u) { return 10 + normal(u(0)); }));
  out.push_back(mean("mean, exponential", quantity::amount, 1, true, [](const luck& u) { return exponential(u(0), 1); }));
  out.push_back(mean("mean, exponential, of any sign", quantity::number, 1, true, [](const luck& u) { return exponential(u(0), 1); }));
  for (const double cv : {0.5, 1.0, 2.0, 4.0}) {
    out.push_back(mean("mean, lognormal of cv " + std::to_string(cv).substr(0, 3), quantity::amount, 1, cv <= 2,
                       [cv](const luck& u) { return lognormal(u(0), 1, cv); }));
  }
  out.push_back({"ratio, denominators 20 to 30", quantity::amount, 0.4, true, [](const luck& u) {
                   const double n = 20 + 10 * u(0);
                   return draw{0.4 * n + normal(u(1)), n, 0, 1};
                 }});
  out.push_back({"ratio, waits of a few visitors", quantity::amount, 1, true, [](const luck& u) {
                   draw d{0, double(poisson(u(0), 4)), 0, 1};
                   for (std::uint32_t k = 0; k < d.n; ++k) d.y += exponential(u(k + 1), 1);
                   return d;
                 }});
  out.push_back({"ratio, exponential denominators", quantity::amount, 1, true, [](const luck& u) {
                   const double n = exponential(u(0), 1);
                   return draw{n * (0.5 + u(1)), n, 0, 1};
                 }});
  for (const double p : {0.001, 0.02, 0.5}) {
    for (const int trials : {50, 1000}) out.push_back(share(p, trials));
  }
  out.push_back({"share 0.020 of 20 or so", quantity::share, 0.02, true, [](const luck& u) {
                   const int trials = poisson(u(0), 20);
                   return draw{double(binomial(u(1), trials, 0.02)), double(trials), 0, 1};
                 }});
  for (const double p : {0.001, 0.02, 0.1, 0.5}) {
    for (const double rho : {0.05, 0.2}) out.push_back(alike(p, 50, rho));
  }
  out.push_back(alike(0.001, 1000, 0.01));
  out.push_back(alike(0.02, 1000, 0.01));
  out.push_back(mean("share of a year, 0.1", quantity::yearly_share, 0.1, true, [](const luck& u) { return beta(u, 0, 0.1, 0.05); }));
  for (const double m : {0.1, 2.0, 30.0}) {
    out.push_back(mean("count, " + std::to_string(m).substr(0, m < 10 ? 3 : 2) + " a year", quantity::count, m, true,
                       [m](const luck& u) { return double(poisson(u(0), m)); }));
  }
  for (const double clump : {3.0, 20.0}) {
    out.push_back(mean("count, 2 a year, variance " + std::to_string(clump).substr(0, clump < 10 ? 1 : 2) + " times the mean",
                       quantity::count, 2, clump < 10, [clump](const luck& u) { return double(negative_binomial(u(0), 2, clump)); }));
  }
  const auto pair = [&](std::string name, quantity what, double truth, auto both) {
    out.push_back({std::move(name), what, truth, true, both, true});
  };
  pair("difference, normal", quantity::number, 0.1, [](const luck& u) {
    const double common = normal(u(0));
    return draw{common, 1, common + 0.1 + 0.3 * normal(u(1)), 1};
  });
  pair("difference, skewed", quantity::number, 1, [](const luck& u) {
    const double common = normal(u(0));
    return draw{common, 1, common + exponential(u(1), 1), 1};
  });
  pair("difference, seldom and to both sides", quantity::number, 0, [](const luck& u) {
    const double common = normal(u(0)), other = u(1) < 0.05 ? 1 : u(1) > 0.95 ? -1 : 0;
    return draw{common, 1, common + other, 1};
  });
  pair("difference of shares 0.02 and 0.03", quantity::share, 0.01, [](const luck& u) {
    double few = 0, more = 0;
    for (std::uint32_t k = 0; k < 50; ++k) {
      few += u(k) < 0.02;
      more += u(k) < 0.03;
    }
    return draw{few, 50, more, 50};
  });
  pair("difference of ratios, denominators 20 to 30", quantity::amount, 0.1, [](const luck& u) {
    const double n = 20 + 10 * u(0), m = 20 + 10 * u(1), common = normal(u(2));
    return draw{0.4 * n + common, n, 0.5 * m + common + 0.5 * normal(u(3)), m};
  });
  return out;
}

/// What became of many trials.
struct tally {
  int shown = 0,  ///< intervals that were given
      held = 0,   ///< of these, that hold the truth
      plain = 0;  ///< Student's intervals by the delta method that do, of all trials
};

/// `trials` samples of `n` replications each.
[[nodiscard]] inline tally measure(const law& of, std::size_t n, int trials, double confidence, std::uint64_t seed) {
  tally out;
  const t_scale scale(n, confidence);
  std::vector<double> y(n), d(n), other_y(n), other_d(n);
  for (int k = 0; k < trials; ++k) {
    const random_source source(seed, static_cast<std::uint32_t>(k));
    double sum_y = 0, sum_n = 0, squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const draw one = of.of(luck{source, i});
      y[i] = one.y, d[i] = one.n, other_y[i] = one.other_y, other_d[i] = one.other_n;
      sum_y += one.y, sum_n += one.n;
    }
    const interval found =
        of.paired ? compare_ratios(y, d, other_y, other_d, scale, of.what).difference : ratio_interval(y, d, scale, of.what);
    if (found.bounded()) {
      ++out.shown;
      out.held += found.contains(of.truth);
    }
    if (of.paired || sum_n <= 0) continue;
    const double ratio = sum_y / sum_n, count = static_cast<double>(n);
    for (std::size_t i = 0; i < n; ++i) squares += (y[i] - ratio * d[i]) * (y[i] - ratio * d[i]);
    out.plain += std::abs(ratio - of.truth) <= scale.factor() * std::sqrt(squares / (count - 1) * count) / sum_n;
  }
  return out;
}

/// How often other statements hold: what a law of trials says each time is counted by `of`, from the random numbers of one trial.
struct statement {
  std::string name;
  double said = 0;        ///< how often it is to hold, at least
  std::size_t from = 16;  ///< replications from which on that is promised, to within two points
  /// Whether it held with so many replications; nothing where it was not made.
  std::function<std::optional<bool>(const random_source&, std::size_t)> of;
};

namespace detail {
/// Numbers 0 to n−1 of a law.
template <class One>
[[nodiscard]] std::vector<double> values(std::size_t n, const One& one) {
  std::vector<double> out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = one(i);
  return out;
}
/// Fifteen headline differences that hang together, and lean to one side.
[[nodiscard]] inline std::optional<bool> all_hold(const random_source& source, std::size_t n, bool skewed) {
  constexpr std::size_t figures = 15;
  const t_scale scale(n, each_of_joint(0.95, figures));
  for (std::uint32_t f = 0; f < figures; ++f) {
    const std::vector<double> nothing(n, 0.0);
    const std::vector<double> d = values(n, [&](std::size_t i) {
      const luck u{source, i};
      const double common = normal(u(100));
      return skewed ? exponential(u(f), 1) - 1 + 0.3 * common : normal(u(f)) + common;
    });
    const interval found = compare_ratios(nothing, std::vector<double>(n, 1.0), d, std::vector<double>(n, 1.0), scale).difference;
    if (!found.bounded()) return std::nullopt;
    if (!found.contains(0)) return false;
  }
  return true;
}
/// The mean of values that are added until its interval is so narrow, looked at as `run_study_until` does (blocks of eight, 15 % more each
/// time, twice in a row), at the sizes from `n` on.
template <class One>
[[nodiscard]] std::optional<bool> holds_when_narrow(double truth, double half_width, quantity what, std::size_t n, const One& one) {
  constexpr std::size_t block = 8, most = 10000;
  std::vector<double> v;
  bool before = false;
  for (std::size_t look = n; v.size() < most;) {
    while (v.size() < look) v.push_back(one(v.size()));
    const interval found = mean_interval(v, 0.95, what);
    const bool now = found.half_width() <= half_width;
    if (now && before) return found.contains(truth);
    before = now;
    look = std::max(static_cast<std::size_t>(static_cast<double>(look) * 1.15 / block + 0.5), look / block + 1) * block;
  }
  return std::nullopt;
}
/// The q-quantile of the visitors of a year, who wait alike long in a bad year: the mean over years of what each year shows.
[[nodiscard]] inline std::optional<bool> quantile_holds(const random_source& source, std::size_t n, double q, double truth,
                                                        double visitors) {
  const std::vector<double> v = values(n, [&](std::size_t i) {
    const luck u{source, i};
    const int count = 1 + poisson(u(0), visitors - 1);
    const double year = lognormal(u(1), 1, 0.2);
    std::vector<double> waits =
        values(static_cast<std::size_t>(count), [&](std::size_t k) { return year * exponential(u(static_cast<std::uint32_t>(k) + 2), 1); });
    // The inverse of the empirical distribution function, as the county has it.
    const auto at = static_cast<std::size_t>(std::ceil(q * count)) - 1;
    std::nth_element(waits.begin(), waits.begin() + static_cast<std::ptrdiff_t>(at), waits.end());
    return waits[at];
  });
  const interval found = mean_interval(v, 0.95, quantity::amount);
  if (!found.bounded()) return std::nullopt;
  return found.contains(truth);
}
/// The mean of these over all years, exactly: the j-th of c exponential numbers is 1/c + … + 1/(c−j+1) on average (Rényi 1953), and a year
/// that is worse by a factor of mean 1 is as often better.
[[nodiscard]] inline double quantile_truth(double q, double visitors) {
  double out = 0, chance = std::exp(1 - visitors);
  for (int count = 1; count < 40 * visitors; ++count) {
    const auto rank = static_cast<int>(std::ceil(q * count));
    double mean = 0;
    for (int j = 0; j < rank; ++j) mean += 1.0 / (count - j);
    out += chance * mean;
    chance *= (visitors - 1) / count;
  }
  return out;
}
/// A further value in the prediction interval of the others.
template <class One>
[[nodiscard]] std::optional<bool> next_is_held(std::size_t n, const One& one) {
  const interval found = prediction_interval(values(n, one), 0.9);
  if (found.kind == interval_kind::too_little_data) return std::nullopt;
  return found.contains(one(n));
}
}  // namespace detail

/// `stopping_rule::least`, which stands on a floor that needs no county here; a test compares.
inline constexpr std::size_t stopping_looks_from = 48;

/// Statements of a comparison and a run that no single law covers.
[[nodiscard]] inline std::vector<statement> statements() {
  std::vector<statement> out;
  for (const bool skewed : {false, true}) {
    out.push_back({skewed ? "15 differences jointly, skewed" : "15 differences jointly, normal", 0.95, skewed ? 30u : 16u,
                   [skewed](const random_source& s, std::size_t n) { return detail::all_hold(s, n, skewed); }});
  }
  out.push_back({"one year, 90 %: difference, normal", 0.9, 19, [](const random_source& s, std::size_t n) {
                   return detail::next_is_held(n, [&](std::size_t i) { return 0.1 + normal(luck{s, i}(0)); });
                 }});
  out.push_back({"one year, 90 %: difference, lognormal of cv 2", 0.9, 19, [](const random_source& s, std::size_t n) {
                   return detail::next_is_held(n, [&](std::size_t i) { return lognormal(luck{s, i}(0), 1, 2); });
                 }});
  out.push_back({"one year, 90 %: difference of counts of 2", 0.9, 19, [](const random_source& s, std::size_t n) {
                   return detail::next_is_held(n, [&](std::size_t i) {
                     const luck u{s, i};
                     return double(poisson(u(0), 2) - poisson(u(1), 2));
                   });
                 }});
  const auto until = [&](std::string name, double truth, double half, quantity what, auto one) {
    out.push_back({std::move(name), 0.95, stopping_looks_from, [=](const random_source& s, std::size_t n) {
                     return detail::holds_when_narrow(truth, half, what, n, [&](std::size_t i) { return one(luck{s, i}); });
                   }});
  };
  for (const double half : {0.25, 0.1}) {
    const std::string name = half > 0.2 ? "0.25" : "0.1";
    until("until ± " + name + ": mean, normal", 0, half, quantity::number, [](const luck& u) { return normal(u(0)); });
    until("until ± " + name + ": mean, exponential", 1, half, quantity::amount, [](const luck& u) { return exponential(u(0), 1); });
    until("until ± " + name + ": mean, lognormal of cv 1.0", 1, half, quantity::amount,
          [](const luck& u) { return lognormal(u(0), 1, 1); });
  }
  out.push_back(
      {"90th percentile, 60 visitors a year", 0.95, 16, [truth = detail::quantile_truth(0.9, 60)](const random_source& s, std::size_t n) {
         return detail::quantile_holds(s, n, 0.9, truth, 60);
       }});
  out.push_back({"median, 60 visitors a year", 0.95, 16, [truth = detail::quantile_truth(0.5, 60)](const random_source& s, std::size_t n) {
                   return detail::quantile_holds(s, n, 0.5, truth, 60);
                 }});
  const auto controlled = [&](std::string name, auto noise) {
    out.push_back({std::move(name), 0.95, 20, [noise](const random_source& s, std::size_t n) -> std::optional<bool> {
                     control_variate c{{}, 30};
                     std::vector<double> v;
                     for (std::size_t i = 0; i < n; ++i) {
                       const luck u{s, i};
                       c.values.push_back(double(poisson(u(0), 30)));
                       v.push_back(0.5 * c.values.back() + noise(u));
                     }
                     const controlled_mean found = control_mean(v, std::span(&c, 1));
                     if (found.used == 0) return std::nullopt;
                     return found.controlled.contains(15);
                   }});
  };
  controlled("control variate, normal rest", [](const luck& u) { return normal(u(1)); });
  controlled("control variate, exponential rest", [](const luck& u) { return exponential(u(1), 1) - 1; });
  return out;
}

/// `trials` of a statement with `n` replications each.
[[nodiscard]] inline tally measure(const statement& of, std::size_t n, int trials, std::uint64_t seed) {
  tally out;
  for (int k = 0; k < trials; ++k) {
    const std::optional<bool> held = of.of(random_source(seed, static_cast<std::uint32_t>(k)), n);
    if (!held) continue;
    ++out.shown;
    out.held += *held;
  }
  return out;
}

}  // namespace coverage

#endif
