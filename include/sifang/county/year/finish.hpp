// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_FINISH_HPP
#define SIFANG_COUNTY_YEAR_FINISH_HPP

// Part of sifang/county/replication.hpp: what can only be counted when the period is over.
#include "sifang/county/replication.hpp"

namespace sifang {

/// Cohorts by due date, so that late and unfinished steps count as missed; then totals and quantiles.
template <ownership_policy O, class B>
void replication<O, B>::finish() {
  const world& w = *world_;
  const auto& setting = w.setting();
  const std::uint32_t all = w.layout().at(dimension::all, 0);
  begin(w.last() + calendar_days(1));
  for (const matter& m : matters_) {
    const bool open = is_open(m.state);
    if (m.state == case_state::none) (m.silent ? out_.silent : out_.on_the_way) += 1;
    else (open ? out_.open : out_.closed) += 1;
    if (m.state == case_state::none) continue;
    const cell_set cells = cells_of(m);
    if (m.state == case_state::registered && counts(due_day(case_clock::route, m.route_from))) {
      out_.sums.add(metric::bureau_timely, cells, 0, 1);
      miss_curve(curve_id::routed);
    }
    if (m.state == case_state::routed && counts(m.accept_due)) {
      out_.sums.add(metric::timely_acceptance_rate, cells, 0, 1);
      miss_curve(curve_id::accepted);
    }
    if ((m.state == case_state::accepted || m.state == case_state::handling) && counts(m.reply_due)) {
      out_.sums.add(metric::on_time_reply_rate, cells, 0, 1);
      if (m.by_bureau) out_.sums.add(metric::bureau_on_time_reply_rate, cells, 0, 1);
      miss_curve(curve_id::replied);
    }
    if (m.first_replied != never && counts(m.first_replied + setting.one_time_horizon.count)) {
      const bool again = m.first_repeat_after_reply != never && m.first_repeat_after_reply <= m.first_replied + setting.one_time_horizon.count;
      out_.sums.add(metric::one_time_resolution_rate, cells, !again, 1);
    }
    if (counts(m.first_replied)) out_.sums.add(metric::resolution_rate, cells, m.settled, 1);
    if (m.settled_on != never && counts(m.settled_on + setting.rebound_horizon.count)) {
      const bool back = m.rebound_on != never && m.rebound_on <= m.settled_on + setting.rebound_horizon.count;
      out_.sums.add(metric::rebound_rate, cells, back, 1);
    }
    if (m.closed_once && counts(m.closed_on)) out_.sums.add(metric::procedural_only_share, cells, !m.settled, 1);
    if (m.long_pending && counts(m.listed_on)) out_.sums.add(metric::long_pending_resolution, cells, m.settled, 1);
    if (m.found_by_campaign && counts(m.registered)) {
      out_.sums.add(metric::true_resolution_found, cells, m.settled, 1);
      out_.sums.add(metric::apparent_resolution_found, cells, m.struck_off, 1);
    }
    // R13: whoever the rule made owner keeps the case; the count of open cases ends here.
    if (open && m.owner.valid()) count_owned(m, 0);
  }

  // Heads and team members sit as planned; leaders' sessions were counted one by one.
  double leader_minutes = 0, head_minutes = 0;
  std::vector<double>& owned = free_at_;
  owned.clear();
  const double days = (w.last() - w.start()).count + 1;
  double owned_sum = 0, owned_max = 0;
  for (std::size_t i = 0; i < out_.officials.size(); ++i) {
    official_outcome& o = out_.officials[i];
    o.owned_days = owners_[i].days;
    o.owned_max = owners_[i].most;
    const official_id who(i);
    const role rank = w.org()[who].rank;
    if (w.is_county_leader(who)) {
      leader_minutes += o.minutes;
      owned.push_back(o.owned_days / days);
      owned_sum += o.owned_days / days;
      owned_max = (std::max)(owned_max, static_cast<double>(o.owned_max));
    } else if (rank == role::unit_head || rank == role::team_member) {
      o.minutes += w.planned_minutes()[i];
      o.sessions += w.planned_sessions()[i];
      head_minutes += o.minutes;
    }
  }
  out_.sums.add(metric::leader_hours, all, leader_minutes / 60, 0);
  out_.sums.add(metric::head_hours, all, head_minutes / 60, 0);
  out_.sums.add(metric::leader_hours_per_settled, all, leader_minutes / 60, 0);
  out_.sums.add(metric::travel_km, all, travel_km_, 0);
  out_.sums.add(metric::clerk_utilisation, all, 0, w.clerk_time().between(w.start(), w.last()) * setting.routing.clerks);
  out_.sums.add(metric::handler_utilisation, all, 0, w.handler_time().between(w.start(), w.last()) * static_cast<double>(w.handlers()));
  if (!owned.empty()) {
    std::sort(owned.begin(), owned.end());
    double weighted = 0;
    for (std::size_t i = 0; i < owned.size(); ++i) weighted += (2.0 * static_cast<double>(i + 1) - static_cast<double>(owned.size()) - 1) * owned[i];
    out_.sums.add(metric::owned_mean, all, owned_sum / static_cast<double>(owned.size()), 1);
    out_.sums.add(metric::owned_max, all, owned_max, 1);
    if (owned_sum > 0) out_.sums.add(metric::owned_gini, all, weighted / (static_cast<double>(owned.size()) * owned_sum), 1);
  }

  const auto quantiles = [&](const count_table& days_table, const count_table& minutes_table, std::uint32_t cell) {
    if (days_table.total() == 0) return;
    out_.sums.add(metric::wait_days_p50, cell, days_table.quantile(0.5), 1);
    out_.sums.add(metric::wait_days_p90, cell, days_table.quantile(0.9), 1);
    out_.sums.add(metric::wait_minutes_p50, cell, minutes_table.quantile(0.5), 1);
    out_.sums.add(metric::wait_minutes_p90, cell, minutes_table.quantile(0.9), 1);
    out_.sums.add(metric::wait_minutes_max, cell, minutes_table.largest(), 1);
  };
  quantiles(out_.all_wait_days, out_.all_wait_minutes, all);
  for (std::size_t v = 0; v < venue_count; ++v) {
    quantiles(out_.wait_days[v], out_.wait_minutes[v], w.layout().at(dimension::venue, v));
  }

  // Open cases are seen once a week: as many as there are ages.
  for (std::uint32_t cell = 0; cell < w.layout().cells(); ++cell) {
    out_.sums.add(metric::open_cases, cell, out_.sums.denominator(metric::open_age_days, cell) / static_cast<double>(w.weeks()), 0);
  }
  // Counts have 1 as their denominator wherever they are split; those about the county as a whole have one cell.
  for (const metric_info& m : metric_table) {
    const bool whole = m.group == "cost" || m.id == metric::household_coverage || m.id == metric::village_coverage;
    if (m.id == metric::household_coverage || m.id == metric::village_coverage || m.kind == metric_kind::count) {
      for (std::uint32_t cell = 0; cell < (whole ? 1 : w.layout().cells()); ++cell) out_.sums.add(m.id, cell, 0, 1);
    }
  }
  for (const tally::ratio& r : out_.sums.sums()) {
    print_.add(std::bit_cast<std::uint64_t>(r.numerator));
    print_.add(std::bit_cast<std::uint64_t>(r.denominator));
  }
  out_.fingerprint = print_.value();
}

template <ownership_policy O, class B>
std::size_t replication<O, B>::bytes() const noexcept {
  const auto of = [](const auto& v) { return v.size() * sizeof(v[0]); };
  return sizeof *this + out_.bytes() + queue_.bytes() + tables_.bytes() + matters_.size() * (sizeof(matter) + sizeof(eight_blocks)) +
         most_open_ * sizeof(open_[0]) + of(visits_) + of(clerks_) + of(handler_free_) + of(handler_open_) + of(lines_) + of(owners_) + of(owned_open_);
}

}  // namespace sifang

#endif
