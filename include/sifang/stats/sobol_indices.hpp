// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_SOBOL_INDICES_HPP
#define SIFANG_STATS_SOBOL_INDICES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/random.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/latin_hypercube.hpp"
#include "sifang/stats/sobol_sequence.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// \file
/// How much of the variance of an answer each unknown factor brings, by itself and with others: Sobol' indices (1993) by the estimators
/// of Saltelli et al. (2010, Computer Physics Communications 181: 259-270) and Jansen (1999, ibid. 117: 35-43).

namespace sifang {

/// Points at which a model is asked: of each sample a point A, for each factor A with its coordinate of B, and B.
struct sobol_design {
  std::size_t samples = 0,  ///< pairs of points A and B
      factors = 0;          ///< dimensions of the cube
  unit_points points{};     ///< `factors` + 2 of each sample, one sample after another

  /// Points of a sample.
  [[nodiscard]] std::size_t block() const noexcept { return factors + 2; }
};

/// Most factors whose indices can be estimated: A and B are the halves of points of twice as many dimensions.
inline constexpr std::size_t most_sobol_factors = most_sobol_dimensions / 2;

/// The design on a scrambled Sobol' sequence; a power of two of samples fills the cube most evenly.
/// \param purpose  which nothing else of this replication may draw for
/// \pre 1 ≤ factors ≤ `most_sobol_factors`, samples ≤ 2^20; asserted \complexity samples × factors × (factors + log samples)
template <draw_purpose Purpose>
[[nodiscard]] sobol_design sobol_points(std::size_t factors, std::size_t samples, const random_source& source, Purpose purpose) {
  SIFANG_ASSERT(factors >= 1 && factors <= most_sobol_factors, "so few factors");
  const unit_points both = scrambled_sobol(samples, 2 * factors, source, purpose);
  sobol_design out{samples, factors, {}};
  out.points.reserve(samples * out.block());
  for (const std::vector<double>& row : both) {
    const auto middle = row.begin() + static_cast<std::ptrdiff_t>(factors);
    const std::vector<double> a(row.begin(), middle);
    out.points.push_back(a);
    for (std::size_t j = 0; j < factors; ++j) {
      out.points.push_back(a);
      out.points.back()[j] = row[factors + j];
    }
    out.points.emplace_back(middle, row.end());
  }
  return out;
}

/// What one factor brings to the variance of the answer.
struct sobol_index {
  interval first{},  ///< of the whole variance, what it brings by itself; may come out a little below 0
      total{};       ///< what it brings by itself and together with others: what would be left if all but it were known
  double noise = 0;  ///< of `total`, what the noise of the answers alone brings
};

/// The indices of all factors.
struct sobol_estimate {
  double mean = 0,                     ///< of the answer, over the factors' ranges
      variance = 0;                    ///< likewise; 0 of an answer that never varies
  std::size_t samples = 0;             ///< that were used: those at all of whose points the model answered
  std::vector<sobol_index> indices{};  ///< of each factor; no values (`interval_kind::none`) where the answer never varies

  /// Whether there is a variance to be split.
  [[nodiscard]] bool varies() const noexcept { return variance > 0; }
};

namespace detail {

/// Sums of one set of samples, and the indices that they give.
class sobol_sums {
 public:
  explicit sobol_sums(std::size_t factors) : first_(factors, 0.0), total_(factors, 0.0) {}

  void clear() noexcept {
    y_ = yy_ = n_ = 0;
    std::fill(first_.begin(), first_.end(), 0.0);
    std::fill(total_.begin(), total_.end(), 0.0);
  }
  /// \param row  the answers of a sample's points, less a common number
  void add(std::span<const double> row) noexcept {
    const double a = row.front(), b = row.back();
    y_ += a + b;
    yy_ += a * a + b * b;
    ++n_;
    for (std::size_t j = 0; j < first_.size(); ++j) {
      const double of_ab = row[1 + j];
      first_[j] += b * (of_ab - a);
      total_[j] += (a - of_ab) * (a - of_ab);
    }
  }
  [[nodiscard]] double variance() const noexcept {
    const double mean = y_ / (2 * n_);
    return (std::max)(0.0, yy_ / (2 * n_) - mean * mean);
  }
  [[nodiscard]] double first(std::size_t j) const noexcept { return first_[j] / n_ / variance(); }
  [[nodiscard]] double total(std::size_t j) const noexcept { return total_[j] / (2 * n_) / variance(); }

 private:
  double y_ = 0, yy_ = 0, n_ = 0;
  std::vector<double> first_, total_;
};

/// The interval between two percentiles of what resamples gave, with the estimate within.
template <class = when_called>
[[nodiscard]] inline interval percentile_interval(double estimate, std::vector<double>& resampled, double confidence) {
  if (resampled.empty()) return {estimate, estimate, estimate, interval_kind::too_little_data};
  std::sort(resampled.begin(), resampled.end());
  const double last = static_cast<double>(resampled.size() - 1), tail = (1 - confidence) / 2;
  const auto at = [&](double p) { return resampled[static_cast<std::size_t>(std::llround(p * last))]; };
  return {estimate, (std::min)(estimate, at(tail)), (std::max)(estimate, at(1 - tail)), interval_kind::two_sided};
}

}  // namespace detail

/// Samples of a bootstrap unless told otherwise: its bounds vary by some hundredths of their distance.
inline constexpr std::size_t usual_resamples = 999;

/// First-order and total indices from the answers at the points of a design, with percentile bootstrap intervals over samples
/// (Efron & Tibshirani 1993): those of independent samples, and so a little too wide for samples of a Sobol' sequence.
///
/// A sample with an answer that is not finite (a point where the model cannot be) is left out.
///
/// Noise: if the answers are estimates, and each has its own noise, the variance of that noise counts as an interaction of all
/// factors: `total` rises by `noise`, `first` does not, but both are shares of a variance that holds the noise too. On common random
/// numbers the noise that all points share is no variance, and what is left is small; more years at each point make it smaller.
/// \param answers   one for each point, `factors` + 2 of a sample
/// \param errors    of each sample and factor: the squared standard error of the difference of the answers at A and at A with the
///                  factor's coordinate of B; empty: the answers are exact
/// \param source, purpose  for the bootstrap: which nothing else of this replication may draw for
/// \pre as many answers as points, and `samples * factors` errors or none; resamples < 2^20; asserted
/// \complexity resamples × points
template <draw_purpose Purpose>
[[nodiscard]] sobol_estimate sobol_indices(const sobol_design& design, std::span<const double> answers, double confidence,
                                           const random_source& source, Purpose purpose, std::span<const double> errors = {},
                                           std::size_t resamples = usual_resamples) {
  SIFANG_ASSERT(answers.size() == design.points.size(), "an answer for each point");
  SIFANG_ASSERT(errors.empty() || errors.size() == design.samples * design.factors, "an error for each difference, or none");
  SIFANG_ASSERT(resamples < std::size_t{1} << 20, "so few resamples");
  sobol_estimate out;
  out.indices.resize(design.factors);
  std::vector<double> used;  // rows of answers, later about their mean
  std::vector<double> noise(design.factors, 0.0);
  for (std::size_t i = 0; i < design.samples; ++i) {
    const std::span<const double> row = answers.subspan(i * design.block(), design.block());
    if (!std::all_of(row.begin(), row.end(), [](double y) { return std::isfinite(y); })) continue;
    used.insert(used.end(), row.begin(), row.end());
    for (std::size_t j = 0; j < design.factors && !errors.empty(); ++j) noise[j] += errors[i * design.factors + j];
    ++out.samples;
  }
  if (out.samples == 0) return out;
  for (const double y : used) out.mean += y / static_cast<double>(used.size());
  for (double& y : used) y -= out.mean;
  const std::span<const double> rows = detail::span_of(used);
  detail::sobol_sums all(design.factors);
  for (std::size_t i = 0; i < out.samples; ++i) all.add(rows.subspan(i * design.block(), design.block()));
  // Rounding alone gives a constant some variance.
  const double of_rounding = 0x1p-80 * out.mean * out.mean;
  out.variance = all.variance() > of_rounding ? all.variance() : 0;
  if (!out.varies()) return out;

  std::vector<std::vector<double>> firsts(design.factors), totals(design.factors);
  detail::sobol_sums some(design.factors);
  for (std::size_t r = 0; r < resamples && out.samples > 1; ++r) {
    some.clear();
    for (std::size_t i = 0; i < out.samples; ++i) {
      const std::uint64_t word = source.block(static_cast<std::uint64_t>(i / 4), purpose, static_cast<std::uint32_t>(r))[i % 4];
      some.add(rows.subspan(static_cast<std::size_t>(word * out.samples >> 32) * design.block(), design.block()));
    }
    if (!(some.variance() > of_rounding)) continue;  // all resampled answers are the same
    for (std::size_t j = 0; j < design.factors; ++j) {
      firsts[j].push_back(some.first(j));
      totals[j].push_back(some.total(j));
    }
  }
  for (std::size_t j = 0; j < design.factors; ++j) {
    sobol_index& s = out.indices[j];
    s.first = detail::percentile_interval(all.first(j), firsts[j], confidence);
    s.total = detail::percentile_interval(all.total(j), totals[j], confidence);
    s.noise = noise[j] / (2 * static_cast<double>(out.samples)) / out.variance;
  }
  return out;
}

}  // namespace sifang

#endif
