// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/engine/theory_reception.hpp"

#include <array>
#include <cmath>
#include <vector>

namespace {

using namespace sifang::theory;

TEST_CASE("Erlang's formulas give the values of the printed tables") {
  CHECK(erlang_b(1, 1) == Approx(0.5));
  CHECK(erlang_b(10, 5) == Approx(0.018385).epsilon(1e-4));  // tables: B(10, 5) = 0.0184
  CHECK(erlang_c(1, 0.8) == Approx(0.8));
  CHECK(erlang_c(2, 1) == Approx(1.0 / 3));
  CHECK(erlang_b(10000, 9900) > 0);  // no factorial overflows
  CHECK(erlang_b(0, 3) == 1);
}

TEST_CASE("M/M/c is M/M/1 with one server") {
  const auto s = mm1(0.9, 1);
  CHECK(s.wait == Approx(9));
  CHECK(s.present == Approx(9));
  CHECK(s.stay == Approx(10));
  CHECK(s.wait_square == Approx(2 * 0.9 / 0.01));
  CHECK(mmc_wait_tail(0.9, 1, 1, 0) == Approx(0.9));
}

TEST_CASE("Little's law holds in every steady state") {
  const auto holds = [](const steady_state& s, double arrivals) {
    CHECK(s.waiting == Approx(arrivals * (1 - s.refused) * s.wait));
    CHECK(s.present == Approx(arrivals * (1 - s.refused) * s.stay));
  };
  holds(mmc(3.5, 1, 5), 3.5);
  holds(mmck(3.5, 1, 3, 7), 3.5);
  holds(mg1(0.7, service_moments::lognormal(1, 2)), 0.7);
  holds(md1(0.7, 1), 0.7);
  holds(gm1(0.7, 1, [](double s) { return std::exp(-s / 0.7); }), 0.7);
}

TEST_CASE("Models agree where one is a case of the other") {
  // Room without end is no limit: what is beyond 4,000 places has probability 0.8^4000.
  const auto limited = mmck(0.8, 1, 1, 4000), open = mm1(0.8, 1);
  CHECK(limited.wait == Approx(open.wait));
  CHECK(limited.wait_square == Approx(open.wait_square));
  CHECK(limited.delayed == Approx(open.delayed));
  // No room to wait is Erlang's loss system.
  CHECK(mmck(5, 1, 10, 10).refused == Approx(erlang_b(10, 5)));
  CHECK(mmck(5, 1, 10, 10).delayed == 0);
  // Exponential service, exponential gaps.
  const auto pk = mg1(0.8, service_moments::exponential(1));
  CHECK(pk.wait == Approx(open.wait));
  CHECK(pk.wait_square == Approx(open.wait_square));
  const auto gm = gm1(0.8, 1, [](double s) { return 0.8 / (0.8 + s); });
  CHECK(gm.wait == Approx(open.wait));
  CHECK(gm.wait_square == Approx(open.wait_square));
  CHECK(feedback(0.4, 1, 1, 0.5).present == Approx(open.present));
  // One class has no priority; endless patience is none at all; at θ = μ the number present is Poisson.
  const std::vector<priority_class> one{{0.8, service_moments::exponential(1)}};
  CHECK(priority_waits(one)[0] == Approx(open.wait));
  CHECK(erlang_a(90, 1, 100, 1e-9).delayed == Approx(erlang_c(100, 90)).epsilon(1e-6));
  CHECK(erlang_a(5, 1, 3, 1).present == Approx(5));
  CHECK(erlang_a(1, 1, 1000, 1).present == Approx(1));                                 // as far below capacity as weights go
  CHECK(erlang_a(500, 1, 3, 0.01).waiting == Approx((500 - 3) / 0.01).epsilon(1e-6));  // far above capacity: fluid
}

TEST_CASE("Moments of service: gamma at cv 1 is exponential, at cv 0 constant") {
  const auto same = [](service_moments a, service_moments b) {
    CHECK(a.first == Approx(b.first));
    CHECK(a.second == Approx(b.second));
    CHECK(a.third == Approx(b.third));
  };
  same(service_moments::gamma(3, 1), service_moments::exponential(3));
  same(service_moments::gamma(3, 0), service_moments::constant(3));
  same(service_moments::lognormal(3, 0), service_moments::constant(3));
}

TEST_CASE("M/D/1: Erlang's distribution has the mean and the second moment of Pollaczek, Khinchine and Takács") {
  const double load = 0.4;
  double mean = 0, square = 0;
  constexpr double h = 1e-3;
  for (int i = 0; i < 20000; ++i) {  // midpoints up to 20 services, beyond which less than 1e-12 is left
    const double t = (i + 0.5) * h, tail = 1 - md1_wait_within(load, 1, t);
    mean += tail * h;
    square += 2 * t * tail * h;
  }
  // Midpoint sums err by h² and by h at the kink of each service; rounding of the alternating terms is 1e-12.
  CHECK(mean == Approx(md1(load, 1).wait).epsilon(1e-5));
  CHECK(square == Approx(md1(load, 1).wait_square).epsilon(1e-5));
  CHECK(md1_wait_within(load, 1, 0) == Approx(1 - load));
}

TEST_CASE("Priorities redistribute waiting: the mean over classes, weighted by work, stays") {
  const std::vector<priority_class> classes{
      {0.2, service_moments::exponential(0.8)}, {0.1, service_moments::constant(2)}, {0.15, service_moments::gamma(1.5, 0.5)}};
  const auto waits = priority_waits(classes);
  double work = 0, load = 0, residual = 0;
  for (std::size_t k = 0; k < classes.size(); ++k) {
    const double share = classes[k].arrivals * classes[k].service.first;
    work += share * waits[k];
    load += share;
    residual += classes[k].arrivals * classes[k].service.second / 2;
  }
  CHECK(work == Approx(load * residual / (1 - load)));  // Kleinrock's conservation law
  CHECK(waits[0] < waits[1]);
  CHECK(waits[1] < waits[2]);
  const std::array<double, 2> rates{0.5, 1.2};
  const auto several = priority_waits(rates, 1, 2);
  CHECK((0.5 * several[0] + 1.2 * several[1]) / 1.7 == Approx(mmc(1.7, 1, 2).wait));
}

TEST_CASE("M(t)/G/inf follows a sine with the lag and damping that theory gives") {
  // Exponential service, λ(t) = a + b sin γt: m(t) = a/μ + b (μ sin γt − γ cos γt)/(μ² + γ²).
  const double a = 10, b = 4, gamma = 2, mu = 0.5;
  const auto rate = [&](double t) { return a + b * std::sin(gamma * t); };
  for (double t : {0.0, 0.7, 3.0}) {
    const double m = infinite_servers(
        t, rate, [&](double u) { return std::exp(-mu * u); }, 80, 20000);
    CHECK(m == Approx(a / mu + b * (mu * std::sin(gamma * t) - gamma * std::cos(gamma * t)) / (mu * mu + gamma * gamma)).epsilon(1e-8));
  }
}

TEST_CASE("Erlang-R: staffing by new cases alone misses the returns") {
  const auto load = erlang_r(2, 0.5, 0.75, 0.1);
  CHECK(load.needy == Approx(16));  // four visits each, where new cases alone make 4
  CHECK(load.away == Approx(60));
}

TEST_CASE("Square-root staffing comes within two servers of the exact least") {
  CHECK(halfin_whitt(1e-9) == Approx(1));
  CHECK(halfin_whitt(0.5) == Approx(0.5045).epsilon(1e-3));  // Halfin & Whitt 1981, table
  for (double load : {5.0, 20.0, 100.0, 1000.0}) {
    for (double delayed : {0.05, 0.2, 0.5, 0.8}) {
      CHECK(std::abs(square_root_staffing(load, delayed) - least_servers(load, delayed)) <= 2);
      const int least = least_servers(load, delayed);
      CHECK(erlang_c(least, load) <= delayed);
      CHECK((least - 1 <= load || erlang_c(least - 1, load) > delayed));
    }
  }
}

TEST_CASE("Closing time: one receiver hears all in turn, receivers without end the longest interview") {
  CHECK(closing_time(0, 3, 15) == 0);
  CHECK(closing_time(12, 1, 15) == Approx(180));
  CHECK(closing_time(3, 10, 15) == Approx(15 * (1 + 0.5 + 1.0 / 3)));
}

TEST_CASE("The tail root solves its equation and decides the number of states") {
  for (double arrivals : {0.5, 9.0, 9.9}) {
    const double z = tail_root(arrivals, 10);
    CHECK(z > 1);
    CHECK(arrivals * (z - 1) == Approx(10 * std::log(z)));
  }
  CHECK(states_needed(9.9, 10) > states_needed(9.0, 10));
}

}  // namespace
