// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_COST_RESULT_HPP
#define SIFANG_EXPERIMENT_COST_RESULT_HPP

#include "sifang/stats/interval.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// \file
/// What policies cost for what they bring, as plain values.

namespace sifang {

/// A part of the cost, or a service: what files call it and what readers see.
struct result_cost_text {
  std::string id,  ///< name in files
      en,          ///< text for readers in English
      zh,          ///< text for readers in Chinese
      unit_en,     ///< of what one is, in English
      unit_zh;     ///< of what one is, in Chinese
};

/// What a policy brings of one service, beside the base and among all policies.
struct result_gain {
  interval amount,  ///< of a year; above 0 where more is better, below 0 where fewer is
      gain;         ///< policy minus base: above 0 it serves more; none for the base
  /// - "base";
  /// - "buys": serves more for more, `price` is what one more costs; "gives_up": serves less for less, `price` is what one less saves;
  /// - "dominates": serves more and costs no more; "dominated": serves less and costs no less; neither has a price;
  /// - "same_service": that it serves more or less cannot be told, so no price is defined;
  /// - "too_few_years": for any of this.
  std::string verdict;
  interval price,                 ///< difference of cost ÷ gain, yuan for each; none where it is not defined
      leader_hours;               ///< the same of hours of county-level leaders
  std::string place;              ///< among all: "front", "dominated", "extendedly_dominated", or "same" as another
  bool sure = false;              ///< what `place` says of a policy that is not on the front is none of chance, by the intervals
  std::vector<std::size_t> by{};  ///< whom it is dominated by, or the same as: positions of policies, two where a mix of both is better
};

/// What one policy costs and brings.
struct result_policy_cost {
  interval total,                       ///< of a year, yuan
      difference,                       ///< from the base; none for the base
      leader_hours,                     ///< of county-level leaders, a year
      leader_hours_difference;          ///< from the base; none for the base
  std::vector<interval> parts{},        ///< of the total, in the order of `result_costs::parts`; perhaps none
      part_differences{};               ///< from the base
  std::vector<result_gain> services{};  ///< in the order of `result_costs::services`
};

/// What policies cost for what they bring. The first is the base.
struct result_costs {
  std::vector<result_cost_text> parts{},       ///< of the cost
      services{};                              ///< what is brought
  std::vector<result_policy_cost> policies{};  ///< in the order of the result; none: nothing was reckoned
};

}  // namespace sifang

#endif
