// SPDX-License-Identifier: BSL-1.0
// What the program prints and writes, made by the library from a county in memory.
#include "catch.hpp"
#include "sifang/experiment/assemble.hpp"
#include "sifang/experiment/nation.hpp"
#include "sifang/experiment/sweep.hpp"
#include "sifang/io/input_print.hpp"
#include "sifang/io/nation_study.hpp"
#include "sifang/io/planned_roster.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/result_tables.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/scenario_check.hpp"
#include "sifang/io/scenario_setting.hpp"
#include "sifang/io/setting_text.hpp"
#include "sifang/io/study_results.hpp"
#include "sifang/io/sweep_study.hpp"
#include "sifang/io/sweep_tables.hpp"
#include "small_county.hpp"

#include <algorithm>
#include <atomic>

using namespace sifang;
using sifang::test::small_county;
using texts = std::vector<std::string>;

namespace {

const named_texts& source() {
  static const named_texts out = small_county();
  return out;
}
world small(std::vector<std::string> settings = {}, int replications = 4) {
  auto made = load_world("s.toml", {std::move(settings), replications, {}, {}}, source());
  if (!made) FAIL(to_string(made.faults().front()));
  return std::move(made->place);
}
std::size_t count(std::string_view text, std::string_view of) {
  std::size_t n = 0;
  for (std::size_t at = text.find(of); at != std::string_view::npos; at = text.find(of, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("a study of one policy is a whole result, and says what is unfinished") {
  const world w = small();
  const std::vector<studied_policy> policies{{&w}};
  const study_result found = run_study(thread_team{1}, worlds_of(policies), replications_of(policies));
  const result r = make_result("run", policies, found, 10);
  CHECK(r.kind == "run");
  CHECK(r.version == SIFANG_VERSION_TEXT);
  CHECK(r.county == "霞浦县");
  CHECK(r.start == "2022-01-01");
  CHECK(r.end == "2022-12-31");
  CHECK(r.unfinished_replications == 6);
  CHECK(r.week_starts.size() == w.weeks());
  CHECK(r.comparisons.empty());
  REQUIRE(r.policies.size() == 1);
  CHECK(r.policies[0].id == "small");
  CHECK(r.policies[0].replications == 4);
  CHECK(r.policies[0].assumptions.size() == describe(w.setting()).size());
  CHECK(std::none_of(r.policies[0].assumptions.begin(), r.policies[0].assumptions.end(),
                     [](const result_assumption& a) { return a.changed; }));
  CHECK(results_json(r).starts_with("{\n \"format\":\"sifang-results\""));
  CHECK(unfinished_mark(r, language::en) == "UNFINISHED: the run was stopped after 4 of 10 replications\n");
  CHECK(unfinished_mark(r, language::zh) == "未完成：运行已中止，完成 4 次，应为 10 次模拟\n");
  CHECK(headline_tables(r, language::en).starts_with(unfinished_mark(r, language::en)));
  CHECK(fingerprint_lines(r, language::en) == "small: 4 replications, fingerprint " + r.policies[0].fingerprint + "\n");
  result finished = make_result("run", policies, found, 4);
  CHECK(unfinished_mark(finished, language::en).empty());
}

TEST_CASE("a study of two policies compares them, marks what was changed, and tells each warning once") {
  const world base = small({"scenario.end=2031-12-31", "scenario.start=2031-01-01"}),
              other = small({"scenario.end=2031-12-31", "scenario.start=2031-01-01", "scenario.name=two", "load.multiplier=2"}, 6);
  const std::vector<studied_policy> policies{{&base}, {&other, "twice the load"}};
  CHECK(replications_of(policies) == 6);
  const study_result found = run_study(thread_team{1}, worlds_of(policies), 6);
  const result r = make_result("compare", policies, found, 6);
  CHECK(r.policies[1].id == "twice the load");
  REQUIRE(r.comparisons.size() == 1);
  CHECK(r.comparisons[0].values.size() == metric_count);
  texts changed;
  for (const result_assumption& a : r.policies[1].assumptions)
    if (a.changed) changed.push_back(a.key);
  CHECK(changed == texts{"scenario.replications", "load.multiplier"});  // and not its name
  CHECK(r.policies[0].changes.empty());
  REQUIRE(r.policies[1].changes.size() == 2);
  CHECK(r.policies[1].changes[1].en.ends_with(": 2 instead of 1"));
  CHECK(r.policies[1].changes[1].keys == texts{"load.multiplier"});
  const auto& told = r.policies[1].assumptions;
  const auto load = std::find_if(told.begin(), told.end(), [](const result_assumption& a) { return a.key == "load.multiplier"; });
  CHECK((load->words && load->words->zh == "2倍"));
  const auto of_cohorts = std::count_if(r.warnings.begin(), r.warnings.end(),
                                        [](const result_warning& one) { return one.en.find("others are counted") != std::string::npos; });
  CHECK(of_cohorts > 0);  // twice the load has more of everybody
  CHECK(warnings_of_all(policies).size() == 2 * (r.warnings.size() - static_cast<std::size_t>(of_cohorts)));
  CHECK(r.warnings.size() >= 1);
  const ratio_parts& made_of = r.policies[0].parts[static_cast<std::size_t>(metric::repeat_rate)][0][0];
  const interval& rate = r.policies[0].values[static_cast<std::size_t>(metric::repeat_rate)][0][0];
  CHECK(made_of.denominator > 0);
  CHECK(made_of.numerator / made_of.denominator == rate.estimate);
  CHECK_FALSE(r.policies[0].parts[static_cast<std::size_t>(metric::registrations)][0][0].known());  // a count
  const std::string tables = headline_tables(r, language::en);
  CHECK(count(tables, "twice the load minus small\n") == 1);
  CHECK(count(tables, "Too few years: an interval is given from 16 replications on.\n") == 1);
  CHECK(count(tables, "too little data") == sweep_metrics.size());
  CHECK(count(headline_tables(r, language::zh), "twice the load 减 small\n") == 1);
}

TEST_CASE("worlds are comparable if they split figures alike and count the same days") {
  const world a = small();
  CHECK(are_comparable(a, small({"load.multiplier=3"})));
  CHECK_FALSE(are_comparable(a, small({"scenario.end=2022-12-30"})));
  auto other = small_county();
  std::string text = sifang::test::valid_scenario;
  text.replace(text.find("id = \"wages\""), 12, "id = \"wage\"");
  other.add("s.toml", text);
  CHECK_FALSE(are_comparable(a, load_world("s.toml", {}, other)->place));
}

TEST_CASE("figures stand as people read them") {
  interval v;
  v.estimate = 0.9994;
  v.lower = 0.9991;
  v.upper = 0.99999;
  v.kind = interval_kind::two_sided;
  CHECK(interval_text(v, "share", language::en) == "99.9 % [99.91 %, 99.9990 %]");
  v.kind = interval_kind::at_least;
  CHECK(interval_text(v, "share", language::en) == "99.9 % (≥ 99.91 %)");
  v.kind = interval_kind::too_little_data;
  CHECK(interval_text(v, "days", language::zh) == "1.00（年数太少）");
  CHECK(figure_text(1234.5, "hours") == "1234");
  CHECK(figure_text(12.34, "hours") == "12.3");
  CHECK(difference_text(interval{}, "days", language::en) == "–");
  CHECK(verdict_text("worse", language::zh) == "变差");
  CHECK(note_of_years(least_replications, language::en).empty());
}

TEST_CASE("settings are taken apart and said back in words") {
  CHECK(settings_of_variant("a=1 && b=x && y=2") == texts{"a=1", "b=x", "y=2"});
  CHECK(settings_of_variant("a=1&&2") == texts{"a=1&&2"});
  const texts settings{" load.multiplier =2", "session.principal.recur=every Wednesday"};
  const world w = small(settings);
  const std::string told = settings_told("mine", settings, w.setting(), language::en);
  CHECK(count(told, "\n") == 2);
  CHECK(count(told, "Set for mine: load.multiplier = 2  (") == 1);
  CHECK(count(told, "Set for mine: session.principal.recur = FREQ=WEEKLY;BYDAY=WE, every Wednesday  (") == 1);
  CHECK(settings_told("", {}, w.setting(), language::en).empty());
  scenario more = w.setting();  // one unit of a list
  REQUIRE(apply_setting(more, "handling.further_handlers.housing=2").empty());
  const std::string listed = settings_told("", texts{"handling.further_handlers.housing=2"}, more, language::en);
  CHECK(count(listed, "Set: handling.further_handlers = [\"housing\", \"housing\"]  (") == 1);
}

TEST_CASE("what identifies an input is every parameter and what the tables hold, not where they lie") {
  const world w = small();
  const auto print = [](const scenario& s, const named_texts& from) {
    fingerprint out;
    add_input(out, s, {}, from);
    return out.value();
  };
  const auto first = print(w.setting(), source());
  CHECK(print(w.setting(), source()) == first);
  CHECK(print(small({"load.multiplier=2"}).setting(), source()) != first);
  auto changed = small_county();
  changed.add("holidays.csv", "date,kind\n2022-10-03,holiday\n");
  CHECK(print(w.setting(), changed) != first);
  scenario moved = w.setting();
  moved.county.units = "elsewhere.csv";
  auto lies_elsewhere = small_county();
  lies_elsewhere.add("elsewhere.csv", source().text("units.csv", {})->c_str());
  CHECK(print(moved, lies_elsewhere) == first);
}

TEST_CASE("a sweep is planned from memory, tells all faults of all cells, and gives the worlds of its cells") {
  const texts vary{"load.multiplier=1|2", "session.principal.receivers=1|2"};
  const auto grid = sweep_grid::parse(vary);
  REQUIRE(grid);
  sweep_worlds worlds("s.toml", {{}, 3, {}, {}}, *grid, source());
  const sweep_plan plan = plan_sweep(*grid, worlds);
  CHECK(plan.faults.empty());
  CHECK(plan.other_period.empty());
  CHECK(plan.replications == 3);
  CHECK(plan.inputs.size() == 4);
  CHECK(plan.first.name == "small");
  CHECK(plan_sweep(*grid, worlds, nullptr, "other sources").key != plan.key);
  worlds.expect(plan.inputs);
  CHECK(worlds(3)->setting().load.multiplier == 2);
  CHECK(worlds(3)->setting().reception[article::principal].receivers == 2);
  const sweep_result found = run_sweep(thread_team{1}, grid->size(), plan.replications, 0.95, worlds, [](std::size_t) {});
  const std::string tables = sweep_tables(*grid, found, language::en);
  CHECK(count(tables, "minus #1") == sweep_metrics.size());
  auto wrong = plan.inputs;
  wrong[1] ^= 1;
  worlds.expect(wrong);
  CHECK_THROWS_AS(worlds(1), std::runtime_error);
  const std::atomic<bool> stop{true};
  CHECK(plan_sweep(*grid, worlds, &stop).stopped);
  const texts bad{"load.multiplier=1|-1", "scenario.start=2022-01-01|2022-02-01"};
  const auto bad_grid = sweep_grid::parse(bad);
  const sweep_plan refused = plan_sweep(*bad_grid, sweep_worlds("s.toml", {}, *bad_grid, source()));
  REQUIRE(refused.faults.size() == 1);
  CHECK(to_string(refused.faults[0]).starts_with("--vary #3 (load.multiplier=-1 scenario.start=2022-01-01): 'load.multiplier' expected"));
  CHECK(refused.other_period == std::vector<std::size_t>{1});
}

TEST_CASE("the counties of a country share its matters by villages") {
  const named_texts tables{{"provinces.csv", "code,name\n11,North\n"},
                           {"areas.csv", "code,name,provinceCode\n1101,Upper,11\n1102,Lower,11\n1103,Empty,11\n"},
                           {"streets.csv", "code,name,areaCode\n110101,T1,1101\n110201,T2,1102\n"},
                           {"villages.csv", "code,name,streetCode\n1,A,110101\n2,B,110101\n3,C,110101\n4,D,110201\n"}};
  const auto divisions = national_divisions::load("", tables);
  REQUIRE(divisions);
  const auto counties = counties_of(*divisions, 100);
  REQUIRE(counties.size() == 2);
  CHECK(counties[0].matters_per_year == Approx(150));
  CHECK(counties[1].matters_per_year == Approx(50));
  CHECK(left_out_line(*divisions, language::en) == "Left out, since no village of the tables is in them: counties 1, townships 0\n");
  fingerprint one, other;
  add_counties(one, counties);
  add_counties(other, std::span(counties).first(1));
  CHECK(one.value() != other.value());
  nation_result r;
  r.replications = 2;
  r.counties = 2;
  r.provinces.assign(1, std::vector<nation_sums>(2));
  r.provinces[0][0].counts.born = 10;
  CHECK(count(nation_tables(r, 4, 0.95, language::en), "counties 2, villages 4, matters 5 (silent 0, on the way 0, open 0, closed 0)\n") ==
        1);
}

TEST_CASE("a check says what a scenario consists of and whether its rules can be satisfied") {
  const world w = small();
  const scenario_soundness found = soundness_of(w);
  CHECK(found.gaps.empty());
  CHECK(found.sound);
  CHECK(soundness_line(found, language::en) == (found.warnings.empty() ? std::string("Sound: rules R3 to R9 can be satisfied.\n")
                                                                       : "Sound, with " + std::to_string(found.warnings.size()) +
                                                                             " warnings: rules R3 to R9 can be satisfied.\n"));
  const std::string facts = scenario_facts(w, false, language::en), all = scenario_facts(w, true, language::en);
  CHECK(facts.starts_with("1 townships and streets, 1 villages and communities, "));
  CHECK(count(facts, "load.matters_per_year = 300") == 1);
  CHECK(count(facts, "load.multiplier") == 0);
  CHECK(count(all, "load.multiplier = 1") == 1);
  CHECK(count(scenario_facts(w, false, language::zh), "参数来源：") == 1);
  CHECK(scenario_heading(w.setting(), language::zh) == "小县\n\n");
  CHECK(title_of(w.setting(), language::en) == "小县");  // rather than none
  CHECK(title_of(small({"scenario.title_zh="}).setting(), language::zh) == "small");
  CHECK(collisions_text(w, language::en).starts_with("Days on which the 15th and the bureau's day fall together: 2022-"));
  const world closed = small({"session.principal.add=[]", "session.principal.recur=FREQ=DAILY;UNTIL=20211231"});
  CHECK(soundness_line(soundness_of(closed), language::en) == "Not every rule can be satisfied.\n");
}

TEST_CASE("a roster of some days is that of the plan") {
  const world w = small();
  const auto days = roster_period_of(w, "2022-06-15", "");
  REQUIRE(days);
  CHECK(days->from == day(2022, 6, 15));
  CHECK(days->to == day(2022, 12, 31));
  const auto rows = roster_of(w, {day(2022, 6, 15), day(2022, 6, 15)}, false, language::en);
  REQUIRE_FALSE(rows.empty());
  CHECK(std::any_of(rows.begin(), rows.end(), [](const roster_row& r) { return r.rule == "R3"; }));
  CHECK(roster_of(w, {day(2022, 6, 13), day(2022, 6, 15)}, true, language::en).size() >
        roster_of(w, {day(2022, 6, 13), day(2022, 6, 15)}, false, language::en).size());
  const auto faults = roster_period_of(w, "2022-02-30", "2032-01-01").faults();
  REQUIRE(faults.size() == 2);
  CHECK(to_string(faults[0]) == "'--from' expected a date YYYY-MM-DD of the calendar; found '2022-02-30'");
  CHECK(to_string(roster_period_of(w, "2022-03-02", "2022-03-01").faults().at(0)) ==
        "'--to' expected not before 2022-03-02; found 2022-03-01");
}
