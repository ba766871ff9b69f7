// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_STATS_CHANCE_OF_BEST_HPP
#define SIFANG_STATS_CHANCE_OF_BEST_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/random/elementary.hpp"
#include "sifang/random/random.hpp"
#include "sifang/stats/selection_record.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

namespace detail {

/// Weighted sums of the first replications of a system, for every number of them.
class weighted_run {
 public:
  explicit weighted_run(std::span<const selection_value> values) : values_(values), sums_(values.size() + 1, {0, 0}) {}
  void weigh(const std::vector<double>& weights) noexcept {
    for (std::size_t r = 0; r < values_.size(); ++r) {
      sums_[r + 1] = {sums_[r].y + weights[r] * values_[r].y, sums_[r].n + weights[r] * values_[r].n};
    }
  }
  [[nodiscard]] const selection_value& first(std::size_t replications) const noexcept { return sums_[replications]; }

 private:
  std::span<const selection_value> values_;
  std::vector<selection_value> sums_;
};

}  // namespace detail

/// Samples of a bootstrap unless told: a probability of a half is right to one point.
inline constexpr std::size_t chance_samples = 2000;

/// The probability that each system is the best, given its replications: the Bayesian bootstrap (Rubin 1981). Of each sample every
/// replication has a weight of its own, exponential, the same for all systems, so that common random numbers count; the part of the
/// samples in which a system has the best ratio is its probability. Equals share it. The sum is 1.
///
/// It says how sure chance leaves us, not what is guaranteed: where two systems are as good as each other, both have a half. A system
/// with fewer replications is held against the one with most over those that both have, so that their common luck counts.
/// \returns 0 of systems without a ratio; all 0 where no system has one
/// \param record  where replications are few the probabilities are too sure
/// \param seed    of the weights, which are drawn by name: the same bytes always
/// \pre one sample at least; asserted
/// \complexity samples × replications of all systems
template <class = when_called>
[[nodiscard]] inline std::vector<double> chance_of_best(const selection_record& record, selection_goal goal,
                                                        std::size_t samples = chance_samples, std::uint64_t seed = 1) {
  SIFANG_ASSERT(samples > 0 && samples <= 0xffffffffU, "one sample at least");
  std::vector<double> out(record.size(), 0.0), behind(record.size());
  if (record.size() == 0) return out;
  std::size_t longest = 0;
  for (std::size_t k = 1; k < record.size(); ++k) longest = record.count(k) > record.count(longest) ? k : longest;
  detail::weighted_run of_longest(record.values(longest));
  std::vector<double> weights(record.count(longest));
  std::vector<std::size_t> best;
  enum purpose : std::uint32_t { weight };
  for (std::size_t s = 0; s < samples; ++s) {
    const random_source luck(seed, static_cast<std::uint32_t>(s));
    for (std::size_t r = 0; r < weights.size(); ++r) weights[r] = -elementary::log(luck.uniform(r, weight));
    of_longest.weigh(weights);
    best.clear();
    for (std::size_t k = 0; k < record.size(); ++k) {
      selection_value sum{0, 0};
      const auto values = record.values(k);
      for (std::size_t r = 0; r < values.size(); ++r) {
        sum.y += weights[r] * values[r].y;
        sum.n += weights[r] * values[r].n;
      }
      const selection_value its = of_longest.first(values.size());
      if (sum.n <= 0 || its.n <= 0) continue;
      const double ahead = sum.y / sum.n - its.y / its.n;
      behind[k] = goal == selection_goal::larger ? -ahead : ahead;
      if (!best.empty() && behind[k] > behind[best.front()]) continue;
      if (!best.empty() && behind[k] < behind[best.front()]) best.clear();
      best.push_back(k);
    }
    for (const std::size_t k : best) out[k] += 1 / static_cast<double>(best.size());
  }
  for (double& p : out) p /= static_cast<double>(samples);
  return out;
}

}  // namespace sifang

#endif
