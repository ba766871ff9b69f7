// SPDX-License-Identifier: BSL-1.0
// Draws of parameters by history matching and by approximate Bayesian computation, on models that are a formula.
#include "catch.hpp"
#include "../coverage/rank_models.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using namespace sifang;

namespace {

/// A model without chance.
template <class Formula>
auto exact(Formula formula) {
  return [formula](const unit_points& points) {
    std::vector<simulated_point> out;
    for (const auto& u : points) out.push_back({formula(u)});
    return out;
  };
}
seen_figure seen(double value, double deviation, bool is_evidence = true) { return {value, deviation * deviation, is_evidence}; }
double mean_of(const unit_points& points, std::size_t j) {
  double sum = 0;
  for (const auto& u : points) sum += u[j];
  return sum / static_cast<double>(points.size());
}
double deviation_of(const unit_points& points, std::size_t j) {
  const double mean = mean_of(points, j);
  double sum = 0;
  for (const auto& u : points) sum += (u[j] - mean) * (u[j] - mean);
  return std::sqrt(sum / static_cast<double>(points.size()));
}

}  // namespace

TEST_CASE("the true parameters rank anywhere among the draws from a year that was played with them") {
  // A law half as wide as it should be is seen by 100 trials (below); p below 1e-4 is none of chance.
  const std::vector<ranks::toy> all = ranks::toys();
  for (const ranks::toy& t : all) {
    INFO(t.name);
    const ranks::rank_table r = ranks::measure(t, ranks::method::matching, 100, 7);
    CHECK(r.without < 3);
    for (std::size_t j = 0; j < t.dimensions; ++j) {
      INFO("parameter " << j);
      CHECK(r.p[j] > 1e-4);
      CHECK(r.covered[j] > 0.82);
    }
  }
  const ranks::rank_table narrow = ranks::measure(all[1], ranks::method::matching, 100, 7, 0.5);
  CHECK(narrow.p[0] < 1e-4);
  CHECK(narrow.covered[0] < 0.8);
  const ranks::rank_table by_abc = ranks::measure(all[0], ranks::method::abc, 60, 7);
  CHECK(by_abc.p[0] > 1e-4);
  CHECK(by_abc.covered[0] > 0.78);
}

TEST_CASE("draws are of the law that can be worked out, by both methods") {
  // One parameter that is seen with an error of 0.1 at 0.4: normal, all but uncut. The second is left open.
  const auto line = [](const std::vector<double>& u) { return std::vector<double>{u[0]}; };
  const std::vector<seen_figure> figures{seen(0.4, 0.1)};
  const matching_result found = match_history(2, figures, exact(line), 800);
  REQUIRE(found.end == matching_end::matched);
  REQUIRE(found.draws.size() == 800);
  CHECK(mean_of(found.draws, 0) == Approx(0.4).margin(0.02));
  CHECK(deviation_of(found.draws, 0) == Approx(0.0985).margin(0.01));  // cut at three deviations
  CHECK(mean_of(found.draws, 1) == Approx(0.5).margin(0.05));
  CHECK(deviation_of(found.draws, 1) == Approx(0.2887).margin(0.02));
  CHECK(found.waves.size() == 1);  // the surface is exact
  CHECK(found.waves[0].share_left == Approx(0.6).epsilon(0.1));

  std::uint64_t name = 0;
  const random_source source(3, 0);
  const auto noisy = [&](const unit_points& points) {
    std::vector<std::vector<double>> out;
    for (const auto& u : points) out.push_back({u[0] + 0.1 * normal(source.uniform(name++, 0))});
    return out;
  };
  const std::vector<double> value{0.4};
  const abc_result near = abc_smc(2, value, noisy);
  CHECK(near.effective > 100);
  CHECK(near.tolerances.size() > 3);
  CHECK(std::is_sorted(near.tolerances.rbegin(), near.tolerances.rend()));
  const unit_points same = equally_weighted(near, 800);
  CHECK(mean_of(same, 0) == Approx(0.4).margin(0.03));
  CHECK(deviation_of(same, 0) == Approx(0.1).margin(0.02));
  CHECK(deviation_of(same, 1) == Approx(0.2887).margin(0.05));
  CHECK(near.calls == name);
  CHECK(near.calls <= 20000);
}

TEST_CASE("weights keep a population at its law where figures say nothing") {
  // Without them each generation would be that of the last with a step more, cut at the walls: narrower and narrower.
  const random_source source(8, 0);
  std::uint64_t name = 0;
  const auto silent = [&](const unit_points& points) {
    std::vector<std::vector<double>> out;
    for (std::size_t i = 0; i < points.size(); ++i) out.push_back({normal(source.uniform(name++, 0))});
    return out;
  };
  abc_options o;
  o.adjust = false;
  o.quantile = 0.8;
  const std::vector<double> value{0};
  const abc_result r = abc_smc(1, value, silent, o);
  CHECK(r.tolerances.size() > 6);
  const unit_points same = equally_weighted(r, 2000);
  CHECK(mean_of(same, 0) == Approx(0.5).margin(0.05));
  CHECK(deviation_of(same, 0) == Approx(0.2887).margin(0.02));
}

TEST_CASE("a year's own chance, the source's and the model's lack all widen what is left") {
  const auto noisy = [](double one_year) {
    return [one_year](const unit_points& points) {
      std::vector<simulated_point> out;
      for (const auto& u : points) out.push_back({{u[0]}, {0.0}, {one_year * one_year}});
      return out;
    };
  };
  const std::vector<seen_figure> figures{seen(0.5, 0.06)};
  CHECK(deviation_of(match_history(1, figures, noisy(0), 900).draws, 0) == Approx(0.06).epsilon(0.1));
  const matching_result wider = match_history(1, figures, noisy(0.08), 900);
  CHECK(deviation_of(wider.draws, 0) == Approx(0.1).epsilon(0.1));
  CHECK(wider.year_variance[0] == Approx(0.0064));
  const std::vector<seen_figure> of_many{{0.5, 0.0036, true, false}};
  CHECK(deviation_of(match_history(1, of_many, noisy(0.08), 900).draws, 0) == Approx(0.06).epsilon(0.1));
}

TEST_CASE("waves sharpen a surface that misses much at first, and what is held out rules out nothing") {
  const auto steep = [](const std::vector<double>& u) { return std::vector<double>{std::exp(6 * u[0]), 5 * u[1], u[0]}; };
  const matching_result found = match_history(2, {seen(std::exp(6 * 0.3), 0.2), seen(2, 0.1), seen(9, 0.01, false)}, exact(steep), 200);
  REQUIRE(found.end == matching_end::matched);
  CHECK(found.waves.size() > 1);
  CHECK(found.waves.back().share_left < 0.3 * found.waves[0].share_left);
  CHECK(found.waves.back().surface_part[0] < found.waves[0].surface_part[0]);
  for (const auto& u : found.draws) CHECK(u[0] == Approx(0.3).margin(0.03));
  CHECK(mean_of(found.draws, 1) == Approx(0.4).margin(0.01));
}

TEST_CASE("where nothing is left the figures that are never reached are named, or those that contradict each other") {
  const auto two = [](const std::vector<double>& u) { return std::vector<double>{u[0], 2 * u[0], u[1], 5}; };
  const matching_result never = match_history(2, {seen(0.5, 0.1), seen(1, 0.1), seen(3, 0.1), seen(5, 1)}, exact(two), 50);
  CHECK(never.end == matching_end::none_left);
  REQUIRE(never.why.size() == 1);
  CHECK(never.why[0].figure == 2);
  CHECK(never.why[0].other == 2);
  CHECK(never.why[0].value == Approx(1).margin(0.02));
  CHECK(never.why[0].implausibility == Approx(20).margin(0.5));
  CHECK(never.least[2] < 0.1);
  CHECK(never.most[2] > 0.9);
  CHECK(never.draws.empty());
  CHECK(never.waves.back().share_left == 0);

  const matching_result both = match_history(2, {seen(0.2, 0.05), seen(1.8, 0.05), seen(0.5, 0.1), seen(5, 1)}, exact(two), 50);
  CHECK(both.end == matching_end::none_left);
  REQUIRE(both.why.size() == 1);
  CHECK(both.why[0].figure == 0);
  CHECK(both.why[0].other == 1);
  CHECK(both.why[0].other_value == Approx(2 * both.why[0].value).margin(0.01));
  CHECK(both.why[0].implausibility > 3);

  // Two that the chance of the wide ranges hides in the first wave, and that a later one tells apart.
  const auto growing = [](const unit_points& points) {
    std::vector<simulated_point> out;
    for (const auto& u : points) {
      const double load = 100 + 2900 * u[0];
      out.push_back({{load, 0.8 * load}, {load / 2, load / 2}, {load, load}});
    }
    return out;
  };
  const matching_result torn = match_history(1, {seen(900, 60), seen(100, 10)}, growing, 20);
  CHECK(torn.end == matching_end::none_left);
  REQUIRE(torn.why.size() == 1);
  CHECK(torn.why[0].figure == 0);
  CHECK(torn.why[0].other == 1);

  // A figure that never varies rules out everything where it is not what was seen, and nothing where it is.
  const matching_result fixed = match_history(2, {seen(0.5, 0.1), seen(1, 0.1), seen(0.5, 0.1), seen(9, 1)}, exact(two), 50);
  REQUIRE(fixed.why.size() == 1);
  CHECK(fixed.why[0].figure == 3);
  CHECK(fixed.why[0].value == Approx(5));
  CHECK(fixed.why[0].implausibility == Approx(4));
}

TEST_CASE("a matching goes round what cannot be, and says when too little can or it was stopped") {
  const auto half = [](const std::vector<double>& u) {
    return u[0] + u[1] > 1 ? std::vector<double>{} : std::vector<double>{u[0], std::numeric_limits<double>::infinity()};
  };
  CHECK(match_history(2, {seen(0.3, 0.1), seen(1, 1)}, exact(half), 20).end == matching_end::impossible);
  const auto corner = [](const std::vector<double>& u) { return u[0] + u[1] > 1 ? std::vector<double>{} : std::vector<double>{u[0]}; };
  const matching_result found = match_history(2, {seen(0.3, 0.1)}, exact(corner), 20);
  CHECK(found.end == matching_end::matched);
  CHECK(found.waves[0].impossible > 5);
  CHECK(found.waves[0].impossible < 20);
  int asked = 0;
  const auto stopping = [&](const unit_points& points) {
    std::vector<simulated_point> out;
    for (const auto& u : points) out.push_back({{std::exp(9 * u[0])}});
    if (++asked > 1) out.pop_back();
    return out;
  };
  const matching_result stopped = match_history(1, {seen(30, 1)}, stopping, 20);
  CHECK(stopped.end == matching_end::stopped);
  CHECK(stopped.draws.empty());

  const std::vector<double> value{0.3};
  const auto none = [](const unit_points& points) { return std::vector<std::vector<double>>(points.size()); };
  CHECK(abc_smc(1, value, none).end == abc_end::impossible);
  CHECK(abc_smc(1, value, [](const unit_points&) { return std::vector<std::vector<double>>(); }).end == abc_end::stopped);
  // A figure that never varies is left out, and without any other there is nothing to come nearer to.
  const auto constant = [](const unit_points& points) { return std::vector<std::vector<double>>(points.size(), {5.0}); };
  const abc_result same = abc_smc(1, value, constant);
  CHECK(same.end == abc_end::exact);
  CHECK(same.scale == std::vector<double>{0});
  CHECK(deviation_of(same.points, 0) == Approx(0.2887).margin(0.02));
  // What is never near: the nearest there is, no endless search.
  const std::vector<double> far{50};
  const auto line = [](const unit_points& points) {
    std::vector<std::vector<double>> out;
    for (const auto& u : points) out.push_back({u[0]});
    return out;
  };
  const abc_result nearest = abc_smc(1, far, line);
  for (const auto& u : nearest.points) CHECK((u[0] > 0.9 && u[0] < 1));
}
