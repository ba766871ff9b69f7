// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_SURVIVAL_HPP
#define SIFANG_STATS_SURVIVAL_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/stats/interval.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

/// \file
/// How long things last, where some had not ended yet when last seen: the product-limit estimate (Kaplan & Meier 1958, J. Am.
/// Stat. Assoc. 53: 457-481) with Greenwood's variance (1926).

namespace sifang {

/// How long one thing was seen.
struct lifetime {
  double time = 0;     ///< from its beginning, at least 0, in a unit of the user's
  bool ended = false;  ///< it ended at that time; else it had not ended yet, and nobody looked longer (censored on the right)
};

/// A step of a survival curve.
struct survival_step {
  double at = 0,            ///< time
      share = 1,            ///< that lasts longer
      error = 0;            ///< its standard error (Greenwood)
  std::size_t at_risk = 0,  ///< that lasted until then
      ended = 0,            ///< that ended there
      ended_so_far = 0;     ///< and until there
  double greenwood = 0;     ///< Greenwood's sum, of which the error is made
};

/// Probability of lasting longer than a time, estimated from lifetimes of which some are censored. What is censored at a time was
/// still there when what ended at that time had ended. That it was not looked at longer must have nothing to do with how long it
/// would have lasted.
class survival_curve {
 public:
  /// Of nothing: nothing is known of any time after 0.
  survival_curve() = default;
  /// \pre no time is negative; asserted \complexity that of sorting
  template <class = when_called>
  explicit survival_curve(std::span<const lifetime> seen);

  /// All lifetimes, and those that ended. @{
  [[nodiscard]] std::size_t size() const noexcept { return times_.size(); }
  [[nodiscard]] std::size_t ended() const noexcept { return steps_.empty() ? 0 : steps_.back().ended_so_far; }
  /// @}
  /// How many were seen to last longer than `t`. \complexity logarithmic
  template <class = when_called>
  [[nodiscard]] std::size_t beyond(double t) const noexcept {
    return static_cast<std::size_t>(times_.end() - std::upper_bound(times_.begin(), times_.end(), t));
  }
  /// Whether the estimate reaches `t`: something was seen as long, or all had ended. The curve is not defined where the longest
  /// lifetime is censored and `t` is longer. \complexity constant
  [[nodiscard]] bool reaches(double t) const noexcept {
    return t <= 0 || (!times_.empty() && t <= times_.back()) || (!steps_.empty() && steps_.back().share <= 0);
  }
  /// A step for each time at which something ended.
  [[nodiscard]] std::span<const survival_step> steps() const noexcept { return detail::span_of(steps_); }
  /// The longest time that was seen; 0 if none was.
  [[nodiscard]] double longest() const noexcept { return times_.empty() ? 0 : times_.back(); }

  /// Probability of lasting longer than `t`, 0 to 1; beyond the longest time, what it was there. \complexity logarithmic
  template <class = when_called>
  [[nodiscard]] double survival(double t) const noexcept {
    const survival_step* s = at(t);
    return s == nullptr ? 1 : s->share;
  }
  /// Greenwood's variance of `survival(t)`; 0 where none or all had ended. \complexity logarithmic
  template <class = when_called>
  [[nodiscard]] double variance(double t) const noexcept {
    const survival_step* s = at(t);
    return s == nullptr ? 0 : s->error * s->error;
  }
  /// Probability that what has lasted longer than `already` lasts longer than `t`, with an interval of 95 %.
  ///
  /// Two bounds are those of log(-log) (Kalbfleisch & Prentice 2002, The Statistical Analysis of Failure Time Data, 1.4), which stay
  /// within 0 and 1. Where nothing ended in between there is a lower bound alone, where everything did an upper one, each as of
  /// so many trials without a failure (Clopper & Pearson 1934).
  /// Nothing (`interval_kind::none`) where nothing was seen to last longer than `already`, or the estimate does not reach `t`.
  /// \pre 0 <= already <= t; asserted \complexity logarithmic
  template <class = when_called>
  [[nodiscard]] interval lasting(double already, double t) const noexcept;
  /// The same without an interval, beyond the longest time too: there, what it was at the longest, which is never less than the truth.
  /// \pre something was seen to last longer than `already`; asserted
  template <class = when_called>
  [[nodiscard]] double at_most_lasting(double already, double t) const noexcept {
    SIFANG_ASSERT(beyond(already) > 0, "something lasted longer");
    return survival(t) / survival(already);
  }
  /// Mean of the times up to `to` (restricted mean): the area under the curve. \pre to >= 0; asserted \complexity linear in the steps
  template <class = when_called>
  [[nodiscard]] double restricted_mean(double to) const noexcept {
    SIFANG_ASSERT(to >= 0, "a time");
    double area = 0, from = 0, share = 1;
    for (const survival_step& s : steps_) {
      if (s.at >= to) break;
      area += share * (s.at - from);
      from = s.at;
      share = s.share;
    }
    return area + share * (to - from);
  }
  /// The time by which the share `p` of what has lasted longer than `already` will have ended, or nothing if the estimate does not
  /// reach so far. \pre 0 < p < 1; asserted \complexity logarithmic
  template <class = when_called>
  [[nodiscard]] std::optional<double> quantile(double p, double already = 0) const noexcept {
    SIFANG_ASSERT(0 < p && p < 1, "a share");
    if (beyond(already) == 0) return std::nullopt;
    const double wanted = (1 - p) * survival(already) * (1 + 1e-12);  // 0.5 of 0.7 is not quite what a product of shares makes of it
    const auto found = std::partition_point(steps_.begin(), steps_.end(), [&](const survival_step& s) { return s.share > wanted; });
    if (found == steps_.end()) return std::nullopt;
    return found->at;
  }

 private:
  /// The last step not after `t`.
  [[nodiscard]] const survival_step* at(double t) const noexcept {
    const auto after = std::upper_bound(steps_.begin(), steps_.end(), t, [](double x, const survival_step& s) { return x < s.at; });
    return after == steps_.begin() ? nullptr : &*(after - 1);
  }

  std::vector<double> times_;           ///< of all, in order
  std::vector<double> censored_times_;  ///< of those that had not ended, in order
  std::vector<survival_step> steps_;    ///< a step each time at which something ended
};

template <class When>
survival_curve::survival_curve(std::span<const lifetime> seen) {
  std::vector<double> ends;
  times_.reserve(seen.size());
  for (const lifetime& l : seen) {
    SIFANG_ASSERT(l.time >= 0, "no negative time");
    times_.push_back(l.time);
    (l.ended ? ends : censored_times_).push_back(l.time);
  }
  std::sort(times_.begin(), times_.end());
  std::sort(ends.begin(), ends.end());
  std::sort(censored_times_.begin(), censored_times_.end());
  survival_step now;
  for (std::size_t i = 0, before = 0; i < ends.size();) {
    std::size_t end = i;
    while (end < ends.size() && ends[end] == ends[i]) ++end;
    while (before < times_.size() && times_[before] < ends[i]) ++before;
    now.at = ends[i];
    now.at_risk = times_.size() - before;
    now.ended = end - i;
    now.ended_so_far = end;
    const auto at_risk = static_cast<double>(now.at_risk), ended = static_cast<double>(now.ended);
    now.share *= (at_risk - ended) / at_risk;
    if (ended < at_risk) now.greenwood += ended / (at_risk * (at_risk - ended));
    now.error = now.share * std::sqrt(now.greenwood);
    steps_.push_back(now);
    i = end;
  }
}

template <class When>
interval survival_curve::lasting(double already, double t) const noexcept {
  SIFANG_ASSERT(0 <= already && already <= t, "a time to come");
  constexpr double z = 1.959963984540054, log_of_miss = -2.995732273553991;  // normal quantile of 0.975; log 0.05
  const std::size_t at_first = beyond(already);
  interval out;
  if (at_first == 0 || !reaches(t)) return out;
  const survival_step *from = at(already), *to = at(t);
  const std::size_t ended = (to == nullptr ? 0 : to->ended_so_far) - (from == nullptr ? 0 : from->ended_so_far);
  const auto bound = [&](std::size_t trials) { return trials == 0 ? 0 : elementary::exp(log_of_miss / static_cast<double>(trials)); };
  if (ended == 0) {
    const auto first_censored = std::lower_bound(censored_times_.begin(), censored_times_.end(), t);
    const auto until = std::upper_bound(censored_times_.begin(), censored_times_.end(), t);
    return {1, bound(beyond(t) + static_cast<std::size_t>(until - first_censored)), 1, interval_kind::at_least};
  }
  out.estimate = to->share / (from == nullptr ? 1 : from->share);
  if (out.estimate <= 0) return {0, 0, 1 - bound(ended), interval_kind::at_most};
  const double variance = to->greenwood - (from == nullptr ? 0 : from->greenwood), log_of = elementary::log(out.estimate);
  const double spread = elementary::exp(z * std::sqrt(variance) / -log_of);
  out.lower = (std::min)(out.estimate, elementary::exp(log_of * spread));
  out.upper = (std::max)(out.estimate, elementary::exp(log_of / spread));
  out.kind = interval_kind::two_sided;
  return out;
}

}  // namespace sifang

#endif
