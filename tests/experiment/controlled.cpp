// SPDX-License-Identifier: BSL-1.0
// Figures adjusted for how many grievances arose, and a warm-up that is checked.
#include "catch.hpp"
#include "sifang/experiment/controlled.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/warm_up_check.hpp"
#include "sifang/experiment/welch_figures.hpp"
#include "sifang/io/controlled_table.hpp"
#include "sifang/io/study_results.hpp"
#include "sifang/io/welch_picture.hpp"
#include "tables.hpp"

#include <cmath>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

const controlled_figure& figure(const arrivals_control& c, std::size_t policy, metric m) {
  for (const controlled_figure& f : c.figures) {
    if (f.policy == policy && f.id == m) return f;
  }
  FAIL("no such figure");
  return c.figures.front();
}

}  // namespace

TEST_CASE("as many grievances arise as the load says, and what grows with them is told better for knowing it") {
  const std::vector<std::string> settings{"scenario.warm_up=30"};
  const world base = xiapu(settings), other = xiapu(settings, "wednesday"), more = xiapu({"scenario.warm_up=30", "load.multiplier=1.1"});
  const world* three[] = {&base, &other, &more};
  constexpr std::size_t n = 64;
  const study_result study = run_study(thread_team{2}, three, n, detail::tell_nobody{}, true);
  const arrivals_control found = control_for_arrivals(base, study);
  CHECK(found.years == n);
  CHECK(found.expected == Approx(base.setting().load.matters_per_year));  // the counted period is a calendar year
  // Within four standard errors of days whose variance is 1.5 times their mean.
  CHECK(std::abs(found.seen - found.expected) < 4 * std::sqrt(base.setting().load.overdispersion * found.expected / n));
  CHECK(figure(found, 0, metric::received).found.variance_saved > 0.2);
  CHECK(figure(found, 0, metric::heard_15d).found.variance_saved < 0.2);
  CHECK(figure(found, 0, metric::received).found.coefficients.front() > 0);  // the more arise, the more are received
  const result_policy plain = summarise(base, study.policies[0]);
  const interval& received = plain.values[static_cast<std::size_t>(metric::received)][0][0];
  CHECK(figure(found, 0, metric::received).found.plain.estimate == Approx(received.estimate));
  const interval& heard = plain.values[static_cast<std::size_t>(metric::heard_15d)][0][0];
  CHECK(figure(found, 0, metric::heard_15d).found.plain.estimate == Approx(heard.estimate));  // by its linear form
  CHECK(figure(found, 0, metric::heard_15d).found.plain.half_width() == Approx(heard.half_width()).epsilon(0.15));
  CHECK(figure(found, 1, metric::heard_15d).is_difference);
  const paired_difference d = study.pairs[0].difference(outcome_row(base).at(metric::heard_15d, 0), study.policies[0].sums,
                                                        study.policies[1].sums, quantity::number, t_scale(n, 0.95));
  CHECK(figure(found, 1, metric::heard_15d).found.plain.estimate == Approx(d.difference.estimate));
  CHECK(figure(found, 1, metric::heard_15d).found.plain.half_width() == Approx(d.difference.half_width()).epsilon(0.02));
  for (const controlled_figure& f : found.figures) CHECK(f.policy < 2);  // the third has another load

  const std::vector<studied_policy> policies{{&base}, {&other}, {&more, "more"}};
  const result r = make_result("compare", policies, study, n);
  const std::string table = controlled_table(found, r, language::en);  // 100 columns wide: longer texts are broken
  CHECK(table.find("Received: groups and") != std::string::npos);
  CHECK(table.find("Heard by a leader") == std::string::npos);
  CHECK(table.find("1340.0 a year expected") != std::string::npos);
  CHECK(controlled_table(found, r, language::zh).find("方差减少") != std::string::npos);
  arrivals_control none = found;
  none.figures.clear();
  CHECK(controlled_table(none, r, language::en).find("No headline figure") != std::string::npos);
}

TEST_CASE("without years, or where nothing is followed to its end, there is nothing to adjust for") {
  const world base = xiapu({"scenario.warm_up=0"}), cut = xiapu({"scenario.warm_up=0", "scenario.run_out=0"});
  const world* one[] = {&base};
  CHECK(control_for_arrivals(base, run_study(thread_team{1}, one, 8)).figures.empty());
  CHECK(expected_arrivals(cut) == 0);
  CHECK(expected_arrivals(xiapu({"scenario.run_out=364"})) < expected_arrivals(base));
}

TEST_CASE("a county that starts empty has not forgotten it by the first counted day; the longer its past, the less it shows") {
  const world empty = xiapu({"scenario.warm_up=0"}), old = xiapu(), older = xiapu({"scenario.warm_up=1095"}),
              oldest = xiapu({"scenario.warm_up=1460"});
  const warm_up_finding young = check_warm_up(thread_team{2}, empty, old, 24);
  CHECK(young.too_short);
  CHECK_FALSE(young.long_enough);
  CHECK(young.replications == 24);
  const warm_up_finding grown = check_warm_up(thread_team{2}, older, oldest, 24);
  CHECK_FALSE(grown.too_short);
  REQUIRE(grown.figures.size() == young.figures.size());
  bool open = false;
  for (std::size_t k = 0; k < young.figures.size(); ++k) {
    if (young.figures[k].id != metric::open_cases) continue;
    open = true;
    const interval &first = young.figures[k].change.difference, &later = grown.figures[k].change.difference;
    CHECK(first.lower > 0);  // more are open in a county that has a past
    CHECK(later.upper < first.lower / 4);
  }
  CHECK(open);
  const warm_up_finding few = check_warm_up(thread_team{2}, old, older, 8);
  CHECK(few.figures.front().change.verdict == "too_little_data");
  CHECK_FALSE(few.long_enough);
  CHECK_FALSE(few.too_short);
}

TEST_CASE("a county that is counted from its first day shows how it settles, as a picture too") {
  const world whole = xiapu({"scenario.start=2020-01-01", "scenario.warm_up=0"});
  const welch_finding found = see_warm_up(thread_team{2}, whole, 8);
  CHECK(found.replications == 8);
  CHECK(to_string(found.first) == "2020-01-01");
  REQUIRE(found.figures.size() == 4);
  const std::size_t weeks = whole.weeks();
  for (const welch_figure& f : found.figures) {
    REQUIRE(f.weekly.size() == weeks);
    REQUIRE(f.smooth.size() == weeks - welch_window);
    double sum = 0;
    for (std::size_t i = 60 - welch_window; i <= 60 + welch_window; ++i) sum += f.weekly[i];
    CHECK(f.smooth[60] == Approx(sum / (2 * welch_window + 1)));
    for (const double v : f.weekly) CHECK((std::isfinite(v) && v >= 0));
  }
  const std::vector<double>& again = found.figures[3].smooth;
  CHECK(again[welch_window] < again.back());  // those who keep coming accumulate over years
  const study_result study = run_study(thread_team{2}, std::vector<const world*>{&whole}, 8);
  const outcome_row row(whole, 0);
  double open = 0;
  for (const series_id s : {series_id::open_routing, series_id::open_handling, series_id::open_review, series_id::open_return})
    open += study.policies[0].sums.ratio(row.at(s, weeks - 2));
  CHECK(found.figures[0].weekly[weeks - 2] == Approx(open));
  const std::vector<day> marks{whole.start() + calendar_days(366), whole.start() + calendar_days(4000)};
  const std::string picture = welch_svg(found, marks);
  CHECK(picture.find("2021-01-01") != std::string::npos);
  CHECK(picture.find("2030-01-01") == std::string::npos);  // outside
  CHECK(picture.find("nan") == std::string::npos);
  CHECK(picture.ends_with("</svg>\n"));
  welch_finding empty{1, marks[0], {{"cases", "Nothing", "无", {0}, {}}}};
  CHECK(welch_svg(empty, marks).find("nan") == std::string::npos);
}
