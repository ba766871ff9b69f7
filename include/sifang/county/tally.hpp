// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_TALLY_HPP
#define SIFANG_COUNTY_TALLY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/county/metrics.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

/// The ways a metric is split; `cell_layout` says where the items of each stand.
enum class dimension : std::uint8_t { all, level, township, category, door, channel, venue, unit, month, distance, people };
/// Enumerators of `dimension`.
inline constexpr std::size_t dimension_count = 11;
/// Kilometres by road from the village to the county seat at which a new item of `dimension::distance` begins, after the first.
inline constexpr std::array<double, 3> distance_bands{10, 20, 40};
/// The item of `dimension::distance`.
template <class = when_called>
[[nodiscard]] constexpr std::size_t distance_item(double km) noexcept {
  std::size_t item = 0;
  for (const double from : distance_bands) item += km >= from;
  return item;
}
/// The item of `dimension::people`: one person, a few, a group (集体访, five and more).
[[nodiscard]] constexpr std::size_t people_item(int persons) noexcept {
  return static_cast<std::size_t>(persons > 1) + static_cast<std::size_t>(is_group_size(persons));
}

/// Offsets of the cells of each dimension in one row of a tally.
struct cell_layout {
  std::array<std::uint32_t, dimension_count + 1> offset{};  ///< of each dimension; last the number of cells

  cell_layout() = default;
  /// Cells for a county of so many townships, categories, kinds of session, and units that handle matters.
  cell_layout(std::size_t townships, std::size_t categories, std::size_t venues, std::size_t units) {
    const std::array<std::size_t, dimension_count> items{
        1, 3, townships, categories, door_count, channel_count, venues, units, 12, distance_bands.size() + 1, 3};
    for (std::size_t d = 0; d < dimension_count; ++d) offset[d + 1] = offset[d] + static_cast<std::uint32_t>(items[d]);
  }
  /// Cells of one row.
  [[nodiscard]] std::size_t cells() const noexcept { return offset.back(); }
  /// Where a tally's sums of a cell begin; of no cell. @{
  [[nodiscard]] std::uint32_t first_sum(dimension d, std::size_t item) const noexcept {
    return at(d, item) * static_cast<std::uint32_t>(metric_count);
  }
  [[nodiscard]] std::uint32_t no_sum() const noexcept { return offset.back() * static_cast<std::uint32_t>(metric_count); }
  /// @}
  /// Cells of one dimension.
  [[nodiscard]] std::size_t items(dimension d) const noexcept {
    return offset[static_cast<std::size_t>(d) + 1] - offset[static_cast<std::size_t>(d)];
  }
  /// The cell of an item. \pre item < items(d); asserted
  [[nodiscard]] std::uint32_t at(dimension d, std::size_t item) const noexcept {
    SIFANG_ASSERT(item < items(d), "an item of the dimension");
    return offset[static_cast<std::size_t>(d)] + static_cast<std::uint32_t>(item);
  }
};

/// The cells that one observation belongs to: one of each dimension that applies.
struct cell_set {
  /// Where their sums begin, by dimension; past the last cell stands for none, and `tally` has a place for it that nobody
  /// reads.
  std::array<std::uint32_t, dimension_count> first_sum{};
};

/// Numerators and denominators of every metric in every cell, for one replication.
///
/// The sums of one cell stand together, since an observation goes to eleven cells of one metric, and most
/// steps make several observations of the same matter.
class tally {
 public:
  /// Sets every sum to zero, and makes room for the layout.
  /// \param split  whether observations are added to the cells of every dimension, or to the first alone: the whole
  template <class = when_called>
  void reset(const cell_layout& layout, bool split = true) {
    split_ = split;
    cells_ = layout.cells();
    sums_.assign((cells_ + 1) * metric_count, {});
  }
  /// Adds an observation to a cell, or to each of several. @{
  void add(metric m, std::uint32_t cell, double numerator, double denominator) noexcept {
    ratio& at = sums_[cell * metric_count + static_cast<std::size_t>(m)];
    at.numerator += numerator;
    at.denominator += denominator;
  }
  template <class = when_called>
  void add(metric m, const cell_set& cells, double numerator, double denominator) noexcept {
    ratio* const sums = sums_.data() + static_cast<std::size_t>(m);
#if defined(__GNUC__)
    typedef double pair __attribute__((vector_size(16)));  // both sums in one addition
    const pair observed{numerator, denominator};
    const auto add_to = [&](std::uint32_t first) {
      pair sum;
      __builtin_memcpy(&sum, sums + first, sizeof sum);
      sum += observed;
      __builtin_memcpy(static_cast<void*>(sums + first), &sum, sizeof sum);
    };
#else
    const auto add_to = [&](std::uint32_t first) {
      sums[first].numerator += numerator;
      sums[first].denominator += denominator;
    };
#endif
    add_to(cells.first_sum[0]);
    if (!split_) return;
    for (std::size_t d = 1; d < dimension_count; ++d) add_to(cells.first_sum[d]);
  }
  /// @}
  /// Sums so far. Constant time. @{
  [[nodiscard]] double numerator(metric m, std::size_t cell) const noexcept {
    return sums_[cell * metric_count + static_cast<std::size_t>(m)].numerator;
  }
  [[nodiscard]] double denominator(metric m, std::size_t cell) const noexcept {
    return sums_[cell * metric_count + static_cast<std::size_t>(m)].denominator;
  }
  /// @}
  /// A metric's sums in one cell.
  struct ratio {
    double numerator = 0,  ///< sum of what is measured
        denominator = 0;   ///< sum of what it is measured by
  };
  /// All sums, cell by cell, metric by metric.
  template <class = when_called>
  [[nodiscard]] std::span<const ratio> sums() const noexcept {
    return detail::span_of(sums_).first(cells_ * metric_count);
  }

 private:
  std::size_t cells_ = 0;
  bool split_ = true;
  std::vector<ratio> sums_;
};

/// Counts of whole numbers 0 … `limit`; larger ones count at the limit. Quantiles are exact below it.
class count_table {
 public:
  /// Sets every count to zero, and makes room up to `limit`. \complexity linear in the greatest value counted before
  template <class = when_called>
  void reset(std::size_t limit) {
    std::fill_n(counts_.begin(), (std::min)(largest_ + 1, counts_.size()), 0);
    counts_.resize(limit + 1, 0);
    total_ = 0;
    largest_ = 0;
  }
  /// Counts one value, cut down to a whole number; a negative one counts as 0.
  void add(double value) noexcept {
    const auto i = (std::min)(static_cast<std::size_t>((std::max)(value, 0.0)), counts_.size() - 1);
    ++counts_[i];
    ++total_;
    largest_ = largest_ < i ? i : largest_;
  }
  /// How many were counted.
  [[nodiscard]] std::uint32_t total() const noexcept { return total_; }
  /// Counts of 0, 1, …, `limit`.
  template <class = when_called>
  [[nodiscard]] std::span<const std::uint32_t> counts() const noexcept {
    return detail::span_of(counts_);
  }
  /// Smallest value whose cumulative share reaches p (inverse of the empirical distribution).
  [[nodiscard]] double quantile(double p) const noexcept {
    const double wanted = p * total_;
    std::uint32_t seen = 0;
    for (std::size_t i = 0; i <= largest_ && i < counts_.size(); ++i) {
      seen += counts_[i];
      if (seen >= wanted && seen > 0) return static_cast<double>(i);
    }
    return 0;
  }
  /// The greatest value counted, at most `limit`; 0 if there is none. Constant time.
  [[nodiscard]] double largest() const noexcept { return static_cast<double>(largest_); }

 private:
  std::vector<std::uint32_t> counts_;
  std::uint32_t total_ = 0;
  std::size_t largest_ = 0;
};

}  // namespace sifang

#endif
