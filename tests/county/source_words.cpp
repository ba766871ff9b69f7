// SPDX-License-Identifier: BSL-1.0
#include "sifang/county/source_words.hpp"

#include "catch.hpp"
#include "sifang/core/warning.hpp"
#include "sifang/county/described_parameter.hpp"
#include "sifang/county/plausible_law.hpp"
#include "sifang/county/plausible_ranges.hpp"
#include "sifang/county/warning_words.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <string_view>

using namespace sifang;

namespace {

/// Sources of defaults, of a new kind of session, of plausible ranges, and of the scenarios that ship.
std::set<std::string> sources() {
  std::set<std::string> out;
  scenario s;
  session_kind fresh;
  fresh.id = "fresh";
  s.reception.sessions.push_back(fresh);
  s.categories.emplace_back();
  s.sensitive_periods.emplace_back();
  for (const described_parameter& p : describe(s)) out.insert(std::string(p.about.source));
  for (const plausible_law& law : plausible_laws()) out.insert(std::string(law.source));
  const std::regex source("source = \"([^\"]*)\"");
  for (const auto& entry : std::filesystem::directory_iterator(std::string(SIFANG_SOURCE_DIR) + "/simulations/scenarios")) {
    if (entry.path().extension() != ".toml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    for (std::sregex_iterator m(text.begin(), text.end(), source), end; m != end; ++m) out.insert((*m)[1]);
  }
  return out;
}

}  // namespace

TEST_CASE("every source of a parameter that ships has its Chinese") {
  const auto all = sources();
  CHECK(all.size() > 200);
  for (const std::string& one : all) {
    INFO(one);
    const auto chinese = source_in_chinese(one);
    CHECK(chinese);
    if (!chinese) continue;
    CHECK(chinese->find("; ") == std::string::npos);
    CHECK(chinese->find(": ") == std::string::npos);
  }
}

TEST_CASE("no phrase of the table stands there in vain, or twice") {
  std::string all;
  for (const std::string& one : sources()) all += one + '\n';
  all += "code, name: division tables [S]\ncode, name, and what the given table says [C]\n";  // of drafts of counties
  all += "distances that are blank are assumed when they are read [I]\n";
  std::set<std::string_view> seen;
  for (const detail::source_phrase& p : detail::source_phrases) {
    INFO(p.en);
    CHECK(all.find(p.en) != std::string::npos);
    CHECK(seen.insert(p.en).second);
  }
}

TEST_CASE("pages stand in Chinese with the file in which they are found") {
  CHECK(source_in_chinese("docs/domain.md 5.2") == "《领域说明》5.2 节（docs/domain.md）");
  CHECK(source_in_chinese("docs/domain.md 7(24)") == "《领域说明》第 7 节第 24 项（docs/domain.md）");
  CHECK(source_in_chinese("docs/domain.md 2.4 row 10") == "《领域说明》2.4 节第 10 行（docs/domain.md）");
  CHECK(source_in_chinese("docs/facts.md 3 row 57, 81") == "《事实依据》第 3 节第 57、81 行（docs/facts.md）");
  CHECK(source_in_chinese("docs/domain.md 5.2 default: 1 + Poisson") == "《领域说明》5.2 节默认值（docs/domain.md）：1 加泊松分布");
  CHECK(source_in_chinese("R2, R3: the 15th at the Party school") == "R2、R3：每月 15 日在党校");
  CHECK(source_in_chinese("R27-R31") == "R27-R31");
  CHECK(source_in_chinese("L19; docs/domain.md 7(23): 0 to 40 %") == "L19；《领域说明》第 7 节第 23 项（docs/domain.md）：0 至 40%");
  CHECK(source_in_chinese("modelling choice: as a clerk's") == "建模设定：与登记转办人员相同");
  CHECK(source_in_chinese("as in xiapu-2022") == "同 xiapu-2022");
  CHECK(source_in_chinese("rule load, so that R5, R8 and R9 can be satisfied") == "按负担分挂，使 R5、R8、R9 能够落实");
}

TEST_CASE("what planners write of their own stays as it is") {
  for (const char* own : {"our own count of 2023", "docs/elsewhere.md 3", "docs/domain.md 5.2: our own", "docs/domain.md 5.2 and more", "R",
                          "R3,", "", "modelling choice: of mine", "; ", "docs/domain.md 7(24", "as in ", "our count: as a clerk's"}) {
    INFO(own);
    CHECK_FALSE(source_in_chinese(own));
    CHECK(source_text(own, language::zh) == own);
  }
  CHECK(source_text("R28", language::en) == "R28");
}

TEST_CASE("a warning tells readers of a report what a key means") {
  const scenario s;
  const auto told = [&](warning_kind kind, auto... details) { return sentence_in_words(s, make_warning(kind, place{}, details...)); };
  CHECK(told(warning_kind::no_session, "session.principal", "2022-01-01", "2022-12-31") ==
        "“主要领导在县委党校（session.principal）”已开放，但 2022-01-01 至 2022-12-31 没有任何场次");
  CHECK(told(warning_kind::nobody_missing, "return_visits.found_incomplete_share")
            .find("（return_visits.found_incomplete_share）”不起作用") != std::string::npos);
  CHECK(told(warning_kind::campaign_on_session, "session.village, session.principal", "2022-08-15")
            .find("（session.village）、主要领导在县委党校（session.principal）”") != std::string::npos);
  CHECK(told(warning_kind::no_session, "session.none", "a", "b") == "“session.none”已开放，但 a 至 b 没有任何场次");
  CHECK(told(warning_kind::distance_assumed, "3", "4", "25", "4") ==
        "3 个单位未填距县城公里数（distance_km 列）；街道距县城按 4 公里、乡镇按 25 公里、村（社区）再加 4 公里计算");
}
