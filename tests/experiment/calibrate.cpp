// SPDX-License-Identifier: BSL-1.0
// Parameters of the real county from figures of its own.
#include "catch.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/experiment.hpp"
#include "sifang/experiment/calibrate.hpp"
#include "sifang/experiment/posterior.hpp"
#include "sifang/io/calibration_results.hpp"
#include "sifang/io/calibration_study.hpp"
#include "tables.hpp"

#include <atomic>
#include <cmath>
#include <span>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

constexpr std::size_t years = 2 * block_replications + 1;

/// A quarter, so that a point takes a moment.
world quarter(const std::vector<std::string>& more = {}) {
  std::vector<std::string> settings{"scenario.start=2022-03-01", "scenario.end=2022-05-31", "scenario.warm_up=60", "scenario.run_out=0"};
  settings.insert(settings.end(), more.begin(), more.end());
  return xiapu(settings);
}

known_figure figure(metric what, double value, double spread, double weight = 1) {
  return {std::string(info(what).name), {what}, {value, spread, weight}};
}
unknown_parameter parameter_of(const std::string& key, double least, double most, double start) {
  return {key, {least, most, start, 0, false}};
}
template <class Team>
calibration_result calibrated(const Team& team, const calibration_task& task, const world& w, std::size_t n = years,
                              const fit_options& options = {}) {
  std::vector<std::string> keys;
  for (const unknown_parameter& p : task.parameters) keys.push_back(p.key);
  return calibrate(team, task, n, 0.95, calibration_worlds(w, keys), options, [](std::size_t) {});
}
template <class Team>
posterior_result matched(const Team& team, const calibration_task& task, const world& w, std::size_t draws = 40, std::size_t n = 6) {
  std::vector<std::string> keys;
  for (const unknown_parameter& p : task.parameters) keys.push_back(p.key);
  posterior_options o;
  o.draws = draws;
  o.matching.population = 200;
  return calibrate_posterior(team, task, n, calibration_worlds(w, keys), o, [](std::size_t) {});
}
/// What a county shows, found another way.
interval shown(const world& w, metric what, dimension split = dimension::all, std::size_t item = 0) {
  const std::vector<replication_outcome> runs = replicate(w, years);
  return summarise(w, runs).values[static_cast<std::size_t>(what)][static_cast<std::size_t>(split)][item];
}
bool same(const interval& a, const interval& b) {
  return a.kind == b.kind && a.estimate == b.estimate && a.lower == b.lower && a.upper == b.upper;
}

}  // namespace

TEST_CASE("the parameters of a county are found again from its own figures") {
  const world truth = quarter({"load.matters_per_year=1700", "reception.on_spot_share=0.35"});
  const double registered = shown(truth, metric::first_registrations).estimate, answered = shown(truth, metric::answered_on_spot).estimate;
  const calibration_task task{
      {figure(metric::first_registrations, registered, 5), figure(metric::answered_on_spot, answered, 5)},
      {parameter_of("load.matters_per_year", 500, 3000, 1200), parameter_of("reception.on_spot_share", 0.1, 0.9, 0.6)}};
  const calibration_result found = calibrated(thread_team{2}, task, quarter());
  CHECK(found.fit.values[0] == Approx(1700).epsilon(0.01));
  CHECK(found.fit.values[1] == Approx(0.35).margin(0.01));
  CHECK(found.fit.misfit < 0.05);
  CHECK(found.fit.misfit_at_start > 10);
  CHECK(found.fit.is_fixed == std::vector<std::uint8_t>{1, 1});
  REQUIRE(found.figures.size() == 2);
  CHECK(found.faults.empty());
  CHECK(found.figures[0].distance == (found.figures[0].fitted.estimate - registered) / 5);
  CHECK(is_met(task, found));
}

TEST_CASE("figures of a calibration are to the last bit those of a study of the same world") {
  const world w = quarter();
  const std::size_t visit = static_cast<std::size_t>(channel::visit), letter = static_cast<std::size_t>(channel::letter);
  const calibration_task task{{figure(metric::repeat_rate, 0.3, 0.1),
                               figure(metric::registrations, 300, 10),
                               {"two channels", {metric::first_registrations, dimension::channel, {visit, letter}, false}, {100, 10, 1}},
                               {"their share", {metric::first_registrations, dimension::channel, {visit, letter}, true}, {0.5, 0.1, 1}},
                               {"one level", {metric::timely_acceptance_rate, dimension::level, {1}, false}, {1, 0.1, 1}}},
                              {parameter_of("load.matters_per_year", 500, 3000, w.setting().load.matters_per_year)}};
  fit_options none;
  none.turns = 0;
  const calibration_result found = calibrated(thread_team{1}, task, w, years, none);
  REQUIRE(found.figures.size() == 5);
  CHECK(same(found.figures[0].at_start, shown(w, metric::repeat_rate)));
  CHECK(same(found.figures[0].fitted, found.figures[0].at_start));
  CHECK_FALSE(same(found.figures[0].fitted, found.figures[0].on_other_years));
  CHECK(same(found.figures[1].fitted, shown(w, metric::registrations)));
  const double both = shown(w, metric::first_registrations, dimension::channel, visit).estimate +
                      shown(w, metric::first_registrations, dimension::channel, letter).estimate;
  CHECK(found.figures[2].fitted.estimate == Approx(both).epsilon(1e-12));
  CHECK(found.figures[3].fitted.estimate == Approx(both / shown(w, metric::first_registrations).estimate).epsilon(1e-12));
  CHECK(same(found.figures[4].fitted, shown(w, metric::timely_acceptance_rate, dimension::level, 1)));
  CHECK(found.fit.points == 3);  // where it stays, and a difference to both sides
  // Years that were not seen: those that follow.
  const std::vector<replication_outcome> all = replicate(w, 2 * years);
  const auto behind = std::span(all).subspan(years);
  double y = 0;
  for (const replication_outcome& r : behind) y += r.sums.numerator(metric::registrations, 0);
  CHECK(found.figures[1].on_other_years.estimate == Approx(y / static_cast<double>(years)).epsilon(1e-12));
}

TEST_CASE("a calibration has the same bytes for any number of threads") {
  const world w = quarter();
  const calibration_task task{{figure(metric::repeat_rate, 0.3, 0.02), figure(metric::registrations, 420, 10)},
                              {parameter_of("repeats.open_days", 30, 240, 105), parameter_of("load.matters_per_year", 500, 3000, 1340)}};
  fit_options two;
  two.turns = 2;
  const calibration_result a = calibrated(thread_team{1}, task, w, 9, two), b = calibrated(thread_team{2}, task, w, 9, two),
                           c = calibrated(thread_team{5}, task, w, 9, two);
  for (const calibration_result* other : {&b, &c}) {
    CHECK(a.fit.values == other->fit.values);
    CHECK(a.fit.slopes.values == other->fit.slopes.values);
    CHECK(a.fit.slope_errors.values == other->fit.slope_errors.values);
    CHECK(a.fit.misfit == other->fit.misfit);
    CHECK(a.fit.points == other->fit.points);
    for (std::size_t k = 0; k < 2; ++k) {
      CHECK(same(a.figures[k].fitted, other->figures[k].fitted));
      CHECK(same(a.figures[k].on_other_years, other->figures[k].on_other_years));
    }
  }
  CHECK(a.fit.turns > 0);
}

TEST_CASE("what no parameter moves is said, and what moves only together") {
  const world w = quarter();
  // The load is a product: the two factors of it make up for one another.
  const calibration_task task{{figure(metric::registrations, 500, 10), figure(metric::household_coverage, 0.5, 0.01)},
                              {parameter_of("load.matters_per_year", 500, 3000, 1340), parameter_of("load.multiplier", 0.5, 2, 1)}};
  fit_options three;
  three.turns = 3;
  const calibration_result found = calibrated(thread_team{2}, task, w, 9, three);
  CHECK(found.fit.is_moved == std::vector<std::uint8_t>{1, 0});
  CHECK(found.fit.is_fixed == std::vector<std::uint8_t>{0, 0});
  REQUIRE(found.fit.directions.size() == 2);
  CHECK(found.fit.directions[0].is_fixed);
  CHECK_FALSE(found.fit.directions[1].is_fixed);
  CHECK(found.fit.directions[1].parts[0] * found.fit.directions[1].parts[1] < 0);
  CHECK(found.figures[0].fitted.estimate == Approx(500).margin(5));
  CHECK_FALSE(is_met(task, found));  // the coverage stays where it is
}

TEST_CASE("a point that the rules forbid is gone round, and a start that they forbid is told") {
  const world w = quarter();
  // Shares of channels must sum to 1: no world but the one that is there.
  const calibration_task task{{figure(metric::registrations, 500, 10)},
                              {parameter_of("load.visit_share", 0, 1, w.setting().load.visit_share)}};
  const calibration_result found = calibrated(thread_team{1}, task, w, 3);
  CHECK(found.fit.values[0] == w.setting().load.visit_share);
  CHECK(found.fit.is_fixed == std::vector<std::uint8_t>{0});
  const calibration_task elsewhere{{figure(metric::registrations, 500, 10)}, {parameter_of("load.visit_share", 0, 1, 0.9)}};
  const calibration_result none = calibrated(thread_team{1}, elsewhere, w, 3);
  CHECK(none.fit.end == fit_end::impossible);
  REQUIRE(none.faults.size() == 1);
  CHECK(to_string(none.faults[0]).find("shares that sum to 1") != std::string::npos);
  CHECK(none.figures.empty());
}

TEST_CASE("draws of parameters hold what the county's own figures were made with, and say what is left open") {
  // The load is a product of two, of which only the product is seen; a part of visitors is answered at once; a share of nothing.
  const world truth = quarter({"load.matters_per_year=1700", "reception.on_spot_share=0.35"});
  const double registered = shown(truth, metric::first_registrations).estimate, answered = shown(truth, metric::answered_on_spot).estimate;
  calibration_task task{{figure(metric::first_registrations, registered, 10), figure(metric::answered_on_spot, answered, 10),
                         figure(metric::repeat_rate, 0.9, 0.01, 0)},
                        {parameter_of("load.matters_per_year", 500, 3000, 1200), parameter_of("load.multiplier", 0.6, 1.6, 1),
                         parameter_of("reception.on_spot_share", 0.1, 0.9, 0.6), parameter_of("rating.participation", 0.8, 1, 0.95)}};
  for (known_figure& f : task.figures) f.discrepancy = 0;
  const posterior_result found = matched(thread_team{2}, task, quarter());
  REQUIRE(found.matching.end == matching_end::matched);
  REQUIRE(found.draws.size() == 40);
  const auto& p = found.parameters;
  CHECK(p[0].said != narrowing::fixed);
  CHECK(p[2].said == narrowing::fixed);
  CHECK(p[2].values.lower < 0.35);
  CHECK(p[2].values.upper > 0.35);
  CHECK(p[3].said == narrowing::left_open);
  CHECK(p[3].beforehand.lower == Approx(0.81));
  CHECK(p[3].beforehand.upper == Approx(0.99));
  REQUIRE(!found.pairs.empty());
  CHECK(found.pairs[0].first == 0);
  CHECK(found.pairs[0].second == 1);
  CHECK(found.pairs[0].correlation < -0.8);
  std::vector<double> product;
  for (const auto& draw : found.draws) product.push_back(draw[0] * draw[1]);
  const middle_range both = detail::middle_of(product);
  CHECK(both.lower < 1700);
  CHECK(both.upper > 1700);
  CHECK(both.upper - both.lower < 400);
  CHECK(found.figures[0].expected.median == Approx(registered).margin(20));
  CHECK(std::abs(found.figures[0].distance) < 1);
  CHECK(found.figures[0].one_year.upper - found.figures[0].one_year.lower >
        found.figures[0].expected.upper - found.figures[0].expected.lower);
  CHECK(found.figures[2].distance < -5);  // held out: it rules out nothing
  CHECK(found.figures[2].surface_error == 0);
  CHECK(found.figures[0].surface_error > 0.3);
  CHECK(found.figures[0].surface_error < 2);
  CHECK(found.points <= most_points_of(task, [] {
          posterior_options o;
          o.draws = 40;
          return o;
        }()));
}

TEST_CASE("draws of parameters have the same bytes for any number of threads") {
  const world w = quarter();
  const calibration_task task{{figure(metric::registrations, 420, 20)}, {parameter_of("load.matters_per_year", 500, 3000, 1340)}};
  const posterior_result a = matched(thread_team{1}, task, w, 20, 2), b = matched(thread_team{3}, task, w, 20, 2);
  REQUIRE(a.draws.size() == 20);
  CHECK(a.draws == b.draws);
  CHECK(a.matching.year_variance == b.matching.year_variance);
  CHECK(a.figures[0].one_year.upper == b.figures[0].one_year.upper);
  CHECK(a.figures[0].surface_error == b.figures[0].surface_error);
  for (const auto& draw : a.draws) CHECK((draw[0] > 1000 && draw[0] < 2000));
  const std::atomic<bool> stop{true};
  const posterior_result stopped = matched(thread_team{1, &stop}, task, w, 20, 2);
  CHECK(stopped.matching.end == matching_end::stopped);
  CHECK(stopped.draws.empty());
}

TEST_CASE("no county within the ranges: which figure is never reached, or that there is none at all") {
  const world w = quarter();
  const calibration_task far{{figure(metric::registrations, 90000, 10), figure(metric::repeat_rate, 0.3, 0.2)},
                             {parameter_of("load.matters_per_year", 500, 3000, 1340)}};
  const posterior_result never = matched(thread_team{2}, far, w, 20, 2);
  CHECK(never.matching.end == matching_end::none_left);
  REQUIRE(never.matching.why.size() == 1);
  CHECK(never.matching.why[0].figure == 0);
  CHECK(never.matching.why[0].value > 600);
  CHECK(never.matching.why[0].value < 1500);
  CHECK(never.draws.empty());
  CHECK(never.figures.empty());
  const calibration_task shares{{figure(metric::registrations, 500, 100)}, {parameter_of("load.visit_share", 0.6, 0.9, 0.7)}};
  const posterior_result none = matched(thread_team{1}, shares, w, 20, 2);
  CHECK(none.matching.end == matching_end::impossible);
  REQUIRE(none.faults.size() == 1);
  CHECK(to_string(none.faults[0]).find("shares that sum to 1") != std::string::npos);
}
