// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_POLICY_SUMS_HPP
#define SIFANG_EXPERIMENT_POLICY_SUMS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/outcome_row.hpp"
#include "sifang/engine/fingerprint.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/world.hpp"
#include "sifang/stats/ratio_pair_sums.hpp"
#include "sifang/stats/ratio_sums.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// \file
/// Sums over replications, block by block: all that estimates are made from, of a size that does not depend
/// on how many replications there were.

namespace sifang {

/// Consecutive replications that are summed together. A constant, since bytes depend on the grouping.
inline constexpr std::size_t block_replications = 8;

/// How many blocks hold so many replications; the last may be short.
[[nodiscard]] constexpr std::size_t blocks_of(std::size_t replications) noexcept {
  return (replications + block_replications - 1) / block_replications;
}
/// Replications in a block.
[[nodiscard]] constexpr std::size_t block_size(std::size_t block, std::size_t replications) noexcept {
  return (std::min)(block_replications, replications - block * block_replications);
}

/// The outcomes of one block as rows. Keeps its memory from block to block.
class outcome_block {
 public:
  /// A block without rows, whose rows have the first `width` ratios of the row: all, or the metrics alone.
  outcome_block(const outcome_row& row, std::size_t width)
      : row_(&row), width_(width), numerators_(block_replications * width), denominators_(block_replications * width) {}

  /// Ratios in a row.
  [[nodiscard]] std::size_t width() const noexcept { return width_; }
  /// Forgets the rows.
  void clear() noexcept { rows_ = 0; }
  /// One more row. \pre fewer than `block_replications` rows
  template <class = when_called>
  void add(const replication_outcome& r) noexcept {
    SIFANG_ASSERT(rows_ < block_replications);
    row_->write(r, detail::span_to(numerators_).subspan(rows_ * width_, width_),
                detail::span_to(denominators_).subspan(rows_ * width_, width_));
    prints_[rows_++] = r.fingerprint;
  }
  /// The rows of block `number` of outcomes that were kept.
  template <class = when_called>
  void fill(std::span<const replication_outcome> runs, std::size_t number) noexcept {
    clear();
    for (const replication_outcome& r : runs.subspan(number * block_replications, block_size(number, runs.size()))) add(r);
  }
  /// Row by row. @{
  template <class = when_called>
  [[nodiscard]] std::span<const double> numerators() const noexcept {
    return detail::span_of(numerators_).first(rows_ * width_);
  }
  template <class = when_called>
  [[nodiscard]] std::span<const double> denominators() const noexcept {
    return detail::span_of(denominators_).first(rows_ * width_);
  }
  template <class = when_called>
  [[nodiscard]] std::span<const std::uint64_t> fingerprints() const noexcept {
    return std::span(prints_).first(rows_);
  }
  /// @}

 private:
  const outcome_row* row_;
  std::size_t width_, rows_ = 0;
  std::vector<double> numerators_, denominators_;
  std::array<std::uint64_t, block_replications> prints_{};
};

/// Sums of one policy over its replications.
struct policy_sums {
  std::size_t replications = 0;  ///< from number 0 on, without a gap
  fingerprint print;             ///< of the replications' fingerprints, in order
  ratio_sums sums;               ///< in the order of `outcome_row`
};

/// Sums of a policy and a base on the same replications: of their metrics alone, and without a fingerprint.
struct policy_pair_sums {
  policy_sums base,      ///< of the base
      other;             ///< of the policy, over as many replications
  ratio_pair_sums pair;  ///< of both together
};

/// Sums of the outcomes that a block holds, into `out`. \pre `out` has `ratio_sums::columns` places a ratio; asserted
template <class = when_called>
inline void sum(const outcome_block& block, std::span<double> out) noexcept {
  SIFANG_ASSERT(out.size() == ratio_sums::columns * block.width(), "as many places as the sums have");
  ratio_sums::of_rows(block.width(), block.numerators(), block.denominators(), out);
}
/// Sums of the pairs of two blocks' outcomes, given the sums of each. \pre as many rows in both; asserted
template <class = when_called>
inline void sum_pairs(std::size_t ratios, const outcome_block& a, std::span<const double> sums_a, const outcome_block& b,
                      std::span<const double> sums_b, std::span<double> out) noexcept {
  SIFANG_ASSERT(
      a.numerators().size() / (std::max<std::size_t>)(a.width(), 1) == b.numerators().size() / (std::max<std::size_t>)(b.width(), 1),
      "as many rows in both");
  ratio_pair_sums::of_rows(ratios, {a.width(), a.numerators(), a.denominators(), sums_a},
                           {b.width(), b.numerators(), b.denominators(), sums_b}, out);
}

/// Sums of outcomes that were kept. The same bytes as a study of the same world finds on its way.
template <class = when_called>
[[nodiscard]] inline policy_sums sums_of(const world& w, std::span<const replication_outcome> runs) {
  const outcome_row row(w, runs.empty() ? 0 : runs.front().own.size());
  policy_sums out{runs.size(), {}, ratio_sums(row.size())};
  outcome_block block(row, row.size());
  std::vector<double> sums(ratio_sums::columns * row.size());
  for (std::size_t k = 0; k < blocks_of(runs.size()); ++k) {
    block.fill(runs, k);
    sum(block, detail::span_to(sums));
    out.sums.merge(detail::span_of(sums));
    for (std::uint64_t print : block.fingerprints()) out.print.add(print);
  }
  return out;
}

/// Sums of the metrics of two policies whose outcomes were kept. Replications beyond the shorter run are left out.
/// \param w  the world of one of them; both split metrics alike
template <class = when_called>
[[nodiscard]] inline policy_pair_sums paired_sums_of(const world& w, std::span<const replication_outcome> base_runs,
                                                     std::span<const replication_outcome> other_runs) {
  const outcome_row row(w, base_runs.empty() ? 0 : base_runs.front().own.size());
  const std::size_t n = (std::min)(base_runs.size(), other_runs.size()), ratios = row.metrics();
  policy_pair_sums out{{n, {}, ratio_sums(ratios)}, {n, {}, ratio_sums(ratios)}, ratio_pair_sums(ratios)};
  outcome_block a(row, ratios), b(row, ratios);
  std::vector<double> sums_a(ratio_sums::columns * ratios), sums_b = sums_a, pairs(ratio_pair_sums::columns * ratios);
  for (std::size_t k = 0; k < blocks_of(n); ++k) {
    a.fill(base_runs.first(n), k);
    b.fill(other_runs.first(n), k);
    sum(a, detail::span_to(sums_a));
    sum(b, detail::span_to(sums_b));
    sum_pairs(ratios, a, detail::span_of(sums_a), b, detail::span_of(sums_b), detail::span_to(pairs));
    out.pair.merge(out.base.sums, out.other.sums, detail::span_of(sums_a), detail::span_of(sums_b), detail::span_of(pairs));
    out.base.sums.merge(detail::span_of(sums_a));
    out.other.sums.merge(detail::span_of(sums_b));
  }
  return out;
}

}  // namespace sifang

#endif
