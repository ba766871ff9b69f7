// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_STUDY_RESULTS_HPP
#define SIFANG_IO_STUDY_RESULTS_HPP

#include "sifang/core/names.hpp"
#include "sifang/experiment/assemble.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/county/scenario.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sifang {

/// Every parameter of a scenario as results tell it, with where its value comes from.
/// \param base  scenario of the policy that it is compared with; what differs from it is marked as changed, but for what
/// a scenario says of itself. Null: nothing is
[[nodiscard]] inline std::vector<result_assumption> assumptions_of(const scenario& s, const scenario* base = nullptr) {
  std::vector<result_assumption> out;
  for (described_parameter& d : base != nullptr ? describe(s, *base) : describe(s)) {
    const std::string& key = d.about.key;
    const bool of_itself = key.starts_with("scenario.name") || key.starts_with("scenario.title") || key.starts_with("scenario.about");
    out.push_back({key, d.value, std::string(d.about.unit), std::string(name_of(d.mark)), d.source, d.about.en, d.about.zh,
                   base != nullptr && d.changed && !of_itself});
  }
  return out;
}

/// All that is known of a study, assumptions included: what `write_results`, `results_json`, `headline_tables` and
/// `render_report` take. Parameters as in `assemble`.
[[nodiscard]] inline result make_result(std::string_view kind, std::span<const studied_policy> policies, const study_result& study,
                                        std::size_t asked, const result_wishes& wishes = {}) {
  result r = assemble(kind, policies, study, asked, wishes);
  for (std::size_t k = 0; k < policies.size(); ++k) {
    r.policies[k].assumptions = assumptions_of(policies[k].place->setting(), k == 0 ? nullptr : &policies.front().place->setting());
  }
  return r;
}

}  // namespace sifang

#endif
