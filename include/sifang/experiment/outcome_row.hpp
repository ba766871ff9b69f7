// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_OUTCOME_ROW_HPP
#define SIFANG_EXPERIMENT_OUTCOME_ROW_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/official.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/world.hpp"
#include "sifang/stats/quantity.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sifang {

/// What is estimated of each official, in the order of `result_official`.
enum class official_figure : std::uint8_t { hours, sessions, heard, owned_mean, owned_max };
/// Enumerators of `official_figure`.
inline constexpr std::size_t official_figure_count = 5;
/// What is estimated of each kind of session, in the order of `result_venue`.
enum class venue_figure : std::uint8_t { sessions, idle_share, heard, wait_minutes, queue_max, overtime_minutes, utilisation, left };
/// Enumerators of `venue_figure`.
inline constexpr std::size_t venue_figure_count = 8;

/// Where a figure can be, by which its interval is chosen. @{
template <class = when_called>
[[nodiscard]] constexpr quantity quantity_of(metric m) noexcept {
  const metric_info& about = info(m);
  // They follow from the plan of the campaign, not from chance: whole coverage every year is no luck to be bounded.
  if (m == metric::household_coverage || m == metric::village_coverage) return quantity::amount;
  if (about.unit == "share") return quantity::share;
  if (about.unit == "index") return quantity::yearly_share;
  const bool mean_of_weeks = m == metric::open_cases;
  return about.kind == metric_kind::count && about.group != "cost" && !mean_of_weeks ? quantity::count : quantity::amount;
}
[[nodiscard]] constexpr quantity quantity_of(series_id s) noexcept {
  return s == series_id::first_registrations || s == series_id::repeat_registrations ? quantity::count : quantity::amount;
}
[[nodiscard]] constexpr quantity quantity_of(curve_id) noexcept { return quantity::share; }
[[nodiscard]] constexpr quantity quantity_of(official_figure f) noexcept {
  return f == official_figure::sessions || f == official_figure::heard ? quantity::count : quantity::amount;
}
[[nodiscard]] constexpr quantity quantity_of(venue_figure f) noexcept {
  switch (f) {
    case venue_figure::sessions:
    case venue_figure::heard:
    case venue_figure::left:
      return quantity::count;
    case venue_figure::idle_share:
      return quantity::share;
    case venue_figure::utilisation:
      return quantity::yearly_share;
    default:
      return quantity::amount;
  }
}
[[nodiscard]] constexpr quantity quantity_of(violation) noexcept { return quantity::count; }
/// @}

/// All that is estimated, as one row of ratios: numerator and denominator of each in one replication.
///
/// Where what stands is said here and nowhere else: those who write a row and those who read its sums ask the
/// same functions. Metrics come first, since they are what policies are compared by. What is a mean over
/// replications has a denominator that is the same in all; what there is not, has 0.
class outcome_row {
 public:
  /// The row of a world's outcomes. \param w outlives the row  \param own  metrics of observers, which stand behind the others
  template <class = when_called>
  explicit outcome_row(const world& w, std::size_t own = 0)
      : world_(&w),
        weeks_(w.weeks()),
        own_(w.layout().cells() * metric_count),
        series_(own_ + own),
        curves_(series_ + series_count * weeks_) {
    std::size_t at = curves_;
    for (std::size_t k = 0; k < curve_count; ++k) {
      curve_[k] = at;
      at += curve_days[k] + 1;
    }
    officials_ = at;
    for (std::size_t i = 0; i < w.org().officials().size(); ++i) {
      if (w.org()[official_id(i)].rank != role::bureau_staff) shown_.push_back(static_cast<std::uint32_t>(i));
    }
    venues_ = officials_ + official_figure_count * shown_.size();
    violations_ = venues_ + venue_figure_count * w.plan().kinds().size();
  }

  /// Ratios in the row.
  [[nodiscard]] std::size_t size() const noexcept { return violations_ + violation_count; }
  /// The first so many are metrics, those of observers included.
  [[nodiscard]] std::size_t metrics() const noexcept { return series_; }
  /// Officials whose work is shown, as positions in the table of officials: all but the staff of the bureau.
  template <class = when_called>
  [[nodiscard]] std::span<const std::uint32_t> officials() const noexcept {
    return detail::span_of(shown_);
  }

  /// Where a figure stands in the row. Constant time. @{
  [[nodiscard]] std::size_t at(metric m, std::size_t cell) const noexcept { return cell * metric_count + static_cast<std::size_t>(m); }
  /// Of the k-th metric of the observers.
  [[nodiscard]] std::size_t at_own(std::size_t k) const noexcept { return own_ + k; }
  [[nodiscard]] std::size_t at(series_id s, std::size_t week) const noexcept {
    return series_ + static_cast<std::size_t>(s) * weeks_ + week;
  }
  [[nodiscard]] std::size_t at(curve_id c, std::size_t day) const noexcept { return curve_[static_cast<std::size_t>(c)] + day; }
  /// \param shown position in `officials()`
  [[nodiscard]] std::size_t at(official_figure f, std::size_t shown) const noexcept {
    return officials_ + official_figure_count * shown + static_cast<std::size_t>(f);
  }
  [[nodiscard]] std::size_t at(venue_figure f, std::size_t venue) const noexcept {
    return venues_ + venue_figure_count * venue + static_cast<std::size_t>(f);
  }
  [[nodiscard]] std::size_t at(violation v) const noexcept { return violations_ + static_cast<std::size_t>(v); }
  /// @}

  /// Writes the row of an outcome, or its metrics alone. \pre both spans have `size()` places, or `metrics()`
  template <class = when_called>
  void write(const replication_outcome& r, std::span<double> numerators, std::span<double> denominators) const noexcept {
    SIFANG_ASSERT(numerators.size() == denominators.size() && (numerators.size() == size() || numerators.size() == metrics()));
    double *y = numerators.data(), *n = denominators.data();
    const auto put = [&](std::size_t at, double numerator, double denominator) {
      y[at] = numerator;
      n[at] = denominator;
    };
    const std::span<const tally::ratio> sums = r.sums.sums();  // cell by cell, metric by metric, as `at` has it
    SIFANG_ASSERT(sums.size() == own_ && own_ + r.own.size() == series_, "outcomes with the observers of the row");
    for (std::size_t i = 0; i < sums.size(); ++i) put(i, sums[i].numerator, sums[i].denominator);
    for (std::size_t k = 0; k < r.own.size(); ++k) put(at_own(k), r.own[k].numerator, r.own[k].denominator);
    if (numerators.size() == metrics()) return;
    for (std::size_t s = 0; s < series_count; ++s) {
      const bool ratio = is_ratio(static_cast<series_id>(s));
      const std::size_t first = at(static_cast<series_id>(s), 0);
      for (std::size_t week = 0; week < weeks_; ++week) put(first + week, r.series_sum[s][week], ratio ? r.series_weight[s][week] : 1);
    }
    for (std::size_t c = 0; c < curve_count; ++c) {
      const std::span<const std::uint32_t> counts = r.curves[c].counts();
      double done = 0;
      for (std::size_t d = 0; d <= curve_days[c]; ++d) put(at(static_cast<curve_id>(c), d), done += counts[d], r.curve_total[c]);
    }
    const double days = (world_->end() - world_->start()).count + 1;
    for (std::size_t i = 0; i < shown_.size(); ++i) {
      const official_outcome& o = r.officials[shown_[i]];
      put(at(official_figure::hours, i), o.minutes, 60);
      put(at(official_figure::sessions, i), o.sessions, 1);
      put(at(official_figure::heard, i), o.heard, 1);
      put(at(official_figure::owned_mean, i), o.owned_days, days);
      put(at(official_figure::owned_max, i), o.owned_max, 1);
    }
    for (std::size_t v = 0; v < world_->plan().kinds().size(); ++v) {
      const venue_outcome& o = r.venues[v];
      const double planned = world_->venue_sessions()[v], seats = world_->venue_seat_minutes()[v];
      const bool irregular = world_->plan().kinds()[v].irregular;
      put(at(venue_figure::sessions, v), irregular ? o.used_sessions : planned, 1);
      put(at(venue_figure::idle_share, v), irregular ? 0 : planned - o.used_sessions, irregular ? 0 : planned);
      put(at(venue_figure::heard, v), o.heard, 1);
      put(at(venue_figure::wait_minutes, v), o.wait_minutes, o.heard);
      put(at(venue_figure::queue_max, v), o.longest_queue, 1);
      put(at(venue_figure::overtime_minutes, v), o.overtime_minutes, 1);
      put(at(venue_figure::utilisation, v), seats > 0 ? o.busy_minutes / (seats + o.overtime_minutes) : 0, seats > 0 ? 1 : 0);
      put(at(venue_figure::left, v), o.left, 1);
    }
    for (std::size_t k = 0; k < violation_count; ++k) put(at(static_cast<violation>(k)), r.violations[k], 1);
  }

 private:
  /// Waits are means of those who were heard; all else is a number a week.
  template <class = when_called>
  [[nodiscard]] static constexpr bool is_ratio(series_id s) noexcept {
    return series_table[static_cast<std::size_t>(s)].chart == "wait";
  }

  const world* world_;
  std::size_t weeks_, own_, series_, curves_, officials_ = 0, venues_ = 0, violations_ = 0;
  std::array<std::size_t, curve_count> curve_{};
  std::vector<std::uint32_t> shown_;
};

}  // namespace sifang

#endif
