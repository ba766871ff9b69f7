// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/change_words.hpp"
#include "sifang/county/described_parameter.hpp"
#include "sifang/io/planning_input.hpp"
#include "sifang/io/scenario_setting.hpp"
#include "tables.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace sifang;

namespace {

const planning_input& base() {
  static const planning_input in = sifang_tests::input("xiapu-2022");
  return in;
}
scenario changed(const std::vector<std::string>& settings) {
  scenario s = base().settings;
  for (const std::string& one : settings) {
    for (const fault& f : apply_setting(s, one)) FAIL(to_string(f));
  }
  return s;
}
std::vector<change_in_words> changes(const std::vector<std::string>& settings) {
  return changes_in_words(base().settings, changed(settings));
}
bool has_chinese(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

}  // namespace

TEST_CASE("what a policy changes is said in words: no rule, no key, once for sessions that share it") {
  const auto found = changes_in_words(base().settings, sifang_tests::input("wednesday").settings);
  REQUIRE(found.size() == 1);
  CHECK(found[0].subject.en == "County leader at the linked township, Principal leaders at the Party school");
  CHECK(found[0].what.en == "every Wednesday instead of the 15th of each month; left out on rest days");
  CHECK(found[0].what.zh == "由每月15日改为每周三;遇休息日不举行");
  CHECK(found[0].keys == std::vector<std::string>{"session.linked_leader.recur", "session.linked_leader.on_rest_day",
                                                  "session.principal.recur", "session.principal.on_rest_day"});
  CHECK(changes_in_words(base().settings, base().settings).empty());
}

TEST_CASE("a new kind of session is described, one that is held no more is told, a closed one is not") {
  const scenario hall = sifang_tests::input("second-hall").settings;
  value_names names;
  names.add("unit", "350921106", {"Sansha", "三沙镇"});
  const auto opened = changes_in_words(base().settings, hall, names);
  REQUIRE(opened.size() == 1);
  CHECK(opened[0].subject.zh == "县处级领导在沿海接访厅");
  CHECK(opened[0].what.en ==
        "new; every Thursday, left out on rest days; from 09:00 for 180 minutes; who sits: county-level leaders; where: Sansha; for the "
        "people of Sansha, 350921102, 350921201, 350921205");
  const auto closed = changes_in_words(hall, base().settings, names);
  REQUIRE(closed.size() == 1);
  CHECK(closed[0].what.en == "no longer held");
  CHECK(closed[0].keys.size() == opened[0].keys.size());
  scenario shut = hall;  // as a comparison gives every policy the kinds of all
  shut.reception.sessions.back().open = false;
  scenario longer = shut;
  longer.reception.sessions.back().length = minutes(60);
  CHECK(changes_in_words(shut, longer).empty());
  CHECK(changes_in_words(shut, hall, names).at(0).what == opened[0].what);
}

TEST_CASE("other values stand beside what they were, in their units") {
  const auto found = changes({"session.principal.length=240", "session.window.receivers=1", "reception.booked_share=0.3",
                              "ownership.rule=\"capped\"", "campaign.open=false", "appointments.recur=\"every Monday\""});
  const auto is = [&](std::string_view subject, std::string_view en) {
    return std::any_of(found.begin(), found.end(), [&](const auto& c) { return c.subject.en == subject && c.what.en == en; });
  };
  CHECK(found.size() == 6);
  for (const change_in_words& c : changes({"session.window.share=0.5", "session.window.moves_for=\"principal\"", "ownership.cap=5"})) {
    INFO(c.what.en << c.what.zh);
    for (const std::string_view written : {"=", "choice.model", "reception.collision", "capped", "RRULE"}) {
      CHECK(c.what.en.find(written) == std::string::npos);
      CHECK(c.what.zh.find(written) == std::string::npos);
    }
  }
  CHECK(is("Principal leaders at the Party school", "length: 240 minutes instead of 180 minutes"));
  CHECK(is("", "Share of visitors who book a slot: 30% instead of 0%"));
  CHECK(is("", "Who owns a case that a leader or head heard: whoever heard it first, up to a limit instead of whoever heard it first"));
  CHECK(is("", "Door three: the household campaign: no longer held"));
  for (const change_in_words& c : found) {
    CHECK(c.what.en.find("RRULE") == std::string::npos);
    CHECK(c.what.en.find("FREQ=") == std::string::npos);
    CHECK(has_chinese(c.what.zh));
    if (!c.subject.zh.empty()) CHECK_FALSE(c.what.zh.starts_with(c.subject.zh));  // the subject stands before it already
  }
}

TEST_CASE("a category that is new, or changes, is named; one that is gone is told") {
  scenario more = base().settings;
  more.categories[0].share = 0.2;
  more.categories.push_back({"pets", "Pets", "宠物", 0.05, "police"});
  const auto found = changes_in_words(base().settings, more);
  REQUIRE(found.size() == 2);
  CHECK(found[0].subject.zh == "类别" + more.categories[0].zh);
  CHECK(found[0].what.en == "Share of new matters: 20% instead of 15.4%");
  CHECK(found[1].subject.en == "Category Pets");
  CHECK(found[1].what.en.starts_with("new; "));
  const auto gone = changes_in_words(more, base().settings);
  REQUIRE(gone.size() == 2);
  CHECK(gone[1].subject.en == "Category Pets");
  CHECK(gone[1].what.zh == "取消");
}

TEST_CASE("every parameter has words, in the order in which parameters are described") {
  const auto told = values_in_words(base().settings);
  const auto described = describe(base().settings);
  REQUIRE(told.size() == described.size());
  for (std::size_t k = 0; k < told.size(); ++k) {
    INFO(told[k].key);
    CHECK(told[k].key == described[k].about.key);
    CHECK(told[k].text == described[k].value);
    CHECK_FALSE(told[k].words.en.empty());
    CHECK(told[k].words.en.find("FREQ=") == std::string::npos);
    const std::string& unit = told[k].unit;
    if (unit == "choice" || unit == "roles" || unit == "convention" || unit == "days")
      CHECK((has_chinese(told[k].words.zh) || unit == "choice"));
    if (unit != "text" && unit != "unit" && unit != "codes") CHECK_FALSE(has_chinese(told[k].words.en));
  }
  const auto at = [&](std::string_view key) {
    return std::find_if(told.begin(), told.end(), [&](const told_value& v) { return v.key == key; })->words;
  };
  CHECK(at("session.principal.start") == text_pair{"08:30", "08:30"});
  CHECK(at("load.silent_share") == text_pair{"16%", "16%"});
  CHECK(at("session.window.moves_for") == text_pair{"none", "无"});
  CHECK(at("session.village.moves_for") == text_pair{"Principal leaders at the Party school", "主要领导在县委党校"});
  CHECK(at("county.units") == text_pair{"units.csv", "units.csv"});
}
