// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/sweep_report.hpp"
#include "sifang/io/sweep_study.hpp"
#include "small_county.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

using namespace sifang;
using sifang::test::small_county;
using sifang::test::texts;

namespace {

sweep_words words_of(const sweep_grid& grid) {
  static const named_texts source = small_county();
  sweep_plan plan = plan_sweep(grid, sweep_worlds("s.toml", {{}, 2, {}, {}}, grid, source));
  REQUIRE(plan.faults.empty());
  CHECK(plan.county.size() > 0);
  return std::move(plan.words);
}
/// What was found of cells, as a line of the numbers that vary has it.
template <class Figure>
sweep_result found(const sweep_words& words, Figure&& figure) {
  sweep_result r;
  r.replications = 20;
  r.cells.resize(words.cells());
  for (std::size_t cell = 0; cell < words.cells(); ++cell) {
    const double y = figure(cell);
    r.cells[cell].values.assign(sweep_metrics.size(), interval{y, y - 1, y + 1, interval_kind::two_sided});
    if (cell > 0)
      r.cells[cell].differences.assign(sweep_metrics.size(), {interval{y, y - 2, y + 2, interval_kind::two_sided}, 1, "changed"});
  }
  return r;
}

}  // namespace

TEST_CASE("what varies in a sweep is told in words, each value once") {
  const auto grid =
      sweep_grid::parse(texts{"session.principal.recur=FREQ=MONTHLY;BYMONTHDAY=15|FREQ=WEEKLY;BYDAY=WE", "clocks.accept=15|20"});
  REQUIRE(grid);
  const sweep_words words = words_of(*grid);
  REQUIRE(words.axes().size() == 2);
  const told_axis &days = words.axes()[0], &clock = words.axes()[1];
  CHECK(days.key == "session.principal.recur");
  CHECK(days.means.zh != days.key);
  REQUIRE(days.values.size() == 2);
  CHECK(days.values[1].words == text_pair{"every Wednesday", "每周三"});
  CHECK_FALSE(days.values[1].number);
  CHECK(days.of_cell == std::vector<std::size_t>{0, 0, 1, 1});
  CHECK(clock.of_cell == std::vector<std::size_t>{0, 1, 0, 1});
  CHECK(clock.values[1].number == 20.0);
  CHECK(clock.values[1].words.zh.starts_with("20"));
  CHECK(clock.values[1].words.zh != "20");
  CHECK(words.cells() == 4);
  // Without a world there are keys and texts; a world of a cell beyond those that are reported changes nothing.
  CHECK(sweep_words(*grid).axes()[0].means.en == "session.principal.recur");
  CHECK(sweep_words().cells() == 0);
}

TEST_CASE("a report has the first cells of a large sweep") {
  std::string text = "a=0";
  for (int i = 1; i < 3000; ++i) text += '|' + std::to_string(i);
  const auto grid = sweep_grid::parse(texts{text});
  REQUIRE(grid);
  const sweep_words words(*grid);
  CHECK(words.cells() == most_cells_reported);
  CHECK(words.axes()[0].values.size() == most_cells_reported);
}

TEST_CASE("the effects of a grid are those of its numbers, and of each value that is none against the first") {
  const auto grid = sweep_grid::parse(
      texts{"load.multiplier=1|2|4", "session.principal.recur=FREQ=MONTHLY;BYMONTHDAY=15|FREQ=WEEKLY;BYDAY=WE|FREQ=WEEKLY;BYDAY=MO"});
  REQUIRE(grid);
  const sweep_words words = words_of(*grid);
  const double of_days[] = {0, 5, -3};
  sweep_result r = found(words, [&](std::size_t cell) { return 10 + 2 * std::pow(2, cell / 3) + of_days[cell % 3]; });
  const sweep_effects e = effects_of(words, r, false, 0.95);
  REQUIRE(e.terms.size() == 3);
  CHECK(e.terms[0].axis == 0);
  CHECK_FALSE(e.terms[0].value);
  CHECK(e.terms[2].value == std::size_t{2});
  REQUIRE(e.by_metric.size() == sweep_metrics.size());
  CHECK(e.by_metric[3].of[0].over.estimate == Approx(6));
  CHECK(e.by_metric[3].of[1].over.estimate == Approx(5));
  CHECK(e.by_metric[3].of[2].over.estimate == Approx(-3));
  CHECK(e.by_metric[3].points == 9);
  // A cell without the figure is left out; of samples the first cell is none of the design.
  r.cells[4].values[3] = {};
  CHECK(effects_of(words, r, false, 0.95).by_metric[3].points == 8);
  CHECK(effects_of(words, r, true, 0.95).by_metric[2].points == 8);
}

TEST_CASE("the data of a report are words, numbers and effects of the same cells") {
  const auto grid = sweep_grid::parse(texts{"load.multiplier=1|2", "session.principal.receivers=1|2"});
  REQUIRE(grid);
  const sweep_words words = words_of(*grid);
  sweep_result r = found(words, [](std::size_t cell) { return static_cast<double>(cell); });
  r.costs.policies.resize(4);
  r.costs.services.push_back({"heard_15d", "Heard", "接谈", "matter", "件"});
  for (result_policy_cost& p : r.costs.policies) p.services.push_back({{}, {}, "base", {}, {}, "dominated", false, {3}});
  sweep_report_about about{words, "<县>", "2022-01-01", "2022-12-31", {"t", "题"}, {{"w", "警"}}, {"sweep", "x"}};
  const sweep_origin origin{"0.1.0", "small", {}, 7, 0.95};
  const std::string text = sweep_report_json(*grid, r, origin, about);
  const auto tree = nlohmann::json::parse(text);
  CHECK(tree["kind"] == "sweep");
  CHECK(tree["county"] == "<县>");
  CHECK(tree["cells_in_all"] == 4);
  CHECK_FALSE(tree["sampled"].get<bool>());
  CHECK(tree["warnings"][0]["zh"] == "警");
  CHECK(tree["axes"][0]["other_matters"] == true);
  CHECK(tree["axes"][0]["decided"] == false);
  CHECK(tree["axes"][1]["decided"] == true);
  CHECK(tree["axes"][1]["asked"] == "session.principal.receivers=1|2");
  CHECK(tree["cells"][2]["at"] == nlohmann::json::parse("[1, 0]"));
  CHECK(tree["cells"][2]["values"][0] == nlohmann::json::parse("[2, 1, 3]"));
  CHECK(tree["cells"][0]["differences"].empty());
  CHECK(tree["cells"][3]["differences"][1][4] == "changed");
  CHECK(tree["costs"]["policies"].size() == 4);
  CHECK(tree["effects"]["terms"].size() == 2);
  CHECK(tree["effects"]["by_metric"][0]["of"].empty());  // four cells are too few
  CHECK(text == sweep_report_json(*grid, r, origin, about));
  // Of cells that are not reported nobody is named.
  const result_costs first = detail::first_costs(r.costs, 2);
  CHECK(first.policies.size() == 2);
  CHECK(first.policies[0].services[0].by.empty());
}
