// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "valid_scenario.hpp"

#include "sifang/core/fault.hpp"
#include "sifang/county/county_rules.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/scenario_file.hpp"
#include "sifang/io/scenario_setting.hpp"
#include "tables.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using namespace sifang;
using sifang::test::valid_scenario;
using texts = std::vector<std::string>;

namespace {

constexpr std::string_view market = "[session.market]\nroles = \"unit_head\"\nrelations = \"heads\"\nrecur = \"every Friday\"\n";

scenario_reading read(const std::string& more) { return parse_scenario(valid_scenario + more, "s.toml"); }
/// Faults without the file and line, which depend on the length of what stands before.
texts said(const std::string& more) {
  texts out;
  for (const fault& f : read(more).faults) out.push_back(sentence(f));
  return out;
}
texts county_said(const std::vector<std::string>& settings) {
  const auto in = sifang_tests::input("market-evenings", settings);
  texts out;
  for (const fault& f : check(in.settings, in.place.org)) out.push_back(to_string(f));
  return out;
}

}  // namespace

TEST_CASE("a new kind of session needs a table with what differs from the defaults, and no more") {
  const auto found = read(std::string(market));
  CHECK(found.faults.empty());
  const auto at = found.settings.reception.find("market");
  REQUIRE(at);
  CHECK(at->index() == 9);
  const session_kind& k = found.settings.reception[*at];
  CHECK(k.roles == std::vector{role::unit_head});
  CHECK(k.relations == std::vector{relation::heads});
  CHECK(k.length == minutes(180));
  CHECK(k.receivers == 1);
  CHECK(k.open);
  CHECK(k.catchment == catchment_rule::place);
}

TEST_CASE("kinds stand in the order of the file, not of their names, and a later file changes them") {
  named_texts source;
  source.add("base.toml", valid_scenario + std::string(market) +
                              "[session.alpha]\nroles = \"county_leader\"\nat = \"petition_bureau\"\nrecur = \"every Friday\"\n");
  source.add(
      "over.toml",
      "extends = \"base\"\n[session.alpha]\nlength = 60\n[session.beta]\nposts = [\"a\", \"b\"]\nunits = [\"u\"]\nadd = [2022-03-01]\n");
  const auto found = read_scenario("over.toml", {}, source);
  CHECK(found.faults.empty());
  const auto& sessions = found.settings.reception.sessions;
  REQUIRE(sessions.size() == 12);
  CHECK((sessions[9].id == "market" && sessions[10].id == "alpha" && sessions[11].id == "beta"));
  CHECK(sessions[10].length == minutes(60));
  CHECK(sessions[11].posts == texts{"a", "b"});
}

TEST_CASE("settings of the command line reach a kind that the file has") {
  scenario s = read(std::string(market)).settings;
  CHECK(apply_setting(s, "session.market.length=240", 2).empty());
  CHECK(apply_setting(s, "session.market.at=[\"township\", \"subdistrict\"]", 2).empty());
  const session_kind& k = s.reception[*s.reception.find("market")];
  CHECK(k.length == minutes(240));
  CHECK(k.at == std::vector{unit_kind::township, unit_kind::subdistrict});
  const auto faults = apply_setting(s, "session.markt.length=240", 2);
  REQUIRE(faults.size() == 1);
  CHECK(sentence(faults[0]) == "unknown key 'session.markt.length'; did you mean 'session.market.length'?");
}

TEST_CASE("what a kind of session lacks, or cannot have, is one fault each") {
  CHECK(said("[session.hall]\nat = \"petition_bureau\"\nrecur = \"every Friday\"\n") ==
        texts{"missing key 'session.hall.roles': expected who sits: roles, or posts"});
  CHECK(said("[session.hall]\nroles = \"county_leader\"\nrecur = \"every Friday\"\n") ==
        texts{"missing key 'session.hall.at': expected where it is held: relations, kinds of unit, or units"});
  CHECK(said("[session.hall]\nroles = \"county_leader\"\nat = \"petition_bureau\"\n") ==
        texts{"'session.hall.recur' expected a value with at least one rule for what is held at all; found an empty list"});
  CHECK(said(std::string(market) + "at = [\"townshp\"]\n").at(0).ends_with("found 'townshp'; did you mean 'township'?"));
  CHECK(
      said("[session.market]\nroles = \"unit_head\"\nrelations = [\"head\"]\nat = \"township\"\nrecur = \"every Friday\"\n") ==
      texts{
          "'session.market.relations' expected one of heads, member_of, linked_to, in_charge_of, liaises_with; found 'head'; did you mean "
          "'heads'?"});
  CHECK(said(std::string(market) + "moves_for = \"principle\"\n").at(0).ends_with("found 'principle'; did you mean 'principal'?"));
  CHECK(said("[session.2nd]\nroles = \"unit_head\"\nrelations = \"heads\"\nrecur = \"every Friday\"\n") ==
        texts{"expected a short name: a letter, then letters, digits, '_' or '-'; found '2nd'"});
  CHECK(said(std::string(market) + "lenght = 90\n") == texts{"unknown key 'session.market.lenght'; did you mean 'session.market.length'?"});
  CHECK(said("[session.irregular]\nlength = 90\n") ==
        texts{"unknown key 'session.irregular'; did you mean 'reception.irregular_per_month'?"});
  CHECK(said(std::string(market) + "start = \"22:30\"\n") ==
        texts{"'session.market.start + length' expected a value at most 24:00; found 25:30"});
}

TEST_CASE("at most 64 kinds of session, told once and with its place") {
  std::string many;
  for (int i = 0; i < 55; ++i) {
    many += "[session.k" + std::to_string(i) + "]\nroles = \"unit_head\"\nrelations = \"heads\"\nrecur = \"every Friday\"\n";
  }
  CHECK(said(many).empty());
  const texts told = said(many + std::string(market));
  REQUIRE(told.size() >= 1);
  CHECK(told[0] == "'number of [session.*]' expected a value from 1 to 64; found 65");
}

TEST_CASE("codes and posts that the county does not have are told with the nearest") {
  CHECK(county_said({}).empty());
  CHECK(county_said({"session.market.units=[\"350921101\", \"35092110\"]"}) ==
        texts{"session market: expected the code of a unit; '35092110' is none; did you mean '350921101'?"});
  CHECK(county_said({"session.market.areas=[\"3509211\"]"}).size() == 1);
  CHECK(county_said({"session.market.posts=[\"secretry\"]"}) ==
        texts{"session market: expected a post; 'secretry' is none; did you mean 'secretary'?"});
  CHECK(county_said({"session.bureau_leader.receivers=100"}).size() == 1);
}

TEST_CASE("keys of format 1 are read where a file does not say that it has format 2, and are told under their names") {
  const std::string old =
      "[reception.unit]\nlength = 60\nreceivers = 7\n[reception]\nsensitive_duty = false\n[choice]\nappeal = [1, 2, 3, 4, 5, 6, 7, 8]\n";
  const auto found = read(old);
  CHECK(found.faults.empty());
  const reception_setting& r = found.settings.reception;
  CHECK((r[article::township].length == minutes(60) && r[article::department].length == minutes(60)));
  CHECK((r[article::township].receivers == 0 && r[article::department].receivers == 0));  // all sit, as they always did
  CHECK_FALSE(r[article::bureau_leader].sensitive_duty);
  CHECK((r[article::village].appeal == 1 && r[article::principal].appeal == 8));
  CHECK(said("[reception.unit]\nlength = 5\n") == texts{"'reception.unit.length' expected a value from 15 to 720; found 5",
                                                        "'reception.unit.length' expected a value from 15 to 720; found 5"});
  CHECK(said("[choice]\nappeal = [1, 2]\n") == texts{"'choice.appeal' expected a list of 8 numbers; found a list of 2"});
  const auto newest = parse_scenario("[scenario]\nformat = 2\n[reception.bureau]\nlength = 60\n", "s.toml").faults;
  REQUIRE(newest.size() == 2);
  CHECK(sentence(newest[1]) == "unknown key 'reception.bureau.length'; did you mean 'session.bureau_leader.length'?");
  CHECK(sentence(parse_scenario("[scenario]\nformat = 3\n", "s.toml").faults.back()) ==
        "'scenario.format' expected a value from 1 to 2; found 3");
}

TEST_CASE("a setting of format 1 reaches what a setting of format 2 does") {
  scenario s;
  CHECK(apply_setting(s, "reception.village.open=false").empty());
  CHECK_FALSE((s.reception[article::village].open || s.reception[article::section].open));
  CHECK(apply_setting(s, "choice.shares=[0,0,0,0,0,0,0,1]").empty());
  CHECK((s.reception[article::principal].share == 1 && s.reception[article::window].share == 0));
  const auto refused = apply_setting(s, "reception.bureau.open=false", 2);
  REQUIRE(refused.size() == 1);
  CHECK(sentence(refused[0]) == "unknown key 'reception.bureau.open'; did you mean 'session.bureau_leader.open'?");
  CHECK(s.reception[article::bureau_leader].open);
}

TEST_CASE("a misspelt name in extends is told with the nearest that there is") {
  named_texts source;
  source.add("xiapu-2022.toml", valid_scenario).add("p.toml", "extends = \"xiapu-2o22\"\n");
  const auto faults = read_scenario("p.toml", {}, source).faults;
  REQUIRE(faults.size() == 1);
  CHECK(sentence(faults[0]).ends_with("'xiapu-2o22' is neither; did you mean 'xiapu-2022'?"));
}

TEST_CASE("a world can be given the kinds of those that it is compared with, closed") {
  const auto other = sifang_tests::input("second-hall");
  world_wanted wanted{.settings = {"scenario.warm_up=0"}};
  wanted.sessions = other.settings.reception.sessions;
  const auto made = load_world(sifang_tests::scenario_file("xiapu-2022"), wanted);
  REQUIRE(made);
  const auto at = made->place.setting().reception.find("second_hall");
  REQUIRE(at);
  CHECK(made->place.plan().dates(*at).empty());
  CHECK(made->place.plan().kinds().size() == other.settings.reception.sessions.size());
}
