// SPDX-License-Identifier: BSL-1.0
// The engine's station against exact values: means, and what a mean does not see (P(no wait), a tail, the
// second moment, by which first come and last come differ).
#include "catch.hpp"
#include "joint_test.hpp"
#include "sifang/engine/station.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/experiment/theory_stations.hpp"
#include "sifang/random/random.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace {

using namespace sifang;
using joint_test::agrees;
using joint_test::sample;
using namespace sifang::detail;  // gaps, services and classes as `sifang theory` plays them; numbers and lengths are the test's own

constexpr std::uint64_t seed = 20220915;
constexpr std::uint32_t replications = 40;
// From empty, the influence of the start is below 1e-6 of the mean after this many customers: relaxation
// takes about 1/(1 − √ρ)² services, 40 at ρ = 0.7.
constexpr std::uint64_t warm_up = 2000;

struct measured {
  sample wait, wait_square, delayed, tail, present, refused;
};

/// \param tail_at wait whose tail probability is measured
template <class Gap, class Service>
measured replicate(station_shape shape, Gap gap, Service service, std::uint64_t customers, double tail_at, std::uint32_t purpose) {
  measured out;
  const auto source = [&](std::uint32_t r) { return renewal_source{random_stream(seed, r, purpose), gap, service}; };
  const std::array tails{tail_at};
  station model(shape, source(0), station_record<double>(tails));
  for (std::uint32_t r = 0; r < replications; ++r) {
    model.reset(source(r));
    model.run(warm_up);
    model.open();
    model.run(customers);
    const auto& m = model.close();
    out.wait.add(m.wait_mean());
    out.wait_square.add(m.wait_square_mean());
    out.delayed.add(m.delayed_share());
    out.tail.add(m.tail(0));
    out.present.add(m.present_mean());
    out.refused.add(static_cast<double>(m.refused) / static_cast<double>(m.refused + m.started));
    // Little's identity, up to the rounding of about 1e6 additions.
    REQUIRE(std::abs(m.present_area - m.stay_sum) <= 1e-9 * m.stay_sum);
  }
  return out;
}

TEST_CASE("M/M/1: waits, their spread, their tail and the number present are exact") {
  const double load = 0.6;
  const auto exact = theory::mm1(load, 1);
  const auto m = replicate({}, exponential_sampler{1 / load}, exponential_sampler{1}, 300000, 5.0, 1);
  agrees("mean wait", m.wait, exact.wait);
  agrees("share delayed", m.delayed, exact.delayed);
  agrees("P(wait > 5)", m.tail, theory::mmc_wait_tail(load, 1, 1, 5), 0.03);
  agrees("mean squared wait", m.wait_square, exact.wait_square, 0.03);
  agrees("mean present", m.present, exact.present);
}

TEST_CASE("Last come first served has the mean wait of first come and another variance") {
  const double load = 0.5;
  const auto exact = theory::mm1(load, 1);
  const double last_come = theory::mg1_last_come_wait_square(load, theory::service_moments::exponential(1));
  const auto m = replicate({1, queue_order::last_come}, exponential_sampler{1 / load}, exponential_sampler{1}, 260000, 5.0, 2);
  agrees("mean wait", m.wait, exact.wait);
  agrees("mean squared wait", m.wait_square, last_come, 0.05);
  // The two orders are a factor of 2 apart, so the test above cannot take one for the other.
  CHECK(last_come == Approx(2 * exact.wait_square));
}

TEST_CASE("M/M/5: waits, share delayed and a tail are exact") {
  const double arrivals = 3.5;
  const auto exact = theory::mmc(arrivals, 1, 5);
  const auto m = replicate({5}, exponential_sampler{1 / arrivals}, exponential_sampler{1}, 600000, 2.0, 3);
  agrees("mean wait", m.wait, exact.wait, 0.015);
  agrees("share delayed", m.delayed, exact.delayed);
  agrees("P(wait > 2)", m.tail, theory::mmc_wait_tail(arrivals, 1, 5, 2), 0.05);
  agrees("mean present", m.present, exact.present);
}

TEST_CASE("M/M/2/6: the share turned away and the wait of the others are exact") {
  const double arrivals = 2.2;
  const auto exact = theory::mmck(arrivals, 1, 2, 6);
  const auto m = replicate({2, queue_order::first_come, 1, 6}, exponential_sampler{1 / arrivals}, exponential_sampler{1}, 100000, 2.0, 4);
  agrees("share refused", m.refused, exact.refused);
  agrees("mean wait", m.wait, exact.wait);
  agrees("mean squared wait", m.wait_square, exact.wait_square, 0.015);
  agrees("mean present", m.present, exact.present);
}

TEST_CASE("M/G/1 with lognormal interviews: Pollaczek and Khinchine's wait is exact") {
  const double load = 0.5;
  const auto exact = theory::mg1(load, theory::service_moments::lognormal(1, 0.8));
  const auto m = replicate({}, exponential_sampler{1 / load}, lognormal_sampler{1, 0.8}, 250000, 3.0, 5);
  agrees("mean wait", m.wait, exact.wait);
  agrees("share delayed", m.delayed, exact.delayed);
  agrees("mean squared wait", m.wait_square, exact.wait_square, 0.05);
}

TEST_CASE("M/D/1: waits, their spread and Erlang's distribution are exact") {
  const double load = 0.6;
  const auto exact = theory::md1(load, 1);
  const auto m = replicate({}, exponential_sampler{1 / load}, constant_sampler{1}, 280000, 2.5, 6);
  agrees("mean wait", m.wait, exact.wait);
  agrees("mean squared wait", m.wait_square, exact.wait_square, 0.03);
  agrees("P(wait > 2.5)", m.tail, 1 - theory::md1_wait_within(load, 1, 2.5), 0.03);
}

TEST_CASE("D/M/1: arrivals like clockwork wait as the root of the transform says") {
  const double load = 0.6;
  const auto exact = theory::gm1(load, 1, [&](double s) { return std::exp(-s / load); });
  const auto m = replicate({}, constant_sampler{1 / load}, exponential_sampler{1}, 420000, 3.0, 7);
  agrees("mean wait", m.wait, exact.wait);
  agrees("share delayed", m.delayed, exact.delayed);
  agrees("mean squared wait", m.wait_square, exact.wait_square, 0.03);
}

/// Mean waits of both classes over the replications.
std::array<sample, 2> replicate_classes(station_shape shape, two_class_source source, std::uint64_t customers, std::uint32_t purpose) {
  std::array<sample, 2> out;
  station model(shape, source, class_record{});
  for (std::uint32_t r = 0; r < replications; ++r) {
    source.random = random_stream(seed, r, purpose);
    model.reset(source);
    model.run(warm_up);
    model.open();
    model.run(customers);
    for (std::size_t k = 0; k < 2; ++k) out[k].add(model.close().sum[k] / model.close().count[k]);
  }
  return out;
}

TEST_CASE("Two classes at one receiver: each waits as Cobham says") {
  using theory::service_moments;
  const two_class_source source{random_stream(seed, 0, 8u), 0.5, 0.4, {0.8, 1.2}};
  const std::vector<theory::priority_class> classes{{0.5 * 0.4, service_moments::exponential(0.8)},
                                                    {0.5 * 0.6, service_moments::exponential(1.2)}};
  const auto exact = theory::priority_waits(classes);
  const auto m = replicate_classes({1, queue_order::first_come, 2}, source, 500000, 8);
  agrees("first class", m[0], exact[0]);
  agrees("second class", m[1], exact[1]);
  // Without ranks both would wait 0.536 on average: far outside.
  CHECK(exact[1] > 1.5 * exact[0]);
}

TEST_CASE("Two classes at three receivers: each waits as Cobham says") {
  const two_class_source source{random_stream(seed, 0, 9u), 2.1, 0.5, {1, 1}};
  const std::array arrivals{1.05, 1.05};
  const auto exact = theory::priority_waits(arrivals, 1, 3);
  const auto m = replicate_classes({3, queue_order::first_come, 2}, source, 480000, 9);
  agrees("first class", m[0], exact[0]);
  agrees("second class", m[1], exact[1], 0.02);
}

}  // namespace
