// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/stats/survival.hpp"

#include <rapidcheck.h>

#include <array>
#include <cmath>
#include <vector>

using namespace sifang;

namespace {

// Weeks of remission of children with leukaemia (Freireich et al. 1963, Blood 21: 699-716), by treatment; the estimates and standard errors
// below are in Cox & Oakes 1984, Analysis of Survival Data, 4.2, and Klein & Moeschberger 2003, Survival Analysis, table 4.1.
const std::vector<lifetime> six_mp{{6, true},   {6, true},   {6, true},   {6, false},  {7, true},   {9, false},  {10, true},
                                   {10, false}, {11, false}, {13, true},  {16, true},  {17, false}, {19, false}, {20, false},
                                   {22, true},  {23, true},  {25, false}, {32, false}, {32, false}, {34, false}, {35, false}};
const std::vector<lifetime> placebo{{1, true},  {1, true},  {2, true},  {2, true},  {3, true},  {4, true},  {4, true},
                                    {5, true},  {5, true},  {8, true},  {8, true},  {8, true},  {8, true},  {11, true},
                                    {11, true}, {12, true}, {12, true}, {15, true}, {17, true}, {22, true}, {23, true}};

}  // namespace

TEST_CASE("the product-limit estimate of the 6-MP trial is the published one, with Greenwood's standard errors") {
  const survival_curve curve(six_mp);
  CHECK(curve.size() == 21);
  CHECK(curve.ended() == 9);
  struct row {
    double week, survival, error;
  };
  for (const row& r : {row{6, 0.857, 0.0764}, row{7, 0.807, 0.0869}, row{10, 0.753, 0.0963}, row{13, 0.690, 0.1068}, row{16, 0.627, 0.1141},
                       row{22, 0.538, 0.1282}, row{23, 0.448, 0.1346}}) {
    CAPTURE(r.week);
    CHECK(std::abs(curve.survival(r.week) - r.survival) < 0.0006);  // printed to three places, 0.6275 cut
    CHECK(std::abs(std::sqrt(curve.variance(r.week)) - r.error) < 0.00006);
  }
  CHECK(curve.survival(5.9) == 1);
  CHECK(curve.survival(9) == curve.survival(7));  // a censored time is no step
  CHECK(curve.survival(35) == curve.survival(23));
  CHECK(curve.quantile(0.5) == 23.0);  // the published median
  CHECK_FALSE(curve.quantile(0.6));
  CHECK(curve.beyond(6) == 17);
  CHECK(curve.beyond(35) == 0);
  CHECK(curve.reaches(35));
  CHECK_FALSE(curve.reaches(36));  // five had not ended
}

TEST_CASE("bounds are those of log(-log)") {
  const survival_curve curve(six_mp);
  struct row {
    double week, lower, upper;
  };
  // As Stata's `sts list` prints them for these data.
  for (const row& r : {row{6, 0.6197, 0.9516}, row{7, 0.5631, 0.9228}, row{10, 0.5032, 0.8894}, row{13, 0.4316, 0.8491},
                       row{16, 0.3675, 0.8049}, row{22, 0.2678, 0.7468}, row{23, 0.1881, 0.6801}}) {
    CAPTURE(r.week);
    const interval all = curve.lasting(0, r.week);
    CHECK(all.kind == interval_kind::two_sided);
    CHECK(std::abs(all.lower - r.lower) < 0.00006);
    CHECK(std::abs(all.upper - r.upper) < 0.00006);
  }
}

TEST_CASE("without censoring the estimate is a share, and Greenwood's variance that of a share") {
  const survival_curve curve(placebo);
  for (double t = 0; t <= 24; ++t) {
    double longer = 0;
    for (const lifetime& l : placebo) longer += l.time > t;
    const double share = longer / 21;
    CAPTURE(t);
    CHECK(std::abs(curve.survival(t) - share) < 1e-12);
    CHECK(std::abs(curve.variance(t) - share * (1 - share) / 21) < 1e-12);
  }
  CHECK(curve.quantile(0.5) == 8.0);  // published
  CHECK(curve.reaches(1000));         // all had ended
}

TEST_CASE("what has lasted a while is judged by what lasted as long") {
  const survival_curve curve(six_mp);
  const interval later = curve.lasting(10, 22);
  CHECK(std::abs(later.estimate - curve.survival(22) / curve.survival(10)) < 1e-12);
  std::vector<lifetime> longer;  // the same as of those alone that lasted longer than 10 weeks
  for (const lifetime& l : six_mp) {
    if (l.time > 10) longer.push_back(l);
  }
  const interval of_them = survival_curve(longer).lasting(0, 22);
  CHECK(std::abs(later.estimate - of_them.estimate) < 1e-12);
  CHECK(std::abs(later.lower - of_them.lower) < 1e-12);
  CHECK(std::abs(later.upper - of_them.upper) < 1e-12);
  CHECK(curve.quantile(0.05, 10) == 13.0);  // 8 % have ended by 13 weeks, 17 % by 16
  CHECK(curve.quantile(0.1, 10) == 16.0);
}

TEST_CASE("ends of the scale have one bound, and what was never seen has none") {
  const survival_curve curve(six_mp);
  const interval none_ended = curve.lasting(23, 32);  // 6 were at risk, one was censored at 25, two at 32
  CHECK(none_ended.kind == interval_kind::at_least);
  CHECK(none_ended.estimate == 1);
  CHECK(std::abs(none_ended.lower - std::pow(0.05, 1.0 / 4)) < 1e-12);  // 32, 32, 34, 35
  const interval all_ended = survival_curve(placebo).lasting(17, 23);
  CHECK(all_ended.kind == interval_kind::at_most);
  CHECK(all_ended.estimate == 0);
  CHECK(std::abs(all_ended.upper - (1 - std::pow(0.05, 1.0 / 2))) < 1e-12);
  CHECK_FALSE(curve.lasting(10, 36).has_value());
  CHECK_FALSE(curve.lasting(35, 35).has_value());
  CHECK(std::abs(curve.at_most_lasting(10, 36) - curve.survival(23) / curve.survival(10)) < 1e-12);
  const survival_curve nothing;
  CHECK(nothing.survival(3) == 1);
  CHECK(nothing.ended() == 0);
  CHECK_FALSE(nothing.reaches(3));
  CHECK_FALSE(nothing.lasting(0, 3).has_value());
  CHECK_FALSE(nothing.quantile(0.5));
}

TEST_CASE("a survival curve falls from 1 to no less than 0, and its bounds hold the estimate") {
  CHECK(rc::check([](const std::vector<std::pair<unsigned char, bool>>& drawn) {
    std::vector<lifetime> seen;
    for (const auto& [time, ended] : drawn) seen.push_back({static_cast<double>(time % 40), ended});
    const survival_curve curve(seen);
    double before = 1;
    for (double t = 0; t < 42; ++t) {
      const double now = curve.survival(t);
      RC_ASSERT(now >= 0 && now <= before);
      before = now;
      const interval bounds = curve.lasting(t / 2, t);
      RC_ASSERT(bounds.has_value() == (curve.beyond(t / 2) > 0 && curve.reaches(t)));
      RC_ASSERT(0 <= bounds.lower && bounds.lower <= bounds.estimate && bounds.estimate <= bounds.upper && bounds.upper <= 1);
    }
  }));
}
