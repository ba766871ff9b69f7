// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/experiment/cost_service.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

using namespace sifang;

namespace {

using positions = std::vector<std::size_t>;

std::vector<std::string> standings(const std::vector<cost_point>& points) {
  std::vector<std::string> out;
  for (const cost_place& p : cost_front(points)) out.emplace_back(name_of(p.where));
  return out;
}

/// Rows of replications in which every service is the same number, and the total is the cost, and leaders have a hundredth of it as hours.
std::vector<double> rows_of(const std::vector<cost_point>& years) {
  std::vector<double> out;
  for (const cost_point& y : years) {
    out.push_back(y.cost);
    out.push_back(y.cost / 100);
    out.insert(out.end(), service_count, y.service);
  }
  return out;
}
/// Noise of a year with mean 0 over all; two that have little to do with each other.
struct noise {
  double a, b;
};
noise of_year(std::size_t i, std::size_t years) {
  const double sign = i < years / 2 ? 1 : -1, x = static_cast<double>(i % (years / 2));
  return {sign * std::sin(1.7 * x + 0.3), sign * std::cos(2.9 * x)};
}
/// So many years about a point; the noise is one of the year, the same for all policies with the same weights.
std::vector<double> noisy(cost_point about, double cost_noise, double service_noise, std::size_t years = 40) {
  std::vector<cost_point> out;
  for (std::size_t i = 0; i < years; ++i) {
    const noise n = of_year(i, years);
    out.push_back({about.cost + cost_noise * n.a, about.service + service_noise * n.b});
  }
  return rows_of(out);
}
result_costs reckoned(const std::vector<std::vector<double>>& rows) { return reckon_costs(rows, cost_row::ranked, 0.95); }
const result_gain& first_service(const result_costs& r, std::size_t policy) { return r.policies[policy].services[0]; }

}  // namespace

TEST_CASE("a known front: who is dominated, who by a mix of two, and by whom") {
  // The steps from 0 on cost 1, 3 and 10 for each unit; 1 is above the line from 0 to 2, 4 is dearer than 3 and serves less.
  const std::vector<cost_point> points{{0, 0}, {9, 4}, {10, 10}, {40, 20}, {45, 19}, {140, 30}};
  const auto found = cost_front(points);
  CHECK(standings(points) == std::vector<std::string>{"front", "extendedly_dominated", "front", "front", "dominated", "front"});
  CHECK(found[1].by == positions{0, 2});
  CHECK(found[4].by == positions{3});
  CHECK(found[0].by.empty());
}

TEST_CASE("ties: exactly alike is the same, as dear or as good is dominated, on a line is on the front") {
  CHECK(standings({{5, 5}}) == std::vector<std::string>{"front"});
  CHECK(standings({}).empty());
  const std::vector<cost_point> alike{{5, 5}, {5, 5}, {5, 5}};
  CHECK(standings(alike) == std::vector<std::string>{"front", "same", "same"});
  CHECK(cost_front(alike)[2].by == positions{0});
  CHECK(standings({{5, 5}, {5, 6}}) == std::vector<std::string>{"dominated", "front"});  // equal costs
  CHECK(standings({{6, 5}, {5, 5}}) == std::vector<std::string>{"dominated", "front"});  // equal services
  CHECK(standings({{0, 0}, {1, 1}, {2, 2}}) == std::vector<std::string>{"front", "front", "front"});
  CHECK(standings({{2, 1}, {2, 1}, {1, 2}}) == std::vector<std::string>{"dominated", "dominated", "front"});
  CHECK(standings({{-3, -9}, {-3, -8}}) == std::vector<std::string>{"dominated", "front"});  // services of which fewer is better
  // Of several who dominate, the one that nobody dominates is named.
  CHECK(cost_front(std::vector<cost_point>{{9, 1}, {8, 2}, {7, 3}})[0].by == positions{2});
}

TEST_CASE("whatever the policies, whoever is on the front is the best for some price of service, and nobody else is") {
  CHECK(rc::check([] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 9);
    std::vector<cost_point> points;
    for (std::size_t k = 0; k < n; ++k)
      points.push_back({static_cast<double>(*rc::gen::inRange(0, 12)), static_cast<double>(*rc::gen::inRange(0, 12))});
    const auto found = cost_front(points);
    for (std::size_t k = 0; k < n; ++k) {
      // Best at some price: those at which it ties with another, and those between and beyond.
      std::vector<double> prices{1e-6, 1e6};
      for (const cost_point& a : points) {
        for (const cost_point& b : points) {
          if (b.service > a.service && b.cost > a.cost) prices.push_back((b.cost - a.cost) / (b.service - a.service));
        }
      }
      const bool is_best = std::any_of(prices.begin(), prices.end(), [&](double price) {
        return std::all_of(points.begin(), points.end(), [&](const cost_point& other) {
          return price * points[k].service - points[k].cost >= price * other.service - other.cost - 1e-9;
        });
      });
      const bool on_front = found[k].where == cost_standing::front || (found[k].where == cost_standing::same);
      RC_ASSERT(on_front == is_best);
      RC_ASSERT(found[k].by.empty() == (found[k].where == cost_standing::front));
      RC_ASSERT((found[k].by.size() == 2) == (found[k].where == cost_standing::extendedly_dominated));
    }
  }));
}

TEST_CASE("what one more costs is the difference of costs by that of services, with Fieller's interval") {
  const result_costs r = reckoned({noisy({1000, 50}, 5, 1), noisy({1600, 70}, 20, 4)});
  const result_gain& g = first_service(r, 1);
  CHECK(g.verdict == "buys");
  CHECK(g.price.estimate == Approx(r.policies[1].difference.estimate / g.gain.estimate));
  CHECK(g.price.kind == interval_kind::two_sided);
  CHECK((g.price.lower > 0 && g.price.lower < g.price.estimate && g.price.upper > g.price.estimate));
  CHECK(g.leader_hours.estimate == Approx(g.price.estimate / 100));
  // Fieller: at each bound, cost − bound × service is just told from 0.
  const t_scale scale(40, 0.95);
  for (const double bound : {g.price.lower, g.price.upper}) {
    std::vector<double> left;
    for (std::size_t i = 0; i < 40; ++i) {
      const noise n = of_year(i, 40);
      left.push_back(600 + 15 * n.a - bound * (20 + 3 * n.b));
    }
    const interval mean = mean_interval(left, scale);
    CHECK(std::min(std::abs(mean.lower), std::abs(mean.upper)) < 0.1 * (mean.upper - mean.lower));
  }
}

TEST_CASE("no price where the service does not differ, or is had for nothing; and never a NaN") {
  const auto base = noisy({1000, 50}, 5, 1);
  const auto verdict = [&](const std::vector<double>& other) {
    const result_costs r = reckoned({base, other});
    const result_gain g = first_service(r, 1);
    CHECK(std::isfinite(g.price.estimate + g.price.lower + g.price.upper));
    CHECK(g.price.has_value() == (g.verdict == "buys" || g.verdict == "gives_up"));
    return g.verdict;
  };
  CHECK(verdict(noisy({1600, 70}, 5, 1)) == "buys");
  CHECK(verdict(noisy({900, 70}, 5, 1)) == "dominates");
  CHECK(verdict(noisy({1000, 70}, 5, 1)) == "dominates");  // for nothing
  CHECK(verdict(noisy({900, 30}, 5, 1)) == "gives_up");
  CHECK(verdict(noisy({1100, 30}, 5, 1)) == "dominated");
  CHECK(verdict(noisy({1000, 30}, 5, 1)) == "dominated");  // saves nothing
  CHECK(verdict(base) == "same_service");
  CHECK(verdict(noisy({1600, 50}, 5, 90)) == "same_service");  // noise alone
  CHECK(verdict(noisy({1600, 50.1}, 5, 9)) == "same_service");
  CHECK(verdict(noisy({1000.5, 70}, 50, 1)) == "buys");  // for a price that may be nothing
  // So near to nothing that no bound can be given: told from nothing by a hair, and no price.
  std::size_t priced = 0;
  for (double more = 0; more < 12; more += 0.05) priced += verdict(noisy({1600, 50 + more}, 5, 20)) == "buys";
  CHECK((priced > 20 && priced < 239));
  const result_costs saved = reckoned({base, noisy({900, 30}, 5, 1)});
  CHECK(first_service(saved, 1).price.estimate == Approx(5));  // saved for each that is given up
  const result_costs nothing = reckoned({base, noisy({1000.5, 70}, 50, 1)});
  CHECK(first_service(nothing, 1).price.contains(0));
}

TEST_CASE("a single policy is its own front; few years give no interval and no verdict; large numbers stay numbers") {
  const result_costs one = reckoned({noisy({1000, 50}, 5, 1)});
  CHECK(first_service(one, 0).verdict == "base");
  CHECK(first_service(one, 0).place == "front");
  CHECK_FALSE(one.policies[0].difference.has_value());
  const result_costs few = reckoned({noisy({1000, 50}, 5, 1, 8), noisy({1600, 70}, 5, 1, 8)});
  CHECK(first_service(few, 1).verdict == "too_few_years");
  CHECK(first_service(few, 1).price.kind == interval_kind::too_little_data);
  CHECK(first_service(few, 1).price.estimate == Approx(30));
  const result_costs once = reckoned({rows_of({{3, 3}}), rows_of({{3, 3}})});
  CHECK(first_service(once, 1).verdict == "too_few_years");
  CHECK_FALSE(first_service(once, 1).price.has_value());
  const result_costs never = reckoned({rows_of(std::vector<cost_point>(20, {7, 2})), rows_of(std::vector<cost_point>(20, {9, 3}))});
  CHECK(first_service(never, 1).verdict == "buys");
  CHECK(first_service(never, 1).price.estimate == 2);
  CHECK(first_service(never, 1).price.kind == interval_kind::constant);
  const result_costs huge = reckoned({noisy({1e15, 1e12}, 1e9, 1e7), noisy({3e15, 2e12}, 1e9, 2e7)});
  CHECK(first_service(huge, 1).verdict == "buys");
  CHECK(first_service(huge, 1).price.estimate == Approx(2000).epsilon(0.01));
  CHECK(reckon_costs({}, cost_row::size, 0.95).policies.empty());
}

TEST_CASE("what is said of the front is none of chance where the pairs of years say so") {
  const auto place = [&](const std::vector<std::vector<double>>& rows, std::size_t k) { return first_service(reckoned(rows), k); };
  // Dearer and worse in every year, though the years differ far more than the policies.
  const std::vector<std::vector<double>> clear{noisy({1000, 50}, 300, 30), noisy({1010, 49}, 300, 30)};
  CHECK((place(clear, 1).place == "dominated" && place(clear, 1).sure));
  // Worse by chance alone: the noise of this one is its own.
  const std::vector<std::vector<double>> unclear{noisy({1000, 50}, 300, 30), noisy({1001, 49.9}, 500, 90)};
  CHECK((place(unclear, 1).place == "dominated" && !place(unclear, 1).sure));
  // One of both is sure, and the other one may be either way.
  const std::vector<std::vector<double>> dearer{noisy({1000, 50}, 300, 30), noisy({1900, 49.9}, 300, 90)};
  CHECK((place(dearer, 1).place == "dominated" && !place(dearer, 1).sure));
  const std::vector<std::vector<double>> worse{noisy({1000, 50}, 300, 30), noisy({1000.1, 20}, 500, 30)};
  CHECK((place(worse, 1).place == "dominated" && !place(worse, 1).sure));
  const std::vector<std::vector<double>> as_dear{noisy({1000, 50}, 300, 30), noisy({1000, 20}, 300, 30)};
  CHECK((place(as_dear, 1).place == "dominated" && place(as_dear, 1).sure));
  const std::vector<std::vector<double>> mix{noisy({0, 0}, 9, 3), noisy({90, 40}, 9, 3), noisy({100, 100}, 9, 3)};
  CHECK((place(mix, 1).place == "extendedly_dominated" && place(mix, 1).sure && place(mix, 1).by == positions{0, 2}));
  const std::vector<std::vector<double>> near{noisy({0, 0}, 9, 3), noisy({40.1, 40}, 90, 3), noisy({100, 100}, 9, 3)};
  CHECK((place(near, 1).place == "extendedly_dominated" && !place(near, 1).sure));
}

TEST_CASE("of what the one that serves most brings, who brings a larger share than of its cost") {
  const result_costs r = reckoned({noisy({1000, 50}, 1, 1), noisy({1050, 80}, 1, 1), noisy({2000, 100}, 1, 1), noisy({1900, 60}, 1, 1)});
  const auto shares = cheaper_shares(r, 0);
  REQUIRE(shares.size() == 1);
  CHECK((shares[0].policy == 1 && shares[0].of == 2));
  CHECK(shares[0].service == Approx(0.6));
  CHECK(shares[0].cost == Approx(0.05));
  CHECK(shares[0].leader_hours == Approx(0.05));
  CHECK(cheaper_shares(reckoned({noisy({1000, 50}, 1, 1)}), 0).empty());
  CHECK(cheaper_shares(reckoned({noisy({1000, 50}, 1, 1), noisy({900, 80}, 1, 1), noisy({800, 60}, 1, 1)}), 0).empty());  // all for less
}
