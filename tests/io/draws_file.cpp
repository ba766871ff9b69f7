// SPDX-License-Identifier: BSL-1.0
#include "sifang/io/draws_file.hpp"

#include "catch.hpp"
#include "county/doubtful_scenario.hpp"
#include "sifang/io/csv.hpp"

#include <string>
#include <vector>

using namespace sifang;

namespace {

std::vector<std::string> faults_of(const std::string& text, language lang = language::en) {
  std::vector<std::string> out;
  for (const fault& f : parse_draws(text, "draws.csv", test::doubtful_scenario()).faults()) out.push_back(to_string(f, lang));
  return out;
}

}  // namespace

TEST_CASE("draws are read by the keys in their header") {
  const std::string text = "choice.delay_weight,category.land.work_hours,load.backlog\n0.05,12,100\n0.2,20,118\n1e-1,7.5,0\n";
  const auto all = parse_draws(text, "draws.csv", test::doubtful_scenario());
  REQUIRE(all);
  CHECK(all->keys == std::vector<std::string>{"choice.delay_weight", "category.land.work_hours", "load.backlog"});
  CHECK(all->rows == std::vector<std::vector<double>>{{0.05, 12, 100}, {0.2, 20, 118}, {0.1, 7.5, 0}});
}

TEST_CASE("what is wrong with a file of draws is told with line and column") {
  CHECK(faults_of("choice.delay_wieght\n0.1\n") ==
        std::vector<std::string>{"draws.csv:1:1: unknown key 'choice.delay_wieght'; did you mean 'choice.delay_weight'?"});
  CHECK(faults_of("choice.model,choice.climb\nlogit,0.5\n").size() == 1);
  CHECK(faults_of("choice.climb,scenario.seed\n0.5,7\n").size() == 1);
  CHECK(faults_of("choice.climb,session.principal.start\n0.5,500\n").size() == 1);
  const auto values = faults_of("choice.climb,load.silent_share\n0.5,0.1\nmuch,0.1\n0.5,1.5\n0.5,nan\n");
  REQUIRE(values.size() == 3);
  CHECK(values[0].starts_with("draws.csv:3:1: "));
  CHECK(values[1].starts_with("draws.csv:4:5: "));
  CHECK(values[2].starts_with("draws.csv:5:5: "));
  const auto fraction = faults_of("load.backlog\n10\n10.5\n");
  REQUIRE(fraction.size() == 1);
  CHECK(fraction[0] == "draws.csv:3:1: 'load.backlog' expected a whole number; found 10.5");
  CHECK(faults_of("choice.climb,choice.climb\n1,2\n").size() == 1);
  CHECK(faults_of("choice.climb,load.silent_share\n0.5\n").size() == 1);
  CHECK(faults_of("choice.climb\n") ==
        std::vector<std::string>{"draws.csv: expected a row for each draw below the header; the file is empty"});
  CHECK_FALSE(faults_of("").empty());
  CHECK_FALSE(faults_of("\"choice.climb\n0.5\n").empty());
}

TEST_CASE("faults of draws are told in Chinese too") {
  for (const char* text : {"choice.climb\n", "choice.model\nlogit\n", "load.backlog\n10.5\n", "choice.climp\n1\n"}) {
    for (const std::string& line : faults_of(text, language::zh)) {
      CAPTURE(line);
      CHECK(line.find(" a ") == std::string::npos);
      CHECK(line.find("one number") == std::string::npos);
    }
  }
}

TEST_CASE("draws that were made read back the same from a table of them") {
  const parameter_draws made = plausible_draws(test::doubtful_scenario(), 3);
  csv_writer csv({});
  for (const std::string& key : made.keys) csv.field(key);
  csv.end_row();
  for (const auto& row : made.rows) {
    for (const double x : row) csv.field(x);
    csv.end_row();
  }
  const auto read = parse_draws(csv.text().substr(3), "draws.csv", test::doubtful_scenario());
  REQUIRE(read);
  CHECK(read->keys == made.keys);
  CHECK(read->rows == made.rows);
}
