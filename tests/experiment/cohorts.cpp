// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/experiment/assemble.hpp"
#include "sifang/experiment/audit_years.hpp"
#include "sifang/experiment/study.hpp"
#include "tables.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

using namespace sifang;

namespace {

/// What a comparison of the article's county with another policy warns of.
std::vector<result_warning> told(const std::vector<std::string>& settings) {
  const world base = sifang_tests::xiapu(), other = sifang_tests::xiapu(settings);
  const std::array arms{study_arm(base), study_arm(other)};
  const study_result study = run_study(thread_team{1}, arms, 8);
  const std::array policies{studied_policy{&base, "base", {}, {}}, studied_policy{&other, "other", {}, {}}};
  return assemble("compare", policies, study, 8).warnings;
}
bool about(const std::vector<result_warning>& all, metric m) {
  return std::any_of(all.begin(), all.end(), [&](const result_warning& w) {
    return w.en.find(std::string("'") + std::string(info(m).en) + "' is of ") != std::string::npos &&
           w.zh.find(info(m).zh) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("a comparison says where a figure counts others than under the base, and only there") {
  const auto equal = told({});
  for (const metric_info& m : metric_table) CHECK_FALSE(about(equal, m.id));
  const auto closed =
      told({"session.window.open=false", "session.bureau_leader.open=false", "session.bureau_leader.sensitive_duty=false",
            "session.township.open=false", "session.department.open=false", "session.village.open=false", "session.section.open=false"});
  CHECK(about(closed, metric::wait_minutes));     // others come, and to other places
  CHECK_FALSE(about(closed, metric::heard_15d));  // the same people are asked
  CHECK_FALSE(about(closed, metric::unmet_need));
}

TEST_CASE("years that are audited are sound, and a fault is told in both languages") {
  CHECK(audit_years(sifang_tests::xiapu(), 2).empty());
  const audited_fault one{3, {day(2022, 5, 1), (std::uint64_t{19000} << 16) | 7, "an open case without a next event"}};
  CHECK(sentence(one).find("replication 3, 2022-05-01, case ") == 0);
  CHECK(sentence(one).find(": an open case without a next event") != std::string::npos);
  CHECK(sentence(one, language::zh).find("在办案件没有下一步") != std::string::npos);
}
