// SPDX-License-Identifier: BSL-1.0
#include "sifang/io/unknowns_tables.hpp"

#include "catch.hpp"
#include "sifang/experiment/results_difference.hpp"
#include "sifang/io/results.hpp"
#include "sifang/io/results_reader.hpp"
#include "small_result.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace sifang;

namespace {

/// The small comparison, over 40 draws of two numbers of which the second does nothing. One draw is refused.
struct small_loop {
  parameter_draws drawn{{"choice.delay_weight", "choice.climb"}, {}};
  drawn_outcomes played{{40, 2, 3, 1}};
  result r = test::small_result();

  explicit small_loop(std::size_t draws = 40) {
    for (std::size_t d = 0; d < draws; ++d) {
      const double x = static_cast<double>(d) / static_cast<double>(draws - 1), y = std::fmod(x * 17, 1.0);
      drawn.rows.push_back({x, y});
      std::vector<double> piece{d == 5 ? 0.0 : 1.0};
      for (int i = 0; i < 3; ++i) piece.push_back(10.0 + i);          // the base, year by year
      for (int i = 0; i < 3; ++i) piece.push_back(10.0 + i - 4 * x);  // the other
      piece.insert(piece.end(), 6, 1.0);                              // denominators
      played.take(piece);
    }
    r.unknowns = unknowns_of(r, played, drawn, std::vector<std::string>{"wait_days"}, {{"choice.delay_weight", 0.12}});
  }
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the draws of a comparison are assembled into its result") {
  const small_loop loop;
  const result_unknowns& u = *loop.r.unknowns;
  CHECK(u.draws == 39);
  CHECK(u.refused == 1);
  CHECK(u.replications == 3);
  REQUIRE(u.parameters.size() == 2);
  CHECK(u.parameters[0].value == 0.12);
  CHECK(u.parameters[0].low == 0);
  CHECK(u.parameters[0].high == 1);
  REQUIRE(u.figures.size() == 1);
  CHECK(u.figures[0].metric == "wait_days");
  CHECK(u.figures[0].verdict == "better");
  CHECK(u.figures[0].draws == 39);
  CHECK(u.figures[0].holds.estimate > 0.8);
  REQUIRE(u.figures[0].depends.size() == 1);
  CHECK(u.figures[0].depends[0].key == "choice.delay_weight");
  CHECK(u.figures[0].depends[0].correlation == Approx(-1));
}

TEST_CASE("a planner's own smallest difference decides over the draws too") {
  small_loop loop;
  result_comparison& c = loop.r.comparisons.front();
  const auto m = static_cast<std::size_t>(
      std::find_if(loop.r.metrics.begin(), loop.r.metrics.end(), [](const result_metric& one) { return one.id == "wait_days"; }) -
      loop.r.metrics.begin());
  c.matters.assign(loop.r.metrics.size(), 0.5);  // half a day is what matters anyway
  const auto judged = [&] { return unknowns_of(loop.r, loop.played, loop.drawn, std::vector<std::string>{"wait_days"}, {}).figures[0]; };
  const double usual = judged().same.estimate;
  CHECK(usual == loop.r.unknowns->figures[0].same.estimate);
  c.matters[m] = 3.1;  // differences of the draws are from 0 to 4 days
  CHECK(judged().same.estimate > usual + 0.5);
}

TEST_CASE("what was drawn is written to results and read back; results without it have none") {
  const small_loop loop;
  const std::string text = results_json(loop.r);
  CHECK(has(text, "\"unknowns\":"));
  const auto again = parse_results(text, "results.json");
  REQUIRE(again);
  CHECK(results_json(*again) == text);
  CHECK(again->unknowns->figures[0].depends[0].part == loop.r.unknowns->figures[0].depends[0].part);
  const std::string without = results_json(test::small_result());
  CHECK_FALSE(has(without, "unknowns"));
  const auto older = parse_results(without, "results.json");
  REQUIRE(older);
  CHECK_FALSE(older->unknowns);
  const auto replaced = [&](std::string_view from, std::string_view to) {
    std::string wrong = text;
    const std::size_t at = wrong.find(from, wrong.find("\"unknowns\":"));
    REQUIRE(at != std::string::npos);
    return parse_results(wrong.replace(at, from.size(), to), "results.json");
  };
  CHECK_FALSE(replaced("\"other\":1", "\"other\":2"));
  CHECK_FALSE(replaced("\"draws\":39", "\"draws\":\"many\""));
  CHECK_FALSE(replaced("\"draws\":39,", ""));
  const auto other_kept = replaced("\"others_drawn\":false,", "");  // older results do not say
  REQUIRE(other_kept);
  CHECK_FALSE(other_kept->unknowns->others_drawn);
  // Two results are compared whether one of them has draws or not.
  CHECK_FALSE(difference_of_results(*older, *again).figures.empty());
  const std::string manifest = manifest_json(loop.r, {"compare", {}, {}, {}, "", "", 0, "draws.csv"});
  CHECK(has(manifest, "\"unknowns\":"));
  CHECK(has(manifest, "\"draws\":40"));
  CHECK(has(manifest, "\"file\":\"draws.csv\""));
  CHECK_FALSE(has(manifest_json(test::small_result(), {"compare", {}, {}}), "unknowns"));
}

TEST_CASE("both widths, the share of draws and what a difference depends on are told in both languages") {
  small_loop loop;
  const std::string en = unknowns_tables(loop.r, language::en), zh = unknowns_tables(loop.r, language::zh);
  CAPTURE(en, zh);
  CHECK(has(en, "What we do not know: 2 numbers drawn together 39 times from their plausible ranges, 3 years each on\n  the same luck\n"));
  CHECK(has(en, "1 draw broke a rule and was left out\n"));
  CHECK(has(en, "wednesday minus base\n"));
  CHECK(
      has(en, "Days: ± 0.25 from chance, -3.81 … -0.19 from what we do not know; depends most on\n  choice.delay_weight (-1.00, 100 %)\n"));
  CHECK(has(en, "-1.50"));
  CHECK(has(en, "better"));
  CHECK(has(zh, "未知因素：2 个数值联合抽取 39 次"));
  CHECK(has(zh, "主要取决于 choice.delay_weight"));
  CHECK_FALSE(has(zh, "draw"));
  loop.r.unknowns->source = "draws.csv";
  CHECK(has(unknowns_tables(loop.r, language::en), "39 times from draws.csv (all others are kept), 3 years"));
  loop.r.unknowns->others_drawn = true;
  CHECK(has(unknowns_tables(loop.r, language::en), "39 times from draws.csv (all others from"));
  CHECK(has(results_json(loop.r), "\"others_drawn\":true"));
  loop.r.unknowns->figures[0].holds = {};
  loop.r.unknowns->figures[0].verdict = "cant_tell";
  loop.r.unknowns->figures[0].depends.clear();
  const std::string open = unknowns_tables(loop.r, language::en);
  CHECK(has(open, "less 87 %, same 13 %, more 0 %"));
  CHECK_FALSE(has(open, "depends most on"));
  loop.r.unknowns->figures[0].verdict = "no_difference_that_matters";
  loop.r.unknowns->figures[0].holds = {0.97, 0.9, 0.99, interval_kind::two_sided};
  const std::string settled = unknowns_tables(loop.r, language::zh);
  CHECK(has(settled, "wednesday 减 base\n至少 95 % 的抽取中无实质差异：天数。\n未知占比"));
  loop.r.unknowns->figures[0].holds.estimate = 0.94;
  CHECK(has(unknowns_tables(loop.r, language::zh), "94 % [90, 99]"));
  CHECK(unknowns_tables(test::small_result(), language::en).empty());
}

TEST_CASE("a range whose ends look the same is one figure") {
  const auto text = [](double low, double high, const char* unit) {
    return detail::unknown_range_text({low, low, high, interval_kind::two_sided}, unit, language::en);
  };
  CHECK(text(0.0002, 0.00021, "share") == "+0.02 pp");
  CHECK(text(0.0002, 0.0003, "share") == "+0.02 … +0.03 pp");
  CHECK(text(-1.5, 2, "days") == "-1.50 … +2.00");
}

TEST_CASE("of few draws, or of none that was played, no range is given") {
  const small_loop few(8);
  CHECK(has(unknowns_tables(few.r, language::en), "(too few draws)"));
  CHECK_FALSE(has(unknowns_tables(few.r, language::en), "from chance"));
  CHECK(has(unknowns_csv(few.r), ",days,7,"));
  small_loop none(1);
  none.played = drawn_outcomes({1, 2, 3, 1});
  none.played.take(std::vector<double>(none.played.shape().piece(), 0.0));
  none.r.unknowns = unknowns_of(none.r, none.played, none.drawn, std::vector<std::string>{"wait_days"}, {});
  CHECK(none.r.unknowns->draws == 0);
  CHECK(has(unknowns_tables(none.r, language::en), "–"));
  CHECK_FALSE(has(unknowns_csv(none.r), "nan"));
  CHECK_FALSE(has(results_json(none.r), "nan"));
}

TEST_CASE("every draw is a row with its differences and its numbers") {
  const small_loop loop;
  const std::string table = unknown_draws_csv(loop.r, loop.played, loop.drawn, std::vector<std::string>{"wait_days"});
  CHECK(has(table, "draw,other,wait_days,choice.delay_weight,choice.climb\r\n0,wednesday,0,0,0\r\n"));
  CHECK(has(table, "\r\n5,wednesday,,0."));  // refused
  CHECK(has(table, "\r\n39,wednesday,-4,1,"));
  CHECK(has(unknowns_csv(loop.r), "\r\nbase,wednesday,wait_days,days,39,"));
}
