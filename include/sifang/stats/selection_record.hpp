// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_SELECTION_RECORD_HPP
#define SIFANG_STATS_SELECTION_RECORD_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// \file
/// What ranking and selection ask for and keep: replications of several systems, in the order of their numbers.
///
/// Systems are told apart by a ratio ΣY/ΣN over their replications; a mean has N = 1. A replication adds (Y−RN)/N̄ to the chance in
/// the ratio R (the delta method), so the variance of a difference of two ratios on common random numbers is that of the difference of
/// these. A procedure looks at replications by their number alone: in what order, when or by which thread they came never enters.

namespace sifang {

/// One replication of one system.
struct selection_value {
  double y = 0,  ///< numerator, or the value itself
      n = 1;     ///< denominator, not negative
};

/// Replications that a procedure asks for: `first`, …, `first + count − 1` of a system.
struct selection_request {
  std::size_t system = 0,  ///< from 0
      first = 0,           ///< number of the first replication
      count = 0;           ///< how many
};

/// Whoever plays replications: fills the places with the values of the requests, one request after another, and says whether it did.
/// False: it was told to stop, and what stands there is not looked at. Two systems on common random numbers have the same luck in
/// replications of the same number.
template <class Sampler>
concept selection_sampler = requires(Sampler& sample, std::span<const selection_request> wanted, std::span<selection_value> places) {
  { sample(wanted, places) } -> std::same_as<bool>;
};

/// Which way is good.
enum class selection_goal : std::uint8_t { larger, smaller };

/// The replications of several systems that were played, each system from number 0 on without a gap. What one procedure has
/// played, another can go on with; but a guarantee holds only where the systems were not themselves chosen by the same replications.
class selection_record {
 public:
  /// So many systems, of which nothing was played.
  explicit selection_record(std::size_t systems = 0) : values_(systems) {}

  /// How many systems there are.
  [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
  /// How many replications of a system were played.
  [[nodiscard]] std::size_t count(std::size_t system) const noexcept { return values_[system].size(); }
  /// How many of all systems together.
  [[nodiscard]] std::size_t total() const noexcept {
    std::size_t out = 0;
    for (const std::vector<selection_value>& v : values_) out += v.size();
    return out;
  }
  /// The replications of a system, by number.
  template <class = when_called>
  [[nodiscard]] std::span<const selection_value> values(std::size_t system) const noexcept {
    return detail::span_of(values_[system]);
  }
  /// The replications that come next. \pre values are finite and denominators not negative; asserted
  template <class = when_called>
  void add(std::size_t system, std::span<const selection_value> more) {
    SIFANG_ASSERT(std::all_of(more.begin(), more.end(),
                              [](const selection_value& v) { return std::isfinite(v.y) && std::isfinite(v.n) && v.n >= 0; }),
                  "values that are finite, over denominators that are not negative");
    values_[system].insert(values_[system].end(), more.begin(), more.end());
  }
  /// The ratio over the first replications; nothing where their denominators are all 0. \pre so many were played; asserted
  template <class = when_called>
  [[nodiscard]] std::optional<double> ratio(std::size_t system, std::size_t replications) const noexcept {
    SIFANG_ASSERT(replications <= count(system), "replications that were played");
    double y = 0, n = 0;
    for (const selection_value& v : values(system).first(replications)) {
      y += v.y;
      n += v.n;
    }
    if (n <= 0) return std::nullopt;
    return y / n;
  }
  /// The ratio over all its replications.
  [[nodiscard]] std::optional<double> ratio(std::size_t system) const noexcept { return ratio(system, count(system)); }

  /// What each of the first replications adds to the chance in their ratio: (Y−RN)/N̄, with mean 0. All 0 where only rounding is left,
  /// or where there is no ratio.
  template <class = when_called>
  [[nodiscard]] std::vector<double> influences(std::size_t system, std::size_t replications) const {
    std::vector<double> out(replications);
    const std::optional<double> found = ratio(system, replications);
    if (!found) return out;
    double whole = 0, squares = 0, of_rounding = 0;
    for (std::size_t r = 0; r < replications; ++r) {
      const selection_value& v = values_[system][r];
      out[r] = v.y - *found * v.n;
      whole += v.n;
      squares += out[r] * out[r];
      of_rounding += *found * *found * v.n * v.n;
    }
    const double mean = whole / static_cast<double>(replications);
    const bool varies = squares > 1e-26 * of_rounding;  // as `ratio_sums::squares`
    for (double& u : out) u = varies ? u / mean : 0;
    return out;
  }

 private:
  std::vector<std::vector<selection_value>> values_;
};

/// Plays what is asked for and adds it. Requests of replications that are there already are asked for from where they end.
/// \returns false if the sampler was told to stop; nothing was added then
/// \pre no request leaves a gap behind what was played; asserted
template <selection_sampler Sampler>
[[nodiscard]] bool extend(selection_record& record, Sampler& sample, std::span<const selection_request> wanted) {
  std::vector<selection_request> missing;
  std::size_t places = 0;
  for (const selection_request& w : wanted) {
    const std::size_t there = record.count(w.system), end = w.first + w.count;
    SIFANG_ASSERT(w.first <= there, "no gap in the numbers of replications");
    if (end <= there) continue;
    missing.push_back({w.system, there, end - there});
    places += end - there;
  }
  if (missing.empty()) return true;
  std::vector<selection_value> values(places);
  if (!sample(detail::span_of(missing), detail::span_to(values))) return false;
  std::size_t at = 0;
  for (const selection_request& w : missing) {
    record.add(w.system, detail::span_of(values).subspan(at, w.count));
    at += w.count;
  }
  return true;
}

/// A sampler of a function `of(system, replication)` that gives one value, or a `selection_value`.
template <class Of>
[[nodiscard]] auto sample_each(Of of) {
  return [of = std::move(of)](std::span<const selection_request> wanted, std::span<selection_value> places) {
    std::size_t at = 0;
    for (const selection_request& w : wanted) {
      for (std::size_t r = w.first; r < w.first + w.count; ++r) places[at++] = selection_value{of(w.system, r)};
    }
    return true;
  };
}

namespace detail {

/// The first replications of one system as a procedure compares them: what is larger is better.
struct selection_sample {
  double ratio = 0;
  std::vector<double> influences;
};
template <class = when_called>
[[nodiscard]] inline selection_sample sample_of(const selection_record& record, std::size_t system, std::size_t replications,
                                                selection_goal goal) {
  selection_sample out{record.ratio(system, replications).value_or(0), record.influences(system, replications)};
  if (goal == selection_goal::larger) return out;
  out.ratio = -out.ratio;
  for (double& u : out.influences) u = -u;
  return out;
}
/// First minus second. The variance is exactly 0 where only rounding is left.
[[nodiscard]] inline difference_moments difference_of(const selection_sample& a, const selection_sample& b) noexcept {
  const std::size_t n = a.influences.size();
  SIFANG_ASSERT(n == b.influences.size() && n >= 2, "as many replications of both, two at least");
  const double *of_a = a.influences.data(), *of_b = b.influences.data();
  double aa = 0, bb = 0, dd = 0, ddd = 0;
  for (std::size_t r = 0; r < n; ++r) {
    const double d = of_a[r] - of_b[r];
    aa += of_a[r] * of_a[r];
    bb += of_b[r] * of_b[r];
    dd += d * d;
    ddd += d * d * d;
  }
  const double freedom = static_cast<double>(n - 1);
  const double paired = dd > rounding_of_variance * (aa + bb) ? dd / freedom : 0;
  return {a.ratio - b.ratio, bb / freedom, aa / freedom, paired, ddd};
}

}  // namespace detail

}  // namespace sifang

#endif
