// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/sweep_grid.hpp"
#include "sifang/io/sweep_results.hpp"
#include "sifang/io/sweep_tables.hpp"

#include <nlohmann/json.hpp>

using namespace sifang;
using sifang::test::texts;

namespace {

texts faults_of(const texts& vary, const texts& fixed = {}) {
  texts out;
  for (const fault& f : sweep_grid::parse(vary, fixed).faults()) out.push_back(to_string(f));
  return out;
}
sweep_grid grid_of(const texts& vary) {
  auto g = sweep_grid::parse(vary);
  REQUIRE(g);
  return *std::move(g);
}

}  // namespace

TEST_CASE("a grid has every combination, and the last parameter changes fastest") {
  const sweep_grid g = grid_of({"a.b = 1| 2 |3", "c=FREQ=WEEKLY;BYDAY=MO,WE|FREQ=MONTHLY;BYMONTHDAY=15"});
  REQUIRE(g.size() == 6);
  CHECK(g.settings(0) == texts{"a.b=1", "c=FREQ=WEEKLY;BYDAY=MO,WE"});
  CHECK(g.settings(1) == texts{"a.b=1", "c=FREQ=MONTHLY;BYMONTHDAY=15"});
  CHECK(g.values(4) == texts{"3", "FREQ=WEEKLY;BYDAY=MO,WE"});
  CHECK(g.name(5) == "a.b=3 c=FREQ=MONTHLY;BYMONTHDAY=15");
  CHECK(grid_of({"x=[1, 2]"}).values(0) == texts{"[1, 2]"});
}

TEST_CASE("everything that is wrong with a grid is told at once") {
  CHECK(faults_of({"a", "=1", "b=1||2", "c=1|1", "d=1", "d=2", "e=3", "scenario.replications=1|2", "scenario.confidence=0.9|0.99"},
                  {"e=4"}) == texts{"--vary: expected key=value|value|…; found 'a'", "--vary: expected key=value|value|…; found '=1'",
                                    "--vary: expected key=value|value|…; found 'b=1||2'", "--vary: expected each value once; found c=1",
                                    "--vary: expected each parameter once; found d", "--vary: expected each parameter once; found e",
                                    "--vary: expected a parameter in which cells may differ; found scenario.replications",
                                    "--vary: expected a parameter in which cells may differ; found scenario.confidence"});
  CHECK(faults_of({}).size() == 1);
  texts many;
  for (char key = 'a'; key < 'h'; ++key) many.push_back(std::string(1, key) + "=1|2|3|4|5|6|7|8|9");
  CHECK(faults_of(many) == texts{"--vary: 'cells' expected a value at most 1000000; found more"});
}

TEST_CASE("what is wrong with a grid is told in Chinese too") {
  texts many;
  for (char key = 'a'; key < 'h'; ++key) many.push_back(std::string(1, key) + "=1|2|3|4|5|6|7|8|9");
  many.insert(many.end(), {"x=1|1", "x=2", "scenario.replications=1"});
  const auto faults = sweep_grid::parse(many).faults();
  CHECK(faults.size() == 4);
  for (const fault& f : faults) {
    const std::string line = to_string(f, language::zh);
    for (const char* english : {"expected", "each", "parameter", "cells", "more", "at most"})
      CHECK(line.find(english) == std::string::npos);
  }
}

TEST_CASE("the work for a grid grows with its cells, not with their square") {  // which would take minutes here
  std::string text = "a=0";
  for (int i = 1; i < 300000; ++i) text += '|' + std::to_string(i);
  const sweep_grid g = grid_of({text});
  REQUIRE(g.size() == 300000);
  std::vector<std::vector<fault>> by_cell(g.size());
  for (std::size_t cell = 0; cell < g.size(); ++cell)
    by_cell[cell] = {{fault_kind::out_of_range, {"--set"}, {"a", "at most 1", g.values(cell).front()}}};
  CHECK(faults_of_cells(g, by_cell).size() == g.size());
}

TEST_CASE("a fault that one cell has twice is a fault of that cell") {
  const fault twice{fault_kind::syntax, {"x.toml", 9, 1}, {"y", "z"}};
  const auto found = faults_of_cells(grid_of({"a=1|2"}), std::vector<std::vector<fault>>{{}, {twice, twice}});
  REQUIRE(found.size() == 1);
  CHECK(to_string(found.front()) == "--vary #2 (a=2): x.toml:9:1: expected y; found z");
}

TEST_CASE("a fault that some cells have is told once, in the first of them") {
  const sweep_grid g = grid_of({"a=1|2", "b=1|2"});
  const fault everywhere{fault_kind::empty_file, {"x.toml", 3, 1}, {"text"}};
  const fault wrong_b{fault_kind::out_of_range, {"--set"}, {"b", "at most 1", "2"}};
  const fault together{fault_kind::syntax, {"x.toml", 9, 1}, {"y", "z"}};
  const std::vector<std::vector<fault>> by_cell{{everywhere}, {everywhere, wrong_b}, {everywhere}, {everywhere, wrong_b, together}};
  texts lines;
  for (const fault& f : faults_of_cells(g, by_cell)) lines.push_back(to_string(f));
  CHECK(lines == texts{"x.toml:3:1: expected text; the file is empty", "--vary #2 (a=1 b=2): 'b' expected a value at most 1; found 2",
                       "--vary #4 (a=2 b=2): x.toml:9:1: expected y; found z"});
}

TEST_CASE("a hundred wrong texts of a grid are told in a few lines") {
  const auto faults = sweep_grid::parse(std::vector<std::string>(100, "nothing")).faults();
  REQUIRE(faults.size() == most_faults_of_a_kind + 1);
  CHECK(sentence(faults.back()) == "and 90 more faults of this kind");
}

TEST_CASE("the tables of a sweep have a row for each cell and metric, and say what is not known") {
  const sweep_grid g = grid_of({"key=1,5|2"});
  sweep_result r;
  r.replications = 8;
  r.cells.resize(2);
  for (sweep_cell& c : r.cells) c.values.assign(sweep_metrics.size(), interval{0.5, 0.25, 0.75, interval_kind::two_sided});
  for (sweep_cell& c : r.cells) c.parts.assign(sweep_metrics.size(), ratio_parts{4, 8});
  r.cells[0].values[1] = {};
  r.cells[0].parts[1] = {};
  r.cells[1].values[1] = interval{3, 3, 3, interval_kind::too_little_data};
  r.cells[1].differences.assign(sweep_metrics.size(), {interval{-1, -1.5, -0.5, interval_kind::two_sided}, 2.5, "better"});
  r.cells[1].differences[1] = {};
  r.units = {{"clerks", "Clerks", "人员"}, {"a", "甲局", "甲局"}, {"b", "乙局", "乙局"}};
  r.cells[0].busy = {
      {0.1, 0.05, 0.15, interval_kind::two_sided}, {0.2, 0.1, 0.3, interval_kind::two_sided}, {0.4, 0.3, 0.5, interval_kind::two_sided}};
  CHECK(sweep_units_csv(g, r) ==
        "\xEF\xBB\xBF"
        "cell,key,unit,name_en,name_zh,utilisation,lower,upper,interval,interval_en,interval_zh\r\n"
        "1,\"1,5\",clerks,Clerks,人员,0.1,0.05,0.15,two_sided,interval,区间\r\n"
        "1,\"1,5\",a,甲局,甲局,0.2,0.1,0.3,two_sided,interval,区间\r\n"
        "1,\"1,5\",b,乙局,乙局,0.4,0.3,0.5,two_sided,interval,区间\r\n");
  CHECK(sweep_units_table(g, r, language::en) ==
        "Busiest: share of the working time of a unit's handlers\n"
        "#  key  Clerks  busiest      then         then  all units, mean\n"
        "-  ---  ------  -----------  -----------  ----  ---------------\n"
        "1  1,5  10.0 %  乙局 40.0 %  甲局 20.0 %        30.0 %\n\n");
  CHECK(sweep_units_table(g, sweep_result{}, language::zh).empty());
  const std::string csv = sweep_csv(g, r);
  CHECK(
      csv.starts_with("\xEF\xBB\xBF"
                      "cell,key,metric,unit,estimate,lower,upper,difference,difference_lower,difference_upper,variance_ratio,verdict,"
                      "interval,interval_en,interval_zh,"
                      "difference_interval,difference_interval_en,difference_interval_zh,numerator,denominator\r\n"
                      "1,\"1,5\",heard_15d,share,0.5,0.25,0.75,,,,,,two_sided,interval,区间,none,no data,无数据,0.5,1\r\n"
                      "1,\"1,5\",heard_30d,share,,,,,,,,,none,no data,无数据,none,no data,无数据,,\r\n"));
  CHECK(
      csv.find("\r\n2,2,heard_15d,share,0.5,0.25,0.75,-1,-1.5,-0.5,2.5,better,two_sided,interval,区间,two_sided,interval,区间,0.5,1\r\n"
               "2,2,heard_30d,share,3,,,,,,,,too_few_years,too few years for an interval,年数太少不给区间,none,no data,无数据,0.5,1\r\n") !=
      std::string::npos);
  CHECK(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')) == 1 + 2 * sweep_metrics.size());
  const auto tree = nlohmann::json::parse(sweep_json(g, r, {"0.1.0", "small", {}, 7, 0.95}));
  CHECK(tree["format"] == "sifang-sweep");
  CHECK(tree["cells"][1]["parameters"][0] == "2");
  CHECK(tree["cells"][0]["differences"].empty());
  CHECK(tree["cells"][1]["values"][1] == nlohmann::json::parse("[3, null, null, \"too_few_years\"]"));
  CHECK(tree["cells"][1]["parts"][0] == nlohmann::json::parse("[4.0, 8.0]"));
  CHECK(tree["cells"][0]["parts"][1].is_null());
  CHECK(tree["cells"][1]["differences"][0] == nlohmann::json::parse("[-1, -1.5, -0.5, 2.5, \"better\"]"));
  CHECK(tree["cells"][1]["differences"][1].is_null());
  CHECK(tree["units"][2]["zh"] == "乙局");
  CHECK(tree["cells"][0]["busy"][1] == nlohmann::json::parse("[0.2, 0.1, 0.3]"));
  CHECK(tree["cells"][1]["busy"].empty());
  CHECK(tree["metrics"].size() == sweep_metrics.size());
  CHECK(nlohmann::json::parse(sweep_manifest(g, r, {"0.1.0", "small", {"a=1"}, 7, 0.95}))["vary"][0] == "key=1,5|2");
  CHECK(nlohmann::json::parse(sweep_manifest(g, r, {"0.1.0", "small", {}, 7, 0.95, "cases.csv"}))["cases"] == "cases.csv");
}
