// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_CAMPAIGN_COUNTS_HPP
#define SIFANG_COUNTY_YEAR_CAMPAIGN_COUNTS_HPP

#include "sifang/core/time.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/county/world.hpp"
#include "sifang/reception/campaign.hpp"

#include <cstdint>

namespace sifang {

/// What `year_counts` counts of the household campaign as a whole: how far it reached, and what became of the items of public
/// sentiment. An item counts on the day on which it was found.
class campaign_counts {
 public:
  /// \param w, sums  outlive the counts
  campaign_counts(const world& w, tally& sums) noexcept : w_(&w), sums_(&sums), whole_(w.layout().at(dimension::all, 0)) {}

  /// A day that counts. Coverages are means over campaigns, each of which counts where it begins.
  void add(const campaign_day& c) noexcept {
    add(metric::cadre_days, c.cadres, 0);
    add(metric::cadre_days_kept, c.kept, 0);
    add(metric::opinions_collected, c.opinions, 0);
    add(metric::household_coverage, w_->households() > 0 ? c.households / w_->households() : 0, c.first);
    const auto villages = static_cast<double>(w_->villages().size());
    add(metric::village_coverage, villages > 0 ? c.villages / villages : 0, c.first);
  }
  /// An item was found on a day that counts.
  void found(const sentiment_item& i) noexcept {
    add(metric::campaign_items, 1, 0);
    if (i.target <= w_->last()) add(metric::items_on_time, 0, 1);
    if (!is_seen(i)) return;
    add(metric::items_resolved, 0, 1);
    add(metric::items_struck_off, 0, 1);
  }
  /// It is done. \param today  the day
  void done(day today, const sentiment_item& i) noexcept {
    if (!w_->counts(i.found)) return;
    if (i.target <= w_->last() && today <= i.target) add(metric::items_on_time, 1, 0);
    if (is_seen(i) && today <= horizon(i)) add(metric::items_resolved, 1, 0);
  }
  /// It leaves the chart. \param today  the day
  void struck_off(day today, const sentiment_item& i) noexcept {
    if (w_->counts(i.found) && is_seen(i) && today <= horizon(i)) add(metric::items_struck_off, 1, 0);
  }
  /// A silent grievance that was found on a day that counts, at the end of the year.
  void end_of(const matter& m, const cell_set& cells) noexcept {
    const scenario& s = w_->setting();
    const std::int32_t seen = m.registered + s.resolution_horizon.count + s.clocks.route.count;
    if (seen <= w_->last().since_1970()) sums_->add(metric::true_resolution_found, cells, m.resolved, 1);
    sums_->add(metric::apparent_resolution_found, cells, m.struck_off, 1);
  }
  /// The year is over: where no campaign was counted, nothing was covered.
  void close() noexcept {
    for (metric m : {metric::household_coverage, metric::village_coverage}) {
      if (sums_->denominator(m, whole_) == 0) add(m, 0, 1);
    }
  }

 private:
  void add(metric m, double numerator, double denominator) noexcept { sums_->add(m, whole_, numerator, denominator); }
  [[nodiscard]] day horizon(const sentiment_item& i) const noexcept { return i.found + w_->setting().resolution_horizon; }
  /// Whether its cohort is complete.
  [[nodiscard]] bool is_seen(const sentiment_item& i) const noexcept { return horizon(i) <= w_->last(); }

  const world* w_;
  tally* sums_;
  std::uint32_t whole_;
};

}  // namespace sifang

#endif
