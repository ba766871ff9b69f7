// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_GOODNESS_OF_FIT_HPP
#define SIFANG_STATS_GOODNESS_OF_FIT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/random/random.hpp"
#include "sifang/stats/duration_fit.hpp"
#include "sifang/stats/duration_law.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

/// \file
/// How far durations lie from a law, and whether chance would put them so far: Kolmogorov and Smirnov, Anderson and Darling.

namespace sifang {

/// Distances of a sample's distribution function G from a law's F.
struct fit_distance {
  double kolmogorov_smirnov = 0,  ///< sup |G − F|
      anderson_darling = 0;       ///< A² = n ∫ (G − F)² / (F (1 − F)) dF, which looks into the tails
};

namespace detail {

/// The part of the law's probability in which a duration is known to lie.
struct probability_range {
  double from, to;
};

/// Distances of ranges of probability from the uniform law. The function G is the mean of the ranges' own: a step for a range of no length,
/// a slope for another.
template <class = when_called>
[[nodiscard]] inline fit_distance distance_from_uniform(std::span<const probability_range> ranges) {
  struct turn {
    double at, step, slope;
  };
  std::vector<turn> turns;
  turns.reserve(2 * ranges.size());
  const double each = 1 / static_cast<double>(ranges.size());
  constexpr double margin = 1e-15;  // of the ends, where the weight of A² has no bound
  for (const probability_range& r : ranges) {
    const double from = std::clamp(r.from, 0.0, 1.0), to = std::clamp(r.to, 0.0, 1.0);
    if (to - from < 1e-12) {
      turns.push_back({std::clamp(0.5 * (from + to), margin, 1 - 1e-15), each, 0});
    } else {
      turns.push_back({from, 0, each / (to - from)});
      turns.push_back({to, 0, -each / (to - from)});
    }
  }
  std::sort(turns.begin(), turns.end(), [](const turn& a, const turn& b) { return a.at < b.at; });
  fit_distance out;
  double at = 0, g = 0, slope = 0, area = 0;
  const auto go_to = [&](double next) {
    if (next <= at) return;
    // G(u) − u = α + β u on [at, next]; the integrand is −β² + α²/u + (α+β)²/(1−u).
    const double beta = slope - 1, alpha = g - at - beta * at, end = alpha + beta;
    area -= beta * beta * (next - at);
    if (at > 0) area += alpha * alpha * elementary::log(next / at);
    if (next < 1) area += end * end * elementary::log((1 - at) / (1 - next));
    g += slope * (next - at);
    at = next;
    out.kolmogorov_smirnov = (std::max)(out.kolmogorov_smirnov, std::abs(g - at));
  };
  for (const turn& t : turns) {
    go_to(t.at);
    g += t.step;
    slope += t.slope;
    if (std::abs(slope) < 1e-9) slope = 0;
    out.kolmogorov_smirnov = (std::max)(out.kolmogorov_smirnov, std::abs(g - at));
  }
  go_to(1);
  out.anderson_darling = area * static_cast<double>(ranges.size());
  return out;
}

}  // namespace detail

/// Distances of durations from a law.
///
/// What is known of a duration within bounds only is spread between them as the law itself has it, and a duration that runs over all that
/// is longer; so the law is not blamed for what was not seen. Of durations that are all known exactly these are the statistics of the
/// textbooks. \complexity O(n log n)
template <class = when_called>
[[nodiscard]] inline fit_distance distance_from(const duration_law& law, std::span<const seen_duration> seen) {
  std::vector<detail::probability_range> ranges;
  ranges.reserve(seen.size());
  for (const seen_duration& s : seen) {
    const double from = law.tails(s.lower).lower;
    ranges.push_back({from, s.lower == s.upper ? from : law.tails(s.upper).lower});
  }
  return detail::distance_from_uniform(ranges);
}

/// Distances of durations from a law that was fitted to them, and how often chance would do the same.
struct fit_verdict {
  fit_distance distance;            ///< of the durations
  double p_kolmogorov_smirnov = 1,  ///< share of samples of the law itself that lie as far or farther, each from its own fit
      p_anderson_darling = 1;       ///< likewise
  std::size_t samples = 0;          ///< of the bootstrap
};

/// Whether durations could come from the law fitted to them, by a parametric bootstrap: durations are drawn from the law, cut and rounded
/// as the real ones are, and fitted anew, since a law that was fitted lies nearer to its data than tables for a known one allow (Lilliefors
/// 1967; Stute, González Manteiga & Presedo Quindimil 1993). p = (1 + samples as far) / (1 + samples).
///
/// \param as_seen  as_seen(i, x): what would be seen of the i-th duration if it were x, when it ends before its limit
/// \param seed     samples are drawn by it and by nothing else
/// \complexity `samples` times a fit
template <class AsSeen>
[[nodiscard]] fit_verdict judge_fit(const duration_fit& fit, std::span<const seen_duration> seen, AsSeen&& as_seen, std::size_t samples,
                                    std::uint64_t seed) {
  fit_verdict out;
  out.distance = distance_from(fit.law, seen);
  std::vector<seen_duration> drawn(seen.size());
  std::size_t as_far_ks = 0, as_far_ad = 0;
  for (std::size_t s = 0; s < samples; ++s) {
    random_stream luck(seed, static_cast<std::uint32_t>(s), 0u);
    for (std::size_t i = 0; i < seen.size(); ++i) {
      const double x = (std::max)(fit.law.quantile(luck()), 1e-12);
      drawn[i] = x > seen[i].limit ? seen_duration::running(seen[i].limit) : as_seen(i, x);
      drawn[i].limit = seen[i].limit;
    }
    const auto again = fit_durations(std::span<const seen_duration>(drawn), fit.law.family);
    if (!again) continue;
    ++out.samples;
    const fit_distance d = distance_from(again->law, drawn);
    as_far_ks += d.kolmogorov_smirnov >= out.distance.kolmogorov_smirnov;
    as_far_ad += d.anderson_darling >= out.distance.anderson_darling;
  }
  const auto share = [&](std::size_t n) { return (1 + static_cast<double>(n)) / (1 + static_cast<double>(out.samples)); };
  out.p_kolmogorov_smirnov = share(as_far_ks);
  out.p_anderson_darling = share(as_far_ad);
  return out;
}

/// A point of a QQ plot: what the law has where the data have something.
struct quantile_pair {
  double share = 0,  ///< of the durations that end by then
      seen = 0,      ///< quantile of the data
      law = 0;       ///< quantile of the law
};

/// Quantiles of durations (Kaplan and Meier's, \p curve) beside those of a law, at shares evenly apart. \pre points >= 1; asserted
template <class Curve>
[[nodiscard]] std::vector<quantile_pair> quantile_pairs(const duration_law& law, const Curve& curve, std::size_t points) {
  SIFANG_ASSERT(points >= 1);
  std::vector<quantile_pair> out;
  for (std::size_t i = 1; i <= points; ++i) {
    const double p = (static_cast<double>(i) - 0.5) / static_cast<double>(points);
    for (const auto& step : curve.steps()) {
      if (step.share > 1 - p + 1e-12) continue;
      out.push_back({p, step.at, law.quantile(p)});
      break;
    }
  }
  return out;
}

}  // namespace sifang

#endif
