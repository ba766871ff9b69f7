// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/experiment/assumptions.hpp"
#include "sifang/experiment/policy_sums.hpp"
#include "sifang/experiment/sensitivity.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/compare.hpp"
#include "tables.hpp"

#include <atomic>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

const std::vector<std::string> short_year{"scenario.warm_up=30", "scenario.run_out=30", "scenario.end=2022-03-31"};

std::vector<std::string> with(std::vector<std::string> more) {
  more.insert(more.begin(), short_year.begin(), short_year.end());
  return more;
}
/// Worlds of a quarter under two policies, in which any numbers may vary.
struct quarter {
  std::vector<world> policies;

  explicit quarter(const std::vector<std::string>& other) {
    policies.push_back(xiapu(short_year));
    policies.push_back(xiapu(with(other)));
  }
  std::optional<world> operator()(std::span<const numbered_value> values, std::size_t policy) const {
    const world& w = policies[policy];
    scenario s = w.setting();
    set_numbers(s, values);
    auto made = world::make(std::move(s), w.org(), w.calendar());
    if (!made) return std::nullopt;
    return *std::move(made);
  }
};
varied_parameter number(std::string key, double low, double mode, double high, bool whole = false) {
  return {std::move(key), {law_kind::uniform, low, mode, high, whole}};
}
constexpr auto nobody = [](std::size_t) {};
constexpr std::size_t years = 16;

}  // namespace

TEST_CASE("the figure of a point is what a comparison shows, and its error what the years say", "[sensitivity]") {
  const quarter worlds({"load.multiplier=2"});
  const auto world_at = [&](std::size_t, std::size_t policy) { return worlds({}, policy); };
  const auto one = play_policy_points(thread_team{1}, 2, {metric::registrations, true}, years, 0.95, world_at, nobody);
  const auto two = play_policy_points(thread_team{2}, 2, {metric::registrations, true}, years, 0.95, world_at, nobody);
  REQUIRE(one.size() == 2);
  const std::vector<const world*> both{&worlds.policies[0], &worlds.policies[1]};
  const study_result study = run_study(thread_team{1}, both, years);
  const std::size_t at = outcome_row(worlds.policies[0]).at(metric::registrations, 0);
  const interval expected =
      study.pairs[0]
          .difference(at, study.policies[0].sums, study.policies[1].sums, quantity_of(metric::registrations), t_scale(years, 0.95))
          .difference;
  for (const point_figure& p : one) {
    CHECK(p.figure.estimate == Approx(expected.estimate));
    CHECK(p.figure.lower == Approx(expected.lower));
    CHECK(p.figure.upper == Approx(expected.upper));
    CHECK(p.base == Approx(study.policies[0].sums.ratio(at)));
    CHECK(p.other == Approx(study.policies[1].sums.ratio(at)));
    CHECK(p.error > 0);
    CHECK(p.error < p.figure.half_width());
  }
  CHECK(error_between(one[0], one[1]) == 0);  // the same years
  CHECK(one[1].figure.lower == two[1].figure.lower);
  CHECK(one[1].influence == two[1].influence);
}

TEST_CASE("a screening finds what moves a metric, and that something moves nothing", "[sensitivity]") {
  const quarter worlds({});
  const sensitivity_task task{
      {number("load.multiplier", 0.5, 1, 2), number("rating.participation", 0.6, 0.9, 1), number("county.travel_speed", 20, 40, 60)},
      {metric::registrations, false},
      2022,
      0.95};
  std::size_t told = 0;
  const auto found = screen(thread_team{2}, task, 3, 8, worlds, [&](std::size_t points) { told = points; });
  REQUIRE(found);
  CHECK(found->points == 3 * 4);
  CHECK(told == 12);
  CHECK(found->unanswered == 0);
  CHECK(found->varies);
  CHECK(found->order[0] == 0);
  CHECK(found->effects[0].mean.estimate > 5 * found->effects[0].noise);
  CHECK(found->effects[0].noise > 0);
  CHECK(found->effects[1].is_inert);  // who rates a reply registers nothing
  const auto again = screen(thread_team{1}, task, 3, 8, worlds, nobody);
  CHECK(again->effects[0].size.estimate == found->effects[0].size.estimate);
  CHECK(again->effects[0].size.upper == found->effects[0].size.upper);

  const sensitivity_task still{{number("rating.participation", 0.6, 0.9, 1)}, {metric::registrations, false}, 2022, 0.95};
  const auto nothing = screen(thread_team{2}, still, 2, 8, worlds, nobody);
  CHECK_FALSE(nothing->varies);
  CHECK(nothing->effects[0].size.estimate == 0);
  const auto indices = find_indices(thread_team{2}, still, 2, 8, worlds, nobody);
  CHECK_FALSE(indices->found.varies());
  CHECK_FALSE(indices->found.indices[0].total.has_value());
}

TEST_CASE("shares of the variance of a difference between policies", "[sensitivity]") {
  const quarter worlds({"load.matters_per_year=2000"});
  const sensitivity_task task{
      {number("load.multiplier", 0.5, 1, 1.5), number("rating.participation", 0.6, 0.9, 1)}, {metric::registrations, true}, 7, 0.95};
  const auto found = find_indices(thread_team{2}, task, 8, 8, worlds, nobody);
  REQUIRE(found);
  CHECK(found->points == 8 * 4);
  CHECK(found->found.varies());
  CHECK(found->found.indices[0].total.estimate > 0.5);
  CHECK(found->found.indices[1].total.estimate == 0);
  CHECK(found->found.indices[0].noise > 0);
  CHECK(found->found.indices[0].noise < 0.2);
}

TEST_CASE("an assumption that changes the verdict is found, with the value at which it does", "[sensitivity]") {
  const quarter plain({});
  const auto worlds = [&](std::span<const numbered_value> values, std::size_t policy) {
    // Policy 0 takes the number, policy 1 does not: the difference falls through zero where both have the same load.
    return policy == 0 ? plain(values, 0) : plain({}, 1);
  };
  const sensitivity_task task{
      {number("load.multiplier", 0.5, 0.6, 1.5), number("rating.participation", 0.6, 0.9, 1)}, {metric::registrations, true}, 7, 0.95};
  const std::vector<std::size_t> both{0, 1};
  // The scenario's value is 0.6 here: all points have it but those of the multiplier itself.
  const auto as_it_is = [&](std::span<const numbered_value> values, std::size_t policy) {
    std::vector<numbered_value> all(values.begin(), values.end());
    if (all.empty() || all.front().key != "load.multiplier") all.push_back({"load.multiplier", 0.6});
    return worlds(all, policy);
  };
  std::size_t most = 0;
  const assumptions_effort effort{4, 4};
  const auto found = try_assumptions(thread_team{2}, task, both, years, as_it_is, effort, [&](std::size_t points) { most = points; });
  REQUIRE(found);
  CHECK(most == found->points);
  CHECK(most <= most_points_of(2, true, effort));
  CHECK(found->verdict == expected_verdict::rises);
  CHECK(found->is_told);
  REQUIRE(found->assumptions.size() == 2);
  const assumption_result& load = found->assumptions[0];
  CHECK(load.parameter == 0);
  REQUIRE(load.changes.size() == 2);  // to no difference that matters, and on to fewer
  CHECK(load.changes[0].from == expected_verdict::rises);
  CHECK(load.changes[0].to == expected_verdict::none);
  CHECK(load.changes[1].to == expected_verdict::falls);
  CHECK(load.changes[0].upward);
  // At the same load there is no difference at all, on the same years; a per cent of it matters.
  CHECK(load.changes[0].place.at < 1);
  CHECK(load.changes[1].place.at > 1);
  CHECK(load.changes[0].place.at > 0.93);
  CHECK(load.changes[1].place.at < 1.07);
  CHECK(load.changes[0].place.lower <= load.changes[0].place.at);
  CHECK(load.changes[0].place.upper >= load.changes[0].place.at);
  REQUIRE(load.at(0.5) != nullptr);
  CHECK(load.at(0.5)->figure.estimate > load.at(1.5)->figure.estimate);
  for (std::size_t k = 0; k + 1 < load.points.size(); ++k) CHECK(load.points[k].at < load.points[k + 1].at);
  // A planner to whom a tenth of it matters hears of both changes further out.
  sensitivity_task asked = task;
  asked.matters = {{"registrations", 0.1, true}, {"heard_15d", 0.5, false}};
  const auto wide = try_assumptions(thread_team{2}, asked, std::vector<std::size_t>{0}, years, as_it_is, effort, [](std::size_t) {});
  REQUIRE(wide);
  REQUIRE(wide->assumptions[0].changes.size() == 2);
  CHECK(wide->matters == Approx(10 * found->matters));
  CHECK(wide->assumptions[0].changes[0].place.at < load.changes[0].place.at - 0.02);
  CHECK(wide->assumptions[0].changes[1].place.at > load.changes[1].place.at + 0.02);
  const assumption_result& rating = found->assumptions[1];
  CHECK(rating.changes.empty());
  CHECK(rating.swing() == 0);
  CHECK(name_of_verdict(expected_verdict::rises, "none") == "higher");
  CHECK(name_of_verdict(expected_verdict::falls, "lower") == "better");
  CHECK(name_of_verdict(expected_verdict::falls, "higher") == "worse");
}

TEST_CASE("points at which no county can be have no figure, and a team that is stopped gives none", "[sensitivity]") {
  const quarter plain({});
  const auto gaps = [&](std::span<const numbered_value> values, std::size_t policy) -> std::optional<world> {
    if (!values.empty() && values.front().value > 1.2) return std::nullopt;
    return plain(values, policy);
  };
  const sensitivity_task task{{number("load.multiplier", 0.5, 1, 1.5)}, {metric::registrations, false}, 7, 0.95};
  const std::vector<std::size_t> one{0};
  const auto found = try_assumptions(thread_team{2}, task, one, 8, gaps, {3, 0}, nobody);
  REQUIRE(found);
  CHECK(found->assumptions[0].has_gaps());
  REQUIRE(found->assumptions[0].at(1.5) != nullptr);
  CHECK_FALSE(found->assumptions[0].at(1.5)->known());
  CHECK(std::isnan(found->assumptions[0].at(1.5)->value()));
  CHECK(found->assumptions[0].swing() > 0);
  const auto screened = screen(thread_team{2}, task, 2, 8, gaps, nobody);
  REQUIRE(screened);
  CHECK(screened->unanswered > 0);
  std::atomic<bool> stop{true};
  CHECK_FALSE(screen(thread_team{1, &stop}, task, 2, 8, plain, nobody));
  CHECK_FALSE(find_indices(thread_team{1, &stop}, task, 2, 8, plain, nobody));
  CHECK_FALSE(try_assumptions(thread_team{1, &stop}, task, one, 8, plain, {}, nobody));
}
