// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_BREAK_EVEN_HPP
#define SIFANG_STATS_BREAK_EVEN_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <vector>

/// \file
/// Where a function that is known with noise only crosses zero: the value of an assumption at which a decision changes.

namespace sifang {

/// What a function was found to be at a place.
struct noisy_value {
  double at = 0,  ///< the place
      value = 0,  ///< the estimate there
      error = 0;  ///< its standard error; 0 if it is exact
};

/// A place where a function crosses zero.
struct break_even_point {
  double at = 0,            ///< the estimate
      lower = 0,            ///< where the noise leaves open on which side the function is: from here
      upper = 0;            ///< to here
  double before = 0,        ///< the nearest place below that was looked at: there the function has its other sign
      after = 0;            ///< the nearest above, likewise
  bool open_below = false,  ///< `lower` is the end of what was looked at: the noise says nothing else
      open_above = false;   ///< likewise `upper`
};

/// How far a crossing is narrowed down.
struct break_even_search {
  int most_steps = 8;        ///< places that are looked at
  double tolerance = 0.002;  ///< distance of `before` and `after` that is enough, in the unit of the places
  double whole = 0;          ///< places are multiples of this one; 0: anything
  double noise = 0.1;        ///< a value of so many standard errors counts as zero
};

namespace detail {

/// Puts a value in its place among others.
template <class = when_called>
inline void put_in_order(std::vector<noisy_value>& seen, const noisy_value& v) {
  const auto behind = std::find_if(seen.begin(), seen.end(), [&](const noisy_value& s) { return s.at >= v.at; });
  if (behind != seen.end() && behind->at == v.at) return;
  seen.insert(behind, v);
}

/// Where the straight line through two points crosses zero; their middle where it does not.
[[nodiscard]] inline double line_crosses(double x, double y, double x2, double y2) noexcept {
  const double share = y / (y - y2);
  return std::isfinite(share) && share >= 0 && share <= 1 ? x + share * (x2 - x) : (x + x2) / 2;
}

}  // namespace detail

/// Narrows down where a function crosses zero between two places next to one another in `seen`, by false position that halves the
/// end that stays (Illinois; Dowell & Jarratt 1971), and says where the noise leaves the sign open: all places around the crossing
/// at which the value is less than `factor` standard errors from zero, by straight lines between the places that were looked at.
/// At each single place that is the test of its interval; so `lower` and `upper` are an interval for the crossing (as Fieller's).
///
/// Noise that places have in common (common random numbers) moves the crossing and does not hide it; it is in the errors.
/// \param seen    what was looked at, by place; gets what is looked at here
/// \param answer  from a place to a `noisy_value` there, or one whose value is no number: then the search ends there
/// \param factor  of standard errors, 1.96 for 95 %
/// \pre `below` + 1 < seen.size(), the values there have opposite signs or one of them is 0; asserted
/// \complexity `most_steps` answers
template <class Answer>
[[nodiscard]] break_even_point break_even(std::vector<noisy_value>& seen, std::size_t below, Answer&& answer, double factor,
                                          const break_even_search& how = {}) {
  SIFANG_ASSERT(below + 1 < seen.size(), "two places");
  noisy_value a = seen[below], b = seen[below + 1];
  SIFANG_ASSERT(!(a.value * b.value > 0), "a change of sign");
  double weight_a = a.value, weight_b = b.value;  // halved where an end stays for a second time
  int stayed = 0;                                 // which end: -1 is a
  for (int step = 0; step < how.most_steps && b.at - a.at > (std::max)(how.tolerance, how.whole); ++step) {
    double at = detail::line_crosses(a.at, weight_a, b.at, weight_b);
    if (how.whole > 0) at = std::clamp(std::round(at / how.whole) * how.whole, a.at + how.whole, b.at - how.whole);
    if (!(at > a.at && at < b.at)) break;
    noisy_value found = answer(at);
    found.at = at;
    if (!std::isfinite(found.value)) break;
    detail::put_in_order(seen, found);
    if ((found.value > 0) == (a.value > 0) && a.value != 0) {
      a = found;
      weight_a = found.value;
      if (stayed == 1) weight_b /= 2;
      stayed = 1;
    } else {
      b = found;
      weight_b = found.value;
      if (stayed == -1) weight_a /= 2;
      stayed = -1;
    }
    if (how.whole == 0 && std::abs(found.value) <= how.noise * found.error) break;
  }
  break_even_point out;
  out.before = a.at;
  out.after = b.at;
  out.at = std::clamp(detail::line_crosses(a.at, a.value, b.at, b.value), a.at, b.at);
  const auto is_told = [&](const noisy_value& v) { return std::abs(v.value) > factor * v.error; };
  // From the crossing to both sides, the first place at which the sign is told; between it and the one before, the edge is crossed.
  const double untold = -factor * (std::max)(a.error, b.error);  // at the crossing itself
  const auto edge = [&](auto first, auto last, bool& open) {
    double x = out.at, distance = untold;  // how far a value is from being told
    for (; first != last; ++first) {
      const double more = std::abs(first->value) - factor * first->error;
      if (is_told(*first)) return detail::line_crosses(x, distance, first->at, more);
      x = first->at;
      distance = more;
    }
    open = true;
    return x;
  };
  const auto right = std::find_if(seen.begin(), seen.end(), [&](const noisy_value& v) { return v.at >= out.at; });
  out.upper = edge(right, seen.end(), out.open_above);
  out.lower = edge(std::make_reverse_iterator(right), seen.rend(), out.open_below);
  return out;
}

}  // namespace sifang

#endif
