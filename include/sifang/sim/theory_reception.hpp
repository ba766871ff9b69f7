// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_SIM_THEORY_RECEPTION_HPP
#define SIFANG_SIM_THEORY_RECEPTION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

/// \file
/// The queue of a reception day, exactly: a session hears at most c cases, who is left comes to the next.
/// X' = (X + A − c)⁺ (Bailey 1954; Janssen & van Leeuwaarden 2005), with Poisson arrivals A. A day's
/// arrivals come before its session and may be heard in it; where they come after, shift the arrivals by
/// one day. Cases are heard first come first served, those of one day in random order.

namespace sifang::theory {

/// P(A = 0), P(A = 1), … of a Poisson count, until what is left is below 1e-18 of the greatest.
template <class = when_called>
[[nodiscard]] inline std::vector<double> poisson_probabilities(double mean) {
  SIFANG_ASSERT(mean >= 0);
  if (mean == 0) return {1.0};
  const auto mode = static_cast<std::size_t>(mean);
  std::vector<double> below, p;
  double w = 1;
  for (std::size_t k = mode; k > 0; --k) below.push_back(w *= static_cast<double>(k) / mean);
  p.assign(below.rbegin(), below.rend());
  w = 1;
  for (std::size_t k = mode; w > 1e-18; ++k) {
    p.push_back(w);
    w *= mean / static_cast<double>(k + 1);
  }
  double sum = 0;
  for (double x : p) sum += x;
  for (double& x : p) x /= sum;
  return p;
}

/// P(J = j) = P(A > j)/λ: how many of the same day's arrivals come before one of them.
template <class = when_called>
[[nodiscard]] inline std::vector<double> earlier_arrivals(double mean) {
  SIFANG_ASSERT(mean > 0);
  std::vector<double> j = poisson_probabilities(mean);
  double more = 0;
  for (std::size_t i = j.size(); i-- > 0;) {
    const double here = j[i];
    j[i] = more / mean;
    more += here;
  }
  return j;
}

/// Distribution of who is left after a session, from that before the day.
/// \param left      P(X = 0), P(X = 1), …
/// \param capacity  cases that the session hears, 0 on a day without
/// \param limit     states kept; the rest of the probability is added to the last
/// \complexity states × arrivals
template <class = when_called>
[[nodiscard]] inline std::vector<double> after_session(std::span<const double> left, std::span<const double> arrivals, int capacity,
                                                       std::size_t limit) {
  SIFANG_ASSERT(capacity >= 0 && limit > 0 && !left.empty());
  std::vector<double> next(std::min(limit, left.size() + arrivals.size()), 0.0);
  const auto c = static_cast<std::size_t>(capacity);
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] == 0) continue;
    for (std::size_t a = 0; a < arrivals.size(); ++a) {
      const std::size_t to = i + a > c ? i + a - c : 0;
      next[std::min(to, next.size() - 1)] += left[i] * arrivals[a];
    }
  }
  return next;
}

/// The real root above 1 of e^{Λ(z−1)} = z^C, Λ < C: P(X > n) falls like its −n-th power.
[[nodiscard]] inline double tail_root(double arrivals, double capacity) noexcept {
  SIFANG_ASSERT(arrivals > 0 && arrivals < capacity);
  // g(z) = Λ(z−1) − C log z is convex with roots 1 and z₀; it falls until C/Λ and rises after.
  double low = capacity / arrivals, high = 2 * low;
  const auto g = [&](double z) { return arrivals * (z - 1) - capacity * std::log(z); };
  while (g(high) < 0) high *= 2;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (g(middle) < 0 ? low : high) = middle;
  }
  return high;
}

/// States beyond which the stationary probability is below e⁻⁴⁰.
[[nodiscard]] inline std::size_t states_needed(double arrivals, double capacity) noexcept {
  return static_cast<std::size_t>(40 / std::log(tail_root(arrivals, capacity)) + capacity + arrivals + 12 * std::sqrt(arrivals)) + 2;
}

/// One session each period, all alike, by the roots of the generating function.
class reception_day_queue {
 public:
  /// \param arrivals  mean arrivals λ before each session
  /// \param capacity  cases c that a session hears; \pre 0 < arrivals < capacity
  template <class = when_called>
  reception_day_queue(double arrivals, int capacity) : arrivals_(arrivals), capacity_(capacity) {
    SIFANG_ASSERT(arrivals > 0 && arrivals < capacity);
    for (int k = 1; k < capacity; ++k) {
      // z = e^{2πik/c} e^{λ(z−1)/c}: a contraction in the unit disc, since λ < c.
      const std::complex<double> turn = std::polar(1.0, 2 * std::numbers::pi * k / capacity);
      std::complex<double> z = 0;
      for (int i = 0; i < 200000; ++i) {
        const std::complex<double> following = turn * std::exp(arrivals * (z - 1.0) / static_cast<double>(capacity));
        const bool settled = std::abs(following - z) < 1e-16;
        z = following;
        if (settled) break;
      }
      roots_.push_back(z);
    }
  }

  /// Mean number left after a session.
  template <class = when_called>
  [[nodiscard]] double left_mean() const noexcept {
    std::complex<double> sum = 0;
    for (const auto& z : roots_) sum += 1.0 / (1.0 - z);
    const double c = capacity_;
    return sum.real() - (c * (c - 1) - arrivals_ * arrivals_) / (2 * (c - arrivals_));
  }
  /// P(nobody is left after a session).
  template <class = when_called>
  [[nodiscard]] double none_left() const noexcept {
    std::complex<double> product = 1;
    for (const auto& z : roots_) product *= z / (z - 1.0);
    return (capacity_ - arrivals_) * std::exp(arrivals_) * product.real();
  }
  /// Mean number of sessions that a case misses, by Little's law.
  [[nodiscard]] double wait_mean() const noexcept { return left_mean() / arrivals_; }

  /// P(X = 0), P(X = 1), …: the generating function on the unit circle, transformed back.
  /// \complexity quadratic in the states
  template <class = when_called>
  [[nodiscard]] std::vector<double> left_distribution() const {
    const std::size_t n = states_needed(arrivals_, capacity_);
    std::vector<std::complex<double>> turn(n), value(n);
    for (std::size_t m = 0; m < n; ++m) {
      turn[m] = std::polar(1.0, 2 * std::numbers::pi * static_cast<double>(m) / static_cast<double>(n));
      value[m] = m == 0 ? 1.0 : generating(turn[m]);
    }
    std::vector<double> p(n);
    for (std::size_t k = 0; k < n; ++k) {
      double sum = 0;
      for (std::size_t m = 0; m < n; ++m) sum += (value[m] * std::conj(turn[m * k % n])).real();
      p[k] = std::max(sum / static_cast<double>(n), 0.0);
    }
    return p;
  }

  /// P(a case misses more than k sessions) = P(X + J ≥ (k + 1)c).
  template <class = when_called>
  [[nodiscard]] double missed_more_than(int k) const {
    const std::vector<double> left = left_distribution(), earlier = earlier_arrivals(arrivals_);
    return at_least(left, earlier, static_cast<std::size_t>(k + 1) * static_cast<std::size_t>(capacity_));
  }

  /// P(X + J ≥ n) for independent X and J.
  template <class = when_called>
  [[nodiscard]] static double at_least(std::span<const double> x, std::span<const double> j, std::size_t n) {
    // Summed from the far end, so that small tails keep their digits.
    std::vector<double> tail(x.size() + 1, 0.0);
    for (std::size_t i = x.size(); i-- > 0;) tail[i] = tail[i + 1] + x[i];
    double sum = 0;
    for (std::size_t k = 0; k < j.size(); ++k) sum += j[k] * (k >= n ? tail[0] : n - k < tail.size() ? tail[n - k] : 0.0);
    return sum;
  }

 private:
  /// E z^X = (c−λ)(z−1) Π (z−z_k)/(1−z_k) / (z^c − e^{λ(z−1)}).
  template <class = when_called>
  [[nodiscard]] std::complex<double> generating(std::complex<double> z) const {
    std::complex<double> value = (capacity_ - arrivals_) * (z - 1.0);
    for (const auto& root : roots_) value *= (z - root) / (1.0 - root);
    return value / (std::pow(z, capacity_) - std::exp(arrivals_ * (z - 1.0)));
  }

  double arrivals_;
  int capacity_;
  std::vector<std::complex<double>> roots_;
};

/// A day of a reception calendar.
struct reception_date {
  double arrivals = 0;  ///< mean number of cases that come
  int capacity = 0;     ///< cases that the day's session hears; 0 without one
};

/// Sessions by date, arrivals by date, repeated for ever: a week, a month of "the 15th and Mondays", a
/// year. The exact chain in its steady state, solved by elimination without subtractions (Grassmann,
/// Taksar & Heyman 1985), so that small probabilities keep their digits.
class reception_calendar {
 public:
  /// \pre arrivals of a cycle are fewer than its capacity, and more than none
  /// \complexity dates × states² × arrivals of a day + states² × capacity of a cycle, where states is about
  ///             20 × capacity/(capacity − arrivals) or the arrivals of a cycle, whichever is more
  template <class = when_called>
  explicit reception_calendar(std::span<const reception_date> cycle) : cycle_(cycle.begin(), cycle.end()) {
    double arrivals = 0;
    std::size_t capacity = 0;
    for (const reception_date& d : cycle_) {
      arrivals += d.arrivals;
      capacity += static_cast<std::size_t>(d.capacity);
      counts_.push_back(poisson_probabilities(d.arrivals));
    }
    const std::size_t n = states_needed(arrivals, static_cast<double>(capacity));
    left_.assign(cycle_.size(), {});
    left_.back() = stationary(n, capacity);
    for (std::size_t d = 0; d < cycle_.size(); ++d) left_[d] = after_session(before(d), counts_[d], cycle_[d].capacity, n);
  }

  /// Distribution of the number left after the session of a date.
  [[nodiscard]] std::span<const double> left(std::size_t date) const noexcept { return {left_[date].data(), left_[date].size()}; }
  /// Mean of that distribution. \complexity linear in the states kept
  template <class = when_called>
  [[nodiscard]] double left_mean(std::size_t date) const noexcept {
    double sum = 0;
    for (std::size_t i = 0; i < left_[date].size(); ++i) sum += static_cast<double>(i) * left_[date][i];
    return sum;
  }
  /// Mean days from coming to being heard, 0 for the same day, over all cases.
  [[nodiscard]] double wait_mean() const noexcept {
    double left = 0, arrivals = 0;
    for (std::size_t d = 0; d < cycle_.size(); ++d) {
      left += left_mean(d);
      arrivals += cycle_[d].arrivals;
    }
    return left / arrivals;
  }
  /// P(a case that comes on `date` waits more than `days` days) = P(X_{d−1} + J_d ≥ c_d + … + c_{d+days}).
  template <class = when_called>
  [[nodiscard]] double wait_more_than(std::size_t date, int days) const {
    std::size_t heard = 0;
    for (int t = 0; t <= days; ++t) heard += static_cast<std::size_t>(cycle_[(date + static_cast<std::size_t>(t)) % cycle_.size()].capacity);
    return reception_day_queue::at_least(before(date), earlier_arrivals(cycle_[date].arrivals), heard);
  }
  /// The same over all cases.
  template <class = when_called>
  [[nodiscard]] double wait_more_than(int days) const {
    double sum = 0, arrivals = 0;
    for (std::size_t d = 0; d < cycle_.size(); ++d) {
      if (cycle_[d].arrivals <= 0) continue;
      sum += cycle_[d].arrivals * wait_more_than(d, days);
      arrivals += cycle_[d].arrivals;
    }
    return sum / arrivals;
  }

 private:
  [[nodiscard]] std::span<const double> before(std::size_t date) const noexcept { return left((date + cycle_.size() - 1) % cycle_.size()); }

  /// Steady state at the end of a cycle.
  template <class = when_called>
  [[nodiscard]] std::vector<double> stationary(std::size_t n, std::size_t capacity) const {
    std::vector<std::vector<double>> p(n);
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<double> row(i + 1, 0.0);
      row[i] = 1;
      for (std::size_t d = 0; d < cycle_.size(); ++d) row = after_session(row, counts_[d], cycle_[d].capacity, n);
      row.resize(n, 0.0);
      p[i] = std::move(row);
    }
    // From state k a cycle leads down by `capacity` at most, so that elimination fills no lower column.
    for (std::size_t k = n - 1; k > 0; --k) {
      const std::size_t lowest = k > capacity ? k - capacity : 0;
      double down = 0;
      for (std::size_t j = lowest; j < k; ++j) down += p[k][j];
      for (std::size_t i = 0; i < k; ++i) {
        if (p[i][k] == 0) continue;
        const double share = p[i][k] /= down;
        for (std::size_t j = lowest; j < k; ++j) p[i][j] += share * p[k][j];
      }
    }
    std::vector<double> x(n, 0.0);
    x[0] = 1;
    double sum = 1;
    for (std::size_t k = 1; k < n; ++k) {
      for (std::size_t i = 0; i < k; ++i) x[k] += x[i] * p[i][k];
      sum += x[k];
    }
    for (double& v : x) v /= sum;
    return x;
  }

  std::vector<reception_date> cycle_;
  std::vector<std::vector<double>> counts_;  // Poisson probabilities by date
  std::vector<std::vector<double>> left_;    // by date
};

/// Means of a calendar that does not repeat, from a known backlog: each date's mean number left, and the
/// mean days that a case spends waiting within the calendar, for each case that comes or was there.
struct reception_course {
  std::vector<double> left_mean;  ///< after the session of each date
  double days_waited = 0;         ///< Σ over the dates of the mean left: case-days
};

/// The course of the calendar's dates.
/// \param backlog  cases that wait when the first date begins
/// \complexity dates × states × arrivals of a day; `limit` states are kept
template <class = when_called>
[[nodiscard]] inline reception_course course_of(std::span<const reception_date> dates, std::size_t backlog, std::size_t limit = 2000) {
  SIFANG_ASSERT(backlog < limit);
  std::vector<double> left(backlog + 1, 0.0);
  left[backlog] = 1;
  reception_course out;
  for (const reception_date& d : dates) {
    left = after_session(left, poisson_probabilities(d.arrivals), d.capacity, limit);
    double mean = 0;
    for (std::size_t i = 0; i < left.size(); ++i) mean += static_cast<double>(i) * left[i];
    out.left_mean.push_back(mean);
    out.days_waited += mean;
  }
  return out;
}

/// Mean time from opening until the last of n present is heard by r receivers, exponential interviews of
/// the given mean: ((n − r)⁺/r + Σ_{j ≤ min(n, r)} 1/j) × mean.
[[nodiscard]] inline double closing_time(int present, int receivers, double interview) noexcept {
  SIFANG_ASSERT(present >= 0 && receivers > 0);
  double sum = static_cast<double>(std::max(present - receivers, 0)) / receivers;
  for (int j = 1; j <= std::min(present, receivers); ++j) sum += 1.0 / j;
  return sum * interview;
}

}  // namespace sifang::theory

#endif
