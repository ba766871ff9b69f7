// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_COST_RESULTS_HPP
#define SIFANG_IO_COST_RESULTS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/experiment/cost_result.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/stats/interval.hpp"

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

/// \file
/// What policies cost for what they bring, as a table of a folder of results: cost.csv.

namespace sifang {

namespace detail {

/// Estimate, lower, upper and what the bounds are; what cannot be told is empty.
inline void cost_fields(csv_writer& csv, const interval& v) {
  const bool bounds = v.bounded() || v.kind == interval_kind::constant;
  for (const auto& [x, known] : {std::pair(v.estimate, v.has_value()), std::pair(v.lower, bounds), std::pair(v.upper, bounds)}) {
    if (known && std::isfinite(x))
      csv.field(x);
    else
      csv.empty();
  }
  csv.field(text_of(v.kind).id);
}

}  // namespace detail

/// A row for each policy and each of: the cost, hours of county leaders, every part of the cost, every service. Columns: policy, what
/// ("cost", "hours", "part", "service"), its id, names and unit; estimate of a year, its bounds and what these are; the same of the
/// difference from the first policy (of a service: of what it serves more); of services what is said of it, yuan for each more and hours of
/// county leaders for each more, where they are defined; where the policy stands, whether that is none of chance, and by whom. \param names
/// of the policies, in their order; asserted
[[nodiscard]] inline std::string cost_csv(const result_costs& r, std::span<const std::string> names) {
  SIFANG_ASSERT(names.size() == r.policies.size(), "a name for each policy");
  csv_writer csv{"policy",
                 "what",
                 "id",
                 "en",
                 "zh",
                 "unit",
                 "estimate",
                 "lower",
                 "upper",
                 "interval",
                 "difference",
                 "difference_lower",
                 "difference_upper",
                 "difference_interval",
                 "verdict",
                 "price",
                 "price_lower",
                 "price_upper",
                 "price_interval",
                 "hours",
                 "hours_lower",
                 "hours_upper",
                 "hours_interval",
                 "place",
                 "sure",
                 "by"};
  const auto begin = [&](std::size_t k, std::string_view what, const result_cost_text& about, const interval& level,
                         const interval& difference) {
    csv.field(names[k]).field(what).field(about.id).field(about.en).field(about.zh).field(about.unit_en);
    detail::cost_fields(csv, level);
    detail::cost_fields(csv, difference);
  };
  const auto end_plain = [&] {
    for (int i = 0; i < 12; ++i) csv.empty();
    csv.end_row();
  };
  for (std::size_t k = 0; k < r.policies.size(); ++k) {
    const result_policy_cost& p = r.policies[k];
    begin(k, "cost", {"total", "All of it", "合计", "yuan", "元"}, p.total, p.difference);
    end_plain();
    begin(k, "hours", {"leader_hours", "Hours of county-level leaders", "县处级领导投入小时", "hours", "小时"}, p.leader_hours,
          p.leader_hours_difference);
    end_plain();
    for (std::size_t i = 0; i < r.parts.size(); ++i) {
      begin(k, "part", r.parts[i], p.parts[i], p.part_differences[i]);
      end_plain();
    }
    for (std::size_t s = 0; s < r.services.size(); ++s) {
      const result_gain& g = p.services[s];
      begin(k, "service", r.services[s], g.amount, g.gain);
      csv.field(g.verdict);
      detail::cost_fields(csv, g.price);
      detail::cost_fields(csv, g.leader_hours);
      csv.field(g.place);
      std::string by;
      for (const std::size_t other : g.by) by += (by.empty() ? "" : "; ") + names[other];
      if (g.by.empty())
        csv.empty().empty();
      else
        csv.field(std::string_view(g.sure ? "true" : "false")).field(by);
      csv.end_row();
    }
  }
  return csv.text();
}

}  // namespace sifang

#endif
