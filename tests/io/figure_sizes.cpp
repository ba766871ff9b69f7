// SPDX-License-Identifier: BSL-1.0
// Sizes of differences and intervals as people write them, and the tables that tell the widths.
#include "catch.hpp"
#include "small_result.hpp"
#include "sifang/io/figure_size_text.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/io/result_tables.hpp"
#include "sifang/io/warm_up_table.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace sifang;
using texts = std::vector<std::string>;

namespace {

figure_size one(const std::string& text) {
  const auto found = parse_figure_sizes("--matters", texts{text});
  INFO(text);
  REQUIRE(found);
  REQUIRE(found->size() == 1);
  return found->front();
}
texts faults_of(const texts& written, language lang = language::en) {
  texts out;
  for (const fault& f : parse_figure_sizes("--matters", written).faults()) out.push_back(to_string(f, lang));
  return out;
}
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// As wide as its widest line.
std::size_t width_of(const std::string& text) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out = std::max(out, display_width(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

/// A comparison of all metrics of the county, with figures as long as they come.
result wide_result() {
  result r = sifang::test::small_result();
  r.precision.clear();
  r.metrics = result_metrics();
  r.dimensions.resize(1);
  for (result_policy& p : r.policies) {
    p.values.assign(r.metrics.size(), {{sifang::test::about(1)}});
    p.parts.clear();
  }
  result_comparison& c = r.comparisons[0];
  const result_difference d{{-0.1234, -0.2345, -0.1111, interval_kind::two_sided}, 3, "no_difference_that_matters"};
  c.values.assign(r.metrics.size(), {{d}});
  c.values[1][0][0].variance_ratio = 17;
  c.matters.assign(r.metrics.size(), 0.5);
  c.one_year.assign(r.metrics.size(), {-0.2, -0.3456, 0.1234, interval_kind::two_sided});
  return r;
}

}  // namespace

TEST_CASE("sizes are read in the unit of their metric, or as a part of the figure") {
  CHECK(one("heard_15d=1pp").value == 0.01);
  CHECK_FALSE(one("heard_15d=1pp").of_figure);
  CHECK(one("heard_15d=0.5 个百分点").value == 0.005);
  CHECK(one("heard_days=0.5days").value == 0.5);
  CHECK(one("heard_days=1day").value == 1);
  CHECK(one("wait_minutes=2min").value == 2);
  CHECK(one("leader_hours=20 hours").value == 20);
  CHECK(one("leader_hours=20小时").metric == "leader_hours");
  CHECK(one("received=10").value == 10);
  CHECK(one("received=10visits").value == 10);
  CHECK(one("owned_gini=0.02").value == 0.02);
  CHECK(one("owned_gini=2pp").value == 0.02);
  const figure_size part = one("received=2%");
  CHECK(part.of_figure);
  CHECK(part.value == 0.02);
  CHECK(part.of(90, 110) == 2);
  CHECK(part.of(-90, 110) == 2);
  CHECK(one("heard_15d=2%").of(0.5, 0.5) == 0.01);
  CHECK(one("heard_15d=1e-3pp").value == Approx(1e-5));
  CHECK(parse_figure_sizes("--matters", {})->empty());
}

TEST_CASE("sizes that cannot be meant are told one by one, with the nearest metric") {
  CHECK(faults_of({"heard15d=1pp"}) == texts{"--matters: unknown key 'heard15d'; did you mean 'heard_15d'?"});
  CHECK(faults_of({"heard_15d"}) == texts{"--matters: expected METRIC=SIZE, such as heard_15d=1pp; found heard_15d"});
  CHECK(faults_of({"=1pp"}).size() == 1);
  CHECK(faults_of({"heard_15d=1days"}) ==
        texts{"--matters: 'heard_15d' expected a number above 0 with its unit, pp or %, such as 0.5pp; found 1days"});
  for (const char* wrong : {"heard_15d=",      "heard_15d=1",       "heard_15d=0pp",   "heard_15d=-1pp",     "heard_15d=nanpp",
                            "heard_15d=infpp", "heard_15d=1e999pp", "heard_15d=pp",    "heard_15d=1 p p",    "heard_15d=0x1pp",
                            "heard_days=1",    "heard_days=1pp",    "wait_minutes=1h", "leader_hours=3days", "received=1days",
                            "received=1pp",    "received=-2%",      "received=1%%",    "received=+1",        "received=ten"}) {
    INFO(wrong);
    CHECK(faults_of({wrong}).size() == 1);
  }
  CHECK(faults_of({"a=1", "heard_days=1pp", "heard_15d=1pp", "heard_15d=2pp"}).size() == 3);
  CHECK(faults_of({"heard_15d=1pp", "heard_15d=2pp"}, language::zh) ==
        texts{"--matters: 应为每个指标只出现一次；实际为“heard_15d”出现两次"});
  // Each unit of a metric has its own form, in both languages.
  for (const metric_info& m : metric_table) {
    const std::string told = faults_of({std::string(m.name) + "=x"}, language::zh).at(0);
    INFO(told);
    CHECK(has(told, "大于 0"));
    CHECK_FALSE(has(told, "number"));
  }
}

TEST_CASE("a comparison shows both widths within 100 columns, and says what they are") {
  const result r = wide_result();
  for (const language lang : {language::en, language::zh}) {
    const std::string table = comparison_table(r, r.comparisons[0], lang);
    CHECK(width_of(table) <= terminal_columns);
    CHECK(has(table, "[-34.6, +12.3]"));
    CHECK(has(table, "-12.34 [-23.45, -11.11] pp"));
    CHECK(has(table, lang == language::en ? "difference, jointly 95 %" : "联合 95 %"));
    CHECK(has(table, lang == language::en ? "one year, 90 %" : "90 %"));
  }
  CHECK(has(comparison_table(r, r.comparisons[0], language::en), "by then\n"));  // the rest of a long name
  CHECK(variance_line(r, r.comparisons[0], language::en) == "Common random numbers divide the variance of a difference by 3.00 to 17.0.\n");
  const std::string all = headline_tables(r, language::en, {{"heard_15d", 0.01, false}, {"received", 0.02, true}});
  CHECK(has(all, "One year: what a single year may bring, with 90 %"));
  CHECK(has(all, "As you said, what matters: heard_15d 1 pp, received 2 %\n"));
  CHECK_FALSE(has(headline_tables(r, language::en), "As you said"));
  CHECK(has(headline_tables(r, language::zh), "单年"));
  // Without years, or from older results, nothing is said of them.
  result older = r;
  older.comparisons[0].one_year.clear();
  CHECK_FALSE(has(headline_tables(older, language::en), "ne year"));
  older.comparisons[0].joint_confidence = 0;
  CHECK_FALSE(has(headline_tables(older, language::en), "jointly"));
}

TEST_CASE("what makes a difference that matters comes first, and the rest under a line that says that it does not") {
  result r = wide_result();
  std::vector<std::string> names;
  for (const result_metric& m : r.metrics) {
    if (m.headline) names.push_back(m.zh);
  }
  const std::string none = comparison_table(r, r.comparisons[0], language::zh);
  CHECK(none.find("\n无实质差异：\n") < none.find(names.front().substr(0, 12)));
  for (std::size_t m = 0; m < r.metrics.size(); ++m) r.comparisons[0].values[m][0][0].verdict = "better";
  const std::string all = comparison_table(r, r.comparisons[0], language::zh);
  CHECK_FALSE(has(all, "无实质差异"));
  const auto last = static_cast<std::size_t>(
      std::find_if(r.metrics.begin(), r.metrics.end(), [&](const result_metric& m) { return m.zh == names.back(); }) - r.metrics.begin());
  for (std::size_t m = 0; m < r.metrics.size(); ++m)
    r.comparisons[0].values[m][0][0].verdict = m == last ? "worse" : "no_difference_that_matters";
  const std::string one = comparison_table(r, r.comparisons[0], language::zh);
  CHECK(one.find(names.back().substr(0, 12)) < one.find("\n无实质差异：\n"));
  CHECK(one.find("变差") < one.find("\n无实质差异：\n"));
  CHECK(one.find(names.front().substr(0, 12)) > one.find("\n无实质差异：\n"));
}

TEST_CASE("policies with long names are numbers above columns, and a legend says which") {
  result r = wide_result();
  CHECK_FALSE(has(headline_tables(r, language::en), "#1"));
  r.policies[1].id = "session.principal.recur=every Wednesday && reception.screened_share=0.3";
  const std::string all = headline_tables(r, language::en);
  CHECK(all.starts_with("#1  " + r.policies[0].id + "\n#2  " + r.policies[1].id + "\n\nmetric"));
  CHECK(has(metrics_table(r, language::en), " #1 "));
  CHECK_FALSE(has(metrics_table(r, language::en), "Wednesday"));
  CHECK(width_of(all) <= terminal_columns);
}

TEST_CASE("what was to be narrow is told with how narrow it is and how many years it took") {
  result r = wide_result();
  r.policies[0].replications = 312;
  r.precision = {{"heard_15d", 0.005, 0.00487, true}, {"heard_days", 0.01, 0.02, false}, {"received", 1, -1, false}};
  CHECK(precision_lines(r, language::en) ==
        "heard_15d: ± 0.487 pp, wanted ± 0.5 pp, after 312 years\n"
        "heard_days: ± 0.02 days, wanted ± 0.01 days: NOT reached in 312 years\n"
        "received: ± –, wanted ± 1: NOT reached in 312 years\n");
  CHECK(has(headline_tables(r, language::zh), "未达到"));
  CHECK(level_text(0.95) == "95 %");
  CHECK(level_text(0.9964285714) == "99.64 %");
  CHECK(year_text({0, 0, 0, interval_kind::constant}, "days") == "+0.00");
  CHECK(year_text({}, "days") == "–");
}

TEST_CASE("a warm-up is long enough, too short, or can't be told yet") {
  warm_up_finding found;
  found.figures = {{metric::heard_days, {{0.1, -0.1, 0.2, interval_kind::two_sided}, 2, "no_difference_that_matters"}}};
  found.long_enough = true;
  CHECK(has(warm_up_table(found, 365, 730, language::en), "Warm-up of 730 days minus one of 365 days\n"));
  CHECK(has(warm_up_table(found, 365, 730, language::en), "+0.10 [-0.10, +0.20]"));
  CHECK(has(warm_up_table(found, 365, 730, language::en), "is long enough"));
  found.long_enough = false;
  CHECK(has(warm_up_table(found, 365, 730, language::en), "can't be told yet"));
  found.too_short = true;
  CHECK(has(warm_up_table(found, 365, 730, language::en), "too short"));
  CHECK(has(warm_up_table(found, 365, 730, language::en), "scenario.warm_up=730"));
  CHECK(has(warm_up_table(found, 365, 730, language::zh), "预热不足"));
}
