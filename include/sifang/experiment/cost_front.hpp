// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_COST_FRONT_HPP
#define SIFANG_EXPERIMENT_COST_FRONT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/stats/estimate.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Which policies are worth their cost: the front, and who is dominated by whom.

namespace sifang {

/// What a policy costs, and what it brings: less of the one and more of the other is better.
struct cost_point {
  double cost = 0,  ///< in any unit
      service = 0;  ///< in any unit
};

/// Where a policy stands among others.
enum class cost_standing : std::uint8_t {
  front,                 ///< whoever wants more service pays more, and each step costs more for each unit than the one before
  dominated,             ///< another one serves no less and costs no more, and one of both is better
  extendedly_dominated,  ///< a mix of two others would (now one, now the other): the next step costs less for each unit than the one to it
  same,                  ///< another one before it costs and serves exactly as much
};
template <>
inline constexpr std::string_view names_of<cost_standing>[] = {"front", "dominated", "extendedly_dominated", "same"};

/// Where one policy stands, and by whom.
struct cost_place {
  cost_standing where = cost_standing::front;  ///< among all
  std::vector<std::size_t> by{};               ///< positions: of who dominates it, cheapest first where it takes two; of its like
};

namespace detail {

/// Whether `a` dominates `b`.
[[nodiscard]] constexpr bool dominates(const cost_point& a, const cost_point& b) noexcept {
  return a.cost <= b.cost && a.service >= b.service && (a.cost < b.cost || a.service > b.service);
}
/// How far a point lies above the line through two others, times the distance of their services.
[[nodiscard]] constexpr double above_line(const cost_point& low, const cost_point& high, const cost_point& p) noexcept {
  return (p.cost - low.cost) * (high.service - low.service) - (high.cost - low.cost) * (p.service - low.service);
}

}  // namespace detail

/// Where each of several policies stands, by points as they are: whether chance might have put them elsewhere is for `is_surely_dominated`.
/// Extended dominance as in cost-effectiveness analysis (Johannesson & Weinstein 1993). Of one policy alone: the front.
/// \pre numbers, not NaN; asserted \complexity quadratic
template <class = when_called>
[[nodiscard]] inline std::vector<cost_place> cost_front(std::span<const cost_point> points) {
  std::vector<cost_place> out(points.size());
  std::vector<std::size_t> rest;  // neither dominated nor the same as one before
  for (std::size_t k = 0; k < points.size(); ++k) {
    const cost_point& mine = points[k];
    SIFANG_ASSERT(mine.cost == mine.cost && mine.service == mine.service, "numbers");
    std::size_t best = points.size();
    for (std::size_t j = 0; j < points.size(); ++j) {
      const bool same = j < k && points[j].cost == mine.cost && points[j].service == mine.service;
      if (same && best == points.size() && out[k].where == cost_standing::front) out[k] = {cost_standing::same, {j}};
      if (!detail::dominates(points[j], mine)) continue;
      // Of several, the one that serves most, for least: nobody dominates it.
      const auto serves = [&](std::size_t p) { return std::pair(points[p].service, -points[p].cost); };
      if (best == points.size() || serves(j) > serves(best)) best = j;
    }
    if (best != points.size()) out[k] = {cost_standing::dominated, {best}};
    if (out[k].where == cost_standing::front) rest.push_back(k);
  }
  std::sort(rest.begin(), rest.end(), [&](std::size_t a, std::size_t b) { return points[a].cost < points[b].cost; });
  std::vector<std::size_t> hull;
  for (const std::size_t k : rest) {
    while (hull.size() >= 2 && detail::above_line(points[hull[hull.size() - 2]], points[k], points[hull.back()]) > 0) hull.pop_back();
    hull.push_back(k);
  }
  for (const std::size_t k : rest) {
    const auto next = std::find_if(hull.begin(), hull.end(), [&](std::size_t h) { return points[h].cost >= points[k].cost; });
    if (next == hull.end() || *next == k) continue;
    out[k] = {cost_standing::extendedly_dominated, {*(next - 1), *next}};
  }
  return out;
}

/// Whether one policy surely is dominated by another, on the replications of both: it costs no less and serves no more, and one of
/// both is none of chance, by the intervals of the paired differences.
/// \pre as many of each as `scale` was made for; asserted
template <class = when_called>
[[nodiscard]] inline bool is_surely_dominated(std::span<const double> cost, std::span<const double> service,
                                              std::span<const double> by_cost, std::span<const double> by_service, const t_scale& scale) {
  SIFANG_ASSERT(cost.size() == scale.replications() && service.size() == cost.size() && by_cost.size() == cost.size() &&
                    by_service.size() == cost.size(),
                "as many of each as the scale was made for");
  if (scale.too_few()) return false;
  std::vector<double> dearer(cost.begin(), cost.end()), less(by_service.begin(), by_service.end());
  for (std::size_t i = 0; i < dearer.size(); ++i) {
    dearer[i] -= by_cost[i];
    less[i] -= service[i];
  }
  const interval costs_more = mean_interval(dearer, scale), serves_less = mean_interval(less, scale);
  // What may be either way speaks against it; what is exactly the same does not.
  const auto holds = [](const interval& v) { return v.lower > 0 || (v.kind == interval_kind::constant && v.estimate == 0); };
  return holds(costs_more) && holds(serves_less) && (costs_more.lower > 0 || serves_less.lower > 0);
}

/// Whether a mix of two policies that would serve as much surely costs less, by the delta method on the replications of all three.
/// \pre as many of each as `scale` was made for; asserted. Where the second of the two does not serve more than the first, it is not so
template <class = when_called>
[[nodiscard]] inline bool is_surely_between(std::span<const double> cost, std::span<const double> service, std::span<const double> low_cost,
                                            std::span<const double> low_service, std::span<const double> high_cost,
                                            std::span<const double> high_service, const t_scale& scale) {
  SIFANG_ASSERT(cost.size() == scale.replications() && service.size() == cost.size() && low_cost.size() == cost.size() &&
                    low_service.size() == cost.size() && high_cost.size() == cost.size() && high_service.size() == cost.size(),
                "as many of each as the scale was made for");
  if (scale.too_few()) return false;
  const auto mean = [&](std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] - b[i];
    return sum / static_cast<double>(a.size());
  };
  const double step = mean(high_service, low_service);
  if (step <= 0) return false;
  const double slope = mean(high_cost, low_cost) / step, share = mean(service, low_service) / step;
  std::vector<double> dearer(cost.size());
  for (std::size_t i = 0; i < dearer.size(); ++i) {
    const double mine = cost[i] - low_cost[i] - slope * (service[i] - low_service[i]);
    const double line = high_cost[i] - low_cost[i] - slope * (high_service[i] - low_service[i]);
    dearer[i] = mine - share * line;
  }
  return mean_interval(dearer, scale).lower > 0;
}

}  // namespace sifang

#endif
