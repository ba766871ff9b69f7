// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_YEAR_TOTALS_HPP
#define SIFANG_COUNTY_YEAR_YEAR_TOTALS_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/cost.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/county/world.hpp"
#include "sifang/county/year/campaign_counts.hpp"
#include "sifang/county/year/counted_time.hpp"
#include "sifang/county/year/owned_cases.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sifang::detail {

/// What `year_counts` adds when a year is over: hours and owned cases, quantiles, capacities, means of weeks, denominators of counts.
class year_totals {
 public:
  /// \param w, out  outlive the totals
  year_totals(const world& w, replication_outcome& out) noexcept : w_(&w), out_(&out), whole_(w.layout().at(dimension::all, 0)) {}

  /// Adds them all. \param owners  by official \param owned  working memory \param split  whether results are split
  template <class = when_called>
  void count(const std::vector<owned_cases>& owners, std::vector<double>& owned, bool split) {
    count_officials(owners, owned);
    count_waits();
    count_capacities(split);
    count_costs();
    count_denominators();
  }

 private:
  /// Hours and owned cases.
  template <class = when_called>
  void count_officials(const std::vector<owned_cases>& owners, std::vector<double>& owned) {
    double leader_minutes = 0, head_minutes = 0, owned_sum = 0, owned_max = 0;
    owned.clear();
    const double days = (w_->end() - w_->start()).count + 1;
    for (std::size_t i = 0; i < out_->officials.size(); ++i) {
      official_outcome& o = out_->officials[i];
      o.owned_days = owners[i].days;
      o.owned_max = owners[i].most;
      const official_id who(i);
      if (w_->is_county_leader(who)) {
        leader_minutes += o.minutes;
        owned.push_back(o.owned_days / days);
        owned_sum += o.owned_days / days;
        owned_max = (std::max)(owned_max, static_cast<double>(o.owned_max));
      } else if (const role rank = w_->org()[who].rank; rank == role::unit_head || rank == role::team_member) {
        head_minutes += o.minutes;
      }
    }
    add(metric::leader_hours, leader_minutes / 60, 0);
    add(metric::head_hours, head_minutes / 60, 0);
    add(metric::leader_hours_per_settled, leader_minutes / 60, 0);
    if (owned.empty()) return;
    std::sort(owned.begin(), owned.end());
    add(metric::owned_mean, owned_sum / static_cast<double>(owned.size()), 1);
    add(metric::owned_max, owned_max, 1);
    if (owned_sum > 0) add(metric::owned_gini, gini(owned, owned_sum), 1);
  }
  template <class = when_called>
  void count_waits() {
    const auto quantiles = [&](const count_table& days, const count_table& in_queue, std::uint32_t cell) {
      if (days.total() == 0) return;
      out_->sums.add(metric::wait_days_p50, cell, days.quantile(0.5), 1);
      out_->sums.add(metric::wait_days_p90, cell, days.quantile(0.9), 1);
      out_->sums.add(metric::wait_minutes_p50, cell, in_queue.quantile(0.5), 1);
      out_->sums.add(metric::wait_minutes_p90, cell, in_queue.quantile(0.9), 1);
      out_->sums.add(metric::wait_minutes_max, cell, in_queue.largest(), 1);
    };
    quantiles(out_->all_wait_days, out_->all_wait_minutes, whole_);
    for (std::size_t v = 0; v < out_->wait_days.size(); ++v)
      quantiles(out_->wait_days[v], out_->wait_minutes[v], w_->layout().at(dimension::venue, v));
  }
  template <class = when_called>
  void count_capacities(bool split) {
    add(metric::clerk_utilisation, 0, counted_time::of(*w_, w_->clerk_time()).length() * w_->setting().routing.clerks);
    const counted_time of_handlers = counted_time::of(*w_, w_->handler_time());
    for (std::size_t o = 0; o < w_->offices().size(); ++o) {
      const double there = minutes_there(*w_, w_->offices()[o], of_handlers);
      add(metric::handler_utilisation, 0, there);
      if (split) out_->sums.add(metric::handler_utilisation, w_->layout().at(dimension::unit, o), 0, there);
    }
    campaign_counts(*w_, out_->sums).close();
  }
  /// Hours of the bureau's people, and what all of it costs.
  template <class = when_called>
  void count_costs() {
    add(metric::clerk_hours, out_->sums.numerator(metric::clerk_utilisation, whole_) / 60, 0);
    for (std::size_t v = 0; v < w_->plan().kinds().size(); ++v) {
      if (w_->plan().kinds()[v].by_clerks()) add(metric::window_hours, w_->venue_seat_minutes()[v] / 60, 0);
    }
    add(metric::total_cost, cost_of(w_->setting(), [&](metric m) { return out_->sums.numerator(m, whole_); }), 0);
  }
  template <class = when_called>
  void count_denominators() {
    const std::size_t cells = w_->layout().cells();
    // Open cases are seen once a week: as many as there are ages.
    for (std::uint32_t cell = 0; cell < cells; ++cell) {
      const double seen = out_->sums.denominator(metric::open_age_days, cell);
      out_->sums.add(metric::open_cases, cell, seen / static_cast<double>(w_->weeks()), 0);
    }
    // Counts have 1 as their denominator wherever they are split; those about the county as a whole have one cell.
    for (const metric_info& m : metric_table) {
      if (m.kind != metric_kind::count) continue;
      const std::size_t split_in = is_about_all(m) ? 1 : cells;
      for (std::uint32_t cell = 0; cell < split_in; ++cell) out_->sums.add(m.id, cell, 0, 1);
    }
  }
  [[nodiscard]] static bool is_about_all(const metric_info& m) noexcept {
    const bool of_campaign = m.id == metric::opinions_collected || m.id == metric::campaign_items;
    const bool of_posts = m.id == metric::owned_over_cap || m.id == metric::posts_changed;
    return of_campaign || of_posts || (m.group == "cost" && m.id != metric::handler_hours);
  }
  void add(metric m, double numerator, double denominator) noexcept { out_->sums.add(m, whole_, numerator, denominator); }

  const world* w_;
  replication_outcome* out_;
  std::uint32_t whole_;
};

}  // namespace sifang::detail

#endif
