// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_VERDICT_HPP
#define SIFANG_EXPERIMENT_VERDICT_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// The smallest difference between two figures that matters to an office [I]: half a percentage point of a share or an index, half a
/// day, a minute in a queue; of all else, hours and numbers of a year, one per cent of the mean of both.
/// \param unit  of the metric \param a, b  the two figures
template <class = when_called>
[[nodiscard]] inline double smallest_that_matters(std::string_view unit, double a, double b) noexcept {
  if (unit == "share" || unit == "index") return 0.005;
  if (unit == "days") return 0.5;
  if (unit == "minutes") return 1;
  return 0.01 * (std::abs(a) + std::abs(b)) / 2;
}

/// How large a difference or an interval of a metric is: in the metric's unit, or as a part of the figure.
struct figure_size {
  std::string metric;      ///< name in `metric_table`
  double value = 0;        ///< above 0; of a share 0.01 is a percentage point
  bool of_figure = false;  ///< the value is a part of the figure, of two figures of the mean of their absolute values
  /// In the unit of the metric. \param a, b  the two figures; twice the same where there is one
  [[nodiscard]] double of(double a, double b) const noexcept { return of_figure ? value * (std::abs(a) + std::abs(b)) / 2 : value; }
};

/// Smallest differences that matter, where a planner has said so; of all other metrics those of `smallest_that_matters`.
using matters_list = std::vector<figure_size>;
/// The smallest difference that matters between two figures of a metric.
/// \param own  what the planner said; the last one counts
template <class = when_called>
[[nodiscard]] inline double smallest_that_matters(const matters_list& own, std::string_view metric, std::string_view unit, double a,
                                                  double b) noexcept {
  double out = smallest_that_matters(unit, a, b);
  for (const figure_size& s : own) {
    if (s.metric == metric) out = s.of(a, b);
  }
  return out;
}

/// What to say of a difference, as its word in results:
/// - "too_little_data": fewer replications than `least_replications`;
/// - "no_difference_that_matters": the whole interval is smaller than the smallest difference that matters;
/// - "better", "worse", or "changed" where no direction is good: it is none of chance;
/// - "cant_tell": neither, and more years would tell.
/// \param real      whether the interval excludes 0; or, of the headline metrics, whether it stands after Holm's correction over these
/// \param smallest  that matters, not negative
template <class = when_called>
[[nodiscard]] inline std::string verdict_of(std::string_view better, const interval& difference, bool real, double smallest,
                                            std::size_t replications) {
  if (replications < least_replications) return "too_little_data";
  const bool within = difference.has_value() && difference.lower >= -smallest && difference.upper <= smallest;
  if (within) return "no_difference_that_matters";
  if (!real || difference.estimate == 0) return "cant_tell";
  if (better == "none") return "changed";
  return (difference.estimate < 0) == (better == "lower") ? "better" : "worse";
}

}  // namespace sifang

#endif
