// SPDX-License-Identifier: BSL-1.0
// Exact values of networks, chains in time, case managers, preemption and bulk queues against independent ones: other formulas, limits,
// and tabulated values.
#include "catch.hpp"
#include "sifang/engine/theory_chain.hpp"
#include "sifang/engine/theory_reception.hpp"
#include "sifang/engine/theory_reentrant.hpp"
#include "sifang/engine/theory_states.hpp"

#include <cmath>
#include <numbers>
#include <vector>

namespace {

using namespace sifang::theory;

double mean_of(const std::vector<double>& p) {
  double sum = 0;
  for (std::size_t i = 1; i < p.size(); ++i) sum += static_cast<double>(i) * p[i];
  return sum;
}

TEST_CASE("A chain's steady state is that of birth and death, and uniformisation goes there") {
  finite_chain chain(6);
  for (std::size_t n = 0; n < 5; ++n) {
    chain.add(n, n + 1, 1);
    chain.add(n + 1, n, 2);
  }
  chain.add(2, 2, 7);  // to itself: nothing
  const std::vector<double> p = chain.steady();
  for (std::size_t n = 0; n < 6; ++n) CHECK(p[n] == Approx(std::pow(0.5, static_cast<double>(n)) / (2 - std::pow(0.5, 5))).epsilon(1e-14));
  const std::vector<double> late = chain.after({0, 0, 0, 0, 0, 1}, 200);
  for (std::size_t n = 0; n < 6; ++n) CHECK(late[n] == Approx(p[n]).epsilon(1e-10));
  // Two states have a formula.
  finite_chain two(2);
  two.add(0, 1, 3);
  two.add(1, 0, 1);
  for (const double t : {0.0, 0.01, 0.3, 2.0, 50.0}) CHECK(two.after({1, 0}, t)[1] == Approx(0.75 * (1 - std::exp(-4 * t))).margin(1e-14));
}

TEST_CASE("M/M/c in time: M/M/∞ is Poisson, M/M/1 has the busy period's integral, and all go to the steady state") {
  // From empty with many servers the number is Poisson with mean (λ/μ)(1 − e^{−μt}).
  const moment_state many = mmc_after(3, 1, 200, 0, 1.5);
  const double mean = 3 * (1 - std::exp(-1.5));
  CHECK(many.present == Approx(mean).epsilon(1e-12));
  CHECK(many.empty == Approx(std::exp(-mean)).epsilon(1e-12));
  // M/M/1 from empty: d/dt E N = λ − μ (1 − P₀(t)).
  const double h = 1e-4, t = 2;
  const double slope = (mmc_after(0.8, 1, 1, 0, t + h).present - mmc_after(0.8, 1, 1, 0, t - h).present) / (2 * h);
  CHECK(slope == Approx(0.8 - (1 - mmc_after(0.8, 1, 1, 0, t).empty)).epsilon(1e-7));
  const moment_state late = mmc_after(2.4, 1, 3, 9, 400);
  CHECK(late.present == Approx(mmc(2.4, 1, 3).present).epsilon(1e-8));
  CHECK(late.delayed == Approx(erlang_c(3, 2.4)).epsilon(1e-8));
  CHECK(mmc_after(2, 1, 3, 5, 0).present == 5);
  CHECK(mmc_after(0, 1, 1, 1, 0.7).empty == Approx(1 - std::exp(-0.7)).epsilon(1e-13));
}

TEST_CASE("P(nobody) of M/M/c is the textbook's, at 1000 servers too") {
  CHECK(mmc_empty(0.6, 1, 1) == Approx(0.4).epsilon(1e-14));
  CHECK(mmc_empty(2, 1, 3) == Approx(1.0 / 9).epsilon(1e-13));  // 1 + 2 + 2 + 8/6 · 3
  CHECK(mmc_empty(900, 1, 1000) == Approx(std::exp(-900.0)).epsilon(1e-2));
  CHECK(mmc_empty(1e-6, 1, 100) == Approx(1 - 1e-6).epsilon(1e-12));
  CHECK(mmc_empty(0, 1, 5) == 1);
  CHECK(mmc_empty(5, 1, 5) == 0);
}

TEST_CASE("A Jackson network has the traffic of its equations; feedback, tandem and Erlang-R are its special cases") {
  const std::vector<double> outside{1, 0.5, 0}, routing{0, 0.5, 0.5, 0.2, 0, 0.3, 0, 0.4, 0};
  const std::vector<double> traffic = network_traffic(outside, routing);
  for (std::size_t j = 0; j < 3; ++j) {
    double sum = outside[j];
    for (std::size_t i = 0; i < 3; ++i) sum += traffic[i] * routing[3 * i + j];
    CHECK(traffic[j] == Approx(sum).epsilon(1e-13));
  }
  const std::vector<network_station> one{{1.2, 1, 3}};
  const auto back = jackson_network(one, std::vector<double>{0.4});
  CHECK(back[0].present == Approx(feedback(1.2, 1, 3, 0.4).present).epsilon(1e-13));
  const std::vector<network_station> tandem{{0.5, 1, 1}, {0, 0.8, 1}};
  const auto line = jackson_network(tandem, std::vector<double>{0, 1, 0, 0});
  CHECK(line[1].present == Approx(mm1(0.5, 0.8).present).epsilon(1e-13));
  // Nobody leaves: numbers grow without end.
  CHECK(std::isinf(jackson_network(tandem, std::vector<double>{0, 1, 1, 0})[0].wait));
}

TEST_CASE("Erlang-R in time: with many servers it follows the offered loads, with few it ends as Jackson says") {
  const auto rate = [](double t) { return 1 + 0.5 * std::sin(2 * std::numbers::pi * t / 24); };
  const auto many = erlang_r_after(rate, 1.5, 1, 45, 0.6, 0.2, 10, 45, 45);
  const auto loads = erlang_r_loads(rate, 1, 0.6, 0.2, 0, 10);
  CHECK(many.lost < 1e-12);
  CHECK(many.needy == Approx(loads.needy).epsilon(1e-7));
  CHECK(many.away == Approx(loads.away).epsilon(1e-7));
  const auto steady = erlang_r_loads([](double) { return 2.0; }, 1, 0.5, 0.25, 0, 200);
  CHECK(steady.needy == Approx(erlang_r(2, 1, 0.5, 0.25).needy).epsilon(1e-9));
  CHECK(steady.away == Approx(erlang_r(2, 1, 0.5, 0.25).away).epsilon(1e-9));
  const auto few = erlang_r_after([](double) { return 0.5; }, 0.5, 1, 2, 0.5, 0.5, 120, 50, 14);
  CHECK(few.lost < 1e-6);
  CHECK(few.needy == Approx(mmc(1, 1, 2).present).epsilon(1e-4));
  CHECK(few.delayed == Approx(erlang_c(2, 1)).epsilon(1e-4));
}

TEST_CASE("A case manager is M/M/1 where nothing comes back, Erlang-R where the caseload is no limit, and full at the capacity") {
  CHECK(case_manager(0.5, 1, 0, 0.2, 3).open + case_manager(0.5, 1, 0, 0.2, 3).outside == Approx(1).epsilon(1e-10));
  const caseload_state wide = case_manager(0.15, 1, 0.7, 0.2, 60);
  CHECK(wide.needy == Approx(mm1(0.5, 1).present).epsilon(1e-10));
  CHECK(wide.open - wide.needy == Approx(0.7 * 0.5 / 0.2).epsilon(1e-10));
  CHECK(wide.full < 1e-10);
  // The manager works on each case 1/(1 − p) pieces, whatever the limit.
  for (const int limit : {1, 2, 5, 10}) {
    const double capacity = case_manager_capacity(1, 0.7, 0.2, limit), arrivals = 0.8 * capacity;
    const caseload_state s = case_manager(arrivals, 1, 0.7, 0.2, limit);
    CHECK(s.busy == Approx(arrivals / 0.3).epsilon(1e-9));
    CHECK(s.open - s.needy == Approx(0.7 * s.busy / 0.2).epsilon(1e-9));  // each piece that is not the last is followed by a time away
    CHECK(s.outside_wait == Approx(s.outside / arrivals).epsilon(1e-12));
  }
  // One at a time: an M/G/1 queue whose service is geometric in pieces and times away.
  const double arrivals = 0.05, pieces = 1 / 0.3, p = 0.7;
  const double mean = pieces + (pieces - 1) * 5;
  // Var of Σ over N of (work + away), N geometric: E N Var(piece + away) + Var N (1 + 5)², less the last time away.
  double first = 0, second = 0;  // by the chain: S = W, or W + A + S' with probability p
  first = (1 + p * 5) / (1 - p);
  const double wa1 = 1 + 5, wa2 = 2 + 2 * 1 * 5 + 2 * 25;
  second = ((1 - p) * 2 + p * (wa2 + 2 * wa1 * first)) / (1 - p);
  CHECK(first == Approx(mean).epsilon(1e-12));
  const steady_state exact = mg1(arrivals, {first, second, sifang::theory::detail::endless});
  CHECK(case_manager(arrivals, 1, p, 0.2, 1).outside_wait == Approx(exact.wait).epsilon(1e-9));
  CHECK(std::isinf(case_manager(case_manager_capacity(1, p, 0.2, 4), 1, p, 0.2, 4).outside_wait));
  CHECK(case_manager(0, 1, p, 0.2, 4).open == Approx(0).margin(1e-12));
}

TEST_CASE("With preemption the first class does not see the second, and all together keep the number of M/M/1") {
  const std::vector<priority_class> classes{{0.3, service_moments::exponential(1)}, {0.4, service_moments::exponential(1)}};
  const auto stays = preemptive_stays(classes);
  CHECK(stays[0] == Approx(mm1(0.3, 1).stay).epsilon(1e-13));
  CHECK(0.3 * stays[0] + 0.4 * stays[1] == Approx(mm1(0.7, 1).present).epsilon(1e-13));
  const std::vector<priority_class> overload{{0.3, service_moments::constant(1)}, {0.8, service_moments::constant(1)}};
  CHECK(preemptive_stays(overload)[0] == Approx(md1(0.3, 1).stay).epsilon(1e-13));
  CHECK(std::isinf(preemptive_stays(overload)[1]));
}

TEST_CASE("Garnett's function: one half at β = 0 and equal rates, Halfin and Whitt's without impatience, and the limit of Erlang A") {
  CHECK(garnett(0, 1) == Approx(0.5).epsilon(1e-14));
  CHECK(garnett(1, 1) == Approx(0.15865525393145707).epsilon(1e-12));  // with θ = μ it is 1 − Φ(β): M/M/∞
  CHECK(garnett(1, 1e-10) == Approx(halfin_whitt(1)).epsilon(1e-4));
  CHECK(garnett(0.5, 1e-12) == Approx(halfin_whitt(0.5)).epsilon(1e-4));
  for (const double beta : {-1.0, 0.0, 1.0}) {
    for (const double ratio : {0.1, 1.0, 4.0}) {
      const double load = 1e6;
      CHECK(garnett(beta, ratio) == Approx(erlang_a(load, 1, static_cast<int>(load + beta * 1000), ratio).delayed).margin(5e-4));
    }
  }
  CHECK(garnett(40, 1) < 1e-100);
  CHECK(garnett(-40, 1) == Approx(1));
  CHECK(garnett_staffing(400, garnett(1, 0.5) + 1e-9, 0.5) == 420);
  CHECK(garnett_staffing(0, 0.5, 1) == 1);
}

TEST_CASE("The states of M/D/1 add up, have Pollaczek and Khinchine's mean, and are Poisson's renewal at the lower end") {
  for (const double load : {0.1, 0.6, 0.9}) {
    const std::vector<double> p = md1_states(load, 1, 400);
    double sum = 0;
    for (const double x : p) sum += x;
    CHECK(sum == Approx(1).epsilon(1e-12));
    CHECK(mean_of(p) == Approx(md1(load, 1).present).epsilon(1e-9));
    CHECK(p[1] == Approx((1 - load) * (std::exp(load) - 1)).epsilon(1e-13));  // Erlang
  }
  CHECK(md1_states(1.2, 1, 3) == std::vector<double>{0, 0, 0});
  CHECK(md1_states(0.5, 1, 0).empty());
  CHECK(md1_states(0, 1, 2) == std::vector<double>{1, 0});
}

TEST_CASE("The bulk queue with Poisson arrivals is the reception day's, and with more variance leaves more over") {
  const std::vector<double> poisson = poisson_probabilities(6);
  const bulk_queue bulk(poisson, 7);
  const reception_day_queue day(6, 7);
  CHECK(bulk.left_mean() == Approx(day.left_mean()).epsilon(1e-11));
  CHECK(bulk.none_left() == Approx(day.none_left()).epsilon(1e-11));
  CHECK(bulk.wait_mean() == Approx(day.wait_mean()).epsilon(1e-11));
  for (const int k : {-1, 0, 1, 5}) CHECK(bulk.missed_more_than(k) == Approx(day.missed_more_than(k)).epsilon(1e-10));
  double before = bulk.left_mean();
  for (const double ratio : {1.5, 2.5, 5.0}) {
    const std::vector<double> counts = overdispersed_probabilities(6, ratio);
    double square = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) square += static_cast<double>(i * i) * counts[i];
    CHECK(mean_of(counts) == Approx(6).epsilon(1e-12));
    CHECK(square - 36 == Approx(6 * ratio).epsilon(1e-11));
    const bulk_queue more(counts, 7);
    CHECK(more.left_mean() > before);
    before = more.left_mean();
    // What comes is heard: E min(X + A, c) = λ, so E X' = E X + λ − E heard.
    double heard = 0;
    for (std::size_t i = 0; i < more.left().size(); ++i) {
      for (std::size_t a = 0; a < counts.size(); ++a)
        heard += more.left()[i] * counts[a] * static_cast<double>((std::min)(i + a, std::size_t{7}));
    }
    CHECK(heard == Approx(6).epsilon(1e-10));
  }
  // Two or none, one heard: a random walk with equal steps down and up of odds q/p.
  const bulk_queue walk(std::vector<double>{0.7, 0, 0.3}, 1);
  CHECK(walk.none_left() == Approx(1 - 3.0 / 7).epsilon(1e-12));
  CHECK(walk.left_mean() == Approx(3.0 / 4).epsilon(1e-12));
  CHECK(std::isinf(bulk_queue(poisson, 6).left_mean()));
  CHECK(bulk_queue(std::vector<double>{1}, 0).missed_more_than(3) == 1);
  CHECK(bulk_queue(std::vector<double>{0, 0, 1}, 3).left_mean() == 0);
}

}  // namespace
