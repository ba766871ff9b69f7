// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/scenario_file.hpp"
#include "valid_scenario.hpp"

using namespace sifang;
using sifang::test::scratch;
using sifang::test::texts;
using sifang::test::valid_scenario;

namespace {

texts lines(const std::vector<fault>& faults, language lang = language::en) {
  texts out;
  for (const fault& f : faults) out.push_back(to_string(f, lang));
  return out;
}

/// The valid scenario with one line put in place of another; the faults of that.
texts faults_with(std::string_view old_line, std::string_view new_line) {
  std::string text = valid_scenario;
  const std::size_t at = text.find(old_line);
  REQUIRE(at != std::string::npos);
  text.replace(at, old_line.size(), new_line);
  return lines(parse_scenario(text, "s.toml").faults);
}

}  // namespace

TEST_CASE("a scenario is read with every kind of value") {
  const scenario_reading r = parse_scenario(valid_scenario, "set/s.toml");
  CHECK(lines(r.faults).empty());
  const scenario& s = r.settings;
  CHECK(s.name == "small");
  CHECK(s.title_zh == "小县");
  CHECK(s.start == day(2022, 1, 1));
  CHECK(s.end == day(2022, 12, 31));
  CHECK(s.warm_up == calendar_days(180));
  CHECK(s.replications == 5);
  CHECK(s.seed == 7);
  CHECK(s.county.units == "set/units.csv");
  CHECK(s.load.matters_per_year == 300);
  CHECK(s.load.weekdays[5] == 0.3);
  CHECK(s.reception[article::principal].on_rest_day == day_convention::next_workday);
  CHECK(s.reception[article::principal].start == minutes(510));
  CHECK(s.reception[article::principal].length == minutes(240));
  CHECK(s.reception[article::principal].add == std::vector<day>{day(2022, 6, 1), day(2022, 6, 2)});
  CHECK(s.reception[article::bureau_leader].recur ==
        std::vector<recurrence>{recurrence::weekly(weekday::monday), recurrence::weekly(weekday::thursday)});
  CHECK(s.reception[article::bureau_leader].start == minutes(540));
  CHECK(s.ownership.rule == ownership_rule::capped);
  CHECK(s.clocks.objection == working_days(5));
  REQUIRE(s.categories.size() == 2);
  CHECK(s.categories[1].months[0] == 2);
  REQUIRE(s.sensitive_periods.size() == 1);
  CHECK(s.sensitive_periods[0].lead == calendar_days(3));
}

TEST_CASE("each mistake in a scenario is one line: where, what was expected, what stood there, what was meant") {
  CHECK(faults_with("seed = 7", "sead = 7") == texts{"s.toml:9:1: unknown key 'scenario.sead'; did you mean 'scenario.seed'?"});
  CHECK(faults_with("[ownership]", "[ownershp]") == texts{"s.toml:33:2: unknown key 'ownershp'; did you mean 'ownership'?"});
  CHECK(faults_with("[county]", "cap = 3\n[county]") == texts{"s.toml:11:1: unknown key 'scenario.cap'; did you mean 'ownership.cap'?"});
  CHECK(faults_with("zh = \"土地\"", "work_hour = 3") == texts{"s.toml:44:1: unknown key 'work_hour'; did you mean 'work_hours'?"});
  CHECK(faults_with("replications = 5", "replications = \"five\"") ==
        texts{"s.toml:8:16: 'scenario.replications' expected a whole number; found text 'five'"});
  CHECK(faults_with("replications = 5", "replications = 2.5") ==
        texts{"s.toml:8:16: 'scenario.replications' expected a whole number; found 2.5"});
  // 2^53 and its opposite are whole numbers, however they are written: what is wrong with them is their size.
  CHECK(faults_with("seed = 7", "seed = 9007199254740992.0") ==
        texts{"s.toml:9:8: 'scenario.seed' expected a value from 0 to 9e+15; found 9007199254740992.0"});
  CHECK(faults_with("seed = 7", "seed = -9007199254740992.0") ==
        texts{"s.toml:9:8: 'scenario.seed' expected a value from 0 to 9e+15; found -9007199254740992.0"});
  CHECK(faults_with("seed = 7", "seed = 7.0").empty());
  CHECK(faults_with("start = 2022-01-01", "start = 2022-02-30") ==
        texts{"s.toml:5:19: 'scenario.start' expected a date YYYY-MM-DD of the calendar; found '2022-02-30'"});
  CHECK(faults_with("end = \"2022-12-31\"", "end = \"2022-13-01\"") ==
        texts{"s.toml:6:7: 'scenario.end' expected a date YYYY-MM-DD of the calendar; found '2022-13-01'"});
  CHECK(faults_with("end = \"2022-12-31\"", "end = 2021-12-31") ==
        texts{"s.toml:6:7: 'scenario.end' expected not before 2022-01-01; found 2021-12-31"});
  CHECK(faults_with("matters_per_year = 300", "matters_per_year = -300") ==
        texts{"s.toml:18:20: 'load.matters_per_year' expected a value from 0 to 1000000; found -300"});
  CHECK(faults_with("matters_per_year = 300", "silent_share = 1.5") ==
        texts{"s.toml:18:16: 'load.silent_share' expected a value from 0 to 1; found 1.5"});
  CHECK(faults_with("matters_per_year = 300", "silent_share = nan") ==
        texts{"s.toml:18:16: 'load.silent_share' expected a value from 0 to 1; found nan"});
  CHECK(
      faults_with("matters_per_year = 300", "phone_share = 0.25") ==
      texts{
          "s.toml:18:15: 'load.visit_share + letter_share + online_share + phone_share' expected shares that sum to 1; they sum to 1.14"});
  CHECK(faults_with("share = 0.4", "share = 0.3") ==
        texts{"s.toml:50:9: 'category.*.share' expected shares that sum to 1; they sum to 0.9"});
  CHECK(faults_with("[ownership]", "[choice]\nshares = [1, 0, 0, 0, 0, 0, 0, -0.5]\n[ownership]") ==
        texts{"s.toml:34:32: 'choice.shares[7]' expected a value from 0 to 1000000; found -0.5"});
  CHECK(faults_with("[ownership]", "[choice]\nmodel = \"shares\"\nshares = [0, 0, 0, 0, 0, 0, 0, 0]\n[ownership]") ==
        texts{"s.toml:34:9: 'session.*.share' expected a value with at least one weight above 0; found only zeros"});
  CHECK(faults_with("weekdays = [1.3, 1.1, 1, 1, 1, 0.3, 0.2]", "weekdays = [1, 1]") ==
        texts{"s.toml:19:12: 'load.weekdays' expected a list of 7 numbers; found a list of 2"});
  CHECK(faults_with("weekdays = [1.3, 1.1, 1, 1, 1, 0.3, 0.2]", "weekdays = [0, 0, 0, 0, 0, 0, 0]") ==
        texts{"s.toml:19:12: 'load.weekdays' expected a value with at least one weight above 0; found only zeros"});
  CHECK(faults_with("weekdays = [1.3, 1.1, 1,", "weekdays = [1.3, \"x\", -1,") ==
        texts{"s.toml:19:18: 'load.weekdays[1]' expected a number; found text 'x'",
              "s.toml:19:23: 'load.weekdays[2]' expected a value from 0 to 1000; found -1"});
  CHECK(faults_with("rule = \"capped\"", "rule = \"caped\"") ==
        texts{"s.toml:34:8: 'ownership.rule' expected one of first_receiver, capped, by_territory, by_subject, least_loaded, joint, "
              "handover; found "
              "'caped'; did you mean 'capped'?"});
  CHECK(faults_with("start = \"08:30\"", "start = \"8:30\"") ==
        texts{"s.toml:24:9: 'session.principal.start' expected a clock time \"HH:MM\"; found text '8:30'"});
  CHECK(faults_with("start = \"08:30\"", "start = 08:30") ==
        texts{"s.toml:24:14: expected a value (text and clock times stand in quotes); found 08:30"});
  CHECK(faults_with("start = \"08:30\"", "start = \"21:00\"") ==
        texts{"s.toml:25:10: 'session.principal.start + length' expected a value at most 24:00; found 25:00"});
  CHECK(faults_with("add = [2022-06-01, \"2022-06-02\"]", "add = [2022-06-01, \"2022-06-31\", 7]") ==
        texts{"s.toml:26:20: 'session.principal.add' expected a date YYYY-MM-DD of the calendar; found '2022-06-31'",
              "s.toml:26:34: 'session.principal.add' expected a date YYYY-MM-DD; found 7"});
  CHECK(
      faults_with("recur = \"FREQ=MONTHLY;BYMONTHDAY=15\"", "recur = \"FREQ=MONTHLY;BYMONTHDAY=32\"") ==
      texts{"s.toml:22:9: recurrence 'FREQ=MONTHLY;BYMONTHDAY=32': expected BYMONTHDAY of whole numbers -31 to 31 without 0; found '32'"});
  CHECK(faults_with("last = 2022-03-11", "last = 2022-03-01") ==
        texts{"s.toml:57:8: 'sensitive_period.两会.last' expected not before 2022-03-04; found 2022-03-01"});
  CHECK(faults_with("last = 2022-03-11", "") == texts{"s.toml:54:1: missing key 'sensitive_period.last': expected a date YYYY-MM-DD"});
  CHECK(faults_with("id = \"wages\"", "id = \"land\"").at(0) == "s.toml:49:6: code 'land' expected once; it already stands on line 42");
  CHECK(faults_with("id = \"wages\"", "") == texts{"s.toml:48:1: missing key 'category.id': expected the short name of the category"});
  CHECK(faults_with("links = \"links.csv\"", "") == texts{"s.toml: missing key 'county.links': expected the path of a table"});
  CHECK(faults_with("name = \"small\"", "name = \"a/b\"") == texts{"s.toml:3:8: expected a name that can be a folder's; found 'a/b'"});
  CHECK(faults_with("[ownership]", "[settlement]\nsupported_share = 0.9\n[ownership]") ==
        texts{"s.toml:34:19: 'settlement.supported_share + explained_share' expected a value at most 1; found 1.2"});
}

TEST_CASE("every date of a scenario lies in the years that can be played, the first simulated day too") {
  const std::string range = "' expected within 1970-01-01 to 2200-12-31; found ";
  const auto said = [&](const char* from, const char* to) { return faults_with(from, to); };
  CHECK(said("start = 2022-01-01", "start = 1969-12-31") == texts{"s.toml:5:9: 'scenario.start" + range + "1969-12-31"});
  CHECK(said("end = \"2022-12-31\"", "end = \"2201-01-01\"") == texts{"s.toml:6:7: 'scenario.end" + range + "2201-01-01"});
  CHECK(said("start = 2022-01-01\nend = \"2022-12-31\"", "start = 1970-06-01\nend = 1970-12-31") ==
        texts{"s.toml:7:11: 'scenario.start - warm_up" + range + "1969-12-03"});
  CHECK(
      said("add = [2022-06-01, \"2022-06-02\"]", "add = [2022-06-01, \"6053-06-02\", 0001-01-01]") ==
      texts{"s.toml:26:20: 'session.principal.add" + range + "6053-06-02", "s.toml:26:34: 'session.principal.add" + range + "0001-01-01"});
  CHECK(said("first = 2022-03-04", "first = 1922-03-04") == texts{"s.toml:56:9: 'sensitive_period.两会.first" + range + "1922-03-04"});
  CHECK(said("recur = \"FREQ=MONTHLY;BYMONTHDAY=15\"", "recur = \"FREQ=DAILY;UNTIL=22010101\"") ==
        texts{"s.toml:22:9: recurrence 'FREQ=DAILY;UNTIL=22010101': expected UNTIL=YYYYMMDD of the years 1970 to 2200; found '2201'"});
  CHECK(said("[ownership]", "[campaign]\nfirst = 2300-01-01\n[ownership]") == texts{"s.toml:34:9: 'campaign.first" + range + "2300-01-01"});
  scenario s;
  CHECK(lines(apply_setting(s, "scenario.start=1969-12-31")) == texts{"--set: 'scenario.start" + range + "1969-12-31"});
  CHECK(lines(apply_setting(s, "campaign.first=\"2201-01-01\"")) == texts{"--set: 'campaign.first" + range + "2201-01-01"});
}

TEST_CASE("rules that hold below the file are told in the place of the parameter, too") {
  CHECK(faults_with("recur = \"FREQ=MONTHLY;BYMONTHDAY=15\"", "recur = []\n#") == texts{});  // it has dates of its own
  CHECK(faults_with("recur = [\"FREQ=WEEKLY;BYDAY=MO\", \"FREQ=WEEKLY;BYDAY=TH\"]", "recur = []") ==
        texts{"s.toml:30:9: 'session.bureau_leader.recur' expected a value with at least one rule for what is held at all; found an empty "
              "list"});
  CHECK(faults_with("matters_per_year = 300", "multiplier = 1000\nmatters_per_year = 1000000") ==
        texts{"s.toml:19:20: 'load.matters_per_year * load.multiplier' expected a value at most 65536 matters on any day; "
              "found 5401235 on 2023-01-02"});
}

TEST_CASE("a syntax error does not hide the other mistakes") {
  CHECK(faults_with("name = \"small\"", "name = small") ==
        texts{"s.toml:3:8: expected a value (text and clock times stand in quotes); found small"});
  CHECK(
      lines(parse_scenario("[scenario]\nseed =\nname = \"x\nstart = 2022-02-30\nend = 2022-01-01\nseeed = 3\n[load\n", "s.toml").faults) ==
      texts{"s.toml:2:7: expected value; found the end of the line", "s.toml:3:10: expected a closing quote; found the end of the line",
            "s.toml:4:19: 'scenario.start' expected a date YYYY-MM-DD of the calendar; found '2022-02-30'",
            "s.toml:6:1: unknown key 'scenario.seeed'; did you mean 'scenario.seed'?",
            "s.toml:7:6: expected ']'; found the end of the line"});
  CHECK(lines(parse_scenario("[scenario]\nsed = 1\nstart = [\n2022-01-01\n[load]\n", "s.toml").faults).at(0) ==
        "s.toml:2:1: unknown key 'scenario.sed'; did you mean 'scenario.seed'?");
  CHECK(faults_with("seed = 7", "seed = 7\nseed = 8") == texts{"s.toml:10:8: expected each key once; found 'seed' again"});
}

TEST_CASE("what depends on a value that could not be read is not judged") {
  CHECK(faults_with("share = 0.4", "share = \"0.3\"") == texts{"s.toml:50:9: 'category.wages.share' expected a number; found text '0.3'"});
  CHECK(faults_with("share = 0.4", "share = 0.3.1").size() == 1);
  CHECK(faults_with("matters_per_year = 300", "visit_share = 0.4\nphone_share = \"0.1\"") ==
        texts{"s.toml:19:15: 'load.phone_share' expected a number; found text '0.1'"});
}

TEST_CASE("what several parameters do wrong together is told where the last of them stands") {
  CHECK(
      faults_with("matters_per_year = 300", "phone_share = 0.3\nvisit_share = 0.3") ==
      texts{
          "s.toml:19:15: 'load.visit_share + letter_share + online_share + phone_share' expected shares that sum to 1; they sum to 0.97"});
  CHECK(
      faults_with("matters_per_year = 300", "visit_share = 0.3\nphone_share = 0.3") ==
      texts{
          "s.toml:19:15: 'load.visit_share + letter_share + online_share + phone_share' expected shares that sum to 1; they sum to 0.97"});
  const scratch dir;
  dir.file("base.toml", valid_scenario);
  const auto own = dir.file("own.toml", "extends = \"base.toml\"\n[scenario]\nstart = 2023-01-01\n");
  CHECK(dir.lines(read_scenario(own).faults) == texts{"own.toml:3:9: 'scenario.end' expected not before 2023-01-01; found 2022-12-31"});
}

TEST_CASE("a file that is no scenario is one fault") {
  const scratch dir;
  CHECK(dir.lines(read_scenario(dir / "none.toml").faults) ==
        texts{"none.toml: expected a readable file; none.toml: No such file or directory"});
  CHECK(dir.lines(read_scenario(dir.file("empty.toml", "")).faults) == texts{"empty.toml: expected a scenario; the file is empty"});
  CHECK(dir.lines(read_scenario(dir.file("bad.toml", "name = \"\xFF\"")).faults) ==
        texts{"bad.toml:1: expected text in UTF-8; found a byte that is not text at offset 8"});
  CHECK(lines(parse_scenario("load = 3\nscenario = []\ncategory = 4\nsensitive_period = [1]\n", "s.toml").faults) ==
        texts{"s.toml: missing key 'county.units': expected the path of a table",
              "s.toml: missing key 'county.officials': expected the path of a table",
              "s.toml: missing key 'county.links': expected the path of a table", "s.toml:1:8: 'load' expected a table [load]; found 3",
              "s.toml:2:12: 'scenario' expected a table [scenario]; found a list of 0",
              "s.toml:3:12: 'category' expected tables [[category]]; found 4",
              "s.toml:4:20: 'sensitive_period' expected tables [[sensitive_period]]; found a list of 1"});
}

TEST_CASE("messages are there in Chinese too") {
  CHECK(lines(parse_scenario("[load]\nsilent_share = \"x\"\nphone_shar = -1\n", "s.toml").faults, language::zh).at(1) ==
        "s.toml:2:16: “load.silent_share”应为数字；实际为文本“x”");
}

TEST_CASE("a scenario extends another and its paths stay beside the file that has them") {
  const scratch dir;
  dir.file("base/s.toml", valid_scenario);
  dir.file("own/policy.toml", R"(extends = "../base/s.toml"
[scenario]
name = "policy"
[county]
links = "links-2.csv"
[[category]]
id = "wages"
share = 0.3
[[category]]
id = "new"
share = 0.1
matter_unit = "dept-new"
[[sensitive_period]]
name = "国庆"
first = 2022-10-01
last = 2022-10-07
)");
  const auto s = load_scenario(dir / "own/policy.toml");
  REQUIRE(s);
  CHECK(s->name == "policy");
  CHECK(s->county.units == (dir / "base/units.csv").string());
  CHECK(s->county.links == (dir / "own/links-2.csv").string());
  REQUIRE(s->categories.size() == 3);
  CHECK(s->categories[1].share == 0.3);
  CHECK(s->categories[1].matter_unit == "dept-hr");
  REQUIRE(s->sensitive_periods.size() == 1);
  CHECK(s->sensitive_periods[0].name == "国庆");
}

TEST_CASE("a scenario that extends nothing readable, or itself, says so") {
  const scratch dir;
  CHECK(dir.lines(read_scenario(dir.file("a.toml", "extends = \"gone.toml\"\n[load]\nphone = 1\n")).faults) ==
        texts{"a.toml:1:11: expected a readable file; gone.toml: No such file or directory", "a.toml:3:1: unknown key 'load.phone'"});
  dir.file("b.toml", "extends = \"c.toml\"\n");
  dir.file("c.toml", "extends = \"b.toml\"\n");
  CHECK(dir.lines(read_scenario(dir / "b.toml").faults) == texts{"c.toml:1:11: this scenario extends itself: b → c → b"});
  CHECK(dir.lines(read_scenario(dir.file("d.toml", "extends = 3\n")).faults) ==
        texts{"d.toml:1:11: 'extends' expected the path of a scenario; found 3"});
}

TEST_CASE("a mistake in the base is told with the base's file") {
  const scratch dir;
  dir.file("base.toml", "[load]\nphone_share = 0.2\nsead = 1\n");
  CHECK(dir.lines(read_scenario(dir.file("own.toml", "extends = \"base.toml\"\n[load]\nsilent_days = -1\n")).faults).at(0) ==
        "base.toml:2:15: 'load.visit_share + letter_share + online_share + phone_share' expected shares that sum to 1; they sum to 1.09");
}

TEST_CASE("a recurrence rule that names no simulated day is a fault where it stands, and one that counts has a start") {
  const std::string rule = "recur = \"FREQ=MONTHLY;BYMONTHDAY=15\"";
  const auto with = [&](const std::string& other) { return faults_with(rule, "recur = \"" + other + '"'); };
  CHECK(with("DTSTART=20300101;FREQ=DAILY") ==
        texts{"s.toml:22:9: recurrence 'DTSTART=20300101;FREQ=DAILY' names no day between 2021-07-05 and 2023-12-31"});
  CHECK(with("FREQ=DAILY;UNTIL=20210704").size() == 1);
  CHECK(with("FREQ=DAILY;UNTIL=20210705").empty());  // the first simulated day
  CHECK(with("DTSTART=20221231;FREQ=DAILY").empty());
  CHECK(with("DTSTART=20240101;FREQ=DAILY").size() == 1);
  CHECK(with("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").size() == 1);
  CHECK(with("FREQ=MONTHLY;BYMONTHDAY=15;COUNT=12").empty());  // from the first counted day, not from 1970
  CHECK(with("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO").empty());
  CHECK(faults_with("recur = [\"FREQ=WEEKLY;BYDAY=MO\", \"FREQ=WEEKLY;BYDAY=TH\"]",
                    "recur = [\"FREQ=WEEKLY;BYDAY=MO\", \"FREQ=DAILY;UNTIL=20200101\"]")
            .size() == 1);
  CHECK(faults_with("[ownership]", "[appointments]\nrecur = \"FREQ=DAILY;UNTIL=20200101\"\n[ownership]").size() == 1);
  CHECK(faults_with("[ownership]", "[appointments]\nopen = false\nrecur = \"FREQ=DAILY;UNTIL=20200101\"\n[ownership]").empty());
  CHECK(with("every Monday of 2022").at(0).starts_with("s.toml:22:9: recurrence 'every Monday of 2022': expected "));
  CHECK(with("FREQ=MONTHLY").at(0).find("says which day") != std::string::npos);
}

TEST_CASE("recurrence rules may be set in words, and set themselves again") {
  scenario s = parse_scenario(valid_scenario, "s.toml").settings;
  CHECK(lines(apply_setting(s, "session.bureau_leader.recur=every Monday and Thursday")).empty());
  CHECK(s.reception[article::bureau_leader].recur.at(0).to_string() == "FREQ=WEEKLY;BYDAY=MO,TH");
  CHECK(lines(apply_setting(s, "session.township.recur=每周三")).empty());
  CHECK(s.reception[article::township].recur == std::vector<recurrence>{recurrence::weekly(weekday::wednesday)});
  CHECK(lines(apply_setting(s, "session.window.recur=[\"every workday\", \"每月15日\"]")).empty());
  CHECK(s.reception[article::window].recur == std::vector<recurrence>{recurrence::every_workday(), recurrence::day_of_month(15)});
  CHECK(lines(apply_setting(s, "session.bureau_leader.recur=FREQ=MONTHLY")).at(0).find("a rule with ';' stands in quotes") !=
        std::string::npos);
  CHECK(s.reception[article::bureau_leader].recur.at(0).to_string() == "FREQ=WEEKLY;BYDAY=MO,TH");
}

TEST_CASE("settings of the command line reach every parameter") {
  scenario s = parse_scenario(valid_scenario, "s.toml").settings;
  for (const char* setting :
       {"load.multiplier=2", "session.bureau_leader.recur=FREQ=WEEKLY;BYDAY=WE", "session.bureau_leader.start=14:00", "scenario.name=2022",
        "scenario.start = 2022-02-01", "ownership.rule=by_subject", "session.bureau_leader.open=false", "category.land.share=0.5",
        "category.wages.share=0.5", "sensitive_period.两会.lead=0", "session.township.add=[2022-05-05]", "scenario.title_en=a \"b\" = c",
        "session.township.recur=[\"FREQ=DAILY\", \"FREQ=WEEKLY;BYDAY=MO\"]"}) {
    INFO(setting);
    CHECK(lines(apply_setting(s, setting)).empty());
  }
  CHECK(s.load.multiplier == 2);
  CHECK(s.reception[article::bureau_leader].recur == std::vector<recurrence>{recurrence::weekly(weekday::wednesday)});
  CHECK(s.reception[article::bureau_leader].start == minutes(840));
  CHECK(s.name == "2022");
  CHECK(s.ownership.rule == ownership_rule::by_subject);
  CHECK_FALSE(s.reception[article::bureau_leader].open);
  CHECK(s.categories[0].share == 0.5);
  CHECK(s.sensitive_periods[0].lead == calendar_days(0));
  CHECK(s.title_en == "a \"b\" = c");
  CHECK(s.reception[article::township].recur.size() == 2);
  CHECK(check(s).empty());
}

TEST_CASE("a bad setting is one line and changes nothing") {
  scenario s = parse_scenario(valid_scenario, "s.toml").settings;
  const auto said = [&](const char* setting) { return lines(apply_setting(s, setting)); };
  CHECK(said("load.multiplier") == texts{"--set: expected key=value; found 'load.multiplier'"});
  CHECK(said("=3") == texts{"--set: expected key=value; found '=3'"});
  CHECK(said("load.multipler=2") == texts{"--set: unknown key 'load.multipler'; did you mean 'load.multiplier'?"});
  CHECK(said("load.multiplier=-2") == texts{"--set: 'load.multiplier' expected a value from 0 to 1000; found -2"});
  CHECK(said("load.multiplier=lots") == texts{"--set: 'load.multiplier' expected a number; found text 'lots'"});
  CHECK(said("scenario.start=2022-02-30") ==
        texts{"--set: 'scenario.start' expected a date YYYY-MM-DD of the calendar; found '2022-02-30'"});
  CHECK(said("category.lnd.share=0.5") == texts{"--set: expected a category; 'lnd' is none; did you mean 'land'?"});
  CHECK(said("category.land.shar=0.5") == texts{"--set: unknown key 'category.land.shar'; did you mean 'category.land.share'?"});
  CHECK(said("sensitive_period.国庆.lead=2") == texts{"--set: 'sensitive_period' expected one of 两会; found '国庆'"});
  CHECK(said("a\nb=1") == texts{"--set: unknown key 'a b'"});
  CHECK(said("load.multiplier=1\nload.silent_share=1").size() == 1);
  CHECK(said("load.multiplier=2 # twice") == texts{"--set: 'load.multiplier' expected a number; found text '2 # twice'"});
  CHECK(said("load.multiplier=2;load.silent_share=1") ==
        texts{"--set: 'load.multiplier' expected a number; found text '2;load.silent_share=1'"});
  CHECK(said("session.township.add=[2022-05-05] # and more").size() == 1);
  CHECK(s.load.multiplier == 1);
  CHECK(said("session.township.add=[\"2022-05-05\", \"x\"]").size() == 1);
  CHECK(s.reception[article::township].add.empty());
  s.sensitive_periods.push_back(s.sensitive_periods[0]);
  CHECK(said("sensitive_period.两会.lead=2") == texts{"--set: expected a name that only one has; found '两会', which 2 have"});
}

TEST_CASE("settings are judged together with the file") {
  const scratch dir;
  dir.file("s.toml", valid_scenario);
  const std::vector<std::string> moved{"category.land.share=0.9", "category.wages.share=0.1"};
  CHECK(load_scenario(dir / "s.toml", moved));
  const std::vector<std::string> wrong{"category.land.share=0.9", "scenario.end=2021-01-01"};
  CHECK(dir.lines(load_scenario(dir / "s.toml", wrong).faults()) ==
        texts{"--set: 'scenario.end' expected not before 2022-01-01; found 2021-01-01",
              "s.toml:50:9: 'category.*.share' expected shares that sum to 1; they sum to 1.3"});
}
