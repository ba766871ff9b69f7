// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_COST_SERVICE_HPP
#define SIFANG_EXPERIMENT_COST_SERVICE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/cost_front.hpp"
#include "sifang/experiment/cost_result.hpp"
#include "sifang/experiment/cost_row.hpp"
#include "sifang/stats/estimate.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What one more unit of service costs, policy by policy against the first, on common random numbers.

namespace sifang {

namespace detail {

/// The rows of one policy's replications, one after another.
class cost_rows {
 public:
  cost_rows(std::span<const double> rows, std::size_t width) : rows_(rows), width_(width) {
    SIFANG_ASSERT(width >= cost_row::ranked && rows.size() % width == 0, "whole rows");
  }
  [[nodiscard]] std::size_t replications() const noexcept { return rows_.size() / width_; }
  [[nodiscard]] bool has_parts() const noexcept { return width_ >= cost_row::size; }
  [[nodiscard]] double at(std::size_t replication, std::size_t column) const noexcept { return rows_[replication * width_ + column]; }
  /// One column of all replications; less that of another policy.
  template <class = when_called>
  [[nodiscard]] std::vector<double> column(std::size_t c) const {
    std::vector<double> out(replications());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = at(i, c);
    return out;
  }
  template <class = when_called>
  [[nodiscard]] std::vector<double> difference(const cost_rows& from, std::size_t c) const {
    std::vector<double> out(replications());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = at(i, c) - from.at(i, c);
    return out;
  }

 private:
  std::span<const double> rows_;
  std::size_t width_;
};

/// Whether an interval says that a mean is above 0 (below: `v` turned round); what is the same in every replication says it too.
[[nodiscard]] inline bool is_above(const interval& v) noexcept { return v.kind != interval_kind::too_little_data && v.lower > 0; }
[[nodiscard]] inline bool is_below(const interval& v) noexcept { return v.kind != interval_kind::too_little_data && v.upper < 0; }

/// Cost for each unit of gain, both differences of the same replications (Fieller 1954). None where the gain may be none.
template <class = when_called>
[[nodiscard]] inline interval price_of(std::vector<double> cost, std::vector<double> gain, const interval& mean_gain,
                                       const t_scale& scale) {
  const bool told = scale.too_few() ? mean_gain.estimate != 0 : is_above(mean_gain) || is_below(mean_gain);
  if (!told) return {};
  if (mean_gain.estimate < 0) {  // saved for each unit given up: both turned round
    for (double& x : cost) x = -x;
    for (double& x : gain) x = -x;
  }
  const interval price = ratio_interval(cost, gain, scale, quantity::number);
  const bool unbounded = !scale.too_few() && price.kind == interval_kind::too_little_data;  // the gain may be none after all
  return unbounded ? interval{} : price;
}

/// What is to be said of a policy's cost and service beside the base.
[[nodiscard]] inline std::string_view cost_verdict(const interval& cost, const interval& gain, const t_scale& scale) noexcept {
  if (scale.too_few()) return "too_few_years";
  const bool no_cost = cost.kind == interval_kind::constant && cost.estimate == 0;
  if (is_above(gain)) return is_below(cost) || no_cost ? "dominates" : "buys";
  if (is_below(gain)) return is_above(cost) || no_cost ? "dominated" : "gives_up";
  return "same_service";
}

/// What a policy brings of one service, beside the base.
template <class = when_called>
[[nodiscard]] inline result_gain gain_of(const cost_rows& base, const cost_rows& policy, bool is_base, service what, const interval& cost,
                                         const t_scale& scale) {
  result_gain out;
  out.amount = mean_interval(policy.column(cost_row::at(what)), scale);
  if (is_base) {
    out.verdict = "base";
    return out;
  }
  std::vector<double> gains = policy.difference(base, cost_row::at(what));
  out.gain = mean_interval(gains, scale);
  out.verdict = cost_verdict(cost, out.gain, scale);
  if (out.verdict == "dominates" || out.verdict == "dominated" || out.verdict == "same_service") return out;
  out.leader_hours = price_of(policy.difference(base, cost_row::leader_hours), gains, out.gain, scale);
  out.price = price_of(policy.difference(base, cost_row::total), std::move(gains), out.gain, scale);
  if (!scale.too_few() && !out.price.has_value()) out.verdict = "same_service";
  return out;
}

/// Where each policy stands among all by one service.
template <class = when_called>
inline void place_all(std::span<const cost_rows> policies, service what, const t_scale& scale, std::vector<result_policy_cost>& out) {
  std::vector<cost_point> points;
  for (std::size_t k = 0; k < policies.size(); ++k) points.push_back({out[k].total.estimate, out[k].services.back().amount.estimate});
  const std::vector<cost_place> places = cost_front(points);
  for (std::size_t k = 0; k < policies.size(); ++k) {
    result_gain& mine = out[k].services.back();
    mine.place = name_of(places[k].where);
    mine.by = places[k].by;
    if (mine.by.empty()) continue;
    const auto rows = [&](std::size_t p, std::size_t c) { return policies[mine.by[p]].column(c); };
    const std::vector<double> cost = policies[k].column(cost_row::total), serves = policies[k].column(cost_row::at(what));
    mine.sure = mine.by.size() == 1 ? is_surely_dominated(cost, serves, rows(0, cost_row::total), rows(0, cost_row::at(what)), scale)
                                    : is_surely_between(cost, serves, rows(0, cost_row::total), rows(0, cost_row::at(what)),
                                                        rows(1, cost_row::total), rows(1, cost_row::at(what)), scale);
    if (places[k].where == cost_standing::same) mine.sure = true;
  }
}

}  // namespace detail

/// What policies cost for what they bring, the first being the base: totals, differences, the price of each further unit of every
/// service with its interval (Fieller), and where each policy stands (`cost_front`). Intervals hold for each by itself.
/// \param rows        of each policy, replication after replication on common random numbers, as `cost_row` has them
/// \param width       of a row: `cost_row::size`, or `cost_row::ranked` without the parts of the cost
/// \param confidence  of every interval
/// \pre as many rows of each policy, at least one; asserted
template <class = when_called>
[[nodiscard]] inline result_costs reckon_costs(std::span<const std::vector<double>> rows, std::size_t width, double confidence) {
  result_costs out;
  std::vector<detail::cost_rows> policies;
  for (const std::vector<double>& one : rows) policies.emplace_back(one, width);
  if (policies.empty()) return out;
  const std::size_t replications = policies.front().replications();
  const t_scale scale(replications, confidence);
  for (const service_info& s : service_table)
    out.services.push_back({std::string(s.name), std::string(s.en), std::string(s.zh), std::string(s.unit_en), std::string(s.unit_zh)});
  for (std::size_t p = 0; policies.front().has_parts() && p < cost_part_count; ++p)
    out.parts.push_back(
        {std::string(cost_part_table[p].name), std::string(cost_part_table[p].en), std::string(cost_part_table[p].zh), "yuan", "元"});
  const detail::cost_rows& base = policies.front();
  for (std::size_t k = 0; k < policies.size(); ++k) {
    const detail::cost_rows& mine = policies[k];
    SIFANG_ASSERT(mine.replications() == replications && replications > 0, "as many rows of each policy, at least one");
    const auto level = [&](std::size_t c) { return mean_interval(mine.column(c), scale, quantity::amount); };
    const auto difference = [&](std::size_t c) { return k == 0 ? interval{} : mean_interval(mine.difference(base, c), scale); };
    result_policy_cost one{level(cost_row::total), difference(cost_row::total), level(cost_row::leader_hours),
                           difference(cost_row::leader_hours)};
    for (std::size_t p = 0; p < out.parts.size(); ++p) {
      one.parts.push_back(level(cost_row::parts + p));
      one.part_differences.push_back(difference(cost_row::parts + p));
    }
    out.policies.push_back(std::move(one));
  }
  for (std::size_t s = 0; s < service_count; ++s) {
    for (std::size_t k = 0; k < policies.size(); ++k)
      out.policies[k].services.push_back(
          detail::gain_of(base, policies[k], k == 0, static_cast<service>(s), out.policies[k].difference, scale));
    detail::place_all(policies, static_cast<service>(s), scale, out.policies);
  }
  return out;
}

/// What one policy brings of a service as a share of what another does, and what it costs as a share of what that costs beyond the base.
struct cost_share {
  std::size_t policy = 0,  ///< that brings a share
      of = 0;              ///< of what this one brings
  double service = 0,      ///< share of the gain
      cost = 0,            ///< share of the further cost
      leader_hours = 0;    ///< share of the further hours of county-level leaders
};
/// Of each policy that serves more than the base and costs more, in its share of the one that serves most: those that bring a larger share
/// of the service than of the cost. By the estimates; none where no policy surely serves more, or the best costs no more than the base.
/// \param what  position among `result_costs::services`; asserted
template <class = when_called>
[[nodiscard]] inline std::vector<cost_share> cheaper_shares(const result_costs& r, std::size_t what) {
  SIFANG_ASSERT(what < r.services.size(), "one of the services");
  std::vector<cost_share> out;
  const auto gain = [&](std::size_t k) -> const result_gain& { return r.policies[k].services[what]; };
  const auto buys = [&](std::size_t k) { return gain(k).verdict == "buys" && detail::is_above(r.policies[k].difference); };
  std::size_t best = 0;
  for (std::size_t k = 1; k < r.policies.size(); ++k) {
    if (buys(k) && (best == 0 || gain(k).gain.estimate > gain(best).gain.estimate)) best = k;
  }
  for (std::size_t k = 1; best != 0 && k < r.policies.size(); ++k) {
    if (k == best || !buys(k)) continue;
    const double hours = r.policies[best].leader_hours_difference.estimate;
    const cost_share one{k, best, gain(k).gain.estimate / gain(best).gain.estimate,
                         r.policies[k].difference.estimate / r.policies[best].difference.estimate,
                         hours > 0 ? r.policies[k].leader_hours_difference.estimate / hours : 0};
    if (one.cost < one.service) out.push_back(one);
  }
  return out;
}

}  // namespace sifang

#endif
