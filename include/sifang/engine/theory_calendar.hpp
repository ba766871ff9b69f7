// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_THEORY_CALENDAR_HPP
#define SIFANG_ENGINE_THEORY_CALENDAR_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/engine/theory_poisson.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Sessions on dates, exactly: what is left after each session of a calendar that repeats, or that is played once.

namespace sifang::theory {

/// Distribution of who is left after a session, from that before the day.
/// \param left      P(X = 0), P(X = 1), …
/// \param arrivals  P(A = 0), P(A = 1), …
/// \param capacity  cases that the session hears, 0 on a day without
/// \param limit     states kept; the rest of the probability is added to the last
/// \pre something is in `left` and in `arrivals`, capacity is not negative, limit above 0; asserted
/// \complexity states × arrivals
template <class = when_called>
[[nodiscard]] inline std::vector<double> after_session(std::span<const double> left, std::span<const double> arrivals, int capacity,
                                                       std::size_t limit) {
  SIFANG_ASSERT(capacity >= 0 && limit > 0 && !left.empty() && !arrivals.empty(),
                "distributions, a capacity that is not negative, and states to keep");
  std::vector<double> next((std::min)(limit, left.size() + arrivals.size()), 0.0);
  const auto c = static_cast<std::size_t>(capacity);
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] == 0) continue;
    for (std::size_t a = 0; a < arrivals.size(); ++a) {
      const std::size_t to = i + a > c ? i + a - c : 0;
      next[(std::min)(to, next.size() - 1)] += left[i] * arrivals[a];
    }
  }
  return next;
}

/// A day of a reception calendar.
struct reception_date {
  double arrivals = 0;  ///< mean number of cases that come
  int capacity = 0;     ///< cases that the day's session hears; 0 without one
};

namespace detail {
[[nodiscard]] constexpr bool is_date(const reception_date& d) noexcept {
  return d.arrivals >= 0 && d.arrivals <= most_counted && d.capacity >= 0;
}

/// Numbers left, with a tail beyond the listed ones that falls like the powers of `decay`.
struct left_numbers {
  std::vector<double> p;
  double decay = 0;

  /// P(X ≥ the states listed).
  template <class = when_called>
  [[nodiscard]] double rest() const noexcept {
    return decay > 0 ? p.back() * decay / (1 - decay) : 0;
  }
  template <class = when_called>
  [[nodiscard]] double mean() const noexcept {
    double sum = 0;
    for (std::size_t i = 1; i < p.size(); ++i) sum += static_cast<double>(i) * p[i];
    return decay > 0 ? sum + rest() * (static_cast<double>(p.size() - 1) + 1 / (1 - decay)) : sum;
  }
  /// P(X + J ≥ n) for independent X and J.
  template <class = when_called>
  [[nodiscard]] double at_least(std::span<const double> j, std::uint64_t n) const {
    // Summed from the far end, so that small tails keep their digits.
    std::vector<double> tail(p.size() + 1, rest());
    for (std::size_t i = p.size(); i-- > 0;) tail[i] = tail[i + 1] + p[i];
    double sum = 0;
    for (std::size_t k = 0; k < j.size(); ++k) {
      const std::uint64_t more = n > k ? n - k : 0;
      sum += j[k] * (more < tail.size() ? tail[more] : tail.back() * std::pow(decay, static_cast<double>(more - p.size())));
    }
    return (std::min)(sum, 1.0);
  }
};

/// One day: adds the arrivals, hears `capacity`. All is as it is without end, the tail being filled in by its decay.
template <class = when_called>
inline void play_date(left_numbers& left, std::span<const double> arrivals, std::size_t capacity, std::vector<double>& scratch) {
  const std::size_t states = left.p.size();
  for (std::size_t k = 0; k < capacity; ++k) left.p.push_back(left.p.back() * left.decay);
  scratch.assign(states + capacity, 0.0);
  const std::size_t counts = (std::min)(arrivals.size(), scratch.size());
  const double* from = left.p.data();
  std::size_t a = 0;
  for (; a + 4 <= counts; a += 4) {  // four at a time, which halves the time
    double* to = scratch.data() + a;
    const double p0 = arrivals[a], p1 = arrivals[a + 1], p2 = arrivals[a + 2], p3 = arrivals[a + 3];
    const std::size_t last = scratch.size() - a;
    to[0] += p0 * from[0];
    to[1] += p0 * from[1] + p1 * from[0];
    to[2] += p0 * from[2] + p1 * from[1] + p2 * from[0];
    for (std::size_t i = 3; i < last; ++i) to[i] += (p0 * from[i] + p1 * from[i - 1]) + (p2 * from[i - 2] + p3 * from[i - 3]);
  }
  for (; a < counts; ++a) {
    double* to = scratch.data() + a;
    for (std::size_t i = 0; i < scratch.size() - a; ++i) to[i] += arrivals[a] * from[i];
  }
  double none = 0;
  for (std::size_t i = 0; i <= (std::min)(capacity, scratch.size() - 1); ++i) none += scratch[i];
  left.p.assign(scratch.begin() + static_cast<std::ptrdiff_t>(capacity), scratch.end());
  left.p[0] = none;
}
}  // namespace detail

/// Sessions by date, arrivals by date, repeated for ever: a week, a month of "the 15th and Mondays", a
/// year. The exact chain in its steady state, found without subtractions, so that small probabilities keep their digits:
/// cycle by cycle from the tail that is known, or, where that would take longer because arrivals are near the capacity,
/// by elimination (Grassmann, Taksar & Heyman 1985).
///
/// What it answers outside its domain: with as many arrivals as capacity in a cycle there is no steady state, `steady()` is
/// false, numbers left and waits are without end (infinity) and every wait is exceeded with probability 1. Where nobody is
/// expected, waits are those of one who comes all the same, on any date alike.
class reception_calendar {
 public:
  /// \pre at least one date; arrivals from 0 to 1e8, capacities not negative; and not so near the capacity that more than
  ///      2^27 numbers would have to be kept; asserted, and with assertions off every answer is NaN
  /// \complexity the least of two. Cycle by cycle: 20/(Λ − C + C log(C/Λ)) cycles, each of dates × states × arrivals of a
  ///             day. By elimination: states × capacity of a cycle × jumps. States are about 20 × capacity/(capacity −
  ///             arrivals) or the arrivals of a cycle, whichever is more
  template <class = when_called>
  explicit reception_calendar(std::span<const reception_date> cycle) : cycle_(cycle.begin(), cycle.end()) {
    const bool dates = !cycle_.empty() && std::all_of(cycle_.begin(), cycle_.end(), detail::is_date);
    SIFANG_ASSERT(dates, "at least one date, arrivals from 0 to 1e8, capacities that are not negative");
    if (!dates) return;
    for (const reception_date& d : cycle_) {
      arrivals_ += d.arrivals;
      capacity_ += static_cast<std::uint64_t>(d.capacity);
    }
    left_.resize(cycle_.size());
    const auto capacity = static_cast<double>(capacity_);
    if (arrivals_ >= capacity && arrivals_ > 0) {
      kind_ = kind::overloaded;
      return;
    }
    if (arrivals_ == 0) {
      kind_ = kind::nobody;
      for (detail::left_numbers& left : left_) left.p = {1.0};
      counts_.assign(cycle_.size(), {1.0});
      return;
    }
    const double fall = detail::log_tail_root(arrivals_, capacity), tilt = std::exp((std::min)(fall, 700.0));
    // Beyond the second limit probabilities are below the numbers of the machine.
    const std::size_t states = (std::min)(states_needed(arrivals_, capacity), static_cast<std::size_t>(650 / fall) + 2);
    const bool fits = (static_cast<double>(states) + capacity) * static_cast<double>(cycle_.size()) < most_kept;
    SIFANG_ASSERT(fits, "arrivals that are not so near the capacity: too many numbers would have to be kept");
    if (!fits) return;
    for (const reception_date& d : cycle_) counts_.push_back(detail::poisson_weights(d.arrivals, tilt));
    // Between sessions only the sum of the arrivals counts.
    double arrivals = 0;
    for (std::size_t d = 0; d < cycle_.size(); ++d) {
      arrivals += cycle_[d].arrivals;
      if (cycle_[d].capacity == 0 && d + 1 < cycle_.size()) continue;
      sessions_.push_back({detail::poisson_weights(arrivals, tilt), static_cast<std::size_t>(cycle_[d].capacity)});
      arrivals = 0;
    }
    solve(states, fall, tilt);
    kind_ = kind::steady;
  }

  /// Whether arrivals are fewer than the capacity, so that there is a steady state.
  [[nodiscard]] bool steady() const noexcept { return kind_ == kind::steady || kind_ == kind::nobody; }
  /// Distribution of the number left after the session of a date, until e⁻⁴⁰ is left; empty without a steady state.
  /// \pre date < length of the cycle; asserted
  template <class = when_called>
  [[nodiscard]] std::span<const double> left(std::size_t date) const noexcept {
    SIFANG_ASSERT(date < left_.size(), "a date of the cycle");
    return sifang::detail::span_of(left_[date].p);
  }
  /// Mean of that distribution. \pre date < length of the cycle; asserted  \complexity linear in the states kept
  template <class = when_called>
  [[nodiscard]] double left_mean(std::size_t date) const noexcept {
    if (!steady()) return without_state();
    SIFANG_ASSERT(date < left_.size(), "a date of the cycle");
    return left_[date].mean();
  }
  /// Mean days from coming to being heard, 0 for the same day, over all cases.
  template <class = when_called>
  [[nodiscard]] double wait_mean() const noexcept {
    if (!steady()) return without_state();
    if (kind_ == kind::nobody) return days_to_session();
    double left = 0;
    for (std::size_t d = 0; d < cycle_.size(); ++d) left += left_mean(d);
    return left / arrivals_;
  }
  /// P(a case that comes on `date` waits more than `days` days) = P(X_{d−1} + J_d ≥ c_d + … + c_{d+days}); 1 for days below 0.
  /// \pre date < length of the cycle; asserted
  template <class = when_called>
  [[nodiscard]] double wait_more_than(std::size_t date, int days) const {
    if (kind_ == kind::none) return detail::no_number;
    SIFANG_ASSERT(date < left_.size(), "a date of the cycle");
    if (days < 0 || kind_ == kind::overloaded) return 1;
    const std::size_t n = cycle_.size(), dates = static_cast<std::size_t>(days) + 1;
    std::uint64_t heard = dates / n * capacity_;
    for (std::size_t t = 0; t < dates % n; ++t) heard += static_cast<std::uint64_t>(cycle_[(date + t) % n].capacity);
    return left_[(date + n - 1) % n].at_least(sifang::detail::span_of(detail::earlier_of(counts_[date])), heard);
  }
  /// The same over all cases.
  template <class = when_called>
  [[nodiscard]] double wait_more_than(int days) const {
    if (kind_ == kind::none) return detail::no_number;
    if (kind_ == kind::overloaded) return 1;
    double sum = 0, arrivals = 0;
    for (std::size_t d = 0; d < cycle_.size(); ++d) {
      const double weight = kind_ == kind::nobody ? 1 : cycle_[d].arrivals;
      if (weight == 0) continue;
      sum += weight * wait_more_than(d, days);
      arrivals += weight;
    }
    return (std::min)(sum / arrivals, 1.0);
  }

 private:
  enum class kind : std::uint8_t { none, nobody, overloaded, steady };
  static constexpr double most_kept = 1 << 27;
  struct session {
    std::vector<double> arrivals;  // probabilities of those since the one before
    std::size_t capacity = 0;
  };

  [[nodiscard]] double without_state() const noexcept { return kind_ == kind::overloaded ? detail::endless : detail::no_number; }

  /// Mean days to the next session, over the dates.
  template <class = when_called>
  [[nodiscard]] double days_to_session() const noexcept {
    if (capacity_ == 0) return detail::endless;
    std::size_t days = 0, sum = 0;
    for (std::size_t i = 2 * cycle_.size(); i-- > 0;) {
      days = cycle_[i % cycle_.size()].capacity > 0 ? 0 : days + 1;
      if (i < cycle_.size()) sum += days;
    }
    return static_cast<double>(sum) / static_cast<double>(cycle_.size());
  }

  /// One cycle on from the end of the last. Answers by how much the end changed, at most, as a share.
  template <class = when_called>
  double play_cycle(std::vector<double>& scratch) {
    detail::left_numbers left = left_.back();
    for (const session& s : sessions_) detail::play_date(left, sifang::detail::span_of(s.arrivals), s.capacity, scratch);
    double sum = left.rest(), change = 0;
    for (double x : left.p) sum += x;
    for (std::size_t i = 0; i < left.p.size(); ++i) {
      left.p[i] /= sum;
      if (left.p[i] > 1e-250) change = (std::max)(change, std::abs(left_.back().p[i] / left.p[i] - 1));
    }
    left_.back() = std::move(left);
    return change;
  }

  /// \param fall  log of the tail root, `tilt` the root
  template <class = when_called>
  void solve(std::size_t states, double fall, double tilt) {
    // Cycles until the beginning is forgotten, by the greatest eigenvalue below 1, and what each way costs.
    const auto capacity = static_cast<double>(capacity_), n = static_cast<double>(states);
    const double forgets = arrivals_ - capacity + capacity * std::log(capacity / arrivals_);
    const double cycles = 40 / forgets + 3;
    double width = 0;
    for (const session& s : sessions_) width += static_cast<double>(s.arrivals.size());
    const std::vector<double> jumps = detail::poisson_weights(arrivals_, tilt);
    const double band = capacity + static_cast<double>(jumps.size());
    const double by_cycles = cycles * n * width / 4;  // which processors do several at a time
    // That the last state stands for all above is felt by 1e-16 this far below it.
    const std::size_t eliminated_states = states + static_cast<std::size_t>(37 / fall);
    const auto kept = static_cast<double>(eliminated_states);
    const double by_elimination = capacity * width * (std::min)(band, n) / 2 + kept * capacity * static_cast<double>(jumps.size());
    const bool eliminates = by_elimination < by_cycles && kept * band < most_kept;
    const double limit = eliminates ? 20 : cycles * 2;
    detail::left_numbers& end = left_.back();
    end.decay = std::exp(-fall);
    if (eliminates) {
      end.p = eliminated(eliminated_states, sifang::detail::span_of(jumps));
      end.p.resize(states);
    } else {
      for (std::size_t i = 0; i < states; ++i) end.p.push_back(std::exp(-fall * static_cast<double>(i)));
    }
    std::vector<double> scratch;
    for (double c = 0; c < limit; ++c) {
      if (play_cycle(scratch) < 1e-15) break;
    }
    for (std::size_t d = 0; d + 1 < cycle_.size(); ++d) {
      left_[d] = left_[d > 0 ? d - 1 : cycle_.size() - 1];
      detail::play_date(left_[d], sifang::detail::span_of(counts_[d]), static_cast<std::size_t>(cycle_[d].capacity), scratch);
    }
  }

  /// The end of a cycle from each state at its beginning from which a session may find too few.
  template <class = when_called>
  [[nodiscard]] std::vector<std::vector<double>> low_rows(std::size_t states) const {
    std::vector<std::vector<double>> rows((std::min<std::size_t>)(states, capacity_));
    std::vector<double> scratch;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      detail::left_numbers row;
      row.p.assign(i + 1, 0.0);
      row.p[i] = 1;
      for (const session& s : sessions_) {
        row.p.resize(row.p.size() + s.arrivals.size() - 1, 0.0);
        detail::play_date(row, sifang::detail::span_of(s.arrivals), s.capacity, scratch);
        cut(row.p);
      }
      rows[i] = std::move(row.p);
    }
    return rows;
  }
  /// Leaves out what is negligible even if each state were worth as much more than the one before as it is rarer.
  template <class = when_called>
  void cut(std::vector<double>& p) const {
    double worth = 1, greatest = 0;
    for (std::size_t i = p.size(); i-- > 0; worth *= left_.back().decay) greatest = (std::max)(greatest, p[i] * worth);
    worth = 1;
    while (p.size() > 1 && p.back() * worth <= 1e-20 * greatest) {
      p.pop_back();
      worth *= left_.back().decay;
    }
  }

  /// Steady state at the end of a cycle by elimination, the states above the last being counted to it.
  template <class = when_called>
  [[nodiscard]] std::vector<double> eliminated(std::size_t states, std::span<const double> jumps) const {
    // From state i a cycle leads to i − capacity at the least and to i + up at the most: only this band is kept.
    const std::vector<std::vector<double>> low = low_rows(states);
    const auto capacity = static_cast<std::size_t>(capacity_);
    std::size_t up = jumps.size() > capacity ? jumps.size() - 1 - capacity : 0;
    for (std::size_t i = 0; i < low.size(); ++i) up = (std::max)(up, low[i].size() > i ? low[i].size() - 1 - i : 0);
    const std::size_t width = capacity + up + 1;
    std::vector<double> band(states * width, 0.0);
    const auto at = [&](std::size_t i, std::size_t j) -> double& { return band[i * width + (j + capacity - i)]; };
    for (std::size_t i = 0; i < states; ++i) {
      const std::span<const double> row = i < low.size() ? sifang::detail::span_of(low[i]) : jumps;
      const std::size_t first = i < low.size() ? 0 : i - capacity;
      for (std::size_t j = 0; j < row.size(); ++j) at(i, (std::min)(first + j, states - 1)) += row[j];
    }
    for (std::size_t k = states - 1; k > 0; --k) {
      const std::size_t lowest = k > capacity ? k - capacity : 0;
      double down = 0;
      for (std::size_t j = lowest; j < k; ++j) down += at(k, j);
      const double* row = &at(k, lowest);
      for (std::size_t i = k > up ? k - up : 0; i < k; ++i) {
        if (at(i, k) == 0) continue;
        const double share = at(i, k) /= down;
        double* to = &at(i, lowest);
        for (std::size_t j = 0; j < k - lowest; ++j) to[j] += share * row[j];
      }
    }
    std::vector<double> x(states, 0.0);
    x[0] = 1;
    double sum = 1;
    for (std::size_t k = 1; k < states; ++k) {
      for (std::size_t i = k > up ? k - up : 0; i < k; ++i) x[k] += x[i] * at(i, k);
      sum += x[k];
    }
    for (double& v : x) v /= sum;
    return x;
  }

  std::vector<reception_date> cycle_;
  std::vector<std::vector<double>> counts_;  // Poisson probabilities by date
  std::vector<session> sessions_;
  std::vector<detail::left_numbers> left_;  // by date
  double arrivals_ = 0;                     // of a cycle
  std::uint64_t capacity_ = 0;              // of a cycle
  kind kind_ = kind::none;
};

/// Means of a calendar that does not repeat, from a known backlog: each date's mean number left, and the
/// mean days that a case spends waiting within the calendar, for each case that comes or was there.
struct reception_course {
  std::vector<double> left_mean;  ///< after the session of each date
  double days_waited = 0;         ///< Σ over the dates of the mean left: case-days
};

/// The course of the calendar's dates. Overload is nothing special here: the number left grows. As many states are kept as
/// the course needs, and what is left out is below 1e-15 of every mean.
/// \param backlog  cases that wait when the first date begins
/// \pre arrivals from 0 to 1e8, capacities not negative; asserted, and with assertions off every answer is NaN
/// \complexity dates × states × arrivals of a day, where states are those that are likely on a date, not all up to the backlog
template <class = when_called>
[[nodiscard]] inline reception_course course_of(std::span<const reception_date> dates, std::size_t backlog) {
  const bool model = std::all_of(dates.begin(), dates.end(), detail::is_date);
  SIFANG_ASSERT(model, "arrivals from 0 to 1e8, capacities that are not negative");
  if (!model) return {std::vector<double>(dates.size(), detail::no_number), detail::no_number};
  constexpr double negligible = 1e-40;
  std::size_t first = backlog;  // the number left that is listed first
  std::vector<double> left{1.0};
  reception_course out;
  for (const reception_date& d : dates) {
    const std::vector<double> arrivals = detail::poisson_weights(d.arrivals, 1);
    std::vector<double> next(left.size() + arrivals.size() - 1, 0.0);
    for (std::size_t a = 0; a < arrivals.size(); ++a) {
      for (std::size_t i = 0; i < left.size(); ++i) next[i + a] += left[i] * arrivals[a];
    }
    const auto capacity = static_cast<std::size_t>(d.capacity);
    const std::size_t none = capacity > first ? (std::min)(capacity - first, next.size() - 1) : 0;  // listed ones that become 0
    for (std::size_t i = 0; i < none; ++i) next[none] += next[i];
    std::size_t begin = none, end = next.size();
    while (next[begin] < negligible) ++begin;
    while (next[end - 1] < negligible) --end;
    first = first + begin > capacity ? first + begin - capacity : 0;
    left.assign(next.begin() + static_cast<std::ptrdiff_t>(begin), next.begin() + static_cast<std::ptrdiff_t>(end));
    double mean = 0;
    for (std::size_t i = 0; i < left.size(); ++i) mean += static_cast<double>(first + i) * left[i];
    out.left_mean.push_back(mean);
    out.days_waited += mean;
  }
  return out;
}

}  // namespace sifang::theory

#endif
