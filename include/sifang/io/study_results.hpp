// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_STUDY_RESULTS_HPP
#define SIFANG_IO_STUDY_RESULTS_HPP

#include "sifang/core/names.hpp"
#include "sifang/county/source_words.hpp"
#include "sifang/experiment/assemble.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/county/change_words.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/value_words.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// Every parameter of a scenario as results tell it, with where its value comes from.
/// \param base  scenario of the policy that it is compared with; what differs from it is marked as changed, but for what
/// a scenario says of itself. Null: nothing is
/// \param names  of units and posts, for values that are codes
[[nodiscard]] inline std::vector<result_assumption> assumptions_of(const scenario& s, const scenario* base = nullptr,
                                                                   const value_names& names = {}) {
  std::vector<result_assumption> out;
  const std::vector<told_value> told = values_in_words(s, names);
  for (described_parameter& d : base != nullptr ? describe(s, *base) : describe(s)) {
    const std::string& key = d.about.key;
    const bool of_itself = key.starts_with("scenario.name") || key.starts_with("scenario.title") || key.starts_with("scenario.about");
    out.push_back({key, d.value, std::string(d.about.unit), std::string(name_of(d.mark)), d.source, d.about.en, d.about.zh,
                   base != nullptr && d.changed && !of_itself});
    out.back().source_zh = source_in_chinese(d.source);
    const text_pair& words = told[out.size() - 1].words;
    if (words.en != d.value || words.zh != d.value) out.back().words = result_words{words.en, words.zh};
  }
  return out;
}

/// What a policy changes of the base, as results tell it (`changes_in_words`).
[[nodiscard]] inline std::vector<result_change> changes_of(const scenario& base, const scenario& other, const value_names& names) {
  std::vector<result_change> out;
  for (change_in_words& c : changes_in_words(base, other, names))
    out.push_back({std::move(c.subject.en), std::move(c.subject.zh), std::move(c.what.en), std::move(c.what.zh), std::move(c.keys)});
  return out;
}

/// All that is known of a study, assumptions included: what `write_results`, `results_json`, `headline_tables` and
/// `render_report` take. Parameters as in `assemble`.
[[nodiscard]] inline result make_result(std::string_view kind, std::span<const studied_policy> policies, const study_result& study,
                                        std::size_t asked, const result_wishes& wishes = {}) {
  result r = assemble(kind, policies, study, asked, wishes);
  const scenario& base = policies.front().place->setting();
  for (std::size_t k = 0; k < policies.size(); ++k) {
    const value_names names(*policies[k].place);
    const scenario& s = policies[k].place->setting();
    r.policies[k].assumptions = assumptions_of(s, k == 0 ? nullptr : &base, names);
    if (k > 0) r.policies[k].changes = changes_of(base, s, names);
  }
  return r;
}

}  // namespace sifang

#endif
