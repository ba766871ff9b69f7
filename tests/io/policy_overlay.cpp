// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/planning_input.hpp"
#include "small_county.hpp"
#include "valid_scenario.hpp"

using namespace sifang;
using sifang::test::small_county;
using sifang::test::valid_scenario;
using texts = std::vector<std::string>;

namespace {

texts lines(const std::vector<fault>& faults, language lang = language::en) {
  texts out;
  for (const fault& f : faults) out.push_back(to_string(f, lang));
  return out;
}

/// A county, and a policy that another one extends by default.
named_texts two_counties() {
  named_texts out = small_county();
  out.add("far/far.toml",
          "extends = \"../s.toml\"\n[scenario]\nname = \"far\"\ntitle_en = \"Far\"\n[county]\nunits = "
          "\"units.csv\"\n[load]\nmatters_per_year = 9000\n");
  out.add("far/tuesday.toml",
          "extends = \"far\"\n[scenario]\nname = \"tuesday\"\n[session.bureau_leader]\nrecur = \"FREQ=WEEKLY;BYDAY=TU\"\n");
  out.add("far/two.toml", "extends = \"tuesday.toml\"\n[session.bureau_leader]\nreceivers = 2\n");
  out.add("bare.toml", "[session.bureau_leader]\nreceivers = 3\n");
  return out;
}

}  // namespace

TEST_CASE("a policy is laid on a base in place of the county that it extends") {
  const auto source = two_counties();
  const auto alone = read_scenario("far/tuesday.toml", {}, source).settings;
  CHECK(alone.load.matters_per_year == 9000);
  CHECK(alone.county.units == "far/units.csv");
  const scenario_reading laid = read_policy("far/tuesday.toml", "s.toml", {}, source);
  CHECK(lines(laid.faults).empty());
  CHECK(laid.settings.name == "tuesday");
  CHECK(laid.settings.load.matters_per_year == 300);
  CHECK(laid.settings.county.units == "units.csv");
  CHECK(laid.settings.reception[article::bureau_leader].recur == std::vector<recurrence>{recurrence::weekly(weekday::tuesday)});
  CHECK(laid.laid_on == "s.toml");
  CHECK(read_policy("far/tuesday.toml", "far/far.toml", {}, source).laid_on.empty());  // what it extends anyway
}

TEST_CASE("all files of a policy are laid on, down to the county's, and a policy needs to extend nothing") {
  const auto source = two_counties();
  const auto two = read_policy("far/two.toml", "s.toml", {}, source);
  CHECK(lines(two.faults).empty());
  CHECK(two.settings.reception[article::bureau_leader].receivers == 2);
  CHECK(two.settings.reception[article::bureau_leader].recur == std::vector<recurrence>{recurrence::weekly(weekday::tuesday)});
  CHECK(two.settings.load.matters_per_year == 300);
  const auto bare = read_policy("bare.toml", "far/two.toml", {}, source);  // the base may be a policy, with what it extends
  CHECK(lines(bare.faults).empty());
  CHECK(bare.settings.reception[article::bureau_leader].receivers == 3);
  CHECK(bare.settings.reception[article::bureau_leader].recur == std::vector<recurrence>{recurrence::weekly(weekday::tuesday)});
  CHECK(bare.settings.load.matters_per_year == 9000);
  CHECK(lines(read_policy("far/two.toml", "far/two.toml", {}, source).faults).empty());  // on itself
  CHECK(lines(read_scenario("bare.toml", {}, source).faults) ==                          // alone
        std::vector<std::string>{"bare.toml: expected a county: this is a policy, with none of its own; lay it on one (sifang compare BASE "
                                 "bare.toml), or write extends = \"...\" in it"});
}

TEST_CASE("a scenario with a county of its own is compared as it is") {
  const auto source = two_counties();
  const auto far = read_policy("far/far.toml", "s.toml", {}, source);
  CHECK(far.settings.load.matters_per_year == 9000);
  CHECK(far.settings.county.units == "far/units.csv");
  CHECK(far.laid_on.empty());
}

TEST_CASE("settings come last, over policy and base") {
  const auto source = two_counties();
  const std::vector<std::string> settings{"session.bureau_leader.receivers=4", "load.matters_per_year=1"};
  const auto two = read_policy("far/two.toml", "s.toml", settings, source);
  CHECK(two.settings.reception[article::bureau_leader].receivers == 4);
  CHECK(two.settings.load.matters_per_year == 1);
}

TEST_CASE("texts are not taken over from what a scenario extends or is laid on; a name is the file's at least") {
  auto source = two_counties();
  for (const scenario_reading& r : {read_policy("far/two.toml", "far/far.toml", {}, source), read_scenario("far/two.toml", {}, source),
                                    read_policy("bare.toml", "s.toml", {}, source)}) {
    CHECK((r.settings.name == "two" || r.settings.name == "bare"));
    CHECK(r.settings.title_en.empty());
    CHECK(r.settings.title_zh.empty());
    CHECK(r.settings.about_en.empty());
  }
}

TEST_CASE("what of a policy does not fit its base is told where the policy has it") {
  auto source = two_counties();
  source.add("p.toml",
             "extends = \"far/far\"\n[[category]]\nid = \"wage\"\nshare = 0.4\nmonts = 3\n[[category]]\nid = \"land\"\nmatter_unit = "
             "\"dept-lnd\"\n");
  CHECK(lines(load_policy_input("p.toml", "s.toml", {}, source).faults()) ==
        texts{"p.toml:3:6: expected a category; 'wage' is none; did you mean 'wages'?",
              "p.toml:5:1: unknown key 'monts'; did you mean 'months'?",
              "p.toml:8:15: expected the code of a unit; 'dept-lnd' is none; did you mean 'dept-land'?"});
  source.add("p.toml", "[campaign]\nopen = true\nfirst = 2031-03-01\n[session.principal]\nreceivers = 7\n");
  world_wanted wanted;
  wanted.base = "s.toml";
  const texts told = lines(load_world("p.toml", wanted, source).faults());
  REQUIRE_FALSE(told.empty());
  for (const std::string& line : told) CHECK(line.starts_with("p.toml:"));
  CHECK(lines(load_policy_input("p.toml", "none.toml", {}, source).faults()) ==
        texts{"none.toml: expected a readable file; none.toml: No such file or directory"});
}

TEST_CASE("a fault of the base is told with the base's file, and one of the county that is not read is not told") {
  auto source = two_counties();
  source.add("far/far.toml", "[county]\nunits = 3\n[load\n");
  CHECK(lines(read_policy("far/tuesday.toml", "s.toml", {}, source).faults).empty());
  source.add("s.toml", valid_scenario + "monts = 3\n");
  CHECK(lines(read_policy("far/tuesday.toml", "s.toml", {}, source).faults) == texts{"s.toml:59:1: unknown key 'monts'"});
}

TEST_CASE("a world is made of a scenario, settings, a number of replications and a case load") {
  auto source = small_county();
  source.add("cases.csv", "id,date,place,category,channel,group_size\n1,2022-03-01,350921001,land,visit,1\n");
  world_wanted wanted{{"scenario.warm_up=0"}, 3, "cases.csv", {}};
  const auto made = load_world("s.toml", wanted, source);
  REQUIRE(lines(made.faults()).empty());
  CHECK(made->place.setting().replications == 3);
  CHECK(made->place.setting().warm_up == calendar_days(0));
  source.add("cases.csv", "id,date,place,category,channel,group_size\n1,2024-03-01,nowhere,land,visit,1\n");
  CHECK(lines(load_world("s.toml", wanted, source).faults()) ==
        texts{"cases.csv:2:3: 'date' expected within 2022-01-01 to 2023-12-31; found 2024-03-01",
              "cases.csv:2:14: expected a place of the county, by code or name; '***' is none",
              "cases.csv: 1 of 1 rows cannot be used (--skip-bad uses the others)"});
}

TEST_CASE("the rows of a ledger that can be used are played where that is asked for, by a mapping if there is one") {
  auto source = small_county();
  source.add("l.csv", "编号,登记时间,属地,类,信访形式,人数\n1,2022/3/1,松城街道,田,来访,1\n2,2022/3/2,某地,田,来访,1\n");
  source.add("m.toml",
             "[columns]\nid = \"编号\"\ndate = \"登记时间\"\nplace = \"属地\"\ncategory = \"类\"\nchannel = \"信访形式\"\ngroup_size = "
             "\"人数\"\n[category]\n\"田\" = \"land\"\n");
  world_wanted wanted{{"scenario.warm_up=0"}, 3, "l.csv"};
  CHECK(load_world("s.toml", wanted, source).faults().size() == 1);  // no column of categories
  wanted.map = "m.toml";
  CHECK(lines(load_world("s.toml", wanted, source).faults()) ==
        texts{"l.csv:3:12: expected a place of the county, by code or name; '***' is none",
              "l.csv: 1 of 2 rows cannot be used (--skip-bad uses the others)"});
  wanted.skip_bad = true;
  const auto made = load_world("s.toml", wanted, source);
  REQUIRE(made);
  CHECK(made->place.recorded().size() == 1);
  REQUIRE(made->ledger);
  CHECK(made->ledger->rows == 2);
  CHECK(made->ledger->rows_rejected == 1);
  source.add("l.csv", "编号,登记时间,属地,类,信访形式,人数\n2,2022/3/2,某地,田,来访,1\n");
  CHECK_FALSE(load_world("s.toml", wanted, source));  // none is left
  wanted.map = "none.toml";
  CHECK_FALSE(load_world("s.toml", wanted, source));
}
