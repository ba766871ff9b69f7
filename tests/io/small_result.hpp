// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_IO_SMALL_RESULT_HPP
#define SIFANG_TESTS_IO_SMALL_RESULT_HPP

#include "sifang/experiment/result.hpp"

#include <string>

namespace sifang::test {

/// An interval of half a unit around an estimate.
inline interval about(double estimate) {
  interval i;
  i.estimate = estimate;
  i.lower = estimate - 0.25;
  i.upper = estimate + 0.25;
  i.kind = interval_kind::two_sided;
  return i;
}

/// A comparison of two policies that has one of everything.
inline result small_result() {
  result r;
  r.kind = "compare";
  r.version = "0.1.0";
  r.county = "霞浦县";
  r.start = "2022-01-01";
  r.end = "2022-01-14";
  r.week_starts = {"2022-01-01", "2022-01-08"};
  r.units = {{"350921", "霞浦县", "county", -1, 480000, 0, 50, 50}, {"350921001", "松城\"街道\"", "subdistrict", 0, 9e4, 1.5, 49, 50}};
  r.metrics = {{"wait_days", "Days", "天数", "days", "lower", "waiting", true}};
  r.dimensions = {{"all", "All", "全部", {{"all", "All", "全部"}}},
                  {"channel", "Channel", "渠道", {{"visit", "Visit", "来访"}, {"phone", "Phone", "来电"}}}};
  for (const char* id : {"base", "wednesday"}) {
    result_policy p;
    p.id = id;
    p.title_en = "line one\nline two\ttab";
    p.seed = 18446744073709551615u;
    p.replications = 30;
    p.fingerprint = "00000000deadbeef";
    p.values = {{{about(1.0 / 3)}, {about(-2), interval{}}}};
    p.parts = {{{{10, 30}}, {{-60, 30}, ratio_parts{}}}};
    p.series = {{"open", "Open", "在办", "cases", "load", {about(3), interval{}}}};
    p.curves = {{"accept", "Accepted", "受理", 15, {about(0), about(0.5)}}};
    p.officials = {{"leader-01", "县委书记", "principal_leader", "350921", about(1), about(2), about(3), about(4), interval{}}};
    p.venues = {{"window", "Window", "窗口", about(1), about(2), about(3), about(4), about(5), about(6), about(7), about(8)}};
    p.violations = {{"R5", "x", "y", about(0)}};
    p.assumptions = {{"load.multiplier", "2", "factor", "C", "planner", "Load", "负荷", true}};
    r.policies.push_back(p);
  }
  result_difference d;
  d.difference = about(-1.5);
  d.variance_ratio = 2.5;
  d.verdict = "better";
  r.comparisons = {{0, 1, {{{d}, {result_difference{}, d}}}, 0.99, {0.5}, 0.9, {{-1.25, -3, 0.5, interval_kind::two_sided}}}};
  r.precision = {{"wait_days", 0.5, 0.25, true}};
  r.warnings = {{"the holiday table <ends>", "节假日表止于"}};
  return r;
}

}  // namespace sifang::test

#endif
