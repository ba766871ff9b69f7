// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "sifang/random/variates.hpp"
#include "sifang/stats/response_surface.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using namespace sifang;

namespace {

enum class draws : std::uint32_t { design, chance };

/// A surface through a formula with chance of a known deviation.
template <class Formula>
response_surface fitted(const unit_points& points, Formula formula, double deviation, std::uint32_t replication = 0) {
  const random_source source(9, replication);
  std::vector<simulated_point> shown;
  for (std::size_t i = 0; i < points.size(); ++i) {
    shown.push_back({{formula(points[i]) + deviation * normal(source.uniform(i, draws::chance))}, {deviation * deviation}});
  }
  std::vector<const simulated_point*> where;
  for (const simulated_point& s : shown) where.push_back(&s);
  return {points, where};
}
emulated_figure at(const response_surface& s, const std::vector<double>& point) {
  std::vector<emulated_figure> out(1);
  std::vector<double> scratch;
  s.predict(point, out, scratch);
  return out[0];
}

}  // namespace

TEST_CASE("Cholesky's factor gives its matrix again, and leaves out what has no width", "[cholesky]") {
  small_matrix a(3, 3);
  a.values = {4, 2, 2, 2, 5, 3, 2, 3, 6};
  const small_matrix l = cholesky(a);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < 3; ++k) sum += l.at(i, k) * l.at(j, k);
      CHECK(sum == Approx(a.at(i, j)));
    }
  }
  std::vector<double> b{8, 10, 11};  // A(1, 1, 1)
  solve_lower(l, b);
  solve_upper(l, b);
  for (const double x : b) CHECK(x == Approx(1));

  small_matrix flat(2, 2);
  flat.values = {1, 2, 2, 4};
  const small_matrix f = cholesky(flat);
  CHECK(f.at(1, 0) == 2);
  CHECK(f.at(1, 1) == 0);
  std::vector<double> c{3, 7};
  solve_lower(f, c);
  CHECK(c == std::vector<double>{3, 0});
}

TEST_CASE("centre and covariance of points count each by its weight", "[cholesky]") {
  const unit_points points{{0, 0}, {1, 2}, {9, 9}};
  const std::vector<double> weights{1, 3, 0};
  const point_cloud cloud = cloud_of(points, weights);
  CHECK(cloud.centre == std::vector<double>{0.75, 1.5});
  CHECK(cloud.covariance.at(0, 0) == Approx(3.0 / 16));
  CHECK(cloud.covariance.at(0, 1) == Approx(6.0 / 16));
  CHECK(cloud.covariance.at(1, 0) == cloud.covariance.at(0, 1));
  CHECK(cloud_of({{1.0}, {3.0}}).centre[0] == 2);
}

TEST_CASE("a quadratic surface is found exactly, also through a thin and slanted cloud", "[response_surface]") {
  const auto formula = [](const std::vector<double>& u) { return 3 + 2 * u[0] - u[1] + 4 * u[0] * u[1] - 5 * u[2] * u[2]; };
  unit_points points = latin_hypercube(40, 3, random_source(1, 0), draws::design);
  for (auto& u : points) u[1] = 0.5 * u[0] + 1e-4 * u[1];  // nearly a plane
  const response_surface s = fitted(points, formula, 0);
  CHECK(s.terms() == 10);
  for (const auto& u : {std::vector<double>{0.3, 0.15005, 0.8}, {0.9, 0.45002, 0.1}}) {
    CHECK(at(s, u).mean == Approx(formula(u)).epsilon(1e-8));
    CHECK(at(s, u).variance < 1e-12);
  }
  for (auto& u : points) u[1] = 0.5;  // a plane
  CHECK(at(fitted(points, formula, 0), {0.3, 0.5, 0.8}).mean == Approx(formula({0.3, 0.5, 0.8})));
}

TEST_CASE("a surface says how far it is off: chance, what its form misses, and more outside the points", "[response_surface]") {
  const auto straight = [](const std::vector<double>& u) { return 1 + u[0]; };
  const auto wave = [](const std::vector<double>& u) { return std::sin(12 * u[0]); };
  double squares = 0, missed = 0;
  constexpr int times = 200;
  for (std::uint32_t r = 0; r < times; ++r) {
    const unit_points points = latin_hypercube(60, 2, random_source(4, r), draws::design);
    const response_surface s = fitted(points, straight, 0.1, r);
    const emulated_figure e = at(s, {0.7, 0.4});
    squares += (e.mean - 1.7) * (e.mean - 1.7) / e.variance;
    missed += s.missed(0);
  }
  CHECK(squares / times < 1.2);  // what is missed is counted above 0 by chance, so that errors are not more than said
  CHECK(squares / times > 0.3);
  CHECK(missed / times < 0.003);
  const response_surface s = fitted(latin_hypercube(60, 2, random_source(4, 0), draws::design), wave, 0.01);
  CHECK(s.missed(0) > 0.1);
  CHECK(s.missed(0) < 0.7);
  CHECK(at(s, {0.5, 0.5}).variance > 0.1);
  const response_surface t = fitted(latin_hypercube(60, 2, random_source(4, 0), draws::design), straight, 0.1);
  CHECK(at(t, {3, 3}).variance > 10 * at(t, {0.5, 0.5}).variance);
}

TEST_CASE("with few points a surface has fewer terms", "[response_surface]") {
  const auto straight = [](const std::vector<double>& u) { return 1 + u[0] - 3 * u[3]; };
  const auto terms = [&](std::size_t count) {
    return fitted(latin_hypercube(count, 4, random_source(2, 0), draws::design), straight, 0).terms();
  };
  CHECK(terms(23) == 15);
  CHECK(terms(22) == 9);
  CHECK(terms(14) == 9);
  CHECK(terms(13) == 5);
  CHECK(terms(7) == 1);
  CHECK(at(fitted(latin_hypercube(8, 4, random_source(2, 0), draws::design), straight, 0), {0.5, 0.1, 0.2, 0.4}).mean == Approx(0.3));
  // Points that are all the same: the mean, and no NaN.
  const emulated_figure same = at(fitted(
                                      unit_points(30, {0.5, 0.5}), [](const auto&) { return 7.0; }, 0),
                                  {0.1, 0.9});
  CHECK(same.mean == Approx(7));
  CHECK(same.variance < 1e-20);
}
