// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "small_result.hpp"
#include "sifang/experiment/results_difference.hpp"
#include "sifang/io/results_difference_tables.hpp"
#include "sifang/io/results_json.hpp"

#include <cmath>
#include <string>
#include <vector>

using namespace sifang;
using sifang::test::about;
using sifang::test::small_result;

namespace {

const figure_difference& figure(const results_difference& d, std::size_t policy, const std::string& slice) {
  for (const figure_difference& f : d.figures) {
    if (f.policy == policy && f.slice.id == slice) return f;
  }
  FAIL("no figure of " << slice);
  return d.figures.front();
}
std::string told(const result& before, const result& after, language lang = language::en, const std::vector<std::string>& metrics = {}) {
  return results_difference_tables(before, after, difference_of_results(before, after), metrics, lang);
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("results are the same as themselves") {
  const result r = small_result();
  const results_difference d = difference_of_results(r, r);
  CHECK(d.asked.empty());
  REQUIRE(d.policies.size() == 2);
  CHECK(d.policies[1].same_years);
  REQUIRE(d.figures.size() == 4);  // what neither can tell is left out
  for (const figure_difference& f : d.figures) {
    CHECK_FALSE(f.differs());
    CHECK(f.difference.estimate == 0);
    CHECK(f.verdict == "no_difference_that_matters");
  }
  CHECK(told(r, r) == "The results are the same, to the last digit.\n");
  CHECK(told(r, r, language::zh) == "两次结果完全相同。\n");
}

TEST_CASE("what only one of two results has, is not compared; what both have, is") {
  const result none = small_result();
  result one = none;
  one.rules = {{"R3", "a", "b"}};
  one.stories.emplace_back();
  one.policies[1].calendar.kinds = {{"window", {"2022-01-04"}, {1}, {1}, {3}, {0}, {4.5}, {2}, {0}}};
  one.policies[1].links = {{"leader-01", "350921001", "linked_to", 3}};
  CHECK(are_same_results(none, one));
  CHECK(are_same_results(one, none));
  CHECK(are_same_results(one, one));
  result other = one;
  other.policies[1].calendar.kinds[0].heard[0] = 4;
  CHECK_FALSE(are_same_results(one, other));
  other = one;
  other.policies[1].links[0].own = 4;
  CHECK_FALSE(are_same_results(one, other));
}

TEST_CASE("words and commands that only one of them has, or another command, make no difference; other words do") {
  result with = small_result();
  with.command = {"compare", "base", "wednesday"};
  with.policies[1].changes = {{"Principal leaders", "主要领导", "every Wednesday", "每周三", {"session.principal.recur"}}};
  with.policies[1].assumptions[0].words = result_words{"2", "2倍"};
  const result without = small_result();
  CHECK(are_same_results(with, without));
  CHECK(are_same_results(without, with));
  result other = with;
  other.command = {"compare", "base", "--set", "wednesday"};
  CHECK(are_same_results(with, other));
  other.policies[1].changes[0].zh = "每周四";
  CHECK_FALSE(are_same_results(with, other));
  result taken = without;  // as from a database
  take_parts_of_files(taken, with);
  CHECK(results_json(taken) == results_json(with));
}

TEST_CASE("what was asked otherwise is listed: what holds for all, policies, seeds, parameters") {
  const result before = small_result();
  result after = before;
  after.version = "0.2.0";
  after.end = "2022-01-21";
  after.policies[1].id = "two-days";
  after.policies[0].seed = 7;
  after.policies[0].replications = 40;
  after.policies[0].assumptions = {{"load.multiplier", "3", "factor", "C", "planner", "Load", "负荷", true},
                                   {"staff.clerks", "2", "", "I", "", "Clerks", "人员", false}};
  const results_difference d = difference_of_results(before, after);
  std::vector<std::string> found;
  for (const asked_difference& a : d.asked)
    found.push_back(a.policy + ":" + a.what + ":" + (a.in_before ? a.before : "-") + ":" + (a.in_after ? a.after : "-"));
  CHECK(found == std::vector<std::string>{":program_version:0.1.0:0.2.0", ":end:2022-01-14:2022-01-21", ":policy:wednesday:-",
                                          ":policy:-:two-days", "base:seed:18446744073709551615:7", "base:replications:30:40",
                                          "base:load.multiplier:2:3", "base:staff.clerks:-:2"});
  CHECK(d.policies.size() == 1);
  const std::string text = told(before, after);
  CHECK(has(text, "staff.clerks"));
  CHECK(has(text, "Other seeds: intervals are those of independent results."));
  CHECK(has(told(before, after, language::zh), "随机种子"));
}

TEST_CASE("the only policy of each is compared whatever it is called; otherwise only those of one name") {
  result before = small_result(), after = small_result();
  for (result* r : {&before, &after}) {
    r->policies.pop_back();
    r->comparisons.clear();
  }
  after.policies[0].id = "other";
  const results_difference d = difference_of_results(before, after);
  REQUIRE(d.policies.size() == 1);
  REQUIRE(d.asked.size() == 1);
  CHECK(d.asked[0].what == "policy");
  result apart = small_result();
  apart.policies[0].id = "x";
  apart.policies[1].id = "y";
  CHECK(difference_of_results(small_result(), apart).policies.empty());
  CHECK(has(told(small_result(), apart), "No policy is in both"));
}

TEST_CASE("an interval of independent results reaches as far as both allow; the verdict is that of a comparison") {
  const result before = small_result();
  result after = before;
  after.policies[0].fingerprint = "0000000000000001";
  after.policies[0].values[0][0][0] = {3, 2.5, 4, interval_kind::two_sided};
  after.policies[0].values[0][1][0] = {-2.1, -2.3, -2, interval_kind::two_sided};
  const results_difference d = difference_of_results(before, after);
  const figure_difference& worse = figure(d, 0, "all");  // days: fewer are better, half a day matters
  CHECK(worse.difference.estimate == Approx(3 - 1.0 / 3));
  CHECK(worse.difference.lower == Approx(3 - 1.0 / 3 - std::hypot(0.5, 0.25)));
  CHECK(worse.difference.upper == Approx(3 - 1.0 / 3 + std::hypot(1, 0.25)));
  CHECK(worse.verdict == "worse");
  CHECK(worse.basis == difference_basis::independent);
  CHECK(worse.size == Approx((3 - 1.0 / 3) / 0.5));
  CHECK(figure(d, 0, "visit").verdict == "no_difference_that_matters");
  CHECK(&worse == &d.figures[0]);  // the largest
  CHECK(figure(d, 1, "all").basis == difference_basis::same_years);

  const std::string text = told(before, after);
  CHECK(has(text, "The results differ, and so do the histories behind them.\n"));
  CHECK(has(text, "base    Days    0.33 [0.08, 0.58]  3.00 [2.50, 4.00]  +2.67 [+2.11, +3.70]  worse"));
  CHECK_FALSE(has(text, "Visit"));
  CHECK(has(text, "figures that are the same: 1\n"));
  CHECK(has(text, "Same seed, but not both hold single replications to pair"));
  CHECK(has(told(before, after, language::en, {"wait_days"}), "Visit"));
  CHECK(has(told(before, after, language::en, {"other"}), "figures that are the same: 0\n"));
  CHECK(has(told(before, after, language::zh), "变差"));

  const std::string csv = results_difference_csv(before, after, d);
  CHECK(has(csv, "\r\nbase,base,wait_days,days,all,all,0.3333333333333333,"));
  CHECK(has(csv, ",worse,independent,two_sided,two_sided,two_sided\r\n"));
}

TEST_CASE("figures of single replications under the same seed are paired, county-wide") {
  result before = small_result(), after = small_result();
  after.policies[0].fingerprint = "0000000000000001";
  for (int k = 0; k < 30; ++k) {  // far apart from year to year, and always one day more
    before.policies[0].years.push_back({{100.0 * (k % 7), 10}});
    after.policies[0].years.push_back({{100.0 * (k % 7) + 10 + k % 2, 10}});
  }
  after.policies[0].values[0][0][0] = about(1.5);
  const results_difference d = difference_of_results(before, after);
  const figure_difference& f = figure(d, 0, "all");
  CHECK(f.basis == difference_basis::paired);
  CHECK(f.difference.estimate == Approx(1.05));
  CHECK(f.difference.half_width() < 0.05);
  CHECK(f.verdict == "worse");
  CHECK(figure(d, 0, "visit").basis == difference_basis::independent);
  CHECK(has(told(before, after), "Same seed: county-wide figures are paired replication by replication"));
  after.policies[0].seed = 7;  // other luck: nothing to pair
  CHECK(figure(difference_of_results(before, after), 0, "all").basis == difference_basis::independent);
}

TEST_CASE("from the same histories a difference is exact, and too few years have no verdict") {
  const result before = small_result();
  result after = before;
  after.policies[0].values[0][0][0] = about(5);
  const figure_difference exact = figure(difference_of_results(before, after), 0, "all");
  CHECK(exact.basis == difference_basis::same_years);
  CHECK(exact.difference.kind == interval_kind::constant);
  CHECK(exact.verdict == "worse");
  CHECK(has(told(before, after), "The results differ; the histories behind them are the same (fingerprint).\n"));

  after.policies[0].values[0][0][0].kind = interval_kind::too_little_data;
  after.policies[0].replications = 3;
  after.policies[0].fingerprint = "0000000000000001";
  const figure_difference few = figure(difference_of_results(before, after), 0, "all");
  CHECK(few.difference.kind == interval_kind::too_little_data);
  CHECK(few.verdict == "too_little_data");
  CHECK(has(told(before, after), "Too few years"));
}

TEST_CASE("figures that only one of them has stand last, without a difference") {
  const result before = small_result();
  result after = before;
  after.metrics[0].unit = "minutes";  // another metric of the same name
  const results_difference d = difference_of_results(before, after);
  REQUIRE(d.figures.size() == 8);
  for (const figure_difference& f : d.figures) {
    CHECK(f.before.has_value() != f.after.has_value());
    CHECK(f.verdict.empty());
    CHECK(f.differs());
  }
  CHECK(has(told(before, after), "Days    0.33 [0.08, 0.58]  –                  –           –"));
  CHECK(has(results_difference_csv(before, after, d), ",two_sided,none,none\r\n"));
}

TEST_CASE("results at two levels of confidence are compared at that of the first") {
  const result before = small_result();
  result after = before;
  after.confidence = 0.5;
  after.policies[0].fingerprint = "0000000000000001";
  const results_difference d = difference_of_results(before, after);
  const double by = t_factor(30, 0.95) / t_factor(30, 0.5);
  const figure_difference& f = figure(d, 0, "all");
  CHECK(f.difference.upper == Approx(std::hypot(0.25, 0.25 * by)));
  CHECK(f.after.upper == Approx(1.0 / 3 + 0.25));  // shown as it stands in the results
}

TEST_CASE("headline verdicts are judged together") {
  result before = small_result();
  before.metrics.clear();
  for (result_policy& p : before.policies) {
    p.values.clear();
    p.parts.clear();
  }
  before.comparisons.clear();
  before.dimensions.resize(1);
  for (int k = 0; k < 10; ++k) {
    before.metrics.push_back({"m" + std::to_string(k), "M", "指标", "days", "lower", "waiting", k > 0});
    for (result_policy& p : before.policies) p.values.push_back({{{10, 9, 11, interval_kind::two_sided}}});
  }
  result after = before;
  after.policies[0].fingerprint = "0000000000000001";
  for (std::size_t k = 0; k < 2; ++k) after.policies[0].values[k][0][0] = {11.5, 10.5, 12.5, interval_kind::two_sided};
  const results_difference d = difference_of_results(before, after);
  // The bound excludes 0 by a hair: enough for one figure alone, not for one of nine.
  for (const figure_difference& f : d.figures) {
    if (f.policy == 0 && f.metric.id == "m0") CHECK(f.verdict == "worse");
    if (f.policy == 0 && f.metric.id == "m1") CHECK(f.verdict == "cant_tell");
  }
}
