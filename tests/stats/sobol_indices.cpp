// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sensitivity_functions.hpp"

#include "sifang/stats/sobol_indices.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

using namespace sifang;
using sifang_tests::answers;
using sifang_tests::known_function;
using sifang_tests::known_functions;

namespace {

enum class draws : std::uint32_t { design, bootstrap };

sobol_design design_of(std::size_t factors, std::size_t samples, std::uint32_t number = 0) {
  return sobol_points(factors, samples, random_source(2022, number), draws::design);
}
sobol_estimate indices_of(const sobol_design& d, const std::vector<double>& y, const std::vector<double>& errors = {},
                          std::size_t resamples = 199) {
  return sobol_indices(d, y, 0.95, random_source(2022, 0), draws::bootstrap, errors, resamples);
}

}  // namespace

TEST_CASE("a sample is A, A with each coordinate of B, and B", "[sobol]") {
  const sobol_design d = design_of(3, 8);
  REQUIRE(d.points.size() == 8 * 5);
  for (std::size_t i = 0; i < 8; ++i) {
    const auto &a = d.points[5 * i], &b = d.points[5 * i + 4];
    for (std::size_t j = 0; j < 3; ++j) {
      for (std::size_t k = 0; k < 3; ++k) CHECK(d.points[5 * i + 1 + j][k] == (k == j ? b[k] : a[k]));
      CHECK(a[j] != b[j]);
    }
  }
}

TEST_CASE("Sobol' indices of functions whose indices are known", "[sobol]") {
  // The tolerances are some five times the errors that ten other scramblings have at this size.
  for (const known_function& f : known_functions()) {
    INFO(f.name);
    const sobol_design d = design_of(f.factors, 1024);
    const sobol_estimate found = indices_of(d, answers(f, d.points));
    CHECK(found.samples == 1024);
    CHECK(found.variance == Approx(f.variance).epsilon(0.03));
    for (std::size_t j = 0; j < f.factors; ++j) {
      INFO(j);
      CHECK(found.indices[j].first.estimate == Approx(f.first[j]).margin(0.03));
      CHECK(found.indices[j].total.estimate == Approx(f.total[j]).margin(0.03));
      CHECK(found.indices[j].first.lower <= f.first[j] + 1e-9);
      CHECK(found.indices[j].first.upper >= f.first[j] - 1e-9);
      CHECK(found.indices[j].total.lower <= f.total[j] + 1e-9);
      CHECK(found.indices[j].total.upper >= f.total[j] - 1e-9);
      CHECK(found.indices[j].total.half_width() < 0.12);
      CHECK(found.indices[j].noise == 0);
      if (f.total[j] == 0) CHECK(found.indices[j].total.estimate == 0);
    }
  }
}

TEST_CASE("Sobol' indices do not depend on the scale of the answer or on where it begins", "[sobol]") {
  const known_function f = known_functions()[0];
  const sobol_design d = design_of(3, 64);
  const std::vector<double> y = answers(f, d.points);
  std::vector<double> moved;
  for (const double v : y) moved.push_back(1e6 - 1000 * v);
  const sobol_estimate a = indices_of(d, y), b = indices_of(d, moved);
  for (std::size_t j = 0; j < 3; ++j) {
    CHECK(b.indices[j].first.estimate == Approx(a.indices[j].first.estimate).margin(1e-6));
    CHECK(b.indices[j].total.upper == Approx(a.indices[j].total.upper).margin(1e-6));
  }
  CHECK(indices_of(d, y).indices[0].first.lower == a.indices[0].first.lower);
}

TEST_CASE("noise of the answers raises the total index by what is said, and not the first", "[sobol]") {
  const sobol_design d = design_of(3, 4096);
  std::mt19937_64 engine(23);
  std::normal_distribution<double> normal(0, 0.5);
  std::vector<double> noisy, errors(3 * d.samples, 2 * 0.25);
  for (const auto& u : d.points) noisy.push_back(4 * u[0] + 2 * u[1] + normal(engine));
  const sobol_estimate found = indices_of(d, noisy, errors, 99);
  const double v = 16.0 / 12 + 4.0 / 12 + 0.25;
  CHECK(found.variance == Approx(v).epsilon(0.05));
  for (std::size_t j = 0; j < 3; ++j) CHECK(found.indices[j].noise == Approx(0.25 / v).epsilon(0.05));
  CHECK(found.indices[2].total.estimate == Approx(0.25 / v).margin(0.02));
  CHECK(found.indices[2].first.estimate == Approx(0).margin(0.04));
  CHECK(found.indices[0].total.estimate - found.indices[0].noise == Approx(16.0 / 12 / v).margin(0.06));
}

TEST_CASE("Sobol' indices: an answer that never varies, one sample, and points where there is no answer", "[sobol]") {
  const sobol_design d = design_of(2, 16);
  for (const double constant : {0.0, 0.1, -1e17, 1e300}) {
    const sobol_estimate still = indices_of(d, std::vector<double>(d.points.size(), constant));
    CHECK_FALSE(still.varies());
    CHECK(still.samples == 16);
    CHECK_FALSE(still.indices[0].first.has_value());
    CHECK_FALSE(still.indices[1].total.has_value());
  }
  const sobol_design one = design_of(2, 1);
  const sobol_estimate alone = indices_of(one, {1, 2, 3, 4});
  CHECK(alone.varies());
  CHECK(alone.indices[0].total.kind == interval_kind::too_little_data);
  CHECK_FALSE(indices_of(design_of(2, 0), {}).varies());
  std::vector<double> gaps;
  for (const auto& u : d.points) gaps.push_back(u[0] > 0.8 ? std::numeric_limits<double>::quiet_NaN() : u[0] + u[1]);
  const sobol_estimate some = indices_of(d, gaps);
  CHECK(some.samples < 16);
  CHECK(some.samples > 0);
  for (const sobol_index& s : some.indices) CHECK((std::isfinite(s.first.upper) && std::isfinite(s.total.lower)));
  CHECK(indices_of(d, std::vector<double>(d.points.size(), std::numeric_limits<double>::infinity())).samples == 0);
}
