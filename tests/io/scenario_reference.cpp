// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/io/scenario_file.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "valid_scenario.hpp"

#include <algorithm>
#include <set>

using namespace sifang;

namespace {

/// Every row of the three tables, with what it is in.
std::vector<parameter> rows() {
  std::vector<parameter> out;
  scenario s;
  category_setting c;
  sensitive_period p;
  const auto add = [&](const std::string& prefix) {
    return [&out, prefix](parameter row, const auto&) {
      row.key = prefix + row.key;
      out.push_back(std::move(row));
    };
  };
  visit_parameters(s, add(""));
  visit_category(c, add("category."));
  visit_sensitive_period(p, add("sensitive_period."));
  return out;
}

}  // namespace

TEST_CASE("every parameter has a key of its own, a meaning in both languages, a unit and a source") {
  std::set<std::string> keys;
  for (const parameter& p : rows()) {
    INFO(p.key);
    CHECK(keys.insert(p.key).second);
    CHECK_FALSE(p.en.empty());
    CHECK_FALSE(p.zh.empty());
    CHECK(std::any_of(p.zh.begin(), p.zh.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
    CHECK_FALSE(p.unit.empty());
    CHECK_FALSE(p.source.empty());
    CHECK(p.least <= p.most);
  }
  CHECK(keys.size() > 150);
}

TEST_CASE("the built-in defaults keep their own ranges and rules") {
  scenario s = parse_scenario(sifang::test::valid_scenario, "s.toml").settings;
  scenario again = s;
  for (const described_parameter& d : describe(s)) {
    INFO(d.about.key << " = " << d.value);
    if (d.about.key.ends_with(".id")) continue;  // what a setting finds the category by
    const auto faults = apply_setting(again, d.about.key + "=" + d.value);
    CHECK((faults.empty() ? std::string() : to_string(faults[0])).empty());
  }
  // Written and read again, every value is what it was.
  const auto before = describe(s), after = describe(again);
  REQUIRE(before.size() == after.size());
  for (std::size_t i = 0; i < before.size(); ++i) CHECK(before[i].value == after[i].value);
}

TEST_CASE("a description tells what was changed") {
  const scenario s = parse_scenario(sifang::test::valid_scenario, "s.toml").settings;
  const auto all = describe(s);
  const auto at = [&](const std::string& key) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const described_parameter& d) { return d.about.key == key; });
    REQUIRE(found != all.end());
    return *found;
  };
  CHECK(at("load.matters_per_year").changed);
  CHECK(at("load.matters_per_year").value == "300");
  CHECK_FALSE(at("load.silent_share").changed);
  CHECK(at("session.principal.start").value == "08:30");
  CHECK(at("session.principal.length").value == "240");
  CHECK(at("session.principal.recur").value == "FREQ=MONTHLY;BYMONTHDAY=15");
  CHECK(at("session.bureau_leader.recur").value == "[\"FREQ=WEEKLY;BYDAY=MO\", \"FREQ=WEEKLY;BYDAY=TH\"]");
  CHECK(at("category.wages.months").value == "[2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]");
  CHECK(at("sensitive_period.两会.lead").value == "3");
  const auto same = describe(s, s);
  CHECK(std::none_of(same.begin(), same.end(), [](const described_parameter& d) { return d.changed; }));
}

TEST_CASE("the reference lists every parameter in both languages") {
  for (const language lang : {language::en, language::zh}) {
    const std::string text = write_reference(lang);
    for (parameter p : rows()) {
      for (const char* list : {"category.", "sensitive_period."}) {
        if (p.key.starts_with(list)) p.key.erase(0, std::string_view(list).size());
      }
      if (p.key.starts_with("session.")) p.key = "session.ID" + p.key.substr(p.key.rfind('.'));
      INFO(p.key);
      CHECK(text.find("| `" + p.key + "` |") != std::string::npos);
    }
    CHECK(text.find("| `load.silent_share` | `0.16` | share | 0 … 1 |") != std::string::npos);
  }
}
