// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_AUDIT_YEARS_HPP
#define SIFANG_EXPERIMENT_AUDIT_YEARS_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/histories/case_name.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/world.hpp"
#include "sifang/petition/text.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// What an audit found, and in which replication.
struct audited_fault {
  std::uint32_t replication = 0;  ///< number of the replication
  audit_fault fault;              ///< on which day, of which matter
};

/// Plays years one after another and looks at each as a whole after every day (`year_audit`). Of a sound program nothing is found,
/// whatever the county and its policies. \complexity for each day linear in the matters so far
template <class = when_called, class Set = policies<>>
[[nodiscard]] inline std::vector<audited_fault> audit_years(const world& w, std::uint32_t replications, const Set& set = {}) {
  std::vector<audited_fault> out;
  replication<policies_of<Set>> year(w, as_policies(set));
  year.audit(true);
  for (std::uint32_t n = 0; n < replications; ++n) {
    year.run(n);
    for (const audit_fault& f : year.audit_faults()) out.push_back({n, f});
  }
  return out;
}

/// What was found, in one line of words.
template <class = when_called>
[[nodiscard]] inline std::string sentence(const audited_fault& found, language lang = language::en) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> chinese{{
      {"a grievance that never comes forward", "诉求不会再浮现"},
      {"registered before it arose", "登记早于诉求产生"},
      {"on the way to a session of the past", "仍在前往已过场次"},
      {"a closed case in a handler's hands", "已结案件仍在承办人手中"},
      {"an open case without a next event", "在办案件没有下一步"},
      {"a clock that runs out before it starts", "期限早于起算日"},
      {"listed for a meeting of the past", "所列约访日期已过"},
      {"the list of open cases", "在办案件清单不符"},
      {"the lines of the units", "单位待办队列不符"},
      {"the cases in a handler's hands", "承办人在手件数不符"},
      {"the cases that an official owns", "领导包案件数不符"},
  }};
  std::string_view what = found.fault.what;
  if (lang == language::zh) {
    for (const auto& [en, zh] : chinese) {
      if (en == found.fault.what) what = zh;
    }
  }
  std::string out = lang == language::zh ? "第 " + std::to_string(found.replication) + " 次模拟，"
                                         : "replication " + std::to_string(found.replication) + ", ";
  out += to_string(found.fault.on);
  if (found.fault.entity != 0) out += (lang == language::zh ? "，案件 " : ", case ") + case_name(found.fault.entity);
  return out.append(lang == language::zh ? "：" : ": ").append(what);
}

}  // namespace sifang

#endif
