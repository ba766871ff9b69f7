// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_BEST_CHANCES_HPP
#define SIFANG_EXPERIMENT_BEST_CHANCES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/stats/chance_of_best.hpp"
#include "sifang/stats/selection_record.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace sifang {

/// How probable it is that each policy of a study is the best, in every headline metric of which a direction is good (`chance_of_best`);
/// metrics that some policy has no value in are left out.
/// \pre the years of the study were kept, of all policies as many; asserted
/// \complexity `chance_samples` × replications × policies × metrics
template <class = when_called>
[[nodiscard]] inline std::vector<result_chances> best_chances(const study_result& study) {
  SIFANG_ASSERT(study.years.size() == study.policies.size(), "a study that kept its years");
  std::vector<result_chances> out;
  for (const metric_info& m : metric_table) {
    if (!m.headline || m.better == "none") continue;
    const auto at = static_cast<std::size_t>(m.id);
    selection_record record(study.policies.size());
    bool known = true;
    for (std::size_t k = 0; k < study.policies.size(); ++k) {
      std::vector<selection_value> values;
      const std::size_t kept = study.years[k].size() / metric_count;
      for (std::size_t r = 0; r < kept; ++r) {
        const tally::ratio& year = study.years[k][r * metric_count + at];
        values.push_back({year.numerator, year.denominator});
      }
      record.add(k, detail::span_of(values));
      known = known && record.ratio(k).has_value();
    }
    const selection_goal goal = m.better == "higher" ? selection_goal::larger : selection_goal::smaller;
    if (known) out.push_back({std::string(m.name), chance_of_best(record, goal)});
  }
  return out;
}

}  // namespace sifang

#endif
