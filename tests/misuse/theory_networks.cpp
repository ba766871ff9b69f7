// SPDX-License-Identifier: BSL-1.0
// Networks, chains, case managers and bulk queues inside their domain, at its edges and outside.
#include "misuse.hpp"

#include "catch.hpp"
#include "sifang/engine/theory_chain.hpp"
#include "sifang/engine/theory_reentrant.hpp"
#include "sifang/engine/theory_states.hpp"

#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace {

using namespace sifang::theory;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// With the assertions off, what is no model is noticed, and answered by no number.
template <class Act>
void no_number(Act act) {
  misuse::goes_on = true;
  misuse::noticed = 0;
  const double found = act();
  misuse::goes_on = false;
  CHECK(misuse::noticed > 0);
  CHECK(std::isnan(found));
}

TEST_CASE("What is no network, chain, caseload or count is noticed, and no number comes out") {
  for (const double bad : {-1.0, nan, inf}) {
    no_number([&] { return mmc_after(bad, 1, 1, 0, 1).present; });
    no_number([&] { return mmc_after(1, 1, 1, 0, bad).present; });
    no_number([&] { return mmc_empty(bad, 1, 2); });
    no_number([&] { return network_traffic(std::vector<double>{bad}, std::vector<double>{0.5})[0]; });
    no_number([&] { return network_traffic(std::vector<double>{1}, std::vector<double>{bad})[0]; });
    no_number([&] { return jackson_network(std::vector<network_station>{{bad, 1, 1}}, std::vector<double>{0})[0].wait; });
    no_number([&] { return case_manager(bad, 1, 0.5, 1, 3).open; });
    no_number([&] { return case_manager(0.1, 1, bad, 1, 3).open; });
    no_number([&] { return case_manager_capacity(bad, 0.5, 1, 3); });
    no_number([&] { return erlang_r_loads([](double) { return 1.0; }, bad, 0.5, 1, 0, 1).needy; });
    no_number([&] { return erlang_r_after([](double) { return 1.0; }, bad, 1, 1, 0.5, 1, 1, 5, 5).needy; });
    no_number([&] { return garnett(0, bad); });
    no_number([&] { return md1_states(bad, 1, 3)[0]; });
    no_number([&] { return preemptive_stays(std::vector<priority_class>{{bad, service_moments::constant(1)}})[0]; });
    no_number([&] { return overdispersed_probabilities(bad, 2)[0]; });
    no_number([&] { return overdispersed_probabilities(2, bad)[0]; });
    no_number([&] { return bulk_queue(std::vector<double>{0.5, bad}, 1).left_mean(); });
  }
  no_number([] { return garnett(nan, 1); });
  no_number([] { return garnett(inf, 1); });
  no_number([] { return case_manager(0.1, 1, 1, 1, 3).open; });
  no_number([] { return case_manager(0.1, 1, 0.5, 1, 0).open; });
  no_number([] { return mmc_after(1, 1, 0, 0, 1).present; });
  no_number([] { return mmc_after(1, 1, 1, -1, 1).present; });
  no_number([] { return network_traffic(std::vector<double>{1, 1}, std::vector<double>{0, 0.7, 0})[0]; });
  no_number([] { return network_traffic(std::vector<double>{1}, std::vector<double>{1.5})[0]; });
  no_number([] { return erlang_r_after([](double) { return 1.0; }, 1, 1, 9, 0.5, 1, 1, 5, 5).needy; });
  no_number([] { return bulk_queue({}, 1).left_mean(); });
  no_number([] { return bulk_queue(std::vector<double>{0.5, 0.4}, 1).left_mean(); });
  no_number([] { return bulk_queue(std::vector<double>{0.5, 0.5}, -1).none_left(); });
  no_number([] { return bulk_queue(std::vector<double>{0.50001, 0, 0.49999}, 1).wait_mean(); });
  no_number([] { return finite_chain(2).after({1, 0, 0}, 1)[0]; });
  CHECK(misuse::of([] { (void)finite_chain(0); }) == "at least one state");
  CHECK(misuse::of([] { finite_chain(2).add(0, 2, 1); }).find("states of the chain") == 0);
  CHECK(misuse::of([] { finite_chain(2).add(0, 1, nan); }).find("states of the chain") == 0);
  CHECK(misuse::of([] { (void)garnett_staffing(-1, 0.5, 1); }).find("a load from 0") == 0);
}

TEST_CASE("Inside their domain all are numbers, over many sizes of load") {
  std::mt19937_64 chance(20260110);
  const auto unit = [&] { return std::uniform_real_distribution<double>(0, 1)(chance); };
  for (int i = 0; i < 300; ++i) {
    const double load = 0.02 + 0.95 * unit(), again = 0.9 * unit(), back = std::pow(10, 4 * unit() - 2);
    const int limit = 1 + static_cast<int>(8 * unit());
    const double arrivals = load * case_manager_capacity(1, again, back, limit);
    const caseload_state s = case_manager(arrivals, 1, again, back, limit);
    REQUIRE((s.busy >= 0 && s.busy <= 1 && s.full >= 0 && s.full <= 1 && s.open <= limit && s.needy <= s.open + 1e-9 && s.outside >= 0));
    REQUIRE(s.busy == Approx(arrivals / (1 - again)).epsilon(1e-6));
    const int servers = 1 + static_cast<int>(40 * unit());
    const double empty = mmc_empty(load * servers, 1, servers);
    REQUIRE((empty > 0 && empty < 1));
    const double delay = garnett(20 * unit() - 10, std::pow(10, 8 * unit() - 4));
    REQUIRE((delay >= 0 && delay <= 1));
    const int capacity = 1 + static_cast<int>(12 * unit());
    const std::vector<double> counts = overdispersed_probabilities(0.9 * load * capacity, 1 + 3 * unit());
    const bulk_queue q(counts, capacity);
    REQUIRE((q.none_left() > 0 && q.none_left() <= 1 && q.left_mean() >= 0 && q.left_variance() > -1e-9));
    double last = 1;
    for (const int k : {0, 1, 2, 8}) {
      REQUIRE((q.missed_more_than(k) >= 0 && q.missed_more_than(k) <= last));
      last = q.missed_more_than(k);
    }
  }
}

}  // namespace
