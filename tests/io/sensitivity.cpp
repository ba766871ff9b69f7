// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "scratch.hpp"
#include "tables.hpp"
#include "sifang/io/sensitivity_results.hpp"
#include "sifang/io/sensitivity_study.hpp"
#include "sifang/io/sensitivity_tables.hpp"
#include "sifang/io/sweep_samples.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

using namespace sifang;
using sifang::test::texts;

namespace {

const scenario& as_it_is() {
  static const scenario s = sifang_tests::input("xiapu-2022").settings;
  return s;
}
texts told(const std::vector<fault>& faults) {
  texts out;
  for (const fault& f : faults) out.push_back(to_string(f));
  return out;
}
texts faults_of(const texts& vary, const texts& fixed = {}) { return told(bind_ranges(vary, as_it_is(), fixed).faults()); }

}  // namespace

TEST_CASE("a range of the command line is bound to a number of the scenario", "[sensitivity]") {
  const texts vary{"choice.delay_weight=0.05 .. 0.5", " county.cadres =100..200.9", "load.silent_days"};
  const auto found = bind_ranges(vary, as_it_is());
  REQUIRE(found);
  REQUIRE(found->size() == 3);
  CHECK((*found)[0].range == plausible_range{law_kind::uniform, 0.05, as_it_is().choice.delay_weight, 0.5, false});
  CHECK((*found)[1].range.whole);
  CHECK((*found)[1].range.high == 200);
  CHECK((*found)[2].range.low < (*found)[2].range.high);
  CHECK_FALSE((*found)[2].source.empty());
  const std::vector<varied_value> all = plausible_values(as_it_is());
  CHECK(all.size() > 100);
  for (const varied_value& v : all) CHECK((v.range.low <= v.range.mode && v.range.mode <= v.range.high && v.range.low < v.range.high));
}

TEST_CASE("what is wrong with ranges is told all at once, with the nearest name", "[sensitivity]") {
  CHECK(faults_of({"choice.delay_wieght=0..1", "load.visit_share=-1..2", "county.cadres=5..5", "county.travel_speed=40..30", "x", "=1..2",
                   "load.silent_share=a..b", "scenario.warm_up=1..2", "choice.model=0..1", "load.group_share=0.1..0.2",
                   "load.group_share=0.1..0.3", "county.cadres", "rating.participation=0.5..nan"},
                  {"county.preparation=5"}) ==
        texts{"--vary: unknown key 'choice.delay_wieght'; did you mean 'choice.delay_weight'?",
              "--vary: 'load.visit_share' expected a value from 0 to 1; found -1",
              "--vary: 'load.visit_share' expected a value from 0 to 1; found 2",
              "--vary: expected a range that holds more than one value; found 'county.cadres=5..5'",
              "--vary: expected a range that holds more than one value; found 'county.travel_speed=40..30'", "--vary: unknown key 'x'",
              "--vary: expected key=low..high; found '=1..2'", "--vary: expected key=low..high; found 'load.silent_share=a..b'",
              "--vary: 'scenario.warm_up' expected one number of the county, none of [scenario]; found '" +
                  std::to_string(as_it_is().warm_up.count) + "'",
              "--vary: 'choice.model' expected one number of the county, none of [scenario]; found 'logit'",
              "--vary: expected each parameter once; found load.group_share",
              "--vary: expected key=low..high; found 'county.cadres', which has no plausible range",
              "--vary: expected key=low..high; found 'rating.participation=0.5..nan'"});
  CHECK(faults_of({"county.preparation=5..6"}, {"county.preparation=5"}) ==
        texts{"--vary: expected each parameter once; found county.preparation"});
}

TEST_CASE("samples of ranges: the scenario itself, then a Latin hypercube", "[sweep]") {
  const texts vary{"choice.delay_weight=0.05..0.5", "county.cadres=100..199", "reception.collision=merge|split"};
  const auto grid = sample_grid(vary, {}, as_it_is(), 40);
  REQUIRE(grid);
  CHECK(grid->size() == 41);
  CHECK(grid->is_sampled());
  REQUIRE(grid->axes().size() == 3);
  CHECK(grid->values(0)[0] == number_text(as_it_is().choice.delay_weight));
  CHECK(grid->values(0)[2] == "merge");
  CHECK(grid->asked(0) == "choice.delay_weight=0.05..0.5");
  CHECK(grid->asked(2) == "reception.collision=merge|split");
  std::set<int> parts, cadres;
  int merged = 0;
  for (std::size_t cell = 1; cell < grid->size(); ++cell) {
    const texts values = grid->values(cell);
    const double x = std::stod(values[0]);
    CHECK((x >= 0.05 && x <= 0.5));
    parts.insert(static_cast<int>((x - 0.05) / 0.45 * 40));
    CHECK(values[1].find('.') == std::string::npos);
    cadres.insert(std::stoi(values[1]) * 40 / 100);
    merged += values[2] == "merge" ? 1 : 0;
    CHECK(grid->settings(cell)[2] == "reception.collision=" + values[2]);
  }
  CHECK(parts.size() == 40);
  CHECK(cadres.size() >= 38);  // rounding may carry one over
  CHECK(merged == 20);
  CHECK(sample_grid(vary, {}, as_it_is(), 40)->values(17) == grid->values(17));
  scenario other = as_it_is();
  other.seed += 1;
  CHECK(sample_grid(vary, {}, other, 40)->values(17) != grid->values(17));
  // A further parameter leaves the others where they are.
  CHECK(sample_grid(texts{vary[0]}, {}, as_it_is(), 40)->values(17)[0] == grid->values(17)[0]);
  CHECK(sample_grid(texts{"load.silent_days"}, {}, as_it_is(), 1)->size() == 2);
}

TEST_CASE("what is wrong with samples is told", "[sweep]") {
  const auto wrong = [](const texts& vary, std::size_t samples = 5) { return told(sample_grid(vary, {}, as_it_is(), samples).faults()); };
  CHECK(wrong({"reception.collision=merge|split"}) == texts{"--vary: expected key=low..high; found ''"});
  CHECK(wrong({"choice.delay_weight=0.5..0.05"}) ==
        texts{"--vary: expected a range that holds more than one value; found 'choice.delay_weight=0.5..0.05'"});
  CHECK(wrong({"choice.delay_weight=0.1..0.2", "choice.delay_weight=0.1|0.2"}) ==
        texts{"--vary: expected each parameter once; found choice.delay_weight"});
  CHECK(wrong({"choice.delay_weight=0.1..0.2"}, 1000000) == texts{"--vary: 'cells' expected a value at most 1000000; found more"});
}

TEST_CASE("a study of two policies leaves out what the policies differ in", "[sensitivity]") {
  const auto file = [](const std::string& name) { return std::filesystem::path(sifang_tests::scenario_file(name)); };
  sensitivity_wanted wanted{file("xiapu-2022"), file("xiapu-without-campaign"), "heard_15d", {}};
  const auto plan = plan_sensitivity(wanted, {});
  REQUIRE(plan);
  CHECK(plan->other.has_value());
  CHECK(plan->task.figure.is_difference);
  CHECK(plan->values.size() == plan->task.parameters.size());
  CHECK(plan->values.size() > 100);
  wanted.metric = "heard_15";
  wanted.vary = {"session.principal.receivers=1..2", "campaign.days"};
  std::vector<std::string> faults = told(plan_sensitivity(wanted, {}).faults());
  CHECK(std::any_of(faults.begin(), faults.end(),
                    [](const std::string& f) { return f.find("did you mean 'heard_15d'?") != std::string::npos; }));
  wanted.matters = {"heard_30d=1pp", "heard_15d=3"};
  faults = told(plan_sensitivity(wanted, {}).faults());
  CHECK(std::any_of(faults.begin(), faults.end(), [](const std::string& f) { return f.starts_with("--matters: 'heard_15d' expected"); }));
  wanted.matters = {"heard_30d=1pp"};
  wanted.metric = "heard_15d";
  wanted.vary.clear();
  CHECK(told(plan_sensitivity(wanted, {}).faults()) ==
        std::vector<std::string>{"--matters: 'metric' expected one of heard_15d; found 'heard_30d'; did you mean 'heard_15d'?"});
  wanted.matters = {"heard_15d=2pp"};
  CHECK(plan_sensitivity(wanted, {})->task.matters.at(0).value == 0.02);
  wanted = {file("xiapu-2022"), {}, "heard_15d", {}, true};
  CHECK(told(plan_sensitivity(wanted, {}).faults()).front().find("32 parameters or fewer") != std::string::npos);
  wanted = {file("xiapu-2022"), file("wednesday"), "heard_15d", {"session.principal.publicity=0.5..0.9"}};
  const auto named = plan_sensitivity(wanted, {});
  REQUIRE(named);
  const varied_worlds worlds(named->base, &*named->other);
  const std::vector<numbered_value> at{{"session.principal.publicity", 0.75}};
  const auto w = worlds(at, 1);
  REQUIRE(w);
  for (const session_kind& kind : w->setting().reception.sessions) CHECK((kind.publicity == 0.75) == (kind.id == "principal"));
  CHECK_FALSE(worlds(std::vector<numbered_value>{{"session.principal.publicity", 75}}, 0).has_value());
}

namespace {

/// A study made by hand: one assumption changes the verdict, one does not, one moves nothing.
struct made_by_hand {
  std::vector<varied_value> values;
  sensitivity_task task;
  sensitivity_result found;

  explicit made_by_hand(bool difference) {
    values = *bind_ranges(texts{"choice.delay_weight=0.05..0.5", "county.cadres=1000..5000", "county.travel_speed=20..60"}, as_it_is());
    for (const varied_value& v : values) task.parameters.push_back({v.about.about.key, v.range});
    task.figure = {metric::heard_15d, difference};
    const auto point = [](double x) { return point_figure{{x, x - 0.01, x + 0.01, interval_kind::two_sided}, 0.5, 0.5 + x, 0.005, {}}; };
    screening_result s{8, 2, 8, 1, {}, {0, 1, 2}, true};
    s.effects.resize(3);
    s.effects[0] = {{0.2, 0.1, 0.3, interval_kind::two_sided}, {0.25, 0.2, 0.3, interval_kind::two_sided}, 0.05, 0.01, 2, false};
    s.effects[1] = {{0.01, 0, 0.02, interval_kind::two_sided}, {0.01, 0, 0.02, interval_kind::two_sided}, 0.01, 0.01, 2, false};
    found.screening = s;
    assumptions_result a{96, 12, point(0.1), {}, expected_verdict::rises, 0.005, true};
    a.assumptions.push_back({0, {{0.05, point(0.2)}, {values[0].range.mode, point(0.1)}, {0.5, point(-0.1)}}, {}});
    if (difference) {
      a.assumptions[0].changes.push_back(
          {{0.25, 0.2, 0.3, 0.24, 0.26, false, false}, expected_verdict::rises, expected_verdict::none, true});
      a.assumptions[0].changes.push_back(
          {{0.3, 0.25, 0.5, 0.29, 0.31, false, true}, expected_verdict::none, expected_verdict::falls, true});
    }
    a.assumptions.push_back({1, {{1000, point(0.1)}, {5000, point_figure{}}}, {}});
    found.assumptions = a;
  }
  std::string table(language lang = language::en) const { return sensitivity_tables(values, task, found, "now", "other", 20, lang); }
};

}  // namespace

TEST_CASE("a study of sensitivity ends in one sentence, in both languages", "[sensitivity]") {
  const made_by_hand two(true);
  const std::string en = two.table(), zh = two.table(language::zh);
  CHECK(en.find("other against now: better, +10.00 [+9.00, +11.00] pp. It changes with 1 of the 2 assumptions tried: "
                "choice.delay_weight above 0.25 [0.2, 0.3] (now 0.12): no difference that matters.") != std::string::npos);
  CHECK(en.find("no difference that matters above 0.25 [0.2, 0.3]; worse above 0.3 [0.25, …]") != std::string::npos);
  CHECK(en.find("does not change (where it can be)") != std::string::npos);
  CHECK(en.find("Of 3 parameters 1 move nothing, and 1 not clearly more than noise") != std::string::npos);
  CHECK(zh.find("其中 1 个不起作用") != std::string::npos);
  CHECK(zh.find("choice.delay_weight 高于 0.25 [0.2, 0.3]（现值 0.12）：无实质差异") != std::string::npos);
  CHECK(zh.find("pp") != std::string::npos);
  const made_by_hand one(false);
  CHECK(one.table().find("It depends most on choice.delay_weight, then county.cadres.") != std::string::npos);
  made_by_hand held(true);
  held.found.assumptions->assumptions[0].changes.clear();
  held.found.assumptions->is_told = false;
  CHECK(held.table().find("(more years would make that sure). None of the 2 assumptions tried changes that within its range.") !=
        std::string::npos);
  made_by_hand still(true);
  still.found.screening.reset();
  for (assumption_result& a : still.found.assumptions->assumptions) {
    for (assumption_point& p : a.points) p.found = still.found.assumptions->usual;
    a.changes.clear();
  }
  CHECK(still.table().find("It is the same at every point: none of these numbers touches this metric.") != std::string::npos);
  CHECK(still.table().find("nan") == std::string::npos);
}

TEST_CASE("the files of a study of sensitivity hold what was found", "[sensitivity]") {
  made_by_hand two(true);
  indices_result i{8, 40, 0, {}};
  i.found.variance = 0.01;
  i.found.indices.assign(3, {{0.3, 0.2, 0.4, interval_kind::two_sided}, {0.5, 0.4, 0.6, interval_kind::two_sided}, 0.05});
  two.found.indices = i;
  const sensitivity_origin origin{"1.2", "now", "other", {"a=1"}, {"b=1..2"}, "default", 5};
  const std::string even = break_even_csv(two.values, *two.found.assumptions, "higher");
  CHECK(even.find("choice.delay_weight,") != std::string::npos);
  CHECK(even.find(",better,no_difference_that_matters,above,0.25,0.2,0.3,no,no,0.24,0.26,no\r\n") != std::string::npos);
  CHECK(even.find(",better,,,,,,,,,,yes\r\n") != std::string::npos);
  const auto rows = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  CHECK(rows(even) == 1 + 3);
  CHECK(rows(screening_csv(two.values, *two.found.screening)) == 1 + 3);
  CHECK(rows(indices_csv(two.values, i)) == 1 + 3);
  CHECK(rows(assumptions_csv(two.values, *two.found.assumptions)) == 1 + 5);
  const auto json = nlohmann::json::parse(detail::sensitivity_json_writer(two.values, two.task, two.found).write(origin));
  CHECK(json["format"] == "sifang-sensitivity");
  CHECK(json["metric"] == "heard_15d");
  CHECK(json["parameters"].size() == 3);
  CHECK(json["screening"]["effects"][0]["size"][0] == 0.25);
  CHECK(json["indices"]["of"][2]["total"][0] == 0.5);
  CHECK(json["assumptions"]["verdict"] == "better");
  CHECK(json["assumptions"]["of"][0]["changes"][1]["to"] == "worse");
  CHECK(json["assumptions"]["of"][1]["points"][1]["figure"].is_null());
  CHECK(nlohmann::json::parse(sensitivity_manifest(origin, "heard_15d"))["command"] == "sensitivity");
}
